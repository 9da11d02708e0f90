//! Many at once.

use std::sync::Arc;

use domain::{gift_ledger, gifts};
use serde_json::json;
use tests::TestApp;

use super::{open_budget, person, with, zomaar};

/// Everybody who may give.
const GIVERS: [&str; 8] = [
    "clerk",
    "colleague",
    "lead",
    "formeditor",
    "budgetholder",
    "tenantadmin",
    "employee",
    "all",
];

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_clients_who_spend_from_one_budget_lose_no_cent() {
    const ROUNDS: i64 = 32;
    const SET_ASIDE: i64 = 45_000;
    let app = Arc::new(TestApp::open().await);
    let budget = open_budget(&app, "Heet", SET_ASIDE).await;
    let mut callers = Vec::new();
    for name in GIVERS {
        callers.push(person(&app, name).await);
    }
    let clients = (0_i64..64).map(|number| {
        let (app, caller) = (
            Arc::clone(&app),
            callers[usize::try_from(number).unwrap() % GIVERS.len()].clone(),
        );
        tokio::spawn(async move {
            let mut answers = Vec::new();
            for round in 0..ROUNDS {
                let cents = 1 + (number * 7 + round * 13) % 60;
                let gift = with(zomaar(&app, cents), "budgetId", json!(budget));
                let reply = caller.post("/api/v1/gifts", &gift).await;
                let short = reply.json["code"] == "budget-short";
                assert!(reply.status == 201 || short, "{}", reply.text);
                answers.push((cents, reply.status == 201));
            }
            answers
        })
    });
    let mut answers = Vec::new();
    for client in clients.collect::<Vec<_>>() {
        answers.extend(client.await.unwrap());
    }
    assert_eq!(answers.len(), 2_048);
    let given: Vec<i64> = answers
        .iter()
        .filter(|(_, given)| *given)
        .map(|(cents, _)| *cents)
        .collect();
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let checked = gift_ledger::verify(&tx, budget).await.unwrap();
    assert_eq!(checked.findings, []);
    assert_eq!(
        checked.entries,
        1 + i64::try_from(given.len()).unwrap(),
        "no entry is lost"
    );
    assert!(given.len() > 1_000, "most of them fitted");
    assert!(given.len() < answers.len(), "not all of them fitted");
    assert_eq!(checked.balance.reserved, given.iter().sum::<i64>());
    assert_eq!(
        checked.balance.available,
        SET_ASIDE - given.iter().sum::<i64>()
    );
    let fits = answers
        .iter()
        .any(|(cents, given)| !given && *cents <= checked.balance.available);
    assert!(
        !fits,
        "money is left while a request that would fit was refused"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_colleagues_who_surprise_one_person_from_many_budgets_keep_the_cap_of_a_year() {
    let app = Arc::new(TestApp::open().await);
    let mut budgets = Vec::new();
    for number in 0..16 {
        budgets.push(open_budget(&app, &format!("Team {number}"), 100_000).await);
    }
    let mut callers = Vec::new();
    for name in GIVERS {
        callers.push(person(&app, name).await);
    }
    // However the person is written down, and whichever part is known: mail, telephone and house are of the same person.
    let known = [
        json!({ "email": "Truus@voorbeeld.example", "phone": "06 12 34 56 78", "address": "Dorpsstraat 1" }),
        json!({ "phone": "+31612345678", "email": "truus+zomaar@voorbeeld.example", "address": "dorpsstraat 1" }),
        json!({ "address": "DORPSSTRAAT 1", "phone": "0031612345678" }),
        json!({ "email": "truus@voorbeeld.example", "address": "Dorpsstraat 1" }),
    ];
    let clients = (0_usize..64).map(|number| {
        let (app, caller) = (Arc::clone(&app), callers[number % GIVERS.len()].clone());
        let (budget, known) = (budgets[number % 16], known[number % 4].clone());
        tokio::spawn(async move {
            let mut given = 0_i64;
            for round in 0..4 {
                let mut gift = with(zomaar(&app, 500), "budgetId", json!(budget));
                for (key, value) in known.as_object().unwrap() {
                    // Sometimes less is known, but never the house, which ties them together.
                    if round % 2 == 0 || key == "address" {
                        gift[key] = value.clone();
                    }
                }
                let reply = caller.post("/api/v1/gifts", &gift).await;
                let over = reply.json["code"] == "gift-over-person-cap";
                assert!(reply.status == 201 || over, "{}", reply.text);
                given += i64::from(reply.status == 201);
            }
            given
        })
    });
    let mut given = 0;
    for client in clients.collect::<Vec<_>>() {
        given += client.await.unwrap();
    }
    assert_eq!(
        given * 500,
        gifts::GiftRules::default().person_year_cents,
        "the cap is reached, and not passed"
    );
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    for budget in budgets {
        assert_eq!(gift_ledger::verify(&tx, budget).await.unwrap().findings, []);
    }
}
