//! The builder as editors meet it: pages without scripts, and the API.

use serde_json::json;
use tests::{Browser, TestApp};

const FORM: &str = "/beheer/formulieren/klacht-tip-compliment";

async fn editor(app: &TestApp) -> Browser {
    Browser::sign_in(app, "waterdam.localhost", "formeditor@waterdam.example").await
}

/// Makes a draft of the first form and opens its overview.
async fn begun(app: &TestApp) -> Browser {
    let mut editor = editor(app).await;
    editor.go(FORM).await;
    editor.submit(&format!("{FORM}/concept"), &[]).await;
    assert_eq!(
        editor.path,
        format!("{FORM}?klaar=begonnen"),
        "{}",
        editor.page.text
    );
    editor
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_goes_from_template_to_resident_and_back_without_scripts() {
    let app = TestApp::open().await;
    let mut editor = editor(&app).await;
    editor.go("/beheer/formulieren/nieuw").await;
    editor
        .submit(
            "/beheer/formulieren",
            &[("title", ""), ("template", "contact")],
        )
        .await;
    assert_eq!(editor.page.status, 400, "a form needs a title");
    editor
        .submit(
            "/beheer/formulieren",
            &[("title", "Vraag het de gemeente"), ("template", "contact")],
        )
        .await;
    let place = "/beheer/formulieren/vraag-het-de-gemeente";
    assert_eq!(
        editor.path,
        format!("{place}?klaar=begonnen"),
        "{}",
        editor.page.text
    );
    let resident = app.anonymous("waterdam.localhost");
    assert_eq!(
        resident
            .get("/formulieren/vraag-het-de-gemeente")
            .await
            .status,
        404,
        "a draft is nobody's"
    );
    for press in [
        "omlaag:vraag:onderwerp",
        "kopie:vraag:naam",
        "omhoog:stap:contact",
        "omlaag:stap:contact",
    ] {
        let lock = editor.hidden("_versie");
        editor
            .submit(place, &[("_versie", &lock), ("doe", press)])
            .await;
        assert_eq!(editor.page.status, 200, "{press}");
    }
    let lock = editor.hidden("_versie");
    editor
        .submit(
            place,
            &[
                ("_versie", &lock),
                ("doe", "vraag:contact"),
                ("label", "Sinds wanneer?"),
                ("type", "date"),
            ],
        )
        .await;
    assert_eq!(
        editor.path,
        format!("{place}/vraag/sinds_wanneer?klaar=toegevoegd")
    );
    let lock = editor.hidden("_versie");
    let fields = [
        ("_versie", lock.as_str()),
        ("label", "Sinds wanneer?"),
        ("latest", "31-12-2026"),
        ("show.mode", "any"),
        ("show.leaf", "reactie|is|bellen"),
        ("show.value", ""),
        ("pii", "none"),
    ];
    editor
        .submit(&format!("{place}/vraag/sinds_wanneer"), &fields)
        .await;
    assert!(
        editor.page.text.contains("alleen als"),
        "{}",
        editor.page.text
    );
    editor.go(&format!("{place}/voorbeeld/begin?taal=en")).await;
    assert!(
        editor.page.text.contains("I have a question or an idea"),
        "the real page, in English"
    );
    editor.go(&format!("{place}/publiceren")).await;
    let asked = &editor.page.text;
    assert!(asked.contains("Waar is dit formulier voor?"), "{asked}");
    assert!(!asked.contains("Wat is er veranderd"), "nothing was before");
    let lock = editor.hidden("_versie");
    editor
        .submit(
            &format!("{place}/publiceren"),
            &[("_versie", &lock), ("note", "")],
        )
        .await;
    assert_eq!(editor.page.status, 400, "a version needs its note");
    editor
        .submit(
            &format!("{place}/publiceren"),
            &[("_versie", &lock), ("note", "Eerste versie")],
        )
        .await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert_eq!(
        resident
            .get("/formulieren/vraag-het-de-gemeente")
            .await
            .status,
        200
    );
    editor.go(&format!("{place}/versies")).await;
    editor
        .submit(
            &format!("{place}/versies/1/terughalen"),
            &[("reason.1", "Per ongeluk")],
        )
        .await;
    let gone = resident.get("/formulieren/vraag-het-de-gemeente").await;
    assert!(!gone.shows("name=\"soort\""), "taken back at once");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_editors_sees_both_texts_and_loses_nothing() {
    let app = TestApp::open().await;
    let mut first = begun(&app).await;
    let mut second = editor(&app).await;
    let field = format!("{FORM}/vraag/kort");
    first.go(&field).await;
    second.go(&field).await;
    let lock = second.hidden("_versie");
    let said = |label: &'static str, lock: &str| {
        vec![
            ("_versie".to_owned(), lock.to_owned()),
            ("label".to_owned(), label.to_owned()),
            ("pii".to_owned(), "freetext".to_owned()),
            ("required".to_owned(), "on".to_owned()),
            ("because".to_owned(), "nodig".to_owned()),
        ]
    };
    for (browser, label) in [
        (&mut first, "Wat gebeurde er?"),
        (&mut second, "Vertel het ons"),
    ] {
        let fields = said(label, &lock);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        browser.submit(&field, &fields).await;
    }
    assert_eq!(first.page.status, 200);
    assert_eq!(second.page.status, 409);
    for text in ["Wat gebeurde er?", "Vertel het ons"] {
        assert!(second.page.text.contains(text), "{}", second.page.text);
    }
    let lock = second.hidden("_versie");
    let fields = said("Vertel het ons", &lock);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    second.submit(&field, &fields).await;
    assert_eq!(second.page.status, 200);
    assert!(second.page.text.contains("Vertel het ons"));
}

#[tokio::test(flavor = "multi_thread")]
async fn over_the_api_a_draft_is_changed_under_its_version_published_compared_and_exported() {
    let app = TestApp::open().await;
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let base = "/api/v1/form-drafts/klacht-tip-compliment";
    let draft = editor.post(&format!("{base}/_begin"), &json!({})).await;
    assert_eq!(
        (draft.status, &draft.json["issues"]),
        (200, &json!([])),
        "{}",
        draft.text
    );
    let mut definition = draft.json["definition"].clone();
    definition["texts"]["nl"]["kort"] = json!("Wat is er aan de hand?");
    let change = json!({ "definition": definition, "expectedVersion": 1 });
    let put = |body: serde_json::Value| editor.send(editor.request("PUT", base).json(&body));
    assert_eq!(put(change.clone()).await.status, 200);
    let late = put(change).await;
    assert_eq!((late.status, &late.json["code"]), (409, &json!("changed")));
    let publish = editor
        .post(
            &format!("{base}/_publish"),
            &json!({ "note": "", "expectedVersion": 2 }),
        )
        .await;
    assert_eq!(
        (publish.status, &publish.json["errors"][0]["field"]),
        (400, &json!("note"))
    );
    let publish = editor
        .post(
            &format!("{base}/_publish"),
            &json!({ "note": "Duidelijker", "expectedVersion": 2, "withdrawsPrevious": true }),
        )
        .await;
    assert_eq!(
        (publish.status, &publish.json["number"]),
        (200, &json!(2)),
        "{}",
        publish.text
    );
    let versions = editor
        .get("/api/v1/forms/klacht-tip-compliment/versions")
        .await;
    assert_eq!(versions.json["items"][1]["withdrawalReason"], "Duidelijker");
    let same = editor
        .get("/api/v1/forms/klacht-tip-compliment/differences?from=2&to=2")
        .await;
    assert_eq!(same.json["items"], json!([]));
    let changes = editor
        .get("/api/v1/forms/klacht-tip-compliment/differences?from=1&to=2")
        .await;
    assert_eq!(changes.json["items"][0]["code"], "text");
    let export = editor
        .get("/api/v1/forms/klacht-tip-compliment/versions/2")
        .await;
    let neighbour = app
        .signed_in("heuvelrode.localhost", "formeditor@heuvelrode.example")
        .await;
    let mut moved = export.json.clone();
    moved["key"] = json!("meegenomen");
    let imported = neighbour
        .post("/api/v1/form-drafts", &json!({ "definition": moved }))
        .await;
    assert_eq!(imported.status, 201, "{}", imported.text);
    let again = neighbour.get("/api/v1/form-drafts/meegenomen/export").await;
    assert_eq!(
        again.json, moved,
        "what was exported comes out again as it went in"
    );
    assert_eq!(
        app.anonymous("heuvelrode.localhost")
            .get("/api/v1/forms/meegenomen")
            .await
            .status,
        404,
        "an import is a draft"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_opens_and_closes_and_whoever_is_filling_in_may_finish() {
    let app = TestApp::open().await;
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let mut resident = Browser::open(
        &app,
        "waterdam.localhost",
        "/formulieren/klacht-tip-compliment",
    )
    .await;
    resident
        .submit(
            "/formulieren/klacht-tip-compliment/bericht",
            &[("soort", "tip"), ("kort", "Een idee")],
        )
        .await;
    assert!(
        resident.path.ends_with("/contact"),
        "{}",
        resident.page.text
    );
    let closed = json!({ "opensAt": null, "closesAt": "2026-11-23T09:00:00Z", "deadlineAt": null, "closedTexts": { "nl": "Wij zijn **dicht**." } });
    let set = editor
        .send(
            editor
                .request("PUT", "/api/v1/forms/klacht-tip-compliment/schedule")
                .json(&closed),
        )
        .await;
    assert_eq!(set.status, 200, "{}", set.text);
    let late = app
        .anonymous("waterdam.localhost")
        .post(
            "/api/v1/forms/klacht-tip-compliment/submissions",
            &tests::complaint(),
        )
        .await;
    assert_eq!(
        (late.status, &late.json["code"]),
        (409, &json!("form-closed"))
    );
    let page = app
        .anonymous("waterdam.localhost")
        .get("/formulieren/klacht-tip-compliment")
        .await;
    assert!(page.text.contains("dicht"), "{}", page.text);
    resident
        .submit(
            "/formulieren/klacht-tip-compliment/contact",
            &[("reactie", "geen")],
        )
        .await;
    assert!(
        resident.path.ends_with("/controle"),
        "{}: {}",
        resident.path,
        resident.page.text
    );
}
