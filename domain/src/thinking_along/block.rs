//! What documents are made of. A block keeps its id in every later version, so that proposals and comparisons find it.

use serde::{Deserialize, Serialize};
use tenants::text_enum;
use utoipa::ToSchema;

use super::{DocumentKind, TEXT_MAX};
use crate::{
    FieldErrors,
    input::{self, Number},
    text::{clean_line, clean_text, optional, read_choice},
};

text_enum! {
    /// What a block is.
    BlockKind {
        /// A title of a part.
        Heading = "heading",
        /// A paragraph.
        Paragraph = "paragraph",
        /// An item of a list.
        ListItem = "listItem",
        /// A step of an instruction.
        Step = "step",
        /// A box of a flowchart.
        Node = "node",
        /// An arrow of a flowchart; its text is its label.
        Edge = "edge",
    }
}
text_enum! {
    /// What a box of a flowchart stands for.
    NodeShape {
        /// Here it begins.
        Start = "start",
        /// Something is done.
        Step = "step",
        /// Something is asked; each answer is an arrow.
        Choice = "choice",
        /// Time passes.
        Wait = "wait",
        /// Somebody is told something.
        Message = "message",
        /// Somebody else goes on.
        HandOver = "handOver",
        /// Here it ends.
        End = "end",
    }
}

/// Most blocks of a document that is no flowchart.
const BLOCKS_MAX: usize = 300;
/// Most boxes of a flowchart.
const NODES_MAX: usize = 40;
/// Most arrows of a flowchart.
const EDGES_MAX: usize = 120;
/// Longest title of a box, and longest role and label, in characters.
const NODE_MAX: usize = 80;
/// Longest id, in characters.
const ID_MAX: usize = 40;

/// A block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DocumentBlock {
    /// Its id, the same in every version.
    #[schema(example = "bellen")]
    pub id: String,
    /// What it is.
    pub kind: BlockKind,
    /// Its words; of an arrow its label.
    pub text: String,
    /// Whether only colleagues read it.
    #[serde(default)]
    pub internal: bool,
    /// What a box stands for.
    #[serde(default)]
    pub shape: Option<NodeShape>,
    /// Who does what is in a box; may be empty.
    #[serde(default)]
    pub role: String,
    /// The id of the box where an arrow begins.
    #[serde(default)]
    pub from: String,
    /// The id of the box where an arrow ends.
    #[serde(default)]
    pub to: String,
}

/// A block as it is typed. One without words, and an arrow without ends, is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BlockDraft {
    /// Its id; a new block may come without one.
    #[serde(default)]
    pub id: String,
    /// What it is.
    #[schema(value_type = BlockKind, required = true)]
    #[serde(default)]
    pub kind: String,
    /// Its words; of an arrow its label.
    #[serde(default)]
    pub text: String,
    /// Whether only colleagues read it.
    #[serde(default)]
    pub internal: bool,
    /// What a box stands for.
    #[schema(value_type = Option<NodeShape>)]
    #[serde(default)]
    pub shape: String,
    /// Who does what is in a box.
    #[serde(default)]
    pub role: String,
    /// The id of the box where an arrow begins.
    #[serde(default)]
    pub from: String,
    /// The id of the box where an arrow ends.
    #[serde(default)]
    pub to: String,
    /// Where it stands among the others; as it was sent when it is left out.
    #[schema(value_type = Option<i64>)]
    #[serde(default)]
    pub place: Number,
}

impl DocumentBlock {
    /// A block of text.
    pub(super) fn new(id: String, kind: BlockKind, text: String) -> Self {
        Self {
            id,
            shape: (kind == BlockKind::Node).then_some(NodeShape::Step),
            kind,
            text,
            internal: false,
            role: String::new(),
            from: String::new(),
            to: String::new(),
        }
    }

    /// An arrow.
    pub(super) fn arrow(id: String, from: &str, to: &str) -> Self {
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
            ..Self::new(id, BlockKind::Edge, String::new())
        }
    }
}

/// What residents may read: no internal block, and no arrow from or to one.
#[must_use]
pub fn public_blocks(blocks: &[DocumentBlock]) -> Vec<DocumentBlock> {
    let is_open = |id: &str| !blocks.iter().any(|block| block.id == id && block.internal);
    blocks
        .iter()
        .filter(|block| !block.internal && is_open(&block.from) && is_open(&block.to))
        .cloned()
        .collect()
}

