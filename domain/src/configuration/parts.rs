//! The parts of a configuration: closed types that refuse what they do not know.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Error, Language,
    automation::RuleDraft,
    bundles::{self, Content, Faults, GiftProposal, PartKind, Promise, Routing, read_value},
    cases::Kind,
    clocks::{self, ClockKind},
    deadlines::CalendarDefinition,
    elsewhere::ElsewhereInput,
    forms::Definition,
    house_style::Look,
    routing::RoutingDraft,
    text_blocks::BlockWords,
    texts,
    workflow::WorkflowDraft,
};

/// Longest key of a part.
const KEY_MAX: usize = 63;

/// The teams that are used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct TeamNames {
    /// Their names; who is in them is not configuration.
    pub names: BTreeSet<String>,
}

/// The kinds of messages of one's own that are used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct OwnKinds {
    /// By their codes.
    pub kinds: Vec<OwnKind>,
}

/// A kind of messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct OwnKind {
    /// The word that forms know it by.
    pub code: String,
    /// Its name in Dutch.
    pub label_nl: String,
    /// Its name in English.
    pub label_en: String,
    /// What it is for the law and for reports.
    pub nature: Kind,
    /// Whether the formal procedure begins when a message of it comes in.
    #[serde(default)]
    pub formal: bool,
}

/// The workflow of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct KindWorkflow {
    /// Code of the kind.
    pub kind: String,
    /// Its states and moves.
    pub workflow: WorkflowDraft,
}

/// The texts in one's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct OwnWords {
    /// By name and language.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
}

/// The rules that run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct OwnRules {
    /// By name; teams are called by their names.
    pub rules: Vec<RuleDraft>,
}

/// The places where things belong that do not belong here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct OwnPlaces {
    /// By name.
    pub places: Vec<ElsewhereInput>,
}

/// The text blocks that are offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct OwnBlocks {
    /// By name.
    pub blocks: Vec<BlockWords>,
}

/// A part.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Section {
    /// Opening hours and closing days.
    Calendar(Box<CalendarDefinition>),
    /// The names of the teams.
    Teams(TeamNames),
    /// Categories and their teams.
    Routing(Routing),
    /// Kinds of messages.
    CaseKinds(OwnKinds),
    /// A form.
    Form(Box<Definition>),
    /// The workflow of a kind.
    Workflow(Box<KindWorkflow>),
    /// A promise.
    Promise(Box<Promise>),
    /// Rules of gifts.
    GiftRules(Box<GiftProposal>),
    /// Texts.
    OwnTexts(OwnWords),
    /// Colours, font and corners.
    HouseStyle(Look),
    /// Rules.
    Rules(OwnRules),
    /// To which team messages go; teams are called by their names.
    RoutingList(RoutingDraft),
    /// Places.
    Elsewhere(OwnPlaces),
    /// Text blocks.
    TextBlocks(OwnBlocks),
}

fn short(key: String) -> String {
    if key.len() <= KEY_MAX {
        return key;
    }
    let hash = tenants::secret::hash_bytes(key.as_bytes());
    let (start, end) = (key.get(..48).unwrap_or(&key), hash.get(..12));
    format!(
        "{}-{}",
        start.trim_end_matches('-'),
        end.unwrap_or_default()
    )
}

