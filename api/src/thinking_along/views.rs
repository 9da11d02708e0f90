//! Documents as pages show them.

use domain::{
    Language,
    thinking_along::{BlockKind, DocumentBlock, NodeShape, RoundDecision},
};

/// A block as it is shown.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) text: String,
    /// What it stands for and who does it; empty for a text.
    pub(super) about: String,
    pub(super) internal: bool,
    /// Where it leads, in words.
    pub(super) exits: Vec<String>,
}

/// Blocks that are shown together.
pub(super) struct Group {
    /// `heading`, `paragraph`, `list`, `steps` or `flow`.
    pub(super) tag: &'static str,
    pub(super) items: Vec<Item>,
}

fn item(block: &DocumentBlock, blocks: &[DocumentBlock], language: Language) -> Item {
    let exits = blocks
        .iter()
        .filter(|edge| edge.kind == BlockKind::Edge && edge.from == block.id);
    let exits = exits.map(|edge| {
        let to = name_of(blocks, &edge.to, language);
        match edge.text.as_str() {
            "" => language.text_with("flow-then", &[("to", &to)]),
            label => language.text_with("flow-if", &[("label", label), ("to", &to)]),
        }
    });
    let shape = block.shape.map(|shape| language.term("node-shape", shape));
    let about = shape.into_iter().chain(Some(block.role.clone()));
    Item {
        id: block.id.clone(),
        text: block.text.clone(),
        about: about
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        internal: block.internal,
        exits: exits.collect(),
    }
}

/// The blocks in groups: steps and items of a list that follow each other are one list, and so are the boxes of a flowchart.
pub(super) fn groups(blocks: &[DocumentBlock], language: Language) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for block in blocks {
        let tag = match block.kind {
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list",
            BlockKind::Step => "steps",
            BlockKind::Node => "flow",
            BlockKind::Edge => continue,
        };
        let item = item(block, blocks, language);
        match groups.last_mut() {
            Some(last) if last.tag == tag && !["heading", "paragraph"].contains(&tag) => {
                last.items.push(item);
            }
            _ => groups.push(Group {
                tag,
                items: vec![item],
            }),
        }
    }
    groups
}

/// What people call a block: its words, the ends of an arrow, or the whole.
pub(super) fn name_of(blocks: &[DocumentBlock], id: &str, language: Language) -> String {
    let Some(block) = blocks.iter().find(|block| block.id == id) else {
        let key = if id.is_empty() {
            "proposal-whole"
        } else {
            "proposal-block-gone"
        };
        return language.text(key);
    };
    if block.kind == BlockKind::Edge {
        let end = |id: &str| name_of(blocks, id, language);
        return format!("{} → {} {}", end(&block.from), end(&block.to), block.text);
    }
    match block.text.char_indices().nth(100) {
        Some((at, _)) => format!("{}…", block.text.get(..at).unwrap_or_default()),
        None => block.text.clone(),
    }
}

/// How the component `state` shows a decision.
pub(super) const fn tone(decision: RoundDecision) -> &'static str {
    match decision {
        RoundDecision::TakenOver => "ok",
        RoundDecision::Partly => "info",
        _ => "quiet",
    }
}

/// A small flowchart, for samples.
pub(super) fn sample() -> Vec<DocumentBlock> {
    let node = |id: &str, shape, text: &str| DocumentBlock {
        id: id.to_owned(),
        kind: BlockKind::Node,
        text: text.to_owned(),
        internal: false,
        shape: Some(shape),
        role: "Klantenservice".to_owned(),
        from: String::new(),
        to: String::new(),
    };
    let arrow = |id: &str, from: &str, to: &str, text: &str| DocumentBlock {
        kind: BlockKind::Edge,
        shape: None,
        role: String::new(),
        from: from.to_owned(),
        to: to.to_owned(),
        ..node(id, NodeShape::Step, text)
    };
    vec![
        node("melding", NodeShape::Start, "Er komt een melding"),
        node("bel", NodeShape::Choice, "Wij bellen. Neemt u op?"),
        node("tevreden", NodeShape::End, "U bent tevreden"),
        arrow("a", "melding", "bel", ""),
        arrow("b", "bel", "tevreden", "ja"),
        arrow("c", "bel", "melding", "nee"),
    ]
}
