//! What a resident does with a case on its page.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::overview::call_time_field;
use crate::{
    Code, Error, FieldErrors, Language,
    audit::{self, Action},
    cases::{
        self, Case, CaseId, CaseStatus, EventKind, Kind, Outcome, Preference, change,
        entity::case_file::Column, record_event,
    },
    clocks::{self, LegalEnd, LegalEnding},
    desk,
    files::{self, FileId},
    formal_complaint, forms,
    messages::{self, Direction, MessageChannel, MessageId, MessageRequest, NewMessage},
    submissions::Submission,
};

/// Notes what the resident did, in the timeline.
pub(super) async fn note(tx: &TenantTx, case: CaseId, what: &str) -> Result<(), Error> {
    record_event(tx, case, EventKind::Resident, None, json!({ "what": what })).await
}

/// Refuses what needs words or wishes that were erased.
fn require_kept(case: &Case) -> Result<(), Error> {
    if case.erased_at.is_some() {
        return Err(Error::refused(Code::CaseErased));
    }
    Ok(())
}

/// Writes to the municipality. The same words twice in a few minutes are one message: the button was pressed twice.
///
/// # Errors
/// [`Error::Invalid`], [`Code::CaseErased`].
pub(super) async fn write(
    tx: &TenantTx,
    case: &Case,
    request: MessageRequest,
    at: DateTime<Utc>,
) -> Result<MessageId, Error> {
    require_kept(case)?;
    let text = request.parse()?;
    if let Some(same) = messages::said_just_now(tx, case.id, &text).await? {
        return Ok(same);
    }
    let message = NewMessage {
        case: case.id,
        direction: Direction::In,
        channel: MessageChannel::Page,
        author: None,
        text,
        at,
        mail: None,
    };
    Ok(messages::append(tx, message).await?.id)
}

/// Adds files that have arrived to what was handed in; they go to the scanner as all others do.
///
/// # Errors
/// [`Code::CaseErased`].
pub(super) async fn add_files(
    tx: &TenantTx,
    (submission, case): (&Submission, &Case),
    arrived: &[FileId],
) -> Result<(), Error> {
    require_kept(case)?;
    files::attach(tx, arrived, submission.id).await?;
    note(tx, case.id, "fileAdded").await
}

/// Parts of the day on which a call suits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct CallTimesRequest {
    /// Option keys of the form; at least one.
    pub call_times: Vec<String>,
}

/// Chooses other parts of the day for the call. The promise stays what it was.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseClosed`], [`Code::Changed`].
pub(super) async fn set_call_times(
    tx: &TenantTx,
    (submission, case): (&Submission, &Case),
    request: &CallTimesRequest,
) -> Result<(), Error> {
    let form = forms::version(tx, submission.form_version_id).await?;
    let field = call_time_field(&form.form).ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    let chosen: Vec<&String> = (field.options.iter())
        .filter(|option| request.call_times.contains(option))
        .collect();
    if request.call_times.is_empty() {
        errors.add("callTimes", "required_choice");
    } else if chosen.len() < request.call_times.len() {
        errors.add("callTimes", "not_an_option");
    }
    errors.into_result()?;
    if !case.status.is_open() || case.preference != Preference::Call {
        return Err(Error::refused(Code::CaseClosed));
    }
    if case.call_times == json!(chosen) {
        return Ok(());
    }
    change(tx, case.id)
        .col_expr(Column::CallTimes, Expr::value(json!(chosen)))
        .filter(Column::Status.is_in(CaseStatus::OPEN))
        .exec(tx)
        .await?;
    note(tx, case.id, "callTimes").await
}

/// What a resident says about the case, with or without words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct WordRequest {
    /// Why; may be empty.
    #[schema(example = "Het is al opgelost.")]
    pub text: String,
}

/// The words that come with a decision stand with the messages.
async fn say(
    tx: &TenantTx,
    case: &Case,
    request: WordRequest,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    if request.text.trim().is_empty() {
        return Ok(());
    }
    let request = MessageRequest { text: request.text };
    write(tx, case, request, at).await.map(drop)
}

/// What ends the terms of the law by the resident's own word: on the page, today, which the timeline shows.
async fn end_terms(tx: &TenantTx, case: &Case, how: LegalEnd) -> Result<(), Error> {
    let (_, today) = clocks::local_days(tx, case.received_at).await?;
    let ending = LegalEnding {
        how,
        on: today,
        kept_at: Language::Dutch.text("resident-kept-at"),
    };
    clocks::end_legal_terms(tx, case.id, None, &ending).await
}

