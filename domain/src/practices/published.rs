//! The published copies, as they are read: rows of the platform, without a way back to the owner's.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, Condition, ConnectionTrait, EntityTrait as _, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use serde::Serialize;
use tenants::{PlatformTx, TenantId, TenantTx, uuid::Uuid};
use utoipa::ToSchema;

use super::{
    PracticeContent, PracticeId, PracticeVersion, PublishedPractice, PublishedState, Visibility,
    entity::{
        practice_party,
        published_practice::{self, Column},
        published_practice_theme, published_practice_version,
    },
    published_copy::CO_OWNER,
};
use crate::{Error, audit, audit::Action, evidence::Adopters};

/// Notes which bundle has the configuration behind a practice.
pub(crate) async fn link_bundle(
    tx: &TenantTx,
    practice: PracticeId,
    bundle: Uuid,
) -> Result<(), Error> {
    set_bundle(tx, Some(bundle), Expr::col("id").eq(practice)).await
}

/// Notes that a bundle cannot be adopted any more.
pub(crate) async fn unlink_bundle(tx: &TenantTx, bundle: Uuid) -> Result<(), Error> {
    set_bundle(tx, None, Expr::col("bundle").eq(bundle)).await
}

async fn set_bundle(tx: &TenantTx, bundle: Option<Uuid>, practices: Expr) -> Result<(), Error> {
    let mut update = Query::update();
    update
        .table("published_practice")
        .value("bundle", bundle)
        .and_where(practices)
        // It names who decided, as every statement of an organisation does.
        .and_where(Expr::val(tx.tenant()).is_not_null());
    tx.execute(&update).await?;
    Ok(())
}

impl PublishedPractice {
    /// What adopters saw.
    #[must_use]
    pub fn adopters(&self) -> Adopters {
        let count = |number: i64| u32::try_from(number).unwrap_or_default();
        Adopters {
            higher: count(self.adopters_higher),
            lower: count(self.adopters_lower),
        }
    }
}

/// Notes what adopters saw; the level of evidence follows. Two statements.
pub(crate) async fn count_adopters(
    tx: &PlatformTx,
    counted: &HashMap<PracticeId, Adopters>,
) -> Result<(), Error> {
    let practices = tx
        .find::<published_practice::Entity>()
        .filter(Column::Id.is_in(counted.keys().copied()))
        .filter(Column::State.is_in([PublishedState::Published, PublishedState::Archived]))
        .all(tx)
        .await?;
    let mut rows = Vec::new();
    for mut practice in practices {
        let adopters = counted.get(&practice.id).copied().unwrap_or_default();
        if adopters == practice.adopters() {
            continue;
        }
        let content: PracticeContent =
            serde_json::from_value(practice.body.clone()).map_err(Error::bug)?;
        practice.evidence_level = content.evidence_level(adopters);
        practice.adopters_higher = i64::from(adopters.higher);
        practice.adopters_lower = i64::from(adopters.lower);
        let row: published_practice::ActiveModel = practice.into();
        rows.push(row.reset_all());
    }
    if rows.is_empty() {
        return Ok(());
    }
    let known = OnConflict::column(Column::Id)
        .update_columns([
            Column::EvidenceLevel,
            Column::AdoptersHigher,
            Column::AdoptersLower,
        ])
        .to_owned();
    published_practice::Entity::insert_many(rows)
        .on_conflict(known)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Who reads: everybody reads what is for everyone, staff also what is for subscribers, what is for them, and their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    staff_of: Option<TenantId>,
}

impl Reader {
    /// Anybody.
    pub const PUBLIC: Self = Self { staff_of: None };

    /// Staff of an organisation.
    #[must_use]
    pub const fn staff(tenant: TenantId) -> Self {
        Self {
            staff_of: Some(tenant),
        }
    }

    /// Whether it is somebody who signed in.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        self.staff_of.is_some()
    }

    /// The organisation of staff.
    #[must_use]
    pub const fn organisation(self) -> Option<TenantId> {
        self.staff_of
    }

    /// What this reader may read, as a condition on `published_practice`.
    pub(crate) fn may_read(self, tx: &PlatformTx) -> Condition {
        let Some(tenant) = self.staff_of else {
            return Condition::all().add(Column::Visibility.eq(Visibility::Everyone));
        };
        let chosen = tx
            .find::<practice_party::Entity>()
            .select_only()
            .column(practice_party::Column::Practice)
            .filter(practice_party::Column::Tenant.eq(tenant))
            .into_query();
        Condition::any()
            .add(Column::Visibility.ne(Visibility::Chosen))
            .add(Column::Owner.eq(tenant))
            .add(Column::Id.in_subquery(chosen))
    }
}

/// A published practice with its text, without the contact person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeDetail {
    /// What lists show.
    #[serde(flatten)]
    pub practice: PublishedPractice,
    /// The text.
    pub article: PracticeContent,
    /// Municipalities that own it as well and agreed to be named.
    pub co_owners: Vec<String>,
}

/// Published practices that a reader may read, newest first, at most `limit`, older than the one with id `before`.
pub async fn published(
    tx: &PlatformTx,
    reader: Reader,
    before: Option<PracticeId>,
    limit: u64,
) -> Result<Vec<PublishedPractice>, Error> {
    let mut query = tx
        .find::<published_practice::Entity>()
        .filter(Column::State.eq(PublishedState::Published))
        .filter(reader.may_read(tx))
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    Ok(query.all(tx).await?)
}

