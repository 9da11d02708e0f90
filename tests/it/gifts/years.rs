//! The turn of the year.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tests::{Browser, TestApp};

use super::{budget_of, hand_in, id, person, verification, with, zomaar};

#[tokio::test(flavor = "multi_thread")]
async fn at_the_turn_of_the_year_reservations_are_released_and_a_late_receipt_is_booked_in_its_own_year()
 {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 2_000)).await);
    let old = app.waterdam.budget.unwrap();
    let next = json!({ "name": "Attenties", "year": 2027, "allocatedCents": 1_000, "mandate": "Raadsbesluit 2026-88" });
    let next = id(&holder
        .post_once("/api/v1/gift-budgets", "nieuw jaar", &next)
        .await);
    assert_eq!(
        holder
            .post(&format!("/api/v1/gift-budgets/{old}/_close"), &Value::Null)
            .await
            .status,
        204
    );
    let refused = clerk.post("/api/v1/gifts", &zomaar(&app, 100)).await;
    assert_eq!(refused.json["code"], "budget-closed");
    let late = hand_in(
        &clerk,
        &gift,
        1_500,
        b"%PDF-1.7\n1 0 obj late bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(late.status, 201, "{}", late.text);
    let checked = verification(&app).await;
    assert_eq!(
        (
            checked.findings.len(),
            checked.balance.spent,
            checked.balance.available
        ),
        (0, 1_500, 3_500)
    );
    let none = json!({ "fromId": old, "toId": next, "amountCents": 500, "decision": "" });
    assert_eq!(
        holder.post("/api/v1/gift-transfers", &none).await.status,
        400,
        "no carry-over without a decision"
    );
    let carried = json!({ "fromId": old, "toId": next, "amountCents": 500, "decision": "Raadsbesluit 2027-3" });
    assert_eq!(
        holder.post("/api/v1/gift-transfers", &carried).await.status,
        201
    );
    let budgets = holder.get("/api/v1/gift-budgets").await;
    assert_eq!(
        budgets.json["items"][0]["balanceCents"], 1_500,
        "{}",
        budgets.text
    );
}

fn walk_to(app: &TestApp, instant: &str) {
    let instant: DateTime<Utc> = instant.parse().unwrap();
    app.clock.advance(instant - app.db.now());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_year_of_a_budget_and_of_a_person_turns_at_midnight_in_the_municipality() {
    let app = TestApp::open().await;
    let next = budget_of(&app, 2027).await;
    let from_next = with(zomaar(&app, 100), "budgetId", json!(next));
    let neighbour = |gift: Value| with(gift, "email", json!("buur@voorbeeld.example"));

    walk_to(&app, "2026-12-31T22:59:59Z");
    let clerk = person(&app, "clerk").await;
    let early = clerk.post("/api/v1/gifts", &from_next).await;
    assert_eq!(early.json["code"], "budget-year-ahead", "{}", early.text);
    assert!(early.json["detail"].as_str().unwrap().contains("2027"));
    let old = clerk
        .post("/api/v1/gifts", &neighbour(zomaar(&app, 2_000)))
        .await;
    assert_eq!(old.status, 201, "{}", old.text);
    let told = clerk
        .post("/api/v1/gifts/_assess", &neighbour(zomaar(&app, 100)))
        .await;
    assert_eq!(told.json["explanations"].as_array().unwrap().len(), 1);

    walk_to(&app, "2026-12-31T23:00:00Z");
    let clerk = person(&app, "clerk").await;
    let late = clerk.post("/api/v1/gifts", &zomaar(&app, 100)).await;
    assert_eq!(late.json["code"], "budget-year-over", "{}", late.text);
    let told = clerk
        .post("/api/v1/gifts/_assess", &neighbour(from_next.clone()))
        .await;
    assert_eq!(
        told.json["explanations"],
        json!([]),
        "a new year for the person as well: {}",
        told.text
    );
    assert_eq!(clerk.post("/api/v1/gifts", &from_next).await.status, 201);
    let receipt = hand_in(
        &clerk,
        &id(&old),
        1_900,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let checked = verification(&app).await;
    assert_eq!(
        (checked.findings.len(), checked.balance.spent),
        (0, 1_900),
        "booked in the year it was given"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_carried_over_too_early_comes_back_for_a_late_receipt_and_for_nothing_else() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 2_000)).await);
    let old = app.waterdam.budget.unwrap();
    let next = budget_of(&app, 2027).await;
    let unused = budget_of(&app, 2025).await;
    for closed in [old, unused] {
        let path = format!("/api/v1/gift-budgets/{closed}/_close");
        assert_eq!(holder.post(&path, &Value::Null).await.status, 204);
    }
    let carry = async |from, to, cents: i64| {
        let transfer = json!({ "fromId": from, "toId": to, "amountCents": cents, "decision": "Collegebesluit" });
        holder.post("/api/v1/gift-transfers", &transfer).await
    };
    assert_eq!(carry(old, next, 4_500).await.status, 201);
    let late = hand_in(
        &clerk,
        &gift,
        1_500,
        b"%PDF-1.7\n1 0 obj late bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(
        (late.status, &late.json["code"]),
        (409, &json!("receipt-short")),
        "{}",
        late.text
    );
    let detail = late.json["detail"].as_str().unwrap();
    assert!(
        detail.contains("€\u{a0}5,00") && detail.contains("budgethouder"),
        "it tells the way on: {detail}"
    );
    let nothing = carry(next, unused, 1_000).await;
    assert_eq!(nothing.json["code"], "budget-closed", "{}", nothing.text);
    let mut page =
        Browser::sign_in(&app, "waterdam.localhost", "budgetholder@waterdam.example").await;
    page.go("/beheer/attenties/overhevelen").await;
    let to = page.page.text.split("id=\"toId\"").nth(1).unwrap();
    assert!(to.contains(&old.to_string()) && !to.contains(&unused.to_string()));
    assert!(to.contains("2026, afgesloten, nog €\u{a0}5,00"), "{to}");
    assert_eq!(carry(next, old, 1_000).await.status, 201);
    let now = hand_in(
        &clerk,
        &gift,
        1_500,
        b"%PDF-1.7\n1 0 obj late bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(now.status, 201, "{}", now.text);
    let checked = verification(&app).await;
    assert_eq!((checked.findings.len(), checked.balance.available), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_this_years_budget_is_closed_the_form_says_from_when_there_is_one_again() {
    let app = TestApp::open().await;
    budget_of(&app, 2027).await;
    let holder = person(&app, "budgetholder").await;
    let old = app.waterdam.budget.unwrap();
    let path = format!("/api/v1/gift-budgets/{old}/_close");
    assert_eq!(holder.post(&path, &Value::Null).await.status, 204);
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/attenties").await;
    for text in [
        "Het budget van 2026 is afgesloten.",
        "Vanaf 1 januari 2027 kunt u weer een attentie opslaan.",
    ] {
        assert!(
            clerk.page.text.contains(text),
            "{text}: {}",
            clerk.page.text
        );
    }
    assert!(
        !clerk.page.shows("name=\"amount\""),
        "no form that leads nowhere: {}",
        clerk.page.text
    );
}
