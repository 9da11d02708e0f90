//! Terms of the law, counted in whole days: Awb chapter 9 with the Algemene termijnenwet (Atw).
//!
//! The day of receipt does not count; a term of so many weeks ends on the same weekday, at midnight. A term that ends on a Saturday, a
//! Sunday or a recognised holiday runs through the next day that is none of these (Atw art. 1). What a municipality closes for itself
//! changes nothing here, and what the law recognises changes nothing in the municipality's own promise.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use tenants::text_enum;

use super::{calendar::Calendar, holidays::Holiday};
use crate::FieldErrors;

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

/// First and last year for which the decrees that came with this program are known.
const PUBLISHED_YEARS: (i32, i32) = (2023, 2028);
/// Most decreed days of a calendar.
const DECREED_MAX: usize = 200;
/// Longest source of a decreed day, in characters.
const SOURCE_MAX: usize = 200;

/// The calendar of the law: its rules stand in the Algemene termijnenwet, its decreed days are data with a validity. A term that ends
/// outside of its years is refused, because a guess would be wrong law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct LegalCalendar {
    /// First year for which all decreed days are known.
    pub from_year: i32,
    /// Last year for which all decreed days are known.
    pub through_year: i32,
    /// Days equated by royal decree, with where that is published.
    pub decreed: BTreeMap<NaiveDate, String>,
}

/// Why a day does not end a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NonWorkingDay {
    /// Saturday or Sunday.
    Weekend,
    /// A recognised holiday.
    Holiday(Holiday),
    /// A day equated by royal decree.
    Decreed,
}

/// Whether the law itself rests on a day, decrees aside.
fn fixed_non_working(day: NaiveDate) -> Option<NonWorkingDay> {
    // All holidays that this program knows are recognised by Atw art. 3; the Sundays among the law's own need no rule.
    if let Some(holiday) = Holiday::ALL
        .iter()
        .find(|holiday| holiday.day(day.year()) == Some(day))
    {
        return Some(NonWorkingDay::Holiday(*holiday));
    }
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun).then_some(NonWorkingDay::Weekend)
}

impl LegalCalendar {
    /// What was published when this program was made.
    #[must_use]
    pub fn published() -> Self {
        let source = "Besluit gelijkstelling van dagen (Algemene termijnenwet art. 3 lid 3)";
        Self {
            from_year: PUBLISHED_YEARS.0,
            through_year: PUBLISHED_YEARS.1,
            decreed: DECREED
                .iter()
                .filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(*year, *month, *day))
                .map(|day| (day, source.to_owned()))
                .collect(),
        }
    }

    /// Notes the first thing about it that cannot be meant, at the field for its `years` or its `decreed` days.
    pub fn check(&self, errors: &mut FieldErrors, (years, decreed): (&str, &str)) {
        let (from, through) = (self.from_year, self.through_year);
        if from > through || from < 2000 || through > 2100 {
            let about = format!("{from}-{through}");
            errors.add_with(years, "years_impossible", "about", about);
        } else if self.decreed.len() > DECREED_MAX {
            errors.add_with(decreed, "too_many", "max", DECREED_MAX);
        } else {
            let mut days = self.decreed.iter();
            let wrong = days.find_map(|(day, source)| Some((self.problem(*day, source)?, day)));
            if let Some((code, day)) = wrong {
                errors.add_with(decreed, code, "about", day);
            }
        }
    }

    /// Why a day cannot be decreed.
    fn problem(&self, day: NaiveDate, source: &str) -> Option<&'static str> {
        if !self.knows(day) {
            Some("day_outside_years")
        } else if fixed_non_working(day).is_some() {
            Some("day_rests_already")
        } else if !(1..=SOURCE_MAX).contains(&source.trim().chars().count()) {
            Some("source_needed")
        } else {
            None
        }
    }

    /// Whether the law rests on a day.
    #[must_use]
    pub fn non_working(&self, day: NaiveDate) -> Option<NonWorkingDay> {
        fixed_non_working(day).or_else(|| {
            self.decreed
                .contains_key(&day)
                .then_some(NonWorkingDay::Decreed)
        })
    }

    /// Whether all decreed days of that day's year are known.
    #[must_use]
    pub fn knows(&self, day: NaiveDate) -> bool {
        (self.from_year..=self.through_year).contains(&day.year())
    }
}

