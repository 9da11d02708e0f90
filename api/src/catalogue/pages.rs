//! The search as a page.

use actix_web::HttpRequest;
use askama::Template;
use domain::{
    Language,
    catalogue::{CatalogueQuery, FacetKind, Found, Sort},
    practices::{EvidenceLevel, Municipality, PublishedPractice, Stage, published_stage},
};
use tenants::{Permission, permission};

use super::reader;
use crate::{
    extract::Guest,
    html::{self, Page, values::Choice},
    problem::HandlerResult,
};

/// A practice in the list.
pub(super) struct Card {
    pub slug: String,
    pub kind: String,
    pub title: String,
    pub summary: String,
    pub municipality: String,
    pub used: String,
    pub evidence: String,
    pub dots: [bool; 3],
    pub stale: Option<String>,
}

/// How well a practice is shown, in three dots.
pub(super) fn dots(level: EvidenceLevel) -> [bool; 3] {
    [
        level >= EvidenceLevel::E1,
        level >= EvidenceLevel::E3,
        level >= EvidenceLevel::E4,
    ]
}

/// How well a practice is shown, in a word.
pub(super) fn evidence(level: EvidenceLevel, language: Language) -> String {
    language.term("evidence", level.as_str().to_lowercase())
}

impl Card {
    pub(super) fn of(practice: &PublishedPractice, page: &Page) -> Self {
        let language = page.language;
        let stage = published_stage(practice, page.now);
        Self {
            slug: practice.slug.clone(),
            kind: practice
                .practice_type
                .map(|kind| language.term("practice-type", kind))
                .unwrap_or_default(),
            title: practice.title.clone(),
            summary: practice.summary.clone(),
            municipality: practice.municipality.clone(),
            used: language.count("practice-used-by", practice.active_count),
            evidence: evidence(practice.evidence_level, language),
            dots: dots(practice.evidence_level),
            stale: matches!(stage, Stage::ToReconfirm | Stage::Stale)
                .then(|| language.term("stage", stage)),
        }
    }
}

/// A facet with its choices, with counts.
pub(super) struct Facet {
    pub name: &'static str,
    pub legend: String,
    pub options: Vec<(Choice, usize)>,
}

/// A choice that was made, and the address without it.
pub(super) struct Chip {
    pub text: String,
    pub path: String,
}

#[derive(Template)]
#[template(path = "catalogue/catalogue.html")]
pub(crate) struct CataloguePage {
    pub(super) page: Page,
    pub(super) words: String,
    pub(super) counted: String,
    pub(super) cards: Vec<Card>,
    pub(super) facets: Vec<Facet>,
    pub(super) chips: Vec<Chip>,
    pub(super) sorts: Vec<Choice>,
    pub(super) like: Option<Choice>,
    pub(super) next: Option<String>,
    pub(super) before: Option<String>,
    pub(super) may_share: bool,
}

/// The words of an address: what is chosen several times stands in one text with commas between.
fn asked(request: &HttpRequest) -> CatalogueQuery {
    let mut query = CatalogueQuery::default();
    for (name, value) in form_urlencoded::parse(request.query_string().as_bytes()) {
        if let Some(text) = query.field(&name) {
            if !text.is_empty() && !value.is_empty() {
                text.push(',');
            }
            text.push_str(&value);
        }
    }
    query
}

/// The address of a search, without a choice or with other words for some of its names.
fn address(query: &CatalogueQuery, change: &[(&str, &str)]) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    let mut any = false;
    for (name, text) in query.clone().pairs() {
        let changed = change.iter().find(|(changed, _)| *changed == name);
        let text = changed.map_or(text.as_str(), |(_, to)| to);
        if !text.is_empty() {
            pairs.append_pair(name, text);
            any = true;
        }
    }
    if any {
        format!("/praktijkvoorbeelden?{}", pairs.finish())
    } else {
        "/praktijkvoorbeelden".to_owned()
    }
}

/// What a choice of a facet is called.
pub(super) fn called(kind: FacetKind, value: &str, language: Language) -> String {
    match kind {
        FacetKind::Theme => language.term("theme", value),
        FacetKind::Type => language.term("practice-type", value),
        FacetKind::Phase => language.term("practice-phase", value),
        FacetKind::Size => language.term("size-class", value),
        FacetKind::Province => language.term("province", value),
        FacetKind::Year => value.to_owned(),
        FacetKind::Evidence => language.term("evidence", value.to_lowercase()),
        FacetKind::Bundle => language.text("facet-bundle-yes"),
        FacetKind::Active => {
            language.count("facet-active-least", value.parse().unwrap_or_default())
        }
    }
}

impl CataloguePage {
    pub(super) fn new(
        page: Page,
        query: &CatalogueQuery,
        found: &Found,
        own: Option<Municipality>,
        may_share: bool,
    ) -> Self {
        let language = page.language;
        let facets = found
            .facets
            .iter()
            .filter(|facet| !facet.options.is_empty());
        let mut chips = Vec::new();
        let facets: Vec<Facet> = facets
            .map(|facet| {
                let name = facet.kind.as_str();
                let legend = language.term("facet", name);
                let options = facet.options.iter().map(|option| {
                    let text = called(facet.kind, &option.value, language);
                    if option.chosen {
                        let others = query.of(facet.kind).split(',');
                        let others: Vec<&str> = others.filter(|one| *one != option.value).collect();
                        chips.push(Chip {
                            text: format!("{legend}: {text}"),
                            path: address(query, &[(name, &others.join(",")), ("page", "")]),
                        });
                    }
                    (
                        Choice::new(&option.value, text, option.chosen),
                        option.count,
                    )
                });
                let options = options.collect();
                Facet {
                    name,
                    legend,
                    options,
                }
            })
            .collect();
        let is_like = query.like == "yes";
        if is_like {
            chips.push(Chip {
                text: language.text("catalogue-like"),
                path: address(query, &[("like", ""), ("page", "")]),
            });
        }
        let (total, all) = (found.total.to_string(), found.all.to_string());
        let to_page = |number: usize| address(query, &[("page", &number.to_string())]);
        Self {
            words: query.q.clone(),
            counted: language.text_with("catalogue-counted", &[("total", &total), ("all", &all)]),
            cards: found.items.iter().map(|one| Card::of(one, &page)).collect(),
            facets,
            chips,
            sorts: Choice::all(Sort::ALL, "catalogue-sort", language, |word| {
                query.sort().as_str() == word
            }),
            like: own.map(|_| Choice::new("yes", language.text("catalogue-like"), is_like)),
            next: (found.page < found.pages).then(|| to_page(found.page + 1)),
            before: (found.page > 1).then(|| to_page(found.page - 1)),
            may_share,
            page,
        }
    }
}

/// Finds practices. The address of a search can be shared.
pub async fn search(guest: Guest, request: HttpRequest) -> HandlerResult {
    let query = asked(&request);
    let own = Municipality::of(&guest.site.tenant);
    let tx = guest.site.read_shared().await?;
    let catalogue = guest.site.catalogue();
    let found = catalogue.search(&tx, reader(&guest), own, &query).await?;
    let may_share = guest.signed_in.as_ref().is_some_and(|signed_in| {
        permission::allowed(&signed_in.staff.roles, Permission::EditPractices)
    });
    let page = Page::guest(&guest);
    html::ok(&CataloguePage::new(page, &query, &found, own, may_share))
}
