//! A practice at its owner's: written, submitted to a colleague, and sent back with what has to be better.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use tenants::{Role, StaffId, Tenant, TenantTx};

use super::{
    Municipality, Practice, PracticeContent, PracticeForm, PracticeId, PracticeStatus, ReviewState,
    Sharing, Standing,
    entity::practice::{self, Column},
    form::{self, Edited},
    get,
    names::Private,
    standing,
    store::blank,
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    inbox::{self, NoticeKind, Subject, Whom},
    input, text,
};

impl Practice {
    /// What is known about the people to ask, in a practice of `owner`.
    pub(super) fn private(&self, owner: &Tenant) -> Result<Private, Error> {
        let (content, contact) = (self.content()?, self.contact()?);
        Ok(Private::of_content(&content, &contact, &owner.name))
    }

    /// The text as everybody will read it once `owner` publishes it. It is always in the owner's own name.
    pub fn article(&self, owner: &Tenant) -> Result<PracticeContent, Error> {
        let private = self.private(owner)?;
        let mut content = self.content()?.with_texts(&|text| private.hide(text));
        let place = Municipality::of(owner);
        content.municipality.clone_from(&owner.name);
        content.municipality_code = place.map(|place| place.code.to_owned());
        Ok(content)
    }

    /// Who may read it, and who owns it as well.
    pub fn sharing(&self) -> Result<Sharing, Error> {
        serde_json::from_value(self.sharing.clone()).map_err(Error::bug)
    }
}

/// Columns of the practice that an edit changes, other than those that count it.
fn stored(edited: &Edited) -> Result<[serde_json::Value; 3], Error> {
    let json = |value: serde_json::Result<serde_json::Value>| value.map_err(Error::bug);
    Ok([
        json(serde_json::to_value(&edited.content))?,
        json(serde_json::to_value(&edited.sharing))?,
        json(serde_json::to_value(&edited.contact))?,
    ])
}

/// Begins a practice with what its owner typed so far.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be kept.
pub async fn write(tx: &TenantTx, actor: StaffId, form: &PracticeForm) -> Result<Practice, Error> {
    let edited = form.parse(PracticeContent::default());
    let [content, sharing, contact] = stored(&edited)?;
    edited.errors.into_result()?;
    let practice = tx
        .insert(practice::ActiveModel {
            contact: Set(contact),
            content: Set(content),
            sharing: Set(sharing),
            title: Set(edited.content.title),
            ..blank(tx, Some(actor))
        })
        .await?;
    let object = ("practice", Some(practice.id.0));
    audit::record(tx, Some(actor), Action::PracticeWrite, object, json!({})).await?;
    Ok(practice)
}

/// Whether an owner may edit now, and which version the edit makes. What is published stays as it is.
fn editable(practice: &Practice, standing: &Standing) -> Result<i64, Error> {
    let review = standing.review.as_ref().map(|review| review.state);
    match (practice.status, review) {
        (PracticeStatus::Approved, Some(ReviewState::Waiting)) | (PracticeStatus::Submitted, _) => {
            Err(Error::refused(Code::PracticeNotNow))
        }
        (PracticeStatus::Approved, Some(ReviewState::Published)) => Ok(practice.number + 1),
        _ => Ok(practice.number),
    }
}

/// Keeps what was typed. An edit of a published practice begins its next version.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::Changed`] when somebody else changed it meanwhile; [`Code::PracticeNotNow`] while others judge it.
pub async fn save(
    tx: &TenantTx,
    id: PracticeId,
    actor: StaffId,
    form: &PracticeForm,
) -> Result<Practice, Error> {
    keep(tx, id, actor, form, false).await
}

/// Keeps what was typed and submits it to a colleague.
///
/// # Errors
/// As [`save`], and everything that another municipality needs and that is missing.
pub async fn save_and_submit(
    tx: &TenantTx,
    id: PracticeId,
    actor: StaffId,
    form: &PracticeForm,
) -> Result<Practice, Error> {
    keep(tx, id, actor, form, true).await?;
    submit(tx, id, actor).await
}

