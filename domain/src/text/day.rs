//! Days as people write them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::ascii_digits;
use crate::FieldProblem;

/// Beginnings of the months, Dutch and English, from January on: "mrt" and "okt" are beginnings of their own.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb"],
    &["mrt", "maa", "mar"],
    &["apr"],
    &["mei", "may"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["okt", "oct"],
    &["nov"],
    &["dec"],
];

/// Whole names of the months, Dutch and English: a word is a month when one of them begins with it.
const MONTH_NAMES: &str = "januari january februari february maart march april mei may juni june juli july augustus august \
                           september oktober october november december mrt sept";

/// Names of the days of the week, Dutch and English, from Monday on.
const WEEKDAYS: [&[&str]; 7] = [
    &["maandag", "monday", "ma"],
    &["dinsdag", "tuesday", "di"],
    &["woensdag", "wednesday", "wo"],
    &["donderdag", "thursday", "do"],
    &["vrijdag", "friday", "vr"],
    &["zaterdag", "saturday", "za"],
    &["zondag", "sunday", "zo"],
];

/// What stands between or behind the parts of a day and says nothing.
const FILLERS: [&str; 9] = ["e", "ste", "de", "st", "nd", "rd", "th", "of", "the"];

/// Why a text is no day: the part that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayProblem {
    /// No day at all.
    NotADay,
    /// Day and month without a year.
    NoYear,
    /// A year of two digits: of which century?
    ShortYear,
    /// A month beyond the twelfth.
    Month,
    /// A day that the month does not have, with how many it has.
    Day(u32),
    /// Another day of the week than the one it says.
    Weekday,
}

impl DayProblem {
    /// The problem of a field.
    #[must_use]
    pub fn of_field(self, field: &str) -> FieldProblem {
        let code = match self {
            Self::NotADay => "not_a_date",
            Self::NoYear => "date_no_year",
            Self::ShortYear => "date_short_year",
            Self::Month => "date_month",
            Self::Day(_) => "date_day",
            Self::Weekday => "date_weekday",
        };
        let parameters = match self {
            Self::Day(last) => BTreeMap::from([("max".to_owned(), last.to_string())]),
            _ => BTreeMap::new(),
        };
        FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            parameters,
        }
    }
}

/// A part of a day.
#[derive(Clone, Copy)]
enum Part<'t> {
    Digits(&'t str),
    Month(u32),
    Weekday(Weekday),
}

/// A day as people write it: 24-11-2026, 24 / 11 / 2026, 24.11.2026, 2026-11-24, 24112026, 24 november 2026, dinsdag 24 nov. 2026,
/// November 24, 2026.
///
/// # Errors
/// [`DayProblem`].
pub fn parse_day(typed: &str) -> Result<NaiveDate, DayProblem> {
    let typed = ascii_digits(typed).to_lowercase();
    let mut weekday = None;
    let mut month = None;
    let mut numbers: Vec<&str> = Vec::new();
    for part in parts(&typed)? {
        match part {
            Part::Digits(digits) => numbers.push(digits),
            Part::Month(named) if month.is_none() => month = Some(named),
            Part::Weekday(named) if weekday.is_none() => weekday = Some(named),
            Part::Month(_) | Part::Weekday(_) => return Err(DayProblem::NotADay),
        }
    }
    let is_year = |digits: &str| digits.len() == 4;
    let (year, month, day) = match (month, numbers.as_slice()) {
        (None, [together]) if together.len() == 8 => return eight(together),
        (None, [year, month, day]) if is_year(year) => (*year, number(month)?, *day),
        (None, [day, month, year]) => (*year, number(month)?, *day),
        (Some(month), [year, day]) if is_year(year) => (*year, month, *day),
        (Some(month), [day, year]) => (*year, month, *day),
        (None, [day, month]) if day.len() <= 2 && month.len() <= 2 => {
            return Err(DayProblem::NoYear);
        }
        (Some(_), [day]) if day.len() <= 2 => return Err(DayProblem::NoYear),
        _ => return Err(DayProblem::NotADay),
    };
    let found = date(year, month, day)?;
    match weekday {
        Some(weekday) if weekday != found.weekday() => Err(DayProblem::Weekday),
        _ => Ok(found),
    }
}

