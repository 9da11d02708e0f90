//! Every operation of the API without sign-in, in the wrong role, and from another municipality.

use std::collections::BTreeMap;

use domain::{
    deadlines::{CalendarDefinition, LegalCalendar},
    gifts::GiftRules,
};
use serde_json::{Value, json};
use tenants::{Permission, permission};
use tests::{Caller, ROLES, TestApp, absent_id};

use crate::operations::{NEEDED, OPEN, Operation, operations};

fn calendar() -> Value {
    let office = CalendarDefinition::office_hours(chrono_tz::Europe::Amsterdam);
    serde_json::to_value(office).unwrap()
}

fn definition() -> Value {
    serde_json::from_str(domain::form_editor::KLACHT_TIP_COMPLIMENT).unwrap()
}

/// A body that is valid for a caller with the permission.
pub fn body(operation: &str, budget: &str) -> Option<Value> {
    Some(match operation {
        "createContactMoment" | "createConversation" => json!({ "result": "noAnswer" }),
        "createCaseSubject" => json!({ "subject": format!("staff:{}", absent_id()) }),
        "liftCaseSubject" => json!({ "liftReason": "Was die dag vrij." }),
        "createCaseMessage" => json!({ "text": "Wij maken het." }),
        "joinInboundMail" | "linkMeasureCase" | "unlinkMeasureCase" => {
            json!({ "reference": "7K4H-9XTR" })
        }
        "openInboundMail" => json!({ "kind": "tip" }),
        "putInboundMailAside" => json!({ "reason": "Reclame" }),
        "replaceNoticeChoices" => json!({ "ways": {} }),
        "createHostClaim" | "replacePrimaryHost" | "removeHost" => {
            json!({ "host": "klachten.waterdam.example" })
        }
        "closeCase" => json!({ "outcome": "withdrawn" }),
        "createCase" => {
            let answers = &tests::complaint()["answers"];
            json!({ "form": "klacht-tip-compliment", "channel": "phone", "answers": answers })
        }
        "reopenCase" => json!({ "reason": "Weer stuk.", "law": "countsOn" }),
        "convertCase" => json!({ "kind": "tip", "reason": "Het is een tip." }),
        "replaceCaseCategory" => json!({ "category": null }),
        "createAgreement" => json!({ "what": "De tegel ligt recht.", "until": "2026-12-01" }),
        "handOnCase" | "praiseCase" => json!({ "staffId": absent_id() }),
        "createFormalComplaintStep" => json!({ "step": "begin" }),
        "createCaseNote" => json!({ "text": "Wegen weet ervan." }),
        "createCaseTask" => json!({ "question": "Wanneer?", "staffId": absent_id() }),
        "answerTask" => json!({ "answer": "Donderdag." }),
        "mergeCase" => json!({ "intoId": absent_id(), "reason": "Hetzelfde." }),
        "unmergeCase" => json!({ "reason": "Toch niet." }),
        "createSavedView" | "replaceSavedView" => json!({ "name": "Gladheid" }),
        "replaceCaseTags" => json!({ "tags": ["weg"] }),
        "changeCases" => {
            json!({ "change": "tag", "value": "weg", "cases": [{ "id": absent_id() }] })
        }
        "createMeasure" | "replaceMeasure" => {
            json!({ "title": "Brief", "change": "Wij schrijven hem opnieuw.", "expectedVersion": 1 })
        }
        "createDocument" | "replaceDocument" => {
            json!({ "title": "Terugbellen", "kind": "instruction",
            "note": "Eerste", "expectedVersion": 1, "blocks": [{ "id": "bel", "kind": "step", "text": "Bel." }] })
        }
        "adoptDocument" | "applyRound" | "publishMeasure" => json!({ "expectedVersion": 1 }),
        "createRound" => {
            json!({ "documentId": absent_id(), "question": "Hoe?", "canChange": "Alles", "cannotChange": "Niets",
            "audience": "everyone", "closesOn": "2026-12-20", "answerBy": "2027-01-20" })
        }
        "inviteToRound" => json!({ "emails": "wil@voorbeeld.example" }),
        "moderateRoundProposal" => json!({ "show": true }),
        "decideRoundProposal" => json!({ "decision": "not", "reason": "Daar is geen plek voor." }),
        "createRoundProposal" => json!({ "kind": "remark", "text": "Bel eerst." }),
        "createRoundOpinion" => json!({ "proposalId": absent_id(), "word": "helps" }),
        "createPanelConsent" => {
            json!({ "email": "wil@voorbeeld.example", "mostAYear": 2, "agreed": true })
        }
        "createTextBlock" | "replaceTextBlock" => {
            json!({ "title": "Groet", "bodyNl": "Dag {naam}", "expectedVersion": 1 })
        }
        "createTeam" | "replaceTeam" => json!({ "name": "Buitenruimte" }),
        "replaceHouseStyleDraft" => json!({
            "primary": "#095c51", "accent": "#01558b", "neutral": "#5d6d76", "font": "notoSans", "corner": "soft"
        }),
        "readHouseStyleTokens" => {
            json!({ "utrecht": { "link": { "color": { "value": "#01558b" } } } })
        }
        "replaceFirstDayStep" => json!({ "state": "later" }),
        "restoreText" => json!({ "language": "nl", "number": 1 }),
        "replaceText" => json!({ "words": { "nl": "Vertel het ons" } }),
        "moveCase" => json!({ "to": "closed" }),
        "createCaseKind" => {
            json!({ "labelNl": "Wens", "labelEn": "Wish", "nature": "tip" })
        }
        "replaceCaseKind" => json!({ "labelNl": "Wens", "labelEn": "Wish", "active": true }),
        "replaceWorkflowDraft" | "replaceRoutingDraft" => json!({ "expectedVersion": 0 }),
        "createElsewhereRoute" | "replaceElsewhereRoute" => {
            json!({ "kind": "woo", "name": "Team Woo", "textNl": "Ga daarheen.", "textEn": "Go there." })
        }
        "referCase" => json!({ "routeId": absent_id() }),
        "createAbsence" => json!({ "from": "2026-12-01", "until": "2026-12-05" }),
        "mergeCategory" => json!({ "intoId": absent_id() }),
        "publishWorkflow" | "publishRouting" => {
            json!({ "note": "Anders", "expectedVersion": 0 })
        }
        "createRule" => json!({ "name": "Spoed" }),
        "replaceRule" => json!({ "name": "Spoed", "expectedVersion": 1 }),
        "publishRule" => json!({ "note": "Eerste", "expectedVersion": 1 }),
        "switchRule" => json!({ "active": false }),
        "createCategory" => json!({ "labelNl": "Afval" }),
        "replaceCategory" => json!({ "labelNl": "Afval", "active": true }),
        "createGift" | "createFreeGift" | "assessGift" => {
            json!({ "recipient": "De buurvrouw", "budgetId": budget, "amountCents": 100, "description": "Kaart", "reason": "Zomaar." })
        }
        "createGiftBudget" => {
            json!({ "name": "Wijkteam", "year": 2027, "allocatedCents": 100, "mandate": "Raadsbesluit" })
        }
        "createGiftTransfer" => {
            json!({ "fromId": budget, "toId": absent_id(), "amountCents": 1, "decision": "Collegebesluit" })
        }
        "replaceGiftRules" => json!({ "version": 99, "rules": GiftRules::default() }),
        "cancelGift" | "declineGift" | "reverseGift" => json!({ "note": "Het ging niet door." }),
        "correctGift" => json!({ "amountCents": 100, "note": "De bon was lager." }),
        "writePracticeDraft" | "replacePracticeDraft" => json!({ "title": "Bellen" }),
        "returnPracticeDraft" => json!({ "note": "Beter." }),
        "approvePracticeDraft" => json!({ "confirmed": true }),
        "withdrawPractice" | "takeDownPractice" | "refuseSubscriptionRequest" => {
            json!({ "reason": "Anders." })
        }
        "answerCoOwnership" => json!({ "agrees": true }),
        "returnPracticeReview" => json!({ "questions": "Waarom?" }),
        "publishPracticeReview" => {
            json!({ "personalData": true, "claims": true, "licence": true, "title": true })
        }
        "askPractice" => json!({ "question": "Hoe?" }),
        "createBundle" | "checkBundle" => {
            serde_json::from_str(domain::bundles::KLANTENSERVICE).unwrap()
        }
        "makeBundle" => json!({ "title": "a" }),
        "refuseBundle" => json!({ "reason": "a" }),
        "planBundleAdoption" | "createBundleAdoption" => json!({ "bundle": absent_id() }),
        "skipBundleVersion" => json!({ "version": "9.0.0" }),
        "inviteStaffMember" => {
            json!({ "name": "Nieuw", "email": "nieuw@waterdam.example", "roles": ["clerk"] })
        }
        "setStaffMemberAccess" => json!({ "active": true }),
        "setStaffMemberRoles" => json!({ "roles": ["clerk", "tenantAdmin"] }),
        "replaceCalendar" => json!({ "calendar": calendar(), "expectedVersion": 1 }),
        "previewCalendar" => json!({ "calendar": calendar() }),
        "createServiceRule" => json!({ "rule": { "target": "workingDays", "days": 2 } }),
        "createDeadlineFeed" => json!({ "scope": "mine" }),
        "simulateDeadline" => json!({ "receivedAt": "2026-04-03T16:00:00+02:00" }),
        "createCalendarProposal" => {
            let mut law = serde_json::to_value(LegalCalendar::published()).unwrap();
            law["throughYear"] = json!(2029);
            json!({ "calendar": law, "reason": "Besluit voor 2029" })
        }
        "pauseClock" => {
            json!({ "reason": "waitingForResident", "until": "2026-11-25T10:00:00+01:00" })
        }
        "adjournClock" => {
            json!({ "weeks": 4, "residentToldOn": "2026-11-23", "concernedToldOn": "2026-11-23" })
        }
        "agreeClock" => {
            json!({ "until": "2027-03-01", "agreedOn": "2026-11-23", "keptAt": "Dossier" })
        }
        "finishClock" | "publishHouseStyle" | "replaceFormSchedule" => json!({}),
        "createSubmission" => tests::complaint(),
        "createFormDraft" => json!({ "template": "contact", "title": "Nog een formulier" }),
        "replaceFormDraft" | "importFormDraft" => {
            json!({ "definition": definition(), "expectedVersion": 1 })
        }
        "updateFormTranslations" => json!({ "items": {}, "expectedVersion": 1 }),
        "publishFormDraft" => json!({ "note": "Beter", "expectedVersion": 1 }),
        "withdrawFormVersion" => json!({ "reason": "Fout" }),
        "createScore" => json!({ "grade": 8 }),
        "createPracticeQuestion" | "createPracticeAnswer" => json!({ "body": "Hoe gaat dat?" }),
        "acceptPracticeAnswer" => json!({ "answerId": absent_id() }),
        "replacePracticeAdoption" => json!({ "state": "active" }),
        "replaceOutcomeConsent" => json!({ "metric": "handlingGrade", "shared": true }),
        "createMunicipality" | "approveSubscriptionRequest" => json!({ "codes": ["GM0441"] }),
        "replaceSubscription" => json!({ "plan": "small", "codes": ["GM0441"] }),
        "createSubscriptionRequest" => json!({ "code": "GM0441" }),
        "confirmSubscriptionRequest" => json!({ "code": absent_id() }),
        "createPracticeMark" => json!({ "kind": "theme", "target": "complaints" }),
        _ => return None,
    })
}

