//! What people do to a clock: pause it for a reason, take more time as the law allows, or say that it was done.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use serde_json::json;
use tenants::{Role, TenantTx, staff::StaffMember};

use super::{
    calendar_store,
    clock::{ClockEventKind, ClockOutcome, EventDetails, History},
    clock_store::{self, Change, ClockId, ClockRow},
    contact::would_undo,
    due_dates::history,
    input::{AdjournRequest, AgreeRequest, FinishRequest, PauseRequest, read_legal_ending},
    legal_clocks::end_legal_terms,
    rule_store,
    service_rule::ClockKind,
    stopping,
};
use crate::{
    Code, Error, FieldErrors,
    cases::{self, Case, CaseStatus, EventKind},
    deadlines::{ADJOURNMENT_MAX, AGREED_MAX},
    text,
};

/// Longest pause.
const PAUSE_MAX: TimeDelta = TimeDelta::days(90);
/// Longest note, in characters.
pub(super) const NOTE_MAX: usize = 500;

/// A clock that the actor may touch: of an open case that is the actor's own, or any open case for a lead. A term of the law goes on in a case
/// that was closed without what ends it, and for a case that was merged whoever works on the other one sees to it.
async fn load_for_action(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
) -> Result<(ClockRow, Case, History), Error> {
    let clock = clock_store::get(tx, id).await?;
    let case = cases::seen(tx, cases::Viewer::of(actor), clock.case_id).await?;
    let handler = if clock.kind.is_lasting() {
        match cases::merged_into(tx, case.id).await? {
            Some((_, target)) => target.assignee_id,
            None => case.assignee_id,
        }
    } else {
        if case.status == CaseStatus::Closed {
            return Err(Error::refused(Code::CaseClosed));
        }
        cases::refuse_merged(tx, &case).await?;
        case.assignee_id
    };
    if handler != Some(actor.id) && !actor.roles.contains(&Role::Lead) {
        let name = match handler {
            Some(id) => tenants::staff::get(tx, id).await?.map(|member| member.name),
            None => None,
        };
        return Err(Error::refused_because(
            Code::CaseNotYours,
            "name",
            name.unwrap_or_default(),
        ));
    }
    if clock.stopped_at.is_some() {
        return Err(Error::refused(Code::ClockStopped));
    }
    let history = history(tx, &clock).await?;
    Ok((clock, case, history))
}

fn check_note(typed: &str, errors: &mut FieldErrors) -> Option<String> {
    let cleaned = text::clean_text(typed);
    if cleaned.chars().count() > NOTE_MAX {
        errors.add_with("note", "too_long", "max", NOTE_MAX);
    }
    if typed.contains('\0') {
        errors.add("note", "unreadable");
    }
    (!cleaned.is_empty()).then_some(cleaned)
}

/// Pauses a clock until a moment that is set beforehand, so that no pause lasts because somebody forgot it.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::ClockOfLaw`], because nothing suspends the terms of Awb chapter 9, an informal talk least of all;
/// [`Code::ClockStopped`], [`Code::CaseNotYours`], [`Code::CaseClosed`], [`Error::NotFound`].
pub async fn pause(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
    request: &PauseRequest,
    zone: Tz,
) -> Result<(), Error> {
    let (clock, _, _) = load_for_action(tx, id, actor).await?;
    if clock.kind.is_legal() {
        return Err(Error::refused(Code::ClockOfLaw));
    }
    if clock.kind == ClockKind::Agreement {
        return Err(Error::refused(Code::ClockStopsItself));
    }
    let mut errors = FieldErrors::default();
    let rules = rule_store::rules(tx).await?;
    let rule = rule_store::by_id(&rules, clock.rule_version_id);
    let reason = text::read_choice(&mut errors, "reason", &request.reason);
    if reason
        .is_some_and(|reason| rule.is_none_or(|rule| !rule.terms.pause_reasons.contains(&reason)))
    {
        errors.add("reason", "not_an_option");
    }
    let until = text::required_instant(&mut errors, "until", &request.until, zone);
    if until.is_some_and(|until| until <= tx.now()) {
        errors.add("until", "in_past");
    } else if until.is_some_and(|until| until > tx.now() + PAUSE_MAX) {
        errors.add_with("until", "too_far", "max", PAUSE_MAX.num_days());
    }
    let note = check_note(&request.note, &mut errors);
    errors.into_result()?;
    let details = EventDetails {
        until,
        pause: reason,
        ..EventDetails::default()
    };
    let change = Change {
        details,
        note,
        ..Change::now(tx, ClockEventKind::Pause, actor.id)
    };
    clock_store::change(tx, &clock, change).await
}

