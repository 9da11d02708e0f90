//! What the rules say, in words.

use serde_json::json;
use tests::TestApp;

use super::{person, with, zomaar};

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_say_in_words_what_may_not_be_and_what_needs_a_second_pair_of_eyes() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    for (gift, code) in [
        (zomaar(&app, 3_001), "gift-over-cap"),
        (
            with(zomaar(&app, 100), "kind", json!("money")),
            "gift-kind-excluded",
        ),
        (
            with(zomaar(&app, 100), "kind", json!("alcohol")),
            "gift-kind-excluded",
        ),
        (zomaar(&app, 0), "invalid-input"),
        (zomaar(&app, -100), "invalid-input"),
        (zomaar(&app, 9_000_000_000), "invalid-input"),
        (
            with(zomaar(&app, 100), "reason", json!("  ")),
            "invalid-input",
        ),
        (
            with(zomaar(&app, 100), "budgetId", json!(app.heuvelrode.budget)),
            "not-found",
        ),
    ] {
        let reply = clerk.post("/api/v1/gifts", &gift).await;
        assert_eq!(reply.json["code"], code, "{gift} {}", reply.text);
    }
    let asked = with(zomaar(&app, 100), "procedureRuns", json!(true));
    let verdict = clerk.post("/api/v1/gifts/_assess", &asked).await;
    assert_eq!(
        verdict.json["approvalNeeded"],
        json!(["procedure"]),
        "{}",
        verdict.text
    );
    assert!(
        verdict.json["explanations"][0]
            .as_str()
            .unwrap()
            .contains("bezwaar")
    );
    let mail = with(
        zomaar(&app, 100),
        "email",
        json!("Buur+vrouw@voorbeeld.example"),
    );
    assert_eq!(clerk.post("/api/v1/gifts", &mail).await.status, 201);
    let again = with(zomaar(&app, 100), "email", json!("buur@voorbeeld.example"));
    let told = clerk.post("/api/v1/gifts/_assess", &again).await;
    assert_eq!(told.json["approvalNeeded"], json!([]));
    assert!(
        told.json["explanations"][0]
            .as_str()
            .unwrap()
            .contains("al een attentie"),
        "{}",
        told.text
    );
}
