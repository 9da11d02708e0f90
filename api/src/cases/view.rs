//! How a case is told to people: badges, the timeline, why it is due when it is due.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    cases::{Case, CaseStatus, Event, EventKind, Standing, standing},
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
        CaseStatus::Closed => "inactive",
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

/// A line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What happened.
    pub text: String,
    /// What was noted.
    pub note: String,
    /// When, in words.
    pub at: String,
    /// When, for programs.
    pub instant: String,
}

/// The timeline, newest first, with the notes of contact moments beside their events.
pub fn timeline(
    events: &[Event],
    notes: &[domain::cases::ContactMoment],
    names: &Names,
    zone: Tz,
    language: Language,
) -> Vec<Line> {
    events
        .iter()
        .map(|event| {
            let name = event
                .actor_id
                .and_then(|id| names.get(&id))
                .map_or("", String::as_str);
            let detail = |key: &str| {
                event
                    .details
                    .get(key)
                    .and_then(|value| value.as_str())
                    .unwrap_or_default()
            };
            let number = |key: &str| {
                event
                    .details
                    .get(key)
                    .and_then(serde_json::Value::as_i64)
                    .unwrap_or_default()
            };
            let mut note = String::new();
            let text = match event.kind {
                EventKind::Received => language.text("event-received"),
                EventKind::Claimed => language.text_with("event-claimed", &[("name", name)]),
                EventKind::Released => language.text_with("event-released", &[("name", name)]),
                EventKind::Contact => {
                    let moment = notes
                        .iter()
                        .find(|moment| moment.id.to_string() == detail("moment"));
                    note = moment.map(|moment| moment.note.clone()).unwrap_or_default();
                    let key = format!("event-contact-{}", dashed(detail("result")));
                    language.text_with(&key, &[("name", name)])
                }
                EventKind::Gift => {
                    detail("description").clone_into(&mut note);
                    let amount = language.euros(number("cents"));
                    language.text_with("event-gift", &[("name", name), ("amount", &amount)])
                }
                EventKind::Closed => {
                    let outcome = language.text(&format!("outcome-{}", dashed(detail("outcome"))));
                    language.text_with("event-closed", &[("name", name), ("outcome", &outcome)])
                }
                EventKind::DueMoved => {
                    let moment = |key| {
                        let at = detail(key).parse::<DateTime<Utc>>().ok();
                        crate::sla::view::perhaps(at, zone, language)
                    };
                    // Moves from before there were other clocks were all about the promise to call.
                    let clock = match detail("clock") {
                        "" => "callback".to_owned(),
                        clock => dashed(clock),
                    };
                    language.text_with(
                        "event-due-moved",
                        &[
                            ("clock", &language.text(&format!("clock-short-{clock}"))),
                            ("from", &moment("from")),
                            ("to", &moment("to")),
                        ],
                    )
                }
                EventKind::Clock => {
                    let clock = language.text(&format!("clock-short-{}", dashed(detail("clock"))));
                    let by = if name.is_empty() {
                        language.text("clock-by-itself")
                    } else {
                        name.to_owned()
                    };
                    language.text_with(
                        &format!("event-clock-{}", detail("event")),
                        &[("name", &by), ("clock", &clock)],
                    )
                }
                EventKind::Score => {
                    let grade = number("grade").to_string();
                    language.text_with("event-score", &[("grade", &grade)])
                }
            };
            Line {
                text,
                note,
                at: language.instant(event.at, zone),
                instant: event.at.to_rfc3339(),
            }
        })
        .collect()
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
///
/// # Errors
/// When the database does not answer.
pub async fn names(tx: &tenants::TenantTx) -> Result<Names, domain::Error> {
    Ok(tenants::staff::all(tx)
        .await?
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect())
}
