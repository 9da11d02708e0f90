//! Teams: who is in them, and who may say so.

use serde_json::json;
use tests::{Browser, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_makes_a_team_and_a_clerk_sees_who_is_in_it() {
    let app = TestApp::open().await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let clerk = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await
        .to_string();
    let new = json!({ "name": "  Buitenruimte ", "members": [clerk] });
    let added = admin.post("/api/v1/teams", &new).await;
    assert_eq!(added.status, 201, "{}", added.text);
    let seen = app.clerk().await.get("/api/v1/teams").await;
    assert_eq!(
        seen.json["items"],
        json!([{ "id": added.json["id"], "name": "Buitenruimte", "active": true, "members": [clerk], "deputies": [] }])
    );
    let path = format!("/api/v1/teams/{}", added.json["id"].as_str().unwrap());
    let aside = json!({ "name": "Buitenruimte", "active": false, "members": [] });
    let request = admin.request("PUT", &path).json(&aside);
    assert_eq!(admin.send(request).await.status, 200);
    let seen = app.clerk().await.get("/api/v1/teams").await;
    assert_eq!(seen.json["items"][0]["members"], json!([]));
    for (wrong, field, code) in [
        (json!({ "name": " " }), "name", "required"),
        (json!({ "name": "buitenruimte" }), "name", "team_twice"),
        (json!({ "name": "a".repeat(81) }), "name", "too_long"),
        (
            json!({ "name": "Afval", "members": [tests::absent_id()] }),
            "members",
            "not_an_option",
        ),
    ] {
        let refused = admin.post("/api/v1/teams", &wrong).await;
        assert_eq!(refused.status, 400, "{wrong}");
        let error = &refused.json["errors"][0];
        assert_eq!(
            (&error["field"], &error["code"]),
            (&json!(field), &json!(code)),
            "{wrong}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_page_a_team_is_made_and_its_members_are_ticked() {
    let app = TestApp::open().await;
    let mut admin =
        Browser::sign_in(&app, "waterdam.localhost", "tenantadmin@waterdam.example").await;
    admin.go("/beheer/teams").await;
    assert!(admin.page.text.contains("Er zijn nog geen teams"));
    admin.submit("/beheer/teams", &[("name", "")]).await;
    assert_eq!(admin.page.status, 400);
    admin.submit("/beheer/teams", &[("name", "Afval")]).await;
    assert!(
        admin.page.text.contains("Het team is opgeslagen"),
        "{}",
        admin.page.text
    );
    assert!(admin.page.text.contains("Nog niemand"));
}
