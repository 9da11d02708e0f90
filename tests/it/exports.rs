//! Published practices for harvesters, read by parsers that we did not write.

use chrono::TimeDelta;
use oxrdf::{NamedNode, Term};
use serde_json::{Value, json};
use tests::{Caller, TestApp};

use crate::practices::{practice, publish};

/// A practice whose words would end an element or mean something in Markdown.
fn odd() -> Value {
    let mut odd = practice("Bellen </script><b> & *meer*");
    odd["approach"] = json!("1. Luister # goed.\n2. Bel [dan](x).");
    odd["claims"] = json!([
        { "stage": "before", "mean": "6,4", "population": "residents" },
        { "stage": "after", "mean": "8,6", "population": "customers" }
    ]);
    odd
}

async fn accepting(reader: &Caller, path: &str, kind: &str) -> tests::Reply {
    reader
        .send(reader.request("GET", path).header("accept", kind))
        .await
}

fn quads(json: &str) -> Vec<oxrdf::Quad> {
    oxjsonld::JsonLdParser::new()
        .for_slice(json)
        .collect::<Result<_, _>>()
        .unwrap()
}

fn values(quads: &[oxrdf::Quad], predicate: &str) -> Vec<String> {
    let predicate = NamedNode::new(predicate).unwrap();
    (quads.iter())
        .filter(|quad| quad.predicate == predicate)
        .map(|quad| match &quad.object {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::NamedNode(node) => node.as_str().to_owned(),
            other @ Term::BlankNode(_) => other.to_string(),
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_is_linked_data_in_its_page_and_by_itself() {
    let app = TestApp::open().await;
    let (_, slug) = publish(&app, &odd()).await;
    let reader = app.anonymous("localhost");
    let path = format!("/praktijkvoorbeelden/{slug}");
    let page = reader.get(&path).await;
    let document = scraper::Html::parse_document(&page.text);
    let scripts = scraper::Selector::parse("script[type='application/ld+json']").unwrap();
    let embedded: Vec<String> = document
        .select(&scripts)
        .map(|script| script.text().collect())
        .collect();
    assert_eq!(embedded.len(), 1, "{}", page.text);
    let own = accepting(&reader, &path, "application/ld+json").await;
    assert_eq!(own.status, 200, "{}", own.text);
    assert!(
        own.header("content-type")
            .starts_with("application/ld+json")
    );
    for text in [&embedded[0], &own.text] {
        let quads = quads(text);
        let names = values(&quads, "https://schema.org/headline");
        assert_eq!(names, ["Bellen </script><b> & *meer*"]);
        assert_eq!(values(&quads, "https://schema.org/version"), ["1"]);
        assert_eq!(
            values(&quads, "https://schema.org/license"),
            ["https://creativecommons.org/licenses/by/4.0/"]
        );
        assert!(
            !text.contains("Terpstra") && !text.contains("Person"),
            "no person: {text}"
        );
    }
    for reply in [&page, &own] {
        let vary = reply.header("vary").to_lowercase();
        assert!(vary.contains("accept"), "{vary}");
    }
    let same = reader
        .get(&format!("/api/v1/exports/practices/{slug}/jsonld"))
        .await;
    assert_eq!(same.text, own.text);
    let absent = accepting(&reader, "/praktijkvoorbeelden/geen", "application/ld+json").await;
    assert_eq!(absent.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_as_markdown_says_every_word_as_it_was_written() {
    let app = TestApp::open().await;
    let (_, slug) = publish(&app, &odd()).await;
    let reader = app.anonymous("localhost");
    let path = format!("/praktijkvoorbeelden/{slug}");
    let reply = accepting(&reader, &path, "text/markdown").await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let mut text = String::new();
    let mut headings = 0;
    for event in pulldown_cmark::Parser::new(&reply.text) {
        match event {
            pulldown_cmark::Event::Text(piece) => text.push_str(&piece),
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { .. }) => headings += 1,
            pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => {
                panic!("{html}")
            }
            _ => {}
        }
    }
    for words in [
        "Bellen </script><b> & *meer*",
        "Luister # goed.",
        "Bel [dan](x).",
        "Op vrijdag was er niemand.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(headings >= 6, "{headings}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_has_pages_and_what_was_taken_back_leaves_a_mark() {
    let app = TestApp::open().await;
    let (id, gone) = publish(&app, &practice("Weg")).await;
    app.clock.advance(TimeDelta::minutes(1));
    publish(&app, &odd()).await;
    let reader = app.anonymous("localhost");
    let path = "/api/v1/exports/practice-feed";
    let first = reader.get(path).await;
    let feed = feed_rs::parser::parse(first.text.as_bytes()).unwrap();
    let titles: Vec<String> = (feed.entries.iter())
        .map(|entry| entry.title.as_ref().unwrap().content.clone())
        .collect();
    assert_eq!(titles.len(), 2, "{}", first.text);
    assert!(titles[0].contains("Bellen"), "what changed last is first");
    assert!(feed.entries[0].id.starts_with("tag:localhost,2026:"));
    assert_eq!(feed.entries[0].categories.len(), 2);
    for (kind, word) in [
        ("text/markdown", "# Bellen"),
        ("application/ld+json", "headline"),
    ] {
        let enclosed = (feed.entries[0].links.iter())
            .find(|link| {
                link.rel.as_deref() == Some("enclosure") && link.media_type.as_deref() == Some(kind)
            })
            .unwrap();
        let path = enclosed
            .href
            .split_once("/api/")
            .map(|(_, path)| format!("/api/{path}"))
            .unwrap();
        let document = reader.get(&path).await;
        assert!(document.header("content-type").starts_with(kind));
        assert!(document.text.contains(word), "{}", document.text);
    }
    let again = reader
        .send(
            reader
                .request("GET", path)
                .header("if-none-match", first.header("etag")),
        )
        .await;
    assert_eq!(again.status, 304, "nothing changed");
    let themed = reader.get(&format!("{path}?theme=permits")).await;
    let none = feed_rs::parser::parse(themed.text.as_bytes()).unwrap();
    assert_eq!(none.entries.len(), 0);
    assert_eq!(reader.get(&format!("{path}?theme=onzin")).await.status, 400);

    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    app.clock.advance(TimeDelta::minutes(1));
    let taken = editor
        .post(
            &format!("/api/v1/practice-drafts/{id}/_withdraw"),
            &json!({ "reason": "Wij doen het niet meer." }),
        )
        .await;
    assert_eq!(taken.status, 200, "{}", taken.text);
    let after = reader.get(path).await;
    let tree = roxmltree::Document::parse(&after.text).unwrap();
    let marks: Vec<_> = tree
        .descendants()
        .filter(|node| {
            node.has_tag_name(("http://purl.org/atompub/tombstones/1.0", "deleted-entry"))
        })
        .collect();
    assert_eq!(marks.len(), 1, "{}", after.text);
    assert_eq!(
        marks[0].attribute("ref"),
        Some(format!("tag:localhost,2026:praktijkvoorbeeld/{id}").as_str())
    );
    assert_eq!(
        feed_rs::parser::parse(after.text.as_bytes())
            .unwrap()
            .entries
            .len(),
        1
    );

    let lines = reader.get("/api/v1/exports/practice-lines").await;
    let all: Vec<Value> = (lines.text.lines())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(all.len(), 2, "{}", lines.text);
    let mark = all.iter().find(|one| one["slug"] == *gone).unwrap();
    assert_eq!(mark["state"], "withdrawn");
    assert!(mark.get("article").is_none());
    let now = app.db.now() + TimeDelta::minutes(1);
    let since = now.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let later = reader
        .get(&format!("/api/v1/exports/practice-lines?since={since}"))
        .await;
    assert_eq!((later.status, later.text.as_str()), (200, ""));

    let sitemap = reader.get("/sitemap.xml").await;
    let tree = roxmltree::Document::parse(&sitemap.text).unwrap();
    let pages = tree
        .descendants()
        .filter(|node| node.has_tag_name("loc"))
        .count();
    assert_eq!(pages, 2, "{}", sitemap.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_of_data_sets_is_linked_data_with_everything_that_is_asked_for() {
    let app = TestApp::open().await;
    let reader = app.anonymous("localhost");
    let catalogue = reader.get("/api/v1/exports/catalogue").await;
    let quads = quads(&catalogue.text);
    let term = |name: &str| values(&quads, &format!("http://purl.org/dc/terms/{name}"));
    let dcat = |name: &str| values(&quads, &format!("http://www.w3.org/ns/dcat#{name}"));
    assert_eq!(dcat("dataset").len(), 2);
    for needed in [
        "title",
        "description",
        "publisher",
        "license",
        "identifier",
        "accessRights",
    ] {
        assert!(term(needed).len() >= 2, "{needed}");
    }
    for needed in ["contactPoint", "theme"] {
        assert_eq!(dcat(needed).len(), 2, "{needed}");
    }
    for address in dcat("accessURL") {
        let path = address
            .split_once("/api/")
            .map(|(_, path)| format!("/api/{path}"))
            .unwrap();
        let reply = reader.get(&path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
    }
}
