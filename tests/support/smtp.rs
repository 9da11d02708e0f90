//! A mail server that does what a test says.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use secrecy::SecretString;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

/// What the server does with a command.
#[derive(Clone, Copy, Debug)]
pub enum SmtpReply {
    /// As a server that takes every mail.
    Usual,
    /// Answers this.
    Say(&'static str),
    /// Answers this, but late.
    Late(Duration, &'static str),
    /// Never answers.
    Hang,
    /// Closes the connection.
    Close,
}

type Behaviour = Box<dyn Fn(&str) -> SmtpReply + Send>;

struct State {
    behaviour: Behaviour,
    mails: Vec<String>,
    offered: usize,
    connections: usize,
    pieces: bool,
}

/// A mail server on a port of its own.
pub struct FakeSmtp {
    port: u16,
    state: Arc<Mutex<State>>,
}

fn lock(state: &Mutex<State>) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FakeSmtp {
    /// Takes every mail, until [`FakeSmtp::behave`] says otherwise.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let state = Arc::new(Mutex::new(State {
            behaviour: Box::new(|_| SmtpReply::Usual),
            mails: Vec::new(),
            offered: 0,
            connections: 0,
            pieces: false,
        }));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                lock(&shared).connections += 1;
                let shared = Arc::clone(&shared);
                // A client that goes away ends its dialogue.
                tokio::spawn(async move {
                    let _ = talk(stream, &shared).await;
                });
            }
        });
        Self { port, state }
    }

    /// Its address for the settings.
    #[must_use]
    pub fn address(&self) -> SecretString {
        SecretString::from(format!("smtp://127.0.0.1:{}", self.port))
    }

    /// What it does from now on with each line: `CONNECT`, a command as it came, or `.` for the end of a message.
    pub fn behave(&self, behaviour: impl Fn(&str) -> SmtpReply + Send + 'static) {
        lock(&self.state).behaviour = Box::new(behaviour);
    }

    /// Mails that it took.
    #[must_use]
    pub fn mails(&self) -> Vec<String> {
        lock(&self.state).mails.clone()
    }

    /// How many messages came to their end, taken or not.
    #[must_use]
    pub fn offered(&self) -> usize {
        lock(&self.state).offered
    }

    /// How many connections there were.
    #[must_use]
    pub fn connections(&self) -> usize {
        lock(&self.state).connections
    }

    /// Whether the end of a message ever came later than its beginning.
    #[must_use]
    pub fn came_in_pieces(&self) -> bool {
        lock(&self.state).pieces
    }
}

/// Answers a line as the test says, or as usual; gives back the answer.
async fn answer(
    stream: &mut BufReader<TcpStream>,
    state: &Mutex<State>,
    line: &str,
    usual: &'static str,
) -> std::io::Result<&'static str> {
    let reply = (lock(state).behaviour)(line);
    let answer = match reply {
        SmtpReply::Usual => usual,
        SmtpReply::Say(answer) => answer,
        SmtpReply::Late(wait, answer) => {
            tokio::time::sleep(wait).await;
            answer
        }
        SmtpReply::Hang => std::future::pending().await,
        SmtpReply::Close => return Err(std::io::ErrorKind::ConnectionAborted.into()),
    };
    let whole = format!("{answer}\r\n");
    stream.write_all(whole.as_bytes()).await?;
    Ok(answer)
}

async fn talk(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut stream = BufReader::with_capacity(1024 * 1024, stream);
    answer(&mut stream, state, "CONNECT", "220 test").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let command = std::mem::take(&mut line);
        let usual = match command.get(..4) {
            Some("DATA") => "354 go on",
            Some("QUIT") => "221 bye",
            _ => "250 fine",
        };
        let given = answer(&mut stream, state, command.trim_end(), usual).await?;
        if !given.starts_with("354") {
            continue;
        }
        let mut mail = String::new();
        while line != ".\r\n" {
            mail.push_str(&std::mem::take(&mut line));
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            if mail.is_empty() && !stream.buffer().ends_with(b"\r\n.\r\n") {
                lock(state).pieces = true;
            }
        }
        line.clear();
        lock(state).offered += 1;
        let given = answer(&mut stream, state, ".", "250 taken").await?;
        if given.starts_with('2') {
            lock(state).mails.push(mail);
        }
    }
    Ok(())
}
