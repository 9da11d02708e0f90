//! What was paid and taken back: the register lists it with its status, and nothing counts it.

use serde_json::{Value, json};
use tests::{Browser, TestApp};

use super::{hand_in, id, person, verification, zomaar};

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_that_was_taken_back_is_listed_as_such_and_counts_for_nothing() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 1_250)).await);
    let stands = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 500)).await);
    let paid = hand_in(
        &clerk,
        &gift,
        1_195,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(paid.status, 201, "{}", paid.text);
    let back = json!({ "note": "De winkel betaalde terug." });
    let back = holder
        .post(&format!("/api/v1/gifts/{gift}/_reverse"), &back)
        .await;
    assert_eq!(
        (
            &back.json["status"],
            &back.json["spentCents"],
            &back.json["amountCents"]
        ),
        (&json!("cancelled"), &Value::Null, &json!(1_250)),
        "{}",
        back.text
    );

    let listed = async |query: &str| {
        let list = holder.get(&format!("/api/v1/given-gifts{query}")).await;
        let items = list.json["items"].as_array().unwrap();
        let told = items.iter().map(|item| {
            let text = |field: &str| item[field].as_str().unwrap().to_owned();
            (text("id"), text("status"), item["spentCents"].clone())
        });
        told.collect::<Vec<_>>()
    };
    let open = (stands.clone(), "ordered".to_owned(), Value::Null);
    let cancelled = (gift.clone(), "cancelled".to_owned(), Value::Null);
    assert_eq!(listed("").await, [open.clone(), cancelled]);
    assert_eq!(listed("?counted=true").await, [open]);
    let totals = holder.get("/api/v1/gift-totals?year=2026").await;
    assert_eq!(
        (&totals.json["count"], &totals.json["amountCents"]),
        (&json!(1), &json!(500)),
        "{}",
        totals.text
    );
    assert_eq!(
        verification(&app).await.findings,
        [],
        "the row keeps what the chain tells"
    );

    let mut auditor = browser(&app, "auditor").await;
    auditor
        .go("/beheer/attenties/lijst?jaar=2026&soort=flowers")
        .await;
    for text in [
        "Samen: €\u{a0}5,00",
        "Teruggedraaid",
        "telt voor nul",
        "€\u{a0}0,00",
    ] {
        assert!(
            auditor.page.text.contains(text),
            "{text}: {}",
            auditor.page.text
        );
    }
    assert!(
        !auditor.page.text.contains("11,95"),
        "{}",
        auditor.page.text
    );
    let mut giver = browser(&app, "clerk").await;
    giver.go(&format!("/attenties/{gift}")).await;
    let page = giver.page.text.clone();
    for text in [
        "Teruggedraaid",
        "Betaald en teruggedraaid",
        "Was opzijgezet",
        // On top stands what was paid, not what was once set apart.
        "<strong class=\"gh-num\">€\u{a0}11,95</strong>",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!giver.page.shows(">Betaald</dt>"), "{page}");
    giver.go("/attenties").await;
    assert!(
        giver.page.text.contains("Teruggedraaid") && giver.page.text.contains("11,95"),
        "{}",
        giver.page.text
    );
}

async fn browser(app: &TestApp, name: &str) -> Browser {
    Browser::sign_in(
        app,
        "waterdam.localhost",
        &format!("{name}@waterdam.example"),
    )
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn once_paid_the_page_says_what_was_paid_and_only_who_checks_ledgers_reads_hashes() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 1_250)).await);
    let mut giver = browser(&app, "clerk").await;
    let page = format!("/attenties/{gift}");
    let head = "<strong class=\"gh-num\">€\u{a0}12,50</strong>";
    giver.go(&page).await;
    assert!(giver.page.text.contains(head), "{}", giver.page.text);
    hand_in(
        &clerk,
        &gift,
        1_195,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    giver.go(&page).await;
    for text in [
        "<strong class=\"gh-num\">€\u{a0}11,95</strong>",
        ">Betaald</dt>",
        "Was opzijgezet",
    ] {
        assert!(
            giver.page.text.contains(text),
            "{text}: {}",
            giver.page.text
        );
    }
    assert!(!giver.page.text.contains(head), "{}", giver.page.text);
    assert!(!giver.page.text.contains("gh-hash"), "{}", giver.page.text);
    for name in ["auditor", "budgetholder"] {
        let mut reader = browser(&app, name).await;
        reader.go(&page).await;
        assert!(reader.page.text.contains("gh-hash"), "{name}");
    }

    let even = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 500)).await);
    hand_in(
        &clerk,
        &even,
        500,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    giver.go(&format!("/attenties/{even}")).await;
    assert!(
        giver.page.shows(">Betaald</dt>") && !giver.page.text.contains("Was opzijgezet"),
        "what was set apart is told only where it differs: {}",
        giver.page.text
    );
}
