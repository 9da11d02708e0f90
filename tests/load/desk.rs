//! The desk at 1,000 municipalities and 2 million cases on `PostgreSQL`: the queue, a filtered queue, a search and a case page.
//!
//! `GEHOORD_TEST_POSTGRES=postgres://owner@127.0.0.1:5432 cargo bench -p tests --bench desk`, with a server whose role is a superuser and
//! that has a role `gehoord_test_app`. `GEHOORD_LOAD_MUNICIPALITIES`, `GEHOORD_LOAD_CASES` (of each) and
//! `GEHOORD_LOAD_RATE` make it smaller. Requests leave at a fixed rate, whether or not earlier
//! ones were answered. Results are in `tests/load/README.md`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be set up has to fail loudly, and prints"
)]

use std::{
    process::Command,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

/// Cases of a municipality, unless it is said otherwise.
const CASES: usize = 2_000;
/// Municipalities, unless it is said otherwise.
const MUNICIPALITIES: usize = 1_000;
/// Of a hundred cases, those that are still open.
const OPEN: usize = 15;
/// Requests a second, unless it is said otherwise.
const RATE: usize = 200;
/// How long each kind of request is sent.
const SECONDS: u32 = 15;
/// Tables that hold what the queue, the search and the case page read of a case.
const COPIED: [&str; 7] = [
    "case_file",
    "case_tag",
    "case_event",
    "contact_moment",
    "clock",
    "case_search",
    "case_subject",
];

const THINGS: [&str; 12] = [
    "lantaarnpaal",
    "stoeptegel",
    "container",
    "speeltuin",
    "brug",
    "bushalte",
    "fietspad",
    "prullenbak",
    "boom",
    "riool",
    "parkeerplaats",
    "loket",
];
const STREETS: [&str; 10] = [
    "Dorpsstraat",
    "Kerkweg",
    "Molenlaan",
    "Stationsplein",
    "Havenkade",
    "Lindelaan",
    "Schoolstraat",
    "Wilgenpad",
    "Marktplein",
    "Dijkweg",
];
const NAMES: [&str; 10] = [
    "Truus Bakema",
    "Henk Visser",
    "Fatima Aydin",
    "Joost Kuiper",
    "Marieke Smit",
    "Ali Demir",
    "Greet Mulder",
    "Piet de Wit",
    "Nadia Bos",
    "Kees Jansma",
];

fn pick<'a>(list: &[&'a str], number: usize) -> &'a str {
    list.get(number % list.len()).copied().unwrap_or_default()
}

/// A message that differs from the others.
fn message(number: usize) -> Value {
    let (thing, street, name) = (
        pick(&THINGS, number),
        pick(&STREETS, number / 7),
        pick(&NAMES, number / 3),
    );
    json!({ "answers": {
        "soort": pick(&["klacht", "tip", "compliment"], number / 2),
        "kort": format!("De {thing} aan de {street} nummer {number}"),
        "verhaal": format!("Al weken is er iets met de {thing}. Wij wonen aan de {street} en de buren zeggen het ook."),
        "reactie": pick(&["bellen", "bellen", "geen"], number),
        "naam": format!("{name} {number}"),
        "telefoon": format!("06 {:08}", 10_000_000 + number),
    }})
}

/// Fills Waterdam through the API: most messages are taken up, answered and closed.
async fn fill(app: &TestApp, cases: usize) {
    let resident = app.anonymous("waterdam.localhost");
    let form = "/api/v1/forms/klacht-tip-compliment/submissions";
    for number in 0..cases {
        if number % 20 == 0 {
            app.clock.advance(TimeDelta::hours(9));
        }
        let sent = resident.post(form, &message(number)).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
    }
    let owner = app.store.as_database_owner().await;
    // Closing them one by one would take longer than all that is measured.
    let closed = cases - cases * OPEN / 100;
    owner
        .execute_unprepared(&format!(
            "update case_file set status = 'closed', closed_at = received_at + interval '2 days',
               contacted_at = case when preference = 'none' then null else received_at + interval '5 hours' end,
               outcome = 'solvedTogether', assignee_id = (select id from staff where staff.tenant_id = case_file.tenant_id and email like 'clerk@%')
             where id in (select id from case_file order by received_at limit {closed});
             update clock set stopped_at = started_at + interval '5 hours', outcome = 'kept', next_alert_at = null
             where case_id in (select id from case_file where status = 'closed');"
        ))
        .await
        .expect("closing");
}

