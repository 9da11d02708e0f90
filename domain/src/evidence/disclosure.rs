//! What may leave a municipality: figures from which nobody can work out what a person said, nor what a municipality that is not named measured
//! (exchange §3.4; Hundepool et al., Statistical Disclosure Control, 2012).

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, TimeZone as _, Utc};

use super::{
    Bins,
    statistics::{ANSWERS_FIRM, ANSWERS_MIN, moments},
};

/// No grade may be that of more than so many in a hundred: otherwise one knows of nearly everybody what they said.
const SHARE_MAX: u32 = 80;
/// So many different grades there must be.
const DIFFERENT_MIN: usize = 3;
/// A mean at the edge tells which grade more than half of the people gave.
const MEANS: std::ops::RangeInclusive<i64> = 16..=94;
/// So many municipalities a pooled figure needs.
const POOL_MIN: usize = 5;
/// So many of them that are not named: with fewer, what is left after taking away the named ones is one of them.
const UNNAMED_MIN: usize = 3;

/// A quarter of a year in UTC. Nothing else can be asked for: two periods that overlap would tell what lies between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i32,
    /// From 0 to 3.
    number: u32,
}

impl Quarter {
    /// The one an instant lies in.
    #[must_use]
    pub fn of(at: DateTime<Utc>) -> Self {
        Self {
            year: at.year(),
            number: at.month0() / 3,
        }
    }

    /// The one before.
    #[must_use]
    pub const fn before(self) -> Self {
        match self.number {
            0 => Self {
                year: self.year - 1,
                number: 3,
            },
            number => Self {
                year: self.year,
                number: number - 1,
            },
        }
    }

    /// Where it begins.
    #[must_use]
    pub fn begins(self) -> DateTime<Utc> {
        let day = NaiveDate::from_ymd_opt(self.year, self.number * 3 + 1, 1).unwrap_or_default();
        Utc.from_utc_datetime(&day.and_time(chrono::NaiveTime::MIN))
    }

    /// Its first and its last day.
    #[must_use]
    pub fn days(self) -> (NaiveDate, NaiveDate) {
        let last = self.ends() - TimeDelta::days(1);
        (self.begins().date_naive(), last.date_naive())
    }

    /// Whether it is the same part of the year.
    #[must_use]
    pub const fn is_season_of(self, other: Self) -> bool {
        self.number == other.number
    }

    /// Where the next one begins.
    #[must_use]
    pub fn ends(self) -> DateTime<Utc> {
        let next = match self.number {
            3 => Self {
                year: self.year + 1,
                number: 0,
            },
            number => Self {
                year: self.year,
                number: number + 1,
            },
        };
        next.begins()
    }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}-Q{}", self.year, self.number + 1)
    }
}

/// Something that is no quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoQuarter;

impl std::str::FromStr for Quarter {
    type Err = NoQuarter;

    fn from_str(written: &str) -> Result<Self, NoQuarter> {
        let (year, number) = written.split_once("-Q").ok_or(NoQuarter)?;
        let year = year.parse().map_err(|_| NoQuarter)?;
        let number: u32 = number.parse().map_err(|_| NoQuarter)?;
        if !(1..=4).contains(&number) {
            return Err(NoQuarter);
        }
        Ok(Self {
            year,
            number: number - 1,
        })
    }
}

/// A figure as it leaves a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Released {
    /// How many were asked.
    pub asked: u32,
    /// How many answered.
    pub answered: u32,
    /// Mean times ten.
    pub mean_tenths: i64,
    /// Standard deviation times ten; from 30 answers on. With mean and deviation of few answers one can work out the answers.
    pub deviation_tenths: Option<i64>,
    /// Grades by bin, when there are ten in each.
    pub bins: Option<Bins>,
}

fn tenths(value: f64) -> i64 {
    format!("{:.0}", (value * 10.0).round())
        .parse()
        .unwrap_or_default()
}

/// The figure that may leave, of grades that were counted from 1 to 10; nothing when somebody could be recognised in it.
#[must_use]
pub fn release(asked: u32, grades: &[u32; 10]) -> Option<Released> {
    let answered: u32 = grades.iter().sum();
    if answered < ANSWERS_MIN {
        return None;
    }
    let most = grades.iter().copied().max().unwrap_or_default();
    let different = grades.iter().filter(|count| **count > 0).count();
    if most * 100 > answered * SHARE_MAX || different < DIFFERENT_MIN {
        return None;
    }
    let (mean, deviation) = moments(grades)?;
    let mean_tenths = tenths(mean);
    if !MEANS.contains(&mean_tenths) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| -> u32 {
        grades.get(range).unwrap_or_default().iter().sum()
    };
    let bins = Bins {
        low: part(0..5),
        middle: part(5..7),
        high: part(7..10),
    };
    let is_wide = [bins.low, bins.middle, bins.high]
        .iter()
        .all(|count| *count >= ANSWERS_MIN);
    Some(Released {
        asked: asked.max(answered),
        answered,
        mean_tenths,
        deviation_tenths: (answered >= ANSWERS_FIRM).then(|| tenths(deviation)),
        bins: is_wide.then_some(bins),
    })
}

/// What one municipality puts into a pooled figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Whether everybody sees it by name anyway.
    pub named: bool,
    /// How many answered.
    pub answered: i64,
    /// Mean times ten.
    pub mean_tenths: i64,
}

/// A figure over several municipalities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pooled {
    /// How many answered.
    pub answered: i64,
    /// Mean times ten.
    pub mean_tenths: i64,
}

fn has_no_giant<'a>(all: impl Iterator<Item = &'a Contribution> + Clone) -> bool {
    let total: i64 = all.clone().map(|one| one.answered).sum();
    all.into_iter().all(|one| one.answered * 2 <= total)
}

