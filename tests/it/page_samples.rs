//! Every page is rendered from its samples. A changed page changes its file in `tests/snapshots`: read the difference, then accept it with
//! `INSTA_UPDATE=always`.

use std::{collections::BTreeSet, fs, path::Path};

use api::page_samples;
use domain::Language;

/// Templates of pages that have no samples yet. This list may only shrink.
const WITHOUT_SAMPLES: &[&str] = &[
    "bundles/tree.html",
    "formal_complaint/file_alone.html",
    "resident/life.html",
];

/// The templates that a struct in this folder or below renders.
fn templates(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            templates(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).unwrap();
            let attributes = source.split("#[template(path = \"").skip(1);
            found.extend(attributes.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
    }
}

#[test]
fn every_page_has_samples() {
    let mut expected = BTreeSet::new();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src");
    templates(&sources, &mut expected);
    let samples = page_samples("waterdam", Language::Dutch).unwrap();
    let with_samples: BTreeSet<String> = samples
        .iter()
        .map(|(template, _)| (*template).to_owned())
        .collect();
    for template in WITHOUT_SAMPLES {
        assert!(
            !with_samples.contains(*template),
            "{template} has samples now"
        );
        assert!(expected.remove(*template), "{template} does not exist");
    }
    assert_eq!(with_samples, expected);
}

/// What is between the header and the footer of a page, without empty lines.
fn content(html: &str) -> String {
    let main = html
        .split_once("<main")
        .and_then(|(_, rest)| rest.split_once("</main>"))
        .map_or(html, |(main, _)| main);
    let lines = main.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// The words of a page.
fn words(html: &str) -> String {
    let content = content(html);
    let texts = content
        .split('<')
        .filter_map(|part| Some(part.split_once('>')?.1.trim()));
    let texts = texts.filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_page_is_rendered_in_both_languages_and_house_styles() {
    let dutch = page_samples("waterdam", Language::Dutch).unwrap();
    let english = page_samples("heuvelrode", Language::English).unwrap();
    for (style, language, like) in [
        ("heuvelrode", Language::Dutch, &dutch),
        ("waterdam", Language::English, &english),
    ] {
        let pages = page_samples(style, language).unwrap();
        let theme = format!("/stijl/{style}\"");
        for ((template, samples), (_, others)) in pages.iter().zip(like) {
            assert!(!samples.is_empty(), "{template} has no samples");
            for (sample, other) in samples.iter().zip(others) {
                assert!(
                    sample.contains(&theme) && !other.contains(&theme),
                    "{template}"
                );
            }
        }
    }
    for ((template, dutch), (_, english)) in dutch.iter().zip(&english) {
        let snapshot: Vec<String> = dutch
            .iter()
            .map(|html| content(html))
            .chain(english.iter().map(|html| words(html)))
            .collect();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        // The key of a form that does its work once is another one on every page.
        settings.add_filter(
            r#"name="_sleutel" value="[^"]*""#,
            r#"name="_sleutel" value="key""#,
        );
        let name = template.trim_end_matches(".html").replace('/', "_");
        settings.bind(|| insta::assert_snapshot!(name, snapshot.join("\n\n")));
    }
}
