//! When a step or field is shown, and when an answer is required: a tree over *earlier* answers.
//!
//! A leaf may only name a field that stands before it, so a circle cannot be written and one pass in document order decides everything.
//! A field that is hidden or empty is absent, and every leaf about an absent field is false; use `not` for the reverse.

use serde::{Deserialize, Serialize, de};
use tenants::text_enum;

/// Deepest nesting.
pub const DEPTH_MAX: usize = 4;
/// Most leaves in one tree.
pub const LEAVES_MAX: usize = 20;

/// A condition as an editor writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Condition {
    /// All of them hold.
    All {
        /// The parts.
        all: Vec<Condition>,
    },
    /// At least one holds.
    Any {
        /// The parts.
        any: Vec<Condition>,
    },
    /// It does not hold.
    Not {
        /// The part.
        not: Box<Condition>,
    },
    /// About one field.
    Leaf(Leaf),
}

/// A statement about one earlier field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leaf {
    /// Which field.
    pub field: String,
    /// Which statement.
    pub op: Op,
    /// Compared with what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Operand>,
}

text_enum! {
    /// What can be said about a field.
    Op {
        /// The answer is this option.
        Is = "is",
        /// The answer is one of these options.
        In = "in",
        /// This option is among the answers.
        Has = "has",
        /// There is an answer.
        Given = "given",
        /// Less than.
        Lt = "lt",
        /// At most.
        Le = "le",
        /// More than.
        Gt = "gt",
        /// At least.
        Ge = "ge",
    }
}

/// What a field is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Operand {
    /// One word.
    One(String),
    /// Several.
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    all: Option<Vec<Condition>>,
    any: Option<Vec<Condition>>,
    not: Option<Box<Condition>>,
    field: Option<String>,
    op: Option<Op>,
    value: Option<Operand>,
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written {
            all,
            any,
            not,
            field,
            op,
            value,
        } = Written::deserialize(deserializer)?;
        match (all, any, not, field, op, value) {
            (Some(all), None, None, None, None, None) => Ok(Self::All { all }),
            (None, Some(any), None, None, None, None) => Ok(Self::Any { any }),
            (None, None, Some(not), None, None, None) => Ok(Self::Not { not }),
            (None, None, None, Some(field), Some(op), value) => {
                Ok(Self::Leaf(Leaf { field, op, value }))
            }
            _ => Err(de::Error::custom(
                "a condition is exactly one of `all`, `any`, `not`, or `field` with `op`",
            )),
        }
    }
}

impl Condition {
    /// How deep it is nested.
    #[must_use]
    pub fn depth(&self) -> usize {
        1 + match self {
            Self::All { all: parts } | Self::Any { any: parts } => {
                parts.iter().map(Self::depth).max().unwrap_or(0)
            }
            Self::Not { not } => not.depth(),
            Self::Leaf(_) => 0,
        }
    }

    /// All its leaves, left to right.
    #[must_use]
    pub fn leaves(&self) -> Vec<&Leaf> {
        match self {
            Self::All { all: parts } | Self::Any { any: parts } => {
                parts.iter().flat_map(Self::leaves).collect()
            }
            Self::Not { not } => not.leaves(),
            Self::Leaf(leaf) => vec![leaf],
        }
    }

    /// Makes what it says of one field a statement about another.
    pub fn rename(&mut self, from: &str, to: &str) {
        match self {
            Self::All { all: parts } | Self::Any { any: parts } => {
                for part in parts {
                    part.rename(from, to);
                }
            }
            Self::Not { not } => not.rename(from, to),
            Self::Leaf(leaf) if leaf.field == from => to.clone_into(&mut leaf.field),
            Self::Leaf(_) => {}
        }
    }

    /// Whether a part is empty: nothing that all or any could be about.
    #[must_use]
    pub fn has_gap(&self) -> bool {
        match self {
            Self::All { all: parts } | Self::Any { any: parts } => {
                parts.is_empty() || parts.iter().any(Self::has_gap)
            }
            Self::Not { not } => not.has_gap(),
            Self::Leaf(_) => false,
        }
    }

    /// Whether it holds, given what is known of a leaf.
    pub fn holds(&self, known: &mut impl FnMut(&Leaf) -> bool) -> bool {
        match self {
            Self::All { all } => all.iter().all(|part| part.holds(known)),
            Self::Any { any } => any.iter().any(|part| part.holds(known)),
            Self::Not { not } => !not.holds(known),
            Self::Leaf(leaf) => known(leaf),
        }
    }
}
