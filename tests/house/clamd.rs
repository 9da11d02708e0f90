//! A virus scanner that speaks the real protocol.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// The file that every scanner takes for a virus, and that is none.
pub const EICAR: &[u8] = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

/// A scanner that speaks as `clamd` does, with a virus of its own.
pub struct FakeClamd {
    /// Where it listens.
    pub address: String,
    /// Whether it hangs up on everybody.
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
        let address = format!("tcp://{}", listener.local_addr().expect("a conversation"));
        let is_down = Arc::new(AtomicBool::new(false));
        let asked = Arc::new(AtomicUsize::new(0));
        let (down, count) = (Arc::clone(&is_down), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                if down.load(Ordering::SeqCst) {
                    drop(socket);
                } else {
                    tokio::spawn(answer(socket));
                }
            }
        });
        Self {
            address,
            is_down,
            asked,
        }
    }
}

/// `INSTREAM` as clamd's manual describes it: pieces with their length before them, and a length of zero at the end.
async fn answer(mut socket: TcpStream) {
    let mut command = [0; 10];
    socket
        .read_exact(&mut command)
        .await
        .expect("a conversation");
    assert_eq!(&command, b"zINSTREAM\0");
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
