//! Signing in, and one's own account.

use actix_web::{
    HttpResponse,
    cookie::Cookie,
    http::{StatusCode, header},
};
use askama::Template;
use domain::{
    Code, Error, Language, audit, people,
    unsent::{self, KeptPostId},
};
use secrecy::SecretString;
use serde::Deserialize;
use tenants::{
    Permission,
    permission::may,
    session::{self, SessionKind},
};

use super::check_credentials;
use crate::{
    csrf::{Fields, Posted},
    extract::{self, Guest, Query, Site, Staff},
    html::values::Choice,
    html::{self, Flash, FormPage, FormState, Page, Refused, SampleFrame, Samples},
    people::sender,
    problem::{HandlerResult, Problem},
    settings::demo_accounts,
    site::own_path,
};

#[derive(Template)]
#[template(path = "account/sign_in.html")]
pub(super) struct SignInPage {
    page: Page,
    email: String,
    after: String,
    problem: Option<(String, String)>,
    /// Whether what was typed when the session was over waits behind the sign-in.
    kept: bool,
    accounts: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "account/account.html")]
pub(super) struct AccountPage {
    page: Page,
    name: String,
    email: String,
    roles: Vec<String>,
    languages: Vec<Choice>,
    manages_staff: bool,
    /// When somebody last tried to get into this account and did not, in words.
    refused: Option<String>,
    form: FormState,
}

/// Where to go after signing in.
#[derive(Deserialize)]
pub struct SignInQuery {
    verder: Option<String>,
}

/// The accounts of the demo, as address and person.
fn demo_rows(slug: &str, language: Language) -> Vec<(String, String)> {
    demo_accounts::accounts(slug)
        .into_iter()
        .map(|account| {
            let roles = html::role_names(account.roles, language).join(", ");
            (account.email, format!("{}, {roles}", account.name))
        })
        .collect()
}

/// Whether the page behind the sign-in is a form that was kept for this browser.
async fn is_kept(site: &Site, after: &str) -> Result<bool, Problem> {
    let id = (after.strip_prefix("/bewaard/")).and_then(|id| id.parse::<KeptPostId>().ok());
    let Some(id) = id else {
        return Ok(false);
    };
    let tx = site.read().await?;
    Ok(unsent::has_post(&tx, id, site.visitor.secret()).await?)
}

async fn sign_in_page(
    site: &Site,
    email: &str,
    after: &str,
    problem: Option<(String, String)>,
    status: StatusCode,
) -> HandlerResult {
    let accounts = if site.app.settings.demo {
        demo_rows(&site.tenant.slug, site.language)
    } else {
        Vec::new()
    };
    html::render(
        status,
        &SignInPage {
            page: Page::public(site),
            email: email.to_owned(),
            after: own_path(after),
            kept: is_kept(site, after).await?,
            problem,
            accounts,
        },
    )
}

/// The sign-in page; whoever is signed in goes on at once.
pub async fn show_sign_in(guest: Guest, query: Query<SignInQuery>) -> HandlerResult {
    let after = query.0.verder.unwrap_or_default();
    if let Some(signed_in) = &guest.signed_in {
        return Ok(html::see_other(&next(&after, &signed_in.staff.roles)));
    }
    sign_in_page(&guest.site, "", &after, None, StatusCode::OK).await
}

/// The page somebody asked for, or the first one that is theirs.
fn next(after: &str, roles: &[tenants::Role]) -> String {
    match own_path(after) {
        after if after == "/" => html::landing(roles).to_owned(),
        after => after,
    }
}

/// Signs in.
///
/// # Errors
/// When the database does not answer; a wrong password shows the page again.
pub async fn sign_in(site: Site, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    let (email, after) = (fields.text("email").trim(), fields.text("verder"));
    let tried =
        check_credentials(&site, email, fields.text("password"), SessionKind::Browser).await;
    let (signed_in, code) = match tried {
        Ok(welcome) => welcome,
        Err(problem) => {
            let code = problem.error().code();
            if !matches!(code, Code::WrongCredentials | Code::SignInBraked) {
                return Err(problem);
            }
            let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::UNAUTHORIZED);
            let words = problem.localize(site.language);
            return sign_in_page(&site, email, after, Some(words), status).await;
        }
    };
    let mut response = html::see_other(&next(after, &signed_in.staff.roles));
    append(&mut response, &session_cookie(&site, code));
    Ok(response)
}

