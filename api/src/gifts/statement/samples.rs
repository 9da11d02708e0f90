//! Samples of the page.

use domain::{
    gift_ledger::{BudgetBalance, Entry, EntryKind, Statement},
    gifts::GiftRules,
};

use super::{
    super::{ledger, samples},
    Entries, StatementPage, part,
};
use crate::html::{SampleFrame, Samples};

/// The statement of a budget with these entries.
fn statement(entries: &[Entry], budget: BudgetBalance) -> Statement {
    let head = entries.first();
    Statement {
        entries: head.map_or(0, |entry| entry.sequence),
        head: head.map_or_else(String::new, |entry| entry.hash.clone()),
        moves: samples::entry_totals(entries),
        kinds: Vec::new(),
        scores_with_gift: None,
        scores_without_gift: None,
        budget,
    }
}

impl Samples for StatementPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |statement: Statement, entries: Vec<Entry>, part| {
            let holder = samples::name_of(samples::HOLDER);
            let table = ledger::samples::entries(entries, language);
            Self {
                manages: true,
                ..Self::new(
                    frame.staff(),
                    statement,
                    (&GiftRules::default(), holder, samples::now()),
                    Entries { table, part },
                )
            }
        };
        let opened: Vec<Entry> = samples::entries()
            .into_iter()
            .filter(|entry| entry.kind == EntryKind::Allocation)
            .collect();
        let budget = samples::budget_balance(samples::budget());
        let full = BudgetBalance {
            balance_cents: budget.allocated_cents,
            spent_cents: 0,
            ..budget.clone()
        };
        let mut closed = budget;
        closed.budget.closed_at = Some(samples::now());
        (closed.awaited_count, closed.awaited_cents) = (1, 2_450);
        let shown: Vec<Entry> = samples::entries().into_iter().take(2).collect();
        let (scores_with_gift, scores_without_gift) = samples::scores();
        let closed = Statement {
            kinds: samples::kind_totals(),
            scores_with_gift,
            scores_without_gift,
            ..statement(&shown, closed)
        };
        vec![
            page(statement(&opened, full), opened, None),
            page(closed, shown, Some(part(2, 4, language))),
        ]
    }
}
