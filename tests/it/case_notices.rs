//! What the desk shows of clocks that press: one's own messages first of all.

use chrono::TimeDelta;
use sea_orm::ConnectionTrait as _;
use serde_json::Value;
use tests::{Browser, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_is_warned_of_own_messages_however_many_press_at_colleagues() {
    let app = TestApp::open().await;
    let theirs = app.complaint().await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    app.clock.advance(TimeDelta::days(1));
    let own = app.complaint().await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    let clerk = app.clerk().await;
    for (caller, reference) in [(&colleague, &theirs), (&clerk, &own)] {
        let id = app.case_id(reference).await;
        let claimed = caller
            .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
            .await;
        assert_eq!(claimed.status, 200, "{}", claimed.text);
    }
    app.clock.advance(TimeDelta::days(3));
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    // Three hundred clocks of the colleague's press earlier than the clerk's own.
    let connection = app.store.as_database_owner().await;
    let columns = "kind, calendar_version_id, office_version_id, rule_version_id, started_at, due_at, nominal_on, legal_on, safe_on, \
                   due_version, changes, next_alert_at, level, breached_at, stopped_at, outcome";
    let first = "select c.id from case_file c where c.reference = ";
    let statement = if app.store.is_postgres() {
        connection
            .execute_unprepared("alter table clock no force row level security")
            .await
            .unwrap();
        connection
            .execute_unprepared("alter table case_file no force row level security")
            .await
            .unwrap();
        format!(
            "insert into clock (tenant_id, id, case_id, round, {columns}) \
             select tenant_id, gen_random_uuid(), case_id, 1 + n, {columns} from clock, generate_series(1, 300) n \
             where kind = 'callback' and case_id = ({first}'{theirs}')"
        )
    } else {
        format!(
            "with recursive series(n) as (select 1 union all select n + 1 from series where n < 300) \
             insert into clock (tenant_id, id, case_id, round, {columns}) \
             select tenant_id, randomblob(16), case_id, 1 + n, {columns} from clock, series \
             where kind = 'callback' and case_id = ({first}'{theirs}')"
        )
    };
    let made = connection.execute_unprepared(&statement).await.unwrap();
    assert_eq!(made.rows_affected(), 300);
    if app.store.is_postgres() {
        for table in ["clock", "case_file"] {
            let shut = format!("alter table {table} force row level security");
            connection.execute_unprepared(&shut).await.unwrap();
        }
    }
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go("/balie").await;
    let notices = "Let op deze termijnen: 1 melding";
    assert!(desk.page.text.contains(notices), "{}", desk.page.text);
    desk.go("/balie?toon=warned").await;
    assert!(desk.page.text.contains(&own), "{}", desk.page.text);
    assert!(!desk.page.text.contains(&theirs), "{}", desk.page.text);
}
