//! A file becomes the draft of a form that is there already.

use std::cell::OnceCell;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Code, Error, FieldErrors, Language,
    form_editor::{self, UsedKeys, label_of},
    forms::{DEFINITION_MAX, Definition},
    text,
};
use tenants::{TenantTx, permission::may};

use super::{
    conflict::{self, PendingChange},
    lock, samples,
    view::{self, FormHeader},
};
use crate::{
    blocking,
    csrf::{Fields, Upload},
    extract::{PathName, Staff},
    html::{self, Flash, Page, SampleFrame, Samples},
    problem::{Problem, field_sentence},
};

/// A file that was sent once, to send it again without choosing it again.
const DOCUMENT: &str = "document";

#[derive(Template)]
#[template(path = "form_editor/import.html")]
pub(super) struct ImportPage {
    page: Page,
    head: FormHeader,
    /// What is wrong with the file.
    refused: Vec<String>,
}

impl Samples for ImportPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |refused| Self {
            page: frame.staff(),
            head: samples::header("build", frame),
            refused,
        };
        vec![page(Vec::new()), page(vec!["1: {".to_owned()])]
    }
}

/// Reads a file into a definition; an error names its place. The first error tells that there was no time to read it.
pub(super) async fn read_file(bytes: Vec<u8>) -> Result<Result<Definition, Error>, Problem> {
    blocking::run(move || parse(&bytes)).await
}

fn parse(bytes: &[u8]) -> Result<Definition, Error> {
    if bytes.is_empty() {
        return Err(Error::invalid("file", "file_missing"));
    }
    let text = text::decode(bytes).map_err(|_| Error::invalid("file", "file_not_text"))?;
    Definition::parse(&text).map_err(|unreadable| {
        let mut errors = FieldErrors::default();
        errors.push(unreadable.problem("file"));
        Error::Invalid(errors)
    })
}

/// A file that was not read, because it is larger than any form. Nothing of it is known but that.
pub(super) fn too_large(problem: Problem) -> Result<FieldErrors, Problem> {
    if problem.error().code() != Code::TooLarge {
        return Err(problem);
    }
    let mut errors = FieldErrors::default();
    errors.add_with("file", "form_file_too_large", "max", DEFINITION_MAX / 1024);
    Ok(errors)
}

async fn page(
    editor: &Staff<may::EditForms>,
    slug: &str,
    refused: Vec<String>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let tx = editor.read().await?;
    html::render(
        status,
        &ImportPage {
            refused,
            head: view::head(&tx, slug, "build", editor).await?,
            page: Page::staff(editor),
        },
    )
}

/// Where a file is chosen.
pub async fn show(editor: Staff<may::EditForms>, slug: PathName) -> Result<HttpResponse, Problem> {
    page(&editor, &slug.0, Vec::new(), StatusCode::OK).await
}

/// What is wrong with a file, each with its place in words.
pub(super) fn sentences(
    errors: &FieldErrors,
    file: Option<&Definition>,
    language: Language,
) -> Vec<String> {
    (errors.problems().iter())
        .map(|problem| {
            let field = &problem.field;
            let (Some(file), Some(key)) = (file, field.split("/fields/").nth(1)) else {
                return field_sentence(problem, language);
            };
            let step = field.split('/').nth(1).unwrap_or_default();
            let before = problem.parameters.get("other").map_or("", String::as_str);
            let kind = |word: &str| language.text(&format!("form-type-{word}"));
            let now = file.field(key).map_or("", |field| field.r#type.as_str());
            language.text_with(
                "form-import-type-changed",
                &[
                    ("step", &label_of(file, step, language)),
                    ("field", &label_of(file, key, language)),
                    ("key", key),
                    ("before", &kind(before)),
                    ("after", &kind(now)),
                ],
            )
        })
        .collect()
}

/// Makes the file the draft of this form, by who saw its newest text. It is never published by this. When somebody saved meanwhile, the
/// answer is a page that compares.
pub async fn read(
    editor: Staff<may::EditForms>,
    slug: PathName,
    upload: Result<Upload, Problem>,
) -> Result<HttpResponse, Problem> {
    let slug = slug.0.as_str();
    let language = editor.site.language;
    let upload = match upload {
        Ok(upload) => upload,
        Err(problem) => {
            let refused = sentences(&too_large(problem)?, None, language);
            return page(&editor, slug, refused, StatusCode::PAYLOAD_TOO_LARGE).await;
        }
    };
    let sent = upload_or(upload.bytes, &upload.fields, DOCUMENT);
    let read = read_file(sent).await?;
    let file = OnceCell::new();
    let work = async |tx: &TenantTx, typed: &Fields| {
        let definition = read?;
        let _ = file.set(definition.clone());
        form_editor::import(tx, slug, lock(typed), definition, editor.member().id).await?;
        let next = format!("/beheer/formulieren/{slug}");
        Ok(html::redirect_with_flash(Flash::Imported, &next))
    };
    html::form_page(&editor.site, upload.fields, work, async |refused| {
        let file = file.get();
        let Some(mut after) = file.filter(|_| refused.code == Code::Changed).cloned() else {
            let sentences = sentences(&refused.errors, file, language);
            return page(&editor, slug, sentences, refused.status).await;
        };
        let again = vec![(DOCUMENT.to_owned(), after.exported())];
        slug.clone_into(&mut after.key);
        let kept = Fields::of(again.clone());
        let pending = |_: &Definition, _: &UsedKeys| PendingChange {
            description: language.text("form-pending-import"),
            after: Some(after),
            again,
            action: format!("/beheer/formulieren/{slug}/inlezen"),
            is_upload: true,
            ..PendingChange::default()
        };
        conflict::pending_change(&editor, slug, &kept, pending).await
    })
    .await
}

/// The file that was chosen, or the one that was sent before and travels along in a field.
pub(super) fn upload_or(chosen: Vec<u8>, fields: &Fields, name: &str) -> Vec<u8> {
    match fields.get(name) {
        Some(before) if chosen.is_empty() => before.as_bytes().to_vec(),
        _ => chosen,
    }
}
