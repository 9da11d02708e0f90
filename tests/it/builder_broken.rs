//! What no form may have: names that no address can hold, the program's own addresses, documents that could not be read back.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

const FORM: &str = "/beheer/formulieren/klacht-tip-compliment";
const API: &str = "/api/v1/form-drafts/klacht-tip-compliment";

async fn program(app: &TestApp) -> Caller {
    app.signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await
}

/// The draft of the first form and the number of its text.
async fn draft(program: &Caller) -> (Value, i64) {
    let draft = program.get(API).await;
    assert_eq!(draft.status, 200, "{}", draft.text);
    let lock = draft.json["version"].as_i64().unwrap();
    (draft.json["definition"].clone(), lock)
}

async fn put(program: &Caller, definition: &Value, lock: i64) -> tests::Reply {
    let body = json!({ "definition": definition, "expectedVersion": lock });
    program.send(program.request("PUT", API).json(&body)).await
}

/// Puts a text into the draft behind the back of every check, as drafts have it from before there was one.
async fn as_in_older_days(app: &TestApp, definition: &Value) {
    let owner = app.store.as_database_owner().await;
    let backend = owner.get_database_backend();
    let text = definition.to_string().replace('\'', "''");
    let sql = format!("update form_draft set definition = '{text}'");
    owner
        .execute_raw(Statement::from_string(backend, sql))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_no_address_can_hold_comes_into_no_draft() {
    let app = TestApp::open().await;
    let program = program(&app).await;
    program.post(&format!("{API}/_begin"), &json!({})).await;
    let (sound, lock) = draft(&program).await;
    for key in ["../x", "<b>", "Vraag", "a b", "x\u{202e}y", ""] {
        for place in [
            "/steps/0/key",
            "/steps/0/fields/1/key",
            "/steps/0/fields/0/options/1",
            "/privacy/purpose",
            "/privacy/basis",
        ] {
            let mut broken = sound.clone();
            *broken.pointer_mut(place).unwrap() = json!(key);
            let refused = put(&program, &broken, lock).await;
            let told = refused.json["errors"].as_array().unwrap();
            assert_eq!(refused.status, 400, "{key} at {place}");
            assert!(
                told.iter().all(|one| one["code"] == "key_malformed"),
                "{key} at {place}: {}",
                refused.text
            );
            let body = json!({ "definition": broken, "expectedVersion": lock });
            let import = program.post(&format!("{API}/_import"), &body).await;
            assert_eq!(import.status, 400, "{key} at {place}");
            broken["key"] = json!("nog-een-formulier");
            let begun = program
                .post("/api/v1/form-drafts", &json!({ "definition": broken }))
                .await;
            assert_eq!(begun.status, 400, "{key} at {place}");
        }
    }
    assert_eq!(draft(&program).await, (sound, lock), "nothing was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_has_such_a_name_from_older_days_is_mended_piece_by_piece() {
    let app = TestApp::open().await;
    let program = program(&app).await;
    program.post(&format!("{API}/_begin"), &json!({})).await;
    let (mut old, _) = draft(&program).await;
    old["steps"][0]["fields"][3]["key"] = json!("../x");
    old["texts"]["nl"]["../x"] = json!("Waar was het?");
    old["privacy"]["purpose"] = json!("Zomaar");
    as_in_older_days(&app, &old).await;

    let mut editor =
        Browser::sign_in(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    let field = format!("{FORM}/vraag/kort");
    editor.go(&field).await;
    let lock = editor.hidden("_versie");
    let unrelated = [
        ("_versie", lock.as_str()),
        ("label", "Wat ging er mis?"),
        ("role", "case.title"),
        ("required", "on"),
        ("because", "nodig"),
    ];
    editor.submit(&field, &unrelated).await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert!(editor.page.text.contains("Wat ging er mis?"));

    // Publishing tells both, and where they are mended.
    editor.go(&format!("{FORM}/publiceren")).await;
    assert!(editor.page.text.contains("Deze naam mag niet"));
    for place in [format!("href=\"{FORM}\""), "#purpose\"".to_owned()] {
        assert!(editor.page.text.contains(&place), "{place}");
    }
    // A further one is still refused.
    let (mut more, number) = draft(&program).await;
    more["steps"][0]["fields"][2]["key"] = json!("<b>");
    let refused = put(&program, &more, number).await;
    assert_eq!(refused.status, 400);
    assert_eq!(
        refused.json["errors"].as_array().unwrap().len(),
        1,
        "only the new one: {}",
        refused.text
    );

    editor.go(FORM).await;
    let lock = editor.hidden("_versie");
    let press = "weg:vraag:../x";
    assert!(
        editor.page.shows(&format!("value=\"{press}\"")),
        "a question without a page is removed where all stand: {}",
        editor.page.text
    );
    editor
        .submit(FORM, &[("_versie", &lock), ("doe", press)])
        .await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    let (mended, _) = draft(&program).await;
    assert!(!mended.to_string().contains("../x"), "{mended}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_read_back_is_not_kept() {
    let app = TestApp::open().await;
    let program = program(&app).await;
    program.post(&format!("{API}/_begin"), &json!({})).await;
    let (sound, lock) = draft(&program).await;
    let mut newer = sound.clone();
    newer["schema"] = json!(2);
    let mut deep = sound.clone();
    let mut condition = json!({ "field": "soort", "op": "given" });
    for _ in 0..20 {
        condition = json!({ "not": condition });
    }
    deep["steps"][1]["show_if"] = condition;
    let mut large = sound.clone();
    for key in ["kort", "verhaal", "plek"] {
        for language in ["nl", "en", "fr", "de", "fy"] {
            large["texts"][language][format!("{key}.hint")] = json!("x".repeat(4_900));
        }
    }
    for (definition, code) in [
        (newer, "form_other_schema"),
        (deep, "condition_too_deep"),
        (large, "form_too_large"),
    ] {
        let refused = put(&program, &definition, lock).await;
        assert_eq!(
            (refused.status, &refused.json["errors"][0]["code"]),
            (400, &json!(code)),
            "{}",
            refused.text
        );
    }
    assert_eq!(draft(&program).await, (sound, lock));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_called_as_a_page_of_the_builder_is_told_so() {
    let app = TestApp::open().await;
    let mut editor =
        Browser::sign_in(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    for title in ["Nieuw", "Inlezen!", "Sjablonen"] {
        editor.go("/beheer/formulieren/nieuw").await;
        editor
            .submit(
                "/beheer/formulieren",
                &[("title", title), ("template", "leeg")],
            )
            .await;
        assert_eq!(editor.page.status, 400, "{title}");
        assert!(
            editor
                .page
                .text
                .contains("Dit adres is van het programma zelf"),
            "{title}: {}",
            editor.page.text
        );
        assert!(editor.page.text.contains(title), "what was typed stays");
    }
    let program = program(&app).await;
    for (key, code) in [
        ("nieuw", "address_reserved"),
        ("Geen Adres", "address_malformed"),
    ] {
        let mut definition: Value =
            serde_json::from_str(domain::form_editor::KLACHT_TIP_COMPLIMENT).unwrap();
        definition["key"] = json!(key);
        let refused = program
            .post("/api/v1/form-drafts", &json!({ "definition": definition }))
            .await;
        assert_eq!(refused.json["errors"][0]["code"], code, "{}", refused.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_answers_with_one_key_one_tick_takes_one_away() {
    let app = TestApp::open().await;
    let program = program(&app).await;
    program.post(&format!("{API}/_begin"), &json!({})).await;
    let (mut twins, lock) = draft(&program).await;
    twins["steps"][1]["fields"][1]["options"] = json!(["ochtend", "middag", "middag"]);
    assert_eq!(put(&program, &twins, lock).await.status, 200);
    let mut editor =
        Browser::sign_in(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    let field = format!("{FORM}/vraag/wanneer");
    for left in [json!(["ochtend", "middag"]), json!(["ochtend"])] {
        editor.go(&field).await;
        let lock = editor.hidden("_versie");
        let fields = [
            ("_versie", lock.as_str()),
            ("label", "Wanneer kan ik u bellen?"),
            ("option.ochtend", "9 tot 12 uur"),
            ("option.middag", "12 tot 17 uur"),
            ("option_remove", "middag"),
            ("show.mode", "keep"),
        ];
        editor.submit(&field, &fields).await;
        assert_eq!(editor.page.status, 200, "{}", editor.page.text);
        let (now, _) = draft(&program).await;
        assert_eq!(now["steps"][1]["fields"][1]["options"], left);
        let words = &now["texts"]["en"]["wanneer.middag"];
        assert_eq!(words.is_string(), left.as_array().unwrap().len() == 2);
    }
}
