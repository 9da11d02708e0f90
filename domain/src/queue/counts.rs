//! The numbers above the list.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use tenants::TenantTx;

use super::{Filter, Reader, SavedView, Show, filter::open};
use crate::{
    Error,
    cases::entity::case_file::{self, Column},
    intake::quarantine,
};

/// The parts of which the number is shown.
const COUNTED: [Show; 10] = [
    Show::Open,
    Show::Mine,
    Show::MyTeams,
    Show::Unassigned,
    Show::Late,
    Show::Today,
    Show::Waiting,
    Show::Warned,
    Show::Undelivered,
    Show::Owed,
];

/// The numbers above the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    shown: Vec<(Show, i64)>,
    /// Of each saved view, in their order.
    pub views: Vec<i64>,
    /// Messages in quarantine.
    pub quarantined: i64,
}

impl Counts {
    /// How many cases a part has; none for a part that is not counted.
    #[must_use]
    pub fn of(&self, show: Show) -> i64 {
        let found = self.shown.iter().find(|(part, _)| *part == show);
        found.map_or(0, |(_, count)| *count)
    }

    /// Invented numbers, for samples of pages.
    #[must_use]
    pub fn sample(shown: &[(Show, i64)], views: &[i64], quarantined: i64) -> Self {
        Self {
            shown: shown.to_vec(),
            views: views.to_vec(),
            quarantined,
        }
    }
}

/// A number of rows, among those of the statement when they are open cases, else by a statement of its own within.
fn number(tx: &TenantTx, reader: &Reader, is_open: bool, which: Condition) -> Expr {
    if is_open {
        // PostgreSQL sums bigint to numeric.
        return Expr::expr(Expr::case(which, Expr::value(1_i64)).finally(0_i64))
            .sum()
            .cast_as("bigint");
    }
    let counted = tx
        .find::<case_file::Entity>()
        .filter(reader.viewer.may_see(tx))
        .filter(which)
        .select_only()
        .expr(Column::Id.count())
        .into_query();
    subquery(counted)
}

fn subquery(select: SelectStatement) -> Expr {
    Expr::SubQuery(None, Box::new(select.into()))
}

/// The numbers above the list and of saved views. One statement.
pub async fn counts(tx: &TenantTx, reader: &Reader, views: &[SavedView]) -> Result<Counts, Error> {
    let mut numbers = tx
        .find::<case_file::Entity>()
        .filter(reader.viewer.may_see(tx))
        .filter(open())
        .select_only()
        .expr_as(subquery(quarantine::waiting_count(tx)), "quarantined");
    for show in COUNTED {
        let condition = show.condition(tx, reader);
        numbers = numbers.expr_as(
            number(tx, reader, show.is_open(), condition),
            format!("show_{show}"),
        );
    }
    for (place, view) in views.iter().enumerate() {
        let filter: Filter = view.filter.lenient();
        let condition = filter.condition(tx, reader);
        numbers = numbers.expr_as(
            number(tx, reader, filter.show.is_open(), condition),
            format!("view_{place}"),
        );
    }
    let Some(row) = tx.query_one(&numbers.into_query()).await? else {
        return Ok(Counts::default());
    };
    // The sum over nothing is null.
    let read = |name: &str| -> Result<i64, Error> {
        Ok(row.try_get::<Option<i64>>("", name)?.unwrap_or_default())
    };
    Ok(Counts {
        shown: (COUNTED.into_iter())
            .map(|show| Ok((show, read(&format!("show_{show}"))?)))
            .collect::<Result<_, Error>>()?,
        views: (0..views.len())
            .map(|place| read(&format!("view_{place}")))
            .collect::<Result<_, Error>>()?,
        quarantined: read("quarantined")?,
    })
}
