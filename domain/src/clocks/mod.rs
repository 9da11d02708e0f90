//! The clocks of cases: what was promised and what the law demands, whether it was kept, and who is warned.
//!
//! When a clock falls due is a pure function of its events, the promise and the calendar ([`crate::deadlines`]). A clock is a row with
//! append-only events; its result compares the instant it stopped with the instant it was due, never with now.

mod agreements;
mod alerts;
mod answered;
mod calendar_store;
mod case_clocks;
mod clock;
mod clock_actions;
mod clock_store;
mod complaint_results;
mod contact;
mod desk_lists;
mod due_dates;
mod entity;
mod feed;
mod input;
mod legal_clocks;
mod legal_proposals;
mod merging;
mod moved_promises;
mod reassess;
mod record;
mod recount;
mod rule_input;
mod rule_store;
mod service_rule;
mod simulation;
mod stopping;
#[cfg(test)]
mod tests;
mod views;
pub mod words;

pub(crate) use self::recount::is_check_hour;
pub use self::{
    agreements::{AgreementRequest, NewAgreement, agree},
    alerts::{Notice, Reached, SendAlerts, alerts_for, any_reached, detect_alerts},
    calendar_store::{
        CalendarKind, CalendarVersion, CalendarVersionId, LegalCalendarVersion, OfficeCalendar,
        current_legal_calendar, current_office, office_by_number, set_calendar,
        store_legal_calendar, versions,
    },
    case_clocks::{CaseClock, EventRow, get_explained, of_case},
    clock::{
        ClockEvent, ClockEventKind, ClockOutcome, EventDetails, History, LegalEnd, legal_dates,
        legal_term, outcome,
    },
    clock_actions::{
        adjourn, extend_by_consent, mark_done, mean_to_refuse, pause, refer_to_committee, resume,
    },
    clock_store::{ClockId, ClockRow, NewClock},
    feed::{Feed, FeedId, FeedScope, create_feed, feeds, render_feed, revoke_feed},
    input::{
        AdjournRequest, AgreeRequest, CalendarRequest, DayRequest, FeedRequest, FinishRequest,
        PauseRequest, PreviewRequest, ProposalRequest, WeekRequest,
    },
    legal_clocks::LegalEnding,
    legal_proposals::{Decision, Proposal, ProposalId, decide, proposal_by_id, proposals, propose},
    record::ClockState,
    recount::{
        Moved, Moves, RecountClocks, preview_calendar, preview_legal_calendar,
        schedule_nightly_check,
    },
    rule_input::{NewRule, RuleRequest, TargetRequest, TermsRequest},
    rule_store::{
        Current, RuleVersion, RuleVersionId, choose_rule, current, general_rule_on, in_force,
        is_superseded, rules, set_rule,
    },
    service_rule::{Applies, Audience, ClockKind, Facts, PauseReason, RuleTerms, attempted},
    simulation::{PauseSent, SimulateRequest, SimulationOutcome, simulate_deadline},
    views::{
        ClockDetail, DeadlineStep, DeadlineWarning, LegalDeadline, RuleDetail, SimulationDetail,
        StepKind, all_rules, rule_details,
    },
};
pub(crate) use self::{
    agreements::{has_agreement, has_open_agreement},
    alerts::warned_since,
    answered::answered,
    calendar_store::any_calendar_set,
    case_clocks::erase_words,
    clock_store::{cases_in_procedure, cases_within_term, plan, start, wants_answer},
    complaint_results::{
        ComplaintResult, ComplaintState, acknowledged_on, complaint_results, complaint_state,
    },
    contact::{apply_contact, first_promised, tried_enough, tries_made, undoes_lateness},
    desk_lists::{cases_standing_still, cases_warned, law_due},
    input::read_legal_ending,
    legal_clocks::{complaint_term, end_legal_terms, start_legal_clocks, stop_legal_clocks},
    merging::{preview_restart, restart_from, restore_unmerged, stop_merged},
    moved_promises::TellMoved,
    reassess::{local_days, reassess_promises, restart_after_reopening},
    record::{of_row, record_part},
    rule_store::any_rule_set,
    stopping::{stop_acknowledgement, stop_for_closing},
};
