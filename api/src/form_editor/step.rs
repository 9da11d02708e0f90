//! A step of a form: its title, and when it is shown.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error, FieldErrors,
    form_editor::{FormDraft, label_of},
    forms::{Definition, Step},
    text,
};
use tenants::permission::may;

use super::{
    conditions::{self, ConditionView},
    draft,
    draft_form::DraftForm,
    samples,
    view::{self, FormHeader, IssueView},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, Staff},
    html::{self, FormState, Page, SampleFrame, Samples},
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

fn step_values(definition: &Definition, step: &Step) -> Fields {
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

fn step_page(
    editor: &Staff<may::EditForms>,
    draft: &FormDraft,
    key: &str,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    html::render(
        status,
        &StepPage::new(Page::staff(editor), draft, key, form)?,
    )
}

/// A step, to change it.
pub async fn step(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let key = extract::path_segment(&request, "step")?;
    let draft = draft(&editor, &slug).await?;
    let step = draft.definition.step(&key).ok_or(Error::NotFound)?;
    let form = FormState::filled(step_values(&draft.definition, step));
    step_page(&editor, &draft, &key, form, StatusCode::OK)
}

fn apply_step(definition: &mut Definition, key: &str, typed: &Fields) -> Result<(), Error> {
    let current = definition.step(key).ok_or(Error::NotFound)?.show_if.clone();
    let mut errors = FieldErrors::default();
    let label = text::clean_line(typed.text("label"));
    if label.is_empty() {
        errors.add("label", "required");
    }
    if label.chars().count() > 200 {
        errors.add_with("label", "too_long", "max", 200);
    }
    let show = conditions::read("show", typed, current.as_ref(), &mut errors);
    errors.into_result()?;
    if let Some(step) = definition.step_mut(key) {
        step.show_if = show;
    }
    definition.set_source_text(key, &label);
    Ok(())
}

/// Saves a step.
pub async fn save_step(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let key = extract::path_segment(&request, "step")?;
    let form = DraftForm {
        editor: &editor,
        slug: &slug,
        typed: posted.0,
        action: &format!("/beheer/formulieren/{slug}/stap/{key}"),
        field: None,
    };
    form.save(
        &format!("/beheer/formulieren/{slug}?deel={key}#deel-{key}"),
        |definition, typed| apply_step(definition, &key, typed),
        |newest| newest.step(&key).map(|step| step_values(newest, step)),
        async |draft, form| step_page(&editor, draft, &key, form, StatusCode::BAD_REQUEST),
    )
    .await
}
