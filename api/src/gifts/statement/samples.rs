//! Samples of the page.

use domain::gift_ledger::{Accounts, Entry, EntryKind};

use super::{
    super::{
        ledger,
        samples::{self, BUDGET, ZONE},
        view,
    },
    StatementPage, figures, kinds, moves,
};
use crate::html::{SampleFrame, Samples};

impl Samples for StatementPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let budget = samples::budget();
        let page = |entries: Vec<Entry>, balance: Accounts| {
            let totals = samples::entry_totals(&entries);
            let given = if balance.spent == 0 {
                Vec::new()
            } else {
                samples::kind_totals()
            };
            let (kinds, chart) = kinds(BUDGET, &given, language);
            let head = entries.first();
            Self {
                page: frame.staff(),
                id: BUDGET,
                name: budget.title(),
                team: budget.team.clone(),
                mandate: budget.mandate.clone(),
                holder: samples::name_of(samples::HOLDER),
                cap: None,
                closed: None,
                late: None,
                made: language.instant(samples::now(), ZONE),
                figures: figures(BUDGET, balance, language),
                head: head.map_or_else(Default::default, |entry| {
                    (entry.sequence, entry.hash.clone())
                }),
                chart,
                kinds,
                moves: moves(BUDGET, &totals, language),
                grades: view::grades((None, None), budget.year, language),
                entries: ledger::samples::entries(entries, language),
                more: false,
                lines: String::new(),
                manages: true,
                is_open: true,
            }
        };
        let opened: Vec<Entry> = samples::entries()
            .into_iter()
            .filter(|entry| entry.kind == EntryKind::Allocation)
            .collect();
        let available = opened.first().map_or(0, |entry| entry.available_cents);
        let shown: Vec<Entry> = samples::entries().into_iter().take(2).collect();
        let lines = language.text_with("statement-lines", &[("shown", "2"), ("count", "4")]);
        vec![
            page(opened, Accounts::set_aside(available)),
            Self {
                cap: budget.cap_cents.map(|cents| language.euros(cents)),
                closed: Some(language.instant(samples::now(), ZONE)),
                late: Some((1, language.euros(2_450))),
                grades: view::grades(samples::scores(), budget.year, language),
                more: true,
                lines,
                is_open: false,
                ..page(shown, samples::balance())
            },
        ]
    }
}
