//! What the rules say of a gift, once everything they look at is known: pure functions.

use chrono::{DateTime, Utc};
use serde::Serialize;
use tenants::text_enum;
use utoipa::ToSchema;

use super::{
    GiftRules, KindRule, NewGift,
    rule_inputs::{BudgetContext, RuleTotals},
};
use crate::{
    Code, Error,
    gift_ledger::{Budget, Gift, year::Year},
};

text_enum! {
    /// Why approval by a second person is needed, or what is good to know.
    GiftReason {
        /// It costs more than the rules leave to one person.
        Amount = "amount",
        /// The rules ask it for this kind.
        Kind = "kind",
        /// An objection, a claim or a formal complaint runs, as the giver says: a cooling rule, never about a score or about withdrawing.
        Procedure = "procedure",
        /// A complaint of this person runs under the law (Awb chapter 9), as our own desk knows: the same cooling rule.
        Complaint = "complaint",
        /// Such a complaint runs, and the rules of the municipality leave it to the giver; told, never asked for approval.
        ComplaintKnown = "complaintKnown",
        /// This person got a gift this year already; told, never asked for approval.
        Duplicate = "duplicate",
    }
}

/// What the rules say of a gift that may be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = GiftVerdict)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// What is left in the budget now, in cents.
    pub left_cents: i64,
    /// Why approval by a second person is needed; empty when it may be given at once.
    #[serde(rename = "approvalNeeded")]
    pub approval: Vec<GiftReason>,
    /// What is good to know and asks for nothing: `complaintKnown` (a complaint of this person runs, and the rules leave it to the giver),
    /// `duplicate` (this person got a gift this year already).
    pub warnings: Vec<GiftReason>,
}

/// What the rules say. They look at no score, and a complaint that was taken back weighs as much as one that runs.
///
/// # Errors
/// The [`Code`] of the first rule that says no; [`Code::BudgetShort`] with what is left.
pub(super) fn evaluate(
    now: DateTime<Utc>,
    new: &NewGift,
    context: &BudgetContext,
    totals: &RuleTotals,
) -> Result<Verdict, Error> {
    let (rules, cents) = (&context.rules, new.amount_cents);
    may_give_from(&context.budget, Year::at(now, context.zone))?;
    let passed = passed(cents, context, totals);
    if let Some((Bound::Cap, rule)) = passed {
        return over(Code::GiftOverCap, rule);
    }
    let kind_rule = rules.kind_rule(new.kind);
    if kind_rule == KindRule::Excluded {
        return Err(Error::refused(Code::GiftKindExcluded));
    }
    match passed {
        Some((Bound::Employee, rule)) => return over(Code::GiftOverEmployeeCap, rule),
        Some((Bound::Person, rule)) => return over(Code::GiftOverPersonCap, rule),
        Some((Bound::Cap, _)) | None => {}
    }
    let left_cents = totals.left();
    if cents > left_cents {
        return over(Code::BudgetShort, left_cents);
    }
    let cooling = of_complaint(totals.complaint_runs, rules);
    let approval = [
        (cents > rules.four_eyes_above_cents, GiftReason::Amount),
        (kind_rule == KindRule::NeedsApproval, GiftReason::Kind),
        (new.procedure_runs, GiftReason::Procedure),
        (
            cooling == Some(GiftReason::Complaint),
            GiftReason::Complaint,
        ),
    ];
    let that_hold = |reasons: &[(bool, GiftReason)]| {
        let reasons = reasons.iter();
        reasons
            .filter_map(|(holds, reason)| holds.then_some(*reason))
            .collect()
    };
    Ok(Verdict {
        left_cents,
        approval: that_hold(&approval),
        warnings: that_hold(&[
            (
                cooling == Some(GiftReason::ComplaintKnown),
                GiftReason::ComplaintKnown,
            ),
            (totals.person_cents > 0, GiftReason::Duplicate),
        ]),
    })
}

/// What a complaint of the same person comes to under the rules of the municipality.
pub(super) fn of_complaint(runs: bool, rules: &GiftRules) -> Option<GiftReason> {
    runs.then_some(if rules.complaint_cools {
        GiftReason::Complaint
    } else {
        GiftReason::ComplaintKnown
    })
}

fn over<T>(code: Code, cents: i64) -> Result<T, Error> {
    Err(Error::refused_because(code, "cents", cents.to_string()))
}

