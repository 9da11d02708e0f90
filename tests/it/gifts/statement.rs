//! The year statement over the API: every total is the sum of its entries, and the ledger leaves as the same file.

use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

use super::{hand_in, id, person, with, zomaar};

/// The sum of an account over the entries that a program finds with `query`.
async fn entries_of_total(
    auditor: &Caller,
    budget: &str,
    query: &str,
    account: &str,
) -> (i64, i64) {
    let path = format!("/api/v1/gift-budgets/{budget}/entries?{query}");
    let entries = auditor.get(&path).await;
    let items = entries.json["items"].as_array().expect(&entries.text);
    let sum = items.iter().map(|entry| entry[account].as_i64().unwrap());
    (i64::try_from(items.len()).unwrap(), sum.sum())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_total_of_the_statement_is_the_sum_of_the_entries_behind_it() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let budget = app.waterdam.budget.unwrap().to_string();
    let mut gifts = Vec::new();
    for (kind, cents, paid) in [
        ("flowers", 1_250, Some(1_195)),
        ("flowers", 500, None),
        ("treat", 700, Some(700)),
        ("voucher", 900, None),
    ] {
        let asked = with(zomaar(&app, cents), "kind", json!(kind));
        let gift = id(&clerk.post("/api/v1/gifts", &asked).await);
        if let Some(paid) = paid {
            let bon: &[u8] = b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF";
            assert_eq!(hand_in(&clerk, &gift, paid, bon).await.status, 201);
        }
        gifts.push(gift);
    }
    let right = json!({ "amountCents": 650, "note": "Korting." });
    let path = format!("/api/v1/gifts/{}/_correct", gifts[2]);
    assert_eq!(holder.post(&path, &right).await.status, 200);
    let close = format!("/api/v1/gift-budgets/{budget}/_close");
    assert_eq!(holder.post(&close, &Value::Null).await.status, 204);

    let auditor = person(&app, "auditor").await;
    let told = auditor
        .get(&format!("/api/v1/gift-budgets/{budget}/statement"))
        .await;
    assert_eq!(told.status, 200, "{}", told.text);
    let one = auditor.get(&format!("/api/v1/gift-budgets/{budget}")).await;
    assert_eq!(told.json["budget"], one.json);
    assert_eq!(one.json["awaitedCents"], 500);
    let verification = auditor
        .get(&format!("/api/v1/gift-budgets/{budget}/verification"))
        .await;
    assert_eq!(
        (&told.json["entries"], &told.json["head"]),
        (&verification.json["entries"], &verification.json["head"])
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
            let (count, sum) = entries_of_total(&auditor, &budget, &query, account).await;
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
        let (_, spent) = entries_of_total(&auditor, &budget, &query, "spentCents").await;
        assert_eq!(one["amountCents"], spent, "{query}");
    }
    assert_eq!(
        told.json["kinds"],
        json!([{ "kind": "flowers", "count": 1, "amountCents": 1_195 }, { "kind": "treat", "count": 1, "amountCents": 650 }])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_of_the_ledger_is_the_same_over_the_api_as_from_the_page() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    clerk.post("/api/v1/gifts", &zomaar(&app, 1_250)).await;
    let budget = app.waterdam.budget.unwrap();
    let auditor = person(&app, "auditor").await;
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "auditor@waterdam.example").await;
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

/// Files a tip, gives its resident a card when asked, closes it and scores it.
async fn scored(app: &TestApp, gift: bool, grade: u8) {
    let told = app.mails.lock().unwrap().len();
    app.complaint().await;
    let clerk = app.clerk().await;
    let queue = clerk.get("/api/v1/cases").await;
    let id = queue.json["items"][0]["id"]
        .as_str()
        .expect(&queue.text)
        .to_owned();
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");
    assert_eq!(clerk.post(&path("/_claim"), &Value::Null).await.status, 200);
    let spoken = json!({ "result": "conversation", "note": "Goed gesprek." });
    let spoken = clerk.post(&path("/contact-moments"), &spoken).await;
    assert_eq!(spoken.status, 201, "{}", spoken.text);
    if gift {
        let budget = app.waterdam.budget;
        let card = json!({ "budgetId": budget, "kind": "card", "amountCents": 100, "description": "Kaart", "reason": "Zij bleef geduldig." });
        let may = clerk
            .post(&format!("/api/v1/gifts/_assess?caseId={id}"), &card)
            .await;
        assert_eq!(
            may.json["approvalNeeded"],
            json!(["complaint"]),
            "asking answers as giving: {}",
            may.text
        );
        let given = clerk.post(&path("/gifts"), &card).await;
        assert_eq!(given.json["beforeScore"], true, "{}", given.text);
        let listed = clerk.get(&path("/gifts")).await;
        assert_eq!(listed.json["items"], json!([given.json]), "{}", listed.text);
    }
    let closed = json!({ "outcome": "solvedTogether", "note": "Gemaakt." });
    assert_eq!(clerk.post(&path("/_close"), &closed).await.status, 200);
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap()[told..].to_vec();
    let asks = mails
        .iter()
        .find_map(|mail| mail.body.split("/cijfer/").nth(1))
        .unwrap();
    let code = asks.split_whitespace().next().unwrap();
    let path = format!("/api/v1/score-invitations/{code}/scores");
    let resident = app.anonymous("waterdam.localhost");
    let gave = resident.post(&path, &json!({ "grade": grade })).await;
    assert_eq!(gave.status, 201, "{}", gave.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn scores_after_a_gift_stand_apart_and_belong_to_the_year_they_were_given_in() {
    let app = TestApp::open().await;
    for grade in [8, 9, 9, 10, 10] {
        scored(&app, true, grade).await;
    }
    for grade in [6, 7, 7, 7, 8, 8] {
        scored(&app, false, grade).await;
    }
    let lead = person(&app, "lead").await;
    let told = async |year: i64| {
        let path = format!("/api/v1/gift-totals?year={year}");
        let totals = lead.get(&path).await.json;
        let of = |field: &str| totals[field]["meanTenths"].clone();
        (of("scoresWithGift"), of("scoresWithoutGift"))
    };
    assert_eq!(told(2026).await, (json!(92), json!(72)));
    for other in [2025, 2027, i64::MAX] {
        assert_eq!(told(other).await, (Value::Null, Value::Null), "{other}");
    }
    let auditor = person(&app, "auditor").await;
    let budget = app.waterdam.budget.unwrap();
    let path = format!("/api/v1/gift-budgets/{budget}/statement");
    let statement = auditor.get(&path).await.json;
    assert_eq!(statement["scoresWithGift"]["count"], 5);
    assert_eq!(statement["scoresWithoutGift"]["count"], 6);
    let mut page =
        tests::Browser::sign_in(&app, "waterdam.localhost", "auditor@waterdam.example").await;
    page.go(&format!("/beheer/attenties/{budget}")).await;
    for text in ["Rapportcijfers in 2026", "9,2", "7,2"] {
        assert!(page.page.text.contains(text), "{text}: {}", page.page.text);
    }
}
