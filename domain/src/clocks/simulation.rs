//! What a deadline would be, asked with numbers of one's own; what is left out is taken from what holds now. It stores nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{
    calendar_store,
    rule_input::{TargetRequest, TermsRequest},
    rule_store::{self, Current},
};
use crate::{
    Error, FieldErrors, Language,
    deadlines::{
        self, ADJOURNMENT_MAX, AGREED_MAX, Block, Calendar, CalendarDefinition, Pause, Simulation,
        read_blocks,
    },
    input::Number,
    text,
};

/// Most pauses of one question.
const PAUSES_MAX: usize = 100;
/// Most closing days of one question.
const CLOSURES_MAX: usize = 400;
/// Years around now in which something may have come in; calendars know their holidays for longer.
const YEARS_MAX: i32 = 20;

/// A question about a deadline, as a form or a program sends it. What is left out is taken from what holds now.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SimulateRequest {
    /// When it came in.
    #[schema(value_type = DateTime<Utc>, required = true)]
    #[serde(default)]
    pub received_at: String,
    /// Number of a version of the calendar.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub calendar_version: Number,
    /// Another calendar.
    #[schema(value_type = Option<Object>)]
    #[serde(default)]
    pub calendar: Option<CalendarDefinition>,
    /// Other opening hours on some weekdays, 0 for Monday, as people write them: `{"0": "08:30-12:00", "4": "dicht"}`.
    #[serde(default)]
    pub week: BTreeMap<String, String>,
    /// Number of a version of a promise.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub rule_version: Number,
    /// Another promise.
    #[serde(default)]
    pub rule: Option<TargetRequest>,
    /// The rest of another promise, for its warnings.
    #[serde(default)]
    pub terms: Option<TermsRequest>,
    /// When the clock was paused.
    #[serde(default)]
    pub pauses: Vec<PauseSent>,
    /// Days on which it is closed as well.
    #[schema(value_type = Vec<NaiveDate>)]
    #[serde(default)]
    pub closures: Vec<String>,
    /// Weeks of adjournment of the term for dealing with a complaint, at most four.
    #[schema(value_type = Option<u32>)]
    #[serde(default)]
    pub adjourned_weeks: Number,
    /// A later day to which the resident agreed in writing.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub agreed_until: Option<String>,
}

/// From when until when a clock was paused.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PauseSent {
    /// From this instant.
    #[schema(value_type = DateTime<Utc>, required = true)]
    #[serde(default)]
    pub from: String,
    /// Until this instant.
    #[schema(value_type = DateTime<Utc>, required = true)]
    #[serde(default)]
    pub to: String,
}

impl PauseSent {
    fn is_blank(&self) -> bool {
        self.from.trim().is_empty() && self.to.trim().is_empty()
    }
}

/// What follows.
pub struct SimulationOutcome {
    /// What was counted with.
    pub question: deadlines::Question,
    /// When it falls due, when somebody is warned, and the terms of the law.
    pub simulation: Simulation,
    /// The calendar that was counted with.
    pub calendar: Calendar,
    /// When the question was asked.
    pub asked_at: DateTime<Utc>,
}

/// When it came in: within the years in which an answer means something.
fn read_received(
    request: &SimulateRequest,
    zone: Tz,
    now: DateTime<Utc>,
    errors: &mut FieldErrors,
) -> Option<DateTime<Utc>> {
    let received = text::required_instant(errors, "receivedAt", &request.received_at, zone)?;
    if (received.year() - now.year()).abs() > YEARS_MAX {
        errors.add_with("receivedAt", "years_from_now", "max", YEARS_MAX);
        return None;
    }
    Some(received)
}

fn read_pauses(
    request: &SimulateRequest,
    zone: Tz,
    (received, latest): (Option<DateTime<Utc>>, DateTime<Utc>),
    errors: &mut FieldErrors,
) -> Vec<Pause> {
    if request.pauses.len() > PAUSES_MAX {
        errors.add_with("pauses", "too_many", "max", PAUSES_MAX);
    }
    let mut pauses = Vec::new();
    for (index, pause) in request.pauses.iter().take(PAUSES_MAX).enumerate() {
        if pause.is_blank() {
            continue;
        }
        let field = format!("pauses.{index}.to");
        let begins = format!("pauses.{index}.from");
        let from = text::required_instant(errors, &begins, &pause.from, zone);
        let to = text::required_instant(errors, &field, &pause.to, zone);
        let (Some(from), Some(to)) = (from, to) else {
            continue;
        };
        if to <= from {
            errors.add(&field, "ends_before_it_begins");
        } else if received.is_some_and(|received| to <= received) {
            errors.add(&field, "pause_before_receipt");
        } else if to > latest + AGREED_MAX {
            errors.add_with(&field, "too_far", "max", AGREED_MAX.num_days());
        }
        pauses.push(Pause { from, to });
    }
    pauses
}

fn read_closures(request: &SimulateRequest, errors: &mut FieldErrors) -> Vec<NaiveDate> {
    let typed = request
        .closures
        .iter()
        .flat_map(|day| day.split([',', ';']));
    let days: Vec<NaiveDate> = typed
        .filter_map(|day| text::read_day(errors, "closures", Some(day)))
        .collect();
    if days.len() > CLOSURES_MAX {
        errors.add_with("closures", "too_many", "max", CLOSURES_MAX);
    }
    days
}

