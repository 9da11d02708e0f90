//! What differs between two versions: by block, by its id, and within a block by word.

use serde::Serialize;
use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};
use tenants::text_enum;
use utoipa::ToSchema;

use super::{BlockKind, DocumentBlock};

text_enum! {
    /// What became of a block.
    ChangeKind {
        /// It says the same.
        Same = "same",
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It says something else, or means something else.
        Changed = "changed",
        /// It says the same, at another place.
        Moved = "moved",
    }
}
text_enum! {
    /// Whether words are new or gone.
    Mark {
        /// In both.
        Same = "same",
        /// New.
        Added = "added",
        /// Gone.
        Removed = "removed",
    }
}

/// Below this share of words in common the old and the new words are shown as a whole.
const ALIKE: f32 = 0.4;

/// Words with what became of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Piece {
    /// Whether they are new or gone.
    pub mark: Mark,
    /// The words.
    pub text: String,
}

/// A block with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlockChange {
    /// What became of it.
    pub change: ChangeKind,
    /// The block as it is now; as it was, when it is gone.
    pub block: DocumentBlock,
    /// Its words.
    pub pieces: Vec<Piece>,
    /// Whether something else than its words differs: its kind, its role, where its arrow leads, who reads it.
    pub is_other: bool,
}

fn words(old: &str, new: &str) -> Vec<Piece> {
    let piece = |mark, text: &str| Piece {
        mark,
        text: text.to_owned(),
    };
    if old == new {
        return vec![piece(Mark::Same, old)];
    }
    let diff = TextDiff::from_words(old, new);
    if diff.ratio() < ALIKE {
        let whole = [piece(Mark::Removed, old), piece(Mark::Added, new)];
        return (whole.into_iter())
            .filter(|piece| !piece.text.is_empty())
            .collect();
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let mark = match change.tag() {
            ChangeTag::Equal => Mark::Same,
            ChangeTag::Insert => Mark::Added,
            ChangeTag::Delete => Mark::Removed,
        };
        match pieces.last_mut() {
            Some(last) if last.mark == mark => last.text.push_str(change.value()),
            _ => pieces.push(piece(mark, change.value())),
        }
    }
    pieces
}

fn whole(change: ChangeKind, mark: Mark, block: &DocumentBlock) -> BlockChange {
    BlockChange {
        change,
        pieces: vec![Piece {
            mark,
            text: block.text.clone(),
        }],
        block: block.clone(),
        is_other: false,
    }
}

fn changed(old: &DocumentBlock, new: &DocumentBlock, is_moved: bool) -> BlockChange {
    let is_other = DocumentBlock {
        text: new.text.clone(),
        ..old.clone()
    } != *new;
    let change = if is_other || old.text != new.text {
        ChangeKind::Changed
    } else if is_moved {
        ChangeKind::Moved
    } else {
        ChangeKind::Same
    };
    BlockChange {
        change,
        block: new.clone(),
        pieces: words(&old.text, &new.text),
        is_other,
    }
}

/// Every block of either version, in the order of the new one, with what became of it.
#[must_use]
pub fn compare(old: &[DocumentBlock], new: &[DocumentBlock]) -> Vec<BlockChange> {
    fn ids(blocks: &[DocumentBlock]) -> Vec<&str> {
        blocks.iter().map(|block| block.id.as_str()).collect()
    }
    fn find<'a>(blocks: &'a [DocumentBlock], id: &str) -> Option<&'a DocumentBlock> {
        blocks.iter().find(|block| block.id == id)
    }
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &ids(old), &ids(new)) {
        let is_same = matches!(op, DiffOp::Equal { .. });
        let gone = old.get(op.old_range()).unwrap_or_default().iter();
        let gone = gone.filter(|block| find(new, &block.id).is_none());
        changes.extend(gone.map(|block| whole(ChangeKind::Removed, Mark::Removed, block)));
        for block in new.get(op.new_range()).unwrap_or_default() {
            changes.push(match find(old, &block.id) {
                Some(before) => changed(before, block, !is_same),
                None => whole(ChangeKind::Added, Mark::Added, block),
            });
        }
    }
    changes
}

impl BlockChange {
    /// Whether anything differs.
    #[must_use]
    pub fn is_change(&self) -> bool {
        self.change != ChangeKind::Same
    }

    /// Whether it is a part of a drawing.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        matches!(self.block.kind, BlockKind::Node | BlockKind::Edge)
    }
}
