//! A municipality's whole working configuration as one document: exported, compared, and applied to the same or another municipality.
//!
//! The document has the format of a bundle ([`bundles`]), with a digest over canonical JSON, and names no municipality: two that work alike have
//! the same digest. Secrets, people and pictures are never in it. Applying goes through the verbs of the rooms, part by part; a part that is the
//! same here changes nothing, so that applying twice is applying once.

mod parts;
mod put;
mod read;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use tenants::{Permission, Tenant, TenantTx, permission, staff::StaffMember, text_enum};
use utoipa::ToSchema;

use self::parts::Section;
use crate::{
    Code, Error, FieldErrors, Language,
    audit::{self, Action},
    bundles::{
        self, Bundle, CONFIGURATION, Difference, FORMAT, Manifest, PartHead, PartKind, Policy,
    },
};

text_enum! {
    /// What applying does to a part.
    Effect {
        /// There is nothing like it here.
        New = "new",
        /// It is otherwise here.
        Changed = "changed",
        /// It is the same here.
        Same = "same",
        /// It is here and not in the document: it goes out of use.
        Gone = "gone",
        /// It is here and not in the document, and stays.
        Kept = "kept",
        /// It stays as it is here: whoever applies the document may not change it.
        NotAllowed = "notAllowed",
    }
}

/// A part of the configuration, and what applying does to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConfigurationPart)]
pub struct PlannedPart {
    /// Its name in the document.
    pub key: String,
    /// What it is.
    pub kind: PartKind,
    /// Its name for people.
    pub title: String,
    /// What applying does to it.
    pub effect: Effect,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// What applying a configuration does, or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConfigurationPlan)]
pub struct Plan {
    /// Digest of the document.
    pub document: String,
    /// Digest of the configuration before.
    pub before: String,
    /// Digest of the configuration afterwards: that of the document, unless something stays.
    pub after: String,
    /// The parts, in the order in which they are applied.
    pub parts: Vec<PlannedPart>,
}

impl Plan {
    /// The parts that change.
    pub fn changes(&self) -> impl Iterator<Item = &PlannedPart> {
        let does = |part: &&PlannedPart| {
            matches!(part.effect, Effect::New | Effect::Changed | Effect::Gone)
        };
        self.parts.iter().filter(does)
    }
}

/// A document that was read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    digest: String,
    sections: Vec<Section>,
}

impl Document {
    /// Its digest: SHA-256 over canonical JSON (RFC 8785).
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

/// Reads a document.
///
/// # Errors
/// [`Error::Invalid`] with every place at which something is wrong, as a JSON pointer (RFC 6901): a newer format, an id of a municipality, a part
/// that does not exist.
pub fn parse(bytes: &[u8]) -> Result<Document, Error> {
    let bundle = bundles::parse_whole(bytes)?;
    let mut faults = bundles::Faults::default();
    let mut sections = Vec::new();
    for (number, head) in bundle.manifest.parts.iter().enumerate() {
        let at = format!("/parts/{}", bundles::escaped(&head.key));
        let value = bundle.parts.get(&head.key).unwrap_or(&Value::Null);
        let Some(section) = Section::read(head.kind, value, &at, &mut faults) else {
            continue;
        };
        if section.key() != head.key {
            let at = format!("/manifest/parts/{number}/key");
            faults.add(&at, "bundle_malformed", &head.key);
        }
        sections.push(section);
    }
    faults.result()?;
    sections.sort_by_cached_key(Section::place);
    // Of what it says, with everything that was left out: that is what it is compared with.
    let digest = document(&sections)?.manifest.digest;
    Ok(Document { digest, sections })
}

/// The whole configuration of a municipality as a document: the file of `gehoord tenant export-config`.
///
/// # Errors
/// A bug: what was read as JSON can be written.
pub async fn export(tx: &TenantTx, tenant: &Tenant) -> Result<Bundle, Error> {
    document(&read::sections(tx, tenant).await?)
}

fn document(sections: &[Section]) -> Result<Bundle, Error> {
    let mut parts = BTreeMap::new();
    let mut heads = Vec::new();
    for section in sections {
        heads.push(PartHead {
            key: section.key(),
            kind: section.kind(),
            title: section.title(Language::Dutch),
            policy: Policy::Adaptable,
            sha256: String::new(),
        });
        parts.insert(section.key(), section.value()?);
    }
    let bundle = Bundle {
        manifest: Manifest {
            format: FORMAT,
            id: CONFIGURATION,
            slug: "configuratie".to_owned(),
            version: semver::Version::new(1, 0, 0),
            title: Language::Dutch.text("configuration-title"),
            summary: String::new(),
            changes: Vec::new(),
            min_app_version: semver::Version::new(0, 1, 0),
            modules: Vec::new(),
            parts: heads,
            inputs: Vec::new(),
            licence: "CC-BY-4.0".to_owned(),
            publisher: "GM0000".to_owned(),
            derived_from: Vec::new(),
            digest: String::new(),
            signature: None,
        },
        parts,
    };
    bundle.sealed()
}

/// In whose name a document is applied, and what they saw.
#[derive(Clone, Copy, Debug, Default)]
pub struct By<'a> {
    /// Who; nobody at the command line, who may change everything.
    pub actor: Option<&'a StaffMember>,
    /// The digest of the configuration that was compared with; any when nothing is said.
    pub seen: Option<&'a str>,
}

