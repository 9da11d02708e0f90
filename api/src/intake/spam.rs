//! What tells a person from a program, without asking anybody to prove it: a field that nobody sees, and when the page was given out.

use actix_web::HttpRequest;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Error,
    intake::{SpamSignals, SubmissionContext},
};
use tenants::{TenantState, secret, session::SignedIn};

use crate::{
    csrf::Fields,
    extract::{Site, signed_in},
    limits::RECEIPTS_MAX,
    problem::Problem,
};

/// A field that people do not see. Its name cannot be that of a question.
pub const HONEYPOT: &str = "uw-website";
/// The hidden field with the signed time.
pub const PAGE: &str = "_pagina";
/// A page older than this says nothing about how long somebody needed.
const PAGE_LIFE: TimeDelta = TimeDelta::days(2);

fn signed(site: &Site, slug: &str, word: &str) -> String {
    format!("{}|{slug}|{word}", site.tenant.id)
}

/// A signed time for an empty page.
pub fn page(site: &Site, slug: &str, now: DateTime<Utc>) -> String {
    let Ok(chance) = secret::random_bytes::<12>() else {
        return String::new();
    };
    let word = format!(
        "{}-{}",
        now.timestamp(),
        data_encoding::HEXLOWER.encode(&chance)
    );
    let signature = site.app.page_keys.sign(&signed(site, slug, &word));
    format!("{word}.{signature}")
}

/// What a page that comes back tells.
pub fn signals(site: &Site, slug: &str, fields: &Fields, now: DateTime<Utc>) -> SpamSignals {
    let token = fields.text(PAGE);
    let begun_at = token
        .split_once('.')
        .filter(|(word, signature)| {
            site.app
                .page_keys
                .verify(&signed(site, slug, word), signature)
        })
        .and_then(|(word, _)| word.split_once('-')?.0.parse().ok())
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .filter(|at| *at <= now && now - *at < PAGE_LIFE);
    SpamSignals {
        page: begun_at.map(|_| secret::hash(token)),
        begun_at,
        honeypot_filled: honeypot_filled(fields),
    }
}

/// Whether the field that nobody sees was filled in.
pub fn honeypot_filled(fields: &Fields) -> bool {
    !fields.text(HONEYPOT).trim().is_empty()
}

/// Who of the staff tries a form out; nobody once the municipality is in use.
///
/// # Errors
/// As if nothing were here, for everybody else while it is being prepared: nothing is live before it is opened.
pub async fn tester(request: &HttpRequest, site: &Site) -> Result<Option<SignedIn>, Problem> {
    if site.tenant.state != TenantState::Preparing {
        return Ok(None);
    }
    match signed_in(request, site).await? {
        Some(tester) => Ok(Some(tester)),
        None => Err(Error::NotFound.into()),
    }
}

/// What is around a message that is handed in now; counts it. `tester` is who of the staff tries the form out.
pub fn submission_context<'a>(
    site: &'a Site,
    slug: &str,
    tester: Option<&'a SignedIn>,
) -> SubmissionContext<'a> {
    let settings = &site.app.settings.intake;
    let rate_exceeded = site.address.is_some_and(|address| {
        let key = (site.tenant.id, slug.to_owned(), address);
        site.app
            .submission_rate
            .exceeds(key, settings.most_from_one_address)
    });
    let receipts_exceeded =
        (site.address).is_some_and(|address| site.app.receipt_rate.exceeds(address, RECEIPTS_MAX));
    SubmissionContext {
        receipts_exceeded,
        language: site.language,
        tenant: &site.tenant,
        rate_exceeded,
        least_fill: TimeDelta::seconds(settings.least_seconds.into()),
        tester: tester.map(|tester| &tester.staff),
    }
}
