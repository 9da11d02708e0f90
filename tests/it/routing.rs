//! To which team a message goes, and who gets it while somebody is away.

use domain::mail::SentMail;
use serde_json::{Value, json};
use tests::{Browser, Caller, EICAR, FakeClamd, Reply, TestApp};

use crate::samples;

const HOST: &str = "waterdam.localhost";
const ADMIN: &str = "tenantadmin@waterdam.example";
const FORM: &str = "klacht-tip-compliment";

async fn put(caller: &Caller, path: &str, body: &Value) -> Reply {
    caller.send(caller.request("PUT", path).json(body)).await
}

/// A team with somebody in it.
async fn team(app: &TestApp, admin: &Caller, name: &str) -> String {
    let clerk = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await;
    let new = json!({ "name": name, "members": [clerk] });
    let added = admin.post("/api/v1/teams", &new).await;
    added.json["id"].as_str().unwrap().to_owned()
}

async fn publish(admin: &Caller, routing: Value) -> Reply {
    let kept = put(admin, "/api/v1/routing", &routing).await;
    assert_eq!(kept.status, 200, "{}", kept.text);
    let note = json!({ "note": "Anders", "expectedVersion": kept.json["revision"] });
    admin.post("/api/v1/routing/_publish", &note).await
}

async fn tell(app: &TestApp, kind: &str, place: &str) -> String {
    let mut body = tests::complaint();
    body["answers"]["soort"] = json!(kind);
    body["answers"]["plek"] = json!(place);
    let path = format!("/api/v1/forms/{FORM}/submissions");
    let sent = app.anonymous(HOST).post(&path, &body).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    sent.json["reference"].as_str().unwrap().to_owned()
}

async fn team_of(app: &TestApp, clerk: &Caller, reference: &str) -> Value {
    let case = app.case_id(reference).await;
    clerk.get(&format!("/api/v1/cases/{case}")).await.json["teamId"].clone()
}

