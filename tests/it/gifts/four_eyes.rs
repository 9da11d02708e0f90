//! Who gives, who approves and who checks are different people.

use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};
use tests::{Browser, TestApp};

use super::{another_holder, hand_in, id, person, verification, with, zomaar};

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_who_approves_and_who_checks_the_receipt_are_different_people() {
    let app = TestApp::open().await;
    let all = person(&app, "all").await;
    let holder = person(&app, "budgetholder").await;
    let asked = with(zomaar(&app, 2_000), "kind", json!("voucher"));
    let gift = id(&all.post("/api/v1/gifts", &asked).await);
    let own = all
        .post(&format!("/api/v1/gifts/{gift}/_approve"), &Value::Null)
        .await;
    assert_eq!(own.json["code"], "gift-four-eyes");
    let early = hand_in(
        &all,
        &gift,
        2_000,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(
        early.json["code"], "gift-not-now",
        "nothing is bought before approval"
    );
    let approved = holder
        .post(&format!("/api/v1/gifts/{gift}/_approve"), &Value::Null)
        .await;
    assert_eq!(approved.json["status"], "ordered");
    let handed = all
        .post(&format!("/api/v1/gifts/{gift}/_hand-over"), &Value::Null)
        .await;
    assert_eq!(handed.json["status"], "handedOver");
    let script = hand_in(&all, &gift, 1_850, b"<svg onload=alert(1)>").await;
    assert_eq!(script.json["errors"][0]["code"], "not_a_receipt");
    let clerk = person(&app, "clerk").await;
    assert_eq!(
        hand_in(
            &clerk,
            &gift,
            1_850,
            b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF"
        )
        .await
        .status,
        404,
        "a colleague's is as absent"
    );
    let receipt = hand_in(
        &all,
        &gift,
        1_850,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(
        (receipt.status, &receipt.json["mediaType"]),
        (201, &json!("application/pdf")),
        "{}",
        receipt.text
    );
    for (caller, code) in [(&all, "gift-four-eyes"), (&holder, "gift-four-eyes")] {
        let reply = caller
            .post(
                &format!("/api/v1/gifts/{gift}/_check-receipt"),
                &Value::Null,
            )
            .await;
        assert_eq!(reply.json["code"], code);
    }
    let correction = json!({ "amountCents": 1_800, "note": "Korting op de bon." });
    let corrected = holder
        .post(&format!("/api/v1/gifts/{gift}/_correct"), &correction)
        .await;
    assert_eq!(corrected.json["spentCents"], 1_800, "{}", corrected.text);
    let same = holder
        .post(&format!("/api/v1/gifts/{gift}/_correct"), &correction)
        .await;
    let error = &same.json["errors"][0];
    assert_eq!(
        (same.status, &error["field"], &error["code"]),
        (400, &json!("amountCents"), &json!("nothing_changes")),
        "it would take a check away for nothing: {}",
        same.text
    );
    let third = another_holder(&app, "third").await;
    let seen = third
        .post(
            &format!("/api/v1/gifts/{gift}/_check-receipt"),
            &Value::Null,
        )
        .await;
    assert_eq!(seen.status, 200, "{}", seen.text);
    let checked = verification(&app).await;
    assert_eq!(checked.findings, []);
    assert_eq!(
        (
            checked.balance.available,
            checked.balance.reserved,
            checked.balance.spent
        ),
        (3_200, 0, 1_800)
    );
    assert_eq!(
        checked.entries, 7,
        "set aside, set apart, approved, handed over, paid, corrected, checked"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_agreed_for_a_cent_may_not_turn_out_dearer_unseen() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let holder = person(&app, "budgetholder").await;
    let asked = with(zomaar(&app, 1), "kind", json!("voucher"));
    let gift = id(&clerk.post("/api/v1/gifts", &asked).await);
    let path = format!("/api/v1/gifts/{gift}/_approve");
    assert_eq!(holder.post(&path, &Value::Null).await.status, 200);
    let dearer = hand_in(
        &clerk,
        &gift,
        2_500,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(
        dearer.json["code"], "receipt-needs-approval",
        "somebody agreed with a cent: {}",
        dearer.text
    );
    let exact = hand_in(
        &clerk,
        &gift,
        1,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    assert_eq!(exact.status, 201, "{}", exact.text);
    let correction = json!({ "amountCents": 2_500, "note": "Zo duur was hij." });
    let path = format!("/api/v1/gifts/{gift}/_correct");
    let corrected = holder.post(&path, &correction).await;
    assert_eq!(corrected.status, 200, "{}", corrected.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_for_the_receipt_begin_when_it_may_be_bought() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let asked = with(zomaar(&app, 1_000), "kind", json!("voucher"));
    let asked = clerk.post("/api/v1/gifts", &asked).await;
    let gift = id(&asked);
    let due = |reply: &tests::Reply| {
        let due = reply.json["receiptDueAt"].as_str().unwrap();
        let due: chrono::DateTime<chrono::Utc> = due.parse().unwrap();
        due.with_timezone(&chrono_tz::Europe::Amsterdam)
            .naive_local()
    };
    let today = |app: &TestApp| {
        let now = app.db.now();
        now.with_timezone(&chrono_tz::Europe::Amsterdam)
            .date_naive()
    };
    let ends = |day: chrono::NaiveDate| {
        let due = day + chrono::TimeDelta::days(14);
        due.and_hms_opt(23, 59, 59).unwrap()
    };
    assert_eq!(due(&asked), ends(today(&app)));
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "clerk@waterdam.example").await;
    page.go(&format!("/attenties/{gift}")).await;
    assert!(
        !page.page.text.contains("Bon uiterlijk"),
        "nothing is bought yet: {}",
        page.page.text
    );
    app.clock.advance(chrono::TimeDelta::days(20));
    let holder = person(&app, "budgetholder").await;
    let path = format!("/api/v1/gifts/{gift}/_approve");
    let agreed = holder.post(&path, &Value::Null).await;
    assert_eq!(agreed.status, 200, "{}", agreed.text);
    assert_eq!(due(&agreed), ends(today(&app)), "not too late at once");
    assert_eq!(verification(&app).await.findings, []);
    let owner = app.store.as_database_owner().await;
    owner
        .execute_unprepared("update gift set receipt_due_at = given_at")
        .await
        .unwrap();
    assert_eq!(
        verification(&app).await.findings[0].defect,
        domain::gift_ledger::Defect::Facts,
        "the approval vouches for the day"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_else_can_agree_the_overview_says_so() {
    let app = TestApp::open().await;
    let all = person(&app, "all").await;
    let asked = with(zomaar(&app, 1_000), "kind", json!("voucher"));
    id(&all.post("/api/v1/gifts", &asked).await);
    let mut page = Browser::sign_in(&app, "waterdam.localhost", "all@waterdam.example").await;
    page.go("/beheer/attenties").await;
    let nobody = "Niemand kan hier nu akkoord voor geven";
    assert!(!page.page.text.contains(nobody), "{}", page.page.text);
    let admin = person(&app, "tenantadmin").await;
    let holder = app
        .staff_id(app.waterdam.id, "budgetholder@waterdam.example")
        .await;
    let path = format!("/api/v1/staff-members/{holder}/access");
    let request = admin
        .request("PUT", &path)
        .json(&json!({ "active": false }));
    let closed = admin.send(request).await;
    assert!(closed.status < 300, "{}", closed.text);
    page.go("/beheer/attenties").await;
    assert!(page.page.text.contains(nobody), "{}", page.page.text);
}
