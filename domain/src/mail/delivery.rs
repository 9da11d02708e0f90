//! What became of a mail, and what can still be done about it.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::Serialize;
use tenants::{TenantTx, text_enum, uuid::Uuid};
use utoipa::ToSchema;

use super::{
    MailId, SendMail,
    entity::{self, Column, Model},
    mailbox::mailbox,
};
use crate::{
    Code, Error,
    jobs::{self, JobKind},
};

/// Most automatic mails about one case in a day.
const CASE_A_DAY: u64 = 10;
/// Most automatic mails about cases that one mailbox gets in a day.
const MAILBOX_A_DAY: u64 = 20;
/// How long a mail that was given up can still be sent. After that its links are of no use, and neither is its text.
const RESEND_WITHIN: TimeDelta = TimeDelta::days(14);
/// Most mails about a case that are listed.
const LISTED: u64 = 100;

text_enum! {
    /// Where a mail stands.
    MailState {
        /// It waits for its turn, or for the mail server.
        Queued = "queued",
        /// The mail server may have it; its answer did not come.
        HandedOver = "handedOver",
        /// The mail server has it.
        Sent = "sent",
        /// It was given up.
        Refused = "refused",
        /// It came back: a mail server further on could not deliver it.
        Bounced = "bounced",
    }
}

text_enum! {
    /// Which limit keeps an automatic mail about a case from being written.
    MailCap {
        /// Of the mailbox that would get it.
        Mailbox = "address",
        /// Of the case.
        Case = "case",
    }
}

/// A mail about a case as staff see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MailItem {
    /// Id.
    pub id: MailId,
    /// What it is, such as `intake.receipt`.
    #[schema(example = "intake.receipt")]
    pub kind: String,
    /// To whom, as it was when the mail was written.
    pub recipient: String,
    /// About what.
    pub subject: String,
    /// `queued`, `handedOver`, `sent`, `refused` or `bounced`.
    pub state: MailState,
    /// When it was written, in UTC.
    pub created_at: DateTime<Utc>,
    /// When it came into its state, in UTC.
    pub since: DateTime<Utc>,
    /// Whether it was given up and can be sent again.
    pub may_resend: bool,
}

impl Model {
    fn state(&self) -> (MailState, DateTime<Utc>) {
        let known = [
            (MailState::Bounced, self.bounced_at),
            (MailState::Sent, self.sent_at),
            (MailState::Refused, self.refused_at),
            (MailState::HandedOver, self.handed_over_at),
        ];
        (known.into_iter())
            .find_map(|(state, at)| Some((state, at?)))
            .unwrap_or((MailState::Queued, self.created_at))
    }

    fn item(self) -> MailItem {
        let (state, since) = self.state();
        MailItem {
            id: self.id,
            state,
            since,
            may_resend: state == MailState::Refused && self.over_at.is_none(),
            kind: self.kind,
            recipient: self.recipient,
            subject: self.subject,
            created_at: self.created_at,
        }
    }
}

/// The mails about a case, newest first.
pub async fn of_case(tx: &TenantTx, about: Uuid) -> Result<Vec<MailItem>, Error> {
    let mails = tx
        .find::<entity::Entity>()
        .filter(Column::About.eq(about))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(LISTED)
        .all(tx)
        .await?;
    Ok(mails.into_iter().map(Model::item).collect())
}

/// A mail about a case: to whom, and about which.
pub(crate) struct Answered {
    pub(crate) id: MailId,
    pub(crate) recipient: String,
    /// Id of the case.
    pub(crate) about: Uuid,
}

fn about_case(mail: Option<Model>) -> Option<Answered> {
    let mail = mail?;
    Some(Answered {
        about: mail.about?,
        id: mail.id,
        recipient: mail.recipient,
    })
}

/// The mail whose reply address has this token; none when it was erased.
pub(crate) async fn answered(tx: &TenantTx, token: &str) -> Result<Option<Answered>, Error> {
    let mail = tx
        .find::<entity::Entity>()
        .filter(Column::ReplyToken.eq(token))
        .one(tx)
        .await?;
    Ok(about_case(mail))
}

