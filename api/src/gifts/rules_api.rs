//! The rules over the API, and every version of them.

use actix_web::{HttpResponse, get, put};
use domain::gifts::{self, GiftRules, RulesRequest, RulesVersion};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use crate::{
    extract::{Json, Query, Staff},
    html::pagination::PageRequest,
    problem::{Problem, ProblemDocument},
};

/// The rules with the number of their version.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RulesDocument {
    /// Number of the version; send it along with a change. 0 is what every municipality begins with.
    version: i64,
    /// The rules, amounts in cents. `complaintCools` says whether a complaint of the same person that runs under the law asks for approval
    /// by a second person (true, also when it is left out) or is only told to the giver.
    #[schema(value_type = Object)]
    rules: GiftRules,
}

/// Versions of the rules.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RulesVersionList {
    /// Newest first.
    items: Vec<RulesVersion>,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<i64>,
}

/// Where to go on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct RulesQuery {
    /// `nextCursor` of the answer before.
    cursor: Option<i64>,
    /// How many, at most 100, which is also what is given when nothing is said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

/// The rules that hold
#[utoipa::path(tag = "gifts", operation_id = "getGiftRules", security(("bearer" = [])), responses((status = 200, description = "The rules", body = RulesDocument)))]
#[get("/gift-rules")]
pub async fn rules(staff: Staff<may::ReadGifts>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let (version, rules) = gifts::rules(&tx).await?;
    Ok(HttpResponse::Ok().json(RulesDocument { version, rules }))
}

/// Set new rules
///
/// Every change is a version of its own. They hold for what is given from now on.
#[utoipa::path(tag = "gifts", operation_id = "replaceGiftRules", request_body = RulesRequest, security(("bearer" = [])), responses(
    (status = 200, description = "The new rules", body = RulesDocument),
    (status = 409, description = "Somebody else changed them meanwhile", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/gift-rules")]
pub async fn replace_rules(
    staff: Staff<may::ManageGifts>,
    request: Json<RulesRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let (expected, new) = request.0.parse()?;
    let version = gifts::set_rules(&tx, &new, expected, staff.member().id).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(RulesDocument {
        version,
        rules: new,
    }))
}

/// The versions of the rules
///
/// What every municipality begins with, version 0, is not among them.
#[utoipa::path(tag = "gifts", operation_id = "listGiftRulesVersions", params(RulesQuery), security(("bearer" = [])), responses((status = 200, description = "The versions", body = RulesVersionList)))]
#[get("/gift-rules/versions")]
pub async fn versions(
    staff: Staff<may::ReadGifts>,
    query: Query<RulesQuery>,
) -> Result<HttpResponse, Problem> {
    let page = PageRequest::parse(query.0.limit)?;
    let tx = staff.read().await?;
    let found = gifts::rules_versions(&tx, query.0.cursor, page.to_read()).await?;
    let (found, next_cursor) = page.split(found, |found| found.version);
    Ok(HttpResponse::Ok().json(RulesVersionList {
        next_cursor,
        items: found,
    }))
}
