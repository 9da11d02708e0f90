//! Attentions to residents: given on one's own initiative, from a budget of which every cent can be accounted for.
//!
//! # The ledger and what always holds
//! Every budget has a chain of entries, numbered from 1 without gaps, and four accounts in eurocents, VAT included:
//!
//! | account | what it is | sign |
//! |---|---|---|
//! | `allocated` | what the council set aside: where the money comes from | zero or below |
//! | `available` | what may still be given | zero or above |
//! | `reserved` | given, and not yet paid | zero or above |
//! | `spent` | paid | zero or above |
//!
//! 1. **An entry is a whole transaction**: its four changes stand side by side in one row, and sum to zero.
//! 2. **Each balance is the one before plus the change**; the newest entry's balances are the budget's. There is no other balance.
//! 3. **Nothing but `allocated` is ever below zero.**
//! 4. **Entries are never changed or removed.** A mistake is put right by a further entry (correction, cancellation).
//! 5. **An entry holds the SHA-256 of its canonical form**, which contains the hash of the entry before it, and of what it vouches for: the
//!    facts of the budget and of the attention (who, what, for whom, why), the bytes of the receipt.
//! 6. **An attention's state follows from its entries**: who gave, approved, handed over and checked stands in the chain, with zero changes.
//!
//! The database itself refuses what breaks 1 to 4 and a gap in the chain, on both engines: checks, a unique sequence, and triggers.
//! [`check`] proves 1 to 6 for what is stored and says where they do not hold. A chain whose newest entries were cut off, or that was
//! written anew as a whole, by somebody who owns the database still holds; therefore the check tells the head of each chain, to be kept elsewhere,
//! and finds one that was
//! ([`entry_with_hash`]). [`read_back`] reads the files of the receipts.
//!
//! Two people who spend the last euros at once stand in line at the budget's row. So money is never left while a request that would fit is
//! refused. Before it they stand in line at the colleague's own row, so that several windows do not stretch the colleague's cap, and at what
//! is known of the person, so that two colleagues who surprise the same person from two budgets in the same instant do not stretch the
//! person's. Always in the order person, colleague, budget: nobody waits in a circle.
//!
//! # A person is forgotten before the money
//! See [`forget`]: after two calendar years an attention says what it cost, not for whom it was, and the chain still proves it.
//!
//! # A budget is for its year
//! Giving from it is possible in its own year, by the municipality's own clock. A receipt that comes in later is booked in the year of its
//! attention. Money of another year is used by moving it, with a decision. What still waits for a second pair of eyes when the year is closed
//! lapses; of the rest the receipt may still come, and until then the caps of the person and the colleague go on counting it.

pub mod amount;
mod budgets;
mod check;
mod closing;
mod correct;
mod entity;
mod export;
mod eyes;
mod facts;
mod follow;
mod forget;
mod give;
mod grades;
mod judge;
mod ledger;
mod lists;
mod person;
mod read_back;
mod receipts;
mod register;
mod rules;
mod sieve;
mod standing;
mod statement;
mod story;
mod versions;
mod worth;

use tenants::{text_enum, typed_id};

pub use self::{
    budgets::{
        Left, NewBudget, budget, budgets, left, may_hold, move_money, open_budget, unsettled,
    },
    check::{Broken, Checked, Finding, check, check_all},
    closing::{Closing, Late, close_as_shown, close_year, late, preview_closing},
    correct::{Correction, correct, correctors, last_corrector},
    entity::{
        gift::Model as Gift, gift_budget::Model as Budget, gift_ledger::Model as Entry,
        gift_receipt::Model as Receipt,
    },
    export::{CsvLedger, Reader, file_name, xlsx},
    eyes::{Asks, asked_of},
    follow::{approve, cancel, check_receipt, decline, hand_over},
    forget::{PERSON_KEPT_YEARS, forget},
    give::{NewGift, assess, give, known_before},
    grades::{FEWEST_GRADES, Grades, compared},
    judge::{Verdict, Why},
    ledger::{Accounts, entries, entries_of},
    lists::{gift, of_case, of_giver},
    person::{Contact, PersonKeys},
    read_back::{entry_with_hash, read_back, receipt_files},
    receipts::{NewReceipt, RECEIPT_MAX, keep_receipt, receipt, receipts, same_receipt},
    register::{Chosen, TeamTotal, Totals, Waiting, owed, register, told_of, totals, years},
    rules::{GiftRules, Ruling, rules, set_rules},
    sieve::{Account, Sieve},
    statement::{KindTotal, Statement, statement},
    versions::{RulesVersion, rules_versions},
};

typed_id! {
    /// A budget.
    BudgetId
}
typed_id! {
    /// An attention.
    GiftId
}
typed_id! {
    /// An entry of the ledger.
    GiftEntryId
}
typed_id! {
    /// A receipt.
    ReceiptId
}
typed_id! {
    /// A version of the rules.
    GiftRulesId
}

text_enum! {
    /// What an entry of the ledger is.
    EntryKind {
        /// Money the council set aside.
        Allocation = "allocation",
        /// Money that went to another budget.
        TransferOut = "transferOut",
        /// Money that came from another budget.
        TransferIn = "transferIn",
        /// An attention is given: its money is set apart.
        Reservation = "reservation",
        /// A second pair of eyes agreed.
        Approval = "approval",
        /// A second pair of eyes did not agree: the money comes back.
        Refusal = "refusal",
        /// The resident has it.
        HandOver = "handOver",
        /// The receipt came in: it is paid.
        Spending = "spending",
        /// Another colleague checked the receipt.
        ReceiptCheck = "receiptCheck",
        /// It was another amount after all.
        Correction = "correction",
        /// It did not happen, or was paid back.
        Cancellation = "cancellation",
        /// The year was closed before a receipt came in.
        Release = "release",
        /// The year was closed before a second pair of eyes agreed.
        Lapse = "lapse",
        /// The year was closed: from now on nobody gives from the budget.
        Closing = "closing",
        /// For whom it was is forgotten; the money stays accounted for.
        Forgetting = "forgetting",
    }
}

text_enum! {
    /// A kind of attention.
    GiftKind {
        /// Flowers or a plant.
        Flowers = "flowers",
        /// A card.
        Card = "card",
        /// Something good to eat.
        Treat = "treat",
        /// A book or a small thing.
        Thing = "thing",
        /// An outing or a ticket.
        Outing = "outing",
        /// A voucher: worth money, for one thing.
        Voucher = "voucher",
        /// Wine or other alcohol.
        Alcohol = "alcohol",
        /// Money, or what can be changed for money.
        Money = "money",
        /// Something else.
        Other = "other",
    }
}

text_enum! {
    /// Where an attention stands.
    GiftStatus {
        /// It waits for a second pair of eyes; the money is set apart.
        Requested = "requested",
        /// It may be bought.
        Ordered = "ordered",
        /// The resident has it.
        HandedOver = "handedOver",
        /// The receipt is in.
        Settled = "settled",
        /// The second pair of eyes did not agree.
        Declined = "declined",
        /// It did not happen, or was paid back.
        Cancelled = "cancelled",
        /// The year was closed before the receipt came in; it may still come.
        Released = "released",
        /// The year was closed before a second pair of eyes agreed: nothing was bought, and no receipt comes.
        Lapsed = "lapsed",
    }
}

/// Longest description or reason, in characters.
pub const TEXT_MAX: usize = 500;
