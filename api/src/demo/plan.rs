//! When messages of a year come in, and what happens to them when.

use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::deadlines::Calendar;

/// How far back the demo begins.
pub const DAYS: TimeDelta = TimeDelta::days(365);
/// The last days, in which half of the messages come.
const BUSY: TimeDelta = TimeDelta::days(30);

/// Something that happens to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Receive,
    Claim,
    Try,
    Talk,
    Close,
    Gift,
    Receipt,
    Check,
    Score,
}

/// Counted from the newest, the message that nobody picked up in time.
const FORGOTTEN: usize = 15;
/// Every so many messages the resident gets a gift.
pub(super) const GIFT_EVERY: usize = 5;
/// Every so many messages the first call finds nobody at home.
const TRY_EVERY: usize = 5;
/// Two of so many residents give a score.
const SCORE_EVERY: usize = 3;
/// Every so many of the last messages stay open for longer.
const STAYS_EVERY: usize = 6;
/// Days until the receipt of a gift is handed in.
const RECEIPT_AFTER: TimeDelta = TimeDelta::days(12);

/// The first minute of the next opening after `at`, plus `later`.
fn opening(calendar: &Calendar, at: DateTime<Utc>, later: TimeDelta) -> Option<DateTime<Utc>> {
    let day = calendar.next_open_day(calendar.local_day(at))?;
    let (from, _) = *calendar.openings(day).first()?;
    Some(calendar.instant(day, from)? + later)
}

/// When somebody picks a message up: the same day when the office is still open for a while, else on the next day.
fn picked_up(calendar: &Calendar, at: DateTime<Utc>, later: TimeDelta) -> Option<DateTime<Utc>> {
    let day = calendar.local_day(at);
    let opens = calendar.openings(day).first();
    let opens = opens.and_then(|(from, _)| calendar.instant(day, *from));
    let closes = calendar.closing(day);
    match (opens, closes) {
        (Some(opens), Some(closes)) if Ord::max(at, opens) + later < closes => {
            Some(Ord::max(at, opens) + later)
        }
        _ => opening(calendar, at, later),
    }
}

/// When each message comes in, oldest first. Half of them evenly over the year, the other half over the last days; the newest a quarter of an
/// hour old, at all hours of the day as residents do.
pub(super) fn received(count: usize, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let half = count / 2;
    let share = |span: TimeDelta, place: usize, places: usize| {
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        span * number(place) / number(places.max(1))
    };
    (0..count)
        .map(|number| {
            let before = if number < half {
                BUSY + share(DAYS - BUSY - TimeDelta::days(1), half - number, half)
            } else {
                share(BUSY, count - 1 - number, count - half)
            };
            now - TimeDelta::minutes(15) - before
        })
        .collect()
}

/// What happens when; only what lies before `now`.
pub(super) fn plan(
    received: &[DateTime<Utc>],
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, usize, Step)> {
    let mut steps = Vec::new();
    let count = received.len();
    for (number, received) in received.iter().copied().enumerate() {
        let order = i64::try_from(number).unwrap_or(0);
        steps.push((received, number, Step::Receive));
        if count - number == FORGOTTEN {
            continue;
        }
        let minute = TimeDelta::minutes(20 + order * 7 % 190);
        let Some(claimed) = picked_up(calendar, received, minute) else {
            continue;
        };
        steps.push((claimed, number, Step::Claim));
        let mut talked = claimed + TimeDelta::minutes(10);
        if number % TRY_EVERY == 2 {
            steps.push((talked, number, Step::Try));
            talked = picked_up(calendar, talked, TimeDelta::hours(3)).unwrap_or(talked);
        }
        steps.push((talked, number, Step::Talk));
        if number % STAYS_EVERY == 3 && now - received < BUSY / 2 {
            continue;
        }
        let days = u64::try_from(order % 3).unwrap_or(0);
        let closed = opening(calendar, talked, TimeDelta::minutes(45 + order * 5 % 60))
            .and_then(|at| picked_up(calendar, at + Days::new(days), TimeDelta::minutes(30)));
        let Some(closed) = closed else { continue };
        steps.push((closed, number, Step::Close));
        if number % GIFT_EVERY == 4 {
            let given = closed + TimeDelta::minutes(25);
            steps.push((given, number, Step::Gift));
            steps.push((given + RECEIPT_AFTER, number, Step::Receipt));
            steps.push((
                given + RECEIPT_AFTER + TimeDelta::days(2),
                number,
                Step::Check,
            ));
        }
        if number % SCORE_EVERY != 1 {
            steps.push((closed + TimeDelta::hours(9), number, Step::Score));
        }
    }
    steps.retain(|(at, _, _)| *at < now);
    steps.sort();
    steps
}
