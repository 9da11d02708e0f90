//! The verification of a ledger as a page: that nothing was changed, or where it was.

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    Error, Language,
    files::FileStore,
    gift_ledger::{self, Budget, BudgetId, Defect, Finding, Verification},
};
use serde::Deserialize;
use tenants::{TenantTx, permission::may};

use super::samples::{self, BUDGET, GIFT};
use crate::{
    extract::{Id, Query, Staff},
    html::{
        self, Page, SampleFrame, Samples,
        table::{Cell, Row, Table, headings},
    },
    problem::Problem,
};

#[derive(Template)]
#[template(path = "gifts/verification.html")]
pub(super) struct VerificationPage {
    page: Page,
    budget: Budget,
    entries: i64,
    head: String,
    /// Of how many receipts the files were read; none when there are too many.
    receipts: Option<i64>,
    /// A hash that was kept, as typed.
    kept: String,
    /// Where it stands; 0 for nowhere.
    kept_sequence: Option<i64>,
    findings: Table,
}

impl VerificationPage {
    /// How many entries and receipts were read.
    fn what_was_read(&self) -> String {
        let receipts = match self.receipts {
            Some(count) => self.page.count("verification-receipts", &count),
            None => self.page.tr("verification-receipts-many"),
        };
        let entries = self.page.count("verification-entries", &self.entries);
        format!("{entries} {receipts}")
    }
}

/// A hash that was kept.
#[derive(Deserialize)]
pub struct VerificationQuery {
    hash: Option<String>,
}

/// Most bytes of receipts that one request reads; beyond it the command line does.
const READ_MAX: i64 = 100 * 1024 * 1024;

/// Counts a chain again, and reads its receipts when they are not too many bytes for one request. How many were read.
pub(super) async fn verify(
    tx: &TenantTx,
    file_store: &FileStore,
    id: BudgetId,
) -> Result<(Verification, Option<i64>), Error> {
    let mut checked = gift_ledger::verify(tx, id).await?;
    if checked.receipt_bytes() > READ_MAX {
        return Ok((checked, None));
    }
    checked.verify_receipt_files(file_store).await?;
    let count = i64::try_from(checked.receipts.len()).map_err(Error::bug)?;
    Ok((checked, Some(count)))
}

/// What does not hold, as a table.
fn table(findings: &[Finding], language: Language) -> Table {
    let row = |finding: &Finding| {
        let gift = finding.gift.map(|gift| format!("/attenties/{gift}"));
        Row {
            head: Cell::to(finding.sequence.to_string(), gift.unwrap_or_default()),
            cells: vec![language.term("defect", finding.defect).into()],
        }
    };
    Table {
        caption: language.text("verification-title"),
        columns: headings(language, &["column-number", "column-finding"]),
        rows: findings.iter().map(row).collect(),
    }
}

/// The verification: that nothing was changed, or where it was.
pub async fn page(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    query: Query<VerificationQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let (checked, receipts) = verify(&tx, &staff.site.app.file_store, id.0).await?;
    let kept = query.0.hash.unwrap_or_default();
    let kept_sequence = if kept.trim().is_empty() {
        None
    } else {
        let entry = gift_ledger::entry_with_hash(&tx, id.0, &kept).await?;
        Some(entry.map_or(0, |entry| entry.sequence))
    };
    html::ok(&VerificationPage {
        page: Page::staff(&staff),
        entries: checked.entries,
        head: checked.head,
        receipts,
        kept,
        kept_sequence,
        findings: table(&checked.findings, staff.site.language),
        budget: checked.budget,
    })
}

impl Samples for VerificationPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |found: &[Finding]| Self {
            page: frame.staff(),
            budget: samples::budget(),
            entries: 4,
            head: samples::hash("4"),
            receipts: Some(1),
            kept: String::new(),
            kept_sequence: None,
            findings: table(found, frame.language),
        };
        let broken = Finding {
            budget: BUDGET,
            sequence: 4,
            defect: Defect::File,
            gift: Some(GIFT),
        };
        vec![
            page(&[]),
            Self {
                kept: samples::hash("3"),
                kept_sequence: Some(3),
                ..page(&[])
            },
            Self {
                kept: samples::hash("9"),
                kept_sequence: Some(0),
                ..page(&[broken])
            },
        ]
    }
}
