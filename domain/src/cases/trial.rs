//! Trial messages: what staff send to try their form out before their municipality opens.
//!
//! A trial is a case like any other, and its reference says what it is wherever it is named. No clock measures it, no report counts it, nobody
//! is asked for a score about it, its mails go to whoever sent it, and it goes in one press with all that hangs on it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use tenants::TenantTx;

use super::{
    Case, CaseId, CaseStatus,
    entity::case_file::{self, Column},
    reference::{TRIAL_PATTERN, is_trial},
};
use crate::{Code, Error, submissions::SubmissionId};

/// A trial message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Its case.
    pub id: CaseId,
    /// What was handed in.
    pub submission: SubmissionId,
    /// Its reference.
    pub reference: String,
}

/// The trial messages that are there, oldest first.
pub async fn trials(tx: &TenantTx) -> Result<Vec<Trial>, Error> {
    let found = tx
        .find::<case_file::Entity>()
        .filter(Column::Reference.like(TRIAL_PATTERN))
        .order_by_asc(Column::Id)
        .all(tx)
        .await?;
    let trial = |case: Case| Trial {
        id: case.id,
        submission: case.submission_id,
        reference: case.reference,
    };
    Ok(found.into_iter().map(trial).collect())
}

/// The trial messages, for another room's query.
pub(crate) fn any_trial(tx: &TenantTx) -> SelectStatement {
    tx.find::<case_file::Entity>()
        .select_only()
        .expr(Expr::val(1))
        .filter(Expr::col(Column::Reference).like(TRIAL_PATTERN))
        .into_query()
}

/// What residents sent since an instant, but for what was merged, for another room's query.
pub(crate) fn came_since(tx: &TenantTx, since: DateTime<Utc>) -> Select<case_file::Entity> {
    tx.find::<case_file::Entity>()
        .filter(Column::ReceivedAt.gte(since))
        .filter(Column::Status.ne(CaseStatus::Merged))
        .filter(Column::Reference.not_like(TRIAL_PATTERN))
}

/// Demands that residents could have sent it.
///
/// # Errors
/// [`Code::TrialMessage`].
pub(crate) fn refuse_trial(case: &Case) -> Result<(), Error> {
    if is_trial(&case.reference) {
        return Err(Error::refused(Code::TrialMessage));
    }
    Ok(())
}

/// Deletes trial messages, with all rows that are part of them. What was handed in, its files and its mails are the caller's.
pub(crate) async fn remove_trials(tx: &TenantTx, trials: &[Trial]) -> Result<(), Error> {
    tx.delete::<case_file::Entity>()
        .filter(Column::Reference.like(TRIAL_PATTERN))
        .filter(Column::Id.is_in(trials.iter().map(|trial| trial.id)))
        .exec(tx)
        .await?;
    Ok(())
}
