//! Kinds and workflows over the API.

use actix_web::{HttpResponse, get, post, put};
use domain::workflow::{
    self, CaseKind, DraftRequest, KindChange, NewKind, PublishRequest, Trials, WorkflowVersion,
    WorkflowView,
};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    extract::{Json, PathName, Query, Staff},
    html::pagination::LimitQuery,
    idempotency::{Created, IdempotentJson},
    problem::HandlerResult,
};

/// The kinds of messages of a municipality.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseKindList {
    /// The usual ones, then its own by their Dutch names.
    items: Vec<CaseKind>,
}

/// Versions of a workflow.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowVersionList {
    /// Newest first.
    items: Vec<WorkflowVersion>,
}

/// The kinds of messages
#[utoipa::path(tag = "workflows", operation_id = "listCaseKinds", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them, used or no longer used", body = CaseKindList)))]
#[get("/case-kinds")]
pub async fn list(staff: Staff<may::ReadWorkflows>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = workflow::kinds(&tx, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(CaseKindList { items }))
}

/// Add a kind of message
///
/// A form gives it to its messages by an option with its code at the question for the kind.
#[utoipa::path(tag = "workflows", operation_id = "createCaseKind", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = NewKind, security(("bearer" = [])), responses((status = 201, description = "Added", body = CaseKind)))]
#[post("/case-kinds")]
pub async fn create(
    staff: Staff<may::ManageWorkflows>,
    creating: IdempotentJson<NewKind>,
) -> HandlerResult {
    let actor = staff.member().id;
    creating
        .once(&staff.site, Some(actor), async |tx, new: NewKind| {
            Ok(Created {
                body: workflow::add_kind(tx, actor, &new).await?,
                location: Some("/api/v1/case-kinds".to_owned()),
            })
        })
        .await
}

/// Call a kind otherwise, or stop its use
///
/// Messages of it stay so. The usual kinds cannot be changed.
#[utoipa::path(tag = "workflows", operation_id = "replaceCaseKind", params(("code" = String, Path, description = "Code of the kind")), request_body = KindChange, security(("bearer" = [])), responses((status = 200, description = "As it is now", body = CaseKind)))]
#[put("/case-kinds/{code}")]
pub async fn replace(
    staff: Staff<may::ManageWorkflows>,
    code: PathName,
    request: Json<KindChange>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let kind = workflow::change_kind(&tx, staff.member().id, &code.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(kind))
}

/// The workflow of a kind as it is worked on
///
/// The draft, or else the version that holds, or else what one begins with.
#[utoipa::path(tag = "workflows", operation_id = "getWorkflow", params(("code" = String, Path, description = "Code of the kind")), security(("bearer" = [])), responses((status = 200, description = "As it is worked on", body = WorkflowView)))]
#[get("/case-kinds/{code}/workflow")]
pub async fn get_workflow(staff: Staff<may::ReadWorkflows>, code: PathName) -> HandlerResult {
    let tx = staff.read().await?;
    Ok(HttpResponse::Ok().json(workflow::view(&tx, &code.0).await?))
}

/// Work on the workflow of a kind
///
/// Kept whether it is finished or not; publishing names every fault.
#[utoipa::path(tag = "workflows", operation_id = "replaceWorkflowDraft", params(("code" = String, Path, description = "Code of the kind")), request_body = DraftRequest, security(("bearer" = [])), responses((status = 200, description = "Kept", body = WorkflowView)))]
#[put("/case-kinds/{code}/workflow")]
pub async fn replace_draft(
    staff: Staff<may::ManageWorkflows>,
    code: PathName,
    request: Json<DraftRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let view = workflow::save_draft(&tx, &code.0, request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(view))
}

/// What the draft would do
///
/// With open messages, and with what came in and was moved in the last 31 days. Nothing is stored.
#[utoipa::path(tag = "workflows", operation_id = "tryWorkflow", params(("code" = String, Path, description = "Code of the kind")), security(("bearer" = [])), responses((status = 200, description = "What it would do", body = Trials)))]
#[get("/case-kinds/{code}/workflow-trial")]
pub async fn try_draft(staff: Staff<may::ReadWorkflows>, code: PathName) -> HandlerResult {
    let tx = staff.read().await?;
    let view = workflow::view(&tx, &code.0).await?;
    let draft = workflow::checked(&tx, &view.workflow).await?;
    Ok(HttpResponse::Ok().json(workflow::trial(&tx, &code.0, &draft).await?))
}

/// The versions of the workflow of a kind
#[utoipa::path(tag = "workflows", operation_id = "listWorkflowVersions", params(("code" = String, Path, description = "Code of the kind"), LimitQuery), security(("bearer" = [])), responses((status = 200, description = "All of them", body = WorkflowVersionList)))]
#[get("/case-kinds/{code}/workflow-versions")]
pub async fn list_versions(
    staff: Staff<may::ReadWorkflows>,
    code: PathName,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = staff.read().await?;
    workflow::kind(&tx, &code.0).await?;
    let items = workflow::versions(&tx, &code.0, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(WorkflowVersionList { items }))
}

/// Publish the draft
///
/// New messages go by it. Open ones keep their version, or are moved along.
#[utoipa::path(tag = "workflows", operation_id = "publishWorkflow", params(("code" = String, Path, description = "Code of the kind")), request_body = PublishRequest, security(("bearer" = [])), responses((status = 200, description = "The version", body = WorkflowVersion)))]
#[post("/case-kinds/{code}/_publish")]
pub async fn publish(
    staff: Staff<may::ManageWorkflows>,
    code: PathName,
    request: Json<PublishRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let actor = staff.member().id;
    let version = workflow::publish(&tx, actor, &code.0, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(version))
}
