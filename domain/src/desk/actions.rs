//! What the desk does with a case: take it, call, close it.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value, json};
use tenants::{StaffId, TenantTx, staff::StaffMember};

use super::{
    moves::{Given, carried, ending},
    unreached,
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, Case, CaseId, CaseStatus, ContactMomentId, ContactResult, EventKind, NOTE_MAX,
        Outcome, Preference, REASON_MAX, Viewer, change,
        entity::{case_file::Column, contact_moment},
        get, merged_cases, record_event, refuse_merged, seen,
    },
    clocks,
    mail::{self, LinkBase},
    scores, search,
    text::clean_text,
};

/// Takes a case that nobody has. Claiming one's own case again changes nothing.
///
/// # Errors
/// [`Code::CaseClaimed`] with the colleague's name, [`Code::CaseClosed`], [`Error::NotFound`].
pub async fn claim(tx: &TenantTx, id: CaseId, actor: &StaffMember) -> Result<Case, Error> {
    // A case that is about the actor is as one that is not there.
    let free = seen(tx, Viewer::of(actor), id).await?;
    let state = carried(tx, &free, |workflow, state| {
        workflow.after_claim(state).map(str::to_owned)
    });
    let taken = change(tx, id)
        .col_expr(Column::State, Expr::value(state.await?))
        .col_expr(Column::AssigneeId, Expr::value(actor.id))
        .col_expr(Column::Status, Expr::value(CaseStatus::InProgress))
        .filter(Column::AssigneeId.is_null())
        .filter(Column::Status.eq(CaseStatus::New))
        .exec(tx)
        .await?;
    let case = get(tx, id).await?;
    if taken.rows_affected == 1 {
        let what = (EventKind::Claimed, Action::CaseClaim);
        record(tx, id, actor, what, json!({})).await?;
        return Ok(case);
    }
    require_open(tx, &case).await?;
    if case.assignee_id == Some(actor.id) {
        return Ok(case);
    }
    Err(Error::refused_because(
        Code::CaseClaimed,
        "name",
        assignee_name(tx, &case).await?,
    ))
}

/// Notes what somebody did with a case, in its timeline and in the audit log. `details` never holds what people wrote.
pub(super) async fn record(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    (event, action): (EventKind, Action),
    details: Value,
) -> Result<(), Error> {
    record_apart(tx, id, actor, (event, action), (details.clone(), details)).await
}

/// As [`record`], with something else for the timeline, which may hold what people wrote, than for the audit log.
pub(super) async fn record_apart(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    (event, action): (EventKind, Action),
    (told, logged): (Value, Value),
) -> Result<(), Error> {
    record_event(tx, id, event, Some(actor.id), told).await?;
    audit::record(tx, Some(actor.id), action, ("case", Some(id.0)), logged).await
}

/// Refuses what can be done in an open case only.
pub(super) async fn require_open(tx: &TenantTx, case: &Case) -> Result<(), Error> {
    if case.status == CaseStatus::Closed {
        return Err(Error::refused(Code::CaseClosed));
    }
    refuse_merged(tx, case).await
}

/// The name of whoever works on it; empty when nobody does, which has sentences of its own.
pub(super) async fn assignee_name(tx: &TenantTx, case: &Case) -> Result<String, Error> {
    let Some(id) = case.assignee_id else {
        return Ok(String::new());
    };
    Ok(tenants::staff::get(tx, id)
        .await?
        .map(|member| member.name)
        .unwrap_or_default())
}

/// Demands that a case is open and the actor's own; a lead may act for a colleague, and in a case that nobody has.
pub(super) async fn require_owner_or_lead(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
) -> Result<Case, Error> {
    if !actor.roles.contains(&tenants::Role::Lead) {
        return require_owner(tx, id, actor).await;
    }
    let case = seen(tx, Viewer::of(actor), id).await?;
    require_open(tx, &case).await?;
    Ok(case)
}

/// Demands that a case is open and the actor's own.
async fn require_owner(tx: &TenantTx, id: CaseId, actor: &StaffMember) -> Result<Case, Error> {
    let case = seen(tx, Viewer::of(actor), id).await?;
    require_open(tx, &case).await?;
    if case.assignee_id != Some(actor.id) {
        let name = assignee_name(tx, &case).await?;
        return Err(Error::refused_because(Code::CaseNotYours, "name", name));
    }
    Ok(case)
}

