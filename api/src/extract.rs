//! What a handler may ask for. The parameter list is the access rule: naming `Staff<may::HandleCases>` is the check.

use std::{future::Future, marker::PhantomData, net::IpAddr, pin::Pin, sync::Arc};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::{Method, header},
    web,
};
use domain::{Code, Error, Language};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use tenants::{
    Grants, PlatformTx, Tenant, TenantKind, TenantTx, permission,
    session::{self, SignedIn},
    staff::StaffMember,
};

use crate::{csrf, house::House, limits, problem::Problem};

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// The installation a request came to.
pub(crate) fn house(request: &HttpRequest) -> Result<Arc<House>, Problem> {
    request
        .app_data::<web::Data<House>>()
        .map(|data| Arc::clone(data))
        .ok_or_else(|| Error::bug("the house is not in the application's data").into())
}

/// Whether a request is one of a program.
pub(crate) fn is_api(request: &HttpRequest) -> bool {
    request.path().starts_with("/api/")
}

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
    Some(host.to_ascii_lowercase())
}

/// Network address of the caller; behind a proxy the last one it added.
pub(crate) fn address(request: &HttpRequest, behind_proxy: bool) -> Option<IpAddr> {
    let forwarded = behind_proxy
        .then(|| {
            request
                .headers()
                .get("x-forwarded-for")?
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse()
                .ok()
        })
        .flatten();
    forwarded.or_else(|| request.peer_addr().map(|address| address.ip()))
}

/// The language of a request: the visitor's choice, then what the browser asks for, then Dutch.
pub(crate) fn language(request: &HttpRequest) -> Language {
    let chosen = request
        .cookie(crate::html::LANGUAGE_COOKIE)
        .and_then(|cookie| cookie.value().parse().ok());
    chosen.unwrap_or_else(|| {
        let accepted = request
            .headers()
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        accepted
            .split(',')
            .take(20)
            .find_map(|tag| tag.trim().get(..2)?.to_ascii_lowercase().parse().ok())
            .unwrap_or(Language::Dutch)
    })
}

/// A municipality's site: known from the host alone.
#[derive(Clone)]
pub struct Site {
    /// Whose site.
    pub tenant: Arc<Tenant>,
    /// Language of the answer.
    pub language: Language,
    pub(crate) house: Arc<House>,
    pub(crate) path: String,
    pub(crate) visitor: csrf::Visitor,
    pub(crate) address: Option<IpAddr>,
}

impl Site {
    async fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let house = house(request)?;
        let known = request.extensions().get::<Self>().cloned();
        if let Some(site) = known {
            return Ok(site);
        }
        let host = host(request).unwrap_or_default();
        let tenant = house
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
            visitor: csrf::Visitor::of(request)?,
            address: address(request, house.settings.http.behind_proxy),
            house,
        };
        request.extensions_mut().insert(site.clone());
        Ok(site)
    }

    /// A transaction that reads this municipality's rows.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read(&self) -> Result<TenantTx, Problem> {
        Ok(self.house.db.read(self.tenant.id).await?)
    }

    /// A transaction that changes this municipality's rows.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn write(&self) -> Result<TenantTx, Problem> {
        Ok(self.house.db.write(self.tenant.id).await?)
    }

    /// A transaction that reads what all municipalities share.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read_shared(&self) -> Result<PlatformTx, Problem> {
        Ok(self.house.db.platform_read().await?)
    }

    /// Where mails of this municipality link to.
    #[must_use]
    pub fn links(&self) -> (&Tenant, &domain::mail::LinkBase) {
        (&self.tenant, &self.house.links)
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
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn read(&self) -> Result<TenantTx, Problem> {
        self.site.read().await
    }

    /// A transaction that changes this municipality's rows.
    ///
    /// # Errors
    /// When the database does not answer.
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
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn write_shared(&self) -> Result<PlatformTx, Problem> {
        Ok(self.site.house.db.platform().await?)
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
            .and_then(|value| value.strip_prefix("Bearer "));
        let Some(token) = token else {
            return Ok(None);
        };
        let tx = site.read().await?;
        site.house.access_tokens.holder(&tx, token).await?
    } else {
        let Some(cookie) = request.cookie(csrf::session_cookie(&site.house.settings)) else {
            return Ok(None);
        };
        let tx = site.read().await?;
        let found = session::of_browser(&tx, cookie.value()).await?;
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

impl<P: Grants> FromRequest for Staff<P> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
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

/// Reads a body up to `limit` bytes within [`limits::PATIENCE`].
pub(crate) async fn body(
    request: &HttpRequest,
    mut payload: Payload,
    limit: usize,
) -> Result<web::Bytes, Problem> {
    let announced = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Problem::code(Code::TooLarge));
    }
    let read = async {
        let mut bytes = web::BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| Problem::code(Code::UnreadableBody))?;
            if bytes.len() + chunk.len() > limit {
                return Err(Problem::code(Code::TooLarge));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    };
    tokio::time::timeout(limits::PATIENCE, read)
        .await
        .map_err(|_| Problem::code(Code::Timeout))?
}

