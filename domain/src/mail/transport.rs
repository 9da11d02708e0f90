//! How mails leave: over SMTP, into a folder (the demo), or into memory (tests).

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use lettre::{
    Address, Message,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use secrecy::{ExposeSecret, SecretString};
use tenants::Tenant;

use super::{
    entity::Model,
    smtp::{Dialogue, SmtpTimeouts, SmtpTransport},
};

/// A mail that did not leave, or of which nobody knows it. Only the number of a refusal is kept: its sentence may name the resident's address.
#[derive(Debug, PartialEq, Eq)]
pub enum SendError {
    /// The server is away or busy.
    Passing(String),
    /// The server, or the address, says no for good.
    Final(String),
    /// The server got all of it and did not answer: it may have taken it.
    Unanswered(String),
}

/// A mail that left through memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMail {
    /// To whom.
    pub recipient: String,
    /// About what.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The id that stays the same over all tries.
    pub message_id: String,
}

/// The way out.
#[derive(Clone)]
pub struct Mailer {
    sender: Sender,
    /// Address in the envelope and the From line; the name shown is the municipality's.
    from: Address,
}

/// The kinds of ways out.
#[derive(Clone)]
pub enum Sender {
    /// A real mail server.
    Smtp(Arc<SmtpTransport>),
    /// One file a mail, for the demo.
    Folder(PathBuf),
    /// A list, for tests.
    Memory(Arc<Mutex<Vec<SentMail>>>),
}

impl Sender {
    /// A mail server by its address: `smtps://user:password@host:port`, or `smtp://…?tls=required`.
    ///
    /// # Errors
    /// When the address cannot be understood; the text names no password.
    pub fn smtp(url: &SecretString) -> Result<Self, String> {
        Self::smtp_with(url, SmtpTimeouts::default())
    }

    /// As [`Sender::smtp`], with other limits of time.
    ///
    /// # Errors
    /// When the address cannot be understood; the text names no password.
    pub fn smtp_with(url: &SecretString, timeouts: SmtpTimeouts) -> Result<Self, String> {
        let transport = SmtpTransport::new(url.expose_secret(), timeouts)?;
        Ok(Self::Smtp(Arc::new(transport)))
    }
}

impl Mailer {
    /// A way out that signs as `from`.
    ///
    /// # Errors
    /// When `from` is not an address.
    pub fn new(sender: Sender, from: &str) -> Result<Self, String> {
        let from = from.parse().map_err(|error| format!("{from}: {error}"))?;
        Ok(Self { sender, from })
    }

    /// Whether the mail server answers; a folder answers when it can be written.
    ///
    /// # Errors
    /// Why not, in the words of the server or the file system.
    pub async fn check(&self) -> Result<String, String> {
        match &self.sender {
            Sender::Smtp(transport) => match transport.check().await {
                Ok(()) => Ok("the mail server answers".to_owned()),
                Err(
                    SendError::Passing(cause)
                    | SendError::Final(cause)
                    | SendError::Unanswered(cause),
                ) => Err(cause),
            },
            Sender::Folder(folder) => tokio::fs::create_dir_all(folder)
                .await
                .map(|()| format!("mails are written to {}", folder.display()))
                .map_err(|error| error.to_string()),
            Sender::Memory(_) => Ok("mails are kept in memory".to_owned()),
        }
    }

    /// Ends connections that wait for a next mail.
    pub(crate) fn close_idle(&self) {
        if let Sender::Smtp(transport) = &self.sender {
            transport.close_idle();
        }
    }

    /// Begins to send a mail. Until [`Sending::finish`] it has not left.
    pub(super) async fn begin<'a>(
        &'a self,
        tenant: &Tenant,
        mail: &'a Model,
    ) -> Result<Sending<'a>, SendError> {
        let failed = |error: &dyn std::fmt::Display| SendError::Final(error.to_string());
        let message = self
            .message(tenant, mail)
            .map_err(|error| failed(&error))?
            .formatted();
        match &self.sender {
            Sender::Smtp(transport) => {
                let to = mail.recipient.parse().map_err(|error| failed(&error))?;
                let dialogue = transport.begin(&self.from, &to, message).await?;
                Ok(Sending::Smtp(Box::new(dialogue)))
            }
            Sender::Folder(folder) => Ok(Sending::Folder(folder, mail, message)),
            Sender::Memory(sent) => Ok(Sending::Memory(sent, mail)),
        }
    }

    fn message(
        &self,
        tenant: &Tenant,
        mail: &Model,
    ) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let from = Mailbox::new(Some(tenant.name.clone()), self.from.clone());
        let header = |name: &'static str, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
        };
        let mut message = Message::builder()
            .from(from)
            .to(Mailbox::new(None, mail.recipient.parse()?))
            .subject(mail.subject.as_str())
            .date(SystemTime::from(mail.created_at))
            .message_id(Some(format!("<{}>", mail.message_id)))
            .header(ContentType::TEXT_PLAIN)
            // RFC 3834: no holiday greeting or bounce robot should answer us.
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            .raw_header(header("Content-Language", &mail.language));
        if let Ok(address) = tenant.contact.email.parse() {
            message = message.reply_to(Mailbox::new(Some(tenant.name.clone()), address));
        }
        Ok(message.body(mail.body.clone())?)
    }
}

/// A mail that is ready to leave.
pub(super) enum Sending<'a> {
    /// The mail server waits for it.
    Smtp(Box<Dialogue<'a>>),
    /// For a folder.
    Folder(&'a Path, &'a Model, Vec<u8>),
    /// For a list.
    Memory(&'a Mutex<Vec<SentMail>>, &'a Model),
}

impl Sending<'_> {
    /// Lets it leave.
    pub(super) async fn finish(self) -> Result<(), SendError> {
        match self {
            Self::Smtp(dialogue) => dialogue.finish().await,
            Self::Folder(folder, mail, message) => write(folder, mail, &message)
                .await
                .map_err(|error| SendError::Passing(error.to_string())),
            Self::Memory(sent, mail) => {
                sent.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(SentMail {
                        recipient: mail.recipient.clone(),
                        subject: mail.subject.clone(),
                        body: mail.body.clone(),
                        message_id: mail.message_id.clone(),
                    });
                Ok(())
            }
        }
    }
}

/// Writes the whole file under another name first: a mail is there or it is not.
async fn write(folder: &Path, mail: &Model, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let name = format!(
        "{}-{}",
        mail.created_at.format("%Y%m%dT%H%M%S%3fZ"),
        mail.id
    );
    let unfinished = folder.join(format!("{name}.part"));
    tokio::fs::write(&unfinished, bytes).await?;
    tokio::fs::rename(unfinished, folder.join(format!("{name}.eml"))).await
}
