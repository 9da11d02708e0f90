//! The days on which the Netherlands rests, by rule.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A holiday by its name in the locale files (`holiday-<word>`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// Friday before Easter.
    GoodFriday,
    /// Monday after Easter.
    EasterMonday,
    /// 27 April, or the 26th when that is a Sunday.
    KingsDay,
    /// 5 May.
    LiberationDay,
    /// 39 days after Easter.
    Ascension,
    /// 50 days after Easter.
    WhitMonday,
    /// 25 December.
    Christmas,
    /// 26 December.
    BoxingDay,
}

impl Holiday {
    /// The word in the locale files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NewYear => "new-year",
            Self::GoodFriday => "good-friday",
            Self::EasterMonday => "easter-monday",
            Self::KingsDay => "kings-day",
            Self::LiberationDay => "liberation-day",
            Self::Ascension => "ascension",
            Self::WhitMonday => "whit-monday",
            Self::Christmas => "christmas",
            Self::BoxingDay => "boxing-day",
        }
    }

    /// All of them, in the order of the year.
    pub const ALL: [Self; 9] = [
        Self::NewYear,
        Self::GoodFriday,
        Self::EasterMonday,
        Self::KingsDay,
        Self::LiberationDay,
        Self::Ascension,
        Self::WhitMonday,
        Self::Christmas,
        Self::BoxingDay,
    ];

    /// The paid days off of municipal staff: Cao Gemeenten art. 6.6. Good Friday is not among them.
    pub const CAO: [Self; 8] = [
        Self::NewYear,
        Self::EasterMonday,
        Self::KingsDay,
        Self::LiberationDay,
        Self::Ascension,
        Self::WhitMonday,
        Self::Christmas,
        Self::BoxingDay,
    ];

    /// The day it falls on in a year; none outside of years that calendars know.
    #[must_use]
    pub fn day(self, year: i32) -> Option<NaiveDate> {
        let fixed = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        match self {
            Self::NewYear => fixed(1, 1),
            Self::GoodFriday => easter(year)?.checked_sub_days(Days::new(2)),
            Self::EasterMonday => easter(year)?.checked_add_days(Days::new(1)),
            Self::KingsDay => {
                let day = fixed(4, 27)?;
                if day.weekday() == Weekday::Sun {
                    day.pred_opt()
                } else {
                    Some(day)
                }
            }
            Self::LiberationDay => fixed(5, 5),
            Self::Ascension => easter(year)?.checked_add_days(Days::new(39)),
            Self::WhitMonday => easter(year)?.checked_add_days(Days::new(50)),
            Self::Christmas => fixed(12, 25),
            Self::BoxingDay => fixed(12, 26),
        }
    }
}

/// Easter Sunday of a Gregorian year, after Meeus, Jones and Butcher (Meeus, *Astronomical Algorithms*, ch. 8).
#[must_use]
pub fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year % 19;
    let (century, rest) = (year / 100, year % 100);
    let skipped = century / 4;
    let correction = (century + 8) / 25;
    let epact = (19 * golden + century - skipped - (century - correction + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * late + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(days / 31).ok()?,
        u32::try_from(days % 31 + 1).ok()?,
    )
}