/// Puts a case back for somebody else. Its handler may, and a lead may for a colleague who is away.
///
/// # Errors
/// [`Code::CaseNotYours`], [`Code::CaseClosed`], [`Error::NotFound`].
pub async fn release(tx: &TenantTx, id: CaseId, actor: &StaffMember) -> Result<Case, Error> {
    let case = seen(tx, Viewer::of(actor), id).await?;
    let is_lead = actor.roles.contains(&tenants::Role::Lead);
    if case.assignee_id != Some(actor.id) && !is_lead {
        let name = assignee_name(tx, &case).await?;
        return Err(Error::refused_because(Code::CaseNotYours, "name", name));
    }
    let state = carried(tx, &case, |workflow, state| {
        workflow.after_release(state).map(str::to_owned)
    });
    let released = change(tx, id)
        .col_expr(Column::State, Expr::value(state.await?))
        .col_expr(Column::AssigneeId, Expr::value(Option::<StaffId>::None))
        .col_expr(Column::Status, Expr::value(CaseStatus::New))
        .filter(Column::Status.eq(CaseStatus::InProgress))
        .exec(tx)
        .await?;
    if released.rows_affected == 1 {
        let what = (EventKind::Released, Action::CaseRelease);
        record(tx, id, actor, what, json!({})).await?;
    } else {
        require_open(tx, &get(tx, id).await?).await?;
    }
    get(tx, id).await
}

/// A reason that has to be given; what is wrong with it is noted.
pub(super) fn required_reason(errors: &mut FieldErrors, field: &str, typed: &str) -> String {
    let text = staff_text(errors, field, typed, REASON_MAX);
    if text.is_empty() && !typed.contains('\0') {
        errors.add(field, "required");
    }
    text
}

/// A contact to log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContact {
    /// How it went.
    pub result: ContactResult,
    /// What was said, the story behind the story; needed after a conversation, because listening is the point of the call.
    pub note: String,
    /// What the resident wants; may be empty.
    pub wish: String,
    /// When the resident wants to be called; needed when that was what they asked.
    pub call_at: Option<DateTime<Utc>>,
    /// When it was, if not just now; never in the future and never before the message came in.
    pub at: Option<DateTime<Utc>>,
    /// Why it is written down only now; needed when it takes back that the promise is late.
    pub reason: String,
}

/// Furthest moment at which somebody can ask to be called.
const CALL_LATER_MAX: TimeDelta = TimeDelta::days(90);

/// Logs a call, a try or a mail. The callback clock stops at the first contact that reaches the resident. Whoever could not be reached after
/// the tries that the promise says is mailed, once, when there is an address.
///
/// # Errors
/// [`Error::Invalid`], [`Code::CaseNotYours`], [`Code::CaseClosed`], [`Error::NotFound`].
pub async fn log_contact(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    contact: NewContact,
    tenant: &tenants::Tenant,
) -> Result<ContactMomentId, Error> {
    let case = require_owner(tx, id, actor).await?;
    let at = contact.at.unwrap_or(tx.now()).trunc_subsecs(6);
    let mut errors = FieldErrors::default();
    let note = staff_text(&mut errors, "note", &contact.note, NOTE_MAX);
    if contact.result == ContactResult::Conversation && note.is_empty() {
        errors.add("note", "required");
    }
    let wish = staff_text(&mut errors, "wish", &contact.wish, NOTE_MAX);
    match (contact.result, contact.call_at) {
        (ContactResult::CallLater, None) => errors.add("callAt", "not_a_moment"),
        (ContactResult::CallLater, Some(until)) if until <= tx.now() => {
            errors.add("callAt", "in_past");
        }
        (ContactResult::CallLater, Some(until)) if until > tx.now() + CALL_LATER_MAX => {
            errors.add_with("callAt", "too_far", "max", CALL_LATER_MAX.num_days());
        }
        (ContactResult::CallLater, Some(_)) | (_, None) => {}
        (_, Some(_)) => errors.add("callAt", "only_call_later"),
    }
    if at > tx.now() + TimeDelta::minutes(1) {
        errors.add("at", "in_future");
    } else if at < case.received_at {
        errors.add("at", "before_receipt");
    }
    let reason = staff_text(&mut errors, "reason", &contact.reason, REASON_MAX);
    if reason.is_empty() && clocks::undoes_lateness(tx, id, at).await? {
        errors.add("reason", "reason_for_earlier_contact");
    }
    errors.into_result()?;
    let moment: ContactMomentId = tx.new_id();
    tx.insert(contact_moment::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(moment),
        case_id: Set(id),
        staff_id: Set(actor.id),
        result: Set(contact.result),
        note: Set(note.clone()),
        wish: Set(wish),
        call_at: Set(contact.call_at),
        at: Set(at),
    })
    .await?;
    search::index(tx, id, search::Field::Notes, &note).await?;
    record_event(
        tx,
        id,
        EventKind::Contact,
        Some(actor.id),
        contact_details(contact.result, moment, &reason),
    )
    .await?;
    if contact.result.keeps_promise(case.preference) && case.contacted_at.is_none() {
        change(tx, id)
            .col_expr(Column::ContactedAt, Expr::value(at))
            .filter(Column::ContactedAt.is_null())
            .exec(tx)
            .await?;
    }
    let what = (contact.result, at, contact.call_at);
    clocks::apply_contact(tx, &case, actor.id, what).await?;
    unreached::tell(tx, &case, actor.id, contact.result, tenant).await?;
    Ok(moment)
}

