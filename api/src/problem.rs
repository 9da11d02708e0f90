//! How errors leave the program: `application/problem+json` (RFC 9457) for programs, a page in the municipality's style for people.

use actix_web::{
    HttpResponse, ResponseError,
    body::BoxBody,
    http::{StatusCode, header},
};
use chrono::NaiveDate;
use domain::{Code, Error, FieldErrors, FieldProblem, Language};
use serde::Serialize;
use utoipa::ToSchema;

/// What a handler answers.
pub type HandlerResult = Result<HttpResponse, Problem>;

/// An error on its way out. The middleware [`crate::middleware`] gives it words and a request id.
#[derive(Debug)]
pub struct Problem {
    error: Error,
    /// Seconds after which trying again makes sense, when that is known.
    retry_after: Option<i64>,
}

impl<E: Into<Error>> From<E> for Problem {
    fn from(error: E) -> Self {
        let error = error.into();
        let retry_after = match error.code() {
            Code::TooManyRequests => Some(60),
            Code::Unavailable => Some(5),
            _ => None,
        };
        Self { error, retry_after }
    }
}

impl Problem {
    /// A refusal by its code.
    #[must_use]
    pub fn code(code: Code) -> Self {
        Error::refused(code).into()
    }

    /// The same, with the seconds after which trying again makes sense.
    #[must_use]
    pub fn retry_after(self, seconds: i64) -> Self {
        Self {
            retry_after: Some(seconds),
            ..self
        }
    }

    /// A refusal with a dash for everything its sentence names: for the reference, where nobody is concerned yet.
    #[must_use]
    pub fn example(code: Code) -> Self {
        let parameters = [
            "name",
            "cents",
            "most",
            "limit",
            "holder",
            "moment",
            "role",
            "reference",
            "year",
            "part",
            "bar",
            "article",
            "max",
        ]
        .map(|name| (name, "–".to_owned()));
        Error::Refused(domain::Refusal {
            code,
            parameters: parameters.into(),
        })
        .into()
    }

    /// What went wrong.
    #[must_use]
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Whether it is about what was sent, and not about something that does not exist or a failure of ours: a page can show it beside the
    /// form.
    #[must_use]
    pub fn is_about_request(&self) -> bool {
        let code = self.error.code();
        (400..500).contains(&code.status()) && code != Code::NotFound
    }

    /// The field errors, when it is about fields: for a page that shows the form again.
    ///
    /// # Errors
    /// The problem itself, when it is about something else.
    pub fn into_field_errors(self) -> Result<FieldErrors, Self> {
        match self.error {
            Error::Invalid(errors) => Ok(errors),
            error => Err(Self { error, ..self }),
        }
    }

    /// The title and the explanation in words, for people.
    #[must_use]
    pub fn localize(&self, language: Language) -> (String, String) {
        self.localize_for(Reader::Person, language)
    }

    fn localize_for(&self, reader: Reader, language: Language) -> (String, String) {
        let code = self.error.code();
        let title = language.text(&reader.key(format!("problem-{code}"), language));
        let key = reader.key(format!("problem-{code}-detail"), language);
        let detail = match &self.error {
            Error::Refused(refusal) => {
                let values: Vec<(&str, String)> = refusal
                    .parameters
                    .iter()
                    .map(|(name, value)| {
                        let value = match (*name, value.parse::<i64>()) {
                            ("cents" | "most" | "limit", Ok(cents)) => language.euros(cents),
                            _ => value.clone(),
                        };
                        (*name, value)
                    })
                    .collect();
                let values: Vec<(&str, &str)> = values
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                // "It is Sam's now" says nothing when nobody has it.
                let of_nobody = format!("{key}-nobody");
                let is_of_nobody = values.contains(&("name", "")) && language.has(&of_nobody);
                language.text_with(if is_of_nobody { &of_nobody } else { &key }, &values)
            }
            _ => language.text(&key),
        };
        (title, detail)
    }

