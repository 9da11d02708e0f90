//! Pages in a browser without scripts; `tests/browser` does the same in a real one.

use chrono::TimeDelta;
use tests::{Browser, TestApp};

const FORM: &str = "/formulieren/klacht-tip-compliment";

#[tokio::test(flavor = "multi_thread")]
async fn typed_values_survive_an_expired_page_an_error_and_going_back() {
    let app = TestApp::open().await;
    let mut resident = Browser::open(&app, "waterdam.localhost", FORM).await;
    let story = "Mijn verhaal met <tekens> & \"aanhalingstekens\" en een emoji 🙂";
    resident
        .submit_with(
            &format!("{FORM}/bericht"),
            "een oud bewijs",
            &[("soort", "klacht"), ("kort", "Kort"), ("verhaal", story)],
        )
        .await;
    assert_eq!(resident.page.status, 403);
    assert!(
        resident
            .page
            .text
            .contains("Mijn verhaal met &#60;tekens&#62;"),
        "{}",
        resident.page.text
    );
    resident
        .submit(
            &format!("{FORM}/bericht"),
            &[("soort", ""), ("kort", "Kort"), ("verhaal", story)],
        )
        .await;
    assert_eq!(resident.page.status, 400);
    assert!(
        resident.page.text.contains("emoji 🙂") && resident.page.text.contains("Maak een keuze.")
    );
    resident
        .submit(
            &format!("{FORM}/bericht"),
            &[("soort", "klacht"), ("kort", "Kort"), ("verhaal", story)],
        )
        .await;
    assert!(resident.path.ends_with("/contact"), "{}", resident.path);
    resident
        .submit(
            &format!("{FORM}/contact"),
            &[("_naar", "terug"), ("reactie", "mailen")],
        )
        .await;
    assert!(resident.page.text.contains("emoji 🙂"));
    resident.go(&format!("{FORM}/contact")).await;
    assert!(
        resident.page.shows("value=\"mailen\" checked"),
        "also what was typed before going back"
    );
    app.clock.advance(TimeDelta::hours(25));
    resident.go(FORM).await;
    assert!(
        !resident.page.text.contains("emoji"),
        "after a day the draft is gone"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_requires_its_permission_and_its_host() {
    let app = TestApp::open().await;
    let resident = app.anonymous("waterdam.localhost");
    let page = resident.get("/").await;
    assert_eq!(page.status, 200);
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert!(
        !page.shows("style=\"") && !page.shows("<script"),
        "{}",
        page.text
    );
    assert_eq!(
        resident.send(resident.request("HEAD", "/")).await.status,
        200
    );
    for path in [
        "/balie",
        "/beheer/medewerkers",
        "/beheer/logboek",
        "/beheer/attenties",
        "/account",
        "/beheer/taken",
    ] {
        let reply = resident.get(path).await;
        assert_eq!(reply.status, 303, "{path}");
        assert!(
            reply.header("location").starts_with("/inloggen?verder=%2F"),
            "{path}"
        );
    }
    assert_eq!(
        resident.get("/dev/mail").await.status,
        404,
        "mails are readable in the demo only"
    );
    assert_eq!(resident.get("/praktijkvoorbeelden").await.status, 200);
    assert_eq!(
        app.anonymous("nergens.localhost").get("/").await.status,
        404
    );
    assert_eq!(
        app.anonymous("localhost").get(FORM).await.status,
        404,
        "the platform has no residents"
    );
    for path in [
        "/melding/%00",
        "/melding/../../etc/passwd",
        "/cijfer/x",
        "/static/x/y",
        "/formulieren/%ff",
        "/formulieren/niet",
    ] {
        assert_eq!(resident.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_description_is_served_as_committed_to_every_origin() {
    let app = TestApp::open().await;
    let reply = app
        .anonymous("waterdam.localhost")
        .get("/api/v1/openapi.json")
        .await;
    assert_eq!(
        (reply.status, reply.header("access-control-allow-origin")),
        (200, "*")
    );
    let committed = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .join("openapi/openapi.json");
    assert_eq!(
        reply.text.trim(),
        std::fs::read_to_string(committed).unwrap().trim()
    );
    assert_eq!(reply.json["openapi"], "3.1.0");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_counts_and_finds_what_is_open() {
    let app = TestApp::open().await;
    app.complaint().await;
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/balie").await;
    assert_eq!(clerk.page.status, 200, "{}", clerk.page.text);
    assert!(clerk.page.text.contains("De lift is stuk"));
    for (search, found) in [("LIFT", true), ("fiets", false)] {
        clerk.go(&format!("/balie?zoek={search}")).await;
        assert_eq!(
            clerk.page.text.contains("De lift is stuk"),
            found,
            "{search}"
        );
    }
    clerk
        .go(&format!("/balie?zoek={}", "a".repeat(3_000)))
        .await;
    assert_eq!(clerk.page.status, 200, "a long search is cut, not refused");
}

#[tokio::test]
async fn pages_and_documents_are_compressed_for_whoever_takes_that() {
    let app = TestApp::open().await;
    let visitor = app.anonymous("waterdam.localhost");
    let get = async |path: &str, accepts: &str| {
        visitor
            .request("GET", path)
            .header("accept-encoding", accepts)
            .send()
            .await
            .unwrap()
    };
    for path in ["/", "/api/v1/openapi.json"] {
        let plain = get(path, "identity").await;
        assert!(plain.headers().get("content-encoding").is_none(), "{path}");
        let plain = plain.bytes().await.unwrap();
        let small = get(path, "gzip").await;
        assert_eq!(small.headers()["content-encoding"], "gzip", "{path}");
        assert!(small.headers()["vary"].to_str().unwrap().contains("ccept-"));
        let small = small.bytes().await.unwrap();
        assert!(small.starts_with(&[0x1f, 0x8b]), "{path}");
        assert!(small.len() < plain.len() / 2, "{path}");
    }
}