fn contact_details(result: ContactResult, moment: ContactMomentId, reason: &str) -> Value {
    if reason.is_empty() {
        json!({ "result": result, "moment": moment })
    } else {
        json!({ "result": result, "moment": moment, "reason": reason })
    }
}

/// What staff typed, cleaned and counted as what residents type; notes what is too long or cannot be read.
pub(crate) fn staff_text(errors: &mut FieldErrors, field: &str, typed: &str, max: usize) -> String {
    let cleaned = clean_text(typed);
    if typed.contains('\0') {
        errors.add(field, "unreadable");
    }
    check_text(errors, field, &cleaned, max);
    cleaned
}

/// Notes a text that is too long or cannot be read.
pub(super) fn check_text(errors: &mut FieldErrors, field: &str, text: &str, max: usize) {
    if text.chars().count() > max {
        errors.add_with(field, "too_long", "max", max);
    }
    if text.contains('\0') {
        errors.add(field, "unreadable");
    }
}

/// How a case ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The outcome.
    pub outcome: Outcome,
    /// What was agreed.
    pub note: String,
    /// Code of the state in which it ends, in its workflow; empty for the one that fits.
    pub to: String,
    /// The lines of the checklist that were done.
    pub checked: Vec<String>,
    /// What ends the terms of the law, of a complaint; without it they go on.
    pub law: Option<clocks::LegalEnding>,
    /// That the residents of merged cases who want to be called were called as well.
    pub others_told: bool,
}

