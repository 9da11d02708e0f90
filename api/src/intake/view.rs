//! The questions of a form as a page shows them: the words of the form, what was typed, and what is wrong with it.

mod files;
mod signpost;

use domain::{
    FieldProblem, Language,
    files::File,
    forms::{Checked, Condition, Field, FieldType, Form, Prose, RawAnswers},
};

pub use self::{files::FilesView, signpost::SignpostView};
use crate::problem::field_sentence;

/// A text of a form with the language it is really in, when that is not the page's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalizedText {
    /// The text.
    pub text: String,
    /// Value for `lang`, when it differs from the page's.
    pub lang: Option<String>,
}

/// A text with a little markup, and the language it is really in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalizedProse {
    /// The text.
    pub prose: Prose,
    /// Value for `lang`, when it differs from the page's.
    pub lang: Option<String>,
}

/// An option of a choice.
#[derive(Clone, Debug)]
pub struct OptionView {
    /// Its key.
    pub key: String,
    /// Its words.
    pub words: LocalizedText,
    /// Whether it was chosen.
    pub chosen: bool,
    /// Where whoever chooses it belongs.
    pub signpost: Option<SignpostView>,
}

/// How a question is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widget {
    /// One of several.
    Radios,
    /// Any of several.
    Checkboxes,
    /// A yes.
    Consent,
    /// A line.
    Line,
    /// A story.
    Story,
    /// A text without an answer.
    Info,
    /// Photos and documents.
    Files,
}

/// Whether a question must be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Required,
    Optional,
    /// It depends on another answer of the same page.
    Depends,
}

/// A question.
#[derive(Clone, Debug)]
pub struct FieldView {
    /// Its key.
    pub key: String,
    /// How it is rendered.
    pub shape: Widget,
    /// The question.
    pub label: LocalizedText,
    /// The text of an info field.
    pub body: LocalizedProse,
    /// Help under the question.
    pub hint: Option<LocalizedProse>,
    /// Advice as long as it is left open.
    pub advice: Option<LocalizedText>,
    /// Whether somebody has left it open and is told.
    pub shows_errors: bool,
    /// Its options.
    pub options: Vec<OptionView>,
    /// What was typed.
    pub value: String,
    /// What is wrong.
    pub error: Option<String>,
    /// Whether it must be answered.
    pub required: bool,
    /// Whether that depends on another answer of the same page.
    pub depends: bool,
    /// `type` of the input.
    pub input: &'static str,
    /// `autocomplete` of the input (WCAG 1.3.5).
    pub autocomplete: &'static str,
    /// Where this belongs instead.
    pub signpost: Option<SignpostView>,
    /// Its files, of a question for files.
    pub files: FilesView,
}

impl FieldView {
    /// Ids of help and error, for `aria-describedby`; empty when there are none.
    #[must_use]
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{}-uitleg", self.key));
        }
        if self.advice.is_some() {
            ids.push(format!("{}-advies", self.key));
        }
        if self.shape == Widget::Files {
            ids.push(format!("{}-ruimte", self.key));
        }
        if self.error.is_some() {
            ids.push(format!("{}-fout", self.key));
        }
        for (number, _) in self.files.errors.iter().enumerate() {
            ids.push(format!("{}-fout-{number}", self.key));
        }
        ids.join(" ")
    }

    /// Every error of the question behind its words, with the anchor of the control to change: a group has no control of its own with its
    /// key.
    #[must_use]
    pub fn errors(&self) -> Vec<(String, String)> {
        let anchor = match (self.shape, self.options.first()) {
            (Widget::Radios | Widget::Checkboxes, Some(option)) => {
                format!("{}-{}", self.key, option.key)
            }
            _ => self.key.clone(),
        };
        let label = self.label.text.trim();
        let told = |error: &String| {
            if label.ends_with(['?', '.', '!', ':']) {
                format!("{label} {error}")
            } else {
                format!("{label}: {error}")
            }
        };
        self.error
            .iter()
            .chain(&self.files.errors)
            .map(|error| (anchor.clone(), told(error)))
            .collect()
    }
}

/// Looks a text of the form up.
pub fn words(form: &Form, language: Language, key: &str) -> Option<LocalizedText> {
    form.text(language.as_str(), key)
        .map(|(text, actual)| LocalizedText {
            text: text.to_owned(),
            lang: other(language, actual),
        })
}

/// Looks a text with markup up.
pub fn localized_prose(form: &Form, language: Language, key: &str) -> Option<LocalizedProse> {
    form.prose(language.as_str(), key)
        .map(|(prose, actual)| LocalizedProse {
            prose: prose.clone(),
            lang: other(language, actual),
        })
}

fn other(language: Language, actual: &str) -> Option<String> {
    (actual != language.as_str()).then(|| actual.to_owned())
}

