//! The languages people read, and every text they see.
//!
//! Texts live in `src/locales/<language>/<room>.ftl`. A test demands that both languages have the same keys and that every key named in
//! a template or in the code exists.

use std::{borrow::Cow, collections::HashMap, fmt};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use chrono_tz::Tz;
use fluent_templates::{FluentBundle, Loader, fluent_bundle::FluentValue, static_loader};
use tenants::text_enum;

static_loader! {
    static LOCALES = {
        locales: "./src/locales",
        fallback_language: "nl",
        customise: |bundle: &mut FluentBundle<_>| bundle.set_use_isolating(false),
    };
}

text_enum! {
    /// A language of the pages and mails. Dutch comes first and is what everything falls back on.
    Language {
        /// Dutch, at level B1, addressing people as "u".
        Dutch = "nl",
        /// English.
        English = "en",
    }
}

impl Language {
    fn identifier(self) -> fluent_templates::LanguageIdentifier {
        match self {
            Self::Dutch => fluent_templates::langid!("nl"),
            Self::English => fluent_templates::langid!("en"),
        }
    }

    fn names(self) -> chrono::Locale {
        match self {
            Self::Dutch => chrono::Locale::nl_NL,
            Self::English => chrono::Locale::en_GB,
        }
    }

    /// The text for `key`. A key that does not exist gives the key itself and an error in the log; the locale test keeps that from
    /// happening.
    #[must_use]
    pub fn text(self, key: &str) -> String {
        self.lookup(key, None)
    }

    /// The text for `key` with its placeholders filled.
    #[must_use]
    pub fn text_with(self, key: &str, arguments: &[(&str, &str)]) -> String {
        let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> = arguments
            .iter()
            .map(|(name, value)| (Cow::Owned((*name).to_owned()), FluentValue::from(*value)))
            .collect();
        self.lookup(key, Some(&arguments))
    }

    /// The text for `key`, worded for a number: "1 dag", "2 dagen".
    #[must_use]
    pub fn count(self, key: &str, count: i64) -> String {
        let arguments = HashMap::from([(Cow::Borrowed("count"), FluentValue::from(count))]);
        self.lookup(key, Some(&arguments))
    }

    fn lookup(
        self,
        key: &str,
        arguments: Option<&HashMap<Cow<'static, str>, FluentValue<'_>>>,
    ) -> String {
        let found = match arguments {
            Some(arguments) => LOCALES.try_lookup_with_args(&self.identifier(), key, arguments),
            None => LOCALES.try_lookup(&self.identifier(), key),
        };
        found.unwrap_or_else(|| {
            // While we work on it a missing text stops us; what runs in earnest shows the key and says so in the log.
            debug_assert!(false, "{self} has no text {key}");
            tracing::error!(key, language = self.as_str(), "missing text");
            key.to_owned()
        })
    }

    /// Whether there is a text for `key` in this very language.
    #[must_use]
    pub fn has(self, key: &str) -> bool {
        LOCALES.try_lookup(&self.identifier(), key).is_some()
    }

    /// The word for a value of a closed list: the text `{list}-{value}`, where "handOver" is written "hand-over".
    #[must_use]
    pub fn term(self, list: &str, value: impl fmt::Display) -> String {
        self.text(&format!("{list}-{}", dashed(&value.to_string())))
    }

    /// A day in words: "dinsdag 24 november 2026", "Tuesday 24 November 2026".
    #[must_use]
    pub fn day(self, day: NaiveDate) -> String {
        day.format_localized("%A %-d %B %Y", self.names())
            .to_string()
    }

    /// A day on one line with its year: "24 nov 2026".
    #[must_use]
    pub fn plain_day(self, day: NaiveDate) -> String {
        day.format_localized("%-d %b %Y", self.names()).to_string()
    }

    /// A promise in words: "dinsdag 24 november om 17.00 uur", "Tuesday 24 November at 17:00", with the year when it is another one than that
    /// of `near`, from where the reader looks at it. Local time of `zone`.
    #[must_use]
    pub fn moment(self, at: DateTime<Utc>, zone: Tz, near: DateTime<Utc>) -> String {
        let local = at.with_timezone(&zone);
        let pattern = if local.year() == near.with_timezone(&zone).year() {
            "%A %-d %B"
        } else {
            "%A %-d %B %Y"
        };
        let day = local.format_localized(pattern, self.names()).to_string();
        let time = local.format(self.time_pattern()).to_string();
        self.text_with("moment", &[("day", &day), ("time", &time)])
    }

    /// An instant for lists and timelines: "24 november 2026, 17.00 uur", "24 November 2026, 17:00". Local time of `zone`.
    #[must_use]
    pub fn instant(self, at: DateTime<Utc>, zone: Tz) -> String {
        let pattern = match self {
            Self::Dutch => "%-d %B %Y, %H.%M uur",
            Self::English => "%-d %B %Y, %H:%M",
        };
        at.with_timezone(&zone)
            .format_localized(pattern, self.names())
            .to_string()
    }

    /// A day on one line, for lists: "vandaag", "ma 30 nov", "ma 30 nov 2025" when that is another year than `today`.
    #[must_use]
    pub fn short_day(self, day: NaiveDate, today: NaiveDate) -> String {
        if day == today {
            return self.text("today");
        }
        let pattern = if day.year() == today.year() {
            "%a %-d %b"
        } else {
            "%a %-d %b %Y"
        };
        day.format_localized(pattern, self.names()).to_string()
    }

