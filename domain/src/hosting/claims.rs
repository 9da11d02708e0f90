//! The verbs of hosts: claim, check, put first, take away.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Db, PlatformTx, StaffId, TenantId, TenantKind, TenantTx, host, secret, tenant};
use utoipa::ToSchema;

use super::{
    HostClaimId, HostFinding, ProofResolver,
    entity::host_claim::{self, Column},
    host_name, proof,
};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
};

/// Most hosts of a municipality, with those that wait.
const HOSTS_MAX: usize = 20;
/// The field of every error.
const FIELD: &str = "host";

/// A host that is in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = HostItem)]
pub struct Host {
    /// Its name.
    #[schema(example = "meldingen.waterdam.nl")]
    pub host: String,
    /// Whether links lead to it.
    pub is_primary: bool,
}

/// A host that waits for its proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WaitingHostItem)]
pub struct WaitingHost {
    /// Id of the claim.
    pub id: HostClaimId,
    /// Its name.
    #[schema(example = "meldingen.waterdam.nl")]
    pub host: String,
    /// Name of the text record (TXT) to set in DNS.
    #[schema(example = "_gehoord.meldingen.waterdam.nl")]
    pub record_name: String,
    /// What the record has to hold.
    pub record_text: String,
    /// When the record was last looked for, in UTC.
    pub checked_at: Option<DateTime<Utc>>,
    /// What was found then.
    pub finding: Option<HostFinding>,
}

/// The hosts of a municipality.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = HostList)]
pub struct Hosts {
    /// Those in use, the one in links first.
    pub active: Vec<Host>,
    /// Those that wait for their proof, oldest first.
    pub waiting: Vec<WaitingHost>,
}

/// A host, as it is typed.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct HostRequest {
    /// Its name, without scheme and port.
    #[serde(default)]
    #[schema(example = "meldingen.waterdam.nl")]
    pub host: String,
}

impl HostRequest {
    /// The name that DNS knows.
    ///
    /// # Errors
    /// When it is no host.
    pub fn parse(&self) -> Result<String, Error> {
        host_name::parse(&self.host).map_err(|code| Error::invalid(FIELD, code))
    }
}

/// What became of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = HostCheck)]
pub struct Checked {
    /// The host.
    pub host: String,
    /// Whether it is in use now.
    pub is_active: bool,
    /// Why not.
    pub finding: Option<HostFinding>,
}

/// What became of a host that the platform gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// It lies under the platform's own host, and is in use.
    Active(Host),
    /// It is somebody's own, and waits for its proof.
    Waiting(WaitingHost),
}

fn view(claim: host_claim::Model) -> WaitingHost {
    WaitingHost {
        id: claim.id,
        record_name: proof::record_name(&claim.host),
        record_text: proof::record_text(&claim.code),
        host: claim.host,
        checked_at: claim.checked_at,
        finding: claim.finding,
    }
}

/// The hosts of a municipality. Two statements.
pub async fn hosts(tx: &TenantTx) -> Result<Hosts, Error> {
    let names = host::of(tx).await?;
    let waiting = tx
        .find::<host_claim::Entity>()
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?;
    let active = (names.into_iter().enumerate()).map(|(number, host)| Host {
        host,
        is_primary: number == 0,
    });
    Ok(Hosts {
        active: active.collect(),
        waiting: waiting.into_iter().map(view).collect(),
    })
}

/// A host that waits, as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingClaim {
    /// Whose.
    pub owner: TenantId,
    /// Its name.
    pub host: String,
    /// Since when, in UTC.
    pub since: DateTime<Utc>,
    /// Name of the record that is needed.
    pub record_name: String,
    /// What the last look for it found; nothing when nobody looked.
    pub finding: Option<HostFinding>,
}

/// The hosts that wait for their proof at all municipalities but those that left, the oldest first, at most `limit`. One statement.
pub async fn all_waiting(tx: &PlatformTx, limit: u64) -> Result<Vec<WaitingClaim>, Error> {
    let waiting = tx
        .find::<host_claim::Entity>()
        .filter(Column::Owner.not_in_subquery(tenant::left()))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    let claim = |claim: host_claim::Model| WaitingClaim {
        owner: claim.owner,
        record_name: proof::record_name(&claim.host),
        host: claim.host,
        since: claim.created_at,
        finding: claim.finding,
    };
    Ok(waiting.into_iter().map(claim).collect())
}

