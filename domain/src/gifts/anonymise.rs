//! Forgetting for whom gifts were, while every cent stays accounted for.
//!
//! How long: the person is forgotten after two whole calendar years past the year of the budget; amounts, receipts and the chain are kept
//! for at least seven years (selectielijst gemeenten, 18.1 "betaald"), and nothing here removes them: destroying is a decision of people.
//!
//! What: the name, the hashes of how the person could be reached, and the reason, which is about the person. What the gift was, what it
//! cost and who gave it stay, and so do the notes of corrections. The chain goes on to prove it: an entry without a change of money vouches
//! for what is left, and only when the facts until then were the ones the reservation vouches for. A gift that somebody had tampered
//! with is forgotten with an entry that vouches for nothing, so that the check goes on telling of it.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde_json::json;
use tenants::TenantTx;

use crate::{
    Error, audit,
    gift_ledger::{
        Accounts, EntryKind, Gift, GiftId,
        chain::{Booking, lock},
        entity::{gift, gift_budget, gift_ledger, gift_person},
        year::this_year,
    },
};

/// Whole calendar years after the year of the budget.
pub const RECIPIENT_KEPT_YEARS: i64 = 2;
/// Gifts in one transaction.
const BATCH: u64 = 200;

impl Gift {
    /// What is left of it when the person is forgotten.
    fn without_person(mut self, tx: &TenantTx) -> Self {
        self.reason = String::new();
        self.recipient = None;
        self.mail_hash = None;
        self.phone_hash = None;
        self.address_hash = None;
        self.forgotten_at = Some(tx.now());
        self
    }
}

/// Forgets the persons of a piece of the oldest budget whose time has come. Gives back whether there may be more.
pub async fn anonymise(tx: &TenantTx) -> Result<bool, Error> {
    let year = this_year(tx).await?;
    // Rows that gifts to one person lock, for the cap of this year: older ones serve nothing.
    tx.delete::<gift_person::Entity>()
        .filter(gift_person::Column::SeenAt.lt(year.begins))
        .exec(tx)
        .await?;
    let budget = tx
        .find::<gift_budget::Entity>()
        .filter(gift_budget::Column::Year.lt(year.number - RECIPIENT_KEPT_YEARS))
        .filter(gift_budget::Column::ForgottenAt.is_null())
        .order_by_asc(gift_budget::Column::Year)
        .order_by_asc(gift_budget::Column::Id)
        .limit(1)
        .one(tx)
        .await?;
    let Some(budget) = budget else {
        return Ok(false);
    };
    let mut locked = lock(tx, budget.id).await?;
    let gifts = tx
        .find::<gift::Entity>()
        .filter(gift::Column::BudgetId.eq(budget.id))
        .filter(gift::Column::ForgottenAt.is_null())
        .order_by_asc(gift::Column::Id)
        .limit(BATCH)
        .all(tx)
        .await?;
    let ids: Vec<GiftId> = gifts.iter().map(|gift| gift.id).collect();
    let whole = u64::try_from(ids.len()).unwrap_or(BATCH) < BATCH;
    let vouched = vouched(tx, &ids).await?;
    for gift in gifts {
        let sound = vouched
            .get(&gift.id)
            .is_some_and(|evidence| *evidence == gift.evidence_hash());
        let gift = gift.without_person(tx);
        let mut entry = Booking::new(EntryKind::Forgetting, Accounts::default(), None);
        entry.gift = Some(gift.id);
        if sound {
            entry.evidence = gift.evidence_hash();
        }
        locked.book(tx, entry).await?;
    }
    if !ids.is_empty() {
        let nothing = || Expr::value(Option::<String>::None);
        tx.update::<gift::Entity>()
            .col_expr(gift::Column::Reason, Expr::value(""))
            .col_expr(gift::Column::Recipient, nothing())
            .col_expr(gift::Column::MailHash, nothing())
            .col_expr(gift::Column::PhoneHash, nothing())
            .col_expr(gift::Column::AddressHash, nothing())
            .col_expr(gift::Column::ForgottenAt, Expr::value(tx.now()))
            .filter(gift::Column::Id.is_in(ids.iter().copied()))
            .exec(tx)
            .await?;
        audit::record(
            tx,
            None,
            audit::Action::GiftForget,
            ("giftBudget", Some(budget.id.0)),
            json!({ "count": ids.len() }),
        )
        .await?;
    }
    if whole {
        tx.update::<gift_budget::Entity>()
            .col_expr(gift_budget::Column::ForgottenAt, Expr::value(tx.now()))
            .filter(gift_budget::Column::Id.eq(budget.id))
            .exec(tx)
            .await?;
    }
    Ok(true)
}

/// What the reservations of gifts vouch for.
async fn vouched(tx: &TenantTx, ids: &[GiftId]) -> Result<HashMap<GiftId, String>, Error> {
    let rows: Vec<(GiftId, String)> = tx
        .find::<gift_ledger::Entity>()
        .select_only()
        .column(gift_ledger::Column::GiftId)
        .column(gift_ledger::Column::Evidence)
        .filter(gift_ledger::Column::GiftId.is_in(ids.iter().copied()))
        .filter(gift_ledger::Column::Kind.eq(EntryKind::Reservation))
        .into_tuple()
        .all(tx)
        .await?;
    Ok(rows.into_iter().collect())
}
