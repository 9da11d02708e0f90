//! Text blocks: what a municipality writes again and again, in both languages, with facts of the message put in.
//!
//! A block is never removed: it is archived, and each change is a version. What is put into a letter is text of that letter from then on.

mod entity;
mod live;

use std::collections::HashSet;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, Tenant, TenantTx, staff::StaffMember, typed_id};
use utoipa::ToSchema;

pub use self::entity::{
    text_block::Model as TextBlock, text_block_version::Model as TextBlockVersion,
};
use self::entity::{
    text_block::{self, Column},
    text_block_version,
};
pub(crate) use self::live::{BlockWords, in_use, put_all};
use crate::{
    Code, Error, FieldErrors, Language,
    audit::{self, Action},
    cases::{self, Case, CaseId},
    input::{self, Number},
    text::{clean_line, clean_text, optional},
    texts::{self, CASE_PLACEHOLDERS},
    workflow,
};

typed_id! {
    /// A text block.
    TextBlockId
}
typed_id! {
    /// A version of a text block.
    TextBlockVersionId
}

/// Longest title, in characters.
const TITLE_MAX: usize = 80;
/// Longest text in a language, in characters.
const BODY_MAX: usize = 4_000;
/// Most blocks of a municipality: a list that nobody reads to its end helps nobody.
const BLOCKS_MAX: u64 = 300;
/// What stands where a fact is not known, for the writer to see.
const UNKNOWN: &str = "…";

/// What a text block says and where it is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TextBlockRequest {
    /// What colleagues call it.
    #[schema(example = "Excuses", required = true)]
    #[serde(default)]
    pub title: String,
    /// Its text in Dutch. Facts are named between braces: kenmerk, gemeente, naam, medewerker, ontvangen, belofte, postadres.
    #[schema(example = "Het spijt ons, {naam}.", required = true)]
    #[serde(default)]
    pub body_nl: String,
    /// Its text in English; the Dutch one is taken when it is empty.
    #[serde(default)]
    pub body_en: String,
    /// Code of the kind of messages that it is for; all when it is left out.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub kind: String,
    /// Key of the category that it is for; all when it is left out.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub category: String,
    /// Whether it is no longer offered.
    #[serde(default)]
    pub archived: bool,
    /// The version that was changed; needed for a change only.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub expected_version: Number,
}

/// What was typed, checked.
struct Contents {
    title: String,
    body_nl: String,
    body_en: String,
    kind: Option<String>,
    category: Option<String>,
    archived: bool,
}

impl Contents {
    /// A block that says this.
    fn of(&self, block: &TextBlock) -> TextBlock {
        TextBlock {
            title: self.title.clone(),
            body_nl: self.body_nl.clone(),
            body_en: self.body_en.clone(),
            kind: self.kind.clone(),
            category: self.category.clone(),
            archived: self.archived,
            ..block.clone()
        }
    }
}

/// What blocks can be for: codes of kinds, and keys of categories.
#[derive(Default)]
struct Known {
    kinds: HashSet<String>,
    categories: HashSet<String>,
}

/// A text block with the facts of a message in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilledTextBlock {
    /// Id.
    pub id: TextBlockId,
    /// What colleagues call it.
    pub title: String,
    /// In which language it is: that of the resident, or Dutch where there is no other.
    pub language: Language,
    /// The text.
    pub text: String,
}

/// What is put in for the placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockFacts {
    /// The language of whoever reads it.
    language: Language,
    /// By the name of the placeholder; none for what is not known.
    values: Vec<(&'static str, Option<String>)>,
}

impl BlockFacts {
    /// The facts of a case, for a letter that this colleague writes.
    #[must_use]
    pub fn of(case: &Case, writer: &StaffMember, tenant: &Tenant, tx: &TenantTx) -> Self {
        let language = cases::language(case);
        let received = case.received_at.with_timezone(&tenant.zone).date_naive();
        let moment = |at| language.moment(at, tenant.zone, tx.now());
        let values = vec![
            ("kenmerk", Some(case.reference.clone())),
            ("gemeente", Some(tenant.name.clone())),
            ("naam", case.contact_name.clone()),
            ("medewerker", Some(writer.name.clone())),
            ("ontvangen", Some(language.day(received))),
            ("belofte", case.due_at.map(moment)),
            ("postadres", tenant.contact.post.clone()),
        ];
        Self { language, values }
    }

