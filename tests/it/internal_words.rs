//! No internal field reaches a resident: no page, no answer of the API, no file and no mail has a word that staff wrote for each other, or says who
//! they are.

use serde_json::{Value, json};
use tenants::Role;
use tests::{Browser, Caller, TestApp, person};

use crate::{case_tasks::team, samples};

const HOST: &str = "waterdam.localhost";
/// The colleague who writes it all, whose name is one of the words.
const WRITER: &str = "wielewaal@waterdam.example";
/// One for each internal field.
const WORDS: [&str; 14] = [
    "wielewaal",
    "zwaluwnotitie",
    "ijsvogelgesprek",
    "reigerwens",
    "lepelaarvraag",
    "kievitantwoord",
    "grutterdoorgeven",
    "roerdomptag",
    "futconcept",
    "meerkoetgift",
    "ralreden",
    "sperweropheffen",
    "wulpuitkomst",
    "kluutteam",
];

/// A complaint with a file: its receipt.
async fn complaint(app: &TestApp) -> Value {
    let resident = app.anonymous(HOST);
    let document = reqwest::multipart::Part::bytes(samples::pdf()).file_name("brief.pdf");
    let form = reqwest::multipart::Form::new()
        .text("field", "bijlagen")
        .part("file", document);
    let upload = resident.request("POST", "/api/v1/forms/klacht-tip-compliment/files");
    let uploaded = resident.send(upload.multipart(form)).await;
    let mut message = tests::complaint();
    message["answers"]["bijlagen"] = json!([uploaded.json["fileCode"]]);
    let address = "/api/v1/forms/klacht-tip-compliment/submissions";
    let receipt = resident.post(address, &message).await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    receipt.json
}

/// Writes every word but the outcome.
async fn plant(app: &TestApp, writer: &Caller, case: &str, reference: &str) {
    let path = |rest: &str| format!("/api/v1/cases/{case}{rest}");
    let done = async |rest: &str, body: &Value| {
        let reply = writer.post(&path(rest), body).await;
        assert!(reply.status < 300, "{rest}: {}", reply.text);
        reply.json
    };
    let kluut = team(app, "kluutteam", &[WRITER]).await;
    done("/_claim", &Value::Null).await;
    let call = json!({ "result": "conversation", "note": "ijsvogelgesprek", "wish": "reigerwens" });
    done("/conversations", &call).await;
    done("/notes", &json!({ "text": "zwaluwnotitie" })).await;
    let question = json!({ "question": "lepelaarvraag", "teamId": kluut });
    let task = done("/tasks", &question).await;
    let answer = format!("/api/v1/tasks/{}/_answer", task["id"].as_str().unwrap());
    let answered = json!({ "answer": "kievitantwoord" });
    assert_eq!(writer.post(&answer, &answered).await.status, 200);
    let me = app.staff_id(app.waterdam.id, WRITER).await.to_string();
    let on = json!({ "teamId": kluut, "staffId": me, "note": "grutterdoorgeven" });
    done("/_hand-on", &on).await;
    let tags = writer.request("PUT", &path("/tags"));
    let tags = writer
        .send(tags.json(&json!({ "tags": ["roerdomptag"] })))
        .await;
    assert_eq!(tags.status, 200, "{}", tags.text);
    let gift = json!({ "budgetId": app.waterdam.budget, "amountCents": 100,
        "description": "meerkoetgift", "reason": "ralreden" });
    done("/gifts", &gift).await;
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let other = app
        .staff_id(app.waterdam.id, "colleague@waterdam.example")
        .await;
    let subject = json!({ "subject": format!("staff:{other}") });
    let subject = lead.post(&path("/subjects"), &subject).await;
    let id = subject.json["id"].as_str().unwrap();
    let lift = json!({ "liftReason": "sperweropheffen" });
    let lifted = lead
        .post(&format!("/api/v1/case-subjects/{id}/_lift"), &lift)
        .await;
    assert!(lifted.status < 300, "{}", lifted.text);
    let mut desk = Browser::sign_in(app, HOST, WRITER).await;
    let page = format!("/balie/meldingen/{reference}");
    desk.go(&page).await;
    let draft = [("_formulier", "note"), ("text", "futconcept")];
    desk.submit(&format!("{page}/concept"), &draft).await;
    for word in WORDS.iter().filter(|word| **word != "wulpuitkomst") {
        let is_elsewhere = ["sperweropheffen", "roerdomptag"].contains(word);
        assert!(
            is_elsewhere || desk.page.text.contains(word),
            "staff read it: {word}"
        );
    }
    done("/messages", &json!({ "text": "Wij maken de lift." })).await;
}

