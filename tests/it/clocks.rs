//! Calendars, promises and deadlines, over the API and in pages.

use serde_json::{Value, json};
use tests::{Browser, TestApp};

const ADMIN: &str = "tenantadmin@waterdam.example";

/// When a message falls due, as the API says it.
pub async fn due(app: &TestApp, reference: &str) -> Value {
    let id = app.case_id(reference).await;
    let case = app.clerk().await.get(&format!("/api/v1/cases/{id}")).await;
    case.json["dueAt"].clone()
}

/// The number on a receipt.
pub fn reference(receipt: &Value) -> &str {
    receipt["reference"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closing_day_moves_what_is_open_and_leaves_what_is_done() {
    let app = TestApp::open().await;
    let (open, done) = (app.complaint().await, app.complaint().await);
    let clerk = app.clerk().await;
    let id = app.case_id(reference(&done)).await;
    clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &json!(null))
        .await;
    let talked = clerk
        .post(
            &format!("/api/v1/cases/{id}/contact-moments"),
            &json!({ "result": "conversation", "note": "Gesproken." }),
        )
        .await;
    assert_eq!(talked.status, 201, "{}", talked.text);

    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let mut calendar = admin.get("/api/v1/calendars/current").await.json;
    assert_eq!(calendar["version"], 1);
    calendar["calendar"]["exceptions"]["2026-11-24"] = json!({ "reason": "Studiedag" });
    let preview = admin
        .post(
            "/api/v1/calendars/current/_preview",
            &json!({ "calendar": calendar["calendar"] }),
        )
        .await;
    assert_eq!(
        preview.json,
        json!({ "count": 1, "items": [{
            "reference": reference(&open),
            "kind": "callback",
            "from": "2026-11-24T16:00:00Z",
            "to": "2026-11-25T16:00:00Z",
        }] })
    );
    assert_eq!(due(&app, reference(&open)).await, "2026-11-24T16:00:00Z");

    let change = json!({ "calendar": calendar["calendar"], "expectedVersion": 1 });
    let request = admin
        .request("PUT", "/api/v1/calendars/current")
        .json(&change);
    let kept = admin.send(request).await;
    assert_eq!((kept.status, &kept.json["version"]), (200, &json!(2)));
    let request = admin
        .request("PUT", "/api/v1/calendars/current")
        .json(&change);
    let late = admin.send(request).await;
    assert_eq!(
        (late.status, &late.json["code"]),
        (409, &json!("changed")),
        "{}",
        late.text
    );
    app.run_jobs().await;
    assert_eq!(due(&app, reference(&open)).await, "2026-11-25T16:00:00Z");
    assert_eq!(
        due(&app, reference(&done)).await,
        "2026-11-24T16:00:00Z",
        "what was kept stays as it was"
    );
    let later = app.complaint().await;
    assert_eq!(later["dueAt"], "2026-11-25T16:00:00Z");

    let page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let mut page = page;
    page.go(&format!("/balie/meldingen/{}", reference(&open)))
        .await;
    let told =
        "De kalender veranderde (terugbellen). Was uiterlijk dinsdag 24 november om 17.00 uur";
    assert!(page.page.text.contains(told), "{}", page.page.text);
    page.go(&format!("/balie/meldingen/{}/klokken", reference(&open)))
        .await;
    let told = "dicht (Studiedag), telt niet mee";
    assert!(page.page.text.contains(told), "{}", page.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_makes_no_sense_is_refused_with_the_reason() {
    let app = TestApp::open().await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let calendar = admin.get("/api/v1/calendars/current").await.json["calendar"].clone();
    let changed = |change: fn(&mut Value)| {
        let mut calendar = calendar.clone();
        change(&mut calendar);
        json!({ "calendar": calendar })
    };
    for (body, code) in [
        (
            changed(|calendar| calendar["week"] = json!([[], [], [], [], [], [], []])),
            "never_open",
        ),
        (
            changed(|calendar| calendar["week"][0] = json!([["17:00", "08:30"]])),
            "block_backwards",
        ),
        (
            changed(|calendar| {
                calendar["week"][0] = json!([["08:00", "12:00"], ["11:00", "13:00"]]);
            }),
            "blocks_overlap",
        ),
        (
            changed(|calendar| calendar["week"][0] = json!([["8 uur", "12:00"]])),
            "not_a_time",
        ),
        (
            changed(|calendar| calendar["exceptions"] = json!({ "2026-12-31": { "reason": " " } })),
            "required",
        ),
        (
            changed(|calendar| {
                calendar["exceptions"] = json!({ "2226-12-31": { "reason": "Ver" } });
            }),
            "not_a_date",
        ),
        (
            changed(|calendar| {
                calendar["exceptions"] = json!({ "2026-02-30": { "reason": "Nooit" } });
            }),
            "not_a_date",
        ),
        (
            changed(|calendar| calendar["holidays"] = json!(["carnaval"])),
            "not_an_option",
        ),
    ] {
        let refused = admin
            .post("/api/v1/calendars/current/_preview", &body)
            .await;
        assert_eq!(
            (refused.status, &refused.json["errors"][0]["code"]),
            (400, &json!(code)),
            "{}",
            refused.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nightly_check_finds_a_clock_that_is_wrong_and_sets_it_right() {
    use sea_orm::ConnectionTrait as _;

    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let scope = if app.store.is_postgres() {
        format!("set app.tenant = '{}';", app.waterdam.id)
    } else {
        String::new()
    };
    let wrong = format!("{scope} update clock set due_at = '2026-11-30T16:00:00+00:00'");
    let owner = app.store.as_database_owner().await;
    owner.execute_unprepared(&wrong).await.unwrap();
    // Monday 10:00 and Tuesday 03:00 in Amsterdam.
    for hours in [0, 17] {
        app.clock.advance(chrono::TimeDelta::hours(hours));
        domain::maintenance::run_hourly(&app.db).await.unwrap();
        app.run_jobs().await;
    }
    assert_eq!(due(&app, reference(&receipt)).await, "2026-11-24T16:00:00Z");
    let auditor = app
        .signed_in("waterdam.localhost", "auditor@waterdam.example")
        .await;
    let log = auditor.get("/api/v1/audit-entries").await;
    let corrected: Vec<&Value> = log.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"] == "clock.correct")
        .collect();
    assert_eq!(corrected.len(), 1, "{}", log.text);
    assert_eq!(
        corrected[0]["details"],
        json!({ "clocks": 3 }),
        "the promise and both terms of the law"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_did_not_pick_a_message_up_is_told_that_first_and_a_date_of_next_year_has_its_year()
{
    let app = TestApp::open().await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let rule = json!({ "rule": { "target": "workingDays", "days": 40 }, "terms": { "clock": "resolution" } });
    let made = admin.post("/api/v1/service-rules", &rule).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap();
    let path = format!("/balie/meldingen/{reference}");
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go(&format!("{path}/klokken")).await;
    for told in [
        "Nog niemand heeft deze melding opgepakt.",
        "Naar de melding",
        "januari 2027 om 17.00 uur",
        "dinsdag 24 november om 17.00 uur",
    ] {
        assert!(
            clerk.page.text.contains(told),
            "{told}: {}",
            clerk.page.text
        );
    }
    let id = app.case_id(reference).await;
    let caller = app.clerk().await;
    let end = json!({ "outcome": "explained" });
    let refused = caller
        .post(&format!("/api/v1/cases/{id}/_close"), &end)
        .await;
    assert_eq!(
        (refused.status, &refused.json["detail"]),
        (
            409,
            &json!("Pak de melding eerst op. Nog niemand heeft haar opgepakt.")
        )
    );
    clerk.submit(&format!("{path}/oppakken"), &[]).await;
    clerk.go(&format!("{path}/klokken")).await;
    assert!(!clerk.page.text.contains("Nog niemand heeft"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_is_explained_by_the_calendar_it_was_counted_with() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let mut calendar = admin.get("/api/v1/calendars/current").await.json;
    // A day that moves nothing yet.
    calendar["calendar"]["exceptions"]["2026-11-26"] = json!({ "reason": "Studiedag" });
    let change = json!({ "calendar": calendar["calendar"], "expectedVersion": 1 });
    let request = admin
        .request("PUT", "/api/v1/calendars/current")
        .json(&change);
    assert_eq!(admin.send(request).await.status, 200);
    app.run_jobs().await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    let callback = async || {
        let list = clerk.get(&format!("/api/v1/cases/{id}/clocks")).await.json;
        let clocks = list["items"].as_array().unwrap();
        let found = clocks.iter().find(|clock| clock["kind"] == "callback");
        found.unwrap().clone()
    };
    let clock = callback().await["id"].as_str().unwrap().to_owned();
    // From now until Thursday half past nine: it begins again on Friday, because Thursday is closed.
    let still = json!({ "reason": "residentAsked", "until": "2026-11-26T08:30:00Z" });
    let paused = clerk
        .post(&format!("/api/v1/clocks/{clock}/_pause"), &still)
        .await;
    assert_eq!(paused.status, 200, "{}", paused.text);
    let clock = callback().await;
    let last = clock["explanation"].as_array().unwrap().last().unwrap();
    let due: chrono::DateTime<chrono::Utc> = clock["dueAt"].as_str().unwrap().parse().unwrap();
    let told = domain::Language::Dutch.moment(due, chrono_tz::Europe::Amsterdam, due);
    assert_eq!(
        last.as_str().unwrap(),
        format!("Uiterlijk {told}"),
        "{clock}"
    );
}
