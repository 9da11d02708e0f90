//! Adopted bundles as time goes on: what runs keeps its rules, what was changed here stays, and news is only told when there is some.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::{Browser, Reply, TestApp};

use crate::{
    bundles::{
        HERE, answers, here, next_version, offered, offered_for, prepared, publisher, shipped, verb,
    },
    practices::{practice, publish},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_runs_keeps_the_promise_it_began_with() {
    let app = TestApp::open().await;
    let id = offered(&app, shipped()).await;
    let resident = app.anonymous(HERE);
    let send = "/api/v1/forms/klacht-tip-compliment/submissions";
    let before = resident.post(send, &tests::complaint()).await;
    let boss = here(&app, "tenantadmin").await;
    let mut slower = answers();
    slower["terugbeltermijn"] = json!(3);
    let made = prepared(&boss, &id, json!({ "answers": slower })).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let holder = here(&app, "budgetholder").await;
    let done = verb(&holder, made.json["id"].as_str().unwrap(), "activate").await;
    assert_eq!(done.status, 200, "{}", done.text);
    let all = here(&app, "lead").await;
    let cases = all.get("/api/v1/cases").await;
    let case = cases.json["items"][0]["id"].as_str().unwrap();
    let clocks = all.get(&format!("/api/v1/cases/{case}/clocks")).await;
    assert!(
        clocks.text.contains(before.json["dueAt"].as_str().unwrap()),
        "{}",
        clocks.text
    );
    app.clock.advance(chrono::TimeDelta::seconds(10));
    let after = resident.post(send, &tests::complaint()).await;
    assert_eq!(
        (&before.json["dueAt"], &after.json["dueAt"]),
        (
            &json!("2026-11-24T16:00:00Z"),
            &json!("2026-11-26T16:00:00Z")
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_here_after_it_was_compared_is_not_overwritten() {
    let app = TestApp::open().await;
    let id = offered(&app, shipped()).await;
    let boss = here(&app, "tenantadmin").await;
    let made = prepared(&boss, &id, json!({})).await;
    let rule = json!({ "rule": { "target": "workingDays", "days": 2 } });
    assert_eq!(boss.post("/api/v1/service-rules", &rule).await.status, 201);
    let holder = here(&app, "budgetholder").await;
    let refused = verb(&holder, made.json["id"].as_str().unwrap(), "activate").await;
    assert_eq!(
        (refused.status, &refused.json["code"]),
        (409, &json!("changed")),
        "{}",
        refused.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ones_own_change_survives_an_update_and_can_be_proposed_to_the_publisher() {
    let app = TestApp::open().await;
    let id = offered(&app, shipped()).await;
    let boss = here(&app, "tenantadmin").await;
    let holder = here(&app, "budgetholder").await;
    let made = prepared(&boss, &id, json!({})).await;
    let adoption = made.json["id"].as_str().unwrap().to_owned();
    assert_eq!(verb(&holder, &adoption, "activate").await.status, 200);
    let editor = here(&app, "formeditor").await;
    let nothing = verb(&editor, &adoption, "propose").await;
    assert_eq!(
        nothing.json["errors"][0]["code"], "bundle_nothing_changed",
        "{}",
        nothing.text
    );

    // Heuvelrode changes two texts of the form: one that 1.1.0 changes as well, and one that it does not.
    let form = "/api/v1/form-drafts/klacht-tip-compliment";
    let draft = editor.post(&format!("{form}/_begin"), &json!({})).await;
    let draft = if draft.status == 404 {
        editor.get(form).await
    } else {
        draft
    };
    let mut definition = draft.json["definition"].clone();
    definition["texts"]["nl"]["kort.hint"] = json!("Twee zinnen mag ook.");
    definition["texts"]["nl"]["verhaal"] = json!("Vertel het ons");
    let version = draft.json["version"].clone();
    let kept = json!({ "definition": definition, "expectedVersion": version });
    let kept = editor.send(editor.request("PUT", form).json(&kept)).await;
    assert_eq!(kept.status, 200, "{} {}", draft.text, kept.text);
    let publish = json!({ "note": "Beter", "expectedVersion": kept.json["version"] });
    let published = editor.post(&format!("{form}/_publish"), &publish).await;
    assert!(published.status < 300, "{}", published.text);
    let seen = boss
        .get(&format!("/api/v1/bundle-adoptions/{adoption}"))
        .await;
    assert_eq!(seen.json["adapted"], json!(["formulier"]), "{}", seen.text);

    let proposed = verb(&editor, &adoption, "propose").await;
    assert_eq!(
        (proposed.status, &proposed.json["status"]),
        (200, &json!("proposed")),
        "{}",
        proposed.text
    );
    let maker = publisher(&app).await;
    let proposals = maker.get("/api/v1/bundle-proposals").await;
    assert_eq!(
        proposals.json["items"][0]["origin"],
        json!(shipped().manifest.id)
    );
    let mut reader =
        Browser::sign_in(&app, "waterdam.localhost", "formeditor@waterdam.example").await;
    reader
        .go(&format!(
            "/beheer/bundels/{}",
            proposed.json["id"].as_str().unwrap()
        ))
        .await;
    assert!(
        reader.page.text.contains("Twee zinnen mag ook."),
        "{}",
        reader.page.text
    );

    let second = offered(&app, next_version()).await;
    let request = json!({ "bundle": second, "answers": answers() });
    let plan = boss.post("/api/v1/bundle-plans", &request).await;
    let part = |plan: &Reply| plan.json["parts"][0].clone();
    assert_eq!(part(&plan)["state"], "conflict", "{}", plan.text);
    let conflict = part(&plan)["conflicts"][0].clone();
    assert_eq!(
        (&conflict["own"], &conflict["bundle"], &conflict["pick"]),
        (
            &json!("Twee zinnen mag ook."),
            &json!("Eén zin is genoeg."),
            &json!("own")
        )
    );
    let at = conflict["at"].as_str().unwrap();
    let made = prepared(&boss, &second, json!({ "picks": { at: "bundle" } })).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let update = made.json["id"].as_str().unwrap();
    let done = verb(&holder, update, "activate").await;
    assert_eq!(done.status, 200, "{}", done.text);
    app.clock.advance(chrono::TimeDelta::seconds(10));
    let live = app
        .anonymous(HERE)
        .get("/api/v1/forms/klacht-tip-compliment")
        .await;
    for kept in ["Eén zin is genoeg.", "Vertel het ons"] {
        assert!(live.text.contains(kept), "{kept}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_news_only_when_something_that_was_taken_changed_and_a_version_can_be_passed_over()
{
    let app = TestApp::open().await;
    let id = offered(&app, shipped()).await;
    let boss = here(&app, "tenantadmin").await;
    let made = prepared(&boss, &id, json!({ "skip": ["terugbellen", "formulier"] })).await;
    let adoption = made.json["id"].as_str().unwrap();
    let holder = here(&app, "budgetholder").await;
    assert_eq!(verb(&holder, adoption, "activate").await.status, 200);
    offered(&app, next_version()).await;
    let news = boss.get("/api/v1/bundle-updates").await;
    assert_eq!(
        news.json["items"],
        json!([]),
        "only parts changed that were not taken"
    );
    let mut third = next_version();
    third.manifest.version = "1.2.0".parse().unwrap();
    *third.parts.get_mut("mail-ontvangen").unwrap() =
        json!({ "subject": "Dank u wel", "blocks": [] });
    offered(&app, third).await;
    let news = boss.get("/api/v1/bundle-updates").await;
    assert_eq!(news.json["items"][0]["to"], "1.2.0", "{}", news.text);
    let path = format!("/api/v1/bundle-adoptions/{adoption}/_skip");
    let skipped = boss.post(&path, &json!({ "version": "1.2.0" })).await;
    assert_eq!(skipped.json["skippedVersion"], "1.2.0", "{}", skipped.text);
    assert_eq!(
        boss.get("/api/v1/bundle-updates").await.json["items"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn activating_takes_a_second_at_most_and_few_statements() {
    let app = TestApp::open().await;
    let id = offered(&app, shipped()).await;
    let boss = here(&app, "tenantadmin").await;
    let made = prepared(&boss, &id, json!({})).await;
    let holder = here(&app, "budgetholder").await;
    let began = Instant::now();
    let activation = verb(&holder, made.json["id"].as_str().unwrap(), "activate");
    let (statements, done) = app.statements(activation).await;
    let took = began.elapsed();
    assert_eq!(done.status, 200, "{}", done.text);
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert!(statements <= 70, "{statements} statements");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_leads_to_its_bundle_and_counts_who_activates_it() {
    let app = TestApp::open().await;
    let (practice, slug) = publish(&app, &practice("Bellen")).await;
    let bundle = offered_for(&app, shipped(), &format!("?practice={practice}")).await;
    let page = format!("/praktijkvoorbeelden/{slug}");
    let way = format!("/beheer/bundels/{bundle}");
    let mut admin = Browser::sign_in(&app, HERE, "tenantadmin@heuvelrode.example").await;
    admin.go(&page).await;
    assert!(admin.page.text.contains(&way), "{}", admin.page.text);
    let resident = app.anonymous(HERE);
    assert!(!resident.get(&page).await.text.contains(&way));

    let boss = here(&app, "tenantadmin").await;
    let made = prepared(&boss, &bundle, json!({})).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let adoption = made.json["id"].as_str().unwrap();
    let used = format!("/api/v1/practices/{slug}/adoptions");
    assert_eq!(boss.get(&used).await.json["items"], json!([]));
    let holder = here(&app, "budgetholder").await;
    for (act, state) in [("activate", "active"), ("rollback", "considering")] {
        let done = verb(&holder, adoption, act).await;
        assert_eq!(done.status, 200, "{}", done.text);
        let list = boss.get(&used).await;
        assert_eq!(list.json["items"][0]["state"], state, "{}", list.text);
    }

    let taken_back = format!("/api/v1/bundles/{bundle}/_withdraw");
    let taken_back = publisher(&app).await.post(&taken_back, &json!({})).await;
    assert_eq!(taken_back.status, 204, "{}", taken_back.text);
    admin.go(&page).await;
    assert_eq!(admin.page.status, 200);
    assert!(!admin.page.text.contains(&way), "nobody can adopt it");
}