fn append(response: &mut HttpResponse, cookie: &Cookie<'_>) {
    if let Ok(value) = header::HeaderValue::from_str(&cookie.encoded().to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Signs out; a session that is over already is no reason to complain.
pub async fn sign_out(guest: Guest, _: Posted) -> HandlerResult {
    if let Some(signed_in) = &guest.signed_in {
        let tx = guest.site.write().await?;
        session::end(&tx, signed_in.session).await?;
        tx.commit().await?;
    }
    let settings = &guest.site.app.settings;
    let mut cookie = extract::cookie(settings, extract::session_cookie(settings), "");
    cookie.make_removal();
    let mut response = html::see_other("/inloggen");
    append(&mut response, &cookie);
    Ok(response)
}

/// The languages to choose from, with the one that was chosen.
fn languages(language: Language, chosen: Option<&str>) -> Vec<Choice> {
    let chosen = chosen.unwrap_or("nl");
    Choice::all(Language::ALL, "account-language", language, |one| {
        one == chosen
    })
}

async fn account_page(staff: &Staff<may::UseAccount>, shown: FormPage) -> HandlerResult {
    let member = staff.member();
    let tx = staff.read().await?;
    let refused = audit::last_done(&tx, audit::Action::SessionRefuse, member.id.0).await?;
    let language = staff.site.language;
    let page = Page::staff(staff);
    html::render(
        shown.status,
        &AccountPage {
            name: member.name.clone(),
            email: member.email.clone(),
            roles: html::role_names(&member.roles, language),
            languages: languages(language, member.language.as_deref()),
            manages_staff: staff.may(Permission::ManageStaff),
            refused: refused.map(|at| page.when(at).text),
            form: shown.form,
            page,
        },
    )
}

/// One's own account.
pub async fn account(staff: Staff<may::UseAccount>) -> HandlerResult {
    account_page(&staff, FormPage::default()).await
}

/// Changes one's own password, for whoever knows the old one. Guessing it is throttled as signing in is, and every sign-in but this one is
/// over.
pub async fn change_password(staff: Staff<may::UseAccount>, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    let (site, member) = (&staff.site, staff.member());
    let (password, again) = (fields.text("password"), fields.text("again"));
    let refused = async |error: Error| {
        let refused = Refused::new(error.into(), Fields::default(), site.language)?;
        account_page(&staff, refused.into()).await
    };
    if let Err(error) = people::check_password(member, password, again) {
        return refused(error).await;
    }
    let known = check_credentials(
        site,
        &member.email,
        fields.text("current"),
        SessionKind::Browser,
    );
    match known.await {
        Ok(_) => {}
        Err(problem) if problem.error().code() == Code::WrongCredentials => {
            return refused(Error::invalid("current", "wrong_password")).await;
        }
        Err(problem) => return Err(problem),
    }
    let secret = SecretString::from(password);
    let hash = site.app.password_cost.hash(secret).await?;
    let tx = staff.write().await?;
    people::change_password(&tx, sender(site), member, hash).await?;
    tx.commit().await?;
    let (_, code) = check_credentials(site, &member.email, password, SessionKind::Browser).await?;
    let mut response = html::redirect_with_flash(Flash::PasswordChanged, "/account");
    append(&mut response, &session_cookie(site, code));
    Ok(response)
}

fn session_cookie(site: &Site, code: String) -> Cookie<'static> {
    let settings = &site.app.settings;
    extract::cookie(settings, extract::session_cookie(settings), code)
}

/// Chooses the language of the mails to oneself.
pub async fn choose_language(staff: Staff<may::UseAccount>, posted: Posted) -> HandlerResult {
    let language = posted
        .0
        .text("language")
        .parse::<Language>()
        .map_err(|_| Error::invalid("language", "not_an_option"))?;
    let id = staff.member().id;
    let tx = staff.write().await?;
    tenants::staff::set_language(&tx, id, language.as_str()).await?;
    let details = serde_json::json!({ "language": language });
    let object = ("staff", Some(id.0));
    audit::record(&tx, Some(id), audit::Action::StaffLanguage, object, details).await?;
    tx.commit().await?;
    Ok(html::redirect_with_flash(Flash::LanguageChosen, "/account"))
}

impl Samples for SignInPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |problem: Option<(String, String)>| Self {
            kept: problem.is_some(),
            page: frame.resident(),
            email: "balie@gemeente.example".to_owned(),
            after: "/balie".to_owned(),
            problem,
            accounts: demo_rows("waterdam", frame.language),
        };
        let refused = Problem::code(Code::WrongCredentials).localize(frame.language);
        vec![page(None), page(Some(refused))]
    }
}

impl Samples for AccountPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let sample = |role: &str, manages_staff| Self {
            page: frame.staff(),
            name: "Sanne de Boer".to_owned(),
            email: "balie@gemeente.example".to_owned(),
            roles: vec![frame.language.text(role)],
            languages: languages(frame.language, None),
            manages_staff,
            refused: manages_staff.then(|| "vandaag 09:12".to_owned()),
            form: FormState::empty(),
        };
        vec![
            sample("role-clerk", false),
            sample("role-tenant-admin", true),
        ]
    }
}
