//! The mail gateway: a mail server of the municipality posts each mail that came in for its mail domain.
//!
//! The gateway signs the time and the digest of the mail with the secret of the municipality at whose host it posts, so a stranger is told no
//! before anything of the body is read, and a signature of one municipality is worth nothing at another.

use actix_web::{FromRequest as _, HttpRequest, HttpResponse, post, web};
use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::{BASE64, HEXLOWER, HEXLOWER_PERMISSIVE};
use domain::{
    Code, Error,
    inbound::{self, Accepted, InboundMailId, InboundSource, MAIL_MAX},
};
use ring::{digest, hmac};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app_state::AppState,
    extract::{self, Municipality},
    problem::{HandlerResult, Problem, ProblemDocument},
};

/// How far the clock of a gateway may be from ours, before and after.
const CLOCK_DIFFERENCE: TimeDelta = TimeDelta::minutes(5);

/// A mail that was taken.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TakenMail {
    /// Its id.
    id: InboundMailId,
    /// Whether it had been taken before: the same bytes are kept once.
    repeated: bool,
}

impl From<Accepted> for TakenMail {
    fn from(accepted: Accepted) -> Self {
        Self {
            id: accepted.id,
            repeated: accepted.repeated,
        }
    }
}

/// What a gateway says of a mail before it sends it.
struct Signed {
    /// SHA-256 of the mail, in hexadecimal.
    digest: String,
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok().map(str::trim)
}

/// The SHA-256 in a `Content-Digest` (RFC 9530): `sha-256=:<base 64>:`.
fn content_digest(value: &str) -> Option<Vec<u8>> {
    let member = value.split(',').map(str::trim);
    let encoded = member
        .filter_map(|member| member.strip_prefix("sha-256=:"))
        .find_map(|rest| rest.strip_suffix(':'))?;
    let digest = BASE64.decode(encoded.as_bytes()).ok()?;
    (digest.len() == digest::SHA256_OUTPUT_LEN).then_some(digest)
}

/// Whether a gateway of this municipality signed the digest just now.
fn signed(request: &HttpRequest, secret: &str, now: DateTime<Utc>) -> Option<Signed> {
    let seconds = header(request, "x-gehoord-timestamp")?;
    let at = DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
    if (now - at).abs() > CLOCK_DIFFERENCE {
        return None;
    }
    let digest = content_digest(header(request, "content-digest")?)?;
    let digest = HEXLOWER.encode(&digest);
    let signature = header(request, "x-gehoord-signature")?;
    let signature = HEXLOWER_PERMISSIVE.decode(signature.as_bytes()).ok()?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let message = format!("{seconds}.{digest}");
    hmac::verify(&key, message.as_bytes(), &signature).ok()?;
    Some(Signed { digest })
}

impl AppState {
    /// The secret with which the mail gateway of a municipality signs.
    #[must_use]
    pub fn gateway_secret(&self, owner: tenants::TenantId) -> String {
        self.gateway_keys.sign(&owner.to_string())
    }
}

/// Hand over a mail that came in
///
/// For a mail server, not for people. The body is the mail as it came (`message/rfc822`), at most 50 MB. `Content-Digest` holds its SHA-256 (RFC
/// 9530), `X-Gehoord-Timestamp` the time in seconds since 1970, at most five minutes off, and `X-Gehoord-Signature` the HMAC-SHA256 of
/// `<timestamp>.<digest in hexadecimal>` with the secret that `gehoord tenant mail` prints, in hexadecimal. The same mail again changes nothing.
/// With any answer but 2xx the mail server keeps the mail, and tries again or tells its sender.
#[utoipa::path(tag = "cases", operation_id = "createInboundMail", params(
    ("Content-Digest" = String, Header, description = "`sha-256=:…:`"),
    ("X-Gehoord-Timestamp" = String, Header, description = "Seconds since 1970"),
    ("X-Gehoord-Signature" = String, Header, description = "HMAC-SHA256 in hexadecimal"),
), request_body(content = Vec<u8>, content_type = "message/rfc822"), responses(
    (status = 202, description = "Kept; it is read in a moment", body = TakenMail),
    (status = 401, description = "Not signed by the gateway of this municipality, or too long ago", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/inbound-mail")]
pub async fn receive(request: HttpRequest, payload: web::Payload) -> HandlerResult {
    let site = Municipality::extract(&request).await?.0;
    let app = &site.app;
    let owner = site.tenant.id;
    let secret = app.gateway_secret(owner);
    let Some(Signed { digest }) = signed(&request, &secret, app.db.now()) else {
        return Err(Problem::code(Code::NotSignedIn));
    };
    if let Some(known) = inbound::known(&app.db, owner, &digest).await? {
        return Ok(HttpResponse::Accepted().json(TakenMail::from(known)));
    }
    let bytes = extract::body(&request, payload.into_inner(), MAIL_MAX).await?;
    if HEXLOWER.encode(digest::digest(&digest::SHA256, &bytes).as_ref()) != digest {
        return Err(Error::refused(Code::UnreadableBody).into());
    }
    let source = InboundSource::Gateway;
    let taken = inbound::accept(&app.db, &app.file_store, owner, source, bytes.to_vec()).await?;
    Ok(HttpResponse::Accepted().json(TakenMail::from(taken)))
}

#[cfg(test)]
mod tests {
    use super::content_digest;

    #[test]
    fn a_digest_is_read_among_others_and_only_whole() {
        let sha = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
        assert!(content_digest(sha).is_some());
        assert!(content_digest(&format!("sha-512=:AAAA:, {sha}")).is_some());
        for wrong in ["", "sha-256=:AAAA:", "sha-256=47DE", "md5=:AAAA:"] {
            assert!(content_digest(wrong).is_none(), "{wrong}");
        }
    }
}
