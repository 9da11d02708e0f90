//! The draft of a workflow, and its versions. A version never changes, so what was read once stays right.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tenants::{StaffId, TenantId, TenantTx};
use utoipa::ToSchema;

use super::{
    CaseKind, Requirement, Workflow, WorkflowDraft,
    draft::{MoveDraft, StateDraft},
    entity::{
        case_kind,
        workflow_version::{self, Column, Model},
    },
    kinds::{self, row_for_change},
    standing::{self, Mapping},
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, Case, WorkflowId,
        record::{self, Columns, Row},
    },
    forms::{self, Role},
    input::{self, Number},
    teams,
    text::clean_line,
};

/// Longest note, in characters.
const NOTE_MAX: usize = 500;
/// Most bytes of a draft.
const DRAFT_BYTES_MAX: usize = 64 * 1024;

static PARSED: LazyLock<Cache<(TenantId, WorkflowId), Arc<Workflow>>> =
    LazyLock::new(|| Cache::new(10_000));

fn parsed(tenant: TenantId, id: WorkflowId, definition: &Value) -> Result<Arc<Workflow>, Error> {
    if let Some(known) = PARSED.get(&(tenant, id)) {
        return Ok(known);
    }
    let draft = WorkflowDraft::deserialize(definition).map_err(Error::bug)?;
    let workflow = Arc::new(draft.parse().map_err(Error::bug)?);
    PARSED.insert((tenant, id), Arc::clone(&workflow));
    Ok(workflow)
}

/// The workflow of a case, in the version that it goes by; none when it goes the usual way.
pub async fn version_of(tx: &TenantTx, case: &Case) -> Result<Option<Arc<Workflow>>, Error> {
    let Some(id) = case.workflow_version_id else {
        return Ok(None);
    };
    if let Some(known) = PARSED.get(&(tx.tenant(), id)) {
        return Ok(Some(known));
    }
    let query = tx
        .find::<workflow_version::Entity>()
        .filter(Column::Id.eq(id));
    let row = query
        .one(tx)
        .await?
        .ok_or_else(|| Error::bug("a workflow is gone"))?;
    parsed(tx.tenant(), id, &row.definition).map(Some)
}

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowVersion {
    /// Id, which messages that go by it name as `workflowVersionId`.
    pub id: WorkflowId,
    /// Counted from 1.
    pub number: i64,
    /// What changed.
    pub note: String,
    /// Who published it.
    #[serde(skip)]
    pub author: Option<StaffId>,
    /// When, in UTC.
    pub published_at: DateTime<Utc>,
    /// States and moves.
    pub workflow: WorkflowDraft,
}

fn version(row: Model) -> Result<WorkflowVersion, Error> {
    Ok(WorkflowVersion {
        id: row.id,
        number: row.number,
        note: row.note,
        author: row.author_id,
        published_at: row.published_at,
        workflow: WorkflowDraft::deserialize(row.definition).map_err(Error::bug)?,
    })
}

async fn rows(tx: &TenantTx, code: &str, limit: Option<u64>) -> Result<Vec<Model>, Error> {
    let query = tx
        .find::<workflow_version::Entity>()
        .filter(Column::KindCode.eq(code));
    Ok(query
        .order_by_desc(Column::Number)
        .limit(limit)
        .all(tx)
        .await?)
}

/// The versions of the workflow of a kind, newest first.
pub async fn versions(
    tx: &TenantTx,
    code: &str,
    limit: Option<u64>,
) -> Result<Vec<WorkflowVersion>, Error> {
    rows(tx, code, limit)
        .await?
        .into_iter()
        .map(version)
        .collect()
}

