//! Mails that a person puts in their place.

use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde::Deserialize;
use serde_json::json;
use tenants::{StaffId, Tenant, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    ASIDE_KEPT, InboundMail, InboundMailId, InboundState,
    entity::{Column, Entity},
    settle::{join as join_case, undecided},
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{self, Case, CaseId, Kind, REASON_MAX},
    files::DiscardFiles,
    intake::{self, MailedMessage},
    jobs, text,
};

/// Most mails that are deleted in one transaction.
const BATCH: u64 = 500;
/// Most mails of a case that are listed.
const OF_CASE: u64 = 100;
/// Longest title of a message, in characters.
const TITLE_MAX: usize = 200;

/// Which mails to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InboundList {
    /// Those that wait for a person.
    Waiting,
    /// Those that were put aside, by a person or because a program wrote them.
    Aside,
}

impl InboundList {
    fn states(self) -> &'static [InboundState] {
        match self {
            Self::Waiting => &[InboundState::Waiting, InboundState::Stored],
            Self::Aside => &[InboundState::Aside, InboundState::Automatic],
        }
    }
}

/// The mails in a list, oldest first, after `after` when given; at most `limit`.
pub async fn list(
    tx: &TenantTx,
    which: InboundList,
    after: Option<InboundMailId>,
    limit: u64,
) -> Result<Vec<InboundMail>, Error> {
    let mut mails = tx
        .find::<Entity>()
        .filter(Column::State.is_in(which.states().iter().copied()))
        .filter(Column::CaseId.is_null());
    if let Some(after) = after {
        mails = mails.filter(Column::Id.gt(after));
    }
    Ok(mails.order_by_asc(Column::Id).limit(limit).all(tx).await?)
}

/// How many mails wait for a person.
pub async fn waiting(tx: &TenantTx) -> Result<u64, Error> {
    Ok(tx
        .find::<Entity>()
        .filter(Column::State.eq(InboundState::Waiting))
        .count(tx)
        .await?)
}

/// One mail that came in.
///
/// # Errors
/// [`Error::NotFound`], also for a mail of a message in which the reader has no part.
pub async fn get(
    tx: &TenantTx,
    id: InboundMailId,
    reader: &StaffMember,
) -> Result<InboundMail, Error> {
    let mail = row(tx, id).await?;
    if let Some(case) = mail.case_id {
        cases::require_part(tx, case, reader).await?;
    }
    Ok(mail)
}

async fn row(tx: &TenantTx, id: InboundMailId) -> Result<InboundMail, Error> {
    tx.find::<Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The mails that belong to a case, newest first.
pub async fn of_case(tx: &TenantTx, case: CaseId) -> Result<Vec<InboundMail>, Error> {
    Ok(tx
        .find::<Entity>()
        .filter(Column::CaseId.eq(case))
        .order_by_desc(Column::ReceivedAt)
        .order_by_desc(Column::Id)
        .limit(OF_CASE)
        .all(tx)
        .await?)
}

/// The message that a mail belongs to.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct JoinRequest {
    /// Its reference.
    #[schema(example = "7K4H-9XTR", required = true)]
    pub reference: String,
}

impl JoinRequest {
    /// The message with this reference.
    ///
    /// # Errors
    /// [`Error::Invalid`] when nothing was typed, and when there is no such message or the reader has no part in it.
    pub async fn find(&self, tx: &TenantTx, reader: &StaffMember) -> Result<Case, Error> {
        if self.reference.trim().is_empty() {
            return Err(Error::invalid("reference", "required"));
        }
        let unknown = || Error::invalid("reference", "no_such_case");
        let found = Error::optional(cases::by_reference(tx, &self.reference).await)?;
        let case = found.ok_or_else(unknown)?;
        let seen = Error::optional(cases::require_part(tx, case.id, reader).await)?;
        seen.map(|()| case).ok_or_else(unknown)
    }
}

/// A message that a mail becomes.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct OpenRequest {
    /// `complaint`, `tip` or `compliment`.
    #[schema(value_type = Kind, required = true)]
    pub kind: String,
    /// In a sentence, if not the subject of the mail.
    pub title: String,
}

/// Why a mail is put aside.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct AsideRequest {
    /// Why.
    #[schema(example = "Reclame", required = true)]
    pub reason: String,
}

/// Decides on a mail, unless a colleague did.
async fn decide(
    tx: &TenantTx,
    id: InboundMailId,
    actor: &StaffMember,
    (state, case, note): (InboundState, Option<CaseId>, &str),
) -> Result<InboundMail, Error> {
    let mail = row(tx, id).await?;
    let decided = undecided(tx, id)
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::CaseId, Expr::value(case))
        .col_expr(Column::Note, Expr::value(note))
        .col_expr(Column::DecidedBy, Expr::value(actor.id))
        .col_expr(Column::DecidedAt, Expr::value(tx.now()))
        .exec(tx)
        .await?;
    if decided.rows_affected == 0 {
        return Err(Error::refused(Code::InboundDecided));
    }
    Ok(mail)
}

async fn note(
    tx: &TenantTx,
    actor: StaffId,
    action: Action,
    id: InboundMailId,
    case: Option<&Case>,
) -> Result<(), Error> {
    let details = json!({ "case": case.map(|case| case.id) });
    audit::record(tx, Some(actor), action, ("inbound", Some(id.0)), details).await
}

