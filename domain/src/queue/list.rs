//! A piece of the list, and the way from one case to the next.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, FromQueryResult, Order, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, ExprTrait, NullOrdering, Query, SelectStatement, UnionType},
};
use serde::Serialize;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{
    Filter, Reader, Show, Sort,
    filter::{open, promised},
    tags,
};
use crate::{
    Error,
    cases::{
        Case, CaseId, CaseView,
        entity::case_file::{self, Column},
    },
    clocks,
    search::{self, Field},
};

/// A place in a list: what its cases are sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Open cases come before all others where both are listed.
    pub rank: i64,
    /// The instant they are sorted by; none when there is none.
    pub at: Option<DateTime<Utc>>,
    /// The id.
    pub id: CaseId,
}

/// Where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Behind a case.
    After(Cursor),
    /// Before it.
    Before(Cursor),
}

/// A case in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = QueueItem)]
pub struct Row {
    /// The case.
    #[serde(flatten)]
    pub case: CaseView,
    /// Its tags, by the alphabet.
    pub tags: Vec<String>,
    /// The parts in which what was searched for was found; empty when nothing was searched for.
    pub found_in: Vec<Field>,
    /// When the law wants a complaint dealt with (Awb art. 9:11), in UTC; of closed ones whose letter is still to come only.
    pub law_due_at: Option<DateTime<Utc>>,
    /// Its place in the list.
    #[serde(skip)]
    pub cursor: Cursor,
}

/// A piece of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The cases.
    pub rows: Vec<Row>,
    /// Whether there are cases behind it.
    pub more_after: bool,
    /// Whether there are cases before it.
    pub more_before: bool,
}

/// The order of a list.
struct Sorting {
    rank: Expr,
    at: Expr,
    newest_first: bool,
}

impl Sorting {
    fn of(tx: &TenantTx, filter: &Filter) -> Self {
        let is_open = filter.show.is_open();
        let ranked = || Expr::case(open(), 0_i64).finally(1_i64).into();
        let unranked = || Expr::value(0_i64).cast_as("bigint");
        match (filter.sort, filter.show) {
            (Sort::Newest, _) => Self::by(unranked(), Expr::col(Column::ReceivedAt), true),
            (Sort::Oldest, _) => Self::by(unranked(), Expr::col(Column::ReceivedAt), false),
            (Sort::Pressing, Show::Owed) => {
                let due = Expr::SubQuery(None, Box::new(clocks::law_due(tx).into()));
                Self::by(unranked(), due, false)
            }
            (Sort::Pressing, Show::Closed) => {
                Self::by(unranked(), Expr::col(Column::ClosedAt), true)
            }
            (Sort::Pressing, Show::All | Show::Warned) if !is_open => {
                Self::by(ranked(), Expr::col(Column::ReceivedAt), true)
            }
            (Sort::Pressing, _) => {
                let due = Expr::case(promised(), Expr::col(Column::DueAt))
                    .finally(Option::<DateTime<Utc>>::None);
                Self::by(unranked(), due.into(), false)
            }
        }
    }

    fn by(rank: Expr, at: Expr, newest_first: bool) -> Self {
        Self {
            rank,
            at,
            newest_first,
        }
    }

    /// What lies beyond a place, in the order of the list or against it.
    fn beyond(&self, cursor: &Cursor, forward: bool) -> Condition {
        let (at, id) = (|| self.at.clone(), Column::Id);
        let rising = forward != self.newest_first;
        let behind = if rising {
            id.gt(cursor.id)
        } else {
            id.lt(cursor.id)
        };
        // Whatever has no instant stands at the end.
        let within = match (cursor.at, forward) {
            (Some(instant), _) => {
                let farther = if rising {
                    at().gt(instant)
                } else {
                    at().lt(instant)
                };
                let last = forward.then(|| at().is_null());
                Condition::any()
                    .add(farther)
                    .add_option(last)
                    .add(Condition::all().add(at().eq(instant)).add(behind))
            }
            (None, true) => Condition::all().add(at().is_null()).add(behind),
            (None, false) => Condition::any()
                .add(at().is_not_null())
                .add(Condition::all().add(at().is_null()).add(behind)),
        };
        let rank = || self.rank.clone();
        let other_rank = if forward {
            rank().gt(cursor.rank)
        } else {
            rank().lt(cursor.rank)
        };
        Condition::any()
            .add(other_rank)
            .add(Condition::all().add(rank().eq(cursor.rank)).add(within))
    }
}

