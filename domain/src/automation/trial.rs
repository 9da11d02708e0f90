//! What a rule would have done in the last month. Nothing is stored.

use std::collections::HashMap;

use chrono::TimeDelta;
use serde::Serialize;
use serde_json::Value;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{
    live,
    rule::{Condition, Event, Rule},
    run::{facts, submitted},
};
use crate::{
    Error,
    cases::{self, Case, CaseId, EventKind, Viewer},
    clocks, queue,
};

/// How far a trial looks back.
const MONTH: TimeDelta = TimeDelta::days(31);
/// Most messages that are named.
const NAMED: usize = 20;
/// Messages of which one statement reads the rest.
const BATCH: usize = 5_000;

/// What a rule would have done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AutomationRuleTrial)]
pub struct Trial {
    /// Messages to which its event happened in the last 31 days.
    pub looked_at: usize,
    /// For how many of them its conditions hold, as they are now.
    pub touched: usize,
    /// References of some of them, the newest first, for who may see them.
    pub references: Vec<String>,
}

/// Tries a rule with what happened in the last 31 days. A few statements, whatever the number of messages.
pub async fn trial(tx: &TenantTx, rule: &Rule, viewer: Option<Viewer>) -> Result<Trial, Error> {
    let since = tx.now() - MONTH;
    let kind = match rule.event() {
        Event::Accepted => Some(EventKind::Received),
        Event::Claimed => Some(EventKind::Claimed),
        Event::HandedOn => Some(EventKind::HandedOn),
        Event::ContactMade => Some(EventKind::Contact),
        Event::Replied => Some(EventKind::MessageIn),
        Event::Closed => Some(EventKind::Closed),
        Event::Reopened => Some(EventKind::Reopened),
        Event::Scored => Some(EventKind::Score),
        Event::PromiseNear | Event::PromiseLate => None,
    };
    let mut causes: HashMap<CaseId, Option<i64>> = HashMap::new();
    if let Some(kind) = kind {
        for (case, details) in cases::happened(tx, kind, since).await? {
            let spoke = details.get("result").and_then(Value::as_str) == Some("conversation");
            if kind != EventKind::Contact || spoke {
                causes.insert(case, details.get("grade").and_then(Value::as_i64));
            }
        }
    } else {
        let is_late = rule.event() == Event::PromiseLate;
        let warned = clocks::warned_since(tx, since, is_late).await?;
        causes.extend(warned.into_iter().map(|case| (case, None)));
    }
    let mut ids: Vec<CaseId> = causes.keys().copied().collect();
    ids.sort_unstable();
    let came = |one: &Condition| {
        matches!(
            one,
            Condition::Form(_) | Condition::Channel(_) | Condition::Answer { .. }
        )
    };
    let needs_submission = rule.conditions().iter().any(came);
    let needs_tags = (rule.conditions().iter()).any(|one| matches!(one, Condition::Tag(_)));
    let parents = live::parents(tx).await?;
    let mut trial = Trial::default();
    let mut touched: Vec<Case> = Vec::new();
    for some in ids.chunks(BATCH) {
        let mut read = cases::by_ids(tx, some.iter().copied()).await?;
        read.retain(|case| !cases::is_trial(&case.reference) && case.erased_at.is_none());
        trial.looked_at += read.len();
        let submissions = if needs_submission {
            submitted(tx, read.iter().map(|case| case.submission_id)).await?
        } else {
            HashMap::new()
        };
        let mut tags: HashMap<CaseId, std::collections::BTreeSet<String>> = HashMap::new();
        if needs_tags {
            let all = queue::tags_of_all(tx, read.iter().map(|case| case.id)).await?;
            for (case, tag) in all {
                tags.entry(case).or_default().insert(tag);
            }
        }
        for case in read {
            let score = causes.get(&case.id).copied().flatten();
            let mut facts = facts(tx, &case, score, &parents);
            facts.tags = Some(tags.remove(&case.id).unwrap_or_default());
            if let Some((form, submission)) = submissions.get(&case.submission_id) {
                facts.came = Some((form.clone(), submission.channel));
                facts.answers = Some(submission.answers()?.options());
            }
            if rule.judge(&facts) == Some(true) {
                touched.push(case);
            }
        }
    }
    trial.touched = touched.len();
    touched.sort_by_key(|case| std::cmp::Reverse(case.received_at));
    if let Some(viewer) = viewer {
        let newest = touched.iter().take(NAMED).map(|case| case.id);
        let seen = cases::seen_by_ids(tx, viewer, newest).await?;
        let seen = |case: &&Case| seen.iter().any(|one| one.id == case.id);
        let named = touched.iter().take(NAMED).filter(seen);
        trial.references = named.map(|case| case.reference.clone()).collect();
    }
    Ok(trial)
}
