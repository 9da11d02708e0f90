//! A case in words: badges and kinds.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    cases::{CallbackStatus, Case, CaseStatus, callback_status},
    workflow::{Phase, State},
};

use crate::html::{dashed, values::Badge};

/// How a case stands against its promise.
pub fn promise_badge(case: &Case, now: DateTime<Utc>, zone: Tz, language: Language) -> Badge {
    let due = case.due_at.unwrap_or(now);
    let days =
        (due.with_timezone(&zone).date_naive() - now.with_timezone(&zone).date_naive()).num_days();
    let (tone, text) = match callback_status(case, now) {
        CallbackStatus::Merged => ("inactive", language.text("callback-merged")),
        CallbackStatus::NoPromise => ("inactive", language.text("callback-no-promise")),
        CallbackStatus::Kept => ("safe", language.text("callback-kept")),
        CallbackStatus::KeptLate => ("warning", language.text("callback-kept-late")),
        CallbackStatus::Attempted => ("warning", language.text("callback-attempted")),
        CallbackStatus::NotReached => ("inactive", language.text("callback-not-reached")),
        CallbackStatus::Soon => ("warning", {
            let minutes = (due - now).num_minutes().max(1);
            language.count("callback-minutes-left", minutes)
        }),
        CallbackStatus::Running if days == 0 => ("warning", language.text("callback-today")),
        CallbackStatus::Running => ("safe", language.count("callback-days-left", days)),
        CallbackStatus::Late if days == 0 => ("danger", language.text("callback-late-today")),
        CallbackStatus::Late => ("danger", language.count("callback-days-late", -days)),
    };
    Badge { tone, text }
}

/// Where a case stands.
pub fn status_badge(case: &Case, language: Language) -> Badge {
    let tone = match case.status {
        CaseStatus::New => "neutral",
        CaseStatus::InProgress => "warning",
        CaseStatus::Closed | CaseStatus::Merged => "inactive",
    };
    Badge {
        tone,
        text: language.text(&format!("status-{}", dashed(case.status.as_str()))),
    }
}

/// Where a case stands, as its municipality calls that.
pub fn state_badge(state: &State, language: Language) -> Badge {
    let tone = match state.phase {
        Phase::New => "neutral",
        Phase::Settled | Phase::Closed | Phase::ReferredElsewhere => "inactive",
        Phase::InHandling
        | Phase::WaitingResident
        | Phase::WaitingThirdParty
        | Phase::FormalProcedure
        | Phase::Reopened => "warning",
    };
    Badge {
        tone,
        text: state.label.in_language(language).to_owned(),
    }
}

/// The word for its kind.
pub fn kind(case: &Case, language: Language) -> String {
    language.text(&format!("kind-{}", case.kind))
}
