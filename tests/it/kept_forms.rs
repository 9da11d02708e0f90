//! A form that comes too late: after a colleague decided, or when the session is over. Nothing that was typed is lost.

use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

use crate::calls::complaint;

const HOST: &str = "waterdam.localhost";
const CLERK: &str = "clerk@waterdam.example";
const CHANGED: &str = "Dit veranderde terwijl u bezig was";

async fn claimed(app: &TestApp) -> (Caller, String, String) {
    let (case, reference) = complaint(app).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &Value::Null)
        .await;
    (clerk, case, format!("/balie/meldingen/{reference}"))
}

async fn clock(clerk: &Caller, case: &str, kind: &str) -> String {
    let clocks = clerk.get(&format!("/api/v1/cases/{case}/clocks")).await;
    let clocks = clocks.json["items"].as_array().unwrap().clone();
    let clock = clocks.iter().find(|clock| clock["kind"] == kind).unwrap();
    clock["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_adjourns_a_complaint_to_which_something_happened_sees_that_first() {
    let app = TestApp::open().await;
    let (clerk, case, page) = claimed(&app).await;
    let dealt = clock(&clerk, &case, "dealtWith").await;
    let path = format!("{page}/klokken");
    let mut desk = Browser::sign_in(&app, HOST, CLERK).await;
    desk.go(&path).await;
    let seen = desk.hidden("_gezien");
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let agreed = json!({ "until": "2027-03-01", "agreedOn": "2026-11-23", "keptAt": "Brief 12" });
    let done = lead
        .post(&format!("/api/v1/clocks/{dealt}/_agree"), &agreed)
        .await;
    assert_eq!(done.status, 200, "{}", done.text);
    let typed = [
        ("clock", dealt.as_str()),
        ("act", "end"),
        ("law", "letter"),
        ("lawOn", "2026-11-23"),
        ("keptAt", "Brief aan de inwoner, zaak 12"),
    ];
    let act = format!("{path}/einde");
    desk.submit(&act, &[&[("_gezien", seen.as_str())][..], &typed].concat())
        .await;
    assert_eq!(desk.page.status, 409, "{}", desk.page.text);
    for shown in [CHANGED, "Brief aan de inwoner, zaak 12"] {
        assert!(
            desk.page.text.contains(shown),
            "{shown}: {}",
            desk.page.text
        );
    }
    let now = desk.hidden("_gezien");
    assert_ne!(now, seen);
    desk.submit(&act, &[&[("_gezien", now.as_str())][..], &typed].concat())
        .await;
    assert_eq!(desk.page.status, 200, "{}", desk.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_of_a_clock_calls_its_field_as_the_label_does_and_leads_to_it() {
    let app = TestApp::open().await;
    let (clerk, case, page) = claimed(&app).await;
    let callback = clock(&clerk, &case, "callback").await;
    let path = format!("{page}/klokken");
    let mut desk = Browser::sign_in(&app, HOST, CLERK).await;
    desk.go(&path).await;
    let typed = [
        ("clock", callback.as_str()),
        ("act", "pause"),
        ("reason", "residentAsked"),
        ("until", ""),
    ];
    desk.submit(&format!("{path}/stilzetten"), &typed).await;
    assert_eq!(desk.page.status, 400);
    let field = format!("until-pause-{callback}");
    for told in [
        format!("href=\"#{field}\""),
        format!("id=\"{field}\""),
        "Tot wanneer?".to_owned(),
    ] {
        assert!(desk.page.text.contains(&told), "{told}: {}", desk.page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_waits_until_its_giver_read_what_the_resident_wrote_meanwhile() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let (reference, code) = (
        receipt["reference"].as_str().unwrap(),
        receipt["receiptCode"].as_str().unwrap(),
    );
    let page = format!("/balie/meldingen/{reference}/attentie");
    let mut desk = Browser::sign_in(&app, HOST, CLERK).await;
    desk.go(&page).await;
    let stand = desk.hidden("_stand");
    let wrote = app
        .anonymous(HOST)
        .post(
            &format!("/api/v1/receipts/{code}/messages"),
            &json!({ "text": "Ik hoef geen bloemen." }),
        )
        .await;
    assert_eq!(wrote.status, 200, "{}", wrote.text);
    let budget = app.waterdam.budget.unwrap().to_string();
    let typed = [
        ("budgetId", budget.as_str()),
        ("kind", "flowers"),
        ("description", "Tulpen"),
        ("amountCents", "12,50"),
        ("reason", "Voor het lange wachten"),
        ("_actie", "geef"),
    ];
    let first = [&[("_stand", stand.as_str())][..], &typed].concat();
    desk.submit(&page, &first).await;
    let read = desk.hidden("_gezien");
    assert_eq!(
        desk.hidden("_stand"),
        stand,
        "a warning is no news of the case"
    );
    let second = [&[("_gezien", read.as_str())][..], &first].concat();
    desk.submit(&page, &second).await;
    assert_eq!(desk.page.status, 409, "{}", desk.page.text);
    for shown in [CHANGED, "Voor het lange wachten"] {
        assert!(
            desk.page.text.contains(shown),
            "{shown}: {}",
            desk.page.text
        );
    }
    let now = desk.hidden("_stand");
    assert_ne!(now, stand);
    let third = [
        &[("_stand", now.as_str()), ("_gezien", read.as_str())][..],
        &typed,
    ]
    .concat();
    desk.submit(&page, &third).await;
    assert_eq!(desk.page.status, 200, "{}", desk.page.text);
    assert_eq!(
        desk.path,
        format!("/balie/meldingen/{reference}?klaar=gevraagd")
    );
}

/// A browser whose session ended while its clerk wrote a note at a case; the address of the note.
async fn signed_out_while_typing(app: &TestApp) -> (Browser, String) {
    let (_, _, page) = claimed(app).await;
    let mut desk = Browser::sign_in(app, HOST, CLERK).await;
    desk.go(&page).await;
    let csrf = desk.csrf_token();
    let note = format!("{page}/notitie");
    let out = desk.post_request("/uitloggen", &csrf, &[]);
    assert_eq!(desk.send(out).await.status, 303);
    desk.submit_with(
        &note,
        &csrf,
        &[("text", "Zij belt morgen terug over de stoep.")],
    )
    .await;
    (desk, note)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_when_the_session_was_over_waits_behind_the_sign_in() {
    let app = TestApp::open().await;
    let (mut desk, note) = signed_out_while_typing(&app).await;
    assert!(
        desk.path.starts_with("/inloggen?verder=/bewaard/"),
        "{}",
        desk.path
    );
    assert!(
        desk.page.text.contains("Wat u typte is bewaard"),
        "{}",
        desk.page.text
    );
    let after = desk.hidden("verder");
    assert!(
        !desk.page.text.contains("Zij belt morgen terug"),
        "nobody reads it before they signed in"
    );
    let fields = [
        ("email", CLERK),
        ("password", tests::PASSWORD),
        ("verder", after.as_str()),
    ];
    desk.submit("/inloggen", &fields).await;
    assert_eq!(desk.path, after);
    let typed = "Zij belt morgen terug over de stoep.";
    assert!(desk.page.text.contains(typed), "{}", desk.page.text);
    assert!(
        desk.page.text.contains(&format!("action=\"{note}\"")),
        "{}",
        desk.page.text
    );
    desk.submit(&note, &[("text", typed)]).await;
    assert_eq!(desk.page.status, 200);
    assert!(desk.page.text.contains(typed), "{}", desk.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_is_for_its_own_account_and_browser_and_for_half_an_hour() {
    let app = TestApp::open().await;
    let (mut desk, _) = signed_out_while_typing(&app).await;
    let after = desk.hidden("verder");
    let mut elsewhere = Browser::sign_in(&app, HOST, CLERK).await;
    elsewhere.go(&after).await;
    assert_eq!(elsewhere.page.status, 404, "another browser");
    let sign_in = |account: &'static str| {
        [
            ("email", account),
            ("password", tests::PASSWORD),
            ("verder", "/account"),
        ]
    };
    desk.submit("/inloggen", &sign_in("colleague@waterdam.example"))
        .await;
    desk.go(&after).await;
    assert_eq!(desk.page.status, 404, "another account");
    desk.go("/account").await;
    desk.submit("/uitloggen", &[]).await;
    desk.submit("/inloggen", &sign_in(CLERK)).await;
    desk.go(&after).await;
    assert_eq!(desk.page.status, 200);
    app.clock.advance(chrono::TimeDelta::minutes(31));
    // The session ended as well: who signs in again finds nothing more.
    desk.go("/inloggen").await;
    desk.submit("/inloggen", &sign_in(CLERK)).await;
    desk.go(&after).await;
    assert_eq!(desk.page.status, 404, "half an hour is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_and_a_form_of_a_stranger_are_kept_by_nobody() {
    let app = TestApp::open().await;
    let mut desk = Browser::sign_in(&app, HOST, CLERK).await;
    desk.go("/account").await;
    let csrf = desk.csrf_token();
    let out = desk.post_request("/uitloggen", &csrf, &[]);
    desk.send(out).await;
    let typed = [
        ("current", "geheim"),
        ("password", "nieuw"),
        ("again", "nieuw"),
    ];
    desk.submit_with("/account/wachtwoord", &csrf, &typed).await;
    assert_eq!(desk.page.status, 401, "{}", desk.page.text);
    let (_, _, page) = claimed(&app).await;
    let mut stranger = Browser::open(&app, HOST, "/inloggen").await;
    let csrf = stranger.csrf_token();
    for token in [
        csrf.clone(),
        format!("{csrf}.01994dd2-0000-7000-8000-000000000000"),
        String::new(),
    ] {
        stranger
            .submit_with(
                &format!("{page}/notitie"),
                &token,
                &[("text", "Van niemand.")],
            )
            .await;
        assert_eq!(stranger.page.status, 401, "{}", stranger.page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_with_a_file_waits_behind_the_sign_in_and_says_that_its_file_is_chosen_again() {
    const ADMIN: &str = "tenantadmin@waterdam.example";
    const STYLE: &str = "/beheer/huisstijl";
    let app = TestApp::open().await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    admin.go(STYLE).await;
    let sign_out = admin.post_request("/uitloggen", &admin.csrf_token(), &[]);
    assert_eq!(admin.send(sign_out).await.status, 303);
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><path d=\"M0 0h4v4z\"/></svg>";
    let typed = [
        ("primary", "#58b0a4"),
        ("accent", "#01558b"),
        ("neutral", "#5d6d76"),
        ("font", "notoSans"),
        ("corner", "round"),
        ("logoText", "Een golf boven het water"),
        ("_doe", "concept"),
    ];
    let chosen = [("logo", "golf.svg", logo.as_bytes().to_vec())];
    admin.upload(STYLE, &typed, &chosen).await;
    assert!(
        admin.path.starts_with("/inloggen?verder=/bewaard/"),
        "{}: {}",
        admin.path,
        admin.page.text
    );
    let after = admin.hidden("verder");
    let fields = [
        ("email", ADMIN),
        ("password", tests::PASSWORD),
        ("verder", after.as_str()),
    ];
    admin.submit("/inloggen", &fields).await;
    assert_eq!(admin.path, after);
    for shown in [
        "Een golf boven het water",
        "Bestanden bewaren wij niet.",
        "Kies nog een keer: golf.svg",
        "name=\"logo\"",
        "enctype=\"multipart/form-data\"",
    ] {
        assert!(
            admin.page.text.contains(shown),
            "{shown}: {}",
            admin.page.text
        );
    }
    assert_eq!(admin.hidden("primary"), "#58b0a4");
    admin.upload(STYLE, &typed, &chosen).await;
    assert_eq!(admin.page.status, 200, "{}", admin.page.text);
    assert!(admin.page.text.contains("Een golf boven het water"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_to_import_that_came_when_the_session_was_over_leads_to_the_sign_in_as_well() {
    const READ: &str = "/beheer/kalender/inlezen";
    let app = TestApp::open().await;
    let mut lead = Browser::sign_in(&app, HOST, "all@waterdam.example").await;
    lead.go(READ).await;
    let sign_out = lead.post_request("/uitloggen", &lead.csrf_token(), &[]);
    assert_eq!(lead.send(sign_out).await.status, 303);
    let chosen = [("file", "feestdagen.ics", b"BEGIN:VCALENDAR".to_vec())];
    lead.upload(READ, &[], &chosen).await;
    assert!(
        lead.path.starts_with("/inloggen?verder=/bewaard/"),
        "{}: {}",
        lead.path,
        lead.page.text
    );
    let mut stranger = Browser::open(&app, HOST, "/inloggen").await;
    stranger.upload(READ, &[], &chosen).await;
    assert_eq!(stranger.page.status, 401, "{}", stranger.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_that_is_half_filled_on_this_computer_is_offered() {
    const FORM: &str = "/formulieren/klacht-tip-compliment";
    let app = TestApp::open().await;
    let mut truus = Browser::open(&app, HOST, FORM).await;
    let mut drafts = Vec::new();
    for kort in ["De lift is stuk", "De stoep is los"] {
        truus.go(FORM).await;
        let typed = [("soort", "klacht"), ("kort", kort)];
        truus.submit(&format!("{FORM}/bericht"), &typed).await;
        drafts.push(truus.hidden("_concept"));
        app.clock.advance(chrono::TimeDelta::minutes(1));
    }
    assert_ne!(drafts[0], drafts[1]);
    truus.go(FORM).await;
    for draft in &drafts {
        let go_on = format!("{FORM}?concept={draft}");
        assert!(truus.page.text.contains(&go_on), "{}", truus.page.text);
    }
    let newest = [("concept", drafts[1].as_str())];
    truus
        .submit(&format!("{FORM}/opnieuw-beginnen"), &newest)
        .await;
    assert!(
        truus.page.text.contains(&drafts[0]),
        "the other one is still offered"
    );
    assert!(!truus.page.text.contains(&drafts[1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_owns_an_account_sees_when_somebody_last_failed_to_get_in() {
    let app = TestApp::open().await;
    let mut desk = Browser::sign_in(&app, HOST, CLERK).await;
    let told = "Laatste mislukte poging";
    assert!(!desk.page.text.contains(told));
    let wrong = json!({ "email": CLERK, "password": "niet dit" });
    let refused = app.anonymous(HOST).post("/api/v1/sessions", &wrong).await;
    assert_eq!(refused.status, 401);
    desk.go("/account").await;
    assert!(desk.page.text.contains(told), "{}", desk.page.text);
    let mut colleague = Browser::sign_in(&app, HOST, "colleague@waterdam.example").await;
    colleague.go("/account").await;
    assert!(!colleague.page.text.contains(told), "of another account");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_translation_stays_marked_after_publishing_until_it_is_confirmed() {
    let app = TestApp::open().await;
    let editor = app.signed_in(HOST, "formeditor@waterdam.example").await;
    let draft = "/api/v1/form-drafts/klacht-tip-compliment";
    let mut page = Browser::sign_in(&app, HOST, "formeditor@waterdam.example").await;
    let texts = "/beheer/formulieren/klacht-tip-compliment/teksten";
    let begin = async || {
        editor
            .post(&format!("{draft}/_begin"), &Value::Null)
            .await
            .status
    };
    assert!(begin().await < 300);
    let put = async |body: &Value| {
        let request = editor.request("PUT", &format!("{draft}/translations"));
        editor.send(request.json(body)).await
    };
    let version = async || editor.get(draft).await.json["version"].as_i64().unwrap();
    let change = json!({ "expectedVersion": version().await, "items": { "kort": { "nl": "Wat ging er mis?" } } });
    let changed = put(&change).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    let tick = "name=\"current.en.kort\"";
    page.go(texts).await;
    assert!(page.page.text.contains(tick), "{}", page.page.text);
    let publish = json!({ "expectedVersion": version().await, "note": "Duidelijker" });
    let published = editor.post(&format!("{draft}/_publish"), &publish).await;
    assert!(published.status < 300, "{}", published.text);
    assert!(begin().await < 300);
    page.go(texts).await;
    assert!(page.page.text.contains(tick), "published, and still behind");
    let confirm =
        json!({ "expectedVersion": version().await, "items": {}, "confirmed": { "kort": ["en"] } });
    let confirmed = put(&confirm).await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text);
    page.go(texts).await;
    assert!(!page.page.text.contains(tick), "{}", page.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_log_names_gifts_and_practices_for_whoever_may_open_them() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let gift = json!({
        "budgetId": app.waterdam.budget.unwrap(), "kind": "flowers", "description": "Tulpen", "amountCents": 1250,
        "reason": "Voor het wachten", "recipient": "Een bewoner van de Lindelaan", "phone": "0612345678",
    });
    let given = clerk.post("/api/v1/gifts", &gift).await;
    assert_eq!(given.status, 201, "{}", given.text);
    let id = given.json["id"].as_str().unwrap();
    let mut auditor = Browser::sign_in(&app, HOST, "auditor@waterdam.example").await;
    auditor.go("/beheer/logboek").await;
    let named = "Bloemen of plant, €\u{a0}12,50";
    for shown in [named, &format!("href=\"/attenties/{id}\"")] {
        assert!(
            auditor.page.text.contains(shown),
            "{shown}: {}",
            auditor.page.text
        );
    }
}
