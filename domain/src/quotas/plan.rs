//! The plans, and what each allows.

use serde::{Deserialize, Serialize};
use tenants::text_enum;
use utoipa::ToSchema;

use super::entity;
use crate::{FieldErrors, input::Number};

text_enum! {
    /// A plan.
    Plan {
        /// 25 people, 10 GB, 200 messages and 1,000 mails a day.
        Small = "small",
        /// 100 people, 50 GB, 1,000 messages and 5,000 mails a day.
        Medium = "medium",
        /// 500 people, 250 GB, 5,000 messages and 25,000 mails a day.
        Large = "large",
    }
}

text_enum! {
    /// What a quota is about.
    Measure {
        /// Open accounts.
        People = "people",
        /// Files, in bytes.
        Storage = "storage",
        /// Messages of residents in a day.
        Messages = "messages",
        /// Mails that left in a day.
        Mails = "mails",
    }
}

impl Measure {
    /// Whether it begins anew every day.
    #[must_use]
    pub const fn is_daily(self) -> bool {
        matches!(self, Self::Mails)
    }
}

/// Bytes in a GB.
const GB: i64 = 1_000_000_000;

/// What a municipality may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Quotas {
    /// Open accounts.
    pub people: i64,
    /// Files, in GB.
    pub storage_gb: i64,
    /// Messages of residents in a day; beyond it they are taken all the same.
    pub messages: i64,
    /// Mails in a day.
    pub mails: i64,
}

impl Quotas {
    /// Files, in bytes.
    #[must_use]
    pub const fn storage_bytes(self) -> i64 {
        self.storage_gb.saturating_mul(GB)
    }
}

impl Plan {
    /// What it allows.
    #[must_use]
    pub const fn quotas(self) -> Quotas {
        let (people, storage_gb, messages, mails) = match self {
            Self::Small => (25, 10, 200, 1_000),
            Self::Medium => (100, 50, 1_000, 5_000),
            Self::Large => (500, 250, 5_000, 25_000),
        };
        Quotas {
            people,
            storage_gb,
            messages,
            mails,
        }
    }
}

/// Numbers of a municipality's own, instead of those of its plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnQuotas {
    /// Open accounts.
    pub people: Option<i64>,
    /// Files, in GB.
    pub storage_gb: Option<i64>,
    /// Messages in a day.
    pub messages: Option<i64>,
    /// Mails in a day.
    pub mails: Option<i64>,
}

impl OwnQuotas {
    /// Reads them as they were sent; what is left out is as in the plan.
    #[must_use]
    pub fn parse(
        [people, storage_gb, messages, mails]: [&Number; 4],
        errors: &mut FieldErrors,
    ) -> Self {
        let mut read = |number: &Number, field: &str, most: i64| {
            let number = number.optional::<i64>(field, errors)?;
            if !(1..=most).contains(&number) {
                errors.add_with(field, "out_of_range", "max", most);
            }
            Some(number)
        };
        Self {
            people: read(people, "people", 100_000),
            storage_gb: read(storage_gb, "storageGb", 100_000),
            messages: read(messages, "messages", 1_000_000),
            mails: read(mails, "mails", 1_000_000),
        }
    }

    pub(super) fn storage_bytes(self) -> Option<i64> {
        self.storage_gb.map(|gb| gb.saturating_mul(GB))
    }
}

/// How much of a quota is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    /// Of what.
    pub what: Measure,
    /// So much is used: accounts, bytes, messages, mails.
    pub used: i64,
    /// So much may be used, in the same unit.
    pub quota: i64,
    /// 0, 80 or 100: percent that were passed.
    pub level: i64,
}

impl Usage {
    fn new(what: Measure, used: i64, quota: i64) -> Self {
        let passed =
            |percent: i64| i128::from(used) * 100 >= i128::from(quota) * i128::from(percent);
        let level = (super::LEVELS.into_iter().rev()).find(|percent| passed(*percent));
        Self {
            what,
            used,
            quota,
            level: level.unwrap_or_default(),
        }
    }

    /// Used, in whole percent of the quota.
    #[must_use]
    pub fn percent(&self) -> i64 {
        let percent = i128::from(self.used) * 100 / i128::from(self.quota.max(1));
        i64::try_from(percent).unwrap_or(i64::MAX)
    }
}

impl entity::Model {
    /// Its own numbers.
    #[must_use]
    pub fn own(&self) -> OwnQuotas {
        OwnQuotas {
            people: self.own_people,
            storage_gb: self.own_storage.map(|bytes| bytes / GB),
            messages: self.own_messages,
            mails: self.own_mails,
        }
    }

    /// What it may use: its own numbers, or those of its plan.
    #[must_use]
    pub fn quotas(&self) -> Quotas {
        let (own, plan) = (self.own(), self.plan.quotas());
        Quotas {
            people: own.people.unwrap_or(plan.people),
            storage_gb: own.storage_gb.unwrap_or(plan.storage_gb),
            messages: own.messages.unwrap_or(plan.messages),
            mails: own.mails.unwrap_or(plan.mails),
        }
    }

    /// How much of a quota is used, on the day that was counted last.
    #[must_use]
    pub fn usage(&self, what: Measure) -> Usage {
        let quotas = self.quotas();
        let (used, quota) = match what {
            Measure::People => (self.people, quotas.people),
            Measure::Storage => (self.storage, quotas.storage_bytes()),
            Measure::Messages => (self.messages, quotas.messages),
            Measure::Mails => (self.mails, quotas.mails),
        };
        Usage::new(what, used, quota)
    }

    /// How much of every quota is used today.
    #[must_use]
    pub fn usages(&self, today: chrono::NaiveDate) -> Vec<Usage> {
        (Measure::ALL.iter())
            .map(|what| {
                let usage = self.usage(*what);
                if what.is_daily() && self.day != today {
                    return Usage::new(*what, 0, usage.quota);
                }
                usage
            })
            .collect()
    }

    pub(super) fn warned(&self, what: Measure) -> i64 {
        match what {
            Measure::People => self.warned_people,
            Measure::Storage => self.warned_storage,
            Measure::Messages => self.warned_messages,
            Measure::Mails => self.warned_mails,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_is_near_at_80_percent_and_reached_at_100() {
        for (used, level) in [(0, 0), (79, 0), (80, 80), (99, 80), (100, 100), (250, 100)] {
            assert_eq!(Usage::new(Measure::Mails, used, 100).level, level, "{used}");
        }
        let huge = Usage::new(Measure::Storage, i64::MAX, i64::MAX);
        assert_eq!((huge.level, huge.percent()), (100, 100));
    }

    #[test]
    fn a_larger_plan_allows_more_of_everything() {
        for pair in Plan::ALL.windows(2) {
            let [less, more] = [pair[0].quotas(), pair[1].quotas()];
            assert!(less.people < more.people && less.storage_gb < more.storage_gb);
            assert!(less.messages < more.messages && less.mails < more.mails);
        }
    }
}
