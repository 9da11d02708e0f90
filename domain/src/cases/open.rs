//! A message becomes a case.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::json;
use tenants::TenantTx;

use super::{
    Case, CaseId, CaseStatus, EventKind, Kind, Preference, entity::case_file, note_event, reference,
};
use crate::{Error, Language, intake::SubmissionId, sla};

/// What the desk needs to know of a message.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// The number it was already promised under; otherwise it gets one.
    pub reference: Option<String>,
    /// What was handed in.
    pub submission: SubmissionId,
    /// Complaint, tip or compliment.
    pub kind: Kind,
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
    /// When it was sent, in UTC.
    pub received_at: DateTime<Utc>,
}

/// Opens a case: gives it a reference, starts its clock if an answer was asked for, and begins its timeline.
///
/// # Errors
/// When the database does not answer, or the municipality has no calendar.
pub async fn open(tx: &TenantTx, new: NewCase) -> Result<Case, Error> {
    let id: CaseId = tx.new_id();
    let promise = if new.preference == Preference::None {
        None
    } else {
        Some(sla::promise(tx, new.received_at).await?)
    };
    let (phone, phone_e164) = new.phone.unzip();
    let case = tx
        .insert(case_file::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(id),
            reference: Set(match new.reference {
                Some(reference) => reference,
                None => reference::new()?,
            }),
            submission_id: Set(new.submission),
            kind: Set(new.kind),
            title: Set(new.title),
            story: Set(new.story),
            place: Set(new.place),
            preference: Set(new.preference),
            call_times: Set(json!(new.call_times)),
            contact_name: Set(new.name),
            contact_phone: Set(phone),
            contact_phone_e164: Set(phone_e164),
            contact_email: Set(new.email),
            language: Set(new.language.as_str().to_owned()),
            status: Set(CaseStatus::New),
            assignee_id: Set(None),
            outcome: Set(None),
            outcome_note: Set(None),
            received_at: Set(new.received_at),
            due_at: Set(promise.as_ref().map(|promise| promise.due_at)),
            contacted_at: Set(None),
            closed_at: Set(None),
            version: Set(1),
        })
        .await?;
    if let Some(promise) = promise {
        sla::start(tx, id, &promise).await?;
    }
    note_event(tx, id, EventKind::Received, None, json!({})).await?;
    Ok(case)
}
