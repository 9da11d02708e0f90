//! The year of a calendar as a page: which days are open, open for a part, or closed, and why.

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use domain::{
    Error,
    clocks::{self, CalendarVersionId, Current, RuleTerms, words},
    deadlines::{Calendar, CalendarDefinition, Closed, Holiday, ServiceRule, blocks_text},
};
use serde::Deserialize;
use tenants::{Grants, Permission, permission::may};

use super::view;
use crate::{
    extract::{Query, Staff},
    html::{self, FormPage, FormState, Notice, Page, SampleFrame, Samples, values::Choice},
    problem::Problem,
};

/// Which year to show, and whether something was just done.
#[derive(Deserialize, Default)]
pub struct YearQuery {
    /// Which year.
    pub jaar: Option<i32>,
}

/// Years before this one that a calendar shows, and years after it.
const YEARS_SHOWN: (i32, i32) = (5, 10);

/// Which year a page shows.
pub struct YearChoice {
    /// The year.
    pub year: i32,
    /// The years beside it, as far as they can be shown.
    pub near: Vec<i32>,
    /// That another year was asked, which cannot be shown.
    pub notice: Option<Notice>,
}

impl YearChoice {
    /// The year that was asked for, or this one.
    pub fn of(asked: Option<i32>, this_year: i32, language: domain::Language) -> Self {
        let shown = this_year - YEARS_SHOWN.0..=this_year + YEARS_SHOWN.1;
        let year = asked
            .filter(|year| shown.contains(year))
            .unwrap_or(this_year);
        let notice = asked.filter(|asked| *asked != year).map(|_| Notice {
            tone: "error",
            text: language.text_with(
                "calendar-year-unknown",
                &[
                    ("first", &shown.start().to_string()),
                    ("last", &shown.end().to_string()),
                    ("year", &year.to_string()),
                ],
            ),
        });
        Self {
            near: [year - 1, year + 1]
                .into_iter()
                .filter(|near| shown.contains(near))
                .collect(),
            year,
            notice,
        }
    }
}

/// A day of the year.
pub struct DayView {
    /// Its number in the month.
    pub number: u32,
    /// `open`, `part`, `closed` or `weekend`.
    pub state: &'static str,
    /// What the day is, for whoever cannot see the colour.
    pub text: String,
}

/// A month.
pub struct MonthView {
    /// Its name.
    pub name: String,
    /// Its weeks, Monday first.
    pub weeks: Vec<Vec<Option<DayView>>>,
}

/// A year, day by day.
pub struct YearView {
    /// The year.
    pub year: i32,
    /// The years beside it, as far as they can be shown.
    pub near: Vec<i32>,
    /// What the days of the week are called for short.
    pub initials: Vec<String>,
    /// Its months.
    pub months: Vec<MonthView>,
}

impl YearView {
    /// A year, of which `view` tells each day.
    pub fn new(
        choice: &YearChoice,
        language: domain::Language,
        view: impl Fn(NaiveDate) -> DayView,
    ) -> Self {
        Self {
            year: choice.year,
            near: choice.near.clone(),
            initials: (0..7)
                .map(|day| language.text(&format!("weekday-short-{day}")))
                .collect(),
            months: (1..=12)
                .filter_map(|number| month(choice.year, number, language, &view))
                .collect(),
        }
    }
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

#[derive(Template)]
#[template(path = "clocks/calendar_year.html")]
pub(super) struct CalendarPage {
    page: Page,
    notice: Option<Notice>,
    day_form: FormState,
    week_form: FormState,
    promise: String,
    example: String,
    year: YearView,
    version: i64,
    special: Vec<SpecialView>,
    week: Vec<WeekdayView>,
    holidays: Vec<Choice>,
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
                &[("why", &words::why_closed(&closed, language))],
            ),
        ),
        None if calendar.exception_reason(day).is_some() => ("part", hours),
        None => ("open", hours),
    };
    DayView {
        number: day.day(),
        state,
        text,
    }
}

