//! What the documents say exists, and every setting is documented.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use api::settings::Settings;

/// Documents whose paths in backticks and links are checked.
const DOCUMENTS: [&str; 13] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "GLOSSARY.md",
    "docker/README.md",
    "domain/benches/README.md",
    "fuzz/README.md",
    "migration/README.md",
    "openapi/README.md",
    "tests/FAULTS.md",
    "tests/load/README.md",
    "CHANGELOG.md",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// Whether a text in backticks is a path of this repository.
fn is_path(text: &str) -> bool {
    let plain = text
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || "./_-".contains(letter));
    let folders = [
        ".ci/",
        "api/",
        "docker/",
        "domain/",
        "fuzz/",
        "migration/",
        "openapi/",
        "tenants/",
        "tests/",
    ];
    let endings = [".rs", ".md", ".toml", ".json", ".sql", ".mjs", ".ftl"];
    plain
        && !text.starts_with('/')
        && (folders.iter().any(|folder| text.starts_with(folder))
            || endings.iter().any(|ending| text.ends_with(ending)))
}

/// Paths of this repository that a document names in backticks or links to.
fn paths(document: &str) -> Vec<String> {
    let quoted = document
        .lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .filter(|text| is_path(text));
    let linked = document
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|target| !target.contains("://"))
        .filter_map(|target| target.split('#').next());
    quoted.chain(linked).map(str::to_owned).collect()
}

#[test]
fn every_path_in_the_documents_exists() {
    let root = root();
    let mut missing = Vec::new();
    for name in DOCUMENTS {
        let document = std::fs::read_to_string(root.join(name)).expect(name);
        let folder = root.join(name).parent().unwrap().to_owned();
        for path in paths(&document) {
            if !root.join(&path).exists() && !folder.join(&path).exists() {
                missing.push(format!("{name}: {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn no_document_has_a_line_over_160_characters() {
    for name in DOCUMENTS {
        let document = std::fs::read_to_string(root().join(name)).expect(name);
        for (number, line) in document.lines().enumerate() {
            let is_table = line.starts_with('|') || line.starts_with("nice ");
            assert!(
                is_table || line.chars().count() <= 160,
                "{name}:{}",
                number + 1
            );
        }
    }
}

#[test]
fn every_setting_has_its_meaning_in_the_reference() {
    let mut documented = BTreeSet::new();
    for setting in Settings::reference() {
        assert!(!setting.meaning.is_empty(), "{}", setting.variable);
        documented.insert(setting.variable);
    }
    let mut known = BTreeSet::new();
    let defaults = serde_json::to_value(Settings::default()).unwrap();
    for (key, value) in defaults.as_object().unwrap() {
        let key = key.to_uppercase();
        match value.as_object() {
            None => drop(known.insert(format!("GEHOORD_{key}"))),
            Some(section) => {
                let names = section.keys().map(|name| name.to_uppercase());
                known.extend(names.map(|name| format!("GEHOORD_{key}__{name}")));
            }
        }
    }
    assert_eq!(documented, known);
}

#[test]
fn the_reference_states_defaults() {
    let reference = Settings::reference();
    let default = |variable: &str| {
        let found = reference
            .iter()
            .find(|setting| setting.variable == variable);
        found.unwrap().default.as_deref()
    };
    assert_eq!(default("GEHOORD_HTTP__BIND"), Some("127.0.0.1:8080"));
    assert_eq!(default("GEHOORD_HTTP__PUBLIC_SCHEME"), Some("http"));
    assert_eq!(default("GEHOORD_DATABASE__MAX_CONNECTIONS"), Some("10"));
    assert_eq!(default("GEHOORD_MAIL__SMTP_URL"), None);
}
