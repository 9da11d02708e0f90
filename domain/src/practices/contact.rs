//! Questions to the person who knows a practice: they reach that person by mail, if that person consented, and nobody learns who it is.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait as _, Delete, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Update,
    sea_query::{Expr, ExprTrait, Query, UnionType},
};
use serde::Deserialize;
use serde_json::json;
use tenants::{Db, PlatformTx, StaffId, Tenant, TenantId, TenantTx, secret, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    Practice, PracticeId, PublishedState, Reader,
    entity::{
        practice::{self, Column},
        practice_question, published_practice,
    },
    get, published_by_slug,
    stage::CONFIRM_AFTER,
};
use crate::{
    Code, Error, FieldErrors, Language,
    audit::{self, Action},
    input,
    mail::{self, LinkBase, NewMail},
    text,
};

/// Most questions that one person may ask in a day.
const A_DAY: u64 = 5;
/// Longest question, in characters.
const QUESTION_MAX: usize = 2_000;
/// How long it is known who asked, so that nobody asks too often.
const QUESTION_KEPT: TimeDelta = TimeDelta::days(30);
/// How long the person may take to consent.
const CONSENT_WITHIN: TimeDelta = TimeDelta::days(30);

/// Asks the person whom the owner named whether questions may be sent on. Only that person can say so.
///
/// # Errors
/// [`Error::Invalid`] without a mail address; [`Code::PracticeNotNow`] when the practice is not published.
pub async fn ask_consent(
    tx: &TenantTx,
    (owner, links): (&Tenant, &LinkBase),
    id: PracticeId,
    actor: StaffId,
) -> Result<(), Error> {
    let practice = get(tx, id).await?;
    let is_published = tx
        .find::<published_practice::Entity>()
        .filter(published_practice::Column::Id.eq(id))
        .filter(published_practice::Column::State.eq(PublishedState::Published))
        .one(tx)
        .await?
        .is_some();
    if !is_published {
        return Err(Error::refused(Code::PracticeNotNow));
    }
    let contact = practice.contact()?;
    let mut errors = FieldErrors::default();
    if contact.email.is_none() {
        errors.add("contactEmail", "required");
    }
    errors.into_result()?;
    let code = secret::new_code()?;
    tx.update::<practice::Entity>()
        .col_expr(Column::ConsentHash, Expr::value(Some(secret::hash(&code))))
        .col_expr(Column::ConsentAskedAt, Expr::value(Some(tx.now())))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    let link = links.link(owner, &format!("/praktijk-contact/{code}"));
    let mail = NewMail {
        kind: "practice-consent",
        recipient: contact.email.as_deref().unwrap_or_default(),
        about: None,
        language: Language::Dutch,
        text: "mail-practice-consent",
        values: &[
            ("organisation", owner.name.as_str()),
            ("title", practice.title.as_str()),
            ("link", link.as_str()),
        ],
    };
    mail::enqueue(tx, mail).await?;
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticeContact, object, json!({})).await
}

/// The practice that a link to consent is about.
///
/// # Errors
/// [`Error::NotFound`] for an unknown link, and for one that is older than a month.
pub async fn consent_of(tx: &TenantTx, code: &str) -> Result<Practice, Error> {
    tx.find::<practice::Entity>()
        .filter(Column::ConsentHash.eq(secret::hash(code)))
        .filter(Column::ConsentAskedAt.gt(tx.now() - CONSENT_WITHIN))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The person consents until the practice has to be confirmed again, or does not. The link is used up.
///
/// # Errors
/// As [`consent_of`].
pub async fn consent(tx: &TenantTx, code: &str, agrees: bool) -> Result<(), Error> {
    let practice = consent_of(tx, code).await?;
    let published = tx
        .find::<published_practice::Entity>()
        .filter(published_practice::Column::Id.eq(practice.id))
        .one(tx)
        .await?;
    let until = published
        .filter(|_| agrees)
        .map(|published| published.confirmed_at + CONFIRM_AFTER);
    tx.update::<published_practice::Entity>()
        .col_expr(published_practice::Column::ContactUntil, Expr::value(until))
        .filter(published_practice::Column::Id.eq(practice.id))
        .exec(tx)
        .await?;
    tx.update::<practice::Entity>()
        .col_expr(Column::ConsentHash, Expr::value(None::<String>))
        .col_expr(Column::ConsentedAt, Expr::value(agrees.then_some(tx.now())))
        .filter(Column::Id.eq(practice.id))
        .exec(tx)
        .await?;
    let object = ("practice", Some(practice.id.0));
    let details = json!({ "agrees": agrees });
    audit::record(tx, None, Action::PracticeContact, object, details).await
}

/// A question to the person who knows a practice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct QuestionRequest {
    /// The question, at most 2,000 characters.
    pub question: String,
}

