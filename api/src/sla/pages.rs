//! Calendar and promise as pages. A change is shown with what it moves before it holds.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::{
    Error, FieldErrors, cases,
    sla::{
        self, Block, Calendar, CalendarDefinition, Closed, Current, Exception, Holiday, ServiceRule,
    },
};
use serde::Deserialize;
use tenants::{Grants, Permission, permission::may};

use super::view;
use crate::{
    csrf::{Fields, Posted},
    extract::{Ask, Staff},
    html::{self, FormState, Notice, Shell},
    problem::Problem,
};

/// Moves shown one by one.
const MOVES_SHOWN: usize = 25;

/// Which year to show, and whether something was just done.
#[derive(Deserialize, Default)]
pub struct Query {
    jaar: Option<i32>,
    klaar: Option<String>,
}

struct DayView {
    number: u32,
    /// `open`, `part`, `closed` or `weekend`.
    state: &'static str,
    /// What the day is, for whoever cannot see the colour.
    text: String,
}

struct MonthView {
    name: String,
    weeks: Vec<Vec<Option<DayView>>>,
}

struct SpecialView {
    day: NaiveDate,
    text: String,
    hours: String,
    reason: String,
    /// Whether it stands in the calendar itself and can be taken out.
    own: bool,
}

struct WeekdayView {
    name: String,
    field: String,
    hours: String,
}

struct HolidayView {
    value: &'static str,
    text: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "sla/calendar.html")]
struct CalendarPage {
    shell: Shell,
    notice: Option<Notice>,
    day_form: FormState,
    week_form: FormState,
    promise: String,
    example: String,
    year: i32,
    version: i64,
    initials: Vec<String>,
    months: Vec<MonthView>,
    special: Vec<SpecialView>,
    week: Vec<WeekdayView>,
    holidays: Vec<HolidayView>,
    may_manage: bool,
}

fn day_view(calendar: &Calendar, day: NaiveDate, language: domain::Language) -> DayView {
    let hours = view::hours(calendar, day);
    let (state, text) = match calendar.closed(day) {
        Some(Closed::Weekday) => ("weekend", language.text("calendar-closed")),
        Some(closed) => (
            "closed",
            language.text_with(
                "calendar-closed-because",
                &[("why", &view::why_closed(&closed, language))],
            ),
        ),
        None if calendar.differs(day).is_some() => ("part", hours),
        None => ("open", hours),
    };
    DayView {
        number: day.day(),
        state,
        text,
    }
}

fn month(
    calendar: &Calendar,
    year: i32,
    month: u32,
    language: domain::Language,
) -> Option<MonthView> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let mut weeks = Vec::new();
    let mut week: Vec<Option<DayView>> = (0..first.weekday().num_days_from_monday())
        .map(|_| None)
        .collect();
    for day in first.iter_days().take_while(|day| day.month() == month) {
        week.push(Some(day_view(calendar, day, language)));
        if week.len() == 7 {
            weeks.push(std::mem::take(&mut week));
        }
    }
    if !week.is_empty() {
        week.resize_with(7, || None);
        weeks.push(week);
    }
    Some(MonthView {
        name: language.text(&format!("month-{month}")),
        weeks,
    })
}

fn special(
    calendar: &Calendar,
    definition: &CalendarDefinition,
    year: i32,
    language: domain::Language,
) -> Vec<SpecialView> {
    let mut days: Vec<SpecialView> = definition
        .holidays
        .iter()
        .filter_map(|holiday| {
            let day = holiday.day(year)?;
            (!definition.exceptions.contains_key(&day)).then(|| SpecialView {
                day,
                text: language.day(day),
                hours: String::new(),
                reason: language.text(&format!("holiday-{}", holiday.as_str())),
                own: false,
            })
        })
        .collect();
    days.extend(
        definition
            .exceptions
            .iter()
            .filter(|(day, _)| day.year() == year)
            .map(|(day, exception)| SpecialView {
                day: *day,
                text: language.day(*day),
                hours: view::hours(calendar, *day),
                reason: exception.reason.clone(),
                own: true,
            }),
    );
    days.sort_by_key(|special| special.day);
    days
}

struct Shown {
    year: Option<i32>,
    notice: Option<Notice>,
    day_form: FormState,
    week_form: FormState,
}

