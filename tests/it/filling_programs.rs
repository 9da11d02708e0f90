//! Programs that hand in answers: what would be lost is refused, what a browser sends is read.

use serde_json::{Value, json};
use tests::{Browser, TestApp, complaint};

use crate::versions::republish;

const PATH: &str = "/api/v1/forms/klacht-tip-compliment/submissions";

/// Fields and codes of a refusal.
fn told(reply: &tests::Reply) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    reply.json["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|error| (word(&error["field"]), word(&error["code"])))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn case_18_a_program_that_sends_two_answers_to_one_question_is_told_so_and_nothing_is_kept() {
    let app = TestApp::open().await;
    let resident = app.anonymous("waterdam.localhost");
    for (field, value) in [
        ("soort", json!(["klacht", "tip"])),
        ("kort", json!(["De lift is stuk", "De deur is stuk"])),
        ("telefoon", json!(["06 12 34 56 78", "06 87 65 43 21"])),
        ("meedenken", json!(["yes", "yes"])),
    ] {
        let mut body = complaint();
        body["answers"][field] = value;
        let reply = resident.post(PATH, &body).await;
        assert_eq!(reply.status, 400, "{field}");
        assert_eq!(
            told(&reply),
            [(format!("answers.{field}"), "one_answer".to_owned())],
            "{}",
            reply.text
        );
    }
    let cases = app.clerk().await.get("/api/v1/cases").await;
    assert_eq!(cases.json["items"], json!([]));
    let mut several = complaint();
    several["answers"]["wanneer"] = json!(["ochtend", "middag"]);
    several["answers"]["kort"] = json!(["De lift is stuk"]);
    let reply = resident.post(PATH, &several).await;
    assert_eq!(reply.status, 201, "a list of one is one: {}", reply.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_an_explanation_is_refused() {
    let app = TestApp::open().await;
    republish(&app, |form| {
        form.replace(
            "\"fields\":[\n   {\"key\":\"soort\"",
            "\"fields\":[\n   {\"key\":\"uitleg\",\"type\":\"info\",\"pii\":\"none\"},{\"key\":\"soort\"",
        )
        .replace("\"nl\":{", "\"nl\":{\"uitleg\":\"Lees dit eerst.\",")
    })
    .await;
    let resident = app.anonymous("waterdam.localhost");
    let mut body = complaint();
    assert_eq!(resident.post(PATH, &body).await.status, 201);
    body["answers"]["uitleg"] = json!("gelezen");
    let reply = resident.post(PATH, &body).await;
    assert_eq!(reply.status, 400);
    assert_eq!(
        told(&reply),
        [("answers.uitleg".to_owned(), "not_a_question".to_owned())],
        "{}",
        reply.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn case_18_of_two_values_that_a_page_sends_the_first_is_read_as_before() {
    let app = TestApp::open().await;
    let form = "/formulieren/klacht-tip-compliment";
    let mut truus = Browser::open(&app, "waterdam.localhost", form).await;
    truus
        .submit(
            &format!("{form}/bericht"),
            &[
                ("soort", "tip"),
                ("kort", "Een bankje"),
                ("kort", "Een lantaarn"),
            ],
        )
        .await;
    truus
        .submit(&format!("{form}/contact"), &[("reactie", "geen")])
        .await;
    assert!(truus.path.ends_with("/controle"), "{}", truus.page.text);
    assert!(truus.page.text.contains("Een bankje"));
    assert!(!truus.page.text.contains("Een lantaarn"));
}
