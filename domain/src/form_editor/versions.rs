//! Published versions: numbered, hashed, never changed. A version can be taken back; it stays readable for ever.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::Serialize;
use serde_json::json;
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use super::{
    drafts,
    input::PublishFormRequest,
    outdated, privacy,
    published_types::{changed_types, types_by_key},
};
use crate::{
    Error, FieldErrors, audit,
    forms::{
        Definition, FormId, FormVersionId, Issue, Role,
        entity::{form, form_version, form_withdrawal},
        is_withdrawn, store, validation,
    },
    text, workflow,
};

/// Longest note or reason, in characters.
pub const NOTE_MAX: usize = 500;

/// A published version.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FormVersionItem)]
pub struct FormVersion {
    /// Id.
    #[serde(skip)]
    pub id: FormVersionId,
    /// Its number, from 1.
    pub number: i64,
    /// What changed.
    pub note: String,
    /// Who published it; nobody when the product did.
    #[serde(skip)]
    pub author: Option<StaffId>,
    /// When, in UTC.
    pub published_at: DateTime<Utc>,
    /// SHA-256 of the canonical definition, in hexadecimal.
    pub hash: String,
    /// Whether residents fill it in now.
    pub live: bool,
    /// When it was taken back; none when it was not.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why it was taken back.
    pub withdrawal_reason: Option<String>,
}

/// Publishes a definition as the next version of the form at `slug`, which is made when it does not exist.
///
/// # Errors
/// [`Error::Invalid`] with every issue, when the definition does not pass the checks or there is no note.
pub async fn publish(
    tx: &TenantTx,
    slug: &str,
    definition: Definition,
    note: &str,
    author: Option<StaffId>,
) -> Result<FormVersionId, Error> {
    let known = Error::optional(store::form_row(tx, slug).await)?;
    let note = text::clean_line(note);
    let mut errors = FieldErrors::default();
    check_note("note", &note, &mut errors);
    let form = known.as_ref().map(|row| row.id);
    for issue in issues(tx, form, &definition).await? {
        push_issue(&mut errors, issue);
    }
    if definition.key != slug {
        errors.add_with("key", "address_changed", "value", slug);
    }
    errors.into_result()?;
    let form_id = if let Some(row) = known {
        row.id
    } else {
        let draft = drafts::create(tx, definition.clone(), "key", author).await?;
        drafts::remove(tx, &store::form_row(tx, slug).await?, draft.lock).await?;
        draft.form
    };
    insert(tx, (form_id, slug), &definition, &note, author).await
}

pub(super) fn push_issue(errors: &mut FieldErrors, issue: Issue) {
    errors.push(crate::FieldProblem {
        field: issue.place,
        code: issue.code.replace('-', "_"),
        parameters: [
            ("value".to_owned(), issue.value),
            ("other".to_owned(), issue.other),
        ]
        .into(),
    });
}

pub(super) fn check_note(field: &str, note: &str, errors: &mut FieldErrors) {
    if note.is_empty() {
        errors.add(field, "note_missing");
    } else if note.chars().count() > NOTE_MAX {
        errors.add_with(field, "too_long", "max", NOTE_MAX);
    }
}

async fn insert(
    tx: &TenantTx,
    (form_id, slug): (FormId, &str),
    definition: &Definition,
    note: &str,
    author: Option<StaffId>,
) -> Result<FormVersionId, Error> {
    let newest = Error::optional(row_by_number(tx, form_id, None).await)?;
    if let Some(newest) = &newest {
        let before = Definition::parse(&newest.definition).map_err(Error::bug)?;
        outdated::publish(tx, form_id, (&before, definition)).await?;
    }
    let number = newest.map_or(0, |row| row.number) + 1;
    let version = tx
        .insert(form_version::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            form_id: Set(form_id),
            number: Set(number),
            definition: Set(definition.canonical()),
            hash: Set(definition.hash()),
            note: Set(note.to_owned()),
            author_id: Set(author),
            published_at: Set(tx.now()),
        })
        .await?;
    tx.update::<form::Entity>()
        .col_expr(form::Column::LiveVersionId, Expr::value(version.id))
        .filter(form::Column::Id.eq(form_id))
        .exec(tx)
        .await?;
    let (action, subject) = (audit::Action::FormPublish, ("form", Some(form_id.0)));
    let details = json!({ "form": slug, "version": number });
    audit::record(tx, author, action, subject, details).await?;
    Ok(version.id)
}

