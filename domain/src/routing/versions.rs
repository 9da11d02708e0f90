//! The draft of the list, its versions, and the decision for a message that comes in. A version never changes, so what was read once stays right.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantId, TenantTx};
use utoipa::ToSchema;

use super::{
    Decision, Facts, KnownCategory, KnownPlaces, RoutingDraft, RoutingTable, RoutingVersionId,
    RuleDraft, checks,
    entity::{
        routing_draft,
        routing_version::{self, Column, Model},
    },
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{
        label_parts,
        record::{self, Columns, Row},
    },
    input::{self, Number},
    teams::TeamId,
    text::clean_line,
};

/// Longest note, in characters.
const NOTE_MAX: usize = 500;
/// Most bytes of a draft.
const DRAFT_BYTES_MAX: usize = 128 * 1024;

static PARSED: LazyLock<Cache<(TenantId, RoutingVersionId), Arc<RoutingTable>>> =
    LazyLock::new(|| Cache::new(1_000));

fn draft_of(row: Model) -> Result<RoutingDraft, Error> {
    RoutingDraft::deserialize(row.definition).map_err(Error::bug)
}

/// A published list of rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoutingVersion {
    /// Counted from 1; the highest holds.
    pub number: i64,
    /// What changed.
    pub note: String,
    /// Who published it.
    #[serde(skip)]
    pub author: Option<StaffId>,
    /// When, in UTC.
    pub published_at: DateTime<Utc>,
    /// The rules.
    pub routing: RoutingDraft,
}

fn version(row: Model) -> Result<RoutingVersion, Error> {
    Ok(RoutingVersion {
        number: row.number,
        note: row.note.clone(),
        author: row.author_id,
        published_at: row.published_at,
        routing: draft_of(row)?,
    })
}

/// The versions of the list, newest first.
pub async fn versions(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<RoutingVersion>, Error> {
    let rows = tx
        .find::<routing_version::Entity>()
        .order_by_desc(Column::Number)
        .limit(limit)
        .all(tx)
        .await?;
    rows.into_iter().map(version).collect()
}

/// The list of rules as it is worked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoutingView {
    /// What is worked on: the draft, or else what holds.
    pub routing: RoutingDraft,
    /// Counts changes of the draft; has to be sent with a change.
    pub revision: i64,
    /// Whether it differs from what holds.
    pub has_draft: bool,
    /// Number of the version that new messages go by; none when only their category counts.
    pub live: Option<i64>,
}

async fn draft_row(tx: &TenantTx) -> Result<Option<routing_draft::Model>, Error> {
    Ok(tx.find::<routing_draft::Entity>().one(tx).await?)
}

/// The list of rules as it is worked on. Two statements.
pub async fn view(tx: &TenantTx) -> Result<RoutingView, Error> {
    let newest = versions(tx, Some(1)).await?.into_iter().next();
    let live = newest.as_ref().map(|version| version.number);
    let holds = newest.map(|version| version.routing).unwrap_or_default();
    let Some(row) = draft_row(tx).await? else {
        return Ok(RoutingView {
            routing: holds,
            revision: 0,
            has_draft: false,
            live,
        });
    };
    let routing = RoutingDraft::deserialize(row.definition).map_err(Error::bug)?;
    Ok(RoutingView {
        has_draft: routing != holds,
        routing,
        revision: row.revision,
        live,
    })
}

/// Rules to work on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RoutingRequest {
    /// The rules; the first that fits decides.
    #[serde(default)]
    pub rules: Vec<RuleDraft>,
    /// The team for what no rule and no category gives one; nobody's when this is left out.
    #[schema(value_type = Option<TeamId>)]
    #[serde(default)]
    pub default_team_id: String,
    /// The `revision` that was seen.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub expected_version: Number,
}

impl RoutingRequest {
    /// The rules in the order that was asked for.
    #[must_use]
    pub fn draft(self) -> RoutingDraft {
        let draft = RoutingDraft {
            rules: self.rules,
            default_team_id: self.default_team_id,
        };
        draft.tidy()
    }
}

/// Keeps the draft of the list, finished or not.
///
/// # Errors
/// [`Code::Changed`] when somebody else changed it meanwhile; [`Error::Invalid`] when it is far too large.
pub async fn save_draft(tx: &TenantTx, request: RoutingRequest) -> Result<RoutingView, Error> {
    let mut errors = FieldErrors::default();
    let expected = (request.expected_version).whole("expectedVersion", &mut errors);
    let routing = request.draft();
    let definition = serde_json::to_value(&routing).map_err(Error::bug)?;
    if definition.to_string().len() > DRAFT_BYTES_MAX {
        errors.add_with("rules", "too_long", "max", DRAFT_BYTES_MAX);
    }
    let (Some(expected), true) = (expected, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    keep(tx, expected, definition).await?;
    let newest = versions(tx, Some(1)).await?.into_iter().next();
    Ok(RoutingView {
        has_draft: newest.as_ref().map(|version| &version.routing) != Some(&routing),
        routing,
        revision: expected + 1,
        live: newest.map(|version| version.number),
    })
}

/// Keeps a draft over the one that was seen.
pub(super) async fn keep(
    tx: &TenantTx,
    expected: i64,
    definition: serde_json::Value,
) -> Result<(), Error> {
    let done = tx
        .update::<routing_draft::Entity>()
        .col_expr(
            routing_draft::Column::Definition,
            Expr::value(definition.clone()),
        )
        .col_expr(routing_draft::Column::Revision, Expr::value(expected + 1))
        .filter(routing_draft::Column::Revision.eq(expected))
        .exec(tx)
        .await?;
    if done.rows_affected > 0 {
        return Ok(());
    }
    if expected != 0 {
        return Err(Error::refused(Code::Changed));
    }
    let row = routing_draft::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        number: Set(1),
        definition: Set(definition),
        revision: Set(1),
    };
    tx.insert(row).await.map_err(|error| {
        if error.is_duplicate() {
            Error::refused(Code::Changed)
        } else {
            error.into()
        }
    })?;
    Ok(())
}