    /// The document a program gets.
    #[must_use]
    pub fn document(&self, language: Language, request_id: &str) -> ProblemDocument {
        let code = self.error.code();
        let (title, detail) = self.localize_for(Reader::Program, language);
        let errors = match &self.error {
            Error::Invalid(errors) => (errors.problems().iter())
                .map(|problem| InvalidField {
                    field: problem.field.clone(),
                    code: problem.code.clone(),
                    detail: sentence(problem, Reader::Program, language),
                })
                .collect(),
            _ => Vec::new(),
        };
        ProblemDocument {
            r#type: format!("/api/v1/docs#{code}"),
            title,
            status: code.status(),
            detail,
            instance: format!("urn:uuid:{request_id}"),
            code,
            errors,
        }
    }
}

/// For whom a sentence is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Person,
    Program,
}

impl Reader {
    /// The key of a text, or of its wording for programs where there is one: they write dates otherwise, and see no pages.
    fn key(self, key: String, language: Language) -> String {
        let other = format!("{key}-program");
        if self == Self::Program && language.has(&other) {
            other
        } else {
            key
        }
    }
}

/// What is wrong with a field, in words for people.
#[must_use]
pub fn field_sentence(problem: &FieldProblem, language: Language) -> String {
    sentence(problem, Reader::Person, language)
}

fn sentence(problem: &FieldProblem, reader: Reader, language: Language) -> String {
    let values: Vec<(&str, String)> = (problem.parameters.iter())
        .map(|(name, value)| {
            let day = || value.parse::<NaiveDate>().ok();
            let localized = match name.as_str() {
                "about" => day().map(|day| language.day(day)),
                "min" | "max" if reader == Reader::Program => {
                    let day = NaiveDate::parse_from_str(value, "%d-%m-%Y").ok();
                    day.map(|day| day.to_string())
                }
                "cents" => value.parse().ok().map(|cents| language.euros(cents)),
                _ => None,
            };
            (name.as_str(), localized.unwrap_or_else(|| value.clone()))
        })
        .collect();
    let values: Vec<(&str, &str)> = (values.iter())
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let key = domain::sentence_key(&problem.code, &problem.parameters);
    language.text_with(&reader.key(key, language), &values)
}

/// A problem, as RFC 9457 and the NL API Design Rules describe it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
#[serde(rename_all = "camelCase")]
pub struct ProblemDocument {
    /// Address of the explanation of this kind of problem.
    #[schema(example = "/api/v1/docs#not-found")]
    pub r#type: String,
    /// What is wrong, in the language of the caller.
    #[schema(example = "Niet gevonden")]
    pub title: String,
    /// HTTP status.
    #[schema(example = 404)]
    pub status: u16,
    /// What it means here and what to do.
    pub detail: String,
    /// Id of the request, for a question to the operator.
    #[schema(example = "urn:uuid:01994dd2-0000-7000-8000-000000000000")]
    pub instance: String,
    /// The same kind of problem as a word for programs.
    #[schema(example = "not-found")]
    pub code: Code,
    /// All fields that cannot be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<InvalidField>,
}

/// A field that cannot be used.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvalidField {
    /// Name of the field as it was sent.
    #[schema(example = "grade")]
    pub field: String,
    /// Why, as a word for programs.
    #[schema(example = "required")]
    pub code: String,
    /// Why, in the language of the caller.
    pub detail: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(formatter)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.error.code().status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Plain; [`crate::middleware`] replaces it with a document or a page.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        if self.error.code() == Code::NotSignedIn {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        response.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_can_be_told_without_its_facts() {
        for code in Code::ALL {
            for language in [Language::Dutch, Language::English] {
                let (title, detail) = Problem::example(*code).localize(language);
                assert!(
                    !title.is_empty() && !detail.contains('{'),
                    "{code}: {detail}"
                );
            }
        }
    }
}
