//! Back to a message: with its number and short code, or by a new link to the address that was left.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{Code, FieldErrors, resident};
use serde::Deserialize;
use tenants::{TenantTx, session};

use crate::{
    csrf::Posted,
    extract::{Municipality, Site},
    html::{self, FormPage, FormState, Notice, Page, SampleFrame, Samples},
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "resident/find.html")]
pub(super) struct FindPage {
    page: Page,
    code: FormState,
    link: FormState,
    notice: Option<Notice>,
}

impl FindPage {
    fn new(page: Page, by_code: FormPage, by_link: FormPage) -> Self {
        Self {
            page,
            code: by_code.form,
            link: by_link.form,
            notice: by_code.notice.or(by_link.notice),
        }
    }
}

/// Asks for the number of a message.
pub async fn page(site: Municipality) -> HandlerResult {
    let page = Page::public(&site.0);
    html::ok(&FindPage::new(
        page,
        FormPage::default(),
        FormPage::default(),
    ))
}

/// Counts a try for a reference, as sign-ins are counted: per municipality, reference and network address.
///
/// # Errors
/// [`Code::TooManyRequests`].
async fn count(tx: &TenantTx, site: &Site, reference: &str) -> Result<(), Problem> {
    let address = site
        .address
        .map(|address| address.to_string())
        .unwrap_or_default();
    let keys = &site.app.throttle_keys;
    let reference: String = reference
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(16)
        .collect();
    let about = keys.sign(&format!(
        "message {} {}",
        site.tenant.id,
        reference.to_ascii_uppercase()
    ));
    let from = keys.sign(&format!("message {} {address}", site.tenant.id));
    if session::record_link_request(tx, about, from).await? {
        Ok(())
    } else {
        Err(Problem::code(Code::TooManyRequests))
    }
}

/// A number with its short code.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ShortCode {
    reference: String,
    code: String,
}

/// Opens a message with its number and short code. A wrong pair, an unknown number and one of another municipality get the same answer.
pub async fn by_code(site: Municipality, posted: Posted) -> HandlerResult {
    let site = site.0;
    let fields = posted.0;
    let request: ShortCode = fields.read()?;
    let tx = site.write().await?;
    let counted = count(&tx, &site, &request.reference).await;
    // A try counts whether it is right or wrong.
    tx.commit().await?;
    let found = match counted {
        Ok(()) => {
            let tx = site.read().await?;
            resident::code_for(&tx, &request.reference, &request.code)
                .await
                .map_err(Problem::from)
        }
        Err(problem) => Err(problem),
    };
    let problem = match found {
        Ok(code) => return Ok(html::see_other(&format!("/melding/{code}"))),
        Err(problem) => problem,
    };
    let shown = match problem.error().code() {
        Code::NotFound => {
            let mut errors = FieldErrors::default();
            errors.add("code", "message_code");
            FormPage {
                form: FormState::refused_on("resident", fields, &errors, site.language),
                notice: None,
                status: StatusCode::NOT_FOUND,
            }
        }
        _ => html::Refused::new(problem, fields, site.language)?.on("resident"),
    };
    let status = shown.status;
    html::render(
        status,
        &FindPage::new(Page::public(&site), shown, FormPage::default()),
    )
}

/// Mails a new link, when number and address belong together. The answer is the same when they do not.
pub async fn by_mail(site: Municipality, posted: Posted) -> HandlerResult {
    let site = site.0;
    html::form_page(
        &site,
        posted.0,
        async |tx, fields| {
            let request: resident::LostLinkRequest = fields.read()?;
            let mut errors = FieldErrors::default();
            if request.reference.trim().is_empty() {
                errors.add("reference", "required");
            }
            if request.email.trim().is_empty() {
                errors.add("email", "required");
            }
            errors.into_result()?;
            count(tx, &site, &request.reference).await?;
            resident::mail_lost_link(tx, &request, site.links()).await?;
            Ok(html::redirect_with_flash(
                html::Flash::LinkAsked,
                "/melding",
            ))
        },
        async |refused| {
            let shown = refused.on("resident");
            let status = shown.status;
            html::render(
                status,
                &FindPage::new(Page::public(&site), FormPage::default(), shown),
            )
        },
    )
    .await
}

impl Samples for FindPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let refused = |field: &str| FormPage::refused_sample(field, "required", frame.language);
        let page = |code, link| Self::new(frame.resident(), code, link);
        vec![
            page(FormPage::default(), FormPage::default()),
            page(refused("code"), FormPage::default()),
            page(FormPage::default(), refused("email")),
        ]
    }
}
