//! The copy that everybody reads, written when the exchange publishes a practice or its next version.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use tenants::{PlatformTx, TenantId};
use unicode_normalization::UnicodeNormalization;

use super::{
    Municipality, PracticeContent, PracticeId, PracticePhase, PracticeReview, PublishedPractice,
    PublishedState, Sharing,
    entity::{
        practice_party, practice_text, published_practice, published_practice_theme,
        published_practice_version,
    },
    municipality::short_name,
};
use crate::{Error, text};

/// Writes what everybody reads: the practice with its themes, its version and what it is found by. Gives back its address.
pub(super) async fn keep_copy(
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
    let adopters = known.as_ref().map(PublishedPractice::adopters);
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
        size_class: Set(place.and_then(Municipality::size_class)),
        practice_type: Set(content.practice_type),
        phase: Set(content.phase.unwrap_or(PracticePhase::InUse)),
        year: Set(content.year_start.map(i64::from)),
        visibility: Set(sharing.visibility),
        state: Set(PublishedState::Published),
        reason: Set(None),
        ended_at: Set(None),
        contact_until: Set(None),
        reminded_at: Set(None),
        evidence_level: Set(content.evidence_level(adopters.unwrap_or_default())),
        bundle: Set(None),
        active_count: Set(0),
        adopters_higher: Set(0),
        adopters_lower: Set(0),
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
pub(super) async fn parties(
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
