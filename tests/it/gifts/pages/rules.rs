//! Rules on a page: versions, and two who set them at once.

use serde_json::Value;
use tests::TestApp;

use super::{HOST, person, send};

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_versions_and_the_second_of_two_sees_what_the_first_changed() {
    let app = TestApp::open().await;
    let mut holder = person(&app, "budgetholder").await;
    let action = "/beheer/attenties/regels";
    holder.go(action).await;
    assert!(holder.page.text.contains("waarmee elke gemeente begint"));
    assert!(
        holder.page.text.contains(&format!(
            "Wissen wij na {} hele kalenderjaren",
            domain::gifts::RECIPIENT_KEPT_YEARS
        )),
        "how long is known for whom a gift was: {}",
        holder.page.text
    );
    let form = |cap, alcohol, version| {
        [
            ("rules.capCents", cap),
            ("rules.fourEyesAboveCents", "50,00"),
            ("rules.personYearCents", "150"),
            ("rules.employeePeriodCents", "1.000,00"),
            ("rules.periodMonths", "12"),
            ("rules.receiptDays", "14"),
            ("rules.complaintCools", "true"),
            ("rules.kinds.flowers", "allowed"),
            ("rules.kinds.card", "allowed"),
            ("rules.kinds.treat", "allowed"),
            ("rules.kinds.thing", "allowed"),
            ("rules.kinds.outing", "allowed"),
            ("rules.kinds.voucher", "needsApproval"),
            ("rules.kinds.alcohol", alcohol),
            ("rules.kinds.money", "excluded"),
            ("rules.kinds.other", "allowed"),
            ("version", version),
        ]
    };
    send(&mut holder, action, &form("150,00", "excluded", "0")).await;
    assert!(
        holder.page.text.contains("U veranderde niets"),
        "{}",
        holder.page.text
    );
    send(&mut holder, action, &form("nul", "excluded", "0")).await;
    assert!(
        holder
            .page
            .text
            .contains("Hoogstens per attentie: Vul een bedrag in"),
        "{}",
        holder.page.text
    );
    holder.go(action).await;
    send(&mut holder, action, &form("100", "needsApproval", "0")).await;
    for text in [
        "De nieuwe regels gelden vanaf nu",
        "Hoogstens per attentie: was €\u{a0}150,00, is nu €\u{a0}100,00",
        "Alcohol: was Mag niet, is nu Mag met akkoord",
    ] {
        assert!(
            holder.page.text.contains(text),
            "{text}: {}",
            holder.page.text
        );
    }
    send(&mut holder, action, &form("75", "excluded", "0")).await;
    assert_eq!(holder.page.status, 409);
    for text in [
        "Iemand anders was u voor",
        "was €\u{a0}75,00, is nu €\u{a0}100,00",
        "value=\"75\"",
    ] {
        assert!(
            holder.page.text.contains(text),
            "{text}: {}",
            holder.page.text
        );
    }
    assert_eq!(holder.hidden("version"), "1");
    send(&mut holder, action, &form("75", "excluded", "1")).await;
    assert!(
        holder.page.text.contains("Versie 2"),
        "{}",
        holder.page.text
    );
    let caller = app.signed_in(HOST, "auditor@waterdam.example").await;
    let versions = caller.get("/api/v1/gift-rules/versions").await;
    assert_eq!(
        versions.json["items"][0]["rules"]["capCents"], 7_500,
        "{}",
        versions.text
    );
    assert_eq!(versions.json["items"][1]["version"], 1);
    let first = caller.get("/api/v1/gift-rules/versions?limit=1").await;
    assert_eq!(first.json["nextCursor"], 2, "{}", first.text);
    let older = caller.get("/api/v1/gift-rules/versions?cursor=2").await;
    assert_eq!(older.json["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(older.json["nextCursor"], Value::Null);
    let none = caller.get("/api/v1/gift-budgets?limit=0").await;
    assert_eq!(none.json["errors"][0]["field"], "limit", "{}", none.text);
}
