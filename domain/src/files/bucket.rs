//! The store of files against a server on this machine that speaks the S3 protocol.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use tenants::TenantId;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{Bucket, FileStore, FileStoreError};

/// What the service keeps, and the first lines of what it was asked.
#[derive(Clone, Default)]
struct Service {
    kept: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Service {
    async fn listen(&self) -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let service = self.clone();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(service.clone().converse(BufReader::new(socket)));
            }
        });
        address
    }

    /// HTTP/1.1 as far as the client speaks it here: a head, a body of a known length, and the next request on the same line.
    async fn converse(self, mut socket: BufReader<TcpStream>) {
        loop {
            let mut head = Vec::new();
            loop {
                let mut line = String::new();
                if socket.read_line(&mut line).await.unwrap_or(0) == 0 {
                    return;
                }
                if line.trim().is_empty() {
                    break;
                }
                head.push(line.trim().to_owned());
            }
            let header = |name: &str| {
                head.iter()
                    .filter_map(|line| line.split_once(':'))
                    .find(|(known, _)| known.eq_ignore_ascii_case(name))
                    .map_or(String::new(), |(_, value)| value.trim().to_owned())
            };
            let length = header("content-length").parse().unwrap_or(0);
            let mut body = vec![0; length];
            socket.read_exact(&mut body).await.unwrap();
            let signed = header("authorization");
            assert!(
                signed.starts_with("AWS4-HMAC-SHA256 Credential=sleutel/"),
                "{head:?}"
            );
            let line = head.first().unwrap().clone();
            self.asked.lock().unwrap().push(line.clone());
            let mut words = line.split(' ');
            let (verb, path) = (words.next().unwrap(), words.next().unwrap());
            let (status, answer) = self.answer(verb, path, body);
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nETag: \"1\"\r\nLast-Modified: Tue, 24 Nov 2026 09:00:00 GMT\r\n\r\n",
                answer.len()
            );
            socket.write_all(head.as_bytes()).await.unwrap();
            socket.write_all(&answer).await.unwrap();
            socket.flush().await.unwrap();
        }
    }

    fn answer(&self, verb: &str, path: &str, body: Vec<u8>) -> (&'static str, Vec<u8>) {
        let mut kept = self.kept.lock().unwrap();
        match verb {
            "PUT" => {
                kept.insert(path.to_owned(), body);
                ("200 OK", Vec::new())
            }
            "GET" if path.contains("list-type=2") => ("200 OK", list(&kept, path).into_bytes()),
            "GET" => match kept.get(path) {
                Some(bytes) => ("200 OK", bytes.clone()),
                None => (
                    "404 Not Found",
                    b"<Error><Code>NoSuchKey</Code></Error>".to_vec(),
                ),
            },
            // S3 removes many at once, and does not mind what is not there.
            "POST" => {
                let body = String::from_utf8(body).unwrap();
                let key = body.split("<Key>").nth(1).unwrap();
                let key = key.split("</Key>").next().unwrap();
                kept.remove(&format!("/bestanden/{key}"));
                let answer =
                    format!("<DeleteResult><Deleted><Key>{key}</Key></Deleted></DeleteResult>");
                ("200 OK", answer.into_bytes())
            }
            other => panic!("{other} {path}"),
        }
    }
}

/// Two places a page.
fn list(kept: &BTreeMap<String, Vec<u8>>, path: &str) -> String {
    let from = path.split("continuation-token=").nth(1).unwrap_or("0");
    let from: usize = from.split('&').next().unwrap().parse().unwrap();
    let mut contents = String::new();
    for key in kept.keys().skip(from).take(2) {
        let key = key.trim_start_matches("/bestanden/");
        contents += "<Contents><Size>1</Size><LastModified>2026-11-24T09:00:00Z</LastModified>";
        contents.extend(["<Key>", key, "</Key></Contents>"]);
    }
    let next = from + 2;
    let more = next < kept.len();
    let token = if more {
        format!("<NextContinuationToken>{next}</NextContinuationToken>")
    } else {
        String::new()
    };
    format!(
        "<ListBucketResult><IsTruncated>{more}</IsTruncated>{token}{contents}</ListBucketResult>"
    )
}

/// The store in the bucket of a service.
async fn bucket_of(service: &Service) -> FileStore {
    let address = service.listen().await;
    FileStore::bucket(&Bucket {
        name: "bestanden",
        region: "eu-central-1",
        endpoint: Some(&address),
        key: Some(("sleutel", "geheim")),
    })
    .unwrap()
}

#[tokio::test]
async fn a_bucket_lists_all_it_keeps_of_a_municipality() {
    let service = Service::default();
    let store = bucket_of(&service).await;
    let tenant = TenantId(tenants::uuid::Uuid::nil());
    let mut kept = Vec::new();
    for _ in 0..5 {
        let place = FileStore::place(tenant).unwrap();
        store.put(&place, vec![1]).await.unwrap();
        kept.push(place);
    }
    kept.sort();
    let mut listed = Vec::new();
    let mut listing = store.list(tenant);
    while let Some(page) = listing.next_page().await.unwrap() {
        listed.extend(page);
    }
    let places: Vec<_> = listed.iter().map(|one| one.place.clone()).collect();
    assert_eq!(places, kept);
    assert_eq!(
        listed[0].stored_at.to_rfc3339(),
        "2026-11-24T09:00:00+00:00"
    );
    let asked = service.asked.lock().unwrap().clone();
    let pages = asked.iter().filter(|line| line.contains("list-type=2"));
    assert_eq!(pages.count(), 3);
    assert!(
        asked
            .iter()
            .any(|line| line.contains(&format!("prefix={tenant}")))
    );
}

#[tokio::test]
async fn a_bucket_keeps_gives_back_and_throws_away_as_a_folder_does() {
    let service = Service::default();
    let store = bucket_of(&service).await;
    store.check().await.unwrap();
    assert!(service.kept.lock().unwrap().is_empty(), "doctor cleans up");
    let place = FileStore::place(TenantId(tenants::uuid::Uuid::nil())).unwrap();
    let photo = vec![7; 300_000];
    store.put(&place, photo.clone()).await.unwrap();
    assert_eq!(store.get(&place).await.unwrap(), photo);
    assert!(
        service
            .kept
            .lock()
            .unwrap()
            .keys()
            .all(|key| *key == format!("/bestanden/{place}")),
        "under its own random place"
    );
    store.discard(&place).await.unwrap();
    store.discard(&place).await.unwrap();
    let gone = store.get(&place).await;
    assert!(matches!(gone, Err(FileStoreError::Missing)), "{gone:?}");
    assert!(service.asked.lock().unwrap().len() >= 7);
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_is_reported() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let hung_up = tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            drop(socket);
        }
    });
    let store = FileStore::bucket(&Bucket {
        name: "bestanden",
        region: "eu-central-1",
        endpoint: Some(&address),
        key: Some(("sleutel", "geheim")),
    })
    .unwrap();
    hung_up.abort();
    let away = store.put("plaats", vec![1]).await;
    assert!(matches!(away, Err(FileStoreError::Away(_))), "{away:?}");
}
