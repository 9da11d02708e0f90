//! The rapportcijfer over the API.

use actix_web::{HttpResponse, get, post};
use domain::scores::{self, Invitation, Score, ScoreRequest};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    extract::{Municipality, PathName},
    idempotency::{Created, IdempotentJson},
    problem::{HandlerResult, ProblemDocument},
};

/// An invitation to give a score.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitationDetail {
    /// The number of the message it is about.
    reference: String,
    /// The score that was given, if one was.
    score: Option<Score>,
    /// Whether the time for it is over.
    expired: bool,
}

fn detail(found: Invitation) -> InvitationDetail {
    InvitationDetail {
        reference: found.case.reference,
        score: found.given,
        expired: found.expired,
    }
}

/// An invitation, by its code
///
/// Looking never stores anything.
#[utoipa::path(tag = "scores", operation_id = "getScoreInvitation", params(("code" = String, Path, description = "Code of the link in the mail, or of the receipt")), responses((status = 200, description = "The invitation", body = InvitationDetail)))]
#[get("/score-invitations/{code}")]
pub async fn invitation(site: Municipality, code: PathName) -> HandlerResult {
    let tx = site.0.read().await?;
    Ok(HttpResponse::Ok().json(detail(scores::invitation(&tx, &code.0).await?)))
}

/// Give a score, once
#[utoipa::path(tag = "scores", operation_id = "createScore", params(
    ("code" = String, Path, description = "Code of the link in the mail, or of the receipt"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = ScoreRequest, responses(
    (status = 201, description = "Thank you", body = Score),
    (status = 409, description = "A score was given before", body = ProblemDocument, content_type = "application/problem+json"),
    (status = 410, description = "The time for it is over", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/score-invitations/{code}/scores")]
pub async fn give(
    site: Municipality,
    code: PathName,
    creating: IdempotentJson<ScoreRequest>,
) -> HandlerResult {
    creating
        .once(&site.0, None, async |tx, request: ScoreRequest| {
            let score = scores::give(tx, &code.0, request).await?;
            Ok(Created {
                body: score,
                location: Some(format!("/api/v1/score-invitations/{}", code.0)),
            })
        })
        .await
}
