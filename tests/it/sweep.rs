//! Stored bytes that no row names are removed at night; bytes that a row names never are.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    path::{Path, PathBuf},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{files::FileStore, maintenance};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tenants::TenantId;
use tests::TestApp;

use crate::{
    files::{STORY, send, step, stored, truus},
    samples,
};

fn day(text: &str) -> DateTime<Utc> {
    format!("{text}T00:00:00Z").parse().unwrap()
}

/// The night after Monday 23 November.
async fn night(app: &TestApp) {
    app.clock.advance(TimeDelta::hours(17));
    maintenance::run_hourly(&app.db).await.unwrap();
    app.run_jobs().await;
}

fn stored_on(file: &Path, text: &str) {
    let file = File::options().write(true).open(file).unwrap();
    file.set_modified(day(text).into()).unwrap();
}

/// Bytes that no row names.
fn orphan(app: &TestApp, tenant: TenantId, ending: &str, text: &str) -> PathBuf {
    let place = FileStore::place(tenant).unwrap() + ending;
    let file = app.store.folder().join("files").join(place);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "x").unwrap();
    stored_on(&file, text);
    file
}

async fn removed(app: &TestApp, tenant: TenantId) -> Vec<Value> {
    let tx = app.db.read(tenant).await.unwrap();
    let entries = domain::audit::newest(&tx, domain::audit::Filter::default(), &[], 50)
        .await
        .unwrap();
    entries
        .into_iter()
        .filter(|entry| entry.action == "files.sweep")
        .map(|entry| entry.details)
        .collect()
}

#[tokio::test]
async fn every_table_that_keeps_a_place_in_the_store_is_asked() {
    let app = TestApp::open().await;
    let connection = app.store.as_database_owner().await;
    let sql = if app.store.is_postgres() {
        "select table_name::text as name from information_schema.columns where column_name = 'place' and table_schema = 'public'"
    } else {
        "select m.name as name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and c.name = 'place'"
    };
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let rows = connection.query_all_raw(statement).await.unwrap();
    let tables: BTreeSet<String> = rows
        .iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect();
    // That of a case is where in town something happened. The others are asked, as the next test and `inbound` prove.
    assert_eq!(
        tables.iter().map(String::as_str).collect::<Vec<_>>(),
        ["case_file", "gift_receipt", "inbound_mail", "intake_file"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn old_bytes_without_a_row_go_and_files_receipts_and_young_bytes_stay() {
    let app = TestApp::open().await;
    let mut truus = truus(&app).await;
    let photo = ("bijlagen", "foto.jpg", samples::jpeg(10, 10, 1));
    truus.upload(&step(), &STORY, &[photo]).await;
    send(&mut truus).await;
    let clerk = app.clerk().await;
    let gift = json!({ "budgetId": app.waterdam.budget, "kind": "flowers", "amountCents": 2_000, "recipient": "De buurvrouw",
        "description": "Bos bloemen", "reason": "Zij helpt de hele straat." });
    let gift = clerk.post("/api/v1/gifts", &gift).await.json;
    let path = format!(
        "/api/v1/gifts/{}/receipts?amountCents=2000",
        gift["id"].as_str().unwrap()
    );
    let receipt = clerk.request("POST", &path).body(samples::pdf());
    assert_eq!(clerk.send(receipt).await.status, 201);
    let mut stay = stored(&app);
    assert_eq!(stay.len(), 2, "a photo and a receipt");
    for file in &stay {
        stored_on(file, "2026-01-01");
    }
    let (waterdam, heuvelrode) = (app.waterdam.id, app.heuvelrode.id);
    stay.push(orphan(&app, waterdam, "", "2026-11-18"));
    stay.push(orphan(&app, waterdam, "#1", "2026-11-18"));
    orphan(&app, waterdam, "", "2026-11-16");
    orphan(&app, waterdam, "", "2026-01-01");
    orphan(&app, waterdam, "#1", "2026-11-16");
    orphan(&app, heuvelrode, "", "2026-11-16");
    let of_nobody = orphan(&app, TenantId(uuid::Uuid::nil()), "", "2026-01-01");
    stay.push(of_nobody);

    night(&app).await;
    let left: BTreeSet<PathBuf> = stored(&app).into_iter().collect();
    assert_eq!(left, stay.into_iter().collect());
    assert_eq!(removed(&app, waterdam).await, [json!({ "count": 3 })]);
    assert_eq!(removed(&app, heuvelrode).await, [json!({ "count": 1 })]);

    maintenance::run_hourly(&app.db).await.unwrap();
    app.run_jobs().await;
    assert_eq!(removed(&app, waterdam).await.len(), 1, "nothing is left");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_night_removes_a_thousand_at_most() {
    let app = TestApp::open().await;
    for _ in 0..1_003 {
        orphan(&app, app.waterdam.id, "", "2026-01-01");
    }
    night(&app).await;
    assert_eq!(stored(&app).len(), 3);
    app.clock.advance(TimeDelta::hours(7));
    night(&app).await;
    assert_eq!(stored(&app), Vec::<PathBuf>::new());
}
