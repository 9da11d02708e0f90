//! A clock as a pure function: when it falls due follows from what happened to it, the promise and the calendar, and from nothing else.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use tenants::text_enum;

use super::{
    calendar::Calendar,
    due::{Due, Pause, ServiceRule},
    legal::{LegalCalendar, LegalDates, LegalProblem, LegalTerm},
    rule::{ClockKind, PauseReason, RuleTerms},
};

text_enum! {
    /// What can happen to a clock.
    ClockEventKind {
        /// It began.
        Start = "start",
        /// It stands still, until a moment that is known.
        Pause = "pause",
        /// It goes on earlier than that.
        Resume = "resume",
        /// The municipality takes more time, once (Awb art. 9:11, second paragraph).
        Adjourn = "adjourn",
        /// The resident agreed to a later day (Awb art. 9:11, third paragraph).
        Agree = "agree",
        /// A committee advises: ten weeks instead of six (Awb art. 9:11, first paragraph).
        Advise = "advise",
        /// It falls due at another instant.
        Move = "move",
        /// It counts from another receipt: its case was merged with another one, or parted from it.
        Restart = "restart",
        /// Another promise holds: the case got another category or kind.
        Retarget = "retarget",
        /// It runs again: its case was taken out of the one it was merged with.
        Restore = "restore",
        /// It ended.
        Stop = "stop",
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

/// What an event says beside its kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct EventDetails {
    /// Until when it stands still.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Why it stands still.
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
    pub let_go: Option<bool>,
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
    /// When it stood still, each with its end.
    pub pauses: Vec<Pause>,
    /// Why it stands still, of the last pause.
    pub reason: Option<PauseReason>,
    /// Weeks of adjournment.
    pub adjourned: u32,
    /// A later day that was agreed.
    pub agreed_until: Option<NaiveDate>,
    /// Whether a committee advises.
    pub advised: bool,
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
/// [`LegalProblem`], also for a kind that is none of the law: that is a mistake of ours, and no date is better than a wrong one.
pub fn legal_dates(
    kind: ClockKind,
    started: DateTime<Utc>,
    history: &History,
    office: &Calendar,
    law: &LegalCalendar,
) -> Result<LegalDates, LegalProblem> {
    let term = legal_term(kind, history.advised);
    let zone = office.zone();
    // Only the term for dealing with a complaint can be adjourned.
    let adjourned = if kind == ClockKind::DealtWith {
        history.adjourned
    } else {
        0
    };
    let dates = term.dates(started, zone, adjourned, office, law);
    // What was agreed gives more time and never takes any: a committee's ten weeks may end later.
    match (kind, history.agreed_until) {
        (ClockKind::DealtWith, Some(until))
            if dates.as_ref().map_or(true, |dates| dates.legal < until) =>
        {
            Ok(LegalDates::agreed(
                until,
                office.local_day(started),
                office,
                law,
            ))
        }
        _ => dates,
    }
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

/// How a clock ended that was due at `due` and stopped at `stopped`. Now does not come into it: late is late whenever somebody looks.
#[must_use]
pub fn outcome(
    due: Option<DateTime<Utc>>,
    stopped: DateTime<Utc>,
    in_time: ClockOutcome,
) -> ClockOutcome {
    if due.is_some_and(|due| stopped > due) {
        ClockOutcome::Late
    } else {
        in_time
    }
}

/// A moment at which somebody is warned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// So many open days before the day to work towards, of a term of the law.
    Safe(u32),
    /// So many minutes of opening time before it falls due.
    Before(u32),
    /// The instant it falls due.
    Due,
    /// So many minutes of opening time after it fell due.
    After(u32),
}

impl std::fmt::Display for Level {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Safe(days) => write!(formatter, "safe:{days}"),
            Self::Before(minutes) => write!(formatter, "before:{minutes}"),
            Self::Due => formatter.write_str("due"),
            Self::After(minutes) => write!(formatter, "after:{minutes}"),
        }
    }
}

impl std::str::FromStr for Level {
    type Err = tenants::UnknownText;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || tenants::UnknownText {
            kind: "Level",
            value: text.to_owned(),
        };
        let (word, number) = text.split_once(':').unwrap_or((text, "0"));
        let number = number.parse().map_err(|_| unknown())?;
        match word {
            "safe" => Ok(Self::Safe(number)),
            "before" => Ok(Self::Before(number)),
            "due" => Ok(Self::Due),
            "after" => Ok(Self::After(number)),
            _ => Err(unknown()),
        }
    }
}

/// Open days before the day to work towards on which somebody is warned of a term of the law.
const SAFE_DAYS: [u32; 3] = [10, 3, 0];

/// When somebody is warned of a promise that falls due at `due`, in order. What lies before it began is left out.
#[must_use]
pub fn promise_levels(
    terms: &RuleTerms,
    calendar: &Calendar,
    started: DateTime<Utc>,
    due: DateTime<Utc>,
    pauses: &[Pause],
) -> Vec<(DateTime<Utc>, Level)> {
    let before = terms.warn_before.iter().filter_map(|minutes| {
        let amount = chrono::TimeDelta::minutes(i64::from(*minutes));
        let at = calendar.before_pauses(due, amount, pauses)?;
        (at > started).then_some((at, Level::Before(*minutes)))
    });
    let after = terms.warn_after.iter().filter_map(|minutes| {
        let amount = chrono::TimeDelta::minutes(i64::from(*minutes));
        Some((calendar.after(due, amount)?, Level::After(*minutes)))
    });
    let mut levels: Vec<_> = before.chain([(due, Level::Due)]).chain(after).collect();
    levels.sort_unstable();
    levels.dedup();
    levels
}

/// When somebody is warned of a term of the law, in order: at opening time of the last open days before the day to work towards, and
/// when the law's last day is over.
#[must_use]
pub fn legal_levels(
    dates: &LegalDates,
    office: &Calendar,
    started: DateTime<Utc>,
    due: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, Level)> {
    let mut levels = vec![(due, Level::Due)];
    let mut day = dates.safe;
    let mut back = 0;
    let first = office.local_day(started);
    while day > first {
        if let Some((from, _)) = office.openings(day).first() {
            if SAFE_DAYS.contains(&back)
                && let Some(at) = office.instant(day, *from)
            {
                levels.push((at, Level::Safe(back)));
            }
            back += 1;
        }
        if SAFE_DAYS.iter().all(|days| *days < back) {
            break;
        }
        let Some(before) = day.pred_opt() else { break };
        day = before;
    }
    levels.sort_unstable();
    levels
}

/// Why a clock falls due when it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Day by day, by a promise.
    Promise(Due, ServiceRule),
    /// By the law, or why the law's date cannot be told.
    Law(LegalTerm, Result<LegalDates, LegalProblem>),
}
