//! What a form or a program sends about a step, and what is kept of it.

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tenants::StaffId;
use utoipa::ToSchema;

use super::{
    StepId,
    kinds::{Body, Channel, Ground, Judgement, NoHearing, Party, Requirement, StepKind},
    law::Asked,
};
use crate::{
    FieldErrors,
    input::Number,
    mail::MailId,
    text::{clean_line, clean_text, optional, read_choice, required_day},
};

/// Longest text of a field, in characters.
const WORDS_MAX: usize = 5_000;
/// Longest letter, in characters.
const LETTER_MAX: usize = 20_000;
/// Longest name or place, in characters.
const LINE_MAX: usize = 300;
/// Most parts that a complaint is judged in.
pub const PARTS_MAX: usize = 5;

/// A part of a complaint with its judgement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = FormalComplaintPart)]
pub struct PartRequest {
    /// What the part is about.
    #[serde(default)]
    #[schema(required = true)]
    pub what: String,
    /// `founded`, `partlyFounded`, `unfounded` or `none`.
    #[serde(default)]
    #[schema(value_type = Judgement, example = "founded", required = true)]
    pub judgement: String,
}

/// A step to record. Which fields are needed depends on the step; those of other steps are not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = FormalComplaintStepRequest)]
pub struct StepRequest {
    /// Which step.
    #[serde(default)]
    #[schema(value_type = StepKind, example = "check", required = true)]
    pub step: String,
    /// The day on which it happened: of a hearing, an advice, a settlement, or a letter that left by post.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub on: String,
    /// `check`: what is missing.
    #[serde(default)]
    #[schema(value_type = Vec<Requirement>)]
    pub missing: Vec<String>,
    /// `check`: the body whose conduct it is about.
    #[serde(default)]
    #[schema(value_type = Option<Body>, example = "executive")]
    pub body: String,
    /// `check`: that it is about nobody in particular, so that nobody gets a copy.
    #[serde(default)]
    pub about_nobody: bool,
    /// `check`: the colleague whom it is about.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub concerned_id: String,
    /// `check`: the name of whom it is about, of somebody without an account.
    #[serde(default)]
    pub concerned_name: String,
    /// `askMissing`, `invite`: the last day to answer.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub until: String,
    /// `handler`: who handles it.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub handler_id: String,
    /// `invite`, `hear`, `noHearing`, `adjourn`: which party.
    #[serde(default)]
    #[schema(value_type = Option<Party>, example = "complainant")]
    pub party: String,
    /// `invite`: when and where, such as "dinsdag 1 december, 14.00 uur, gemeentehuis".
    #[serde(default)]
    pub place: String,
    /// `hear`: the report.
    #[serde(default)]
    pub report: String,
    /// `hear`: how the party reacted to the report.
    #[serde(default)]
    pub reaction: String,
    /// `noHearing`: why.
    #[serde(default)]
    #[schema(value_type = Option<NoHearing>, example = "declined")]
    pub excuse: String,
    /// `refuse`: why.
    #[serde(default)]
    #[schema(value_type = Option<Ground>, example = "objection")]
    pub ground: String,
    /// `noHearing`, `refuse`, `adjourn`: why, in words.
    #[serde(default)]
    pub reason: String,
    /// `adjourn`: weeks, 1 to 4.
    #[serde(default)]
    #[schema(value_type = Option<u32>)]
    pub weeks: Number,
    /// `askAdvice`: who advises.
    #[serde(default)]
    pub committee: String,
    /// `advice`: the advice.
    #[serde(default)]
    pub advice: String,
    /// `settle`: how the resident said to be satisfied.
    #[serde(default)]
    pub evidence: String,
    /// `advice`, `settle`: where that is kept, so that it can be shown.
    #[serde(default)]
    pub kept_at: String,
    /// `conclude`: what was found out.
    #[serde(default)]
    pub findings: String,
    /// `conclude`: the parts with their judgements, 1 to 5.
    #[serde(default)]
    pub parts: Vec<PartRequest>,
    /// `conclude`: what the municipality does about it.
    #[serde(default)]
    pub conclusions: String,
    /// `conclude`, when there is an advice: `yes` or `no`, whether the conclusions follow it.
    #[serde(default)]
    #[schema(example = "yes")]
    pub follows_advice: String,
    /// `conclude`: why they do not (art. 9:16).
    #[serde(default)]
    pub deviation: String,
    /// Of a letter: how it goes.
    #[serde(default)]
    #[schema(value_type = Option<Channel>, example = "mail")]
    pub channel: String,
    /// Of a letter: its text; the usual one when it is left open.
    #[serde(default)]
    pub text: String,
    /// `posted`: the letter that left.
    #[serde(default)]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub letter_id: String,
}

