//! How long a new calendar takes to move 100,000 open clocks on `PostgreSQL`, and how it slows down the queue's page.
//!
//! `GEHOORD_TEST_POSTGRES=postgres://owner@127.0.0.1:5432 cargo bench -p tests --bench recount`, with a server whose role may make
//! databases and that has a role `gehoord_test_app`. Results are in `tests/load/README.md`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be set up has to fail loudly, and prints"
)]

use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait as _;
use serde_json::json;
use tests::{Caller, TestApp};
use tokio_util::sync::CancellationToken;

const CLOCKS: u32 = 100_000;

/// The 95th percentile of the response times.
fn p95(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    let at = times.len() * 95 / 100;
    times.get(at).copied().unwrap_or_default()
}

async fn ask(clerk: &Caller) -> Duration {
    let begun = Instant::now();
    let reply = clerk.get("/api/v1/cases?limit=25").await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    begun.elapsed()
}

#[tokio::main]
async fn main() {
    let app = TestApp::open().await;
    if !app.store.is_postgres() {
        println!("set GEHOORD_TEST_POSTGRES; on SQLite there is nothing to compare with");
        return;
    }
    app.complaint().await;
    app.run_jobs().await;
    let copies = CLOCKS - 1;
    let tenant = app.waterdam.id;
    let owner = app.store.as_database_owner().await;
    owner
        .execute_unprepared(&format!(
            "set app.tenant = '{tenant}';
             create temporary table copy as select gen_random_uuid() as s, gen_random_uuid() as c, gen_random_uuid() as k, n
               from generate_series(1, {copies}) n;
             insert into submission select (jsonb_populate_record(r, jsonb_build_object('id', s, 'receipt_hash', s))).*
               from copy, (select t as r from submission t limit 1) q;
             insert into case_file select (jsonb_populate_record(r, jsonb_build_object('id', c, 'submission_id', s, 'reference', 'N' || n))).*
               from copy, (select t as r from case_file t limit 1) q;
             insert into clock select (jsonb_populate_record(r, jsonb_build_object('id', k, 'case_id', c))).*
               from copy, (select t as r from clock t where kind = 'callback' limit 1) q;
             analyze;"
        ))
        .await
        .expect("copies");
    let clerk = app.clerk().await;
    let mut idle = Vec::new();
    for _ in 0..200 {
        idle.push(ask(&clerk).await);
    }

    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let mut calendar = admin.get("/api/v1/calendars/current").await.json;
    if let Some(exceptions) = calendar.pointer_mut("/calendar/exceptions") {
        *exceptions = json!({ "2026-11-24": { "reason": "Studiedag" } });
    }
    let definition = calendar.pointer("/calendar").expect("a calendar");
    let begun = Instant::now();
    let preview = admin
        .post(
            "/api/v1/calendars/current/_preview",
            &json!({ "calendar": definition }),
        )
        .await;
    let previewed = begun.elapsed();
    assert_eq!(
        preview.json.get("count"),
        Some(&json!(CLOCKS)),
        "{}",
        preview.text
    );
    let body = json!({ "calendar": definition, "expectedVersion": 1 });
    let change = admin
        .request("PUT", "/api/v1/calendars/current")
        .json(&body);
    assert_eq!(admin.send(change).await.status, 200);

    let done = CancellationToken::new();
    let watch = tokio::spawn({
        let (clerk, done) = (clerk.clone(), done.clone());
        async move {
            let mut busy = Vec::new();
            while !done.is_cancelled() {
                busy.push(ask(&clerk).await);
            }
            busy
        }
    });
    let begun = Instant::now();
    app.run_jobs().await;
    let recounted = begun.elapsed();
    done.cancel();
    let busy = watch.await.expect("the queue answers");
    let asked = busy.len();
    println!("clocks moved                {CLOCKS}");
    println!("preview                     {previewed:.2?}");
    println!("recount                     {recounted:.2?}");
    println!(
        "queue p95, idle             {:.2?} of {}",
        p95(idle.clone()),
        idle.len()
    );
    println!("queue p95, during recount   {:.2?} of {asked}", p95(busy));
}
