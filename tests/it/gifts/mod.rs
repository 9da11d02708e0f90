//! Attentions: the rules, four eyes, receipts, the turn of the year, many at once, and proof that nothing was changed.

mod closing;
mod cooling;
mod corrections;
mod crowd;
mod everybody;
mod eyes;
mod fields;
mod forgetting;
mod laws;
mod pages;
mod proof;
mod receipts;
mod rules;
mod sheet;
mod statement;
mod taken_back;
mod years;

use domain::gifts::{self, BudgetId, NewBudget};
use serde_json::{Value, json};
use tenants::{
    Db, Role, StaffId,
    staff::{self, StaffMember},
};
use tests::{Caller, Reply, TestHouse};

fn zomaar(house: &TestHouse, cents: i64) -> Value {
    json!({ "budgetId": house.waterdam.budget, "kind": "flowers", "amountCents": cents, "recipient": "De buurvrouw",
        "description": "Bos bloemen", "reason": "Zij helpt de hele straat." })
}

fn with(mut gift: Value, field: &str, value: Value) -> Value {
    gift[field] = value;
    gift
}

async fn person(house: &TestHouse, name: &str) -> Caller {
    house
        .signed_in("waterdam.localhost", &format!("{name}@waterdam.example"))
        .await
}

/// Somebody else who answers for budgets.
async fn another_holder(house: &TestHouse, name: &str) -> Caller {
    let email = format!("{name}@waterdam.example");
    tests::person(&house.db, house.waterdam.id, &email, &[Role::BudgetHolder]).await;
    person(house, name).await
}

async fn hand_in(caller: &Caller, gift: &str, cents: i64, bytes: &'static [u8]) -> Reply {
    let path = format!("/api/v1/gifts/{gift}/receipts?amountCents={cents}");
    caller.send(caller.request("POST", &path).body(bytes)).await
}

fn id(reply: &Reply) -> String {
    reply.json["id"].as_str().expect(&reply.text).to_owned()
}

async fn proof(house: &TestHouse) -> gifts::Checked {
    let tx = house.db.read(house.waterdam.id).await.unwrap();
    gifts::check(&tx, house.waterdam.budget.unwrap())
        .await
        .unwrap()
}

async fn member(db: &Db, house: &TestHouse, email: &str) -> StaffMember {
    let id: StaffId = house.staff_id(house.waterdam.id, email).await;
    let tx = db.read(house.waterdam.id).await.unwrap();
    staff::get(&tx, id).await.unwrap().unwrap()
}

/// Another budget of Waterdam, of this year.
async fn open_budget(house: &TestHouse, name: &str, cents: i64) -> BudgetId {
    budget(house, name, 2026, cents).await
}

/// A budget of Waterdam for a year.
async fn budget_of(house: &TestHouse, year: i32) -> BudgetId {
    budget(house, &format!("Attenties {year}"), year, 5_000).await
}

async fn budget(house: &TestHouse, name: &str, year: i32, cents: i64) -> BudgetId {
    let tx = house.db.write(house.waterdam.id).await.unwrap();
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
