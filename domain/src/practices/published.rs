//! The published copies, as everybody reads them: rows of the platform, without a way back to the owner's.

use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use tenants::PlatformTx;
use utoipa::ToSchema;

use super::{
    PracticeContent, PracticeId, PublishedPractice,
    entity::published_practice::{self, Column},
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
