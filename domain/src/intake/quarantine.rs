//! Messages that look as if a program had sent them: kept apart, with a receipt on the page and none by mail, restored by a person.
//!
//! An official message is never dropped for how it looks (Awb art. 2:15 and 2:20): staff look, and what they restore is a case from the
//! instant it was sent, with the promise that its receipt made. What nobody restores goes after the days that its form says, with a line in
//! the audit log.

use chrono::TimeDelta;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde_json::json;
use tenants::{StaffId, Tenant, TenantTx, text_enum};

pub use super::entity::quarantine::Model as QuarantinedMessage;
use super::{
    QuarantineId,
    confirmation::{mail_receipt, receipt_limit},
    entity::quarantine::{self, Column},
    incoming::{new_case, open},
    report,
};
use crate::{
    Code, Error, Language,
    audit::{self, Action},
    cases::{self, Case},
    desk::{self, NewCase},
    files, forms,
    submissions::{self, Submission, SubmissionId, entity as submission},
};

text_enum! {
    /// Why a message looks as if a program had sent it.
    Reason {
        /// The field that nobody sees was filled in.
        HoneypotFilled = "honeypotFilled",
        /// It was filled in faster than anybody reads.
        TooFast = "tooFast",
        /// The same page was sent before.
        Replayed = "replayed",
        /// Far more came from one address than from people.
        RateExceeded = "rateExceeded",
    }
}

text_enum! {
    /// Where a message in quarantine stands.
    QuarantineState {
        /// Nobody has looked yet, or somebody looked and left it.
        Waiting = "waiting",
        /// A person had sent it: it is a case now.
        Restored = "restored",
    }
}

/// Puts a message in quarantine: it gets its number, and the promise that its receipt tells.
pub(super) async fn add(
    tx: &TenantTx,
    submission: &Submission,
    new: &NewCase,
    reasons: &[Reason],
    days: u32,
) -> Result<QuarantinedMessage, Error> {
    let due_at = desk::promise_due(tx, new).await?;
    Ok(tx
        .insert(quarantine::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            submission_id: Set(submission.id),
            reference: Set(cases::new_reference()?),
            reasons: Set(json!(reasons)),
            state: Set(QuarantineState::Waiting),
            received_at: Set(submission.submitted_at),
            due_at: Set(due_at),
            expires_at: Set(tx.now() + TimeDelta::days(days.clamp(1, 365).into())),
            restored_by: Set(None),
            restored_at: Set(None),
            later: Set(json!([])),
        })
        .await?)
}

/// The reasons of a message, as far as this program knows them.
#[must_use]
pub fn reasons(held: &QuarantinedMessage) -> Vec<Reason> {
    serde_json::from_value(held.reasons.clone()).unwrap_or_default()
}

/// The entry of what was handed in, if it went to quarantine.
pub async fn of_submission(
    tx: &TenantTx,
    id: SubmissionId,
) -> Result<Option<QuarantinedMessage>, Error> {
    Ok(tx
        .find::<quarantine::Entity>()
        .filter(Column::SubmissionId.eq(id))
        .one(tx)
        .await?)
}

/// What was handed in under a reference that waits in quarantine.
pub(crate) async fn by_reference(
    tx: &TenantTx,
    reference: &str,
) -> Result<Option<SubmissionId>, Error> {
    let found = tx
        .find::<quarantine::Entity>()
        .filter(Column::Reference.eq(cases::normalise_reference(reference)))
        .filter(Column::State.eq(QuarantineState::Waiting))
        .one(tx)
        .await?;
    Ok(found.map(|held| held.submission_id))
}

