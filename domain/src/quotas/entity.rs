//! Row of a subscription.
#![expect(
    clippy::disallowed_methods,
    reason = "the entity macro expands to the entry points that are banned elsewhere"
)]

use sea_orm::entity::prelude::*;
use tenants::TenantId;

use super::{Measure, Plan};

/// The plan of a municipality and what it uses.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subscription")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner: TenantId,
    /// Which plan.
    pub plan: Plan,
    /// The day that mails were counted on last.
    pub day: Date,
    /// When a mail left last, in UTC.
    pub active_at: Option<DateTimeUtc>,
    /// Open accounts.
    pub people: i64,
    /// Its own number of accounts.
    pub own_people: Option<i64>,
    /// Level that was warned of, in percent.
    pub warned_people: i64,
    /// Bytes of files.
    pub storage: i64,
    /// Its own number of bytes.
    pub own_storage: Option<i64>,
    /// Level that was warned of, in percent.
    pub warned_storage: i64,
    /// Messages of the day before the last nightly visit.
    pub messages: i64,
    /// Its own number of messages.
    pub own_messages: Option<i64>,
    /// Level that was warned of, in percent.
    pub warned_messages: i64,
    /// Mails of that day.
    pub mails: i64,
    /// Its own number of mails.
    pub own_mails: Option<i64>,
    /// Level that was warned of, in percent.
    pub warned_mails: i64,
}

impl ActiveModelBehavior for ActiveModel {}

/// The column of the level that was warned of.
pub(super) fn warned(what: Measure) -> Column {
    match what {
        Measure::People => Column::WarnedPeople,
        Measure::Storage => Column::WarnedStorage,
        Measure::Messages => Column::WarnedMessages,
        Measure::Mails => Column::WarnedMails,
    }
}
