//! Cases that engines of deadlines get wrong and that need a desk to show: contacts, pauses and promises that change under open clocks.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Caller, TestApp};

async fn rule(app: &TestApp, rule: &Value) {
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let made = admin.post("/api/v1/service-rules", rule).await;
    assert_eq!(made.status, 201, "{}", made.text);
}

/// A complaint that the clerk has picked up.
async fn picked_up(app: &TestApp) -> (Caller, String) {
    let receipt = app.complaint().await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    let claimed = clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &json!(null))
        .await;
    assert_eq!(claimed.status, 200, "{}", claimed.text);
    (clerk, id)
}

async fn clock(caller: &Caller, case: &str, kind: &str) -> Value {
    let clocks = caller.get(&format!("/api/v1/cases/{case}/clocks")).await;
    clocks.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|clock| clock["kind"] == kind)
        .unwrap_or(&Value::Null)
        .clone()
}

async fn pause(caller: &Caller, clock: &Value, until: &str) -> tests::Reply {
    let id = clock["id"].as_str().unwrap();
    let body = json!({ "reason": "waitingForResident", "until": until });
    caller
        .post(&format!("/api/v1/clocks/{id}/_pause"), &body)
        .await
}

async fn contact(caller: &Caller, case: &str, body: &Value) {
    let logged = caller
        .post(&format!("/api/v1/cases/{case}/contact-moments"), body)
        .await;
    assert_eq!(logged.status, 201, "{}", logged.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_stays_what_it_was_when_the_promise_names_other_reasons() {
    let app = TestApp::open().await;
    let (clerk, case) = picked_up(&app).await;
    let before = clock(&clerk, &case, "callback").await;
    let paused = pause(&clerk, &before, "2026-11-27T10:00:00+01:00").await;
    assert_eq!(paused.json["dueAt"], "2026-11-30T16:00:00Z");
    rule(
        &app,
        &json!({ "rule": { "target": "workingDays", "days": 1 }, "terms": { "pauseReasons": [] } }),
    )
    .await;
    // Every clock is counted again at three at night.
    app.clock.advance(TimeDelta::hours(17));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    app.run_jobs().await;
    let clerk = app.clerk().await;
    let still = clock(&clerk, &case, "callback").await;
    assert_eq!(still["dueAt"], paused.json["dueAt"]);
    assert_eq!(still["pausedUntil"], paused.json["pausedUntil"]);
    assert_eq!(still["rule"]["number"], 1, "the promise it was made under");
    // What comes in now knows no pause any more.
    let (clerk, case) = picked_up(&app).await;
    let refused = pause(
        &clerk,
        &clock(&clerk, &case, "callback").await,
        "2026-11-27T10:00:00+01:00",
    )
    .await;
    assert_eq!(
        (refused.status, &refused.json["errors"][0]["field"]),
        (400, &json!("reason"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_and_a_pause_at_the_same_instant_keep_the_promise_and_stop_what_is_left() {
    let app = TestApp::open().await;
    rule(
        &app,
        &json!({ "rule": { "target": "workingDays", "days": 5 }, "terms": { "clock": "resolution" } }),
    )
    .await;
    let (clerk, case) = picked_up(&app).await;
    // The clock of the house stands still between requests: all of this is one instant.
    contact(
        &clerk,
        &case,
        &json!({ "result": "conversation", "note": "Zij zoekt de brief op." }),
    )
    .await;
    let resolution = clock(&clerk, &case, "resolution").await;
    assert_eq!(resolution["dueAt"], "2026-11-30T16:00:00Z");
    let paused = pause(&clerk, &resolution, "2026-11-25T10:00:00+01:00").await;
    assert_eq!(
        (paused.status, &paused.json["dueAt"]),
        (200, &json!("2026-12-02T16:00:00Z")),
        "{}",
        paused.text
    );
    let callback = clock(&clerk, &case, "callback").await;
    assert_eq!(callback["outcome"], "kept");
    let late = pause(&clerk, &callback, "2026-11-25T10:00:00+01:00").await;
    assert_eq!(
        (late.status, &late.json["code"]),
        (409, &json!("clock-stopped"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_that_ended_holds_for_what_came_in_before_and_for_nothing_after() {
    let app = TestApp::open().await;
    let resolution = |ended: bool| json!({ "rule": { "target": "workingDays", "days": 1 }, "terms": { "clock": "resolution", "ended": ended } });
    rule(&app, &resolution(false)).await;
    let (clerk, done) = picked_up(&app).await;
    contact(
        &clerk,
        &done,
        &json!({ "result": "conversation", "note": "Gesproken." }),
    )
    .await;
    let closed = clerk
        .post(
            &format!("/api/v1/cases/{done}/_close"),
            &json!({ "outcome": "solvedTogether" }),
        )
        .await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    let (_, open) = picked_up(&app).await;
    rule(&app, &resolution(true)).await;
    let (clerk, after) = picked_up(&app).await;
    assert_eq!(clock(&clerk, &after, "resolution").await, Value::Null);
    let kept = clock(&clerk, &open, "resolution").await;
    assert_eq!(
        (&kept["rule"]["number"], &kept["dueAt"], &kept["outcome"]),
        (&json!(2), &json!("2026-11-24T16:00:00Z"), &Value::Null),
        "what was promised to somebody stays promised"
    );
    let past = clock(&clerk, &done, "resolution").await;
    assert_eq!(
        (&past["rule"]["number"], &past["outcome"]),
        (&json!(2), &json!("kept"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn until_the_first_contact_an_answer_has_no_clock_of_its_own() {
    let app = TestApp::open().await;
    rule(
        &app,
        &json!({ "rule": { "target": "businessMinutes", "minutes": 60 }, "terms": { "clock": "nextResponse" } }),
    )
    .await;
    let (clerk, case) = picked_up(&app).await;
    contact(&clerk, &case, &json!({ "result": "residentReplied" })).await;
    assert_eq!(clock(&clerk, &case, "nextResponse").await, Value::Null);
    let callback = clock(&clerk, &case, "callback").await;
    assert_eq!(
        (&callback["dueAt"], &callback["outcome"]),
        (&json!("2026-11-24T16:00:00Z"), &Value::Null),
        "the longer promise of the first contact is not overruled by the shorter one"
    );
    contact(
        &clerk,
        &case,
        &json!({ "result": "conversation", "note": "Gesproken." }),
    )
    .await;
    contact(&clerk, &case, &json!({ "result": "residentReplied" })).await;
    let next = clock(&clerk, &case, "nextResponse").await;
    assert_eq!(next["dueAt"], "2026-11-23T10:00:00Z");
}
