//! Calendar, promise and deadlines over the API.

use actix_web::{HttpResponse, get, post, put};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Error, cases,
    sla::{self, CalendarDefinition, LegalOutcome, LegalProblem, Pause, ServiceRule, Step},
};
use serde::{Deserialize, Serialize};
use tenants::{TenantTx, permission::may};
use utoipa::ToSchema;

use super::{
    simulate::{self, Question},
    view,
};
use crate::{
    extract::{Input, Staff},
    idempotent::{Created, Creating},
    problem::{Problem, ProblemDocument},
};

/// Moves told one by one; of the others only their number.
const MOVES_TOLD: usize = 50;

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

/// A calendar that is to hold from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CalendarRequest {
    /// The whole calendar.
    #[schema(value_type = Object)]
    calendar: CalendarDefinition,
    /// The version it was made from. When there is a newer one, nothing is changed.
    expected_version: i64,
}

/// A calendar to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PreviewRequest {
    /// The whole calendar.
    #[schema(value_type = Object)]
    calendar: CalendarDefinition,
}

/// An open case that would fall due at another time.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MoveItem {
    /// Reference of the case.
    reference: String,
    /// When it falls due now.
    from: DateTime<Utc>,
    /// When it would fall due.
    to: DateTime<Utc>,
}

/// What a calendar would move.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MoveList {
    /// How many open cases would move.
    count: usize,
    /// The first fifty, what falls due first on top.
    items: Vec<MoveItem>,
}

/// A promise with the day it begins.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleItem {
    /// Number of the version.
    number: i64,
    /// The promise.
    #[schema(value_type = Object)]
    rule: ServiceRule,
    /// First local day of receipt it holds for; from the beginning when absent.
    starts_on: Option<NaiveDate>,
    /// When it was set.
    created_at: DateTime<Utc>,
    /// Whether it holds for what comes in now.
    in_force: bool,
}

/// All promises.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleList {
    /// Newest first.
    items: Vec<RuleItem>,
}

/// A promise to set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RuleRequest {
    /// `{"target": "workingDays", "days": 1}` or `{"target": "businessMinutes", "minutes": 480}`.
    #[schema(value_type = Object)]
    rule: ServiceRule,
    /// First local day of receipt it holds for; at once when absent.
    starts_on: Option<NaiveDate>,
}

/// A question about a deadline. What is left out is taken from what holds now.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SimulateRequest {
    /// When it came in.
    received_at: DateTime<Utc>,
    /// Another calendar.
    #[schema(value_type = Option<Object>)]
    calendar: Option<CalendarDefinition>,
    /// Another promise.
    #[schema(value_type = Option<Object>)]
    rule: Option<ServiceRule>,
    /// When the clock stood still: `[{"from": …, "to": …}]`.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    pauses: Vec<Pause>,
    /// Weeks of adjournment of the terms of the law, at most four.
    #[serde(default)]
    adjourned_weeks: u32,
}

/// A day on the way to a deadline.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepItem {
    /// Local day.
    day: NaiveDate,
    /// `received`, `skipped` or `counted`.
    kind: &'static str,
    /// Which working day it is, when it counts.
    count: Option<u32>,
    /// Why it does not count, in the language of the caller.
    reason: Option<String>,
}

/// The three dates of a term of the law.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LegalItem {
    /// `notDealtWith`, `dealtWith` or `dealtWithAdvised`.
    term: &'static str,
    /// Article of the Awb.
    article: &'static str,
    /// Weeks, adjournment not counted.
    weeks: u64,
    /// The day the weeks end on.
    nominal: Option<NaiveDate>,
    /// The last day that the law gives (Algemene termijnenwet).
    legal: Option<NaiveDate>,
    /// The last day to work towards: open, and no day of rest.
    safe: Option<NaiveDate>,
    /// Why there are no dates: the decrees of that year are not known.
    unknown_year: Option<i32>,
}

/// A deadline with the way there.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SimulationDetail {
    /// The promise that was counted with.
    #[schema(value_type = Object)]
    rule: ServiceRule,
    /// When it falls due.
    due_at: DateTime<Utc>,
    /// Minutes of opening time during which the clock stood still.
    paused_minutes: i64,
    /// Day by day.
    steps: Vec<StepItem>,
    /// Day by day in words, in the language of the caller.
    explanation: Vec<String>,
    /// The terms of the law for a complaint.
    legal: Vec<LegalItem>,
}

