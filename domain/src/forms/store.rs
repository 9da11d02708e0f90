//! Forms of a municipality: published versions never change, and compiled ones are kept in memory.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use tenants::{TenantId, TenantTx, typed_id};

use super::{
    compile::Form,
    definition::Definition,
    entity::{form, form_version, form_withdrawal},
    schedule::{FormStatus, Schedule},
};
use crate::{Code, Error};

typed_id! {
    /// A form.
    FormId
}
typed_id! {
    /// A published version of a form.
    FormVersionId
}

typed_id! {
    /// That a version was taken back.
    FormWithdrawalId
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

/// Most bytes of definitions whose compiled forms are kept: 500 of the largest, or tens of thousands of common ones.
const COMPILED_MAX_BYTES: u64 = 32 * 1024 * 1024;

/// Versions are immutable, so what was compiled once stays right.
static COMPILED: LazyLock<Cache<(TenantId, FormVersionId), Arc<Form>>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(COMPILED_MAX_BYTES)
        .weigher(|_, form: &Arc<Form>| form.weight())
        .build()
});

/// Number and address of versions that were read: neither changes. The compiled form itself is in [`COMPILED`].
static VERSIONS: LazyLock<Cache<(TenantId, FormVersionId), (i64, String)>> =
    LazyLock::new(|| Cache::new(50_000));

pub(crate) fn compiled(tenant: TenantId, row: &form_version::Model) -> Result<Arc<Form>, Error> {
    if let Some(form) = COMPILED.get(&(tenant, row.id)) {
        return Ok(form);
    }
    let definition = Definition::parse(&row.definition).map_err(Error::bug)?;
    let form = Form::compile(definition).map_err(|issues| Error::bug(format!("{issues:?}")))?;
    let form = Arc::new(form);
    COMPILED.insert((tenant, row.id), Arc::clone(&form));
    Ok(form)
}

/// A form as a resident finds it at its address.
#[derive(Clone, Debug)]
pub struct FormAvailability {
    /// Whether it can be filled in now.
    pub status: FormStatus,
    /// The live version; none when nothing is published.
    pub live: Option<Published>,
    /// When it is open, and what residents read when it is not.
    pub schedule: Schedule,
}

/// The form at `slug` as a resident finds it, open or not. A form that was never published is not there.
pub async fn availability(tx: &TenantTx, slug: &str) -> Result<FormAvailability, Error> {
    let form = form_row(tx, slug).await?;
    let schedule = Schedule::of(&form);
    let Some(version) = form.live_version_id else {
        if !has_versions(tx, form.id).await? {
            return Err(Error::NotFound);
        }
        return Ok(FormAvailability {
            status: FormStatus::Offline,
            live: None,
            schedule,
        });
    };
    Ok(FormAvailability {
        status: schedule.status(tx.now()),
        live: Some(published(tx, form.slug, &row(tx, version).await?)?),
        schedule,
    })
}

/// The live version of the form at `slug`, while it is open.
///
/// # Errors
/// [`Error::NotFound`]; [`Code::FormClosed`] when it cannot be begun now.
pub async fn live(tx: &TenantTx, slug: &str) -> Result<Published, Error> {
    let availability = availability(tx, slug).await?;
    match availability.live {
        Some(live) if availability.status == FormStatus::Open => Ok(live),
        _ => Err(Error::refused(Code::FormClosed)),
    }
}

pub(crate) async fn form_row(tx: &TenantTx, slug: &str) -> Result<form::Model, Error> {
    tx.find::<form::Entity>()
        .filter(form::Column::Slug.eq(slug))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// One version, live or not.
pub async fn version(tx: &TenantTx, id: FormVersionId) -> Result<Published, Error> {
    let key = (tx.tenant(), id);
    if let (Some((number, slug)), Some(form)) = (VERSIONS.get(&key), COMPILED.get(&key)) {
        return Ok(Published {
            version: id,
            number,
            slug,
            form,
        });
    }
    let row = row(tx, id).await?;
    let form = tx
        .find::<form::Entity>()
        .filter(form::Column::Id.eq(row.form_id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    VERSIONS.insert(key, (row.number, form.slug.clone()));
    published(tx, form.slug, &row)
}

async fn row(tx: &TenantTx, id: FormVersionId) -> Result<form_version::Model, Error> {
    tx.find::<form_version::Entity>()
        .filter(form_version::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

fn published(tx: &TenantTx, slug: String, row: &form_version::Model) -> Result<Published, Error> {
    Ok(Published {
        version: row.id,
        number: row.number,
        slug,
        form: compiled(tx.tenant(), row)?,
    })
}

/// The forms that can be filled in now, by address, in two queries.
pub async fn list(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<FormSummary>, Error> {
    let forms = tx
        .find::<form::Entity>()
        .filter(form::Column::LiveVersionId.is_not_null())
        .filter(Schedule::is_open_at(tx.now()))
        .order_by_asc(form::Column::Slug)
        .limit(limit)
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
    let summary = |form: form::Model| {
        let row = versions
            .iter()
            .find(|row| Some(row.id) == form.live_version_id)?;
        Some(compiled(tx.tenant(), row).map(|compiled| FormSummary {
            slug: form.slug,
            number: row.number,
            published_at: row.published_at,
            note: row.note.clone(),
            hash: row.hash.clone(),
            form: compiled,
        }))
    };
    forms.into_iter().filter_map(summary).collect()
}

/// The address of the form of each version, in two queries.
pub(crate) async fn addresses(tx: &TenantTx) -> Result<HashMap<FormVersionId, String>, Error> {
    let forms: HashMap<FormId, String> = tx
        .find::<form::Entity>()
        .select_only()
        .column(form::Column::Id)
        .column(form::Column::Slug)
        .into_tuple::<(FormId, String)>()
        .all(tx)
        .await?
        .into_iter()
        .collect();
    let versions: Vec<(FormVersionId, FormId)> = tx
        .find::<form_version::Entity>()
        .select_only()
        .column(form_version::Column::Id)
        .column(form_version::Column::FormId)
        .into_tuple()
        .all(tx)
        .await?;
    let named = versions
        .into_iter()
        .filter_map(|(version, form)| Some((version, forms.get(&form)?.clone())));
    Ok(named.collect())
}

/// The versions that a person published, for another room's query.
pub(crate) fn any_published(tx: &TenantTx) -> SelectStatement {
    tx.find::<form_version::Entity>()
        .select_only()
        .column(form_version::Column::Id)
        .filter(form_version::Column::AuthorId.is_not_null())
        .into_query()
}

/// Whether a version was taken back.
pub async fn is_withdrawn(tx: &TenantTx, version: FormVersionId) -> Result<bool, Error> {
    let row = tx
        .find::<form_withdrawal::Entity>()
        .filter(form_withdrawal::Column::FormVersionId.eq(version))
        .one(tx)
        .await?;
    Ok(row.is_some())
}

/// Whether a form was ever published.
pub(crate) async fn has_versions(tx: &TenantTx, form: FormId) -> Result<bool, Error> {
    let row = tx
        .find::<form_version::Entity>()
        .filter(form_version::Column::FormId.eq(form))
        .limit(1)
        .one(tx)
        .await?;
    Ok(row.is_some())
}
