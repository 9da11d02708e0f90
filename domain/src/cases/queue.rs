//! The list the desk works from: what falls due first on top, what is late above all.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, LikeExpr, NullOrdering},
};
use tenants::{StaffId, TenantTx};

use super::{
    Case, CaseId, CaseStatus, Kind, SOON, Viewer,
    entity::case_file::{self, Column},
};
use crate::Error;

/// Longest text that is searched for, in characters; the rest is left out.
const SEARCH_MAX: usize = 200;

/// Which cases to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Closed ones; otherwise the open ones.
    pub closed: bool,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only those with the category of this key.
    pub category: Option<String>,
    /// Only those of this member of staff.
    pub assignee: Option<StaffId>,
    /// Only those that nobody has.
    pub unassigned: bool,
    /// Only those whose time is over at this instant.
    pub late_at: Option<DateTime<Utc>>,
    /// Words in the title, or a reference.
    pub text: Option<String>,
}

/// A place in the list, to go on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The instant the list is sorted by, of the last case seen; none when it has no promise.
    pub at: Option<DateTime<Utc>>,
    /// Its id.
    pub id: CaseId,
}

/// A piece of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The cases.
    pub cases: Vec<Case>,
    /// Where the next piece begins, if there is one.
    pub next: Option<Cursor>,
}

/// Numbers above the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open and past due without contact.
    pub late: u64,
    /// Open and due within two hours.
    pub soon: u64,
    /// Open and nobody's.
    pub unassigned: u64,
    /// Open.
    pub open: u64,
}

/// An open case whose resident was reached has no promise left to keep: it sorts after those that still wait for a call.
fn waiting() -> Condition {
    Condition::all()
        .add(Column::ContactedAt.is_null())
        .add(Column::DueAt.is_not_null())
}

/// The cases to list. A whole reference finds its case wherever it stands: whoever reads it out on the phone does not know.
fn condition(filter: &Filter) -> Condition {
    let narrowed = narrowed(filter);
    match filter.text.as_deref().map(super::reference::normalise) {
        Some(reference) if reference.contains('-') => Condition::any()
            .add(narrowed)
            .add(Column::Reference.eq(reference)),
        _ => narrowed,
    }
}

fn narrowed(filter: &Filter) -> Condition {
    let mut condition = Condition::all().add(if filter.closed {
        Column::Status.eq(CaseStatus::Closed)
    } else {
        Column::Status.is_in(CaseStatus::OPEN)
    });
    if let Some(kind) = filter.kind {
        condition = condition.add(Column::Kind.eq(kind));
    }
    if let Some(category) = &filter.category {
        condition = condition.add(Column::Category.eq(category.as_str()));
    }
    if let Some(assignee) = filter.assignee {
        condition = condition.add(Column::AssigneeId.eq(assignee));
    }
    if filter.unassigned {
        condition = condition.add(Column::AssigneeId.is_null());
    }
    if let Some(now) = filter.late_at {
        condition = condition.add(waiting()).add(Column::DueAt.lt(now));
    }
    if let Some(text) = filter
        .text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        let text: String = text.chars().take(SEARCH_MAX).collect();
        let words = crate::text::searchable(&text);
        let plain = words
            .replace('\\', r"\\")
            .replace('%', r"\%")
            .replace('_', r"\_");
        let pattern = LikeExpr::new(format!("%{plain}%")).escape('\\');
        let mut found =
            Condition::any().add(Column::Reference.eq(super::reference::normalise(&text)));
        if !words.is_empty() {
            found = found.add(Column::TitleSearched.like(pattern));
        }
        condition = condition.add(found);
    }
    condition
}

/// The sort key: open cases by the instant they are due, closed ones by the instant they were closed, newest first.
fn sort_key(filter: &Filter) -> Expr {
    if filter.closed {
        Expr::col(Column::ClosedAt)
    } else {
        Expr::case(waiting(), Expr::col(Column::DueAt))
            .finally(Option::<DateTime<Utc>>::None)
            .into()
    }
}

/// A piece of the list, at most `limit` cases.
pub async fn list(
    tx: &TenantTx,
    viewer: Viewer,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u64,
) -> Result<Page, Error> {
    let (direction, key) = if filter.closed {
        (Order::Desc, sort_key(filter))
    } else {
        (Order::Asc, sort_key(filter))
    };
    let mut query = tx
        .find::<case_file::Entity>()
        .filter(viewer.may_see(tx))
        .filter(condition(filter));
    if let Some(cursor) = after {
        query = query.filter(beyond(filter, cursor));
    }
    let mut cases = query
        .order_by_with_nulls(key, direction.clone(), NullOrdering::Last)
        .order_by(Column::Id, direction)
        .limit(limit + 1)
        .all(tx)
        .await?;
    let more = u64::try_from(cases.len()).unwrap_or(u64::MAX) > limit;
    if more {
        cases.pop();
    }
    let next = cases.last().filter(|_| more).map(|case| Cursor {
        at: if filter.closed {
            case.closed_at
        } else if case.contacted_at.is_none() {
            case.due_at
        } else {
            None
        },
        id: case.id,
    });
    Ok(Page { cases, next })
}

fn beyond(filter: &Filter, cursor: &Cursor) -> Condition {
    let key = || sort_key(filter);
    let id = Column::Id;
    match cursor.at {
        Some(at) if filter.closed => Condition::any()
            .add(key().lt(at))
            .add(Condition::all().add(key().eq(at)).add(id.lt(cursor.id))),
        Some(at) => Condition::any()
            .add(key().gt(at))
            .add(key().is_null())
            .add(Condition::all().add(key().eq(at)).add(id.gt(cursor.id))),
        None => Condition::all().add(key().is_null()).add(id.gt(cursor.id)),
    }
}

/// The numbers above the list, at `now`, in one query.
pub async fn counts(tx: &TenantTx, viewer: Viewer, now: DateTime<Utc>) -> Result<Counts, Error> {
    let open = tx
        .find::<case_file::Entity>()
        .filter(viewer.may_see(tx))
        .filter(Column::Status.is_in(CaseStatus::OPEN));
    let sum = |condition: Condition| -> Expr {
        // PostgreSQL sums bigint to numeric.
        Expr::expr(Expr::case(condition, Expr::value(1_i64)).finally(0_i64))
            .sum()
            .cast_as("bigint")
    };
    let row = open
        .select_only()
        .expr_as(Expr::col(Column::Id).count(), "open")
        .expr_as(sum(waiting().add(Column::DueAt.lt(now))), "late")
        .expr_as(
            sum(waiting()
                .add(Column::DueAt.gte(now))
                .add(Column::DueAt.lte(now + SOON))),
            "soon",
        )
        .expr_as(
            sum(Condition::all().add(Column::AssigneeId.is_null())),
            "unassigned",
        );
    let statement = sea_orm::QueryTrait::into_query(row);
    let Some(row) = tx.query_one(&statement).await? else {
        return Ok(Counts::default());
    };
    let number = |name: &str| -> Result<u64, Error> {
        // The sum over nothing is null.
        let value: Option<i64> = row.try_get("", name)?;
        Ok(u64::try_from(value.unwrap_or_default()).unwrap_or_default())
    };
    Ok(Counts {
        late: number("late")?,
        soon: number("soon")?,
        unassigned: number("unassigned")?,
        open: number("open")?,
    })
}