/// Keeps a question of a member of staff until it is sent on; the answer goes to the mail address of whoever asks.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::PracticeNoContact`] when nobody consented; [`Code::TooManyRequests`] after five in a day.
pub async fn ask(
    tx: &PlatformTx,
    sender: (&Tenant, &StaffMember),
    slug: &str,
    request: &QuestionRequest,
) -> Result<(), Error> {
    use practice_question::Column;

    let (tenant, member) = sender;
    let mut errors = FieldErrors::default();
    let question = text::clean_text(&request.question);
    let question = input::required(question, QUESTION_MAX, "question", &mut errors);
    errors.into_result()?;
    let detail = published_by_slug(tx, Reader::staff(tenant.id), slug).await?;
    let is_open = |until: DateTime<Utc>| until > tx.now();
    if !detail.practice.contact_until.is_some_and(is_open) {
        return Err(Error::refused(Code::PracticeNoContact));
    }
    let asked = tx
        .find::<practice_question::Entity>()
        .filter(Column::Sender.eq(tenant.id))
        .filter(Column::AskedBy.eq(member.id))
        .filter(Column::CreatedAt.gt(tx.now() - TimeDelta::days(1)))
        .limit(A_DAY)
        .all(tx)
        .await?;
    if u64::try_from(asked.len()).unwrap_or(u64::MAX) >= A_DAY {
        return Err(Error::refused(Code::TooManyRequests));
    }
    let row = practice_question::ActiveModel {
        id: Set(tx.new_id()),
        owner: Set(detail.practice.owner),
        practice: Set(detail.practice.id),
        sender: Set(tenant.id),
        asked_by: Set(member.id),
        name: Set(member.name.clone()),
        email: Set(member.email.clone()),
        municipality: Set(tenant.name.clone()),
        question: Set(Some(question)),
        created_at: Set(tx.now()),
        sent_at: Set(None),
    };
    practice_question::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Most questions that are sent on at once.
const BATCH: u64 = 50;

/// Sends on what was asked: each question in a transaction of the municipality that owns the practice, which alone knows the person. Of what was
/// sent the words are gone; of what nobody may get any more, too.
pub async fn send_questions(db: &Db) -> Result<(), Error> {
    let tx = db.platform_read().await?;
    let waiting = tx
        .find::<practice_question::Entity>()
        .filter(practice_question::Column::SentAt.is_null())
        .order_by_asc(practice_question::Column::CreatedAt)
        .limit(BATCH)
        .all(&tx)
        .await?;
    drop(tx);
    for question in waiting {
        let tx = db.write(question.owner).await?;
        send(&tx, &question).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn send(tx: &TenantTx, question: &practice_question::Model) -> Result<(), Error> {
    use practice_question::Column;

    let taken = Update::many(practice_question::Entity)
        .col_expr(Column::SentAt, Expr::value(Some(tx.now())))
        .col_expr(Column::Question, Expr::value(None::<String>))
        .filter(Column::Id.eq(question.id))
        .filter(Column::Owner.eq(tx.tenant()))
        .filter(Column::SentAt.is_null())
        .exec(tx)
        .await?;
    let practice = get(tx, question.practice).await?;
    let consented = tx
        .find::<published_practice::Entity>()
        .filter(published_practice::Column::Id.eq(question.practice))
        .filter(published_practice::Column::ContactUntil.gt(tx.now()))
        .one(tx)
        .await?;
    let contact = practice.contact()?;
    let (Some(published), Some(email), 1) = (consented, contact.email, taken.rows_affected) else {
        return Ok(());
    };
    let mail = NewMail {
        kind: "practice-question",
        recipient: &email,
        about: None,
        language: Language::Dutch,
        text: "mail-practice-question",
        values: &[
            ("title", published.title.as_str()),
            ("name", question.name.as_str()),
            ("organisation", question.municipality.as_str()),
            ("email", question.email.as_str()),
            ("question", question.question.as_deref().unwrap_or_default()),
        ],
    };
    mail::enqueue(tx, mail).await
}

/// The municipalities that have something at the exchange: a practice, one that is judged, or a question. One statement.
pub async fn taking_part(tx: &PlatformTx) -> Result<BTreeSet<TenantId>, Error> {
    let owners = |table: &'static str| Query::select().column("owner").from(table).to_owned();
    let query = owners("published_practice")
        .union(UnionType::Distinct, owners("practice_review"))
        .union(UnionType::Distinct, owners("practice_question"))
        .to_owned();
    let rows = tx.query_all(&query).await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get("", "owner"))
        .collect::<Result<_, _>>()?)
}

/// What the owners of practices have to be told, and what time does to their practices: to the archive after two years without a word, a notice after
/// one, and what the exchange decided.
pub async fn keep_up(tx: &TenantTx) -> Result<(), Error> {
    use super::{
        ReviewState,
        entity::practice_review,
        stage::{ARCHIVE_AFTER, CONFIRM_AFTER},
    };
    use crate::inbox::{self, NoticeKind, Subject, Whom};
    use published_practice::Column;

    tx.update::<published_practice::Entity>()
        .col_expr(Column::State, Expr::value(PublishedState::Archived))
        .col_expr(Column::EndedAt, Expr::value(Some(tx.now())))
        .filter(Column::State.eq(PublishedState::Published))
        .filter(Column::ConfirmedAt.lte(tx.now() - ARCHIVE_AFTER))
        .exec(tx)
        .await?;
    Delete::many(practice_question::Entity)
        .filter(practice_question::Column::Owner.eq(tx.tenant()))
        .filter(practice_question::Column::CreatedAt.lt(tx.now() - QUESTION_KEPT))
        .exec(tx)
        .await?;
    let due = tx
        .find::<published_practice::Entity>()
        .filter(Column::State.eq(PublishedState::Published))
        .filter(Column::ConfirmedAt.lte(tx.now() - CONFIRM_AFTER))
        .filter(
            Column::RemindedAt
                .is_null()
                .or(Expr::col(Column::RemindedAt).lt(Expr::col(Column::ConfirmedAt))),
        )
        .all(tx)
        .await?;
    let decided = tx
        .find::<practice_review::Entity>()
        .filter(practice_review::Column::State.ne(ReviewState::Waiting))
        .filter(practice_review::Column::ToldAt.is_null())
        .all(tx)
        .await?;
    let whom = || Whom::Role(tenants::Role::FormEditor);
    for (id, title, kind) in (due.iter())
        .map(|one| (one.id, &one.title, NoticeKind::PracticeConfirm))
        .chain((decided.iter()).map(|one| (one.id, &one.title, NoticeKind::PracticeDecided)))
    {
        let path = format!("/beheer/praktijkvoorbeelden/{id}");
        inbox::notify(tx, whom(), kind, Subject::Page(&path, title), None).await?;
    }
    if !due.is_empty() {
        tx.update::<published_practice::Entity>()
            .col_expr(Column::RemindedAt, Expr::value(Some(tx.now())))
            .filter(Column::Id.is_in(due.iter().map(|one| one.id)))
            .exec(tx)
            .await?;
    }
    if !decided.is_empty() {
        tx.update::<practice_review::Entity>()
            .col_expr(practice_review::Column::ToldAt, Expr::value(Some(tx.now())))
            .filter(practice_review::Column::Id.is_in(decided.iter().map(|one| one.id)))
            .exec(tx)
            .await?;
    }
    Ok(())
}