/// Everything that whoever has the link can get: what it is, and all of it, headers too.
async fn everything_open(app: &TestApp, code: &str, reference: &str) -> Vec<(String, String)> {
    let resident = app.anonymous(HOST);
    let mut got = Vec::new();
    let mut pages = vec![
        format!("/melding/{code}"),
        format!("/melding/{code}/intrekken"),
        format!("/melding/{code}/klacht"),
        "/melding".to_owned(),
        format!("/cijfer/{code}"),
        format!("/api/v1/receipts/{code}"),
        format!("/api/v1/receipts/{code}/overview"),
    ];
    let page = resident.get(&pages[0]).await.text;
    let files = page.split('"').filter(|part| part.contains("/bestanden/"));
    pages.extend(files.map(str::to_owned));
    assert!(pages.len() > 7, "a file: {page}");
    for path in pages {
        let reply = resident.get(&path).await;
        got.push((path, format!("{:?}\n{}", reply.headers, reply.text)));
    }
    for (path, body) in [
        (
            format!("/api/v1/receipts/{code}/messages"),
            json!({ "text": "Dank u." }),
        ),
        (
            format!("/api/v1/receipts/{code}/contact-changes"),
            json!({ "field": "email", "value": "nieuw@voorbeeld.example" }),
        ),
        (format!("/api/v1/receipts/{code}/_satisfy"), Value::Null),
        (
            format!("/api/v1/receipts/{code}/_complain"),
            json!({ "text": "" }),
        ),
    ] {
        let reply = resident.post(&path, &body).await;
        got.push((path, format!("{:?}\n{}", reply.headers, reply.text)));
    }
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let staff = |recipient: &str| recipient.ends_with("@waterdam.example");
    for mail in mails.iter().filter(|mail| !staff(&mail.recipient)) {
        let name = format!("the mail {}", mail.subject);
        got.push((name, format!("{}\n{}", mail.body, mail.raw)));
        for link in mail
            .body
            .split_whitespace()
            .filter(|word| word.contains("://"))
        {
            let path = link.splitn(4, '/').nth(3).unwrap_or_default();
            let path = format!("/{}", path.trim_end_matches(['.', ',']));
            let reply = resident.get(&path).await;
            got.push((path, reply.text));
        }
    }
    assert!(got[0].1.contains(reference));
    got
}

#[tokio::test(flavor = "multi_thread")]
async fn no_word_that_staff_wrote_for_each_other_reaches_a_resident_by_any_way() {
    let app = TestApp::open().await;
    person(&app.db, app.waterdam.id, WRITER, &[Role::Clerk]).await;
    let receipt = complaint(&app).await;
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    let code = receipt["receiptCode"].as_str().unwrap().to_owned();
    let case = app.case_id(&reference).await;
    let writer = app.signed_in(HOST, WRITER).await;
    plant(&app, &writer, &case, &reference).await;
    let mut got = everything_open(&app, &code, &reference).await;
    let close = json!({ "outcome": "solvedTogether", "note": "wulpuitkomst" });
    let closed = writer
        .post(&format!("/api/v1/cases/{case}/_close"), &close)
        .await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    got.extend(everything_open(&app, &code, &reference).await);
    assert!(got.len() > 30, "{}", got.len());
    for (place, text) in got {
        for word in WORDS {
            assert!(!text.contains(word), "{word} at {place}: {text}");
        }
    }
}
