//! Receipts that are refused leave nothing behind.

use std::path::Path;

use serde_json::{Value, json};
use tests::TestHouse;

use super::{hand_in, id, person, proof, zomaar};

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
    let house = TestHouse::open().await;
    let folder = house.store.folder().join("files");
    let clerk = person(&house, "clerk").await;
    let first = id(&clerk.post("/api/v1/gifts", &zomaar(&house, 2_000)).await);
    let second = id(&clerk.post("/api/v1/gifts", &zomaar(&house, 3_000)).await);
    let before = (files(&folder), proof(&house).await.entries);

    let dear = hand_in(&clerk, &first, 2_500, b"%PDF-1.7 te duur %%EOF").await;
    assert_eq!(dear.json["code"], "budget-short", "{}", dear.text);
    let note = json!({ "note": "Ging niet door." });
    let cancelled = clerk
        .post(&format!("/api/v1/gifts/{second}/_cancel"), &note)
        .await;
    assert_eq!(cancelled.status, 200);
    let late = hand_in(&clerk, &second, 3_000, b"%PDF-1.7 te laat %%EOF").await;
    assert_eq!(late.json["code"], "gift-not-now", "{}", late.text);
    assert_eq!(
        (files(&folder), proof(&house).await.entries),
        (before.0, before.1 + 1),
        "the cancellation is all that was written"
    );

    let paid = hand_in(&clerk, &first, 2_500, b"%PDF-1.7 past nu %%EOF").await;
    assert_eq!(paid.status, 201, "{}", paid.text);
    assert_eq!(files(&folder), before.0 + 1);
    assert_eq!(proof(&house).await.findings, []);
    assert_eq!(
        clerk
            .post(&format!("/api/v1/gifts/{first}/_hand-over"), &Value::Null)
            .await
            .json["code"],
        "gift-not-now"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_gift_with_a_high_receipt_is_no_way_around_the_rules() {
    let house = TestHouse::open().await;
    let holder = person(&house, "budgetholder").await;
    let mut rules = holder.get("/api/v1/gift-rules").await.json;
    rules["rules"]["fourEyesAboveCents"] = json!(1_500);
    rules["rules"]["personYearCents"] = json!(2_000);
    let request = holder.request("PUT", "/api/v1/gift-rules").json(&rules);
    assert_eq!(holder.send(request).await.status, 200);
    let clerk = person(&house, "clerk").await;
    let mut asked = zomaar(&house, 100);
    asked["email"] = json!("buur@voorbeeld.example");
    let mut gifts = Vec::new();
    for _ in 0..2 {
        gifts.push(id(&clerk.post("/api/v1/gifts", &asked).await));
    }
    let bon: &[u8] = b"%PDF-1.7 bon %%EOF";
    for (cents, code) in [
        (3_001, "gift-over-cap"),
        (1_901, "gift-over-person-cap"),
        (1_501, "receipt-over-eyes"),
    ] {
        let refused = hand_in(&clerk, &gifts[0], cents, bon).await;
        assert_eq!(refused.json["code"], code, "{}", refused.text);
    }
    let paid = hand_in(&clerk, &gifts[0], 1_500, bon).await;
    assert_eq!(
        paid.status, 201,
        "a little more than planned: {}",
        paid.text
    );
    let other = hand_in(&clerk, &gifts[1], 501, bon).await;
    assert_eq!(other.json["code"], "gift-over-person-cap");
    let correction = json!({ "amountCents": 1_600, "note": "Bezorgkosten, gezien." });
    let corrected = holder
        .post(&format!("/api/v1/gifts/{}/_correct", gifts[0]), &correction)
        .await;
    assert_eq!(corrected.json["spentCents"], 1_600, "{}", corrected.text);
    assert_eq!(proof(&house).await.findings, []);
}
