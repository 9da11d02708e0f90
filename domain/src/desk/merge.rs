//! Two cases about one thing: one goes on for both.
//!
//! The rules:
//! - Nothing is moved. A row says that the one was taken into the other; taking it out again removes that row. What happened stays where it
//!   happened.
//! - The merged case waits for nobody: its clocks stop with the outcome "merged" and warn nobody, and the list leaves it out.
//! - The target keeps its own promises, counted from the earliest receipt of all that it stands for; so do the terms of the law. A
//!   result that is known already does not change. Taken out again, the other case's clocks run as if they had never stopped, and those of
//!   the target that still run count from what is left.
//! - Merging may take nothing from a resident: a complaint goes on as a complaint, and whoever was called, or asked to be, goes on in the
//!   case in which that is so.
//! - A case stands for others or is merged, never both: there are no chains, and so no cycles.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde_json::{Value, json};
use tenants::{Role, TenantTx, staff::StaffMember, text_enum};

use super::actions::{assignee_name, require_open, required_reason};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, Case, CaseId, CaseStatus, EventKind, Kind, Preference, Viewer, change,
        entity::{case_file, case_merge},
        get, merged_cases, merged_into, record_event,
    },
    clocks,
};

text_enum! {
    /// What makes one wonder whether two cases belong together.
    Doubt {
        /// Nothing says that it is the same resident.
        OtherResident = "otherResident",
        /// They are of different kinds.
        OtherKind = "otherKind",
    }
}

/// What merging would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergePreview {
    /// The case that would be taken into the other one.
    pub merged: Case,
    /// The case that would go on for both.
    pub target: Case,
    /// The earliest receipt, from which the target's clocks would count, in UTC.
    pub since: DateTime<Utc>,
    /// The target's clocks that would fall due at another time.
    pub moves: Vec<clocks::Moved>,
    /// What makes one wonder.
    pub doubts: Vec<Doubt>,
}

/// The earliest receipt of all that a case stands for.
pub(crate) async fn first_receipt(tx: &TenantTx, case: &Case) -> Result<DateTime<Utc>, Error> {
    let others = merged_cases(tx, case.id).await?;
    Ok(others
        .iter()
        .map(|other| other.received_at)
        .fold(case.received_at, Ord::min))
}

/// Both cases, locked in the order of their ids so that two people who merge crosswise wait for each other instead of for ever.
async fn both(
    tx: &TenantTx,
    one: CaseId,
    other: CaseId,
    actor: &StaffMember,
) -> Result<(Case, Case), Error> {
    let mut query = tx
        .find::<case_file::Entity>()
        .filter(case_file::Column::Id.is_in([one, other]))
        .filter(Viewer::of(actor).may_see(tx))
        .order_by_asc(case_file::Column::Id);
    if tx.may_change() {
        query = query.lock_exclusive();
    }
    let rows = query.all(tx).await?;
    let pick = |id: CaseId| {
        rows.iter()
            .find(|row| row.id == id)
            .cloned()
            .ok_or(Error::NotFound)
    };
    Ok((pick(one)?, pick(other)?))
}

/// Demands that nobody else works on it. A lead may act for a colleague.
async fn require_free(tx: &TenantTx, case: &Case, actor: &StaffMember) -> Result<(), Error> {
    let is_free = case.assignee_id.is_none_or(|id| id == actor.id);
    if is_free || actor.roles.contains(&Role::Lead) {
        return Ok(());
    }
    let name = assignee_name(tx, case).await?;
    Err(Error::refused_because(Code::CaseNotYours, "name", name))
}

/// Both cases, when the one may be taken into the other.
async fn mergeable(
    tx: &TenantTx,
    merged: CaseId,
    target: CaseId,
    actor: &StaffMember,
) -> Result<(Case, Case), Error> {
    let (merged, target) = both(tx, merged, target, actor).await?;
    if merged.id == target.id {
        return Err(Error::invalid("intoId", "same_case"));
    }
    require_open(tx, &merged).await?;
    cases::refuse_trial(&merged)?;
    cases::refuse_trial(&target)?;
    let because = |code| Error::refused_because(code, "reference", target.reference.as_str());
    if target.status == CaseStatus::Closed {
        return Err(because(Code::MergeIntoClosed));
    }
    if let Some((_, onward)) = merged_into(tx, target.id).await? {
        return Err(Error::refused_because(
            Code::MergeIntoMerged,
            "reference",
            onward.reference,
        ));
    }
    if !merged_cases(tx, merged.id).await?.is_empty() {
        return Err(because(Code::MergeChain));
    }
    require_free(tx, &merged, actor).await?;
    require_free(tx, &target, actor).await?;
    if merged.kind == Kind::Complaint && target.kind != Kind::Complaint {
        return Err(because(Code::MergeComplaint));
    }
    let loses_contact = merged.contacted_at.is_some()
        && target.contacted_at.is_none()
        && target.preference != Preference::None;
    let loses_promise = merged.contacted_at.is_none()
        && merged.preference != Preference::None
        && target.preference == Preference::None;
    if loses_contact || loses_promise {
        return Err(because(Code::MergeOtherWay));
    }
    Ok((merged, target))
}

