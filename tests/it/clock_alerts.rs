//! Who hears when that a clock comes close, or is late.

use chrono::TimeDelta;
use serde_json::json;
use tests::{Browser, TestApp};

/// Rows of the warnings, oldest first: level, exact instant, told or not.
async fn alerts(app: &TestApp) -> Vec<(String, String, bool)> {
    use sea_orm::{ConnectionTrait, Statement};

    let connection = app.store.as_database_owner().await;
    let sql = if app.store.is_postgres() {
        "select level, to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as moment, told_at is not null as told from clock_alert order by at, level"
    } else {
        "select level, substr(replace(at, 'T', ' '), 1, 16) as moment, told_at is not null as told from clock_alert order by at, level"
    };
    connection
        .query_all_raw(Statement::from_string(
            connection.get_database_backend(),
            sql,
        ))
        .await
        .unwrap()
        .iter()
        .map(|row| {
            (
                row.try_get("", "level").unwrap(),
                row.try_get("", "moment").unwrap(),
                row.try_get("", "told").unwrap(),
            )
        })
        .collect()
}

/// Mails about clocks: to whom, and the subject.
fn mails(app: &TestApp) -> Vec<(String, String)> {
    let mut mails: Vec<_> = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .filter(|mail| mail.subject.starts_with("Let op:"))
        .map(|mail| (mail.recipient.clone(), mail.subject.clone()))
        .collect();
    mails.sort();
    mails
}

