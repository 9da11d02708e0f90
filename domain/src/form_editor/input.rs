//! What a form or a program sends to begin a form.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use utoipa::ToSchema;

use super::{Template, versions::check_note};
use crate::{
    Error, FieldErrors,
    forms::{Definition, address_from_title},
    input::{Number, required},
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
    /// The field that the address of the form comes from.
    #[must_use]
    pub fn named_by(&self) -> &'static str {
        if self.definition.is_some() {
            "key"
        } else {
            "title"
        }
    }

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

/// A new text of a draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FormDraftChange {
    /// The whole definition.
    #[schema(value_type = Object)]
    pub definition: Definition,
    /// The text it was made from; 0 when there was no draft. When there is a newer one, nothing is changed.
    pub expected_version: i64,
}

/// Texts to change. Those that are not named stay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TranslationsRequest {
    /// The text it was made from.
    pub expected_version: i64,
    /// Per key of a text the new text per language; an empty one takes it away.
    pub items: BTreeMap<String, BTreeMap<String, String>>,
    /// Per key of a text the languages of translations that still hold, though the text that they translate changed.
    #[serde(default)]
    pub confirmed: BTreeMap<String, BTreeSet<String>>,
}

/// A draft to publish.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PublishFormRequest {
    /// What changed, for colleagues and auditors; up to 500 characters.
    #[schema(required = true)]
    #[serde(default)]
    pub note: String,
    /// `version` of the draft as it was read. When there is a newer one, nothing is published.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub expected_version: Number,
    /// Whether the version that is live until now is taken back: who fills it in goes on in the new one.
    #[serde(default)]
    pub withdraws_previous: bool,
}

/// Why a version is taken back.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct WithdrawFormRequest {
    /// The reason; up to 500 characters.
    #[schema(required = true)]
    pub reason: String,
}

impl WithdrawFormRequest {
    /// The reason in normal form. A page that lists several versions names it otherwise at each.
    ///
    /// # Errors
    /// [`Error::Invalid`].
    pub fn parse_at(self, field: &str) -> Result<String, Error> {
        let mut errors = FieldErrors::default();
        let reason = text::clean_line(&self.reason);
        check_note(field, &reason, &mut errors);
        errors.into_result().map(|()| reason)
    }
}