/// One message in quarantine, restored or not.
pub async fn get(tx: &TenantTx, id: QuarantineId) -> Result<QuarantinedMessage, Error> {
    tx.find::<quarantine::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// How many messages wait.
pub async fn waiting(tx: &TenantTx) -> Result<u64, Error> {
    Ok(tx
        .find::<quarantine::Entity>()
        .filter(Column::State.eq(QuarantineState::Waiting))
        .count(tx)
        .await?)
}

/// How many messages wait, for another room's query.
pub(crate) fn waiting_count(tx: &TenantTx) -> SelectStatement {
    tx.find::<quarantine::Entity>()
        .select_only()
        .expr(Column::Id.count())
        .filter(Column::State.eq(QuarantineState::Waiting))
        .into_query()
}

/// Messages that wait, oldest first because their promises run, after `after` when given; at most `limit`.
pub async fn list(
    tx: &TenantTx,
    after: Option<QuarantineId>,
    limit: u64,
) -> Result<Vec<QuarantinedMessage>, Error> {
    let mut which = Condition::all().add(Column::State.eq(QuarantineState::Waiting));
    if let Some(after) = after {
        which = which.add(Column::Id.gt(after));
    }
    Ok(tx
        .find::<quarantine::Entity>()
        .filter(which)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// Makes a message a case, as if it had become one when it was sent, and mails its receipt.
///
/// # Errors
/// [`Error::NotFound`]; [`Code::Changed`] when a colleague was first.
pub(crate) async fn restore(
    tx: &TenantTx,
    id: QuarantineId,
    staff: StaffId,
    tenant: &Tenant,
) -> Result<Case, Error> {
    let held = get(tx, id).await?;
    let changed = tx
        .update::<quarantine::Entity>()
        .col_expr(Column::State, Expr::value(QuarantineState::Restored))
        .col_expr(Column::RestoredBy, Expr::value(staff))
        .col_expr(Column::RestoredAt, Expr::value(tx.now()))
        .col_expr(Column::Later, Expr::value(json!([])))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(QuarantineState::Waiting))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let (case, submission) = open_case(tx, &held).await?;
    let form = forms::version(tx, submission.form_version_id).await?;
    let answers = submission.answers()?;
    if let Some(recipient) = &case.contact_email {
        let limit = receipt_limit(tx, recipient, false).await?;
        if limit.is_some() {
            tx.update::<submission::Entity>()
                .col_expr(submission::Column::MailHeldAt, Expr::value(tx.now()))
                .filter(submission::Column::Id.eq(submission.id))
                .exec(tx)
                .await?;
        }
        mail_receipt(tx, tenant, &case, recipient, limit).await?;
    }
    report::count(
        tx,
        &form.slug,
        &form.form,
        &answers,
        submission
            .submitted_at
            .with_timezone(&tenant.zone)
            .date_naive(),
    )
    .await?;
    let object = ("case", Some(case.id.0));
    let details = json!({ "reasons": held.reasons });
    audit::record(tx, Some(staff), Action::QuarantineRestore, object, details).await?;
    Ok(case)
}

/// Makes a message a case under the number it was promised, with the promise of its receipt.
async fn open_case(tx: &TenantTx, held: &QuarantinedMessage) -> Result<(Case, Submission), Error> {
    let submission = submissions::get(tx, held.submission_id).await?;
    let form = forms::version(tx, submission.form_version_id).await?;
    let language: Language = submission.language.parse().unwrap_or(Language::Dutch);
    let mut new = new_case(&form, &submission.answers()?, &submission, language);
    new.reference = Some(held.reference.clone());
    Ok((open(tx, new).await?, submission))
}

/// A waiting message as the case that it would be, in a transaction that is not to be committed; with what its sender did since.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn as_case(
    tx: &TenantTx,
    id: SubmissionId,
) -> Result<(Case, serde_json::Value), Error> {
    let held = of_submission(tx, id).await?.ok_or(Error::NotFound)?;
    let (case, _) = open_case(tx, &held).await?;
    Ok((case, held.later))
}

/// Keeps what the sender of a waiting message did on its page.
pub(crate) async fn keep_later(
    tx: &TenantTx,
    id: SubmissionId,
    later: serde_json::Value,
) -> Result<(), Error> {
    let kept = tx
        .update::<quarantine::Entity>()
        .col_expr(Column::Later, Expr::value(later))
        .filter(Column::SubmissionId.eq(id))
        .filter(Column::State.eq(QuarantineState::Waiting))
        .exec(tx)
        .await?;
    if kept.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    Ok(())
}

/// Most messages that are deleted in one transaction.
const BATCH: u64 = 500;

/// Deletes what nobody restored in time, with its files and an entry in the audit log for each. Gives back whether there may be more.
pub async fn delete_expired(tx: &TenantTx) -> Result<bool, Error> {
    let over = tx
        .find::<quarantine::Entity>()
        .filter(Column::State.eq(QuarantineState::Waiting))
        .filter(Column::ExpiresAt.lt(tx.now()))
        .limit(BATCH)
        .all(tx)
        .await?;
    if over.is_empty() {
        return Ok(false);
    }
    let submissions: Vec<SubmissionId> = over.iter().map(|held| held.submission_id).collect();
    files::delete(tx, &submissions).await?;
    let gone = tx
        .delete::<quarantine::Entity>()
        .filter(Column::Id.is_in(over.iter().map(|held| held.id)))
        .exec(tx)
        .await?;
    tx.delete::<submission::Entity>()
        .filter(submission::Column::Id.is_in(submissions))
        .exec(tx)
        .await?;
    for held in over {
        let object = ("quarantine", Some(held.id.0));
        let details = json!({ "receivedAt": held.received_at, "reasons": held.reasons });
        audit::record(tx, None, Action::QuarantineSweep, object, details).await?;
    }
    Ok(gone.rows_affected == BATCH)
}
