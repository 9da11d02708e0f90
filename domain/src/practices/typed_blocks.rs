//! Running text as an owner types it: an empty line begins a paragraph, lines with a number or a dash are a list.

use super::Block;
use crate::text;

/// A text as blocks: an empty line begins a paragraph, lines with a number or a dash are a list.
#[must_use]
pub fn blocks(typed: &str) -> Vec<Block> {
    let text = text::clean_text(typed);
    let mut blocks = Vec::new();
    for part in text.split("\n\n") {
        let lines: Vec<&str> = (part.lines().map(str::trim))
            .filter(|line| !line.is_empty())
            .collect();
        let items: Option<Vec<String>> =
            (lines.iter().map(|line| item(line).map(str::to_owned))).collect();
        match items {
            _ if lines.is_empty() => {}
            Some(items) => blocks.push(Block::List { items }),
            None => blocks.push(Block::Paragraph {
                text: lines.join(" "),
            }),
        }
    }
    blocks
}

/// A line of a list without its mark.
fn item(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(['-', '*', '•', '–']) {
        return rest.starts_with(' ').then(|| rest.trim_start());
    }
    let (number, rest) = line.split_once(['.', ')'])?;
    let counts = number.len() <= 2 && number.parse::<u8>().is_ok();
    (counts && rest.starts_with(' ')).then(|| rest.trim_start())
}

/// Blocks as the text that gives them.
#[must_use]
pub fn typed(blocks: &[Block]) -> String {
    let parts = blocks.iter().map(|block| match block {
        Block::Paragraph { text } => text.clone(),
        Block::List { items } => (1..)
            .zip(items)
            .map(|(number, item): (u32, &String)| format!("{number}. {item}"))
            .collect::<Vec<_>>()
            .join("\n"),
    });
    parts.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_back_as_it_was_typed() {
        let typed_text = "Eerst dit.\n\n1. Luister\n2. Bel\n\nDan dat.";
        let parts = blocks(typed_text);
        assert_eq!(parts.len(), 3);
        assert_eq!(typed(&parts), typed_text);
        assert_eq!(blocks("- een\n- twee"), blocks("1. een\n2) twee"));
    }
}
