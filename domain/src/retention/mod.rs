//! Deleting what residents told once the time that their form named is over, while what the municipality did stays countable.
//!
//! What goes: answers that tell of a person, files, the title, the story, the place and how the resident could be reached; the notes of staff
//! about them, in contact moments, outcomes and reasons; the words with a score; and the mails about it that were sent. What stays: reference,
//! kind, category, dates, clocks with the proofs of the law, the outcome, the grade and consent, so that the yearly register (Awb art. 9:12a)
//! goes on to add up. A gift has a time of its own (`gifts::anonymise`).
//!
//! A complaint is kept five years after it was closed, also when its form says less (Selectielijst gemeenten 2020, result 13.1).
//!
//! A case that was taken into another one goes with it. Reopening puts the day off: the time counts from the last closing.

mod submission;

use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value, json};
use tenants::TenantTx;

use crate::{
    Error,
    audit::{self, Action},
    cases::{
        self, Case, CaseStatus,
        entity::{
            case_event,
            case_file::{self, Column},
            case_merge, contact_moment,
        },
        merged_cases,
    },
    clocks, elsewhere, formal_complaint, inbound, mail, measures, messages, notes, presence, queue,
    resident, scores, search, tasks, unsent,
};

/// Cases in one transaction.
const BATCH: u64 = 50;
/// Words of staff in the events of a case.
const WORDS: [&str; 4] = ["reason", "note", "outcomeNote", "keptAt"];

/// Plans a batch of the closed cases that have no day yet, and erases a batch of those whose day has come, oldest first. Gives back whether
/// there may be more.
pub(crate) async fn erase_due(tx: &TenantTx) -> Result<bool, Error> {
    let planned = plan(tx).await?;
    let due = tx
        .find::<case_file::Entity>()
        .filter(Column::ErasedAt.is_null())
        .filter(Column::EraseAt.lte(tx.now()))
        .filter(Column::Status.eq(CaseStatus::Closed))
        .order_by_asc(Column::EraseAt)
        .order_by_asc(Column::Id)
        .limit(BATCH)
        .all(tx)
        .await?;
    for case in &due {
        for other in merged_cases(tx, case.id).await? {
            erase(tx, &other).await?;
        }
        erase(tx, case).await?;
    }
    let full = |count: usize| u64::try_from(count).is_ok_and(|count| count == BATCH);
    Ok(full(planned) || full(due.len()))
}

async fn plan(tx: &TenantTx) -> Result<usize, Error> {
    let closed = tx
        .find::<case_file::Entity>()
        .filter(Column::ErasedAt.is_null())
        .filter(Column::EraseAt.is_null())
        .filter(Column::Status.eq(CaseStatus::Closed))
        .filter(Column::ClosedAt.is_not_null())
        .order_by_asc(Column::Id)
        .limit(BATCH)
        .all(tx)
        .await?;
    for case in &closed {
        let Some(at) = case.closed_at else { continue };
        let day = submission::erase_at(tx, case, at).await?;
        tx.update::<case_file::Entity>()
            .col_expr(Column::EraseAt, Expr::value(day))
            .filter(Column::Id.eq(case.id))
            .filter(Column::ClosedAt.eq(at))
            .exec(tx)
            .await?;
    }
    Ok(closed.len())
}

/// Erases one case. Whoever reopened it just before wins.
async fn erase(tx: &TenantTx, case: &Case) -> Result<(), Error> {
    let mut update = tx
        .update::<case_file::Entity>()
        .col_expr(Column::ErasedAt, Expr::value(tx.now()));
    for (column, nothing) in case_file::erased_contents(&case.language) {
        update = update.col_expr(column, Expr::value(nothing));
    }
    let erased = update
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(case.id))
        .filter(Column::Version.eq(case.version))
        .filter(Column::ErasedAt.is_null())
        .exec(tx)
        .await?;
    if erased.rows_affected == 0 {
        return Ok(());
    }
    let fields = submission::erase(tx, case.submission_id).await?;
    tx.update::<contact_moment::Entity>()
        .col_expr(contact_moment::Column::Note, Expr::value(""))
        .col_expr(contact_moment::Column::Wish, Expr::value(""))
        .filter(contact_moment::Column::CaseId.eq(case.id))
        .exec(tx)
        .await?;
    tx.update::<case_merge::Entity>()
        .col_expr(case_merge::Column::Reason, Expr::value(""))
        .filter(
            case_merge::Column::MergedId
                .eq(case.id)
                .or(case_merge::Column::TargetId.eq(case.id)),
        )
        .exec(tx)
        .await?;
    elsewhere::erase(tx, case.id).await?;
    events_without_words(tx, case).await?;
    notes::erase(tx, case.id).await?;
    tasks::erase(tx, case.id).await?;
    unsent::erase(tx, case.id).await?;
    presence::erase(tx, case.id).await?;
    clocks::erase_words(tx, case.id).await?;
    scores::erase(tx, case.id).await?;
    cases::erase_subjects(tx, case.id).await?;
    messages::erase(tx, case.id).await?;
    formal_complaint::erase(tx, case.id).await?;
    resident::erase(tx, case.id).await?;
    search::erase(tx, case.id).await?;
    queue::erase_tags(tx, case.id).await?;
    inbound::erase(tx, case.id).await?;
    measures::erase(tx, case.id).await?;
    let recipient = case.contact_email.as_deref();
    mail::erase(tx, case.id.0, recipient, &case.reference).await?;
    let object = ("case", Some(case.id.0));
    let details = json!({ "fields": fields });
    audit::record(tx, None, Action::CaseErase, object, details).await
}

async fn events_without_words(tx: &TenantTx, case: &Case) -> Result<(), Error> {
    for mut event in cases::events(tx, case.id).await? {
        let Value::Object(details) = &mut event.details else {
            continue;
        };
        let before = details.len();
        details.retain(|key, _| !WORDS.contains(&key.as_str()));
        if let Some(Value::Object(inner)) = details.get_mut("details") {
            inner.remove("keptAt");
        }
        if details.len() == before && !details.contains_key("details") {
            continue;
        }
        tx.update::<case_event::Entity>()
            .col_expr(case_event::Column::Details, Expr::value(event.details))
            .filter(case_event::Column::Id.eq(event.id))
            .exec(tx)
            .await?;
    }
    Ok(())
}
