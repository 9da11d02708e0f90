//! The work instructions of adopted bundles, where they apply: at the messages that their bundle is about.

use sea_orm::{
    ColumnTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{
    AdoptedPart, AdoptionId, AdoptionStatus, PartKind, Passage,
    content::Content,
    entity::bundle_adoption::{self, Column},
    reading,
};
use crate::{
    Error, Language,
    cases::{
        self, Case,
        record::{Columns, Row, part},
    },
};

/// An adopted bundle that holds, with what was done with its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveBundle {
    /// Its adoption.
    pub id: AdoptionId,
    /// Its name.
    pub title: String,
    /// The version it is pinned on.
    pub version: String,
    parts: Vec<InstructionPart>,
}

/// A part that is read at messages, or that says at which: kept beside the others, because pages of cases read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstructionPart {
    kind: PartKind,
    title: String,
    value: Value,
}

impl InstructionPart {
    /// Those among the parts of an adoption that were taken.
    #[must_use]
    pub fn of(parts: &[AdoptedPart]) -> Vec<Self> {
        let kinds = [READ, SCOPES].concat();
        let taken = parts
            .iter()
            .filter(|part| part.taken && kinds.contains(&part.kind));
        taken
            .map(|part| Self {
                kind: part.kind,
                title: part.title.clone(),
                value: part.value.clone(),
            })
            .collect()
    }

    fn content(&self) -> Result<Content, Error> {
        Content::parse(self.kind, &self.value)
    }
}

/// What is read.
const READ: [PartKind; 2] = [PartKind::WorkInstruction, PartKind::Flowchart];
/// What says at which messages.
const SCOPES: [PartKind; 2] = [PartKind::Promise, PartKind::Routing];

/// A work instruction or a flowchart, to be read at a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkInstruction {
    /// Its name.
    pub title: String,
    /// A work instruction or a flowchart.
    pub kind: PartKind,
    /// The bundle it came with.
    pub bundle: String,
    /// The version of that bundle.
    #[schema(example = "1.0.0")]
    pub version: String,
    /// The adoption of that bundle.
    pub adoption_id: AdoptionId,
    /// What it says, from top to bottom.
    pub passages: Vec<Passage>,
}

impl ActiveBundle {
    /// Whether it is about a message: its promises say for which kinds and categories they are; without a promise the categories that it divides
    /// messages into do; without both it is about all.
    fn is_about(&self, case: &Case) -> Result<bool, Error> {
        let fits = |wanted: Option<&str>, found: Option<&str>| wanted.is_none() || wanted == found;
        let (mut promises, mut routes) = (Vec::new(), Vec::new());
        for part in self.parts.iter().filter(|part| SCOPES.contains(&part.kind)) {
            match part.content()? {
                Content::Promise(promise) => {
                    let applies = promise.terms.applies;
                    let category = fits(applies.category.as_deref(), case.category.as_deref());
                    let kind = applies.kind.is_none_or(|kind| kind == case.kind);
                    promises.push(category && kind);
                }
                Content::Routing(routing) => {
                    routes.extend(routing.routes.into_iter().map(|route| route.category));
                }
                _ => {}
            }
        }
        if !promises.is_empty() {
            return Ok(promises.contains(&true));
        }
        Ok(routes.is_empty()
            || (case.category.as_ref()).is_some_and(|category| routes.contains(category)))
    }
}

/// The instructions and flowcharts for a message, in the order of their bundles and parts.
///
/// # Errors
/// A bug: a part that was read once can be read again.
pub fn instructions(
    active: &[ActiveBundle],
    case: &Case,
    language: Language,
) -> Result<Vec<WorkInstruction>, Error> {
    let mut found = Vec::new();
    for bundle in active {
        let parts: Vec<&InstructionPart> = (bundle.parts.iter())
            .filter(|part| READ.contains(&part.kind))
            .collect();
        if parts.is_empty() || !bundle.is_about(case)? {
            continue;
        }
        for part in parts {
            found.push(WorkInstruction {
                title: part.title.clone(),
                kind: part.kind,
                bundle: bundle.title.clone(),
                version: bundle.version.clone(),
                adoption_id: bundle.id,
                passages: reading(part.kind, &part.value, language)?,
            });
        }
    }
    Ok(found)
}

/// The bundles that hold, for [`crate::cases::record`].
pub(crate) fn record_part(tx: &TenantTx) -> SelectStatement {
    let rows = tx
        .find::<bundle_adoption::Entity>()
        .filter(Column::Status.eq(AdoptionStatus::Active));
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        at: Some(Expr::col(Column::PreparedAt)),
        text: Some(Expr::col(Column::Title)),
        more: Some(Expr::col(Column::Version)),
        json: Some(Expr::col(Column::Instructions).cast_as("text")),
        ..Columns::default()
    };
    part("bundle", rows, columns)
}

/// The bundle of a row of [`record_part`].
pub(crate) fn of_row(row: Row) -> Result<ActiveBundle, Error> {
    Ok(ActiveBundle {
        id: row.id.into(),
        title: row.text,
        version: row.more,
        parts: serde_json::from_value(row.json).map_err(Error::bug)?,
    })
}

/// The bundles that hold, by name. One statement.
pub async fn active_bundles(tx: &TenantTx) -> Result<Vec<ActiveBundle>, Error> {
    let rows = cases::record::read(tx, vec![record_part(tx)]).await?;
    let mut found: Vec<ActiveBundle> = rows.into_iter().map(of_row).collect::<Result<_, _>>()?;
    found.sort_by(|one, other| one.title.cmp(&other.title));
    Ok(found)
}
