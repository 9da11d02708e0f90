//! Text blocks over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::{
    audit::Action,
    cases::CaseId,
    text_blocks::{
        self, FilledTextBlock, TextBlock, TextBlockId, TextBlockRequest, TextBlockVersion,
    },
};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// The text blocks of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextBlockList {
    /// By title.
    items: Vec<TextBlock>,
}

/// Versions of a text block.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextBlockVersionList {
    /// Newest first.
    items: Vec<TextBlockVersion>,
}

/// The text blocks for a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilledTextBlockList {
    /// By title.
    items: Vec<FilledTextBlock>,
}

/// The text blocks
#[utoipa::path(tag = "administration", operation_id = "listTextBlocks", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them, archived ones too", body = TextBlockList)))]
#[get("/text-blocks")]
pub async fn list(staff: Staff<may::ReadTextBlocks>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = text_blocks::blocks(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(TextBlockList { items }))
}

/// Make a text block
///
/// Facts of a message are named between braces, such as `{kenmerk}`; a name that is not known is refused at the text it stands in.
#[utoipa::path(tag = "administration", operation_id = "createTextBlock", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = TextBlockRequest, security(("bearer" = [])), responses((status = 201, description = "Made", body = TextBlock)))]
#[post("/text-blocks")]
pub async fn create(
    staff: Staff<may::ManageTextBlocks>,
    creating: IdempotentJson<TextBlockRequest>,
) -> HandlerResult {
    let actor = staff.member().id;
    creating
        .once(
            &staff.site,
            Some(actor),
            async |tx, new: TextBlockRequest| {
                Ok(Created {
                    body: text_blocks::add(tx, actor, &new).await?,
                    location: Some("/api/v1/text-blocks".to_owned()),
                })
            },
        )
        .await
}

/// Change a text block, archive it, or offer it again
///
/// As a new version; letters that were written with it stay as they are.
#[utoipa::path(tag = "administration", operation_id = "replaceTextBlock", params(("id" = uuid::Uuid, Path, description = "Id of the text block")), request_body = TextBlockRequest, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = TextBlock)))]
#[put("/text-blocks/{id}")]
pub async fn replace(
    staff: Staff<may::ManageTextBlocks>,
    id: Id<TextBlockId>,
    request: Json<TextBlockRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let block = text_blocks::replace(&tx, staff.member().id, id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(block))
}

/// The versions of a text block
#[utoipa::path(tag = "administration", operation_id = "listTextBlockVersions", params(("id" = uuid::Uuid, Path, description = "Id of the text block"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "Newest first", body = TextBlockVersionList)))]
#[get("/text-blocks/{id}/versions")]
pub async fn list_versions(
    staff: Staff<may::ReadTextBlocks>,
    id: Id<TextBlockId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let items = text_blocks::versions(&tx, id.0, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(TextBlockVersionList { items }))
}

/// The text blocks for a case, with its facts in them
///
/// In the resident's language; in Dutch where a block has no other. What is not known stands as `…`.
#[utoipa::path(tag = "cases", operation_id = "listCaseTextBlocks", params(("id" = uuid::Uuid, Path, description = "Id of the case"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "Those for its kind and category, and those for all", body = FilledTextBlockList)))]
#[get("/cases/{id}/text-blocks")]
pub async fn list_of_case(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let tenant = &staff.site.tenant;
    let limit = limit.0.most()?;
    let items = text_blocks::filled_for(&tx, id.0, staff.member(), tenant, limit).await?;
    drop(tx);
    staff.note_read(Action::CaseRead, ("case", id.0.0)).await?;
    Ok(HttpResponse::Ok().json(FilledTextBlockList { items }))
}
