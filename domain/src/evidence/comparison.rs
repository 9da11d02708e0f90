//! Whether two measurements can be compared, and what follows when they can.

use chrono::Datelike as _;
use serde::Serialize;
use tenants::text_enum;
use utoipa::ToSchema;

use super::{
    Claim, Decimal, Moment, Sampling,
    statistics::{ANSWERS_FIRM, Sample, difference_interval},
};

/// Response rates may differ by so many points.
const RESPONSE_APART_MAX: f64 = 10.0;

text_enum! {
    /// What must be the same before two numbers are compared (exchange §3.3).
    CheckKind {
        /// The same question in the same words.
        Question = "question",
        /// The same people could answer.
        Population = "population",
        /// They were found in the same way, and not by whoever is judged.
        Invitation = "invitation",
        /// They were asked in the same way.
        Mode = "mode",
        /// They were asked at the same moment, by the same kind of person.
        Moment = "moment",
        /// The same part of the year.
        Season = "season",
        /// About as many of them answered.
        Response = "response",
        /// The period before was not chosen because it was low.
        Baseline = "baseline",
        /// Nothing was given before the question.
        Gift = "gift",
        /// At least 30 answers on both sides, and how far they lie apart is known.
        Answers = "answers",
    }
}
text_enum! {
    /// How a check ended.
    CheckResult {
        /// The same.
        Same = "same",
        /// Different.
        Different = "different",
        /// Not told.
        Unknown = "unknown",
    }
}
text_enum! {
    /// What a difference says.
    Verdict {
        /// Higher than before.
        Higher = "higher",
        /// Lower than before.
        Lower = "lower",
        /// No difference that can be shown.
        NotShown = "notShown",
    }
}

/// A check with its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Which.
    pub kind: CheckKind,
    /// How it ended.
    pub result: CheckResult,
}

/// A difference with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// After minus before.
    pub mean: Decimal,
    /// Lowest value of the interval of 95 %.
    pub low: Decimal,
    /// Highest value of it.
    pub high: Decimal,
    /// What it says.
    pub verdict: Verdict,
}

/// Two measurements side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// All checks, also those that ended well: everybody may see them.
    pub checks: Vec<Check>,
    /// The difference, if every check ended well.
    pub difference: Option<Difference>,
}

impl Comparison {
    /// The checks that keep the two apart.
    pub fn refused(&self) -> impl Iterator<Item = &Check> {
        (self.checks.iter()).filter(|check| check.result != CheckResult::Same)
    }
}

fn same<T: PartialEq>(before: Option<T>, after: Option<T>) -> CheckResult {
    match (before, after) {
        (Some(before), Some(after)) if before == after => CheckResult::Same,
        (Some(_), Some(_)) => CheckResult::Different,
        _ => CheckResult::Unknown,
    }
}

fn only(holds: Option<bool>) -> CheckResult {
    match holds {
        Some(true) => CheckResult::Same,
        Some(false) => CheckResult::Different,
        None => CheckResult::Unknown,
    }
}

fn question(claim: &Claim) -> Option<(super::Metric, &str)> {
    (!claim.version.is_empty()).then_some((claim.metric?, claim.version.as_str()))
}

/// The months a measurement was made in.
fn months(claim: &Claim) -> Option<(u32, u32)> {
    Some((claim.from?.month(), claim.until?.month()))
}

fn invitation(before: &Claim, after: &Claim) -> CheckResult {
    let chosen = [before.sampling, after.sampling]
        .into_iter()
        .any(|one| one == Some(Sampling::ChosenByStaff));
    if chosen {
        return CheckResult::Different;
    }
    same(before.sampling, after.sampling)
}

/// Who is helped may find it hard to give a low grade to the one who asks.
fn moment(before: &Claim, after: &Claim) -> CheckResult {
    match same(before.moment, after.moment) {
        CheckResult::Same if after.moment == Some(Moment::ByHelper) => CheckResult::Different,
        result => result,
    }
}

fn response(before: &Claim, after: &Claim) -> CheckResult {
    let apart = before
        .response()
        .zip(after.response())
        .map(|(before, after)| (before - after).abs() <= RESPONSE_APART_MAX);
    only(apart)
}

fn gift(before: &Claim, after: &Claim) -> CheckResult {
    let neither = before
        .gift_before
        .zip(after.gift_before)
        .map(|(before, after)| !before && !after);
    // One gift is enough to know.
    if [before.gift_before, after.gift_before].contains(&Some(true)) {
        return CheckResult::Different;
    }
    only(neither)
}

fn sample(claim: &Claim) -> Option<Sample> {
    Some(Sample {
        answers: claim.answered?,
        mean: claim.mean.value(),
        deviation: claim.deviation?.value(),
    })
}

fn answers(before: &Claim, after: &Claim) -> CheckResult {
    let enough = sample(before)
        .zip(sample(after))
        .map(|(before, after)| before.answers.min(after.answers) >= ANSWERS_FIRM);
    only(enough)
}

/// Compares what was measured before with what was measured after. One check that fails is enough: then there is no difference.
#[must_use]
pub fn compare(before: &Claim, after: &Claim) -> Comparison {
    let results = [
        (CheckKind::Question, same(question(before), question(after))),
        (
            CheckKind::Population,
            same(before.population, after.population),
        ),
        (CheckKind::Invitation, invitation(before, after)),
        (CheckKind::Mode, same(before.mode, after.mode)),
        (CheckKind::Moment, moment(before, after)),
        (CheckKind::Season, same(months(before), months(after))),
        (CheckKind::Response, response(before, after)),
        (CheckKind::Baseline, only(before.fixed_beforehand)),
        (CheckKind::Gift, gift(before, after)),
        (CheckKind::Answers, answers(before, after)),
    ];
    let checks: Vec<Check> = results
        .into_iter()
        .map(|(kind, result)| Check { kind, result })
        .collect();
    let comparable = checks.iter().all(|check| check.result == CheckResult::Same);
    let difference = comparable.then(|| difference(before, after)).flatten();
    Comparison { checks, difference }
}

fn difference(before: &Claim, after: &Claim) -> Option<Difference> {
    let interval = difference_interval(sample(before)?, sample(after)?)?;
    let verdict = if interval.low > 0.0 {
        Verdict::Higher
    } else if interval.high < 0.0 {
        Verdict::Lower
    } else {
        Verdict::NotShown
    };
    Some(Difference {
        mean: Decimal(after.mean.0 - before.mean.0),
        low: Decimal::nearest(interval.low),
        high: Decimal::nearest(interval.high),
        verdict,
    })
}
