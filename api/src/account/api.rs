//! Signing in for programs: a short access token and a refresh token that changes at every use.

use actix_web::{HttpResponse, delete, get, post};
use chrono::{DateTime, Utc};
use domain::Code;
use serde::{Deserialize, Serialize};
use tenants::{
    Permission,
    permission::may,
    session::{self, ACCESS_LIFETIME, SessionKind, SignedIn},
    staff::StaffMember,
};
use utoipa::ToSchema;

use super::check_credentials;
use crate::{
    extract::{Json, Site, Staff},
    problem::{HandlerResult, Problem},
};

/// Who wants to sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = SignInRequest)]
pub struct Credentials {
    /// Mail address of the account.
    #[schema(example = "balie@waterdam.example")]
    email: String,
    /// Password.
    #[schema(format = Password)]
    password: String,
}

/// A refresh token to trade.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RefreshRequest)]
pub struct Trade {
    /// The refresh token of the last answer. Each can be used once; using an old one ends the session.
    refresh_token: String,
}

/// A pair of tokens.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Tokens {
    /// For the header `Authorization: Bearer …`.
    access_token: String,
    /// Until when the access token is good.
    access_expires_at: DateTime<Utc>,
    /// To get a new pair with.
    refresh_token: String,
    /// Until when the session can be refreshed.
    session_expires_at: DateTime<Utc>,
}

/// The signed-in member of staff.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Who.
    #[serde(flatten)]
    member: StaffMember,
    /// What the roles allow.
    permissions: Vec<Permission>,
}

fn tokens(site: &Site, signed_in: &SignedIn, refresh_token: String) -> HandlerResult {
    let now = site.app.db.now();
    Ok(HttpResponse::Created().json(Tokens {
        access_token: site
            .app
            .access_tokens
            .issue(site.tenant.id, signed_in, now)?,
        access_expires_at: now + ACCESS_LIFETIME,
        refresh_token,
        session_expires_at: signed_in.expires_at,
    }))
}

/// Sign in
///
/// After five failures within a quarter of an hour an account is closed for the rest of it.
#[utoipa::path(tag = "account", operation_id = "createSession", request_body = Credentials, responses(
    (status = 201, description = "Welcome", body = Tokens),
    (status = 401, description = "Address or password is wrong", body = crate::problem::ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/sessions")]
pub async fn sign_in(site: Site, credentials: Json<Credentials>) -> HandlerResult {
    let Credentials { email, password } = credentials.0;
    let (signed_in, code) =
        check_credentials(&site, &email, &password, SessionKind::Program).await?;
    tokens(&site, &signed_in, code)
}

/// Trade a refresh token for a new pair
#[utoipa::path(tag = "account", operation_id = "refreshSession", request_body = Trade, responses(
    (status = 201, description = "A new pair", body = Tokens),
    (status = 401, description = "The token is not good, or no longer", body = crate::problem::ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/sessions/_refresh")]
pub async fn refresh(site: Site, trade: Json<Trade>) -> HandlerResult {
    let tx = site.write().await?;
    let traded = session::refresh(&tx, &trade.0.refresh_token).await?;
    // Also when it was refused: a token used twice has ended its session.
    tx.commit().await?;
    let (signed_in, code) = traded.ok_or_else(|| Problem::code(Code::NotSignedIn))?;
    tokens(&site, &signed_in, code)
}

/// Sign out
#[utoipa::path(tag = "account", operation_id = "deleteCurrentSession", security(("bearer" = [])), responses((status = 204, description = "Signed out; both tokens are worthless at once")))]
#[delete("/sessions/current")]
pub async fn sign_out(staff: Staff<may::UseAccount>) -> HandlerResult {
    let tx = staff.write().await?;
    session::end(&tx, staff.signed_in.session).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Who is signed in
#[utoipa::path(tag = "account", operation_id = "getAccount", security(("bearer" = [])), responses((status = 200, description = "The account", body = Account)))]
#[get("/account")]
pub async fn account(staff: Staff<may::UseAccount>) -> HandlerResult {
    let permissions = Permission::ALL.iter().copied();
    Ok(HttpResponse::Ok().json(Account {
        member: staff.member().clone(),
        permissions: permissions.filter(|one| staff.may(*one)).collect(),
    }))
}
