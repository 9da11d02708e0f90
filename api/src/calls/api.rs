//! Calls, tasks and compliments of a member of staff over the API.

use actix_web::{HttpResponse, get, post};
use domain::{
    FieldErrors,
    calls::{self, CallList, Scope},
    desk::{self, Compliment},
    tasks::{self, AnswerRequest, OwnTask, Task, TaskId},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Id, Json, Query, Staff},
    html::pagination::{self, LimitQuery},
    problem::{HandlerResult, ProblemDocument},
};

/// Whose calls.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CallQuery {
    /// `mine` (the default: your own, and those that nobody took yet) or `all`.
    #[param(inline, value_type = Option<Scope>)]
    scope: Option<String>,
    /// At most so many.
    limit: Option<u64>,
}

/// Whom to call now
///
/// Who can be called now comes first, by the time it was promised by; then the others, by when they can. The next try lies in the resident's own
/// window and on another part of the day than the tries before.
#[utoipa::path(tag = "cases", operation_id = "listCalls", params(CallQuery), security(("bearer" = [])), responses((status = 200, description = "Everybody who waits for a call", body = CallList)))]
#[get("/calls")]
pub async fn list_calls(staff: Staff<may::ReadCases>, query: Query<CallQuery>) -> HandlerResult {
    let scope = query
        .0
        .scope
        .as_deref()
        .map(str::parse::<Scope>)
        .transpose();
    let mut errors = FieldErrors::default();
    if scope.is_err() {
        errors.add("scope", "not_an_option");
    }
    errors.into_result()?;
    let most = pagination::most(query.0.limit)?;
    let scope = scope.ok().flatten().unwrap_or(Scope::Mine);
    let tx = staff.read().await?;
    let list = calls::call_list(&tx, staff.member(), scope, most).await?;
    Ok(HttpResponse::Ok().json(list))
}

/// What somebody is asked, and asked others.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnTaskList {
    /// What is due first on top.
    items: Vec<OwnTask>,
}

/// Your tasks
///
/// What you or one of your teams is asked and what you asked others, as long as it is not answered.
#[utoipa::path(tag = "cases", operation_id = "listTasks", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "What waits for an answer", body = OwnTaskList)))]
#[get("/tasks")]
pub async fn list_tasks(staff: Staff<may::ReadCases>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = tasks::own(&tx, staff.member(), limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(OwnTaskList { items }))
}

/// Answer a question about a case
#[utoipa::path(tag = "cases", operation_id = "answerTask", params(("id" = uuid::Uuid, Path, description = "Id of the task")), request_body = AnswerRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Answered", body = Task),
    (status = 409, description = "Somebody answered it already", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/tasks/{id}/_answer")]
pub async fn answer(
    staff: Staff<may::HandleCases>,
    id: Id<TaskId>,
    request: Json<AnswerRequest>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let task = tasks::answer(&tx, id.0, staff.member(), &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(task))
}

/// Compliments for somebody.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ComplimentList {
    /// Newest first.
    items: Vec<Compliment>,
}

/// The compliments for you and your teams
#[utoipa::path(tag = "account", operation_id = "listOwnCompliments", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "Newest first", body = ComplimentList)))]
#[get("/account/compliments")]
pub async fn compliments(staff: Staff<may::UseAccount>, limit: Query<LimitQuery>) -> HandlerResult {
    let tx = staff.read().await?;
    let items = desk::compliments_for(&tx, staff.member().id, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(ComplimentList { items }))
}
