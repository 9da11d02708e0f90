//! Changing the calendar: a day, the week, a file of closing days. A change is shown with what it moves before it holds.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::Datelike;
use domain::{
    Code, Error, FieldErrors, cases,
    clocks::{self, Current},
    deadlines::{CalendarDefinition, Exception, Holiday},
};
use tenants::permission::may;

use super::{
    calendar_diff::calendars,
    calendar_year::{Shown, show},
    opening_hours::blocks,
};
use crate::{
    csrf::{Fields, Posted},
    extract::Staff,
    html::{self, FormState, Page},
    problem::Problem,
};

/// Moves shown one by one.
const MOVES_SHOWN: usize = 25;

/// A clock that moves.
struct MoveView {
    reference: String,
    kind: String,
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "clocks/calendar_change.html")]
struct ConfirmPage {
    page: Page,
    /// Whether a colleague changed the calendar while this was looked at.
    overtaken: bool,
    changes: Vec<String>,
    count: i64,
    moves: Vec<MoveView>,
    definition: String,
    version: i64,
    year: i32,
}

/// Shows what a calendar would change and move. Nothing is kept yet.
///
/// # Errors
/// [`Error::Invalid`] for a calendar that cannot be used.
pub async fn confirm(
    author: &Staff<may::ManageCalendars>,
    current: &Current,
    (definition, overtaken): (CalendarDefinition, bool),
    year: i32,
) -> Result<HttpResponse, Problem> {
    let language = author.site.language;
    let zone = author.site.tenant.zone;
    let tx = author.read().await?;
    let now = tx.now();
    let today = now.with_timezone(&definition.zone).date_naive();
    let calendar = definition.check(today)?;
    let moves = clocks::preview(&tx, &calendar).await?;
    let first: Vec<_> = moves.iter().take(MOVES_SHOWN).collect();
    let references = cases::references(&tx, first.iter().map(|moved| moved.case)).await?;
    let mut changes = calendars(&current.definition, &definition, &calendar, language);
    // A closing day on a Saturday is most often a slip of the day.
    changes.extend(
        definition
            .exceptions
            .iter()
            .filter(|(day, exception)| {
                current.definition.exceptions.get(day) != Some(exception)
                    && current.calendar.openings(**day) == calendar.openings(**day)
            })
            .map(|(day, _)| {
                let key = if calendar.openings(*day).is_empty() {
                    "change-day-closed-already"
                } else {
                    "change-day-same-hours"
                };
                language.text_with(key, &[("day", &language.day(*day))])
            }),
    );
    let status = if overtaken {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let page = ConfirmPage {
        overtaken,
        changes,
        count: i64::try_from(moves.len()).unwrap_or(i64::MAX),
        moves: first
            .into_iter()
            .map(|moved| MoveView {
                reference: references.get(&moved.case).cloned().unwrap_or_default(),
                kind: language.text(&format!("clock-short-{}", moved.kind.key())),
                from: crate::html::values::moment_or_dash(moved.from, zone, now, language),
                to: crate::html::values::moment_or_dash(moved.to, zone, now, language),
            })
            .collect(),
        definition: serde_json::to_string(&definition).map_err(Error::bug)?,
        version: current.calendar_number,
        year,
        page: Page::staff(author),
    };
    html::render(status, &page)
}

/// What somebody changed in a calendar, carried over to the one that holds now.
fn carried(
    base: &CalendarDefinition,
    changed: CalendarDefinition,
    now: &CalendarDefinition,
) -> CalendarDefinition {
    let mut carried = now.clone();
    for ((old, new), here) in base.week.iter().zip(changed.week).zip(&mut carried.week) {
        if *old != new {
            *here = new;
        }
    }
    for holiday in Holiday::ALL {
        let (was, is) = (
            base.holidays.contains(&holiday),
            changed.holidays.contains(&holiday),
        );
        if was && !is {
            carried.holidays.retain(|one| *one != holiday);
        } else if is && !was {
            carried.holidays.push(holiday);
        }
    }
    for day in base.exceptions.keys() {
        if !changed.exceptions.contains_key(day) {
            carried.exceptions.remove(day);
        }
    }
    for (day, exception) in changed.exceptions {
        if base.exceptions.get(&day) != Some(&exception) {
            carried.exceptions.insert(day, exception);
        }
    }
    carried
}

/// The fields that a problem is about.
pub fn invalid(problem: &Problem) -> Option<&FieldErrors> {
    match problem.error() {
        Error::Invalid(errors) => Some(errors),
        _ => None,
    }
}

/// Closes a day, gives it other hours, or takes it out again.
///
/// # Errors
/// When the author may not change this; what cannot be used is told on the page.
pub async fn change_day(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let current = clocks::current(&author.read().await?).await?;
    let typed = posted.0;
    let mut definition = (*current.definition).clone();
    let mut errors = FieldErrors::default();
    let day = crate::html::values::typed_day(typed.text("day"));
    if day.is_none() {
        errors.add("day", "not_a_date");
    }
    let removes = typed.get("remove").is_some();
    let reason = domain::text::clean_line(typed.text("reason"));
    if reason.is_empty() && !removes {
        errors.add("reason", "required");
    }
    let hours = blocks(typed.text("hours")).map_err(|wrong| errors.extend(wrong));
    let done = match (day, hours) {
        (Some(day), Ok(blocks)) if errors.is_empty() => {
            if removes {
                definition.exceptions.remove(&day);
            } else {
                definition
                    .exceptions
                    .insert(day, Exception { blocks, reason });
            }
            confirm(&author, &current, (definition, false), day.year()).await
        }
        _ => Err(Error::Invalid(errors).into()),
    };
    match done {
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let shown = Shown {
                    year: day.map(|day| day.year()),
                    day_form: FormState::refused(
                        typed,
                        &errors.renamed("calendar", "hours"),
                        author.site.language,
                    ),
                    ..Shown::plain()
                };
                show(&author, shown, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
        shown => shown,
    }
}

/// Changes the hours of the week and the holidays.
///
/// # Errors
/// When the author may not change this; what cannot be used is told on the page.
pub async fn change_week(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let current = clocks::current(&author.read().await?).await?;
    let typed: Fields = posted.0;
    let mut definition = (*current.definition).clone();
    let mut errors = FieldErrors::default();
    for (index, hours) in definition.week.iter_mut().enumerate() {
        let field = format!("week.{index}");
        match blocks(typed.text(&field)) {
            Ok(blocks) => *hours = blocks,
            Err(wrong) => errors.extend(wrong.renamed("hours", &field)),
        }
    }
    definition.holidays = Holiday::ALL
        .into_iter()
        .filter(|holiday| {
            typed
                .iter()
                .any(|pair| pair == ("holiday", holiday.as_str()))
        })
        .collect();
    let done = if errors.is_empty() {
        let today = current.calendar.local_day(author.site.app.db.now());
        confirm(&author, &current, (definition, false), today.year()).await
    } else {
        Err(Error::Invalid(errors).into())
    };
    match done {
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let shown = Shown {
                    week_form: FormState::refused(
                        typed,
                        &errors.renamed("calendar", "week.0"),
                        author.site.language,
                    ),
                    ..Shown::plain()
                };
                show(&author, shown, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
        shown => shown,
    }
}

/// Keeps a calendar that was shown with what it moves.
///
/// # Errors
/// When the author may not change this; that somebody else was first is told on the page.
pub async fn keep(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let definition: CalendarDefinition = serde_json::from_str(posted.0.text("definition"))
        .map_err(|_| Error::invalid("definition", "unreadable"))?;
    let version = posted.0.text("version").parse().unwrap_or_default();
    let kept = async {
        let tx = author.write().await?;
        clocks::set_calendar(&tx, &definition, Some(version), Some(author.member().id)).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match kept.await {
        Ok(()) => {
            let year: i32 = posted.0.text("year").parse().unwrap_or_default();
            Ok(html::see_other(&format!(
                "/beheer/kalender?jaar={year}&klaar=1"
            )))
        }
        // A colleague was first: the same change, on what holds now, to look at once more.
        Err(problem) if problem.error().code() == Code::Changed => {
            let tx = author.read().await?;
            let current = clocks::current(&tx).await?;
            let base = clocks::office_numbered(&tx, version).await?;
            drop(tx);
            let changed = carried(&base.definition, definition, &current.definition);
            let year: i32 = posted.0.text("year").parse().unwrap_or_default();
            confirm(&author, &current, (changed, true), year).await
        }
        Err(problem) => Err(problem),
    }
}
