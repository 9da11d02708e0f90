//! Rules over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::automation::{
    self, PublishRequest, RuleId, RuleRequest, RuleVersion, RuleView, Run, SwitchRequest, Trial,
};
use serde::Serialize;
use tenants::{Grants, Permission, permission::may};
use utoipa::ToSchema;

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// The rules of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AutomationRuleList)]
pub struct RuleList {
    /// By name.
    items: Vec<RuleView>,
}

/// Versions of a rule.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AutomationRuleVersionList)]
pub struct RuleVersionList {
    /// Newest first.
    items: Vec<RuleVersion>,
}

/// What a rule did.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AutomationRuleRunList)]
pub struct RuleRunList {
    /// Newest first.
    items: Vec<Run>,
}

/// Who may see messages, and nobody otherwise.
pub(super) fn viewer<P: Grants>(staff: &Staff<P>) -> Option<domain::cases::Viewer> {
    (staff.may(Permission::ReadCases)).then(|| domain::cases::Viewer::of(staff.member()))
}

/// The rules
#[utoipa::path(tag = "workflows", operation_id = "listRules", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them, also those that do not run", body = RuleList)))]
#[get("/rules")]
pub async fn list(staff: Staff<may::ReadWorkflows>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = automation::rules(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(RuleList { items }))
}

/// Make a rule
///
/// A draft, finished or not: it runs when it is published.
#[utoipa::path(tag = "workflows", operation_id = "createRule", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = RuleRequest, security(("bearer" = [])), responses((status = 201, description = "Made", body = RuleView)))]
#[post("/rules")]
pub async fn create(
    staff: Staff<may::ManageWorkflows>,
    creating: IdempotentJson<RuleRequest>,
) -> HandlerResult {
    let actor = staff.member().id;
    creating
        .once(&staff.site, Some(actor), async |tx, new: RuleRequest| {
            let body = automation::add(tx, actor, new).await?;
            Ok(Created {
                location: Some(format!("/api/v1/rules/{}", body.id)),
                body,
            })
        })
        .await
}

/// A rule as it is worked on
#[utoipa::path(tag = "workflows", operation_id = "getRule", params(("id" = uuid::Uuid, Path, description = "Id of the rule")), security(("bearer" = [])), responses((status = 200, description = "The rule", body = RuleView)))]
#[get("/rules/{id}")]
pub async fn get_rule(staff: Staff<may::ReadWorkflows>, id: Id<RuleId>) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(automation::rule(&tx, id.0).await?))
}

/// Work on a rule
///
/// Kept whether it is finished or not; publishing names every fault. What runs goes on.
#[utoipa::path(tag = "workflows", operation_id = "replaceRule", params(("id" = uuid::Uuid, Path, description = "Id of the rule")), request_body = RuleRequest, security(("bearer" = [])), responses((status = 200, description = "Kept", body = RuleView)))]
#[put("/rules/{id}")]
pub async fn replace(
    staff: Staff<may::ManageWorkflows>,
    id: Id<RuleId>,
    request: Json<RuleRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let view = automation::save(&tx, id.0, request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(view))
}

/// What a rule would have done
///
/// With what happened in the last 31 days. Nothing is stored.
#[utoipa::path(tag = "workflows", operation_id = "tryRule", params(("id" = uuid::Uuid, Path, description = "Id of the rule")), security(("bearer" = [])), responses((status = 200, description = "What it would have done", body = Trial)))]
#[get("/rules/{id}/trial")]
pub async fn try_draft(staff: Staff<may::ReadWorkflows>, id: Id<RuleId>) -> HandlerResult {
    let tx = staff.read().await?;
    let view = automation::rule(&tx, id.0).await?;
    let rule = automation::checked(&tx, &view.rule).await?;
    Ok(HttpResponse::Ok().json(automation::trial(&tx, &rule, viewer(&staff)).await?))
}

/// Publish a rule
///
/// Whoever publishes it answers for it.
#[utoipa::path(tag = "workflows", operation_id = "publishRule", params(("id" = uuid::Uuid, Path, description = "Id of the rule")), request_body = PublishRequest, security(("bearer" = [])), responses((status = 200, description = "Published", body = RuleView)))]
#[post("/rules/{id}/_publish")]
pub async fn publish(
    staff: Staff<may::ManageWorkflows>,
    id: Id<RuleId>,
    request: Json<PublishRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let view = automation::publish(&tx, staff.member().id, id.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Switch a rule on or off
#[utoipa::path(tag = "workflows", operation_id = "switchRule", params(("id" = uuid::Uuid, Path, description = "Id of the rule")), request_body = SwitchRequest, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = RuleView)))]
#[post("/rules/{id}/_switch")]
pub async fn switch(
    staff: Staff<may::ManageWorkflows>,
    id: Id<RuleId>,
    request: Json<SwitchRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let view = automation::switch(&tx, staff.member().id, id.0, request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(view))
}

/// The versions of a rule
#[utoipa::path(tag = "workflows", operation_id = "listRuleVersions", params(("id" = uuid::Uuid, Path, description = "Id of the rule"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them", body = RuleVersionList)))]
#[get("/rules/{id}/versions")]
pub async fn list_versions(
    staff: Staff<may::ReadWorkflows>,
    id: Id<RuleId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    automation::rule(&tx, id.0).await?;
    let items = automation::versions(&tx, id.0, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(RuleVersionList { items }))
}

/// What a rule did
#[utoipa::path(tag = "workflows", operation_id = "listRuleRuns", params(("id" = uuid::Uuid, Path, description = "Id of the rule"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "At most 100, the newest", body = RuleRunList)))]
#[get("/rules/{id}/runs")]
pub async fn list_runs(
    staff: Staff<may::ReadWorkflows>,
    id: Id<RuleId>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    automation::rule(&tx, id.0).await?;
    let most = limit.0.most()?.unwrap_or(100);
    let items = automation::runs(&tx, viewer(&staff), id.0, Some(most)).await?;
    Ok(HttpResponse::Ok().json(RuleRunList { items }))
}
