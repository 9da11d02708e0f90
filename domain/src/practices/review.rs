//! The second gate: an editor of the exchange reads what a municipality agreed on, with a checklist, and publishes it by copy or asks.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Func, OnConflict},
};
use serde::{Deserialize, Serialize};
use tenants::{PlatformTx, TenantId, TenantKind, tenant};
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

use super::{
    Municipality, PracticeContent, PracticeId, PracticePhase, PracticeReview, PublishedPractice,
    PublishedState, ReviewState, Sharing,
    entity::{
        practice_party,
        practice_review::{self, Column},
        practice_text, published_practice, published_practice_theme, published_practice_version,
    },
    form::LINE_MAX,
    lifecycle::bury,
    municipality::short_name,
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

async fn keep_copy(
    tx: &PlatformTx,
    review: &PracticeReview,
    content: &PracticeContent,
    sharing: &Sharing,
) -> Result<String, Error> {
    use published_practice::Column;

    let (id, now) = (review.id, tx.now());
    let body = serde_json::to_value(content).map_err(Error::bug)?;
    let place = Municipality::named(&review.municipality);
    let known = tx
        .find::<published_practice::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?;
    let slug = match known {
        Some(known) => known.slug,
        None => slug(&content.title, id),
    };
    let row = published_practice::ActiveModel {
        id: Set(id),
        owner: Set(review.owner),
        slug: Set(slug.clone()),
        number: Set(review.number),
        title: Set(content.title.clone()),
        summary: Set(content.summary.clone()),
        municipality_code: Set(content.municipality_code.clone()),
        municipality: Set(review.municipality.clone()),
        province: Set(place.map(|place| place.province)),
        size_class: Set(place.map(Municipality::size_class)),
        practice_type: Set(content.practice_type),
        phase: Set(content.phase.unwrap_or(PracticePhase::InUse)),
        year: Set(content.year_start.map(i64::from)),
        visibility: Set(sharing.visibility),
        state: Set(PublishedState::Published),
        reason: Set(None),
        ended_at: Set(None),
        contact_until: Set(None),
        reminded_at: Set(None),
        evidence_level: Set(content.evidence_level()),
        bundle: Set(None),
        active_count: Set(0),
        published_at: Set(now),
        confirmed_at: Set(now),
        updated_at: Set(now),
        body: Set(body.clone()),
    };
    let again = OnConflict::column(Column::Id)
        .update_columns([
            Column::Number,
            Column::Title,
            Column::Summary,
            Column::Municipality,
            Column::MunicipalityCode,
            Column::Province,
            Column::SizeClass,
            Column::PracticeType,
            Column::Phase,
            Column::Year,
            Column::EvidenceLevel,
            Column::Visibility,
            Column::State,
            Column::Reason,
            Column::EndedAt,
            Column::ConfirmedAt,
            Column::UpdatedAt,
            Column::Body,
        ])
        .to_owned();
    published_practice::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    let version = published_practice_version::ActiveModel {
        practice: Set(id),
        number: Set(review.number),
        owner: Set(review.owner),
        title: Set(content.title.clone()),
        changes: Set(review.changes.clone()),
        body: Set(body),
        published_at: Set(now),
    };
    let same = OnConflict::columns([
        published_practice_version::Column::Practice,
        published_practice_version::Column::Number,
    ])
    .update_columns([
        published_practice_version::Column::Title,
        published_practice_version::Column::Changes,
        published_practice_version::Column::Body,
    ])
    .to_owned();
    published_practice_version::Entity::insert(version)
        .on_conflict(same)
        .exec_without_returning(tx)
        .await?;
    themes(tx, review, content).await?;
    words(tx, review, content).await?;
    Ok(slug)
}

async fn themes(
    tx: &PlatformTx,
    review: &PracticeReview,
    content: &PracticeContent,
) -> Result<(), Error> {
    tx.delete::<published_practice_theme::Entity>()
        .filter(published_practice_theme::Column::Practice.eq(review.id))
        .exec(tx)
        .await?;
    let rows: Vec<published_practice_theme::ActiveModel> = (content.themes.iter())
        .map(|theme| published_practice_theme::ActiveModel {
            practice: Set(review.id),
            theme: Set(theme.to_string()),
            owner: Set(review.owner),
        })
        .collect();
    if !rows.is_empty() {
        published_practice_theme::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// What it is found by.
async fn words(
    tx: &PlatformTx,
    review: &PracticeReview,
    content: &PracticeContent,
) -> Result<(), Error> {
    tx.delete::<practice_text::Entity>()
        .filter(practice_text::Column::Practice.eq(review.id))
        .exec(tx)
        .await?;
    let parts = content
        .texts()
        .into_iter()
        .flatten()
        .map(super::Block::text);
    let body: Vec<String> = parts
        .chain(content.partners.iter().cloned())
        .chain(
            content
                .entries
                .iter()
                .map(|entry| entry.competition.clone()),
        )
        .chain([review.municipality.clone()])
        .collect();
    let low = review.id.0.as_u128() & u128::from(u64::MAX >> 1);
    let row = practice_text::ActiveModel {
        practice: Set(review.id),
        owner: Set(review.owner),
        number: Set(i64::try_from(low).unwrap_or_default()),
        title: Set(text::searchable(&content.title)),
        summary: Set(text::searchable(&content.summary)),
        body: Set(text::searchable(&body.join(" "))),
    };
    practice_text::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Whoever may read it and owns it as well. A co-owner that agreed before stays agreed.
async fn parties(
    tx: &PlatformTx,
    review: &PracticeReview,
    sharing: &Sharing,
    known: &HashMap<String, TenantId>,
) -> Result<(), Error> {
    use practice_party::Column;

    let agreed: HashMap<TenantId, _> = tx
        .find::<practice_party::Entity>()
        .filter(Column::Practice.eq(review.id))
        .filter(Column::Role.eq(CO_OWNER))
        .all(tx)
        .await?
        .into_iter()
        .map(|party| (party.tenant, party.agreed_at))
        .collect();
    tx.delete::<practice_party::Entity>()
        .filter(Column::Practice.eq(review.id))
        .exec(tx)
        .await?;
    let named = (sharing.co_owners.iter().map(|name| (name, CO_OWNER)))
        .chain(sharing.readers.iter().map(|name| (name, READER)));
    let mut rows: Vec<practice_party::ActiveModel> = Vec::new();
    for (name, role) in named {
        let Some(tenant) = known.get(&short_name(name)) else {
            continue;
        };
        let is_there = |row: &practice_party::ActiveModel| {
            row.tenant == Set(*tenant) && row.role == Set(role.to_owned())
        };
        if rows.iter().any(is_there) {
            continue;
        }
        rows.push(practice_party::ActiveModel {
            practice: Set(review.id),
            tenant: Set(*tenant),
            role: Set(role.to_owned()),
            owner: Set(review.owner),
            name: Set(name.clone()),
            agreed_at: Set(agreed
                .get(tenant)
                .copied()
                .flatten()
                .filter(|_| role == CO_OWNER)),
        });
    }
    if !rows.is_empty() {
        practice_party::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// The role of a municipality that owns a practice as well.
pub(super) const CO_OWNER: &str = "coOwner";
/// The role of a municipality that was chosen to read a practice.
pub(super) const READER: &str = "reader";

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
    bury(tx, practice.id, practice.owner, state, &reason, tx.now()).await?;
    Ok(practice.id)
}

/// Address of a practice: its title, and the end of its id so that two practices may have the same title.
fn slug(title: &str, id: PracticeId) -> String {
    let mut slug = String::new();
    for letter in title.to_lowercase().nfkd() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.ends_with('-')
            && !slug.is_empty()
            && !('\u{300}'..='\u{36f}').contains(&letter)
        {
            slug.push('-');
        }
    }
    let short: String = slug.chars().take(60).collect();
    let end: String = id.0.simple().to_string().chars().skip(26).collect();
    format!("{}-{end}", short.trim_matches('-'))
        .trim_start_matches('-')
        .to_owned()
}

#[cfg(test)]
mod slugs {
    use tenants::uuid::Uuid;

    use super::*;

    #[test]
    fn an_address_is_plain_short_and_its_own() {
        let id = PracticeId(Uuid::from_u128(0x1234_5678_9abc));
        assert_eq!(
            slug("Eén luisterend oor: de klacht vóór zijn!", id),
            "een-luisterend-oor-de-klacht-voor-zijn-789abc"
        );
        assert_eq!(slug("…", id), "789abc");
        assert!(slug(&"woord ".repeat(100), id).len() <= 67);
    }
}
