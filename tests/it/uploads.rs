//! Uploads: what one address sends never takes the room of another, and never that of a message without files.

use tests::{TestApp, complaint};
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

use crate::samples;

const UPLOAD: &str = "/api/v1/forms/klacht-tip-compliment/files";

/// Begins an upload and sends `bytes` of its file, without an end.
async fn begin_upload(app: &TestApp, address: &str, bytes: usize) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", app.port())).await.unwrap();
    let head = format!(
        "POST {UPLOAD} HTTP/1.1\r\nHost: waterdam.localhost\r\nX-Forwarded-For: {address}\r\n\
         Content-Type: multipart/form-data; boundary=grens\r\nContent-Length: 40000000\r\n\r\n\
         --grens\r\nContent-Disposition: form-data; name=\"field\"\r\n\r\nbijlagen\r\n\
         --grens\r\nContent-Disposition: form-data; name=\"file\"; filename=\"foto.jpg\"\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&vec![0xff; bytes]).await.unwrap();
    stream
}

async fn upload(app: &TestApp, address: &str, file: Vec<u8>) -> u16 {
    let photo = reqwest::multipart::Part::bytes(file).file_name("foto.jpg");
    let form = reqwest::multipart::Form::new()
        .text("field", "bijlagen")
        .part("file", photo);
    app.anonymous("waterdam.localhost")
        .request("POST", UPLOAD)
        .header("x-forwarded-for", address)
        .multipart(form)
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn uploads_that_never_end_keep_nobody_else_waiting() {
    let app = TestApp::with_settings(|settings| settings.http.behind_proxy = true).await;
    let mut unfinished = Vec::new();
    for _ in 0..60 {
        unfinished.push(begin_upload(&app, "203.0.113.7", 6_000_000).await);
    }
    let other = upload(&app, "198.51.100.4", samples::jpeg(40, 30, 1)).await;
    assert_eq!(other, 201, "another address uploads as usual");
    // Whatever fits takes a part of the share, so that the share of this address ends.
    let mut more = 0;
    for _ in 0..300 {
        more = upload(&app, "203.0.113.7", vec![0; 1_000_000]).await;
        if more == 503 {
            break;
        }
    }
    assert_eq!(more, 503, "the share of this address is taken");
    let message = app
        .anonymous("waterdam.localhost")
        .request("POST", "/api/v1/forms/klacht-tip-compliment/submissions")
        .header("x-forwarded-for", "203.0.113.7")
        .json(&complaint())
        .send()
        .await
        .unwrap();
    assert_eq!(
        message.status(),
        201,
        "a message without files needs no share"
    );
    drop(unfinished);
}
