//! The catalogue: words with their synonyms, facets with counts, municipalities like one's own.

use domain::{
    catalogue::{Catalogue, CatalogueQuery},
    practices::{Municipality, Reader},
};
use serde_json::{Value, json};
use tests::TestApp;

use crate::practices::{practice, publish};

async fn three(app: &TestApp) {
    for (title, kind, theme, approach) in [
        (
            "Klachten bellen",
            "method",
            "complaints",
            "Wij bellen terug.",
        ),
        (
            "Duidelijke brieven",
            "communication",
            "plainLanguage",
            "Vijf inwoners lezen mee.",
        ),
        (
            "Meldingen op straat",
            "tool",
            "publicSpace",
            "Een foto van de stoeptegel.",
        ),
    ] {
        let mut one = practice(title);
        one["practiceType"] = json!(kind);
        one["themes"] = json!([theme]);
        one["approach"] = json!(approach);
        one["summary"] = json!(title);
        publish(app, &one).await;
    }
}

fn titles(found: &Value) -> Vec<&str> {
    let items = found["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["title"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn practices_are_found_by_words_synonyms_and_facets() {
    let app = TestApp::open().await;
    three(&app).await;
    let reader = app.anonymous("localhost");
    let find = async |query: &str| reader.get(&format!("/api/v1/practices?{query}")).await.json;
    let all = find("").await;
    assert_eq!((&all["total"], &all["all"]), (&json!(3), &json!(3)));
    let by_word = find("q=stoeptegels").await;
    assert_eq!(titles(&by_word), ["Meldingen op straat"]);
    let by_synonym = find("q=tip").await;
    let mut found = titles(&by_synonym);
    found.sort_unstable();
    assert_eq!(found, ["Klachten bellen", "Meldingen op straat"]);
    assert_eq!(
        titles(&find("q=klacht").await)[0],
        "Klachten bellen",
        "the word itself comes first"
    );
    assert_eq!(find("q=zeppelin").await["total"], 0);
    assert_eq!(titles(&find("type=tool").await), ["Meldingen op straat"]);
    assert_eq!(find("type=tool,method").await["total"], 2);
    let both = find("type=tool&theme=complaints").await;
    assert_eq!(both["total"], 0);
    let facet = |found: &Value, kind: &str| {
        let facets = found["facets"].as_array().unwrap();
        facets.iter().find(|one| one["kind"] == kind).unwrap()["options"].clone()
    };
    let counts = facet(&find("type=tool").await, "type");
    assert_eq!(
        counts.as_array().unwrap().len(),
        3,
        "its own choice takes nothing away: {counts}"
    );
    let themes = facet(&find("type=tool").await, "theme");
    assert_eq!(
        themes,
        json!([{ "value": "publicSpace", "count": 1, "chosen": false }])
    );
    assert_eq!(reader.get("/api/v1/practices?limit=0").await.status, 400);
    assert_eq!(titles(&find("limit=1&page=2").await).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_an_address_that_can_be_shared() {
    let app = TestApp::open().await;
    three(&app).await;
    for host in ["localhost", "waterdam.localhost"] {
        let reader = app.anonymous(host);
        let page = reader
            .get("/praktijkvoorbeelden?q=klacht&type=tool&type=method&sort=confirmed")
            .await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains("Klachten bellen"), "{}", page.text);
        assert!(!page.text.contains("Duidelijke brieven"), "{}", page.text);
        assert!(page.text.contains("2 van 3"), "{}", page.text);
        let without = "/praktijkvoorbeelden?q=klacht&#38;type=method&#38;sort=confirmed";
        assert!(page.text.contains(without), "{}", page.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_takes_four_statements_at_most() {
    let app = TestApp::open().await;
    three(&app).await;
    let catalogue = Catalogue::default();
    let query = CatalogueQuery {
        q: "klacht".to_owned(),
        practice_type: "method".to_owned(),
        like: "yes".to_owned(),
        ..CatalogueQuery::default()
    };
    let own = Municipality::named("Waterdam");
    let reader = Reader::staff(app.waterdam.id);
    for most in [3, 2] {
        let tx = app.db.platform_read().await.unwrap();
        let searching = catalogue.search(&tx, reader, own, &query);
        let (statements, found) = app.statements(searching).await;
        assert!(statements <= most, "{statements} statements");
        assert_eq!(found.unwrap().total, 1, "Waterdam is like itself");
    }
}
