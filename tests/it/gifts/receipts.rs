//! Receipts that are refused leave nothing behind.

use std::path::Path;

use serde_json::{Value, json};
use tests::TestApp;

use super::{hand_in, id, person, verification, with, zomaar};

fn files(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let entries = entries.map(|entry| entry.unwrap().path());
    entries
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_is_refused_leaves_no_file_and_no_entry() {
    let app = TestApp::open().await;
    let folder = app.store.folder().join("files");
    let clerk = person(&app, "clerk").await;
    let first = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 2_000)).await);
    let second = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 3_000)).await);
    let before = (files(&folder), verification(&app).await.entries);

    let dear = hand_in(
        &clerk,
        &first,
        2_500,
        b"%PDF-1.7\n1 0 obj te duur\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(dear.json["code"], "receipt-short", "{}", dear.text);
    let note = json!({ "note": "Ging niet door." });
    let cancelled = clerk
        .post(&format!("/api/v1/gifts/{second}/_cancel"), &note)
        .await;
    assert_eq!(cancelled.status, 200);
    let late = hand_in(
        &clerk,
        &second,
        3_000,
        b"%PDF-1.7\n1 0 obj te laat\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(late.json["code"], "gift-not-now", "{}", late.text);
    assert_eq!(
        (files(&folder), verification(&app).await.entries),
        (before.0, before.1 + 1),
        "the cancellation is all that was written"
    );

    let paid = hand_in(
        &clerk,
        &first,
        2_500,
        b"%PDF-1.7\n1 0 obj past nu\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(paid.status, 201, "{}", paid.text);
    assert_eq!(files(&folder), before.0 + 1);
    assert_eq!(verification(&app).await.findings, []);
    // The receipt first and the resident after it: both orders happen, and each once.
    let path = format!("/api/v1/gifts/{first}/_hand-over");
    let handed = clerk.post(&path, &Value::Null).await;
    assert_eq!(
        (handed.status, &handed.json["status"]),
        (200, &json!("settled")),
        "{}",
        handed.text
    );
    assert_eq!(verification(&app).await.findings, []);
    let twice = clerk.post(&path, &Value::Null).await;
    assert_eq!(twice.json["code"], "gift-not-now");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_gift_with_a_high_receipt_is_no_way_around_the_rules_and_is_told_the_way_on() {
    let app = TestApp::open().await;
    let holder = person(&app, "budgetholder").await;
    let mut rules = holder.get("/api/v1/gift-rules").await.json;
    rules["rules"]["fourEyesAboveCents"] = json!(1_500);
    rules["rules"]["personYearCents"] = json!(2_000);
    rules["rules"]["employeePeriodCents"] = json!(2_500);
    let request = holder.request("PUT", "/api/v1/gift-rules").json(&rules);
    assert_eq!(holder.send(request).await.status, 200);
    let clerk = person(&app, "clerk").await;
    let of_a_neighbour = with(zomaar(&app, 100), "email", json!("buur@voorbeeld.example"));
    let mut gifts = Vec::new();
    for asked in [&of_a_neighbour, &of_a_neighbour, &zomaar(&app, 100)] {
        gifts.push(id(&clerk.post("/api/v1/gifts", asked).await));
    }
    let bon: &[u8] = b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF";
    let refused = async |gift: &str, cents, code, told: &[&str]| {
        let refused = hand_in(&clerk, gift, cents, bon).await;
        assert_eq!(refused.json["code"], code, "{}", refused.text);
        let detail = refused.json["detail"].as_str().unwrap();
        for told in told {
            assert!(detail.contains(told), "{told}: {detail}");
        }
        detail.to_owned()
    };
    let way_on = [
        "met €\u{a0}15,00 als bedrag",
        "rechtzetten, tot en met €\u{a0}19,00",
        "De rest wordt niet vergoed",
    ];
    let cap = "niet meer kosten dan €\u{a0}30,00";
    refused(
        &gifts[0],
        3_001,
        "receipt-over-cap",
        &[&[cap], &way_on[..]].concat(),
    )
    .await;
    refused(&gifts[0], 1_901, "receipt-over-person-cap", &way_on).await;
    refused(
        &gifts[0],
        1_501,
        "receipt-needs-approval",
        &["€\u{a0}15,00"],
    )
    .await;

    // What was told is so.
    let paid = hand_in(&clerk, &gifts[0], 1_500, bon).await;
    assert_eq!(paid.status, 201, "{}", paid.text);
    let correct = async |cents: i64| {
        let correction = json!({ "amountCents": cents, "note": "Bezorgkosten, gezien." });
        let path = format!("/api/v1/gifts/{}/_correct", gifts[0]);
        holder.post(&path, &correction).await
    };
    let high = correct(1_901).await;
    assert_eq!(high.json["code"], "correction-too-high", "{}", high.text);
    assert!(high.text.contains("€\u{a0}19,00"), "{}", high.text);
    assert_eq!(correct(1_900).await.json["spentCents"], 1_900);

    let full = refused(
        &gifts[1],
        101,
        "receipt-over-person-cap",
        &["met €\u{a0}1,00 als bedrag"],
    )
    .await;
    assert!(
        !full.contains("budgethouder"),
        "nobody can make this one higher: {full}"
    );
    refused(
        &gifts[2],
        501,
        "receipt-over-employee-cap",
        &["€\u{a0}25,00 geven", "met €\u{a0}5,00 als bedrag"],
    )
    .await;
    assert_eq!(hand_in(&clerk, &gifts[2], 500, bon).await.status, 201);
    assert_eq!(verification(&app).await.findings, []);
}
