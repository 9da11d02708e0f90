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

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_style_is_on_every_server_once_it_reads_the_municipality_anew() {
    let app = TestApp::open().await;
    let (other, caller) = app.second_program(HOST);
    let before = worn(&caller).await;
    let admin = app.signed_in(HOST, ADMIN).await;
    put(&admin, &style("#a1260d")).await;
    admin
        .post("/api/v1/house-style/draft/_publish", &json!({}))
        .await;
    let after = worn(&app.anonymous(HOST)).await;
    assert_ne!(after, before, "here at once");
    assert_eq!(worn(&caller).await, before, "there it is known for a while");
    // What was read holds for twenty seconds at most; a page that was made from it for ten more (asserted where that is kept).
    assert!(tenants::TenantDirectory::LIFE.as_secs() <= 20);
    let id = app.waterdam.id;
    let tenant = other.directory().by_id(id).await.unwrap().unwrap();
    other.directory().forget(&tenant).await;
    assert_eq!(worn(&caller).await, after);
}

/// Puts a logo live.
async fn wear(admin: &mut Browser, name: &str, bytes: Vec<u8>) {
    admin.go("/beheer/huisstijl").await;
    let fields = [
        ("primary", "#095c51"),
        ("accent", "#01558b"),
        ("neutral", "#5d6d76"),
        ("font", "notoSerif"),
        ("corner", "soft"),
        ("logoText", "Het logo"),
        ("_doe", "live"),
    ];
    let logo = [("logo", name, bytes)];
    admin.upload("/beheer/huisstijl", &fields, &logo).await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_png_logo_travels_with_mails_and_an_svg_stays_a_name() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    let newest = || app.mails.lock().unwrap().last().unwrap().raw.clone();
    let told = "In mails staat uw naam, want mailprogramma’s tonen geen SVG.";
    admin.go("/beheer/huisstijl").await;
    assert!(!admin.page.text.contains(told), "there is no logo");
    wear(&mut admin, "logo.png", crate::samples::png(20, 20, 1)).await;
    assert!(!admin.page.text.contains(told), "mails show a PNG");
    app.complaint().await;
    app.run_jobs().await;
    let raw = newest();
    for shown in [
        "multipart/related",
        "Content-ID: <logo>",
        "cid:logo",
        "image/png",
    ] {
        assert!(raw.contains(shown), "{shown}: {raw}");
    }
    admin.go("/beheer/huisstijl/voorbeeld/mail").await;
    assert!(admin.page.shows("src=\"/huisstijl/"), "{}", admin.page.text);
    wear(&mut admin, "logo.svg", LOGO.as_bytes().to_vec()).await;
    assert!(admin.page.text.contains(told), "{}", admin.page.text);
    app.complaint().await;
    app.run_jobs().await;
    let raw = newest();
    assert!(!raw.contains("multipart/related"), "{raw}");
    assert!(raw.contains("Gemeente waterdam"), "{raw}");
    let page = app.anonymous(HOST).get("/").await.text;
    assert!(page.contains("fonts/noto-serif.woff2"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_no_version_shows_go_after_a_day() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let upload = async |side: u32| {
        let part = reqwest::multipart::Part::bytes(crate::samples::png(side, side, 1));
        let form = reqwest::multipart::Form::new()
            .text("field", "icon")
            .part("file", part.file_name("icon.png"));
        let request = admin.request("POST", "/api/v1/house-style/images");
        let kept = admin.send(request.multipart(form)).await;
        assert_eq!(kept.status, 201, "{}", kept.text);
        kept.json["style"]["icon"].as_str().unwrap().to_owned()
    };
    let unused = upload(10).await;
    let shown = upload(11).await;
    let exists = async |file: &str| {
        let picture = app.anonymous(HOST).get(&format!("/huisstijl/{file}")).await;
        picture.status == 200
    };
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    assert!(exists(&unused).await, "somebody may still be choosing");
    app.clock.advance(TimeDelta::hours(25));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    assert!(!exists(&unused).await);
    assert!(exists(&shown).await, "the draft shows it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_of_pixels_and_tokens_of_nonsense_are_refused_at_their_place() {
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    admin.go("/beheer/huisstijl").await;
    let fields = [
        ("primary", "#ffffff"),
        ("accent", "#fefefe"),
        ("neutral", "#5d6d76"),
        ("font", "sourceSans3"),
        ("corner", "soft"),
        ("logoText", "Het logo"),
        ("_doe", "live"),
    ];
    let bomb = [("logo", "logo.png", crate::samples::png(40_000, 40_000, 1))];
    admin.upload("/beheer/huisstijl", &fields, &bomb).await;
    assert_eq!(admin.page.status, 400);
    assert!(admin.page.text.contains("4000"), "{}", admin.page.text);
    assert!(
        admin.page.shows("value=\"Het logo\""),
        "nothing that was typed is lost"
    );
    admin.upload("/beheer/huisstijl", &fields, &[]).await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    let api = app.signed_in(HOST, ADMIN).await;
    let seen = api.get("/api/v1/house-style").await.json;
    let readings = seen["readings"].as_array().unwrap();
    assert!(
        (readings.iter()).all(|one| one["measured"].as_f64() >= one["needed"].as_f64()),
        "white on white became readable: {seen}"
    );
    let deep = format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    for nonsense in [
        "[]",
        "\"tekst\"",
        "{}",
        "{\"a\":{\"value\":\"{a}\"}}",
        &deep,
    ] {
        let file = [("file", "tokens.json", nonsense.as_bytes().to_vec())];
        admin.go("/beheer/huisstijl").await;
        admin.upload("/beheer/huisstijl/tokens", &[], &file).await;
        assert_eq!(
            admin.page.status, 400,
            "{nonsense:.40}: {}",
            admin.page.text
        );
    }
}
