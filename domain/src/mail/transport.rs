//! How mails leave the house: over SMTP, into a folder (the demo), or into memory (tests).

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use secrecy::{ExposeSecret, SecretString};
use tenants::Tenant;

use super::entity::Model;

/// Longest that handing one mail over may take, all commands together: well below the lease of a job.
const SEND_MAX: Duration = Duration::from_mins(2);

/// A mail that did not leave.
#[derive(Debug, PartialEq, Eq)]
pub enum SendError {
    /// The server is away or busy.
    Passing(String),
    /// The server, or the address, says no for good.
    Final(String),
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
    from: String,
}

/// The kinds of ways out.
#[derive(Clone)]
pub enum Sender {
    /// A real mail server.
    Smtp(Arc<AsyncSmtpTransport<Tokio1Executor>>),
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
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())
            .map_err(|error| error.to_string())?
            .timeout(Some(Duration::from_secs(20)))
            .build();
        Ok(Self::Smtp(Arc::new(transport)))
    }
}

impl Mailer {
    /// A way out that signs as `from`.
    ///
    /// # Errors
    /// When `from` is not an address.
    pub fn new(sender: Sender, from: &str) -> Result<Self, String> {
        from.parse::<lettre::Address>()
            .map_err(|error| format!("{from}: {error}"))?;
        Ok(Self {
            sender,
            from: from.to_owned(),
        })
    }

    /// Whether the mail server answers; a folder answers when it can be written.
    ///
    /// # Errors
    /// Why not, in the words of the server or the file system.
    pub async fn check(&self) -> Result<String, String> {
        match &self.sender {
            Sender::Smtp(transport) => match transport.test_connection().await {
                Ok(true) => Ok("the mail server answers".to_owned()),
                Ok(false) => Err("the mail server does not answer".to_owned()),
                Err(error) => Err(error.to_string()),
            },
            Sender::Folder(folder) => tokio::fs::create_dir_all(folder)
                .await
                .map(|()| format!("mails are written to {}", folder.display()))
                .map_err(|error| error.to_string()),
            Sender::Memory(_) => Ok("mails are kept in memory".to_owned()),
        }
    }

    pub(super) async fn send(&self, tenant: &Tenant, mail: &Model) -> Result<(), SendError> {
        let message = self
            .message(tenant, mail)
            .map_err(|error| SendError::Final(error.to_string()))?;
        match &self.sender {
            Sender::Smtp(transport) => {
                match tokio::time::timeout(SEND_MAX, transport.send(message)).await {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(error)) => Err(refusal(&error)),
                    Err(_) => Err(SendError::Passing(
                        "the mail server took too long".to_owned(),
                    )),
                }
            }
            Sender::Folder(folder) => write(folder, mail, &message.formatted())
                .await
                .map_err(|error| SendError::Passing(error.to_string())),
            Sender::Memory(sent) => {
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

    fn message(
        &self,
        tenant: &Tenant,
        mail: &Model,
    ) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let from = Mailbox::new(Some(tenant.name.clone()), self.from.parse()?);
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

/// What a mail server's refusal means. Only the number is kept: its sentence may name the resident's address. Final is what it says of the
/// address (RFC 5321 §4.2.3: 550, 551, 553; RFC 7504: 556); anything else may be about us or the server, and is tried again.
fn refusal(error: &lettre::transport::smtp::Error) -> SendError {
    let Some(status) = error.status() else {
        return SendError::Passing(
            if error.is_timeout() {
                "the mail server took too long"
            } else if error.is_tls() {
                "no safe connection with the mail server"
            } else {
                "the mail server cannot be reached"
            }
            .to_owned(),
        );
    };
    let status = status.to_string();
    let told = format!("the mail server answered {status}");
    if ["550", "551", "553", "556"].contains(&status.as_str()) {
        SendError::Final(told)
    } else {
        SendError::Passing(told)
    }
}

/// Writes the whole file under another name first: a mail is there or it is not.
async fn write(folder: &std::path::Path, mail: &Model, bytes: &[u8]) -> std::io::Result<()> {
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
