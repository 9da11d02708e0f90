//! Clocks: when a municipality is open, what it promises, what the law says, and whether both were kept.
//!
//! When a clock falls due is a pure function of its events, the promise and the calendar ([`ServiceRule::due`], [`LegalTerm::dates`]). A
//! clock is a row with append-only events; its result compares the instant it stopped with the instant it was due, never with now.

mod acts;
mod alerts;
mod calendar;
mod calendars;
mod clock;
mod clocks;
mod closures;
mod contact;
mod counting;
mod due;
mod entity;
mod explain;
mod feed;
mod holidays;
mod legal;
mod legal_turns;
mod merging;
mod older;
mod opening;
mod proposals;
mod recount;
mod rule;
mod rules;
mod simulation;
#[cfg(test)]
mod tests;
mod turns;

pub use self::{
    acts::{AGREED_MAX, Adjournment, Agreement, adjourn, advise, agree, done, pause, resume},
    alerts::{Notice, TellAlerts, notice, notices},
    calendar::{Block, Calendar, CalendarDefinition, CalendarProblem, Closed, Exception},
    calendars::{
        CalendarKind, CalendarVersionId, Law, Office, Version, check, law_now, newest,
        office_numbered, set_calendar, versions,
    },
    clock::{
        ClockEvent, ClockEventKind, ClockOutcome, EventDetails, History, Level, Why, legal_dates,
        legal_levels, legal_term, outcome, promise_levels,
    },
    clocks::{ClockId, ClockRow, NewClock},
    closures::{Closure, ClosureProblem, Closures},
    due::{Due, Pause, ServiceRule, Step},
    explain::{CaseClock, EventRow, of_case, one},
    feed::{Feed, FeedId, FeedScope, feed, feeds, open_feed, revoke_feed},
    holidays::{Holiday, easter},
    legal::{
        ADJOURNMENT_MAX, LegalCalendar, LegalCalendarProblem, LegalDates, LegalProblem, LegalTerm,
        Rest,
    },
    older::OpenOlderTerms,
    proposals::{Decision, Proposal, ProposalId, decide, proposals, propose},
    recount::{Moved, RecountClocks, check_at_night, preview, preview_law},
    rule::{Applies, Audience, ClockKind, Facts, PauseReason, RuleTerms, attempted},
    rules::{
        Current, RuleVersion, RuleVersionId, choose, current, general_on, in_force, is_overtaken,
        rules, set_rule,
    },
    simulation::{LegalOutcome, Question, Simulation, simulate},
};
pub(crate) use self::{
    clocks::{acknowledged, begin, close, dealt_with_now, prepare, wants_answer, within_term},
    contact::contact,
    legal_turns::{law_begins, law_ends},
    merging::{count_since, merged, parted, preview_since},
    turns::{local_days, rechoose, reopened},
};
