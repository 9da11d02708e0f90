//! What a part says, by its kind: closed types that refuse what they do not know.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use tenants::text_enum;

use super::{
    check::{Faults, read},
    format::PartKind,
    sound::{blocks, flowchart, form, gift_rules, twice},
};
use crate::{
    clocks::RuleTerms,
    deadlines::ServiceRule,
    forms::{Definition, is_address},
    gifts::GiftRules,
};

/// What a part says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A form.
    Form(Box<Definition>),
    /// A promise.
    Promise(Box<Promise>),
    /// Categories and their teams.
    Routing(Routing),
    /// Rules of gifts.
    GiftRules(Box<GiftProposal>),
    /// What is kept to be read.
    Document(Box<Document>),
}

/// A promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Promise {
    /// How soon.
    pub rule: ServiceRule,
    /// What it is about, for which messages, and who is warned when.
    pub terms: RuleTerms,
}

/// What messages are about, and whose they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Routing {
    /// One for each category.
    pub routes: Vec<Route>,
}

/// A category and the team it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Route {
    /// Key of the category.
    pub category: String,
    /// Its name in Dutch.
    pub label: String,
    /// Its name in English; may be empty.
    #[serde(default)]
    pub label_en: String,
    /// Key of the category of this list that it is below; of the first level when it is left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub parent: String,
    /// Name of the team; nobody's when it is empty.
    #[serde(default)]
    pub team: String,
}

/// Rules of gifts with a budget to propose. The budget itself is opened by a budget holder, on a decision of the council.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GiftProposal {
    /// The rules.
    pub rules: GiftRules,
    /// Money to set aside a year, in cents; none when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_cents: Option<i64>,
}

/// What is kept to be read. Every list has stable ids, so that versions can be compared and merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Document {
    /// Running text: of the website, of the practice, hints for the calendar.
    Prose(Prose),
    /// A mail.
    Mail(Mail),
    /// A work instruction.
    Instruction(Instruction),
    /// A flowchart.
    Flowchart(Flowchart),
    /// A metric.
    Metric(Metric),
}

/// Running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Prose {
    /// Its paragraphs.
    pub blocks: Vec<TextBlock>,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TextBlock {
    /// Stable id.
    pub id: String,
    /// Text.
    pub text: String,
}

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Mail {
    /// Subject.
    pub subject: String,
    /// Its paragraphs.
    pub blocks: Vec<TextBlock>,
}

/// What colleagues do, step by step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Instruction {
    /// The steps in order.
    pub steps: Vec<InstructionStep>,
}

/// A step of a work instruction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct InstructionStep {
    /// Stable id.
    pub id: String,
    /// Who does it: a role, never a name.
    pub who: String,
    /// What is done.
    pub what: String,
    /// Why.
    #[serde(default)]
    pub why: String,
    /// A sentence to say.
    #[serde(default)]
    pub example: String,
}

text_enum! {
    /// What stands at a place of a flowchart.
    NodeKind {
        /// Where it begins.
        Start = "start",
        /// Something to do.
        Step = "step",
        /// A choice.
        Choice = "choice",
        /// A wait, with a clock.
        Wait = "wait",
        /// A message to the resident.
        Message = "message",
        /// Somebody else takes over.
        HandOver = "handOver",
        /// Where it ends.
        End = "end",
    }
}

/// The order of steps and choices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Flowchart {
    /// Its places.
    pub nodes: Vec<Node>,
    /// The ways between them.
    pub edges: Vec<Edge>,
}

/// A place in a flowchart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Node {
    /// Stable id.
    pub id: String,
    /// What stands there.
    pub kind: NodeKind,
    /// In words.
    pub title: String,
    /// Who does it.
    #[serde(default)]
    pub role: String,
}

/// A way from one place to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Edge {
    /// Stable id.
    pub id: String,
    /// From where.
    pub from: String,
    /// To where.
    pub to: String,
    /// When, of a choice.
    #[serde(default)]
    pub label: String,
}

/// A question that measures whether it helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Metric {
    /// Code in the collection it comes from, such as a module of the Burgerpeiling of the VNG.
    pub code: String,
    /// Version of the question; another version is not compared with it.
    pub version: u32,
    /// The question.
    pub question: String,
    /// Lowest answer.
    pub lowest: i64,
    /// Highest answer.
    pub highest: i64,
    /// Who is asked.
    pub population: String,
    /// When they are asked.
    pub moment: String,
}

