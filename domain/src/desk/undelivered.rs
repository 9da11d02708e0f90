//! Open cases of which a mail did not arrive.

use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect};
use tenants::TenantTx;

use crate::{
    Error,
    cases::{CaseStatus, Viewer, entity::case_file},
    mail,
};

/// Most that the desk shows.
const SHOWN: u64 = 50;

/// References of open cases of which a mail was refused, given up or came back, oldest first: somebody has to reach the resident another way.
pub async fn undelivered(tx: &TenantTx, viewer: Viewer) -> Result<Vec<String>, Error> {
    let cases = tx
        .find::<case_file::Entity>()
        .filter(
            Condition::any()
                .add(case_file::Column::Id.in_subquery(mail::cases_with_undelivered(tx)))
                .add(case_file::Column::EmailBouncedAt.is_not_null()),
        )
        .filter(viewer.may_see(tx))
        .filter(case_file::Column::Status.is_in(CaseStatus::OPEN))
        .order_by_asc(case_file::Column::ReceivedAt)
        .limit(SHOWN)
        .all(tx)
        .await?;
    Ok(cases.into_iter().map(|case| case.reference).collect())
}
