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

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_text_holds_again_in_one_press_and_over_the_api() {
    let app = TestApp::open().await;
    let api = app.signed_in(HOST, ADMIN).await;
    for words in ["Eerste", "Tweede"] {
        put(&api, "home-title", &json!({ "nl": words })).await;
    }
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    admin.go("/beheer/teksten/home-title").await;
    let earlier = [("language", "nl"), ("number", "1")];
    admin
        .submit("/beheer/teksten/home-title/terug", &earlier)
        .await;
    assert!(
        admin.page.text.contains("De eerdere tekst geldt weer"),
        "{}",
        admin.page.text
    );
    let resident = app.anonymous(HOST);
    assert!(resident.get("/").await.text.contains("Eerste"));
    let path = "/api/v1/texts/home-title/_restore";
    let second = json!({ "language": "nl", "number": 2 });
    let second = api.post(path, &second).await;
    assert_eq!(second.json["says"][0]["own"], "Tweede", "{}", second.text);
    for (wrong, status) in [
        (json!({ "language": "nl", "number": 9 }), 404),
        (json!({ "language": "fr", "number": 1 }), 400),
        (json!({ "language": "nl", "number": "een" }), 400),
        (json!({}), 400),
    ] {
        let refused = api.post(path, &wrong).await;
        assert_eq!(refused.status, status, "{wrong}: {}", refused.text);
    }
}

/// Mails to staff: their texts are the product's.
const TO_STAFF: [&str; 9] = [
    "mail-alert",
    "mail-compliments",
    "mail-forgotten",
    "mail-notices",
    "mail-opened",
    "mail-password-chosen",
    "mail-practice-consent",
    "mail-practice-question",
    "mail-roles-given",
];

#[test]
fn every_mail_to_residents_can_be_said_in_ones_own_words() {
    let locales = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/src/locales/nl");
    let mut bodies = Vec::new();
    for file in std::fs::read_dir(locales).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let keys = text.lines().filter_map(|line| line.split_once(" ="));
        let keys = keys.filter_map(|(key, _)| key.strip_suffix("-body"));
        let mails = keys.filter(|key| key.starts_with("mail-"));
        bodies.extend(mails.map(str::to_owned));
    }
    assert!(bodies.len() > 15, "{bodies:?}");
    for subject in bodies {
        // A person wrote every word of a letter of a formal complaint, and a rule has words of its own; what is sent on goes to another
        // authority.
        let to_staff = ["mail-formal-letter", "mail-rule", "mail-elsewhere"]
            .contains(&subject.as_str())
            || subject == "mail-welcome"
            || TO_STAFF.contains(&subject.as_str())
            || subject.starts_with("mail-host")
            || subject.starts_with("mail-tenant")
            || subject.starts_with("mail-subscription");
        for key in [subject.clone(), format!("{subject}-body")] {
            let known = domain::texts::entry(&key).is_some();
            assert_ne!(
                known, to_staff,
                "{key} is new: can a municipality change it?"
            );
        }
    }
}

/// Words on buttons and labels, and what the law says: they are the same everywhere.
const FIXED: [&str; 32] = [
    "accessibility-title",
    "aside-danger",
    "aside-danger-title",
    "aside-good-to-know",
    "check-change",
    "check-send",
    "closed-copy",
    "closed-title",
    "did-title",
    "error-prefix",
    "footer-call",
    "footer-demo-mail",
    "footer-post",
    "footer-staff",
    "footer-website",
    "intake-back",
    "intake-half-filled-discard",
    "intake-half-filled-go-on",
    "intake-half-filled-title",
    "intake-honeypot",
    "intake-in-steps",
    "intake-next",
    "intake-on-one-page",
    "intake-steps",
    "privacy-title",
    "receipt-copy",
    "receipt-reference",
    "receipt-rights-ombudsman",
    "receipt-rights-title",
    "receipt-trial",
    "resident-code-about",
    "resident-code-title",
];

#[test]
fn every_text_on_the_way_of_a_resident_can_be_changed_or_is_fixed_for_a_reason() {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/../api/src/");
    let mut asked = std::collections::BTreeSet::new();
    for page in [
        "site/home.html",
        "html/site_footer.html",
        "intake/step.html",
        "intake/check.html",
        "intake/closed.html",
        "intake/receipt.html",
        "scores/score.html",
    ] {
        let text = std::fs::read_to_string(format!("{source}{page}")).expect(page);
        for call in ["page.tr(\"", "page.tr_with(\""] {
            let keys = text.split(call).skip(1);
            asked.extend(keys.filter_map(|rest| rest.split('"').next().map(str::to_owned)));
        }
    }
    for key in asked {
        let fixed = FIXED.contains(&key.as_str())
            || key.starts_with("score-grade-")
            || key == "score-about"
            || key == "score-given"
            || key == "score-send";
        let known = domain::texts::entry(&key).is_some();
        assert_ne!(known, fixed, "{key}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_that_says_a_letter_follows_is_in_ones_own_words_too() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let short = put(
        &admin,
        "mail-score-letter-follows-body",
        &json!({ "nl": "{link}" }),
    )
    .await;
    assert_eq!(
        short.json["errors"][0]["code"], "placeholder_missing",
        "{}",
        short.text
    );
    let own = json!({ "nl": "De brief komt {dag}. Cijfer: {link}" });
    let kept = put(&admin, "mail-score-letter-follows-body", &own).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
}
