//! What is known of every published practice, in memory, and a search in it.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, Iterable, QueryFilter, QuerySelect, Statement, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use tenants::{PlatformTx, TenantId, text_enum};
use utoipa::{IntoParams, ToSchema};

use super::{
    dialect::{Matches, matches},
    facets::{Chosen, Facet, FacetKind, narrow},
};
use crate::{
    Error, FieldErrors,
    practices::{
        EvidenceLevel, Municipality, PracticeId, PracticePhase, PracticeType, Province,
        PublishedPractice, Reader, SizeClass, Theme, Visibility,
        entity::published_practice::{self, Column},
    },
};

text_enum! {
    /// Which practices come first.
    Sort {
        /// Those that have the words best.
        Relevance = "relevance",
        /// Those that most municipalities use.
        Active = "active",
        /// Those with the best evidence.
        Evidence = "evidence",
        /// Those that were confirmed last.
        Confirmed = "confirmed",
    }
}

/// A search. Several choices of one facet stand in one text with commas between them; the address of a search can be shared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CatalogueQuery {
    /// Words; synonyms are found too.
    pub q: String,
    /// Themes.
    pub theme: String,
    /// Types.
    #[serde(rename = "type")]
    #[param(rename = "type")]
    pub practice_type: String,
    /// Phases.
    pub phase: String,
    /// Classes of inhabitants.
    pub size: String,
    /// Provinces.
    pub province: String,
    /// Years in which they began.
    pub year: String,
    /// Levels of evidence.
    pub evidence: String,
    /// `yes` for practices with a bundle.
    pub bundle: String,
    /// 1, 3 or 10: the fewest municipalities that use them.
    pub active: String,
    /// `yes` for municipalities like one's own: of the same size, in the same province or one beside it.
    pub like: String,
    /// relevance, active, evidence or confirmed.
    pub sort: String,
    /// Which page, from 1.
    pub page: String,
    /// At most so many on a page, 1 to 100; 18 when nothing is said.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u64>,
}

impl CatalogueQuery {
    /// What was chosen of a facet.
    #[must_use]
    pub fn of(&self, kind: FacetKind) -> &str {
        match kind {
            FacetKind::Theme => &self.theme,
            FacetKind::Type => &self.practice_type,
            FacetKind::Phase => &self.phase,
            FacetKind::Size => &self.size,
            FacetKind::Province => &self.province,
            FacetKind::Year => &self.year,
            FacetKind::Evidence => &self.evidence,
            FacetKind::Bundle => &self.bundle,
            FacetKind::Active => &self.active,
        }
    }

    /// The names of a search in addresses, with what they hold.
    pub fn pairs(&mut self) -> [(&'static str, &mut String); 13] {
        [
            ("q", &mut self.q),
            ("theme", &mut self.theme),
            ("type", &mut self.practice_type),
            ("phase", &mut self.phase),
            ("size", &mut self.size),
            ("province", &mut self.province),
            ("year", &mut self.year),
            ("evidence", &mut self.evidence),
            ("bundle", &mut self.bundle),
            ("active", &mut self.active),
            ("like", &mut self.like),
            ("sort", &mut self.sort),
            ("page", &mut self.page),
        ]
    }

    /// The text behind a name in an address.
    pub fn field(&mut self, name: &str) -> Option<&mut String> {
        let found = self.pairs().into_iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| text)
    }

    fn chosen(&self) -> Chosen {
        let words = |kind: &FacetKind| {
            let words = self.of(*kind).split(',').map(str::trim);
            (words.filter(|word| !word.is_empty()).take(50))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        (FacetKind::ALL.iter())
            .map(|kind| (*kind, words(kind)))
            .filter(|(_, words)| !words.is_empty())
            .collect()
    }

    /// Which come first: what was asked, else by relevance if there are words, else by use.
    #[must_use]
    pub fn sort(&self) -> Sort {
        let usual = if self.q.trim().is_empty() {
            Sort::Active
        } else {
            Sort::Relevance
        };
        self.sort.parse().unwrap_or(usual)
    }

    /// Which page, from 1.
    #[must_use]
    pub fn page(&self) -> usize {
        self.page.parse().unwrap_or(1).clamp(1, 10_000)
    }
}

/// Practices on a page.
const PAGE: usize = 18;

/// What a search found.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The practices of this page.
    pub items: Vec<PublishedPractice>,
    /// How many the search found.
    pub total: usize,
    /// How many there are at all.
    pub all: usize,
    /// Which page this is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// By what they can be narrowed down.
    pub facets: Vec<Facet>,
}

