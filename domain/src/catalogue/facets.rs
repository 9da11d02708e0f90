//! By what practices are narrowed down, with counts.

use std::collections::BTreeMap;

use serde::Serialize;
use tenants::text_enum;
use utoipa::ToSchema;

use super::index::Row;
use crate::practices::{EvidenceLevel, PracticePhase, PracticeType, Province, SizeClass, Theme};

text_enum! {
    /// By what practices are narrowed down.
    FacetKind {
        /// What they are about.
        Theme = "theme",
        /// What kind of thing they are.
        Type = "type",
        /// How far they are.
        Phase = "phase",
        /// How large the municipality is.
        Size = "size",
        /// Where it is.
        Province = "province",
        /// When they began.
        Year = "year",
        /// How well their results are shown.
        Evidence = "evidence",
        /// Whether there is a bundle to adopt.
        Bundle = "bundle",
        /// How many municipalities use them.
        Active = "active",
    }
}

/// The fewest municipalities of each choice of [`FacetKind::Active`].
const ACTIVE: [i64; 3] = [1, 3, 10];

impl FacetKind {
    /// The choices of a closed list, in its order; none for years, which are those that occur.
    fn choices(self) -> Vec<String> {
        fn all<T: ToString>(values: &[T]) -> Vec<String> {
            values.iter().map(ToString::to_string).collect()
        }
        match self {
            Self::Theme => all(Theme::ALL),
            Self::Type => all(PracticeType::ALL),
            Self::Phase => all(PracticePhase::ALL),
            Self::Size => all(SizeClass::ALL),
            Self::Province => all(Province::ALL),
            Self::Year => Vec::new(),
            Self::Evidence => all(EvidenceLevel::ALL),
            Self::Bundle => vec!["yes".to_owned()],
            Self::Active => all(&ACTIVE),
        }
    }

    /// Calls `each` with every choice that a practice has.
    fn of_row<'a>(self, row: &'a Row, each: &mut dyn FnMut(&'a str)) {
        let one = |word: Option<&'a str>| word.into_iter();
        match self {
            Self::Theme => row.themes.iter().for_each(|theme| each(theme.as_str())),
            Self::Type => one(row.practice_type.map(PracticeType::as_str)).for_each(each),
            Self::Phase => each(row.phase.as_str()),
            Self::Size => one(row.size_class.map(SizeClass::as_str)).for_each(each),
            Self::Province => one(row.province.map(Province::as_str)).for_each(each),
            Self::Year => one(row.year.as_deref()).for_each(each),
            Self::Evidence => each(row.evidence_level.as_str()),
            Self::Bundle => one(row.has_bundle.then_some("yes")).for_each(each),
            Self::Active => {
                for (least, word) in ACTIVE.iter().zip(["1", "3", "10"]) {
                    if row.active_count >= *least {
                        each(word);
                    }
                }
            }
        }
    }

    /// Whether a practice has any of the choices; no choice is every practice.
    fn has_any(self, row: &Row, chosen: &[String]) -> bool {
        let mut found = chosen.is_empty();
        self.of_row(row, &mut |word| {
            found |= chosen.iter().any(|one| one == word);
        });
        found
    }
}

/// One choice of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FacetOption {
    /// The word of the closed list, or the year.
    pub value: String,
    /// How many practices it would leave.
    pub count: usize,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// By what practices are narrowed down, with the choices that there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Facet {
    /// Which facet.
    pub kind: FacetKind,
    /// Its choices.
    pub options: Vec<FacetOption>,
}

/// What was chosen of each facet.
pub(super) type Chosen = BTreeMap<FacetKind, Vec<String>>;

/// Sorts out which rows fulfil every choice, and counts each facet over the rows that fulfil the choices of all others.
pub(super) fn narrow<'a>(
    rows: impl Iterator<Item = &'a Row>,
    chosen: &Chosen,
) -> (Vec<&'a Row>, Vec<Facet>) {
    let none = Vec::new();
    let of = |kind: FacetKind| chosen.get(&kind).unwrap_or(&none);
    let mut counts: BTreeMap<(FacetKind, &'a str), usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for row in rows {
        let failed: Vec<FacetKind> = (FacetKind::ALL.iter().copied())
            .filter(|kind| !kind.has_any(row, of(*kind)))
            .take(2)
            .collect();
        let counted: &[FacetKind] = match failed.as_slice() {
            [] => FacetKind::ALL,
            [_] => &failed,
            _ => &[],
        };
        for kind in counted {
            kind.of_row(row, &mut |word| {
                *counts.entry((*kind, word)).or_default() += 1;
            });
        }
        if failed.is_empty() {
            kept.push(row);
        }
    }
    let facets = FacetKind::ALL.iter().map(|kind| {
        let mut values = kind.choices();
        if *kind == FacetKind::Year {
            let years = counts.keys().filter(|(of, _)| of == kind);
            values = years.map(|(_, year)| (*year).to_owned()).rev().collect();
        }
        let options = values.into_iter().map(|value| FacetOption {
            count: counts.get(&(*kind, value.as_str())).copied().unwrap_or(0),
            chosen: of(*kind).contains(&value),
            value,
        });
        Facet {
            kind: *kind,
            options: options.filter(|one| one.count > 0 || one.chosen).collect(),
        }
    });
    let facets = facets.collect();
    (kept, facets)
}
