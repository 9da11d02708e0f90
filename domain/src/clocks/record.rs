//! The clocks of cases as rows of [`crate::cases::record`]: how they stand, without the way there.

use sea_orm::{
    ColumnTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use tenants::TenantTx;

use super::{
    clock::ClockOutcome,
    entity::clock::{self, Column},
    service_rule::ClockKind,
};
use crate::{
    Error,
    cases::{
        CaseId,
        record::{Columns, Row, part},
    },
};
use chrono::{DateTime, NaiveDate, Utc};

/// How a clock stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockState {
    /// Id.
    pub id: super::ClockId,
    /// Of which case: that of the page, or one that was merged into it.
    pub case_id: CaseId,
    /// What it measures.
    pub kind: ClockKind,
    /// What was agreed; of an agreement only.
    pub agreed: String,
    /// When it began, in UTC.
    pub started_at: DateTime<Utc>,
    /// When it falls due, in UTC; none while the law's calendar does not reach that far.
    pub due_at: Option<DateTime<Utc>>,
    /// The last day that the law gives, or the day on which its weeks end.
    pub law_on: Option<NaiveDate>,
    /// When it became late.
    pub breached_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub stopped_at: Option<DateTime<Utc>>,
    /// How it ended; none while it runs.
    pub outcome: Option<ClockOutcome>,
}

impl ClockState {
    /// Whether it is late, or was when it ended.
    #[must_use]
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        let over = self.due_at.is_some_and(|due| due < now) || self.breached_at.is_some();
        match self.outcome {
            Some(outcome) => outcome == ClockOutcome::Late,
            None => over,
        }
    }
}

/// The clocks of a case, and of those that were merged into it those that go on.
pub(crate) fn record_part(tx: &TenantTx, case: CaseId, merged: &[CaseId]) -> SelectStatement {
    let of_case = Column::CaseId.eq(case);
    let which = if merged.is_empty() {
        of_case
    } else {
        let others = Column::CaseId.is_in(merged.iter().copied());
        of_case.or(others.and(Column::Kind.is_in(ClockKind::LASTING)))
    };
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        case: Some(Expr::col(Column::CaseId)),
        at: Some(Expr::col(Column::StartedAt)),
        word: Some(Expr::col(Column::Kind)),
        state: Some(Expr::col(Column::Outcome)),
        text: Some(Expr::col(Column::Agreed)),
        day: Some(Expr::cust("coalesce(\"legal_on\", \"nominal_on\")")),
        due: Some(Expr::col(Column::DueAt)),
        end: Some(Expr::col(Column::StoppedAt)),
        late: Some(Expr::col(Column::BreachedAt)),
        ..Columns::default()
    };
    part("clock", tx.find::<clock::Entity>().filter(which), columns)
}

/// The clock of a row of [`record_part`].
pub(crate) fn of_row(row: Row) -> Result<ClockState, Error> {
    Ok(ClockState {
        id: row.id.into(),
        case_id: row.case.ok_or_else(|| Error::bug("a clock of no case"))?,
        kind: row.word.parse().map_err(Error::bug)?,
        agreed: row.text,
        started_at: row.at,
        due_at: row.due,
        law_on: row.day,
        breached_at: row.late,
        stopped_at: row.end,
        outcome: row
            .state
            .map(|word| word.parse())
            .transpose()
            .map_err(Error::bug)?,
    })
}
