//! What was agreed with a resident: a promise of its own, with a clock until the end of a day.

use chrono::{Days, NaiveDate};
use sea_orm::{ActiveValue::Set, ColumnTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantTx};
use utoipa::ToSchema;

use super::{
    calendar_store,
    clock::{ClockEventKind, EventDetails, History},
    clock_actions::NOTE_MAX,
    clock_store::{ClockId, NewClock, event, new_row, rows_of},
    due_dates::DueCalculator,
    entity::clock as row,
    reassess::next_round,
    service_rule::ClockKind,
};
use crate::{
    Error, FieldErrors,
    cases::{self, CaseId, EventKind},
    text::{clean_text, required_day},
};

/// Furthest day that can be agreed, in days.
const FURTHEST: u64 = 366;

/// What was agreed with the resident, and by when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct AgreementRequest {
    /// What we do.
    #[serde(default)]
    #[schema(example = "Wij leggen de tegel recht.", required = true)]
    pub what: String,
    /// The last day for it; by the time the office closes.
    #[serde(default)]
    #[schema(value_type = NaiveDate, required = true)]
    pub until: String,
}

/// What was agreed, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAgreement {
    what: String,
    until: NaiveDate,
}

impl AgreementRequest {
    /// Whether nothing was filled in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.what.trim().is_empty() && self.until.trim().is_empty()
    }

    /// The agreement; what is wrong with it is noted at fields whose names begin with `at`.
    pub async fn parse(
        &self,
        tx: &TenantTx,
        errors: &mut FieldErrors,
        at: &str,
    ) -> Result<Option<NewAgreement>, Error> {
        let (what_field, until_field) = (format!("{at}what"), format!("{at}until"));
        let what = clean_text(&self.what);
        if self.what.contains('\0') {
            errors.add(&what_field, "unreadable");
        } else if what.is_empty() {
            errors.add(&what_field, "required");
        } else if what.chars().count() > NOTE_MAX {
            errors.add_with(&what_field, "too_long", "max", NOTE_MAX);
        }
        let until = required_day(errors, &until_field, &self.until);
        let calendar = calendar_store::current_office(tx).await?.calendar;
        let today = calendar.local_day(tx.now());
        if until.is_some_and(|until| until < today) {
            errors.add(&until_field, "in_past");
        } else if until.is_some_and(|until| {
            today
                .checked_add_days(Days::new(FURTHEST))
                .is_none_or(|last| until > last)
        }) {
            errors.add_with(&until_field, "too_far", "max", FURTHEST);
        }
        Ok(until.map(|until| NewAgreement { what, until }))
    }
}

/// Starts the clock of an agreement.
pub async fn agree(
    tx: &TenantTx,
    case: CaseId,
    actor: StaffId,
    agreement: NewAgreement,
) -> Result<ClockId, Error> {
    let calculator = DueCalculator::load(tx).await?;
    let history = History {
        agreed_until: Some(agreement.until),
        ..History::default()
    };
    let new = NewClock::new(
        &calculator,
        (ClockKind::Agreement, None),
        tx.now(),
        &history,
    )?;
    let id: ClockId = tx.new_id();
    let round = next_round(&rows_of(tx, case).await?, ClockKind::Agreement);
    let mut stored = new_row(tx, id, case, round, &new);
    stored.agreed = Set(Some(agreement.what.clone()));
    stored.changes = Set(1);
    tx.insert(stored).await?;
    let (who, due) = ((Some(actor), tx.now()), (None, new.due_at()));
    let mut agreed = event(tx, id, ClockEventKind::Agree, who, due);
    let details = EventDetails {
        agreed_until: Some(agreement.until),
        ..EventDetails::default()
    };
    agreed.details = Set(Some(serde_json::to_value(details).map_err(Error::bug)?));
    let start = event(tx, id, ClockEventKind::Start, who, due);
    tx.insert_all(vec![start, agreed]).await?;
    let kind = ClockKind::Agreement;
    let details = json!({ "event": ClockEventKind::Start, "clock": kind, "to": new.due_at(), "reason": agreement.what });
    cases::record_event(tx, case, EventKind::Clock, Some(actor), details).await?;
    Ok(id)
}

/// Whether something was agreed in a case, done or not.
pub(crate) async fn has_agreement(tx: &TenantTx, case: CaseId) -> Result<bool, Error> {
    let any = tx
        .find::<row::Entity>()
        .filter(row::Column::CaseId.eq(case))
        .filter(row::Column::Kind.eq(ClockKind::Agreement))
        .count(tx)
        .await?;
    Ok(any > 0)
}

/// Whether something that was agreed in a case is still to be done.
pub(crate) async fn has_open_agreement(tx: &TenantTx, case: CaseId) -> Result<bool, Error> {
    let open = tx
        .find::<row::Entity>()
        .filter(row::Column::CaseId.eq(case))
        .filter(row::Column::Kind.eq(ClockKind::Agreement))
        .filter(row::Column::StoppedAt.is_null())
        .count(tx)
        .await?;
    Ok(open > 0)
}
