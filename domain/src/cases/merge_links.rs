//! Which case was taken into which.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement};
use tenants::TenantTx;

use super::{Case, CaseId, CaseStatus, Merge, by_ids, entity::case_merge, get};
use crate::{Code, Error};

/// The case that a case was taken into, if it was.
pub async fn merged_into(tx: &TenantTx, id: CaseId) -> Result<Option<(Merge, Case)>, Error> {
    let link = tx
        .find::<case_merge::Entity>()
        .filter(case_merge::Column::MergedId.eq(id))
        .one(tx)
        .await?;
    match link {
        Some(link) => {
            let target = get(tx, link.target_id).await?;
            Ok(Some((link, target)))
        }
        None => Ok(None),
    }
}

/// Of each of these cases that was taken into another one: that other one.
pub(crate) async fn targets(
    tx: &TenantTx,
    ids: impl Iterator<Item = CaseId>,
) -> Result<HashMap<CaseId, Case>, Error> {
    let links = tx
        .find::<case_merge::Entity>()
        .filter(case_merge::Column::MergedId.is_in(ids))
        .all(tx)
        .await?;
    if links.is_empty() {
        return Ok(HashMap::new());
    }
    let targets = by_ids(tx, links.iter().map(|link| link.target_id)).await?;
    Ok(links
        .iter()
        .filter_map(|link| {
            let target = targets.iter().find(|case| case.id == link.target_id)?;
            Some((link.merged_id, target.clone()))
        })
        .collect())
}

/// The cases that were taken into a case, the one that came in first on top.
pub async fn merged_cases(tx: &TenantTx, id: CaseId) -> Result<Vec<Case>, Error> {
    let links = tx
        .find::<case_merge::Entity>()
        .filter(case_merge::Column::TargetId.eq(id))
        .all(tx)
        .await?;
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let mut cases = by_ids(tx, links.iter().map(|link| link.merged_id)).await?;
    cases.sort_by_key(|case| (case.received_at, case.id));
    Ok(cases)
}

/// The ids of the cases that were taken into a case, for another room's query.
pub(crate) fn merged_ids(tx: &TenantTx, target: CaseId) -> SelectStatement {
    tx.find::<case_merge::Entity>()
        .select_only()
        .column(case_merge::Column::MergedId)
        .filter(case_merge::Column::TargetId.eq(target))
        .into_query()
}

/// Refuses what has to be done in the case that goes on, and says which one that is.
///
/// # Errors
/// [`Code::CaseMerged`] with the reference of the other case.
pub(crate) async fn refuse_merged(tx: &TenantTx, case: &Case) -> Result<(), Error> {
    if case.status != CaseStatus::Merged {
        return Ok(());
    }
    match merged_into(tx, case.id).await? {
        Some((_, target)) => Err(Error::refused_because(
            Code::CaseMerged,
            "reference",
            target.reference,
        )),
        None => Ok(()),
    }
}
