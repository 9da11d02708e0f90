//! Deadlines in somebody's own calendar program: the secret addresses, and what lies behind them.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;
use domain::{
    Error,
    clocks::{self, FeedId},
};
use tenants::{Grants, permission::may};

use crate::{
    csrf::Posted,
    extract::{Id, PathName, Site, Staff},
    html::{self, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples},
    problem::Problem,
};

struct FeedView {
    id: FeedId,
    text: String,
    at: String,
}

#[derive(Template)]
#[template(path = "clocks/feeds.html")]
pub(super) struct FeedsPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    feeds: Vec<FeedView>,
    /// The address of a feed that was just made: it is shown once.
    made: Option<String>,
}

async fn show<P: Grants>(
    staff: &Staff<P>,
    made: Option<String>,
    shown: FormPage,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let feeds = clocks::feeds(&tx, staff.member().id, None)
        .await?
        .into_iter()
        .map(|feed| FeedView {
            id: feed.id,
            text: language.text(&format!("feed-scope-{}", feed.scope)),
            at: language.instant(feed.created_at, zone),
        })
        .collect();
    html::render(
        shown.status,
        &FeedsPage {
            notice: shown.notice,
            form: shown.form,
            feeds,
            made,
            page: Page::staff(staff),
        },
    )
}

/// One's own feeds.
pub async fn page(staff: Staff<may::ReadCases>) -> Result<HttpResponse, Problem> {
    show(&staff, None, FormPage::default()).await
}

/// Makes a feed and shows its address, once.
///
/// # Errors
/// When the reader may not read cases; that there are too many is shown on the page.
pub async fn open(staff: Staff<may::ReadCases>, posted: Posted) -> Result<HttpResponse, Problem> {
    let done = async {
        let request = posted.0.read()?;
        let tx = staff.write().await?;
        let (_, code) = clocks::create_feed(&tx, staff.member().id, &request).await?;
        tx.commit().await?;
        Ok::<_, Problem>(code)
    };
    match done.await {
        Ok(code) => {
            let (tenant, links) = staff.site.links();
            let address = links.link(tenant, &format!("/agenda/{code}.ics"));
            let shown = FormPage {
                status: StatusCode::CREATED,
                ..FormPage::default()
            };
            show(&staff, Some(address), shown).await
        }
        Err(problem) => {
            let refused = Refused::new(problem, posted.0, staff.site.language)?;
            show(&staff, None, refused.into()).await
        }
    }
}

/// Revokes a feed.
///
/// # Errors
/// When it is not the reader's own, or there is none.
pub async fn revoke(
    staff: Staff<may::ReadCases>,
    id: Id<FeedId>,
    _: Posted,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    clocks::revoke_feed(&tx, id.0, staff.member().id).await?;
    tx.commit().await?;
    Ok(html::see_other("/balie/agenda"))
}

/// The feed behind a secret address. It says nothing about whether there ever was one.
pub async fn read(site: Site, name: PathName) -> Result<HttpResponse, Problem> {
    let code = name.0.strip_suffix(".ics").ok_or(Error::NotFound)?;
    let tx = site.read().await?;
    let body = clocks::render_feed(&tx, code, site.language).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            "inline; filename=\"agenda.ics\"",
        ))
        .body(body))
}

impl Samples for FeedsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |made, feeds, shown: FormPage| Self {
            page: frame.staff(),
            notice: shown.notice,
            form: shown.form,
            feeds,
            made,
        };
        let feed = FeedView {
            id: FeedId(uuid::Uuid::nil()),
            text: frame.language.text("feed-scope-mine"),
            at: "23-11-2026 10:00".to_owned(),
        };
        let address = "https://gemeente.example/agenda/code.ics".to_owned();
        let refused = FormPage::refused_sample("scope", "required_choice", frame.language);
        vec![
            page(None, Vec::new(), refused),
            page(Some(address), vec![feed], FormPage::default()),
        ]
    }
}