/// What stays of a step for the register: words of closed lists, days and ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase")]
#[schema(as = FormalComplaintFacts)]
pub struct StepFacts {
    /// What is missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Requirement>,
    /// The body whose conduct it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// That it is about nobody in particular.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub about_nobody: bool,
    /// The colleague whom it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub concerned_id: Option<StaffId>,
    /// The last day to answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// Who handles it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub handler_id: Option<StaffId>,
    /// Which party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<Party>,
    /// Why the party was not heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excuse: Option<NoHearing>,
    /// Why it is not dealt with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// Weeks of adjournment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weeks: Option<u32>,
    /// The judgements, one for each part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub judgements: Vec<Judgement>,
    /// Whether the conclusions follow the advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follows_advice: Option<bool>,
    /// The last day to go to the ombudsman.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ombudsman_until: Option<NaiveDate>,
    /// How the letter goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The mail with which it left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub mail_id: Option<MailId>,
    /// The letter that left by post.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<uuid::Uuid>)]
    pub letter_id: Option<StepId>,
}

/// What people wrote at a step; it goes with the case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase")]
#[schema(as = FormalComplaintWords)]
pub struct StepWords {
    /// Whom a letter is to.
    pub recipient: String,
    /// Subject of the letter.
    pub subject: String,
    /// The letter, as it left.
    pub text: String,
    /// Whom it is about.
    pub concerned_name: String,
    /// When and where a hearing is.
    pub place: String,
    /// The report of a hearing.
    pub report: String,
    /// How the party reacted to it.
    pub reaction: String,
    /// Why.
    pub reason: String,
    /// Who advises.
    pub committee: String,
    /// The advice.
    pub advice: String,
    /// How the resident said to be satisfied.
    pub evidence: String,
    /// Where something is kept.
    pub kept_at: String,
    /// What was found out.
    pub findings: String,
    /// What the parts are about.
    pub parts: Vec<String>,
    /// What the municipality does about it.
    pub conclusions: String,
    /// Why the conclusions do not follow the advice.
    pub deviation: String,
}

/// A step, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewStep {
    pub(super) kind: StepKind,
    pub(super) on: NaiveDate,
    pub(super) facts: StepFacts,
    pub(super) words: StepWords,
}

impl NewStep {
    /// What decides whether the law allows it now.
    pub(super) fn asked(&self) -> Asked {
        Asked {
            party: self.facts.party,
            excuse: self.facts.excuse,
            ground: self.facts.ground,
        }
    }
}

/// What the checks of a request need to know.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    /// The day of the first receipt.
    pub(super) received: NaiveDate,
    /// Today, where the municipality is.
    pub(super) today: NaiveDate,
    /// Whether there is an advice that the conclusions have to follow or not.
    pub(super) advised: bool,
}

/// Reads the fields of one request, and notes what is wrong with them.
struct Reader<'a> {
    days: Days,
    errors: &'a mut FieldErrors,
}

impl Reader<'_> {
    fn words(&mut self, field: &str, typed: &str, is_needed: bool) -> String {
        let text = clean_text(typed);
        self.checked(field, typed, text, WORDS_MAX, is_needed)
    }

    fn line(&mut self, field: &str, typed: &str, is_needed: bool) -> String {
        let text = clean_line(typed);
        self.checked(field, typed, text, LINE_MAX, is_needed)
    }

    fn checked(
        &mut self,
        field: &str,
        typed: &str,
        text: String,
        max: usize,
        is_needed: bool,
    ) -> String {
        if typed.contains('\0') {
            self.errors.add(field, "unreadable");
        } else if text.is_empty() && is_needed {
            self.errors.add(field, "required");
        } else if text.chars().count() > max {
            self.errors.add_with(field, "too_long", "max", max);
        }
        text
    }

    fn choice<T: FromStr>(&mut self, field: &str, typed: &str) -> Option<T> {
        read_choice(self.errors, field, typed)
    }

    fn past(&mut self, field: &str, typed: &str) -> NaiveDate {
        let day = required_day(self.errors, field, typed);
        if day.is_some_and(|day| day > self.days.today) {
            self.errors.add(field, "in_future");
        } else if day.is_some_and(|day| day < self.days.received) {
            self.errors.add(field, "before_receipt");
        }
        day.unwrap_or(self.days.today)
    }

    fn coming(&mut self, field: &str, typed: &str) -> Option<NaiveDate> {
        let day = required_day(self.errors, field, typed);
        if day.is_some_and(|day| day <= self.days.today) {
            self.errors.add(field, "day_passed");
        }
        day
    }
}

impl StepRequest {
    /// Which step it is.
    pub(super) fn kind(&self, errors: &mut FieldErrors) -> Option<StepKind> {
        read_choice(errors, "step", &self.step)
    }

