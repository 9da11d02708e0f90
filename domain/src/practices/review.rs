//! The second gate: an editor of the exchange reads what a municipality agreed on, with a checklist, and publishes it by copy or asks.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Func},
};
use serde::{Deserialize, Serialize};
use tenants::{PlatformTx, TenantId, TenantKind, tenant};
use utoipa::ToSchema;

use super::{
    PracticeContent, PracticeId, PracticeReview, PublishedPractice, PublishedState, ReviewState,
    Sharing,
    entity::{
        practice_review::{self, Column},
        published_practice,
    },
    form::LINE_MAX,
    municipality::short_name,
    published_copy::{keep_copy, parties},
    tombstone::leave_tombstone,
};
use crate::{Code, Error, FieldErrors, input, text};

/// What an editor of the exchange has looked at. All of it, or nothing is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct Checklist {
    /// Nothing in it is about a person.
    pub personal_data: bool,
    /// Its claims say where they come from.
    pub claims: bool,
    /// It may be shared under its licence.
    pub licence: bool,
    /// It is no other one again.
    pub title: bool,
}

/// A practice that an editor judges.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReviewDetail {
    /// The practice.
    #[serde(flatten)]
    pub review: PracticeReview,
    /// Published practices with the same title.
    pub same_title: Vec<PublishedPractice>,
}

impl PracticeReview {
    /// The text as it will be read.
    pub fn content(&self) -> Result<PracticeContent, Error> {
        serde_json::from_value(self.body.clone()).map_err(Error::bug)
    }
}

/// What waits for an editor, the oldest first, at most `limit`, behind the one with id `after`.
pub async fn waiting(
    tx: &PlatformTx,
    after: Option<PracticeId>,
    limit: u64,
) -> Result<Vec<PracticeReview>, Error> {
    let mut query = tx
        .find::<practice_review::Entity>()
        .filter(Column::State.eq(ReviewState::Waiting))
        .order_by_asc(Column::Id)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after));
    }
    Ok(query.all(tx).await?)
}

async fn get(tx: &PlatformTx, id: PracticeId) -> Result<PracticeReview, Error> {
    tx.find::<practice_review::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// One practice that an editor judges.
pub async fn review(tx: &PlatformTx, id: PracticeId) -> Result<ReviewDetail, Error> {
    use published_practice::Column;

    let review = get(tx, id).await?;
    let title = Expr::from(Func::lower(Expr::col(Column::Title)));
    let same_title = tx
        .find::<published_practice::Entity>()
        .filter(ExprTrait::eq(title, review.title.to_lowercase()))
        .filter(Column::Id.ne(id))
        .filter(Column::State.eq(PublishedState::Published))
        .limit(5)
        .all(tx)
        .await?;
    Ok(ReviewDetail { review, same_title })
}

async fn decide(
    tx: &PlatformTx,
    review: &PracticeReview,
    state: ReviewState,
    questions: &str,
) -> Result<(), Error> {
    let decided = tx
        .update::<practice_review::Entity>()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Questions, Expr::value(questions))
        .col_expr(Column::DecidedAt, Expr::value(Some(tx.now())))
        .filter(Column::Id.eq(review.id))
        .filter(Column::State.eq(ReviewState::Waiting))
        .exec(tx)
        .await?;
    if decided.rows_affected == 0 {
        return Err(Error::refused(Code::PracticeNotNow));
    }
    Ok(())
}

/// Sends a practice back to its owner with questions.
///
/// # Errors
/// [`Error::Invalid`] without a question; [`Code::PracticeNotNow`] when it does not wait.
pub async fn ask(tx: &PlatformTx, id: PracticeId, questions: &str) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let questions = text::clean_text(questions);
    let questions = input::required(questions, 4_000, "questions", &mut errors);
    errors.into_result()?;
    let review = get(tx, id).await?;
    decide(tx, &review, ReviewState::Returned, &questions).await
}

impl Checklist {
    fn check(self) -> Result<(), Error> {
        let mut errors = FieldErrors::default();
        for (field, is_ticked) in [
            ("personalData", self.personal_data),
            ("claims", self.claims),
            ("licence", self.licence),
            ("title", self.title),
        ] {
            if !is_ticked {
                errors.add(field, "not_confirmed");
            }
        }
        errors.into_result()
    }
}

/// Publishes a practice, or its next version: until now everybody read the one before. Gives back its address.
///
/// # Errors
/// [`Error::Invalid`] for what was not looked at; [`Code::PracticeNotNow`] when it does not wait.
pub async fn publish(
    tx: &PlatformTx,
    id: PracticeId,
    checklist: Checklist,
) -> Result<String, Error> {
    checklist.check()?;
    let review = get(tx, id).await?;
    decide(tx, &review, ReviewState::Published, "").await?;
    let sharing: Sharing = serde_json::from_value(review.sharing.clone()).map_err(Error::bug)?;
    let mut content = review.content()?;
    content.derived_from = sources(tx, &sharing.derived_from).await?;
    let slug = keep_copy(tx, &review, &content, &sharing).await?;
    let everybody = tenant::all(tx).await?;
    let partners = everybody
        .iter()
        .filter(|one| one.kind == TenantKind::Municipality && one.id != review.owner);
    let known: HashMap<String, TenantId> = partners
        .map(|one| (short_name(&one.name), one.id))
        .collect();
    parties(tx, &review, &sharing, &known).await?;
    Ok(slug)
}

/// The practices with these addresses.
async fn sources(tx: &PlatformTx, slugs: &[String]) -> Result<Vec<PracticeId>, Error> {
    if slugs.is_empty() {
        return Ok(Vec::new());
    }
    let slugs = slugs.iter().map(|slug| {
        let slug = slug.trim_end_matches('/');
        slug.rsplit('/').next().unwrap_or(slug)
    });
    let found = tx
        .find::<published_practice::Entity>()
        .filter(published_practice::Column::Slug.is_in(slugs))
        .all(tx)
        .await?;
    Ok(found.into_iter().map(|one| one.id).collect())
}

/// Takes a published practice down: only the reason and the day are left. Gives back its id.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Error::NotFound`].
pub async fn take_down(tx: &PlatformTx, slug: &str, reason: &str) -> Result<PracticeId, Error> {
    use published_practice::Column;

    let mut errors = FieldErrors::default();
    let reason = input::required(text::clean_line(reason), LINE_MAX, "reason", &mut errors);
    errors.into_result()?;
    let practice = tx
        .find::<published_practice::Entity>()
        .filter(Column::Slug.eq(slug))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let state = PublishedState::TakenDown;
    leave_tombstone(tx, practice.id, practice.owner, state, &reason, tx.now()).await?;
    Ok(practice.id)
}
