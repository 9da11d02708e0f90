//! Practices of an organisation, as they were read.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;
use tenants::{StaffId, TenantTx};

use super::{
    Contact, Finding, ParseError, ParsedPractice, Practice, PracticeContent, PracticeFields,
    PracticeId, PracticeStatus, Sharing,
    entity::practice::{self, Column},
    form::LINE_MAX,
    parse,
};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
};

/// An import: the draft, what was read, and whether the same bytes were here before.
#[derive(Debug)]
pub struct Imported {
    /// The draft.
    pub practice: Practice,
    /// What was read.
    pub parsed: ParsedPractice,
    /// Whether the draft is new; otherwise it is the one these bytes gave before.
    pub fresh: bool,
}

pub(super) fn unreadable(cause: &ParseError) -> Error {
    let mut errors = FieldErrors::default();
    match cause {
        ParseError::TooLarge(bytes) => {
            errors.add_with("source", "source_too_large", "count", bytes);
        }
        ParseError::NotText(byte) => errors.add_with("source", "source_not_text", "count", byte),
        ParseError::Empty => errors.add("source", "required"),
        ParseError::FieldTooLong(field, count) => {
            errors.add_with(field.as_str(), "source_field_too_long", "count", count);
        }
    }
    Error::Invalid(errors)
}

/// A text that was read, with its raw bytes.
#[derive(Debug)]
pub struct Source {
    bytes: Vec<u8>,
    parsed: ParsedPractice,
}

impl Source {
    /// Reads a text. A text of a stranger takes its time: read it where that keeps nobody waiting.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what cannot be read at all.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Error> {
        let parsed = parse(&bytes).map_err(|cause| unreadable(&cause))?;
        Ok(Self { bytes, parsed })
    }
}

/// A draft with nothing in it yet.
pub(super) fn blank(tx: &TenantTx, author: Option<StaffId>) -> practice::ActiveModel {
    practice::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        source_hash: Set(None),
        source: Set(Vec::new()),
        source_name: Set(String::new()),
        fields: Set(json!({})),
        contact: Set(json!({})),
        findings: Set(json!([])),
        content: Set(json!({})),
        sharing: Set(json!({})),
        status: Set(PracticeStatus::Draft),
        title: Set(String::new()),
        number: Set(1),
        changes: Set(String::new()),
        note: Set(String::new()),
        version: Set(1),
        author_id: Set(author),
        submitted_by: Set(None),
        approved_by: Set(None),
        consent_hash: Set(None),
        consent_asked_at: Set(None),
        consented_at: Set(None),
        created_at: Set(tx.now()),
        published_at: Set(None),
    }
}

/// Keeps a text as a draft, raw bytes included. The same bytes give the same draft.
pub async fn import(
    tx: &TenantTx,
    name: &str,
    source: Source,
    author: Option<StaffId>,
) -> Result<Imported, Error> {
    let Source { bytes, parsed } = source;
    let known = by_source(tx, &parsed.source_hash).await?;
    if let Some(practice) = known {
        return Ok(Imported {
            practice,
            parsed,
            fresh: false,
        });
    }
    let json = |value: serde_json::Result<serde_json::Value>| value.map_err(Error::bug);
    let id: PracticeId = tx.new_id();
    let content = PracticeContent::imported(&parsed.fields);
    let row = practice::ActiveModel {
        id: Set(id),
        source_hash: Set(Some(parsed.source_hash.clone())),
        source: Set(bytes),
        source_name: Set(name
            .chars()
            .filter(|sign| !sign.is_control())
            .take(LINE_MAX)
            .collect()),
        fields: Set(json(serde_json::to_value(&parsed.fields))?),
        contact: Set(json(serde_json::to_value(&parsed.contact))?),
        findings: Set(json(serde_json::to_value(&parsed.findings))?),
        content: Set(json(serde_json::to_value(&content))?),
        sharing: Set(json(serde_json::to_value(Sharing::default()))?),
        title: Set(content.title),
        ..blank(tx, author)
    };
    // Somebody may import the same bytes at the same instant: then theirs is the draft.
    let same_bytes = OnConflict::columns([Column::TenantId, Column::SourceHash])
        .do_nothing()
        .to_owned();
    practice::Entity::insert(row)
        .on_conflict(same_bytes)
        .exec_without_returning(tx)
        .await?;
    let practice = by_source(tx, &parsed.source_hash)
        .await?
        .ok_or_else(|| Error::bug("an imported practice is gone"))?;
    if practice.id != id {
        return Ok(Imported {
            practice,
            parsed,
            fresh: false,
        });
    }
    let object = ("practice", Some(practice.id.0));
    let details = json!({ "sourceHash": practice.source_hash });
    audit::record(tx, author, Action::PracticeImport, object, details).await?;
    Ok(Imported {
        practice,
        parsed,
        fresh: true,
    })
}

async fn by_source(tx: &TenantTx, hash: &str) -> Result<Option<Practice>, Error> {
    Ok(tx
        .find::<practice::Entity>()
        .filter(Column::SourceHash.eq(hash))
        .one(tx)
        .await?)
}

impl Practice {
    /// What it says.
    pub fn content(&self) -> Result<PracticeContent, Error> {
        serde_json::from_value(self.content.clone()).map_err(Error::bug)
    }

    /// What the text said that it was read from.
    pub fn fields(&self) -> Result<PracticeFields, Error> {
        serde_json::from_value(self.fields.clone()).map_err(Error::bug)
    }

    /// Whom to ask.
    pub fn contact(&self) -> Result<Contact, Error> {
        serde_json::from_value(self.contact.clone()).map_err(Error::bug)
    }

    /// The report of its import.
    pub fn findings(&self) -> Result<Vec<Finding>, Error> {
        serde_json::from_value(self.findings.clone()).map_err(Error::bug)
    }
}

/// Practices of an organisation, newest first, at most `limit`, older than the one with id `before`. Without their raw bytes, which
/// nobody reads in a list.
pub async fn list(
    tx: &TenantTx,
    before: Option<PracticeId>,
    limit: u64,
) -> Result<Vec<Practice>, Error> {
    let columns = Column::iter().filter(|column| !matches!(column, Column::Source));
    let mut query = tx
        .find::<practice::Entity>()
        .select_only()
        .columns(columns)
        .expr_as(Expr::value(Vec::<u8>::new()), "source")
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    Ok(query.all(tx).await?)
}

/// The titles of these practices of an organisation.
pub async fn titles(
    tx: &TenantTx,
    ids: BTreeSet<PracticeId>,
) -> Result<HashMap<PracticeId, String>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(PracticeId, String)> = tx
        .find::<practice::Entity>()
        .select_only()
        .columns([Column::Id, Column::Title])
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().collect())
}

/// One practice.
pub async fn get(tx: &TenantTx, id: PracticeId) -> Result<Practice, Error> {
    tx.find::<practice::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}
