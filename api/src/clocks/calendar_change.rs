//! Changing the calendar: a day, the week, a file of closing days. A change is shown with what it moves before it holds.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::Datelike;
use domain::{
    Code, Error, Language,
    clocks::{self, Current, DayRequest, WeekRequest},
    deadlines::{CalendarDefinition, Holiday},
    text,
};
use tenants::permission::may;

use super::{
    calendar_diff::calendars,
    calendar_year::{Shown, show},
};
use crate::{
    csrf::Posted,
    extract::Staff,
    html::{
        self, Flash, Page, Refused, SampleFrame, Samples,
        table::{Cell, Row, Table, headings},
        values,
    },
    problem::Problem,
};

#[derive(Template)]
#[template(path = "clocks/calendar_change.html")]
pub(super) struct ConfirmPage {
    page: Page,
    /// Whether a colleague changed the calendar while this was shown.
    changed_meanwhile: bool,
    changes: Vec<String>,
    count: i64,
    moves: Table,
    definition: String,
    version: i64,
    year: i32,
}

fn moves_table(count: i64, rows: Vec<Row>, language: Language) -> Table {
    Table {
        caption: language.count("confirm-moves", count),
        columns: headings(
            language,
            &[
                "column-reference",
                "confirm-clock",
                "confirm-from",
                "confirm-to",
            ],
        ),
        rows,
    }
}

/// Shows what a calendar would change and move. Nothing is kept yet. What is wrong with its hours is told at `field`.
///
/// # Errors
/// [`Error::Invalid`] for a calendar that cannot be used.
pub async fn confirm(
    author: &Staff<may::ManageCalendars>,
    current: &Current,
    (definition, changed_meanwhile): (CalendarDefinition, bool),
    year: i32,
    field: &str,
) -> Result<HttpResponse, Problem> {
    let language = author.site.language;
    let zone = author.site.tenant.zone;
    let tx = author.read().await?;
    let now = tx.now();
    let today = now.with_timezone(&definition.zone).date_naive();
    let calendar = definition.check(today, field)?;
    let moves = clocks::preview_calendar(&tx, author.viewer(), &calendar).await?;
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
    let status = if changed_meanwhile {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let count = i64::try_from(moves.count).unwrap_or(i64::MAX);
    let rows = moves.items.into_iter().map(|moved| {
        let moment = |at| values::moment_or_dash(at, zone, now, language);
        Row {
            head: Cell::with_class(moved.reference, "gh-one"),
            cells: vec![
                language.term("clock-short", moved.kind).into(),
                moment(moved.from).into(),
                moment(moved.to).into(),
            ],
        }
    });
    let rows = rows.collect();
    let page = ConfirmPage {
        changed_meanwhile,
        changes,
        count,
        moves: moves_table(count, rows, language),
        definition: serde_json::to_string(&definition).map_err(Error::bug)?,
        version: current.calendar_number,
        year,
        page: Page::staff(author),
    };
    html::render(status, &page)
}

/// What somebody changed in a calendar, applied to the one that holds now.
fn rebased(
    base: &CalendarDefinition,
    changed: CalendarDefinition,
    now: &CalendarDefinition,
) -> CalendarDefinition {
    let mut merged = now.clone();
    for ((old, new), here) in base.week.iter().zip(changed.week).zip(&mut merged.week) {
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
            merged.holidays.retain(|one| *one != holiday);
        } else if is && !was {
            merged.holidays.push(holiday);
        }
    }
    for day in base.exceptions.keys() {
        if !changed.exceptions.contains_key(day) {
            merged.exceptions.remove(day);
        }
    }
    for (day, exception) in changed.exceptions {
        if base.exceptions.get(&day) != Some(&exception) {
            merged.exceptions.insert(day, exception);
        }
    }
    merged
}

/// Closes a day, gives it other hours, or takes it out again.
///
/// # Errors
/// When the author may not change this; what cannot be used is shown on the page.
pub async fn change_day(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let current = clocks::current(&author.read().await?).await?;
    let typed = posted.0;
    let request: DayRequest = typed.read()?;
    let year = text::parse_day(typed.text("day"))
        .ok()
        .map(|day| day.year());
    let mut definition = (*current.definition).clone();
    let done = match request.apply(&mut definition) {
        Ok(day) => confirm(&author, &current, (definition, false), day.year(), "hours").await,
        Err(error) => Err(error.into()),
    };
    match done {
        Err(problem) => {
            let shown = Shown {
                year,
                day: Refused::new(problem, typed, author.site.language)?.into(),
                ..Shown::default()
            };
            show(&author, shown).await
        }
        shown => shown,
    }
}

/// Changes the hours of the week and the holidays.
///
/// # Errors
/// When the author may not change this; what cannot be used is shown on the page.
pub async fn change_week(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let current = clocks::current(&author.read().await?).await?;
    let typed = posted.0;
    let mut definition = (*current.definition).clone();
    let done = match typed.read::<WeekRequest>()?.apply(&mut definition) {
        Ok(()) => {
            let today = current.calendar.local_day(author.site.app.db.now());
            confirm(
                &author,
                &current,
                (definition, false),
                today.year(),
                "week.0",
            )
            .await
        }
        Err(error) => Err(error.into()),
    };
    match done {
        Err(problem) => {
            let shown = Shown {
                week: Refused::new(problem, typed, author.site.language)?.into(),
                ..Shown::default()
            };
            show(&author, shown).await
        }
        shown => shown,
    }
}

/// Keeps a calendar that was shown with what it moves.
///
/// # Errors
/// When the author may not change this; that somebody else was first is shown on the page.
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
            let place = format!("/beheer/kalender?jaar={year}");
            Ok(html::redirect_with_flash(Flash::CalendarSet, &place))
        }
        // A colleague was first: the same change, on what holds now, to confirm once more.
        Err(problem) if problem.error().code() == Code::Changed => {
            let tx = author.read().await?;
            let current = clocks::current(&tx).await?;
            let base = clocks::office_by_number(&tx, version).await?;
            drop(tx);
            let changed = rebased(&base.definition, definition, &current.definition);
            let year: i32 = posted.0.text("year").parse().unwrap_or_default();
            confirm(&author, &current, (changed, true), year, "calendar").await
        }
        Err(problem) => Err(problem),
    }
}

impl Samples for ConfirmPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |changed_meanwhile, changes: Vec<String>| Self {
            page: frame.staff(),
            changed_meanwhile,
            count: 1,
            moves: moves_table(
                1,
                vec![Row {
                    head: Cell::with_class("WD-7K2M".to_owned(), "gh-one"),
                    cells: vec![
                        frame.language.text("clock-short-callback").into(),
                        "24-11-2026 17:00".to_owned().into(),
                        "25-11-2026 17:00".to_owned().into(),
                    ],
                }],
                frame.language,
            ),
            definition: "{}".to_owned(),
            version: 2,
            year: 2026,
            changes,
        };
        let day = ("day", "24-11-2026");
        let change = frame.language.text_with("change-day-same-hours", &[day]);
        vec![page(false, Vec::new()), page(true, vec![change])]
    }
}
