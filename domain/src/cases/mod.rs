//! The desk: a message becomes a case, somebody claims it, calls, listens, and closes it with an outcome.
//!
//! The states are few: new → in progress → closed. Every move is one conditional update, so that of two people who claim at once one wins
//! and the other is told who.

mod entity;
mod open;
mod queue;
mod reference;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value, json};
use tenants::{StaffId, TenantTx, staff::StaffMember, text_enum, typed_id};

use self::entity::{case_event, case_file, contact_moment};
pub use self::{
    entity::{
        case_event::Model as Event, case_file::Model as Case,
        contact_moment::Model as ContactMoment,
    },
    open::{NewCase, open},
    queue::{Counts, Cursor, Filter, Page, counts, list},
};
use crate::{Code, Error, FieldErrors, Language, audit, mail::LinkBase, scores, sla};

typed_id! {
    /// A case.
    CaseId
}
typed_id! {
    /// An event in the life of a case.
    CaseEventId
}
typed_id! {
    /// A call, or a try at one.
    ContactMomentId
}

text_enum! {
    /// What a resident sends us.
    Kind {
        /// Not satisfied (klacht).
        Complaint = "complaint",
        /// An idea (tip).
        Tip = "tip",
        /// Glad about something (compliment).
        Compliment = "compliment",
    }
}

text_enum! {
    /// How the resident wants to hear from us.
    Preference {
        /// By telephone: the promise.
        Call = "call",
        /// By mail.
        Mail = "mail",
        /// Not at all; there is no promise and no clock.
        None = "none",
    }
}

text_enum! {
    /// Where a case stands.
    CaseStatus {
        /// Nobody has it.
        New = "new",
        /// Somebody has it.
        InProgress = "inProgress",
        /// Done.
        Closed = "closed",
    }
}

text_enum! {
    /// How a contact went.
    ContactResult {
        /// Nobody answered.
        NoAnswer = "noAnswer",
        /// A message was left.
        MessageLeft = "messageLeft",
        /// We spoke with the resident.
        Conversation = "conversation",
        /// We wrote to the resident, who had asked for that.
        MailSent = "mailSent",
    }
}

impl ContactResult {
    /// Whether this keeps the promise. Only reaching the resident does: a try is not a conversation. A mail reaches those who chose mail.
    #[must_use]
    pub fn keeps_promise(self, preference: Preference) -> bool {
        match self {
            Self::Conversation => true,
            Self::MailSent => preference == Preference::Mail,
            Self::NoAnswer | Self::MessageLeft => false,
        }
    }
}

text_enum! {
    /// How a case ended.
    Outcome {
        /// Solved together with the resident.
        SolvedTogether = "solvedTogether",
        /// Explained: nothing could change, and the resident knows why.
        Explained = "explained",
        /// Passed on to whom it concerns: a compliment to a colleague, a tip to a team.
        PassedOn = "passedOn",
        /// The resident took it back.
        Withdrawn = "withdrawn",
        /// The resident could not be reached after several tries.
        NotReached = "notReached",
    }
}

text_enum! {
    /// What can happen to a case.
    EventKind {
        /// It came in.
        Received = "received",
        /// Somebody took it.
        Claimed = "claimed",
        /// Somebody put it back.
        Released = "released",
        /// Somebody tried to reach the resident, or did.
        Contact = "contact",
        /// Somebody gave an attention.
        Gift = "gift",
        /// It was closed.
        Closed = "closed",
        /// The resident gave a score.
        Score = "score",
    }
}

/// Tries before a case may be closed as "not reached".
pub const TRIES_BEFORE_NOT_REACHED: usize = 2;
/// Longest note, in characters.
pub const NOTE_MAX: usize = 5_000;

/// One case by its reference.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_reference(tx: &TenantTx, reference: &str) -> Result<Case, Error> {
    tx.find::<case_file::Entity>()
        .filter(case_file::Column::Reference.eq(reference::tidy(reference)))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// One case by its id.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn get(tx: &TenantTx, id: CaseId) -> Result<Case, Error> {
    tx.find::<case_file::Entity>()
        .filter(case_file::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The case that a submission became.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_submission(
    tx: &TenantTx,
    submission: crate::intake::SubmissionId,
) -> Result<Case, Error> {
    tx.find::<case_file::Entity>()
        .filter(case_file::Column::SubmissionId.eq(submission))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// What happened to a case, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn events(tx: &TenantTx, case: CaseId) -> Result<Vec<Event>, Error> {
    Ok(tx
        .find::<case_event::Entity>()
        .filter(case_event::Column::CaseId.eq(case))
        .order_by_desc(case_event::Column::At)
        .order_by_desc(case_event::Column::Id)
        .all(tx)
        .await?)
}

/// The contact moments of a case, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn contact_moments(tx: &TenantTx, case: CaseId) -> Result<Vec<ContactMoment>, Error> {
    Ok(tx
        .find::<contact_moment::Entity>()
        .filter(contact_moment::Column::CaseId.eq(case))
        .order_by_desc(contact_moment::Column::At)
        .order_by_desc(contact_moment::Column::Id)
        .all(tx)
        .await?)
}

