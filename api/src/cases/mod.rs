//! The desk: the queue and the message.

pub mod acts;
pub mod api;
pub mod categories;
pub mod categories_api;
pub mod filing_api;
pub mod items;
pub mod merging;
pub mod pages;
pub mod quarantine;
pub mod quarantine_api;
pub mod queue;
mod timeline;
pub mod turns;
pub mod turns_api;
pub mod view;

use base64_cursor::{decode, encode};

mod base64_cursor {
    //! A place in the queue as an opaque word: programs and links carry it, nobody reads it.

    use chrono::Datelike as _;
    use data_encoding::BASE64URL_NOPAD;
    use domain::{Error, cases::Cursor};

    /// The word for a place.
    pub fn encode(cursor: &Cursor) -> String {
        let at = cursor
            .at
            .map_or_else(String::new, |at| at.timestamp_micros().to_string());
        BASE64URL_NOPAD.encode(format!("{at} {}", cursor.id).as_bytes())
    }

    /// The place a word stands for.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a word that is not ours.
    pub fn decode(word: &str) -> Result<Cursor, Error> {
        let wrong = || Error::invalid("cursor", "cursor_unusable");
        let bytes = BASE64URL_NOPAD
            .decode(word.as_bytes())
            .map_err(|_| wrong())?;
        let text = String::from_utf8(bytes).map_err(|_| wrong())?;
        let (at, id) = text.split_once(' ').ok_or_else(wrong)?;
        let at = if at.is_empty() {
            None
        } else {
            let micros = at.parse().map_err(|_| wrong())?;
            let at = chrono::DateTime::from_timestamp_micros(micros)
                // What a database can compare with; no case lies outside of it.
                .filter(|at| (1..=9999).contains(&at.year()))
                .ok_or_else(wrong)?;
            Some(at)
        };
        Ok(Cursor {
            at,
            id: id.parse().map_err(|_| wrong())?,
        })
    }
}
