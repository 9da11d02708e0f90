//! The schema of the database: every table of a municipality has its keys and its row-level security.

use migration::SchemaState;
use sea_orm::{ConnectionTrait, Statement};
use tests::{Store, TestApp};

async fn rows(store: &Store, sqlite: &str, postgres: &str) -> Vec<(String, String)> {
    let connection = store.as_database_owner().await;
    let sql = if store.is_postgres() {
        postgres
    } else {
        sqlite
    };
    connection
        .query_all_raw(Statement::from_string(
            connection.get_database_backend(),
            sql,
        ))
        .await
        .expect(sql)
        .iter()
        .map(|row| {
            (
                row.try_get("", "name").unwrap(),
                row.try_get("", "value").unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn every_table_of_a_municipality_has_its_key_and_refers_to_the_same_municipality() {
    let store = Store::empty().await;
    migration::up(&store.owner_url, store.app_role())
        .await
        .unwrap();
    let keys = rows(
        &store,
        "select m.name as name, (select group_concat(name, ',') from (select name from pragma_table_info(m.name) where pk > 0 order by pk)) as value \
         from sqlite_master m where m.type = 'table' and exists (select 1 from pragma_table_info(m.name) where name = 'tenant_id')",
        "select c.relname::text as name, (select string_agg(a.attname, ',' order by k.position) from pg_constraint p, unnest(p.conkey) with ordinality k(number, position) \
         join pg_attribute a on a.attnum = k.number where p.conrelid = c.oid and p.contype = 'p' and a.attrelid = c.oid)::text as value \
         from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id' where c.relkind = 'r'",
    )
    .await;
    assert!(keys.len() >= 20, "{keys:?}");
    for (table, key) in &keys {
        assert_eq!(key, "tenant_id,id", "{table}");
    }
    let owned: Vec<&str> = keys.iter().map(|(table, _)| table.as_str()).collect();
    let references = rows(
        &store,
        "select m.name || ' > ' || f.\"table\" as name, group_concat(f.\"from\", ',') as value from sqlite_master m, pragma_foreign_key_list(m.name) f \
         where m.type = 'table' group by m.name, f.id, f.\"table\"",
        "select p.conrelid::regclass::text || ' > ' || p.confrelid::regclass::text as name, \
         (select string_agg(a.attname, ',') from pg_attribute a where a.attrelid = p.conrelid and a.attnum = any(p.conkey))::text as value \
         from pg_constraint p where p.contype = 'f'",
    )
    .await;
    for (pair, columns) in references {
        let (from, to) = pair.split_once(" > ").unwrap();
        if owned.contains(&from) {
            assert!(
                columns.split(',').any(|column| column == "tenant_id"),
                "{pair} ({columns}) does not name the municipality"
            );
        } else {
            assert!(
                !owned.contains(&to),
                "{pair}: a table of the platform points into a municipality"
            );
        }
    }
}

#[tokio::test]
async fn on_postgresql_the_working_role_owns_nothing_and_sees_nothing_without_a_municipality() {
    let app = TestApp::open().await;
    let status = app.db.status().await.unwrap();
    assert_eq!(status.role_problems, Vec::<String>::new());
    if !app.store.is_postgres() {
        return;
    }
    let working = sea_orm::Database::connect(&app.store.url).await.unwrap();
    let all = |sql: &'static str| Statement::from_string(working.get_database_backend(), sql);
    let unscoped = working.query_all_raw(all("select * from staff")).await;
    assert!(
        unscoped.is_err(),
        "without a municipality the database answers nothing: {unscoped:?}"
    );
    for refused in [
        "update gift_ledger set spent_cents = 1",
        "delete from audit_entry",
        "drop table staff",
        "alter table staff disable row level security",
        "insert into seaql_migrations values ('x', 1)",
    ] {
        assert!(
            working.execute_unprepared(refused).await.is_err(),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn nobody_changes_the_ledger_the_audit_log_or_a_published_form() {
    let app = TestApp::open().await;
    app.complaint().await;
    let connection = app.store.as_database_owner().await;
    for table in [
        "gift_ledger",
        "audit_entry",
        "form_version",
        "clock_event",
        "calendar_version",
        "service_rule_version",
    ] {
        let statement = format!("delete from {table}");
        let refused = connection
            .execute_unprepared(&statement)
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains("append only"), "{table}: {refused}");
    }
    let below = connection
        .execute_unprepared(
            "insert into gift_ledger select tenant_id, budget_id, budget_id, 2, 'reservation', null, null, null, null, 0, -5001, 5001, 0, \
             -5000, -1, 5001, 0, '', '', at, hash, 'x' from gift_ledger",
        )
        .await;
    assert!(
        below.is_err(),
        "the database itself refuses a budget below zero"
    );
    let unchained = connection
        .execute_unprepared(
            "insert into gift_ledger select tenant_id, budget_id, budget_id, 2, 'reservation', null, null, null, null, 0, -1, 1, 0, \
             -5000, 4999, 1, 0, '', '', at, 'another hash', 'x' from gift_ledger",
        )
        .await
        .unwrap_err()
        .to_string();
    assert!(unchained.contains("is broken"), "{unchained}");
}

#[tokio::test]
async fn the_migrations_can_be_undone_and_run_again() {
    let store = Store::empty().await;
    migration::up(&store.owner_url, store.app_role())
        .await
        .unwrap();
    migration::down(&store.owner_url).await.unwrap();
    assert!(matches!(
        migration::schema_state(&store.owner_url).await.unwrap(),
        SchemaState::Behind(_)
    ));
    migration::up(&store.owner_url, store.app_role())
        .await
        .unwrap();
    migration::up(&store.owner_url, store.app_role())
        .await
        .unwrap();
    let state = migration::schema_state(&store.owner_url).await.unwrap();
    assert_eq!(state, SchemaState::Current);
}

#[tokio::test]
async fn a_transaction_refuses_what_does_not_name_its_municipality() {
    let app = TestApp::open().await;
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let backend = tx.get_database_backend();
    let foreign = Statement::from_sql_and_values(
        backend,
        "select * from staff where tenant_id = $1",
        [app.heuvelrode.id.0.into()],
    );
    assert!(
        tx.query_all_raw(foreign)
            .await
            .unwrap_err()
            .to_string()
            .contains("does not bind the tenant")
    );
    let change = Statement::from_sql_and_values(
        backend,
        "delete from staff where tenant_id = $1",
        [app.waterdam.id.0.into()],
    );
    assert!(
        tx.execute_raw(change)
            .await
            .unwrap_err()
            .to_string()
            .contains("reading scope")
    );
    let shared = app.db.platform_read().await.unwrap();
    let named = Statement::from_string(backend, "select * from staff");
    assert!(
        shared
            .query_all_raw(named)
            .await
            .unwrap_err()
            .to_string()
            .contains("belongs to tenants")
    );
}
