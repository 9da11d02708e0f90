//! What holds for every document, and for a flowchart of a municipality.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{
    BlockDraft, BlockKind, ChangeKind, DocumentBlock, DocumentKind, FlowProblemKind, Mark,
    NodeShape, ProposalKind,
    apply::{Change, apply},
    block, compare, flow_problems, public_blocks,
};
use crate::FieldErrors;

fn node(id: &str, shape: NodeShape) -> DocumentBlock {
    DocumentBlock {
        shape: Some(shape),
        ..DocumentBlock::new(id.to_owned(), BlockKind::Node, format!("Vak {id}"))
    }
}

fn arrow(id: &str, from: &str, to: &str, label: &str) -> DocumentBlock {
    DocumentBlock {
        text: label.to_owned(),
        ..DocumentBlock::arrow(id.to_owned(), from, to)
    }
}

/// Message, may we call, call or mail, satisfied.
fn chart() -> Vec<DocumentBlock> {
    vec![
        node("melding", NodeShape::Start),
        node("mag", NodeShape::Choice),
        node("bel", NodeShape::Step),
        node("mail", NodeShape::Message),
        node("tevreden", NodeShape::End),
        arrow("a", "melding", "mag", ""),
        arrow("b", "mag", "bel", "ja"),
        arrow("c", "mag", "mail", "nee"),
        arrow("d", "bel", "tevreden", ""),
        arrow("e", "mail", "tevreden", ""),
    ]
}

fn change(number: u128, block: &str, kind: ProposalKind, text: &str) -> Change {
    Change {
        proposal: uuid::Uuid::from_u128(number).into(),
        block: block.to_owned(),
        kind,
        text: text.to_owned(),
    }
}

fn problems(blocks: &[DocumentBlock]) -> Vec<FlowProblemKind> {
    let found = flow_problems(blocks).into_iter();
    found.map(|problem| problem.problem).collect()
}

#[test]
fn a_flowchart_holds_together_or_it_is_said_where_it_does_not() {
    assert_eq!(problems(&chart()), []);
    let without = |id: &str| {
        let blocks = chart().into_iter();
        blocks.filter(|block| block.id != id).collect::<Vec<_>>()
    };
    assert_eq!(problems(&without("d")), [FlowProblemKind::DeadEnd]);
    assert_eq!(
        problems(&without("c")),
        [FlowProblemKind::FewExits, FlowProblemKind::Unreachable]
    );
    let mut chart = chart();
    chart[6].text.clear();
    chart.push(node("nog", NodeShape::Start));
    chart.push(arrow("f", "nog", "bel", ""));
    assert_eq!(
        problems(&chart),
        [FlowProblemKind::ManyStarts, FlowProblemKind::NoLabel]
    );
    assert_eq!(
        problems(&[]),
        [FlowProblemKind::NoStart, FlowProblemKind::NoEnd]
    );
}

#[test]
fn a_step_that_was_missing_is_put_between_and_a_step_that_goes_is_bridged() {
    let missing = change(7, "bel", ProposalKind::StepMissing, "Stuur een sms");
    let gone = change(8, "mail", ProposalKind::Remove, "");
    let after = apply(&chart(), &[gone, missing], &BTreeMap::new()).unwrap();
    assert_eq!(problems(&after), []);
    let leads = |from: &str, to: &str| {
        let mut arrows = after.iter().filter(|block| block.kind == BlockKind::Edge);
        arrows.any(|edge| edge.from == from && edge.to == to)
    };
    let new = after
        .iter()
        .find(|block| block.text == "Stuur een sms")
        .unwrap();
    assert!(leads("bel", &new.id) && leads(&new.id, "tevreden") && leads("mag", "tevreden"));
    assert!(!after.iter().any(|block| block.id == "mail"));
}

#[test]
fn proposals_on_one_block_collide_until_somebody_writes_what_it_says() {
    let changes = [
        change(1, "bel", ProposalKind::Replace, "Bel in de avond"),
        change(2, "bel", ProposalKind::Replace, "Bel twee keer"),
    ];
    let collision = apply(&chart(), &changes, &BTreeMap::new());
    assert_eq!(collision, Err(vec!["bel".to_owned()]));
    let texts = [(
        "bel".to_owned(),
        "Bel twee keer, ook in de avond".to_owned(),
    )]
    .into();
    let after = apply(&chart(), &changes, &texts).unwrap();
    assert_eq!(after[2].text, "Bel twee keer, ook in de avond");
}

