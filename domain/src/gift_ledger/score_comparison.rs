//! Scores of residents who got a gift before they gave one, beside all others. A gift never depends on a score; whether it
//! colours one is worth knowing.

use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement};
use serde::Serialize;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{GiftStatus, entity::gift, year::Year, year::zone};
use crate::{Error, cases::Viewer, scores};

/// The mean of scores, in tenths, and how many there are. Nothing when there are so few that somebody could be recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ScoreMean {
    /// Mean times ten, rounded half up.
    pub mean_tenths: i64,
    /// How many scores.
    pub count: i64,
}

/// Fewest scores for which a mean is shown.
pub const FEWEST_SCORES: i64 = 5;

fn mean((sum, count): (i64, i64)) -> Option<ScoreMean> {
    (count >= FEWEST_SCORES).then(|| ScoreMean {
        mean_tenths: (sum * 20 + count) / (count * 2),
        count,
    })
}

/// Scores that residents gave in a year of the municipality, over all budgets: with a gift before them, and without. A budget alone
/// would often have too few to tell. Without what is about the viewer, when there is one.
pub async fn compare_scores(
    tx: &TenantTx,
    viewer: Option<Viewer>,
    year: i64,
) -> Result<(Option<ScoreMean>, Option<ScoreMean>), Error> {
    let Some(year) = Year::of(year, zone(tx).await?) else {
        return Ok((None, None));
    };
    let when = (year.begins, year.ends);
    Ok((
        mean(scores::sum(tx, viewer, (cases_with_gift(tx), true), when).await?),
        mean(scores::sum(tx, viewer, (cases_with_gift(tx), false), when).await?),
    ))
}

/// The cases whose resident got a gift before giving a score.
pub(crate) fn cases_with_gift(tx: &TenantTx) -> SelectStatement {
    tx.find::<gift::Entity>()
        .select_only()
        .column(gift::Column::CaseId)
        .filter(gift::Column::BeforeScore.eq(true))
        .filter(gift::Column::CaseId.is_not_null())
        .filter(gift::Column::Status.is_not_in(GiftStatus::UNGIVEN))
        .into_query()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_few_is_not_told_and_a_half_rounds_up() {
        assert_eq!(mean((36, 4)), None);
        let tenths = |sum, count| mean((sum, count)).map(|scores| scores.mean_tenths);
        assert_eq!(tenths(40, 5), Some(80));
        assert_eq!(tenths(47, 6), Some(78));
        assert_eq!(tenths(453, 60), Some(76), "7.55");
    }
}
