//! What is the same on every page: the statements below it, the way to one's own work, what was just done, and the number of an error.

use tenants::Role;
use tests::{Browser, TestApp};

const HOST: &str = "waterdam.localhost";

#[tokio::test(flavor = "multi_thread")]
async fn every_page_leads_to_what_happens_with_data_and_to_whom_to_ask_for_help() {
    let app = TestApp::open().await;
    let reference = app.complaint().await["reference"].clone();
    let reference = reference.as_str().unwrap();
    let truus = Browser::open(&app, HOST, "/formulieren/klacht-tip-compliment").await;
    let mut clerk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    clerk.go(&format!("/balie/meldingen/{reference}")).await;
    for page in [&truus.page, &clerk.page] {
        assert!(page.shows("href=\"/privacy\"") && page.shows("href=\"/toegankelijkheid\""));
    }
    let mut truus = truus;
    truus.go("/privacy").await;
    assert!(truus.page.text.contains("Autoriteit Persoonsgegevens"));
    truus.go("/toegankelijkheid").await;
    assert!(truus.page.text.contains("WCAG 2.2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_cannot_claim_what_was_not_done() {
    let app = TestApp::open().await;
    let reference = app.complaint().await["reference"].clone();
    let page = format!("/balie/meldingen/{}", reference.as_str().unwrap());
    let mut clerk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    let mut colleague = Browser::sign_in(&app, HOST, "colleague@waterdam.example").await;
    clerk.go(&page).await;
    clerk.submit(&format!("{page}/oppakken"), &[]).await;
    assert!(clerk.page.shows("app-done"), "{}", clerk.page.text);
    assert!(clerk.path.ends_with("?klaar=opgepakt"));
    for claimed in ["opgepakt", "afgesloten"] {
        colleague.go(&format!("{page}?klaar={claimed}")).await;
        assert!(!colleague.page.shows("app-done"), "{claimed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_logo_leads_residents_to_the_front_page_and_staff_to_their_work() {
    let app = TestApp::open().await;
    let truus = Browser::open(&app, HOST, "/").await;
    assert!(truus.page.shows("class=\"app-brand\" href=\"/\""));
    for (role, place) in [
        ("clerk", "/balie"),
        ("formeditor", "/beheer/formulieren"),
        ("tenantadmin", "/beheer"),
        ("budgetholder", "/beheer/attenties"),
        ("employee", "/attenties"),
    ] {
        let email = format!("{role}@waterdam.example");
        let mut staff = Browser::open(&app, HOST, "/inloggen").await;
        let typed = [("email", &*email), ("password", tests::PASSWORD)];
        staff.submit("/inloggen", &typed).await;
        assert_eq!(staff.path, place, "{role} begins there");
        let logo = format!("class=\"gh-brand\" href=\"{place}\"");
        assert!(staff.page.shows(&logo), "{role}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_role_yet_is_told_so() {
    let app = TestApp::open().await;
    tests::person(&app.db, app.waterdam.id, "nieuw@waterdam.example", &[]).await;
    let nieuw = Browser::sign_in(&app, HOST, "nieuw@waterdam.example").await;
    assert_eq!((nieuw.page.status, nieuw.path.as_str()), (200, "/account"));
    assert!(nieuw.page.text.contains("U hebt hier nog geen rol"));
    assert!(tenants::permission::allowed(
        &[],
        tenants::Permission::UseAccount
    ));
    assert!(!tenants::permission::allowed(
        &[Role::Employee],
        tenants::Permission::ReadCases
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_is_offered_only_parts_of_the_form_editor_that_open() {
    let app = TestApp::open().await;
    let form = "/beheer/formulieren/klacht-tip-compliment";
    let mut auditor = Browser::sign_in(&app, HOST, "auditor@waterdam.example").await;
    auditor.go(form).await;
    let parts: Vec<String> = auditor
        .page
        .text
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.starts_with(form))
        .map(str::to_owned)
        .collect();
    assert!(parts.len() > 2, "{parts:?}");
    for part in parts {
        auditor.go(&part).await;
        assert_eq!(auditor.page.status, 200, "{part}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_has_a_number_that_can_be_read_out_and_found_in_the_log() {
    let app = TestApp::open().await;
    let resident = app.anonymous(HOST);
    let reply = resident.get("/weg").await;
    let id = reply.header("x-request-id");
    let number = &id[id.len() - 8..];
    assert!(
        reply.text.contains(&format!("nummer {number}.")),
        "{}",
        reply.text
    );
    assert!(!reply.text.contains(id));
}
