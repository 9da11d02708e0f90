//! Municipalities as the CBS lists them ("Gebieden in Nederland"): code, name, province and inhabitants, for size and neighbourhood.

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
    /// How many people live there.
    pub inhabitants: u32,
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
                inhabitants: parts.next()?.parse().ok()?,
            })
        })
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

    /// Its size.
    #[must_use]
    pub const fn size_class(self) -> SizeClass {
        SizeClass::of(self.inhabitants)
    }
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
}