/// Checks that a municipality may have a host at all. Gives back whether it lies under the platform's own.
async fn check_free(tx: &TenantTx, name: &str) -> Result<bool, Error> {
    let known = hosts(tx).await?;
    let code = if known.active.iter().any(|one| one.host == name) {
        Some("host_yours")
    } else if known.waiting.iter().any(|one| one.host == name) {
        Some("host_waiting")
    } else {
        None
    };
    if let Some(code) = code {
        return Err(Error::invalid(FIELD, code));
    }
    if known.active.len() + known.waiting.len() >= HOSTS_MAX {
        let mut errors = FieldErrors::default();
        errors.add_with(FIELD, "too_many_hosts", "max", HOSTS_MAX);
        return Err(Error::Invalid(errors));
    }
    let others = host::of_others(tx, &host_name::with_parents(name)).await?;
    match others.iter().find(|(other, _)| other == name) {
        Some((_, TenantKind::Platform)) => return Err(Error::invalid(FIELD, "host_platform")),
        Some((_, TenantKind::Municipality)) => return Err(Error::invalid(FIELD, "host_taken")),
        None => {}
    }
    Ok(others.iter().any(|(_, kind)| *kind == TenantKind::Platform))
}

async fn add_claim(
    tx: &TenantTx,
    actor: Option<StaffId>,
    name: String,
) -> Result<WaitingHost, Error> {
    let claim = host_claim::ActiveModel {
        id: Set(tx.new_id()),
        owner: Set(tx.tenant()),
        host: Set(name),
        code: Set(secret::new_code()?),
        created_at: Set(tx.now()),
        checked_at: Set(None),
        finding: Set(None),
    };
    let claim = match tx.insert(claim).await {
        Err(error) if error.is_duplicate() => return Err(Error::invalid(FIELD, "host_waiting")),
        other => other?,
    };
    note(tx, actor, Action::HostClaim, &claim.host).await?;
    Ok(view(claim))
}

async fn note(
    tx: &TenantTx,
    actor: Option<StaffId>,
    action: Action,
    name: &str,
) -> Result<(), Error> {
    let object = ("host", None);
    audit::record(tx, actor, action, object, json!({ "host": name })).await
}

/// Claims a host that the municipality manages itself. It waits until its record in DNS was found.
///
/// # Errors
/// When it is no host, belongs to others, lies under the platform's own, or there are too many.
pub async fn claim(
    tx: &TenantTx,
    actor: Option<StaffId>,
    request: &HostRequest,
) -> Result<WaitingHost, Error> {
    let name = request.parse()?;
    if check_free(tx, &name).await? {
        return Err(Error::invalid(FIELD, "host_under_platform"));
    }
    add_claim(tx, actor, name).await
}

/// Gives a municipality a host, by the platform: one under the platform's own is in use at once, any other waits for its proof.
///
/// # Errors
/// As [`claim`], but for hosts under the platform's own.
pub async fn give(tx: &TenantTx, request: &HostRequest) -> Result<Given, Error> {
    let name = request.parse()?;
    if !check_free(tx, &name).await? {
        return Ok(Given::Waiting(add_claim(tx, None, name).await?));
    }
    take(tx, None, &name, Action::HostGive).await?;
    let names = host::of(tx).await?;
    Ok(Given::Active(Host {
        is_primary: names.first() == Some(&name),
        host: name,
    }))
}

async fn take(
    tx: &TenantTx,
    actor: Option<StaffId>,
    name: &str,
    action: Action,
) -> Result<(), Error> {
    match host::add(tx, name).await {
        Err(error) if error.is_duplicate() => Err(Error::invalid(FIELD, "host_taken")),
        Err(error) => Err(error.into()),
        Ok(()) => note(tx, actor, action, name).await,
    }
}

