//! Putting an amount right: how far it may go, and who looks at the receipt afterwards.

use domain::gift_ledger;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tests::{Caller, Reply, TestApp};

use super::{another_holder, hand_in, id, person, verification, zomaar};

const BON: &[u8] = b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF";

async fn acts(holder: &Caller, gift: &str, verb: &str, body: &Value) -> Reply {
    let path = format!("/api/v1/gifts/{gift}/{verb}");
    holder.post(&path, body).await
}

async fn corrects(holder: &Caller, gift: &str, cents: i64) -> Reply {
    let body = json!({ "amountCents": cents, "note": "De bon zegt iets anders." });
    acts(holder, gift, "_correct", &body).await
}

async fn checks(holder: &Caller, gift: &str) -> Reply {
    acts(holder, gift, "_check-receipt", &Value::Null).await
}

/// How many receipts wait for somebody who checks them.
async fn unchecked(holder: &Caller) -> usize {
    let waits = holder.get("/api/v1/given-gifts?waits=check").await;
    waits.json["items"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_put_an_amount_right_does_not_check_the_receipt_and_somebody_else_does_so_again() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let third = another_holder(&app, "third").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 2_000)).await);
    assert_eq!(hand_in(&clerk, &gift, 2_000, BON).await.status, 201);
    assert_eq!(checks(&holder, &gift).await.status, 200);
    assert_eq!(unchecked(&holder).await, 0);

    assert_eq!(corrects(&holder, &gift, 1_900).await.status, 200);
    assert_eq!(unchecked(&holder).await, 1, "another amount, another check");
    assert_eq!(verification(&app).await.findings, []);
    let own = checks(&holder, &gift).await;
    assert_eq!(own.json["code"], "gift-four-eyes", "{}", own.text);
    // Only the last one is barred: in a small team somebody has to be left.
    assert_eq!(corrects(&third, &gift, 1_950).await.status, 200);
    assert_eq!(checks(&third, &gift).await.json["code"], "gift-four-eyes");
    assert_eq!(checks(&holder, &gift).await.status, 200);
    assert_eq!(unchecked(&holder).await, 0);
    assert_eq!(verification(&app).await.findings, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_for_right_or_put_right_is_the_amount_that_was_looked_at() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let third = another_holder(&app, "third").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 2_000)).await);
    assert_eq!(hand_in(&clerk, &gift, 2_000, BON).await.status, 201);
    let mut page =
        tests::Browser::sign_in(&app, "waterdam.localhost", "third@waterdam.example").await;
    page.go(&format!("/attenties/{gift}")).await;
    let action = format!("/attenties/{gift}/toezien/bon-klopt");
    let was = page.hidden("expectedCents");
    assert_eq!(was, "2000");
    assert_eq!(corrects(&holder, &gift, 1_900).await.status, 200);

    page.submit(&action, &[("expectedCents", &was)]).await;
    assert!(
        page.page.status == 409 && page.page.text.contains("€\u{a0}19,00"),
        "what stands there now is shown: {}",
        page.page.text
    );
    let stale = format!("_check-receipt?expectedCents={was}");
    let stale = acts(&third, &gift, &stale, &Value::Null).await;
    assert_eq!(stale.json["code"], "changed", "{}", stale.text);
    let stale = json!({ "amountCents": 1_800, "note": "Korting.", "expectedCents": 2_000 });
    let stale = acts(&third, &gift, "_correct", &stale).await;
    assert_eq!(stale.json["code"], "changed", "{}", stale.text);
    assert_eq!(unchecked(&holder).await, 1);
    let was = page.hidden("expectedCents");
    page.submit(&action, &[("expectedCents", &was)]).await;
    assert!(
        page.page.text.contains("De bon is gecontroleerd"),
        "{}",
        page.page.text
    );
    assert_eq!(unchecked(&holder).await, 0);
    assert!(page.page.text.contains("Bon is gecontroleerd</span>"));
    assert!(!page.page.text.contains("Bon is binnen"), "not both");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_checks_is_told_of_the_same_receipt_twice() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let colleague = person(&app, "colleague").await;
    let mut gifts = Vec::new();
    for (giver, bon) in [
        (&clerk, BON),
        (&colleague, BON),
        (&clerk, b"%PDF-1.7\n1 0 obj andere bon\nstartxref\n9\n%%EOF"),
    ] {
        let gift = id(&giver.post("/api/v1/gifts", &zomaar(&app, 1_000)).await);
        assert_eq!(hand_in(giver, &gift, 1_000, bon).await.status, 201);
        gifts.push(gift);
    }
    let mut page =
        tests::Browser::sign_in(&app, "waterdam.localhost", "budgetholder@waterdam.example").await;
    page.go("/beheer/attenties").await;
    let told = "precies dezelfde bon";
    assert_eq!(page.page.text.matches(told).count(), 2);
    for (gift, other) in [(0, Some(1)), (1, Some(0)), (2, None)] {
        page.go(&format!("/attenties/{}", gifts[gift])).await;
        assert_eq!(page.page.text.contains(told), other.is_some());
        if let Some(other) = other {
            let link = format!("href=\"/attenties/{}\"", gifts[other]);
            assert!(page.page.text.contains(&link), "{}", page.page.text);
        }
    }
    let mut giver =
        tests::Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    giver.go(&format!("/attenties/{}", gifts[0])).await;
    assert!(
        !giver.page.text.contains(&gifts[1]),
        "a colleague's gift is as absent"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_is_put_right_downward_freely_and_upward_within_the_caps() {
    let app = TestApp::open().await;
    let holder = person(&app, "budgetholder").await;
    let clerk = person(&app, "clerk").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 1_000)).await);
    assert_eq!(hand_in(&clerk, &gift, 1_000, BON).await.status, 201);
    let mut rules = holder.get("/api/v1/gift-rules").await.json;
    rules["rules"]["fourEyesAboveCents"] = json!(500);
    let request = holder.request("PUT", "/api/v1/gift-rules").json(&rules);
    assert_eq!(holder.send(request).await.status, 200);

    let high = corrects(&holder, &gift, 3_001).await;
    assert_eq!(high.json["code"], "correction-too-high", "{}", high.text);
    assert!(
        high.text.contains("niet hoger worden dan €\u{a0}30,00"),
        "{}",
        high.text
    );
    assert_eq!(
        corrects(&holder, &gift, 3_000).await.json["spentCents"],
        3_000,
        "the cap of the budget; whoever puts right is the second person"
    );
    rules = holder.get("/api/v1/gift-rules").await.json;
    rules["rules"]["capCents"] = json!(600);
    let request = holder.request("PUT", "/api/v1/gift-rules").json(&rules);
    assert_eq!(holder.send(request).await.status, 200);
    assert_eq!(
        corrects(&holder, &gift, 900).await.json["spentCents"],
        900,
        "less is always right"
    );
    let more = corrects(&holder, &gift, 901).await;
    assert_eq!(more.json["code"], "correction-too-high", "{}", more.text);
    assert_eq!(verification(&app).await.findings, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_amounts_put_right_at_once_do_not_stretch_what_one_person_may_get() {
    let app = TestApp::open().await;
    let holder = person(&app, "budgetholder").await;
    let mut rules = holder.get("/api/v1/gift-rules").await.json;
    rules["rules"]["personYearCents"] = json!(2_500);
    let request = holder.request("PUT", "/api/v1/gift-rules").json(&rules);
    assert_eq!(holder.send(request).await.status, 200);
    let mut asked = zomaar(&app, 1_000);
    asked["email"] = json!("buur@voorbeeld.example");
    let mut gifts = Vec::new();
    for giver in ["clerk", "colleague"] {
        let giver = person(&app, giver).await;
        let gift = id(&giver.post("/api/v1/gifts", &asked).await);
        assert_eq!(hand_in(&giver, &gift, 1_000, BON).await.status, 201);
        gifts.push(gift);
    }
    let (one, two) = tokio::join!(
        corrects(&holder, &gifts[0], 1_500),
        corrects(&holder, &gifts[1], 1_500)
    );
    let mut answers = [one.status, two.status];
    answers.sort_unstable();
    assert_eq!(answers, [200, 409], "{} {}", one.text, two.text);
    assert_eq!(verification(&app).await.balance.spent, 2_500);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checker_who_is_not_in_the_chain_is_reported() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 1_000)).await);
    assert_eq!(hand_in(&clerk, &gift, 1_000, BON).await.status, 201);
    assert_eq!(checks(&holder, &gift).await.status, 200);
    assert_eq!(corrects(&holder, &gift, 900).await.status, 200);
    assert_eq!(
        unchecked(&holder).await,
        1,
        "a correction asks for a new check"
    );
    assert_eq!(verification(&app).await.findings, []);
    let owner = app.store.as_database_owner().await;
    let bytes = |id: &str| {
        if app.store.is_postgres() {
            format!("'{id}'")
        } else {
            format!("x'{}'", id.replace('-', ""))
        }
    };
    for name in ["budgetholder", "lead"] {
        let email = format!("{name}@waterdam.example");
        let checker = app.staff_id(app.waterdam.id, &email).await.to_string();
        let change = format!(
            "update gift set checker_id = {} where id = {}",
            bytes(&checker),
            bytes(&gift)
        );
        owner.execute_unprepared(&change).await.unwrap();
        let findings = verification(&app).await.findings;
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].defect, gift_ledger::Defect::State);
    }
}
