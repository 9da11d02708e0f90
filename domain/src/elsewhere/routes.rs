//! The places, as a municipality names them.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use super::{
    ElsewhereId, ElsewhereKind,
    entity::{self, Column, Model},
};
use crate::{
    Error, FieldErrors, FieldProblem,
    audit::{self, Action},
    forms, input,
    text::{clean_line, clean_text, read_choice},
};

/// Longest name.
const NAME_MAX: usize = 120;
/// Longest address or website.
const LINE_MAX: usize = 300;
/// Longest text for the resident.
const TEXT_MAX: usize = 2_000;
/// Most places.
pub(super) const ROUTES_MAX: usize = 100;
/// What can be put into the text for the resident, between braces.
pub const PLACEHOLDERS: [&str; 5] = ["kenmerk", "instantie", "adres", "website", "e-mail"];

/// A place where something belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[schema(as = ElsewhereRouteRequest)]
pub struct ElsewhereInput {
    /// What belongs there.
    #[schema(value_type = ElsewhereKind, required = true)]
    pub kind: String,
    /// What it is called.
    #[schema(required = true, example = "Waterschap Waterland")]
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its website, over `https`.
    pub url: String,
    /// Its mail address; needed to send a message on.
    pub email: String,
    /// What the resident reads, in Dutch, with `{kenmerk}`, `{instantie}`, `{adres}`, `{website}` and `{e-mail}`.
    #[schema(required = true)]
    pub text_nl: String,
    /// What the resident reads, in English.
    #[schema(required = true)]
    pub text_en: String,
    /// Whether we send the message on (Awb art. 2:3 and 6:15).
    pub passes_on: bool,
    /// Whether it can no longer be chosen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub aside: bool,
}

impl ElsewhereInput {
    /// The same with clean texts.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.name = clean_line(&self.name);
        self.address = clean_text(&self.address);
        self.url = clean_line(&self.url);
        if let Ok(email) = forms::staff_typed_mail(&self.email) {
            self.email = email.unwrap_or_default();
        }
        self.text_nl = clean_text(&self.text_nl);
        self.text_en = clean_text(&self.text_en);
        self
    }
}

/// All places, those that can be chosen first, by name.
pub async fn routes(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<Model>, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .order_by_desc(Column::Active)
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// Notes a placeholder that is not closed or not known.
fn check_placeholders(errors: &mut FieldErrors, field: &str, words: &str) {
    let mut pieces = words.split('{');
    let mut open = pieces.next().is_some_and(|before| before.contains('}'));
    for piece in pieces {
        match piece.split_once('}') {
            Some((name, behind)) if !behind.contains('}') => {
                if PLACEHOLDERS.contains(&name.trim()) {
                    continue;
                }
                let known = PLACEHOLDERS.map(|name| format!("{{{name}}}")).join(", ");
                errors.push(FieldProblem {
                    field: field.to_owned(),
                    code: "placeholder_unknown".to_owned(),
                    parameters: [
                        ("placeholder".to_owned(), format!("{{{name}}}")),
                        ("known".to_owned(), known),
                    ]
                    .into(),
                });
            }
            _ => open = true,
        }
    }
    if open {
        errors.add(field, "placeholder_open");
    }
}

/// Whether a text names a placeholder.
fn names(words: &str, placeholder: &str) -> bool {
    let mut pieces = words.split('{').skip(1);
    pieces.any(|piece| {
        let named = piece.split_once('}');
        named.is_some_and(|(name, _)| name.trim() == placeholder)
    })
}

/// What was typed, or everything that is wrong with it.
pub(super) fn parse(
    known: &[Model],
    besides: Option<ElsewhereId>,
    typed: &ElsewhereInput,
) -> Result<(ElsewhereKind, ElsewhereInput), Error> {
    let typed = typed.clone().tidy();
    let mut errors = FieldErrors::default();
    let kind = read_choice(&mut errors, "kind", &typed.kind);
    let name = input::required(typed.name.clone(), NAME_MAX, "name", &mut errors);
    let is_same = |one: &Model| one.name.to_lowercase() == name.to_lowercase();
    if known
        .iter()
        .any(|one| Some(one.id) != besides && is_same(one))
    {
        errors.add("name", "elsewhere_twice");
    }
    let address = input::optional(typed.address.clone(), LINE_MAX, "address", &mut errors);
    let url = input::optional(typed.url.clone(), LINE_MAX, "url", &mut errors);
    if !url.is_empty() && !forms::is_https(&url) {
        errors.add("url", "elsewhere_https");
    }
    let email = match forms::staff_typed_mail(&typed.email) {
        Ok(email) => email.unwrap_or_default(),
        Err(code) => {
            errors.add("email", code);
            typed.email.clone()
        }
    };
    if typed.passes_on && email.is_empty() {
        errors.add("email", "elsewhere_needs_mail");
    }
    for (field, value, placeholder) in [
        ("address", &address, "adres"),
        ("url", &url, "website"),
        ("email", &email, "e-mail"),
    ] {
        let is_named = names(&typed.text_nl, placeholder) || names(&typed.text_en, placeholder);
        if value.is_empty() && is_named {
            errors.add(field, "elsewhere_placeholder_empty");
        }
    }
    let mut text = |field: &str, words: &str| {
        let words = input::required(words.to_owned(), TEXT_MAX, field, &mut errors);
        check_placeholders(&mut errors, field, &words);
        words
    };
    let (text_nl, text_en) = (
        text("textNl", &typed.text_nl),
        text("textEn", &typed.text_en),
    );
    let (Some(kind), true) = (kind, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let read = ElsewhereInput {
        name,
        address,
        url,
        email,
        text_nl,
        text_en,
        ..typed
    };
    Ok((kind, read))
}

fn twice(error: tenants::Error) -> Error {
    if error.is_duplicate() {
        Error::invalid("name", "elsewhere_twice")
    } else {
        error.into()
    }
}

/// Adds a place.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn add(tx: &TenantTx, actor: StaffId, typed: &ElsewhereInput) -> Result<Model, Error> {
    let known = routes(tx, None).await?;
    let (kind, read) = parse(&known, None, typed)?;
    if known.len() >= ROUTES_MAX {
        let mut errors = FieldErrors::default();
        errors.add_with("name", "too_many", "max", ROUTES_MAX);
        errors.into_result()?;
    }
    insert(tx, Some(actor), kind, read).await
}

pub(super) async fn insert(
    tx: &TenantTx,
    actor: Option<StaffId>,
    kind: ElsewhereKind,
    read: ElsewhereInput,
) -> Result<Model, Error> {
    let row = entity::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        kind: Set(kind),
        name: Set(read.name),
        address: Set(read.address),
        url: Set(read.url),
        email: Set(read.email),
        text_nl: Set(read.text_nl),
        text_en: Set(read.text_en),
        passes_on: Set(read.passes_on),
        active: Set(!read.aside),
        created_at: Set(tx.now()),
    };
    let row = tx.insert(row).await.map_err(twice)?;
    let object = ("elsewhere", Some(row.id.0));
    let details = json!({ "kind": row.kind });
    audit::record(tx, actor, Action::ElsewhereAdd, object, details).await?;
    Ok(row)
}

