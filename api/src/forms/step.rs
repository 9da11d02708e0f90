//! A step of a form: its title, and when it is shown.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error, FieldErrors,
    forms::{Definition, FormDraft, Step, field_in_words},
    text,
};
use tenants::permission::may;

use super::{
    change,
    conditions::{self, ConditionView},
    conflict, draft, invalid, is_conflict, lock,
    view::{self, FlawView, Head},
    words,
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, Staff},
    html::{self, Flash, FormState, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "forms/step.html")]
struct StepPage {
    page: Page,
    head: Head,
    form: FormState,
    label: String,
    show: ConditionView,
    flaws: Vec<FlawView>,
}

pub(super) fn source(definition: &Definition, key: &str) -> String {
    let language = definition.languages.first().map_or("", String::as_str);
    definition
        .own_text(language, key)
        .unwrap_or_default()
        .to_owned()
}

fn step_values(definition: &Definition, step: &Step) -> Fields {
    let mut pairs = vec![("label".to_owned(), source(definition, &step.key))];
    pairs.extend(conditions::fields("show", step.show_if.as_ref()));
    Fields::of(pairs)
}

fn step_page(
    editor: &Staff<may::EditForms>,
    draft: &FormDraft,
    key: &str,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    let definition = &draft.definition;
    let step = definition.step(key).ok_or(Error::NotFound)?;
    let current = step.show_if.as_ref();
    html::render(
        status,
        &StepPage {
            label: field_in_words(definition, key, language),
            flaws: view::flaws_here(
                &draft.flaws(),
                definition,
                &draft.slug,
                &format!("/beheer/formulieren/{}/stap/{key}", draft.slug),
                language,
            ),
            show: conditions::view("show", definition, key, current, form.fields(), language),
            head: Head::new(draft, "build", language),
            form,
            page: Page::staff(editor),
        },
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
    definition.put_source_text(key, &label);
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
    let typed = posted.0;
    let done = change(&editor, &slug, lock(&typed), |definition, _| {
        apply_step(definition, &key, &typed)
    });
    match done.await {
        Ok(()) => Ok(html::redirect_with_flash(
            Flash::Saved,
            &format!("/beheer/formulieren/{slug}?deel={key}#deel-{key}"),
        )),
        Err(problem) if is_conflict(&problem) => {
            let action = format!("/beheer/formulieren/{slug}/stap/{key}");
            conflict::page(&editor, &slug, &typed, (action, None), |definition| {
                definition
                    .step(&key)
                    .map(|step| step_values(definition, step))
            })
            .await
        }
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let draft = draft(&editor, &slug).await?;
                let language = editor.site.language;
                let form = words::refused_in(&draft.definition, None, typed, errors, language);
                step_page(&editor, &draft, &key, form, StatusCode::BAD_REQUEST)
            }
            None => Err(problem),
        },
    }
}
