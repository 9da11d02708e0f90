//! Municipalities as the CBS lists them ("Gebieden in Nederland", "Gemeentelijke indeling"): code, name, province, and since when and until when a code
//! is in use. Codes and names were read from the open data of the corona dashboard (Ministry of Health). `municipalities.csv` has the 342 of today, those
//! that went into others since 2019 with their successor, and invented ones of the demo. A day of beginning that is left out is before 2002 or not known
//! to us. Inhabitants are filled in where the exchange compares.

use std::str::FromStr;

use chrono::NaiveDate;
use tenants::Tenant;

use super::{Province, SizeClass};

/// A municipality of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// Such as `GM0441`. Invented municipalities of the demo have codes from `GM9001` on.
    pub code: &'static str,
    /// Without "gemeente".
    pub name: &'static str,
    /// Its province.
    pub province: Province,
    /// How many people live there, where that is known.
    pub inhabitants: Option<u32>,
    /// First day of the code.
    pub from: Option<NaiveDate>,
    /// First day on which the code is no longer in use.
    pub until: Option<NaiveDate>,
    /// Code of the municipality that it went into, when it went into one.
    pub successor: Option<&'static str>,
}

const LIST: &str = include_str!("municipalities.csv");

impl Municipality {
    /// The whole list.
    pub fn all() -> impl Iterator<Item = Self> {
        LIST.lines().skip(1).filter_map(|line| {
            let mut parts = line.split(';');
            Some(Self {
                code: parts.next()?,
                name: parts.next()?,
                province: parts.next()?.parse().ok()?,
                inhabitants: filled(parts.next()?).ok()?,
                from: filled(parts.next()?).ok()?,
                until: filled(parts.next()?).ok()?,
                successor: parts.next().filter(|code| !code.is_empty()),
            })
        })
    }

    /// The municipality with a code.
    #[must_use]
    pub fn by_code(code: &str) -> Option<Self> {
        Self::all().find(|one| one.code == code)
    }

    /// Whether it is one of the demo.
    #[must_use]
    pub fn is_invented(self) -> bool {
        self.code.starts_with("GM9")
    }

    /// Whether the code is in use on a day.
    #[must_use]
    pub fn is_valid_on(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// The municipality that has a name, with or without "gemeente".
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let wanted = short_name(name);
        Self::all().find(|one| one.name.to_lowercase() == wanted)
    }

    /// The municipality that an organisation is, by its own name.
    #[must_use]
    pub fn of(tenant: &Tenant) -> Option<Self> {
        Self::named(&tenant.name)
    }

    /// Its size, where that is known.
    #[must_use]
    pub fn size_class(self) -> Option<SizeClass> {
        self.inhabitants.map(SizeClass::of)
    }
}

/// What stands in a field that may be empty.
fn filled<T: FromStr>(text: &str) -> Result<Option<T>, T::Err> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some)
}

/// A name without "gemeente", in small letters.
pub(super) fn short_name(name: &str) -> String {
    let name = name.trim().to_lowercase();
    name.trim_start_matches("gemeente ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read_and_no_code_is_there_twice() {
        let all: Vec<Municipality> = Municipality::all().collect();
        assert_eq!(all.len(), LIST.lines().count() - 1);
        let codes: std::collections::BTreeSet<&str> = all.iter().map(|one| one.code).collect();
        assert_eq!(codes.len(), all.len());
        let known = Municipality::named("Gemeente Schagen");
        assert_eq!(known.map(|one| one.code), Some("GM0441"));
    }
    #[test]
    fn there_are_342_municipalities_since_2023_and_each_successor_is_one_of_them() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let today = Municipality::all().filter(|one| !one.is_invented() && one.is_valid_on(day));
        assert_eq!(today.count(), 342);
        for one in Municipality::all() {
            let successor = one
                .successor
                .map(|code| Municipality::by_code(code).unwrap());
            assert!(
                successor.is_none_or(|next| next.is_valid_on(day)),
                "{}",
                one.name
            );
            assert!(
                one.successor.is_none() || one.until.is_some(),
                "{}",
                one.name
            );
        }
        let weesp = Municipality::named("Weesp").unwrap();
        assert!(weesp.is_valid_on(NaiveDate::from_ymd_opt(2022, 3, 23).unwrap()));
        assert!(!weesp.is_valid_on(NaiveDate::from_ymd_opt(2022, 3, 24).unwrap()));
    }
}
