//! While a complaint of the same person runs, a second person approves; and taking it back or a score make nothing easier.

use domain::scores::{self, ScoreRequest};
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

use super::{id, person, with, zomaar};

/// Hands in a message of a kind, and gives back its case and the code of its receipt.
async fn message(app: &TestApp, host: &'static str, kind: &str) -> (String, String) {
    let mut sent = tests::complaint();
    sent["answers"]["soort"] = json!(kind);
    let reply = app
        .anonymous(host)
        .post("/api/v1/forms/klacht-tip-compliment/submissions", &sent)
        .await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let text = |field: &str| reply.json[field].as_str().unwrap().to_owned();
    let case = if host == "waterdam.localhost" {
        app.case_id(&text("reference")).await
    } else {
        String::new()
    };
    (case, text("receiptCode"))
}

async fn close(clerk: &Caller, case: &str, outcome: &str) {
    let path = |verb: &str| format!("/api/v1/cases/{case}/{verb}");
    let talked = json!({ "result": "conversation", "note": "Gesproken." });
    clerk.post(&path("_claim"), &Value::Null).await;
    assert_eq!(
        clerk.post(&path("contact-moments"), &talked).await.status,
        201
    );
    let mut end = json!({ "outcome": outcome, "note": "Besproken." });
    let law = match outcome {
        "solvedTogether" => "satisfied",
        "withdrawn" => "withdrawn",
        _ => "letter",
    };
    let clocks = clerk.get(&path("clocks")).await;
    let items = clocks.json["items"].as_array().unwrap().clone();
    // Only that ends the term of the law.
    if items.iter().any(|clock| clock["kind"] == "dealtWith") {
        end["law"] = json!(law);
        end["lawOn"] = json!("2026-11-23");
        end["keptAt"] = json!("Gespreksnotitie");
    }
    let closed = clerk.post(&path("_close"), &end).await;
    assert!(closed.status < 300, "{}", closed.text);
}

async fn set_rules(holder: &Caller, document: &Value) {
    let put = holder.request("PUT", "/api/v1/gift-rules").json(document);
    let set = holder.send(put).await;
    assert_eq!(set.status, 200, "{}", set.text);
}

