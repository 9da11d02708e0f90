//! Bundles: what one municipality shares, another compares, prepares and activates with a colleague, updates and takes back.

use domain::bundles::{Bundle, ChangeKind, ChangeLine, KLANTENSERVICE};
use serde_json::{Value, json};
use tests::{Browser, Caller, Reply, TestApp};

pub const HERE: &str = "heuvelrode.localhost";

pub fn shipped() -> Bundle {
    serde_json::from_str(KLANTENSERVICE).unwrap()
}

fn document(bundle: Bundle) -> String {
    bundle.sealed().unwrap().document().unwrap()
}

pub async fn publisher(app: &TestApp) -> Caller {
    app.signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await
}

async fn hand_in(caller: &Caller, document: String) -> Reply {
    hand_in_for(caller, document, "").await
}

async fn hand_in_for(caller: &Caller, document: String, query: &str) -> Reply {
    let request = caller
        .request("POST", &format!("/api/v1/bundles{query}"))
        .header("content-type", "application/json")
        .body(document);
    caller.send(request).await
}

/// Waterdam hands a bundle in and the exchange signs it: its id.
pub async fn offered(app: &TestApp, bundle: Bundle) -> String {
    offered_for(app, bundle, "").await
}

/// The same, with the query that names the practice behind it.
pub async fn offered_for(app: &TestApp, bundle: Bundle, query: &str) -> String {
    let item = hand_in_for(&publisher(app).await, document(bundle), query).await;
    assert_eq!(item.status, 201, "{}", item.text);
    let id = item.json["id"].as_str().unwrap().to_owned();
    let editor = app.signed_in("localhost", "operator@gehoord.example").await;
    let signed = editor
        .post(&format!("/api/v1/submitted-bundles/{id}/_sign"), &json!({}))
        .await;
    assert_eq!(signed.status, 200, "{}", signed.text);
    assert_eq!(signed.json["status"], "published");
    id
}

pub fn answers() -> Value {
    json!({
        "afzendernaam": "Klantenservice Heuvelrode",
        "telefoonnummer": "14 0456",
        "team": "Team Bellen",
        "attentiebudget": 250_000,
    })
}

/// A bundle that was prepared by whoever asks.
pub async fn prepared(caller: &Caller, bundle: &str, more: Value) -> Reply {
    let mut request = json!({ "bundle": bundle, "answers": answers() });
    for (key, value) in more.as_object().unwrap() {
        request[key] = value.clone();
    }
    caller.post("/api/v1/bundle-adoptions", &request).await
}

pub async fn here(app: &TestApp, role: &str) -> Caller {
    app.signed_in(HERE, &format!("{role}@heuvelrode.example"))
        .await
}

pub async fn verb(caller: &Caller, id: &str, verb: &str) -> Reply {
    caller
        .post(
            &format!("/api/v1/bundle-adoptions/{id}/_{verb}"),
            &json!({}),
        )
        .await
}

/// Version 1.1.0: the form explains more, and the work instruction has a step more.
pub fn next_version() -> Bundle {
    let mut bundle = shipped();
    bundle.manifest.version = "1.1.0".parse().unwrap();
    let change = |part: &str, line: &str| ChangeLine {
        kind: ChangeKind::Changed,
        part: Some(part.to_owned()),
        line: line.to_owned(),
        weight: None,
    };
    bundle.manifest.changes = vec![
        change(
            "formulier",
            "Het formulier legt uit hoe lang uw verhaal mag zijn.",
        ),
        change(
            "terugbellen",
            "De werkinstructie heeft een stap meer: bedanken.",
        ),
    ];
    let form = bundle.parts.get_mut("formulier").unwrap();
    form["texts"]["nl"]["kort.hint"] = json!("Eén zin is genoeg.");
    let steps = bundle.parts.get_mut("terugbellen").unwrap();
    let steps = steps["steps"].as_array_mut().unwrap();
    steps.push(json!({ "id": "bedanken", "who": "Medewerker klantenservice", "what": "Bedank de inwoner.", "why": "", "example": "" }));
    bundle
}

