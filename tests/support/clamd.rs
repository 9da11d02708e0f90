//! A virus scanner with the protocol of `clamd`.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, UnixListener},
};

/// The EICAR test file, which every scanner reports.
pub const EICAR: &[u8] = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

/// A scanner with the protocol of `clamd`, which reports one test virus.
pub struct FakeClamd {
    /// Where it listens.
    pub address: String,
    /// Whether it closes every connection.
    pub is_down: Arc<AtomicBool>,
    /// How often it was called.
    pub asked: Arc<AtomicUsize>,
}

impl FakeClamd {
    /// Starts it on a port of its own.
    pub async fn listen() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a conversation");
        let clamd = Self::at(format!(
            "tcp://{}",
            listener.local_addr().expect("a conversation")
        ));
        let (down, count) = (Arc::clone(&clamd.is_down), Arc::clone(&clamd.asked));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                accept_connection(socket, &down, &count);
            }
        });
        clamd
    }

    /// Starts it on a socket in `folder`, as Debian's does.
    pub fn listen_in(folder: &std::path::Path) -> Self {
        let path = folder.join("clamd.ctl");
        let listener = UnixListener::bind(&path).expect("a conversation");
        let clamd = Self::at(format!("unix:{}", path.display()));
        let (down, count) = (Arc::clone(&clamd.is_down), Arc::clone(&clamd.asked));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                accept_connection(socket, &down, &count);
            }
        });
        clamd
    }

    fn at(address: String) -> Self {
        Self {
            address,
            is_down: Arc::default(),
            asked: Arc::default(),
        }
    }
}

fn accept_connection(
    socket: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    is_down: &AtomicBool,
    asked: &AtomicUsize,
) {
    asked.fetch_add(1, Ordering::SeqCst);
    if !is_down.load(Ordering::SeqCst) {
        tokio::spawn(answer(socket));
    }
}

/// `PING` and `INSTREAM` as clamd's manual describes them: pieces with their length before them, and a length of zero at the end.
async fn answer(mut socket: impl AsyncRead + AsyncWrite + Unpin) {
    let mut command = Vec::new();
    loop {
        match socket.read_u8().await.expect("a conversation") {
            0 => break,
            sign => command.push(sign),
        }
    }
    if command == b"zPING" {
        socket.write_all(b"PONG\0").await.expect("a conversation");
        return;
    }
    assert_eq!(command, b"zINSTREAM");
    let mut whole = Vec::new();
    loop {
        let length = socket.read_u32().await.expect("a conversation");
        if length == 0 {
            break;
        }
        let mut piece = vec![0; usize::try_from(length).expect("a conversation")];
        socket.read_exact(&mut piece).await.expect("a conversation");
        whole.extend(piece);
    }
    let infected = whole.windows(EICAR.len()).any(|part| part == EICAR);
    let said: &[u8] = if infected {
        b"stream: Eicar-Signature FOUND\0"
    } else {
        b"stream: OK\0"
    };
    socket.write_all(said).await.expect("a conversation");
}
