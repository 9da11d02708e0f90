//! Published practices for harvesters, without signing in, at the platform's own host.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, get, http::header, web};
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use domain::{
    Error, Language,
    outcomes::{self, OutcomeRow},
    practices::{self, FeedFilter, PracticeId, PublishedPractice, PublishedState, Theme},
    text,
};
use futures_util::stream;
use ring::digest;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use super::{EXPORTS, atom::Feed, catalogue, json_ld, markdown, pages::public};
use crate::{
    extract::{Platform, Query, Site},
    html::pagination::PageRequest,
    problem::{HandlerResult, Problem},
};

/// Entries on a page of a feed.
const FEED_PAGE: PageRequest = PageRequest::of(50);
/// Practices that are read at once for everything.
const BATCH: u64 = 200;
/// Most figures of a kind.
const OUTCOMES_MAX: u64 = 20_000;

/// Which practices a feed has.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct FeedQuery {
    /// Only of a theme, such as `complaints`.
    theme: Option<String>,
    /// Only of the municipality with this code, such as `GM0441`.
    municipality: Option<String>,
    /// Where the page before ended.
    cursor: Option<uuid::Uuid>,
}

/// Since when.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct SinceQuery {
    /// Only what changed or was taken back at this instant or later (RFC 3339).
    since: Option<String>,
}

/// All figures.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeExport {
    /// Newest quarter first.
    items: Vec<OutcomeRow>,
}

/// An answer that a harvester who has it already does not get again (RFC 9110 13.1).
fn cached(
    request: &HttpRequest,
    kind: &'static str,
    changed: Option<DateTime<Utc>>,
    body: Vec<u8>,
) -> HttpResponse {
    let hash = digest::digest(&digest::SHA256, &body);
    let tag = format!("\"{}\"", HEXLOWER.encode(hash.as_ref()));
    let known = request.headers().get(header::IF_NONE_MATCH);
    let is_known = known
        .and_then(|known| known.to_str().ok())
        .is_some_and(|known| known.split(',').any(|one| one.trim() == tag));
    let mut response = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response.insert_header((header::ETAG, tag));
    if let Some(changed) = changed {
        let date = changed.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        response.insert_header((header::LAST_MODIFIED, date));
    }
    if is_known {
        return response.finish();
    }
    response.content_type(kind).body(body)
}

/// Practices as an Atom feed
///
/// What changed last first. What was taken back is a deleted entry (RFC 6721). Pages after RFC 5005.
#[utoipa::path(tag = "exports", operation_id = "exportPracticeFeed", params(FeedQuery), responses((status = 200, description = "A page of the feed", body = String, content_type = "application/atom+xml"), (status = 304, description = "Nothing changed")))]
#[get("/exports/practice-feed")]
pub async fn feed(
    request: HttpRequest,
    platform: Platform,
    query: Query<FeedQuery>,
) -> HandlerResult {
    let site = platform.0;
    let FeedQuery {
        theme,
        municipality,
        cursor,
    } = query.0;
    let theme: Option<Theme> = match theme.as_deref() {
        Some(theme) => Some((theme.parse()).map_err(|_| Error::invalid("theme", "not_an_option"))?),
        None => None,
    };
    let mut chosen = form_urlencoded::Serializer::new(String::new());
    if let Some(theme) = theme {
        chosen.append_pair("theme", theme.as_str());
    }
    if let Some(code) = &municipality {
        chosen.append_pair("municipality", code);
    }
    let chosen = chosen.finish();
    let filter = FeedFilter {
        theme,
        municipality,
        since: None,
    };
    let tx = site.read_shared().await?;
    let after = cursor.map(PracticeId::from);
    let found = practices::feed(&tx, &filter, after, FEED_PAGE.to_read()).await?;
    let (found, next) = FEED_PAGE.split(found, |(last, _)| last.id);
    let (tenant, base) = site.links();
    let address = |cursor: Option<String>| {
        let parts = [Some(chosen.clone()).filter(|one| !one.is_empty()), cursor];
        let query = parts.into_iter().flatten().collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        base.link(tenant, &format!("{EXPORTS}/practice-feed{mark}{query}"))
    };
    let cursor_of = |id: uuid::Uuid| format!("cursor={id}");
    let next = next.map(|last| address(Some(cursor_of(last.0))));
    let own = address(cursor.map(cursor_of));
    let changed = found
        .iter()
        .map(|(practice, _)| practice.changed_at())
        .max();
    let feed = Feed {
        title: &Language::Dutch.text("practices-title"),
        publisher: &tenant.name,
        host: tenant.hosts.first().map_or("localhost", String::as_str),
        first: &address(None),
        own: &own,
        next: next.as_deref(),
        practices: &base.link(tenant, "/praktijkvoorbeelden/"),
        documents: &base.link(tenant, &format!("{EXPORTS}/practices/")),
        updated: changed.unwrap_or(DateTime::UNIX_EPOCH),
    };
    let body = feed.document(&found).map_err(Error::bug)?;
    Ok(cached(
        &request,
        "application/atom+xml; charset=utf-8",
        changed,
        body,
    ))
}

async fn batch(
    site: &Site,
    filter: &FeedFilter,
    after: Option<PracticeId>,
) -> Result<Vec<(PublishedPractice, BTreeSet<String>)>, Problem> {
    let tx = site.read_shared().await?;
    Ok(practices::feed(&tx, filter, after, BATCH).await?)
}

