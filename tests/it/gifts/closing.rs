//! What closing a year leaves behind: what lapses, what may still come in, and what the caps go on counting.

use domain::gift_ledger::{self, EntryFilter, EntryKind, GiftStatus};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tests::{Browser, Caller, Reply, TestApp};

use super::{budget_of, hand_in, id, open_budget, person, verification, with, zomaar};

const BON: &[u8] = b"%PDF-1.7\n1 0 obj late bon\nstartxref\n9\n%%EOF";

async fn acts(caller: &Caller, gift: &str, verb: &str, body: &Value) -> Reply {
    caller
        .post(&format!("/api/v1/gifts/{gift}/{verb}"), body)
        .await
}

async fn close(app: &TestApp, holder: &Caller) {
    let old = app.waterdam.budget.unwrap();
    let path = format!("/api/v1/gift-budgets/{old}/_close");
    assert_eq!(holder.post(&path, &Value::Null).await.status, 204);
}

async fn status(caller: &Caller, gift: &str) -> Value {
    caller.get(&format!("/api/v1/gifts/{gift}")).await.json["status"].clone()
}

async fn browser(app: &TestApp, name: &str) -> Browser {
    let email = format!("{name}@waterdam.example");
    Browser::sign_in(app, "waterdam.localhost", &email).await
}

