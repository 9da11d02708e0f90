//! What residents read, in a municipality's own words.

use serde_json::{Value, json};
use tests::{Browser, Caller, Reply, TestApp};

const HOST: &str = "waterdam.localhost";
const ADMIN: &str = "tenantadmin@waterdam.example";

async fn put(admin: &Caller, name: &str, words: &Value) -> Reply {
    let request = admin.request("PUT", &format!("/api/v1/texts/{name}"));
    admin.send(request.json(&json!({ "words": words }))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn residents_read_a_municipalitys_own_words_on_pages_and_in_mails() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let home = put(
        &admin,
        "home-title",
        &json!({ "nl": "Vertel het Waterdam" }),
    )
    .await;
    assert_eq!(home.status, 200, "{}", home.text);
    let subject = put(
        &admin,
        "mail-receipt",
        &json!({ "nl": "Binnen: {kenmerk}" }),
    )
    .await;
    assert_eq!(subject.status, 200, "{}", subject.text);
    let next = json!({ "nl": "Nou, wij lezen het." });
    put(&admin, "resident-next-received", &next).await;
    let own = "Wij **bewaren** weinig.\n\n- Uw naam\n- Uw bericht";
    put(&admin, "privacy-page", &json!({ "nl": own })).await;
    let resident = app.anonymous(HOST);
    assert!(resident.get("/").await.text.contains("Vertel het Waterdam"));
    let privacy = resident.get("/privacy").await.text;
    assert!(
        privacy.contains("<strong>bewaren</strong>")
            && privacy.contains("Autoriteit Persoonsgegevens"),
        "{privacy}"
    );
    let elsewhere = app.anonymous("heuvelrode.localhost").get("/").await.text;
    assert!(elsewhere.contains("Wij luisteren naar u"));
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap();
    let code = receipt["receiptCode"].as_str().unwrap();
    let page = resident.get(&format!("/melding/{code}")).await;
    assert!(page.text.contains("Nou, wij lezen het."), "{}", page.text);
    app.run_jobs().await;
    let sent = app.mails.lock().unwrap().last().unwrap().clone();
    assert_eq!(sent.subject, format!("Binnen: {reference}"));
    assert!(
        sent.body.contains("Dank u wel dat u het ons vertelt"),
        "the rest is ours"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_the_usual_one_again_in_one_press_and_its_versions_stay() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    admin.go("/beheer/teksten").await;
    assert!(
        admin.page.text.contains("Titel van de startpagina"),
        "{}",
        admin.page.text
    );
    let path = "/beheer/teksten/home-title";
    admin.go(path).await;
    let words = [
        ("words.nl", "Vertel het ons"),
        ("words.en", "We listen to you"),
    ];
    let look = [&words[..], &[("_doe", "bekijk")]].concat();
    admin.submit(path, &look).await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    let resident = app.anonymous(HOST);
    assert!(
        resident
            .get("/")
            .await
            .text
            .contains("Wij luisteren naar u"),
        "looking keeps nothing"
    );
    admin.submit(path, &words).await;
    assert!(
        admin.page.text.contains("De tekst is opgeslagen"),
        "{}",
        admin.page.text
    );
    assert!(resident.get("/").await.text.contains("Vertel het ons"));
    admin.submit(&format!("{path}/standaard"), &[]).await;
    assert!(
        resident
            .get("/")
            .await
            .text
            .contains("Wij luisteren naar u")
    );
    assert!(
        admin.page.text.contains("Vertel het ons"),
        "{}",
        admin.page.text
    );
    let api = app.signed_in(HOST, ADMIN).await;
    let versions = api.get("/api/v1/texts/home-title/versions").await.json;
    let said: Vec<&Value> = (versions["items"].as_array().unwrap().iter())
        .map(|one| &one["words"])
        .collect();
    assert_eq!(said, [&Value::Null, &json!("Vertel het ons")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_with_an_unknown_placeholder_is_refused_with_those_that_are_known() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    let path = "/beheer/teksten/mail-receipt";
    admin.go(path).await;
    let typed = [
        ("words.nl", "Uw bericht {nummer}"),
        ("words.en", "Yours {kenmerk}"),
    ];
    admin.submit(path, &typed).await;
    assert_eq!(admin.page.status, 400);
    for shown in [
        "{nummer} kennen wij hier niet",
        "U kunt gebruiken: {kenmerk}",
        "Uw bericht {nummer}",
        "Yours {kenmerk}",
    ] {
        assert!(
            admin.page.text.contains(shown),
            "{shown}: {}",
            admin.page.text
        );
    }
    let api = app.signed_in(HOST, ADMIN).await;
    for (name, words, code) in [
        ("home-title", json!({ "nl": "" }), "required"),
        ("home-title", json!({ "nl": "a".repeat(81) }), "too_long"),
        ("home-title", json!({ "fr": "Bonjour" }), "not_an_option"),
        (
            "mail-score-body",
            json!({ "nl": "Geef een cijfer." }),
            "placeholder_missing",
        ),
        (
            "mail-receipt",
            json!({ "nl": "Uw {kenmerk" }),
            "placeholder_open",
        ),
        (
            "privacy-page",
            json!({ "nl": "<script>x</script>" }),
            "markup_refused_here",
        ),
    ] {
        let refused = put(&api, name, &words).await;
        assert_eq!(refused.json["errors"][0]["code"], code, "{}", refused.text);
    }
    assert_eq!(
        put(&api, "menu-desk", &json!({ "nl": "x" })).await.status,
        404
    );
}
