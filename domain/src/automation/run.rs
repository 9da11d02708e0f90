//! Running rules, in the transaction of what set them off.

use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    future::Future,
    pin::Pin,
    sync::Arc,
};

use sea_orm::ActiveValue::Set;
use serde_json::{Value, json};
use tenants::{Happening, StaffId, TenantTx, staff};

use super::{
    RuleId,
    entity::rule_run,
    known,
    live::{self, Live, Parents},
    rule::{Action, Event, Facts, Told},
};
use crate::{
    Code, Error,
    cases::{self, Case, CaseId, EventKind, Opened},
    clocks, desk, forms,
    inbox::{self, NoticeKind, Whom},
    queue,
    submissions::{self, Submission, SubmissionId},
    tasks::{self, TaskRequest},
    teams::{self, StandIn},
    workflow,
};

/// So often rules may set each other off: what one does can be the event of the next, and of one more.
pub const DEPTH_MAX: usize = 3;

/// Something that happened, of which rules can be.
struct Cause {
    event: Event,
    case: CaseId,
    score: Option<i64>,
    opened: Option<Arc<Opened>>,
}

impl Cause {
    fn of(happening: Happening) -> Option<Self> {
        let word = |key: &str| happening.details.get(key).and_then(Value::as_str);
        let event = match happening.what {
            "promiseNear" => Event::PromiseNear,
            "promiseLate" => Event::PromiseLate,
            what => match what.parse().ok()? {
                EventKind::Received => Event::Accepted,
                EventKind::Claimed => Event::Claimed,
                EventKind::HandedOn => Event::HandedOn,
                EventKind::Contact if word("result") == Some("conversation") => Event::ContactMade,
                EventKind::MessageIn => Event::Replied,
                EventKind::Closed => Event::Closed,
                EventKind::Reopened => Event::Reopened,
                EventKind::Score => Event::Scored,
                _ => return None,
            },
        };
        let opened = happening
            .facts
            .map(|facts: Arc<dyn Any + Send + Sync>| facts.downcast::<Opened>());
        Some(Self {
            event,
            case: CaseId(happening.subject),
            score: happening.details.get("grade").and_then(Value::as_i64),
            opened: opened.and_then(Result::ok),
        })
    }
}

/// What a transaction does about what happened in it, before it is committed.
pub fn react(
    tx: &TenantTx,
) -> Pin<Box<dyn Future<Output = Result<(), tenants::Error>> + Send + '_>> {
    Box::pin(async move {
        run(tx).await.map_err(|error| match error {
            Error::Tenants(error) => error,
            other => tenants::Error::Unreadable(format!("a rule: {other}")),
        })
    })
}

async fn run(tx: &TenantTx) -> Result<(), Error> {
    let mut ran = HashSet::new();
    for _ in 0..DEPTH_MAX {
        let causes: Vec<Cause> = (tx.take_happenings().into_iter())
            .filter_map(Cause::of)
            .collect();
        if causes.is_empty() {
            return Ok(());
        }
        let running = live::running(tx).await?;
        step(tx, (&running.rules, &running.parents), causes, &mut ran).await?;
    }
    // What the last step set off is left alone.
    tx.take_happenings();
    Ok(())
}

/// What is known of a case that was read. `parents` has the categories that are below others.
pub(super) fn facts(tx: &TenantTx, case: &Case, score: Option<i64>, parents: &Parents) -> Facts {
    let parent = case.category.as_ref().and_then(|key| parents.get(key));
    Facts {
        kind: workflow::code_of_case(case).to_owned(),
        category: case.category.clone(),
        parent_category: parent.cloned(),
        team: case.team_id,
        has_mail: case.contact_email.is_some(),
        has_phone: case.contact_phone.is_some(),
        age_days: (tx.now() - case.received_at).num_days(),
        score,
        ..Facts::default()
    }
}

