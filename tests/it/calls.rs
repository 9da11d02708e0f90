//! Calling a resident back: whom to call now, what a try does, and what a conversation brings.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

/// A complaint of Truus, as its id and reference.
pub async fn complaint(app: &TestApp) -> (String, String) {
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    (app.case_id(&reference).await, reference)
}

/// A complaint whose sender gave no mail address.
async fn without_mail(app: &TestApp) -> (String, String) {
    let mut message = tests::complaint();
    message["answers"].as_object_mut().unwrap().remove("email");
    let address = "/api/v1/forms/klacht-tip-compliment/submissions";
    let resident = app.anonymous("waterdam.localhost");
    let receipt = resident.post(address, &message).await;
    let reference = receipt.json["reference"].as_str().unwrap().to_owned();
    (app.case_id(&reference).await, reference)
}

async fn called(clerk: &Caller, case: &str, body: &Value) -> tests::Reply {
    clerk
        .post(&format!("/api/v1/cases/{case}/conversations"), body)
        .await
}

async fn listed(clerk: &Caller) -> Vec<(String, bool)> {
    let list = clerk.get("/api/v1/calls").await;
    assert_eq!(list.status, 200, "{}", list.text);
    list.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|call| {
            let reference = call["reference"].as_str().unwrap().to_owned();
            (reference, call["now"].as_bool().unwrap())
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_call_list_has_who_can_be_called_now_on_top_and_whoever_was_reached_leaves_it() {
    let app = TestApp::open().await;
    // It is Monday ten o'clock: Truus can be called in the afternoon, her neighbour at any time.
    let (afternoon, truus) = complaint(&app).await;
    let mut message = tests::complaint();
    message["answers"]["wanneer"] = json!(["altijd"]);
    let address = "/api/v1/forms/klacht-tip-compliment/submissions";
    let sent = app
        .anonymous("waterdam.localhost")
        .post(address, &message)
        .await;
    let neighbour = sent.json["reference"].as_str().unwrap().to_owned();
    let clerk = app.clerk().await;
    assert_eq!(
        listed(&clerk).await,
        [(neighbour.clone(), true), (truus.clone(), false)]
    );
    let spoken = json!({ "result": "conversation", "note": "Zij durft de trap niet op." });
    let case = app.case_id(&neighbour).await;
    let reply = called(&clerk, &case, &spoken).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    assert_eq!(listed(&clerk).await, [(truus.clone(), false)]);
    app.clock.advance(TimeDelta::hours(3));
    let clerk = app.clerk().await;
    assert_eq!(listed(&clerk).await, [(truus.clone(), true)]);
    let lead = app
        .signed_in("waterdam.localhost", "lead@waterdam.example")
        .await;
    clerk
        .post(&format!("/api/v1/cases/{afternoon}/_claim"), &Value::Null)
        .await;
    assert_eq!(listed(&lead).await, [], "it is a colleague's");
    let all = lead.get("/api/v1/calls?scope=all").await;
    assert_eq!(all.json["items"][0]["reference"], json!(truus));
    let odd = lead.get("/api/v1/calls?scope=team").await;
    assert_eq!(
        (odd.status, &odd.json["errors"][0]["field"]),
        (400, &json!("scope"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_try_is_on_another_part_of_the_day_and_a_wrong_number_has_none() {
    let app = TestApp::open().await;
    let mut message = tests::complaint();
    message["answers"]["wanneer"] = json!(["altijd"]);
    let address = "/api/v1/forms/klacht-tip-compliment/submissions";
    let sent = app
        .anonymous("waterdam.localhost")
        .post(address, &message)
        .await;
    let reference = sent.json["reference"].as_str().unwrap().to_owned();
    let case = app.case_id(&reference).await;
    let clerk = app.clerk().await;
    let tried = called(&clerk, &case, &json!({ "result": "noAnswer" })).await;
    assert_eq!(tried.status, 201, "{}", tried.text);
    let call = clerk.get("/api/v1/calls").await.json["items"][0].clone();
    assert_eq!(
        (
            &call["tries"],
            &call["now"],
            &call["nextTryAt"],
            &call["nextTryPart"]
        ),
        (
            &json!(1),
            &json!(false),
            &json!("2026-11-23T11:00:00Z"),
            &json!("afternoon")
        ),
        "tried in the morning: {call}"
    );
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(
        desk.page.text.contains("1 keer gebeld, niet bereikt"),
        "{}",
        desk.page.text
    );
    assert!(
        desk.page.text.contains("vandaag 12.00"),
        "{}",
        desk.page.text
    );
    let wrong = called(&clerk, &case, &json!({ "result": "wrongNumber" })).await;
    assert_eq!(wrong.status, 201, "{}", wrong.text);
    app.run_jobs().await;
    let call = clerk.get("/api/v1/calls").await.json["items"][0].clone();
    assert_eq!(
        (&call["nextTryAt"], &call["lastResult"]),
        (&Value::Null, &json!("wrongNumber"))
    );
    let mails = app.mails.lock().unwrap().clone();
    let told = mails
        .iter()
        .filter(|mail| mail.subject.contains("niet bereiken"))
        .count();
    assert_eq!(told, 1, "she is mailed at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_to_be_called_later_waits_for_that_moment_and_the_promise_stands_still() {
    let app = TestApp::open().await;
    let (case, reference) = complaint(&app).await;
    let clerk = app.clerk().await;
    for (body, field, code) in [
        (json!({ "result": "callLater" }), "callAt", "not_a_moment"),
        (
            json!({ "result": "callLater", "callAt": "2026-11-20T10:00" }),
            "callAt",
            "in_past",
        ),
        (
            json!({ "result": "callLater", "callAt": "2027-11-20T10:00" }),
            "callAt",
            "too_far",
        ),
        (
            json!({ "result": "noAnswer", "callAt": "2026-11-25T10:00" }),
            "callAt",
            "only_call_later",
        ),
        (json!({ "result": "conversation" }), "note", "required"),
        (
            json!({ "result": "noAnswer", "agreements": [{ "what": "Bellen", "until": "2026-11-25" }] }),
            "agreements.0.what",
            "only_after_conversation",
        ),
        (
            json!({ "result": "conversation", "note": "x", "agreements": [{ "what": "", "until": "2026-11-01" }] }),
            "agreements.0.what",
            "required",
        ),
        (
            json!({ "result": "conversation", "note": "x", "questions": [{ "kind": "vraag", "title": "Bank" }] }),
            "questions.0.kind",
            "not_an_option",
        ),
    ] {
        let refused = called(&clerk, &case, &body).await;
        let errors = refused.json["errors"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let found = errors
            .iter()
            .any(|error| error["field"] == field && error["code"] == code);
        assert!(refused.status == 400 && found, "{body}: {}", refused.text);
    }
    let path = format!("/api/v1/cases/{case}");
    assert_eq!(
        clerk.get(&path).await.json["assigneeId"],
        Value::Null,
        "nothing was kept"
    );
    let later = json!({ "result": "callLater", "callAt": "2026-11-25T10:00" });
    let kept = called(&clerk, &case, &later).await;
    assert_eq!(kept.status, 201, "{}", kept.text);
    let call = clerk.get("/api/v1/calls").await.json["items"][0].clone();
    assert_eq!(
        (&call["nextTryAt"], &call["asked"]),
        (&json!("2026-11-25T09:00:00Z"), &json!(true))
    );
    assert!(
        call["dueAt"].as_str().unwrap() > "2026-11-25",
        "the promise waits: {call}"
    );
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(
        desk.page
            .text
            .contains("De inwoner vroeg om een telefoontje"),
        "{}",
        desk.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_tries_of_the_promise_the_resident_is_mailed_once_and_without_an_address_the_case_says_so()
 {
    let app = TestApp::open().await;
    let (case, _) = complaint(&app).await;
    let (silent, unreachable) = without_mail(&app).await;
    for hours in [0, 4, 20] {
        app.clock.advance(TimeDelta::hours(hours));
        let clerk = app.clerk().await;
        for case in [&case, &silent] {
            let tried = called(&clerk, case, &json!({ "result": "noAnswer" })).await;
            assert_eq!(tried.status, 201, "{}", tried.text);
        }
    }
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let told: Vec<_> = (mails.iter())
        .filter(|mail| mail.subject.contains("konden u niet bereiken"))
        .collect();
    assert_eq!(told.len(), 1, "after the second try, once");
    assert_eq!(told[0].recipient, "truus@voorbeeld.example");
    assert!(
        !told[0].body.contains("lift"),
        "none of her own words: {}",
        told[0].body
    );
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{unreachable}")).await;
    for told in ["Er is geen e-mailadres", "De inwoner is niet bereikt"] {
        assert!(desk.page.text.contains(told), "{told}: {}", desk.page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_brings_an_agreement_with_a_clock_and_other_questions_become_cases() {
    let app = TestApp::open().await;
    let (case, reference) = complaint(&app).await;
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go("/balie/bellen").await;
    assert!(
        desk.page.text.contains("Truus Bakema"),
        "{}",
        desk.page.text
    );
    let page = format!("/balie/meldingen/{reference}/gesprek");
    desk.go(&page).await;
    assert!(
        desk.page.text.contains("Ik kom niet boven."),
        "{}",
        desk.page.text
    );
    let key = desk.hidden("_sleutel");
    let fields = [
        ("_sleutel", key.as_str()),
        ("result", "conversation"),
        ("note", "Zij is haar zus kwijt."),
        ("wish", "Veilig naar boven kunnen."),
        ("agreements.0.what", "De monteur komt."),
        ("agreements.0.until", "2026-11-28"),
        ("agreements.1.what", ""),
        ("agreements.1.until", ""),
        ("questions.0.kind", "tip"),
        ("questions.0.title", "Zet een bank in de hal"),
        ("questions.0.story", "Dan kan ik even zitten."),
        ("questions.1.kind", "tip"),
        ("questions.1.title", ""),
    ];
    let token = desk.csrf_token();
    desk.submit_with(&page, &token, &fields).await;
    assert_eq!(desk.page.status, 200, "{}", desk.page.text);
    for told in [
        "Het gesprek is bewaard",
        "Zij is haar zus kwijt.",
        "Wat de inwoner wil",
        "Veilig naar boven kunnen.",
        "De monteur komt.",
        "Kom na wat er is afgesproken",
        "Zet een bank in de hal",
    ] {
        assert!(desk.page.text.contains(told), "{told}: {}", desk.page.text);
    }
    desk.submit_with(&page, &token, &fields).await;
    let clerk = app.clerk().await;
    let items = clerk.get("/api/v1/cases").await.json["items"].clone();
    assert_eq!(items.as_array().unwrap().len(), 2, "sent twice, done once");
    let related = clerk.get(&format!("/api/v1/cases/{case}/related")).await;
    let other = related.json["items"][0].clone();
    assert_eq!(
        (
            &other["title"],
            &other["kind"],
            &other["contactPhoneE164"],
            &other["originId"]
        ),
        (
            &json!("Zet een bank in de hal"),
            &json!("tip"),
            &json!("+31612345678"),
            &json!(case)
        )
    );
    let detail = clerk
        .get(&format!("/api/v1/cases/{}", other["id"].as_str().unwrap()))
        .await;
    assert_eq!(detail.json["channel"], "phone");
    // Friday is the last open day before Saturday.
    let clocks = clerk.get(&format!("/api/v1/cases/{case}/clocks")).await;
    let clocks = clocks.json["items"].as_array().unwrap().clone();
    let agreement = clocks
        .iter()
        .find(|clock| clock["kind"] == "agreement")
        .unwrap();
    assert_eq!(
        (&agreement["dueAt"], &agreement["agreed"]),
        (&json!("2026-11-27T16:00:00Z"), &json!("De monteur komt."))
    );
    let close = format!("/api/v1/cases/{case}/_close");
    let closing = json!({ "outcome": "solvedTogether" });
    let refused = clerk.post(&close, &closing).await;
    assert_eq!(
        refused.json["errors"][0]["code"], "agreements_open",
        "{}",
        refused.text
    );
    let finish = format!(
        "/api/v1/clocks/{}/_finish",
        agreement["id"].as_str().unwrap()
    );
    let silent = clerk.post(&finish, &json!({})).await;
    assert_eq!(
        silent.json["errors"][0]["field"], "reason",
        "{}",
        silent.text
    );
    let done = clerk
        .post(&finish, &json!({ "reason": "De lift werkt." }))
        .await;
    assert_eq!(
        (done.status, &done.json["outcome"]),
        (200, &json!("kept")),
        "{}",
        done.text
    );
    assert_eq!(clerk.post(&close, &closing).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_that_is_late_warns_as_other_promises_do_and_stays_late() {
    let app = TestApp::open().await;
    let (case, reference) = complaint(&app).await;
    let clerk = app.clerk().await;
    let spoken = json!({ "result": "conversation", "note": "Zij wacht al lang.",
        "agreements": [{ "what": "De monteur komt.", "until": "2026-11-24" }] });
    let spoken = called(&clerk, &case, &spoken).await;
    assert_eq!(spoken.status, 201, "{}", spoken.text);
    app.clock.advance(TimeDelta::days(2));
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let warned = (mails.iter()).any(|mail| {
        mail.recipient == "clerk@waterdam.example" && mail.body.contains("afspraak met de inwoner")
    });
    assert!(warned, "{mails:?}");
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(
        desk.page.text.contains("gh-next--late"),
        "{}",
        desk.page.text
    );
    let id = spoken.json["agreementIds"][0].as_str().unwrap();
    let kept = [("clock", id), ("reason", "Vandaag gedaan.")];
    desk.submit(&format!("/balie/meldingen/{reference}/nagekomen"), &kept)
        .await;
    assert!(
        desk.page.text.contains("de afspraak is nagekomen"),
        "{}",
        desk.page.text
    );
    let clerk = app.clerk().await;
    let clocks = clerk.get(&format!("/api/v1/cases/{case}/clocks")).await;
    let clocks = clocks.json["items"].as_array().unwrap().clone();
    let agreement = clocks
        .iter()
        .find(|clock| clock["kind"] == "agreement")
        .unwrap();
    assert_eq!(agreement["outcome"], "late");
}
