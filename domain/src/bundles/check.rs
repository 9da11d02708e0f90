//! Reading a bundle of a stranger: everything that is wrong is named with its place, as a JSON pointer (RFC 6901), and nothing is kept.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::{
    content::Content,
    format::{BUNDLE_MAX, Bundle, FORMAT, INPUTS_MAX, Manifest, OWN_PARTS_MAX, PARTS_MAX, hash},
    inputs::{self, MAIL_PLACEHOLDERS},
    signing::is_signed,
    sound::twice,
    strict::{self, Unread},
};
use crate::{Error, FieldErrors, forms::is_address, practices};

/// Numbers that the product's own forms give as an example.
const EXAMPLES: [&str; 1] = ["06 12 34 56 78"];

/// Longest line of the manifest, in characters.
const LINE_MAX: usize = 300;

/// What is wrong, each with its place.
#[derive(Debug, Default)]
pub(crate) struct Faults(FieldErrors);

impl Faults {
    /// Notes what is wrong at a place. `value` is what stands there, shortened.
    pub fn add(&mut self, at: &str, code: &str, value: &str) {
        let shown: String = value.chars().take(60).collect();
        let at = if at.is_empty() { "/" } else { at };
        self.0.add_with(at, code, "value", shown);
    }

    /// Takes over what another room found wrong with a part.
    pub fn below(&mut self, at: &str, errors: FieldErrors) {
        for problem in errors.problems() {
            let mut problem = problem.clone();
            problem.field = format!("{at}/{}", problem.field.replace('.', "/"));
            self.0.push(problem);
        }
    }

    pub fn result(self) -> Result<(), Error> {
        self.0.into_result()
    }

    pub fn is_clean(&self) -> bool {
        self.0.is_empty()
    }
}

/// A place as a pointer.
pub(super) fn pointer(path: &Path) -> String {
    path.iter()
        .fold(String::new(), |at, segment| match segment {
            Segment::Seq { index } => format!("{at}/{index}"),
            Segment::Map { key } => format!("{at}/{}", escaped(key)),
            Segment::Enum { .. } | Segment::Unknown => at,
        })
}

/// A key as it stands in a pointer.
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Reads a value into a closed type; what does not fit is noted with its place.
pub(crate) fn read<T: DeserializeOwned>(value: &Value, at: &str, faults: &mut Faults) -> Option<T> {
    match serde_path_to_error::deserialize(value) {
        Ok(read) => Some(read),
        Err(error) => {
            let place = format!("{at}{}", pointer(error.path()));
            let message = error.inner().to_string();
            let word = message.split('`').nth(1).unwrap_or_default().to_owned();
            let code = if message.starts_with("unknown") {
                "bundle_unknown"
            } else if message.starts_with("missing") {
                "bundle_missing"
            } else {
                "bundle_malformed"
            };
            faults.add(&place, code, &word);
            None
        }
    }
}

/// Whom to believe.
#[derive(Clone, Copy, Debug)]
pub enum Trust<'k> {
    /// Only bundles that the exchange signed, with one of these keys.
    Signed(&'k [String]),
    /// A bundle that is not reviewed yet.
    Unsigned,
}

/// A bundle that was read and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedBundle {
    /// The bundle.
    pub bundle: Bundle,
    /// Its parts, typed.
    pub contents: BTreeMap<String, Content>,
}

/// Reads a bundle.
///
/// # Errors
/// [`Error::Invalid`] with every place at which something is wrong.
pub fn parse(bytes: &[u8], trust: Trust<'_>) -> Result<CheckedBundle, Error> {
    let mut faults = Faults::default();
    let Some(bundle) = read_document(bytes, &mut faults) else {
        faults.result()?;
        return Err(Error::bug("a bundle that was not read has no fault"));
    };
    let manifest = &bundle.manifest;
    check_manifest(&bundle, PARTS_MAX, &mut faults)?;
    let mut contents = BTreeMap::new();
    for head in &manifest.parts {
        let at = format!("/parts/{}", escaped(&head.key));
        if let Some(value) = bundle.parts.get(&head.key)
            && let Some(content) = Content::read(head.kind, value, &at, &mut faults)
        {
            contents.insert(head.key.clone(), content);
        }
    }
    let whole = serde_json::to_value(&bundle).map_err(Error::bug)?;
    let placeholders: Vec<&str> = (manifest.inputs.iter())
        .map(|input| input.key.as_str())
        .chain(MAIL_PLACEHOLDERS)
        .collect();
    check_texts(&whole, "", &placeholders, &mut faults);
    if faults.is_clean() {
        inputs::check(&bundle, &mut faults);
    }
    if let Trust::Signed(keys) = trust {
        match &manifest.signature {
            Some(signature) if is_signed(signature, &manifest.digest, keys) => {}
            Some(_) => faults.add("/manifest/signature", "bundle_signature", ""),
            None => faults.add("/manifest/signature", "bundle_unsigned", ""),
        }
    }
    faults.result()?;
    Ok(CheckedBundle { bundle, contents })
}