impl Section {
    /// Reads a part. What is wrong is noted at its place, which begins with `at`.
    pub fn read(kind: PartKind, value: &Value, at: &str, faults: &mut Faults) -> Option<Self> {
        Some(match kind {
            PartKind::Calendar => Self::Calendar(read_value(value, at, faults)?),
            PartKind::Teams => {
                let teams: TeamNames = read_value(value, at, faults)?;
                if teams.names.iter().any(|name| name.trim().is_empty()) {
                    faults.add(&format!("{at}/names"), "bundle_missing", "");
                }
                Self::Teams(teams)
            }
            PartKind::CaseKinds => {
                let mut kinds: OwnKinds = read_value(value, at, faults)?;
                kinds.kinds.sort_by(|one, other| one.code.cmp(&other.code));
                Self::CaseKinds(kinds)
            }
            PartKind::Workflow => {
                let mut own: KindWorkflow = read_value(value, at, faults)?;
                own.workflow = own.workflow.tidy();
                if let Err(errors) = own.workflow.parse() {
                    faults.below(&format!("{at}/workflow"), errors);
                }
                Self::Workflow(Box::new(own))
            }
            PartKind::OwnTexts => {
                let own: OwnWords = read_value(value, at, faults)?;
                for (name, said) in &own.texts {
                    let at = format!("{at}/texts/{}", bundles::escaped(name));
                    if texts::entry(name).is_none() {
                        faults.add(&at, "bundle_unknown", name);
                    }
                    let is_unknown = |language: &&String| language.parse::<Language>().is_err();
                    for language in said.keys().filter(is_unknown) {
                        faults.add(&format!("{at}/{language}"), "bundle_unknown", language);
                    }
                }
                Self::OwnTexts(own)
            }
            PartKind::HouseStyle => Self::HouseStyle(read_value(value, at, faults)?),
            PartKind::Rules => {
                let mut own: OwnRules = read_value(value, at, faults)?;
                own.rules = own.rules.into_iter().map(RuleDraft::tidy).collect();
                own.rules.sort_by(|one, other| one.name.cmp(&other.name));
                // People are in no configuration.
                for (number, rule) in own.rules.iter().enumerate() {
                    for (place, action) in rule.actions.iter().enumerate() {
                        if !action.staff_id.is_empty() {
                            let at = format!("{at}/rules/{number}/actions/{place}/staffId");
                            faults.add(&at, "bundle_unknown", "staffId");
                        }
                    }
                }
                Self::Rules(own)
            }
            PartKind::RoutingList => {
                let list: RoutingDraft = read_value(value, at, faults)?;
                Self::RoutingList(list.tidy())
            }
            PartKind::Elsewhere => {
                let own: OwnPlaces = read_value(value, at, faults)?;
                let used = own.places.into_iter().filter(|place| !place.aside);
                let mut places: Vec<_> = used.map(ElsewhereInput::tidy).collect();
                places.sort_by(|one, other| one.name.cmp(&other.name));
                Self::Elsewhere(OwnPlaces { places })
            }
            PartKind::TextBlocks => {
                let own: OwnBlocks = read_value(value, at, faults)?;
                let blocks = own.blocks.into_iter().map(BlockWords::tidy);
                let mut blocks: Vec<_> = blocks.collect();
                blocks.sort();
                Self::TextBlocks(OwnBlocks { blocks })
            }
            PartKind::Form | PartKind::Promise | PartKind::Routing | PartKind::GiftRules => {
                match Content::read(kind, value, at, faults)? {
                    Content::Form(form) => Self::Form(form),
                    Content::Promise(promise) => Self::Promise(promise),
                    Content::GiftRules(proposal) => Self::GiftRules(proposal),
                    Content::Routing(mut routing) => {
                        let order = |route: &bundles::Route| route.category.clone();
                        routing.routes.sort_by_cached_key(order);
                        Self::Routing(routing)
                    }
                    Content::Document(_) => return None,
                }
            }
            _ => {
                faults.add(at, "bundle_no_configuration", "");
                return None;
            }
        })
    }

    /// What it says, with everything that was left out written out.
    pub fn value(&self) -> Result<Value, Error> {
        match self {
            Self::Calendar(calendar) => serde_json::to_value(calendar),
            Self::Teams(teams) => serde_json::to_value(teams),
            Self::Routing(routing) => serde_json::to_value(routing),
            Self::CaseKinds(kinds) => serde_json::to_value(kinds),
            Self::Form(form) => serde_json::to_value(form),
            Self::Workflow(workflow) => serde_json::to_value(workflow),
            Self::Promise(promise) => serde_json::to_value(promise),
            Self::GiftRules(rules) => serde_json::to_value(rules),
            Self::OwnTexts(texts) => serde_json::to_value(texts),
            Self::HouseStyle(look) => serde_json::to_value(look),
            Self::Rules(rules) => serde_json::to_value(rules),
            Self::RoutingList(list) => serde_json::to_value(list),
            Self::Elsewhere(own) => serde_json::to_value(own),
            Self::TextBlocks(own) => serde_json::to_value(own),
        }
        .map_err(Error::bug)
    }

