//! Proof that nothing was changed: the whole chain is counted again.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::ExprTrait as _};
use tenants::{Db, TenantTx, tenant, text_enum};

use super::{
    Accounts, Budget, BudgetId, Entry, EntryKind, Gift, GiftId, GiftStatus, budgets,
    entity::{gift, gift_ledger, gift_receipt, gift_rules_version},
    evidence::rules_hash,
    projection::{GiftHistory, GiftState, is_booked_by, is_whole},
    verify_receipt_files,
};
use crate::{Error, files::FileStore};

text_enum! {
    /// What does not hold.
    Defect {
        /// A number is missing or stands there twice.
        Sequence = "sequence",
        /// The hash of the entry before is another one.
        Link = "link",
        /// The entry is not what its hash says.
        Hash = "hash",
        /// The changes do not sum to zero.
        Unbalanced = "unbalanced",
        /// A balance is not the one before plus the change, or is below zero.
        Balance = "balance",
        /// A gift is not what its reservation vouches for, or has none.
        Facts = "facts",
        /// A gift does not stand where its entries say.
        State = "state",
        /// A budget is not what it was opened or closed as.
        Budget = "budget",
        /// The rules that a gift was judged by are gone, or are other ones.
        Rules = "rules",
        /// Money that left one budget did not come into the other, or the other way round.
        Transfer = "transfer",
        /// Somebody agreed with, or checked, what they may not.
        FourEyes = "fourEyes",
        /// A receipt is not the one that was booked.
        Receipt = "receipt",
        /// The file of a receipt is gone, or is another one than was booked.
        File = "file",
    }
}

/// Where something does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// In which budget.
    pub budget: BudgetId,
    /// At which entry; 0 when it is about a gift without entries.
    pub sequence: i64,
    /// What.
    pub defect: Defect,
    /// About which gift.
    pub gift: Option<GiftId>,
}

/// The result for one budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The budget.
    pub budget: Budget,
    /// How many entries were counted again.
    pub entries: i64,
    /// Its balances, from its entries.
    pub balance: Accounts,
    /// Hash of the newest entry: kept elsewhere, it proves later that nothing was cut off.
    pub head: String,
    /// Everything that does not hold.
    pub findings: Vec<Finding>,
}

/// Entries read at once.
const BATCH: u64 = 5_000;

struct LedgerVerifier<'a> {
    budget: &'a Budget,
    /// The hash of every version of the rules, by its number.
    rules: HashMap<i64, String>,
    sequence: i64,
    balance: Accounts,
    hash: String,
    gifts: HashMap<GiftId, GiftHistory>,
    /// The entries that booked a receipt.
    receipts: HashMap<super::ReceiptId, Entry>,
    /// When the year was closed, as an entry tells.
    closed_at: Option<DateTime<Utc>>,
    findings: Vec<Finding>,
}

