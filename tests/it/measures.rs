//! What a municipality does differently because of messages: written down, measured, and told to residents.

use chrono::TimeDelta;
use domain::cases::{self, Subject};
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

use crate::{
    bundles::{HERE, here, offered, prepared, shipped, verb},
    case_merge,
    erasure::everything,
    queue::message,
};

const HOST: &str = "waterdam.localhost";
const MEASURES: &str = "/api/v1/measures";
const PUBLIC: &str = "/u-zei-wij-deden";

async fn signed_in(app: &TestApp, role: &str) -> Caller {
    app.signed_in(HOST, &format!("{role}@waterdam.example"))
        .await
}

/// A measure about letters, with more in it.
fn letters(more: &Value) -> Value {
    let mut body = json!({
        "title": "Duidelijke brief",
        "said": "Ik begrijp de brief niet.",
        "change": "Wij schrijven blad 2 opnieuw.",
    });
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    body
}

async fn made(caller: &Caller, more: &Value) -> String {
    let made = caller.post(MEASURES, &letters(more)).await;
    assert_eq!(made.status, 201, "{}", made.text);
    made.json["id"].as_str().unwrap().to_owned()
}

async fn put(caller: &Caller, path: &str, body: &Value) -> tests::Reply {
    caller.send(caller.request("PUT", path).json(body)).await
}

