//! Two messages about one thing: one goes on for both, and it can be undone.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, Reply, TestApp, absent_id};

/// A message of Truus that asks for a call; gives back its id and reference.
pub async fn message(app: &TestApp, kind: &str, wants: &str) -> (String, String) {
    let mut body = tests::complaint();
    body["answers"]["soort"] = json!(kind);
    body["answers"]["reactie"] = json!(wants);
    if wants == "geen" {
        for field in ["wanneer", "telefoon", "naam", "email"] {
            body["answers"].as_object_mut().unwrap().remove(field);
        }
    }
    let path = "/api/v1/forms/klacht-tip-compliment/submissions";
    let reply = app.anonymous("waterdam.localhost").post(path, &body).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let reference = reply.json["reference"].as_str().unwrap().to_owned();
    (app.case_id(&reference).await, reference)
}

pub async fn merge(caller: &Caller, from: &str, into: &str) -> Reply {
    let path = format!("/api/v1/cases/{from}/_merge");
    caller
        .post(
            &path,
            &json!({ "intoId": into, "reason": "Dezelfde lift." }),
        )
        .await
}

pub async fn unmerge(caller: &Caller, id: &str) -> Reply {
    let path = format!("/api/v1/cases/{id}/_unmerge");
    caller
        .post(&path, &json!({ "reason": "Toch een andere lift." }))
        .await
}

/// The clocks of a case as `kind outcome due`.
async fn clocks(caller: &Caller, case: &str) -> Vec<String> {
    let list = caller.get(&format!("/api/v1/cases/{case}/clocks")).await;
    let mut clocks: Vec<String> = list.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|clock| {
            let text = |key: &str| clock[key].as_str().unwrap_or("-").to_owned();
            format!("{} {} {}", text("kind"), text("outcome"), text("dueAt"))
        })
        .collect();
    clocks.sort();
    clocks
}

