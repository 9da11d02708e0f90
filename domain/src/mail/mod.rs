//! Mails: written once in the transaction of the work they follow from, sent by a job.
//!
//! The row holds the finished text and a Message-ID that never changes, so a mail tried twice is the same mail. Mails to residents hold
//! none of their own words: anybody may type anybody's address into a form.

mod attached;
mod delivery;
mod entity;
mod house_style;
mod mailbox;
mod reply_address;
mod smtp;
mod transport;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
    sea_query::{Expr, ExprTrait, Func},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{
    Db, OwnTexts, Tenant, TenantDirectory, TenantId, TenantTx, tenant, tenant_owned, typed_id,
};
use uuid::Uuid;

pub(crate) use self::delivery::{
    Answered, answered, bounced, cap, cases_with_undelivered, forget_given_up, get, give_up, resend,
};
pub use self::house_style::html as as_html;
pub use self::{
    attached::ATTACHED_MAX,
    delivery::{MailCap, MailItem, MailState, of_case},
    reply_address::{ReplyAddresses, WrittenTo},
    smtp::SmtpTimeouts,
    transport::{Mailer, SendError, Sender, SentMail},
};
use self::{mailbox::mailbox, transport::More};
use crate::{
    Error, Language,
    files::{FileContext, FileId},
    house_style as pictures,
    jobs::{self, Failure, Job, JobKind, Persist, Queue},
    quotas,
    style::HouseStyle,
    texts,
};

typed_id! {
    /// A mail.
    MailId
}

tenant_owned!(entity);

/// Where links in mails lead: scheme and port of the outside, the host comes from the tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkBase {
    /// `https` outside of demos.
    pub scheme: String,
    /// Port, when it is not the scheme's own.
    pub port: Option<u16>,
}

impl LinkBase {
    /// The address of `path` at the municipality.
    #[must_use]
    pub fn link(&self, tenant: &Tenant, path: &str) -> String {
        let host = tenant.hosts.first().map_or("localhost", String::as_str);
        match self.port {
            Some(port) => format!("{}://{host}:{port}{path}", self.scheme),
            None => format!("{}://{host}{path}", self.scheme),
        }
    }
}

/// A mail to write.
#[derive(Debug)]
pub struct NewMail<'a> {
    /// What it is, for the register of mails.
    pub kind: &'static str,
    /// Address, already parsed by the form or the account.
    pub recipient: &'a str,
    /// Id of the case it is about: if it does not arrive, that is told there.
    pub about: Option<Uuid>,
    /// Language of its text.
    pub language: Language,
    /// Key of the subject; the body is `<key>-body`.
    pub text: &'static str,
    /// Values for its placeholders. Never a resident's own words.
    pub values: &'a [(&'a str, &'a str)],
}

/// Right side of the Message-ID of every mail: one that comes in with it is our own.
pub const MESSAGE_ID_HOST: &str = "gehoord";

/// Writes a mail in the caller's transaction and the job that sends it.
pub async fn enqueue(tx: &TenantTx, new: NewMail<'_>) -> Result<(), Error> {
    let mail = write(tx, new, None).await?;
    jobs::enqueue(tx, &SendMail { mail }).await
}

/// As [`enqueue`], by a caller who has the municipality's own words, as for many mails at once.
pub(crate) async fn enqueue_in_words(
    tx: &TenantTx,
    new: NewMail<'_>,
    own: &OwnTexts,
) -> Result<(), Error> {
    let mail = write(tx, new, Some(own)).await?;
    jobs::enqueue(tx, &SendMail { mail }).await
}

/// As [`enqueue`], for a mail without which somebody cannot sign in: it leaves before all others.
pub async fn enqueue_account_mail(tx: &TenantTx, new: NewMail<'_>) -> Result<(), Error> {
    let mail = write(tx, new, None).await?;
    jobs::enqueue_in(tx, &SendMail { mail }, Queue::AccountMail).await
}

/// As [`enqueue`], for a mail in which a colleague writes to somebody: it is not automatic, so a program may answer it (RFC 3834 §2).
pub async fn enqueue_letter(tx: &TenantTx, new: NewMail<'_>) -> Result<MailId, Error> {
    enqueue_with_files(tx, new, &[]).await
}

/// As [`enqueue_letter`], with files that go along.
pub(crate) async fn enqueue_with_files(
    tx: &TenantTx,
    new: NewMail<'_>,
    files: &[FileId],
) -> Result<MailId, Error> {
    let mail = insert(tx, new, None, (false, files)).await?;
    jobs::enqueue(tx, &SendMail { mail }).await?;
    Ok(mail)
}

