//! What the rules say of an attention, once everything they look at is known: pure functions.

use chrono::{DateTime, Utc};
use tenants::text_enum;

use super::{
    Budget, Gift, GiftKind, GiftRules, Ruling,
    standing::{Ground, Standing, Year},
};
use crate::{Code, Error};

text_enum! {
    /// Why a second pair of eyes is needed, or what is good to know.
    Why {
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
        /// This person got an attention this year already; told, never asked for approval.
        Duplicate = "duplicate",
    }
}

/// What the rules say of an attention that may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What is left in the budget now, in cents.
    pub left_cents: i64,
    /// Why a second pair of eyes is needed; nothing when it may be given at once.
    pub approval: Vec<Why>,
    /// What is good to know.
    pub warnings: Vec<Why>,
}

/// What is asked for, as far as the rules look at it.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    pub kind: GiftKind,
    pub cents: i64,
    pub procedure_runs: bool,
}

/// What the rules say. They look at no score, and a complaint that was taken back weighs as much as one that runs.
///
/// # Errors
/// The [`Code`] of the first rule that says no; [`Code::BudgetShort`] with what is left.
pub(super) fn judge(
    now: DateTime<Utc>,
    asked: Asked,
    ground: &Ground,
    standing: &Standing,
) -> Result<Verdict, Error> {
    let (rules, cents) = (&ground.rules, asked.cents);
    may_give_from(&ground.budget, Year::at(now, ground.zone))?;
    if cents > ground.cap() {
        return over(Code::GiftOverCap, ground.cap());
    }
    let ruling = rules.ruling(asked.kind);
    if ruling == Ruling::Excluded {
        return Err(Error::refused(Code::GiftKindExcluded));
    }
    within_sums(cents, rules, standing)?;
    let left_cents = standing.left();
    if cents > left_cents {
        return over(Code::BudgetShort, left_cents);
    }
    let cooling = of_complaint(standing.complaint_runs, rules);
    let approval = [
        (cents > rules.four_eyes_above_cents, Why::Amount),
        (ruling == Ruling::NeedsApproval, Why::Kind),
        (asked.procedure_runs, Why::Procedure),
        (cooling == Some(Why::Complaint), Why::Complaint),
    ];
    let told = |whys: &[(bool, Why)]| {
        whys.iter()
            .filter_map(|(holds, why)| holds.then_some(*why))
            .collect()
    };
    Ok(Verdict {
        left_cents,
        approval: told(&approval),
        warnings: told(&[
            (cooling == Some(Why::ComplaintKnown), Why::ComplaintKnown),
            (standing.person_cents > 0, Why::Duplicate),
        ]),
    })
}

/// What a complaint of the same person comes to under the rules of the municipality.
pub(super) fn of_complaint(runs: bool, rules: &GiftRules) -> Option<Why> {
    runs.then_some(if rules.complaint_cools {
        Why::Complaint
    } else {
        Why::ComplaintKnown
    })
}

fn over<T>(code: Code, cents: i64) -> Result<T, Error> {
    Err(Error::refused_because(code, "cents", cents.to_string()))
}

fn within_sums(cents: i64, rules: &GiftRules, standing: &Standing) -> Result<(), Error> {
    if standing.giver_cents + cents > rules.employee_period_cents {
        return over(Code::GiftOverEmployeeCap, rules.employee_period_cents);
    }
    // Of somebody nothing is known of, nothing was given before: then only this attention counts against the cap of a person.
    if standing.person_cents + cents > rules.person_year_cents {
        return over(Code::GiftOverPersonCap, rules.person_year_cents);
    }
    Ok(())
}

/// Whether an attention may turn out dearer than what was set apart for it: within every cap, as if that had been asked at once, and up to
/// what needs no second pair of eyes. Above that the budget holder puts the amount right, which is a second pair of eyes.
///
/// # Errors
/// The [`Code`] of the first rule that says no, with the most it may cost.
pub(super) fn may_cost(
    cents: i64,
    gift: &Gift,
    ground: &Ground,
    standing: &Standing,
) -> Result<(), Error> {
    if cents > ground.cap() {
        return over(Code::GiftOverCap, ground.cap());
    }
    within_sums(cents, &ground.rules, standing)?;
    let unseen = ground.rules.four_eyes_above_cents;
    if cents > unseen {
        return over(Code::ReceiptOverEyes, unseen.max(gift.amount_cents));
    }
    Ok(())
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
