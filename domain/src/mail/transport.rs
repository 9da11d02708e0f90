//! How mails leave: over SMTP, into a folder (the demo), or into memory (tests).

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use lettre::{
    Address, Message,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use secrecy::{ExposeSecret, SecretString};
use tenants::Tenant;

use super::{
    attached::Attached,
    entity::Model,
    house_style,
    reply_address::ReplyAddresses,
    smtp::{Dialogue, SmtpTimeouts, SmtpTransport},
};
use crate::style::HouseStyle;

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
    /// Where an answer goes.
    pub reply_to: String,
    /// The whole mail as it is transmitted.
    pub raw: String,
}

/// What a mail has beside its text.
#[derive(Default)]
pub(super) struct More<'a> {
    /// The Message-ID of the first mail about the same case, if that is another one.
    pub first: Option<&'a str>,
    /// The picture of the logo.
    pub logo: Option<Vec<u8>>,
    /// Files that go along.
    pub files: Vec<Attached>,
}

/// Content-ID of the logo in a mail, and its address in the HTML (RFC 2392).
const LOGO_ID: &str = "logo";
const LOGO_ADDRESS: &str = "cid:logo";

/// The way out.
#[derive(Clone)]
pub struct Mailer {
    sender: Sender,
    /// Address in the envelope and the From line; the name shown is the municipality's.
    from: Address,
    /// Makes the addresses for answers, where municipalities get them.
    replies: Option<ReplyAddresses>,
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
        Ok(Self {
            sender,
            from,
            replies: None,
        })
    }

    /// The same way out, with addresses for answers that are signed with a key of the installation.
    #[must_use]
    pub fn with_replies(mut self, replies: ReplyAddresses) -> Self {
        self.replies = Some(replies);
        self
    }

    /// The addresses for answers.
    #[must_use]
    pub fn replies(&self) -> Option<&ReplyAddresses> {
        self.replies.as_ref()
    }

    /// Whether an address is the one that all mails leave from.
    #[must_use]
    pub fn is_own(&self, address: &str) -> bool {
        address.eq_ignore_ascii_case(self.from.as_ref())
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
        more: More<'_>,
    ) -> Result<Sending<'a>, SendError> {
        let failed = |error: &dyn std::fmt::Display| SendError::Final(error.to_string());
        let reply = self.reply_address(tenant, mail);
        let message = self
            .message(tenant, mail, reply.as_ref(), more)
            .map_err(|error| failed(&error))?
            .formatted();
        match &self.sender {
            Sender::Smtp(transport) => {
                let to = mail.recipient.parse().map_err(|error| failed(&error))?;
                // A mail that comes back comes to the address that knows which one it was.
                let from = reply.as_ref().unwrap_or(&self.from);
                let dialogue = transport.begin(from, &to, message).await?;
                Ok(Sending::Smtp(Box::new(dialogue)))
            }
            Sender::Folder(folder) => Ok(Sending::Folder(folder, mail, message)),
            Sender::Memory(sent) => {
                let reply_to = reply.map_or_else(
                    || tenant.contact.email.clone(),
                    |address| address.to_string(),
                );
                Ok(Sending::Memory(sent, mail, reply_to, message))
            }
        }
    }

    /// The address for answers to a mail; none when it is about no case, or when the municipality gets no mails here.
    fn reply_address(&self, tenant: &Tenant, mail: &Model) -> Option<Address> {
        let token = mail.reply_token.as_deref()?;
        self.replies.as_ref()?.address(tenant, token)?.parse().ok()
    }

    /// The mail as it is transmitted.
    fn message(
        &self,
        tenant: &Tenant,
        mail: &Model,
        reply: Option<&Address>,
        more: More<'_>,
    ) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let sender = HouseStyle::of(tenant).sender;
        let sender = sender.unwrap_or_else(|| tenant.name.clone());
        let from = Mailbox::new(Some(sender), self.from.clone());
        let header = |name: &'static str, value: &str| {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
        };
        let mut message = Message::builder()
            .from(from)
            .to(Mailbox::new(None, mail.recipient.parse()?))
            .subject(mail.subject.as_str())
            .date(SystemTime::from(mail.created_at))
            .message_id(Some(format!("<{}>", mail.message_id)))
            .raw_header(header("Content-Language", &mail.language));
        if mail.automatic {
            // RFC 3834: no holiday greeting or bounce robot should answer us.
            message = message
                .raw_header(header("Auto-Submitted", "auto-generated"))
                .raw_header(header("X-Auto-Response-Suppress", "All"));
        }
        if let Some(first) = more.first {
            let first = format!("<{first}>");
            message = message.in_reply_to(first.clone()).references(first);
        }
        let answers = match reply {
            Some(address) => Some(address.clone()),
            None => tenant.contact.email.parse().ok(),
        };
        if let Some(address) = answers {
            message = message.reply_to(Mailbox::new(Some(tenant.name.clone()), address));
        }
        let said = (mail.subject.as_str(), mail.body.as_str());
        let shown = more.logo.as_ref().map(|_| LOGO_ADDRESS);
        let html = house_style::html(tenant, &mail.language, said, shown);
        let text = mail.body.clone();
        let said = match more.logo {
            None => MultiPart::alternative_plain_html(text, html),
            Some(logo) => {
                // The picture travels with the mail (RFC 2392, RFC 2387): nothing is fetched, so nobody learns that it was opened.
                let picture =
                    Attachment::new_inline(LOGO_ID.to_owned()).body(logo, "image/png".parse()?);
                let with_picture = MultiPart::related()
                    .singlepart(SinglePart::html(html))
                    .singlepart(picture);
                MultiPart::alternative()
                    .singlepart(SinglePart::plain(text))
                    .multipart(with_picture)
            }
        };
        if more.files.is_empty() {
            return Ok(message.multipart(said)?);
        }
        let mut parts = MultiPart::mixed().multipart(said);
        for file in more.files {
            let attachment = Attachment::new(file.name);
            parts = parts.singlepart(attachment.body(file.bytes, file.media_type.parse()?));
        }
        Ok(message.multipart(parts)?)
    }
}

