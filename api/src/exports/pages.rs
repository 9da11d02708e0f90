//! A practice for who asks for another kind of document, and the sitemap.

use actix_web::{
    HttpResponse,
    http::header::{self, HeaderValue},
};
use domain::practices::{self, FeedFilter, PracticeDetail, PublishedState, Reader};

use super::{atom, json_ld as ld, markdown as md};
use crate::{
    extract::{PathName, Platform, Site},
    problem::{HandlerResult, Problem},
};

/// Most pages of a sitemap; it may have fifty thousand.
const SITEMAP_MAX: u64 = 10_000;

/// A practice that everybody may read, with its address.
pub(super) async fn public(site: &Site, slug: &str) -> Result<(PracticeDetail, String), Problem> {
    let tx = site.read_shared().await?;
    let detail = practices::published_by_slug(&tx, Reader::PUBLIC, slug).await?;
    let shown = [PublishedState::Published, PublishedState::Archived];
    if !shown.contains(&detail.practice.state) {
        return Err(domain::Error::NotFound.into());
    }
    let (tenant, base) = site.links();
    let address = base.link(tenant, &format!("/praktijkvoorbeelden/{slug}"));
    Ok((detail, address))
}

fn document(kind: &'static str, body: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, HeaderValue::from_static(kind)))
        .insert_header((header::VARY, HeaderValue::from_static("accept")))
        .body(body)
}

/// A practice as JSON-LD.
pub async fn json_ld(platform: Platform, slug: PathName) -> HandlerResult {
    let (detail, address) = public(&platform.0, &slug.0).await?;
    let body = ld::document(&detail, &address).to_string();
    Ok(document("application/ld+json; charset=utf-8", body))
}

/// A practice as Markdown.
pub async fn markdown(platform: Platform, slug: PathName) -> HandlerResult {
    let (detail, address) = public(&platform.0, &slug.0).await?;
    let body = md::document(&detail, &address);
    Ok(document("text/markdown; charset=utf-8", body))
}

/// The pages of the platform, for search engines.
pub async fn sitemap(platform: Platform) -> HandlerResult {
    let tx = platform.0.read_shared().await?;
    let now = tx.now();
    let found = practices::feed(&tx, &FeedFilter::default(), None, SITEMAP_MAX).await?;
    let (tenant, base) = platform.0.links();
    let mut pages = vec![(base.link(tenant, "/praktijkvoorbeelden"), now)];
    pages.extend(
        (found.into_iter())
            .filter(|(practice, _)| practice.state == PublishedState::Published)
            .map(|(practice, _)| {
                let path = format!("/praktijkvoorbeelden/{}", practice.slug);
                (base.link(tenant, &path), practice.updated_at)
            }),
    );
    let body = atom::sitemap(&pages).map_err(domain::Error::bug)?;
    Ok(HttpResponse::Ok()
        .content_type("application/xml; charset=utf-8")
        .body(body))
}
