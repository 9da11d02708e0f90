//! Many messages changed at once: a preview, and the change to those that are as they were shown.

use serde_json::{Value, json};
use tests::{Browser, TestApp, absent_id};

use crate::queue::{message, titles};

#[tokio::test(flavor = "multi_thread")]
async fn a_change_says_of_each_message_what_becomes_of_it_and_why_not() {
    let app = TestApp::open().await;
    let (free, _) = message(&app, "Van niemand", json!({})).await;
    let (colleagues, _) = message(&app, "Van een collega", json!({})).await;
    let (closed, _) = message(&app, "Afgesloten", json!({})).await;
    let (mine, _) = message(&app, "Van mij", json!({})).await;
    let clerk = app.clerk().await;
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    colleague
        .post(&format!("/api/v1/cases/{colleagues}/_claim"), &Value::Null)
        .await;
    clerk
        .post(&format!("/api/v1/cases/{mine}/_claim"), &Value::Null)
        .await;
    clerk
        .post(&format!("/api/v1/cases/{closed}/_claim"), &Value::Null)
        .await;
    let end = json!({ "outcome": "withdrawn", "law": "withdrawn", "lawOn": "2026-11-23", "keptAt": "Telefoon" });
    let end = clerk
        .post(&format!("/api/v1/cases/{closed}/_close"), &end)
        .await;
    assert_eq!(end.status, 200, "{}", end.text);
    let absent = absent_id();
    let all = [&free, &colleagues, &closed, &mine, &absent];
    let cases: Vec<Value> = all.iter().map(|id| json!({ "id": id })).collect();
    let dry = json!({ "change": "assign", "value": "me", "cases": cases, "dryRun": true });
    let preview = clerk.post("/api/v1/cases/_change", &dry).await;
    assert_eq!(preview.status, 200, "{}", preview.text);
    let items = preview.json["items"].as_array().unwrap();
    let skipped: Vec<&Value> = items.iter().map(|item| &item["skipped"]).collect();
    let expected = [
        Value::Null,
        json!("colleagues"),
        json!("closed"),
        json!("alreadySo"),
        json!("notFound"),
    ];
    assert_eq!(
        skipped,
        expected.iter().collect::<Vec<_>>(),
        "{}",
        preview.text
    );
    assert_eq!(
        titles(&clerk, "show=mine").await,
        ["Van mij"],
        "a dry run changes nothing"
    );

    // Meanwhile a colleague gives the free one a category, or takes it: it is not changed.
    let send = |items: &[Value]| {
        let cases: Vec<Value> = (items.iter())
            .map(|item| json!({ "id": item["id"], "version": item["version"] }))
            .collect();
        json!({ "change": "assign", "value": "me", "cases": cases })
    };
    let team = json!({ "name": "Wegen" });
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let team = admin.post("/api/v1/teams", &team).await.json["id"].clone();
    let version = items[0]["version"].clone();
    let other =
        json!({ "change": "team", "value": team, "cases": [{ "id": free, "version": version }] });
    let other = colleague.post("/api/v1/cases/_change", &other).await;
    assert_eq!(
        other.json["items"][0]["skipped"],
        Value::Null,
        "{}",
        other.text
    );
    let stale = clerk.post("/api/v1/cases/_change", &send(items)).await;
    assert_eq!(
        stale.json["items"][0]["skipped"], "changed",
        "{}",
        stale.text
    );
    assert_eq!(titles(&clerk, "show=mine").await, ["Van mij"]);

    let again = clerk.post("/api/v1/cases/_change", &dry).await;
    let fresh = again.json["items"].as_array().unwrap();
    let done = clerk.post("/api/v1/cases/_change", &send(fresh)).await;
    assert_eq!(
        done.json["items"][0]["skipped"],
        Value::Null,
        "{}",
        done.text
    );
    assert_eq!(titles(&clerk, "show=mine").await.len(), 2);
    let once_more = clerk.post("/api/v1/cases/_change", &send(fresh)).await;
    assert_eq!(
        once_more.json["items"][0]["skipped"], "alreadySo",
        "done is done"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_given_a_message_about_themselves() {
    let app = TestApp::open().await;
    let (case, _) = message(&app, "Over een collega", json!({})).await;
    let colleague = app
        .staff_id(app.waterdam.id, "colleague@waterdam.example")
        .await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let subject = domain::cases::Subject::Colleague(colleague);
    domain::cases::add_subject(&tx, case.parse().unwrap(), None, subject)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let clerk = app.clerk().await;
    let dry = json!({ "change": "assign", "value": colleague, "cases": [{ "id": case }], "dryRun": true });
    let preview = clerk.post("/api/v1/cases/_change", &dry).await;
    assert_eq!(
        preview.json["items"][0]["skipped"], "aboutThem",
        "{}",
        preview.text
    );
    let them = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    let tag = json!({ "change": "tag", "value": "weg", "cases": [{ "id": case }], "dryRun": true });
    let unseen = them.post("/api/v1/cases/_change", &tag).await;
    assert_eq!(unseen.json["items"][0]["skipped"], "notFound");
    assert_eq!(unseen.json["items"][0]["title"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_chosen_is_refused() {
    let app = TestApp::open().await;
    let (case, _) = message(&app, "Melding", json!({})).await;
    let clerk = app.clerk().await;
    let many: Vec<Value> = (0..101).map(|_| json!({ "id": absent_id() })).collect();
    let one = json!([{ "id": case }]);
    for (body, field) in [
        (
            json!({ "change": "paint", "value": "me", "cases": one }),
            "change",
        ),
        (
            json!({ "change": "assign", "value": absent_id(), "cases": one }),
            "value",
        ),
        (json!({ "change": "assign", "cases": one }), "value"),
        (
            json!({ "change": "team", "value": "x", "cases": one }),
            "value",
        ),
        (
            json!({ "change": "category", "value": "geen", "cases": one }),
            "value",
        ),
        (
            json!({ "change": "tag", "value": "a".repeat(31), "cases": one }),
            "value",
        ),
        (
            json!({ "change": "tag", "value": "weg", "cases": [] }),
            "cases",
        ),
        (
            json!({ "change": "tag", "value": "weg", "cases": many }),
            "cases",
        ),
    ] {
        let refused = clerk.post("/api/v1/cases/_change", &body).await;
        assert_eq!(
            (refused.status, &refused.json["errors"][0]["field"]),
            (400, &json!(field)),
            "{}",
            refused.text
        );
    }
    let auditor = app
        .staff_id(app.waterdam.id, "auditor@waterdam.example")
        .await;
    let to_auditor = json!({ "change": "assign", "value": auditor, "cases": [{ "id": case }] });
    assert_eq!(
        clerk
            .post("/api/v1/cases/_change", &to_auditor)
            .await
            .status,
        400
    );
    let nine: Vec<String> = (0..9).map(|number| format!("label {number}")).collect();
    let path = format!("/api/v1/cases/{case}/tags");
    let tags = |tags: &[String]| clerk.request("PUT", &path).json(&json!({ "tags": tags }));
    assert_eq!(
        clerk.send(tags(&nine)).await.json["errors"][0]["code"],
        "too_many"
    );
    let kept = clerk.send(tags(&nine[..8])).await;
    assert_eq!(
        kept.json["items"].as_array().unwrap().len(),
        8,
        "{}",
        kept.text
    );
    let ninth =
        json!({ "change": "tag", "value": "nog een", "cases": [{ "id": case }], "dryRun": true });
    let ninth = clerk.post("/api/v1/cases/_change", &ninth).await;
    assert_eq!(ninth.json["items"][0]["skipped"], "tooManyTags");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_page_messages_are_ticked_looked_at_and_changed() {
    let app = TestApp::open().await;
    let (one, _) = message(&app, "De eerste", json!({})).await;
    let (two, other) = message(&app, "De tweede", json!({})).await;
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/balie?soort=complaint").await;
    clerk
        .submit("/balie/kies", &[("doe", "me"), ("uit", "soort=complaint")])
        .await;
    assert_eq!(
        clerk.page.status, 400,
        "nothing is ticked: {}",
        clerk.page.text
    );
    clerk.go("/balie?soort=complaint").await;
    let ticked = [
        ("kies", one.as_str()),
        ("kies", two.as_str()),
        ("doe", "me"),
        ("uit", "soort=complaint"),
    ];
    clerk.submit("/balie/kies", &ticked).await;
    assert!(
        clerk.page.text.contains("2 meldingen veranderen"),
        "{}",
        clerk.page.text
    );
    let versions = (
        clerk.hidden("cases\\.0\\.version"),
        clerk.hidden("cases\\.1\\.version"),
    );
    // Somebody takes the second one just now.
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    colleague
        .post(&format!("/api/v1/cases/{two}/_claim"), &Value::Null)
        .await;
    let sent = [
        ("change", "assign"),
        ("value", "me"),
        ("uit", "soort=complaint"),
        ("cases.0.id", one.as_str()),
        ("cases.0.version", versions.0.as_str()),
        ("cases.1.id", two.as_str()),
        ("cases.1.version", versions.1.as_str()),
    ];
    clerk.submit("/balie/kies/doen", &sent).await;
    assert!(
        clerk.page.text.contains("1 melding is veranderd"),
        "{}",
        clerk.page.text
    );
    assert!(clerk.page.text.contains("1 melding verandert niet"));
    assert!(
        clerk.page.text.contains(&other) && clerk.page.text.contains("een collega werkt eraan")
    );
    clerk.go("/balie").await;
    let tag = [
        ("kies", one.as_str()),
        ("doe", "tag"),
        ("woord", "Gladheid"),
        ("uit", ""),
    ];
    clerk.submit("/balie/kies", &tag).await;
    let version = clerk.hidden("cases\\.0\\.version");
    let sent = [
        ("change", "tag"),
        ("value", "Gladheid"),
        ("uit", ""),
        ("cases.0.id", one.as_str()),
        ("cases.0.version", version.as_str()),
    ];
    clerk.submit("/balie/kies/doen", &sent).await;
    assert!(
        clerk.page.text.contains("De meldingen zijn veranderd"),
        "{}",
        clerk.page.text
    );
    assert!(clerk.page.text.contains(">gladheid</span>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gets_messages_from_the_list_is_told_why_like_who_gets_one_on_its_page() {
    let app = TestApp::open().await;
    let (one, reference) = message(&app, "De eerste", json!({})).await;
    let (two, _) = message(&app, "De tweede", json!({})).await;
    let lead = app.staff_id(app.waterdam.id, "lead@waterdam.example").await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let team = json!({ "name": "Wegen", "members": [lead.to_string()] });
    let team = admin.post("/api/v1/teams", &team).await.json["id"].clone();
    let clerk = app.clerk().await;
    let change = async |change: &str, value: Value| {
        let cases = json!([{ "id": one }, { "id": two }]);
        let dry = json!({ "change": change, "value": value, "cases": cases, "dryRun": true });
        let shown = clerk.post("/api/v1/cases/_change", &dry).await;
        let cases: Vec<Value> = (shown.json["items"].as_array().unwrap().iter())
            .map(|item| json!({ "id": item["id"], "version": item["version"] }))
            .collect();
        let reason = "Zij zijn van dezelfde straat.";
        let body = json!({ "change": change, "value": value, "cases": cases, "reason": reason });
        let (statements, done) = app
            .statements(clerk.post("/api/v1/cases/_change", &body))
            .await;
        assert_eq!(
            done.json["items"][1]["skipped"],
            Value::Null,
            "{}",
            done.text
        );
        statements
    };
    let first = change("team", team.clone()).await;
    assert!(first <= 18, "{first} statements for two messages");
    let case = clerk.get(&format!("/api/v1/cases/{one}")).await.json;
    assert_eq!(
        (&case["teamId"], &case["assigneeId"]),
        (&team, &Value::Null)
    );
    change("assign", json!(lead)).await;
    let case = clerk.get(&format!("/api/v1/cases/{one}")).await.json;
    assert_eq!(
        (&case["teamId"], &case["assigneeId"]),
        (&team, &json!(lead))
    );
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "lead@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}")).await;
    for told in ["gaf de melding door aan", "Zij zijn van dezelfde straat."] {
        assert!(page.page.text.contains(told), "{told}: {}", page.page.text);
    }
    let lead = app
        .signed_in("waterdam.localhost", "lead@waterdam.example")
        .await;
    let notices = lead.get("/api/v1/notices").await;
    let kinds: Vec<&Value> = (notices.json["items"].as_array().unwrap().iter())
        .map(|notice| &notice["kind"])
        .collect();
    assert_eq!(kinds, ["assigned", "assigned"], "one for each message");
    // A colleague's message goes to no team without that colleague.
    let dry = json!({ "change": "team", "value": team, "cases": [{ "id": one }], "dryRun": true });
    let shown = clerk.post("/api/v1/cases/_change", &dry).await;
    assert_eq!(
        shown.json["items"][0]["skipped"], "colleagues",
        "{}",
        shown.text
    );
}
