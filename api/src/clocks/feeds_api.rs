//! Deadlines in somebody's own calendar program, over the API: the secret addresses of one's own.

use actix_web::{HttpResponse, delete, get, post};
use domain::clocks::{self, Feed, FeedId, FeedRequest};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::{Problem, ProblemDocument},
};

/// One's own feeds.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedList {
    /// Newest first.
    items: Vec<Feed>,
}

/// A feed that was just made.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedMade {
    /// The feed.
    #[serde(flatten)]
    feed: Feed,
    /// The secret address for a calendar program. It is shown once: whoever has it reads the deadlines without signing in.
    address: String,
}

/// One's own feeds of deadlines, without their addresses
#[utoipa::path(tag = "deadlines", operation_id = "listDeadlineFeeds", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The feeds", body = FeedList)))]
#[get("/deadline-feeds")]
pub async fn list(
    reader: Staff<may::ReadCases>,
    limit: Query<LimitQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let items = clocks::feeds(&tx, reader.member().id, limit.0.most()?).await?;
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
            let (feed, code) = clocks::create_feed(tx, id, &request).await?;
            let (tenant, links) = owner.site.links();
            Ok(Created {
                location: Some("/api/v1/deadline-feeds".to_owned()),
                body: FeedMade {
                    feed,
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
