//! Attentions to residents: given on one's own initiative, from a budget that can never go below zero.
//!
//! The ledger is append-only; the database refuses to change or remove a line. Each line holds the balance after it, so the ledger proves
//! itself: allocation minus gifts is the last balance. There is no approval below the cap: control is seeing afterwards.

mod entity;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use tenants::{StaffId, TenantTx, staff::StaffMember, text_enum, typed_id};

use self::entity::{gift_budget, gift_entry};
pub use self::entity::{gift_budget::Model as Budget, gift_entry::Model as Entry};
use crate::{
    Code, Error, FieldErrors, audit,
    cases::{self, CaseId, EventKind},
};

typed_id! {
    /// A budget.
    BudgetId
}
typed_id! {
    /// A line of the ledger.
    GiftEntryId
}

text_enum! {
    /// What a line of the ledger is.
    EntryKind {
        /// Money the council set aside.
        Allocation = "allocation",
        /// An attention.
        Gift = "gift",
    }
}

/// Longest description or reason, in characters.
pub const TEXT_MAX: usize = 500;

/// A budget to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBudget {
    /// Its name, such as the team's.
    pub name: String,
    /// Year it is for.
    pub year: i32,
    /// Money set aside, in cents.
    pub allocated_cents: i64,
    /// Most one gift may cost, in cents.
    pub cap_cents: i64,
}

/// Opens a budget, with its first line in the ledger.
///
/// # Errors
/// [`Error::Invalid`] for amounts that are not above zero; a duplicate when name and year are taken.
pub async fn open_budget(tx: &TenantTx, new: NewBudget) -> Result<BudgetId, Error> {
    let mut errors = FieldErrors::default();
    if new.allocated_cents <= 0 {
        errors.add("allocatedCents", "not_positive");
    }
    if new.cap_cents <= 0 {
        errors.add("capCents", "not_positive");
    }
    errors.into_result()?;
    let id: BudgetId = tx.new_id();
    tx.insert(gift_budget::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(id),
        name: Set(new.name.clone()),
        year: Set(i64::from(new.year)),
        allocated_cents: Set(new.allocated_cents),
        balance_cents: Set(new.allocated_cents),
        cap_cents: Set(new.cap_cents),
        created_at: Set(tx.now()),
    })
    .await?;
    write(
        tx,
        Line {
            budget: id,
            case: None,
            staff: None,
            kind: EntryKind::Allocation,
            amount_cents: new.allocated_cents,
            balance_cents: new.allocated_cents,
            description: new.name,
            reason: String::new(),
        },
    )
    .await?;
    Ok(id)
}

struct Line {
    budget: BudgetId,
    case: Option<CaseId>,
    staff: Option<StaffId>,
    kind: EntryKind,
    amount_cents: i64,
    balance_cents: i64,
    description: String,
    reason: String,
}

async fn write(tx: &TenantTx, line: Line) -> Result<Entry, Error> {
    Ok(tx
        .insert(gift_entry::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            budget_id: Set(line.budget),
            case_id: Set(line.case),
            staff_id: Set(line.staff),
            kind: Set(line.kind),
            amount_cents: Set(line.amount_cents),
            balance_cents: Set(line.balance_cents),
            description: Set(line.description),
            reason: Set(line.reason),
            at: Set(tx.now()),
        })
        .await?)
}

/// All budgets, newest year first.
///
/// # Errors
/// When the database does not answer.
pub async fn budgets(tx: &TenantTx) -> Result<Vec<Budget>, Error> {
    Ok(tx
        .find::<gift_budget::Entity>()
        .order_by_desc(gift_budget::Column::Year)
        .order_by_asc(gift_budget::Column::Name)
        .order_by_asc(gift_budget::Column::Id)
        .all(tx)
        .await?)
}

