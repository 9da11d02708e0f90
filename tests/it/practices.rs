//! Practices: written or imported, agreed by two people at home, judged by the exchange, published without the contact person.

use domain::practices::{self, AgreementRequest, Checklist, PracticeForm, Source};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

const TEXT: &str = include_str!("../../domain/src/practices/fixtures/klantenservice.txt");

const EDITOR: &str = "formeditor@waterdam.example";
const ADMIN: &str = "tenantadmin@waterdam.example";

/// Everything that another municipality needs.
pub fn practice(title: &str) -> Value {
    json!({
        "title": title, "summary": "Wie een klacht heeft, wordt binnen een werkdag gebeld.",
        "problem": "Inwoners wachtten.", "aim": "Een gesprek.", "approach": "1. Luister.\n2. Bel.", "result": "Het werkt.",
        "wentWrong": "Op vrijdag was er niemand.", "conditions": "Een rooster.", "yearStart": 2025, "phase": "inUse",
        "practiceType": "method", "themes": ["complaints", "callingBack"], "visibility": "everyone",
        "contactName": "Noor Terpstra", "contactEmail": "noor.terpstra@waterdam.example", "contactPhone": "0299-123400"
    })
}

fn with(mut practice: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        practice[name] = value.clone();
    }
    practice
}

/// Takes a practice through both gates at Waterdam and gives back its id and address.
pub async fn publish(app: &TestApp, practice: &Value) -> (String, String) {
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let written = editor
        .post("/api/v1/practice-drafts/_write", practice)
        .await;
    assert_eq!(written.status, 201, "{}", written.text);
    let id = written.json["id"].as_str().unwrap().to_owned();
    let slug = hand_in(app, &id).await;
    (id, slug)
}

/// Submits, agrees and publishes a practice of Waterdam.
pub async fn hand_in(app: &TestApp, id: &str) -> String {
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let path = format!("/api/v1/practice-drafts/{id}");
    let submitted = editor.post(&format!("{path}/_submit"), &json!({})).await;
    assert_eq!(submitted.status, 200, "{}", submitted.text);
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let agreed = json!({ "confirmed": true });
    let agreed = admin.post(&format!("{path}/_approve"), &agreed).await;
    assert_eq!(agreed.status, 200, "{}", agreed.text);
    let operator = app.signed_in("localhost", "operator@gehoord.example").await;
    let all = json!({ "personalData": true, "claims": true, "licence": true, "title": true });
    let done = operator
        .post(&format!("/api/v1/practice-reviews/{id}/_publish"), &all)
        .await;
    assert_eq!(done.status, 200, "{}", done.text);
    done.json["slug"].as_str().unwrap().to_owned()
}

async fn put(caller: &Caller, id: &str, practice: &Value) -> tests::Reply {
    let path = format!("/api/v1/practice-drafts/{id}");
    caller
        .send(caller.request("PUT", &path).json(practice))
        .await
}

