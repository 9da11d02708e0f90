//! What looks as if a program had sent it, and the people behind some of it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, TestApp, absent_id};

const FORM: &str = "/formulieren/klacht-tip-compliment";

/// Somebody who fills in the form and sends it; `extra` goes along with the first step, `wait` is how long they take.
async fn fill(app: &TestApp, extra: &[(&str, &str)], wait: TimeDelta) -> Browser {
    let mut browser = Browser::open(app, "waterdam.localhost", FORM).await;
    let page = browser.hidden("_pagina");
    let mut fields = vec![
        ("soort", "klacht"),
        ("kort", "De lift is stuk"),
        ("verhaal", "Mijn BSN is 111222333."),
        ("_pagina", page.as_str()),
    ];
    fields.extend_from_slice(extra);
    browser.submit(&format!("{FORM}/bericht"), &fields).await;
    browser
        .submit(&format!("{FORM}/contact"), &[("reactie", "bellen")])
        .await;
    app.clock.advance(wait);
    browser
        .submit(
            &format!("{FORM}/gegevens"),
            &[("telefoon", "06 12 34 56 78")],
        )
        .await;
    assert!(browser.path.ends_with("/controle"), "{}", browser.page.text);
    browser.submit(&format!("{FORM}/controle"), &[]).await;
    assert!(
        browser.path.starts_with("/melding/"),
        "{}",
        browser.page.text
    );
    browser
}

async fn strict() -> TestApp {
    TestApp::with_settings(|settings| {
        settings.intake.least_seconds = 3;
        settings.intake.most_from_one_address = 100;
    })
    .await
}

async fn waiting(app: &TestApp) -> Vec<Value> {
    app.clerk()
        .await
        .get("/api/v1/quarantined-messages")
        .await
        .json["items"]
        .as_array()
        .unwrap()
        .clone()
}

