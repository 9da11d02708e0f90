//! Where a new form begins: with a template, or with a file from elsewhere.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error, FieldErrors,
    form_editor::{self, Template as Start},
    forms, text,
};
use tenants::permission::may;

use super::{
    import::{parse, too_large},
    invalid, labels, samples,
    view::SelectOption,
};
use crate::{
    csrf::{Posted, Upload},
    extract::Staff,
    html::{self, Flash, FormState, Page, SampleFrame, Samples},
    problem::{Problem, localize_fields},
};

#[derive(Template)]
#[template(path = "form_editor/new.html")]
pub(super) struct NewPage {
    page: Page,
    form: FormState,
    starts: Vec<SelectOption>,
    /// What is wrong with a file, and the form that has its address already.
    refused: Vec<String>,
    taken: Option<String>,
}

impl NewPage {
    fn new(page: Page, form: FormState, (refused, taken): (Vec<String>, Option<String>)) -> Self {
        let language = page.language;
        let starts = Start::ALL
            .iter()
            .map(|start| {
                let text = language.text(&format!("form-template-{}", start.as_str()));
                let is_chosen = form.value("template") == start.as_str();
                SelectOption::new(start.as_str(), text, is_chosen)
            })
            .collect();
        Self {
            page,
            form,
            starts,
            refused,
            taken,
        }
    }
}

impl Samples for NewPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let [empty, refused] = samples::forms("title", frame.language);
        let file = (vec!["1: {".to_owned()], Some("contact".to_owned()));
        vec![
            Self::new(frame.staff(), empty, <_>::default()),
            Self::new(frame.staff(), refused, <_>::default()),
            Self::new(frame.staff(), FormState::empty(), file),
        ]
    }
}

fn new_page(
    editor: &Staff<may::EditForms>,
    form: FormState,
    file: (Vec<String>, Option<String>),
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    html::render(status, &NewPage::new(Page::staff(editor), form, file))
}

/// Where a new form begins.
///
/// # Errors
/// When the editor may not design forms.
pub async fn new(editor: Staff<may::EditForms>) -> Result<HttpResponse, Problem> {
    new_page(&editor, FormState::empty(), <_>::default(), StatusCode::OK)
}

/// Makes a form from a template.
///
/// # Errors
/// When the editor may not design forms; what cannot be used is told on the page.
pub async fn create(
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let typed = posted.0;
    let mut errors = FieldErrors::default();
    let title = text::clean_line(typed.text("title"));
    if title.is_empty() {
        errors.add("title", "required");
    }
    if title.chars().count() > 200 {
        errors.add_with("title", "too_long", "max", 200);
    }
    let start = typed.text("template").parse::<Start>();
    if start.is_err() {
        errors.add("template", "required_choice");
    }
    let done = async {
        errors.into_result()?;
        let start = start.map_err(|_| Error::NotFound)?;
        let definition = start.definition(&forms::address_from_title(&title), &title)?;
        let tx = editor.write().await?;
        let draft = form_editor::create(&tx, definition, Some(editor.member().id)).await?;
        tx.commit().await?;
        Ok::<_, Problem>(draft.slug)
    };
    match done.await {
        Ok(slug) => Ok(html::redirect_with_flash(
            Flash::Begun,
            &format!("/beheer/formulieren/{slug}"),
        )),
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let language = editor.site.language;
                let form = labels::refused(typed, &errors.renamed("key", "title"), language);
                new_page(&editor, form, <_>::default(), StatusCode::BAD_REQUEST)
            }
            None => Err(problem),
        },
    }
}

/// Makes a form from a file. It is a draft, always.
///
/// # Errors
/// When the editor may not design forms; what cannot be used is told on the page.
pub async fn import(
    editor: Staff<may::EditForms>,
    upload: Result<Upload, Problem>,
) -> Result<HttpResponse, Problem> {
    let told = |errors: &FieldErrors| {
        localize_fields(errors, editor.site.language)
            .into_iter()
            .map(|(_, _, sentence)| sentence)
            .collect::<Vec<_>>()
    };
    let upload = match upload {
        Ok(upload) => upload,
        Err(problem) => {
            let errors = too_large(&problem).ok_or(problem)?;
            return new_page(
                &editor,
                FormState::empty(),
                (told(&errors), None),
                StatusCode::PAYLOAD_TOO_LARGE,
            );
        }
    };
    let mut address = None;
    let done = async {
        let definition = parse(&upload.bytes)?;
        address = Some(definition.key.clone());
        let tx = editor.write().await?;
        let draft = form_editor::create(&tx, definition, Some(editor.member().id)).await?;
        tx.commit().await?;
        Ok::<_, Problem>(draft.slug)
    };
    match done.await {
        Ok(slug) => Ok(html::redirect_with_flash(
            Flash::Imported,
            &format!("/beheer/formulieren/{slug}"),
        )),
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let is_taken = errors
                    .problems()
                    .iter()
                    .any(|one| one.code == "address_taken");
                new_page(
                    &editor,
                    FormState::empty(),
                    (told(errors), address.filter(|_| is_taken)),
                    StatusCode::BAD_REQUEST,
                )
            }
            None => Err(problem),
        },
    }
}
