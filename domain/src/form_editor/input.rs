//! What a form or a program sends to begin a form.

use serde::Deserialize;
use utoipa::ToSchema;

use super::Template;
use crate::{
    Error, FieldErrors,
    forms::{Definition, address_from_title},
    input::required,
    text::{self, read_choice},
};

/// Longest title of a form, in characters.
pub const TITLE_MAX: usize = 200;

/// A form to begin: from a template, or from a definition that was exported.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct FormDraftRequest {
    /// `klacht-tip-compliment`, `contact`, `meedenken`, `tevredenheid` or `leeg`.
    #[schema(value_type = Option<Template>)]
    template: Option<String>,
    /// Title of the form, for a template.
    title: Option<String>,
    /// A definition, instead of a template. It becomes a draft, always.
    #[schema(value_type = Option<Object>)]
    definition: Option<Definition>,
}

impl FormDraftRequest {
    /// The definition to begin with.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that cannot be used.
    pub fn parse(self) -> Result<Definition, Error> {
        let template = self.template.unwrap_or_default();
        match self.definition {
            Some(definition) if template.is_empty() => return Ok(definition),
            Some(_) => return Err(Error::invalid("template", "required_choice")),
            None => {}
        }
        let mut errors = FieldErrors::default();
        let title = text::clean_line(&self.title.unwrap_or_default());
        let title = required(title, TITLE_MAX, "title", &mut errors);
        match read_choice::<Template>(&mut errors, "template", &template) {
            Some(template) if errors.is_empty() => {
                template.definition(&address_from_title(&title), &title)
            }
            _ => Err(Error::Invalid(errors)),
        }
    }
}
