//! The text of a practice in parts, with everything that may be about a person marked.

use domain::{
    Language,
    practices::{Block, Passage, PracticeContent, passages},
};

/// A paragraph, or a list.
pub(crate) struct Marked {
    /// Whether its lines are items of a list.
    pub is_list: bool,
    /// Its lines.
    pub lines: Vec<Vec<Passage>>,
}

/// A part of a practice with its heading.
pub(crate) struct Part {
    /// Its heading.
    pub title: String,
    /// Its text.
    pub blocks: Vec<Marked>,
}

/// The names of the parts of running text, in the order of [`PracticeContent::texts`].
pub(crate) const PARTS: [&str; 6] = [
    "problem",
    "aim",
    "approach",
    "result",
    "wentWrong",
    "conditions",
];

fn marked(block: &Block) -> Marked {
    match block {
        Block::Paragraph { text } => Marked {
            is_list: false,
            lines: vec![passages(text)],
        },
        Block::List { items } => Marked {
            is_list: true,
            lines: items.iter().map(|item| passages(item)).collect(),
        },
    }
}

/// Everything that will be read, title and partners too.
pub(crate) fn parts(content: &PracticeContent, language: Language) -> Vec<Part> {
    let line = |text: &str| Marked {
        is_list: false,
        lines: vec![passages(text)],
    };
    let part = |name: &str, blocks: Vec<Marked>| Part {
        title: language.term("practice-part", name),
        blocks,
    };
    let mut parts = vec![
        part("title", vec![line(&content.title)]),
        part("summary", vec![line(&content.summary)]),
    ];
    for (name, blocks) in PARTS.iter().zip(content.texts()) {
        if !blocks.is_empty() {
            parts.push(part(name, blocks.iter().map(marked).collect()));
        }
    }
    if !content.partners.is_empty() {
        let partners = content.partners.iter().map(|partner| line(partner));
        parts.push(part("partners", partners.collect()));
    }
    parts
}

/// How many passages may be about a person.
pub(crate) fn doubts(parts: &[Part]) -> usize {
    let blocks = parts.iter().flat_map(|part| &part.blocks);
    let passages = blocks.flat_map(|block| block.lines.iter().flatten());
    passages.filter(|passage| passage.doubtful).count()
}