    /// An instant on one line, for lists: "vandaag 9.40", "ma 30 nov 17.00". Local time of `zone`.
    #[must_use]
    pub fn short_instant(self, at: DateTime<Utc>, zone: Tz, now: DateTime<Utc>) -> String {
        let local = at.with_timezone(&zone);
        let today = now.with_timezone(&zone).date_naive();
        let time = match self {
            Self::Dutch => "%-H.%M",
            Self::English => "%-H:%M",
        };
        let day = self.short_day(local.date_naive(), today);
        format!("{day} {}", local.format(time))
    }

    /// An instant on one line as records keep it, the year always there: "24 nov 2026 17.00". Local time of `zone`.
    #[must_use]
    pub fn record_instant(self, at: DateTime<Utc>, zone: Tz) -> String {
        let pattern = match self {
            Self::Dutch => "%-d %b %Y %-H.%M",
            Self::English => "%-d %b %Y %-H:%M",
        };
        at.with_timezone(&zone)
            .format_localized(pattern, self.names())
            .to_string()
    }

    /// How people write a time: with a dot in Dutch (Taaladvies), with a colon in English.
    const fn time_pattern(self) -> &'static str {
        match self {
            Self::Dutch => "%H.%M",
            Self::English => "%H:%M",
        }
    }

    /// An amount: "€ 12,50", "€ 12.50".
    #[must_use]
    pub fn euros(self, cents: i64) -> String {
        let sign = if cents < 0 { "-" } else { "" };
        let (whole, rest) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
        let (thousands, decimal) = match self {
            Self::Dutch => ('.', ','),
            Self::English => (',', '.'),
        };
        let digits = whole.to_string();
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(thousands);
            }
            grouped.push(digit);
        }
        format!("€\u{a0}{sign}{grouped}{decimal}{rest:02}")
    }
}

/// A word of a closed list as locale keys write it: `solvedTogether` becomes `solved-together`.
#[must_use]
pub fn dashed(word: &str) -> String {
    let mut dashed = String::with_capacity(word.len() + 4);
    for letter in word.chars() {
        if letter.is_ascii_uppercase() {
            dashed.push('-');
        }
        dashed.push(letter.to_ascii_lowercase());
    }
    dashed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_people_write_them() {
        for (cents, dutch, english) in [
            (0, "€\u{a0}0,00", "€\u{a0}0.00"),
            (1_250, "€\u{a0}12,50", "€\u{a0}12.50"),
            (100_000, "€\u{a0}1.000,00", "€\u{a0}1,000.00"),
            (123_456_789, "€\u{a0}1.234.567,89", "€\u{a0}1,234,567.89"),
            (-5, "€\u{a0}-0,05", "€\u{a0}-0.05"),
        ] {
            assert_eq!(Language::Dutch.euros(cents), dutch);
            assert_eq!(Language::English.euros(cents), english);
        }
    }

    #[test]
    fn a_day_in_a_list_is_one_short_line() {
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap_or_default();
        let zone = chrono_tz::Europe::Amsterdam;
        let now = instant("2026-11-30T08:00:00Z");
        for (at, dutch, english) in [
            ("2026-11-30T08:40:00Z", "vandaag 9.40", "today 9:40"),
            (
                "2026-11-27T16:00:00Z",
                "vr 27 nov 17.00",
                "Fri 27 Nov 17:00",
            ),
            ("2025-12-31T23:30:00Z", "do 1 jan 0.30", "Thu 1 Jan 0:30"),
            (
                "2025-12-31T22:30:00Z",
                "wo 31 dec 2025 23.30",
                "Wed 31 Dec 2025 23:30",
            ),
        ] {
            let at = instant(at);
            assert_eq!(Language::Dutch.short_instant(at, zone, now), dutch);
            assert_eq!(Language::English.short_instant(at, zone, now), english);
        }
        assert_eq!(
            Language::Dutch.record_instant(now, zone),
            "30 nov 2026 9.00"
        );
    }

    #[test]
    fn a_promise_is_told_in_local_time_and_in_words() {
        let at = "2026-11-24T16:00:00Z"
            .parse::<DateTime<Utc>>()
            .unwrap_or_default();
        let zone = chrono_tz::Europe::Amsterdam;
        // Half past midnight on 1 January at Amsterdam is still 2025 in UTC.
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap_or_default();
        for (near, dutch, english) in [
            (
                "2025-12-31T23:30:00Z",
                "dinsdag 24 november om 17.00 uur",
                "Tuesday 24 November at 17:00",
            ),
            (
                "2025-12-31T22:30:00Z",
                "dinsdag 24 november 2026 om 17.00 uur",
                "Tuesday 24 November 2026 at 17:00",
            ),
        ] {
            let near = instant(near);
            assert_eq!(Language::Dutch.moment(at, zone, near), dutch);
            assert_eq!(Language::English.moment(at, zone, near), english);
        }
        assert_eq!(
            Language::Dutch.instant(at, zone),
            "24 november 2026, 17.00 uur"
        );
    }
}
