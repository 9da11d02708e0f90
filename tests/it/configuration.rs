//! A municipality's whole configuration as one document: taken along, compared, applied here or at another municipality.

use domain::{
    Language,
    configuration::{self, By, Document, Effect, Plan},
};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};
use tenants::Tenant;
use tests::{Browser, Caller, Reply, TestApp};

const HOST: &str = "waterdam.localhost";
const ADMIN: &str = "tenantadmin@waterdam.example";
const PATH: &str = "/api/v1/configuration";
const PAGE: &str = "/beheer/configuratie";

async fn put(caller: &Caller, path: &str, body: &Value) -> Reply {
    caller.send(caller.request("PUT", path).json(body)).await
}

async fn tenant(app: &TestApp, slug: &str) -> Tenant {
    let tx = app.db.platform_read().await.unwrap();
    let all = tenants::tenant::all(&tx).await.unwrap();
    all.into_iter().find(|tenant| tenant.slug == slug).unwrap()
}

async fn exported(app: &TestApp, slug: &str) -> Value {
    let tenant = tenant(app, slug).await;
    let tx = app.db.read(tenant.id).await.unwrap();
    serde_json::to_value(configuration::export(&tx, &tenant).await.unwrap()).unwrap()
}

/// What the command line does.
async fn applied(app: &TestApp, slug: &str, document: &Document) -> Plan {
    let tenant = tenant(app, slug).await;
    let tx = app.db.write(tenant.id).await.unwrap();
    let (by, language) = (By::default(), Language::English);
    let plan = configuration::apply(&tx, &tenant, document, by, language)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    plan
}

/// The document with its hashes reckoned again.
fn sealed(document: &Value) -> Vec<u8> {
    let bundle: domain::bundles::Bundle = serde_json::from_value(document.clone()).unwrap();
    let document = bundle.sealed().unwrap().document().unwrap();
    document.into_bytes()
}

fn read(document: &Value) -> Document {
    configuration::parse(&sealed(document)).unwrap()
}

/// Waterdam with something of everything: a team, a category, a kind with a workflow, a promise, a text and colours.
async fn furnished(app: &TestApp) {
    let admin = app.signed_in(HOST, ADMIN).await;
    let team = admin
        .post("/api/v1/teams", &json!({ "name": "Team Afval" }))
        .await;
    assert_eq!(team.status, 201, "{}", team.text);
    let category = json!({ "labelNl": "Afval", "labelEn": "Waste", "teamId": team.json["id"] });
    let category = admin.post("/api/v1/case-categories", &category).await;
    assert_eq!(category.status, 201, "{}", category.text);
    let kind = json!({ "labelNl": "Integriteitsmelding", "labelEn": "Integrity report", "nature": "complaint" });
    let kind = admin.post("/api/v1/case-kinds", &kind).await;
    assert_eq!(kind.status, 201, "{}", kind.text);
    let path = "/api/v1/case-kinds/integriteitsmelding";
    let begins = admin.get(&format!("{path}/workflow")).await.json["workflow"].clone();
    let draft =
        json!({ "states": begins["states"], "moves": begins["moves"], "expectedVersion": 0 });
    let kept = put(&admin, &format!("{path}/workflow"), &draft).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
    let publish = json!({ "note": "Eerste", "expectedVersion": 1 });
    let published = admin.post(&format!("{path}/_publish"), &publish).await;
    assert_eq!(published.status, 200, "{}", published.text);
    let promise = json!({
        "rule": { "target": "workingDays", "days": 3 },
        "terms": { "clock": "callback", "applies": { "category": "afval" } },
    });
    let promise = admin.post("/api/v1/service-rules", &promise).await;
    assert_eq!(promise.status, 201, "{}", promise.text);
    let words = json!({ "words": { "nl": "Vertel het ons" } });
    let text = put(&admin, "/api/v1/texts/home-title", &words).await;
    assert_eq!(text.status, 200, "{}", text.text);
    let style = json!({
        "primary": "#7a1f3d", "accent": "#01558b", "neutral": "#5d6d76", "font": "notoSans", "corner": "round",
    });
    let style = put(&admin, "/api/v1/house-style/draft", &style).await;
    assert_eq!(style.status, 200, "{}", style.text);
    let live = admin
        .post("/api/v1/house-style/draft/_publish", &json!({}))
        .await;
    assert_eq!(live.status, 200, "{}", live.text);
    let rule = json!({
        "name": "Spoed", "event": "accepted",
        "conditions": [{ "what": "category", "value": "Afval" }],
        "actions": [{ "what": "team", "teamId": "Team Afval" }, { "what": "tag", "text": "Spoed" }],
    });
    let rule = admin.post("/api/v1/rules", &rule).await;
    assert_eq!(rule.status, 201, "{}", rule.text);
    let path = format!("/api/v1/rules/{}", rule.json["id"].as_str().unwrap());
    let publish = json!({ "note": "Eerste", "expectedVersion": 1 });
    let published = admin.post(&format!("{path}/_publish"), &publish).await;
    assert_eq!(published.status, 200, "{}", published.text);
    furnished_with_words(app, &admin).await;
    app.clock.advance(chrono::TimeDelta::minutes(1));
}

