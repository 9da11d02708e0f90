//! One message travels the whole house, over the API.

use chrono::TimeDelta;
use serde_json::json;
use tests::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_is_called_about_closed_and_scored() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    assert_eq!(
        receipt["promise"],
        "Wij bellen u uiterlijk dinsdag 24 november om 17.00 uur."
    );
    assert_eq!(receipt["dueAt"], "2026-11-24T16:00:00Z");
    let code = receipt["receiptCode"].as_str().unwrap();
    let resident = app.anonymous("waterdam.localhost");
    let again = resident.get(&format!("/api/v1/receipts/{code}")).await;
    assert_eq!(again.status, 200);
    assert!(
        again.json.get("receiptCode").is_none(),
        "the code is given once"
    );
    let copied: Vec<&str> = again.json["copy"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["value"].as_str().unwrap())
        .collect();
    assert!(
        copied.contains(&"06 12 34 56 78"),
        "shown as typed: {copied:?}"
    );
    assert!(copied.contains(&"12 tot 17 uur"), "{copied:?}");

    let clerk = app.clerk().await;
    let queue = clerk.get("/api/v1/cases").await;
    assert_eq!(queue.json["items"].as_array().unwrap().len(), 1);
    let id = queue.json["items"][0]["id"].as_str().unwrap().to_owned();
    let path = |rest: &str| format!("/api/v1/cases/{id}{rest}");

    let early = clerk
        .post(&path("/_close"), &json!({ "outcome": "solvedTogether" }))
        .await;
    assert_eq!(
        (early.status, &early.json["code"]),
        (409, &json!("case-not-yours"))
    );
    assert_eq!(clerk.post(&path("/_claim"), &json!(null)).await.status, 200);
    let early = clerk
        .post(&path("/_close"), &json!({ "outcome": "solvedTogether" }))
        .await;
    assert_eq!(
        (early.status, &early.json["code"]),
        (409, &json!("case-not-contacted"))
    );

    app.clock.advance(TimeDelta::hours(1));
    let clerk = app.clerk().await;
    let attempt = clerk
        .post(&path("/contact-moments"), &json!({ "result": "noAnswer" }))
        .await;
    assert_eq!(attempt.status, 201, "{}", attempt.text);
    assert!(
        clerk.get(&path("")).await.json["contactedAt"].is_null(),
        "a try is not a conversation"
    );
    let silent = clerk
        .post(
            &path("/contact-moments"),
            &json!({ "result": "conversation" }),
        )
        .await;
    assert_eq!(
        (silent.status, &silent.json["errors"][0]["field"]),
        (400, &json!("note"))
    );
    app.clock.advance(TimeDelta::hours(1));
    let clerk = app.clerk().await;
    let spoken = clerk
        .post(
            &path("/contact-moments"),
            &json!({ "result": "conversation", "note": "Goed gesprek." }),
        )
        .await;
    assert_eq!(spoken.status, 201);
    assert_eq!(
        clerk.get(&path("")).await.json["contactedAt"],
        "2026-11-23T11:00:00Z"
    );

    let budgets = clerk.get("/api/v1/gift-budgets").await;
    let budget = budgets.json["items"][0]["id"].clone();
    let gift = |cents: i64| json!({ "budgetId": budget, "amountCents": cents, "description": "Bloemen", "reason": "Zij bleef geduldig." });
    let dear = clerk.post(&path("/gifts"), &gift(3_001)).await;
    assert_eq!(
        (dear.status, &dear.json["code"]),
        (409, &json!("gift-over-cap"))
    );
    let given = clerk.post(&path("/gifts"), &gift(2_500)).await;
    assert_eq!(
        (given.status, &given.json["status"]),
        (201, &json!("requested")),
        "while a complaint runs the budget holder looks along"
    );

    let closed = clerk
        .post(
            &path("/_close"),
            &json!({ "outcome": "solvedTogether", "note": "Lift gemaakt." }),
        )
        .await;
    assert_eq!(
        (closed.status, &closed.json["status"]),
        (200, &json!("closed"))
    );
    app.run_jobs().await;
    let mails = app.mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 2, "{mails:?}");
    assert!(
        mails
            .iter()
            .all(|mail| mail.recipient == "truus@voorbeeld.example")
    );
    assert!(
        mails.iter().all(|mail| !mail.body.contains("lift")),
        "a mail holds none of the resident's words: {mails:?}"
    );
    let score_code = mails
        .iter()
        .find_map(|mail| mail.body.split("/cijfer/").nth(1))
        .and_then(|rest| rest.split_whitespace().next())
        .unwrap();

    let scored = format!("/api/v1/score-invitations/{score_code}");
    for _ in 0..3 {
        assert!(
            resident.get(&scored).await.json["score"].is_null(),
            "looking stores nothing"
        );
        assert_eq!(
            resident.get(&format!("/cijfer/{score_code}")).await.status,
            200
        );
    }
    let wrong = resident
        .post(&format!("{scored}/scores"), &json!({ "grade": 11 }))
        .await;
    assert_eq!(
        (wrong.status, &wrong.json["errors"][0]["code"]),
        (400, &json!("not_a_grade"))
    );
    assert_eq!(
        resident
            .post(
                &format!("{scored}/scores"),
                &json!({ "grade": 9, "words": "Fijn." })
            )
            .await
            .status,
        201
    );
    let twice = resident
        .post(&format!("{scored}/scores"), &json!({ "grade": 1 }))
        .await;
    assert_eq!(
        (twice.status, &twice.json["code"]),
        (409, &json!("score-given"))
    );
    assert_eq!(clerk.get(&path("")).await.json["score"]["grade"], 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_is_told_at_once() {
    let app = TestApp::open().await;
    let resident = app.anonymous("waterdam.localhost");
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let wrong = json!({ "answers": { "soort": "vraag", "reactie": "mailen", "email": "geen adres", "bestaatniet": "x" } });
    let reply = resident.post(path, &wrong).await;
    assert_eq!(reply.status, 400);
    assert_eq!(reply.header("content-type"), "application/problem+json");
    assert_eq!(reply.header("api-version"), api::API_VERSION);
    let mut found: Vec<(String, String)> = reply.json["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            (
                error["field"].as_str().unwrap().to_owned(),
                error["code"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    found.sort();
    let expected = [
        ("answers.bestaatniet", "unknown_field"),
        ("answers.email", "not_an_email"),
        ("answers.kort", "required"),
        ("answers.soort", "not_an_option"),
    ];
    assert_eq!(
        found,
        expected.map(|(field, code)| (field.to_owned(), code.to_owned()))
    );

    for (body, status) in [
        ("{", 400),
        ("[]", 400),
        ("{\"answers\":{},\"answers\":{}}", 400),
    ] {
        let request = resident
            .request("POST", path)
            .header("content-type", "application/json")
            .body(body);
        assert_eq!(resident.send(request).await.status, status, "{body}");
    }
    let large = "x".repeat(300_000);
    assert_eq!(
        resident
            .post(path, &json!({ "answers": { "kort": large } }))
            .await
            .status,
        413
    );
    let request = resident
        .request("POST", path)
        .header("content-type", "text/plain")
        .body("soort=klacht");
    assert_eq!(resident.send(request).await.status, 415);
    let reply = resident.send(resident.request("PATCH", path)).await;
    assert_eq!((reply.status, reply.header("allow")), (405, "POST"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_puts_what_presses_on_top_and_can_be_read_piece_by_piece() {
    let app = TestApp::open().await;
    let mut references = Vec::new();
    for _ in 0..7 {
        references.push(
            app.complaint().await["reference"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
        app.clock.advance(TimeDelta::hours(9));
    }
    let clerk = app.clerk().await;
    let mut read = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = clerk.get(&format!("/api/v1/cases?limit=3{cursor}")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        read.extend(
            page.json["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["reference"].as_str().unwrap().to_owned()),
        );
        match page.json["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(read, references, "what came first is due first");
    let late = clerk.get("/api/v1/cases?late=true").await;
    assert!(!late.json["items"].as_array().unwrap().is_empty());
    let wrong = clerk
        .get("/api/v1/cases?limit=0&kind=question&cursor=%21")
        .await;
    assert_eq!(
        (wrong.status, wrong.json["errors"].as_array().unwrap().len()),
        (400, 3),
        "{}",
        wrong.text
    );
}
