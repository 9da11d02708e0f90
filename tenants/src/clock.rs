//! Time and ids, passed in as a value so that tests can set them.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use uuid::Uuid;

/// Source of time and ids. Cloning shares the same clock.
///
/// Instants are UTC, cut to microseconds: `PostgreSQL` drops the rest and `SQLite` would keep it.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The system clock.
    #[must_use]
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stays at `start` until [`Clock::advance`] moves it; for tests.
    #[must_use]
    pub fn fixed_at(start: DateTime<Utc>) -> Self {
        Self(Some(Arc::new(AtomicI64::new(start.timestamp_micros()))))
    }

    /// Moves a fixed clock. A system clock ignores it.
    pub fn advance(&self, by: TimeDelta) {
        if let (Some(clock), Some(micros)) = (&self.0, by.num_microseconds()) {
            clock.fetch_add(micros, Ordering::SeqCst);
        }
    }

    /// Now, in UTC, cut to microseconds.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the system clock"
    )]
    pub fn now(&self) -> DateTime<Utc> {
        self.0
            .as_ref()
            .and_then(|clock| DateTime::from_timestamp_micros(clock.load(Ordering::SeqCst)))
            .unwrap_or_else(|| Utc::now().trunc_subsecs(6))
    }

    /// A fresh id. Version 7: ids made later sort later, which keeps indexes compact.
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        Uuid::now_v7().into()
    }
}
