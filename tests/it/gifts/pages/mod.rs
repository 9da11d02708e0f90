//! The pages of gifts as an employee, a budget holder, an auditor and somebody with bad intentions meet them.

mod auditor;
mod budgets;
mod giving;
mod holder;
mod rules;

use domain::{Language, gift_ledger};
use tests::{Browser, TestApp};

const HOST: &str = "waterdam.localhost";
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF";

async fn person(app: &TestApp, name: &str) -> Browser {
    Browser::sign_in(app, HOST, &format!("{name}@waterdam.example")).await
}

fn budget(app: &TestApp) -> String {
    app.waterdam.budget.unwrap().to_string()
}

/// What the form of a gift is filled in with.
fn flowers<'a>(budget: &'a str, amount: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("recipient", "De buurvrouw"),
        ("kind", "flowers"),
        ("description", "Bos bloemen"),
        ("amountCents", amount),
        ("reason", "Zij helpt de hele <b>straat</b>."),
        ("budgetId", budget),
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

/// Gives flowers and stands on the page of the gift.
async fn give(app: &TestApp, giver: &mut Browser, amount: &str) -> String {
    let budget = budget(app);
    giver.go("/attenties").await;
    send(giver, "/attenties", &flowers(&budget, amount)).await;
    assert_eq!(giver.page.status, 200, "{}", giver.page.text);
    let id = giver.path.split('?').next().unwrap().rsplit('/').next();
    id.unwrap().to_owned()
}

async fn left(app: &TestApp) -> i64 {
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let budget = app.waterdam.budget.unwrap();
    let balance = gift_ledger::budget_balance(&tx, budget).await.unwrap();
    balance.balance_cents
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

/// Forms in the page itself that change something; signing out and the other language stand above it.
fn forms(page: &str) -> usize {
    let page = scraper::Html::parse_document(page);
    let selector = scraper::Selector::parse("main form:not([method=get])").unwrap();
    page.select(&selector).count()
}

/// The name of every field that an error summary can tell of, and the first words of every card.
#[test]
fn every_field_has_a_name_in_both_languages() {
    for field in [
        "recipient",
        "kind",
        "description",
        "amountCents",
        "reason",
        "budgetId",
        "note",
        "reverseNote",
        "file",
        "card",
        "name",
        "team",
        "year",
        "allocatedCents",
        "capCents",
        "email",
        "phone",
        "kept",
        "mandate",
        "holderId",
        "fromId",
        "toId",
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
    for kind in gift_ledger::GiftKind::ALL {
        for language in [Language::Dutch, Language::English] {
            assert!(
                language.has(&format!("gift-card-{kind}")),
                "{language} {kind}"
            );
        }
    }
}
