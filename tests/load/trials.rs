//! How long a dry run of a rule and of the routing list takes over 50,000 messages of one month on `PostgreSQL`.
//!
//! `GEHOORD_TEST_POSTGRES=postgres://owner@127.0.0.1:5432 cargo bench -p tests --bench trials`, with a server whose role may make
//! databases and that has a role `gehoord_test_app`. `GEHOORD_LOAD_CASES` makes it smaller. Results are in `tests/load/README.md`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be set up has to fail loudly, and prints"
)]

use std::time::Instant;

use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tests::{Caller, TestApp};

/// Messages, unless it is said otherwise.
const CASES: u32 = 50_000;

/// Copies the first message until there are so many, each with the event that it came in.
async fn copy(app: &TestApp, cases: u32) {
    let (tenant, copies) = (app.waterdam.id, cases - 1);
    let owner = app.store.as_database_owner().await;
    owner
        .execute_unprepared(&format!(
            "set app.tenant = '{tenant}';
             create temporary table copy as select gen_random_uuid() as s, gen_random_uuid() as c, gen_random_uuid() as e, n
               from generate_series(1, {copies}) n;
             insert into submission select (jsonb_populate_record(r, jsonb_build_object('id', s, 'receipt_hash', s))).*
               from copy, (select t as r from submission t limit 1) q;
             insert into case_file select (jsonb_populate_record(r, jsonb_build_object('id', c, 'submission_id', s, 'reference', 'N' || n))).*
               from copy, (select t as r from case_file t limit 1) q;
             insert into case_event select (jsonb_populate_record(r, jsonb_build_object('id', e, 'case_id', c))).*
               from copy, (select t as r from case_event t where kind = 'received' limit 1) q;
             analyze;"
        ))
        .await
        .expect("copies");
}

async fn made(admin: &Caller, path: &str, body: &Value) -> Value {
    let reply = admin.post(path, body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.json.get("id").cloned().expect("an id")
}

/// Prints how long a dry run takes, of five, and sees to it that it looked at everything.
async fn measure(admin: &Caller, what: &str, path: &str, (looked_at, cases): (&str, u32)) {
    let mut times = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        let reply = admin.get(path).await;
        times.push(begun.elapsed());
        assert_eq!(
            reply.json.get(looked_at),
            Some(&json!(cases)),
            "{}",
            reply.text
        );
    }
    times.sort_unstable();
    let median = times.get(2).copied().unwrap_or_default();
    println!("{what:<14} {median:.2?} of {cases} messages (required: 5 s of 50000)");
}

#[tokio::main]
async fn main() {
    let app = TestApp::open().await;
    if !app.store.is_postgres() {
        println!("set GEHOORD_TEST_POSTGRES; on SQLite there is nothing to compare with");
        return;
    }
    let cases = std::env::var("GEHOORD_LOAD_CASES").ok();
    let cases = cases.and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    app.complaint().await;
    app.run_jobs().await;
    copy(&app, cases).await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let clerk = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await;
    let team = json!({ "name": "Team Noord", "members": [clerk] });
    let team = made(&admin, "/api/v1/teams", &team).await;
    // Every condition that has to be read apart: how it came in, what was answered, and the tags.
    let rule = json!({
        "name": "Proef", "event": "accepted",
        "conditions": [
            { "what": "form", "value": "klacht-tip-compliment" },
            { "what": "answer", "question": "soort", "value": "klacht" },
            { "what": "tag", "value": "gladheid" },
        ],
        "actions": [{ "what": "team", "teamId": team }],
    });
    let rule = made(&admin, "/api/v1/rules", &rule).await;
    let path = format!("/api/v1/rules/{}/trial", rule.as_str().unwrap_or_default());
    measure(&admin, "rule", &path, ("lookedAt", cases)).await;
    // No place begins with another one: a rule that is never reached is refused.
    let rules: Vec<Value> = (0..100)
        .map(|number| json!({ "answer": "soort:klacht", "place": format!("Straat {number:03}"), "teamId": team }))
        .collect();
    let list = json!({ "rules": rules, "defaultTeamId": team, "expectedVersion": 0 });
    let list = admin.request("PUT", "/api/v1/routing").json(&list);
    assert_eq!(admin.send(list).await.status, 200);
    let path = "/api/v1/routing-trial";
    measure(&admin, "routing list", path, ("messages", cases)).await;
}
