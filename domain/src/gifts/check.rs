//! Proof that nothing was changed: the whole chain is counted again.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::ExprTrait as _};
use tenants::{Db, TenantTx, tenant, text_enum};

use super::{
    Accounts, Budget, BudgetId, Entry, EntryKind, Gift, GiftId, GiftStatus, budgets,
    entity::{gift, gift_ledger, gift_receipt, gift_rules_version},
    facts::rules_hash,
    read_back,
    story::{Story, is_booked_by, is_whole},
};
use crate::{Error, files::FileStore};

text_enum! {
    /// What does not hold.
    Broken {
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
        /// An attention is not what its reservation vouches for, or has none.
        Facts = "facts",
        /// An attention does not stand where its entries say.
        State = "state",
        /// A budget is not what it was opened or closed as.
        Budget = "budget",
        /// The rules that an attention was judged by are gone, or are other ones.
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
    /// At which entry; 0 when it is about an attention without entries.
    pub sequence: i64,
    /// What.
    pub broken: Broken,
    /// About which attention.
    pub gift: Option<GiftId>,
}

/// The result for one budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
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
const PIECE: u64 = 5_000;

struct Walk<'a> {
    budget: &'a Budget,
    /// The hash of every version of the rules, by its number.
    rules: HashMap<i64, String>,
    /// Whether the first entry vouches for the budget: those that were opened before this was written down vouch for nothing.
    vouches: bool,
    sequence: i64,
    balance: Accounts,
    hash: String,
    stories: HashMap<GiftId, Story>,
    /// The entries that booked a receipt.
    receipts: HashMap<super::ReceiptId, Entry>,
    /// When the year was closed, as an entry tells.
    closed_at: Option<DateTime<Utc>>,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    fn find(&mut self, sequence: i64, broken: Broken, gift: Option<GiftId>) {
        self.findings.push(Finding {
            budget: self.budget.id,
            sequence,
            broken,
            gift,
        });
    }

    fn step(&mut self, entry: &Entry) {
        let at = entry.sequence;
        if at != self.sequence + 1 {
            self.find(at, Broken::Sequence, entry.gift_id);
        }
        if entry.previous_hash != self.hash {
            self.find(at, Broken::Link, entry.gift_id);
        }
        if entry.hash != entry.computed_hash() {
            self.find(at, Broken::Hash, entry.gift_id);
        }
        if entry.change().sum() != 0 {
            self.find(at, Broken::Unbalanced, entry.gift_id);
        }
        if self.balance.after(entry.change()) != Some(entry.balance()) {
            self.find(at, Broken::Balance, entry.gift_id);
        }
        if let Some(id) = entry.gift_id {
            let mut story = self.stories.remove(&id).unwrap_or_default();
            story.hear(entry);
            self.stories.insert(id, story);
        }
        if let Some(id) = entry.receipt_id {
            self.receipts.insert(id, entry.clone());
        }
        if at == 1 {
            self.vouches = !entry.evidence.is_empty();
            if self.vouches && entry.evidence != self.budget.facts_hash() {
                self.find(at, Broken::Budget, None);
            }
        }
        match entry.kind {
            // Money comes into an open budget by moving it.
            EntryKind::Allocation if self.vouches && at > 1 => {
                self.find(at, Broken::Budget, None);
            }
            EntryKind::Spending if self.vouches && entry.receipt_id.is_none() => {
                self.find(at, Broken::Receipt, entry.gift_id);
            }
            EntryKind::Closing => self.closed_at = Some(entry.at),
            // Whoever opened a closed year for a moment left this behind.
            EntryKind::Reservation if self.closed_at.is_some() => {
                self.find(at, Broken::Budget, entry.gift_id);
            }
            _ => {}
        }
        if !is_whole(entry) {
            self.find(at, Broken::Unbalanced, entry.gift_id);
        }
        self.sequence = at;
        self.balance = entry.balance();
        self.hash.clone_from(&entry.hash);
    }

    fn gift(&mut self, gift: &Gift) {
        let story = self.stories.remove(&gift.id).unwrap_or_default();
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
        let vouched = story.facts.as_deref();
        if !vouched.is_some_and(|evidence| gift.is_vouched_for(evidence))
            || story.moved_due != gift.moved_due_hash()
            || story.forgotten != forgotten
            || (forgotten && !no_person)
        {
            self.find(story.at, Broken::Facts, Some(gift.id));
        }
        // A reservation does not tell whether it waits; what the rules asked for does.
        let asks = gift.needed().next().is_some() && story.approver.is_none();
        let stands = match story.status {
            Some(GiftStatus::Ordered) if asks => Some(GiftStatus::Requested),
            told => told,
        };
        // Until there was a kind of entry for it, what lapsed was booked as released.
        let lapsed = gift.status == GiftStatus::Lapsed
            && story.status == Some(GiftStatus::Released)
            && story.approver.is_none();
        let told = (gift.approver_id, gift.checker_id, gift.spent_cents);
        if (stands != Some(gift.status) && !lapsed)
            || told != (story.approver, story.checker, story.spent)
            || gift.handed_over_at != story.handed_over
            || gift.amount_cents != story.reserved
        {
            self.find(story.at, Broken::State, Some(gift.id));
        }
        let giver = Some(gift.giver_id);
        let checks_own = story.checker.is_some()
            && [giver, story.approver, story.corrector].contains(&story.checker);
        let unagreed = asks
            && matches!(
                gift.status,
                GiftStatus::HandedOver | GiftStatus::Settled | GiftStatus::Released
            );
        if story.approver == giver || story.corrector == giver || checks_own || unagreed {
            self.find(story.at, Broken::FourEyes, Some(gift.id));
        }
        let judged_by = gift.rules_number.filter(|number| *number > 0);
        if judged_by.is_some_and(|number| self.rules.get(&number) != gift.rules_hash.as_ref()) {
            self.find(story.at, Broken::Rules, Some(gift.id));
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
pub async fn check(tx: &TenantTx, id: BudgetId) -> Result<Checked, Error> {
    let budget = super::budget(tx, id).await?;
    let mut walk = Walk {
        budget: &budget,
        rules: rules_hashes(tx).await?,
        vouches: false,
        sequence: 0,
        balance: Accounts::default(),
        hash: String::new(),
        stories: HashMap::new(),
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
            .limit(PIECE);
        if let Some(reached) = reached {
            query = query.filter(gift_ledger::Column::Sequence.gt(reached));
        }
        let piece = query.all(tx).await?;
        let Some(end) = piece.last() else { break };
        reached = Some(end.sequence);
        for entry in &piece {
            walk.step(entry);
            entries += 1;
        }
    }
    if entries == 0 {
        walk.find(0, Broken::Sequence, None);
    }
    if walk.closed_at != budget.closed_at && (walk.closed_at.is_some() || walk.vouches) {
        walk.find(walk.sequence, Broken::Budget, None);
    }
    if !transfers_meet(tx, id).await? {
        walk.find(0, Broken::Transfer, None);
    }
    let gifts = tx
        .find::<gift::Entity>()
        .filter(gift::Column::BudgetId.eq(id))
        .all(tx)
        .await?;
    for gift in &gifts {
        walk.gift(gift);
    }
    let unexplained: Vec<GiftId> = walk.stories.keys().copied().collect();
    for gift in unexplained {
        walk.find(0, Broken::Facts, Some(gift));
    }
    let ids: Vec<GiftId> = gifts.iter().map(|gift| gift.id).collect();
    for ids in ids.chunks(500) {
        let receipts = tx
            .find::<gift_receipt::Entity>()
            .filter(gift_receipt::Column::GiftId.is_in(ids.iter().copied()))
            .all(tx)
            .await?;
        for receipt in receipts {
            match walk.receipts.remove(&receipt.id) {
                Some(entry) if is_booked_by(&receipt, &entry) => {}
                Some(entry) => {
                    walk.find(entry.sequence, Broken::Receipt, Some(receipt.gift_id));
                }
                None => walk.find(0, Broken::Receipt, Some(receipt.gift_id)),
            }
        }
    }
    let missing: Vec<i64> = walk.receipts.values().map(|entry| entry.sequence).collect();
    for at in missing {
        walk.find(at, Broken::Receipt, None);
    }
    let (balance, head, findings) = (walk.balance, walk.hash, walk.findings);
    Ok(Checked {
        budget,
        entries,
        balance,
        head,
        findings,
    })
}

/// Counts the chains of one organisation again, or of all, each in a transaction of its own, and reads the file of every receipt.
pub async fn check_all(
    db: &Db,
    file_store: &FileStore,
    slug: Option<&str>,
) -> Result<Vec<(String, Checked)>, Error> {
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
            let mut one = check(&tx, budget.id).await?;
            one.findings
                .extend(read_back(&tx, file_store, budget.id).await?);
            checked.push((tenant.slug.clone(), one));
        }
    }
    Ok(checked)
}
