//! Ledgers and their verification over the API. Amounts are whole cents.

use actix_web::{HttpResponse, get};
use domain::gift_ledger::{
    self, Account, BudgetId, Entry, EntryFilter, EntryKind, Finding, GiftId, GiftKind,
};
use serde::{Deserialize, Serialize};
use tenants::{Permission, permission::may};
use utoipa::{IntoParams, ToSchema};

use super::{api::visible, verification::verify};
use crate::{
    extract::{Id, Query, Staff},
    html::pagination::{LimitQuery, PageRequest},
    problem::Problem,
};

/// An entry of a ledger, with its links for whoever checks ledgers.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LinkedEntry {
    #[serde(flatten)]
    entry: Entry,
    /// The links of the chain; only for whoever checks ledgers.
    link: Option<ChainLink>,
}

impl LinkedEntry {
    fn new(entry: Entry, inspects: bool) -> Self {
        let link = inspects.then(|| ChainLink {
            evidence: entry.evidence.clone(),
            previous_hash: entry.previous_hash.clone(),
            hash: entry.hash.clone(),
        });
        Self { entry, link }
    }
}

/// How an entry hangs in the chain of its budget.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChainLink {
    /// SHA-256 of what it vouches for: the facts of the gift, or the bytes of the receipt.
    evidence: String,
    /// Hash of the entry before it.
    previous_hash: String,
    /// SHA-256 of its canonical form.
    hash: String,
}

/// A piece of a ledger.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LedgerList {
    /// Newest entry first; of one gift: in order.
    items: Vec<LinkedEntry>,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<i64>,
}

/// Where to go on, and which entries: those behind one total.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct LedgerQuery {
    /// `nextCursor` of the answer before.
    cursor: Option<i64>,
    /// How many, at most 100, which is also what is given when nothing is said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// Only entries that changed this account: `allocated`, `available`, `reserved` or `spent`.
    #[param(inline)]
    account: Option<Account>,
    /// Only entries of this kind, such as `reservation`.
    #[param(inline)]
    entry: Option<EntryKind>,
    /// Only entries about gifts of this kind, such as `flowers`.
    #[param(inline)]
    kind: Option<GiftKind>,
}

/// The verification of a ledger.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VerificationDocument {
    /// Whether everything holds.
    sound: bool,
    /// How many entries were counted again.
    entries: i64,
    /// Hash of the newest entry; kept elsewhere, it shows later whether anything was cut off.
    head: String,
    /// Whether the files of the receipts were read as well: not when there are too many bytes for one request. The command
    /// `gehoord check ledger` always reads them.
    receipts_read: bool,
    /// With `keptHead`: the number of the entry that has this hash. None when there is none: then entries were cut off or changed.
    kept_sequence: Option<i64>,
    /// What does not hold, and where.
    findings: Vec<Finding>,
}

/// A head that was kept.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct VerificationQuery {
    /// `head` of an earlier verification, kept elsewhere.
    kept_head: Option<String>,
}

/// The ledger of a budget
#[utoipa::path(tag = "gifts", operation_id = "listGiftEntries", params(("id" = uuid::Uuid, Path, description = "Id of the budget"), LedgerQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of the ledger", body = LedgerList)))]
#[get("/gift-budgets/{id}/entries")]
pub async fn ledger(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    query: Query<LedgerQuery>,
) -> Result<HttpResponse, Problem> {
    let page = PageRequest::parse(query.0.limit)?;
    let tx = staff.read().await?;
    let budget = gift_ledger::budget(&tx, id.0).await?;
    let filter = EntryFilter {
        account: query.0.account,
        entry: query.0.entry,
        gift: query.0.kind,
    };
    let entries = filter
        .entries(&tx, budget.id, query.0.cursor, page.to_read())
        .await?;
    let (entries, next_cursor) = page.split(entries, |entry| entry.sequence);
    Ok(HttpResponse::Ok().json(LedgerList {
        next_cursor,
        items: entries
            .into_iter()
            .map(|entry| LinkedEntry::new(entry, true))
            .collect(),
    }))
}

/// What happened to a gift
///
/// Its entries in the ledger, in order.
#[utoipa::path(tag = "gifts", operation_id = "listEntriesOfGift", params(LimitQuery, ("id" = uuid::Uuid, Path, description = "Id of the gift")), security(("bearer" = [])), responses((status = 200, description = "Its entries", body = LedgerList)))]
#[get("/gifts/{id}/entries")]
pub async fn of_gift(
    staff: Staff<may::ReadGifts>,
    id: Id<GiftId>,
    limit: Query<LimitQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let gift = visible(&staff, &tx, id.0).await?;
    let inspects = staff.may(Permission::InspectGifts);
    Ok(HttpResponse::Ok().json(LedgerList {
        items: gift_ledger::entries_of(&tx, gift.id, limit.0.most()?)
            .await?
            .into_iter()
            .map(|entry| LinkedEntry::new(entry, inspects))
            .collect(),
        next_cursor: None,
    }))
}

/// The verification of a ledger
///
/// Counts the whole chain again: numbers, hashes, sums, balances, and what the entries vouch for, the files of the receipts included.
#[utoipa::path(tag = "gifts", operation_id = "getGiftBudgetVerification", params(("id" = uuid::Uuid, Path, description = "Id of the budget"), VerificationQuery), security(("bearer" = [])), responses((status = 200, description = "The verification", body = VerificationDocument)))]
#[get("/gift-budgets/{id}/verification")]
pub async fn verification(
    staff: Staff<may::InspectGifts>,
    id: Id<BudgetId>,
    query: Query<VerificationQuery>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let (checked, receipts) = verify(&tx, &staff.site.app.file_store, id.0).await?;
    let kept_sequence = match query.0.kept_head {
        Some(hash) => gift_ledger::entry_with_hash(&tx, id.0, &hash)
            .await?
            .map(|entry| entry.sequence),
        None => None,
    };
    Ok(HttpResponse::Ok().json(VerificationDocument {
        sound: checked.findings.is_empty(),
        receipts_read: receipts.is_some(),
        kept_sequence,
        entries: checked.entries,
        head: checked.head,
        findings: checked.findings,
    }))
}