impl LedgerVerifier<'_> {
    fn report(&mut self, sequence: i64, defect: Defect, gift: Option<GiftId>) {
        self.findings.push(Finding {
            budget: self.budget.id,
            sequence,
            defect,
            gift,
        });
    }

    fn visit(&mut self, entry: &Entry) {
        let at = entry.sequence;
        if at != self.sequence + 1 {
            self.report(at, Defect::Sequence, entry.gift_id);
        }
        if entry.previous_hash != self.hash {
            self.report(at, Defect::Link, entry.gift_id);
        }
        if entry.hash != entry.computed_hash() {
            self.report(at, Defect::Hash, entry.gift_id);
        }
        if entry.change().sum() != 0 {
            self.report(at, Defect::Unbalanced, entry.gift_id);
        }
        if self.balance.after(entry.change()) != Some(entry.balance()) {
            self.report(at, Defect::Balance, entry.gift_id);
        }
        if let Some(id) = entry.gift_id {
            self.gifts.entry(id).or_default().visit(entry);
        }
        if let Some(id) = entry.receipt_id {
            self.receipts.insert(id, entry.clone());
        }
        if at == 1 && entry.evidence != self.budget.evidence_hash() {
            self.report(at, Defect::Budget, None);
        }
        match entry.kind {
            // Money comes into an open budget by moving it.
            EntryKind::Allocation if at > 1 => {
                self.report(at, Defect::Budget, None);
            }
            EntryKind::Spending if entry.receipt_id.is_none() => {
                self.report(at, Defect::Receipt, entry.gift_id);
            }
            EntryKind::Closing => self.closed_at = Some(entry.at),
            // Whoever opened a closed year for a moment left this behind.
            EntryKind::Reservation if self.closed_at.is_some() => {
                self.report(at, Defect::Budget, entry.gift_id);
            }
            _ => {}
        }
        if !is_whole(entry) {
            self.report(at, Defect::Unbalanced, entry.gift_id);
        }
        self.sequence = at;
        self.balance = entry.balance();
        self.hash.clone_from(&entry.hash);
    }

    fn gift(&mut self, gift: &Gift) {
        let history = self.gifts.remove(&gift.id).unwrap_or_default();
        let forgotten = gift.forgotten_at.is_some();
        let no_person = gift.reason.is_empty()
            && [
                &gift.recipient,
                &gift.mail_hash,
                &gift.phone_hash,
                &gift.address_hash,
            ]
            .iter()
            .all(|kept| kept.is_none());
        let vouched = history.facts.as_deref();
        if vouched.is_none_or(|evidence| evidence != gift.evidence_hash())
            || history.moved_due != gift.moved_due_hash()
            || history.forgotten != forgotten
            || (forgotten && !no_person)
        {
            self.report(history.at, Defect::Facts, Some(gift.id));
        }
        let mut state = history.state;
        // A reservation does not say whether it waits; what the rules asked for does.
        let unapproved = gift.needed().next().is_some() && state.approver_id.is_none();
        if state.status == Some(GiftStatus::Ordered) && unapproved {
            state.status = Some(GiftStatus::Requested);
        }
        if state != GiftState::of(gift) {
            self.report(history.at, Defect::State, Some(gift.id));
        }
        let giver = Some(gift.giver_id);
        let checks_own = state.checker_id.is_some()
            && [giver, state.approver_id, history.corrector].contains(&state.checker_id);
        let was_bought = matches!(
            gift.status,
            GiftStatus::HandedOver | GiftStatus::Settled | GiftStatus::Released
        );
        if state.approver_id == giver
            || history.corrector == giver
            || checks_own
            || (unapproved && was_bought)
        {
            self.report(history.at, Defect::FourEyes, Some(gift.id));
        }
        let judged_by = gift.rules_number.filter(|number| *number > 0);
        if judged_by.is_some_and(|number| self.rules.get(&number) != gift.rules_hash.as_ref()) {
            self.report(history.at, Defect::Rules, Some(gift.id));
        }
    }
}

/// Whether all money that left this budget for another came in there, and the other way round.
async fn transfers_meet(tx: &TenantTx, id: BudgetId) -> Result<bool, Error> {
    let rows: Vec<(BudgetId, Option<BudgetId>, i64)> = tx
        .find::<gift_ledger::Entity>()
        .select_only()
        .column(gift_ledger::Column::BudgetId)
        .column(gift_ledger::Column::OtherBudgetId)
        .column(gift_ledger::Column::AvailableCents)
        .filter(gift_ledger::Column::Kind.is_in([EntryKind::TransferIn, EntryKind::TransferOut]))
        .filter(gift_ledger::Column::OtherBudgetId.is_not_null())
        .filter(
            gift_ledger::Column::BudgetId
                .eq(id)
                .or(gift_ledger::Column::OtherBudgetId.eq(id)),
        )
        .into_tuple()
        .all(tx)
        .await?;
    let mut between: HashMap<(Option<BudgetId>, i64), i64> = HashMap::new();
    for (budget, other, cents) in rows {
        // Seen from this budget; what left and what came in of one move are each other's opposite.
        let (other, cents, count) = if budget == id {
            (other, cents, 1)
        } else {
            (Some(budget), -cents, -1)
        };
        *between.entry((other, cents)).or_default() += count;
    }
    Ok(between.values().all(|count| *count == 0))
}

