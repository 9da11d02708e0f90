//! Forms of a municipality: published versions never change, and compiled ones are kept in memory.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use tenants::{StaffId, TenantId, TenantTx, typed_id};

use super::{
    compile::Form,
    definition::Definition,
    entity::{form, form_version},
};
use crate::Error;

typed_id! {
    /// A form.
    FormId
}
typed_id! {
    /// A published version of a form.
    FormVersionId
}

/// A published version, ready to be filled in.
#[derive(Clone, Debug)]
pub struct Published {
    /// The version.
    pub version: FormVersionId,
    /// Its number, from 1.
    pub number: i64,
    /// Address of the form.
    pub slug: String,
    /// The checked form.
    pub form: Arc<Form>,
}

/// A form in a list.
#[derive(Clone, Debug)]
pub struct FormSummary {
    /// Address.
    pub slug: String,
    /// Number of the live version.
    pub number: i64,
    /// When it was published, in UTC.
    pub published_at: DateTime<Utc>,
    /// What changed.
    pub note: String,
    /// SHA-256 of the definition.
    pub hash: String,
    /// The checked form.
    pub form: Arc<Form>,
}

/// Versions are immutable, so what was compiled once stays right.
static COMPILED: LazyLock<Cache<(TenantId, FormVersionId), Arc<Form>>> =
    LazyLock::new(|| Cache::builder().max_capacity(2_000).build());

fn compiled(tenant: TenantId, row: &form_version::Model) -> Result<Arc<Form>, Error> {
    if let Some(form) = COMPILED.get(&(tenant, row.id)) {
        return Ok(form);
    }
    let definition = Definition::parse(&row.definition).map_err(Error::bug)?;
    let form = Form::compile(definition).map_err(|flaws| Error::bug(format!("{flaws:?}")))?;
    let form = Arc::new(form);
    COMPILED.insert((tenant, row.id), Arc::clone(&form));
    Ok(form)
}

/// Publishes a definition as the next version of the form at `slug`, which is made when it does not exist.
///
/// # Errors
/// [`Error::Invalid`] with every flaw, when the definition does not pass the checks.
pub async fn publish(
    tx: &TenantTx,
    slug: &str,
    definition: Definition,
    note: &str,
    author: Option<StaffId>,
) -> Result<FormVersionId, Error> {
    let form = Form::compile(definition).map_err(|flaws| {
        let mut errors = crate::FieldErrors::default();
        for flaw in flaws {
            errors.add_with(&flaw.place, flaw.code, "value", flaw.value);
        }
        Error::Invalid(errors)
    })?;
    let known = tx
        .find::<form::Entity>()
        .filter(form::Column::Slug.eq(slug))
        .one(tx)
        .await?;
    let form_id = match known {
        Some(row) => row.id,
        None => {
            tx.insert(form::ActiveModel {
                tenant_id: Set(tx.tenant()),
                id: Set(tx.new_id()),
                slug: Set(slug.to_owned()),
                live_version_id: Set(None),
                created_at: Set(tx.now()),
            })
            .await?
            .id
        }
    };
    let last = tx
        .find::<form_version::Entity>()
        .filter(form_version::Column::FormId.eq(form_id))
        .order_by_desc(form_version::Column::Number)
        .limit(1)
        .one(tx)
        .await?;
    let version = tx
        .insert(form_version::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            form_id: Set(form_id),
            number: Set(last.map_or(0, |row| row.number) + 1),
            definition: Set(form.definition().canonical()),
            hash: Set(form.definition().hash()),
            note: Set(note.to_owned()),
            author_id: Set(author),
            published_at: Set(tx.now()),
        })
        .await?;
    tx.update::<form::Entity>()
        .col_expr(form::Column::LiveVersionId, Expr::value(version.id))
        .filter(form::Column::Id.eq(form_id))
        .exec(tx)
        .await?;
    super::live::forget(tx.tenant(), slug);
    Ok(version.id)
}

/// The live version of the form at `slug`.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn live(tx: &TenantTx, slug: &str) -> Result<Published, Error> {
    let form = tx
        .find::<form::Entity>()
        .filter(form::Column::Slug.eq(slug))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let version = form.live_version_id.ok_or(Error::NotFound)?;
    published(tx, form.slug, version).await
}

/// One version, live or not.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn version(tx: &TenantTx, id: FormVersionId) -> Result<Published, Error> {
    let row = row(tx, id).await?;
    let form = tx
        .find::<form::Entity>()
        .filter(form::Column::Id.eq(row.form_id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Published {
        version: id,
        number: row.number,
        slug: form.slug,
        form: compiled(tx.tenant(), &row)?,
    })
}

async fn row(tx: &TenantTx, id: FormVersionId) -> Result<form_version::Model, Error> {
    tx.find::<form_version::Entity>()
        .filter(form_version::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

async fn published(tx: &TenantTx, slug: String, id: FormVersionId) -> Result<Published, Error> {
    let row = row(tx, id).await?;
    Ok(Published {
        version: id,
        number: row.number,
        slug,
        form: compiled(tx.tenant(), &row)?,
    })
}

/// The live forms of a municipality, by address, in two queries.
///
/// # Errors
/// When the database does not answer.
pub async fn list(tx: &TenantTx) -> Result<Vec<FormSummary>, Error> {
    let forms = tx
        .find::<form::Entity>()
        .filter(form::Column::LiveVersionId.is_not_null())
        .order_by_asc(form::Column::Slug)
        .all(tx)
        .await?;
    let live: Vec<FormVersionId> = forms
        .iter()
        .filter_map(|form| form.live_version_id)
        .collect();
    let versions = tx
        .find::<form_version::Entity>()
        .filter(form_version::Column::Id.is_in(live))
        .all(tx)
        .await?;
    forms
        .into_iter()
        .filter_map(|form| {
            let row = versions
                .iter()
                .find(|row| Some(row.id) == form.live_version_id)?;
            Some((form, row))
        })
        .map(|(form, row)| {
            Ok(FormSummary {
                slug: form.slug,
                number: row.number,
                published_at: row.published_at,
                note: row.note.clone(),
                hash: row.hash.clone(),
                form: compiled(tx.tenant(), row)?,
            })
        })
        .collect()
}
