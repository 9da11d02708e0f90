//! What an auditor reads, and who reads totals only.

use serde_json::{Value, json};
use tests::TestApp;

use super::{HOST, PDF, budget, forms, give, links, person};

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_walks_from_each_total_to_reason_and_receipt_and_can_press_nothing() {
    let app = TestApp::open().await;
    let mut clerk = person(&app, "clerk").await;
    let gift = give(&app, &mut clerk, "12,50").await;
    let bon = [("file", "bon.pdf", PDF.to_vec())];
    clerk
        .upload(
            &format!("/attenties/{gift}/bon"),
            &[("amountCents", "11,95")],
            &bon,
        )
        .await;
    give(&app, &mut clerk, "5").await;
    let budget = budget(&app);
    let mut auditor = person(&app, "auditor").await;
    auditor.go("/beheer/attenties").await;
    assert_eq!(forms(&auditor.page.text), 0, "read only");
    let overview = auditor.page.text.clone();
    // Click 1: what was spent. Click 2: the receipt, or the gift with its reason.
    let spent = format!("/beheer/attenties/{budget}/kasboek?rekening=spent");
    assert!(links(&overview, &spent).contains(&spent), "{overview}");
    auditor.go(&spent).await;
    assert!(
        auditor.page.text.contains("Eén boeking") && auditor.page.text.contains("€\u{a0}11,95"),
        "the entries add up to the total: {}",
        auditor.page.text
    );
    let receipts = links(&auditor.page.text, "/attenties/bonnen/");
    let receipt = auditor.send(auditor.request("GET", &receipts[0])).await;
    assert_eq!(receipt.status, 200);
    assert_eq!(receipt.header("content-type"), "application/pdf");
    let entry = links(&auditor.page.text, &format!("/attenties/{gift}#boeking-"));
    auditor.go(entry[0].split('#').next().unwrap()).await;
    assert!(
        auditor.page.text.contains("Zij helpt de hele"),
        "the reason"
    );
    assert!(auditor.page.shows(&format!(
        "id=\"boeking-{}\"",
        entry[0].rsplit('-').next().unwrap()
    )));
    assert_eq!(forms(&auditor.page.text), 0, "read only");
    // The same from the totals by kind and by team.
    for start in [
        "/beheer/attenties/lijst?jaar=2026&soort=flowers",
        "/beheer/attenties/lijst?jaar=2026&team=Klantenservice",
    ] {
        assert!(
            links(&overview, start).contains(&start.to_owned()),
            "{start}: {overview}"
        );
        auditor.go(start).await;
        assert!(
            auditor.page.text.contains("Samen: €\u{a0}16,95"),
            "the list adds up to the total: {}",
            auditor.page.text
        );
        assert_eq!(links(&auditor.page.text, "/attenties/").len(), 2);
    }
    for path in [
        format!("/beheer/attenties/{budget}"),
        format!("/beheer/attenties/{budget}/kasboek?soort=flowers"),
        format!("/beheer/attenties/{budget}/kasboek?boeking=reservation"),
        format!("/beheer/attenties/{budget}/controle"),
        "/beheer/attenties/regels".to_owned(),
    ] {
        auditor.go(&path).await;
        assert_eq!(auditor.page.status, 200, "{path}");
        assert_eq!(forms(&auditor.page.text), 0, "{path} is read only");
    }
    for path in ["/beheer/attenties/nieuw", "/beheer/attenties/overhevelen"] {
        auditor.go(path).await;
        assert_eq!(auditor.page.status, 403, "{path}");
    }
    for path in [
        format!("/beheer/attenties/{budget}/sluiten"),
        "/beheer/attenties/regels".to_owned(),
        format!("/attenties/{gift}/toezien/bon-klopt"),
    ] {
        auditor.go("/account").await;
        auditor.submit(&path, &[("stand", "1")]).await;
        assert_eq!(auditor.page.status, 403, "{path}");
    }
    // A neighbour's budget is as absent as one that nobody has.
    for path in ["", "/kasboek", "/controle", "/kasboek.csv"] {
        let foreign = app.heuvelrode.budget.unwrap();
        auditor
            .go(&format!("/beheer/attenties/{foreign}{path}"))
            .await;
        assert_eq!(auditor.page.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_are_for_who_reports_and_individuals_for_who_inspects() {
    let app = TestApp::open().await;
    let mut clerk = person(&app, "clerk").await;
    give(&app, &mut clerk, "12,50").await;
    clerk.go("/beheer/attenties").await;
    assert!(!clerk.page.text.contains("Per team"), "{}", clerk.page.text);
    let mut lead = person(&app, "lead").await;
    lead.go("/beheer/attenties").await;
    assert!(lead.page.text.contains("Per team") && lead.page.text.contains("Te weinig cijfers"));
    assert!(
        !lead.page.text.contains("Bos bloemen")
            && links(&lead.page.text, "/beheer/attenties/lijst").is_empty(),
        "totals without anybody: {}",
        lead.page.text
    );
    let caller = app.signed_in(HOST, "lead@waterdam.example").await;
    let totals = caller.get("/api/v1/gift-totals?year=2026").await;
    assert_eq!(
        (
            &totals.json["amountCents"],
            &totals.json["kinds"][0]["kind"],
            &totals.json["teams"][0]["team"]
        ),
        (&json!(1_250), &json!("flowers"), &json!("Klantenservice")),
        "{}",
        totals.text
    );
    assert_eq!(
        totals.json["scoresWithGift"],
        Value::Null,
        "nobody gave a score"
    );
    assert_eq!(
        caller.get("/api/v1/gift-totals?year=2025").await.json["count"],
        0
    );
    assert_eq!(caller.get("/api/v1/given-gifts").await.status, 403);
    let holder = app.signed_in(HOST, "budgetholder@waterdam.example").await;
    let found = |query: &'static str| {
        let holder = holder.clone();
        async move {
            let reply = holder.get(&format!("/api/v1/given-gifts?{query}")).await;
            assert_eq!(reply.status, 200, "{}", reply.text);
            reply.json["items"].as_array().unwrap().len()
        }
    };
    for (query, count) in [
        ("year=2026&kind=flowers&team=Klantenservice", 1),
        ("year=2025", 0),
        ("kind=card", 0),
        ("waits=approval", 0),
        ("waits=receipt", 0),
        ("waits=check", 0),
    ] {
        assert_eq!(found(query).await, count, "{query}");
    }
    let nonsense = holder.get("/api/v1/given-gifts?waits=alles").await;
    assert_eq!(nonsense.status, 400);
    app.clock.advance(chrono::TimeDelta::days(15));
    let holder = app.signed_in(HOST, "budgetholder@waterdam.example").await;
    let late = holder.get("/api/v1/given-gifts?waits=receipt").await;
    assert_eq!(
        late.json["items"].as_array().map(Vec::len),
        Some(1),
        "15 days later its receipt is late: {}",
        late.text
    );
}
