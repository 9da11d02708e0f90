//! A form itself: its title, its languages, and why and how long it keeps personal data.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Error, FieldErrors, Language,
    form_editor::{self, Basis, FormDraft, Purpose},
    forms::{self, Definition, Issue, Prose},
    text,
};
use tenants::permission::may;

use super::{
    draft,
    draft_form::DraftForm,
    samples,
    step::source,
    view::{self, FormHeader, IssueView, SelectOption},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, Staff},
    html::{self, FormState, Page, SampleFrame, Samples},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "form_editor/settings.html")]
pub(super) struct SettingsPage {
    page: Page,
    head: FormHeader,
    form: FormState,
    languages: Vec<SelectOption>,
    purposes: Vec<SelectOption>,
    bases: Vec<SelectOption>,
    issues: Vec<IssueView>,
    address: String,
}

/// Languages that pages exist in.
const LANGUAGES: [&str; 2] = ["nl", "en"];

fn values(definition: &Definition) -> Fields {
    let privacy = &definition.privacy;
    let mut pairs: Vec<(String, String)> = [
        ("title", source(definition, "title")),
        ("lead", source(definition, "lead")),
        ("purpose", privacy.purpose.clone()),
        ("basis", privacy.basis.clone()),
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

/// A list of known words, and the word that the form has when it is another one: an imported purpose is not lost by looking at it.
fn known(
    group: &str,
    all: impl Iterator<Item = &'static str>,
    form: &FormState,
    current: &str,
    language: Language,
) -> Vec<SelectOption> {
    let chosen = form.value(group);
    let mut picks: Vec<SelectOption> = all
        .map(|word| {
            let text = language.text(&format!("form-{group}-{}", word.replace('_', "-")));
            SelectOption::new(word, text, chosen == word)
        })
        .collect();
    if !picks.iter().any(|pick| pick.value == current) {
        let text = language.text_with("form-keep-own-word", &[("word", current)]);
        picks.push(SelectOption::new(current, text, chosen == current));
    }
    picks
}

impl SettingsPage {
    fn new(page: Page, draft: &FormDraft, form: FormState, issues: &[Issue]) -> Self {
        let language = page.language;
        Self {
            languages: LANGUAGES
                .iter()
                .map(|word| {
                    let text = language.text(&format!("form-language-{word}"));
                    SelectOption::new(word, text, form.chose("language", word))
                })
                .collect(),
            purposes: known(
                "purpose",
                Purpose::ALL.iter().map(|one| one.as_str()),
                &form,
                &draft.definition.privacy.purpose,
                language,
            ),
            bases: known(
                "basis",
                Basis::ALL.iter().map(|one| one.as_str()),
                &form,
                &draft.definition.privacy.basis,
                language,
            ),
            issues: view::issues_on_page(
                issues,
                &draft.definition,
                &draft.slug,
                &format!("/beheer/formulieren/{}/instellingen", draft.slug),
                language,
            ),
            address: format!("/formulieren/{}", draft.slug),
            head: FormHeader::new(draft, "settings", language),
            form,
            page,
        }
    }
}

impl Samples for SettingsPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        samples::forms("title", frame.language)
            .into_iter()
            .map(|form| Self::new(frame.staff(), &samples::draft(), form, &[samples::issue()]))
            .collect()
    }
}

async fn settings_page(
    editor: &Staff<may::EditForms>,
    draft: &FormDraft,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let tx = editor.read().await?;
    let issues = form_editor::draft_issues(&tx, draft).await?;
    html::render(
        status,
        &SettingsPage::new(Page::staff(editor), draft, form, &issues),
    )
}

/// Settings of a form.
pub async fn settings(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let draft = draft(&editor, &slug).await?;
    let form = FormState::filled(values(&draft.definition));
    settings_page(&editor, &draft, form, StatusCode::OK).await
}

fn apply(definition: &mut Definition, typed: &Fields) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let title = text::clean_line(typed.text("title"));
    if title.is_empty() {
        errors.add("title", "required");
    }
    let lead = text::clean_text(typed.text("lead"));
    if let Err(refused) = Prose::parse(&lead) {
        errors.add_with("lead", "markup_refused_here", "other", refused.value);
    }
    for (name, text, max) in [("title", &title, 200), ("lead", &lead, forms::TEXT_MAX)] {
        if text.chars().count() > max {
            errors.add_with(name, "too_long", "max", max);
        }
    }
    let mut number = |name: &str, most: u32| {
        let number = text::clean_line(typed.text(name))
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
    let privacy = &definition.privacy;
    let purpose = typed.text("purpose").to_owned();
    if purpose.parse::<Purpose>().is_err() && purpose != privacy.purpose {
        errors.add("purpose", "required_choice");
    }
    let basis = typed.text("basis").to_owned();
    if basis.parse::<Basis>().is_err() && basis != privacy.basis {
        errors.add("basis", "required_choice");
    }
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
    definition.privacy.purpose = purpose;
    definition.privacy.basis = basis;
    definition.privacy.draft_hours = draft_hours;
    definition.privacy.spam_days = spam_days;
    definition.privacy.closed_days = closed_days;
    definition.set_source_text("title", &title);
    definition.set_source_text("lead", &lead);
    Ok(())
}

/// Saves the settings of a form.
pub async fn save_settings(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = extract::path_segment(&request, "slug")?;
    let here = format!("/beheer/formulieren/{slug}/instellingen");
    let form = DraftForm {
        editor: &editor,
        slug: &slug,
        typed: posted.0,
        action: &here,
        field: None,
    };
    let again = async |draft: &FormDraft, form| {
        settings_page(&editor, draft, form, StatusCode::BAD_REQUEST).await
    };
    let values = |newest: &Definition| Some(values(newest));
    form.save(&here, apply, values, again).await
}
