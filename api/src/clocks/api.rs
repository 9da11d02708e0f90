//! Calendar, promise and deadlines over the API.

use actix_web::{HttpResponse, get, post, put};
use chrono::{DateTime, Utc};
use domain::{
    Error,
    clocks::{self, CalendarRequest, Moves, PreviewRequest, RuleDetail, RuleRequest},
    deadlines::{CalendarDefinition, ServiceRule},
};
use serde::Serialize;
use tenants::{TenantTx, permission::may};
use utoipa::ToSchema;

use crate::{
    extract::{Json, Query, Staff},
    html::pagination::{self, LimitQuery},
    idempotency::{Created, IdempotentJson},
    problem::{Problem, ProblemDocument},
};

/// Calendar and promise.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CalendarDetail {
    /// Number of the calendar's version; send it along with a change.
    version: i64,
    /// The calendar: zone, week, holidays and single days.
    #[schema(value_type = Object)]
    calendar: CalendarDefinition,
    /// The promise for what comes in now.
    #[schema(value_type = Object)]
    rule: ServiceRule,
    /// When a message that comes in now would fall due.
    due_if_received_now_at: DateTime<Utc>,
}

/// All promises.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleList {
    /// Newest first.
    items: Vec<RuleDetail>,
}

async fn detail(tx: &TenantTx) -> Result<CalendarDetail, Error> {
    let current = clocks::current(tx).await?;
    let due = current
        .rule
        .due(&current.calendar, tx.now())
        .ok_or_else(|| Error::bug("the calendar does not open within five years"))?;
    Ok(CalendarDetail {
        version: current.calendar_number,
        calendar: (*current.definition).clone(),
        rule: current.rule,
        due_if_received_now_at: due.at,
    })
}

/// When the municipality is open and what it promises
#[utoipa::path(tag = "deadlines", operation_id = "getCalendar", security(("bearer" = [])), responses((status = 200, description = "Calendar and promise", body = CalendarDetail)))]
#[get("/calendars/current")]
pub async fn current_calendar(reader: Staff<may::ReadCalendars>) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    Ok(HttpResponse::Ok().json(detail(&tx).await?))
}

/// Set the calendar from now on; open cases are counted again
#[utoipa::path(tag = "deadlines", operation_id = "replaceCalendar", request_body = CalendarRequest, security(("bearer" = [])), responses((status = 200, description = "Calendar and promise", body = CalendarDetail), (status = 409, description = "Somebody changed it meanwhile", body = ProblemDocument, content_type = "application/problem+json")))]
#[put("/calendars/current")]
pub async fn replace_calendar(
    author: Staff<may::ManageCalendars>,
    input: Json<CalendarRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = author.write().await?;
    clocks::set_calendar(
        &tx,
        &input.0.calendar,
        Some(input.0.expected_version),
        Some(author.member().id),
    )
    .await?;
    let changed = detail(&tx).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(changed))
}

/// Which open cases a calendar would move; changes nothing
#[utoipa::path(tag = "deadlines", operation_id = "previewCalendar", request_body = PreviewRequest, security(("bearer" = [])), responses((status = 200, description = "What would move", body = Moves)))]
#[post("/calendars/current/_preview")]
pub async fn preview_calendar(
    author: Staff<may::ManageCalendars>,
    input: Json<PreviewRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = author.read().await?;
    let definition = &input.0.calendar;
    let today = tx.now().with_timezone(&definition.zone).date_naive();
    let calendar = definition.check(today, "calendar")?;
    Ok(HttpResponse::Ok().json(clocks::preview_calendar(&tx, author.viewer(), &calendar).await?))
}

/// Every promise that was ever set
#[utoipa::path(tag = "deadlines", operation_id = "listServiceRules", params(LimitQuery), security(("bearer" = [])), responses((status = 200, description = "The promises", body = RuleList)))]
#[get("/service-rules")]
pub async fn list_rules(
    reader: Staff<may::ReadCalendars>,
    limit: Query<LimitQuery>,
) -> Result<HttpResponse, Problem> {
    let most = limit.0.most()?;
    let tx = reader.read().await?;
    // Which one holds follows from all of them.
    let items = clocks::all_rules(&tx, reader.site.language).await?;
    Ok(HttpResponse::Ok().json(RuleList {
        items: pagination::first(most, items).collect(),
    }))
}

/// Set the promise from a day on; promises that were made stay as they were made
#[utoipa::path(tag = "deadlines", operation_id = "createServiceRule", request_body = RuleRequest, security(("bearer" = [])), responses((status = 201, description = "The promises", body = RuleList)))]
#[post("/service-rules")]
pub async fn create_rule(
    author: Staff<may::ManageCalendars>,
    creating: IdempotentJson<RuleRequest>,
) -> Result<HttpResponse, Problem> {
    let (id, language) = (author.member().id, author.site.language);
    creating
        .once(&author.site, Some(id), async |tx, request: RuleRequest| {
            let new = request.parse()?;
            clocks::set_rule(tx, &new.rule, &new.terms, new.starts_on, Some(id)).await?;
            let items = clocks::all_rules(tx, language).await?;
            Ok(Created {
                location: Some("/api/v1/service-rules".to_owned()),
                body: RuleList { items },
            })
        })
        .await
}
