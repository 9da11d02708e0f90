//! A DNS server that answers questions for text records as a test says.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::net::UdpSocket;

/// What the server answers about a name.
#[derive(Clone, Debug)]
pub enum DnsReply {
    /// These texts, each in a record.
    Texts(Vec<String>),
    /// The name exists and has no text record.
    Nothing,
    /// The server failed.
    Failure,
    /// No answer at all.
    Silence,
}

type Names = Arc<Mutex<HashMap<String, DnsReply>>>;

/// A server on a port of its own. A name of which nothing was said does not exist.
pub struct FakeDns {
    address: SocketAddr,
    names: Names,
}

impl FakeDns {
    /// Answers from now on.
    pub async fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
        let address = socket.local_addr().expect("an address");
        let names = Names::default();
        let known = Arc::clone(&names);
        tokio::spawn(async move {
            let mut buffer = [0; 4096];
            while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                let reply = buffer.get(..length).and_then(|asked| answer(asked, &known));
                if let Some(reply) = reply {
                    let _ = socket.send_to(&reply, from).await;
                }
            }
        });
        Self { address, names }
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it answers about a name from now on.
    pub fn says(&self, name: &str, reply: DnsReply) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.insert(name.to_owned(), reply);
    }
}

/// The question of a message (RFC 1035 §4.1.2): its name, and its bytes.
fn question(message: &[u8]) -> Option<(String, &[u8])> {
    let mut labels = Vec::new();
    let mut at = 12;
    loop {
        let length = usize::from(*message.get(at)?);
        at += 1;
        if length == 0 {
            break;
        }
        labels.push(String::from_utf8_lossy(message.get(at..at + length)?).into_owned());
        at += length;
    }
    Some((labels.join(".").to_lowercase(), message.get(12..at + 4)?))
}

fn answer(asked: &[u8], names: &Names) -> Option<Vec<u8>> {
    let (name, question) = question(asked)?;
    let known = names.lock().unwrap_or_else(PoisonError::into_inner);
    let (code, texts) = match known.get(&name) {
        Some(DnsReply::Texts(texts)) => (0, texts.clone()),
        Some(DnsReply::Nothing) => (0, Vec::new()),
        Some(DnsReply::Failure) => (2, Vec::new()),
        Some(DnsReply::Silence) => return None,
        None => (3, Vec::new()),
    };
    let mut reply = asked.get(..2)?.to_vec();
    // An answer, of a server that knows, to a question that wanted recursion, which it offers (RFC 1035 §4.1.1).
    reply.extend([0x85, 0x80 | code, 0, 1, 0]);
    reply.push(u8::try_from(texts.len()).ok()?);
    reply.extend([0, 0, 0, 0]);
    reply.extend(question);
    for text in texts {
        let parts: Vec<u8> = (text.as_bytes().chunks(255))
            .flat_map(|part| {
                let length = u8::try_from(part.len()).unwrap_or_default();
                std::iter::once(length).chain(part.iter().copied())
            })
            .collect();
        // The name of the question, TXT, IN, a minute.
        reply.extend([0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60]);
        reply.extend(u16::try_from(parts.len()).ok()?.to_be_bytes());
        reply.extend(parts);
    }
    Some(reply)
}
