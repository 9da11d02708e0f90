//! What residents read, in a municipality's own words: which texts, with which values in them, and how they are kept.
//!
//! [`say`] is how pages and mails get a text: the municipality's own words, or else ours. Own words are kept with the municipality
//! ([`tenant::set_texts`]), so that a page needs no query for them.

mod catalogue;
mod entity;
mod words;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{OwnTexts, StaffId, TenantTx, tenant, typed_id};
use utoipa::ToSchema;

use self::entity::own_text;
pub(crate) use self::words::{check_placeholders, filled};
pub use self::{
    catalogue::{CASE_PLACEHOLDERS, ENTRIES, Entry, Place, Placeholder, Shape, entry},
    words::{example, say, usual},
};
use crate::{
    Code, Error, FieldErrors, Language,
    audit::{self, Action},
    input::Number,
    text,
};

typed_id! {
    /// A version of a text.
    OwnTextId
}

/// A text with what it says now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextItem {
    /// Its name.
    #[schema(example = "home-title")]
    pub name: &'static str,
    /// Where residents meet it.
    pub place: Place,
    /// What can be put into it, between braces.
    #[schema(example = json!(["kenmerk"]))]
    pub placeholders: Vec<&'static str>,
    /// Those without which it is refused.
    pub needed: Vec<&'static str>,
    /// Most characters.
    pub max_length: usize,
    /// What it says in each language.
    pub says: Vec<TextSays>,
}

/// What a text says in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TextSays {
    /// The language.
    pub language: Language,
    /// The municipality's own words; none when it says the usual.
    pub own: Option<String>,
    /// The usual text; empty for a page that is only there when it was written.
    pub usual: String,
}

/// A version of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TextVersion)]
pub struct Version {
    /// The language.
    pub language: Language,
    /// Counted from 1, in this language.
    pub number: i64,
    /// What it said; none when it was the usual text again.
    pub words: Option<String>,
    /// Who changed it.
    pub author_id: Option<StaffId>,
    /// When, in UTC.
    pub changed_at: DateTime<Utc>,
}

/// What a text says in the languages that are given; the usual text again where it is `null`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = TextRequest)]
pub struct TextRequest {
    /// By language.
    #[serde(default)]
    #[schema(example = json!({ "nl": "Vertel het ons" }))]
    pub words: HashMap<String, Option<String>>,
}

/// An earlier version of a text that is to hold again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = TextRestoreRequest)]
pub struct RestoreRequest {
    /// In which language.
    #[serde(default)]
    #[schema(value_type = Language)]
    pub language: String,
    /// Number of the version, in this language.
    #[serde(default)]
    #[schema(value_type = i64, example = 1)]
    pub number: Number,
}

/// The text with this name, with what it says.
///
/// # Errors
/// [`Error::NotFound`].
pub fn item(own: &OwnTexts, name: &str) -> Result<TextItem, Error> {
    entry(name)
        .map(|entry| item_of(own, entry))
        .ok_or(Error::NotFound)
}

fn item_of(own: &OwnTexts, entry: &'static Entry) -> TextItem {
    let names = |needed: bool| {
        let known = entry.placeholders.iter();
        let kept = known.filter(|one| one.needed || !needed);
        kept.map(|one| one.name).collect()
    };
    TextItem {
        name: entry.name,
        place: entry.place,
        placeholders: names(false),
        needed: names(true),
        max_length: entry.shape.max(),
        says: (Language::ALL.iter())
            .map(|language| TextSays {
                language: *language,
                own: words::own(own, *language, entry.name).map(str::to_owned),
                usual: usual(entry, *language),
            })
            .collect(),
    }
}

/// All texts that can be changed, with what they say.
#[must_use]
pub fn items(own: &OwnTexts) -> Vec<TextItem> {
    ENTRIES.iter().map(|entry| item_of(own, entry)).collect()
}

/// What a person changed, for another room's query.
pub(crate) fn any_own(tx: &TenantTx) -> SelectStatement {
    tx.find::<own_text::Entity>()
        .select_only()
        .column(own_text::Column::Id)
        .filter(own_text::Column::AuthorId.is_not_null())
        .into_query()
}