async fn live_hint(app: &TestApp) -> Value {
    let form = app
        .anonymous(HERE)
        .get("/api/v1/forms/klacht-tip-compliment")
        .await;
    form.json["definition"]["texts"]["nl"]["kort.hint"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn heuvelrode_adopts_the_practice_of_schagen_updates_it_and_takes_the_update_back() {
    let app = TestApp::open().await;
    let first = offered(&app, shipped()).await;
    let mut admin = Browser::sign_in(&app, HERE, "tenantadmin@heuvelrode.example").await;
    admin.go("/beheer/bundels").await;
    assert!(
        admin.page.text.contains("Klantenservice die belt"),
        "{}",
        admin.page.text
    );
    let path = format!("/beheer/bundels/{first}");
    admin.go(&path).await;
    for told in [
        "Werkinstructie terugbellen",
        "Welk team belt terug?",
        "Hoort er altijd bij",
    ] {
        assert!(
            admin.page.text.contains(told),
            "{told}: {}",
            admin.page.text
        );
    }
    let fill = format!("{path}/overnemen");
    admin.go(&fill).await;
    admin
        .submit(&fill, &[("answers.afzendernaam", "Klantenservice")])
        .await;
    assert_eq!(admin.page.status, 400);
    assert!(
        admin.page.text.contains("Op welk nummer"),
        "{}",
        admin.page.text
    );
    let filled = [
        ("answers.afzendernaam", "Klantenservice Heuvelrode"),
        ("answers.telefoonnummer", "14 0456"),
        ("answers.team", "Team Bellen"),
        ("answers.attentiebudget", "2.500,00"),
    ];
    admin.submit(&fill, &filled).await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    for told in [
        "Vergelijk met wat u nu hebt",
        "Anders",
        "Nieuw",
        "Het team Team Bellen is er nog niet",
    ] {
        assert!(
            admin.page.text.contains(told),
            "{told}: {}",
            admin.page.text
        );
    }
    let mut chosen = filled.to_vec();
    chosen.push(("deel.websitetekst", "laat"));
    admin.submit(&format!("{path}/klaarzetten"), &chosen).await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    assert!(
        admin
            .page
            .text
            .contains("Een andere collega neemt dit in gebruik"),
        "{}",
        admin.page.text
    );
    let boss = here(&app, "tenantadmin").await;
    let list = boss.get("/api/v1/bundle-adoptions").await;
    let adoption = list.json["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(list.json["items"][0]["status"], "prepared");

    // A case that runs when it is activated.
    let before = tests::complaint();
    let resident = app.anonymous(HERE);
    let send = "/api/v1/forms/klacht-tip-compliment/submissions";
    let running = resident.post(send, &before).await;
    assert_eq!(running.status, 201, "{}", running.text);

    let own = verb(&boss, &adoption, "activate").await;
    assert_eq!(
        (own.status, &own.json["code"]),
        (409, &json!("approver-took-part"))
    );
    let mut holder = Browser::sign_in(&app, HERE, "budgetholder@heuvelrode.example").await;
    let page = format!("/beheer/overgenomen/{adoption}");
    holder.go(&page).await;
    holder.submit(&format!("{page}/activeren"), &[]).await;
    assert!(
        holder.page.text.contains("De bundel is in gebruik."),
        "{}",
        holder.page.text
    );
    for told in ["Uiterlijk vrijdag bel ik u", "14 0456", "Bereikt?"] {
        assert!(
            holder.page.text.contains(told),
            "{told}: {}",
            holder.page.text
        );
    }
    assert!(
        !holder.page.text.contains("Vertel het ons."),
        "it was left out"
    );

    // The adopted form, promise, team and rules hold.
    app.clock.advance(chrono::TimeDelta::seconds(10));
    let form = resident.get("/api/v1/forms/klacht-tip-compliment").await;
    assert!(
        form.text.contains("Mogen wij u bellen over uw bericht?"),
        "{}",
        form.text
    );
    let receipt = resident.post(send, &tests::complaint()).await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    assert_eq!(receipt.json["dueAt"], "2026-11-24T16:00:00Z");
    let rules = boss.get("/api/v1/service-rules").await;
    assert_eq!(
        rules.json["items"][0]["terms"]["tries"], 3,
        "{}",
        rules.text
    );
    let gifts = here(&app, "budgetholder")
        .await
        .get("/api/v1/gift-rules")
        .await;
    assert!(gifts.text.contains("5000"), "{}", gifts.text);
    let teams = boss.get("/api/v1/teams").await;
    assert_eq!(teams.json["items"][0]["name"], "Team Bellen");

    // The publisher releases 1.1.0.
    let hint = live_hint(&app).await;
    let second = offered(&app, next_version()).await;
    admin.go("/beheer/bundels").await;
    assert!(
        admin
            .page
            .text
            .contains("De werkinstructie heeft een stap meer: bedanken."),
        "{}",
        admin.page.text
    );
    assert!(admin.page.text.contains("Van versie 1.0.0 naar 1.1.0"));
    let fill = format!("/beheer/bundels/{second}/overnemen");
    admin.go(&fill).await;
    assert!(
        admin.page.text.contains("Klantenservice Heuvelrode"),
        "what was filled in is kept: {}",
        admin.page.text
    );
    admin.submit(&fill, &filled).await;
    assert!(
        admin.page.text.contains("Bedank de inwoner."),
        "{}",
        admin.page.text
    );
    admin
        .submit(&format!("/beheer/bundels/{second}/klaarzetten"), &filled)
        .await;
    let list = boss.get("/api/v1/bundle-adoptions").await;
    let update = list.json["items"][0]["id"].as_str().unwrap().to_owned();
    let colleague = here(&app, "formeditor").await;
    let done = verb(&colleague, &update, "activate").await;
    assert_eq!(
        (done.status, &done.json["version"]),
        (200, &json!("1.1.0")),
        "{}",
        done.text
    );
    app.clock.advance(chrono::TimeDelta::seconds(10));
    assert_eq!(live_hint(&app).await, "Eén zin is genoeg.");
    assert_eq!(
        boss.get("/api/v1/bundle-updates").await.json["items"],
        json!([])
    );

    let back = verb(&boss, &update, "rollback").await;
    assert_eq!(
        (back.status, &back.json["status"]),
        (200, &json!("rolledBack")),
        "{}",
        back.text
    );
    app.clock.advance(chrono::TimeDelta::seconds(10));
    assert_eq!(live_hint(&app).await, hint);
    let list = boss.get("/api/v1/bundle-adoptions").await;
    let states: Vec<&Value> = list.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["status"])
        .collect();
    assert_eq!(states, ["rolledBack", "active"]);
    let again = verb(&boss, &update, "rollback").await;
    assert_eq!(again.status, 409, "{}", again.text);
    // And all of it: what was before Heuvelrode adopted anything.
    let back = verb(&boss, &adoption, "rollback").await;
    assert_eq!(back.status, 200, "{}", back.text);
    app.clock.advance(chrono::TimeDelta::seconds(10));
    let form = resident.get("/api/v1/forms/klacht-tip-compliment").await;
    assert!(!form.text.contains("Mogen wij u bellen over uw bericht?"));
    let teams = boss.get("/api/v1/case-categories").await;
    assert_eq!(teams.json["items"][0]["active"], false, "{}", teams.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_named_with_its_place_and_nothing_is_kept() {
    let app = TestApp::open().await;
    let caller = publisher(&app).await;
    let mut named = shipped();
    *named.parts.get_mut("websitetekst").unwrap() =
        json!({ "blocks": [{ "id": "a", "text": "Vraag mevrouw Terpstra." }] });
    let mut newer = serde_json::to_value(shipped()).unwrap();
    newer["manifest"]["format"] = json!(2);
    let mut broken = serde_json::to_value(shipped()).unwrap();
    broken["parts"]["belofte"]["rule"]["days"] = json!(2);
    for (document, place, code) in [
        (
            document(named),
            "/parts/websitetekst/blocks/0/text",
            "bundle_person",
        ),
        (newer.to_string(), "/manifest/format", "bundle_format"),
        (
            broken.to_string(),
            "/manifest/parts/1/sha256",
            "bundle_hash",
        ),
        ("{".to_owned(), "/", "bundle_not_json"),
        (
            document(shipped()).replacen("\"licence\":", "\"licence\":\"MIT\",\"licence\":", 1),
            "/manifest/licence",
            "bundle_twice",
        ),
        (" ".repeat(1_000_001), "/", "bundle_too_large"),
    ] {
        let refused = hand_in(&caller, document).await;
        let error = &refused.json["errors"][0];
        assert_eq!(
            (refused.status, &error["field"], &error["code"]),
            (400, &json!(place), &json!(code)),
            "{}",
            refused.text
        );
        assert!(!refused.text.contains("Terpstra"));
    }
    assert_eq!(
        caller.get("/api/v1/own-bundles").await.json["items"],
        json!([])
    );
    let first = hand_in(&caller, document(shipped())).await;
    assert_eq!(first.status, 201);
    let twice = hand_in(&caller, document(shipped())).await;
    assert_eq!(
        twice.json["errors"][0]["code"], "bundle_version",
        "{}",
        twice.text
    );
    // Nobody adopts what the exchange did not sign.
    let boss = here(&app, "tenantadmin").await;
    let id = first.json["id"].as_str().unwrap();
    let unsigned = prepared(&boss, id, json!({})).await;
    assert_eq!(unsigned.status, 404, "{}", unsigned.text);
    let editor = app.signed_in("localhost", "operator@gehoord.example").await;
    let path = format!("/api/v1/submitted-bundles/{id}/_refuse");
    assert_eq!(editor.post(&path, &json!({})).await.status, 400);
    let refused = editor
        .post(&path, &json!({ "reason": "Leg uit voor wie." }))
        .await;
    assert_eq!(refused.json["status"], "refused", "{}", refused.text);
    let seen = caller.get(&format!("/api/v1/bundles/{id}")).await;
    assert_eq!(seen.json["reason"], "Leg uit voor wie.");
    // Another municipality cannot publish a version of somebody else's bundle.
    let mut again = shipped();
    again.manifest.version = "1.0.1".parse().unwrap();
    offered(&app, again).await;
    let mut stolen = shipped();
    stolen.manifest.version = "9.0.0".parse().unwrap();
    let thief = here(&app, "formeditor").await;
    let item = hand_in(&thief, document(stolen)).await;
    let path = format!(
        "/api/v1/submitted-bundles/{}/_sign",
        item.json["id"].as_str().unwrap()
    );
    let signed = editor.post(&path, &json!({})).await;
    assert_eq!(
        signed.json["errors"][0]["code"], "bundle_not_yours",
        "{}",
        signed.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_activates_may_change_what_it_changes_or_whoever_prepared_it() {
    let app = TestApp::open().await;
    let id = offered(&app, shipped()).await;
    let boss = here(&app, "tenantadmin").await;
    let made = prepared(&boss, &id, json!({})).await;
    let adoption = made.json["id"].as_str().unwrap();
    let editor = here(&app, "formeditor").await;
    let refused = verb(&editor, adoption, "activate").await;
    assert_eq!(
        (refused.status, &refused.json["code"]),
        (409, &json!("bundle-needs-colleague")),
        "{}",
        refused.text
    );
    assert_eq!(verb(&boss, adoption, "discard").await.status, 204);
    let made = prepared(&boss, &id, json!({ "skip": ["attenties"] })).await;
    let done = verb(&editor, made.json["id"].as_str().unwrap(), "activate").await;
    assert_eq!(done.status, 200, "{}", done.text);
    let fixed = prepared(&boss, &id, json!({ "skip": ["belofte"] })).await;
    assert_eq!(
        fixed.json["errors"][0]["code"], "bundle_fixed",
        "{}",
        fixed.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_municipality_makes_a_bundle_of_what_works_there() {
    let app = TestApp::open().await;
    let mut editor =
        Browser::sign_in(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    editor.go("/beheer/bundels/nieuw").await;
    assert!(
        editor.page.text.contains("promise-callback"),
        "{}",
        editor.page.text
    );
    let look = "/beheer/bundels/nieuw/bekijk";
    editor.submit(look, &[("title", "")]).await;
    assert_eq!(editor.page.status, 400, "{}", editor.page.text);
    let fields = [
        ("title", "Wij bellen"),
        ("version", "1.0.0"),
        ("publisher", "GM0001"),
        ("parts", "promise-callback"),
        ("parts", "form-klacht-tip-compliment"),
        ("inputs", "promise-callback/rule/days"),
    ];
    editor.submit(look, &fields).await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert!(
        editor.page.text.contains("Dit komt erin"),
        "{}",
        editor.page.text
    );
    editor.submit("/beheer/bundels/nieuw", &fields).await;
    assert!(
        editor.page.text.contains("De bundel is ingestuurd"),
        "{}",
        editor.page.text
    );
    let mut operator = Browser::sign_in(&app, "localhost", "operator@gehoord.example").await;
    operator.go("/beheer/bundels").await;
    assert!(
        operator.page.text.contains("Wij bellen"),
        "{}",
        operator.page.text
    );
    let list = publisher(&app).await.get("/api/v1/own-bundles").await;
    let id = list.json["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/beheer/bundels/{id}");
    operator.go(&path).await;
    operator
        .submit(&format!("{path}/besluit"), &[("besluit", "teken")])
        .await;
    assert!(
        operator.page.text.contains("De beslissing is opgeslagen"),
        "{}",
        operator.page.text
    );
    let boss = here(&app, "tenantadmin").await;
    let request = json!({ "bundle": id, "answers": { "promise_callback_rule_days": 4 } });
    let plan = boss.post("/api/v1/bundle-plans", &request).await;
    assert_eq!(plan.status, 200, "{}", plan.text);
    assert!(plan.text.contains("4 werkdagen"), "{}", plan.text);
    let file = publisher(&app).await.get("/api/v1/configuration").await;
    assert_eq!(file.status, 200);
    let parts = file.json["manifest"]["parts"].as_array().unwrap().len();
    assert!(parts >= 3, "{}", file.text);
    // What the exchange takes down is there no more.
    operator.go(&path).await;
    operator
        .submit(&format!("{path}/besluit"), &[("reason", "Op verzoek")])
        .await;
    assert_eq!(boss.get(&format!("/api/v1/bundles/{id}")).await.status, 404);
}