    /// Invented facts, for who looks at a block without a case.
    #[must_use]
    pub fn invented(language: Language, tenant: &str) -> Self {
        let word = |key: &str| Some(language.text(key));
        let values = vec![
            ("kenmerk", Some("7K4H-9XTR".to_owned())),
            ("gemeente", Some(tenant.to_owned())),
            ("naam", word("text-block-example-name")),
            ("medewerker", word("text-block-example-staff")),
            ("ontvangen", word("text-block-example-day")),
            ("belofte", word("text-block-example-moment")),
            (
                "postadres",
                Some("Postbus 10, 1234 AB Voorbeeld".to_owned()),
            ),
        ];
        Self { language, values }
    }
}

impl TextBlock {
    /// The text for whoever the facts are about, in their language.
    #[must_use]
    pub fn filled(&self, facts: &BlockFacts) -> FilledTextBlock {
        let (language, text) = fill(&self.body_nl, &self.body_en, facts);
        FilledTextBlock {
            id: self.id,
            title: self.title.clone(),
            language,
            text,
        }
    }
}

/// A text with facts put in, in the language of whoever they are about; in Dutch where there is no other.
#[must_use]
pub fn fill(body_nl: &str, body_en: &str, facts: &BlockFacts) -> (Language, String) {
    let is_english = facts.language == Language::English && !body_en.is_empty();
    let (language, body) = if is_english {
        (Language::English, body_en)
    } else {
        (Language::Dutch, body_nl)
    };
    let text = texts::filled(body, |name| {
        let (_, value) = facts.values.iter().find(|(known, _)| *known == name)?;
        let value = value.as_ref().filter(|value| !value.is_empty());
        Some(value.map_or_else(|| UNKNOWN.to_owned(), Clone::clone))
    });
    (language, text)
}

/// The names that a block may put between braces.
pub fn placeholders() -> impl Iterator<Item = &'static str> {
    CASE_PLACEHOLDERS.iter().map(|one| one.name)
}

