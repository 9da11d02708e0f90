//! The published copies, as everybody reads them: rows of the platform, without a way back to the owner's.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use tenants::PlatformTx;

use super::{Article, PracticeId, entity::published_practice};
use crate::Error;

/// A published practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedPractice {
    /// Id.
    pub id: PracticeId,
    /// Its address under `/praktijkvoorbeelden`.
    pub slug: String,
    /// Title.
    pub title: String,
    /// First paragraph.
    pub summary: String,
    /// Municipality.
    pub municipality: Option<String>,
    /// Type.
    pub practice_type: Option<String>,
    /// Year of the practice.
    pub year: Option<i64>,
    /// When it was published last, in UTC.
    pub published_at: DateTime<Utc>,
    /// The text.
    pub article: Article,
}

impl PublishedPractice {
    fn parse(row: published_practice::Model) -> Result<Self, Error> {
        Ok(Self {
            article: serde_json::from_value(row.body).map_err(Error::bug)?,
            id: row.id,
            slug: row.slug,
            title: row.title,
            summary: row.summary,
            municipality: row.municipality,
            practice_type: row.practice_type,
            year: row.year,
            published_at: row.published_at,
        })
    }
}

/// Published practices of all municipalities, newest first, at most `limit`, older than the one with id `before`.
pub async fn published(
    tx: &PlatformTx,
    before: Option<PracticeId>,
    limit: u64,
) -> Result<Vec<PublishedPractice>, Error> {
    let mut query = tx
        .find::<published_practice::Entity>()
        .order_by_desc(published_practice::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        query = query.filter(published_practice::Column::Id.lt(before));
    }
    query
        .all(tx)
        .await?
        .into_iter()
        .map(PublishedPractice::parse)
        .collect()
}

/// One published practice.
pub async fn published_by_slug(tx: &PlatformTx, slug: &str) -> Result<PublishedPractice, Error> {
    tx.find::<published_practice::Entity>()
        .filter(published_practice::Column::Slug.eq(slug))
        .one(tx)
        .await?
        .map(PublishedPractice::parse)
        .ok_or(Error::NotFound)?
}
