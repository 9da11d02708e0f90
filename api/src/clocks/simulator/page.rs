//! What a deadline would be, as a page: a question in the address, nothing is stored.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::DateTime;
use chrono_tz::Tz;
use domain::{
    Error, Language,
    clocks::{self, CalendarKind, SimulationDetail, SimulationOutcome, words},
    deadlines::{LegalCalendar, Question, simulate},
};
use tenants::permission::may;

use crate::{
    clocks::{
        calendar_year::{sample_current, sample_now},
        view,
    },
    csrf::Fields,
    extract::{Query, Staff},
    html::{self, FormPage, FormState, Page, SampleFrame, Samples, values::Choice},
    problem::Problem,
};

struct Answer {
    detail: SimulationDetail,
    rule: String,
    due: String,
    warnings: Vec<(String, String)>,
    /// The same in the other language, for whoever has to tell it to somebody.
    other: AnswerIn,
}

/// A deadline in one language.
struct AnswerIn {
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
pub(in crate::clocks) struct SimulatorPage {
    page: Page,
    form: FormState,
    /// What the form begins with: now, in the municipality's local time.
    received_at: String,
    answer: Option<Answer>,
    options: Options,
    open: OpenParts,
}

/// What the form offers.
struct Options {
    calendars: Vec<Choice>,
    promises: Vec<Choice>,
    targets: Vec<Choice>,
    weekdays: Vec<WeekdayView>,
    pauses: Vec<PauseView>,
}

/// Which parts of the form are open, because something in them was filled in.
struct OpenParts {
    own_promise: bool,
    own_calendar: bool,
    pauses: bool,
    complaint: bool,
}

/// Most pauses that the page asks for; a program may send more.
const PAUSES_SHOWN: usize = 10;

/// Whether something was typed in one of these fields.
fn filled(typed: &Fields, fields: &[&str]) -> bool {
    let is_filled = |field: &&str| !typed.text(field).trim().is_empty();
    fields.iter().any(is_filled)
}

/// As many pauses as were filled in, and an empty one for the next.
fn pause_views(typed: &Fields) -> Vec<PauseView> {
    let view = |index: usize| PauseView {
        from: format!("pauses.{index}.from"),
        to: format!("pauses.{index}.to"),
        number: (index + 1).to_string(),
    };
    let used = (0..PAUSES_SHOWN)
        .rfind(|index| {
            let pause = view(*index);
            filled(typed, &[&pause.from, &pause.to])
        })
        .map_or(0, |last| last + 1);
    (0..PAUSES_SHOWN.min(used + 1)).map(view).collect()
}

async fn choices(
    tx: &tenants::TenantTx,
    typed: &Fields,
    zone: Tz,
    language: Language,
) -> Result<(Vec<Choice>, Vec<Choice>), Error> {
    let chosen = |field: &str, number: i64| typed.text(field) == number.to_string();
    let calendars = clocks::versions(tx, CalendarKind::Service, None)
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
            chosen: chosen("calendarVersion", version.number),
        })
        .collect();
    let labels = words::Labels::read(tx, language).await?;
    let promises = clocks::rules(tx)
        .await?
        .into_iter()
        .map(|version| Choice {
            value: version.number.to_string(),
            text: format!(
                "{}. {} {}",
                version.number,
                words::promise_text(&version.rule, &version.terms, language),
                words::applies(&version.terms, &labels, language)
            ),
            chosen: chosen("ruleVersion", version.number),
        })
        .collect();
    Ok((calendars, promises))
}

impl SimulatorPage {
    fn new(
        page: Page,
        now: DateTime<Tz>,
        typed: &Fields,
        (calendars, promises): (Vec<Choice>, Vec<Choice>),
    ) -> Self {
        let language = page.language;
        let pauses = pause_views(typed);
        Self {
            form: FormState::default(),
            received_at: now.format("%Y-%m-%dT%H:%M").to_string(),
            answer: None,
            open: OpenParts {
                own_promise: filled(
                    typed,
                    &["rule.amount", "terms.warnBefore", "terms.warnAfter"],
                ),
                own_calendar: filled(typed, &["closures"])
                    || (0..7).any(|index| filled(typed, &[&format!("week.{index}")])),
                pauses: pauses.len() > 1,
                complaint: filled(typed, &["adjournedWeeks", "agreedUntil"]),
            },
            options: Options {
                calendars,
                promises,
                targets: Choice::all(&view::TARGETS, "target", language, |one| {
                    typed.text("rule.target") == one
                }),
                weekdays: (0..7)
                    .map(|index| WeekdayView {
                        field: format!("week.{index}"),
                        label: language.text(&format!("weekday-{index}")),
                    })
                    .collect(),
                pauses,
            },
            page,
        }
    }
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
    let is_asked = typed.get("receivedAt").is_some();
    let choices = choices(&tx, &typed, zone, language).await?;
    let mut page = SimulatorPage::new(Page::staff(&reader), now, &typed, choices);
    if !is_asked {
        return html::ok(&page);
    }
    let question = typed.read()?;
    match clocks::simulate_deadline(&tx, question, &current, language).await {
        Ok(outcome) => {
            page.answer = Some(answered(&outcome, language));
            page.form = FormState::filled(typed);
            html::ok(&page)
        }
        Err(Error::Invalid(errors)) => {
            page.form = FormState::refused_as(typed, &errors, language, |field| {
                view::field_name(field, language)
            });
            html::render(StatusCode::BAD_REQUEST, &page)
        }
        Err(error) => Err(error.into()),
    }
}

fn answered(outcome: &SimulationOutcome, language: Language) -> Answer {
    let moment =
        |at, language: Language| language.moment(at, outcome.calendar.zone(), outcome.asked_at);
    let other = match language {
        Language::Dutch => Language::English,
        Language::English => Language::Dutch,
    };
    let (here, there) = (outcome.detail(language), outcome.detail(other));
    let due = moment(there.due_at, other);
    Answer {
        rule: words::rule(&here.rule, language),
        due: moment(here.due_at, language),
        warnings: (here.warnings.iter())
            .map(|warning| {
                let what = words::level(warning.level, language);
                (moment(warning.at, language), what)
            })
            .collect(),
        other: AnswerIn {
            language: other.as_str(),
            name: other.text("simulator-in-this-language"),
            due: other.text_with("simulator-due", &[("moment", &due)]),
            steps: there.explanation,
        },
        detail: here,
    }
}

impl Samples for SimulatorPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let empty = || (Vec::new(), Vec::new());
        let Some(current) = sample_current() else {
            return Vec::new();
        };
        let now = sample_now();
        let local = now.with_timezone(&current.calendar.zone());
        let page = |form: FormState| Self {
            form,
            ..Self::new(frame.staff(), local, &Fields::default(), empty())
        };
        let refused = FormPage::refused_sample("receivedAt", "not_a_moment", frame.language);
        let question = Question {
            received: now,
            rule: current.rule.clone(),
            warnings: current.terms.warnings(),
            pauses: Vec::new(),
            adjourned: 2,
            agreed_until: None,
        };
        let law = LegalCalendar::published();
        let simulation = simulate(&question, &current.calendar, &law);
        let answer = simulation.map(|simulation| {
            let outcome = SimulationOutcome {
                question,
                simulation,
                calendar: (*current.calendar).clone(),
                asked_at: now,
            };
            answered(&outcome, frame.language)
        });
        vec![
            page(refused.form),
            Self {
                answer,
                ..page(FormState::default())
            },
        ]
    }
}