/// The kinds that are used, and of those that go another way than the usual one what new messages get, by code.
pub(crate) async fn in_use(
    tx: &TenantTx,
) -> Result<(Vec<CaseKind>, Vec<(String, WorkflowDraft)>), Error> {
    let mut used = kinds::kinds(tx, None).await?;
    used.retain(|kind| kind.active);
    let rows = tx
        .find::<workflow_version::Entity>()
        .filter(Column::Id.in_subquery(live_ids(tx)))
        .order_by_asc(Column::KindCode)
        .all(tx)
        .await?;
    let mut workflows = Vec::new();
    for row in rows {
        if used.iter().any(|kind| kind.code == row.kind_code) {
            let workflow = WorkflowDraft::deserialize(row.definition).map_err(Error::bug)?;
            workflows.push((row.kind_code, workflow));
        }
    }
    Ok((used, workflows))
}

/// The versions that new messages get, for another query.
fn live_ids(tx: &TenantTx) -> SelectStatement {
    tx.find::<case_kind::Entity>()
        .select_only()
        .column(case_kind::Column::VersionId)
        .filter(case_kind::Column::VersionId.is_not_null())
        .into_query()
}

/// All workflows that messages of a kind go by.
pub(super) async fn all_of(tx: &TenantTx, code: &str) -> Result<Vec<Arc<Workflow>>, Error> {
    let rows = rows(tx, code, None).await?;
    rows.iter()
        .map(|row| parsed(tx.tenant(), row.id, &row.definition))
        .collect()
}

/// The workflow of a kind as it is worked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowView {
    /// Of which kind.
    pub kind: CaseKind,
    /// What is worked on: the draft, or else what holds, or else a beginning.
    pub workflow: WorkflowDraft,
    /// Counts changes of the draft; has to be sent with a change.
    pub revision: i64,
    /// Number of the version that new messages get; none for the usual way.
    pub live: Option<i64>,
}

/// The workflow of a kind as it is worked on.
///
/// # Errors
/// [`Error::NotFound`] for a kind that is not there.
pub async fn view(tx: &TenantTx, code: &str) -> Result<WorkflowView, Error> {
    let row = kinds::row(tx, code).await?;
    let kind = match &row {
        Some(row) => row.clone().into(),
        None => kinds::kind(tx, code).await?,
    };
    let newest = versions(tx, code, Some(1)).await?.into_iter().next();
    let live = newest.as_ref().map(|version| version.number);
    let draft = row.as_ref().and_then(|row| row.draft.clone());
    let workflow = match (draft, newest) {
        (Some(draft), _) => WorkflowDraft::deserialize(draft).map_err(Error::bug)?,
        (None, Some(newest)) => newest.workflow,
        (None, None) => WorkflowDraft::beginning(),
    };
    Ok(WorkflowView {
        kind,
        workflow,
        revision: row.map_or(0, |row| row.revision),
        live,
    })
}

/// States and moves to work on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = WorkflowDraftRequest)]
pub struct DraftRequest {
    /// The states, in the order in which staff see them.
    #[serde(default)]
    pub states: Vec<StateDraft>,
    /// The moves.
    #[serde(default)]
    pub moves: Vec<MoveDraft>,
    /// The `revision` that was seen.
    #[serde(default)]
    #[schema(value_type = i64, required = true)]
    pub expected_version: Number,
}

