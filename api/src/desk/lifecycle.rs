//! Turns in the life of a message, from its page: reopen it, say what kind it is and what it is about, take it out of another one.

use actix_web::HttpResponse;
use domain::{
    FieldErrors,
    cases::Kind,
    desk::{self, Consent, Conversion, LawAfter, Reopening},
};
use tenants::permission::may;

use super::actions::act;
use crate::{
    csrf::Posted,
    extract::{PathName, Staff},
    html::Flash,
    problem::Problem,
};

/// Reopens a case.
///
/// # Errors
/// When the reader may not handle cases; a refusal is told on the page.
pub async fn reopen(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let how = (
        Flash::Reopened,
        "reopen",
        &[("reason", "reopen-reason")][..],
    );
    act(
        &staff,
        &reference.0,
        how,
        posted.0,
        async |tx, case, fields| {
            let reopening = Reopening {
                reason: fields.text("reopen-reason").to_owned(),
                law: fields.text("law").parse::<LawAfter>().ok(),
            };
            desk::reopen(tx, case.id, staff.member(), reopening).await?;
            Ok(())
        },
    )
    .await
}

/// Makes a case another kind.
pub async fn convert(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let names = [("reason", "convert-reason"), ("kind", "to-kind")];
    let how = (Flash::Converted, "convert", &names[..]);
    act(
        &staff,
        &reference.0,
        how,
        posted.0,
        async |tx, case, fields| {
            let mut errors = FieldErrors::default();
            let to = fields.text("to-kind").parse::<Kind>().ok();
            if to.is_none() {
                errors.add("kind", "required_choice");
            }
            let agreed_on = match fields.text("agreedOn").trim() {
                "" => None,
                typed => {
                    let agreed_on = crate::html::values::typed_day(typed);
                    if agreed_on.is_none() {
                        errors.add("agreedOn", "not_a_date");
                    }
                    agreed_on
                }
            };
            errors.into_result()?;
            let conversion = Conversion {
                to: to.unwrap_or(case.kind),
                reason: fields.text("convert-reason").to_owned(),
                consent: agreed_on.map(|agreed_on| Consent {
                    agreed_on,
                    kept_at: fields.text("keptAt").to_owned(),
                }),
            };
            desk::convert(tx, case.id, staff.member(), conversion).await?;
            Ok(())
        },
    )
    .await
}

/// Says what a case is about.
pub async fn categorise(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let how = (Flash::Categorised, "category", &[][..]);
    act(
        &staff,
        &reference.0,
        how,
        posted.0,
        async |tx, case, fields| {
            let key = Some(fields.text("category")).filter(|key| !key.is_empty());
            desk::categorise(tx, case.id, staff.member(), key).await?;
            Ok(())
        },
    )
    .await
}

/// Takes a case out of the other one again.
pub async fn unmerge(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let how = (Flash::Parted, "unmerge", &[("reason", "part-reason")][..]);
    act(
        &staff,
        &reference.0,
        how,
        posted.0,
        async |tx, case, fields| {
            let why = fields.text("part-reason");
            desk::unmerge(tx, case.id, staff.member(), why).await?;
            Ok(())
        },
    )
    .await
}