    /// What it is.
    pub const fn kind(&self) -> PartKind {
        match self {
            Self::Calendar(_) => PartKind::Calendar,
            Self::Teams(_) => PartKind::Teams,
            Self::Routing(_) => PartKind::Routing,
            Self::CaseKinds(_) => PartKind::CaseKinds,
            Self::Form(_) => PartKind::Form,
            Self::Workflow(_) => PartKind::Workflow,
            Self::Promise(_) => PartKind::Promise,
            Self::GiftRules(_) => PartKind::GiftRules,
            Self::OwnTexts(_) => PartKind::OwnTexts,
            Self::HouseStyle(_) => PartKind::HouseStyle,
            Self::Rules(_) => PartKind::Rules,
            Self::RoutingList(_) => PartKind::RoutingList,
            Self::Elsewhere(_) => PartKind::Elsewhere,
            Self::TextBlocks(_) => PartKind::TextBlocks,
        }
    }

    /// Its name in the document, made of what it is about: the same in every municipality.
    pub fn key(&self) -> String {
        short(match self {
            Self::Calendar(_) => "calendar".to_owned(),
            Self::Teams(_) => "teams".to_owned(),
            Self::Routing(_) => "routing".to_owned(),
            Self::CaseKinds(_) => "case-kinds".to_owned(),
            Self::Form(form) => format!("form-{}", form.key),
            Self::Workflow(own) => format!("workflow-{}", bundles::word(&own.kind)),
            Self::Promise(promise) => {
                let applies = &promise.terms.applies;
                let words = [
                    ("form", applies.form.clone()),
                    ("category", applies.category.clone()),
                    (
                        "channel",
                        applies.channel.map(|channel| channel.to_string()),
                    ),
                    ("kind", applies.kind.map(|kind| kind.to_string())),
                ];
                let words = words
                    .into_iter()
                    .filter_map(|(list, word)| Some(format!("-{list}-{}", bundles::word(&word?))));
                let clock = bundles::word(promise.terms.clock.as_str());
                format!("promise-{clock}{}", words.collect::<String>())
            }
            Self::GiftRules(_) => "gift-rules".to_owned(),
            Self::OwnTexts(_) => "texts".to_owned(),
            Self::HouseStyle(_) => "house-style".to_owned(),
            Self::Rules(_) => "rules".to_owned(),
            Self::RoutingList(_) => "routing-list".to_owned(),
            Self::Elsewhere(_) => "elsewhere".to_owned(),
            Self::TextBlocks(_) => "text-blocks".to_owned(),
        })
    }

    /// Where it stands: what others need comes first.
    pub fn place(&self) -> (u8, String) {
        let rank = match self {
            Self::Calendar(_) => 0,
            Self::Teams(_) => 1,
            Self::Routing(_) => 2,
            Self::CaseKinds(_) => 3,
            Self::Form(_) => 4,
            Self::Workflow(_) => 5,
            Self::Promise(_) => 6,
            Self::GiftRules(_) => 7,
            Self::OwnTexts(_) => 8,
            Self::HouseStyle(_) => 9,
            Self::Rules(_) => 10,
            Self::RoutingList(_) => 11,
            Self::Elsewhere(_) => 12,
            Self::TextBlocks(_) => 13,
        };
        (rank, self.key())
    }

    /// Its name for people.
    pub fn title(&self, language: Language) -> String {
        let part = language.term("bundle-part", self.kind());
        match self {
            Self::Form(form) => {
                let value = serde_json::to_value(form).ok();
                let title = value.as_ref().and_then(bundles::form_title);
                title.filter(|title| !title.is_empty()).unwrap_or(part)
            }
            Self::Workflow(own) => format!("{part}: {}", own.kind),
            Self::Promise(promise) => {
                clocks::words::promise_text(&promise.rule, &promise.terms, language)
            }
            _ => part,
        }
    }

    /// Whether there can be several of its kind, so that one that is not in a document goes.
    pub const fn is_one_of_many(&self) -> bool {
        matches!(self, Self::Form(_) | Self::Workflow(_) | Self::Promise(_))
    }

    /// Whether it stays although a document does not name it: messages stand in the states of a workflow, and a municipality without any promise
    /// to call cannot take messages.
    pub fn stays(&self) -> bool {
        match self {
            Self::Workflow(_) => true,
            Self::Promise(promise) => {
                let terms = &promise.terms;
                terms.clock == ClockKind::Callback && terms.applies.is_general()
            }
            _ => false,
        }
    }
}
