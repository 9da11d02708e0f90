//! What a resident answered, typed, as programs read it.

use serde::Serialize;
use utoipa::ToSchema;

use super::Receipt;
use crate::{
    Error, Language,
    forms::{Answer, Field, FieldType},
};

/// The form that a message answers, in the version that the resident saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnsweredForm {
    /// Address of the form.
    #[schema(example = "klacht-tip-compliment")]
    pub slug: String,
    /// Its title in the language of the caller.
    pub title: String,
    /// Number of the version, from 1.
    pub version: i64,
}

/// An answer to a question of a form.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnswerItem {
    /// Key of the field in that version of the form.
    #[schema(example = "soort")]
    pub key: String,
    /// The question in the language of the caller.
    pub label: String,
    /// Type of the field; it says how to read the value.
    pub r#type: FieldType,
    /// The answer.
    pub value: AnswerValue,
}

/// The value of an answer, by the type of its field.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum AnswerValue {
    /// Of `choice` the key of the option; of `date` the day as `2026-11-24`; of `email`, `name`, `address`, `location`, `text` and
    /// `longtext` the text.
    Text(String),
    /// Of `number`.
    Number(ExactNumber),
    /// Of `consent`: a yes. Without one there is no answer.
    Consent(bool),
    /// Of `choices` the keys of the options, of `files` the ids of the files.
    List(Vec<String>),
    /// Of `phone`.
    Phone(PhoneValue),
}

/// A number as it was answered: a whole one without a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = f64, example = 12.5)]
pub struct ExactNumber(pub serde_json::Number);

/// A telephone number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PhoneValue {
    /// As typed.
    #[schema(example = "06 12 34 56 78")]
    pub typed: String,
    /// In E.164, to dial.
    #[schema(example = "+31612345678")]
    pub e164: String,
}

impl AnswerValue {
    fn of(field: &Field, answer: &Answer) -> Self {
        match answer {
            Answer::Text { value } if field.r#type == FieldType::Number => {
                value.parse().map_or_else(
                    |_| Self::Text(value.clone()),
                    |it| Self::Number(ExactNumber(it)),
                )
            }
            Answer::Text { value } | Answer::Choice { value } => Self::Text(value.clone()),
            Answer::Choices { value } | Answer::Files { value } => Self::List(value.clone()),
            Answer::Date { value } => Self::Text(value.to_string()),
            Answer::Phone { value, e164 } => Self::Phone(PhoneValue {
                typed: value.clone(),
                e164: e164.clone(),
            }),
            Answer::Consent => Self::Consent(true),
        }
    }
}

impl Receipt {
    /// The form it answers.
    #[must_use]
    pub fn answered_form(&self, language: Language) -> AnsweredForm {
        let title = self.form.form.text(language.as_str(), "title");
        AnsweredForm {
            slug: self.form.slug.clone(),
            title: title.map_or("", |(title, _)| title).to_owned(),
            version: self.form.number,
        }
    }

    /// What is still kept of the answers, in the order of the form: the same questions as in [`Receipt::copy`].
    ///
    /// # Errors
    /// [`Error::Bug`] when the stored answers cannot be read.
    pub fn answers(&self, language: Language) -> Result<Vec<AnswerItem>, Error> {
        let answers = self.submission.answers()?;
        let form = &self.form.form;
        let asked = form
            .fields()
            .filter(|(_, field)| !matches!(field.r#type, FieldType::Info | FieldType::Context));
        Ok(asked
            .filter_map(|(_, field)| {
                let answer = answers.get(&field.key)?;
                let label = form.text(language.as_str(), &field.key);
                Some(AnswerItem {
                    key: field.key.clone(),
                    label: label.map_or("", |(label, _)| label).to_owned(),
                    r#type: field.r#type,
                    value: AnswerValue::of(field, answer),
                })
            })
            .collect())
    }
}
