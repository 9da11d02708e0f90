//! Choosing a password, from the link in a mail. Opening the page changes nothing: mail scanners open links too.

use askama::Template;
use domain::{Code, people};
use secrecy::SecretString;
use tenants::{password_link::LinkPurpose, session};

use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Site},
    html::{self, FormPage, FormState, Page, Refused, SampleFrame, Samples},
    people::sender,
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "account/forgot.html")]
pub(super) struct ForgotPage {
    page: Page,
    sent: bool,
}

#[derive(Template)]
#[template(path = "account/password.html")]
pub(super) struct PasswordPage {
    page: Page,
    name: String,
    email: String,
    action: String,
    welcome: bool,
    form: FormState,
}

/// Asks whose password was forgotten.
pub async fn show_forgot(site: Site) -> HandlerResult {
    html::ok(&ForgotPage {
        page: Page::public(&site),
        sent: false,
    })
}

/// Mails a link, if there is such an account. Everybody gets the same answer, and asking is throttled as sign-ins are.
///
/// # Errors
/// When too many were asked for, or the database does not answer.
pub async fn forgot(site: Site, posted: Posted) -> HandlerResult {
    let email = posted.0.text("email").replace('\0', "");
    let address = site
        .address
        .map(|address| address.to_string())
        .unwrap_or_default();
    let tx = site.write().await?;
    let keys = &site.app.throttle_keys;
    let asked = session::record_link_request(
        &tx,
        keys.sign(&format!(
            "link {} {}",
            site.tenant.id,
            email.trim().to_lowercase()
        )),
        keys.sign(&format!("link {address}")),
    )
    .await?;
    if asked {
        people::send_reset_link(&tx, sender(&site), &email).await?;
    }
    tx.commit().await?;
    html::ok(&ForgotPage {
        page: Page::public(&site),
        sent: true,
    })
}

async fn page(site: &Site, code: &str, shown: FormPage) -> HandlerResult {
    let tx = site.read().await?;
    let link = people::password_link(&tx, code).await?;
    html::render(
        shown.status,
        &PasswordPage {
            page: Page::public(site),
            welcome: link.purpose == LinkPurpose::Invitation,
            name: link.staff.name,
            email: link.staff.email,
            action: format!("/wachtwoord/{code}"),
            form: shown.form,
        },
    )
}

/// The page behind the link.
///
/// # Errors
/// [`Code::PasswordLinkExpired`].
pub async fn show(site: Site, code: PathName) -> HandlerResult {
    page(&site, &code.0, FormPage::default()).await
}

/// Sets the password; the next page is that of signing in.
pub async fn choose(site: Site, code: PathName, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    let (password, again) = (fields.text("password"), fields.text("again"));
    let tx = site.read().await?;
    let link = people::password_link(&tx, &code.0).await?;
    drop(tx);
    if let Err(error) = people::check_password(&link.staff, password, again) {
        let refused = Refused::new(error.into(), Fields::default(), site.language)?;
        return page(&site, &code.0, refused.into()).await;
    }
    let hash = site
        .app
        .password_cost
        .hash(SecretString::from(password))
        .await?;
    let tx = site.write().await?;
    match people::choose_password(&tx, sender(&site), &code.0, hash).await {
        Ok(_) => tx.commit().await?,
        // Used a moment ago, by a second press of the button.
        Err(error) if error.code() == Code::PasswordLinkExpired => {}
        Err(error) => return Err(error.into()),
    }
    Ok(html::redirect_with_flash(
        html::Flash::PasswordChosen,
        "/inloggen",
    ))
}

impl Samples for ForgotPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        [false, true]
            .map(|sent| Self {
                page: frame.resident(),
                sent,
            })
            .into()
    }
}

impl Samples for PasswordPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |welcome, shown: FormPage| Self {
            page: frame.resident(),
            name: "Sanne de Boer".to_owned(),
            email: "balie@gemeente.example".to_owned(),
            action: "/wachtwoord/code".to_owned(),
            welcome,
            form: shown.form,
        };
        let refused = FormPage::refused_sample("password", "required", frame.language);
        vec![page(true, FormPage::default()), page(false, refused)]
    }
}
