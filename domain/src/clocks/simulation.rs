//! What a deadline would be, asked with numbers of one's own; what is left out is taken from what holds now. It stores nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Deserialize;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{
    calendar_store,
    rule_store::{self, Current},
    service_rule::RuleTerms,
};
use crate::{
    Error, FieldErrors, Language,
    deadlines::{
        self, ADJOURNMENT_MAX, AGREED_MAX, Block, Calendar, CalendarDefinition, Pause, ServiceRule,
        Simulation,
    },
};

/// Most pauses of one question.
const PAUSES_MAX: usize = 100;
/// Most closing days of one question.
const CLOSURES_MAX: usize = 400;
/// Years around now in which something may have come in; calendars know their holidays for longer.
const YEARS_MAX: i32 = 20;

/// A question about a deadline. What is left out is taken from what holds now.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SimulateRequest {
    /// When it came in.
    pub received_at: DateTime<Utc>,
    /// Number of a version of the calendar.
    pub calendar_version: Option<i64>,
    /// Another calendar.
    #[schema(value_type = Option<Object>)]
    pub calendar: Option<CalendarDefinition>,
    /// Other opening hours on these weekdays, 0 for Monday; no blocks: closed.
    #[serde(skip)]
    pub week: BTreeMap<usize, Vec<Block>>,
    /// Number of a version of a promise.
    pub rule_version: Option<i64>,
    /// Another promise.
    #[schema(value_type = Option<Object>)]
    pub rule: Option<ServiceRule>,
    /// The rest of another promise, for its warnings.
    #[schema(value_type = Option<Object>)]
    pub terms: Option<RuleTerms>,
    /// When the clock was paused: `[{"from": …, "to": …}]`.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pub pauses: Vec<Pause>,
    /// Days on which it is closed as well.
    #[serde(default)]
    pub closures: Vec<NaiveDate>,
    /// Weeks of adjournment of the term for dealing with a complaint, at most four.
    #[serde(default)]
    pub adjourned_weeks: u32,
    /// A later day to which the resident agreed in writing.
    pub agreed_until: Option<NaiveDate>,
}

/// What follows.
pub struct SimulationOutcome {
    /// The promise that was counted with.
    pub rule: ServiceRule,
    /// When it falls due, when somebody is warned, and the terms of the law.
    pub simulation: Simulation,
    /// The calendar that was counted with.
    pub calendar: Calendar,
    /// Weeks of adjournment that were asked with.
    pub adjourned: u32,
    /// When the question was asked.
    pub asked_at: DateTime<Utc>,
}

fn check(question: &SimulateRequest, now: DateTime<Utc>) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let in_our_age = (question.received_at.year() - now.year()).abs() <= YEARS_MAX;
    if !in_our_age {
        errors.add_with("receivedAt", "years_from_now", "max", YEARS_MAX);
    }
    if question.pauses.len() > PAUSES_MAX {
        errors.add_with("pauses", "too_many", "max", PAUSES_MAX);
    }
    let far = question.received_at.max(now + AGREED_MAX);
    for (index, pause) in question.pauses.iter().take(PAUSES_MAX).enumerate() {
        let field = format!("pauses.{index}.to");
        if pause.to <= pause.from {
            errors.add(&field, "ends_before_it_begins");
        } else if pause.to <= question.received_at {
            errors.add(&field, "pause_before_receipt");
        } else if pause.to > far {
            errors.add_with(&field, "too_far", "max", AGREED_MAX.num_days());
        }
    }
    if question.closures.len() > CLOSURES_MAX {
        errors.add_with("closures", "too_many", "max", CLOSURES_MAX);
    }
    if question.adjourned_weeks > ADJOURNMENT_MAX {
        errors.add_with("adjournedWeeks", "too_high", "max", ADJOURNMENT_MAX);
    }
    if question.calendar.is_some() && question.calendar_version.is_some() {
        errors.add("calendarVersion", "one_of_two");
    }
    if question.rule.is_some() && question.rule_version.is_some() {
        errors.add("ruleVersion", "one_of_two");
    }
    if let Some(terms) = &question.terms {
        terms.check(&mut errors);
    }
    // From whichever is later: what came in a while ago may be asked about as if its delay were agreed on today.
    let latest = if in_our_age {
        question.received_at.max(now)
    } else {
        now
    };
    let furthest = latest.date_naive() + AGREED_MAX;
    if question.agreed_until.is_some_and(|day| day > furthest) {
        errors.add_with("agreedUntil", "too_far", "max", AGREED_MAX.num_days());
    }
    errors
}