/// Writes a mail in the caller's transaction; the caller sees to a job that sends it with [`send`]. The municipality's own words are read
/// unless the caller has them.
pub(crate) async fn write(
    tx: &TenantTx,
    new: NewMail<'_>,
    own: Option<&OwnTexts>,
) -> Result<MailId, Error> {
    insert(tx, new, own, (true, &[])).await
}

async fn insert(
    tx: &TenantTx,
    new: NewMail<'_>,
    own: Option<&OwnTexts>,
    (automatic, files): (bool, &[FileId]),
) -> Result<MailId, Error> {
    let id: MailId = tx.new_id();
    let body_name = format!("{}-body", new.text);
    // Only for a mail that can be in the municipality's own words.
    let read = match (own, texts::entry(new.text)) {
        (None, Some(_)) => tenant::own_texts(tx).await?,
        _ => OwnTexts::default(),
    };
    let own = own.unwrap_or(&read);
    let subject = texts::say(own, new.language, new.text, new.values);
    let body = texts::say(own, new.language, &body_name, new.values);
    tx.insert(entity::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        kind: Set(new.kind.to_owned()),
        recipient: Set(new.recipient.to_owned()),
        mailbox: Set(mailbox(new.recipient)),
        about: Set(new.about),
        subject: Set(subject.lines().collect::<Vec<_>>().join(" ")),
        body: Set(body),
        language: Set(new.language.as_str().to_owned()),
        message_id: Set(format!("{id}@{MESSAGE_ID_HOST}")),
        reply_token: Set(match new.about {
            Some(_) => Some(reply_address::new_token()?),
            None => None,
        }),
        files: Set((!files.is_empty()).then(|| json!(files))),
        automatic: Set(automatic),
        created_at: Set(tx.now()),
        handed_over_at: Set(None),
        sent_at: Set(None),
        refused_at: Set(None),
        bounced_at: Set(None),
        over_at: Set(None),
    })
    .await?;
    Ok(id)
}

/// How many mails of a kind were written since an instant: to the mailbox of an address, however it is written, or to everybody.
pub(crate) async fn written_since(
    tx: &TenantTx,
    kind: &str,
    address: Option<&str>,
    since: DateTime<Utc>,
) -> Result<u64, Error> {
    let mut mails = tx
        .find::<entity::Entity>()
        .filter(entity::Column::Kind.eq(kind))
        .filter(entity::Column::CreatedAt.gt(since));
    if let Some(address) = address {
        mails = mails.filter(entity::Column::Mailbox.eq(mailbox(address)));
    }
    Ok(mails.count(tx).await?)
}

/// How many mails of a kind were written: to the mailbox of an address, however it is written, since one instant, and to everybody since
/// another. One statement.
pub(crate) async fn written_lately(
    tx: &TenantTx,
    kind: &str,
    (address, day): (&str, DateTime<Utc>),
    hour: DateTime<Utc>,
) -> Result<(u64, u64), Error> {
    use entity::Column;

    let sum = |condition: Condition| -> Expr {
        // PostgreSQL sums bigint to numeric.
        Expr::expr(Expr::case(condition, Expr::value(1_i64)).finally(0_i64))
            .sum()
            .cast_as("bigint")
    };
    let same = || Condition::all().add(Column::Mailbox.eq(mailbox(address)));
    let counted = tx
        .find::<entity::Entity>()
        .select_only()
        .expr_as(sum(same().add(Column::CreatedAt.gt(day))), "to_mailbox")
        .expr_as(
            sum(Condition::all().add(Column::CreatedAt.gt(hour))),
            "to_all",
        )
        .filter(Column::Kind.eq(kind))
        .filter(
            Condition::any()
                .add(Column::CreatedAt.gt(hour))
                .add(same().add(Column::CreatedAt.gt(day))),
        );
    let Some(row) = tx.query_one(&counted.into_query()).await? else {
        return Ok((0, 0));
    };
    let number = |name: &str| -> Result<u64, Error> {
        // The sum over nothing is null.
        let value: Option<i64> = row.try_get("", name)?;
        Ok(u64::try_from(value.unwrap_or_default()).unwrap_or_default())
    };
    Ok((number("to_mailbox")?, number("to_all")?))
}