async fn columns(owner: &DatabaseConnection, table: &str) -> Vec<String> {
    let sql = format!(
        "select column_name as name from information_schema.columns
         where table_name = '{table}' and is_generated = 'NEVER' order by ordinal_position"
    );
    let rows = owner
        .query_all_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .expect("the catalogue");
    rows.iter()
        .map(|row| row.try_get("", "name").expect("a name"))
        .collect()
}

/// Copies the cases of Waterdam to municipalities `from..until`.
async fn copy(app: &TestApp, from: usize, until: usize) {
    let owner = app.store.as_database_owner().await;
    let waterdam = app.waterdam.id;
    let run = |sql: String| {
        let owner = &owner;
        async move { owner.execute_unprepared(&sql).await.expect("a copy") }
    };
    // Nothing but what is measured is copied, so references to the rest are not checked.
    let mut sql = format!(
        "set session_replication_role = replica;
         create temporary table copies as select gen_random_uuid() as id, n from generate_series({from}, {}) n;
         insert into tenant select (jsonb_populate_record(t, jsonb_build_object('id', c.id, 'slug', 'gemeente' || c.n))).*
           from copies c, tenant t where t.id = '{waterdam}';",
        until - 1
    );
    for table in COPIED {
        let names = columns(&owner, table).await;
        if names.is_empty() {
            continue;
        }
        let rest: Vec<&str> = (names.iter())
            .map(String::as_str)
            .filter(|name| *name != "tenant_id")
            .collect();
        let read: Vec<String> = rest.iter().map(|name| format!("t.{name}")).collect();
        let (rest, read) = (rest.join(", "), read.join(", "));
        sql.push_str(
            &[
                "insert into ",
                table,
                " (tenant_id, ",
                &rest,
                ") select c.id, ",
                &read,
                " from copies c, ",
                table,
                " t where t.tenant_id = '",
                &waterdam.to_string(),
                "';",
            ]
            .concat(),
        );
    }
    sql += "drop table copies; set session_replication_role = default;";
    run(sql).await;
    run("vacuum (analyze)".to_owned()).await;
}

fn percentile(times: &[Duration], share: usize) -> Duration {
    let at = (times.len() * share / 100).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// Sends one request after the other; the sorted times.
async fn alone(clerk: &Clerk, path: &str) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..300 {
        times.push(clerk.get(path).await.expect("an answer"));
    }
    times.sort_unstable();
    times
}

/// Sends requests at a fixed rate; the sorted times of those that were answered, each from when the request was due.
async fn at_rate(clerk: &Clerk, paths: &[String], rate: u32) -> Vec<Duration> {
    let begun = Instant::now();
    let mut sent = Vec::new();
    for number in 0..rate * SECONDS {
        let due = begun + Duration::from_secs(1) * number / rate;
        tokio::time::sleep_until(due.into()).await;
        let path = paths
            .get(usize::try_from(number).unwrap_or_default() % paths.len())
            .cloned()
            .expect("a path");
        let clerk = clerk.clone();
        sent.push(tokio::spawn(async move {
            clerk.get(&path).await.map(|_| due.elapsed())
        }));
    }
    let mut times = Vec::new();
    for one in sent {
        times.extend(one.await.expect("a task"));
    }
    times.sort_unstable();
    times
}

/// Somebody at the desk, in a browser.
#[derive(Clone)]
struct Clerk {
    caller: Caller,
    cookies: String,
}

impl Clerk {
    /// How long it takes until the whole page is here; nothing when a server that has too much to do gives none.
    async fn get(&self, path: &str) -> Option<Duration> {
        let begun = Instant::now();
        let request = self.caller.request("GET", path);
        let reply = request.header("cookie", &self.cookies).send().await.ok()?;
        let is_page = reply.status() == 200;
        reply.bytes().await.ok()?;
        is_page.then(|| begun.elapsed())
    }
}

