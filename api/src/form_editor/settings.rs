//! A form itself: its title, its languages, and why and how long it keeps personal data.

use askama::Template;
use domain::{
    Error, Language,
    form_editor::{self, Basis, FormDraft, Purpose},
    forms::{Definition, Issue, Privacy},
    input,
};
use tenants::TenantTx;

use super::{
    draft_page::DraftPage,
    samples,
    typed::Typed,
    view::{self, FormHeader, IssueView},
};
use crate::{
    csrf::Fields,
    html::{FormPage, FormState, Page, SampleFrame, Samples, values::Choice},
};

#[derive(Template)]
#[template(path = "form_editor/settings.html")]
pub(super) struct SettingsPage {
    page: Page,
    head: FormHeader,
    form: FormState,
    languages: Vec<Choice>,
    purposes: Vec<Choice>,
    bases: Vec<Choice>,
    issues: Vec<IssueView>,
    address: String,
}

/// Languages that pages exist in.
const LANGUAGES: [&str; 2] = ["nl", "en"];

/// The known purposes or bases, and the one of the form when it is another: an imported purpose is not lost by opening the page.
fn known(
    group: &str,
    all: impl Iterator<Item = &'static str>,
    form: &FormState,
    current: &str,
    language: Language,
) -> Vec<Choice> {
    let chosen = form.value(group);
    let mut choices: Vec<Choice> = all
        .map(|word| {
            let text = language.text(&format!("form-{group}-{}", word.replace('_', "-")));
            Choice::new(word, text, chosen == word)
        })
        .collect();
    if !choices.iter().any(|choice| choice.value == current) {
        let text = language.text_with("form-keep-own-word", &[("word", current)]);
        choices.push(Choice::new(current, text, chosen == current));
    }
    choices
}

impl SettingsPage {
    fn new(page: Page, draft: &FormDraft, form: FormState, issues: &[Issue]) -> Self {
        let language = page.language;
        Self {
            languages: LANGUAGES
                .iter()
                .map(|word| {
                    let text = language.text(&format!("form-language-{word}"));
                    Choice::new(*word, text, form.chose("language", word))
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
            issues: view::issues_on_page(issues, draft, "/instellingen", language),
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

impl DraftPage for SettingsPage {
    const PART: &'static str = "instellingen";

    fn values(definition: &Definition, _: &str) -> Option<Fields> {
        let privacy = &definition.privacy;
        let own = [
            ("title", definition.source_text("title").to_owned()),
            ("lead", definition.source_text("lead").to_owned()),
            ("purpose", privacy.purpose.clone()),
            ("basis", privacy.basis.clone()),
            ("draft_hours", privacy.draft_hours.to_string()),
            ("spam_days", privacy.spam_days.to_string()),
            ("closed_days", privacy.closed_days.to_string()),
        ];
        let languages = definition.languages.iter().cloned();
        let pairs = own
            .into_iter()
            .chain(languages.map(|language| ("language", language)));
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
        Some(Fields::of(pairs.collect()))
    }

    fn apply(definition: &mut Definition, _: &str, fields: &Fields) -> Result<(), Error> {
        let mut typed = Typed::new(fields);
        let title = typed.line("title").unwrap_or_default();
        let title = input::required(title, form_editor::TITLE_MAX, "title", &mut typed.errors);
        let lead = typed.prose("lead");
        let mut number = |name: &str, most: u32| {
            if typed.line(name).is_none() {
                typed.errors.add_with(name, "out_of_range", "max", most);
            }
            typed.number(name, most).unwrap_or(1)
        };
        let draft_hours = number("draft_hours", 168);
        let spam_days = number("spam_days", 365);
        let closed_days = number("closed_days", 7_305);
        let known = &definition.privacy;
        let (purpose, basis) = (fields.text("purpose"), fields.text("basis"));
        if purpose.parse::<Purpose>().is_err() && purpose != known.purpose {
            typed.errors.add("purpose", "required_choice");
        }
        if basis.parse::<Basis>().is_err() && basis != known.basis {
            typed.errors.add("basis", "required_choice");
        }
        let chosen: Vec<&str> = fields
            .all("language")
            .filter(|word| LANGUAGES.contains(word))
            .collect();
        if chosen.is_empty() {
            typed.errors.add("language", "required_choice");
        }
        typed.errors.into_result()?;
        // The source language stays the first as long as it is there; other languages that were imported stay as well.
        definition.languages.retain(|known| {
            chosen.contains(&known.as_str()) || !LANGUAGES.contains(&known.as_str())
        });
        for language in chosen {
            if !definition.languages.iter().any(|known| known == language) {
                definition.languages.push(language.to_owned());
            }
        }
        let languages = definition.languages.clone();
        let texts = &mut definition.texts.0;
        texts.retain(|language, _| languages.contains(language));
        for language in languages {
            texts.entry(language).or_default();
        }
        definition.privacy = Privacy {
            purpose: purpose.to_owned(),
            basis: basis.to_owned(),
            draft_hours,
            spam_days,
            closed_days,
        };
        definition.set_source_text("title", &title);
        definition.set_source_text("lead", &lead);
        Ok(())
    }

    async fn load(
        page: Page,
        tx: &TenantTx,
        draft: &FormDraft,
        _: &str,
        form: FormPage,
    ) -> Result<Self, Error> {
        let issues = form_editor::draft_issues(tx, draft).await?;
        Ok(Self::new(page, draft, form.form, &issues))
    }
}
