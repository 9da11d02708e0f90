//! Organisations: their names, house style, contact details and hosts.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use moka::future::Cache;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Func, LikeExpr, Query, SelectStatement},
};
use serde::{Deserialize, Serialize};

use crate::{
    Db, Error, PlatformTx, TenantId, TenantOwned, TenantTx,
    entity::{tenant, tenant_host},
    text_enum,
};

extern crate self as tenants;

text_enum! {
    /// What kind of organisation a tenant is.
    TenantKind {
        /// A municipality with residents.
        Municipality = "municipality",
        /// The organisation that runs the platform; its host shows the published practices.
        Platform = "platform",
    }
}

text_enum! {
    /// Whether a municipality uses the platform.
    TenantState {
        /// Its staff get it ready; residents see that it is being prepared.
        Preparing = "preparing",
        /// In use.
        Active = "active",
        /// Residents can send and read on; its staff cannot sign in.
        Suspended = "suspended",
        /// It stopped: its hosts say where residents can go.
        Left = "left",
    }
}

/// How residents reach the municipality without a form: the law leaves them that choice (Awb art. 2:13).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactDetails {
    /// Telephone number as residents know it.
    pub phone: Option<String>,
    /// Postal address on one line.
    pub post: Option<String>,
    /// Address of the municipality's own website.
    pub website: Option<String>,
    /// Address of the municipality's own privacy statement.
    #[serde(default)]
    pub privacy_url: Option<String>,
    /// Address of the municipality's own accessibility statement.
    #[serde(default)]
    pub accessibility_url: Option<String>,
    /// Name of the municipality's own ombudsman; without one the Nationale ombudsman is (Awb art. 9:17, Gemeentewet art. 81p).
    #[serde(default)]
    pub ombudsman: Option<String>,
    /// Address of that ombudsman's website.
    #[serde(default)]
    pub ombudsman_url: Option<String>,
    /// Address that mails are sent from.
    pub email: String,
    /// Domain of the addresses that residents answer to, when its mails come in here.
    #[serde(default)]
    pub mail_domain: Option<String>,
}

/// What a municipality says in its own words: for the name of a text, for each language what stands there instead of ours.
pub type OwnTexts = HashMap<String, HashMap<String, String>>;

/// Its own row is all that a municipality sees of this table.
impl TenantOwned for tenant::Entity {
    fn tenant_column() -> tenant::Column {
        tenant::Column::Id
    }
}

/// A municipality, or the platform's own organisation.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Municipality or platform.
    pub kind: TenantKind,
    /// Whether it is in use.
    pub state: TenantState,
    /// Since when it is in that state.
    pub state_since: DateTime<Utc>,
    /// Why, in the operator's words: for its staff, not for residents.
    pub state_reason: Option<String>,
    /// Short name in configuration and on the command line.
    pub slug: String,
    /// Name as residents know it, such as "Gemeente Waterdam".
    pub name: String,
    /// The zone in which its days begin and end.
    pub zone: Tz,
    /// Languages of its pages; the first is the default.
    pub languages: Vec<String>,
    /// House style as stored: seeds for the stylesheet, parsed by the domain.
    pub style: serde_json::Value,
    /// Texts in its own words.
    pub texts: Arc<OwnTexts>,
    /// Whether it tells residents what it does differently because of them.
    pub shows_measures: bool,
    /// Other ways to reach it.
    pub contact: ContactDetails,
    /// Its hosts; the first is the one in links.
    pub hosts: Vec<String>,
}

/// A tenant to create.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// Municipality or platform.
    pub kind: TenantKind,
    /// Active, or being prepared.
    pub state: TenantState,
    /// Short name, unique.
    pub slug: String,
    /// Name as residents know it.
    pub name: String,
    /// IANA zone.
    pub zone: Tz,
    /// Languages, first one first.
    pub languages: Vec<String>,
    /// House style.
    pub style: serde_json::Value,
    /// Other ways to reach it.
    pub contact: ContactDetails,
    /// Its hosts without port, lower case.
    pub hosts: Vec<String>,
}

