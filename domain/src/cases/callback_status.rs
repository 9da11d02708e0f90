//! How a case stands against its promise.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Case, CaseStatus, Preference};
use crate::Language;

/// What falls due within this is told apart: it has to be done next.
pub const SOON: TimeDelta = TimeDelta::hours(2);

/// How a case stands against its promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackStatus {
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
    /// The case it was taken into goes on for it.
    Merged,
}

/// How a case stands at `now`. A contact is compared with the due time, never with now: late is late however the list is looked at.
#[must_use]
pub fn callback_status(case: &Case, now: DateTime<Utc>) -> CallbackStatus {
    match (case.due_at, case.contacted_at) {
        _ if case.status == CaseStatus::Merged => CallbackStatus::Merged,
        (None, _) if case.preference != Preference::None => CallbackStatus::Attempted,
        (None, _) => CallbackStatus::NoPromise,
        (Some(due), Some(contact)) if contact <= due => CallbackStatus::Kept,
        (Some(_), Some(_)) => CallbackStatus::KeptLate,
        (Some(_), None) if case.status == CaseStatus::Closed => CallbackStatus::NotReached,
        (Some(due), None) if due < now => CallbackStatus::Late,
        (Some(due), None) if due - now <= SOON => CallbackStatus::Soon,
        (Some(_), None) => CallbackStatus::Running,
    }
}

/// The language a case's resident reads.
#[must_use]
pub fn language(case: &Case) -> Language {
    case.language.parse().unwrap_or(Language::Dutch)
}
