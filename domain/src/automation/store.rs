//! The draft of a rule, its versions, its switch, and the log of what it did.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tenants::{StaffId, TenantId, TenantTx, staff};
use utoipa::ToSchema;

use super::{
    Rule, RuleDraft, RuleId,
    entity::{
        rule::{self, Column, Model},
        rule_run, rule_version,
    },
    known::{self, Known},
    rule::{ActionDraft, ConditionDraft, Event},
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{self, Viewer},
    input::{self, Number},
    text::clean_line,
};

/// Most rules of a municipality.
const RULES_MAX: usize = 200;
/// Longest note, in characters.
const NOTE_MAX: usize = 500;
/// How long another program may go on with the rules it read.
const FRESH: Duration = Duration::from_secs(5);

/// A rule that runs.
#[derive(Debug)]
pub(super) struct Live {
    pub id: RuleId,
    pub number: i64,
    pub rule: Rule,
}

static LIVE: LazyLock<Cache<TenantId, Arc<Vec<Live>>>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(10_000)
        .time_to_live(FRESH)
        .build()
});

/// The rules that run, by name. They are kept for some seconds, so that a message mostly asks no statement for them.
pub(super) async fn live(tx: &TenantTx) -> Result<Arc<Vec<Live>>, Error> {
    if let Some(known) = LIVE.get(&tx.tenant()) {
        return Ok(known);
    }
    let mut found = Vec::new();
    for row in running(tx).await? {
        let draft = row.live.map(read).transpose()?.unwrap_or_default();
        found.push(Live {
            id: row.id,
            number: row.number,
            rule: draft.parse().map_err(Error::bug)?,
        });
    }
    let found = Arc::new(found);
    LIVE.insert(tx.tenant(), Arc::clone(&found));
    Ok(found)
}

async fn running(tx: &TenantTx) -> Result<Vec<Model>, Error> {
    Ok(tx
        .find::<rule::Entity>()
        .filter(Column::Active.eq(true))
        .filter(Column::Live.is_not_null())
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?)
}

fn read(stored: Value) -> Result<RuleDraft, Error> {
    serde_json::from_value(stored).map_err(Error::bug)
}

fn stored(draft: &RuleDraft) -> Result<Value, Error> {
    serde_json::to_value(draft).map_err(Error::bug)
}

/// A rule as it is worked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AutomationRule)]
pub struct RuleView {
    /// Id.
    pub id: RuleId,
    /// Its name.
    pub name: String,
    /// Who answers for it.
    #[schema(value_type = Option<StaffId>)]
    pub owner_id: Option<StaffId>,
    /// Whether it runs, once it was published.
    pub active: bool,
    /// Number of the version that runs; 0 before the first.
    pub version: i64,
    /// Whether something is worked on that was not published.
    pub has_draft: bool,
    /// What is worked on, or else what runs.
    pub rule: RuleDraft,
    /// Counts changes of the draft; has to be sent with a change.
    pub revision: i64,
}

fn view(row: Model) -> Result<RuleView, Error> {
    let has_draft = row.draft.is_some();
    let worked_on = row.draft.or(row.live).map(read).transpose()?;
    Ok(RuleView {
        id: row.id,
        name: row.name,
        owner_id: row.owner_id,
        active: row.active,
        version: row.number,
        has_draft,
        rule: worked_on.unwrap_or_default(),
        revision: row.revision,
    })
}

/// The rules by name.
pub async fn rules(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<RuleView>, Error> {
    let rows = tx
        .find::<rule::Entity>()
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    rows.into_iter().map(view).collect()
}

async fn row(tx: &TenantTx, id: RuleId) -> Result<Model, Error> {
    let query = tx.find::<rule::Entity>().filter(Column::Id.eq(id));
    query.one(tx).await?.ok_or(Error::NotFound)
}

/// One rule.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn rule(tx: &TenantTx, id: RuleId) -> Result<RuleView, Error> {
    view(row(tx, id).await?)
}

/// A rule to make or to work on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = AutomationRuleRequest)]
pub struct RuleRequest {
    /// Its name.
    #[serde(default)]
    #[schema(required = true, example = "Spoed")]
    pub name: String,
    /// What sets it off.
    #[serde(default)]
    #[schema(value_type = Event)]
    pub event: String,
    /// All have to hold.
    #[serde(default)]
    pub conditions: Vec<ConditionDraft>,
    /// What is done, in this order.
    #[serde(default)]
    pub actions: Vec<ActionDraft>,
    /// The `revision` that was seen; a new rule has none.
    #[serde(default)]
    #[schema(value_type = i64)]
    pub expected_version: Number,
}

