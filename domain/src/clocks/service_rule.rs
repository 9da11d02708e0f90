//! What a promise is about, beside its target: which messages, what keeps it, when it may be paused, and who is warned when.

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use tenants::text_enum;

use crate::{
    FieldErrors,
    cases::{ContactResult, Kind},
    deadlines::Warnings,
    submissions::Channel,
};

text_enum! {
    /// What a clock measures.
    ClockKind {
        /// From receipt to the first real contact: the promise.
        Callback = "callback",
        /// From what the resident let us know to our next contact.
        NextResponse = "nextResponse",
        /// From receipt to the closing of the case.
        Resolution = "resolution",
        /// From receipt to the confirmation of it in writing (Awb art. 9:6; the law gives no number of days, so the municipality does).
        Acknowledgement = "acknowledgement",
        /// What was agreed with the resident in a conversation, until the end of a day.
        Agreement = "agreement",
        /// Telling the resident that a complaint is not dealt with (Awb art. 9:8, third paragraph).
        NotDealtWith = "notDealtWith",
        /// Dealing with a complaint (Awb art. 9:11).
        DealtWith = "dealtWith",
    }
}

impl ClockKind {
    /// The kinds that a municipality promises by itself.
    pub const PROMISED: [Self; 4] = [
        Self::Callback,
        Self::NextResponse,
        Self::Resolution,
        Self::Acknowledgement,
    ];

    /// The kinds whose term the law sets.
    pub const LEGAL: [Self; 2] = [Self::NotDealtWith, Self::DealtWith];

    /// The kinds that closing or merging a case does not end: what the law demands, and what somebody promised to do.
    pub const LASTING: [Self; 3] = [Self::NotDealtWith, Self::DealtWith, Self::Agreement];

    /// Whether it goes on when its case is closed or merged.
    #[must_use]
    pub const fn is_lasting(self) -> bool {
        self.is_legal() || matches!(self, Self::Agreement)
    }

    /// Whether the law sets the term.
    #[must_use]
    pub const fn is_legal(self) -> bool {
        matches!(self, Self::NotDealtWith | Self::DealtWith)
    }
}

text_enum! {
    /// Why a clock is paused.
    PauseReason {
        /// The resident asked to be called later.
        ResidentAsked = "residentAsked",
        /// We wait for something from the resident.
        WaitingForResident = "waitingForResident",
        /// We wait for somebody else.
        WaitingForOther = "waitingForOther",
    }
}

impl PauseReason {
    /// Whether a sign of life of the resident ends the wait.
    #[must_use]
    pub const fn ends_by_answer(self) -> bool {
        matches!(self, Self::ResidentAsked | Self::WaitingForResident)
    }
}

text_enum! {
    /// Who is warned.
    Audience {
        /// Who works on it; when nobody does, the leads.
        Handler = "handler",
        /// Who works on it, and the leads.
        HandlerAndLeads = "handlerAndLeads",
    }
}

/// For which messages a promise holds. What is left out holds for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Applies {
    /// Short name of a form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// What it is about, as the municipality divides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How it came in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Complaint, tip or compliment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
}

/// What is known of a message when its promises are chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Short name of the form.
    pub form: Option<String>,
    /// What it is about.
    pub category: Option<String>,
    /// How it came in.
    pub channel: Option<Channel>,
    /// Complaint, tip or compliment.
    pub kind: Kind,
}

impl Applies {
    /// Whether a message is among those it is for.
    #[must_use]
    pub fn matches(&self, facts: &Facts) -> bool {
        fn fits<T: PartialEq>(wanted: Option<&T>, found: Option<&T>) -> bool {
            wanted.is_none() || wanted == found
        }
        fits(self.form.as_ref(), facts.form.as_ref())
            && fits(self.category.as_ref(), facts.category.as_ref())
            && fits(self.channel.as_ref(), facts.channel.as_ref())
            && fits(self.kind.as_ref(), Some(&facts.kind))
    }

    /// How specific it is: a form is more specific than a category, that than a channel, that than a kind, however many of the latter come
    /// together. Two that hold for the same message are equally specific only when they say the same, so there is never a tie.
    #[must_use]
    pub fn specificity(&self) -> u8 {
        let bit = |given: bool, worth: u8| if given { worth } else { 0 };
        bit(self.form.is_some(), 8)
            + bit(self.category.is_some(), 4)
            + bit(self.channel.is_some(), 2)
            + bit(self.kind.is_some(), 1)
    }

    /// Whether it is for every message.
    #[must_use]
    pub fn is_general(&self) -> bool {
        *self == Self::default()
    }
}

/// What a promise says beside its target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct RuleTerms {
    /// What is promised.
    pub clock: ClockKind,
    /// For which messages.
    pub applies: Applies,
    /// After so many tries on different parts of the day and a message the clock stops as "attempted"; never when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries: Option<u32>,
    /// For which reasons the clock may be paused.
    pub pause_reasons: Vec<PauseReason>,
    /// Minutes of opening time before it falls due at which somebody is warned.
    pub warn_before: Vec<u32>,
    /// Minutes of opening time after it fell due at which somebody is warned again.
    pub warn_after: Vec<u32>,
    /// Who is warned before.
    pub tell_before: Audience,
    /// Who is told that it is late.
    pub tell_after: Audience,
    /// Whether messages wait for opening hours.
    pub hold_outside_opening: bool,
    /// From its first day on there is no such promise any more; a less specific one holds again.
    pub ended: bool,
}