/// A line of the file with everything.
fn line(practice: &PublishedPractice) -> Result<Vec<u8>, Error> {
    let ended = matches!(
        practice.state,
        PublishedState::Withdrawn | PublishedState::TakenDown
    );
    let value = if ended {
        json!({
            "id": practice.id,
            "slug": practice.slug,
            "state": practice.state,
            "reason": practice.reason,
            "endedAt": practice.ended_at,
        })
    } else {
        let mut value = serde_json::to_value(practice).map_err(Error::bug)?;
        if let Some(fields) = value.as_object_mut() {
            fields.insert("article".to_owned(), practice.body.clone());
        }
        value
    };
    let mut line = serde_json::to_vec(&value).map_err(Error::bug)?;
    line.push(b'\n');
    Ok(line)
}

/// All practices as JSON Lines
///
/// What changed last first, one practice a line. What was taken back has its state, reason and day only.
#[utoipa::path(tag = "exports", operation_id = "exportPractices", params(SinceQuery), responses((status = 200, description = "All of them, or those since an instant", body = String, content_type = "application/jsonl")))]
#[get("/exports/practice-lines")]
pub async fn lines(platform: Platform, query: Query<SinceQuery>) -> HandlerResult {
    let since = match query.0.since.as_deref() {
        Some(since) => Some(
            DateTime::parse_from_rfc3339(since)
                .map_err(|_| Error::invalid("since", "not_an_instant"))?
                .to_utc(),
        ),
        None => None,
    };
    let filter = FeedFilter {
        since,
        ..FeedFilter::default()
    };
    let state = (platform.0, filter, None::<PracticeId>, false);
    let pieces = stream::try_unfold(state, |(site, filter, after, ended)| async move {
        if ended {
            return Ok::<_, std::io::Error>(None);
        }
        let found = batch(&site, &filter, after).await;
        let found = found.map_err(|problem| std::io::Error::other(problem.error().to_string()))?;
        let mut piece = Vec::new();
        for (practice, _) in &found {
            piece.extend(line(practice).map_err(std::io::Error::other)?);
        }
        let ended = u64::try_from(found.len()).is_ok_and(|count| count < BATCH);
        let after = found.last().map(|(practice, _)| practice.id);
        Ok(Some((
            web::Bytes::from(piece),
            (site, filter, after, ended),
        )))
    });
    Ok(HttpResponse::Ok()
        .content_type("application/jsonl; charset=utf-8")
        .streaming(pieces))
}

/// A practice as JSON-LD or Markdown
///
/// The same as the page of the practice for who asks for `application/ld+json` or `text/markdown`.
#[utoipa::path(tag = "exports", operation_id = "exportPractice", params(
    ("slug" = String, Path, description = "Address of the practice"),
    ("form" = String, Path, description = "`jsonld` or `md`"),
), responses((status = 200, description = "The practice", body = String, content_type = "application/ld+json")))]
#[get("/exports/practices/{slug}/{form}")]
pub async fn document(
    request: HttpRequest,
    platform: Platform,
    path: web::Path<(String, String)>,
) -> HandlerResult {
    let (slug, form) = path.into_inner();
    let (detail, address) = public(&platform.0, &slug).await?;
    let (kind, body) = match form.as_str() {
        "jsonld" => (
            "application/ld+json; charset=utf-8",
            json_ld::document(&detail, &address).to_string(),
        ),
        "md" => (
            "text/markdown; charset=utf-8",
            markdown::document(&detail, &address),
        ),
        _ => return Err(Error::NotFound.into()),
    };
    let changed = Some(detail.practice.updated_at);
    Ok(cached(&request, kind, changed, body.into_bytes()))
}

/// The catalogue of data sets
///
/// After DCAT-AP-NL 3.0, as JSON-LD.
#[utoipa::path(tag = "exports", operation_id = "exportCatalogue", responses((status = 200, description = "The catalogue", body = Object, content_type = "application/ld+json")))]
#[get("/exports/catalogue")]
pub async fn data_sets(request: HttpRequest, platform: Platform) -> HandlerResult {
    let (tenant, base) = platform.0.links();
    let (home, exports) = (base.link(tenant, "/"), base.link(tenant, EXPORTS));
    let body = catalogue::document(&home, &exports, &tenant.name).to_string();
    let kind = "application/ld+json; charset=utf-8";
    Ok(cached(&request, kind, None, body.into_bytes()))
}

/// What practices brought, over all practices
///
/// Figures of municipalities that decided to be named, and figures over five municipalities or more.
#[utoipa::path(tag = "exports", operation_id = "exportOutcomes", params(("form" = String, Path, description = "`csv` or `json`")), responses((status = 200, description = "All figures", body = OutcomeExport)))]
#[get("/exports/outcomes/{form}")]
pub async fn figures(
    request: HttpRequest,
    platform: Platform,
    form: web::Path<String>,
) -> HandlerResult {
    let tx = platform.0.read_shared().await?;
    let items = outcomes::exported(&tx, OUTCOMES_MAX).await?;
    let (kind, body) = match form.as_str() {
        "json" => (
            "application/json",
            serde_json::to_vec(&OutcomeExport { items }).map_err(Error::bug)?,
        ),
        "csv" => {
            let header = [
                "practice",
                "quarter",
                "metric",
                "municipality",
                "municipalities",
                "answered",
                "meanTenths",
            ];
            let header = header.map(str::to_owned).to_vec();
            let rows = items.into_iter().map(|row| {
                vec![
                    row.practice.to_string(),
                    row.quarter,
                    row.metric.to_string(),
                    row.municipality.unwrap_or_default(),
                    row.municipalities.to_string(),
                    row.answered.to_string(),
                    row.mean_tenths.to_string(),
                ]
            });
            let table = text::csv(std::iter::once(header).chain(rows))?;
            ("text/csv; charset=utf-8", table)
        }
        _ => return Err(Error::NotFound.into()),
    };
    Ok(cached(&request, kind, None, body))
}
