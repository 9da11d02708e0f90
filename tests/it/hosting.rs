//! Where a municipality is found, and what residents and staff find there when it is being prepared, suspended or gone.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use domain::hosting::HostFinding;
use serde_json::{Value, json};
use tenants::{TenantState, tenant};
use tests::{Browser, Caller, DnsReply, FakeDns, PASSWORD, Reply, TestApp, absent_id};

use crate::{isolation::call, operations::operations};

const ADMIN: &str = "tenantadmin@waterdam.example";
const OPERATOR: &str = "operator@gehoord.example";
const FORM: &str = "/api/v1/forms/klacht-tip-compliment/submissions";

async fn with_dns() -> (TestApp, FakeDns) {
    let dns = FakeDns::start().await;
    let address = dns.address();
    let app = TestApp::with_settings(|settings| {
        settings.dns.server = Some(address);
        settings.dns.timeout_seconds = 1;
    })
    .await;
    (app, dns)
}

async fn admin(app: &TestApp) -> Caller {
    app.signed_in("waterdam.localhost", ADMIN).await
}

async fn operator(app: &TestApp) -> Caller {
    app.signed_in("localhost", OPERATOR).await
}

/// Claims a host and gives back the claim.
async fn claim(caller: &Caller, host: &str) -> Value {
    let claimed = caller
        .post("/api/v1/host-claims", &json!({ "host": host }))
        .await;
    assert_eq!(claimed.status, 201, "{}", claimed.text);
    claimed.json
}

async fn check(caller: &Caller, claim: &Value) -> Reply {
    let id = claim["id"].as_str().unwrap();
    let path = format!("/api/v1/host-claims/{id}/_check");
    caller.post(&path, &json!({})).await
}

fn prove(dns: &FakeDns, claim: &Value) {
    let text = claim["recordText"].as_str().unwrap().to_owned();
    let other = "v=spf1 -all".to_owned();
    let name = claim["recordName"].as_str().unwrap();
    dns.says(name, DnsReply::Texts(vec![other, text]));
}

