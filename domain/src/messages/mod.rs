//! Messages: what a resident and staff write to each other about a case, on the resident's page and by mail.
//!
//! Notes that staff make for each other are no messages: they stand with contact moments and never reach a resident.

mod entity;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantTx, tenant_owned, text_enum, typed_id};
use utoipa::ToSchema;

use self::entity::Column;
pub use self::entity::Model as Message;
use crate::{
    Error, FieldErrors,
    cases::{self, Case, CaseId, CaseStatus, ContactResult, EventKind},
    clocks,
    inbox::{self, NoticeKind, Subject, Whom},
    mail::MailId,
    search,
    text::clean_text,
};

typed_id! {
    /// A message about a case.
    MessageId
}
text_enum! {
    /// Which way a message goes.
    Direction {
        /// From the resident.
        In = "in",
        /// To the resident.
        Out = "out",
    }
}
text_enum! {
    /// How a message goes.
    MessageChannel {
        /// On the resident's page.
        Page = "page",
        /// By mail; it stands on the page as well.
        Mail = "mail",
    }
}

tenant_owned!(entity);

/// Longest message that is typed, in characters. What comes by mail may be longer.
pub const TEXT_MAX: usize = 5_000;

/// A message to store. Its text is cleaned already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// About which case.
    pub case: CaseId,
    /// Which way.
    pub direction: Direction,
    /// How.
    pub channel: MessageChannel,
    /// Who of the staff wrote it; nobody when the resident did.
    pub author: Option<StaffId>,
    /// The words.
    pub text: String,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// The mail it came in or goes out with.
    pub mail: Option<MailId>,
}

/// A message as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct MessageRequest {
    /// The words, at most 5000 characters.
    #[schema(example = "Wij maken de lift morgen.", required = true)]
    pub text: String,
}

impl MessageRequest {
    /// The words, cleaned.
    ///
    /// # Errors
    /// [`Error::Invalid`] for nothing, too much, or what cannot be read.
    pub fn parse(self) -> Result<String, Error> {
        let mut errors = FieldErrors::default();
        let text = clean_text(&self.text);
        if self.text.contains('\0') {
            errors.add("text", "unreadable");
        } else if text.is_empty() {
            errors.add("text", "required");
        } else if text.chars().count() > TEXT_MAX {
            errors.add_with("text", "too_long", "max", TEXT_MAX);
        }
        errors.into_result()?;
        Ok(text)
    }
}

/// Stores a message and notes it in the timeline of the case. One from the resident ends a wait for the resident and asks for an answer; one
/// to the resident gives that answer. A case that was closed stays closed: somebody decides whether it is reopened.
///
/// What concerns a case that was merged happens to the clocks of the one that goes on for both.
///
/// # Errors
/// [`Error::NotFound`] when the case is not there.
pub async fn append(tx: &TenantTx, new: NewMessage) -> Result<Message, Error> {
    let case = cases::get(tx, new.case).await?;
    let (direction, author, at) = (new.direction, new.author, new.at);
    let message = tx
        .insert(entity::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            case_id: Set(new.case),
            direction: Set(direction),
            channel: Set(new.channel),
            author_id: Set(author),
            text: Set(new.text),
            mail_id: Set(new.mail),
            at: Set(at),
        })
        .await?;
    search::index(tx, new.case, search::Field::Notes, &message.text).await?;
    let kind = match direction {
        Direction::In => EventKind::MessageIn,
        Direction::Out => EventKind::MessageOut,
    };
    let details = json!({ "message": message.id, "channel": new.channel });
    cases::record_event(tx, case.id, kind, author, details.clone()).await?;
    let goes_on = going_on(tx, case).await?;
    if goes_on.id != new.case {
        cases::record_event(tx, goes_on.id, kind, author, details).await?;
    }
    if direction == Direction::In {
        let (whom, subject) = (Whom::Handlers(&goes_on), Subject::Case(&goes_on));
        inbox::notify(tx, whom, NoticeKind::ResidentReplied, subject, None).await?;
    }
    if goes_on.status.is_open() {
        match direction {
            Direction::In => {
                let replied = ContactResult::ResidentReplied;
                clocks::apply_contact(tx, &goes_on, author, (replied, at, None)).await?;
            }
            Direction::Out => clocks::answered(tx, goes_on.id, author, at).await?,
        }
    }
    Ok(message)
}

/// The case that goes on for a case that was merged; otherwise the case itself.
async fn going_on(tx: &TenantTx, case: Case) -> Result<Case, Error> {
    if case.status != CaseStatus::Merged {
        return Ok(case);
    }
    let into = cases::merged_into(tx, case.id).await?;
    Ok(into.map_or(case, |(_, target)| target))
}

/// All messages about a case and the cases that were merged into it, for staff, oldest first.
pub async fn of_case(tx: &TenantTx, case: CaseId) -> Result<Vec<Message>, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(
            (Column::CaseId.eq(case)).or(Column::CaseId.in_subquery(cases::merged_ids(tx, case))),
        )
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?)
}

/// The messages about a case itself, for its resident, oldest first: those of merged cases are other people's.
pub async fn of_resident(tx: &TenantTx, case: CaseId) -> Result<Vec<Message>, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(Column::CaseId.eq(case))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?)
}

/// How long the same words count as one message.
const TWICE: TimeDelta = TimeDelta::minutes(10);

/// The message with which the resident said these words a moment ago.
pub(crate) async fn said_just_now(
    tx: &TenantTx,
    case: CaseId,
    text: &str,
) -> Result<Option<MessageId>, Error> {
    let same = tx
        .find::<entity::Entity>()
        .filter(Column::CaseId.eq(case))
        .filter(Column::Direction.eq(Direction::In))
        .filter(Column::At.gt(tx.now() - TWICE))
        .filter(Column::Text.eq(text))
        .one(tx)
        .await?;
    Ok(same.map(|message| message.id))
}

/// Removes the words of the messages about a case; that there were messages stays.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    tx.update::<entity::Entity>()
        .col_expr(Column::Text, Expr::value(""))
        .col_expr(Column::MailId, Expr::value(None::<MailId>))
        .filter(Column::CaseId.eq(case))
        .exec(tx)
        .await?;
    Ok(())
}
