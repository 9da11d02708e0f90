//! A clock as a pure function: when it falls due follows from what happened to it, the promise and the calendar, and from nothing else.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tenants::text_enum;

use super::service_rule::{ClockKind, PauseReason};
use crate::deadlines::{Calendar, LegalCalendar, LegalDates, LegalProblem, LegalTerm, Pause};

text_enum! {
    /// What can happen to a clock.
    ClockEventKind {
        /// It began.
        Start = "start",
        /// It is paused until a moment that is known.
        Pause = "pause",
        /// It goes on earlier than that.
        Resume = "resume",
        /// The municipality takes more time, once (Awb art. 9:11, second paragraph).
        Adjourn = "adjourn",
        /// The resident agreed to a later day (Awb art. 9:11, third paragraph).
        Agree = "agree",
        /// A committee advises: ten weeks instead of six (Awb art. 9:11, first paragraph).
        Advise = "advise",
        /// The municipality means not to deal with the complaint, so that the letter about that has a day (Awb art. 9:8, third paragraph).
        Refuse = "refuse",
        /// It falls due at another instant.
        Move = "move",
        /// It counts from another receipt: its case was merged with another one, or separated from it.
        Restart = "restart",
        /// Another promise holds: the case got another category or kind.
        Retarget = "retarget",
        /// It runs again: its case was taken out of the one it was merged with.
        Restore = "restore",
        /// It ended.
        Stop = "stop",
    }
}

impl ClockEventKind {
    /// Those that take part in the computation of the dates.
    pub const COMPUTED: [Self; 6] = [
        Self::Pause,
        Self::Resume,
        Self::Adjourn,
        Self::Agree,
        Self::Advise,
        Self::Refuse,
    ];

    /// Whether the dates are computed from it.
    #[must_use]
    pub fn changes_computation(self) -> bool {
        Self::COMPUTED.contains(&self)
    }
}

text_enum! {
    /// How a clock ended.
    ClockOutcome {
        /// In time.
        Kept = "kept",
        /// Too late.
        Late = "late",
        /// Tried often enough, without reaching the resident.
        Attempted = "attempted",
        /// It was no longer needed before it fell due.
        Dropped = "dropped",
        /// Its case was taken into another one, whose clocks go on for both.
        Merged = "merged",
    }
}

text_enum! {
    /// What ends the terms of the law for a complaint. Nothing else does: that nobody was reached, or that it was explained or passed on, leaves
    /// the duty to deal with it (Awb art. 9:11).
    LegalEnd {
        /// Settled informally, and the resident said to be satisfied (Awb art. 9:5).
        Satisfied = "satisfied",
        /// Dealt with by a letter with findings (Awb art. 9:12).
        Letter = "letter",
        /// The resident took it back.
        Withdrawn = "withdrawn",
        /// A letter says that it is not dealt with, and why (Awb art. 9:8, third paragraph).
        NotDealtWith = "notDealtWith",
    }
}

impl LegalEnd {
    /// How a clock of the law ends by it, when it does in time.
    #[must_use]
    pub const fn outcome(self, kind: ClockKind) -> ClockOutcome {
        match (kind, self) {
            (ClockKind::NotDealtWith, Self::NotDealtWith)
            | (ClockKind::DealtWith, Self::Satisfied | Self::Letter) => ClockOutcome::Kept,
            _ => ClockOutcome::Dropped,
        }
    }
}

/// What an event says beside its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct EventDetails {
    /// Until when it is paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Why it is paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause: Option<PauseReason>,
    /// Weeks of adjournment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weeks: Option<u32>,
    /// When the resident was told in writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resident_told_on: Option<NaiveDate>,
    /// When the person whom it is about was told in writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concerned_told_on: Option<NaiveDate>,
    /// The later day that was agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed_until: Option<NaiveDate>,
    /// What ended a term of the law.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<LegalEnd>,
    /// The day on which that was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law_on: Option<NaiveDate>,
    /// When the resident agreed in writing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed_on: Option<NaiveDate>,
    /// Where the agreement is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept_at: Option<String>,
    /// The receipt from which it counts now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// Number of the promise that holds now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promise: Option<i64>,
    /// That it ended because no promise holds for its case any more, also when it was late by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<bool>,
}

