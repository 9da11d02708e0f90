//! Cookies. Each visitor carries a random one; each form carries its signature, masked anew on every page so that compression reveals
//! nothing about it.

use actix_web::{
    HttpMessage, HttpRequest,
    cookie::{Cookie, SameSite},
};
use data_encoding::BASE64URL_NOPAD;
use tenants::{StaffId, secret};

use crate::{
    app_state::AppState,
    problem::Problem,
    settings::{Scheme, Settings},
};

/// Cookie with the language a visitor chose.
pub const LANGUAGE_COOKIE: &str = "gehoord-taal";

/// A visitor's random cookie.
#[derive(Clone, Debug)]
pub struct Visitor {
    id: String,
    /// Whether it was made for this request and has to be set.
    pub(crate) fresh: bool,
    /// The word of what they just did, see [`crate::html::Flash`].
    pub(crate) done: Option<String>,
}

/// Names carry the prefix that browsers hold us to (RFC 6265bis) wherever there is TLS.
fn prefixed(settings: &Settings, name: &'static str, host_name: &'static str) -> &'static str {
    match settings.http.public_scheme {
        Scheme::Https => host_name,
        Scheme::Http => name,
    }
}

/// Name of the cookie with the draft of a form that a visitor began last: its id, which opens nothing without the visitor's own cookie.
pub(crate) fn draft_cookie(settings: &Settings, slug: &str) -> String {
    format!(
        "{}-{slug}",
        prefixed(settings, "gehoord-draft", "__Host-gehoord-draft")
    )
}

/// Name of the session cookie.
pub(crate) fn session_cookie(settings: &Settings) -> &'static str {
    prefixed(settings, "gehoord-session", "__Host-gehoord-session")
}

fn visitor_cookie(settings: &Settings) -> &'static str {
    prefixed(settings, "gehoord-visitor", "__Host-gehoord-visitor")
}

/// Name of the cookie with the word of what was just done.
pub(crate) fn done_cookie(settings: &Settings) -> &'static str {
    prefixed(settings, "gehoord-klaar", "__Host-gehoord-klaar")
}

/// A cookie for this host only, unreadable for scripts.
pub(crate) fn cookie<'c>(
    settings: &Settings,
    name: impl Into<std::borrow::Cow<'c, str>>,
    value: impl Into<std::borrow::Cow<'c, str>>,
) -> Cookie<'c> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(settings.http.public_scheme == Scheme::Https)
        .finish()
}

impl Visitor {
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let known = request.extensions().get::<Self>().cloned();
        if let Some(visitor) = known {
            return Ok(visitor);
        }
        let app = super::app_state(request)?;
        let carried = request
            .cookie(visitor_cookie(&app.settings))
            .map(|cookie| cookie.value().to_owned())
            .filter(|id| (22..=64).contains(&id.len()) && id.is_ascii());
        let fresh = carried.is_none();
        let visitor = Self {
            id: carried.map_or_else(secret::new_code, Ok)?,
            fresh,
            done: request
                .cookie(done_cookie(&app.settings))
                .map(|cookie| cookie.value().to_owned()),
        };
        request.extensions_mut().insert(visitor.clone());
        Ok(visitor)
    }

    /// What opens the drafts of this visitor.
    pub(crate) fn secret(&self) -> &str {
        &self.id
    }

    /// The cookie to set for a fresh visitor.
    pub(crate) fn cookie(&self, settings: &Settings) -> Cookie<'static> {
        cookie(settings, visitor_cookie(settings), self.id.clone())
    }

    /// The value of the hidden field: the signature, masked with a fresh pad, and whose page it was, when somebody was signed in.
    pub(crate) fn token(&self, app: &AppState, owner: Option<StaffId>) -> String {
        let Ok(pad) = secret::random_bytes::<43>() else {
            return String::new();
        };
        let signature = app.csrf_keys.sign(&self.signed_text(owner));
        let mut masked = pad.to_vec();
        masked.extend(
            pad.iter()
                .zip(signature.bytes())
                .map(|(pad, byte)| pad ^ byte),
        );
        let token = BASE64URL_NOPAD.encode(&masked);
        owner.map_or_else(|| token.clone(), |owner| format!("{token}.{owner}"))
    }

    /// What is signed: the visitor, and the member of staff whose page it is.
    fn signed_text(&self, owner: Option<StaffId>) -> String {
        owner.map_or_else(|| self.id.clone(), |owner| format!("{} {owner}", self.id))
    }

    /// Whose page a token comes from, when somebody was signed in; [`Self::signed`] says whether that is so.
    pub(crate) fn owner(token: &str) -> Option<StaffId> {
        token.split_once('.')?.1.parse().ok()
    }

    pub(crate) fn signed(&self, app: &AppState, token: &str) -> bool {
        let owner = Self::owner(token);
        let token = token.split_once('.').map_or(token, |(token, _)| token);
        let Ok(masked) = BASE64URL_NOPAD.decode(token.as_bytes()) else {
            return false;
        };
        let Some((pad, masked)) = masked.split_at_checked(43) else {
            return false;
        };
        let signature: Vec<u8> = pad
            .iter()
            .zip(masked)
            .map(|(pad, byte)| pad ^ byte)
            .collect();
        std::str::from_utf8(&signature)
            .is_ok_and(|signature| app.csrf_keys.verify(&self.signed_text(owner), signature))
    }
}