/// Counts a change by the caller's address.
pub(crate) fn admit(request: &HttpRequest, house: &House) -> Result<(), Problem> {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    match address(request, house.settings.http.behind_proxy) {
        Some(address)
            if changes
                && !house
                    .limits
                    .admit(address, house.settings.http.changes_a_minute) =>
        {
            Err(Problem::code(Code::TooManyRequests))
        }
        _ => Ok(()),
    }
}

/// The media type of a body without its parameters, in lower case.
pub(crate) fn media_type(request: &HttpRequest) -> String {
    request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// A JSON body.
pub struct Input<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Input<T> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let kind = media_type(&request);
            if kind != "application/json" {
                return Err(Problem::code(Code::UnsupportedMedia));
            }
            let bytes = body(&request, payload, limits::BODY).await?;
            parse_json(&bytes).map(Self)
        })
    }
}

/// Reads JSON; a wrong field is named by its path, an unreadable document is told apart from it.
pub(crate) fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        if inner.is_data() {
            let field = if path == "." { String::new() } else { path };
            let mut errors = domain::FieldErrors::default();
            errors.add_with(&field, "malformed", "cause", inner);
            Problem::from(Error::Invalid(errors))
        } else {
            Problem::code(Code::UnreadableBody)
        }
    })?;
    reader
        .end()
        .map_err(|_| Problem::code(Code::UnreadableBody))?;
    Ok(value)
}

/// The query of an address.
pub struct Ask<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Ask<T> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    #[expect(
        clippy::disallowed_types,
        reason = "the one place that uses actix's own query extractor"
    )]
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = web::Query::<T>::from_query(request.query_string());
        std::future::ready(match parsed {
            Ok(query) => Ok(Self(query.into_inner())),
            Err(error) => {
                let mut errors = domain::FieldErrors::default();
                errors.add_with("query", "malformed", "cause", error);
                Err(Error::Invalid(errors).into())
            }
        })
    }
}

/// The id in the address. One that is no id is as absent as one that nobody has.
pub struct Id<T>(pub T);

impl<T: std::str::FromStr + 'static> FromRequest for Id<T> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request
            .match_info()
            .get("id")
            .and_then(|id| id.parse().ok());
        std::future::ready(id.map(Self).ok_or_else(|| Error::NotFound.into()))
    }
}

/// A word in the address: a slug, a reference, a code.
pub struct Name(pub String);

impl FromRequest for Name {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let part = ["name", "slug", "code"]
            .into_iter()
            .find(|part| request.match_info().get(part).is_some());
        std::future::ready(word(request, part.unwrap_or("name")).map(Self))
    }
}

/// A part of the address as a word. What no row can be called is as absent as what no row is called.
pub(crate) fn word(request: &HttpRequest, part: &str) -> Result<String, Problem> {
    request
        .match_info()
        .get(part)
        .filter(|word| word.len() <= 128 && !word.chars().any(char::is_control))
        .map(str::to_owned)
        .ok_or_else(|| Error::NotFound.into())
}
