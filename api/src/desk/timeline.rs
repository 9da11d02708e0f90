//! What happened to a case, in sentences.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    cases::{Category, ContactMoment, ContactResult, Event, EventKind},
    dossier::TeamLabel,
    notes::Note,
    tasks::Task,
};

use super::view::Names;
use crate::html::{dashed, initials};

/// What is told of a case.
pub struct Told<'a> {
    /// What happened.
    pub events: &'a [Event],
    /// Calls and tries.
    pub moments: &'a [ContactMoment],
    /// Notes of colleagues.
    pub notes: &'a [Note],
    /// What others were asked.
    pub tasks: &'a [Task],
    /// The teams it names.
    pub teams: &'a [TeamLabel],
    /// The categories it names.
    pub categories: &'a [Category],
}

/// A line of what happened to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Name of its picture in `icons.svg`.
    pub icon: &'static str,
    /// The first signs of whoever wrote it; empty when nothing was written.
    pub initials: String,
    /// What is above what was written: what it is, and that only colleagues read it.
    pub flag: String,
    /// What happened, or who wrote.
    pub text: String,
    /// What was noted, in paragraphs.
    pub notes: Vec<String>,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

/// The picture of an event.
fn icon(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Received => "inbox",
        EventKind::Contact => "phone",
        EventKind::Gift => "gift",
        EventKind::Closed => "ok",
        EventKind::HandedOn | EventKind::Praised | EventKind::Routed => "forward",
        EventKind::MailHeld | EventKind::MailFailed | EventKind::Unreached => "mail",
        EventKind::DueMoved | EventKind::Clock => "clock",
        EventKind::StateMoved | EventKind::Rule => "flow",
        EventKind::Unreachable => "alert",
        _ => "user",
    }
}

