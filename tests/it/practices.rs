//! Practices: imported unchanged, published without the contact person.

use serde_json::json;
use tests::{Browser, TestApp};

const TEXT: &str = include_str!("../../domain/src/practices/fixtures/klantenservice.txt");

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_give_the_same_draft_and_what_is_published_names_nobody() {
    let app = TestApp::open().await;
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let import = || {
        editor
            .request("POST", "/api/v1/practice-drafts?name=klantenservice.txt")
            .header("content-type", "text/plain")
            .body(TEXT)
    };
    let first = editor.send(import()).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let second = editor.send(import()).await;
    assert_eq!(
        (second.status, &second.json["id"]),
        (200, &first.json["id"])
    );
    let findings = first.json["findings"].as_array().unwrap();
    let has = |field: &str, status: &str| {
        findings
            .iter()
            .any(|finding| finding["field"] == field && finding["status"] == status)
    };
    for (field, status) in [
        ("year", "ok"),
        ("municipality", "empty"),
        ("municipality", "derived"),
        ("practiceType", "empty"),
        ("title", "derived"),
        ("contactName", "personalData"),
        ("contactEmail", "personalData"),
    ] {
        assert!(has(field, status), "{field} {status}: {findings:#?}");
    }
    let id = first.json["id"].as_str().unwrap();
    let publish = format!("/api/v1/practice-drafts/{id}/_publish");
    let incomplete = editor
        .post(
            &publish,
            &json!({ "title": "Klantenservice", "municipality": "Schagen", "practiceType": "", "confirmed": true }),
        )
        .await;
    assert_eq!(
        (
            incomplete.status,
            incomplete.json["errors"].as_array().unwrap().len()
        ),
        (400, 2)
    );
    assert_eq!(
        incomplete.json["errors"][1]["code"], "other_municipality",
        "nobody publishes in another municipality's name: {}",
        incomplete.text
    );
    let named = json!({ "title": "De klantenservice van Noor Terpstra", "practiceType": "Praktijkvoorbeeld", "confirmed": true });
    let named = editor.post(&publish, &named).await;
    assert_eq!(
        named.json["errors"][0]["code"], "personal_data",
        "{}",
        named.text
    );
    let mut done = json!({ "title": "Klantenservice", "municipality": "gemeente Waterdam", "practiceType": "Praktijkvoorbeeld" });
    let unread = editor.post(&publish, &done).await;
    assert_eq!(
        (unread.status, &unread.json["errors"][0]["code"]),
        (400, &json!("not_confirmed")),
        "nobody read it: {}",
        unread.text
    );
    done["confirmed"] = json!(true);
    let done = editor.post(&publish, &done).await;
    assert_eq!(done.status, 200, "{}", done.text);

    let reader = app.anonymous("localhost");
    let list = reader.get("/api/v1/practices").await;
    let slug = list.json["items"][0]["slug"].as_str().unwrap();
    let read = reader.get(&format!("/api/v1/practices/{slug}")).await;
    let page = reader.get(&format!("/praktijkvoorbeelden/{slug}")).await;
    assert_eq!((read.status, page.status), (200, 200));
    assert_eq!(read.json["municipality"], "Gemeente waterdam");
    for public in [&list.text, &read.text, &page.text] {
        for private in ["Noor", "Terpstra", "noor.", "@"] {
            assert!(!public.contains(private), "{private}");
        }
    }
    assert_eq!(
        app.anonymous("waterdam.localhost")
            .get("/api/v1/practices")
            .await
            .status,
        404,
        "at the platform's own host only"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_confirms_the_text_as_it_will_be_read_and_can_take_it_back() {
    let app = TestApp::open().await;
    let account = "formeditor@waterdam.example";
    let mut editor = Browser::sign_in(&app, "waterdam.localhost", account).await;
    let token = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let text = format!("{TEXT}\n\nBel Noor.").replace(
        "Onze klanten voelen",
        "Bel Noor Terpstra op 0224-123400. Onze klanten voelen",
    );
    let request = token
        .request("POST", "/api/v1/practice-drafts")
        .header("content-type", "text/plain")
        .body(text);
    let draft = token.send(request).await;
    let path = format!(
        "/beheer/praktijkvoorbeelden/{}",
        draft.json["id"].as_str().unwrap()
    );
    editor.go(&path).await;
    assert!(
        editor
            .page
            .text
            .contains("Bel ••• ••• op •••. Onze klanten"),
        "{}",
        editor.page.text
    );
    let mut fields = vec![("title", "Bellen"), ("practiceType", "Praktijkvoorbeeld")];
    editor.submit(&path, &fields).await;
    assert_eq!(editor.page.status, 400, "{}", editor.page.text);
    assert!(
        editor
            .page
            .text
            .contains("Lees de tekst en zet een vinkje.")
    );
    fields.push(("confirmed", "ja"));
    editor.submit(&path, &fields).await;
    assert!(
        editor
            .page
            .text
            .contains("Het praktijkvoorbeeld is gepubliceerd."),
        "{}",
        editor.page.text
    );
    let reader = app.anonymous("localhost");
    let list = reader.get("/api/v1/practices").await;
    let slug = list.json["items"][0]["slug"].as_str().unwrap().to_owned();
    editor.submit(&format!("{path}/terughalen"), &[]).await;
    assert!(
        editor.page.text.contains("teruggehaald"),
        "{}",
        editor.page.text
    );
    let gone = reader.get(&format!("/api/v1/practices/{slug}")).await;
    let list = reader.get("/api/v1/practices").await;
    assert_eq!(
        (gone.status, list.json["items"].as_array().unwrap().len()),
        (404, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_text_is_refused_with_its_position() {
    let app = TestApp::open().await;
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    for (body, code) in [
        (b"Titel\n\xff".to_vec(), "source_not_text"),
        (b" \n".to_vec(), "required"),
    ] {
        let request = editor
            .request("POST", "/api/v1/practice-drafts")
            .header("content-type", "text/plain")
            .body(body);
        let reply = editor.send(request).await;
        assert_eq!(
            (reply.status, &reply.json["errors"][0]["code"]),
            (400, &json!(code)),
            "{}",
            reply.text
        );
    }
}