/// Notes an event of a case.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn note_event(
    tx: &TenantTx,
    case: CaseId,
    kind: EventKind,
    actor: Option<StaffId>,
    details: Value,
) -> Result<(), Error> {
    tx.insert(case_event::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        case_id: Set(case),
        kind: Set(kind),
        actor_id: Set(actor),
        details: Set(details),
        at: Set(tx.now()),
    })
    .await?;
    Ok(())
}

/// Takes a case that nobody has. Claiming one's own case again changes nothing.
///
/// # Errors
/// [`Code::CaseClaimed`] with the colleague's name, [`Code::CaseClosed`], [`Error::NotFound`].
pub async fn claim(tx: &TenantTx, id: CaseId, actor: &StaffMember) -> Result<Case, Error> {
    let taken = tx
        .update::<case_file::Entity>()
        .col_expr(case_file::Column::AssigneeId, Expr::value(actor.id))
        .col_expr(
            case_file::Column::Status,
            Expr::value(CaseStatus::InProgress),
        )
        .col_expr(
            case_file::Column::Version,
            Expr::col(case_file::Column::Version).add(1),
        )
        .filter(case_file::Column::Id.eq(id))
        .filter(case_file::Column::AssigneeId.is_null())
        .filter(case_file::Column::Status.eq(CaseStatus::New))
        .exec(tx)
        .await?;
    let case = get(tx, id).await?;
    if taken.rows_affected == 1 {
        note_event(tx, id, EventKind::Claimed, Some(actor.id), json!({})).await?;
        audit::record(
            tx,
            Some(actor.id),
            "case.claim",
            ("case", Some(id.0)),
            json!({}),
        )
        .await?;
        return Ok(case);
    }
    if case.status == CaseStatus::Closed {
        return Err(Error::refused(Code::CaseClosed));
    }
    if case.assignee_id == Some(actor.id) {
        return Ok(case);
    }
    Err(Error::refused_because(
        Code::CaseClaimed,
        "name",
        assignee_name(tx, &case).await?,
    ))
}

async fn assignee_name(tx: &TenantTx, case: &Case) -> Result<String, Error> {
    let Some(id) = case.assignee_id else {
        return Ok(String::new());
    };
    Ok(tenants::staff::get(tx, id)
        .await?
        .map(|member| member.name)
        .unwrap_or_default())
}

/// Demands that a case is open and the actor's own.
async fn own(tx: &TenantTx, id: CaseId, actor: &StaffMember) -> Result<Case, Error> {
    let case = get(tx, id).await?;
    if case.status == CaseStatus::Closed {
        return Err(Error::refused(Code::CaseClosed));
    }
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
    let case = get(tx, id).await?;
    let is_lead = actor.roles.contains(&tenants::Role::Lead);
    if case.assignee_id != Some(actor.id) && !is_lead {
        let name = assignee_name(tx, &case).await?;
        return Err(Error::refused_because(Code::CaseNotYours, "name", name));
    }
    let released = tx
        .update::<case_file::Entity>()
        .col_expr(
            case_file::Column::AssigneeId,
            Expr::value(Option::<StaffId>::None),
        )
        .col_expr(case_file::Column::Status, Expr::value(CaseStatus::New))
        .col_expr(
            case_file::Column::Version,
            Expr::col(case_file::Column::Version).add(1),
        )
        .filter(case_file::Column::Id.eq(id))
        .filter(case_file::Column::Status.eq(CaseStatus::InProgress))
        .exec(tx)
        .await?;
    if released.rows_affected == 1 {
        note_event(tx, id, EventKind::Released, Some(actor.id), json!({})).await?;
        audit::record(
            tx,
            Some(actor.id),
            "case.release",
            ("case", Some(id.0)),
            json!({}),
        )
        .await?;
    } else if case.status == CaseStatus::Closed {
        return Err(Error::refused(Code::CaseClosed));
    }
    get(tx, id).await
}

/// A contact to log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewContact {
    /// How it went.
    pub result: ContactResult,
    /// What was said; needed after a conversation, because listening is the point of the call.
    pub note: String,
    /// When it was, if not just now; never in the future and never before the message came in.
    pub at: Option<DateTime<Utc>>,
}

