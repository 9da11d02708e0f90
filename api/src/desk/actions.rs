//! What is done with a message from its page: take it, call, give, close. What was refused is told there, with everything that was typed.

use actix_web::{HttpResponse, http::StatusCode};
use domain::{
    Error, FieldErrors,
    cases::{self, Case, ContactResult, Outcome},
    desk::{self, Closing, NewContact},
    gift_ledger::{Gift, GiftStatus},
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use super::{
    case_page::{Aftermath, show},
    view,
};
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Staff},
    gifts::my_gifts::{self, Given},
    html::{self, Flash, FormState, Notice},
    problem::Problem,
};

/// Does something with a case and goes back to its page, which says that it was done: `what` names the sentence, `form` the form that a
/// refusal belongs to, and `renamed` what its fields are called on the page.
pub(super) async fn act<P: Grants, F>(
    staff: &Staff<P>,
    reference: &str,
    (what, form, renamed): (Flash, &'static str, &[(&str, &str)]),
    fields: Fields,
    work: F,
) -> Result<HttpResponse, Problem>
where
    F: AsyncFnOnce(&TenantTx, &Case, &Fields) -> Result<(), Problem>,
{
    let done = async {
        let tx = staff.write().await?;
        let case = cases::by_reference(&tx, reference).await?;
        work(&tx, &case, &fields).await?;
        tx.commit().await?;
        Ok::<_, Problem>(case.reference)
    };
    match done.await {
        Ok(reference) => Ok(html::redirect_with_flash(
            what,
            &format!("/balie/meldingen/{reference}"),
        )),
        Err(problem) => refused(staff, reference, problem, (form, fields, renamed)).await,
    }
}

/// Shows the page again with what went wrong: field errors at their fields, a refusal on top. Everything typed is still there.
async fn refused<P: Grants>(
    staff: &Staff<P>,
    reference: &str,
    problem: Problem,
    (act, fields, renamed): (&'static str, Fields, &[(&str, &str)]),
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let code = problem.error().code();
    if !(400..500).contains(&code.status()) || code == domain::Code::NotFound {
        return Err(problem);
    }
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::CONFLICT);
    let (title, detail) = problem.localize(language);
    let mut notice = None;
    let mut errors = if let Ok(errors) = problem.into_field_errors() {
        errors
    } else {
        notice = Some(Notice {
            tone: "error",
            text: format!("{title}. {detail}"),
        });
        FieldErrors::default()
    };
    for (field, name) in renamed {
        errors = errors.renamed(field, name);
    }
    let after = Aftermath {
        act,
        form: if act == "gift" {
            my_gifts::named(fields, &errors, language)
        } else {
            FormState::refused(fields, &errors, language)
        },
        notice,
        seen: String::new(),
    };
    show(staff, reference, after, status).await
}

/// Takes a case.
///
/// # Errors
/// When the reader may not handle cases; that a colleague was first is told on the page.
pub async fn claim(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let how = (Flash::Claimed, "", &[][..]);
    act(&staff, &reference.0, how, posted.0, async |tx, case, _| {
        desk::claim(tx, case.id, staff.member()).await?;
        Ok(())
    })
    .await
}

/// Puts a case back.
pub async fn release(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let how = (Flash::Released, "", &[][..]);
    act(&staff, &reference.0, how, posted.0, async |tx, case, _| {
        desk::release(tx, case.id, staff.member()).await?;
        Ok(())
    })
    .await
}

/// Logs a call, a try or a mail.
pub async fn log_contact(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let zone = staff.site.tenant.zone;
    let how = (Flash::Contacted, "contact", &[][..]);
    act(
        &staff,
        &reference.0,
        how,
        posted.0,
        async |tx, case, fields| {
            let mut errors = FieldErrors::default();
            let result = fields.text("result").parse::<ContactResult>().ok();
            if result.is_none() {
                errors.add("result", "required_choice");
            }
            let at = typed_at(fields, "at", zone, &mut errors);
            errors.into_result()?;
            let contact = NewContact {
                result: result.ok_or_else(|| Error::invalid("result", "required_choice"))?,
                note: fields.text("note").to_owned(),
                at,
            };
            desk::log_contact(tx, case.id, staff.member(), contact).await?;
            Ok(())
        },
    )
    .await
}

/// A moment that may be left open.
pub(super) fn typed_at(
    fields: &Fields,
    field: &str,
    zone: chrono_tz::Tz,
    errors: &mut FieldErrors,
) -> Option<chrono::DateTime<chrono::Utc>> {
    let typed = fields.text(field).trim();
    if typed.is_empty() {
        return None;
    }
    let at = view::typed_moment(typed, zone);
    if at.is_none() {
        errors.add(field, "not_a_moment");
    }
    at
}

/// Gives a gift.
pub async fn give_gift(
    staff: Staff<may::GiveGifts>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    // The page of the case would follow, and its number be given away, to somebody who may give but reads no messages.
    if !staff.may(Permission::ReadCases) {
        return Err(Error::NotFound.into());
    }
    let fields = posted.0;
    let place = format!("/balie/meldingen/{}", reference.0);
    let action = format!("{place}/attentie");
    let onward = |gift: &Gift| {
        let flash = match gift.status {
            GiftStatus::Requested => Flash::GiftAsked,
            _ => Flash::Given,
        };
        flash.at(&place)
    };
    let given = async {
        let tx = staff.read().await?;
        let case = cases::by_reference(&tx, &reference.0).await?.id;
        drop(tx);
        my_gifts::give_from_form(&staff, (&fields, &action), Some(case), onward).await
    };
    match given.await {
        Ok(Given::Done(answer)) => Ok(answer),
        Ok(Given::Confirm(notice, acknowledged)) => {
            let none = FieldErrors::default();
            let after = Aftermath {
                act: "gift",
                form: FormState::refused(fields, &none, staff.site.language),
                notice: Some(notice),
                seen: acknowledged,
            };
            show(&staff, &reference.0, after, StatusCode::OK).await
        }
        Err(problem) => refused(&staff, &reference.0, problem, ("gift", fields, &[])).await,
    }
}

/// Closes a case.
pub async fn close(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let how = (Flash::Closed, "close", &[("note", "close-note")][..]);
    act(
        &staff,
        &reference.0,
        how,
        posted.0,
        async |tx, case, fields| {
            let outcome = fields
                .text("outcome")
                .parse::<Outcome>()
                .map_err(|_| Error::invalid("outcome", "required_choice"))?;
            let closing = Closing {
                outcome,
                note: fields.text("close-note").to_owned(),
            };
            let links = staff.site.links();
            desk::close(tx, case.id, staff.member(), closing, links).await?;
            Ok(())
        },
    )
    .await
}
