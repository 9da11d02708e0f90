//! Promises: from which day they hold, and what is no new one.

use serde_json::{Value, json};
use tests::{Browser, TestApp};

use super::clocks::{due, reference};

const ADMIN: &str = "tenantadmin@waterdam.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_new_promise_begins_on_its_day_and_keeps_the_old_ones() {
    let app = TestApp::open().await;
    let before = app.complaint().await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let rule = json!({ "rule": { "target": "workingDays", "days": 2 }, "startsOn": "2026-12-01" });
    let made = admin.post("/api/v1/service-rules", &rule).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let forces: Vec<(&Value, &Value)> = made.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (&item["number"], &item["inForce"]))
        .collect();
    assert_eq!(
        forces,
        [(&json!(2), &json!(false)), (&json!(1), &json!(true))]
    );
    assert_eq!(app.complaint().await["dueAt"], "2026-11-24T16:00:00Z");
    app.clock.advance(chrono::TimeDelta::days(8));
    assert_eq!(
        app.complaint().await["dueAt"],
        "2026-12-03T16:00:00Z",
        "received on Tuesday 1 December"
    );
    assert_eq!(due(&app, reference(&before)).await, "2026-11-24T16:00:00Z");

    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    for (wrong, field, code) in [
        (
            json!({ "rule": { "target": "workingDays", "days": 0 } }),
            "rule",
            "promise_out_of_range",
        ),
        (
            json!({ "rule": { "target": "workingDays", "days": 2 }, "startsOn": "9999-01-01" }),
            "startsOn",
            "years_ahead",
        ),
        (
            json!({ "rule": { "target": "workingDays", "days": 1 }, "startsOn": "2026-11-30" }),
            "startsOn",
            "day_passed",
        ),
    ] {
        let refused = admin.post("/api/v1/service-rules", &wrong).await;
        assert_eq!(
            (
                refused.status,
                &refused.json["errors"][0]["field"],
                &refused.json["errors"][0]["code"]
            ),
            (400, &json!(field), &json!(code)),
            "{}",
            refused.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_nothing_is_no_new_version() {
    let app = TestApp::open().await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let calendar = admin.get("/api/v1/calendars/current").await.json["calendar"].clone();
    let same = json!({ "calendar": calendar, "expectedVersion": 1 });
    let request = admin
        .request("PUT", "/api/v1/calendars/current")
        .json(&same);
    let refused = admin.send(request).await;
    assert_eq!(
        (refused.status, &refused.json["errors"][0]["code"]),
        (400, &json!("nothing_changes")),
        "{}",
        refused.text
    );
    let set = async |days: u32, starts_on: Option<&str>| {
        let mut body = json!({ "rule": { "target": "workingDays", "days": days } });
        if let Some(day) = starts_on {
            body["startsOn"] = json!(day);
        }
        admin.post("/api/v1/service-rules", &body).await
    };
    for starts_on in [None, Some("2026-11-23"), Some("2027-02-01")] {
        let refused = set(1, starts_on).await;
        assert_eq!(
            (refused.status, &refused.json["errors"][0]["code"]),
            (400, &json!("already_promised")),
            "{starts_on:?}: {}",
            refused.text
        );
    }
    // Two days from February on; from March on it changes nothing, and today it takes the plan back.
    assert_eq!(set(2, Some("2027-02-01")).await.status, 201);
    assert_eq!(set(2, Some("2027-03-01")).await.status, 400);
    let back = set(1, None).await;
    assert_eq!(back.status, 201, "{}", back.text);
    app.clock.advance(chrono::TimeDelta::days(80));
    assert_eq!(app.complaint().await["dueAt"], "2027-02-12T16:00:00Z");
    // A promise that there never was cannot end.
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let ends = json!({ "rule": { "target": "workingDays", "days": 1 }, "terms": { "clock": "resolution", "ended": true } });
    let refused = admin.post("/api/v1/service-rules", &ends).await;
    assert_eq!(refused.json["errors"][0]["code"], "already_promised");

    let mut page = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    page.go("/beheer/belofte").await;
    page.submit(
        "/beheer/belofte",
        &[
            ("rule.amount", "1"),
            ("rule.target", "workingDays"),
            ("startsOn", ""),
        ],
    )
    .await;
    assert_eq!(page.page.status, 400);
    assert!(page.page.text.contains("Dit is al wat u belooft"));
    let far = [
        ("rule.amount", "veel"),
        ("rule.target", "workingDays"),
        ("startsOn", "9999-01-01"),
    ];
    page.submit("/beheer/belofte", &far).await;
    assert!(
        page.page.text.contains("Hoeveel? Vul een getal in") && !page.page.text.contains("Bedrag"),
        "days are no money: {}",
        page.page.text
    );
    let far = [("rule.amount", "2"), far[1], far[2]];
    page.submit("/beheer/belofte", &far).await;
    assert!(
        page.page
            .text
            .contains("Het mag hoogstens 10 jaar vooruit."),
        "{}",
        page.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_of_today_does_not_make_yesterdays_message_be_in_time() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let id = app.case_id(reference(&receipt)).await;
    app.clock.advance(chrono::TimeDelta::days(2));
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let rule = json!({ "rule": { "target": "workingDays", "days": 9 } });
    let made = admin.post("/api/v1/service-rules", &rule).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let clerk = app.clerk().await;
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");
    clerk.post(&path("/_claim"), &Value::Null).await;
    let tip = json!({ "kind": "tip", "reason": "Het is een tip.", "agreedOn": "2026-11-25", "keptAt": "Gesprek" });
    let became = clerk.post(&path("/_convert"), &tip).await;
    assert_eq!(
        (became.status, &became.json["dueAt"], &became.json["late"]),
        (200, &json!("2026-11-24T16:00:00Z"), &json!(true)),
        "whoever wrote keeps the promise of then: {}",
        became.text
    );
}