/// Logs a call, a try or a mail. The callback clock stops at the first contact that reaches the resident.
///
/// # Errors
/// [`Error::Invalid`], [`Code::CaseNotYours`], [`Code::CaseClosed`], [`Error::NotFound`].
pub async fn log_contact(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    contact: NewContact,
) -> Result<ContactMomentId, Error> {
    let case = own(tx, id, actor).await?;
    let note = contact.note.trim().to_owned();
    let at = contact.at.unwrap_or(tx.now()).trunc_subsecs(6);
    let mut errors = FieldErrors::default();
    if contact.result == ContactResult::Conversation && note.is_empty() {
        errors.add("note", "required");
    }
    check_length(&mut errors, "note", &note);
    if at > tx.now() + TimeDelta::minutes(1) {
        errors.add("at", "in_future");
    } else if at < case.received_at {
        errors.add("at", "before_receipt");
    }
    errors.into_result()?;
    let moment: ContactMomentId = tx.new_id();
    tx.insert(contact_moment::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(moment),
        case_id: Set(id),
        staff_id: Set(actor.id),
        result: Set(contact.result),
        note: Set(note),
        at: Set(at),
    })
    .await?;
    note_event(
        tx,
        id,
        EventKind::Contact,
        Some(actor.id),
        json!({ "result": contact.result, "moment": moment }),
    )
    .await?;
    if contact.result.keeps_promise(case.preference) && case.contacted_at.is_none() {
        tx.update::<case_file::Entity>()
            .col_expr(case_file::Column::ContactedAt, Expr::value(at))
            .col_expr(
                case_file::Column::Version,
                Expr::col(case_file::Column::Version).add(1),
            )
            .filter(case_file::Column::Id.eq(id))
            .filter(case_file::Column::ContactedAt.is_null())
            .exec(tx)
            .await?;
        sla::stop(tx, id, at, actor.id).await?;
    }
    Ok(moment)
}

fn check_length(errors: &mut FieldErrors, field: &str, text: &str) {
    let length = text.chars().count();
    if length > NOTE_MAX {
        errors.add_with(field, "too_long", "max", NOTE_MAX);
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
}

/// Closes a case and invites the resident to give a score. A case in which an answer was promised closes only after the resident was
/// reached, took it back, or could not be reached after [`TRIES_BEFORE_NOT_REACHED`] tries.
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
    let case = own(tx, id, actor).await?;
    let note = closing.note.trim().to_owned();
    let mut errors = FieldErrors::default();
    check_length(&mut errors, "note", &note);
    errors.into_result()?;
    if case.preference != Preference::None && case.contacted_at.is_none() {
        let tries = contact_moments(tx, id).await?.len();
        let excused = match closing.outcome {
            Outcome::Withdrawn => true,
            Outcome::NotReached => tries >= TRIES_BEFORE_NOT_REACHED,
            Outcome::SolvedTogether | Outcome::Explained | Outcome::PassedOn => false,
        };
        if !excused {
            return Err(Error::refused(Code::CaseNotContacted));
        }
    }
    let closed = tx
        .update::<case_file::Entity>()
        .col_expr(case_file::Column::Status, Expr::value(CaseStatus::Closed))
        .col_expr(case_file::Column::Outcome, Expr::value(closing.outcome))
        .col_expr(case_file::Column::OutcomeNote, Expr::value(note))
        .col_expr(case_file::Column::ClosedAt, Expr::value(tx.now()))
        .col_expr(
            case_file::Column::Version,
            Expr::col(case_file::Column::Version).add(1),
        )
        .filter(case_file::Column::Id.eq(id))
        .filter(case_file::Column::AssigneeId.eq(actor.id))
        .filter(case_file::Column::Status.eq(CaseStatus::InProgress))
        .exec(tx)
        .await?;
    if closed.rows_affected == 0 {
        return Err(Error::refused(Code::CaseClosed));
    }
    note_event(
        tx,
        id,
        EventKind::Closed,
        Some(actor.id),
        json!({ "outcome": closing.outcome }),
    )
    .await?;
    audit::record(
        tx,
        Some(actor.id),
        "case.close",
        ("case", Some(id.0)),
        json!({ "outcome": closing.outcome }),
    )
    .await?;
    let case = get(tx, id).await?;
    scores::invite(tx, &case, links).await?;
    Ok(case)
}

/// How a case stands against its promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No answer was asked for.
    NoPromise,
    /// The resident was reached in time.
    Kept,
    /// The resident was reached, too late.
    KeptLate,
    /// Time is left.
    Running,
    /// It falls due within two hours.
    Soon,
    /// The time is over.
    Late,
    /// Closed without reaching the resident.
    NotReached,
}

/// How a case stands at `now`. A contact is compared with the due time, never with now: late is late however the list is looked at.
#[must_use]
pub fn standing(case: &Case, now: DateTime<Utc>) -> Standing {
    match (case.due_at, case.contacted_at) {
        (None, _) => Standing::NoPromise,
        (Some(due), Some(contact)) if contact <= due => Standing::Kept,
        (Some(_), Some(_)) => Standing::KeptLate,
        (Some(_), None) if case.status == CaseStatus::Closed => Standing::NotReached,
        (Some(due), None) if due < now => Standing::Late,
        (Some(due), None) if due - now <= TimeDelta::hours(2) => Standing::Soon,
        (Some(_), None) => Standing::Running,
    }
}

/// The language a case's resident reads.
#[must_use]
pub fn language(case: &Case) -> Language {
    case.language.parse().unwrap_or(Language::Dutch)
}