/// The kinds of requests that are measured.
async fn kinds(app: &TestApp) -> [(&'static str, Vec<String>); 4] {
    let list = app.clerk().await.get("/api/v1/cases?limit=100").await;
    let references: Vec<String> = (list.json.get("items").and_then(Value::as_array).into_iter())
        .flatten()
        .filter_map(|case| case.get("reference").and_then(Value::as_str))
        .map(|reference| format!("/balie/meldingen/{reference}"))
        .collect();
    assert!(!references.is_empty(), "{}", list.text);
    let searches = (0..60)
        .map(|number| match number % 3 {
            0 => format!("/balie?zoek={}", pick(&THINGS, number)),
            1 => format!("/balie?zoek={}", pick(&STREETS, number)),
            _ => format!("/balie?zoek=06+{:08}", 10_000_000 + number),
        })
        .collect();
    [
        ("first queue page", vec!["/balie".to_owned()]),
        (
            "filtered queue page",
            vec![
                "/balie?soort=complaint".to_owned(),
                "/balie?soort=tip".to_owned(),
            ],
        ),
        ("search", searches),
        ("case page", references),
    ]
}

/// What `pgbench` reaches with the query of a queue page on the same rows.
fn pgbench(app: &TestApp) -> String {
    let tenant = app.waterdam.id;
    let file = app.store.folder().join("queue.sql");
    let script = format!(
        "select * from case_file where tenant_id = '{tenant}' and status in ('new', 'inProgress')\n\
         order by case when contacted_at is null and due_at is not null then due_at end asc nulls last, id limit 26;\n"
    );
    std::fs::write(&file, script).expect("a script");
    let run = Command::new("pgbench")
        .args([
            "-n", "-M", "prepared", "-c", "8", "-j", "2", "-T", "10", "-f",
        ])
        .arg(&file)
        .arg(&app.store.owner_url)
        .output();
    match run {
        Ok(output) => String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter(|line| line.starts_with("latency average") || line.starts_with("tps"))
            .collect::<Vec<_>>()
            .join(", "),
        Err(error) => format!("not run: {error}"),
    }
}

/// A number of the environment.
fn number(name: &str, usual: usize) -> usize {
    let set = std::env::var(name).ok();
    set.and_then(|number| number.parse().ok()).unwrap_or(usual)
}

#[tokio::main]
async fn main() {
    let municipalities = number("GEHOORD_LOAD_MUNICIPALITIES", MUNICIPALITIES);
    let cases = number("GEHOORD_LOAD_CASES", CASES);
    let app = TestApp::open().await;
    if !app.store.is_postgres() {
        println!("set GEHOORD_TEST_POSTGRES; on SQLite there is nothing to compare with");
        return;
    }
    let begun = Instant::now();
    fill(&app, cases).await;
    copy(&app, 1, 10).await;
    println!("10 municipalities           {:.0?}", begun.elapsed());
    let caller = app.anonymous("waterdam.localhost");
    let browser = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let clerk = Clerk {
        caller,
        cookies: browser.cookies(),
    };
    let small = percentile(&alone(&clerk, "/balie").await, 50);
    println!(
        "queue, p50 of 300, {:>9} cases   {:.1} ms",
        10 * cases,
        millis(small)
    );
    let begun = Instant::now();
    copy(&app, 10, municipalities).await;
    println!(
        "{municipalities} municipalities         {:.0?}",
        begun.elapsed()
    );
    let large = percentile(&alone(&clerk, "/balie").await, 50);
    println!(
        "queue, p50 of 300, {:>9} cases   {:.1} ms, {:.2} times",
        municipalities * cases,
        millis(large),
        millis(large) / millis(small)
    );
    let rate = u32::try_from(number("GEHOORD_LOAD_RATE", RATE)).expect("a rate");
    for (name, paths) in kinds(&app).await {
        let times = at_rate(&clerk, &paths, rate).await;
        println!(
            "{name:<22} {} of {} requests at {rate}/s answered: p50 {:.1}, p95 {:.1}, p99 {:.1} ms",
            times.len(),
            rate * SECONDS,
            millis(percentile(&times, 50)),
            millis(percentile(&times, 95)),
            millis(percentile(&times, 99))
        );
    }
    println!("pgbench, the queue's query  {}", pgbench(&app));
}
