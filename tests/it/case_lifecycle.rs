//! A closed message is reopened; a message turns out to be another kind.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

/// The clocks of a case as `(kind, outcome, due)`, in the order in which they began.
async fn clocks(caller: &Caller, case: &str) -> Vec<(String, String, String)> {
    let list = caller.get(&format!("/api/v1/cases/{case}/clocks")).await;
    assert_eq!(list.status, 200, "{}", list.text);
    list.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|clock| {
            let text = |key: &str| clock[key].as_str().unwrap_or_default().to_owned();
            (text("kind"), text("outcome"), text("dueAt"))
        })
        .collect()
}

pub async fn of_kind(caller: &Caller, case: &str, kind: &str) -> Vec<(String, String)> {
    clocks(caller, case)
        .await
        .into_iter()
        .filter(|(one, _, _)| one == kind)
        .map(|(_, outcome, due)| (outcome, due))
        .collect()
}

/// Promises at Waterdam: solved within ten working days.
async fn promise_to_solve(app: &TestApp) {
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let rule = json!({ "rule": { "target": "workingDays", "days": 10 }, "terms": { "clock": "resolution" } });
    let made = admin.post("/api/v1/service-rules", &rule).await;
    assert_eq!(made.status, 201, "{}", made.text);
}

/// A confirmation within one working day, for some messages or for all.
pub async fn promise_to_confirm(app: &TestApp, applies: &Value) {
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let terms = json!({ "clock": "acknowledgement", "applies": applies });
    let rule = json!({ "rule": { "target": "workingDays", "days": 1 }, "terms": terms });
    let made = admin.post("/api/v1/service-rules", &rule).await;
    assert_eq!(made.status, 201, "{}", made.text);
}