/// How a message came in, with the address of its form and what was answered.
pub(super) async fn submitted(
    tx: &TenantTx,
    ids: impl Iterator<Item = SubmissionId>,
) -> Result<HashMap<SubmissionId, (String, Submission)>, Error> {
    let mut found = HashMap::new();
    for row in submissions::by_ids(tx, ids).await? {
        // A version never changes, so that it is mostly known already.
        let form = forms::version(tx, row.form_version_id).await?;
        found.insert(row.id, (form.slug, row));
    }
    Ok(found)
}

async fn step(
    tx: &TenantTx,
    (rules, parents): (&[Live], &Parents),
    causes: Vec<Cause>,
    ran: &mut HashSet<(RuleId, CaseId, Event)>,
) -> Result<(), Error> {
    let asked = |event: Event| rules.iter().any(|live| live.rule.event() == event);
    let causes: Vec<Cause> = causes
        .into_iter()
        .filter(|cause| asked(cause.event))
        .collect();
    let unread = causes.iter().filter(|cause| cause.opened.is_none());
    let unread: BTreeSet<CaseId> = unread.map(|cause| cause.case).collect();
    let mut known: BTreeMap<CaseId, Case> = BTreeMap::new();
    if !unread.is_empty() {
        let read = cases::by_ids(tx, unread.into_iter()).await?;
        known.extend(read.into_iter().map(|case| (case.id, case)));
    }
    for opened in causes.iter().filter_map(|cause| cause.opened.as_ref()) {
        known.insert(opened.case.id, opened.case.clone());
    }
    // Somebody who tries a form out sets nothing off.
    known.retain(|_, case| !cases::is_trial(&case.reference));
    let mut judged: Vec<(&Cause, Facts)> = Vec::new();
    for cause in &causes {
        if let Some(case) = known.get(&cause.case) {
            let mut facts = facts(tx, case, cause.score, parents);
            if let Some(opened) = &cause.opened {
                facts.came = Some((opened.form.clone(), opened.channel));
                facts.answers = Some(opened.options.clone());
                facts.tags = Some(BTreeSet::new());
            }
            judged.push((cause, facts));
        }
    }
    complete(tx, rules, &known, &mut judged).await?;
    for (cause, facts) in judged {
        let Some(case) = known.get(&cause.case) else {
            continue;
        };
        for live in rules {
            let sets_off = live.rule.event() == cause.event
                && live.rule.judge(&facts) == Some(true)
                && ran.insert((live.id, case.id, cause.event));
            if sets_off {
                perform(tx, live, case.id, cause.event).await?;
            }
        }
    }
    Ok(())
}

/// Reads what rules need to know that would otherwise hold: how messages came in, and their tags; a statement each, when it is needed.
async fn complete(
    tx: &TenantTx,
    rules: &[Live],
    known: &BTreeMap<CaseId, Case>,
    judged: &mut [(&Cause, Facts)],
) -> Result<(), Error> {
    let wants = |(cause, facts): &(&Cause, Facts)| {
        let of_event = rules.iter().filter(|live| live.rule.event() == cause.event);
        of_event
            .into_iter()
            .any(|live| live.rule.judge(facts).is_none())
    };
    let open: Vec<CaseId> = (judged.iter())
        .filter(|one| wants(one))
        .map(|(cause, _)| cause.case)
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    let submissions = open
        .iter()
        .filter_map(|id| known.get(id))
        .map(|case| case.submission_id);
    let submitted = submitted(tx, submissions).await?;
    let tags = queue::tags_of_all(tx, open.iter().copied()).await?;
    for (cause, facts) in judged {
        let Some(case) = known
            .get(&cause.case)
            .filter(|case| open.contains(&case.id))
        else {
            continue;
        };
        if let Some((form, submission)) = submitted.get(&case.submission_id) {
            facts.came = Some((form.clone(), submission.channel));
            facts.answers = Some(submission.answers()?.options());
        }
        let own = tags.iter().filter(|(id, _)| *id == case.id);
        facts.tags = Some(own.map(|(_, tag)| tag.clone()).collect());
    }
    Ok(())
}

