//! Deadlines as a calendar feed (iCalendar, RFC 5545) under a secret address that can be revoked. A feed names references and moments,
//! and nothing about the resident: calendar programs copy it to servers that are not ours.

use calcard::{
    common::PartialDateTime,
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarParameter,
        ICalendarProperty, ICalendarValueType,
    },
};
use chrono::{DateTime, NaiveTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use serde_json::json;
use tenants::{Permission, StaffId, TenantTx, permission, secret, text_enum, typed_id};

use super::{
    clock::History,
    clock_store::ClockRow,
    due_dates::{histories, warns},
    entity::{clock, deadline_feed},
    input::FeedRequest,
};
use crate::{Error, Language, audit, cases};

typed_id! {
    /// A feed.
    FeedId
}

text_enum! {
    /// Whose deadlines a feed holds.
    FeedScope {
        /// Those of the cases that its owner works on.
        Mine = "mine",
        /// Those of the whole desk.
        Desk = "desk",
    }
}

/// A feed in the list of its owner.
pub type Feed = deadline_feed::Model;

/// Most feeds of one person.
const FEEDS_MAX: usize = 10;
/// Most deadlines in a feed, what falls due first on top.
const ENTRIES: u64 = 1_000;

/// Makes a feed. Its code is given out once; the database keeps its hash.
///
/// # Errors
/// [`Error::Invalid`] for an unknown scope, and when somebody has more than enough.
pub async fn create_feed(
    tx: &TenantTx,
    owner: StaffId,
    request: &FeedRequest,
) -> Result<(Feed, String), Error> {
    let scope: FeedScope = request
        .scope
        .parse()
        .map_err(|_| Error::invalid("scope", "required_choice"))?;
    if feeds(tx, owner, None).await?.len() >= FEEDS_MAX {
        let mut errors = crate::FieldErrors::default();
        errors.add_with("scope", "too_many", "max", FEEDS_MAX);
        return Err(Error::Invalid(errors));
    }
    let code = secret::new_code()?;
    let feed = tx
        .insert(deadline_feed::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            staff_id: Set(owner),
            scope: Set(scope),
            code_hash: Set(secret::hash(&code)),
            created_at: Set(tx.now()),
            revoked_at: Set(None),
        })
        .await?;
    let object = ("deadlineFeed", Some(feed.id.0));
    audit::record(
        tx,
        Some(owner),
        audit::Action::FeedOpen,
        object,
        json!({ "scope": scope }),
    )
    .await?;
    Ok((feed, code))
}

/// The feeds of a member of staff that were not revoked, newest first.
pub async fn feeds(tx: &TenantTx, owner: StaffId, limit: Option<u64>) -> Result<Vec<Feed>, Error> {
    Ok(tx
        .find::<deadline_feed::Entity>()
        .filter(deadline_feed::Column::StaffId.eq(owner))
        .filter(deadline_feed::Column::RevokedAt.is_null())
        .order_by_desc(deadline_feed::Column::CreatedAt)
        .limit(limit)
        .all(tx)
        .await?)
}

/// Revokes one's own feed: its address leads nowhere from now on.
pub async fn revoke_feed(tx: &TenantTx, id: FeedId, owner: StaffId) -> Result<(), Error> {
    let revoked = tx
        .update::<deadline_feed::Entity>()
        .col_expr(deadline_feed::Column::RevokedAt, Expr::value(tx.now()))
        .filter(deadline_feed::Column::Id.eq(id))
        .filter(deadline_feed::Column::StaffId.eq(owner))
        .filter(deadline_feed::Column::RevokedAt.is_null())
        .exec(tx)
        .await?;
    if revoked.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    let object = ("deadlineFeed", Some(id.0));
    audit::record(
        tx,
        Some(owner),
        audit::Action::FeedRevoke,
        object,
        json!({}),
    )
    .await
}

