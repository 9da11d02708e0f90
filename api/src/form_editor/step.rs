//! A step of a form: its title, and when it is shown.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{
    Error,
    form_editor::{FormDraft, label_of},
    forms::{Definition, Step},
    input,
};
use tenants::permission::may;

use super::{
    conditions::{self, ConditionView},
    draft,
    draft_form::DraftForm,
    samples,
    typed::Typed,
    view::{self, FormHeader, IssueView},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, PathName, Staff},
    html::{self, FormPage, FormState, Page, SampleFrame, Samples},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "form_editor/step.html")]
pub(super) struct StepPage {
    page: Page,
    head: FormHeader,
    form: FormState,
    label: String,
    show: ConditionView,
    issues: Vec<IssueView>,
}

pub(super) fn source(definition: &Definition, key: &str) -> String {
    let language = definition.languages.first().map_or("", String::as_str);
    definition
        .exact_text(language, key)
        .unwrap_or_default()
        .to_owned()
}

fn values(definition: &Definition, step: &Step) -> Fields {
    let mut pairs = vec![("label".to_owned(), source(definition, &step.key))];
    pairs.extend(conditions::fields("show", step.show_if.as_ref()));
    Fields::of(pairs)
}

impl StepPage {
    fn new(page: Page, draft: &FormDraft, key: &str, form: FormState) -> Result<Self, Error> {
        let language = page.language;
        let definition = &draft.definition;
        let step = definition.step(key).ok_or(Error::NotFound)?;
        let current = step.show_if.as_ref();
        Ok(Self {
            label: label_of(definition, key, language),
            issues: view::issues_on_page(
                &draft.issues(),
                definition,
                &draft.slug,
                &format!("/beheer/formulieren/{}/stap/{key}", draft.slug),
                language,
            ),
            show: conditions::view("show", definition, key, current, form.fields(), language),
            head: FormHeader::new(draft, "build", language),
            form,
            page,
        })
    }
}

impl Samples for StepPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        samples::forms("label", frame.language)
            .into_iter()
            .filter_map(|form| Self::new(frame.staff(), &samples::draft(), "contact", form).ok())
            .collect()
    }
}

fn page(
    editor: &Staff<may::EditForms>,
    draft: &FormDraft,
    key: &str,
    form: FormPage,
) -> Result<HttpResponse, Problem> {
    let page = StepPage::new(Page::staff(editor), draft, key, form.form)?;
    html::render(form.status, &page)
}

/// A step, to change it.
pub async fn show(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    slug: PathName,
) -> Result<HttpResponse, Problem> {
    let key = extract::path_segment(&request, "step")?;
    let draft = draft(&editor, &slug.0).await?;
    let step = draft.definition.step(&key).ok_or(Error::NotFound)?;
    let form = FormPage::filled(values(&draft.definition, step));
    page(&editor, &draft, &key, form)
}

fn apply(definition: &mut Definition, key: &str, fields: &Fields) -> Result<(), Error> {
    let current = definition.step(key).ok_or(Error::NotFound)?.show_if.clone();
    let mut typed = Typed::new(fields);
    let label = typed.line("label").unwrap_or_default();
    let label = input::required(label, 200, "label", &mut typed.errors);
    let show = conditions::read("show", fields, current.as_ref(), &mut typed.errors);
    typed.errors.into_result()?;
    if let Some(step) = definition.step_mut(key) {
        step.show_if = show;
    }
    definition.set_source_text(key, &label);
    Ok(())
}

/// Saves a step.
pub async fn save(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    slug: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let key = extract::path_segment(&request, "step")?;
    let base = format!("/beheer/formulieren/{}", slug.0);
    let form = DraftForm {
        editor: &editor,
        slug: &slug.0,
        typed: posted.0,
        action: &format!("{base}/stap/{key}"),
        field: None,
    };
    form.save(
        &format!("{base}?deel={key}#deel-{key}"),
        |definition, typed| apply(definition, &key, typed),
        |newest| newest.step(&key).map(|step| values(newest, step)),
        async |draft, form| page(&editor, draft, &key, form),
    )
    .await
}
