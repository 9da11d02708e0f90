//! Counting opening time: how much lies between two instants, and where so much of it ends.
//!
//! All amounts are real time between instants, so a block with a clock change in it is an hour shorter or longer than the clock on the
//! wall says.

use std::iter::successors;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    calendar::Calendar,
    due::{HORIZON, Pause, merge_pauses},
};

/// From when until when it is open; never empty.
type Interval = (DateTime<Utc>, DateTime<Utc>);

/// The parts of an interval outside of pauses, which are in order and apart.
fn without((mut begin, end): Interval, pauses: &[Pause]) -> Vec<Interval> {
    let mut parts = Vec::new();
    for pause in pauses {
        if pause.to <= begin || pause.from >= end {
            continue;
        }
        parts.push((begin, pause.from));
        begin = pause.to;
    }
    parts.push((begin, end));
    parts.retain(|(begin, end)| begin < end);
    parts
}

/// The interval in which so much time has been used up, with what is left to use in it.
fn used_up(
    mut amount: TimeDelta,
    mut intervals: impl Iterator<Item = Interval>,
) -> Option<(Interval, TimeDelta)> {
    intervals.find_map(|interval| {
        let open = interval.1 - interval.0;
        if amount <= open {
            return Some((interval, amount));
        }
        amount -= open;
        None
    })
}

impl Calendar {
    /// Opening blocks of a day as instants.
    fn blocks_of(&self, day: NaiveDate) -> impl DoubleEndedIterator<Item = Interval> + '_ {
        self.openings(day)
            .iter()
            .filter_map(move |(from, to)| {
                Some((self.instant(day, *from)?, self.instant(day, *to)?))
            })
            .filter(|(begin, end)| begin < end)
    }

    /// When it is open on a day, from an instant on.
    pub(super) fn open_on(
        &self,
        day: NaiveDate,
        from: DateTime<Utc>,
    ) -> impl Iterator<Item = Interval> + '_ {
        self.blocks_of(day)
            .map(move |(begin, end)| (begin.max(from), end))
            .filter(|(begin, end)| begin < end)
    }

    /// When it is open from an instant on, in order, for five years.
    fn open_from(&self, from: DateTime<Utc>) -> impl Iterator<Item = Interval> + '_ {
        successors(Some(self.local_day(from)), NaiveDate::succ_opt)
            .take(HORIZON)
            .flat_map(move |day| self.open_on(day, from))
    }

    /// When it was open until an instant, the latest first, for five years.
    fn open_until(&self, to: DateTime<Utc>) -> impl Iterator<Item = Interval> + '_ {
        successors(Some(self.local_day(to)), NaiveDate::pred_opt)
            .take(HORIZON)
            .flat_map(|day| self.blocks_of(day).rev())
            .map(move |(begin, end)| (begin, end.min(to)))
            .filter(|(begin, end)| begin < end)
    }

    /// Opening time between two instants; nothing when the second is not later.
    #[must_use]
    pub fn open_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        let last = self.local_day(to);
        successors(Some(self.local_day(from)), NaiveDate::succ_opt)
            .take_while(|day| *day <= last)
            .flat_map(|day| self.open_on(day, from))
            .map(|(begin, end)| (end.min(to) - begin).max(TimeDelta::zero()))
            .sum()
    }

    /// The instant at which so much opening time has passed since `from`; nothing when there is not so much within five years.
    #[must_use]
    pub fn after(&self, from: DateTime<Utc>, amount: TimeDelta) -> Option<DateTime<Utc>> {
        self.after_pauses(from, amount, &[])
    }

    /// As [`Calendar::after`], leaving out pauses, which are in order and apart.
    pub(super) fn after_pauses(
        &self,
        from: DateTime<Utc>,
        amount: TimeDelta,
        pauses: &[Pause],
    ) -> Option<DateTime<Utc>> {
        let open = self.open_from(from);
        let ((begin, _), left) = used_up(amount, open.flat_map(|part| without(part, pauses)))?;
        Some(begin + left)
    }

    /// The instant from which so much opening time passes until `to`: for warnings before something falls due.
    #[must_use]
    pub fn before(&self, to: DateTime<Utc>, amount: TimeDelta) -> Option<DateTime<Utc>> {
        self.before_pauses(to, amount, &[])
    }

    /// As [`Calendar::before`], leaving out pauses.
    #[must_use]
    pub fn before_pauses(
        &self,
        to: DateTime<Utc>,
        amount: TimeDelta,
        pauses: &[Pause],
    ) -> Option<DateTime<Utc>> {
        let pauses = merge_pauses(pauses, DateTime::<Utc>::MIN_UTC);
        let open = self.open_until(to);
        let parts = open.flat_map(|part| without(part, &pauses).into_iter().rev());
        let ((_, end), left) = used_up(amount, parts)?;
        Some(end - left)
    }

    /// Whether it is open at an instant.
    #[must_use]
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.next_opening(at) == Some(at)
    }

    /// The first instant from `at` on at which it is open; nothing when it does not open within five years.
    #[must_use]
    pub fn next_opening(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.open_from(at).next().map(|(begin, _)| begin)
    }
}