/// One published practice that a reader may read. Of one that was withdrawn or taken down only the reason and the day are left.
pub async fn published_by_slug(
    tx: &PlatformTx,
    reader: Reader,
    slug: &str,
) -> Result<PracticeDetail, Error> {
    let practice = tx
        .find::<published_practice::Entity>()
        .filter(Column::Slug.eq(slug))
        .filter(reader.may_read(tx))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let parties = tx
        .find::<practice_party::Entity>()
        .filter(practice_party::Column::Practice.eq(practice.id))
        .filter(practice_party::Column::Role.eq(CO_OWNER))
        .filter(practice_party::Column::AgreedAt.is_not_null())
        .order_by_asc(practice_party::Column::Name)
        .all(tx)
        .await?;
    let article = serde_json::from_value(practice.body.clone()).map_err(Error::bug)?;
    Ok(PracticeDetail {
        practice,
        article,
        co_owners: parties.into_iter().map(|party| party.name).collect(),
    })
}

/// The versions of a published practice, newest first, at most `limit`.
pub async fn versions(
    tx: &PlatformTx,
    practice: PracticeId,
    limit: Option<u64>,
) -> Result<Vec<PracticeVersion>, Error> {
    let query = tx
        .find::<published_practice_version::Entity>()
        .filter(published_practice_version::Column::Practice.eq(practice))
        .order_by_desc(published_practice_version::Column::Number);
    Ok(query.limit(limit.unwrap_or(100)).all(tx).await?)
}

/// A practice of which somebody says that we own it as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CoOwnership {
    /// Id of the practice.
    pub practice: PracticeId,
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Who says so.
    pub municipality: String,
    /// Whether we agreed.
    pub agreed: bool,
}

/// The practices of which others say that this organisation owns them as well, at most `limit`.
pub async fn co_ownerships(
    tx: &PlatformTx,
    tenant: TenantId,
    limit: Option<u64>,
) -> Result<Vec<CoOwnership>, Error> {
    let parties = tx
        .find::<practice_party::Entity>()
        .filter(practice_party::Column::Tenant.eq(tenant))
        .filter(practice_party::Column::Role.eq(CO_OWNER))
        .limit(limit.unwrap_or(100))
        .all(tx)
        .await?;
    let ids = parties.iter().map(|party| party.practice);
    let practices = tx
        .find::<published_practice::Entity>()
        .filter(Column::Id.is_in(ids))
        .order_by_asc(Column::Title)
        .all(tx)
        .await?;
    let agreed =
        |id| (parties.iter()).any(|party| party.practice == id && party.agreed_at.is_some());
    Ok(practices
        .into_iter()
        .map(|practice| CoOwnership {
            practice: practice.id,
            agreed: agreed(practice.id),
            slug: practice.slug,
            title: practice.title,
            municipality: practice.municipality,
        })
        .collect())
}

/// This organisation agrees to be named as an owner, or does not.
///
/// # Errors
/// [`Error::NotFound`] when nobody named it.
pub async fn answer_co_ownership(
    tx: &TenantTx,
    practice: PracticeId,
    actor: tenants::StaffId,
    agrees: bool,
) -> Result<(), Error> {
    use practice_party::Column;

    let named = Condition::all()
        .add(Column::Practice.eq(practice))
        .add(Column::Role.eq(CO_OWNER))
        .add(Column::Tenant.eq(tx.tenant()));
    let changed = if agrees {
        sea_orm::Update::many(practice_party::Entity)
            .col_expr(Column::AgreedAt, Expr::value(Some(tx.now())))
            .filter(named)
            .exec(tx)
            .await?
            .rows_affected
    } else {
        sea_orm::Delete::many(practice_party::Entity)
            .filter(named)
            .exec(tx)
            .await?
            .rows_affected
    };
    if changed == 0 {
        return Err(Error::NotFound);
    }
    let object = ("practice", Some(practice.0));
    let details = serde_json::json!({ "agrees": agrees });
    audit::record(tx, Some(actor), Action::PracticeConfirm, object, details).await
}

/// Published practices with their themes whose text changed since an instant, the newest first. Two statements.
pub async fn changed_since(
    tx: &PlatformTx,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<(PublishedPractice, BTreeSet<String>)>, Error> {
    let changed = tx
        .find::<published_practice::Entity>()
        .filter(Column::State.eq(PublishedState::Published))
        .filter(Column::Visibility.ne(Visibility::Chosen))
        .filter(Column::UpdatedAt.gt(since))
        .order_by_desc(Column::UpdatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    let mut themes = themes_of(tx, &changed).await?;
    Ok((changed.into_iter())
        .map(|practice| {
            let own = themes.remove(&practice.id).unwrap_or_default();
            (practice, own)
        })
        .collect())
}

/// The themes of practices.
pub async fn themes_of(
    tx: &PlatformTx,
    practices: &[PublishedPractice],
) -> Result<HashMap<PracticeId, BTreeSet<String>>, Error> {
    use published_practice_theme::Column;

    let rows = tx
        .find::<published_practice_theme::Entity>()
        .filter(Column::Practice.is_in(practices.iter().map(|practice| practice.id)))
        .all(tx)
        .await?;
    let mut themes: HashMap<PracticeId, BTreeSet<String>> = HashMap::new();
    for row in rows {
        themes.entry(row.practice).or_default().insert(row.theme);
    }
    Ok(themes)
}
