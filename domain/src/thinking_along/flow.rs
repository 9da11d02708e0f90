//! Flowcharts: what is wrong with one.

use std::collections::BTreeSet;

use serde::Serialize;
use tenants::text_enum;
use utoipa::ToSchema;

use super::{BlockKind, DocumentBlock, NodeShape};

text_enum! {
    /// What is wrong with a flowchart.
    FlowProblemKind {
        /// It has no start.
        NoStart = "noStart",
        /// It has more than one start.
        ManyStarts = "manyStarts",
        /// It has no end.
        NoEnd = "noEnd",
        /// No way leads to this box.
        Unreachable = "unreachable",
        /// A choice has fewer than two exits.
        FewExits = "fewExits",
        /// An exit of a choice has no label.
        NoLabel = "noLabel",
        /// No way leads on from this box.
        DeadEnd = "deadEnd",
    }
}

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FlowProblem {
    /// What.
    pub problem: FlowProblemKind,
    /// The words of the box; empty when it is about the whole.
    pub at: String,
}

fn nodes(blocks: &[DocumentBlock]) -> impl Iterator<Item = &DocumentBlock> {
    blocks.iter().filter(|block| block.kind == BlockKind::Node)
}

fn edges(blocks: &[DocumentBlock]) -> impl Iterator<Item = &DocumentBlock> {
    blocks.iter().filter(|block| block.kind == BlockKind::Edge)
}

fn exits<'a>(
    blocks: &'a [DocumentBlock],
    node: &'a str,
) -> impl Iterator<Item = &'a DocumentBlock> {
    edges(blocks).filter(move |edge| edge.from == node)
}

fn starts(blocks: &[DocumentBlock]) -> impl Iterator<Item = &DocumentBlock> {
    nodes(blocks).filter(|node| node.shape == Some(NodeShape::Start))
}

fn reached(blocks: &[DocumentBlock]) -> BTreeSet<&str> {
    let mut open: Vec<&str> = starts(blocks).map(|node| node.id.as_str()).collect();
    let mut seen = BTreeSet::new();
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            open.extend(exits(blocks, node).map(|edge| edge.to.as_str()));
        }
    }
    seen
}

/// What keeps a flowchart from being adopted: it has one start, a way to every box, at least two exits with labels at a choice, and no dead end.
#[must_use]
pub fn flow_problems(blocks: &[DocumentBlock]) -> Vec<FlowProblem> {
    let mut problems = Vec::new();
    let mut add = |problem, at: &str| {
        problems.push(FlowProblem {
            problem,
            at: at.to_owned(),
        });
    };
    match starts(blocks).count() {
        0 => add(FlowProblemKind::NoStart, ""),
        1 => {}
        _ => add(FlowProblemKind::ManyStarts, ""),
    }
    if !nodes(blocks).any(|node| node.shape == Some(NodeShape::End)) {
        add(FlowProblemKind::NoEnd, "");
    }
    let reached = reached(blocks);
    for node in nodes(blocks) {
        let exits: Vec<&DocumentBlock> = exits(blocks, &node.id).collect();
        if !reached.contains(node.id.as_str()) {
            add(FlowProblemKind::Unreachable, &node.text);
        }
        match node.shape {
            Some(NodeShape::Choice) if exits.len() < 2 => {
                add(FlowProblemKind::FewExits, &node.text);
            }
            Some(NodeShape::Choice) if exits.iter().any(|edge| edge.text.is_empty()) => {
                add(FlowProblemKind::NoLabel, &node.text);
            }
            Some(NodeShape::End | NodeShape::Choice) => {}
            _ if exits.is_empty() => add(FlowProblemKind::DeadEnd, &node.text),
            _ => {}
        }
    }
    problems
}
