//! Steps and questions of a form at a glance.

use domain::{
    Language,
    form_editor::{describe_condition, label_of},
    forms::{self, Definition},
};

/// A question at a glance.
pub struct QuestionView {
    /// Its key.
    pub key: String,
    /// The question.
    pub label: String,
    /// What kind of answer it takes.
    pub kind: String,
    /// When it is shown, needed and advised.
    pub remarks: Vec<String>,
    /// Its answers.
    pub options: Vec<String>,
    /// Whether nothing stands before it in the form.
    pub is_first: bool,
    /// Whether nothing stands behind it in the form.
    pub is_last: bool,
}

/// A step at a glance.
pub struct StepView {
    /// Its key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// When it is shown; empty when always.
    pub condition: String,
    /// Its questions.
    pub questions: Vec<QuestionView>,
}

/// The steps of a form in order.
pub(super) fn steps(definition: &Definition, language: Language) -> Vec<StepView> {
    let label = |key: &str| label_of(definition, key, language);
    let condition = |key: &str, condition: Option<&forms::Condition>| {
        condition.map(|condition| {
            let when = describe_condition(definition, condition, language);
            language.text_with(key, &[("when", &when)])
        })
    };
    let last_step = definition.steps.len().saturating_sub(1);
    definition
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| StepView {
            key: step.key.clone(),
            title: label(&step.key),
            condition: condition("form-shown-when", step.show_if.as_ref()).unwrap_or_default(),
            questions: step
                .fields
                .iter()
                .enumerate()
                .map(|(number, field)| QuestionView {
                    label: label(&field.key),
                    kind: language.text(&format!("form-type-{}", field.r#type.as_str())),
                    remarks: [
                        condition("form-shown-when", field.show_if.as_ref()),
                        field.required.as_ref().map(|required| {
                            condition("form-required-when", required.r#if.as_ref())
                                .unwrap_or_else(|| language.text("form-required"))
                        }),
                        field.advise.as_ref().map(|_| language.text("form-advised")),
                    ]
                    .into_iter()
                    .flatten()
                    .collect(),
                    options: field
                        .options
                        .iter()
                        .map(|option| label(&format!("{}.{option}", field.key)))
                        .collect(),
                    is_first: at == 0 && number == 0,
                    is_last: at == last_step && number + 1 == step.fields.len(),
                    key: field.key.clone(),
                })
                .collect(),
        })
        .collect()
}
