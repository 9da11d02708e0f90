//! Subscriptions over the API: for the operator at the platform's host, and the two steps of a public request.

use actix_web::{HttpResponse, get, post, put};
use domain::{
    Error,
    quotas::{self, OwnQuotas, Plan, Quotas, Usage},
    subscriptions::{
        self, AskRequest, ChangeRequest, DeskFilter, MunicipalityItem, MunicipalityRequest,
        RefuseRequest, RequestId, RequestItem, RequestStatus,
    },
};
use serde::{Deserialize, Serialize};
use tenants::{TenantState, permission::may};
use utoipa::{IntoParams, ToSchema};

use super::brake;
use crate::{
    extract::{Id, Json, PathName, Platform, Query, Staff},
    html::pagination::{LimitQuery, PageRequest},
    problem::{HandlerResult, ProblemDocument},
};

/// Which municipalities to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct MunicipalityQuery {
    /// With this in their name or short name.
    q: Option<String>,
    /// In this state only.
    #[param(inline, value_type = Option<TenantState>)]
    state: Option<String>,
    /// Number of the page, from 1.
    #[param(minimum = 1)]
    page: Option<u64>,
    /// At most so many, 1 to 100; 100 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
}

/// Municipalities with counts, never contents.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MunicipalityList {
    /// By name.
    items: Vec<MunicipalityItem>,
    /// Those that need somebody: suspended, a quota near or over, jobs given up or stuck.
    attention: Vec<MunicipalityItem>,
    /// Whether another page follows.
    more: bool,
}

/// All municipalities of the platform
#[utoipa::path(tag = "administration", operation_id = "listMunicipalities", params(MunicipalityQuery), security(("bearer" = [])), responses((status = 200, description = "The municipalities", body = MunicipalityList)))]
#[get("/municipalities")]
pub async fn list(
    operator: Staff<may::OperatePlatform>,
    query: Query<MunicipalityQuery>,
) -> HandlerResult {
    let query = query.0;
    let state = match query.state.as_deref() {
        None => None,
        Some(state) => Some(
            state
                .parse()
                .map_err(|_| Error::invalid("state", "not_an_option"))?,
        ),
    };
    let filter = DeskFilter {
        search: query.q.as_deref().unwrap_or_default(),
        state,
        page: query.page.unwrap_or(1).saturating_sub(1),
        size: PageRequest::parse(query.limit)?.limit(),
    };
    let tx = operator.site.read_shared().await?;
    let desk = subscriptions::desk(&tx, &filter).await?;
    Ok(HttpResponse::Ok().json(MunicipalityList {
        items: desk.items,
        attention: desk.attention,
        more: desk.more,
    }))
}

/// A municipality that was made.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MadeMunicipality {
    /// Short name.
    slug: String,
    /// Name.
    name: String,
    /// Its hosts.
    hosts: Vec<String>,
}

impl From<tenants::Tenant> for MadeMunicipality {
    fn from(tenant: tenants::Tenant) -> Self {
        Self {
            slug: tenant.slug,
            name: tenant.name,
            hosts: tenant.hosts,
        }
    }
}

/// Make a municipality
///
/// It is being prepared, and its first administrator is invited by mail. The short name is used once, so a repeated request makes nothing.
#[utoipa::path(tag = "administration", operation_id = "createMunicipality", request_body = MunicipalityRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Made", body = MadeMunicipality),
    (status = 400, description = "What is wrong, per field", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/municipalities")]
pub async fn make(
    operator: Staff<may::OperatePlatform>,
    request: Json<MunicipalityRequest>,
) -> HandlerResult {
    let made = super::make(&operator, &request.0, None).await?;
    Ok(HttpResponse::Created().json(MadeMunicipality::from(made)))
}

/// A municipality with its plan.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MunicipalityDetail {
    /// State, plan and use.
    #[serde(flatten)]
    item: MunicipalityItem,
    /// Codes of the CBS that it serves.
    codes: Vec<String>,
    /// Its hosts; the first is the one in links.
    hosts: Vec<String>,
    /// Its own numbers.
    own: Option<OwnQuotas>,
}

/// One municipality of the platform
#[utoipa::path(tag = "administration", operation_id = "getMunicipality", params(("slug" = String, Path, description = "Its short name")), security(("bearer" = [])), responses((status = 200, description = "The municipality", body = MunicipalityDetail)))]
#[get("/municipalities/{slug}")]
pub async fn get(operator: Staff<may::OperatePlatform>, slug: PathName) -> HandlerResult {
    let tx = operator.site.read_shared().await?;
    let tenant = subscriptions::municipality(&tx, &slug.0).await?;
    let codes = subscriptions::codes_of(&tx, tenant.id).await?;
    let plans = quotas::of(&tx, [tenant.id]).await?;
    Ok(HttpResponse::Ok().json(MunicipalityDetail {
        item: subscriptions::item(&tx, tenant.id).await?,
        codes: codes.iter().map(|one| one.code.to_owned()).collect(),
        hosts: tenant.hosts,
        own: plans.first().map(quotas::Subscription::own),
    }))
}

