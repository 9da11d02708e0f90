//! Notices in the program, and one mail about what was not read.

use chrono::TimeDelta;
use domain::inbox::{self, NoticeKind, Subject, Whom};
use serde_json::{Value, json};
use tests::{Browser, TestApp};

/// Claims a complaint for the clerk and gives it back.
async fn claimed(app: &TestApp) -> domain::cases::Case {
    let receipt = app.complaint().await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{id}/_claim"), &Value::Null)
        .await;
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    seen(app, &tx, &id).await
}

/// A case as the clerk sees it.
async fn seen(app: &TestApp, tx: &tenants::TenantTx, id: &str) -> domain::cases::Case {
    let clerk = app.staff_id(app.waterdam.id, "clerk@waterdam.example");
    let clerk = tenants::staff::get(tx, clerk.await).await.unwrap().unwrap();
    let viewer = domain::cases::Viewer::of(&clerk);
    domain::cases::seen(tx, viewer, id.parse().unwrap())
        .await
        .unwrap()
}

async fn notify(app: &TestApp, case: &domain::cases::Case, kind: NoticeKind) {
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let whom = Whom::Handlers(case);
    inbox::notify(&tx, whom, kind, Subject::Case(case), None)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Mails with notices that left to the clerk.
fn digests(app: &TestApp) -> Vec<String> {
    let mails = app.mails.lock().unwrap();
    let is_digest = |mail: &&tests::Mail| mail.body.contains("/berichten");
    mails
        .iter()
        .filter(is_digest)
        .map(|mail| mail.body.clone())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_notices_are_one_mail_on_the_next_working_day_and_read_ones_are_none() {
    let app = TestApp::open().await;
    // Friday 27 November 2026, 16:00: the next day on which the office is open is Monday.
    app.clock.advance(TimeDelta::days(4) + TimeDelta::hours(6));
    let case = claimed(&app).await;
    for kind in [
        NoticeKind::ResidentReplied,
        NoticeKind::MailBounced,
        NoticeKind::Mentioned,
    ] {
        notify(&app, &case, kind).await;
        notify(&app, &case, kind).await;
    }
    let clerk = app.clerk().await;
    let list = clerk.get("/api/v1/notices").await;
    assert_eq!(list.json["unread"], 3, "told once each: {}", list.text);
    let first = list.json["items"][0]["id"].as_str().unwrap();
    let read = clerk
        .post(&format!("/api/v1/notices/{first}/_read"), &Value::Null)
        .await;
    assert_eq!(read.status, 200, "{}", read.text);
    for _ in 0..60 {
        app.run_jobs().await;
        app.clock.advance(TimeDelta::hours(1));
    }
    assert_eq!(digests(&app), Vec::<String>::new(), "not in the weekend");
    for _ in 0..24 {
        app.run_jobs().await;
        app.clock.advance(TimeDelta::hours(1));
    }
    let mails = digests(&app);
    assert_eq!(mails.len(), 1, "{mails:?}");
    assert!(
        mails[0].contains("Er wachten 2 berichten op u"),
        "{}",
        mails[0]
    );
    assert!(mails[0].contains(&case.reference));
    assert!(
        !mails[0].contains("lift"),
        "no word of the resident: {}",
        mails[0]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_chooses_no_mail_or_one_within_minutes() {
    let app = TestApp::open().await;
    let case = claimed(&app).await;
    let clerk = app.clerk().await;
    let ways = json!({ "ways": { "mailBounced": "off", "residentReplied": "atOnce" } });
    let request = clerk.request("PUT", "/api/v1/notice-choices").json(&ways);
    let kept = clerk.send(request).await;
    assert_eq!(
        kept.json["ways"]["residentReplied"], "atOnce",
        "{}",
        kept.text
    );
    assert_eq!(kept.json["ways"]["mentioned"], "daily");
    let wrong = json!({ "ways": { "onzin": "off" } });
    let wrong = clerk
        .send(clerk.request("PUT", "/api/v1/notice-choices").json(&wrong))
        .await;
    assert_eq!(wrong.status, 400, "{}", wrong.text);
    notify(&app, &case, NoticeKind::MailBounced).await;
    app.clock.advance(TimeDelta::days(2));
    app.run_jobs().await;
    assert_eq!(digests(&app).len(), 0);
    notify(&app, &case, NoticeKind::ResidentReplied).await;
    app.run_jobs().await;
    assert_eq!(digests(&app).len(), 0, "a few minutes for what follows");
    app.clock.advance(TimeDelta::minutes(6));
    app.run_jobs().await;
    let mails = digests(&app);
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].contains("kwam niet aan"), "{}", mails[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_message_is_about_hears_nothing_of_it() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let id = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let lead = app.staff_id(app.waterdam.id, "lead@waterdam.example").await;
    let tx = app.db.write(app.waterdam.id).await.unwrap();
    let case = seen(&app, &tx, &id).await;
    let subject = domain::cases::Subject::Colleague(lead);
    domain::cases::add_subject(&tx, case.id, None, subject)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    notify(&app, &case, NoticeKind::ResidentReplied).await;
    for (account, expected) in [("lead", 0), ("all", 1), ("clerk", 0)] {
        let account = format!("{account}@waterdam.example");
        let reader = app.signed_in("waterdam.localhost", &account).await;
        let list = reader.get("/api/v1/notices").await;
        assert_eq!(list.json["unread"], expected, "{account}: {}", list.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_page_a_notice_leads_to_its_message_and_is_read_then() {
    let app = TestApp::open().await;
    let case = claimed(&app).await;
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/berichten").await;
    assert!(clerk.page.text.contains("Er is niets nieuws voor u"));
    notify(&app, &case, NoticeKind::ResidentReplied).await;
    clerk.go("/berichten").await;
    let told = format!("De inwoner schreef bij melding {}", case.reference);
    assert!(clerk.page.text.contains(&told), "{}", clerk.page.text);
    let list = app.clerk().await.get("/api/v1/notices").await;
    let id = list.json["items"][0]["id"].as_str().unwrap().to_owned();
    clerk.submit(&format!("/berichten/{id}/openen"), &[]).await;
    assert_eq!(clerk.path, format!("/balie/meldingen/{}", case.reference));
    let list = app.clerk().await.get("/api/v1/notices").await;
    assert_eq!(list.json["unread"], 0);
    clerk.go("/berichten").await;
    let choice = [("ways.residentReplied", "off")];
    clerk.submit("/berichten/keuzes", &choice).await;
    assert!(
        clerk.page.text.contains("Uw keuze is bewaard"),
        "{}",
        clerk.page.text
    );
    let colleague = app
        .signed_in("waterdam.localhost", "colleague@waterdam.example")
        .await;
    let foreign = colleague
        .post(&format!("/api/v1/notices/{id}/_read"), &Value::Null)
        .await;
    assert_eq!(foreign.status, 404, "a colleague's is as absent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_holder_hears_of_a_gift_that_waits_and_its_giver_of_the_decision() {
    let app = TestApp::open().await;
    let giver = app
        .signed_in("waterdam.localhost", "all@waterdam.example")
        .await;
    let gift = json!({
        "recipient": "De buurvrouw", "budgetId": app.waterdam.budget, "amountCents": 2_000, "kind": "voucher",
        "description": "Bon", "reason": "Zomaar.",
    });
    let made = giver.post("/api/v1/gifts", &gift).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let id = made.json["id"].as_str().unwrap();
    let holder = app
        .signed_in("waterdam.localhost", "budgetholder@waterdam.example")
        .await;
    let waits = holder.get("/api/v1/notices").await;
    assert_eq!(
        waits.json["items"][0]["kind"], "giftWaits",
        "{}",
        waits.text
    );
    assert_eq!(waits.json["items"][0]["path"], format!("/attenties/{id}"));
    let approved = holder
        .post(&format!("/api/v1/gifts/{id}/_approve"), &Value::Null)
        .await;
    assert_eq!(approved.status, 200, "{}", approved.text);
    let decided = giver.get("/api/v1/notices").await;
    assert_eq!(
        decided.json["items"][0]["kind"], "giftDecided",
        "{}",
        decided.text
    );
}