/// What whoever changes a part has to be allowed.
const fn needed(kind: PartKind) -> Permission {
    match kind {
        PartKind::Calendar | PartKind::Promise => Permission::ManageCalendars,
        PartKind::Teams => Permission::ManageTeams,
        PartKind::Routing => Permission::ManageCategories,
        PartKind::Form => Permission::EditForms,
        PartKind::GiftRules => Permission::ManageGifts,
        PartKind::OwnTexts | PartKind::HouseStyle => Permission::ManageStyle,
        PartKind::TextBlocks => Permission::ManageTextBlocks,
        _ => Permission::ManageWorkflows,
    }
}

impl By<'_> {
    fn may(&self, kind: PartKind) -> bool {
        (self.actor).is_none_or(|actor| permission::allowed(&actor.roles, needed(kind)))
    }
}

/// Applies a document. Whoever only wants to see what it would do does not commit.
///
/// # Errors
/// [`Error::Invalid`] with the part and the place that cannot be used here; [`Code::Changed`] when the configuration is no longer the one that was
/// seen.
pub async fn apply(
    tx: &TenantTx,
    tenant: &Tenant,
    wanted: &Document,
    by: By<'_>,
    language: Language,
) -> Result<Plan, Error> {
    let mut here = read::sections(tx, tenant).await?;
    let before = document(&here)?.manifest.digest;
    if by.seen.is_some_and(|seen| seen != before) {
        return Err(Error::refused(Code::Changed));
    }
    let mut parts = Vec::new();
    let mut has_moved = false;
    for section in &wanted.sections {
        // What is used again brings back what names it.
        let names_others = matches!(
            section.kind(),
            PartKind::Promise | PartKind::Rules | PartKind::RoutingList | PartKind::TextBlocks
        );
        if has_moved && names_others {
            here = read::sections(tx, tenant).await?;
            has_moved = false;
        }
        let own = here.iter().find(|own| own.key() == section.key());
        let (value, held) = (section.value()?, own.map(Section::value).transpose()?);
        let effect = match &held {
            Some(held) if *held == value => Effect::Same,
            _ if !by.may(section.kind()) => Effect::NotAllowed,
            Some(_) => Effect::Changed,
            None => Effect::New,
        };
        let differs = effect != Effect::Same;
        let differences = if differs {
            bundles::differences(section.kind(), held.as_ref(), &value, language)?
        } else {
            Vec::new()
        };
        if differs && effect != Effect::NotAllowed {
            let done = put::put(tx, tenant, section, by.actor.map(|actor| actor.id)).await;
            placed(done, section)?;
            has_moved |= matches!(
                section.kind(),
                PartKind::Teams | PartKind::Routing | PartKind::CaseKinds | PartKind::Form
            );
        }
        parts.push(planned(section, effect, differences, language));
    }
    if has_moved {
        here = read::sections(tx, tenant).await?;
    }
    for own in here.iter().filter(|own| own.is_one_of_many()) {
        if wanted.sections.iter().any(|one| one.key() == own.key()) {
            continue;
        }
        let effect = if own.stays() {
            Effect::Kept
        } else if !by.may(own.kind()) {
            Effect::NotAllowed
        } else {
            let done = put::take(tx, own, by.actor.map(|actor| actor.id)).await;
            placed(done, own)?;
            Effect::Gone
        };
        parts.push(planned(own, effect, Vec::new(), language));
    }
    let after = export(tx, tenant).await?.manifest.digest;
    if after != before {
        let actor = by.actor.map(|actor| actor.id);
        let object = ("configuration", None);
        let details = json!({ "document": wanted.digest, "before": before, "after": after });
        audit::record(tx, actor, Action::ConfigurationApply, object, details).await?;
    }
    Ok(Plan {
        document: wanted.digest.clone(),
        before,
        after,
        parts,
    })
}

fn planned(
    section: &Section,
    effect: Effect,
    differences: Vec<Difference>,
    language: Language,
) -> PlannedPart {
    PlannedPart {
        key: section.key(),
        kind: section.kind(),
        title: section.title(language),
        effect,
        differences,
    }
}

/// What is wrong with a part, at its place in the document.
fn placed(done: Result<(), Error>, section: &Section) -> Result<(), Error> {
    match done {
        Err(Error::Invalid(errors)) => {
            let mut faults = FieldErrors::default();
            for problem in errors.problems() {
                let mut problem = problem.clone();
                let inside = problem.field.trim_start_matches('/').replace('.', "/");
                problem.field = format!("/parts/{}/{inside}", section.key());
                faults.push(problem);
            }
            Err(Error::Invalid(faults))
        }
        // It names something that is not here.
        Err(Error::NotFound) => {
            let at = format!("/parts/{}", section.key());
            Err(Error::invalid(&at, "not_an_option"))
        }
        done => done,
    }
}
