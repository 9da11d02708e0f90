//! What is done with a case from its page. A refusal is shown on the page, with everything that was typed.

use actix_web::http::StatusCode;
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
    problem::{HandlerResult, Problem},
};

/// What a form on the page of a case does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Takes it.
    Claim,
    /// Puts it back.
    Release,
    /// Logs a call, a try or a mail.
    LogContact,
    /// Closes it.
    Close,
    /// Reopens it.
    Reopen,
    /// Makes it another kind.
    Convert,
    /// Says what it is about.
    Categorise,
    /// Undoes a merge.
    Unmerge,
}

impl Action {
    /// The name of its form, and what the page says when it is done.
    fn form(self) -> (&'static str, Flash) {
        match self {
            Self::Claim => ("claim", Flash::Claimed),
            Self::Release => ("release", Flash::Released),
            Self::LogContact => ("contact", Flash::Contacted),
            Self::Close => ("close", Flash::Closed),
            Self::Reopen => ("reopen", Flash::Reopened),
            Self::Convert => ("convert", Flash::Converted),
            Self::Categorise => ("categorise", Flash::Categorised),
            Self::Unmerge => ("unmerge", Flash::Unmerged),
        }
    }

    async fn run(
        self,
        tx: &TenantTx,
        case: CaseId,
        staff: &Staff<may::HandleCases>,
        sent: &Fields,
    ) -> Result<(), Problem> {
        let actor = staff.member();
        match self {
            Self::Claim => desk::claim(tx, case, actor).await?,
            Self::Release => desk::release(tx, case, actor).await?,
            Self::LogContact => {
                let request: ContactMomentRequest = sent.read()?;
                let contact = request.parse(staff.site.tenant.zone)?;
                desk::log_contact(tx, case, actor, contact).await?;
                return Ok(());
            }
            Self::Close => {
                let closing = sent.read::<CloseRequest>()?.parse()?;
                desk::close(tx, case, actor, closing, staff.site.links()).await?
            }
            Self::Reopen => {
                let reopening = sent.read::<ReopenRequest>()?.parse()?;
                desk::reopen(tx, case, actor, reopening).await?
            }
            Self::Convert => {
                let conversion = sent.read::<ConvertRequest>()?.parse()?;
                desk::convert(tx, case, actor, conversion).await?
            }
            Self::Categorise => {
                let request: CaseCategoryRequest = sent.read()?;
                desk::categorise(tx, case, actor, request.parse()).await?
            }
            Self::Unmerge => {
                let request: UnmergeRequest = sent.read()?;
                desk::unmerge(tx, case, actor, &request.reason).await?
            }
        };
        Ok(())
    }
}

/// Does something with a case and goes back to its page, which says that it was done. A refusal is shown at the form it belongs to.
pub async fn act(
    action: Action,
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    let (form, flash) = action.form();
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let case = cases::seen_by_reference(tx, staff.viewer(), &reference.0).await?;
            action.run(tx, case.id, &staff, fields).await?;
            let place = format!("/balie/meldingen/{}", case.reference);
            Ok(html::redirect_with_flash(flash, &place))
        },
        async |refused| again(&staff, &reference.0, form, refused).await,
    )
    .await
}

/// Shows the page again with what went wrong.
async fn again<P: Grants>(
    staff: &Staff<P>,
    reference: &str,
    form: &'static str,
    refused: Refused,
) -> HandlerResult {
    let language = staff.site.language;
    let outcome = FormOutcome {
        form,
        state: if form == "gift" {
            my_gifts::named(refused.fields, &refused.errors, language)
        } else {
            FormState::refused_on(form, refused.fields, &refused.errors, language)
        },
        notice: refused.notice,
        seen: String::new(),
    };
    show(staff, reference, outcome, refused.status).await
}

/// Gives a gift.
pub async fn give_gift(
    staff: Staff<may::GiveGifts>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
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
        let case = cases::seen_by_reference(&tx, staff.viewer(), &reference.0)
            .await?
            .id;
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
