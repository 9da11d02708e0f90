//! Opening a budget.

use actix_web::HttpResponse;
use askama::Template;
use chrono::{DateTime, Datelike, Utc};
use domain::gifts::{self, BudgetRequest};
use tenants::{StaffId, permission::may, staff};

use super::{samples, view};
use crate::{
    csrf::{Fields, Posted},
    extract::Staff,
    html::values::Choice,
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples},
    idempotency::OneTimeForm,
    problem::Problem,
};

#[derive(Template)]
#[template(path = "gifts/open.html")]
pub(super) struct OpenPage {
    page: Page,
    notice: Option<Notice>,
    form: FormState,
    year: String,
    holders: Vec<Choice>,
    /// Whether nobody else can be the second person.
    alone: bool,
}

fn year_of(staff: &Staff<may::ManageGifts>, now: DateTime<Utc>) -> i32 {
    now.with_timezone(&staff.site.tenant.zone).year()
}

async fn show(staff: &Staff<may::ManageGifts>, shown: FormPage) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let form = shown.form;
    let me = staff.member().id.to_string();
    let holders: Vec<Choice> = staff::all(&tx, None)
        .await?
        .into_iter()
        .filter(gifts::may_hold)
        .map(|member| {
            let id = member.id.to_string();
            let chosen = form.value_or("holderId", &me) == id;
            Choice::new(id, member.name, chosen)
        })
        .collect();
    html::render(
        shown.status,
        &OpenPage {
            notice: shown.notice,
            year: year_of(staff, tx.now()).to_string(),
            alone: holders.len() < 2,
            holders,
            form,
            page: Page::staff(staff),
        },
    )
}

/// The form.
pub async fn page(staff: Staff<may::ManageGifts>) -> Result<HttpResponse, Problem> {
    show(&staff, FormPage::default()).await
}

/// Opens a budget, once.
pub async fn open(staff: Staff<may::ManageGifts>, posted: Posted) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let this_year = year_of(&staff, staff.site.app.db.now());
    let once = OneTimeForm::of(&staff, "/beheer/attenties/nieuw", &fields);
    let done = async {
        let new = fields.read::<BudgetRequest>()?.parse()?;
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

impl Samples for OpenPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let holder =
            |id: StaffId, chosen| Choice::new(id.to_string(), samples::name_of(id), chosen);
        let page = |shown: FormPage, holders: Vec<Choice>| Self {
            page: frame.staff(),
            notice: shown.notice,
            form: shown.form,
            year: "2026".to_owned(),
            alone: holders.len() < 2,
            holders,
        };
        let typed = Fields::from_pairs([
            ("name", "Attenties Groen".to_owned()),
            ("allocatedCents", "vijfduizend".to_owned()),
        ]);
        let refused = samples::refused(typed, "allocatedCents", "not_an_amount", frame.language);
        vec![
            page(FormPage::default(), vec![holder(samples::HOLDER, true)]),
            page(
                refused,
                vec![holder(samples::HOLDER, true), holder(samples::GIVER, false)],
            ),
        ]
    }
}
