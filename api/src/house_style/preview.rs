//! What is worked on, as residents and colleagues would see it: real pages with invented content in the draft of the house style, in a frame.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use domain::{Error, Language, house_style, mail, style::HouseStyle, texts};
use tenants::{Tenant, permission::may};

use crate::{
    extract::{PathName, Staff},
    html::{self, PageSamples, SampleFrame},
    problem::{HandlerResult, Problem},
    queue, site,
};

/// What can be looked at.
pub(super) const PREVIEWS: [&str; 3] = ["inwoner", "werkplek", "mail"];

/// A page that our own pages may show in a frame. Its forms and scripts are switched off by the frame.
const FRAMED_PAGE: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; \
     frame-ancestors 'self'; base-uri 'none'";
/// A mail in a frame: all of its style stands in it.
const FRAMED_MAIL: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'none'; frame-ancestors 'self'; \
     base-uri 'none'";

fn framed(html: String, policy: &'static str) -> HttpResponse {
    let mut answer = html::answer(StatusCode::OK, html);
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        header::HeaderValue::from_static(policy),
    );
    headers.insert(
        header::X_FRAME_OPTIONS,
        header::HeaderValue::from_static("SAMEORIGIN"),
    );
    answer
}

async fn draft(actor: &Staff<may::ManageStyle>) -> Result<HouseStyle, Problem> {
    let tx = actor.read().await?;
    let versions = house_style::versions(&tx, None).await?;
    let overview = house_style::overview(&actor.site.tenant, &versions);
    Ok(overview.current().clone())
}

/// The last sample of a page: the one with the most on it.
fn sample(pages: &[PageSamples], template: &str, frame: &SampleFrame) -> Result<String, Problem> {
    let page = pages.iter().find(|page| page.template == template);
    let samples = page.ok_or(Error::NotFound)?.render(frame);
    let last = samples.map_err(Error::bug)?.into_iter().next_back();
    Ok(last.ok_or(Error::NotFound)?)
}

fn receipt_mail(tenant: &Tenant, style: &HouseStyle, language: Language) -> Result<String, Error> {
    let mut tenant = tenant.clone();
    tenant.style = serde_json::to_value(style).map_err(Error::bug)?;
    let words = |name| -> Result<String, Error> {
        let item = texts::item(&tenant.texts, name)?;
        let says = item.says.into_iter().find(|one| one.language == language);
        let says = says.ok_or(Error::NotFound)?;
        let words = says.own.unwrap_or(says.usual);
        Ok(texts::example(&words, &tenant.name, language))
    };
    let (subject, body) = (words("mail-receipt")?, words("mail-receipt-body")?);
    let logo = mail::logo_file(style).map(|file| format!("/huisstijl/{file}"));
    let said = (subject.as_str(), body.as_str());
    Ok(mail::as_html(
        &tenant,
        language.as_str(),
        said,
        logo.as_deref(),
    ))
}

/// A page, or a mail, in the draft.
///
/// # Errors
/// When there is no such preview.
pub async fn page(actor: Staff<may::ManageStyle>, name: PathName) -> HandlerResult {
    let style = draft(&actor).await?;
    let (tenant, language) = (&actor.site.tenant, actor.site.language);
    if name.0 == "mail" {
        return Ok(framed(receipt_mail(tenant, &style, language)?, FRAMED_MAIL));
    }
    let sheet = style.stylesheet().unwrap_or_default();
    let frame = SampleFrame {
        language,
        organisation: tenant.name.clone(),
        texts: Arc::clone(&tenant.texts),
        style,
        assets: actor.site.app.assets.base(),
        theme: format!("/beheer/huisstijl/voorbeeld.css?v={}", sheet.hash),
    };
    let page = match name.0.as_str() {
        "inwoner" => sample(site::SAMPLES, "site/home.html", &frame)?,
        "werkplek" => sample(queue::SAMPLES, "queue/queue.html", &frame)?,
        _ => return Err(Error::NotFound.into()),
    };
    Ok(framed(page, FRAMED_PAGE))
}

/// The stylesheet of the draft.
pub async fn theme(actor: Staff<may::ManageStyle>) -> HandlerResult {
    let sheet = draft(&actor).await?.stylesheet().unwrap_or_default();
    Ok(HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .body(sheet.css))
}