impl RuleRequest {
    /// The rule as it was typed.
    #[must_use]
    pub fn draft(self) -> RuleDraft {
        let draft = RuleDraft {
            name: self.name,
            event: self.event,
            conditions: self.conditions,
            actions: self.actions,
        };
        draft.tidy()
    }
}

async fn check_name(
    tx: &TenantTx,
    besides: Option<RuleId>,
    name: &str,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    let known = rules(tx, None).await?;
    if name.is_empty() {
        errors.add("name", "required");
    } else if name.chars().count() > 60 {
        errors.add_with("name", "too_long", "max", 60);
    }
    let lower = name.to_lowercase();
    let is_same = |one: &RuleView| Some(one.id) != besides && one.name.to_lowercase() == lower;
    if known.iter().any(is_same) {
        errors.add("name", "rule_twice");
    }
    if besides.is_none() && known.len() >= RULES_MAX {
        errors.add_with("name", "too_many", "max", RULES_MAX);
    }
    Ok(())
}

async fn insert(
    tx: &TenantTx,
    name: &str,
    (owner, draft): (Option<StaffId>, Option<Value>),
) -> Result<Model, Error> {
    let made = tx.insert(rule::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        name: Set(name.to_owned()),
        owner_id: Set(owner),
        active: Set(true),
        draft: Set(draft),
        revision: Set(1),
        live: Set(None),
        number: Set(0),
        created_at: Set(tx.now()),
    });
    made.await.map_err(|error| {
        if error.is_duplicate() {
            Error::invalid("name", "rule_twice")
        } else {
            error.into()
        }
    })
}

/// Makes a rule: a draft, finished or not. It runs when it is published.
///
/// # Errors
/// [`Error::Invalid`] for a name that is there already or cannot be used.
pub async fn add(tx: &TenantTx, actor: StaffId, request: RuleRequest) -> Result<RuleView, Error> {
    let draft = known::known(tx).await?.resolved(request.draft());
    let mut errors = FieldErrors::default();
    check_name(tx, None, &draft.name, &mut errors).await?;
    errors.into_result()?;
    let row = insert(tx, &draft.name, (Some(actor), Some(stored(&draft)?))).await?;
    let object = ("rule", Some(row.id.0));
    audit::record(tx, Some(actor), Action::RuleAdd, object, json!({})).await?;
    view(row)
}

/// Keeps the draft of a rule, finished or not.
///
/// # Errors
/// [`Code::Changed`] when somebody else changed it meanwhile; [`Error::Invalid`]; [`Error::NotFound`].
pub async fn save(tx: &TenantTx, id: RuleId, request: RuleRequest) -> Result<RuleView, Error> {
    let mut errors = FieldErrors::default();
    let expected = (request.expected_version).whole("expectedVersion", &mut errors);
    let held = row(tx, id).await?;
    let draft = known::known(tx).await?.resolved(request.draft());
    check_name(tx, Some(id), &draft.name, &mut errors).await?;
    if draft.conditions.len() > 50 || draft.actions.len() > 50 {
        errors.add_with("conditions", "too_many", "max", 50);
    }
    let (Some(expected), true) = (expected, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let value = stored(&draft)?;
    replace_draft(tx, id, expected, Some(value.clone())).await?;
    view(Model {
        draft: Some(value),
        revision: expected + 1,
        ..held
    })
}

async fn replace_draft(
    tx: &TenantTx,
    id: RuleId,
    expected: i64,
    draft: Option<Value>,
) -> Result<(), Error> {
    let done = tx
        .update::<rule::Entity>()
        .col_expr(Column::Draft, Expr::value(draft))
        .col_expr(Column::Revision, Expr::value(expected + 1))
        .filter(Column::Id.eq(id))
        .filter(Column::Revision.eq(expected))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    Ok(())
}

/// The rule of a draft, or everything that keeps it from being published, each at its place.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn checked(tx: &TenantTx, draft: &RuleDraft) -> Result<Rule, Error> {
    check(&known::known(tx).await?, draft)
}

