//! Samples of the page.

use domain::gift_ledger::{BudgetBalance, Gift, GiftStatus, TeamTotal, Totals};

use super::{
    super::{
        samples::{self, ZONE},
        view,
    },
    Lists, OverviewPage, Waiting, budget_table, days_late, report,
};
use crate::html::{SampleFrame, Samples};

const YEAR: i64 = 2026;

fn lists(frame: &SampleFrame) -> Lists {
    let language = frame.language;
    let waits = |gift: Gift, notes, due| Waiting {
        giver: samples::name_of(gift.giver_id),
        gift,
        notes,
        due,
        mine_to_do: true,
    };
    let requested = samples::gift(GiftStatus::Requested);
    let needs = view::needs(&requested, language);
    let late = samples::late_gift();
    let due = days_late(&late, samples::now(), ZONE, language);
    let same = vec![language.text("gifts-unchecked-same")];
    Lists {
        requested: vec![waits(requested, needs, String::new())],
        missing: vec![waits(late, Vec::new(), due)],
        unchecked: vec![waits(
            samples::gift(GiftStatus::Settled),
            same,
            String::new(),
        )],
    }
}

fn totals() -> Totals {
    let kinds = samples::kind_totals();
    let cents = kinds.iter().map(|total| total.amount_cents).sum();
    let (scores_with_gift, scores_without_gift) = samples::scores();
    Totals {
        count: 1,
        amount_cents: cents,
        kinds,
        teams: vec![TeamTotal {
            team: samples::budget().team,
            count: 1,
            amount_cents: cents,
        }],
        scores_with_gift,
        scores_without_gift,
    }
}

impl Samples for OverviewPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |budgets: &[BudgetBalance], years: &[i64], totals: &Totals, inspects| {
            let (budgets, chart) = budget_table(budgets, inspects, frame.language);
            Self {
                page: frame.staff(),
                year: YEAR,
                years: years.to_vec(),
                budgets,
                chart,
                report: Some(report(totals, YEAR, (inspects, frame.language))),
                lists: None,
                manages: false,
                gives: false,
            }
        };
        let nothing = Lists {
            requested: Vec::new(),
            missing: Vec::new(),
            unchecked: Vec::new(),
        };
        let years = [YEAR, samples::closed_budget().year];
        let budgets = [samples::budget_balance(samples::budget())];
        vec![
            Self {
                lists: Some(nothing),
                manages: true,
                gives: true,
                ..page(&[], &[], &Totals::default(), true)
            },
            Self {
                lists: Some(lists(frame)),
                manages: true,
                gives: true,
                ..page(&budgets, &years, &totals(), true)
            },
            page(&budgets, &years, &totals(), false),
        ]
    }
}
