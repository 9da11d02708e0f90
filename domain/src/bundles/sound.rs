//! What has to hold of a part beyond its types.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{
    check::Faults,
    content::{Edge, Flowchart, GiftProposal, Node, NodeKind, TextBlock},
};
use crate::{
    forms::{Definition, Issue, validation},
    gifts::GiftRules,
};

/// Most places of a flowchart: more is read by nobody.
const NODES_MAX: usize = 40;
/// Longest title of a place, in characters.
const TITLE_MAX: usize = 80;

/// What keeps a form from being published, apart from the history of whoever adopts it.
pub(super) fn form(definition: &Definition, at: &str, faults: &mut Faults) {
    for Issue {
        place, code, value, ..
    } in validation::validate(definition)
    {
        let place = place.trim_start_matches('/');
        faults.add(
            &format!("{at}/{place}"),
            "bundle_form",
            format!("{code} {value}").trim(),
        );
    }
}

pub(super) fn gift_rules(proposal: &GiftProposal, at: &str, faults: &mut Faults) {
    let GiftRules {
        cap_cents,
        person_year_cents,
        employee_period_cents,
        period_months,
        four_eyes_above_cents,
        receipt_days,
        ..
    } = proposal.rules;
    let amounts = [
        ("capCents", cap_cents),
        ("personYearCents", person_year_cents),
        ("employeePeriodCents", employee_period_cents),
        ("fourEyesAboveCents", four_eyes_above_cents),
    ];
    for (field, cents) in amounts {
        if !(1..=100_000_000).contains(&cents) {
            faults.add(&format!("{at}/rules/{field}"), "bundle_amount", "");
        }
    }
    if !(1..=12).contains(&period_months) {
        faults.add(&format!("{at}/rules/periodMonths"), "bundle_amount", "");
    }
    if !(1..=365).contains(&receipt_days) {
        faults.add(&format!("{at}/rules/receiptDays"), "bundle_amount", "");
    }
    if proposal
        .budget_cents
        .is_some_and(|cents| !(1..=10_000_000_000).contains(&cents))
    {
        faults.add(&format!("{at}/budgetCents"), "bundle_amount", "");
    }
}

pub(super) fn blocks(blocks: &[TextBlock], at: &str, faults: &mut Faults) {
    let ids = blocks.iter().map(|block| block.id.as_str());
    twice(ids, &format!("{at}/blocks"), faults);
}

/// Notes a name that stands twice.
pub(super) fn twice<'a>(ids: impl Iterator<Item = &'a str>, at: &str, faults: &mut Faults) {
    let mut seen = HashSet::new();
    for (number, id) in ids.enumerate() {
        if id.is_empty() || !seen.insert(id) {
            faults.add(&format!("{at}/{number}"), "bundle_twice", id);
        }
    }
}

/// A flowchart has one start; everything is reached, a choice has two ways out or more, each with its words, and nothing but an end ends.
pub(super) fn flowchart(chart: &Flowchart, at: &str, faults: &mut Faults) {
    twice(
        chart.nodes.iter().map(|node| node.id.as_str()),
        &format!("{at}/nodes"),
        faults,
    );
    twice(
        chart.edges.iter().map(|edge| edge.id.as_str()),
        &format!("{at}/edges"),
        faults,
    );
    let starts: Vec<&Node> = (chart.nodes.iter())
        .filter(|node| node.kind == NodeKind::Start)
        .collect();
    if starts.len() != 1 || chart.nodes.len() > NODES_MAX {
        faults.add(&format!("{at}/nodes"), "bundle_flowchart", "");
    }
    let known: BTreeSet<&str> = chart.nodes.iter().map(|node| node.id.as_str()).collect();
    let mut ways: BTreeMap<&str, Vec<&Edge>> = BTreeMap::new();
    for (number, edge) in chart.edges.iter().enumerate() {
        if !known.contains(edge.from.as_str()) || !known.contains(edge.to.as_str()) {
            faults.add(
                &format!("{at}/edges/{number}"),
                "bundle_flowchart",
                &edge.id,
            );
        }
        ways.entry(&edge.from).or_default().push(edge);
    }
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = starts.iter().map(|node| node.id.as_str()).collect();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(
                ways.get(id)
                    .into_iter()
                    .flatten()
                    .map(|edge| edge.to.as_str()),
            );
        }
    }
    for (number, node) in chart.nodes.iter().enumerate() {
        let out = ways.get(node.id.as_str()).map_or(&[][..], Vec::as_slice);
        let is_right = match node.kind {
            NodeKind::End => out.is_empty(),
            NodeKind::Choice => out.len() > 1 && out.iter().all(|edge| !edge.label.is_empty()),
            _ => out.len() == 1,
        };
        let is_short = (1..=TITLE_MAX).contains(&node.title.chars().count());
        if !is_right || !is_short || !reached.contains(node.id.as_str()) {
            faults.add(
                &format!("{at}/nodes/{number}"),
                "bundle_flowchart",
                &node.id,
            );
        }
    }
}
