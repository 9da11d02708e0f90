//! What a deadline would be, as a page: a question in the address, nothing is stored.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono_tz::Tz;
use domain::{
    Error, FieldErrors, Language,
    clocks::{self, CalendarKind},
};
use tenants::permission::may;

use super::{
    form::{PAUSES_SHOWN, filled, question, rows_of_pauses},
    question::{self, Outcome},
};
use crate::{
    clocks::{
        legal_view::{self, LegalView},
        view,
    },
    csrf::Fields,
    extract::{Query, Staff},
    html::values::Choice,
    html::{self, FormState, Page, dashed},
    problem::Problem,
};

struct Answered {
    rule: String,
    due: String,
    steps: Vec<String>,
    warnings: Vec<(String, String)>,
    legal: Vec<LegalView>,
    /// The same in the other language, for whoever has to tell it to somebody.
    other: Told,
}

/// A deadline in one language.
struct Told {
    language: &'static str,
    name: String,
    due: String,
    steps: Vec<String>,
}

struct WeekdayView {
    field: String,
    label: String,
}

struct PauseView {
    from: String,
    to: String,
    number: String,
}

#[derive(Template)]
#[template(path = "clocks/simulator/simulator.html")]
struct SimulatorPage {
    page: Page,
    form: FormState,
    day: String,
    time: String,
    answer: Option<Answered>,
    calendars: Vec<Choice>,
    promises: Vec<Choice>,
    targets: Vec<Choice>,
    weekdays: Vec<WeekdayView>,
    pauses: Vec<PauseView>,
    /// Which parts of the form are open, because something in them was filled in.
    own_promise: bool,
    own_calendar: bool,
    stood_still: bool,
    complaint: bool,
}

/// As many pauses as were filled in, and an empty one for the next.
fn pause_views(typed: &Fields) -> Vec<PauseView> {
    let used = rows_of_pauses(typed).last().map_or(0, |last| last + 1);
    (0..PAUSES_SHOWN.min(used + 1))
        .map(|index| PauseView {
            from: format!("stil.{index}"),
            to: format!("tot.{index}"),
            number: (index + 1).to_string(),
        })
        .collect()
}

async fn choices(
    tx: &tenants::TenantTx,
    typed: &Fields,
    zone: Tz,
    language: Language,
) -> Result<(Vec<Choice>, Vec<Choice>), Error> {
    let chosen = |field: &str, number: i64| typed.text(field) == number.to_string();
    let calendars = clocks::versions(tx, CalendarKind::Service)
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
    let called = view::Called::read(tx, language).await?;
    let promises = clocks::rules(tx)
        .await?
        .into_iter()
        .map(|version| Choice {
            value: version.number.to_string(),
            text: format!(
                "{}. {} {}",
                version.number,
                view::promise(&version.rule, &version.terms, language),
                view::applies(&version.terms, &called, language)
            ),
            chosen: chosen("belofte", version.number),
        })
        .collect();
    Ok((calendars, promises))
}

/// The simulator, with an answer when a question was asked.
pub async fn page(
    reader: Staff<may::ReadCalendars>,
    query: Query<Vec<(String, String)>>,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let current = clocks::current(&tx).await?;
    let zone = current.calendar.zone();
    let now = tx.now().with_timezone(&zone);
    let language = reader.site.language;
    let typed = Fields::of(query.0);
    let is_asked = typed.get("dag").is_some();
    let (calendars, promises) = choices(&tx, &typed, zone, language).await?;
    let mut page = SimulatorPage {
        form: FormState::empty(),
        day: now.date_naive().to_string(),
        time: now.format("%H:%M").to_string(),
        answer: None,
        calendars,
        promises,
        targets: ["workingDays", "businessHours"]
            .into_iter()
            .map(|value| Choice {
                value: value.to_owned(),
                text: language.text(&format!("target-{}", dashed(value))),
                chosen: typed.text("soort") == value,
            })
            .collect(),
        weekdays: (0..7)
            .map(|index| WeekdayView {
                field: format!("week.{index}"),
                label: language.text(&format!("weekday-{index}")),
            })
            .collect(),
        pauses: pause_views(&typed),
        own_promise: filled(&typed, &["aantal", "voor", "na"]),
        own_calendar: filled(&typed, &["dicht"])
            || (0..7).any(|index| filled(&typed, &[&format!("week.{index}")])),
        stood_still: pause_views(&typed).len() > 1,
        complaint: filled(&typed, &["verdaagd", "akkoord"]),
        page: Page::staff(&reader),
    };
    if !is_asked {
        return html::ok(&page);
    }
    let answer = match question(&typed, zone) {
        Ok(question) => question::answer(&tx, question, &current, language).await,
        Err(errors) => Err(Error::Invalid(errors)),
    };
    match answer {
        Ok(outcome) => {
            page.answer = Some(answered(&outcome, language));
            page.form = FormState::refused(typed, &FieldErrors::default(), language);
            html::ok(&page)
        }
        Err(Error::Invalid(errors)) => {
            let errors = rows_of_pauses(&typed)
                .enumerate()
                .fold(errors, |errors, (index, row)| {
                    errors.renamed(&format!("pauses.{index}.to"), &format!("tot.{row}"))
                })
                .renamed("receivedAt", "dag")
                .renamed("rule", "aantal")
                .renamed("warnBefore", "voor")
                .renamed("warnAfter", "na")
                .renamed("adjournedWeeks", "verdaagd")
                .renamed("calendarVersion", "kalender")
                .renamed("calendar", "kalender")
                .renamed("ruleVersion", "belofte")
                .renamed("agreedUntil", "akkoord")
                .renamed("closures", "dicht");
            page.form = FormState::refused(typed, &errors, language);
            html::render(StatusCode::BAD_REQUEST, &page)
        }
        Err(error) => Err(error.into()),
    }
}

fn told(outcome: &Outcome, language: Language) -> Told {
    Told {
        language: language.as_str(),
        name: language.text("simulator-in-this-language"),
        due: language.moment(
            outcome.simulation.due.at,
            outcome.calendar.zone(),
            outcome.asked_at,
        ),
        steps: view::explanation(&outcome.simulation.due, language),
    }
}

fn answered(outcome: &Outcome, language: Language) -> Answered {
    let zone = outcome.calendar.zone();
    let other = match language {
        Language::Dutch => Language::English,
        Language::English => Language::Dutch,
    };
    let here = told(outcome, language);
    let mut there = told(outcome, other);
    there.due = other.text_with("simulator-due", &[("moment", &there.due)]);
    Answered {
        rule: view::rule(&outcome.rule, language),
        due: here.due,
        steps: here.steps,
        warnings: outcome
            .simulation
            .warnings
            .iter()
            .map(|(at, level)| {
                (
                    language.moment(*at, zone, outcome.asked_at),
                    view::level(*level, language),
                )
            })
            .collect(),
        legal: outcome
            .simulation
            .legal
            .iter()
            .map(|(term, dates)| {
                let mut legal = legal_view::legal(*term, dates, language);
                if legal.agreed.is_none() && legal.unknown.is_none() {
                    let weeks = legal_view::adjourned_weeks(*term, outcome.adjourned, language);
                    legal.why.splice(0..0, weeks);
                }
                legal
            })
            .collect(),
        other: there,
    }
}