/// All blocks by title, archived ones too.
pub async fn blocks(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<TextBlock>, Error> {
    Ok(tx
        .find::<text_block::Entity>()
        .order_by_asc(Column::Title)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// One block.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn block(tx: &TenantTx, id: TextBlockId) -> Result<TextBlock, Error> {
    tx.find::<text_block::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The versions of a block, newest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such block.
pub async fn versions(
    tx: &TenantTx,
    id: TextBlockId,
    limit: Option<u64>,
) -> Result<Vec<TextBlockVersion>, Error> {
    use text_block_version::Column;

    let found = tx
        .find::<text_block_version::Entity>()
        .filter(Column::BlockId.eq(id))
        .order_by_desc(Column::Number)
        .limit(limit)
        .all(tx)
        .await?;
    // A block has a version from the moment it is made.
    if found.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(found)
}

/// The blocks that are offered for a case: those for its kind and its category, and those for all. The caller may see the case.
pub async fn for_case(
    tx: &TenantTx,
    case: &Case,
    limit: Option<u64>,
) -> Result<Vec<TextBlock>, Error> {
    let kinds = [case.kind.as_str(), workflow::code_of_case(case)];
    let key = case.category.as_deref();
    let fits = |column: Column| Condition::any().add(column.is_null());
    Ok(tx
        .find::<text_block::Entity>()
        .filter(Column::Archived.eq(false))
        .filter(fits(Column::Kind).add(Column::Kind.is_in(kinds)))
        .filter(
            fits(Column::Category)
                .add_option(key.map(|key| Column::Category.eq(key)))
                .add_option(key.map(|key| Column::Category.in_subquery(cases::above(tx, key)))),
        )
        .order_by_asc(Column::Title)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

impl Known {
    /// What was typed, or everything that is wrong with it.
    fn parse(&self, request: &TextBlockRequest) -> Result<Contents, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = input::required(clean_line(&request.title), TITLE_MAX, "title", &mut errors);
        let body_nl = input::required(
            clean_text(&request.body_nl),
            BODY_MAX,
            "bodyNl",
            &mut errors,
        );
        let body_en = input::optional(
            clean_text(&request.body_en),
            BODY_MAX,
            "bodyEn",
            &mut errors,
        );
        for (field, body) in [("bodyNl", &body_nl), ("bodyEn", &body_en)] {
            texts::check_placeholders(body, CASE_PLACEHOLDERS, field, &mut errors);
        }
        let mut named = |field: &str, typed: &str, known: &HashSet<String>| {
            let word = optional(Some(typed)).map(str::to_owned);
            if word.as_ref().is_some_and(|word| !known.contains(word)) {
                errors.add(field, "not_an_option");
            }
            word
        };
        let kind = named("kind", &request.kind, &self.kinds);
        let category = named("category", &request.category, &self.categories);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Contents {
            title,
            body_nl,
            body_en,
            kind,
            category,
            archived: request.archived,
        })
    }
}

async fn check(tx: &TenantTx, request: &TextBlockRequest) -> Result<Contents, Error> {
    let mut known = Known::default();
    if !request.kind.is_empty() {
        let kinds = workflow::kinds(tx, None).await?.into_iter();
        known.kinds = kinds.map(|kind| kind.code).collect();
    }
    if !request.category.is_empty() {
        let categories = cases::categories(tx, None).await?.into_iter();
        known.categories = categories.map(|category| category.key).collect();
    }
    known.parse(request).map_err(Error::Invalid)
}

async fn keep_version(tx: &TenantTx, block: &TextBlock) -> Result<(), Error> {
    let row = text_block_version::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        block_id: Set(block.id),
        number: Set(block.version),
        title: Set(block.title.clone()),
        body_nl: Set(block.body_nl.clone()),
        body_en: Set(block.body_en.clone()),
        kind: Set(block.kind.clone()),
        category: Set(block.category.clone()),
        archived: Set(block.archived),
        changed_by: Set(block.changed_by),
        changed_at: Set(block.changed_at),
    };
    Ok(tx.insert_all(vec![row]).await?)
}

/// Checks what was typed, for who looks at it before it is kept.
///
/// # Errors
/// As [`add`].
pub async fn look(tx: &TenantTx, request: &TextBlockRequest) -> Result<(), Error> {
    check(tx, request).await.map(drop)
}

/// Refuses one more block than there may be; archived ones do not count.
async fn require_room(tx: &TenantTx) -> Result<(), Error> {
    let used = tx
        .find::<text_block::Entity>()
        .filter(Column::Archived.eq(false))
        .count(tx)
        .await?;
    let mut errors = FieldErrors::default();
    if used >= BLOCKS_MAX {
        errors.add_with("title", "too_many", "max", BLOCKS_MAX);
    }
    errors.into_result()?;
    Ok(())
}

/// Makes a text block.
///
/// # Errors
/// [`Error::Invalid`]: a placeholder that is unknown or not closed at the text it stands in, a kind or category that is not there.
pub async fn add(
    tx: &TenantTx,
    actor: StaffId,
    request: &TextBlockRequest,
) -> Result<TextBlock, Error> {
    let contents = check(tx, request).await?;
    require_room(tx).await?;
    insert(tx, Some(actor), contents).await
}

async fn insert(
    tx: &TenantTx,
    actor: Option<StaffId>,
    contents: Contents,
) -> Result<TextBlock, Error> {
    let block = tx
        .insert(text_block::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            title: Set(contents.title),
            body_nl: Set(contents.body_nl),
            body_en: Set(contents.body_en),
            kind: Set(contents.kind),
            category: Set(contents.category),
            archived: Set(contents.archived),
            changed_by: Set(actor),
            changed_at: Set(tx.now()),
            version: Set(1),
        })
        .await?;
    keep_version(tx, &block).await?;
    let object = ("textBlock", Some(block.id.0));
    audit::record(tx, actor, Action::TextBlockAdd, object, json!({})).await?;
    Ok(block)
}

/// Changes a text block, archives it or offers it again: as a new version. What stays the same makes none.
///
/// # Errors
/// As [`add`]; [`Error::NotFound`]; [`Code::Changed`] when somebody else changed it since.
pub async fn replace(
    tx: &TenantTx,
    actor: StaffId,
    id: TextBlockId,
    request: &TextBlockRequest,
) -> Result<TextBlock, Error> {
    let before = block(tx, id).await?;
    let contents = check(tx, request).await?;
    let mut errors = FieldErrors::default();
    let expected: Option<i64> = (request.expected_version).whole("expectedVersion", &mut errors);
    errors.into_result()?;
    let after = contents.of(&before);
    if expected != Some(before.version) {
        return Err(Error::refused(Code::Changed));
    }
    if after == before {
        return Ok(before);
    }
    if before.archived && !after.archived {
        require_room(tx).await?;
    }
    change(tx, Some(actor), before.version, after).await
}

/// Keeps a block as a new version, over the one that was seen.
async fn change(
    tx: &TenantTx,
    actor: Option<StaffId>,
    seen: i64,
    after: TextBlock,
) -> Result<TextBlock, Error> {
    let after = TextBlock {
        changed_by: actor,
        changed_at: tx.now(),
        version: seen + 1,
        ..after
    };
    let changed = tx
        .update::<text_block::Entity>()
        .col_expr(Column::Title, Expr::value(after.title.as_str()))
        .col_expr(Column::BodyNl, Expr::value(after.body_nl.as_str()))
        .col_expr(Column::BodyEn, Expr::value(after.body_en.as_str()))
        .col_expr(Column::Kind, Expr::value(after.kind.clone()))
        .col_expr(Column::Category, Expr::value(after.category.clone()))
        .col_expr(Column::Archived, Expr::value(after.archived))
        .col_expr(Column::ChangedBy, Expr::value(after.changed_by))
        .col_expr(Column::ChangedAt, Expr::value(after.changed_at))
        .col_expr(Column::Version, Expr::value(after.version))
        .filter(Column::Id.eq(after.id))
        .filter(Column::Version.eq(seen))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    keep_version(tx, &after).await?;
    let object = ("textBlock", Some(after.id.0));
    let details = json!({ "version": after.version, "archived": after.archived });
    audit::record(tx, actor, Action::TextBlockChange, object, details).await?;
    Ok(after)
}

/// A case by its reference as the blocks for it are looked at with, when the reader may see it.
///
/// # Errors
/// [`Error::Invalid`] at `reference` when there is no such case for the reader.
pub async fn example_case(
    tx: &TenantTx,
    reader: &StaffMember,
    reference: &str,
) -> Result<Case, Error> {
    let viewer = cases::Viewer::of(reader);
    match cases::seen_by_reference(tx, viewer, reference).await {
        Err(Error::NotFound) => Err(Error::invalid("reference", "unknown_reference")),
        other => other,
    }
}

/// The blocks that are offered for a case, with its facts in them.
///
/// # Errors
/// [`Error::NotFound`] for a case that the writer may not see.
pub async fn filled_for(
    tx: &TenantTx,
    id: CaseId,
    writer: &StaffMember,
    tenant: &Tenant,
    limit: Option<u64>,
) -> Result<Vec<FilledTextBlock>, Error> {
    let case = cases::seen(tx, cases::Viewer::of(writer), id).await?;
    let facts = BlockFacts::of(&case, writer, tenant, tx);
    let blocks = for_case(tx, &case, limit).await?;
    Ok(blocks.iter().map(|block| block.filled(&facts)).collect())
}
