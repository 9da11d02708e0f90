//! Whoever a message is about, or the team it is about, has no part in it (Awb art. 9:7): for them it is not there.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{Browser, Caller, TestApp, absent_id};

use crate::{isolation::call, operations::operations, samples};

const HOST: &str = "waterdam.localhost";

/// A complaint with a file, a message, a gift and clocks, that is about the colleague with all roles; and the ids of all that.
struct About {
    reference: String,
    case: String,
    file: String,
    ids: BTreeMap<&'static str, String>,
}

async fn name(lead: &Caller, case: &str, subject: &str) -> String {
    let named = lead
        .post(
            &format!("/api/v1/cases/{case}/subjects"),
            &json!({ "subject": subject }),
        )
        .await;
    assert_eq!(named.status, 201, "{}", named.text);
    named.json["id"].as_str().unwrap().to_owned()
}

/// A case with everything around it, made by the clerk, and not about anybody yet.
async fn case_with_everything(app: &TestApp) -> About {
    let resident = app.anonymous(HOST);
    let document = reqwest::multipart::Part::bytes(samples::pdf()).file_name("brief.pdf");
    let form = reqwest::multipart::Form::new()
        .text("field", "bijlagen")
        .part("file", document);
    let request = resident
        .request("POST", "/api/v1/forms/klacht-tip-compliment/files")
        .multipart(form);
    let uploaded = resident.send(request).await;
    let mut message = tests::complaint();
    message["answers"]["bijlagen"] = json!([uploaded.json["fileCode"]]);
    let receipt = resident
        .post("/api/v1/forms/klacht-tip-compliment/submissions", &message)
        .await;
    let reference = receipt.json["reference"].as_str().unwrap().to_owned();
    let case = app.case_id(&reference).await;
    app.run_jobs().await;
    let clerk = app.clerk().await;
    let detail = clerk.get(&format!("/api/v1/cases/{case}")).await;
    let file = detail.json["files"][0]["id"].as_str().unwrap().to_owned();
    let clocks = clerk.get(&format!("/api/v1/cases/{case}/clocks")).await;
    let clock = clocks.json["items"][0]["id"].as_str().unwrap().to_owned();
    let gift = json!({ "budgetId": app.waterdam.budget, "amountCents": 100, "description": "Kaart", "reason": "Zomaar." });
    let gift = clerk
        .post(&format!("/api/v1/cases/{case}/gifts"), &gift)
        .await;
    let gift = gift.json["id"].as_str().unwrap().to_owned();
    About {
        ids: [
            ("cases", case.clone()),
            ("files", file.clone()),
            ("clocks", clock),
            ("gifts", gift),
        ]
        .into(),
        reference,
        case,
        file,
    }
}

