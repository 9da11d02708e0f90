//! The receipt: reference, promise and a full copy of what was sent.

use actix_web::HttpRequest;
use askama::Template;
use domain::{
    Error,
    files::{self, FileId},
    intake::{self, CopyStep},
    scores, submissions,
};

use super::{form_session, preview::Preview, samples, view::LocalizedText};
use crate::{
    extract::{self, Municipality, PathName},
    files::served,
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "intake/receipt.html")]
pub(super) struct ReceiptPage {
    pub(super) page: Page,
    pub(super) title: LocalizedText,
    pub(super) reference: String,
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
}

/// The receipt.
pub async fn show(site: Municipality, code: PathName) -> HandlerResult {
    let site = site.0;
    let tx = site.read().await?;
    let receipt = intake::receipt(&tx, &code.0).await?;
    let awaited = match &receipt.case {
        Some(case) => scores::is_awaited(&tx, case.id).await?,
        None => false,
    };
    let mail_held = receipt.submission.mail_held_at.is_some();
    html::ok(&ReceiptPage {
        title: form_session::title(&site, &receipt.form),
        reference: receipt.reference.clone(),
        promise: receipt.promise(site.language, site.tenant.zone),
        is_complaint: receipt.is_complaint(),
        received: site
            .language
            .instant(receipt.submission.submitted_at, site.tenant.zone),
        copy: receipt.copy(site.language, site.has_scanner())?,
        files_base: format!("/melding/{}/bestanden", code.0),
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
        score_path: awaited.then(|| format!("/cijfer/{}", code.0)),
        page: Page::public(&site),
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
    let submission = submissions::by_receipt(&tx, &code).await?;
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
        };
        vec![page(None), page(Some(samples::MOMENT))]
    }
}
