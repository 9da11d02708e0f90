//! How a case is told to people: badges, the timeline, why it is due when it is due.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    cases::{Case, CaseStatus, Standing, standing},
};
use tenants::StaffId;

use crate::html::dashed;

/// Names of colleagues by id.
pub type Names = HashMap<StaffId, String>;

/// A coloured word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// `neutral`, `warning`, `danger`, `safe` or `inactive`.
    pub tone: &'static str,
    /// The word; colour never speaks alone.
    pub text: String,
}

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

/// A moment as the browser's own field sends it, in the municipality's local time.
pub fn typed_moment(typed: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(typed.trim(), format).ok())?;
    Some(local.and_local_timezone(zone).earliest()?.to_utc())
}

/// Something to choose from.
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub text: String,
    /// Whether it is chosen now.
    pub chosen: bool,
}

/// Names of everybody who works here.
pub async fn names(tx: &tenants::TenantTx) -> Result<Names, domain::Error> {
    Ok(tenants::staff::all(tx)
        .await?
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect())
}
