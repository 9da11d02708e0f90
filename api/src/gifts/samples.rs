//! What the samples of the pages are about: a budget, a gift from it with its entries, and the colleagues behind them.

use chrono::{DateTime, Days, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::{
    FieldErrors, Language,
    gift_ledger::{
        Accounts, Budget, BudgetBalance, BudgetId, Entry, EntryKind, EntryTotal, Gift, GiftId,
        GiftKind, GiftStatus, KindTotal, ReceiptId, ScoreMean,
    },
};
use serde_json::json;
use tenants::{Role, StaffId, staff::StaffMember};
use uuid::Uuid;

use super::view::{self, Names};
use crate::{csrf::Fields, html::FormPage};

/// Where the municipality of the samples is.
pub(super) const ZONE: Tz = chrono_tz::Europe::Amsterdam;
pub(super) const BUDGET: BudgetId = BudgetId(Uuid::from_u128(1));
pub(super) const OTHER_BUDGET: BudgetId = BudgetId(Uuid::from_u128(2));
pub(super) const GIFT: GiftId = GiftId(Uuid::from_u128(3));
pub(super) const OTHER_GIFT: GiftId = GiftId(Uuid::from_u128(4));
pub(super) const RECEIPT: ReceiptId = ReceiptId(Uuid::from_u128(5));
/// Who gives.
pub(super) const GIVER: StaffId = StaffId(Uuid::from_u128(6));
/// Who holds the budget.
pub(super) const HOLDER: StaffId = StaffId(Uuid::from_u128(7));

/// What is set aside, set apart for the gift, and paid for it, in cents.
const SET_ASIDE: i64 = 500_000;
const SET_APART: i64 = 6_000;
const PAID: i64 = 5_750;

/// A moment in November 2026.
pub(super) fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_780) + TimeDelta::hours(9)
}

/// A hash of a repeated digit.
pub(super) fn hash(digit: &str) -> String {
    digit.repeat(64)
}

fn colleagues() -> Vec<StaffMember> {
    let colleague = |id, name: &str, role| StaffMember {
        id,
        email: "collega@gemeente.example".to_owned(),
        name: name.to_owned(),
        roles: vec![role],
        active: true,
        created_at: DateTime::UNIX_EPOCH,
        language: None,
        unread_notices: 0,
    };
    vec![
        colleague(GIVER, "Joris Linde", Role::Clerk),
        colleague(HOLDER, "Sanne de Boer", Role::BudgetHolder),
    ]
}

/// Names of the colleagues.
pub(super) fn names() -> Names {
    Names::of_staff(&colleagues())
}

/// The name of one of them.
pub(super) fn name_of(id: StaffId) -> String {
    names().of(&id)
}

/// The budget of a team.
pub(super) fn budget() -> Budget {
    Budget {
        tenant_id: Uuid::nil().into(),
        id: BUDGET,
        name: "Attenties Groen".to_owned(),
        team: "Groen".to_owned(),
        year: 2026,
        cap_cents: Some(7_500),
        mandate: "Collegebesluit 2026/12".to_owned(),
        holder_id: Some(HOLDER),
        created_at: now(),
        closed_at: None,
        forgotten_at: None,
    }
}

/// The budget of the year before, closed.
pub(super) fn closed_budget() -> Budget {
    Budget {
        id: OTHER_BUDGET,
        year: 2025,
        closed_at: Some(now()),
        ..budget()
    }
}

/// What stands on the accounts of the budget.
pub(super) fn balance() -> Accounts {
    Accounts {
        allocated: -SET_ASIDE,
        available: SET_ASIDE - PAID,
        reserved: 0,
        spent: PAID,
    }
}

/// A budget with what stands on its accounts.
pub(super) fn budget_balance(budget: Budget) -> BudgetBalance {
    BudgetBalance::new(budget, balance(), (0, 0))
}

