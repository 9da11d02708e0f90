//! The rules that run, and all of them at once as a configuration has them.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, LazyLock},
    time::Duration,
};

use moka::sync::Cache;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use tenants::{StaffId, TenantId, TenantTx};

use super::{
    RuleDraft, RuleId, SwitchRequest,
    entity::rule::{self, Column, Model},
    known,
    rule::Rule,
    store::{self, RULES_MAX, read, stored},
};
use crate::{Error, FieldErrors, cases};

/// How long another program may go on with the rules it read.
const FRESH: Duration = Duration::from_secs(5);

/// A rule that runs.
#[derive(Debug)]
pub(super) struct Live {
    pub id: RuleId,
    pub number: i64,
    pub rule: Rule,
}

/// The categories that are below another one, with that one.
pub(super) type Parents = HashMap<String, String>;

/// The rules that run, by name, and what their conditions need to know.
#[derive(Debug)]
pub(super) struct Running {
    pub rules: Vec<Live>,
    pub parents: Parents,
}

static RUNNING: LazyLock<Cache<TenantId, Arc<Running>>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(10_000)
        .time_to_live(FRESH)
        .build()
});

/// The rules that run. They are kept for some seconds, so that a message mostly asks no statement for them.
pub(super) async fn running(tx: &TenantTx) -> Result<Arc<Running>, Error> {
    if let Some(known) = RUNNING.get(&tx.tenant()) {
        return Ok(known);
    }
    let mut rules = Vec::new();
    for row in rows(tx).await? {
        let draft = row.live.map(read).transpose()?.unwrap_or_default();
        rules.push(Live {
            id: row.id,
            number: row.number,
            rule: draft.parse().map_err(Error::bug)?,
        });
    }
    let parents = if rules.is_empty() {
        Parents::new()
    } else {
        parents(tx).await?
    };
    let running = Arc::new(Running { rules, parents });
    RUNNING.insert(tx.tenant(), Arc::clone(&running));
    Ok(running)
}

/// Reads the rules anew for the next message.
pub(super) fn forget(tx: &TenantTx) {
    RUNNING.invalidate(&tx.tenant());
}

/// The categories that are below another one, with that one.
pub(super) async fn parents(tx: &TenantTx) -> Result<Parents, Error> {
    let all = cases::categories(tx, None).await?.into_iter();
    Ok(all
        .filter_map(|category| category.parent.map(|parent| (category.key, parent)))
        .collect())
}

async fn rows(tx: &TenantTx) -> Result<Vec<Model>, Error> {
    Ok(tx
        .find::<rule::Entity>()
        .filter(Column::Active.eq(true))
        .filter(Column::Live.is_not_null())
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?)
}

/// Whether a rule names a colleague: people are in no configuration.
fn names_somebody(draft: &RuleDraft) -> bool {
    draft.actions.iter().any(|one| !one.staff_id.is_empty())
}

/// The rules that run, with the names of teams: as another municipality can read them. Those that name what is out of use are left out, since they
/// could not be published either; so are those that name a colleague.
pub(crate) async fn in_use(tx: &TenantTx) -> Result<Vec<RuleDraft>, Error> {
    let known = known::known(tx).await?;
    let mut drafts = Vec::new();
    for live in rows(tx).await?.into_iter().filter_map(|row| row.live) {
        let draft = read(live)?;
        if !names_somebody(&draft) && store::check(&known, &draft).is_ok() {
            drafts.push(known.named(draft));
        }
    }
    drafts.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(drafts)
}

/// Publishes rules that were made elsewhere, under their names, switches them on, and switches the others off, but for those that name a colleague.
/// Drafts that are worked on here stay.
///
/// # Errors
/// [`Error::Invalid`] with every fault at its place (`rules.0.name`).
pub(crate) async fn put_all(
    tx: &TenantTx,
    actor: Option<StaffId>,
    wanted: Vec<RuleDraft>,
    note: &str,
) -> Result<(), Error> {
    let known = known::known(tx).await?;
    let held = tx.find::<rule::Entity>().all(tx).await?;
    let mut errors = FieldErrors::default();
    let mut names = HashSet::new();
    let mut drafts = Vec::new();
    for (number, draft) in wanted.into_iter().enumerate() {
        let draft = known.resolved(draft.tidy());
        let at = format!("rules.{number}");
        if !names.insert(draft.name.to_lowercase()) {
            errors.add(&format!("{at}.name"), "rule_twice");
        }
        match store::check(&known, &draft) {
            Err(Error::Invalid(faults)) => errors.extend_beside(faults.below(&at)),
            checked => drop(checked?),
        }
        drafts.push(draft);
    }
    let is_new = |name: &&String| !held.iter().any(|row| row.name.to_lowercase() == **name);
    if held.len() + names.iter().filter(is_new).count() > RULES_MAX {
        errors.add_with("rules", "too_many", "max", RULES_MAX);
    }
    errors.into_result()?;
    for row in &held {
        let live = row.live.clone().map(read).transpose()?.unwrap_or_default();
        let is_own = names_somebody(&live);
        if row.active && !is_own && !names.contains(&row.name.to_lowercase()) {
            store::switch(tx, actor, row.id, SwitchRequest { active: false }).await?;
        }
    }
    for draft in drafts {
        let name = draft.name.to_lowercase();
        let row = held.iter().find(|row| row.name.to_lowercase() == name);
        let row = match row {
            Some(row) => row.clone(),
            None => store::insert(tx, &draft.name, (actor, None)).await?,
        };
        let (id, is_off) = (row.id, !row.active);
        if row.live.as_ref() != Some(&stored(&draft)?) {
            store::set_live(tx, row, &draft, (actor, note.to_owned())).await?;
        }
        if is_off {
            store::switch(tx, actor, id, SwitchRequest { active: true }).await?;
        }
    }
    Ok(())
}
