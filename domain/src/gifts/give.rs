//! Giving a gift.

use sea_orm::{ActiveModelTrait, ConnectionTrait, IntoActiveModel, sea_query::Query};
use serde_json::json;
use tenants::{NewRow, Permission, TenantTx, permission, secret::Signer, staff::StaffMember};

use super::{
    Contact, GiftReason, GiftRules, RecipientKeys, Verdict, notices,
    policy::{evaluate, of_complaint},
    recipient::lock_recipient,
    rule_inputs::{BudgetContext, RuleTotals, Subjects},
};
use crate::{
    Error,
    cases::{self, Case, CaseId, EventKind},
    desk::{self, ContactDetails},
    gift_ledger::{
        Accounts, BudgetId, EntryKind, Gift, GiftKind, GiftStatus,
        chain::{Booking, Locked},
    },
    scores,
};

/// A gift to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGift {
    /// From which budget.
    pub budget: BudgetId,
    /// In which case; none when "zomaar".
    pub case: Option<CaseId>,
    /// What kind it is.
    pub kind: GiftKind,
    /// What it costs, in cents, VAT included: for the municipality VAT is a cost here.
    pub amount_cents: i64,
    /// What it is, such as "bos bloemen".
    pub description: String,
    /// Why it fits this person.
    pub reason: String,
    /// For whom, when it is no case.
    pub recipient: String,
    /// How that person can be reached; kept as hashes only.
    pub contact: Contact,
    /// Whether an objection, a claim or a formal complaint of this person runs, as far as the giver knows.
    pub procedure_runs: bool,
}

/// For whom a gift is.
struct Recipient {
    keys: RecipientKeys,
    whom: ContactDetails,
    /// Whether the resident of its case gave no score yet.
    before_score: bool,
}

impl Recipient {
    async fn of(
        tx: &TenantTx,
        actor: &StaffMember,
        new: &NewGift,
        persons: &Signer,
    ) -> Result<Self, Error> {
        let keys = |contact| RecipientKeys::of(persons, tx.tenant(), contact);
        let Some(id) = new.case else {
            return Ok(Self {
                keys: keys(&new.contact),
                whom: new.contact.whom(),
                before_score: false,
            });
        };
        // A case that somebody may not read is as one that is not there.
        if !permission::allowed(&actor.roles, Permission::ReadCases) {
            return Err(Error::NotFound);
        }
        let case = cases::seen(tx, cases::Viewer::of(actor), id).await?;
        cases::refuse_merged(tx, &case).await?;
        cases::refuse_trial(&case)?;
        Ok(Self {
            keys: keys(&contact_of(&case)),
            whom: whom_of(&case),
            before_score: scores::given(tx, id).await?.is_none(),
        })
    }

    fn subjects(&self, giver: &StaffMember) -> Subjects<'_> {
        Subjects {
            giver: giver.id,
            keys: &self.keys,
            whom: &self.whom,
            again: None,
        }
    }
}

fn contact_of(case: &Case) -> Contact {
    Contact {
        mail: case.contact_email.clone().unwrap_or_default(),
        phone: case.contact_phone_e164.clone().unwrap_or_default(),
        address: String::new(),
    }
}

fn whom_of(case: &Case) -> ContactDetails {
    ContactDetails {
        case: Some(case.id),
        ..contact_of(case).whom()
    }
}

/// What a giver should know of the resident of a case before anything is filled in: whether a complaint of theirs runs, and what the rules make
/// of that. One statement.
pub async fn complaint_notice(
    tx: &TenantTx,
    case: &Case,
    rules: &GiftRules,
) -> Result<Option<GiftReason>, Error> {
    let Some(runs) = desk::has_open_complaint(tx, &whom_of(case)) else {
        return Ok(None);
    };
    let query = Query::select().expr_as(runs, "complaint_runs").to_owned();
    let row = tx.query_one(&query).await?.ok_or(Error::NotFound)?;
    Ok(of_complaint(row.try_get("", "complaint_runs")?, rules))
}

/// Whether a gift may be given, without giving it.
pub async fn assess(
    tx: &TenantTx,
    actor: &StaffMember,
    new: &NewGift,
    persons: &Signer,
) -> Result<Verdict, Error> {
    let recipient = Recipient::of(tx, actor, new, persons).await?;
    let context = BudgetContext::read(tx, actor.id, new.budget, false).await?;
    let totals = RuleTotals::read(tx, &context, &recipient.subjects(actor)).await?;
    evaluate(tx.now(), new, &context, &totals)
}

/// Gives a gift: sets its money apart and writes the ledger, both or neither. When the rules ask for approval by a second person, it waits
/// for approval with its money set apart.
///
/// Giving takes three locks, always in this order, so that nobody waits in a circle: at what is known of the person (by the
/// keys in their own order), at the colleague's own row, and at the budget. On `PostgreSQL` three statements when nothing is known of the
/// person, four when something is, and three more in a case.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::BudgetShort`](crate::Code::BudgetShort) with what is left, or the [`Code`](crate::Code) of the rule that says
/// no; [`Error::NotFound`], also for a case that the actor may not read.
pub async fn give(
    tx: &TenantTx,
    actor: &StaffMember,
    new: &NewGift,
    persons: &Signer,
) -> Result<(Gift, Verdict), Error> {
    let recipient = Recipient::of(tx, actor, new, persons).await?;
    lock_recipient(tx, &recipient.keys).await?;
    let context = BudgetContext::read(tx, actor.id, new.budget, true).await?;
    let totals = RuleTotals::read(tx, &context, &recipient.subjects(actor)).await?;
    // Nothing of the gift is written before everything is known.
    let verdict = evaluate(tx.now(), new, &context, &totals)?;
    let mut gift = Gift {
        tenant_id: tx.tenant(),
        id: tx.new_id(),
        budget_id: new.budget,
        case_id: new.case,
        giver_id: actor.id,
        kind: new.kind,
        description: new.description.clone(),
        reason: new.reason.clone(),
        recipient: (!new.recipient.is_empty()).then(|| new.recipient.clone()),
        mail_hash: recipient.keys.mail,
        phone_hash: recipient.keys.phone,
        address_hash: recipient.keys.address,
        amount_cents: new.amount_cents,
        spent_cents: None,
        status: GiftStatus::Requested,
        rules_number: Some(context.rules_version.0),
        rules_hash: Some(context.rules_version.1.clone()),
        approval_needed: serde_json::to_value(&verdict.approval).map_err(Error::bug)?,
        approver_id: None,
        checker_id: None,
        before_score: recipient.before_score,
        given_at: tx.now(),
        receipt_due_at: context.rules.receipt_due(tx.now(), context.zone),
        first_due_at: None,
        handed_over_at: None,
        forgotten_at: None,
    };
    gift.status = gift.first_status();
    let mut booking = Booking::new(
        EntryKind::Reservation,
        Accounts::reserve(new.amount_cents),
        Some(actor.id),
    );
    booking.gift = Some(gift.id);
    booking.evidence = gift.evidence_hash();
    let holder = context.budget.holder_id;
    Locked::new(context.budget, totals.head)
        .book_with(
            tx,
            booking,
            vec![NewRow::of(gift.clone().into_active_model().reset_all())],
        )
        .await?;
    if let Some(case) = new.case {
        let details = json!({ "cents": new.amount_cents, "description": gift.description });
        cases::record_event(tx, case, EventKind::Gift, Some(actor.id), details).await?;
    }
    notices::waits(tx, &gift, holder).await?;
    Ok((gift, verdict))
}
