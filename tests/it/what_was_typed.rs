//! What residents type, on its whole way: the step, the check, the receipt, the desk and the mails.

use serde_json::{Value, json};
use tests::{Browser, TestApp};

const FORM: &str = "/formulieren/klacht-tip-compliment";

/// Sends a message over the API and gives back its receipt.
async fn send(app: &TestApp, answers: &[(&str, &str)]) -> Value {
    let mut message = tests::complaint();
    for (field, answer) in answers {
        message["answers"][*field] = json!(answer);
    }
    let reply = app
        .anonymous("waterdam.localhost")
        .post("/api/v1/forms/klacht-tip-compliment/submissions", &message)
        .await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.json
}

fn line<'r>(receipt: &'r Value, field: &str) -> &'r str {
    receipt["copy"]
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["field"] == field)
        .and_then(|line| line["value"].as_str())
        .unwrap_or_default()
}

/// Every page and every mail on which a message is shown.
async fn everywhere(app: &TestApp, receipt: &Value) -> Vec<(&'static str, String)> {
    app.run_jobs().await;
    let code = receipt["receiptCode"].as_str().unwrap();
    let reference = receipt["reference"].as_str().unwrap();
    let mut clerk = Browser::sign_in(app, "waterdam.localhost", "clerk@waterdam.example").await;
    let mut shown = Vec::new();
    clerk.go("/balie").await;
    shown.push(("the queue", clerk.page.text.clone()));
    clerk.go(&format!("/balie/meldingen/{reference}")).await;
    assert_eq!(clerk.page.status, 200);
    shown.push(("the desk", clerk.page.text.clone()));
    let page = app
        .anonymous("waterdam.localhost")
        .get(&format!("/melding/{code}"))
        .await;
    assert_eq!(page.status, 200);
    shown.push(("the receipt", page.text));
    for mail in app.mails.lock().unwrap().iter() {
        shown.push(("a mail", format!("{}\n{}", mail.subject, mail.body)));
    }
    shown
}

