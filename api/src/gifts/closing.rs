//! Closing the year of a budget: first what it will do, then exactly that.

use std::cmp::Ordering;

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use domain::{
    Error, Language,
    gift_ledger::{self, Accounts, Budget, BudgetId, Gift, GiftStatus},
    gifts::{self, Closing, Release},
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
    closing: Closing,
    releases: Table,
    /// What to know of closing before the year is over; it asks for a tick.
    early: Option<String>,
}

impl ClosingPage {
    fn new(
        page: Page,
        shown: FormPage,
        closing: Closing,
        (names, now): (&Names, DateTime<Utc>),
    ) -> Self {
        Self {
            notice: shown.notice,
            form: shown.form,
            early: early(closing.budget.year, year_of(now, page.zone), page.language),
            releases: releases(&closing.releases, names, now, &page),
            closing,
            page,
        }
    }

    /// How many gifts may have been bought, so that their receipts can still come in.
    fn missing(&self) -> i64 {
        self.count(|release| release.receipt_missing)
    }

    /// How many wait for approval, which nobody can give afterwards.
    fn lapsing(&self) -> i64 {
        self.count(|release| !release.receipt_missing)
    }

    fn count(&self, which: impl Fn(&Release) -> bool) -> i64 {
        let releases = self.closing.releases.iter();
        releases.map(|release| i64::from(which(release))).sum()
    }
}

fn year_of(now: DateTime<Utc>, zone: Tz) -> i64 {
    now.with_timezone(&zone).year().into()
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
fn releases(gifts: &[Release], names: &Names, now: DateTime<Utc>, page: &Page) -> Table {
    let language = page.language;
    let row = |release: &Release| {
        let gift = &release.gift;
        let receipt = if !release.receipt_missing {
            language.text("closing-not-bought")
        } else if gift.receipt_due_at < now {
            language.text("closing-receipt-missing")
        } else {
            page.tr_with("closing-receipt-due", "day", page.day(gift.receipt_due_at))
        };
        Row {
            head: Cell::to(gift.description.clone(), format!("/attenties/{}", gift.id)),
            cells: vec![
                names.of(&gift.giver_id).into(),
                page.day(gift.given_at).into(),
                language.euros(release.amount_cents).into(),
                receipt.into(),
            ],
        }
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
        rows: gifts.iter().map(row).collect(),
    }
}

async fn show(
    staff: &Staff<may::ManageGifts>,
    id: BudgetId,
    shown: FormPage,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let closing = gifts::preview_closing(&tx, id).await?;
    let context = (&Names::read(&tx).await?, tx.now());
    let status = shown.status;
    let page = ClosingPage::new(Page::staff(staff), shown, closing, context);
    html::render(status, &page)
}

/// What closing will do.
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
            let this_year = year_of(tx.now(), staff.site.tenant.zone);
            let asks = early(budget.year, this_year, staff.site.language).is_some();
            if budget.closed_at.is_none() && asks && fields.text("early") != "ja" {
                return Err(Error::invalid("early", "not_early").into());
            }
            gifts::close_year(tx, id, Some(shown), staff.member().id).await?;
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
        let page = |shown: FormPage, budget: Budget, gifts: Vec<Gift>| {
            let balance = samples::balance();
            let reserved: i64 = gifts.iter().map(|gift| gift.amount_cents).sum();
            let closing = Closing {
                budget,
                sequence: 4,
                stays_cents: balance.available,
                balance: Accounts {
                    available: balance.available - reserved,
                    reserved,
                    ..balance
                },
                releases: gifts.into_iter().map(Release::from).collect(),
            };
            let context = (&samples::names(), samples::now());
            Self::new(frame.staff(), shown, closing, context)
        };
        let last_year = Budget {
            closed_at: None,
            ..samples::closed_budget()
        };
        let gifts = vec![samples::late_gift(), samples::gift(GiftStatus::Requested)];
        let refused = samples::refused(Fields::default(), "early", "not_early", frame.language);
        let closed = samples::closed_budget();
        vec![
            page(FormPage::default(), last_year, Vec::new()),
            page(refused, samples::budget(), gifts),
            page(FormPage::default(), closed, Vec::new()),
        ]
    }
}
