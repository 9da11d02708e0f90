//! Budgets on pages: opened, moved between, closed.

use serde_json::json;
use tests::TestApp;

use super::{HOST, budget, give, left, person, send};

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_is_opened_as_amounts_are_typed_and_once() {
    let app = TestApp::open().await;
    let mut holder = person(&app, "budgetholder").await;
    holder.go("/beheer/attenties/nieuw").await;
    let someone = app
        .staff_id(app.waterdam.id, "budgetholder@waterdam.example")
        .await;
    let someone = someone.to_string();
    let form = |amount, year| {
        [
            ("name", "Attenties wijkteam"),
            ("team", "Wijkteam"),
            ("year", year),
            ("allocatedCents", amount),
            ("capCents", "25"),
            ("mandate", "Raadsbesluit 2026-12"),
            ("holderId", someone.as_str()),
        ]
    };
    for (amount, year, told) in [
        (
            "-5",
            "2026",
            "Bedrag: Vul een bedrag in dat hoger is dan nul",
        ),
        ("99999999999", "2026", "Bedrag: Dit bedrag is te hoog"),
        ("", "2026", "Bedrag: Dit veld is nog leeg"),
        ("100", "dit jaar", "Jaar: Vul een getal in"),
        (
            "100",
            "99999",
            "Jaar: Kies een getal van 2000 tot en met 2100",
        ),
        (
            "100",
            "1999",
            "Jaar: Kies een getal van 2000 tot en met 2100",
        ),
    ] {
        send(&mut holder, "/beheer/attenties/nieuw", &form(amount, year)).await;
        assert_eq!(holder.page.status, 400, "{told}");
        assert!(
            holder.page.text.contains(told) && holder.page.shows("value=\"Raadsbesluit 2026-12\""),
            "{told}: {}",
            holder.page.text
        );
    }
    let (key, proof) = (holder.hidden("_sleutel"), holder.csrf_token());
    let mut fields = form("€ 1.250,00", "2026").to_vec();
    fields.push(("_sleutel", &key));
    let mut addresses = Vec::new();
    for _ in 0..2 {
        let request = holder.post_request("/beheer/attenties/nieuw", &proof, &fields);
        let reply = holder.send(request).await;
        assert_eq!(reply.status, 303, "{}", reply.text);
        addresses.push(reply.header("location").to_owned());
    }
    assert_eq!(addresses[0], addresses[1]);
    assert!(addresses[0].ends_with("?klaar=budget-open"));
    holder.go(&addresses[0]).await;
    for text in ["€\u{a0}1.250,00", "Raadsbesluit 2026-12", "budgetholder"] {
        assert!(
            holder.page.text.contains(text),
            "{text}: {}",
            holder.page.text
        );
    }
    holder.go("/beheer/attenties/nieuw").await;
    send(&mut holder, "/beheer/attenties/nieuw", &form("100", "2026")).await;
    assert!(
        holder
            .page
            .text
            .contains("Naam: Er is al een budget met deze naam"),
        "{}",
        holder.page.text
    );
    for choice in ["lead", "auditor", "clerk"] {
        let email = format!("{choice}@waterdam.example");
        let other = app.staff_id(app.waterdam.id, &email).await.to_string();
        assert!(
            !holder.page.text.contains(&other),
            "{choice} is not offered"
        );
        let mut theirs = form("100", "2027");
        theirs[6].1 = &other;
        theirs[4].1 = "150,01";
        send(&mut holder, "/beheer/attenties/nieuw", &theirs).await;
        for told in [
            "Budgethouder: Kies een collega die hier werkt met de rol budgethouder",
            "Hoogstens per attentie: Dit is meer dan de regels toestaan. Vul hoogstens €\u{a0}150,00 in",
        ] {
            assert!(
                holder.page.text.contains(told),
                "{choice} {told}: {}",
                holder.page.text
            );
        }
    }
    let foreign = app
        .staff_id(app.heuvelrode.id, "lead@heuvelrode.example")
        .await;
    let mut theirs = form("100", "2027");
    let foreign = foreign.to_string();
    theirs[6].1 = &foreign;
    send(&mut holder, "/beheer/attenties/nieuw", &theirs).await;
    assert_eq!(holder.page.status, 404, "a neighbour's colleague is nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_moves_with_a_decision_and_a_year_closes_as_it_was_shown() {
    let app = TestApp::open().await;
    let mut clerk = person(&app, "clerk").await;
    let gift = give(&app, &mut clerk, "20").await;
    let mut holder = person(&app, "budgetholder").await;
    let old = budget(&app);
    let caller = app.signed_in(HOST, "budgetholder@waterdam.example").await;
    let new = json!({ "name": "Attenties", "year": 2027, "allocatedCents": 100_000, "mandate": "Raadsbesluit" });
    let new = caller.post("/api/v1/gift-budgets", &new).await.json["id"].clone();
    let new = new.as_str().unwrap();

    let closing = format!("/beheer/attenties/{old}/sluiten");
    holder.go(&closing).await;
    for text in [
        "Bos bloemen",
        "Van één attentie ontbreekt de bon",
        "€\u{a0}50,00",
    ] {
        assert!(
            holder.page.text.contains(text),
            "{text}: {}",
            holder.page.text
        );
    }
    let stale = (holder.hidden("stand"), holder.csrf_token());
    give(&app, &mut clerk, "10").await;
    holder
        .submit_with(&closing, &stale.1, &[("stand", &stale.0), ("early", "ja")])
        .await;
    assert_eq!(holder.page.status, 409);
    assert!(
        holder
            .page
            .text
            .contains("Van 2 attenties ontbreekt de bon"),
        "what happens now is shown anew: {}",
        holder.page.text
    );
    let shown = holder.hidden("stand");
    send(&mut holder, &closing, &[("stand", &shown)]).await;
    assert_eq!(holder.page.status, 400);
    assert!(
        holder
            .page
            .text
            .contains("Het jaar 2026 is nog niet voorbij")
            && holder.page.text.contains("Zet hier een vinkje"),
        "a year that still runs asks for more than a press: {}",
        holder.page.text
    );
    let shown = holder.hidden("stand");
    send(&mut holder, &closing, &[("stand", &shown), ("early", "ja")]).await;
    assert!(
        holder.page.text.contains("Het jaar is afgesloten"),
        "{}",
        holder.page.text
    );
    assert_eq!(left(&app).await, 5_000);

    holder
        .go(&format!("/beheer/attenties/overhevelen?van={old}"))
        .await;
    assert!(holder.page.shows(&format!("value=\"{old}\" selected")));
    let action = "/beheer/attenties/overhevelen";
    let foreign = app.heuvelrode.budget.unwrap().to_string();
    let form = |to, amount, decision| {
        [
            ("fromId", old.as_str()),
            ("toId", to),
            ("amountCents", amount),
            ("decision", decision),
        ]
    };
    send(&mut holder, action, &form(&old, "1", "")).await;
    for text in [
        "Naar budget: Kies een ander budget",
        "Besluit: Dit veld is nog leeg",
    ] {
        assert!(
            holder.page.text.contains(text),
            "{text}: {}",
            holder.page.text
        );
    }
    send(
        &mut holder,
        action,
        &form(new, "50,01", "Collegebesluit 2027-3"),
    )
    .await;
    assert!(
        holder.page.text.contains("€\u{a0}50,00"),
        "what is left: {}",
        holder.page.text
    );
    send(&mut holder, action, &form(&foreign, "1", "x")).await;
    assert_eq!(holder.page.status, 404, "a neighbour's budget is no budget");
    holder.go(action).await;
    let all = form(new, "50,00", "Collegebesluit 2027-3");
    send(&mut holder, action, &all).await;
    let seen = holder.hidden("_gezien");
    assert!(
        holder.page.text.contains("€\u{a0}30,00 opzijgezet") && left(&app).await == 5_000,
        "two receipts may still come, and that is told first: {}",
        holder.page.text
    );
    let mut again = all.to_vec();
    again.push(("_gezien", &seen));
    send(&mut holder, action, &again).await;
    assert!(
        holder.page.text.contains("Het geld is overgeheveld"),
        "{}",
        holder.page.text
    );
    assert_eq!(left(&app).await, 0);
    // A receipt that comes in afterwards is booked in its own year, if that still has money.
    clerk.go(&format!("/attenties/{gift}")).await;
    assert!(
        clerk.page.text.contains("Bon inleveren"),
        "{}",
        clerk.page.text
    );
}