/// A mail about a case, by its id.
///
/// # Errors
/// [`Error::NotFound`], also for a mail that is about no case.
pub(crate) async fn get(tx: &TenantTx, id: MailId) -> Result<Answered, Error> {
    let mail = tx
        .find::<entity::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?;
    about_case(mail).ok_or(Error::NotFound)
}

/// The limit that another automatic mail about a case would exceed, if there is one.
pub(crate) async fn cap(
    tx: &TenantTx,
    about: Uuid,
    recipient: &str,
) -> Result<Option<MailCap>, Error> {
    let automatic = || {
        tx.find::<entity::Entity>()
            .filter(Column::Automatic.eq(true))
            .filter(Column::CreatedAt.gt(tx.now() - TimeDelta::days(1)))
    };
    let of_case = automatic().filter(Column::About.eq(about));
    if of_case.count(tx).await? >= CASE_A_DAY {
        return Ok(Some(MailCap::Case));
    }
    let of_mailbox = automatic()
        .filter(Column::Mailbox.eq(mailbox(recipient)))
        .filter(Column::About.is_not_null());
    let exceeds = of_mailbox.count(tx).await? >= MAILBOX_A_DAY;
    Ok(exceeds.then_some(MailCap::Mailbox))
}

/// Sends a mail again that was given up, to the address that it was written to.
///
/// # Errors
/// [`Code::MailNotRefused`] when it was not given up, or too long ago; [`Error::NotFound`].
pub(crate) async fn resend(tx: &TenantTx, id: MailId) -> Result<(), Error> {
    let changed = tx
        .update::<entity::Entity>()
        .col_expr(Column::RefusedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id))
        .filter(Column::RefusedAt.is_not_null())
        .filter(Column::SentAt.is_null())
        .filter(Column::OverAt.is_null())
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        get(tx, id).await?;
        return Err(Error::refused(Code::MailNotRefused));
    }
    // Its own job knows what follows when it has left, such as that a complaint is confirmed.
    let kinds = [JobKind::SendMail, JobKind::SendReceipt];
    let named = serde_json::json!(id);
    let again = jobs::retry_own(tx, &kinds, |payload| payload.get("mail") == Some(&named)).await?;
    if again == 0 {
        jobs::enqueue(tx, &SendMail { mail: id }).await?;
    }
    Ok(())
}

/// Notes that a mail came back. Whether that was not known yet.
pub(crate) async fn bounced(tx: &TenantTx, id: MailId) -> Result<bool, Error> {
    let changed = tx
        .update::<entity::Entity>()
        .col_expr(Column::BouncedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::BouncedAt.is_null())
        .exec(tx)
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Removes the texts of mails that were given up and can no longer be sent, with the codes in their links.
pub(crate) async fn forget_given_up(tx: &TenantTx) -> Result<(), Error> {
    tx.update::<entity::Entity>()
        .col_expr(Column::Body, Expr::value(""))
        .col_expr(Column::OverAt, Expr::value(tx.now()))
        .filter(Column::RefusedAt.lt(tx.now() - RESEND_WITHIN))
        .filter(Column::SentAt.is_null())
        .filter(Column::OverAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Ids of the cases of which a mail did not arrive, for another room's query.
pub(crate) fn cases_with_undelivered(tx: &TenantTx) -> SelectStatement {
    tx.find::<entity::Entity>()
        .select_only()
        .column(Column::About)
        .filter(Column::RefusedAt.is_not_null())
        .filter(Column::SentAt.is_null())
        .filter(Column::About.is_not_null())
        .into_query()
}

/// A mail that will not arrive.
pub(crate) struct Undelivered {
    pub(crate) kind: String,
    /// Id of the case it is about.
    pub(crate) about: Option<Uuid>,
}

/// Notes that a mail was given up. Gives it back the first time.
pub(crate) async fn give_up(tx: &TenantTx, id: MailId) -> Result<Option<Undelivered>, Error> {
    let changed = tx
        .update::<entity::Entity>()
        .col_expr(Column::RefusedAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::RefusedAt.is_null())
        .filter(Column::SentAt.is_null())
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Ok(None);
    }
    let mail = tx
        .find::<entity::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?;
    Ok(mail.map(|mail| Undelivered {
        kind: mail.kind,
        about: mail.about,
    }))
}