impl Shown {
    fn plain() -> Self {
        Self {
            year: None,
            notice: None,
            day_form: FormState::empty(),
            week_form: FormState::empty(),
        }
    }
}

async fn show<P: Grants>(
    reader: &Staff<P>,
    shown: Shown,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let current = sla::current(&tx).await?;
    let calendar = &current.calendar;
    let this_year = calendar.local_day(tx.now()).year();
    let year = shown
        .year
        .filter(|year| (this_year - 5..=this_year + 10).contains(year))
        .unwrap_or(this_year);
    let due = current
        .rule
        .due(calendar, tx.now())
        .ok_or_else(|| Error::bug("the calendar does not open within five years"))?;
    html::page(
        status,
        &CalendarPage {
            notice: shown.notice,
            promise: view::rule(&current.rule, language),
            example: language.moment(due.at, calendar.zone()),
            year,
            version: current.calendar_number,
            initials: (0..7)
                .map(|day| language.text(&format!("weekday-short-{day}")))
                .collect(),
            months: (1..=12)
                .filter_map(|number| month(calendar, year, number, language))
                .collect(),
            special: special(calendar, &current.definition, year, language),
            week: current
                .definition
                .week
                .iter()
                .enumerate()
                .map(|(index, blocks)| WeekdayView {
                    name: language.text(&format!("weekday-{index}")),
                    field: format!("week.{index}"),
                    hours: written(blocks),
                })
                .collect(),
            holidays: Holiday::ALL
                .iter()
                .map(|holiday| HolidayView {
                    value: holiday.as_str(),
                    text: language.text(&format!("holiday-{}", holiday.as_str())),
                    chosen: current.definition.holidays.contains(holiday),
                })
                .collect(),
            may_manage: reader.may(Permission::ManageCalendars),
            day_form: shown.day_form,
            week_form: shown.week_form,
            shell: Shell::staff(reader),
        },
    )
}

/// A year of the calendar, with what differs and what is promised.
///
/// # Errors
/// When the reader may not read this.
pub async fn calendar(
    reader: Staff<may::ReadCalendars>,
    query: Ask<Query>,
) -> Result<HttpResponse, Problem> {
    let notice = query.0.klaar.is_some().then(|| Notice {
        tone: "ok",
        text: reader.site.language.text("calendar-kept"),
    });
    let shown = Shown {
        year: query.0.jaar,
        notice,
        ..Shown::plain()
    };
    show(&reader, shown, StatusCode::OK).await
}

