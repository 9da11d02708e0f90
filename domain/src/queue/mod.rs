//! The list the desk works from: what presses first on top, narrowed as somebody wants, with views to keep, many cases changed at once, and the
//! way from one to the next.

mod assign;
mod bulk;
mod choices;
mod counts;
pub(crate) mod entity;
mod filter;
mod list;
mod preferences;
mod tags;
mod views;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use tenants::{Role, StaffId, staff::StaffMember, typed_id};

pub(crate) use self::tags::{add_tag, erase as erase_tags, tags_of_all};
pub use self::{
    bulk::{BulkCase, BulkChange, BulkLine, BulkRequest, SkipReason, change, preview},
    choices::{Choices, Named, choices},
    counts::{Counts, counts},
    filter::{Filter, FilterRequest, Handler, Show, Sort, TeamChoice},
    list::{Cursor, Neighbours, Page, Place, Row, list, neighbours, require_visible},
    preferences::{set_shortcuts, shortcuts},
    tags::{TAGS_MAX, TagsRequest, replace as replace_tags, tags_of},
    views::{SavedView, ViewRequest, add_view, remove_view, replace_view, views},
};
use crate::cases::Viewer;

typed_id! {
    /// A tag on a case.
    TagId
}
typed_id! {
    /// A saved view.
    ViewId
}
typed_id! {
    /// What somebody prefers at the desk.
    PreferenceId
}

/// Who reads the queue, and where the days begin.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    viewer: Viewer,
    staff: StaffId,
    is_lead: bool,
    zone: Tz,
}

impl Reader {
    /// A member of staff of a municipality in a zone.
    #[must_use]
    pub fn of(staff: &StaffMember, zone: Tz) -> Self {
        Self {
            viewer: Viewer::of(staff),
            staff: staff.id,
            is_lead: staff.roles.contains(&Role::Lead),
            zone,
        }
    }

    /// When the local day of an instant ends, in UTC.
    fn day_end(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let today: NaiveDate = now.with_timezone(&self.zone).date_naive();
        let midnight = today.succ_opt().and_then(|day| day.and_hms_opt(0, 0, 0));
        midnight
            .and_then(|midnight| midnight.and_local_timezone(self.zone).earliest())
            .map_or(now, |midnight| midnight.to_utc())
    }
}