/// The hash of every version of the rules, by its number.
async fn rules_hashes(tx: &TenantTx) -> Result<HashMap<i64, String>, Error> {
    let versions: Vec<(i64, serde_json::Value)> = tx
        .find::<gift_rules_version::Entity>()
        .select_only()
        .column(gift_rules_version::Column::Number)
        .column(gift_rules_version::Column::Definition)
        .into_tuple()
        .all(tx)
        .await?;
    Ok(versions
        .into_iter()
        .map(|(number, definition)| (number, rules_hash(&definition)))
        .collect())
}

/// Counts the whole chain of a budget again.
///
/// # Errors
/// [`Error::NotFound`], or when the database does not answer.
pub async fn verify(tx: &TenantTx, id: BudgetId) -> Result<Verification, Error> {
    let budget = super::budget(tx, id).await?;
    let mut verifier = LedgerVerifier {
        budget: &budget,
        rules: rules_hashes(tx).await?,
        sequence: 0,
        balance: Accounts::default(),
        hash: String::new(),
        gifts: HashMap::new(),
        receipts: HashMap::new(),
        closed_at: None,
        findings: Vec::new(),
    };
    let mut entries = 0;
    let mut reached: Option<i64> = None;
    loop {
        let mut query = tx
            .find::<gift_ledger::Entity>()
            .filter(gift_ledger::Column::BudgetId.eq(id))
            .order_by_asc(gift_ledger::Column::Sequence)
            .limit(BATCH);
        if let Some(reached) = reached {
            query = query.filter(gift_ledger::Column::Sequence.gt(reached));
        }
        let piece = query.all(tx).await?;
        let Some(end) = piece.last() else { break };
        reached = Some(end.sequence);
        for entry in &piece {
            verifier.visit(entry);
            entries += 1;
        }
    }
    if entries == 0 {
        verifier.report(0, Defect::Sequence, None);
    }
    if verifier.closed_at != budget.closed_at {
        verifier.report(verifier.sequence, Defect::Budget, None);
    }
    if !transfers_meet(tx, id).await? {
        verifier.report(0, Defect::Transfer, None);
    }
    let gifts = tx
        .find::<gift::Entity>()
        .filter(gift::Column::BudgetId.eq(id))
        .all(tx)
        .await?;
    for gift in &gifts {
        verifier.gift(gift);
    }
    let unexplained: Vec<GiftId> = verifier.gifts.keys().copied().collect();
    for gift in unexplained {
        verifier.report(0, Defect::Facts, Some(gift));
    }
    let ids: Vec<GiftId> = gifts.iter().map(|gift| gift.id).collect();
    for ids in ids.chunks(500) {
        let receipts = tx
            .find::<gift_receipt::Entity>()
            .filter(gift_receipt::Column::GiftId.is_in(ids.iter().copied()))
            .all(tx)
            .await?;
        for receipt in receipts {
            match verifier.receipts.remove(&receipt.id) {
                Some(entry) if is_booked_by(&receipt, &entry) => {}
                Some(entry) => {
                    verifier.report(entry.sequence, Defect::Receipt, Some(receipt.gift_id));
                }
                None => verifier.report(0, Defect::Receipt, Some(receipt.gift_id)),
            }
        }
    }
    let missing: Vec<i64> = verifier
        .receipts
        .values()
        .map(|entry| entry.sequence)
        .collect();
    for at in missing {
        verifier.report(at, Defect::Receipt, None);
    }
    let (balance, head, findings) = (verifier.balance, verifier.hash, verifier.findings);
    Ok(Verification {
        budget,
        entries,
        balance,
        head,
        findings,
    })
}

/// Counts the chains of one organisation again, or of all, each in a transaction of its own, and reads the file of every receipt.
pub async fn verify_all(
    db: &Db,
    file_store: &FileStore,
    slug: Option<&str>,
) -> Result<Vec<(String, Verification)>, Error> {
    let tx = db.platform_read().await?;
    let tenants = tenant::all(&tx).await?;
    drop(tx);
    let mut checked = Vec::new();
    for tenant in tenants
        .into_iter()
        .filter(|tenant| slug.is_none_or(|slug| tenant.slug == slug))
    {
        let tx = db.read(tenant.id).await?;
        for budget in budgets(&tx).await? {
            let mut one = verify(&tx, budget.id).await?;
            one.findings
                .extend(verify_receipt_files(&tx, file_store, budget.id).await?);
            checked.push((tenant.slug.clone(), one));
        }
    }
    Ok(checked)
}
