//! Where a new form begins: with a template, or with a file from elsewhere.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::form_editor::{self, FormDraft, FormDraftRequest, Template as Start};
use tenants::{TenantTx, permission::may};

use super::{
    import::{read_file, sentences, too_large},
    labels, samples,
};
use crate::{
    csrf::{Fields, Posted, Upload},
    extract::Staff,
    html::{self, Flash, FormPage, FormState, Page, SampleFrame, Samples, values::Choice},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "form_editor/new.html")]
pub(super) struct NewPage {
    page: Page,
    form: FormState,
    starts: Vec<Choice>,
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
                Choice::new(start.as_str(), text, is_chosen)
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

fn page(
    editor: &Staff<may::EditForms>,
    form: FormPage,
    file: (Vec<String>, Option<String>),
) -> Result<HttpResponse, Problem> {
    let page = NewPage::new(Page::staff(editor), form.form, file);
    html::render(form.status, &page)
}

/// Where a new form begins.
pub async fn show(editor: Staff<may::EditForms>) -> Result<HttpResponse, Problem> {
    page(&editor, FormPage::default(), <_>::default())
}

/// Makes a form from a template.
pub async fn create(
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let work = async |tx: &TenantTx, typed: &Fields| {
        let request: FormDraftRequest = typed.read()?;
        let (named_by, author) = (request.named_by(), Some(editor.member().id));
        let draft = form_editor::create(tx, request.parse()?, named_by, author).await?;
        Ok(begun(&draft, Flash::Begun))
    };
    html::form_page(&editor.site, posted.0, work, async |refused| {
        let form = labels::refused(refused, editor.site.language);
        page(&editor, form, <_>::default())
    })
    .await
}

fn begun(draft: &FormDraft, done: Flash) -> HttpResponse {
    html::redirect_with_flash(done, &format!("/beheer/formulieren/{}", draft.slug))
}

/// Makes a form from a file. It is a draft, always.
pub async fn import(
    editor: Staff<may::EditForms>,
    upload: Result<Upload, Problem>,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let form = |status| FormPage {
        status,
        ..FormPage::default()
    };
    let upload = match upload {
        Ok(upload) => upload,
        Err(problem) => {
            let refused = sentences(&too_large(problem)?, None, language);
            return page(
                &editor,
                form(StatusCode::PAYLOAD_TOO_LARGE),
                (refused, None),
            );
        }
    };
    let read = read_file(upload.bytes).await?;
    let work = async |tx: &TenantTx, _: &Fields| {
        let author = Some(editor.member().id);
        let draft = form_editor::create(tx, read?, "key", author).await?;
        Ok(begun(&draft, Flash::Imported))
    };
    html::form_page(&editor.site, upload.fields, work, async |refused| {
        let mut problems = refused.errors.problems().iter();
        let taken = problems.find(|problem| problem.code == "address_taken");
        let taken = taken.and_then(|problem| problem.parameters.get("value").cloned());
        let sentences = sentences(&refused.errors, None, language);
        page(&editor, form(refused.status), (sentences, taken))
    })
    .await
}
