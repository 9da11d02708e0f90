//! Receipts by mail cannot be used to fill a stranger's mailbox.

use chrono::TimeDelta;
use domain::{
    Language,
    mail::{self, NewMail},
};
use tests::{Browser, Reply, TestApp};

async fn complain(app: &TestApp, email: &str) -> Reply {
    let mut complaint = tests::complaint();
    complaint["answers"]["email"] = email.into();
    let reply = app
        .anonymous("waterdam.localhost")
        .post(
            "/api/v1/forms/klacht-tip-compliment/submissions",
            &complaint,
        )
        .await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply
}

async fn sent(app: &TestApp) -> usize {
    app.run_jobs().await;
    app.mails.lock().unwrap().len()
}

/// What resident and staff read about a receipt that was not mailed.
async fn assert_held(app: &TestApp, reply: &Reply, why: &str) {
    app.assert_says_no_mail(&reply.json).await;
    let mut clerk = Browser::sign_in(app, "waterdam.localhost", "clerk@waterdam.example").await;
    let reference = reply.json["reference"].as_str().unwrap();
    clerk.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(clerk.page.text.contains(why), "{}", clerk.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_gets_five_receipts_a_day_however_its_address_is_written() {
    let app = TestApp::open().await;
    for email in [
        "truus@voorbeeld.example",
        "Truus+1@voorbeeld.example",
        "truus+2@Voorbeeld.example",
        "TRUUS+x+y@voorbeeld.example",
        "truus+4@voorbeeld.example",
    ] {
        complain(&app, email).await;
    }
    let sixth = complain(&app, "truus+5@voorbeeld.example").await;
    assert_eq!(sent(&app).await, 5);
    assert_held(
        &app,
        &sixth,
        "De bevestiging is niet gemaild: dit e-mailadres kreeg vandaag al het hoogste aantal.",
    )
    .await;
    complain(&app, "guus@voorbeeld.example").await;
    assert_eq!(sent(&app).await, 6, "another mailbox gets its own");
    for _ in 0..5 {
        complain(&app, "t.ruus+a@gmail.com").await;
    }
    complain(&app, "TRUUS@googlemail.com").await;
    assert_eq!(sent(&app).await, 11);
    app.clock.advance(TimeDelta::hours(25));
    complain(&app, "truus@voorbeeld.example").await;
    assert_eq!(sent(&app).await, 12, "the next day");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_network_address_causes_no_more_than_sixty_receipts_in_an_hour() {
    let app = TestApp::open().await;
    for number in 0..60 {
        complain(&app, &format!("inwoner{number}@voorbeeld.example")).await;
    }
    let next = complain(&app, "inwoner60@voorbeeld.example").await;
    assert_eq!(sent(&app).await, 60);
    assert_held(
        &app,
        &next,
        "De bevestiging is niet gemaild: vanaf hetzelfde netwerk kwamen te veel berichten in een uur.",
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_municipality_mails_no_more_than_five_hundred_receipts_in_an_hour() {
    let app = TestApp::open().await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    for number in 0..500 {
        let new = NewMail {
            kind: "intake.receipt",
            recipient: &format!("inwoner{number}@voorbeeld.example"),
            about: None,
            language: Language::Dutch,
            text: "mail-score",
            values: &[("municipality", "x"), ("reference", "x"), ("link", "x")],
        };
        mail::enqueue(&tx, new).await.unwrap();
    }
    tx.commit().await.unwrap();
    let next = complain(&app, "truus@voorbeeld.example").await;
    assert_held(
        &app,
        &next,
        "De bevestiging is niet gemaild: uw gemeente verstuurde dit uur al het hoogste aantal.",
    )
    .await;
    app.clock.advance(TimeDelta::hours(2));
    let before = sent(&app).await;
    complain(&app, "truus@voorbeeld.example").await;
    assert_eq!(sent(&app).await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_in_quarantine_sends_its_receipt_when_it_is_restored() {
    let app = TestApp::with_settings(|settings| settings.intake.most_from_one_address = 1).await;
    complain(&app, "eerste@voorbeeld.example").await;
    let held = complain(&app, "tweede@voorbeeld.example").await;
    assert_eq!(sent(&app).await, 1, "of the first only");
    app.restore_quarantined().await;
    assert_eq!(sent(&app).await, 2);
    let mails = app.mails.lock().unwrap();
    assert_eq!(mails[1].recipient, "tweede@voorbeeld.example");
    let reference = held.json["reference"].as_str().unwrap();
    assert!(mails[1].body.contains(reference), "{}", mails[1].body);
}