/// Suspends, resumes or ends Waterdam.
async fn stand(app: &TestApp, step: &str) -> Reply {
    let path = format!("/api/v1/tenants/waterdam/_{step}");
    let reason = json!({ "reason": "Het contract is afgelopen." });
    let done = operator(app).await.post(&path, &reason).await;
    assert_eq!(done.status, 200, "{}", done.text);
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn a_municipality_proves_its_own_host_and_is_found_there() {
    let (app, dns) = with_dns().await;
    let caller = admin(&app).await;
    let waiting = claim(&caller, " Meldingen.Waterdam.Example. ").await;
    assert_eq!(waiting["host"], "meldingen.waterdam.example");
    assert_eq!(waiting["recordName"], "_gehoord.meldingen.waterdam.example");
    let at_own = app.anonymous("meldingen.waterdam.example");
    assert_eq!(at_own.get("/").await.status, 404, "it waits");
    let missing = check(&caller, &waiting).await;
    assert_eq!(
        missing.json,
        json!({ "host": "meldingen.waterdam.example", "isActive": false, "finding": "missing" })
    );
    prove(&dns, &waiting);
    let proven = check(&caller, &waiting).await;
    assert_eq!(proven.json["isActive"], true, "{}", proven.text);
    let home = at_own.get("/").await;
    assert_eq!(home.status, 200);
    assert!(home.text.contains("Gemeente waterdam"));

    // Links lead to the first one until the municipality says otherwise.
    let first = |reply: &Reply| reply.json["active"][0]["host"].clone();
    assert_eq!(
        first(&caller.get("/api/v1/hosts").await),
        "waterdam.localhost"
    );
    let own = json!({ "host": "meldingen.waterdam.example" });
    let request = caller.request("PUT", "/api/v1/primary-host").json(&own);
    assert_eq!(first(&caller.send(request).await), own["host"]);
    let contact = at_own.get("/.well-known/security.txt").await;
    assert!(
        contact.text.contains("://meldingen.waterdam.example/"),
        "{}",
        contact.text
    );
    let refused = caller.post("/api/v1/hosts/_remove", &own).await;
    assert_eq!(refused.json["errors"][0]["code"], "host_is_first");
    let old = json!({ "host": "waterdam.localhost" });
    assert_eq!(caller.post("/api/v1/hosts/_remove", &old).await.status, 200);
    assert_eq!(
        app.anonymous("waterdam.localhost").get("/").await.status,
        404
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_dns_answers_is_told_and_without_proof_nothing_is_in_use() {
    let (app, dns) = with_dns().await;
    let caller = admin(&app).await;
    let waiting = claim(&caller, "klachten.waterdam.example").await;
    let name = waiting["recordName"].as_str().unwrap();
    let text = waiting["recordText"].as_str().unwrap();
    let near = |text: String| DnsReply::Texts(vec![text]);
    for (reply, finding) in [
        (DnsReply::Nothing, HostFinding::Missing),
        (DnsReply::Texts(Vec::new()), HostFinding::Missing),
        (near("v=spf1 -all".to_owned()), HostFinding::Other),
        (near(text[..text.len() - 1].to_owned()), HostFinding::Other),
        (near(format!("{text}x")), HostFinding::Other),
        (near("a".repeat(900)), HostFinding::Other),
        (DnsReply::Failure, HostFinding::Failed),
        (DnsReply::Silence, HostFinding::Late),
    ] {
        dns.says(name, reply.clone());
        let checked = check(&caller, &waiting).await;
        assert_eq!(
            (checked.status, &checked.json["finding"]),
            (200, &json!(finding)),
            "{reply:?}: {}",
            checked.text
        );
        let hosts = caller.get("/api/v1/hosts").await;
        assert_eq!(hosts.json["waiting"][0]["finding"], json!(finding));
        assert_eq!(hosts.json["active"].as_array().unwrap().len(), 1);
    }
    prove(&dns, &waiting);
    assert_eq!(check(&caller, &waiting).await.json["isActive"], true);
    assert_eq!(
        check(&caller, &waiting).await.status,
        404,
        "it waits no more"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_municipalities_that_claim_a_host_the_one_that_proves_it_gets_it() {
    let (app, dns) = with_dns().await;
    let waterdam = admin(&app).await;
    let heuvelrode = app
        .signed_in("heuvelrode.localhost", "tenantadmin@heuvelrode.example")
        .await;
    let first = claim(&waterdam, "dorp.example").await;
    let second = claim(&heuvelrode, "dorp.example").await;
    assert_ne!(first["recordText"], second["recordText"]);
    prove(&dns, &second);
    assert_eq!(check(&waterdam, &first).await.json["finding"], "other");
    assert_eq!(check(&heuvelrode, &second).await.json["isActive"], true);
    // Later the record is Waterdam's: the host stays where it is.
    prove(&dns, &first);
    assert_eq!(check(&waterdam, &first).await.json["finding"], "taken");
    let home = app.anonymous("dorp.example").get("/").await;
    assert!(home.text.contains("Gemeente heuvelrode"));
    let again = json!({ "host": "DORP.example" });
    let id = first["id"].as_str().unwrap();
    let path = format!("/api/v1/host-claims/{id}");
    let back = waterdam.send(waterdam.request("DELETE", &path)).await;
    assert_eq!(back.status, 204);
    let refused = waterdam.post("/api/v1/host-claims", &again).await;
    assert_eq!(refused.json["errors"][0]["code"], "host_taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_claimed_is_refused_with_its_reason_at_the_field() {
    let app = TestApp::open().await;
    let caller = admin(&app).await;
    claim(&caller, "klachten.waterdam.example").await;
    for (host, code) in [
        ("", "required"),
        ("https://waterdam.example", "host_scheme"),
        ("waterdam.example:8443", "host_port"),
        ("*.waterdam.example", "host_wildcard"),
        ("192.0.2.7", "host_address"),
        ("waterdam", "host_dot"),
        ("localhost", "host_dot"),
        ("xn--zzzzzz99999.example", "host_unusable"),
        ("loket.localhost", "host_under_platform"),
        ("Heuvelrode.localhost", "host_taken"),
        ("WATERDAM.localhost", "host_yours"),
        ("klachten.waterdam.example.", "host_waiting"),
    ] {
        let refused = caller
            .post("/api/v1/host-claims", &json!({ "host": host }))
            .await;
        assert_eq!(
            (refused.status, &refused.json["errors"][0]["code"]),
            (400, &json!(code)),
            "{host}: {}",
            refused.text
        );
        assert_eq!(refused.json["errors"][0]["field"], "host");
    }
    for number in 0..18 {
        claim(&caller, &format!("loket{number}.waterdam.example")).await;
    }
    let full = json!({ "host": "nogeen.waterdam.example" });
    let full = caller.post("/api/v1/host-claims", &full).await;
    assert_eq!(full.json["errors"][0]["code"], "too_many_hosts");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_gives_hosts_under_the_platforms_own_and_no_others_without_proof() {
    let (app, dns) = with_dns().await;
    let caller = operator(&app).await;
    let path = "/api/v1/tenants/waterdam/hosts";
    let given = caller
        .post(path, &json!({ "host": "loket.localhost" }))
        .await;
    assert_eq!(given.status, 201, "{}", given.text);
    assert_eq!(given.json["active"][1]["host"], "loket.localhost");
    assert_eq!(app.anonymous("loket.localhost").get("/").await.status, 200);
    let taken = caller
        .post(path, &json!({ "host": "heuvelrode.localhost" }))
        .await;
    assert_eq!(taken.json["errors"][0]["code"], "host_taken");
    let own = json!({ "host": "waterdam.example" });
    let waits = caller.post(path, &own).await;
    let waiting = &waits.json["waiting"][0];
    assert_eq!(waiting["host"], "waterdam.example");
    prove(&dns, waiting);
    let checked = caller.post(&format!("{path}/_check"), &own).await;
    assert_eq!(checked.json["isActive"], true, "{}", checked.text);
    let absent = caller.post("/api/v1/tenants/nergens/hosts", &own).await;
    assert_eq!(absent.status, 404);
    let mut page = Browser::sign_in(&app, "localhost", OPERATOR).await;
    page.go("/platform/gemeenten/waterdam/adressen").await;
    assert!(
        page.page.text.contains("waterdam.example"),
        "{}",
        page.page.text
    );
    page.go("/platform/gemeenten/gehoord/adressen").await;
    assert_eq!(page.page.status, 404, "the platform is no municipality");
}

/// What the operator's desk shows before all municipalities.
async fn attention(desk: &mut Browser) -> String {
    desk.go("/platform").await;
    let (first, _) = desk.page.text.split_once("id=\"alle\"").unwrap();
    first.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_sees_first_which_hosts_wait_for_their_proof_and_what_is_missing() {
    const CALM: &str = "Er is niets dat aandacht vraagt.";
    let (app, dns) = with_dns().await;
    let mut desk = Browser::sign_in(&app, "localhost", OPERATOR).await;
    assert!(attention(&mut desk).await.contains(CALM));
    let caller = admin(&app).await;
    let waiting = claim(&caller, "meldingen.waterdam.example").await;
    let first = attention(&mut desk).await;
    for shown in [
        "meldingen.waterdam.example wacht op bewijs",
        "href=\"/platform/gemeenten/waterdam/adressen\"",
        "Gemeente waterdam",
        "Er is nog niet gekeken of het tekstrecord _gehoord.meldingen.waterdam.example",
    ] {
        assert!(first.contains(shown), "{shown}: {first}");
    }
    check(&caller, &waiting).await;
    let first = attention(&mut desk).await;
    let missing = "Het tekstrecord _gehoord.meldingen.waterdam.example staat nog niet in de DNS.";
    assert!(first.contains(missing), "{first}");
    prove(&dns, &waiting);
    check(&caller, &waiting).await;
    let first = attention(&mut desk).await;
    assert!(first.contains(CALM), "it is proven: {first}");
    claim(&caller, "klachten.waterdam.example").await;
    stand(&app, "leave").await;
    let first = attention(&mut desk).await;
    let gone = !first.contains("klachten.waterdam.example");
    assert!(gone, "nothing is done for those that left: {first}");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_page_an_administrator_claims_a_host_and_reads_what_to_do() {
    let (app, dns) = with_dns().await;
    let mut browser = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    browser.go("/beheer/adressen").await;
    let path = "/beheer/adressen";
    browser
        .submit(path, &[("host", "*.waterdam.example")])
        .await;
    assert_eq!(browser.page.status, 400);
    assert!(browser.page.text.contains("Een sterretje kan niet"));
    assert!(
        browser.page.text.contains("*.waterdam.example"),
        "nothing is lost"
    );
    browser
        .submit(path, &[("host", "klachten.waterdam.example")])
        .await;
    assert!(browser.page.text.contains("Het adres wacht op bewijs"));
    assert!(
        browser
            .page
            .text
            .contains("_gehoord.klachten.waterdam.example")
    );
    let hosts = admin(&app).await.get("/api/v1/hosts").await;
    let waiting = &hosts.json["waiting"][0];
    let look = format!("{path}/{}/controleren", waiting["id"].as_str().unwrap());
    browser.submit(&look, &[]).await;
    assert!(
        browser.page.text.contains("Wij vonden het record niet"),
        "{}",
        browser.page.text
    );
    prove(&dns, waiting);
    browser.go(path).await;
    browser.submit(&look, &[]).await;
    assert!(
        browser.page.text.contains("Het adres is in gebruik"),
        "{}",
        browser.page.text
    );
    let host = [("host", "klachten.waterdam.example")];
    browser.submit("/beheer/adressen/eerste", &host).await;
    assert!(browser.page.text.contains("Links gebruiken dit adres"));
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go(path).await;
    assert_eq!(clerk.page.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_municipality_hears_its_residents_and_lets_no_staff_in() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    app.run_jobs().await;
    let code = receipt["receiptCode"].as_str().unwrap().to_owned();
    let clerk = app.clerk().await;
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    app.mails.lock().unwrap().clear();
    let suspended = stand(&app, "suspend").await;
    assert_eq!(suspended.json["state"], "suspended");

    app.run_jobs().await;
    let mut told: Vec<_> = (app.mails.lock().unwrap().iter())
        .map(|mail| {
            (
                mail.recipient.clone(),
                mail.body.contains("Het contract is afgelopen."),
            )
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            ("all@waterdam.example".to_owned(), true),
            (ADMIN.to_owned(), true)
        ]
    );
    // Residents go on, and read how else they reach the municipality.
    for path in [
        "/",
        "/formulieren/klacht-tip-compliment",
        &format!("/melding/{code}"),
    ] {
        let page = app.anonymous("waterdam.localhost").get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(
            page.text.contains("Zo bereikt u ons ook"),
            "{path}: {}",
            page.text
        );
        assert!(page.text.contains("14 0123"), "{path}");
    }
    app.mails.lock().unwrap().clear();
    app.complaint().await;
    app.run_jobs().await;
    assert_eq!(app.mails.lock().unwrap().len(), 1, "the receipt leaves");

    // Staff is out, and reads why and whom to ask.
    assert_eq!(clerk.get("/api/v1/cases").await.status, 401);
    desk.go("/balie").await;
    assert_eq!(desk.page.status, 403);
    for fragment in [
        "kunt nu niet inloggen",
        "Het contract is afgelopen.",
        "post@gehoord.example",
    ] {
        assert!(
            desk.page.text.contains(fragment),
            "{fragment}: {}",
            desk.page.text
        );
    }
    let account = json!({ "email": "clerk@waterdam.example", "password": PASSWORD });
    let refused = app
        .anonymous("waterdam.localhost")
        .post("/api/v1/sessions", &account)
        .await;
    assert_eq!(
        (refused.status, &refused.json["code"]),
        (403, &json!("tenant-suspended"))
    );
    for operation in operations().iter().filter(|operation| operation.signed) {
        let reply = call(&clerk, operation, &absent_id(), "").await;
        assert!(
            [401, 403].contains(&reply.status),
            "{}: {}",
            operation.id,
            reply.text
        );
    }

    // Nothing is lost.
    stand(&app, "resume").await;
    let clerk = app.clerk().await;
    let cases = clerk.get("/api/v1/cases").await;
    assert_eq!(cases.json["items"].as_array().unwrap().len(), 2);
    let auditor = app
        .signed_in("waterdam.localhost", "auditor@waterdam.example")
        .await;
    let log = auditor.get("/api/v1/audit-entries").await;
    let log_of_platform = operator(&app).await.get("/api/v1/audit-entries").await;
    for action in ["tenant.suspend", "tenant.resume"] {
        assert!(log.text.contains(action), "{}", log.text);
        assert!(
            log_of_platform.text.contains(action),
            "{}",
            log_of_platform.text
        );
    }
    let page = app.anonymous("waterdam.localhost").get("/").await;
    assert!(!page.text.contains("Zo bereikt u ons ook"));
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every address that a page is registered under.
fn routes() -> BTreeSet<String> {
    let mut found = Vec::new();
    let api = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src");
    sources(&api, &mut found);
    let mut routes = BTreeSet::new();
    for file in found {
        let text = fs::read_to_string(file).unwrap();
        for rest in text.split('"').skip(1).step_by(2) {
            let is_path = rest.starts_with('/') && !rest.starts_with("//") && !rest.contains(' ');
            if is_path && !rest.contains('\\') {
                routes.insert(rest.to_owned());
            }
        }
    }
    routes
}

/// What a page of a municipality is made of, whatever it stands for.
fn is_frame(path: &str) -> bool {
    [
        "/static/",
        "/thema-",
        "/huisstijl/",
        "/taal/",
        "/favicon.ico",
        "/health",
    ]
    .iter()
    .any(|place| path.starts_with(place))
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_municipality_that_left_every_address_says_where_to_go_and_leaks_nothing() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    app.run_jobs().await;
    let code = receipt["receiptCode"].as_str().unwrap().to_owned();
    let clerk = app.clerk().await;
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    stand(&app, "leave").await;
    app.run_jobs().await;
    app.mails.lock().unwrap().clear();

    let resident = app.anonymous("waterdam.localhost");
    let paths = routes();
    assert!(paths.len() > 150, "{}", paths.len());
    for path in paths.iter().filter(|path| !is_frame(path)) {
        let path: String = path
            .split('/')
            .map(|part| {
                if part.contains('{') {
                    code.as_str()
                } else {
                    part
                }
            })
            .collect::<Vec<_>>()
            .join("/");
        for method in ["GET", "POST"] {
            let page = resident.send(resident.request(method, &path)).await;
            assert_eq!(page.status, 410, "{method} {path}: {}", page.text);
            assert!(!page.text.contains("Bakema"), "{path}");
        }
    }
    let home = resident.get(&format!("/melding/{code}")).await;
    for fragment in ["Gemeente waterdam gebruikt dit loket niet meer", "14 0123"] {
        assert!(home.text.contains(fragment), "{}", home.text);
    }
    assert!(!home.text.contains("/inloggen"), "{}", home.text);
    for operation in operations() {
        for caller in [&resident, &clerk] {
            let reply = call(caller, &operation, &absent_id(), "").await;
            assert_eq!(
                (reply.status, &reply.json["code"]),
                (410, &json!("tenant-left")),
                "{}: {}",
                operation.id,
                reply.text
            );
            assert_eq!(reply.header("content-type"), "application/problem+json");
        }
    }
    desk.go("/balie").await;
    assert_eq!(desk.page.status, 410);
    app.run_jobs().await;
    assert!(app.mails.lock().unwrap().is_empty());

    stand(&app, "resume").await;
    assert_eq!(resident.get(&format!("/melding/{code}")).await.status, 200);
    assert_eq!(resident.post(FORM, &tests::complaint()).await.status, 201);
    app.run_jobs().await;
    assert!(!app.mails.lock().unwrap().is_empty());
    assert_eq!(
        clerk.get("/api/v1/cases").await.status,
        401,
        "sessions ended"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_municipality_that_is_being_prepared_shows_residents_its_other_ways_and_lets_staff_work()
{
    let app = TestApp::open().await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    tenant::set_state(&tx, TenantState::Preparing, None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let resident = app.anonymous("waterdam.localhost");
    let home = resident.get("/").await;
    assert_eq!(home.status, 200);
    assert!(
        home.text
            .contains("Gemeente waterdam bereidt dit loket voor"),
        "{}",
        home.text
    );
    assert!(home.text.contains("14 0123"));
    for path in [
        "/formulieren/klacht-tip-compliment",
        "/privacy",
        "/nergens",
        "/api/v1/forms",
    ] {
        assert_eq!(resident.get(path).await.status, 404, "{path}");
    }
    assert_eq!(resident.post(FORM, &tests::complaint()).await.status, 404);
    let to_desk = resident.get("/balie").await;
    assert_eq!(to_desk.status, 303);
    assert!(to_desk.header("location").starts_with("/inloggen"));

    let clerk = app.clerk().await;
    assert_eq!(clerk.get("/api/v1/cases").await.status, 200);
    assert_eq!(clerk.get("/api/v1/forms").await.status, 200);
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go("/balie").await;
    assert_eq!(desk.page.status, 200);
    desk.go("/formulieren/klacht-tip-compliment").await;
    assert_eq!(desk.page.status, 200, "to try it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_operator_needs_a_reason_and_a_step_that_fits() {
    let app = TestApp::open().await;
    let caller = operator(&app).await;
    let path = |step: &str| format!("/api/v1/tenants/waterdam/_{step}");
    let refused = caller
        .post(&path("suspend"), &json!({ "reason": " " }))
        .await;
    assert_eq!(
        (refused.status, &refused.json["errors"][0]["code"]),
        (400, &json!("required"))
    );
    let reason = json!({ "reason": "Klaar." });
    let refused = caller.post(&path("resume"), &reason).await;
    assert_eq!(
        (refused.status, &refused.json["code"]),
        (409, &json!("tenant-not-now"))
    );
    let own = caller.post("/api/v1/tenants/gehoord/_leave", &reason).await;
    assert_eq!(own.status, 404, "the platform cannot leave itself");
    let mut page = Browser::sign_in(&app, "localhost", OPERATOR).await;
    let at = "/platform/gemeenten/waterdam/stand";
    page.go(at).await;
    page.submit(at, &[("step", "suspend"), ("reason", "")])
        .await;
    assert_eq!(page.page.status, 400);
    let asked = [("step", "suspend"), ("reason", "Rekening niet betaald.")];
    page.submit(at, &asked).await;
    assert!(
        page.page.text.contains("De stand is veranderd"),
        "{}",
        page.page.text
    );
    assert!(page.page.text.contains("Opgeschort"));
    let standing = caller.get("/api/v1/tenants/waterdam/standing").await;
    assert_eq!(standing.json["reason"], "Rekening niet betaald.");
    let mut clerk = Browser::open(&app, "waterdam.localhost", "/inloggen").await;
    assert_eq!(clerk.page.status, 403);
    clerk.go("/platform/gemeenten/waterdam/stand").await;
    assert_eq!(clerk.page.status, 403);
}