impl Content {
    /// Reads a part. What is wrong is noted at its place, which begins with `at`.
    pub(crate) fn read(
        kind: PartKind,
        value: &Value,
        at: &str,
        faults: &mut Faults,
    ) -> Option<Self> {
        let document = |document| Self::Document(Box::new(document));
        Some(match kind {
            PartKind::Form => {
                let definition: Definition = read(value, at, faults)?;
                form(&definition, at, faults);
                Self::Form(Box::new(definition))
            }
            PartKind::Promise => {
                let promise: Promise = read(value, at, faults)?;
                let mut errors = crate::FieldErrors::default();
                promise.terms.check(&mut errors);
                if !promise.rule.is_allowed() {
                    errors.add("rule", "promise_out_of_range");
                }
                faults.below(at, errors);
                Self::Promise(Box::new(promise))
            }
            PartKind::Routing => {
                let routing: Routing = read(value, at, faults)?;
                let keys = routing.routes.iter().map(|route| route.category.as_str());
                twice(keys, &format!("{at}/routes"), faults);
                for (number, route) in routing.routes.iter().enumerate() {
                    let is_first =
                        |one: &Route| one.category == route.parent && one.parent.is_empty();
                    let stands = route.parent.is_empty() || routing.routes.iter().any(is_first);
                    let is_key = is_address(&route.category.replace('_', "-"));
                    if !is_key || route.label.is_empty() || !stands {
                        faults.add(&format!("{at}/routes/{number}"), "bundle_malformed", "");
                    }
                }
                Self::Routing(routing)
            }
            PartKind::GiftRules => {
                let proposal: GiftProposal = read(value, at, faults)?;
                gift_rules(&proposal, at, faults);
                Self::GiftRules(Box::new(proposal))
            }
            PartKind::Text | PartKind::PracticeText | PartKind::CalendarHints => {
                let prose: Prose = read(value, at, faults)?;
                blocks(&prose.blocks, at, faults);
                document(Document::Prose(prose))
            }
            PartKind::MailTemplate => {
                let mail: Mail = read(value, at, faults)?;
                blocks(&mail.blocks, at, faults);
                document(Document::Mail(mail))
            }
            PartKind::WorkInstruction => {
                let instruction: Instruction = read(value, at, faults)?;
                let ids = instruction.steps.iter().map(|step| step.id.as_str());
                twice(ids, &format!("{at}/steps"), faults);
                document(Document::Instruction(instruction))
            }
            PartKind::Flowchart => {
                let chart: Flowchart = read(value, at, faults)?;
                flowchart(&chart, at, faults);
                document(Document::Flowchart(chart))
            }
            PartKind::Metric => {
                let metric: Metric = read(value, at, faults)?;
                if metric.lowest >= metric.highest || metric.question.is_empty() {
                    faults.add(at, "bundle_metric", "");
                }
                document(Document::Metric(metric))
            }
            PartKind::Calendar
            | PartKind::Teams
            | PartKind::CaseKinds
            | PartKind::Workflow
            | PartKind::OwnTexts
            | PartKind::HouseStyle
            | PartKind::Rules
            | PartKind::RoutingList
            | PartKind::Elsewhere
            | PartKind::TextBlocks => {
                faults.add(at, "bundle_not_shared", "");
                return None;
            }
        })
    }

    /// The part with everything that was left out written out, so that two that mean the same are the same.
    pub(crate) fn value(&self) -> Result<Value, crate::Error> {
        match self {
            Self::Form(form) => serde_json::to_value(form),
            Self::Promise(promise) => serde_json::to_value(promise),
            Self::Routing(routing) => serde_json::to_value(routing),
            Self::GiftRules(proposal) => serde_json::to_value(proposal),
            Self::Document(document) => serde_json::to_value(document),
        }
        .map_err(crate::Error::bug)
    }

    /// Reads a part of a bundle that was checked before.
    ///
    /// # Errors
    /// A bug.
    pub(super) fn parse(kind: PartKind, value: &Value) -> Result<Self, crate::Error> {
        fn typed<T: DeserializeOwned>(value: &Value) -> Result<Box<T>, crate::Error> {
            serde_json::from_value(value.clone())
                .map(Box::new)
                .map_err(crate::Error::bug)
        }
        Ok(match kind {
            PartKind::Form => Self::Form(typed(value)?),
            PartKind::Promise => Self::Promise(typed(value)?),
            PartKind::Routing => Self::Routing(*typed(value)?),
            PartKind::GiftRules => Self::GiftRules(typed(value)?),
            PartKind::Text | PartKind::PracticeText | PartKind::CalendarHints => {
                Self::Document(Box::new(Document::Prose(*typed(value)?)))
            }
            PartKind::MailTemplate => Self::Document(Box::new(Document::Mail(*typed(value)?))),
            PartKind::WorkInstruction => {
                Self::Document(Box::new(Document::Instruction(*typed(value)?)))
            }
            PartKind::Flowchart => Self::Document(Box::new(Document::Flowchart(*typed(value)?))),
            PartKind::Metric => Self::Document(Box::new(Document::Metric(*typed(value)?))),
            PartKind::Calendar
            | PartKind::Teams
            | PartKind::CaseKinds
            | PartKind::Workflow
            | PartKind::OwnTexts
            | PartKind::HouseStyle
            | PartKind::Rules
            | PartKind::RoutingList
            | PartKind::Elsewhere
            | PartKind::TextBlocks => {
                return Err(crate::Error::bug("a part that is not shared"));
            }
        })
    }
}
