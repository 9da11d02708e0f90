//! Choosing a password, from the link in a mail. Looking at the page changes nothing: mail scanners look too.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{Code, people};
use secrecy::SecretString;
use tenants::{password_link::LinkPurpose, session};

use crate::{
    admin::people::sender,
    csrf::Posted,
    extract::{PathName, Site},
    html::{self, FormState, Page},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "account/forgot.html")]
struct ForgotPage {
    page: Page,
    sent: bool,
}

#[derive(Template)]
#[template(path = "account/password.html")]
struct PasswordPage {
    page: Page,
    name: String,
    email: String,
    action: String,
    welcome: bool,
    form: FormState,
}

/// Asks whose password was forgotten.
pub async fn ask(site: Site) -> Result<HttpResponse, Problem> {
    html::ok(&ForgotPage {
        page: Page::public(&site),
        sent: false,
    })
}

/// Mails a link, if there is such an account. Everybody is told the same, and asking is throttled as sign-ins are.
///
/// # Errors
/// When too many were asked for, or the database does not answer.
pub async fn forgot(site: Site, posted: Posted) -> Result<HttpResponse, Problem> {
    let email = posted.0.text("email").replace('\0', "");
    let address = site
        .address
        .map(|address| address.to_string())
        .unwrap_or_default();
    let tx = site.write().await?;
    let brake = &site.app.brake;
    let asked = session::record_link_request(
        &tx,
        brake.sign(&format!(
            "link {} {}",
            site.tenant.id,
            email.trim().to_lowercase()
        )),
        brake.sign(&format!("link {address}")),
    )
    .await?;
    if asked {
        people::forgot(&tx, sender(&site), &email).await?;
    }
    tx.commit().await?;
    html::ok(&ForgotPage {
        page: Page::public(&site),
        sent: true,
    })
}

async fn page(
    site: &Site,
    code: &str,
    form: FormState,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let tx = site.read().await?;
    let link = people::behind(&tx, code).await?;
    html::render(
        status,
        &PasswordPage {
            page: Page::public(site),
            welcome: link.purpose == LinkPurpose::Invitation,
            name: link.staff.name,
            email: link.staff.email,
            action: format!("/wachtwoord/{code}"),
            form,
        },
    )
}

/// The page behind the link.
///
/// # Errors
/// [`Code::LinkExpired`].
pub async fn show(site: Site, code: PathName) -> Result<HttpResponse, Problem> {
    page(&site, &code.0, FormState::empty(), StatusCode::OK).await
}

/// Sets the password; the next page is the door.
///
/// # Errors
/// As [`show`]; what is wrong with the password is told on the page, where passwords are never shown again.
pub async fn choose(site: Site, code: PathName, posted: Posted) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let (password, again) = (fields.text("password"), fields.text("again"));
    let tx = site.read().await?;
    let link = people::behind(&tx, &code.0).await?;
    drop(tx);
    if let Err(error) = people::check_password(&link.staff, password, again) {
        let errors = Problem::from(error).into_field_errors()?;
        let form = FormState::refused(crate::csrf::Fields::default(), &errors, site.language);
        return page(&site, &code.0, form, StatusCode::BAD_REQUEST).await;
    }
    let hash = site
        .app
        .password_cost
        .hash(SecretString::from(password))
        .await?;
    let tx = site.write().await?;
    match people::choose_password(&tx, &code.0, hash).await {
        Ok(_) => tx.commit().await?,
        // Used a moment ago, by a second press of the button.
        Err(error) if error.code() == Code::LinkExpired => {}
        Err(error) => return Err(error.into()),
    }
    Ok(html::see_other("/inloggen?nieuw=1"))
}
