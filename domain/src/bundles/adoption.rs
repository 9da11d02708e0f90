//! Adopting: prepared by one colleague, activated by another, and taken back. An adoption is pinned on a version and its digest.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde_json::json;
use tenants::{
    StaffId, Tenant, TenantTx, permission,
    staff::{self, StaffMember},
};

use super::{
    AdoptRequest, AdoptedPart, AdoptionId, AdoptionStatus, BundleAdoption, BundleLine,
    CheckedBundle, InstructionPart, PartKind, Plan,
    adopted::read_own,
    apply,
    entity::bundle_adoption::{self, Column},
    plan,
};
use crate::{
    Code, Error, Language,
    audit::{self, Action},
    discussion::{self, AdoptionState},
    outcomes,
    practices::PracticeId,
};

/// What was adopted and prepared, the newest first.
pub async fn adoptions(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<BundleAdoption>, Error> {
    Ok(tx
        .find::<bundle_adoption::Entity>()
        .order_by_desc(Column::PreparedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// The bundles that hold or held, for another room's query.
pub(crate) fn any_activated(tx: &TenantTx) -> SelectStatement {
    use AdoptionStatus::{Active, RolledBack, Superseded};

    tx.find::<bundle_adoption::Entity>()
        .select_only()
        .column(Column::Id)
        .filter(Column::Status.is_in([Active, Superseded, RolledBack]))
        .into_query()
}

/// One adoption.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn get(tx: &TenantTx, id: AdoptionId) -> Result<BundleAdoption, Error> {
    tx.find::<bundle_adoption::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The version of a bundle that holds.
///
/// # Errors
/// Those of the database.
pub async fn active(tx: &TenantTx, line: BundleLine) -> Result<Option<BundleAdoption>, Error> {
    Ok(tx
        .find::<bundle_adoption::Entity>()
        .filter(Column::Line.eq(line))
        .filter(Column::Status.eq(AdoptionStatus::Active))
        .one(tx)
        .await?)
}

/// Prepares a bundle: everything is stored as it will be, and nothing holds yet. Nobody (`actor`) prepares the one that a municipality begins
/// with.
///
/// # Errors
/// As [`plan`]; [`Error::Invalid`] when a check has to be solved first.
pub async fn prepare(
    tx: &TenantTx,
    checked: &CheckedBundle,
    request: &AdoptRequest,
    (practice, actor): (Option<PracticeId>, Option<StaffId>),
) -> Result<BundleAdoption, Error> {
    let Plan {
        answers,
        parts,
        checks,
        previous,
    } = plan(tx, checked, request, Language::Dutch).await?;
    if let Some(check) = checks.iter().find(|check| check.blocks) {
        let mut errors = crate::FieldErrors::default();
        errors.add_with("parts", "bundle_blocked", "value", &check.sentence);
        return Err(Error::Invalid(errors));
    }
    let parts: Vec<AdoptedPart> = parts
        .into_iter()
        .map(|part| AdoptedPart {
            key: part.key,
            kind: part.kind,
            title: part.title,
            policy: part.policy,
            taken: part.taken,
            upstream: part.upstream,
            own: part.own,
            value: part.value,
        })
        .collect();
    if !parts.iter().any(|part| part.taken) {
        return Err(Error::invalid("skip", "bundle_nothing"));
    }
    let manifest = &checked.bundle.manifest;
    let row = BundleAdoption {
        tenant_id: tx.tenant(),
        id: tx.new_id(),
        line: manifest.id,
        version: manifest.version.to_string(),
        digest: manifest.digest.clone(),
        title: manifest.title.clone(),
        document: checked.bundle.document()?,
        answers: json!(answers),
        instructions: serde_json::to_value(InstructionPart::of(&parts)).map_err(Error::bug)?,
        parts: serde_json::to_value(parts).map_err(Error::bug)?,
        status: AdoptionStatus::Prepared,
        previous_id: previous,
        skipped_version: None,
        practice_id: practice,
        prepared_by: actor,
        prepared_at: tx.now(),
        activated_by: None,
        activated_at: None,
        ended_at: None,
    };
    let stored: bundle_adoption::ActiveModel = row.clone().into();
    tx.insert_all(vec![stored.reset_all()]).await?;
    record(tx, actor, Action::BundlePrepare, &row).await?;
    Ok(row)
}

async fn record(
    tx: &TenantTx,
    actor: impl Into<Option<StaffId>>,
    action: Action,
    row: &BundleAdoption,
) -> Result<(), Error> {
    let object = ("bundleAdoption", Some(row.id.0));
    let details = json!({ "version": row.version, "digest": row.digest });
    audit::record(tx, actor.into(), action, object, details).await
}

/// Goes on from one state to another, once.
async fn step(
    tx: &TenantTx,
    row: &mut BundleAdoption,
    from: AdoptionStatus,
    to: AdoptionStatus,
) -> Result<(), Error> {
    if row.status != from {
        return Err(Error::refused(Code::Changed));
    }
    row.status = to;
    let is_over = !matches!(to, AdoptionStatus::Prepared | AdoptionStatus::Active);
    row.ended_at = is_over.then(|| tx.now());
    let done = tx
        .update::<bundle_adoption::Entity>()
        .col_expr(Column::Status, Expr::value(to))
        .col_expr(Column::EndedAt, Expr::value(row.ended_at))
        .col_expr(Column::ActivatedBy, Expr::value(row.activated_by))
        .col_expr(Column::ActivatedAt, Expr::value(row.activated_at))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Status.eq(from))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    Ok(())
}

/// Whether this colleague, together with whoever prepared it, may change everything that it changes.
async fn require_permissions(
    tx: &TenantTx,
    row: &BundleAdoption,
    parts: &[AdoptedPart],
    actor: &StaffMember,
) -> Result<(), Error> {
    let preparer = match row.prepared_by {
        Some(id) => staff::get(tx, id).await?,
        None => None,
    };
    let mut roles = actor.roles.clone();
    roles.extend(
        preparer
            .filter(|one| one.active)
            .into_iter()
            .flat_map(|one| one.roles),
    );
    let missing = (parts.iter())
        .filter(|part| part.works())
        .find(|part| !permission::allowed(&roles, apply::permission(part.kind)));
    match missing {
        Some(part) => Err(Error::refused_because(
            Code::BundleNeedsColleague,
            "part",
            part.title.clone(),
        )),
        None => Ok(()),
    }
}

/// Activates what a colleague prepared, in one transaction: from now on it holds for what is new. Cases that run keep their rules.
///
/// # Errors
/// [`Code::ApproverTookPart`] for whoever prepared it; [`Code::BundleNeedsColleague`] when neither may change a part;
/// [`Code::Changed`] when what is here is no longer what was compared.
pub async fn activate(
    tx: &TenantTx,
    id: AdoptionId,
    (tenant, actor): (&Tenant, &StaffMember),
) -> Result<BundleAdoption, Error> {
    let mut row = get(tx, id).await?;
    if row.prepared_by == Some(actor.id) {
        return Err(Error::refused(Code::ApproverTookPart));
    }
    let parts = row.parts()?;
    require_permissions(tx, &row, &parts, actor).await?;
    let before = active(tx, row.line).await?;
    if before.as_ref().map(|before| before.id) != row.previous_id {
        return Err(Error::refused(Code::Changed));
    }
    let known = match &before {
        Some(before) => before.parts()?,
        None => Vec::new(),
    };
    row.activated_by = Some(actor.id);
    row.activated_at = Some(tx.now());
    step(
        tx,
        &mut row,
        AdoptionStatus::Prepared,
        AdoptionStatus::Active,
    )
    .await?;
    match (before, row.practice_id) {
        (Some(mut before), _) => {
            let (from, to) = (AdoptionStatus::Active, AdoptionStatus::Superseded);
            step(tx, &mut before, from, to).await?;
        }
        (None, Some(practice)) => outcomes::freeze(tx, practice).await?,
        (None, None) => {}
    }
    let (own, contents) = read_own(tx, &parts).await?;
    let note = format!("{} {}", row.title, row.version);
    // Categories come before the promises that name them.
    let first = |part: &AdoptedPart| part.kind != PartKind::Routing;
    let mut contents = contents;
    contents.sort_by_key(|(part, _)| first(part));
    for (part, content) in contents {
        let installed = known.iter().find(|one| one.key == part.key);
        if own.of(&content, installed)? != part.own {
            return Err(Error::refused(Code::Changed));
        }
        if part.works() {
            apply::apply(tx, &own, content, &note, actor).await?;
        }
    }
    tell_use(tx, &row, (tenant, actor), AdoptionState::Active).await?;
    record(tx, actor.id, Action::BundleActivate, &row).await?;
    Ok(row)
}

/// Tells the exchange how far the municipality is with the practice behind a bundle, where that one was published.
async fn tell_use(
    tx: &TenantTx,
    row: &BundleAdoption,
    (tenant, actor): (&Tenant, &StaffMember),
    state: AdoptionState,
) -> Result<(), Error> {
    let Some(practice) = row.practice_id else {
        return Ok(());
    };
    Error::optional(discussion::adopt(tx, (tenant, actor.id), practice, state).await)?;
    Ok(())
}

/// Takes an active bundle back: what was before it holds again, the version before it included. Without one the municipality considers the
/// practice again; that it stopped, and why, is for people to say.
///
/// # Errors
/// [`Code::Changed`] when it does not hold any more.
pub async fn rollback(
    tx: &TenantTx,
    id: AdoptionId,
    (tenant, actor): (&Tenant, &StaffMember),
) -> Result<BundleAdoption, Error> {
    let mut row = get(tx, id).await?;
    step(
        tx,
        &mut row,
        AdoptionStatus::Active,
        AdoptionStatus::RolledBack,
    )
    .await?;
    let parts = row.parts()?;
    let (own, contents) = read_own(tx, &parts).await?;
    let note = format!("{} {}", row.title, row.version);
    // A promise goes before the category that it names.
    for (part, content) in contents.into_iter().rev() {
        if part.works() {
            apply::take_back(tx, &own, content, part.own.as_ref(), &note, actor).await?;
        }
    }
    if let Some(previous) = row.previous_id {
        let mut previous = get(tx, previous).await?;
        step(
            tx,
            &mut previous,
            AdoptionStatus::Superseded,
            AdoptionStatus::Active,
        )
        .await?;
    } else {
        tell_use(tx, &row, (tenant, actor), AdoptionState::Considering).await?;
    }
    record(tx, actor.id, Action::BundleRollback, &row).await?;
    Ok(row)
}

/// Throws away what was prepared.
///
/// # Errors
/// [`Code::Changed`] when it is not prepared any more.
pub async fn discard(tx: &TenantTx, id: AdoptionId, actor: StaffId) -> Result<(), Error> {
    let mut row = get(tx, id).await?;
    step(
        tx,
        &mut row,
        AdoptionStatus::Prepared,
        AdoptionStatus::Discarded,
    )
    .await?;
    record(tx, actor, Action::BundleDiscard, &row).await
}

/// Passes over a newer version: there is no notice of it any more.
///
/// # Errors
/// [`Error::Invalid`] for what is no version; [`Error::NotFound`].
pub async fn skip_version(
    tx: &TenantTx,
    id: AdoptionId,
    version: &str,
    actor: StaffId,
) -> Result<BundleAdoption, Error> {
    let mut row = get(tx, id).await?;
    let Ok(version) = version.trim().parse::<semver::Version>() else {
        return Err(Error::invalid("version", "bundle_malformed"));
    };
    row.skipped_version = Some(version.to_string());
    tx.update::<bundle_adoption::Entity>()
        .col_expr(
            Column::SkippedVersion,
            Expr::value(row.skipped_version.clone()),
        )
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    record(tx, actor, Action::BundleSkip, &row).await?;
    Ok(row)
}
