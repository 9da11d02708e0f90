//! A form as a file into a form that is there: it becomes the draft, never more, and nothing of a colleague is lost by it.

use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

const FORM: &str = "/beheer/formulieren/klacht-tip-compliment";
const API: &str = "/api/v1/form-drafts/klacht-tip-compliment";

fn published() -> Value {
    serde_json::from_str(domain::form_editor::KLACHT_TIP_COMPLIMENT).unwrap()
}

/// The form as a neighbour would send it: another address, another title.
fn from_elsewhere() -> Value {
    let mut file = published();
    file["key"] = json!("zeg-het-ons");
    file["texts"]["nl"]["title"] = json!("Zeg het ons");
    file
}

fn as_file(document: &Value) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    vec![("file", "formulier.json", document.to_string().into_bytes())]
}

/// What is published with one thing in it that is no form's.
fn changed(from: &str, to: &str) -> Vec<u8> {
    assert!(
        domain::form_editor::KLACHT_TIP_COMPLIMENT.contains(from),
        "{from}"
    );
    domain::form_editor::KLACHT_TIP_COMPLIMENT
        .replacen(from, to, 1)
        .into_bytes()
}

/// What the page says is wrong with the file.
fn refusals(page: &str) -> String {
    let document = scraper::Html::parse_document(page);
    let list = scraper::Selector::parse("#file-fout").unwrap();
    let list = document.select(&list).next();
    list.map_or(String::new(), |list| list.text().collect())
}

async fn editor(app: &TestApp) -> Browser {
    Browser::sign_in(app, "waterdam.localhost", "formeditor@waterdam.example").await
}

async fn program(app: &TestApp, host: &'static str, account: &str) -> Caller {
    app.signed_in(host, account).await
}

