//! Tables, whose cells may lead on to another page.

use domain::Language;

/// What a cell says, and where it leads.
#[derive(Default)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Empty when it leads nowhere.
    pub link: String,
    /// Further classes of the cell.
    pub class: &'static str,
}

impl Cell {
    /// A cell that leads on.
    #[must_use]
    pub fn to(text: String, link: String) -> Self {
        Self {
            text,
            link,
            class: "",
        }
    }

    /// A cell that is set apart by a class.
    #[must_use]
    pub fn with_class(text: String, class: &'static str) -> Self {
        Self {
            text,
            link: String::new(),
            class,
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

/// A row: what it is about, and the rest.
pub struct Row {
    /// The heading of the row.
    pub head: Cell,
    /// The other cells.
    pub cells: Vec<Cell>,
}

/// A table.
pub struct Table {
    /// What it shows, for whoever cannot see it at a glance.
    pub caption: String,
    /// Headings of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// The headings of columns.
#[must_use]
pub fn headings(language: Language, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| language.text(key)).collect()
}
