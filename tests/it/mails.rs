//! Mails over SMTP, and a server that does not answer.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use domain::{jobs, mail::Sender};
use secrecy::SecretString;
use tests::TestApp;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
};

/// A mail server that accepts every mail.
async fn serve(listener: TcpListener, kept: Arc<Mutex<Vec<String>>>) {
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        let kept = Arc::clone(&kept);
        tokio::spawn(async move {
            let mut stream = BufReader::new(stream);
            let mut line = String::new();
            let mut mail: Option<String> = None;
            stream.write_all(b"220 test\r\n").await.unwrap();
            while stream.read_line(&mut line).await.unwrap_or(0) > 0 {
                let answer = match &mut mail {
                    Some(text) if line == ".\r\n" => {
                        kept.lock().unwrap().push(std::mem::take(text));
                        mail = None;
                        "250 kept\r\n"
                    }
                    Some(text) => {
                        text.push_str(&line);
                        ""
                    }
                    None if line.starts_with("EHLO") => "250 test\r\n",
                    None if line.starts_with("DATA") => {
                        mail = Some(String::new());
                        "354 go on\r\n"
                    }
                    None if line.starts_with("QUIT") => "221 bye\r\n",
                    None => "250 fine\r\n",
                };
                line.clear();
                if stream.write_all(answer.as_bytes()).await.is_err() {
                    return;
                }
            }
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_waits_until_the_mail_server_answers_and_arrives_once() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let sender = Sender::smtp(&SecretString::from(format!("smtp://127.0.0.1:{port}"))).unwrap();
    let app = TestApp::with_sender(sender, Arc::default()).await;
    app.complaint().await;
    assert_eq!(
        domain::worker::run_due_jobs(&app.app.job_context(), 10)
            .await
            .unwrap(),
        1
    );
    let waiting = {
        let tx = app.db.platform_read().await.unwrap();
        jobs::list(&tx, jobs::JobState::Queued, 10).await.unwrap()
    };
    assert_eq!(waiting.len(), 1, "a mail that cannot leave waits");
    assert!(waiting[0].last_error.is_some());
    assert_eq!(
        domain::worker::run_due_jobs(&app.app.job_context(), 10)
            .await
            .unwrap(),
        0,
        "and not in vain"
    );

    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let kept = Arc::new(Mutex::new(Vec::new()));
    tokio::spawn(serve(listener, Arc::clone(&kept)));
    app.clock.advance(TimeDelta::minutes(2));
    app.run_jobs().await;
    app.clock.advance(TimeDelta::days(1));
    app.run_jobs().await;
    let kept = kept.lock().unwrap().clone();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let mail = &kept[0];
    for line in [
        "To: truus@voorbeeld.example",
        "Auto-Submitted: auto-generated",
        "Message-ID: <",
        "Reply-To: ",
    ] {
        assert!(mail.contains(line), "{line} in {mail}");
    }
}
