//! One's own notices as a page.

use std::collections::BTreeMap;

use askama::Template;
use chrono::{DateTime, Utc};
use domain::inbox::{self, ChoicesRequest, MailWay, Notice, NoticeId, NoticeKind, QuietHours};
use tenants::permission::may;

use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Query, Staff},
    html::{
        self, Flash, FormPage, FormState, Page, SampleFrame, Samples, dashed,
        pagination::{After, PageRequest},
        values::Choice,
    },
    problem::HandlerResult,
};

/// Notices on one page.
pub(super) const PAGE: PageRequest = PageRequest::of(50);

struct Row {
    id: NoticeId,
    text: String,
    at: DateTime<Utc>,
    is_read: bool,
}

/// A kind of notice with the choices for its mails.
struct KindRow {
    name: String,
    label: String,
    ways: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "inbox/notices.html")]
pub(super) struct NoticesPage {
    page: Page,
    rows: Vec<Row>,
    unread: u64,
    kinds: Vec<KindRow>,
    notice: Option<html::Notice>,
    quiet: FormState,
    next: Option<String>,
}

fn row(page: &Page, notice: Notice) -> Row {
    let key = format!("notice-{}", dashed(notice.kind.as_str()));
    Row {
        id: notice.id,
        text: page.tr_with(&key, "label", notice.label),
        at: notice.created_at,
        is_read: notice.read_at.is_some(),
    }
}

fn kinds(page: &Page, ways: &BTreeMap<String, MailWay>) -> Vec<KindRow> {
    (NoticeKind::ALL.iter())
        .map(|kind| {
            let way = ways.get(kind.as_str()).copied().unwrap_or(kind.usual_way());
            KindRow {
                name: format!("ways.{kind}"),
                label: page.term("notice-kind", kind),
                ways: Choice::all(MailWay::ALL, "notice-way", page.language, |one| {
                    one == way.as_str()
                }),
            }
        })
        .collect()
}

async fn show(
    staff: &Staff<may::UseAccount>,
    after: Option<NoticeId>,
    shown: FormPage,
) -> HandlerResult {
    let tx = staff.read().await?;
    let reader = staff.member();
    let unread = inbox::unread(&tx, reader).await?;
    let ways = inbox::choices(&tx, reader).await?;
    let quiet = inbox::quiet_hours(&tx, reader.id).await?;
    let (from, until) = quiet.map(QuietHours::written).unwrap_or_default();
    let quiet = if shown.form.fields().iter().next().is_some() {
        shown.form
    } else {
        FormState::filled(Fields::from_pairs([
            ("quietFrom", from),
            ("quietUntil", until),
        ]))
    };
    let notices = inbox::list(&tx, reader, after, PAGE.to_read()).await?;
    let (notices, next) = PAGE.split(notices, |last| format!("/berichten?na={}", last.id));
    let page = Page::staff(staff);
    html::render(
        shown.status,
        &NoticesPage {
            rows: notices.into_iter().map(|one| row(&page, one)).collect(),
            kinds: kinds(&page, &ways),
            unread,
            notice: shown.notice,
            quiet,
            next,
            page,
        },
    )
}

/// What waits for the reader, newest first.
pub async fn page(staff: Staff<may::UseAccount>, after: Query<After>) -> HandlerResult {
    show(&staff, after.0.id(), FormPage::default()).await
}

/// Notes that a notice was read, and leads to what it is about.
pub async fn open(staff: Staff<may::UseAccount>, id: Id<NoticeId>, _: Posted) -> HandlerResult {
    let tx = staff.write().await?;
    let notice = inbox::read(&tx, staff.member(), id.0).await?;
    tx.commit().await?;
    Ok(html::see_other(&notice.path))
}

/// Notes that everything was read.
pub async fn read_all(staff: Staff<may::UseAccount>, _: Posted) -> HandlerResult {
    let tx = staff.write().await?;
    inbox::read_all(&tx, staff.member()).await?;
    tx.commit().await?;
    Ok(html::redirect_with_flash(Flash::NoticesRead, "/berichten"))
}

/// Keeps when the reader is mailed.
pub async fn choose(staff: Staff<may::UseAccount>, posted: Posted) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let request = fields.read::<ChoicesRequest>()?;
            inbox::set_choices(tx, staff.member(), &request).await?;
            Ok(html::redirect_with_flash(
                Flash::NoticeChoices,
                "/berichten",
            ))
        },
        async |refused| show(&staff, None, refused.on("notices")).await,
    )
    .await
}

impl Samples for NoticesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |rows: fn(&Page) -> Vec<Row>| {
            let page = frame.staff();
            let rows = rows(&page);
            Self {
                unread: u64::try_from(rows.iter().filter(|row| !row.is_read).count())
                    .unwrap_or_default(),
                rows,
                kinds: kinds(&page, &BTreeMap::new()),
                notice: None,
                quiet: FormState::empty(),
                next: None,
                page,
            }
        };
        let every = |page: &Page| {
            let kinds = NoticeKind::ALL.iter().enumerate();
            let rows = kinds.map(|(place, kind)| {
                let key = format!("notice-{}", dashed(kind.as_str()));
                Row {
                    id: uuid::Uuid::from_u128(1).into(),
                    text: page.tr_with(&key, "label", "7K4H-9XTR"),
                    at: "2026-11-23T09:00:00Z".parse().unwrap_or_default(),
                    is_read: place > 2,
                }
            });
            rows.collect()
        };
        vec![page(|_| Vec::new()), page(every)]
    }
}
