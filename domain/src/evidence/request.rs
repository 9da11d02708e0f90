//! Claims as an editor fills them in, row by row.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{Bins, Claim, Decimal, Origin, Stage, statistics::ANSWERS_MIN};
use crate::{
    FieldErrors,
    input::{self, Number},
    text::{self, parse_number},
};

/// Most rows of a practice.
pub const CLAIMS_MAX: usize = 12;
/// Longest version and address, in characters.
const VERSION_MAX: usize = 20;
const ADDRESS_MAX: usize = 300;

/// A row of the table of results. A row with nothing in it is left out. Grades are texts, "8,1" or "8.1".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ClaimRequest {
    /// Word of [`super::Metric`].
    #[serde(default)]
    pub metric: String,
    /// Version of the question, such as "v2".
    #[serde(default)]
    pub version: String,
    /// `before` or `after`.
    #[serde(default)]
    pub stage: String,
    /// Word of [`super::Population`].
    #[serde(default)]
    pub population: String,
    /// Word of [`super::Sampling`].
    #[serde(default)]
    pub sampling: String,
    /// Word of [`super::Mode`].
    #[serde(default)]
    pub mode: String,
    /// Word of [`super::Moment`].
    #[serde(default)]
    pub moment: String,
    /// First day.
    #[serde(default)]
    pub from: String,
    /// Last day.
    #[serde(default)]
    pub until: String,
    /// How many were asked.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub asked: Number,
    /// How many answered.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub answered: Number,
    /// Mean grade.
    #[serde(default)]
    pub mean: String,
    /// Standard deviation.
    #[serde(default)]
    pub deviation: String,
    /// Grades of 5 and lower.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub low: Number,
    /// Grades of 6 and 7.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub middle: Number,
    /// Grades of 8 and higher.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub high: Number,
    /// `yes`, `no`, or empty when it is not known.
    #[serde(default)]
    pub gift_before: String,
    /// `yes`, `no`, or empty when it is not known.
    #[serde(default)]
    pub fixed_beforehand: String,
    /// Points of the monthly line it is a part of.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub months: Number,
    /// Whether there was a comparison group.
    #[serde(default)]
    pub comparison_group: bool,
    /// Address of an evaluation by somebody else.
    #[serde(default)]
    pub evaluation: String,
}

fn decimal(
    typed: &str,
    field: &str,
    (least, most): (i32, i32),
    errors: &mut FieldErrors,
) -> Option<Decimal> {
    if typed.trim().is_empty() {
        return None;
    }
    let written = match parse_number(typed) {
        Ok(written) => written,
        Err(problem) => {
            errors.push(problem.of_field(field));
            return None;
        }
    };
    let number = Decimal::exact(&written.exact());
    let number = number.filter(|number| (least..=most).contains(&number.0));
    if number.is_none() {
        errors.add(field, "not_a_grade");
    }
    number
}

fn choice<T: std::str::FromStr>(typed: &str, field: &str, errors: &mut FieldErrors) -> Option<T> {
    let typed = text::optional(Some(typed))?;
    text::read_choice(errors, field, typed)
}

fn yes_or_no(typed: &str, field: &str, errors: &mut FieldErrors) -> Option<bool> {
    match typed.trim() {
        "" => None,
        "yes" => Some(true),
        "no" => Some(false),
        _ => {
            errors.add(field, "not_an_option");
            None
        }
    }
}

impl ClaimRequest {
    /// The row of a claim.
    #[must_use]
    pub fn of(claim: &Claim) -> Self {
        fn word<T: ToString>(value: Option<T>) -> String {
            value.map(|value| value.to_string()).unwrap_or_default()
        }
        let written = |number: Decimal| text::written_number(&number.to_string());
        let count = |count: Option<u32>| {
            count.map_or(Number::Missing, |count| Number::from(i64::from(count)))
        };
        let answer = |answer: Option<bool>| match answer {
            Some(true) => "yes".to_owned(),
            Some(false) => "no".to_owned(),
            None => String::new(),
        };
        Self {
            metric: word(claim.metric),
            version: claim.version.clone(),
            stage: claim.stage.to_string(),
            population: word(claim.population),
            sampling: word(claim.sampling),
            mode: word(claim.mode),
            moment: word(claim.moment),
            from: word(claim.from),
            until: word(claim.until),
            asked: count(claim.asked),
            answered: count(claim.answered),
            mean: written(claim.mean),
            deviation: claim.deviation.map(written).unwrap_or_default(),
            low: count(claim.bins.map(|bins| bins.low)),
            middle: count(claim.bins.map(|bins| bins.middle)),
            high: count(claim.bins.map(|bins| bins.high)),
            gift_before: answer(claim.gift_before),
            fixed_beforehand: answer(claim.fixed_beforehand),
            months: count((claim.months > 0).then_some(claim.months)),
            comparison_group: claim.comparison_group,
            evaluation: claim.evaluation.clone(),
        }
    }

