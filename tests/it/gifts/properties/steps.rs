//! What may happen in a history, in any order.

use domain::gift_ledger::GiftKind;
use proptest::prelude::*;

/// Somebody does something; gifts are named by the number they were given in.
#[derive(Clone, Debug)]
pub enum Step {
    Give {
        kind: GiftKind,
        cents: i64,
        person: Option<u8>,
    },
    Approve(usize),
    Decline(usize),
    HandOver(usize),
    HandIn(usize, i64),
    CheckReceipt(usize),
    Correct(usize, i64),
    Cancel(usize, bool),
    MoveOut(i64),
    MoveIn(i64),
    CloseYear,
}

pub fn step() -> impl Strategy<Value = Step> {
    let nth = 0_usize..12;
    let cents = 1_i64..4_500;
    let kind = prop_oneof![
        6 => Just(GiftKind::Treat),
        2 => Just(GiftKind::Voucher),
        1 => Just(GiftKind::Alcohol),
    ];
    prop_oneof![
        12 => (kind, cents.clone(), proptest::option::of(0_u8..2))
            .prop_map(|(kind, cents, person)| Step::Give { kind, cents, person }),
        5 => nth.clone().prop_map(Step::Approve),
        2 => nth.clone().prop_map(Step::Decline),
        4 => nth.clone().prop_map(Step::HandOver),
        7 => (nth.clone(), cents.clone()).prop_map(|(nth, cents)| Step::HandIn(nth, cents)),
        3 => nth.clone().prop_map(Step::CheckReceipt),
        4 => (nth.clone(), cents.clone()).prop_map(|(nth, cents)| Step::Correct(nth, cents)),
        4 => (nth, any::<bool>()).prop_map(|(nth, any)| Step::Cancel(nth, any)),
        2 => cents.clone().prop_map(Step::MoveOut),
        2 => cents.prop_map(Step::MoveIn),
        1 => Just(Step::CloseYear),
    ]
}

/// Which gift a step is about; without any, the step is left out.
pub fn about(step: &Step, known: usize) -> usize {
    match *step {
        Step::Approve(nth)
        | Step::Decline(nth)
        | Step::HandOver(nth)
        | Step::HandIn(nth, _)
        | Step::CheckReceipt(nth)
        | Step::Correct(nth, _)
        | Step::Cancel(nth, _) => nth % known.max(1),
        _ => 0,
    }
}

pub fn needs_gift(step: &Step) -> bool {
    !matches!(
        step,
        Step::Give { .. } | Step::MoveOut(_) | Step::MoveIn(_) | Step::CloseYear
    )
}