/// Does what a rule does, and notes it at the message and at the rule.
async fn perform(tx: &TenantTx, live: &Live, id: CaseId, event: Event) -> Result<(), Error> {
    let mut told = Vec::new();
    let mut failed = false;
    for action in live.rule.actions() {
        // What an action before it changed counts.
        let case = cases::get(tx, id).await?;
        let (what, to) = match action {
            Action::Team(team) => ("team", json!(team)),
            // Its words may be about the resident, and an event stays when what was written is erased.
            Action::Tag(_) => ("tag", Value::Null),
            Action::Task { team, .. } => ("task", json!(team)),
            Action::Mail { .. } => ("mail", Value::Null),
            Action::Notice(Told::Handlers) => ("notice", Value::Null),
            Action::Notice(Told::Team(team)) => ("notice", json!(team)),
            Action::Notice(Told::Colleague(id)) => ("notice", json!(id)),
        };
        let refused = match act(tx, &case, action).await {
            Ok(()) => None,
            Err(Error::Invalid(_) | Error::NotFound) => Some("unusable".to_owned()),
            Err(Error::Refused(refusal)) => Some(refusal.code.to_string()),
            Err(error) => return Err(error),
        };
        failed |= refused.is_some();
        told.push(json!({ "what": what, "to": to, "refused": refused }));
    }
    let details = json!({ "rule": live.rule.name(), "version": live.number, "did": told });
    cases::record_event(tx, id, EventKind::Rule, None, details).await?;
    tx.insert(rule_run::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        rule_id: Set(live.id),
        number: Set(live.number),
        case_id: Set(id),
        event: Set(event),
        failed: Set(failed),
        at: Set(tx.now()),
    })
    .await?;
    Ok(())
}

/// The colleague, or their first deputy while they are away, who may read the case. Whoever it is about does not hear of it (Awb art. 9:7).
async fn reached(tx: &TenantTx, case: &Case, id: StaffId) -> Result<StaffId, Error> {
    let candidates = match teams::stand_in(tx, id, case.team_id).await? {
        StandIn::Themselves => vec![id],
        StandIn::Deputies(deputies) => deputies,
    };
    for candidate in candidates {
        let found = staff::get(tx, candidate).await?.filter(known::can_be_told);
        if let Some(found) = found {
            let viewer = cases::Viewer::of(&found);
            if Error::optional(cases::seen(tx, viewer, case.id).await)?.is_some() {
                return Ok(candidate);
            }
        }
    }
    Err(Error::NotFound)
}

async fn act(tx: &TenantTx, case: &Case, action: &Action) -> Result<(), Error> {
    match action {
        Action::Team(team) => desk::route(tx, case, *team).await,
        Action::Tag(tag) => queue::add_tag(tx, case.id, tag).await,
        Action::Task {
            question,
            team,
            days,
        } => {
            let office = clocks::current_office(tx).await?;
            let mut due_on = office.calendar.local_day(tx.now());
            for _ in 0..*days {
                due_on = office.calendar.next_open_day(due_on).unwrap_or(due_on);
            }
            let request = TaskRequest {
                question: question.clone(),
                team_id: team.to_string(),
                staff_id: String::new(),
                due_on: due_on.to_string(),
            };
            tasks::ask(tx, case.id, None, &request, office.calendar.zone()).await?;
            Ok(())
        }
        Action::Mail { nl, en } => {
            let words = match cases::language(case) {
                crate::Language::Dutch => nl,
                crate::Language::English => en,
            };
            desk::mail_by_rule(tx, case, words).await
        }
        Action::Notice(told) => {
            let whom = match *told {
                Told::Handlers => Whom::Handlers(case),
                Told::Team(team) => Whom::Team(team),
                Told::Colleague(id) => Whom::Staff(reached(tx, case, id).await?),
            };
            let about = inbox::Subject::Case(case);
            if case.status == cases::CaseStatus::Merged {
                return Err(Error::refused(Code::CaseMerged));
            }
            inbox::notify(tx, whom, NoticeKind::Rule, about, None).await
        }
    }
}
