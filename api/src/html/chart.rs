//! Bars beside a table that says the same.

use domain::Language;

/// One bar.
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Where that stands.
    pub label_y: usize,
    /// How much it is, in words.
    pub value: String,
    /// Where that begins.
    pub value_x: i64,
    /// Where that stands.
    pub value_y: usize,
    /// Where the bar begins.
    pub y: usize,
    /// How wide it is.
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
pub struct Chart {
    /// Its id on the page.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// Everything it shows, in words.
    pub description: String,
    /// How high it is.
    pub height: usize,
    /// Its bars.
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
