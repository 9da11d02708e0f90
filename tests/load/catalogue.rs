//! The catalogue with 10,000 practices on `PostgreSQL`, searched 50 times a second; and how long it takes to activate the bundle of Schagen.
//!
//! `GEHOORD_TEST_POSTGRES=postgres://owner@127.0.0.1:5432 cargo bench -p tests --bench catalogue`, with a server whose role is a superuser and
//! that has a role `gehoord_test_app`. `GEHOORD_LOAD_PRACTICES` and `GEHOORD_LOAD_RATE` make it smaller. Requests leave at a fixed rate,
//! whether or not earlier ones were answered. Results are in `tests/load/README.md`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be set up has to fail loudly, and prints"
)]

use std::time::{Duration, Instant};

use domain::{
    bundles::KLANTENSERVICE,
    practices::{PracticePhase, PracticeType, Province, SizeClass, Theme},
};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tests::{Caller, Reply, TestApp};

/// Practices, unless it is said otherwise.
const PRACTICES: usize = 10_000;
/// Requests a second, unless it is said otherwise.
const RATE: usize = 50;
/// How long each kind of request is sent.
const SECONDS: u32 = 15;

/// What is searched.
const KINDS: [(&str, &[&str]); 4] = [
    (
        "page without words",
        &["/praktijkvoorbeelden", "/praktijkvoorbeelden?page=3"],
    ),
    (
        "page with words",
        &[
            "/praktijkvoorbeelden?q=klacht",
            "/praktijkvoorbeelden?q=lantaarnpaal",
            "/praktijkvoorbeelden?q=bellen+brug",
            "/praktijkvoorbeelden?q=mel",
        ],
    ),
    (
        "page with words and facets",
        &[
            "/praktijkvoorbeelden?q=klacht&province=noordHolland&sort=evidence",
            "/praktijkvoorbeelden?q=tip&theme=complaints,callingBack&evidence=E2,E3",
            "/praktijkvoorbeelden?q=melding&size=to50k&year=2020&sort=active",
        ],
    ),
    (
        "API with words and facets",
        &[
            "/api/v1/practices?q=klacht&theme=complaints&sort=confirmed",
            "/api/v1/practices?q=bushalte&phase=inUse&limit=100",
        ],
    ),
];

const THINGS: [&str; 8] = [
    "lantaarnpaal",
    "stoeptegel",
    "container",
    "speeltuin",
    "brug",
    "bushalte",
    "fietspad",
    "loket",
];

/// The `n`th of a list, over and over, in SQL; `step` keeps lists from going together.
fn nth<T: ToString>(list: &[T], step: usize) -> String {
    let quoted: Vec<String> = list
        .iter()
        .map(|one| format!("'{}'", one.to_string()))
        .collect();
    format!(
        "(array[{}])[1 + (n / {step}) % {}]",
        quoted.join(","),
        list.len()
    )
}

/// A practice that went through both gates.
async fn publish(app: &TestApp) {
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let practice = json!({
        "title": "Bellen", "summary": "Wie een klacht heeft, wordt binnen een werkdag gebeld.", "problem": "Inwoners wachtten.",
        "aim": "Een gesprek.", "approach": "1. Luister.\n2. Bel.", "result": "Het werkt.", "wentWrong": "Op vrijdag was er niemand.",
        "conditions": "Een rooster.", "yearStart": 2025, "phase": "inUse", "practiceType": "method", "themes": ["complaints"],
        "visibility": "everyone"
    });
    let written = editor
        .post("/api/v1/practice-drafts/_write", &practice)
        .await;
    let id = text(&written, "id");
    let path = format!("/api/v1/practice-drafts/{id}");
    editor.post(&format!("{path}/_submit"), &json!({})).await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    admin
        .post(&format!("{path}/_approve"), &json!({ "confirmed": true }))
        .await;
    let operator = app.signed_in("localhost", "operator@gehoord.example").await;
    let all = json!({ "personalData": true, "claims": true, "licence": true, "title": true });
    let done = operator
        .post(&format!("/api/v1/practice-reviews/{id}/_publish"), &all)
        .await;
    assert_eq!(done.status, 200, "{}", done.text);
}

fn text(reply: &Reply, name: &str) -> String {
    let value = reply.json.get(name).and_then(Value::as_str);
    value.expect(&reply.text).to_owned()
}