impl Default for RuleTerms {
    fn default() -> Self {
        Self {
            clock: ClockKind::Callback,
            applies: Applies::default(),
            tries: None,
            pause_reasons: PauseReason::ALL.to_vec(),
            warn_before: vec![120],
            warn_after: vec![480],
            tell_before: Audience::Handler,
            tell_after: Audience::HandlerAndLeads,
            hold_outside_opening: true,
            ended: false,
        }
    }
}

/// Most warnings before, and after.
const WARNINGS_MAX: usize = 5;
/// Longest time before or after due for a warning, in minutes of opening time: sixty days of ten hours.
const WARNING_MAX: u32 = 36_000;
/// Most tries that a promise may ask for.
const TRIES_MAX: u32 = 10;
/// Longest word for a form or category.
const WORD_MAX: usize = 100;

impl RuleTerms {
    /// When somebody is warned of it.
    #[must_use]
    pub fn warnings(&self) -> Warnings {
        Warnings {
            before: self.warn_before.clone(),
            after: self.warn_after.clone(),
        }
    }

    /// Notes every field that cannot be used.
    pub fn check(&self, errors: &mut FieldErrors) {
        if !ClockKind::PROMISED.contains(&self.clock) {
            errors.add("terms.clock", "not_an_option");
        }
        if self
            .tries
            .is_some_and(|tries| !(1..=TRIES_MAX).contains(&tries))
        {
            errors.add_with("terms.tries", "out_of_range", "max", TRIES_MAX);
        }
        if self.tries.is_some()
            && !matches!(self.clock, ClockKind::Callback | ClockKind::NextResponse)
        {
            errors.add("terms.tries", "not_an_option");
        }
        for (field, levels) in [
            ("terms.warnBefore", &self.warn_before),
            ("terms.warnAfter", &self.warn_after),
        ] {
            if levels.len() > WARNINGS_MAX {
                errors.add_with(field, "too_many", "max", WARNINGS_MAX);
            }
            if levels
                .iter()
                .any(|minutes| !(1..=WARNING_MAX).contains(minutes))
            {
                errors.add_with(field, "out_of_range", "max", WARNING_MAX);
            }
        }
        for (field, word) in [
            ("terms.applies.form", &self.applies.form),
            ("terms.applies.category", &self.applies.category),
        ] {
            if let Some(word) = word {
                if word.trim().is_empty() {
                    errors.add(field, "required");
                } else if word.chars().count() > WORD_MAX {
                    errors.add_with(field, "too_long", "max", WORD_MAX);
                }
            }
        }
        if self.ended && self.applies.is_general() && self.clock == ClockKind::Callback {
            errors.add("terms.ended", "promise_for_all_needed");
        }
    }
}

/// A part of the day on which somebody may be at home or not: before noon, before five, after that.
pub(super) fn part_of_day(at: DateTime<Utc>, zone: Tz) -> (NaiveDate, u8) {
    let local = at.with_timezone(&zone);
    let part = match local.hour() {
        0..12 => 0,
        12..17 => 1,
        _ => 2,
    };
    (local.date_naive(), part)
}

/// The instant at which enough was tried: so many tries that nobody answered, each on a day and part of the day of its own and on two
/// different parts at least, and a message that was left. Nothing when it was not enough.
#[must_use]
pub fn attempted(
    contacts: &[(DateTime<Utc>, ContactResult)],
    tries: u32,
    zone: Tz,
) -> Option<DateTime<Utc>> {
    tried(contacts, tries, zone, true)
}

/// As [`attempted`]; whether a message has to be left is the caller's.
pub(super) fn tried(
    contacts: &[(DateTime<Utc>, ContactResult)],
    tries: u32,
    zone: Tz,
    with_message: bool,
) -> Option<DateTime<Utc>> {
    let mut contacts = contacts.to_vec();
    contacts.sort_by_key(|(at, _)| *at);
    let mut slots = std::collections::BTreeSet::new();
    let mut message = !with_message;
    for (at, result) in contacts {
        match result {
            ContactResult::NoAnswer => {
                slots.insert(part_of_day(at, zone));
            }
            ContactResult::MessageLeft => {
                slots.insert(part_of_day(at, zone));
                message = true;
            }
            ContactResult::MailSent => message = true,
            ContactResult::Conversation
            | ContactResult::ResidentReplied
            | ContactResult::WrongNumber
            | ContactResult::CallLater => {}
        }
        let parts: std::collections::BTreeSet<u8> = slots.iter().map(|(_, part)| *part).collect();
        let enough = u32::try_from(slots.len()).is_ok_and(|count| count >= tries);
        let spread = tries < 2 || parts.len() >= 2;
        if message && enough && spread {
            return Some(at);
        }
    }
    None
}
