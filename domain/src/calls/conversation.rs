//! A call with a resident, written down in one go: how it went, the story behind the story, what was agreed, and what else came up.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use tenants::{Tenant, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use crate::{
    Error, FieldErrors,
    cases::{self, CaseId, ContactMomentId, ContactResult, Viewer},
    clocks::{self, AgreementRequest, ClockId, NewAgreement},
    desk::{self, ContactMomentRequest},
    intake::{self, QuestionRequest},
};

/// Most agreements, and most other questions, of one conversation.
const MOST: usize = 10;

/// A call, and what it brought.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct ConversationRequest {
    /// `conversation`, `noAnswer`, `messageLeft`, `wrongNumber` or `callLater`.
    #[schema(value_type = cases::ContactResult, example = "conversation", required = true)]
    pub result: String,
    /// The story behind the story, in the words of staff; needed after a conversation. No resident reads it.
    pub note: String,
    /// What the resident wants, in the words of staff. No resident reads it.
    pub wish: String,
    /// When the resident wants to be called; needed with `callLater`.
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub call_at: Option<String>,
    /// When it was, if not just now.
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub at: Option<String>,
    /// Why it is written down only now; needed when it was in time and the promise is late by now.
    pub reason: String,
    /// What was agreed, each with its day; after a conversation only.
    pub agreements: Vec<AgreementRequest>,
    /// What else the resident told, each of which becomes a case of its own; after a conversation only.
    pub questions: Vec<QuestionRequest>,
}

/// What a call brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// The contact moment.
    pub contact_moment_id: ContactMomentId,
    /// The clocks of what was agreed.
    pub agreement_ids: Vec<ClockId>,
    /// The cases that were opened.
    pub case_ids: Vec<CaseId>,
}

fn prefixed(list: &str, number: usize) -> String {
    format!("{list}.{number}.")
}

/// Writes down a call. A case that nobody has becomes the caller's.
///
/// # Errors
/// [`Error::Invalid`]; [`crate::Code::CaseNotYours`], [`crate::Code::CaseClosed`], [`Error::NotFound`].
pub async fn converse(
    tx: &TenantTx,
    id: CaseId,
    (actor, tenant): (&StaffMember, &Tenant),
    request: ConversationRequest,
    zone: Tz,
) -> Result<Conversation, Error> {
    let case = cases::seen(tx, Viewer::of(actor), id).await?;
    let mut errors = FieldErrors::default();
    let spoke = request.result == ContactResult::Conversation.as_str();
    let mut agreements: Vec<NewAgreement> = Vec::new();
    for (number, agreement) in request.agreements.iter().enumerate() {
        if !agreement.is_empty() {
            let at = prefixed("agreements", number);
            agreements.extend(agreement.parse(tx, &mut errors, &at).await?);
        }
    }
    let mut questions = Vec::new();
    for (number, question) in request.questions.iter().enumerate() {
        if !question.is_empty() {
            questions.extend(question.parse(&mut errors, &prefixed("questions", number)));
        }
    }
    for (list, count) in [
        ("agreements.0.what", request.agreements.len()),
        ("questions.0.title", request.questions.len()),
    ] {
        if count > MOST {
            errors.add_with(list, "too_many", "max", MOST);
        }
    }
    if !spoke && !agreements.is_empty() {
        errors.add("agreements.0.what", "only_after_conversation");
    }
    if !spoke && !questions.is_empty() {
        errors.add("questions.0.title", "only_after_conversation");
    }
    let contact = ContactMomentRequest {
        result: request.result,
        note: request.note,
        wish: request.wish,
        call_at: request.call_at,
        at: request.at,
        reason: request.reason,
    };
    let contact = match contact.parse(zone) {
        Ok(contact) => contact,
        Err(Error::Invalid(wrong)) => {
            errors.extend(wrong);
            return Err(Error::Invalid(errors));
        }
        Err(other) => return Err(other),
    };
    if !agreements.is_empty() {
        cases::refuse_trial(&case)?;
    }
    if case.assignee_id.is_none() {
        desk::claim(tx, id, actor).await?;
    }
    let moment = match desk::log_contact(tx, id, actor, contact, tenant).await {
        Err(Error::Invalid(wrong)) => {
            errors.extend(wrong);
            return Err(Error::Invalid(errors));
        }
        logged => logged?,
    };
    errors.into_result()?;
    let mut clocks = Vec::new();
    for agreement in agreements {
        clocks.push(clocks::agree(tx, id, actor.id, agreement).await?);
    }
    let opened = intake::open_related(tx, &case, questions, (actor, tenant)).await?;
    Ok(Conversation {
        contact_moment_id: moment,
        agreement_ids: clocks,
        case_ids: opened.iter().map(|case| case.id).collect(),
    })
}
