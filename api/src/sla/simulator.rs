//! What a deadline would be, as a page: a question in the address, nothing is stored.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::{NaiveDateTime, TimeZone};
use domain::{Error, FieldErrors, sla, sla::ServiceRule};
use serde::Deserialize;
use tenants::permission::may;

use super::{
    pages,
    simulate::{self, Outcome, Question},
    view::{self, LegalView},
};
use crate::{
    csrf::Fields,
    extract::{Ask, Staff},
    html::{self, FormState, Shell},
    problem::Problem,
};

/// The question.
#[derive(Deserialize, Default)]
pub struct Query {
    dag: Option<String>,
    tijd: Option<String>,
    werkdagen: Option<String>,
    verdaagd: Option<String>,
}

struct Answered {
    rule: String,
    due: String,
    steps: Vec<String>,
    legal: Vec<LegalView>,
}

#[derive(Template)]
#[template(path = "sla/simulator.html")]
struct SimulatorPage {
    shell: Shell,
    form: FormState,
    day: String,
    time: String,
    answer: Option<Answered>,
}

/// The simulator, with an answer when a question was asked.
///
/// # Errors
/// When the reader may not read this.
pub async fn page(
    reader: Staff<may::ReadCalendars>,
    query: Ask<Query>,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let current = sla::current(&tx).await?;
    let zone = current.calendar.zone();
    let now = tx.now().with_timezone(&zone);
    let asked = query.0;
    let is_asked = asked.dag.is_some();
    let typed = Fields::from_pairs([
        ("dag", asked.dag.unwrap_or_default()),
        ("tijd", asked.tijd.unwrap_or_default()),
        ("werkdagen", asked.werkdagen.unwrap_or_default()),
        ("verdaagd", asked.verdaagd.unwrap_or_default()),
    ]);
    let mut page = SimulatorPage {
        form: FormState::empty(),
        day: now.date_naive().to_string(),
        time: now.format("%H:%M").to_string(),
        answer: None,
        shell: Shell::staff(&reader),
    };
    if !is_asked {
        return html::ok(&page);
    }
    let answer = question(&typed, zone)
        .map_err(Error::Invalid)
        .and_then(|question| simulate::answer(question, &current, tx.now()));
    match answer {
        Ok(outcome) => {
            page.answer = Some(answered(&outcome, &reader));
            page.form = FormState::refused(typed, &FieldErrors::default(), reader.site.language);
            html::ok(&page)
        }
        Err(Error::Invalid(errors)) => {
            let errors = errors
                .renamed("receivedAt", "dag")
                .renamed("rule", "werkdagen")
                .renamed("adjournedWeeks", "verdaagd");
            page.form = FormState::refused(typed, &errors, reader.site.language);
            html::page(StatusCode::BAD_REQUEST, &page)
        }
        Err(error) => Err(error.into()),
    }
}

fn question(typed: &Fields, zone: chrono_tz::Tz) -> Result<Question, FieldErrors> {
    let mut errors = FieldErrors::default();
    let day = pages::day(typed.text("dag"));
    if day.is_none() {
        errors.add("dag", "not_a_date");
    }
    let clock = typed.text("tijd").trim().replace('.', ":");
    let time = chrono::NaiveTime::parse_from_str(&clock, "%H:%M").ok();
    if time.is_none() {
        errors.add_with("tijd", "not_a_time", "about", &clock);
    }
    let mut number = |field: &str| match typed.text(field).trim() {
        "" => None,
        text => {
            let number = text.parse::<u32>().ok();
            if number.is_none() {
                errors.add(field, "not_a_number");
            }
            number
        }
    };
    let (days, adjourned) = (number("werkdagen"), number("verdaagd"));
    let local = day
        .zip(time)
        .map(|(day, time)| NaiveDateTime::new(day, time));
    // A time that exists twice means the first; one that a clock change skips is told.
    let received = local.and_then(|local| zone.from_local_datetime(&local).earliest());
    if local.is_some() && received.is_none() {
        errors.add("tijd", "time_skipped");
    }
    match received {
        Some(received) if errors.is_empty() => Ok(Question {
            received: received.to_utc(),
            calendar: None,
            rule: days.map(|days| ServiceRule::WorkingDays { days }),
            pauses: Vec::new(),
            adjourned: adjourned.unwrap_or_default(),
        }),
        _ => Err(errors),
    }
}

fn answered(outcome: &Outcome, reader: &Staff<may::ReadCalendars>) -> Answered {
    let language = reader.site.language;
    Answered {
        rule: view::rule(&outcome.rule, language),
        due: language.moment(outcome.due.at, outcome.calendar.zone()),
        steps: view::explanation(&outcome.due, language),
        legal: outcome
            .legal
            .iter()
            .map(|term| view::legal(term, language))
            .collect(),
    }
}