/// Other opening hours by weekday; what is left open stays as it is.
fn read_week(request: &SimulateRequest, errors: &mut FieldErrors) -> Vec<(usize, Vec<Block>)> {
    let mut week = Vec::new();
    for (weekday, typed) in &request.week {
        let field = format!("week.{weekday}");
        let Some(weekday) = weekday.parse().ok().filter(|day| *day < 7) else {
            errors.add(&field, "not_an_option");
            continue;
        };
        let blocks = match typed.trim() {
            "" => continue,
            "dicht" | "Dicht" | "gesloten" | "closed" | "Closed" | "-" => Some(Vec::new()),
            typed => read_blocks(typed, &field, errors),
        };
        week.extend(blocks.map(|blocks| (weekday, blocks)));
    }
    week
}

/// The calendar of the question, the version it names, or what holds now.
async fn base_calendar(
    tx: &TenantTx,
    asked: (Option<CalendarDefinition>, Option<i64>),
    current: &Current,
    errors: &mut FieldErrors,
) -> Result<CalendarDefinition, Error> {
    let number = match asked {
        (Some(definition), _) => return Ok(definition),
        (None, None) => return Ok((*current.definition).clone()),
        (None, Some(number)) => number,
    };
    match calendar_store::office_by_number(tx, number).await {
        Ok(office) => Ok((*office.definition).clone()),
        Err(Error::NotFound) => {
            errors.add("calendarVersion", "not_an_option");
            Ok((*current.definition).clone())
        }
        Err(error) => Err(error),
    }
}

/// Answers a question with what holds now, where the question brings nothing of its own.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used.
pub async fn simulate_deadline(
    tx: &TenantTx,
    request: SimulateRequest,
    current: &Current,
    language: Language,
) -> Result<SimulationOutcome, Error> {
    let mut errors = FieldErrors::default();
    let (now, zone) = (tx.now(), current.calendar.zone());
    let known = read_received(&request, zone, now, &mut errors);
    let received = known.unwrap_or(now);
    // From whichever is later: what came in a while ago may be asked about as if its delay were agreed on today.
    let latest = received.max(now);
    let pauses = read_pauses(&request, zone, (known, latest), &mut errors);
    let closures = read_closures(&request, &mut errors);
    let week = read_week(&request, &mut errors);
    let adjourned = request
        .adjourned_weeks
        .optional("adjournedWeeks", &mut errors)
        .unwrap_or_default();
    if adjourned > ADJOURNMENT_MAX {
        errors.add_with("adjournedWeeks", "too_high", "max", ADJOURNMENT_MAX);
    }
    let agreed_until = text::read_day(&mut errors, "agreedUntil", request.agreed_until.as_deref());
    if agreed_until.is_some_and(|day| day > latest.date_naive() + AGREED_MAX) {
        errors.add_with("agreedUntil", "too_far", "max", AGREED_MAX.num_days());
    }
    let rule = request.rule.filter(|rule| !rule.is_blank());
    let terms = request.terms.filter(|terms| !terms.is_blank());
    let calendar_version: Option<i64> = request
        .calendar_version
        .optional("calendarVersion", &mut errors);
    let rule_version: Option<i64> = request.rule_version.optional("ruleVersion", &mut errors);
    if request.calendar.is_some() && calendar_version.is_some() {
        errors.add("calendarVersion", "one_of_two");
    }
    if rule.is_some() && rule_version.is_some() {
        errors.add("ruleVersion", "one_of_two");
    }
    let own_rule = rule.and_then(|rule| rule.parse(&mut errors));
    let own_terms = terms.map(|terms| terms.parse(&mut errors));
    let versions = rule_store::rules(tx).await?;
    let kept = rule_version.and_then(|number| {
        let found = versions.iter().find(|version| version.number == number);
        if found.is_none() {
            errors.add("ruleVersion", "not_an_option");
        }
        found
    });
    // What holds for its day of receipt, also when that was only planned.
    let day = current.calendar.local_day(received);
    let (rule, terms) = kept
        .or_else(|| rule_store::general_rule_on(&versions, day))
        .map_or((&current.rule, &current.terms), |version| {
            (&version.rule, &version.terms)
        });
    let place = if request.calendar.is_some() {
        "calendar"
    } else {
        "calendarVersion"
    };
    let own_calendar = (request.calendar, calendar_version);
    let mut definition = base_calendar(tx, own_calendar, current, &mut errors).await?;
    errors.into_result()?;
    for (weekday, blocks) in week {
        if let Some(hours) = definition.week.get_mut(weekday) {
            *hours = blocks;
        }
    }
    let reason = language.text("simulator-closure");
    let closures = closures.into_iter().map(|day| (day, reason.clone()));
    definition = definition.with_closures(closures.collect());
    let today = now.with_timezone(&definition.zone).date_naive();
    let calendar = definition.check(today, place)?;
    let law = calendar_store::current_legal_calendar(tx).await?.calendar;
    let asked = deadlines::Question {
        received,
        rule: own_rule.unwrap_or_else(|| rule.clone()),
        warnings: own_terms.as_ref().unwrap_or(terms).warnings(),
        pauses,
        adjourned,
        agreed_until,
    };
    let legal = asked.legal_before_agreement(&calendar, &law);
    let received = calendar.local_day(received);
    if let Some(until) = asked.agreed_until
        && (until <= received || legal.is_some_and(|legal| until <= legal))
    {
        return Err(Error::invalid("agreedUntil", "not_later"));
    }
    let simulation = deadlines::simulate(&asked, &calendar, &law)
        .ok_or_else(|| Error::invalid(place, "never_open"))?;
    Ok(SimulationOutcome {
        question: asked,
        simulation,
        calendar,
        asked_at: now,
    })
}
