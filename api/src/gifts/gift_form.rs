//! What the form of a gift offers, and what its hint says of amounts.

use chrono::Datelike;
use chrono_tz::Tz;
use domain::{
    Language,
    cases::Case,
    gift_ledger::{self, Budget, BudgetBalance, GiftKind},
    gifts::{self, GiftReason, GiftRules, KindRule},
};
use tenants::TenantTx;

use super::{samples, view::Names};
use crate::{html::FormState, html::values::Choice, problem::Problem};

/// What the form of a gift offers to choose from.
pub(crate) struct GiftFormOptions {
    pub budgets: Vec<Choice>,
    pub kinds: Vec<Choice>,
    /// What stands instead of the form when there is no budget to give from now.
    pub nothing: String,
    /// Up to what amount the giver decides alone, and what is the most.
    pub hint: String,
    /// What to know of the resident of the case beforehand, in words.
    pub warning: Option<String>,
}

impl GiftFormOptions {
    /// Budgets of this year that are open, with what is left, and kinds that are not excluded. A budget of another year is not offered: nothing
    /// can be given from it.
    pub(crate) async fn read(
        tx: &TenantTx,
        form: &FormState,
        case: Option<&Case>,
        (language, zone): (Language, Tz),
    ) -> Result<Self, Problem> {
        let (_, rules) = gifts::rules(tx).await?;
        let known = match case {
            Some(case) => gifts::complaint_notice(tx, case, &rules).await?,
            None => None,
        };
        let year = i64::from(tx.now().with_timezone(&zone).year());
        let (open, others): (Vec<BudgetBalance>, Vec<BudgetBalance>) =
            gift_ledger::budget_balances(tx)
                .await?
                .into_iter()
                .partition(|one| one.budget.closed_at.is_none() && one.budget.year == year);
        let nothing = if open.is_empty() {
            let others: Vec<Budget> = others.into_iter().map(|one| one.budget).collect();
            nothing(&others, year, &Names::read(tx).await?, language)
        } else {
            String::new()
        };
        Ok(Self {
            nothing,
            ..Self::of(&open, &rules, known, form, language)
        })
    }

    /// What `open` budgets and the rules leave to choose from.
    fn of(
        open: &[BudgetBalance],
        rules: &GiftRules,
        known: Option<GiftReason>,
        form: &FormState,
        language: Language,
    ) -> Self {
        let caps: Vec<i64> = open.iter().map(|one| rules.cap_of(&one.budget)).collect();
        // Of a single budget the hint at the amount tells the cap.
        let key = if open.len() > 1 {
            "gift-budget-choice-cap"
        } else {
            "gift-budget-choice"
        };
        let choice = |one: &BudgetBalance| {
            let id = one.budget.id.to_string();
            let values = [
                ("budget", one.budget.title()),
                ("left", language.euros(one.balance_cents)),
                ("cap", language.euros(rules.cap_of(&one.budget))),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            let chosen = form.chose("budgetId", &id);
            Choice::new(id, language.text_with(key, &values), chosen)
        };
        Self {
            budgets: open.iter().map(choice).collect(),
            kinds: kinds(rules, form, language),
            nothing: String::new(),
            hint: hint(&caps, rules, known == Some(GiftReason::Complaint), language),
            warning: known.map(|reason| language.term("gift-reason", reason)),
        }
    }

    /// What the form of a sample offers: the sample budget, or nothing.
    pub(crate) fn sample(form: &FormState, has_budget: bool, language: Language) -> Self {
        let budget = has_budget.then(|| samples::budget_balance(samples::budget()));
        let mut options = Self::of(
            budget.as_slice(),
            &GiftRules::default(),
            None,
            form,
            language,
        );
        if !has_budget {
            let closed = samples::closed_budget();
            let year = closed.year;
            options.nothing = nothing(&[closed], year, &samples::names(), language);
        }
        options
    }
}

/// Kinds that are not excluded.
fn kinds(rules: &GiftRules, form: &FormState, language: Language) -> Vec<Choice> {
    GiftKind::ALL
        .iter()
        .filter(|kind| rules.kind_rule(**kind) != KindRule::Excluded)
        .map(|kind| {
            let name = language.term("gift-kind", kind);
            let text = match rules.kind_rule(*kind) {
                KindRule::NeedsApproval => {
                    language.text_with("gift-kind-approval", &[("kind", &name)])
                }
                _ => name,
            };
            Choice::new(kind.as_str(), text, form.chose("kind", kind.as_str()))
        })
        .collect()
}

/// Why there is no budget to give from in this year, since when there is one again, and whom to ask. `others` is in the order of
/// [`gift_ledger::budgets`], the newest year first.
fn nothing(others: &[Budget], year: i64, names: &Names, language: Language) -> String {
    let mut this_year = others
        .iter()
        .filter(|budget| budget.year == year)
        .peekable();
    let next = others
        .iter()
        .rfind(|budget| budget.closed_at.is_none() && budget.year > year);
    let mut lines = vec![match this_year.peek() {
        Some(_) => language.text_with("gift-year-closed", &[("year", &year.to_string())]),
        None if others.is_empty() => language.text("gift-no-budget"),
        None => language.text_with("gift-year-without", &[("year", &year.to_string())]),
    }];
    if let Some(next) = next {
        lines.push(language.text_with("gift-year-again", &[("year", &next.year.to_string())]));
    }
    let mut holders: Vec<String> = this_year
        .chain(next)
        .map(|budget| names.of(&budget.holder_id))
        .filter(|name| !name.is_empty())
        .collect();
    holders.sort();
    holders.dedup();
    lines.push(match holders.as_slice() {
        [] => language.text("gift-ask-a-holder"),
        holders => {
            let who = holders.join(&language.text("gift-waits-or"));
            language.text_with("gift-ask-holder", &[("who", &who)])
        }
    });
    lines.join(" ")
}

/// Up to what amount the giver decides alone, and what is the most, for the caps of the budgets there are to choose from. Where those differ,
/// each stands with its budget.
fn hint(caps: &[i64], rules: &GiftRules, approval_always: bool, language: Language) -> String {
    let least = caps.iter().copied().min().unwrap_or(rules.cap_cents);
    let most = caps.iter().copied().max().unwrap_or(rules.cap_cents);
    let alone = rules.four_eyes_above_cents.min(most);
    // Where every amount needs approval, no amount is decided alone.
    let key = match (approval_always, alone == most, least == most) {
        (true, _, true) => "gift-amount-hint-cap",
        (true, _, false) => "gift-amount-hint-cap-caps",
        (false, true, true) => "gift-amount-hint-alone",
        (false, true, false) => "gift-amount-hint-alone-caps",
        (false, false, true) => "gift-amount-hint",
        (false, false, false) => "gift-amount-hint-caps",
    };
    let (alone, most) = (language.euros(alone), language.euros(most));
    language.text_with(key, &[("alone", &alone), ("cap", &most)])
}
