//! For whom a gift was is forgotten after two calendar years; what it cost is proven for as long as the chain is there.

use chrono::{DateTime, Utc};
use domain::{gift_ledger, maintenance};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use tests::TestApp;

use super::{hand_in, id, person, verification, with, zomaar};

async fn sweep_at(app: &TestApp, instant: &str) {
    let instant: DateTime<Utc> = instant.parse().unwrap();
    app.clock.advance(instant - app.db.now());
    maintenance::run_hourly(&app.db).await.unwrap();
}

/// What the database still holds of persons, in the whole table.
async fn persons_left(app: &TestApp) -> i64 {
    let owner = app.store.as_database_owner().await;
    let sql = "select cast(count(*) as bigint) as held from gift where reason <> '' or recipient is not null or mail_hash is not null \
               or phone_hash is not null or address_hash is not null";
    let statement = Statement::from_string(owner.get_database_backend(), sql);
    let row = owner.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "held").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_two_calendar_years_the_person_is_forgotten_and_every_cent_still_proven() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let known = with(
        zomaar(&app, 2_000),
        "email",
        json!("buur@voorbeeld.example"),
    );
    let paid = id(&clerk.post("/api/v1/gifts", &known).await);
    hand_in(
        &clerk,
        &paid,
        1_800,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    let open = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 500)).await);
    let before = verification(&app).await;

    sweep_at(&app, "2028-12-31T22:59:59Z").await;
    assert_eq!(
        persons_left(&app).await,
        2,
        "one second too early, in Amsterdam"
    );
    assert_eq!(verification(&app).await, before);

    // At the next nightly visit.
    sweep_at(&app, "2029-01-01T23:00:00Z").await;
    assert_eq!(persons_left(&app).await, 0);
    let after = verification(&app).await;
    assert_eq!(after.findings, []);
    assert_eq!(after.balance, before.balance);
    assert_eq!(after.entries, before.entries + 2, "an entry about each");
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let gift = gift_ledger::seen_gift(&tx, tests::viewer(), paid.parse().unwrap())
        .await
        .unwrap();
    assert_eq!(
        (gift.description.as_str(), gift.spent_cents),
        ("Bos bloemen", Some(1_800)),
        "what it was and what it cost stay"
    );
    drop(tx);

    maintenance::run_hourly(&app.db).await.unwrap();
    assert_eq!(verification(&app).await, after, "once is enough");
    let clerk = person(&app, "clerk").await;
    let late = hand_in(
        &clerk,
        &open,
        450,
        b"%PDF-1.7\n1 0 obj late bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(late.status, 201, "{}", late.text);
    let late = verification(&app).await;
    assert_eq!((late.findings.len(), late.balance.spent), (0, 2_250));
}

#[tokio::test(flavor = "multi_thread")]
async fn forgetting_hides_nothing_that_somebody_changed_before_or_after() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 500)).await);
    let untouched = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 500)).await);
    let owner = app.store.as_database_owner().await;
    let change = |sql: String| {
        let owner = &owner;
        async move {
            owner.execute_unprepared(&sql).await.unwrap();
        }
    };
    let found = async || -> Vec<String> {
        let mut found: Vec<String> = verification(&app)
            .await
            .findings
            .iter()
            .map(|finding| format!("{} {}", finding.defect, finding.gift.unwrap()))
            .collect();
        found.sort();
        found
    };
    change("update gift set description = 'Horloge' where amount_cents = 500 and status = 'ordered' and given_at = (select min(given_at) from gift)".to_owned()).await;
    let broken_before = found().await;
    assert!(!broken_before.is_empty());
    sweep_at(&app, "2029-01-02T12:00:00Z").await;
    assert_eq!(
        found().await,
        broken_before,
        "what did not hold before does not hold after"
    );
    assert!(broken_before.iter().any(|found| found.ends_with(&gift)));
    change("update gift set recipient = 'Iemand anders'".to_owned()).await;
    assert!(
        found().await.contains(&format!("facts {untouched}")),
        "a person who comes back is found"
    );
}
