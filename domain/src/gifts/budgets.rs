//! Budgets: opening one, moving money, closing a year.

use std::ops::RangeInclusive;

use sea_orm::ActiveValue::Set;
use serde_json::json;
use tenants::{
    Permission, StaffId, TenantTx, permission,
    staff::{self, StaffMember},
};

use super::{TEXT_MAX, rules};
use crate::{
    Code, Error, FieldErrors, FieldProblem, audit,
    gift_ledger::{
        Accounts, BudgetId, EntryKind, amount,
        chain::{Booking, lock},
        entity::gift_budget,
        unsettled,
    },
    text,
};

/// Years a budget can be for. What lies outside is a slip of the finger.
const YEARS: RangeInclusive<i32> = 2000..=2100;

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
/// [`Error::Invalid`], also when name and year are taken.
pub async fn open_budget(
    tx: &TenantTx,
    new: NewBudget,
    actor: Option<StaffId>,
) -> Result<BudgetId, Error> {
    let (name, team, mandate) = (
        text::clean_line(&new.name),
        text::clean_line(&new.team),
        text::clean_line(&new.mandate),
    );
    let mut errors = FieldErrors::default();
    for (field, text, needed) in [
        ("name", &name, true),
        ("team", &team, false),
        ("mandate", &mandate, true),
    ] {
        if text.is_empty() && needed {
            errors.add(field, "required");
        } else if text.chars().count() > TEXT_MAX {
            errors.add_with(field, "too_long", "max", TEXT_MAX);
        }
    }
    if !YEARS.contains(&new.year) {
        errors.push(FieldProblem {
            field: "year".to_owned(),
            code: "out_of_range".to_owned(),
            parameters: [("min", YEARS.start()), ("max", YEARS.end())]
                .map(|(name, year)| (name.to_owned(), year.to_string()))
                .into(),
        });
    }
    for (field, cents) in [
        ("allocatedCents", Some(new.allocated_cents)),
        ("capCents", new.cap_cents),
    ] {
        if let Some(Err(code)) = cents.map(amount::check) {
            errors.add(field, code);
        }
    }
    let (_, rules) = rules(tx).await?;
    if let Some(cents) = new.cap_cents
        && cents > rules.cap_cents
    {
        errors.add_with("capCents", "cap_above_rules", "cents", rules.cap_cents);
    }
    if let Some(holder) = new.holder {
        let holder = staff::get(tx, holder).await?.ok_or(Error::NotFound)?;
        if !may_hold(&holder) {
            errors.add("holder", "not_a_budget_holder");
        }
    }
    errors.into_result()?;
    let id: BudgetId = tx.new_id();
    let stored = tx
        .insert(gift_budget::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(id),
            name: Set(name),
            team: Set(team),
            year: Set(i64::from(new.year)),
            cap_cents: Set(new.cap_cents),
            mandate: Set(mandate.clone()),
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
    entry.note = mandate;
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

/// Moves money between budgets, with the decision it rests on. From a closed year that is how a carry-over is booked: only when decided. To a
/// closed year it goes only for what may still be booked there ([`unsettled`]): what was carried over may be missed when a late receipt comes.
///
/// # Errors
/// [`Error::Invalid`], [`Code::BudgetShort`], [`Code::BudgetClosed`] when the money would go to a closed year in which nothing more can be
/// booked, [`Error::NotFound`].
pub async fn move_money(
    tx: &TenantTx,
    (from, to): (BudgetId, BudgetId),
    cents: i64,
    decision: &str,
    actor: StaffId,
) -> Result<(), Error> {
    let decision = text::clean_line(decision);
    let mut errors = FieldErrors::default();
    if let Err(code) = amount::check(cents) {
        errors.add("amount", code);
    }
    if decision.is_empty() {
        errors.add("decision", "required");
    } else if decision.chars().count() > TEXT_MAX {
        errors.add_with("decision", "too_long", "max", TEXT_MAX);
    }
    if from == to {
        errors.add("to", "required_choice");
    }
    errors.into_result()?;
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
        entry.note.clone_from(&decision);
        entry
    };
    giving
        .book(tx, entry(EntryKind::TransferOut, -cents, to))
        .await?;
    getting
        .book(tx, entry(EntryKind::TransferIn, cents, from))
        .await?;
    audit::record(
        tx,
        Some(actor),
        audit::Action::GiftMove,
        ("giftBudget", Some(from.0)),
        json!({ "to": to, "cents": cents }),
    )
    .await
}