async fn needs(clerk: &Caller, gift: &Value) -> Value {
    let verdict = clerk.post("/api/v1/gifts/_assess", gift).await;
    assert_eq!(verdict.status, 200, "{}", verdict.text);
    verdict.json["approvalNeeded"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_complaint_of_the_same_person_runs_a_second_person_approves() {
    let app = TestApp::open().await;
    let (case, _) = message(&app, "waterdam.localhost", "klacht").await;
    let clerk = person(&app, "clerk").await;
    for (field, value) in [
        ("email", "truus@voorbeeld.example"),
        ("email", " TRUUS+bloemen@Voorbeeld.example"),
        ("phone", "0612345678"),
        ("phone", "+31 6 12345678"),
    ] {
        let gift = with(zomaar(&app, 100), field, json!(value));
        assert_eq!(needs(&clerk, &gift).await, json!(["complaint"]), "{value}");
    }
    for (field, value) in [
        ("email", "truusje@voorbeeld.example"),
        ("email", "%@voorbeeld.example"),
        ("phone", "0612345679"),
        ("address", "Dorpsstraat 1"),
    ] {
        let gift = with(zomaar(&app, 100), field, json!(value));
        assert_eq!(needs(&clerk, &gift).await, json!([]), "{value}");
    }
    let told = clerk
        .post(
            "/api/v1/gifts/_assess",
            &with(zomaar(&app, 100), "phone", json!("0612345678")),
        )
        .await;
    let words = told.json["explanations"][0].as_str().unwrap();
    assert!(words.contains("klacht van deze persoon"), "{words}");

    let given = clerk
        .post(
            &format!("/api/v1/cases/{case}/gifts"),
            &with(zomaar(&app, 100), "recipient", json!("")),
        )
        .await;
    assert_eq!(
        (&given.json["status"], &given.json["approvalNeeded"]),
        (&json!("requested"), &json!(["complaint"])),
        "{}",
        given.text
    );
    let holder = person(&app, "budgetholder").await;
    let path = format!("/api/v1/gifts/{}/_approve", id(&given));
    assert_eq!(
        holder.post(&path, &Value::Null).await.json["status"],
        "ordered"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_or_a_neighbours_complaint_cools_nothing() {
    let app = TestApp::open().await;
    message(&app, "heuvelrode.localhost", "klacht").await;
    let (tip, _) = message(&app, "waterdam.localhost", "tip").await;
    let clerk = person(&app, "clerk").await;
    let known = with(zomaar(&app, 100), "phone", json!("0612345678"));
    assert_eq!(needs(&clerk, &known).await, json!([]));
    let gift = with(zomaar(&app, 100), "recipient", json!(""));
    let given = clerk
        .post(&format!("/api/v1/cases/{tip}/gifts"), &gift)
        .await;
    assert_eq!(given.json["status"], "ordered", "{}", given.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_a_complaint_back_makes_nothing_easier_and_neither_does_a_score() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let gift = with(zomaar(&app, 100), "phone", json!("0612345678"));

    let (solved, code) = message(&app, "waterdam.localhost", "klacht").await;
    close(&clerk, &solved, "solvedTogether").await;
    assert_eq!(needs(&clerk, &gift).await, json!([]), "it is dealt with");
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let score = ScoreRequest {
        grade: 1.into(),
        words: "Niet goed".to_owned(),
    };
    scores::give(&tx, &code, score).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        needs(&clerk, &gift).await,
        json!([]),
        "a score changes nothing"
    );

    let (withdrawn, _) = message(&app, "waterdam.localhost", "klacht").await;
    assert_eq!(needs(&clerk, &gift).await, json!(["complaint"]));
    close(&clerk, &withdrawn, "withdrawn").await;
    assert_eq!(
        needs(&clerk, &gift).await,
        json!(["complaint"]),
        "as if it still ran"
    );
    app.clock.advance(chrono::TimeDelta::weeks(7));
    let clerk = person(&app, "clerk").await;
    let next = with(gift, "budgetId", json!(super::budget_of(&app, 2027).await));
    assert_eq!(
        needs(&clerk, &next).await,
        json!([]),
        "until the term of the law would have ended"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_municipality_may_leave_it_to_the_giver_who_then_reads_that_a_complaint_runs() {
    let app = TestApp::open().await;
    let (case, _) = message(&app, "waterdam.localhost", "klacht").await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let gift = with(zomaar(&app, 100), "phone", json!("0612345678"));
    assert_eq!(needs(&clerk, &gift).await, json!(["complaint"]), "at first");
    let found = clerk.get(&format!("/api/v1/cases/{case}")).await;
    let page = format!(
        "/balie/meldingen/{}/attentie",
        found.json["reference"].as_str().unwrap()
    );
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&page).await;
    for words in [
        "Dan kijkt de budgethouder mee. Zo is een attentie nooit een ruil",
        "Hoogstens €\u{a0}30,00.",
    ] {
        assert!(
            desk.page.text.contains(words),
            "the form says so beforehand: {}",
            desk.page.text
        );
    }

    let mut document = holder.get("/api/v1/gift-rules").await.json;
    assert_eq!(document["rules"]["complaintCools"], true);
    document["rules"]["complaintCools"] = json!(false);
    set_rules(&holder, &document).await;

    let verdict = clerk.post("/api/v1/gifts/_assess", &gift).await;
    assert_eq!(
        (&verdict.json["approvalNeeded"], &verdict.json["warnings"]),
        (&json!([]), &json!(["complaintKnown"])),
        "{}",
        verdict.text
    );
    let words = verdict.json["explanations"][0].as_str().unwrap();
    assert!(words.contains("klacht van deze persoon"), "{words}");
    assert!(!words.contains("budgethouder"), "{words}");
    desk.go(&page).await;
    for words in [words, "U beslist zelf, tot en met €\u{a0}30,00."] {
        assert!(desk.page.text.contains(words), "{}", desk.page.text);
    }

    let ticked = with(gift.clone(), "procedureRuns", json!(true));
    assert_eq!(
        needs(&clerk, &ticked).await,
        json!(["procedure"]),
        "what the giver says still asks for approval by a second person"
    );
    let given = clerk
        .post(
            &format!("/api/v1/cases/{case}/gifts"),
            &with(zomaar(&app, 100), "recipient", json!("")),
        )
        .await;
    assert_eq!(given.json["status"], "ordered", "{}", given.text);

    // A program that was written before there was a choice sends rules without it: then the safe one holds.
    let mut old = holder.get("/api/v1/gift-rules").await.json;
    old["rules"]
        .as_object_mut()
        .unwrap()
        .remove("complaintCools");
    set_rules(&holder, &old).await;
    assert_eq!(
        needs(&clerk, &ticked).await,
        json!(["procedure", "complaint"])
    );
}
