//! A message becomes a case.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::json;
use tenants::{StaffId, TenantTx};

use crate::{
    Error, Language,
    cases::{
        self, Case, CaseId, CaseStatus, EventKind, Kind, Preference, entity::case_file, event_row,
        new_reference, record_opening,
    },
    clocks::{self, ClockKind, Facts},
    routing::{self, Decision},
    search,
    submissions::{Channel, SubmissionId},
    workflow,
};

/// What the desk needs to know of a message.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// The number it was already promised under; otherwise it gets one.
    pub reference: Option<String>,
    /// What was handed in.
    pub submission: SubmissionId,
    /// Complaint, tip or compliment.
    pub kind: Kind,
    /// What its form says instead, when that is none of these: perhaps the code of a kind of the municipality's own.
    pub kind_word: Option<String>,
    /// Key of the category that its form gives it; one that the municipality does not know or no longer uses is left out.
    pub category: Option<String>,
    /// The options it chose, by question: by these it may go to another team.
    pub options: BTreeMap<String, Vec<String>>,
    /// In a sentence.
    pub title: String,
    /// The story; may be empty.
    pub story: String,
    /// Where it is about.
    pub place: Option<String>,
    /// How the resident wants to hear from us.
    pub preference: Preference,
    /// Parts of the day on which a call suits.
    pub call_times: Vec<String>,
    /// Name as typed.
    pub name: Option<String>,
    /// Telephone number as typed, and in E.164.
    pub phone: Option<(String, String)>,
    /// Mail address.
    pub email: Option<String>,
    /// Language of the form.
    pub language: Language,
    /// Short name of the form.
    pub form: String,
    /// How it came in.
    pub channel: Channel,
    /// When it was sent, in UTC.
    pub received_at: DateTime<Utc>,
    /// Who wrote it down, when that was not the resident.
    pub filed: Option<Filed>,
    /// The case in whose conversation it came up.
    pub origin: Option<CaseId>,
}

/// A message that staff wrote down for a resident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// Who.
    pub by: StaffId,
    /// Why it is written down later than it came in; may be empty when it is not.
    pub reason: String,
}

/// The clocks a message starts.
async fn clocks(tx: &TenantTx, new: &NewCase, kind: Kind) -> Result<Vec<clocks::NewClock>, Error> {
    let facts = Facts {
        form: Some(new.form.clone()),
        category: new.category.clone(),
        channel: Some(new.channel),
        kind,
    };
    let wants_answer = clocks::wants_answer(new.preference);
    clocks::plan(tx, &facts, new.received_at, wants_answer).await
}

fn callback(clocks: &[clocks::NewClock]) -> Option<DateTime<Utc>> {
    clocks
        .iter()
        .find(|clock| clock.kind() == ClockKind::Callback)
        .and_then(clocks::NewClock::due_at)
}

/// To which team a message goes.
async fn route(tx: &TenantTx, new: &NewCase, kind: &str) -> Result<Decision, Error> {
    let facts = routing::Facts {
        form: &new.form,
        kind,
        category: new.category.as_deref(),
        answers: &new.options,
        place: new.place.as_deref(),
    };
    routing::route(tx, &facts).await
}

/// When a message would fall due if it became a case, in UTC: what its sender is promised although nothing is opened yet. It counts with the category
/// that its case would get.
pub(crate) async fn promise_due(
    tx: &TenantTx,
    new: &NewCase,
) -> Result<Option<DateTime<Utc>>, Error> {
    let chosen = workflow::choose(tx, new.kind_word.as_deref(), new.kind).await?;
    let routed = NewCase {
        category: route(tx, new, chosen.key()).await?.category,
        ..new.clone()
    };
    Ok(callback(&clocks(tx, &routed, chosen.kind).await?))
}

/// Opens a case: gives it a reference, starts its clocks, and begins its timeline. Also says whether its formal procedure begins at once, which
/// the caller sees to.
///
/// # Errors
/// When the database does not answer, or the municipality has no calendar.
pub(crate) async fn open(tx: &TenantTx, mut new: NewCase) -> Result<(Case, bool), Error> {
    let id: CaseId = tx.new_id();
    let chosen = workflow::choose(tx, new.kind_word.as_deref(), new.kind).await?;
    let routed = route(tx, &new, chosen.key()).await?;
    new.category.clone_from(&routed.category);
    let clocks = clocks(tx, &new, chosen.kind).await?;
    let due_at = callback(&clocks);
    let (phone, phone_e164) = new.phone.unzip();
    let case = tx
        .insert(case_file::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(id),
            reference: Set(match new.reference {
                Some(reference) => reference,
                None => new_reference()?,
            }),
            submission_id: Set(new.submission),
            kind: Set(chosen.kind),
            kind_code: Set(chosen.code),
            workflow_version_id: Set(chosen.workflow),
            state: Set(chosen.state),
            category: Set(new.category),
            title: Set(new.title),
            story: Set(new.story),
            place: Set(new.place),
            preference: Set(new.preference),
            call_times: Set(json!(new.call_times)),
            contact_name: Set(new.name),
            contact_phone: Set(phone),
            contact_phone_e164: Set(phone_e164),
            contact_email: Set(new.email),
            email_bounced_at: Set(None),
            language: Set(new.language.as_str().to_owned()),
            status: Set(CaseStatus::New),
            team_id: Set(routed.team),
            assignee_id: Set(None),
            origin_id: Set(new.origin),
            outcome: Set(None),
            outcome_note: Set(None),
            received_at: Set(new.received_at),
            due_at: Set(due_at),
            contacted_at: Set(None),
            closed_at: Set(None),
            erase_at: Set(None),
            erased_at: Set(None),
            version: Set(1),
        })
        .await?;
    // Somebody who tries the form out sees the promise; no clock measures whether it is kept.
    let is_trial = cases::is_trial(&case.reference);
    if !is_trial {
        clocks::start(tx, id, 1, clocks).await?;
    }
    let (actor, details) = match new.filed {
        Some(filed) => (
            Some(filed.by),
            json!({ "channel": new.channel, "reason": filed.reason }),
        ),
        None => (None, json!({})),
    };
    let opened = cases::Opened {
        case: case.clone(),
        form: new.form,
        channel: new.channel,
        options: new.options,
    };
    record_opening(tx, opened, actor, details).await?;
    let mut together = vec![search::row(tx, &case)];
    if let Some(version) = routed.version {
        let details = json!({ "by": routed.by, "rule": routed.rule, "version": version, "team": routed.team });
        together.push(event_row(tx, id, EventKind::Routed, details));
    }
    tx.insert_together(together).await?;
    Ok((case, chosen.formal && !is_trial))
}
