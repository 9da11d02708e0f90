//! A step of a form, and the form itself: titles, when a step is shown, languages, how long things are kept.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error, FieldErrors,
    forms::{self, Definition, FormDraft, Prose, Step, field_in_words},
};
use tenants::permission::may;

use super::{
    change,
    conditions::{self, ConditionView},
    conflict, draft, invalid, is_conflict, lock,
    view::{Head, Pick},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, Staff},
    html::{self, FormState, Shell},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "forms/step.html")]
struct StepPage {
    shell: Shell,
    head: Head,
    form: FormState,
    label: String,
    show: ConditionView,
}

fn source(definition: &Definition, key: &str) -> String {
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
    html::page(
        status,
        &StepPage {
            label: field_in_words(definition, key, language),
            show: conditions::view("show", definition, key, current, form.fields(), language),
            head: Head::new(draft, "build", language),
            form,
            shell: Shell::staff(editor),
        },
    )
}

/// A step, to change it.
///
/// # Errors
/// When there is no such draft or step.
pub async fn step(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let key = extract::word(&request, "step")?;
    let draft = draft(&editor, &slug).await?;
    let step = draft.definition.step(&key).ok_or(Error::NotFound)?;
    let form = FormState::filled(step_values(&draft.definition, step));
    step_page(&editor, &draft, &key, form, StatusCode::OK)
}

fn apply_step(definition: &mut Definition, key: &str, typed: &Fields) -> Result<(), Error> {
    let current = definition.step(key).ok_or(Error::NotFound)?.show_if.clone();
    let mut errors = FieldErrors::default();
    let label = forms::clean_line(typed.text("label"));
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
///
/// # Errors
/// As [`super::field::save`].
pub async fn save_step(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let key = extract::word(&request, "step")?;
    let typed = posted.0;
    let done = change(&editor, &slug, lock(&typed), |definition, _| {
        apply_step(definition, &key, &typed)
    });
    match done.await {
        Ok(()) => Ok(html::see_other(&format!(
            "/beheer/formulieren/{slug}?klaar=opgeslagen#deel-{key}"
        ))),
        Err(problem) if is_conflict(&problem) => {
            let action = format!("/beheer/formulieren/{slug}/stap/{key}");
            conflict::page(&editor, &slug, &typed, action, |definition| {
                definition
                    .step(&key)
                    .map(|step| step_values(definition, step))
            })
            .await
        }
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let draft = draft(&editor, &slug).await?;
                let form = FormState::refused(typed, errors, editor.site.language);
                step_page(&editor, &draft, &key, form, StatusCode::BAD_REQUEST)
            }
            None => Err(problem),
        },
    }
}

#[derive(Template)]
#[template(path = "forms/settings.html")]
struct SettingsPage {
    shell: Shell,
    head: Head,
    form: FormState,
    languages: Vec<Pick>,
    address: String,
}

/// Languages that pages exist in.
const LANGUAGES: [&str; 2] = ["nl", "en"];

fn values(definition: &Definition) -> Fields {
    let privacy = &definition.privacy;
    let mut pairs: Vec<(String, String)> = [
        ("title", source(definition, "title")),
        ("lead", source(definition, "lead")),
        ("draft_hours", privacy.draft_hours.to_string()),
        ("spam_days", privacy.spam_days.to_string()),
        ("closed_days", privacy.closed_days.to_string()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    for language in &definition.languages {
        pairs.push(("language".to_owned(), language.clone()));
    }
    Fields::of(pairs)
}

fn settings_page(
    editor: &Staff<may::EditForms>,
    draft: &FormDraft,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let language = editor.site.language;
    html::page(
        status,
        &SettingsPage {
            languages: LANGUAGES
                .iter()
                .map(|word| {
                    let text = language.text(&format!("form-language-{word}"));
                    Pick::new(word, text, form.chose("language", word))
                })
                .collect(),
            address: format!("/formulieren/{}", draft.slug),
            head: Head::new(draft, "settings", language),
            form,
            shell: Shell::staff(editor),
        },
    )
}

/// Settings of a form.
///
/// # Errors
/// When there is no such draft.
pub async fn settings(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let draft = draft(&editor, &slug).await?;
    let form = FormState::filled(values(&draft.definition));
    settings_page(&editor, &draft, form, StatusCode::OK)
}

fn apply(definition: &mut Definition, typed: &Fields) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let title = forms::clean_line(typed.text("title"));
    if title.is_empty() {
        errors.add("title", "required");
    }
    let lead = forms::clean_text(typed.text("lead"));
    if let Err(refused) = Prose::parse(&lead) {
        errors.add_with("lead", "markup_refused_here", "other", refused.value);
    }
    for (name, text, max) in [("title", &title, 200), ("lead", &lead, forms::TEXT_MAX)] {
        if text.chars().count() > max {
            errors.add_with(name, "too_long", "max", max);
        }
    }
    let mut number = |name: &str, most: u32| {
        let number = forms::clean_line(typed.text(name))
            .replace('.', "")
            .parse()
            .ok();
        let number = number.filter(|number| (1..=most).contains(number));
        if number.is_none() {
            errors.add_with(name, "out_of_range", "max", most);
        }
        number.unwrap_or(1)
    };
    let draft_hours = number("draft_hours", 168);
    let spam_days = number("spam_days", 365);
    let closed_days = number("closed_days", 7_305);
    let chosen: Vec<&str> = typed
        .all("language")
        .filter(|word| LANGUAGES.contains(word))
        .collect();
    if chosen.is_empty() {
        errors.add("language", "required_choice");
    }
    errors.into_result()?;
    // The source language stays the first as long as it is there; other languages that were imported stay as well.
    definition
        .languages
        .retain(|known| chosen.contains(&known.as_str()) || !LANGUAGES.contains(&known.as_str()));
    for language in chosen {
        if !definition.languages.iter().any(|known| known == language) {
            definition.languages.push(language.to_owned());
        }
    }
    let languages = definition.languages.clone();
    definition
        .texts
        .0
        .retain(|language, _| languages.contains(language));
    for language in languages {
        definition.texts.0.entry(language).or_default();
    }
    definition.privacy.draft_hours = draft_hours;
    definition.privacy.spam_days = spam_days;
    definition.privacy.closed_days = closed_days;
    definition.put_source_text("title", &title);
    definition.put_source_text("lead", &lead);
    Ok(())
}

/// Saves the settings of a form.
///
/// # Errors
/// As [`super::field::save`].
pub async fn save_settings(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let typed = posted.0;
    let done = change(&editor, &slug, lock(&typed), |definition, _| {
        apply(definition, &typed)
    });
    match done.await {
        Ok(()) => Ok(html::see_other(&format!(
            "/beheer/formulieren/{slug}?klaar=opgeslagen"
        ))),
        Err(problem) if is_conflict(&problem) => {
            let action = format!("/beheer/formulieren/{slug}/instellingen");
            conflict::page(&editor, &slug, &typed, action, |definition| {
                Some(values(definition))
            })
            .await
        }
        Err(problem) => match invalid(&problem) {
            Some(errors) => {
                let draft = draft(&editor, &slug).await?;
                let form = FormState::refused(typed, errors, editor.site.language);
                settings_page(&editor, &draft, form, StatusCode::BAD_REQUEST)
            }
            None => Err(problem),
        },
    }
}
