//! Somebody tries to work out from the exchange what a person said, or what a municipality measured that does not want to be named.
//! The statistics themselves are attacked in `domain/src/evidence/disclosure.rs`.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Caller, TestApp};
use uuid::Uuid;

use crate::practices::{practice, publish};

async fn execute(app: &TestApp, sql: &str) -> u64 {
    let owner = app.store.as_database_owner().await;
    let statement = Statement::from_string(owner.get_database_backend(), sql);
    owner
        .execute_raw(statement)
        .await
        .expect(sql)
        .rows_affected()
}

/// Invites for a score at an instant, in one case each, and gives it.
pub async fn scored(app: &TestApp, at: DateTime<Utc>, grades: &[i64]) {
    let owner = app.store.as_database_owner().await;
    let postgres = app.store.is_postgres();
    let id = |id: Uuid| {
        if postgres {
            format!("'{id}'")
        } else {
            format!("x'{}'", id.simple())
        }
    };
    let at = at.to_rfc3339_opts(chrono::SecondsFormat::Micros, false);
    let tenant = id(app.heuvelrode.id.0);
    for (place, grade) in grades.iter().enumerate() {
        let receipt = app
            .anonymous("heuvelrode.localhost")
            .post(
                "/api/v1/forms/klacht-tip-compliment/submissions",
                &tests::complaint(),
            )
            .await;
        assert_eq!(receipt.status, 201, "{}", receipt.text);
        let reference = receipt.json["reference"].as_str().unwrap();
        let invitation = id(Uuid::from_u128(0xfffe << 96 | rand(place, &at)));
        let score = id(Uuid::from_u128(0xffff << 96 | rand(place, &at)));
        for sql in [
            format!(
                "insert into score_invitation (tenant_id, id, case_id, code_hash, language, invited_at, expires_at) \
                 select tenant_id, {invitation}, id, 'h{place}{at}', 'nl', '{at}', '{at}' from case_file \
                 where reference = '{reference}' and tenant_id = {tenant}"
            ),
            format!(
                "insert into score (tenant_id, id, invitation_id, case_id, grade, words, answered_at) \
                 select tenant_id, {score}, {invitation}, id, {grade}, '', '{at}' from case_file \
                 where reference = '{reference}' and tenant_id = {tenant}"
            ),
        ] {
            let statement = Statement::from_string(owner.get_database_backend(), sql.clone());
            let done = owner.execute_raw(statement).await.expect(&sql);
            assert_eq!(done.rows_affected(), 1, "{sql}");
        }
    }
}

fn rand(place: usize, at: &str) -> u128 {
    let day: u128 = at
        .bytes()
        .map(u128::from)
        .fold(7, |sum, byte| (sum * 31 + byte) & 0xffff_ffff_ffff)
        & 0xffff_ffff;
    (day << 16) | u128::try_from(place).unwrap()
}

async fn share(caller: &Caller, slug: &str, shared: bool, named: bool) -> tests::Reply {
    let path = format!("/api/v1/practices/{slug}/outcome-consent");
    let body = json!({ "metric": "handlingGrade", "shared": shared, "named": named });
    caller.send(caller.request("PUT", &path).json(&body)).await
}

async fn adopt(caller: &Caller, slug: &str) {
    let path = format!("/api/v1/practices/{slug}/adoption");
    let body = json!({ "state": "active" });
    let done = caller.send(caller.request("PUT", &path).json(&body)).await;
    assert_eq!(done.status, 204, "{}", done.text);
}

async fn hour(app: &TestApp) {
    domain::maintenance::run_hourly(&app.db).await.unwrap();
}