/// Resumes a clock. One that runs already goes on as it did.
pub async fn resume(tx: &TenantTx, id: ClockId, actor: &StaffMember) -> Result<(), Error> {
    let (clock, _, history) = load_for_action(tx, id, actor).await?;
    if history.pause_at(tx.now()).is_none() {
        return Ok(());
    }
    let change = Change::now(tx, ClockEventKind::Resume, actor.id);
    clock_store::change(tx, &clock, change).await
}

/// The local day of receipt and today: between them lies what happened to a complaint.
async fn days_until_now(tx: &TenantTx, case: &Case) -> Result<RangeInclusive<NaiveDate>, Error> {
    let calendar = calendar_store::current_office(tx).await?.calendar;
    Ok(calendar.local_day(case.received_at)..=calendar.local_day(tx.now()))
}

/// A day on which something happened: not before the complaint came in, not in the future.
fn read_past_day(
    errors: &mut FieldErrors,
    (field, typed): (&str, &str),
    days: &RangeInclusive<NaiveDate>,
) -> Option<NaiveDate> {
    let day = text::required_day(errors, field, typed)?;
    if day > *days.end() {
        errors.add(field, "in_future");
    } else if day < *days.start() {
        errors.add(field, "before_receipt");
    }
    Some(day)
}

/// Takes more time, once; the resident was told in writing before the term ended, and so was the person whom the complaint is about, when there
/// is one. What was sent in time may be written down later, with the place of the letter.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::ClockNotAdjournable`] for any other clock than that of dealing with a complaint;
/// [`Code::AlreadyAdjourned`], [`Code::TermOver`]; and as [`pause`].
pub async fn adjourn(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
    request: &AdjournRequest,
) -> Result<(), Error> {
    let (clock, case, history) = load_for_action(tx, id, actor).await?;
    require_complaint_term(&clock)?;
    if history.adjourned > 0 || history.agreed_until.is_some() {
        return Err(Error::refused(Code::AlreadyAdjourned));
    }
    let is_over = clock.due_at.is_some_and(|due| due < tx.now());
    let days = days_until_now(tx, &case).await?;
    let mut errors = FieldErrors::default();
    let weeks = request.weeks.whole::<u32>("weeks", &mut errors);
    if weeks.is_some_and(|weeks| !(1..=ADJOURNMENT_MAX).contains(&weeks)) {
        errors.add_with("weeks", "out_of_range", "max", ADJOURNMENT_MAX);
    }
    let resident = ("residentToldOn", request.resident_told_on.as_str());
    let concerned = ("concernedToldOn", request.concerned_told_on.as_str());
    let resident_told_on = read_past_day(&mut errors, resident, &days);
    // Not every complaint is about a person.
    let concerned_told_on = match text::optional(Some(concerned.1)) {
        Some(_) => read_past_day(&mut errors, concerned, &days),
        None => None,
    };
    let kept_at = text::optional(Some(request.kept_at.as_str()));
    if is_over && kept_at.is_none() && resident_told_on.is_some() {
        errors.add("keptAt", "required");
    } else if kept_at.is_some_and(|kept_at| kept_at.chars().count() > NOTE_MAX) {
        errors.add_with("keptAt", "too_long", "max", NOTE_MAX);
    }
    let told_on = resident_told_on.max(concerned_told_on);
    let was_late = told_on
        .zip(clock.legal_on)
        .is_some_and(|(told, legal)| told > legal);
    if is_over && was_late {
        return Err(Error::refused(Code::TermOver));
    }
    let details = EventDetails {
        weeks,
        resident_told_on,
        concerned_told_on,
        kept_at: kept_at.map(str::to_owned),
        ..EventDetails::default()
    };
    let note = check_note(&request.note, &mut errors);
    errors.into_result()?;
    let change = Change {
        details,
        note,
        ..Change::now(tx, ClockEventKind::Adjourn, actor.id)
    };
    clock_store::change(tx, &clock, change).await
}

fn require_complaint_term(clock: &ClockRow) -> Result<(), Error> {
    if clock.kind == ClockKind::DealtWith {
        Ok(())
    } else {
        Err(Error::refused(Code::ClockNotAdjournable))
    }
}

