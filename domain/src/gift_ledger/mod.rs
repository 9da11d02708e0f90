//! The ledger of gifts: budgets of which every cent can be accounted for, and everything that reads them. What may be given is decided in
//! [`gifts`](crate::gifts), which books through this room.
//!
//! # What always holds
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
//!    facts of the budget and of the gift (who, what, for whom, why), the bytes of the receipt.
//! 6. **A gift's state follows from its entries**: who gave, approved, handed over and checked stands in the chain, with zero changes.
//!
//! The database itself refuses what breaks 1 to 4 and a gap in the chain, on both engines: checks, a unique sequence, and triggers.
//! [`verify()`] tests 1 to 6 on what is stored and says where they do not hold. A chain whose newest entries were cut off, or that was
//! written anew as a whole, by somebody who owns the database still holds; therefore the check tells the head of each chain, to be kept elsewhere,
//! and finds one that was
//! ([`entry_with_hash`]). [`Verification::verify_receipt_files`] reads the files of the receipts.

pub mod amount;
pub(crate) mod amounts;
mod budgets;
pub(crate) mod chain;
pub(crate) mod entity;
mod entry_filter;
pub(crate) mod evidence;
mod export;
mod lists;
mod projection;
mod receipt_files;
mod register;
mod score_comparison;
mod statement;
mod verify;
pub(crate) mod year;

use tenants::{text_enum, typed_id};

pub(crate) use self::lists::{gift, record_part};
pub(crate) use self::receipt_files::{receipt_bytes, receipts_named};
pub(crate) use self::score_comparison::cases_with_gift;
pub use self::{
    budgets::{BudgetBalance, budget, budget_balance, budget_balances, budgets, unsettled},
    chain::{Accounts, entries_of},
    entity::{
        gift::Model as Gift, gift_budget::Model as Budget, gift_ledger::Model as Entry,
        gift_receipt::Model as Receipt,
    },
    entry_filter::{Account, EntryFilter, EntrySum},
    export::{CsvLedger, Reader, Spreadsheet, file_name, xlsx},
    lists::{
        correctors, gifts_with_same_receipt, last_corrector, of_case, receipt, receipts, seen_gift,
        seen_gifts,
    },
    receipt_files::{BookedReceipt, entry_with_hash},
    register::{
        RegisterFilter, TeamTotal, Totals, WaitingFor, gifts_of_entries, receipts_due, register,
        totals,
    },
    score_comparison::{FEWEST_SCORES, ScoreMean},
    statement::{EntryTotal, KindTotal, Statement, statement},
    verify::{Defect, Finding, Verification, verify, verify_all},
};

typed_id! {
    /// A budget.
    BudgetId
}
typed_id! {
    /// A gift.
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
        /// A gift is given: its money is set apart.
        Reservation = "reservation",
        /// A second person approved.
        Approval = "approval",
        /// A second person did not approve: the money comes back.
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
        /// The year was closed before a second person approved.
        Lapse = "lapse",
        /// The year was closed: from now on nobody gives from the budget.
        Closing = "closing",
        /// For whom it was is forgotten; the money stays accounted for.
        Forgetting = "forgetting",
    }
}

text_enum! {
    /// A kind of gift.
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
    /// Where a gift stands.
    GiftStatus {
        /// It waits for approval; the money is set apart.
        Requested = "requested",
        /// It may be bought.
        Ordered = "ordered",
        /// The resident has it.
        HandedOver = "handedOver",
        /// The receipt is in.
        Settled = "settled",
        /// The second person did not approve.
        Declined = "declined",
        /// It did not happen, or was paid back.
        Cancelled = "cancelled",
        /// The year was closed before the receipt came in; it may still come.
        Released = "released",
        /// The year was closed before a second person approved: nothing was bought, and no receipt comes.
        Lapsed = "lapsed",
    }
}
