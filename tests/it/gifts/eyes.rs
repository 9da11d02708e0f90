//! Who gives, who approves and who checks are different people.

use serde_json::{Value, json};
use tests::TestHouse;

use super::{another_holder, hand_in, id, person, proof, with, zomaar};

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_who_approves_and_who_checks_the_receipt_are_different_people() {
    let house = TestHouse::open().await;
    let all = person(&house, "all").await;
    let holder = person(&house, "budgetholder").await;
    let asked = with(zomaar(&house, 2_000), "kind", json!("voucher"));
    let gift = id(&all.post("/api/v1/gifts", &asked).await);
    let own = all
        .post(&format!("/api/v1/gifts/{gift}/_approve"), &Value::Null)
        .await;
    assert_eq!(own.json["code"], "gift-four-eyes");
    let early = hand_in(&all, &gift, 2_000, b"%PDF-1.7 bon %%EOF").await;
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
    let clerk = person(&house, "clerk").await;
    assert_eq!(
        hand_in(&clerk, &gift, 1_850, b"%PDF-1.7 bon %%EOF")
            .await
            .status,
        404,
        "a colleague's is as absent"
    );
    let receipt = hand_in(&all, &gift, 1_850, b"%PDF-1.7 bon %%EOF").await;
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
    let third = another_holder(&house, "third").await;
    let seen = third
        .post(
            &format!("/api/v1/gifts/{gift}/_check-receipt"),
            &Value::Null,
        )
        .await;
    assert_eq!(seen.status, 200, "{}", seen.text);
    let checked = proof(&house).await;
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
