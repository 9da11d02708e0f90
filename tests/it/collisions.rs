//! Two colleagues at one case: they see each other, decide on what is there, and lose nothing that they typed.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, TestApp};

use crate::{calls::complaint, erasure::everything};

const HOST: &str = "waterdam.localhost";
const CLERK: &str = "clerk@waterdam.example";
const COLLEAGUE: &str = "colleague@waterdam.example";

/// A case of the clerk after a conversation, ready to be closed: its id and the address of its page.
async fn talked(app: &TestApp) -> (String, String) {
    let (case, reference) = complaint(app).await;
    let clerk = app.clerk().await;
    let path = format!("/api/v1/cases/{case}");
    clerk.post(&format!("{path}/_claim"), &Value::Null).await;
    let talk = json!({ "result": "conversation", "note": "Gesproken." });
    let talk = clerk.post(&format!("{path}/conversations"), &talk).await;
    assert_eq!(talk.status, 201, "{}", talk.text);
    (case, format!("/balie/meldingen/{reference}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_closes_a_case_to_which_something_happened_sees_that_first_and_decides_again() {
    let app = TestApp::open().await;
    let (_, page) = talked(&app).await;
    let mut clerk = Browser::sign_in(&app, HOST, CLERK).await;
    let mut lead = Browser::sign_in(&app, HOST, "lead@waterdam.example").await;
    clerk.go(&page).await;
    let seen = clerk.hidden("_gezien");
    lead.go(&page).await;
    let seen_by_lead = lead.hidden("_gezien");
    assert_eq!(seen, seen_by_lead);
    let fields = [
        ("_gezien", seen_by_lead.as_str()),
        ("what", "Wij bellen u weer."),
        ("until", "2026-11-24"),
    ];
    lead.submit(&format!("{page}/afspraak"), &fields).await;
    assert_eq!(lead.page.status, 200, "{}", lead.page.text);
    let close = format!("{page}/afsluiten");
    let typed = [("outcome", "withdrawn"), ("note", "Het hoeft niet meer.")];
    let fields = [&[("_gezien", seen.as_str())][..], &typed].concat();
    clerk.submit(&close, &fields).await;
    assert_eq!(clerk.page.status, 409, "{}", clerk.page.text);
    for shown in [
        "Dit veranderde terwijl u bezig was",
        "Het hoeft niet meer.",
        "Wij bellen u weer.",
    ] {
        assert!(
            clerk.page.text.contains(shown),
            "{shown}: {}",
            clerk.page.text
        );
    }
    let now = clerk.hidden("_gezien");
    assert_ne!(now, seen);
    let fields = [&[("_gezien", now.as_str())][..], &typed].concat();
    clerk.submit(&close, &fields).await;
    assert!(
        clerk.page.text.contains("De melding is afgesloten"),
        "{}",
        clerk.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_acts_twice_is_not_stopped_by_what_they_did_themselves() {
    let app = TestApp::open().await;
    let (_, page) = talked(&app).await;
    let mut clerk = Browser::sign_in(&app, HOST, CLERK).await;
    clerk.go(&page).await;
    let seen = clerk.hidden("_gezien");
    for what in ["Wij bellen u weer.", "Wij kijken ter plaatse."] {
        let fields = [
            ("_gezien", seen.as_str()),
            ("what", what),
            ("until", "2026-11-24"),
        ];
        clerk.submit(&format!("{page}/afspraak"), &fields).await;
        assert_eq!(clerk.page.status, 200, "{}", clerk.page.text);
        assert!(clerk.page.text.contains(what), "{}", clerk.page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_a_resident_waits_when_a_colleague_just_answered_or_the_resident_wrote() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let (reference, code) = (
        receipt["reference"].as_str().unwrap(),
        receipt["receiptCode"].as_str().unwrap(),
    );
    let page = format!("/balie/meldingen/{reference}/berichten");
    let mut clerk = Browser::sign_in(&app, HOST, CLERK).await;
    let mut colleague = Browser::sign_in(&app, HOST, COLLEAGUE).await;
    clerk.go(&page).await;
    colleague.go(&page).await;
    let seen = clerk.hidden("_gezien");
    let fields = [("_gezien", seen.as_str()), ("text", "Morgen is hij klaar.")];
    colleague.submit(&page, &fields).await;
    assert_eq!(colleague.page.status, 200, "{}", colleague.page.text);
    let fields = [("_gezien", seen.as_str()), ("text", "Volgende week pas.")];
    clerk.submit(&page, &fields).await;
    assert_eq!(clerk.page.status, 409, "{}", clerk.page.text);
    for shown in ["Morgen is hij klaar.", "Volgende week pas."] {
        assert!(
            clerk.page.text.contains(shown),
            "{shown}: {}",
            clerk.page.text
        );
    }
    let seen = clerk.hidden("_gezien");
    let wrote = app
        .anonymous(HOST)
        .post(
            &format!("/api/v1/receipts/{code}/messages"),
            &json!({ "text": "Laat maar." }),
        )
        .await;
    assert_eq!(wrote.status, 200, "{}", wrote.text);
    let fields = [("_gezien", seen.as_str()), ("text", "Volgende week pas.")];
    clerk.submit(&page, &fields).await;
    assert_eq!(clerk.page.status, 409);
    assert!(
        clerk.page.text.contains("Laat maar."),
        "{}",
        clerk.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_is_kept_found_by_its_writer_only_and_gone_once_it_is_sent() {
    let app = TestApp::open().await;
    let (_, page) = talked(&app).await;
    let mut clerk = Browser::sign_in(&app, HOST, CLERK).await;
    clerk.go(&page).await;
    let concept = format!("{page}/concept");
    let forms = [
        ("note", "text", "zwanennotitie", page.clone()),
        ("close", "note", "zwanenafsluiting", page.clone()),
        (
            "message",
            "text",
            "zwanenbericht",
            format!("{page}/berichten"),
        ),
        (
            "conversation",
            "note",
            "zwanengesprek",
            format!("{page}/gesprek"),
        ),
    ];
    for (form, field, word, place) in &forms {
        clerk
            .submit(&concept, &[("_formulier", form), (field, word)])
            .await;
        assert!(
            clerk.page.text.contains("Uw concept is bewaard"),
            "{form}: {}",
            clerk.page.text
        );
        clerk.go(place).await;
        assert!(clerk.page.text.contains(word), "{form}");
        assert!(clerk.page.text.contains("nog niet verstuurd"), "{form}");
    }
    let mut colleague = Browser::sign_in(&app, HOST, COLLEAGUE).await;
    colleague.go(&page).await;
    assert!(
        !colleague.page.text.contains("zwanen"),
        "a draft is one's own"
    );
    // A new sign-in, as after a time-out, finds it.
    let mut clerk = Browser::sign_in(&app, HOST, CLERK).await;
    clerk.go(&page).await;
    assert!(clerk.page.text.contains("zwanennotitie"));
    clerk
        .submit(&format!("{page}/notitie"), &[("text", "zwanennotitie")])
        .await;
    assert!(!clerk.page.text.contains(">zwanennotitie</textarea>"));
    let fields = [("_formulier", "close")];
    clerk.submit(&format!("{concept}/weggooien"), &fields).await;
    assert!(
        clerk.page.text.contains("Uw concept is weggegooid"),
        "{}",
        clerk.page.text
    );
    clerk.go(&page).await;
    assert!(!clerk.page.text.contains("zwanenafsluiting"));
    // The script asks quietly; too much is told, and an unknown form is not there.
    let quiet = |fields: &[(&str, &str)]| {
        let token = clerk.csrf_token();
        clerk.post_request(&concept, &token, fields)
    };
    let kept = clerk
        .send(quiet(&[
            ("_formulier", "note"),
            ("_stil", "ja"),
            ("text", "zwaan"),
        ]))
        .await;
    assert_eq!((kept.status, kept.text.as_str()), (204, ""));
    let much = "a".repeat(domain::unsent::CONTENT_MAX + 1);
    let much = clerk
        .send(quiet(&[("_formulier", "note"), ("text", &much)]))
        .await;
    assert_eq!(much.status, 400, "{}", much.text);
    let odd = clerk
        .send(quiet(&[("_formulier", "x"), ("text", "y")]))
        .await;
    assert_eq!(odd.status, 404);
    let left = everything(&app).await;
    let left = |word: &str| {
        left.iter()
            .filter(|(table, row)| table == "case_unsent" && row.contains(word))
            .count()
    };
    assert_eq!((left("zwaan"), left("zwanenbericht")), (1, 1));
    app.clock.advance(TimeDelta::days(15));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    let left = everything(&app).await;
    assert!(left.iter().all(|(table, _)| table != "case_unsent"));
}

async fn say(browser: &Browser, page: &str, fields: &[(&str, &str)]) -> tests::Reply {
    let token = browser.csrf_token();
    let request = browser.post_request(&format!("{page}/aanwezig"), &token, fields);
    browser.send(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn colleagues_see_who_else_is_at_a_case_for_a_minute_and_nothing_is_kept_of_it() {
    let app = TestApp::open().await;
    let (_, reference) = complaint(&app).await;
    let page = format!("/balie/meldingen/{reference}");
    let mut clerk = Browser::sign_in(&app, HOST, CLERK).await;
    let mut colleague = Browser::sign_in(&app, HOST, COLLEAGUE).await;
    clerk.go(&page).await;
    colleague.go(&page).await;
    let rows = async || {
        let rows = everything(&app).await.into_iter();
        rows.filter(|(table, _)| table == "case_presence").count()
    };
    assert_eq!(rows().await, 0, "reading alone leaves nothing");
    let alone = say(&clerk, &page, &[]).await;
    assert_eq!((alone.status, &alone.json), (200, &json!({ "others": [] })));
    say(&clerk, &page, &[("_formulier", "note")]).await;
    let there = say(&colleague, &page, &[]).await;
    let told = there.json["others"][0].as_str().unwrap().to_owned();
    assert!(told.ends_with("typt een notitie"), "{told}");
    colleague.go(&page).await;
    assert!(colleague.page.text.contains(&told), "also without a script");
    assert_eq!(rows().await, 2, "one row a person");
    say(&clerk, &page, &[("_weg", "ja")]).await;
    colleague.go(&page).await;
    assert!(!colleague.page.text.contains(&told));
    app.clock.advance(TimeDelta::seconds(61));
    clerk.go(&page).await;
    assert!(!clerk.page.text.contains("kijkt mee"));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    assert_eq!(rows().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_complaint_is_about_neither_sees_nor_is_seen_there() {
    let app = TestApp::open().await;
    let (case, reference) = complaint(&app).await;
    let page = format!("/balie/meldingen/{reference}");
    let mut about = Browser::sign_in(&app, HOST, COLLEAGUE).await;
    about.go("/balie").await;
    let colleague = app.staff_id(app.waterdam.id, COLLEAGUE).await;
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let named = lead
        .post(
            &format!("/api/v1/cases/{case}/subjects"),
            &json!({ "subject": format!("staff:{colleague}") }),
        )
        .await;
    assert_eq!(named.status, 201, "{}", named.text);
    assert_eq!(say(&about, &page, &[]).await.status, 404);
    let token = about.csrf_token();
    let fields = [("_formulier", "note"), ("text", "Dit is niet waar.")];
    let request = about.post_request(&format!("{page}/concept"), &token, &fields);
    assert_eq!(about.send(request).await.status, 404);
    let rows = everything(&app).await;
    let left = ["case_presence", "case_unsent"];
    assert!(
        rows.iter()
            .all(|(table, _)| !left.contains(&table.as_str()))
    );
}
