//! A case goes to others: handed on, asked about, praised for.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp};

use crate::calls::complaint;

/// A team with these colleagues; its id.
pub async fn team(app: &TestApp, name: &str, members: &[&str]) -> String {
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let mut ids = Vec::new();
    for member in members {
        ids.push(app.staff_id(app.waterdam.id, member).await.to_string());
    }
    let made = admin
        .post("/api/v1/teams", &json!({ "name": name, "members": ids }))
        .await;
    assert_eq!(made.status, 201, "{}", made.text);
    made.json["id"].as_str().unwrap().to_owned()
}

async fn lead(app: &TestApp) -> Caller {
    app.signed_in("waterdam.localhost", "lead@waterdam.example")
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_belongs_to_the_team_of_its_category_and_is_handed_on_while_the_promise_goes_on() {
    let app = TestApp::open().await;
    let works = team(&app, "Buitenruimte", &[]).await;
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let odd = json!({ "labelNl": "Liften", "teamId": tests::absent_id() });
    let odd = admin.post("/api/v1/case-categories", &odd).await;
    assert_eq!(odd.json["errors"][0]["field"], "teamId", "{}", odd.text);
    let category = json!({ "labelNl": "Liften", "teamId": works });
    let category = admin.post("/api/v1/case-categories", &category).await;
    assert_eq!(category.json["teamId"], json!(works), "{}", category.text);
    let (case, reference) = complaint(&app).await;
    let clerk = app.clerk().await;
    let path = format!("/api/v1/cases/{case}");
    assert_eq!(
        clerk.get(&path).await.json["teamId"],
        Value::Null,
        "nobody's yet"
    );
    let request = clerk
        .request("PUT", &format!("{path}/category"))
        .json(&json!({ "category": "liften" }));
    assert_eq!(clerk.send(request).await.json["teamId"], json!(works));
    clerk.post(&format!("{path}/_claim"), &Value::Null).await;
    let before = clerk.get(&path).await.json["dueAt"].clone();
    let hand_on = format!("{path}/_hand-on");
    let nobody = clerk.post(&hand_on, &json!({})).await;
    assert_eq!(nobody.json["errors"][0]["code"], "team_or_colleague");
    let colleague = app.staff_id(app.waterdam.id, "lead@waterdam.example").await;
    let auditor = app
        .staff_id(app.waterdam.id, "auditor@waterdam.example")
        .await;
    let reads = clerk
        .post(&hand_on, &json!({ "staffId": auditor.to_string() }))
        .await;
    assert_eq!(
        reads.json["errors"][0]["code"], "not_an_option",
        "{}",
        reads.text
    );
    let note = json!({ "staffId": colleague.to_string(), "note": "Jij kent haar." });
    let handed = clerk.post(&hand_on, &note).await;
    assert_eq!(handed.status, 200, "{}", handed.text);
    assert_eq!(handed.json["assigneeId"], json!(colleague.to_string()));
    assert_eq!(handed.json["dueAt"], before, "the promise does not wait");
    let again = clerk.post(&hand_on, &note).await;
    assert_eq!(
        (again.status, &again.json["code"]),
        (409, &json!("case-not-yours"))
    );
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "lead@waterdam.example").await;
    desk.go(&format!("/balie/meldingen/{reference}")).await;
    for told in ["gaf de melding door aan", "Jij kent haar.", "Buitenruimte"] {
        assert!(desk.page.text.contains(told), "{told}: {}", desk.page.text);
    }
    let fields = [("teamId", works.as_str()), ("staffId", ""), ("note", "")];
    desk.submit(&format!("/balie/meldingen/{reference}/doorgeven"), &fields)
        .await;
    assert!(
        desk.page.text.contains("De melding is doorgegeven"),
        "{}",
        desk.page.text
    );
    assert_eq!(clerk.get(&path).await.json["assigneeId"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_is_asked_something_and_answers_from_its_own_list_once() {
    let app = TestApp::open().await;
    let works = team(&app, "Buitenruimte", &["lead@waterdam.example"]).await;
    let (case, reference) = complaint(&app).await;
    let clerk = app.clerk().await;
    let tasks = format!("/api/v1/cases/{case}/tasks");
    let colleague = app
        .staff_id(app.waterdam.id, "lead@waterdam.example")
        .await
        .to_string();
    for (body, field) in [
        (json!({ "question": "", "teamId": works }), "question"),
        (json!({ "question": "Wanneer?" }), "teamId"),
        (
            json!({ "question": "Wanneer?", "teamId": works, "staffId": colleague }),
            "teamId",
        ),
        (
            json!({ "question": "Wanneer?", "teamId": works, "dueOn": "2026-11-01" }),
            "dueOn",
        ),
    ] {
        let refused = clerk.post(&tasks, &body).await;
        assert_eq!(refused.status, 400, "{body}");
        assert_eq!(
            refused.json["errors"][0]["field"], field,
            "{}",
            refused.text
        );
    }
    let ask =
        json!({ "question": "Wanneer komt de monteur?", "teamId": works, "dueOn": "2026-11-25" });
    let asked = clerk.post(&tasks, &ask).await;
    assert_eq!(asked.status, 201, "{}", asked.text);
    let id = asked.json["id"].as_str().unwrap();
    let own = clerk.get("/api/v1/tasks").await;
    assert_eq!(
        own.json["items"][0]["reference"],
        json!(reference),
        "she asked it herself"
    );
    let mut desk = Browser::sign_in(&app, "waterdam.localhost", "lead@waterdam.example").await;
    desk.go("/balie/taken").await;
    assert!(
        desk.page.text.contains("Wanneer komt de monteur?"),
        "{}",
        desk.page.text
    );
    let path = format!("/balie/taken/{id}");
    desk.submit(&path, &[("task", id), ("answer", "")]).await;
    assert_eq!(desk.page.status, 400);
    desk.submit(&path, &[("task", id), ("answer", "Donderdag om tien uur.")])
        .await;
    assert!(
        desk.page.text.contains("Uw antwoord staat bij de melding"),
        "{}",
        desk.page.text
    );
    assert!(!desk.page.text.contains("Wanneer komt de monteur?"));
    let answer = format!("/api/v1/tasks/{id}/_answer");
    let twice = clerk.post(&answer, &json!({ "answer": "Vrijdag." })).await;
    assert_eq!(
        (twice.status, &twice.json["code"]),
        (409, &json!("task-answered"))
    );
    let seen = clerk.get(&tasks).await;
    assert_eq!(seen.json["items"][0]["answer"], "Donderdag om tien uur.");
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{reference}")).await;
    assert!(
        page.page.text.contains("Donderdag om tien uur."),
        "{}",
        page.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_compliment_reaches_the_colleague_and_is_mailed_on_monday_without_its_words() {
    let app = TestApp::open().await;
    let mut message = tests::complaint();
    message["answers"]["soort"] = json!("compliment");
    message["answers"]["kort"] = json!("Wat een lieve hulp");
    let address = "/api/v1/forms/klacht-tip-compliment/submissions";
    let sent = app
        .anonymous("waterdam.localhost")
        .post(address, &message)
        .await;
    let reference = sent.json["reference"].as_str().unwrap().to_owned();
    let case = app.case_id(&reference).await;
    let (complaint, _) = complaint(&app).await;
    let employee = app
        .staff_id(app.waterdam.id, "lead@waterdam.example")
        .await
        .to_string();
    let clerk = app.clerk().await;
    let whom = json!({ "staffId": employee });
    let wrong = clerk
        .post(&format!("/api/v1/cases/{complaint}/_praise"), &whom)
        .await;
    assert_eq!(
        wrong.json["errors"][0]["code"], "only_compliment",
        "{}",
        wrong.text
    );
    let path = format!("/api/v1/cases/{case}/_praise");
    for _ in 0..2 {
        let praised = clerk.post(&path, &whom).await;
        assert_eq!(praised.status, 200, "{}", praised.text);
    }
    let lead = lead(&app).await;
    let own = lead.get("/api/v1/account/compliments").await;
    assert_eq!(
        own.json["items"].as_array().unwrap().len(),
        1,
        "{}",
        own.text
    );
    assert_eq!(own.json["items"][0]["title"], "Wat een lieve hulp");
    let seen = lead.get(&format!("/api/v1/cases/{case}")).await;
    assert_eq!(seen.status, 200, "a compliment hides from nobody");
    let employee = app
        .staff_id(app.waterdam.id, "employee@waterdam.example")
        .await
        .to_string();
    let praised = clerk.post(&path, &json!({ "staffId": employee })).await;
    assert_eq!(praised.status, 200, "{}", praised.text);
    let mut theirs =
        Browser::sign_in(&app, "waterdam.localhost", "employee@waterdam.example").await;
    theirs.go("/balie/taken").await;
    assert!(
        theirs.page.text.contains("Wat een lieve hulp"),
        "{}",
        theirs.page.text
    );
    theirs.go(&format!("/balie/meldingen/{reference}")).await;
    assert_eq!(theirs.page.status, 403);
    // Two hourly runs on Monday at eight make one mail.
    app.clock.advance(TimeDelta::days(7) - TimeDelta::hours(2));
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    domain::maintenance::run_hourly(&app.db).await.unwrap();
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    let digest: Vec<_> = (mails.iter())
        .filter(|mail| mail.subject.contains("Complimenten voor u"))
        .collect();
    let whom: Vec<&str> = digest.iter().map(|mail| mail.recipient.as_str()).collect();
    assert_eq!(whom.len(), 2, "{mails:?}");
    assert!(whom.contains(&"lead@waterdam.example") && whom.contains(&"employee@waterdam.example"));
    assert!(digest[0].body.contains("1 compliment") && !digest[0].body.contains("lieve hulp"));
}
