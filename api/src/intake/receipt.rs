//! The receipt: reference, promise and a full copy of what was sent.

use actix_web::HttpRequest;
use askama::Template;
use domain::{
    Error, cases,
    files::{self, FileId},
    intake::{CopyStep, Receipt},
    scores,
};
use tenants::TenantTx;

use super::{form_session, preview::Preview, samples, view::LocalizedText};
use crate::{
    extract::{self, Municipality, Site},
    files::served,
    html::{Page, SampleFrame, Samples},
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "intake/receipt.html")]
pub(crate) struct ReceiptPage {
    pub(super) page: Page,
    pub(super) title: LocalizedText,
    pub(super) reference: String,
    /// Whether staff sent it to try the form out.
    pub(super) is_trial: bool,
    pub(super) promise: String,
    pub(super) is_complaint: bool,
    pub(super) received: String,
    pub(super) copy: Vec<CopyStep>,
    pub(super) files_base: String,
    pub(super) mailed: Option<String>,
    pub(super) mail_held: bool,
    pub(super) score_path: Option<String>,
    /// That the contents were erased, and when.
    pub(super) erased: Option<String>,
    pub(super) preview: Option<Preview>,
    /// The short code, for whoever left no address.
    pub(super) short_code: Option<String>,
    /// What has become of it and what can be done, rendered by the room `resident`.
    pub(crate) life: Option<String>,
}

/// The receipt that the link with `code` opens.
pub(crate) async fn page(
    tx: &TenantTx,
    site: &Site,
    code: &str,
    receipt: &Receipt,
) -> Result<ReceiptPage, Problem> {
    let awaited = match &receipt.case {
        Some(case) => scores::is_awaited(tx, case.id).await?,
        None => false,
    };
    let mail_held = receipt.submission.mail_held_at.is_some();
    Ok(ReceiptPage {
        title: form_session::title(site, &receipt.form),
        is_trial: cases::is_trial(&receipt.reference),
        reference: receipt.reference.clone(),
        promise: receipt.promise(site.language, site.tenant.zone),
        is_complaint: receipt.is_complaint(),
        received: site
            .language
            .instant(receipt.submission.submitted_at, site.tenant.zone),
        copy: receipt.copy(site.language, site.has_scanner())?,
        files_base: format!("/melding/{code}/bestanden"),
        mailed: receipt.email.clone().filter(|_| !mail_held),
        mail_held: mail_held && receipt.email.is_some(),
        erased: receipt
            .case
            .as_ref()
            .and_then(|case| case.erased_at)
            .map(|at| {
                let moment = site.language.instant(at, site.tenant.zone);
                site.language
                    .text_with("receipt-erased", &[("moment", &moment)])
            }),
        preview: None,
        score_path: awaited.then(|| format!("/cijfer/{code}")),
        short_code: receipt.email.is_none().then(|| cases::short_code(code)),
        life: None,
        page: Page::public(site),
    })
}

/// A file of one's own receipt.
pub async fn file(request: HttpRequest, site: Municipality) -> HandlerResult {
    let site = site.0;
    let code = extract::path_segment(&request, "code")?;
    let id: FileId = extract::path_segment(&request, "id")?
        .parse()
        .map_err(|_| Error::NotFound)?;
    let tx = site.read().await?;
    let (submission, _) = cases::by_code(&tx, &code).await?;
    let file = files::get(&tx, id).await?;
    if file.submission_id != Some(submission.id) {
        return Err(Error::NotFound.into());
    }
    drop(tx);
    served(&site, &file).await
}

impl Samples for ReceiptPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |erased: Option<&str>| Self {
            page: frame.resident(),
            title: samples::words("Klacht of compliment"),
            reference: "WD-7K2M".to_owned(),
            is_trial: erased.is_none(),
            promise: "25-11-2026 17:00".to_owned(),
            is_complaint: erased.is_none(),
            received: samples::MOMENT.to_owned(),
            copy: crate::desk::samples::copy(),
            files_base: "/melding/code/bestanden".to_owned(),
            mailed: Some("inwoner@example.com".to_owned()),
            mail_held: false,
            score_path: erased.is_none().then(|| "/cijfer/code".to_owned()),
            erased: erased.map(str::to_owned),
            preview: None,
            short_code: erased.is_none().then(|| "7K4H-9XTR-3CFG".to_owned()),
            life: None,
        };
        vec![page(None), page(Some(samples::MOMENT))]
    }
}
