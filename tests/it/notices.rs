//! What leads to a notice, how many wait, and when no mail is wanted about them.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

use crate::calls::complaint;

const HOST: &str = "waterdam.localhost";

/// Kinds and references of somebody's notices, newest first, and how many were not read.
async fn notices(reader: &Caller) -> (Vec<(String, String)>, u64) {
    let list = reader.get("/api/v1/notices").await;
    assert_eq!(list.status, 200, "{}", list.text);
    let text = |notice: &Value, field: &str| notice[field].as_str().unwrap().to_owned();
    let items = list.json["items"].as_array().unwrap().iter();
    let told = items.map(|notice| (text(notice, "kind"), text(notice, "label")));
    (told.collect(), list.json["unread"].as_u64().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gets_many_cases_at_once_has_a_notice_of_each_in_few_statements() {
    let app = TestApp::open().await;
    let mut cases = Vec::new();
    for _ in 0..3 {
        cases.push(complaint(&app).await.0);
    }
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let clerk = app.clerk().await;
    let me = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await;
    let change = async |ids: &[String]| {
        let cases: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
        let body = json!({ "change": "assign", "value": me, "cases": cases, "dryRun": true });
        let dry = lead.post("/api/v1/cases/_change", &body).await;
        let shown = (dry.json["items"].as_array().unwrap().iter())
            .map(|item| json!({ "id": item["id"], "version": item["version"] }));
        let body = json!({ "change": "assign", "value": me, "cases": shown.collect::<Vec<_>>() });
        let (statements, done) = app
            .statements(lead.post("/api/v1/cases/_change", &body))
            .await;
        assert_eq!(done.status, 200, "{}", done.text);
        statements
    };
    let one = change(&cases[..1]).await;
    let two = change(&cases[1..]).await;
    assert!(two <= one + 1, "{one} for one, {two} for two");
    let (told, unread) = notices(&clerk).await;
    assert_eq!((told.len(), unread), (3, 3));
    assert!(told.iter().all(|(kind, _)| kind == "assigned"));
    let mut desk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    desk.go("/balie").await;
    assert!(
        desk.page.text.contains("3 nieuwe berichten"),
        "{}",
        desk.page.text
    );
    desk.go("/berichten").await;
    desk.submit("/berichten/gelezen", &[]).await;
    assert!(!desk.page.text.contains("nieuwe berichten</span>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_is_named_in_a_note_hears_of_it_unless_the_case_is_about_them() {
    let app = TestApp::open().await;
    let (case, reference) = complaint(&app).await;
    let path = format!("/api/v1/cases/{case}/notes");
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let colleague = app.signed_in(HOST, "colleague@waterdam.example").await;
    let clerk = app.clerk().await;
    let note = json!({ "text": "@lead en @colleague, kijken jullie? @clerk doet mee. a@auditor" });
    assert_eq!(clerk.post(&path, &note).await.status, 201);
    let mentioned = vec![("mentioned".to_owned(), reference)];
    assert_eq!(notices(&lead).await.0, mentioned);
    assert_eq!(notices(&colleague).await.0, mentioned);
    assert_eq!(notices(&clerk).await.0, []);
    let (about, _) = complaint(&app).await;
    let id = app.staff_id(app.waterdam.id, "colleague@waterdam.example");
    let subject = json!({ "subject": format!("staff:{}", id.await) });
    lead.post(&format!("/api/v1/cases/{about}/subjects"), &subject)
        .await;
    let path = format!("/api/v1/cases/{about}/notes");
    assert_eq!(clerk.post(&path, &note).await.status, 201);
    assert_eq!(notices(&colleague).await.0, mentioned, "nothing new");
    assert_eq!(notices(&lead).await.0.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_works_on_a_case_hears_that_its_promise_is_near_once_and_without_a_mail_of_it() {
    let app = TestApp::open().await;
    let (case, reference) = complaint(&app).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &Value::Null)
        .await;
    // Tuesday 15:30: two hours of opening time are left at 15:00.
    app.clock
        .advance(TimeDelta::days(1) + TimeDelta::minutes(330));
    for _ in 0..2 {
        domain::maintenance::raise_alerts(&app.db).await.unwrap();
    }
    let near = vec![("promiseNear".to_owned(), reference)];
    assert_eq!(notices(&app.clerk().await).await, (near, 1));
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    assert!(mails.iter().all(|mail| !mail.body.contains("/berichten")));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_quiet_hours_no_mail_about_notices_leaves() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let choose = async |body: Value| {
        let request = clerk.request("PUT", "/api/v1/notice-choices");
        clerk.send(request.json(&body)).await
    };
    let odd = choose(json!({ "quietFrom": "25:00", "quietUntil": "09:00" })).await;
    assert_eq!(odd.json["errors"][0]["field"], "quietFrom", "{}", odd.text);
    let body =
        json!({ "ways": { "mentioned": "atOnce" }, "quietFrom": "10:00", "quietUntil": "14:00" });
    let kept = choose(body).await;
    assert_eq!(
        (&kept.json["quietFrom"], &kept.json["quietUntil"]),
        (&json!("10:00"), &json!("14:00")),
        "{}",
        kept.text
    );
    let kept = choose(json!({ "ways": {} })).await;
    assert_eq!(kept.json["quietFrom"], "10:00", "what is left out stays");
    // It is Monday ten o'clock.
    let (case, _) = complaint(&app).await;
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let note = json!({ "text": "@clerk kijk eens" });
    let note = lead
        .post(&format!("/api/v1/cases/{case}/notes"), &note)
        .await;
    assert_eq!(note.status, 201);
    let digests = || {
        let mails = app.mails.lock().unwrap();
        mails
            .iter()
            .filter(|mail| mail.body.contains("/berichten"))
            .count()
    };
    app.clock.advance(TimeDelta::minutes(30));
    app.run_jobs().await;
    assert_eq!(digests(), 0);
    app.clock.advance(TimeDelta::hours(4));
    app.run_jobs().await;
    assert_eq!(digests(), 1);
    let mut desk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    desk.go("/berichten").await;
    assert!(desk.page.text.contains("value=\"14:00\""));
    let fields = [("quietFrom", ""), ("quietUntil", "")];
    desk.submit("/berichten/keuzes", &fields).await;
    assert!(!desk.page.text.contains("value=\"14:00\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_of_gifts_are_without_those_about_the_reader() {
    let app = TestApp::open().await;
    let (case, _) = complaint(&app).await;
    let clerk = app.clerk().await;
    let gift = json!({ "budgetId": app.waterdam.budget, "amountCents": 100, "description": "Kaart", "reason": "Zomaar." });
    let given = clerk
        .post(&format!("/api/v1/cases/{case}/gifts"), &gift)
        .await;
    assert_eq!(given.status, 201, "{}", given.text);
    let all = app.signed_in(HOST, "all@waterdam.example").await;
    let count = async || {
        let totals = all.get("/api/v1/gift-totals?year=2026").await;
        totals.json["count"].as_i64().unwrap()
    };
    assert_eq!(count().await, 1);
    let id = app.staff_id(app.waterdam.id, "all@waterdam.example").await;
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let subject = json!({ "subject": format!("staff:{id}") });
    lead.post(&format!("/api/v1/cases/{case}/subjects"), &subject)
        .await;
    assert_eq!(count().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_came_in_is_saved_byte_for_byte_by_who_places_it_only() {
    let app = TestApp::open().await;
    let raw = b"From: a@b.example\r\nX-Odd: <script>\r\n\r\nDag.".to_vec();
    let source = domain::inbound::InboundSource::Gateway;
    let store = app.app.file_store();
    let mail = domain::inbound::accept(&app.db, store, app.waterdam.id, source, raw.clone());
    let mail = mail.await.unwrap().id;
    let path = format!("/api/v1/inbound-mails/{mail}/source");
    let clerk = app.clerk().await;
    let got = clerk.get(&path).await;
    assert_eq!(got.text.as_bytes(), raw);
    assert_eq!(got.header("content-type"), "message/rfc822");
    assert!(
        got.header("content-disposition").starts_with("attachment"),
        "{:?}",
        got.headers
    );
    assert_eq!(got.header("x-content-type-options"), "nosniff");
    let auditor = app.signed_in(HOST, "auditor@waterdam.example").await;
    assert_eq!(auditor.get(&path).await.status, 403);
    let mut desk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    app.run_jobs().await;
    desk.go(&format!("/balie/postvak/{mail}")).await;
    let link = format!("/balie/postvak/{mail}/bron");
    assert!(desk.page.text.contains(&link), "{}", desk.page.text);
    desk.go(&link).await;
    assert_eq!(desk.page.text.as_bytes(), raw);
}
