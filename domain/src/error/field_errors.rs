//! Fields that cannot be used: all of them at once, each with why.

use std::collections::BTreeMap;

use super::Error;

/// One field that cannot be used: which, why, and the values the sentence about it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// Name of the field as it was sent.
    pub field: String,
    /// Why, as a word that `field-<code>` in the locale files puts into a sentence.
    pub code: String,
    /// Values for the placeholders of that sentence.
    pub parameters: BTreeMap<String, String>,
}

/// Key of the sentence for a problem with a field. Where it is known how long an answer is, the sentence says so, and where a number begins
/// elsewhere than at 1.
#[must_use]
pub fn sentence_key(code: &str, parameters: &BTreeMap<String, String>) -> String {
    if code == "too_long" && parameters.contains_key("count") {
        return "field-too-long-by".to_owned();
    }
    if code == "out_of_range" && parameters.contains_key("min") {
        return "field-out-of-range-between".to_owned();
    }
    format!("field-{}", code.replace('_', "-"))
}

/// Most fields that one answer tells about: nobody mends more at once, and a document of nonsense gets no larger one back.
const PROBLEMS_MAX: usize = 100;

/// All fields that cannot be used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldProblem>);

impl FieldErrors {
    /// Notes a field.
    pub fn add(&mut self, field: &str, code: &str) {
        self.push(FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            parameters: BTreeMap::new(),
        });
    }

    /// Notes a field whose sentence needs a value.
    pub fn add_with(&mut self, field: &str, code: &str, name: &str, value: impl ToString) {
        self.push(FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            parameters: BTreeMap::from([(name.to_owned(), value.to_string())]),
        });
    }

    /// Notes a problem.
    pub fn push(&mut self, problem: FieldProblem) {
        if self.0.len() < PROBLEMS_MAX {
            self.0.push(problem);
        }
    }

    /// Takes over the problems of others.
    pub fn extend(&mut self, others: Self) {
        for problem in others.0 {
            self.push(problem);
        }
    }

    /// Takes over the problems of others with fields of which nothing was said yet.
    pub fn extend_beside(&mut self, others: Self) {
        let told: Vec<String> = self.0.iter().map(|known| known.field.clone()).collect();
        for problem in others.0 {
            if !told.contains(&problem.field) {
                self.push(problem);
            }
        }
    }

    /// The same problems, with fields that lie below another one: of the answers in a body.
    #[must_use]
    pub fn below(mut self, place: &str) -> Self {
        for problem in &mut self.0 {
            problem.field = format!("{place}.{}", problem.field);
        }
        self
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems in the order of the fields.
    #[must_use]
    pub fn problems(&self) -> &[FieldProblem] {
        &self.0
    }

    /// Nothing when all is well, otherwise the error.
    ///
    /// # Errors
    /// [`Error::Invalid`] when a field is noted.
    pub fn into_result(self) -> Result<(), Error> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self))
        }
    }
}

impl FromIterator<FieldProblem> for FieldErrors {
    fn from_iter<I: IntoIterator<Item = FieldProblem>>(problems: I) -> Self {
        Self(problems.into_iter().take(PROBLEMS_MAX).collect())
    }
}

impl std::fmt::Display for FieldErrors {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for problem in &self.0 {
            write!(formatter, "{} {}; ", problem.field, problem.code)?;
        }
        Ok(())
    }
}
