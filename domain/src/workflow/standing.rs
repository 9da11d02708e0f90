//! Where messages of a kind stand: what a new version would do with them, and taking them along.

use std::{collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use super::{Label, Phase, State, Workflow, WorkflowDraft, kinds::cases_of, versions::all_of};
use crate::{
    Error, FieldErrors,
    cases::{
        self, CaseId, CaseStatus, EventKind, WorkflowId,
        entity::{
            case_event,
            case_file::{self, Column},
        },
    },
};

/// How far a trial looks back.
const MONTH: TimeDelta = TimeDelta::days(31);

/// So many messages stand in a state, and what becomes of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Code of the state they stand in now.
    pub from: String,
    /// Its name in Dutch.
    pub label_nl: String,
    /// Its name in English.
    pub label_en: String,
    /// What it means.
    pub phase: Phase,
    /// How many.
    pub count: i64,
    /// Code of the state they would go to: of the same code, or else of the same meaning. None when there is none.
    pub to: Option<String>,
}

/// So many moves that were made, and whether they could be made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TrialMove {
    /// Code of the state they began in.
    pub from: String,
    /// Code of the state they led to.
    pub to: String,
    /// How many.
    pub count: i64,
    /// Whether the draft allows it.
    pub allowed: bool,
}

/// What a draft would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WorkflowTrial)]
pub struct Trials {
    /// Open messages, by the state they stand in.
    pub open: Vec<Standing>,
    /// Messages that came in in the last 31 days, by the state they stand in.
    pub month: Vec<Standing>,
    /// Moves that were made in the last 31 days.
    pub moves: Vec<TrialMove>,
}

/// Where open messages in a state go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = WorkflowMapping)]
pub struct Mapping {
    /// Code of the state they stand in.
    #[serde(default)]
    pub from: String,
    /// Code of the state they go to.
    #[serde(default)]
    pub to: String,
}

/// The state of a message that goes the usual way.
fn usual_state(status: CaseStatus) -> &'static str {
    match status {
        CaseStatus::New => "new",
        CaseStatus::InProgress => "inHandling",
        CaseStatus::Closed | CaseStatus::Merged => "closed",
    }
}

/// Every state that messages of a kind can stand in; a newer version counts before an older one.
async fn known_states(tx: &TenantTx, code: &str) -> Result<BTreeMap<String, State>, Error> {
    let usual = WorkflowDraft::beginning().parse().map_err(Error::bug)?;
    let mut all = all_of(tx, code).await?;
    all.push(Arc::new(usual));
    let mut known = BTreeMap::new();
    for workflow in all {
        for state in workflow.states() {
            known
                .entry(state.code.clone())
                .or_insert_with(|| state.clone());
        }
    }
    Ok(known)
}

async fn standings(
    tx: &TenantTx,
    code: &str,
    which: sea_orm::Condition,
    (known, draft): (&BTreeMap<String, State>, &Workflow),
) -> Result<Vec<Standing>, Error> {
    let rows: Vec<(Option<String>, CaseStatus, i64)> = tx
        .find::<case_file::Entity>()
        .select_only()
        .column(Column::State)
        .column(Column::Status)
        .column_as(Column::Id.count(), "number")
        .filter(cases_of(code))
        .filter(which)
        .filter(Column::Status.ne(CaseStatus::Merged))
        .group_by(Column::State)
        .group_by(Column::Status)
        .into_tuple()
        .all(tx)
        .await?;
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for (state, status, count) in rows {
        let state = state.unwrap_or_else(|| usual_state(status).to_owned());
        *counts.entry(state).or_default() += count;
    }
    let standing = |(from, count): (String, i64)| {
        let state = known.get(&from);
        let label = state.map_or_else(
            || Label {
                nl: from.clone(),
                en: from.clone(),
            },
            |state| state.label.clone(),
        );
        Standing {
            to: draft
                .like(&from, state.map(|state| state.phase))
                .map(|state| state.code.clone()),
            label_nl: label.nl,
            label_en: label.en,
            phase: state.map_or(Phase::InHandling, |state| state.phase),
            count,
            from,
        }
    };
    Ok(counts.into_iter().map(standing).collect())
}

fn word(details: &Value, key: &str) -> Option<String> {
    let word = details.get(key).and_then(Value::as_str);
    word.map(str::to_owned)
}