#[tokio::test(flavor = "multi_thread")]
async fn markup_and_templates_are_words_on_every_page_and_in_every_mail() {
    let app = TestApp::open().await;
    let words = [
        ("case 37", "kort", "<script>alert(1)</script>"),
        (
            "case 37",
            "verhaal",
            "<img src=x onerror=alert(2)> javascript:alert(3) https://kwaad.example/klik",
        ),
        ("case 38", "plek", "{{7*7}} {% raw %} ${jndi:ldap://x} %s"),
        ("case 37", "naam", "\"><svg onload=alert(4)>"),
    ];
    let answers: Vec<(&str, &str)> = words
        .iter()
        .map(|(_, field, text)| (*field, *text))
        .collect();
    let receipt = send(&app, &answers).await;
    for (case, field, text) in words {
        assert_eq!(line(&receipt, field), text, "{case}: kept as it is");
    }
    for (place, text) in everywhere(&app, &receipt).await {
        for (case, raw) in [
            ("case 37", "<script>alert"),
            ("case 37", "<img src=x"),
            ("case 37", "<svg onload"),
            ("case 37", "href=\"javascript:"),
            ("case 37", "href=\"https://kwaad.example"),
            ("case 38", " 49 "),
        ] {
            assert!(!text.contains(raw), "{case}: {place} has {raw}: {text}");
        }
        if place == "a mail" {
            assert!(!text.contains("kwaad.example"), "case 37: {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_34_line_ends_make_no_header_and_mails_say_no_word_of_the_resident() {
    let app = TestApp::open().await;
    let receipt = send(
        &app,
        &[
            ("kort", "De lift\r\nBcc: vreemde@voorbeeld.example"),
            ("naam", "Truus\r\nSubject: Gewonnen"),
        ],
    )
    .await;
    assert_eq!(
        line(&receipt, "kort"),
        "De lift Bcc: vreemde@voorbeeld.example"
    );
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 1);
    for mail in mails {
        assert_eq!(mail.recipient, "truus@voorbeeld.example");
        assert!(!mail.subject.contains(['\r', '\n']), "{}", mail.subject);
        for word in ["Bcc", "vreemde", "Gewonnen", "De lift"] {
            assert!(!mail.subject.contains(word) && !mail.body.contains(word));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_of_every_script_come_out_as_they_went_in() {
    let app = TestApp::open().await;
    let arabic = "عربي 漢字 İstanbul ÿ 👨\u{200d}👩\u{200d}👧";
    let receipt = send(
        &app,
        &[
            ("kort", arabic),
            ("verhaal", "Cafe\u{301} \u{202e}om\u{2066} nul\u{0}byte"),
        ],
    )
    .await;
    for (case, field, kept) in [
        ("case 1", "kort", arabic),
        ("case 5", "verhaal", "Caf\u{e9} om nulbyte"),
    ] {
        assert_eq!(line(&receipt, field), kept, "{case}");
    }
    for (place, text) in everywhere(&app, &receipt).await {
        if place == "a mail" {
            continue;
        }
        assert!(text.contains(arabic), "case 1: {place}: {text}");
        assert!(
            place == "the queue" || text.contains("dir=\"auto\""),
            "case 2: {place} lets a text run its own way"
        );
        assert!(!text.contains('\u{202e}'), "case 2: {place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn long_answers_are_taken_whole_or_told_and_kept() {
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, "waterdam.localhost", FORM).await;
    let step = format!("{FORM}/bericht");
    let much = "a".repeat(5_001);
    for (case, story, status, told) in [
        ("case 10", much.as_str(), 400, "5001"),
        ("case 10", much.as_str(), 400, much.as_str()),
    ] {
        truus
            .submit(
                &step,
                &[("soort", "tip"), ("kort", "x"), ("verhaal", story)],
            )
            .await;
        assert_eq!(truus.page.status, status, "{case}");
        let text = truus.page.text.replace(['.', '\u{a0}'], "");
        assert!(text.contains(told), "{case}: {told}");
        assert!(!truus.page.text.contains("maxlength"), "{case}");
    }
    let word = "x".repeat(5_000);
    for (case, story) in [("case 9", "😀".repeat(5_000)), ("case 12", word)] {
        let receipt = send(&app, &[("verhaal", &story)]).await;
        assert_eq!(line(&receipt, "verhaal"), story, "{case}");
        truus
            .submit(
                &step,
                &[("soort", "tip"), ("kort", "x"), ("verhaal", &story)],
            )
            .await;
        assert!(truus.path.ends_with("/contact"), "{case}: {}", truus.path);
    }
    // A word without end is broken where it is read: at the desk and in the receipt.
    let receipt = send(&app, &[("kort", &"y".repeat(200))]).await;
    let style = app.anonymous("waterdam.localhost");
    for (place, text) in everywhere(&app, &receipt).await {
        if place == "a mail" {
            continue;
        }
        let path = text
            .split('"')
            .find(|part| part.ends_with("/styles.css"))
            .unwrap_or_else(|| panic!("case 12: {place} has no style"));
        let css = style.get(path).await.text;
        assert!(css.contains("overflow-wrap:anywhere"), "case 12: {place}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn case_42_a_number_like_a_bsn_is_a_covered_hint_for_staff_and_in_no_report() {
    let app = TestApp::open().await;
    let receipt = send(&app, &[("verhaal", "Mijn nummer is 999999999.")]).await;
    let shown = everywhere(&app, &receipt).await;
    let desk = &shown
        .iter()
        .find(|(place, _)| *place == "the desk")
        .unwrap()
        .1;
    assert!(desk.contains("•••••••99"), "{desk}");
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let rows = domain::intake::report::of_form(&tx, "klacht-tip-compliment", 100)
        .await
        .unwrap();
    assert!(!format!("{rows:?}").contains("9999"), "{rows:?}");
}
