//! The desk: a message becomes a case, somebody claims it, calls, listens, and closes it with an outcome.
//!
//! The states are few: new → in progress → closed. Every move is one conditional update, so that of two people who claim at once one wins
//! and the other is told who.

mod cooling;
mod entity;
mod handle;
mod open;
mod queue;
mod reference;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde_json::{Value, json};
use tenants::{StaffId, TenantTx, text_enum, typed_id};

pub(crate) use self::cooling::{Whom, complaint_runs};
use self::entity::{case_event, case_file, contact_moment};
pub(crate) use self::open::promised;
pub(crate) use self::reference::new as new_reference;
pub use self::{
    entity::{
        case_event::Model as Event, case_file::Model as Case,
        contact_moment::Model as ContactMoment,
    },
    handle::{Closing, NewContact, claim, close, log_contact, release},
    open::{NewCase, open},
    queue::{Counts, Cursor, Filter, Page, counts, list},
};
use crate::{
    Error, Language, intake,
    sla::{Facts, Moved},
};

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
        /// The resident let us know something, by any way: it ends a wait, and asks for an answer.
        ResidentReplied = "residentReplied",
    }
}

impl ContactResult {
    /// Whether this keeps the promise. Only reaching the resident does: a try is not a conversation. A mail reaches those who chose mail.
    #[must_use]
    pub fn keeps_promise(self, preference: Preference) -> bool {
        match self {
            Self::Conversation => true,
            Self::MailSent => preference == Preference::Mail,
            Self::NoAnswer | Self::MessageLeft | Self::ResidentReplied => false,
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
        /// A change of the calendar moved the instant it falls due.
        DueMoved = "dueMoved",
        /// Something happened to one of its clocks.
        Clock = "clock",
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

/// The case that a submission became, if it became one: what waits in quarantine did not.
///
/// # Errors
/// When the database does not answer.
pub async fn by_submission(
    tx: &TenantTx,
    submission: crate::intake::SubmissionId,
) -> Result<Option<Case>, Error> {
    Ok(tx
        .find::<case_file::Entity>()
        .filter(case_file::Column::SubmissionId.eq(submission))
        .one(tx)
        .await?)
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

/// The ids of open cases, for another room's query: all of them, or those of one handler.
pub(crate) fn open_ids(tx: &TenantTx, handler: Option<StaffId>) -> SelectStatement {
    let mut open = tx
        .find::<case_file::Entity>()
        .select_only()
        .column(case_file::Column::Id)
        .filter(case_file::Column::Status.ne(CaseStatus::Closed));
    if let Some(handler) = handler {
        open = open.filter(case_file::Column::AssigneeId.eq(handler));
    }
    open.into_query()
}

/// References of cases.
///
/// # Errors
/// When the database does not answer.
pub async fn references(
    tx: &TenantTx,
    cases: impl Iterator<Item = CaseId>,
) -> Result<HashMap<CaseId, String>, Error> {
    let rows = tx
        .find::<case_file::Entity>()
        .filter(case_file::Column::Id.is_in(cases))
        .all(tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.reference))
        .collect())
}

/// Cases by their ids, in no order.
///
/// # Errors
/// When the database does not answer.
pub async fn by_ids(tx: &TenantTx, ids: impl Iterator<Item = CaseId>) -> Result<Vec<Case>, Error> {
    Ok(tx
        .find::<case_file::Entity>()
        .filter(case_file::Column::Id.is_in(ids))
        .all(tx)
        .await?)
}

/// Ids of the open cases that somebody works on.
pub(crate) async fn open_of(tx: &TenantTx, handler: StaffId) -> Result<Vec<CaseId>, Error> {
    Ok(tx
        .find::<case_file::Entity>()
        .filter(case_file::Column::AssigneeId.eq(handler))
        .filter(case_file::Column::Status.ne(CaseStatus::Closed))
        .all(tx)
        .await?
        .into_iter()
        .map(|case| case.id)
        .collect())
}

/// What is known of a case when its promises are chosen.
pub(crate) async fn facts(tx: &TenantTx, case: &Case) -> Result<Facts, Error> {
    let receipt = intake::of_submission(tx, case.submission_id).await?;
    Ok(Facts {
        form: Some(receipt.form.slug),
        category: None,
        channel: Some(receipt.submission.channel),
        kind: case.kind,
    })
}

/// Takes a case out of the list of those that wait for a call: it was tried as often as was promised.
pub(crate) async fn tried_enough(tx: &TenantTx, id: CaseId) -> Result<(), Error> {
    tx.update::<case_file::Entity>()
        .col_expr(
            case_file::Column::DueAt,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(case_file::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Sets when open cases fall due, after the calendar changed.
pub(crate) async fn move_due(
    tx: &TenantTx,
    cases: Vec<CaseId>,
    due: DateTime<Utc>,
) -> Result<(), Error> {
    tx.update::<case_file::Entity>()
        .col_expr(case_file::Column::DueAt, Expr::value(due))
        .filter(case_file::Column::Id.is_in(cases))
        .filter(case_file::Column::ContactedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes in each case that it falls due at another time.
pub(crate) async fn note_moved(tx: &TenantTx, moved: &[Moved]) -> Result<(), Error> {
    let events = moved
        .iter()
        .map(|moved| case_event::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            case_id: Set(moved.case),
            kind: Set(EventKind::DueMoved),
            actor_id: Set(None),
            details: Set(json!({ "clock": moved.kind, "from": moved.from, "to": moved.to })),
            at: Set(tx.now()),
        })
        .collect();
    Ok(tx.insert_all(events).await?)
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
    /// Tried as often as was promised, without reaching the resident.
    Attempted,
}

/// How a case stands at `now`. A contact is compared with the due time, never with now: late is late however the list is looked at.
#[must_use]
pub fn standing(case: &Case, now: DateTime<Utc>) -> Standing {
    match (case.due_at, case.contacted_at) {
        (None, _) if case.preference != Preference::None => Standing::Attempted,
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
