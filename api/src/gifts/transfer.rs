//! Moving money between budgets, with the decision it rests on.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    FieldErrors, Language,
    gift_ledger::{self, BudgetBalance},
    gifts::{self, Transfer, TransferRequest},
};
use serde::Deserialize;
use tenants::{TenantTx, permission::may};

use super::{samples, view};
use crate::{
    csrf::{Fields, Posted},
    extract::{Query, Staff},
    html::values::Choice,
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples},
    idempotency::OneTimeForm,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "gifts/transfer.html")]
pub(super) struct TransferPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    /// What was told before the money moves, as it comes back with the form.
    seen: String,
    /// Also closed ones: a carry-over comes from a closed year.
    from: Vec<Choice>,
    /// Closed ones only while a late receipt or an amount put right may still be booked there.
    to: Vec<Choice>,
}

/// Budgets to choose from, with what is left in each.
fn choices<'a>(
    budgets: impl Iterator<Item = &'a BudgetBalance>,
    field: &str,
    form: &FormState,
    language: Language,
) -> Vec<Choice> {
    let choice = |one: &BudgetBalance| {
        let key = if one.budget.closed_at.is_some() {
            "gift-budget-choice-closed"
        } else {
            "gift-budget-choice"
        };
        let (title, left) = (one.budget.title(), language.euros(one.balance_cents));
        let text = language.text_with(key, &[("budget", &title), ("left", &left)]);
        let id = one.budget.id.to_string();
        let chosen = form.chose(field, &id);
        Choice::new(id, text, chosen)
    };
    budgets.map(choice).collect()
}

async fn show(
    staff: &Staff<may::ManageGifts>,
    shown: FormPage,
    seen: String,
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let form = shown.form;
    let budgets = gift_ledger::budget_balances(&tx).await?;
    let unsettled = gift_ledger::unsettled(&tx).await?;
    let gets =
        |one: &&BudgetBalance| one.budget.closed_at.is_none() || unsettled.contains(&one.budget.id);
    html::render(
        shown.status,
        &TransferPage {
            notice: shown.notice,
            from: choices(budgets.iter(), "fromId", &form, language),
            to: choices(budgets.iter().filter(gets), "toId", &form, language),
            form,
            seen,
            page: Page::staff(staff),
        },
    )
}

/// From which budget the reader came.
#[derive(Deserialize)]
pub struct FromQuery {
    van: Option<String>,
}

/// The form.
pub async fn page(
    staff: Staff<may::ManageGifts>,
    query: Query<FromQuery>,
) -> Result<HttpResponse, Problem> {
    let from = query.0.van.unwrap_or_default();
    let shown = FormPage {
        form: FormState::filled(Fields::from_pairs([("fromId", from)])),
        notice: None,
        status: StatusCode::OK,
    };
    show(&staff, shown, String::new()).await
}

/// What will be missed in the budget when this goes out of it: money for receipts that may still come in after its year was closed. The
/// sentence, and what it was about.
async fn missed(
    tx: &TenantTx,
    transfer: &Transfer,
    language: Language,
) -> Result<Option<(String, String)>, Problem> {
    let budget = gift_ledger::budget_balance(tx, transfer.from).await?;
    let stays = budget.balance_cents - transfer.cents;
    // With too little in it nothing moves, and that is what is told.
    if stays < 0 || stays >= budget.awaited_cents {
        return Ok(None);
    }
    let (count, cents) = (budget.awaited_count, budget.awaited_cents);
    let seen = format!("{count}|{cents}|{stays}");
    Ok(Some((missed_text(count, cents, stays, language), seen)))
}

fn missed_text(count: i64, cents: i64, stays: i64, language: Language) -> String {
    let (late, stays) = (language.euros(cents), language.euros(stays));
    let late = [("late", late.as_str()), ("stays", &stays)];
    let count = language.count("statement-late", count);
    format!("{count} {}", language.text_with("transfer-missed", &late))
}

/// Moves money, once. When that leaves too little for late receipts, it says so first.
pub async fn transfer(
    staff: Staff<may::ManageGifts>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let once = OneTimeForm::of(&staff, "/beheer/attenties/overhevelen", &fields);
    let done = async {
        let transfer = fields.read::<TransferRequest>()?.parse()?;
        let tx = staff.read().await?;
        if once.replayed(&tx).await?.is_none()
            && let Some((text, seen)) = missed(&tx, &transfer, staff.site.language).await?
            && fields.text("_gezien") != seen
        {
            drop(tx);
            let none = FieldErrors::default();
            let shown = FormPage {
                form: FormState::refused(fields.clone(), &none, staff.site.language),
                notice: Some(Notice {
                    tone: "warning",
                    text,
                }),
                status: StatusCode::OK,
            };
            return show(&staff, shown, seen).await;
        }
        drop(tx);
        once.execute(&staff, async |tx| {
            gifts::move_money(tx, &transfer, staff.member().id).await?;
            Ok(Flash::MoneyMoved.at(&format!("/beheer/attenties/{}", transfer.to)))
        })
        .await
    };
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = view::refused(problem, fields, staff.site.language)?;
            show(&staff, refused, String::new()).await
        }
    }
}

impl Samples for TransferPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let budgets = [samples::budget(), samples::closed_budget()].map(samples::budget_balance);
        let page = |shown: FormPage, count: usize, seen: &str| {
            let choices = |field| choices(budgets.iter().take(count), field, &shown.form, language);
            Self {
                page: frame.staff(),
                from: choices("fromId"),
                to: choices("toId"),
                notice: shown.notice,
                form: shown.form,
                seen: seen.to_owned(),
            }
        };
        let typed = |amount: &str| {
            Fields::from_pairs([
                ("fromId", samples::OTHER_BUDGET.to_string()),
                ("toId", samples::BUDGET.to_string()),
                ("amountCents", amount.to_owned()),
                ("decision", "Collegebesluit 2026/31".to_owned()),
            ])
        };
        let missed = FormPage {
            form: FormState::filled(typed("4.940,00")),
            notice: Some(Notice {
                tone: "warning",
                text: missed_text(1, 2_450, 250, language),
            }),
            ..FormPage::default()
        };
        let refused = samples::refused(typed("veel"), "amountCents", "not_an_amount", language);
        vec![
            page(FormPage::default(), 1, ""),
            page(missed, 2, "1|2450|250"),
            page(refused, 2, ""),
        ]
    }
}
