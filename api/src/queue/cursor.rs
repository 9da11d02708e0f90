//! A place in the queue as opaque text, for links and programs.

use chrono::Datelike as _;
use data_encoding::BASE64URL_NOPAD;
use domain::{Error, queue::Cursor};

/// A cursor as text.
pub fn encode(cursor: &Cursor) -> String {
    let at = cursor
        .at
        .map_or_else(String::new, |at| at.timestamp_micros().to_string());
    BASE64URL_NOPAD.encode(format!("{} {at} {}", cursor.rank, cursor.id).as_bytes())
}

/// The cursor that a text stands for.
///
/// # Errors
/// [`Error::Invalid`] for a text that is no cursor.
pub fn decode(text: &str) -> Result<Cursor, Error> {
    let wrong = || Error::invalid("cursor", "cursor_unusable");
    let bytes = BASE64URL_NOPAD
        .decode(text.as_bytes())
        .map_err(|_| wrong())?;
    let text = String::from_utf8(bytes).map_err(|_| wrong())?;
    let mut parts = text.split(' ');
    let mut part = || parts.next().ok_or_else(wrong);
    let (rank, at, id) = (part()?, part()?, part()?);
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
        rank: rank.parse().map_err(|_| wrong())?,
        at,
        id: id.parse().map_err(|_| wrong())?,
    })
}
