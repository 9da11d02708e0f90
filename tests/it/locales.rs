//! Every text in both languages, and no key without a text.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use domain::Language;

fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, endings, found);
        } else if path
            .extension()
            .is_some_and(|ending| endings.iter().any(|one| ending == *one))
        {
            found.push(path);
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn keys(language: &str) -> BTreeSet<String> {
    let mut found = Vec::new();
    files(
        &root().join("domain/src/locales").join(language),
        &["ftl"],
        &mut found,
    );
    let keys: Vec<String> = found
        .iter()
        .flat_map(|file| {
            fs::read_to_string(file)
                .unwrap()
                .lines()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter(|line| line.starts_with(|letter: char| letter.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
        .collect();
    let unique: BTreeSet<String> = keys.iter().cloned().collect();
    assert_eq!(
        keys.len(),
        unique.len(),
        "a key is there twice in {language}"
    );
    unique
}

#[test]
fn both_languages_have_the_same_texts() {
    let (dutch, english) = (keys("nl"), keys("en"));
    assert!(dutch.len() > 300);
    assert_eq!(
        dutch.symmetric_difference(&english).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

/// Every literal key in templates and code; keys that are put together are tried by the tables below.
#[test]
fn every_text_key_in_code_and_templates_exists() {
    let mut sources = Vec::new();
    files(&root().join("api/src"), &["html", "rs"], &mut sources);
    files(&root().join("domain/src"), &["rs"], &mut sources);
    let mut asked = BTreeSet::new();
    for source in sources {
        let text = fs::read_to_string(&source).unwrap();
        for call in [
            "page.tr(\"",
            "page.tr_with(\"",
            "page.tr_with2(\"",
            "page.count(\"",
            "language.text(\"",
            "language.text_with(\"",
            "language.count(\"",
        ] {
            for rest in text.split(call).skip(1) {
                asked.insert(rest.split('"').next().unwrap().to_owned());
            }
        }
    }
    assert!(asked.len() > 150, "{}", asked.len());
    for code in domain::Code::ALL {
        asked.insert(format!("problem-{code}"));
        asked.insert(format!("problem-{code}-detail"));
    }
    let menu = fs::read_to_string(root().join("api/src/html/menu.rs")).unwrap();
    for word in ["menu-", "door-", "account-"] {
        for rest in menu.split(&format!("\"{word}")).skip(1) {
            let key = format!("{word}{}", rest.split('"').next().unwrap());
            if word == "door-" {
                asked.insert(format!("{key}-about"));
            }
            asked.insert(key);
        }
    }
    for role in tenants::Role::ALL {
        asked.insert(format!("role-{}", dashed(role.as_str())));
    }
    for outcome in domain::cases::Outcome::ALL {
        asked.insert(format!("outcome-{}", dashed(outcome.as_str())));
    }
    for result in domain::cases::ContactResult::ALL {
        asked.insert(format!("contact-{}", dashed(result.as_str())));
        asked.insert(format!("event-contact-{}", dashed(result.as_str())));
    }
    for purpose in domain::form_editor::Purpose::ALL {
        let word = purpose.as_str().replace('_', "-");
        asked.insert(format!("form-purpose-{word}"));
        asked.insert(format!("intake-purpose-{word}"));
    }
    for basis in domain::form_editor::Basis::ALL {
        let word = basis.as_str().replace('_', "-");
        asked.insert(format!("form-basis-{word}"));
        asked.insert(format!("intake-basis-{word}"));
    }
    for field in domain::practices::FieldName::ALL {
        asked.insert(format!("practice-field-{}", dashed(field.as_str())));
    }
    let (dutch, english) = (keys("nl"), keys("en"));
    for key in asked
        .iter()
        .filter(|key| !key.ends_with('-') && !key.contains('{'))
    {
        assert!(
            dutch.contains(key) && english.contains(key),
            "no text for {key}"
        );
    }
    assert_eq!(Language::Dutch.text("product"), "Gehoord");
}

fn dashed(word: &str) -> String {
    word.chars()
        .flat_map(|letter| {
            if letter.is_ascii_uppercase() {
                vec!['-', letter.to_ascii_lowercase()]
            } else {
                vec![letter]
            }
        })
        .collect()
}

#[test]
fn the_reference_of_a_message_has_one_name_in_every_text() {
    for (language, name) in [
        (Language::Dutch, "kenmerk"),
        (Language::English, "reference"),
    ] {
        let receipt = language.text("receipt-reference");
        assert!(receipt.contains(name), "{receipt}");
        let mut found = Vec::new();
        let folder = root().join("domain/src/locales").join(language.as_str());
        files(&folder, &["ftl"], &mut found);
        for file in found {
            for line in fs::read_to_string(&file).unwrap().lines() {
                let is_numbered = line.contains("nummer {") || line.contains("number {");
                assert!(!line.contains("{ $reference }") || !is_numbered, "{line}");
                for other in ["Uw nummer is", "Your number is"] {
                    assert!(!line.contains(other), "{line}");
                }
            }
        }
    }
}

#[test]
fn a_dutch_reader_is_told_u_hebt_and_never_u_heeft() {
    let mut found = Vec::new();
    files(&root().join("domain/src/locales/nl"), &["ftl"], &mut found);
    let said: Vec<String> = found
        .iter()
        .flat_map(|file| {
            let text = fs::read_to_string(file).unwrap().to_lowercase();
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|line| {
            let line = format!(" {line} ");
            [" u heeft ", " u nu heeft ", " heeft u "]
                .iter()
                .any(|other| line.contains(other))
        })
        .collect();
    assert_eq!(said, Vec::<String>::new());
}
