//! Samples of the page.

use domain::gift_ledger::{Balances, Budget, Gift, GiftStatus, TeamTotal, Totals};

use super::{
    super::{
        my_gifts::kind_text,
        samples::{self, BUDGET, OTHER_BUDGET, ZONE},
        view,
    },
    Lists, OverviewPage, WaitView, budget_table, days_late, report, year_links,
};
use crate::html::{SampleFrame, Samples};

const YEAR: i64 = 2026;

fn lists(frame: &SampleFrame) -> Lists {
    let language = frame.language;
    let waits = |gift: Gift, notes, due| WaitView {
        id: gift.id,
        amount: language.euros(gift.amount_now_cents()),
        kind: kind_text(gift.kind, language),
        who: samples::name_of(gift.giver_id),
        reason: gift.reason,
        description: gift.description,
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
        let language = frame.language;
        let balances = Balances::from([
            (BUDGET, samples::balance()),
            (OTHER_BUDGET, samples::balance()),
        ]);
        let page = |budgets: Vec<Budget>, years: &[i64], totals: &Totals, inspects| {
            let scores = (totals.scores_with_gift, totals.scores_without_gift);
            let grades = view::grades(scores, YEAR, language);
            let (budgets, chart) = budget_table(budgets, &balances, inspects, language);
            Self {
                page: frame.staff(),
                year: YEAR,
                years: year_links(years, YEAR),
                budgets,
                chart,
                report: Some(report(totals, grades, (YEAR, inspects), language)),
                lists: None,
                manages: false,
            }
        };
        let nothing = Lists {
            requested: Vec::new(),
            missing: Vec::new(),
            unchecked: Vec::new(),
        };
        let years = [YEAR, samples::closed_budget().year];
        let budgets = || vec![samples::budget()];
        vec![
            Self {
                lists: Some(nothing),
                manages: true,
                ..page(Vec::new(), &[], &Totals::default(), true)
            },
            Self {
                lists: Some(lists(frame)),
                manages: true,
                ..page(budgets(), &years, &totals(), true)
            },
            page(budgets(), &years, &totals(), false),
        ]
    }
}
