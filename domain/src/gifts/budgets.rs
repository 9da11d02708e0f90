//! Budgets: opening one, moving money, closing a year.

use sea_orm::ActiveValue::Set;
use serde_json::json;
use tenants::{
    Permission, StaffId, TenantTx, permission,
    staff::{self, StaffMember},
};

use super::rules;
use crate::{
    Code, Error, FieldErrors, audit,
    gift_ledger::{
        Accounts, BudgetId, EntryKind,
        chain::{Booking, lock},
        entity::gift_budget,
        unsettled,
    },
};

/// A budget to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBudget {
    /// Its name, such as the team's.
    pub name: String,
    /// Team it is for.
    pub team: String,
    /// Year it is for.
    pub year: i32,
    /// Money set aside, in cents.
    pub allocated_cents: i64,
    /// Most one gift may cost, in cents, when that is less than the rules say.
    pub cap_cents: Option<i64>,
    /// Reference of the council's document.
    pub mandate: String,
    /// Who answers for it.
    pub holder: Option<StaffId>,
}

/// Whether a colleague can answer for a budget: works here, as a budget holder.
#[must_use]
pub fn may_hold(member: &StaffMember) -> bool {
    member.active && permission::allowed(&member.roles, Permission::ManageGifts)
}

/// Opens a budget, with the first entry of its ledger.
///
/// # Errors
/// [`Error::Invalid`] for a cap above the rules', for whoever is no budget holder, and when name and year are taken.
pub async fn open_budget(
    tx: &TenantTx,
    new: NewBudget,
    actor: Option<StaffId>,
) -> Result<BudgetId, Error> {
    let mut errors = FieldErrors::default();
    let (_, rules) = rules(tx).await?;
    if let Some(cents) = new.cap_cents
        && cents > rules.cap_cents
    {
        errors.add_with("capCents", "cap_above_rules", "cents", rules.cap_cents);
    }
    if let Some(holder) = new.holder {
        let holder = staff::get(tx, holder).await?.ok_or(Error::NotFound)?;
        if !may_hold(&holder) {
            errors.add("holderId", "not_a_budget_holder");
        }
    }
    errors.into_result()?;
    let id: BudgetId = tx.new_id();
    let stored = tx
        .insert(gift_budget::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(id),
            name: Set(new.name),
            team: Set(new.team),
            year: Set(i64::from(new.year)),
            cap_cents: Set(new.cap_cents),
            mandate: Set(new.mandate.clone()),
            holder_id: Set(new.holder),
            created_at: Set(tx.now()),
            closed_at: Set(None),
            forgotten_at: Set(None),
        })
        .await;
    match stored {
        Err(error) if error.is_duplicate() => return Err(Error::invalid("name", "budget_exists")),
        other => other?,
    };
    let mut locked = lock(tx, id).await?;
    let mut entry = Booking::new(
        EntryKind::Allocation,
        Accounts::set_aside(new.allocated_cents),
        actor,
    );
    entry.note = new.mandate;
    entry.evidence = locked.budget.evidence_hash();
    locked.book(tx, entry).await?;
    audit::record(
        tx,
        actor,
        audit::Action::GiftBudget,
        ("giftBudget", Some(id.0)),
        json!({ "cents": new.allocated_cents }),
    )
    .await?;
    Ok(id)
}

/// Money to move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// From which budget.
    pub from: BudgetId,
    /// To which other budget.
    pub to: BudgetId,
    /// How much, in cents.
    pub cents: i64,
    /// The decision it rests on.
    pub decision: String,
}

/// Moves money between budgets, with the decision it rests on. From a closed year that is how a carry-over is booked: only when decided. To a
/// closed year it goes only for what may still be booked there ([`unsettled`]): what was carried over may be missed when a late receipt comes.
///
/// # Errors
/// [`Code::BudgetShort`], [`Code::BudgetClosed`] when the money would go to a closed year in which nothing more can be
/// booked, [`Error::NotFound`].
pub async fn move_money(tx: &TenantTx, transfer: &Transfer, actor: StaffId) -> Result<(), Error> {
    let Transfer { from, to, .. } = *transfer;
    // Always the lower id first: two people who move money in opposite directions do not wait for each other forever.
    let low = lock(tx, from.min(to)).await?;
    let high = lock(tx, from.max(to)).await?;
    let (mut giving, mut getting) = if from < to { (low, high) } else { (high, low) };
    if getting.budget.closed_at.is_some() && !unsettled(tx).await?.contains(&to) {
        return Err(Error::refused(Code::BudgetClosed));
    }
    let entry = |kind, cents, other| {
        let mut entry = Booking::new(kind, Accounts::set_aside(cents), Some(actor));
        entry.other = Some(other);
        entry.note.clone_from(&transfer.decision);
        entry
    };
    giving
        .book(tx, entry(EntryKind::TransferOut, -transfer.cents, to))
        .await?;
    getting
        .book(tx, entry(EntryKind::TransferIn, transfer.cents, from))
        .await?;
    audit::record(
        tx,
        Some(actor),
        audit::Action::GiftMove,
        ("giftBudget", Some(from.0)),
        json!({ "to": to, "cents": transfer.cents }),
    )
    .await
}
