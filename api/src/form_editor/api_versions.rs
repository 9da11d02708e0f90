//! Versions of forms over the API: publishing, taking back, comparing, opening and closing.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, get, post, put};
use chrono::{DateTime, Utc};
use domain::{
    form_editor::{self, FormVersion},
    forms::{self, Schedule},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::{live_form_changed, versions::number};
use crate::{
    extract::{Json, PathName, Query, Staff},
    problem::{Problem, ProblemDocument},
};

/// A published version.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormVersionItem {
    /// Its number, from 1.
    number: i64,
    /// What changed.
    note: String,
    /// When it was published.
    published_at: DateTime<Utc>,
    /// SHA-256 of the canonical definition, in hexadecimal.
    hash: String,
    /// Whether residents fill it in now.
    live: bool,
    /// When it was taken back; none when it was not.
    withdrawn_at: Option<DateTime<Utc>>,
    /// Why it was taken back.
    withdrawal_reason: Option<String>,
}

/// The versions of a form.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormVersionList {
    /// Newest first.
    items: Vec<FormVersionItem>,
}

/// A draft to publish.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PublishFormRequest {
    /// What changed, for colleagues and auditors; up to 500 characters.
    note: String,
    /// `version` of the draft as it was read. When there is a newer one, nothing is published.
    expected_version: i64,
    /// Whether the version that is live until now is taken back: who fills it in goes on in the new one.
    #[serde(default)]
    withdraws_previous: bool,
}

/// Why a version is taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct WithdrawFormRequest {
    /// The reason; up to 500 characters.
    reason: String,
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
}

/// A difference between two versions.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeItem {
    /// What kind of difference, as a word for programs.
    #[schema(example = "field-added")]
    code: String,
    /// Key of the text, step or field it is about.
    about: String,
    /// The difference in words, in the language of the caller.
    sentence: String,
}

/// What differs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeList {
    /// In the order of the form; nothing when nothing differs.
    items: Vec<ChangeItem>,
}

/// When a form is open.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ScheduleDetail {
    /// First instant at which it can be begun; at once when absent.
    #[serde(default)]
    opens_at: Option<DateTime<Utc>>,
    /// From this instant nobody can begin; who began may finish.
    #[serde(default)]
    closes_at: Option<DateTime<Utc>>,
    /// From this instant nobody can hand in.
    #[serde(default)]
    deadline_at: Option<DateTime<Utc>>,
    /// What residents read when it is not open, per language.
    #[serde(default)]
    closed_texts: BTreeMap<String, String>,
}

impl From<Schedule> for ScheduleDetail {
    fn from(schedule: Schedule) -> Self {
        Self {
            opens_at: schedule.opens_at,
            closes_at: schedule.closes_at,
            deadline_at: schedule.deadline_at,
            closed_texts: schedule.closed_texts,
        }
    }
}

fn item(version: FormVersion) -> FormVersionItem {
    let (withdrawn_at, withdrawal_reason) = version.withdrawn.unzip();
    FormVersionItem {
        number: version.number,
        note: version.note,
        published_at: version.published_at,
        hash: version.hash,
        live: version.live,
        withdrawn_at,
        withdrawal_reason,
    }
}

/// Publish a draft
///
/// Everything that keeps it back is told at once, each with its place in the definition.
#[utoipa::path(tag = "forms", operation_id = "publishFormDraft", params(("slug" = String, Path, description = "Address of the form")), request_body = PublishFormRequest, security(("bearer" = [])), responses(
    (status = 200, description = "The new version", body = FormVersionItem),
    (status = 409, description = "Somebody else changed the draft meanwhile", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/form-drafts/{slug}/_publish")]
pub async fn publish(
    editor: Staff<may::EditForms>,
    name: PathName,
    request: Json<PublishFormRequest>,
) -> Result<HttpResponse, Problem> {
    let PublishFormRequest {
        note,
        expected_version,
        withdraws_previous,
    } = request.0;
    let tx = editor.write().await?;
    let author = editor.member().id;
    let version = form_editor::publish_draft(
        &tx,
        &name.0,
        expected_version,
        &note,
        withdraws_previous,
        author,
    )
    .await?;
    tx.commit().await?;
    live_form_changed(&editor, &name.0);
    Ok(HttpResponse::Ok().json(item(version)))
}

/// The versions of a form
#[utoipa::path(tag = "forms", operation_id = "listFormVersions", params(("slug" = String, Path, description = "Address of the form")), security(("bearer" = [])), responses((status = 200, description = "The versions", body = FormVersionList)))]
#[get("/forms/{slug}/versions")]
pub async fn list(reader: Staff<may::ReadForms>, name: PathName) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let items = form_editor::versions(&tx, &name.0)
        .await?
        .into_iter()
        .map(item)
        .collect();
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
    let definition = form_editor::definition(&tx, &name.0, number(&request)?).await?;
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
    let number = number(&request)?;
    form_editor::withdraw(&tx, &name.0, number, &body.0.reason, editor.member().id).await?;
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
    let tx = reader.read().await?;
    let before = form_editor::definition(&tx, &name.0, query.0.from).await?;
    let after = match query.0.to {
        Some(number) => form_editor::definition(&tx, &name.0, number).await?,
        None => form_editor::draft(&tx, &name.0).await?.definition,
    };
    let items = form_editor::diff(&before, &after, reader.site.language)
        .into_iter()
        .map(|change| ChangeItem {
            code: change.code.to_owned(),
            about: change.about,
            sentence: change.sentence,
        })
        .collect();
    Ok(HttpResponse::Ok().json(ChangeList { items }))
}

/// When a form is open
#[utoipa::path(tag = "forms", operation_id = "getFormSchedule", params(("slug" = String, Path, description = "Address of the form")), security(("bearer" = [])), responses((status = 200, description = "The schedule", body = ScheduleDetail)))]
#[get("/forms/{slug}/schedule")]
pub async fn get_schedule(
    reader: Staff<may::ReadForms>,
    name: PathName,
) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let schedule = forms::schedule(&tx, &name.0).await?;
    Ok(HttpResponse::Ok().json(ScheduleDetail::from(schedule)))
}

/// Set when a form is open
#[utoipa::path(tag = "forms", operation_id = "replaceFormSchedule", params(("slug" = String, Path, description = "Address of the form")), request_body = ScheduleDetail, security(("bearer" = [])), responses((status = 200, description = "The schedule", body = ScheduleDetail)))]
#[put("/forms/{slug}/schedule")]
pub async fn set_schedule(
    editor: Staff<may::EditForms>,
    name: PathName,
    request: Json<ScheduleDetail>,
) -> Result<HttpResponse, Problem> {
    let wanted = Schedule {
        opens_at: request.0.opens_at,
        closes_at: request.0.closes_at,
        deadline_at: request.0.deadline_at,
        closed_texts: request.0.closed_texts,
    };
    let tx = editor.write().await?;
    let schedule = form_editor::set_schedule(&tx, &name.0, wanted, editor.member().id).await?;
    tx.commit().await?;
    live_form_changed(&editor, &name.0);
    Ok(HttpResponse::Ok().json(ScheduleDetail::from(schedule)))
}