/// Change the plan of a municipality and the codes it serves
#[utoipa::path(tag = "administration", operation_id = "replaceSubscription", params(("slug" = String, Path, description = "Its short name")), request_body = ChangeRequest, security(("bearer" = [])), responses(
    (status = 204, description = "Changed"),
    (status = 400, description = "What is wrong, per field", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[put("/municipalities/{slug}/subscription")]
pub async fn change(
    operator: Staff<may::OperatePlatform>,
    slug: PathName,
    request: Json<ChangeRequest>,
) -> HandlerResult {
    super::change(&operator, &slug.0, &request.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ask for a subscription
///
/// At the platform's own host, open to everybody. A link to confirm goes to the address; only then the operator decides.
#[utoipa::path(tag = "administration", operation_id = "createSubscriptionRequest", request_body = AskRequest, responses(
    (status = 202, description = "A mail with a link is on its way"),
    (status = 400, description = "What is wrong, per field", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/subscription-requests")]
pub async fn ask(platform: Platform, request: Json<AskRequest>) -> HandlerResult {
    let site = platform.0;
    brake(&site)?;
    let tx = site.write().await?;
    subscriptions::ask(&tx, &request.0, site.links(), site.language).await?;
    tx.commit().await?;
    Ok(HttpResponse::Accepted().finish())
}

/// The code of the mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ConfirmRequest {
    /// What stands at the end of the link.
    code: String,
}

/// Confirm a request for a subscription
#[utoipa::path(tag = "administration", operation_id = "confirmSubscriptionRequest", request_body = ConfirmRequest, responses(
    (status = 204, description = "Confirmed"),
    (status = 410, description = "The link is too old, or never was one", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/subscription-requests/_confirm")]
pub async fn confirm(platform: Platform, request: Json<ConfirmRequest>) -> HandlerResult {
    let tx = platform.0.write().await?;
    subscriptions::confirm(&tx, &request.0.code).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Requests to subscribe.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestList {
    /// The oldest first.
    items: Vec<RequestItem>,
}

/// Confirmed requests that wait for a decision
#[utoipa::path(tag = "administration", operation_id = "listSubscriptionRequests", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The requests", body = RequestList)))]
#[get("/subscription-requests")]
pub async fn requests(
    operator: Staff<may::OperatePlatform>,
    limit: Query<LimitQuery>,
) -> HandlerResult {
    let tx = operator.site.read_shared().await?;
    let most = limit.0.most()?;
    let items = subscriptions::list(&tx, RequestStatus::Confirmed, most).await?;
    Ok(HttpResponse::Ok().json(RequestList { items }))
}

/// Approve a request: make the municipality
#[utoipa::path(tag = "administration", operation_id = "approveSubscriptionRequest", params(("id" = uuid::Uuid, Path, description = "Id of the request")), request_body = MunicipalityRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Made", body = MadeMunicipality),
    (status = 409, description = "Decided already, or not confirmed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/subscription-requests/{id}/_approve")]
pub async fn approve(
    operator: Staff<may::OperatePlatform>,
    id: Id<RequestId>,
    request: Json<MunicipalityRequest>,
) -> HandlerResult {
    let made = super::make(&operator, &request.0, Some(id.0)).await?;
    Ok(HttpResponse::Created().json(MadeMunicipality::from(made)))
}

/// Refuse a request
#[utoipa::path(tag = "administration", operation_id = "refuseSubscriptionRequest", params(("id" = uuid::Uuid, Path, description = "Id of the request")), request_body = RefuseRequest, security(("bearer" = [])), responses(
    (status = 204, description = "Refused, and whoever asked is mailed why"),
    (status = 409, description = "Decided already, or not confirmed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/subscription-requests/{id}/_refuse")]
pub async fn refuse(
    operator: Staff<may::OperatePlatform>,
    id: Id<RequestId>,
    request: Json<RefuseRequest>,
) -> HandlerResult {
    let tx = operator.write().await?;
    let by = (operator.site.tenant.as_ref(), operator.member().id);
    subscriptions::refuse(&tx, id.0, &request.0, by).await?;
    tx.commit().await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The plan of a municipality and what it uses of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubscriptionUse {
    /// The plan.
    plan: Plan,
    /// What may be used.
    quotas: Quotas,
    /// What is used today.
    usage: Vec<Usage>,
}

/// The plan of this municipality, and what it uses
#[utoipa::path(tag = "administration", operation_id = "getSubscription", security(("bearer" = [])), responses((status = 200, description = "Plan and use", body = SubscriptionUse)))]
#[get("/subscription")]
pub async fn usage(admin: Staff<may::ManageStaff>) -> HandlerResult {
    let tx = admin.read().await?;
    let known = quotas::get(&tx).await?.ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok().json(SubscriptionUse {
        plan: known.plan,
        quotas: known.quotas(),
        usage: known.usages(quotas::day(tx.now())),
    }))
}
