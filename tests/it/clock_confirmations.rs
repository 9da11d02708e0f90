//! When a complaint counts as confirmed in writing (Awb art. 9:6).

use std::sync::Arc;

use chrono::TimeDelta;
use domain::mail::Sender;
use secrecy::SecretString;
use serde_json::{Value, json};
use tests::TestApp;

/// The municipality promises a confirmation within one working day.
pub async fn promise(app: &TestApp) {
    let rule = json!({ "rule": { "target": "workingDays", "days": 1 }, "terms": { "clock": "acknowledgement" } });
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let made = admin.post("/api/v1/service-rules", &rule).await;
    assert_eq!(made.status, 201, "{}", made.text);
}

/// The clock of the confirmation of a case.
pub async fn confirmation(app: &TestApp, case: &str) -> Value {
    let clocks = app
        .clerk()
        .await
        .get(&format!("/api/v1/cases/{case}/clocks"))
        .await;
    clocks.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clock| clock["kind"] == "acknowledgement")
        .unwrap()
        .clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_is_confirmed_when_the_mail_has_left_and_not_when_it_is_written() {
    let app = TestApp::open().await;
    promise(&app).await;
    let receipt = app.complaint().await;
    let case = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let written = confirmation(&app, &case).await;
    assert_eq!(
        (&written["stoppedAt"], &written["dueAt"]),
        (&Value::Null, &json!("2026-11-24T16:00:00Z"))
    );
    app.clock.advance(TimeDelta::hours(2));
    app.run_jobs().await;
    let left = confirmation(&app, &case).await;
    assert_eq!(
        (&left["stoppedAt"], &left["outcome"]),
        (&json!("2026-11-23T11:00:00Z"), &json!("kept"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_mail_server_confirms_nothing_and_a_letter_does_when_somebody_says_so() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let sender = Sender::smtp(&SecretString::from(format!("smtp://127.0.0.1:{port}"))).unwrap();
    let app = TestApp::with_sender(sender, Arc::default()).await;
    promise(&app).await;
    let receipt = app.complaint().await;
    let case = app.case_id(receipt["reference"].as_str().unwrap()).await;
    domain::worker::run_due_jobs(&app.app.job_context(), 10)
        .await
        .unwrap();
    // Wednesday 10:00: the deadline passed while the mail waited.
    app.clock.advance(TimeDelta::days(2));
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    let late = confirmation(&app, &case).await;
    assert_eq!(
        (&late["stoppedAt"], &late["breachedAt"]),
        (&Value::Null, &json!("2026-11-24T16:00:00Z"))
    );
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &json!(null))
        .await;
    let id = late["id"].as_str().unwrap();
    let finish = format!("/api/v1/clocks/{id}/_finish");
    let future = clerk
        .post(&finish, &json!({ "at": "2026-11-26T10:00:00Z" }))
        .await;
    assert_eq!(
        (future.status, &future.json["errors"][0]["code"]),
        (400, &json!("in_future"))
    );
    // The letter went on Tuesday morning; that is in time, although it is noted on Wednesday.
    let letter = clerk
        .post(
            &finish,
            &json!({ "at": "2026-11-24T09:00:00Z", "reason": "Brief van dinsdag" }),
        )
        .await;
    assert_eq!(letter.json["outcome"], "kept", "{}", letter.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_no_mail_address_is_not_confirmed_by_a_page_that_may_not_have_been_seen() {
    let app = TestApp::open().await;
    promise(&app).await;
    let mut complaint = tests::complaint();
    complaint["answers"]
        .as_object_mut()
        .unwrap()
        .remove("email");
    let receipt = app
        .anonymous("waterdam.localhost")
        .post(
            "/api/v1/forms/klacht-tip-compliment/submissions",
            &complaint,
        )
        .await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let code = receipt.json["receiptCode"].as_str().unwrap();
    let page = app
        .anonymous("waterdam.localhost")
        .get(&format!("/melding/{code}"))
        .await;
    assert_eq!(page.status, 200);
    app.run_jobs().await;
    let case = app
        .case_id(receipt.json["reference"].as_str().unwrap())
        .await;
    assert_eq!(confirmation(&app, &case).await["stoppedAt"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waited_in_quarantine_is_confirmed_when_it_was_restored_and_its_mail_left() {
    let app = TestApp::with_settings(|settings| settings.intake.most_from_one_address = 1).await;
    promise(&app).await;
    app.complaint().await;
    let receipt = app.complaint().await;
    app.clock.advance(TimeDelta::hours(1));
    app.run_jobs().await;
    app.clock.advance(TimeDelta::days(3));
    app.restore_quarantined().await;
    app.run_jobs().await;
    let case = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let confirmed = confirmation(&app, &case).await;
    assert_eq!(
        (&confirmed["stoppedAt"], &confirmed["outcome"]),
        (&json!("2026-11-26T10:00:00Z"), &json!("late"))
    );
}
