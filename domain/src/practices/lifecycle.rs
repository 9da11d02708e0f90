//! A practice at its owner's: written, submitted to a colleague, agreed by another person, handed to the exchange; confirmed every year, and
//! taken back.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde_json::json;
use tenants::{Role, StaffId, Tenant, TenantTx};

use super::{
    Municipality, Practice, PracticeContent, PracticeForm, PracticeId, PracticeStatus,
    PublishedState, ReviewState, Sharing, Standing,
    entity::{
        practice::{self, Column},
        practice_review::{self, Column as Review},
        published_practice,
    },
    form::{self, Edited, LINE_MAX},
    get,
    names::Private,
    standing,
    tombstone::leave_tombstone,
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    inbox::{self, NoticeKind, Subject, Whom},
    input, text,
};

impl Practice {
    /// What is known about the people to ask, in a practice of `owner`.
    fn private(&self, owner: &Tenant) -> Result<Private, Error> {
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
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            source_hash: Set(None),
            source: Set(Vec::new()),
            source_name: Set(String::new()),
            fields: Set(json!({})),
            contact: Set(contact),
            findings: Set(json!([])),
            content: Set(content),
            sharing: Set(sharing),
            status: Set(PracticeStatus::Draft),
            title: Set(edited.content.title),
            number: Set(1),
            changes: Set(String::new()),
            note: Set(String::new()),
            version: Set(1),
            author_id: Set(Some(actor)),
            submitted_by: Set(None),
            approved_by: Set(None),
            consent_hash: Set(None),
            consent_asked_at: Set(None),
            consented_at: Set(None),
            created_at: Set(tx.now()),
            published_at: Set(None),
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
async fn advance(
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

/// A colleague, another one than who submitted, agrees: the text as everybody will read it goes to the exchange, in the owner's own name and
/// without the person to ask. `confirmed` says that this person read it so.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::PracticeFourEyes`]; [`Code::PracticeNotNow`].
pub async fn approve(
    tx: &TenantTx,
    owner: &Tenant,
    id: PracticeId,
    actor: StaffId,
    confirmed: bool,
) -> Result<Practice, Error> {
    let practice = get(tx, id).await?;
    if practice.status != PracticeStatus::Submitted {
        return Err(Error::refused(Code::PracticeNotNow));
    }
    if practice.submitted_by == Some(actor) {
        return Err(Error::refused(Code::PracticeFourEyes));
    }
    let mut errors = FieldErrors::default();
    if !confirmed {
        errors.add("confirmed", "not_confirmed");
    }
    errors.into_result()?;
    let article = practice.article(owner)?;
    let private = practice.private(owner)?;
    let row = practice_review::ActiveModel {
        id: Set(id),
        owner: Set(tx.tenant()),
        municipality: Set(owner.name.clone()),
        number: Set(practice.number),
        title: Set(article.title.clone()),
        changes: Set(private.hide(&practice.changes)),
        body: Set(serde_json::to_value(&article).map_err(Error::bug)?),
        sharing: Set(practice.sharing.clone()),
        state: Set(ReviewState::Waiting),
        questions: Set(String::new()),
        submitted_at: Set(tx.now()),
        decided_at: Set(None),
        told_at: Set(None),
    };
    let again = OnConflict::column(Review::Id)
        .update_columns([
            Review::Municipality,
            Review::Number,
            Review::Title,
            Review::Changes,
            Review::Body,
            Review::Sharing,
            Review::State,
            Review::Questions,
            Review::SubmittedAt,
            Review::DecidedAt,
            Review::ToldAt,
        ])
        .action_and_where(Expr::col((practice_review::Entity, Review::Owner)).eq(tx.tenant()))
        .to_owned();
    practice_review::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    let by = [
        (Column::ApprovedBy, Some(actor.0).into()),
        (Column::PublishedAt, Some(tx.now()).into()),
    ];
    let practice = advance(tx, &practice, PracticeStatus::Approved, &by).await?;
    let object = ("practice", Some(id.0));
    let details = json!({ "number": practice.number });
    audit::record(tx, Some(actor), Action::PracticeApprove, object, details).await?;
    Ok(practice)
}

/// Says that a published practice still holds. Whom to ask has to consent again.
///
/// # Errors
/// [`Code::PracticeNotNow`] for one that is not published.
pub async fn confirm(tx: &TenantTx, id: PracticeId, actor: StaffId) -> Result<(), Error> {
    use published_practice::Column;

    let confirmed = tx
        .update::<published_practice::Entity>()
        .col_expr(Column::ConfirmedAt, Expr::value(tx.now()))
        .col_expr(Column::State, Expr::value(PublishedState::Published))
        .col_expr(Column::EndedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::ContactUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in([PublishedState::Published, PublishedState::Archived]))
        .exec(tx)
        .await?;
    if confirmed.rows_affected == 0 {
        get(tx, id).await?;
        return Err(Error::refused(Code::PracticeNotNow));
    }
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticeConfirm, object, json!({})).await
}

/// Takes a practice back: of the published copy only the reason and the day are left, and a version that the exchange judges is gone. What the
/// owner has is a draft again.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Code::PracticeNotNow`] when nothing is to be taken back.
pub async fn withdraw(
    tx: &TenantTx,
    owner: &Tenant,
    id: PracticeId,
    actor: StaffId,
    reason: &str,
) -> Result<Practice, Error> {
    let mut errors = FieldErrors::default();
    let reason = input::required(text::clean_line(reason), LINE_MAX, "reason", &mut errors);
    errors.into_result()?;
    let practice = get(tx, id).await?;
    let reason = practice.private(owner)?.hide(&reason);
    let reviews = tx
        .delete::<practice_review::Entity>()
        .filter(practice_review::Column::Id.eq(id))
        .exec(tx)
        .await?;
    if reviews.rows_affected == 0 {
        return Err(Error::refused(Code::PracticeNotNow));
    }
    leave_tombstone(
        tx,
        id,
        tx.tenant(),
        PublishedState::Withdrawn,
        &reason,
        tx.now(),
    )
    .await?;
    let practice = advance(tx, &practice, PracticeStatus::Draft, &[]).await?;
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticeWithdraw, object, json!({})).await?;
    Ok(practice)
}