    /// Whether it says nothing but a number and whose it is: then it is only stated.
    fn is_stated(&self) -> bool {
        self.metric.is_empty()
            && self.from.is_empty()
            && self.deviation.is_empty()
            && self.answered.is_missing()
    }

    /// Whether nothing but a stage was chosen: a row of the form always has one.
    fn is_empty(&self) -> bool {
        let Ok(Value::Object(fields)) = serde_json::to_value(self) else {
            return false;
        };
        (fields.iter()).all(|(name, value)| match value {
            Value::String(typed) => name == "stage" || typed.trim().is_empty(),
            other => *other == Value::Bool(false),
        })
    }

    fn parse(&self, at: &str, errors: &mut FieldErrors) -> Option<Claim> {
        let field = |name: &str| format!("{at}.{name}");
        let known = |errors: &FieldErrors| errors.problems().len();
        let before = known(errors);
        let mean = decimal(&self.mean, &field("mean"), (100, 1_000), errors);
        if mean.is_none() && known(errors) == before {
            errors.add(&field("mean"), "required");
        }
        let line = |typed: &str| text::clean_line(typed);
        let days = [("from", &self.from), ("until", &self.until)];
        let [from, until] =
            days.map(|(name, typed)| text::read_day(errors, &field(name), Some(typed.as_str())));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            errors.add(&field("until"), "claim_ends_first");
        }
        let asked = self.asked.optional::<u32>(&field("asked"), errors);
        let answered = self.answered.optional::<u32>(&field("answered"), errors);
        if asked
            .zip(answered)
            .is_some_and(|(asked, answered)| answered > asked)
        {
            errors.add(&field("answered"), "claim_more_than_asked");
        }
        let counts = [
            ("low", &self.low),
            ("middle", &self.middle),
            ("high", &self.high),
        ];
        let [low, middle, high] =
            counts.map(|(name, number)| number.optional::<u32>(&field(name), errors));
        let bins = match (low, middle, high) {
            (None, None, None) => None,
            _ => Some(Bins {
                low: low.unwrap_or_default(),
                middle: middle.unwrap_or_default(),
                high: high.unwrap_or_default(),
            }),
        };
        if bins.is_some_and(|bins| Some(bins.total()) != answered) {
            errors.add(&field("high"), "claim_bins_differ");
        }
        let evaluation = input::optional(
            line(&self.evaluation),
            ADDRESS_MAX,
            &field("evaluation"),
            errors,
        );
        if !evaluation.is_empty() && !evaluation.starts_with("https://") {
            errors.add(&field("evaluation"), "claim_not_https");
        }
        let version = input::optional(line(&self.version), VERSION_MAX, &field("version"), errors);
        let stage = choice(&self.stage, &field("stage"), errors).unwrap_or(Stage::After);
        let claim = Claim {
            metric: choice(&self.metric, &field("metric"), errors),
            version,
            stage,
            population: choice(&self.population, &field("population"), errors),
            sampling: choice(&self.sampling, &field("sampling"), errors),
            mode: choice(&self.mode, &field("mode"), errors),
            moment: choice(&self.moment, &field("moment"), errors),
            from,
            until,
            asked,
            answered,
            mean: mean.unwrap_or_default(),
            deviation: decimal(&self.deviation, &field("deviation"), (0, 450), errors),
            // Small counts would tell who said what.
            bins: bins.filter(|bins| bins.total() >= ANSWERS_MIN),
            grades: None,
            origin: if self.is_stated() {
                Origin::Stated
            } else {
                Origin::FilledIn
            },
            gift_before: yes_or_no(&self.gift_before, &field("giftBefore"), errors),
            fixed_beforehand: yes_or_no(&self.fixed_beforehand, &field("fixedBeforehand"), errors),
            months: self
                .months
                .optional(&field("months"), errors)
                .unwrap_or_default(),
            comparison_group: self.comparison_group,
            evaluation,
        };
        (known(errors) == before).then_some(claim)
    }
}

/// The claims of a practice, or everything that is wrong with them: fields are named `claims.0.mean`.
pub fn parse_claims(rows: &[ClaimRequest], errors: &mut FieldErrors) -> Vec<Claim> {
    if rows.len() > CLAIMS_MAX {
        errors.add_with("claims", "too_many", "max", CLAIMS_MAX);
    }
    (rows.iter().enumerate().take(CLAIMS_MAX))
        .filter(|(_, row)| !row.is_empty())
        .filter_map(|(place, row)| row.parse(&format!("claims.{place}"), errors))
        .collect()
}
