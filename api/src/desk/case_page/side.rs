//! The column beside the story: who wrote it, the promises, whose it is, and what belongs to it.

use chrono::{DateTime, Utc};
use domain::{
    cases::{Case, Kind, Subject},
    clocks::{ClockKind, ClockOutcome, ClockState},
    dossier::GiftLine,
    measures::MeasureLine,
};

use super::{CaseView, Known};
use crate::{desk::view::Badge, html::initials};

/// The column beside the story.
pub(super) struct Side {
    pub(super) name: String,
    pub(super) initials: String,
    /// How the resident wants to hear from us, and when.
    pub(super) wants: String,
    pub(super) phone: Option<String>,
    pub(super) facts: Vec<Fact>,
    pub(super) clocks: Vec<ClockLine>,
    pub(super) owner: Vec<Fact>,
    pub(super) merged: Vec<Case>,
    pub(super) related: Vec<Case>,
    pub(super) gifts: Vec<GiftLine>,
    pub(super) may_give: bool,
    pub(super) measures: Vec<MeasureLine>,
    pub(super) may_measure: bool,
}

/// A row of facts: its label is the key of a text.
pub(super) struct Fact {
    pub(super) label: &'static str,
    pub(super) text: String,
    pub(super) link: Option<String>,
}

impl Fact {
    fn new(label: &'static str, text: impl Into<String>) -> Self {
        Self {
            label,
            text: text.into(),
            link: None,
        }
    }

    fn maybe(label: &'static str, text: Option<String>) -> Option<Self> {
        text.filter(|text| !text.is_empty())
            .map(|text| Self::new(label, text))
    }
}

/// A clock in one line.
pub(super) struct ClockLine {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) due: Option<DateTime<Utc>>,
    /// The day of a term of the law.
    pub(super) day: Option<chrono::NaiveDate>,
    pub(super) is_late: bool,
    pub(super) badge: Badge,
    pub(super) is_open_agreement: bool,
    /// Whether it ended before another one of its kind began: that one stands for it.
    pub(super) is_past: bool,
}

impl CaseView<'_> {
    pub(super) fn clock_line(&self, clock: &ClockState, known: &Known<'_>) -> ClockLine {
        let language = self.language;
        let is_late = clock.is_late(self.now);
        let (tone, text) = match clock.outcome {
            Some(outcome) => {
                let tone = match outcome {
                    ClockOutcome::Kept => "safe",
                    ClockOutcome::Late => "danger",
                    ClockOutcome::Attempted => "warning",
                    ClockOutcome::Dropped | ClockOutcome::Merged => "inactive",
                };
                (tone, language.term("clock-outcome", outcome))
            }
            // Whoever does not mean to refuse a complaint is not late for it (Awb art. 9:8).
            None if clock.kind == ClockKind::NotDealtWith => {
                ("inactive", language.text("clock-runs"))
            }
            None if is_late => ("danger", language.text("clock-is-late")),
            None if clock.due_at.is_none() => ("warning", language.text("clock-unknown")),
            None => ("safe", language.text("clock-runs")),
        };
        let kind = match clock.kind {
            ClockKind::Agreement => clock.agreed.clone(),
            kind => language.term("clock", kind),
        };
        let merged = &known.relatives.merged;
        let of_other = merged.iter().find(|other| other.id == clock.case_id);
        ClockLine {
            id: clock.id.to_string(),
            title: match of_other {
                Some(other) => language.text_with(
                    "clock-of-merged",
                    &[("clock", &kind), ("reference", &other.reference)],
                ),
                None => kind,
            },
            due: clock.due_at,
            day: clock.law_on.filter(|_| clock.kind.is_legal()),
            is_late,
            badge: Badge { tone, text },
            is_open_agreement: clock.kind == ClockKind::Agreement && clock.stopped_at.is_none(),
            is_past: clock.stopped_at.is_some()
                && clock.kind != ClockKind::Agreement
                && known.clocks.iter().any(|other| {
                    let same = (other.kind, other.case_id) == (clock.kind, clock.case_id);
                    same && other.stopped_at.is_none()
                }),
        }
    }

    pub(super) fn side(&self, known: &Known<'_>, clocks: Vec<ClockLine>) -> Side {
        let case = self.case;
        let instant = |at| self.language.instant(at, self.zone);
        let call_times = known.call_times;
        let preference = self.term("preference", case.preference.as_str());
        let wants = if call_times.is_empty() {
            preference
        } else {
            format!("{preference}: {call_times}")
        };
        // The earliest receipt of all cases that it stands for, when that is another one.
        let since = (known.relatives.merged.first())
            .filter(|first| first.received_at < case.received_at)
            .map(|first| instant(first.received_at));
        let mail = case.contact_email.clone().map(|mail| Fact {
            link: Some(format!("mailto:{mail}")),
            ..Fact::new("fact-email", mail)
        });
        let name = self.resident();
        let facts = [
            mail,
            Some(Fact::new(
                "fact-language",
                self.language
                    .term("account-language", case.language.as_str()),
            )),
            Fact::maybe("fact-place", case.place.clone()),
            Fact::maybe("fact-since", since),
        ];
        Side {
            initials: initials(&name),
            name,
            wants,
            phone: case.contact_phone.clone(),
            facts: facts.into_iter().flatten().collect(),
            // After a reopening the clock that runs says it once.
            clocks: clocks.into_iter().filter(|clock| !clock.is_past).collect(),
            owner: self.owner(known),
            merged: known.relatives.merged.clone(),
            related: known.relatives.others.clone(),
            gifts: known.gifts.to_vec(),
            may_give: self.rights.gives,
            measures: known.measures.to_vec(),
            may_measure: self.rights.handles,
        }
    }

    fn owner(&self, known: &Known<'_>) -> Vec<Fact> {
        let (case, language) = (self.case, self.language);
        let team = |id| {
            let mut teams = known.teams.iter();
            teams
                .find(|team| Some(team.id) == id)
                .map(|team| team.name.clone())
        };
        let category = case.category.as_ref().map(|key| {
            let known = self.categories.iter().find(|category| category.key == *key);
            let label = known.map_or(key.as_str(), |category| category.label(language));
            label.to_owned()
        });
        let outcome = case
            .outcome
            .map(|outcome| self.term("outcome", outcome.as_str()));
        let assignee = self
            .name(case.assignee_id)
            .map(|name| match known.away_until {
                Some(until) => {
                    let values = [("name", name.as_str()), ("day", &language.day(until))];
                    language.text_with("person-away-until", &values)
                }
                None => name,
            });
        let rows = [
            Some(Fact::new(
                "column-assignee",
                assignee.unwrap_or_else(|| language.text("nobody-yet")),
            )),
            Some(Fact::new(
                "fact-team",
                team(case.team_id).unwrap_or_else(|| language.text("no-team")),
            )),
            Some(Fact::new(
                "fact-category",
                category.unwrap_or_else(|| language.text("category-none")),
            )),
            Fact::maybe("fact-outcome", outcome),
            Fact::maybe("fact-outcome-note", case.outcome_note.clone()),
        ];
        let mut rows: Vec<Fact> = rows.into_iter().flatten().collect();
        if case.kind == Kind::Compliment {
            let praised: Vec<String> = (known.subjects.iter())
                .filter_map(|subject| match subject {
                    Subject::Colleague(id) => self.name(Some(*id)),
                    Subject::Team(id) => team(Some(*id)),
                })
                .collect();
            rows.extend(Fact::maybe("fact-praised", Some(praised.join(", "))));
        }
        rows
    }
}
