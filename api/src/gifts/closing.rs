//! Closing the year of a budget: first what it will do, then exactly that.

use std::cmp::Ordering;

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use domain::{
    Error, Language,
    gift_ledger::{self, BudgetId, Gift, GiftStatus},
    gifts,
};
use tenants::permission::may;

use super::{
    samples,
    view::{self, Names},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples,
        table::{Cell, Row, Table, headings},
    },
    idempotency::OneTimeForm,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "gifts/closing.html")]
pub(super) struct ClosingPage {
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
    /// How many wait for approval, which nobody can give afterwards.
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

/// Gifts whose reservation will be released, as a table.
fn releases(
    gifts: Vec<Gift>,
    names: &Names,
    now: DateTime<Utc>,
    (language, zone): (Language, Tz),
) -> Table {
    let row = |gift: Gift| Row {
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
    };
    Table {
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
        rows: gifts.into_iter().map(row).collect(),
    }
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
            releases: releases(closing.releases, &names, now, (language, zone)),
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

impl Samples for ClosingPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |shown: FormPage, this_year, gifts: Vec<Gift>| {
            let budget = samples::budget();
            let balance = samples::balance();
            let reserved: i64 = gifts.iter().map(|gift| gift.amount_cents).sum();
            let waits = gifts.iter().any(|gift| !gift.awaits_receipt());
            let late = gifts.iter().any(Gift::awaits_receipt);
            let context = (language, samples::ZONE);
            Self {
                page: frame.staff(),
                notice: shown.notice,
                form: shown.form,
                id: budget.id,
                name: budget.title(),
                is_closed: false,
                sequence: 4,
                available: language.euros(balance.available - reserved),
                released: language.euros(reserved),
                stays: language.euros(balance.available),
                missing: late.into(),
                lapse: waits.into(),
                releases: releases(gifts, &samples::names(), samples::now(), context),
                early: early(budget.year, this_year, language),
            }
        };
        let closed = samples::closed_budget();
        let gifts = vec![samples::late_gift(), samples::gift(GiftStatus::Requested)];
        let refused = samples::refused(Fields::default(), "early", "not_early", language);
        vec![
            page(FormPage::default(), 2027, Vec::new()),
            page(refused, 2026, gifts),
            Self {
                id: closed.id,
                name: closed.title(),
                is_closed: true,
                ..page(FormPage::default(), 2026, Vec::new())
            },
        ]
    }
}
