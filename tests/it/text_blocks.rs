//! Text blocks: written once, offered where they fit, and put into a letter with the facts of the message.

use domain::cases::Kind;
use reqwest::header::{ACCEPT_LANGUAGE, HeaderValue};
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

use crate::queue::message;

const HOST: &str = "waterdam.localhost";
const BLOCKS: &str = "/api/v1/text-blocks";

async fn block(lead: &Caller, body: &Value) -> String {
    let made = lead.post(BLOCKS, body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    made.json["id"].as_str().unwrap().to_owned()
}

async fn lead(app: &TestApp) -> Caller {
    app.signed_in(HOST, "lead@waterdam.example").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_puts_a_block_into_an_answer_and_nothing_that_was_typed_is_lost() {
    let app = TestApp::open().await;
    let words = "Het spijt ons, {naam}. Bel en noem {kenmerk}. Groet, {medewerker}, {postadres}";
    let body = json!({ "title": "Excuses", "bodyNl": words });
    let id = block(&lead(&app).await, &body).await;
    let (_, reference) = message(&app, "De lift is stuk", json!({})).await;
    let mut clerk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    let page = format!("/balie/meldingen/{reference}/berichten");
    clerk.go(&page).await;
    assert!(clerk.page.shows("Excuses"), "{}", clerk.page.text);
    let typed = [
        ("text", "Beste mevrouw,"),
        ("_tekstblok", id.as_str()),
        ("_invoegen", "ja"),
    ];
    clerk.submit(&page, &typed).await;
    assert_eq!(clerk.page.status, 200);
    let expected = format!("Het spijt ons, Truus Bakema. Bel en noem {reference}.");
    for part in ["Beste mevrouw,", expected.as_str(), ", …"] {
        assert!(
            clerk.page.text.contains(part),
            "{part}: {}",
            clerk.page.text
        );
    }
    let case = app.case_id(&reference).await;
    let api = app.clerk().await;
    let said = api.get(&format!("/api/v1/cases/{case}/messages")).await;
    assert_eq!(said.json["items"], json!([]), "nothing was sent yet");
    clerk.submit(&page, &[("text", "Klaar.")]).await;
    let said = api.get(&format!("/api/v1/cases/{case}/messages")).await;
    assert_eq!(said.json["items"][0]["text"], "Klaar.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_is_offered_only_where_it_fits_and_no_longer_once_it_is_archived() {
    let app = TestApp::open().await;
    let lead = lead(&app).await;
    let admin = app.signed_in(HOST, "tenantadmin@waterdam.example").await;
    let category = json!({ "labelNl": "Afval" });
    let category = admin.post("/api/v1/case-categories", &category).await;
    let key = category.json["key"].as_str().unwrap();
    let all = json!({ "title": "Groet", "bodyNl": "Dag" });
    let all = block(&lead, &all).await;
    let complaints = json!({ "title": "Klacht", "bodyNl": "Dag", "kind": Kind::Complaint });
    block(&lead, &complaints).await;
    let tips = json!({ "title": "Tip", "bodyNl": "Dag", "kind": "tip" });
    block(&lead, &tips).await;
    let waste = json!({ "title": "Afval", "bodyNl": "Dag", "category": key });
    block(&lead, &waste).await;
    let (case, _) = message(&app, "De lift is stuk", json!({})).await;
    let clerk = app.clerk().await;
    let offered = async || {
        let reply = clerk
            .get(&format!("/api/v1/cases/{case}/text-blocks"))
            .await;
        let items = reply.json["items"].as_array().unwrap().clone();
        let title = |item: &Value| item["title"].as_str().unwrap().to_owned();
        items.iter().map(title).collect::<Vec<_>>()
    };
    assert_eq!(offered().await, ["Groet", "Klacht"]);
    let change = json!({ "category": key });
    let path = format!("/api/v1/cases/{case}/category");
    let done = clerk.send(clerk.request("PUT", &path).json(&change)).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(offered().await, ["Afval", "Groet", "Klacht"]);
    let path = format!("{BLOCKS}/{all}");
    let archived =
        json!({ "title": "Groet", "bodyNl": "Dag", "archived": true, "expectedVersion": 1 });
    let put = async |body: &Value| lead.send(lead.request("PUT", &path).json(body)).await;
    assert_eq!(put(&archived).await.json["version"], 2);
    assert_eq!(put(&archived).await.status, 409, "somebody else was first");
    assert_eq!(offered().await, ["Afval", "Klacht"]);
    let versions = lead.get(&format!("{path}/versions")).await;
    let numbers: Vec<&Value> = (versions.json["items"].as_array().unwrap().iter())
        .map(|one| &one["number"])
        .collect();
    assert_eq!(numbers, [&json!(2), &json!(1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_placeholder_that_is_not_known_is_refused_at_the_text_it_stands_in() {
    let app = TestApp::open().await;
    let lead = lead(&app).await;
    for (body, field, code) in [
        (
            json!({ "title": "a", "bodyNl": "Dag {voornaam}" }),
            "bodyNl",
            "placeholder_unknown",
        ),
        (
            json!({ "title": "a", "bodyNl": "Dag", "bodyEn": "Hi {naam" }),
            "bodyEn",
            "placeholder_open",
        ),
        (
            json!({ "title": "a", "bodyNl": "Dag", "kind": "wens" }),
            "kind",
            "not_an_option",
        ),
        (json!({ "title": "a" }), "bodyNl", "required"),
    ] {
        let refused = lead.post(BLOCKS, &body).await;
        assert_eq!(refused.status, 400, "{}", refused.text);
        let error = &refused.json["errors"][0];
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!(field), &json!(code))
        );
    }
    let mut desk = Browser::sign_in(&app, HOST, "lead@waterdam.example").await;
    desk.go("/beheer/tekstblokken/nieuw").await;
    let typed = [("title", "Groet"), ("bodyNl", "Dag {voornaam}")];
    desk.submit("/beheer/tekstblokken", &typed).await;
    assert_eq!(desk.page.status, 400);
    assert!(desk.page.shows("{voornaam} kennen wij hier niet"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_looks_at_a_block_with_a_real_message_before_it_is_kept() {
    let app = TestApp::open().await;
    let (_, reference) = message(&app, "De lift is stuk", json!({})).await;
    let mut desk = Browser::sign_in(&app, HOST, "lead@waterdam.example").await;
    desk.go("/beheer/tekstblokken/nieuw").await;
    let typed = |reference| {
        [
            ("title", "Groet"),
            ("bodyNl", "Beste {naam}, u schreef ons op {ontvangen}."),
            ("reference", reference),
            ("_doe", "bekijk"),
        ]
    };
    desk.submit("/beheer/tekstblokken", &typed(&reference))
        .await;
    assert!(
        desk.page
            .shows("Beste Truus Bakema, u schreef ons op maandag 23 november 2026."),
        "{}",
        desk.page.text
    );
    desk.submit("/beheer/tekstblokken", &typed("ABCD-EFGH"))
        .await;
    assert_eq!(desk.page.status, 400);
    assert!(desk.page.shows("Dit kenmerk kennen wij niet"));
    let admin = app.signed_in(HOST, "tenantadmin@waterdam.example").await;
    assert_eq!(
        admin.get(BLOCKS).await.json["items"],
        json!([]),
        "nothing was kept"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_who_wrote_in_english_gets_the_english_text_where_there_is_one() {
    let app = TestApp::open().await;
    let lead = lead(&app).await;
    let both = json!({ "title": "Beide", "bodyNl": "Dag {naam}", "bodyEn": "Hello {naam}" });
    block(&lead, &both).await;
    let dutch = json!({ "title": "Een", "bodyNl": "Dag {naam}" });
    block(&lead, &dutch).await;
    let resident = app.anonymous(HOST);
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let sent = resident.request("POST", path).json(&tests::complaint());
    let english = [(ACCEPT_LANGUAGE, HeaderValue::from_static("en"))];
    let sent = resident
        .send(sent.headers(english.into_iter().collect()))
        .await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let case = app.case_id(sent.json["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    let offered = clerk
        .get(&format!("/api/v1/cases/{case}/text-blocks"))
        .await;
    let texts: Vec<&Value> = (offered.json["items"].as_array().unwrap().iter())
        .map(|one| &one["text"])
        .collect();
    assert_eq!(
        texts,
        [&json!("Hello Truus Bakema"), &json!("Dag Truus Bakema")]
    );
}
