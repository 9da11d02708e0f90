//! Documents and their versions. Only a draft changes; a second person adopts it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use super::{
    BlockChange, BlockDraft, Document, DocumentBlock, DocumentId, DocumentKind, DocumentVersionId,
    FlowProblem, LINE_MAX, RoundState, TEXT_MAX, VersionState, block, compare,
    entity::{
        document::{self, Column},
        document_version::{self, Column as VersionColumn},
        think_round,
    },
    flow_problems,
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    input::{self, Number},
    text::{clean_line, clean_text, read_choice},
};

/// Most versions that are shown.
const SHOWN: u64 = 50;

/// A document as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DocumentRequest {
    /// What it is called.
    #[schema(example = "Terugbellen", required = true)]
    #[serde(default)]
    pub title: String,
    /// What it is; of a new one only.
    #[schema(value_type = Option<DocumentKind>)]
    #[serde(default)]
    pub kind: String,
    /// What changes; needed for a change.
    #[serde(default)]
    pub note: String,
    /// What it says.
    #[serde(default)]
    pub blocks: Vec<BlockDraft>,
    /// The version that was changed; needed for a change only.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub expected_version: Number,
}

/// That the newest version is adopted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = DocumentAdoptRequest)]
pub struct AdoptRequest {
    /// The version of the document that was looked at.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub expected_version: Number,
}

/// A version of a document, for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentVersion {
    /// Id.
    pub id: DocumentVersionId,
    /// Counted from 1.
    pub number: i64,
    /// Where it stands.
    pub state: VersionState,
    /// What changed.
    pub note: String,
    /// Who changed it last.
    pub changed_by: StaffId,
    /// When, in UTC.
    pub changed_at: DateTime<Utc>,
    /// Who adopted it.
    pub adopted_by: Option<StaffId>,
    /// When, in UTC.
    pub adopted_at: Option<DateTime<Utc>>,
    /// What it says, internal blocks too.
    pub blocks: Vec<DocumentBlock>,
}

/// A document with its versions, for staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentDetail {
    /// The document.
    #[serde(flatten)]
    pub document: Document,
    /// Its versions, the newest first.
    pub versions: Vec<DocumentVersion>,
    /// What keeps the newest version from being adopted, if it is a flowchart.
    pub problems: Vec<FlowProblem>,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentLine {
    /// The document.
    #[serde(flatten)]
    pub document: Document,
    /// The number of its newest version.
    pub number: i64,
    /// Where that stands.
    pub state: VersionState,
    /// The number of the version that holds.
    pub adopted: Option<i64>,
}

pub(super) fn read_blocks(stored: serde_json::Value) -> Result<Vec<DocumentBlock>, Error> {
    serde_json::from_value(stored).map_err(Error::bug)
}

fn version(row: document_version::Model) -> Result<DocumentVersion, Error> {
    Ok(DocumentVersion {
        id: row.id,
        number: row.number,
        state: row.state,
        note: row.note,
        changed_by: row.changed_by,
        changed_at: row.changed_at,
        adopted_by: row.adopted_by,
        adopted_at: row.adopted_at,
        blocks: read_blocks(row.blocks)?,
    })
}

/// The documents, what was changed last on top.
pub async fn documents(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<DocumentLine>, Error> {
    let documents = tx
        .find::<document::Entity>()
        .order_by_desc(Column::ChangedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    let versions: Vec<(DocumentId, i64, VersionState)> = tx
        .find::<document_version::Entity>()
        .select_only()
        .column(VersionColumn::DocumentId)
        .column(VersionColumn::Number)
        .column(VersionColumn::State)
        .filter(VersionColumn::DocumentId.is_in(documents.iter().map(|document| document.id)))
        .order_by_asc(VersionColumn::Number)
        .into_tuple()
        .all(tx)
        .await?;
    let line = |document: Document| {
        let own = || versions.iter().filter(|(of, _, _)| *of == document.id);
        let (_, number, state) = own().next_back()?;
        let adopted = own().rfind(|(_, _, state)| *state == VersionState::Adopted);
        Some(DocumentLine {
            number: *number,
            state: *state,
            adopted: adopted.map(|(_, number, _)| *number),
            document,
        })
    };
    Ok(documents.into_iter().filter_map(line).collect())
}

pub(super) async fn get(tx: &TenantTx, id: DocumentId) -> Result<Document, Error> {
    let query = tx.find::<document::Entity>().filter(Column::Id.eq(id));
    query.one(tx).await?.ok_or(Error::NotFound)
}

pub(super) async fn newest(
    tx: &TenantTx,
    id: DocumentId,
) -> Result<document_version::Model, Error> {
    tx.find::<document_version::Entity>()
        .filter(VersionColumn::DocumentId.eq(id))
        .order_by_desc(VersionColumn::Number)
        .one(tx)
        .await?
        .ok_or_else(|| Error::bug("a document without a version"))
}

pub(super) fn problems_of(kind: DocumentKind, blocks: &[DocumentBlock]) -> Vec<FlowProblem> {
    match kind {
        DocumentKind::Flowchart => flow_problems(blocks),
        _ => Vec::new(),
    }
}

/// A document with its versions.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn detail(tx: &TenantTx, id: DocumentId) -> Result<DocumentDetail, Error> {
    let document = get(tx, id).await?;
    let rows = tx
        .find::<document_version::Entity>()
        .filter(VersionColumn::DocumentId.eq(id))
        .order_by_desc(VersionColumn::Number)
        .limit(SHOWN)
        .all(tx)
        .await?;
    let versions: Result<Vec<_>, _> = rows.into_iter().map(version).collect();
    let versions = versions?;
    let newest = versions.first().map(|version| version.blocks.as_slice());
    Ok(DocumentDetail {
        problems: problems_of(document.kind, newest.unwrap_or_default()),
        document,
        versions,
    })
}

/// What differs between two versions of a document, by their numbers.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn comparison(
    tx: &TenantTx,
    id: DocumentId,
    (from, to): (i64, i64),
) -> Result<Vec<BlockChange>, Error> {
    let rows = tx
        .find::<document_version::Entity>()
        .filter(VersionColumn::DocumentId.eq(id))
        .filter(VersionColumn::Number.is_in([from, to]))
        .all(tx)
        .await?;
    let blocks = |number: i64| {
        let row = rows.iter().find(|row| row.number == number);
        read_blocks(row.ok_or(Error::NotFound)?.blocks.clone())
    };
    Ok(compare(&blocks(from)?, &blocks(to)?))
}

