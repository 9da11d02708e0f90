//! The ledger as a spreadsheet.

use std::io::{Cursor, Read};

use chrono_tz::Europe::Amsterdam;
use domain::{
    Language,
    gift_ledger::{self, Reader},
    gifts::{self, Transfer},
};
use serde_json::json;
use tests::{Browser, TestApp};

use super::{hand_in, id, open_budget, person, with, zomaar};

fn dutch() -> Reader {
    Reader {
        language: Language::Dutch,
        zone: Amsterdam,
        reads_cases: Some(tests::viewer()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_balance_of_thirty_million_euro_is_in_the_spreadsheet_to_the_cent() {
    let app = TestApp::open().await;
    let budget = open_budget(&app, "Groot", 999_999_999).await;
    let holder = app
        .staff_id(app.waterdam.id, "budgetholder@waterdam.example")
        .await;
    for name in ["Nog een", "Nog twee"] {
        let from = open_budget(&app, name, 1_000_000_000).await;
        let tx = app.db.write(app.waterdam.id).await.unwrap();
        let transfer = Transfer {
            from,
            to: budget,
            cents: 1_000_000_000,
            decision: "Raadsbesluit".to_owned(),
        };
        gifts::move_money(&tx, &transfer, holder).await.unwrap();
        tx.commit().await.unwrap();
    }
    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let file = gift_ledger::xlsx(&tx, budget, dutch()).await.unwrap();
    let file = file.into_bytes().unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut sheet = String::new();
    archive
        .by_name("xl/worksheets/sheet1.xml")
        .unwrap()
        .read_to_string(&mut sheet)
        .unwrap();
    for cell in [
        r#"<c r="K2" s="3"><v>9999999.99</v></c>"#,
        r#"<c r="O3" s="3"><v>19999999.99</v></c>"#,
        r#"<c r="O4" s="3"><v>29999999.99</v></c>"#,
    ] {
        assert!(sheet.contains(cell), "{cell}: {sheet}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accountant_opens_the_ledger_in_a_dutch_spreadsheet() {
    let app = TestApp::open().await;
    let clerk = person(&app, "clerk").await;
    let asked = with(zomaar(&app, 1_250), "description", json!("=1+1; \"taart\""));
    let gift = id(&clerk.post("/api/v1/gifts", &asked).await);
    hand_in(
        &clerk,
        &gift,
        1_195,
        b"%PDF-1.7\n1 0 obj bon\nstartxref\n9\n%%EOF",
    )
    .await;
    let back = json!({ "note": "@winkel betaalde terug" });
    let holder = person(&app, "budgetholder").await;
    holder
        .post(&format!("/api/v1/gifts/{gift}/_reverse"), &back)
        .await;
    let to = open_budget(&app, "Elders", 100).await;
    let moved = json!({ "fromId": app.waterdam.budget, "toId": to, "amountCents": 1_000, "decision": "Collegebesluit" });
    assert_eq!(
        holder.post("/api/v1/gift-transfers", &moved).await.status,
        201
    );

    let mut auditor =
        Browser::sign_in(&app, "waterdam.localhost", "auditor@waterdam.example").await;
    let path = format!(
        "/beheer/attenties/{}/kasboek.csv",
        app.waterdam.budget.unwrap()
    );
    auditor.go(&path).await;
    let name = auditor.page.header("content-disposition");
    assert!(
        name.ends_with("-2026.csv\"") && !name.contains(&app.waterdam.budget.unwrap().to_string()),
        "{name}"
    );
    let file = auditor.page.text.strip_prefix('\u{feff}').expect("a mark");
    let mut lines = file.split("\r\n");
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("Nummer;Datum en tijd;Boeking;Door;Attentie;Soort attentie;Waarom;"),
        "{file}"
    );
    let local = |line: &str| line.split(';').nth(1).unwrap().to_owned();
    let at = app.clock.now().with_timezone(&Amsterdam);
    for (line, begin, amounts) in [
        (
            "1;",
            ";Beschikbaar gesteld;",
            ";50,00;50,00;0,00;0,00;50,00;",
        ),
        (
            "2;",
            ";Opzijgezet;clerk;\"'=1+1; \"\"taart\"\"\";Bloemen of plant;Zij helpt de hele straat.;De buurvrouw;;Teruggedraaid;",
            ";0,00;-12,50;12,50;0,00;37,50;",
        ),
        ("3;", ";Betaald;clerk;", ";0,00;0,55;-12,50;11,95;38,05;"),
        (
            "4;",
            ";Teruggedraaid;budgetholder;",
            ";0,00;11,95;0,00;-11,95;50,00;;'@winkel betaalde terug;",
        ),
        (
            "5;",
            ";Naar een ander budget;budgetholder;",
            ";-10,00;-10,00;0,00;0,00;40,00;Elders 2026;Collegebesluit;",
        ),
    ] {
        let told = lines.next().unwrap();
        assert!(
            told.starts_with(line) && told.contains(begin) && told.contains(amounts),
            "{begin} {amounts}: {told}"
        );
        assert_eq!(local(told), at.format("%Y-%m-%d %H:%M").to_string());
    }
    assert_eq!(lines.next(), Some(""), "nothing follows");

    let tx = app.db.read(app.waterdam.id).await.unwrap();
    let english = Reader {
        language: Language::English,
        ..dutch()
    };
    let budget = app.waterdam.budget.unwrap();
    let mut ledger = gift_ledger::CsvLedger::open(&tx, budget, english)
        .await
        .unwrap();
    let piece = ledger.piece(&tx).await.unwrap().unwrap();
    let file = String::from_utf8(piece).unwrap();
    assert!(
        file.contains(";Date and time;Entry;")
            && file.contains(";Taken back;")
            && file.contains(";11,95;"),
        "words in the reader's language, numbers for the same spreadsheet: {file}"
    );
    assert!(ledger.piece(&tx).await.unwrap().is_none());
}
