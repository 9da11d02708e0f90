//! Who has a turn in the queue of jobs, and what a mail server that does not answer holds up.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use chrono::TimeDelta;
use domain::{
    Language,
    jobs::{self, JobRow, JobState},
    mail::{self, NewMail, Sender},
    worker::{JobRunner, run_due_jobs},
};
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use tenants::TenantId;
use tests::{Browser, FakeSmtp, SmtpReply, TestApp};
use tokio_util::sync::CancellationToken;

fn mail_to(recipient: &str) -> NewMail<'_> {
    NewMail {
        kind: "test",
        recipient,
        about: None,
        language: Language::Dutch,
        text: "mail-score",
        values: &[("municipality", "x"), ("reference", "x"), ("link", "x")],
    }
}

async fn mails(app: &TestApp, tenant: TenantId, recipient: &str, count: usize) {
    let tx = app.db.write(tenant).await.unwrap();
    for _ in 0..count {
        mail::enqueue(&tx, mail_to(recipient)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn recipients(app: &TestApp) -> Vec<String> {
    let mails = app.mails.lock().unwrap();
    mails.iter().map(|mail| mail.recipient.clone()).collect()
}

async fn queued(app: &TestApp) -> Vec<JobRow> {
    let tx = app.db.platform_read().await.unwrap();
    jobs::list(&tx, JobState::Queued, 1_000).await.unwrap()
}

/// An application whose mail server takes a connection and says nothing.
async fn with_silent_server() -> (TestApp, FakeSmtp) {
    let server = FakeSmtp::start().await;
    server.behave(|_| SmtpReply::Hang);
    let sender = Sender::smtp(&server.address()).unwrap();
    (TestApp::with_sender(sender, Arc::default()).await, server)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_mail_of_a_municipality_does_not_wait_for_the_hundreds_of_others() {
    let app = TestApp::open().await;
    mails(&app, app.waterdam.id, "veel@waterdam.example", 300).await;
    mails(&app, app.platform.id, "veel@gehoord.example", 300).await;
    app.clock.advance(TimeDelta::minutes(1));
    mails(&app, app.heuvelrode.id, "een@heuvelrode.example", 1).await;
    let context = app.app.job_context();
    assert_eq!(run_due_jobs(&context, 4).await.unwrap(), 4);
    assert!(recipients(&app).contains(&"een@heuvelrode.example".to_owned()));
    // Also with one job at a time, when each turn ends before the next.
    mails(&app, app.heuvelrode.id, "nog-een@heuvelrode.example", 1).await;
    let mut runner = JobRunner::new(context);
    for _ in 0..3 {
        assert_eq!(runner.start_due(1).await.unwrap(), 1);
        while runner.progress().await {}
    }
    assert!(recipients(&app).contains(&"nog-een@heuvelrode.example".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_takes_one_job_whatever_the_database_believes_of_the_table() {
    let app = TestApp::open().await;
    mails(&app, app.waterdam.id, "een@waterdam.example", 1).await;
    // A planner that believes in one row asks for the next job once for every row that there is.
    let owner = app.store.as_database_owner().await;
    owner.execute_unprepared("analyze job").await.unwrap();
    mails(&app, app.waterdam.id, "veel@waterdam.example", 19).await;
    let mut runner = JobRunner::new(app.app.job_context());
    assert_eq!(runner.start_due(1).await.unwrap(), 1);
    let taken = queued(&app).await;
    let leased = taken.iter().filter(|row| row.leased_until.is_some());
    assert_eq!(leased.count(), 1, "of {}", taken.len());
    while runner.progress().await {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_with_which_somebody_signs_in_goes_before_all_others() {
    let app = TestApp::open().await;
    mails(&app, app.waterdam.id, "veel@waterdam.example", 200).await;
    app.clock.advance(TimeDelta::minutes(1));
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let colleague = json!({ "name": "Noor", "email": "noor@waterdam.example", "roles": ["clerk"] });
    let invited = admin.post("/api/v1/staff-members", &colleague).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    assert_eq!(run_due_jobs(&app.app.job_context(), 1).await.unwrap(), 1);
    assert_eq!(recipients(&app), ["noor@waterdam.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_does_not_answer_holds_up_no_clocks() {
    let (app, server) = with_silent_server().await;
    app.complaint().await;
    mails(&app, app.waterdam.id, "veel@waterdam.example", 50).await;
    // Wednesday 10:00: the promise is broken, and the office is open.
    app.clock.advance(TimeDelta::days(2));
    let stop = CancellationToken::new();
    let worker = tokio::spawn(api::worker::run(Arc::clone(&app.app), stop.clone()));
    let noticed = async {
        while server.connections() == 0
            || !queued(&app)
                .await
                .iter()
                .all(|job| job.kind.starts_with("mail.") || job.kind == "intake.receipt")
            || queued(&app).await.len() < 52
        {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), noticed)
        .await
        .expect("warnings are written while mails hang");
    let asked = tokio::time::Instant::now();
    stop.cancel();
    tokio::time::timeout(Duration::from_secs(20), worker)
        .await
        .expect("a stop ends the worker within its grace")
        .unwrap();
    assert!(asked.elapsed() < Duration::from_secs(20));
    for job in queued(&app).await {
        assert_eq!((job.leased_until, job.attempts), (None, 0), "{}", job.kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stop_interrupts_is_done_by_the_next_worker_at_once() {
    let (app, server) = with_silent_server().await;
    app.complaint().await;
    let mut runner = JobRunner::new(app.app.job_context());
    assert_eq!(runner.start_due(10).await.unwrap(), 1);
    runner.stop(Duration::from_millis(200)).await;
    server.behave(|_| SmtpReply::Usual);
    app.run_jobs().await;
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_jobs_of_a_worker_that_was_killed_are_taken_over_soon_and_those_of_a_slow_one_are_not()
{
    let (app, server) = with_silent_server().await;
    app.complaint().await;
    let mut slow = JobRunner::new(app.app.job_context());
    assert_eq!(slow.start_due(10).await.unwrap(), 1);
    for _ in 0..3 {
        app.clock.advance(TimeDelta::seconds(50));
        slow.renew_leases().await.unwrap();
        let other = run_due_jobs(&app.app.job_context(), 10).await.unwrap();
        assert_eq!(other, 0, "the slow one still works on it");
    }
    drop(slow);
    server.behave(|_| SmtpReply::Usual);
    app.clock.advance(TimeDelta::seconds(61));
    assert_eq!(run_due_jobs(&app.app.job_context(), 10).await.unwrap(), 1);
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_worker_sends_each_of_many_mails_once_and_over_few_connections() {
    const MAILS: usize = 100;
    let server = FakeSmtp::start().await;
    let app = TestApp::with_sender(Sender::smtp(&server.address()).unwrap(), Arc::default()).await;
    mails(&app, app.waterdam.id, "veel@waterdam.example", MAILS).await;
    app.run_jobs().await;
    let sent = server.mails();
    assert_eq!(sent.len(), MAILS);
    let ids: BTreeSet<&str> = (sent.iter())
        .filter_map(|mail| mail.lines().find(|line| line.starts_with("Message-ID:")))
        .collect();
    assert_eq!(ids.len(), MAILS, "each is another one");
    assert!(server.connections() <= 6, "{}", server.connections());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_reads_which_work_waits_for_which_municipality() {
    let app = TestApp::open().await;
    mails(&app, app.heuvelrode.id, "een@heuvelrode.example", 1).await;
    let operator = "operator@gehoord.example";
    let mut operator = Browser::sign_in(&app, "localhost", operator).await;
    operator.go("/beheer/taken").await;
    let told = "Mail versturen, Gemeente heuvelrode";
    assert!(operator.page.text.contains(told), "{}", operator.page.text);
    assert!(!operator.page.text.contains("mail.send"));
}