/// Deletes the mails about a case, and those to its resident that name it, sent or not. The job of one that did not leave yet finds nothing
/// to send.
pub(crate) async fn erase(
    tx: &TenantTx,
    about: Uuid,
    recipient: Option<&str>,
    reference: &str,
) -> Result<(), Error> {
    let mut which = Condition::any().add(entity::Column::About.eq(about));
    if let Some(recipient) = recipient {
        let recipient = Expr::expr(Func::lower(Expr::col(entity::Column::Recipient)))
            .eq(recipient.to_lowercase());
        which = which.add(
            Condition::all()
                .add(recipient)
                .add(entity::Column::Body.contains(reference)),
        );
    }
    tx.delete::<entity::Entity>().filter(which).exec(tx).await?;
    Ok(())
}

/// Deletes the mails about these cases, sent or not.
pub(crate) async fn forget(tx: &TenantTx, about: impl Iterator<Item = Uuid>) -> Result<(), Error> {
    tx.delete::<entity::Entity>()
        .filter(entity::Column::About.is_in(about))
        .exec(tx)
        .await?;
    Ok(())
}

/// Deletes these mails, sent or not.
pub(crate) async fn erase_these(tx: &TenantTx, mails: Vec<MailId>) -> Result<(), Error> {
    tx.delete::<entity::Entity>()
        .filter(entity::Column::Id.is_in(mails))
        .exec(tx)
        .await?;
    Ok(())
}

/// What sending a mail needs.
#[derive(Clone)]
pub struct MailContext {
    /// The database.
    pub db: Db,
    /// The municipalities.
    pub directory: TenantDirectory,
    /// The mail server.
    pub mailer: Mailer,
    /// Where links lead.
    pub links: LinkBase,
    /// The files that go along.
    pub files: FileContext,
}

/// Sends one mail that was written.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMail {
    /// Which one.
    pub mail: MailId,
}

impl Job for SendMail {
    const KIND: JobKind = JobKind::SendMail;
    const QUEUE: Queue = Queue::Mail;
    type Context = MailContext;

    async fn run(&self, owner: TenantId, context: &MailContext) -> Result<(), Failure> {
        send_in_turn(owner, self.mail, context, Turn::MayWait)
            .await
            .map(drop)
    }
}

/// What the kinds of mails begin with that never wait for another day: without them nobody signs in or subscribes.
const NEVER_WAIT: [&str; 2] = ["staff.", "subscription."];

/// Whether a mail waits for the next day when the mails of today are used up.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    Now,
    MayWait,
}

/// Sends a mail that was written, unless that was done before. Gives back when it left, in UTC; nothing when it was erased meanwhile.
pub(crate) async fn send(
    owner: TenantId,
    id: MailId,
    context: &MailContext,
) -> Result<Option<DateTime<Utc>>, Failure> {
    send_in_turn(owner, id, context, Turn::Now).await
}

async fn send_in_turn(
    owner: TenantId,
    id: MailId,
    context: &MailContext,
    turn: Turn,
) -> Result<Option<DateTime<Utc>>, Failure> {
    let tenant = context
        .directory
        .by_id(owner)
        .await?
        .ok_or_else(|| Failure::GiveUp("its municipality is gone".to_owned()))?;
    let tx = context.db.read(owner).await?;
    let mail = tx
        .find::<entity::Entity>()
        .filter(entity::Column::Id.eq(id))
        .one(&tx)
        .await
        .map_err(Error::from)?;
    let Some(mail) = mail else { return Ok(None) };
    if mail.sent_at.is_some() {
        return Ok(mail.sent_at);
    }
    if mail.over_at.is_some() {
        return Err(Failure::GiveUp("it can no longer be sent".to_owned()));
    }
    let waits = !NEVER_WAIT.iter().any(|start| mail.kind.starts_with(start));
    if turn == Turn::MayWait && waits {
        quotas::require_mails(&tx).await?;
    }
    let first = first_about(&tx, &mail).await?;
    let logo = logo(&tx, &tenant).await?;
    let named = attached::named(&tx, &mail).await?;
    drop(tx);
    let files = attached::read(named, &context.files).await?;
    if let Some(at) = mail.handed_over_at {
        tracing::warn!(mail = %id, %at, "a mail may have left before and is sent again, with the same Message-ID");
    }
    let record = |values| record(context, owner, id, values);
    let more = More {
        first: first.as_deref(),
        logo,
        files,
    };
    let sending = context.mailer.begin(&tenant, &mail, more).await?;
    // From here on it may arrive whatever becomes of this program. While the database is away nothing leaves, and nothing twice when another
    // worker was faster.
    let handed_over = entity::Column::HandedOverAt;
    if !record([(handed_over, Expr::value(context.db.now()))].into()).await? {
        return Ok(None);
    }
    match sending.finish().await {
        Ok(()) => {
            let now = context.db.now();
            let sent = vec![
                (entity::Column::SentAt, Expr::value(now)),
                (
                    entity::Column::RefusedAt,
                    Expr::value(None::<DateTime<Utc>>),
                ),
                // Whoever reads the database later opens nothing with the codes of what was sent.
                (entity::Column::Body, Expr::value(without_codes(&mail.body))),
            ];
            // Forgetting it would send it again.
            jobs::retry_database(Persist::Always, || record(sent.clone())).await?;
            Ok(Some(now))
        }
        Err(error) => {
            if !matches!(error, SendError::Unanswered(_)) {
                let before = vec![(handed_over, Expr::value(mail.handed_over_at))];
                jobs::retry_database(Persist::Outages, || record(before.clone())).await?;
            }
            Err(error.into())
        }
    }
}