fn codes(reply: &tests::Reply) -> Vec<(String, String)> {
    let errors = reply.json["errors"].as_array().unwrap();
    let word = |error: &Value, name: &str| error[name].as_str().unwrap().to_owned();
    (errors.iter())
        .map(|error| (word(error, "field"), word(error, "code")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_give_the_same_draft_which_an_import_fills() {
    let app = TestApp::open().await;
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let import = || {
        editor
            .request("POST", "/api/v1/practice-drafts?name=klantenservice.txt")
            .header("content-type", "text/plain")
            .body(TEXT)
    };
    let first = editor.send(import()).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let second = editor.send(import()).await;
    assert_eq!(
        (second.status, &second.json["id"]),
        (200, &first.json["id"])
    );
    assert_eq!(first.json["content"]["yearStart"], 2021);
    assert_eq!(
        first.json["content"]["entries"][0]["competition"],
        "GemeenteDelers"
    );
    let submit = format!(
        "/api/v1/practice-drafts/{}/_submit",
        first.json["id"].as_str().unwrap()
    );
    let missing = codes(&editor.post(&submit, &json!({})).await);
    for field in ["wentWrong", "conditions", "phase", "practiceType", "themes"] {
        let expected = (field.to_owned(), "required".to_owned());
        assert!(missing.contains(&expected), "{field}: {missing:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_passes_four_eyes_and_the_exchange_and_names_nobody() {
    let app = TestApp::open().await;
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let named = with(
        practice("Bellen"),
        json!({ "result": "Bel Noor Terpstra op 0299-123400 of mail noor.terpstra@waterdam.example." }),
    );
    let foreign = with(practice("Bellen"), json!({ "municipality": "Schagen" }));
    let foreign = editor
        .post("/api/v1/practice-drafts/_write", &foreign)
        .await;
    assert_eq!(
        foreign.status, 400,
        "nobody writes in another's name: {}",
        foreign.text
    );
    let written = editor.post("/api/v1/practice-drafts/_write", &named).await;
    let id = written.json["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/practice-drafts/{id}");
    editor.post(&format!("{path}/_submit"), &json!({})).await;
    let agreed = json!({ "confirmed": true });
    let alone = editor.post(&format!("{path}/_approve"), &agreed).await;
    assert_eq!(
        (alone.status, &alone.json["code"]),
        (409, &json!("practice-four-eyes"))
    );
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let seen = admin.get(&path).await;
    assert_eq!(seen.json["doubts"], json!(["•••", "•••", "•••", "•••"]));
    let unread = admin.post(&format!("{path}/_approve"), &json!({})).await;
    assert_eq!(codes(&unread)[0].1, "not_confirmed");
    let elsewhere = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    assert_eq!(
        elsewhere
            .post(&format!("{path}/_approve"), &agreed)
            .await
            .status,
        404
    );
    assert_eq!(
        admin
            .post(&format!("{path}/_approve"), &agreed)
            .await
            .status,
        200
    );
    let reader = app.anonymous("localhost");
    let list = reader.get("/api/v1/practices").await;
    assert_eq!(list.json["total"], 0, "the exchange did not judge yet");
    let operator = app.signed_in("localhost", "operator@gehoord.example").await;
    let waiting = operator.get("/api/v1/practice-reviews").await;
    assert_eq!(
        waiting.json["items"][0]["municipality"],
        "Gemeente waterdam"
    );
    let publish = format!("/api/v1/practice-reviews/{id}/_publish");
    let half = json!({ "personalData": true, "licence": true });
    let half = operator.post(&publish, &half).await;
    assert_eq!(codes(&half).len(), 2, "{}", half.text);
    let all = json!({ "personalData": true, "claims": true, "licence": true, "title": true });
    let done = operator.post(&publish, &all).await;
    let slug = done.json["slug"].as_str().unwrap();
    for host in ["localhost", "waterdam.localhost", "heuvelrode.localhost"] {
        let reader = app.anonymous(host);
        let list = reader.get("/api/v1/practices").await;
        let read = reader.get(&format!("/api/v1/practices/{slug}")).await;
        let page = reader.get(&format!("/praktijkvoorbeelden/{slug}")).await;
        let versions = reader
            .get(&format!("/api/v1/practices/{slug}/versions"))
            .await;
        assert_eq!(
            read.json["municipality"], "Gemeente waterdam",
            "{}",
            read.text
        );
        assert_eq!((page.status, versions.status), (200, 200));
        for public in [&list.text, &read.text, &page.text, &versions.text] {
            for private in ["Noor", "Terpstra", "noor.", "123400"] {
                let public = public.replace("Noord-Holland", "");
                assert!(!public.contains(private), "{private}: {public}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_published_version_stays_until_the_next_one_passed_both_gates() {
    let app = TestApp::open().await;
    let (id, slug) = publish(&app, &practice("Bellen")).await;
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let reader = app.anonymous("localhost");
    let better = with(
        practice("Beter bellen"),
        json!({ "aim": "Een goed gesprek." }),
    );
    let saved = put(&editor, &id, &better).await;
    assert_eq!((saved.status, &saved.json["number"]), (200, &json!(2)));
    let submit = format!("/api/v1/practice-drafts/{id}/_submit");
    let unsaid = editor.post(&submit, &json!({})).await;
    assert_eq!(
        codes(&unsaid),
        [("changes".to_owned(), "required".to_owned())]
    );
    let better = with(better, json!({ "changes": "Het doel is scherper." }));
    assert_eq!(put(&editor, &id, &better).await.status, 200);
    let read = reader.get(&format!("/api/v1/practices/{slug}")).await;
    assert_eq!(read.json["title"], "Bellen");
    assert_eq!(hand_in(&app, &id).await, slug, "its address stays");
    let read = reader.get(&format!("/api/v1/practices/{slug}")).await;
    assert_eq!(
        (&read.json["title"], &read.json["number"]),
        (&json!("Beter bellen"), &json!(2))
    );
    let versions = reader
        .get(&format!("/api/v1/practices/{slug}/versions"))
        .await;
    assert_eq!(
        versions.json["items"][0]["changes"],
        "Het doel is scherper."
    );
    assert_eq!(versions.json["items"].as_array().unwrap().len(), 2);
    let stale = with(better, json!({ "version": 1 }));
    assert_eq!(put(&editor, &id, &stale).await.json["code"], "changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exchange_asks_and_the_owner_answers() {
    let app = TestApp::open().await;
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let operator = app.signed_in("localhost", "operator@gehoord.example").await;
    let written = editor
        .post("/api/v1/practice-drafts/_write", &practice("Bellen"))
        .await;
    let id = written.json["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/practice-drafts/{id}");
    editor.post(&format!("{path}/_submit"), &json!({})).await;
    let note = json!({ "note": "Hoeveel bellers?" });
    let back = admin.post(&format!("{path}/_return"), &note).await;
    assert_eq!((back.status, &back.json["status"]), (200, &json!("draft")));
    editor.post(&format!("{path}/_submit"), &json!({})).await;
    let agreed = json!({ "confirmed": true });
    admin.post(&format!("{path}/_approve"), &agreed).await;
    assert_eq!(
        put(&editor, &id, &practice("Anders")).await.json["code"],
        "practice-not-now",
        "while the exchange reads"
    );
    let asked = json!({ "questions": "Waar komt het cijfer vandaan?" });
    let asked = operator
        .post(&format!("/api/v1/practice-reviews/{id}/_return"), &asked)
        .await;
    assert_eq!(asked.status, 204, "{}", asked.text);
    let seen = editor.get(&path).await;
    assert_eq!(
        (&seen.json["stage"], &seen.json["questions"]),
        (&json!("returned"), &json!("Waar komt het cijfer vandaan?"))
    );
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    let notices = editor.get("/api/v1/notices").await;
    assert!(notices.text.contains("practiceDecided"), "{}", notices.text);
    assert_eq!(put(&editor, &id, &practice("Bellen")).await.status, 200);
    hand_in(&app, &id).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_or_taken_down_leaves_a_reason_and_a_day() {
    let app = TestApp::open().await;
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let operator = app.signed_in("localhost", "operator@gehoord.example").await;
    let reader = app.anonymous("localhost");
    let (id, slug) = publish(&app, &practice("Bellen")).await;
    let withdraw = format!("/api/v1/practice-drafts/{id}/_withdraw");
    assert_eq!(editor.post(&withdraw, &json!({})).await.status, 400);
    let reason = json!({ "reason": "Wij doen het anders." });
    assert_eq!(editor.post(&withdraw, &reason).await.status, 200);
    let gone = reader.get(&format!("/api/v1/practices/{slug}")).await;
    assert_eq!(
        (
            &gone.json["state"],
            &gone.json["reason"],
            &gone.json["title"]
        ),
        (
            &json!("withdrawn"),
            &json!("Wij doen het anders."),
            &json!("")
        )
    );
    assert!(!gone.text.contains("rooster"), "{}", gone.text);
    let page = reader.get(&format!("/praktijkvoorbeelden/{slug}")).await;
    assert_eq!(page.status, 410);
    assert!(page.text.contains("Wij doen het anders."), "{}", page.text);
    assert_eq!(reader.get("/api/v1/practices").await.json["total"], 0);
    let (other, slug) = publish(&app, &practice("Schrijven")).await;
    let down = format!("/api/v1/practices/{slug}/_take-down");
    assert_eq!(editor.post(&down, &reason).await.status, 403);
    assert_eq!(operator.post(&down, &reason).await.status, 204);
    let gone = reader.get(&format!("/api/v1/practices/{slug}")).await;
    assert_eq!(gone.json["state"], "takenDown");
    let own = editor
        .get(&format!("/api/v1/practice-drafts/{other}"))
        .await;
    assert_eq!(own.json["stage"], "takenDown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_that_nobody_confirms_goes_out_of_date_and_to_the_archive() {
    let app = TestApp::open().await;
    let (id, slug) = publish(&app, &practice("Bellen")).await;
    let path = format!("/api/v1/practice-drafts/{id}");
    let stage = async |days| {
        app.clock.advance(chrono::TimeDelta::days(days));
        domain::maintenance::run_hourly(&app.db).await.unwrap();
        let editor = app.signed_in("waterdam.localhost", EDITOR).await;
        let seen = editor.get(&path).await;
        seen.json["stage"].as_str().unwrap().to_owned()
    };
    assert_eq!(stage(364).await, "published");
    assert_eq!(stage(3).await, "toReconfirm");
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let told = editor.get("/api/v1/notices").await;
    assert!(told.text.contains("practiceConfirm"), "{}", told.text);
    assert_eq!(stage(100).await, "stale");
    assert_eq!(stage(300).await, "archived");
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let reader = app.anonymous("localhost");
    assert_eq!(reader.get("/api/v1/practices").await.json["total"], 0);
    let kept = reader.get(&format!("/api/v1/practices/{slug}")).await;
    assert_eq!(kept.json["title"], "Bellen", "it can still be read");
    let confirmed = editor.post(&format!("{path}/_confirm"), &json!({})).await;
    assert_eq!(confirmed.status, 204);
    assert_eq!(stage(0).await, "published");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_reaches_the_person_who_consented_and_nobody_else_learns_who_it_is() {
    let app = TestApp::open().await;
    let (id, slug) = publish(&app, &practice("Bellen")).await;
    let ask = format!("/api/v1/practices/{slug}/_ask");
    let question = json!({ "question": "Hoeveel bellers heeft u?" });
    let other = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    assert_eq!(
        other.post(&ask, &question).await.json["code"],
        "practice-no-contact"
    );
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let asked = format!("/api/v1/practice-drafts/{id}/_ask-contact");
    assert_eq!(editor.post(&asked, &json!({})).await.status, 204);
    app.run_jobs().await;
    let mail = app.mails.lock().unwrap().last().unwrap().clone();
    assert_eq!(mail.recipient, "noor.terpstra@waterdam.example");
    let start = mail.body.find("/praktijk-contact/").unwrap();
    let link: String = mail.body[start..]
        .chars()
        .take_while(|sign| !sign.is_whitespace())
        .collect();
    let mut person = Browser::open(&app, "waterdam.localhost", &link).await;
    assert_eq!(
        other.post(&ask, &question).await.status,
        409,
        "looking at the page is no consent"
    );
    person.submit(&link, &[("agrees", "ja")]).await;
    assert_eq!(person.page.status, 200, "{}", person.page.text);
    for _ in 0..5 {
        assert_eq!(other.post(&ask, &question).await.status, 204);
    }
    assert_eq!(other.post(&ask, &question).await.status, 429, "five a day");
    domain::maintenance::send_questions(&app.db).await.unwrap();
    app.run_jobs().await;
    let sent = app.mails.lock().unwrap().clone();
    let question = sent
        .iter()
        .filter(|mail| mail.body.contains("Hoeveel bellers"));
    let recipients: Vec<&str> = question.map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(recipients, ["noor.terpstra@waterdam.example"; 5]);
    let read = other.get(&format!("/api/v1/practices/{slug}")).await;
    assert!(!read.text.contains("Noor"), "{}", read.text);
    let confirm = format!("/api/v1/practice-drafts/{id}/_confirm");
    assert_eq!(editor.post(&confirm, &json!({})).await.status, 204);
    app.clock.advance(chrono::TimeDelta::days(2));
    let other = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    assert_eq!(
        other
            .post(&ask, &json!({ "question": "Nog een." }))
            .await
            .json["code"],
        "practice-no-contact",
        "the consent ended with the confirmation"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_co_owner_is_named_once_it_agrees_and_chosen_readers_read() {
    let app = TestApp::open().await;
    let shared = with(
        practice("Samen"),
        json!({ "coOwners": "Gemeente heuvelrode", "visibility": "chosen", "readers": "heuvelrode" }),
    );
    let (id, slug) = publish(&app, &shared).await;
    let path = format!("/api/v1/practices/{slug}");
    assert_eq!(app.anonymous("localhost").get(&path).await.status, 404);
    assert_eq!(
        app.anonymous("heuvelrode.localhost")
            .get(&path)
            .await
            .status,
        404
    );
    let other = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    let read = other.get(&path).await;
    assert_eq!((read.status, &read.json["coOwners"]), (200, &json!([])));
    let named = other.get("/api/v1/co-ownerships").await;
    assert_eq!(named.json["items"][0]["agreed"], false, "{}", named.text);
    let answer = format!("/api/v1/co-ownerships/{id}/_answer");
    assert_eq!(
        other.post(&answer, &json!({ "agrees": true })).await.status,
        204
    );
    let read = other.get(&path).await;
    assert_eq!(read.json["coOwners"], json!(["Gemeente heuvelrode"]));
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    assert_eq!(
        editor
            .post(&answer, &json!({ "agrees": true }))
            .await
            .status,
        404,
        "only who was named can answer"
    );
    let (_, slug) = publish(
        &app,
        &with(practice("Leden"), json!({ "visibility": "subscribers" })),
    )
    .await;
    let path = format!("/api/v1/practices/{slug}");
    assert_eq!(app.anonymous("localhost").get(&path).await.status, 404);
    assert_eq!(other.get(&path).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_passage_that_may_be_a_person_is_kept_or_made_unreadable_before_anybody_reads_it() {
    let app = TestApp::open().await;
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    let doubtful = with(
        practice("Bellen"),
        json!({ "result": "Op Dorpsstraat 12 hielp Karel Zonderland ons met de Zilveren Ster. Karel Zonderland straalde." }),
    );
    let written = editor
        .post("/api/v1/practice-drafts/_write", &doubtful)
        .await;
    let id = written.json["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/practice-drafts/{id}");
    editor.post(&format!("{path}/_submit"), &json!({})).await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let seen = admin.get(&path).await;
    assert_eq!(
        seen.json["toDecide"],
        json!(["Dorpsstraat 12", "Karel Zonderland", "Zilveren Ster"])
    );
    let some =
        json!({ "confirmed": true, "passages": [{ "text": "Zilveren Ster", "choice": "keep" }] });
    let undecided = codes(&admin.post(&format!("{path}/_approve"), &some).await);
    let fields: Vec<&str> = undecided.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["passages.0.choice", "passages.1.choice"]);
    // On the page, without a script.
    let mut page = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    let draft = format!("/beheer/praktijkvoorbeelden/{id}");
    page.go(&draft).await;
    assert!(
        page.page.text.contains("Gaat dit over een persoon?"),
        "{}",
        page.page.text
    );
    let agree = format!("{draft}/akkoord");
    page.submit(&agree, &[("confirmed", "ja")]).await;
    assert_eq!(page.page.status, 400);
    let all = [
        ("confirmed", "ja"),
        ("passages.0.text", "Dorpsstraat 12"),
        ("passages.0.choice", "mask"),
        ("passages.1.text", "Karel Zonderland"),
        ("passages.1.choice", "mask"),
        ("passages.2.text", "Zilveren Ster"),
        ("passages.2.choice", "keep"),
    ];
    page.submit(&agree, &all).await;
    assert!(
        page.page.text.contains("In beoordeling"),
        "{}",
        page.page.text
    );
    let operator = app.signed_in("localhost", "operator@gehoord.example").await;
    let review = operator
        .get(&format!("/api/v1/practice-reviews/{id}"))
        .await;
    assert!(review.text.contains("Zilveren Ster"), "{}", review.text);
    for text in [&review.text, &admin.get(&path).await.text] {
        for private in ["Karel", "Zonderland", "Dorpsstraat"] {
            assert!(!text.contains(private), "{private}: {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_puts_a_practice_into_the_archive_and_takes_it_out_by_saying_that_it_holds() {
    let app = TestApp::open().await;
    let (id, slug) = publish(&app, &practice("Bellen")).await;
    let mut editor = Browser::sign_in(&app, "waterdam.localhost", EDITOR).await;
    let path = format!("/beheer/praktijkvoorbeelden/{id}");
    editor.go(&path).await;
    editor.submit(&format!("{path}/archiveren"), &[]).await;
    assert!(
        editor.page.text.contains("staat in het archief"),
        "{}",
        editor.page.text
    );
    let reader = app.anonymous("localhost");
    let list = reader.get("/api/v1/practices").await;
    assert_eq!(list.json["total"], 0, "{}", list.text);
    let read = reader.get(&format!("/api/v1/practices/{slug}")).await;
    assert_eq!(
        (read.status, &read.json["state"]),
        (200, &json!("archived"))
    );
    let caller = app.signed_in("waterdam.localhost", EDITOR).await;
    let verb = |verb: &str| format!("/api/v1/practice-drafts/{id}/_{verb}");
    let twice = caller.post(&verb("archive"), &json!({})).await;
    assert_eq!(
        (twice.status, &twice.json["code"]),
        (409, &json!("practice-not-now"))
    );
    assert_eq!(caller.post(&verb("confirm"), &json!({})).await.status, 204);
    assert_eq!(reader.get("/api/v1/practices").await.json["total"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_is_written_on_the_page_and_nothing_that_was_typed_is_lost() {
    let app = TestApp::open().await;
    let mut editor = Browser::sign_in(&app, "waterdam.localhost", EDITOR).await;
    editor.go("/beheer/praktijkvoorbeelden/nieuw").await;
    let begun = [
        ("title", "Bellen"),
        ("problem", "Inwoners wachtten op Jan de Vries."),
    ];
    editor
        .submit("/beheer/praktijkvoorbeelden/nieuw", &begun)
        .await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert!(
        editor.page.text.contains("<mark>Jan de Vries</mark>"),
        "{}",
        editor.page.text
    );
    let start = editor.page.text.find("/bewerken").unwrap();
    let id = editor.page.text[start - 36..start].to_owned();
    let path = format!("/beheer/praktijkvoorbeelden/{id}");
    let edit = format!("{path}/bewerken");
    editor.go(&edit).await;
    let version = editor.hidden("version");
    let mut fields = vec![
        ("version", version.as_str()),
        ("title", "Bellen"),
        ("summary", "Wij bellen."),
        ("problem", "Inwoners wachtten."),
        ("aim", "Een gesprek."),
        ("approach", "Bel."),
        ("result", "Het werkt."),
        ("conditions", "Een rooster."),
        ("yearStart", "2025"),
        ("phase", "inUse"),
        ("practiceType", "method"),
        ("themes", "complaints"),
        ("then", "submit"),
    ];
    editor.submit(&edit, &fields).await;
    assert_eq!(editor.page.status, 400);
    assert!(
        editor.page.text.contains("Een rooster."),
        "what was typed is there"
    );
    assert!(
        editor.page.text.contains("href=\"#wentWrong\""),
        "{}",
        editor.page.text
    );
    fields.push(("wentWrong", "Op vrijdag was er niemand."));
    editor.submit(&edit, &fields).await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert!(editor.page.text.contains("Een collega geeft akkoord."));
    let mut admin = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    admin.go(&path).await;
    admin.submit(&format!("{path}/akkoord"), &[]).await;
    assert_eq!(admin.page.status, 400, "{}", admin.page.text);
    admin
        .submit(&format!("{path}/akkoord"), &[("confirmed", "ja")])
        .await;
    assert!(
        admin.page.text.contains("In beoordeling"),
        "{}",
        admin.page.text
    );
    let mut operator = Browser::sign_in(&app, "localhost", "operator@gehoord.example").await;
    let review = format!("/beheer/praktijkbeoordelingen/{id}");
    operator.go("/beheer/praktijkbeoordelingen").await;
    assert!(
        operator.page.text.contains(&review),
        "{}",
        operator.page.text
    );
    operator.go(&review).await;
    let all = ["personalData", "claims", "licence", "title"].map(|name| (name, "ja"));
    operator.submit(&format!("{review}/publiceren"), &all).await;
    assert_eq!(operator.page.status, 200, "{}", operator.page.text);
    admin.go(&path).await;
    assert!(
        admin.page.text.contains("Gepubliceerd"),
        "{}",
        admin.page.text
    );
    admin
        .submit(&format!("{path}/terughalen"), &[("reason", "Anders.")])
        .await;
    assert!(
        admin.page.text.contains("teruggehaald"),
        "{}",
        admin.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_person_is_in_any_published_row_whatever_the_layout() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/practices");
    let app = TestApp::open().await;
    let (writer, reader) = (
        app.staff_id(app.waterdam.id, EDITOR).await,
        app.staff_id(app.waterdam.id, ADMIN).await,
    );
    let tenants = {
        let tx = app.db.platform_read().await.unwrap();
        tenants::tenant::all(&tx).await.unwrap()
    };
    let owner = tenants
        .iter()
        .find(|one| one.id == app.waterdam.id)
        .unwrap();
    let anybody = app.anonymous("localhost");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        files += 1;
        let bytes = std::fs::read(&path).unwrap();
        let tx = app.db.write(app.waterdam.id).await.unwrap();
        let source = Source::read(bytes).unwrap();
        let imported = practices::import(&tx, "tekst.txt", source, Some(writer))
            .await
            .unwrap();
        let practice = imported.practice;
        let mut form = PracticeForm::of(
            &practice.content().unwrap(),
            &practice.sharing().unwrap(),
            &practice.contact().unwrap(),
        );
        form.title = format!("Bellen {files}");
        form.problem = "Wachten.".to_owned();
        form.aim.clone_from(&form.problem);
        form.went_wrong.clone_from(&form.problem);
        form.conditions.clone_from(&form.problem);
        form.summary = "Wij bellen.".to_owned();
        form.year_start = 2025.into();
        form.phase = "inUse".to_owned();
        form.practice_type = "method".to_owned();
        form.themes = vec!["complaints".to_owned()];
        practices::save_and_submit(&tx, practice.id, writer, &form)
            .await
            .unwrap();
        let submitted = practices::get(&tx, practice.id).await.unwrap();
        let passages = practices::doubtful(&submitted.article(owner).unwrap());
        let agreed = AgreementRequest::keeping(passages);
        practices::approve(&tx, owner, practice.id, reader, &agreed)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let tx = app.db.platform().await.unwrap();
        let all = Checklist {
            personal_data: true,
            claims: true,
            licence: true,
            title: true,
        };
        let slug = practices::publish_review(&tx, practice.id, all)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut shown = Vec::new();
        for path in [
            format!("/api/v1/practices/{slug}"),
            format!("/praktijkvoorbeelden/{slug}"),
        ] {
            let page = anybody.get(&path).await.text;
            shown.push(page.replace("Noord-Holland", ""));
        }
        for text in shown {
            for private in [
                "Noor", "Terpstra", "terpstra", "123400", "123 400", "12345678", "Bo ", "@schagen",
                "(at)",
            ] {
                assert!(
                    !text.contains(private),
                    "{}: {private}: {text}",
                    path.display()
                );
            }
        }
    }
    assert!(files >= 7);
    let rows = rows(&app).await;
    for private in [
        "Noor",
        "Terpstra",
        "terpstra",
        "12345678",
        "0299-123400",
        "@schagen",
    ] {
        assert!(!rows.contains(private), "{private}");
    }
}

/// All words in the rows of the platform about practices.
async fn rows(app: &TestApp) -> String {
    let owner = app.store.as_database_owner().await;
    let mut words = String::new();
    for sql in [
        "select title || summary || cast(body as text) as words from published_practice",
        "select title || changes || cast(body as text) as words from published_practice_version",
        "select title || changes || cast(body as text) || cast(sharing as text) as words from practice_review",
        "select title || summary || body as words from practice_text",
    ] {
        let statement = Statement::from_string(owner.get_database_backend(), sql);
        for row in owner.query_all_raw(statement).await.unwrap() {
            words.push_str(&row.try_get::<String>("", "words").unwrap());
        }
    }
    assert!(words.len() > 1_000);
    words
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_text_is_refused_with_its_position() {
    let app = TestApp::open().await;
    let editor = app.signed_in("waterdam.localhost", EDITOR).await;
    for (body, code) in [
        (b"Titel\n\xff\0".to_vec(), "source_not_text"),
        (b" \n".to_vec(), "required"),
    ] {
        let request = editor
            .request("POST", "/api/v1/practice-drafts")
            .header("content-type", "text/plain")
            .body(body);
        let reply = editor.send(request).await;
        assert_eq!(
            (reply.status, &reply.json["errors"][0]["code"]),
            (400, &json!(code)),
            "{}",
            reply.text
        );
    }
}
