//! What a form or a program sends to set a promise, as it was sent.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::service_rule::{Applies, RuleTerms};
use crate::{
    Error, FieldErrors,
    deadlines::{ServiceRule, read_amounts},
    input::Number,
    text,
};

/// A promise to set.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RuleRequest {
    /// How soon.
    #[schema(required = true)]
    #[serde(default)]
    pub rule: TargetRequest,
    /// What it is about, for which messages, what keeps it, and who is warned when; what is left out is as usual.
    #[serde(default)]
    pub terms: TermsRequest,
    /// First local day of receipt it holds for; at once when absent.
    #[schema(value_type = Option<NaiveDate>)]
    #[serde(default)]
    pub starts_on: Option<String>,
}

/// A promise that was read.
#[derive(Clone, Debug)]
pub struct NewRule {
    /// Its target.
    pub rule: ServiceRule,
    /// The rest of it.
    pub terms: RuleTerms,
    /// First local day of receipt it holds for; at once when absent.
    pub starts_on: Option<NaiveDate>,
}

impl RuleRequest {
    /// The promise.
    ///
    /// # Errors
    /// [`Error::Invalid`], in the order of the form.
    pub fn parse(&self) -> Result<NewRule, Error> {
        let mut errors = FieldErrors::default();
        let rule = self.rule.parse(&mut errors);
        let starts_on = text::read_day(&mut errors, "startsOn", self.starts_on.as_deref());
        let terms = self.terms.parse(&mut errors);
        match rule {
            Some(rule) if errors.is_empty() => Ok(NewRule {
                rule,
                terms,
                starts_on,
            }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// How soon: `{"target": "workingDays", "days": 1}` or `{"target": "businessMinutes", "minutes": 480}`.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TargetRequest {
    /// `workingDays` or `businessMinutes`.
    #[schema(required = true)]
    #[serde(default)]
    target: String,
    /// How many working days.
    #[schema(value_type = Option<u32>)]
    #[serde(default)]
    days: Number,
    /// How many minutes of opening time.
    #[schema(value_type = Option<u32>)]
    #[serde(default)]
    minutes: Number,
    /// How many `workingDays` or `businessHours`, from a form that has one field for both.
    #[schema(ignore)]
    #[serde(default)]
    amount: Number,
}

impl TargetRequest {
    /// Whether a form left it open.
    pub(super) fn is_blank(&self) -> bool {
        self.amount != Number::Missing && self.amount.is_missing()
    }

    /// The target; nothing once an error is noted.
    pub(super) fn parse(&self, errors: &mut FieldErrors) -> Option<ServiceRule> {
        // A form has one field for every kind of amount.
        let amount = |field, number, errors: &mut FieldErrors| match &self.amount {
            Number::Missing => Number::whole::<u32>(number, field, errors),
            amount => amount.whole("rule.amount", errors),
        };
        let rule = match self.target.as_str() {
            "workingDays" => ServiceRule::WorkingDays {
                days: amount("rule.days", &self.days, errors)?,
            },
            "businessHours" => ServiceRule::BusinessMinutes {
                minutes: amount("rule.amount", &self.amount, errors)?.saturating_mul(60),
            },
            "businessMinutes" => ServiceRule::BusinessMinutes {
                minutes: amount("rule.minutes", &self.minutes, errors)?,
            },
            _ => {
                errors.add("rule.target", "not_an_option");
                return None;
            }
        };
        if rule.is_allowed() {
            return Some(rule);
        }
        let is_form = self.amount != Number::Missing;
        let field = if is_form { "rule.amount" } else { "rule" };
        errors.add(field, "promise_out_of_range");
        None
    }
}

/// What a promise says beside its target; what is left out is as usual.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TermsRequest {
    /// `callback`, `nextResponse`, `resolution` or `acknowledgement`.
    #[serde(default)]
    #[schema(value_type = Option<super::service_rule::ClockKind>)]
    clock: String,
    /// For which messages.
    #[serde(default)]
    applies: AppliesRequest,
    /// After so many tries on different parts of the day and a message the clock stops as "attempted"; never when absent.
    #[schema(value_type = Option<u32>)]
    #[serde(default)]
    tries: Number,
    /// For which reasons the clock may be paused: `residentAsked`, `waitingForResident`, `waitingForOther`.
    #[serde(default)]
    #[schema(value_type = Option<Vec<super::service_rule::PauseReason>>)]
    pause_reasons: Option<Vec<String>>,
    /// Minutes of opening time before it falls due at which somebody is warned.
    #[schema(value_type = Option<Vec<u32>>)]
    #[serde(default)]
    warn_before: Option<Vec<Number>>,
    /// Minutes of opening time after it fell due at which somebody is warned again.
    #[schema(value_type = Option<Vec<u32>>)]
    #[serde(default)]
    warn_after: Option<Vec<Number>>,
    /// Who is warned before: `handler` or `handlerAndLeads`.
    #[serde(default)]
    #[schema(value_type = Option<super::service_rule::Audience>)]
    tell_before: String,
    /// Who is told that it is late: `handler` or `handlerAndLeads`.
    #[serde(default)]
    #[schema(value_type = Option<super::service_rule::Audience>)]
    tell_after: String,
    /// Whether messages wait for opening hours.
    #[serde(default)]
    hold_outside_opening: Option<bool>,
    /// From its first day on there is no such promise any more; a less specific one holds again.
    #[serde(default)]
    ended: bool,
}

/// For which messages a promise holds. What is left out holds for all.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AppliesRequest {
    /// Short name of a form.
    #[serde(default)]
    form: Option<String>,
    /// Key of a category.
    #[serde(default)]
    category: Option<String>,
    /// How it came in.
    #[serde(default)]
    #[schema(value_type = Option<crate::submissions::Channel>)]
    channel: Option<String>,
    /// `complaint`, `tip` or `compliment`.
    #[serde(default)]
    #[schema(value_type = Option<crate::cases::Kind>)]
    kind: Option<String>,
}

impl TermsRequest {
    /// Whether a form left its warnings open.
    pub(super) fn is_blank(&self) -> bool {
        let is_blank = |amounts: Option<&[Number]>| {
            amounts.is_some_and(|sent| !sent.is_empty() && sent.iter().all(Number::is_missing))
        };
        is_blank(self.warn_before.as_deref()) && is_blank(self.warn_after.as_deref())
    }

