//! Messages are found by their words, by a name with a wrong letter, and by the telephone number on the display.

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tests::{Browser, TestApp};

use crate::queue::{message, titles};

async fn filled(app: &TestApp) -> String {
    let (case, reference) = message(
        app,
        "De lantaarns branden niet",
        json!({ "verhaal": "Bij de kapotte brug in Zuiderzee.", "naam": "Zoë Bakema-Özdemir", "telefoon": "+31 (0)6-22 33 44 55", "email": "zoe@voorbeeld.example" }),
    )
    .await;
    message(app, "Iets anders", json!({ "verhaal": "Niets", "naam": "Piet Vos", "telefoon": "0201234567", "email": "piet@elders.example" })).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &Value::Null)
        .await;
    let talked = json!({ "result": "conversation", "note": "Haar buurman viel van de fiets." });
    let talked = clerk
        .post(&format!("/api/v1/cases/{case}/contact-moments"), &talked)
        .await;
    assert_eq!(talked.status, 201, "{}", talked.text);
    reference
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_wherever_they_stand_and_the_answer_says_where() {
    let app = TestApp::open().await;
    let reference = filled(&app).await;
    let clerk = app.clerk().await;
    let no_dash = reference.replace('-', "").to_lowercase();
    for (search, found_in) in [
        ("lantaarn", json!(["title"])),
        ("LANTAARNS", json!(["title"])),
        ("lant", json!(["title"])),
        (no_dash.as_str(), json!([])),
        ("kapot", json!(["story"])),
        ("zuiderz", json!(["story"])),
        ("buurman", json!(["notes"])),
        ("fietsen", json!(["notes"])),
        ("zoe", json!(["person"])),
        ("Zoë ozdemir", json!(["person"])),
        ("bakima", json!(["person"])),
        ("bakma", json!(["person"])),
        ("bakemma", json!(["person"])),
        ("zoe@voorbeeld.example", json!(["person"])),
        ("bakema lantaarn", json!(["title", "person"])),
        ("0622334455", json!(["person"])),
        ("06 22 33 44 55", json!(["person"])),
        ("0031622334455", json!(["person"])),
        ("%2B31 6 22334455", json!(["person"])),
    ] {
        let list = clerk.get(&format!("/api/v1/cases?search={search}")).await;
        assert_eq!(list.status, 200, "{search}: {}", list.text);
        let items = list.json["items"].as_array().unwrap();
        assert_eq!(items.len(), 1, "{search}: {}", list.text);
        assert_eq!(items[0]["reference"], json!(reference), "{search}");
        if search != no_dash {
            assert_eq!(items[0]["foundIn"], found_in, "{search}");
        }
    }
    for search in [
        "bokimo",
        "lantaarn piet",
        "buurvrouw",
        "0699999999",
        "!!!",
        "' OR 1=1",
        "\"",
        "a* NOT b",
        ":* %26 |",
    ] {
        assert_eq!(
            titles(&clerk, &format!("search={search}")).await,
            Vec::<String>::new(),
            "{search}"
        );
    }
    let id = app.case_id(&reference).await;
    let note = json!({ "text": "Elzinga weet ervan." });
    let path = format!("/api/v1/cases/{id}");
    assert_eq!(
        clerk.post(&format!("{path}/notes"), &note).await.status,
        201
    );
    let message = json!({ "text": "Wij vervangen de trafo." });
    let sent = clerk.post(&format!("{path}/messages"), &message).await;
    assert_eq!((sent.status, &sent.json["text"]), (201, &message["text"]));
    for word in ["elzinga", "trafo"] {
        let list = clerk.get(&format!("/api/v1/cases?search={word}")).await;
        let found = &list.json["items"][0];
        assert_eq!(
            (&found["reference"], &found["foundIn"]),
            (&json!(reference), &json!(["notes"])),
            "{word}: {}",
            list.text
        );
    }
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go("/balie?zoek=buurman").await;
    assert!(
        page.page.text.contains("gevonden in notities of berichten"),
        "{}",
        page.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_calls_is_found_by_the_number_with_what_is_open_on_top() {
    let app = TestApp::open().await;
    let (closed, _) = message(&app, "Toen", json!({})).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{closed}/_claim"), &Value::Null)
        .await;
    let end = json!({ "outcome": "withdrawn", "law": "withdrawn", "lawOn": "2026-11-23", "keptAt": "Telefoon" });
    let end = clerk
        .post(&format!("/api/v1/cases/{closed}/_close"), &end)
        .await;
    assert_eq!(end.status, 200, "{}", end.text);
    app.clock.advance(-TimeDelta::days(2));
    message(&app, "Nu", json!({ "telefoon": "+31612345678" })).await;
    app.clock.advance(TimeDelta::days(2));
    message(
        &app,
        "Van een ander",
        json!({ "telefoon": "06 22 33 44 55" }),
    )
    .await;
    let clerk = app.clerk().await;
    assert_eq!(titles(&clerk, "search=06-12345678").await, ["Nu", "Toen"]);
    assert_eq!(titles(&clerk, "search=bakema&show=closed").await, ["Toen"]);
    assert_eq!(titles(&clerk, "search=bakema&show=open").await.len(), 2);
    // Piece by piece as well.
    let first = clerk.get("/api/v1/cases?search=06-12345678&limit=1").await;
    let next = first.json["nextCursor"].as_str().unwrap();
    assert_eq!(
        titles(&clerk, &format!("search=06-12345678&limit=1&cursor={next}")).await,
        ["Toen"]
    );
    let other = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    for search in ["0612345678", "bakema", "nu"] {
        assert_eq!(
            titles(&other, &format!("search={search}")).await,
            Vec::<String>::new()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_of_a_case_go_with_its_contents() {
    let app = TestApp::open().await;
    let (case, _) = message(
        &app,
        "Sleutelwoord",
        json!({ "soort": "tip", "verhaal": "Geheimpje" }),
    )
    .await;
    let clerk = app.clerk().await;
    let path = |rest: &str| format!("/api/v1/cases/{case}{rest}");
    clerk.post(&path("/_claim"), &Value::Null).await;
    let talked = json!({ "result": "conversation", "note": "Vertrouwelijkheid" });
    clerk.post(&path("/contact-moments"), &talked).await;
    let request = clerk
        .request("PUT", &path("/tags"))
        .json(&json!({ "tags": ["labelwoord"] }));
    assert_eq!(clerk.send(request).await.status, 200);
    let end = clerk
        .post(
            &path("/_close"),
            &json!({ "outcome": "explained", "note": "Slotwoord" }),
        )
        .await;
    assert_eq!(end.status, 200, "{}", end.text);
    assert_eq!(titles(&clerk, "search=slotwoord").await, ["Sleutelwoord"]);
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    // Years later.
    app.clock.advance(TimeDelta::days(2_000));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    let clerk = app.clerk().await;
    for search in [
        "sleutelwoord",
        "geheimpje",
        "vertrouwelijkheid",
        "slotwoord",
        "bakema",
        "0612345678",
    ] {
        assert_eq!(
            titles(&clerk, &format!("search={search}&show=all")).await,
            Vec::<String>::new(),
            "{search}"
        );
    }
    let left = crate::erasure::everything(&app).await;
    for secret in [
        "sleutelwoord",
        "geheimpje",
        "vertrouwelijkheid",
        "slotwoord",
        "labelwoord",
        "bakema",
    ] {
        let rows: Vec<_> = left
            .iter()
            .filter(|(_, row)| row.to_lowercase().contains(secret))
            .collect();
        assert_eq!(rows, Vec::<&(String, String)>::new(), "{secret}");
    }
    if app.store.is_postgres() {
        return;
    }
    // The index forgets as well: no word is left in it.
    let connection = app.store.as_database_owner().await;
    connection
        .execute_unprepared(
            "create virtual table temp.words using fts5vocab('main', 'case_search_text', 'row')",
        )
        .await
        .unwrap();
    let words = Statement::from_string(
        connection.get_database_backend(),
        "select term as term from temp.words",
    );
    let words = connection.query_all_raw(words).await.unwrap();
    assert_eq!(words.len(), 0);
}