/// Creates a tenant with its hosts. The transaction goes on as one of this tenant, so that what it needs from the start comes with it.
///
/// # Errors
/// When the short name or a host is taken.
pub async fn create(tx: PlatformTx, new: NewTenant) -> Result<TenantTx, Error> {
    let id: TenantId = tx.new_id();
    let json = |value: serde_json::Result<serde_json::Value>| {
        value.map_err(|error| Error::Unreadable(error.to_string()))
    };
    let row = tenant::ActiveModel {
        id: Set(id),
        kind: Set(new.kind),
        slug: Set(new.slug),
        name: Set(new.name),
        time_zone: Set(new.zone.name().to_owned()),
        languages: Set(json(serde_json::to_value(new.languages))?),
        style: Set(new.style),
        style_next: Set(None),
        style_next_at: Set(None),
        texts: Set(serde_json::json!({})),
        shows_measures: Set(false),
        contact: Set(json(serde_json::to_value(new.contact))?),
        state: Set(new.state),
        state_since: Set(tx.now()),
        state_reason: Set(None),
        created_at: Set(tx.now()),
    };
    tenant::Entity::insert(row)
        .exec_without_returning(&tx)
        .await?;
    for (position, host) in (0..).zip(new.hosts) {
        let row = tenant_host::ActiveModel {
            host: Set(host),
            owner: Set(id),
            position: Set(position),
        };
        tenant_host::Entity::insert(row)
            .exec_without_returning(&tx)
            .await?;
    }
    tx.into_tenant(id).await
}