/// Changes a place. What was referred to it stays so.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`].
pub async fn replace(
    tx: &TenantTx,
    actor: StaffId,
    id: ElsewhereId,
    typed: &ElsewhereInput,
) -> Result<Model, Error> {
    let known = routes(tx, None).await?;
    let before = (known.iter().find(|one| one.id == id)).ok_or(Error::NotFound)?;
    let (kind, read) = parse(&known, Some(id), typed)?;
    let after = changed(before, kind, read);
    change(tx, Some(actor), &after).await?;
    Ok(after)
}

/// A place as it will be.
pub(super) fn changed(before: &Model, kind: ElsewhereKind, read: ElsewhereInput) -> Model {
    Model {
        kind,
        name: read.name,
        address: read.address,
        url: read.url,
        email: read.email,
        text_nl: read.text_nl,
        text_en: read.text_en,
        passes_on: read.passes_on,
        active: !read.aside,
        ..before.clone()
    }
}

pub(super) async fn change(
    tx: &TenantTx,
    actor: Option<StaffId>,
    after: &Model,
) -> Result<(), Error> {
    tx.update::<entity::Entity>()
        .col_expr(Column::Kind, Expr::value(after.kind))
        .col_expr(Column::Name, Expr::value(after.name.as_str()))
        .col_expr(Column::Address, Expr::value(after.address.as_str()))
        .col_expr(Column::Url, Expr::value(after.url.as_str()))
        .col_expr(Column::Email, Expr::value(after.email.as_str()))
        .col_expr(Column::TextNl, Expr::value(after.text_nl.as_str()))
        .col_expr(Column::TextEn, Expr::value(after.text_en.as_str()))
        .col_expr(Column::PassesOn, Expr::value(after.passes_on))
        .col_expr(Column::Active, Expr::value(after.active))
        .filter(Column::Id.eq(after.id))
        .exec(tx)
        .await
        .map_err(|error| twice(error.into()))?;
    let object = ("elsewhere", Some(after.id.0));
    let details = json!({ "kind": after.kind, "active": after.active });
    audit::record(tx, actor, Action::ElsewhereChange, object, details).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_that_is_unknown_or_open_is_refused() {
        for (words, code) in [
            ("Ga naar {website}, {adres} of {e-mail}.", None),
            ("Uw {nummer}", Some("placeholder_unknown")),
            ("Uw {kenmerk", Some("placeholder_open")),
            ("Uw kenmerk}", Some("placeholder_open")),
        ] {
            let mut errors = FieldErrors::default();
            check_placeholders(&mut errors, "textNl", words);
            let found = errors
                .problems()
                .first()
                .map(|problem| problem.code.as_str());
            assert_eq!(found, code, "{words}");
        }
    }
}