#[test]
fn internal_blocks_and_what_leads_to_them_are_not_for_residents() {
    let mut chart = chart();
    chart[3].internal = true;
    let open = public_blocks(&chart);
    let ids: Vec<&str> = open.iter().map(|block| block.id.as_str()).collect();
    assert_eq!(ids, ["melding", "mag", "bel", "tevreden", "a", "b", "d"]);
}

#[test]
fn blocks_are_read_in_the_order_of_their_places_and_every_mistake_is_told() {
    let draft = |id: &str, kind: &str, text: &str, place: i64| BlockDraft {
        id: id.to_owned(),
        kind: kind.to_owned(),
        text: text.to_owned(),
        place: place.into(),
        ..BlockDraft::default()
    };
    let mut errors = FieldErrors::default();
    let drafts = [
        draft("b", "step", "Spreek af", 20),
        draft("", "", "", 30),
        draft("a", "step", "Bel", 10),
    ];
    let new_id = || "nieuw".to_owned();
    let blocks = block::parse(DocumentKind::Instruction, &drafts, new_id, &mut errors);
    assert!(errors.is_empty());
    assert_eq!((blocks[0].id.as_str(), blocks[1].id.as_str()), ("a", "b"));
    let drafts = [
        draft("a", "step", "Bel", 10),
        draft("a", "node", "Bel", 20),
        draft("geen id!", "step", "Bel", 30),
        draft("a", "step", "Bel", 40),
    ];
    block::parse(DocumentKind::Instruction, &drafts, new_id, &mut errors);
    let found = errors.problems().iter();
    let found: Vec<&str> = found.map(|problem| problem.field.as_str()).collect();
    assert_eq!(found, ["blocks.1.kind", "blocks.2.id", "blocks.3.id"]);
}

#[test]
fn a_comparison_tells_by_block_and_by_word() {
    let old = chart();
    let mut new = chart();
    new[2].text = "Vak bel vandaag".to_owned();
    new.remove(3);
    new.swap(0, 1);
    let changes = compare(&old, &new);
    let of = |id: &str| changes.iter().find(|change| change.block.id == id).unwrap();
    assert_eq!(of("bel").change, ChangeKind::Changed);
    let marks: Vec<Mark> = of("bel").pieces.iter().map(|piece| piece.mark).collect();
    assert_eq!(marks, [Mark::Same, Mark::Added]);
    assert_eq!(of("mail").change, ChangeKind::Removed);
    let moved = ["melding", "mag"].map(|id| of(id).change);
    assert!(moved.contains(&ChangeKind::Moved) && moved.contains(&ChangeKind::Same));
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let kind = prop_oneof![
        Just(ProposalKind::Replace),
        Just(ProposalKind::AddAfter),
        Just(ProposalKind::StepMissing),
        Just(ProposalKind::Remove),
    ];
    let block = prop::sample::select(vec![
        "melding", "mag", "bel", "mail", "tevreden", "b", "weg",
    ]);
    let one = (1_u128..50, block, kind, "[a-z]{1,8}");
    let one = one.prop_map(|(number, block, kind, text)| change(number, block, kind, &text));
    prop::collection::vec(one, 0..8).prop_map(|mut all| {
        all.sort_by_key(|change| change.proposal);
        all.dedup_by_key(|change| change.proposal);
        all
    })
}

proptest! {
    #[test]
    fn the_order_of_proposals_makes_no_difference(
        (sorted, shuffled) in changes().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let texts = BTreeMap::new();
        prop_assert_eq!(apply(&chart(), &sorted, &texts), apply(&chart(), &shuffled, &texts));
    }

    #[test]
    fn a_version_does_not_differ_from_itself_and_every_block_of_two_is_told_once(all in changes()) {
        let Ok(after) = apply(&chart(), &all, &BTreeMap::new()) else { return Ok(()) };
        prop_assert!(compare(&after, &after).iter().all(|change| !change.is_change()));
        let mut told: Vec<String> = compare(&chart(), &after).into_iter().map(|change| change.block.id).collect();
        told.sort();
        let mut ids: Vec<String> = chart().into_iter().chain(after).map(|block| block.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(told, ids);
    }
}
