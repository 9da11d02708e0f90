//! How strong the evidence of a practice is, and what is missing for more.

use serde::Serialize;
use tenants::text_enum;
use utoipa::ToSchema;

use super::{
    Claim, Comparison, Decimal, Origin, Stage, Verdict,
    claim::tenth,
    compare,
    statistics::{
        ANSWERS_FIRM, ANSWERS_MIN, Interval, bootstrap_interval, mean_interval, share_interval,
    },
};
use crate::Language;

/// Points of a monthly line from which a trend can be read.
const TREND_MONTHS: u32 = 8;
/// Adopters that must see the same.
const ADOPTERS_MIN: u32 = 2;

text_enum! {
    /// How strong the evidence is (exchange §3.3, after the standards of Nesta).
    Level {
        /// Stated in words.
        E0 = "E0",
        /// Measured: question, period and number of answers are known.
        E1 = "E1",
        /// Measured before and after in a way that can be compared.
        E2 = "E2",
        /// With a trend, or with a comparison group.
        E3 = "E3",
        /// Two or more adopters saw the same.
        E4 = "E4",
        /// Evaluated by somebody who has no part in it.
        E5 = "E5",
    }
}
text_enum! {
    /// What is missing for the next level.
    Missing {
        /// A number at all.
        Number = "number",
        /// Which question was asked, and which version of it.
        Question = "question",
        /// Who could answer.
        Population = "population",
        /// How they were found.
        Sampling = "sampling",
        /// How they were asked.
        Mode = "mode",
        /// In which period.
        Period = "period",
        /// How many were asked.
        Asked = "asked",
        /// How many answered.
        Answered = "answered",
        /// At least ten answers.
        TenAnswers = "tenAnswers",
        /// A measurement before, and one after.
        BeforeAndAfter = "beforeAndAfter",
        /// That both can be compared.
        Comparable = "comparable",
        /// A line of eight months before and after, or a comparison group.
        Trend = "trend",
        /// Two adopters that saw the same.
        Adopters = "adopters",
        /// An evaluation by somebody else.
        Evaluation = "evaluation",
    }
}

/// What adopters measured in a way that can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adopters {
    /// So many saw it rise.
    pub higher: u32,
    /// So many saw it fall.
    pub lower: u32,
}

/// A number as everybody sees it: one decimal, and its interval.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    /// Before or after.
    pub stage: Stage,
    /// The mean grade; none under ten answers.
    #[schema(value_type = Option<i32>)]
    pub mean: Option<Decimal>,
    /// The interval of 95 % of the mean.
    #[schema(value_type = Option<Vec<f64>>)]
    #[serde(serialize_with = "tenths")]
    pub interval: Option<Interval>,
    /// Whether it is only an indication: 10 to 29 answers.
    pub indicative: bool,
    /// Low, middle and high grades.
    pub bins: Option<super::Bins>,
    /// Interval of the share of grades of 8 and higher, from 0 to 1.
    #[schema(value_type = Option<Vec<f64>>)]
    #[serde(serialize_with = "hundredths")]
    pub high_share: Option<Interval>,
    /// Where it comes from.
    pub origin: Origin,
    /// The claim itself.
    #[schema(value_type = Object)]
    pub claim: Claim,
}

fn digits<S: serde::Serializer>(
    interval: Option<Interval>,
    factor: f64,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    interval
        .map(|one| [one.low, one.high].map(|bound| (bound * factor).round() / factor))
        .serialize(serializer)
}

#[expect(clippy::ref_option, reason = "serde passes fields by reference")]
fn tenths<S: serde::Serializer>(
    interval: &Option<Interval>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    digits(*interval, 10.0, serializer)
}

#[expect(clippy::ref_option, reason = "serde passes fields by reference")]
fn hundredths<S: serde::Serializer>(
    interval: &Option<Interval>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    digits(*interval, 100.0, serializer)
}

impl Figure {
    fn of(claim: &Claim) -> Self {
        let answered = claim.answered.unwrap_or_default();
        // A number in running text is shown as it was written: E0 says what to think of it.
        let shown = claim.answered.is_none() || answered >= ANSWERS_MIN;
        let indicative = (ANSWERS_MIN..ANSWERS_FIRM).contains(&answered);
        let interval = if indicative {
            claim.grades.as_ref().and_then(bootstrap_interval)
        } else {
            let deviation = claim.deviation.map(Decimal::value);
            deviation.and_then(|one| mean_interval(answered, claim.mean.value(), one))
        };
        let bins = claim.bins.filter(|_| shown);
        let high_share = bins.and_then(|bins| share_interval(bins.high, bins.total()));
        Self {
            stage: claim.stage,
            mean: shown.then_some(claim.mean),
            interval,
            indicative,
            bins,
            high_share,
            origin: claim.origin,
            claim: claim.clone(),
        }
    }

