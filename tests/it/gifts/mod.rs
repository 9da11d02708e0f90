//! Gifts: the rules, approval by a second person, receipts, the turn of the year, many at once, and the verification of ledgers.

mod anonymising;
mod closing;
mod concurrency;
mod corrections;
mod employees;
mod export;
mod fields;
mod four_eyes;
mod pages;
mod properties;
mod receipts;
mod reversals;
mod rules;
mod running_complaints;
mod statement;
mod verification;
mod years;

use domain::{
    gift_ledger::{self, BudgetId},
    gifts::{self, NewBudget},
};
use serde_json::{Value, json};
use tenants::{
    Db, Role, StaffId,
    staff::{self, StaffMember},
};
use tests::{Caller, Reply, TestApp};

fn zomaar(app: &TestApp, cents: i64) -> Value {
    json!({ "budgetId": app.waterdam.budget, "kind": "flowers", "amountCents": cents, "recipient": "De buurvrouw",
        "description": "Bos bloemen", "reason": "Zij helpt de hele straat." })
}

fn with(mut gift: Value, field: &str, value: Value) -> Value {
    gift[field] = value;
    gift
}

async fn person(app: &TestApp, name: &str) -> Caller {
    app.signed_in("waterdam.localhost", &format!("{name}@waterdam.example"))
        .await
}

/// Somebody else who answers for budgets.
async fn another_holder(app: &TestApp, name: &str) -> Caller {
    let email = format!("{name}@waterdam.example");
    tests::person(&app.db, app.waterdam.id, &email, &[Role::BudgetHolder]).await;
    person(app, name).await
}

async fn hand_in(caller: &Caller, gift: &str, cents: i64, bytes: &'static [u8]) -> Reply {
    let path = format!("/api/v1/gifts/{gift}/receipts?amountCents={cents}");
    caller.send(caller.request("POST", &path).body(bytes)).await
}

fn id(reply: &Reply) -> String {
    reply.json["id"].as_str().expect(&reply.text).to_owned()
}

async fn verification(app: &TestApp) -> gift_ledger::Verification {
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    gift_ledger::verify(&tx, app.waterdam.budget.unwrap())
        .await
        .unwrap()
}

async fn member(db: &Db, app: &TestApp, email: &str) -> StaffMember {
    let id: StaffId = app.staff_id(app.waterdam.id, email).await;
    let tx = db.read(app.waterdam.id).await.unwrap();
    staff::get(&tx, id).await.unwrap().unwrap()
}

/// Another budget of Waterdam, of this year.
async fn open_budget(app: &TestApp, name: &str, cents: i64) -> BudgetId {
    budget(app, name, 2026, cents).await
}

/// A budget of Waterdam for a year.
async fn budget_of(app: &TestApp, year: i32) -> BudgetId {
    budget(app, &format!("Attenties {year}"), year, 5_000).await
}

async fn budget(app: &TestApp, name: &str, year: i32, cents: i64) -> BudgetId {
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let new = NewBudget {
        name: name.to_owned(),
        team: String::new(),
        year,
        allocated_cents: cents,
        cap_cents: None,
        mandate: "Raadsbesluit".to_owned(),
        holder: None,
    };
    let id = gifts::open_budget(&tx, new, None).await.unwrap();
    tx.commit().await.unwrap();
    id
}
