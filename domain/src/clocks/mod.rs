//! The clocks of cases: what was promised and what the law demands, whether it was kept, and who is warned.
//!
//! When a clock falls due is a pure function of its events, the promise and the calendar ([`crate::deadlines`]). A clock is a row with
//! append-only events; its result compares the instant it stopped with the instant it was due, never with now.

mod alerts;
mod calendar_store;
mod case_clocks;
mod clock;
mod clock_actions;
mod clock_store;
mod contact;
mod due_dates;
mod entity;
mod feed;
mod legal_clocks;
mod legal_proposals;
mod merging;
mod reassess;
mod recount;
mod rule_store;
mod service_rule;
#[cfg(test)]
mod tests;

pub use self::{
    alerts::{Notice, TellAlerts, notice, notices},
    calendar_store::{
        CalendarKind, CalendarVersionId, Law, Office, Version, law_now, newest, office_numbered,
        set_calendar, versions,
    },
    case_clocks::{CaseClock, EventRow, of_case, one},
    clock::{
        ClockEvent, ClockEventKind, ClockOutcome, EventDetails, History, legal_dates, legal_term,
        outcome,
    },
    clock_actions::{Adjournment, Agreement, adjourn, advise, agree, done, pause, resume},
    clock_store::{ClockId, ClockRow, NewClock},
    feed::{Feed, FeedId, FeedScope, feed, feeds, open_feed, revoke_feed},
    legal_proposals::{Decision, Proposal, ProposalId, decide, proposals, propose},
    recount::{Moved, RecountClocks, check_at_night, preview, preview_law},
    rule_store::{
        Current, RuleVersion, RuleVersionId, choose, current, general_on, in_force, is_overtaken,
        rules, set_rule,
    },
    service_rule::{Applies, Audience, ClockKind, Facts, PauseReason, RuleTerms, attempted},
};
pub(crate) use self::{
    clock_store::{acknowledged, begin, close, dealt_with_now, prepare, wants_answer, within_term},
    contact::contact,
    legal_clocks::{law_begins, law_ends},
    merging::{count_since, merged, parted, preview_since},
    reassess::{local_days, rechoose, reopened},
};