async fn look(app: &TestApp) {
    domain::maintenance::raise_alerts(&app.db).await.unwrap();
    app.run_jobs().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_comes_once_to_the_leads_while_nobody_has_it_and_shows_at_the_desk() {
    let app = TestApp::open().await;
    app.complaint().await;
    look(&app).await;
    assert_eq!(alerts(&app).await, vec![]);
    // Tuesday 15:30: two hours of opening time are left at 15:00.
    app.clock.advance(TimeDelta::minutes(29 * 60 + 30));
    for _ in 0..3 {
        look(&app).await;
    }
    assert_eq!(
        alerts(&app).await,
        [("before:120".to_owned(), "2026-11-24 14:00".to_owned(), true)]
    );
    assert_eq!(
        mails(&app)
            .into_iter()
            .map(|(to, _)| to)
            .collect::<Vec<_>>(),
        ["all@waterdam.example", "lead@waterdam.example"]
    );
    let mut lead = Browser::sign_in(&app, "waterdam.localhost", "lead@waterdam.example").await;
    lead.go("/balie").await;
    assert!(
        lead.page.text.contains("Let op deze termijnen: 1 melding"),
        "{}",
        lead.page.text
    );
    let mut clerk = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    clerk.go("/balie").await;
    assert!(!clerk.page.text.contains("Let op deze termijnen"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_was_away_records_the_exact_instants_and_tells_each_person_once() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let case = app.case_id(receipt["reference"].as_str().unwrap()).await;
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &json!(null))
        .await;
    // Thursday 22:00: the warning, the deadline and the warning after it passed unseen, and the office is closed.
    app.clock.advance(TimeDelta::hours(84));
    look(&app).await;
    let before_opening: Vec<(String, String, bool)> = [
        ("before:120", "2026-11-24 14:00"),
        ("due", "2026-11-24 16:00"),
        ("after:480", "2026-11-25 15:30"),
    ]
    .into_iter()
    .map(|(level, at)| (level.to_owned(), at.to_owned(), false))
    .collect();
    assert_eq!(alerts(&app).await, before_opening);
    assert_eq!(mails(&app), vec![], "nobody is woken at night");
    // Friday 08:30.
    app.clock.advance(TimeDelta::minutes(10 * 60 + 30));
    app.run_jobs().await;
    let told = mails(&app);
    let to: Vec<&str> = told.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(
        to,
        [
            "all@waterdam.example",
            "clerk@waterdam.example",
            "lead@waterdam.example"
        ],
        "one mail each, about the last of the three"
    );
    assert!(
        told.iter()
            .all(|(_, subject)| subject == "Let op: 1 te laat, 0 bijna")
    );
    look(&app).await;
    assert_eq!(mails(&app).len(), 3);
    // A call after the deadline is late, and nobody hears of it any more.
    let clerk = app.clerk().await;
    clerk
        .post(
            &format!("/api/v1/cases/{case}/contact-moments"),
            &json!({ "result": "conversation", "note": "Eindelijk." }),
        )
        .await;
    let clocks = clerk.get(&format!("/api/v1/cases/{case}/clocks")).await;
    let callback = clocks.json["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|clock| clock["kind"] == "callback")
        .unwrap()
        .clone();
    assert_eq!(
        (&callback["outcome"], &callback["breachedAt"]),
        (&json!("late"), &json!("2026-11-24T16:00:00Z"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_solved_late_before_anybody_looked_is_late_all_the_same() {
    let app = TestApp::open().await;
    let receipt = app.complaint().await;
    let case = app.case_id(receipt["reference"].as_str().unwrap()).await;
    app.clock.advance(TimeDelta::days(2));
    let clerk = app.clerk().await;
    clerk
        .post(&format!("/api/v1/cases/{case}/_claim"), &json!(null))
        .await;
    let talked = json!({ "result": "conversation", "note": "Gesproken." });
    clerk
        .post(&format!("/api/v1/cases/{case}/contact-moments"), &talked)
        .await;
    let detail = clerk.get(&format!("/api/v1/cases/{case}/clocks")).await;
    assert!(
        detail.text.contains("\"outcome\":\"late\""),
        "{}",
        detail.text
    );
    look(&app).await;
    assert_eq!(mails(&app), vec![]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_at_once_make_one_warning() {
    let app = TestApp::open().await;
    for _ in 0..5 {
        app.complaint().await;
    }
    app.clock.advance(TimeDelta::minutes(29 * 60 + 30));
    let (one, other) = tokio::join!(
        domain::maintenance::raise_alerts(&app.db),
        domain::maintenance::raise_alerts(&app.db)
    );
    one.unwrap();
    other.unwrap();
    app.run_jobs().await;
    assert_eq!(alerts(&app).await.len(), 5);
    assert_eq!(mails(&app).len(), 2, "one for each lead");
    assert_eq!(mails(&app)[0].1, "Let op: 0 te laat, 5 bijna");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_the_calendar_is_no_storm_and_a_later_deadline_may_warn_again() {
    let app = TestApp::open().await;
    app.complaint().await;
    app.clock.advance(TimeDelta::minutes(29 * 60 + 30));
    look(&app).await;
    assert_eq!(mails(&app).len(), 2);
    let admin = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    let calendar = admin.get("/api/v1/calendars/current").await.json;
    let mut with = calendar["calendar"].clone();
    with["exceptions"]["2026-11-24"] = json!({ "reason": "Storm" });
    for (calendar, version) in [(&with, 1), (&calendar["calendar"], 2), (&with, 3)] {
        let body = json!({ "calendar": calendar, "expectedVersion": version });
        let kept = admin
            .send(
                admin
                    .request("PUT", "/api/v1/calendars/current")
                    .json(&body),
            )
            .await;
        assert_eq!(kept.status, 200, "{}", kept.text);
        app.run_jobs().await;
        look(&app).await;
    }
    assert_eq!(mails(&app).len(), 2, "back and forth tells nobody anything");
    // Wednesday 15:30: the deadline of today comes close.
    app.clock.advance(TimeDelta::days(1));
    look(&app).await;
    assert_eq!(mails(&app).len(), 4);
    let levels: Vec<String> = alerts(&app)
        .await
        .into_iter()
        .map(|(level, at, _)| format!("{level} {at}"))
        .collect();
    assert_eq!(
        levels,
        ["before:120 2026-11-24 14:00", "before:120 2026-11-25 14:00"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_person_is_warned_in_the_language_of_their_choice() {
    let app = TestApp::open().await;
    app.complaint().await;
    let mut lead = Browser::sign_in(&app, "waterdam.localhost", "lead@waterdam.example").await;
    lead.go("/account").await;
    lead.submit("/account/taal", &[("language", "fr")]).await;
    assert_eq!(lead.page.status, 400);
    lead.submit("/account/taal", &[("language", "en")]).await;
    assert!(lead.page.text.contains("Uw keuze is opgeslagen"));
    app.clock.advance(TimeDelta::minutes(29 * 60 + 30));
    look(&app).await;
    let mut told: Vec<(String, String)> = app
        .mails
        .lock()
        .unwrap()
        .iter()
        .filter(|mail| mail.recipient.ends_with("@waterdam.example"))
        .map(|mail| (mail.recipient.clone(), mail.subject.clone()))
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            (
                "all@waterdam.example".to_owned(),
                "Let op: 0 te laat, 1 bijna".to_owned()
            ),
            (
                "lead@waterdam.example".to_owned(),
                "Mind: 0 late, 1 close".to_owned()
            ),
        ]
    );
    let mails = app.mails.lock().unwrap();
    let english = mails
        .iter()
        .find(|mail| mail.subject.starts_with("Mind"))
        .unwrap();
    assert!(
        english.body.contains("Tuesday 24 November"),
        "{}",
        english.body
    );
}