text_enum! {
    /// A term of the law for a complaint.
    LegalTerm {
        /// Telling the resident that the complaint is not dealt with: four weeks (Awb art. 9:8, third paragraph).
        NotDealtWith = "notDealtWith",
        /// Dealing with it: six weeks (Awb art. 9:11, first paragraph).
        DealtWith = "dealtWith",
        /// Dealing with it when a committee advises: ten weeks (Awb art. 9:11, first paragraph).
        DealtWithAdvised = "dealtWithAdvised",
    }
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

    /// Whether the municipality may take more time for it once (Awb art. 9:11, second paragraph).
    #[must_use]
    pub const fn can_be_adjourned(self) -> bool {
        !matches!(self, Self::NotDealtWith)
    }

    /// The article.
    #[must_use]
    pub const fn article(self) -> &'static str {
        match self {
            Self::NotDealtWith => "9:8",
            Self::DealtWith | Self::DealtWithAdvised => "9:11",
        }
    }
}

/// Most weeks of the one adjournment that the municipality may take by itself (Awb art. 9:11, second paragraph).
pub const ADJOURNMENT_MAX: u32 = 4;

/// The longest term that is rolled over days of rest, in weeks (Atw art. 4).
const ROLLED_WEEKS_MAX: u64 = 12;

/// Latest day that a resident may agree to, counted from the day of the agreement.
pub const AGREED_MAX: TimeDelta = TimeDelta::days(730);

/// The three dates of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalDates {
    /// Whether the resident agreed to these in writing: then no weeks were counted and the law rolls nothing.
    pub agreed: bool,
    /// The day the weeks end on.
    pub nominal: NaiveDate,
    /// The last day that the law gives.
    pub legal: NaiveDate,
    /// The last day on or before the nominal one on which the office is open and the law does not rest: the one to work towards.
    pub safe: NaiveDate,
    /// Days between nominal and legal with why the term did not end on them.
    pub skipped: Vec<(NaiveDate, NonWorkingDay)>,
    /// A later day on which the term may end, without certainty: the ten weeks of a committee and an adjournment are together more than
    /// twelve, to which the Atw does not apply when they are one term (Atw art. 4). Then `legal` is the day that is sure.
    pub doubtful: Option<NaiveDate>,
}

/// Why a term has no dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LegalProblem {
    /// The decrees of the year in which it ends are not known.
    #[error("the recognised days of {year} are not known yet; they are until the end of {through}")]
    UnknownYear {
        /// The year in which it ends.
        year: i32,
        /// The last year that is known.
        through: i32,
    },
    /// More weeks than the law gives.
    #[error("an adjournment is at most {ADJOURNMENT_MAX} weeks")]
    AdjournmentTooLong,
}

impl LegalTerm {
    /// The day its weeks end on: the day of receipt, local to `zone`, does not count. The adjournment runs from the nominal end: counted
    /// from the rolled end it could be a day later, and the earlier day is never wrong.
    #[must_use]
    pub fn nominal(self, received: DateTime<Utc>, zone: Tz, adjourned: u32) -> Option<NaiveDate> {
        received
            .with_timezone(&zone)
            .date_naive()
            .checked_add_days(Days::new(7 * (self.weeks() + u64::from(adjourned))))
    }

