//! Closing days from a calendar file: read, confirmed one by one, and saved like any other change.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    Code, Error, FieldErrors, clocks,
    deadlines::{CalendarFile, CalendarFileProblem, Exception, blocks_text, read_blocks},
};
use tenants::permission::may;

use super::{calendar_change::confirm, view};
use crate::{
    blocking::{self, had_no_time},
    csrf::{Posted, Upload},
    extract::Staff,
    html::{self, Page, SampleFrame, Samples},
    problem::Problem,
};

struct ClosureView {
    id: usize,
    value: String,
    day: String,
    hours: String,
    reason: String,
    chosen: bool,
    note: Option<String>,
}

struct LeftOut {
    name: String,
    why: String,
}

#[derive(Template)]
#[template(path = "clocks/calendar_import.html")]
pub(super) struct ImportPage {
    page: Page,
    error: Option<String>,
    read: bool,
    days: Vec<ClosureView>,
    left_out: Vec<LeftOut>,
}

fn empty(page: Page) -> ImportPage {
    ImportPage {
        page,
        error: None,
        read: false,
        days: Vec::new(),
        left_out: Vec::new(),
    }
}

/// Where to choose a file.
///
/// # Errors
/// When the author may not change the calendar.
pub async fn page(author: Staff<may::ManageCalendars>) -> Result<HttpResponse, Problem> {
    html::ok(&empty(Page::staff(&author)))
}

/// Reads a file and shows what it holds. Nothing is kept.
///
/// # Errors
/// When the author may not change the calendar; what is wrong with a file is shown on the page.
pub async fn read(
    author: Staff<may::ManageCalendars>,
    upload: Result<Upload, Problem>,
) -> Result<HttpResponse, Problem> {
    let language = author.site.language;
    let mut page = empty(Page::staff(&author));
    let upload = match upload {
        Err(problem) if problem.error().code() == Code::TooLarge => {
            page.error = Some(language.text("field-import-too-large"));
            return html::render(StatusCode::PAYLOAD_TOO_LARGE, &page);
        }
        upload => upload?,
    };
    let current = clocks::current(&author.read().await?).await?;
    let calendar = &current.calendar;
    let today = calendar.local_day(author.site.app.db.now());
    if upload.name.is_empty() && upload.bytes.is_empty() {
        page.error = Some(language.text("field-file-none"));
        return html::render(StatusCode::BAD_REQUEST, &page);
    }
    let zone = calendar.zone();
    let reading = blocking::run(move || CalendarFile::read(&upload.bytes, zone, today));
    let read = match reading.await {
        Err(problem) if had_no_time(&problem) => Err(CalendarFileProblem::TooSlow),
        read => read?,
    };
    let found = match read {
        Ok(found) => found,
        Err(problem) => {
            page.error =
                Some(language.text(&format!("field-{}", problem.code().replace('_', "-"))));
            let status = match problem {
                CalendarFileProblem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                _ => StatusCode::BAD_REQUEST,
            };
            return html::render(status, &page);
        }
    };
    page.read = true;
    for (id, closure) in found.days.into_iter().enumerate() {
        let exception = closure.exception(calendar);
        let known = current.definition.exceptions.get(&closure.day);
        let reason = if closure.reason.is_empty() {
            language.text("import-no-name")
        } else {
            closure.reason.clone()
        };
        let note = if exception.is_none() {
            Some(language.text("import-closed-already"))
        } else if known.is_some() {
            Some(language.text("import-replaces"))
        } else if closure.is_free {
            Some(language.text("import-is-free"))
        } else {
            None
        };
        let hours = exception
            .as_ref()
            .map_or(String::new(), |exception| blocks_text(&exception.blocks));
        page.days.push(ClosureView {
            id,
            value: format!("{}|{hours}|{reason}", closure.day),
            day: language.day(closure.day),
            hours: if exception.is_none() {
                view::hours(calendar, closure.day)
            } else {
                hours
            },
            reason,
            chosen: exception.is_some() && known.is_none() && !closure.is_free,
            note,
        });
    }
    page.left_out = found
        .left_out
        .into_iter()
        .map(|(name, why)| LeftOut {
            name: if name.is_empty() {
                language.text("import-no-name")
            } else {
                name
            },
            why: language.text(&format!("import-left-out-{}", why.replace('_', "-"))),
        })
        .collect();
    html::ok(&page)
}

/// A day as the page sent it: the day, its opening hours and the reason.
fn day_of(value: &str) -> Option<(NaiveDate, Exception)> {
    let (day, rest) = value.split_once('|')?;
    let (hours, reason) = rest.split_once('|')?;
    let exception = Exception {
        blocks: read_blocks(hours, "day", &mut FieldErrors::default())?,
        reason: domain::text::clean_line(reason),
    };
    Some((day.parse().ok()?, exception))
}

/// Takes over the days that somebody chose, several parts of one day together, and shows what they move before they hold.
///
/// # Errors
/// When the author may not change the calendar, or what was sent is no choice of ours.
pub async fn choose(
    author: Staff<may::ManageCalendars>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let current = clocks::current(&author.read().await?).await?;
    let mut definition = (*current.definition).clone();
    let mut chosen: BTreeMap<NaiveDate, Exception> = BTreeMap::new();
    for (_, value) in posted.0.iter().filter(|(name, _)| *name == "day") {
        let (day, exception) = day_of(value).ok_or_else(|| Error::invalid("day", "unreadable"))?;
        let both = match chosen.remove(&day) {
            Some(other) => exception.and(other),
            None => exception,
        };
        chosen.insert(day, both);
    }
    definition.exceptions.extend(chosen);
    let today = current.calendar.local_day(author.site.app.db.now());
    let year = chrono::Datelike::year(&today);
    confirm(&author, &current, (definition, false), year, "calendar").await
}

impl Samples for ImportPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let day = ClosureView {
            id: 0,
            value: "2026-12-24||Kerstavond".to_owned(),
            day: "24-12-2026".to_owned(),
            hours: "08:30-12:00".to_owned(),
            reason: "Kerstavond".to_owned(),
            chosen: true,
            note: Some(frame.language.text("import-replaces")),
        };
        let left_out = LeftOut {
            name: "Vergadering".to_owned(),
            why: frame.language.text("import-left-out-cancelled"),
        };
        vec![
            Self {
                error: Some(frame.language.text("field-file-none")),
                ..empty(frame.staff())
            },
            Self {
                read: true,
                days: vec![day],
                left_out: vec![left_out],
                ..empty(frame.staff())
            },
        ]
    }
}
