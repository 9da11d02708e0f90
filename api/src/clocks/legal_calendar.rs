//! The calendar of the law as a page: which days the law rests, and changes that wait for a second pair of eyes.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    Error, FieldErrors, Language,
    clocks::{self, Decision, ProposalId},
    deadlines::{LegalCalendar, Rest},
};
use tenants::{Grants, Permission, permission::may};

use super::{
    calendar_change::invalid,
    calendar_diff,
    calendar_year::{DayView, MonthView, YearChoice, YearQuery, month},
};
use crate::{
    csrf::Posted,
    extract::{Id, Query, Staff},
    html::values,
    html::{self, FormState, Notice, Page},
    problem::Problem,
};

struct DecreedView {
    text: String,
    source: String,
}

struct ProposalView {
    id: ProposalId,
    author: String,
    at: String,
    reason: String,
    changes: Vec<String>,
    moves: String,
    waits: bool,
    own: bool,
    decided: String,
}

#[derive(Template)]
#[template(path = "clocks/legal_calendar.html")]
struct LawPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    year: i32,
    near: Vec<i32>,
    known: bool,
    through: i32,
    number: i64,
    initials: Vec<String>,
    months: Vec<MonthView>,
    decreed: Vec<DecreedView>,
    proposals: Vec<ProposalView>,
    may_manage: bool,
}

fn day_view(law: &LegalCalendar, day: NaiveDate, language: Language) -> DayView {
    let (state, text) = match law.rest(day) {
        None => ("open", language.text("law-day-counts")),
        Some(Rest::Weekend) => ("weekend", language.text("rest-weekend")),
        Some(Rest::Holiday(holiday)) => (
            "closed",
            language.text(&format!("holiday-{}", holiday.as_str())),
        ),
        Some(Rest::Decreed) => ("part", language.text("rest-decreed")),
    };
    DayView {
        number: day.day(),
        state,
        text,
    }
}

async fn show<P: Grants>(
    reader: &Staff<P>,
    year: Option<i32>,
    form: FormState,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (reader.site.language, reader.site.tenant.zone);
    let tx = reader.read().await?;
    let law = clocks::law_now(&tx).await?;
    let this_year = tx.now().with_timezone(&zone).year();
    let choice = YearChoice::of(year, this_year, language);
    let year = choice.year;
    let names = values::names(&tx).await?;
    let mut proposals = Vec::new();
    for proposal in clocks::proposals(&tx).await? {
        let waits = proposal.decision.is_none();
        let moves = if waits {
            let moved = clocks::preview_law(&tx, proposal.calendar.clone()).await?;
            let count = i64::try_from(moved.len()).unwrap_or(i64::MAX);
            language.count("law-moves", count)
        } else {
            String::new()
        };
        let name = |id| names.get(&id).cloned().unwrap_or_default();
        proposals.push(ProposalView {
            id: proposal.id,
            author: name(proposal.author),
            at: language.instant(proposal.created_at, zone),
            changes: if waits {
                calendar_diff::laws(&law.calendar, &proposal.calendar, language)
            } else {
                Vec::new()
            },
            moves,
            waits,
            own: proposal.author == reader.member().id,
            decided: match (proposal.decision, proposal.decided_by, proposal.decided_at) {
                (Some(decision), Some(who), Some(at)) => language.text_with(
                    &format!("law-{decision}"),
                    &[
                        ("name", &name(who)),
                        ("moment", &language.instant(at, zone)),
                    ],
                ),
                _ => String::new(),
            },
            reason: proposal.reason,
        });
    }
    let calendar = &law.calendar;
    html::render(
        status,
        &LawPage {
            notice: notice.or(choice.notice),
            form,
            year,
            near: choice.near,
            known: (calendar.from_year..=calendar.through_year).contains(&year),
            through: calendar.through_year,
            number: law.number,
            initials: (0..7)
                .map(|day| language.text(&format!("weekday-short-{day}")))
                .collect(),
            months: (1..=12)
                .filter_map(|number| {
                    month(year, number, language, |day| {
                        day_view(calendar, day, language)
                    })
                })
                .collect(),
            decreed: calendar
                .decreed
                .iter()
                .filter(|(day, _)| day.year() == year)
                .map(|(day, source)| DecreedView {
                    text: language.day(*day),
                    source: source.clone(),
                })
                .collect(),
            proposals,
            may_manage: reader.may(Permission::ManageCalendars),
            page: Page::staff(reader),
        },
    )
}

