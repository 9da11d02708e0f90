//! The published copies, as everybody reads them: rows of the platform, without a way back to the owner's.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use tenants::PlatformTx;
use utoipa::ToSchema;

use super::{
    PracticeContent, PracticeId, PublishedPractice, PublishedState, Visibility,
    entity::{
        published_practice::{self, Column},
        published_practice_theme,
    },
};
use crate::Error;

/// A published practice with its text, without the contact person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PracticeDetail {
    /// What lists show.
    #[serde(flatten)]
    pub practice: PublishedPractice,
    /// The text.
    pub article: PracticeContent,
}

/// Published practices of all municipalities, newest first, at most `limit`, older than the one with id `before`.
pub async fn published(
    tx: &PlatformTx,
    before: Option<PracticeId>,
    limit: u64,
) -> Result<Vec<PublishedPractice>, Error> {
    let mut query = tx
        .find::<published_practice::Entity>()
        .order_by_desc(Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(Column::Id.lt(before));
    }
    Ok(query.all(tx).await?)
}

/// One published practice.
pub async fn published_by_slug(tx: &PlatformTx, slug: &str) -> Result<PracticeDetail, Error> {
    let practice = tx
        .find::<published_practice::Entity>()
        .filter(Column::Slug.eq(slug))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let article = serde_json::from_value(practice.body.clone()).map_err(Error::bug)?;
    Ok(PracticeDetail { practice, article })
}

/// Published practices with their themes whose text changed since an instant, the newest first. Two statements.
pub async fn changed_since(
    tx: &PlatformTx,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<(PublishedPractice, BTreeSet<String>)>, Error> {
    let changed = tx
        .find::<published_practice::Entity>()
        .filter(Column::State.eq(PublishedState::Published))
        .filter(Column::Visibility.ne(Visibility::Chosen))
        .filter(Column::UpdatedAt.gt(since))
        .order_by_desc(Column::UpdatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    let mut themes = themes_of(tx, &changed).await?;
    Ok((changed.into_iter())
        .map(|practice| {
            let own = themes.remove(&practice.id).unwrap_or_default();
            (practice, own)
        })
        .collect())
}

/// The themes of practices.
pub async fn themes_of(
    tx: &PlatformTx,
    practices: &[PublishedPractice],
) -> Result<HashMap<PracticeId, BTreeSet<String>>, Error> {
    use published_practice_theme::Column;

    let rows = tx
        .find::<published_practice_theme::Entity>()
        .filter(Column::Practice.is_in(practices.iter().map(|practice| practice.id)))
        .all(tx)
        .await?;
    let mut themes: HashMap<PracticeId, BTreeSet<String>> = HashMap::new();
    for row in rows {
        themes.entry(row.practice).or_default().insert(row.theme);
    }
    Ok(themes)
}