/// What a gift may not pass, whoever agrees.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// The cap of one gift.
    Cap,
    /// What one colleague may give in a period.
    Employee,
    /// What one person may get in a year.
    Person,
}

/// The bounds in the order in which they are looked at: which, what the rule says, and what others took of it, in cents.
fn bounds(context: &BudgetContext, totals: &RuleTotals) -> [(Bound, i64, i64); 3] {
    let rules = &context.rules;
    [
        (Bound::Cap, context.cap(), 0),
        (
            Bound::Employee,
            rules.employee_period_cents,
            totals.giver_cents,
        ),
        // Of somebody nothing is known of, nothing was given before: then only this gift counts against the cap of a person.
        (Bound::Person, rules.person_year_cents, totals.person_cents),
    ]
}

/// The first bound that a gift of `cents` passes, with what the rule says, in cents.
fn passed(cents: i64, context: &BudgetContext, totals: &RuleTotals) -> Option<(Bound, i64)> {
    bounds(context, totals)
        .into_iter()
        .find(|(_, rule, taken)| taken + cents > *rule)
        .map(|(bound, rule, _)| (bound, rule))
}

/// The most that one gift may cost by all bounds, in cents; zero or less when others took everything.
fn most(context: &BudgetContext, totals: &RuleTotals) -> i64 {
    let left = bounds(context, totals).map(|(_, rule, taken)| rule - taken);
    left.into_iter().min().unwrap_or_default()
}

/// Whether a gift may turn out dearer than what was set apart for it: within every bound, as if that had been asked at once, and up to
/// what needs no approval: of what was approved, up to the approved amount. Above that the budget holder corrects the amount, which is an
/// approval.
///
/// # Errors
/// The [`Code`] of the first rule that says no, with the way on: the most the receipt can be handed in with (`most`), and whether and up to
/// where the budget holder can put it right afterwards (`holder`, `limit`).
pub(super) fn check_receipt_amount(
    cents: i64,
    gift: &Gift,
    context: &BudgetContext,
    totals: &RuleTotals,
) -> Result<(), Error> {
    // Of what somebody agreed with, the amount was agreed with as well.
    let unseen = if gift.needed().next().is_some() {
        gift.amount_cents
    } else {
        context.rules.four_eyes_above_cents
    };
    // The budget bounds both; when it is empty no amount would do, and that is told when the payment is booked.
    let room = match totals.left() + gift.set_apart_cents() {
        room @ 1.. => room,
        _ => i64::MAX,
    };
    let limit = most(context, totals).min(room);
    let most = gift.amount_cents.max(limit.min(unseen)).min(room);
    let (code, rule) = match passed(cents, context, totals) {
        Some((Bound::Cap, rule)) => (Code::ReceiptOverCap, rule),
        Some((Bound::Employee, rule)) => (Code::ReceiptOverEmployeeCap, rule),
        Some((Bound::Person, rule)) => (Code::ReceiptOverPersonCap, rule),
        None if cents > unseen => return over(Code::ReceiptNeedsApproval, most),
        None => return Ok(()),
    };
    let holder = if limit > most { "yes" } else { "no" };
    Err(Error::refused_with(
        code,
        [
            ("cents", rule.to_string()),
            ("most", most.to_string()),
            ("limit", limit.to_string()),
            ("holder", holder.to_owned()),
        ],
    ))
}

/// Whether a payment of `before` may be put right upward to `cents`: within every bound. It needs no approval: a second person makes it.
///
/// # Errors
/// [`Code::CorrectionTooHigh`] with the most it may be.
pub(super) fn check_correction(
    cents: i64,
    before: i64,
    context: &BudgetContext,
    totals: &RuleTotals,
) -> Result<(), Error> {
    match passed(cents, context, totals) {
        Some(_) => over(Code::CorrectionTooHigh, most(context, totals).max(before)),
        None => Ok(()),
    }
}

/// A budget is for its own year. Before and after, money comes from it by a decision that moves it, and for receipts that come in late.
fn may_give_from(budget: &Budget, year: Year) -> Result<(), Error> {
    if budget.closed_at.is_some() {
        return Err(Error::refused(Code::BudgetClosed));
    }
    let code = match budget.year.cmp(&year.number) {
        std::cmp::Ordering::Equal => return Ok(()),
        std::cmp::Ordering::Less => Code::BudgetYearOver,
        std::cmp::Ordering::Greater => Code::BudgetYearAhead,
    };
    Err(Error::refused_because(
        code,
        "year",
        budget.year.to_string(),
    ))
}
