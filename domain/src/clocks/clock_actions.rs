//! What people do to a clock: let it stand still for a reason, take more time as the law allows, or say that it was done.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use tenants::{Role, TenantTx, staff::StaffMember};

use super::{
    calendar_store,
    clock::{ClockEventKind, ClockOutcome, EventDetails, History},
    clock_store::{self, ClockId, ClockRow},
    due_dates::histories,
    rule_store,
    service_rule::{ClockKind, PauseReason},
};
use crate::{
    Code, Error, FieldErrors,
    cases::{self, Case, CaseStatus},
    deadlines::{ADJOURNMENT_MAX, AGREED_MAX},
};

/// Longest time a clock may stand still at once.
const PAUSE_MAX: TimeDelta = TimeDelta::days(90);
/// Longest note, in characters.
const NOTE_MAX: usize = 500;

/// A clock that the actor may touch: of an open case that is the actor's own, or any open case for a lead.
async fn own(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
) -> Result<(ClockRow, Case, History), Error> {
    let clock = clock_store::get(tx, id).await?;
    let case = cases::get(tx, clock.case_id).await?;
    if case.status == CaseStatus::Closed {
        return Err(Error::refused(Code::CaseClosed));
    }
    cases::refuse_merged(tx, &case).await?;
    if case.assignee_id != Some(actor.id) && !actor.roles.contains(&Role::Lead) {
        let name = match case.assignee_id {
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
    let history = histories(tx, std::slice::from_ref(&clock))
        .await?
        .remove(&id)
        .unwrap_or_default();
    Ok((clock, case, history))
}

fn note(text: &str, errors: &mut FieldErrors) -> Option<String> {
    let text = text.trim();
    if text.chars().count() > NOTE_MAX {
        errors.add_with("note", "too_long", "max", NOTE_MAX);
    }
    if text.contains('\0') {
        errors.add("note", "unreadable");
    }
    (!text.is_empty()).then(|| text.to_owned())
}

/// Lets a clock stand still until a moment that is said beforehand: nothing stands still for ever because somebody forgot it.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::ClockOfLaw`], because nothing suspends the terms of Awb chapter 9, an informal talk least of all;
/// [`Code::ClockStopped`], [`Code::CaseNotYours`], [`Code::CaseClosed`], [`Error::NotFound`].
pub async fn pause(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
    reason: PauseReason,
    until: DateTime<Utc>,
    words: &str,
) -> Result<(), Error> {
    let (clock, _, _) = own(tx, id, actor).await?;
    if clock.kind.is_legal() {
        return Err(Error::refused(Code::ClockOfLaw));
    }
    let mut errors = FieldErrors::default();
    let rules = rule_store::rules_by_id(tx).await?;
    let allowed = clock
        .rule_version_id
        .and_then(|rule| rules.get(&rule))
        .is_some_and(|rule| rule.terms.pause_reasons.contains(&reason));
    if !allowed {
        errors.add("reason", "not_an_option");
    }
    if until <= tx.now() {
        errors.add("until", "in_past");
    } else if until > tx.now() + PAUSE_MAX {
        errors.add_with("until", "too_far", "max", PAUSE_MAX.num_days());
    }
    let words = note(words, &mut errors);
    errors.into_result()?;
    let details = EventDetails {
        until: Some(until),
        pause: Some(reason),
        ..EventDetails::default()
    };
    let who = (Some(actor.id), tx.now());
    clock_store::change(tx, &clock, ClockEventKind::Pause, who, (details, words)).await
}

/// Lets a clock go on. One that runs already goes on as it did.
pub async fn resume(tx: &TenantTx, id: ClockId, actor: &StaffMember) -> Result<(), Error> {
    let (clock, _, history) = own(tx, id, actor).await?;
    if history.pause_at(tx.now()).is_none() {
        return Ok(());
    }
    let said = (EventDetails::default(), None);
    let who = (Some(actor.id), tx.now());
    clock_store::change(tx, &clock, ClockEventKind::Resume, who, said).await
}

/// More time for dealing with a complaint (Awb art. 9:11, second paragraph).
#[derive(Clone, Debug)]
pub struct Adjournment {
    /// Weeks, 1 to 4.
    pub weeks: u32,
    /// When the resident was told in writing.
    pub resident_told_on: NaiveDate,
    /// When the person whom the complaint is about was told in writing.
    pub concerned_told_on: NaiveDate,
    /// Why.
    pub note: String,
}

/// A day on which something happened: not before the complaint came in, not in the future.
fn happened(
    field: &str,
    day: NaiveDate,
    first: NaiveDate,
    today: NaiveDate,
    errors: &mut FieldErrors,
) {
    if day > today {
        errors.add(field, "in_future");
    } else if day < first {
        errors.add(field, "before_receipt");
    }
}

/// Takes more time, once, while the term runs; both parties were told in writing.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::ClockNotAdjournable`] for any other clock than that of dealing with a complaint;
/// [`Code::AlreadyAdjourned`], [`Code::TermOver`]; and as [`pause`].
pub async fn adjourn(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
    adjournment: Adjournment,
) -> Result<(), Error> {
    let (clock, case, history) = own(tx, id, actor).await?;
    demand_dealt_with(&clock)?;
    if history.adjourned > 0 || history.agreed_until.is_some() {
        return Err(Error::refused(Code::AlreadyAdjourned));
    }
    if clock.due_at.is_some_and(|due| due < tx.now()) {
        return Err(Error::refused(Code::TermOver));
    }
    let calendar = calendar_store::newest(tx).await?.calendar;
    let (first, today) = (
        calendar.local_day(case.received_at),
        calendar.local_day(tx.now()),
    );
    let mut errors = FieldErrors::default();
    if !(1..=ADJOURNMENT_MAX).contains(&adjournment.weeks) {
        errors.add_with("weeks", "out_of_range", "max", ADJOURNMENT_MAX);
    }
    for (field, day) in [
        ("residentToldOn", adjournment.resident_told_on),
        ("concernedToldOn", adjournment.concerned_told_on),
    ] {
        happened(field, day, first, today, &mut errors);
    }
    let words = note(&adjournment.note, &mut errors);
    errors.into_result()?;
    let details = EventDetails {
        weeks: Some(adjournment.weeks),
        resident_told_on: Some(adjournment.resident_told_on),
        concerned_told_on: Some(adjournment.concerned_told_on),
        ..EventDetails::default()
    };
    let who = (Some(actor.id), tx.now());
    clock_store::change(tx, &clock, ClockEventKind::Adjourn, who, (details, words)).await
}

fn demand_dealt_with(clock: &ClockRow) -> Result<(), Error> {
    if clock.kind == ClockKind::DealtWith {
        Ok(())
    } else {
        Err(Error::refused(Code::ClockNotAdjournable))
    }
}

/// What the resident agreed to in writing (Awb art. 9:11, third paragraph).
#[derive(Clone, Debug)]
pub struct Agreement {
    /// The later day.
    pub until: NaiveDate,
    /// When the resident agreed.
    pub agreed_on: NaiveDate,
    /// Where the agreement is kept, so that it can be shown.
    pub kept_at: String,
    /// What else there is to say.
    pub note: String,
}

/// Takes still more time, with the resident's written consent.
pub async fn agree(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
    agreement: Agreement,
) -> Result<(), Error> {
    let (clock, case, _) = own(tx, id, actor).await?;
    demand_dealt_with(&clock)?;
    let calendar = calendar_store::newest(tx).await?.calendar;
    let (first, today) = (
        calendar.local_day(case.received_at),
        calendar.local_day(tx.now()),
    );
    let mut errors = FieldErrors::default();
    if agreement.until <= today || clock.legal_on.is_some_and(|legal| agreement.until <= legal) {
        errors.add("until", "not_later");
    } else if agreement.until > today + AGREED_MAX {
        errors.add_with("until", "too_far", "max", AGREED_MAX.num_days());
    }
    happened("agreedOn", agreement.agreed_on, first, today, &mut errors);
    let kept_at = agreement.kept_at.trim();
    if kept_at.is_empty() {
        errors.add("keptAt", "required");
    } else if kept_at.chars().count() > NOTE_MAX {
        errors.add_with("keptAt", "too_long", "max", NOTE_MAX);
    }
    let words = note(&agreement.note, &mut errors);
    errors.into_result()?;
    let details = EventDetails {
        agreed_until: Some(agreement.until),
        agreed_on: Some(agreement.agreed_on),
        kept_at: Some(kept_at.to_owned()),
        ..EventDetails::default()
    };
    let who = (Some(actor.id), tx.now());
    clock_store::change(tx, &clock, ClockEventKind::Agree, who, (details, words)).await
}

/// Says that a committee advises about a complaint: ten weeks instead of six (Awb art. 9:11, first paragraph). Saying it twice is fine.
pub async fn advise(tx: &TenantTx, id: ClockId, actor: &StaffMember) -> Result<(), Error> {
    let (clock, _, history) = own(tx, id, actor).await?;
    demand_dealt_with(&clock)?;
    if history.advised {
        return Ok(());
    }
    if clock.due_at.is_some_and(|due| due < tx.now()) {
        return Err(Error::refused(Code::TermOver));
    }
    let said = (EventDetails::default(), None);
    let who = (Some(actor.id), tx.now());
    clock_store::change(tx, &clock, ClockEventKind::Advise, who, said).await
}

/// Says that what the clock waits for was done: the confirmation was sent, or the complaint is taken up so that art. 9:8 plays no part.
/// Other clocks stop by themselves.
///
/// # Errors
/// [`Error::Invalid`] for a moment in the future or before receipt; [`Code::ClockStopsItself`]; and as [`pause`].
pub async fn done(
    tx: &TenantTx,
    id: ClockId,
    actor: &StaffMember,
    at: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    let (clock, case, _) = own(tx, id, actor).await?;
    let in_time = match clock.kind {
        ClockKind::Acknowledgement => ClockOutcome::Kept,
        ClockKind::NotDealtWith => ClockOutcome::Dropped,
        _ => return Err(Error::refused(Code::ClockStopsItself)),
    };
    let at = at.unwrap_or(tx.now());
    let mut errors = FieldErrors::default();
    if at > tx.now() {
        errors.add("at", "in_future");
    } else if at < case.received_at {
        errors.add("at", "before_receipt");
    }
    errors.into_result()?;
    clock_store::stop(tx, &clock, at, Some(actor.id), in_time).await
}
