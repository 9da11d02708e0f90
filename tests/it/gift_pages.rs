//! The pages of attentions as an employee, a budget holder, an auditor and somebody with bad intentions meet them.

use domain::{Language, gifts};
use serde_json::{Value, json};
use tests::{Browser, TestHouse, absent_id};

const HOST: &str = "waterdam.localhost";
const PDF: &[u8] = b"%PDF-1.7 bon %%EOF";

async fn person(house: &TestHouse, name: &str) -> Browser {
    Browser::sign_in(house, HOST, &format!("{name}@waterdam.example")).await
}

fn budget(house: &TestHouse) -> String {
    house.waterdam.budget.unwrap().to_string()
}

/// What the form of an attention is filled in with.
fn flowers<'a>(budget: &'a str, amount: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("recipient", "De buurvrouw"),
        ("kind", "flowers"),
        ("description", "Bos bloemen"),
        ("amount", amount),
        ("reason", "Zij helpt de hele <b>straat</b>."),
        ("budget", budget),
        ("_actie", "geef"),
    ]
}

/// Fills in the form of the page it shows, with its key.
async fn send(browser: &mut Browser, action: &str, fields: &[(&str, &str)]) {
    let key = browser.hidden("_sleutel");
    let mut all = vec![("_sleutel", key.as_str())];
    all.extend_from_slice(fields);
    browser.submit(action, &all).await;
}

/// Gives flowers and stands on the page of the attention.
async fn give(house: &TestHouse, giver: &mut Browser, amount: &str) -> String {
    let budget = budget(house);
    giver.go("/attenties").await;
    send(giver, "/attenties", &flowers(&budget, amount)).await;
    assert_eq!(giver.page.status, 200, "{}", giver.page.text);
    let id = giver.path.split('?').next().unwrap().rsplit('/').next();
    id.unwrap().to_owned()
}

async fn left(house: &TestHouse) -> i64 {
    let tx = house.db.read(house.waterdam.id).await.unwrap();
    let left = gifts::left(&tx).await.unwrap();
    left[&house.waterdam.budget.unwrap()].available
}

fn links(page: &str, start: &str) -> Vec<String> {
    let page = scraper::Html::parse_document(page);
    let selector = scraper::Selector::parse("main a[href]").unwrap();
    page.select(&selector)
        .filter_map(|link| link.value().attr("href"))
        .filter(|href| href.starts_with(start))
        .map(str::to_owned)
        .collect()
}