/// Joins a mail to a message, as an answer of its resident.
///
/// # Errors
/// [`Error::Invalid`], [`Code::CaseErased`]; [`Code::InboundDecided`] when a colleague was first; [`Error::NotFound`].
pub async fn join(
    tx: &TenantTx,
    id: InboundMailId,
    request: &JoinRequest,
    actor: &StaffMember,
) -> Result<Case, Error> {
    row(tx, id).await?;
    let case = request.find(tx, actor).await?;
    if case.erased_at.is_some() {
        return Err(Error::refused(Code::CaseErased));
    }
    let mail = decide(tx, id, actor, (InboundState::Joined, Some(case.id), "")).await?;
    let has_files = !mail.mail_files().is_empty();
    join_case(tx, id, &case, (mail.text, None), has_files).await?;
    note(tx, actor.id, Action::InboundJoin, id, Some(&case)).await?;
    Ok(case)
}

/// Makes a message of a mail, as of when it came in.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::InboundDecided`] when a colleague was first; [`Error::NotFound`].
pub async fn open(
    tx: &TenantTx,
    id: InboundMailId,
    request: &OpenRequest,
    (actor, tenant): (&StaffMember, &Tenant),
) -> Result<Case, Error> {
    let mail = row(tx, id).await?;
    let mut errors = FieldErrors::default();
    let kind = text::read_choice::<Kind>(&mut errors, "kind", &request.kind);
    let title = text::clean_line(&request.title);
    if title.chars().count() > TITLE_MAX {
        errors.add_with("title", "too_long", "max", TITLE_MAX);
    }
    let title = if title.is_empty() {
        mail.subject.chars().take(TITLE_MAX).collect()
    } else {
        title
    };
    if title.is_empty() {
        errors.add("title", "required");
    }
    errors.into_result()?;
    let kind = kind.ok_or_else(|| Error::invalid("kind", "required"))?;
    let message = MailedMessage {
        kind,
        title,
        story: mail.whole.clone(),
        name: mail.from_name.clone(),
        email: mail.from_address.clone(),
        received_at: mail.received_at,
    };
    let case = intake::open_from_mail(tx, message, (actor, tenant)).await?;
    decide(tx, id, actor, (InboundState::Opened, Some(case.id), "")).await?;
    if !mail.mail_files().is_empty() {
        jobs::enqueue(tx, &super::KeepMailFiles { mail: id }).await?;
    }
    note(tx, actor.id, Action::InboundOpen, id, Some(&case)).await?;
    Ok(case)
}

/// Puts a mail aside that is for nobody here. It is deleted after thirty days.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::InboundDecided`] when a colleague was first; [`Error::NotFound`].
pub async fn put_aside(
    tx: &TenantTx,
    id: InboundMailId,
    request: &AsideRequest,
    actor: &StaffMember,
) -> Result<(), Error> {
    row(tx, id).await?;
    let reason = text::clean_text(&request.reason);
    let mut errors = FieldErrors::default();
    if reason.is_empty() {
        errors.add("reason", "required");
    } else if reason.chars().count() > REASON_MAX {
        errors.add_with("reason", "too_long", "max", REASON_MAX);
    }
    errors.into_result()?;
    decide(tx, id, actor, (InboundState::Aside, None, &reason)).await?;
    note(tx, actor.id, Action::InboundAside, id, None).await
}

/// Removes what is in the mails that belong to a case, with their bytes and its words in every column. That there were mails stays.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    let mails = tx
        .find::<Entity>()
        .filter(Column::CaseId.eq(case))
        .all(tx)
        .await?;
    if mails.is_empty() {
        return Ok(());
    }
    let mut update = tx.update::<Entity>();
    for column in [
        Column::FromAddress,
        Column::FromName,
        Column::Subject,
        Column::MessageId,
        Column::Text,
        Column::Whole,
        Column::Note,
    ] {
        update = update.col_expr(column, Expr::value(""));
    }
    update
        .col_expr(Column::Files, Expr::value(json!([])))
        .col_expr(Column::Place, Expr::value(None::<String>))
        .filter(Column::CaseId.eq(case))
        .exec(tx)
        .await?;
    discard(tx, mails).await
}

async fn discard(tx: &TenantTx, mails: Vec<InboundMail>) -> Result<(), Error> {
    let places: Vec<String> = mails.into_iter().filter_map(|mail| mail.place).collect();
    if places.is_empty() {
        return Ok(());
    }
    jobs::enqueue(tx, &DiscardFiles { places }).await
}

/// Deletes mails that were put aside, once their time is over. Gives back whether there may be more.
pub(crate) async fn delete_expired(tx: &TenantTx) -> Result<bool, Error> {
    let over = tx
        .find::<Entity>()
        .filter(Column::State.is_in(InboundList::Aside.states().iter().copied()))
        .filter(Column::CaseId.is_null())
        .filter(Column::DecidedAt.lt(tx.now() - ASIDE_KEPT))
        .limit(BATCH)
        .all(tx)
        .await?;
    if over.is_empty() {
        return Ok(false);
    }
    let count = over.len();
    tx.delete::<Entity>()
        .filter(Column::Id.is_in(over.iter().map(|mail| mail.id)))
        .exec(tx)
        .await?;
    discard(tx, over).await?;
    let details = json!({ "count": count });
    audit::record(tx, None, Action::InboundSweep, ("inbound", None), details).await?;
    Ok(u64::try_from(count).is_ok_and(|count| count == BATCH))
}

/// The places among `places` at which a mail is kept.
pub(crate) async fn named(tx: &TenantTx, places: &[String]) -> Result<Vec<String>, Error> {
    let mails = tx
        .find::<Entity>()
        .filter(Column::Place.is_in(places))
        .all(tx)
        .await?;
    Ok(mails.into_iter().filter_map(|mail| mail.place).collect())
}
