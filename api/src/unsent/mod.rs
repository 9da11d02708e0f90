//! What somebody typed at a case and did not send yet: kept while they type, or by a button, and found again.

mod kept;

use actix_web::{
    HttpResponse,
    web::{self, ServiceConfig, get, post},
};
use domain::{
    Error,
    cases::{self, CaseId, Viewer},
    unsent::{self, Unsent, UnsentForm},
};
use tenants::{TenantTx, permission::may};

use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Staff},
    html::{self, Flash, FormPage, FormState, Page, PageSamples},
    problem::HandlerResult,
};

/// The field in which a page says what its reader saw of a case: the id of the newest event.
pub(crate) const SEEN: &str = "_gezien";
/// Where a form keeps, for its own page, when it was found again.
const TYPED: &str = "_getypt";

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[PageSamples::of::<kept::KeptPage>("unsent/kept.html")];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(web::resource("/balie/meldingen/{name}/concept").route(post().to(keep)))
        .service(web::resource("/balie/meldingen/{name}/concept/weggooien").route(post().to(drop)))
        .service(web::resource("/bewaard/{id}").route(get().to(kept::page)))
        .service(web::resource("/bewaard/{id}/weggooien").route(post().to(kept::drop)));
}

/// A form with what was typed in it before and not sent.
pub(crate) fn found(unsent: &Unsent, at: String) -> FormState {
    FormState::filled(Fields::of(unsent.fields.clone())).with(TYPED, at)
}

/// A page of one form, empty so far, with what its reader typed in it before and did not send.
pub(crate) async fn found_again(
    tx: &TenantTx,
    case: CaseId,
    (staff, form): (&Staff<impl tenants::Grants>, UnsentForm),
    shown: FormPage,
) -> Result<FormPage, Error> {
    if shown.form.fields().iter().next().is_some() {
        return Ok(shown);
    }
    let unsent = unsent::find(tx, case, staff.member().id, form).await?;
    let page = Page::staff(staff);
    Ok(match unsent {
        Some(unsent) => FormPage {
            form: found(&unsent, page.when(unsent.saved_at).text),
            ..shown
        },
        None => shown,
    })
}

/// The page on which a form stands.
fn place(reference: &str, form: UnsentForm) -> String {
    let page = format!("/balie/meldingen/{reference}");
    match form {
        UnsentForm::Message => format!("{page}/berichten"),
        UnsentForm::Conversation => format!("{page}/gesprek"),
        _ => page,
    }
}

/// Keeps what was typed: the script asks quietly, the button leads back to the page.
async fn keep(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    let fields = posted.0;
    let form: UnsentForm = (fields.text("_formulier").parse()).map_err(|_| Error::NotFound)?;
    let tx = staff.write().await?;
    let viewer = Viewer::of(staff.member());
    let case = cases::seen_by_reference(&tx, viewer, &reference.0).await?;
    if case.erased_at.is_none() {
        let typed = (fields.iter()).map(|(name, typed)| (name.to_owned(), typed.to_owned()));
        unsent::keep(&tx, case.id, staff.member().id, form, typed).await?;
    }
    tx.commit().await?;
    if fields.text("_stil") == "ja" {
        return Ok(HttpResponse::NoContent().finish());
    }
    let place = place(&case.reference, form);
    Ok(html::redirect_with_flash(Flash::UnsentKept, &place))
}

/// Throws away what was typed.
async fn drop(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    let form = posted.0.text("_formulier");
    let form: UnsentForm = form.parse().map_err(|_| Error::NotFound)?;
    let tx = staff.write().await?;
    let viewer = Viewer::of(staff.member());
    let case = cases::seen_by_reference(&tx, viewer, &reference.0).await?;
    unsent::forget(&tx, case.id, staff.member().id, form).await?;
    tx.commit().await?;
    let place = place(&case.reference, form);
    Ok(html::redirect_with_flash(Flash::UnsentDropped, &place))
}
