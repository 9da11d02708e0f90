//! Every employee may give, whatever else the employee may do or see.

use serde_json::{Value, json};
use tests::{Browser, TestApp};

use super::{id, person, zomaar};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_works_here_may_surprise_a_resident_and_whoever_looks_on_may_not() {
    let app = TestApp::open().await;
    for name in [
        "clerk",
        "lead",
        "formeditor",
        "budgetholder",
        "tenantadmin",
        "employee",
    ] {
        let giver = person(&app, name).await;
        let reply = giver.post("/api/v1/gifts", &zomaar(&app, 100)).await;
        assert_eq!(reply.status, 201, "{name}: {}", reply.text);
    }
    let auditor = person(&app, "auditor").await;
    let refused = auditor.post("/api/v1/gifts", &zomaar(&app, 100)).await;
    assert_eq!(refused.json["code"], "not-allowed");
    let operator = app.signed_in("localhost", "operator@gehoord.example").await;
    let refused = operator.post("/api/v1/gifts", &zomaar(&app, 100)).await;
    assert_eq!(refused.json["code"], "not-allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_sees_own_gifts_and_nothing_of_messages() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let reference = receipt["reference"].as_str().unwrap();
    let case = app.case_id(reference).await;
    let employee = person(&app, "employee").await;
    let own = id(&employee.post("/api/v1/gifts", &zomaar(&app, 100)).await);
    let clerk = person(&app, "clerk").await;
    let other = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 100)).await);
    assert_eq!(
        employee.get(&format!("/api/v1/gifts/{own}")).await.status,
        200
    );
    assert_eq!(
        employee.get(&format!("/api/v1/gifts/{other}")).await.status,
        404
    );
    assert_eq!(employee.get("/api/v1/cases").await.status, 403);
    let gift = json!({ "budgetId": app.waterdam.budget, "amountCents": 100, "description": "Kaart", "reason": "Zomaar." });
    let there = employee
        .post(&format!("/api/v1/cases/{case}/gifts"), &gift)
        .await;
    let absent = employee
        .post(
            &format!("/api/v1/cases/{}/gifts", tests::absent_id()),
            &gift,
        )
        .await;
    assert_eq!(there.status, 404, "{}", there.text);
    assert_eq!(
        there.without_instance(),
        absent.without_instance(),
        "a case one may not read is as absent"
    );
    assert_eq!(
        clerk
            .post(&format!("/api/v1/cases/{case}/gifts"), &gift)
            .await
            .status,
        201
    );

    let mut browser =
        Browser::sign_in(&app, "waterdam.localhost", "employee@waterdam.example").await;
    browser.go("/inloggen").await;
    assert_eq!(
        (browser.path.as_str(), browser.page.status),
        ("/attenties", 200),
        "what one may do comes first"
    );
    browser
        .submit(
            &format!("/balie/meldingen/{reference}/attentie"),
            &[("reason", "Zomaar.")],
        )
        .await;
    assert_eq!(browser.page.status, 404);
    assert!(!browser.page.text.contains("De lift is stuk"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_holder_who_gives_does_not_approve_check_correct_or_reverse_that_gift() {
    let app = TestApp::open().await;
    let holder = person(&app, "budgetholder").await;
    let other = person(&app, "all").await;
    let mut asked = zomaar(&app, 2_000);
    asked["kind"] = json!("voucher");
    let gift = id(&holder.post("/api/v1/gifts", &asked).await);
    let path = |verb: &str| format!("/api/v1/gifts/{gift}/{verb}");
    let note = json!({ "note": "Zelf even rechtgezet." });
    for (verb, body) in [("_approve", &Value::Null), ("_decline", &note)] {
        let reply = holder.post(&path(verb), body).await;
        assert_eq!(reply.json["code"], "gift-four-eyes", "{verb}");
    }
    assert_eq!(
        other.post(&path("_approve"), &Value::Null).await.status,
        200
    );
    let receipt = super::hand_in(
        &holder,
        &gift,
        1_900,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(receipt.status, 201, "{}", receipt.text);
    let correction = json!({ "amountCents": 1_000, "note": "Zelf even rechtgezet." });
    for (verb, body) in [
        ("_check-receipt", &Value::Null),
        ("_correct", &correction),
        ("_reverse", &note),
    ] {
        let reply = holder.post(&path(verb), body).await;
        assert_eq!(reply.json["code"], "gift-four-eyes", "{verb}");
    }
    assert_eq!(other.post(&path("_correct"), &correction).await.status, 200);
    let trail = person(&app, "auditor")
        .await
        .get("/api/v1/audit-entries")
        .await;
    let acts: Vec<&str> = trail.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["objectId"] == json!(gift))
        .map(|line| line["action"].as_str().unwrap())
        .collect();
    assert_eq!(
        acts,
        [
            "gift.correction",
            "gift.spending",
            "gift.approval",
            "gift.reservation"
        ],
        "every act is an entry of the audit log: {}",
        trail.text
    );
    assert!(
        !trail.text.contains("rechtgezet"),
        "the audit log repeats nobody's words"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_message_too_one_reads_first_that_somebody_has_to_agree_and_that_this_person_had_one()
{
    let app = TestApp::open().await;
    // A tip: with a complaint everything asks for approval by a second person.
    let mut tip = tests::complaint();
    tip["answers"]["soort"] = json!("tip");
    let sent = app
        .anonymous("waterdam.localhost")
        .post("/api/v1/forms/klacht-tip-compliment/submissions", &tip)
        .await;
    let reference = sent.json["reference"].as_str().unwrap().to_owned();
    let place = format!("/balie/meldingen/{reference}");
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go(&format!("{place}/attentie")).await;
    assert!(
        clerk.page.text.contains("Kies een soort"),
        "no kind is chosen for anybody: {}",
        clerk.page.text
    );
    let budget = app.waterdam.budget.unwrap().to_string();
    let fields = |kind: &'static str| {
        [
            ("budgetId", budget.as_str()),
            ("kind", kind),
            ("description", "Bon van de bakker"),
            ("amountCents", "5"),
            ("reason", "Zij helpt de hele straat."),
        ]
    };
    let given = async || {
        let mine = person(&app, "clerk").await;
        let list = mine.get("/api/v1/gifts").await;
        list.json["items"].as_array().unwrap().len()
    };
    for (kind, told, done) in [
        ("voucher", "budgethouder", "Koop nog niets"),
        ("card", "al een attentie", "De attentie is opgeslagen."),
    ] {
        let before = given().await;
        clerk.go(&format!("{place}/attentie")).await;
        clerk
            .submit(&format!("{place}/attentie"), &fields(kind))
            .await;
        assert_eq!(clerk.page.status, 200, "{}", clerk.page.text);
        assert!(
            clerk.page.text.contains(told),
            "{told}: {}",
            clerk.page.text
        );
        assert_eq!(given().await, before, "nothing is given yet");
        let seen = clerk.hidden("_gezien");
        let mut again = fields(kind).to_vec();
        again.push(("_gezien", &seen));
        clerk.submit(&format!("{place}/attentie"), &again).await;
        assert!(
            clerk.page.text.contains(done),
            "{done}: {}",
            clerk.page.text
        );
        assert_eq!(given().await, before + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_gave_reads_what_happened_and_only_an_inspector_the_links_of_the_chain() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let gift = id(&clerk.post("/api/v1/gifts", &zomaar(&app, 1_250)).await);
    let path = format!("/api/v1/gifts/{gift}/entries");
    let own = clerk.get(&path).await;
    assert_eq!(
        (&own.json["items"][0]["kind"], &own.json["items"][0]["link"]),
        (&json!("reservation"), &Value::Null),
        "{}",
        own.text
    );
    let auditor = person(&app, "auditor").await;
    let link = auditor.get(&path).await.json["items"][0]["link"].clone();
    for part in ["evidence", "previousHash", "hash"] {
        assert_eq!(link[part].as_str().unwrap().len(), 64, "{part}: {link}");
    }
}