/// Whether the receipt is asked for: of the giver, and in the list of the budget holder.
async fn asked_for(app: &TestApp, gift: &str) -> (bool, bool) {
    let mut giver = browser(app, "clerk").await;
    giver.go("/attenties").await;
    let own = giver.page.text.contains(&format!("{gift}#bon"));
    let mut holder = browser(app, "budgetholder").await;
    holder.go("/beheer/attenties").await;
    let missing = holder.page.text.split("id=\"mist\"").nth(1).unwrap();
    let missing = missing.split("id=\"nakijken\"").next().unwrap();
    (own, missing.contains(gift))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_agreed_with_lapses_and_its_receipt_never_passes_for_a_late_one() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let voucher = |cents| with(zomaar(&app, cents), "kind", json!("voucher"));
    let waits = id(&clerk.post("/api/v1/gifts", &voucher(2_000)).await);
    let agreed = id(&clerk.post("/api/v1/gifts", &voucher(1_000)).await);
    let approved = acts(&holder, &agreed, "_approve", &Value::Null).await;
    assert_eq!(approved.status, 200, "{}", approved.text);
    let old = app.waterdam.budget.unwrap();
    let mut page = browser(&app, "budgetholder").await;
    page.go(&format!("/beheer/attenties/{old}/sluiten")).await;
    for text in [
        "Eén attentie wacht nog op akkoord",
        "Van één attentie ontbreekt de bon",
    ] {
        assert!(page.page.text.contains(text), "{text}: {}", page.page.text);
    }
    close(&app, &holder).await;

    assert_eq!(status(&clerk, &waits).await, "lapsed");
    assert_eq!(status(&clerk, &agreed).await, "released");
    for (caller, verb, body) in [
        (&holder, "_approve", Value::Null),
        (&holder, "_decline", json!({ "note": "Te laat." })),
        (&clerk, "_hand-over", Value::Null),
        (&clerk, "_cancel", json!({ "note": "Te laat." })),
    ] {
        let refused = acts(caller, &waits, verb, &body).await;
        assert_eq!(
            refused.json["code"], "gift-not-now",
            "{verb}: {}",
            refused.text
        );
    }
    let sneaked = hand_in(&clerk, &waits, 2_000, BON).await;
    assert_eq!(sneaked.json["code"], "gift-not-now", "{}", sneaked.text);
    assert_eq!(asked_for(&app, &waits).await, (false, false));
    let mut giver = browser(&app, "clerk").await;
    giver.go(&format!("/attenties/{waits}")).await;
    for (text, stands) in [
        ("Vervallen bij jaareinde", true),
        ("voordat iemand akkoord gaf", true),
        ("vanwege de soort attentie", true),
        ("Bon inleveren", false),
        ("vraagt akkoord", false),
    ] {
        assert_eq!(
            giver.page.text.contains(text),
            stands,
            "{text}: {}",
            giver.page.text
        );
    }
    let handed = acts(&clerk, &agreed, "_hand-over", &Value::Null).await;
    assert_eq!(
        (handed.status, &handed.json["status"]),
        (200, &json!("released")),
        "the resident may get it in the new year: {}",
        handed.text
    );
    assert!(handed.json["handedOverAt"].is_string());
    assert_eq!(verification(&app).await.findings, []);
    assert_eq!(hand_in(&clerk, &agreed, 900, BON).await.status, 201);
    let checked = verification(&app).await;
    assert_eq!((checked.findings, checked.balance.spent), (vec![], 900));
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let mut kinds = EntryFilter::default()
        .entries(&tx, old, None, 10)
        .await
        .unwrap();
    kinds.reverse();
    let kinds: Vec<EntryKind> = kinds.into_iter().map(|entry| entry.kind).collect();
    assert_eq!(
        kinds[4..],
        [
            EntryKind::Lapse,
            EntryKind::Release,
            EntryKind::Closing,
            EntryKind::HandOver,
            EntryKind::Spending
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_released_goes_on_counting_until_its_receipt_comes_or_it_is_called_off() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let mut rules = holder.get("/api/v1/gift-rules").await.json;
    rules["rules"]["personYearCents"] = json!(3_000);
    let request = holder.request("PUT", "/api/v1/gift-rules").json(&rules);
    assert_eq!(holder.send(request).await.status, 200);
    let neighbour = |gift: Value| with(gift, "email", json!("buur@voorbeeld.example"));
    let first = neighbour(zomaar(&app, 2_000));
    let first = id(&clerk.post("/api/v1/gifts", &first).await);
    let elsewhere = open_budget(&app, "Wijkteam", 10_000).await;
    close(&app, &holder).await;

    let second = neighbour(with(zomaar(&app, 2_000), "budgetId", json!(elsewhere)));
    let refused = clerk.post("/api/v1/gifts", &second).await;
    assert_eq!(
        refused.json["code"], "gift-over-person-cap",
        "the flowers may be with the neighbour already: {}",
        refused.text
    );
    assert_eq!(
        asked_for(&app, &first).await,
        (true, true),
        "of a closed year it is asked for at once"
    );
    app.clock.advance(chrono::TimeDelta::days(15));
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    assert_eq!(asked_for(&app, &first).await, (true, true));
    let missing = holder.get("/api/v1/given-gifts?waits=receipt").await;
    assert_eq!(
        missing.json["items"][0]["id"],
        json!(first),
        "{}",
        missing.text
    );
    let old = app.waterdam.budget.unwrap();
    let told = holder.get(&format!("/api/v1/gift-budgets/{old}")).await;
    assert_eq!(told.json["awaitedCents"], 2_000, "{}", told.text);
    let mut page = browser(&app, "budgetholder").await;
    page.go(&format!("/beheer/attenties/{old}")).await;
    for text in [
        "Van één attentie uit dit budget kan de bon nog komen",
        "€\u{a0}20,00 opzijgezet",
    ] {
        assert!(page.page.text.contains(text), "{text}: {}", page.page.text);
    }

    let note = json!({ "note": "De winkel was dicht." });
    let before = verification(&app).await.balance;
    let off = acts(&clerk, &first, "_cancel", &note).await;
    assert_eq!(
        (off.status, &off.json["status"]),
        (200, &json!("cancelled"))
    );
    let after = verification(&app).await;
    assert_eq!(
        (after.findings, after.balance),
        (vec![], before),
        "it came back when the year closed"
    );
    assert_eq!(asked_for(&app, &first).await, (false, false));
    assert_eq!(
        hand_in(&clerk, &first, 2_000, BON).await.json["code"],
        "gift-not-now"
    );
    assert_eq!(clerk.post("/api/v1/gifts", &second).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_late_receipts_need_leaves_a_closed_year_only_after_a_warning() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    assert_eq!(
        clerk
            .post("/api/v1/gifts", &zomaar(&app, 2_000))
            .await
            .status,
        201
    );
    let next = budget_of(&app, 2027).await.to_string();
    close(&app, &holder).await;
    let old = app.waterdam.budget.unwrap().to_string();
    let mut page = browser(&app, "budgetholder").await;
    let action = "/beheer/attenties/overhevelen";
    let moves = async |page: &mut Browser, amount: &str| {
        let (key, seen) = (page.hidden("_sleutel"), page.hidden("_gezien"));
        let fields = [
            ("_sleutel", key.as_str()),
            ("_gezien", &seen),
            ("fromId", &old),
            ("toId", &next),
            ("amountCents", amount),
            ("decision", "Collegebesluit 2027-3"),
        ];
        page.submit(action, &fields).await;
        page.page.text.contains("Het geld is overgeheveld")
    };
    page.go(action).await;
    assert!(
        moves(&mut page, "30").await,
        "enough stays: {}",
        page.page.text
    );
    page.go(action).await;
    assert!(!moves(&mut page, "10").await, "it is told first");
    for text in [
        "€\u{a0}20,00 opzijgezet",
        "nog €\u{a0}10,00 over",
        "nog niets overgeheveld",
    ] {
        assert!(page.page.text.contains(text), "{text}: {}", page.page.text);
    }
    assert!(!moves(&mut page, "11").await, "another amount is told anew");
    assert!(moves(&mut page, "11").await, "{}", page.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approved_gift_cannot_be_made_to_look_lapsed() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let voucher = with(zomaar(&app, 1_000), "kind", json!("voucher"));
    let waits = id(&clerk.post("/api/v1/gifts", &voucher).await);
    let agreed = id(&clerk.post("/api/v1/gifts", &voucher).await);
    acts(&holder, &agreed, "_approve", &Value::Null).await;
    close(&app, &holder).await;
    assert_eq!(status(&clerk, &waits).await, "lapsed");
    assert_eq!(status(&clerk, &agreed).await, "released");
    assert_eq!(verification(&app).await.findings, []);
    let row = if app.store.is_postgres() {
        format!("'{agreed}'")
    } else {
        format!("x'{}'", agreed.replace('-', ""))
    };
    let change = format!(
        "update gift set status = '{}' where id = {row}",
        GiftStatus::Lapsed
    );
    let owner = app.store.as_database_owner().await;
    owner.execute_unprepared(&change).await.unwrap();
    assert_eq!(
        verification(&app).await.findings[0].defect,
        gift_ledger::Defect::State
    );
}
