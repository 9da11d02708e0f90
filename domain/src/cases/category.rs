//! What messages are about, as a municipality divides them: a list of its own, from which staff and forms choose.
//!
//! They have two levels. One of the second level belongs to the team of the one above it, unless it has a team of its own.
//!
//! A key never changes and no category is ever removed, because closed cases and promises name it; one that is no longer used is marked as such.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::Deserialize;
use serde_json::json;
use tenants::{StaffId, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    CategoryId,
    entity::case_category::{self, Column},
};
use crate::{
    Error, FieldErrors, Language,
    audit::{self, Action},
    teams::{self, TeamId},
    text,
};

pub use case_category::Model as Category;

/// Longest name, in characters.
const LABEL_MAX: usize = 80;
/// Longest key.
const KEY_MAX: usize = 50;
/// Most categories: a list that nobody reads to its end helps nobody.
const CATEGORIES_MAX: usize = 100;

impl Category {
    /// Its name in a language.
    #[must_use]
    pub fn label(&self, language: Language) -> &str {
        match language {
            Language::English if !self.label_en.is_empty() => &self.label_en,
            _ => &self.label_nl,
        }
    }
}

/// All categories, used or no longer used, by their Dutch names.
pub async fn categories(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<Category>, Error> {
    Ok(tx
        .find::<case_category::Entity>()
        .order_by_asc(Column::LabelNl)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// The categories as choices, for another room's query ([`tenants::staff::named`]).
pub(crate) fn categories_named(tx: &TenantTx) -> SelectStatement {
    tx.find::<case_category::Entity>()
        .select_only()
        .expr_as(Expr::value("category"), "list")
        .column(Column::Id)
        .expr_as(Expr::col(Column::LabelNl), "label")
        .expr_as(Expr::col(Column::LabelEn), "other")
        .expr_as(Expr::col(Column::Key), "word")
        .column(Column::Active)
        .into_query()
}

/// Which categories are below which others, for another room's query ([`tenants::staff::named`]).
pub(crate) fn category_parents_named(tx: &TenantTx) -> SelectStatement {
    tx.find::<case_category::Entity>()
        .select_only()
        .expr_as(Expr::value("below"), "list")
        .column(Column::Id)
        .expr_as(Expr::col(Column::Parent), "label")
        .expr_as(Expr::value(""), "other")
        .expr_as(Expr::col(Column::Key), "word")
        .column(Column::Active)
        .filter(Column::Parent.is_not_null())
        .into_query()
}

/// The keys of the categories below one, for another room's query.
pub(crate) fn below(tx: &TenantTx, key: &str) -> SelectStatement {
    tx.find::<case_category::Entity>()
        .select_only()
        .column(Column::Key)
        .filter(Column::Parent.eq(key))
        .into_query()
}

/// The key of the category above one, for another room's query.
pub(crate) fn above(tx: &TenantTx, key: &str) -> SelectStatement {
    tx.find::<case_category::Entity>()
        .select_only()
        .column(Column::Parent)
        .filter(Column::Key.eq(key))
        .filter(Column::Parent.is_not_null())
        .into_query()
}

/// The category of a key, when new messages may get it.
pub(crate) async fn usable_category(
    tx: &TenantTx,
    key: Option<String>,
) -> Result<Option<Category>, Error> {
    let Some(key) = key else { return Ok(None) };
    Ok(tx
        .find::<case_category::Entity>()
        .filter(Column::Key.eq(key.as_str()))
        .filter(Column::Active.eq(true))
        .one(tx)
        .await?)
}

/// The category of a key with the team that it has, or gets from the category above it, when new messages may get it. One statement.
pub(crate) async fn usable_category_with_team(
    tx: &TenantTx,
    key: Option<String>,
) -> Result<Option<Category>, Error> {
    let Some(key) = key else { return Ok(None) };
    let known = categories(tx, None).await?;
    let find = |key: &str| known.iter().find(|one| one.active && one.key == key);
    let mut found = find(&key).cloned();
    if let Some(category) = &mut found {
        let parent = category.parent.as_deref().and_then(find);
        category.team_id = category
            .team_id
            .or(parent.and_then(|parent| parent.team_id));
    }
    Ok(found)
}

/// A category to add.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[schema(as = NewCategoryRequest)]
pub struct NewCategory {
    /// Small letters, digits and `_`; made of the Dutch name when it is empty.
    pub key: String,
    /// Name in Dutch.
    pub label_nl: String,
    /// Name in English; may be empty.
    pub label_en: String,
    /// Key of the category that it is below; it is of the first level when this is left out.
    pub parent: String,
    /// The team that new messages about it belong to; that of the category above it, or nobody's, when it is left out.
    #[schema(value_type = Option<TeamId>)]
    pub team_id: String,
}

/// What a key is made of when nobody chose one: "Wegen & paden" becomes `wegen_paden`.
fn key_of(label: &str) -> String {
    let mut key = String::new();
    for sign in label.to_lowercase().chars() {
        if sign.is_ascii_alphanumeric() {
            key.push(sign);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    key.truncate(KEY_MAX);
    key.trim_end_matches('_').to_owned()
}

fn is_key(key: &str) -> bool {
    (1..=KEY_MAX).contains(&key.len())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn check_labels(errors: &mut FieldErrors, dutch: &str, english: &str) {
    if dutch.is_empty() {
        errors.add("labelNl", "required");
    }
    for (field, label) in [("labelNl", dutch), ("labelEn", english)] {
        if label.chars().count() > LABEL_MAX {
            errors.add_with(field, "too_long", "max", LABEL_MAX);
        }
    }
}

/// Adds a category.
///
/// # Errors
/// [`Error::Invalid`] for a name or key that cannot be used or is there already.
pub async fn add_category(
    tx: &TenantTx,
    actor: Option<StaffId>,
    new: &NewCategory,
) -> Result<Category, Error> {
    let (dutch, english) = (
        text::clean_line(&new.label_nl),
        text::clean_line(&new.label_en),
    );
    let key = match new.key.trim() {
        "" => key_of(&dutch),
        key => key.to_owned(),
    };
    let mut errors = FieldErrors::default();
    check_labels(&mut errors, &dutch, &english);
    if !is_key(&key) && (!dutch.is_empty() || !new.key.trim().is_empty()) {
        errors.add("key", "category_key");
    }
    let team = read_team(tx, &mut errors, &new.team_id).await?;
    let known = categories(tx, None).await?;
    let parent = read_parent(&known, &key, &new.parent, &mut errors);
    if known.len() >= CATEGORIES_MAX {
        errors.add_with("labelNl", "too_many", "max", CATEGORIES_MAX);
    }
    if known.iter().any(|category| category.key == key) {
        errors.add("key", "category_twice");
    } else if same_name(&known, None, &dutch) {
        errors.add("labelNl", "category_twice");
    }
    errors.into_result()?;
    let row = tx
        .insert(case_category::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            key: Set(key),
            label_nl: Set(dutch),
            label_en: Set(english),
            parent: Set(parent),
            team_id: Set(team),
            active: Set(true),
            created_at: Set(tx.now()),
        })
        .await
        .map_err(|error| {
            if error.is_duplicate() {
                Error::invalid("key", "category_twice")
            } else {
                error.into()
            }
        })?;
    let object = ("category", Some(row.id.0));
    let details = json!({ "key": row.key });
    audit::record(tx, actor, Action::CategoryAdd, object, details).await?;
    Ok(row)
}

/// The category that another one is below: one of the first level that is used, for one that has none below it.
fn read_parent(
    known: &[Category],
    key: &str,
    typed: &str,
    errors: &mut FieldErrors,
) -> Option<String> {
    let typed = text::optional(Some(typed))?;
    let found = known.iter().find(|category| category.key == typed);
    match found.filter(|parent| parent.key != key) {
        None => errors.add("parent", "not_an_option"),
        Some(parent) if parent.parent.is_some() => errors.add("parent", "category_third_level"),
        Some(_) if (known.iter()).any(|one| one.active && one.parent.as_deref() == Some(key)) => {
            errors.add("parent", "category_third_level");
        }
        Some(_) => {}
    }
    Some(typed.to_owned())
}

/// The categories in the order of a list in which those of the second level stand below the one they belong to.
#[must_use]
pub fn as_tree(categories: &[Category]) -> Vec<&Category> {
    let above = |category: &Category| {
        let parent = category.parent.as_ref()?;
        categories.iter().find(|one| one.key == *parent)
    };
    let mut list: Vec<&Category> = categories.iter().collect();
    list.sort_by_cached_key(|category| {
        let first = above(category).unwrap_or(category);
        let own = category.label_nl.to_lowercase();
        let of_first = (first.label_nl.to_lowercase(), first.key.clone());
        (of_first, category.parent.is_some(), own)
    });
    list
}

/// A team that can get messages, or none.
async fn read_team(
    tx: &TenantTx,
    errors: &mut FieldErrors,
    typed: &str,
) -> Result<Option<TeamId>, Error> {
    if text::optional(Some(typed)).is_none() {
        return Ok(None);
    }
    let Some(id) = text::read_choice(errors, "teamId", typed) else {
        return Ok(None);
    };
    if teams::usable(tx, id).await?.is_none() {
        errors.add("teamId", "not_an_option");
    }
    Ok(Some(id))
}

fn same_name(known: &[Category], besides: Option<CategoryId>, label: &str) -> bool {
    let label = label.to_lowercase();
    (known.iter())
        .filter(|category| category.active && Some(category.id) != besides)
        .any(|category| category.label_nl.to_lowercase() == label)
}

/// What a category is called, and whether it is used.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = CategoryRequest)]
pub struct CategoryChange {
    /// Name in Dutch.
    #[serde(default)]
    pub label_nl: String,
    /// Name in English; may be empty.
    #[serde(default)]
    pub label_en: String,
    /// Key of the category that it is below; it is of the first level when this is left out.
    #[serde(default)]
    pub parent: String,
    /// The team that new messages about it belong to; that of the category above it, or nobody's, when it is left out.
    #[schema(value_type = Option<TeamId>)]
    #[serde(default)]
    pub team_id: String,
    /// Whether new messages may get it.
    pub active: bool,
}

/// Calls a category otherwise, stops its use, or takes it into use again. Cases that have it keep it.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`].
pub async fn change_category(
    tx: &TenantTx,
    actor: &StaffMember,
    id: CategoryId,
    change: &CategoryChange,
) -> Result<Category, Error> {
    set_category(tx, Some(actor.id), id, change).await
}

/// As [`change_category`], for one category alone: it is not put aside while others below it are used.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`].
pub async fn change_one_category(
    tx: &TenantTx,
    actor: &StaffMember,
    id: CategoryId,
    change: &CategoryChange,
) -> Result<Category, Error> {
    let known = categories(tx, None).await?;
    let before = (known.iter().find(|category| category.id == id)).ok_or(Error::NotFound)?;
    let is_below = |one: &Category| one.active && one.parent.as_ref() == Some(&before.key);
    if !change.active && known.iter().any(is_below) {
        return Err(Error::invalid("active", "category_has_others"));
    }
    change_category(tx, actor, id, change).await
}

/// As [`change_category`]; the command line acts in nobody's name.
pub(crate) async fn set_category(
    tx: &TenantTx,
    actor: Option<StaffId>,
    id: CategoryId,
    change: &CategoryChange,
) -> Result<Category, Error> {
    let known = categories(tx, None).await?;
    let before = known
        .iter()
        .find(|category| category.id == id)
        .ok_or(Error::NotFound)?;
    let (dutch, english) = (
        text::clean_line(&change.label_nl),
        text::clean_line(&change.label_en),
    );
    let mut errors = FieldErrors::default();
    check_labels(&mut errors, &dutch, &english);
    if same_name(&known, Some(id), &dutch) {
        errors.add("labelNl", "category_twice");
    }
    let team_id = read_team(tx, &mut errors, &change.team_id).await?;
    let parent = read_parent(&known, &before.key, &change.parent, &mut errors);
    errors.into_result()?;
    let after = Category {
        label_nl: dutch,
        label_en: english,
        parent,
        team_id,
        active: change.active,
        ..before.clone()
    };
    if after == *before {
        return Ok(after);
    }
    tx.update::<case_category::Entity>()
        .col_expr(Column::LabelNl, Expr::value(after.label_nl.as_str()))
        .col_expr(Column::LabelEn, Expr::value(after.label_en.as_str()))
        .col_expr(Column::Parent, Expr::value(after.parent.as_deref()))
        .col_expr(Column::TeamId, Expr::value(after.team_id))
        .col_expr(Column::Active, Expr::value(after.active))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    let object = ("category", Some(id.0));
    let details = json!({ "key": after.key, "active": after.active });
    audit::record(tx, actor, Action::CategoryChange, object, details).await?;
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_of_the_name() {
        for (label, key) in [
            ("Afval", "afval"),
            ("Wegen & paden", "wegen_paden"),
            ("  Groen, water  ", "groen_water"),
            ("Übergang 2", "bergang_2"),
            ("!!!", ""),
        ] {
            assert_eq!(key_of(label), key, "{label}");
        }
        assert!(is_key(&key_of(&"a".repeat(200))));
        assert!(!is_key("Afval") && !is_key("") && !is_key("a b") && !is_key("é"));
    }
}
