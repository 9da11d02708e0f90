//! Whether a request may come to a municipality at all: decided here, before any handler, so that no page and no operation can forget it.
//!
//! What a municipality that left had, nobody gets, at any address. Of one that is being prepared its own staff gets everything and residents
//! get its front page. Of a suspended one residents get everything, and nobody is signed in ([`super::signed_in`]).

use actix_web::{
    HttpRequest,
    http::{Method, header},
};
use domain::Code;
use tenants::TenantState;

use super::{Site, app_state, host, is_api, signed_in};
use crate::problem::Problem;

/// Files that give a page its style, and the choice of its language.
const FRAME: [&str; 5] = [
    "/static/",
    "/thema-",
    "/huisstijl/",
    "/taal/",
    "/favicon.ico",
];
/// What a load balancer asks for, at any host.
const HEALTH: [&str; 2] = ["/healthz", "/health/ready"];
/// Where staff signs in and chooses a password.
const ACCOUNT: [&str; 5] = [
    "/inloggen",
    "/wachtwoord",
    "/uitloggen",
    "/account",
    "/api/v1/sessions",
];
/// Pages of staff, which lead somebody who is not signed in to the sign-in page.
const STAFF: [&str; 5] = ["/balie", "/beheer", "/attenties", "/berichten", "/mijn-"];
/// Where a mail gateway brings mails, under a signature of its own.
const GATEWAY: &str = "/api/v1/inbound-mail";

/// Why a request does not reach its handler.
pub(crate) enum Turned {
    /// It ends with a problem.
    Away(Problem),
    /// It gets the front page of a municipality that is being prepared.
    ToFrontPage,
}

fn lies_in(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| path.starts_with(place))
}

/// Lets a request through to its handler, or not.
pub(crate) async fn gate(request: &HttpRequest) -> Result<(), Turned> {
    let path = request.path();
    if lies_in(path, &FRAME) || HEALTH.contains(&path) {
        return Ok(());
    }
    let away = |problem: Problem| Err(Turned::Away(problem));
    let app = match app_state(request) {
        Ok(app) => app,
        Err(problem) => return away(problem),
    };
    // Handlers that need no municipality answer also when the database does not, and at a host that nobody has.
    let host = host(request).unwrap_or_default();
    let Ok(Some(tenant)) = app.directory.by_host(&host).await else {
        return Ok(());
    };
    match tenant.state {
        TenantState::Left => away(Problem::code(Code::TenantLeft)),
        TenantState::Suspended if lies_in(path, &ACCOUNT) => {
            away(Problem::code(Code::TenantSuspended))
        }
        TenantState::Active | TenantState::Suspended => Ok(()),
        TenantState::Preparing if lies_in(path, &ACCOUNT) => Ok(()),
        TenantState::Preparing if path == GATEWAY && *request.method() == Method::POST => Ok(()),
        TenantState::Preparing => being_prepared(request).await,
    }
}

async fn being_prepared(request: &HttpRequest) -> Result<(), Turned> {
    let who = async {
        let site = Site::of(request).await?;
        signed_in(request, &site).await
    };
    let path = request.path();
    match who.await {
        Err(problem) => return Err(Turned::Away(problem)),
        Ok(Some(_)) => return Ok(()),
        Ok(None) => {}
    }
    let tries_to_be_staff = if is_api(request) {
        request.headers().contains_key(header::AUTHORIZATION)
    } else {
        lies_in(path, &STAFF)
    };
    if tries_to_be_staff {
        Err(Turned::Away(Problem::code(Code::NotSignedIn)))
    } else if path == "/" && *request.method() == Method::GET {
        Err(Turned::ToFrontPage)
    } else {
        Err(Turned::Away(domain::Error::NotFound.into()))
    }
}
