//! A step of a form as a page shows it: the words of the form, what was typed, and what is wrong with it.

use domain::{
    Language,
    forms::{Checked, Field, FieldType, Form, RawAnswers},
};

/// A text of a form with the language it is really in, when that is not the page's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The text.
    pub text: String,
    /// Value for `lang`, when it differs from the page's.
    pub lang: Option<String>,
}

/// An option of a choice.
#[derive(Clone, Debug)]
pub struct OptionView {
    /// Its key.
    pub key: String,
    /// Its words.
    pub words: Words,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// How a question is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
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
}

/// A question.
#[derive(Clone, Debug)]
pub struct FieldView {
    /// Its key.
    pub key: String,
    /// How it is drawn.
    pub shape: Shape,
    /// The question.
    pub label: Words,
    /// Help under the question.
    pub hint: Option<Words>,
    /// Advice shown because it was left open.
    pub advice: Option<Words>,
    /// Its options.
    pub options: Vec<OptionView>,
    /// What was typed.
    pub value: String,
    /// What is wrong.
    pub error: Option<String>,
    /// Whether it must be answered, whatever else is answered.
    pub required: bool,
    /// `type` of the input.
    pub input: &'static str,
    /// `autocomplete` of the input (WCAG 1.3.5).
    pub autocomplete: &'static str,
}

impl FieldView {
    /// Ids of help and error, for `aria-describedby`; empty when there are none.
    #[must_use]
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{}-uitleg", self.key));
        }
        if self.error.is_some() {
            ids.push(format!("{}-fout", self.key));
        }
        ids.join(" ")
    }
}

/// Looks a text of the form up.
pub fn words(form: &Form, language: Language, key: &str) -> Option<Words> {
    form.text(language.as_str(), key)
        .map(|(text, actual)| Words {
            text: text.to_owned(),
            lang: (actual != language.as_str()).then(|| actual.to_owned()),
        })
}

/// The questions of a step. All of them: a question that depends on another one of the same page is drawn too, because without scripts
/// nobody can know yet; the text of such a question says when it counts.
pub fn fields(
    form: &Form,
    step: usize,
    raw: &RawAnswers,
    checked: Option<&Checked>,
    language: Language,
) -> Vec<FieldView> {
    let own: Vec<&Field> = form
        .steps()
        .get(step)
        .map_or(Vec::new(), |step| step.fields.iter().collect());
    own.iter()
        .filter(|field| !matches!(field.r#type, FieldType::Files | FieldType::Context))
        .filter(|field| is_drawn(field, &own, form, raw))
        .map(|field| view(form, field, raw, checked, language))
        .collect()
}

/// A question is drawn unless what was answered on earlier pages hides it.
fn is_drawn(field: &Field, own: &[&Field], form: &Form, raw: &RawAnswers) -> bool {
    let Some(condition) = &field.show_if else {
        return true;
    };
    let depends_on_page = condition
        .leaves()
        .iter()
        .any(|leaf| own.iter().any(|other| other.key == leaf.field));
    depends_on_page || form.check(raw).answers.satisfy(condition)
}

fn view(
    form: &Form,
    field: &Field,
    raw: &RawAnswers,
    checked: Option<&Checked>,
    language: Language,
) -> FieldView {
    let typed = raw.all(&field.key);
    let text = |suffix: &str| words(form, language, &format!("{}{suffix}", field.key));
    let problem =
        checked.and_then(|checked| checked.errors.iter().find(|error| error.field == field.key));
    let advised = checked.is_some_and(|checked| checked.advised.contains(&field.key));
    let (shape, input, autocomplete) = match field.r#type {
        FieldType::Choice => (Shape::Radios, "radio", ""),
        FieldType::Choices => (Shape::Checkboxes, "checkbox", ""),
        FieldType::Consent => (Shape::Consent, "checkbox", ""),
        FieldType::Longtext => (Shape::Story, "", ""),
        FieldType::Address => (Shape::Story, "", "street-address"),
        FieldType::Info => (Shape::Info, "", ""),
        FieldType::Email => (Shape::Line, "email", "email"),
        FieldType::Phone => (Shape::Line, "tel", "tel"),
        FieldType::Name => (Shape::Line, "text", "name"),
        _ => (Shape::Line, "text", ""),
    };
    FieldView {
        shape,
        label: text("").unwrap_or_default(),
        hint: text(".hint"),
        advice: text(".advise").filter(|_| advised),
        options: field
            .options
            .iter()
            .map(|option| OptionView {
                words: text(&format!(".{option}")).unwrap_or_default(),
                chosen: typed.contains(option),
                key: option.clone(),
            })
            .collect(),
        value: typed.first().cloned().unwrap_or_default(),
        error: problem.map(|error| sentence(error.code.name(), &error.code.parameters(), language)),
        required: field
            .required
            .as_ref()
            .is_some_and(|required| required.r#if.is_none()),
        key: field.key.clone(),
        input,
        autocomplete,
    }
}

fn sentence(
    code: &str,
    parameters: &std::collections::BTreeMap<String, String>,
    language: Language,
) -> String {
    let values: Vec<(&str, &str)> = parameters
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    language.text_with(&format!("field-{}", code.replace('_', "-")), &values)
}