async fn import(browser: &mut Browser, document: &Value) {
    let action = format!("{FORM}/inlezen");
    browser.go(&action).await;
    let lock = browser.hidden("_versie");
    browser
        .upload(&action, &[("_versie", &lock)], &as_file(document))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_becomes_the_draft_and_residents_notice_nothing() {
    let app = TestApp::open().await;
    let mut editor = editor(&app).await;
    import(&mut editor, &from_elsewhere()).await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert!(editor.path.starts_with(FORM), "{}", editor.path);
    assert!(
        editor
            .page
            .text
            .contains("Het bestand is ingelezen als concept")
    );
    assert!(editor.page.text.contains("Zeg het ons"));
    let resident = app.anonymous("waterdam.localhost");
    let page = resident.get("/formulieren/klacht-tip-compliment").await;
    assert!(!page.text.contains("Zeg het ons"), "nothing was published");
    assert_eq!(
        resident.get("/formulieren/zeg-het-ons").await.status,
        404,
        "the form keeps its own address"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_published_question_cannot_get_another_kind_of_answer_by_a_file() {
    let app = TestApp::open().await;
    let mut file = from_elsewhere();
    // "kort" was a line in what is published.
    assert_eq!(file["steps"][0]["fields"][1]["key"], "kort");
    file["steps"][0]["fields"][1]["type"] = json!("longtext");
    let mut editor = editor(&app).await;
    import(&mut editor, &file).await;
    assert_eq!(editor.page.status, 400);
    for word in ["Korte tekst", "Verhaal", "kort", "href=\"#file\""] {
        assert!(
            editor.page.text.contains(word),
            "{word}: {}",
            editor.page.text
        );
    }
    let program = program(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    let refused = program
        .post(
            &format!("{API}/_import"),
            &json!({ "definition": file, "expectedVersion": 0 }),
        )
        .await;
    assert_eq!(refused.status, 400, "{}", refused.text);
    assert_eq!(
        (
            &refused.json["errors"][0]["field"],
            &refused.json["errors"][0]["code"]
        ),
        (&json!("steps/bericht/fields/kort"), &json!("type_changed"))
    );
    assert_eq!(
        program.get(API).await.status,
        404,
        "there is no draft of it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_a_file_over_a_newer_draft_sees_what_it_would_change_and_need_not_choose_it_again()
 {
    let app = TestApp::open().await;
    let mut slow = editor(&app).await;
    slow.go(&format!("{FORM}/inlezen")).await;
    let stale = slow.hidden("_versie");
    assert_eq!(stale, "0", "there was no draft when the page was made");
    let program = program(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    let begun = program.post(&format!("{API}/_begin"), &json!({})).await;
    assert_eq!(begun.status, 200);
    let action = format!("{FORM}/inlezen");
    slow.upload(&action, &[("_versie", &stale)], &as_file(&from_elsewhere()))
        .await;
    assert_eq!(slow.page.status, 409, "{}", slow.page.text);
    assert!(slow.page.text.contains("Zeg het ons"), "what would change");
    let lock = slow.hidden("_versie");
    let document = slow.hidden("document");
    assert!(document.contains("zeg-het-ons"), "the file travels along");
    slow.upload(&action, &[("_versie", &lock), ("document", &document)], &[])
        .await;
    assert_eq!(slow.page.status, 200, "{}", slow.page.text);
    let draft = program.get(API).await;
    assert_eq!(
        draft.json["definition"]["texts"]["nl"]["title"],
        "Zeg het ons"
    );
    assert_eq!(draft.json["definition"]["key"], "klacht-tip-compliment");
    let late = program
        .post(
            &format!("{API}/_import"),
            &json!({ "definition": published(), "expectedVersion": 1 }),
        )
        .await;
    assert_eq!((late.status, &late.json["code"]), (409, &json!("changed")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_form_is_refused_with_its_place_and_a_neighbour_cannot_send_one() {
    let app = TestApp::open().await;
    let mut editor = editor(&app).await;
    let action = format!("{FORM}/inlezen");
    editor.go(&action).await;
    let twice = published()
        .to_string()
        .replacen("\"schema\":1", "\"schema\":1,\"schema\":1", 1);
    for (bytes, told) in [
        (Vec::new(), "Kies eerst een bestand"),
        (vec![0xff, 0xfe, 0x00], "UTF-8"),
        (b"{}".to_vec(), "dit past niet in een formulier: schema"),
        (
            b"[1,".to_vec(),
            "Regel 1, teken 3: het bestand houdt hier zomaar op",
        ),
        (
            b"\n<form>".to_vec(),
            "Regel 2, teken 1: dit bestand is geen JSON",
        ),
        (
            changed("\"draft_hours\":24", "\"draft_hours\":\"lang\""),
            "plek $.privacy.draft_hours: dit past niet in een formulier",
        ),
        (
            changed("\"draft_hours\":24", "\"draft_hours\":-1"),
            "plek $.privacy.draft_hours: dit past niet in een formulier: -1",
        ),
        (
            changed("\"schema\":1", "\"schema\":2"),
            "Dit bestand is van versie 2 van ons bestandsformaat",
        ),
        (
            b"[".repeat(200),
            "Regel 1, teken 21: hier staan te veel haakjes in elkaar",
        ),
        (vec![b' '; 70_000], "mag hoogstens 64 kB zijn"),
        (twice.into_bytes(), "dit past niet in een formulier: schema"),
    ] {
        let lock = editor.hidden("_versie");
        editor
            .upload(
                &action,
                &[("_versie", &lock)],
                &[("file", "formulier.json", bytes)],
            )
            .await;
        assert_eq!(editor.page.status, 400, "{told}");
        let list = refusals(&editor.page.text);
        assert!(list.contains(told), "{told}: {list}");
        assert!(
            list.matches("teken").count() <= 1,
            "a place is told once: {list}"
        );
        for english in ["line", "column", "expected", "invalid", "schema 2"] {
            assert!(!list.contains(english), "{english}: {list}");
        }
    }
    let neighbour = program(
        &app,
        "heuvelrode.localhost",
        "formeditor@heuvelrode.example",
    )
    .await;
    let body = json!({ "definition": published(), "expectedVersion": 0 });
    let absent = neighbour
        .post("/api/v1/form-drafts/er-is-niets/_import", &body)
        .await;
    assert_eq!(absent.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_far_too_large_is_answered_with_the_limit_on_the_page_it_came_from() {
    let app = TestApp::open().await;
    let mut editor = editor(&app).await;
    let places = [
        ("/beheer/formulieren/nieuw", "/beheer/formulieren/inlezen"),
        (&format!("{FORM}/inlezen"), &format!("{FORM}/inlezen")),
    ];
    for (page, action) in places {
        editor.go(page).await;
        let large = vec![("file", "groot.json", vec![b'x'; 5_000_000])];
        editor.upload(action, &[], &large).await;
        assert_eq!(editor.page.status, 413, "{action}");
        let list = refusals(&editor.page.text);
        assert!(
            list.contains("mag hoogstens 64 kB zijn"),
            "{}",
            editor.page.text
        );
        assert!(editor.page.shows("type=\"file\""), "it can be tried again");
    }
    editor.submit(&format!("{FORM}/concept"), &[]).await;
    editor.go(&format!("{FORM}/teksten")).await;
    let large = vec![("file", "groot.csv", vec![b'x'; 5_000_000])];
    editor
        .upload(&format!("{FORM}/teksten/inlezen"), &[], &large)
        .await;
    assert_eq!(editor.page.status, 413);
    assert!(
        editor
            .page
            .text
            .contains("Een tabel met teksten mag hoogstens 200 kB zijn"),
        "{}",
        editor.page.text
    );
}
