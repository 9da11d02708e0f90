//! Which municipalities have something due: asked once for all of them, so that a worker with nothing to do visits nobody.
//!
//! The rows are written by triggers, in the transaction of what falls due (`migration::dialect::notes_due`): nobody can forget it. They are
//! read before a municipality is visited and deleted after it; what was committed meanwhile has rows of its own. A row too many costs one
//! visit. A full visit every night finds what was missed all the same.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tenants::{Db, TenantId, TenantTx, tenant, text_enum, typed_id};

use self::entity::Column;
use crate::Error;

typed_id! {
    /// That a municipality has something due.
    DueWorkId
}

text_enum! {
    /// Which work is due.
    DueKind {
        /// A clock reaches a warning.
        Alerts = "alerts",
        /// What a resident began is over.
        Drafts = "drafts",
        /// The scanner did not answer about a file.
        Scans = "scans",
    }
}

mod entity {
    use sea_orm::entity::prelude::*;
    use tenants::TenantId;

    use super::{DueKind, DueWorkId};

    /// A row of the table that all municipalities share.
    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "due_work")]
    pub struct Model {
        /// Id.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: DueWorkId,
        /// Who has something due.
        pub owner: TenantId,
        /// What.
        pub kind: DueKind,
        /// From when on, in UTC.
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Rows that are read at a time.
const BATCH: u64 = 10_000;
/// Ids in one statement.
const IDS: usize = 500;

/// The municipalities with something due until an instant, each with its rows, and whether there may be more.
async fn read(
    db: &Db,
    kind: DueKind,
    until: DateTime<Utc>,
) -> Result<(BTreeMap<TenantId, Vec<DueWorkId>>, bool), Error> {
    let tx = db.platform_read().await?;
    let rows = tx
        .find::<entity::Entity>()
        .filter(Column::Kind.eq(kind))
        .filter(Column::At.lte(until))
        .filter(Column::Owner.not_in_subquery(tenant::left()))
        .order_by_asc(Column::At)
        .limit(BATCH)
        .all(&tx)
        .await?;
    let full = u64::try_from(rows.len()).is_ok_and(|count| count == BATCH);
    let mut due: BTreeMap<TenantId, Vec<DueWorkId>> = BTreeMap::new();
    for row in rows {
        due.entry(row.owner).or_default().push(row.id);
    }
    Ok((due, full))
}

async fn forget(db: &Db, ids: &[DueWorkId]) -> Result<(), Error> {
    for some in ids.chunks(IDS) {
        let tx = db.platform().await?;
        tx.delete::<entity::Entity>()
            .filter(Column::Id.is_in(some.iter().copied()))
            .exec(&tx)
            .await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Runs `work` for every municipality that has something due until an instant, as [`super::visit`] does. It says afterwards in `is_done` that
/// nothing is left: what others held meanwhile is looked at again.
pub(super) async fn visit_due<W, D>(
    db: &Db,
    (kind, until): (DueKind, DateTime<Utc>),
    work: impl Fn(TenantTx) -> W,
    is_done: impl Fn(TenantTx) -> D,
) -> Result<(), Error>
where
    W: Future<Output = Result<bool, Error>>,
    D: Future<Output = Result<bool, Error>>,
{
    loop {
        let (due, full) = read(db, kind, until).await?;
        let mut done = Vec::new();
        for (owner, ids) in due {
            if super::visit(db, owner, &work).await && is_done(db.read(owner).await?).await? {
                done.extend(ids);
            }
        }
        forget(db, &done).await?;
        if !full || done.is_empty() {
            return Ok(());
        }
    }
}
