//! The clocks of a case as a page: each with its explanation, what happened to it, and what can be done.

use std::future::Future;

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use chrono::NaiveDate;
use domain::{
    Code, Error, FieldErrors, cases,
    clocks::{self, Adjournment, Agreement, ClockId, PauseReason},
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use super::clock_view::ClockView;
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Staff},
    html::values,
    html::{self, Flash, FormState, Notice, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "clocks/case_clocks.html")]
struct ClocksPage {
    page: Page,
    notice: Option<Notice>,
    reference: String,
    title: String,
    clocks: Vec<ClockView>,
    may_handle: bool,
    /// Whether nobody works on the case yet and the reader could.
    may_claim: bool,
    form: FormState,
    blank: FormState,
}

impl ClocksPage {
    /// Whether a refused form was this one.
    fn opened(&self, clock: &str, act: &str) -> bool {
        self.form.value("clock") == clock && self.form.value("act") == act
    }

    /// What was typed in a form, when it was this one that was refused.
    fn typed(&self, clock: &str, act: &str) -> &FormState {
        if self.opened(clock, act) {
            &self.form
        } else {
            &self.blank
        }
    }
}

async fn show<P: Grants>(
    staff: &Staff<P>,
    reference: &str,
    form: FormState,
    notice: Option<Notice>,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let tx = staff.read().await?;
    let case = cases::by_reference(&tx, reference).await?;
    let names = values::names(&tx).await?;
    let clocks = clocks::of_case(&tx, case.id)
        .await?
        .into_iter()
        .map(|clock| super::clock_view::clock(clock, tx.now(), &names, zone, language))
        .collect();
    let mine = case.assignee_id == Some(staff.member().id);
    let is_lead = staff.member().roles.contains(&tenants::Role::Lead);
    html::render(
        status,
        &ClocksPage {
            notice,
            reference: case.reference.clone(),
            title: case.title.clone(),
            clocks,
            may_handle: case.status.is_open() && (mine || is_lead),
            may_claim: case.status.is_open()
                && !is_lead
                && case.assignee_id.is_none()
                && staff.may(Permission::HandleCases),
            form,
            blank: FormState::empty(),
            page: Page::staff(staff),
        },
    )
}

/// The clocks of a case.
///
/// # Errors
/// When there is no such case, or the reader may not read cases.
pub async fn page(
    staff: Staff<may::ReadCases>,
    reference: PathName,
) -> Result<HttpResponse, Problem> {
    show(
        &staff,
        &reference.0,
        FormState::empty(),
        None,
        StatusCode::OK,
    )
    .await
}

/// Does something to a clock of this case and goes back to its page; what was refused is told there, with everything that was typed.
async fn act<F, R>(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    typed: Fields,
    work: F,
) -> Result<HttpResponse, Problem>
where
    F: FnOnce(TenantTx, ClockId, Fields) -> R,
    R: Future<Output = Result<TenantTx, Problem>>,
{
    let done = async {
        let id = typed
            .text("clock")
            .parse::<ClockId>()
            .map_err(|_| Error::NotFound)?;
        let tx = work(staff.write().await?, id, typed.clone()).await?;
        tx.commit().await?;
        Ok::<_, Problem>(())
    };
    let problem = match done.await {
        Ok(()) => {
            let place = format!("/balie/meldingen/{}/klokken", reference.0);
            return Ok(html::see_other(&Flash::ClockChanged.at(&place)));
        }
        Err(problem) => problem,
    };
    let code = problem.error().code();
    if !(400..500).contains(&code.status()) || code == Code::NotFound {
        return Err(problem);
    }
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::CONFLICT);
    let (title, detail) = problem.localize(staff.site.language);
    let (errors, notice) = match problem.into_field_errors() {
        Ok(errors) => (errors, None),
        Err(_) => (
            FieldErrors::default(),
            Some(Notice {
                tone: "error",
                text: format!("{title}. {detail}"),
            }),
        ),
    };
    let form = FormState::refused(typed, &errors, staff.site.language);
    show(&staff, &reference.0, form, notice, status).await
}

