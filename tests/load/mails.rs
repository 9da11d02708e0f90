//! How many mails one worker sends in a second, to a mail server on the same machine that takes them all.
//!
//! `cargo bench -p tests --bench mails`. Results are in `tests/load/README.md`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be set up has to fail loudly, and prints"
)]

use std::{sync::Arc, time::Instant};

use domain::{
    Language,
    mail::{self, NewMail, Sender},
};
use tests::{FakeSmtp, TestApp};

const MAILS: u32 = 400;

#[tokio::main]
async fn main() {
    let server = FakeSmtp::start().await;
    let sender = Sender::smtp(&server.address()).expect("an address");
    let app = TestApp::with_sender(sender, Arc::default()).await;
    let tx = app.db.write(app.waterdam.id).await.expect("a transaction");
    for _ in 0..MAILS {
        let new = NewMail {
            kind: "test",
            recipient: "veel@waterdam.example",
            about: None,
            language: Language::Dutch,
            text: "mail-score",
            values: &[("municipality", "x"), ("reference", "x"), ("link", "x")],
        };
        mail::enqueue(&tx, new).await.expect("a mail");
    }
    tx.commit().await.expect("a commit");
    let begun = Instant::now();
    app.run_jobs().await;
    let taken = begun.elapsed().as_secs_f64();
    println!(
        "{} mails over {} connections in {taken:.2} s: {:.0} a second",
        server.mails().len(),
        server.connections(),
        f64::from(MAILS) / taken
    );
}
