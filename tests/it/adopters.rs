//! What a practice brought those who adopted it: what was before is kept when it begins, and what two saw alike lifts its evidence.

use api::provisioning;
use domain::{
    evidence::{Metric, Quarter},
    outcomes::{self, Consent, Measured},
    practices::PracticeId,
    style::HouseStyle,
};
use serde_json::{Value, json};
use tenants::{ContactDetails, TenantId, TenantKind, TenantState, tenant::NewTenant};
use tests::{Browser, TestApp};
use uuid::Uuid;

use crate::{
    bundles::{HERE, here, offered_for, prepared, shipped, verb},
    evidence_attacks::scored,
    practices::{practice, publish},
};

const BEFORE: [u32; 10] = [1, 2, 3, 4, 8, 14, 20, 12, 4, 1];
const AFTER: [u32; 10] = [0, 1, 1, 2, 4, 8, 18, 24, 12, 4];

#[tokio::test(flavor = "multi_thread")]
async fn activating_a_bundle_keeps_what_residents_said_in_the_year_before_it_for_the_municipality_alone()
 {
    let app = TestApp::open().await;
    let (practice, slug) = publish(&app, &practice("Bellen")).await;
    let bundle = offered_for(&app, shipped(), &format!("?practice={practice}")).await;
    let august = "2026-08-03T10:00:00Z".parse().unwrap();
    scored(&app, august, &[7, 8, 9, 7, 8, 9, 6, 7, 8, 9, 5, 10]).await;
    let boss = here(&app, "tenantadmin").await;
    let baselines = || boss.get("/api/v1/outcome-baselines");
    assert_eq!(baselines().await.json["items"], json!([]));
    let adoption = prepared(&boss, &bundle, json!({})).await;
    let id = adoption.json["id"].as_str().unwrap();
    let done = verb(&here(&app, "budgetholder").await, id, "activate").await;
    assert_eq!(done.status, 200, "{}", done.text);
    let kept = baselines().await;
    let items = kept.json["items"].as_array().unwrap();
    let quarters: Vec<&Value> = items.iter().map(|item| &item["quarter"]).collect();
    assert_eq!(
        quarters,
        ["2026-Q3", "2026-Q2", "2026-Q1", "2025-Q4"],
        "{}",
        kept.text
    );
    assert_eq!(
        (&items[0]["asked"], &items[0]["answered"]),
        (&json!(12), &json!(12))
    );
    assert_eq!(items[1]["meanTenths"], Value::Null, "nobody answered then");
    let mut admin = Browser::sign_in(&app, HERE, "tenantadmin@heuvelrode.example").await;
    admin
        .go(&format!("/praktijkvoorbeelden/{slug}/cijfers"))
        .await;
    assert!(
        admin.page.text.contains("Uw cijfers van voor de start"),
        "{}",
        admin.page.text
    );
    // What begins again has its first baseline.
    assert_eq!(verb(&boss, id, "rollback").await.status, 200);
    app.clock.advance(chrono::TimeDelta::days(100));
    let boss = here(&app, "tenantadmin").await;
    let again = prepared(&boss, &bundle, json!({})).await;
    let id = again.json["id"].as_str().unwrap();
    let done = verb(&here(&app, "budgetholder").await, id, "activate").await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(
        boss.get("/api/v1/outcome-baselines").await.json["items"],
        kept.json["items"]
    );
    let elsewhere = app
        .signed_in("waterdam.localhost", "tenantadmin@waterdam.example")
        .await;
    assert_eq!(
        elsewhere.get("/api/v1/outcome-baselines").await.json["items"],
        json!([])
    );
}

