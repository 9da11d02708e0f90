//! Terms of the law, counted in whole days: Awb chapter 9 with the Algemene termijnenwet (Atw).
//!
//! The day of receipt does not count; a term of so many weeks ends on the same weekday, at midnight. A term that ends on a Saturday, a
//! Sunday or a recognised holiday runs through the next day that is none of these (Atw art. 1). What a municipality closes for itself
//! changes nothing here, and what the law recognises changes nothing in the municipality's own promise.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

use super::{calendar::Calendar, holidays::Holiday};

/// Days equated by royal decree (Atw art. 3, third paragraph), year, month, day. No rule gives them: they are published years ahead.
const DECREED: [(i32, u32, u32); 10] = [
    (2023, 4, 28),
    (2023, 5, 19),
    (2024, 5, 10),
    (2024, 12, 27),
    (2025, 5, 30),
    (2026, 1, 2),
    (2026, 5, 15),
    (2027, 5, 7),
    (2028, 4, 28),
    (2028, 5, 26),
];

/// First and last year for which all decrees are known. A term that ends outside of them is refused: a guess would be wrong law.
pub const KNOWN_YEARS: std::ops::RangeInclusive<i32> = 2023..=2028;

/// Why a day does not end a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Saturday or Sunday.
    Weekend,
    /// A recognised holiday.
    Holiday(Holiday),
    /// A day equated by royal decree.
    Decreed,
}

/// Whether the law rests on a day.
#[must_use]
pub fn rest(day: NaiveDate) -> Option<Rest> {
    // All holidays that this program knows are recognised by Atw art. 3; the Sundays among the law's own need no rule.
    if let Some(holiday) = Holiday::ALL
        .iter()
        .find(|holiday| holiday.day(day.year()) == Some(day))
    {
        return Some(Rest::Holiday(*holiday));
    }
    if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        return Some(Rest::Weekend);
    }
    DECREED
        .contains(&(day.year(), day.month(), day.day()))
        .then_some(Rest::Decreed)
}

/// A term of the law for a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LegalTerm {
    /// Telling the resident that the complaint is not dealt with: four weeks (Awb art. 9:8, third paragraph).
    NotDealtWith,
    /// Dealing with it: six weeks (Awb art. 9:11, first paragraph).
    DealtWith,
    /// Dealing with it when a committee advises: ten weeks (Awb art. 9:11, first paragraph).
    DealtWithAdvised,
}

impl LegalTerm {
    /// How many weeks.
    #[must_use]
    pub const fn weeks(self) -> u64 {
        match self {
            Self::NotDealtWith => 4,
            Self::DealtWith => 6,
            Self::DealtWithAdvised => 10,
        }
    }

    /// The word for it in the API and the locale files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotDealtWith => "notDealtWith",
            Self::DealtWith => "dealtWith",
            Self::DealtWithAdvised => "dealtWithAdvised",
        }
    }

    /// The article.
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::NotDealtWith => "9:8",
            Self::DealtWith | Self::DealtWithAdvised => "9:11",
        }
    }

    /// All of them.
    pub const ALL: [Self; 3] = [Self::NotDealtWith, Self::DealtWith, Self::DealtWithAdvised];
}

/// Most weeks of the one adjournment that the municipality may take by itself (Awb art. 9:11, second paragraph).
pub const ADJOURNMENT_MAX: u32 = 4;

/// The three dates of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalDates {
    /// The day the weeks end on.
    pub nominal: NaiveDate,
    /// The last day that the law gives.
    pub legal: NaiveDate,
    /// The last day on or before the nominal one on which the office is open and the law does not rest: the one to work towards.
    pub safe: NaiveDate,
    /// Days between nominal and legal with why the term did not end on them.
    pub skipped: Vec<(NaiveDate, Rest)>,
}

/// Why a term cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LegalProblem {
    /// The decrees of that year are not known.
    #[error("the recognised days of {0} are not known yet")]
    UnknownYear(i32),
    /// More weeks than the law gives.
    #[error("an adjournment is at most {ADJOURNMENT_MAX} weeks")]
    AdjournmentTooLong,
}

impl LegalTerm {
    /// The dates for what came in at `received`, in the municipality's `zone`, adjourned by so many weeks. The adjournment runs from the
    /// nominal end: counted from the rolled end it could be a day later, and the earlier day is never wrong.
    ///
    /// # Errors
    /// [`LegalProblem`].
    pub fn dates(
        self,
        received: DateTime<Utc>,
        zone: Tz,
        adjourned: u32,
        office: &Calendar,
    ) -> Result<LegalDates, LegalProblem> {
        if adjourned > ADJOURNMENT_MAX {
            return Err(LegalProblem::AdjournmentTooLong);
        }
        let day = received.with_timezone(&zone).date_naive();
        let beyond = || LegalProblem::UnknownYear(day.year());
        let nominal = day
            .checked_add_days(Days::new(7 * (self.weeks() + u64::from(adjourned))))
            .ok_or_else(beyond)?;
        let mut legal = nominal;
        let mut skipped = Vec::new();
        loop {
            if !KNOWN_YEARS.contains(&legal.year()) {
                return Err(LegalProblem::UnknownYear(legal.year()));
            }
            let Some(rest) = rest(legal) else { break };
            skipped.push((legal, rest));
            legal = legal.succ_opt().ok_or_else(beyond)?;
        }
        let mut safe = nominal;
        while safe > day && (rest(safe).is_some() || office.closed(safe).is_some()) {
            safe = safe.pred_opt().ok_or_else(beyond)?;
        }
        Ok(LegalDates {
            nominal,
            legal,
            safe,
            skipped,
        })
    }
}
