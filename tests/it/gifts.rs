//! Attentions: the rules, four eyes, receipts, the turn of the year, many at once, and proof that nothing was changed.

use std::sync::Arc;

use domain::gifts::{self, BudgetId, GiftKind, NewBudget, NewGift};
use sea_orm::{ConnectionTrait, Statement, Value as Bound};
use serde_json::{Value, json};
use tenants::{
    Clock, Db, PoolSettings, StaffId,
    secret::{MasterKey, Signer},
    staff::{self, StaffMember},
};
use tests::{Caller, Reply, Store, TestHouse};
use uuid::Uuid;

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

#[tokio::test(flavor = "multi_thread")]
async fn the_rules_say_in_words_what_may_not_be_and_what_needs_a_second_pair_of_eyes() {
    let house = TestHouse::open().await;
    let clerk = person(&house, "clerk").await;
    for (gift, code) in [
        (zomaar(&house, 3_001), "gift-over-cap"),
        (
            with(zomaar(&house, 100), "kind", json!("money")),
            "gift-kind-excluded",
        ),
        (
            with(zomaar(&house, 100), "kind", json!("alcohol")),
            "gift-kind-excluded",
        ),
        (zomaar(&house, 0), "invalid-input"),
        (zomaar(&house, -100), "invalid-input"),
        (zomaar(&house, 9_000_000_000), "invalid-input"),
        (
            with(zomaar(&house, 100), "reason", json!("  ")),
            "invalid-input",
        ),
        (
            with(
                zomaar(&house, 100),
                "budgetId",
                json!(house.heuvelrode.budget),
            ),
            "not-found",
        ),
    ] {
        let reply = clerk.post("/api/v1/gifts", &gift).await;
        assert_eq!(reply.json["code"], code, "{gift} {}", reply.text);
    }
    let asked = with(zomaar(&house, 100), "procedureRuns", json!(true));
    let verdict = clerk.post("/api/v1/gifts/_assess", &asked).await;
    assert_eq!(
        verdict.json["approvalNeeded"],
        json!(["procedure"]),
        "{}",
        verdict.text
    );
    assert!(
        verdict.json["explanations"][0]
            .as_str()
            .unwrap()
            .contains("bezwaar")
    );
    let mail = with(
        zomaar(&house, 100),
        "email",
        json!("Buur+vrouw@voorbeeld.example"),
    );
    assert_eq!(clerk.post("/api/v1/gifts", &mail).await.status, 201);
    let again = with(
        zomaar(&house, 100),
        "email",
        json!("buur@voorbeeld.example"),
    );
    let told = clerk.post("/api/v1/gifts/_assess", &again).await;
    assert_eq!(told.json["approvalNeeded"], json!([]));
    assert!(
        told.json["explanations"][0]
            .as_str()
            .unwrap()
            .contains("al een attentie"),
        "{}",
        told.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_who_approves_and_who_checks_the_receipt_are_different_people() {
    let house = TestHouse::open().await;
    let all = person(&house, "all").await;
    let holder = person(&house, "budgetholder").await;
    let asked = with(zomaar(&house, 2_000), "kind", json!("voucher"));
    let gift = id(&all.post("/api/v1/gifts", &asked).await);
    let own = all
        .post(&format!("/api/v1/gifts/{gift}/_approve"), &Value::Null)
        .await;
    assert_eq!(own.json["code"], "gift-four-eyes");
    let early = hand_in(&all, &gift, 2_000, b"%PDF-1.7 bon %%EOF").await;
    assert_eq!(
        early.json["code"], "gift-not-now",
        "nothing is bought before approval"
    );
    let approved = holder
        .post(&format!("/api/v1/gifts/{gift}/_approve"), &Value::Null)
        .await;
    assert_eq!(approved.json["status"], "ordered");
    let handed = all
        .post(&format!("/api/v1/gifts/{gift}/_hand-over"), &Value::Null)
        .await;
    assert_eq!(handed.json["status"], "handedOver");
    let script = hand_in(&all, &gift, 1_850, b"<svg onload=alert(1)>").await;
    assert_eq!(script.json["errors"][0]["code"], "not_a_receipt");
    let clerk = person(&house, "clerk").await;
    assert_eq!(
        hand_in(&clerk, &gift, 1_850, b"%PDF-1.7 bon %%EOF")
            .await
            .status,
        404,
        "a colleague's is as absent"
    );
    let receipt = hand_in(&all, &gift, 1_850, b"%PDF-1.7 bon %%EOF").await;
    assert_eq!(
        (receipt.status, &receipt.json["mediaType"]),
        (201, &json!("application/pdf")),
        "{}",
        receipt.text
    );
    for (caller, code) in [(&all, "gift-four-eyes"), (&holder, "gift-four-eyes")] {
        let reply = caller
            .post(
                &format!("/api/v1/gifts/{gift}/_check-receipt"),
                &Value::Null,
            )
            .await;
        assert_eq!(reply.json["code"], code);
    }
    let correction = json!({ "amountCents": 1_800, "note": "Korting op de bon." });
    let corrected = holder
        .post(&format!("/api/v1/gifts/{gift}/_correct"), &correction)
        .await;
    assert_eq!(corrected.json["spentCents"], 1_800, "{}", corrected.text);
    let checked = proof(&house).await;
    assert_eq!(checked.findings, []);
    assert_eq!(
        (
            checked.balance.available,
            checked.balance.reserved,
            checked.balance.spent
        ),
        (3_200, 0, 1_800)
    );
    assert_eq!(
        checked.entries, 6,
        "set aside, set apart, approved, handed over, paid, corrected"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn at_the_turn_of_the_year_reservations_are_released_and_a_late_receipt_is_booked_in_its_own_year()
 {
    let house = TestHouse::open().await;
    let clerk = person(&house, "clerk").await;
    let holder = person(&house, "budgetholder").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&house, 2_000)).await);
    let old = house.waterdam.budget.unwrap();
    let next = json!({ "name": "Attenties", "year": 2027, "allocatedCents": 1_000, "mandate": "Raadsbesluit 2026-88" });
    let next = id(&holder
        .post_once("/api/v1/gift-budgets", "nieuw jaar", &next)
        .await);
    assert_eq!(
        holder
            .post(&format!("/api/v1/gift-budgets/{old}/_close"), &Value::Null)
            .await
            .status,
        204
    );
    let refused = clerk.post("/api/v1/gifts", &zomaar(&house, 100)).await;
    assert_eq!(refused.json["code"], "budget-closed");
    let late = hand_in(&clerk, &gift, 1_500, b"%PDF-1.7 late bon %%EOF").await;
    assert_eq!(late.status, 201, "{}", late.text);
    let checked = proof(&house).await;
    assert_eq!(
        (
            checked.findings.len(),
            checked.balance.spent,
            checked.balance.available
        ),
        (0, 1_500, 3_500)
    );
    let back =
        json!({ "fromId": next, "toId": old, "amountCents": 10, "decision": "Collegebesluit" });
    assert_eq!(
        holder.post("/api/v1/gift-transfers", &back).await.json["code"],
        "budget-closed"
    );
    let none = json!({ "fromId": old, "toId": next, "amountCents": 500, "decision": "" });
    assert_eq!(
        holder.post("/api/v1/gift-transfers", &none).await.status,
        400,
        "no carry-over without a decision"
    );
    let carried = json!({ "fromId": old, "toId": next, "amountCents": 500, "decision": "Raadsbesluit 2027-3" });
    assert_eq!(
        holder.post("/api/v1/gift-transfers", &carried).await.status,
        201
    );
    let budgets = holder.get("/api/v1/gift-budgets").await;
    assert_eq!(
        budgets.json["items"][0]["balanceCents"], 1_500,
        "{}",
        budgets.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_clients_at_once_lose_no_cent() {
    let rounds = std::env::var("GEHOORD_GIFT_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(4_i64);
    let house = Arc::new(TestHouse::open().await);
    let clerk = person(&house, "clerk").await;
    let colleague = person(&house, "colleague").await;
    let clients = (0..64).map(|number| {
        let (house, caller) = (
            Arc::clone(&house),
            if number % 2 == 0 {
                clerk.clone()
            } else {
                colleague.clone()
            },
        );
        tokio::spawn(async move {
            let mut answers = Vec::new();
            for round in 0..rounds {
                let cents = 1 + (number * 7 + round * 13) % 60;
                let reply = caller.post("/api/v1/gifts", &zomaar(&house, cents)).await;
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
    let given: Vec<i64> = answers
        .iter()
        .filter(|(_, given)| *given)
        .map(|(cents, _)| *cents)
        .collect();
    let checked = proof(&house).await;
    assert_eq!(checked.findings, []);
    assert_eq!(
        checked.entries,
        1 + i64::try_from(given.len()).unwrap(),
        "no entry is lost"
    );
    assert_eq!(checked.balance.reserved, given.iter().sum::<i64>());
    assert_eq!(checked.balance.available, 5_000 - given.iter().sum::<i64>());
    let fits = answers
        .iter()
        .any(|(cents, given)| !given && *cents <= checked.balance.available);
    assert!(
        !fits,
        "money is left while a request that would fit was refused"
    );
}

async fn member(db: &Db, house: &TestHouse, email: &str) -> StaffMember {
    let id: StaffId = house.staff_id(house.waterdam.id, email).await;
    let tx = db.read(house.waterdam.id).await.unwrap();
    staff::get(&tx, id).await.unwrap().unwrap()
}

/// The next of a row of numbers that looks like chance and is the same on every run (Knuth, MMIX).
fn dice(seed: &mut u64, sides: u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % sides
}

#[tokio::test(flavor = "multi_thread")]
async fn any_order_of_steps_keeps_every_promise_of_the_ledger() {
    let house = TestHouse::open().await;
    let giver = member(&house.db, &house, "clerk@waterdam.example").await;
    let holder = member(&house.db, &house, "budgetholder@waterdam.example").await;
    let signer = Signer::new(&MasterKey::new([7; 32]), "persons").unwrap();
    for mut seed in 1..=5 {
        let tx = house.db.write(house.waterdam.id).await.unwrap();
        let budget = NewBudget {
            name: format!("Proef {seed}"),
            team: String::new(),
            year: 2026,
            allocated_cents: 9_000,
            cap_cents: None,
            mandate: "Raadsbesluit".to_owned(),
            holder: None,
        };
        let budget: BudgetId = gifts::open_budget(&tx, budget, None).await.unwrap();
        tx.commit().await.unwrap();
        let mut known = Vec::new();
        for _ in 0..80 {
            let cents = i64::try_from(dice(&mut seed, 900)).unwrap() + 1;
            let some = known
                .get(usize::try_from(dice(&mut seed, 1_000)).unwrap() % known.len().max(1))
                .copied();
            let kind = if dice(&mut seed, 4) == 0 {
                GiftKind::Voucher
            } else {
                GiftKind::Treat
            };
            // Each step in a transaction of its own, which a refusal rolls back: so do pages and API.
            let tx = house.db.write(house.waterdam.id).await.unwrap();
            let done = match (dice(&mut seed, 9), some) {
                (0..=2, _) | (_, None) => {
                    let new = NewGift {
                        budget,
                        case: None,
                        kind,
                        amount_cents: cents,
                        description: "Iets lekkers",
                        reason: "Zomaar",
                        recipient: "Buurman",
                        contact: ("", "", ""),
                        procedure_runs: false,
                    };
                    let outcome = gifts::give(&tx, &giver, &new, &signer).await;
                    if let Ok((gift, _)) = &outcome {
                        known.push(gift.id);
                    }
                    outcome.is_ok()
                }
                (3, Some(id)) => gifts::approve(&tx, id, &holder).await.is_ok(),
                (4, Some(id)) => gifts::decline(&tx, id, &holder, "Nee").await.is_ok(),
                (5, Some(id)) => gifts::hand_over(&tx, id, &giver).await.is_ok(),
                (6, Some(id)) => {
                    let new = gifts::NewReceipt {
                        name: "bon.pdf".to_owned(),
                        bytes: b"%PDF-1.7 bon %%EOF".to_vec(),
                        amount_cents: cents,
                    };
                    let cabinet =
                        domain::files::Cabinet::folder(&std::env::temp_dir().join("gehoord-proef"))
                            .unwrap();
                    gifts::keep_receipt(&tx, &cabinet, id, &giver, new)
                        .await
                        .is_ok()
                }
                (7, Some(id)) => gifts::correct(&tx, id, &holder, cents, "Korting")
                    .await
                    .is_ok(),
                (_, Some(id)) => gifts::cancel(&tx, id, &holder, true, "Toch niet")
                    .await
                    .is_ok(),
            };
            if done {
                tx.commit().await.unwrap();
            }
        }
        let tx = house.db.read(house.waterdam.id).await.unwrap();
        let left = gifts::left(&tx).await.unwrap();
        let once = gifts::check(&tx, budget).await.unwrap();
        let twice = gifts::check(&tx, budget).await.unwrap();
        assert_eq!(once.findings, [], "seed {seed}");
        assert_eq!(
            once, twice,
            "the same history gives the same balance and hash"
        );
        assert_eq!(
            left.get(&budget),
            Some(&once.balance),
            "the sum of the entries is the balance"
        );
        assert!(once.entries > 20 && once.balance.sum() == 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_changed_behind_the_walls_is_found_and_told_where() {
    let house = TestHouse::open().await;
    let clerk = person(&house, "clerk").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&house, 2_000)).await);
    hand_in(&clerk, &gift, 1_800, b"%PDF-1.7 bon %%EOF").await;
    assert_eq!(proof(&house).await.findings, []);
    let behind = house.store.behind().await;
    let locks: &[&str] = if house.store.is_postgres() {
        &[
            "drop trigger append_only_gift_ledger on gift_ledger",
            "drop trigger append_only_gift_receipt on gift_receipt",
        ]
    } else {
        &[
            "drop trigger append_only_gift_ledger_update",
            "drop trigger append_only_gift_receipt_update",
        ]
    };
    for lock in locks {
        behind.execute_unprepared(lock).await.unwrap();
    }
    for (change, back, broken) in [
        (
            "update gift_ledger set note = 'x' where sequence = 2",
            "update gift_ledger set note = '' where sequence = 2",
            vec!["2 hash"],
        ),
        (
            "update gift_ledger set spent_cents = 1801, available_cents = 199 where sequence = 3",
            "update gift_ledger set spent_cents = 1800, available_cents = 200 where sequence = 3",
            vec!["3 hash", "3 balance", "3 state"],
        ),
        (
            "update gift set reason = 'anders'",
            "update gift set reason = 'Zij helpt de hele straat.'",
            vec!["3 facts"],
        ),
        (
            "update gift set spent_cents = 5",
            "update gift set spent_cents = 1800",
            vec!["3 state"],
        ),
        (
            "update gift_receipt set content_hash = 'x'",
            "",
            vec!["3 receipt"],
        ),
    ] {
        behind.execute_unprepared(change).await.unwrap();
        let found: Vec<String> = proof(&house)
            .await
            .findings
            .iter()
            .map(|finding| format!("{} {}", finding.sequence, finding.broken))
            .collect();
        assert_eq!(found, broken, "{change}");
        if !back.is_empty() {
            behind.execute_unprepared(back).await.unwrap();
        }
    }
    let auditor = person(&house, "auditor").await;
    let path = format!(
        "/api/v1/gift-budgets/{}/proof",
        house.waterdam.budget.unwrap()
    );
    let told = auditor.get(&path).await;
    assert_eq!(
        (
            told.json["sound"].as_bool(),
            &told.json["findings"][0]["broken"]
        ),
        (Some(false), &json!("receipt"))
    );
}

#[tokio::test]
async fn the_first_ledger_is_carried_over_into_chains_that_hold() {
    let store = Store::empty().await;
    migration::up_before(&store.owner_url, "m20261125_000009_gifts")
        .await
        .unwrap();
    let behind = store.behind().await;
    let [tenant, giver, budget, first, second] = [1_u128, 2, 3, 40, 50].map(Uuid::from_u128);
    let at = tests::monday();
    let run = async |sql: &str, values: Vec<Bound>| {
        let statement = Statement::from_sql_and_values(behind.get_database_backend(), sql, values);
        behind.execute_raw(statement).await.expect(sql);
    };
    run("insert into tenant (id, kind, slug, name, time_zone, languages, style, contact, created_at) values ($1, 'municipality', 'oudstad', 'Oudstad', 'Europe/Amsterdam', $2, $2, $2, $3)",
        vec![tenant.into(), json!([]).into(), at.into()]).await;
    run("insert into staff (tenant_id, id, email, name, password_hash, roles, active, created_at) values ($1, $2, 'a@oudstad.example', 'A', 'x', $3, true, $4)",
        vec![tenant.into(), giver.into(), json!(["clerk"]).into(), at.into()]).await;
    run("insert into gift_budget (tenant_id, id, name, year, allocated_cents, balance_cents, cap_cents, created_at) values ($1, $2, 'Attenties', 2026, 5000, 3000, 2500, $3)",
        vec![tenant.into(), budget.into(), at.into()]).await;
    let line = "insert into gift_entry (tenant_id, id, budget_id, staff_id, kind, amount_cents, balance_cents, description, reason, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    run(
        line,
        vec![
            tenant.into(),
            first.into(),
            budget.into(),
            Option::<Uuid>::None.into(),
            "allocation".into(),
            5_000_i64.into(),
            5_000_i64.into(),
            "Attenties".into(),
            "".into(),
            at.into(),
        ],
    )
    .await;
    run(
        line,
        vec![
            tenant.into(),
            second.into(),
            budget.into(),
            Some(giver).into(),
            "gift".into(),
            2_000_i64.into(),
            3_000_i64.into(),
            "Taart".into(),
            "Voor de straat.".into(),
            at.into(),
        ],
    )
    .await;
    migration::up(&store.owner_url, store.app_role())
        .await
        .unwrap();
    let db = Db::connect(&store.url, PoolSettings::default(), Clock::standing_at(at))
        .await
        .unwrap();
    let tx = db.read(tenants::TenantId(tenant)).await.unwrap();
    let checked = gifts::check(&tx, BudgetId(budget)).await.unwrap();
    assert_eq!(checked.findings, []);
    assert_eq!(
        (
            checked.entries,
            checked.balance.available,
            checked.balance.spent
        ),
        (3, 3_000, 2_000)
    );
    let budget = gifts::budget(&tx, BudgetId(budget)).await.unwrap();
    assert_eq!(budget.cap_cents, Some(2_500));
}