fn check(known: &Known, draft: &RuleDraft) -> Result<Rule, Error> {
    let rule = draft.parse().map_err(Error::Invalid)?;
    let mut errors = FieldErrors::default();
    known.check(&rule, &mut errors);
    errors.into_result()?;
    Ok(rule)
}

/// How a draft becomes what runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PublishAutomationRuleRequest)]
pub struct PublishRequest {
    /// What changed.
    #[serde(default)]
    #[schema(required = true, example = "Ook voor tips")]
    pub note: String,
    /// The `revision` that was seen.
    #[serde(default)]
    #[schema(value_type = i64, required = true)]
    pub expected_version: Number,
}

/// Publishes the draft of a rule. Whoever publishes it answers for it.
///
/// # Errors
/// [`Error::Invalid`] with every fault at its place; [`Code::Changed`] when somebody else changed the draft meanwhile; [`Error::NotFound`].
pub async fn publish(
    tx: &TenantTx,
    actor: StaffId,
    id: RuleId,
    request: &PublishRequest,
) -> Result<RuleView, Error> {
    let held = row(tx, id).await?;
    let draft = view(held.clone())?.rule;
    let mut errors = FieldErrors::default();
    let expected = (request.expected_version).whole("expectedVersion", &mut errors);
    let note = input::required(clean_line(&request.note), NOTE_MAX, "note", &mut errors);
    check_name(tx, Some(id), &draft.name, &mut errors).await?;
    match checked(tx, &draft).await {
        Err(Error::Invalid(faults)) => errors.extend_beside(faults),
        checked => drop(checked?),
    }
    let (Some(expected), true) = (expected, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    replace_draft(tx, id, expected, None).await?;
    let held = Model {
        revision: expected + 1,
        draft: None,
        ..held
    };
    view(set_live(tx, held, &draft, (Some(actor), note)).await?)
}

async fn set_live(
    tx: &TenantTx,
    held: Model,
    draft: &RuleDraft,
    (actor, note): (Option<StaffId>, String),
) -> Result<Model, Error> {
    let (number, value) = (held.number + 1, stored(draft)?);
    let owner = actor.or(held.owner_id);
    tx.insert(rule_version::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        rule_id: Set(held.id),
        number: Set(number),
        definition: Set(value.clone()),
        note: Set(note),
        author_id: Set(actor),
        published_at: Set(tx.now()),
    })
    .await?;
    tx.update::<rule::Entity>()
        .col_expr(Column::Name, Expr::value(draft.name.as_str()))
        .col_expr(Column::Live, Expr::value(value.clone()))
        .col_expr(Column::Number, Expr::value(number))
        .col_expr(Column::OwnerId, Expr::value(owner))
        .filter(Column::Id.eq(held.id))
        .exec(tx)
        .await?;
    LIVE.invalidate(&tx.tenant());
    let object = ("rule", Some(held.id.0));
    let details = json!({ "version": number });
    audit::record(tx, actor, Action::RulePublish, object, details).await?;
    Ok(Model {
        name: draft.name.clone(),
        live: Some(value),
        number,
        owner_id: owner,
        ..held
    })
}

/// Whether a rule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = SwitchAutomationRuleRequest)]
pub struct SwitchRequest {
    /// Whether it runs.
    pub active: bool,
}

/// Switches a rule on or off. Whoever switches one on that nobody answers for any more answers for it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn switch(
    tx: &TenantTx,
    actor: impl Into<Option<StaffId>>,
    id: RuleId,
    request: SwitchRequest,
) -> Result<RuleView, Error> {
    let (held, actor) = (row(tx, id).await?, actor.into());
    let owner = match held.owner_id {
        Some(owner) => staff::get(tx, owner).await?,
        None => None,
    };
    let owner = match actor.filter(|_| request.active) {
        Some(actor) if owner.is_none_or(|owner| !owner.active) => Some(actor),
        _ => held.owner_id,
    };
    tx.update::<rule::Entity>()
        .col_expr(Column::Active, Expr::value(request.active))
        .col_expr(Column::OwnerId, Expr::value(owner))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    LIVE.invalidate(&tx.tenant());
    let object = ("rule", Some(id.0));
    let details = json!({ "active": request.active });
    audit::record(tx, actor, Action::RuleSwitch, object, details).await?;
    view(Model {
        active: request.active,
        owner_id: owner,
        ..held
    })
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AutomationRuleVersion)]
pub struct RuleVersion {
    /// Counted from 1.
    pub number: i64,
    /// What changed.
    pub note: String,
    /// Who published it.
    #[serde(skip)]
    pub author: Option<StaffId>,
    /// When, in UTC.
    pub published_at: DateTime<Utc>,
    /// Event, conditions and actions.
    pub rule: RuleDraft,
}

