//! Rules: what happens to a message by itself, tried before it is published, and told where it happened.

use serde_json::{Value, json};
use tests::{Browser, Caller, Reply, TestApp};

const HOST: &str = "waterdam.localhost";
const ADMIN: &str = "tenantadmin@waterdam.example";
const SENT: &str = "/api/v1/forms/klacht-tip-compliment/submissions";

async fn put(caller: &Caller, path: &str, body: &Value) -> Reply {
    caller.send(caller.request("PUT", path).json(body)).await
}

async fn team(app: &TestApp, name: &str) -> String {
    let admin = app.signed_in(HOST, ADMIN).await;
    let members = [app.staff_id(app.waterdam.id, "lead@waterdam.example").await];
    let team = json!({ "name": name, "members": members });
    let team = admin.post("/api/v1/teams", &team).await;
    assert_eq!(team.status, 201, "{}", team.text);
    team.json["id"].as_str().unwrap().to_owned()
}

/// A rule that was made and published: its address.
async fn published(app: &TestApp, rule: &Value) -> String {
    let admin = app.signed_in(HOST, ADMIN).await;
    let made = admin.post("/api/v1/rules", rule).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let path = format!("/api/v1/rules/{}", made.json["id"].as_str().unwrap());
    let publish = json!({ "note": "Eerste", "expectedVersion": 1 });
    let done = admin.post(&format!("{path}/_publish"), &publish).await;
    assert_eq!(done.status, 200, "{}", done.text);
    path
}

async fn sent(app: &TestApp) -> String {
    let sent = app.anonymous(HOST).post(SENT, &tests::complaint()).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    app.case_id(sent.json["reference"].as_str().unwrap()).await
}

async fn case(caller: &Caller, id: &str) -> Value {
    caller.get(&format!("/api/v1/cases/{id}")).await.json
}

async fn tags(caller: &Caller, id: &str) -> Value {
    let tags = caller.get(&format!("/api/v1/cases/{id}/tags")).await;
    tags.json["items"].clone()
}

