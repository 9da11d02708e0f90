//! What every request passes through: an id, one log line, the headers that protect people, and words for errors.

use std::{panic::AssertUnwindSafe, time::Instant};

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
};
use domain::{Code, Language};
use futures_util::FutureExt;
use tenants::uuid::Uuid;

use crate::{
    API_VERSION,
    app_state::AppState,
    csrf::KeptForm,
    extract::{self, Turned},
    html::{self, Page, Said},
    problem::Problem,
};

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What has to be remembered of a request that may not come back: a handler that panics takes its request with it.
struct RequestSummary {
    method: Method,
    path: String,
    host: String,
    is_api: bool,
    language: Language,
}

/// The middleware around everything.
///
/// # Errors
/// With an answer in it, when the handler panicked or failed without one.
pub async fn handle<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let app = extract::app_state(request.request())?;
    let id = incoming_id(request.headers())
        .unwrap_or_else(|| app.db.clock().new_id::<Uuid>().to_string());
    let summary = RequestSummary {
        method: request.method().clone(),
        path: redacted(request.path()),
        host: extract::host(request.request()).unwrap_or_default(),
        is_api: extract::is_api(request.request()),
        language: extract::language(request.request()),
    };
    if summary.method == Method::HEAD {
        // Whatever can be read can be asked about; the server leaves the body out by itself.
        request.head_mut().method = Method::GET;
    }
    let admitted = match extract::check_rate_limit(request.request(), &app) {
        Ok(()) => extract::gate(request.request()).await,
        Err(problem) => Err(Turned::Away(problem)),
    };
    let outcome = match admitted {
        Ok(()) => AssertUnwindSafe(next.call(request))
            .catch_unwind()
            .await
            .map(|answer| answer.map(ServiceResponse::map_into_boxed_body)),
        Err(Turned::Away(problem)) => Ok(Ok(request.error_response(problem))),
        Err(Turned::ToFrontPage) => {
            let page = html::standing_page(request.request(), Said::Preparing, StatusCode::OK);
            let page = page.await;
            Ok(Ok(request.into_response(page)))
        }
    };
    let outcome = match outcome {
        Ok(Ok(response)) => {
            let mut response = render_problem(response, &id).await;
            let path = response.request().path().to_owned();
            security_headers(&path, response.headers_mut(), &id);
            set_visitor_cookie(&mut response, &app);
            keep_reading(&mut response);
            set_done_cookie(&mut response, &app);
            Ok(response)
        }
        Ok(Err(error)) => Err(internal_error(&app, &summary, &id, &error.to_string())),
        Err(_) => Err(internal_error(&app, &summary, &id, "a handler panicked")),
    };
    let status = match &outcome {
        Ok(response) => response.status(),
        Err(error) => error.as_response_error().status_code(),
    };
    tracing::info!(
        request_id = id,
        method = %summary.method,
        path = summary.path,
        host = summary.host,
        status = status.as_u16(),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    outcome
}

/// The id that a proxy or a program gave the request, so that its log and ours name it alike.
fn incoming_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-request-id")?.to_str().ok()?;
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"-_.".contains(&letter);
    ((8..=128).contains(&id.len()) && id.bytes().all(plain)).then(|| id.to_owned())
}

/// The answer to a request that is gone.
fn internal_error(
    app: &std::sync::Arc<AppState>,
    summary: &RequestSummary,
    id: &str,
    cause: &str,
) -> Error {
    tracing::error!(
        request_id = id,
        path = summary.path,
        cause,
        "request failed"
    );
    let problem = Problem::from(domain::Error::bug(cause));
    let mut response = if summary.is_api {
        document(
            &problem,
            StatusCode::INTERNAL_SERVER_ERROR,
            summary.language,
            id,
        )
    } else {
        let page = Page::bare(app, summary.language);
        html::error_page(page, &problem, StatusCode::INTERNAL_SERVER_ERROR, id)
    };
    security_headers(&summary.path, response.headers_mut(), id);
    InternalError::from_response(cause.to_owned(), response).into()
}