fn references(detail: &Value) -> Vec<&str> {
    let cases = detail["cases"].as_array().unwrap();
    (cases.iter().map(|case| case["reference"].as_str().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_makes_a_measure_from_a_message_and_from_messages_in_the_queue() {
    let app = TestApp::open().await;
    let (_, first) = message(&app, "De brief is onleesbaar", json!({})).await;
    let (second_id, second) = message(&app, "Wat staat er op blad 2", json!({})).await;
    let mut clerk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    let case = format!("/balie/meldingen/{first}");
    clerk.go(&case).await;
    let new = format!("/balie/maatregelen/nieuw?melding={first}");
    assert!(clerk.page.text.contains(&new), "{}", clerk.page.text);
    clerk.go(&new).await;
    assert!(clerk.page.shows(&first));
    let typed = [
        ("title", "Duidelijke brief"),
        ("change", "Wij schrijven blad 2 opnieuw."),
        ("state", "doing"),
        ("plannedOn", "2027-01-15"),
        ("cases", first.as_str()),
    ];
    clerk.submit("/balie/maatregelen", &typed).await;
    assert!(
        clerk.page.shows("De maatregel is opgeslagen"),
        "{}",
        clerk.page.text
    );
    assert!(clerk.page.shows("De brief is onleesbaar"));
    let place = clerk.path.split('?').next().unwrap().to_owned();
    clerk
        .submit(&format!("{place}/melding"), &[("reference", &second)])
        .await;
    assert!(
        clerk.page.shows("Wat staat er op blad 2"),
        "{}",
        clerk.page.text
    );
    clerk.go(&case).await;
    assert!(clerk.page.shows("Duidelijke brief") && clerk.page.shows("Bezig"));
    clerk.go("/balie/maatregelen").await;
    assert!(clerk.page.shows("Duidelijke brief"));
    // Chosen in the queue: nothing is kept before the form is sent.
    clerk.go("/balie").await;
    let chosen = [("kies", second_id.as_str())];
    clerk.submit("/balie/maatregelen/nieuw", &chosen).await;
    assert!(clerk.page.shows(&second), "{}", clerk.page.text);
    let all = app.clerk().await.get(MEASURES).await;
    assert_eq!(all.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_or_came_too_late_is_refused_with_its_field() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    for (more, field, code) in [
        (json!({ "title": "" }), "title", "required"),
        (json!({ "state": "dropped" }), "reason", "required"),
        (json!({ "category": "maan" }), "category", "not_an_option"),
        (
            json!({ "cases": ["ABCD-EFGH"] }),
            "cases",
            "unknown_reference",
        ),
    ] {
        let refused = clerk.post(MEASURES, &letters(&more)).await;
        assert_eq!(refused.status, 400, "{more}: {}", refused.text);
        let error = &refused.json["errors"][0];
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!(field), &json!(code))
        );
    }
    let id = made(&clerk, &json!({})).await;
    let path = format!("{MEASURES}/{id}");
    let change = letters(&json!({ "expectedVersion": 1, "state": "doing" }));
    assert_eq!(put(&clerk, &path, &change).await.json["version"], 2);
    assert_eq!(put(&clerk, &path, &change).await.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_of_the_category_are_counted_before_and_after_it_was_done() {
    let app = TestApp::open().await;
    let admin = signed_in(&app, "tenantadmin").await;
    let category = json!({ "labelNl": "Brieven" });
    let category = admin.post("/api/v1/case-categories", &category).await;
    let key = category.json["key"].as_str().unwrap();
    let clerk = app.clerk().await;
    let about_letters = async || {
        let (case, _) = message(&app, "Weer die brief", json!({})).await;
        let path = format!("/api/v1/cases/{case}/category");
        let set = put(&clerk, &path, &json!({ "category": key })).await;
        assert_eq!(set.status, 200, "{}", set.text);
    };
    about_letters().await;
    about_letters().await;
    app.clock.advance(TimeDelta::days(2));
    let clerk = app.clerk().await;
    let id = made(&clerk, &json!({ "category": key, "state": "done" })).await;
    let path = format!("{MEASURES}/{id}");
    assert_eq!(clerk.get(&path).await.json["effect"], Value::Null);
    app.clock.advance(TimeDelta::days(3));
    let clerk = app.clerk().await;
    let (case, _) = message(&app, "Weer die brief", json!({})).await;
    let set = format!("/api/v1/cases/{case}/category");
    put(&clerk, &set, &json!({ "category": key })).await;
    app.clock.advance(TimeDelta::days(1));
    let clerk = app.clerk().await;
    assert_eq!(
        clerk.get(&path).await.json["effect"],
        json!({ "days": 4, "before": 2, "after": 1 })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_publishes_it_and_residents_who_can_be_mailed_are_told_once() {
    let app = TestApp::open().await;
    let (truus, with_mail) = message(&app, "De brief", json!({})).await;
    let (_, anonymous) = case_merge::message(&app, "klacht", "geen").await;
    let lead = signed_in(&app, "lead").await;
    let id = made(&lead, &json!({ "cases": [with_mail, anonymous] })).await;
    let resident = app.anonymous(HOST);
    assert!(!resident.get("/").await.text.contains(PUBLIC));
    let path = format!("{MEASURES}/{id}");
    let preview = lead.get(&format!("{path}/publication")).await;
    let cases = preview.json["cases"].as_array().unwrap();
    let can_be_told = |reference: &str| {
        let case = cases.iter().find(|case| case["reference"] == reference);
        case.unwrap()["canBeTold"] == json!(true)
    };
    assert!(can_be_told(&with_mail) && !can_be_told(&anonymous));
    app.run_jobs().await;
    app.mails.lock().unwrap().clear();
    let mut desk = Browser::sign_in(&app, HOST, "lead@waterdam.example").await;
    let page = format!("/balie/maatregelen/{id}/publiceren");
    desk.go(&page).await;
    assert!(
        desk.page.shows("kan niet gemaild worden"),
        "{}",
        desk.page.text
    );
    let typed = [("expectedVersion", "1"), ("tell", truus.as_str())];
    desk.submit(&page, &typed).await;
    assert!(
        desk.page.shows("op de pagina voor inwoners"),
        "{}",
        desk.page.text
    );
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].body.contains(PUBLIC) && mails[0].subject.contains(&with_mail));
    assert!(!mails[0].body.contains("brief niet"));
    let shown = resident.get(PUBLIC).await;
    assert!(shown.shows("Ik begrijp de brief niet."), "{}", shown.text);
    assert!(resident.get("/").await.text.contains(PUBLIC));
    // Who was told is not told again, and what changes later waits.
    let again = json!({ "expectedVersion": 1, "tell": [truus] });
    let again = lead.post(&format!("{path}/_publish"), &again).await;
    assert_eq!(again.json["errors"][0]["field"], "tell", "{}", again.text);
    let change = letters(&json!({ "expectedVersion": 1, "change": "Wij bellen." }));
    put(&lead, &path, &change).await;
    assert_eq!(lead.get(&path).await.json["isOutdated"], true);
    assert!(!resident.get(PUBLIC).await.shows("Wij bellen."));
    let withdrawn = lead.post(&format!("{path}/_withdraw"), &json!({})).await;
    assert_eq!(withdrawn.status, 200, "{}", withdrawn.text);
    assert!(!resident.get("/").await.text.contains(PUBLIC));
    let list = resident.get("/api/v1/published-measures").await;
    assert_eq!(list.json["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_be_about_a_person_is_not_published_before_somebody_looked() {
    let app = TestApp::open().await;
    let admin = signed_in(&app, "tenantadmin").await;
    let words = json!({ "change": "Wij belden Jan de Vries en dat hielp." });
    let id = made(&admin, &words).await;
    let publish = format!("{MEASURES}/{id}/_publish");
    let refused = admin.post(&publish, &json!({ "expectedVersion": 1 })).await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json["errors"][0]["code"], "measure_about_person");
    let preview = admin.get(&format!("{MEASURES}/{id}/publication")).await;
    assert_eq!(preview.json["marks"][0]["field"], "change");
    let confirmed = json!({ "expectedVersion": 1, "confirmed": true });
    assert_eq!(admin.post(&publish, &confirmed).await.status, 200);
    let clerk = app.clerk().await;
    assert_eq!(clerk.post(&publish, &confirmed).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_a_message_is_about_does_not_see_it_at_the_measure() {
    let app = TestApp::open().await;
    let (case, reference) = message(&app, "Over de teamleider", json!({})).await;
    let clerk = app.clerk().await;
    let id = made(&clerk, &json!({ "cases": [reference] })).await;
    let path = format!("{MEASURES}/{id}");
    let seen = clerk.get(&path).await.json;
    assert_eq!(references(&seen), [reference.as_str()]);
    let lead = app.staff_id(app.waterdam.id, "lead@waterdam.example").await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let subject = Subject::Colleague(lead);
    cases::add_subject(&tx, case.parse().unwrap(), None, subject)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let lead = signed_in(&app, "lead").await;
    let seen = lead.get(&path).await;
    assert_eq!(references(&seen.json), Vec::<&str>::new());
    let unlink = json!({ "reference": reference });
    let unlink = lead.post(&format!("{path}/_unlink"), &unlink).await;
    assert_eq!(unlink.status, 400, "{}", unlink.text);
    let of_case = lead.get(&format!("/api/v1/cases/{case}/measures")).await;
    assert_eq!(of_case.status, 404);
    let admin = signed_in(&app, "tenantadmin").await;
    let seen = admin.get(&path).await;
    assert_eq!(
        references(&seen.json),
        Vec::<&str>::new(),
        "reads no messages"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_message_leaves_the_measure_with_its_own_words() {
    let app = TestApp::open().await;
    let (case, reference) = message(&app, "De lift is stuk", json!({})).await;
    let clerk = app.clerk().await;
    let id = made(&clerk, &json!({ "cases": [reference] })).await;
    let path = |verb: &str| format!("/api/v1/cases/{case}/{verb}");
    clerk.post(&path("_claim"), &Value::Null).await;
    let end = json!({ "outcome": "withdrawn", "law": "withdrawn", "lawOn": "2026-11-23", "keptAt": "Dossier" });
    let closed = clerk.post(&path("_close"), &end).await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    for days in [0, 1_827, 0] {
        app.clock.advance(TimeDelta::days(days));
        domain::maintenance::run_hourly(&app.db).await.unwrap();
        app.run_jobs().await;
    }
    let links = everything(&app).await;
    assert!(!links.iter().any(|(table, _)| table == "measure_case"));
    let clerk = app.clerk().await;
    let left = clerk.get(&format!("{MEASURES}/{id}")).await;
    assert_eq!(left.json["change"], "Wij schrijven blad 2 opnieuw.");
    assert_eq!(references(&left.json), Vec::<&str>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn work_instructions_of_an_adopted_bundle_are_shown_at_the_message_and_at_the_call() {
    let app = TestApp::open().await;
    let resident = app.anonymous(HERE);
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let receipt = resident.post(path, &tests::complaint()).await;
    let reference = receipt.json["reference"].as_str().unwrap();
    let mut clerk = Browser::sign_in(&app, HERE, "clerk@heuvelrode.example").await;
    let case = format!("/balie/meldingen/{reference}");
    clerk.go(&case).await;
    assert!(!clerk.page.shows("Werkinstructie terugbellen"));
    let bundle = offered(&app, shipped()).await;
    let made = prepared(&here(&app, "tenantadmin").await, &bundle, json!({})).await;
    let adoption = made.json["id"].as_str().unwrap();
    let done = verb(&here(&app, "budgetholder").await, adoption, "activate").await;
    assert_eq!(done.status, 200, "{}", done.text);
    for page in [case.clone(), format!("{case}/gesprek")] {
        clerk.go(&page).await;
        for part in ["Werkinstructie terugbellen", "versie 1.0.0"] {
            assert!(clerk.page.shows(part), "{page}: {}", clerk.page.text);
        }
    }
    let api = here(&app, "clerk").await;
    let cases = api.get("/api/v1/cases").await;
    let id = cases.json["items"][0]["id"].as_str().unwrap();
    let list = api.get(&format!("/api/v1/cases/{id}/instructions")).await;
    assert_eq!(list.json["items"][0]["version"], "1.0.0", "{}", list.text);
}