fn is_id(typed: &str) -> bool {
    (1..=ID_MAX).contains(&typed.len())
        && (typed.bytes()).all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl DocumentKind {
    /// What a document of this kind is made of.
    #[must_use]
    pub const fn block_kinds(self) -> &'static [BlockKind] {
        match self {
            Self::Flowchart => &[BlockKind::Node, BlockKind::Edge],
            _ => &[
                BlockKind::Heading,
                BlockKind::Paragraph,
                BlockKind::ListItem,
                BlockKind::Step,
            ],
        }
    }
}

impl BlockDraft {
    fn is_blank(&self) -> bool {
        let is_arrow = self.kind == BlockKind::Edge.as_str();
        if is_arrow {
            self.from.trim().is_empty() && self.to.trim().is_empty()
        } else {
            clean_text(&self.text).is_empty()
        }
    }

    fn parse(
        &self,
        (document, field): (DocumentKind, &str),
        new_id: &mut impl FnMut() -> String,
        errors: &mut FieldErrors,
    ) -> Option<DocumentBlock> {
        let at = |name: &str| format!("{field}.{name}");
        let kind: BlockKind = read_choice(errors, &at("kind"), &self.kind)?;
        if !document.block_kinds().contains(&kind) {
            errors.add(&at("kind"), "not_an_option");
            return None;
        }
        let is_drawn = matches!(kind, BlockKind::Node | BlockKind::Edge);
        let text = if is_drawn {
            input::optional(clean_line(&self.text), NODE_MAX, &at("text"), errors)
        } else {
            input::optional(clean_text(&self.text), TEXT_MAX, &at("text"), errors)
        };
        let id = self.id.trim();
        if !id.is_empty() && !is_id(id) {
            errors.add(&at("id"), "block_id_unusable");
        }
        let shape = match (kind, optional(Some(&self.shape))) {
            (BlockKind::Node, Some(typed)) => read_choice(errors, &at("shape"), typed),
            (BlockKind::Node, None) => Some(NodeShape::Step),
            _ => None,
        };
        let end = |typed: &str| match kind {
            BlockKind::Edge => typed.trim().to_owned(),
            _ => String::new(),
        };
        let role = clean_line(&self.role);
        Some(DocumentBlock {
            id: if id.is_empty() {
                new_id()
            } else {
                id.to_owned()
            },
            kind,
            text,
            internal: self.internal,
            shape,
            role: input::optional(role, NODE_MAX, &at("role"), errors),
            from: end(&self.from),
            to: end(&self.to),
        })
    }
}

/// The blocks of a document, in the order of their places.
pub(super) fn parse(
    document: DocumentKind,
    drafts: &[BlockDraft],
    mut new_id: impl FnMut() -> String,
    errors: &mut FieldErrors,
) -> Vec<DocumentBlock> {
    let mut placed = Vec::new();
    let mut before = i64::MIN;
    for (number, draft) in drafts.iter().enumerate() {
        if draft.is_blank() {
            continue;
        }
        let field = format!("blocks.{number}");
        let place: Option<i64> = (draft.place).optional(&format!("{field}.place"), errors);
        before = place.unwrap_or(before);
        if let Some(block) = draft.parse((document, &field), &mut new_id, errors) {
            placed.push((before, field, block));
        }
    }
    placed.sort_by_key(|(place, _, _)| *place);
    let count = |kind: fn(BlockKind) -> bool| {
        placed
            .iter()
            .filter(|(_, _, block)| kind(block.kind))
            .count()
    };
    for (found, max) in [
        (count(|kind| kind == BlockKind::Node), NODES_MAX),
        (count(|kind| kind == BlockKind::Edge), EDGES_MAX),
        (placed.len(), BLOCKS_MAX),
    ] {
        if found > max {
            errors.add_with("blocks", "too_many", "max", max);
        }
    }
    for (at, (_, field, block)) in placed.iter().enumerate() {
        if placed
            .iter()
            .take(at)
            .any(|(_, _, other)| other.id == block.id)
        {
            errors.add(&format!("{field}.id"), "block_id_twice");
        }
        if block.kind != BlockKind::Edge {
            continue;
        }
        for (name, end) in [("from", &block.from), ("to", &block.to)] {
            let is_node = |other: &DocumentBlock| other.kind == BlockKind::Node && other.id == *end;
            if !placed.iter().any(|(_, _, other)| is_node(other)) {
                errors.add(&format!("{field}.{name}"), "not_an_option");
            }
        }
    }
    placed.into_iter().map(|(_, _, block)| block).collect()
}
