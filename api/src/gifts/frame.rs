//! What the form of an attention offers, and what its hint says of amounts.

use chrono::Datelike;
use chrono_tz::Tz;
use domain::{
    Language,
    cases::Case,
    gifts::{self, Budget, GiftKind, GiftRules, Ruling, Why},
};
use tenants::TenantTx;

use super::pages::{kind_text, why_text};
use crate::{cases::view::Choice, html::FormState, problem::Problem};

/// What the form of an attention offers to choose from.
pub(crate) struct Frame {
    pub budgets: Vec<Choice>,
    pub kinds: Vec<Choice>,
    /// Up to what amount the giver decides alone, and what is the most.
    pub hint: String,
    /// What to know of the resident of the case beforehand, in words.
    pub known: Option<String>,
}

impl Frame {
    /// Budgets of this year that are open, with what is left, and kinds that are not excluded.
    pub(crate) async fn read(
        tx: &TenantTx,
        form: &FormState,
        case: Option<&Case>,
        (language, zone): (Language, Tz),
    ) -> Result<Self, Problem> {
        let left = gifts::left(tx).await?;
        let (_, rules) = gifts::rules(tx).await?;
        let known = match case {
            Some(case) => gifts::known_before(tx, case, &rules).await?,
            None => None,
        };
        let mut open: Vec<Budget> = gifts::budgets(tx)
            .await?
            .into_iter()
            .filter(|budget| budget.closed_at.is_none())
            .collect();
        let year = i64::from(tx.now().with_timezone(&zone).year());
        if open.iter().any(|budget| budget.year == year) {
            open.retain(|budget| budget.year == year);
        }
        let caps: Vec<i64> = open.iter().map(|budget| budget.cap_under(&rules)).collect();
        let hint = hint(&caps, &rules, known == Some(Why::Complaint), language);
        let several = open.len() > 1;
        let budgets = open
            .into_iter()
            .map(|budget| {
                let left = left.get(&budget.id).map_or(0, |balance| balance.available);
                let values = [
                    ("name", budget.name.as_str()),
                    ("year", &budget.year.to_string()),
                    ("left", &language.euros(left)),
                    ("cap", &language.euros(budget.cap_under(&rules))),
                ];
                // Of a single budget the hint at the amount tells the cap.
                let key = if several {
                    "gift-budget-choice-cap"
                } else {
                    "gift-budget-choice"
                };
                Choice {
                    text: language.text_with(key, &values),
                    chosen: form.chose("budget", &budget.id.to_string()),
                    value: budget.id.to_string(),
                }
            })
            .collect();
        let kinds = GiftKind::ALL
            .iter()
            .filter(|kind| rules.ruling(**kind) != Ruling::Excluded)
            .map(|kind| Choice {
                value: kind.to_string(),
                text: kind_text(*kind, language),
                chosen: form.chose("kind", kind.as_str()),
            })
            .collect();
        Ok(Self {
            budgets,
            kinds,
            hint,
            known: known.map(|why| why_text(why, language)),
        })
    }
}

/// Up to what amount the giver decides alone, and what is the most, for the caps of the budgets there are to choose from. Where those differ,
/// each stands with its budget.
fn hint(caps: &[i64], rules: &GiftRules, watched: bool, language: Language) -> String {
    let least = caps.iter().copied().min().unwrap_or(rules.cap_cents);
    let most = caps.iter().copied().max().unwrap_or(rules.cap_cents);
    let alone = rules.four_eyes_above_cents.min(most);
    // Where somebody looks along at every amount, no amount is decided alone.
    let key = match (watched, alone == most, least == most) {
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
