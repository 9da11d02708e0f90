//! What can be adopted, what was, and what is shared from here.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Language,
    bundles::{self, BundleAdoption, ExchangeBundle, UpdateNotice},
};
use tenants::{Permission, TenantKind, permission::may};

use super::{ChangeView, adoption_tone, bundle_tone, change_views, samples};
use crate::{
    extract::Staff,
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

/// Bundles of a list; nobody reads more on one page.
const ROWS: u64 = 100;

/// A line of a list.
pub(super) struct Row {
    path: String,
    title: String,
    about: String,
    summary: String,
    tone: &'static str,
    state: String,
}

/// A newer version.
pub(super) struct News {
    title: String,
    about: String,
    changes: Vec<ChangeView>,
    see: String,
    skip: String,
    version: String,
    weighty: bool,
}

#[derive(Template)]
#[template(path = "bundles/list.html")]
pub(in crate::bundles) struct ListPage {
    page: Page,
    is_platform: bool,
    may_adopt: bool,
    may_share: bool,
    news: Vec<News>,
    review: Vec<Row>,
    here: Vec<Row>,
    there: Vec<Row>,
    ours: Vec<Row>,
    proposals: Vec<Row>,
}

fn row(item: ExchangeBundle, language: Language) -> Row {
    Row {
        path: format!("/beheer/bundels/{}", item.id),
        about: language.text_with(
            "bundle-by",
            &[("name", &item.owner_name), ("version", &item.version)],
        ),
        title: item.title,
        summary: item.summary,
        tone: bundle_tone(item.status),
        state: language.term("bundle-status", item.status),
    }
}

fn adopted(adoption: BundleAdoption, language: Language) -> Row {
    Row {
        path: format!("/beheer/overgenomen/{}", adoption.id),
        title: language.text_with(
            "bundle-adopted-title",
            &[("title", &adoption.title), ("version", &adoption.version)],
        ),
        about: String::new(),
        summary: String::new(),
        tone: adoption_tone(adoption.status),
        state: language.term("adoption-status", adoption.status),
    }
}

fn news(notice: UpdateNotice, language: Language) -> News {
    News {
        about: language.text_with(
            "bundle-from-to",
            &[("from", &notice.from), ("to", &notice.to)],
        ),
        changes: change_views(&notice.changes, language),
        see: format!("/beheer/bundels/{}/overnemen", notice.bundle),
        skip: format!("/beheer/overgenomen/{}/overslaan", notice.adoption),
        title: notice.title,
        version: notice.to,
        weighty: notice.is_weighty,
    }
}

/// The page of bundles.
pub async fn show(staff: Staff<may::ReadBundles>) -> HandlerResult {
    let language = staff.site.language;
    let is_platform = staff.site.tenant.kind == TenantKind::Platform;
    let rows = |items: Vec<ExchangeBundle>| {
        items
            .into_iter()
            .map(|item| row(item, language))
            .collect::<Vec<_>>()
    };
    let tx = staff.read().await?;
    let held = bundles::adoptions(&tx, Some(ROWS)).await?;
    let may_share = staff.may(Permission::ShareBundles);
    let (ours, proposals) = if may_share {
        let ours = bundles::of_owner(&tx, Some(ROWS)).await?;
        (ours, bundles::proposals(&tx, Some(ROWS)).await?)
    } else {
        (Vec::new(), Vec::new())
    };
    drop(tx);
    let shared = staff.site.read_shared().await?;
    let notices = bundles::updates(&shared, &held).await?;
    let there = bundles::published(&shared, Some(ROWS)).await?;
    let review = if staff.may(Permission::OperatePlatform) {
        bundles::submitted(&shared, Some(ROWS)).await?
    } else {
        Vec::new()
    };
    html::render(
        StatusCode::OK,
        &ListPage {
            is_platform,
            may_adopt: staff.may(Permission::AdoptBundles),
            may_share,
            news: notices.into_iter().map(|one| news(one, language)).collect(),
            review: rows(review),
            here: held.into_iter().map(|one| adopted(one, language)).collect(),
            there: rows(there),
            ours: rows(ours),
            proposals: rows(proposals),
            page: Page::staff(&staff),
        },
    )
}

impl Samples for ListPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |is_platform: bool, is_full: bool| {
            let rows = |count: usize| {
                let count = if is_full { count } else { 0 };
                (0..count)
                    .map(|_| row(samples::item(), language))
                    .collect::<Vec<_>>()
            };
            Self {
                page: frame.staff(),
                is_platform,
                may_adopt: true,
                may_share: !is_platform,
                news: (rows(1).iter())
                    .map(|_| news(samples::notice(), language))
                    .collect(),
                review: rows(1),
                here: (rows(1).iter())
                    .map(|_| adopted(samples::adoption(), language))
                    .collect(),
                there: rows(2),
                ours: rows(1),
                proposals: rows(1),
            }
        };
        vec![page(false, false), page(false, true), page(true, true)]
    }
}
