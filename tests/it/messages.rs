//! Residents and staff write to each other about a case.

use serde_json::{Value, json};
use tests::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn staff_write_to_the_resident_and_a_mail_says_so_without_the_words() {
    let app = TestApp::open().await;
    let reference = app.complaint().await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = app.case_id(&reference).await;
    let clerk = app.clerk().await;
    let path = format!("/api/v1/cases/{id}/messages");
    let empty = clerk.post(&path, &json!({ "text": " " })).await;
    assert_eq!(empty.status, 400, "{}", empty.text);
    let written = clerk
        .post(&path, &json!({ "text": "Wij maken de lift morgen." }))
        .await;
    assert_eq!(written.status, 201, "{}", written.text);
    assert_eq!(written.json["direction"], "out");
    let list = clerk.get(&path).await;
    assert_eq!(list.json["items"][0]["text"], "Wij maken de lift morgen.");
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let told = mails
        .iter()
        .find(|mail| mail.subject.contains("Antwoord op uw bericht"));
    let told = told.expect("a mail says that there is an answer");
    assert!(told.body.contains(&reference), "{}", told.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_has_the_case_answers_it() {
    let app = TestApp::open().await;
    let reference = app.complaint().await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = app.case_id(&reference).await;
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    colleague
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    let refused = app
        .clerk()
        .await
        .post(
            &format!("/api/v1/cases/{id}/messages"),
            &json!({ "text": "Dag." }),
        )
        .await;
    assert_eq!(
        (refused.status, &refused.json["code"]),
        (409, &json!("case-not-yours"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_the_resident_ends_the_wait_for_the_resident() {
    let app = TestApp::open().await;
    let reference = app.complaint().await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let id = app.case_id(&reference).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    let clocks = clerk.get(&format!("/api/v1/cases/{id}/clocks")).await;
    let callback = clocks.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clock| clock["kind"] == "callback")
        .unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let pause = json!({ "reason": "waitingForResident", "until": "2026-11-25T10:00:00+01:00" });
    let paused = clerk
        .post(&format!("/api/v1/clocks/{callback}/_pause"), &pause)
        .await;
    assert_eq!(paused.status, 200, "{}", paused.text);
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let message = domain::messages::NewMessage {
        case: id.parse().unwrap(),
        direction: domain::messages::Direction::In,
        channel: domain::messages::MessageChannel::Page,
        author: None,
        text: "Hier is de foto.".to_owned(),
        at: tx.now(),
        mail: None,
    };
    domain::messages::append(&tx, message).await.unwrap();
    tx.commit().await.unwrap();
    let clocks = clerk.get(&format!("/api/v1/cases/{id}/clocks")).await;
    let events: Vec<String> = clocks.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clock| clock["id"] == callback.as_str())
        .unwrap()["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap().to_owned())
        .collect();
    assert!(events.contains(&"resume".to_owned()), "{events:?}");
    let list = clerk.get(&format!("/api/v1/cases/{id}/messages")).await;
    assert_eq!(list.json["items"][0]["direction"], "in");
    let page = clerk_page(&app, &reference).await;
    assert!(page.contains("De inwoner schreef een bericht"), "{page}");
}

async fn clerk_page(app: &TestApp, reference: &str) -> String {
    let mut desk =
        tests::Browser::sign_in(app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    desk.page.text.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_resident_of_a_merged_case_writes_stands_with_the_case_that_goes_on() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let receipt = app.complaint().await;
    let merged = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let (target, _) = crate::case_merge::message(&app, "klacht", "bellen").await;
    let merge = json!({ "intoId": target, "reason": "Hetzelfde." });
    let answer = clerk
        .post(&format!("/api/v1/cases/{merged}/_merge"), &merge)
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let code = receipt["receiptCode"].as_str().unwrap();
    let path = format!("/api/v1/receipts/{code}/messages");
    let told = app
        .anonymous("waterdam.localhost")
        .post(&path, &json!({ "text": "Nog iets." }))
        .await;
    assert_eq!(told.status, 200, "{}", told.text);
    let list = clerk.get(&format!("/api/v1/cases/{target}/messages")).await;
    assert_eq!(list.json["items"][0]["text"], "Nog iets.", "{}", list.text);
    let refused = clerk
        .post(
            &format!("/api/v1/cases/{merged}/messages"),
            &json!({ "text": "Dag." }),
        )
        .await;
    assert_eq!(refused.json["code"], "case-merged", "{}", refused.text);
}
