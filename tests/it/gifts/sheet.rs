//! The ledger as a spreadsheet.

use std::io::{Cursor, Read};

use domain::gifts;
use tests::TestHouse;

use super::open_budget;

#[tokio::test(flavor = "multi_thread")]
async fn a_balance_of_thirty_million_euro_is_in_the_spreadsheet_to_the_cent() {
    let house = TestHouse::open().await;
    let budget = open_budget(&house, "Groot", 999_999_999).await;
    let holder = house
        .staff_id(house.waterdam.id, "budgetholder@waterdam.example")
        .await;
    for name in ["Nog een", "Nog twee"] {
        let from = open_budget(&house, name, 1_000_000_000).await;
        let tx = house.db.write(house.waterdam.id).await.unwrap();
        gifts::move_money(&tx, (from, budget), 1_000_000_000, "Raadsbesluit", holder)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let tx = house.db.read(house.waterdam.id).await.unwrap();
    let file = gifts::xlsx(&tx, budget).await.unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut sheet = String::new();
    archive
        .by_name("xl/worksheets/sheet1.xml")
        .unwrap()
        .read_to_string(&mut sheet)
        .unwrap();
    for cell in [
        r#"<c r="J2"><v>-999999999</v></c>"#,
        r#"<c r="N3"><v>1999999999</v></c>"#,
        r#"<c r="N4"><v>2999999999</v></c>"#,
    ] {
        assert!(sheet.contains(cell), "{cell}: {sheet}");
    }
}
