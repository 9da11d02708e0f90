//! The frame of the pages that change a draft: saved, refused with what was typed, or overtaken by somebody else.

use actix_web::HttpResponse;
use domain::{
    Code, Error,
    form_editor::{self, FormDraft},
    forms::Definition,
};
use tenants::{TenantTx, permission::may};

use super::{conflict, draft, labels, lock};
use crate::{
    csrf::Fields,
    extract::Staff,
    html::{self, Flash, FormPage},
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
        again: impl AsyncFnOnce(&FormDraft, FormPage) -> Result<HttpResponse, Problem>,
    ) -> Result<HttpResponse, Problem> {
        let Self {
            editor,
            slug,
            typed,
            action,
            field,
        } = self;
        let work = async |tx: &TenantTx, typed: &Fields| {
            let author = editor.member().id;
            form_editor::change(tx, slug, lock(typed), author, |definition, _| {
                apply(definition, typed)
            })
            .await?;
            Ok(html::redirect_with_flash(Flash::Saved, next))
        };
        html::form_page(&editor.site, typed, work, async |refused| {
            if refused.code == Code::Changed {
                let action = (action.to_owned(), field);
                return conflict::page(editor, slug, &refused.fields, action, values).await;
            }
            let draft = draft(editor, slug).await?;
            let field = field.and_then(|key| draft.definition.field(key));
            let form = labels::refused_in(&draft.definition, field, refused, editor.site.language);
            again(&draft, form).await
        })
        .await
    }
}
