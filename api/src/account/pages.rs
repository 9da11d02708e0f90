//! The door of the desk.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;
use domain::{Code, Error, Language, audit};
use serde::Deserialize;
use tenants::{
    Permission,
    permission::{self, may},
    session::{self, SessionKind},
};

use super::try_password;
use crate::{
    csrf::{self, Posted},
    desk::view::Choice,
    extract::{Guest, Query, Site, Staff},
    html::{self, Notice, Page},
    problem::Problem,
    site::own_path,
};

#[derive(Template)]
#[template(path = "account/door.html")]
struct Door {
    page: Page,
    email: String,
    after: String,
    problem: Option<(String, String)>,
    chosen: bool,
    accounts: Vec<crate::demo::Account>,
}

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage {
    page: Page,
    name: String,
    email: String,
    roles: Vec<String>,
    languages: Vec<Choice>,
    notice: Option<Notice>,
}

/// Whether something was just kept.
#[derive(Deserialize)]
pub struct Flash {
    klaar: Option<String>,
}

/// Where to go after signing in.
#[derive(Deserialize)]
pub struct After {
    verder: Option<String>,
    nieuw: Option<String>,
}

fn door_page(
    site: &Site,
    email: &str,
    after: &str,
    problem: Option<(String, String)>,
    chosen: bool,
    status: StatusCode,
) -> Result<HttpResponse, Problem> {
    let accounts = if site.app.settings.demo {
        crate::demo::accounts(&site.tenant.slug, site.language)
    } else {
        Vec::new()
    };
    html::render(
        status,
        &Door {
            page: Page::public(site),
            email: email.to_owned(),
            after: own_path(after),
            problem,
            chosen,
            accounts,
        },
    )
}

/// The sign-in page; whoever is signed in goes on at once.
pub async fn door(guest: Guest, after: Query<After>) -> Result<HttpResponse, Problem> {
    let chosen = after.0.nieuw.is_some();
    let after = after.0.verder.unwrap_or_default();
    if let Some(signed_in) = &guest.signed_in {
        return Ok(html::see_other(&next(&after, &signed_in.staff.roles)));
    }
    door_page(&guest.site, "", &after, None, chosen, StatusCode::OK)
}

/// The page somebody asked for, or the first one that is theirs.
fn next(after: &str, roles: &[tenants::Role]) -> String {
    let after = own_path(after);
    if after != "/" {
        return after;
    }
    let places = [
        (Permission::ReadCases, "/balie"),
        (Permission::InspectGifts, "/beheer/attenties"),
        (Permission::OperatePlatform, "/beheer/taken"),
        (Permission::ReadPractices, "/beheer/praktijkvoorbeelden"),
        (Permission::ReadStaff, "/beheer/medewerkers"),
        (Permission::GiveGifts, "/attenties"),
    ];
    places
        .into_iter()
        .find(|(needed, _)| permission::allowed(roles, *needed))
        .map_or("/account", |(_, place)| place)
        .to_owned()
}

/// Tries a password.
///
/// # Errors
/// When the database does not answer; a wrong password shows the page again.
pub async fn sign_in(site: Site, posted: Posted) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let (email, after) = (fields.text("email").trim(), fields.text("verder"));
    let tried = try_password(&site, email, fields.text("password"), SessionKind::Browser).await;
    let (signed_in, code) = match tried {
        Ok(welcome) => welcome,
        Err(problem) => {
            let code = problem.error().code();
            if !matches!(code, Code::WrongCredentials | Code::SignInBraked) {
                return Err(problem);
            }
            let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::UNAUTHORIZED);
            let words = problem.localize(site.language);
            return door_page(&site, email, after, Some(words), false, status);
        }
    };
    let mut response = html::see_other(&next(after, &signed_in.staff.roles));
    let settings = &site.app.settings;
    let cookie = csrf::cookie(settings, csrf::session_cookie(settings), code);
    append(&mut response, &cookie);
    Ok(response)
}

fn append(response: &mut HttpResponse, cookie: &actix_web::cookie::Cookie<'_>) {
    if let Ok(value) = header::HeaderValue::from_str(&cookie.encoded().to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Signs out; a session that is over already is no reason to complain.
pub async fn sign_out(guest: Guest, _: Posted) -> Result<HttpResponse, Problem> {
    if let Some(signed_in) = &guest.signed_in {
        let tx = guest.site.write().await?;
        session::end(&tx, signed_in.session).await?;
        tx.commit().await?;
    }
    let settings = &guest.site.app.settings;
    let mut cookie = csrf::cookie(settings, csrf::session_cookie(settings), "");
    cookie.make_removal();
    let mut response = html::see_other("/inloggen");
    append(&mut response, &cookie);
    Ok(response)
}

/// One's own account.
///
/// # Errors
/// When nobody is signed in.
pub async fn account(
    staff: Staff<may::UseAccount>,
    done: Query<Flash>,
) -> Result<HttpResponse, Problem> {
    let member = staff.member();
    let language = staff.site.language;
    html::ok(&AccountPage {
        name: member.name.clone(),
        email: member.email.clone(),
        roles: member
            .roles
            .iter()
            .map(|role| language.text(&format!("role-{}", html::dashed(role.as_str()))))
            .collect(),
        languages: Language::ALL
            .iter()
            .map(|offered| Choice {
                value: offered.as_str().to_owned(),
                text: language.text(&format!("account-language-{offered}")),
                chosen: member.language.as_deref().unwrap_or("nl") == offered.as_str(),
            })
            .collect(),
        notice: done.0.klaar.map(|_| Notice {
            tone: "ok",
            text: language.text("account-language-kept"),
        }),
        page: Page::staff(&staff),
    })
}

/// Chooses the language of the mails to oneself.
///
/// # Errors
/// When nobody is signed in, or the language is none of ours.
pub async fn choose_language(
    staff: Staff<may::UseAccount>,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let language = posted
        .0
        .text("language")
        .parse::<Language>()
        .map_err(|_| Error::invalid("language", "not_an_option"))?;
    let id = staff.member().id;
    let tx = staff.write().await?;
    tenants::staff::set_language(&tx, id, language.as_str()).await?;
    let details = serde_json::json!({ "language": language });
    audit::record(
        &tx,
        Some(id),
        audit::Action::StaffLanguage,
        ("staff", Some(id.0)),
        details,
    )
    .await?;
    tx.commit().await?;
    Ok(html::see_other("/account?klaar=1"))
}