/// Answers a question with what holds now, where the question brings nothing of its own.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used.
pub async fn simulate_deadline(
    tx: &TenantTx,
    question: SimulateRequest,
    current: &Current,
    language: Language,
) -> Result<SimulationOutcome, Error> {
    let mut errors = check(&question, tx.now());
    let versions = rule_store::rules(tx).await?;
    // What holds for its day of receipt, also when that was only planned; days of another age are refused below.
    let general = errors.is_empty().then(|| {
        let day = current.calendar.local_day(question.received_at);
        rule_store::general_rule_on(&versions, day)
    });
    let general = general.flatten();
    let kept = question.rule_version.and_then(|number| {
        let found = versions.iter().find(|version| version.number == number);
        if found.is_none() {
            errors.add("ruleVersion", "not_an_option");
        }
        found
    });
    let rule = match (question.rule, kept) {
        (Some(rule), _) => rule,
        (None, Some(kept)) => kept.rule.clone(),
        (None, None) => general.map_or_else(|| current.rule.clone(), |found| found.rule.clone()),
    };
    let terms = match (question.terms, kept) {
        (Some(terms), _) => terms,
        (None, Some(kept)) => kept.terms.clone(),
        (None, None) => general.map_or_else(|| current.terms.clone(), |found| found.terms.clone()),
    };
    if !rule.is_allowed() {
        errors.add("rule", "promise_out_of_range");
    }
    let mut definition = match (question.calendar, question.calendar_version) {
        (Some(definition), _) => definition,
        (None, None) => (*current.definition).clone(),
        (None, Some(number)) => match calendar_store::office_by_number(tx, number).await {
            Ok(office) => (*office.definition).clone(),
            Err(Error::NotFound) => {
                errors.add("calendarVersion", "not_an_option");
                (*current.definition).clone()
            }
            Err(error) => return Err(error),
        },
    };
    errors.into_result()?;
    for (weekday, blocks) in question.week {
        if let Some(hours) = definition.week.get_mut(weekday) {
            *hours = blocks;
        }
    }
    let reason = language.text("simulator-closure");
    let closures: BTreeMap<NaiveDate, String> = question
        .closures
        .into_iter()
        .map(|day| (day, reason.clone()))
        .collect();
    definition = definition.with_closures(closures);
    let today = tx.now().with_timezone(&definition.zone).date_naive();
    let calendar = definition.check(today)?;
    let law = calendar_store::current_legal_calendar(tx).await?.calendar;
    let asked = deadlines::Question {
        received: question.received_at,
        rule,
        warnings: terms.warnings(),
        pauses: question.pauses,
        adjourned: question.adjourned_weeks,
        agreed_until: question.agreed_until,
    };
    let legal = asked.legal_before_agreement(&calendar, &law);
    let received = calendar.local_day(asked.received);
    if let Some(until) = asked.agreed_until
        && (until <= received || legal.is_some_and(|legal| until <= legal))
    {
        return Err(Error::invalid("agreedUntil", "not_later"));
    }
    let simulation = deadlines::simulate(&asked, &calendar, &law)
        .ok_or_else(|| Error::invalid("calendar", "never_open"))?;
    Ok(SimulationOutcome {
        rule: asked.rule,
        simulation,
        calendar,
        adjourned: asked.adjourned,
        asked_at: tx.now(),
    })
}
