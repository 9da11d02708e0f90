//! The frame of the pages that change a draft: saved, refused with what was typed, or overtaken by somebody else.

use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::{
    Code, Error,
    form_editor::{self, FormDraft},
    forms::Definition,
};
use tenants::{TenantTx, permission::may};

use super::{conflict, labels, lock};
use crate::{
    csrf::{Fields, Posted},
    extract::{self, PathName, Staff},
    html::{self, Flash, FormPage, Page},
    problem::Problem,
};

/// A page that changes a part of a draft. `key` is that of the step or question; empty for the form itself.
pub(super) trait DraftPage: Template + Sized {
    /// What the part is called in the address.
    const PART: &'static str;

    /// The fields with which the page begins; nothing when there is no such part.
    fn values(definition: &Definition, key: &str) -> Option<Fields>;

    /// Puts what was typed into the definition, or names everything that cannot be used.
    fn apply(definition: &mut Definition, key: &str, typed: &Fields) -> Result<(), Error>;

    /// What else is kept of a draft that was saved.
    async fn saved(_: &TenantTx, _slug: &str, _typed: &Fields) -> Result<(), Error> {
        Ok(())
    }

    /// Where the browser goes on when it was saved; `base` is the address of the form in the builder.
    fn next(base: &str, _key: &str, _typed: &Fields) -> String {
        format!("{base}/{}", Self::PART)
    }

    /// The page with this form.
    async fn load(
        page: Page,
        tx: &TenantTx,
        draft: &FormDraft,
        key: &str,
        form: FormPage,
    ) -> Result<Self, Error>;
}

async fn page<P: DraftPage>(
    editor: &Staff<may::EditForms>,
    slug: &str,
    key: &str,
    form: impl FnOnce(&Definition) -> Option<FormPage>,
) -> Result<HttpResponse, Problem> {
    let tx = editor.read().await?;
    let draft = form_editor::draft(&tx, slug).await?;
    let form = form(&draft.definition).ok_or(Error::NotFound)?;
    let status = form.status;
    let page = P::load(Page::staff(editor), &tx, &draft, key, form).await?;
    html::render(status, &page)
}

/// The page, to change its part of the draft.
pub(super) async fn show<P: DraftPage>(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    slug: PathName,
) -> Result<HttpResponse, Problem> {
    let key = extract::path_segment(&request, "key").unwrap_or_default();
    let form = |definition: &Definition| P::values(definition, &key).map(FormPage::filled);
    page::<P>(&editor, &slug.0, &key, form).await
}

/// Saves what was typed. When somebody saved meanwhile, the answer is a page that compares it with the newest text.
pub(super) async fn save<P: DraftPage>(
    request: HttpRequest,
    editor: Staff<may::EditForms>,
    slug: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let slug = slug.0.as_str();
    let key = extract::path_segment(&request, "key").unwrap_or_default();
    let base = format!("/beheer/formulieren/{slug}");
    let work = async |tx: &TenantTx, typed: &Fields| {
        let apply = |definition: &mut Definition, _: &_| P::apply(definition, &key, typed);
        form_editor::change(tx, slug, lock(typed), editor.member().id, apply).await?;
        P::saved(tx, slug, typed).await?;
        let next = P::next(&base, &key, typed);
        Ok(html::redirect_with_flash(Flash::Saved, &next))
    };
    html::form_page(&editor.site, posted.0, work, async |refused| {
        if refused.code == Code::Changed {
            let action = format!("{base}/{}/{key}", P::PART);
            let about = (action.trim_end_matches('/').to_owned(), Some(key.as_str()));
            let values = |newest: &Definition| P::values(newest, &key);
            return conflict::page(&editor, slug, &refused.fields, about, values).await;
        }
        let form = |definition: &Definition| {
            let field = definition.field(&key);
            let language = editor.site.language;
            Some(labels::refused_in(definition, field, refused, language))
        };
        page::<P>(&editor, slug, &key, form).await
    })
    .await
}
