//! The draft of a rule, its publication and its switch.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tenants::{StaffId, TenantTx, staff};
use utoipa::ToSchema;

use super::{
    Rule, RuleDraft, RuleId,
    entity::{
        rule::{self, Column, Model},
        rule_version,
    },
    known::{self, Known},
    live,
    rule::{ACTIONS_MAX, ActionDraft, CONDITIONS_MAX, ConditionDraft, Event, NAME_MAX},
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    input::{self, Number},
    text::clean_line,
};

/// Most rules of a municipality.
pub(super) const RULES_MAX: usize = 200;
/// Longest note, in characters.
const NOTE_MAX: usize = 500;
/// Most bytes of a draft as it is stored.
const DRAFT_BYTES_MAX: usize = 64 * 1024;
pub(super) fn read(stored: Value) -> Result<RuleDraft, Error> {
    serde_json::from_value(stored).map_err(Error::bug)
}

pub(super) fn stored(draft: &RuleDraft) -> Result<Value, Error> {
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

/// What keeps a draft, finished or not, from being kept.
async fn check_kept(
    tx: &TenantTx,
    besides: Option<RuleId>,
    draft: &RuleDraft,
    errors: &mut FieldErrors,
) -> Result<Value, Error> {
    check_name(tx, besides, &draft.name, errors).await?;
    if draft.conditions.len() > CONDITIONS_MAX {
        errors.add_with("conditions", "too_many", "max", CONDITIONS_MAX);
    }
    if draft.actions.len() > ACTIONS_MAX {
        errors.add_with("actions", "too_many", "max", ACTIONS_MAX);
    }
    let value = stored(draft)?;
    if value.to_string().len() > DRAFT_BYTES_MAX {
        errors.add_with("actions", "too_long", "max", DRAFT_BYTES_MAX);
    }
    Ok(value)
}

async fn check_name(
    tx: &TenantTx,
    besides: Option<RuleId>,
    name: &str,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    let known = rules(tx, None).await?;
    input::required(name.to_owned(), NAME_MAX, "name", errors);
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

pub(super) async fn insert(
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
    let value = check_kept(tx, None, &draft, &mut errors).await?;
    errors.into_result()?;
    let row = insert(tx, &draft.name, (Some(actor), Some(value))).await?;
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
    let value = check_kept(tx, Some(id), &draft, &mut errors).await?;
    let (Some(expected), true) = (expected, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    // Until a version holds, a rule is called as its draft is.
    let name = if held.number == 0 {
        draft.name
    } else {
        held.name.clone()
    };
    replace_draft(tx, id, expected, (&name, Some(value.clone()))).await?;
    view(Model {
        name,
        draft: Some(value),
        revision: expected + 1,
        ..held
    })
}

async fn replace_draft(
    tx: &TenantTx,
    id: RuleId,
    expected: i64,
    (name, draft): (&str, Option<Value>),
) -> Result<(), Error> {
    let done = tx
        .update::<rule::Entity>()
        .col_expr(Column::Name, Expr::value(name))
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

pub(super) fn check(known: &Known, draft: &RuleDraft) -> Result<Rule, Error> {
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
    replace_draft(tx, id, expected, (&held.name, None)).await?;
    let held = Model {
        revision: expected + 1,
        draft: None,
        ..held
    };
    view(set_live(tx, held, &draft, (Some(actor), note)).await?)
}

pub(super) async fn set_live(
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
    live::forget(tx);
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
    live::forget(tx);
    let object = ("rule", Some(id.0));
    let details = json!({ "active": request.active });
    audit::record(tx, actor, Action::RuleSwitch, object, details).await?;
    view(Model {
        active: request.active,
        owner_id: owner,
        ..held
    })
}
