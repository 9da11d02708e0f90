//! Two cases about one thing: one goes on for both.
//!
//! The rules:
//! - Nothing is moved. A row says that the one was taken into the other; taking it out again removes that row. What happened stays where it
//!   happened.
//! - The absorbed case waits for nobody: its clocks stop with the outcome "merged" and warn nobody, and the list leaves it out.
//! - The surviving case keeps its own promises, counted from the earliest receipt of all that it stands for; so do the terms of the law. A
//!   result that is known already does not change. Taken out again, the other case's clocks run as if they had never stopped, and those of
//!   the survivor that still run count from what is left.
//! - Merging may take nothing from a resident: a complaint goes on as a complaint, and whoever was called, or asked to be, goes on in the
//!   case in which that is so.
//! - A case stands for others or is absorbed, never both: there are no chains, and so no cycles.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value, json};
use tenants::{Role, TenantTx, staff::StaffMember, text_enum};

use super::actions::{assignee_name, reason, require_open};
use crate::{
    Code, Error, FieldErrors, audit,
    cases::{
        Case, CaseId, CaseStatus, EventKind, Kind, Preference, absorbed_by,
        entity::{case_file, case_merge},
        get, merged_into, note_event,
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
    pub absorbed: Case,
    /// The case that would go on for both.
    pub survivor: Case,
    /// The earliest receipt, from which the survivor's clocks would count, in UTC.
    pub since: DateTime<Utc>,
    /// The survivor's clocks that would fall due at another time.
    pub moves: Vec<clocks::Moved>,
    /// What makes one wonder.
    pub doubts: Vec<Doubt>,
}

/// The earliest receipt of all that a case stands for.
pub(super) async fn first_receipt(tx: &TenantTx, case: &Case) -> Result<DateTime<Utc>, Error> {
    let others = absorbed_by(tx, case.id).await?;
    Ok(others
        .iter()
        .map(|other| other.received_at)
        .fold(case.received_at, Ord::min))
}

/// Both cases, locked in the order of their ids so that two people who merge crosswise wait for each other instead of for ever.
async fn both(tx: &TenantTx, one: CaseId, other: CaseId) -> Result<(Case, Case), Error> {
    let mut query = tx
        .find::<case_file::Entity>()
        .filter(case_file::Column::Id.is_in([one, other]))
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
    absorbed: CaseId,
    survivor: CaseId,
    actor: &StaffMember,
) -> Result<(Case, Case), Error> {
    let (absorbed, survivor) = both(tx, absorbed, survivor).await?;
    if absorbed.id == survivor.id {
        return Err(Error::invalid("into", "same_case"));
    }
    require_open(tx, &absorbed).await?;
    let because = |code| Error::refused_because(code, "reference", survivor.reference.as_str());
    if survivor.status == CaseStatus::Closed {
        return Err(because(Code::MergeIntoClosed));
    }
    if let Some((_, onward)) = merged_into(tx, survivor.id).await? {
        return Err(Error::refused_because(
            Code::MergeIntoMerged,
            "reference",
            onward.reference,
        ));
    }
    if !absorbed_by(tx, absorbed.id).await?.is_empty() {
        return Err(because(Code::MergeChain));
    }
    require_free(tx, &absorbed, actor).await?;
    require_free(tx, &survivor, actor).await?;
    if absorbed.kind == Kind::Complaint && survivor.kind != Kind::Complaint {
        return Err(because(Code::MergeComplaint));
    }
    let loses_contact = absorbed.contacted_at.is_some()
        && survivor.contacted_at.is_none()
        && survivor.preference != Preference::None;
    let loses_promise = absorbed.contacted_at.is_none()
        && absorbed.preference != Preference::None
        && survivor.preference == Preference::None;
    if loses_contact || loses_promise {
        return Err(because(Code::MergeOtherWay));
    }
    Ok((absorbed, survivor))
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
    absorbed: CaseId,
    survivor: CaseId,
    actor: &StaffMember,
) -> Result<MergePreview, Error> {
    let (absorbed, survivor) = mergeable(tx, absorbed, survivor, actor).await?;
    let since = Ord::min(absorbed.received_at, first_receipt(tx, &survivor).await?);
    let mut doubts = Vec::new();
    if !one_resident(&absorbed, &survivor) {
        doubts.push(Doubt::OtherResident);
    }
    if absorbed.kind != survivor.kind {
        doubts.push(Doubt::OtherKind);
    }
    Ok(MergePreview {
        moves: clocks::preview_restart(tx, &survivor, since).await?,
        absorbed,
        survivor,
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
    absorbed: CaseId,
    survivor: CaseId,
    actor: &StaffMember,
    why: &str,
) -> Result<Case, Error> {
    let mut errors = FieldErrors::default();
    let why = reason(&mut errors, "reason", why);
    errors.into_result()?;
    both(tx, absorbed, survivor).await?;
    if let Some((link, _)) = merged_into(tx, absorbed).await?
        && link.survivor_id == survivor
    {
        return get(tx, absorbed).await;
    }
    let (absorbed, survivor) = mergeable(tx, absorbed, survivor, actor).await?;
    tx.insert(case_merge::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        absorbed_id: Set(absorbed.id),
        survivor_id: Set(survivor.id),
        status_before: Set(absorbed.status),
        reason: Set(why.clone()),
        merged_by: Set(actor.id),
        merged_at: Set(tx.now()),
    })
    .await?;
    set_status(tx, absorbed.id, CaseStatus::Merged).await?;
    clocks::stop_merged(tx, absorbed.id, actor.id).await?;
    let since = first_receipt(tx, &survivor).await?;
    clocks::restart_from(tx, &survivor, since, actor.id).await?;
    let told = |other: &Case| json!({ "reference": other.reference, "reason": why });
    note(tx, &absorbed, EventKind::Merged, actor, told(&survivor)).await?;
    note(tx, &survivor, EventKind::Absorbed, actor, told(&absorbed)).await?;
    audit::record(
        tx,
        Some(actor.id),
        audit::Action::CaseMerge,
        ("case", Some(absorbed.id.0)),
        json!({ "into": survivor.id }),
    )
    .await?;
    get(tx, absorbed.id).await
}

async fn note(
    tx: &TenantTx,
    case: &Case,
    kind: EventKind,
    actor: &StaffMember,
    details: Value,
) -> Result<(), Error> {
    note_event(tx, case.id, kind, Some(actor.id), details).await
}

async fn set_status(tx: &TenantTx, id: CaseId, status: CaseStatus) -> Result<(), Error> {
    tx.update::<case_file::Entity>()
        .col_expr(case_file::Column::Status, Expr::value(status))
        .col_expr(
            case_file::Column::Version,
            Expr::col(case_file::Column::Version).add(1),
        )
        .filter(case_file::Column::Id.eq(id))
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
    let why = reason(&mut errors, "reason", why);
    errors.into_result()?;
    get(tx, id).await?;
    let (link, other) = merged_into(tx, id)
        .await?
        .ok_or_else(|| Error::refused(Code::NotMerged))?;
    let (absorbed, survivor) = both(tx, id, other.id).await?;
    require_free(tx, &absorbed, actor).await?;
    require_free(tx, &survivor, actor).await?;
    let parted = tx
        .delete::<case_merge::Entity>()
        .filter(case_merge::Column::Id.eq(link.id))
        .exec(tx)
        .await?;
    if parted.rows_affected == 0 {
        return Err(Error::refused(Code::NotMerged));
    }
    set_status(tx, id, link.status_before).await?;
    clocks::restore_unmerged(tx, id, actor.id).await?;
    if survivor.status.is_open() {
        let since = first_receipt(tx, &survivor).await?;
        clocks::restart_from(tx, &survivor, since, actor.id).await?;
    }
    let told = |other: &Case| json!({ "reference": other.reference, "reason": why });
    note(tx, &absorbed, EventKind::Unmerged, actor, told(&survivor)).await?;
    note(tx, &survivor, EventKind::Parted, actor, told(&absorbed)).await?;
    audit::record(
        tx,
        Some(actor.id),
        audit::Action::CaseUnmerge,
        ("case", Some(id.0)),
        json!({ "from": survivor.id }),
    )
    .await?;
    get(tx, id).await
}