/// The parts of a text, without what says nothing.
fn parts(typed: &str) -> Result<Vec<Part<'_>>, DayProblem> {
    let mut parts = Vec::new();
    let mut rest = typed;
    while let Some(sign) = rest.chars().next() {
        let is_alike = |other: char| {
            if sign.is_ascii_digit() {
                other.is_ascii_digit()
            } else {
                other.is_alphabetic() == sign.is_alphabetic() && !other.is_ascii_digit()
            }
        };
        let end = rest.find(|other| !is_alike(other)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        rest = behind;
        if sign.is_ascii_digit() {
            parts.push(Part::Digits(word));
        } else if sign.is_alphabetic() {
            let weekday = WEEKDAYS.iter().position(|names| names.contains(&word));
            let month = MONTHS.iter().position(|beginnings| {
                beginnings
                    .iter()
                    .any(|beginning| word.starts_with(beginning))
                    && MONTH_NAMES
                        .split_whitespace()
                        .any(|name| name.starts_with(word))
            });
            if let Some(at) = weekday {
                let at = u8::try_from(at).map_err(|_| DayProblem::NotADay)?;
                parts.push(Part::Weekday(
                    Weekday::try_from(at).map_err(|_| DayProblem::NotADay)?,
                ));
            } else if let Some(at) = month {
                parts.push(Part::Month(
                    u32::try_from(at).map_err(|_| DayProblem::NotADay)? + 1,
                ));
            } else if !FILLERS.contains(&word) {
                return Err(DayProblem::NotADay);
            }
        } else if !word.chars().all(|sign| "-/., ".contains(sign)) {
            return Err(DayProblem::NotADay);
        }
    }
    Ok(parts)
}

/// Eight digits together: the day first as people do, or the year first as programs do. No day can be read both ways.
fn eight(digits: &str) -> Result<NaiveDate, DayProblem> {
    let cut = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let by_people = date(cut(4, 8), number(cut(2, 4))?, cut(0, 2));
    let by_people = by_people
        .ok()
        .filter(|day| (1900..2200).contains(&day.year()));
    match by_people {
        Some(day) => Ok(day),
        None => date(cut(0, 4), number(cut(4, 6))?, cut(6, 8)),
    }
}

fn number(digits: &str) -> Result<u32, DayProblem> {
    if digits.len() > 4 {
        return Err(DayProblem::NotADay);
    }
    digits.parse().map_err(|_| DayProblem::NotADay)
}

fn date(year: &str, month: u32, day: &str) -> Result<NaiveDate, DayProblem> {
    let day = number(day)?;
    match year.len() {
        4 => {}
        2 => return Err(DayProblem::ShortYear),
        _ => return Err(DayProblem::NotADay),
    }
    let year = i32::try_from(number(year)?).map_err(|_| DayProblem::NotADay)?;
    let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or(DayProblem::Month)?;
    let last = first.num_days_in_month();
    first.with_day(day).ok_or(DayProblem::Day(last.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it_or_the_wrong_part_is_named() {
        use DayProblem::{Day, Month, NoYear, NotADay, ShortYear, Weekday};
        for typed in [
            "24-11-2026",
            "24 - 11 - 2026",
            "24/11/2026",
            " 24 . 11 . 2026 ",
            "24 11 2026",
            "24–11–2026",
            "2026-11-24",
            "2026/11/24",
            "24112026",
            "20261124",
            "24 november 2026",
            "24 November 2026",
            "24 nov 2026",
            "24 nov. 2026",
            "24-nov-2026",
            "24november2026",
            "dinsdag 24 november 2026",
            "di 24-11-2026",
            "Tuesday, 24 November 2026",
            "November 24, 2026",
            "24th of November 2026",
            "24e november 2026",
            "2026 november 24",
            "٢٤-١١-٢٠٢٦",
        ] {
            let day = parse_day(typed).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Ok("2026-11-24"), "{typed}");
        }
        for (typed, day) in [
            ("1 mrt 2026", "2026-03-01"),
            ("1 maart 2026", "2026-03-01"),
            ("1 mei 2026", "2026-05-01"),
            ("3 okt. 2026", "2026-10-03"),
            ("9 sept 2026", "2026-09-09"),
            ("19121912", "1912-12-19"),
        ] {
            let read = parse_day(typed).map(|day| day.to_string());
            assert_eq!(read.as_deref(), Ok(day), "{typed}");
        }
        for (typed, problem) in [
            ("24-11", NoYear),
            ("24 november", NoYear),
            ("24-11-26", ShortYear),
            ("24 nov '26", NotADay),
            ("24 november 26", ShortYear),
            ("24-13-2026", Month),
            ("11-24-2026", Month),
            ("9999-99-99", Month),
            ("31-11-2026", Day(30)),
            ("29 februari 2027", Day(28)),
            ("0-11-2026", Day(30)),
            ("maandag 24 november 2026", Weekday),
            ("24-11-2026-1", NotADay),
            ("24-11-202", NotADay),
            ("24+11+2026", NotADay),
            ("24 novembre 2026", NotADay),
            ("24 n 2026", NotADay),
            ("morgen", NotADay),
            ("november 2026", NotADay),
            ("", NotADay),
        ] {
            assert_eq!(parse_day(typed), Err(problem), "{typed}");
        }
    }
}
