//! What a deadline would be, over the API. It stores nothing.

use actix_web::{HttpResponse, post};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{
    Language,
    clocks::{self, CaseClock, SimulateRequest},
    deadlines::{Explanation, LegalDates, LegalProblem, LegalTerm, ServiceRule, Step},
};
use serde::Serialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    clocks::{legal_view, view},
    extract::{Json, Staff},
    problem::Problem,
};

/// A day on the way to a deadline.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepItem {
    /// Local day.
    day: NaiveDate,
    /// `received`, `skipped`, `counted` (a working day) or `used` (opening time of a promise in hours).
    kind: &'static str,
    /// Which working day it is, when it counts.
    count: Option<u32>,
    /// Whole minutes of opening time that were used of it, for a promise in hours.
    minutes: Option<i64>,
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
    /// A later day on which it may end, without certainty: it takes more than twelve weeks (Atw art. 4).
    #[serde(skip_serializing_if = "Option::is_none")]
    doubtful: Option<NaiveDate>,
    /// The last day to work towards: open, and no day of rest.
    safe: Option<NaiveDate>,
    /// Weeks of adjournment that are counted in the dates; none while a later day is agreed.
    adjourned_weeks: u32,
    /// Whether the dates are the day that the resident agreed to, instead of the weeks.
    agreed: bool,
    /// Why there are no dates: the decrees of that year are not known.
    unknown_year: Option<i32>,
    /// Why the dates are what they are, step by step in the language of the caller.
    explanation: Vec<String>,
}

/// A moment at which somebody would be warned.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WarningItem {
    /// `before:` or `after:` with minutes of opening time, `safe:` with open days before the day to work towards, or `due`.
    level: String,
    /// When.
    at: DateTime<Utc>,
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
    /// Minutes of opening time during which the clock was paused.
    paused_minutes: i64,
    /// Day by day.
    steps: Vec<StepItem>,
    /// Day by day in words, in the language of the caller.
    explanation: Vec<String>,
    /// When somebody would be warned, in order.
    warnings: Vec<WarningItem>,
    /// The terms of the law for a complaint.
    legal: Vec<LegalItem>,
}

/// What a deadline would be, and why; stores nothing
#[utoipa::path(tag = "deadlines", operation_id = "simulateDeadline", request_body = SimulateRequest, security(("bearer" = [])), responses((status = 200, description = "The deadline", body = SimulationDetail)))]
#[post("/deadlines/_simulate")]
pub async fn simulate_deadline(
    reader: Staff<may::ReadCalendars>,
    input: Json<SimulateRequest>,
) -> Result<HttpResponse, Problem> {
    let language = reader.site.language;
    let tx = reader.read().await?;
    let current = clocks::current(&tx).await?;
    let outcome = clocks::simulate_deadline(&tx, input.0, &current, language).await?;
    let simulation = outcome.simulation;
    let steps = simulation
        .due
        .steps
        .iter()
        .map(|step| {
            let (day, kind) = match step {
                Step::Received(day) | Step::Arrived(day) => (*day, "received"),
                Step::Skipped(day, _) => (*day, "skipped"),
                Step::Counted(day, _) => (*day, "counted"),
                Step::Used(day, _) => (*day, "used"),
            };
            StepItem {
                day,
                kind,
                count: match step {
                    Step::Counted(_, count) => Some(*count),
                    _ => None,
                },
                minutes: match step {
                    Step::Used(_, time) => Some(time.num_minutes()),
                    _ => None,
                },
                reason: match step {
                    Step::Skipped(_, closed) => Some(view::why_closed(closed, language)),
                    _ => None,
                },
            }
        })
        .collect();
    let asked = outcome.question;
    let received = outcome.calendar.local_day(asked.received);
    let legal = simulation
        .legal
        .iter()
        .map(|(term, dates)| LegalItem::of(*term, dates, (received, asked.adjourned), language))
        .collect();
    Ok(HttpResponse::Ok().json(SimulationDetail {
        explanation: view::explanation(&simulation.due, language),
        warnings: simulation
            .warnings
            .iter()
            .map(|(at, level)| WarningItem {
                level: level.to_string(),
                at: *at,
            })
            .collect(),
        due_at: simulation.due.at,
        paused_minutes: simulation.due.paused.num_minutes(),
        rule: asked.rule,
        steps,
        legal,
    }))
}

impl LegalItem {
    /// A term of the law for programs: of what came in on a local day, with so many weeks of adjournment.
    pub fn of(
        term: LegalTerm,
        dates: &Result<LegalDates, LegalProblem>,
        (received, adjourned): (NaiveDate, u32),
        language: Language,
    ) -> Self {
        let known = dates.as_ref().ok();
        let agreed = known.is_some_and(|dates| dates.agreed);
        Self {
            term: term.as_str(),
            article: term.article(),
            weeks: term.weeks(),
            nominal: known.map(|dates| dates.nominal),
            legal: known.map(|dates| dates.legal),
            doubtful: known.and_then(|dates| dates.doubtful),
            safe: known.map(|dates| dates.safe),
            adjourned_weeks: if term.can_be_adjourned() && !agreed {
                adjourned
            } else {
                0
            },
            agreed,
            unknown_year: match dates {
                Err(LegalProblem::UnknownYear { year, .. }) => Some(*year),
                _ => None,
            },
            explanation: legal_view::sentences(term, received, adjourned, dates, language),
        }
    }

    /// That of a clock; nothing when it is no term of the law.
    pub fn of_clock(clock: &CaseClock, zone: Tz, language: Language) -> Option<Self> {
        let Explanation::Law(term, dates) = &clock.why else {
            return None;
        };
        let row = &clock.clock;
        let received = row.started_at.with_timezone(&zone).date_naive();
        let counted = (received, clock.history.adjourned);
        let item = Self::of(*term, dates, counted, language);
        Some(Self {
            // The weeks end on a day also while nobody knows the law's last one.
            nominal: item.nominal.or(row.nominal_on),
            safe: item.safe.or(row.safe_on),
            ..item
        })
    }
}
