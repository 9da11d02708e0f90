//! Bundles on the exchange: handed in by a municipality, read and signed by an editor, found by all. A bundle is copied out in its owner's
//! transaction; nobody reads another's rows.

use std::cmp::Reverse;

use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Update,
    sea_query::{Expr, OnConflict},
};
use serde::Serialize;
use serde_json::json;
use tenants::{PlatformTx, StaffId, Tenant, TenantId, TenantTx};
use utoipa::ToSchema;

use super::{
    Bundle, BundleId, BundleLine, BundleStatus, CheckedBundle, ExchangeBundle, ExchangeKeyId,
    ExchangeSigner, Manifest, Trust,
    entity::{
        exchange_bundle::{self, Column},
        exchange_key,
    },
    parse,
};
use crate::{
    Code, Error,
    audit::{self, Action},
    input,
    practices::{self, PracticeId},
    text,
};

/// Longest reason, in characters.
const REASON_MAX: usize = 500;

/// The keys whose signatures hold now, in hexadecimal.
pub async fn keys(tx: &PlatformTx) -> Result<Vec<String>, Error> {
    use exchange_key::Column;

    let valid = Condition::any()
        .add(Column::Until.is_null())
        .add(Column::Until.gt(tx.now()));
    let rows = tx.find::<exchange_key::Entity>().filter(valid).all(tx);
    Ok(rows.await?.into_iter().map(|key| key.public_key).collect())
}

