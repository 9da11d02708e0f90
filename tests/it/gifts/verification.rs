//! The verification that nothing was changed.

use std::path::{Path, PathBuf};

use domain::gift_ledger;
use sea_orm::ConnectionTrait as _;
use serde_json::json;
use tests::{Browser, TestApp};

use super::{hand_in, id, open_budget, person, verification, with, zomaar};

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_changed_behind_the_walls_is_found_and_told_where() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 2_000)).await);
    hand_in(
        &clerk,
        &gift,
        1_800,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(verification(&app).await.findings, []);
    let owner = app.store.as_database_owner().await;
    let locks: &[&str] = if app.store.is_postgres() {
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
        owner.execute_unprepared(lock).await.unwrap();
    }
    for (change, back, defects) in [
        (
            "update gift_ledger set note = 'x' where sequence = 2",
            "update gift_ledger set note = '' where sequence = 2",
            vec!["2 hash"],
        ),
        (
            "update gift_ledger set spent_cents = 1801, available_cents = 199 where sequence = 3",
            "update gift_ledger set spent_cents = 1800, available_cents = 200 where sequence = 3",
            vec!["3 hash", "3 balance", "3 state", "3 receipt"],
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
            "update gift set before_score = true",
            "update gift set before_score = false",
            vec!["3 facts"],
        ),
        (
            "update gift set recipient = 'De neef'",
            "update gift set recipient = 'De buurvrouw'",
            vec!["3 facts"],
        ),
        (
            "update gift set mail_hash = 'x'",
            "update gift set mail_hash = null",
            vec!["3 facts"],
        ),
        (
            "update gift_receipt set name = name || 'x'",
            "update gift_receipt set name = substr(name, 1, length(name) - 1)",
            vec!["3 receipt"],
        ),
        (
            "update gift set handed_over_at = given_at",
            "update gift set handed_over_at = null",
            vec!["3 state"],
        ),
        (
            "update gift set first_due_at = receipt_due_at",
            "update gift set first_due_at = null",
            vec!["3 facts"],
        ),
        (
            "update gift_budget set cap_cents = 1 where year = 2026",
            "",
            vec!["1 budget"],
        ),
        (
            "update gift_receipt set amount_cents = 5",
            "update gift_receipt set amount_cents = 1800",
            vec!["1 budget", "3 receipt"],
        ),
        (
            "update gift_receipt set content_hash = 'x'",
            "",
            vec!["1 budget", "3 receipt"],
        ),
    ] {
        owner.execute_unprepared(change).await.unwrap();
        let found: Vec<String> = verification(&app)
            .await
            .findings
            .iter()
            .map(|finding| format!("{} {}", finding.sequence, finding.defect))
            .collect();
        assert_eq!(found, defects, "{change}");
        if !back.is_empty() {
            owner.execute_unprepared(back).await.unwrap();
        }
    }
    let auditor = person(&app, "auditor").await;
    let path = format!(
        "/api/v1/gift-budgets/{}/verification",
        app.waterdam.budget.unwrap()
    );
    let told = auditor.get(&path).await;
    assert_eq!(
        (
            told.json["sound"].as_bool(),
            &told.json["findings"][1]["defect"]
        ),
        (Some(false), &json!("receipt"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_that_nobody_gave_and_a_year_that_opened_again_are_found() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let voucher = with(zomaar(&app, 1_000), "kind", json!("voucher"));
    let gift = id(&clerk.post("/api/v1/gifts", &voucher).await);
    assert_eq!(verification(&app).await.findings, []);
    let owner = app.store.as_database_owner().await;
    let found = async |change: &str| {
        owner.execute_unprepared(change).await.unwrap();
        let findings = verification(&app).await.findings;
        findings
            .into_iter()
            .map(|finding| finding.defect)
            .collect::<Vec<_>>()
    };
    let sneaked = "update gift set status = 'ordered'";
    assert_eq!(found(sneaked).await, [gift_ledger::Defect::State]);
    let bon = hand_in(
        &clerk,
        &gift,
        1_000,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(bon.status, 201, "the program cannot know: {}", bon.text);
    let found_late = verification(&app).await.findings;
    assert_eq!(found_late[0].defect, gift_ledger::Defect::FourEyes);
    let budget = app.waterdam.budget.unwrap();
    let path = format!("/api/v1/gift-budgets/{budget}/_close");
    assert_eq!(holder.post(&path, &json!(null)).await.status, 204);
    assert_eq!(verification(&app).await.findings, found_late);
    let opened = "update gift_budget set closed_at = null where year = 2026";
    let both = [gift_ledger::Defect::Budget, gift_ledger::Defect::FourEyes];
    assert_eq!(found(opened).await, both);
    let given = clerk.post("/api/v1/gifts", &zomaar(&app, 100)).await;
    assert_eq!(given.status, 201, "the program cannot know: {}", given.text);
    let shut = "update gift_budget set closed_at = (select at from gift_ledger where kind = 'closing') where year = 2026";
    assert_eq!(found(shut).await, both, "what was given after the closing");
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_were_changed_after_a_gift_was_judged_by_them_are_found() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let first = clerk.post("/api/v1/gifts", &zomaar(&app, 500)).await;
    assert_eq!(first.json["rulesVersion"], 0, "{}", first.text);
    let mut rules = holder.get("/api/v1/gift-rules").await.json;
    rules["rules"]["receiptDays"] = json!(21);
    let request = holder.request("PUT", "/api/v1/gift-rules").json(&rules);
    assert_eq!(holder.send(request).await.status, 200);
    let second = clerk.post("/api/v1/gifts", &zomaar(&app, 500)).await;
    assert_eq!(second.json["rulesVersion"], 1, "{}", second.text);
    assert_eq!(verification(&app).await.findings, []);
    let owner = app.store.as_database_owner().await;
    let (lock, change) = if app.store.is_postgres() {
        (
            "drop trigger append_only_gift_rules_version on gift_rules_version",
            "update gift_rules_version set definition = replace(cast(definition as text), '21', '300')::jsonb",
        )
    } else {
        (
            "drop trigger append_only_gift_rules_version_update",
            "update gift_rules_version set definition = replace(definition, '21', '300')",
        )
    };
    owner.execute_unprepared(lock).await.unwrap();
    owner.execute_unprepared(change).await.unwrap();
    let findings = verification(&app).await.findings;
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].defect, gift_ledger::Defect::Rules);
    assert_eq!(findings[0].gift.unwrap().to_string(), id(&second));
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_left_for_nowhere_is_found_on_both_sides() {
    let app = TestApp::open().await;
    let holder = person(&app, "budgetholder").await;
    let from = app.waterdam.budget.unwrap();
    let to = open_budget(&app, "Wijkteam", 1_000).await;
    let moves =
        json!({ "fromId": from, "toId": to, "amountCents": 500, "decision": "Collegebesluit" });
    assert_eq!(
        holder.post("/api/v1/gift-transfers", &moves).await.status,
        201
    );
    assert_eq!(verification(&app).await.findings, []);
    let owner = app.store.as_database_owner().await;
    let lock = if app.store.is_postgres() {
        "drop trigger append_only_gift_ledger on gift_ledger"
    } else {
        "drop trigger append_only_gift_ledger_delete"
    };
    owner.execute_unprepared(lock).await.unwrap();
    owner
        .execute_unprepared("delete from gift_ledger where kind = 'transferIn'")
        .await
        .unwrap();
    let findings = verification(&app).await.findings;
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].defect, gift_ledger::Defect::Transfer);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_the_ledger_cannot_be_put_in_the_place_of_another() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    id(&clerk.post("/api/v1/gifts", &zomaar(&app, 2_000)).await);
    let owner = app.store.as_database_owner().await;
    let columns = "tenant_id, id, budget_id, sequence, kind, allocated_cents, available_cents, reserved_cents, spent_cents, \
         allocated_after, available_after, reserved_after, spent_after, evidence, note, at, previous_hash, hash";
    let verb = if app.store.is_postgres() {
        "insert into"
    } else {
        "insert or replace into"
    };
    let replace = format!(
        "{verb} gift_ledger ({columns}) select {} from gift_ledger where sequence = 2",
        columns.replace("note", "'niets aan de hand'")
    );
    let refused = owner.execute_unprepared(&replace).await;
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(verification(&app).await.findings, []);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let entries = entries.map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_whose_file_is_another_one_or_gone_is_found_and_told_where() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let folder = app.store.folder().join("files");
    for (bytes, cents) in [
        (b"%PDF-1.7\n1 0 obj een\nstartxref\n9\n%%EOF", 1_000),
        (b"%PDF-1.7\n1 0 obj twe\nstartxref\n9\n%%EOF", 900),
    ] {
        let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 1_000)).await);
        assert_eq!(hand_in(&clerk, &gift, cents, bytes).await.status, 201);
    }
    let auditor = person(&app, "auditor").await;
    let budget = app.waterdam.budget.unwrap();
    let proven = async |defects: &[(i64, &str)]| {
        let told = auditor
            .get(&format!("/api/v1/gift-budgets/{budget}/verification"))
            .await;
        let findings = told.json["findings"].as_array().expect(&told.text);
        let findings = findings.iter().map(|finding| {
            let sequence = finding["sequence"].as_i64().unwrap();
            (sequence, finding["defect"].as_str().unwrap())
        });
        assert_eq!(findings.collect::<Vec<_>>(), defects, "{}", told.text);
        assert_eq!(told.json["receiptsRead"], true);
    };
    proven(&[]).await;
    let first = files(&folder)
        .into_iter()
        .find(|path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains("een"))
        .unwrap();
    std::fs::write(&first, b"%PDF-1.7\n1 0 obj duurder\nstartxref\n9\n%%EOF").unwrap();
    proven(&[(3, "file")]).await;
    for path in files(&folder) {
        std::fs::remove_file(path).unwrap();
    }
    proven(&[(3, "file"), (5, "file")]).await;
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "auditor@waterdam.example").await;
    page.go(&format!("/beheer/attenties/{budget}/controle"))
        .await;
    for text in ["Er klopt iets niet", "Het bestand van de bon ontbreekt"] {
        assert!(page.page.text.contains(text), "{text}: {}", page.page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_that_were_cut_off_are_missed_by_whoever_kept_the_head() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let auditor = person(&app, "auditor").await;
    let budget = app.waterdam.budget.unwrap();
    let before = verification(&app).await.head;
    clerk.post("/api/v1/gifts", &zomaar(&app, 1_000)).await;
    let kept = verification(&app).await.head;
    let owner = app.store.as_database_owner().await;
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "auditor@waterdam.example").await;
    let mut kept_at = async |head: &str| {
        let path = format!("/api/v1/gift-budgets/{budget}/verification?keptHead={head}");
        let told = auditor.get(&path).await;
        assert_eq!(told.json["sound"], true, "{}", told.text);
        page.go(&format!("/beheer/attenties/{budget}/controle?hash={head}"))
            .await;
        let is_there = page.page.text.contains("heeft deze hash");
        let is_gone = page
            .page
            .text
            .contains("Deze hash staat niet in dit kasboek");
        assert!(is_there != is_gone, "{}", page.page.text);
        let sequence = told.json["keptSequence"].as_i64();
        assert_eq!(sequence.is_some(), is_there);
        sequence
    };
    assert_eq!(kept_at(&before).await, Some(1));
    assert_eq!(kept_at(&kept.to_uppercase()).await, Some(2));
    let unlock = if app.store.is_postgres() {
        "drop trigger append_only_gift_ledger on gift_ledger"
    } else {
        "drop trigger append_only_gift_ledger_delete"
    };
    for change in [
        unlock,
        "delete from gift_ledger where sequence = 2",
        "delete from gift",
    ] {
        owner.execute_unprepared(change).await.unwrap();
    }
    assert_eq!(kept_at(&before).await, Some(1));
    assert_eq!(
        kept_at(&kept).await,
        None,
        "the chain holds, and still somebody knows"
    );
}