/// A gift with this status, paid once its receipt is in.
pub(super) fn gift(status: GiftStatus) -> Gift {
    let settled = status == GiftStatus::Settled;
    Gift {
        tenant_id: Uuid::nil().into(),
        id: GIFT,
        budget_id: BUDGET,
        case_id: None,
        giver_id: GIVER,
        kind: GiftKind::Flowers,
        description: "Boeket uit de stadskwekerij".to_owned(),
        reason: "Zij ruimde weken het zwerfvuil op.".to_owned(),
        recipient: Some("Een bewoner van de Lindelaan".to_owned()),
        mail_hash: None,
        phone_hash: None,
        address_hash: None,
        amount_cents: SET_APART,
        spent_cents: settled.then_some(PAID),
        status,
        rules_number: Some(2),
        rules_hash: None,
        approval_needed: json!(["amount"]),
        approver_id: None,
        checker_id: None,
        before_score: false,
        given_at: now(),
        receipt_due_at: now() + Days::new(14),
        first_due_at: None,
        handed_over_at: None,
        forgotten_at: None,
    }
}

/// A gift of which the receipt should have been in.
pub(super) fn late_gift() -> Gift {
    Gift {
        id: OTHER_GIFT,
        kind: GiftKind::Treat,
        description: "Taart voor het buurthuis".to_owned(),
        amount_cents: 2_450,
        receipt_due_at: now() - Days::new(3),
        ..gift(GiftStatus::Ordered)
    }
}

/// The entries of the budget, newest first: money comes in, is set apart for the gift, and paid.
pub(super) fn entries() -> Vec<Entry> {
    let of_gift = Some(GIFT);
    let changes = [
        (
            EntryKind::Allocation,
            Accounts::set_aside(SET_ASIDE),
            None,
            HOLDER,
        ),
        (
            EntryKind::Reservation,
            Accounts::reserve(SET_APART),
            of_gift,
            GIVER,
        ),
        (EntryKind::Approval, Accounts::default(), of_gift, HOLDER),
        (
            EntryKind::Spending,
            Accounts::spend(SET_APART, PAID),
            of_gift,
            GIVER,
        ),
    ];
    let mut after = Accounts::default();
    let mut entries: Vec<Entry> = (1..)
        .zip(changes)
        .map(|(sequence, (kind, change, gift_id, actor))| {
            after.allocated += change.allocated;
            after.available += change.available;
            after.reserved += change.reserved;
            after.spent += change.spent;
            Entry {
                tenant_id: Uuid::nil().into(),
                id: Uuid::nil().into(),
                budget_id: BUDGET,
                sequence,
                kind,
                gift_id,
                receipt_id: (kind == EntryKind::Spending).then_some(RECEIPT),
                actor_id: Some(actor),
                other_budget_id: None,
                allocated_cents: change.allocated,
                available_cents: change.available,
                reserved_cents: change.reserved,
                spent_cents: change.spent,
                allocated_after: after.allocated,
                available_after: after.available,
                reserved_after: after.reserved,
                spent_after: after.spent,
                evidence: String::new(),
                note: if gift_id.is_none() {
                    budget().mandate
                } else {
                    String::new()
                },
                at: now(),
                previous_hash: hash(&(sequence - 1).to_string()),
                hash: hash(&sequence.to_string()),
            }
        })
        .collect();
    entries.reverse();
    entries
}

/// What these entries came to, one of each kind.
pub(super) fn entry_totals(entries: &[Entry]) -> Vec<EntryTotal> {
    let total = |entry: &Entry| EntryTotal {
        kind: entry.kind,
        count: 1,
        allocated_cents: entry.allocated_cents,
        available_cents: entry.available_cents,
        reserved_cents: entry.reserved_cents,
        spent_cents: entry.spent_cents,
    };
    entries.iter().rev().map(total).collect()
}

/// What gifts came to, by kind.
pub(super) fn kind_totals() -> Vec<KindTotal> {
    vec![KindTotal {
        kind: GiftKind::Flowers,
        count: 1,
        amount_cents: PAID,
    }]
}

/// Scores with a gift before them, of which there are enough, and without, of which there are too few.
pub(super) fn scores() -> (Option<ScoreMean>, Option<ScoreMean>) {
    let with_gift = ScoreMean {
        mean_tenths: 84,
        count: 12,
    };
    (Some(with_gift), None)
}

/// A form that was refused for one field, with what was typed.
pub(super) fn refused(typed: Fields, field: &str, code: &str, language: Language) -> FormPage {
    let mut errors = FieldErrors::default();
    errors.add(field, code);
    FormPage {
        form: view::named(typed, &errors, language),
        ..FormPage::default()
    }
}