/// Reads a whole configuration: its frame, its hashes, and that no id of a municipality is in it. What the parts say is not read yet.
///
/// # Errors
/// [`Error::Invalid`] with every place at which something is wrong.
pub(crate) fn parse_whole(bytes: &[u8]) -> Result<Bundle, Error> {
    let mut faults = Faults::default();
    let Some(bundle) = read_document(bytes, &mut faults) else {
        faults.result()?;
        return Err(Error::bug("a document that was not read has no fault"));
    };
    if bundle.manifest.id != super::CONFIGURATION {
        faults.add("/manifest/id", "bundle_no_configuration", "");
    }
    check_manifest(&bundle, OWN_PARTS_MAX, &mut faults)?;
    let parts = serde_json::to_value(&bundle.parts).map_err(Error::bug)?;
    check_ids(&parts, "/parts", &mut faults);
    faults.result()?;
    Ok(bundle)
}

/// An id belongs to a row of one municipality: another one has other rows. A text may have one in a link.
fn check_ids(value: &Value, at: &str, faults: &mut Faults) {
    let is_id = |text: &str| text.trim().parse::<uuid::Uuid>().is_ok();
    match value {
        Value::String(text) if is_id(text) => faults.add(at, "bundle_id", text),
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                check_ids(item, &format!("{at}/{number}"), faults);
            }
        }
        Value::Object(items) => {
            for (key, item) in items {
                let at = format!("{at}/{}", escaped(key));
                if is_id(key) {
                    faults.add(&at, "bundle_id", key);
                }
                check_ids(item, &at, faults);
            }
        }
        _ => {}
    }
}

fn read_document(bytes: &[u8], faults: &mut Faults) -> Option<Bundle> {
    if bytes.len() > BUNDLE_MAX {
        faults.add("", "bundle_too_large", "");
        return None;
    }
    let value = match strict::read(bytes) {
        Ok(value) => value,
        Err(Unread::NoJson) => {
            faults.add("", "bundle_not_json", "");
            return None;
        }
        Err(Unread::Twice(at, name)) => {
            faults.add(&at, "bundle_twice", &name);
            return None;
        }
    };
    // A newer format has other words: they are not what is wrong with it.
    let format = value.pointer("/manifest/format").and_then(Value::as_u64);
    if format.is_some_and(|format| format != u64::from(FORMAT)) {
        let shown = format.unwrap_or_default().to_string();
        faults.add("/manifest/format", "bundle_format", &shown);
        return None;
    }
    read(&value, "", faults)
}

fn check_manifest(bundle: &Bundle, most: usize, faults: &mut Faults) -> Result<(), Error> {
    let manifest = &bundle.manifest;
    if !is_address(&manifest.slug) {
        faults.add("/manifest/slug", "bundle_malformed", &manifest.slug);
    }
    let is_code = |code: &str| {
        code.strip_prefix("GM")
            .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    if !is_code(&manifest.publisher) {
        faults.add(
            "/manifest/publisher",
            "bundle_malformed",
            &manifest.publisher,
        );
    }
    let ours = semver::Version::parse(env!("CARGO_PKG_VERSION")).map_err(Error::bug)?;
    if manifest.min_app_version > ours {
        let wanted = manifest.min_app_version.to_string();
        faults.add("/manifest/minAppVersion", "bundle_needs_version", &wanted);
    }
    lines(manifest, faults);
    if manifest.parts.is_empty() || manifest.parts.len() > most {
        faults.add("/manifest/parts", "bundle_too_many", &most.to_string());
    }
    if manifest.inputs.len() > INPUTS_MAX {
        faults.add(
            "/manifest/inputs",
            "bundle_too_many",
            &INPUTS_MAX.to_string(),
        );
    }
    let keys = manifest.parts.iter().map(|head| head.key.as_str());
    twice(keys, "/manifest/parts", faults);
    for key in bundle.parts.keys().filter(|key| bundle.head(key).is_none()) {
        faults.add(&format!("/parts/{}", escaped(key)), "bundle_unknown", key);
    }
    for (number, head) in manifest.parts.iter().enumerate() {
        let at = format!("/manifest/parts/{number}");
        if !is_address(&head.key) {
            faults.add(&format!("{at}/key"), "bundle_malformed", &head.key);
        }
        match bundle.parts.get(&head.key) {
            None => faults.add(&at, "bundle_missing", &head.key),
            Some(part) if hash(part)? != head.sha256 => {
                faults.add(&format!("{at}/sha256"), "bundle_hash", &head.key);
            }
            Some(_) => {}
        }
    }
    for (number, change) in manifest.changes.iter().enumerate() {
        let known = change
            .part
            .as_deref()
            .is_none_or(|key| bundle.head(key).is_some());
        if !known {
            let at = format!("/manifest/changes/{number}/part");
            faults.add(
                &at,
                "bundle_unknown",
                change.part.as_deref().unwrap_or_default(),
            );
        }
    }
    if bundle.reckoned_digest()? != manifest.digest {
        faults.add("/manifest/digest", "bundle_hash", "");
    }
    Ok(())
}

/// Lines that people read have something in them, and an end.
fn lines(manifest: &Manifest, faults: &mut Faults) {
    let heads = (manifest.parts.iter().enumerate())
        .map(|(number, head)| (format!("/manifest/parts/{number}/title"), &head.title));
    let changes = (manifest.changes.iter().enumerate())
        .map(|(number, change)| (format!("/manifest/changes/{number}/line"), &change.line));
    let own = [
        ("/manifest/title".to_owned(), &manifest.title),
        ("/manifest/licence".to_owned(), &manifest.licence),
    ];
    for (at, line) in own.into_iter().chain(heads).chain(changes) {
        if line.trim().is_empty() || line.chars().count() > LINE_MAX {
            faults.add(&at, "bundle_line", "");
        }
    }
}

fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

/// Tags, comments, and addresses that run something.
static MARKUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?i)<\s*[a-z/!?]|javascript\s*:|vbscript\s*:|data\s*:[a-z]+/|&#|\{[{%#]|\$\{")
});