async fn keep(
    tx: &TenantTx,
    id: PracticeId,
    actor: StaffId,
    form: &PracticeForm,
    complete: bool,
) -> Result<Practice, Error> {
    let practice = get(tx, id).await?;
    let number = editable(&practice, &standing(tx, id).await?)?;
    let mut edited = form.parse(practice.content()?);
    // What a text said of the person beside name, address and number has no field, and stays.
    edited.contact.other = practice.contact()?.other;
    let version = edited.version;
    if complete {
        let changes = (number > 1).then_some(edited.changes.as_str());
        form::complete(
            &edited.content,
            &edited.sharing,
            changes,
            &mut edited.errors,
        );
    }
    let [content, sharing, contact] = stored(&edited)?;
    edited.errors.into_result()?;
    if version.is_some_and(|version| version != practice.version) {
        return Err(Error::refused(Code::Changed));
    }
    let changed = tx
        .update::<practice::Entity>()
        .col_expr(Column::Content, Expr::value(content))
        .col_expr(Column::Sharing, Expr::value(sharing))
        .col_expr(Column::Contact, Expr::value(contact))
        .col_expr(Column::Title, Expr::value(edited.content.title))
        .col_expr(Column::Changes, Expr::value(edited.changes))
        .col_expr(Column::Number, Expr::value(number))
        .col_expr(Column::Status, Expr::value(PracticeStatus::Draft))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(practice.version))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let object = ("practice", Some(id.0));
    let details = json!({ "number": number });
    audit::record(tx, Some(actor), Action::PracticeWrite, object, details).await?;
    get(tx, id).await
}

/// Moves a practice on, if it still stands where `from` says.
pub(super) async fn advance(
    tx: &TenantTx,
    practice: &Practice,
    to: PracticeStatus,
    more: &[(Column, sea_orm::Value)],
) -> Result<Practice, Error> {
    let mut update = tx
        .update::<practice::Entity>()
        .col_expr(Column::Status, Expr::value(to))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(practice.id))
        .filter(Column::Version.eq(practice.version));
    for (column, value) in more {
        update = update.col_expr(*column, Expr::value(value.clone()));
    }
    if update.exec(tx).await?.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    get(tx, practice.id).await
}

fn page(id: PracticeId) -> String {
    format!("/beheer/praktijkvoorbeelden/{id}")
}

/// Submits a practice to a colleague, who has to be another person.
///
/// # Errors
/// [`Error::Invalid`] with everything that is missing; [`Code::PracticeNotNow`].
pub async fn submit(tx: &TenantTx, id: PracticeId, actor: StaffId) -> Result<Practice, Error> {
    let practice = get(tx, id).await?;
    if practice.status != PracticeStatus::Draft {
        return Err(Error::refused(Code::PracticeNotNow));
    }
    let mut errors = FieldErrors::default();
    let changes = (practice.number > 1).then_some(practice.changes.as_str());
    form::complete(
        &practice.content()?,
        &practice.sharing()?,
        changes,
        &mut errors,
    );
    errors.into_result()?;
    let by = [
        (Column::SubmittedBy, Some(actor.0).into()),
        (Column::Note, "".into()),
    ];
    let practice = advance(tx, &practice, PracticeStatus::Submitted, &by).await?;
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticeSubmit, object, json!({})).await?;
    let path = page(id);
    let subject = Subject::Page(&path, &practice.title);
    for role in [Role::FormEditor, Role::TenantAdmin] {
        let whom = Whom::Role(role);
        inbox::notify(tx, whom, NoticeKind::PracticeWaits, subject, Some(actor)).await?;
    }
    Ok(practice)
}

/// A colleague sends a practice back with what has to be better.
///
/// # Errors
/// [`Error::Invalid`] without a word; [`Code::PracticeNotNow`].
pub async fn send_back(
    tx: &TenantTx,
    id: PracticeId,
    actor: StaffId,
    note: &str,
) -> Result<Practice, Error> {
    let mut errors = FieldErrors::default();
    let note = input::required(text::clean_text(note), 2_000, "note", &mut errors);
    errors.into_result()?;
    let practice = get(tx, id).await?;
    if practice.status != PracticeStatus::Submitted {
        return Err(Error::refused(Code::PracticeNotNow));
    }
    let note = [(Column::Note, note.into())];
    let practice = advance(tx, &practice, PracticeStatus::Draft, &note).await?;
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticeReturn, object, json!({})).await?;
    if let Some(author) = practice.submitted_by {
        let path = page(id);
        let subject = Subject::Page(&path, &practice.title);
        let whom = Whom::Staff(author);
        inbox::notify(tx, whom, NoticeKind::PracticeDecided, subject, Some(actor)).await?;
    }
    Ok(practice)
}