/// Keeps the draft of a workflow, finished or not.
///
/// # Errors
/// [`Code::Changed`] when somebody else changed it meanwhile; [`Error::Invalid`] when it is far too large; [`Error::NotFound`].
pub async fn save_draft(
    tx: &TenantTx,
    code: &str,
    request: DraftRequest,
) -> Result<WorkflowView, Error> {
    let mut errors = FieldErrors::default();
    let expected = request
        .expected_version
        .whole("expectedVersion", &mut errors);
    let workflow = WorkflowDraft {
        states: request.states,
        moves: request.moves,
    };
    let workflow = workflow.tidy();
    let draft = serde_json::to_value(&workflow).map_err(Error::bug)?;
    if draft.to_string().len() > DRAFT_BYTES_MAX {
        errors.add_with("states", "too_long", "max", DRAFT_BYTES_MAX);
    }
    let (Some(expected), true) = (expected, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let row = row_for_change(tx, code).await?;
    replace_draft(tx, &row, expected, Some(draft)).await?;
    let live = versions(tx, code, Some(1))
        .await?
        .first()
        .map(|version| version.number);
    Ok(WorkflowView {
        kind: CaseKind {
            has_draft: true,
            ..row.into()
        },
        workflow,
        revision: expected + 1,
        live,
    })
}

async fn replace_draft(
    tx: &TenantTx,
    row: &case_kind::Model,
    expected: i64,
    draft: Option<Value>,
) -> Result<(), Error> {
    let done = tx
        .update::<case_kind::Entity>()
        .col_expr(case_kind::Column::Draft, Expr::value(draft))
        .col_expr(case_kind::Column::Revision, Expr::value(expected + 1))
        .filter(case_kind::Column::Id.eq(row.id))
        .filter(case_kind::Column::Revision.eq(expected))
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    Ok(())
}

/// What a draft lacks that only the municipality knows: a move asks for something that nobody can give.
async fn missing(tx: &TenantTx, workflow: &Workflow) -> Result<FieldErrors, Error> {
    let mut errors = FieldErrors::default();
    for (what, code) in [
        (Requirement::Category, "no_category_to_give"),
        (Requirement::Team, "no_team_to_give"),
        (Requirement::Story, "no_form_asks_story"),
    ] {
        let moves = workflow.moves().iter().enumerate();
        let asking: Vec<usize> = moves
            .filter(|(_, one)| one.required.contains(&what))
            .map(|(number, _)| number)
            .collect();
        if asking.is_empty() {
            continue;
        }
        let can_be_given = match what {
            Requirement::Category => cases::categories(tx, None)
                .await?
                .iter()
                .any(|category| category.active),
            Requirement::Team => teams::teams(tx, None).await?.iter().any(|team| team.active),
            _ => {
                let forms = forms::list(tx, None).await?;
                forms
                    .iter()
                    .any(|form| form.form.with_role(Role::CaseStory).is_some())
            }
        };
        if !can_be_given {
            for number in asking {
                errors.add(&format!("moves.{number}.required"), code);
            }
        }
    }
    Ok(errors)
}

/// The workflow of a draft, or everything that keeps it from being published, each at its place.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn checked(tx: &TenantTx, draft: &WorkflowDraft) -> Result<Workflow, Error> {
    let workflow = draft.parse().map_err(Error::Invalid)?;
    missing(tx, &workflow).await?.into_result()?;
    Ok(workflow)
}

/// How a draft becomes the version that new messages get.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PublishWorkflowRequest)]
pub struct PublishRequest {
    /// What changed.
    #[serde(default)]
    #[schema(required = true, example = "Wachten op inwoner erbij")]
    pub note: String,
    /// The `revision` that was seen.
    #[serde(default)]
    #[schema(value_type = i64, required = true)]
    pub expected_version: Number,
    /// Whether open messages go on by the new version; otherwise they keep theirs.
    #[serde(default)]
    pub move_along: bool,
    /// Where open messages go, by the state they stand in; what is not named goes to the state of the same code or meaning.
    #[serde(default)]
    pub mapping: Vec<Mapping>,
}

