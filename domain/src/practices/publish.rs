//! Publishing a practice: the copy that everybody may read, and taking it back.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Delete, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde::Deserialize;
use serde_json::json;
use tenants::{StaffId, Tenant, TenantKind, TenantTx};
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

use super::{
    Municipality, Practice, PracticeContent, PracticeId, PracticePhase,
    PracticeStatus, PublishedState, Theme, Visibility,
    entity::{
        practice::{self, Column},
        published_practice, published_practice_theme, published_practice_version,
    },
    get, municipality,
    names::Private,
    store::LINE_MAX,
};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
    input, text,
};

/// What an editor decides before a practice is published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct PublishRequest {
    /// Title.
    pub title: String,
    /// Municipality whose practice it is. A municipality publishes in its own name: it may leave this out, and no other name is taken. The
    /// platform publishes for others.
    pub municipality: String,
    /// Type.
    pub practice_type: String,
    /// That a person read the text as everybody will read it, so that it names nobody: without it nothing is published.
    pub confirmed: bool,
}

struct Confirmed {
    title: String,
    municipality: String,
}

impl PublishRequest {
    fn parse(&self, tenant: &Tenant, private: &Private) -> Result<Confirmed, Error> {
        let mut errors = FieldErrors::default();
        let mut line = |typed: &str, field| {
            let line = input::required(text::clean_line(typed), LINE_MAX, field, &mut errors);
            if private.hide(&line) != line {
                errors.add(field, "personal_data");
            }
            line
        };
        let named = text::clean_line(&self.municipality);
        let is_own = named.is_empty()
            || municipality::short_name(&named) == municipality::short_name(&tenant.name);
        let confirmed = Confirmed {
            municipality: if is_own {
                tenant.name.clone()
            } else {
                line(&self.municipality, "municipality")
            },
            title: line(&self.title, "title"),
        };
        line(&self.practice_type, "practiceType");
        if !is_own && tenant.kind != TenantKind::Platform {
            errors.add_with("municipality", "other_municipality", "name", &tenant.name);
        }
        if !self.confirmed {
            errors.add("confirmed", "not_confirmed");
        }
        errors.into_result()?;
        Ok(confirmed)
    }
}

impl Practice {
    /// What is known about the people to ask, in a practice of `owner`.
    fn private(&self, owner: &Tenant) -> Result<Private, Error> {
        let (fields, contact) = (self.fields()?, self.contact()?);
        Ok(Private::of_practice(&fields, &contact, &owner.name))
    }

    /// The text as everybody will read it once `owner` publishes it.
    pub fn article(&self, owner: &Tenant) -> Result<PracticeContent, Error> {
        let private = self.private(owner)?;
        let mut content = self.content()?.with_texts(&|text| private.hide(text));
        let place = Municipality::of(owner);
        content.municipality.clone_from(&owner.name);
        content.municipality_code = place.map(|place| place.code.to_owned());
        Ok(content)
    }
}

