//! What messages are about, and the promises that hang on it.

use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

const ADMIN: &str = "tenantadmin@waterdam.example";

async fn add(admin: &Caller, dutch: &str, english: &str) -> Value {
    let new = json!({ "labelNl": dutch, "labelEn": english });
    let added = admin.post("/api/v1/case-categories", &new).await;
    assert_eq!(added.status, 201, "{}", added.text);
    added.json
}

async fn categorise(caller: &Caller, case: &str, key: Value) -> tests::Reply {
    let request = caller
        .request("PUT", &format!("/api/v1/cases/{case}/category"))
        .json(&json!({ "category": key }));
    caller.send(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_by_category_holds_from_the_moment_the_category_is_known_and_no_result_changes() {
    let app = TestApp::open().await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    assert_eq!(
        add(&admin, "Wegen & paden", "Roads").await["key"],
        "wegen_paden"
    );
    add(&admin, "Groen", "Green").await;
    let unknown = json!({ "rule": { "target": "workingDays", "days": 3 }, "terms": { "applies": { "category": "riolering" } } });
    let refused = admin.post("/api/v1/service-rules", &unknown).await;
    assert_eq!(
        (refused.status, &refused.json["errors"][0]["field"]),
        (400, &json!("terms.applies.category")),
        "{}",
        refused.text
    );
    let slower = json!({ "rule": { "target": "workingDays", "days": 3 }, "terms": { "applies": { "category": "wegen_paden" } } });
    assert_eq!(
        admin.post("/api/v1/service-rules", &slower).await.status,
        201
    );

    let mut page = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    page.go("/beheer/belofte").await;
    assert!(
        page.page.text.contains("onderwerp Wegen &#38; paden"),
        "named as people know it: {}",
        page.page.text
    );
    let open = app.complaint().await;
    let open = app.case_id(open["reference"].as_str().unwrap()).await;
    let kept = app.complaint().await;
    let kept = app.case_id(kept["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{kept}/_claim"), &Value::Null)
        .await;
    let talked = json!({ "result": "conversation", "note": "Gesproken." });
    clerk
        .post(&format!("/api/v1/cases/{kept}/contact-moments"), &talked)
        .await;
    let callback = async |case: &str| {
        let list = clerk.get(&format!("/api/v1/cases/{case}/clocks")).await;
        let clocks = list.json["items"].as_array().unwrap().clone();
        clocks
            .into_iter()
            .find(|clock| clock["kind"] == "callback")
            .unwrap()
    };
    for case in [&open, &kept] {
        let set = categorise(&clerk, case, json!("wegen_paden")).await;
        assert_eq!(
            (set.status, &set.json["category"]),
            (200, &json!("wegen_paden")),
            "{}",
            set.text
        );
    }
    let moved = callback(&open).await;
    assert_eq!(moved["dueAt"], "2026-11-26T16:00:00Z", "three working days");
    let events = moved["events"].as_array().unwrap();
    let told = &events[events.len() - 1];
    assert_eq!(
        (&told["kind"], &told["dueBefore"], &told["dueAfter"]),
        (
            &json!("retarget"),
            &json!("2026-11-24T16:00:00Z"),
            &json!("2026-11-26T16:00:00Z")
        ),
        "old and new are kept"
    );
    let detail = clerk.get(&format!("/api/v1/cases/{open}")).await;
    assert_eq!(detail.json["dueAt"], "2026-11-26T16:00:00Z");
    let finished = callback(&kept).await;
    assert_eq!(
        (&finished["dueAt"], &finished["outcome"]),
        (&json!("2026-11-24T16:00:00Z"), &json!("kept")),
        "a result never changes"
    );
    let other = categorise(&clerk, &open, json!("groen")).await;
    assert_eq!(
        other.json["dueAt"], "2026-11-24T16:00:00Z",
        "the general promise holds again"
    );
    let none = categorise(&clerk, &open, Value::Null).await;
    assert_eq!((none.status, &none.json["category"]), (200, &Value::Null));
    let wrong = categorise(&clerk, &open, json!("riolering")).await;
    assert_eq!(
        (wrong.status, &wrong.json["errors"][0]["code"]),
        (400, &json!("not_an_option"))
    );
    let theirs = app
        .anonymous("heuvelrode.localhost")
        .post(
            "/api/v1/forms/klacht-tip-compliment/submissions",
            &tests::complaint(),
        )
        .await;
    assert_eq!(theirs.status, 201);
    let neighbour = app
        .signed_in("heuvelrode.localhost", "clerk@heuvelrode.example")
        .await;
    let list = neighbour.get("/api/v1/cases").await;
    let theirs = list.json["items"][0]["id"].as_str().unwrap();
    let foreign = categorise(&neighbour, theirs, json!("wegen_paden")).await;
    assert_eq!(
        (foreign.status, &foreign.json["errors"][0]["code"]),
        (400, &json!("not_an_option")),
        "a neighbour's list is not one's own"
    );
    let listed = clerk.get("/api/v1/cases?category=wegen_paden").await;
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed.json["items"][0]["id"], json!(kept));
}

#[tokio::test(flavor = "multi_thread")]
async fn categories_are_named_put_aside_and_never_lost() {
    let app = TestApp::open().await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let waste = add(&admin, "Afval", "").await;
    for (wrong, field, code) in [
        (json!({}), "labelNl", "required"),
        (json!({ "labelNl": "afval" }), "key", "category_twice"),
        (
            json!({ "labelNl": "AFVAL", "key": "vuil" }),
            "labelNl",
            "category_twice",
        ),
        (
            json!({ "labelNl": "Vuil", "key": "Vuil!" }),
            "key",
            "category_key",
        ),
        (
            json!({ "labelNl": "a".repeat(81), "key": "a" }),
            "labelNl",
            "too_long",
        ),
    ] {
        let refused = admin.post("/api/v1/case-categories", &wrong).await;
        assert_eq!(
            (
                refused.status,
                &refused.json["errors"][0]["field"],
                &refused.json["errors"][0]["code"]
            ),
            (400, &json!(field), &json!(code)),
            "{}",
            refused.text
        );
    }
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap().to_owned();
    let case = app.case_id(&reference).await;
    let clerk = app.clerk().await;
    assert_eq!(categorise(&clerk, &case, json!("afval")).await.status, 200);
    let path = format!("/api/v1/case-categories/{}", waste["id"].as_str().unwrap());
    let aside = json!({ "labelNl": "Afval en vuil", "labelEn": "Waste", "active": false });
    let request = admin.request("PUT", &path).json(&aside);
    let changed = admin.send(request).await;
    assert_eq!(
        (
            &changed.json["key"],
            &changed.json["labelNl"],
            &changed.json["active"]
        ),
        (&json!("afval"), &json!("Afval en vuil"), &json!(false)),
        "{}",
        changed.text
    );
    let still = clerk.get(&format!("/api/v1/cases/{case}")).await;
    assert_eq!(still.json["category"], "afval", "what has it keeps it");
    let other = app.complaint().await;
    let other = app.case_id(other["reference"].as_str().unwrap()).await;
    assert_eq!(categorise(&clerk, &other, json!("afval")).await.status, 400);

    let mut page = Browser::sign_in(&app, "waterdam.localhost", ADMIN).await;
    page.go("/beheer/categorieen").await;
    assert!(
        page.page.text.contains("Niet meer in gebruik"),
        "{}",
        page.page.text
    );
    page.submit(
        "/beheer/categorieen",
        &[("labelNl", ""), ("labelEn", "Water")],
    )
    .await;
    assert_eq!(page.page.status, 400);
    assert!(page.page.shows("value=\"Water\""), "nothing typed is lost");
    page.submit(
        "/beheer/categorieen",
        &[("labelNl", "Water en sloten"), ("labelEn", "Water")],
    )
    .await;
    assert!(
        page.page.text.contains("De categorie is opgeslagen"),
        "{}",
        page.page.text
    );
    assert!(page.page.text.contains("water_en_sloten"));
    page.go("/beheer/belofte").await;
    assert!(
        page.page.shows("<option value=\"water_en_sloten\""),
        "a promise chooses from this list: {}",
        page.page.text
    );

    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    desk.submit(
        &format!("/balie/meldingen/{reference}/categorie"),
        &[("category", "water_en_sloten")],
    )
    .await;
    assert!(
        desk.page.text.contains("De categorie is opgeslagen."),
        "{}",
        desk.page.text
    );
    assert!(
        desk.page
            .text
            .contains("clerk koos de categorie: Water en sloten")
    );
    desk.go("/balie?categorie=water_en_sloten").await;
    assert!(desk.page.text.contains(&reference));
    desk.go("/balie?categorie=afval").await;
    assert!(!desk.page.text.contains(&format!("meldingen/{reference}")));
    let mut nobody = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    nobody
        .submit("/beheer/categorieen", &[("labelNl", "Stiekem")])
        .await;
    assert_eq!(nobody.page.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_asks_for_it_gives_its_messages_a_category() {
    use domain::{
        form_editor::{self, KLACHT_TIP_COMPLIMENT},
        forms::Definition,
    };

    let app = TestApp::open().await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    add(&admin, "Afval", "Waste").await;
    let mut form: Value = serde_json::from_str(KLACHT_TIP_COMPLIMENT).unwrap();
    let question = json!({ "key": "onderwerp", "type": "choice", "role": "case.category", "options": ["afval", "anders"], "pii": "none", "report": "dimension" });
    form["steps"][0]["fields"]
        .as_array_mut()
        .unwrap()
        .push(question);
    for language in ["nl", "en"] {
        for (key, text) in [
            ("onderwerp", "Waar gaat het over?"),
            ("onderwerp.afval", "Afval"),
            ("onderwerp.anders", "Iets anders"),
        ] {
            form["texts"][language][key] = json!(text);
        }
    }
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let form = Definition::parse(&form.to_string()).unwrap();
    form_editor::publish(&tx, "klacht-tip-compliment", form, "Met onderwerp", None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app.clock.advance(chrono::TimeDelta::minutes(1));
    for (answer, category) in [("afval", json!("afval")), ("anders", Value::Null)] {
        let mut body = tests::complaint();
        body["answers"]["onderwerp"] = json!(answer);
        let path = "/api/v1/forms/klacht-tip-compliment/submissions";
        let sent = app.anonymous("waterdam.localhost").post(path, &body).await;
        assert_eq!(sent.status, 201, "{}", sent.text);
        let id = app.case_id(sent.json["reference"].as_str().unwrap()).await;
        let clerk = app.clerk().await;
        let case = clerk.get(&format!("/api/v1/cases/{id}")).await;
        assert_eq!(case.json["category"], category, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_goes_with_its_category_unless_somebody_gave_it_to_another_team() {
    let app = TestApp::open().await;
    let admin = app.signed_in("waterdam.localhost", ADMIN).await;
    let mut teams = Vec::new();
    for (name, category) in [("Wegen", "Stoepen"), ("Groen", "Bomen"), ("Wijk", "Buren")] {
        let team = admin.post("/api/v1/teams", &json!({ "name": name })).await;
        let team = team.json["id"].clone();
        let new = json!({ "labelNl": category, "labelEn": category, "teamId": team });
        let added = admin.post("/api/v1/case-categories", &new).await;
        assert_eq!(added.status, 201, "{}", added.text);
        teams.push((team, added.json["key"].clone()));
    }
    let [(roads, pavements), (green, trees), (quarter, neighbours)] = teams.try_into().unwrap();
    let receipt = app.complaint().await;
    let case = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &Value::Null)
        .await;
    for (key, team) in [(&pavements, &roads), (&trees, &green)] {
        let changed = categorise(&clerk, &case, key.clone()).await;
        assert_eq!(&changed.json["teamId"], team, "{}", changed.text);
    }
    let on = json!({ "teamId": roads, "staffId": "" });
    let path = format!("/api/v1/cases/{case}/_hand-on");
    assert_eq!(clerk.post(&path, &on).await.status, 200);
    let by_hand = categorise(&clerk, &case, neighbours.clone()).await;
    assert_eq!(by_hand.json["teamId"], roads, "given by hand");
    assert_ne!(by_hand.json["teamId"], quarter);
}