/// A complaint that was picked up, talked about and closed; gives back its id and reference.
async fn closed(app: &TestApp, clerk: &Caller) -> (String, String) {
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    let id = app.case_id(&reference).await;
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");
    clerk.post(&path("/_claim"), &Value::Null).await;
    let talked = json!({ "result": "conversation", "note": "Een goed gesprek." });
    let talked = clerk.post(&path("/contact-moments"), &talked).await;
    assert_eq!(talked.status, 201, "{}", talked.text);
    let end = json!({ "outcome": "solvedTogether", "note": "De lift is gemaakt.", "law": "satisfied", "lawOn": "2026-11-23", "keptAt": "Gespreksnotitie" });
    let end = clerk.post(&path("/_close"), &end).await;
    assert_eq!(end.status, 200, "{}", end.text);
    (id, reference)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_measured_stays_when_a_message_is_reopened_and_a_new_clock_begins() {
    let app = TestApp::open().await;
    promise_to_solve(&app).await;
    let clerk = app.clerk().await;
    let (id, reference) = closed(&app, &clerk).await;
    app.clock.advance(TimeDelta::days(7));
    let clerk = app.clerk().await;
    let path = format!("/api/v1/cases/{id}/_reopen");
    let silent = clerk.post(&path, &json!({})).await;
    let wrong: Vec<(&str, &str)> = silent.json["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            (
                error["field"].as_str().unwrap(),
                error["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        (silent.status, wrong),
        (
            400,
            vec![("reason", "required"), ("law", "required_choice")]
        )
    );
    let why = json!({ "reason": "De lift is weer stuk.", "law": "countsOn" });
    let reopened = clerk.post(&path, &why).await;
    assert_eq!(reopened.status, 200, "{}", reopened.text);
    assert_eq!(reopened.json["status"], "inProgress");
    assert!(reopened.json["outcome"].is_null() && reopened.json["closedAt"].is_null());
    assert_eq!(
        reopened.json["contactedAt"], "2026-11-23T09:00:00Z",
        "the first contact was in time and stays so"
    );
    let kept = |due: &str| ("kept".to_owned(), due.to_owned());
    let runs = |due: &str| (String::new(), due.to_owned());
    assert_eq!(
        of_kind(&clerk, &id, "callback").await,
        [kept("2026-11-24T16:00:00Z")]
    );
    assert_eq!(
        of_kind(&clerk, &id, "resolution").await,
        [kept("2026-12-07T16:00:00Z"), runs("2026-12-14T16:00:00Z")],
        "both results stay; the new one counts from the reopening"
    );
    let law = of_kind(&clerk, &id, "dealtWith").await;
    assert_eq!(law.len(), 2);
    assert_eq!(law[0].0, "kept");
    assert_eq!(
        law[0].1, law[1].1,
        "the law's term counts on from the first receipt"
    );
    let not_dealt_with = of_kind(&clerk, &id, "notDealtWith").await;
    assert_eq!(
        not_dealt_with,
        [
            ("dropped".to_owned(), not_dealt_with[0].1.clone()),
            runs(&not_dealt_with[0].1)
        ],
        "nobody said that it would be taken up: the four weeks count on as well"
    );
    let again = clerk.post(&path, &why).await;
    assert_eq!(again.status, 200, "one's own open case: nothing happens");
    assert_eq!(of_kind(&clerk, &id, "resolution").await.len(), 2);

    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}")).await;
    for told in [
        "clerk heropende de melding",
        "De lift is weer stuk.",
        "Uitkomst was: Samen opgelost",
        "De lift is gemaakt.",
        "De termijn telt door vanaf de eerste ontvangst",
    ] {
        assert!(page.page.text.contains(told), "{told}: {}", page.page.text);
    }
    // Two clocks of a kind are told apart.
    page.go(&format!("/balie/meldingen/{reference}/klokken"))
        .await;
    assert!(page.page.text.contains(", 2e keer</h2>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_that_was_never_sent_is_owed_again_and_what_was_taken_up_stays_taken_up() {
    let app = TestApp::open().await;
    promise_to_confirm(&app, &json!({})).await;
    let clerk = app.clerk().await;
    let receipt = app.complaint().await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");
    clerk.post(&path("/_claim"), &Value::Null).await;
    let list = clerk.get(&path("/clocks")).await.json;
    let eight = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clock| clock["kind"] == "notDealtWith")
        .unwrap();
    let done = format!("/api/v1/clocks/{}/_finish", eight["id"].as_str().unwrap());
    let taken_up = clerk.post(&done, &json!({})).await;
    assert_eq!(taken_up.status, 200, "{}", taken_up.text);
    app.clock.advance(TimeDelta::minutes(2));
    let end = json!({ "outcome": "withdrawn" });
    assert_eq!(clerk.post(&path("/_close"), &end).await.status, 200);
    app.clock.advance(TimeDelta::minutes(2));
    let why = json!({ "reason": "Toch niet ingetrokken.", "law": "countsOn" });
    let reopened = clerk.post(&path("/_reopen"), &why).await;
    assert_eq!(reopened.status, 200, "{}", reopened.text);
    let due = "2026-11-24T16:00:00Z".to_owned();
    assert_eq!(
        of_kind(&clerk, &id, "acknowledgement").await,
        [("dropped".to_owned(), due.clone()), (String::new(), due)]
    );
    assert_eq!(
        of_kind(&clerk, &id, "notDealtWith").await.len(),
        1,
        "it was taken up, and reopening does not take that back"
    );
    app.run_jobs().await;
    let confirmed = of_kind(&clerk, &id, "acknowledgement").await;
    assert_eq!(confirmed[1].0, "kept", "the mail that still had to leave");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_that_was_dealt_with_by_letter_stays_dealt_with_and_a_score_is_asked_once() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let (id, _) = closed(&app, &clerk).await;
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");
    let letter = json!({ "reason": "De inwoner belde nog eens.", "law": "staysEnded" });
    let reopened = clerk.post(&path("/_reopen"), &letter).await;
    assert_eq!(reopened.status, 200, "{}", reopened.text);
    assert_eq!(of_kind(&clerk, &id, "dealtWith").await.len(), 1);
    let closed_again = clerk
        .post(&path("/_close"), &json!({ "outcome": "explained" }))
        .await;
    assert_eq!(closed_again.status, 200, "{}", closed_again.text);
    app.run_jobs().await;
    let asked = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .filter(|mail| mail.subject.starts_with("Wat vond u van ons?"))
        .count();
    assert_eq!(asked, 1, "nobody is asked twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_never_reached_is_promised_a_call_again() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let receipt = app.complaint().await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");
    clerk.post(&path("/_claim"), &Value::Null).await;
    let end = json!({ "outcome": "withdrawn" });
    assert_eq!(clerk.post(&path("/_close"), &end).await.status, 200);
    app.clock.advance(TimeDelta::days(3));
    let clerk = app.clerk().await;
    let why = json!({ "reason": "Toch niet ingetrokken.", "law": "countsOn" });
    let reopened = clerk.post(&path("/_reopen"), &why).await;
    assert_eq!(
        (&reopened.json["dueAt"], &reopened.json["late"]),
        (&json!("2026-11-27T16:00:00Z"), &json!(false)),
        "{}",
        reopened.text
    );
    assert_eq!(
        of_kind(&clerk, &id, "callback").await,
        [
            ("dropped".to_owned(), "2026-11-24T16:00:00Z".to_owned()),
            (String::new(), "2026-11-27T16:00:00Z".to_owned())
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_reopen_at_once_one_wins_and_the_other_is_told_who() {
    let app = TestApp::open().await;
    promise_to_solve(&app).await;
    let clerk = app.clerk().await;
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    for _ in 0..3 {
        let (id, _) = closed(&app, &clerk).await;
        let path = format!("/api/v1/cases/{id}/_reopen");
        let why = json!({ "reason": "Weer stuk.", "law": "countsOn" });
        let (one, two) = tokio::join!(clerk.post(&path, &why), colleague.post(&path, &why));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", one.text, two.text);
        let loser = if one.status == 409 { &one } else { &two };
        assert_eq!(loser.json["code"], "case-open");
        assert_eq!(of_kind(&clerk, &id, "resolution").await.len(), 2);
    }
}
