//! Practices of an organisation, and the published copies.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantTx};
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

use super::{
    Block, Contact, Finding, ParseError, ParsedPractice, Practice, PracticeFields, PracticeId,
    PracticeStatus, Statement,
    entity::{
        practice::{self, Column},
        published_practice,
    },
    masked, parse, without_name,
};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
    input, text,
};

/// Longest title, municipality or type, in characters.
const LINE_MAX: usize = 200;

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

fn unreadable(cause: &ParseError) -> Error {
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
    let row = practice::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        source_hash: Set(parsed.source_hash.clone()),
        source: Set(bytes),
        source_name: Set(name
            .chars()
            .filter(|sign| !sign.is_control())
            .take(LINE_MAX)
            .collect()),
        fields: Set(json(serde_json::to_value(&parsed.fields))?),
        contact: Set(json(serde_json::to_value(&parsed.contact))?),
        findings: Set(json(serde_json::to_value(&parsed.findings))?),
        status: Set(PracticeStatus::Draft),
        title: Set(parsed
            .fields
            .title_proposals
            .first()
            .cloned()
            .unwrap_or_default()),
        municipality: Set(parsed.fields.municipality.clone()),
        practice_type: Set(parsed.fields.practice_type.clone()),
        version: Set(1),
        author_id: Set(author),
        created_at: Set(tx.now()),
        published_at: Set(None),
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

/// One practice.
pub async fn get(tx: &TenantTx, id: PracticeId) -> Result<Practice, Error> {
    tx.find::<practice::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// What an editor confirms before a practice is published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct PublishRequest {
    /// Title.
    pub title: String,
    /// Municipality.
    pub municipality: String,
    /// Type.
    pub practice_type: String,
}

impl PublishRequest {
    /// The same in normal form.
    fn parse(self) -> Result<Self, Error> {
        let mut errors = FieldErrors::default();
        let mut line = |text: &str, field| {
            input::required(text::clean_line(text), LINE_MAX, field, &mut errors)
        };
        let confirmed = Self {
            title: line(&self.title, "title"),
            municipality: line(&self.municipality, "municipality"),
            practice_type: line(&self.practice_type, "practiceType"),
        };
        errors.into_result()?;
        Ok(confirmed)
    }
}

/// What everybody may read of a practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    /// What it is about.
    pub summary: Vec<Block>,
    /// What was done.
    pub description: Vec<Block>,
    /// What came of it.
    pub result: Vec<Block>,
    /// Sentence about a competition.
    pub entry: Option<String>,
    /// Numbers in the text that claim a result.
    pub claims: Vec<Statement>,
}

/// A text as everybody may read it: without anybody's address or number, and without the contact person's name.
fn readable(text: &str, contact: &Contact) -> String {
    without_name(&masked(text), contact.name.as_deref().unwrap_or_default())
}

fn public(blocks: &[Block], contact: &Contact) -> Vec<Block> {
    let clean = |text: &str| readable(text, contact);
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph { text } => Block::Paragraph { text: clean(text) },
            Block::List { items } => Block::List {
                items: items.iter().map(|item| clean(item)).collect(),
            },
        })
        .collect()
}

/// Publishes a practice, or publishes it again after a change: readable for everybody, without the contact person.
///
/// # Errors
/// [`Error::Invalid`] when title, municipality or type is missing, [`Error::NotFound`].
pub async fn publish(
    tx: &TenantTx,
    id: PracticeId,
    actor: StaffId,
    request: PublishRequest,
) -> Result<Practice, Error> {
    let practice = get(tx, id).await?;
    let confirmed = request.parse()?;
    let fields = practice.fields()?;
    let contact = practice.contact()?;
    let article = Article {
        summary: public(&fields.summary, &contact),
        description: public(&fields.description, &contact),
        result: public(&fields.result, &contact),
        entry: fields
            .entry
            .as_deref()
            .map(|entry| readable(entry, &contact)),
        claims: fields.claims.clone(),
    };
    let slug = slug(&confirmed.title, id);
    let summary = article.summary.first().map(Block::text).unwrap_or_default();
    copy_out(tx, id, &slug, &confirmed, fields.year, &summary, &article).await?;
    tx.update::<practice::Entity>()
        .col_expr(Column::Title, Expr::value(confirmed.title))
        .col_expr(Column::Municipality, Expr::value(confirmed.municipality))
        .col_expr(Column::PracticeType, Expr::value(confirmed.practice_type))
        .col_expr(Column::Status, Expr::value(PracticeStatus::Published))
        .col_expr(Column::PublishedAt, Expr::value(tx.now()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticePublish, object, json!({})).await?;
    get(tx, id).await
}

async fn copy_out(
    tx: &TenantTx,
    id: PracticeId,
    slug: &str,
    confirmed: &PublishRequest,
    year: Option<i32>,
    summary: &str,
    article: &Article,
) -> Result<(), Error> {
    use published_practice::Column;

    let row = published_practice::ActiveModel {
        id: Set(id),
        owner: Set(tx.tenant()),
        slug: Set(slug.to_owned()),
        title: Set(confirmed.title.clone()),
        summary: Set(summary.to_owned()),
        municipality: Set(Some(confirmed.municipality.clone())),
        practice_type: Set(Some(confirmed.practice_type.clone())),
        year: Set(year.map(i64::from)),
        body: Set(serde_json::to_value(article).map_err(Error::bug)?),
        published_at: Set(tx.now()),
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([
            Column::Slug,
            Column::Title,
            Column::Summary,
            Column::Municipality,
            Column::PracticeType,
            Column::Year,
            Column::Body,
            Column::PublishedAt,
        ])
        .action_and_where(Expr::col((published_practice::Entity, Column::Owner)).eq(tx.tenant()))
        .to_owned();
    published_practice::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Address of a practice: its title, and the end of its id so that two practices may have the same title.
fn slug(title: &str, id: PracticeId) -> String {
    let mut slug = String::new();
    for letter in title.to_lowercase().nfkd() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.ends_with('-')
            && !slug.is_empty()
            && !('\u{300}'..='\u{36f}').contains(&letter)
        {
            slug.push('-');
        }
    }
    let short: String = slug.chars().take(60).collect();
    let end: String = id.0.simple().to_string().chars().skip(26).collect();
    format!("{}-{end}", short.trim_matches('-'))
        .trim_start_matches('-')
        .to_owned()
}

#[cfg(test)]
mod slugs {
    use tenants::uuid::Uuid;

    use super::*;

    #[test]
    fn an_address_is_plain_short_and_its_own() {
        let id = PracticeId(Uuid::from_u128(0x1234_5678_9abc));
        assert_eq!(
            slug("Eén luisterend oor: de klacht vóór zijn!", id),
            "een-luisterend-oor-de-klacht-voor-zijn-789abc"
        );
        assert_eq!(slug("…", id), "789abc");
        assert!(slug(&"woord ".repeat(100), id).len() <= 67);
    }
}