/// Whether something says that both are of one resident.
fn one_resident(one: &Case, other: &Case) -> bool {
    let same = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => one.trim().to_lowercase() == other.trim().to_lowercase(),
        _ => false,
    };
    same(&one.contact_email, &other.contact_email)
        || same(&one.contact_phone_e164, &other.contact_phone_e164)
        || same(&one.contact_name, &other.contact_name)
}

/// What merging would do. Changes nothing.
pub async fn preview_merge(
    tx: &TenantTx,
    merged: CaseId,
    target: CaseId,
    actor: &StaffMember,
) -> Result<MergePreview, Error> {
    let (merged, target) = mergeable(tx, merged, target, actor).await?;
    let since = Ord::min(merged.received_at, first_receipt(tx, &target).await?);
    let mut doubts = Vec::new();
    if !one_resident(&merged, &target) {
        doubts.push(Doubt::OtherResident);
    }
    if merged.kind != target.kind {
        doubts.push(Doubt::OtherKind);
    }
    Ok(MergePreview {
        moves: clocks::preview_restart(tx, &target, since).await?,
        merged,
        target,
        since,
        doubts,
    })
}

/// Takes a case into another one. Doing it again changes nothing.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseClosed`], [`Code::CaseMerged`] for the case itself; [`Code::MergeIntoClosed`], [`Code::MergeIntoMerged`],
/// [`Code::MergeChain`], [`Code::MergeComplaint`], [`Code::MergeOtherWay`] for the pair; [`Code::CaseNotYours`]; [`Error::NotFound`].
pub async fn merge(
    tx: &TenantTx,
    merged: CaseId,
    target: CaseId,
    actor: &StaffMember,
    why: &str,
) -> Result<Case, Error> {
    let mut errors = FieldErrors::default();
    let why = required_reason(&mut errors, "reason", why);
    errors.into_result()?;
    both(tx, merged, target, actor).await?;
    if let Some((link, _)) = merged_into(tx, merged).await?
        && link.target_id == target
    {
        return get(tx, merged).await;
    }
    let (merged, target) = mergeable(tx, merged, target, actor).await?;
    tx.insert(case_merge::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        merged_id: Set(merged.id),
        target_id: Set(target.id),
        status_before: Set(merged.status),
        reason: Set(why.clone()),
        merged_by: Set(actor.id),
        merged_at: Set(tx.now()),
    })
    .await?;
    set_status(tx, merged.id, CaseStatus::Merged).await?;
    clocks::stop_merged(tx, merged.id, actor.id).await?;
    let since = first_receipt(tx, &target).await?;
    clocks::restart_from(tx, &target, since, actor.id).await?;
    let details = |other: &Case| json!({ "reference": other.reference, "reason": why });
    note(tx, &merged, EventKind::Merged, actor, details(&target)).await?;
    note(tx, &target, EventKind::OtherMerged, actor, details(&merged)).await?;
    let object = ("case", Some(merged.id.0));
    let details = json!({ "into": target.id });
    audit::record(tx, Some(actor.id), Action::CaseMerge, object, details).await?;
    get(tx, merged.id).await
}

async fn note(
    tx: &TenantTx,
    case: &Case,
    kind: EventKind,
    actor: &StaffMember,
    details: Value,
) -> Result<(), Error> {
    record_event(tx, case.id, kind, Some(actor.id), details).await
}

async fn set_status(tx: &TenantTx, id: CaseId, status: CaseStatus) -> Result<(), Error> {
    change(tx, id)
        .col_expr(case_file::Column::Status, Expr::value(status))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes a case out of the other one again, also when that was closed meanwhile: both are as if they had never been one, apart from the
/// results that are known already.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::NotMerged`]; [`Code::CaseNotYours`]; [`Error::NotFound`].
pub async fn unmerge(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    why: &str,
) -> Result<Case, Error> {
    let mut errors = FieldErrors::default();
    let why = required_reason(&mut errors, "reason", why);
    errors.into_result()?;
    cases::seen(tx, Viewer::of(actor), id).await?;
    let (link, other) = merged_into(tx, id)
        .await?
        .ok_or_else(|| Error::refused(Code::NotMerged))?;
    let (merged, target) = both(tx, id, other.id, actor).await?;
    require_free(tx, &merged, actor).await?;
    require_free(tx, &target, actor).await?;
    let removed = tx
        .delete::<case_merge::Entity>()
        .filter(case_merge::Column::Id.eq(link.id))
        .exec(tx)
        .await?;
    if removed.rows_affected == 0 {
        return Err(Error::refused(Code::NotMerged));
    }
    set_status(tx, id, link.status_before).await?;
    clocks::restore_unmerged(tx, id, actor.id).await?;
    if target.status.is_open() {
        let since = first_receipt(tx, &target).await?;
        clocks::restart_from(tx, &target, since, actor.id).await?;
    }
    let details = |other: &Case| json!({ "reference": other.reference, "reason": why });
    note(tx, &merged, EventKind::Unmerged, actor, details(&target)).await?;
    note(
        tx,
        &target,
        EventKind::OtherUnmerged,
        actor,
        details(&merged),
    )
    .await?;
    let object = ("case", Some(id.0));
    let details = json!({ "from": target.id });
    audit::record(tx, Some(actor.id), Action::CaseUnmerge, object, details).await?;
    get(tx, id).await
}
