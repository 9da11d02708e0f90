//! What municipalities say to each other about practices.

use serde_json::json;
use tests::{Browser, Caller, TestApp};

use crate::practices::{practice, publish};

const EDITOR: &str = "formeditor@waterdam.example";

async fn heuvelrode(app: &TestApp) -> Caller {
    app.signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await
}

/// Lets an hour of maintenance go by.
async fn hour(app: &TestApp) {
    domain::maintenance::run_hourly(&app.db).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_of_another_municipality_gets_an_answer_that_helped_and_names_only_for_officials()
 {
    let app = TestApp::open().await;
    let (_, slug) = publish(&app, &practice("Bellen")).await;
    let asker = heuvelrode(&app).await;
    let owner = app.signed_in("waterdam.localhost", EDITOR).await;
    let questions = format!("/api/v1/practices/{slug}/questions");
    let refused = json!({ "body": "Kan mevrouw Noor Terpstra mij bellen op 06-12345678?" });
    let refused = asker.post(&questions, &refused).await;
    assert_eq!(
        (refused.status, &refused.json["errors"][0]["code"]),
        (400, &json!("personal_data")),
        "{}",
        refused.text
    );
    let body = json!({ "body": "Hoe doet u dat in de vakantie?" });
    let sent = asker.post(&questions, &body).await;
    assert_eq!(sent.status, 201, "{}", sent.text);
    let question = sent.json["id"].as_str().unwrap();
    hour(&app).await;
    let notices = owner.get("/api/v1/notices").await;
    assert!(notices.text.contains("practiceAsked"), "{}", notices.text);
    let answers = format!("{questions}/{question}/answers");
    let answered = json!({ "body": "Dan bellen twee teams voor elkaar." });
    let answered = owner.post(&answers, &answered).await;
    assert_eq!(answered.status, 201, "{}", answered.text);
    hour(&app).await;
    let notices = asker.get("/api/v1/notices").await;
    assert!(
        notices.text.contains("practiceAnswered"),
        "{}",
        notices.text
    );
    let accept = format!("{questions}/{question}/_accept");
    let accepted = json!({ "answerId": answered.json["id"] });
    assert_eq!(asker.post(&accept, &accepted).await.status, 204);
    let list = owner.get(&questions).await;
    let first = &list.json["items"][0];
    assert_eq!(first["answers"][0]["accepted"], true);
    assert!(
        first["person"]
            .as_str()
            .is_some_and(|name| !name.is_empty())
    );
    let name = first["person"].as_str().unwrap();
    let page = app
        .anonymous("localhost")
        .get(&format!("/praktijkvoorbeelden/{slug}"))
        .await;
    assert!(
        page.text.contains("Hoe doet u dat in de vakantie?"),
        "{}",
        page.text
    );
    assert!(
        !page.text.contains(&format!("<span>{name}</span>")),
        "nobody sees a name without signing in"
    );
    // What is not one's own cannot be taken away.
    let answer = answered.json["id"].as_str().unwrap();
    for (caller, path, status) in [
        (
            &owner,
            format!("/api/v1/practice-questions/{question}"),
            404,
        ),
        (&asker, format!("/api/v1/practice-answers/{answer}"), 404),
        (
            &asker,
            format!("/api/v1/practice-questions/{question}"),
            204,
        ),
    ] {
        let removed = caller.send(caller.request("DELETE", &path)).await;
        assert_eq!(removed.status, status, "{path}: {}", removed.text);
    }
    let list = owner.get(&questions).await;
    assert_eq!(list.json["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_municipality_tells_how_far_it_is_and_why_it_stopped() {
    let app = TestApp::open().await;
    let (_, slug) = publish(&app, &practice("Bellen")).await;
    let other = heuvelrode(&app).await;
    let adoption = format!("/api/v1/practices/{slug}/adoption");
    let put = async |body: serde_json::Value| {
        let request = other.request("PUT", &adoption).json(&body);
        other.send(request).await
    };
    let active = put(json!({ "state": "active" })).await;
    assert_eq!(active.status, 204, "{}", active.text);
    let found = app
        .anonymous("localhost")
        .get(&format!("/api/v1/practices/{slug}"))
        .await;
    assert_eq!(found.json["activeCount"], 1, "{}", found.text);
    let list = format!("/api/v1/practices/{slug}/adoptions");
    let shown = other.get(&list).await;
    assert_eq!(
        shown.json["items"][0]["municipality"],
        json!(null),
        "a name only after a decision"
    );
    let silent = put(json!({ "state": "stopped" })).await;
    assert_eq!(
        (silent.status, &silent.json["errors"][0]["field"]),
        (400, &json!("reason")),
        "{}",
        silent.text
    );
    let stopped =
        json!({ "state": "stopped", "reason": "Op vrijdag was er niemand.", "named": true });
    assert_eq!(put(stopped).await.status, 204);
    let shown = other.get(&list).await;
    assert_eq!(
        shown.json["items"][0]["reason"],
        "Op vrijdag was er niemand."
    );
    let found = app
        .anonymous("localhost")
        .get(&format!("/api/v1/practices/{slug}"))
        .await;
    assert_eq!(found.json["activeCount"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_follows_a_theme_hears_once_a_week_of_what_is_new() {
    let app = TestApp::open().await;
    let reader = heuvelrode(&app).await;
    for (kind, target, status) in [
        ("theme", "complaints", 201),
        ("theme", "complaints", 201),
        ("theme", "onzin", 400),
        ("saved", "later-123456", 201),
    ] {
        let mark = json!({ "kind": kind, "target": target });
        let marked = reader.post("/api/v1/practice-marks", &mark).await;
        assert_eq!(marked.status, status, "{kind} {target}: {}", marked.text);
    }
    let marks = reader.get("/api/v1/practice-marks").await;
    assert_eq!(marks.json["items"].as_array().unwrap().len(), 2);
    app.clock.advance(chrono::TimeDelta::minutes(1));
    publish(&app, &practice("Bellen")).await;
    hour(&app).await;
    let none = reader.get("/api/v1/notices").await;
    assert_eq!(none.json["items"], json!([]), "a week did not go by");
    app.clock.advance(chrono::TimeDelta::days(8));
    let reader = heuvelrode(&app).await;
    hour(&app).await;
    hour(&app).await;
    let told = reader.get("/api/v1/notices").await;
    let items = told.json["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{}", told.text);
    assert_eq!(items[0]["kind"], "practiceNews");
    let mut browser =
        Browser::sign_in(&app, "heuvelrode.localhost", "all@heuvelrode.example").await;
    browser.go("/mijn-praktijkvoorbeelden").await;
    assert!(
        browser.page.text.contains("Bellen"),
        "{}",
        browser.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_talk_works_on_its_page_without_javascript() {
    let app = TestApp::open().await;
    let (_, slug) = publish(&app, &practice("Bellen")).await;
    let mut browser =
        Browser::sign_in(&app, "heuvelrode.localhost", "all@heuvelrode.example").await;
    let path = format!("/praktijkvoorbeelden/{slug}/vragen");
    browser.go(&path).await;
    browser.submit(&path, &[("body", "")]).await;
    assert_eq!(browser.page.status, 400, "{}", browser.page.text);
    browser.submit(&path, &[("body", "Hoe doet u dat?")]).await;
    assert!(browser.page.status == 200 && browser.path.starts_with(&path));
    assert!(
        browser.page.text.contains("Hoe doet u dat?"),
        "{}",
        browser.page.text
    );
    let adopt = format!("/praktijkvoorbeelden/{slug}/gebruik");
    browser
        .submit(&adopt, &[("state", "trial"), ("named", "true")])
        .await;
    assert!(browser.page.status == 200 && browser.path.starts_with(&path));
    assert!(
        browser.page.text.contains("probeert dit"),
        "{}",
        browser.page.text
    );
    let figures = format!("/praktijkvoorbeelden/{slug}/cijfers");
    browser.go(&figures).await;
    browser
        .submit(&figures, &[("metric", "handlingGrade"), ("shared", "true")])
        .await;
    assert!(
        browser.page.status == 200 && browser.path.starts_with(&figures),
        "{}",
        browser.page.text
    );
}
