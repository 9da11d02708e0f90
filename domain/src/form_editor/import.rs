//! A file becomes the draft of a form that is there already: never live, and no question gets another kind of answer by it.

use tenants::{StaffId, TenantTx};

use super::{
    FormDraft, drafts,
    published_types::{changed_types, types_by_key},
    versions,
};
use crate::{
    Code, Error, FieldErrors, audit,
    forms::{Definition, store},
};

/// Puts a definition in the place of a form's draft, by who saw its newest text (`expected`; 0 when there was no draft). The form keeps its own
/// address, whatever the file calls it.
///
/// # Errors
/// [`Code::Changed`] when somebody saved, published or threw the draft away meanwhile; [`Error::Invalid`] when the form is too large or a
/// published question would get another type, with the place of each; [`Error::NotFound`].
pub async fn import(
    tx: &TenantTx,
    slug: &str,
    expected: i64,
    mut definition: Definition,
    author: StaffId,
) -> Result<FormDraft, Error> {
    let form = store::form_row(tx, slug).await?;
    slug.clone_into(&mut definition.key);
    let mut errors = FieldErrors::default();
    drafts::check_storable(&definition, None, &mut errors);
    for issue in changed_types(&types_by_key(tx, form.id).await?, &definition) {
        versions::push_issue(&mut errors, issue);
    }
    errors.into_result()?;
    let known = drafts::find(tx, &form).await?;
    if known.as_ref().map_or(0, |draft| draft.lock) != expected {
        return Err(Error::refused(Code::Changed));
    }
    let action = audit::Action::FormImport;
    if known.is_none() {
        return drafts::put(tx, &form, definition, Some(author), action).await;
    }
    let draft = drafts::save(tx, slug, expected, definition, author).await?;
    drafts::record(tx, Some(author), action, &form).await?;
    Ok(draft)
}
