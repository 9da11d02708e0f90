//! A message turns out to be another kind.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, TestApp};

use super::case_lifecycle::{of_kind, promise_to_confirm};

/// A tip that asks for a call.
async fn tip(app: &TestApp) -> String {
    let mut body = tests::complaint();
    body["answers"]["soort"] = json!("tip");
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let reply = app.anonymous("waterdam.localhost").post(path, &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    app.case_id(reply.json["reference"].as_str().unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_that_becomes_a_complaint_is_one_from_the_day_it_came_in_and_stops_being_one_by_consent()
 {
    let app = TestApp::open().await;
    promise_to_confirm(&app, &json!({ "kind": "complaint" })).await;
    let id = tip(&app).await;
    app.clock.advance(TimeDelta::days(14));
    let clerk = app.clerk().await;
    let path = format!("/api/v1/cases/{id}/_convert");
    let complaint = json!({ "kind": "complaint", "reason": "De inwoner is niet tevreden." });
    let foreign = clerk.post(&path, &complaint).await;
    assert_eq!(foreign.json["code"], "case-not-yours", "{}", foreign.text);
    clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    let became = clerk.post(&path, &complaint).await;
    assert_eq!(became.status, 200, "{}", became.text);
    assert_eq!(became.json["kind"], "complaint");
    let legal: Vec<(&Value, &Value)> = became.json["legal"]
        .as_array()
        .unwrap()
        .iter()
        .map(|term| (&term["term"], &term["nominal"]))
        .collect();
    assert_eq!(
        legal,
        [
            (&json!("notDealtWith"), &json!("2026-12-21")),
            (&json!("dealtWith"), &json!("2027-01-04"))
        ],
        "six weeks from Monday 23 November, not from today"
    );
    let twice = clerk.post(&path, &complaint).await;
    assert_eq!(twice.status, 200, "the button was pressed twice");
    assert_eq!(of_kind(&clerk, &id, "dealtWith").await.len(), 1);
    let same = json!({ "kind": "complaint", "reason": "Om een andere reden." });
    let same = clerk.post(&path, &same).await;
    assert_eq!(same.json["errors"][0]["code"], "nothing_changes");

    let back = json!({ "kind": "tip", "reason": "Het was een tip." });
    let refused = clerk.post(&path, &back).await;
    assert_eq!(
        (
            refused.status,
            refused.json["errors"].as_array().unwrap().len()
        ),
        (400, 2),
        "it is for the resident to say that this is no complaint: {}",
        refused.text
    );
    for (day, code) in [
        ("2026-11-22", "before_receipt"),
        ("2026-12-08", "in_future"),
    ] {
        let wrong = json!({ "kind": "tip", "reason": "Tip.", "agreedOn": day, "keptAt": "Mail" });
        let refused = clerk.post(&path, &wrong).await;
        assert_eq!(refused.json["errors"][0]["code"], code, "{}", refused.text);
    }
    let back = json!({ "kind": "tip", "reason": "Het was een tip.", "agreedOn": "2026-12-07", "keptAt": "E-mail van 7 december" });
    let became = clerk.post(&path, &back).await;
    assert_eq!(became.status, 200, "{}", became.text);
    for kind in ["notDealtWith", "dealtWith"] {
        let ended = of_kind(&clerk, &id, kind).await;
        assert_eq!(ended[0].0, "dropped", "{kind}");
    }
    let reference = became.json["reference"].as_str().unwrap();
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}/klokken"))
        .await;
    assert!(
        page.page.text.contains("E-mail van 7 december"),
        "the proof stands at the clock: {}",
        page.page.text
    );

    let again = clerk.post(&path, &complaint).await;
    assert_eq!(again.status, 200, "{}", again.text);
    let terms = of_kind(&clerk, &id, "dealtWith").await;
    assert_eq!(terms.len(), 2);
    assert_eq!(terms[0].1, terms[1].1, "again from the first receipt");
    let due = "2026-11-24T16:00:00Z".to_owned();
    assert_eq!(
        of_kind(&clerk, &id, "acknowledgement").await,
        [("late".to_owned(), due.clone()), (String::new(), due)],
        "a complaint is confirmed, also when it was a tip for a while"
    );
}
