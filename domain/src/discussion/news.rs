//! What is new about the practices that somebody follows, told once a week; and what was asked and answered about one's own, told at once.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait as _, JoinType, QueryFilter, QuerySelect, Update,
    sea_query::{Expr, ExprTrait as _, Query},
};
use serde::Serialize;
use tenants::{PlatformTx, Role, StaffId, TenantId, TenantTx};
use utoipa::ToSchema;

use super::{
    Mark, MarkKind, TalkId,
    entity::{practice_mark, published_talk},
};
use crate::{
    Error,
    inbox::{self, NoticeKind, Subject, Whom},
    practices::{PublishedPractice, PublishedState, Visibility, changed_since},
};

/// How often news is told.
const WEEK: TimeDelta = TimeDelta::days(7);
/// Where news is read.
const NEWS_PAGE: &str = "/mijn-praktijkvoorbeelden";
/// Most marks that one run looks at.
const BATCH: u64 = 500;
/// Most news on a page.
const NEWS_MAX: u64 = 200;

/// A practice that is new, or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PracticeNews)]
pub struct News {
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Whose.
    pub municipality: String,
    /// When it changed last, in UTC.
    pub at: DateTime<Utc>,
}

fn is_followed(practice: &PublishedPractice, themes: &BTreeSet<String>, marks: &[Mark]) -> bool {
    marks.iter().any(|mark| match mark.kind {
        MarkKind::Saved => false,
        MarkKind::Practice => mark.target == practice.slug,
        MarkKind::Theme => themes.contains(&mark.target),
        MarkKind::Municipality => {
            practice.municipality_code.as_deref() == Some(mark.target.as_str())
        }
    })
}

/// What changed in the last four weeks of what is followed, newest first. Two statements.
pub async fn news(tx: &PlatformTx, marks: &[Mark]) -> Result<Vec<News>, Error> {
    if marks.iter().all(|mark| mark.kind == MarkKind::Saved) {
        return Ok(Vec::new());
    }
    let changed = changed_since(tx, tx.now() - WEEK * 4, NEWS_MAX).await?;
    Ok((changed.into_iter())
        .filter(|(practice, themes)| is_followed(practice, themes, marks))
        .map(|(practice, _)| News {
            slug: practice.slug,
            title: practice.title,
            municipality: practice.municipality,
            at: practice.updated_at,
        })
        .collect())
}

/// A change that a follower may want to know of.
struct Change {
    slug: String,
    code: Option<String>,
    theme: Option<String>,
    at: DateTime<Utc>,
}

/// The municipalities of which somebody asked something about a practice. Whoever only follows practices is told at the nightly visit.
pub async fn taking_part(tx: &PlatformTx) -> Result<BTreeSet<TenantId>, Error> {
    let query = Query::select()
        .distinct()
        .column("owner")
        .from("published_talk")
        .to_owned();
    let rows = tx.query_all(&query).await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get("", "owner"))
        .collect::<Result<_, _>>()?)
}

/// Tells who asked, whose practice it is, and who follows what is new to them. Doing it twice does no more than doing it once.
pub async fn tell(tx: &TenantTx) -> Result<(), Error> {
    tell_talk(tx).await?;
    tell_followers(tx).await
}

/// Editors read what was asked about a practice of their municipality, and who asked reads that there is an answer.
async fn tell_talk(tx: &TenantTx) -> Result<(), Error> {
    use published_talk::Column;

    let practice = |column: &'static str| Expr::col(("published_practice", column));
    let said = |column: &'static str| Expr::col(("published_talk", column));
    let asked = |column: &'static str| Expr::col(("asked", column));
    let of_own_practice = (practice("owner").eq(tx.tenant())).and(said("question_id").is_null());
    let mut open = Query::select();
    open.column(("published_talk", "id"))
        .column(("asked", "staff_id"))
        .column(("published_practice", "slug"))
        .column(("published_practice", "title"))
        .from("published_talk")
        .inner_join(
            "published_practice",
            practice("id").equals(("published_talk", "practice")),
        )
        .join_as(
            JoinType::LeftJoin,
            "published_talk",
            "asked",
            asked("id").equals(("published_talk", "question_id")),
        )
        .and_where(of_own_practice.or(asked("owner").eq(tx.tenant())))
        .and_where(said("told_at").is_null())
        .and_where(said("removed_at").is_null())
        .limit(BATCH);
    let mut told = Vec::new();
    let mut notices = BTreeSet::new();
    for row in tx.query_all(&open).await? {
        told.push(row.try_get::<TalkId>("", "id")?);
        let reader: Option<StaffId> = row.try_get("", "staff_id")?;
        let slug: String = row.try_get("", "slug")?;
        notices.insert((reader, slug, row.try_get::<String>("", "title")?));
    }
    if told.is_empty() {
        return Ok(());
    }
    Update::many(published_talk::Entity)
        .col_expr(Column::ToldAt, Expr::value(tx.now()))
        .filter(Column::Id.is_in(told))
        // It names who was told, as every statement of a municipality does.
        .filter(Expr::val(tx.tenant()).is_not_null())
        .exec(tx)
        .await?;
    for (reader, slug, title) in notices {
        let path = format!("/praktijkvoorbeelden/{slug}/vragen");
        let subject = Subject::Page(&path, &title);
        let (whom, kind) = match reader {
            Some(reader) => (Whom::Staff(reader), NoticeKind::PracticeAnswered),
            None => (Whom::Role(Role::FormEditor), NoticeKind::PracticeAsked),
        };
        inbox::notify(tx, whom, kind, subject, None).await?;
    }
    Ok(())
}

