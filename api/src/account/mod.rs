//! Signing in and out.

mod api;
mod pages;
mod password;

use actix_web::web::{self, ServiceConfig, get, post};

use chrono::TimeDelta;
use domain::{
    Code, Error, Language,
    audit::{self, Action},
};
use secrecy::SecretString;
use serde_json::json;
use tenants::session::{self, Credentials, SessionKind, SignIn, SignedIn};
use tenants::staff;

use crate::{extract::Site, html::PageSamples, problem::Problem};

/// Checks a password. A refusal reveals neither which of the two was wrong nor whether there is such an account.
async fn check_credentials(
    site: &Site,
    email: &str,
    password: &str,
    kind: SessionKind,
) -> Result<(SignedIn, String), Problem> {
    let app = &site.app;
    // No address holds one, and no database can search for it.
    let email = email.replace('\0', "");
    let account = format!("{} {}", site.tenant.id, email.trim().to_lowercase());
    let address = site
        .address
        .map(|address| address.to_string())
        .unwrap_or_default();
    let known = email.clone();
    let credentials = Credentials {
        email,
        password: SecretString::from(password),
        account_hash: app.throttle_keys.sign(&account),
        address_hash: app.throttle_keys.sign(&address),
    };
    match session::sign_in(
        &app.db,
        site.tenant.id,
        credentials,
        kind,
        app.password_cost,
    )
    .await?
    {
        SignIn::Accepted { signed_in, code } => {
            let id = signed_in.staff.id;
            let tx = site.write().await?;
            let details = json!({ "kind": kind });
            let object = ("staff", Some(id.0));
            audit::record(&tx, Some(id), Action::SessionStart, object, details).await?;
            tx.commit().await?;
            Ok((*signed_in, code))
        }
        SignIn::Refused => {
            note_refusal(site, &known).await?;
            Err(Problem::code(Code::WrongCredentials))
        }
        SignIn::Throttled(until) => {
            // In whole minutes: the first one in which signing in is possible again.
            let shown = until + TimeDelta::seconds(59);
            let now = app.db.now();
            let moment = Language::moment(site.language, shown, site.tenant.zone, now);
            let seconds = (until - now).num_seconds() + 1;
            let throttled = Error::refused_because(Code::SignInBraked, "moment", moment);
            Err(Problem::from(throttled).retry_after(seconds))
        }
    }
}

/// Notes a sign-in that failed: each one to an account, of which there are at most as many as throttling lets through, and one a minute to
/// addresses without an account. What was typed is not noted: it may be a password.
async fn note_refusal(site: &Site, email: &str) -> Result<(), Problem> {
    let tx = site.write().await?;
    let account = staff::by_email(&tx, email).await?.map(|member| member.id.0);
    let since = tx.now() - TimeDelta::minutes(1);
    let action = Action::SessionRefuse;
    if account.is_some() || !audit::recorded_since(&tx, None, action, None, since).await? {
        audit::record(&tx, None, action, ("staff", account), json!({})).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Samples of the pages of this room.
pub(crate) const SAMPLES: &[PageSamples] = &[
    PageSamples::of::<pages::SignInPage>("account/sign_in.html"),
    PageSamples::of::<pages::AccountPage>("account/account.html"),
    PageSamples::of::<password::ForgotPage>("account/forgot.html"),
    PageSamples::of::<password::PasswordPage>("account/password.html"),
];

/// The pages of this room.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/inloggen")
                .route(get().to(pages::show_sign_in))
                .route(post().to(pages::sign_in)),
        )
        .service(
            web::resource("/wachtwoord")
                .route(get().to(password::show_forgot))
                .route(post().to(password::forgot)),
        )
        .service(
            web::resource("/wachtwoord/{name}")
                .route(get().to(password::show))
                .route(post().to(password::choose)),
        )
        .service(web::resource("/uitloggen").route(post().to(pages::sign_out)))
        .service(web::resource("/account/wachtwoord").route(post().to(pages::change_password)))
        .service(web::resource("/account/taal").route(post().to(pages::choose_language)))
        .service(web::resource("/account").route(get().to(pages::account)));
}

/// The operations of this room, below `/api/v1`.
pub fn api(config: &mut utoipa_actix_web::service_config::ServiceConfig<'_>) {
    config
        .service(api::sign_in)
        .service(api::refresh)
        .service(api::sign_out)
        .service(api::account);
}