/// The figure over several municipalities; nothing when one of them could be worked out: there must be five, none of them with more than half
/// of the answers, and what is left without those that are named must hold three by the same rule.
#[must_use]
pub fn pool(contributions: &[Contribution]) -> Option<Pooled> {
    let unnamed = || contributions.iter().filter(|one| !one.named);
    let hidden = unnamed().count();
    let is_safe = contributions.len() >= POOL_MIN
        && has_no_giant(contributions.iter())
        && (hidden == 0 || (hidden >= UNNAMED_MIN && has_no_giant(unnamed())));
    if !is_safe {
        return None;
    }
    let answered: i64 = contributions.iter().map(|one| one.answered).sum();
    let sum: i64 = contributions
        .iter()
        .map(|one| one.answered * one.mean_tenths)
        .sum();
    Some(Pooled {
        answered,
        mean_tenths: (sum * 2 + answered) / (answered * 2),
    })
}

#[cfg(test)]
mod attacks {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    /// Every way in which `left` people can give grades.
    fn every(left: u32, grade: usize, counts: &mut [u32; 10], visit: &mut impl FnMut(&[u32; 10])) {
        if grade == 9 {
            counts[9] = left;
            visit(counts);
            return;
        }
        for count in 0..=left {
            counts[grade] = count;
            every(left - count, grade + 1, counts, visit);
        }
    }

    #[test]
    fn whoever_tries_all_answers_of_ten_people_never_finds_the_only_ones_that_fit() {
        let mut cells: HashMap<Released, Vec<[u32; 10]>> = HashMap::new();
        every(10, 0, &mut [0; 10], &mut |grades| {
            if let Some(released) = release(20, grades) {
                cells.entry(released).or_default().push(*grades);
            }
        });
        assert!(cells.len() > 50, "{}", cells.len());
        for (cell, fitting) in cells {
            assert!(fitting.len() > 1, "only {fitting:?} gives {cell:?}");
            for grade in 0..10 {
                let certain = fitting.iter().map(|one| one[grade]).min().unwrap();
                assert!(
                    certain <= 5,
                    "{certain} people gave {}: {cell:?}",
                    grade + 1
                );
            }
        }
    }

    #[test]
    fn whoever_has_mean_deviation_and_number_of_thirty_finds_many_answers_that_fit() {
        // A search from published numbers: three grades can be moved against each other without mean and deviation to one decimal changing.
        let mut grades = [0, 0, 1, 1, 2, 4, 8, 9, 4, 1];
        let released = release(60, &grades).unwrap();
        assert!(released.deviation_tenths.is_some());
        let mut same = 0;
        for low in 0..8 {
            for step in 1..3_usize {
                let (Some(_), Some(_)) = (grades.get(low), grades.get(low + 2 * step)) else {
                    continue;
                };
                let before = grades;
                if grades[low + step] >= 2 {
                    grades[low] += 1;
                    grades[low + step] -= 2;
                    grades[low + 2 * step] += 1;
                    same += u32::from(release(60, &grades) == Some(released));
                }
                grades = before;
            }
        }
        assert!(same >= 1, "{same}");
    }

    #[test]
    fn what_all_said_alike_and_what_few_said_stays_inside() {
        let mut grades = [0; 10];
        grades[7] = 9;
        assert_eq!(release(9, &grades), None, "nine");
        grades[7] = 40;
        assert_eq!(release(40, &grades), None, "all alike");
        grades[6] = 5;
        assert_eq!(release(60, &grades), None, "two grades only");
        grades[5] = 5;
        let released = release(60, &grades).unwrap();
        assert_eq!(released.bins, None, "nobody gave a low grade");
    }

    #[test]
    fn a_pooled_figure_with_and_without_a_municipality_tells_nothing_about_it() {
        let one = |named, answered, mean_tenths| Contribution {
            named,
            answered,
            mean_tenths,
        };
        let five: Vec<Contribution> = (0..5).map(|place| one(false, 20 + place, 70)).collect();
        assert!(pool(&five).is_some());
        assert_eq!(pool(&five[..4]), None, "four");
        let mut giant = five.clone();
        giant[0].answered = 500;
        assert_eq!(pool(&giant), None, "nearly only one");
        for hidden in 1..3 {
            let mut some = five.clone();
            for contribution in &mut some[hidden..] {
                contribution.named = true;
            }
            assert_eq!(
                pool(&some),
                None,
                "{hidden} without a name can be worked out"
            );
        }
        let mut behind = five;
        behind[0].named = true;
        behind[1].named = true;
        behind[2].answered = 200;
        behind.push(one(true, 400, 70));
        assert_eq!(pool(&behind), None, "a giant among those without a name");
    }

    proptest! {
        #[test]
        fn every_instant_lies_in_one_quarter(seconds in 0_i64..4_000_000_000) {
            let at = Utc.timestamp_opt(seconds, 0).unwrap();
            let quarter = Quarter::of(at);
            prop_assert!(quarter.begins() <= at && at < quarter.ends());
            prop_assert_eq!(quarter.before().ends(), quarter.begins());
            prop_assert_eq!(quarter.to_string().parse(), Ok(quarter));
        }

        #[test]
        fn no_cell_is_small_and_no_mean_has_two_decimals(grades in proptest::array::uniform10(0_u32..60)) {
            if let Some(released) = release(0, &grades) {
                prop_assert!(released.answered >= 10);
                prop_assert!(MEANS.contains(&released.mean_tenths));
                if let Some(bins) = released.bins {
                    prop_assert!(bins.low >= 10 && bins.middle >= 10 && bins.high >= 10);
                }
            }
        }
    }
}
