//! Samples of the page, and of the table that the year statement shows too.

use std::collections::HashMap;

use domain::{
    Language,
    gift_ledger::{Account, Accounts, Entry, EntrySum, GiftStatus},
};

use super::{
    super::samples::{self, BUDGET, GIFT, ZONE},
    Behind, LedgerPage, LedgerQuery, entries_table,
};
use crate::html::{SampleFrame, Samples, table::Table};

/// Entries of the sample budget.
pub(in crate::gifts) fn entries(entries: Vec<Entry>, language: Language) -> Table {
    let behind = Behind {
        names: samples::names(),
        budgets: HashMap::new(),
        gifts: HashMap::from([(GIFT, samples::gift(GiftStatus::Settled))]),
    };
    let title = samples::budget().title();
    entries_table(&title, entries, &behind, (language, ZONE))
}

impl Samples for LedgerPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |change, count, shown: Vec<Entry>| Self {
            page: frame.staff(),
            budget: samples::budget(),
            about: Vec::new(),
            sum: EntrySum { count, change },
            entries: entries(shown, language),
            older: None,
        };
        let older = LedgerQuery {
            voor: Some(2),
            ..LedgerQuery::default()
        };
        let shown = samples::entries().into_iter().take(3).collect();
        vec![
            Self {
                about: LedgerQuery::of_account(Account::Reserved).about(language),
                ..page(Accounts::default(), 0, Vec::new())
            },
            Self {
                older: Some(older.address(BUDGET)),
                ..page(samples::balance(), 4, shown)
            },
        ]
    }
}
