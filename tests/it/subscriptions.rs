//! Municipalities join: the operator makes one, Schagen asks for a subscription, plans warn before they stop anything, and the operator sees
//! counts only.

use std::str::FromStr as _;

use chrono::TimeDelta;
use domain::{
    practices::Municipality,
    quotas::{self, OwnQuotas, Plan},
    subscriptions::{self, ChangeRequest},
};
use serde_json::{Value, json};
use tenants::{
    ContactDetails, TenantId, TenantKind, TenantState,
    tenant::{self, NewTenant},
};
use tests::{Browser, Caller, TestApp};

const OPERATOR: &str = "operator@gehoord.example";

async fn operator(app: &TestApp) -> Caller {
    app.signed_in("localhost", OPERATOR).await
}

fn schagen() -> Value {
    json!({
        "codes": ["GM0441"], "plan": "small", "phone": "14 0224",
        "adminName": "Noor Visser", "adminEmail": "noor.visser@schagen.example",
    })
}

fn asked() -> Value {
    json!({
        "code": "GM0441", "name": "Noor Visser", "jobTitle": "Teamleider",
        "email": "noor.visser@schagen.example", "phone": "0224 12 34 56", "plan": "small",
        "remarks": "Graag in januari.",
    })
}

/// The address behind a host in the newest mail to somebody.
fn link(app: &TestApp, recipient: &str, host: &str) -> String {
    let mails = app.mails.lock().unwrap();
    let mut mails = mails.iter().rev();
    let mail = mails.find(|mail| mail.recipient == recipient && mail.body.contains(host));
    let (_, path) = mail.unwrap().body.split_once(host).unwrap();
    let path = path.split_whitespace().next().unwrap();
    path.get(path.find('/').unwrap()..).unwrap().to_owned()
}

fn problem(reply: &tests::Reply) -> Vec<(String, String)> {
    let errors = reply.json["errors"].as_array().cloned().unwrap_or_default();
    let word = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
    (errors.iter())
        .map(|error| (word(error, "field"), word(error, "code")))
        .collect()
}

