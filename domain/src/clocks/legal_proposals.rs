//! Changes of the law's calendar: one person proposes, another approves.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde::Serialize;
use serde_json::json;
use tenants::{StaffId, TenantTx, text_enum, typed_id};
use utoipa::ToSchema;

use super::{
    calendar_store::{CalendarKind, changed, insert, stored_legal_calendar},
    entity::calendar_proposal,
    input::ProposalRequest,
};
use crate::{
    Code, Error, FieldErrors, audit,
    deadlines::{LegalCalendar, REASON_MAX},
    input::required,
};

typed_id! {
    /// A proposal for the law's calendar.
    ProposalId
}

text_enum! {
    /// What became of a proposal.
    Decision {
        /// A second person agreed; it holds.
        Approved = "approved",
        /// A second person did not agree.
        Rejected = "rejected",
        /// Its author took it back.
        Withdrawn = "withdrawn",
    }
}

/// A change of the law's calendar that was proposed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ProposalItem)]
pub struct Proposal {
    /// Id.
    pub id: ProposalId,
    /// Number of the version it was made from.
    pub base_version: i64,
    /// The whole calendar.
    #[schema(value_type = Object)]
    pub calendar: LegalCalendar,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub author_id: StaffId,
    /// When.
    pub created_at: DateTime<Utc>,
    /// `approved`, `rejected` or `withdrawn`; none while it waits.
    pub decision: Option<Decision>,
    /// Who decided.
    pub decided_by: Option<StaffId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

fn proposal(row: calendar_proposal::Model) -> Result<Proposal, Error> {
    Ok(Proposal {
        id: row.id,
        base_version: row.base_number,
        calendar: serde_json::from_value(row.definition).map_err(Error::bug)?,
        reason: row.reason,
        author_id: row.author_id,
        created_at: row.created_at,
        decision: row.decision,
        decided_by: row.decided_by,
        decided_at: row.decided_at,
    })
}

/// The proposals, newest first, at most a hundred.
pub async fn proposals(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<Proposal>, Error> {
    tx.find::<calendar_proposal::Entity>()
        .order_by_desc(calendar_proposal::Column::CreatedAt)
        .order_by_desc(calendar_proposal::Column::Id)
        .limit(limit.unwrap_or(100))
        .all(tx)
        .await?
        .into_iter()
        .map(proposal)
        .collect()
}

/// One proposal.
pub async fn proposal_by_id(tx: &TenantTx, id: ProposalId) -> Result<Proposal, Error> {
    proposal(row_of(tx, id).await?)
}

async fn row_of(tx: &TenantTx, id: ProposalId) -> Result<calendar_proposal::Model, Error> {
    tx.find::<calendar_proposal::Entity>()
        .filter(calendar_proposal::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// Proposes a change of the law's calendar. Nothing changes until a second person agrees.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn propose(
    tx: &TenantTx,
    request: &ProposalRequest,
    author: StaffId,
) -> Result<ProposalId, Error> {
    let mut errors = FieldErrors::default();
    let (_, law) = stored_legal_calendar(tx).await?;
    let calendar = request.parse(&law.calendar, &mut errors);
    let reason = request.reason.trim().to_owned();
    let reason = required(reason, REASON_MAX, "reason", &mut errors);
    errors.into_result()?;
    let row = tx
        .insert(calendar_proposal::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            kind: Set(CalendarKind::Legal.as_str().to_owned()),
            base_number: Set(law.number),
            definition: Set(serde_json::to_value(&calendar).map_err(Error::bug)?),
            reason: Set(reason),
            author_id: Set(author),
            created_at: Set(tx.now()),
            decision: Set(None),
            decided_by: Set(None),
            decided_at: Set(None),
        })
        .await?;
    audit::record(
        tx,
        Some(author),
        audit::Action::CalendarPropose,
        ("calendarProposal", Some(row.id.0)),
        json!({}),
    )
    .await?;
    Ok(row.id)
}

/// Decides on a proposal: another person approves or rejects it, its author may take it back. What is approved holds at once, and open
/// clocks of the law are counted again.
///
/// # Errors
/// [`Code::ApproverTookPart`] when its author would approve it, [`Code::Changed`] when it was decided before or the calendar changed since,
/// [`Error::NotFound`].
pub async fn decide(
    tx: &TenantTx,
    id: ProposalId,
    decision: Decision,
    actor: StaffId,
) -> Result<(), Error> {
    let row = row_of(tx, id).await?;
    let own = row.author_id == actor;
    if own != (decision == Decision::Withdrawn) {
        return Err(Error::refused(Code::ApproverTookPart));
    }
    let decided = tx
        .update::<calendar_proposal::Entity>()
        .col_expr(calendar_proposal::Column::Decision, Expr::value(decision))
        .col_expr(calendar_proposal::Column::DecidedBy, Expr::value(actor))
        .col_expr(calendar_proposal::Column::DecidedAt, Expr::value(tx.now()))
        .filter(calendar_proposal::Column::Id.eq(id))
        .filter(calendar_proposal::Column::Decision.is_null())
        .exec(tx)
        .await?;
    if decided.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let action = match decision {
        Decision::Approved => audit::Action::CalendarApprove,
        Decision::Rejected => audit::Action::CalendarReject,
        Decision::Withdrawn => audit::Action::CalendarWithdraw,
    };
    audit::record(
        tx,
        Some(actor),
        action,
        ("calendarProposal", Some(id.0)),
        json!({}),
    )
    .await?;
    if decision != Decision::Approved {
        return Ok(());
    }
    let proposal = proposal(row)?;
    let (_, law) = stored_legal_calendar(tx).await?;
    if law.number != proposal.base_version {
        return Err(Error::refused(Code::Changed));
    }
    let number = law.number + 1;
    let id = insert(
        tx,
        CalendarKind::Legal,
        number,
        &proposal.calendar,
        Some(proposal.author_id),
    )
    .await?;
    changed(tx, CalendarKind::Legal, id, number, Some(actor)).await
}
