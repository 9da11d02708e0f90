//! The frame of a posted form: on to the next page, or the same page with what was typed and what is wrong with it.

use actix_web::http::StatusCode;
use domain::{Code, FieldErrors, Language};
use tenants::TenantTx;

use super::FormState;
use crate::{
    csrf::Fields,
    extract::Site,
    problem::{HandlerResult, Problem},
};

/// A sentence on top of a page that says what just happened.
#[derive(Clone, Debug)]
pub struct Notice {
    /// `ok`, `info`, `warning` or `error`.
    pub tone: &'static str,
    /// The sentence.
    pub text: String,
}

impl Notice {
    /// How assistive technology announces it: an error at once, good news when there is time.
    #[must_use]
    pub fn role(&self) -> &'static str {
        if self.tone == "ok" { "status" } else { "alert" }
    }

    /// How the component `note` shows it.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match self.tone {
            "error" => "late",
            "warning" => "soon",
            other => other,
        }
    }

    /// What was refused, and why.
    #[must_use]
    pub fn refusal(problem: &Problem, language: Language) -> Self {
        let (title, detail) = problem.localize(language);
        Self {
            tone: "error",
            text: format!("{title}. {detail}"),
        }
    }
}

/// A form as its page shows it: empty, filled, or refused.
#[derive(Default)]
pub struct FormPage {
    /// What was typed, and what is wrong with it.
    pub form: FormState,
    /// What just happened.
    pub notice: Option<Notice>,
    /// Status of the answer.
    pub status: StatusCode,
}

impl FormPage {
    /// A form with what it is about filled in.
    #[must_use]
    pub fn filled(fields: Fields) -> Self {
        Self {
            form: FormState::filled(fields),
            ..Self::default()
        }
    }
}

/// A form that was refused, with everything its page needs to show it again.
pub struct Refused {
    /// Why, as a word.
    pub code: Code,
    /// What was typed.
    pub fields: Fields,
    /// What is wrong with the fields; empty when the whole was refused.
    pub errors: FieldErrors,
    /// Why the whole was refused.
    pub notice: Option<Notice>,
    /// Status of the answer.
    pub status: StatusCode,
    language: Language,
}

impl Refused {
    /// What a page can show of `problem`.
    ///
    /// # Errors
    /// The problem itself, when it is not about what was sent: something that does not exist, or a failure of ours.
    pub fn new(problem: Problem, fields: Fields, language: Language) -> Result<Self, Problem> {
        if !problem.is_about_request() {
            return Err(problem);
        }
        let code = problem.error().code();
        let notice = Notice::refusal(&problem, language);
        let (errors, notice) = match problem.into_field_errors() {
            Ok(errors) => (errors, None),
            Err(_) => (FieldErrors::default(), Some(notice)),
        };
        Ok(Self {
            code,
            fields,
            errors,
            notice,
            status: StatusCode::from_u16(code.status()).unwrap_or(StatusCode::BAD_REQUEST),
            language,
        })
    }

    /// In which its sentences are.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The form on a page that has names of its own for its fields.
    #[must_use]
    pub fn named(self, name: impl Fn(&str) -> Option<String>) -> FormPage {
        FormPage {
            form: FormState::refused_as(self.fields, &self.errors, self.language, name),
            notice: self.notice,
            status: self.status,
        }
    }
}

impl Refused {
    /// The form on a page whose labels are the texts `<page>-<field>`.
    #[must_use]
    pub fn on(self, page: &str) -> FormPage {
        FormPage {
            form: FormState::refused_on(page, self.fields, &self.errors, self.language),
            notice: self.notice,
            status: self.status,
        }
    }
}

impl From<Refused> for FormPage {
    fn from(refused: Refused) -> Self {
        Self {
            form: FormState::refused(refused.fields, &refused.errors, refused.language),
            notice: refused.notice,
            status: refused.status,
        }
    }
}

/// Does the `work` of a posted form in one transaction and gives its answer, which leads on. After a refusal `again` shows the page with
/// what was typed.
///
/// # Errors
/// What a page cannot show, see [`Refused::new`].
pub async fn form_page(
    site: &Site,
    fields: Fields,
    work: impl AsyncFnOnce(&TenantTx, &Fields) -> HandlerResult,
    again: impl AsyncFnOnce(Refused) -> HandlerResult,
) -> HandlerResult {
    let done = async {
        let tx = site.write().await?;
        let answer = work(&tx, &fields).await?;
        tx.commit().await?;
        Ok(answer)
    };
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => again(Refused::new(problem, fields, site.language)?).await,
    }
}
