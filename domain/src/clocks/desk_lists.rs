//! Cases by how their clocks stand, for the lists of the desk.

use chrono::SecondsFormat;
use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, BinOper, Expr, ExprTrait, SelectStatement},
};
use tenants::TenantTx;

use super::{
    clock::ClockEventKind,
    entity::{clock, clock_event},
    service_rule::ClockKind,
};
use crate::cases::entity::case_file;

/// The ids of cases of which a running clock reached a warning: any clock, or only terms of the law.
pub(crate) fn cases_warned(tx: &TenantTx, only_of_law: bool) -> SelectStatement {
    let mut warned = tx
        .find::<clock::Entity>()
        .select_only()
        .column(clock::Column::CaseId)
        .filter(clock::Column::StoppedAt.is_null())
        .filter(clock::Column::Level.is_not_null());
    if only_of_law {
        warned = warned.filter(clock::Column::Kind.is_in(ClockKind::LEGAL));
    }
    warned.into_query()
}

/// The ids of cases that wait for their resident: a promise of theirs stands still now.
pub(crate) fn cases_standing_still(tx: &TenantTx) -> SelectStatement {
    let now = tx.now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let later = Alias::new("later");
    let mut resumed = SelectStatement::new();
    resumed
        .expr(Expr::value(1))
        .from_as(clock_event::Entity, later.clone())
        .and_where(Expr::col((later.clone(), clock_event::Column::TenantId)).eq(tx.tenant()))
        .and_where(
            Expr::col((later.clone(), clock_event::Column::ClockId))
                .equals((clock_event::Entity, clock_event::Column::ClockId)),
        )
        .and_where(Expr::col((later.clone(), clock_event::Column::Kind)).eq(ClockEventKind::Resume))
        .and_where(
            Expr::col((later, clock_event::Column::At))
                .gte(Expr::col((clock_event::Entity, clock_event::Column::At))),
        );
    let paused = tx
        .find::<clock_event::Entity>()
        .select_only()
        .column(clock_event::Column::ClockId)
        // As a literal: the index of pauses holds for it.
        .filter(Expr::cust("clock_event.kind = 'pause'"))
        .filter(
            Expr::col((clock_event::Entity, clock_event::Column::Details))
                .binary(BinOper::Custom("->>"), Expr::value("until"))
                .gt(now),
        )
        .filter(Expr::exists(resumed).not())
        .into_query();
    tx.find::<clock::Entity>()
        .select_only()
        .column(clock::Column::CaseId)
        .filter(clock::Column::StoppedAt.is_null())
        .filter(clock::Column::Id.in_subquery(paused))
        .into_query()
}

/// When the complaint of a row of `case_file` has to be dealt with by law (Awb art. 9:11), for another room's query.
pub(crate) fn law_due(tx: &TenantTx) -> SelectStatement {
    tx.find::<clock::Entity>()
        .select_only()
        .expr(clock::Column::DueAt.min())
        .filter(clock::Column::StoppedAt.is_null())
        .filter(clock::Column::Kind.eq(ClockKind::DealtWith))
        .filter(
            Expr::col((clock::Entity, clock::Column::CaseId))
                .equals((case_file::Entity, case_file::Column::Id)),
        )
        .into_query()
}
