//! A municipality decides which kinds of messages it has, in which states they stand, and how they go on.

use domain::{
    form_editor::{self, KLACHT_TIP_COMPLIMENT},
    forms::Definition,
};
use serde_json::{Value, json};
use tests::{Browser, Caller, Reply, TestApp};

const HOST: &str = "waterdam.localhost";
const ADMIN: &str = "tenantadmin@waterdam.example";
const KIND: &str = "/api/v1/case-kinds/integriteitsmelding";
const PAGE: &str = "/beheer/werkstromen/integriteitsmelding";

/// The states of an integrity report and its moves, as the page sends them.
const DRAFT: &[(&str, &str)] = &[
    ("expectedVersion", "0"),
    ("states.0.labelNl", "Binnengekomen"),
    ("states.0.labelEn", "Came in"),
    ("states.0.phase", "new"),
    ("states.1.labelNl", "In onderzoek"),
    ("states.1.labelEn", "Under investigation"),
    ("states.1.phase", "inHandling"),
    ("states.2.labelNl", "Wacht op bureau"),
    ("states.2.labelEn", "Waiting for the agency"),
    ("states.2.phase", "waitingThirdParty"),
    ("states.3.labelNl", "Afgerond"),
    ("states.3.labelEn", "Finished"),
    ("states.3.phase", "closed"),
    ("states.4.labelNl", ""),
    ("moves.0.from", "binnengekomen"),
    ("moves.0.to", "in_onderzoek"),
    ("moves.0.labelNl", "Start onderzoek"),
    ("moves.0.labelEn", "Begin"),
    ("moves.1.from", "in_onderzoek"),
    ("moves.1.to", "wacht_op_bureau"),
    ("moves.1.labelNl", "Vraag het bureau"),
    ("moves.1.labelEn", "Ask the agency"),
    ("moves.1.required", "note"),
    ("moves.1.checklistNl", "Melder beschermd"),
    ("moves.1.checklistEn", "Reporter protected"),
    ("moves.2.from", "wacht_op_bureau"),
    ("moves.2.to", "in_onderzoek"),
    ("moves.2.labelNl", "Antwoord binnen"),
    ("moves.2.labelEn", "Answered"),
    ("moves.2.roles", "lead"),
    ("moves.3.from", "in_onderzoek"),
    ("moves.3.to", "afgerond"),
    ("moves.3.labelNl", "Rond af"),
    ("moves.3.labelEn", "Finish"),
    ("moves.3.checklistNl", "Verslag gemaakt"),
    ("moves.3.checklistEn", "Report written"),
];

