//! What is wrong with a body is told at the fields as they stand in it.

use reqwest::header::{ACCEPT_LANGUAGE, HeaderValue};
use serde_json::json;
use tests::{Reply, TestApp};

use super::{hand_in, id, open_budget, person, with, zomaar};

fn fields(reply: &Reply) -> Vec<(&str, &str)> {
    let errors = reply.json["errors"].as_array().expect(&reply.text);
    errors
        .iter()
        .map(|error| {
            (
                error["field"].as_str().unwrap(),
                error["code"].as_str().unwrap(),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_body_is_told_its_own_fields() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 500)).await);
    let none = zomaar(&app, 0);
    for path in ["/api/v1/gifts", "/api/v1/gifts/_assess"] {
        let refused = clerk.post(path, &none).await;
        assert_eq!(
            fields(&refused),
            [("amountCents", "not_positive")],
            "{path}"
        );
    }
    let receipt = hand_in(
        &clerk,
        &gift,
        0,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(fields(&receipt), [("amountCents", "not_positive")]);
    let receipt = hand_in(
        &clerk,
        &gift,
        500,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let correction = json!({ "amountCents": -1, "note": " " });
    let refused = holder
        .post(&format!("/api/v1/gifts/{gift}/_correct"), &correction)
        .await;
    assert_eq!(
        fields(&refused),
        [("amountCents", "not_positive"), ("note", "required")]
    );
    let budget = open_budget(&app, "Elders", 100).await;
    let transfer = json!({ "fromId": budget, "toId": budget, "amountCents": 0, "decision": "" });
    let refused = holder.post("/api/v1/gift-transfers", &transfer).await;
    assert_eq!(
        fields(&refused),
        [
            ("toId", "another_budget"),
            ("amountCents", "not_positive"),
            ("decision", "required")
        ]
    );
    let new =
        json!({ "name": "", "year": 1999, "allocatedCents": 0, "capCents": 0, "mandate": "" });
    let refused = holder.post("/api/v1/gift-budgets", &new).await;
    assert_eq!(
        fields(&refused),
        [
            ("name", "required"),
            ("year", "out_of_range"),
            ("allocatedCents", "not_positive"),
            ("capCents", "not_positive"),
            ("mandate", "required")
        ]
    );
    assert!(
        refused.text.contains("van 2000 tot en met 2100"),
        "{}",
        refused.text
    );
    let english = holder
        .request("POST", "/api/v1/gift-budgets")
        .headers(
            [(ACCEPT_LANGUAGE, HeaderValue::from_static("en"))]
                .into_iter()
                .collect(),
        )
        .json(&new);
    let english = holder.send(english).await;
    assert!(
        english.text.contains("from 2000 to 2100"),
        "{}",
        english.text
    );
    let mut rules = holder.get("/api/v1/gift-rules").await.json;
    rules["rules"]["capCents"] = json!(0);
    let request = holder.request("PUT", "/api/v1/gift-rules").json(&rules);
    let refused = holder.send(request).await;
    assert_eq!(fields(&refused), [("rules.capCents", "not_positive")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_mail_and_no_call_can_go_is_told_before_somebody_is_counted_wrongly() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let mut slip = with(zomaar(&app, 0), "email", json!("buur@voorbeeld"));
    slip["phone"] = json!("bel mij");
    for path in ["/api/v1/gifts", "/api/v1/gifts/_assess"] {
        let refused = clerk.post(path, &slip).await;
        assert_eq!(
            fields(&refused),
            [
                ("amountCents", "not_positive"),
                ("email", "not_an_email"),
                ("phone", "not_a_phone")
            ],
            "{path}"
        );
    }
    let two = with(
        zomaar(&app, 100),
        "email",
        json!("buur@voorbeeld.example, buurman@voorbeeld.example"),
    );
    let refused = clerk.post("/api/v1/gifts", &two).await;
    assert_eq!(fields(&refused), [("email", "one_email")]);
    let short = with(zomaar(&app, 100), "phone", json!("06 1234"));
    let refused = clerk.post("/api/v1/gifts", &short).await;
    assert_eq!(fields(&refused), [("phone", "not_a_phone")]);
    // However a number is written, it is the same person.
    for phone in [
        "06 12 34 56 78",
        "+31 (0)6 12345678",
        "0031612345678",
        "31612345678",
    ] {
        let asked = with(zomaar(&app, 100), "phone", json!(phone));
        let verdict = clerk.post("/api/v1/gifts/_assess", &asked).await;
        let known = verdict.json["warnings"] == json!(["duplicate"]);
        assert_eq!(
            known,
            phone != "06 12 34 56 78",
            "{phone}: {}",
            verdict.text
        );
        if !known {
            assert_eq!(clerk.post("/api/v1/gifts", &asked).await.status, 201);
        }
    }
}