fn written(blocks: &[Block]) -> String {
    blocks
        .iter()
        .map(|Block(from, to)| format!("{from}-{to}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Opening hours as people write them: "08:30-12:00 13:00-17:00", also with "8.30", "–", "en" and commas; nothing means closed.
fn blocks(typed: &str) -> Result<Vec<Block>, FieldErrors> {
    let tidy = typed
        .replace(['–', '—'], "-")
        .replace(" - ", "-")
        .replace(['.'], ":")
        .replace(',', " ")
        .replace(" en ", " ")
        .replace(" and ", " ");
    tidy.split_whitespace()
        .map(|block| {
            let times = block
                .split_once('-')
                .and_then(|(from, to)| Some(Block(time(from)?, time(to)?)));
            times.ok_or_else(|| {
                let mut errors = FieldErrors::default();
                errors.add_with("hours", "not_a_time", "about", block);
                errors
            })
        })
        .collect()
}

/// "8:30", "08:30" or "8" as "08:30".
fn time(typed: &str) -> Option<String> {
    let (hours, minutes) = typed.split_once(':').unwrap_or((typed, "00"));
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let fits = minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0));
    fits.then(|| format!("{hours:02}:{minutes:02}"))
}

struct MoveView {
    reference: String,
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "sla/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    changes: Vec<String>,
    count: i64,
    moves: Vec<MoveView>,
    definition: String,
    version: i64,
    year: i32,
}

/// Shows what a calendar would change and move. Nothing is kept yet.
async fn confirm(
    author: &Staff<may::ManageCalendars>,
    current: &Current,
    definition: CalendarDefinition,
    year: i32,
) -> Result<HttpResponse, Problem> {
    let language = author.site.language;
    let zone = author.site.tenant.zone;
    let tx = author.read().await?;
    let today = tx.now().with_timezone(&definition.zone).date_naive();
    let calendar = sla::check(&definition, today)?;
    let moves = sla::preview(&tx, &calendar).await?;
    let first: Vec<_> = moves.iter().take(MOVES_SHOWN).collect();
    let references = cases::references(&tx, first.iter().map(|moved| moved.case)).await?;
    html::ok(&ConfirmPage {
        changes: differences(&current.definition, &definition, &calendar, language),
        count: i64::try_from(moves.len()).unwrap_or(i64::MAX),
        moves: first
            .into_iter()
            .map(|moved| MoveView {
                reference: references.get(&moved.case).cloned().unwrap_or_default(),
                from: language.moment(moved.from, zone),
                to: language.moment(moved.to, zone),
            })
            .collect(),
        definition: serde_json::to_string(&definition).map_err(Error::bug)?,
        version: current.calendar_number,
        year,
        shell: Shell::staff(author),
    })
}

/// What differs between two calendars, in words.
fn differences(
    before: &CalendarDefinition,
    after: &CalendarDefinition,
    calendar: &Calendar,
    language: domain::Language,
) -> Vec<String> {
    let mut lines = Vec::new();
    let closed = || language.text("calendar-closed");
    let or_closed = |hours: String| if hours.is_empty() { closed() } else { hours };
    for (index, (old, new)) in before.week.iter().zip(&after.week).enumerate() {
        if old != new {
            let day = language.text(&format!("weekday-{index}"));
            lines.push(language.text_with(
                "change-weekday",
                &[
                    ("day", &day),
                    ("before", &or_closed(written(old))),
                    ("after", &or_closed(written(new))),
                ],
            ));
        }
    }
    for holiday in Holiday::ALL {
        let name = language.text(&format!("holiday-{}", holiday.as_str()));
        match (
            before.holidays.contains(&holiday),
            after.holidays.contains(&holiday),
        ) {
            (false, true) => lines.push(language.text_with("change-holiday-on", &[("day", &name)])),
            (true, false) => {
                lines.push(language.text_with("change-holiday-off", &[("day", &name)]));
            }
            _ => {}
        }
    }
    for (day, exception) in &after.exceptions {
        if before.exceptions.get(day) != Some(exception) {
            lines.push(language.text_with(
                "change-day",
                &[
                    ("day", &language.day(*day)),
                    ("hours", &or_closed(view::hours(calendar, *day))),
                    ("why", &exception.reason),
                ],
            ));
        }
    }
    for day in before.exceptions.keys() {
        if !after.exceptions.contains_key(day) {
            lines.push(language.text_with(
                "change-day-off",
                &[
                    ("day", &language.day(*day)),
                    ("hours", &or_closed(view::hours(calendar, *day))),
                ],
            ));
        }
    }
    lines
}

fn invalid(problem: &Problem) -> Option<&FieldErrors> {
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
    let current = sla::current(&author.read().await?).await?;
    let typed = posted.0;
    let mut definition = (*current.definition).clone();
    let mut errors = FieldErrors::default();
    let day = day(typed.text("day"));
    if day.is_none() {
        errors.add("day", "not_a_date");
    }
    let removes = typed.get("remove").is_some();
    let reason = domain::forms::clean_line(typed.text("reason"));
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
            confirm(&author, &current, definition, day.year()).await
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

/// A day as a date field sends it, or as people type it.
pub(crate) fn day(typed: &str) -> Option<NaiveDate> {
    let typed = typed.trim().replace(['/', '.', ' '], "-");
    ["%Y-%m-%d", "%d-%m-%Y"]
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(&typed, format).ok())
}

/// Changes the hours of the week and the holidays.
///
/// # Errors
/// When the author may not change this; what cannot be used is told on the page.
pub async fn change_week(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let current = sla::current(&author.read().await?).await?;
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
        let today = current.calendar.local_day(author.site.house.db.now());
        confirm(&author, &current, definition, today.year()).await
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
        sla::set_calendar(&tx, &definition, Some(version), Some(author.member().id)).await?;
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
        Err(problem) if problem.error().code().status() == 409 => {
            let (title, detail) = problem.words(author.site.language);
            let shown = Shown {
                notice: Some(Notice {
                    tone: "error",
                    text: format!("{title}. {detail}"),
                }),
                ..Shown::plain()
            };
            show(&author, shown, StatusCode::CONFLICT).await
        }
        Err(problem) => Err(problem),
    }
}

