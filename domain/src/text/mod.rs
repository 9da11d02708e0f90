//! What people type, made fit to keep: the same letters always as the same bytes, nothing that deceives a reader, nothing lost that
//! has meaning.

mod day;
mod file;
mod number;

pub use self::{
    day::{DayProblem, parse_day},
    file::decode,
    number::{NumberProblem, Written, parse_number, written_number},
};

use std::{borrow::Cow, str::FromStr};

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use unicode_normalization::{
    IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick,
};

use crate::{Error, FieldErrors};

/// Most marks on one letter. Vietnamese and Arabic need up to three; "zalgo" stacks hundreds.
const MARKS_MAX: usize = 8;

/// A text of several lines: NFC, line ends as `\n`, no NUL or other controls, no invisible or direction-turning signs, trimmed.
/// Zero-width joiners stay: families of emoji and some scripts are written with them.
#[must_use]
pub fn clean_text(typed: &str) -> String {
    let mut cleaned = String::with_capacity(typed.len());
    let unified = if typed.contains('\r') {
        Cow::Owned(typed.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(typed)
    };
    // An invisible sign between a letter and its mark keeps them from being composed, so those go first. Most of what people type is
    // composed already; telling that is far cheaper than composing it again.
    let seen = || unified.chars().filter(|letter| !is_dropped(*letter));
    if is_nfc_quick(seen()) == IsNormalized::Yes {
        keep(seen(), &mut cleaned);
    } else {
        keep(seen().nfc(), &mut cleaned);
    }
    let trimmed = cleaned.trim_matches(|letter: char| letter.is_whitespace());
    if trimmed.len() == cleaned.len() {
        cleaned
    } else {
        trimmed.to_owned()
    }
}

fn keep(letters: impl Iterator<Item = char>, cleaned: &mut String) {
    let mut marks = 0;
    for letter in letters {
        if letter.is_ascii() && !letter.is_ascii_control() {
            marks = 0;
            cleaned.push(letter);
            continue;
        }
        let letter = match letter {
            '\r' => '\n',
            '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' => ' ',
            other => other,
        };
        marks = if is_combining_mark(letter) {
            marks + 1
        } else {
            0
        };
        if marks <= MARKS_MAX {
            cleaned.push(letter);
        }
    }
}

/// A text of one line: as [`clean_text`], with line ends and tabs as spaces and no run of spaces.
#[must_use]
pub fn clean_line(typed: &str) -> String {
    clean_text(typed)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a text holds signs that deceive a reader: what [`clean_text`] drops.
pub(crate) fn deceives(text: &str) -> bool {
    text.chars().any(is_dropped)
}

fn is_dropped(letter: char) -> bool {
    if letter.is_ascii_graphic() || letter == ' ' {
        return false;
    }
    matches!(
        letter,
        '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{180e}' // invisible
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' // turn the direction of reading
        | '\u{fff9}'..='\u{fffb}'
    ) || (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
}

/// A line without any sign that cannot be seen, joiners and variants too: for what is dialled or sent to.
#[must_use]
pub fn visible_line(typed: &str) -> String {
    let is_seen = |sign: &char| {
        !matches!(
            sign,
            '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
        )
    };
    clean_line(&typed.chars().filter(is_seen).collect::<String>())
}

/// A line as it is searched: without accents and other marks, in small letters.
#[must_use]
pub fn searchable(text: &str) -> String {
    let text = clean_line(text);
    let plain = text.nfkd().filter(|sign| !is_combining_mark(*sign));
    let small: String = plain.flat_map(char::to_lowercase).collect();
    // Letters with a stroke or joined ones have no plain letter in Unicode.
    [
        ("ß", "ss"),
        ("ø", "o"),
        ("ł", "l"),
        ("đ", "d"),
        ("ı", "i"),
        ("æ", "ae"),
        ("œ", "oe"),
    ]
    .iter()
    .fold(small, |small, (letter, plain)| small.replace(letter, plain))
}

/// Digits of any script as our own, dashes of any length as `-`.
#[must_use]
pub fn ascii_digits(typed: &str) -> String {
    clean_line(typed)
        .chars()
        .map(|letter| match letter {
            '\u{660}'..='\u{669}' => ascii_digit(letter, '\u{660}'),
            '\u{6f0}'..='\u{6f9}' => ascii_digit(letter, '\u{6f0}'),
            '\u{966}'..='\u{96f}' => ascii_digit(letter, '\u{966}'),
            '\u{ff10}'..='\u{ff19}' => ascii_digit(letter, '\u{ff10}'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => '-',
            '\u{ff0b}' => '+',
            '\u{ff08}' => '(',
            '\u{ff09}' => ')',
            other => other,
        })
        .collect()
}

fn ascii_digit(letter: char, zero: char) -> char {
    char::from_digit(u32::from(letter) - u32::from(zero), 10).unwrap_or(letter)
}

/// Whether a spreadsheet would run a cell, or take the guard in front of it for one of ours (OWASP, CSV injection). Some programs leave out
/// spaces in front, and read the signs of East Asian keyboards as ours.
fn is_risky(cell: &str) -> bool {
    cell.starts_with(['\t', '\r', '\n'])
        || cell
            .trim_start_matches(|sign: char| {
                sign == '\'' || sign.is_whitespace() || is_dropped(sign)
            })
            .starts_with([
                '=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠', '｜', '％', '\u{2212}', '﹢',
                '﹣', '﹦', '﹫', '﹪',
            ])
}

/// A table as a file that a Dutch spreadsheet opens (RFC 4180 with semicolons). What people typed cannot become a formula.
///
/// # Errors
/// [`Error::Bug`] when it cannot be written.
pub fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, Error> {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        let cells = row.iter().map(|cell| spreadsheet_safe(cell).into_owned());
        writer.write_record(cells).map_err(Error::bug)?;
    }
    writer.into_inner().map_err(Error::bug)
}

/// A cell that no spreadsheet runs as a formula: a risky one gets an apostrophe in front (OWASP, CSV injection).
#[must_use]
pub fn spreadsheet_safe(cell: &str) -> Cow<'_, str> {
    if is_risky(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell that [`spreadsheet_safe`] was given.
#[must_use]
pub fn from_spreadsheet(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|rest| is_risky(rest))
        .unwrap_or(cell)
}

/// A text that may be left open.
#[must_use]
pub fn optional(typed: Option<&str>) -> Option<&str> {
    typed.map(str::trim).filter(|typed| !typed.is_empty())
}

/// An id or a word of a closed list; notes one that is missing or unknown.
pub fn read_choice<T: FromStr>(errors: &mut FieldErrors, field: &str, typed: &str) -> Option<T> {
    let Some(typed) = optional(Some(typed)) else {
        errors.add(field, "required_choice");
        return None;
    };
    let value = typed.parse().ok();
    if value.is_none() {
        errors.add(field, "not_an_option");
    }
    value
}

/// An instant that may be left open, as a program writes it (RFC 3339), as a browser's own field sends it, or as people type it; without a
/// zone it is local time.
pub fn read_instant(
    errors: &mut FieldErrors,
    field: &str,
    typed: Option<&str>,
    zone: Tz,
) -> Option<DateTime<Utc>> {
    let typed = optional(typed)?;
    let instant = parse_instant(typed, zone);
    if instant.is_none() && parse_local(typed).is_some() {
        errors.add(field, "time_skipped");
    } else if instant.is_none() {
        errors.add(field, "not_a_moment");
    }
    instant
}

/// An instant as a program writes it (RFC 3339), as a browser's own field sends it, or as people type it.
#[must_use]
pub fn parse_instant(typed: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let typed = typed.trim();
    if let Ok(instant) = DateTime::parse_from_rfc3339(typed) {
        return Some(instant.to_utc());
    }
    let local = parse_local(typed)?.and_local_timezone(zone);
    Some(local.earliest()?.to_utc())
}

fn parse_local(typed: &str) -> Option<NaiveDateTime> {
    let typed = clean_line(typed).to_lowercase();
    let typed = typed
        .strip_suffix("uur")
        .or_else(|| typed.strip_suffix('u'))
        .unwrap_or(&typed)
        .trim_end();
    let (day, time) = typed.rsplit_once([' ', 't'])?;
    let time = ["%H:%M", "%H:%M:%S", "%H.%M"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(time, format).ok())?;
    let day = day.trim_end_matches([',', ' ']);
    let day = day
        .strip_suffix(" om")
        .or_else(|| day.strip_suffix(" at"))
        .unwrap_or(day);
    Some(parse_day(day).ok()?.and_time(time))
}

/// A day that may be left open, as a date field sends it or as people type it.
pub fn read_day(errors: &mut FieldErrors, field: &str, typed: Option<&str>) -> Option<NaiveDate> {
    let typed = optional(typed)?;
    parse_day(typed)
        .map_err(|problem| errors.push(problem.of_field(field)))
        .ok()
}

/// As [`read_day`], of a day that has to be there.
pub fn required_day(errors: &mut FieldErrors, field: &str, typed: &str) -> Option<NaiveDate> {
    if optional(Some(typed)).is_none() {
        errors.add(field, "not_a_date");
    }
    read_day(errors, field, Some(typed))
}

/// As [`read_instant`], of an instant that has to be there.
pub fn required_instant(
    errors: &mut FieldErrors,
    field: &str,
    typed: &str,
    zone: Tz,
) -> Option<DateTime<Utc>> {
    if optional(Some(typed)).is_none() {
        errors.add(field, "not_a_moment");
    }
    read_instant(errors, field, Some(typed), zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_meaning_stays_and_what_deceives_goes() {
        for (case, typed, kept) in [
            ("1 decomposed letters", "Zoe\u{308}", "Zo\u{eb}"),
            ("2 direction overrides", "abc\u{202e}def\u{2066}", "abcdef"),
            ("3 only invisible signs", "\u{200b}\u{feff}\u{ad}", ""),
            (
                "4 a family of emoji",
                "👨\u{200d}👩\u{200d}👧",
                "👨\u{200d}👩\u{200d}👧",
            ),
            ("5 NUL", "a\0b", "ab"),
            ("13 only spaces", " \u{a0} \t ", ""),
            ("line ends", "a\r\nb\rc", "a\nb\nc"),
        ] {
            assert_eq!(clean_text(typed), kept, "{case}");
        }
    }

    #[test]
    fn a_flood_of_marks_is_capped() {
        let flood = format!("z{}", "\u{336}".repeat(500));
        assert_eq!(clean_text(&flood).chars().count(), 1 + MARKS_MAX);
    }

    #[test]
    fn a_line_has_no_line_ends() {
        assert_eq!(clean_line("a@b.nl\r\nBcc: x@y.nl"), "a@b.nl Bcc: x@y.nl");
    }

    #[test]
    fn words_are_found_with_and_without_accents() {
        for (typed, searched) in [
            ("École", "ecole"),
            ("e\u{301}", "e"),
            ("Zoë’s Straße 100%", "zoe’s strasse 100%"),
            ("Øresund, Łódź, ﬁets", "oresund, lodz, fiets"),
            ("İstanbul", "istanbul"),
            ("漢字 عربي", "漢字 عربي"),
        ] {
            assert_eq!(searchable(typed), searched);
        }
    }

    #[test]
    fn digits_of_other_scripts_are_read() {
        assert_eq!(ascii_digits("٠٦ ١٢‑٣٤"), "06 12-34");
    }

    #[test]
    fn no_cell_is_a_formula_and_every_cell_comes_back() {
        for cell in [
            "=1+1",
            "+31 6",
            "-5",
            "@SUM",
            "\tx",
            "\rx",
            "\nx",
            "|x",
            "%x",
            "'=1",
            "''-",
            "＝1+1",
            "＋1",
            "－1",
            "＠SUM",
            " =1",
            "\u{a0}=1",
            "\u{200b}=1",
            "\u{feff}＝1",
            "' =1",
            "\u{2212}1",
            "％x",
            "﹦1",
        ] {
            let safe = spreadsheet_safe(cell);
            assert!(safe.starts_with('\''), "{cell:?}");
            assert_eq!(from_spreadsheet(&safe), cell);
        }
        for cell in ["", "12,50", "'s Avonds", "a=b"] {
            assert_eq!(spreadsheet_safe(cell), cell);
            assert_eq!(from_spreadsheet(cell), cell);
        }
    }
}
