//! Parts as people read them: a document in passages, and two bundles beside each other.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    Bundle, Difference, PartKind,
    compare::{differences, value_words},
    content::{Content, Document, Edge, TextBlock},
};
use crate::{Error, Language};

/// A passage: a title, which may be empty, and its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = InstructionPassage)]
pub struct Passage {
    /// Title.
    pub title: String,
    /// Lines.
    pub lines: Vec<String>,
}

/// What a part says, to be read from top to bottom. A flowchart is the list of its places, each with the ways on.
///
/// # Errors
/// A bug: a part that was read once can be read again.
pub fn reading(kind: PartKind, value: &Value, language: Language) -> Result<Vec<Passage>, Error> {
    let Content::Document(document) = Content::parse(kind, value)? else {
        let lines = differences(kind, None, value, language)?;
        return Ok(lines.into_iter().map(told).collect());
    };
    let texts = |blocks: Vec<TextBlock>| Passage {
        title: String::new(),
        lines: blocks.into_iter().map(|block| block.text).collect(),
    };
    let filled = |lines: Vec<String>| lines.into_iter().filter(|line| !line.is_empty()).collect();
    Ok(match *document {
        Document::Prose(prose) => vec![texts(prose.blocks)],
        Document::Mail(mail) => vec![Passage {
            title: mail.subject,
            ..texts(mail.blocks)
        }],
        Document::Instruction(instruction) => (instruction.steps.into_iter().enumerate())
            .map(|(number, step)| Passage {
                title: format!(
                    "{}: {}",
                    language.text_with(
                        "bundle-step-number",
                        &[("number", &(number + 1).to_string())]
                    ),
                    step.who
                ),
                lines: filled(vec![step.what, step.why, quoted(&step.example)]),
            })
            .collect(),
        Document::Flowchart(chart) => {
            let title = |id: &str| {
                let node = chart.nodes.iter().find(|node| node.id == id);
                node.map_or("", |node| node.title.as_str())
            };
            let way = |edge: &Edge| match edge.label.as_str() {
                "" => format!("{}: {}", language.text("bundle-ways"), title(&edge.to)),
                label => format!("{label}: {}", title(&edge.to)),
            };
            let nodes = chart.nodes.iter().map(|node| {
                let ways = chart
                    .edges
                    .iter()
                    .filter(|edge| edge.from == node.id)
                    .map(way);
                let lines = std::iter::once(node.role.clone()).chain(ways).collect();
                Passage {
                    title: format!(
                        "{} ({})",
                        node.title,
                        language.term("bundle-word", node.kind)
                    ),
                    lines: filled(lines),
                }
            });
            nodes.collect()
        }
        Document::Metric(metric) => vec![Passage {
            title: metric.question,
            lines: vec![
                format!("{} - {}", metric.lowest, metric.highest),
                metric.population,
                metric.moment,
            ],
        }],
    })
}

fn quoted(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("“{text}”")
}

fn told(difference: Difference) -> Passage {
    Passage {
        title: difference.what,
        lines: vec![difference.after],
    }
}

/// What differs between two bundles, part by part: key, title and differences. A part that went is told too.
///
/// # Errors
/// A bug: a part that was read once can be read again.
pub fn between(
    before: &Bundle,
    after: &Bundle,
    language: Language,
) -> Result<Vec<(String, Vec<Difference>)>, Error> {
    let mut found = Vec::new();
    for head in &after.manifest.parts {
        if let Some(value) = after.parts.get(&head.key) {
            let old = before.parts.get(&head.key);
            let changes = differences(head.kind, old, value, language)?;
            if !changes.is_empty() {
                found.push((head.title.clone(), changes));
            }
        }
    }
    for head in &before.manifest.parts {
        if let (None, Some(value)) = (after.parts.get(&head.key), before.parts.get(&head.key)) {
            let gone = Difference {
                what: language.term("bundle-part", head.kind),
                before: match value {
                    Value::Object(_) => head.title.clone(),
                    other => value_words("", other, language),
                },
                after: String::new(),
            };
            found.push((head.title.clone(), vec![gone]));
        }
    }
    Ok(found)
}
