//! The format of a bundle: working configuration with the inputs it needs, as one JSON document. It is also the format of the file with a
//! municipality's whole configuration.
//!
//! Everything is declarative, in closed types: nothing in a bundle can run. Hashes are over canonical JSON (RFC 8785).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenants::{secret, text_enum, typed_id};

use super::inputs::Input;
use crate::Error;

/// Version of the format.
pub const FORMAT: u32 = 1;
/// Largest document, in bytes.
pub const BUNDLE_MAX: usize = 1_000_000;
/// Most parts.
pub const PARTS_MAX: usize = 100;
/// Most parts of a whole configuration.
pub(super) const OWN_PARTS_MAX: usize = 500;
/// Most inputs.
pub const INPUTS_MAX: usize = 50;

typed_id! {
    /// A bundle through all its versions.
    BundleLine
}

text_enum! {
    /// What a part is.
    PartKind {
        /// A form for residents.
        Form = "form",
        /// What is promised, and how soon.
        Promise = "promise",
        /// What to think of when opening hours and closing days are set.
        CalendarHints = "calendarHints",
        /// What messages are about, and the team each belongs to.
        Routing = "routing",
        /// The rules of gifts, with a budget to propose.
        GiftRules = "giftRules",
        /// A text for the website.
        Text = "text",
        /// A mail.
        MailTemplate = "mailTemplate",
        /// What colleagues do, step by step.
        WorkInstruction = "workInstruction",
        /// The order of steps and choices.
        Flowchart = "flowchart",
        /// A question that measures whether it helps.
        Metric = "metric",
        /// The practice in words.
        PracticeText = "practiceText",
        /// Opening hours and closing days; in a whole configuration only, as all that follow.
        Calendar = "calendar",
        /// The names of the teams.
        Teams = "teams",
        /// Kinds of messages of one's own.
        CaseKinds = "caseKinds",
        /// States and moves of a kind.
        Workflow = "workflow",
        /// Texts in one's own words.
        OwnTexts = "ownTexts",
        /// Colours, font and corners.
        HouseStyle = "houseStyle",
        /// What happens by itself.
        Rules = "rules",
        /// To which team messages go, rule by rule.
        RoutingList = "routingList",
        /// Places where things belong that do not belong here.
        Elsewhere = "elsewhere",
        /// Texts for answers and letters.
        TextBlocks = "textBlocks",
    }
}

impl PartKind {
    /// Whether it is only kept to be read: the platform does not work with it yet.
    #[must_use]
    pub const fn is_document(self) -> bool {
        matches!(
            self,
            Self::CalendarHints
                | Self::Text
                | Self::MailTemplate
                | Self::WorkInstruction
                | Self::Flowchart
                | Self::Metric
                | Self::PracticeText
        )
    }

    /// Whether it can be in a bundle for others; otherwise it is part of a whole configuration only.
    #[must_use]
    pub const fn is_shared(self) -> bool {
        self.is_document()
            || matches!(
                self,
                Self::Form | Self::Promise | Self::Routing | Self::GiftRules
            )
    }
}

text_enum! {
    /// What who adopts a bundle may do with a part.
    Policy {
        /// It is taken as it is.
        Fixed = "fixed",
        /// It is taken, and may be changed or left out.
        Adaptable = "adaptable",
        /// It shows how it could be.
        Example = "example",
    }
}

text_enum! {
    /// What a new version did.
    ChangeKind {
        /// Something came.
        Added = "added",
        /// Something is otherwise.
        Changed = "changed",
        /// Something went.
        Removed = "removed",
    }
}

text_enum! {
    /// Why a change should not wait.
    Weight {
        /// It keeps data safe.
        Security = "security",
        /// The law asks for it.
        Legal = "legal",
    }
}

text_enum! {
    /// A part of the platform that a bundle needs.
    Module {
        /// Forms.
        Forms = "forms",
        /// Promises and calendars.
        Promises = "promises",
        /// Categories and teams.
        Teams = "teams",
        /// Gifts.
        Gifts = "gifts",
        /// Scores.
        Scores = "scores",
    }
}

