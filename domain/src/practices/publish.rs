//! Publishing a practice: the copy that everybody may read, and taking it back.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Delete, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, Tenant, TenantKind, TenantTx};
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

use super::{
    Block, Practice, PracticeId, PracticeStatus, Statement,
    entity::{
        practice::{self, Column},
        published_practice,
    },
    get,
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
    practice_type: String,
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
        let is_own = named.is_empty() || short_name(&named) == short_name(&tenant.name);
        let confirmed = Confirmed {
            municipality: if is_own {
                tenant.name.clone()
            } else {
                line(&self.municipality, "municipality")
            },
            title: line(&self.title, "title"),
            practice_type: line(&self.practice_type, "practiceType"),
        };
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

/// A name without "gemeente", in small letters.
fn short_name(name: &str) -> String {
    let name = name.to_lowercase();
    name.trim_start_matches("gemeente ").to_owned()
}

/// What everybody may read of a practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    /// What it is about.
    pub summary: Vec<Block>,
    /// What was done.
    pub description: Vec<Block>,
    /// What came of it.
    pub result: Vec<Block>,
    /// Sentence about a competition.
    pub entry: Option<String>,
    /// Numbers in the text that claim a result.
    pub claims: Vec<Statement>,
}

fn public(blocks: &[Block], private: &Private) -> Vec<Block> {
    let clean = |text: &str| private.hide(text);
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph { text } => Block::Paragraph { text: clean(text) },
            Block::List { items } => Block::List {
                items: items.iter().map(|item| clean(item)).collect(),
            },
        })
        .collect()
}

impl Practice {
    /// What is known about the people to ask, in a practice of `owner`.
    fn private(&self, owner: &Tenant) -> Result<Private, Error> {
        let (fields, contact) = (self.fields()?, self.contact()?);
        Ok(Private::of_practice(&fields, &contact, &owner.name))
    }

    /// The text as everybody will read it once `owner` publishes it.
    pub fn article(&self, owner: &Tenant) -> Result<Article, Error> {
        let fields = self.fields()?;
        let private = self.private(owner)?;
        Ok(Article {
            summary: public(&fields.summary, &private),
            description: public(&fields.description, &private),
            result: public(&fields.result, &private),
            entry: fields.entry.as_deref().map(|entry| private.hide(entry)),
            claims: fields.claims,
        })
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
    let article = practice.article(tenant)?;
    let summary = article.summary.first().map(Block::text).unwrap_or_default();
    let copy = published_practice::ActiveModel {
        id: Set(id),
        owner: Set(tx.tenant()),
        slug: Set(slug(&confirmed.title, id)),
        title: Set(confirmed.title.clone()),
        summary: Set(summary),
        municipality: Set(Some(confirmed.municipality.clone())),
        practice_type: Set(Some(confirmed.practice_type.clone())),
        year: Set(practice.fields()?.year.map(i64::from)),
        body: Set(serde_json::to_value(article).map_err(Error::bug)?),
        published_at: Set(tx.now()),
    };
    copy_out(tx, copy).await?;
    tx.update::<practice::Entity>()
        .col_expr(Column::Title, Expr::value(confirmed.title))
        .col_expr(Column::Municipality, Expr::value(confirmed.municipality))
        .col_expr(Column::PracticeType, Expr::value(confirmed.practice_type))
        .col_expr(Column::Status, Expr::value(PracticeStatus::Published))
        .col_expr(Column::PublishedAt, Expr::value(tx.now()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    let object = ("practice", Some(id.0));
    audit::record(tx, Some(actor), Action::PracticePublish, object, json!({})).await?;
    get(tx, id).await
}

async fn copy_out(tx: &TenantTx, copy: published_practice::ActiveModel) -> Result<(), Error> {
    use published_practice::Column;

    let again = OnConflict::column(Column::Id)
        .update_columns([
            Column::Slug,
            Column::Title,
            Column::Summary,
            Column::Municipality,
            Column::PracticeType,
            Column::Year,
            Column::Body,
            Column::PublishedAt,
        ])
        .action_and_where(Expr::col((published_practice::Entity, Column::Owner)).eq(tx.tenant()))
        .to_owned();
    published_practice::Entity::insert(copy)
        .on_conflict(again)
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
