//! SMTP with a mail server: what each answer means, and which connections are used again.
//!
//! lettre's own pool takes a connection back when a future is dropped in the middle of a dialogue, and the next mail then reads the answers
//! to the one before. Here a dialogue owns its connection: only one that ended well gives it back.

use std::{
    fmt::Display,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use lettre::{
    Address,
    transport::smtp::{
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt, Rset},
        extension::{ClientId, Extension, MailParameter},
        response::{Code, Response, Severity},
    },
};
use reqwest::Url;

use super::SendError;

/// Longest that a connection waits for its next mail; servers close them after a while.
const IDLE_MAX: Duration = Duration::from_secs(30);
/// Most connections that wait.
const IDLE_COUNT: usize = 6;
/// Longest wait for the answer to `QUIT`.
const QUIT_MAX: Duration = Duration::from_secs(5);
const TOO_LONG: &str = "the mail server took too long";

/// How long each step may take.
#[derive(Clone, Copy, Debug)]
pub struct SmtpTimeouts {
    /// To connect, up to the end of the greeting, TLS and sign-in.
    pub connect: Duration,
    /// For the answer to one command.
    pub command: Duration,
    /// To take the message, and for the answer to the dot at its end (RFC 5321 §4.5.3.2.6: ten minutes).
    pub message: Duration,
}

impl Default for SmtpTimeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            command: Duration::from_mins(2),
            message: Duration::from_mins(10),
        }
    }
}

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    None,
    /// `STARTTLS` if the server offers it.
    Opportunistic,
    /// `STARTTLS`, or no mail.
    Required,
    /// TLS from the first byte.
    Implicit,
}

/// Where the mail server is, and how to sign in.
#[derive(Debug)]
struct Server {
    host: String,
    port: u16,
    security: Security,
    hello: ClientId,
    credentials: Option<Credentials>,
}

impl Server {
    /// Reads `smtps://user:password@host:port` or `smtp://host:port?tls=required`; a path is the name for `EHLO`. The errors name no password.
    fn parse(address: &str) -> Result<Self, String> {
        let url = Url::parse(address).map_err(|error| {
            format!("{error}; write smtps://user:password@host:465, and # and @ in the password as %23 and %40")
        })?;
        if url.fragment().is_some() {
            return Err("write # in the password as %23".to_owned());
        }
        if url.port() == Some(0) {
            return Err("the port must be from 1 to 65535".to_owned());
        }
        let mut tls = None;
        for (name, value) in url.query_pairs() {
            if name != "tls" || tls.is_some() {
                return Err(format!("unknown parameter {name}; only tls is known, once"));
            }
            tls = Some(value.into_owned());
        }
        let (security, port) = match (url.scheme(), tls.as_deref()) {
            ("smtp", None) => (Security::None, 25),
            ("smtp", Some("opportunistic")) => (Security::Opportunistic, 587),
            ("smtp", Some("required")) => (Security::Required, 587),
            ("smtps", None | Some("required")) => (Security::Implicit, 465),
            ("smtp" | "smtps", Some(other)) => {
                return Err(format!("tls={other}: use required or opportunistic"));
            }
            (scheme, _) => return Err(format!("{scheme}: use smtp or smtps")),
        };
        let decode = |text: &str| {
            percent_encoding::percent_decode_str(text)
                .decode_utf8()
                .map(std::borrow::Cow::into_owned)
                .map_err(|_| "user and password must be UTF-8".to_owned())
        };
        let credentials = match url.password() {
            None => None,
            Some(password) => Some(Credentials::new(decode(url.username())?, decode(password)?)),
        };
        let name = url.path().trim_matches('/');
        Ok(Self {
            host: url
                .host_str()
                .filter(|host| !host.is_empty())
                .ok_or("a host is missing")?
                .to_owned(),
            port: url.port().unwrap_or(port),
            security,
            hello: if name.is_empty() {
                ClientId::default()
            } else {
                ClientId::Domain(name.to_owned())
            },
            credentials,
        })
    }

    async fn connect(
        &self,
        timeout: Duration,
    ) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let tls = || TlsParameters::new(self.host.clone());
        let wrapper = match self.security {
            Security::Implicit => Some(tls()?),
            _ => None,
        };
        let server = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, Some(timeout), &self.hello, wrapper, None)
                .await?;
        if self.security == Security::Required
            || self.security == Security::Opportunistic && connection.can_starttls()
        {
            connection.starttls(tls()?, &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&mechanisms, credentials).await?;
        }
        Ok(connection)
    }
}

