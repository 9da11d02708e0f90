//! What a handler may ask for. The parameter list is the access rule: naming `Staff<may::HandleCases>` is the check.

mod gate;
mod input;
mod language;
mod multipart;
mod network;
mod reading;
mod visitor;

use std::{future::Future, marker::PhantomData, net::IpAddr, pin::Pin, sync::Arc};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::{Method, header},
    web,
};
use domain::{
    Code, Error, Language,
    audit::{self, Action},
    cases::Viewer,
};
use tenants::{
    Grants, PlatformTx, Tenant, TenantKind, TenantState, TenantTx, permission,
    session::{self, SignedIn},
    staff::StaffMember,
};
use tokio_util::sync::CancellationToken;

use crate::{
    app_state::AppState,
    limits::{self, Counter},
    problem::Problem,
};

pub(crate) use self::{
    gate::{Turned, gate},
    input::{body, json_body, media_type, parse_json, path_segment, read_body},
    language::language,
    multipart::{UploadLimits, parts, read_parts},
    network::{address, host},
    reading::problem as reading_problem,
    visitor::{cookie, done_cookie, draft_cookie, session_cookie},
};
pub use self::{
    input::{Id, Json, PathName, Query},
    multipart::{Uploaded, UploadedFile, read_anything},
    visitor::{LANGUAGE_COOKIE, Visitor},
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
    /// Counts a request by the caller's address.
    ///
    /// # Errors
    /// [`Code::TooManyRequests`] beyond `most`.
    pub fn brake(&self, counter: &Counter<IpAddr>, most: u32) -> Result<(), Problem> {
        match self.address {
            Some(address) if counter.exceeds(address, most) => {
                Err(Problem::code(Code::TooManyRequests))
            }
            _ => Ok(()),
        }
    }

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

    /// What is known of every published practice.
    #[must_use]
    pub fn catalogue(&self) -> &domain::catalogue::Catalogue {
        &self.app.catalogue
    }

    /// Reads this municipality anew at the next request: what was changed about it is seen at once here, and within half a minute elsewhere.
    pub async fn forget_tenant(&self) {
        self.app.directory.forget(&self.tenant).await;
    }

    /// Whether files are scanned for viruses here.
    #[must_use]
    pub fn has_scanner(&self) -> bool {
        self.app.scanner.is_some()
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

/// The platform's own site: what is harvested is there only.
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

/// How long what somebody read is not noted again.
const READ_AGAIN: chrono::TimeDelta = chrono::TimeDelta::hours(1);

impl<P: Grants> Staff<P> {
    /// Who it is.
    #[must_use]
    pub fn member(&self) -> &StaffMember {
        &self.signed_in.staff
    }

    /// Who looks at cases: what is about this member of staff is not there.
    #[must_use]
    pub fn viewer(&self) -> Viewer {
        Viewer::of(self.member())
    }

    /// A transaction that reads this municipality's rows.
    pub async fn read(&self) -> Result<TenantTx, Problem> {
        self.site.read().await
    }

    /// A transaction that changes this municipality's rows.
    pub async fn write(&self) -> Result<TenantTx, Problem> {
        self.site.write().await
    }

    /// Notes in the audit log what this member of staff read: once an hour for each thing, however often it is opened.
    pub async fn note_read(
        &self,
        action: Action,
        object: (&str, uuid::Uuid),
    ) -> Result<(), Problem> {
        let actor = Some(self.member().id);
        let object = (object.0, Some(object.1));
        let tx = self.read().await?;
        let since = tx.now() - READ_AGAIN;
        let is_known = audit::recorded_since(&tx, actor, action, object.1, since).await?;
        drop(tx);
        if !is_known {
            self.note_first_read(action, object.0, object.1).await?;
        }
        Ok(())
    }

    /// Since when what was read is not noted again.
    #[must_use]
    pub fn read_since(now: chrono::DateTime<chrono::Utc>) -> chrono::DateTime<chrono::Utc> {
        now - READ_AGAIN
    }

    /// Notes in the audit log what this member of staff read, and did not within the hour.
    pub async fn note_first_read(
        &self,
        action: Action,
        kind: &str,
        object: Option<uuid::Uuid>,
    ) -> Result<(), Problem> {
        let tx = self.write().await?;
        let actor = Some(self.member().id);
        audit::record(&tx, actor, action, (kind, object), serde_json::json!({})).await?;
        Ok(tx.commit().await?)
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

impl Staff<permission::may::ReviewPractices> {
    /// A transaction on what belongs to the platform: an editor of the exchange changes it.
    pub async fn write_shared(&self) -> Result<PlatformTx, Problem> {
        Ok(self.site.app.db.platform().await?)
    }
}

impl Staff<permission::may::AskPractices> {
    /// A transaction on the questions that wait at the platform to be sent on.
    pub async fn write_questions(&self) -> Result<PlatformTx, Problem> {
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
    // Whoever signed in at a server that did not know of it yet is out as well.
    if site.tenant.state == TenantState::Suspended {
        return Ok(None);
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

/// Set by the extractor that authorises a request: what else a handler asks for waits for it.
#[derive(Clone, Default)]
struct Authorisation {
    /// Cancelled once the request is authorised.
    given: CancellationToken,
    /// Cancelled once it is known that nobody is signed in, for the form that is kept then.
    refused: CancellationToken,
    /// Cancelled once that form is kept, as far as it is.
    kept: CancellationToken,
}

/// Set by the reader of a form that is kept when nobody is signed in any more: the extractor that authorises waits for it.
struct KeepsForm;

/// Waits until the request is authorised, when its handler demands that. A stranger is told to sign in, not what is wrong with a question or a
/// body, and no body of a stranger is read.
pub(crate) async fn authorised(request: &HttpRequest) {
    let demanded = request.extensions().get::<Authorisation>().cloned();
    if let Some(Authorisation { given, .. }) = demanded {
        given.cancelled().await;
    }
}

/// Says that the form of this request is kept when nobody is signed in any more; to be called before anything of the request is awaited.
pub(crate) fn keeps_form(request: &HttpRequest) {
    request.extensions_mut().insert(KeepsForm);
}

/// As [`authorised`], for whoever called [`keeps_form`]: whether the request turned out to be nobody's.
pub(crate) async fn turned_away(request: &HttpRequest) -> bool {
    let demanded = request.extensions().get::<Authorisation>().cloned();
    let Some(Authorisation { given, refused, .. }) = demanded else {
        return false;
    };
    tokio::select! {
        () = given.cancelled() => false,
        () = refused.cancelled() => true,
    }
}

/// Says that the form of a request that was turned away is kept, as far as it is.
pub(crate) fn form_is_kept(request: &HttpRequest) {
    let demanded = request.extensions().get::<Authorisation>().cloned();
    if let Some(Authorisation { kept, .. }) = demanded {
        kept.cancel();
    }
}

impl<P: Grants> FromRequest for Staff<P> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        let authorisation = Authorisation::default();
        request.extensions_mut().insert(authorisation.clone());
        Box::pin(async move {
            let site = Site::of(&request).await?;
            let Some(signed_in) = signed_in(&request, &site).await? else {
                if request.extensions().contains::<KeepsForm>() {
                    authorisation.refused.cancel();
                    authorisation.kept.cancelled().await;
                }
                return Err(Problem::code(Code::NotSignedIn));
            };
            let operates = P::PERMISSION == tenants::Permission::OperatePlatform;
            let allowed = permission::allowed(&signed_in.staff.roles, P::PERMISSION)
                && (!operates || site.tenant.kind == TenantKind::Platform);
            if !allowed {
                return Err(Problem::code(Code::NotAllowed));
            }
            authorisation.given.cancel();
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
                && app
                    .rate_limit
                    .exceeds(address, app.settings.http.changes_a_minute) =>
        {
            Err(Problem::code(Code::TooManyRequests))
        }
        _ => Ok(()),
    }
}