/// Gives Waterdam a small plan with numbers of its own.
async fn subscribed(app: &TestApp, own: OwnQuotas) {
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    quotas::subscribe(&tx, Plan::Small, own).await.unwrap();
    quotas::count_people(&tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_makes_a_municipality_on_one_page_and_its_administrator_signs_in() {
    let app = TestApp::open().await;
    let mut browser = Browser::sign_in(&app, "localhost", OPERATOR).await;
    browser.go("/platform").await;
    assert!(
        browser
            .page
            .text
            .contains("Er is niets dat aandacht vraagt.")
    );
    browser
        .go("/platform/gemeenten/nieuw?gemeente=GM0441")
        .await;
    for proposal in [
        "value=\"schagen\"",
        "value=\"schagen.localhost\"",
        "value=\"Gemeente Schagen\"",
    ] {
        assert!(browser.page.text.contains(proposal), "{proposal}");
    }
    browser
        .submit(
            "/platform/gemeenten/nieuw",
            &[
                ("codes", "GM0441"),
                ("plan", "small"),
                ("adminName", "Noor Visser"),
                ("adminEmail", "geen adres"),
            ],
        )
        .await;
    assert_eq!(browser.page.status, 400);
    assert!(
        browser.page.text.contains("adminEmail-fout"),
        "{}",
        browser.page.text
    );
    assert!(
        browser.page.text.contains("Noor Visser"),
        "what was typed stays"
    );
    let fields = [
        ("codes", "GM0441"),
        ("plan", "small"),
        ("adminName", "Noor Visser"),
        ("adminEmail", "noor.visser@schagen.example"),
    ];
    browser.submit("/platform/gemeenten/nieuw", &fields).await;
    assert_eq!(
        browser.path,
        "/platform/gemeenten/schagen?klaar=gemeente-gemaakt"
    );
    assert!(
        browser.page.text.contains("In voorbereiding"),
        "{}",
        browser.page.text
    );
    assert!(browser.page.text.contains("Schagen (GM0441)"));
    browser.submit("/platform/gemeenten/nieuw", &fields).await;
    assert!(
        browser
            .page
            .text
            .contains("Deze korte naam is al in gebruik.")
    );
    app.run_jobs().await;
    let path = link(&app, "noor.visser@schagen.example", "schagen.localhost");
    let mut noor = Browser::open(&app, "schagen.localhost", &path).await;
    assert!(
        noor.page.text.contains("Welkom, Noor Visser."),
        "{}",
        noor.page.text
    );
    let password = "vier paarden in de wei";
    noor.submit(&path, &[("password", password), ("again", password)])
        .await;
    let credentials = [
        ("email", "noor.visser@schagen.example"),
        ("password", password),
        ("verder", ""),
    ];
    noor.submit("/inloggen", &credentials).await;
    assert_eq!(noor.path, "/beheer", "{}", noor.page.text);
    noor.go("/beheer/abonnement").await;
    assert!(noor.page.text.contains("1 van 25"), "{}", noor.page.text);
    let log = operator(&app).await.get("/api/v1/audit-entries").await;
    assert!(log.text.contains("subscription.make"), "{}", log.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_of_a_new_municipality_that_cannot_be_used_is_told_at_its_place() {
    let app = TestApp::open().await;
    let operator = operator(&app).await;
    let made = operator.post("/api/v1/municipalities", &schagen()).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.json["hosts"], json!(["schagen.localhost"]));
    for (change, field, code) in [
        (json!({ "codes": [] }), "codes", "required_choice"),
        (json!({ "codes": ["GM0000"] }), "codes", "code_unknown"),
        (json!({ "codes": ["GM0457"] }), "codes", "code_succeeded"),
        (
            json!({ "codes": ["GM0441"], "slug": "schagen2", "host": "schagen2.localhost" }),
            "codes",
            "code_served",
        ),
        (
            json!({ "codes": ["GM0363"], "slug": "schagen", "host": "adam.localhost" }),
            "slug",
            "short_name_taken",
        ),
        (
            json!({ "codes": ["GM0363"], "slug": "Mokum!" }),
            "slug",
            "not_a_short_name",
        ),
        (
            json!({ "codes": ["GM0363"], "host": "waterdam.localhost" }),
            "host",
            "host_taken",
        ),
        (
            json!({ "codes": ["GM0363"], "host": "www.amsterdam.nl" }),
            "host",
            "host_elsewhere",
        ),
        (
            json!({ "codes": ["GM0363"], "plan": "reusachtig" }),
            "plan",
            "not_an_option",
        ),
        (
            json!({ "codes": ["GM0363"], "adminName": "" }),
            "adminName",
            "required",
        ),
        (
            json!({ "codes": ["GM0363"], "adminEmail": "geen adres" }),
            "adminEmail",
            "not_an_email",
        ),
        (
            json!({ "codes": ["GM0363"], "bundle": tests::absent_id() }),
            "bundle",
            "not_an_option",
        ),
    ] {
        let mut request = schagen();
        for (key, value) in change.as_object().unwrap() {
            request[key] = value.clone();
        }
        let refused = operator.post("/api/v1/municipalities", &request).await;
        assert_eq!(refused.status, 400, "{change}: {}", refused.text);
        let expected = (field.to_owned(), code.to_owned());
        assert!(
            problem(&refused).contains(&expected),
            "{change}: {}",
            refused.text
        );
    }
    let weesp = json!({ "codes": ["GM0457"] });
    let refused = operator.post("/api/v1/municipalities", &weesp).await;
    assert!(
        refused.text.contains("Amsterdam (GM0363)"),
        "its successor is named: {}",
        refused.text
    );
    let listed = operator.get("/api/v1/municipalities?q=schag").await;
    assert_eq!(
        listed.json["items"].as_array().unwrap().len(),
        1,
        "{}",
        listed.text
    );
    assert_eq!(listed.json["items"][0]["state"], "preparing");
    let clerk = app.clerk().await;
    let refused = clerk.post("/api/v1/municipalities", &schagen()).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_finds_the_chosen_bundle_waiting_and_may_activate_it() {
    let app = TestApp::open().await;
    let bundle: domain::bundles::Bundle =
        serde_json::from_str(domain::bundles::KLANTENSERVICE).unwrap();
    let bundle = crate::bundles::offered(&app, bundle).await;
    let operator = operator(&app).await;
    let mut request = schagen();
    request["bundle"] = json!(bundle);
    request["phone"] = json!("");
    let refused = operator.post("/api/v1/municipalities", &request).await;
    let expected = ("bundle".to_owned(), "bundle_not_ready".to_owned());
    assert_eq!(problem(&refused), [expected], "{}", refused.text);
    request["phone"] = json!("14 0224");
    let made = operator.post("/api/v1/municipalities", &request).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let tx = app.db.platform_read().await.unwrap();
    let tenant = subscriptions::municipality(&tx, "schagen").await.unwrap();
    drop(tx);
    let tx = app.db.write(tenant.id).await.unwrap();
    let waiting = domain::bundles::adoptions(&tx, None).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].prepared_by.is_none() && waiting[0].activated_at.is_none());
    let everybody = tenants::staff::all(&tx, None).await.unwrap();
    let done = domain::bundles::activate(&tx, waiting[0].id, (&tenant, &everybody[0])).await;
    // Rules of gifts are the budget holder's; what is said is that, not that somebody took part in preparing it.
    let refusal = done.err().map(|error| error.code());
    assert!(
        refusal.is_none() || refusal == Some(domain::Code::BundleNeedsColleague),
        "{refusal:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn schagen_asks_for_a_subscription_confirms_it_and_is_approved() {
    let app = TestApp::open().await;
    let mut noor = Browser::open(&app, "localhost", "/aanmelden").await;
    noor.submit("/aanmelden", &[("code", ""), ("email", "geen adres")])
        .await;
    assert_eq!(noor.page.status, 400);
    for field in ["code", "name", "jobTitle", "email", "phone", "plan"] {
        let place = format!("id=\"{field}-fout\"");
        assert!(
            noor.page.text.contains(&place),
            "{field}: {}",
            noor.page.text
        );
    }
    let asked = asked();
    let fields: Vec<(&str, &str)> = (asked.as_object().unwrap().iter())
        .map(|(key, value)| (key.as_str(), value.as_str().unwrap()))
        .collect();
    noor.submit("/aanmelden", &fields).await;
    assert_eq!(noor.path, "/aanmelden/verstuurd", "{}", noor.page.text);
    let mut operator = Browser::sign_in(&app, "localhost", OPERATOR).await;
    operator.go("/platform").await;
    assert!(
        !operator.page.text.contains("Schagen wil meedoen"),
        "nobody confirmed it yet"
    );
    app.run_jobs().await;
    let path = link(&app, "noor.visser@schagen.example", "localhost");
    for _ in 0..2 {
        noor.go(&path).await;
        assert!(
            noor.page.text.contains("Ja, bevestigen"),
            "looking at it confirms nothing"
        );
    }
    noor.submit(&path, &[]).await;
    assert!(
        noor.page.text.contains("is bevestigd"),
        "{}",
        noor.page.text
    );
    operator.go("/platform").await;
    assert!(
        operator.page.text.contains("Schagen wil meedoen"),
        "{}",
        operator.page.text
    );
    let api = self::operator(&app).await;
    let list = api.get("/api/v1/subscription-requests").await;
    let id = list.json["items"][0]["id"].as_str().unwrap().to_owned();
    assert!(!list.text.contains("secret"), "{}", list.text);
    let page = format!("/platform/aanvragen/{id}");
    operator.go(&page).await;
    for known in [
        "noor.visser@schagen.example",
        "value=\"schagen\"",
        "Graag in januari.",
    ] {
        assert!(operator.page.text.contains(known), "{known}");
    }
    let fields = [
        ("codes", "GM0441"),
        ("slug", "schagen"),
        ("plan", "medium"),
        ("adminName", "Nadia Amrani"),
        ("adminEmail", "nadia@schagen.example"),
    ];
    operator.submit(&page, &fields).await;
    assert_eq!(
        operator.path, "/platform/gemeenten/schagen?klaar=gemeente-gemaakt",
        "{}",
        operator.page.text
    );
    let again = api
        .post(
            &format!("/api/v1/subscription-requests/{id}/_approve"),
            &schagen(),
        )
        .await;
    assert_eq!(again.status, 409, "{}", again.text);
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap();
    let told = |who: &str, what: &str| {
        (mails.iter()).any(|mail| mail.recipient == who && mail.subject.contains(what))
    };
    assert!(told("nadia@schagen.example", "Uw account"));
    assert!(told("noor.visser@schagen.example", "doet mee"));
}

/// A request as the form sends it, under the key of its page.
fn with_key<'a>(asked: &'a Value, key: &'a str) -> Vec<(&'a str, &'a str)> {
    (asked.as_object().unwrap().iter())
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .chain([("_sleutel", key)])
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_press_asks_for_no_second_subscription() {
    const THANKS: &str = "/aanmelden/verstuurd";
    let app = TestApp::open().await;
    let mut noor = Browser::open(&app, "localhost", "/aanmelden").await;
    let (csrf, key) = (noor.csrf_token(), noor.hidden("_sleutel"));
    assert!(!key.is_empty(), "{}", noor.page.text);
    let asked = asked();
    let fields = with_key(&asked, &key);
    // A refusal leaves the key free.
    let empty = [("email", "geen adres"), ("_sleutel", key.as_str())];
    noor.submit_with("/aanmelden", &csrf, &empty).await;
    assert_eq!(noor.page.status, 400);
    assert_eq!(noor.hidden("_sleutel"), key, "the key stays in the form");
    for _ in 0..20 {
        noor.submit_with("/aanmelden", &csrf, &fields).await;
        assert_eq!(noor.path, THANKS, "{}", noor.page.text);
    }
    app.run_jobs().await;
    let links = {
        let mails = app.mails.lock().unwrap();
        let noor = "noor.visser@schagen.example";
        mails.iter().filter(|mail| mail.recipient == noor).count()
    };
    assert_eq!(links, 1);
    // Whoever fills in the form anew asks anew, until the mailbox got its links of the day.
    for number in 1..5 {
        noor.go("/aanmelden").await;
        let key = noor.hidden("_sleutel");
        noor.submit("/aanmelden", &with_key(&asked, &key)).await;
        let is_sent = noor.path == THANKS;
        assert_eq!(is_sent, number < 3, "{number}: {}", noor.page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_refused_with_a_reason_that_is_mailed_and_forgotten_after_a_year() {
    let app = TestApp::open().await;
    let public = app.anonymous("localhost");
    let elsewhere = app.anonymous("waterdam.localhost");
    assert_eq!(
        elsewhere
            .post("/api/v1/subscription-requests", &asked())
            .await
            .status,
        404
    );
    for _ in 0..3 {
        let sent = public.post("/api/v1/subscription-requests", &asked()).await;
        assert_eq!(sent.status, 202, "{}", sent.text);
    }
    let braked = public.post("/api/v1/subscription-requests", &asked()).await;
    assert_eq!(
        braked.status, 429,
        "an address gets three links a day: {}",
        braked.text
    );
    app.run_jobs().await;
    let path = link(&app, "noor.visser@schagen.example", "localhost");
    let code = path.rsplit('/').next().unwrap();
    let confirm = |code: &str| json!({ "code": code });
    let wrong = public
        .post("/api/v1/subscription-requests/_confirm", &confirm("onzin"))
        .await;
    assert_eq!(wrong.status, 410, "{}", wrong.text);
    let right = public
        .post("/api/v1/subscription-requests/_confirm", &confirm(code))
        .await;
    assert_eq!(right.status, 204, "{}", right.text);
    let operator = operator(&app).await;
    let list = operator.get("/api/v1/subscription-requests").await;
    let id = list.json["items"][0]["id"].as_str().unwrap().to_owned();
    let refuse = format!("/api/v1/subscription-requests/{id}/_refuse");
    let empty = operator.post(&refuse, &json!({ "reason": " " })).await;
    assert_eq!(
        problem(&empty),
        [("reason".to_owned(), "required".to_owned())]
    );
    let reason = json!({ "reason": "Schagen doet al mee." });
    assert_eq!(operator.post(&refuse, &reason).await.status, 204);
    assert_eq!(operator.post(&refuse, &reason).await.status, 409);
    app.run_jobs().await;
    let told = app.mails.lock().unwrap().last().unwrap().clone();
    assert!(told.body.contains("Schagen doet al mee."), "{}", told.body);
    app.clock.advance(TimeDelta::days(8));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    let count = async || {
        let tx = app.db.platform_read().await.unwrap();
        let mut kept = 0;
        for status in subscriptions::RequestStatus::ALL {
            kept += subscriptions::list(&tx, *status, None).await.unwrap().len();
        }
        kept
    };
    assert_eq!(
        count().await,
        1,
        "what nobody confirmed is gone after a week"
    );
    app.clock.advance(TimeDelta::days(366));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    assert_eq!(count().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_plan_takes_no_further_colleague_and_says_whom_to_ask() {
    let app = TestApp::open().await;
    let people = i64::try_from(tests::ROLES.len()).unwrap() + 3;
    let own = OwnQuotas {
        people: Some(people),
        ..OwnQuotas::default()
    };
    subscribed(&app, own).await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let invite = |name: &str| json!({ "name": name, "email": format!("{name}@waterdam.example"), "roles": ["clerk"] });
    let first = admin.post("/api/v1/staff-members", &invite("noor")).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let refused = admin.post("/api/v1/staff-members", &invite("yusuf")).await;
    assert_eq!(
        (refused.status, refused.json["code"].as_str()),
        (409, Some("quota-people"))
    );
    assert!(
        refused.text.contains("beheerder van het platform"),
        "{}",
        refused.text
    );
    app.run_jobs().await;
    let notices = admin.get("/api/v1/notices").await;
    assert!(notices.text.contains("quotaNear"), "{}", notices.text);
    let operator = operator(&app).await;
    let desk = operator.get("/api/v1/municipalities").await;
    assert_eq!(
        desk.json["attention"][0]["slug"], "waterdam",
        "{}",
        desk.text
    );
    let more = json!({ "plan": "medium", "codes": ["GM9001"] });
    let path = "/api/v1/municipalities/waterdam/subscription";
    let changed = operator
        .send(operator.request("PUT", path).json(&more))
        .await;
    assert_eq!(changed.status, 204, "{}", changed.text);
    let second = admin.post("/api/v1/staff-members", &invite("yusuf")).await;
    assert_eq!(second.status, 201, "{}", second.text);
    let wrong = json!({ "plan": "medium", "codes": ["GM9001"], "people": 0, "mails": -1 });
    let refused = operator
        .send(operator.request("PUT", path).json(&wrong))
        .await;
    let fields: Vec<String> = problem(&refused)
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(fields, ["people", "mails"], "{}", refused.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_over_the_quota_wait_for_the_next_day_but_not_receipts_and_account_mails() {
    let app = TestApp::open().await;
    let own = OwnQuotas {
        mails: Some(1),
        messages: Some(1),
        ..OwnQuotas::default()
    };
    subscribed(&app, own).await;
    for _ in 0..3 {
        app.complaint().await;
    }
    app.run_jobs().await;
    let sent = |app: &TestApp| app.mails.lock().unwrap().len();
    assert_eq!(sent(&app), 3, "messages and their receipts never stop");
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let noor = json!({ "name": "Noor", "email": "noor@waterdam.example", "roles": ["clerk"] });
    assert_eq!(admin.post("/api/v1/staff-members", &noor).await.status, 201);
    app.run_jobs().await;
    assert_eq!(sent(&app), 4, "an invitation never waits");
    let clerk = app.clerk().await;
    let cases = clerk.get("/api/v1/cases").await;
    let case = cases.json["items"][0]["id"].as_str().unwrap().to_owned();
    let text = json!({ "text": "Wij maken het." });
    let wrote = clerk
        .post(&format!("/api/v1/cases/{case}/messages"), &text)
        .await;
    assert!(wrote.status < 300, "{}", wrote.text);
    app.run_jobs().await;
    assert_eq!(sent(&app), 4, "it waits for tomorrow");
    let state = clerk.get(&format!("/api/v1/cases/{case}/mails")).await;
    assert!(state.text.contains("queued"), "{}", state.text);
    app.clock.advance(TimeDelta::days(1));
    app.run_jobs().await;
    assert!(sent(&app) > 4, "it left on the next day");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_used_is_counted_by_the_day_and_warns_once_at_each_level() {
    let app = TestApp::open().await;
    let own = OwnQuotas {
        mails: Some(5),
        ..OwnQuotas::default()
    };
    subscribed(&app, own).await;
    let jobs = async || {
        let tx = app.db.platform_read().await.unwrap();
        domain::jobs::waiting(&tx).await.unwrap()
    };
    let count = async || {
        let tx = app.db.write(app.waterdam.id).await.unwrap();
        quotas::count_mail(&tx).await.unwrap();
        tx.commit().await.unwrap();
        jobs().await
    };
    let mut told = Vec::new();
    for _ in 0..7 {
        told.push(count().await);
    }
    assert_eq!(told, [0, 0, 0, 1, 2, 2, 2]);
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(count().await, 2, "a new day begins with nothing");
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let row = quotas::get(&tx).await.unwrap().unwrap();
    assert_eq!(row.mails, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_messages_than_agreed_are_told_the_next_night_and_never_stopped() {
    let app = TestApp::open().await;
    let own = OwnQuotas {
        messages: Some(1),
        ..OwnQuotas::default()
    };
    subscribed(&app, own).await;
    for _ in 0..2 {
        app.complaint().await;
    }
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let row = quotas::get(&tx).await.unwrap().unwrap();
    let usage = row.usage(quotas::Measure::Messages);
    assert_eq!((usage.used, usage.level), (2, 100));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_staff_is_refused_when_the_storage_is_full() {
    let app = TestApp::open().await;
    let own = OwnQuotas {
        storage_gb: Some(1),
        ..OwnQuotas::default()
    };
    subscribed(&app, own).await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    quotas::require_storage(&tx).await.unwrap();
    quotas::keep_storage(&tx, 1_000_000_000).await.unwrap();
    let full = quotas::require_storage(&tx).await.unwrap_err();
    assert_eq!(full.code(), domain::Code::QuotaStorage);
    tx.commit().await.unwrap();
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let row = quotas::get(&tx).await.unwrap().unwrap();
    assert_eq!((row.storage, row.warned_storage), (0, 0), "counted anew");
}

async fn made(app: &TestApp, number: usize, state: TenantState) -> TenantId {
    let tx = app.db.platform().await.unwrap();
    let new = NewTenant {
        kind: TenantKind::Municipality,
        state,
        slug: format!("dorp-{number}"),
        name: format!("Gemeente Dorp {number:03}"),
        zone: chrono_tz::Tz::from_str("Europe/Amsterdam").unwrap(),
        languages: vec!["nl".to_owned()],
        style: json!({}),
        contact: ContactDetails::default(),
        hosts: vec![format!("dorp-{number}.localhost")],
    };
    let tx = tenant::create(tx, new).await.unwrap();
    quotas::subscribe(&tx, Plan::Small, OwnQuotas::default())
        .await
        .unwrap();
    let id = tx.tenant();
    tx.commit().await.unwrap();
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_asks_as_many_statements_for_sixty_municipalities_as_for_two() {
    let app = TestApp::open().await;
    let mut browser = Browser::sign_in(&app, "localhost", OPERATOR).await;
    browser.go("/platform").await;
    let (few, ()) = app.statements(browser.go("/platform")).await;
    for number in 0..60 {
        let state = if number % 20 == 7 {
            TenantState::Suspended
        } else {
            TenantState::Active
        };
        let id = made(&app, number, state).await;
        let tx = app.db.write(id).await.unwrap();
        for _ in 0..number % 3 {
            quotas::count_mail(&tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    let (many, ()) = app.statements(browser.go("/platform")).await;
    assert_eq!(few, many);
    assert!(
        browser.page.text.contains("Stilgezet"),
        "what needs attention comes first"
    );
    let (attention, all) = browser.page.text.split_once("id=\"alle\"").unwrap();
    assert_eq!(attention.matches("/platform/gemeenten/dorp-").count(), 3);
    assert_eq!(all.matches("/platform/gemeenten/").count(), 25);
    browser.go("/platform?zoek=dorp+05&stand=active").await;
    let (_, all) = browser.page.text.split_once("id=\"alle\"").unwrap();
    assert_eq!(all.matches("/platform/gemeenten/").count(), 10);
    browser.go("/platform?pagina=3&stand=onzin").await;
    assert_eq!(browser.page.status, 200);
    browser.go("/platform?zoek=%25").await;
    assert!(
        browser
            .page
            .text
            .contains("Er is geen gemeente die hierbij past.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_the_operator_are_on_the_platform_only_and_show_no_contents() {
    let app = TestApp::open().await;
    app.complaint().await;
    let mut operator = Browser::sign_in(&app, "localhost", OPERATOR).await;
    for page in [
        "/platform",
        "/platform/gemeenten/waterdam",
        "/platform/aanvragen",
    ] {
        operator.go(page).await;
        assert_eq!(operator.page.status, 200, "{page}: {}", operator.page.text);
        for word in ["De lift is stuk", "Ik kom niet boven", "Truus"] {
            assert!(!operator.page.text.contains(word), "{page}: {word}");
        }
    }
    operator.go("/platform/gemeenten/gehoord").await;
    assert_eq!(operator.page.status, 404, "the platform is no municipality");
    let mut all = Browser::sign_in(&app, "waterdam.localhost", "all@waterdam.example").await;
    for page in [
        "/platform",
        "/platform/gemeenten/nieuw",
        "/platform/aanvragen",
    ] {
        all.go(page).await;
        assert_eq!(all.page.status, 403, "{page}");
    }
    for page in [
        "/aanmelden",
        "/aanmelden/verstuurd",
        "/aanmelden/bevestigen/x",
    ] {
        all.go(page).await;
        assert_eq!(all.page.status, 404, "{page}");
    }
    let known = Municipality::by_code("GM0441").unwrap();
    let request = ChangeRequest {
        codes: vec![known.code.to_owned()],
        plan: "small".to_owned(),
        ..ChangeRequest::default()
    };
    let tx = app.db.platform().await.unwrap();
    let none = subscriptions::change(&tx, app.waterdam.id, &request)
        .await
        .unwrap_err();
    assert_eq!(none.code(), domain::Code::NotFound, "it has no plan");
}