/// The feed behind a code, as a calendar file in the language that its owner chose, or in `language`. It is gone when it was revoked, and when its owner left or may not read cases any more.
pub async fn render_feed(tx: &TenantTx, code: &str, language: Language) -> Result<String, Error> {
    let feed = tx
        .find::<deadline_feed::Entity>()
        .filter(deadline_feed::Column::CodeHash.eq(secret::hash(code)))
        .filter(deadline_feed::Column::RevokedAt.is_null())
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    let owner = tenants::staff::get(tx, feed.staff_id)
        .await?
        .filter(|owner| owner.active && permission::allowed(&owner.roles, Permission::ReadCases))
        .ok_or(Error::NotFound)?;
    let language = owner
        .language
        .as_deref()
        .and_then(|chosen| chosen.parse().ok())
        .unwrap_or(language);
    let mut open = tx
        .find::<clock::Entity>()
        .filter(clock::Column::StoppedAt.is_null())
        .filter(clock::Column::DueAt.is_not_null());
    if feed.scope == FeedScope::Mine {
        let mine = cases::watched_ids(tx, Some(owner.id));
        open = open.filter(clock::Column::CaseId.in_subquery(mine));
    }
    let clocks = open
        .order_by_asc(clock::Column::DueAt)
        .order_by_asc(clock::Column::Id)
        .limit(ENTRIES)
        .all(tx)
        .await?;
    let histories = histories(tx, &clocks).await?;
    let nothing = History::default();
    let cases = {
        let ids = clocks.iter().map(|clock| clock.case_id);
        cases::seen_by_ids(tx, cases::Viewer::of(&owner), ids).await?
    };
    let mut events = Vec::new();
    for clock in &clocks {
        let case = cases
            .iter()
            .find(|case| case.id == clock.case_id)
            .filter(|case| case.status.is_open() || clock.kind.is_lasting())
            .filter(|_| warns(clock.kind, histories.get(&clock.id).unwrap_or(&nothing)));
        if let (Some(case), Some(due)) = (case, clock.due_at) {
            events.push(event(
                clock,
                due,
                &case.reference,
                feed.created_at,
                language,
            ));
        }
    }
    Ok(calendar(&language.text("feed-name"), events).to_string())
}

/// A calendar with a name and these events.
fn calendar(name: &str, events: Vec<ICalendarComponent>) -> ICalendar {
    let mut calendar = ICalendarComponent::new(ICalendarComponentType::VCalendar);
    for (property, value) in [
        (ICalendarProperty::Version, "2.0"),
        (ICalendarProperty::Prodid, "-//Gehoord//NL"),
        (ICalendarProperty::Name, name),
        (ICalendarProperty::Other("X-WR-CALNAME".to_owned()), name),
    ] {
        calendar.add_property(property, value);
    }
    calendar.component_ids = (1..).take(events.len()).collect();
    let components = std::iter::once(calendar).chain(events).collect();
    ICalendar { components }
}

fn event(
    clock: &ClockRow,
    due: DateTime<Utc>,
    reference: &str,
    stamp: DateTime<Utc>,
    language: Language,
) -> ICalendarComponent {
    let kind = language.term("clock-short", clock.kind);
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    event.add_uid(&format!("{}@gehoord", clock.id));
    event.add_dtstamp(PartialDateTime::from_utc_timestamp(stamp.timestamp()));
    event.add_sequence(clock.due_version);
    let summary = format!("{reference}: {kind}");
    event.add_property(ICalendarProperty::Summary, summary);
    // A term of the law is a day, a promise a moment. An event has to end after it begins, so it gets no end: a day lasts that day, a moment
    // takes no time (RFC 5545, 3.6.1).
    match clock.legal_on {
        Some(day) => event.add_property_with_params(
            ICalendarProperty::Dtstart,
            [ICalendarParameter::value(ICalendarValueType::Date)],
            PartialDateTime::from_date_timestamp(
                day.and_time(NaiveTime::MIN).and_utc().timestamp(),
            ),
        ),
        None => event.add_property(
            ICalendarProperty::Dtstart,
            PartialDateTime::from_utc_timestamp(due.timestamp()),
        ),
    }
    event
}
