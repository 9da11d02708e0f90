//! Deadlines, clocks and promises as pages and programs read them.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Serialize, Serializer};
use tenants::{TenantTx, text_enum};
use utoipa::ToSchema;

use super::{
    case_clocks::{CaseClock, EventRow},
    clock_store::ClockRow,
    rule_store::{self, RuleVersion},
    simulation::SimulationOutcome,
    words::{self, Labels},
};
use crate::{
    Error, Language,
    deadlines::{Explanation, LegalDates, LegalProblem, LegalTerm, Level, ServiceRule, Step},
};

text_enum! {
    /// What a day on the way to a deadline is.
    StepKind {
        /// The day of receipt.
        Received = "received",
        /// It does not count.
        Skipped = "skipped",
        /// A working day.
        Counted = "counted",
        /// Opening time of a promise in hours.
        Used = "used",
    }
}

/// A day on the way to a deadline.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = StepItem)]
pub struct DeadlineStep {
    /// Local day.
    pub day: NaiveDate,
    /// `received`, `skipped`, `counted` (a working day) or `used` (opening time of a promise in hours).
    pub kind: StepKind,
    /// Which working day it is, when it counts.
    pub count: Option<u32>,
    /// Whole minutes of opening time that were used of it, for a promise in hours.
    pub minutes: Option<i64>,
    /// Why it does not count, in the language of the caller.
    pub reason: Option<String>,
}

impl DeadlineStep {
    fn of(step: &Step, language: Language) -> Self {
        let on = |day: &NaiveDate, kind| Self {
            day: *day,
            kind,
            count: None,
            minutes: None,
            reason: None,
        };
        match step {
            Step::Received(day) | Step::Arrived(day) => on(day, StepKind::Received),
            Step::Skipped(day, closed) => Self {
                reason: Some(words::why_closed(closed, language)),
                ..on(day, StepKind::Skipped)
            },
            Step::Counted(day, count) => Self {
                count: Some(*count),
                ..on(day, StepKind::Counted)
            },
            Step::Used(day, time) => Self {
                minutes: Some(time.num_minutes()),
                ..on(day, StepKind::Used)
            },
        }
    }
}

/// A moment at which somebody would be warned.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = WarningItem)]
pub struct DeadlineWarning {
    /// `before:` or `after:` with minutes of opening time, `safe:` with open days before the day to work towards, or `due`.
    #[serde(serialize_with = "display")]
    #[schema(value_type = String)]
    pub level: Level,
    /// When.
    pub at: DateTime<Utc>,
}

fn display<S: Serializer>(level: &Level, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(level)
}

/// The three dates of a term of the law.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LegalItem)]
pub struct LegalDeadline {
    /// `notDealtWith`, `dealtWith` or `dealtWithAdvised`.
    pub term: LegalTerm,
    /// Article of the Awb.
    pub article: &'static str,
    /// Weeks, adjournment not counted.
    pub weeks: u64,
    /// The day the weeks end on.
    pub nominal: Option<NaiveDate>,
    /// The last day that the law gives (Algemene termijnenwet).
    pub legal: Option<NaiveDate>,
    /// A later day on which it may end, without certainty: it takes more than twelve weeks (Atw art. 4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubtful: Option<NaiveDate>,
    /// The last day to work towards: open, and no day of rest.
    pub safe: Option<NaiveDate>,
    /// Weeks of adjournment that are counted in the dates; none while a later day is agreed.
    pub adjourned_weeks: u32,
    /// Whether the dates are the day that the resident agreed to, instead of the weeks.
    pub agreed: bool,
    /// Why there are no dates: the decrees of that year are not known.
    pub unknown_year: Option<i32>,
    /// Why the dates are what they are, step by step in the language of the caller.
    pub explanation: Vec<String>,
}

impl LegalDeadline {
    /// A term of the law of what came in on a local day, with so many weeks of adjournment.
    fn of(
        term: LegalTerm,
        dates: &Result<LegalDates, LegalProblem>,
        (received, adjourned): (NaiveDate, u32),
        language: Language,
    ) -> Self {
        let known = dates.as_ref().ok();
        let agreed = known.is_some_and(|dates| dates.agreed);
        let counts = term.can_be_adjourned() && !agreed;
        let adjourned_weeks = if counts { adjourned } else { 0 };
        Self {
            term,
            article: term.article(),
            weeks: term.weeks(),
            nominal: known.map(|dates| dates.nominal),
            legal: known.map(|dates| dates.legal),
            doubtful: known.and_then(|dates| dates.doubtful),
            safe: known.map(|dates| dates.safe),
            adjourned_weeks,
            agreed,
            unknown_year: match dates {
                Err(LegalProblem::UnknownYear { year, .. }) => Some(*year),
                _ => None,
            },
            explanation: words::legal_sentences(term, received, adjourned, dates, language),
        }
    }
}

/// A deadline with the way there.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SimulationDetail {
    /// The promise that was counted with.
    #[schema(value_type = Object)]
    pub rule: ServiceRule,
    /// When it falls due.
    pub due_at: DateTime<Utc>,
    /// Minutes of opening time during which the clock was paused.
    pub paused_minutes: i64,
    /// Day by day.
    pub steps: Vec<DeadlineStep>,
    /// Day by day in words, in the language of the caller.
    pub explanation: Vec<String>,
    /// When somebody would be warned, in order.
    pub warnings: Vec<DeadlineWarning>,
    /// The terms of the law for a complaint.
    pub legal: Vec<LegalDeadline>,
}