/// Publishes the draft of a form, by who saw its newest text; the draft is gone afterwards. When the request says so, the version that was live
/// until now is taken back: who was filling it in goes on in the new one, with everything that still fits.
///
/// # Errors
/// As [`publish`]; [`crate::Code::Changed`] when somebody saved the draft meanwhile; [`Error::NotFound`].
pub async fn publish_draft(
    tx: &TenantTx,
    slug: &str,
    request: &PublishFormRequest,
    author: StaffId,
) -> Result<FormVersion, Error> {
    let mut errors = FieldErrors::default();
    let expected = (request.expected_version).whole("expectedVersion", &mut errors);
    let Some(expected) = expected else {
        check_note("note", &text::clean_line(&request.note), &mut errors);
        return Err(Error::Invalid(errors));
    };
    let note = request.note.as_str();
    let form = store::form_row(tx, slug).await?;
    let draft = drafts::find(tx, &form).await?.ok_or(Error::NotFound)?;
    drafts::remove(tx, &form, expected).await?;
    let id = publish(tx, slug, draft.definition, note, Some(author)).await?;
    if request.withdraws_previous
        && let Some(previous) = form.live_version_id
    {
        record_withdrawal(tx, slug, previous, &text::clean_line(note), Some(author)).await?;
    }
    versions(tx, slug, None)
        .await?
        .into_iter()
        .find(|version| version.id == id)
        .ok_or(Error::NotFound)
}

/// Takes a version back. When it was the live one, the form is offline until something is published again.
///
/// # Errors
/// [`Error::NotFound`]. A version that was taken back before stays so.
pub async fn withdraw(
    tx: &TenantTx,
    slug: &str,
    number: i64,
    reason: &str,
    author: impl Into<Option<StaffId>>,
) -> Result<(), Error> {
    let form = store::form_row(tx, slug).await?;
    let version = row_by_number(tx, form.id, Some(number)).await?;
    record_withdrawal(tx, slug, version.id, reason, author.into()).await?;
    tx.update::<form::Entity>()
        .col_expr(
            form::Column::LiveVersionId,
            Expr::value(None::<FormVersionId>),
        )
        .filter(form::Column::Id.eq(form.id))
        .filter(form::Column::LiveVersionId.eq(version.id))
        .exec(tx)
        .await?;
    Ok(())
}

async fn record_withdrawal(
    tx: &TenantTx,
    slug: &str,
    version: FormVersionId,
    reason: &str,
    author: Option<StaffId>,
) -> Result<(), Error> {
    if is_withdrawn(tx, version).await? {
        return Ok(());
    }
    tx.insert(form_withdrawal::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        form_version_id: Set(version),
        reason: Set(reason.to_owned()),
        author_id: Set(author),
        withdrawn_at: Set(tx.now()),
    })
    .await?;
    let action = audit::Action::FormWithdraw;
    let subject = ("formVersion", Some(version.0));
    audit::record(tx, author, action, subject, json!({ "form": slug })).await
}

