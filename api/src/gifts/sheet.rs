//! Bars beside a table that says the same.

use domain::Language;

pub(super) use crate::html::table::{Cell, Row, Table as Sheet, headings as texts};

pub(super) struct Bar {
    pub label: String,
    pub label_y: usize,
    pub value: String,
    pub value_x: i64,
    pub value_y: usize,
    pub y: usize,
    pub width: i64,
}

/// A name that fits above its bar; the table beside it has the whole one.
fn short(label: &str) -> String {
    const FITS: usize = 44;
    if label.chars().count() <= FITS {
        return label.to_owned();
    }
    let begin: String = label.chars().take(FITS - 1).collect();
    format!("{}…", begin.trim_end())
}

/// Bars beside a table that says the same.
pub(super) struct Chart {
    pub id: &'static str,
    pub title: String,
    pub description: String,
    pub height: usize,
    pub bars: Vec<Bar>,
}

impl Chart {
    /// A bar of each amount in cents, the widest for the largest.
    pub fn of(
        id: &'static str,
        title: String,
        amounts: &[(String, i64)],
        language: Language,
    ) -> Self {
        let most = amounts
            .iter()
            .map(|(_, cents)| *cents)
            .max()
            .unwrap_or(1)
            .max(1);
        let bars: Vec<Bar> = amounts
            .iter()
            .enumerate()
            .map(|(place, (label, cents))| {
                let width = (cents * 280 / most).max(2);
                Bar {
                    label: short(label),
                    label_y: place * 56 + 16,
                    value: language.euros(*cents),
                    value_x: width + 8,
                    value_y: place * 56 + 40,
                    y: place * 56 + 24,
                    width,
                }
            })
            .collect();
        let description = amounts
            .iter()
            .map(|(label, cents)| format!("{label}: {}", language.euros(*cents)))
            .collect::<Vec<_>>()
            .join("; ");
        Self {
            id,
            title,
            description,
            height: amounts.len() * 56,
            bars,
        }
    }
}