/// The member of staff with every role, whom the message will be about.
async fn subject(app: &TestApp) -> (Caller, String) {
    let id = app.staff_id(app.waterdam.id, "all@waterdam.example").await;
    (
        app.signed_in(HOST, "all@waterdam.example").await,
        id.to_string(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_on_what_is_about_somebody_answers_them_as_if_it_were_not_there() {
    let app = TestApp::open().await;
    let mut about = case_with_everything(&app).await;
    let (who, id) = subject(&app).await;
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    let named = name(&lead, &about.case, &format!("staff:{id}")).await;
    about.ids.insert("case-subjects", named);
    let budget = app.waterdam.budget.unwrap().to_string();
    let mut walked = 0;
    for operation in operations()
        .iter()
        .filter(|operation| operation.path.contains("{id}"))
    {
        let Some(id) = about.ids.get(operation.path.split('/').nth(1).unwrap()) else {
            continue;
        };
        let hidden = call(&who, operation, id, &budget).await;
        let absent = call(&who, operation, &absent_id(), &budget).await;
        assert_eq!(hidden.status, 404, "{}: {}", operation.id, hidden.text);
        assert_eq!(
            hidden.without_instance(),
            absent.without_instance(),
            "{}",
            operation.id
        );
        walked += 1;
    }
    assert!(walked > 30, "{walked} operations");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_list_count_feed_alert_or_file_tells_them_of_it() {
    let app = TestApp::open().await;
    let about = case_with_everything(&app).await;
    let (who, id) = subject(&app).await;
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    name(&lead, &about.case, &format!("staff:{id}")).await;
    let feed = who
        .post("/api/v1/deadline-feeds", &json!({ "scope": "desk" }))
        .await;
    app.clock.advance(TimeDelta::days(60));
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    app.run_jobs().await;
    let who = app.signed_in(HOST, "all@waterdam.example").await;
    let mut leaks = Vec::new();
    let mut look = |place: &str, text: &str| {
        if [&about.reference, &about.case, &about.file]
            .iter()
            .any(|secret| text.contains(secret.as_str()))
        {
            leaks.push(place.to_owned());
        }
    };
    for path in [
        "/api/v1/cases".to_owned(),
        format!("/api/v1/cases?text={}", about.reference),
        "/api/v1/cases?late=true".to_owned(),
        "/api/v1/gifts".to_owned(),
        "/api/v1/given-gifts".to_owned(),
        "/api/v1/audit-entries".to_owned(),
        "/api/v1/quarantined-messages".to_owned(),
    ] {
        let answer = who.get(&path).await;
        look(&path, &answer.text);
    }
    let address = feed.json["address"]
        .as_str()
        .or(feed.json["url"].as_str())
        .unwrap_or_default();
    if let Some((_, path)) = address.split_once(".localhost") {
        let path = path.find('/').map_or(path, |at| &path[at..]);
        look("feed", &app.anonymous(HOST).get(path).await.text);
    }
    let mut page = Browser::sign_in(&app, HOST, "all@waterdam.example").await;
    for path in [
        "/balie".to_owned(),
        format!("/balie?zoek={}", about.reference),
        "/beheer/logboek".to_owned(),
        "/beheer/logboek.csv".to_owned(),
        "/attenties".to_owned(),
        "/beheer/attenties".to_owned(),
        "/beheer/attenties/lijst".to_owned(),
        "/balie/quarantaine".to_owned(),
    ] {
        page.go(&path).await;
        let mut text = page.page.text.clone();
        if path.contains("zoek=") {
            // What was asked for is repeated; what would be found is a link.
            let found = format!("/balie/meldingen/{}", about.reference);
            assert!(!text.contains(&found), "{path}");
            text = text.replace(&about.reference, "");
        }
        look(&path, &text);
    }
    for mail in app
        .mails
        .lock()
        .unwrap()
        .iter()
        .filter(|mail| mail.recipient.contains("all@waterdam"))
    {
        look("mail", &mail.body);
    }
    assert_eq!(leaks, Vec::<String>::new());
    for rest in ["", "/klokken", "/berichten", "/betrokkenen", "/samenvoegen"] {
        page.go(&format!("/balie/meldingen/{}{rest}", about.reference))
            .await;
        assert_eq!(page.page.status, 404, "{rest}");
    }
    let clerk = app.clerk().await;
    assert!(
        clerk
            .get("/api/v1/cases")
            .await
            .text
            .contains(&about.reference),
        "for others it is there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_that_a_message_is_about_does_not_see_it_nor_what_it_was_merged_with() {
    let app = TestApp::open().await;
    let one = case_with_everything(&app).await;
    let other = app.complaint().await["reference"]
        .as_str()
        .unwrap()
        .to_owned();
    let other = app.case_id(&other).await;
    let admin = app.signed_in(HOST, "tenantadmin@waterdam.example").await;
    let colleague = app
        .staff_id(app.waterdam.id, "colleague@waterdam.example")
        .await;
    let team = json!({ "name": "Buitenruimte", "members": [colleague] });
    let team = admin.post("/api/v1/teams", &team).await.json["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let theirs = app.signed_in(HOST, "colleague@waterdam.example").await;
    let claimed = theirs
        .post(&format!("/api/v1/cases/{}/_claim", one.case), &Value::Null)
        .await;
    assert_eq!(claimed.status, 200, "{}", claimed.text);
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    name(&lead, &one.case, &format!("team:{team}")).await;
    let seen = lead.get(&format!("/api/v1/cases/{}", one.case)).await;
    assert_eq!(
        (&seen.json["assigneeId"], &seen.json["status"]),
        (&Value::Null, &json!("new")),
        "it is nobody's now"
    );
    let merge = json!({ "intoId": other, "reason": "Hetzelfde." });
    let merged = lead
        .post(&format!("/api/v1/cases/{}/_merge", one.case), &merge)
        .await;
    assert_eq!(merged.status, 200, "{}", merged.text);
    for id in [&one.case, &other] {
        assert_eq!(theirs.get(&format!("/api/v1/cases/{id}")).await.status, 404);
        assert_eq!(lead.get(&format!("/api/v1/cases/{id}")).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_another_lead_lifts_it_with_a_reason_that_is_shown_and_logged() {
    let app = TestApp::open().await;
    let about = case_with_everything(&app).await;
    let colleague = app
        .staff_id(app.waterdam.id, "colleague@waterdam.example")
        .await;
    let clerk = app.clerk().await;
    let named = name(&clerk, &about.case, &format!("staff:{colleague}")).await;
    let lift = format!("/api/v1/case-subjects/{named}/_lift");
    let why = json!({ "liftReason": "Was die dag vrij." });
    assert_eq!(clerk.post(&lift, &why).await.status, 403);
    let lead = app.signed_in(HOST, "lead@waterdam.example").await;
    assert_eq!(
        lead.post(&lift, &json!({ "liftReason": "" })).await.status,
        400
    );
    assert_eq!(lead.post(&lift, &why).await.status, 204);
    assert_eq!(lead.post(&lift, &why).await.status, 409);
    let theirs = app.signed_in(HOST, "colleague@waterdam.example").await;
    assert_eq!(
        theirs
            .get(&format!("/api/v1/cases/{}", about.case))
            .await
            .status,
        200
    );
    let mut page = Browser::sign_in(&app, HOST, "lead@waterdam.example").await;
    page.go(&format!("/balie/meldingen/{}/betrokkenen", about.reference))
        .await;
    assert!(
        page.page.text.contains("Was die dag vrij."),
        "{}",
        page.page.text
    );
    let auditor = app.signed_in(HOST, "auditor@waterdam.example").await;
    let entries = auditor
        .get("/api/v1/audit-entries?action=case.subjectLift")
        .await;
    assert_eq!(
        entries.json["items"].as_array().unwrap().len(),
        1,
        "{}",
        entries.text
    );
    assert!(!entries.text.contains("vrij"), "no words in the audit log");
    // A lead whom it is about cannot even see it.
    let id = app.staff_id(app.waterdam.id, "lead@waterdam.example").await;
    let own = name(&clerk, &about.case, &format!("staff:{id}")).await;
    let own = lead
        .post(&format!("/api/v1/case-subjects/{own}/_lift"), &why)
        .await;
    assert_eq!(own.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_page_a_clerk_names_a_team_and_a_wrong_choice_is_told() {
    let app = TestApp::open().await;
    let about = case_with_everything(&app).await;
    let mut page = Browser::sign_in(&app, HOST, "clerk@waterdam.example").await;
    let place = format!("/balie/meldingen/{}/betrokkenen", about.reference);
    page.go(&place).await;
    page.submit(&place, &[("subject", "")]).await;
    assert_eq!(page.page.status, 400, "{}", page.page.text);
    let me = app
        .staff_id(app.waterdam.id, "clerk@waterdam.example")
        .await;
    page.go(&place).await;
    page.submit(&place, &[("subject", &format!("staff:{me}"))])
        .await;
    assert!(
        page.page.text.contains("De melding is er niet meer"),
        "{}",
        page.page.text
    );
    page.go(&place).await;
    assert_eq!(page.page.status, 404);
}
