//! How a case is told to people: badges, the timeline, why it is due when it is due.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    cases::{Case, CaseStatus, Standing, standing},
};

use crate::html::dashed;
pub use crate::html::values::{Badge, Choice, Names, names, typed_moment};

/// How a case stands against its promise.
pub fn promise_badge(case: &Case, now: DateTime<Utc>, zone: Tz, language: Language) -> Badge {
    let due = case.due_at.unwrap_or(now);
    let days =
        (due.with_timezone(&zone).date_naive() - now.with_timezone(&zone).date_naive()).num_days();
    let (tone, text) = match standing(case, now) {
        Standing::Elsewhere => ("inactive", language.text("standing-elsewhere")),
        Standing::NoPromise => ("inactive", language.text("standing-no-promise")),
        Standing::Kept => ("safe", language.text("standing-kept")),
        Standing::KeptLate => ("warning", language.text("standing-kept-late")),
        Standing::Attempted => ("warning", language.text("standing-attempted")),
        Standing::NotReached => ("inactive", language.text("standing-not-reached")),
        Standing::Soon => ("warning", {
            let minutes = (due - now).num_minutes().max(1);
            language.count("standing-minutes-left", minutes)
        }),
        Standing::Running if days == 0 => ("warning", language.text("standing-today")),
        Standing::Running => ("safe", language.count("standing-days-left", days)),
        Standing::Late if days == 0 => ("danger", language.text("standing-late-today")),
        Standing::Late => ("danger", language.count("standing-days-late", -days)),
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

/// The word for its kind.
pub fn kind(case: &Case, language: Language) -> String {
    language.text(&format!("kind-{}", case.kind))
}
