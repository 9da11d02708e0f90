//! Reading cases, and what other rooms ask of them.

use std::{any::Any, collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, UpdateMany,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use serde::Serialize;
use serde_json::Value;
use tenants::{Happening, NewRow, StaffId, TenantTx};
use utoipa::ToSchema;

use super::{
    CallbackStatus, Case, CaseId, CaseStatus, ContactMoment, Event, EventKind, callback_status,
    entity::{
        case_event,
        case_file::{self, Column},
        case_merge, contact_moment,
    },
    reference,
};
use crate::{
    Error,
    submissions::{Channel, SubmissionId},
};

/// A case as programs read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = CaseItem)]
pub struct CaseView {
    /// The case.
    #[serde(flatten)]
    pub case: Case,
    /// Whether the promise is past due without contact.
    pub late: bool,
}

impl CaseView {
    /// A case as it stands at `now`.
    #[must_use]
    pub fn at(case: Case, now: DateTime<Utc>) -> Self {
        let late = callback_status(&case, now) == CallbackStatus::Late;
        Self { case, late }
    }
}

/// One case by its reference, whoever asks; for staff there is [`super::seen_by_reference`].
pub(crate) async fn by_reference(tx: &TenantTx, reference: &str) -> Result<Case, Error> {
    tx.find::<case_file::Entity>()
        .filter(Column::Reference.eq(reference::normalise(reference)))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// One case by its id, whoever asks; for staff there is [`super::seen`].
pub(crate) async fn get(tx: &TenantTx, id: CaseId) -> Result<Case, Error> {
    tx.find::<case_file::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// The case that a submission became, if it became one: what waits in quarantine did not.
pub(crate) async fn by_submission(
    tx: &TenantTx,
    submission: SubmissionId,
) -> Result<Option<Case>, Error> {
    Ok(tx
        .find::<case_file::Entity>()
        .filter(Column::SubmissionId.eq(submission))
        .one(tx)
        .await?)
}

/// What happened to a case, newest first.
pub async fn events(tx: &TenantTx, case: CaseId) -> Result<Vec<Event>, Error> {
    Ok(tx
        .find::<case_event::Entity>()
        .filter(case_event::Column::CaseId.eq(case))
        .order_by_desc(case_event::Column::At)
        .order_by_desc(case_event::Column::Id)
        .all(tx)
        .await?)
}

/// The contact moments of a case, newest first.
pub async fn contact_moments(tx: &TenantTx, case: CaseId) -> Result<Vec<ContactMoment>, Error> {
    Ok(tx
        .find::<contact_moment::Entity>()
        .filter(contact_moment::Column::CaseId.eq(case))
        .order_by_desc(contact_moment::Column::At)
        .order_by_desc(contact_moment::Column::Id)
        .all(tx)
        .await?)
}

/// Notes an event of a case.
pub(crate) async fn record_event(
    tx: &TenantTx,
    case: CaseId,
    kind: EventKind,
    actor: Option<StaffId>,
    details: Value,
) -> Result<(), Error> {
    tell(tx, case, kind, details.clone(), None);
    insert_event(tx, case, kind, actor, details).await
}

async fn insert_event(
    tx: &TenantTx,
    case: CaseId,
    kind: EventKind,
    actor: Option<StaffId>,
    details: Value,
) -> Result<(), Error> {
    tx.insert(event_model(tx, case, kind, actor, details))
        .await?;
    Ok(())
}

fn event_model(
    tx: &TenantTx,
    case: CaseId,
    kind: EventKind,
    actor: Option<StaffId>,
    details: Value,
) -> case_event::ActiveModel {
    case_event::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        case_id: Set(case),
        kind: Set(kind),
        actor_id: Set(actor),
        details: Set(details),
        at: Set(tx.now()),
    }
}

/// An event of a case that the product made, to be stored together with other rows.
pub(crate) fn event_row(tx: &TenantTx, case: CaseId, kind: EventKind, details: Value) -> NewRow {
    NewRow::of(event_model(tx, case, kind, None, details))
}

/// Tells whoever reacts before the transaction is committed.
fn tell(tx: &TenantTx, case: CaseId, kind: EventKind, details: Value, opened: Option<Opened>) {
    tx.happened(Happening {
        subject: case.0,
        what: kind.as_str(),
        details,
        facts: opened.map(|opened| -> Arc<dyn Any + Send + Sync> { Arc::new(opened) }),
    });
}

/// A case that was just opened, with how it came in.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    /// The case.
    pub case: Case,
    /// Address of its form.
    pub form: String,
    /// How it came in.
    pub channel: Channel,
    /// The options it chose, by question.
    pub options: BTreeMap<String, Vec<String>>,
}

/// Notes that a case was opened; the first event of every case.
pub(crate) async fn record_opening(
    tx: &TenantTx,
    opened: Opened,
    actor: Option<StaffId>,
    details: Value,
) -> Result<(), Error> {
    let (id, kind) = (opened.case.id, EventKind::Received);
    tell(tx, id, kind, details.clone(), Some(opened));
    insert_event(tx, id, kind, actor, details).await
}

/// Notes that a case came into other hands without an event of its own: a rule tells what it did.
pub(crate) fn tell_handed_on(tx: &TenantTx, case: CaseId) {
    tell(tx, case, EventKind::HandedOn, Value::Null, None);
}

/// To which cases something happened since an instant, with its details.
pub(crate) async fn happened(
    tx: &TenantTx,
    kind: EventKind,
    since: DateTime<Utc>,
) -> Result<Vec<(CaseId, Value)>, Error> {
    Ok(tx
        .find::<case_event::Entity>()
        .select_only()
        .column(case_event::Column::CaseId)
        .column(case_event::Column::Details)
        .filter(case_event::Column::Kind.eq(kind))
        .filter(case_event::Column::At.gte(since))
        .into_tuple()
        .all(tx)
        .await?)
}

/// The ids of open cases, for another room's query: all of them, or those of one handler.
pub(crate) fn open_ids(tx: &TenantTx, handler: Option<StaffId>) -> SelectStatement {
    let mut open = tx
        .find::<case_file::Entity>()
        .select_only()
        .column(Column::Id)
        .filter(Column::Status.is_in(CaseStatus::OPEN));
    if let Some(handler) = handler {
        open = open.filter(Column::AssigneeId.eq(handler));
    }
    open.into_query()
}

/// The ids of the cases that somebody sees to, for another room's query, whether they are open, closed or merged into such a case: all of them,
/// or those of one handler.
pub(crate) fn watched_ids(tx: &TenantTx, handler: Option<StaffId>) -> SelectStatement {
    let Some(handler) = handler else {
        return tx
            .find::<case_file::Entity>()
            .select_only()
            .column(Column::Id)
            .into_query();
    };
    let own = || {
        tx.find::<case_file::Entity>()
            .select_only()
            .column(Column::Id)
            .filter(Column::AssigneeId.eq(handler))
            .into_query()
    };
    let merged = tx
        .find::<case_merge::Entity>()
        .select_only()
        .column(case_merge::Column::MergedId)
        .filter(case_merge::Column::TargetId.in_subquery(own()))
        .into_query();
    tx.find::<case_file::Entity>()
        .select_only()
        .column(Column::Id)
        .filter(
            Column::Id
                .in_subquery(own())
                .or(Column::Id.in_subquery(merged)),
        )
        .into_query()
}

/// Cases by their ids, in no order, whoever asks; for staff there is [`super::seen_by_ids`].
pub(crate) async fn by_ids(
    tx: &TenantTx,
    ids: impl Iterator<Item = CaseId>,
) -> Result<Vec<Case>, Error> {
    Ok(tx
        .find::<case_file::Entity>()
        .filter(Column::Id.is_in(ids))
        .all(tx)
        .await?)
}

/// An update of a case, which counts as a change of it.
pub(crate) fn change(tx: &TenantTx, id: CaseId) -> UpdateMany<case_file::Entity> {
    let version = Expr::col(Column::Version).add(1);
    tx.update::<case_file::Entity>()
        .col_expr(Column::Version, version)
        .filter(Column::Id.eq(id))
}

/// Takes a case out of the list of those that wait for a call: it was tried as often as was promised.
pub(crate) async fn tried_enough(tx: &TenantTx, id: CaseId) -> Result<(), Error> {
    tx.update::<case_file::Entity>()
        .col_expr(Column::DueAt, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// Sets when open cases fall due, after the calendar changed.
pub(crate) async fn move_due(
    tx: &TenantTx,
    cases: Vec<CaseId>,
    due: DateTime<Utc>,
) -> Result<(), Error> {
    tx.update::<case_file::Entity>()
        .col_expr(Column::DueAt, Expr::value(due))
        .filter(Column::Id.is_in(cases))
        .filter(Column::ContactedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Notes the same kind of event in many cases.
pub(crate) async fn record_events(
    tx: &TenantTx,
    kind: EventKind,
    actor: Option<StaffId>,
    events: impl Iterator<Item = (CaseId, Value)>,
) -> Result<(), Error> {
    let events = events
        .inspect(|(case, details)| tell(tx, *case, kind, details.clone(), None))
        .map(|(case, details)| event_model(tx, case, kind, actor, details))
        .collect();
    Ok(tx.insert_all(events).await?)
}

/// Notes in each case that one of its clocks falls due at another time: `details` say which, and from when to when.
pub(crate) async fn record_due_moves(
    tx: &TenantTx,
    moves: impl Iterator<Item = (CaseId, Value)>,
) -> Result<(), Error> {
    record_events(tx, EventKind::DueMoved, None, moves).await
}
