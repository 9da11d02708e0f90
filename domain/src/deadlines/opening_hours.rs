//! Counting opening time: how much lies between two instants, and where so much of it ends.
//!
//! All amounts are real time between instants, so a block with a clock change in it is an hour shorter or longer than the clock on the
//! wall says.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    calendar::Calendar,
    due::{HORIZON, Pause},
};

impl Calendar {
    /// Opening blocks of a day as instants.
    pub(super) fn blocks_of(
        &self,
        day: NaiveDate,
    ) -> impl DoubleEndedIterator<Item = (DateTime<Utc>, DateTime<Utc>)> + '_ {
        self.openings(day).iter().filter_map(move |(from, to)| {
            Some((self.instant(day, *from)?, self.instant(day, *to)?))
        })
    }

    /// Opening time between two instants; nothing when the second is not later.
    #[must_use]
    pub fn open_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        let mut amount = TimeDelta::zero();
        let last = self.local_day(to);
        let mut day = self.local_day(from);
        while day <= last {
            for (begin, end) in self.blocks_of(day) {
                let part = end.min(to) - begin.max(from);
                amount += part.max(TimeDelta::zero());
            }
            match day.succ_opt() {
                Some(next) => day = next,
                None => break,
            }
        }
        amount
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
        let mut left = amount;
        let mut day = self.local_day(from);
        for _ in 0..HORIZON {
            for (begin, end) in self.blocks_of(day) {
                let mut begin = begin.max(from);
                for pause in pauses {
                    if pause.to <= begin || pause.from >= end {
                        continue;
                    }
                    let before = pause.from - begin;
                    if before > TimeDelta::zero() {
                        if left <= before {
                            return Some(begin + left);
                        }
                        left -= before;
                    }
                    begin = pause.to.max(begin);
                }
                let open = end - begin;
                if open <= TimeDelta::zero() {
                    continue;
                }
                if left <= open {
                    return Some(begin + left);
                }
                left -= open;
            }
            day = day.succ_opt()?;
        }
        None
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
        let pauses = super::due::merged(pauses, DateTime::<Utc>::MIN_UTC);
        let mut left = amount;
        let mut day = self.local_day(to);
        for _ in 0..HORIZON {
            for (begin, end) in self.blocks_of(day).rev() {
                let mut end = end.min(to);
                for pause in pauses.iter().rev() {
                    if pause.to <= begin || pause.from >= end {
                        continue;
                    }
                    let after = end - pause.to;
                    if after > TimeDelta::zero() {
                        if left <= after {
                            return Some(end - left);
                        }
                        left -= after;
                    }
                    end = pause.from.min(end);
                }
                let open = end - begin;
                if open <= TimeDelta::zero() {
                    continue;
                }
                if left <= open {
                    return Some(end - left);
                }
                left -= open;
            }
            day = day.pred_opt()?;
        }
        None
    }

    /// Whether it is open at an instant.
    #[must_use]
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        self.blocks_of(self.local_day(at))
            .any(|(begin, end)| begin <= at && at < end)
    }

    /// The first instant from `at` on at which it is open; nothing when it does not open within five years.
    #[must_use]
    pub fn opens_from(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut day = self.local_day(at);
        for _ in 0..HORIZON {
            if let Some((begin, _)) = self.blocks_of(day).find(|(_, end)| *end > at) {
                return Some(begin.max(at));
            }
            day = day.succ_opt()?;
        }
        None
    }
}
