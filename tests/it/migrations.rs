//! Migrations: at once, interrupted, on a full copy, and of another version of the program.

use migration::SchemaState;
use sea_orm::{ConnectionTrait, Statement};
use tests::{Store, TestApp};

async fn change(store: &Store, statements: &[&str]) {
    let owner = store.as_database_owner().await;
    for statement in statements {
        owner.execute_unprepared(statement).await.unwrap();
    }
    owner.close().await.unwrap();
}

/// The newest migration is forgotten, and with it its tables.
const WITHOUT_NEWEST: &[&str] = &[
    "drop table think_opinion",
    "drop table think_proposal",
    "drop table think_seat",
    "drop table think_person",
    "drop table think_round",
    "drop table think_version",
    "drop table think_document",
    "delete from seaql_migrations where version = (select max(version) from seaql_migrations)",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn of_three_programs_that_migrate_at_once_one_does_it_and_the_others_find_it_done() {
    let store = Store::empty().await;
    let programs: Vec<_> = (0..3)
        .map(|_| {
            let (url, role) = (store.owner_url.clone(), store.app_role());
            tokio::spawn(async move { migration::up(&url, role).await })
        })
        .collect();
    for program in programs {
        program.await.unwrap().unwrap();
    }
    let state = migration::schema_state(&store.url).await.unwrap();
    assert_eq!(state, SchemaState::Current);
}

#[tokio::test]
async fn a_migration_that_fails_leaves_the_schema_as_it_was() {
    let store = Store::empty().await;
    change(&store, &["create table practice_draft (id integer)"]).await;
    migration::up(&store.owner_url, store.app_role())
        .await
        .unwrap_err();
    let owner = store.as_database_owner().await;
    let missing = owner.execute_unprepared("select 1 from tenant").await;
    assert!(missing.is_err(), "no table of an earlier migration stays");
    change(&store, &["drop table practice_draft"]).await;
    migration::up(&store.owner_url, store.app_role())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_program_that_is_older_than_the_database_says_so_and_changes_nothing() {
    let app = TestApp::open().await;
    assert_eq!(
        app.anonymous("localhost").get("/health/ready").await.status,
        200
    );
    let newer =
        "insert into seaql_migrations (version, applied_at) values ('m20991231_000001_future', 0)";
    change(&app.store, &[newer]).await;
    let state = migration::schema_state(&app.store.url).await.unwrap();
    assert_eq!(state, SchemaState::Newer("m20991231_000001_future".into()));
    let refused = migration::up(&app.store.owner_url, app.store.app_role())
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("newer version"), "{refused}");
    let ready = app.anonymous("localhost").get("/health/ready").await;
    assert_eq!(ready.status, 503);
    assert!(ready.text.contains("another version"), "{}", ready.text);
}

#[tokio::test]
async fn before_a_migration_a_copy_of_an_embedded_database_is_kept() {
    let store = Store::migrated().await;
    if store.is_postgres() {
        return;
    }
    let copies = || {
        std::fs::read_dir(store.folder())
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|path| path.to_string_lossy().contains(".before-migration-from-"))
            .collect::<Vec<_>>()
    };
    migration::up(&store.owner_url, None).await.unwrap();
    assert!(copies().is_empty(), "nothing changed");
    change(&store, WITHOUT_NEWEST).await;
    change(
        &store,
        &["insert into installation values ('kept', 'before')"],
    )
    .await;
    // A copy that an interrupted attempt left is replaced.
    for _ in 0..2 {
        migration::up(&store.owner_url, None).await.unwrap();
        change(&store, WITHOUT_NEWEST).await;
    }
    let copies = copies();
    assert_eq!(copies.len(), 1, "{copies:?}");
    let copy = sea_orm::Database::connect(format!("sqlite://{}", copies[0].display()))
        .await
        .unwrap();
    let kept = copy
        .query_one_raw(Statement::from_string(
            copy.get_database_backend(),
            "select value from installation where name = 'kept'",
        ))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.try_get::<String>("", "value").unwrap(), "before");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;

        let mode = std::fs::metadata(&copies[0]).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
