//! An idle worker at 10,000 municipalities on `PostgreSQL`: the share of a core that it takes over a minute, beside what a visit to each takes.
//!
//! `GEHOORD_TEST_POSTGRES=postgres://owner@127.0.0.1:5432 cargo bench -p tests --bench idle`. `GEHOORD_LOAD_MUNICIPALITIES` makes it smaller.
//! Results are in `tests/load/README.md`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be set up has to fail loudly, and prints"
)]

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use domain::clocks;
use sea_orm::ConnectionTrait;
use tenants::{Db, TenantId, installation, tenant};
use tests::TestApp;
use tokio_util::sync::CancellationToken;

/// Municipalities, unless it is said otherwise.
const MUNICIPALITIES: usize = 10_000;
/// How long the worker is watched.
const WATCHED: Duration = Duration::from_mins(1);
/// How often the worker looks for warnings.
const WATCH_EVERY: f64 = 30.0;

/// Seconds of a core that this process took so far.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("the kernel tells");
    let fields = stat.rsplit_once(')').expect("the name's end").1;
    // User and system time in hundredths of a second are fields 14 and 15; the state, behind the name, is field 3.
    let ticks: u32 = (fields.split_whitespace().skip(11).take(2))
        .map(|ticks| ticks.parse::<u32>().expect("a number"))
        .sum();
    f64::from(ticks) / 100.0
}

/// Adds municipalities with a clock each that is due in ten years.
async fn fill(app: &TestApp, municipalities: usize) {
    app.complaint().await;
    let owner = app.store.as_database_owner().await;
    let waterdam = app.waterdam.id;
    let sql = format!(
        "set session_replication_role = replica;
         create temporary table copies as select gen_random_uuid() as id, n from generate_series(1, {municipalities}) n;
         insert into tenant select (jsonb_populate_record(t, jsonb_build_object('id', c.id, 'slug', 'gemeente' || c.n))).*
           from copies c, tenant t where t.id = '{waterdam}';
         insert into tenant_host (host, owner, position) select 'gemeente' || c.n || '.localhost', c.id, 0 from copies c;
         insert into clock select (jsonb_populate_record(k, jsonb_build_object('tenant_id', c.id, 'next_alert_at', now() + interval '10 years'))).*
           from copies c, clock k where k.tenant_id = '{waterdam}' limit {municipalities};
         delete from due_work;
         insert into due_work (id, owner, kind, at) select gen_random_uuid(), c.id, 'alerts', now() + interval '10 years' from copies c;
         drop table copies; set session_replication_role = default;"
    );
    owner.execute_unprepared(&sql).await.expect("a copy");
    owner
        .execute_unprepared("vacuum (analyze)")
        .await
        .expect("statistics");
}

/// What the worker did every half minute before it asked once: it looked into each municipality.
async fn visit_each(db: &Db, tenants: &[TenantId]) {
    for tenant in tenants {
        let tx = db.write(*tenant).await.expect("a transaction");
        clocks::detect_alerts(&tx).await.expect("clocks");
        tx.commit().await.expect("a commit");
    }
}

async fn measure() {
    let municipalities = std::env::var("GEHOORD_LOAD_MUNICIPALITIES")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(MUNICIPALITIES);
    let app = TestApp::open().await;
    if !app.store.is_postgres() {
        println!("needs PostgreSQL: set GEHOORD_TEST_POSTGRES");
        return;
    }
    fill(&app, municipalities).await;
    let tx = app.db.platform_read().await.expect("a transaction");
    let tenants: Vec<TenantId> = (tenant::all(&tx).await.expect("tenants").iter())
        .map(|tenant| tenant.id)
        .collect();
    drop(tx);

    let (begun, before) = (Instant::now(), cpu());
    visit_each(&app.db, &tenants).await;
    let taken = cpu() - before;
    println!(
        "a visit to each of {}: {:.1} s, of which {taken:.1} s of a core: {:.1} % every half minute",
        tenants.len(),
        begun.elapsed().as_secs_f64(),
        taken / WATCH_EVERY * 100.0
    );

    let before = cpu();
    domain::maintenance::run_hourly(&app.db)
        .await
        .expect("an hour");
    println!(
        "the nightly visit to each: {:.1} s of a core",
        cpu() - before
    );
    installation::note_full_visit(&app.db)
        .await
        .expect("a note");
    let before = cpu();
    domain::maintenance::run_hourly(&app.db)
        .await
        .expect("an hour");
    println!(
        "an hour with nothing due: {:.2} s of a core",
        cpu() - before
    );

    let stop = CancellationToken::new();
    let worker = tokio::spawn(api::worker::run(Arc::clone(&app.app), stop.clone()));
    tokio::time::sleep(Duration::from_secs(5)).await;
    let before = cpu();
    tokio::time::sleep(WATCHED).await;
    let share = (cpu() - before) / WATCHED.as_secs_f64() * 100.0;
    stop.cancel();
    worker.await.expect("the worker");
    println!("an idle worker: {share:.2} % of a core");

    let caller = app.anonymous("gemeente5000.localhost");
    let begun = Instant::now();
    let home = caller.get("/").await;
    println!(
        "first page of a cold one: {} in {:.1} ms",
        home.status,
        begun.elapsed().as_secs_f64() * 1_000.0
    );
}

fn main() {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(measure());
}
