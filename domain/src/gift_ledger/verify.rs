//! The verification that nothing was changed: the whole chain is counted again.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, sea_query::ExprTrait as _};
use serde::Serialize;
use tenants::{Db, TenantTx, tenant, text_enum};
use utoipa::ToSchema;

use super::{
    Accounts, Budget, BudgetId, Entry, EntryKind, Gift, GiftId, GiftStatus, budgets,
    chain::entries_after,
    entity::{gift, gift_ledger, gift_receipt, gift_rules_version},
    evidence::rules_hash,
    projection::{GiftHistory, is_booked_by, is_whole},
    receipt_files::BookedReceipt,
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

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// In which budget.
    #[serde(skip)]
    pub budget: BudgetId,
    /// At which entry; 0 when it is about a gift without entries.
    pub sequence: i64,
    /// `sequence`, `link`, `hash`, `unbalanced`, `balance`, `facts`, `state`, `budget`, `rules`, `transfer`, `fourEyes`, `receipt` or `file`.
    pub defect: Defect,
    /// About which gift.
    #[serde(rename = "giftId")]
    #[schema(value_type = Option<uuid::Uuid>)]
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
    /// The receipts that entries booked, in the order of the entries.
    pub receipts: Vec<BookedReceipt>,
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
    /// Gifts that entries are about and that have no row.
    without_gift: Vec<GiftId>,
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

    /// Reports each defect that is there.
    fn report_all<const N: usize>(
        &mut self,
        sequence: i64,
        gift: Option<GiftId>,
        defects: [(bool, Defect); N],
    ) {
        for (is_there, defect) in defects {
            if is_there {
                self.report(sequence, defect, gift);
            }
        }
    }

    fn visit(&mut self, entry: &Entry) {
        let (at, change) = (entry.sequence, entry.change());
        let evidence = &entry.evidence;
        let by_kind = match entry.kind {
            // Money comes into an open budget by moving it.
            EntryKind::Allocation => (at > 1, Defect::Budget),
            EntryKind::Spending => (entry.receipt_id.is_none(), Defect::Receipt),
            // Whoever opened a closed year for a moment left this behind.
            EntryKind::Reservation => (self.closed_at.is_some(), Defect::Budget),
            _ => (false, Defect::Budget),
        };
        let balance = self.balance.after(change);
        let defects = [
            (at != self.sequence + 1, Defect::Sequence),
            (entry.previous_hash != self.hash, Defect::Link),
            (entry.hash != entry.computed_hash(), Defect::Hash),
            (change.sum() != 0, Defect::Unbalanced),
            (balance != Some(entry.balance()), Defect::Balance),
            (
                at == 1 && *evidence != self.budget.evidence_hash(),
                Defect::Budget,
            ),
            by_kind,
            (!is_whole(entry), Defect::Unbalanced),
        ];
        self.report_all(at, entry.gift_id, defects);
        if let Some(id) = entry.gift_id {
            match self.gifts.get_mut(&id) {
                Some(history) => history.visit(entry),
                None => self.without_gift.push(id),
            }
        }
        if let Some(id) = entry.receipt_id {
            self.receipts.insert(id, entry.clone());
        }
        if entry.kind == EntryKind::Closing {
            self.closed_at = Some(entry.at);
        }
        self.sequence = at;
        self.balance = entry.balance();
        self.hash.clone_from(&entry.hash);
    }

    fn gift(&mut self, gift: &Gift, history: &GiftHistory) {
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
        let is_other = history.facts != Some(gift.evidence_hash())
            || history.moved_due != gift.moved_due_hash()
            || history.forgotten != forgotten
            || (forgotten && !no_person);
        let booked = &history.gift;
        let giver = Some(gift.giver_id);
        let checks_own = booked.checker_id.is_some()
            && [giver, booked.approver_id, history.corrector].contains(&booked.checker_id);
        let unapproved = gift.needed().next().is_some() && booked.approver_id.is_none();
        let was_bought = matches!(
            gift.status,
            GiftStatus::HandedOver | GiftStatus::Settled | GiftStatus::Released
        );
        let alone = booked.approver_id == giver
            || history.corrector == giver
            || checks_own
            || (unapproved && was_bought);
        let judged_by = gift.rules_number.filter(|number| *number > 0);
        let by_other_rules =
            judged_by.is_some_and(|number| self.rules.get(&number) != gift.rules_hash.as_ref());
        let defects = [
            (is_other, Defect::Facts),
            (booked != gift, Defect::State),
            (alone, Defect::FourEyes),
            (by_other_rules, Defect::Rules),
        ];
        self.report_all(history.at, Some(gift.id), defects);
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
pub async fn verify(tx: &TenantTx, id: BudgetId) -> Result<Verification, Error> {
    let budget = super::budget(tx, id).await?;
    let gifts = tx
        .find::<gift::Entity>()
        .filter(gift::Column::BudgetId.eq(id))
        .all(tx)
        .await?;
    let mut verifier = LedgerVerifier {
        budget: &budget,
        rules: rules_hashes(tx).await?,
        sequence: 0,
        balance: Accounts::default(),
        hash: String::new(),
        gifts: gifts
            .iter()
            .map(|gift| (gift.id, GiftHistory::new(gift)))
            .collect(),
        without_gift: Vec::new(),
        receipts: HashMap::new(),
        closed_at: None,
        findings: Vec::new(),
    };
    let mut entries = 0;
    let mut reached = i64::MIN;
    loop {
        let piece = entries_after(tx, id, reached, BATCH).await?;
        let Some(end) = piece.last() else { break };
        reached = end.sequence;
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
    for gift in &gifts {
        if let Some(history) = verifier.gifts.remove(&gift.id) {
            verifier.gift(gift, &history);
        }
    }
    let mut unexplained = std::mem::take(&mut verifier.without_gift);
    unexplained.sort_unstable();
    unexplained.dedup();
    for gift in unexplained {
        verifier.report(0, Defect::Facts, Some(gift));
    }
    let ids: Vec<GiftId> = gifts.iter().map(|gift| gift.id).collect();
    let mut booked: Vec<BookedReceipt> = Vec::new();
    for ids in ids.chunks(500) {
        let receipts = tx
            .find::<gift_receipt::Entity>()
            .filter(gift_receipt::Column::GiftId.is_in(ids.iter().copied()))
            .all(tx)
            .await?;
        for receipt in receipts {
            let entry = verifier.receipts.remove(&receipt.id);
            if !entry
                .as_ref()
                .is_some_and(|entry| is_booked_by(&receipt, entry))
            {
                let at = entry.as_ref().map_or(0, |entry| entry.sequence);
                verifier.report(at, Defect::Receipt, Some(receipt.gift_id));
            }
            booked.extend(entry.map(|entry| BookedReceipt { receipt, entry }));
        }
    }
    booked.sort_by_key(|one| one.entry.sequence);
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
        receipts: booked,
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
            one.verify_receipt_files(file_store).await?;
            checked.push((tenant.slug.clone(), one));
        }
    }
    Ok(checked)
}