/// The versions of a form, newest first, in three queries.
pub async fn versions(
    tx: &TenantTx,
    slug: &str,
    limit: Option<u64>,
) -> Result<Vec<FormVersion>, Error> {
    let form = store::form_row(tx, slug).await?;
    let rows = tx
        .find::<form_version::Entity>()
        .filter(form_version::Column::FormId.eq(form.id))
        .order_by_desc(form_version::Column::Number)
        .limit(limit)
        .all(tx)
        .await?;
    let ids: Vec<FormVersionId> = rows.iter().map(|row| row.id).collect();
    let mut withdrawals: HashMap<FormVersionId, _> = tx
        .find::<form_withdrawal::Entity>()
        .filter(form_withdrawal::Column::FormVersionId.is_in(ids))
        .all(tx)
        .await?
        .into_iter()
        .map(|row| (row.form_version_id, (row.withdrawn_at, row.reason)))
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let (withdrawn_at, withdrawal_reason) = withdrawals.remove(&row.id).unzip();
            FormVersion {
                live: form.live_version_id == Some(row.id),
                withdrawn_at,
                withdrawal_reason,
                id: row.id,
                number: row.number,
                note: row.note,
                author: row.author_id,
                published_at: row.published_at,
                hash: row.hash,
            }
        })
        .collect())
}

/// The definition of a version, or of the draft when no number is given.
pub async fn definition(
    tx: &TenantTx,
    slug: &str,
    number: Option<i64>,
) -> Result<Definition, Error> {
    if number.is_none() {
        return Ok(drafts::draft(tx, slug).await?.definition);
    }
    let form = store::form_row(tx, slug).await?;
    let row = row_by_number(tx, form.id, number).await?;
    Definition::parse(&row.definition).map_err(Error::bug)
}

/// A version by its number, or the newest.
pub(super) async fn row_by_number(
    tx: &TenantTx,
    form: FormId,
    number: Option<i64>,
) -> Result<form_version::Model, Error> {
    let mut query = tx
        .find::<form_version::Entity>()
        .filter(form_version::Column::FormId.eq(form))
        .order_by_desc(form_version::Column::Number)
        .limit(1);
    if let Some(number) = number {
        query = query.filter(form_version::Column::Number.eq(number));
    }
    query.one(tx).await?.ok_or(Error::NotFound)
}

/// What keeps a definition from being published at `slug`, the history of the form included.
pub async fn issues_of(
    tx: &TenantTx,
    slug: &str,
    definition: &Definition,
) -> Result<Vec<Issue>, Error> {
    let known = Error::optional(store::form_row(tx, slug).await)?;
    issues(tx, known.map(|form| form.id), definition).await
}

/// What keeps the draft of a form from being published, the history of the form included.
pub async fn draft_issues(tx: &TenantTx, draft: &drafts::FormDraft) -> Result<Vec<Issue>, Error> {
    issues(tx, Some(draft.form), &draft.definition).await
}

/// The same of a definition; a form that is not there yet has no history.
async fn issues(
    tx: &TenantTx,
    form: Option<FormId>,
    definition: &Definition,
) -> Result<Vec<Issue>, Error> {
    let mut issues = validation::validate(definition);
    issues.extend(privacy::issues(definition));
    issues.extend(unknown_kinds(tx, definition).await?);
    if let Some(form) = form {
        issues.extend(changed_types(&types_by_key(tx, form).await?, definition));
    }
    Ok(issues)
}

/// Options of the question for the kind that are neither a usual kind nor one of the municipality's own.
async fn unknown_kinds(tx: &TenantTx, definition: &Definition) -> Result<Vec<Issue>, Error> {
    let usual = ["klacht", "tip", "compliment"];
    let mut others = Vec::new();
    for (step, field) in definition.fields() {
        let asks = field.role == Some(Role::CaseKind);
        for option in field.options.iter().filter(|_| asks) {
            if !usual.contains(&option.as_str()) {
                let place = format!("steps/{}/fields/{}", step.key, field.key);
                others.push((place, option.clone()));
            }
        }
    }
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let known = workflow::known_codes(tx).await?;
    others.retain(|(_, option)| !known.contains(option));
    let issue = |(place, value)| Issue {
        code: "kind-unknown",
        place,
        value,
        other: String::new(),
    };
    Ok(others.into_iter().map(issue).collect())
}
