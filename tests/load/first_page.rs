//! Requests a second for the first page of a form, beside a static page of the same size from the same server, over loopback.
//!
//! `cargo bench -p tests --bench first_page`. A bounded number of requests over connections that stay open; nine rounds of each, alternately;
//! the median counts. Results are in `tests/load/README.md`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be set up has to fail loudly, and prints"
)]

use std::{
    net::TcpListener as Listener,
    time::{Duration, Instant},
};

use actix_web::{App, HttpResponse, HttpServer, middleware::from_fn, web};
use tests::TestApp;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const FORM: &str = "/formulieren/klacht-tip-compliment";
const CONNECTIONS: usize = 16;
const REQUESTS: usize = 2_000;
/// Rounds of each; one takes a fraction of a second, and single ones differ by a third.
const ROUNDS: usize = 9;

/// Requests `path` on one open connection `count` times.
async fn ask(port: u16, path: &str, count: usize) {
    let mut socket = TcpStream::connect(("127.0.0.1", port))
        .await
        .expect("a connection");
    socket.set_nodelay(true).expect("no delay");
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: waterdam.localhost\r\nAccept-Language: nl\r\nCookie: gehoord-visitor=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n"
    );
    let mut buffer = vec![0; 256 * 1_024];
    for _ in 0..count {
        socket
            .write_all(request.as_bytes())
            .await
            .expect("a request");
        let mut read = 0;
        let whole = loop {
            let free = buffer.get_mut(read..).expect("room");
            read += socket.read(free).await.expect("an answer");
            let head = buffer.get(..read).expect("what came");
            if let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") {
                let text = String::from_utf8_lossy(head.get(..end).expect("a head")).to_lowercase();
                assert!(text.starts_with("http/1.1 200"), "{text}");
                let length = text
                    .split("content-length: ")
                    .nth(1)
                    .and_then(|rest| rest.lines().next())
                    .and_then(|length| length.trim().parse::<usize>().ok())
                    .expect("a length");
                break end + 4 + length;
            }
        };
        while read < whole {
            let free = buffer.get_mut(read..).expect("room");
            read += socket.read(free).await.expect("an answer");
        }
    }
}

async fn round(port: u16, path: &'static str) -> Duration {
    let begun = Instant::now();
    let all: Vec<_> = (0..CONNECTIONS)
        .map(|_| tokio::spawn(ask(port, path, REQUESTS)))
        .collect();
    for one in all {
        one.await.expect("a connection that holds");
    }
    begun.elapsed()
}

fn per_second(mut rounds: Vec<Duration>) -> u128 {
    rounds.sort_unstable();
    let middle = rounds.get(rounds.len() / 2).copied().unwrap_or_default();
    let requests = u128::try_from(CONNECTIONS * REQUESTS).unwrap_or_default();
    requests * 1_000_000 / middle.as_micros().max(1)
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(measure());
}

async fn measure() {
    let app = TestApp::open().await;
    let page = app.anonymous("waterdam.localhost").get(FORM).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let size = page.text.len();
    // The same server with the same middleware, and a page that is a constant.
    let listener = Listener::bind(("127.0.0.1", 0)).expect("a port");
    let plain = listener.local_addr().expect("an address").port();
    let data = web::Data::from(std::sync::Arc::clone(&app.app));
    let text = page.text.clone();
    let server = HttpServer::new(move || {
        let text = text.clone();
        App::new()
            .wrap(from_fn(api::handle))
            .app_data(data.clone())
            .route(
                "/static-page",
                web::get().to(move || {
                    let text = text.clone();
                    async move {
                        HttpResponse::Ok()
                            .content_type("text/html; charset=utf-8")
                            .body(text)
                    }
                }),
            )
    })
    .workers(2)
    .disable_signals()
    .listen(listener)
    .expect("a listener")
    .run();
    let stop = server.handle();
    tokio::spawn(server);
    // The form's page again, so that it is cached.
    ask(app.port(), FORM, 200).await;
    ask(plain, "/static-page", 200).await;
    let (mut forms, mut statics) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        statics.push(round(plain, "/static-page").await);
        forms.push(round(app.port(), FORM).await);
    }
    stop.stop(false).await;
    let (form, fixed) = (per_second(forms), per_second(statics));
    println!("bytes of the page           {size}");
    println!("static page, requests/s     {fixed}");
    println!("form's page, requests/s     {form}");
    println!(
        "share                       {} %",
        form * 100 / fixed.max(1)
    );
}
