//! What people do to the clocks of a case, and what that does to when it falls due.

use chrono::TimeDelta;
use reqwest::header::{ACCEPT_LANGUAGE, HeaderValue};
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

/// A complaint of Truus Bakema that the clerk has picked up.
async fn picked_up(app: &TestApp) -> (Caller, String, String) {
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    let id = app.case_id(&reference).await;
    let clerk = app.clerk().await;
    let claimed = clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &json!(null))
        .await;
    assert_eq!(claimed.status, 200, "{}", claimed.text);
    (clerk, id, reference)
}

async fn clock(caller: &Caller, case: &str, kind: &str) -> Value {
    let clocks = caller.get(&format!("/api/v1/cases/{case}/clocks")).await;
    assert_eq!(clocks.status, 200, "{}", clocks.text);
    let items = clocks.json["items"].as_array().unwrap();
    items
        .iter()
        .rev()
        .find(|clock| clock["kind"] == kind)
        .unwrap_or(&Value::Null)
        .clone()
}

async fn act(caller: &Caller, clock: &Value, act: &str, body: &Value) -> tests::Reply {
    let id = clock["id"].as_str().unwrap();
    caller
        .post(&format!("/api/v1/clocks/{id}/{act}"), body)
        .await
}

async fn log(caller: &Caller, case: &str, body: &Value) {
    let logged = caller
        .post(&format!("/api/v1/cases/{case}/contact-moments"), body)
        .await;
    assert_eq!(logged.status, 201, "{}", logged.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_has_the_clock_of_the_promise_and_both_of_the_law_and_each_is_explained() {
    let app = TestApp::open().await;
    let (clerk, case, _) = picked_up(&app).await;
    let dealt = clock(&clerk, &case, "dealtWith").await;
    assert_eq!(
        dealt["legal"],
        json!({ "term": "dealtWith", "article": "9:11", "weeks": 6, "nominal": "2027-01-04", "legal": "2027-01-04", "safe": "2027-01-04",
            "adjournedWeeks": 0, "agreed": false, "unknownYear": null, "explanation": dealt["explanation"] })
    );
    assert_eq!(
        dealt["dueAt"], "2027-01-04T22:59:59.999999Z",
        "through midnight in Amsterdam"
    );
    assert_eq!(
        dealt["explanation"],
        json!([
            "maandag 23 november 2026: ontvangen, telt niet mee",
            "De klacht afhandelen: 6 weken (Awb 9:11); de weken eindigen op maandag 4 januari 2027",
            "Laatste dag volgens de wet: maandag 4 januari 2027",
            "Werk toe naar maandag 4 januari 2027: dan is het kantoor open",
        ])
    );
    let not_dealt = clock(&clerk, &case, "notDealtWith").await;
    assert_eq!(not_dealt["legal"]["legal"], "2026-12-21");
    let request = clerk
        .request("GET", &format!("/api/v1/cases/{case}/clocks"))
        .headers(
            [(ACCEPT_LANGUAGE, HeaderValue::from_static("en"))]
                .into_iter()
                .collect(),
        );
    let english = clerk.send(request).await;
    let callback = english.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clock| clock["kind"] == "callback")
        .unwrap();
    assert_eq!(
        callback["explanation"][2], "At the latest Tuesday 24 November at 17:00",
        "{callback}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_stands_still_for_a_reason_until_a_moment_and_the_residents_answer_ends_it() {
    let app = TestApp::open().await;
    let (clerk, case, reference) = picked_up(&app).await;
    let callback = clock(&clerk, &case, "callback").await;
    let wrong = act(
        &clerk,
        &callback,
        "_pause",
        &json!({ "reason": "waitingForResident", "until": "2026-11-23T09:00:00+01:00" }),
    )
    .await;
    assert_eq!(
        (wrong.status, &wrong.json["errors"][0]["code"]),
        (400, &json!("in_past"))
    );
    let paused = act(
        &clerk,
        &callback,
        "_pause",
        &json!({ "reason": "residentAsked", "until": "2026-11-27T10:00:00+01:00", "note": "Zij is op vakantie." }),
    )
    .await;
    assert_eq!(paused.status, 200, "{}", paused.text);
    assert_eq!(paused.json["pausedUntil"], "2026-11-27T09:00:00Z");
    // Of the 15.5 opening hours between Monday 10:00 and Tuesday 17:00 all were left.
    assert_eq!(paused.json["dueAt"], "2026-11-30T16:00:00Z");
    let listed = clerk.get(&format!("/api/v1/cases/{case}")).await;
    assert_eq!(listed.json["dueAt"], "2026-11-30T16:00:00Z");

    app.clock.advance(TimeDelta::days(2));
    // The first token is old by now.
    let clerk = app.clerk().await;
    log(&clerk, &case, &json!({ "result": "messageLeft" })).await;
    let still = clock(&clerk, &case, "callback").await;
    assert_eq!(
        still["pausedUntil"], "2026-11-27T09:00:00Z",
        "a message of ours ends no wait"
    );
    log(&clerk, &case, &json!({ "result": "residentReplied" })).await;
    let running = clock(&clerk, &case, "callback").await;
    assert_eq!(running["pausedUntil"], Value::Null);
    assert_eq!(
        running["dueAt"], "2026-11-26T16:00:00Z",
        "{running}: Wednesday 10:00 and what was left"
    );
    let kinds: Vec<&str> = running["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["start", "pause", "resume"]);

    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}/klokken"))
        .await;
    for told in [
        "de inwoner wil later gebeld worden",
        "Zij is op vakantie.",
        "Zet de termijn stil",
        "Verdagen: meer tijd nodig",
        "Wij nemen deze klacht in behandeling",
    ] {
        assert!(page.page.text.contains(told), "{told}");
    }
    log(
        &clerk,
        &case,
        &json!({ "result": "conversation", "note": "Gesproken." }),
    )
    .await;
    let kept = clock(&clerk, &case, "callback").await;
    assert_eq!(kept["outcome"], "kept");
    let again = act(&clerk, &kept, "_resume", &json!(null)).await;
    assert_eq!(
        (again.status, &again.json["code"]),
        (409, &json!("clock-stopped"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_term_of_the_law_never_stands_still_and_is_adjourned_once_with_notice_to_both() {
    let app = TestApp::open().await;
    let (clerk, case, reference) = picked_up(&app).await;
    let dealt = clock(&clerk, &case, "dealtWith").await;
    let pause = json!({ "reason": "waitingForResident", "until": "2026-11-27T10:00:00+01:00" });
    let refused = act(&clerk, &dealt, "_pause", &pause).await;
    assert_eq!(
        (refused.status, &refused.json["code"]),
        (409, &json!("clock-of-law"))
    );
    let not_dealt = clock(&clerk, &case, "notDealtWith").await;
    let notice = |weeks: u32, day: &str| json!({ "weeks": weeks, "residentToldOn": day, "concernedToldOn": day });
    let refused = act(&clerk, &not_dealt, "_adjourn", &notice(4, "2026-11-23")).await;
    assert_eq!(
        (refused.status, &refused.json["code"]),
        (409, &json!("clock-not-adjournable"))
    );
    let wrong = act(&clerk, &dealt, "_adjourn", &notice(5, "2026-11-24")).await;
    let fields: Vec<&str> = wrong.json["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["weeks", "residentToldOn", "concernedToldOn"]);
    let mut form = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let path = format!("/balie/meldingen/{reference}/klokken");
    form.go(&path).await;
    let typed = [
        ("clock", dealt["id"].as_str().unwrap()),
        ("act", "adjourn"),
        ("weeks", "5"),
        ("residentToldOn", ""),
        ("concernedToldOn", "2026-11-24"),
    ];
    form.submit(&format!("{path}/verdagen"), &typed).await;
    assert_eq!(form.page.status, 400);
    for told in ["#weeks", "#residentToldOn", "#concernedToldOn"] {
        assert!(
            form.page.text.contains(told),
            "everything at once, {told}: {}",
            form.page.text
        );
    }
    let untouched = clock(&clerk, &case, "dealtWith").await;
    assert_eq!(untouched["adjournedWeeks"], 0, "{untouched}");
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    let foreign = act(&colleague, &dealt, "_adjourn", &notice(4, "2026-11-23")).await;
    assert_eq!(
        (foreign.status, &foreign.json["code"]),
        (409, &json!("case-not-yours"))
    );
    let adjourned = act(&clerk, &dealt, "_adjourn", &notice(4, "2026-11-23")).await;
    assert_eq!(
        (adjourned.status, &adjourned.json["legal"]["legal"]),
        (200, &json!("2027-02-01")),
        "{}",
        adjourned.text
    );
    let twice = act(&clerk, &dealt, "_adjourn", &notice(1, "2026-11-23")).await;
    assert_eq!(
        (twice.status, &twice.json["code"]),
        (409, &json!("already-adjourned"))
    );
    // In the browser: further delay without saying where the consent is, and then with it.
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let path = format!("/balie/meldingen/{reference}/klokken");
    page.go(&path).await;
    let id = dealt["id"].as_str().unwrap();
    let mut fields = vec![
        ("clock", id),
        ("act", "agree"),
        ("until", "2027-03-01"),
        ("agreedOn", "2026-11-23"),
        ("keptAt", ""),
    ];
    let action = format!("{path}/uitstel");
    page.submit(&action, &fields).await;
    assert_eq!(page.page.status, 400);
    assert!(
        page.page.text.contains("2027-03-01"),
        "what was typed stays"
    );
    fields[4] = ("keptAt", "Dossier 12, brief van 20 november");
    page.submit(&action, &fields).await;
    assert_eq!(page.page.status, 200);
    assert!(page.page.text.contains("brief van 20 november"));
    let agreed = clock(&clerk, &case, "dealtWith").await;
    assert_eq!(agreed["legal"]["legal"], "2027-03-01");
    // Taken up: the term of 9:8 plays no part any more.
    let taken = act(&clerk, &not_dealt, "_finish", &json!({})).await;
    assert_eq!(taken.json["outcome"], "dropped", "{}", taken.text);
    let itself = act(&clerk, &dealt, "_finish", &json!({})).await;
    assert_eq!(itself.json["code"], "clock-stops-itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn enough_tries_stop_the_promise_as_attempted_and_the_next_answer_has_a_clock_of_its_own() {
    let app = TestApp::open().await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    for rule in [
        json!({ "rule": { "target": "workingDays", "days": 1 }, "terms": { "tries": 2, "applies": { "kind": "complaint" } } }),
        json!({ "rule": { "target": "businessMinutes", "minutes": 240 }, "terms": { "clock": "nextResponse" } }),
        json!({ "rule": { "target": "workingDays", "days": 10 }, "terms": { "clock": "resolution", "applies": { "form": "klacht-tip-compliment" } } }),
    ] {
        let made = admin.post("/api/v1/service-rules", &rule).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    let (clerk, case, _) = picked_up(&app).await;
    let resolution = clock(&clerk, &case, "resolution").await;
    assert_eq!(resolution["dueAt"], "2026-12-07T16:00:00Z");
    log(&clerk, &case, &json!({ "result": "noAnswer" })).await;
    app.clock.advance(TimeDelta::hours(4));
    let clerk = app.clerk().await;
    log(&clerk, &case, &json!({ "result": "messageLeft" })).await;
    let callback = clock(&clerk, &case, "callback").await;
    assert_eq!(callback["outcome"], "attempted");
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go("/balie").await;
    assert!(page.page.text.contains("Genoeg geprobeerd"));
    // She calls back later: that is a conversation, and the result stays what it was.
    log(
        &clerk,
        &case,
        &json!({ "result": "conversation", "note": "Zij belde terug." }),
    )
    .await;
    assert_eq!(
        clock(&clerk, &case, "callback").await["outcome"],
        "attempted"
    );
    assert_eq!(clock(&clerk, &case, "nextResponse").await, Value::Null);
    log(&clerk, &case, &json!({ "result": "residentReplied" })).await;
    let next = clock(&clerk, &case, "nextResponse").await;
    assert_eq!(next["dueAt"], "2026-11-24T08:30:00Z", "{next}");
    log(&clerk, &case, &json!({ "result": "residentReplied" })).await;
    assert_eq!(
        clock(&clerk, &case, "nextResponse").await["id"],
        next["id"],
        "a second message does not restart it"
    );
    log(
        &clerk,
        &case,
        &json!({ "result": "conversation", "note": "Nog eens." }),
    )
    .await;
    assert_eq!(
        clock(&clerk, &case, "nextResponse").await["outcome"],
        "kept"
    );
    let closed = clerk
        .post(
            &format!("/api/v1/cases/{case}/_close"),
            &json!({ "outcome": "solvedTogether", "law": "satisfied", "lawOn": "2026-11-23", "keptAt": "Gespreksnotitie" }),
        )
        .await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    for (kind, outcome) in [
        ("resolution", "kept"),
        ("dealtWith", "kept"),
        ("notDealtWith", "dropped"),
    ] {
        assert_eq!(
            clock(&clerk, &case, kind).await["outcome"],
            outcome,
            "{kind}"
        );
    }
}
