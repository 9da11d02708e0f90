//! A file becomes the draft of a form that is there already.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Code, Error, FieldErrors, Language,
    form_editor::{self, label_of},
    forms::{DEFINITION_MAX, Definition},
};
use tenants::permission::may;

use super::{
    conflict::{self, PendingChange},
    invalid, is_conflict, lock, samples,
    view::{self, FormHeader},
};
use crate::{
    csrf::{Fields, Upload},
    extract::{self, Staff},
    html::{self, Flash, Page, SampleFrame, Samples},
    problem::{Problem, localize_fields},
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

/// Reads a file into a definition; what it is not is told with the place.
pub(super) fn parse(bytes: &[u8]) -> Result<Definition, Error> {
    if bytes.is_empty() {
        return Err(Error::invalid("file", "file_missing"));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Error::invalid("file", "file_not_text"))?;
    Definition::parse(text.trim_start_matches('\u{feff}')).map_err(|unreadable| {
        let mut errors = FieldErrors::default();
        errors.push(unreadable.problem("file"));
        Error::Invalid(errors)
    })
}

/// A file that was not read, because it is larger than any form. Nothing of it is known but that.
pub(super) fn too_large(problem: &Problem) -> Option<FieldErrors> {
    (problem.error().code() == Code::TooLarge).then(|| {
        let mut errors = FieldErrors::default();
        errors.add_with("file", "form_file_too_large", "max", DEFINITION_MAX / 1024);
        errors
    })
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
            head: view::head(&tx, slug, "build", editor.site.language).await?,
            page: Page::staff(editor),
        },
    )
}

/// Where a file is chosen.
pub async fn show(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    page(&editor, &slug, Vec::new(), StatusCode::OK).await
}

/// What is wrong with a file, each with its place in words.
fn sentences(errors: &FieldErrors, file: Option<&Definition>, language: Language) -> Vec<String> {
    localize_fields(errors, language)
        .into_iter()
        .zip(errors.problems())
        .map(|((field, _, sentence), problem)| {
            let (Some(file), Some(key)) = (file, field.split("/fields/").nth(1)) else {
                return sentence;
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

/// Makes the file the draft of this form, by who saw its newest text. It is never published by this.
///
/// # Errors
/// When there is no such form; what cannot be used is told on the page; when somebody saved meanwhile, a page that compares.
pub async fn read(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    upload: Result<Upload, Problem>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let language = editor.site.language;
    let upload = match upload {
        Ok(upload) => upload,
        Err(problem) => {
            let errors = too_large(&problem).ok_or(problem)?;
            let refused = sentences(&errors, None, language);
            return page(&editor, &slug, refused, StatusCode::PAYLOAD_TOO_LARGE).await;
        }
    };
    let bytes = match upload.fields.get(DOCUMENT) {
        Some(document) if upload.bytes.is_empty() => document.as_bytes(),
        _ => upload.bytes.as_slice(),
    };
    let mut file = None;
    let done = async {
        let definition = parse(bytes)?;
        file = Some(definition.clone());
        let tx = editor.write().await?;
        let author = editor.member().id;
        form_editor::import(&tx, &slug, lock(&upload.fields), definition, author).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    match (done.await, file) {
        (Ok(()), _) => Ok(html::redirect_with_flash(
            Flash::Imported,
            &format!("/beheer/formulieren/{slug}"),
        )),
        (Err(problem), Some(mut file)) if is_conflict(&problem) => {
            let document = file.exported();
            slug.clone_into(&mut file.key);
            let kept = Fields::from_pairs([(DOCUMENT, document.clone())]);
            conflict::pending_change(&editor, &slug, &kept, |newest| PendingChange {
                description: language.text("form-pending-import"),
                typed: Vec::new(),
                changes: Some(
                    form_editor::diff(newest, &file, language)
                        .into_iter()
                        .map(|change| change.sentence)
                        .collect(),
                ),
                again: vec![(DOCUMENT.to_owned(), document)],
                action: format!("/beheer/formulieren/{slug}/inlezen"),
                is_upload: true,
            })
            .await
        }
        (Err(problem), file) => match invalid(&problem) {
            Some(errors) => {
                let refused = sentences(errors, file.as_ref(), language);
                page(&editor, &slug, refused, StatusCode::BAD_REQUEST).await
            }
            None => Err(problem),
        },
    }
}