/// A list of rules for a team with somebody in it, a place elsewhere, and text blocks, of which one is archived.
async fn furnished_with_words(app: &TestApp, admin: &Caller) {
    let clerk = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await;
    let team = json!({ "name": "Team Noord", "members": [clerk] });
    let team = admin.post("/api/v1/teams", &team).await.json["id"].clone();
    let list = json!({
        "rules": [
            { "form": "klacht-tip-compliment", "place": "1741, dorp", "teamId": team },
            { "category": "afval", "teamId": team },
        ],
        "defaultTeamId": team, "expectedVersion": 0,
    });
    let kept = put(admin, "/api/v1/routing", &list).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
    let publish = json!({ "note": "Eerste", "expectedVersion": 1 });
    let published = admin.post("/api/v1/routing/_publish", &publish).await;
    assert_eq!(published.status, 200, "{}", published.text);
    let place = json!({
        "kind": "otherBody", "name": "Waterschap", "email": "post@waterschap.example", "passesOn": true,
        "textNl": "Uw {kenmerk} hoort bij {instantie}.", "textEn": "Your {kenmerk} belongs with {instantie}.",
    });
    let place = admin.post("/api/v1/elsewhere-routes", &place).await;
    assert_eq!(place.status, 201, "{}", place.text);
    for (title, for_all, archived) in [
        ("Excuses", true, false),
        ("Ophalen", false, false),
        ("Oud", true, true),
    ] {
        let category = if for_all { "" } else { "afval" };
        let block = json!({
            "title": title, "bodyNl": "Het spijt ons, {naam}.", "category": category, "archived": archived,
        });
        let block = admin.post("/api/v1/text-blocks", &block).await;
        assert_eq!(block.status, 201, "{}", block.text);
    }
}

