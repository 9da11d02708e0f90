//! Does the jobs that requests left behind, several at a time: every kind of job is named here.

use std::{collections::HashMap, time::Duration};

use serde::Deserialize;
use serde_json::json;
use tenants::{Db, TenantId};
use tokio::task::{Id, JoinSet};

use crate::{
    Error,
    cases::{self, CaseId, EventKind},
    clocks::{RecountClocks, SendAlerts, TellMoved},
    desk::PraiseDigest,
    files::{DiscardFiles, FileContext, ScanFile},
    inbound::{self, InboundContext, InboundMailId, KeepMailFiles, ReadInbound},
    inbox::{self, NoticeKind, SendNotices, Subject, Whom},
    intake::SendReceipt,
    jobs::{self, Failure, JobId, JobKind, JobRow, MAX_ATTEMPTS, Persist, Queue},
    mail::{self, MailContext, MailId, SendMail},
    maintenance::SweepFiles,
    quotas::TellQuota,
};

/// Longest that freeing leases may take at a stop.
const RELEASE_MAX: Duration = Duration::from_secs(3);

/// What jobs need.
#[derive(Clone)]
pub struct JobContext {
    /// The database.
    pub db: Db,
    /// For jobs that send mail.
    pub mail: MailContext,
    /// For jobs that read or remove files.
    pub files: FileContext,
}

impl JobContext {
    fn inbound(&self) -> InboundContext {
        InboundContext {
            files: self.files.clone(),
            mail: self.mail.clone(),
        }
    }
}

async fn run(row: &JobRow, context: &JobContext) -> Result<(), Failure> {
    let JobContext { db, mail, files } = context;
    if row.attempts > MAX_ATTEMPTS {
        // Each of its tries ended the program, or its result could not be recorded.
        return Err(Failure::GiveUp("no try came to an end".to_owned()));
    }
    let Ok(kind) = row.kind.parse::<JobKind>() else {
        return Err(Failure::GiveUp(format!(
            "unknown kind of job: {}",
            row.kind
        )));
    };
    match kind {
        JobKind::DiscardFiles => jobs::run::<DiscardFiles>(row, files).await,
        JobKind::RecountClocks => jobs::run::<RecountClocks>(row, db).await,
        JobKind::ScanFile => jobs::run::<ScanFile>(row, files).await,
        JobKind::SweepFiles => jobs::run::<SweepFiles>(row, files).await,
        JobKind::ReadInbound => jobs::run::<ReadInbound>(row, &context.inbound()).await,
        JobKind::KeepMailFiles => jobs::run::<KeepMailFiles>(row, &context.inbound()).await,
        JobKind::SendNotices => jobs::run::<SendNotices>(row, mail).await,
        JobKind::SendMail => jobs::run::<SendMail>(row, mail).await,
        JobKind::SendReceipt => jobs::run::<SendReceipt>(row, mail).await,
        JobKind::SendAlerts => jobs::run::<SendAlerts>(row, db).await,
        JobKind::PraiseDigest => jobs::run::<PraiseDigest>(row, db).await,
        JobKind::TellMoved => jobs::run::<TellMoved>(row, db).await,
        JobKind::TellQuota => jobs::run::<TellQuota>(row, db).await,
    }
}

/// Notes in a case that a mail about it was given up.
async fn report_undelivered(row: &JobRow, failure: &Failure, db: &Db) -> Result<(), Error> {
    /// What all jobs that send a mail have.
    #[derive(Deserialize)]
    struct Payload {
        mail: MailId,
    }
    if !matches!(
        row.kind.parse(),
        Ok(JobKind::SendMail | JobKind::SendReceipt)
    ) {
        return Ok(());
    }
    let Ok(Payload { mail }) = serde_json::from_value(row.payload.clone()) else {
        return Ok(());
    };
    let tx = db.write(row.owner).await?;
    if let Some(undelivered) = mail::give_up(&tx, mail).await?
        && let Some(case) = undelivered.about
    {
        let cause = match failure {
            Failure::GiveUp(_) => "refused",
            Failure::Retry(_) | Failure::Later(_) => "expired",
        };
        let details = json!({ "mail": undelivered.kind, "cause": cause });
        cases::record_event(&tx, CaseId(case), EventKind::MailFailed, None, details).await?;
        let about = cases::get(&tx, CaseId(case)).await?;
        let (whom, subject) = (Whom::Handlers(&about), Subject::Case(&about));
        inbox::notify(&tx, whom, NoticeKind::MailBounced, subject, None).await?;
    }
    Ok(tx.commit().await?)
}

/// Puts a mail that came in before a person, when reading it was given up.
async fn report_unread(row: &JobRow, db: &Db) -> Result<(), Error> {
    #[derive(Deserialize)]
    struct Payload {
        mail: InboundMailId,
    }
    if row.kind.parse() != Ok(JobKind::ReadInbound) {
        return Ok(());
    }
    let Ok(Payload { mail }) = serde_json::from_value(row.payload.clone()) else {
        return Ok(());
    };
    let tx = db.write(row.owner).await?;
    inbound::given_up(&tx, mail).await?;
    Ok(tx.commit().await?)
}

/// Records the result of a try, as soon as the database takes it.
async fn record(row: JobRow, result: Result<(), Failure>, db: Db) {
    let recorded = jobs::retry_database(Persist::Outages, || async {
        if let Err(failure) = &result
            && jobs::is_given_up(&row, failure)
        {
            report_undelivered(&row, failure, &db).await?;
            report_unread(&row, &db).await?;
        }
        let tx = db.platform().await?;
        jobs::record_result(&tx, &row, &result).await?;
        tx.commit().await.map_err(Error::from)
    });
    if let Err(error) = recorded.await {
        tracing::error!(job = %row.id, %error, "the result of a job is lost; it will be tried again");
    }
}

