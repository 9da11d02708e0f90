//! The receipt: reference, promise and a full copy of what was sent.

use actix_web::HttpResponse;
use askama::Template;
use domain::{
    intake::{self, CopyStep},
    scores,
};

use super::pages::title;
use crate::{
    extract::{Municipality, Name},
    html::{self, Shell},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "intake/receipt.html")]
struct ReceiptPage {
    shell: Shell,
    title: String,
    reference: String,
    promise: String,
    received: String,
    copy: Vec<CopyStep>,
    mailed: Option<String>,
    score_path: Option<String>,
}

/// The receipt.
///
/// # Errors
/// When there is no such receipt.
pub async fn show(site: Municipality, code: Name) -> Result<HttpResponse, Problem> {
    let site = site.0;
    let tx = site.read().await?;
    let receipt = intake::receipt(&tx, &code.0).await?;
    let awaited = scores::is_awaited(&tx, receipt.case.id).await?;
    html::ok(&ReceiptPage {
        title: title(&site, &receipt.form),
        reference: receipt.case.reference.clone(),
        promise: intake::promise(&receipt.case, site.language, site.tenant.zone),
        received: site
            .language
            .instant(receipt.submission.submitted_at, site.tenant.zone),
        copy: receipt.copy(site.language)?,
        mailed: receipt.case.contact_email.clone(),
        score_path: awaited.then(|| format!("/cijfer/{}", code.0)),
        shell: Shell::public(&site),
    })
}