/// The versions of a text, newest first.
pub async fn versions(
    tx: &TenantTx,
    name: &str,
    limit: Option<u64>,
) -> Result<Vec<Version>, Error> {
    entry(name).ok_or(Error::NotFound)?;
    let rows = tx
        .find::<own_text::Entity>()
        .filter(own_text::Column::Name.eq(name))
        .order_by_desc(own_text::Column::ChangedAt)
        .order_by_desc(own_text::Column::Number)
        .order_by_asc(own_text::Column::Language)
        .limit(limit)
        .all(tx)
        .await?;
    let view = |row: own_text::Model| Version {
        language: row.language,
        number: row.number,
        words: row.words,
        author_id: row.author_id,
        changed_at: row.changed_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// What was typed, checked: for each language the own words, or none for the usual text.
///
/// # Errors
/// [`Error::Invalid`] at `words.<language>`: a placeholder that is unknown, missing or not closed, too long, or nothing at all.
pub fn check(
    entry: &Entry,
    request: TextRequest,
) -> Result<Vec<(Language, Option<String>)>, Error> {
    let mut errors = FieldErrors::default();
    let mut checked = Vec::new();
    let mut typed: Vec<_> = request.words.into_iter().collect();
    typed.sort();
    for (name, typed) in typed {
        let field = format!("words.{name}");
        let Ok(language) = name.parse::<Language>() else {
            errors.add(&field, "not_an_option");
            continue;
        };
        let words = typed.map(|typed| words::checked(entry, &typed, &field, &mut errors));
        // Who types the usual text says nothing of their own.
        let words = words.filter(|words| *words != usual(entry, language));
        checked.push((language, words));
    }
    errors.into_result()?;
    Ok(checked)
}

/// Changes what a text says. What stays the same in a language makes no version there.
///
/// # Errors
/// Those of [`check`]; [`Error::NotFound`] for a text that cannot be changed.
pub async fn change(
    tx: &TenantTx,
    actor: impl Into<Option<StaffId>>,
    name: &str,
    request: TextRequest,
) -> Result<TextItem, Error> {
    let actor = actor.into();
    let entry = entry(name).ok_or(Error::NotFound)?;
    let wanted = check(entry, request)?;
    let mut own = tenant::own_texts(tx).await?;
    let known = versions(tx, name, None).await?;
    let mut rows = Vec::new();
    for (language, words) in wanted {
        if words::own(&own, language, name) == words.as_deref() {
            continue;
        }
        let numbers = known.iter().filter(|version| version.language == language);
        let newest = numbers.map(|version| version.number).max();
        rows.push(own_text::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            name: Set(name.to_owned()),
            language: Set(language),
            number: Set(newest.unwrap_or_default() + 1),
            words: Set(words.clone()),
            author_id: Set(actor),
            changed_at: Set(tx.now()),
        });
        let said = own.entry(name.to_owned()).or_default();
        match words {
            Some(words) => said.insert(language.to_string(), words),
            None => said.remove(language.as_str()),
        };
    }
    if rows.is_empty() {
        return item(&own, name);
    }
    own.retain(|_, said| !said.is_empty());
    let languages: Vec<String> = (rows.iter())
        .filter_map(|row| Some(row.language.try_as_ref()?.to_string()))
        .collect();
    tx.insert_all(rows).await.map_err(|error| {
        if error.is_duplicate() {
            Error::refused(Code::Changed)
        } else {
            error.into()
        }
    })?;
    tenant::set_texts(tx, &own).await?;
    let details = json!({ "text": name, "languages": languages });
    let subject = ("text", None);
    audit::record(tx, actor, Action::TextChange, subject, details).await?;
    item(&own, name)
}

/// Makes an earlier version of a text hold again: as a new version, so that the list tells what happened.
///
/// # Errors
/// [`Error::NotFound`] without such a version; those of [`check`], when it can no longer be said.
pub async fn restore(
    tx: &TenantTx,
    actor: StaffId,
    name: &str,
    request: RestoreRequest,
) -> Result<TextItem, Error> {
    let mut errors = FieldErrors::default();
    let language = text::read_choice::<Language>(&mut errors, "language", &request.language);
    let number = request.number.whole("number", &mut errors);
    errors.into_result()?;
    let earlier = versions(tx, name, None).await?.into_iter();
    let mut earlier =
        earlier.filter(|one| Some(one.language) == language && Some(one.number) == number);
    let version = earlier.next().ok_or(Error::NotFound)?;
    let words = [(version.language.to_string(), version.words)].into();
    change(tx, actor, name, TextRequest { words }).await
}