fn new_block_id(tx: &TenantTx) -> String {
    // The last digits of an id are random; the first ones are the time.
    let id = tx.new_id::<DocumentVersionId>().0.simple().to_string();
    format!("b{}", id.get(20..).unwrap_or(&id))
}

struct Contents {
    title: String,
    note: String,
    blocks: Vec<DocumentBlock>,
}

fn check(
    tx: &TenantTx,
    kind: Option<DocumentKind>,
    request: &DocumentRequest,
    errors: &mut FieldErrors,
) -> Contents {
    let title = input::required(clean_line(&request.title), LINE_MAX, "title", errors);
    let note = input::optional(clean_text(&request.note), TEXT_MAX, "note", errors);
    let blocks = match kind {
        Some(kind) => block::parse(kind, &request.blocks, || new_block_id(tx), errors),
        None => Vec::new(),
    };
    Contents {
        title,
        note,
        blocks,
    }
}

fn version_row(
    tx: &TenantTx,
    actor: StaffId,
    (document, number): (DocumentId, i64),
    (blocks, note): (serde_json::Value, String),
) -> document_version::ActiveModel {
    document_version::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        document_id: Set(document),
        number: Set(number),
        blocks: Set(blocks),
        note: Set(note),
        state: Set(VersionState::Draft),
        made_by: Set(actor),
        changed_by: Set(actor),
        changed_at: Set(tx.now()),
        adopted_by: Set(None),
        adopted_at: Set(None),
    }
}

fn stored(blocks: &[DocumentBlock]) -> Result<serde_json::Value, Error> {
    serde_json::to_value(blocks).map_err(Error::bug)
}

/// Makes a document: its first version is a draft.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn add(
    tx: &TenantTx,
    actor: StaffId,
    request: &DocumentRequest,
) -> Result<Document, Error> {
    let mut errors = FieldErrors::default();
    let kind = read_choice(&mut errors, "kind", &request.kind);
    let contents = check(tx, kind, request, &mut errors);
    let (Some(kind), true) = (kind, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let document = tx
        .insert(document::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            title: Set(contents.title),
            kind: Set(kind),
            version: Set(1),
            made_by: Set(actor),
            made_at: Set(tx.now()),
            changed_at: Set(tx.now()),
        })
        .await?;
    let what = (stored(&contents.blocks)?, contents.note);
    tx.insert(version_row(tx, actor, (document.id, 1), what))
        .await?;
    note(tx, actor, document.id, Action::DocumentAdd).await?;
    Ok(document)
}

async fn note(tx: &TenantTx, actor: StaffId, id: DocumentId, action: Action) -> Result<(), Error> {
    audit::record(tx, Some(actor), action, ("document", Some(id.0)), json!({})).await
}

/// Counts a change of the document that was looked at, so that of two colleagues at once the second is told.
pub(super) async fn count_change(
    tx: &TenantTx,
    document: &Document,
    (expected, title): (Option<i64>, &str),
) -> Result<i64, Error> {
    let changed = tx
        .update::<document::Entity>()
        .col_expr(Column::Title, Expr::value(title))
        .col_expr(Column::Version, Expr::value(document.version + 1))
        .col_expr(Column::ChangedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(document.id))
        .filter(Column::Version.eq(expected.unwrap_or(document.version)))
        .filter(Column::Version.eq(document.version))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    Ok(document.version + 1)
}