/// The cases of a list beyond a place, the nearest first.
fn query(
    tx: &TenantTx,
    reader: &Reader,
    filter: &Filter,
    place: Option<&Place>,
    limit: u64,
) -> SelectStatement {
    let sorting = Sorting::of(tx, filter);
    let mut cases = tx
        .find::<case_file::Entity>()
        .filter(reader.viewer.may_see(tx))
        .filter(filter.condition(tx, reader));
    let forward = !matches!(place, Some(Place::Before(_)));
    if let Some(Place::After(cursor) | Place::Before(cursor)) = place {
        cases = cases.filter(sorting.beyond(cursor, forward));
    }
    let direction = |reversed: bool| if reversed { Order::Desc } else { Order::Asc };
    let reversed = forward == sorting.newest_first;
    let nulls = if forward {
        NullOrdering::Last
    } else {
        NullOrdering::First
    };
    cases
        .expr_as(sorting.rank.clone(), "sort_rank")
        .expr_as(sorting.at.clone(), "sort_at")
        .order_by(sorting.rank, direction(!forward))
        .order_by_with_nulls(sorting.at, direction(reversed), nulls)
        .order_by(Column::Id, direction(reversed))
        .limit(limit)
        .into_query()
}

/// A piece of the list, at most `limit` cases. One statement.
pub async fn list(
    tx: &TenantTx,
    reader: &Reader,
    filter: &Filter,
    place: Option<&Place>,
    limit: u64,
) -> Result<Page, Error> {
    let mut statement = query(tx, reader, filter, place, limit + 1);
    statement.expr_as(tags::joined(tx), "tags");
    if let Some(phrase) = filter.phrase() {
        for field in Field::ALL {
            let found = Expr::case(search::is_in(tx, phrase, *field), 1_i64).finally(0_i64);
            statement.expr_as(found, format!("found_{field}"));
        }
    }
    let rows = tx.query_all(&statement).await?;
    let mut rows: Vec<Row> = (rows.iter())
        .map(|row| read(tx, row, filter))
        .collect::<Result<_, Error>>()?;
    let more = u64::try_from(rows.len()).unwrap_or(u64::MAX) > limit;
    if more {
        rows.pop();
    }
    Ok(match place {
        Some(Place::Before(_)) => {
            rows.reverse();
            Page {
                rows,
                more_after: true,
                more_before: more,
            }
        }
        place => Page {
            rows,
            more_after: more,
            more_before: place.is_some(),
        },
    })
}

fn read(tx: &TenantTx, row: &QueryResult, filter: &Filter) -> Result<Row, Error> {
    let case = Case::from_query_result(row, "")?;
    let at: Option<DateTime<Utc>> = row.try_get("", "sort_at")?;
    let mut found_in = Vec::new();
    if filter.phrase().is_some() {
        for field in Field::ALL {
            if row.try_get::<i64>("", &format!("found_{field}"))? == 1 {
                found_in.push(*field);
            }
        }
    }
    let tags: Option<String> = row.try_get("", "tags")?;
    Ok(Row {
        cursor: Cursor {
            rank: row.try_get("", "sort_rank")?,
            at,
            id: case.id,
        },
        tags: tags::split(tags.as_deref()),
        found_in,
        law_due_at: at.filter(|_| filter.show == Show::Owed && filter.sort == Sort::Pressing),
        case: CaseView::at(case, tx.now()),
    })
}

/// Refuses a case that is not there, or that the reader may not see.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn require_visible(tx: &TenantTx, reader: &Reader, id: CaseId) -> Result<(), Error> {
    let found = tx
        .find::<case_file::Entity>()
        .filter(reader.viewer.may_see(tx))
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?;
    found.map(drop).ok_or(Error::NotFound)
}

/// The case before and the case behind a place in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Reference and place of the one before.
    pub previous: Option<(String, Cursor)>,
    /// Reference and place of the one behind.
    pub next: Option<(String, Cursor)>,
}

/// What stands before and behind a place in a list, so that one can read on from a case. The place is where the case stood when the list was
/// read: what is done with a case moves it, and not the reader. One statement.
pub async fn neighbours(
    tx: &TenantTx,
    reader: &Reader,
    filter: &Filter,
    at: &Cursor,
) -> Result<Neighbours, Error> {
    let side = |name: &str, place: Place| {
        let nearest = query(tx, reader, filter, Some(&place), 1);
        let mut side = Query::select();
        side.expr_as(Expr::value(name), "side");
        for column in ["reference", "id", "sort_rank", "sort_at"] {
            side.column(Alias::new(column));
        }
        side.from_subquery(nearest, Alias::new(name));
        side
    };
    let mut both = side("next", Place::After(at.clone()));
    both.union(UnionType::All, side("previous", Place::Before(at.clone())));
    let mut found = Neighbours::default();
    for row in tx.query_all(&both).await? {
        let cursor = Cursor {
            rank: row.try_get("", "sort_rank")?,
            at: row.try_get("", "sort_at")?,
            id: row.try_get("", "id")?,
        };
        let side: String = row.try_get("", "side")?;
        let neighbour = Some((row.try_get("", "reference")?, cursor));
        if side == "next" {
            found.next = neighbour;
        } else {
            found.previous = neighbour;
        }
    }
    Ok(found)
}