/// What a workflow would do with the messages of a kind; nothing is stored. Five statements, whatever the number of messages.
pub async fn trial(tx: &TenantTx, code: &str, draft: &Workflow) -> Result<Trials, Error> {
    let known = known_states(tx, code).await?;
    let since = tx.now() - MONTH;
    let open = sea_orm::Condition::all().add(Column::Status.is_in(CaseStatus::OPEN));
    let month = sea_orm::Condition::all().add(Column::ReceivedAt.gte(since));
    let of_kind = tx
        .find::<case_file::Entity>()
        .select_only()
        .column(Column::Id)
        .filter(cases_of(code))
        .into_query();
    let events: Vec<(EventKind, Value)> = tx
        .find::<case_event::Entity>()
        .select_only()
        .column(case_event::Column::Kind)
        .column(case_event::Column::Details)
        .filter(case_event::Column::Kind.is_in([EventKind::StateMoved, EventKind::Closed]))
        .filter(case_event::Column::At.gte(since))
        .filter(case_event::Column::CaseId.in_subquery(of_kind))
        .into_tuple()
        .all(tx)
        .await?;
    let mut made: BTreeMap<(String, String), i64> = BTreeMap::new();
    for (kind, details) in events {
        let closes = kind == EventKind::Closed;
        // What was closed in the usual way was in handling before.
        let usual = |word: &str| closes.then(|| word.to_owned());
        let from = word(&details, "from").or_else(|| usual("inHandling"));
        let to = word(&details, "to").or_else(|| usual("closed"));
        if let (Some(from), Some(to)) = (from, to) {
            *made.entry((from, to)).or_default() += 1;
        }
    }
    let target = |code: &str| {
        let state = draft.like(code, known.get(code).map(|state| state.phase));
        state.map(|state| state.code.as_str())
    };
    let moves = made.into_iter().map(|((from, to), count)| TrialMove {
        allowed: match (target(&from), target(&to)) {
            (Some(from), Some(to)) => from == to || draft.move_between(from, to).is_some(),
            _ => false,
        },
        from,
        to,
        count,
    });
    Ok(Trials {
        open: standings(tx, code, open, (&known, draft)).await?,
        month: standings(tx, code, month, (&known, draft)).await?,
        moves: moves.collect(),
    })
}

/// Takes the open messages of a kind along to a version, and gives back how many there were.
pub(super) async fn move_along(
    tx: &TenantTx,
    actor: StaffId,
    (code, version): (&str, WorkflowId),
    workflow: &Workflow,
    mapping: &[Mapping],
) -> Result<usize, Error> {
    let known = known_states(tx, code).await?;
    let open = sea_orm::Condition::all().add(Column::Status.is_in(CaseStatus::OPEN));
    let standings = standings(tx, code, open, (&known, workflow)).await?;
    let mut errors = FieldErrors::default();
    let mut ways = Vec::new();
    for (number, standing) in standings.iter().enumerate() {
        let named = mapping.iter().position(|one| one.from == standing.from);
        let place = format!("mapping.{}.to", named.unwrap_or(number));
        let wanted = named
            .and_then(|place| mapping.get(place))
            .map(|one| one.to.as_str());
        let to = wanted
            .or(standing.to.as_deref())
            .and_then(|to| workflow.state(to));
        match to {
            None => errors.add_with(&place, "mapping_missing", "state", &standing.label_nl),
            Some(to) if to.phase.is_end() => {
                errors.add_with(&place, "mapping_closes", "state", &standing.label_nl);
            }
            Some(to) => ways.push((standing, to)),
        }
    }
    errors.into_result()?;
    let mut moved = Vec::new();
    for (standing, to) in ways {
        let usual = CaseStatus::OPEN
            .into_iter()
            .filter(|status| usual_state(*status) == standing.from);
        let stands = Column::State
            .eq(standing.from.as_str())
            .or(Column::State.is_null().and(Column::Status.is_in(usual)));
        let ids: Vec<CaseId> = tx
            .find::<case_file::Entity>()
            .select_only()
            .column(Column::Id)
            .filter(cases_of(code))
            .filter(Column::Status.is_in(CaseStatus::OPEN))
            .filter(stands)
            .into_tuple()
            .all(tx)
            .await?;
        moved.extend(ids.into_iter().map(|id| (id, standing, to)));
    }
    // All were read before one is changed: a message that was moved must not be moved again from where it then stands.
    let mut by_target: BTreeMap<&str, Vec<CaseId>> = BTreeMap::new();
    for (id, _, to) in &moved {
        by_target.entry(&to.code).or_default().push(*id);
    }
    for (to, ids) in by_target {
        for some in ids.chunks(BATCH) {
            tx.update::<case_file::Entity>()
                .col_expr(Column::WorkflowVersionId, Expr::value(version))
                .col_expr(Column::State, Expr::value(to))
                .col_expr(Column::Version, Expr::col(Column::Version).add(1))
                .filter(Column::Id.is_in(some.iter().copied()))
                .exec(tx)
                .await?;
        }
    }
    let told = moved
        .iter()
        .filter(|(_, standing, to)| standing.label_nl != to.label.nl);
    let told = told.map(|(id, standing, to)| {
        let details =
            json!({ "from": standing.from, "to": to.code, "nl": to.label.nl, "en": to.label.en });
        (*id, details)
    });
    let count = moved.len();
    cases::record_events(tx, EventKind::StateMoved, Some(actor), told).await?;
    Ok(count)
}

/// Messages that one statement changes.
const BATCH: usize = 500;
