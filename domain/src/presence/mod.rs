//! Who looks at a case just now, so that two colleagues do not do the same work. Nobody is kept out.
//!
//! A page in a browser says every twenty seconds that it is open. What it said is forgotten after a minute: it is no record of who worked when.

mod entity;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, QueryFilter, QueryOrder,
    sea_query::{Expr, SelectStatement},
};
use tenants::{StaffId, TenantTx, tenant_owned, text_enum, typed_id};

use self::entity::Column;
pub use self::entity::Model as Presence;
use crate::{
    Error,
    cases::{
        CaseId,
        record::{Columns, Row, part},
    },
};

typed_id! {
    /// A colleague at a case.
    PresenceId
}
text_enum! {
    /// What a colleague does at a case.
    Doing {
        /// Looks at it.
        Reads = "reads",
        /// Types a note.
        Note = "note",
        /// Types a message to the resident.
        Message = "message",
        /// Writes down a call.
        Call = "call",
        /// Closes it.
        Closes = "closes",
        /// Changes something else.
        Changes = "changes",
    }
}

tenant_owned!(entity);

/// How long it counts that a page said it is open.
const COUNTS: TimeDelta = TimeDelta::seconds(60);

/// Notes what somebody does at a case that they may see; nothing when they left it.
pub async fn say(
    tx: &TenantTx,
    case: CaseId,
    staff: StaffId,
    doing: Option<Doing>,
) -> Result<(), Error> {
    let own = Condition::all()
        .add(Column::CaseId.eq(case))
        .add(Column::StaffId.eq(staff));
    let Some(doing) = doing else {
        tx.delete::<entity::Entity>().filter(own).exec(tx).await?;
        return Ok(());
    };
    let changed = tx
        .update::<entity::Entity>()
        .col_expr(Column::Doing, Expr::value(doing))
        .col_expr(Column::SeenAt, Expr::value(tx.now()))
        .filter(own)
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        let row = entity::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            case_id: Set(case),
            staff_id: Set(staff),
            doing: Set(doing),
            seen_at: Set(tx.now()),
        };
        tx.insert_all(vec![row]).await?;
    }
    Ok(())
}

/// The colleagues who are at a case just now, without the reader, whoever came last on top.
pub async fn others(tx: &TenantTx, case: CaseId, reader: StaffId) -> Result<Vec<Presence>, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(Column::CaseId.eq(case))
        .filter(Column::StaffId.ne(reader))
        .filter(Column::SeenAt.gt(tx.now() - COUNTS))
        .order_by_desc(Column::Id)
        .all(tx)
        .await?)
}

/// The colleagues who are at a case just now, for [`crate::cases::record`].
pub(crate) fn record_part(tx: &TenantTx, case: CaseId, reader: StaffId) -> SelectStatement {
    let rows = tx
        .find::<entity::Entity>()
        .filter(Column::CaseId.eq(case))
        .filter(Column::StaffId.ne(reader))
        .filter(Column::SeenAt.gt(tx.now() - COUNTS));
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        at: Some(Expr::col(Column::SeenAt)),
        staff: Some(Expr::col(Column::StaffId)),
        word: Some(Expr::col(Column::Doing)),
        ..Columns::default()
    };
    part("presence", rows, columns)
}

/// Who does what, of a row of [`record_part`].
pub(crate) fn of_row(row: &Row) -> Result<(StaffId, Doing), Error> {
    let staff = row.staff.ok_or_else(|| Error::bug("nobody is there"))?;
    Ok((staff, row.word.parse().map_err(Error::bug)?))
}

/// Forgets who was at a case.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    let gone = Column::CaseId.eq(case);
    tx.delete::<entity::Entity>().filter(gone).exec(tx).await?;
    Ok(())
}

/// Forgets who is not there any more.
pub(crate) async fn delete_old(tx: &TenantTx) -> Result<(), Error> {
    let before: DateTime<Utc> = tx.now() - COUNTS;
    tx.delete::<entity::Entity>()
        .filter(Column::SeenAt.lte(before))
        .exec(tx)
        .await?;
    Ok(())
}
