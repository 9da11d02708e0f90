//! How many gifts a second are given through the API on `PostgreSQL`: from one budget that everybody spends from, and from a thousand;
//! and how long the year statement of 100,000 entries takes. The load comes from the same process.
//!
//! `GEHOORD_TEST_POSTGRES=postgres://owner@127.0.0.1:5432 cargo bench -p tests --bench gifts`, with a server whose role may make
//! databases and that has a role `gehoord_test_app`. Results stand in `tests/load/README.md`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement that cannot be set up has to fail loudly, and prints"
)]

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{
    gift_ledger::{self, BudgetId},
    gifts::{self, NewBudget},
};
use serde_json::json;
use tenants::Role;
use tests::{Caller, TestApp, person};

const CLIENTS: usize = 64;
const SPAN: Duration = Duration::from_secs(10);

/// Every client gives one cent again and again, from budgets in turn; gives back how many were given in a second.
async fn load(name: &str, clients: &[Caller], budgets: &Arc<Vec<BudgetId>>) {
    let given = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let mut running = Vec::new();
    for (number, client) in clients.iter().enumerate() {
        let (client, budgets, given) = (client.clone(), Arc::clone(budgets), Arc::clone(&given));
        running.push(tokio::spawn(async move {
            let mut times = Vec::new();
            let mut turn = number * 37;
            while begun.elapsed() < SPAN {
                let budget = budgets.get(turn % budgets.len()).expect("a budget");
                turn += 1;
                let body = json!({ "budgetId": budget, "kind": "card", "amountCents": 1, "recipient": "De buurvrouw",
                    "description": "Kaart", "reason": "Zij helpt de hele straat." });
                let sent = Instant::now();
                let reply = client.post("/api/v1/gifts", &body).await;
                assert_eq!(reply.status, 201, "{}", reply.text);
                times.push(sent.elapsed());
                given.fetch_add(1, Ordering::Relaxed);
            }
            times
        }));
    }
    let mut times = Vec::new();
    for task in running {
        times.extend(task.await.expect("a client"));
    }
    let seconds = begun.elapsed().as_secs_f64();
    times.sort_unstable();
    let p95 = times
        .get(times.len() * 95 / 100)
        .copied()
        .unwrap_or_default();
    let count = u32::try_from(given.load(Ordering::Relaxed)).expect("a count");
    println!(
        "{name:<28} {:>6.0} a second, p95 {p95:.2?}",
        f64::from(count) / seconds
    );
}

async fn budget(app: &TestApp, name: &str) -> BudgetId {
    let tx = app.db.write(app.waterdam.id).await.expect("a transaction");
    let new = NewBudget {
        name: name.to_owned(),
        team: String::new(),
        year: 2026,
        allocated_cents: 100_000_000,
        cap_cents: None,
        mandate: "Raadsbesluit".to_owned(),
        holder: None,
    };
    let id = gifts::open_budget(&tx, new, None).await.expect("a budget");
    tx.commit().await.expect("a commit");
    id
}

#[tokio::main]
async fn main() {
    let app = TestApp::open().await;
    if !app.store.is_postgres() {
        println!("set GEHOORD_TEST_POSTGRES; SQLite has one writer and is not measured");
        return;
    }
    let mut clients = Vec::new();
    for number in 0..CLIENTS {
        let account = format!("n{number}@waterdam.example");
        person(&app.db, app.waterdam.id, &account, &[Role::Clerk]).await;
        clients.push(app.signed_in("waterdam.localhost", &account).await);
    }
    let hot = Arc::new(vec![budget(&app, "Heet").await]);
    let mut many = Vec::new();
    for number in 0..1_000 {
        many.push(budget(&app, &format!("Team {number}")).await);
    }
    load("one budget", &clients, &hot).await;
    load("1,000 budgets", &clients, &Arc::new(many)).await;

    let id = *hot.first().expect("a budget");
    let tx = app.db.write(app.waterdam.id).await.expect("a transaction");
    let checked = gift_ledger::verify(&tx, id).await.expect("a verification");
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    println!("entries of the hot budget    {:>6}", checked.entries);
    drop(tx);

    let auditor = app
        .signed_in("waterdam.localhost", "auditor@waterdam.example")
        .await;
    fill(&app, id, checked.entries).await;
    let begun = Instant::now();
    let verification = auditor
        .get(&format!("/api/v1/gift-budgets/{id}/verification"))
        .await;
    println!(
        "verified {} entries     {:.2?}",
        verification.json.get("entries").expect("a count"),
        begun.elapsed()
    );
    let tx = app.db.read(app.waterdam.id).await.expect("a transaction");
    let begun = Instant::now();
    gift_ledger::statement(&tx, id).await.expect("a statement");
    println!("year statement of the same   {:.2?}", begun.elapsed());
}

/// Gives as many more as are missing to 100,000 entries, by the clients in turn, in transactions of a thousand.
async fn fill(app: &TestApp, id: BudgetId, entries: i64) {
    let tx = app.db.read(app.waterdam.id).await.expect("a transaction");
    let everybody = tenants::staff::all(&tx, None).await.expect("staff");
    drop(tx);
    let givers: Vec<_> = everybody
        .into_iter()
        .filter(|member| member.email.starts_with('n'))
        .collect();
    let signer = tenants::secret::Signer::new(&tenants::secret::MasterKey::new([7; 32]), "persons")
        .expect("a signer");
    let new = gifts::NewGift {
        budget: id,
        case: None,
        kind: gift_ledger::GiftKind::Card,
        amount_cents: 1,
        description: "Kaart".to_owned(),
        reason: "Zij helpt de hele straat.".to_owned(),
        recipient: "De buurvrouw".to_owned(),
        contact: gifts::Contact::default(),
        procedure_runs: false,
    };
    let mut missing = usize::try_from(100_000 - entries).unwrap_or_default();
    while missing > 0 {
        let piece = missing.min(1_000);
        let tx = app.db.write(app.waterdam.id).await.expect("a transaction");
        for giver in givers.iter().cycle().skip(missing).take(piece) {
            gifts::give(&tx, giver, &new, &signer).await.expect("given");
        }
        tx.commit().await.expect("a commit");
        missing -= piece;
    }
}
