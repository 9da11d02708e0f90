//! What somebody reads of their notices, and how they want to be mailed.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, sea_query::Expr,
};
use serde::Deserialize;
use tenants::{TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    MailWay, Notice, NoticeId, NoticeKind, QuietHours,
    entity::{
        notice::{Column, Entity},
        notice_choice,
    },
    quiet,
};
use crate::{
    Error, FieldErrors,
    cases::{Viewer, entity::case_file},
};

/// How long a notice stays.
const KEPT: TimeDelta = TimeDelta::days(180);

/// The notices of somebody: without those about messages in which they have no part by now.
fn own(tx: &TenantTx, reader: &StaffMember) -> Select<Entity> {
    let seen = tx
        .find::<case_file::Entity>()
        .select_only()
        .column(case_file::Column::Id)
        .filter(Viewer::of(reader).may_see(tx))
        .into_query();
    tx.find::<Entity>()
        .filter(Column::StaffId.eq(reader.id))
        .filter(
            Condition::any()
                .add(Column::CaseId.is_null())
                .add(Column::CaseId.in_subquery(seen)),
        )
}

/// Somebody's notices, newest first, before `before` when given; at most `limit`.
pub async fn list(
    tx: &TenantTx,
    reader: &StaffMember,
    before: Option<NoticeId>,
    limit: u64,
) -> Result<Vec<Notice>, Error> {
    let mut notices = own(tx, reader);
    if let Some(before) = before {
        notices = notices.filter(Column::Id.lt(before));
    }
    Ok(notices
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// How many notices somebody did not read.
pub async fn unread(tx: &TenantTx, reader: &StaffMember) -> Result<u64, Error> {
    let unread = own(tx, reader).filter(Column::ReadAt.is_null());
    Ok(unread.count(tx).await?)
}

/// Notes that somebody read a notice, and gives it back.
///
/// # Errors
/// [`Error::NotFound`], also for a colleague's.
pub async fn read(tx: &TenantTx, reader: &StaffMember, id: NoticeId) -> Result<Notice, Error> {
    let found = own(tx, reader).filter(Column::Id.eq(id)).one(tx).await?;
    let notice = found.ok_or(Error::NotFound)?;
    if notice.read_at.is_some() {
        return Ok(notice);
    }
    note_read(tx, reader, Some(id)).await?;
    Ok(Notice {
        read_at: Some(tx.now()),
        ..notice
    })
}

/// Notes that somebody read all their notices.
pub async fn read_all(tx: &TenantTx, reader: &StaffMember) -> Result<(), Error> {
    note_read(tx, reader, None).await
}

async fn note_read(
    tx: &TenantTx,
    reader: &StaffMember,
    only: Option<NoticeId>,
) -> Result<(), Error> {
    let mut update = tx
        .update::<Entity>()
        .col_expr(Column::ReadAt, Expr::value(tx.now()))
        .filter(Column::StaffId.eq(reader.id))
        .filter(Column::ReadAt.is_null());
    if let Some(id) = only {
        update = update.filter(Column::Id.eq(id));
    }
    update.exec(tx).await?;
    let left = unread(tx, reader).await?;
    let left = i64::try_from(left).unwrap_or(i64::MAX);
    Ok(tenants::staff::set_unread_notices(tx, reader.id, left).await?)
}

/// How somebody is mailed about each kind of notice.
pub async fn choices(
    tx: &TenantTx,
    reader: &StaffMember,
) -> Result<BTreeMap<String, MailWay>, Error> {
    let chosen = tx
        .find::<notice_choice::Entity>()
        .filter(notice_choice::Column::StaffId.eq(reader.id))
        .all(tx)
        .await?;
    let mut ways: BTreeMap<String, MailWay> = (NoticeKind::ALL.iter())
        .map(|kind| (kind.to_string(), kind.usual_way()))
        .collect();
    for choice in chosen {
        ways.insert(choice.kind.to_string(), choice.way);
    }
    Ok(ways)
}

/// When somebody wants to be mailed, by kind of notice.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct ChoicesRequest {
    /// `off`, `atOnce` or `daily` for kinds such as `residentReplied`; what is left out stays as it is.
    #[schema(value_type = std::collections::BTreeMap<String, MailWay>, example = json!({ "residentReplied": "atOnce" }))]
    pub ways: BTreeMap<String, String>,
    /// From when on it is quiet, such as `18:00` in the zone of the municipality; empty for no quiet hours, left out when it stays as it is.
    #[schema(example = "18:00")]
    pub quiet_from: Option<String>,
    /// Until when.
    #[schema(example = "09:00")]
    pub quiet_until: Option<String>,
}

impl ChoicesRequest {
    /// The ways, and the quiet hours when they change.
    #[expect(clippy::type_complexity, reason = "one place reads it")]
    fn parse(&self) -> Result<(Vec<(NoticeKind, MailWay)>, Option<Option<QuietHours>>), Error> {
        let mut errors = FieldErrors::default();
        let mut ways = Vec::new();
        for (kind, way) in &self.ways {
            match (kind.parse(), way.parse()) {
                (Ok(kind), Ok(way)) => ways.push((kind, way)),
                _ => errors.add(&format!("ways.{kind}"), "not_an_option"),
            }
        }
        let quiet = match (&self.quiet_from, &self.quiet_until) {
            (None, None) => None,
            (from, until) => {
                let typed = |typed: &Option<String>| typed.clone().unwrap_or_default();
                let times = (typed(from), typed(until));
                Some(QuietHours::parse(&mut errors, (&times.0, &times.1)))
            }
        };
        errors.into_result()?;
        Ok((ways, quiet))
    }
}

/// Keeps how somebody wants to be mailed.
///
/// # Errors
/// [`Error::Invalid`] for a kind or a way that does not exist.
pub async fn set_choices(
    tx: &TenantTx,
    reader: &StaffMember,
    request: &ChoicesRequest,
) -> Result<(), Error> {
    let (ways, quiet) = request.parse()?;
    if let Some(quiet) = quiet {
        quiet::keep(tx, reader.id, quiet).await?;
    }
    tx.delete::<notice_choice::Entity>()
        .filter(notice_choice::Column::StaffId.eq(reader.id))
        .filter(notice_choice::Column::Kind.is_in(ways.iter().map(|(kind, _)| *kind)))
        .exec(tx)
        .await?;
    let rows = (ways.into_iter())
        .map(|(kind, way)| notice_choice::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            staff_id: Set(reader.id),
            kind: Set(kind),
            way: Set(way),
        })
        .collect();
    Ok(tx.insert_all(rows).await?)
}

/// Deletes what is older than anybody looks.
pub async fn delete_old(tx: &TenantTx) -> Result<(), Error> {
    tx.delete::<Entity>()
        .filter(Column::CreatedAt.lt(tx.now() - KEPT))
        .exec(tx)
        .await?;
    Ok(())
}
