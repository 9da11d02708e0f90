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

/// An event with what its sentence needs.
struct EventSentence<'a> {
    event: &'a Event,
    name: &'a str,
    zone: Tz,
    language: Language,
}

impl EventSentence<'_> {
    fn detail(&self, key: &str) -> &str {
        let value = self.event.details.get(key);
        value.and_then(|value| value.as_str()).unwrap_or_default()
    }

    fn number(&self, key: &str) -> i64 {
        let value = self.event.details.get(key);
        value
            .and_then(serde_json::Value::as_i64)
            .unwrap_or_default()
    }

    fn moment(&self, key: &str) -> String {
        let at = self.detail(key).parse::<DateTime<Utc>>().ok();
        crate::html::values::moment_or_dash(at, self.zone, self.event.at, self.language)
    }

    fn clock(&self) -> String {
        // Moves from before there were other clocks were all about the promise to call.
        let clock = match self.detail("clock") {
            "" => "callback".to_owned(),
            clock => dashed(clock),
        };
        self.language.text(&format!("clock-short-{clock}"))
    }

    /// The sentence under a key, with who did it and more.
    fn by(&self, key: &str, more: &[(&str, &str)]) -> String {
        let mut values = vec![("name", self.name)];
        values.extend_from_slice(more);
        self.language.text_with(key, &values)
    }

    fn category(&self, categories: &[Category]) -> String {
        let key = self.detail("to");
        let found = categories.iter().find(|category| category.key == key);
        found.map_or_else(
            || self.language.text("category-none"),
            |category| category.label(self.language).to_owned(),
        )
    }

    fn clock_event(&self) -> String {
        let by = if self.name.is_empty() {
            self.language.text("clock-by-itself")
        } else {
            self.name.to_owned()
        };
        self.language.text_with(
            &format!("event-clock-{}", self.detail("event")),
            &[
                ("name", &by),
                ("clock", &self.clock()),
                ("from", &self.moment("from")),
                ("to", &self.moment("to")),
            ],
        )
    }

    fn sentence(&self, categories: &[Category]) -> String {
        let language = self.language;
        match self.event.kind {
            EventKind::Received if self.name.is_empty() => language.text("event-received"),
            EventKind::Received => {
                let channel = language.text(&format!("channel-{}", self.detail("channel")));
                self.by("event-filed", &[("channel", &channel)])
            }
            EventKind::Claimed => self.by("event-claimed", &[]),
            EventKind::Released => self.by("event-released", &[]),
            EventKind::Contact => {
                let result = dashed(self.detail("result"));
                self.by(&format!("event-contact-{result}"), &[])
            }
            EventKind::Gift => {
                let amount = language.euros(self.number("cents"));
                self.by("event-gift", &[("amount", &amount)])
            }
            EventKind::Closed if self.name.is_empty() => {
                let outcome = dashed(self.detail("outcome"));
                let outcome = language.text(&format!("outcome-{outcome}"));
                language.text_with("event-closed-by-resident", &[("outcome", &outcome)])
            }
            EventKind::Closed => {
                let outcome = dashed(self.detail("outcome"));
                let outcome = language.text(&format!("outcome-{outcome}"));
                self.by("event-closed", &[("outcome", &outcome)])
            }
            EventKind::DueMoved => language.text_with(
                "event-due-moved",
                &[
                    ("clock", &self.clock()),
                    ("from", &self.moment("from")),
                    ("to", &self.moment("to")),
                ],
            ),
            EventKind::Clock => self.clock_event(),
            EventKind::Score => {
                let grade = self.number("grade").to_string();
                language.text_with("event-score", &[("grade", &grade)])
            }
            EventKind::Reopened => self.by("event-reopened", &[]),
            EventKind::Merged
            | EventKind::OtherMerged
            | EventKind::Unmerged
            | EventKind::OtherUnmerged => {
                let key = format!("event-{}", dashed(self.event.kind.as_str()));
                self.by(&key, &[("reference", self.detail("reference"))])
            }
            EventKind::Converted => {
                let kind = |key| language.text(&format!("kind-{}", self.detail(key)));
                self.by(
                    "event-converted",
                    &[("from", &kind("from")), ("to", &kind("to"))],
                )
            }
            EventKind::MailHeld => {
                language.text(&format!("event-mail-held-{}", self.detail("limit")))
            }
            EventKind::MailFailed => {
                let cause = language.text(&format!("event-mail-failed-{}", self.detail("cause")));
                let mail = match self.detail("mail") {
                    "intake.receipt" => "mail-kind-receipt",
                    "intake.promise" => "mail-kind-promise",
                    "desk.closed" => "mail-kind-closed",
                    "case.message" => "mail-kind-message",
                    "case.link" => "mail-kind-link",
                    "case.contact" => "mail-kind-contact",
                    _ => "mail-kind-score",
                };
                let mail = language.text(mail);
                language.text_with("event-mail-failed", &[("mail", &mail), ("cause", &cause)])
            }
            EventKind::MessageIn if self.detail("channel") == "mail" => {
                language.text("event-message-in-mail")
            }
            EventKind::MessageIn => language.text("event-message-in"),
            EventKind::MessageOut => self.by("event-message-out", &[]),
            EventKind::Subject => self.by(&format!("event-subject-{}", self.detail("what")), &[]),
            EventKind::Resident => {
                let by = match self.name {
                    "" => language.text("event-by-resident"),
                    name => name.to_owned(),
                };
                let key = format!("event-resident-{}", dashed(self.detail("what")));
                language.text_with(&key, &[("name", &by)])
            }
            EventKind::Categorised => {
                let category = self.category(categories);
                self.by("event-categorised", &[("category", &category)])
            }
        }
    }

    fn note(&self, moments: &[ContactMoment]) -> String {
        match self.event.kind {
            EventKind::Contact => {
                let id = self.detail("moment");
                let moment = moments.iter().find(|moment| moment.id.to_string() == id);
                let note = moment
                    .map(|moment| moment.note.as_str())
                    .unwrap_or_default();
                if self.detail("reason").is_empty() {
                    note.to_owned()
                } else {
                    let reason = [("reason", self.detail("reason"))];
                    let late = self.language.text_with("event-contact-late", &reason);
                    [note, &late].join("\n").trim_start().to_owned()
                }
            }
            EventKind::Closed if !self.detail("law").is_empty() => self
                .language
                .text(&format!("law-end-{}", dashed(self.detail("law")))),
            EventKind::Gift => self.detail("description").to_owned(),
            EventKind::Reopened => self.reopened(),
            _ => self.detail("reason").to_owned(),
        }
    }

    /// Why a case was reopened, what that means for the law's terms, and how it had been closed.
    fn reopened(&self) -> String {
        let language = self.language;
        let mut lines = vec![self.detail("reason").to_owned()];
        if !self.detail("law").is_empty() {
            lines.push(language.text(&format!("reopen-law-{}", dashed(self.detail("law")))));
        }
        if !self.detail("outcome").is_empty() {
            let outcome = language.text(&format!("outcome-{}", dashed(self.detail("outcome"))));
            lines.push(language.text_with("event-reopened-was", &[("outcome", &outcome)]));
        }
        if !self.detail("outcomeNote").is_empty() {
            lines.push(self.detail("outcomeNote").to_owned());
        }
        lines.join("\n")
    }
}

/// The timeline, newest first, with the notes of contact moments beside their events.
pub fn timeline(
    events: &[Event],
    moments: &[ContactMoment],
    (names, categories): (&Names, &[Category]),
    zone: Tz,
    language: Language,
) -> Vec<Line> {
    events
        .iter()
        .map(|event| {
            let name = event.actor_id.and_then(|id| names.get(&id));
            let sentence = EventSentence {
                event,
                name: name.map_or("", String::as_str),
                zone,
                language,
            };
            Line {
                text: sentence.sentence(categories),
                note: sentence.note(moments),
                at: language.instant(event.at, zone),
                instant: event.at.to_rfc3339(),
            }
        })
        .collect()
}