/// A mail that is ready to leave.
pub(super) enum Sending<'a> {
    /// The mail server waits for it.
    Smtp(Box<Dialogue<'a>>),
    /// For a folder.
    Folder(&'a Path, &'a Model, Vec<u8>),
    /// For a list.
    Memory(&'a Mutex<Vec<SentMail>>, &'a Model, String, Vec<u8>),
}

impl Sending<'_> {
    /// Lets it leave.
    pub(super) async fn finish(self) -> Result<(), SendError> {
        match self {
            Self::Smtp(dialogue) => dialogue.finish().await,
            Self::Folder(folder, mail, message) => write(folder, mail, &message)
                .await
                .map_err(|error| SendError::Passing(error.to_string())),
            Self::Memory(sent, mail, reply_to, message) => {
                sent.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(SentMail {
                        recipient: mail.recipient.clone(),
                        subject: mail.subject.clone(),
                        body: mail.body.clone(),
                        message_id: mail.message_id.clone(),
                        reply_to,
                        raw: String::from_utf8_lossy(&message).into_owned(),
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

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use mail_parser::{MessageParser, MimeHeaders as _};
    use tenants::{ContactDetails, TenantKind, TenantState, uuid::Uuid};

    use super::*;

    fn tenant() -> Tenant {
        let style = HouseStyle {
            logo: Some("a.png".to_owned()),
            logo_text: Some("Logo van \"Waterdam\"".to_owned()),
            ..HouseStyle::beginning()
        };
        Tenant {
            id: Uuid::nil().into(),
            kind: TenantKind::Municipality,
            state: TenantState::Active,
            state_since: DateTime::UNIX_EPOCH,
            state_reason: None,
            slug: "waterdam".to_owned(),
            name: "Gemeente Waterdam".to_owned(),
            zone: chrono_tz::Europe::Amsterdam,
            languages: vec!["nl".to_owned()],
            style: serde_json::to_value(style).unwrap(),
            texts: Arc::default(),
            shows_measures: false,
            contact: ContactDetails {
                email: "post@waterdam.example".to_owned(),
                ..ContactDetails::default()
            },
            hosts: vec!["waterdam.example".to_owned()],
        }
    }

    fn mail() -> Model {
        Model {
            tenant_id: Uuid::nil().into(),
            id: Uuid::nil().into(),
            kind: "intake.receipt".to_owned(),
            recipient: "truus@voorbeeld.example".to_owned(),
            mailbox: String::new(),
            about: None,
            subject: "Wij hebben uw bericht".to_owned(),
            body: "Beste inwoner,\n\nDank u wel.".to_owned(),
            language: "nl".to_owned(),
            message_id: "1@gehoord".to_owned(),
            reply_token: None,
            files: None,
            automatic: true,
            created_at: DateTime::UNIX_EPOCH,
            handed_over_at: None,
            sent_at: None,
            refused_at: None,
            bounced_at: None,
            over_at: None,
        }
    }

    #[test]
    fn a_logo_travels_with_the_mail_and_is_shown_in_its_html_only() {
        let mailer = Mailer::new(Sender::Memory(Arc::default()), "noreply@a.example").unwrap();
        let write = |logo| {
            let more = More {
                logo,
                ..More::default()
            };
            let message = mailer.message(&tenant(), &mail(), None, more);
            message.unwrap().formatted()
        };
        let picture = b"\x89PNG\r\n\x1a\n.bytes".to_vec();
        let raw = write(Some(picture.clone()));
        let read = MessageParser::default().parse(&raw).unwrap();
        assert_eq!(
            read.body_text(0).unwrap().trim(),
            mail().body.replace('\n', "\r\n")
        );
        let html = read.body_html(0).unwrap();
        assert!(html.contains("src=\"cid:logo\""), "{html}");
        assert!(
            html.contains("alt=\"Logo van &quot;Waterdam&quot;\""),
            "{html}"
        );
        let part = read.attachments().next().unwrap();
        assert_eq!(part.content_id(), Some("logo"));
        assert_eq!(part.contents(), picture);
        assert!(part.is_content_type("image", "png"));
        assert_eq!(part.content_disposition().unwrap().ctype(), "inline");
        let plain = write(None);
        let read = MessageParser::default().parse(&plain).unwrap();
        assert_eq!(read.attachments().count(), 0);
        assert!(!read.body_html(0).unwrap().contains("<img"));
    }
}