/// Copies the practice until there are `count`, each with other words, themes and facts.
async fn copy(app: &TestApp, count: usize) {
    let owner = app.store.as_database_owner().await;
    let (thing, other) = (nth(&THINGS, 1), nth(&["klacht", "tip", "compliment"], 2));
    let sql = format!(
        "create temporary table copies as select gen_random_uuid() as id, n from generate_series(2, {count}) n;
         insert into published_practice select (jsonb_populate_record(p, jsonb_build_object(
             'id', c.id, 'slug', 'praktijk-' || n, 'title', {other} || ' over ' || {thing} || ' ' || n, 'province', {province},
             'size_class', {size}, 'practice_type', {kind}, 'phase', {phase}, 'year', 2015 + n % 11, 'evidence_level', 'E' || n % 5,
             'active_count', n % 14))).*
           from copies c, published_practice p where p.title = 'Bellen';
         insert into published_practice_theme (practice, theme, owner)
           select c.id, {theme}, p.owner from copies c, published_practice p where p.title = 'Bellen'
           union select c.id, {second}, p.owner from copies c, published_practice p where p.title = 'Bellen';
         insert into practice_text (practice, owner, number, title, summary, body)
           select c.id, t.owner, n, {other} || ' over ' || {thing}, t.summary, t.body || ' ' || {thing} || ' ' || {other} || ' straat ' || n
           from copies c, practice_text t where t.practice = (select id from published_practice where title = 'Bellen');
         drop table copies;",
        province = nth(Province::ALL, 3),
        size = nth(SizeClass::ALL, 5),
        kind = nth(PracticeType::ALL, 7),
        phase = nth(PracticePhase::ALL, 11),
        theme = nth(Theme::ALL, 1),
        second = nth(Theme::ALL, 13),
    );
    owner.execute_unprepared(&sql).await.expect("copies");
    owner
        .execute_unprepared("vacuum (analyze)")
        .await
        .expect("statistics");
}

/// Sends requests at a fixed rate; the sorted times, each from when the request was due.
async fn at_rate(reader: &Caller, paths: &[&'static str], rate: u32) -> Vec<Duration> {
    let begun = Instant::now();
    let mut sent = Vec::new();
    for (number, path) in (0..rate * SECONDS).zip(paths.iter().cycle()) {
        let due = begun + Duration::from_secs(1) * number / rate;
        tokio::time::sleep_until(due.into()).await;
        let request = reader.request("GET", path);
        sent.push(tokio::spawn(async move {
            let reply = request.send().await.expect("an answer");
            assert_eq!(reply.status(), 200);
            reply.bytes().await.expect("a page");
            due.elapsed()
        }));
    }
    let mut times = Vec::new();
    for one in sent {
        times.push(one.await.expect("a task"));
    }
    times.sort_unstable();
    times
}

fn percentile(times: &[Duration], share: usize) -> f64 {
    let at = (times.len() * share / 100).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or_default().as_secs_f64() * 1_000.0
}

/// Heuvelrode prepares the bundle of Schagen, and a colleague activates it: how long the second takes.
async fn activate(app: &TestApp) -> Duration {
    let publisher = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let document: domain::bundles::Bundle = serde_json::from_str(KLANTENSERVICE).expect("a bundle");
    let sealed = document
        .sealed()
        .and_then(|bundle| bundle.document())
        .expect("a document");
    let request = publisher.request("POST", "/api/v1/bundles");
    let item = publisher
        .send(
            request
                .header("content-type", "application/json")
                .body(sealed),
        )
        .await;
    let id = text(&item, "id");
    let operator = app.signed_in("localhost", "operator@gehoord.example").await;
    operator
        .post(&format!("/api/v1/submitted-bundles/{id}/_sign"), &json!({}))
        .await;
    let boss = app
        .signed_in("heuvelrode.localhost", "tenantadmin@heuvelrode.example")
        .await;
    let answers = json!({
        "afzendernaam": "Klantenservice Heuvelrode", "telefoonnummer": "14 0456", "team": "Team Bellen", "attentiebudget": 250_000
    });
    let adoption = boss
        .post(
            "/api/v1/bundle-adoptions",
            &json!({ "bundle": id, "answers": answers }),
        )
        .await;
    let path = format!(
        "/api/v1/bundle-adoptions/{}/_activate",
        text(&adoption, "id")
    );
    let holder = app
        .signed_in("heuvelrode.localhost", "budgetholder@heuvelrode.example")
        .await;
    let begun = Instant::now();
    let done = holder.post(&path, &json!({})).await;
    assert_eq!(done.status, 200, "{}", done.text);
    begun.elapsed()
}

/// A number of the environment.
fn number(name: &str, usual: usize) -> usize {
    let set = std::env::var(name).ok();
    set.and_then(|number| number.parse().ok()).unwrap_or(usual)
}

#[tokio::main]
async fn main() {
    let (practices, rate) = (
        number("GEHOORD_LOAD_PRACTICES", PRACTICES),
        number("GEHOORD_LOAD_RATE", RATE),
    );
    let app = TestApp::open().await;
    if !app.store.is_postgres() {
        println!("set GEHOORD_TEST_POSTGRES; on SQLite there is nothing to compare with");
        return;
    }
    publish(&app).await;
    copy(&app, practices).await;
    let reader = app.anonymous("localhost");
    let all = reader.get("/api/v1/practices?q=klacht").await;
    let found = all.json.get("total").and_then(Value::as_u64);
    println!(
        "{practices} practices, {} with the word klacht",
        found.unwrap_or_default()
    );
    let rate = u32::try_from(rate).expect("a rate");
    for (kind, paths) in KINDS {
        let times = at_rate(&reader, paths, rate).await;
        println!(
            "{kind:<28} p50 {:>6.1} ms  p95 {:>6.1} ms  p99 {:>6.1} ms",
            percentile(&times, 50),
            percentile(&times, 95),
            percentile(&times, 99)
        );
    }
    println!("activating the bundle        {:.0?}", activate(&app).await);
}
