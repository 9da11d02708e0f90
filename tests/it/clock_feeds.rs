//! Deadlines in somebody's own calendar program.

use serde_json::json;
use tests::{Browser, TestApp, absent_id};

#[tokio::test(flavor = "multi_thread")]
async fn deadlines_stand_in_somebodys_own_calendar_under_an_address_that_can_be_revoked() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap();
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/balie/agenda").await;
    let mut addresses = Vec::new();
    for scope in ["desk", "mine"] {
        clerk.submit("/balie/agenda", &[("scope", scope)]).await;
        assert_eq!(clerk.page.status, 201, "{}", clerk.page.text);
        let text = &clerk.page.text;
        let at = text.find("/agenda/").unwrap();
        let end = text[at..].find(".ics").unwrap() + 4;
        addresses.push(text[at..at + end].to_owned());
    }
    let program = app.anonymous("waterdam.localhost");
    let feed = program.get(&addresses[0]).await;
    assert_eq!(feed.status, 200);
    assert!(feed.header("content-type").starts_with("text/calendar"));
    for told in [
        "BEGIN:VCALENDAR",
        &format!("{reference}: terugbellen"),
        "DTSTART:20261124T160000Z",
        "DTSTART;VALUE=DATE:20270104",
    ] {
        assert!(feed.text.contains(told), "{told}: {}", feed.text);
    }
    assert!(
        !feed.text.contains("DTEND"),
        "an event that ends when it begins is refused by calendar programs: {}",
        feed.text
    );
    for private in ["Truus", "Bakema", "lift", "06 12", "truus@"] {
        assert!(!feed.text.contains(private), "{private}");
    }
    let mine = program.get(&addresses[1]).await;
    assert!(!mine.text.contains(reference), "nobody picked it up yet");
    let elsewhere = app.anonymous("heuvelrode.localhost");
    assert_eq!(elsewhere.get(&addresses[0]).await.status, 404);
    assert_eq!(program.get("/agenda/geen-adres.ics").await.status, 404);
    // The page says which feeds there are; the newest is on top.
    clerk.go("/balie/agenda").await;
    let revoke: Vec<String> = clerk
        .page
        .text
        .split("action=\"")
        .filter_map(|part| part.split('"').next())
        .filter(|path| path.ends_with("/intrekken"))
        .map(str::to_owned)
        .collect();
    assert_eq!(revoke.len(), 2);
    for path in &revoke {
        clerk.submit(path, &[]).await;
    }
    for address in &addresses {
        assert_eq!(program.get(address).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_makes_lists_and_revokes_feeds_of_its_own_user_only() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap();
    let clerk = app.clerk().await;
    let wrong = clerk
        .post("/api/v1/deadline-feeds", &json!({ "scope": "team" }))
        .await;
    assert_eq!(
        (wrong.status, &wrong.json["errors"][0]["field"]),
        (400, &json!("scope"))
    );
    let ask = json!({ "scope": "desk" });
    let made = clerk
        .post_once("/api/v1/deadline-feeds", "agenda-1", &ask)
        .await;
    assert_eq!(made.status, 201, "{}", made.text);
    let again = clerk
        .post_once("/api/v1/deadline-feeds", "agenda-1", &ask)
        .await;
    assert_eq!(again.json, made.json, "asked twice, made once");
    let address = made.json["address"].as_str().unwrap();
    let path = &address[address.find("/agenda/").unwrap()..];
    let program = app.anonymous("waterdam.localhost");
    assert!(program.get(path).await.text.contains(reference));
    let listed = clerk.get("/api/v1/deadline-feeds").await;
    let items = listed.json["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(
        (&items[0]["id"], &items[0]["scope"], items[0].get("address")),
        (&made.json["id"], &json!("desk"), None)
    );

    let id = made.json["id"].as_str().unwrap();
    let revoke = |id: &str| format!("/api/v1/deadline-feeds/{id}");
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    let neighbour = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    for other in [&colleague, &neighbour] {
        let foreign = other.send(other.request("DELETE", &revoke(id))).await;
        let absent = other
            .send(other.request("DELETE", &revoke(&absent_id())))
            .await;
        assert_eq!(
            (foreign.status, foreign.without_instance()),
            (404, absent.without_instance())
        );
        let none = other.get("/api/v1/deadline-feeds").await;
        assert_eq!(none.json, json!({ "items": [] }));
    }
    let gone = clerk.send(clerk.request("DELETE", &revoke(id))).await;
    assert_eq!(gone.status, 204);
    assert_eq!(program.get(path).await.status, 404);
    let twice = clerk.send(clerk.request("DELETE", &revoke(id))).await;
    assert_eq!(twice.status, 404);
}