/// A bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Bundle {
    /// What it is and what is in it.
    pub manifest: Manifest,
    /// The parts by their keys.
    pub parts: BTreeMap<String, Value>,
}

/// What a bundle is and what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Manifest {
    /// Version of the format.
    pub format: u32,
    /// Which bundle it is a version of.
    pub id: BundleLine,
    /// Its short name.
    pub slug: String,
    /// Semantic version: major asks for a decision, minor brings something new, patch is words.
    pub version: semver::Version,
    /// Its name.
    pub title: String,
    /// What it is for.
    #[serde(default)]
    pub summary: String,
    /// What this version changed.
    #[serde(default)]
    pub changes: Vec<ChangeLine>,
    /// Lowest version of the platform that can work with it.
    pub min_app_version: semver::Version,
    /// What it needs of the platform.
    #[serde(default)]
    pub modules: Vec<Module>,
    /// Its parts in order.
    pub parts: Vec<PartHead>,
    /// What who adopts it fills in.
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// Licence, as SPDX calls it.
    pub licence: String,
    /// Code of the municipality that publishes it ("GM0441", CBS).
    pub publisher: String,
    /// The bundles it was made from.
    #[serde(default)]
    pub derived_from: Vec<Origin>,
    /// SHA-256 of the canonical manifest without digest and signature, in hexadecimal.
    #[serde(default)]
    pub digest: String,
    /// The signature of the exchange, after review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Signature>,
}

/// A change of this version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ChangeLine {
    /// What happened.
    pub kind: ChangeKind,
    /// Key of the part; the whole when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// In plain Dutch.
    pub line: String,
    /// Why it should not wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
}

/// A part, as the manifest names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PartHead {
    /// Its name in the bundle.
    pub key: String,
    /// What it is.
    pub kind: PartKind,
    /// Its name for people.
    pub title: String,
    /// What may be done with it.
    pub policy: Policy,
    /// SHA-256 of the canonical content, in hexadecimal.
    #[serde(default)]
    pub sha256: String,
}

/// A bundle that another one was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Origin {
    /// Which.
    pub id: BundleLine,
    /// Which version of it.
    pub version: semver::Version,
}

/// A signature (Ed25519, RFC 8032) over the digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Signature {
    /// The public key, in hexadecimal.
    pub key: String,
    /// The signature, in hexadecimal.
    pub value: String,
}

/// SHA-256 of canonical JSON (RFC 8785), in hexadecimal.
///
/// # Errors
/// A bug: what was read as JSON can be written.
pub fn hash(value: &impl Serialize) -> Result<String, Error> {
    let bytes = serde_json_canonicalizer::to_vec(value).map_err(Error::bug)?;
    Ok(secret::hash_bytes(&bytes))
}

impl Bundle {
    /// What the digest is of it.
    pub(super) fn reckoned_digest(&self) -> Result<String, Error> {
        let manifest = Manifest {
            digest: String::new(),
            signature: None,
            ..self.manifest.clone()
        };
        hash(&manifest)
    }

    /// The same bundle with its hashes, unsigned: it was made or changed.
    ///
    /// # Errors
    /// A bug: what was read as JSON can be written.
    pub fn sealed(mut self) -> Result<Self, Error> {
        for head in &mut self.manifest.parts {
            if let Some(part) = self.parts.get(&head.key) {
                head.sha256 = hash(part)?;
            }
        }
        self.manifest.signature = None;
        self.manifest.digest = self.reckoned_digest()?;
        Ok(self)
    }

    /// The document as it is stored and sent.
    ///
    /// # Errors
    /// A bug: what was read as JSON can be written.
    pub fn document(&self) -> Result<String, Error> {
        let bytes = serde_json_canonicalizer::to_vec(self).map_err(Error::bug)?;
        String::from_utf8(bytes).map_err(Error::bug)
    }

    /// The head of a part.
    #[must_use]
    pub fn head(&self, key: &str) -> Option<&PartHead> {
        self.manifest.parts.iter().find(|head| head.key == key)
    }
}