/// What is known of one published practice.
#[derive(Clone, Debug)]
pub(super) struct Row {
    id: PracticeId,
    owner: TenantId,
    visibility: Visibility,
    confirmed_at: DateTime<Utc>,
    pub themes: Vec<Theme>,
    pub practice_type: Option<PracticeType>,
    pub phase: PracticePhase,
    pub size_class: Option<SizeClass>,
    pub province: Option<Province>,
    pub year: Option<String>,
    pub evidence_level: EvidenceLevel,
    pub has_bundle: bool,
    pub active_count: i64,
}

struct Snapshot {
    changes: i64,
    rows: Vec<Row>,
}

/// What facets need of every published practice, read again when the database says that something changed.
#[derive(Default)]
pub struct Catalogue(RwLock<Option<Arc<Snapshot>>>);

impl Catalogue {
    async fn snapshot(&self, tx: &PlatformTx, changes: i64) -> Result<Arc<Snapshot>, Error> {
        let known = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(known) = known.filter(|known| known.changes == changes) {
            return Ok(known);
        }
        let read = Arc::new(Snapshot {
            changes,
            rows: rows(tx).await?,
        });
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&read));
        Ok(read)
    }

    /// Searches. `own` is the municipality of whoever asks, for those like it.
    pub async fn search(
        &self,
        tx: &PlatformTx,
        reader: Reader,
        own: Option<Municipality>,
        query: &CatalogueQuery,
    ) -> Result<Found, Error> {
        let Matches {
            changes,
            chosen,
            ranked,
        } = matches(tx, reader.organisation(), &query.q).await?;
        let snapshot = self.snapshot(tx, changes).await?;
        let chosen: HashSet<PracticeId> = chosen.into_iter().collect();
        let ranks: HashMap<PracticeId, f64> = ranked.into_iter().collect();
        let may_read = |row: &&Row| match (row.visibility, reader.organisation()) {
            (Visibility::Everyone, _) | (Visibility::Subscribers, Some(_)) => true,
            (_, Some(tenant)) => row.owner == tenant || chosen.contains(&row.id),
            (_, None) => false,
        };
        let readable: Vec<&Row> = snapshot.rows.iter().filter(may_read).collect();
        let has_words = |row: &&Row| query.q.trim().is_empty() || ranks.contains_key(&row.id);
        let is_like = |row: &&Row| match own.filter(|_| query.like == "yes") {
            Some(own) => is_like(row, own),
            None => true,
        };
        let all = readable.len();
        let rows = readable.into_iter().filter(has_words).filter(is_like);
        let (mut kept, facets) = narrow(rows, &query.chosen());
        let rank = |row: &Row| ranks.get(&row.id).copied().unwrap_or(0.0);
        let recent = |row: &Row| (Reverse(row.confirmed_at), row.id);
        match query.sort() {
            Sort::Relevance => kept.sort_by(|one, other| {
                let better = rank(other).total_cmp(&rank(one));
                better.then_with(|| recent(one).cmp(&recent(other)))
            }),
            Sort::Active => kept.sort_by_key(|row| (Reverse(row.active_count), recent(row))),
            Sort::Evidence => kept.sort_by_key(|row| {
                let evidence = (Reverse(row.evidence_level), Reverse(row.active_count));
                (evidence, recent(row))
            }),
            Sort::Confirmed => kept.sort_by_key(|row| recent(row)),
        }
        let size = match query.limit {
            None => PAGE,
            Some(limit) => usize::try_from(limit).unwrap_or(usize::MAX),
        };
        if !(1..=100).contains(&size) {
            let mut errors = FieldErrors::default();
            errors.add_with("limit", "out_of_range", "max", 100);
            errors.into_result()?;
        }
        let pages = kept.len().div_ceil(size).max(1);
        let page = query.page().min(pages);
        let shown = kept.iter().skip((page - 1) * size).take(size);
        let ids: Vec<PracticeId> = shown.map(|row| row.id).collect();
        Ok(Found {
            items: items(tx, &ids).await?,
            total: kept.len(),
            all,
            page,
            pages,
            facets,
        })
    }
}

