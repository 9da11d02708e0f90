//! How the terms of the law for complaints stand and how they ended, for the procedure and the register of formal complaints.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::SelectStatement,
};
use tenants::TenantTx;

use super::{
    calendar_store,
    clock::{ClockEventKind, ClockOutcome, EventDetails, LegalEnd},
    clock_store::{ClockId, rows_of},
    entity::{
        clock::{self as row, Column},
        clock_event,
    },
    legal_clocks::end_of_day,
    service_rule::ClockKind,
    stopping::stop_acknowledgement,
};
use crate::{Error, cases::CaseId};

/// How the terms of one complaint stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ComplaintState {
    /// The clock of dealing with it, while it runs.
    pub(crate) clock: Option<ClockId>,
    /// Its last day, while it runs.
    pub(crate) term: Option<NaiveDate>,
    /// Whether receipt was confirmed in writing (Awb art. 9:6).
    pub(crate) acknowledged: bool,
    /// What ended it; one that stopped for the resident's word was withdrawn.
    pub(crate) ended: Option<LegalEnd>,
}

/// How the terms of a complaint stand. A term that runs again makes what ended it before count no more.
pub(crate) async fn complaint_state(tx: &TenantTx, case: CaseId) -> Result<ComplaintState, Error> {
    let rows = rows_of(tx, case).await?;
    let is_confirmed = |clock: &row::Model| {
        let by = [Some(ClockOutcome::Kept), Some(ClockOutcome::Late)];
        clock.kind == ClockKind::Acknowledgement && by.contains(&clock.outcome)
    };
    let acknowledged = rows.iter().any(is_confirmed);
    let term = (rows.iter()).rfind(|clock| clock.kind == ClockKind::DealtWith);
    let Some(term) = term else {
        return Ok(ComplaintState {
            acknowledged,
            ..ComplaintState::default()
        });
    };
    if term.stopped_at.is_none() {
        return Ok(ComplaintState {
            clock: Some(term.id),
            term: term.legal_on.or(term.nominal_on),
            acknowledged,
            ended: None,
        });
    }
    let one = tx.find::<row::Entity>().filter(Column::Id.eq(term.id));
    let ends = endings(tx, one.select_only().column(Column::Id).into_query()).await?;
    Ok(ComplaintState {
        ended: Some(ends.get(&term.id).copied().unwrap_or(LegalEnd::Withdrawn)),
        acknowledged,
        ..ComplaintState::default()
    })
}

/// How the term of a complaint went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ComplaintResult {
    /// Whether the term was exceeded.
    pub(crate) late: bool,
    /// What ended it; none while it runs.
    pub(crate) ended: Option<LegalEnd>,
}

/// How the terms of complaints went: of each the last one that ran. Two statements.
pub(crate) async fn complaint_results(
    tx: &TenantTx,
    cases: SelectStatement,
) -> Result<HashMap<CaseId, ComplaintResult>, Error> {
    let of_cases = || {
        tx.find::<row::Entity>()
            .filter(Column::Kind.eq(ClockKind::DealtWith))
            .filter(Column::CaseId.in_subquery(cases.clone()))
    };
    let ids = of_cases().select_only().column(Column::Id).into_query();
    let ends = endings(tx, ids).await?;
    let rows = of_cases().order_by_asc(Column::Round).all(tx).await?;
    let result = |clock: row::Model| {
        let over = clock.stopped_at.is_none() && clock.due_at.is_some_and(|due| due < tx.now());
        let late = over || clock.breached_at.is_some() || clock.outcome == Some(ClockOutcome::Late);
        let ended = clock.stopped_at.map(|_| {
            let how = ends.get(&clock.id).copied();
            how.unwrap_or(LegalEnd::Withdrawn)
        });
        (clock.case_id, ComplaintResult { late, ended })
    };
    // The last of a case overwrites the others.
    Ok(rows.into_iter().map(result).collect())
}

/// What ended these clocks.
async fn endings(
    tx: &TenantTx,
    clocks: SelectStatement,
) -> Result<HashMap<ClockId, LegalEnd>, Error> {
    let events = tx
        .find::<clock_event::Entity>()
        .filter(clock_event::Column::Kind.eq(ClockEventKind::Stop))
        .filter(clock_event::Column::ClockId.in_subquery(clocks))
        .all(tx)
        .await?;
    let how = |event: clock_event::Model| {
        let details: EventDetails = serde_json::from_value(event.details?).ok()?;
        Some((event.clock_id, details.law?))
    };
    Ok(events.into_iter().filter_map(how).collect())
}

/// Stops the clock of the confirmation of receipt: the letter left on this day (Awb art. 9:6).
pub(crate) async fn acknowledged_on(
    tx: &TenantTx,
    case: CaseId,
    on: NaiveDate,
) -> Result<(), Error> {
    let office = calendar_store::current_office(tx).await?.calendar;
    stop_acknowledgement(tx, case, end_of_day(&office, on).min(tx.now())).await
}
