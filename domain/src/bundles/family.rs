//! Who adapted a bundle from whom.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, Iterable as _, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde::Serialize;
use tenants::PlatformTx;
use utoipa::ToSchema;

use super::{
    BundleLine, BundleStatus, ExchangeBundle,
    entity::exchange_bundle::{self, Column},
};
use crate::Error;

/// Most bundles among which relatives are looked for.
const BUNDLES_MAX: u64 = 2_000;

/// A bundle in the tree of those that were made from each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = BundleVariant)]
pub struct Relative {
    /// The newest version of it.
    #[serde(flatten)]
    pub item: ExchangeBundle,
    /// How far it is from the first one.
    pub depth: usize,
}

/// The tree a bundle stands in, each behind the one it was made from; without documents. One statement.
pub async fn family(tx: &PlatformTx, line: BundleLine) -> Result<Vec<Relative>, Error> {
    let columns = Column::iter().filter(|column| !matches!(column, Column::Document));
    let published = tx
        .find::<exchange_bundle::Entity>()
        .select_only()
        .columns(columns)
        .expr_as(Expr::value(""), "document")
        .filter(Column::Status.eq(BundleStatus::Published))
        .order_by_asc(Column::SubmittedAt)
        .order_by_asc(Column::Id)
        .limit(BUNDLES_MAX)
        .all(tx)
        .await?;
    Ok(tree(&published, line))
}

fn tree(published: &[ExchangeBundle], line: BundleLine) -> Vec<Relative> {
    let of = |line| published.iter().find(|item| item.line == line);
    let mut first = line;
    let mut passed = HashSet::new();
    // A bundle that says it was made from one made from it ends the way up.
    while passed.insert(first)
        && let Some(above) = of(first).and_then(|item| item.origin)
        && !passed.contains(&above)
    {
        first = above;
    }
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut open = vec![(first, 0)];
    while let Some((line, depth)) = open.pop() {
        if !seen.insert(line) {
            continue;
        }
        // One that was taken back is not shown, and what was made from it is.
        let below = match of(line) {
            Some(item) => {
                let item = item.clone();
                found.push(Relative { item, depth });
                depth + 1
            }
            None => depth,
        };
        let made = published.iter().filter(|item| item.origin == Some(line));
        open.extend(made.rev().map(|item| (item.line, below)));
    }
    found
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use tenants::uuid::Uuid;

    use super::*;

    fn bundle(line: u128, origin: Option<u128>) -> ExchangeBundle {
        let of = |line: u128| BundleLine::from(Uuid::from_u128(line));
        ExchangeBundle {
            id: Uuid::from_u128(line).into(),
            owner: Uuid::nil().into(),
            owner_name: String::new(),
            addressee: None,
            line: of(line),
            slug: String::new(),
            version: "1.0.0".to_owned(),
            title: line.to_string(),
            summary: String::new(),
            status: BundleStatus::Published,
            document: String::new(),
            digest: String::new(),
            origin: origin.map(of),
            practice_id: None,
            submitted_at: DateTime::UNIX_EPOCH,
            decided_at: None,
            decided_in: None,
            reason: None,
        }
    }

    fn seen(bundles: &[(u128, Option<u128>)], from: u128) -> Vec<(String, usize)> {
        let bundles: Vec<_> = bundles
            .iter()
            .map(|(line, origin)| bundle(*line, *origin))
            .collect();
        let tree = tree(&bundles, Uuid::from_u128(from).into());
        tree.into_iter()
            .map(|one| (one.item.title, one.depth))
            .collect()
    }

    #[test]
    fn everybody_stands_behind_whom_they_adapted_from_wherever_one_looks() {
        let all = [
            (1, None),
            (2, Some(1)),
            (3, Some(2)),
            (4, Some(1)),
            (9, None),
        ];
        let expected = [("1", 0), ("2", 1), ("3", 2), ("4", 1)]
            .map(|(title, depth)| (title.to_owned(), depth));
        for from in [1, 2, 3, 4] {
            assert_eq!(seen(&all, from), expected, "{from}");
        }
        let taken_back = [(2, Some(1)), (3, Some(2)), (4, Some(1))];
        let left = [("2", 0), ("3", 1), ("4", 0)].map(|(title, depth)| (title.to_owned(), depth));
        assert_eq!(seen(&taken_back, 3), left);
        let circle = [(1, Some(2)), (2, Some(1))];
        assert_eq!(seen(&circle, 1).len(), 2);
    }
}
