//! May it be given, and giving it.

use chrono::{DateTime, Datelike, Months, NaiveDate, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Func},
};
use serde_json::json;
use tenants::{TenantTx, secret::Signer, staff::StaffMember, text_enum};

use super::{
    Accounts, Budget, BudgetId, Contact, EntryKind, Gift, GiftKind, GiftRules, GiftStatus,
    PersonKeys, Ruling, TEXT_MAX, amount,
    entity::gift,
    ledger::{Booking, lock, lock_giver},
    rules::rules,
};
use crate::{
    Code, Error, FieldErrors,
    cases::{self, CaseId, EventKind},
    forms::clean,
    scores,
};

text_enum! {
    /// Why a second pair of eyes is needed, or what is good to know.
    Why {
        /// It costs more than the rules leave to one person.
        Amount = "amount",
        /// The rules ask it for this kind.
        Kind = "kind",
        /// An objection, a claim or a formal complaint runs: a cooling rule, never about a score or about withdrawing.
        Procedure = "procedure",
        /// This person got an attention this year already; told, never asked for approval.
        Duplicate = "duplicate",
    }
}

/// An attention to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGift<'a> {
    /// From which budget.
    pub budget: BudgetId,
    /// In which case; none when "zomaar".
    pub case: Option<CaseId>,
    /// What kind it is.
    pub kind: GiftKind,
    /// What it costs, in cents, VAT included: for the municipality VAT is a cost here.
    pub amount_cents: i64,
    /// What it is, such as "bos bloemen".
    pub description: &'a str,
    /// Why it fits this person.
    pub reason: &'a str,
    /// For whom, when it is no case.
    pub recipient: &'a str,
    /// How that person can be reached; kept as hashes only.
    pub contact: (&'a str, &'a str, &'a str),
    /// Whether an objection, a claim or a formal complaint of this person runs.
    pub procedure_runs: bool,
}

/// What the rules say of an attention that may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What is left in the budget now, in cents.
    pub left_cents: i64,
    /// Why a second pair of eyes is needed; nothing when it may be given at once.
    pub approval: Vec<Why>,
    /// What is good to know.
    pub warnings: Vec<Why>,
}

struct Prepared {
    description: String,
    reason: String,
    recipient: String,
    keys: PersonKeys,
    before_score: bool,
    rules: GiftRules,
}

async fn prepare(tx: &TenantTx, new: &NewGift<'_>, persons: &Signer) -> Result<Prepared, Error> {
    let description = clean::line(new.description);
    let reason = clean::text(new.reason);
    let recipient = clean::line(new.recipient);
    let mut errors = FieldErrors::default();
    if let Err(code) = amount::check(new.amount_cents) {
        errors.add("amount", code);
    }
    for (field, text, needed) in [
        ("description", &description, true),
        ("reason", &reason, true),
        ("recipient", &recipient, new.case.is_none()),
    ] {
        if text.is_empty() && needed {
            errors.add(field, "required");
        } else if text.chars().count() > TEXT_MAX {
            errors.add_with(field, "too_long", "max", TEXT_MAX);
        }
    }
    errors.into_result()?;
    let (mail, phone, address) = new.contact;
    let typed = Contact {
        mail,
        phone,
        address,
    };
    let (keys, before_score) = match new.case {
        None => (PersonKeys::of(persons, tx.tenant(), typed), false),
        Some(id) => {
            let case = cases::get(tx, id).await?;
            cases::refuse_merged(tx, &case).await?;
            let contact = Contact {
                mail: case.contact_email.as_deref().unwrap_or_default(),
                phone: case.contact_phone_e164.as_deref().unwrap_or_default(),
                address: "",
            };
            (
                PersonKeys::of(persons, tx.tenant(), contact),
                scores::given(tx, id).await?.is_none(),
            )
        }
    };
    let (_, rules) = rules(tx).await?;
    Ok(Prepared {
        description,
        reason,
        recipient,
        keys,
        before_score,
        rules,
    })
}