/// Addresses of other places.
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b[a-z][a-z0-9+.-]{1,20}://|(?:^|[\s(\[])//[a-z0-9]|\bwww\.|\b(?:mailto|tel|sms):",
    )
});

/// What a program signs in with: keys, tokens, passwords.
static SECRET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?x) -----BEGIN | \beyJ[A-Za-z0-9_-]{10,}\. | \bAKIA[A-Z0-9]{12,} | \b(?:ghp|gho|glpat|xox[abp]|sk)[-_][A-Za-z0-9_-]{10,}
        | (?i:\b(?:password|passwd|wachtwoord|api[\ _-]?key|secret|geheim|token)\s*[:=]\s*\S) | (?i:\bbearer\s+[a-z0-9._-]{8,})
        | [A-Za-z0-9+/_-]{40,}",
    )
});

/// An id of a row, or of a municipality in this database.
static ID: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
});

/// A place for a value.
pub(super) static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\{([^{}]*)\}"));

/// Whether a place of the manifest is made by a machine: ids, hashes and the signature.
fn is_made(at: &str) -> bool {
    at.strip_prefix("/manifest/").is_some_and(|rest| {
        ["id", "digest"].contains(&rest)
            || rest.starts_with("signature/")
            || rest.ends_with("/sha256")
            || (rest.starts_with("derivedFrom/") && rest.ends_with("/id"))
    })
}

/// Reads every text, keys included: no markup, no links, no people, no secrets, no ids, no unknown placeholders.
fn check_texts(value: &Value, at: &str, placeholders: &[&str], faults: &mut Faults) {
    match value {
        Value::String(text) if !is_made(at) => check_text(text, at, placeholders, faults),
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                check_texts(item, &format!("{at}/{number}"), placeholders, faults);
            }
        }
        Value::Object(items) => {
            for (key, item) in items {
                let at = format!("{at}/{}", escaped(key));
                check_text(key, &at, placeholders, faults);
                check_texts(item, &at, placeholders, faults);
            }
        }
        _ => {}
    }
}

fn check_text(text: &str, at: &str, placeholders: &[&str], faults: &mut Faults) {
    let found = [
        (&*MARKUP, "bundle_markup"),
        (&*LINK, "bundle_link"),
        (&*ID, "bundle_id"),
        (&*SECRET, "bundle_secret"),
    ];
    for (pattern, code) in found {
        if pattern
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(text))
        {
            // What may be a secret or a name is not repeated.
            faults.add(at, code, "");
            return;
        }
    }
    let plain = EXAMPLES
        .iter()
        .fold(text.to_owned(), |text, known| text.replace(known, ""));
    if practices::names_somebody(&plain, "") {
        faults.add(at, "bundle_person", "");
    }
    let asked = PLACEHOLDER
        .iter()
        .flat_map(|pattern| pattern.captures_iter(text));
    for name in asked.filter_map(|place| place.get(1)) {
        if !placeholders.contains(&name.as_str()) {
            faults.add(at, "bundle_placeholder", name.as_str());
        }
    }
}
