//! The frame of the pages that change a draft: saved, refused with what was typed, or overtaken by somebody else.

use actix_web::HttpResponse;
use domain::{Error, form_editor::FormDraft, forms::Definition};
use tenants::permission::may;

use super::{change, conflict, draft, invalid, is_conflict, labels, lock};
use crate::{
    csrf::Fields,
    extract::Staff,
    html::{self, Flash, FormState},
    problem::Problem,
};

/// A form that was posted to change a draft.
pub(super) struct DraftForm<'r> {
    /// Who posted it.
    pub editor: &'r Staff<may::EditForms>,
    /// Address of the form.
    pub slug: &'r str,
    /// What was typed.
    pub typed: Fields,
    /// Where it was posted.
    pub action: &'r str,
    /// The question that it changes, if it changes one.
    pub field: Option<&'r str>,
}

impl DraftForm<'_> {
    /// Applies what was typed and goes to `next`. What cannot be used is shown by `again`; when somebody saved meanwhile the answer is a page
    /// that compares what was typed with the newest text, whose fields `values` makes (none when its subject was removed).
    pub async fn save(
        self,
        next: &str,
        apply: impl FnOnce(&mut Definition, &Fields) -> Result<(), Error>,
        values: impl FnOnce(&Definition) -> Option<Fields>,
        again: impl AsyncFnOnce(&FormDraft, FormState) -> Result<HttpResponse, Problem>,
    ) -> Result<HttpResponse, Problem> {
        let Self {
            editor,
            slug,
            typed,
            action,
            field,
        } = self;
        let saved = change(editor, slug, lock(&typed), |definition, _| {
            apply(definition, &typed)
        });
        match saved.await {
            Ok(()) => Ok(html::redirect_with_flash(Flash::Saved, next)),
            Err(problem) if is_conflict(&problem) => {
                let action = (action.to_owned(), field);
                conflict::page(editor, slug, &typed, action, values).await
            }
            Err(problem) => {
                let Some(errors) = invalid(&problem) else {
                    return Err(problem);
                };
                let draft = draft(editor, slug).await?;
                let field = field.and_then(|key| draft.definition.field(key));
                let language = editor.site.language;
                let form = labels::refused_in(&draft.definition, field, typed, errors, language);
                again(&draft, form).await
            }
        }
    }
}
