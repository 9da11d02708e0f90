//! The queue.

use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    cases::{self, Case, Category, Counts, Filter, Kind, Viewer},
    clocks, desk,
    intake::quarantine,
};
use serde::Deserialize;
use tenants::{Permission, permission::may};

use super::{
    cursor, samples,
    view::{self, Badge, Choice, Names},
};
use crate::{
    extract::{Query, Staff},
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
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
pub(super) struct QueuePage {
    page: Page,
    counts: Counts,
    rows: Vec<Row>,
    filter: FilterForm,
    may_file: bool,
    quarantined: i64,
    /// References of cases of which a mail did not arrive.
    undelivered: Vec<String>,
    next: Option<String>,
    first: Option<String>,
    notices: Vec<NoticeRow>,
    more_notices: i64,
}

/// What the list can be narrowed by, and is.
struct FilterForm {
    views: Vec<Choice>,
    kinds: Vec<Choice>,
    categories: Vec<Choice>,
    text: String,
    is_used: bool,
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

fn row(
    case: &Case,
    (names, known): (&Names, &[Category]),
    (now, zone): (DateTime<Utc>, Tz),
    language: Language,
) -> Row {
    let label = |key: &str| {
        let found = known.iter().find(|category| category.key == key);
        found
            .map_or(key, |category| category.label(language))
            .to_owned()
    };
    Row {
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
    }
}

fn notice_badge(is_late: bool, language: Language) -> Badge {
    let (tone, key) = if is_late {
        ("danger", "clock-is-late")
    } else {
        ("warning", "clock-is-close")
    };
    Badge {
        tone,
        text: language.text(key),
    }
}

/// Which part of the queue is shown.
fn views(chosen: &str, language: Language) -> Vec<Choice> {
    [
        ("open", "queue-open"),
        ("mijn", "queue-mine"),
        ("vrij", "queue-unassigned"),
        ("telaat", "queue-late"),
        ("straks", "queue-soon"),
        ("gesloten", "queue-closed"),
    ]
    .into_iter()
    .map(|(value, key)| Choice::new(value, language.text(key), value == chosen))
    .collect()
}

fn kinds(chosen: Option<Kind>, language: Language) -> Vec<Choice> {
    let all = Choice::new("", language.text("queue-all-kinds"), chosen.is_none());
    let chosen = chosen.map_or("", Kind::as_str);
    let each = Choice::all(Kind::ALL, "kind", language, |kind| kind == chosen);
    [all].into_iter().chain(each).collect()
}

fn categories(known: &[Category], chosen: Option<&str>, language: Language) -> Vec<Choice> {
    let text = language.text("queue-all-categories");
    let all = Choice::new("", text, chosen.is_none());
    let each = known.iter().map(|category| {
        let text = category.label(language);
        Choice::new(&category.key, text, chosen == Some(&category.key))
    });
    [all].into_iter().chain(each).collect()
}

/// The queue: what falls due first on top, what is late above all.
pub async fn queue(staff: Staff<may::ReadCases>, query: Query<QueueQuery>) -> HandlerResult {
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
        late_at: match view {
            "telaat" => Some(now),
            // What is late comes first in it: that has to be done before what falls due soon.
            "straks" => Some(now + cases::SOON),
            _ => None,
        },
        text: Some(text.clone()).filter(|text| !text.trim().is_empty()),
    };
    // A link with an old place shows the list from its beginning.
    let after = query
        .na
        .as_deref()
        .and_then(|word| cursor::decode(word).ok());
    let page = cases::list(
        &tx,
        Viewer::of(staff.member()),
        &filter,
        after.as_ref(),
        PAGE,
    )
    .await?;
    let counts = cases::counts(&tx, Viewer::of(staff.member()), now).await?;
    let quarantined = i64::try_from(quarantine::waiting(&tx).await?).unwrap_or(i64::MAX);
    let undelivered = desk::undelivered(&tx, staff.viewer()).await?;
    let names = view::names(&tx).await?;
    let known = cases::categories(&tx, None).await?;
    let reached = clocks::alerts_for(&tx, staff.member()).await?;
    let more_notices = i64::try_from(reached.len().saturating_sub(NOTICES)).unwrap_or(i64::MAX);
    let notices = reached
        .into_iter()
        .take(NOTICES)
        .map(|notice| NoticeRow {
            text: language.term("clock-short", notice.clock.kind),
            due: match notice.clock.legal_on {
                Some(day) => language.day(day),
                None => {
                    crate::html::values::moment_or_dash(notice.clock.due_at, zone, now, language)
                }
            },
            badge: notice_badge(notice.clock.due_at.is_some_and(|due| due < now), language),
            reference: notice.case.reference,
        })
        .collect();
    let rows = page
        .cases
        .iter()
        .map(|case| row(case, (&names, &known), (now, zone), language))
        .collect();
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
        undelivered,
        rows,
        filter: FilterForm {
            views: views(view, language),
            kinds: kinds(kind, language),
            categories: categories(&known, filter.category.as_deref(), language),
            text,
            is_used: filter != Filter::default(),
        },
        may_file: staff.may(Permission::HandleCases),
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

impl Samples for QueuePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let empty = |known: &[Category], chosen: Option<Kind>| Self {
            page: frame.staff(),
            counts: Counts::default(),
            rows: Vec::new(),
            filter: FilterForm {
                views: views("open", language),
                kinds: kinds(chosen, language),
                categories: categories(known, None, language),
                text: chosen.map_or_else(String::new, |_| "lantaarn".to_owned()),
                is_used: chosen.is_some(),
            },
            may_file: true,
            quarantined: 0,
            undelivered: Vec::new(),
            next: None,
            first: None,
            notices: Vec::new(),
            more_notices: 0,
        };
        let (now, zone) = (samples::now(), samples::ZONE);
        let (names, known) = (samples::names(), samples::categories());
        let late = samples::suggestion();
        let notice = NoticeRow {
            reference: late.reference.clone(),
            text: language.text("clock-short-callback"),
            due: html::values::moment_or_dash(late.due_at, zone, now, language),
            badge: notice_badge(true, language),
        };
        let filled = Self {
            counts: Counts {
                late: 1,
                soon: 0,
                unassigned: 1,
                open: 2,
            },
            rows: [&late, &samples::complaint()]
                .into_iter()
                .map(|case| row(case, (&names, &known), (now, zone), language))
                .collect(),
            quarantined: 3,
            undelivered: vec![late.reference.clone()],
            next: Some("/balie?toon=open&na=MDE5OTRkZDI".to_owned()),
            first: Some("/balie?toon=open".to_owned()),
            notices: vec![notice],
            more_notices: 2,
            ..empty(&known, None)
        };
        let filtered = empty(&known, Some(Kind::Compliment));
        vec![empty(&[], None), filled, filtered]
    }
}