/// A municipality with what it measured before and with a practice.
async fn measures(app: &TestApp, slug: &str, practice: PracticeId, named: bool) {
    let new = NewTenant {
        kind: TenantKind::Municipality,
        state: TenantState::Active,
        slug: slug.to_owned(),
        name: format!("Gemeente {slug}"),
        zone: chrono_tz::Europe::Amsterdam,
        languages: vec!["nl".to_owned()],
        style: serde_json::to_value(HouseStyle::platform()).unwrap(),
        contact: ContactDetails::default(),
        hosts: vec![format!("{slug}.localhost")],
    };
    let id: TenantId = provisioning::create_tenant(&app.db, new).await.unwrap();
    let tx = app.db.write(id).await.unwrap();
    let measured = |quarter: Quarter, grades: [u32; 10]| Measured {
        quarter,
        asked: 150,
        grades,
    };
    let after = outcomes::pooled_quarter(tx.now());
    let before = after.before().before().before().before();
    outcomes::keep_baseline(&tx, practice, &[measured(before, BEFORE)])
        .await
        .unwrap();
    let consent = Consent {
        tenant_id: id,
        id: tx.new_id(),
        practice,
        metric: Metric::HandlingGrade,
        named,
        given_at: tx.now(),
        ended_at: None,
        staff_id: tx.new_id(),
    };
    outcomes::publish(&tx, &[consent], &measured(after, AFTER))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_adopters_that_show_the_same_lift_the_evidence_and_who_is_not_named_counts_in_the_pool_only()
 {
    let app = TestApp::open().await;
    let mut trend = practice("Bellen");
    let claim = |stage: &str, year: i32, mean: &str| {
        json!({
            "stage": stage, "metric": "handlingGrade", "version": "v1", "population": "closedMessages", "sampling": "everybody",
            "mode": "online", "moment": "atClosing", "from": format!("{year}-01-01"), "until": format!("{year}-03-31"), "asked": 400,
            "answered": 200, "mean": mean, "deviation": "1,5", "giftBefore": "no", "fixedBeforehand": "yes", "months": 12
        })
    };
    trend["claims"] = json!([claim("before", 2024, "6,9"), claim("after", 2025, "7,8")]);
    let (id, slug) = publish(&app, &trend).await;
    let practice: PracticeId = id.parse::<Uuid>().unwrap().into();
    let path = format!("/api/v1/practices/{slug}");
    let level = async || {
        let tx = app.db.platform().await.unwrap();
        outcomes::pool_due(&tx).await.unwrap();
        tx.commit().await.unwrap();
        app.anonymous("localhost").get(&path).await.json
    };
    for (town, named) in [
        ("aadorp", true),
        ("beekdam", false),
        ("ceintuur", false),
        ("dorrebeek", false),
    ] {
        measures(&app, town, practice, named).await;
    }
    let seen = level().await;
    assert_eq!(
        (&seen["evidenceLevel"], &seen["adoptersHigher"]),
        (&json!("E3"), &json!(1)),
        "{seen}"
    );
    // The next quarter, in which another one shows its name.
    app.clock.advance(chrono::TimeDelta::days(92));
    measures(&app, "eekhout", practice, true).await;
    let seen = level().await;
    assert_eq!(
        (&seen["evidenceLevel"], &seen["adoptersHigher"]),
        (&json!("E4"), &json!(2)),
        "{seen}"
    );
    let page = app
        .anonymous("localhost")
        .get(&format!("/praktijkvoorbeelden/{slug}"))
        .await;
    assert!(page.text.contains("E4"), "{}", page.text);
    // The next version of the text keeps what adopters saw.
    let editor = app
        .signed_in("waterdam.localhost", "formeditor@waterdam.example")
        .await;
    trend["changes"] = json!("Het doel is scherper.");
    let saved = editor
        .send(
            editor
                .request("PUT", &format!("/api/v1/practice-drafts/{id}"))
                .json(&trend),
        )
        .await;
    assert_eq!(saved.status, 200, "{}", saved.text);
    crate::practices::hand_in(&app, &id).await;
    assert_eq!(
        app.anonymous("localhost").get(&path).await.json["evidenceLevel"],
        "E4"
    );
}
