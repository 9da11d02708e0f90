//! Whom to call now: everybody who waits for a call, by their own window and the time it was promised by.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use tenants::{TenantTx, staff::StaffMember, text_enum};
use utoipa::ToSchema;

use super::next_try::{DayPart, NextTry, call_windows, next_try};
use crate::{
    Error,
    cases::{
        CallbackStatus, Case, CaseId, CaseStatus, ContactMoment, ContactResult, Preference, Viewer,
        callback_status,
        entity::{case_file, contact_moment},
    },
    clocks, teams,
};

text_enum! {
    /// Whose calls.
    Scope {
        /// One's own, and those of one's teams or nobody's that nobody has taken.
        Mine = "mine",
        /// Everybody's.
        All = "all",
    }
}

/// Most calls in the list.
const SHOWN: u64 = 200;

/// Somebody who waits for a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CallItem)]
pub struct Call {
    /// The case.
    #[serde(flatten)]
    pub case: Case,
    /// Whether the promise is past due.
    pub late: bool,
    /// Whether this is the moment to call.
    pub now: bool,
    /// When to call next, in UTC; none when the number is wrong.
    pub next_try_at: Option<DateTime<Utc>>,
    /// The part of the day for it.
    pub next_try_part: Option<DayPart>,
    /// Whether the resident asked for that moment.
    pub asked: bool,
    /// Tries without an answer.
    pub tries: usize,
    /// When somebody called last, in UTC.
    pub last_try_at: Option<DateTime<Utc>>,
    /// How that went.
    pub last_result: Option<ContactResult>,
}

/// The call list at an instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallList {
    /// Who can be called now first, by the time it was promised by; then the others by when they can.
    pub items: Vec<Call>,
    /// When the office closes today, in UTC; none when it is closed.
    pub until: Option<DateTime<Utc>>,
}

/// Everybody who waits for a call, as far as a member of staff may see them. Three statements.
pub async fn call_list(
    tx: &TenantTx,
    member: &StaffMember,
    scope: Scope,
    limit: Option<u64>,
) -> Result<CallList, Error> {
    use case_file::Column;
    let mut waiting = Condition::all()
        .add(Column::Status.is_in(CaseStatus::OPEN))
        .add(Column::Preference.eq(Preference::Call))
        .add(Column::ContactedAt.is_null())
        .add(Column::DueAt.is_not_null())
        .add(Viewer::of(member).may_see(tx));
    if scope == Scope::Mine {
        let free = Condition::all().add(Column::AssigneeId.is_null()).add(
            Condition::any()
                .add(Column::TeamId.is_null())
                .add(Column::TeamId.in_subquery(teams::ids_of(tx, member.id))),
        );
        let own = Column::AssigneeId.eq(member.id);
        waiting = waiting.add(Condition::any().add(own).add(free));
    }
    let cases = tx
        .find::<case_file::Entity>()
        .filter(waiting)
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .limit(limit.unwrap_or(SHOWN).min(SHOWN))
        .all(tx)
        .await?;
    let calendar = clocks::current_office(tx).await?.calendar;
    let now = tx.now();
    let mut moments: HashMap<CaseId, Vec<ContactMoment>> = HashMap::new();
    if !cases.is_empty() {
        let rows = tx
            .find::<contact_moment::Entity>()
            .filter(contact_moment::Column::CaseId.is_in(cases.iter().map(|case| case.id)))
            .all(tx)
            .await?;
        for row in rows {
            moments.entry(row.case_id).or_default().push(row);
        }
    }
    let mut items: Vec<Call> = (cases.into_iter())
        .map(|case| {
            let moments = moments.remove(&case.id).unwrap_or_default();
            let next = next_try(&call_windows(&case), &moments, &calendar, now);
            call(case, &moments, next, now)
        })
        .collect();
    items.sort_by_key(|call| {
        let at = call.next_try_at.filter(|_| !call.now);
        let wrong = call.next_try_at.is_none();
        (wrong, !call.now, at, call.case.due_at, call.case.id)
    });
    let until = calendar
        .closing(calendar.local_day(now))
        .filter(|end| *end > now);
    Ok(CallList { items, until })
}

fn call(case: Case, moments: &[ContactMoment], next: Option<NextTry>, now: DateTime<Utc>) -> Call {
    let called = |moment: &&ContactMoment| {
        moment.result.is_try()
            || matches!(
                moment.result,
                ContactResult::WrongNumber | ContactResult::CallLater
            )
    };
    let last = moments.iter().filter(called).max_by_key(|moment| moment.at);
    Call {
        late: callback_status(&case, now) == CallbackStatus::Late,
        now: next.is_some_and(|next| next.from <= now),
        next_try_at: next.map(|next| next.from),
        next_try_part: next.map(|next| next.part),
        asked: next.is_some_and(|next| next.asked),
        tries: moments
            .iter()
            .filter(|moment| moment.result.is_try())
            .count(),
        last_try_at: last.map(|last| last.at),
        last_result: last.map(|last| last.result),
        case,
    }
}