/// Changes how residents reach an organisation. A running program knows it within half a minute.
///
/// # Errors
/// When the database does not answer.
pub async fn set_contact(
    tx: &PlatformTx,
    id: TenantId,
    contact: &ContactDetails,
) -> Result<(), Error> {
    let contact =
        serde_json::to_value(contact).map_err(|error| Error::Unreadable(error.to_string()))?;
    tx.update::<tenant::Entity>()
        .col_expr(tenant::Column::Contact, Expr::value(contact))
        .filter(tenant::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether this organisation is in use, as it is stored now; locked until the transaction ends.
///
/// # Errors
/// When the database does not answer.
pub async fn state_for_change(tx: &TenantTx) -> Result<TenantState, Error> {
    let row = tx.find::<tenant::Entity>().lock_exclusive().one(tx).await?;
    row.map(|row| row.state)
        .ok_or_else(|| Error::Unreadable("a tenant without its row".to_owned()))
}

/// Changes whether an organisation is in use. Running programs know it within half a minute.
///
/// # Errors
/// When the database does not answer.
pub async fn set_state(
    tx: &TenantTx,
    state: TenantState,
    reason: Option<&str>,
) -> Result<(), Error> {
    tx.update::<tenant::Entity>()
        .col_expr(tenant::Column::State, Expr::value(state))
        .col_expr(tenant::Column::StateSince, Expr::value(tx.now()))
        .col_expr(tenant::Column::StateReason, Expr::value(reason))
        .exec(tx)
        .await?;
    Ok(())
}

/// Sets the house style of an organisation, and the one that follows it at an instant. Running programs know it within half a minute.
///
/// # Errors
/// When the database does not answer.
pub async fn set_style(
    tx: &TenantTx,
    style: &serde_json::Value,
    next: Option<(DateTime<Utc>, &serde_json::Value)>,
) -> Result<(), Error> {
    let (at, next) = next.unzip();
    tx.update::<tenant::Entity>()
        .col_expr(tenant::Column::Style, Expr::value(style.clone()))
        .col_expr(tenant::Column::StyleNext, Expr::value(next.cloned()))
        .col_expr(tenant::Column::StyleNextAt, Expr::value(at))
        .exec(tx)
        .await?;
    Ok(())
}

/// Sets what an organisation says in its own words. Running programs know it within half a minute.
///
/// # Errors
/// When the database does not answer.
pub async fn set_texts(tx: &TenantTx, texts: &OwnTexts) -> Result<(), Error> {
    let texts =
        serde_json::to_value(texts).map_err(|error| Error::Unreadable(error.to_string()))?;
    tx.update::<tenant::Entity>()
        .col_expr(tenant::Column::Texts, Expr::value(texts))
        .exec(tx)
        .await?;
    Ok(())
}

/// Sets whether an organisation tells residents what it does differently because of them. Running programs know it within half a minute.
///
/// # Errors
/// When the database does not answer.
pub async fn set_shows_measures(tx: &TenantTx, shows: bool) -> Result<(), Error> {
    tx.update::<tenant::Entity>()
        .col_expr(tenant::Column::ShowsMeasures, Expr::value(shows))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether an organisation is in use, as it is stored now.
///
/// # Errors
/// When the database does not answer.
pub async fn state(tx: &TenantTx) -> Result<TenantState, Error> {
    let row = tx.find::<tenant::Entity>().one(tx).await?;
    row.map(|row| row.state)
        .ok_or_else(|| Error::Unreadable("a tenant without a row".to_owned()))
}

/// The name of an organisation, as it is stored now.
///
/// # Errors
/// When the database does not answer.
pub async fn name(tx: &TenantTx) -> Result<String, Error> {
    let row = tx.find::<tenant::Entity>().one(tx).await?;
    row.map(|row| row.name)
        .ok_or_else(|| Error::Unreadable("a tenant without a row".to_owned()))
}

/// What an organisation says in its own words, as it is stored now.
///
/// # Errors
/// When the database does not answer.
pub async fn own_texts(tx: &TenantTx) -> Result<OwnTexts, Error> {
    let row = tx.find::<tenant::Entity>().one(tx).await?;
    row.map_or_else(|| Ok(OwnTexts::default()), |row| read_texts(row.texts))
}

fn read_texts(texts: serde_json::Value) -> Result<OwnTexts, Error> {
    serde_json::from_value(texts).map_err(|error| Error::Unreadable(format!("texts: {error}")))
}

/// All tenants, by name: for the operator and for jobs that run for every tenant.
pub async fn all(tx: &PlatformTx) -> Result<Vec<Tenant>, Error> {
    let rows = tx
        .find::<tenant::Entity>()
        .order_by_asc(tenant::Column::Name)
        .all(tx)
        .await?;
    let hosts = tx
        .find::<tenant_host::Entity>()
        .order_by_asc(tenant_host::Column::Position)
        .all(tx)
        .await?;
    rows.into_iter()
        .map(|row| {
            let hosts = hosts
                .iter()
                .filter(|host| host.owner == row.id)
                .map(|host| host.host.clone())
                .collect();
            parse(row, hosts, tx.now())
        })
        .collect()
}

/// What the operator sees of a municipality in a list.
#[derive(Clone, Debug)]
pub struct TenantSummary {
    /// Its id.
    pub id: TenantId,
    /// Short name.
    pub slug: String,
    /// Name as residents know it.
    pub name: String,
    /// Whether it is in use.
    pub state: TenantState,
    /// Since when it is in that state.
    pub state_since: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Which municipalities to list.
#[derive(Clone, Debug, Default)]
pub struct TenantFilter<'a> {
    /// These only.
    pub ids: Option<Vec<TenantId>>,
    /// In this state only.
    pub state: Option<TenantState>,
    /// With these letters in name or short name, in small ones.
    pub search: &'a str,
    /// So many are passed over.
    pub offset: u64,
    /// At most so many.
    pub limit: u64,
}

/// Municipalities by name. One statement.
pub async fn list(tx: &PlatformTx, filter: &TenantFilter<'_>) -> Result<Vec<TenantSummary>, Error> {
    use tenant::Column;

    let mut found = tx
        .find::<tenant::Entity>()
        .filter(Column::Kind.eq(TenantKind::Municipality));
    if let Some(ids) = &filter.ids {
        found = found.filter(Column::Id.is_in(ids.iter().copied()));
    }
    if let Some(state) = filter.state {
        found = found.filter(Column::State.eq(state));
    }
    if !filter.search.is_empty() {
        let letters: String = (filter.search.chars())
            .flat_map(|sign| {
                let marked = matches!(sign, '%' | '_' | '\\');
                marked.then_some('\\').into_iter().chain([sign])
            })
            .collect();
        let like = || LikeExpr::new(format!("%{letters}%")).escape('\\');
        let name = Expr::expr(Func::lower(Expr::col(Column::Name))).like(like());
        found = found.filter(name.or(Expr::col(Column::Slug).like(like())));
    }
    let rows = found
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .offset(filter.offset)
        .limit(filter.limit)
        .all(tx)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| TenantSummary {
            id: row.id,
            slug: row.slug,
            name: row.name,
            state: row.state,
            state_since: row.state_since,
            created_at: row.created_at,
        })
        .collect())
}

/// The ids of those that left, for the query of another table: nothing is done for them.
#[must_use]
pub fn left() -> SelectStatement {
    Query::select()
        .column(tenant::Column::Id)
        .from(tenant::Entity)
        .and_where(Expr::col(tenant::Column::State).eq(TenantState::Left))
        .to_owned()
}

/// The tenant with this short name, if there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn by_slug(tx: &PlatformTx, slug: &str) -> Result<Option<Tenant>, Error> {
    let found = tx
        .find::<tenant::Entity>()
        .filter(tenant::Column::Slug.eq(slug))
        .one(tx)
        .await?;
    match found {
        Some(row) => by_id(tx, row.id).await,
        None => Ok(None),
    }
}

/// Whether a host is somebody's.
pub async fn has_host(tx: &PlatformTx, host: &str) -> Result<bool, Error> {
    let found = tx
        .find::<tenant_host::Entity>()
        .filter(tenant_host::Column::Host.eq(host))
        .one(tx)
        .await?;
    Ok(found.is_some())
}

/// The tenant of a host, or nothing.
async fn by_host(tx: &PlatformTx, host: &str) -> Result<Option<Tenant>, Error> {
    let Some(found) = tx
        .find::<tenant_host::Entity>()
        .filter(tenant_host::Column::Host.eq(host))
        .one(tx)
        .await?
    else {
        return Ok(None);
    };
    by_id(tx, found.owner).await
}