/// What came instead of the expected answer.
enum Answer {
    /// No, with a number.
    Refused(Code),
    /// Nothing, or nothing that fits: the connection is of no use any more.
    None(&'static str),
}

impl Answer {
    /// What it means for a mail before anything was said about its recipient: it may be about us or the server, and is tried again.
    fn passing(self) -> SendError {
        SendError::Passing(match self {
            Self::Refused(code) => format!("the mail server answered {code}"),
            Self::None(cause) => cause.to_owned(),
        })
    }

    /// What it means for a mail afterwards: 5yz is about its recipient or its text, and stays (RFC 5321 §4.2.1). Numbers about syntax, order and
    /// sign-in (50z, 53z) are about us.
    fn about_mail(self) -> SendError {
        match self {
            Self::Refused(code)
                if code.severity == Severity::PermanentNegativeCompletion
                    && !["50", "53"]
                        .iter()
                        .any(|ours| code.to_string().starts_with(ours)) =>
            {
                SendError::Final(format!("the mail server answered {code}"))
            }
            other => other.passing(),
        }
    }
}

fn answer(error: &lettre::transport::smtp::Error) -> Answer {
    match error.status() {
        Some(code) => Answer::Refused(code),
        None if error.is_timeout() => Answer::None(TOO_LONG),
        None if error.is_tls() => Answer::None("no safe connection with the mail server"),
        None => Answer::None("the mail server cannot be reached"),
    }
}

/// Says one command and waits for an answer of the expected kind.
async fn command(
    connection: &mut AsyncSmtpConnection,
    command: impl Display,
    limit: Duration,
    expected: Severity,
) -> Result<Response, Answer> {
    match tokio::time::timeout(limit, connection.command(command)).await {
        Ok(Ok(response)) if response.code().severity == expected => Ok(response),
        Ok(Ok(_)) => Err(Answer::None("the mail server answered something else")),
        Ok(Err(error)) => Err(answer(&error)),
        Err(_) => Err(Answer::None(TOO_LONG)),
    }
}

/// The message as it is transmitted: a dot before each line that begins with one, and the end marked (RFC 5321 §4.5.2). In one piece: two
/// small writes in a row wait for each other's acknowledgement, 40 ms a mail.
fn data_block(message: &str) -> String {
    let mut line = message.replace("\r\n.", "\r\n..");
    if line.starts_with('.') {
        line.insert(0, '.');
    }
    if !line.ends_with("\r\n") {
        line.push_str("\r\n");
    }
    line.push_str(".\r\n");
    line
}

/// Ends a connection with `QUIT`, in a task of its own.
fn quit(mut connection: AsyncSmtpConnection) {
    tokio::spawn(async move {
        // Whether the server hears it changes nothing.
        let _ = tokio::time::timeout(QUIT_MAX, connection.quit()).await;
    });
}

/// A mail server.
pub struct SmtpTransport {
    server: Server,
    timeouts: SmtpTimeouts,
    /// Connections whose last dialogue ended well.
    idle: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
}

impl SmtpTransport {
    pub(super) fn new(address: &str, timeouts: SmtpTimeouts) -> Result<Self, String> {
        Ok(Self {
            server: Server::parse(address)?,
            timeouts,
            idle: Mutex::default(),
        })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<(AsyncSmtpConnection, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the connections that wait.
    pub(super) fn close_idle(&self) {
        for (connection, _) in self.idle().drain(..) {
            quit(connection);
        }
    }

    /// A connection on which nothing was said yet.
    async fn connection(&self) -> Result<AsyncSmtpConnection, SendError> {
        loop {
            let Some((mut connection, since)) = self.idle().pop() else {
                break;
            };
            // A server that has closed the connection meanwhile answers so here, and another connection is tried.
            let limit = self.timeouts.command;
            if since.elapsed() < IDLE_MAX
                && command(&mut connection, Rset, limit, Severity::PositiveCompletion)
                    .await
                    .is_ok()
            {
                return Ok(connection);
            }
        }
        let limit = self.timeouts.connect;
        match tokio::time::timeout(limit, self.server.connect(limit)).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => Err(answer(&error).passing()),
            Err(_) => Err(SendError::Passing(TOO_LONG.to_owned())),
        }
    }

    /// Whether the server answers.
    pub(super) async fn check(&self) -> Result<(), SendError> {
        self.connection().await.map(quit)
    }

    /// Begins a mail, up to the point where the server wants the message. Until [`Dialogue::finish`] nothing can arrive.
    pub(super) async fn begin(
        &self,
        from: &Address,
        to: &Address,
        message: Vec<u8>,
    ) -> Result<Dialogue<'_>, SendError> {
        let message = String::from_utf8(message)
            .map_err(|_| SendError::Final("the message is not UTF-8".to_owned()))?;
        let mut connection = self.connection().await?;
        let limit = self.timeouts.command;
        let mut parameters = Vec::new();
        if !AsRef::<str>::as_ref(to).is_ascii() {
            if !(connection.server_info()).supports_feature(Extension::SmtpUtfEight) {
                quit(connection);
                return Err(SendError::Final(
                    "the mail server takes no addresses with other letters (SMTPUTF8)".to_owned(),
                ));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let sender = Mail::new(Some(from.clone()), parameters);
        let completion = Severity::PositiveCompletion;
        if let Err(no) = command(&mut connection, sender, limit, completion).await {
            return Err(no.passing());
        }
        let recipient = Rcpt::new(to.clone(), Vec::new());
        if let Err(no) = command(&mut connection, recipient, limit, completion).await {
            let no = no.about_mail();
            if matches!(no, SendError::Final(_)) {
                quit(connection);
            }
            return Err(no);
        }
        let intermediate = Severity::PositiveIntermediate;
        command(&mut connection, Data, limit, intermediate)
            .await
            .map_err(Answer::about_mail)?;
        Ok(Dialogue {
            transport: self,
            connection,
            message,
        })
    }
}

/// A mail for which the server waits. Dropped, it ends the connection, and nothing arrives.
pub(super) struct Dialogue<'a> {
    transport: &'a SmtpTransport,
    connection: AsyncSmtpConnection,
    message: String,
}

impl Dialogue<'_> {
    /// Hands over the message.
    ///
    /// # Errors
    /// [`SendError::Unanswered`] when nobody knows whether the server took it.
    pub(super) async fn finish(mut self) -> Result<(), SendError> {
        let sent = command(
            &mut self.connection,
            data_block(&self.message),
            self.transport.timeouts.message,
            Severity::PositiveCompletion,
        )
        .await;
        match sent {
            Ok(_) => {
                let mut idle = self.transport.idle();
                if idle.len() < IDLE_COUNT {
                    idle.push((self.connection, Instant::now()));
                }
                Ok(())
            }
            Err(Answer::None(cause)) => Err(SendError::Unanswered(cause.to_owned())),
            Err(refused) => {
                quit(self.connection);
                Err(refused.about_mail())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_mail_server_is_read_with_port_protection_and_sign_in() {
        let server = Server::parse("smtps://post:geheim%20woord@mail.example").unwrap();
        assert_eq!(
            (server.host.as_str(), server.port, server.security),
            ("mail.example", 465, Security::Implicit)
        );
        let known = Credentials::new("post".to_owned(), "geheim woord".to_owned());
        assert_eq!(server.credentials, Some(known));
        let server = Server::parse("smtp://mail.example:2525?tls=required").unwrap();
        assert_eq!((server.port, server.security), (2525, Security::Required));
        for wrong in [
            "mail.example",
            "http://mail.example",
            "smtp://mail.example?tls=sometimes",
            "smtp://mail.example?timeout=3",
            "smtp:///inbox",
        ] {
            assert!(Server::parse(wrong).is_err(), "{wrong}");
        }
        let error = Server::parse("smtp://post:geheim@mail.example?tls=x").unwrap_err();
        assert!(!error.contains("geheim"), "{error}");
    }

    #[test]
    fn a_line_that_is_a_dot_does_not_end_the_message() {
        assert_eq!(data_block("a\r\n.\r\nb"), "a\r\n..\r\nb\r\n.\r\n");
        assert_eq!(data_block(".\r\n"), "..\r\n.\r\n");
    }
}
