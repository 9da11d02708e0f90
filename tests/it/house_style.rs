//! House styles: worked on, put live, planned and taken back; logos; files of design tokens.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

const HOST: &str = "waterdam.localhost";
const ADMIN: &str = "tenantadmin@waterdam.example";
const LOGO: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><path d=\"M0 0h4v4z\"/></svg>";

fn style(primary: &str) -> Value {
    json!({ "primary": primary, "accent": "#01558b", "neutral": "#5d6d76", "font": "notoSans", "corner": "round" })
}

async fn put(admin: &Caller, style: &Value) -> tests::Reply {
    let request = admin.request("PUT", "/api/v1/house-style/draft");
    admin.send(request.json(style)).await
}

/// The colour of buttons on the page of a resident, as its stylesheet has it.
async fn worn(resident: &Caller) -> String {
    let page = resident.get("/").await;
    let address = page.text.split("href=\"/thema-").nth(1).unwrap();
    let address = format!("/thema-{}", address.split('"').next().unwrap());
    let css = resident.get(&address).await.text;
    let value = css
        .split("--basis-color-accent-1-inverse-bg-default:")
        .nth(1)
        .unwrap();
    value.split(';').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_seen_by_nobody_until_it_is_live_and_an_earlier_version_comes_back_in_one_press()
{
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let resident = app.anonymous(HOST);
    let neighbour = app.anonymous("heuvelrode.localhost");
    let (before, elsewhere) = (worn(&resident).await, worn(&neighbour).await);
    let draft = put(&admin, &style("58B0A4")).await;
    assert_eq!(draft.status, 200, "{}", draft.text);
    assert_eq!(draft.json["style"]["primary"], "#58b0a4");
    assert_eq!(worn(&resident).await, before);
    let seen = admin.get("/api/v1/house-style").await.json;
    assert_eq!(seen["lifted"][0]["setting"], "primary");
    assert!(seen["lifted"][0]["became"].as_f64() > Some(7.5), "{seen}");
    let readings = seen["readings"].as_array().unwrap();
    assert!(
        readings.len() == 5
            && readings
                .iter()
                .all(|one| one["measured"].as_f64() >= one["needed"].as_f64())
    );
    let live = admin
        .post("/api/v1/house-style/draft/_publish", &json!({}))
        .await;
    assert_eq!(
        (live.status, &live.json["state"]),
        (200, &json!("live")),
        "{}",
        live.text
    );
    let after = worn(&resident).await;
    assert_ne!(after, before);
    assert_eq!(worn(&neighbour).await, elsewhere, "nobody else wears it");
    let none = admin
        .post("/api/v1/house-style/draft/_publish", &json!({}))
        .await;
    assert_eq!(none.status, 404, "there is no draft");
    for _ in 0..2 {
        let back = admin
            .post("/api/v1/house-style/versions/1/_restore", &Value::Null)
            .await;
        assert_eq!(
            (back.status, &back.json["number"]),
            (200, &json!(3)),
            "{}",
            back.text
        );
    }
    assert_eq!(worn(&resident).await, before);
    let versions = admin.get("/api/v1/house-style/versions").await;
    let states: Vec<&str> = (versions.json["items"].as_array().unwrap().iter())
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["live", "past", "past"]);
    let newest = admin.get("/api/v1/house-style/versions?limit=1").await;
    assert_eq!(newest.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planned_style_begins_at_its_moment_without_any_job() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let resident = app.anonymous(HOST);
    let before = worn(&resident).await;
    put(&admin, &style("#a1260d")).await;
    let plan = json!({ "liveFrom": "2026-11-24T08:00:00+01:00" });
    let planned = admin
        .post("/api/v1/house-style/draft/_publish", &plan)
        .await;
    assert_eq!(planned.json["state"], "planned", "{}", planned.text);
    assert_eq!(worn(&resident).await, before);
    let request = admin.request("DELETE", "/api/v1/house-style/plan");
    assert_eq!(admin.send(request).await.status, 204);
    put(&admin, &style("#a1260d")).await;
    admin
        .post("/api/v1/house-style/draft/_publish", &plan)
        .await;
    app.clock.advance(TimeDelta::hours(23));
    let tenant = app
        .app
        .directory()
        .by_id(app.waterdam.id)
        .await
        .unwrap()
        .unwrap();
    app.app.directory().forget(&tenant).await;
    assert_ne!(worn(&resident).await, before);
    let admin = app.signed_in(HOST, ADMIN).await;
    for (wrong, code) in [
        ("2026-11-01T08:00", "in_past"),
        ("2029-01-01T08:00", "far_ahead"),
        ("morgen", "not_a_moment"),
    ] {
        put(&admin, &style("#095c51")).await;
        let wrong = json!({ "liveFrom": wrong });
        let refused = admin
            .post("/api/v1/house-style/draft/_publish", &wrong)
            .await;
        assert_eq!(refused.json["errors"][0]["code"], code, "{}", refused.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logo_is_on_the_pages_of_its_municipality_only_and_can_do_nothing() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    admin.go("/beheer/huisstijl").await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    let fields = [
        ("primary", "#095c51"),
        ("accent", "#01558b"),
        ("neutral", "#5d6d76"),
        ("font", "sourceSans3"),
        ("corner", "soft"),
        ("logoText", "Logo van gemeente Waterdam"),
        ("sender", "Waterdam luistert"),
        ("_doe", "live"),
    ];
    let logo = [("logo", "logo.svg", LOGO.as_bytes().to_vec())];
    admin.upload("/beheer/huisstijl", &fields, &logo).await;
    assert!(
        admin.page.text.contains("De huisstijl is live"),
        "{}",
        admin.page.text
    );
    let resident = app.anonymous(HOST);
    let page = resident.get("/").await.text;
    assert!(
        page.contains("alt=\"Logo van gemeente Waterdam\""),
        "{page}"
    );
    let path = page.split("src=\"/huisstijl/").nth(1).unwrap();
    let path = format!("/huisstijl/{}", path.split('"').next().unwrap());
    assert!(page.contains(&format!("rel=\"icon\" href=\"{path}\"")));
    let picture = resident.get(&path).await;
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    assert!(
        picture
            .header("content-security-policy")
            .contains("sandbox")
    );
    assert!(picture.header("cache-control").contains("immutable"));
    let elsewhere = app.anonymous("heuvelrode.localhost").get(&path).await;
    assert_eq!(elsewhere.status, 404);
    app.complaint().await;
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap();
    let raw = &mails.last().unwrap().raw;
    assert!(raw.contains("Waterdam luistert"), "{raw}");
    assert!(!raw.contains("/huisstijl/"), "a mail fetches nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_used_is_told_at_its_place_and_nothing_that_was_typed_is_lost() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    admin.go("/beheer/huisstijl").await;
    let typed = [
        ("primary", "rood"),
        ("accent", "#gg0000"),
        ("neutral", "#5d6d76"),
        ("font", "sourceSans3"),
        ("corner", "soft"),
        ("logoText", "Het logo"),
        ("sender", "Waterdam"),
        ("_doe", "live"),
    ];
    let logo = [("logo", "logo.svg", LOGO.as_bytes().to_vec())];
    admin.upload("/beheer/huisstijl", &typed, &logo).await;
    assert_eq!(admin.page.status, 400);
    for shown in [
        "value=\"rood\"",
        "value=\"#gg0000\"",
        "value=\"Het logo\"",
        "Dit is geen kleur",
        "Kies dit bestand nog een keer",
    ] {
        assert!(admin.page.shows(shown), "{shown}: {}", admin.page.text);
    }
    let fields = [
        ("primary", "#095c51"),
        typed[2],
        typed[3],
        typed[4],
        typed[5],
    ];
    let fields = [&fields[..], &[("accent", "#01558b"), ("_doe", "concept")]].concat();
    for (bytes, told) in [
        (
            LOGO.replace("<path", "<script>alert(1)</script><path")
                .into_bytes(),
            "script",
        ),
        (LOGO.repeat(3_000).into_bytes(), "hoogstens 200 kB"),
        (b"GIF89a".to_vec(), "geen SVG of PNG"),
    ] {
        let wrong = [("logo", "logo.svg", bytes)];
        admin.upload("/beheer/huisstijl", &fields, &wrong).await;
        assert_eq!(admin.page.status, 400);
        assert!(
            admin.page.text.contains(told),
            "{told}: {}",
            admin.page.text
        );
    }
    let without: Vec<(&str, &str)> = (fields.iter().copied())
        .filter(|(name, _)| *name != "logoText")
        .collect();
    admin.upload("/beheer/huisstijl", &without, &logo).await;
    assert_eq!(admin.page.status, 400, "a logo without a text is refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_design_tokens_fills_the_form_and_says_what_it_did_not_use() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    admin.go("/beheer/huisstijl").await;
    let tokens = json!({ "basis": {
        "color": { "accent-1": { "inverse": { "bg-default": { "$value": "#a1260d" } } } },
        "space": { "$value": "8px" }
    } });
    let file = [("file", "tokens.json", tokens.to_string().into_bytes())];
    admin.upload("/beheer/huisstijl/tokens", &[], &file).await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    for shown in [
        "value=\"#a1260d\"",
        "basis-space",
        "Er is nog niets bewaard",
    ] {
        assert!(admin.page.shows(shown), "{shown}: {}", admin.page.text);
    }
    let nonsense = [("file", "tokens.json", b"dit is geen json".to_vec())];
    admin
        .upload("/beheer/huisstijl/tokens", &[], &nonsense)
        .await;
    assert_eq!(admin.page.status, 400);
    assert!(admin.page.text.contains("geen geldige JSON"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_draft_is_looked_at_on_real_pages_in_a_frame_of_our_own() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    put(&admin, &style("#a1260d")).await;
    let mut browser = Browser::sign_in(&app, HOST, ADMIN).await;
    browser.go("/beheer/huisstijl?voorbeeld=mail").await;
    let framing = browser.page.header("content-security-policy");
    assert!(framing.contains("frame-src 'self'"), "{framing}");
    assert!(
        browser
            .page
            .shows("src=\"/beheer/huisstijl/voorbeeld/mail\"")
    );
    for (name, shown) in [
        ("inwoner", "Wij luisteren naar u"),
        ("werkplek", "gh-queue"),
        ("mail", "7K4H-9XTR"),
    ] {
        browser
            .go(&format!("/beheer/huisstijl/voorbeeld/{name}"))
            .await;
        assert!(browser.page.shows(shown), "{name}: {}", browser.page.text);
        let framed = browser.page.header("content-security-policy");
        assert!(framed.contains("frame-ancestors 'self'"), "{framed}");
        assert_eq!(browser.page.header("x-frame-options"), "SAMEORIGIN");
    }
    let clerk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    let refused = clerk
        .send(clerk.request("GET", "/beheer/huisstijl/voorbeeld.css"))
        .await;
    assert_eq!(refused.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_of_a_municipality_wears_the_style_of_another_or_of_the_product() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    put(&admin, &style("#a1260d")).await;
    admin
        .post("/api/v1/house-style/draft/_publish", &json!({}))
        .await;
    let css = app.anonymous("heuvelrode.localhost").get("/").await.text;
    let theirs = css.split("href=\"/thema-").nth(1).unwrap();
    let theirs = theirs.split('"').next().unwrap().to_owned();
    let resident = app.anonymous(HOST);
    for path in [
        "/",
        "/privacy",
        "/inloggen",
        "/formulieren/klacht-tip-compliment",
        "/bestaat-niet",
    ] {
        let page = resident.get(path).await.text;
        assert!(page.contains("href=\"/thema-"), "{path}");
        assert!(
            !page.contains(&theirs) && !page.contains("thema-platform"),
            "{path}"
        );
    }
}
