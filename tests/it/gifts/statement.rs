//! The year statement over the API: every total is the sum of its entries, and the ledger leaves as the same file.

use serde_json::{Value, json};
use tests::{Browser, Caller, TestHouse};

use super::{hand_in, id, person, with, zomaar};

/// The sum of an account over the entries that a program finds with `query`.
async fn behind(auditor: &Caller, budget: &str, query: &str, account: &str) -> (i64, i64) {
    let path = format!("/api/v1/gift-budgets/{budget}/entries?{query}");
    let entries = auditor.get(&path).await;
    let items = entries.json["items"].as_array().expect(&entries.text);
    let sum = items.iter().map(|entry| entry[account].as_i64().unwrap());
    (i64::try_from(items.len()).unwrap(), sum.sum())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_total_of_the_statement_is_the_sum_of_the_entries_behind_it() {
    let house = TestHouse::open().await;
    let clerk = person(&house, "clerk").await;
    let holder = person(&house, "budgetholder").await;
    let budget = house.waterdam.budget.unwrap().to_string();
    let mut gifts = Vec::new();
    for (kind, cents, paid) in [
        ("flowers", 1_250, Some(1_195)),
        ("flowers", 500, None),
        ("treat", 700, Some(700)),
        ("voucher", 900, None),
    ] {
        let asked = with(zomaar(&house, cents), "kind", json!(kind));
        let gift = id(&clerk.post("/api/v1/gifts", &asked).await);
        if let Some(paid) = paid {
            let bon: &[u8] = b"%PDF-1.7 bon %%EOF";
            assert_eq!(hand_in(&clerk, &gift, paid, bon).await.status, 201);
        }
        gifts.push(gift);
    }
    let right = json!({ "amountCents": 650, "note": "Korting." });
    let path = format!("/api/v1/gifts/{}/_correct", gifts[2]);
    assert_eq!(holder.post(&path, &right).await.status, 200);
    let close = format!("/api/v1/gift-budgets/{budget}/_close");
    assert_eq!(holder.post(&close, &Value::Null).await.status, 204);

    let auditor = person(&house, "auditor").await;
    let told = auditor
        .get(&format!("/api/v1/gift-budgets/{budget}/statement"))
        .await;
    assert_eq!(told.status, 200, "{}", told.text);
    let one = auditor.get(&format!("/api/v1/gift-budgets/{budget}")).await;
    assert_eq!(told.json["budget"], one.json);
    assert_eq!(one.json["awaitedCents"], 500);
    let proof = auditor
        .get(&format!("/api/v1/gift-budgets/{budget}/proof"))
        .await;
    assert_eq!(
        (&told.json["entries"], &told.json["head"]),
        (&proof.json["entries"], &proof.json["head"])
    );
    let moves = told.json["moves"].as_array().unwrap();
    let kinds: Vec<&str> = moves
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "allocation",
            "reservation",
            "spending",
            "correction",
            "release",
            "lapse",
            "closing"
        ]
    );
    let mut balances = [0; 4];
    for one in moves {
        let query = format!("entry={}", one["kind"].as_str().unwrap());
        let accounts = [
            "allocatedCents",
            "availableCents",
            "reservedCents",
            "spentCents",
        ];
        for (account, balance) in accounts.iter().zip(&mut balances) {
            let (count, sum) = behind(&auditor, &budget, &query, account).await;
            assert_eq!(
                (&one["count"], &one[account]),
                (&json!(count), &json!(sum)),
                "{query} {account}"
            );
            *balance += sum;
        }
    }
    assert_eq!(balances, [-5_000, 3_155, 0, 1_845]);
    for one in told.json["kinds"].as_array().unwrap() {
        let query = format!("kind={}", one["kind"].as_str().unwrap());
        let (_, spent) = behind(&auditor, &budget, &query, "spentCents").await;
        assert_eq!(one["amountCents"], spent, "{query}");
    }
    assert_eq!(
        told.json["kinds"],
        json!([{ "kind": "flowers", "count": 1, "amountCents": 1_195 }, { "kind": "treat", "count": 1, "amountCents": 650 }])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_of_the_ledger_is_the_same_over_the_api_as_from_the_page() {
    let house = TestHouse::open().await;
    let clerk = person(&house, "clerk").await;
    clerk.post("/api/v1/gifts", &zomaar(&house, 1_250)).await;
    let budget = house.waterdam.budget.unwrap();
    let auditor = person(&house, "auditor").await;
    let mut page = Browser::sign_in(&house, "waterdam.localhost", "auditor@waterdam.example").await;
    page.go(&format!("/beheer/attenties/{budget}/kasboek.csv"))
        .await;
    let files = format!("/api/v1/gift-budgets/{budget}/ledger-files");
    let file = auditor.get(&format!("{files}/csv")).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.text.contains("12,50"), "{}", file.text);
    assert_eq!(file.text, page.page.text);
    let sheet = auditor.get(&format!("{files}/xlsx")).await;
    assert!(
        sheet
            .header("content-type")
            .ends_with("spreadsheetml.sheet")
    );
    let nothing = auditor.get(&format!("{files}/pdf")).await;
    assert_eq!(nothing.json["code"], "not-found", "{}", nothing.text);
}