/// The kind with a published workflow, and a form that gives it to its messages.
async fn integrity(app: &TestApp) -> Browser {
    let mut admin = Browser::sign_in(app, HOST, ADMIN).await;
    admin.go("/beheer/werkstromen").await;
    let kind = [
        ("labelNl", "Integriteitsmelding"),
        ("labelEn", "Integrity report"),
        ("nature", "complaint"),
        ("code", ""),
    ];
    admin.submit("/beheer/werkstromen", &kind).await;
    assert!(
        admin.page.text.contains("Integriteitsmelding"),
        "{}",
        admin.page.text
    );
    admin.go(PAGE).await;
    admin.submit(PAGE, DRAFT).await;
    assert!(
        admin.page.text.contains("De werkstroom klopt"),
        "{}",
        admin.page.text
    );
    admin.go(&format!("{PAGE}/publiceren")).await;
    let publish = [("expectedVersion", "1"), ("note", "Eerste versie")];
    admin.submit(&format!("{PAGE}/publiceren"), &publish).await;
    assert!(admin.page.text.contains("Versie 1"), "{}", admin.page.text);

    let mut form: Value = serde_json::from_str(KLACHT_TIP_COMPLIMENT).unwrap();
    let options = form["steps"][0]["fields"][0]["options"]
        .as_array_mut()
        .unwrap();
    options.push(json!("integriteitsmelding"));
    for language in ["nl", "en"] {
        form["texts"][language]["soort.integriteitsmelding"] = json!("Integriteitsmelding");
    }
    let form = Definition::parse(&form.to_string()).unwrap();
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    form_editor::publish(&tx, "klacht-tip-compliment", form, "Met integriteit", None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app.clock.advance(chrono::TimeDelta::minutes(1));
    admin
}

async fn report(app: &TestApp) -> (String, Value) {
    let mut body = tests::complaint();
    body["answers"]["soort"] = json!("integriteitsmelding");
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let sent = app.anonymous(HOST).post(path, &body).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let id = app.case_id(sent.json["reference"].as_str().unwrap()).await;
    (id, sent.json)
}

async fn case_state(caller: &Caller, id: &str) -> Value {
    caller.get(&format!("/api/v1/cases/{id}")).await.json["state"].clone()
}

async fn put(caller: &Caller, path: &str, body: &Value) -> Reply {
    caller.send(caller.request("PUT", path).json(body)).await
}

fn faults(reply: &Reply) -> Vec<(String, String)> {
    let errors = reply.json["errors"].as_array().cloned().unwrap_or_default();
    let word = |error: &Value, key: &str| error[key].as_str().unwrap_or_default().to_owned();
    errors
        .iter()
        .map(|error| (word(error, "field"), word(error, "code")))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_integrity_report_goes_its_own_way_from_its_form_to_its_end() {
    let app = TestApp::open().await;
    let mut admin = integrity(&app).await;
    let (id, sent) = report(&app).await;
    let reference = sent["reference"].as_str().unwrap().to_owned();
    let clerk = app.clerk().await;
    let case = clerk.get(&format!("/api/v1/cases/{id}")).await;
    assert_eq!(
        (
            &case.json["kind"],
            &case.json["kindCode"],
            &case.json["state"]
        ),
        (
            &json!("complaint"),
            &json!("integriteitsmelding"),
            &json!("binnengekomen")
        ),
        "{}",
        case.text
    );

    let mut desk = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    desk.go("/balie?stand=binnengekomen").await;
    assert!(desk.page.text.contains(&reference), "{}", desk.page.text);
    assert!(desk.page.text.contains("Integriteitsmelding"));
    desk.go("/balie?stand=afgerond").await;
    assert!(!desk.page.text.contains(&format!(">{reference}<")));
    let page = format!("/balie/meldingen/{reference}");
    desk.go(&page).await;
    desk.submit(&format!("{page}/oppakken"), &[]).await;
    assert!(
        desk.page.text.contains("Stand: In onderzoek"),
        "{}",
        desk.page.text
    );

    // What a move asks is asked at once, and nothing typed is lost.
    let moved = format!("{page}/stand");
    desk.submit(&moved, &[("to", "wacht_op_bureau")]).await;
    assert_eq!(desk.page.status, 400);
    assert!(
        desk.page.text.contains("Vink alles af"),
        "{}",
        desk.page.text
    );
    let said = [
        ("to", "wacht_op_bureau"),
        ("note", "Bureau Noord gebeld."),
        ("checked", "wacht_op_bureau.0"),
    ];
    let terms = clerk.get(&format!("/api/v1/cases/{id}/clocks")).await.json;
    desk.submit(&moved, &said).await;
    assert!(
        desk.page.text.contains("Stand: Wacht op bureau"),
        "{}",
        desk.page.text
    );
    assert!(desk.page.text.contains("Bureau Noord gebeld."));
    assert!(desk.page.text.contains("zette de stand op Wacht op bureau"));
    let after = clerk.get(&format!("/api/v1/cases/{id}/clocks")).await.json;
    assert_eq!(terms, after, "waiting stops no term of the law (Awb 9:11)");
    let code = sent["receiptCode"].as_str().unwrap();
    let resident = app.anonymous(HOST).get(&format!("/melding/{code}")).await;
    assert!(
        resident.text.contains("Stand: Wacht op bureau"),
        "{}",
        resident.text
    );

    // A clerk may not go back, and there is no end from here.
    let back = json!({ "to": "in_onderzoek" });
    let refused = clerk
        .post(&format!("/api/v1/cases/{id}/_move"), &back)
        .await;
    assert_eq!(
        faults(&refused),
        [("to".to_owned(), "move_not_your_role".to_owned())]
    );
    let talked = json!({ "result": "conversation", "note": "Gesproken." });
    clerk
        .post(&format!("/api/v1/cases/{id}/contact-moments"), &talked)
        .await;
    let closing = json!({ "outcome": "explained", "note": "Uitgelegd." });
    let close = format!("/api/v1/cases/{id}/_close");
    let refused = clerk.post(&close, &closing).await;
    assert_eq!(
        faults(&refused),
        [("to".to_owned(), "no_end_from_here".to_owned())]
    );
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let moved = lead.post(&format!("/api/v1/cases/{id}/_move"), &back).await;
    assert_eq!(
        (moved.status, &moved.json["state"]),
        (200, &json!("in_onderzoek")),
        "{}",
        moved.text
    );
    let refused = clerk.post(&close, &closing).await;
    assert_eq!(
        faults(&refused),
        [("checked".to_owned(), "checklist_open".to_owned())]
    );
    let done = json!({ "outcome": "explained", "note": "Uitgelegd.", "checked": ["afgerond.0"] });
    let closed = clerk.post(&close, &done).await;
    assert_eq!(
        (closed.status, &closed.json["state"]),
        (200, &json!("afgerond")),
        "{}",
        closed.text
    );

    // The month is tried before the next version: what was done here and would not be allowed is named.
    let mut next: Vec<(&str, &str)> = DRAFT.to_vec();
    next[0].1 = "2";
    next.truncate(next.len() - 2);
    let without = |field: &&(&str, &str)| !field.0.starts_with("moves.1.");
    let next: Vec<_> = next.iter().filter(without).copied().collect();
    let next: Vec<_> = next
        .into_iter()
        .filter(|(name, _)| !name.starts_with("moves.2.") && !name.starts_with("states.2."))
        .collect();
    admin.submit(PAGE, &next).await;
    admin.go(&format!("{PAGE}/publiceren")).await;
    assert!(admin.page.text.contains("Mag niet"), "{}", admin.page.text);
    let reopened = json!({ "reason": "Toch niet.", "law": "countsOn" });
    let reopened = clerk
        .post(&format!("/api/v1/cases/{id}/_reopen"), &reopened)
        .await;
    assert_eq!(
        (reopened.status, &reopened.json["state"]),
        (200, &json!("in_onderzoek")),
        "{}",
        reopened.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_that_is_a_formal_complaint_begins_its_procedure_on_the_day_it_comes_in() {
    let app = TestApp::open().await;
    integrity(&app).await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let (before, _) = report(&app).await;
    let formal = json!({
        "labelNl": "Integriteitsmelding", "labelEn": "Integrity report", "formal": true, "active": true,
    });
    let changed = put(&admin, KIND, &formal).await;
    assert_eq!(changed.json["formal"], true, "{}", changed.text);
    let (case, _) = report(&app).await;
    let clerk = app.clerk().await;
    let procedure = async |case: &str| {
        clerk
            .get(&format!("/api/v1/cases/{case}/formal-complaint"))
            .await
    };
    let begun = procedure(&case).await;
    assert_eq!(begun.json["begun"], true, "{}", begun.text);
    assert_eq!(begun.json["steps"][0]["on"], begun.json["receivedOn"]);
    // What came in before, and what is of another kind, begins when somebody says so.
    assert_eq!(procedure(&before).await.json["begun"], false);
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let sent = app.anonymous(HOST).post(path, &tests::complaint()).await;
    let usual = app.case_id(sent.json["reference"].as_str().unwrap()).await;
    assert_eq!(procedure(&usual).await.json["begun"], false);
    let tip = json!({ "labelNl": "Wens", "labelEn": "Wish", "nature": "tip", "formal": true });
    let refused = admin.post("/api/v1/case-kinds", &tip).await;
    let error = &refused.json["errors"][0];
    assert_eq!(
        (&error["field"], &error["code"]),
        (&json!("formal"), &json!("kind_formal_complaint")),
        "{}",
        refused.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn running_messages_keep_their_version_or_are_moved_along_where_the_admin_says() {
    let app = TestApp::open().await;
    integrity(&app).await;
    let (kept, _) = report(&app).await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let clerk = app.clerk().await;
    let mut workflow = admin.get(&format!("{KIND}/workflow")).await.json;
    let mut draft = json!({
        "states": workflow["workflow"]["states"].take(),
        "moves": workflow["workflow"]["moves"].take(),
        "expectedVersion": workflow["revision"],
    });
    draft["states"][0]["code"] = json!("ontvangen");
    draft["states"][0]["labelNl"] = json!("Ontvangen");
    draft["moves"][0]["from"] = json!("ontvangen");
    let path = format!("{KIND}/workflow");
    let saved = put(&admin, &path, &draft).await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    let stale = put(&admin, &path, &draft).await;
    assert_eq!(stale.status, 409, "two editors: {}", stale.text);
    let trial = admin.get(&format!("{KIND}/workflow-trial")).await;
    assert_eq!(
        trial.json["open"][0],
        json!({
            "from": "binnengekomen", "labelNl": "Binnengekomen", "labelEn": "Came in", "phase": "new",
            "count": 1, "to": "ontvangen",
        }),
        "{}",
        trial.text
    );
    let publish = format!("{KIND}/_publish");
    let revision = saved.json["revision"].clone();
    let done = json!({ "note": "Andere naam", "expectedVersion": revision });
    let published = admin.post(&publish, &done).await;
    assert_eq!(published.json["number"], 2, "{}", published.text);
    assert_eq!(case_state(&clerk, &kept).await, "binnengekomen");
    let (fresh, _) = report(&app).await;
    assert_eq!(case_state(&clerk, &fresh).await, "ontvangen");

    draft["expectedVersion"] = json!(revision.as_i64().unwrap() + 1);
    let saved = put(&admin, &path, &draft).await;
    let revision = saved.json["revision"].clone();
    let along = |to: &str| {
        json!({
            "note": "Neem mee", "expectedVersion": revision, "moveAlong": true,
            "mapping": [{ "from": "binnengekomen", "to": to }],
        })
    };
    for (to, code) in [
        ("afgerond", "mapping_closes"),
        ("nergens", "mapping_missing"),
    ] {
        let refused = admin.post(&publish, &along(to)).await;
        assert_eq!(
            faults(&refused),
            [("mapping.0.to".to_owned(), code.to_owned())]
        );
    }
    let published = admin.post(&publish, &along("in_onderzoek")).await;
    assert_eq!(published.json["number"], 3, "{}", published.text);
    assert_eq!(case_state(&clerk, &kept).await, "in_onderzoek");
    assert_eq!(case_state(&clerk, &fresh).await, "ontvangen");
    let versions = admin.get(&format!("{KIND}/workflow-versions")).await;
    assert_eq!(versions.json["items"].as_array().unwrap().len(), 3);
    assert_eq!(
        versions.json["items"][2]["workflow"]["states"][0]["code"],
        "binnengekomen"
    );
}

/// What somebody does to a draft.
type Change<'a> = &'a dyn Fn(&mut Value);

#[tokio::test(flavor = "multi_thread")]
async fn a_workflow_that_cannot_work_is_kept_as_a_draft_and_refused_at_publishing_place_by_place() {
    let app = TestApp::open().await;
    integrity(&app).await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let view = admin.get(&format!("{KIND}/workflow")).await.json;
    let mut revision = view["revision"].as_i64().unwrap();
    let path = format!("{KIND}/workflow");
    let broken: [(&str, Change<'_>, &str, &str); 6] = [
        (
            "no end",
            &|draft| draft["states"][3]["phase"] = json!("inHandling"),
            "states",
            "end_missing",
        ),
        (
            "two beginnings",
            &|draft| draft["states"][1]["phase"] = json!("new"),
            "states.1.phase",
            "start_twice",
        ),
        (
            "unreachable",
            &|draft| draft["moves"][1]["from"] = json!("wacht_op_bureau"),
            "moves.1.to",
            "move_to_itself",
        ),
        (
            "one language",
            &|draft| draft["states"][2]["labelEn"] = json!(""),
            "states.2.labelEn",
            "required",
        ),
        (
            "no category",
            &|draft| draft["moves"][0]["required"] = json!(["category"]),
            "moves.0.required",
            "no_category_to_give",
        ),
        (
            "no team",
            &|draft| draft["moves"][0]["required"] = json!(["team"]),
            "moves.0.required",
            "no_team_to_give",
        ),
    ];
    for (what, change, place, code) in broken {
        let mut draft = json!({
            "states": view["workflow"]["states"], "moves": view["workflow"]["moves"], "expectedVersion": revision,
        });
        change(&mut draft);
        let saved = put(&admin, &path, &draft).await;
        assert_eq!(saved.status, 200, "{what}: {}", saved.text);
        revision = saved.json["revision"].as_i64().unwrap();
        let publish = json!({ "note": what, "expectedVersion": revision });
        let refused = admin.post(&format!("{KIND}/_publish"), &publish).await;
        assert_eq!(refused.status, 400, "{what}: {}", refused.text);
        let expected = (place.to_owned(), code.to_owned());
        assert!(
            faults(&refused).contains(&expected),
            "{what}: {}",
            refused.text
        );
        let mut page = Browser::sign_in(&app, HOST, ADMIN).await;
        page.go(&format!("{PAGE}/publiceren")).await;
        assert_eq!(page.page.status, 200, "{what}");
        page.go(PAGE).await;
        assert_eq!(page.page.status, 200, "{what}");
    }
    let without_note = json!({ "expectedVersion": revision });
    let refused = admin.post(&format!("{KIND}/_publish"), &without_note).await;
    assert!(faults(&refused).contains(&("note".to_owned(), "required".to_owned())));
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_have_one_name_and_one_code_and_forms_name_only_those_that_are_there() {
    let app = TestApp::open().await;
    let admin = app.signed_in(HOST, ADMIN).await;
    let add = async |body: Value| admin.post("/api/v1/case-kinds", &body).await;
    let wish = json!({ "labelNl": "Wens", "labelEn": "Wish", "nature": "tip" });
    assert_eq!(add(wish.clone()).await.json["code"], "wens");
    for (body, field, code) in [
        (wish, "code", "kind_twice"),
        (
            json!({ "labelNl": "Klacht", "labelEn": "C", "nature": "tip" }),
            "code",
            "kind_twice",
        ),
        (
            json!({ "code": "x y", "labelNl": "X", "labelEn": "X", "nature": "tip" }),
            "code",
            "category_key",
        ),
        (
            json!({ "labelNl": "Nieuw", "nature": "tip" }),
            "labelEn",
            "required",
        ),
        (
            json!({ "labelNl": "Nieuw", "labelEn": "New", "nature": "boos" }),
            "nature",
            "not_an_option",
        ),
    ] {
        let refused = add(body).await;
        assert!(
            faults(&refused).contains(&(field.to_owned(), code.to_owned())),
            "{}",
            refused.text
        );
    }
    let kinds = admin.get("/api/v1/case-kinds").await;
    let codes: Vec<&str> = (kinds.json["items"].as_array().unwrap().iter())
        .map(|kind| kind["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["complaint", "tip", "compliment", "wens"]);
    let usual = json!({ "labelNl": "Boos", "labelEn": "Angry", "active": false });
    assert_eq!(
        put(&admin, "/api/v1/case-kinds/complaint", &usual)
            .await
            .status,
        404
    );
    let other = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    assert_eq!(
        other.get("/api/v1/case-kinds/wens/workflow").await.status,
        404
    );

    let mut form: Value = serde_json::from_str(KLACHT_TIP_COMPLIMENT).unwrap();
    let options = form["steps"][0]["fields"][0]["options"]
        .as_array_mut()
        .unwrap();
    options.push(json!("wensen"));
    for language in ["nl", "en"] {
        form["texts"][language]["soort.wensen"] = json!("Wensen");
    }
    let form = Definition::parse(&form.to_string()).unwrap();
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let refused = form_editor::publish(&tx, "klacht-tip-compliment", form, "Met wens", None).await;
    let refused = refused.unwrap_err().to_string();
    assert!(
        refused.contains("steps/bericht/fields/soort kind_unknown"),
        "{refused}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_becomes_another_kind_goes_on_in_the_state_that_means_the_same() {
    let app = TestApp::open().await;
    integrity(&app).await;
    let complaint = app.complaint().await;
    let id = app.case_id(complaint["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    assert_eq!(
        case_state(&clerk, &id).await,
        Value::Null,
        "the usual way has no states of its own"
    );
    let convert = json!({ "kind": "integriteitsmelding", "reason": "Gaat over integriteit." });
    let path = format!("/api/v1/cases/{id}/_convert");
    let converted = clerk.post(&path, &convert).await;
    assert_eq!(
        (
            converted.status,
            &converted.json["kindCode"],
            &converted.json["state"]
        ),
        (200, &json!("integriteitsmelding"), &json!("in_onderzoek")),
        "{}",
        converted.text
    );
    assert_eq!(
        clerk.post(&path, &convert).await.status,
        200,
        "pressed twice"
    );
    let unknown = json!({ "kind": "wensen", "reason": "?" });
    let refused = clerk.post(&path, &unknown).await;
    assert_eq!(
        faults(&refused),
        [("kind".to_owned(), "not_an_option".to_owned())]
    );
    let usual = json!({ "to": "closed" });
    let other = app.complaint().await;
    let other = app.case_id(other["reference"].as_str().unwrap()).await;
    clerk
        .post(&format!("/api/v1/cases/{other}/_claim"), &Value::Null)
        .await;
    let refused = clerk
        .post(&format!("/api/v1/cases/{other}/_move"), &usual)
        .await;
    assert_eq!(
        faults(&refused),
        [("to".to_owned(), "no_workflow".to_owned())]
    );
}
