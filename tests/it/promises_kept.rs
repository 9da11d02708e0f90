//! What was sent or promised is not lost: two tabs, a shared computer, a promise that moves, ways that were not given.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, TestApp};

use crate::versions::republish;

const FORM: &str = "/formulieren/klacht-tip-compliment";

async fn titles(app: &TestApp) -> Vec<String> {
    let clerk = app.clerk().await;
    let items = clerk.get("/api/v1/cases").await.json["items"].clone();
    let mut titles: Vec<String> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    titles
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_of_one_form_are_two_drafts_and_both_complaints_arrive() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    let bericht = format!("{FORM}/bericht");
    let mut pages = Vec::new();
    for kort in ["De lift is stuk", "De deur is stuk"] {
        truus.go(FORM).await;
        assert!(
            !truus.page.text.contains("De lift is stuk"),
            "a tab of its own"
        );
        truus
            .submit(&bericht, &[("soort", "klacht"), ("kort", kort)])
            .await;
        assert!(truus.path.ends_with("/contact"), "{}", truus.path);
        pages.push(truus.page.text.clone());
    }
    let mut receipts = Vec::new();
    // The first tab goes on after the second was begun.
    for page in pages {
        truus.page.text = page;
        truus
            .submit(&format!("{FORM}/contact"), &[("reactie", "geen")])
            .await;
        assert!(truus.path.ends_with("/controle"), "{}", truus.path);
        truus.submit(&format!("{FORM}/controle"), &[]).await;
        assert!(truus.path.starts_with("/melding/"), "{}", truus.page.text);
        receipts.push(truus.path.clone());
    }
    assert_ne!(receipts[0], receipts[1]);
    assert_eq!(titles(&app).await, ["De deur is stuk", "De lift is stuk"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_empty_page_that_is_sent_twice_goes_on_in_its_own_draft() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    let beginning = truus.hidden("_pagina");
    let first = truus.page.text.clone();
    let mut drafts = Vec::new();
    for kort in ["De lift", "De lift is stuk"] {
        truus.page.text.clone_from(&first);
        let fields = [
            ("soort", "klacht"),
            ("kort", kort),
            ("_pagina", beginning.as_str()),
        ];
        truus.submit(&format!("{FORM}/bericht"), &fields).await;
        drafts.push(truus.hidden("_concept"));
    }
    assert!(!drafts[0].is_empty());
    assert_eq!(drafts[0], drafts[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_shared_computer_one_sees_that_something_is_half_filled_and_starts_over() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    truus
        .submit(
            &format!("{FORM}/bericht"),
            &[("soort", "klacht"), ("kort", "De lift is stuk")],
        )
        .await;
    let draft = truus.hidden("_concept");
    truus.go(FORM).await;
    assert!(
        truus
            .page
            .text
            .contains("Dit formulier is al half ingevuld")
    );
    assert!(
        !truus.page.text.contains("De lift is stuk"),
        "not shown unasked"
    );
    let go_on = format!("{FORM}?concept={draft}");
    assert!(truus.page.text.contains(&go_on), "{}", truus.page.text);
    let mut stranger = Browser::open(&app, "waterdam.localhost", &go_on).await;
    assert!(
        !stranger.page.text.contains("De lift is stuk"),
        "another visitor"
    );
    stranger.go(FORM).await;
    assert!(!stranger.page.text.contains("half ingevuld"));
    truus.go(&go_on).await;
    assert!(truus.page.text.contains("De lift is stuk"));
    truus.go(FORM).await;
    let over = [("concept", draft.as_str())];
    truus
        .submit(&format!("{FORM}/opnieuw-beginnen"), &over)
        .await;
    assert_eq!((truus.path.as_str(), truus.page.status), (FORM, 200));
    assert!(!truus.page.text.contains("half ingevuld"));
    truus.go(&go_on).await;
    assert!(!truus.page.text.contains("De lift is stuk"), "it is gone");
    assert!(
        truus.page.text.contains("bewaren wij niet meer"),
        "and that is said: {}",
        truus.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_the_cookie_of_a_draft_is_of_this_host_only_and_opens_nothing() {
    let app = TestApp::with_settings(|settings| {
        settings.http.public_scheme = api::settings::Scheme::Https;
    })
    .await;
    let resident = app.anonymous("waterdam.localhost");
    let page = resident.get(FORM).await;
    let cookie = page
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    assert!(cookie.starts_with("__Host-gehoord-visitor="), "{cookie}");
    let csrf = page.text.split("name=\"_csrf\" value=\"").nth(1).unwrap();
    let csrf = csrf.split('"').next().unwrap();
    let sent = resident
        .request("POST", &format!("{FORM}/bericht"))
        .header("cookie", &cookie)
        .form(&[("_csrf", csrf), ("soort", "tip"), ("kort", "Een bankje")]);
    let sent = resident.send(sent).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let draft = sent.header("set-cookie");
    assert!(
        draft.starts_with("__Host-gehoord-draft-klacht-tip-compliment="),
        "{draft}"
    );
    // Whoever is handed the draft of somebody else has not the secret that opens it.
    let handed = resident
        .request("GET", sent.header("location"))
        .header("cookie", draft.split(';').next().unwrap());
    let handed = resident.send(handed).await;
    assert_eq!(handed.status, 303);
    assert!(!handed.text.contains("Een bankje"));
}

async fn send(app: &TestApp, change: impl FnOnce(&mut Value)) -> Value {
    let mut body = tests::complaint();
    change(&mut body["answers"]);
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let reply = app.anonymous("waterdam.localhost").post(path, &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.json
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_telephone_number_no_call_is_promised() {
    let app = TestApp::open().await;
    republish(&app, |form| {
        form.replace("\"show_if\":{\"field\":\"reactie\",\"op\":\"is\",\"value\":\"bellen\"},\"required\":{\"because\":\"wij bellen u op dit nummer\"},", "")
            .replace("{\"key\":\"reactie\",\"type\":\"choice\",\"role\":\"contact.preference\"", "{\"key\":\"reactie\",\"type\":\"choice\"")
    })
    .await;
    for (without, told) in [
        (vec!["telefoon"], "Wij mailen u uiterlijk"),
        (vec!["telefoon", "email"], "Wij bellen of mailen u niet"),
        (vec!["email"], "Wij bellen u uiterlijk"),
    ] {
        let receipt = send(&app, |answers| {
            for field in &without {
                answers.as_object_mut().unwrap().remove(*field);
            }
        })
        .await;
        let promise = receipt["promise"].as_str().unwrap();
        assert!(promise.contains(told), "{without:?}: {promise}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_that_moved_is_told_and_one_that_was_kept_or_tried_is_promised_no_more() {
    let app = TestApp::open().await;
    let receipt = send(&app, |_| ()).await;
    let code = receipt["receiptCode"].as_str().unwrap().to_owned();
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    let clocks = clerk.get(&format!("/api/v1/cases/{id}/clocks")).await;
    let items = clocks.json["items"].as_array().unwrap().clone();
    let callback = items
        .iter()
        .find(|clock| clock["kind"] == "callback")
        .unwrap();
    let pause = json!({ "reason": "residentAsked", "until": "2026-11-27T10:00:00+01:00" });
    let path = format!("/api/v1/clocks/{}/_pause", callback["id"].as_str().unwrap());
    assert_eq!(clerk.post(&path, &pause).await.status, 200);
    app.run_jobs().await;
    let told = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .find(|mail| mail.subject.starts_with("U hoort op een ander moment"))
        .map(|mail| mail.body.clone());
    let told = told.expect("a mail");
    assert!(
        told.contains("Wij bellen u uiterlijk maandag 30 november om 17.00 uur."),
        "{told}"
    );
    assert!(told.contains("Eerder noemden wij: uiterlijk"), "{told}");
    let resident = app.anonymous("waterdam.localhost");
    let page = resident.get(&format!("/melding/{code}")).await.text;
    assert!(
        page.contains("maandag 30 november om 17.00 uur. Eerder noemden wij"),
        "{page}"
    );
    assert!(page.contains("Nationale ombudsman"));
    let talked = json!({ "result": "conversation", "note": "Gesproken." });
    let path = format!("/api/v1/cases/{id}/contact-moments");
    assert_eq!(clerk.post(&path, &talked).await.status, 201);
    let page = resident.get(&format!("/melding/{code}")).await.text;
    assert!(!page.contains("Wij bellen u uiterlijk"), "{page}");
    let compliment = send(&app, |answers| answers["soort"] = json!("compliment")).await;
    let code = compliment["receiptCode"].as_str().unwrap();
    let page = resident.get(&format!("/melding/{code}")).await.text;
    assert!(!page.contains("ombudsman"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_is_required_now_does_not_say_that_it_may_be_skipped() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    truus
        .submit(
            &format!("{FORM}/bericht"),
            &[("soort", "klacht"), ("kort", "De lift")],
        )
        .await;
    truus
        .submit(&format!("{FORM}/contact"), &[("reactie", "mailen")])
        .await;
    let label = |page: &str| {
        let from = page.find("Uw e-mailadres").unwrap();
        page[from..].split("</label>").next().unwrap().to_owned()
    };
    let required = label(&truus.page.text);
    assert!(!required.contains("niet verplicht"), "{required}");
    let one = app
        .anonymous("waterdam.localhost")
        .get(&format!("{FORM}/op-een-pagina"))
        .await;
    let depends = label(&one.text);
    assert!(
        depends.contains("verplicht als het bij uw keuze hoort"),
        "{depends}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_staff_and_residents_write_is_cleaned_and_counted_alike() {
    let app = TestApp::open().await;
    let receipt = send(&app, |_| ()).await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    // Line ends count once, so this fits exactly.
    let lines = "a\r\n".repeat(domain::cases::NOTE_MAX / 2);
    let odd = "Zij zei\u{202e}: goed\u{7}. e\u{301}";
    let path = format!("/api/v1/cases/{id}/contact-moments");
    for note in [lines.as_str(), odd] {
        let talked = json!({ "result": "conversation", "note": note });
        let logged = clerk.post(&path, &talked).await;
        assert_eq!(logged.status, 201, "{}", logged.text);
    }
    let case = clerk.get(&format!("/api/v1/cases/{id}")).await;
    let notes = case.json["contactMoments"].to_string();
    assert!(notes.contains("Zij zei: goed. \u{e9}"), "{notes}");
    app.clock.advance(TimeDelta::minutes(1));
    let end = json!({ "outcome": "explained", "note": odd });
    let closed = clerk
        .post(&format!("/api/v1/cases/{id}/_close"), &end)
        .await;
    assert_eq!(
        closed.json["outcomeNote"], "Zij zei: goed. \u{e9}",
        "{}",
        closed.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_template_makes_a_case_with_a_title_and_publishing_says_what_it_becomes() {
    use domain::form_editor::Template;
    // A blank form has no question yet.
    for template in Template::ALL.iter().filter(|it| **it != Template::Blank) {
        let form = template.definition("proef", "Proef").unwrap();
        let with_role = |role| form.fields().find(|(_, field)| field.role == Some(role));
        let (_, title) = with_role(domain::forms::Role::CaseTitle).expect(&form.key);
        assert!(
            title.required.is_some() && title.show_if.is_none(),
            "{}",
            form.key
        );
        assert!(
            !form.canonical().contains("Na 17 uur"),
            "a time that the office keeps"
        );
    }
    let app = TestApp::open().await;
    let mut editor =
        Browser::sign_in(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    let builder = "/beheer/formulieren/klacht-tip-compliment";
    editor.go(builder).await;
    editor.submit(&format!("{builder}/concept"), &[]).await;
    editor.go(&format!("{builder}/publiceren")).await;
    let told = "wordt een klacht (met de termijnen van de wet), een tip of een compliment, met als titel het antwoord op “Wat is er gebeurd?”";
    assert!(editor.page.text.contains(told), "{}", editor.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_merge_says_what_is_true_and_leads_to_the_other_way_round() {
    let app = TestApp::open().await;
    let complaint = send(&app, |_| ()).await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let tip = send(&app, |answers| answers["soort"] = json!("tip")).await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let place =
        |from: &str, into: &str| format!("/balie/meldingen/{from}/samenvoegen?intoId={into}");
    clerk.go(&place(&complaint, &tip)).await;
    assert_eq!(clerk.page.status, 409, "{}", clerk.page.text);
    assert!(clerk.page.text.contains(&format!("{tip} is geen klacht")));
    let other = place(&tip, &complaint);
    assert!(
        clerk.page.text.contains(&format!("href=\"{other}\"")),
        "{}",
        clerk.page.text
    );
    clerk.go(&other).await;
    assert_eq!(clerk.page.status, 200);
    let merge = format!("/balie/meldingen/{tip}/samenvoegen");
    clerk
        .submit(&merge, &[("intoId", &complaint), ("reason", "Hetzelfde.")])
        .await;
    // Merged already: there is no other way round to offer.
    clerk.go(&place(&complaint, &tip)).await;
    assert!(
        clerk.page.text.contains("Dan zijn ze al samengevoegd"),
        "{}",
        clerk.page.text
    );
    assert!(!clerk.page.text.contains("Andersom kan het wel"));
}
