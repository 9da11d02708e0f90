//! What a practice says: what its owner edits, and what is copied when it is published.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Audience, Block, EuroBand, FteBand, LeadTimeBand, Licence, PracticeChannel, PracticeFields,
    PracticeId, PracticePhase, PracticeType, Theme,
};

use crate::evidence::{Adopters, Claim, Level, evidence};

/// Longest summary, in characters.
pub const SUMMARY_MAX: usize = 300;

/// What a practice took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct Effort {
    /// Work.
    pub fte: Option<FteBand>,
    /// Money.
    pub euros: Option<EuroBand>,
    /// Time until it worked.
    pub lead_time: Option<LeadTimeBand>,
}

/// A competition that a practice was entered for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct Entry {
    /// Such as `GemeenteDelers`.
    pub competition: String,
    /// Such as "2021"; may be unknown.
    pub edition: String,
}

/// What a practice says, without the person to ask. A published copy is the same type, with everything about persons made unreadable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase")]
pub struct PracticeContent {
    /// What it is called.
    pub title: String,
    /// In one paragraph.
    pub summary: String,
    /// Which problem it solves.
    #[schema(value_type = Vec<Object>)]
    pub problem: Vec<Block>,
    /// What it is meant to reach.
    #[schema(value_type = Vec<Object>)]
    pub aim: Vec<Block>,
    /// What was done.
    #[schema(value_type = Vec<Object>)]
    pub approach: Vec<Block>,
    /// What came of it.
    #[schema(value_type = Vec<Object>)]
    pub result: Vec<Block>,
    /// What went wrong: a practice that only tells what went well cannot be carried over.
    #[schema(value_type = Vec<Object>)]
    pub went_wrong: Vec<Block>,
    /// What has to be so for it to work.
    #[schema(value_type = Vec<Object>)]
    pub conditions: Vec<Block>,
    /// What it took.
    pub effort: Effort,
    /// Code of the municipality at the CBS, such as `GM0441`; always the owner's own.
    pub municipality_code: Option<String>,
    /// Name of the municipality; always the owner's own.
    pub municipality: String,
    /// First year.
    pub year_start: Option<i32>,
    /// Last year, when it ended.
    pub year_end: Option<i32>,
    /// How far it is.
    pub phase: Option<PracticePhase>,
    /// What kind of thing it is.
    pub practice_type: Option<PracticeType>,
    /// What it is about.
    pub themes: Vec<Theme>,
    /// For whom.
    pub audience: Vec<Audience>,
    /// Over which ways.
    pub channels: Vec<PracticeChannel>,
    /// With which organisations.
    pub partners: Vec<String>,
    /// How it may be used.
    pub licence: Licence,
    /// For which competitions it was entered.
    pub entries: Vec<Entry>,
    /// Numbers that claim a result.
    #[schema(value_type = Vec<Object>)]
    pub claims: Vec<Claim>,
    /// Published practices it was made from.
    pub derived_from: Vec<PracticeId>,
}

/// The grades that a text states, as claims of which nothing else is known.
fn claims(fields: &PracticeFields) -> Vec<Claim> {
    let grades = (fields.claims.iter())
        .filter(|claim| claim.in_range)
        .map(|claim| (claim.value.clone(), claim.population.clone()));
    Claim::from_text(&grades.collect::<Vec<_>>())
}

impl PracticeContent {
    /// What an imported text says. A text before the first label is the summary, and what of it is too long for one the problem.
    #[must_use]
    pub fn imported(fields: &PracticeFields) -> Self {
        let lead = fields.summary.first().map(Block::text).unwrap_or_default();
        let is_short = lead.chars().count() <= SUMMARY_MAX;
        let entry = fields.entry.as_deref().unwrap_or_default();
        Self {
            title: fields.title_proposals.first().cloned().unwrap_or_default(),
            problem: fields
                .summary
                .iter()
                .skip(usize::from(is_short))
                .chain(&fields.problem)
                .cloned()
                .collect(),
            aim: fields.aim.clone(),
            went_wrong: fields.went_wrong.clone(),
            conditions: fields.conditions.clone(),
            summary: if is_short { lead } else { String::new() },
            approach: fields.description.clone(),
            result: fields.result.clone(),
            year_start: fields.year,
            claims: claims(fields),
            entries: if entry.contains("GemeenteDelers") {
                vec![Entry {
                    competition: "GemeenteDelers".to_owned(),
                    edition: String::new(),
                }]
            } else {
                Vec::new()
            },
            ..Self::default()
        }
    }

    /// How strong its evidence is, by its own claims and by what adopters saw.
    #[must_use]
    pub fn evidence_level(&self, adopters: Adopters) -> Level {
        evidence(&self.claims, adopters).level
    }

    /// The parts of running text.
    #[must_use]
    pub fn texts(&self) -> [&[Block]; 6] {
        [
            &self.problem,
            &self.aim,
            &self.approach,
            &self.result,
            &self.went_wrong,
            &self.conditions,
        ]
    }

    /// The same with every piece of text a person typed through `change`. Claims are values, not sentences.
    #[must_use]
    pub fn with_texts(mut self, change: &dyn Fn(&str) -> String) -> Self {
        for text in [&mut self.title, &mut self.summary] {
            *text = change(text);
        }
        for blocks in [
            &mut self.problem,
            &mut self.aim,
            &mut self.approach,
            &mut self.result,
            &mut self.went_wrong,
            &mut self.conditions,
        ] {
            for block in blocks {
                match block {
                    Block::Paragraph { text } => *text = change(text),
                    Block::List { items } => {
                        for item in items {
                            *item = change(item);
                        }
                    }
                }
            }
        }
        for partner in &mut self.partners {
            *partner = change(partner);
        }
        for entry in &mut self.entries {
            entry.competition = change(&entry.competition);
            entry.edition = change(&entry.edition);
        }
        self
    }
}