impl SimulationOutcome {
    /// What follows, in a language.
    #[must_use]
    pub fn detail(&self, language: Language) -> SimulationDetail {
        let (simulation, asked) = (&self.simulation, &self.question);
        let counted = (self.calendar.local_day(asked.received), asked.adjourned);
        SimulationDetail {
            rule: asked.rule.clone(),
            due_at: simulation.due.at,
            paused_minutes: simulation.due.paused.num_minutes(),
            steps: (simulation.due.steps.iter())
                .map(|step| DeadlineStep::of(step, language))
                .collect(),
            explanation: words::due_explanation(&simulation.due, language),
            warnings: (simulation.warnings.iter())
                .map(|&(at, level)| DeadlineWarning { level, at })
                .collect(),
            legal: (simulation.legal.iter())
                .map(|(term, dates)| LegalDeadline::of(*term, dates, counted, language))
                .collect(),
        }
    }
}

/// A clock of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClockDetail {
    /// The clock.
    #[serde(flatten)]
    pub row: ClockRow,
    /// The three dates of a term of the law; none for a promise.
    pub legal: Option<LegalDeadline>,
    /// The promise; none for a term of the law.
    pub rule: Option<RuleVersion>,
    /// Until when it is paused, if it is.
    pub paused_until: Option<DateTime<Utc>>,
    /// Weeks of adjournment.
    pub adjourned_weeks: u32,
    /// A later day to which the resident agreed in writing.
    pub agreed_until: Option<NaiveDate>,
    /// Why it falls due then, step by step in the language of the caller.
    pub explanation: Vec<String>,
    /// What happened to it, oldest first.
    pub events: Vec<EventRow>,
    /// Whether the municipality means not to deal with the complaint (Awb art. 9:8).
    pub refusing: bool,
    /// Reference of the merged case that it is of; none for a clock of the case itself.
    pub merged_reference: Option<String>,
    /// Whether a committee advises.
    #[serde(skip)]
    pub advised: bool,
}

impl CaseClock {
    /// The clock in a language, with local days of `zone`.
    #[must_use]
    pub fn detail(self, now: DateTime<Utc>, zone: Tz, language: Language) -> ClockDetail {
        let row = self.clock;
        let (legal, explanation) = match &self.why {
            Explanation::Promise(due, _) => {
                let mut lines = words::due_explanation(due, language);
                let moment = language.moment(due.at, zone, row.started_at);
                lines.push(language.text_with("due-at-last", &[("moment", &moment)]));
                (None, lines)
            }
            Explanation::Agreed(day) => {
                let day = language.day(*day);
                let moment = row
                    .due_at
                    .map(|due| language.moment(due, zone, row.started_at));
                let moment = moment.unwrap_or_default();
                let values = [("day", day.as_str()), ("moment", moment.as_str())];
                (None, vec![language.text_with("due-agreed", &values)])
            }
            Explanation::Law(term, dates) => {
                let received = row.started_at.with_timezone(&zone).date_naive();
                let counted = (received, self.history.adjourned);
                let legal = LegalDeadline::of(*term, dates, counted, language);
                let legal = LegalDeadline {
                    // The weeks end on a day also while nobody knows the law's last one.
                    nominal: legal.nominal.or(row.nominal_on),
                    safe: legal.safe.or(row.safe_on),
                    ..legal
                };
                let lines = legal.explanation.clone();
                (Some(legal), lines)
            }
        };
        ClockDetail {
            legal,
            rule: self.rule,
            paused_until: self.history.pause_at(now).map(|still| still.to),
            adjourned_weeks: self.history.adjourned,
            agreed_until: self.history.agreed_until,
            explanation,
            events: self.events,
            refusing: self.history.refusing,
            merged_reference: self.merged,
            advised: self.history.advised,
            row,
        }
    }
}

/// A promise in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleItem)]
pub struct RuleDetail {
    /// The promise.
    #[serde(flatten)]
    pub version: RuleVersion,
    /// The whole of it in words, in the language of the caller.
    pub sentences: Vec<String>,
    /// Whether it holds for what comes in now.
    pub in_force: bool,
}

/// Promises in words on a day, in the order in which they come; `versions` are all of them.
#[must_use]
pub fn rule_details(
    versions: Vec<RuleVersion>,
    today: NaiveDate,
    labels: &Labels,
    language: Language,
) -> Vec<RuleDetail> {
    let now: Vec<i64> = (rule_store::in_force(&versions, today).iter())
        .map(|version| version.number)
        .collect();
    let detail = |version: RuleVersion| RuleDetail {
        sentences: words::promise_sentences(&version.rule, &version.terms, labels, language),
        in_force: now.contains(&version.number),
        version,
    };
    versions.into_iter().map(detail).collect()
}

/// Every promise that was ever set, in words, the newest first.
///
/// # Errors
/// Those of the database.
pub async fn all_rules(tx: &TenantTx, language: Language) -> Result<Vec<RuleDetail>, Error> {
    let today = rule_store::current(tx).await?.calendar.local_day(tx.now());
    let labels = Labels::read(tx, language).await?;
    Ok(rule_details(
        rule_store::rules(tx).await?,
        today,
        &labels,
        language,
    ))
}
