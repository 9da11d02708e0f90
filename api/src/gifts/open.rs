//! Opening a budget.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::Datelike;
use domain::{
    FieldErrors,
    gifts::{self, NewBudget},
};
use tenants::{StaffId, permission::may, staff};

use super::view::{self, Refused};
use crate::{
    csrf::{Fields, Posted},
    extract::Staff,
    html::values::Choice,
    html::{self, Flash, FormState, Notice, Page},
    idempotency::OneTimeForm,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "gifts/open.html")]
struct OpenPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    year: String,
    holders: Vec<Choice>,
    /// Whether nobody else can be the second pair of eyes.
    alone: bool,
}

async fn show(staff: &Staff<may::ManageGifts>, shown: Refused) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let form = shown.form;
    let me = staff.member().id.to_string();
    let holders: Vec<Choice> = staff::all(&tx)
        .await?
        .into_iter()
        .filter(gifts::may_hold)
        .map(|member| {
            let value = member.id.to_string();
            Choice {
                chosen: form.value_or("holder", &me) == value,
                value,
                text: member.name,
            }
        })
        .collect();
    html::render(
        shown.status,
        &OpenPage {
            notice: shown.notice,
            year: tx
                .now()
                .with_timezone(&staff.site.tenant.zone)
                .year()
                .to_string(),
            alone: holders.len() < 2,
            holders,
            form,
            page: Page::staff(staff),
        },
    )
}

/// The form.
pub async fn page(staff: Staff<may::ManageGifts>) -> Result<HttpResponse, Problem> {
    let shown = Refused {
        form: FormState::empty(),
        notice: None,
        status: StatusCode::OK,
    };
    show(&staff, shown).await
}

fn typed(fields: &Fields) -> Result<NewBudget, Problem> {
    let mut errors = FieldErrors::default();
    // In the order of the form, as the summary tells them.
    if fields.text("name").trim().is_empty() {
        errors.add("name", "required");
    }
    let year = fields.text("year").trim().parse::<i32>().ok();
    if year.is_none() {
        errors.add("year", "not_a_number");
    }
    let allocated_cents = view::cents(fields, "allocatedCents", &mut errors);
    let cap_cents = match fields.text("capCents").trim() {
        "" => None,
        _ => Some(view::cents(fields, "capCents", &mut errors)),
    };
    if fields.text("mandate").trim().is_empty() {
        errors.add("mandate", "required");
    }
    let holder = fields.text("holder").parse::<StaffId>().ok();
    if holder.is_none() {
        errors.add("holder", "required_choice");
    }
    errors.into_result()?;
    Ok(NewBudget {
        name: fields.text("name").to_owned(),
        team: fields.text("team").to_owned(),
        year: year.unwrap_or_default(),
        allocated_cents,
        cap_cents,
        mandate: fields.text("mandate").to_owned(),
        holder,
    })
}

/// Opens a budget, once.
///
/// # Errors
/// When the reader may not manage budgets; what is wrong with the form is told on the page.
pub async fn open(staff: Staff<may::ManageGifts>, posted: Posted) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let this_year = staff
        .site
        .app
        .db
        .now()
        .with_timezone(&staff.site.tenant.zone)
        .year();
    let once = OneTimeForm::of(&staff, "/beheer/attenties/nieuw", &fields);
    let done = async {
        let new = typed(&fields)?;
        let year = new.year;
        once.execute(&staff, async |tx| {
            let id = gifts::open_budget(tx, new, Some(staff.member().id)).await?;
            let done = if year == this_year {
                Flash::BudgetOpened
            } else {
                Flash::BudgetReady
            };
            Ok(done.at(&format!("/beheer/attenties/{id}")))
        })
        .await
    };
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = view::refused(problem, fields, staff.site.language)?;
            show(&staff, refused).await
        }
    }
}