/// Of the same size, in the same province or one beside it.
fn is_like(row: &Row, own: Municipality) -> bool {
    let is_near = |province: Province| {
        province == own.province || neighbours(own.province).contains(&province)
    };
    (own.size_class()).is_none_or(|size| row.size_class == Some(size))
        && row.province.is_some_and(is_near)
}

/// The provinces beside a province.
const fn neighbours(province: Province) -> &'static [Province] {
    use Province::{
        Drenthe, Flevoland, Fryslan, Gelderland, Groningen, Limburg, NoordBrabant, NoordHolland,
        Overijssel, Utrecht, Zeeland, ZuidHolland,
    };
    match province {
        Groningen => &[Fryslan, Drenthe],
        Fryslan => &[Groningen, Drenthe, Overijssel, Flevoland, NoordHolland],
        Drenthe => &[Groningen, Fryslan, Overijssel],
        Overijssel => &[Drenthe, Fryslan, Flevoland, Gelderland],
        Flevoland => &[Fryslan, Overijssel, Gelderland, Utrecht, NoordHolland],
        Gelderland => &[
            Overijssel,
            Flevoland,
            Utrecht,
            ZuidHolland,
            NoordBrabant,
            Limburg,
        ],
        Utrecht => &[Flevoland, Gelderland, ZuidHolland, NoordHolland],
        NoordHolland => &[Fryslan, Flevoland, Utrecht, ZuidHolland],
        ZuidHolland => &[NoordHolland, Utrecht, Gelderland, NoordBrabant, Zeeland],
        Zeeland => &[ZuidHolland, NoordBrabant],
        NoordBrabant => &[Zeeland, ZuidHolland, Gelderland, Limburg],
        Limburg => &[NoordBrabant, Gelderland],
    }
}

/// What is known of every published practice, by one statement.
async fn rows(tx: &PlatformTx) -> Result<Vec<Row>, Error> {
    let statement = Statement::from_string(
        tx.get_database_backend(),
        "select id, owner, visibility, confirmed_at, practice_type, phase, size_class, province, year, evidence_level, \
         bundle is not null as has_bundle, active_count, (select string_agg(theme, ' ') from published_practice_theme \
         where practice = published_practice.id) as themes from published_practice where state = 'published'",
    );
    let found = tx.query_all_raw(statement).await?;
    let read = found.iter().map(|row| {
        let themes: Option<String> = row.try_get("", "themes")?;
        let themes = themes.unwrap_or_default();
        let year: Option<i64> = row.try_get("", "year")?;
        Ok(Row {
            id: row.try_get("", "id")?,
            owner: row.try_get("", "owner")?,
            visibility: row.try_get("", "visibility")?,
            confirmed_at: row.try_get("", "confirmed_at")?,
            themes: themes
                .split(' ')
                .filter_map(|one| one.parse().ok())
                .collect(),
            practice_type: row.try_get("", "practice_type")?,
            phase: row.try_get("", "phase")?,
            size_class: row.try_get("", "size_class")?,
            province: row.try_get("", "province")?,
            year: year.map(|year| year.to_string()),
            evidence_level: row.try_get("", "evidence_level")?,
            has_bundle: row.try_get("", "has_bundle")?,
            active_count: row.try_get("", "active_count")?,
        })
    });
    read.collect()
}

/// The practices with these ids, in this order, without their texts.
async fn items(tx: &PlatformTx, ids: &[PracticeId]) -> Result<Vec<PublishedPractice>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let columns = Column::iter().filter(|column| !matches!(column, Column::Body));
    let mut items = tx
        .find::<published_practice::Entity>()
        .select_only()
        .columns(columns)
        .expr_as(Expr::value(serde_json::json!({})), "body")
        .filter(Column::Id.is_in(ids.iter().copied()))
        .all(tx)
        .await?;
    items.sort_by_key(|item| ids.iter().position(|id| *id == item.id));
    Ok(items)
}