/// An event with what its sentence needs.
struct EventSentence<'a> {
    event: &'a Event,
    name: String,
    names: &'a Names,
    teams: &'a [TeamLabel],
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

    /// A kind in words; one of the municipality's own as its code, with spaces.
    fn kind(&self, key: &str) -> String {
        let code = self.detail(key);
        let text = format!("kind-{code}");
        if self.language.has(&text) {
            self.language.text(&text)
        } else {
            code.replace('_', " ")
        }
    }

    /// The sentence under a key, with who did it and more.
    fn by(&self, key: &str, more: &[(&str, &str)]) -> String {
        let mut values = vec![("name", self.name.as_str())];
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
        let agreement = self.detail("clock") == "agreement";
        if agreement && ["start", "stop"].contains(&self.detail("event")) {
            let key = format!("event-agreement-{}", self.detail("event"));
            return self.by(&key, &[("to", &self.moment("to"))]);
        }
        let by = if self.name.is_empty() {
            self.language.text("clock-by-itself")
        } else {
            self.name.clone()
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
            | EventKind::OtherUnmerged
            | EventKind::CameUp
            | EventKind::OtherCameUp => {
                let key = format!("event-{}", dashed(self.event.kind.as_str()));
                self.by(&key, &[("reference", self.detail("reference"))])
            }
            EventKind::HandedOn => match self.detail("away").parse::<uuid::Uuid>() {
                Ok(id) => {
                    let away = self.names.get(&id.into()).cloned().unwrap_or_default();
                    let values = [("whom", self.whom()), ("away", away)];
                    let values = values
                        .each_ref()
                        .map(|(name, value)| (*name, value.as_str()));
                    self.by("event-handed-on-away", &values)
                }
                Err(_) => self.by("event-handed-on", &[("whom", &self.whom())]),
            },
            EventKind::ReferredElsewhere => {
                self.by("event-referred-elsewhere", &[("to", self.detail("to"))])
            }
            EventKind::Routed => {
                let rule = self.number("rule").to_string();
                let values = [("rule", rule.as_str()), ("team", &self.whom())];
                language.text_with(&format!("event-routed-{}", self.detail("by")), &values)
            }
            EventKind::Praised => self.by("event-praised", &[("whom", &self.whom())]),
            EventKind::Unreached => language.text("event-unreached"),
            EventKind::Unreachable => language.text("event-unreachable"),
            EventKind::Converted => {
                let kind = |key| self.kind(key);
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
                    "case.measure" => "mail-kind-measure",
                    "desk.unreached" => "mail-kind-unreached",
                    "rule.mail" => "mail-kind-rule",
                    "case.link" => "mail-kind-link",
                    "case.contact" => "mail-kind-contact",
                    _ => "mail-kind-score",
                };
                let mail = language.text(mail);
                language.text_with("event-mail-failed", &[("mail", &mail), ("cause", &cause)])
            }
            EventKind::StateMoved => {
                let label = self.detail(match language {
                    Language::Dutch => "nl",
                    Language::English => "en",
                });
                self.by("event-state-moved", &[("state", label)])
            }
            EventKind::Tagged => self.by("event-tagged", &[]),
            EventKind::Rule => self.rule(),
            EventKind::MailBounced => {
                let calls = self.event.details.get("calls") == Some(&true.into());
                language.text(if calls {
                    "event-mail-bounced-calls"
                } else {
                    "event-mail-bounced"
                })
            }
            EventKind::MailAnswered => language.text("event-mail-answered"),
            EventKind::MailResent => self.by("event-mail-resent", &[]),
            EventKind::MessageIn if self.detail("channel") == "mail" => {
                language.text("event-message-in-mail")
            }
            EventKind::MessageIn => language.text("event-message-in"),
            EventKind::MessageOut => self.by("event-message-out", &[]),
            EventKind::FormalComplaint => {
                let by = match self.name.as_str() {
                    "" => language.text("event-by-resident"),
                    name => name.to_owned(),
                };
                let step = language.term("formal-step", self.detail("what"));
                let values = [("name", by.as_str()), ("step", step.as_str())];
                language.text_with("event-formal-complaint", &values)
            }
            EventKind::Subject => self.by(&format!("event-subject-{}", self.detail("what")), &[]),
            EventKind::Resident => {
                let by = match self.name.as_str() {
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

    /// What a rule did: "Regel 'Spoed': zette team Afval".
    fn rule(&self) -> String {
        let language = self.language;
        let told = self.event.details.get("did");
        let told = told.and_then(serde_json::Value::as_array);
        let did = told.into_iter().flatten().map(|one| {
            let word = |key: &str| one.get(key).and_then(serde_json::Value::as_str);
            let to = word("to").unwrap_or_default();
            let team = self.teams.iter().find(|team| team.id.to_string() == to);
            let colleague = to.parse().ok().and_then(|id| self.names.get(&id));
            let to = team
                .map(|team| team.name.as_str())
                .or(colleague.map(String::as_str))
                .unwrap_or(to);
            let did = match (word("what").unwrap_or_default(), to) {
                ("notice", "") => language.text("event-rule-did-notice-handler"),
                (what, to) => language.text_with(&format!("event-rule-did-{what}"), &[("to", to)]),
            };
            match word("refused") {
                Some(_) => language.text_with("event-rule-not", &[("did", &did)]),
                None => did,
            }
        });
        let did = did.collect::<Vec<_>>().join(", ");
        let values = [("rule", self.detail("rule")), ("did", &did)];
        language.text_with("event-rule", &values)
    }

    /// The line of the stream.
    fn line(&self, moments: &[ContactMoment], categories: &[Category]) -> Line {
        let notes = self.notes(moments);
        let written = !notes.is_empty() && self.event.kind == EventKind::Contact;
        Line {
            icon: icon(self.event.kind),
            initials: if written {
                initials(&self.name)
            } else {
                String::new()
            },
            flag: if written {
                self.language.text("stream-call")
            } else {
                String::new()
            },
            text: self.sentence(categories),
            notes,
            at: self.event.at,
        }
    }

    /// Names of a team and a colleague in the details.
    fn whom(&self) -> String {
        let team = (self.teams.iter()).find(|team| team.id.to_string() == self.detail("team"));
        let team = team.map(|team| team.name.clone());
        let staff = self.detail("staff").parse::<uuid::Uuid>().ok();
        let staff = staff.and_then(|id| self.names.get(&id.into()).cloned());
        team.into_iter().chain(staff).collect::<Vec<_>>().join(", ")
    }

    /// What was written at it, in paragraphs.
    fn notes(&self, moments: &[ContactMoment]) -> Vec<String> {
        let language = self.language;
        let mut notes = vec![self.note(moments)];
        let id = self.detail("moment");
        let moment = (moments.iter()).find(|moment| moment.id.to_string() == id);
        if let Some(moment) = moment.filter(|_| self.event.kind == EventKind::Contact) {
            if !moment.wish.is_empty() {
                notes.push(language.text_with("stream-wish", &[("wish", &moment.wish)]));
            }
            if let (ContactResult::CallLater, Some(at)) = (moment.result, moment.call_at) {
                let at = language.instant(at, self.zone);
                notes.push(language.text_with("stream-call-later", &[("moment", &at)]));
            }
        }
        notes.retain(|note| !note.is_empty());
        notes
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

/// What happened to a case and what colleagues wrote about it, newest first.
pub fn stream(told: &Told<'_>, names: &Names, zone: Tz, language: Language) -> Vec<Line> {
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let mut lines: Vec<Line> = (told.events.iter())
        .map(|event| {
            let sentence = EventSentence {
                event,
                name: event.actor_id.map(name).unwrap_or_default(),
                names,
                teams: told.teams,
                zone,
                language,
            };
            sentence.line(told.moments, told.categories)
        })
        .collect();
    lines.extend((told.notes.iter()).map(|note| note_line(note, name(note.author_id), language)));
    lines.extend((told.tasks.iter()).map(|task| task_line(task, told.teams, names, language)));
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    lines
}

fn note_line(note: &Note, name: String, language: Language) -> Line {
    Line {
        icon: "lock",
        initials: initials(&name),
        flag: language.text("stream-note"),
        text: name,
        notes: vec![note.body.clone()],
        at: note.at,
    }
}

fn task_line(task: &Task, teams: &[TeamLabel], names: &Names, language: Language) -> Line {
    let name = |id| names.get(&id).cloned().unwrap_or_default();
    let team = (teams.iter()).find(|team| Some(team.id) == task.team_id);
    let whom = team.map(|team| team.name.clone());
    let whom = whom.or(task.staff_id.map(name)).unwrap_or_default();
    let mut notes = vec![task.question.clone()];
    match (task.answered_at, task.due_on) {
        (Some(_), _) => {
            let by = task.answered_by.map(name).unwrap_or_default();
            let values = [("name", by.as_str()), ("answer", task.answer.as_str())];
            notes.push(language.text_with("stream-answer", &values));
        }
        (None, Some(day)) => {
            let day = language.day(day);
            notes.push(language.text_with("stream-answer-by", &[("day", &day)]));
        }
        (None, None) => notes.push(language.text("stream-no-answer")),
    }
    let asked_by = task.asked_by.map(name);
    let asked_by = asked_by.unwrap_or_else(|| language.text("task-by-rule"));
    Line {
        icon: "lock",
        initials: initials(&asked_by),
        flag: language.text_with("stream-task", &[("whom", &whom)]),
        text: asked_by,
        notes,
        at: task.answered_at.unwrap_or(task.asked_at),
    }
}