    /// The terms, with every error noted.
    pub(super) fn parse(&self, errors: &mut FieldErrors) -> RuleTerms {
        let usual = RuleTerms::default();
        let applies = Applies {
            form: line(self.applies.form.as_deref()),
            category: line(self.applies.category.as_deref()),
            channel: (self.applies.channel.as_deref())
                .and_then(|word| option(word, "terms.applies.channel", errors)),
            kind: (self.applies.kind.as_deref())
                .and_then(|word| option(word, "terms.applies.kind", errors)),
        };
        let pause_reasons = match &self.pause_reasons {
            None => usual.pause_reasons,
            Some(words) => words
                .iter()
                .filter_map(|word| option(word, "terms.pauseReasons", errors))
                .collect(),
        };
        let mut amounts = |sent: Option<&[Number]>, field: &str, usual: Vec<u32>| match sent {
            Some(sent) => read_amounts(sent, field, errors),
            None => usual,
        };
        let terms = RuleTerms {
            warn_before: amounts(
                self.warn_before.as_deref(),
                "terms.warnBefore",
                usual.warn_before,
            ),
            warn_after: amounts(
                self.warn_after.as_deref(),
                "terms.warnAfter",
                usual.warn_after,
            ),
            clock: option(&self.clock, "terms.clock", errors).unwrap_or(usual.clock),
            applies,
            tries: self.tries.optional("terms.tries", errors),
            pause_reasons,
            tell_before: option(&self.tell_before, "terms.tellBefore", errors)
                .unwrap_or(usual.tell_before),
            tell_after: option(&self.tell_after, "terms.tellAfter", errors)
                .unwrap_or(usual.tell_after),
            hold_outside_opening: self
                .hold_outside_opening
                .unwrap_or(usual.hold_outside_opening),
            ended: self.ended,
        };
        terms.check(errors);
        terms
    }
}

fn line(typed: Option<&str>) -> Option<String> {
    let line = text::clean_line(typed.unwrap_or_default());
    (!line.is_empty()).then_some(line)
}

/// A word of a closed list that may be left open.
fn option<T: std::str::FromStr>(typed: &str, field: &str, errors: &mut FieldErrors) -> Option<T> {
    text::read_choice(errors, field, text::optional(Some(typed))?)
}
