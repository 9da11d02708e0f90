//! The figures of a practice over the API.

use actix_web::{HttpResponse, get, put};
use domain::outcomes::{self, Baseline, Consent, ConsentRequest, Outcomes};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    discussion::practice,
    extract::{Json, PathName, Query, Staff},
    html::pagination::LimitQuery,
    problem::{HandlerResult, ProblemDocument},
};

/// What one's own municipality shares.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeConsentList {
    /// By time.
    items: Vec<Consent>,
}

/// What residents said before practices began.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OutcomeBaselineList {
    /// By quarter.
    items: Vec<Baseline>,
}

/// What a practice brought
///
/// Figures of municipalities that decided to be named, and figures over five municipalities or more.
#[utoipa::path(tag = "practices", operation_id = "getPracticeOutcomes", params(("slug" = String, Path, description = "Address of the practice")), security(("bearer" = [])), responses((status = 200, description = "The figures", body = Outcomes)))]
#[get("/practices/{slug}/outcomes")]
pub async fn figures(staff: Staff<may::UseAccount>, slug: PathName) -> HandlerResult {
    let detail = practice(&staff.site, &slug.0).await?;
    let tx = staff.site.read_shared().await?;
    Ok(HttpResponse::Ok().json(outcomes::outcomes(&tx, detail.practice.id).await?))
}

/// What one's own municipality shares
#[utoipa::path(tag = "practices", operation_id = "listOutcomeConsents", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "What is shared now", body = OutcomeConsentList)))]
#[get("/outcome-consents")]
pub async fn consents(staff: Staff<may::ReadPractices>, limit: Query<LimitQuery>) -> HandlerResult {
    let limit = limit.0.most()?;
    let tx = staff.read().await?;
    let items = outcomes::consents(&tx, None, limit).await?;
    Ok(HttpResponse::Ok().json(OutcomeConsentList { items }))
}

/// What residents said before one's own practices began
///
/// The four quarters before a bundle was activated. Nobody else sees them.
#[utoipa::path(tag = "practices", operation_id = "listOutcomeBaselines", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The baselines, newest quarter first", body = OutcomeBaselineList)))]
#[get("/outcome-baselines")]
pub async fn baselines(
    staff: Staff<may::ReadPractices>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let limit = limit.0.most()?;
    let tx = staff.read().await?;
    let items = outcomes::baselines(&tx, None, limit).await?;
    Ok(HttpResponse::Ok().json(OutcomeBaselineList { items }))
}

/// Share a figure about a practice, or no longer
///
/// From the next whole quarter on. What was shared stays.
#[utoipa::path(tag = "practices", operation_id = "replaceOutcomeConsent", params(("slug" = String, Path, description = "Address of the practice")), request_body = ConsentRequest, security(("bearer" = [])), responses(
    (status = 204, description = "Kept"),
    (status = 409, description = "It is shared elsewhere without a name, or the practice is not in use", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/practices/{slug}/outcome-consent")]
pub async fn share(
    staff: Staff<may::EditPractices>,
    slug: PathName,
    request: Json<ConsentRequest>,
) -> HandlerResult {
    let detail = practice(&staff.site, &slug.0).await?;
    let tx = staff.write().await?;
    outcomes::set_consent(&tx, staff.member(), &detail.practice, &request.0).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}