/// Closes a case, tells the residents of the cases that were merged into it, and invites the resident to give a score. A case in which an
/// answer was promised closes only after the resident was reached, took it back, or could not be reached after as many tries as the promise
/// says; one in which something was agreed only after that was done, or when the resident took it back. The terms of the law for a complaint go on unless what ends them is given.
///
/// # Errors
/// [`Error::Invalid`], [`Code::CaseNotContacted`], [`Code::CaseNotYours`], [`Code::CaseClosed`], [`Error::NotFound`].
pub async fn close(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    closing: Closing,
    links: (&tenants::Tenant, &LinkBase),
) -> Result<Case, Error> {
    let case = require_owner(tx, id, actor).await?;
    let mut errors = FieldErrors::default();
    let note = staff_text(&mut errors, "note", &closing.note, NOTE_MAX);
    let merged = merged_cases(tx, id).await?;
    let others: Vec<&Case> = told_apart(&case, &merged).collect();
    let to_call = |other: &Case| other.preference == Preference::Call;
    if !closing.others_told && others.iter().copied().any(to_call) {
        errors.add("othersTold", "others_not_told");
    }
    if closing.law.is_some() && clocks::complaint_term(tx, id).await?.is_none() {
        errors.add("law", "not_an_option");
    }
    if closing.outcome != Outcome::Withdrawn && clocks::has_open_agreement(tx, id).await? {
        errors.add("outcome", "agreements_open");
    }
    let given = Given {
        note: &note,
        checked: &closing.checked,
    };
    let wanted = (closing.to.as_str(), closing.outcome);
    let state = ending(tx, (&case, actor), wanted, &given, &mut errors).await?;
    errors.into_result()?;
    if case.preference != Preference::None && case.contacted_at.is_none() {
        let excused = match closing.outcome {
            Outcome::Withdrawn => true,
            Outcome::NotReached => clocks::tried_enough(tx, &case).await?,
            Outcome::SolvedTogether | Outcome::Explained | Outcome::PassedOn => false,
        };
        if !excused {
            return Err(Error::refused(Code::CaseNotContacted));
        }
    }
    let closed = change(tx, id)
        .col_expr(Column::Status, Expr::value(CaseStatus::Closed))
        .col_expr(Column::State, Expr::value(state.as_deref()))
        .col_expr(Column::Outcome, Expr::value(closing.outcome))
        .col_expr(Column::OutcomeNote, Expr::value(note.as_str()))
        .col_expr(Column::ClosedAt, Expr::value(tx.now()))
        .filter(Column::AssigneeId.eq(actor.id))
        .filter(Column::Status.eq(CaseStatus::InProgress))
        .exec(tx)
        .await?;
    if closed.rows_affected == 0 {
        require_open(tx, &get(tx, id).await?).await?;
        return Err(Error::refused(Code::Changed));
    }
    search::index(tx, id, search::Field::Notes, &note).await?;
    clocks::stop_for_closing(tx, id, tx.now(), actor.id).await?;
    if let Some(law) = &closing.law {
        clocks::end_legal_terms(tx, id, actor.id, law).await?;
    }
    let what = (EventKind::Closed, Action::CaseClose);
    let law = closing.law.map(|law| law.how);
    let mut details = json!({ "outcome": closing.outcome, "law": law });
    if let (Value::Object(details), Some(to)) = (&mut details, state) {
        details.insert("from".to_owned(), case.state.clone().into());
        details.insert("to".to_owned(), to.into());
    }
    record(tx, id, actor, what, details).await?;
    for other in others {
        tell_closed(tx, other, links.0).await?;
    }
    let case = get(tx, id).await?;
    let letter_by = letter_by(tx, &case).await?;
    scores::invite(tx, &case, links, letter_by).await?;
    Ok(case)
}

/// Of the cases that were merged into a case: those whose residents want to hear that it is closed, and do not hear it by what is done for its
/// own resident.
pub fn told_apart<'a>(case: &'a Case, merged: &'a [Case]) -> impl Iterator<Item = &'a Case> {
    merged.iter().filter(|other| match other.preference {
        Preference::None => false,
        Preference::Mail => {
            case.preference != Preference::Mail || other.contact_email != case.contact_email
        }
        Preference::Call => {
            case.preference != Preference::Call
                || other.contact_phone_e164 != case.contact_phone_e164
        }
    })
}

/// The last day for the letter about a complaint of which the term of the law goes on (Awb art. 9:11 and 9:12), in the resident's words.
async fn letter_by(tx: &TenantTx, case: &Case) -> Result<Option<String>, Error> {
    let term = clocks::complaint_term(tx, case.id).await?;
    let day = term.and_then(|term| term.legal_on.or(term.nominal_on));
    Ok(day.map(|day| cases::language(case).day(day)))
}

/// Tells somebody whose case was merged that it is closed, when a mail was asked for. Who asked for a call was called.
async fn tell_closed(tx: &TenantTx, other: &Case, tenant: &tenants::Tenant) -> Result<(), Error> {
    let Some(recipient) = other
        .contact_email
        .as_deref()
        .filter(|_| other.preference == Preference::Mail)
    else {
        return Ok(());
    };
    // Merging ends no term of the law: the letter about their own complaint is still to come (Awb art. 9:12).
    let letter_by = letter_by(tx, other).await?;
    let new = mail::NewMail {
        kind: "desk.closed",
        recipient,
        about: Some(other.id.0),
        language: cases::language(other),
        text: if letter_by.is_some() {
            "mail-closed-letter-follows"
        } else {
            "mail-closed"
        },
        values: &[
            ("municipality", &tenant.name),
            ("reference", &other.reference),
            ("day", letter_by.as_deref().unwrap_or_default()),
        ],
    };
    cases::mail_automatically(tx, other.id, new).await?;
    Ok(())
}
