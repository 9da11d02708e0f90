//! What editors work on: one draft per form, saved only by who saw its newest text.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, sea_query::Expr};
use serde::Serialize;
use serde_json::json;
use tenants::{StaffId, TenantTx, typed_id};
use utoipa::ToSchema;

use super::{UsedKeys, entity::form_draft, published_types::used_keys, versions};
use crate::{
    Code, Error, FieldErrors, audit,
    forms::{
        Definition, Form, FormId, Issue, ParseFailure, entity::form, is_address, store, validation,
    },
};

typed_id! {
    /// A draft of a form.
    FormDraftId
}

/// Addresses that pages of the builder have themselves.
const RESERVED_ADDRESSES: [&str; 3] = ["nieuw", "inlezen", "sjablonen"];

/// A draft.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FormDraft {
    /// The form.
    #[serde(skip)]
    pub form: FormId,
    /// Address of the form.
    pub slug: String,
    /// The definition: steps, fields, conditions and texts.
    #[schema(value_type = Object)]
    pub definition: Definition,
    /// Number of this text: a change names it.
    #[serde(rename = "version")]
    pub lock: i64,
    /// Who saved it last; nobody when the product did.
    #[serde(skip)]
    pub author: Option<StaffId>,
    /// When it was saved last.
    pub updated_at: DateTime<Utc>,
}

impl FormDraft {
    /// Everything that keeps it from being published, by its own text alone.
    #[must_use]
    pub fn issues(&self) -> Vec<Issue> {
        validation::validate(&self.definition)
    }

    /// The form as far as it can be shown.
    #[must_use]
    pub fn form(&self) -> Form {
        Form::of_draft(self.definition.clone())
    }
}

/// The draft of a form.
///
/// # Errors
/// [`Error::NotFound`] when there is no form, or no draft of it.
pub async fn draft(tx: &TenantTx, slug: &str) -> Result<FormDraft, Error> {
    let form = store::form_row(tx, slug).await?;
    find(tx, &form).await?.ok_or(Error::NotFound)
}

/// A form as editors see it: its draft, or its newest version as if it were one (`lock` 0) while there is no draft.
///
/// # Errors
/// [`Error::NotFound`] when there is no form.
pub async fn draft_or_newest(tx: &TenantTx, slug: &str) -> Result<FormDraft, Error> {
    let form = store::form_row(tx, slug).await?;
    if let Some(draft) = find(tx, &form).await? {
        return Ok(draft);
    }
    let newest = versions::row_by_number(tx, form.id, None).await?;
    Ok(FormDraft {
        form: form.id,
        slug: form.slug,
        definition: Definition::parse(&newest.definition).map_err(Error::bug)?,
        lock: 0,
        author: newest.author_id,
        updated_at: newest.published_at,
    })
}

/// Changes a draft by who saw the text with this number (`expected`). What `apply` refuses leaves the draft as it is.
///
/// # Errors
/// [`Code::Changed`] when somebody saved, published or threw the draft away meanwhile; what `apply` and [`save`] refuse.
pub async fn change<R>(
    tx: &TenantTx,
    slug: &str,
    expected: i64,
    author: StaffId,
    apply: impl FnOnce(&mut Definition, &UsedKeys) -> Result<R, Error>,
) -> Result<R, Error> {
    let draft = Error::optional(draft(tx, slug).await)?;
    let draft = draft.filter(|draft| draft.lock == expected);
    let mut definition = draft.ok_or(Error::refused(Code::Changed))?.definition;
    let done = apply(&mut definition, &used_keys(tx, slug).await?)?;
    save(tx, slug, expected, definition, author).await?;
    Ok(done)
}

pub(super) async fn find(tx: &TenantTx, form: &form::Model) -> Result<Option<FormDraft>, Error> {
    let row = tx
        .find::<form_draft::Entity>()
        .filter(form_draft::Column::FormId.eq(form.id))
        .one(tx)
        .await?;
    row.map(|row| {
        Ok(FormDraft {
            form: form.id,
            slug: form.slug.clone(),
            definition: Definition::parse(&row.definition).map_err(Error::bug)?,
            lock: row.lock,
            author: row.author_id,
            updated_at: row.updated_at,
        })
    })
    .transpose()
}

