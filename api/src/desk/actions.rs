//! What is done with a case from its page. A refusal is shown on the page, with everything that was typed.

use actix_web::{HttpResponse, http::StatusCode};
use domain::{
    Error, FieldErrors, cases,
    cases::CaseId,
    desk::{
        self, CaseCategoryRequest, CloseRequest, ContactMomentRequest, ConvertRequest,
        ReopenRequest, UnmergeRequest,
    },
    gift_ledger::{Gift, GiftStatus},
};
use tenants::{Grants, Permission, TenantTx, permission::may};

use super::{case_forms::FormOutcome, case_page::show};
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Staff},
    gifts::my_gifts::{self, Given},
    html::{self, Flash, FormState, Refused},
    problem::Problem,
};

/// Does something with a case and goes back to its page, which says that it was done. A refusal is shown at the form it belongs to.
async fn submit<P: Grants, F>(
    staff: &Staff<P>,
    reference: &str,
    posted: Posted,
    (form, flash): (&'static str, Flash),
    work: F,
) -> Result<HttpResponse, Problem>
where
    F: AsyncFnOnce(&TenantTx, CaseId, &Fields) -> Result<(), Problem>,
{
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let case = cases::by_reference(tx, reference).await?;
            work(tx, case.id, fields).await?;
            let place = format!("/balie/meldingen/{}", case.reference);
            Ok(html::redirect_with_flash(flash, &place))
        },
        async |refused| again(staff, reference, form, refused).await,
    )
    .await
}

/// Shows the page again with what went wrong.
async fn again<P: Grants>(
    staff: &Staff<P>,
    reference: &str,
    form: &'static str,
    refused: Refused,
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let outcome = FormOutcome {
        form,
        state: if form == "gift" {
            my_gifts::named(refused.fields, &refused.errors, language)
        } else {
            FormState::refused(refused.fields, &refused.errors, language)
        },
        notice: refused.notice,
        seen: String::new(),
    };
    show(staff, reference, outcome, refused.status).await
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
    let form = ("claim", Flash::Claimed);
    submit(&staff, &reference.0, posted, form, async |tx, case, _| {
        desk::claim(tx, case, staff.member()).await?;
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
    let form = ("release", Flash::Released);
    submit(&staff, &reference.0, posted, form, async |tx, case, _| {
        desk::release(tx, case, staff.member()).await?;
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
    let form = ("contact", Flash::Contacted);
    submit(
        &staff,
        &reference.0,
        posted,
        form,
        async |tx, case, sent| {
            let request: ContactMomentRequest = sent.read()?;
            let contact = request.parse(staff.site.tenant.zone)?;
            desk::log_contact(tx, case, staff.member(), contact).await?;
            Ok(())
        },
    )
    .await
}

/// Closes a case.
pub async fn close(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let form = ("close", Flash::Closed);
    submit(
        &staff,
        &reference.0,
        posted,
        form,
        async |tx, case, sent| {
            let closing = sent.read::<CloseRequest>()?.parse()?;
            desk::close(tx, case, staff.member(), closing, staff.site.links()).await?;
            Ok(())
        },
    )
    .await
}

/// Reopens a case.
pub async fn reopen(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let form = ("reopen", Flash::Reopened);
    submit(
        &staff,
        &reference.0,
        posted,
        form,
        async |tx, case, sent| {
            let reopening = sent.read::<ReopenRequest>()?.parse()?;
            desk::reopen(tx, case, staff.member(), reopening).await?;
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
    let form = ("convert", Flash::Converted);
    submit(
        &staff,
        &reference.0,
        posted,
        form,
        async |tx, case, sent| {
            let conversion = sent.read::<ConvertRequest>()?.parse()?;
            desk::convert(tx, case, staff.member(), conversion).await?;
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
    let form = ("categorise", Flash::Categorised);
    submit(
        &staff,
        &reference.0,
        posted,
        form,
        async |tx, case, sent| {
            let request: CaseCategoryRequest = sent.read()?;
            desk::categorise(tx, case, staff.member(), request.parse()).await?;
            Ok(())
        },
    )
    .await
}

/// Undoes a merge.
pub async fn unmerge(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let form = ("unmerge", Flash::Parted);
    submit(
        &staff,
        &reference.0,
        posted,
        form,
        async |tx, case, sent| {
            let request: UnmergeRequest = sent.read()?;
            desk::unmerge(tx, case, staff.member(), &request.reason).await?;
            Ok(())
        },
    )
    .await
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
    let lead_on = |gift: &Gift| {
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
        my_gifts::give_from_form(&staff, (&fields, &action), Some(case), lead_on).await
    };
    let language = staff.site.language;
    match given.await {
        Ok(Given::Done(answer)) => Ok(answer),
        Ok(Given::Confirm(notice, acknowledged)) => {
            let outcome = FormOutcome {
                form: "gift",
                state: FormState::refused(fields, &FieldErrors::default(), language),
                notice: Some(notice),
                seen: acknowledged,
            };
            show(&staff, &reference.0, outcome, StatusCode::OK).await
        }
        Err(problem) => {
            let refused = Refused::new(problem, fields, language)?;
            again(&staff, &reference.0, "gift", refused).await
        }
    }
}
