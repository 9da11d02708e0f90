//! Samples of the pages, and of the table that the year statement shows too.

use std::collections::HashMap;

use domain::{
    Language,
    gift_ledger::{Account, Accounts, Defect, Entry, Finding, GiftStatus},
};

use super::{
    super::samples::{self, BUDGET, GIFT, ZONE},
    Behind, LedgerPage, LedgerQuery, ProofPage, account_text, entries_table, findings, sums,
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
        let page = |sum, count, shown: Vec<Entry>| Self {
            page: frame.staff(),
            id: BUDGET,
            name: samples::budget().title(),
            about: Vec::new(),
            count: language.count("ledger-count", count),
            sums: sums(sum, language),
            entries: entries(shown, language),
            older: None,
        };
        let account = account_text(Account::Reserved, language);
        let older = LedgerQuery::default().address(BUDGET, Some(2));
        let shown = samples::entries().into_iter().take(3).collect();
        vec![
            Self {
                about: vec![language.text_with("ledger-about-account", &[("account", &account)])],
                ..page(Accounts::default(), 0, Vec::new())
            },
            Self {
                older: Some(older),
                ..page(samples::balance(), 4, shown)
            },
        ]
    }
}

impl Samples for ProofPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |found: &[Finding]| Self {
            page: frame.staff(),
            back: format!("/beheer/attenties/{BUDGET}"),
            name: samples::budget().title(),
            entries: language.count("proof-entries", 4),
            head: samples::hash("4"),
            receipts: language.count("proof-receipts", 1),
            kept: String::new(),
            found: None,
            is_there: false,
            findings: findings(found, language),
        };
        let broken = Finding {
            budget: BUDGET,
            sequence: 4,
            defect: Defect::File,
            gift: Some(GIFT),
        };
        vec![
            page(&[]),
            Self {
                kept: samples::hash("3"),
                found: Some(language.text_with("proof-kept", &[("number", "3")])),
                is_there: true,
                ..page(&[])
            },
            Self {
                kept: samples::hash("9"),
                found: Some(language.text("proof-kept-not")),
                ..page(&[broken])
            },
        ]
    }
}
