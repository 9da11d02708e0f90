//! The queue.

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    cases::{self, Counts, Filter, Kind},
    clocks,
    intake::quarantine,
};
use serde::Deserialize;
use tenants::{Permission, permission::may};

use super::{
    cursor,
    view::{self, Badge, Choice},
};
use crate::{
    extract::{Query, Staff},
    html::{self, Page},
    problem::Problem,
};

/// Cases on one page of the queue.
const PAGE: u64 = 25;

/// What the queue is asked for.
#[derive(Deserialize, Default)]
pub struct QueueQuery {
    toon: Option<String>,
    soort: Option<String>,
    categorie: Option<String>,
    zoek: Option<String>,
    na: Option<String>,
}

struct Row {
    reference: String,
    title: String,
    kind: String,
    category: String,
    status: Badge,
    assignee: Option<String>,
    promise: Badge,
    due: String,
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage {
    page: Page,
    counts: Counts,
    rows: Vec<Row>,
    views: Vec<Choice>,
    kinds: Vec<Choice>,
    categories: Vec<Choice>,
    may_file: bool,
    text: String,
    filtered: bool,
    quarantined: i64,
    next: Option<String>,
    first: Option<String>,
    notices: Vec<NoticeRow>,
    more_notices: i64,
}

/// A warning about a clock.
struct NoticeRow {
    reference: String,
    text: String,
    due: String,
    badge: Badge,
}

/// Warnings shown above the list.
const NOTICES: usize = 5;

/// The queue: what falls due first on top, what is late above all.
pub async fn queue(
    staff: Staff<may::ReadCases>,
    query: Query<QueueQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.0;
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let now = tx.now();
    let view = query.toon.as_deref().unwrap_or("open");
    let kind = query
        .soort
        .as_deref()
        .and_then(|kind| kind.parse::<Kind>().ok());
    let text = query.zoek.clone().unwrap_or_default();
    let filter = Filter {
        closed: view == "gesloten",
        kind,
        category: query.categorie.clone().filter(|key| !key.is_empty()),
        assignee: (view == "mijn").then_some(staff.member().id),
        unassigned: view == "vrij",
        late_at: (view == "telaat").then_some(now),
        text: Some(text.clone()).filter(|text| !text.trim().is_empty()),
    };
    // A link with an old place shows the list from its beginning.
    let after = query
        .na
        .as_deref()
        .and_then(|word| cursor::decode(word).ok());
    let page = cases::list(&tx, &filter, after.as_ref(), PAGE).await?;
    let counts = cases::counts(&tx, now).await?;
    let quarantined = i64::try_from(quarantine::waiting(&tx).await?).unwrap_or(i64::MAX);
    let names = view::names(&tx).await?;
    let known = cases::categories(&tx).await?;
    let label = |key: &str| {
        let found = known.iter().find(|category| category.key == key);
        found
            .map_or(key, |category| category.label(language))
            .to_owned()
    };
    let reached = clocks::alerts_for(&tx, staff.member()).await?;
    let more_notices = i64::try_from(reached.len().saturating_sub(NOTICES)).unwrap_or(i64::MAX);
    let notices = reached
        .into_iter()
        .take(NOTICES)
        .map(|notice| NoticeRow {
            text: language.text(&format!("clock-short-{}", notice.clock.kind.key())),
            due: match notice.clock.legal_on {
                Some(day) => language.day(day),
                None => {
                    crate::html::values::moment_or_dash(notice.clock.due_at, zone, now, language)
                }
            },
            badge: if notice.clock.due_at.is_some_and(|due| due < now) {
                Badge {
                    tone: "danger",
                    text: language.text("clock-is-late"),
                }
            } else {
                Badge {
                    tone: "warning",
                    text: language.text("clock-is-close"),
                }
            },
            reference: notice.case.reference,
        })
        .collect();
    let rows = page
        .cases
        .iter()
        .map(|case| Row {
            reference: case.reference.clone(),
            title: case.title.clone(),
            kind: view::kind(case, language),
            category: case.category.as_deref().map(label).unwrap_or_default(),
            status: view::status_badge(case, language),
            assignee: case.assignee_id.and_then(|id| names.get(&id).cloned()),
            promise: view::promise_badge(case, now, zone, language),
            due: case
                .due_at
                .map(|due| language.moment(due, zone, now))
                .unwrap_or_default(),
        })
        .collect();
    let choice = |value: &str, key: &str, chosen: bool| Choice {
        value: value.to_owned(),
        text: language.text(key),
        chosen,
    };
    let mut kinds = vec![choice("", "queue-all-kinds", kind.is_none())];
    kinds.extend(
        Kind::ALL
            .iter()
            .map(|one| choice(one.as_str(), &format!("kind-{one}"), kind == Some(*one))),
    );
    let mut categories = vec![choice(
        "",
        "queue-all-categories",
        filter.category.is_none(),
    )];
    categories.extend(known.iter().map(|category| Choice {
        value: category.key.clone(),
        text: category.label(language).to_owned(),
        chosen: filter.category.as_deref() == Some(&category.key),
    }));
    let here = |next: Option<&str>| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("toon", view);
        for (name, value) in [
            ("soort", kind.map(Kind::as_str)),
            ("categorie", filter.category.as_deref()),
            ("zoek", filter.text.as_deref()),
            ("na", next),
        ] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        format!("/balie?{}", query.finish())
    };
    html::ok(&QueuePage {
        counts,
        quarantined,
        rows,
        views: [
            ("open", "queue-open"),
            ("mijn", "queue-mine"),
            ("vrij", "queue-unassigned"),
            ("telaat", "queue-late"),
            ("gesloten", "queue-closed"),
        ]
        .into_iter()
        .map(|(value, key)| choice(value, key, value == view))
        .collect(),
        kinds,
        categories,
        may_file: staff.may(Permission::HandleCases),
        filtered: filter != Filter::default(),
        text,
        next: page
            .next
            .as_ref()
            .map(|next| here(Some(&cursor::encode(next)))),
        first: after.is_some().then(|| here(None)),
        notices,
        more_notices,
        page: Page::staff(&staff),
    })
}