async fn signed_in(app: &TestApp) -> Caller {
    app.signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_made_once_of_a_whole_quarter_and_never_changes_by_choosing_again() {
    let app = TestApp::open().await;
    let (_, slug) = publish(&app, &practice("Bellen")).await;
    let caller = signed_in(&app).await;
    let early = share(&caller, &slug, true, true).await;
    assert_eq!(
        early.json["type"]
            .as_str()
            .map(|kind| kind.ends_with("not-in-use")),
        Some(true)
    );
    adopt(&caller, &slug).await;
    assert_eq!(share(&caller, &slug, true, true).await.status, 204);
    // The quarter in which it was decided is not shared: who decides would choose what is in it.
    let begun = app.db.now();
    scored(&app, begun, &[7, 8, 9, 7, 8, 9, 6, 7, 8, 9, 8]).await;
    let quarter: DateTime<Utc> = "2027-02-01T10:00:00Z".parse().unwrap();
    scored(&app, quarter, &[7, 8, 9, 7, 8, 9, 6, 7, 8, 9, 5, 10]).await;
    let outcomes = format!("/api/v1/practices/{slug}/outcomes");
    for (until, figures) in [
        ("2027-02-15T10:00:00Z", 0),
        ("2027-04-15T10:00:00Z", 0),
        ("2027-05-03T10:00:00Z", 1),
    ] {
        let until: DateTime<Utc> = until.parse().unwrap();
        app.clock.advance(until - app.db.now());
        hour(&app).await;
        hour(&app).await;
        let found = signed_in(&app).await.get(&outcomes).await;
        let named = found.json["named"].as_array().unwrap();
        assert_eq!(named.len(), figures, "{until}: {}", found.text);
    }
    let caller = signed_in(&app).await;
    let before = caller.get(&outcomes).await.json;
    assert_eq!(before["named"][0]["quarter"], "2027-Q1");
    assert_eq!(before["named"][0]["answered"], 12);
    assert_eq!(
        (
            &before["named"][0]["low"],
            &before["named"][0]["deviationTenths"]
        ),
        (&Value::Null, &Value::Null),
        "small cells are merged, and a deviation of few tells their answers"
    );
    // One more answer, and choosing again and again: the figure stays, so nothing can be subtracted.
    scored(&app, quarter + TimeDelta::days(1), &[1]).await;
    for shared in [false, true, false, true] {
        assert_eq!(share(&caller, &slug, shared, true).await.status, 204);
        hour(&app).await;
    }
    assert_eq!(caller.get(&outcomes).await.json, before);
    let owner = app.store.as_database_owner().await;
    for sql in [
        "update published_outcome set mean_tenths = 10",
        "delete from published_outcome",
    ] {
        let refused = owner.execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(refused.contains("append only"), "{sql}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_named_counts_in_one_pool_only_and_is_nowhere_by_itself() {
    let app = TestApp::open().await;
    let (_, first) = publish(&app, &practice("Bellen")).await;
    let (_, second) = publish(&app, &practice("Schrijven")).await;
    let caller = signed_in(&app).await;
    for slug in [&first, &second] {
        adopt(&caller, slug).await;
    }
    assert_eq!(share(&caller, &first, true, false).await.status, 204);
    for named in [false, true] {
        let refused = share(&caller, &second, true, named).await;
        assert_eq!(
            refused.status, 409,
            "two pools would differ by one: {}",
            refused.text
        );
    }
    app.clock
        .advance("2027-02-01T10:00:00Z".parse::<DateTime<Utc>>().unwrap() - app.db.now());
    scored(&app, app.db.now(), &[7, 8, 9, 7, 8, 9, 6, 7, 8, 9, 5, 10]).await;
    app.clock.advance(TimeDelta::days(120));
    hour(&app).await;
    assert_eq!(
        execute(&app, "select 1 from published_outcome where named = true").await,
        0
    );
    let caller = signed_in(&app).await;
    let found = caller
        .get(&format!("/api/v1/practices/{first}/outcomes"))
        .await;
    assert_eq!(
        (&found.json["named"], &found.json["pooled"]),
        (&json!([]), &json!([])),
        "one municipality is no pool: {}",
        found.text
    );
    for form in ["json", "csv"] {
        let all = app
            .anonymous("localhost")
            .get(&format!("/api/v1/exports/outcomes/{form}"))
            .await;
        assert_eq!(all.status, 200, "{}", all.text);
        assert!(!all.text.contains("2027-Q1"), "{}", all.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_few_said_and_what_all_said_alike_never_leaves() {
    let app = TestApp::open().await;
    let (_, slug) = publish(&app, &practice("Bellen")).await;
    let caller = signed_in(&app).await;
    adopt(&caller, &slug).await;
    assert_eq!(share(&caller, &slug, true, true).await.status, 204);
    app.clock
        .advance("2027-02-01T10:00:00Z".parse::<DateTime<Utc>>().unwrap() - app.db.now());
    scored(&app, app.db.now(), &[7, 8, 9, 7, 8, 9, 6, 7, 8]).await;
    app.clock.advance(TimeDelta::days(91));
    scored(&app, app.db.now(), &[10; 11]).await;
    for _ in 0..4 {
        app.clock.advance(TimeDelta::days(40));
        hour(&app).await;
    }
    let found = signed_in(&app)
        .await
        .get(&format!("/api/v1/practices/{slug}/outcomes"))
        .await;
    assert_eq!(found.json["named"], json!([]), "{}", found.text);
}
