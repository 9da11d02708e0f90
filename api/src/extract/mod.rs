//! What a handler may ask for. The parameter list is the access rule: naming `Staff<may::HandleCases>` is the check.

mod input;
mod multipart;
mod reading;
mod visitor;

use std::{future::Future, marker::PhantomData, net::IpAddr, pin::Pin, sync::Arc};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::{Method, header},
    web,
};
use domain::{Code, Error, Language};
use tenants::{
    Grants, PlatformTx, Tenant, TenantKind, TenantTx, permission,
    session::{self, SignedIn},
    staff::StaffMember,
};

use tokio_util::sync::CancellationToken;

use crate::{app_state::AppState, limits, problem::Problem};

pub use self::{
    input::{Id, Json, PathName, Query},
    multipart::{Uploaded, UploadedFile, read_anything},
    visitor::{LANGUAGE_COOKIE, Visitor},
};
pub(crate) use self::{
    input::{body, media_type, parse_json, path_segment},
    multipart::{UploadLimits, parts},
    reading::problem as reading_problem,
    visitor::{cookie, session_cookie},
};

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// The installation a request came to.
pub(crate) fn app_state(request: &HttpRequest) -> Result<Arc<AppState>, Problem> {
    request
        .app_data::<web::Data<AppState>>()
        .map(|data| Arc::clone(data))
        .ok_or_else(|| Error::bug("the state is not in the application's data").into())
}

/// Whether a request is one of a program.
pub(crate) fn is_api(request: &HttpRequest) -> bool {
    request.path().starts_with("/api/")
}

/// Longest name a host can have (RFC 1035 §2.3.4): a longer one is nobody's, and is neither looked up, remembered nor logged.
const HOST_MAX: usize = 253;

/// Host of a request without its port, in lower case.
pub(crate) fn host(request: &HttpRequest) -> Option<String> {
    let value = request
        .headers()
        .get(header::HOST)
        .and_then(|value| value.to_str().ok())
        .or_else(|| {
            request
                .uri()
                .authority()
                .map(actix_web::http::uri::Authority::as_str)
        })?;
    let host = value.rsplit_once(':').map_or(value, |(host, _)| host);
    (host.len() <= HOST_MAX).then(|| host.to_ascii_lowercase())
}

/// Network address of the caller; behind a proxy the last one it added, which is the last in the last header of that name. Of an IPv6
/// address only the first half counts: the other half is the caller's own to choose.
pub(crate) fn address(request: &HttpRequest, behind_proxy: bool) -> Option<IpAddr> {
    let forwarded = behind_proxy
        .then(|| {
            request
                .headers()
                .get_all("x-forwarded-for")
                .last()?
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse()
                .ok()
        })
        .flatten();
    let address = forwarded.or_else(|| request.peer_addr().map(|address| address.ip()))?;
    Some(match address.to_canonical() {
        IpAddr::V6(address) => {
            let network = address.to_bits() >> 64 << 64;
            IpAddr::V6(std::net::Ipv6Addr::from_bits(network))
        }
        address @ IpAddr::V4(_) => address,
    })
}

/// The language of a request: the visitor's choice, then what the browser asks for, then Dutch.
pub(crate) fn language(request: &HttpRequest) -> Language {
    let chosen = request
        .cookie(LANGUAGE_COOKIE)
        .and_then(|cookie| cookie.value().parse().ok());
    chosen.unwrap_or_else(|| {
        let accepted = request
            .headers()
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        asked_for(accepted)
    })
}

/// The language with the highest weight in `Accept-Language` (RFC 9110 §12.5.4), of equal weights the first; a weight of 0 excludes it, unless
/// nothing would be left. `*` stands for what is not named.
fn asked_for(accepted: &str) -> Language {
    let mut weights: Vec<(String, u16)> = Vec::new();
    for range in accepted.split(',').take(20) {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default().to_ascii_lowercase();
        let primary = tag.split('-').next().unwrap_or_default().to_owned();
        let weight = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("q")
                .then(|| thousandths(value.trim()))
        });
        let weight = weight.unwrap_or(1000);
        match weights.iter_mut().find(|(known, _)| *known == primary) {
            // Of two varieties of a language the one that is liked better counts.
            Some((_, known)) => *known = weight.max(*known),
            None => weights.push((primary, weight)),
        }
    }
    let weight = |name: &str| weights.iter().find(|(known, _)| known == name);
    let named = weights.iter().filter_map(|(name, weight)| {
        let language = name.parse::<Language>().ok()?;
        Some((language, *weight))
    });
    let others = Language::ALL
        .iter()
        .filter(|language| weight(language.as_str()).is_none())
        .map(|language| (*language, weight("*").map_or(1, |(_, weight)| *weight)));
    let mut best = (Language::Dutch, 0);
    for (language, weight) in named.chain(others) {
        if weight > best.1 {
            best = (language, weight);
        }
    }
    best.0
}

