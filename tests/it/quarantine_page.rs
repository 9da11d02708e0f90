//! The page of a message in quarantine: whoever sent it cannot tell that it waits, and what they do there is done once it is restored.

use serde_json::{Value, json};
use tests::{Reply, TestApp};

use crate::erasure::everything;

const HOST: &str = "waterdam.localhost";

/// The code of a message, and whether it waits: of two from one address the second does.
async fn two(app: &TestApp) -> (String, String) {
    let code = async || {
        let receipt = app.complaint().await;
        receipt["receiptCode"].as_str().unwrap().to_owned()
    };
    (code().await, code().await)
}

fn told(reply: &Reply) -> (u16, Value) {
    let mut json = reply.json.clone();
    if let Some(fields) = json.as_object_mut() {
        fields.remove("instance");
    }
    (reply.status, json)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_waits_answers_to_the_letter_as_one_that_does_not() {
    let app = TestApp::with_settings(|settings| settings.intake.most_from_one_address = 1).await;
    let (ordinary, waits) = two(&app).await;
    let list = app.clerk().await.get("/api/v1/quarantined-messages").await;
    let id = list.json["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(list.json["items"].as_array().unwrap().len(), 1);
    let resident = app.anonymous(HOST);
    let both = async |method: &str, rest: &str, body: &Value| {
        let mut answers = Vec::new();
        for code in [&ordinary, &waits] {
            let path = format!("/api/v1/receipts/{code}{rest}");
            let request = resident.request(method, &path);
            let request = if body.is_null() {
                request
            } else {
                request.json(body)
            };
            answers.push(told(&resident.send(request).await));
        }
        assert_eq!(answers[0], answers[1], "{rest}");
        answers.remove(0)
    };
    both("GET", "/overview", &Value::Null).await;
    let empty = both("POST", "/messages", &json!({ "text": " " })).await;
    assert_eq!(empty.0, 400);
    let (status, page) = both("POST", "/messages", &json!({ "text": "ooievaarvraag" })).await;
    assert_eq!(status, 200);
    assert_eq!(page["messages"][0]["text"], "ooievaarvraag");
    both("PUT", "/call-times", &json!({ "callTimes": ["altijd"] })).await;
    both("PUT", "/call-times", &json!({ "callTimes": ["nooit"] })).await;
    let phone = json!({ "field": "phone", "value": "06 99 88 77 66" });
    both("POST", "/contact-changes", &phone).await;
    both(
        "POST",
        "/_complain",
        &json!({ "text": "Het is een klacht." }),
    )
    .await;
    let (_, page) = both("GET", "/overview", &Value::Null).await;
    assert_eq!(page["isFormal"], true, "{page}");
    for code in [&ordinary, &waits] {
        let page = resident.get(&format!("/melding/{code}")).await;
        assert!(page.text.contains("ooievaarvraag"), "{}", page.text);
        for rest in ["intrekken", "klacht"] {
            let page = resident.get(&format!("/melding/{code}/{rest}")).await;
            assert_eq!(page.status, 200);
        }
    }
    app.run_jobs().await;
    let before = app.mails.lock().unwrap().len();
    let path = format!("/api/v1/quarantined-messages/{id}/_restore");
    let restored = app.clerk().await.post(&path, &Value::Null).await;
    assert_eq!(restored.status, 200, "{}", restored.text);
    let case = restored.json["caseId"].as_str().unwrap();
    let messages = app
        .clerk()
        .await
        .get(&format!("/api/v1/cases/{case}/messages"))
        .await;
    let words: Vec<&str> = (messages.json["items"].as_array().unwrap().iter())
        .map(|message| message["text"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["ooievaarvraag", "Het is een klacht."]);
    app.run_jobs().await;
    assert!(
        app.mails.lock().unwrap().len() > before,
        "mails leave once it is restored"
    );
    let rows = everything(&app).await;
    let left = rows.iter().filter(|(table, _)| table == "quarantine");
    assert!(left.clone().count() == 1 && left.clone().all(|(_, row)| !row.contains("ooievaar")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_waits_can_be_taken_back_and_is_so_when_it_is_restored() {
    let app = TestApp::with_settings(|settings| settings.intake.most_from_one_address = 1).await;
    let (_, waits) = two(&app).await;
    let resident = app.anonymous(HOST);
    let path = format!("/api/v1/receipts/{waits}/_withdraw");
    let back = resident.post(&path, &json!({ "text": "Laat maar." })).await;
    assert_eq!(
        (back.status, &back.json["progress"]),
        (200, &json!("withdrawn"))
    );
    let again = resident.post(&path, &json!({ "text": "" })).await;
    assert_eq!(again.status, 200, "{}", again.text);
    app.restore_quarantined().await;
    let overview = format!("/api/v1/receipts/{waits}/overview");
    let overview = resident.get(&overview).await;
    assert_eq!(overview.json["progress"], "withdrawn");
}
