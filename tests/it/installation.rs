//! The installation: its secret, its clock, its database file, and connections that nobody waits for any more.

use std::time::Duration;

use api::{application, provisioning, settings::Settings};
use chrono::TimeDelta;
use domain::style::HouseStyle;
use sea_orm::{ConnectionTrait, Statement};
use secrecy::SecretString;
use tenants::{
    Clock, ContactDetails, TenantKind, TenantState,
    installation::{self, ClockGuard},
    staff::PasswordCost,
    tenant::NewTenant,
};
use tests::{Store, TestApp, complaint};

fn settings(store: &Store) -> Settings {
    let mut settings = Settings {
        data_folder: store.folder().to_owned(),
        ..Settings::default()
    };
    settings.database.url = Some(SecretString::from(store.url.clone()));
    settings
}

async fn open(settings: &Settings) -> Result<(), String> {
    let opened = application::open(settings.clone(), Clock::system(), PasswordCost::Test).await;
    match opened {
        Ok(app) => {
            app.close().await.unwrap();
            Ok(())
        }
        Err(error) => Err(format!("{error:#}")),
    }
}

#[tokio::test]
async fn a_lost_or_another_secret_is_refused_in_one_line_with_the_remedy() {
    let store = Store::migrated().await;
    let settings = settings(&store);
    open(&settings).await.unwrap();
    open(&settings).await.unwrap();
    let file = store.folder().join("secret");
    let first = std::fs::read_to_string(&file).unwrap();

    std::fs::remove_file(&file).unwrap();
    let lost = open(&settings).await.unwrap_err();
    assert!(
        lost.contains("is gone") && lost.lines().count() == 1,
        "{lost}"
    );
    assert!(!file.exists(), "no other secret takes its place");

    std::fs::write(&file, "ab".repeat(32)).unwrap();
    let other = open(&settings).await.unwrap_err();
    assert!(other.contains("gehoord secret replace"), "{other}");
    std::fs::write(&file, &first).unwrap();
    open(&settings).await.unwrap();

    std::fs::write(&file, "ab".repeat(32)).unwrap();
    application::replace_secret(&settings).await.unwrap();
    open(&settings).await.unwrap();
}

#[tokio::test]
async fn a_clock_that_jumped_stops_erasure_until_it_is_right_or_accepted() {
    let app = TestApp::open().await;
    let hour = Duration::from_hours(1);
    let mut guard = ClockGuard::default();
    assert!(guard.is_plausible(&app.db, hour).await.unwrap());
    app.clock.advance(TimeDelta::hours(1));
    assert!(
        guard.is_plausible(&app.db, hour * 2).await.unwrap(),
        "an hour later"
    );
    app.clock.advance(TimeDelta::days(400));
    assert!(
        !guard.is_plausible(&app.db, hour * 2).await.unwrap(),
        "a jump"
    );
    app.clock.advance(TimeDelta::days(-400));
    assert!(
        guard.is_plausible(&app.db, hour * 2).await.unwrap(),
        "set right"
    );

    app.clock.advance(TimeDelta::days(400));
    let mut restarted = ClockGuard::default();
    assert!(
        !restarted.is_plausible(&app.db, hour).await.unwrap(),
        "started after a jump"
    );
    installation::accept_clock(&app.db).await.unwrap();
    assert!(
        restarted.is_plausible(&app.db, hour).await.unwrap(),
        "accepted"
    );
    assert!(
        guard.is_plausible(&app.db, hour * 3).await.unwrap(),
        "accepted by all"
    );

    app.clock.advance(TimeDelta::days(2));
    let mut after_weekend = ClockGuard::default();
    assert!(
        after_weekend.is_plausible(&app.db, hour).await.unwrap(),
        "the machine was off for a weekend"
    );
}

#[tokio::test]
async fn a_database_file_that_is_gone_or_replaced_is_noticed_before_anything_is_lost() {
    let app = TestApp::open().await;
    if app.store.is_postgres() {
        return;
    }
    let file = app.store.folder().join("test.db");
    let away = app.store.folder().join("away.db");
    let resident = app.anonymous("waterdam.localhost");
    let form = "/api/v1/forms/klacht-tip-compliment/submissions";
    let first = resident.post(form, &complaint()).await;
    assert_eq!(first.status, 201, "{}", first.text);

    std::fs::rename(&file, &away).unwrap();
    assert_eq!(resident.post(form, &complaint()).await.status, 503);
    assert_eq!(resident.get("/health/ready").await.status, 503);
    std::fs::copy(&away, &file).unwrap();
    assert_eq!(
        resident.post(form, &complaint()).await.status,
        503,
        "another file"
    );
    std::fs::rename(&away, &file).unwrap();
    let healed = resident.post(form, &complaint()).await;
    assert_eq!(healed.status, 201, "{}", healed.text);
}

