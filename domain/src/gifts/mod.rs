//! Gifts to residents: the rules of a municipality, giving within them, and what follows.
//!
//! Everything that is booked goes through [`gift_ledger`](crate::gift_ledger), which knows nothing of rules.
//!
//! # Who waits for whom
//! Two people who spend the last euros at once wait for each other at the budget's row. So money is never left while a request that would fit
//! is refused. Before it they wait at the colleague's own row, so that several windows do not stretch the colleague's cap, and at what is known
//! of the person, so that two colleagues who surprise the same person from two budgets in the same instant do not stretch the person's. Always
//! in the order person, colleague, budget: no deadlock.
//!
//! # The person is anonymised before the money
//! See [`anonymise`]: after two calendar years a gift says what it cost, not for whom it was, and the chain still accounts for it.
//!
//! # A budget is for its year
//! Giving from it is possible in its own year, by the municipality's own clock. A receipt that comes in later is booked in the year of its
//! gift. Money of another year is used by moving it, with a decision. What still waits for approval when the year is closed lapses; of the
//! rest the receipt may still come, and until then the caps of the person and the colleague go on counting it.

mod address;
mod anonymise;
mod budgets;
mod closing;
mod give;
mod input;
mod notices;
mod policy;
mod receipts;
mod recipient;
mod review;
mod rule_inputs;
mod rules;
mod transitions;

pub use self::{
    anonymise::{RECIPIENT_KEPT_YEARS, anonymise},
    budgets::{NewBudget, Transfer, may_hold, move_money, open_budget},
    closing::{Closing, Release, close_year, preview_closing},
    give::{NewGift, assess, complaint_notice, give},
    input::{
        BudgetRequest, CorrectionRequest, GiftRequest, NoteRequest, ReceiptRequest, RulesInput,
        RulesRequest, TransferRequest,
    },
    policy::{GiftReason, Verdict},
    receipts::{NewReceipt, RECEIPT_MAX, add_receipt},
    recipient::{Contact, RecipientKeys},
    review::{ReviewKind, eligible_reviewers},
    rules::{GiftRules, KindRule, RulesVersion, rules, rules_versions, set_rules},
    transitions::{Correction, approve, cancel, check_receipt, correct, decline, hand_over},
};

/// Longest description or reason, in characters.
pub const TEXT_MAX: usize = 500;