/// The newest published version of every bundle, at most `limit`, the newest first.
pub async fn published(tx: &PlatformTx, limit: Option<u64>) -> Result<Vec<ExchangeBundle>, Error> {
    Ok(tx
        .find::<exchange_bundle::Entity>()
        .filter(Column::Status.eq(BundleStatus::Published))
        .order_by_desc(Column::DecidedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// What waits for the editor of the exchange, the oldest first.
pub async fn submitted(tx: &PlatformTx, limit: Option<u64>) -> Result<Vec<ExchangeBundle>, Error> {
    Ok(tx
        .find::<exchange_bundle::Entity>()
        .filter(Column::Status.eq(BundleStatus::Submitted))
        .order_by_asc(Column::SubmittedAt)
        .limit(limit)
        .all(tx)
        .await?)
}

/// A bundle on the exchange with its manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BundleDetail {
    /// What lists show.
    #[serde(flatten)]
    pub item: ExchangeBundle,
    /// What it is and what is in it.
    #[schema(value_type = Object)]
    pub manifest: Manifest,
    /// The parts by their keys.
    #[schema(value_type = Object)]
    pub parts: std::collections::BTreeMap<String, serde_json::Value>,
}

/// One bundle that everybody may read: published now, or before.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is not what the exchange signed.
pub async fn read(tx: &PlatformTx, id: BundleId) -> Result<(ExchangeBundle, CheckedBundle), Error> {
    let item = find(tx, id).await?;
    if !matches!(
        item.status,
        BundleStatus::Published | BundleStatus::Replaced
    ) {
        return Err(Error::NotFound);
    }
    let keys = keys(tx).await?;
    let checked = parse(item.document.as_bytes(), Trust::Signed(&keys))?;
    Ok((item, checked))
}

/// One bundle for who may look at it: what is published, what is one's own or proposed to one, and for the editor of the exchange everything.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn detail_of(
    tx: &PlatformTx,
    id: BundleId,
    reader: TenantId,
    is_editor: bool,
) -> Result<BundleDetail, Error> {
    let item = find(tx, id).await?;
    let is_public = matches!(
        item.status,
        BundleStatus::Published | BundleStatus::Replaced
    );
    let is_own = item.owner == reader || item.addressee == Some(reader);
    if !(is_public || is_own || (is_editor && item.addressee.is_none())) {
        return Err(Error::NotFound);
    }
    let bundle: Bundle = serde_json::from_str(&item.document).map_err(Error::bug)?;
    Ok(BundleDetail {
        item,
        manifest: bundle.manifest,
        parts: bundle.parts,
    })
}

async fn find(tx: &PlatformTx, id: BundleId) -> Result<ExchangeBundle, Error> {
    tx.find::<exchange_bundle::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The published versions of some bundles, newer first.
pub(super) async fn versions_of(
    tx: &PlatformTx,
    lines: Vec<BundleLine>,
) -> Result<Vec<(semver::Version, ExchangeBundle)>, Error> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx
        .find::<exchange_bundle::Entity>()
        .filter(Column::Line.is_in(lines))
        .filter(Column::Status.is_in([BundleStatus::Published, BundleStatus::Replaced]))
        .all(tx)
        .await?;
    let mut versions = rows
        .into_iter()
        .map(|row| {
            Ok((
                row.version.parse::<semver::Version>().map_err(Error::bug)?,
                row,
            ))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    versions.sort_by_key(|(version, _)| Reverse(version.clone()));
    Ok(versions)
}

/// What this organisation handed in, the newest first.
pub async fn of_owner(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<ExchangeBundle>, Error> {
    own(tx, Column::Owner.eq(tx.tenant()), limit).await
}

/// What others propose to this organisation, the newest first.
pub async fn proposals(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<ExchangeBundle>, Error> {
    own(tx, Column::Addressee.eq(tx.tenant()), limit).await
}

async fn own(
    tx: &TenantTx,
    whose: sea_orm::sea_query::SimpleExpr,
    limit: Option<u64>,
) -> Result<Vec<ExchangeBundle>, Error> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a table of the platform, of which the caller binds its own organisation"
    )]
    let rows = exchange_bundle::Entity::find();
    Ok(rows
        .filter(whose)
        .order_by_desc(Column::SubmittedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// Hands a bundle in that was checked: it waits for the editor of the exchange.
///
/// # Errors
/// [`Error::Invalid`] for a version that is not newer than one's last; [`Error::NotFound`] for a practice of somebody else.
pub async fn submit(
    tx: &TenantTx,
    tenant: &Tenant,
    checked: CheckedBundle,
    practice: Option<PracticeId>,
    actor: StaffId,
) -> Result<ExchangeBundle, Error> {
    let mut bundle = checked.bundle;
    bundle.manifest.signature = None;
    if let Some(practice) = practice {
        practices::get(tx, practice).await?;
    }
    let earlier = own(tx, Column::Owner.eq(tx.tenant()), None).await?;
    let newest = (earlier.iter())
        .filter(|item| item.line == bundle.manifest.id && item.addressee.is_none())
        .filter(|item| item.status != BundleStatus::Refused)
        .filter_map(|item| item.version.parse::<semver::Version>().ok())
        .max();
    if newest.is_some_and(|newest| bundle.manifest.version <= newest) {
        return Err(Error::invalid("/manifest/version", "bundle_version"));
    }
    let item = store(tx, tenant, &bundle, practice, None).await?;
    let object = ("bundle", Some(item.id.0));
    let details = json!({ "digest": item.digest });
    audit::record(tx, Some(actor), Action::BundleSubmit, object, details).await?;
    Ok(item)
}

/// Stores a bundle of this organisation.
pub(super) async fn store(
    tx: &TenantTx,
    tenant: &Tenant,
    bundle: &Bundle,
    practice: Option<PracticeId>,
    addressee: Option<TenantId>,
) -> Result<ExchangeBundle, Error> {
    let manifest = &bundle.manifest;
    let status = match addressee {
        Some(_) => BundleStatus::Proposed,
        None => BundleStatus::Submitted,
    };
    let item = ExchangeBundle {
        id: tx.new_id(),
        owner: tx.tenant(),
        owner_name: tenant.name.clone(),
        addressee,
        line: manifest.id,
        slug: manifest.slug.clone(),
        version: manifest.version.to_string(),
        title: manifest.title.clone(),
        summary: manifest.summary.clone(),
        status,
        document: bundle.document()?,
        digest: manifest.digest.clone(),
        origin: manifest.derived_from.first().map(|origin| origin.id),
        practice_id: practice,
        submitted_at: tx.now(),
        decided_at: None,
        decided_in: None,
        reason: None,
    };
    let row: exchange_bundle::ActiveModel = item.clone().into();
    exchange_bundle::Entity::insert(row.reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(item)
}

/// What the editor of the exchange decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is signed and published.
    Sign,
    /// It is not taken, or taken down, for this reason.
    Refuse(String),
}

/// Decides on a bundle: `tx` is a transaction of the platform's own organisation, `item` was read before, `versions` are the published versions
/// of the same bundle.
///
/// # Errors
/// [`Error::Invalid`] when it is no longer what was handed in, belongs to another municipality's bundle, or no reason is given;
/// [`Code::Changed`] when it was decided on.
pub async fn decide(
    tx: &TenantTx,
    shared: &PlatformTx,
    id: BundleId,
    decision: Decision,
    signer: &ExchangeSigner,
    actor: StaffId,
) -> Result<ExchangeBundle, Error> {
    let mut item = find(shared, id).await?;
    let (from, action) = match &decision {
        Decision::Sign => (vec![BundleStatus::Submitted], Action::BundleSign),
        Decision::Refuse(_) => (
            vec![BundleStatus::Submitted, BundleStatus::Published],
            Action::BundleRefuse,
        ),
    };
    if !from.contains(&item.status) {
        return Err(Error::refused(Code::Changed));
    }
    match decision {
        Decision::Sign => {
            let mut bundle = parse(item.document.as_bytes(), Trust::Unsigned)?.bundle;
            let versions = versions_of(shared, vec![item.line]).await?;
            if versions.iter().any(|(_, known)| known.owner != item.owner) {
                return Err(Error::invalid("/manifest/id", "bundle_not_yours"));
            }
            bundle.manifest.signature = Some(signer.sign(&bundle.manifest.digest));
            item.document = bundle.document()?;
            item.status = BundleStatus::Published;
            know_key(tx, signer).await?;
            Update::many(exchange_bundle::Entity)
                .col_expr(Column::Status, Expr::value(BundleStatus::Replaced))
                .col_expr(Column::DecidedIn, Expr::value(Some(tx.tenant())))
                .filter(Column::Line.eq(item.line))
                .filter(Column::Status.eq(BundleStatus::Published))
                .exec(tx)
                .await?;
        }
        Decision::Refuse(reason) => {
            let mut errors = crate::FieldErrors::default();
            let reason = text::clean_line(&reason);
            let reason = input::required(reason, REASON_MAX, "reason", &mut errors);
            errors.into_result()?;
            item.reason = Some(reason);
            item.status = match item.status {
                BundleStatus::Submitted => BundleStatus::Refused,
                _ => BundleStatus::Withdrawn,
            };
        }
    }
    item.decided_at = Some(tx.now());
    item.decided_in = Some(tx.tenant());
    let done = Update::many(exchange_bundle::Entity)
        .col_expr(Column::Status, Expr::value(item.status))
        .col_expr(Column::Document, Expr::value(item.document.as_str()))
        .col_expr(Column::Reason, Expr::value(item.reason.clone()))
        .col_expr(Column::DecidedAt, Expr::value(item.decided_at))
        .col_expr(Column::DecidedIn, Expr::value(item.decided_in))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.is_in(from))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    match (item.status, item.practice_id) {
        (BundleStatus::Published, Some(practice)) => {
            practices::link_bundle(tx, practice, id.0).await?;
        }
        _ => practices::unlink_bundle(tx, id.0).await?,
    }
    let object = ("bundle", Some(id.0));
    let details = json!({ "digest": item.digest });
    audit::record(tx, Some(actor), action, object, details).await?;
    Ok(item)
}

/// Takes a bundle of one's own back: nobody can adopt it any more. Who adopted it keeps what they have.
///
/// # Errors
/// [`Error::NotFound`] when it is not one's own, or not there to take back.
pub async fn withdraw(tx: &TenantTx, id: BundleId, actor: StaffId) -> Result<(), Error> {
    let done = Update::many(exchange_bundle::Entity)
        .col_expr(Column::Status, Expr::value(BundleStatus::Withdrawn))
        .filter(Column::Id.eq(id))
        .filter(Column::Owner.eq(tx.tenant()))
        .filter(Column::Status.is_in([
            BundleStatus::Submitted,
            BundleStatus::Published,
            BundleStatus::Proposed,
        ]))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    practices::unlink_bundle(tx, id.0).await?;
    let object = ("bundle", Some(id.0));
    audit::record(tx, Some(actor), Action::BundleWithdraw, object, json!({})).await
}

/// Makes the key of this installation known, once.
async fn know_key(tx: &TenantTx, signer: &ExchangeSigner) -> Result<(), Error> {
    let id: ExchangeKeyId = tx.new_id();
    let row = exchange_key::ActiveModel {
        id: Set(id),
        owner: Set(tx.tenant()),
        public_key: Set(signer.public()),
        since: Set(tx.now()),
        until: Set(None),
    };
    let known = OnConflict::column(exchange_key::Column::PublicKey)
        .do_nothing()
        .to_owned();
    exchange_key::Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}
