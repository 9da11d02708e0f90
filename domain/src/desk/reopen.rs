//! A closed case turns out not to be done.
//!
//! What was measured stays: the clock of the first contact keeps its result, and so does that of the closing. A new clock of the closing
//! begins; both stay in the case for reports. When nobody ever spoke with the resident, the promise to call begins anew as well.
//!
//! The terms of the law do not begin anew. A complaint that was settled to the resident's satisfaction ends the duties of Awb chapter 9
//! (art. 9:5); when it turns out that it was not, they never ended, and the term counts on from the first receipt with the adjournment and
//! the delay it had. A complaint that was dealt with by a letter with findings (art. 9:12) stays dealt with: the law asks for no second
//! treatment (art. 9:8, first paragraph, under a) and the resident may go to the ombudsman. Which of the two it is nobody can see from the
//! outside, so whoever reopens a complaint says it.

use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use tenants::{TenantTx, staff::StaffMember, text_enum};

use super::{
    actions::{assignee_name, required_reason},
    moves::carried,
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, Case, CaseId, CaseStatus, EventKind, Kind, Outcome, Viewer, change,
        entity::case_file::Column, events, get, record_event, refuse_merged,
    },
    clocks,
};

text_enum! {
    /// What the terms of the law do when a complaint is reopened.
    LawAfter {
        /// It was not settled after all (Awb art. 9:5): the term counts on from the first receipt.
        CountsOn = "countsOn",
        /// It was dealt with by a letter with findings (Awb art. 9:12): the term stays ended.
        StaysEnded = "staysEnded",
    }
}

/// How a case is reopened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// Why.
    pub reason: String,
    /// What the law's terms do; needed for a complaint, and of no use for anything else.
    pub law: Option<LawAfter>,
}

/// Reopens a closed case. It becomes the actor's. Reopening one's own open case again changes nothing.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseOpen`] with the colleague's name; [`Code::CaseNeverClosed`]; [`Code::CaseErased`]; [`Code::CaseMerged`]; [`Error::NotFound`].
pub async fn reopen(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    reopening: Reopening,
) -> Result<Case, Error> {
    let before = cases::seen(tx, Viewer::of(actor), id).await?;
    let mut errors = FieldErrors::default();
    let why = required_reason(&mut errors, "reason", &reopening.reason);
    let term_runs = clocks::complaint_term(tx, id).await?.is_some();
    match (before.kind, reopening.law) {
        // The term never ended: there is nothing to say about it.
        (Kind::Complaint, Some(LawAfter::StaysEnded)) if term_runs => {
            errors.add("law", "not_an_option");
        }
        (Kind::Complaint, None) if !term_runs => errors.add("law", "required_choice"),
        (Kind::Tip | Kind::Compliment, Some(_)) => errors.add("law", "not_an_option"),
        _ => {}
    }
    errors.into_result()?;
    let state = carried(tx, &before, |workflow, _| {
        Some(workflow.after_reopening().to_owned())
    });
    let reopened = change(tx, id)
        .col_expr(Column::State, Expr::value(state.await?))
        .col_expr(Column::Status, Expr::value(CaseStatus::InProgress))
        .col_expr(Column::AssigneeId, Expr::value(actor.id))
        .col_expr(Column::Outcome, Expr::value(Option::<Outcome>::None))
        .col_expr(Column::OutcomeNote, Expr::value(Option::<String>::None))
        .col_expr(
            Column::ClosedAt,
            Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None),
        )
        .col_expr(
            Column::EraseAt,
            Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None),
        )
        .filter(Column::Status.eq(CaseStatus::Closed))
        .filter(Column::ErasedAt.is_null())
        .exec(tx)
        .await?;
    let case = get(tx, id).await?;
    if reopened.rows_affected == 0 {
        refuse_merged(tx, &case).await?;
        if case.erased_at.is_some() {
            return Err(Error::refused(Code::CaseErased));
        }
        let events = events(tx, id).await?;
        if !events.iter().any(|event| event.kind == EventKind::Closed) {
            return Err(Error::refused(Code::CaseNeverClosed));
        }
        if case.assignee_id == Some(actor.id) {
            return Ok(case);
        }
        let name = assignee_name(tx, &case).await?;
        return Err(Error::refused_because(Code::CaseOpen, "name", name));
    }
    let law_counts_on = reopening.law == Some(LawAfter::CountsOn);
    clocks::restart_after_reopening(tx, &case, before.closed_at, law_counts_on).await?;
    let details = json!({
        "reason": why,
        "law": reopening.law,
        "outcome": before.outcome,
        "outcomeNote": before.outcome_note,
        "closedAt": before.closed_at,
    });
    record_event(tx, id, EventKind::Reopened, Some(actor.id), details).await?;
    let object = ("case", Some(id.0));
    let details = json!({ "law": reopening.law });
    audit::record(tx, Some(actor.id), Action::CaseReopen, object, details).await?;
    get(tx, id).await
}