/// A weight (`0.8`) in thousandths; what is no weight is as if none was given.
fn thousandths(text: &str) -> u16 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let is_plain = rest.len() <= 3 && rest.bytes().all(|byte| byte.is_ascii_digit());
    match whole {
        "0" if is_plain => format!("{rest:0<3}").parse().unwrap_or(1000),
        _ => 1000,
    }
}

/// A municipality's site: known from the host alone.
#[derive(Clone)]
pub struct Site {
    /// Whose site.
    pub tenant: Arc<Tenant>,
    /// Language of the answer.
    pub language: Language,
    pub(crate) app: Arc<AppState>,
    pub(crate) path: String,
    pub(crate) visitor: Visitor,
    pub(crate) address: Option<IpAddr>,
}

impl Site {
    async fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let app = app_state(request)?;
        let known = request.extensions().get::<Self>().cloned();
        if let Some(site) = known {
            return Ok(site);
        }
        let host = host(request).unwrap_or_default();
        let tenant = app
            .directory
            .by_host(&host)
            .await?
            .ok_or_else(|| Problem::code(Code::UnknownHost))?;
        let site = Self {
            tenant,
            language: language(request),
            path: request
                .uri()
                .path_and_query()
                .map_or("/", |path| path.as_str())
                .to_owned(),
            visitor: Visitor::of(request)?,
            address: address(request, app.settings.http.behind_proxy),
            app,
        };
        request.extensions_mut().insert(site.clone());
        Ok(site)
    }

    /// A transaction that reads this municipality's rows.
    pub async fn read(&self) -> Result<TenantTx, Problem> {
        Ok(self.app.db.read(self.tenant.id).await?)
    }

    /// A transaction that changes this municipality's rows.
    pub async fn write(&self) -> Result<TenantTx, Problem> {
        Ok(self.app.db.write(self.tenant.id).await?)
    }

    /// A transaction that reads what all municipalities share.
    pub async fn read_shared(&self) -> Result<PlatformTx, Problem> {
        Ok(self.app.db.platform_read().await?)
    }

    /// Where mails of this municipality link to.
    #[must_use]
    pub fn links(&self) -> (&Tenant, &domain::mail::LinkBase) {
        (&self.tenant, &self.app.links)
    }
}

impl FromRequest for Site {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Self::of(&request).await })
    }
}

/// A municipality's site, not the platform's own: where residents hand things in.
pub struct Municipality(pub Site);

impl FromRequest for Municipality {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let site = Site::of(&request).await?;
            if site.tenant.kind != TenantKind::Municipality {
                return Err(Error::NotFound.into());
            }
            Ok(Self(site))
        })
    }
}

/// The platform's own site: the exchange, and the operator's desk.
pub struct Platform(pub Site);

impl FromRequest for Platform {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let site = Site::of(&request).await?;
            if site.tenant.kind != TenantKind::Platform {
                return Err(Error::NotFound.into());
            }
            Ok(Self(site))
        })
    }
}

/// A member of staff who may do `P`, at their own municipality. Pages know them by cookie, the API by access token; never the other way
/// round, so a page of another site cannot use the API with somebody's cookie.
pub struct Staff<P: Grants> {
    /// Where they work.
    pub site: Site,
    /// Who it is.
    pub signed_in: SignedIn,
    permission: PhantomData<P>,
}

impl<P: Grants> Staff<P> {
    /// Who it is.
    #[must_use]
    pub fn member(&self) -> &StaffMember {
        &self.signed_in.staff
    }

    /// A transaction that reads this municipality's rows.
    pub async fn read(&self) -> Result<TenantTx, Problem> {
        self.site.read().await
    }

    /// A transaction that changes this municipality's rows.
    pub async fn write(&self) -> Result<TenantTx, Problem> {
        self.site.write().await
    }

    /// Whether this member of staff may also do something else, to show or hide a button.
    #[must_use]
    pub fn may(&self, permission: tenants::Permission) -> bool {
        permission::allowed(&self.member().roles, permission)
    }
}

