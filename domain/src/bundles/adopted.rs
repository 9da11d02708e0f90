//! An adopted bundle as it is read: its parts, what they change, and what was changed here since.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenants::TenantTx;
use utoipa::ToSchema;

use super::{
    AdoptionId, AdoptionStatus, Bundle, BundleAdoption, Difference, PartKind, Policy,
    adoption::get, compare::differences, content::Content, own::Own,
};
use crate::{Error, Language};

/// What was done with a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdoptedPart {
    /// Its name in the bundle.
    pub key: String,
    /// What it is.
    pub kind: PartKind,
    /// Its name for people.
    pub title: String,
    /// What may be done with it.
    pub policy: Policy,
    /// Whether it was taken.
    pub taken: bool,
    /// What the bundle says, with the answers in it.
    pub upstream: Value,
    /// What was here before; it is put back when the bundle is taken back.
    pub own: Option<Value>,
    /// What is here with it.
    pub value: Value,
}

impl AdoptedPart {
    /// Whether activating it changes something.
    pub(super) fn works(&self) -> bool {
        self.taken && self.own.as_ref() != Some(&self.value)
    }

    pub(super) fn content(&self) -> Result<Content, Error> {
        Content::parse(self.kind, &self.value)
    }
}

/// An adopted bundle with its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AdoptionDetail {
    /// What lists show.
    #[serde(flatten)]
    pub adoption: BundleAdoption,
    /// The parts in order.
    pub parts: Vec<AdoptedPart>,
    /// What it changes beside what was here before, by key of the part.
    pub differences: Vec<(String, Vec<Difference>)>,
    /// Keys of the parts that were changed here since.
    pub adapted: Vec<String>,
}

impl BundleAdoption {
    /// What was done with each part.
    pub fn parts(&self) -> Result<Vec<AdoptedPart>, Error> {
        serde_json::from_value(self.parts.clone()).map_err(Error::bug)
    }

    /// The bundle as it was adopted.
    pub fn bundle(&self) -> Result<Bundle, Error> {
        serde_json::from_str(&self.document).map_err(Error::bug)
    }
}

/// One adoption with its parts, in words.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn detail(
    tx: &TenantTx,
    id: AdoptionId,
    language: Language,
) -> Result<AdoptionDetail, Error> {
    let adoption = get(tx, id).await?;
    let parts = adoption.parts()?;
    let mut found = Vec::new();
    for part in parts.iter().filter(|part| part.taken) {
        let changes = differences(part.kind, part.own.as_ref(), &part.value, language)?;
        found.push((part.key.clone(), changes));
    }
    let mut adapted = Vec::new();
    if adoption.status == AdoptionStatus::Active {
        let (own, contents) = read_own(tx, &parts).await?;
        for (part, content) in contents {
            if own.of(&content, Some(part))?.as_ref() != Some(&part.value) {
                adapted.push(part.key.clone());
            }
        }
    }
    Ok(AdoptionDetail {
        adoption,
        parts,
        differences: found,
        adapted,
    })
}

/// The parts that were taken, typed, with what is here now.
pub(super) async fn read_own<'p>(
    tx: &TenantTx,
    parts: &'p [AdoptedPart],
) -> Result<(Own, Vec<(&'p AdoptedPart, Content)>), Error> {
    let mut contents = Vec::new();
    for part in parts.iter().filter(|part| part.taken) {
        contents.push((part, part.content()?));
    }
    let own = Own::read(tx, contents.iter().map(|(_, content)| content)).await?;
    Ok((own, contents))
}
