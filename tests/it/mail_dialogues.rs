//! What is true of a mail when the dialogue with the mail server goes wrong.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use domain::{
    jobs::{self, JobRow, JobState},
    mail::{Sender, SmtpTimeouts},
    worker::run_due_jobs,
};
use sea_orm::ConnectionTrait as _;
use serde_json::Value;
use tests::{Browser, FakeSmtp, SmtpReply, TestApp};

use crate::clock_confirmations::{confirmation, promise};

const SHORT: Duration = Duration::from_millis(300);

/// An application that loses patience with its mail server soon.
async fn impatient(server: &FakeSmtp) -> TestApp {
    let timeouts = SmtpTimeouts {
        connect: SHORT,
        command: SHORT,
        message: SHORT,
    };
    let sender = Sender::smtp_with(&server.address(), timeouts).unwrap();
    TestApp::with_sender(sender, Arc::default()).await
}

async fn jobs_in(app: &TestApp, state: JobState) -> Vec<JobRow> {
    let tx = app.db.platform_read().await.unwrap();
    jobs::list(&tx, state, 100).await.unwrap()
}

/// The complaint's reference and the id of its case.
async fn complaint(app: &TestApp) -> (String, String) {
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    let id = app.case_id(&reference).await;
    (reference, id)
}

/// When the confirmation of a complaint left, as its clock has it.
async fn confirmed(app: &TestApp, case: &str) -> Value {
    confirmation(app, case).await["stoppedAt"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_comes_after_the_time_is_over_confirms_nothing() {
    let server = FakeSmtp::start().await;
    let app = impatient(&server).await;
    promise(&app).await;
    let (_, case) = complaint(&app).await;
    server.behave(|line| match line {
        "." => SmtpReply::Late(SHORT * 2, "550 no such mailbox"),
        _ => SmtpReply::Usual,
    });
    let context = app.app.job_context();
    assert_eq!(run_due_jobs(&context, 10).await.unwrap(), 1);
    let waiting = jobs_in(&app, JobState::Queued).await;
    let error = waiting[0].last_error.clone().unwrap();
    assert!(error.contains("in doubt"), "{error}");
    // The answer to the first try lies ready when the second begins.
    tokio::time::sleep(SHORT * 3).await;
    app.clock.advance(TimeDelta::minutes(2));
    server.behave(|line| match line {
        "." => SmtpReply::Close,
        _ => SmtpReply::Usual,
    });
    assert_eq!(run_due_jobs(&context, 10).await.unwrap(), 1);
    assert_eq!(server.connections(), 2, "a dialogue that was cut off ends");
    assert_eq!(confirmed(&app, &case).await, Value::Null);
    server.behave(|_| SmtpReply::Usual);
    app.clock.advance(TimeDelta::minutes(5));
    app.run_jobs().await;
    assert_eq!(server.mails().len(), 1);
    assert_ne!(confirmed(&app, &case).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_of_a_dialogue_has_a_limit_of_time() {
    for step in ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "."] {
        let server = FakeSmtp::start().await;
        let app = impatient(&server).await;
        app.complaint().await;
        server.behave(move |line| {
            if line.starts_with(step) {
                SmtpReply::Hang
            } else {
                SmtpReply::Usual
            }
        });
        let context = app.app.job_context();
        let tried = tokio::time::timeout(Duration::from_secs(5), run_due_jobs(&context, 10));
        assert_eq!(tried.await.expect(step).unwrap(), 1);
        let cause = jobs_in(&app, JobState::Queued).await[0].last_error.clone();
        let cause = cause.unwrap();
        assert!(cause.contains("took too long"), "{step}: {cause}");
        assert_eq!(cause.contains("in doubt"), step == ".", "{step}: {cause}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dialogue_that_was_interrupted_is_not_used_for_the_next_mail() {
    let server = FakeSmtp::start().await;
    let app = TestApp::with_sender(Sender::smtp(&server.address()).unwrap(), Arc::default()).await;
    promise(&app).await;
    app.complaint().await;
    app.run_jobs().await;
    assert_eq!((server.mails().len(), server.connections()), (1, 1));
    let (_, case) = complaint(&app).await;
    for (step, answer) in [
        ("MAIL", "250 late"),
        ("DATA", "354 late"),
        (".", "550 late"),
    ] {
        server.behave(move |line| {
            if line.starts_with(step) {
                SmtpReply::Late(SHORT, answer)
            } else {
                SmtpReply::Usual
            }
        });
        let context = app.app.job_context();
        let cut = tokio::time::timeout(SHORT / 2, run_due_jobs(&context, 10));
        assert!(cut.await.is_err(), "{step}");
        let connections = server.connections();
        tokio::time::sleep(SHORT * 2).await;
        server.behave(|line| match line {
            "DATA" => SmtpReply::Say("451 not now"),
            _ => SmtpReply::Usual,
        });
        app.clock.advance(TimeDelta::hours(6));
        assert_eq!(run_due_jobs(&context, 10).await.unwrap(), 1, "{step}");
        assert_eq!(server.connections(), connections + 1, "{step}");
        assert_eq!(server.mails().len(), 1, "{step}");
        assert_eq!(confirmed(&app, &case).await, Value::Null, "{step}");
        app.clock.advance(TimeDelta::hours(6));
    }
    server.behave(|_| SmtpReply::Usual);
    app.run_jobs().await;
    assert_eq!(server.mails().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_ended_well_is_used_again_and_a_message_leaves_in_one_piece() {
    let server = FakeSmtp::start().await;
    let app = TestApp::with_sender(Sender::smtp(&server.address()).unwrap(), Arc::default()).await;
    let context = app.app.job_context();
    for _ in 0..5 {
        app.complaint().await;
        assert_eq!(run_due_jobs(&context, 1).await.unwrap(), 1);
    }
    assert_eq!((server.mails().len(), server.connections()), (5, 1));
    assert!(!server.came_in_pieces());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_receipt_is_told_in_its_case_and_at_the_desk_until_it_leaves() {
    for (step, answer) in [
        ("RCPT", "550 no such mailbox"),
        ("RCPT", "552 full"),
        (".", "554 looks like spam"),
    ] {
        let server = FakeSmtp::start().await;
        let app = impatient(&server).await;
        promise(&app).await;
        let (reference, case) = complaint(&app).await;
        server.behave(move |line| {
            if line.starts_with(step) {
                SmtpReply::Say(answer)
            } else {
                SmtpReply::Usual
            }
        });
        app.run_jobs().await;
        assert_eq!(jobs_in(&app, JobState::GivenUp).await.len(), 1, "{answer}");
        assert_eq!(confirmed(&app, &case).await, Value::Null, "{answer}");
        let mut clerk =
            Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
        clerk.go(&format!("/balie/meldingen/{reference}")).await;
        let told =
            "E-mail kwam niet aan: de bevestiging van ontvangst. De mailserver weigerde hem.";
        assert_eq!(
            clerk.page.text.matches(told).count(),
            1,
            "{}",
            clerk.page.text
        );
        clerk.go("/balie").await;
        let undelivered = "E-mail kwam niet aan. Bereik 1 inwoner op een andere manier";
        assert!(clerk.page.text.contains(undelivered), "{answer}");

        let operator = app.signed_in("localhost", "operator@gehoord.example").await;
        let listed = operator.get("/api/v1/jobs").await;
        assert_eq!(listed.json["totals"]["givenUp"], 1, "{}", listed.text);
        let retried = operator.post("/api/v1/jobs/_retry", &Value::Null).await;
        assert_eq!((retried.status, &retried.json["retried"]), (200, &1.into()));
        server.behave(|_| SmtpReply::Usual);
        app.run_jobs().await;
        assert_eq!(server.mails().len(), 1);
        clerk.go("/balie").await;
        assert!(!clerk.page.text.contains(undelivered), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_is_about_us_is_tried_again_for_five_days_and_then_told() {
    let server = FakeSmtp::start().await;
    let app = impatient(&server).await;
    let (reference, _) = complaint(&app).await;
    server.behave(|line| {
        if line.starts_with("MAIL") {
            SmtpReply::Say("550 we do not know you")
        } else {
            SmtpReply::Usual
        }
    });
    let begun = app.clock.now();
    let mut tries = 0;
    while jobs_in(&app, JobState::GivenUp).await.is_empty() {
        tries += run_due_jobs(&app.app.job_context(), 1).await.unwrap();
        app.clock.advance(TimeDelta::minutes(30));
    }
    let lasted = app.clock.now() - begun;
    assert!(
        lasted > TimeDelta::days(5) && lasted < TimeDelta::days(8),
        "{lasted}"
    );
    assert!(tries > 30, "{tries}");
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(clerk.page.text.contains("Vijf dagen lang lukte het niet."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_left_is_noted_when_the_database_is_back_and_leaves_once() {
    let server = FakeSmtp::start().await;
    let app = TestApp::with_sender(Sender::smtp(&server.address()).unwrap(), Arc::default()).await;
    promise(&app).await;
    let (_, case) = complaint(&app).await;
    server.behave(|line| match line {
        "." => SmtpReply::Late(Duration::from_secs(1), "250 taken"),
        _ => SmtpReply::Usual,
    });
    let owner = app.store.as_database_owner().await;
    let context = app.app.job_context();
    let running = tokio::spawn(async move { run_due_jobs(&context, 10).await });
    while server.offered() == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let away = "alter table mail rename to mail_away";
    owner.execute_unprepared(away).await.unwrap();
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(!running.is_finished());
    let back = "alter table mail_away rename to mail";
    owner.execute_unprepared(back).await.unwrap();
    assert_eq!(running.await.unwrap().unwrap(), 1);
    assert!(jobs_in(&app, JobState::Queued).await.is_empty());
    assert_ne!(confirmed(&app, &case).await, Value::Null);
    app.clock.advance(TimeDelta::days(1));
    app.run_jobs().await;
    assert_eq!(server.offered(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_mail_leaves_while_the_database_cannot_note_it() {
    let server = FakeSmtp::start().await;
    let app = TestApp::with_sender(Sender::smtp(&server.address()).unwrap(), Arc::default()).await;
    app.complaint().await;
    server.behave(|line| match line {
        "DATA" => SmtpReply::Late(Duration::from_secs(1), "354 go on"),
        _ => SmtpReply::Usual,
    });
    let owner = app.store.as_database_owner().await;
    let context = app.app.job_context();
    let running = tokio::spawn(async move { run_due_jobs(&context, 10).await });
    while server.connections() == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let away = "alter table mail rename to mail_away";
    owner.execute_unprepared(away).await.unwrap();
    running.await.unwrap().unwrap();
    let back = "alter table mail_away rename to mail";
    owner.execute_unprepared(back).await.unwrap();
    assert_eq!(server.offered(), 0);
    server.behave(|_| SmtpReply::Usual);
    app.clock.advance(TimeDelta::minutes(2));
    app.run_jobs().await;
    assert_eq!(server.mails().len(), 1);
}