/// Lets a clock stand still.
///
/// # Errors
/// When the reader may not handle cases; a refusal is told on the page.
pub async fn pause(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member().clone();
    let zone = staff.site.tenant.zone;
    act(staff, reference, posted.0, async move |tx, id, typed| {
        let mut errors = FieldErrors::default();
        let reason = typed.text("reason").parse::<PauseReason>().ok();
        if reason.is_none() {
            errors.add("reason", "required_choice");
        }
        let until = values::typed_moment(typed.text("until"), zone);
        if until.is_none() {
            errors.add("until", "not_a_moment");
        }
        let (Some(reason), Some(until)) = (reason, until) else {
            return Err(Error::Invalid(errors).into());
        };
        clocks::pause(&tx, id, &actor, reason, until, typed.text("note")).await?;
        Ok(tx)
    })
    .await
}

/// Lets a clock go on.
pub async fn resume(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member().clone();
    act(staff, reference, posted.0, async move |tx, id, _| {
        clocks::resume(&tx, id, &actor).await?;
        Ok(tx)
    })
    .await
}

fn typed_day(typed: &Fields, field: &str, errors: &mut FieldErrors) -> NaiveDate {
    values::typed_day(typed.text(field)).unwrap_or_else(|| {
        errors.add(field, "not_a_date");
        NaiveDate::default()
    })
}

/// Does it, and tells what it finds wrong beside what could not be read, so that everything is told at once. The caller keeps nothing after
/// an error, so whatever stood in for the unreadable is never kept.
async fn beside(
    mut unreadable: FieldErrors,
    act: impl Future<Output = Result<(), Error>>,
) -> Result<(), Error> {
    match act.await {
        Err(Error::Invalid(found)) => {
            unreadable.extend_beside(found);
            Err(Error::Invalid(unreadable))
        }
        Err(refused) => Err(refused),
        Ok(()) => unreadable.into_result(),
    }
}

/// Takes more time for a complaint, once.
pub async fn adjourn(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member().clone();
    act(staff, reference, posted.0, async move |tx, id, typed| {
        let mut errors = FieldErrors::default();
        let weeks = typed
            .text("weeks")
            .trim()
            .parse::<u32>()
            .unwrap_or_else(|_| {
                errors.add("weeks", "not_a_number");
                0
            });
        let adjournment = Adjournment {
            weeks,
            resident_told_on: typed_day(&typed, "residentToldOn", &mut errors),
            concerned_told_on: typed_day(&typed, "concernedToldOn", &mut errors),
            note: typed.text("note").to_owned(),
        };
        beside(errors, clocks::adjourn(&tx, id, &actor, adjournment)).await?;
        Ok(tx)
    })
    .await
}

/// Keeps what the resident agreed to in writing.
pub async fn agree(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member().clone();
    act(staff, reference, posted.0, async move |tx, id, typed| {
        let mut errors = FieldErrors::default();
        let agreement = Agreement {
            until: typed_day(&typed, "until", &mut errors),
            agreed_on: typed_day(&typed, "agreedOn", &mut errors),
            kept_at: typed.text("keptAt").to_owned(),
            note: typed.text("note").to_owned(),
        };
        beside(errors, clocks::agree(&tx, id, &actor, agreement)).await?;
        Ok(tx)
    })
    .await
}

/// Says that a committee advises.
pub async fn advise(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member().clone();
    act(staff, reference, posted.0, async move |tx, id, _| {
        clocks::advise(&tx, id, &actor).await?;
        Ok(tx)
    })
    .await
}

/// Says that what a clock waits for was done.
pub async fn finish(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member().clone();
    act(staff, reference, posted.0, async move |tx, id, _| {
        clocks::done(&tx, id, &actor, None).await?;
        Ok(tx)
    })
    .await
}