/// Largest logo that travels with a mail, in bytes: a mail is sent a thousand times.
const LOGO_MAX: usize = 100 * 1024;

/// The file of the logo that mails show: a PNG. Mail programs show no SVG, and who reads the name there misses nothing.
#[must_use]
pub fn logo_file(style: &HouseStyle) -> Option<&str> {
    let file = style.logo.as_deref();
    file.filter(|file| pictures::media_type(file) == "image/png")
}

/// The picture of the municipality's logo, when mails show it.
async fn logo(tx: &TenantTx, tenant: &Tenant) -> Result<Option<Vec<u8>>, Error> {
    let style = HouseStyle::of(tenant);
    let Some(file) = logo_file(&style) else {
        return Ok(None);
    };
    let bytes = pictures::picture(tx, file).await?;
    Ok(bytes.filter(|bytes| bytes.len() <= LOGO_MAX))
}

/// The Message-ID of the first mail about the same case, when that is another one: mail programs show what belongs together by it
/// (RFC 5322 §3.6.4).
async fn first_about(tx: &TenantTx, mail: &entity::Model) -> Result<Option<String>, Error> {
    let Some(about) = mail.about else {
        return Ok(None);
    };
    let first = tx
        .find::<entity::Entity>()
        .filter(entity::Column::About.eq(about))
        .order_by_asc(entity::Column::CreatedAt)
        .order_by_asc(entity::Column::Id)
        .one(tx)
        .await?;
    Ok(first
        .filter(|first| first.id != mail.id)
        .map(|first| first.message_id))
}

/// Letters of a code ([`tenants::secret::new_code`]: 256 bits in base 64).
const CODE_LETTERS: usize = 43;

/// A text without the codes in its links: whoever reads the database later opens nothing with them.
fn without_codes(text: &str) -> String {
    let is_letter = |sign: char| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_';
    text.split_inclusive(|sign| !is_letter(sign))
        .map(|piece| {
            let word = piece.trim_end_matches(|sign| !is_letter(sign));
            if word.len() < CODE_LETTERS {
                piece.to_owned()
            } else {
                piece.replacen(word, "…", 1)
            }
        })
        .collect()
}

impl From<SendError> for Failure {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Passing(cause) => Self::Retry(cause),
            SendError::Unanswered(cause) => {
                Self::Retry(format!("{cause}; whether the mail left is in doubt"))
            }
            SendError::Final(cause) => Self::GiveUp(cause),
        }
    }
}

/// Sets instants of a mail that was not sent yet; whether there is one.
async fn record(
    context: &MailContext,
    owner: TenantId,
    id: MailId,
    values: Vec<(entity::Column, Expr)>,
) -> Result<bool, Error> {
    let tx = context.db.write(owner).await?;
    let leaves = (values.iter()).any(|(column, _)| matches!(column, entity::Column::SentAt));
    let mut update = tx.update::<entity::Entity>();
    for (column, value) in values {
        update = update.col_expr(column, value);
    }
    let changed = update
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::SentAt.is_null())
        .exec(&tx)
        .await?;
    if leaves && changed.rows_affected > 0 {
        quotas::count_mail(&tx).await?;
    }
    tx.commit().await?;
    Ok(changed.rows_affected > 0)
}