async fn runs(app: &TestApp, path: &str) -> Vec<Value> {
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let runs = lead.get(&format!("{path}/runs")).await;
    runs.json["items"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_in_gets_what_the_rule_says_and_everybody_can_read_it() {
    let app = TestApp::open().await;
    let waste = team(&app, "Team Afval").await;
    let rule = json!({
        "name": "Spoed",
        "event": "accepted",
        "conditions": [
            { "what": "kind", "value": "complaint" },
            { "what": "form", "value": "klacht-tip-compliment" },
            { "what": "answer", "question": "soort", "value": "klacht" },
            { "what": "hasPhone" },
        ],
        "actions": [
            { "what": "team", "teamId": "team afval" },
            { "what": "tag", "text": "Spoed" },
            { "what": "task", "teamId": waste, "text": "Kunt u vandaag kijken?", "days": "2" },
            { "what": "notice" },
        ],
    });
    let path = published(&app, &rule).await;
    let id = sent(&app).await;
    let clerk = app.clerk().await;
    assert_eq!(case(&clerk, &id).await["teamId"], waste);
    assert_eq!(tags(&clerk, &id).await, json!(["spoed"]));
    let tasks = clerk.get(&format!("/api/v1/cases/{id}/tasks")).await;
    let task = &tasks.json["items"][0];
    assert_eq!(task["question"], "Kunt u vandaag kijken?", "{}", tasks.text);
    // Two working days after Monday.
    assert_eq!(task["dueOn"], "2026-11-25", "{}", tasks.text);
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let notices = lead.get("/api/v1/notices").await;
    assert!(notices.text.contains("\"rule\""), "{}", notices.text);
    let reference = case(&clerk, &id).await["reference"].clone();
    let mut desk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{}", reference.as_str().unwrap()))
        .await;
    assert!(
        desk.page
            .text
            .contains("Regel ‘Spoed’: zette team Team Afval, gaf een label"),
        "{}",
        desk.page.text
    );
    let ran = runs(&app, &path).await;
    assert_eq!(ran.len(), 1);
    assert_eq!(
        (&ran[0]["event"], &ran[0]["failed"], &ran[0]["reference"]),
        (&json!("accepted"), &json!(false), &reference)
    );
    // A tip is left alone, and so is everything once the rule is off.
    let mut tip = tests::complaint();
    tip["answers"]["soort"] = json!("tip");
    let tip = app.anonymous(HOST).post(SENT, &tip).await;
    let tip = app.case_id(tip.json["reference"].as_str().unwrap()).await;
    assert_eq!(tags(&clerk, &tip).await, json!([]));
    let admin = app.signed_in(HOST, ADMIN).await;
    let off = admin
        .post(&format!("{path}/_switch"), &json!({ "active": false }))
        .await;
    assert_eq!(off.status, 200, "{}", off.text);
    let later = sent(&app).await;
    assert_eq!(tags(&clerk, &later).await, json!([]));
    assert_eq!(runs(&app, &path).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_set_each_other_off_stop_and_each_runs_once_for_a_message_and_an_event() {
    let app = TestApp::open().await;
    let (one, other) = (team(&app, "Een").await, team(&app, "Ander").await);
    let hands = |name: &str, from: &str, to: &str| {
        json!({
            "name": name, "event": "handedOn",
            "conditions": [{ "what": "team", "value": from }],
            "actions": [{ "what": "team", "teamId": to }],
        })
    };
    let there = published(&app, &hands("Heen", &one, &other)).await;
    let back = published(&app, &hands("Terug", &other, &one)).await;
    let first = json!({ "name": "Begin", "event": "accepted", "actions": [{ "what": "team", "teamId": one }] });
    published(&app, &first).await;
    let id = sent(&app).await;
    // Three steps: Begin, Heen, Terug. What Terug sets off is left alone.
    assert_eq!(runs(&app, &there).await.len(), 1);
    assert_eq!(runs(&app, &back).await.len(), 1);
    assert_eq!(case(&app.clerk().await, &id).await["teamId"], one);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_cannot_work_is_refused_at_publishing_with_the_place_named() {
    let app = TestApp::open().await;
    let waste = team(&app, "Team Afval").await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let rule = json!({
        "name": "Rond", "event": "handedOn",
        "actions": [{ "what": "tag", "text": "rond" }, { "what": "team", "teamId": waste }],
    });
    let made = admin.post("/api/v1/rules", &rule).await.json;
    let path = format!("/api/v1/rules/{}", made["id"].as_str().unwrap());
    let publish = |version: i64| json!({ "note": "Eerste", "expectedVersion": version });
    let refused = admin.post(&format!("{path}/_publish"), &publish(1)).await;
    assert_eq!(refused.status, 400);
    let error = &refused.json["errors"][0];
    assert_eq!(
        (&error["field"], &error["code"]),
        (&json!("actions.1.teamId"), &json!("rule_feeds_itself"))
    );
    let mut strange = rule.clone();
    strange["event"] = json!("closed");
    strange["conditions"] = json!([
        { "what": "category", "value": "bestaat-niet" },
        { "what": "answer", "question": "soort", "value": "wens" },
        { "what": "scoreAtMost", "value": "5" },
    ]);
    strange["actions"] = json!([{ "what": "notice", "teamId": tests::absent_id() }]);
    strange["expectedVersion"] = json!(1);
    let kept = put(&admin, &path, &strange).await;
    assert_eq!(kept.status, 200, "a draft may be unfinished: {}", kept.text);
    let refused = admin.post(&format!("{path}/_publish"), &publish(2)).await;
    assert!(
        refused.text.contains("rule_score_needs_score"),
        "{}",
        refused.text
    );
    strange["conditions"].as_array_mut().unwrap().pop();
    strange["expectedVersion"] = json!(2);
    put(&admin, &path, &strange).await;
    let refused = admin.post(&format!("{path}/_publish"), &publish(3)).await;
    let fields: Vec<&str> = (refused.json["errors"].as_array().unwrap().iter())
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(
        fields,
        [
            "conditions.0.value",
            "conditions.1.value",
            "actions.0.teamId"
        ]
    );
    let twice = admin
        .post("/api/v1/rules", &json!({ "name": "rond" }))
        .await;
    assert!(twice.text.contains("rule_twice"), "{}", twice.text);
    let stale = put(&admin, &path, &strange).await;
    assert_eq!(
        (stale.status, &stale.json["code"]),
        (409, &json!("changed"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_tried_on_the_last_month_before_it_is_published() {
    let app = TestApp::open().await;
    for _ in 0..3 {
        sent(&app).await;
        app.clock.advance(chrono::TimeDelta::minutes(5));
    }
    let mut tip = tests::complaint();
    tip["answers"]["soort"] = json!("tip");
    app.anonymous(HOST).post(SENT, &tip).await;
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    admin.go("/beheer/regels").await;
    admin
        .submit("/beheer/regels", &[("name", "Klachten")])
        .await;
    let path = admin.path.clone();
    let fields = [
        ("name", "Klachten"),
        ("expectedVersion", "1"),
        ("event", "accepted"),
        ("conditions.0.what", "kind"),
        ("conditions.0.value", "Klacht"),
        ("conditions.1.what", "answer"),
        ("conditions.1.value", "klacht"),
        ("conditions.1.question", "soort"),
        ("actions.0.what", "tag"),
        ("actions.0.text", "klacht"),
        ("actions.1.what", ""),
    ];
    let path = path.split('?').next().unwrap().to_owned();
    admin.submit(&path, &fields).await;
    assert!(
        admin.page.text.contains("als de soort Klacht is"),
        "{}",
        admin.page.text
    );
    admin.go(&format!("{path}/proef")).await;
    assert!(
        admin
            .page
            .text
            .contains("Deze regel had 3 meldingen geraakt")
            && admin
                .page
                .text
                .contains("4 meldingen van de laatste 31 dagen"),
        "{}",
        admin.page.text
    );
    // An administrator may not read messages; a lead gets the links.
    assert!(!admin.page.text.contains("/balie/meldingen/"));
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let api = path.replace("/beheer/regels", "/api/v1/rules");
    let trial = lead.get(&format!("{api}/trial")).await.json;
    assert_eq!(trial["touched"], 3);
    assert_eq!(trial["references"].as_array().unwrap().len(), 3);
    assert_eq!(runs(&app, &api).await.len(), 0, "nothing was done");
    let publish = [("expectedVersion", "2"), ("note", "Eerste")];
    admin.go(&path).await;
    admin.submit(&format!("{path}/publiceren"), &publish).await;
    assert!(
        admin.page.text.contains("De regel is gepubliceerd"),
        "{}",
        admin.page.text
    );
    sent(&app).await;
    assert_eq!(runs(&app, &api).await.len(), 1);
    admin.go(&path).await;
    admin
        .submit(&format!("{path}/schakelaar"), &[("active", "nee")])
        .await;
    assert!(admin.page.text.contains("Staat uit"), "{}", admin.page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_is_named_hears_of_a_message_unless_it_is_about_them() {
    let app = TestApp::open().await;
    let all = app.signed_in(HOST, "all@waterdam.example").await;
    let rule = json!({
        "name": "Ans weten", "event": "claimed",
        "actions": [{ "what": "notice", "staffId": "All@waterdam.example" }],
    });
    let path = published(&app, &rule).await;
    let (seen, about) = (sent(&app).await, sent(&app).await);
    let (clerk, lead) = (
        app.clerk().await,
        app.signed_in(HOST, "lead@waterdam.example").await,
    );
    let colleague = app.staff_id(app.waterdam.id, "all@waterdam.example").await;
    let subject = json!({ "subject": format!("staff:{colleague}") });
    let named = lead
        .post(&format!("/api/v1/cases/{about}/subjects"), &subject)
        .await;
    assert_eq!(named.status, 201, "{}", named.text);
    for id in [&about, &seen] {
        let claim = format!("/api/v1/cases/{id}/_claim");
        let claimed = clerk.post(&claim, &json!({})).await;
        assert_eq!(claimed.status, 200, "{}", claimed.text);
        app.clock.advance(chrono::TimeDelta::minutes(1));
    }
    let told = all.get("/api/v1/notices").await.json;
    let of_rule = told["items"].as_array().unwrap().iter();
    let of_rule: Vec<&Value> = of_rule.filter(|one| one["kind"] == "rule").collect();
    assert_eq!(of_rule.len(), 1, "{told}");
    let ran = runs(&app, &path).await;
    let failed: Vec<&Value> = ran.iter().map(|run| &run["failed"]).collect();
    assert_eq!(failed, [&json!(false), &json!(true)], "{ran:?}");
    let mut desk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    let reference = case(&clerk, &about).await["reference"].clone();
    desk.go(&format!("/balie/meldingen/{}", reference.as_str().unwrap()))
        .await;
    assert!(
        desk.page.text.contains("(dit lukte niet)"),
        "{}",
        desk.page.text
    );
    // People are in no configuration, so the rule is not either; and one of a team and a colleague cannot be.
    let admin = app.signed_in(HOST, ADMIN).await;
    let document = admin.get("/api/v1/configuration").await;
    assert!(!document.text.contains("Ans weten"), "{}", document.text);
    let both = json!({
        "name": "Beide", "event": "claimed",
        "actions": [{ "what": "notice", "staffId": colleague.to_string(), "teamId": team(&app, "Team Afval").await }],
    });
    let made = admin.post("/api/v1/rules", &both).await;
    let publish = format!(
        "/api/v1/rules/{}/_publish",
        made.json["id"].as_str().unwrap()
    );
    let note = json!({ "note": "Eerste", "expectedVersion": 1 });
    let refused = admin.post(&publish, &note).await;
    let error = &refused.json["errors"][0];
    assert_eq!(
        (&error["field"], &error["code"]),
        (
            &json!("actions.0.staffId"),
            &json!("rule_team_or_colleague")
        ),
        "{}",
        refused.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_rule_cannot_do_is_told_and_stops_nothing() {
    let app = TestApp::open().await;
    let mail = json!({
        "name": "Mail", "event": "claimed",
        "conditions": [{ "what": "channel", "value": "api" }],
        "actions": [
            { "what": "mail", "text": "Wij zijn begonnen.", "textEn": "We began." },
            { "what": "tag", "text": "begonnen" },
        ],
    });
    let path = published(&app, &mail).await;
    let mut body = tests::complaint();
    let with_mail = sent(&app).await;
    body["answers"].as_object_mut().unwrap().remove("email");
    let without = app.anonymous(HOST).post(SENT, &body).await;
    assert_eq!(without.status, 201, "{}", without.text);
    let without = app
        .case_id(without.json["reference"].as_str().unwrap())
        .await;
    let clerk = app.clerk().await;
    for id in [&with_mail, &without] {
        let claimed = clerk
            .post(&format!("/api/v1/cases/{id}/_claim"), &json!({}))
            .await;
        assert_eq!(claimed.status, 200, "{}", claimed.text);
        app.clock.advance(chrono::TimeDelta::minutes(1));
        assert_eq!(tags(&clerk, id).await, json!(["begonnen"]));
    }
    let ran = runs(&app, &path).await;
    let failed: Vec<&Value> = ran.iter().map(|run| &run["failed"]).collect();
    assert_eq!(failed, [&json!(true), &json!(false)], "{ran:?}");
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let ours = mails
        .iter()
        .filter(|mail| format!("{mail:?}").contains("Wij zijn begonnen."));
    assert_eq!(ours.count(), 1);
    // A mail that a rule writes keeps no promise.
    assert!(case(&clerk, &with_mail).await["contactedAt"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_to_which_no_rule_applies_costs_no_further_statement() {
    let app = TestApp::open().await;
    sent(&app).await;
    app.clock.advance(chrono::TimeDelta::minutes(1));
    let (before, _) = app.statements(sent(&app)).await;
    for number in 0..5 {
        let rule = json!({
            "name": format!("Regel {number}"), "event": "accepted",
            "conditions": [{ "what": "kind", "value": "compliment" }, { "what": "tag", "value": "x" }],
            "actions": [{ "what": "tag", "text": "y" }],
        });
        published(&app, &rule).await;
    }
    sent(&app).await;
    app.clock.advance(chrono::TimeDelta::minutes(1));
    let (after, _) = app.statements(sent(&app)).await;
    assert_eq!(after, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_promise_a_conversation_and_a_low_score_set_rules_off() {
    let app = TestApp::open().await;
    for (name, event, conditions) in [
        ("laat", "promiseLate", json!([])),
        ("gesproken", "contactMade", json!([])),
        (
            "laag",
            "scored",
            json!([{ "what": "scoreAtMost", "value": "5" }, { "what": "ageAtLeast", "value": "1" }]),
        ),
        (
            "lager",
            "scored",
            json!([{ "what": "scoreAtMost", "value": "3" }]),
        ),
    ] {
        let actions = json!([{ "what": "tag", "text": name }]);
        let rule =
            json!({ "name": name, "event": event, "conditions": conditions, "actions": actions });
        published(&app, &rule).await;
    }
    let id = sent(&app).await;
    app.clock.advance(chrono::TimeDelta::days(2));
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    let clerk = app.clerk().await;
    assert_eq!(tags(&clerk, &id).await, json!(["laat"]));
    let path = |verb: &str| format!("/api/v1/cases/{id}/{verb}");
    clerk.post(&path("_claim"), &json!({})).await;
    let spoke = json!({ "result": "conversation", "note": "Zij legde het uit." });
    let spoke = clerk.post(&path("contact-moments"), &spoke).await;
    assert_eq!(spoke.status, 201, "{}", spoke.text);
    let outcome = json!({ "outcome": "solvedTogether", "note": "Gemaakt." });
    let closed = clerk.post(&path("_close"), &outcome).await;
    assert_eq!(closed.status, 200, "{}", closed.text);
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let code = mails
        .iter()
        .find_map(|mail| mail.body.split("/cijfer/").nth(1))
        .and_then(|rest| rest.split_whitespace().next())
        .unwrap();
    let path = format!("/api/v1/score-invitations/{code}/scores");
    let scored = app
        .anonymous(HOST)
        .post(&path, &json!({ "grade": 4 }))
        .await;
    assert_eq!(scored.status, 201, "{}", scored.text);
    assert_eq!(
        tags(&clerk, &id).await,
        json!(["gesproken", "laag", "laat"])
    );
}
