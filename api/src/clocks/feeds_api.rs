//! Deadlines in somebody's own calendar program, over the API: the secret addresses of one's own.

use actix_web::{HttpResponse, delete, get, post};
use chrono::{DateTime, Utc};
use domain::{
    Error,
    clocks::{self, FeedId, FeedScope},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Staff},
    idempotency::{Created, IdempotentJson},
    problem::{Problem, ProblemDocument},
};

/// A feed of deadlines (iCalendar, RFC 5545).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedItem {
    /// Id.
    id: FeedId,
    /// `mine`: of the cases one works on oneself. `desk`: of the whole team at the desk.
    scope: String,
    /// When it was made.
    created_at: DateTime<Utc>,
}

/// One's own feeds.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedList {
    /// Newest first.
    items: Vec<FeedItem>,
}

/// A feed to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FeedRequest {
    /// `mine`: of the cases one works on oneself. `desk`: of the whole team at the desk.
    #[schema(example = "mine")]
    scope: String,
}

/// A feed that was just made.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedMade {
    /// Id.
    id: FeedId,
    /// What was asked for.
    scope: String,
    /// The secret address for a calendar program. It is shown once: whoever has it reads the deadlines without signing in.
    address: String,
}

/// One's own feeds of deadlines, without their addresses
#[utoipa::path(tag = "deadlines", operation_id = "listDeadlineFeeds", security(("bearer" = [])), responses((status = 200, description = "The feeds", body = FeedList)))]
#[get("/deadline-feeds")]
pub async fn list(reader: Staff<may::ReadCases>) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let items = clocks::feeds(&tx, reader.member().id)
        .await?
        .into_iter()
        .map(|feed| FeedItem {
            id: feed.id,
            scope: feed.scope.to_string(),
            created_at: feed.created_at,
        })
        .collect();
    Ok(HttpResponse::Ok().json(FeedList { items }))
}

/// Make a feed of deadlines and get its secret address, once
#[utoipa::path(tag = "deadlines", operation_id = "createDeadlineFeed", request_body = FeedRequest, security(("bearer" = [])), responses((status = 201, description = "The feed with its address", body = FeedMade)))]
#[post("/deadline-feeds")]
pub async fn create(
    owner: Staff<may::ReadCases>,
    creating: IdempotentJson<FeedRequest>,
) -> Result<HttpResponse, Problem> {
    let id = owner.member().id;
    creating
        .once(&owner.site, Some(id), async |tx, request: FeedRequest| {
            let scope = request
                .scope
                .parse::<FeedScope>()
                .map_err(|_| Error::invalid("scope", "required_choice"))?;
            let (feed, code) = clocks::create_feed(tx, id, scope).await?;
            let (tenant, links) = owner.site.links();
            Ok(Created {
                location: Some("/api/v1/deadline-feeds".to_owned()),
                body: FeedMade {
                    id: feed,
                    scope: scope.to_string(),
                    address: links.link(tenant, &format!("/agenda/{code}.ics")),
                },
            })
        })
        .await
}

/// Revoke one's own feed: its address leads nowhere from now on
#[utoipa::path(tag = "deadlines", operation_id = "deleteDeadlineFeed", params(("id" = uuid::Uuid, Path, description = "Id of the feed")), security(("bearer" = [])), responses(
    (status = 204, description = "Revoked"),
    (status = 404, description = "One has no such feed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[delete("/deadline-feeds/{id}")]
pub async fn revoke(owner: Staff<may::ReadCases>, id: Id<FeedId>) -> Result<HttpResponse, Problem> {
    let tx = owner.write().await?;
    clocks::revoke_feed(&tx, id.0, owner.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
