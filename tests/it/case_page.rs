//! The page of a case: what it costs, what it says once, and what no resident ever gets.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, TestApp};

use crate::{calls::complaint, erasure::everything};

/// Unmistakable words, one for each internal field.
const INTERNAL: [&str; 9] = [
    "zwaluwnotitie",
    "ijsvogelgesprek",
    "reigerwens",
    "lepelaarvraag",
    "kievitantwoord",
    "grutterdoorgeven",
    "tureluurgedaan",
    "wulpuitkomst",
    "Team Kluut",
];

/// A case with internal words in every field that has them; gives back its id, its reference and the code of its receipt.
async fn planted(app: &TestApp) -> (String, String, String) {
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    let code = receipt["receiptCode"].as_str().unwrap().to_owned();
    let case = app.case_id(&reference).await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let clerk = app.clerk().await;
    let me = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await
        .to_string();
    let team = admin
        .post(
            "/api/v1/teams",
            &json!({ "name": "Team Kluut", "members": [me] }),
        )
        .await;
    let team = team.json["id"].as_str().unwrap().to_owned();
    let path = |rest: &str| format!("/api/v1/cases/{case}{rest}");
    clerk.post(&path("/_claim"), &Value::Null).await;
    let talk = json!({ "result": "conversation", "note": "ijsvogelgesprek", "wish": "reigerwens",
        "agreements": [{ "what": "Wij bellen u weer.", "until": "2026-11-24" }] });
    let talked = clerk.post(&path("/conversations"), &talk).await;
    assert_eq!(talked.status, 201, "{}", talked.text);
    let note = clerk
        .post(&path("/notes"), &json!({ "text": "zwaluwnotitie" }))
        .await;
    assert_eq!(note.status, 201, "{}", note.text);
    let question = json!({ "question": "lepelaarvraag", "teamId": team });
    let asked = clerk.post(&path("/tasks"), &question).await;
    let answer = format!(
        "/api/v1/tasks/{}/_answer",
        asked.json["id"].as_str().unwrap()
    );
    let answered = clerk
        .post(&answer, &json!({ "answer": "kievitantwoord" }))
        .await;
    assert_eq!(answered.status, 200, "{}", answered.text);
    let on = json!({ "teamId": team, "staffId": me, "note": "grutterdoorgeven" });
    assert_eq!(clerk.post(&path("/_hand-on"), &on).await.status, 200);
    let agreement = talked.json["agreementIds"][0].as_str().unwrap();
    let done = json!({ "reason": "tureluurgedaan" });
    let done = clerk
        .post(&format!("/api/v1/clocks/{agreement}/_finish"), &done)
        .await;
    assert_eq!(done.status, 200, "{}", done.text);
    (case, reference, code)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_internal_word_reaches_a_page_a_mail_a_file_or_an_answer_that_a_resident_gets() {
    let app = TestApp::open().await;
    let (case, reference, code) = planted(&app).await;
    let clerk = app.clerk().await;
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    for word in INTERNAL.iter().filter(|word| **word != "wulpuitkomst") {
        assert!(desk.page.text.contains(word), "staff read it: {word}");
    }
    let close = json!({ "outcome": "solvedTogether", "note": "wulpuitkomst" });
    let closed = clerk
        .post(&format!("/api/v1/cases/{case}/_close"), &close)
        .await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    app.run_jobs().await;
    let resident = app.anonymous("waterdam.localhost");
    let mut got: Vec<(String, String)> = Vec::new();
    for path in [
        format!("/melding/{code}"),
        format!("/melding/{code}/cijfer"),
        format!("/cijfer/{code}"),
        format!("/api/v1/receipts/{code}"),
        format!("/melding/{code}/kopie"),
    ] {
        let reply = resident.get(&path).await;
        got.push((path, reply.text.clone()));
    }
    assert!(
        got[0].1.contains(&reference) && got[3].1.contains(&reference),
        "{got:?}"
    );
    let mails = app.mails.lock().unwrap().clone();
    let to_resident = mails
        .iter()
        .filter(|mail| mail.recipient == "truus@voorbeeld.example");
    for mail in to_resident {
        got.push((mail.subject.clone(), mail.body.clone()));
        let links = mail.body.split("/cijfer/").skip(1);
        for code in links.filter_map(|rest| rest.split_whitespace().next()) {
            let path = format!("/cijfer/{code}");
            let reply = resident.get(&path).await;
            assert_eq!(reply.status, 200);
            got.push((path, reply.text.clone()));
        }
    }
    assert!(
        got.len() > 6,
        "mails and the page of the score: {}",
        got.len()
    );
    for (place, text) in got {
        for word in INTERNAL {
            assert!(!text.contains(word), "{word} at {place}: {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_colleagues_wrote_is_erased_with_the_case() {
    let app = TestApp::open().await;
    let (case, ..) = planted(&app).await;
    let clerk = app.clerk().await;
    let close = json!({ "outcome": "solvedTogether", "note": "wulpuitkomst" });
    assert_eq!(
        clerk
            .post(&format!("/api/v1/cases/{case}/_close"), &close)
            .await
            .status,
        200
    );
    let words = INTERNAL.iter().filter(|word| **word != "Team Kluut");
    let words: Vec<&str> = words.copied().chain(["Wij bellen u weer."]).collect();
    let told = async || -> Vec<(String, String)> {
        let rows = everything(&app).await.into_iter();
        rows.filter(|(_, row)| words.iter().any(|word| row.contains(word)))
            .collect()
    };
    assert!(told().await.len() > 7);
    for days in [0, 1_827] {
        app.clock.advance(TimeDelta::days(days));
        domain::maintenance::run_hourly(&app.db).await.unwrap();
        app.run_jobs().await;
    }
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    let left: Vec<_> = told()
        .await
        .into_iter()
        .filter(|(table, _)| table != "idempotency_key")
        .collect();
    assert_eq!(left, Vec::<(String, String)>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_case_takes_at_most_eight_statements_in_every_state() {
    let app = TestApp::open().await;
    let (_, waiting) = complaint(&app).await;
    let (_, busy, _) = planted(&app).await;
    let (tried, reference) = complaint(&app).await;
    let clerk = app.clerk().await;
    let body = json!({ "result": "noAnswer" });
    let path = format!("/api/v1/cases/{tried}/conversations");
    assert_eq!(clerk.post(&path, &body).await.status, 201);
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    for reference in [waiting, busy, reference] {
        let page = format!("/balie/meldingen/{reference}");
        // The first reading of an hour is noted in the audit log.
        desk.go(&page).await;
        let (statements, ()) = app.statements(desk.go(&page)).await;
        assert_eq!(desk.page.status, 200);
        assert!(statements <= 8, "{page}: {statements}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_case_says_what_the_resident_heard_and_a_reopened_one_shows_each_clock_once() {
    let app = TestApp::open().await;
    let (case, reference, _) = planted(&app).await;
    let clerk = app.clerk().await;
    let close = json!({ "outcome": "solvedTogether", "note": "Klaar.", "law": "satisfied", "lawOn": "2026-11-23", "keptAt": "Dossier" });
    let closed = clerk
        .post(&format!("/api/v1/cases/{case}/_close"), &close)
        .await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let page = format!("/balie/meldingen/{reference}");
    desk.go(&page).await;
    let heard = "Wij hebben de inwoner gemaild en om een cijfer gevraagd.";
    assert!(desk.page.text.contains(heard), "{}", desk.page.text);
    let why = json!({ "reason": "Weer stuk.", "law": "countsOn" });
    assert_eq!(
        clerk
            .post(&format!("/api/v1/cases/{case}/_reopen"), &why)
            .await
            .status,
        200
    );
    desk.go(&page).await;
    let clocks = desk.page.text.split("gh-terms").nth(1).unwrap();
    let clocks = clocks.split("</ul>").next().unwrap();
    assert_eq!(clocks.matches("Klacht afhandelen").count(), 1, "{clocks}");
}
