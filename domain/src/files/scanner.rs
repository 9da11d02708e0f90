//! The way to `clamd`: bytes go over its socket (`INSTREAM`), a verdict comes back.

use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpStream, UnixStream},
};

/// Longest wait for the socket.
const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(5);
/// Longest wait for a verdict.
const PATIENCE: Duration = Duration::from_mins(2);
/// Bytes sent at once.
const CHUNK: usize = 64 * 1024;
/// Longest answer that is read.
const ANSWER_MAX: u64 = 4_096;

/// Where the scanner listens: `unix:/run/clamav/clamd.ctl` or `tcp://host:3310`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    /// A socket on this machine.
    Unix(PathBuf),
    /// A socket on the network: `host:port`.
    Tcp(String),
}

/// An address that no scanner can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be unix:/path/of/clamd.ctl or tcp://host:3310")]
pub struct NoScanner;

impl FromStr for Scanner {
    type Err = NoScanner;

    fn from_str(address: &str) -> Result<Self, Self::Err> {
        if let Some(path) = address
            .strip_prefix("unix:")
            .filter(|path| path.starts_with('/'))
        {
            return Ok(Self::Unix(path.into()));
        }
        address
            .strip_prefix("tcp://")
            .filter(|place| {
                place.rsplit_once(':').is_some_and(|(host, port)| {
                    !host.is_empty() && port.parse::<u16>().is_ok_and(|port| port > 0)
                })
            })
            .map(|place| Self::Tcp(place.to_owned()))
            .ok_or(NoScanner)
    }
}

impl fmt::Display for Scanner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(formatter, "unix:{}", path.display()),
            Self::Tcp(place) => write!(formatter, "tcp://{place}"),
        }
    }
}

/// What the scanner says of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Something was found, under this name.
    Infected(String),
}

/// The scanner did not answer, or not with a verdict.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("scanner: {0}")]
pub struct NoVerdict(String);

impl From<std::io::Error> for NoVerdict {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl Scanner {
    /// Asks about some bytes.
    ///
    /// # Errors
    /// [`NoVerdict`] when it is down, slow, or refuses the size; asking again later may help.
    pub async fn scan(&self, bytes: &[u8]) -> Result<Verdict, NoVerdict> {
        let answer = self.ask(b"zINSTREAM\0", Some(bytes)).await?;
        // "stream: OK", "stream: Eicar-Signature FOUND", "INSTREAM size limit exceeded. ERROR"
        let said = answer.strip_prefix("stream: ").unwrap_or(&answer);
        if said == "OK" {
            Ok(Verdict::Clean)
        } else if let Some(name) = said.strip_suffix(" FOUND") {
            Ok(Verdict::Infected(name.chars().take(200).collect()))
        } else {
            Err(NoVerdict(answer))
        }
    }

    /// Whether it answers, for `doctor`.
    ///
    /// # Errors
    /// [`NoVerdict`].
    pub async fn check(&self) -> Result<(), NoVerdict> {
        let answer = self.ask(b"zPING\0", None).await?;
        if answer == "PONG" {
            Ok(())
        } else {
            Err(NoVerdict(answer))
        }
    }

    async fn ask(&self, command: &[u8], bytes: Option<&[u8]>) -> Result<String, NoVerdict> {
        let late = |_| NoVerdict("no answer in time".to_owned());
        match self {
            Self::Unix(path) => {
                let socket = tokio::time::timeout(PATIENCE_TO_CONNECT, UnixStream::connect(path))
                    .await
                    .map_err(late)??;
                tokio::time::timeout(PATIENCE, converse(socket, command, bytes)).await
            }
            Self::Tcp(place) => {
                let socket =
                    tokio::time::timeout(PATIENCE_TO_CONNECT, TcpStream::connect(place.as_str()))
                        .await
                        .map_err(late)??;
                tokio::time::timeout(PATIENCE, converse(socket, command, bytes)).await
            }
        }
        .map_err(late)?
    }
}

async fn converse(
    socket: impl AsyncRead + AsyncWrite + Unpin,
    command: &[u8],
    bytes: Option<&[u8]>,
) -> Result<String, NoVerdict> {
    let (read, mut write) = tokio::io::split(socket);
    let speak = async {
        write.write_all(command).await?;
        if let Some(bytes) = bytes {
            for chunk in bytes.chunks(CHUNK) {
                let length = u32::try_from(chunk.len()).unwrap_or(u32::MAX);
                write.write_all(&length.to_be_bytes()).await?;
                write.write_all(chunk).await?;
            }
            write.write_all(&0_u32.to_be_bytes()).await?;
        }
        write.flush().await
    };
    let sent = speak.await;
    let mut answer = Vec::new();
    let heard = read.take(ANSWER_MAX).read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer)
        .trim_end_matches(['\0', '\n', '\r'])
        .to_owned();
    // A scanner that refuses the size says so and closes the connection: what it said is worth more than the broken pipe.
    if answer.is_empty() {
        sent?;
        heard?;
        return Err(NoVerdict("it hung up without a word".to_owned()));
    }
    Ok(answer)
}
