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

/// The addresses in a part of a page.
fn links(page: &str, start: &str, end: &str) -> Vec<String> {
    let part = page
        .split_once(start)
        .and_then(|(_, rest)| rest.split_once(end))
        .map_or("", |(part, _)| part);
    (part.split("href=\"").skip(1))
        .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
        .filter(|link| !link.starts_with("/static"))
        .collect()
}

const ROLES: [(&str, &[&str]); 8] = [
    (
        "clerk",
        &[
            "/balie",
            "/balie/bellen",
            "/praktijkvoorbeelden",
            "/attenties",
        ],
    ),
    (
        "lead",
        &[
            "/balie",
            "/balie/bellen",
            "/praktijkvoorbeelden",
            "/attenties",
        ],
    ),
    (
        "formeditor",
        &[
            "/beheer/formulieren",
            "/beheer/praktijkvoorbeelden",
            "/attenties",
            "/beheer",
        ],
    ),
    (
        "budgetholder",
        &["/praktijkvoorbeelden", "/beheer/attenties"],
    ),
    (
        "tenantadmin",
        &[
            "/beheer/formulieren",
            "/beheer/praktijkvoorbeelden",
            "/attenties",
            "/beheer",
        ],
    ),
    ("employee", &["/praktijkvoorbeelden", "/attenties"]),
    (
        "auditor",
        &[
            "/balie",
            "/balie/bellen",
            "/beheer/praktijkvoorbeelden",
            "/beheer/attenties",
            "/beheer",
        ],
    ),
    (
        "platform",
        &[
            "/platform",
            "/beheer/taken",
            "/beheer/praktijkvoorbeelden",
            "/beheer",
        ],
    ),
];

async fn of_role(app: &TestApp, role: &str) -> Browser {
    if role == "platform" {
        Browser::sign_in(app, "localhost", "operator@gehoord.example").await
    } else {
        Browser::sign_in(app, HOST, &format!("{role}@waterdam.example")).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_has_a_menu_of_its_own_of_which_every_entry_opens_and_is_marked() {
    let app = TestApp::open().await;
    for (role, entries) in ROLES {
        let mut staff = of_role(&app, role).await;
        staff.go("/beheer").await;
        let menu = links(&staff.page.text, "class=\"gh-menu\"", "</nav>");
        let menu: Vec<&str> = menu.iter().map(String::as_str).collect();
        assert_eq!(menu, entries, "{role}");
        for entry in entries {
            staff.go(entry).await;
            assert_eq!(staff.page.status, 200, "{role} opens {entry}");
            let marked = format!("href=\"{entry}\"\n    aria-current=\"page\"");
            assert!(staff.page.text.contains(&marked), "{role} is at {entry}");
            assert_eq!(
                staff.page.text.matches("<nav class=\"gh-menu\"").count(),
                1,
                "{role}: {entry}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administration_has_a_door_to_each_part_that_opens_for_the_reader_and_no_other() {
    let app = TestApp::open().await;
    let every: Vec<String> = {
        let mut admin = of_role(&app, "auditor").await;
        admin.go("/beheer").await;
        links(&admin.page.text, "class=\"gh-doors\"", "</main>")
    };
    assert!(every.len() >= 9, "{every:?}");
    for (role, _) in ROLES {
        let mut staff = of_role(&app, role).await;
        staff.go("/beheer").await;
        assert_eq!(staff.page.status, 200, "{role}");
        let doors = links(&staff.page.text, "class=\"gh-doors\"", "</main>");
        for door in &doors {
            staff.go(door).await;
            assert_eq!(staff.page.status, 200, "{role} opens {door}");
        }
        for closed in every.iter().filter(|door| !doors.contains(door)) {
            staff.go(closed).await;
            assert_ne!(staff.page.status, 200, "{role} has no door {closed}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn under_a_name_are_the_account_the_language_and_the_way_out_and_residents_see_none_of_it() {
    let app = TestApp::open().await;
    let mut clerk = of_role(&app, "clerk").await;
    clerk.go("/balie").await;
    let below = links(
        &clerk.page.text,
        "<details class=\"gh-account\"",
        "</details>",
    );
    let expected = [
        "/account",
        "/berichten",
        "/balie/postvak",
        "/balie/taken",
        "/balie/agenda",
        "/beheer/kalender",
    ];
    assert_eq!(below, expected);
    for link in below {
        clerk.go(&link).await;
        assert_eq!(clerk.page.status, 200, "{link}");
    }
    assert!(clerk.page.shows("action=\"/balie\"") && clerk.page.shows("name=\"zoek\""));
    clerk.submit("/taal/en", &[("_terug", "/balie")]).await;
    assert!(clerk.page.text.contains(">Messages</span>"));
    let employee = of_role(&app, "employee").await;
    assert!(!employee.page.shows("name=\"zoek\""), "nothing to search");
    let resident = Browser::open(&app, HOST, "/").await;
    for part in ["gh-top", "gh-menu", "gh-account", "gh-foot", "gh-desk"] {
        assert!(!resident.page.shows(part), "{part}");
    }
    assert!(resident.page.shows("utrecht-page-footer"));
    assert!(!clerk.page.shows("utrecht-page-footer"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_is_not_told_to_ask_the_administrator() {
    let app = TestApp::open().await;
    let ask = "Vraag de beheerder";
    for (role, asks) in [("employee", true), ("tenantadmin", false)] {
        let mut staff = of_role(&app, role).await;
        for (page, status) in [("/balie", 403), ("/account", 200)] {
            staff.go(page).await;
            assert_eq!(staff.page.status, status, "{role}");
            assert_eq!(staff.page.text.contains(ask), asks, "{role}: {page}");
        }
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