async fn queue(caller: &Caller) -> Vec<String> {
    caller.get("/api/v1/cases").await.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["reference"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_message_that_goes_on_keeps_the_earliest_receipt_and_the_other_one_waits_for_nobody() {
    let app = TestApp::open().await;
    let (first, first_reference) = message(&app, "klacht", "bellen").await;
    app.clock.advance(TimeDelta::days(1));
    let (second, second_reference) = message(&app, "klacht", "bellen").await;
    let clerk = app.clerk().await;
    let before = (clocks(&clerk, &first).await, clocks(&clerk, &second).await);

    let path = format!("/api/v1/cases/{first}/merge-preview?intoId={second}");
    let preview = clerk.get(&path).await;
    assert_eq!(preview.status, 200, "{}", preview.text);
    assert_eq!(preview.json["since"], "2026-11-23T09:00:00Z");
    assert_eq!(preview.json["doubts"], json!([]));
    assert_eq!(
        preview.json["moves"][0],
        json!({ "kind": "callback", "from": "2026-11-25T16:00:00Z", "to": "2026-11-24T16:00:00Z" })
    );
    assert_eq!(
        (clocks(&clerk, &first).await, clocks(&clerk, &second).await),
        before,
        "looking changes nothing"
    );

    let merged = merge(&clerk, &first, &second).await;
    assert_eq!(merged.status, 200, "{}", merged.text);
    assert_eq!(
        (
            &merged.json["status"],
            &merged.json["mergedInto"]["reference"]
        ),
        (&json!("merged"), &json!(second_reference))
    );
    assert_eq!(
        clocks(&clerk, &first).await,
        [
            "callback merged 2026-11-24T16:00:00Z",
            "dealtWith - 2027-01-04T22:59:59.999999Z",
            "notDealtWith - 2026-12-21T22:59:59.999999Z",
        ]
    );
    assert_eq!(
        clocks(&clerk, &second).await,
        [
            "callback - 2026-11-24T16:00:00Z",
            "dealtWith - 2027-01-04T22:59:59.999999Z",
            "dealtWith - 2027-01-04T22:59:59.999999Z",
            "notDealtWith - 2026-12-21T22:59:59.999999Z",
            "notDealtWith - 2026-12-21T22:59:59.999999Z",
        ],
        "counted from Monday, when the first one came in"
    );
    let target = clerk.get(&format!("/api/v1/cases/{second}")).await;
    assert_eq!(target.json["dueAt"], "2026-11-24T16:00:00Z");
    assert_eq!(
        target.json["merged"][0]["reference"],
        json!(first_reference)
    );
    assert_eq!(queue(&clerk).await, [second_reference.as_str()]);
    let found = clerk
        .get(&format!("/api/v1/cases?search={first_reference}"))
        .await;
    assert_eq!(
        found.json["items"][0]["status"], "merged",
        "a whole reference finds its message wherever it stands"
    );
    let again = merge(&clerk, &first, &second).await;
    assert_eq!(again.status, 200, "done is done: {}", again.text);

    // The merged message warns nobody, the target does.
    app.clock.advance(TimeDelta::days(2));
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    app.run_jobs().await;
    let warned: Vec<String> = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .filter(|mail| mail.subject.starts_with("Let op:"))
        .map(|mail| mail.body.clone())
        .collect();
    assert!(!warned.is_empty());
    assert!(warned.iter().all(|body| !body.contains(&first_reference)));
    assert!(warned.iter().all(|body| body.contains(&second_reference)));

    let clerk = app.clerk().await;
    let unmerged = unmerge(&clerk, &first).await;
    assert_eq!(
        (unmerged.status, &unmerged.json["status"]),
        (200, &json!("new")),
        "{}",
        unmerged.text
    );
    assert_eq!(
        (clocks(&clerk, &first).await, clocks(&clerk, &second).await),
        before,
        "both are as they were"
    );
    assert_eq!(queue(&clerk).await, [first_reference, second_reference]);
    let twice = unmerge(&clerk, &first).await;
    assert_eq!(
        (twice.status, &twice.json["code"]),
        (409, &json!("not-merged"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_with_a_merged_message_is_done_in_the_other_one() {
    let app = TestApp::open().await;
    let (first, first_reference) = message(&app, "klacht", "bellen").await;
    let (second, second_reference) = message(&app, "klacht", "bellen").await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{first}/_claim"), &Value::Null)
        .await;
    assert_eq!(merge(&clerk, &first, &second).await.status, 200);
    let clock = clerk.get(&format!("/api/v1/cases/{first}/clocks")).await;
    let clock = clock.json["items"][0]["id"].as_str().unwrap().to_owned();
    let gift = json!({ "budgetId": app.waterdam.budget, "amountCents": 100, "description": "Kaart", "reason": "Zomaar." });
    let why = json!({ "reason": "Weer stuk.", "law": "countsOn" });
    let tip = json!({ "kind": "tip", "reason": "Tip." });
    let nothing = json!(null);
    for (path, body) in [
        (format!("/api/v1/cases/{first}/_claim"), &nothing),
        (format!("/api/v1/cases/{first}/_release"), &nothing),
        (
            format!("/api/v1/cases/{first}/contact-moments"),
            &json!({ "result": "noAnswer" }),
        ),
        (
            format!("/api/v1/cases/{first}/_close"),
            &json!({ "outcome": "withdrawn" }),
        ),
        (format!("/api/v1/cases/{first}/_reopen"), &why),
        (format!("/api/v1/cases/{first}/_convert"), &tip),
        (format!("/api/v1/cases/{first}/gifts"), &gift),
        (format!("/api/v1/clocks/{clock}/_advise"), &nothing),
    ] {
        let refused = clerk.post(&path, body).await;
        assert_eq!(
            (refused.status, &refused.json["code"]),
            (409, &json!("case-merged")),
            "{path}: {}",
            refused.text
        );
        assert!(
            refused.json["detail"]
                .as_str()
                .unwrap()
                .contains(&second_reference),
            "{}",
            refused.text
        );
    }
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{first_reference}"))
        .await;
    let link = format!("href=\"/balie/meldingen/{second_reference}\"");
    assert!(page.page.text.contains(&link), "{}", page.page.text);
    assert!(!page.page.text.contains("Contact met de inwoner"));
    page.submit(
        &format!("/balie/meldingen/{first_reference}/losmaken"),
        &[("reason", "")],
    )
    .await;
    assert_eq!(page.page.status, 400);
    page.submit(
        &format!("/balie/meldingen/{first_reference}/losmaken"),
        &[("reason", "Toch een andere lift.")],
    )
    .await;
    assert!(
        page.page.text.contains("De melding staat weer op zichzelf"),
        "{}",
        page.page.text
    );
    assert!(
        page.page.text.contains("Contact met de inwoner"),
        "it is the clerk's again, as before"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn merging_takes_nothing_from_a_resident_and_makes_no_chains() {
    let app = TestApp::open().await;
    let (complaint, complaint_reference) = message(&app, "klacht", "bellen").await;
    let (tip, _) = message(&app, "tip", "bellen").await;
    let (silent, _) = message(&app, "klacht", "geen").await;
    let (other, other_reference) = message(&app, "klacht", "bellen").await;
    let clerk = app.clerk().await;
    let refused = async |from: &str, into: &str, status: u16, code: &str| {
        let reply = merge(&clerk, from, into).await;
        assert_eq!(
            (reply.status, reply.json["code"].as_str()),
            (status, Some(code)),
            "{}",
            reply.text
        );
        let path = format!("/api/v1/cases/{from}/merge-preview?intoId={into}");
        let looked = clerk.get(&path).await;
        assert_eq!(
            looked.status, status,
            "looking says the same: {}",
            looked.text
        );
    };
    refused(&complaint, &complaint, 400, "invalid-input").await;
    refused(&complaint, &tip, 409, "merge-complaint").await;
    refused(&complaint, &silent, 409, "merge-other-way").await;
    refused(&complaint, &absent_id(), 404, "not-found").await;
    let foreign = app
        .anonymous("heuvelrode.localhost")
        .post(
            "/api/v1/forms/klacht-tip-compliment/submissions",
            &tests::complaint(),
        )
        .await;
    let neighbour = app
        .signed_in("heuvelrode.localhost", "clerk@heuvelrode.example")
        .await;
    let list = neighbour.get("/api/v1/cases").await;
    assert_eq!(
        list.json["items"][0]["reference"],
        foreign.json["reference"]
    );
    let foreign = list.json["items"][0]["id"].as_str().unwrap().to_owned();
    refused(&complaint, &foreign, 404, "not-found").await;
    refused(&foreign, &complaint, 404, "not-found").await;

    // A colleague works on it.
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    colleague
        .post(&format!("/api/v1/cases/{other}/_claim"), &Value::Null)
        .await;
    refused(&complaint, &other, 409, "case-not-yours").await;
    let lead = app
        .signed_in("waterdam.localhost", "lead@waterdam.example")
        .await;
    assert_eq!(merge(&lead, &complaint, &other).await.status, 200);
    // No chains, no cycles.
    let onward = merge(&lead, &other, &tip).await;
    assert_eq!(onward.json["code"], "merge-chain", "{}", onward.text);
    let back = merge(&lead, &other, &complaint).await;
    assert_eq!(back.json["code"], "merge-into-merged", "{}", back.text);
    assert!(
        back.json["detail"]
            .as_str()
            .unwrap()
            .contains(&other_reference)
    );
    let twice = merge(&lead, &complaint, &tip).await;
    assert_eq!(twice.json["code"], "case-merged", "{}", twice.text);
    // Whoever was called goes on in the message in which that was.
    let (called, _) = message(&app, "klacht", "bellen").await;
    let (waiting, _) = message(&app, "klacht", "bellen").await;
    clerk
        .post(&format!("/api/v1/cases/{called}/_claim"), &Value::Null)
        .await;
    let talked = json!({ "result": "conversation", "note": "Gesproken." });
    let path = format!("/api/v1/cases/{called}/contact-moments");
    assert_eq!(clerk.post(&path, &talked).await.status, 201);
    refused(&called, &waiting, 409, "merge-other-way").await;
    assert_eq!(merge(&clerk, &waiting, &called).await.status, 200);
    // Closing what goes on closes both, and asks once.
    let end = json!({ "outcome": "solvedTogether" });
    let end = clerk
        .post(&format!("/api/v1/cases/{called}/_close"), &end)
        .await;
    assert_eq!(end.status, 200, "{}", end.text);
    let (late, _) = message(&app, "klacht", "bellen").await;
    refused(&late, &called, 409, "merge-into-closed").await;
    let unmerged = unmerge(&clerk, &waiting).await;
    assert_eq!(
        (unmerged.status, &unmerged.json["status"]),
        (200, &json!("new")),
        "also after the other one was closed: {}",
        unmerged.text
    );
    app.run_jobs().await;
    let asked = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .filter(|mail| mail.subject.starts_with("Wat vond u van ons?"))
        .count();
    assert_eq!(asked, 1);
    assert!(!complaint_reference.is_empty());
}
