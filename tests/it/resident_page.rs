//! The page of a message, by its secret link: what a resident reads and decides there.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, TestApp};

use crate::samples;

const HOST: &str = "waterdam.localhost";

/// A message of a kind, with or without ways to reach its sender; its case, reference and link.
async fn sent(app: &TestApp, kind: &str, anonymous: bool) -> (String, String, String) {
    let mut message = tests::complaint();
    message["answers"]["soort"] = json!(kind);
    if anonymous {
        for field in ["naam", "telefoon", "email", "wanneer"] {
            message["answers"].as_object_mut().unwrap().remove(field);
        }
        message["answers"]["reactie"] = json!("geen");
    }
    let receipt = app
        .anonymous(HOST)
        .post("/api/v1/forms/klacht-tip-compliment/submissions", &message)
        .await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let reference = receipt.json["reference"].as_str().unwrap().to_owned();
    let code = receipt.json["receiptCode"].as_str().unwrap().to_owned();
    (app.case_id(&reference).await, reference, code)
}

async fn opened(app: &TestApp, code: &str) -> Browser {
    Browser::open(app, HOST, &format!("/melding/{code}")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_writes_adds_a_file_and_reads_the_answer_but_no_note_of_staff() {
    let app = TestApp::open().await;
    let (id, reference, code) = sent(&app, "klacht", false).await;
    let clerk = app.clerk().await;
    let mut page = opened(&app, &code).await;
    assert!(
        page.page.text.contains("Wij hebben uw bericht ontvangen."),
        "{}",
        page.page.text
    );
    let action = format!("/melding/{code}/bericht");
    page.submit(&action, &[("text", "")]).await;
    assert_eq!(page.page.status, 400, "{}", page.page.text);
    page.go(&format!("/melding/{code}")).await;
    for _ in 0..2 {
        page.submit(&action, &[("text", "De lift staat weer stil.")])
            .await;
    }
    assert!(
        page.page.text.contains("Uw bericht is verstuurd."),
        "{}",
        page.page.text
    );
    let document = samples::pdf();
    page.upload(
        &action,
        &[("text", "Hier is de brief.")],
        &[("file", "brief.pdf", document)],
    )
    .await;
    assert!(page.page.text.contains("brief.pdf"), "{}", page.page.text);
    page.upload(
        &action,
        &[("text", "En dit.")],
        &[("file", "virus.exe", b"MZ...".to_vec())],
    )
    .await;
    assert_eq!(page.page.status, 400);
    assert!(
        page.page.text.contains("En dit."),
        "what was typed is still there"
    );
    clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    let talked = json!({ "result": "conversation", "note": "Inwoner klinkt boos en liegt." });
    clerk
        .post(&format!("/api/v1/cases/{id}/contact-moments"), &talked)
        .await;
    let answer = json!({ "text": "Wij maken de lift morgen." });
    clerk
        .post(&format!("/api/v1/cases/{id}/messages"), &answer)
        .await;
    clerk.get(&format!("/api/v1/cases/{id}")).await;
    let list = clerk.get(&format!("/api/v1/cases/{id}/messages")).await;
    assert_eq!(
        list.json["items"].as_array().unwrap().len(),
        3,
        "{}",
        list.text
    );
    page.go(&format!("/melding/{code}")).await;
    let text = &page.page.text;
    assert!(text.contains("Wij maken de lift morgen."), "{text}");
    assert!(text.contains("Wij spraken of schreven u op"), "{text}");
    assert!(
        text.contains("Medewerker klantenservice"),
        "who looked, by role: {text}"
    );
    for hidden in ["liegt", "clerk@", "Clerk"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    let mut desk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(
        desk.page.text.contains("De inwoner voegde een bestand toe"),
        "{}",
        desk.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_takes_a_complaint_back_and_nobody_has_to_call_any_more() {
    let app = TestApp::open().await;
    let (id, _, code) = sent(&app, "klacht", false).await;
    let clerk = app.clerk().await;
    let mut page = Browser::open(&app, HOST, &format!("/melding/{code}/intrekken")).await;
    let before = clerk.get(&format!("/api/v1/cases/{id}")).await;
    assert_eq!(before.json["status"], "new", "looking changes nothing");
    let action = format!("/melding/{code}/intrekken");
    page.submit(&action, &[("text", "Het is al opgelost.")])
        .await;
    assert!(
        page.page.text.contains("U hebt uw bericht ingetrokken"),
        "{}",
        page.page.text
    );
    let after = clerk.get(&format!("/api/v1/cases/{id}")).await;
    assert_eq!(
        (&after.json["status"], &after.json["outcome"]),
        (&json!("closed"), &json!("withdrawn"))
    );
    let clocks = clerk.get(&format!("/api/v1/cases/{id}/clocks")).await;
    for clock in clocks.json["items"].as_array().unwrap() {
        assert!(!clock["stoppedAt"].is_null(), "{clock}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tip_becomes_an_official_complaint_from_its_first_receipt() {
    let app = TestApp::open().await;
    let (id, _, code) = sent(&app, "tip", false).await;
    app.clock.advance(TimeDelta::days(10));
    let mut page = Browser::open(&app, HOST, &format!("/melding/{code}/klacht")).await;
    page.submit(&format!("/melding/{code}/klacht"), &[("text", "")])
        .await;
    assert!(
        page.page
            .text
            .contains("Uw officiële klacht is vastgelegd."),
        "{}",
        page.page.text
    );
    assert!(
        page.page
            .text
            .contains("Wij handelen uw klacht af uiterlijk"),
        "{}",
        page.page.text
    );
    let clerk = app.clerk().await;
    let case = clerk.get(&format!("/api/v1/cases/{id}")).await;
    assert_eq!(case.json["kind"], "complaint");
    let clocks = clerk.get(&format!("/api/v1/cases/{id}/clocks")).await;
    let dealt = clocks.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clock| clock["kind"] == "dealtWith")
        .unwrap();
    assert_eq!(
        dealt["startedAt"], case.json["receivedAt"],
        "from the first receipt"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_satisfied_resident_ends_the_duty_to_deal_with_the_complaint() {
    let app = TestApp::open().await;
    let (id, _, code) = sent(&app, "klacht", false).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    let talked = json!({ "result": "conversation", "note": "De lift doet het." });
    clerk
        .post(&format!("/api/v1/cases/{id}/contact-moments"), &talked)
        .await;
    let mut page = opened(&app, &code).await;
    page.submit(&format!("/melding/{code}/tevreden"), &[]).await;
    assert!(
        page.page.text.contains("U zei dat u tevreden bent."),
        "{}",
        page.page.text
    );
    let clocks = clerk.get(&format!("/api/v1/cases/{id}/clocks")).await;
    let dealt = clocks.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clock| clock["kind"] == "dealtWith")
        .unwrap();
    assert!(!dealt["stoppedAt"].is_null(), "{dealt}");
    assert_eq!(
        clerk.get(&format!("/api/v1/cases/{id}")).await.json["status"],
        "inProgress"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resident_chooses_another_time_for_the_call() {
    let app = TestApp::open().await;
    let (id, _, code) = sent(&app, "klacht", false).await;
    let mut page = opened(&app, &code).await;
    let action = format!("/melding/{code}/belmoment");
    page.submit(&action, &[("callTimes", "midnight")]).await;
    assert_eq!(page.page.status, 400);
    page.go(&format!("/melding/{code}")).await;
    page.submit(&action, &[("callTimes", "ochtend")]).await;
    assert!(
        page.page
            .text
            .contains("Wij bellen u op het moment dat u koos."),
        "{}",
        page.page.text
    );
    let case = app.clerk().await.get(&format!("/api/v1/cases/{id}")).await;
    assert_eq!(case.json["callTimes"], json!(["ochtend"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_sender_reads_the_answer_with_reference_and_code_and_nobody_guesses_it() {
    let app = TestApp::open().await;
    let (id, reference, code) = sent(&app, "tip", true).await;
    let page = opened(&app, &code).await;
    let short = domain::cases::short_code(&code);
    assert!(page.page.text.contains(&short), "{}", page.page.text);
    let clerk = app.clerk().await;
    clerk
        .post(
            &format!("/api/v1/cases/{id}/messages"),
            &json!({ "text": "Dank voor uw tip." }),
        )
        .await;
    let mut visitor = Browser::open(&app, HOST, "/melding").await;
    let typed = short.to_lowercase().replace('-', " ");
    visitor
        .submit(
            "/melding/code",
            &[("reference", &reference), ("code", &typed)],
        )
        .await;
    assert!(
        visitor.page.text.contains("Dank voor uw tip."),
        "{}",
        visitor.page.text
    );
    visitor
        .submit(
            &format!("/melding/{code}/bericht"),
            &[("text", "Graag gedaan.")],
        )
        .await;
    assert!(visitor.page.text.contains("Graag gedaan."));

    let mut stranger = Browser::open(&app, HOST, "/melding").await;
    let mut answers = Vec::new();
    for reference in [reference.as_str(), "2222-2222"] {
        stranger.go("/melding").await;
        stranger
            .submit(
                "/melding/code",
                &[("reference", reference), ("code", "2222-2222-2222")],
            )
            .await;
        assert_eq!(stranger.page.status, 404);
        answers.push(stranger.page.text.contains("horen niet bij elkaar"));
    }
    assert_eq!(
        answers,
        [true, true],
        "a wrong code and an unknown number are told alike"
    );
    for _ in 0..6 {
        stranger.go("/melding").await;
        stranger
            .submit(
                "/melding/code",
                &[("reference", &reference), ("code", "2222-2222-2222")],
            )
            .await;
    }
    assert_eq!(stranger.page.status, 429, "{}", stranger.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_link_ends_the_old_one_and_a_lost_one_is_mailed_to_the_known_address_only() {
    let app = TestApp::open().await;
    let (_, reference, code) = sent(&app, "klacht", false).await;
    let mut page = opened(&app, &code).await;
    page.submit(&format!("/melding/{code}/nieuwe-link"), &[])
        .await;
    assert!(
        page.page
            .text
            .contains("Wij hebben u een nieuwe link gemaild."),
        "{}",
        page.page.text
    );
    let old = app.anonymous(HOST).get(&format!("/melding/{code}")).await;
    assert_eq!(old.status, 404);
    assert_eq!(mailed_links(&app).await.len(), 1);
    for (email, links) in [("iemand@elders.example", 1), ("truus@voorbeeld.example", 2)] {
        page.go("/melding").await;
        page.submit(
            "/melding/link",
            &[("reference", &reference), ("email", email)],
        )
        .await;
        assert!(
            page.page
                .text
                .contains("Horen dit kenmerk en dit e-mailadres bij elkaar?"),
            "{}",
            page.page.text
        );
        assert_eq!(mailed_links(&app).await.len(), links, "{email}");
    }
    let links = mailed_links(&app).await;
    let new = app.anonymous(HOST).get(&links[1]).await;
    assert_eq!(new.status, 200, "{}", new.text);
    let replaced = app.anonymous(HOST).get(&links[0]).await;
    assert_eq!(replaced.status, 404);
}

/// The paths of the links that were mailed, oldest first.
async fn mailed_links(app: &TestApp) -> Vec<String> {
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap();
    (mails.iter())
        .filter(|mail| mail.subject.contains("Nieuwe link"))
        .filter_map(|mail| mail.body.split("/melding/").nth(1))
        .map(|rest| format!("/melding/{}", rest.split_whitespace().next().unwrap()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_does_for_a_resident_what_the_page_does() {
    let app = TestApp::open().await;
    let (_, _, code) = sent(&app, "tip", false).await;
    let resident = app.anonymous(HOST);
    let path = |rest: &str| format!("/api/v1/receipts/{code}{rest}");
    let told = resident
        .post(&path("/messages"), &json!({ "text": "Nog iets." }))
        .await;
    assert_eq!(told.status, 200, "{}", told.text);
    let request = resident
        .request("PUT", &path("/call-times"))
        .json(&json!({ "callTimes": ["ochtend"] }));
    assert_eq!(resident.send(request).await.status, 200);
    let formal = resident.post(&path("/_complain"), &json!({})).await;
    assert_eq!(
        (formal.status, &formal.json["isFormal"]),
        (200, &json!(true)),
        "{}",
        formal.text
    );
    assert_eq!(
        resident.post(&path("/_satisfy"), &json!({})).await.status,
        200
    );
    let change = json!({ "field": "email", "value": "nieuw@voorbeeld.example" });
    assert_eq!(
        resident
            .post(&path("/contact-changes"), &change)
            .await
            .status,
        200
    );
    let end = resident
        .post(&path("/_withdraw"), &json!({ "text": "Laat maar." }))
        .await;
    assert_eq!(
        (end.status, &end.json["progress"]),
        (200, &json!("withdrawn")),
        "{}",
        end.text
    );
    let seen = resident.get(&path("/overview")).await;
    assert_eq!(
        seen.json["messages"].as_array().unwrap().len(),
        2,
        "{}",
        seen.text
    );
    assert!(!seen.text.contains("authorId"), "{}", seen.text);
    assert_eq!(
        resident
            .get("/api/v1/receipts/nergens/overview")
            .await
            .status,
        404
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_expires_half_a_year_after_the_message_was_closed() {
    let app = TestApp::open().await;
    let (_, _, code) = sent(&app, "tip", false).await;
    let mut page = Browser::open(&app, HOST, &format!("/melding/{code}/intrekken")).await;
    page.submit(&format!("/melding/{code}/intrekken"), &[("text", "")])
        .await;
    app.clock.advance(TimeDelta::days(180));
    let resident = app.anonymous(HOST);
    assert_eq!(resident.get(&format!("/melding/{code}")).await.status, 200);
    app.clock.advance(TimeDelta::days(1));
    for path in [
        format!("/melding/{code}"),
        format!("/api/v1/receipts/{code}"),
    ] {
        assert_eq!(resident.get(&path).await.status, 410, "{path}");
    }
}

/// The paths of the links that were mailed to an address to confirm a change.
async fn confirmations(app: &TestApp, recipient: &str) -> Vec<String> {
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap();
    (mails.iter())
        .filter(|mail| mail.recipient == recipient)
        .filter_map(|mail| mail.body.split("/melding/bevestigen/").nth(1))
        .map(|rest| {
            format!(
                "/melding/bevestigen/{}",
                rest.split_whitespace().next().unwrap()
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_mail_address_holds_once_the_old_and_the_new_one_confirmed_it() {
    let app = TestApp::open().await;
    let (id, _, code) = sent(&app, "klacht", false).await;
    let mut page = opened(&app, &code).await;
    let action = format!("/melding/{code}/gegevens");
    page.submit(&action, &[("field", "email"), ("value", "geen adres")])
        .await;
    assert_eq!(page.page.status, 400, "{}", page.page.text);
    page.go(&format!("/melding/{code}")).await;
    page.submit(
        &action,
        &[("field", "email"), ("value", "nieuw@voorbeeld.example")],
    )
    .await;
    assert!(
        page.page.text.contains("Wij vragen nu na of het klopt."),
        "{}",
        page.page.text
    );
    let email = async || {
        let case = app.clerk().await.get(&format!("/api/v1/cases/{id}")).await;
        case.json["contactEmail"].as_str().unwrap().to_owned()
    };
    for (address, before, after) in [
        (
            "nieuw@voorbeeld.example",
            "truus@voorbeeld.example",
            "truus@voorbeeld.example",
        ),
        (
            "truus@voorbeeld.example",
            "truus@voorbeeld.example",
            "nieuw@voorbeeld.example",
        ),
    ] {
        let link = confirmations(&app, address).await.remove(0);
        let mut mailbox = Browser::open(&app, HOST, &link).await;
        assert_eq!(mailbox.page.status, 200, "{}", mailbox.page.text);
        assert_eq!(email().await, before, "looking changes nothing");
        mailbox.submit(&link, &[]).await;
        assert_eq!(email().await, after);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_telephone_number_holds_once_staff_called_it_and_the_mail_address_confirmed() {
    let app = TestApp::open().await;
    let (id, reference, code) = sent(&app, "klacht", false).await;
    let mut page = opened(&app, &code).await;
    let action = format!("/melding/{code}/gegevens");
    page.submit(&action, &[("field", "phone"), ("value", "06 87 65 43 21")])
        .await;
    let mut desk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}/berichten"))
        .await;
    assert!(
        desk.page.text.contains("06 87 65 43 21"),
        "{}",
        desk.page.text
    );
    let change = desk.hidden("id");
    desk.submit(
        &format!("/balie/meldingen/{reference}/gegevens"),
        &[("id", &change)],
    )
    .await;
    let number = async || {
        let case = app.clerk().await.get(&format!("/api/v1/cases/{id}")).await;
        case.json["contactPhoneE164"].as_str().unwrap().to_owned()
    };
    assert_ne!(
        number().await,
        "+31687654321",
        "the known mail address has not confirmed it"
    );
    let link = confirmations(&app, "truus@voorbeeld.example")
        .await
        .remove(0);
    let mut mailbox = Browser::open(&app, HOST, &link).await;
    mailbox.submit(&link, &[]).await;
    assert_eq!(number().await, "+31687654321");
    let calls = async |number: &str| {
        let path = format!("/api/v1/cases?search={number}");
        let found = app.clerk().await.get(&path).await;
        found.json["items"].as_array().unwrap().len()
    };
    assert_eq!(
        (calls("0687654321").await, calls("0612345678").await),
        (1, 0),
        "whoever calls is found by the new number"
    );
}
