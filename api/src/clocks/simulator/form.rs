//! The question that somebody filled in on the page of the simulator, read from what was typed.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use domain::{
    FieldErrors,
    clocks::{RuleTerms, SimulateRequest},
    deadlines::{ADJOURNMENT_MAX, Pause, ServiceRule},
};

use crate::{
    clocks::opening_hours::{self, hours_in_minutes},
    csrf::Fields,
    html::values,
};

/// Most pauses that the page asks for; a program may send more.
pub const PAUSES_SHOWN: usize = 10;

/// Whether something was typed in one of these fields.
pub fn filled(typed: &Fields, fields: &[&str]) -> bool {
    fields
        .iter()
        .any(|field| !typed.text(field).trim().is_empty())
}

/// The rows in which something of a pause was filled in.
pub fn rows_of_pauses(typed: &Fields) -> impl Iterator<Item = usize> {
    (0..PAUSES_SHOWN)
        .filter(|index| filled(typed, &[&format!("stil.{index}"), &format!("tot.{index}")]))
}

fn number(typed: &Fields, field: &str, errors: &mut FieldErrors) -> Option<u32> {
    match typed.text(field).trim() {
        "" => None,
        text => {
            let number = text.parse::<u32>().ok();
            if number.is_none() {
                errors.add(field, "not_a_number");
            }
            number
        }
    }
}

/// When it came in. A time that exists twice means the first; one that a clock change skips is an error.
fn received(typed: &Fields, zone: Tz, errors: &mut FieldErrors) -> Option<DateTime<Utc>> {
    let day = crate::html::values::typed_day(typed.text("dag"));
    if day.is_none() {
        errors.add("dag", "not_a_date");
    }
    let clock = typed.text("tijd").trim().replace('.', ":");
    let time = ["%H:%M", "%H:%M:%S"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(&clock, format).ok());
    if time.is_none() {
        errors.add("tijd", "not_a_clock_time");
    }
    let local = NaiveDateTime::new(day?, time?);
    let received = zone.from_local_datetime(&local).earliest();
    if received.is_none() {
        errors.add("tijd", "time_skipped");
    }
    Some(received?.to_utc())
}

/// A promise of one's own, and its warnings.
fn promise(typed: &Fields, errors: &mut FieldErrors) -> (Option<ServiceRule>, Option<RuleTerms>) {
    let amount = number(typed, "aantal", errors);
    let rule = amount.map(|amount| match typed.text("soort") {
        "businessHours" => ServiceRule::BusinessMinutes {
            minutes: amount.saturating_mul(60),
        },
        _ => ServiceRule::WorkingDays { days: amount },
    });
    if rule.as_ref().is_some_and(|rule| !rule.is_allowed()) {
        errors.add("aantal", "promise_out_of_range");
    }
    let terms = filled(typed, &["voor", "na"]).then(|| RuleTerms {
        warn_before: hours_in_minutes("voor", typed.text("voor"), errors),
        warn_after: hours_in_minutes("na", typed.text("na"), errors),
        ..RuleTerms::default()
    });
    (rule, terms)
}

fn pauses(typed: &Fields, zone: Tz, errors: &mut FieldErrors) -> Vec<Pause> {
    let mut pauses = Vec::new();
    for index in rows_of_pauses(typed) {
        let (from, to) = (format!("stil.{index}"), format!("tot.{index}"));
        let mut moment = |field: &str| {
            let moment = values::typed_moment(typed.text(field), zone);
            if moment.is_none() {
                errors.add(field, "not_a_moment");
            }
            moment
        };
        if let (Some(begin), Some(end)) = (moment(&from), moment(&to)) {
            if end <= begin {
                errors.add(&to, "ends_before_it_begins");
            }
            pauses.push(Pause {
                from: begin,
                to: end,
            });
        }
    }
    pauses
}

fn closures(typed: &Fields, errors: &mut FieldErrors) -> Vec<NaiveDate> {
    typed
        .text("dicht")
        .split([',', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .filter_map(|part| {
            let day = crate::html::values::typed_day(part);
            if day.is_none() {
                errors.add("dicht", "not_a_date");
            }
            day
        })
        .collect()
}

/// What was asked, with everything that could not be read.
///
/// # Errors
/// Every field that is wrong, by its name on the page.
pub fn question(typed: &Fields, zone: Tz) -> Result<SimulateRequest, FieldErrors> {
    let mut errors = FieldErrors::default();
    let received = received(typed, zone, &mut errors);
    let (rule, terms) = promise(typed, &mut errors);
    let mut question = SimulateRequest {
        calendar_version: number(typed, "kalender", &mut errors).map(i64::from),
        rule_version: number(typed, "belofte", &mut errors).map(i64::from),
        rule,
        terms,
        pauses: pauses(typed, zone, &mut errors),
        closures: closures(typed, &mut errors),
        adjourned_weeks: number(typed, "verdaagd", &mut errors).unwrap_or_default(),
        ..SimulateRequest::default()
    };
    if question.adjourned_weeks > ADJOURNMENT_MAX {
        errors.add_with("verdaagd", "too_high", "max", ADJOURNMENT_MAX);
    }
    for weekday in 0..7 {
        let field = format!("week.{weekday}");
        match typed.text(&field).trim() {
            "" => {}
            "dicht" | "Dicht" | "gesloten" | "closed" | "Closed" | "-" => {
                question.week.insert(weekday, Vec::new());
            }
            text => match opening_hours::blocks(text) {
                Ok(blocks) => {
                    question.week.insert(weekday, blocks);
                }
                Err(wrong) => errors.extend(wrong.renamed("hours", &field)),
            },
        }
    }
    let agreed = typed.text("akkoord").trim();
    if !agreed.is_empty() {
        question.agreed_until = crate::html::values::typed_day(agreed);
        if question.agreed_until.is_none() {
            errors.add("akkoord", "not_a_date");
        }
    }
    match received {
        Some(received) if errors.is_empty() => {
            question.received_at = received;
            Ok(question)
        }
        _ => Err(errors),
    }
}
