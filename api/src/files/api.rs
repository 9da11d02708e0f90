//! Files over the API: residents' programs upload them, staff fetch them.

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Code, Error, FieldErrors,
    audit::Action,
    files::{self, FileId, FileProblem, Owner},
    forms::{self, FieldType},
};
use serde::Serialize;
use tenants::{permission::may, secret};
use utoipa::ToSchema;

use super::{seen, served};
use crate::{
    blocking,
    extract::{Id, Municipality, PathName, Staff, Uploaded},
    problem::{HandlerResult, Problem, ProblemDocument},
};

/// How long an upload waits for the message it belongs to.
const LIFE: TimeDelta = TimeDelta::hours(24);

/// An upload: the question it is for, and the file.
#[derive(ToSchema)]
pub struct UploadRequest {
    /// Key of a question for files.
    #[schema(example = "bijlagen")]
    #[expect(dead_code, reason = "describes the body; it is read part by part")]
    field: String,
    /// The file: jpeg, png, webp, heic or pdf, as far as the question takes it.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    #[expect(dead_code, reason = "describes the body; it is read part by part")]
    file: Vec<u8>,
}

/// What became of an upload.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UploadDetail {
    /// Hands the file in: give it as an answer to its question. Works once, for a day, at this form's municipality.
    file_code: String,
    /// Its name, cleaned.
    name: String,
    /// `jpeg`, `png`, `webp`, `heic` or `pdf`, by its contents.
    #[schema(value_type = domain::forms::FileKind)]
    kind: String,
    /// Bytes as kept, without metadata.
    size_bytes: i64,
    /// When it is deleted if it was not handed in.
    expires_at: DateTime<Utc>,
}

/// Upload a file
///
/// For a question of the form that asks for files. Nothing of it can be read by anybody before it is handed in with a message. Sending the same
/// file again makes another upload; what is not handed in within a day is deleted, so no key is needed.
#[utoipa::path(tag = "intake", operation_id = "createUpload", params(
    ("slug" = String, Path, description = "Address of the form", example = "klacht-tip-compliment"),
), request_body(content = UploadRequest, content_type = "multipart/form-data"), responses(
    (status = 201, description = "Kept for a day", body = UploadDetail),
    (status = 400, description = "The file cannot be taken: empty, too large, another kind, damaged", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/forms/{slug}/files")]
pub async fn upload(site: Municipality, name: PathName, upload: Uploaded) -> HandlerResult {
    let site = site.0;
    let tx = site.read().await?;
    let form = forms::live(&tx, &name.0).await?;
    drop(tx);
    let field = form
        .form
        .field(&upload.field)
        .filter(|field| field.r#type == FieldType::Files)
        .ok_or_else(|| Error::invalid("field", "not_an_option"))?
        .clone();
    let sent = upload
        .file
        .ok_or_else(|| Error::invalid("file", "required"))?;
    let wrong = |name: &str, problem: &FileProblem| {
        let mut errors = FieldErrors::default();
        errors.push(files::problem("file", name, problem));
        Problem::from(Error::Invalid(errors))
    };
    if matches!(sent.problem, Some(FileProblem::Busy | FileProblem::NotKept)) {
        return Err(Problem::code(Code::Unavailable));
    }
    if let Some(problem) = &sent.problem {
        return Err(wrong(&sent.name, problem));
    }
    let (limits, sent_name, bytes) = (files::limits(&field), sent.name.clone(), sent.bytes);
    let examined = blocking::run(move || files::examine(&limits, &sent_name, &bytes))
        .await?
        .map_err(|problem| wrong(&sent.name, &problem))?;
    let code = secret::new_code()?;
    let kind = examined.kind.as_str().to_owned();
    let size_bytes = i64::try_from(examined.bytes.len()).unwrap_or(i64::MAX);
    let tx = site.write().await?;
    let expires_at = tx.now() + LIFE;
    let mut arriving = files::register(
        &tx,
        Owner::Code(&code),
        &field,
        examined,
        &mut Vec::new(),
        expires_at,
    )
    .await?
    .map_err(|problem| wrong(&sent.name, &problem))?;
    tx.commit().await?;
    let stored = arriving.store(&site.app.file_store).await;
    let tx = site.write().await?;
    match &stored {
        Ok(()) => files::confirm(&tx, &[arriving.id], &[]).await?,
        Err(error) => {
            tracing::error!(%error, "a file could not be stored");
            files::confirm(&tx, &[], &[arriving.id]).await?;
        }
    }
    tx.commit().await?;
    if stored.is_err() {
        return Err(wrong(&sent.name, &FileProblem::NotKept));
    }
    Ok(HttpResponse::Created().json(UploadDetail {
        file_code: code,
        name: arriving.name.clone(),
        kind,
        size_bytes,
        expires_at,
    }))
}

/// A file of a message
///
/// As an attachment, without metadata. A file that the virus scanner has not passed yet answers 409.
#[utoipa::path(tag = "cases", operation_id = "getFile", security(("bearer" = [])), params(("id" = uuid::Uuid, Path, description = "Id of the file")), responses(
    (status = 200, description = "Its bytes", body = Vec<u8>, content_type = "application/octet-stream"),
    (status = 409, description = "It cannot be opened, or not yet", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[get("/files/{id}")]
pub async fn get(staff: Staff<may::ReadCases>, id: Id<FileId>) -> HandlerResult {
    let tx = staff.read().await?;
    let file = seen(&staff, &tx, id.0).await?;
    drop(tx);
    staff
        .note_read(Action::FileRead, ("file", file.id.0))
        .await?;
    served(&staff.site, &file).await
}