/// Statuses of attentions that cost nothing in the end.
const VOID: [GiftStatus; 3] = [
    GiftStatus::Declined,
    GiftStatus::Cancelled,
    GiftStatus::Released,
];

async fn given(tx: &TenantTx, which: Condition, since: DateTime<Utc>) -> Result<i64, Error> {
    let worth = Expr::from(Func::coalesce([
        Expr::col(gift::Column::SpentCents),
        Expr::col(gift::Column::AmountCents),
    ]));
    let sum: Option<Option<i64>> = tx
        .find::<gift::Entity>()
        .select_only()
        .expr(worth.sum().cast_as("bigint"))
        .filter(which)
        .filter(gift::Column::GivenAt.gte(since))
        .filter(gift::Column::Status.is_not_in(VOID))
        .into_tuple()
        .one(tx)
        .await?;
    Ok(sum.flatten().unwrap_or_default())
}

fn year_start(now: DateTime<Utc>) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(now.year(), 1, 1)
        .map_or(now, |day| day.and_time(chrono::NaiveTime::MIN).and_utc())
}

fn short(left_cents: i64) -> Error {
    Error::refused_because(Code::BudgetShort, "cents", left_cents.to_string())
}

/// What a person got this year, in cents.
async fn got(tx: &TenantTx, keys: &PersonKeys) -> Result<i64, Error> {
    let mut person = Condition::any();
    for (column, key) in [
        (gift::Column::MailHash, &keys.mail),
        (gift::Column::PhoneHash, &keys.phone),
        (gift::Column::AddressHash, &keys.address),
    ] {
        if let Some(key) = key {
            person = person.add(column.eq(key.as_str()));
        }
    }
    given(tx, person, year_start(tx.now())).await
}

/// What the rules say, apart from whether enough is left: that is known when the budget is locked.
async fn judge(
    tx: &TenantTx,
    budget: &Budget,
    actor: &StaffMember,
    new: &NewGift<'_>,
    prepared: &Prepared,
) -> Result<Verdict, Error> {
    let rules = &prepared.rules;
    let cents = new.amount_cents;
    let over = |code, cap: i64| Err(Error::refused_because(code, "cents", cap.to_string()));
    if budget.closed_at.is_some() {
        return Err(Error::refused(Code::BudgetClosed));
    }
    let cap = budget
        .cap_cents
        .map_or(rules.cap_cents, |cap| Ord::min(cap, rules.cap_cents));
    if cents > cap {
        return over(Code::GiftOverCap, cap);
    }
    if rules.ruling(new.kind) == Ruling::Excluded {
        return Err(Error::refused(Code::GiftKindExcluded));
    }
    let since = tx
        .now()
        .checked_sub_months(Months::new(rules.period_months))
        .unwrap_or(tx.now());
    let mine = Condition::all().add(gift::Column::GiverId.eq(actor.id));
    if given(tx, mine, since).await? + cents > rules.employee_period_cents {
        return over(Code::GiftOverEmployeeCap, rules.employee_period_cents);
    }
    let mut warnings = Vec::new();
    if !prepared.keys.is_empty() {
        let got = got(tx, &prepared.keys).await?;
        if got + cents > rules.person_year_cents {
            return over(Code::GiftOverPersonCap, rules.person_year_cents);
        }
        if got > 0 {
            warnings.push(Why::Duplicate);
        }
    }
    let mut approval = Vec::new();
    if cents > rules.four_eyes_above_cents {
        approval.push(Why::Amount);
    }
    if rules.ruling(new.kind) == Ruling::NeedsApproval {
        approval.push(Why::Kind);
    }
    if new.procedure_runs {
        approval.push(Why::Procedure);
    }
    Ok(Verdict {
        left_cents: 0,
        approval,
        warnings,
    })
}

