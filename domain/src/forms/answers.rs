//! What a resident answered: typed, cleaned, with everything that is hidden left out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};

use super::{
    compile::Form,
    condition::{Condition, Leaf, Op, Operand},
    definition::Field,
    kinds::{FieldType, Role},
    unique::Unique,
    values,
};
use crate::FieldProblem;

/// Values as they were typed, per field: what a draft keeps, so that nothing typed is lost. As JSON, a field has one text or a list of them,
/// and stands once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct RawAnswers(pub BTreeMap<String, Vec<String>>);

#[derive(Deserialize)]
#[serde(untagged, expecting = "a text or a list of texts")]
enum Sent {
    One(String),
    Many(Vec<String>),
}

impl<'de> Deserialize<'de> for RawAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sent = Unique::<Sent>::deserialize(deserializer)?;
        let values = sent.0.into_iter().map(|(field, sent)| match sent {
            Sent::One(value) => (field, vec![value]),
            Sent::Many(values) => (field, values),
        });
        Ok(Self(values.collect()))
    }
}

impl RawAnswers {
    /// The first value of a field.
    #[must_use]
    pub fn first(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// All values of a field.
    #[must_use]
    pub fn all(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// Replaces what was typed in the fields of one step by what was typed now; other steps stay as they were. Values of fields the form
    /// does not have are ignored; gives back how many there were.
    pub fn replace_step<'a>(
        &mut self,
        form: &Form,
        step: usize,
        typed: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> usize {
        let mut ignored = 0;
        let fields = form.steps().get(step).map_or(&[][..], |step| &step.fields);
        for field in fields {
            self.0.remove(&field.key);
        }
        for (name, value) in typed {
            if fields.iter().any(|field| field.key == name) {
                self.0
                    .entry(name.to_owned())
                    .or_default()
                    .push(value.to_owned());
            } else {
                ignored += 1;
            }
        }
        ignored
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Answer {
    /// One option.
    Choice {
        /// Its key.
        value: String,
    },
    /// Several options, in the order of the form.
    Choices {
        /// Their keys.
        value: Vec<String>,
    },
    /// Text, number or address as cleaned text.
    Text {
        /// The text.
        value: String,
    },
    /// A day.
    Date {
        /// The day.
        value: NaiveDate,
    },
    /// A telephone number.
    Phone {
        /// As typed.
        value: String,
        /// In E.164, to dial.
        e164: String,
    },
    /// Files, by the ids of what was sent.
    Files {
        /// Their ids, in the order they came.
        value: Vec<String>,
    },
    /// A yes.
    Consent,
}

impl Answer {
    /// The answer as text: the option key, or what was typed. A consent is "yes".
    #[must_use]
    pub fn as_text(&self) -> String {
        match self {
            Self::Choice { value } | Self::Text { value } | Self::Phone { value, .. } => {
                value.clone()
            }
            Self::Choices { value } => value.join(", "),
            Self::Files { value } => value.len().to_string(),
            Self::Date { value } => value.to_string(),
            Self::Consent => "yes".to_owned(),
        }
    }
}

/// Everything a resident answered, per field key. What is hidden or empty is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

impl Answers {
    /// The answer to a field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Answer> {
        self.0.get(field)
    }

    /// The options that were chosen, by question.
    #[must_use]
    pub fn options(&self) -> BTreeMap<String, Vec<String>> {
        let chosen = |answer: &Answer| match answer {
            Answer::Choice { value } => Some(vec![value.clone()]),
            Answer::Choices { value } => Some(value.clone()),
            _ => None,
        };
        (self.0.iter())
            .filter_map(|(field, answer)| Some((field.clone(), chosen(answer)?)))
            .collect()
    }

    /// The answer of the field with a role.
    #[must_use]
    pub fn with_role(&self, form: &Form, role: Role) -> Option<&Answer> {
        self.get(&form.with_role(role)?.key)
    }

    fn knows(&self, leaf: &Leaf) -> bool {
        let Some(answer) = self.0.get(&leaf.field) else {
            return false;
        };
        match (leaf.op, &leaf.value, answer) {
            (Op::Given, _, _) => true,
            (Op::Is, Some(Operand::One(word)), Answer::Choice { value }) => value == word,
            (Op::In, Some(Operand::Many(words)), Answer::Choice { value }) => words.contains(value),
            (Op::Has, Some(Operand::One(word)), Answer::Choices { value }) => value.contains(word),
            (op, Some(Operand::One(word)), Answer::Date { value }) => word
                .parse::<NaiveDate>()
                .is_ok_and(|day| compares(op, value.cmp(&day))),
            (op, Some(Operand::One(word)), Answer::Text { value }) => {
                match (values::decimal(value), values::decimal(word)) {
                    (Some(left), Some(right)) => compares(op, left.cmp(&right)),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// Whether a condition holds, given these answers.
    #[must_use]
    pub fn satisfy(&self, condition: &Condition) -> bool {
        condition.holds(&mut |leaf| self.knows(leaf))
    }
}

fn compares(op: Op, order: std::cmp::Ordering) -> bool {
    match op {
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
        Op::Is | Op::In | Op::Has | Op::Given => false,
    }
}

/// The result of looking at what was typed.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What can be used.
    pub answers: Answers,
    /// What cannot, all of it, in document order.
    pub errors: Vec<FieldProblem>,
    /// Fields that were shown, in document order.
    pub visible: Vec<String>,
    /// Fields left empty that are better answered.
    pub advised: Vec<String>,
    /// Steps that were shown, by index.
    pub visible_steps: Vec<usize>,
}

impl Checked {
    /// Whether a step has an error.
    #[must_use]
    pub fn fails_in(&self, form: &Form, step: usize) -> bool {
        form.fields()
            .filter(|(index, _)| *index == step)
            .any(|(_, field)| self.errors.iter().any(|error| error.field == field.key))
    }

    /// The first shown step with an error.
    #[must_use]
    pub fn first_incomplete(&self, form: &Form) -> Option<usize> {
        self.visible_steps
            .iter()
            .copied()
            .find(|step| self.fails_in(form, *step))
    }
}

impl Form {
    /// Checks everything that was typed, in document order, in one pass: what is hidden is dropped, and every error is named.
    /// `today` is the day of the municipality: some questions take no day after it, or none before.
    #[must_use]
    pub fn check(&self, raw: &RawAnswers, today: NaiveDate) -> Checked {
        let mut checked = Checked::default();
        for (index, step) in self.steps().iter().enumerate() {
            let shown = step
                .show_if
                .as_ref()
                .is_none_or(|condition| checked.answers.satisfy(condition));
            if !shown {
                continue;
            }
            checked.visible_steps.push(index);
            for field in &step.fields {
                check_field(field, raw, today, &mut checked);
            }
        }
        checked
    }
}

fn check_field(field: &Field, raw: &RawAnswers, today: NaiveDate, checked: &mut Checked) {
    let holds = |condition: Option<&Condition>, answers: &Answers| {
        condition.is_none_or(|condition| answers.satisfy(condition))
    };
    if !holds(field.show_if.as_ref(), &checked.answers) {
        return;
    }
    checked.visible.push(field.key.clone());
    match values::read(field, raw, today) {
        Ok(Some(answer)) => {
            checked.answers.0.insert(field.key.clone(), answer);
        }
        Ok(None) => {
            let (required, advise) = (field.required.as_ref(), field.advise.as_ref());
            if required.is_some_and(|it| holds(it.r#if.as_ref(), &checked.answers)) {
                let code = match field.r#type {
                    FieldType::Choice | FieldType::Choices => "required_choice",
                    _ => "required",
                };
                checked.errors.push(values::problem(field, code, []));
            } else if advise.is_some_and(|it| holds(it.r#if.as_ref(), &checked.answers)) {
                checked.advised.push(field.key.clone());
            }
        }
        Err(problem) => checked.errors.push(problem),
    }
}