fn faults(reply: &Reply) -> Vec<(String, String)> {
    let errors = reply.json["errors"].as_array().cloned().unwrap_or_default();
    let word = |error: &Value, key: &str| error[key].as_str().unwrap_or_default().to_owned();
    let faults = errors.iter();
    faults
        .map(|error| (word(error, "field"), word(error, "code")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_rule_that_fits_gives_a_message_to_its_team_and_the_timeline_says_which() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let (north, green) = (
        team(&app, &admin, "Noord").await,
        team(&app, &admin, "Groen").await,
    );
    let clerk = app.clerk().await;
    let before = tell(&app, "klacht", "Havenkade 3, 1741 AB").await;
    assert_eq!(team_of(&app, &clerk, &before).await, Value::Null);
    let rules = json!({
        "rules": [
            { "answer": "soort:tip", "place": "1741", "teamId": green },
            { "form": FORM, "place": "1741, dorp", "teamId": north },
        ],
        "expectedVersion": 0,
    });
    let published = publish(&admin, rules.clone()).await;
    assert_eq!(
        (published.status, &published.json["number"]),
        (200, &json!(1)),
        "{}",
        published.text
    );
    // What came in before stays where it is.
    assert_eq!(team_of(&app, &clerk, &before).await, Value::Null);
    let complaint = tell(&app, "klacht", "Havenkade 3, 1741 AB").await;
    assert_eq!(team_of(&app, &clerk, &complaint).await, json!(north));
    let tip = tell(&app, "tip", "Havenkade 3, 1741 AB").await;
    assert_eq!(team_of(&app, &clerk, &tip).await, json!(green));
    let other = tell(&app, "tip", "Markt 1, 1742 AB").await;
    assert_eq!(team_of(&app, &clerk, &other).await, Value::Null);

    let mut page = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    for (reference, sentence) in [
        (&complaint, "Verdeeld door regel 2: Noord"),
        (&tip, "Verdeeld door regel 1: Groen"),
        (&other, "Niemand heeft deze melding"),
    ] {
        page.go(&format!("/balie/meldingen/{reference}")).await;
        assert!(page.page.text.contains(sentence), "{}", page.page.text);
    }

    // A default team takes what no rule fits, and a second draft from an old number is refused.
    let mut default = rules.clone();
    default["defaultTeamId"] = json!(green);
    let stale = put(&admin, "/api/v1/routing", &default).await;
    assert_eq!(stale.status, 409, "{}", stale.text);
    default["expectedVersion"] = published_revision(&admin).await;
    assert_eq!(publish(&admin, default).await.json["number"], 2);
    let other = tell(&app, "tip", "Markt 1, 1742 AB").await;
    assert_eq!(team_of(&app, &clerk, &other).await, json!(green));
    // A team that is no longer used gets nothing.
    let aside = json!({ "name": "Noord", "active": false });
    put(&admin, &format!("/api/v1/teams/{north}"), &aside).await;
    let complaint = tell(&app, "klacht", "Havenkade 3, 1741 AB").await;
    assert_eq!(team_of(&app, &clerk, &complaint).await, json!(green));
    let versions = clerk.get("/api/v1/routing-versions").await;
    assert_eq!(versions.json["items"].as_array().unwrap().len(), 2);
}

async fn published_revision(admin: &Caller) -> Value {
    admin.get("/api/v1/routing").await.json["revision"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_faults_is_kept_and_each_fault_is_named_at_its_place_at_publishing() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let green = team(&app, &admin, "Groen").await;
    let empty = json!({ "name": "Leeg" });
    let empty = admin.post("/api/v1/teams", &empty).await.json["id"].clone();
    let rules = json!({
        "rules": [
            { "kind": "tip", "teamId": green },
            { "kind": "tip", "place": "dorp", "teamId": green },
            { "kind": "complaint", "teamId": empty },
            { "teamId": green },
            { "form": "bestaat-niet", "answer": "soort:feest", "teamId": green, "toCategory": "afval" },
            { "kind": "wens" },
        ],
        "defaultTeamId": empty,
        "expectedVersion": 0,
    });
    let refused = publish(&admin, rules).await;
    assert_eq!(refused.status, 400, "{}", refused.text);
    let mut faults = faults(&refused);
    faults.sort();
    let expected = [
        ("defaultTeamId", "team_without_members"),
        ("rules.1.form", "rule_never"),
        ("rules.2.teamId", "team_without_members"),
        ("rules.3.form", "rule_asks_nothing"),
        ("rules.4.answer", "no_form_asks_answer"),
        ("rules.4.form", "not_an_option"),
        ("rules.4.toCategory", "not_an_option"),
        ("rules.5.kind", "not_an_option"),
        ("rules.5.teamId", "required_choice"),
    ];
    let expected = expected.map(|(field, code)| (field.to_owned(), code.to_owned()));
    for fault in &expected {
        assert!(faults.contains(fault), "{fault:?} in {faults:?}");
    }
    // It is kept as it is, and nothing goes by it.
    let kept = admin.get("/api/v1/routing").await.json;
    assert_eq!(kept["routing"]["rules"].as_array().unwrap().len(), 6);
    assert_eq!(kept["live"], Value::Null);
    let trial = admin.get("/api/v1/routing-trial").await;
    assert_eq!(trial.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_page_a_list_is_made_tried_on_last_month_and_published() {
    let app = TestApp::open().await;
    let api = app.signed_in(HOST, ADMIN).await;
    let (waste, green) = (
        team(&app, &api, "Afval").await,
        team(&app, &api, "Groen").await,
    );
    for (kind, place) in [
        ("klacht", "Dorpsstraat 1"),
        ("tip", "Park"),
        ("klacht", "Markt"),
    ] {
        tell(&app, kind, place).await;
    }
    let mut admin = Browser::sign_in(&app, HOST, ADMIN).await;
    admin.go("/beheer/verdeling").await;
    assert!(
        admin.page.text.contains("team van hun categorie"),
        "{}",
        admin.page.text
    );
    let rules = [
        ("expectedVersion", "0"),
        ("rules.0.place", "dorp"),
        ("rules.0.teamId", waste.as_str()),
        ("rules.1.answer", "soort:tip"),
        ("rules.1.teamId", green.as_str()),
    ];
    admin.submit("/beheer/verdeling", &rules).await;
    assert!(
        admin.page.text.contains("Het concept is opgeslagen"),
        "{}",
        admin.page.text
    );
    // The second one comes first.
    let mut moved = rules.to_vec();
    moved[0].1 = "1";
    moved.push(("rules.1.position", "1"));
    admin.submit("/beheer/verdeling", &moved).await;
    let draft = api.get("/api/v1/routing").await.json;
    assert_eq!(draft["routing"]["rules"][0]["answer"], "soort:tip");
    admin.go("/beheer/verdeling/publiceren").await;
    assert!(
        admin
            .page
            .text
            .contains("3 meldingen: 1 naar Afval, 1 naar Groen, 1 naar niemand."),
        "{}",
        admin.page.text
    );
    let publish = "/beheer/verdeling/publiceren";
    admin
        .submit(publish, &[("expectedVersion", "2"), ("note", "")])
        .await;
    assert_eq!(admin.page.status, 400, "{}", admin.page.text);
    let noted = [("expectedVersion", "2"), ("note", "Tips naar Groen")];
    admin.submit(publish, &noted).await;
    assert!(admin.page.text.contains("Versie 1"), "{}", admin.page.text);
    let mut fewer = rules.to_vec();
    fewer[0].1 = "3";
    fewer.push(("rules.1.remove", "ja"));
    admin.submit("/beheer/verdeling", &fewer).await;
    let draft = api.get("/api/v1/routing").await.json;
    assert_eq!(draft["routing"]["rules"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&draft["live"], &draft["hasDraft"]),
        (&json!(1), &json!(true))
    );
}

/// The names of whoever a case is with.
async fn assignee(app: &TestApp, caller: &Caller, reference: &str) -> Value {
    let case = app.case_id(reference).await;
    caller.get(&format!("/api/v1/cases/{case}")).await.json["assigneeId"].clone()
}

async fn hand_on(app: &TestApp, caller: &Caller, reference: &str, body: Value) -> Reply {
    let case = app.case_id(reference).await;
    caller
        .post(&format!("/api/v1/cases/{case}/_hand-on"), &body)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_for_somebody_who_is_away_goes_to_their_deputy_or_stays_with_the_team() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let clerk = app.clerk().await;
    let staff = async |name: &str| {
        let account = format!("{name}@waterdam.example");
        app.staff_id(app.waterdam.id, &account).await.to_string()
    };
    let (sanne, deputy, lead) = (
        staff("clerk").await,
        staff("colleague").await,
        staff("lead").await,
    );
    let team = json!({
        "name": "Groen", "members": [sanne, deputy],
        "deputies": [{ "staffId": sanne, "deputyId": deputy }],
    });
    let team = admin.post("/api/v1/teams", &team).await;
    assert_eq!(
        team.json["deputies"][0]["deputyId"],
        json!(deputy),
        "{}",
        team.text
    );
    let mine = tell(&app, "klacht", "Park").await;
    hand_on(
        &app,
        &admin_lead(&app).await,
        &mine,
        json!({ "staffId": sanne }),
    )
    .await;

    // From today until Friday, as the page of one's own account sends it.
    let mut page = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    page.go("/account/afwezig").await;
    let today = app
        .db
        .now()
        .with_timezone(&chrono_tz::Europe::Amsterdam)
        .date_naive();
    let friday = today + chrono::TimeDelta::days(4);
    let (from, until) = (today.to_string(), friday.to_string());
    page.submit("/account/afwezig", &[("from", &until), ("until", &from)])
        .await;
    assert_eq!(page.page.status, 400, "{}", page.page.text);
    page.submit("/account/afwezig", &[("from", &from), ("until", &until)])
        .await;
    assert!(page.page.text.contains("Nu afwezig"), "{}", page.page.text);
    page.go(&format!("/balie/meldingen/{mine}")).await;
    assert!(
        page.page.text.contains("(afwezig tot en met"),
        "{}",
        page.page.text
    );
    page.go("/balie").await;
    assert!(page.page.text.contains("(afwezig)"), "{}", page.page.text);

    let caller = admin_lead(&app).await;
    let new = tell(&app, "klacht", "Park").await;
    let given = hand_on(&app, &caller, &new, json!({ "staffId": sanne })).await;
    assert_eq!(given.status, 200, "{}", given.text);
    assert_eq!(assignee(&app, &clerk, &new).await, json!(deputy));
    page.go(&format!("/balie/meldingen/{new}")).await;
    assert!(page.page.text.contains("is afwezig"), "{}", page.page.text);

    // The deputy is away as well: it stays with the team, and without a team it is refused.
    let both = json!({ "staffId": deputy, "from": from, "until": until });
    assert_eq!(clerk.post("/api/v1/absences", &both).await.status, 403);
    let away = admin.post("/api/v1/absences", &both).await;
    assert_eq!(away.status, 201, "{}", away.text);
    let second = tell(&app, "klacht", "Park").await;
    let refused = hand_on(&app, &caller, &second, json!({ "staffId": sanne })).await;
    let expected = ("staffId".to_owned(), "colleague_away".to_owned());
    assert_eq!(faults(&refused), [expected]);
    let with_team = json!({ "staffId": sanne, "teamId": team.json["id"] });
    let stays = hand_on(&app, &caller, &second, with_team).await;
    assert_eq!(stays.status, 200, "{}", stays.text);
    assert_eq!(assignee(&app, &clerk, &second).await, Value::Null);
    assert_eq!(team_of(&app, &clerk, &second).await, team.json["id"]);
    let task = json!({ "question": "Wanneer?", "staffId": sanne });
    let case = app.case_id(&second).await;
    let asked = clerk
        .post(&format!("/api/v1/cases/{case}/tasks"), &task)
        .await;
    assert_eq!(asked.status, 400, "{}", asked.text);

    // Back again, or taken back.
    let id = away.json["id"].as_str().unwrap();
    let path = format!("/api/v1/absences/{id}");
    let taken = admin.send(admin.request("DELETE", &path)).await;
    assert_eq!(taken.status, 204, "{}", taken.text);
    app.clock.advance(chrono::TimeDelta::days(5));
    let caller = admin_lead(&app).await;
    let third = tell(&app, "klacht", "Park").await;
    hand_on(&app, &caller, &third, json!({ "staffId": sanne })).await;
    assert_eq!(assignee(&app, &caller, &third).await, json!(sanne));
    assert_eq!(
        caller.get("/api/v1/absences").await.json["items"],
        json!([])
    );
    assert_ne!(lead, sanne);
}

async fn admin_lead(app: &TestApp) -> Caller {
    app.signed_in(HOST, "lead@waterdam.example").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_below_another_has_its_team_and_one_that_goes_into_another_takes_open_messages_along()
 {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let waste = team(&app, &admin, "Afval").await;
    let new = async |body: Value| admin.post("/api/v1/case-categories", &body).await;
    let first = new(json!({ "labelNl": "Afval", "teamId": waste })).await;
    let below = new(json!({ "labelNl": "Grofvuil", "parent": "afval" })).await;
    assert_eq!(below.json["parent"], "afval", "{}", below.text);
    let third = new(json!({ "labelNl": "Bankstel", "parent": "grofvuil" })).await;
    let expected = ("parent".to_owned(), "category_third_level".to_owned());
    assert_eq!(faults(&third), [expected]);

    let clerk = app.clerk().await;
    let (open, closed) = (
        tell(&app, "tip", "Park").await,
        tell(&app, "tip", "Park").await,
    );
    for reference in [&open, &closed] {
        let case = app.case_id(reference).await;
        let path = format!("/api/v1/cases/{case}/category");
        let reply = put(&clerk, &path, &json!({ "category": "grofvuil" })).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        assert_eq!(team_of(&app, &clerk, reference).await, json!(waste));
    }
    let list = clerk.get("/api/v1/cases?category=afval").await;
    assert_eq!(
        list.json["items"].as_array().unwrap().len(),
        2,
        "{}",
        list.text
    );
    let case = app.case_id(&closed).await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &Value::Null)
        .await;
    let end = json!({ "outcome": "withdrawn" });
    let ended = clerk
        .post(&format!("/api/v1/cases/{case}/_close"), &end)
        .await;
    assert_eq!(ended.status, 200, "{}", ended.text);

    let other = new(json!({ "labelNl": "Straatvuil" })).await;
    let path = |category: &Reply| {
        let id = category.json["id"].as_str().unwrap();
        format!("/api/v1/case-categories/{id}/_merge")
    };
    let into = json!({ "intoId": other.json["id"] });
    let refused = admin.post(&path(&first), &into).await;
    let expected = ("intoId".to_owned(), "category_has_others".to_owned());
    assert_eq!(faults(&refused), [expected]);
    let merged = admin.post(&path(&below), &into).await;
    assert_eq!(merged.status, 200, "{}", merged.text);
    let category = async |reference: &str| {
        let case = app.case_id(reference).await;
        clerk.get(&format!("/api/v1/cases/{case}")).await.json["category"].clone()
    };
    assert_eq!(category(&open).await, "straatvuil");
    assert_eq!(category(&closed).await, "grofvuil");
    let gone = clerk.get("/api/v1/case-categories").await.json;
    let gone = gone["items"].as_array().unwrap().iter();
    let gone = gone.filter(|one| one["key"] == "grofvuil");
    assert_eq!(
        gone.map(|one| one["active"].clone()).next(),
        Some(json!(false))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_elsewhere_is_sent_on_its_sender_hears_it_and_what_the_law_asks_stays_owed() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let clerk = app.clerk().await;
    let mut place = json!({
        "kind": "otherBody", "name": "Waterschap", "passesOn": true,
        "textNl": "Uw bericht {kenmerk} hoort bij {instantie} ({website}).",
        "textEn": "Your message {nummer} belongs elsewhere.",
    });
    let refused = admin.post("/api/v1/elsewhere-routes", &place).await;
    let expected = [
        ("email", "elsewhere_needs_mail"),
        ("url", "elsewhere_placeholder_empty"),
        ("textEn", "placeholder_unknown"),
    ];
    let expected = expected.map(|(field, code)| (field.to_owned(), code.to_owned()));
    assert_eq!(faults(&refused), expected);
    place["email"] = json!("post@waterschap.example");
    place["url"] = json!("https://waterschap.example");
    place["textEn"] = json!("Your message {kenmerk} belongs elsewhere.");
    let place = admin.post("/api/v1/elsewhere-routes", &place).await;
    let place = place.json["id"].as_str().unwrap().to_owned();

    let mut body = tests::complaint();
    body["answers"]["reactie"] = json!("mailen");
    body["answers"].as_object_mut().unwrap().remove("telefoon");
    body["answers"].as_object_mut().unwrap().remove("wanneer");
    let path = format!("/api/v1/forms/{FORM}/submissions");
    let sent = app.anonymous(HOST).post(&path, &body).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let reference = sent.json["reference"].as_str().unwrap().to_owned();
    let case = app.case_id(&reference).await;
    let path = format!("/api/v1/cases/{case}");
    clerk.post(&format!("{path}/_claim"), &Value::Null).await;
    let preview = clerk.get(&format!("{path}/referral?routeId={place}")).await;
    let text = preview.json["text"].as_str().unwrap();
    assert_eq!(
        text,
        format!("Uw bericht {reference} hoort bij Waterschap (https://waterschap.example).")
    );

    let mut page = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}/elders?naar={place}"))
        .await;
    assert!(
        page.page.text.contains("hoort bij Waterschap"),
        "{}",
        page.page.text
    );
    assert!(
        page.page.text.contains("Ik kom niet boven."),
        "{}",
        page.page.text
    );
    let chosen = [("routeId", place.as_str())];
    page.submit(&format!("/balie/meldingen/{reference}/elders"), &chosen)
        .await;
    assert!(
        page.page.text.contains("weet waar dit hoort"),
        "{}",
        page.page.text
    );
    assert!(
        page.page.text.contains("verwees dit naar Waterschap"),
        "{}",
        page.page.text
    );
    let closed = clerk.get(&path).await.json;
    assert_eq!(
        (&closed["status"], &closed["outcome"]),
        (&json!("closed"), &json!("passedOn"))
    );
    let clocks = clerk.get(&format!("{path}/clocks")).await;
    let clocks = clocks.json["items"].as_array().unwrap().clone();
    let runs = |clock: &Value| clock["kind"] != "callback" && clock["outcome"].is_null();
    assert!(clocks.iter().any(runs), "{clocks:?}");
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let to = |address: &str| mails.iter().find(|mail| mail.recipient == address).cloned();
    let passed = to("post@waterschap.example").expect("sent on");
    assert!(
        passed.body.contains("Ik kom niet boven."),
        "{}",
        passed.body
    );
    assert!(to("truus@voorbeeld.example").is_some());

    // Both mails go with the message when its time is over.
    app.clock.advance(chrono::TimeDelta::days(6 * 366));
    crate::erasure::sweep(&app).await;
    let told = crate::erasure::everything(&app).await;
    let told: Vec<_> = told
        .iter()
        .filter(|(_, row)| row.contains("Ik kom niet boven"))
        .collect();
    assert!(told.is_empty(), "{told:?}");
    let clerk = app.clerk().await;

    // Who was promised a call is called first; then nothing was sent on either.
    let promised = app.complaint().await;
    let promised = app.case_id(promised["reference"].as_str().unwrap()).await;
    clerk
        .post(&format!("/api/v1/cases/{promised}/_claim"), &Value::Null)
        .await;
    let refer = json!({ "routeId": place });
    let refused = clerk
        .post(&format!("/api/v1/cases/{promised}/_refer"), &refer)
        .await;
    assert_eq!(
        refused.json["code"], "case-not-contacted",
        "{}",
        refused.text
    );
    let mails = clerk
        .get(&format!("/api/v1/cases/{promised}/messages"))
        .await;
    assert_eq!(mails.json["items"], json!([]), "{}", mails.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_along_to_the_other_body_when_it_is_ticked_and_an_infected_one_never() {
    let clamd = FakeClamd::listen().await;
    let address = clamd.address.clone();
    let app = TestApp::with_settings(|settings| settings.files.scanner = Some(address)).await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let place = json!({
        "kind": "otherBody", "name": "Waterschap", "email": "post@waterschap.example", "passesOn": true,
        "textNl": "Uw bericht {kenmerk} hoort bij {instantie}.", "textEn": "Your message {kenmerk} belongs elsewhere.",
    });
    let place = admin.post("/api/v1/elsewhere-routes", &place).await;
    let place = place.json["id"].as_str().unwrap().to_owned();
    let resident = app.anonymous(HOST);
    let mut infected = samples::pdf();
    infected.splice(9..9, EICAR.iter().copied());
    let mut codes = Vec::new();
    for (name, bytes) in [
        ("foto.jpg", samples::jpeg(10, 10, 1)),
        ("virus.pdf", infected),
    ] {
        let file = reqwest::multipart::Part::bytes(bytes).file_name(name);
        let form = reqwest::multipart::Form::new()
            .text("field", "bijlagen")
            .part("file", file);
        let path = format!("/api/v1/forms/{FORM}/files");
        let uploaded = resident
            .send(resident.request("POST", &path).multipart(form))
            .await;
        codes.push(uploaded.json["fileCode"].clone());
    }
    let mut body = tests::complaint();
    body["answers"]["reactie"] = json!("mailen");
    body["answers"]["bijlagen"] = json!(codes);
    body["answers"].as_object_mut().unwrap().remove("telefoon");
    body["answers"].as_object_mut().unwrap().remove("wanneer");
    let path = format!("/api/v1/forms/{FORM}/submissions");
    let sent = resident.post(&path, &body).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    app.run_jobs().await;
    let reference = sent.json["reference"].as_str().unwrap().to_owned();
    let case = app.case_id(&reference).await;
    let clerk = app.clerk().await;
    let path = format!("/api/v1/cases/{case}");
    clerk.post(&format!("{path}/_claim"), &Value::Null).await;
    let all = clerk.get(&path).await.json["files"].clone();
    let id = |name: &str| {
        let file = all.as_array().unwrap().iter();
        let file = file.into_iter().find(|file| file["name"] == name).unwrap();
        file["id"].as_str().unwrap().to_owned()
    };
    let preview = clerk.get(&format!("{path}/referral?routeId={place}")).await;
    let offered = preview.json["files"].as_array().unwrap();
    assert_eq!(offered.len(), 1, "{}", preview.text);
    assert_eq!(offered[0]["name"], "foto.jpg");
    let with_virus = json!({ "routeId": place, "files": [id("virus.pdf")] });
    let refused = clerk.post(&format!("{path}/_refer"), &with_virus).await;
    assert_eq!(
        faults(&refused),
        [("files".to_owned(), "not_an_option".to_owned())]
    );

    let mut page = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}/elders?naar={place}"))
        .await;
    assert!(page.page.text.contains("foto.jpg"), "{}", page.page.text);
    assert!(!page.page.text.contains("virus.pdf"), "{}", page.page.text);
    let photo = id("foto.jpg");
    let ticked = [("routeId", place.as_str()), ("files", photo.as_str())];
    page.submit(&format!("/balie/meldingen/{reference}/elders"), &ticked)
        .await;
    assert!(
        page.page.text.contains("verwees dit naar Waterschap"),
        "{}",
        page.page.text
    );
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let with_file = |mail: &&SentMail| mail.raw.contains("filename=\"foto.jpg\"");
    let with_file: Vec<&SentMail> = mails.iter().filter(with_file).collect();
    assert_eq!(with_file.len(), 1, "{mails:?}");
    assert_eq!(with_file[0].recipient, "post@waterschap.example");
    assert!(with_file[0].raw.contains("Content-Type: image/jpeg"));
}
