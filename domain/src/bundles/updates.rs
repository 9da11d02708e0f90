//! News about what is adopted: only when a part that was taken changed, by its canonical hash.

use serde::Serialize;
use tenants::PlatformTx;
use utoipa::ToSchema;

use super::{
    AdoptionId, AdoptionStatus, Bundle, BundleAdoption, BundleId, ChangeLine, exchange::versions_of,
};
use crate::Error;

/// A newer version of something that is adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UpdateNotice {
    /// What is adopted.
    pub adoption: AdoptionId,
    /// The newer version, on the exchange.
    pub bundle: BundleId,
    /// Its name.
    pub title: String,
    /// The version that holds here.
    pub from: String,
    /// The newer version.
    pub to: String,
    /// What changed since, in words.
    #[schema(value_type = Vec<Object>)]
    pub changes: Vec<ChangeLine>,
    /// Whether it keeps data safe or the law asks for it.
    pub is_weighty: bool,
}

/// The news about these adoptions.
pub async fn updates(
    tx: &PlatformTx,
    adoptions: &[BundleAdoption],
) -> Result<Vec<UpdateNotice>, Error> {
    let held: Vec<&BundleAdoption> = (adoptions.iter())
        .filter(|adoption| adoption.status == AdoptionStatus::Active)
        .collect();
    let versions = versions_of(tx, held.iter().map(|adoption| adoption.line).collect()).await?;
    let mut notices = Vec::new();
    for adoption in held {
        let here: semver::Version = adoption.version.parse().map_err(Error::bug)?;
        let newer: Vec<_> = (versions.iter())
            .filter(|(version, item)| item.line == adoption.line && *version > here)
            .collect();
        let Some((version, newest)) = newer.first() else {
            continue;
        };
        if adoption.skipped_version.as_deref() == Some(version.to_string().as_str()) {
            continue;
        }
        let mut bundles = Vec::new();
        for (_, item) in &newer {
            let bundle: Bundle = serde_json::from_str(&item.document).map_err(Error::bug)?;
            bundles.push(bundle);
        }
        let Some(bundle) = bundles.first() else {
            continue;
        };
        let installed = adoption.bundle()?;
        let taken = adoption.parts()?;
        let is_other = |key: &str| {
            let hash = |bundle: &Bundle| bundle.head(key).map(|head| head.sha256.clone());
            hash(bundle) != hash(&installed)
        };
        if !taken.iter().any(|part| part.taken && is_other(&part.key)) {
            continue;
        }
        let changes: Vec<ChangeLine> = (bundles.iter())
            .flat_map(|bundle| bundle.manifest.changes.clone())
            .collect();
        notices.push(UpdateNotice {
            adoption: adoption.id,
            bundle: newest.id,
            title: newest.title.clone(),
            from: adoption.version.clone(),
            to: version.to_string(),
            is_weighty: changes.iter().any(|change| change.weight.is_some()),
            changes,
        });
    }
    Ok(notices)
}