/// Takes still more time, with the resident's written consent.
pub async fn extend_by_consent(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
    request: &AgreeRequest,
) -> Result<(), Error> {
    let (clock, case, _) = load_for_action(tx, id, actor).await?;
    require_complaint_term(&clock)?;
    let days = days_until_now(tx, &case).await?;
    let mut errors = FieldErrors::default();
    let until = text::required_day(&mut errors, "until", &request.until);
    let today = *days.end();
    let latest = clock.legal_on.map_or(today, |legal| legal.max(today));
    if until.is_some_and(|until| until <= latest) {
        errors.add("until", "not_later");
    } else if until.is_some_and(|until| until > today + AGREED_MAX) {
        errors.add_with("until", "too_far", "max", AGREED_MAX.num_days());
    }
    let agreed_on = read_past_day(&mut errors, ("agreedOn", &request.agreed_on), &days);
    let kept_at = text::clean_line(&request.kept_at);
    let kept_at = kept_at.as_str();
    if kept_at.is_empty() {
        errors.add("keptAt", "required");
    } else if kept_at.chars().count() > NOTE_MAX {
        errors.add_with("keptAt", "too_long", "max", NOTE_MAX);
    }
    let note = check_note(&request.note, &mut errors);
    errors.into_result()?;
    let details = EventDetails {
        agreed_until: until,
        agreed_on,
        kept_at: Some(kept_at.to_owned()),
        ..EventDetails::default()
    };
    let change = Change {
        details,
        note,
        ..Change::now(tx, ClockEventKind::Agree, actor.id)
    };
    clock_store::change(tx, &clock, change).await
}

/// Says that a committee advises about a complaint: ten weeks instead of six (Awb art. 9:11, first paragraph). Saying it twice is fine.
pub async fn refer_to_committee(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
) -> Result<(), Error> {
    let (clock, _, history) = load_for_action(tx, id, actor).await?;
    require_complaint_term(&clock)?;
    if history.advised {
        return Ok(());
    }
    if clock.due_at.is_some_and(|due| due < tx.now()) {
        return Err(Error::refused(Code::TermOver));
    }
    let change = Change::now(tx, ClockEventKind::Advise, actor.id);
    clock_store::change(tx, &clock, change).await
}

/// Says that the municipality means not to deal with a complaint (Awb art. 9:8): from then on somebody is warned of the four weeks in which the
/// resident has to be told. Saying it twice is fine.
///
/// # Errors
/// [`Code::ClockStopsItself`] for another clock; and as [`pause`].
pub async fn mean_to_refuse(tx: &TenantTx, id: ClockId, actor: &StaffMember) -> Result<(), Error> {
    let (clock, _, history) = load_for_action(tx, id, actor).await?;
    if clock.kind != ClockKind::NotDealtWith {
        return Err(Error::refused(Code::ClockStopsItself));
    }
    if history.refusing {
        return Ok(());
    }
    let change = Change::now(tx, ClockEventKind::Refuse, actor.id);
    clock_store::change(tx, &clock, change).await
}

/// Says that what the clock waits for was done: the confirmation was sent, what was agreed with the resident was done (and what that was), the complaint is taken up so that art. 9:8 plays no part, or what
/// ends the terms of the law happened. Other clocks stop by themselves.
///
/// # Errors
/// [`Error::Invalid`] for a moment in the future or before receipt; [`Code::ClockStopsItself`]; and as [`pause`].
pub async fn mark_done(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
    request: &FinishRequest,
) -> Result<(), Error> {
    let (clock, case, _) = load_for_action(tx, id, actor).await?;
    let mut errors = FieldErrors::default();
    let ending = read_legal_ending(&mut errors, &request.law, &request.law_on, &request.kept_at);
    errors.into_result()?;
    if let Some(ending) = ending {
        if !clock.kind.is_legal() {
            return Err(Error::refused(Code::ClockStopsItself));
        }
        end_legal_terms(tx, case.id, actor.id, &ending).await?;
        let details =
            json!({ "event": ClockEventKind::Stop, "clock": clock.kind, "law": ending.how });
        return cases::record_event(tx, case.id, EventKind::Clock, Some(actor.id), details).await;
    }
    let in_time = match clock.kind {
        ClockKind::Acknowledgement | ClockKind::Agreement => ClockOutcome::Kept,
        ClockKind::NotDealtWith => ClockOutcome::Dropped,
        _ => return Err(Error::refused(Code::ClockStopsItself)),
    };
    let at = request.at.unwrap_or(tx.now());
    let mut errors = FieldErrors::default();
    let reason = check_note(&request.reason, &mut errors);
    if reason.is_none() && clock.kind == ClockKind::Agreement {
        errors.add("reason", "required");
    } else if would_undo(&clock, at, tx.now()) && reason.is_none() {
        errors.add("reason", "reason_for_earlier_contact");
    }
    if at > tx.now() {
        errors.add("at", "in_future");
    } else if at < case.received_at {
        errors.add("at", "before_receipt");
    }
    errors.into_result()?;
    let proof = reason.map(|reason| EventDetails {
        kept_at: Some(reason),
        ..EventDetails::default()
    });
    stopping::stop_with(tx, &clock, at, Some(actor.id), in_time, proof.as_ref()).await?;
    if clock.kind == ClockKind::Agreement {
        let details = json!({ "event": ClockEventKind::Stop, "clock": clock.kind, "reason": proof.and_then(|proof| proof.kept_at) });
        cases::record_event(tx, case.id, EventKind::Clock, Some(actor.id), details).await?;
    }
    Ok(())
}
