//! What staff see of the mails about a message, and sending one again.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::mail::Sender;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};
use tests::{Browser, FakeSmtp, SmtpReply, TestApp};

async fn states(app: &TestApp, case: &str) -> Vec<String> {
    let list = app
        .clerk()
        .await
        .get(&format!("/api/v1/cases/{case}/mails"))
        .await;
    assert_eq!(list.status, 200, "{}", list.text);
    let items = list.json["items"].as_array().unwrap().clone();
    items
        .iter()
        .map(|mail| mail["state"].as_str().unwrap().to_owned())
        .collect()
}

async fn refused() -> (FakeSmtp, TestApp, String, String) {
    let server = FakeSmtp::start().await;
    let app = TestApp::with_sender(Sender::smtp(&server.address()).unwrap(), Arc::default()).await;
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    let case = app.case_id(&reference).await;
    assert_eq!(states(&app, &case).await, ["queued"]);
    server.behave(|line| match line {
        line if line.starts_with("RCPT") => SmtpReply::Say("550 no such mailbox"),
        _ => SmtpReply::Usual,
    });
    app.run_jobs().await;
    assert_eq!(states(&app, &case).await, ["refused"]);
    (server, app, reference, case)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_mail_is_sent_again_from_the_page_with_its_own_id() {
    let (server, app, reference, case) = refused().await;
    server.behave(|line| match line {
        "." => SmtpReply::Close,
        _ => SmtpReply::Usual,
    });
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk
        .go(&format!("/balie/meldingen/{reference}/e-mails"))
        .await;
    assert!(clerk.page.text.contains("Geweigerd"), "{}", clerk.page.text);
    let list = app
        .clerk()
        .await
        .get(&format!("/api/v1/cases/{case}/mails"))
        .await;
    let id = list.json["items"][0]["id"].as_str().unwrap().to_owned();
    let again = format!("/balie/e-mails/{id}/opnieuw");
    clerk.submit(&again, &[]).await;
    assert!(
        clerk
            .page
            .text
            .contains("De e-mail wordt opnieuw verstuurd"),
        "{}",
        clerk.page.text
    );
    app.run_jobs().await;
    assert_eq!(
        states(&app, &case).await,
        ["handedOver"],
        "nobody knows whether it left"
    );
    clerk.submit(&again, &[]).await;
    assert_eq!(clerk.page.status, 409, "it was not given up");
    server.behave(|_| SmtpReply::Usual);
    app.clock.advance(TimeDelta::hours(1));
    app.run_jobs().await;
    assert_eq!(states(&app, &case).await, ["sent"]);
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains(&id), "the same Message-ID: {}", mails[0]);
    assert!(mails[0].contains("multipart/alternative"), "{}", mails[0]);
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(
        clerk.page.text.contains("opnieuw versturen"),
        "{}",
        clerk.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_to_an_address_that_is_another_one_now_is_not_sent_again() {
    let (_server, app, _, case) = refused().await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let changed =
        "update case_file set contact_email = 'ander@voorbeeld.example' where tenant_id = $1";
    let values = [app.waterdam.id.0.into()];
    let changed = Statement::from_sql_and_values(tx.get_database_backend(), changed, values);
    tx.execute_raw(changed).await.unwrap();
    tx.commit().await.unwrap();
    let clerk = app.clerk().await;
    let list = clerk.get(&format!("/api/v1/cases/{case}/mails")).await;
    let id = list.json["items"][0]["id"].as_str().unwrap().to_owned();
    let again = clerk
        .post(&format!("/api/v1/mails/{id}/_resend"), &Value::Null)
        .await;
    assert_eq!(
        (again.status, &again.json["code"]),
        (409, &json!("recipient-changed"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_can_no_longer_be_sent_keeps_no_code() {
    let server = FakeSmtp::start().await;
    let app = TestApp::with_sender(Sender::smtp(&server.address()).unwrap(), Arc::default()).await;
    server.behave(|line| match line {
        line if line.starts_with("RCPT") => SmtpReply::Say("550 no such mailbox"),
        _ => SmtpReply::Usual,
    });
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let invited = json!({ "name": "Nieuw", "email": "nieuw@waterdam.example", "roles": ["clerk"] });
    let invited = admin.post("/api/v1/staff-members", &invited).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    app.run_jobs().await;
    let bodies = async || {
        let rows = crate::erasure::everything(&app).await;
        let mails = rows.into_iter().filter(|(table, _)| table == "mail");
        mails.map(|(_, row)| row).collect::<Vec<_>>().join("\n")
    };
    assert!(
        bodies().await.contains("/wachtwoord/"),
        "for the retry: {}",
        bodies().await
    );
    app.clock.advance(TimeDelta::days(15));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    assert!(
        !bodies().await.contains("/wachtwoord/"),
        "{}",
        bodies().await
    );
    server.behave(|_| SmtpReply::Usual);
    let operator = app.signed_in("localhost", "operator@gehoord.example").await;
    operator.post("/api/v1/jobs/_retry", &Value::Null).await;
    app.run_jobs().await;
    assert_eq!(
        server.mails(),
        Vec::<String>::new(),
        "an empty mail is not sent"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_automatic_mails_about_one_message_are_held_and_it_says_so() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    let case = app.case_id(&reference).await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let about = Some(case.parse::<domain::cases::CaseId>().unwrap().0);
    for _ in 0..10 {
        let new = domain::mail::NewMail {
            kind: "intake.promise",
            recipient: "truus@voorbeeld.example",
            about,
            language: domain::Language::Dutch,
            text: "mail-closed",
            values: &[("municipality", "x"), ("reference", "y")],
        };
        domain::mail::enqueue(&tx, new).await.unwrap();
    }
    tx.commit().await.unwrap();
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &Value::Null)
        .await;
    let end = json!({ "outcome": "withdrawn" });
    let end = clerk
        .post(&format!("/api/v1/cases/{case}/_close"), &end)
        .await;
    assert_eq!(end.status, 200, "{}", end.text);
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().len();
    assert_eq!(
        mails, 11,
        "the receipt and ten, and no question for a score"
    );
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    let told = "over deze melding gingen er vandaag al te veel";
    assert!(desk.page.text.contains(told), "{}", desk.page.text);
}