/// Forms in the page itself; signing out and the other language stand above it.
fn forms(page: &str) -> usize {
    let page = scraper::Html::parse_document(page);
    let selector = scraper::Selector::parse("main form").unwrap();
    page.select(&selector).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_presses_twice_gives_once_and_hears_so_when_the_answers_differ() {
    let house = TestHouse::open().await;
    let mut clerk = person(&house, "clerk").await;
    let budget = budget(&house);
    clerk.go("/attenties").await;
    assert!(
        clerk
            .page
            .text
            .contains("U beslist zelf, tot en met €\u{a0}30,00"),
        "the only budget is chosen and says what may: {}",
        clerk.page.text
    );
    assert_eq!(clerk.hidden("budget"), budget);
    let (key, proof) = (clerk.hidden("_sleutel"), clerk.proof());
    let with_key = |amount| {
        let mut fields = flowers(&budget, amount);
        fields.push(("_sleutel", key.as_str()));
        fields
    };
    let fields = with_key("30,00");
    let (one, two) = (
        clerk.post_request("/attenties", &proof, &fields),
        clerk.post_request("/attenties", &proof, &fields),
    );
    let (one, two) = tokio::join!(clerk.send(one), clerk.send(two));
    assert_eq!(
        (one.status, two.status),
        (303, 303),
        "{}{}",
        one.text,
        two.text
    );
    assert_eq!(one.header("location"), two.header("location"));
    // The 20 euros that are left would not do for another one of 30: the repeated press is still told the first answer.
    let late = clerk.post_request("/attenties", &proof, &fields);
    assert_eq!(
        clerk.send(late).await.header("location"),
        one.header("location")
    );
    assert_eq!(left(&house).await, 2_000);
    let other = clerk.post_request("/attenties", &proof, &with_key("5"));
    let other = clerk.send(other).await;
    assert_eq!(other.status, 409);
    assert!(
        other.text.contains("Dit formulier is al verstuurd") && other.text.contains("Bos bloemen"),
        "{}",
        other.text
    );
    assert_eq!(left(&house).await, 2_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_sees_which_receipts_are_owed_prints_a_card_and_is_told_which_field_is_wrong() {
    let house = TestHouse::open().await;
    let mut clerk = person(&house, "clerk").await;
    clerk.go("/attenties").await;
    send(
        &mut clerk,
        "/attenties",
        &flowers(&budget(&house), "9.999.999,00"),
    )
    .await;
    assert_eq!(clerk.page.status, 409);
    assert!(
        clerk.page.text.contains("niet meer kosten dan"),
        "{}",
        clerk.page.text
    );
    let budget = budget(&house);
    let mut empty = flowers(&budget, "twaalf");
    empty[4].1 = " ";
    send(&mut clerk, "/attenties", &empty).await;
    assert_eq!(clerk.page.status, 400);
    for sentence in [
        "href=\"#amount\">Bedrag: Vul een bedrag in",
        "href=\"#reason\">Waarom het past: Dit veld is nog leeg",
        "value=\"twaalf\"",
        "value=\"De buurvrouw\"",
    ] {
        assert!(
            clerk.page.text.contains(sentence),
            "{sentence}: {}",
            clerk.page.text
        );
    }
    let gift = give(&house, &mut clerk, "12,50").await;
    assert!(
        clerk.page.text.contains("Vastgelegd"),
        "{}",
        clerk.page.text
    );
    assert!(
        clerk.page.text.contains("&#60;b&#62;straat") && !clerk.page.text.contains("<b>straat"),
        "what somebody typed is text"
    );
    clerk.go("/attenties").await;
    assert_eq!(
        links(&clerk.page.text, "/attenties/").first(),
        Some(&format!("/attenties/{gift}#bon")),
        "the receipt that is owed stands first"
    );
    let card = format!("/attenties/{gift}/kaartje");
    clerk.go(&card).await;
    assert!(
        clerk.page.text.contains("Deze bloemen zijn voor u.")
            && clerk.page.text.contains("\nclerk\n"),
        "{}",
        clerk.page.text
    );
    clerk
        .submit(&card, &[("card", "Voor u, <Truus>!\nZomaar.")])
        .await;
    assert!(
        clerk
            .page
            .text
            .contains("Voor u, &#60;Truus&#62;!\nZomaar.")
    );
    clerk.submit(&card, &[("card", " ")]).await;
    assert_eq!(clerk.page.status, 400);
    let mut colleague = person(&house, "colleague").await;
    for path in [
        card,
        format!("/attenties/{gift}"),
        format!("/attenties/{}", absent_id()),
    ] {
        colleague.go(&path).await;
        assert_eq!(colleague.page.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_is_none_is_refused_and_what_was_typed_stays() {
    let house = TestHouse::open().await;
    let mut clerk = person(&house, "clerk").await;
    let gift = give(&house, &mut clerk, "12,50").await;
    let action = format!("/attenties/{gift}/bon");
    for (bytes, told) in [
        (Vec::new(), "Kies eerst een foto of pdf"),
        (b"<svg onload=alert(1)>".to_vec(), "geen foto of pdf"),
        (vec![b'x'; gifts::RECEIPT_MAX], "geen foto of pdf"),
    ] {
        clerk
            .upload(
                &action,
                &[("amount", "11,95")],
                &[("file", "bon.jpg", bytes)],
            )
            .await;
        assert_eq!(clerk.page.status, 400, "{told}");
        assert!(
            clerk.page.text.contains(told) && clerk.page.text.contains("value=\"11,95\""),
            "{told}: {}",
            clerk.page.text
        );
    }
    let huge = vec![b'x'; gifts::RECEIPT_MAX + 100_000];
    let files = [("file", "bon.jpg", huge)];
    clerk.upload(&action, &[("amount", "11,95")], &files).await;
    assert_eq!(clerk.page.status, 413);
    assert!(
        clerk.page.text.contains("Het mag hoogstens 10 MB zijn"),
        "{}",
        clerk.page.text
    );
    clerk.go(&format!("/attenties/{gift}")).await;
    clerk
        .upload(
            &action,
            &[("amount", "11,95")],
            &[("file", "bon.pdf", PDF.to_vec())],
        )
        .await;
    assert!(
        clerk.page.text.contains("De bon is binnen"),
        "{}",
        clerk.page.text
    );
    assert_eq!(left(&house).await, 5_000 - 1_195);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_is_opened_as_amounts_are_typed_and_once() {
    let house = TestHouse::open().await;
    let mut holder = person(&house, "budgetholder").await;
    holder.go("/beheer/attenties/nieuw").await;
    let someone = house
        .staff_id(house.waterdam.id, "lead@waterdam.example")
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
            ("holder", someone.as_str()),
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
        ("100", "99999", "Jaar: Kies een getal"),
    ] {
        send(&mut holder, "/beheer/attenties/nieuw", &form(amount, year)).await;
        assert_eq!(holder.page.status, 400, "{told}");
        assert!(
            holder.page.text.contains(told)
                && holder.page.text.contains("value=\"Raadsbesluit 2026-12\""),
            "{told}: {}",
            holder.page.text
        );
    }
    let (key, proof) = (holder.hidden("_sleutel"), holder.proof());
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
    holder.go(&addresses[0]).await;
    for text in [
        "Het budget is open",
        "€\u{a0}1.250,00",
        "Raadsbesluit 2026-12",
        "lead",
    ] {
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
    let foreign = house
        .staff_id(house.heuvelrode.id, "lead@heuvelrode.example")
        .await;
    let mut theirs = form("100", "2027");
    let foreign = foreign.to_string();
    theirs[6].1 = &foreign;
    send(&mut holder, "/beheer/attenties/nieuw", &theirs).await;
    assert_eq!(holder.page.status, 404, "a neighbour's colleague is nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_moves_with_a_decision_and_a_year_closes_as_it_was_shown() {
    let house = TestHouse::open().await;
    let mut clerk = person(&house, "clerk").await;
    let gift = give(&house, &mut clerk, "20").await;
    let mut holder = person(&house, "budgetholder").await;
    let old = budget(&house);
    let caller = house.signed_in(HOST, "budgetholder@waterdam.example").await;
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
    let stale = (holder.hidden("stand"), holder.proof());
    give(&house, &mut clerk, "10").await;
    holder
        .submit_with(&closing, &stale.1, &[("stand", &stale.0)])
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
    assert!(
        holder.page.text.contains("Het jaar is afgesloten"),
        "{}",
        holder.page.text
    );
    assert_eq!(left(&house).await, 5_000);

    holder
        .go(&format!("/beheer/attenties/overhevelen?van={old}"))
        .await;
    assert!(
        holder
            .page
            .text
            .contains(&format!("value=\"{old}\" selected"))
    );
    let action = "/beheer/attenties/overhevelen";
    let foreign = house.heuvelrode.budget.unwrap().to_string();
    let form = |to, amount, decision| {
        [
            ("from", old.as_str()),
            ("to", to),
            ("amount", amount),
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
    send(
        &mut holder,
        action,
        &form(new, "50,00", "Collegebesluit 2027-3"),
    )
    .await;
    assert!(
        holder.page.text.contains("Het geld is overgeheveld"),
        "{}",
        holder.page.text
    );
    assert_eq!(left(&house).await, 0);
    // A receipt that comes in afterwards is booked in its own year, if that still has money.
    clerk.go(&format!("/attenties/{gift}")).await;
    assert!(
        clerk.page.text.contains("Bon inleveren"),
        "{}",
        clerk.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_versions_and_the_second_of_two_sees_what_the_first_changed() {
    let house = TestHouse::open().await;
    let mut holder = person(&house, "budgetholder").await;
    let action = "/beheer/attenties/regels";
    holder.go(action).await;
    assert!(holder.page.text.contains("waarmee elke gemeente begint"));
    let form = |cap, alcohol, version| {
        [
            ("capCents", cap),
            ("fourEyesAboveCents", "50,00"),
            ("personYearCents", "150"),
            ("employeePeriodCents", "1.000,00"),
            ("periodMonths", "12"),
            ("receiptDays", "14"),
            ("complaintCools", "ja"),
            ("kind-flowers", "allowed"),
            ("kind-card", "allowed"),
            ("kind-treat", "allowed"),
            ("kind-thing", "allowed"),
            ("kind-outing", "allowed"),
            ("kind-voucher", "needsApproval"),
            ("kind-alcohol", alcohol),
            ("kind-money", "excluded"),
            ("kind-other", "allowed"),
            ("versie", version),
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
    assert_eq!(holder.hidden("versie"), "1");
    send(&mut holder, action, &form("75", "excluded", "1")).await;
    assert!(
        holder.page.text.contains("Versie 2"),
        "{}",
        holder.page.text
    );
    let caller = house.signed_in(HOST, "auditor@waterdam.example").await;
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

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_puts_an_amount_right_only_while_it_is_the_one_that_was_shown() {
    let house = TestHouse::open().await;
    let mut clerk = person(&house, "clerk").await;
    let gift = give(&house, &mut clerk, "12,50").await;
    let bon = [("file", "bon.pdf", PDF.to_vec())];
    clerk
        .upload(
            &format!("/attenties/{gift}/bon"),
            &[("amount", "12,50")],
            &bon,
        )
        .await;
    let mut holder = person(&house, "budgetholder").await;
    let page = format!("/attenties/{gift}");
    let act = |verb: &str| format!("{page}/toezien/{verb}");
    holder.go(&page).await;
    holder
        .submit(
            &act("rechtzetten"),
            &[("_was", "1250"), ("amount", "12"), ("note", "")],
        )
        .await;
    assert!(
        holder.page.text.contains("Waarom: Dit veld is nog leeg"),
        "{}",
        holder.page.text
    );
    holder
        .submit(
            &act("rechtzetten"),
            &[("_was", "1250"), ("amount", "12"), ("note", "Korting")],
        )
        .await;
    assert!(
        holder.page.text.contains("Het bedrag is rechtgezet"),
        "{}",
        holder.page.text
    );
    holder
        .submit(
            &act("rechtzetten"),
            &[("_was", "1250"), ("amount", "11"), ("note", "Korting")],
        )
        .await;
    assert_eq!(
        holder.page.status, 409,
        "a stale page: {}",
        holder.page.text
    );
    assert_eq!(left(&house).await, 5_000 - 1_200);
    holder
        .submit(&act("terugdraaien"), &[("reverseNote", " ")])
        .await;
    assert!(
        holder.page.text.contains("href=\"#reverseNote\""),
        "{}",
        holder.page.text
    );
    holder
        .submit(
            &act("terugdraaien"),
            &[("reverseNote", "Winkel betaalde terug")],
        )
        .await;
    assert!(
        holder.page.text.contains("teruggedraaid"),
        "{}",
        holder.page.text
    );
    assert_eq!(left(&house).await, 5_000);
    let again = [("reverseNote", "Nog een keer")];
    holder.submit(&act("terugdraaien"), &again).await;
    assert_eq!(holder.page.status, 409);
    holder.submit(&act("weggeven"), &[]).await;
    assert_eq!(holder.page.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_walks_from_each_total_to_reason_and_receipt_and_can_press_nothing() {
    let house = TestHouse::open().await;
    let mut clerk = person(&house, "clerk").await;
    let gift = give(&house, &mut clerk, "12,50").await;
    let bon = [("file", "bon.pdf", PDF.to_vec())];
    clerk
        .upload(
            &format!("/attenties/{gift}/bon"),
            &[("amount", "11,95")],
            &bon,
        )
        .await;
    give(&house, &mut clerk, "5").await;
    let budget = budget(&house);
    let mut auditor = person(&house, "auditor").await;
    auditor.go("/beheer/attenties").await;
    assert_eq!(forms(&auditor.page.text), 0, "read only");
    let overview = auditor.page.text.clone();
    // Click 1: what was spent. Click 2: the receipt, or the attention with its reason.
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
    assert!(auditor.page.text.contains(&format!(
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
        let foreign = house.heuvelrode.budget.unwrap();
        auditor
            .go(&format!("/beheer/attenties/{foreign}{path}"))
            .await;
        assert_eq!(auditor.page.status, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_approves_from_the_list_but_not_what_was_given_by_oneself() {
    let house = TestHouse::open().await;
    let mut all = person(&house, "all").await;
    let budget = budget(&house);
    all.go("/attenties").await;
    let mut voucher = flowers(&budget, "15");
    voucher[1].1 = "voucher";
    send(&mut all, "/attenties", &voucher).await;
    let seen = all.hidden("_gezien");
    assert!(
        all.page.text.contains("vraagt akkoord"),
        "told before giving: {}",
        all.page.text
    );
    voucher.push(("_gezien", &seen));
    send(&mut all, "/attenties", &voucher).await;
    assert!(
        all.page.text.contains("De budgethouder kijkt mee"),
        "{}",
        all.page.text
    );
    let gift = all.path.split('?').next().unwrap().to_owned();
    all.go("/beheer/attenties").await;
    assert!(
        all.page.text.contains("Zij helpt de hele"),
        "the reason stands in the list"
    );
    assert!(
        !all.page.text.contains(&format!("{gift}/toezien/akkoord")),
        "no button for one's own"
    );
    all.submit(&format!("{gift}/toezien/akkoord"), &[]).await;
    assert_eq!(all.page.status, 409);
    assert!(
        all.page.text.contains("Dit moet een ander doen"),
        "{}",
        all.page.text
    );
    let mut holder = person(&house, "budgetholder").await;
    holder.go("/beheer/attenties").await;
    assert!(
        holder
            .page
            .text
            .contains(&format!("{gift}/toezien/akkoord"))
    );
    holder
        .submit(
            &format!("{gift}/toezien/akkoord"),
            &[("_terug", "overzicht")],
        )
        .await;
    assert!(
        holder.path.starts_with("/beheer/attenties?klaar=akkoord"),
        "{}",
        holder.path
    );
    assert!(
        holder.page.text.contains("U gaf akkoord"),
        "{}",
        holder.page.text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_are_for_who_reports_and_individuals_for_who_inspects() {
    let house = TestHouse::open().await;
    let mut clerk = person(&house, "clerk").await;
    give(&house, &mut clerk, "12,50").await;
    clerk.go("/beheer/attenties").await;
    assert!(!clerk.page.text.contains("Per team"), "{}", clerk.page.text);
    let mut lead = person(&house, "lead").await;
    lead.go("/beheer/attenties").await;
    assert!(lead.page.text.contains("Per team") && lead.page.text.contains("Te weinig cijfers"));
    assert!(
        !lead.page.text.contains("Bos bloemen")
            && links(&lead.page.text, "/beheer/attenties/lijst").is_empty(),
        "totals without anybody: {}",
        lead.page.text
    );
    let caller = house.signed_in(HOST, "lead@waterdam.example").await;
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
    let holder = house.signed_in(HOST, "budgetholder@waterdam.example").await;
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
    house.clock.advance(chrono::TimeDelta::days(15));
    let holder = house.signed_in(HOST, "budgetholder@waterdam.example").await;
    let late = holder.get("/api/v1/given-gifts?waits=receipt").await;
    assert_eq!(
        late.json["items"].as_array().map(Vec::len),
        Some(1),
        "15 days later its receipt is late: {}",
        late.text
    );
}

/// The name of every field that an error summary can tell of, and the first words of every card.
#[test]
fn every_field_has_a_name_in_both_languages() {
    for field in [
        "recipient",
        "kind",
        "description",
        "amount",
        "reason",
        "budget",
        "note",
        "reverseNote",
        "file",
        "card",
        "name",
        "team",
        "year",
        "allocatedCents",
        "capCents",
        "mandate",
        "holder",
        "from",
        "to",
        "decision",
        "kinds",
        "personYearCents",
        "employeePeriodCents",
        "periodMonths",
        "fourEyesAboveCents",
        "receiptDays",
        "complaintCools",
    ] {
        for language in [Language::Dutch, Language::English] {
            assert!(
                language.has(&format!("gift-field-{field}")),
                "{language} {field}"
            );
        }
    }
    for kind in gifts::GiftKind::ALL {
        for language in [Language::Dutch, Language::English] {
            assert!(
                language.has(&format!("gift-card-{kind}")),
                "{language} {kind}"
            );
        }
    }
}