#[tokio::test]
async fn who_hangs_up_leaves_no_transaction_open() {
    let app = TestApp::open().await;
    for wait in 0..200 {
        let begin = app.db.write(app.waterdam.id);
        let _ = tokio::time::timeout(Duration::from_micros(wait * 20), begin).await;
    }
    // Queries that cannot be read, without a sign-in.
    let stranger = app.anonymous("waterdam.localhost");
    let wrong: Vec<_> = (0..24)
        .map(|_| {
            let stranger = stranger.clone();
            tokio::spawn(async move {
                stranger
                    .get("/api/v1/cases?status=%FF&limit=x")
                    .await
                    .status
            })
        })
        .collect();
    for reply in wrong {
        assert_eq!(reply.await.unwrap(), 401);
    }
    let tx = tokio::time::timeout(Duration::from_secs(5), app.db.write(app.waterdam.id))
        .await
        .expect("the writer's turn is free")
        .unwrap();
    drop(tx);
    if app.store.is_postgres() {
        let owner = app.store.as_database_owner().await;
        let open = || async {
            let row = owner
                .query_one_raw(Statement::from_string(
                    owner.get_database_backend(),
                    "select count(*) as open from pg_stat_activity \
                     where datname = current_database() and state like 'idle in transaction%'",
                ))
                .await
                .unwrap()
                .unwrap();
            row.try_get::<i64>("", "open").unwrap()
        };
        // A rollback is on its way when the request ends.
        let mut left = open().await;
        for _ in 0..100 {
            if left == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            left = open().await;
        }
        assert_eq!(left, 0, "connections idle in a transaction");
    }
}

#[tokio::test]
async fn the_first_messages_of_a_new_municipality_all_arrive() {
    let app = TestApp::open().await;
    let new = NewTenant {
        kind: TenantKind::Municipality,
        state: TenantState::Active,
        slug: "nieuwland".into(),
        name: "Gemeente Nieuwland".into(),
        zone: chrono_tz::Europe::Amsterdam,
        languages: vec!["nl".into()],
        style: serde_json::to_value(HouseStyle::platform()).unwrap(),
        contact: ContactDetails {
            email: "post@nieuwland.example".into(),
            ..ContactDetails::default()
        },
        hosts: vec!["nieuwland.localhost".into()],
    };
    provisioning::create_tenant(&app.db, new.clone())
        .await
        .unwrap();
    let resident = app.anonymous("nieuwland.localhost");
    let first: Vec<_> = (0..50)
        .map(|_| {
            let resident = resident.clone();
            tokio::spawn(async move {
                resident
                    .post(
                        "/api/v1/forms/klacht-tip-compliment/submissions",
                        &complaint(),
                    )
                    .await
            })
        })
        .collect();
    for reply in first {
        let reply = reply.await.unwrap();
        assert_eq!(reply.status, 201, "{}", reply.text);
    }

    let taken = NewTenant {
        slug: "oudland".into(),
        hosts: vec!["oudland.localhost".into(), "nieuwland.localhost".into()],
        ..new
    };
    let refused = provisioning::create_tenant(&app.db, taken)
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("is taken"), "{refused}");
    assert!(
        provisioning::by_slug(&app.db, "oudland").await.is_err(),
        "nothing of it was made"
    );
}

#[tokio::test]
async fn links_lead_to_the_host_that_was_given_first() {
    let app = TestApp::open().await;
    let hosts = [
        "www.nieuwland.example",
        "klacht.nieuwland.example",
        "an.nieuwland.example",
    ];
    let new = NewTenant {
        kind: TenantKind::Municipality,
        state: TenantState::Active,
        slug: "nieuwland".into(),
        name: "Gemeente Nieuwland".into(),
        zone: chrono_tz::Europe::Amsterdam,
        languages: vec!["nl".into()],
        style: serde_json::to_value(HouseStyle::platform()).unwrap(),
        contact: ContactDetails::default(),
        hosts: hosts.map(str::to_owned).into(),
    };
    provisioning::create_tenant(&app.db, new).await.unwrap();
    let tenant = provisioning::by_slug(&app.db, "nieuwland").await.unwrap();
    assert_eq!(tenant.hosts, hosts);
}

#[tokio::test]
async fn the_demo_leaves_a_database_alone_that_it_did_not_make() {
    let app = TestApp::open().await;
    let settings = settings(&app.store);
    let refused = Box::pin(api::demo::load(&settings, PasswordCost::Test)).await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("is no demo"), "{refused}");
}
