//! Intervals of grades and shares. All at 95 %.
//!
//! A mean of at least 30 answers gets Student's interval, one of 10 to 29 a bias-corrected bootstrap, one of fewer none (exchange §3.3).

use statrs::distribution::{ContinuousCDF as _, Normal, StudentsT};

/// Fewer answers give no number at all.
pub const ANSWERS_MIN: u32 = 10;
/// From here on a mean has an interval of its own.
pub const ANSWERS_FIRM: u32 = 30;
/// Resamples of a bootstrap.
const RESAMPLES: usize = 2_000;
/// Where the random numbers begin: the same answers give the same interval, today and in a year.
const SEED: u64 = 0x6765_686f_6f72_6400;
/// What lies below it has a probability of 97,5 %.
const UPPER: f64 = 0.975;

/// From a lowest to a highest value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
}

impl Interval {
    /// Cut off where no grade can be.
    fn of_grades(low: f64, high: f64) -> Self {
        Self {
            low: low.clamp(1.0, 10.0),
            high: high.clamp(1.0, 10.0),
        }
    }
}

/// The quantile of Student's distribution with so many degrees of freedom.
fn student(freedom: f64) -> Option<f64> {
    let distribution = StudentsT::new(0.0, 1.0, freedom).ok()?;
    Some(distribution.inverse_cdf(UPPER))
}

/// Student's interval of a mean.
#[must_use]
pub fn mean_interval(answers: u32, mean: f64, deviation: f64) -> Option<Interval> {
    if answers < ANSWERS_FIRM {
        return None;
    }
    let half = student(f64::from(answers - 1))? * deviation / f64::from(answers).sqrt();
    Some(Interval::of_grades(mean - half, mean + half))
}

/// Mean and standard deviation (of a sample) of grades that were counted: the first number counts the ones, the last the tens.
#[must_use]
pub fn moments(grades: &[u32; 10]) -> Option<(f64, f64)> {
    let total: u32 = grades.iter().sum();
    if total < 2 {
        return None;
    }
    let each = || {
        (1_u32..)
            .zip(grades)
            .map(|(g, n)| (f64::from(g), f64::from(*n)))
    };
    let total = f64::from(total);
    let mean = each().map(|(grade, count)| grade * count).sum::<f64>() / total;
    let squares: f64 = each()
        .map(|(grade, count)| count * (grade - mean).powi(2))
        .sum();
    Some((mean, (squares / (total - 1.0)).sqrt()))
}

/// Bias-corrected bootstrap interval of the mean of 10 to 29 grades (Efron 1981), cut off where no grade can be. The same grades give the same
/// interval.
#[must_use]
pub fn bootstrap_interval(grades: &[u32; 10]) -> Option<Interval> {
    let drawn_from: Vec<f64> = (1_u32..)
        .zip(grades)
        .flat_map(|(grade, count)| (0..*count).map(move |_| f64::from(grade)))
        .collect();
    let answers = u32::try_from(drawn_from.len()).ok()?;
    if !(ANSWERS_MIN..ANSWERS_FIRM).contains(&answers) {
        return None;
    }
    let (mean, _) = moments(grades)?;
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let sum: f64 = (0..drawn_from.len())
                .filter_map(|_| drawn_from.get(random.usize(..drawn_from.len())))
                .sum();
            sum / f64::from(answers)
        })
        .collect();
    means.sort_by(f64::total_cmp);
    let normal = Normal::standard();
    let count = |is: fn(f64, f64) -> bool| {
        let found = means.iter().filter(|one| is(**one, mean)).count();
        f64::from(u32::try_from(found).unwrap_or_default())
    };
    let resamples = f64::from(u32::try_from(RESAMPLES).unwrap_or_default());
    // Resamples with exactly the mean count half, as grades are whole numbers.
    let below = count(|one, mean| one < mean - 1e-9);
    let not_above = count(|one, mean| one <= mean + 1e-9);
    let below = f64::midpoint(below, not_above) / resamples;
    if below <= 0.0 || below >= 1.0 {
        return Some(Interval::of_grades(mean, mean));
    }
    let bias = normal.inverse_cdf(below);
    let at = |tail: f64| {
        let part = normal.cdf(2.0f64.mul_add(bias, normal.inverse_cdf(tail)));
        let place = format!(
            "{:.0}",
            (part * (resamples - 1.0)).clamp(0.0, resamples - 1.0)
        );
        means.get(place.parse::<usize>().ok()?).copied()
    };
    Some(Interval::of_grades(at(1.0 - UPPER)?, at(UPPER)?))
}

/// Wilson's interval of a share, from 0 to 1 (Wilson 1927).
#[must_use]
pub fn share_interval(of: u32, all: u32) -> Option<Interval> {
    if all < ANSWERS_MIN || of > all {
        return None;
    }
    let quantile = Normal::standard().inverse_cdf(UPPER);
    let (count, share) = (f64::from(all), f64::from(of) / f64::from(all));
    let square = quantile * quantile;
    let middle = (share + square / (2.0 * count)) / (1.0 + square / count);
    let spread = share * (1.0 - share) / count + square / (4.0 * count * count);
    let half = quantile * spread.sqrt() / (1.0 + square / count);
    Some(Interval {
        low: (middle - half).max(0.0),
        high: (middle + half).min(1.0),
    })
}

/// A group of answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// How many.
    pub answers: u32,
    /// Their mean.
    pub mean: f64,
    /// Their standard deviation.
    pub deviation: f64,
}

/// Welch's interval of a difference between two means, the second minus the first, with degrees of freedom after Satterthwaite (Welch 1947).
#[must_use]
pub fn difference_interval(first: Sample, second: Sample) -> Option<Interval> {
    if first.answers < ANSWERS_FIRM || second.answers < ANSWERS_FIRM {
        return None;
    }
    let part = |sample: Sample| sample.deviation.powi(2) / f64::from(sample.answers);
    let (one, two) = (part(first), part(second));
    let difference = second.mean - first.mean;
    if one + two <= 0.0 {
        return Some(Interval {
            low: difference,
            high: difference,
        });
    }
    let freedom = (one + two).powi(2)
        / (one.powi(2) / f64::from(first.answers - 1)
            + two.powi(2) / f64::from(second.answers - 1));
    let half = student(freedom)? * (one + two).sqrt();
    Some(Interval {
        low: difference - half,
        high: difference + half,
    })
}
