//! The law's term for a complaint: what ends it, that late stays late, and that merging and closing take nothing from a resident.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, Reply, TestApp};

use crate::case_merge::merge;

/// A complaint with other answers than usual that the clerk has picked up; gives back its id and reference.
async fn picked_up(app: &TestApp, change: impl FnOnce(&mut Value)) -> (String, String) {
    let mut body = tests::complaint();
    change(&mut body["answers"]);
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let reply = app.anonymous("waterdam.localhost").post(path, &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let reference = reply.json["reference"].as_str().unwrap().to_owned();
    let id = app.case_id(&reference).await;
    let clerk = app.clerk().await;
    let claimed = clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    assert_eq!(claimed.status, 200, "{}", claimed.text);
    (id, reference)
}

async fn clock(caller: &Caller, case: &str, kind: &str) -> Value {
    let clocks = caller.get(&format!("/api/v1/cases/{case}/clocks")).await;
    let items = clocks.json["items"].as_array().unwrap().clone();
    let found = items
        .into_iter()
        .rev()
        .find(|clock| clock["kind"] == kind && clock["mergedReference"].is_null());
    found.unwrap_or(Value::Null)
}

async fn act(caller: &Caller, clock: &Value, act: &str, body: &Value) -> Reply {
    let id = clock["id"].as_str().unwrap();
    caller
        .post(&format!("/api/v1/clocks/{id}/{act}"), body)
        .await
}

async fn contact(caller: &Caller, case: &str, body: &Value) -> Reply {
    caller
        .post(&format!("/api/v1/cases/{case}/contact-moments"), body)
        .await
}

async fn talk(caller: &Caller, case: &str) {
    let talked = json!({ "result": "conversation", "note": "Gesproken." });
    let talked = contact(caller, case, &talked).await;
    assert_eq!(talked.status, 201, "{}", talked.text);
}

async fn close(caller: &Caller, case: &str, body: &Value) -> Reply {
    caller
        .post(&format!("/api/v1/cases/{case}/_close"), body)
        .await
}

fn fields(reply: &Reply) -> Vec<(String, String)> {
    let errors = reply.json["errors"].as_array().cloned().unwrap_or_default();
    let text = |error: &Value, key: &str| error[key].as_str().unwrap().to_owned();
    errors
        .iter()
        .map(|error| (text(error, "field"), text(error, "code")))
        .collect()
}

async fn mails(app: &TestApp, subject: &str) -> Vec<String> {
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap();
    mails
        .iter()
        .filter(|mail| mail.subject.starts_with(subject))
        .map(|mail| format!("{} {}", mail.recipient, mail.body))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_a_complaint_without_what_ends_the_term_keeps_it_running_and_says_what_is_owed() {
    let app = TestApp::open().await;
    for outcome in ["solvedTogether", "explained", "passedOn", "withdrawn"] {
        let (case, reference) = picked_up(&app, |_| ()).await;
        let clerk = app.clerk().await;
        talk(&clerk, &case).await;
        let closed = close(&clerk, &case, &json!({ "outcome": outcome })).await;
        assert_eq!(closed.status, 200, "{outcome}: {}", closed.text);
        let runs = clock(&clerk, &case, "dealtWith").await;
        assert_eq!(
            (&runs["outcome"], &runs["stoppedAt"]),
            (&Value::Null, &Value::Null),
            "{outcome}"
        );
        let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
        page.go(&format!("/balie/meldingen/{reference}")).await;
        for told in ["brief met bevindingen schuldig", "maandag 4 januari 2027"] {
            assert!(page.page.text.contains(told), "{told}: {}", page.page.text);
        }
        let asked = mails(&app, "Wat vond u van ons?").await;
        let letter = "uiterlijk op maandag 4 januari 2027";
        assert!(
            asked.iter().all(|mail| mail.contains(letter)),
            "the resident reads when the letter comes: {asked:?}"
        );
        assert!(!asked.is_empty());
        // The letter is recorded afterwards, in the closed case.
        let empty = act(&clerk, &runs, "_finish", &json!({ "law": "letter" })).await;
        let wrong = fields(&empty);
        assert_eq!(
            wrong,
            [
                ("lawOn".to_owned(), "not_a_date".to_owned()),
                ("keptAt".to_owned(), "required".to_owned())
            ]
        );
        let letter = json!({ "law": "letter", "lawOn": "2026-11-23", "keptAt": "Brief 12" });
        let ended = act(&clerk, &runs, "_finish", &letter).await;
        assert_eq!(
            (ended.status, &ended.json["outcome"]),
            (200, &json!("kept")),
            "{}",
            ended.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_complaint_that_is_still_owed_a_letter_warns_and_is_late() {
    let app = TestApp::open().await;
    let (case, reference) = picked_up(&app, |_| ()).await;
    let clerk = app.clerk().await;
    talk(&clerk, &case).await;
    let closed = close(&clerk, &case, &json!({ "outcome": "explained" })).await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    app.clock.advance(TimeDelta::days(43));
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    let warned = mails(&app, "Let op:").await;
    assert!(
        warned.iter().any(|mail| mail.contains(&reference)),
        "{warned:?}"
    );
    let clerk = app.clerk().await;
    let late = clock(&clerk, &case, "dealtWith").await;
    let letter = json!({ "law": "letter", "lawOn": "2027-01-05", "keptAt": "Brief 12" });
    let ended = act(&clerk, &late, "_finish", &letter).await;
    assert_eq!(ended.json["outcome"], "late", "{}", ended.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_satisfaction_a_letter_or_a_withdrawal_that_can_be_shown_ends_the_term() {
    let app = TestApp::open().await;
    let proof = |law: &str, outcome: &str| json!({ "outcome": outcome, "law": law, "lawOn": "2026-11-23", "keptAt": "Dossier 1" });
    for (law, outcome, ended, refusal) in [
        ("satisfied", "solvedTogether", "kept", "dropped"),
        ("letter", "explained", "kept", "dropped"),
        ("withdrawn", "withdrawn", "dropped", "dropped"),
        ("notDealtWith", "passedOn", "dropped", "kept"),
    ] {
        let (case, _) = picked_up(&app, |_| ()).await;
        let clerk = app.clerk().await;
        talk(&clerk, &case).await;
        let mut early = proof(law, outcome);
        early["lawOn"] = json!("2026-11-22");
        let refused = close(&clerk, &case, &early).await;
        assert_eq!(
            fields(&refused),
            [("lawOn".to_owned(), "before_receipt".to_owned())]
        );
        let closed = close(&clerk, &case, &proof(law, outcome)).await;
        assert_eq!(closed.status, 200, "{}", closed.text);
        assert_eq!(clock(&clerk, &case, "dealtWith").await["outcome"], ended);
        assert_eq!(
            clock(&clerk, &case, "notDealtWith").await["outcome"],
            refusal,
            "{law}"
        );
    }
    let (case, _) = picked_up(&app, |_| ()).await;
    let clerk = app.clerk().await;
    talk(&clerk, &case).await;
    for (law, outcome) in [("satisfied", "explained"), ("withdrawn", "solvedTogether")] {
        let refused = close(&clerk, &case, &proof(law, outcome)).await;
        assert_eq!(
            fields(&refused),
            [("law".to_owned(), "law_unfit".to_owned())],
            "{law} {outcome}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn not_reached_asks_for_tries_on_different_parts_of_the_day_and_a_message() {
    let app = TestApp::open().await;
    // Without an address no mail says that nobody could reach her.
    let (case, _) = picked_up(&app, |answers| {
        answers.as_object_mut().unwrap().remove("email");
    })
    .await;
    let clerk = app.clerk().await;
    let end = json!({ "outcome": "notReached" });
    for _ in 0..3 {
        let tried = contact(&clerk, &case, &json!({ "result": "noAnswer" })).await;
        assert_eq!(tried.status, 201, "{}", tried.text);
    }
    let refused = close(&clerk, &case, &end).await;
    assert_eq!(
        refused.json["code"], "case-not-contacted",
        "one part of the day"
    );
    app.clock.advance(TimeDelta::hours(4));
    let clerk = app.clerk().await;
    contact(&clerk, &case, &json!({ "result": "noAnswer" })).await;
    let refused = close(&clerk, &case, &end).await;
    assert_eq!(refused.json["code"], "case-not-contacted", "no message");
    contact(&clerk, &case, &json!({ "result": "messageLeft" })).await;
    let closed = close(&clerk, &case, &end).await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    let runs = clock(&clerk, &case, "dealtWith").await;
    assert_eq!(runs["outcome"], Value::Null, "a complaint stays one");
}

/// Closes the office on a day.
async fn close_office(app: &TestApp, day: &str) {
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let now = admin.get("/api/v1/calendars/current").await.json;
    let mut calendar = now["calendar"].clone();
    calendar["exceptions"][day] = json!({ "reason": "Dicht" });
    let body = json!({ "calendar": calendar, "expectedVersion": now["version"] });
    let put = admin
        .request("PUT", "/api/v1/calendars/current")
        .json(&body);
    let put = admin.send(put).await;
    assert_eq!(put.status, 200, "{}", put.text);
    app.run_jobs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_late_stays_late_when_a_day_in_the_past_is_closed_or_a_longer_promise_holds() {
    let app = TestApp::open().await;
    let (closed, _) = picked_up(&app, |_| ()).await;
    let (longer, _) = picked_up(&app, |_| ()).await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let rule = json!({ "rule": { "target": "workingDays", "days": 20 }, "terms": { "applies": { "category": "wegen" } } });
    let category = json!({ "key": "wegen", "labelNl": "Wegen" });
    let made = admin.post("/api/v1/case-categories", &category).await;
    assert!(made.status < 300, "{}", made.text);
    let made = admin.post("/api/v1/service-rules", &rule).await;
    assert_eq!(made.status, 201, "{}", made.text);
    app.clock.advance(TimeDelta::days(2));
    close_office(&app, "2026-11-24").await;
    let clerk = app.clerk().await;
    let put = clerk
        .request("PUT", &format!("/api/v1/cases/{longer}/category"))
        .json(&json!({ "category": "wegen" }));
    let put = clerk.send(put).await;
    assert_eq!(put.status, 200, "{}", put.text);
    for case in [&closed, &longer] {
        let shown = clerk.get(&format!("/api/v1/cases/{case}")).await;
        assert_eq!(shown.json["late"], true, "{}", shown.text);
        talk(&clerk, case).await;
        let callback = clock(&clerk, case, "callback").await;
        assert_eq!(callback["outcome"], "late", "{callback}");
        assert_eq!(callback["breachedAt"], "2026-11-24T16:00:00Z");
        assert_ne!(callback["dueAt"], "2026-11-24T16:00:00Z", "both are kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_dated_before_a_breach_needs_a_reason() {
    let app = TestApp::open().await;
    let (case, reference) = picked_up(&app, |_| ()).await;
    app.clock.advance(TimeDelta::days(2));
    let clerk = app.clerk().await;
    let mut body =
        json!({ "result": "conversation", "note": "Gesproken.", "at": "2026-11-24T10:00:00Z" });
    let refused = contact(&clerk, &case, &body).await;
    assert_eq!(
        fields(&refused),
        [("reason".to_owned(), "reason_for_earlier_contact".to_owned())]
    );
    body["reason"] = json!("De computer deed het niet.");
    let logged = contact(&clerk, &case, &body).await;
    assert_eq!(logged.status, 201, "{}", logged.text);
    assert_eq!(clock(&clerk, &case, "callback").await["outcome"], "kept");
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(
        page.page
            .text
            .contains("Later vastgelegd: De computer deed het niet.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_after_the_term_moves_the_day_and_the_result_stays_late() {
    let app = TestApp::open().await;
    let (signed_late, _) = picked_up(&app, |_| ()).await;
    let (signed_in_time, _) = picked_up(&app, |_| ()).await;
    app.clock.advance(TimeDelta::days(49));
    let clerk = app.clerk().await;
    let signed_twice = &signed_late;
    let dealt = clock(&clerk, signed_twice, "dealtWith").await;
    let first = json!({ "until": "2027-02-01", "agreedOn": "2027-01-06", "keptAt": "Brief 2" });
    let first = act(&clerk, &dealt, "_agree", &first).await;
    assert_eq!(first.status, 200, "{}", first.text);
    for (case, agreed_on, outcome) in [
        // Of the later day it would be in time, but the term was over when the first was signed.
        (signed_twice, "2027-01-06", "late"),
        (&signed_in_time, "2027-01-04", "kept"),
    ] {
        let dealt = clock(&clerk, case, "dealtWith").await;
        let agreed = json!({ "until": "2027-02-15", "agreedOn": agreed_on, "keptAt": "Brief 3" });
        let agreed = act(&clerk, &dealt, "_agree", &agreed).await;
        assert_eq!(agreed.status, 200, "{}", agreed.text);
        let letter = json!({ "law": "letter", "lawOn": "2027-01-11", "keptAt": "Brief 4" });
        let ended = act(&clerk, &dealt, "_finish", &letter).await;
        assert_eq!(ended.json["outcome"], outcome, "{}", ended.text);
        assert_eq!(ended.json["legal"]["legal"], "2027-02-15");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adjournment_that_was_sent_in_time_is_recorded_later_with_its_letter() {
    let app = TestApp::open().await;
    let (case, _) = picked_up(&app, |_| ()).await;
    app.clock.advance(TimeDelta::days(49));
    let clerk = app.clerk().await;
    let dealt = clock(&clerk, &case, "dealtWith").await;
    let mut notice = json!({ "weeks": 4, "residentToldOn": "2027-01-05" });
    notice["keptAt"] = json!("Brief 7");
    let late = act(&clerk, &dealt, "_adjourn", &notice).await;
    assert_eq!(late.json["code"], "term-over", "{}", late.text);
    notice["residentToldOn"] = json!("2027-01-04");
    notice["keptAt"] = json!("");
    let bare = act(&clerk, &dealt, "_adjourn", &notice).await;
    assert_eq!(
        fields(&bare),
        [("keptAt".to_owned(), "required".to_owned())]
    );
    notice["keptAt"] = json!("Brief 7");
    let adjourned = act(&clerk, &dealt, "_adjourn", &notice).await;
    assert_eq!(
        (
            &adjourned.json["legal"]["legal"],
            &adjourned.json["breachedAt"]
        ),
        (&json!("2027-02-01"), &Value::Null),
        "it was in time, and nobody is concerned: {}",
        adjourned.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_four_weeks_to_refuse_warn_only_whoever_means_to_refuse() {
    let app = TestApp::open().await;
    let (silent, silent_reference) = picked_up(&app, |_| ()).await;
    let (refusing, refusing_reference) = picked_up(&app, |_| ()).await;
    let clerk = app.clerk().await;
    let eight = clock(&clerk, &refusing, "notDealtWith").await;
    let meant = act(&clerk, &eight, "_refuse", &Value::Null).await;
    assert_eq!(
        (meant.status, &meant.json["refusing"]),
        (200, &json!(true)),
        "{}",
        meant.text
    );
    app.clock.advance(TimeDelta::days(25));
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    let warned = mails(&app, "Let op:").await.join("\n");
    let about = |reference: &str| format!("{reference}: wettelijke termijn van 4 weken");
    assert!(warned.contains(&about(&refusing_reference)), "{warned}");
    assert!(!warned.contains(&about(&silent_reference)), "{warned}");
    // Five weeks later the complaint is dealt with: the four weeks play no part.
    app.clock.advance(TimeDelta::days(10));
    let clerk = app.clerk().await;
    talk(&clerk, &silent).await;
    let end = json!({ "outcome": "explained", "law": "letter", "lawOn": "2026-12-28", "keptAt": "Brief 2" });
    let closed = close(&clerk, &silent, &end).await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    assert_eq!(
        clock(&clerk, &silent, "notDealtWith").await["outcome"],
        "dropped"
    );
    assert_eq!(clock(&clerk, &silent, "dealtWith").await["outcome"], "kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_known_years_there_is_no_legal_date_and_the_end_of_the_weeks_warns() {
    let app = TestApp::open().await;
    app.clock.advance(TimeDelta::days(749));
    let (case, reference) = picked_up(&app, |_| ()).await;
    let clerk = app.clerk().await;
    let dealt = clock(&clerk, &case, "dealtWith").await;
    assert_eq!(
        (
            &dealt["dueAt"],
            &dealt["legal"]["legal"],
            &dealt["legal"]["nominal"]
        ),
        (&Value::Null, &Value::Null, &json!("2029-01-22")),
        "{dealt}"
    );
    app.clock.advance(TimeDelta::days(38));
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    let warned = mails(&app, "Let op:").await.join("\n");
    let about = format!("{reference}: wettelijke termijn voor de klacht");
    assert!(warned.contains(&about), "{warned}");
    let clerk = app.clerk().await;
    assert_eq!(
        clock(&clerk, &case, "dealtWith").await["breachedAt"],
        Value::Null
    );
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}/klokken"))
        .await;
    assert!(
        page.page
            .text
            .contains("De weken eindigen op maandag 22 januari 2029")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_complaint_keeps_its_own_term_and_both_residents_are_told() {
    let app = TestApp::open().await;
    let (first, first_reference) = picked_up(&app, |answers| {
        answers["reactie"] = json!("mailen");
        answers["email"] = json!("buur@voorbeeld.example");
        answers.as_object_mut().unwrap().remove("telefoon");
        answers.as_object_mut().unwrap().remove("wanneer");
    })
    .await;
    let (caller, caller_reference) = picked_up(&app, |answers| {
        answers["telefoon"] = json!("0612345699");
        answers["email"] = json!("derde@voorbeeld.example");
    })
    .await;
    app.clock.advance(TimeDelta::days(7));
    let (target, target_reference) = picked_up(&app, |_| ()).await;
    let clerk = app.clerk().await;
    for other in [&first, &caller] {
        let merged = merge(&clerk, other, &target).await;
        assert_eq!(merged.status, 200, "{}", merged.text);
    }
    // More time for the one is no more time for the other.
    let own = clock(&clerk, &target, "dealtWith").await;
    let notice = json!({ "weeks": 4, "residentToldOn": "2026-11-30" });
    let adjourned = act(&clerk, &own, "_adjourn", &notice).await;
    assert_eq!(adjourned.status, 200, "{}", adjourned.text);
    let term = clock(&clerk, &first, "dealtWith").await;
    assert_eq!(
        (&term["outcome"], &term["dueAt"]),
        (&Value::Null, &json!("2027-01-04T22:59:59.999999Z"))
    );
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{target_reference}"))
        .await;
    let shown = format!("Klacht afhandelen ({first_reference})");
    assert!(page.page.text.contains(&shown), "{}", page.page.text);
    talk(&clerk, &target).await;
    let mut end = json!({ "outcome": "explained", "law": "letter", "lawOn": "2026-11-30", "keptAt": "Brief 1" });
    let refused = close(&clerk, &target, &end).await;
    assert_eq!(
        fields(&refused),
        [("othersTold".to_owned(), "others_not_told".to_owned())]
    );
    page.go(&format!("/balie/meldingen/{target_reference}"))
        .await;
    assert!(
        page.page
            .text
            .contains(&format!("samengevoegde meldingen: {caller_reference}"))
    );
    end["othersTold"] = json!(true);
    let closed = close(&clerk, &target, &end).await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    let told = mails(&app, "Uw bericht is behandeld").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("buur@voorbeeld.example") && told[0].contains(&first_reference));
    // The letter to the one is no letter to the other.
    let term = clock(&clerk, &first, "dealtWith").await;
    assert_eq!(term["outcome"], Value::Null);
    app.clock.advance(TimeDelta::days(36));
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    let warned = mails(&app, "Let op:").await.join("\n");
    assert!(warned.contains(&first_reference), "{warned}");
    let clerk = app.clerk().await;
    let letter = json!({ "law": "letter", "lawOn": "2027-01-05", "keptAt": "Brief 2" });
    let ended = act(&clerk, &term, "_finish", &letter).await;
    assert_eq!(ended.json["outcome"], "late", "{}", ended.text);
}