/// Looks for the record of a host that waits; when it is there, the host is in use from now on.
///
/// # Errors
/// [`Error::NotFound`] when nothing waits under that id.
pub async fn check(
    db: &Db,
    resolver: &ProofResolver,
    tenant: TenantId,
    actor: Option<StaffId>,
    id: HostClaimId,
) -> Result<Checked, Error> {
    let tx = db.read(tenant).await?;
    let waiting = find(&tx, id).await?;
    drop(tx);
    // No transaction waits for a server of others.
    let mut finding = resolver.look(&waiting.host, &waiting.code).await;
    if finding.is_none() {
        let tx = db.write(tenant).await?;
        find(&tx, id).await?;
        match take(&tx, actor, &waiting.host, Action::HostProve).await {
            Ok(()) => {
                tx.delete::<host_claim::Entity>()
                    .filter(Column::Id.eq(id))
                    .exec(&tx)
                    .await?;
                tx.commit().await?;
                return Ok(Checked {
                    host: waiting.host,
                    is_active: true,
                    finding: None,
                });
            }
            Err(Error::Invalid(_)) => finding = Some(HostFinding::Taken),
            Err(error) => return Err(error),
        }
    }
    let tx = db.write(tenant).await?;
    tx.update::<host_claim::Entity>()
        .col_expr(Column::CheckedAt, Expr::value(tx.now()))
        .col_expr(Column::Finding, Expr::value(finding))
        .filter(Column::Id.eq(id))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(Checked {
        host: waiting.host,
        is_active: false,
        finding,
    })
}

/// As [`check`], by the name of the host.
///
/// # Errors
/// When it does not wait.
pub async fn check_for(
    db: &Db,
    resolver: &ProofResolver,
    tenant: TenantId,
    request: &HostRequest,
) -> Result<Checked, Error> {
    let name = request.parse()?;
    let tx = db.read(tenant).await?;
    let waiting = tx
        .find::<host_claim::Entity>()
        .filter(Column::Host.eq(name))
        .one(&tx)
        .await?
        .ok_or(Error::NotFound)?;
    drop(tx);
    check(db, resolver, tenant, None, waiting.id).await
}

async fn find(tx: &TenantTx, id: HostClaimId) -> Result<host_claim::Model, Error> {
    tx.find::<host_claim::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// Takes a claim back.
///
/// # Errors
/// [`Error::NotFound`] when nothing waits under that id.
pub async fn withdraw(tx: &TenantTx, actor: Option<StaffId>, id: HostClaimId) -> Result<(), Error> {
    let waiting = find(tx, id).await?;
    tx.delete::<host_claim::Entity>()
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    note(tx, actor, Action::HostRemove, &waiting.host).await
}

/// A host of the municipality that is in use.
async fn own(tx: &TenantTx, request: &HostRequest) -> Result<Host, Error> {
    let name = request.parse()?;
    let known = hosts(tx).await?.active;
    let own = known.into_iter().find(|one| one.host == name);
    own.ok_or_else(|| Error::invalid(FIELD, "host_not_active"))
}

/// Makes a host the one in links.
///
/// # Errors
/// When it is not in use here.
pub async fn put_first(
    tx: &TenantTx,
    actor: Option<StaffId>,
    request: &HostRequest,
) -> Result<Hosts, Error> {
    let own = own(tx, request).await?;
    if !own.is_primary {
        host::put_first(tx, &own.host).await?;
        note(tx, actor, Action::HostFirst, &own.host).await?;
    }
    hosts(tx).await
}

/// Takes a host out of use. The one in links stays until another one is.
///
/// # Errors
/// When it is not in use here, or is the one in links.
pub async fn remove(
    tx: &TenantTx,
    actor: Option<StaffId>,
    request: &HostRequest,
) -> Result<Hosts, Error> {
    let own = own(tx, request).await?;
    if own.is_primary {
        return Err(Error::invalid(FIELD, "host_is_first"));
    }
    host::remove(tx, &own.host).await?;
    note(tx, actor, Action::HostRemove, &own.host).await?;
    hosts(tx).await
}
