//! Closing the year of a budget: first what it will do, then exactly that.

use std::cmp::Ordering;

use actix_web::HttpResponse;
use askama::Template;
use chrono::Datelike;
use domain::{
    Error, Language,
    gift_ledger::{self, BudgetId},
    gifts,
};
use tenants::permission::may;

use super::view::{self, Names};
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page,
        table::{Cell, Row, Table, headings},
    },
    idempotency::OneTimeForm,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "gifts/closing.html")]
struct ClosingPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    id: BudgetId,
    name: String,
    is_closed: bool,
    sequence: i64,
    available: String,
    released: String,
    stays: String,
    missing: i64,
    /// How many wait for a second pair of eyes, which nobody can give afterwards.
    lapse: i64,
    releases: Table,
    /// What to know of closing before the year is over; it asks for a tick.
    early: Option<String>,
}

/// What to know of closing a budget whose year is not over, in words.
fn early(year: i64, this_year: i64, language: Language) -> Option<String> {
    let key = match year.cmp(&this_year) {
        Ordering::Less => return None,
        Ordering::Equal => "closing-running",
        Ordering::Greater => "closing-ahead",
    };
    Some(language.text_with(key, &[("year", &year.to_string())]))
}

async fn show(
    staff: &Staff<may::ManageGifts>,
    id: BudgetId,
    shown: FormPage,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let now = tx.now();
    let this_year = i64::from(now.with_timezone(&zone).year());
    let closing = gifts::preview_closing(&tx, id).await?;
    let names = Names::read(&tx).await?;
    let missing = i64::try_from(closing.receipts_missing().count()).map_err(Error::bug)?;
    let lapse = i64::try_from(closing.releases.len()).map_err(Error::bug)? - missing;
    let stays = language.euros(closing.stays_cents());
    let rows = closing
        .releases
        .into_iter()
        .map(|gift| Row {
            cells: vec![
                names.of(Some(gift.giver_id)).into(),
                language
                    .day(gift.given_at.with_timezone(&zone).date_naive())
                    .into(),
                language.euros(gift.amount_cents).into(),
                if !gift.awaits_receipt() {
                    language.text("closing-not-bought")
                } else if gift.receipt_due_at < now {
                    language.text("closing-receipt-missing")
                } else {
                    let day = language.day(gift.receipt_due_at.with_timezone(&zone).date_naive());
                    language.text_with("closing-receipt-due", &[("day", &day)])
                }
                .into(),
            ],
            head: Cell::to(gift.description, format!("/attenties/{}", gift.id)),
        })
        .collect();
    html::render(
        shown.status,
        &ClosingPage {
            notice: shown.notice,
            form: shown.form,
            id,
            name: closing.budget.title(),
            is_closed: closing.budget.closed_at.is_some(),
            sequence: closing.sequence,
            early: early(closing.budget.year, this_year, language),
            available: language.euros(closing.balance.available),
            released: language.euros(closing.balance.reserved),
            stays,
            missing,
            lapse,
            releases: Table {
                caption: language.text("closing-releases"),
                columns: headings(
                    language,
                    &[
                        "column-what",
                        "column-who",
                        "column-when",
                        "column-amount",
                        "gift-receipt",
                    ],
                ),
                rows,
            },
            page: Page::staff(staff),
        },
    )
}

/// What closing will do.
///
/// # Errors
/// When the reader may not manage budgets, or there is no such budget.
pub async fn preview(
    staff: Staff<may::ManageGifts>,
    id: Id<BudgetId>,
) -> Result<HttpResponse, Problem> {
    show(&staff, id.0, FormPage::default()).await
}

/// Closes the year as it was shown; when something was booked since, it is shown anew.
pub async fn close(
    staff: Staff<may::ManageGifts>,
    id: Id<BudgetId>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let id = id.0;
    let once = OneTimeForm::of(&staff, &format!("/beheer/attenties/{id}/sluiten"), &fields);
    let shown = fields.text("stand").parse().unwrap_or_default();
    let done = once
        .execute(&staff, async |tx| {
            let budget = gift_ledger::budget(tx, id).await?;
            let this_year = i64::from(tx.now().with_timezone(&staff.site.tenant.zone).year());
            let asks = early(budget.year, this_year, staff.site.language).is_some();
            if budget.closed_at.is_none() && asks && fields.text("early") != "ja" {
                return Err(Error::invalid("early", "not_early").into());
            }
            gifts::close_previewed_year(tx, id, shown, staff.member().id).await?;
            Ok(Flash::YearClosed.at(&format!("/beheer/attenties/{id}")))
        })
        .await;
    match done {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            // A fresh preview has a number and a key of its own.
            let refused = view::refused(problem, Fields::default(), staff.site.language)?;
            show(&staff, id, refused).await
        }
    }
}
