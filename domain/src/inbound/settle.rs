//! A mail gets its place, and what follows from it happens in the same transaction.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, UpdateMany, sea_query::Expr};
use serde_json::json;
use tenants::TenantTx;

use super::{
    InboundMailId, InboundReason, InboundState, KeepMailFiles, MailFile,
    entity::{Column, Entity},
    message::Incoming,
};
use crate::{
    Error,
    cases::{self, Case, CaseId, EventKind},
    inbox::{self, NoticeKind, Subject, Whom},
    jobs,
    mail::{self, Answered, MailId},
    messages::{self, Direction, MessageChannel, NewMessage},
};

/// Where a mail belongs.
pub(super) enum Place {
    /// To this message.
    Joins(Answered, Box<Case>),
    /// To this message, but too many came today.
    Full(Box<Case>),
    /// A program wrote it, about this message or about none.
    Automatic(Option<(Answered, Box<Case>)>),
    /// It says that this mail did not arrive, with the status of the report.
    Bounce(Answered, Box<Case>, String),
    /// Nobody can tell.
    Nowhere(InboundReason),
}

/// How many answers by mail joined a message since yesterday.
pub(super) async fn joined_today(tx: &TenantTx, case: CaseId) -> Result<u64, Error> {
    let joined = tx
        .find::<Entity>()
        .filter(Column::CaseId.eq(case))
        .filter(Column::State.eq(InboundState::Joined))
        .filter(Column::ReceivedAt.gt(tx.now() - TimeDelta::days(1)));
    Ok(joined.count(tx).await?)
}

/// Whether two addresses are the same one.
fn is_same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

/// Gives a mail that was read its place.
pub(super) async fn settle(
    tx: &TenantTx,
    id: InboundMailId,
    incoming: Incoming,
    place: Place,
) -> Result<(), Error> {
    let (state, reason) = match &place {
        Place::Joins(..) => (InboundState::Joined, None),
        Place::Full(_) => (InboundState::Waiting, Some(InboundReason::TooMany)),
        Place::Automatic(_) => (InboundState::Automatic, None),
        Place::Bounce(..) => (InboundState::Bounce, None),
        Place::Nowhere(reason) => (InboundState::Waiting, Some(*reason)),
    };
    let about: Option<(&Answered, &Case)> = match &place {
        Place::Joins(answered, case)
        | Place::Bounce(answered, case, _)
        | Place::Automatic(Some((answered, case))) => Some((answered, case)),
        Place::Full(_) | Place::Automatic(None) | Place::Nowhere(_) => None,
    };
    let other_sender = about.is_some_and(|(answered, case)| {
        let current = case.contact_email.as_deref().unwrap_or_default();
        !is_same(&incoming.from, &answered.recipient) && !is_same(&incoming.from, current)
    });
    let names = (incoming.attachments.iter()).map(|file| MailFile {
        name: file.name.clone(),
        ..MailFile::default()
    });
    let files: Vec<MailFile> = names.chain(incoming.left_out()).collect();
    let has_files = !files.is_empty();
    let settled = tx
        .update::<Entity>()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Reason, Expr::value(reason))
        .col_expr(Column::CaseId, Expr::value(about.map(|(_, case)| case.id)))
        .col_expr(Column::MailId, Expr::value(about.map(|(mail, _)| mail.id)))
        .col_expr(Column::FromAddress, Expr::value(incoming.from.as_str()))
        .col_expr(Column::FromName, Expr::value(incoming.from_name))
        .col_expr(Column::Subject, Expr::value(incoming.subject))
        .col_expr(Column::MessageId, Expr::value(incoming.message_id))
        .col_expr(Column::OtherSender, Expr::value(other_sender))
        .col_expr(Column::Text, Expr::value(incoming.text.as_str()))
        .col_expr(Column::Whole, Expr::value(incoming.whole))
        .col_expr(Column::Files, Expr::value(json!(files)))
        .col_expr(Column::WrittenAt, Expr::value(incoming.written_at))
        .col_expr(
            Column::DecidedAt,
            Expr::value((state != InboundState::Waiting).then_some(tx.now())),
        )
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(InboundState::Stored))
        .exec(tx)
        .await?;
    if settled.rows_affected == 0 {
        return Ok(());
    }
    match place {
        Place::Joins(answered, case) => {
            if !other_sender {
                cases::address_works(tx, &case).await?;
            }
            join(tx, id, &case, (incoming.text, Some(answered.id)), has_files).await
        }
        Place::Full(case) => {
            let details = json!({ "limit": "inbound" });
            cases::record_event(tx, case.id, EventKind::MailHeld, None, details).await
        }
        Place::Automatic(Some((_, case))) => {
            let details = json!({ "inbound": id });
            cases::record_event(tx, case.id, EventKind::MailAnswered, None, details).await
        }
        Place::Bounce(answered, case, status) => bounce(tx, &case, &answered, &status).await,
        Place::Automatic(None) | Place::Nowhere(_) => Ok(()),
    }
}

/// A mail becomes a message from the resident.
pub(super) async fn join(
    tx: &TenantTx,
    id: InboundMailId,
    case: &Case,
    (text, mail): (String, Option<MailId>),
    has_files: bool,
) -> Result<(), Error> {
    let text = if text.is_empty() {
        cases::language(case).text("inbound-no-words")
    } else {
        text
    };
    let message = NewMessage {
        case: case.id,
        direction: Direction::In,
        channel: MessageChannel::Mail,
        author: None,
        text,
        at: tx.now(),
        mail,
    };
    messages::append(tx, message).await?;
    if has_files {
        jobs::enqueue(tx, &KeepMailFiles { mail: id }).await?;
    }
    Ok(())
}

/// A mail of ours did not arrive: its case says so and wants a call.
async fn bounce(
    tx: &TenantTx,
    case: &Case,
    answered: &Answered,
    status: &str,
) -> Result<(), Error> {
    if !mail::bounced(tx, answered.id).await? {
        return Ok(());
    }
    let calls = cases::address_bounced(tx, case, &answered.recipient).await?;
    let details = json!({ "mailId": answered.id, "status": status, "calls": calls });
    cases::record_event(tx, case.id, EventKind::MailBounced, None, details).await?;
    let whom = Whom::Handlers(case);
    inbox::notify(tx, whom, NoticeKind::MailBounced, Subject::Case(case), None).await
}

/// An update of a mail on which nobody decided yet, or which was put aside: the second of two colleagues changes nothing.
pub(super) fn undecided(tx: &TenantTx, id: InboundMailId) -> UpdateMany<Entity> {
    tx.update::<Entity>()
        .filter(Column::Id.eq(id))
        .filter(Column::CaseId.is_null())
        .filter(Column::State.is_in([
            InboundState::Waiting,
            InboundState::Aside,
            InboundState::Automatic,
        ]))
}