/// Gives a new visitor the cookie that proves later that a form came from our page.
fn set_visitor_cookie(response: &mut ServiceResponse<BoxBody>, app: &AppState) {
    if !is_page(response) {
        return;
    }
    let visitor = response
        .request()
        .extensions()
        .get::<crate::extract::Visitor>()
        .cloned();
    let Some(visitor) = visitor.filter(|visitor| visitor.fresh) else {
        return;
    };
    let cookie = visitor.cookie(&app.settings).encoded().to_string();
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Sends whoever reads messages one after another on within their list: what is posted from the page of a message leads back to that page, which
/// was opened from the list.
fn keep_reading(response: &mut ServiceResponse<BoxBody>) {
    const CASE: &str = "/balie/meldingen/";
    let request = response.request();
    if request.method() != Method::POST || response.status() != StatusCode::SEE_OTHER {
        return;
    }
    let from = html::own_referer(request).and_then(|referer| {
        let is_case = referer.starts_with(CASE);
        is_case.then(|| html::read_from(&referer)).flatten()
    });
    let location = response.headers().get(header::LOCATION);
    let location = location.and_then(|location| location.to_str().ok());
    let (Some(from), Some(location)) = (from, location.filter(|to| to.starts_with(CASE))) else {
        return;
    };
    let (path, anchor) = location.split_once('#').unwrap_or((location, ""));
    let sign = if path.contains('?') { '&' } else { '?' };
    let hash = if anchor.is_empty() { "" } else { "#" };
    let further = format!("{path}{sign}uit={from}{hash}{anchor}");
    if let Ok(further) = HeaderValue::from_str(&further) {
        response.headers_mut().insert(header::LOCATION, further);
    }
}

/// Gives the browser that is sent on after a post the word of what was done, for a minute: the next page says it only then.
fn set_done_cookie(response: &mut ServiceResponse<BoxBody>, app: &AppState) {
    if response.request().method() != Method::POST || response.status() != StatusCode::SEE_OTHER {
        return;
    }
    let location = response.headers().get(header::LOCATION);
    let word = location
        .and_then(|location| html::Flash::word_in(location.to_str().ok()?))
        .map(str::to_owned);
    if let Some(word) = word {
        let mut cookie = extract::cookie(&app.settings, extract::done_cookie(&app.settings), word);
        cookie.set_max_age(actix_web::cookie::time::Duration::minutes(1));
        if let Ok(value) = HeaderValue::from_str(&cookie.encoded().to_string()) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}

fn document(problem: &Problem, status: StatusCode, language: Language, id: &str) -> HttpResponse {
    let document = problem.document(language, id);
    HttpResponse::build(status)
        .content_type("application/problem+json")
        .body(serde_json::to_string(&document).unwrap_or_default())
}

/// A path as the log may know it: codes that open a resident's receipt or score are keys, and keys are never logged.
fn redacted(path: &str) -> String {
    path.split('/')
        .map(|part| if part.len() >= 40 { "…" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

fn is_page(response: &ServiceResponse<BoxBody>) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Gives an error its words: a document for programs, a page for people, or the way to the sign-in page.
async fn render_problem(response: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let request = response.request().clone();
    let known = response
        .response()
        .error()
        .and_then(|error| error.as_error::<Problem>());
    let bare = Problem::code(code_of(status));
    let already_dressed = known.is_none()
        && response.headers().contains_key(header::CONTENT_TYPE)
        && is_ours(&response);
    if already_dressed {
        return response;
    }
    let problem = known.unwrap_or(&bare);
    if status.is_server_error() {
        tracing::error!(request_id = id, path = redacted(request.path()), cause = %problem, "request failed");
    }
    let mut dressed = if extract::is_api(&request) {
        document(
            problem,
            problem_status(problem, status),
            extract::language(&request),
            id,
        )
    } else {
        page(&request, problem, problem_status(problem, status), id).await
    };
    for name in [header::WWW_AUTHENTICATE, header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    ServiceResponse::new(request, dressed)
}

/// A page that a handler rendered itself, such as a form with its errors, carries our own content type with a length.
fn is_ours(response: &ServiceResponse<BoxBody>) -> bool {
    response
        .headers()
        .contains_key(HeaderName::from_static("x-rendered"))
}

fn problem_status(problem: &Problem, fallback: StatusCode) -> StatusCode {
    StatusCode::from_u16(problem.error().code().status()).unwrap_or(fallback)
}

fn code_of(status: StatusCode) -> Code {
    match status.as_u16() {
        400 => Code::UnreadableBody,
        401 => Code::NotSignedIn,
        403 => Code::NotAllowed,
        404 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        406 => Code::NotAcceptable,
        408 => Code::Timeout,
        413 => Code::TooLarge,
        415 => Code::UnsupportedMedia,
        429 => Code::TooManyRequests,
        503 => Code::Unavailable,
        _ => Code::Internal,
    }
}

async fn page(
    request: &HttpRequest,
    problem: &Problem,
    status: StatusCode,
    id: &str,
) -> HttpResponse {
    if problem.error().code() == Code::NotSignedIn && *request.method() == Method::GET {
        let after = request
            .uri()
            .path_and_query()
            .map_or("/", |path| path.as_str());
        let after: String = form_urlencoded::byte_serialize(after.as_bytes()).collect();
        return html::see_other(&format!("/inloggen?verder={after}"));
    }
    let kept = request.extensions().get::<KeptForm>().copied();
    if let Some(KeptForm(kept)) = kept {
        return html::see_other(&format!("/inloggen?verder=/bewaard/{kept}"));
    }
    match problem.error().code() {
        Code::TenantLeft => return html::standing_page(request, Said::Left, status).await,
        Code::TenantSuspended => {
            return html::standing_page(request, Said::Suspended, status).await;
        }
        _ => {}
    }
    let page = Page::for_error(request).await;
    html::error_page(page, problem, status, id)
}

/// The headers of every answer; those of the API as the NL API Design Rules ask (`/core/transport/security-headers`).
fn security_headers(path: &str, headers: &mut HeaderMap, id: &str) {
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value)
            && !headers.contains_key(name)
        {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    set("x-request-id", id);
    set("x-content-type-options", "nosniff");
    set("x-frame-options", "DENY");
    set("referrer-policy", "same-origin");
    set("cross-origin-opener-policy", "same-origin");
    set(
        "permissions-policy",
        "camera=(), microphone=(), geolocation=()",
    );
    set(
        "strict-transport-security",
        "max-age=31536000; includeSubDomains",
    );
    set("cache-control", "no-store");
    if path.starts_with("/api/") {
        set("api-version", API_VERSION);
        set(
            "content-security-policy",
            if path.starts_with("/api/v1/docs") {
                CONTENT_SECURITY_POLICY
            } else {
                "default-src 'none'; frame-ancestors 'none'"
            },
        );
    } else {
        set("content-security-policy", CONTENT_SECURITY_POLICY);
    }
    headers.remove(HeaderName::from_static("x-rendered"));
}
