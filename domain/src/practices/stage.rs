//! Where a practice stands: at its owner's, at the exchange, and by how long ago it was confirmed.

use std::collections::HashMap;

use chrono::{DateTime, Months, Utc};
use sea_orm::{ColumnTrait, QueryFilter};
use tenants::TenantTx;

use super::{
    Practice, PracticeId, PracticeReview, PracticeStatus, PublishedPractice, PublishedState,
    ReviewState, Stage,
    entity::{practice_review, published_practice},
};
use crate::Error;

/// After how many months a practice has to be confirmed.
pub(super) const CONFIRM_AFTER: Months = Months::new(12);
/// After how many months a practice that nobody confirmed is out of date.
pub(super) const STALE_AFTER: Months = Months::new(15);
/// After how many months it goes to the archive.
pub(super) const ARCHIVE_AFTER: Months = Months::new(24);

/// Where a published practice stands on a day.
#[must_use]
pub fn published_stage(practice: &PublishedPractice, now: DateTime<Utc>) -> Stage {
    let is_over = |months| practice.confirmed_at + months <= now;
    match practice.state {
        PublishedState::Archived => Stage::Archived,
        PublishedState::Withdrawn => Stage::Withdrawn,
        PublishedState::TakenDown => Stage::TakenDown,
        PublishedState::Published if is_over(STALE_AFTER) => Stage::Stale,
        PublishedState::Published if is_over(CONFIRM_AFTER) => Stage::ToReconfirm,
        PublishedState::Published => Stage::Published,
    }
}

/// What the exchange has of a practice.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// What its editors judge, or judged last.
    pub review: Option<PracticeReview>,
    /// What everybody reads.
    pub published: Option<PublishedPractice>,
}

impl Standing {
    /// Where the practice stands.
    #[must_use]
    pub fn stage(&self, practice: &Practice, now: DateTime<Utc>) -> Stage {
        let review = self.review.as_ref().map(|review| review.state);
        match (practice.status, review, &self.published) {
            (PracticeStatus::Draft, _, _) => Stage::Draft,
            (PracticeStatus::Submitted, _, _) => Stage::Submitted,
            (_, Some(ReviewState::Waiting), _) => Stage::InReview,
            (_, Some(ReviewState::Returned), _) => Stage::Returned,
            (_, _, Some(published)) => published_stage(published, now),
            (_, _, None) => Stage::Draft,
        }
    }
}

/// What the exchange has of some practices of an organisation, by two statements.
pub async fn standings(
    tx: &TenantTx,
    ids: &[PracticeId],
) -> Result<HashMap<PracticeId, Standing>, Error> {
    let reviews = tx
        .find::<practice_review::Entity>()
        .filter(practice_review::Column::Id.is_in(ids.iter().copied()))
        .all(tx)
        .await?;
    let published = tx
        .find::<published_practice::Entity>()
        .filter(published_practice::Column::Id.is_in(ids.iter().copied()))
        .all(tx)
        .await?;
    let mut standings: HashMap<PracticeId, Standing> = HashMap::new();
    for review in reviews {
        let id = review.id;
        standings.entry(id).or_default().review = Some(review);
    }
    for practice in published {
        let id = practice.id;
        standings.entry(id).or_default().published = Some(practice);
    }
    Ok(standings)
}

/// What the exchange has of one practice.
pub async fn standing(tx: &TenantTx, id: PracticeId) -> Result<Standing, Error> {
    Ok(standings(tx, &[id]).await?.remove(&id).unwrap_or_default())
}