/// How the draft becomes the list that new messages go by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PublishRoutingRequest)]
pub struct PublishRequest {
    /// What changed.
    #[schema(required = true, example = "Grofvuil gaat naar Afval")]
    #[serde(default)]
    pub note: String,
    /// The `revision` that was seen.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub expected_version: Number,
}

/// Publishes the draft of the list. New messages go by it; those that came in stay where they are.
///
/// # Errors
/// [`Error::Invalid`] with every fault at its place; [`Code::Changed`] when somebody else changed the draft meanwhile.
pub async fn publish(
    tx: &TenantTx,
    actor: StaffId,
    request: &PublishRequest,
) -> Result<RoutingVersion, Error> {
    let shown = view(tx).await?;
    let mut errors = FieldErrors::default();
    let expected: Option<i64> = (request.expected_version).whole("expectedVersion", &mut errors);
    let note = input::required(clean_line(&request.note), NOTE_MAX, "note", &mut errors);
    match checks::checked(tx, &shown.routing).await {
        Ok(_) => {}
        Err(Error::Invalid(faults)) => errors.extend(faults),
        Err(error) => return Err(error),
    }
    errors.into_result()?;
    let definition = serde_json::to_value(&shown.routing).map_err(Error::bug)?;
    keep(tx, expected.unwrap_or_default(), definition).await?;
    let number = shown.live.unwrap_or_default() + 1;
    go_live(tx, number, &shown.routing, (Some(actor), note)).await
}

/// Makes a list the one that new messages go by.
pub(super) async fn go_live(
    tx: &TenantTx,
    number: i64,
    routing: &RoutingDraft,
    (actor, note): (Option<StaffId>, String),
) -> Result<RoutingVersion, Error> {
    let row = routing_version::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        number: Set(number),
        definition: Set(serde_json::to_value(routing).map_err(Error::bug)?),
        note: Set(note),
        author_id: Set(actor),
        published_at: Set(tx.now()),
    };
    let published = tx.insert(row).await?;
    let object = ("routing", Some(published.id.0));
    let details = json!({ "version": published.number, "rules": routing.rules.len() });
    audit::record(tx, actor, Action::RoutingPublish, object, details).await?;
    version(published)
}

/// The version that holds, without its rules, as a part of one statement.
fn head_part(tx: &TenantTx) -> SelectStatement {
    let newest = tx
        .find::<routing_version::Entity>()
        .select_only()
        .expr(Expr::col(Column::Number).max())
        .into_query();
    let rows = tx
        .find::<routing_version::Entity>()
        .filter(Column::Number.in_subquery(newest));
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        at: Some(Expr::col(Column::PublishedAt)),
        number: Some(Expr::col(Column::Number)),
        ..Columns::default()
    };
    record::part("routing", rows, columns)
}

/// Adds a row of [`label_parts`], when new messages may get what it is.
pub(super) fn add_known(known: &mut KnownPlaces, row: Row) {
    if row.number != Some(1) {
        return;
    }
    if row.what == "team" {
        known.teams.insert(row.id.into());
    } else {
        let category = KnownCategory {
            team: row.team,
            parent: row.state,
        };
        known.categories.insert(row.word, category);
    }
}

/// The rules of a version.
async fn table_of(tx: &TenantTx, id: RoutingVersionId) -> Result<Arc<RoutingTable>, Error> {
    if let Some(known) = PARSED.get(&(tx.tenant(), id)) {
        return Ok(known);
    }
    let query = tx
        .find::<routing_version::Entity>()
        .filter(Column::Id.eq(id));
    let row = query
        .one(tx)
        .await?
        .ok_or_else(|| Error::bug("a list of rules is gone"))?;
    let table = Arc::new(draft_of(row)?.parse().map_err(Error::bug)?);
    PARSED.insert((tx.tenant(), id), Arc::clone(&table));
    Ok(table)
}

/// The team of the list that holds for what no rule and no category gives one.
pub(crate) async fn default_team(tx: &TenantTx) -> Result<Option<TeamId>, Error> {
    let head = record::read(tx, vec![head_part(tx)])
        .await?
        .into_iter()
        .next();
    match head {
        Some(row) => Ok(table_of(tx, row.id.into()).await?.default_team()),
        None => Ok(None),
    }
}

/// Where a message goes that comes in now. One statement; a second one when this program did not read the version before.
pub(crate) async fn route(tx: &TenantTx, facts: &Facts<'_>) -> Result<Decision, Error> {
    let [teams, categories] = label_parts(tx);
    let mut known = KnownPlaces::default();
    let mut head = None;
    for row in record::read(tx, vec![head_part(tx), teams, categories]).await? {
        if row.what == "routing" {
            head = Some((RoutingVersionId::from(row.id), row.number));
        } else {
            add_known(&mut known, row);
        }
    }
    let Some((id, version)) = head else {
        return Ok(RoutingTable::default().decide(facts, &known));
    };
    let table = table_of(tx, id).await?;
    Ok(Decision {
        version,
        ..table.decide(facts, &known)
    })
}
