//! Two people at the same instant.

use serde_json::{Value, json};
use tenants::StaffId;
use tests::{Browser, TestApp};

fn count(replies: &[&tests::Reply], status: u16) -> usize {
    replies
        .iter()
        .filter(|reply| reply.status == status)
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_simultaneous_claims_one_succeeds_and_the_other_names_the_first() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    for _ in 0..5 {
        let receipt = app.complaint().await;
        let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
        let path = format!("/api/v1/cases/{id}/_claim");
        let nothing = Value::Null;
        let (one, two) = tokio::join!(clerk.post(&path, &nothing), colleague.post(&path, &nothing));
        let replies = [&one, &two];
        assert_eq!(
            (count(&replies, 200), count(&replies, 409)),
            (1, 1),
            "{one:?} {two:?}"
        );
        let (loser, winner) = if one.status == 409 {
            (&one, "colleague")
        } else {
            (&two, "clerk")
        };
        assert!(
            loser.json["detail"].as_str().unwrap().starts_with(winner),
            "{}",
            loser.text
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_euros_are_spent_once() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    let path = format!("/api/v1/cases/{id}/gifts");
    let gift = json!({ "budgetId": app.waterdam.budget, "amountCents": 3_000, "description": "Taart", "reason": "Voor de straat." });
    let (one, two) = tokio::join!(clerk.post(&path, &gift), colleague.post(&path, &gift));
    let replies = [&one, &two];
    assert_eq!(
        (count(&replies, 201), count(&replies, 409)),
        (1, 1),
        "{one:?} {two:?}"
    );
    let budgets = clerk.get("/api/v1/gift-budgets").await;
    assert_eq!(budgets.json["items"][0]["balanceCents"], 2_000);
    let auditor = app
        .signed_in("waterdam.localhost", "auditor@waterdam.example")
        .await;
    let budget = app.waterdam.budget.unwrap();
    let ledger = auditor
        .get(&format!("/api/v1/gift-budgets/{budget}/entries"))
        .await;
    let lines = ledger.json["items"].as_array().unwrap();
    assert_eq!(lines.len(), 2, "{}", ledger.text);
    assert_eq!(lines[0]["balanceCents"], 2_000, "the ledger proves itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_has_one_effect_also_at_the_same_instant() {
    let app = TestApp::open().await;
    let resident = app.anonymous("waterdam.localhost");
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let body = tests::complaint();
    let (one, two, three) = tokio::join!(
        resident.post_once(path, "sleutel", &body),
        resident.post_once(path, "sleutel", &body),
        resident.post_once(path, "sleutel", &body),
    );
    assert_eq!(
        [one.status, two.status, three.status],
        [201; 3],
        "{one:?} {two:?} {three:?}"
    );
    assert_eq!(one.text, two.text);
    assert_eq!(one.text, three.text);
    assert_eq!(one.header("location"), three.header("location"));
    let queue = app.clerk().await.get("/api/v1/cases").await;
    assert_eq!(queue.json["items"].as_array().unwrap().len(), 1);
    let mut other = body;
    other["answers"]["kort"] = json!("Iets anders");
    let reused = resident.post_once(path, "sleutel", &other).await;
    assert_eq!(
        (reused.status, &reused.json["code"]),
        (409, &json!("key-reused"))
    );
    let elsewhere = app
        .anonymous("heuvelrode.localhost")
        .post_once(path, "sleutel", &other)
        .await;
    assert_eq!(elsewhere.status, 201, "keys belong to a municipality");
}

#[tokio::test(flavor = "multi_thread")]
async fn pressing_send_twice_gives_one_message_and_one_receipt() {
    let app = TestApp::open().await;
    let mut resident = Browser::open(
        &app,
        "waterdam.localhost",
        "/formulieren/klacht-tip-compliment",
    )
    .await;
    resident
        .submit(
            "/formulieren/klacht-tip-compliment/bericht",
            &[("soort", "tip"), ("kort", "Een bankje bij de vijver")],
        )
        .await;
    resident
        .submit(
            "/formulieren/klacht-tip-compliment/contact",
            &[("reactie", "geen")],
        )
        .await;
    assert!(resident.path.ends_with("/controle"), "{}", resident.path);
    let request = || {
        resident.post_request(
            "/formulieren/klacht-tip-compliment/controle",
            &resident.csrf_token(),
            &[],
        )
    };
    let (one, two) = tokio::join!(resident.send(request()), resident.send(request()));
    assert_eq!([one.status, two.status], [303; 2], "{one:?} {two:?}");
    assert_eq!(one.header("location"), two.header("location"));
    assert!(one.header("location").starts_with("/melding/"));
    let queue = app.clerk().await.get("/api/v1/cases").await;
    assert_eq!(queue.json["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_administrators_who_demote_each_other_leave_one() {
    let app = TestApp::open().await;
    let town = &app.waterdam;
    let first = app.staff_id(town.id, "tenantadmin@waterdam.example").await;
    let second = app.staff_id(town.id, "lead@waterdam.example").await;
    let everything = app.staff_id(town.id, "all@waterdam.example").await;
    let admin = app
        .signed_in(town.host, "tenantadmin@waterdam.example")
        .await;
    let demote = |caller: &tests::Caller, id: StaffId, role: &str| {
        let request = caller
            .request("PUT", &format!("/api/v1/staff-members/{id}/roles"))
            .json(&json!({ "roles": [role] }));
        let caller = caller.clone();
        async move { caller.send(request).await }
    };
    assert_eq!(demote(&admin, everything, "clerk").await.status, 200);
    assert_eq!(demote(&admin, second, "tenantAdmin").await.status, 200);
    let other = app.signed_in(town.host, "lead@waterdam.example").await;
    let (one, two) = tokio::join!(
        demote(&admin, second, "clerk"),
        demote(&other, first, "clerk")
    );
    let granted = [one.status, two.status]
        .iter()
        .filter(|status| **status == 200)
        .count();
    assert_eq!(granted, 1, "{} {}", one.text, two.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_text_imported_many_times_at_once_gives_one_draft() {
    let app = TestApp::open().await;
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let mut imports = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let editor = editor.clone();
        imports.spawn(async move {
            let request = editor
                .request("POST", "/api/v1/practice-drafts")
                .header("content-type", "text/plain")
                .body("Jaartal\n\n2024");
            editor.send(request).await
        });
    }
    let replies = imports.join_all().await;
    let ids: std::collections::BTreeSet<String> = replies
        .iter()
        .map(|reply| {
            assert!(matches!(reply.status, 200 | 201), "{}", reply.text);
            reply.json["id"].to_string()
        })
        .collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    let list = editor.get("/api/v1/practice-drafts").await;
    assert_eq!(list.json["items"].as_array().unwrap().len(), 1);
}