/// Takes the message back. Nobody has to call any more, and the terms of the law of a complaint end: its maker took it back, and the
/// timeline proves it. A case into which others were merged stays open for those. Taking it back twice is fine.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseClosed`], [`Code::CaseErased`], [`Code::Changed`].
pub(super) async fn withdraw(
    tx: &TenantTx,
    case: &Case,
    request: WordRequest,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    require_kept(case)?;
    if case.status == CaseStatus::Closed {
        if case.outcome == Some(Outcome::Withdrawn) {
            return Ok(());
        }
        return Err(Error::refused(Code::CaseClosed));
    }
    say(tx, case, request, at).await?;
    let for_others = !cases::merged_cases(tx, case.id).await?.is_empty();
    if clocks::complaint_term(tx, case.id).await?.is_some() {
        end_terms(tx, case, LegalEnd::Withdrawn).await?;
    }
    if case.status.is_open() && !for_others {
        let state = desk::carried(tx, case, |workflow, state| {
            Some(workflow.after_withdrawal(state).to_owned())
        });
        let closed = change(tx, case.id)
            .col_expr(Column::State, Expr::value(state.await?))
            .col_expr(Column::Status, Expr::value(CaseStatus::Closed))
            .col_expr(Column::Outcome, Expr::value(Outcome::Withdrawn))
            .col_expr(Column::ClosedAt, Expr::value(tx.now()))
            .filter(Column::Status.is_in(CaseStatus::OPEN))
            .exec(tx)
            .await?;
        if closed.rows_affected == 0 {
            return Err(Error::refused(Code::Changed));
        }
        clocks::stop_for_closing(tx, case.id, tx.now(), None).await?;
        let details = json!({ "outcome": Outcome::Withdrawn });
        record_event(tx, case.id, EventKind::Closed, None, details).await?;
    }
    note(tx, case.id, "withdrawn").await?;
    let object = ("case", Some(case.id.0));
    audit::record(
        tx,
        None,
        Action::CaseClose,
        object,
        json!({ "outcome": Outcome::Withdrawn }),
    )
    .await
}

/// Whether the resident said so before.
pub(super) fn said(events: &[cases::Event], what: &str) -> bool {
    let is_said = |event: &cases::Event| {
        let said = event.details.get("what").and_then(|said| said.as_str());
        event.kind == EventKind::Resident && said == Some(what)
    };
    events.iter().any(is_said)
}

/// Says that the resident is satisfied. With it the duty to deal with a complaint any further ends (Awb art. 9:5). Staff close the case.
///
/// # Errors
/// [`Code::CaseErased`].
pub(super) async fn satisfied(tx: &TenantTx, case: &Case) -> Result<(), Error> {
    require_kept(case)?;
    if said(&cases::events(tx, case.id).await?, "satisfied") {
        return Ok(());
    }
    if clocks::complaint_term(tx, case.id).await?.is_some() {
        end_terms(tx, case, LegalEnd::Satisfied).await?;
    }
    note(tx, case.id, "satisfied").await
}

/// Says that it is an official complaint. It is for the resident to say so (Awb art. 9:1): a tip or a compliment becomes a complaint from its
/// first receipt, and the terms of the law count from there; those of a complaint go on.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseErased`], [`Code::Changed`].
pub(super) async fn complain(
    tx: &TenantTx,
    case: &Case,
    request: WordRequest,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    require_kept(case)?;
    if said(&cases::events(tx, case.id).await?, "formalComplaint") {
        return Ok(());
    }
    if case.kind != Kind::Complaint {
        cases::refuse_trial(case)?;
    }
    say(tx, case, request, at).await?;
    if case.kind != Kind::Complaint {
        let converted = change(tx, case.id)
            .col_expr(Column::Kind, Expr::value(Kind::Complaint))
            // A complaint is kept longer: the day is planned again.
            .col_expr(Column::EraseAt, Expr::value(None::<DateTime<Utc>>))
            .filter(Column::Kind.eq(case.kind))
            .exec(tx)
            .await?;
        if converted.rows_affected == 0 {
            return Err(Error::refused(Code::Changed));
        }
        let case = cases::get(tx, case.id).await?;
        let received = desk::first_receipt(tx, &case).await?;
        clocks::start_legal_clocks(tx, case.id, received).await?;
        clocks::reassess_promises(tx, &case, None).await?;
    }
    let details = json!({ "what": "formalComplaint", "from": case.kind });
    record_event(tx, case.id, EventKind::Resident, None, details).await?;
    formal_complaint::begin_by_resident(tx, case).await?;
    let object = ("case", Some(case.id.0));
    let details = json!({ "from": case.kind, "to": Kind::Complaint });
    audit::record(tx, None, Action::CaseConvert, object, details).await
}
