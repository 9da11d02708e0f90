//! The list of forms: how each stands, who works on it, and when it opens and closes.

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    form_editor::{self, FormEntry},
    forms::FormStatus,
};
use tenants::{Permission, StaffId, permission::may};

use super::view;
use crate::{
    extract::Staff,
    html::{
        self, Page, SampleFrame, Samples,
        values::{Badge, names},
    },
    problem::Problem,
};

struct EntryView {
    slug: String,
    title: String,
    status: Badge,
    version: Option<i64>,
    moments: Vec<String>,
    draft: String,
    questions: i64,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "form_editor/list.html")]
pub(super) struct ListPage {
    page: Page,
    forms: Vec<EntryView>,
    may_edit: bool,
}

impl Samples for ListPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let form = EntryView {
            slug: "klacht-tip-compliment".to_owned(),
            title: "Klacht, tip of compliment".to_owned(),
            status: view::status(FormStatus::Open, frame.language),
            version: Some(2),
            moments: Vec::new(),
            draft: String::new(),
            questions: 12,
            is_open: true,
        };
        let page = |forms, may_edit| Self {
            page: frame.staff(),
            forms,
            may_edit,
        };
        vec![page(Vec::new(), true), page(vec![form], false)]
    }
}

/// When a form opens, closes and is over, as far as that is set and still says something.
fn moments(entry: &FormEntry, language: domain::Language, zone: chrono_tz::Tz) -> Vec<String> {
    let schedule = &entry.schedule;
    let upcoming = match entry.status {
        FormStatus::NotYet => vec![
            ("forms-opens", schedule.opens_at),
            ("forms-closes", schedule.closes_at),
        ],
        FormStatus::Open => vec![("forms-closes", schedule.closes_at)],
        FormStatus::Closed => vec![
            ("forms-closed", schedule.closes_at),
            ("forms-deadline", schedule.deadline_at),
        ],
        FormStatus::Over => vec![("forms-over", schedule.deadline_at)],
        FormStatus::Offline => vec![("forms-opens", schedule.opens_at)],
    };
    upcoming
        .into_iter()
        .filter_map(|(key, at)| {
            Some(language.text_with(key, &[("moment", &language.instant(at?, zone))]))
        })
        .collect()
}

/// All forms, published or not.
pub async fn list(reader: Staff<may::ReadForms>) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let zone = reader.site.tenant.zone;
    let tx = reader.read().await?;
    let names = names(&tx).await?;
    let draft = |(author, at): (Option<StaffId>, DateTime<Utc>)| {
        let name = author.and_then(|id| names.get(&id).cloned());
        let name = name.unwrap_or_else(|| language.text("nobody"));
        let values = [("name", &*name), ("moment", &*language.instant(at, zone))];
        language.text_with("forms-draft", &values)
    };
    let entry = |entry: FormEntry| EntryView {
        moments: moments(&entry, language, zone),
        title: (entry.title.get(language.as_str()))
            .or_else(|| entry.title.values().next())
            .unwrap_or(&entry.slug)
            .clone(),
        status: view::status(entry.status, language),
        version: entry.live,
        draft: entry.draft.map(draft).unwrap_or_default(),
        questions: i64::try_from(entry.questions).unwrap_or(i64::MAX),
        is_open: entry.status == FormStatus::Open,
        slug: entry.slug,
    };
    html::ok(&ListPage {
        forms: form_editor::entries(&tx)
            .await?
            .into_iter()
            .map(entry)
            .collect(),
        may_edit: reader.may(Permission::EditForms),
        page: Page::staff(&reader),
    })
}