/// Publishes a practice, or publishes it again after a change: readable for everybody, without the contact person.
///
/// # Errors
/// [`Error::Invalid`] when title or type is missing or names the contact person, or the municipality is another; [`Error::NotFound`].
pub async fn publish(
    tx: &TenantTx,
    tenant: &Tenant,
    id: PracticeId,
    actor: StaffId,
    request: PublishRequest,
) -> Result<Practice, Error> {
    let practice = get(tx, id).await?;
    let confirmed = request.parse(tenant, &practice.private(tenant)?)?;
    let article = PracticeContent {
        title: confirmed.title.clone(),
        municipality: confirmed.municipality.clone(),
        ..practice.article(tenant)?
    };
    let place = Municipality::of(tenant);
    let body = serde_json::to_value(&article).map_err(Error::bug)?;
    let version = published_practice_version::ActiveModel {
        practice: Set(id),
        number: Set(practice.number),
        owner: Set(tx.tenant()),
        title: Set(confirmed.title.clone()),
        changes: Set(practice.changes.clone()),
        body: Set(body.clone()),
        published_at: Set(tx.now()),
    };
    let themes = article.themes.clone();
    let evidence_level = article.evidence_level();
    let copy = published_practice::ActiveModel {
        id: Set(id),
        owner: Set(tx.tenant()),
        slug: Set(slug(&confirmed.title, id)),
        number: Set(practice.number),
        title: Set(article.title),
        summary: Set(article.summary),
        municipality_code: Set(article.municipality_code),
        municipality: Set(article.municipality),
        province: Set(place.map(|place| place.province)),
        size_class: Set(place.map(Municipality::size_class)),
        practice_type: Set(article.practice_type),
        phase: Set(article.phase.unwrap_or(PracticePhase::InUse)),
        year: Set(article.year_start.map(i64::from)),
        visibility: Set(Visibility::Everyone),
        state: Set(PublishedState::Published),
        reason: Set(None),
        ended_at: Set(None),
        evidence_level: Set(evidence_level),
        bundle: Set(None),
        active_count: Set(0),
        published_at: Set(tx.now()),
        confirmed_at: Set(tx.now()),
        updated_at: Set(tx.now()),
        body: Set(body),
    };
    copy_out(tx, copy, &themes, version).await?;
    tx.update::<practice::Entity>()
        .col_expr(Column::Title, Expr::value(confirmed.title))
        .col_expr(Column::Status, Expr::value(PracticeStatus::Approved))
        .col_expr(Column::PublishedAt, Expr::value(tx.now()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticePublish, object, json!({})).await?;
    get(tx, id).await
}

async fn copy_out(
    tx: &TenantTx,
    copy: published_practice::ActiveModel,
    themes: &[Theme],
    version: published_practice_version::ActiveModel,
) -> Result<(), Error> {
    use published_practice::Column;

    let id = version.practice.clone();
    let again = OnConflict::column(Column::Id)
        .update_columns([
            Column::Number,
            Column::Title,
            Column::Summary,
            Column::PracticeType,
            Column::Phase,
            Column::EvidenceLevel,
            Column::Year,
            Column::State,
            Column::ConfirmedAt,
            Column::UpdatedAt,
            Column::Body,
        ])
        .action_and_where(Expr::col((published_practice::Entity, Column::Owner)).eq(tx.tenant()))
        .to_owned();
    published_practice::Entity::insert(copy)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Delete::many(published_practice_theme::Entity)
        .filter(published_practice_theme::Column::Owner.eq(tx.tenant()))
        .filter(published_practice_theme::Column::Practice.eq(id.clone().take()))
        .exec(tx)
        .await?;
    let rows = themes
        .iter()
        .map(|theme| published_practice_theme::ActiveModel {
            practice: id.clone(),
            theme: Set(theme.to_string()),
            owner: Set(tx.tenant()),
        });
    if !themes.is_empty() {
        published_practice_theme::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await?;
    }
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
    Ok(())
}

/// Takes the published copy of a practice back: it is a draft again, and nobody outside can read it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn withdraw(tx: &TenantTx, id: PracticeId, actor: StaffId) -> Result<Practice, Error> {
    let practice = get(tx, id).await?;
    if practice.status == PracticeStatus::Draft {
        return Ok(practice);
    }
    Delete::many(published_practice_theme::Entity)
        .filter(published_practice_theme::Column::Owner.eq(tx.tenant()))
        .filter(published_practice_theme::Column::Practice.eq(id))
        .exec(tx)
        .await?;
    Delete::many(published_practice_version::Entity)
        .filter(published_practice_version::Column::Owner.eq(tx.tenant()))
        .filter(published_practice_version::Column::Practice.eq(id))
        .exec(tx)
        .await?;
    Delete::many(published_practice::Entity)
        .filter(published_practice::Column::Owner.eq(tx.tenant()))
        .filter(published_practice::Column::Id.eq(id))
        .exec(tx)
        .await?;
    tx.update::<practice::Entity>()
        .col_expr(Column::Status, Expr::value(PracticeStatus::Draft))
        .col_expr(
            Column::PublishedAt,
            Expr::value(None::<chrono::DateTime<chrono::Utc>>),
        )
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticeWithdraw, object, json!({})).await?;
    get(tx, id).await
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