/// An event, for the computation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockEvent {
    /// What happened.
    pub kind: ClockEventKind,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// What it says.
    pub details: EventDetails,
}

/// What the events of a clock amount to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Its pauses, each with its end.
    pub pauses: Vec<Pause>,
    /// Why it is paused, of the last pause.
    pub reason: Option<PauseReason>,
    /// Weeks of adjournment.
    pub adjourned: u32,
    /// A later day that was agreed.
    pub agreed_until: Option<NaiveDate>,
    /// Whether a committee advises.
    pub advised: bool,
    /// Whether the municipality means not to deal with the complaint.
    pub refusing: bool,
}

impl History {
    /// Reads the events in the order in which they happened. A pause ends when it was said to end, or earlier when the clock goes on; a
    /// second pause while one lasts only takes its place.
    #[must_use]
    pub fn of(events: &[ClockEvent]) -> Self {
        let mut history = Self::default();
        for event in events {
            match event.kind {
                ClockEventKind::Pause => {
                    history.end_pause(event.at);
                    if let Some(until) = event.details.until {
                        history.pauses.push(Pause {
                            from: event.at,
                            to: until,
                        });
                        history.reason = event.details.pause;
                    }
                }
                ClockEventKind::Resume => history.end_pause(event.at),
                ClockEventKind::Adjourn => {
                    history.adjourned = event.details.weeks.unwrap_or_default();
                }
                ClockEventKind::Agree => history.agreed_until = event.details.agreed_until,
                ClockEventKind::Advise => history.advised = true,
                ClockEventKind::Refuse => history.refusing = true,
                ClockEventKind::Start
                | ClockEventKind::Move
                | ClockEventKind::Restart
                | ClockEventKind::Retarget
                | ClockEventKind::Restore
                | ClockEventKind::Stop => {}
            }
        }
        history
    }

    fn end_pause(&mut self, at: DateTime<Utc>) {
        if let Some(last) = self.pauses.last_mut()
            && last.to > at
        {
            last.to = at.max(last.from);
        }
    }

    /// The pause that lasts at an instant.
    #[must_use]
    pub fn pause_at(&self, now: DateTime<Utc>) -> Option<Pause> {
        self.pauses
            .iter()
            .find(|pause| pause.from <= now && now < pause.to)
            .copied()
    }
}

/// When a clock of the law ends.
///
/// # Errors
/// [`LegalProblem`].
pub fn legal_dates(
    kind: ClockKind,
    started: DateTime<Utc>,
    history: &History,
    office: &Calendar,
    law: &LegalCalendar,
) -> Result<LegalDates, LegalProblem> {
    legal_term(kind, history.advised).dates_with(
        started,
        history.adjourned,
        history.agreed_until,
        office,
        law,
    )
}

/// The term of the law that a clock measures.
#[must_use]
pub fn legal_term(kind: ClockKind, advised: bool) -> LegalTerm {
    match (kind, advised) {
        (ClockKind::NotDealtWith, _) => LegalTerm::NotDealtWith,
        (_, true) => LegalTerm::DealtWithAdvised,
        (_, false) => LegalTerm::DealtWith,
    }
}

/// How a clock ended that was due at `due` and stopped at `stopped`. Now does not come into it: late is late whenever it is read. A clock
/// whose case was merged is neither: another one goes on for it.
#[must_use]
pub fn outcome(
    due: Option<DateTime<Utc>>,
    stopped: DateTime<Utc>,
    in_time: ClockOutcome,
) -> ClockOutcome {
    if in_time != ClockOutcome::Merged && due.is_some_and(|due| stopped > due) {
        ClockOutcome::Late
    } else {
        in_time
    }
}