/// One budget.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn budget(tx: &TenantTx, id: BudgetId) -> Result<Budget, Error> {
    tx.find::<gift_budget::Entity>()
        .filter(gift_budget::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The ledger of a budget, newest line first, at most `limit` lines older than `before`.
///
/// # Errors
/// When the database does not answer.
pub async fn ledger(
    tx: &TenantTx,
    budget: BudgetId,
    before: Option<GiftEntryId>,
    limit: u64,
) -> Result<Vec<Entry>, Error> {
    let mut query = tx
        .find::<gift_entry::Entity>()
        .filter(gift_entry::Column::BudgetId.eq(budget))
        .order_by_desc(gift_entry::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(gift_entry::Column::Id.lt(before));
    }
    Ok(query.all(tx).await?)
}

/// The gifts given in a case, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn of_case(tx: &TenantTx, case: CaseId) -> Result<Vec<Entry>, Error> {
    Ok(tx
        .find::<gift_entry::Entity>()
        .filter(gift_entry::Column::CaseId.eq(case))
        .order_by_desc(gift_entry::Column::Id)
        .all(tx)
        .await?)
}

/// An attention to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGift {
    /// From which budget.
    pub budget: BudgetId,
    /// What it costs, in cents, VAT included: for the municipality VAT is a cost here.
    pub amount_cents: i64,
    /// What it is, such as "bos bloemen".
    pub description: String,
    /// Why it fits this person.
    pub reason: String,
}

/// Gives an attention: takes the money from the budget and writes the ledger, both or neither.
///
/// The subtraction is one conditional update. Of two people who spend the last euros at the same instant, one gets them.
///
/// # Errors
/// [`Error::Invalid`], [`Code::GiftOverCap`] with the cap, [`Code::BudgetShort`] with what is left, [`Error::NotFound`].
pub async fn give(
    tx: &TenantTx,
    case: CaseId,
    actor: &StaffMember,
    gift: NewGift,
) -> Result<Entry, Error> {
    let description = gift.description.trim().to_owned();
    let reason = gift.reason.trim().to_owned();
    let mut errors = FieldErrors::default();
    if gift.amount_cents <= 0 {
        errors.add("amount", "not_positive");
    }
    for (field, text) in [("description", &description), ("reason", &reason)] {
        if text.is_empty() {
            errors.add(field, "required");
        } else if text.chars().count() > TEXT_MAX {
            errors.add_with(field, "too_long", "max", TEXT_MAX);
        } else if text.contains('\0') {
            errors.add(field, "unreadable");
        }
    }
    errors.into_result()?;
    let case = cases::get(tx, case).await?;
    let taken = tx
        .update::<gift_budget::Entity>()
        .col_expr(
            gift_budget::Column::BalanceCents,
            Expr::col(gift_budget::Column::BalanceCents).sub(gift.amount_cents),
        )
        .filter(gift_budget::Column::Id.eq(gift.budget))
        .filter(gift_budget::Column::BalanceCents.gte(gift.amount_cents))
        .filter(gift_budget::Column::CapCents.gte(gift.amount_cents))
        .exec(tx)
        .await?;
    let budget = budget(tx, gift.budget).await?;
    if taken.rows_affected == 0 {
        return Err(if gift.amount_cents > budget.cap_cents {
            Error::refused_because(Code::GiftOverCap, "cents", budget.cap_cents.to_string())
        } else {
            Error::refused_because(Code::BudgetShort, "cents", budget.balance_cents.to_string())
        });
    }
    let entry = write(
        tx,
        Line {
            budget: budget.id,
            case: Some(case.id),
            staff: Some(actor.id),
            kind: EntryKind::Gift,
            amount_cents: gift.amount_cents,
            balance_cents: budget.balance_cents,
            description,
            reason,
        },
    )
    .await?;
    cases::note_event(
        tx,
        case.id,
        EventKind::Gift,
        Some(actor.id),
        json!({ "cents": gift.amount_cents, "description": entry.description }),
    )
    .await?;
    audit::record(
        tx,
        Some(actor.id),
        "gift.give",
        ("giftEntry", Some(entry.id.0)),
        json!({ "budget": budget.id, "cents": gift.amount_cents }),
    )
    .await?;
    Ok(entry)
}