/// A year of the law.
pub async fn page(
    reader: Staff<may::ReadCalendars>,
    query: Query<YearQuery>,
) -> Result<HttpResponse, Problem> {
    let notice = query.0.klaar.as_deref().map(|what| Notice {
        tone: "ok",
        text: reader.site.language.text(match what {
            "goedgekeurd" => "law-done-approved",
            "afgewezen" => "law-done-rejected",
            "ingetrokken" => "law-done-withdrawn",
            _ => "law-done-proposed",
        }),
    });
    show(
        &reader,
        query.0.jaar,
        FormState::empty(),
        notice,
        StatusCode::OK,
    )
    .await
}

/// Proposes a decreed day, taking one away, or years that are known.
///
/// # Errors
/// When the author may not change this; what cannot be used is told on the page.
pub async fn propose(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let typed = posted.0;
    let mut errors = FieldErrors::default();
    let mut calendar = clocks::law_now(&author.read().await?).await?.calendar;
    let removes = typed.get("remove").is_some();
    match typed.text("day").trim() {
        "" => {}
        text => match values::typed_day(text) {
            Some(day) if removes => {
                calendar.decreed.remove(&day);
            }
            Some(day) => {
                let source = domain::text::clean_line(typed.text("source"));
                if source.is_empty() {
                    errors.add("source", "required");
                }
                calendar.decreed.insert(day, source);
            }
            None => errors.add("day", "not_a_date"),
        },
    }
    match typed.text("through").trim() {
        "" => {}
        text => match text.parse() {
            Ok(year) => calendar.through_year = year,
            Err(_) => errors.add("through", "not_a_number"),
        },
    }
    let done = async {
        // All that is wrong at once.
        errors.into_result()?;
        let tx = author.write().await?;
        clocks::propose(&tx, &calendar, typed.text("reason"), author.member().id).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::see_other("/beheer/kalender/wet?klaar=voorgesteld")),
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let errors = errors
                    .renamed("calendar", "day")
                    .renamed("calendar.decreed", "day")
                    .renamed("calendar.throughYear", "through");
                let form = FormState::refused(typed, &errors, author.site.language);
                show(&author, None, form, None, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
    }
}

async fn decide(
    actor: Staff<may::ManageCalendars>,
    id: ProposalId,
    decision: Decision,
    word: &str,
) -> Result<HttpResponse, Problem> {
    let done = async {
        let tx = actor.write().await?;
        clocks::decide(&tx, id, decision, actor.member().id).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::see_other(&format!(
            "/beheer/kalender/wet?klaar={word}"
        ))),
        Err(problem) if matches!(problem.error(), Error::Refused(_)) => {
            let (title, detail) = problem.localize(actor.site.language);
            let notice = Notice {
                tone: "error",
                text: format!("{title}. {detail}"),
            };
            let form = FormState::empty();
            show(&actor, None, form, Some(notice), StatusCode::CONFLICT).await
        }
        Err(problem) => Err(problem),
    }
}

/// Agrees with a colleague's proposal: it holds from now on.
///
/// # Errors
/// When the actor may not change this; a refusal is told on the page.
pub async fn approve(
    actor: Staff<may::ManageCalendars>,
    id: Id<ProposalId>,
    _: Posted,
) -> Result<HttpResponse, Problem> {
    decide(actor, id.0, Decision::Approved, "goedgekeurd").await
}

/// Does not agree with a colleague's proposal.
pub async fn reject(
    actor: Staff<may::ManageCalendars>,
    id: Id<ProposalId>,
    _: Posted,
) -> Result<HttpResponse, Problem> {
    decide(actor, id.0, Decision::Rejected, "afgewezen").await
}

/// Takes one's own proposal back.
pub async fn withdraw(
    actor: Staff<may::ManageCalendars>,
    id: Id<ProposalId>,
    _: Posted,
) -> Result<HttpResponse, Problem> {
    decide(actor, id.0, Decision::Withdrawn, "ingetrokken").await
}