/// A month of a year, of which `view` tells each day.
fn month(
    year: i32,
    month: u32,
    language: domain::Language,
    view: impl Fn(NaiveDate) -> DayView,
) -> Option<MonthView> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let mut weeks = Vec::new();
    let mut week: Vec<Option<DayView>> = (0..first.weekday().num_days_from_monday())
        .map(|_| None)
        .collect();
    for day in first.iter_days().take_while(|day| day.month() == month) {
        week.push(Some(view(day)));
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

/// What the page shows besides the calendar.
#[derive(Default)]
pub struct Shown {
    /// Which year.
    pub year: Option<i32>,
    /// The form for a day.
    pub day: FormPage,
    /// The form for the week.
    pub week: FormPage,
}

impl CalendarPage {
    fn new(
        page: Page,
        (current, now): (&Current, DateTime<Utc>),
        shown: Shown,
        may_manage: bool,
    ) -> Result<Self, Error> {
        let (language, calendar) = (page.language, &current.calendar);
        let choice = YearChoice::of(shown.year, calendar.local_day(now).year(), language);
        let due = current
            .rule
            .due(calendar, now)
            .ok_or_else(|| Error::bug("the calendar does not open within five years"))?;
        let definition = &current.definition;
        Ok(Self {
            year: YearView::new(&choice, language, |day| day_view(calendar, day, language)),
            special: special(calendar, definition, choice.year, language),
            notice: shown.day.notice.or(shown.week.notice).or(choice.notice),
            promise: words::rule(&current.rule, language),
            example: language.moment(due.at, calendar.zone(), now),
            version: current.calendar_number,
            week: definition
                .week
                .iter()
                .enumerate()
                .map(|(index, blocks)| WeekdayView {
                    name: language.text(&format!("weekday-{index}")),
                    field: format!("week.{index}"),
                    hours: blocks_text(blocks),
                })
                .collect(),
            holidays: Choice::all(
                &Holiday::ALL.map(Holiday::as_str),
                "holiday",
                language,
                |one| (definition.holidays.iter()).any(|holiday| holiday.as_str() == one),
            ),
            may_manage,
            day_form: shown.day.form,
            week_form: shown.week.form,
            page,
        })
    }
}

/// Shows the calendar.
pub async fn show<P: Grants>(reader: &Staff<P>, shown: Shown) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let current = clocks::current(&tx).await?;
    let status = shown.day.status.max(shown.week.status);
    let may_manage = reader.may(Permission::ManageCalendars);
    let page = CalendarPage::new(Page::staff(reader), (&current, tx.now()), shown, may_manage)?;
    html::render(status, &page)
}

/// A year of the calendar, with what differs and what is promised.
pub async fn calendar(
    reader: Staff<may::ReadCalendars>,
    query: Query<YearQuery>,
) -> Result<HttpResponse, Problem> {
    let shown = Shown {
        year: query.0.jaar,
        ..Shown::default()
    };
    show(&reader, shown).await
}

/// A calendar and a promise for samples of pages.
pub fn sample_current() -> Option<Current> {
    let zone = chrono_tz::Europe::Amsterdam;
    let today = NaiveDate::from_ymd_opt(2026, 11, 23)?;
    let closures = [(today.succ_opt()?, "Personeelsdag".to_owned())].into();
    let definition = CalendarDefinition::office_hours(zone).with_closures(closures);
    Some(Current {
        calendar_version: CalendarVersionId(uuid::Uuid::nil()),
        calendar_number: 2,
        calendar: Calendar::prepare(&definition, today).ok()?.into(),
        definition: definition.into(),
        rule: ServiceRule::WorkingDays { days: 1 },
        terms: RuleTerms::default(),
    })
}

/// A moment for samples of pages.
pub fn sample_now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_780) + TimeDelta::hours(9)
}

impl Samples for CalendarPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let refused = Shown {
            day: FormPage::refused_sample("day", "not_a_date", frame.language),
            ..Shown::default()
        };
        let current = sample_current();
        [(Shown::default(), false), (refused, true)]
            .into_iter()
            .filter_map(|(shown, may_manage)| {
                let now = (current.as_ref()?, sample_now());
                Self::new(frame.staff(), now, shown, may_manage).ok()
            })
            .collect()
    }
}
