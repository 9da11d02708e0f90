//! The first day of a municipality: Amira administers Waterdam, prepares it, tries its form out and opens it.

use domain::first_day::Step;
use serde_json::{Value, json};
use tenants::{TenantState, tenant};
use tests::{Browser, Caller, TestApp};

const HOST: &str = "waterdam.localhost";
const AMIRA: &str = "tenantadmin@waterdam.example";
const FORM: &str = "/api/v1/forms/klacht-tip-compliment/submissions";
const FIRST_DAY: &str = "/beheer/eerste-dag";

/// Waterdam, still being prepared.
async fn preparing() -> TestApp {
    let app = TestApp::open().await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    tenant::set_state(&tx, TenantState::Preparing, None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    forget(&app).await;
    app
}

async fn forget(app: &TestApp) {
    let directory = app.app.directory();
    let tenant = directory.by_id(app.waterdam.id).await.unwrap().unwrap();
    directory.forget(&tenant).await;
}

async fn states(caller: &Caller) -> Vec<(String, String)> {
    let day = caller.get("/api/v1/first-day").await;
    assert_eq!(day.status, 200, "{}", day.text);
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    (day.json["steps"].as_array().unwrap().iter())
        .map(|step| (word(&step["step"]), word(&step["state"])))
        .collect()
}

async fn state(caller: &Caller, step: Step) -> String {
    let all = states(caller).await;
    let found = all.into_iter().find(|(name, _)| name == step.as_str());
    found.unwrap().1
}

/// A message that Amira sends to try the form out, as the API answers it.
async fn trial(amira: &Caller) -> Value {
    let sent = amira.post(FORM, &tests::complaint()).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    sent.json
}

#[tokio::test(flavor = "multi_thread")]
async fn amira_is_led_from_step_to_step_and_nothing_is_live_before_she_presses_open() {
    let app = preparing().await;
    let truus = app.anonymous(HOST);
    let early = truus.post(FORM, &tests::complaint()).await;
    assert_eq!(early.status, 404, "{}", early.text);
    let mut amira = Browser::sign_in(&app, HOST, AMIRA).await;
    amira.go("/beheer").await;
    for shown in ["Wat moet nog", "Ga verder met uw eerste dag", "Huisstijl"] {
        assert!(amira.page.shows(shown), "{shown}: {}", amira.page.text);
    }
    amira.go(FIRST_DAY).await;
    assert_eq!(amira.page.status, 200, "{}", amira.page.text);
    assert!(amira.page.shows("Kies uw huisstijl"), "{}", amira.page.text);
    assert!(
        amira.page.shows("1 van 8 stappen klaar"),
        "colleagues are there"
    );
    let later = [("state", "later")];
    amira
        .submit(&format!("{FIRST_DAY}/stappen/style"), &later)
        .await;
    assert!(amira.page.shows("Bekijk de teksten"), "{}", amira.page.text);
    let api = app.signed_in(HOST, AMIRA).await;
    assert_eq!(state(&api, Step::Style).await, "later");
    let words = json!({ "words": { "nl": "Vertel het Waterdam" } });
    let request = api.request("PUT", "/api/v1/texts/home-title");
    assert_eq!(api.send(request.json(&words)).await.status, 200);
    let rule = json!({ "rule": { "target": "workingDays", "days": 2 } });
    assert_eq!(api.post("/api/v1/service-rules", &rule).await.status, 201);
    for (step, expected) in [
        (Step::Texts, "done"),
        (Step::Promise, "done"),
        (Step::Form, "open"),
    ] {
        assert_eq!(state(&api, step).await, expected, "{step}");
    }
    amira.go("/beheer/eerste-dag/openen").await;
    for shown in [
        "Vertel het Waterdam",
        "08:30",
        "Dit mist nog",
        "Huisstijl",
        "Er is geen website bekend",
    ] {
        assert!(amira.page.shows(shown), "{shown}: {}", amira.page.text);
    }
    assert_eq!(truus.post(FORM, &tests::complaint()).await.status, 404);
    amira.submit("/beheer/eerste-dag/openen", &[]).await;
    assert!(
        amira.page.shows("Uw gemeente is open"),
        "{}",
        amira.page.text
    );
    let first = truus.post(FORM, &tests::complaint()).await;
    assert_eq!(first.status, 201, "{}", first.text);
    assert!(
        !first.json["reference"]
            .as_str()
            .unwrap()
            .starts_with("TEST")
    );
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let told = mails.iter().filter(|mail| mail.subject.contains("is open"));
    let told: Vec<&str> = told.map(|mail| mail.recipient.as_str()).collect();
    assert!(
        told.contains(&AMIRA) && !told.contains(&"clerk@waterdam.example"),
        "{told:?}"
    );
    let opened = mails.iter().find(|mail| mail.recipient == AMIRA).unwrap();
    assert!(
        opened.body.contains("waterdam.localhost"),
        "{}",
        opened.body
    );
    let again = api.post("/api/v1/first-day/_open", &Value::Null).await;
    assert_eq!(
        (again.status, &again.json["code"]),
        (409, &json!("already-open"))
    );
    let log = api.get("/api/v1/audit-entries").await;
    assert!(log.text.contains("municipality.open"), "{}", log.text);
    let mut after = Browser::sign_in(&app, HOST, AMIRA).await;
    after.go("/beheer").await;
    assert!(
        after.page.shows("Wat moet nog"),
        "what is left stays on the list"
    );
    assert!(
        !after.page.shows("Ga verder met uw eerste dag"),
        "{}",
        after.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_the_list_goes_when_it_is_done_or_set_aside_and_only_administrators_have_one() {
    let app = TestApp::open().await;
    let mut amira = Browser::sign_in(&app, HOST, AMIRA).await;
    let api = app.signed_in(HOST, AMIRA).await;
    for step in Step::ALL.iter().filter(|step| **step != Step::People) {
        amira.go("/beheer").await;
        assert!(amira.page.shows("Wat moet nog"), "{step}");
        let fields = [("state", "dismissed"), ("_terug", "/beheer")];
        amira
            .submit(&format!("{FIRST_DAY}/stappen/{step}"), &fields)
            .await;
        assert!(amira.path.starts_with("/beheer?"), "{}", amira.path);
        assert_eq!(state(&api, *step).await, "dismissed");
    }
    amira.go("/beheer").await;
    assert!(!amira.page.shows("Wat moet nog"), "{}", amira.page.text);
    let request = api.request("PUT", "/api/v1/first-day/steps/style");
    let again = api.send(request.json(&json!({ "state": "open" }))).await;
    assert_eq!(again.status, 200, "{}", again.text);
    for (name, sent, status) in [
        ("style", "done", 400),
        ("style", "", 400),
        ("style", "ooit", 400),
        ("nergens", "later", 404),
    ] {
        let request = api.request("PUT", &format!("/api/v1/first-day/steps/{name}"));
        let refused = api.send(request.json(&json!({ "state": sent }))).await;
        assert_eq!(refused.status, status, "{name} {sent}: {}", refused.text);
    }
    let mut clerk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    clerk.go("/beheer").await;
    assert!(!clerk.page.shows("Wat moet nog"));
    clerk.go(FIRST_DAY).await;
    assert_eq!(clerk.page.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bundle_that_waits_is_where_the_step_leads() {
    let app = preparing().await;
    let bundle = serde_json::from_str(domain::bundles::KLANTENSERVICE).unwrap();
    let offered = crate::bundles::offered(&app, bundle).await;
    let all = app.signed_in(HOST, "all@waterdam.example").await;
    let waits = crate::bundles::prepared(&all, &offered, json!({})).await;
    assert_eq!(waits.status, 201, "{}", waits.text);
    let id = waits.json["id"].as_str().unwrap();
    let mut amira = Browser::sign_in(&app, HOST, AMIRA).await;
    amira.go(FIRST_DAY).await;
    assert!(
        amira
            .page
            .shows(&format!("href=\"/beheer/overgenomen/{id}\"")),
        "{}",
        amira.page.text
    );
    // Who prepared it does not activate it.
    let api = app.signed_in(HOST, AMIRA).await;
    let activated = api
        .post(
            &format!("/api/v1/bundle-adoptions/{id}/_activate"),
            &json!({}),
        )
        .await;
    assert_eq!(activated.status, 200, "{}", activated.text);
    for step in [Step::Bundle, Step::Promise, Step::Form] {
        assert_eq!(
            state(&api, step).await,
            "done",
            "{step} came with the bundle"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_message_says_so_everywhere_counts_nowhere_and_mails_its_sender_only() {
    let app = preparing().await;
    let amira = app.signed_in(HOST, AMIRA).await;
    let sent = trial(&amira).await;
    let reference = sent["reference"].as_str().unwrap();
    assert!(reference.starts_with("TEST-"), "{sent}");
    assert!(
        sent["promise"]
            .as_str()
            .unwrap()
            .contains("Wij bellen u uiterlijk"),
        "{sent}"
    );
    let code = sent["receiptCode"].as_str().unwrap();
    let mut browser = Browser::sign_in(&app, HOST, AMIRA).await;
    browser.go(&format!("/melding/{code}")).await;
    assert!(
        browser.page.shows("Dit is een proefbericht"),
        "{}",
        browser.page.text
    );
    assert!(browser.page.shows("Terug naar uw eerste dag"));
    app.run_jobs().await;
    let recipients: Vec<String> = (app.mails.lock().unwrap().iter())
        .map(|mail| mail.recipient.clone())
        .collect();
    assert_eq!(recipients, [AMIRA], "not the address that was typed");
    assert!(app.mails.lock().unwrap()[0].subject.contains(reference));
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let counted = domain::intake::report::of_form(&tx, "klacht-tip-compliment", 10).await;
    assert_eq!(counted.unwrap(), []);
    drop(tx);
    let clerk = app.clerk().await;
    let id = app.case_id(reference).await;
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");
    let clocks = clerk.get(&path("/clocks")).await;
    assert_eq!(clocks.json["items"], json!([]), "{}", clocks.text);
    assert!(!clerk.get(&path("")).await.json["dueAt"].is_null());
    assert_eq!(clerk.post(&path("/_claim"), &json!(null)).await.status, 200);
    let convert = json!({ "kind": "tip", "reason": "Toch een tip." });
    let gift = json!({ "budgetId": app.waterdam.budget, "amountCents": 100, "description": "Kaart", "reason": "Zomaar." });
    let agreement = json!({ "what": "De tegel ligt recht.", "until": "2026-12-01" });
    for (verb, body) in [
        ("/_convert", convert),
        ("/gifts", gift),
        ("/agreements", agreement),
    ] {
        let refused = clerk.post(&path(verb), &body).await;
        assert_eq!(
            refused.json["code"], "trial-message",
            "{verb}: {}",
            refused.text
        );
    }
    let spoken = json!({ "result": "conversation", "note": "Goed gesprek." });
    assert_eq!(
        clerk.post(&path("/contact-moments"), &spoken).await.status,
        201
    );
    let closed = json!({ "outcome": "solvedTogether", "note": "Gelukt." });
    let closed = clerk.post(&path("/_close"), &closed).await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    assert!(
        mails.iter().all(|mail| mail.recipient == AMIRA),
        "{mails:?}"
    );
    assert!(
        !mails.iter().any(|mail| mail.body.contains("/cijfer/")),
        "nobody is asked for a score"
    );
}

/// How many rows each table of Waterdam has.
async fn rows(app: &TestApp, tables: &[&str]) -> Vec<i64> {
    use sea_orm::{ConnectionTrait, Statement};

    let connection = app.store.as_database_owner().await;
    let backend = connection.get_database_backend();
    let mut counts = Vec::new();
    for table in tables {
        let sql = format!("select count(*) as n from {table}");
        let row = connection.query_one_raw(Statement::from_string(backend, sql));
        counts.push(row.await.unwrap().unwrap().try_get("", "n").unwrap());
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn trial_messages_go_in_one_press_with_all_that_hangs_on_them_and_nobody_is_asked_for_another()
 {
    const TABLES: &[&str] = &[
        "case_file",
        "submission",
        "case_event",
        "contact_moment",
        "case_note",
        "case_message",
        "case_search",
        "case_tag",
        "mail",
        "notice",
        "clock",
        "report_value",
    ];
    let app = preparing().await;
    let before = rows(&app, TABLES).await;
    let amira = app.signed_in(HOST, AMIRA).await;
    let sent = trial(&amira).await;
    trial(&amira).await;
    app.run_jobs().await;
    let id = app.case_id(sent["reference"].as_str().unwrap()).await;
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");
    let clerk = app.clerk().await;
    clerk.post(&path("/_claim"), &json!(null)).await;
    for (verb, body) in [
        ("/notes", json!({ "text": "Wegen weet ervan." })),
        ("/messages", json!({ "text": "Wij maken het." })),
        (
            "/contact-moments",
            json!({ "result": "conversation", "note": "Goed gesprek." }),
        ),
    ] {
        let done = clerk.post(&path(verb), &body).await;
        assert_eq!(done.status, 201, "{verb}: {}", done.text);
    }
    let tags = clerk.request("PUT", &path("/tags"));
    let tagged = clerk.send(tags.json(&json!({ "tags": ["weg"] }))).await;
    assert_eq!(tagged.status, 200, "{}", tagged.text);
    assert_eq!(state(&amira, Step::Trial).await, "done");
    let mut browser = Browser::sign_in(&app, HOST, AMIRA).await;
    browser.go(FIRST_DAY).await;
    assert!(
        browser.page.shows(sent["reference"].as_str().unwrap()),
        "{}",
        browser.page.text
    );
    browser
        .submit("/beheer/eerste-dag/proefberichten/weg", &[])
        .await;
    assert!(
        browser.page.shows("De proefberichten zijn verwijderd"),
        "{}",
        browser.page.text
    );
    app.run_jobs().await;
    assert_eq!(rows(&app, TABLES).await, before);
    assert_eq!(clerk.get(&path("")).await.status, 404);
    assert_eq!(
        state(&amira, Step::Trial).await,
        "done",
        "never asked twice"
    );
    let request = amira.request("DELETE", "/api/v1/trial-messages");
    assert_eq!(
        amira.send(request).await.status,
        204,
        "there is nothing left to remove"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_removes_what_was_sent_to_try_the_form_out() {
    let app = preparing().await;
    let amira = app.signed_in(HOST, AMIRA).await;
    trial(&amira).await;
    let opened = amira.post("/api/v1/first-day/_open", &Value::Null).await;
    assert_eq!(
        (opened.status, &opened.json["state"]),
        (200, &json!("active")),
        "{}",
        opened.text
    );
    assert_eq!(rows(&app, &["case_file", "submission"]).await, [0, 0]);
    let amira = app.signed_in(HOST, AMIRA).await;
    let real = amira.post(FORM, &tests::complaint()).await;
    let reference = real.json["reference"].as_str().unwrap();
    assert!(
        !reference.starts_with("TEST"),
        "staff are residents too: {reference}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn amira_fills_in_the_real_form_in_her_browser() {
    let app = preparing().await;
    let mut amira = Browser::sign_in(&app, HOST, AMIRA).await;
    let form = "/formulieren/klacht-tip-compliment";
    amira.go(&format!("{form}/op-een-pagina")).await;
    assert_eq!(amira.page.status, 200, "{}", amira.page.text);
    assert!(
        amira.page.shows("is een proefbericht"),
        "{}",
        amira.page.text
    );
    let fields = [
        ("soort", "compliment"),
        ("kort", "Wat een fijne balie"),
        ("verhaal", "Ik werd goed geholpen."),
        ("reactie", "mailen"),
        ("naam", "Amira"),
        ("email", "iemand.anders@voorbeeld.example"),
    ];
    amira
        .submit(&format!("{form}/op-een-pagina"), &fields)
        .await;
    amira.submit(&format!("{form}/controle"), &[]).await;
    assert!(
        amira.path.starts_with("/melding/"),
        "{}: {}",
        amira.path,
        amira.page.text
    );
    assert!(amira.page.shows("Dit is een proefbericht") && amira.page.shows("TEST-"));
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert_eq!(mails[0].recipient, AMIRA);
}
