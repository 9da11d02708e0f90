//! A colleague is invited, chooses a password, forgets it, and leaves.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, TestApp};

const PASSWORD: &str = "vier paarden in de wei";

/// The path of the link in the newest mail, if that went to `recipient`.
fn link(app: &TestApp, recipient: &str) -> String {
    let mails = app.mails.lock().unwrap();
    let mail = mails.last().unwrap();
    assert_eq!(mail.recipient, recipient, "{}", mail.subject);
    let (_, path) = mail.body.split_once("waterdam.localhost").unwrap();
    let path = path.split_whitespace().next().unwrap();
    path.get(path.find('/').unwrap()..).unwrap().to_owned()
}

async fn signs_in(app: &TestApp, email: &str, password: &str) -> u16 {
    let credentials = json!({ "email": email, "password": password });
    let caller = app.anonymous("waterdam.localhost");
    caller.post("/api/v1/sessions", &credentials).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_colleague_chooses_a_password_and_works_the_same_day() {
    let app = TestApp::open().await;
    let mut admin =
        Browser::sign_in(&app, "waterdam.localhost", "tenantadmin@waterdam.example").await;
    admin.go("/beheer/medewerkers").await;
    let empty = [("name", ""), ("email", "geen adres")];
    admin.submit("/beheer/medewerkers", &empty).await;
    assert_eq!(admin.page.status, 400);
    for (id, sentence) in [
        ("name-fout", "Dit veld is nog leeg."),
        ("email-fout", "Vul een e-mailadres in met een @"),
        ("roles-fout", "Maak een keuze."),
    ] {
        assert!(admin.page.text.contains(id), "{id}");
        assert!(admin.page.text.contains(sentence), "{sentence}");
    }
    assert!(
        admin.page.text.contains("geen adres"),
        "what was typed stays"
    );
    let noor = [
        ("name", "Noor Visser"),
        ("email", " Noor@Waterdam.example "),
        ("roles", "clerk"),
        ("roles", "platformOperator"),
    ];
    admin.submit("/beheer/medewerkers", &noor).await;
    assert_eq!(
        admin.page.status, 400,
        "an operator exists on the platform only"
    );
    let both = [
        noor[0],
        noor[1],
        ("roles", "auditor"),
        ("roles", "budgetHolder"),
    ];
    admin.submit("/beheer/medewerkers", &both).await;
    assert!(
        admin.page.status == 400 && admin.page.text.contains("Daarom is niemand allebei"),
        "{}",
        admin.page.text
    );
    admin.submit("/beheer/medewerkers", &noor[..3]).await;
    assert_eq!(
        (admin.page.status, admin.path.as_str()),
        (200, "/beheer/medewerkers?klaar=uitgenodigd")
    );
    assert!(admin.page.text.contains("Uitgenodigd"));
    admin.submit("/beheer/medewerkers", &noor[..3]).await;
    assert_eq!(admin.page.status, 400);
    assert!(
        admin
            .page
            .text
            .contains("Er is al een account met dit e-mailadres.")
    );

    app.run_jobs().await;
    let path = link(&app, "noor@waterdam.example");
    for _ in 0..2 {
        let mut scanner = Browser::open(&app, "waterdam.localhost", &path).await;
        assert_eq!(
            scanner.page.status, 200,
            "looking at a link does not use it"
        );
        scanner.go(&path).await;
    }
    let mut noor = Browser::open(&app, "waterdam.localhost", &path).await;
    assert!(noor.page.text.contains("Welkom, Noor Visser."));
    noor.submit(&path, &[("password", "te kort"), ("again", "te kort")])
        .await;
    assert_eq!(noor.page.status, 400);
    assert!(noor.page.text.contains("Gebruik minstens 15 tekens."));
    assert!(
        !noor.page.text.contains("te kort\""),
        "a password is never shown"
    );
    noor.submit(&path, &[("password", PASSWORD), ("again", "iets anders")])
        .await;
    assert!(noor.page.text.contains("niet hetzelfde"));
    noor.submit(&path, &[("password", PASSWORD), ("again", PASSWORD)])
        .await;
    assert!(noor.page.text.contains("Uw wachtwoord is opgeslagen."));
    let credentials = [
        ("email", "noor@waterdam.example"),
        ("password", PASSWORD),
        ("verder", ""),
    ];
    noor.submit("/inloggen", &credentials).await;
    assert_eq!(noor.path, "/balie");
    noor.go(&path).await;
    assert_eq!(noor.page.status, 410, "a link works once");
    let elsewhere = Browser::open(&app, "heuvelrode.localhost", &path).await;
    assert_eq!(elsewhere.page.status, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_replaced_by_mail_and_unknown_addresses_get_the_same_answer() {
    let app = TestApp::open().await;
    let mut answers = Vec::new();
    for email in ["Clerk@waterdam.example", "niemand@waterdam.example", ""] {
        let mut browser = Browser::open(&app, "waterdam.localhost", "/wachtwoord").await;
        browser.submit("/wachtwoord", &[("email", email)]).await;
        assert_eq!(browser.page.status, 200);
        let (_, main) = browser.page.text.split_once("<h1").unwrap();
        let (main, _) = main.split_once("</main>").unwrap();
        answers.push(main.to_owned());
    }
    assert!(answers.iter().all(|text| *text == answers[0]));
    app.run_jobs().await;
    assert_eq!(app.mails.lock().unwrap().len(), 1);
    let path = link(&app, "clerk@waterdam.example");
    let before = app.clerk().await;
    let mut clerk = Browser::open(&app, "waterdam.localhost", &path).await;
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    clerk.submit(&path, &fields).await;
    assert!(clerk.page.text.contains("Uw wachtwoord is opgeslagen."));
    assert_eq!(
        before.get("/api/v1/cases").await.status,
        401,
        "sign-ins with the old password are over"
    );
    assert_eq!(
        signs_in(&app, "clerk@waterdam.example", tests::PASSWORD).await,
        401
    );
    assert_eq!(
        signs_in(&app, "clerk@waterdam.example", PASSWORD).await,
        201
    );

    // Repeated requests send a limited number of mails, and an older link no longer works.
    for _ in 0..12 {
        let mut browser = Browser::open(&app, "waterdam.localhost", "/wachtwoord").await;
        browser
            .submit("/wachtwoord", &[("email", "clerk@waterdam.example")])
            .await;
        assert_eq!(browser.page.status, 200);
    }
    app.run_jobs().await;
    assert_eq!(
        app.mails.lock().unwrap().len(),
        6,
        "five links, and that the password was changed"
    );
    let newest = link(&app, "clerk@waterdam.example");
    app.clock.advance(TimeDelta::minutes(61));
    let late = Browser::open(&app, "waterdam.localhost", &newest).await;
    assert_eq!(late.page.status, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_works_although_somebody_says_that_the_password_is_forgotten() {
    let app = TestApp::open().await;
    let account = "tenantadmin@waterdam.example";
    let admin = app.signed_in("waterdam.localhost", account).await;
    let noor =
        json!({ "name": "Noor Visser", "email": "noor@waterdam.example", "roles": ["clerk"] });
    let invited = admin.post("/api/v1/staff-members", &noor).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    app.run_jobs().await;
    let invitation = link(&app, "noor@waterdam.example");
    let mut stranger = Browser::open(&app, "waterdam.localhost", "/wachtwoord").await;
    let forgot = [("email", "noor@waterdam.example")];
    stranger.submit("/wachtwoord", &forgot).await;
    app.run_jobs().await;
    let forgotten = link(&app, "noor@waterdam.example");
    let mut noor = Browser::open(&app, "waterdam.localhost", &invitation).await;
    let fields = [("password", PASSWORD), ("again", PASSWORD)];
    noor.submit(&invitation, &fields).await;
    assert!(
        noor.page.text.contains("Uw wachtwoord is opgeslagen."),
        "{}",
        noor.page.text
    );
    noor.go(&forgotten).await;
    assert_eq!(noor.page.status, 410, "one choice ends all links");
    app.run_jobs().await;
    {
        let mails = app.mails.lock().unwrap();
        let told = mails.last().unwrap();
        assert_eq!(
            (told.recipient.as_str(), told.subject.as_str()),
            ("noor@waterdam.example", "Uw wachtwoord is gewijzigd")
        );
    }
    let mut stored = crate::erasure::everything(&app).await;
    stored.retain(|(table, _)| table == "mail");
    for code in [&invitation, &forgotten] {
        let code = code.rsplit('/').next().unwrap();
        assert!(
            !stored.iter().any(|(_, row)| row.contains(code)),
            "a code goes out and is kept nowhere"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_gets_roles_that_read_messages_or_touch_money_from_a_colleague() {
    let app = TestApp::open().await;
    let account = "tenantadmin@waterdam.example";
    let own = app.staff_id(app.waterdam.id, account).await;
    let put = async |account: &str, roles: &[&str]| {
        let admin = app.signed_in("waterdam.localhost", account).await;
        let path = format!("/api/v1/staff-members/{own}/roles");
        let request = admin.request("PUT", &path).json(&json!({ "roles": roles }));
        admin.send(request).await
    };
    for role in ["clerk", "lead", "budgetHolder", "auditor"] {
        let refused = put(account, &["tenantAdmin", role]).await;
        assert_eq!(
            (refused.status, &refused.json["code"]),
            (403, &json!("own-roles")),
            "{role}"
        );
    }
    assert_eq!(
        put(account, &["tenantAdmin", "formEditor"]).await.status,
        200
    );
    let given = put("all@waterdam.example", &["tenantAdmin", "clerk"]).await;
    assert_eq!(given.status, 200, "{}", given.text);
    assert_eq!(
        put(account, &["tenantAdmin", "clerk"]).await.status,
        200,
        "what one has stays"
    );
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap();
    let told: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    assert_eq!(told, ["Uw rollen zijn gewijzigd"; 2]);
    let clerk = mails
        .iter()
        .filter(|mail| mail.body.contains("Medewerker klantenservice"));
    assert_eq!(clerk.count(), 1, "the mail names the roles");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_tells_who_came_in_who_did_not_and_who_read_what() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap();
    let id = app.case_id(reference).await;
    for _ in 0..3 {
        signs_in(&app, "clerk@waterdam.example", "een verkeerd wachtwoord").await;
        signs_in(&app, "niemand@waterdam.example", "een verkeerd wachtwoord").await;
    }
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    let token = app.clerk().await;
    for _ in 0..3 {
        clerk.go("/balie").await;
        clerk.go(&format!("/balie/meldingen/{reference}")).await;
        token.get(&format!("/api/v1/cases/{id}")).await;
        token.get("/api/v1/cases").await;
    }
    let holder = app
        .signed_in("waterdam.localhost", "budgetholder@waterdam.example")
        .await;
    let budget = app.waterdam.budget.unwrap();
    let csv = holder
        .get(&format!("/api/v1/gift-budgets/{budget}/ledger-files/csv"))
        .await;
    assert_eq!(csv.status, 200, "{}", csv.text);
    let auditor = app
        .signed_in("waterdam.localhost", "auditor@waterdam.example")
        .await;
    let log = auditor.get("/api/v1/audit-entries?limit=100").await;
    let count = |action: &str, object: Option<&str>| {
        let items = log.json["items"].as_array().unwrap().iter();
        items
            .filter(|item| {
                item["action"] == action && object.is_none_or(|id| item["objectId"] == id)
            })
            .count()
    };
    let clerk_id = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await
        .to_string();
    assert_eq!(count("session.refuse", Some(&clerk_id)), 3, "{}", log.text);
    assert_eq!(
        count("session.refuse", None),
        4,
        "unknown addresses once a minute"
    );
    assert!(count("session.start", Some(&clerk_id)) >= 2);
    assert_eq!(
        count("case.read", Some(&id)),
        1,
        "once an hour, and none for lists"
    );
    assert_eq!(count("gift.export", None), 1);
    assert!(!log.text.contains("niemand@") && !log.text.contains("verkeerd"));
    app.clock.advance(TimeDelta::minutes(61));
    app.clerk().await.get(&format!("/api/v1/cases/{id}")).await;
    let auditor = app
        .signed_in("waterdam.localhost", "auditor@waterdam.example")
        .await;
    let log = auditor.get("/api/v1/audit-entries?limit=100").await;
    assert_eq!(log.text.matches("\"case.read\"").count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_cannot_sign_in_and_the_last_administrator_cannot_leave() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let id = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await;
    let access = format!("/api/v1/staff-members/{id}/access");
    let put = |path: String, active: bool| {
        let request = admin
            .request("PUT", &path)
            .json(&json!({ "active": active }));
        let admin = admin.clone();
        async move { admin.send(request).await }
    };
    let closed = put(access.clone(), false).await;
    assert_eq!(
        (closed.status, &closed.json["active"]),
        (200, &json!(false))
    );
    assert_eq!(clerk.get("/api/v1/cases").await.status, 401);
    assert_eq!(
        signs_in(&app, "clerk@waterdam.example", tests::PASSWORD).await,
        401
    );
    let again = admin
        .post(&format!("/api/v1/staff-members/{id}/_invite"), &json!({}))
        .await;
    assert_eq!(
        (again.status, &again.json["code"]),
        (409, &json!("account-closed"))
    );
    assert_eq!(put(access, true).await.status, 200);
    app.clerk().await;

    for account in ["all@waterdam.example", "tenantadmin@waterdam.example"] {
        let id = app.staff_id(app.waterdam.id, account).await;
        let reply = put(format!("/api/v1/staff-members/{id}/access"), false).await;
        let expected = if account.starts_with("all") { 200 } else { 409 };
        assert_eq!(reply.status, expected, "{account}: {}", reply.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_knows_the_old_password_chooses_a_new_one_and_is_signed_out_elsewhere() {
    let app = TestApp::open().await;
    let (host, email) = ("waterdam.localhost", "clerk@waterdam.example");
    let mut at_work = Browser::sign_in(&app, host, email).await;
    let mut at_home = Browser::sign_in(&app, host, email).await;
    let new = "vier paarden in de wei";
    at_work.go("/account").await;
    for (current, again, told) in [
        ("een gok die niet klopt", new, "niet uw wachtwoord van nu"),
        (tests::PASSWORD, "iets anders dan dat", "niet hetzelfde"),
    ] {
        let typed = [("current", current), ("password", new), ("again", again)];
        at_work.submit("/account/wachtwoord", &typed).await;
        assert_eq!(at_work.page.status, 400, "{told}");
        assert!(at_work.page.text.contains(told), "{}", at_work.page.text);
    }
    let typed = [
        ("current", tests::PASSWORD),
        ("password", new),
        ("again", new),
    ];
    at_work.submit("/account/wachtwoord", &typed).await;
    assert!(at_work.page.text.contains("Uw wachtwoord is veranderd"));
    at_work.go("/balie").await;
    assert_eq!(
        (at_work.page.status, at_work.path.as_str()),
        (200, "/balie")
    );
    at_home.go("/balie").await;
    assert!(at_home.path.starts_with("/inloggen"), "{}", at_home.path);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_is_cut_down_leads_to_messages_and_is_taken_along_as_a_file() {
    let app = TestApp::open().await;
    let reference = app.complaint().await["reference"].clone();
    let reference = reference.as_str().unwrap();
    let case = app.case_id(reference).await;
    app.clerk()
        .await
        .post(&format!("/api/v1/cases/{case}/_claim"), &Value::Null)
        .await;
    let host = "waterdam.localhost";
    let mut auditor = Browser::sign_in(&app, host, "auditor@waterdam.example").await;
    let link = format!("href=\"/balie/meldingen/{reference}\"");
    auditor.go("/beheer/logboek?wat=case.claim").await;
    assert!(auditor.page.shows(&link), "{}", auditor.page.text);
    assert!(!auditor.page.text.contains(&case), "no bare id");
    auditor.go("/beheer/logboek?wat=case.close").await;
    assert!(!auditor.page.shows(&link), "{}", auditor.page.text);
    auditor
        .go("/beheer/logboek?wat=case.claim&tot=2020-01-01")
        .await;
    assert!(!auditor.page.shows(&link));
    auditor
        .go("/beheer/logboek?van=2026-12-01&tot=2026-11-01")
        .await;
    assert!(
        auditor.page.text.contains("Wissel de twee dagen om"),
        "days in the wrong order are told"
    );
    let mut admin = Browser::sign_in(&app, host, "tenantadmin@waterdam.example").await;
    admin.go("/beheer/logboek?wat=case.claim").await;
    assert!(
        admin.page.text.contains(reference) && !admin.page.shows(&link),
        "an administrator does not read messages"
    );
    auditor.go("/beheer/logboek.csv?wat=case.claim").await;
    let lines: Vec<&str> = auditor.page.text.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[1].contains(&format!("Melding {reference}")),
        "{lines:?}"
    );
    let caller = app.signed_in(host, "auditor@waterdam.example").await;
    let listed = caller.get("/api/v1/audit-entries?action=case.claim").await;
    assert_eq!(listed.json["items"].as_array().map(Vec::len), Some(1));
    let unknown = caller.get("/api/v1/audit-entries?action=iets").await;
    assert_eq!(unknown.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_somebodys_roles_stands_at_that_person_and_not_at_the_invitation() {
    let app = TestApp::open().await;
    let mut admin =
        Browser::sign_in(&app, "waterdam.localhost", "tenantadmin@waterdam.example").await;
    admin.go("/beheer/medewerkers").await;
    let start = "/beheer/medewerkers/";
    let form = (admin.page.text.split("action=\"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .find(|action| action.starts_with(start) && action.ends_with("/rollen"))
        .unwrap()
        .to_owned();
    admin.submit(&form, &[("roles", "baas")]).await;
    assert_eq!(admin.page.status, 400);
    let person = form[start.len()..].trim_end_matches("/rollen");
    let (before, own) = (admin.page.text)
        .split_once(&format!("id=\"wie-{person}\""))
        .unwrap();
    let (own, after) = own.split_once("</li>").unwrap();
    assert!(own.contains("<details class=\"gh-more\" open>"), "{own}");
    assert!(own.contains("id=\"roles-fout\"") && own.contains("id=\"roles\""));
    for other in [before, after] {
        assert!(!other.contains("id=\"roles"), "one place only");
        assert!(!other.contains(" open>"), "nothing else is open");
    }
}
