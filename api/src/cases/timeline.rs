//! What happened to a case, in sentences.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    cases::{Category, ContactMoment, Event, EventKind},
};

use super::view::Names;
use crate::html::dashed;

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
    notes: &[ContactMoment],
    (names, categories): (&Names, &[Category]),
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
                EventKind::Received if name.is_empty() => language.text("event-received"),
                EventKind::Received => {
                    detail("reason").clone_into(&mut note);
                    let channel = language.text(&format!("channel-{}", detail("channel")));
                    language.text_with("event-filed", &[("name", name), ("channel", &channel)])
                }
                EventKind::Reopened => {
                    note = reopened(&detail, language);
                    language.text_with("event-reopened", &[("name", name)])
                }
                EventKind::Merged
                | EventKind::Absorbed
                | EventKind::Unmerged
                | EventKind::Parted => {
                    detail("reason").clone_into(&mut note);
                    let values = [("name", name), ("reference", detail("reference"))];
                    language.text_with(&format!("event-{}", event.kind), &values)
                }
                EventKind::Converted => {
                    detail("reason").clone_into(&mut note);
                    let kind = |key| language.text(&format!("kind-{}", detail(key)));
                    let values = [("name", name), ("from", &kind("from")), ("to", &kind("to"))];
                    language.text_with("event-converted", &values)
                }
                EventKind::Categorised => {
                    let to = categories
                        .iter()
                        .find(|category| category.key == detail("to"))
                        .map_or_else(
                            || language.text("category-none"),
                            |category| category.label(language).to_owned(),
                        );
                    language.text_with("event-categorised", &[("name", name), ("category", &to)])
                }
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

/// Why a case was reopened, what that means for the law's terms, and how it had been closed.
fn reopened<'a>(detail: &impl Fn(&str) -> &'a str, language: Language) -> String {
    let mut lines = vec![detail("reason").to_owned()];
    if !detail("law").is_empty() {
        lines.push(language.text(&format!("reopen-law-{}", dashed(detail("law")))));
    }
    if !detail("outcome").is_empty() {
        let outcome = language.text(&format!("outcome-{}", dashed(detail("outcome"))));
        lines.push(language.text_with("event-reopened-was", &[("outcome", &outcome)]));
    }
    if !detail("outcomeNote").is_empty() {
        lines.push(detail("outcomeNote").to_owned());
    }
    lines.join("\n")
}
