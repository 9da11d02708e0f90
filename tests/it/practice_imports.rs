//! Many practices in one file.

use serde_json::json;
use tests::{Browser, TestApp};

const TABLE: &str = "Titel;Gemeente;Jaartal;Aanpak;Resultaat;Wat ging mis;Contactpersoon;E-mail\r\n\
    Bellen;Waterdam;2025;Wij bellen terug.;Een 8,1.;Niemand op vrijdag.;Noor Terpstra;noor@waterdam.example\r\n\
    Schrijven;Waterdam;2024;\"Wij schrijven.\nIn gewone taal.\";Minder vragen.;;;\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_table_or_a_document_is_tried_first_and_read_once() {
    let app = TestApp::open().await;
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let import = async |kind: &str, body: String, query: &str| {
        let path = format!("/api/v1/practice-drafts/_import?name=alles{query}");
        let request = editor.request("POST", &path).header("content-type", kind);
        editor.send(request.body(body)).await
    };
    let tried = import("text/csv", TABLE.to_owned(), "&dryRun=true").await;
    assert_eq!(tried.status, 200, "{}", tried.text);
    assert_eq!(tried.json["items"][0]["state"], "new");
    assert_eq!(tried.json["items"][0]["id"], json!(null));
    let none = editor.get("/api/v1/practice-drafts").await;
    assert_eq!(none.json["items"], json!([]), "nothing was kept");
    let read = import("text/csv", TABLE.to_owned(), "").await;
    let again = import("text/csv", TABLE.to_owned(), "").await;
    for (reply, state) in [(&read, "new"), (&again, "known")] {
        let items = reply.json["items"].as_array().unwrap();
        assert_eq!(items.len(), 2, "{}", reply.text);
        assert!(
            items.iter().all(|item| item["state"] == state),
            "{}",
            reply.text
        );
        assert_eq!(items[0]["title"], "Bellen");
        assert!(!reply.text.contains("Terpstra"), "{}", reply.text);
    }
    let id = read.json["items"][0]["id"].as_str().unwrap();
    let draft = editor.get(&format!("/api/v1/practice-drafts/{id}")).await;
    assert!(draft.text.contains("Niemand op vrijdag."), "{}", draft.text);
    let documents = json!([
        { "title": "Bellen", "year": 2025, "approach": "Wij bellen.", "description": "Wij bellen terug.",
          "contact": { "contactName": "Noor Terpstra", "contactPhone": "0299-123400" } },
        { "titel": "De wijk kiest", "resultaat": ["Meer stemmen.", "Minder vragen."] }
    ]);
    let read = import("application/json", documents.to_string(), "").await;
    assert_eq!(
        read.json["items"].as_array().unwrap().len(),
        2,
        "{}",
        read.text
    );
    let lines = "{\"titel\":\"Een\",\"aanpak\":\"Zo.\"}\n{\"titel\":\"Twee\",\"aanpak\":\"Zo.\"}\n";
    let read = import("application/jsonl", lines.to_owned(), "").await;
    assert_eq!(read.json["items"][1]["title"], "Twee", "{}", read.text);
    for (kind, body, code) in [
        ("text/csv", "a;b\n1;2\n", "source_no_table"),
        ("application/json", "{\"titel\":", "source_no_json"),
        ("application/json", "[]", "required"),
    ] {
        let refused = import(kind, body.to_owned(), "").await;
        assert_eq!(
            (refused.status, &refused.json["errors"][0]["code"]),
            (400, &json!(code)),
            "{}",
            refused.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_page_a_file_is_tried_read_and_refused_with_the_reason() {
    let app = TestApp::open().await;
    let list = "/beheer/praktijkvoorbeelden";
    let mut editor =
        Browser::sign_in(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    let table = TABLE.as_bytes().to_vec();
    editor.go(list).await;
    let tries = [("dryRun", "true")];
    let file = [("file", "alles.csv", table)];
    editor.upload(list, &tries, &file).await;
    assert_eq!(editor.page.status, 200, "{}", editor.page.text);
    assert!(editor.page.text.contains("Schrijven"));
    let caller = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let drafts = "/api/v1/practice-drafts";
    assert_eq!(caller.get(drafts).await.json["items"], json!([]));
    editor.go(list).await;
    editor.upload(list, &[], &file).await;
    assert!(editor.page.text.contains("Bellen"), "{}", editor.page.text);
    let kept = caller.get(drafts).await;
    assert_eq!(kept.json["items"].as_array().unwrap().len(), 2);
    assert!(!editor.page.text.contains("Terpstra"));
    // One text becomes one draft, and its page is shown.
    let text = "Samenvatting\n\nWij bellen.\n\nResultaat\n\nEen 8,1.\n"
        .as_bytes()
        .to_vec();
    editor.go(list).await;
    editor
        .upload(list, &[], &[("file", "tekst.txt", text)])
        .await;
    assert!(editor.path.len() > list.len() + 30, "{}", editor.path);
    assert!(editor.page.text.contains("Wij bellen."));
    for (name, bytes) in [
        ("leeg.txt", b" \n".to_vec()),
        ("tabel.csv", b"a;b\n1;2\n".to_vec()),
    ] {
        editor.go(list).await;
        editor.upload(list, &[], &[("file", name, bytes)]).await;
        assert_eq!(editor.page.status, 400, "{name}: {}", editor.page.text);
        assert!(editor.page.text.contains("href=\"#file\""), "{name}");
    }
}
