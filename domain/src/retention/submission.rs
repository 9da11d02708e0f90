//! Deleting what somebody handed in, answer by answer, as the plan of the version says that it was handed in with.

use chrono::{DateTime, Months, TimeDelta, Utc};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use tenants::TenantTx;

use crate::{
    Error,
    cases::{Case, Kind},
    files,
    forms::{self, Erase},
    submissions::{self, SubmissionId, entity as submission},
};

/// How long a complaint is kept at least after it was closed, whatever its form says: five years (Selectielijst gemeenten 2020, result 13.1).
const COMPLAINT_KEPT: Months = Months::new(60);

/// When a case is erased that was closed at an instant: as long after it as its form says, and a complaint never earlier than the selection
/// list allows.
pub(super) async fn erase_at(
    tx: &TenantTx,
    case: &Case,
    closed: DateTime<Utc>,
) -> Result<DateTime<Utc>, Error> {
    let submission = submissions::get(tx, case.submission_id).await?;
    let form = forms::version(tx, submission.form_version_id).await?;
    let days = form.form.definition().privacy.closed_days;
    let by_form = closed + TimeDelta::days(days.into());
    Ok(
        match (case.kind, closed.checked_add_months(COMPLAINT_KEPT)) {
            (Kind::Complaint, Some(by_list)) => by_form.max(by_list),
            _ => by_form,
        },
    )
}

/// Erases the answers that tell of a person, and all files with their bytes. A consent stays: that it was given has to be shown (AVG art. 7
/// lid 1). A place goes whole: there is no register of areas to cut it to, and reports counted it when it came in. Gives back the keys of the
/// fields that were erased, never a value.
pub(super) async fn erase(tx: &TenantTx, id: SubmissionId) -> Result<Vec<String>, Error> {
    let submission = submissions::get(tx, id).await?;
    let form = forms::version(tx, submission.form_version_id).await?;
    let mut answers = submission.answers()?;
    let mut erased = Vec::new();
    for plan in form.form.erasures() {
        let goes = match plan.how {
            Erase::Remove | Erase::RemoveFiles | Erase::CutToArea => true,
            Erase::KeepProof => false,
        };
        if goes && answers.0.remove(&plan.field).is_some() {
            erased.push(plan.field.clone());
        }
    }
    files::delete(tx, &[id]).await?;
    let answers = serde_json::to_value(&answers).map_err(Error::bug)?;
    tx.update::<submission::Entity>()
        .col_expr(submission::Column::Answers, Expr::value(answers))
        .filter(submission::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(erased)
}
