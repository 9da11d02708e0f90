//! Every version of the calendars, and what differs between any two.

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    Error,
    clocks::{self, CalendarKind},
    deadlines::{CalendarDefinition, LegalCalendar},
};
use serde::Deserialize;
use tenants::permission::may;

use super::calendar_diff;
use crate::{
    extract::{Query, Staff},
    html::{
        self, Page, SampleFrame, Samples,
        values::{self, Choice},
    },
    problem::Problem,
};

/// Which calendar, and which two versions.
#[derive(Deserialize, Default)]
pub struct VersionsQuery {
    soort: Option<String>,
    van: Option<i64>,
    naar: Option<i64>,
}

struct Row {
    number: i64,
    at: String,
    author: String,
}

#[derive(Template)]
#[template(path = "clocks/calendar_versions.html")]
pub(super) struct VersionsPage {
    page: Page,
    legal: bool,
    rows: Vec<Row>,
    from: Vec<Choice>,
    to: Vec<Choice>,
    compared: Option<(i64, i64)>,
    changes: Vec<String>,
}

/// The versions, and the difference between two of them.
///
/// # Errors
/// [`Error::NotFound`] for a version that does not exist.
pub async fn page(
    reader: Staff<may::ReadCalendars>,
    query: Query<VersionsQuery>,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (reader.site.language, reader.site.tenant.zone);
    let query = query.0;
    let legal = query.soort.as_deref() == Some("wet");
    let kind = if legal {
        CalendarKind::Legal
    } else {
        CalendarKind::Service
    };
    let tx = reader.read().await?;
    let versions = clocks::versions(&tx, kind, None).await?;
    let names = values::names(&tx).await?;
    let newest = versions.first().map_or(0, |version| version.number);
    let to = query.naar.unwrap_or(newest);
    let from = query.van.unwrap_or((to - 1).max(1));
    let written = |number: i64| {
        versions
            .iter()
            .find(|version| version.number == number)
            .map(|version| version.calendar.clone())
            .ok_or(Error::NotFound)
    };
    let mut changes = Vec::new();
    let mut compared = None;
    if newest > 0 {
        compared = Some((from, to));
        let (before, after) = (written(from)?, written(to)?);
        changes = if legal {
            let before: LegalCalendar = serde_json::from_value(before).map_err(Error::bug)?;
            let after: LegalCalendar = serde_json::from_value(after).map_err(Error::bug)?;
            calendar_diff::laws(&before, &after, language)
        } else {
            let before: CalendarDefinition = serde_json::from_value(before).map_err(Error::bug)?;
            let after: CalendarDefinition = serde_json::from_value(after).map_err(Error::bug)?;
            let office = clocks::office_by_number(&tx, to).await?;
            calendar_diff::calendars(&before, &after, &office.calendar, language)
        };
    }
    let choices = |chosen: i64| {
        versions
            .iter()
            .map(|version| Choice {
                value: version.number.to_string(),
                text: language.text_with(
                    "versions-number",
                    &[
                        ("number", &version.number.to_string()),
                        ("moment", &language.instant(version.created_at, zone)),
                    ],
                ),
                chosen: version.number == chosen,
            })
            .collect()
    };
    html::ok(&VersionsPage {
        legal,
        rows: versions
            .iter()
            .map(|version| Row {
                number: version.number,
                at: language.instant(version.created_at, zone),
                author: version
                    .author_id
                    .and_then(|id| names.get(&id).cloned())
                    .unwrap_or_else(|| language.text("versions-first")),
            })
            .collect(),
        from: choices(from),
        to: choices(to),
        compared,
        changes,
        page: Page::staff(&reader),
    })
}

impl Samples for VersionsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |compared, legal| Self {
            page: frame.staff(),
            legal,
            rows: vec![Row {
                number: 1,
                at: "23-11-2026 10:00".to_owned(),
                author: frame.language.text("versions-first"),
            }],
            from: Vec::new(),
            to: Vec::new(),
            compared,
            changes: Vec::new(),
        };
        vec![page(Some((1, 1)), false), page(None, true)]
    }
}