/// What a page knows of the one who fills it in.
#[derive(Clone, Copy)]
pub struct FillContext<'a> {
    /// The form.
    pub form: &'a Form,
    /// Language of the page.
    pub language: Language,
    /// Everything that was typed.
    pub raw: &'a RawAnswers,
    /// The same, looked at.
    pub checked: &'a Checked,
    /// Whether what is wrong is told.
    pub show_errors: bool,
    /// Files that are there.
    pub files: &'a [File],
    /// What was wrong with files that were sent just now.
    pub file_problems: &'a [FieldProblem],
}

/// The questions of a page. All of them: a question that depends on another one of the same page is rendered too, because without scripts
/// nobody can know yet; the text of such a question says when it counts.
pub fn fields(filling: FillContext<'_>, own: &[&Field], among: &[&Field]) -> Vec<FieldView> {
    own.iter()
        .filter(|field| field.r#type != FieldType::Context)
        .filter(|field| is_rendered(filling, field, among))
        .map(|field| {
            let need = need(filling, field, among);
            view(filling, field, need)
        })
        .collect()
}

/// Whether a question must be answered. On what the same page asks it depends while somebody fills it in.
fn need(filling: FillContext<'_>, field: &Field, among: &[&Field]) -> Need {
    let Some(required) = &field.required else {
        return Need::Optional;
    };
    let on_page = |condition: Option<&Condition>| {
        condition.is_some_and(|condition| {
            let leaves = condition.leaves();
            leaves
                .iter()
                .any(|leaf| among.iter().any(|other| other.key == leaf.field))
        })
    };
    let holds = |condition: Option<&Condition>| {
        condition.is_none_or(|condition| filling.checked.answers.satisfy(condition))
    };
    let conditions = [required.r#if.as_ref(), field.show_if.as_ref()];
    if conditions.into_iter().all(holds) {
        Need::Required
    } else if conditions.into_iter().any(on_page) {
        Need::Depends
    } else {
        Need::Optional
    }
}

/// A question is rendered unless what was answered on earlier pages hides it.
fn is_rendered(filling: FillContext<'_>, field: &Field, among: &[&Field]) -> bool {
    let Some(condition) = &field.show_if else {
        return true;
    };
    let depends_on_page = condition
        .leaves()
        .iter()
        .any(|leaf| among.iter().any(|other| other.key == leaf.field));
    depends_on_page || filling.checked.answers.satisfy(condition)
}

fn view(filling: FillContext<'_>, field: &Field, need: Need) -> FieldView {
    let FillContext {
        form,
        language,
        raw,
        checked,
        show_errors,
        ..
    } = filling;
    let typed = raw.all(&field.key);
    let key = |suffix: &str| format!("{}{suffix}", field.key);
    let problem = checked
        .errors
        .iter()
        .find(|error| show_errors && error.field == field.key);
    let advised = checked.advised.contains(&field.key);
    let (shape, input, autocomplete) = match field.r#type {
        FieldType::Choice => (Widget::Radios, "radio", ""),
        FieldType::Choices => (Widget::Checkboxes, "checkbox", ""),
        FieldType::Consent => (Widget::Consent, "checkbox", ""),
        FieldType::Longtext => (Widget::Story, "", ""),
        FieldType::Address => (Widget::Story, "", "street-address"),
        FieldType::Info => (Widget::Info, "", ""),
        FieldType::Files => (Widget::Files, "file", ""),
        FieldType::Email => (Widget::Line, "email", "email"),
        FieldType::Phone => (Widget::Line, "tel", "tel"),
        FieldType::Name => (Widget::Line, "text", "name"),
        FieldType::Text
        | FieldType::Number
        | FieldType::Date
        | FieldType::Location
        | FieldType::Context => (Widget::Line, "text", ""),
    };
    FieldView {
        shape,
        label: words(form, language, &field.key).unwrap_or_default(),
        body: if shape == Widget::Info {
            localized_prose(form, language, &field.key).unwrap_or_default()
        } else {
            LocalizedProse::default()
        },
        hint: localized_prose(form, language, &key(".hint")),
        advice: words(form, language, &key(".advise")).filter(|_| advised),
        shows_errors: show_errors,
        options: field
            .options
            .iter()
            .map(|option| OptionView {
                words: words(form, language, &key(&format!(".{option}"))).unwrap_or_default(),
                chosen: typed.contains(option),
                signpost: field.signposts.0.get(option).and_then(|post| {
                    signpost::view(form, language, &key(&format!(".{option}")), post)
                }),
                key: option.clone(),
            })
            .collect(),
        value: typed.first().cloned().unwrap_or_default(),
        error: problem.map(|problem| field_sentence(problem, language)),
        required: need == Need::Required,
        depends: need == Need::Depends,
        signpost: field
            .signpost
            .as_ref()
            .and_then(|post| signpost::view(form, language, &field.key, post)),
        files: files::view(filling, field),
        key: field.key.clone(),
        input,
        autocomplete,
    }
}