/// Publishes the draft of a workflow.
///
/// # Errors
/// [`Error::Invalid`] with every fault at its place; [`Code::Changed`] when somebody else changed the draft meanwhile; [`Error::NotFound`].
pub async fn publish(
    tx: &TenantTx,
    actor: StaffId,
    code: &str,
    request: &PublishRequest,
) -> Result<WorkflowVersion, Error> {
    let shown = view(tx, code).await?;
    let row = row_for_change(tx, code).await?;
    let mut errors = FieldErrors::default();
    let expected = request
        .expected_version
        .whole("expectedVersion", &mut errors);
    let note = input::required(clean_line(&request.note), NOTE_MAX, "note", &mut errors);
    let workflow = match checked(tx, &shown.workflow).await {
        Ok(workflow) => Some(workflow),
        Err(Error::Invalid(faults)) => {
            errors.extend(faults);
            None
        }
        Err(error) => return Err(error),
    };
    let (Some(workflow), Some(expected), true) = (workflow, expected, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    replace_draft(tx, &row, expected, None).await?;
    let published = insert(tx, &row, (&shown, &workflow), note, Some(actor)).await?;
    let moved = if request.move_along {
        let target = (code, published.id);
        standing::move_along(tx, actor, target, &workflow, &request.mapping).await?
    } else {
        0
    };
    let object = ("caseKind", Some(row.id.0));
    let details = json!({ "code": code, "version": published.number, "moved": moved });
    audit::record(tx, Some(actor), Action::WorkflowPublish, object, details).await?;
    version(published)
}

/// Writes a version down, and gives it to new messages.
async fn insert(
    tx: &TenantTx,
    row: &case_kind::Model,
    (shown, workflow): (&WorkflowView, &Workflow),
    note: String,
    author: Option<StaffId>,
) -> Result<Model, Error> {
    let id: WorkflowId = tx.new_id();
    let version_row = workflow_version::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        kind_code: Set(row.code.clone()),
        number: Set(shown.live.unwrap_or_default() + 1),
        definition: Set(serde_json::to_value(&shown.workflow).map_err(Error::bug)?),
        note: Set(note),
        author_id: Set(author),
        published_at: Set(tx.now()),
    };
    let published = tx.insert(version_row).await?;
    tx.update::<case_kind::Entity>()
        .col_expr(case_kind::Column::VersionId, Expr::value(id))
        .col_expr(case_kind::Column::StartState, Expr::value(workflow.start()))
        .filter(case_kind::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    Ok(published)
}

/// Publishes a workflow that was made elsewhere. A draft that is worked on here stays, and open messages keep their version.
///
/// # Errors
/// [`Error::Invalid`] with every fault at its place; [`Error::NotFound`].
pub(crate) async fn put_live(
    tx: &TenantTx,
    actor: Option<StaffId>,
    code: &str,
    workflow: WorkflowDraft,
    note: &str,
) -> Result<(), Error> {
    let works = checked(tx, &workflow).await?;
    let shown = WorkflowView {
        workflow,
        ..view(tx, code).await?
    };
    let row = row_for_change(tx, code).await?;
    let published = insert(tx, &row, (&shown, &works), note.to_owned(), actor).await?;
    let object = ("caseKind", Some(row.id.0));
    let details = json!({ "code": code, "version": published.number, "moved": 0 });
    audit::record(tx, actor, Action::WorkflowPublish, object, details).await
}

/// The version of a case, as a part of its record.
pub(crate) fn workflow_part(tx: &TenantTx, case: &Case) -> Option<SelectStatement> {
    let id = case.workflow_version_id?;
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        at: Some(Expr::col(Column::PublishedAt)),
        json: Some(Expr::col(Column::Definition).cast_as("text")),
        ..Columns::default()
    };
    let rows = tx
        .find::<workflow_version::Entity>()
        .filter(Column::Id.eq(id));
    Some(record::part("workflow", rows, columns))
}

/// The workflow of a row of [`workflow_part`].
pub(crate) fn workflow_of_row(tx: &TenantTx, row: &Row) -> Result<Arc<Workflow>, Error> {
    parsed(tx.tenant(), row.id.into(), &row.json)
}

/// The definitions that new messages get, for another room's query ([`tenants::staff::named`]).
pub(crate) fn workflows_named(tx: &TenantTx) -> SelectStatement {
    tx.find::<workflow_version::Entity>()
        .select_only()
        .expr_as(Expr::value("workflow"), "list")
        .column(Column::Id)
        .expr_as(Expr::col(Column::KindCode), "label")
        .expr_as(Expr::value(""), "other")
        .expr_as(Expr::col(Column::Definition).cast_as("text"), "word")
        .expr_as(Expr::value(true), "active")
        .filter(Column::Id.in_subquery(live_ids(tx)))
        .into_query()
}