/// What a task of the runner did.
enum Step {
    Ran(Result<(), Failure>),
    Recorded,
}

/// A job that is being done.
struct Running {
    row: JobRow,
    /// Whether it was done, and only its result is being recorded.
    done: bool,
}

/// Does jobs, several at a time. Each queue has places of its own, and owners are served round-robin.
pub struct JobRunner {
    context: JobContext,
    tasks: JoinSet<Step>,
    running: HashMap<Id, Running>,
    /// Number of the last claim of each owner in each queue.
    last_claims: HashMap<(i64, TenantId), u64>,
    claims: u64,
}

impl JobRunner {
    /// Nothing runs yet.
    #[must_use]
    pub fn new(context: JobContext) -> Self {
        Self {
            context,
            tasks: JoinSet::new(),
            running: HashMap::new(),
            last_claims: HashMap::new(),
            claims: 0,
        }
    }

    fn rows(&self) -> Vec<JobRow> {
        (self.running.values())
            .map(|running| running.row.clone())
            .collect()
    }

    fn free(&self, queue: Queue) -> usize {
        let taken = (self.running.values())
            .filter(|running| running.row.priority == queue.priority())
            .count();
        queue.places().saturating_sub(taken)
    }

    /// Starts jobs whose time has come, as many as there are places for, but at most `limit`. Gives back how many.
    pub async fn start_due(&mut self, limit: usize) -> Result<usize, Error> {
        let free: Vec<Queue> = (Queue::ALL.into_iter())
            .filter(|queue| self.free(*queue) > 0)
            .collect();
        if limit == 0 || free.is_empty() {
            return Ok(0);
        }
        let mut except: Vec<JobId> = self.rows().iter().map(|row| row.id).collect();
        let tx = self.context.db.platform_read().await?;
        let due = jobs::due(&tx, &free, &except).await?;
        drop(tx);
        if due.is_empty() {
            if self.running.is_empty() {
                self.context.mail.mailer.close_idle();
            }
            return Ok(0);
        }
        let tx = self.context.db.platform().await?;
        let mut claimed: Vec<JobRow> = Vec::new();
        for queue in free {
            let priority = queue.priority();
            let mut owners: Vec<TenantId> = (due.iter())
                .filter(|due| due.priority == priority)
                .map(|due| due.owner)
                .collect();
            owners.sort_by_key(|owner| self.last_claims.get(&(priority, *owner)));
            let mut room = self.free(queue).min(limit - claimed.len());
            while room > 0 && !owners.is_empty() {
                let mut more = Vec::new();
                for owner in owners {
                    if room > 0
                        && let Some(row) = jobs::claim(&tx, queue, owner, &except).await?
                    {
                        room -= 1;
                        self.claims += 1;
                        self.last_claims.insert((priority, owner), self.claims);
                        except.push(row.id);
                        claimed.push(row);
                        more.push(owner);
                    }
                }
                owners = more;
            }
        }
        tx.commit().await?;
        let started = claimed.len();
        for row in claimed {
            let context = self.context.clone();
            let job = row.clone();
            let task = self
                .tasks
                .spawn(async move { Step::Ran(run(&job, &context).await) });
            self.running.insert(task.id(), Running { row, done: false });
        }
        Ok(started)
    }

    /// Waits until something that runs comes further; `false` when nothing runs. A job that panics has failed like any other.
    pub async fn progress(&mut self) -> bool {
        let Some(joined) = self.tasks.join_next_with_id().await else {
            return false;
        };
        let (id, result) = match joined {
            Ok((id, Step::Ran(result))) => (id, result),
            Ok((id, Step::Recorded)) => (id, Ok(())),
            Err(error) => (
                error.id(),
                Err(Failure::Retry("the job panicked".to_owned())),
            ),
        };
        if let Some(Running { row, done: false }) = self.running.remove(&id) {
            let recording = record(row.clone(), result, self.context.db.clone());
            let task = self.tasks.spawn(async move {
                recording.await;
                Step::Recorded
            });
            self.running.insert(task.id(), Running { row, done: true });
        }
        true
    }

    /// Keeps the jobs that run from being taken over.
    pub async fn renew_leases(&self) -> Result<(), Error> {
        let rows = self.rows();
        if rows.is_empty() {
            return Ok(());
        }
        let tx = self.context.db.platform().await?;
        jobs::renew(&tx, &rows).await?;
        Ok(tx.commit().await?)
    }

    /// Gives what runs some time to come to an end, interrupts the rest and frees it for the next start.
    pub async fn stop(mut self, grace: Duration) {
        let end = async { while self.progress().await {} };
        if tokio::time::timeout(grace, end).await.is_ok() {
            return;
        }
        let rows = self.rows();
        tracing::warn!(jobs = rows.len(), "jobs are interrupted by the stop");
        self.tasks.abort_all();
        let free = async {
            while self.tasks.join_next().await.is_some() {}
            let tx = self.context.db.platform().await?;
            jobs::release(&tx, &rows).await?;
            tx.commit().await.map_err(Error::from)
        };
        match tokio::time::timeout(RELEASE_MAX, free).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "interrupted jobs stay leased for a minute"),
            Err(_) => tracing::error!("interrupted jobs stay leased for a minute"),
        }
    }
}

/// Does up to `limit` jobs, and waits for them. Gives back how many there were.
pub async fn run_due_jobs(context: &JobContext, limit: usize) -> Result<usize, Error> {
    let mut runner = JobRunner::new(context.clone());
    let mut done = 0;
    loop {
        done += runner.start_due(limit - done).await?;
        if !runner.progress().await {
            return Ok(done);
        }
    }
}