struct PromiseView {
    text: String,
    from: String,
    in_force: bool,
}

#[derive(Template)]
#[template(path = "sla/promise.html")]
struct PromisePage {
    shell: Shell,
    notice: Option<Notice>,
    form: FormState,
    promises: Vec<PromiseView>,
    targets: Vec<Target>,
    may_manage: bool,
}

struct Target {
    value: &'static str,
    text: String,
    chosen: bool,
}

async fn show_promises<P: Grants>(
    reader: &Staff<P>,
    form: FormState,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let today = sla::current(&tx).await?.calendar.local_day(tx.now());
    let mut found = false;
    let promises = sla::rules(&tx)
        .await?
        .into_iter()
        .map(|version| {
            let begun = version.starts_on.is_none_or(|day| day <= today);
            let in_force = begun && !found;
            found |= begun;
            PromiseView {
                text: view::rule(&version.rule, language),
                from: match version.starts_on {
                    Some(day) => language.text_with("promise-from", &[("day", &language.day(day))]),
                    None => language.text_with(
                        "promise-since",
                        &[(
                            "moment",
                            &language.instant(version.created_at, reader.site.tenant.zone),
                        )],
                    ),
                },
                in_force,
            }
        })
        .collect();
    let targets = ["workingDays", "businessHours"]
        .into_iter()
        .map(|value| Target {
            text: language.text(&format!("target-{}", html::dashed(value))),
            chosen: form.value_or("target", "workingDays") == value,
            value,
        })
        .collect();
    html::page(
        status,
        &PromisePage {
            notice,
            form,
            promises,
            targets,
            may_manage: reader.may(Permission::ManageCalendars),
            shell: Shell::staff(reader),
        },
    )
}

/// What is promised, was promised and will be promised.
///
/// # Errors
/// When the reader may not read this.
pub async fn promises(
    reader: Staff<may::ReadCalendars>,
    query: Ask<Query>,
) -> Result<HttpResponse, Problem> {
    let notice = query.0.klaar.is_some().then(|| Notice {
        tone: "ok",
        text: reader.site.language.text("promise-kept"),
    });
    show_promises(&reader, FormState::empty(), notice, StatusCode::OK).await
}

/// Sets the promise from a day on.
///
/// # Errors
/// When the author may not change this; what cannot be used is told on the page.
pub async fn set_promise(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let typed = posted.0;
    let mut errors = FieldErrors::default();
    let amount = typed.text("amount").trim().parse::<u32>().ok();
    let rule = match (typed.text("target"), amount) {
        (_, None) => {
            errors.add("amount", "not_a_number");
            None
        }
        ("businessHours", Some(hours)) => Some(ServiceRule::BusinessMinutes {
            minutes: hours.saturating_mul(60),
        }),
        ("workingDays", Some(days)) => Some(ServiceRule::WorkingDays { days }),
        _ => {
            errors.add("target", "not_an_option");
            None
        }
    };
    let starts_on = match typed.text("startsOn").trim() {
        "" => None,
        text => {
            let day = day(text);
            if day.is_none() {
                errors.add("startsOn", "not_a_date");
            }
            day
        }
    };
    let done = async {
        let Some(rule) = rule.filter(|_| errors.is_empty()) else {
            return Err(Error::Invalid(errors).into());
        };
        let tx = author.write().await?;
        sla::set_rule(&tx, &rule, starts_on, Some(author.member().id)).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match done.await {
        Ok(()) => Ok(html::see_other("/beheer/belofte?klaar=1")),
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let form = FormState::refused(typed, errors, author.site.language);
                show_promises(&author, form, None, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_hours_are_read_as_people_write_them() {
        for (typed, read) in [
            ("08:30-17:00", "08:30-17:00"),
            ("8.30 – 12.00 en 13.00 – 17.00", "08:30-12:00 13:00-17:00"),
            ("9-12, 13-17", "09:00-12:00 13:00-17:00"),
            ("00:00-24:00", "00:00-24:00"),
            ("  ", ""),
        ] {
            assert_eq!(written(&blocks(typed).unwrap()), read, "{typed}");
        }
        for typed in ["dicht", "8:30", "25:00-26:00", "09:60-10:00", "-", "9-"] {
            assert!(blocks(typed).is_err(), "{typed}");
        }
    }
}