/// Starts a form that does not exist yet. What is imported starts here as well: never live, always as a draft. `named_by` is the field that its
/// address comes from.
///
/// # Errors
/// [`Error::Invalid`] when the address is unusable or taken, or the form too large.
pub async fn create(
    tx: &TenantTx,
    definition: Definition,
    named_by: &str,
    author: Option<StaffId>,
) -> Result<FormDraft, Error> {
    let slug = definition.key.clone();
    let mut errors = FieldErrors::default();
    if RESERVED_ADDRESSES.contains(&slug.as_str()) {
        errors.add_with(named_by, "address_reserved", "value", &slug);
    } else if !is_address(&slug) {
        errors.add_with(named_by, "address_malformed", "value", &slug);
    }
    check_storable(&definition, None, &mut errors);
    errors.into_result()?;
    if Error::optional(store::form_row(tx, &slug).await)?.is_some() {
        return Err(address_taken(named_by, &slug));
    }
    let row = tx
        .insert(form::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            slug: Set(slug.clone()),
            live_version_id: Set(None),
            created_at: Set(tx.now()),
            opens_at: Set(None),
            closes_at: Set(None),
            deadline_at: Set(None),
            closed_texts: Set(None),
        })
        .await
        .map_err(|error| {
            if error.is_duplicate() {
                address_taken(named_by, &slug)
            } else {
                error.into()
            }
        })?;
    put(tx, &row, definition, author, audit::Action::FormCreate).await
}

fn address_taken(field: &str, slug: &str) -> Error {
    let mut errors = FieldErrors::default();
    errors.add_with(field, "address_taken", "value", slug);
    Error::Invalid(errors)
}

/// What no draft may have, because it could not be read back, or its pages could not be opened to mend it. What the text before (`known`)
/// has already is let through: whoever mends one thing need not mend all at once, and publishing still refuses it.
pub(super) fn check_storable(
    definition: &Definition,
    known: Option<&Definition>,
    errors: &mut FieldErrors,
) {
    let mut is_deep = false;
    if let Err(unreadable) = Definition::parse(&definition.canonical()) {
        match unreadable.failure {
            ParseFailure::TooDeep => is_deep = true,
            ParseFailure::TooLarge => errors.add("definition", "form_too_large"),
            _ => errors.push(unreadable.problem("definition")),
        }
    }
    let before: HashSet<String> = known
        .into_iter()
        .flat_map(malformed_keys)
        .map(|issue| issue.value)
        .collect();
    for issue in malformed_keys(definition).filter(|issue| !before.contains(&issue.value)) {
        versions::push_issue(errors, issue);
    }
    if is_deep {
        let found = validation::validate(definition).into_iter();
        for issue in found.filter(|issue| issue.code == "condition-too-deep") {
            versions::push_issue(errors, issue);
        }
    }
}

/// Names that are no part of an address.
fn malformed_keys(definition: &Definition) -> impl Iterator<Item = Issue> + use<> {
    validation::validate(definition)
        .into_iter()
        .filter(|issue| issue.code == "key-malformed")
}

pub(super) async fn put(
    tx: &TenantTx,
    form: &form::Model,
    definition: Definition,
    author: Option<StaffId>,
    action: audit::Action,
) -> Result<FormDraft, Error> {
    let row = tx
        .insert(form_draft::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            form_id: Set(form.id),
            definition: Set(definition.canonical()),
            lock: Set(1),
            author_id: Set(author),
            updated_at: Set(tx.now()),
        })
        .await
        .map_err(|error| {
            // Two editors began at once: the second one sees the draft of the first.
            if error.is_duplicate() {
                Error::refused(Code::Changed)
            } else {
                error.into()
            }
        })?;
    record(tx, author, action, form).await?;
    Ok(FormDraft {
        form: form.id,
        slug: form.slug.clone(),
        definition,
        lock: row.lock,
        author,
        updated_at: row.updated_at,
    })
}