    /// The step, with everything that is wrong noted.
    pub(super) fn parse(&self, kind: StepKind, days: Days, errors: &mut FieldErrors) -> NewStep {
        let mut read = Reader { days, errors };
        let mut step = NewStep {
            kind,
            on: days.today,
            facts: StepFacts::default(),
            words: StepWords::default(),
        };
        let (facts, words) = (&mut step.facts, &mut step.words);
        match kind {
            StepKind::Begin | StepKind::Acknowledge | StepKind::Copy => {}
            StepKind::Check => {
                for missing in self.missing.iter().filter(|typed| !typed.is_empty()) {
                    facts
                        .missing
                        .extend(read.choice::<Requirement>("missing", missing));
                }
                facts.missing.sort_unstable();
                facts.missing.dedup();
                facts.body = read.choice("body", &self.body);
                facts.about_nobody = self.about_nobody;
                if !self.about_nobody {
                    let typed = optional(Some(&self.concerned_id));
                    facts.concerned_id = typed.and_then(|id| read.choice("concernedId", id));
                    let name = read.line("concernedName", &self.concerned_name, typed.is_none());
                    words.concerned_name = name;
                }
            }
            StepKind::AskMissing => facts.until = read.coming("until", &self.until),
            StepKind::Handler => facts.handler_id = read.choice("handlerId", &self.handler_id),
            StepKind::Invite => {
                facts.party = read.choice("party", &self.party);
                facts.until = read.coming("until", &self.until);
                words.place = read.line("place", &self.place, true);
            }
            StepKind::Hear => {
                facts.party = read.choice("party", &self.party);
                step.on = read.past("on", &self.on);
                words.report = read.words("report", &self.report, true);
                words.reaction = read.words("reaction", &self.reaction, false);
            }
            StepKind::NoHearing => {
                facts.party = read.choice("party", &self.party);
                facts.excuse = read.choice("excuse", &self.excuse);
                words.reason = read.words("reason", &self.reason, true);
            }
            StepKind::Adjourn => {
                facts.party = read.choice("party", &self.party);
                facts.weeks = self.weeks.whole("weeks", read.errors);
                let max = crate::deadlines::ADJOURNMENT_MAX;
                if facts.weeks.is_some_and(|weeks| !(1..=max).contains(&weeks)) {
                    read.errors.add_with("weeks", "out_of_range", "max", max);
                }
                words.reason = read.words("reason", &self.reason, true);
            }
            StepKind::Refuse => {
                facts.ground = read.choice("ground", &self.ground);
                words.reason = read.words("reason", &self.reason, true);
            }
            StepKind::AskAdvice => {
                step.on = read.past("on", &self.on);
                words.committee = read.line("committee", &self.committee, true);
            }
            StepKind::Advice => {
                step.on = read.past("on", &self.on);
                words.advice = read.words("advice", &self.advice, true);
                words.kept_at = read.line("keptAt", &self.kept_at, true);
            }
            StepKind::Settle => {
                step.on = read.past("on", &self.on);
                words.evidence = read.words("evidence", &self.evidence, true);
                words.kept_at = read.line("keptAt", &self.kept_at, true);
            }
            StepKind::Conclude => self.conclusion(&mut read, facts, words),
            StepKind::Posted => {
                step.on = read.past("on", &self.on);
                facts.letter_id = read.choice("letterId", &self.letter_id);
            }
        }
        if kind.is_letter() {
            facts.channel = read.choice("channel", &self.channel);
            let text = clean_text(&self.text);
            words.text = read.checked("text", &self.text, text, LETTER_MAX, false);
        }
        step
    }

    fn conclusion(&self, read: &mut Reader<'_>, facts: &mut StepFacts, words: &mut StepWords) {
        words.findings = read.words("findings", &self.findings, true);
        let is_filled =
            |part: &&PartRequest| !part.what.trim().is_empty() || !part.judgement.trim().is_empty();
        let parts: Vec<&PartRequest> = self.parts.iter().filter(is_filled).collect();
        if parts.is_empty() {
            read.errors.add("parts.0.what", "required");
        } else if parts.len() > PARTS_MAX {
            read.errors
                .add_with("parts.0.what", "too_many", "max", PARTS_MAX);
        }
        for (number, part) in parts.into_iter().take(PARTS_MAX).enumerate() {
            let what = read.line(&format!("parts.{number}.what"), &part.what, true);
            words.parts.push(what);
            let field = format!("parts.{number}.judgement");
            facts
                .judgements
                .extend(read.choice::<Judgement>(&field, &part.judgement));
        }
        words.conclusions = read.words("conclusions", &self.conclusions, true);
        if !read.days.advised {
            return;
        }
        facts.follows_advice = match self.follows_advice.trim() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => {
                read.errors.add("followsAdvice", "required_choice");
                None
            }
        };
        // The reason for the deviation stands in the conclusions (Awb art. 9:16).
        let deviates = facts.follows_advice == Some(false);
        if deviates {
            words.deviation = read.words("deviation", &self.deviation, true);
        }
    }
}
