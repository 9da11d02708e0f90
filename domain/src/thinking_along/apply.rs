//! What was decided on proposals, put into a document at once. The order in which they came or were decided makes no difference.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BlockKind, DocumentBlock, DocumentId, NodeShape, ProposalId, ProposalKind};
use crate::input::Number;

/// That decided proposals are put into a new draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = RoundApplyRequest)]
pub struct ApplyRequest {
    /// For blocks on which proposals collide: what the block says then, by its id.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
    /// The version of the document that was looked at.
    #[schema(value_type = i64, required = true)]
    #[serde(default)]
    pub expected_version: Number,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RoundApplied)]
pub struct Applied {
    /// Into which document.
    pub document_id: DocumentId,
    /// Into which version of it.
    pub number: i64,
    /// Proposals whose block is no longer there.
    pub orphans: Vec<ProposalId>,
}

/// A decided proposal, as far as it changes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub proposal: ProposalId,
    pub block: String,
    pub kind: ProposalKind,
    pub text: String,
}

impl Change {
    /// The id of a block that it adds: that of the proposal, so that applying twice adds once.
    fn new_id(&self, sort: &str) -> String {
        format!("{sort}{}", self.proposal.0.simple())
    }

    const fn is_on_block(&self) -> bool {
        matches!(self.kind, ProposalKind::Replace | ProposalKind::Remove)
    }

    fn adds_to(&self, blocks: &mut Vec<DocumentBlock>) {
        let new = self.new_id("v");
        let Some(at) = blocks.iter().position(|block| block.id == self.block) else {
            return;
        };
        let Some(anchor) = blocks.get(at).cloned() else {
            return;
        };
        if blocks.iter().any(|block| block.id == new) {
            return;
        }
        let kind = match (anchor.kind, self.kind) {
            (BlockKind::Node | BlockKind::Edge, _) => BlockKind::Node,
            (_, ProposalKind::StepMissing) => BlockKind::Step,
            (BlockKind::Heading, _) => BlockKind::Paragraph,
            (kind, _) => kind,
        };
        if kind == BlockKind::Node {
            self.connect(&anchor, &new, blocks);
        }
        blocks.insert(at + 1, DocumentBlock::new(new, kind, self.text.clone()));
    }

    /// Puts a new box on an arrow: the one that was named, or the first that leads away from the box that was named. Nothing leads away from an
    /// end; there it goes before it.
    fn connect(&self, anchor: &DocumentBlock, new: &str, blocks: &mut Vec<DocumentBlock>) {
        let arrow = |from: &str, to: &str| DocumentBlock::arrow(self.new_id("p"), from, to);
        let on = blocks.iter_mut().find(|block| {
            block.kind == BlockKind::Edge && (block.id == anchor.id || block.from == anchor.id)
        });
        if let Some(edge) = on {
            let to = std::mem::replace(&mut edge.to, new.to_owned());
            blocks.push(arrow(new, &to));
            return;
        }
        for edge in blocks.iter_mut().filter(|block| block.to == anchor.id) {
            new.clone_into(&mut edge.to);
        }
        blocks.push(arrow(new, &anchor.id));
    }
}

/// Takes a block out. The arrows to a box go on to where its first exit led.
fn remove(id: &str, blocks: &mut Vec<DocumentBlock>) {
    let next = (blocks.iter())
        .find(|block| block.kind == BlockKind::Edge && block.from == id)
        .map(|edge| edge.to.clone());
    blocks.retain(|block| block.id != id && block.from != id);
    match next {
        Some(next) => {
            for edge in blocks.iter_mut().filter(|block| block.to == id) {
                next.clone_into(&mut edge.to);
            }
        }
        None => blocks.retain(|block| block.to != id),
    }
}

/// The blocks with all changes, or the ids of the blocks on which they collide and for which `texts` has nothing. A change on a block that is
/// not there is left out.
pub(super) fn apply(
    blocks: &[DocumentBlock],
    changes: &[Change],
    texts: &BTreeMap<String, String>,
) -> Result<Vec<DocumentBlock>, Vec<String>> {
    let mut changes: Vec<&Change> = changes.iter().collect();
    changes.sort_by_key(|change| change.proposal);
    let mut on_block: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in changes.iter().filter(|change| change.is_on_block()) {
        on_block.entry(&change.block).or_default().push(change);
    }
    let collisions: Vec<String> = (on_block.iter())
        .filter(|(block, _)| blocks.iter().any(|one| one.id == **block))
        .filter(|(block, changes)| changes.len() > 1 && !texts.contains_key(**block))
        .map(|(block, _)| (*block).to_owned())
        .collect();
    if !collisions.is_empty() {
        return Err(collisions);
    }
    let mut blocks = blocks.to_vec();
    // The last one first: each stands directly behind the block, and what came first stands first.
    for change in changes.iter().rev().filter(|change| !change.is_on_block()) {
        change.adds_to(&mut blocks);
    }
    for (id, changes) in on_block {
        let text = match (texts.get(id), changes.as_slice()) {
            (Some(text), [_, _, ..]) => Some(text),
            (_, [change, ..]) if change.kind == ProposalKind::Replace => Some(&change.text),
            _ => None,
        };
        match (text, blocks.iter_mut().find(|block| block.id == id)) {
            (Some(text), Some(block)) => text.clone_into(&mut block.text),
            (None, Some(block)) if block.shape != Some(NodeShape::Start) => remove(id, &mut blocks),
            _ => {}
        }
    }
    Ok(blocks)
}