    /// The dates for what came in at `received`, in the municipality's `zone`, adjourned by so many weeks.
    ///
    /// # Errors
    /// [`LegalProblem`].
    pub fn dates(
        self,
        received: DateTime<Utc>,
        zone: Tz,
        adjourned: u32,
        office: &Calendar,
        law: &LegalCalendar,
    ) -> Result<LegalDates, LegalProblem> {
        if adjourned > ADJOURNMENT_MAX {
            return Err(LegalProblem::AdjournmentTooLong);
        }
        let unknown = |year| LegalProblem::UnknownYear {
            year,
            through: law.through_year,
        };
        let first = received.with_timezone(&zone).date_naive();
        let beyond = || unknown(first.year());
        let nominal = self.nominal(received, zone, adjourned).ok_or_else(beyond)?;
        let mut legal = nominal;
        let mut skipped = Vec::new();
        loop {
            if !law.knows(legal) {
                return Err(unknown(legal.year()));
            }
            let Some(rest) = law.non_working(legal) else {
                break;
            };
            skipped.push((legal, rest));
            legal = legal.succ_opt().ok_or_else(beyond)?;
        }
        let is_sure = self.weeks() + u64::from(adjourned) <= ROLLED_WEEKS_MAX;
        Ok(LegalDates {
            agreed: false,
            nominal,
            legal: if is_sure { legal } else { nominal },
            safe: safe(first, nominal, office, law),
            skipped: if is_sure { skipped } else { Vec::new() },
            doubtful: (!is_sure && legal > nominal).then_some(legal),
        })
    }

    /// The day to work towards when the decrees of the year in which it ends are not known: rested on are the days that the law itself names.
    #[must_use]
    pub fn nominal_safe(
        self,
        received: DateTime<Utc>,
        adjourned: u32,
        office: &Calendar,
        law: &LegalCalendar,
    ) -> Option<NaiveDate> {
        let nominal = self.nominal(received, office.zone(), adjourned)?;
        Some(safe(office.local_day(received), nominal, office, law))
    }
}

impl LegalTerm {
    /// The dates for what came in at `received`, with the weeks that the municipality took and the later day that the resident agreed to.
    /// Neither holds for a term that cannot be adjourned.
    ///
    /// # Errors
    /// [`LegalProblem`].
    pub fn dates_with(
        self,
        received: DateTime<Utc>,
        adjourned: u32,
        agreed_until: Option<NaiveDate>,
        office: &Calendar,
        law: &LegalCalendar,
    ) -> Result<LegalDates, LegalProblem> {
        let zone = office.zone();
        if !self.can_be_adjourned() {
            return self.dates(received, zone, 0, office, law);
        }
        let dates = self.dates(received, zone, adjourned, office, law);
        // What was agreed gives more time and never takes any: a committee's ten weeks may end later.
        match agreed_until {
            Some(until) if dates.as_ref().map_or(true, |dates| dates.legal < until) => {
                let first = office.local_day(received);
                Ok(LegalDates::agreed(until, first, office, law))
            }
            _ => dates,
        }
    }
}

impl LegalDates {
    /// The dates after the resident agreed in writing to a later day (Awb art. 9:11, third paragraph). What is agreed is no term of the
    /// law, so nothing is rolled.
    #[must_use]
    pub fn agreed(
        until: NaiveDate,
        first: NaiveDate,
        office: &Calendar,
        law: &LegalCalendar,
    ) -> Self {
        Self {
            agreed: true,
            nominal: until,
            legal: until,
            safe: safe(first, until, office, law),
            skipped: Vec::new(),
            doubtful: None,
        }
    }

    /// The last instant of the last day: a term in days runs until midnight, local time.
    #[must_use]
    pub fn ends(&self, office: &Calendar) -> Option<DateTime<Utc>> {
        let midnight = office.instant(self.legal.succ_opt()?, 0)?;
        Some(midnight - TimeDelta::microseconds(1))
    }
}

/// The last day from `first` up to `end` on which the office is open and the law does not rest.
fn safe(first: NaiveDate, end: NaiveDate, office: &Calendar, law: &LegalCalendar) -> NaiveDate {
    let mut safe = end;
    while safe > first && (law.non_working(safe).is_some() || office.closed(safe).is_some()) {
        match safe.pred_opt() {
            Some(day) => safe = day,
            None => break,
        }
    }
    safe
}
