//! What a deadline would be, as a page: a question in the address, nothing is stored.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::{NaiveDateTime, TimeZone};
use domain::{
    Error, FieldErrors,
    sla::{self, CalendarKind, Pause, ServiceRule},
};
use serde::Deserialize;
use tenants::permission::may;

use super::{
    hours,
    simulate::{self, Outcome, Question},
    view::{self, LegalView},
};
use crate::{
    cases::view::{self as cases_view, Choice},
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
    kalender: Option<String>,
    belofte: Option<String>,
    dicht: Option<String>,
    stil: Option<String>,
    tot: Option<String>,
    akkoord: Option<String>,
}

struct Answered {
    rule: String,
    due: String,
    steps: Vec<String>,
    warnings: Vec<(String, String)>,
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
    calendars: Vec<Choice>,
    promises: Vec<Choice>,
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
        ("kalender", asked.kalender.unwrap_or_default()),
        ("belofte", asked.belofte.unwrap_or_default()),
        ("dicht", asked.dicht.unwrap_or_default()),
        ("stil", asked.stil.unwrap_or_default()),
        ("tot", asked.tot.unwrap_or_default()),
        ("akkoord", asked.akkoord.unwrap_or_default()),
    ]);
    let language = reader.site.language;
    let chosen = |field: &str, number: i64| typed.text(field) == number.to_string();
    let calendars = sla::versions(&tx, CalendarKind::Service)
        .await?
        .into_iter()
        .map(|version| Choice {
            value: version.number.to_string(),
            text: language.text_with(
                "versions-number",
                &[
                    ("number", &version.number.to_string()),
                    ("moment", &language.instant(version.created_at, zone)),
                ],
            ),
            chosen: chosen("kalender", version.number),
        })
        .collect();
    let promises = sla::rules(&tx)
        .await?
        .into_iter()
        .map(|version| Choice {
            value: version.number.to_string(),
            text: format!(
                "{}. {} {}",
                version.number,
                view::promise(&version.rule, &version.terms, language),
                view::applies(&version.terms, language)
            ),
            chosen: chosen("belofte", version.number),
        })
        .collect();
    let mut page = SimulatorPage {
        form: FormState::empty(),
        day: now.date_naive().to_string(),
        time: now.format("%H:%M").to_string(),
        answer: None,
        calendars,
        promises,
        shell: Shell::staff(&reader),
    };
    if !is_asked {
        return html::ok(&page);
    }
    let answer = match question(&typed, zone) {
        Ok(question) => simulate::answer(&tx, question, &current).await,
        Err(errors) => Err(Error::Invalid(errors)),
    };
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
                .renamed("adjournedWeeks", "verdaagd")
                .renamed("calendarVersion", "kalender")
                .renamed("ruleVersion", "belofte")
                .renamed("pauses", "tot")
                .renamed("closures", "dicht");
            page.form = FormState::refused(typed, &errors, reader.site.language);
            html::page(StatusCode::BAD_REQUEST, &page)
        }
        Err(error) => Err(error.into()),
    }
}

fn question(typed: &Fields, zone: chrono_tz::Tz) -> Result<Question, FieldErrors> {
    let mut errors = FieldErrors::default();
    let day = hours::day(typed.text("dag"));
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
    let numbers = (
        number("kalender").map(i64::from),
        number("belofte").map(i64::from),
    );
    let mut closures = Vec::new();
    for part in typed
        .text("dicht")
        .split([',', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        match hours::day(part) {
            Some(day) => closures.push(day),
            None => errors.add("dicht", "not_a_date"),
        }
    }
    let mut pauses = Vec::new();
    let (still, until) = (typed.text("stil"), typed.text("tot"));
    if !still.trim().is_empty() || !until.trim().is_empty() {
        let mut moment = |field: &str, text: &str| {
            let moment = cases_view::typed_moment(text, zone);
            if moment.is_none() {
                errors.add(field, "not_a_moment");
            }
            moment
        };
        if let (Some(from), Some(to)) = (moment("stil", still), moment("tot", until)) {
            pauses.push(Pause { from, to });
        }
    }
    let agreed_until = match typed.text("akkoord").trim() {
        "" => None,
        text => {
            let day = hours::day(text);
            if day.is_none() {
                errors.add("akkoord", "not_a_date");
            }
            day
        }
    };
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
            calendar_version: numbers.0,
            rule_version: if days.is_none() { numbers.1 } else { None },
            rule: days.map(|days| ServiceRule::WorkingDays { days }),
            pauses,
            closures,
            adjourned: adjourned.unwrap_or_default(),
            agreed_until,
            ..Question::default()
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
        warnings: outcome
            .warnings
            .iter()
            .map(|(at, level)| {
                (
                    language.moment(*at, outcome.calendar.zone()),
                    view::level(*level, language),
                )
            })
            .collect(),
        legal: outcome
            .legal
            .iter()
            .map(|(term, dates)| view::legal(*term, dates, language))
            .collect(),
    }
}