/// Whether an attention may be given, without giving it.
///
/// # Errors
/// As [`give`].
pub async fn assess(
    tx: &TenantTx,
    actor: &StaffMember,
    new: &NewGift<'_>,
    persons: &Signer,
) -> Result<Verdict, Error> {
    let prepared = prepare(tx, new, persons).await?;
    let budget = super::budget(tx, new.budget).await?;
    let left = super::ledger::newest(tx, new.budget)
        .await?
        .map_or(0, |head| head.available_after);
    let mut verdict = judge(tx, &budget, actor, new, &prepared).await?;
    if new.amount_cents > left {
        return Err(short(left));
    }
    verdict.left_cents = left;
    Ok(verdict)
}

/// Gives an attention: sets its money apart and writes the ledger, both or neither. When the rules ask for a second pair of eyes, it waits
/// for approval with its money set apart.
///
/// The budget is locked late; of two people who spend the last euros at the same instant, one gets them.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::BudgetShort`] with what is left, or the [`Code`] of the rule that says no; [`Error::NotFound`].
pub async fn give(
    tx: &TenantTx,
    actor: &StaffMember,
    new: &NewGift<'_>,
    persons: &Signer,
) -> Result<(Gift, Verdict), Error> {
    let prepared = prepare(tx, new, persons).await?;
    let budget = lock_giver(tx, actor.id, new.budget).await?;
    let mut verdict = judge(tx, &budget, actor, new, &prepared).await?;
    let keys = prepared.keys.clone();
    let status = if verdict.approval.is_empty() {
        GiftStatus::Ordered
    } else {
        GiftStatus::Requested
    };
    let row = gift::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        budget_id: Set(new.budget),
        case_id: Set(new.case),
        giver_id: Set(actor.id),
        kind: Set(new.kind),
        description: Set(prepared.description),
        reason: Set(prepared.reason),
        recipient: Set((!prepared.recipient.is_empty()).then_some(prepared.recipient)),
        mail_hash: Set(prepared.keys.mail),
        phone_hash: Set(prepared.keys.phone),
        address_hash: Set(prepared.keys.address),
        amount_cents: Set(new.amount_cents),
        spent_cents: Set(None),
        status: Set(status),
        approval_needed: Set(serde_json::to_value(&verdict.approval).map_err(Error::bug)?),
        approver_id: Set(None),
        checker_id: Set(None),
        before_score: Set(prepared.before_score),
        given_at: Set(tx.now()),
        receipt_due_at: Set(tx.now() + TimeDelta::days(prepared.rules.receipt_days.into())),
        handed_over_at: Set(None),
    };
    let mut locked = lock(tx, new.budget).await?;
    if locked.budget.closed_at.is_some() {
        return Err(Error::refused(Code::BudgetClosed));
    }
    // Somebody else may have given to the same person while this request stood in line.
    let person_cap = prepared.rules.person_year_cents;
    if !keys.is_empty() && got(tx, &keys).await? + new.amount_cents > person_cap {
        return Err(Error::refused_because(
            Code::GiftOverPersonCap,
            "cents",
            person_cap.to_string(),
        ));
    }
    verdict.left_cents = locked.balance.available;
    if new.amount_cents > verdict.left_cents {
        return Err(short(verdict.left_cents));
    }
    // Nothing is written before everything is known: whoever goes on in the same transaction after a refusal finds it as it was.
    let gift = tx.insert(row).await?;
    let mut booking = Booking::new(
        EntryKind::Reservation,
        Accounts::reserve(new.amount_cents),
        Some(actor.id),
    );
    booking.gift = Some(gift.id);
    booking.evidence = gift.facts_hash();
    locked.book(tx, booking).await?;
    if let Some(case) = new.case {
        let details = json!({ "cents": new.amount_cents, "description": gift.description });
        cases::note_event(tx, case, EventKind::Gift, Some(actor.id), details).await?;
    }
    Ok((gift, verdict))
}