async fn by_id(tx: &PlatformTx, id: TenantId) -> Result<Option<Tenant>, Error> {
    let Some(row) = tx
        .find::<tenant::Entity>()
        .filter(tenant::Column::Id.eq(id))
        .one(tx)
        .await?
    else {
        return Ok(None);
    };
    let hosts = tx
        .find::<tenant_host::Entity>()
        .filter(tenant_host::Column::Owner.eq(id))
        .order_by_asc(tenant_host::Column::Position)
        .all(tx)
        .await?;
    let hosts = hosts.into_iter().map(|host| host.host).collect();
    parse(row, hosts, tx.now()).map(Some)
}

fn parse(row: tenant::Model, hosts: Vec<String>, now: DateTime<Utc>) -> Result<Tenant, Error> {
    let unreadable = |what: &str, error: String| {
        Error::Unreadable(format!("tenant {}: {what}: {error}", row.slug))
    };
    Ok(Tenant {
        id: row.id,
        kind: row.kind,
        zone: row
            .time_zone
            .parse()
            .map_err(|error: chrono_tz::ParseError| unreadable("time zone", error.to_string()))?,
        languages: serde_json::from_value(row.languages.clone())
            .map_err(|error| unreadable("languages", error.to_string()))?,
        contact: serde_json::from_value(row.contact.clone())
            .map_err(|error| unreadable("contact", error.to_string()))?,
        // What was planned holds from its moment on, whatever the worker does.
        style: match (row.style_next, row.style_next_at) {
            (Some(next), Some(at)) if at <= now => next,
            _ => row.style,
        },
        texts: Arc::new(read_texts(row.texts)?),
        shows_measures: row.shows_measures,
        state: row.state,
        state_since: row.state_since,
        state_reason: row.state_reason,
        slug: row.slug,
        name: row.name,
        hosts,
    })
}

/// Finds tenants by host or id, and caches them for twenty seconds. Unknown hosts are cached too, so that guessing hosts
/// costs no queries.
#[derive(Clone)]
pub struct TenantDirectory {
    db: Db,
    by_host: Cache<String, Option<Arc<Tenant>>>,
    by_id: Cache<TenantId, Option<Arc<Tenant>>>,
    platform: Cache<(), Option<Arc<Tenant>>>,
}

impl TenantDirectory {
    /// How long what was read of an organisation holds.
    pub const LIFE: Duration = Duration::from_secs(20);

    /// A directory over `db`.
    #[must_use]
    pub fn new(db: Db) -> Self {
        let time_to_live = Self::LIFE;
        Self {
            db,
            by_host: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(time_to_live)
                .build(),
            by_id: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(time_to_live)
                .build(),
            platform: Cache::builder()
                .max_capacity(1)
                .time_to_live(time_to_live)
                .build(),
        }
    }

    /// The tenant of a host (without port, any case), if there is one.
    pub async fn by_host(&self, host: &str) -> Result<Option<Arc<Tenant>>, Error> {
        let host = host.to_ascii_lowercase();
        if let Some(known) = self.by_host.get(&host).await {
            return Ok(known);
        }
        let tx = self.db.platform_read().await?;
        let found = by_host(&tx, &host).await?.map(Arc::new);
        self.by_host.insert(host, found.clone()).await;
        Ok(found)
    }

    /// The tenant with this id, if there is one.
    pub async fn by_id(&self, id: TenantId) -> Result<Option<Arc<Tenant>>, Error> {
        if let Some(known) = self.by_id.get(&id).await {
            return Ok(known);
        }
        let tx = self.db.platform_read().await?;
        let found = by_id(&tx, id).await?.map(Arc::new);
        self.by_id.insert(id, found.clone()).await;
        Ok(found)
    }

    /// The platform's own organisation, if there is one.
    pub async fn platform(&self) -> Result<Option<Arc<Tenant>>, Error> {
        if let Some(known) = self.platform.get(&()).await {
            return Ok(known);
        }
        let tx = self.db.platform_read().await?;
        let row = tx
            .find::<tenant::Entity>()
            .filter(tenant::Column::Kind.eq(TenantKind::Platform))
            .one(&tx)
            .await?;
        let found = match row {
            Some(row) => by_id(&tx, row.id).await?.map(Arc::new),
            None => None,
        };
        self.platform.insert((), found.clone()).await;
        Ok(found)
    }

    /// Reads an organisation anew when it is asked for next: whoever changed it sees the change at once.
    pub async fn forget(&self, tenant: &Tenant) {
        self.by_id.invalidate(&tenant.id).await;
        for host in &tenant.hosts {
            self.by_host.invalidate(host).await;
        }
    }

    /// Asks anew whose a host is.
    pub async fn forget_host(&self, host: &str) {
        self.by_host.invalidate(host).await;
    }
}