    /// The number as people read it: "8,1", "8,1 (95%: 7,9–8,3)", or a dash.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let Some(mean) = self.mean else {
            return "–".to_owned();
        };
        match self.interval {
            Some(interval) => format!(
                "{} (95%: {}–{})",
                mean.rounded(language),
                tenth(interval.low, language),
                tenth(interval.high, language)
            ),
            None => mean.rounded(language),
        }
    }

    /// Everything that is known about it, on one line: "212 van 540 gevraagden, …". Empty when nothing is.
    #[must_use]
    pub fn about(&self, language: Language) -> String {
        let claim = &self.claim;
        let answers = match (claim.answered, claim.asked) {
            (Some(answered), Some(asked)) => Some(language.text_with(
                "evidence-answers-of",
                &[
                    ("answered", &answered.to_string()),
                    ("asked", &asked.to_string()),
                ],
            )),
            (Some(answered), None) => Some(language.count("evidence-answers", i64::from(answered))),
            _ => None,
        };
        let version = (!claim.version.is_empty())
            .then(|| language.text_with("evidence-version", &[("version", &claim.version)]));
        let high = self.high_share.map(|share| {
            let [low, high] = [share.low, share.high].map(|one| format!("{:.0}", one * 100.0));
            language.text_with("evidence-high-share", &[("low", &low), ("high", &high)])
        });
        [
            claim
                .population
                .map(|one| language.term("evidence-population", one)),
            answers,
            claim.period(language),
            claim
                .sampling
                .map(|one| language.term("evidence-sampling", one)),
            claim.mode.map(|one| language.term("evidence-mode", one)),
            claim
                .moment
                .map(|one| language.term("evidence-moment", one)),
            claim
                .metric
                .map(|one| language.term("evidence-metric", one)),
            version,
            high,
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
    }
}

/// What is known of the result of a practice.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// How strong it is.
    pub level: Level,
    /// The numbers, one by one.
    pub figures: Vec<Figure>,
    /// The comparison of before and after, when there are both.
    #[schema(value_type = Option<Object>)]
    pub comparison: Option<Comparison>,
    /// What is missing for the next level.
    pub missing: Vec<Missing>,
}

/// What is missing before a claim counts as measured.
fn unmeasured(claim: &Claim) -> Vec<Missing> {
    let answered = claim.answered;
    [
        (
            claim.metric.is_none() || claim.version.is_empty(),
            Missing::Question,
        ),
        (claim.population.is_none(), Missing::Population),
        (claim.sampling.is_none(), Missing::Sampling),
        (claim.mode.is_none(), Missing::Mode),
        (
            claim.from.is_none() || claim.until.is_none(),
            Missing::Period,
        ),
        (claim.asked.is_none(), Missing::Asked),
        (answered.is_none(), Missing::Answered),
        (
            answered.is_some_and(|one| one < ANSWERS_MIN),
            Missing::TenAnswers,
        ),
    ]
    .into_iter()
    .filter_map(|(is_missing, what)| is_missing.then_some(what))
    .collect()
}

/// The pair to compare: for the first question that was asked before and after, the last measurement of each; else the first before and the
/// last after.
fn pair(claims: &[Claim]) -> Option<(&Claim, &Claim)> {
    let befores = || claims.iter().filter(|one| one.stage == Stage::Before);
    let afters = || claims.iter().filter(|one| one.stage == Stage::After);
    befores()
        .find_map(|before| {
            let same = |after: &&Claim| before.metric.is_some() && after.metric == before.metric;
            Some((before, afters().rfind(same)?))
        })
        .or_else(|| befores().next().zip(afters().next_back()))
}

/// Computes how strong the evidence is. Each level needs the one below it.
#[must_use]
pub fn evidence(claims: &[Claim], adopters: Adopters) -> Evidence {
    let comparison = pair(claims).map(|(before, after)| compare(before, after));
    let (level, mut missing) = level(claims, comparison.as_ref(), adopters);
    missing.sort_unstable();
    missing.dedup();
    Evidence {
        level,
        figures: claims.iter().map(Figure::of).collect(),
        comparison,
        missing,
    }
}

fn level(
    claims: &[Claim],
    comparison: Option<&Comparison>,
    adopters: Adopters,
) -> (Level, Vec<Missing>) {
    let afters: Vec<&Claim> = (claims.iter())
        .filter(|claim| claim.stage == Stage::After)
        .collect();
    if afters.is_empty() {
        return (Level::E0, vec![Missing::Number]);
    }
    let measured = (afters.iter()).any(|claim| unmeasured(claim).is_empty());
    if !measured {
        return (Level::E0, claims.iter().flat_map(unmeasured).collect());
    }
    let Some(comparison) = comparison else {
        return (Level::E1, vec![Missing::BeforeAndAfter]);
    };
    let Some(difference) = comparison.difference else {
        return (Level::E1, vec![Missing::Comparable]);
    };
    let long = |stage| {
        let of_stage = claims.iter().filter(|claim| claim.stage == stage);
        of_stage.map(|claim| claim.months).max() >= Some(TREND_MONTHS)
    };
    let trend = long(Stage::Before) && long(Stage::After);
    if !trend && !claims.iter().any(|claim| claim.comparison_group) {
        return (Level::E2, vec![Missing::Trend]);
    }
    let same_direction = match difference.verdict {
        Verdict::Higher => adopters.higher,
        Verdict::Lower => adopters.lower,
        Verdict::NotShown => 0,
    };
    if same_direction < ADOPTERS_MIN {
        return (Level::E3, vec![Missing::Adopters]);
    }
    if claims.iter().all(|claim| claim.evaluation.is_empty()) {
        return (Level::E4, vec![Missing::Evaluation]);
    }
    (Level::E5, Vec::new())
}
