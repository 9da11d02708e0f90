//! Two editors at one form: the second sees what happened, and can do once more what they wanted.

use serde_json::json;
use tests::{Browser, TestApp};

const FORM: &str = "/beheer/formulieren/klacht-tip-compliment";

/// Two editors who look at the same text of a draft.
async fn both(app: &TestApp) -> (Browser, Browser) {
    let mut first =
        Browser::sign_in(app, "waterdam.localhost", "formeditor@waterdam.example").await;
    let mut second =
        Browser::sign_in(app, "waterdam.localhost", "formeditor@waterdam.example").await;
    first.go(FORM).await;
    first.submit(&format!("{FORM}/concept"), &[]).await;
    first.go(FORM).await;
    second.go(FORM).await;
    (first, second)
}

async fn press(browser: &mut Browser, lock: &str, fields: &[(&str, &str)]) {
    let mut all = vec![("_versie", lock)];
    all.extend_from_slice(fields);
    browser.submit(FORM, &all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_on_an_older_text_is_told_in_words_and_can_be_done_again() {
    let app = TestApp::open().await;
    let (mut first, mut second) = both(&app).await;
    let lock = second.hidden("_versie");
    press(&mut first, &lock, &[("doe", "kopie:vraag:naam")]).await;
    assert!(
        first.page.text.contains("Gekopieerd"),
        "{}",
        first.page.text
    );
    press(&mut second, &lock, &[("doe", "omlaag:vraag:soort")]).await;
    assert_eq!(second.page.status, 409);
    for told in [
        "omlaag zetten",
        "staat op een andere plaats",
        "Doe het in de nieuwste tekst",
    ] {
        assert!(
            second.page.text.contains(told),
            "{told}: {}",
            second.page.text
        );
    }
    let newest = second.hidden("_versie");
    press(&mut second, &newest, &[("doe", "omlaag:vraag:soort")]).await;
    assert_eq!(second.page.status, 200, "{}", second.page.text);
    assert!(second.page.text.contains("Verplaatst"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_typed_for_a_step_that_a_colleague_removed_is_still_on_the_page() {
    let app = TestApp::open().await;
    let (mut first, mut second) = both(&app).await;
    let lock = second.hidden("_versie");
    first.go(&format!("{FORM}/weg/stap/gegevens")).await;
    assert!(
        first.page.text.contains("Deze vragen gaan mee"),
        "removing says first what goes along: {}",
        first.page.text
    );
    press(&mut first, &lock, &[("doe", "weg:stap:gegevens")]).await;
    assert!(
        first.page.text.contains("Verwijderd"),
        "{}",
        first.page.text
    );
    let typed = "Hoe lang woont u hier al?";
    press(
        &mut second,
        &lock,
        &[
            ("doe", "vraag:gegevens"),
            ("label", typed),
            ("type", "text"),
        ],
    )
    .await;
    assert_eq!(second.page.status, 409);
    assert!(second.page.text.contains(typed), "{}", second.page.text);
    assert!(second.page.text.contains("Dit kan niet meer"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_publishes_or_throws_away_what_they_did_not_see() {
    let app = TestApp::open().await;
    let (mut first, mut second) = both(&app).await;
    let lock = second.hidden("_versie");
    press(
        &mut first,
        &lock,
        &[("doe", "stap"), ("label", "Nog een stap")],
    )
    .await;
    second
        .submit(&format!("{FORM}/concept/weg"), &[("_versie", &lock)])
        .await;
    assert_eq!(second.page.status, 409);
    assert!(second.page.text.contains("Het concept weggooien"));
    second
        .submit(
            &format!("{FORM}/publiceren"),
            &[("_versie", &lock), ("note", "Mijn uitleg")],
        )
        .await;
    assert_eq!(second.page.status, 409);
    assert!(
        second.page.text.contains("Mijn uitleg"),
        "the note is still there"
    );
    assert!(second.page.text.contains("Er is nog niets gepubliceerd"));
    let api = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let versions = api
        .get("/api/v1/forms/klacht-tip-compliment/versions")
        .await;
    assert_eq!(versions.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_for_a_draft_that_is_gone_can_be_copied() {
    let app = TestApp::open().await;
    let (_, mut second) = both(&app).await;
    second.go(&format!("{FORM}/vraag/kort")).await;
    let lock = second.hidden("_versie");
    let api = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let published = api
        .post(
            "/api/v1/form-drafts/klacht-tip-compliment/_publish",
            &json!({ "note": "Ik was eerst", "expectedVersion": 1 }),
        )
        .await;
    assert_eq!(published.status, 200, "{}", published.text);
    second
        .submit(
            &format!("{FORM}/vraag/kort"),
            &[
                ("_versie", &lock),
                ("label", "Een zin waar ik lang op zat"),
                ("pii", "freetext"),
            ],
        )
        .await;
    assert_eq!(second.page.status, 409);
    assert!(second.page.text.contains("Een zin waar ik lang op zat"));
    assert!(second.page.text.contains("Dit concept is er niet meer"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_with_both_texts_speaks_words_and_not_codes() {
    let app = TestApp::open().await;
    let (mut first, mut second) = both(&app).await;
    let field = format!("{FORM}/vraag/wanneer");
    first.go(&field).await;
    second.go(&field).await;
    let lock = second.hidden("_versie");
    let base = [
        ("_versie", lock.as_str()),
        ("label", "Wanneer?"),
        ("pii", "none"),
    ];
    let mut mine = base.to_vec();
    mine.extend([
        ("show.mode", "any"),
        ("show.leaf", "reactie|is|bellen"),
        ("show.value", ""),
    ]);
    mine.extend([("role", "contact.call_time"), ("report", "answered")]);
    for option in ["ochtend", "middag", "avond", "altijd"] {
        mine.push(("option.keep", option));
    }
    first
        .submit(
            &field,
            &[
                ("_versie", &lock),
                ("label", "Hoe laat?"),
                ("pii", "none"),
                ("option.ochtend", "9 tot 12"),
                ("option.middag", "12 tot 5"),
                ("option.avond", "na 5"),
                ("option.altijd", "altijd"),
            ],
        )
        .await;
    assert_eq!(first.page.status, 200, "{}", first.page.text);
    second.submit(&field, &mine).await;
    assert_eq!(second.page.status, 409);
    assert!(
        second.page.text.contains("Wanneer wij kunnen bellen"),
        "{}",
        second.page.text
    );
    assert!(
        second.page.text.contains("“Ja, bel mij”"),
        "the condition in words"
    );
    for code in [">contact.call_time<", ">reactie|is|bellen<"] {
        assert!(!second.page.text.contains(code), "{code}");
    }
}
