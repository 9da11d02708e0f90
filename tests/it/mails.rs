//! Mails over SMTP, and a server that does not answer.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::{jobs, mail::Sender};
use tests::{FakeSmtp, SmtpReply, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_waits_until_the_mail_server_answers_and_arrives_once() {
    let server = FakeSmtp::start().await;
    server.behave(|_| SmtpReply::Close);
    let sender = Sender::smtp(&server.address()).unwrap();
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

    server.behave(|_| SmtpReply::Usual);
    app.clock.advance(TimeDelta::minutes(2));
    app.run_jobs().await;
    app.clock.advance(TimeDelta::days(1));
    app.run_jobs().await;
    let kept = server.mails();
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
