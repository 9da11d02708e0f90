//! What a deadline would be: over the API and on the page, without keeping anything.

use reqwest::header::{ACCEPT_LANGUAGE, HeaderValue};
use serde_json::{Value, json};
use tests::{Browser, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_can_be_worked_out_and_explained_without_keeping_anything() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let answer = clerk
        .post(
            "/api/v1/deadlines/_simulate",
            &json!({ "receivedAt": "2026-04-03T16:00:00+02:00" }),
        )
        .await;
    assert_eq!(answer.json["dueAt"], "2026-04-07T15:00:00Z");
    assert_eq!(
        answer.json["explanation"],
        json!([
            "vrijdag 3 april 2026: ontvangen, telt niet mee",
            "zaterdag 4 april 2026: dicht (geen werkdag), telt niet mee",
            "zondag 5 april 2026: dicht (geen werkdag), telt niet mee",
            "maandag 6 april 2026: dicht (Tweede paasdag), telt niet mee",
            "dinsdag 7 april 2026: werkdag 1",
        ])
    );
    assert_eq!(
        answer.json["legal"][1],
        json!({ "term": "dealtWith", "article": "9:11", "weeks": 6, "nominal": "2026-05-15", "legal": "2026-05-18", "safe": "2026-05-13",
            "adjournedWeeks": 0, "agreed": false, "unknownYear": null, "explanation": [
                "vrijdag 3 april 2026: ontvangen, telt niet mee",
                "De klacht afhandelen: 6 weken (Awb 9:11); de weken eindigen op vrijdag 15 mei 2026",
                "vrijdag 15 mei 2026 telt niet als laatste dag: aangewezen bij koninklijk besluit",
                "zaterdag 16 mei 2026 telt niet als laatste dag: weekend",
                "zondag 17 mei 2026 telt niet als laatste dag: weekend",
                "Laatste dag volgens de wet: maandag 18 mei 2026",
                "Werk toe naar woensdag 13 mei 2026: dan is het kantoor open",
            ] })
    );
    let request = clerk
        .request("POST", "/api/v1/deadlines/_simulate")
        .headers(
            [(ACCEPT_LANGUAGE, HeaderValue::from_static("en"))]
                .into_iter()
                .collect(),
        )
        .json(&json!({
            "receivedAt": "2026-06-05T10:00:00+02:00",
            "rule": { "target": "businessMinutes", "minutes": 480 },
            "pauses": [{ "from": "2026-06-05T16:00:00+02:00", "to": "2026-06-08T10:00:00+02:00" }],
            "adjournedWeeks": 4,
        }));
    let paused = clerk.send(request).await;
    assert_eq!(
        (&paused.json["dueAt"], &paused.json["pausedMinutes"]),
        (&json!("2026-06-08T10:00:00Z"), &json!(150)),
        "{}",
        paused.text
    );
    assert_eq!(
        paused.json["legal"][0]["adjournedWeeks"], 0,
        "the term of 9:8 has no adjournment: {}",
        paused.text
    );
    assert_eq!(paused.json["legal"][1]["adjournedWeeks"], 4);
    assert_eq!(
        paused.json["legal"][1]["explanation"][1],
        "adjourned by 4 weeks"
    );
    let far = clerk
        .post(
            "/api/v1/deadlines/_simulate",
            &json!({ "receivedAt": "2028-12-01T10:00:00+01:00" }),
        )
        .await;
    assert_eq!(far.json["legal"][1]["unknownYear"], 2029);
    assert_eq!(far.json["legal"][1]["legal"], Value::Null);
    let wrong = clerk
        .post(
            "/api/v1/deadlines/_simulate",
            &json!({
                "receivedAt": "1020-12-01T10:00:00+01:00",
                "adjournedWeeks": 5,
                "pauses": [{ "from": "2026-06-05T16:00:00+02:00", "to": "2026-06-05T15:00:00+02:00" }],
            }),
        )
        .await;
    let fields: Vec<&str> = wrong.json["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        (wrong.status, fields),
        (400, vec!["receivedAt", "pauses.0.to", "adjournedWeeks"])
    );
    let early = clerk
        .post(
            "/api/v1/deadlines/_simulate",
            &json!({
                "receivedAt": "2026-06-05T10:00:00+02:00",
                "pauses": [
                    { "from": "2026-06-05T09:00:00+02:00", "to": "2026-06-05T11:00:00+02:00" },
                    { "from": "2026-06-04T10:00:00+02:00", "to": "2026-06-05T10:00:00+02:00" },
                ],
            }),
        )
        .await;
    let error = &early.json["errors"][0];
    assert_eq!(
        (&error["field"], &error["code"]),
        (&json!("pauses.1.to"), &json!("pause_before_receipt")),
        "{}",
        early.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_was_agreed_lies_after_what_the_law_gives_and_not_in_another_age() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let ask = async |until: &str| {
        let body = json!({ "receivedAt": "2026-11-23T10:00:00+01:00", "agreedUntil": until });
        clerk.post("/api/v1/deadlines/_simulate", &body).await
    };
    // Six weeks from 23 November end on Monday 4 January.
    for (until, code) in [
        ("2026-11-20", "not_later"),
        ("2027-01-04", "not_later"),
        ("2028-11-23", "too_far"),
        ("9999-12-31", "too_far"),
    ] {
        let refused = ask(until).await;
        let error = &refused.json["errors"][0];
        assert_eq!(
            (refused.status, &error["field"], &error["code"]),
            (400, &json!("agreedUntil"), &json!(code)),
            "{until}: {}",
            refused.text
        );
    }
    for age in ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"] {
        let body = json!({ "receivedAt": age, "agreedUntil": "2027-01-05" });
        let refused = clerk.post("/api/v1/deadlines/_simulate", &body).await;
        let error = &refused.json["errors"][0];
        assert_eq!(
            (refused.status, &error["code"]),
            (400, &json!("years_from_now")),
            "{age}: {}",
            refused.text
        );
    }
    let agreed = ask("2027-01-05").await;
    assert_eq!(
        agreed.json["legal"][2]["legal"], "2027-02-01",
        "the ten weeks of a committee end later than what was agreed: {}",
        agreed.text
    );
    assert_eq!(
        (agreed.status, &agreed.json["legal"][1]["legal"]),
        (200, &json!("2027-01-05")),
        "{}",
        agreed.text
    );
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go("/beheer/rekenen?receivedAt=2026-11-23T10:00&agreedUntil=2026-12-24")
        .await;
    assert_eq!(page.page.status, 400);
    for told in [
        "id=\"agreedUntil-fout\"",
        "Kies een dag die later is dan de termijn die nu geldt.",
        "value=\"2026-12-24\"",
    ] {
        assert!(page.page.text.contains(told), "{told}: {}", page.page.text);
    }
    page.go("/beheer/rekenen?receivedAt=2026-11-23T10:00&agreedUntil=2027-01-09&adjournedWeeks=2&rule.amount=veel&rule.target=workingDays")
        .await;
    assert!(
        page.page.text.contains("Hoeveel? Vul een getal in."),
        "a summary names the field: {}",
        page.page.text
    );
    page.go("/beheer/rekenen?receivedAt=2026-11-23T10:00&agreedUntil=2027-01-23&adjournedWeeks=2")
        .await;
    for told in [
        "De inwoner stemde schriftelijk in met zaterdag 23 januari 2027",
        "2 weken verdaagd",
    ] {
        assert!(page.page.text.contains(told), "{told}: {}", page.page.text);
    }
    page.go("/beheer/rekenen?receivedAt=2026-12-31T10:00").await;
    assert!(
        page.page
            .text
            .contains("maandag 4 januari 2027 om 17.00 uur"),
        "in another year than ours the year is told: {}",
        page.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_works_out_a_date_with_pauses_own_hours_and_more_time_and_nothing_is_kept()
{
    let app = TestApp::open().await;
    let mut admin =
        Browser::sign_in(&app, "waterdam.localhost", "tenantadmin@waterdam.example").await;
    // Eight hours; Friday 16:00 to Monday 10:00 and Monday 11:00 to 12:00 the clock stands still. Mondays close at 13:00, Tuesday is a study day.
    admin
        .go(
            "/beheer/rekenen?receivedAt=2026-06-05T10:00&rule.amount=8&rule.target=businessHours&terms.warnBefore=1&terms.warnAfter=2\
             &week.0=08:30-13:00&closures=2026-06-09\
             &pauses.0.from=2026-06-05T16:00&pauses.0.to=2026-06-08T10:00&pauses.1.from=2026-06-08T11:00&pauses.1.to=2026-06-08T12:00\
             &adjournedWeeks=4&agreedUntil=",
        )
        .await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    for told in [
        // Six hours on Friday, one on Monday before eleven and one after twelve.
        "Wij bellen uiterlijk maandag 8 juni om 13.00 uur",
        "We call by Monday 8 June at 13:00",
        "vrijdag 5 juni 2026: 7 uur openingstijd",
        "maandag 8 juni 2026: 1 uur openingstijd",
        // An hour before it falls due, and two after: on Wednesday, because Tuesday is closed.
        "maandag 8 juni om 12.00 uur",
        "woensdag 10 juni om 10.30 uur",
        // Ten weeks of a committee, and four of adjournment.
        "vrijdag 11 september 2026",
        "name=\"pauses.2.from\"",
    ] {
        assert!(
            admin.page.text.contains(told),
            "{told}: {}",
            admin.page.text
        );
    }
    admin
        .go(
            "/beheer/rekenen?receivedAt=2026-06-05T10:00&rule.amount=0&rule.target=workingDays&week.3=vroeg&pauses.1.from=2026-06-08T11:00\
             &pauses.1.to=2026-06-08T10:00&adjournedWeeks=9&terms.warnBefore=veel",
        )
        .await;
    assert_eq!(admin.page.status, 400);
    for told in [
        "vroeg",
        "value=\"2026-06-08T11:00\"",
        "veel",
        "Het mag hoogstens 4 zijn",
        "1 tot en met 60 werkdagen",
    ] {
        assert!(admin.page.text.contains(told), "{told}");
    }
    // The third row is the first that is filled in, and it is told at the third row.
    admin
        .go("/beheer/rekenen?receivedAt=2026-06-05T10:00&pauses.2.from=2026-06-01T10:00&pauses.2.to=2026-06-02T10:00")
        .await;
    assert_eq!(admin.page.status, 400);
    for told in ["href=\"#pauses.2.to\"", "De termijn begint pas te lopen"] {
        assert!(
            admin.page.text.contains(told),
            "{told}: {}",
            admin.page.text
        );
    }
    admin
        .go("/beheer/rekenen?receivedAt=2026-06-05T10:00&pauses.0.from=2026-06-05T10:00:10&pauses.0.to=2026-06-05T10:00:30")
        .await;
    assert!(
        admin
            .page
            .text
            .contains("De termijn stond minder dan 1 minuut openingstijd stil"),
        "{}",
        admin.page.text
    );
    admin
        .go("/beheer/rekenen?receivedAt=2028-12-01T10:00")
        .await;
    assert!(
        admin.page.text.contains("Deze termijn eindigt na 2028"),
        "{}",
        admin.page.text
    );
    let caller = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    assert_eq!(
        caller.get("/api/v1/calendars/current").await.json["version"],
        1
    );
    let rules = caller.get("/api/v1/service-rules").await;
    assert_eq!(rules.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planned_promise_is_worked_out_with_from_its_own_day_on_and_one_that_will_not_start_says_so()
 {
    let app = TestApp::open().await;
    let account = "tenantadmin@waterdam.example";
    let admin = app.signed_in("waterdam.localhost", account).await;
    let set = async |days: u32, from: Option<&str>| {
        let mut rule = json!({ "rule": { "target": "workingDays", "days": days } });
        if let Some(day) = from {
            rule["startsOn"] = json!(day);
        }
        let made = admin.post("/api/v1/service-rules", &rule).await;
        assert_eq!(made.status, 201, "{}", made.text);
    };
    set(2, Some("2026-12-01")).await;
    let mut page = Browser::sign_in(&app, "waterdam.localhost", account).await;
    for (day, told) in [
        ("2026-11-30", "uiterlijk dinsdag 1 december om 17.00 uur"),
        ("2026-12-01", "uiterlijk donderdag 3 december om 17.00 uur"),
    ] {
        page.go(&format!("/beheer/rekenen?receivedAt={day}T10:00"))
            .await;
        assert!(page.page.text.contains(told), "{told}: {}", page.page.text);
    }
    let replaced = "Gaat niet in: later vervangen";
    page.go("/beheer/belofte").await;
    assert!(!page.page.text.contains(replaced));
    set(3, None).await;
    page.go("/beheer/belofte").await;
    assert!(page.page.text.contains(replaced), "{}", page.page.text);
}
