//! Signing in and out.

mod api;
mod pages;
mod password;

use actix_web::web::{self, ServiceConfig, get, post};

use chrono::TimeDelta;
use domain::{Code, Error, Language};
use secrecy::SecretString;
use tenants::session::{self, Credentials, SessionKind, SignIn, SignedIn};

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
        SignIn::Accepted { signed_in, code } => Ok((*signed_in, code)),
        SignIn::Refused => Err(Problem::code(Code::WrongCredentials)),
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
