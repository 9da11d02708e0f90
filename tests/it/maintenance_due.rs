//! The worker asks once who has something due: an idle one visits nobody, and what was missed is found at night.

use chrono::TimeDelta;
use domain::{clocks, maintenance};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tenants::{TenantId, TenantState, tenant};
use tests::TestApp;

/// Whether a clock of a municipality reached a warning that nobody noticed.
async fn any_reached(app: &TestApp, tenant: TenantId) -> bool {
    let tx = app.db.read(tenant).await.unwrap();
    clocks::any_reached(&tx).await.unwrap()
}

async fn look(app: &TestApp) {
    maintenance::raise_alerts(&app.db).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_with_a_message_its_warnings_are_found_by_asking_once() {
    let app = TestApp::open().await;
    let clerk = app.clerk().await;
    let mut cases = Vec::new();
    for _ in 0..6 {
        let receipt = app.complaint().await;
        cases.push(app.case_id(receipt["reference"].as_str().unwrap()).await);
    }
    let own = app.anonymous("heuvelrode.localhost");
    let form = "/api/v1/forms/klacht-tip-compliment/submissions";
    assert_eq!(own.post(form, &tests::complaint()).await.status, 201);
    let mut reached = 0;
    // Three weeks in steps of five hours, with something done now and then.
    for step in 0..100_usize {
        let case = &cases[step % cases.len()];
        let path = |verb: &str| format!("/api/v1/cases/{case}/{verb}");
        let clerk = if step % 2 == 0 {
            app.clerk().await
        } else {
            clerk.clone()
        };
        match step {
            3 | 4 => drop(clerk.post(&path("_claim"), &json!({})).await),
            8 => {
                let talk = json!({ "result": "noAnswer" });
                clerk.post(&path("contact-moments"), &talk).await;
            }
            10 | 14 => drop(
                clerk
                    .post(&path("_close"), &json!({ "outcome": "withdrawn" }))
                    .await,
            ),
            20 => {
                let again = json!({ "reason": "Weer stuk.", "law": "countsOn" });
                clerk.post(&path("_reopen"), &again).await;
            }
            12 | 16 | 18 => drop(app.complaint().await),
            _ => {}
        }
        app.clock.advance(TimeDelta::hours(5));
        for town in [&app.waterdam, &app.heuvelrode] {
            reached += usize::from(any_reached(&app, town.id).await);
        }
        look(&app).await;
        for town in [&app.waterdam, &app.heuvelrode] {
            assert!(
                !any_reached(&app, town.id).await,
                "step {step}: {}",
                town.host
            );
        }
    }
    assert!(reached > 5, "{reached}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_with_nothing_due_asks_once_and_visits_nobody() {
    let app = TestApp::open().await;
    app.complaint().await;
    let (statements, ()) = app.statements(look(&app)).await;
    assert_eq!(statements, 1);
    maintenance::run_hourly(&app.db).await.unwrap();
    app.clock.advance(TimeDelta::hours(1));
    let hour = async || maintenance::run_hourly(&app.db).await.unwrap();
    let (statements, ()) = app.statements(hour()).await;
    assert!(statements <= 10, "{statements}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_noted_is_found_at_night() {
    let app = TestApp::open().await;
    app.complaint().await;
    maintenance::run_hourly(&app.db).await.unwrap();
    let owner = app.store.as_database_owner().await;
    owner
        .execute_unprepared("delete from due_work")
        .await
        .unwrap();
    // Friday at four: the promise is broken.
    app.clock.advance(TimeDelta::days(4) + TimeDelta::hours(5));
    look(&app).await;
    assert!(any_reached(&app, app.waterdam.id).await);
    maintenance::run_hourly(&app.db).await.unwrap();
    assert!(!any_reached(&app, app.waterdam.id).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_somebody_holds_is_looked_at_again() {
    let app = TestApp::open().await;
    if !app.store.is_postgres() {
        return;
    }
    app.complaint().await;
    app.clock.advance(TimeDelta::days(4));
    let owner = app.store.as_database_owner().await;
    let held = sea_orm::TransactionTrait::begin(&owner).await.unwrap();
    let scope = format!("set local app.tenant = '{}'", app.waterdam.id);
    held.execute_unprepared(&scope).await.unwrap();
    held.execute_unprepared("select 1 from clock for update")
        .await
        .unwrap();
    look(&app).await;
    assert!(any_reached(&app, app.waterdam.id).await, "it was held");
    held.rollback().await.unwrap();
    look(&app).await;
    assert!(!any_reached(&app, app.waterdam.id).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_warned_for_a_municipality_that_left_and_everybody_when_it_is_back() {
    let app = TestApp::open().await;
    app.complaint().await;
    let stand = async |state| {
        let tx = app.db.write(app.waterdam.id).await.unwrap();
        tenant::set_state(&tx, state, None).await.unwrap();
        tx.commit().await.unwrap();
    };
    stand(TenantState::Left).await;
    let mails = || app.mails.lock().unwrap().len();
    app.run_jobs().await;
    assert_eq!(mails(), 0, "not even the receipt");
    app.clock.advance(TimeDelta::days(4));
    look(&app).await;
    app.run_jobs().await;
    assert!(any_reached(&app, app.waterdam.id).await);
    stand(TenantState::Active).await;
    look(&app).await;
    app.run_jobs().await;
    assert!(!any_reached(&app, app.waterdam.id).await);
    assert!(mails() > 1, "{}", mails());
}