/// Puts blocks into the draft of a document, or into a new one when the newest version is none. Gives the number of the draft.
pub(super) async fn store_draft(
    tx: &TenantTx,
    actor: StaffId,
    newest: &document_version::Model,
    (blocks, note): (&[DocumentBlock], String),
) -> Result<i64, Error> {
    let blocks = stored(blocks)?;
    if newest.state != VersionState::Draft {
        let place = (newest.document_id, newest.number + 1);
        tx.insert(version_row(tx, actor, place, (blocks, note)))
            .await?;
        return Ok(newest.number + 1);
    }
    tx.update::<document_version::Entity>()
        .col_expr(VersionColumn::Blocks, Expr::value(blocks))
        .col_expr(VersionColumn::Note, Expr::value(note))
        .col_expr(VersionColumn::ChangedBy, Expr::value(actor))
        .col_expr(VersionColumn::ChangedAt, Expr::value(tx.now()))
        .filter(VersionColumn::Id.eq(newest.id))
        .exec(tx)
        .await?;
    Ok(newest.number)
}

/// Keeps what a document says as a draft: the one there is, or a new one. What is adopted or was asked about stays as it is.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`]; [`Code::Changed`] when somebody else changed it since.
pub async fn save(
    tx: &TenantTx,
    actor: StaffId,
    id: DocumentId,
    request: &DocumentRequest,
) -> Result<Document, Error> {
    let document = get(tx, id).await?;
    let mut errors = FieldErrors::default();
    let contents = check(tx, Some(document.kind), request, &mut errors);
    if contents.note.is_empty() {
        errors.add("note", "required");
    }
    let expected = (request.expected_version).whole("expectedVersion", &mut errors);
    errors.into_result()?;
    let version = count_change(tx, &document, (expected, &contents.title)).await?;
    let newest = newest(tx, id).await?;
    store_draft(tx, actor, &newest, (&contents.blocks, contents.note)).await?;
    note(tx, actor, id, Action::DocumentChange).await?;
    Ok(Document {
        title: contents.title,
        version,
        changed_at: tx.now(),
        ..document
    })
}

/// Adopts the newest version; the one that held lapses. Who began it or changed it last cannot do that.
///
/// # Errors
/// [`Error::NotFound`]; [`Code::ApproverTookPart`], [`Code::Changed`]; [`Error::Invalid`] when it is empty, a flowchart does not hold together, it is adopted
/// already, or residents are being asked about it.
pub async fn adopt(
    tx: &TenantTx,
    actor: StaffId,
    id: DocumentId,
    request: &AdoptRequest,
) -> Result<Document, Error> {
    let document = get(tx, id).await?;
    let mut errors = FieldErrors::default();
    let expected = (request.expected_version).whole("expectedVersion", &mut errors);
    errors.into_result()?;
    let version = count_change(tx, &document, (expected, &document.title)).await?;
    let newest = newest(tx, id).await?;
    if [newest.made_by, newest.changed_by].contains(&actor) {
        return Err(Error::refused(Code::ApproverTookPart));
    }
    let asked = tx
        .find::<think_round::Entity>()
        .filter(think_round::Column::DocumentId.eq(id))
        .filter(think_round::Column::State.eq(RoundState::Open))
        .filter(think_round::Column::ClosesAt.gt(tx.now()))
        .one(tx)
        .await?;
    let blocks = read_blocks(newest.blocks)?;
    let problem = match newest.state {
        VersionState::Adopted | VersionState::Lapsed => Some("document_adopted"),
        _ if asked.is_some() => Some("document_in_round"),
        _ if blocks.is_empty() => Some("document_empty"),
        _ if !problems_of(document.kind, &blocks).is_empty() => Some("document_flow"),
        _ => None,
    };
    if let Some(code) = problem {
        return Err(Error::invalid("blocks", code));
    }
    tx.update::<document_version::Entity>()
        .col_expr(VersionColumn::State, Expr::value(VersionState::Lapsed))
        .filter(VersionColumn::DocumentId.eq(id))
        .filter(VersionColumn::Number.lt(newest.number))
        .exec(tx)
        .await?;
    tx.update::<document_version::Entity>()
        .col_expr(VersionColumn::State, Expr::value(VersionState::Adopted))
        .col_expr(VersionColumn::AdoptedBy, Expr::value(actor))
        .col_expr(VersionColumn::AdoptedAt, Expr::value(tx.now()))
        .filter(VersionColumn::Id.eq(newest.id))
        .exec(tx)
        .await?;
    note(tx, actor, id, Action::DocumentAdopt).await?;
    Ok(Document {
        version,
        changed_at: tx.now(),
        ..document
    })
}
