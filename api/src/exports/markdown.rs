//! A practice as Markdown (`CommonMark`), in which every text stands as it was written.

use std::fmt::Write as _;

use domain::{
    Language,
    evidence::evidence,
    practices::{Block, PracticeDetail},
};

use super::json_ld::licence;

/// A text in which no sign means anything.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut digits = true;
    for (place, sign) in text.chars().enumerate() {
        let begins = place == 0 && matches!(sign, '-' | '+' | '=' | '~');
        let numbers = digits && place > 0 && matches!(sign, '.' | ')');
        if begins || numbers || "\\`*_[]<>#|~&!".contains(sign) {
            escaped.push('\\');
        }
        digits &= sign.is_ascii_digit();
        escaped.push(sign);
    }
    escaped
}

fn section(document: &mut String, title: &str, blocks: &[Block]) {
    if blocks.is_empty() {
        return;
    }
    let _ = write!(document, "\n## {title}\n");
    for block in blocks {
        document.push('\n');
        match block {
            Block::Paragraph { text } => {
                let _ = writeln!(document, "{}", escaped(text));
            }
            Block::List { items } => {
                for (place, item) in items.iter().enumerate() {
                    let _ = writeln!(document, "{}. {}", place + 1, escaped(item));
                }
            }
        }
    }
}

/// The document of a practice at the address `url`. It is Dutch, as the practice is.
pub(super) fn document(detail: &PracticeDetail, url: &str) -> String {
    let language = Language::Dutch;
    let (practice, article) = (&detail.practice, &detail.article);
    let mut document = format!("# {}\n", escaped(&practice.title));
    if !practice.summary.is_empty() {
        let _ = write!(document, "\n{}\n", escaped(&practice.summary));
    }
    let year = practice.year.map(|year| year.to_string());
    let facts = [
        Some(practice.municipality.clone()),
        year,
        Some(language.text_with(
            "export-version",
            &[("number", &practice.number.to_string())],
        )),
    ];
    document.push('\n');
    for fact in facts.into_iter().flatten() {
        let _ = writeln!(document, "- {}", escaped(&fact));
    }
    let _ = writeln!(document, "- <{url}>");
    let _ = writeln!(document, "- <{}>", licence(article.licence));
    for (key, blocks) in [
        ("export-problem", &article.problem),
        ("export-aim", &article.aim),
        ("export-approach", &article.approach),
        ("export-result", &article.result),
        ("export-went-wrong", &article.went_wrong),
        ("export-conditions", &article.conditions),
    ] {
        section(&mut document, &language.text(key), blocks);
    }
    let proof = evidence(&article.claims, detail.practice.adopters());
    if !proof.figures.is_empty() {
        let _ = write!(document, "\n## {}\n\n", language.text("evidence-title"));
        for figure in &proof.figures {
            let stage = language.term("evidence-stage", figure.stage);
            let line = format!(
                "{stage}: {} {}",
                figure.text(language),
                figure.about(language)
            );
            let _ = writeln!(document, "- {}", escaped(line.trim()));
        }
    }
    document
}
