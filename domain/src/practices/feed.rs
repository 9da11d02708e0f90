//! Published practices in the order in which something happened to them, for those who harvest: what was taken back is there as well.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait as _, Func, SimpleExpr},
};
use tenants::PlatformTx;

use super::{
    PracticeId, PublishedPractice, Theme, Visibility,
    entity::{
        published_practice::{self, Column},
        published_practice_theme,
    },
    themes_of,
};
use crate::Error;

/// Which practices a feed has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedFilter {
    /// Only of this theme.
    pub theme: Option<Theme>,
    /// Only of the municipality with this code.
    pub municipality: Option<String>,
    /// Only what happened at this instant or later.
    pub since: Option<DateTime<Utc>>,
}

/// When something happened last that a reader notices: the text changed, or it was taken back.
fn changed() -> SimpleExpr {
    Func::coalesce([Expr::col(Column::EndedAt), Expr::col(Column::UpdatedAt)]).into()
}

impl PublishedPractice {
    /// When something happened to it last that a reader notices.
    #[must_use]
    pub fn changed_at(&self) -> DateTime<Utc> {
        self.ended_at.unwrap_or(self.updated_at)
    }
}

/// Practices that everybody may read, with their themes, what happened last first, at most `limit`, after the one with id `after`.
pub async fn feed(
    tx: &PlatformTx,
    filter: &FeedFilter,
    after: Option<PracticeId>,
    limit: u64,
) -> Result<Vec<(PublishedPractice, BTreeSet<String>)>, Error> {
    let mut query = tx
        .find::<published_practice::Entity>()
        .filter(Column::Visibility.eq(Visibility::Everyone))
        .order_by_desc(changed())
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(theme) = filter.theme {
        let about = tx
            .find::<published_practice_theme::Entity>()
            .select_only()
            .column(published_practice_theme::Column::Practice)
            .filter(published_practice_theme::Column::Theme.eq(theme.as_str()))
            .into_query();
        query = query.filter(Column::Id.in_subquery(about));
    }
    if let Some(code) = &filter.municipality {
        query = query.filter(Column::MunicipalityCode.eq(code.as_str()));
    }
    if let Some(since) = filter.since {
        query = query.filter(changed().gte(since));
    }
    if let Some(after) = after {
        let last = tx
            .find::<published_practice::Entity>()
            .filter(Column::Id.eq(after))
            .one(tx)
            .await?
            .ok_or(Error::NotFound)?;
        let at = last.changed_at();
        let older = Condition::any()
            .add(changed().lt(at))
            .add(changed().eq(at).and(Expr::col(Column::Id).lt(after)));
        query = query.filter(older);
    }
    let practices = query.all(tx).await?;
    let mut themes = themes_of(tx, &practices).await?;
    Ok((practices.into_iter())
        .map(|practice| {
            let own = themes.remove(&practice.id).unwrap_or_default();
            (practice, own)
        })
        .collect())
}