async fn detail(tx: &TenantTx) -> Result<CalendarDetail, Error> {
    let current = sla::current(tx).await?;
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
    input: Input<CalendarRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = author.write().await?;
    sla::set_calendar(
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
#[utoipa::path(tag = "deadlines", operation_id = "previewCalendar", request_body = PreviewRequest, security(("bearer" = [])), responses((status = 200, description = "What would move", body = MoveList)))]
#[post("/calendars/current/_preview")]
pub async fn preview_calendar(
    author: Staff<may::ManageCalendars>,
    input: Input<PreviewRequest>,
) -> Result<HttpResponse, Problem> {
    let tx = author.read().await?;
    let definition = &input.0.calendar;
    let today = tx.now().with_timezone(&definition.zone).date_naive();
    let calendar = sla::check(definition, today)?;
    let moves = sla::preview(&tx, &calendar).await?;
    let first = moves.iter().take(MOVES_TOLD);
    let references = cases::references(&tx, first.clone().map(|moved| moved.case)).await?;
    let items = first
        .map(|moved| MoveItem {
            reference: references.get(&moved.case).cloned().unwrap_or_default(),
            from: moved.from,
            to: moved.to,
        })
        .collect();
    Ok(HttpResponse::Ok().json(MoveList {
        count: moves.len(),
        items,
    }))
}

async fn rule_items(tx: &TenantTx) -> Result<Vec<RuleItem>, Error> {
    let today = sla::current(tx).await?.calendar.local_day(tx.now());
    let mut found = false;
    Ok(sla::rules(tx)
        .await?
        .into_iter()
        .map(|version| {
            let begun = version.starts_on.is_none_or(|day| day <= today);
            let in_force = begun && !found;
            found |= begun;
            RuleItem {
                number: version.number,
                rule: version.rule,
                starts_on: version.starts_on,
                created_at: version.created_at,
                in_force,
            }
        })
        .collect())
}

/// Every promise that was ever set
#[utoipa::path(tag = "deadlines", operation_id = "listServiceRules", security(("bearer" = [])), responses((status = 200, description = "The promises", body = RuleList)))]
#[get("/service-rules")]
pub async fn list_rules(reader: Staff<may::ReadCalendars>) -> Result<HttpResponse, Problem> {
    let tx = reader.read().await?;
    let items = rule_items(&tx).await?;
    Ok(HttpResponse::Ok().json(RuleList { items }))
}

/// Set the promise from a day on; promises that were made stay as they were made
#[utoipa::path(tag = "deadlines", operation_id = "createServiceRule", request_body = RuleRequest, security(("bearer" = [])), responses((status = 201, description = "The promises", body = RuleList)))]
#[post("/service-rules")]
pub async fn create_rule(
    author: Staff<may::ManageCalendars>,
    creating: Creating<RuleRequest>,
) -> Result<HttpResponse, Problem> {
    let id = author.member().id;
    creating
        .once(&author.site, Some(id), async |tx, request: RuleRequest| {
            sla::set_rule(tx, &request.rule, request.starts_on, Some(id)).await?;
            let items = rule_items(tx).await?;
            Ok(Created {
                location: Some("/api/v1/service-rules".to_owned()),
                body: RuleList { items },
            })
        })
        .await
}

/// What a deadline would be, and why; stores nothing
#[utoipa::path(tag = "deadlines", operation_id = "simulateDeadline", request_body = SimulateRequest, security(("bearer" = [])), responses((status = 200, description = "The deadline", body = SimulationDetail)))]
#[post("/deadlines/_simulate")]
pub async fn simulate_deadline(
    reader: Staff<may::ReadCalendars>,
    input: Input<SimulateRequest>,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let current = sla::current(&tx).await?;
    let request = input.0;
    let question = Question {
        received: request.received_at,
        calendar: request.calendar,
        rule: request.rule,
        pauses: request.pauses,
        adjourned: request.adjourned_weeks,
    };
    let outcome = simulate::answer(question, &current, tx.now())?;
    let steps = outcome
        .due
        .steps
        .iter()
        .map(|step| match step {
            Step::Received(day) => StepItem {
                day: *day,
                kind: "received",
                count: None,
                reason: None,
            },
            Step::Skipped(day, closed) => StepItem {
                day: *day,
                kind: "skipped",
                count: None,
                reason: Some(view::why_closed(closed, language)),
            },
            Step::Counted(day, count) => StepItem {
                day: *day,
                kind: "counted",
                count: Some(*count),
                reason: None,
            },
        })
        .collect();
    let legal = outcome.legal.iter().map(legal_item).collect();
    Ok(HttpResponse::Ok().json(SimulationDetail {
        explanation: view::explanation(&outcome.due, language),
        due_at: outcome.due.at,
        paused_minutes: outcome.due.paused.num_minutes(),
        rule: outcome.rule,
        steps,
        legal,
    }))
}

/// A term of the law for programs.
pub fn legal_item((term, dates): &LegalOutcome) -> LegalItem {
    let dates = dates.as_ref();
    let known = dates.ok();
    LegalItem {
        term: term.as_str(),
        article: term.article(),
        weeks: term.weeks(),
        nominal: known.map(|dates| dates.nominal),
        legal: known.map(|dates| dates.legal),
        safe: known.map(|dates| dates.safe),
        unknown_year: match dates {
            Err(LegalProblem::UnknownYear(year)) => Some(*year),
            _ => None,
        },
    }
}