/// The draft of a form; begun from a version when there is none: the one with this number, or the newest. A draft that is there stays.
///
/// # Errors
/// [`Error::NotFound`]; [`Code::DraftExists`] when a version is named and there is a draft that it would replace.
pub async fn begin_draft(
    tx: &TenantTx,
    slug: &str,
    number: Option<i64>,
    author: StaffId,
) -> Result<FormDraft, Error> {
    let form = store::form_row(tx, slug).await?;
    if let Some(known) = find(tx, &form).await? {
        return match number {
            None => Ok(known),
            Some(_) => Err(Error::refused(Code::DraftExists)),
        };
    }
    let version = versions::row_by_number(tx, form.id, number).await?;
    let definition = Definition::parse(&version.definition).map_err(Error::bug)?;
    let action = audit::Action::FormDraft;
    put(tx, &form, definition, Some(author), action).await
}

/// Saves a draft, by who saw its newest text.
///
/// # Errors
/// [`Code::Changed`] when somebody saved meanwhile; [`Error::Invalid`] when the form is too large or has got another address;
/// [`Error::NotFound`].
pub async fn save(
    tx: &TenantTx,
    slug: &str,
    expected: i64,
    definition: Definition,
    author: StaffId,
) -> Result<FormDraft, Error> {
    let form = store::form_row(tx, slug).await?;
    let mut errors = FieldErrors::default();
    if definition.key != slug {
        errors.add_with("key", "address_changed", "value", slug);
    }
    let known = find(tx, &form).await?.ok_or(Error::NotFound)?;
    check_storable(&definition, Some(&known.definition), &mut errors);
    errors.into_result()?;
    let saved = tx
        .update::<form_draft::Entity>()
        .col_expr(
            form_draft::Column::Definition,
            Expr::value(definition.canonical()),
        )
        .col_expr(form_draft::Column::Lock, Expr::value(expected + 1))
        .col_expr(form_draft::Column::AuthorId, Expr::value(Some(author)))
        .col_expr(form_draft::Column::UpdatedAt, Expr::value(tx.now()))
        .filter(form_draft::Column::FormId.eq(form.id))
        .filter(form_draft::Column::Lock.eq(expected))
        .exec(tx)
        .await?;
    if saved.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    Ok(FormDraft {
        form: form.id,
        slug: form.slug,
        definition,
        lock: expected + 1,
        author: Some(author),
        updated_at: tx.now(),
    })
}

/// Throws a draft away. A form that was never published goes with it.
///
/// # Errors
/// [`Code::Changed`] when somebody saved meanwhile; [`Error::NotFound`].
pub async fn discard(
    tx: &TenantTx,
    slug: &str,
    expected: i64,
    author: StaffId,
) -> Result<(), Error> {
    let form = store::form_row(tx, slug).await?;
    remove(tx, &form, expected).await?;
    if !store::has_versions(tx, form.id).await? {
        tx.delete::<form::Entity>()
            .filter(form::Column::Id.eq(form.id))
            .exec(tx)
            .await?;
    }
    record(tx, Some(author), audit::Action::FormDiscard, &form).await
}

/// Writes into the audit log what was done with a form.
pub(super) async fn record(
    tx: &TenantTx,
    author: Option<StaffId>,
    action: audit::Action,
    form: &form::Model,
) -> Result<(), Error> {
    let details = json!({ "form": form.slug });
    audit::record(tx, author, action, ("form", Some(form.id.0)), details).await
}

pub(super) async fn remove(tx: &TenantTx, form: &form::Model, expected: i64) -> Result<(), Error> {
    let removed = tx
        .delete::<form_draft::Entity>()
        .filter(form_draft::Column::FormId.eq(form.id))
        .filter(form_draft::Column::Lock.eq(expected))
        .exec(tx)
        .await?;
    if removed.rows_affected == 1 {
        return Ok(());
    }
    match find(tx, form).await? {
        Some(_) => Err(Error::refused(Code::Changed)),
        None => Err(Error::NotFound),
    }
}