pub async fn call(caller: &Caller, operation: &Operation, id: &str, budget: &str) -> tests::Reply {
    let path = operation
        .path
        .replace("{id}", id)
        .replace("{slug}", id)
        .replace("{number}", "1")
        .replace("{form}", "csv")
        .replace("{code}", id)
        .replace("{question}", id);
    let query = match operation.id.as_str() {
        "createGiftReceipt" => "?amountCents=100",
        "getGiftTotals" | "getComplaintRegister" => "?year=2026",
        "previewCaseReferral" => "?routeId=00000000-0000-7000-8000-000000000000",
        "deleteFormDraft" => "?expectedVersion=1",
        "previewMerge" => "?intoId=00000000-0000-7000-8000-000000000000",
        "compareDocument" | "listFormDifferences" => "?from=1&to=1",
        _ => "",
    };
    let request = caller.request(&operation.method, &format!("/api/v1{path}{query}"));
    let request = match body(&operation.id, budget) {
        Some(body) => request.json(&body),
        None if ["createPracticeDraft", "importPracticeDrafts"]
            .contains(&operation.id.as_str()) =>
        {
            request
                .header("content-type", "text/plain")
                .body("Jaartal\n\n2024")
        }
        None if operation.id == "createGiftReceipt" => {
            request.body(&b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF"[..])
        }
        None => request,
    };
    caller.send(request).await
}

#[test]
fn every_operation_is_in_one_of_the_two_tables() {
    let known: Vec<&str> = NEEDED
        .iter()
        .map(|(id, _)| *id)
        .chain(OPEN.iter().copied())
        .collect();
    let operations = operations();
    for operation in &operations {
        assert!(
            known.contains(&operation.id.as_str()),
            "{} is new: say who may",
            operation.id
        );
        assert_eq!(
            operation.signed,
            !OPEN.contains(&operation.id.as_str()),
            "{}",
            operation.id
        );
    }
    assert_eq!(operations.len(), known.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn anonymous_callers_and_wrong_roles_are_refused() {
    let app = TestApp::open().await;
    let needed: BTreeMap<&str, Permission> = NEEDED.iter().copied().collect();
    let budget = app.waterdam.budget.unwrap().to_string();
    let nobody = app.anonymous("waterdam.localhost");
    for operation in operations().iter().filter(|operation| operation.signed) {
        let reply = call(&nobody, operation, &absent_id(), &budget).await;
        assert_eq!(
            (reply.status, &reply.json["code"]),
            (401, &json!("not-signed-in")),
            "{}",
            operation.id
        );
        assert_eq!(
            reply.header("www-authenticate"),
            "Bearer",
            "{}",
            operation.id
        );
    }
    for role in ROLES {
        let account = format!("{role}@waterdam.example").to_lowercase();
        for operation in operations().iter().filter(|operation| operation.signed) {
            let caller = app.signed_in("waterdam.localhost", &account).await;
            let reply = call(&caller, operation, &absent_id(), &budget).await;
            let may = permission::allowed(&[role], needed[operation.id.as_str()]);
            assert_eq!(
                reply.status != 403,
                may,
                "{role} {}: {}",
                operation.id,
                reply.text
            );
        }
    }
}

/// The first part of addresses whose things other tests look at from another municipality.
const ELSEWHERE: [&str; 13] = [
    "co-ownerships",
    "deadline-feeds",
    "files",
    "jobs",
    "notices",
    "practice-answers",
    "practice-marks",
    "practice-questions",
    "practice-reviews",
    "practice-talk",
    "quarantined-messages",
    "submitted-bundles",
    "subscription-requests",
];

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_another_municipality_and_an_absent_id_give_the_same_bytes() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let case = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let gift = app
        .clerk()
        .await
        .post(
            &format!("/api/v1/cases/{case}/gifts"),
            &json!({ "budgetId": app.waterdam.budget, "amountCents": 100, "description": "Kaart", "reason": "Zomaar." }),
        )
        .await
        .json["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let clerk = app.clerk().await;
    let free = body("createFreeGift", &app.waterdam.budget.unwrap().to_string()).unwrap();
    let free = clerk.post("/api/v1/gifts", &free).await.json["id"].clone();
    let bon = format!(
        "/api/v1/gifts/{}/receipts?amountCents=100",
        free.as_str().unwrap()
    );
    let bon = clerk
        .request("POST", &bon)
        .body(&b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF"[..]);
    let bon = clerk.send(bon).await.json["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    let request = editor
        .request("POST", "/api/v1/practice-drafts")
        .header("content-type", "text/plain")
        .body("Jaartal\n\n2020");
    let draft = editor.send(request).await.json["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let bundle: domain::bundles::Bundle =
        serde_json::from_str(domain::bundles::KLANTENSERVICE).unwrap();
    let mut newer = bundle.clone();
    let offered = crate::bundles::offered(&app, bundle).await;
    newer.manifest.version = "2.0.0".parse().unwrap();
    let newer = serde_json::to_value(newer.sealed().unwrap()).unwrap();
    let waiting = editor.post("/api/v1/bundles", &newer).await.json["id"].clone();
    let adoption = crate::bundles::prepared(&editor, &offered, json!({})).await;
    let adoption = adoption.json["id"].as_str().unwrap().to_owned();
    let clocks = clerk.get(&format!("/api/v1/cases/{case}/clocks")).await;
    let clock = clocks.json["items"][0]["id"].as_str().unwrap().to_owned();
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let proposed = body("createCalendarProposal", "").unwrap();
    let proposed = admin.post("/api/v1/calendar-proposals", &proposed).await;
    let proposal = proposed.json["id"].as_str().unwrap().to_owned();
    let host = json!({ "host": "klachten.waterdam.example" });
    let host = admin.post("/api/v1/host-claims", &host).await;
    let host = host.json["id"].as_str().unwrap().to_owned();
    let category = json!({ "labelNl": "Afval" });
    let category = admin.post("/api/v1/case-categories", &category).await;
    let category = category.json["id"].as_str().unwrap().to_owned();
    let rule = admin
        .post("/api/v1/rules", &json!({ "name": "Spoed" }))
        .await;
    let rule = rule.json["id"].as_str().unwrap().to_owned();
    let other = app
        .signed_in("heuvelrode.localhost", "all@heuvelrode.example")
        .await;
    let budget = app.heuvelrode.budget.unwrap().to_string();
    let elsewhere = body("createElsewhereRoute", "").unwrap();
    let elsewhere = admin.post("/api/v1/elsewhere-routes", &elsewhere).await;
    let elsewhere = elsewhere.json["id"].clone();
    let absence = body("createAbsence", "").unwrap();
    let absence = clerk.post("/api/v1/absences", &absence).await.json["id"].clone();
    let view = json!({ "name": "Gladheid" });
    let view = clerk.post("/api/v1/saved-views", &view).await.json["id"].clone();
    let team = json!({ "name": "Buitenruimte" });
    let team = admin.post("/api/v1/teams", &team).await.json["id"].clone();
    let member = app.staff_id(app.waterdam.id, "clerk@waterdam.example");
    let mails = clerk.get(&format!("/api/v1/cases/{case}/mails")).await;
    let mail = mails.json["items"][0]["id"].as_str().unwrap().to_owned();
    let source = domain::inbound::InboundSource::Gateway;
    let inbound = domain::inbound::accept(
        &app.db,
        app.app.file_store(),
        app.waterdam.id,
        source,
        b"From: a@b.example\r\n\r\nDag.".to_vec(),
    );
    let inbound = inbound.await.unwrap().id;
    let ask = json!({ "question": "Wanneer?", "teamId": team });
    let task = clerk
        .post(&format!("/api/v1/cases/{case}/tasks"), &ask)
        .await;
    let task = task.json["id"].as_str().unwrap().to_owned();
    let subject = format!("team:{}", team.as_str().unwrap());
    let subject = clerk
        .post(
            &format!("/api/v1/cases/{case}/subjects"),
            &json!({ "subject": subject }),
        )
        .await;
    let subject = subject.json["id"].as_str().unwrap().to_owned();
    let measure = body("createMeasure", "").unwrap();
    let mut measure = measure.as_object().unwrap().clone();
    measure.remove("expectedVersion");
    let measure = clerk.post("/api/v1/measures", &measure.into()).await;
    let measure = measure.json["id"].as_str().unwrap().to_owned();
    let block = json!({ "title": "Groet", "bodyNl": "Dag {naam}" });
    let block = admin.post("/api/v1/text-blocks", &block).await;
    let block = block.json["id"].as_str().unwrap().to_owned();
    let document = admin
        .post("/api/v1/documents", &body("createDocument", "").unwrap())
        .await;
    let document = document.json["id"].as_str().unwrap().to_owned();
    let mut round = body("createRound", "").unwrap();
    round["documentId"] = json!(document);
    let round = admin.post("/api/v1/rounds", &round).await;
    let round = round.json["id"].as_str().unwrap().to_owned();
    let proposals = format!("/api/v1/public-rounds/{round}/proposals");
    let idea = admin
        .post(&proposals, &body("createRoundProposal", "").unwrap())
        .await;
    let idea = idea.json["id"].as_str().unwrap().to_owned();
    let ids: BTreeMap<&str, String> = [
        ("documents", document),
        ("rounds", round.clone()),
        ("public-rounds", round),
        ("round-proposals", idea),
        ("measures", measure),
        ("text-blocks", block),
        ("mails", mail),
        ("inbound-mails", inbound.to_string()),
        ("cases", case.clone()),
        ("tasks", task),
        ("gifts", gift),
        ("gift-receipts", bon),
        ("gift-budgets", app.waterdam.budget.unwrap().to_string()),
        ("practice-drafts", draft),
        ("bundles", waiting.as_str().unwrap().to_owned()),
        ("bundle-adoptions", adoption),
        ("clocks", clock),
        ("case-categories", category),
        ("rules", rule),
        ("calendar-proposals", proposal),
        ("host-claims", host),
        ("staff-members", member.await.to_string()),
        ("case-subjects", subject),
        ("elsewhere-routes", elsewhere.as_str().unwrap().to_owned()),
        ("absences", absence.as_str().unwrap().to_owned()),
        ("teams", team.as_str().unwrap().to_owned()),
        ("saved-views", view.as_str().unwrap().to_owned()),
    ]
    .into();
    for operation in operations()
        .iter()
        .filter(|operation| operation.path.contains("{id}"))
    {
        let kind = operation.path.split('/').nth(1).unwrap();
        let Some(id) = ids.get(kind) else {
            assert!(ELSEWHERE.contains(&kind), "{kind} is new: give its id");
            continue;
        };
        let foreign = call(&other, operation, id, &budget).await;
        let absent = call(&other, operation, &absent_id(), &budget).await;
        let nonsense = call(&other, operation, "geen-id", &budget).await;
        assert_eq!(foreign.status, 404, "{}: {}", operation.id, foreign.text);
        for other in [&absent, &nonsense] {
            assert_eq!(
                (foreign.status, foreign.without_instance()),
                (other.status, other.without_instance()),
                "{}",
                operation.id
            );
        }
    }

    // A budget of the other municipality in a case of one's own; its receipt and score at the wrong host; its token.
    let own = app
        .anonymous("heuvelrode.localhost")
        .post(
            "/api/v1/forms/klacht-tip-compliment/submissions",
            &tests::complaint(),
        )
        .await;
    assert_eq!(own.status, 201);
    let own_case = other.get("/api/v1/cases").await.json["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let foreign = json!({ "budgetId": app.waterdam.budget, "amountCents": 100, "description": "Kaart", "reason": "Zomaar." });
    assert_eq!(
        other
            .post(&format!("/api/v1/cases/{own_case}/gifts"), &foreign)
            .await
            .status,
        404
    );
    let code = receipt["receiptCode"].as_str().unwrap();
    for path in [
        "/api/v1/receipts/",
        "/api/v1/score-invitations/",
        "/melding/",
        "/cijfer/",
    ] {
        assert_eq!(
            other.get(&format!("{path}{code}")).await.status,
            404,
            "{path}"
        );
    }
    let mut wandering = other.clone();
    wandering.host = "waterdam.localhost";
    assert_eq!(
        wandering.get("/api/v1/cases").await.status,
        401,
        "a token is good at its own host only"
    );
}
