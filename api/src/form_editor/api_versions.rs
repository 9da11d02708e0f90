//! Versions of forms over the API: publishing, taking back, comparing, opening and closing.

use actix_web::{HttpRequest, HttpResponse, get, post, put};
use domain::{
    form_editor::{self, Change, FormVersion, PublishFormRequest, WithdrawFormRequest},
    forms::{self, Schedule},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::{live_form_changed, versions::number};
use crate::{
    extract::{Json, PathName, Query, Staff},
    html::pagination::{self, LimitQuery},
    problem::{Problem, ProblemDocument},
};

/// The versions of a form.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormVersionList {
    /// Newest first.
    items: Vec<FormVersion>,
}

/// Which versions to compare.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct DifferenceQuery {
    /// Number of the older version.
    from: i64,
    /// Number of the newer version; the draft when absent.
    to: Option<i64>,
    /// Only so many, 1 to 100; the whole list when nothing is said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

/// What differs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeList {
    /// In the order of the form; nothing when nothing differs.
    items: Vec<Change>,
}

/// Publish a draft
///
/// Everything that keeps it back is named at once, each with its place in the definition.
#[utoipa::path(tag = "forms", operation_id = "publishFormDraft", params(("slug" = String, Path, description = "Address of the form")), request_body = PublishFormRequest, security(("bearer" = [])), responses(
    (status = 200, description = "The new version", body = FormVersion),
    (status = 409, description = "Somebody else changed the draft meanwhile", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/form-drafts/{slug}/_publish")]
pub async fn publish(
    editor: Staff<may::EditForms>,
    name: PathName,
    request: Json<PublishFormRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = editor.write().await?;
    let author = editor.member().id;
    let version = form_editor::publish_draft(&tx, &name.0, &request.0, author).await?;
    tx.commit().await?;
    live_form_changed(&editor, &name.0);
    Ok(HttpResponse::Ok().json(version))
}

/// The versions of a form
#[utoipa::path(tag = "forms", operation_id = "listFormVersions", params(LimitQuery, ("slug" = String, Path, description = "Address of the form")), security(("bearer" = [])), responses((status = 200, description = "The versions", body = FormVersionList)))]
#[get("/forms/{slug}/versions")]
pub async fn list(
    reader: Staff<may::ReadForms>,
    name: PathName,
    limit: Query<LimitQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let items = form_editor::versions(&tx, &name.0, limit.0.most()?).await?;
    Ok(HttpResponse::Ok().json(FormVersionList { items }))
}

/// The definition of a version
#[utoipa::path(tag = "forms", operation_id = "getFormVersion", params(("slug" = String, Path, description = "Address of the form"), ("number" = i64, Path, description = "Number of the version", example = 1)), security(("bearer" = [])), responses((status = 200, description = "The definition", body = Object, content_type = "application/json")))]
#[get("/forms/{slug}/versions/{number}")]
pub async fn get(
    reader: Staff<may::ReadForms>,
    request: HttpRequest,
    name: PathName,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let definition = form_editor::definition(&tx, &name.0, Some(number(&request)?)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(definition.exported()))
}

/// Take a version back
///
/// Taking back the live version takes the form offline until something is published again.
#[utoipa::path(tag = "forms", operation_id = "withdrawFormVersion", params(("slug" = String, Path, description = "Address of the form"), ("number" = i64, Path, description = "Number of the version", example = 1)), request_body = WithdrawFormRequest, security(("bearer" = [])), responses((status = 204, description = "Taken back")))]
#[post("/forms/{slug}/versions/{number}/_withdraw")]
pub async fn withdraw(
    editor: Staff<may::EditForms>,
    request: HttpRequest,
    name: PathName,
    body: Json<WithdrawFormRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = editor.write().await?;
    let (number, reason) = (number(&request)?, body.0.parse_at("reason")?);
    form_editor::withdraw(&tx, &name.0, number, &reason, editor.member().id).await?;
    tx.commit().await?;
    live_form_changed(&editor, &name.0);
    Ok(HttpResponse::NoContent().finish())
}

/// What differs between two versions
#[utoipa::path(tag = "forms", operation_id = "listFormDifferences", params(("slug" = String, Path, description = "Address of the form"), DifferenceQuery), security(("bearer" = [])), responses((status = 200, description = "The differences", body = ChangeList)))]
#[get("/forms/{slug}/differences")]
pub async fn differences(
    reader: Staff<may::ReadForms>,
    name: PathName,
    query: Query<DifferenceQuery>,
) -> Result<HttpResponse, Problem> {
    let most = pagination::most(query.0.limit)?;
    let tx = reader.read().await?;
    let before = form_editor::definition(&tx, &name.0, Some(query.0.from)).await?;
    let after = form_editor::definition(&tx, &name.0, query.0.to).await?;
    let items = form_editor::diff(&before, &after, reader.site.language);
    Ok(HttpResponse::Ok().json(ChangeList {
        items: pagination::first(most, items).collect(),
    }))
}

/// When a form is open
#[utoipa::path(tag = "forms", operation_id = "getFormSchedule", params(("slug" = String, Path, description = "Address of the form")), security(("bearer" = [])), responses((status = 200, description = "The schedule", body = Schedule)))]
#[get("/forms/{slug}/schedule")]
pub async fn get_schedule(
    reader: Staff<may::ReadForms>,
    name: PathName,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let schedule = forms::schedule(&tx, &name.0).await?;
    Ok(HttpResponse::Ok().json(schedule))
}

/// Set when a form is open
#[utoipa::path(tag = "forms", operation_id = "replaceFormSchedule", params(("slug" = String, Path, description = "Address of the form")), request_body = Schedule, security(("bearer" = [])), responses((status = 200, description = "The schedule", body = Schedule)))]
#[put("/forms/{slug}/schedule")]
pub async fn set_schedule(
    editor: Staff<may::EditForms>,
    name: PathName,
    request: Json<Schedule>,
) -> Result<HttpResponse, Problem> {
    let tx = editor.write().await?;
    let schedule = form_editor::set_schedule(&tx, &name.0, request.0, editor.member().id).await?;
    tx.commit().await?;
    live_form_changed(&editor, &name.0);
    Ok(HttpResponse::Ok().json(schedule))
}