/// Who follows something reads once a week that there is news.
async fn tell_followers(tx: &TenantTx) -> Result<(), Error> {
    use practice_mark::Column;

    let due = tx
        .find::<practice_mark::Entity>()
        .filter(Column::Kind.ne(MarkKind::Saved))
        .filter(Column::ToldAt.lte(tx.now() - WEEK))
        .limit(BATCH)
        .all(tx)
        .await?;
    let Some(since) = due.iter().map(|mark| mark.told_at).min() else {
        return Ok(());
    };
    let changes = changes(tx, since).await?;
    let is_news = |mark: &Mark, change: &Change| {
        change.at > mark.told_at
            && match mark.kind {
                MarkKind::Saved => false,
                MarkKind::Practice => mark.target == change.slug,
                MarkKind::Theme => change.theme.as_deref() == Some(mark.target.as_str()),
                MarkKind::Municipality => change.code.as_deref() == Some(mark.target.as_str()),
            }
    };
    let readers: HashSet<StaffId> = (due.iter())
        .filter(|mark| changes.iter().any(|change| is_news(mark, change)))
        .map(|mark| mark.staff_id)
        .collect();
    tx.update::<practice_mark::Entity>()
        .col_expr(Column::ToldAt, Expr::value(tx.now()))
        .filter(Column::Id.is_in(due.iter().map(|mark| mark.id)))
        .exec(tx)
        .await?;
    for reader in readers {
        let whom = Whom::Staff(reader);
        let subject = Subject::Page(NEWS_PAGE, "");
        inbox::notify(tx, whom, NoticeKind::PracticeNews, subject, None).await?;
    }
    Ok(())
}

/// What other municipalities changed since an instant, a row for each theme, and where somebody asked something.
async fn changes(tx: &TenantTx, since: DateTime<Utc>) -> Result<Vec<Change>, Error> {
    let mut changed = Query::select();
    changed
        .column(("published_practice", "slug"))
        .column(("published_practice", "municipality_code"))
        .column(("published_practice", "updated_at"))
        .column(("published_practice_theme", "theme"))
        .from("published_practice")
        .left_join(
            "published_practice_theme",
            Expr::col(("published_practice_theme", "practice"))
                .equals(("published_practice", "id")),
        )
        .and_where(Expr::col(("published_practice", "owner")).ne(tx.tenant()))
        .and_where(Expr::col(("published_practice", "state")).eq(PublishedState::Published))
        .and_where(Expr::col(("published_practice", "visibility")).ne(Visibility::Chosen))
        .and_where(Expr::col(("published_practice", "updated_at")).gt(since))
        .limit(BATCH);
    let mut found = Vec::new();
    for row in tx.query_all(&changed).await? {
        found.push(Change {
            slug: row.try_get("", "slug")?,
            code: row.try_get("", "municipality_code")?,
            theme: row.try_get("", "theme")?,
            at: row.try_get("", "updated_at")?,
        });
    }
    let mut asked = Query::select();
    asked
        .column(("published_practice", "slug"))
        .column(("published_talk", "at"))
        .from("published_talk")
        .inner_join(
            "published_practice",
            Expr::col(("published_practice", "id")).equals(("published_talk", "practice")),
        )
        .and_where(Expr::col(("published_talk", "owner")).ne(tx.tenant()))
        .and_where(Expr::col(("published_talk", "question_id")).is_null())
        .and_where(Expr::col(("published_talk", "removed_at")).is_null())
        .and_where(Expr::col(("published_talk", "at")).gt(since))
        .limit(BATCH);
    for row in tx.query_all(&asked).await? {
        found.push(Change {
            slug: row.try_get("", "slug")?,
            code: None,
            theme: None,
            at: row.try_get("", "at")?,
        });
    }
    Ok(found)
}