impl Staff<permission::may::OperatePlatform> {
    /// A transaction on what belongs to the platform: only an operator gets one to change.
    pub async fn write_shared(&self) -> Result<PlatformTx, Problem> {
        Ok(self.site.app.db.platform().await?)
    }
}

/// Who is signed in on a site, if anybody is.
pub(crate) async fn signed_in(
    request: &HttpRequest,
    site: &Site,
) -> Result<Option<SignedIn>, Problem> {
    let known = request.extensions().get::<SignedIn>().cloned();
    if let Some(signed_in) = known {
        return Ok(Some(signed_in));
    }
    let found = if is_api(request) {
        let token = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            // The name of a scheme has no case (RFC 9110 §11.1).
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| token.trim());
        let Some(token) = token else {
            return Ok(None);
        };
        let tx = site.read().await?;
        site.app.access_tokens.holder(&tx, token).await?
    } else {
        let Some(cookie) = request.cookie(session_cookie(&site.app.settings)) else {
            return Ok(None);
        };
        let tx = site.read().await?;
        let found = session::by_cookie(&tx, cookie.value()).await?;
        drop(tx);
        match found {
            Some((signed_in, stale)) => {
                if stale {
                    let tx = site.write().await?;
                    session::touch(&tx, signed_in.session).await?;
                    tx.commit().await?;
                }
                Some(signed_in)
            }
            None => None,
        }
    };
    if let Some(signed_in) = &found {
        request.extensions_mut().insert(signed_in.clone());
    }
    Ok(found)
}

/// Set by the extractor that authorises a request, and cancelled once it has: what else a handler asks for waits for it.
#[derive(Clone)]
struct Authorisation(CancellationToken);

/// Waits until the request is authorised, when its handler demands that. A stranger is told to sign in, not what is wrong with a question or a
/// body, and no body of a stranger is read.
pub(crate) async fn authorised(request: &HttpRequest) {
    let demanded = request.extensions().get::<Authorisation>().cloned();
    if let Some(Authorisation(given)) = demanded {
        given.cancelled().await;
    }
}

impl<P: Grants> FromRequest for Staff<P> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        let given = CancellationToken::new();
        request
            .extensions_mut()
            .insert(Authorisation(given.clone()));
        Box::pin(async move {
            let site = Site::of(&request).await?;
            let signed_in = signed_in(&request, &site)
                .await?
                .ok_or_else(|| Problem::code(Code::NotSignedIn))?;
            let operates = P::PERMISSION == tenants::Permission::OperatePlatform;
            let allowed = permission::allowed(&signed_in.staff.roles, P::PERMISSION)
                && (!operates || site.tenant.kind == TenantKind::Platform);
            if !allowed {
                return Err(Problem::code(Code::NotAllowed));
            }
            given.cancel();
            Ok(Self {
                site,
                signed_in,
                permission: PhantomData,
            })
        })
    }
}

/// Somebody who may be signed in: pages that show more to staff.
pub struct Guest {
    /// Whose site.
    pub site: Site,
    /// Who, if anybody.
    pub signed_in: Option<SignedIn>,
}

impl FromRequest for Guest {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let site = Site::of(&request).await?;
            let signed_in = signed_in(&request, &site).await?;
            Ok(Self { site, signed_in })
        })
    }
}

/// Counts a change by the caller's address.
pub(crate) fn check_rate_limit(request: &HttpRequest, app: &AppState) -> Result<(), Problem> {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    match address(request, app.settings.http.behind_proxy) {
        Some(address)
            if changes
                && !app
                    .rate_limit
                    .allows(address, app.settings.http.changes_a_minute) =>
        {
            Err(Problem::code(Code::TooManyRequests))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_with_the_highest_weight_is_spoken() {
        let (dutch, english) = (Language::Dutch, Language::English);
        for (accepted, expected) in [
            ("", dutch),
            ("en", english),
            ("en-GB, nl;q=0.9", english),
            ("en;q=0.3, nl;q=0.8", dutch),
            ("de, en;q=0.5", english),
            ("nl;q=0, en;q=0.1", english),
            ("nl;q=0", english),
            ("en;q=0", dutch),
            ("nl;q=0, en;q=0", dutch),
            ("en ; Q=0.2 , nl-BE;q=0.25", dutch),
            ("fr", dutch),
            ("*", dutch),
            ("nl;q=0.1, *;q=0.5", english),
            ("en;q=veel", english),
            ("eng, nl", dutch),
        ] {
            assert_eq!(asked_for(accepted), expected, "{accepted}");
        }
    }
}