fn effects(plan: &Value) -> Vec<(String, String)> {
    let parts = plan["parts"].as_array().unwrap().iter();
    let text = |part: &Value, name: &str| part[name].as_str().unwrap().to_owned();
    parts
        .filter(|part| part["effect"] != "same")
        .map(|part| (text(part, "key"), text(part, "effect")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_configuration_of_one_municipality_makes_another_work_alike_with_the_same_digest() {
    let app = TestApp::open().await;
    furnished(&app).await;
    let from = exported(&app, "waterdam").await;
    assert_ne!(
        from["manifest"]["digest"],
        exported(&app, "heuvelrode").await["manifest"]["digest"]
    );
    let written = from.to_string();
    for never in ["waterdam.example", "Gemeente Waterdam", "logo"] {
        assert!(!written.contains(never), "{never}");
    }
    let plan = applied(&app, "heuvelrode", &read(&from)).await;
    assert_eq!(plan.after, plan.document);
    assert!(plan.changes().count() >= 11, "{plan:?}");
    let told = |key: &str| {
        let part = plan.parts.iter().find(|part| part.key == key).unwrap();
        let lines = (part.differences.iter()).map(|one| format!("{}: {}", one.what, one.after));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert!(
        told("routing-list").contains("02 · Category: afval"),
        "{}",
        told("routing-list")
    );
    assert!(
        told("elsewhere").contains("post@waterschap.example"),
        "{}",
        told("elsewhere")
    );
    assert!(
        told("text-blocks").contains("Ophalen · Only for category: afval"),
        "{}",
        told("text-blocks")
    );
    assert!(!from["parts"]["text-blocks"].to_string().contains("Oud"));
    let there = exported(&app, "heuvelrode").await;
    assert_eq!(there["manifest"]["digest"], from["manifest"]["digest"]);
    // What was applied once changes nothing the second time.
    let again = applied(&app, "heuvelrode", &read(&from)).await;
    assert_eq!(again.changes().count(), 0, "{again:?}");
    assert_eq!(again.before, again.after);
    // A team that is out of use takes its rules out of the document, and they come back with it.
    let mut without = from.clone();
    without["parts"]["teams"]["names"] = json!(["Team Afval"]);
    let list = &mut without["parts"]["routing-list"];
    *list = json!({ "rules": [] });
    let fewer = applied(&app, "heuvelrode", &read(&without)).await;
    assert_eq!(fewer.after, fewer.document, "{fewer:?}");
    let back = applied(&app, "heuvelrode", &read(&from)).await;
    assert_eq!(back.after, back.document, "{back:?}");
    // It works there: the page of residents says it, and a new message gets the promise of its category.
    let home = app.anonymous("heuvelrode.localhost").get("/").await;
    assert!(home.text.contains("Vertel het ons"), "{}", home.text);
    let kinds = app
        .signed_in("heuvelrode.localhost", "tenantadmin@heuvelrode.example")
        .await
        .get("/api/v1/case-kinds")
        .await;
    assert!(kinds.text.contains("integriteitsmelding"), "{}", kinds.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_sees_what_a_document_does_before_it_does_it() {
    let app = TestApp::open().await;
    furnished(&app).await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let before = admin.get(PATH).await.json;
    let mut document = before.clone();
    document["parts"]["teams"]["names"] = json!(["Team Afval", "Team Noord", "Team Wegen"]);
    let ended = "promise-callback-category-afval";
    let heads = document["manifest"]["parts"].as_array_mut().unwrap();
    heads.retain(|head| head["key"] != ended && head["key"] != "workflow-integriteitsmelding");
    for gone in [ended, "workflow-integriteitsmelding"] {
        let parts = document["parts"].as_object_mut().unwrap();
        parts.remove(gone).expect(gone);
    }
    document["parts"]["gift-rules"]["rules"]["capCents"] = json!(1234);
    let document: Value = serde_json::from_slice(&sealed(&document)).unwrap();
    let told = put(&admin, &format!("{PATH}?dryRun=true"), &document).await;
    assert_eq!(told.status, 200, "{}", told.text);
    let word = |key: &str, effect: &str| (key.to_owned(), effect.to_owned());
    let expected = [
        word("teams", "changed"),
        word("gift-rules", "notAllowed"),
        word("workflow-integriteitsmelding", "kept"),
        word(ended, "gone"),
    ];
    assert_eq!(effects(&told.json), expected);
    assert_eq!(admin.get(PATH).await.json, before, "nothing was stored");
    // Somebody changes something meanwhile: what was seen is not what would be changed.
    let seen = told.json["before"].as_str().unwrap().to_owned();
    admin
        .post("/api/v1/teams", &json!({ "name": "Team Groen" }))
        .await;
    let path = format!("{PATH}?seen={seen}");
    let late = put(&admin, &path, &document).await;
    assert_eq!((late.status, &late.json["code"]), (409, &json!("changed")));
    let done = put(&admin, PATH, &document).await;
    assert_eq!(done.status, 200, "{}", done.text);
    let after = admin.get(PATH).await.json;
    assert_eq!(after["manifest"]["digest"], done.json["after"]);
    let names = &after["parts"]["teams"]["names"];
    assert_eq!(*names, json!(["Team Afval", "Team Noord", "Team Wegen"]));
    assert!(after["parts"][ended].is_null());
    assert_ne!(after["parts"]["gift-rules"]["rules"]["capCents"], 1234);
    let log = admin.get("/api/v1/audit-entries").await;
    assert!(log.text.contains("configuration.apply"), "{}", log.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_used_is_refused_whole_with_its_place() {
    let app = TestApp::open().await;
    furnished(&app).await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let before = admin.get(PATH).await.json;
    let bent = |change: &dyn Fn(&mut Value)| {
        let mut document = before.clone();
        document["parts"]["teams"]["names"] = json!(["Team Afval", "Team Nieuw", "Team Noord"]);
        change(&mut document);
        document
    };
    let workflow = "workflow-integriteitsmelding";
    let rows: Vec<(&str, Value, String, &str)> = vec![
        (
            "a newer format",
            bent(&|d| d["manifest"]["format"] = json!(2)),
            "/manifest/format".to_owned(),
            "bundle_format",
        ),
        (
            "an id of another municipality",
            bent(&|d| d["parts"]["teams"]["names"] = json!(["Team Wegen", tests::absent_id()])),
            "/parts/teams/names/1".to_owned(),
            "bundle_id",
        ),
        (
            "a bundle of the exchange",
            bent(&|d| d["manifest"]["id"] = json!(tests::absent_id())),
            "/manifest/id".to_owned(),
            "bundle_no_configuration",
        ),
        (
            "something that does not exist",
            bent(&|d| d["parts"]["teams"]["members"] = json!([])),
            "/parts/teams/members".to_owned(),
            "bundle_unknown",
        ),
        (
            "a workflow without an end",
            bent(&|d| d["parts"][workflow]["workflow"]["states"][5]["phase"] = json!("inHandling")),
            format!("/parts/{workflow}/workflow/states"),
            "end_missing",
        ),
        (
            "a category of a team that is not there",
            bent(&|d| d["parts"]["routing"]["routes"][0]["team"] = json!("Team Weg")),
            "/parts/routing/routes/0/team".to_owned(),
            "not_an_option",
        ),
        (
            "a list for a team that is not there",
            bent(&|d| d["parts"]["routing-list"]["rules"][0]["teamId"] = json!("Team Weg")),
            "/parts/routing-list/rules/0/teamId".to_owned(),
            "not_an_option",
        ),
        (
            "a text block for a category that is not there",
            bent(&|d| d["parts"]["text-blocks"]["blocks"][0]["forCategory"] = json!("weg")),
            "/parts/text-blocks/blocks/0/forCategory".to_owned(),
            "not_an_option",
        ),
        (
            "a place that is not reached",
            bent(&|d| d["parts"]["elsewhere"]["places"][0]["email"] = json!("")),
            "/parts/elsewhere/places/0/email".to_owned(),
            "elsewhere_needs_mail",
        ),
        (
            "a rule for a colleague",
            bent(&|d| d["parts"]["rules"]["rules"][0]["actions"][0]["staffId"] = json!("Ans")),
            "/parts/rules/rules/0/actions/0/staffId".to_owned(),
            "bundle_unknown",
        ),
        (
            "a rule that feeds itself",
            bent(&|d| d["parts"]["rules"]["rules"][0]["event"] = json!("handedOn")),
            "/parts/rules/rules/0/actions/0/teamId".to_owned(),
            "rule_feeds_itself",
        ),
    ];
    for (what, document, place, code) in rows {
        let document: Value = serde_json::from_slice(&sealed(&document)).unwrap();
        let refused = put(&admin, PATH, &document).await;
        assert_eq!(refused.status, 400, "{what}: {}", refused.text);
        let error = &refused.json["errors"][0];
        let found = (&error["field"], &error["code"]);
        assert_eq!(found, (&json!(place), &json!(code)), "{what}");
        let held = admin.get(PATH).await.json;
        assert_eq!(held, before, "{what}: nothing was changed");
    }
    let mut bent = before.clone();
    bent["parts"]["teams"]["names"] = json!(["Team Bent"]);
    let refused = put(&admin, PATH, &bent).await;
    assert!(refused.text.contains("bundle_hash"), "{}", refused.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_compares_a_file_and_applies_it_without_javascript() {
    let app = TestApp::open().await;
    furnished(&app).await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    admin.go(PAGE).await;
    let file = admin.request("GET", &format!("{PAGE}/bestand"));
    let file = admin.send(file).await;
    assert!(
        file.header("content-disposition")
            .contains("configuratie-waterdam.json"),
        "{}",
        file.text
    );
    let compare = format!("{PAGE}/vergelijken");
    let bytes = file.text.clone().into_bytes();
    admin
        .upload(&compare, &[], &[("file", "configuratie.json", bytes)])
        .await;
    assert!(
        admin.page.text.contains("Er verandert niets"),
        "{}",
        admin.page.text
    );
    let mut document: Value = serde_json::from_str(&file.text).unwrap();
    document["parts"]["teams"]["names"] = json!(["Team Afval", "Team Noord", "Team Wegen"]);
    let bytes = sealed(&document);
    admin
        .upload(&compare, &[], &[("file", "configuratie.json", bytes)])
        .await;
    assert!(
        admin.page.text.contains("Team Wegen"),
        "{}",
        admin.page.text
    );
    let fields = [
        ("document", admin.hidden("document")),
        ("seen", admin.hidden("seen")),
    ];
    let fields: Vec<(&str, &str)> = (fields.iter())
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    admin.upload(PAGE, &fields, &[]).await;
    assert!(
        admin.page.text.contains("De configuratie is toegepast"),
        "{}",
        admin.page.text
    );
    // The page that compared is old by now.
    admin.upload(PAGE, &fields, &[]).await;
    assert_eq!(admin.page.status, 409, "{}", admin.page.text);
    let wrong = vec![("file", "configuratie.json", b"{}".to_vec())];
    admin.upload(&compare, &[], &wrong).await;
    assert_eq!(admin.page.status, 400);
    assert!(
        admin.page.text.contains("Er is niets veranderd"),
        "{}",
        admin.page.text
    );
}

#[derive(Clone, Debug)]
struct Wish {
    teams: Vec<usize>,
    categories: Vec<(usize, Option<usize>)>,
    kinds: Vec<usize>,
    days: u32,
    title: Option<String>,
    colour: String,
}

fn wish() -> impl Strategy<Value = Wish> {
    let categories = prop::collection::btree_map(0..5_usize, prop::option::of(0..4_usize), 0..5);
    (
        prop::collection::btree_set(0..4_usize, 0..4),
        categories,
        prop::collection::btree_set(0..3_usize, 0..3),
        1..20_u32,
        prop::option::of("[A-Za-z]{3,20}"),
        "#[0-9a-f]{6}",
    )
        .prop_map(|(teams, categories, kinds, days, title, colour)| Wish {
            teams: teams.into_iter().collect(),
            categories: categories.into_iter().collect(),
            kinds: kinds.into_iter().collect(),
            days,
            title,
            colour,
        })
}

impl Wish {
    fn write(&self, document: &mut Value) {
        let parts = &mut document["parts"];
        let team = |number: &usize| format!("Team {number}");
        let teams: Vec<String> = self.teams.iter().map(team).collect();
        let routes: Vec<Value> = (self.categories.iter())
            .map(|(number, of)| {
                let of = of.filter(|of| self.teams.contains(of));
                let team = of.map(|of| team(&of)).unwrap_or_default();
                json!({ "category": format!("onderwerp_{number}"), "label": format!("Onderwerp {number}"), "team": team })
            })
            .collect();
        let kinds: Vec<Value> = (self.kinds.iter())
            .map(|number| {
                json!({ "code": format!("soort_{number}"), "labelNl": format!("Soort {number}"), "labelEn": format!("Kind {number}"), "nature": "tip" })
            })
            .collect();
        parts["teams"]["names"] = json!(teams);
        parts["routing"]["routes"] = json!(routes);
        parts["case-kinds"]["kinds"] = json!(kinds);
        parts["promise-callback"]["rule"] = json!({ "target": "workingDays", "days": self.days });
        parts["texts"]["texts"] = match &self.title {
            Some(title) => json!({ "home-title": { "nl": title } }),
            None => json!({}),
        };
        parts["house-style"]["primary"] = json!(self.colour);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn applying_twice_is_applying_once_whatever_held_before() {
    let app = TestApp::open().await;
    let mut runner = TestRunner::new(Config::default());
    for _ in 0..12 {
        let mut document = exported(&app, "heuvelrode").await;
        let wish = wish().new_tree(&mut runner).unwrap().current();
        wish.write(&mut document);
        let wanted = read(&document);
        let once = applied(&app, "heuvelrode", &wanted).await;
        assert_eq!(once.after, wanted.digest(), "{wish:?}");
        app.clock.advance(chrono::TimeDelta::minutes(1));
        let twice = applied(&app, "heuvelrode", &wanted).await;
        assert!(
            twice.parts.iter().all(|part| part.effect == Effect::Same),
            "{wish:?}: {twice:?}"
        );
    }
}