async fn desk(app: &TestApp) -> usize {
    let queue = app.clerk().await.get("/api/v1/cases").await;
    queue.json["items"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_takes_their_time_is_a_person() {
    let app = strict().await;
    fill(&app, &[("uw-website", "")], TimeDelta::seconds(40)).await;
    assert_eq!((desk(&app).await, waiting(&app).await.len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn case_68_a_password_manager_that_fills_the_hidden_field_loses_nothing() {
    let app = strict().await;
    let resident = fill(
        &app,
        &[("uw-website", "https://voorbeeld.example")],
        TimeDelta::seconds(40),
    )
    .await;
    assert!(
        resident.page.text.contains("Wij bellen u uiterlijk"),
        "an ordinary receipt"
    );
    assert!(!resident.page.text.to_lowercase().contains("quarantaine"));
    assert_eq!(desk(&app).await, 0);
    let held = waiting(&app).await;
    assert_eq!(held.len(), 1);
    assert_eq!(held[0]["reasons"], json!(["honeypotFilled"]));
    let reference = held[0]["reference"].as_str().unwrap().to_owned();
    assert!(resident.page.text.contains(&reference));

    // A day later somebody looks, and it is late as it would have been.
    app.clock.advance(TimeDelta::days(2));
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/balie").await;
    assert!(
        clerk.page.text.contains("1 bericht in quarantaine"),
        "{}",
        clerk.page.text
    );
    clerk.go("/balie/quarantaine").await;
    let id = held[0]["id"].as_str().unwrap();
    clerk.go(&format!("/balie/quarantaine/{id}")).await;
    assert!(clerk.page.text.contains("De lift is stuk"));
    assert!(
        clerk.page.text.contains("•••••••33"),
        "a hint about the number, covered"
    );
    clerk
        .submit(&format!("/balie/quarantaine/{id}/herstellen"), &[])
        .await;
    assert_eq!(
        clerk.path,
        format!("/balie/meldingen/{reference}?klaar=hersteld")
    );
    let case = app.clerk().await.get("/api/v1/cases").await.json["items"][0].clone();
    assert_eq!(case["receivedAt"], held[0]["receivedAt"]);
    assert_eq!(case["dueAt"], held[0]["dueAt"]);
    assert_eq!(case["late"], true);
    let again = app
        .clerk()
        .await
        .post(
            &format!("/api/v1/quarantined-messages/{id}/_restore"),
            &Value::Null,
        )
        .await;
    assert_eq!(
        (again.status, &again.json["code"]),
        (409, &json!("changed"))
    );
    assert_eq!(waiting(&app).await.len(), 0);
    let mut receipt = resident;
    let path = receipt.path.clone();
    receipt.go(&path).await;
    assert_eq!(receipt.page.status, 200, "the same receipt goes on");
}

#[tokio::test(flavor = "multi_thread")]
async fn case_67_faster_than_anybody_reads_and_the_same_page_twice_are_looked_at_by_a_person() {
    let app = strict().await;
    fill(&app, &[], TimeDelta::seconds(1)).await;
    assert_eq!(waiting(&app).await[0]["reasons"], json!(["tooFast"]));
    // Two messages from one page: the second is kept apart.
    let mut first = Browser::open(&app, "waterdam.localhost", FORM).await;
    let page = first.hidden("_pagina");
    for _ in 0..2 {
        let fields = [
            ("soort", "tip"),
            ("kort", "Bankje"),
            ("_pagina", page.as_str()),
        ];
        first.submit(&format!("{FORM}/bericht"), &fields).await;
        app.clock.advance(TimeDelta::seconds(30));
        first
            .submit(&format!("{FORM}/contact"), &[("reactie", "geen")])
            .await;
        first.submit(&format!("{FORM}/controle"), &[]).await;
        assert!(first.path.starts_with("/melding/"), "{}", first.page.text);
        first.go(FORM).await;
    }
    let held = waiting(&app).await;
    assert_eq!(held.len(), 2);
    assert_eq!(held[1]["reasons"], json!(["replayed"]));
    assert_eq!(desk(&app).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_from_one_address_waits_and_a_neighbour_does_not() {
    let app = TestApp::with_settings(|settings| settings.intake.most_from_one_address = 3).await;
    for _ in 0..5 {
        app.complaint().await;
    }
    assert_eq!(desk(&app).await, 3);
    let held = waiting(&app).await;
    assert_eq!(held.len(), 2);
    assert_eq!(held[0]["reasons"], json!(["rateExceeded"]));
    let neighbour = app
        .anonymous("heuvelrode.localhost")
        .post(
            "/api/v1/forms/klacht-tip-compliment/submissions",
            &tests::complaint(),
        )
        .await;
    assert_eq!(neighbour.status, 201);
    let queue = app
        .signed_in("heuvelrode.localhost", "clerk@heuvelrode.example")
        .await
        .get("/api/v1/cases")
        .await;
    assert_eq!(queue.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_restores_goes_after_its_days_with_an_entry_in_the_audit_log() {
    let app = strict().await;
    let mut resident = fill(&app, &[("uw-website", "x")], TimeDelta::seconds(40)).await;
    let receipt = resident.path.clone();
    app.clock.advance(TimeDelta::days(13));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    assert_eq!(waiting(&app).await.len(), 1);
    app.clock.advance(TimeDelta::days(2));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    assert_eq!(waiting(&app).await.len(), 0);
    resident.go(&receipt).await;
    assert_eq!(resident.page.status, 404);
    let admin = app
        .signed_in("waterdam.localhost", "auditor@waterdam.example")
        .await;
    let log = admin.get("/api/v1/audit-entries").await;
    assert!(log.text.contains("quarantine.sweep"), "{}", log.text);
    assert!(!log.text.contains("lift"), "without what anybody wrote");
}

#[tokio::test(flavor = "multi_thread")]
async fn case_36_a_strangers_mailbox_is_not_filled_and_every_message_arrives() {
    let app = TestApp::open().await;
    for number in 0..8 {
        let mut message = tests::complaint();
        message["answers"]["email"] = json!(if number % 2 == 0 {
            "slachtoffer@voorbeeld.example"
        } else {
            "Slachtoffer@voorbeeld.example"
        });
        let sent = app
            .anonymous("waterdam.localhost")
            .post("/api/v1/forms/klacht-tip-compliment/submissions", &message)
            .await;
        assert_eq!(sent.status, 201, "{}", sent.text);
        if number == 7 {
            app.assert_says_no_mail(&sent.json).await;
        }
    }
    app.run_jobs().await;
    assert_eq!(app.mails.lock().unwrap().len(), 5);
    assert_eq!(desk(&app).await, 8);
    app.clock.advance(TimeDelta::days(2));
    app.complaint().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbours_quarantine_is_as_absent_as_nothing() {
    let app = strict().await;
    fill(&app, &[("uw-website", "x")], TimeDelta::seconds(40)).await;
    let id = waiting(&app).await[0]["id"].as_str().unwrap().to_owned();
    let neighbour = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    for (method, end) in [("GET", ""), ("POST", "/_restore")] {
        let ask = |id: &str| {
            neighbour.request(method, &format!("/api/v1/quarantined-messages/{id}{end}"))
        };
        let foreign = neighbour.send(ask(&id)).await;
        let absent = neighbour.send(ask(&absent_id())).await;
        assert_eq!(
            (foreign.status, foreign.without_instance()),
            (404, absent.without_instance())
        );
    }
    assert_eq!(waiting(&app).await.len(), 1);
}