/// The versions of a rule, newest first.
pub async fn versions(
    tx: &TenantTx,
    id: RuleId,
    limit: Option<u64>,
) -> Result<Vec<RuleVersion>, Error> {
    let rows = tx
        .find::<rule_version::Entity>()
        .filter(rule_version::Column::RuleId.eq(id))
        .order_by_desc(rule_version::Column::Number)
        .limit(limit)
        .all(tx)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(RuleVersion {
                number: row.number,
                note: row.note,
                author: row.author_id,
                published_at: row.published_at,
                rule: read(row.definition)?,
            })
        })
        .collect()
}

/// That a rule ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AutomationRuleRun)]
pub struct Run {
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// What set it off.
    pub event: Event,
    /// Number of the version that ran.
    pub version: i64,
    /// Whether something of it could not be done.
    pub failed: bool,
    /// Reference of the message, for who may see it.
    pub reference: Option<String>,
}

/// What a rule did, newest first.
pub async fn runs(
    tx: &TenantTx,
    viewer: Option<Viewer>,
    id: RuleId,
    limit: Option<u64>,
) -> Result<Vec<Run>, Error> {
    let rows = tx
        .find::<rule_run::Entity>()
        .filter(rule_run::Column::RuleId.eq(id))
        .order_by_desc(rule_run::Column::At)
        .order_by_desc(rule_run::Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    let seen = match viewer {
        Some(viewer) if !rows.is_empty() => {
            cases::seen_by_ids(tx, viewer, rows.iter().map(|row| row.case_id)).await?
        }
        _ => Vec::new(),
    };
    let runs = rows.into_iter().map(|row| Run {
        at: row.at,
        event: row.event,
        version: row.number,
        failed: row.failed,
        reference: (seen.iter().find(|case| case.id == row.case_id))
            .map(|case| case.reference.clone()),
    });
    Ok(runs.collect())
}

/// The rules that run, with the names of teams: as another municipality can read them.
pub(crate) async fn in_use(tx: &TenantTx) -> Result<Vec<RuleDraft>, Error> {
    let known = known::known(tx).await?;
    let rows = running(tx).await?.into_iter();
    let mut drafts = rows
        .filter_map(|row| row.live)
        .map(|live| Ok(known.named(read(live)?)))
        .collect::<Result<Vec<_>, Error>>()?;
    drafts.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(drafts)
}

async fn by_name(tx: &TenantTx, name: &str) -> Result<Option<Model>, Error> {
    let rows = tx.find::<rule::Entity>().all(tx).await?.into_iter();
    let lower = name.to_lowercase();
    let mut same = rows.filter(|row| row.name.to_lowercase() == lower);
    Ok(same.next())
}

/// Publishes a rule that was made elsewhere, under its name, and switches it on. A draft that is worked on here stays.
///
/// # Errors
/// [`Error::Invalid`] with every fault at its place.
pub(crate) async fn put_live(
    tx: &TenantTx,
    actor: Option<StaffId>,
    draft: RuleDraft,
    note: &str,
) -> Result<(), Error> {
    let known = known::known(tx).await?;
    let draft = known.resolved(draft);
    check(&known, &draft)?;
    let held = match by_name(tx, &draft.name).await? {
        Some(held) => held,
        None => insert(tx, &draft.name, (actor, None)).await?,
    };
    if held.live.as_ref() != Some(&stored(&draft)?) {
        set_live(tx, held.clone(), &draft, (actor, note.to_owned())).await?;
    }
    if !held.active {
        switch(tx, actor, held.id, SwitchRequest { active: true }).await?;
    }
    Ok(())
}

/// Switches off a rule by its name.
pub(crate) async fn switch_off(
    tx: &TenantTx,
    actor: Option<StaffId>,
    name: &str,
) -> Result<(), Error> {
    if let Some(held) = by_name(tx, name).await? {
        switch(tx, actor, held.id, SwitchRequest { active: false }).await?;
    }
    Ok(())
}
