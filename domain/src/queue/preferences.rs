//! How somebody works at the desk.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use tenants::{StaffId, TenantTx};

use super::entity::desk_preference::{self, Column};
use crate::Error;

/// Whether single keys do something for somebody, as a choice ([`tenants::staff::named`]).
pub(super) fn named(tx: &TenantTx, staff: StaffId) -> SelectStatement {
    tx.find::<desk_preference::Entity>()
        .select_only()
        .expr_as(Expr::value("shortcuts"), "list")
        .column(Column::Id)
        .expr_as(Expr::value(""), "label")
        .expr_as(Expr::value(""), "other")
        .expr_as(Expr::value(""), "word")
        .expr_as(Expr::col(Column::Shortcuts), "active")
        .filter(Column::StaffId.eq(staff))
        .into_query()
}

/// Whether single keys do something for somebody: they do unless they were switched off (WCAG 2.2, 2.1.4).
pub async fn shortcuts(tx: &TenantTx, staff: StaffId) -> Result<bool, Error> {
    let found = tx
        .find::<desk_preference::Entity>()
        .filter(Column::StaffId.eq(staff))
        .one(tx)
        .await?;
    Ok(found.is_none_or(|preference| preference.shortcuts))
}

/// Switches single keys on or off for somebody.
pub async fn set_shortcuts(tx: &TenantTx, staff: StaffId, on: bool) -> Result<(), Error> {
    let changed = tx
        .update::<desk_preference::Entity>()
        .col_expr(Column::Shortcuts, Expr::value(on))
        .filter(Column::StaffId.eq(staff))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        tx.insert_all(vec![desk_preference::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            staff_id: Set(staff),
            shortcuts: Set(on),
        }])
        .await?;
    }
    Ok(())
}
