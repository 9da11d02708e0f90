//! Two colleagues, one case: the second sees what the first did before they decide, and loses nothing that was typed.

use chrono_tz::Tz;
use domain::{
    Language,
    cases::{self, Case, Event, EventKind},
};
use tenants::{Grants, StaffId, TenantTx};

use super::{
    timeline::{Line, Told, stream},
    view::Names,
};
use crate::{csrf::Fields, extract::Staff, problem::Problem, unsent::SEEN};

/// Most that is told of what happened meanwhile.
const TOLD: usize = 6;

/// The id of the newest event of a case, whose events come newest first.
pub(crate) fn newest(events: &[Event]) -> String {
    (events.first()).map_or_else(String::new, |event| event.id.to_string())
}

/// Refuses a form about a case to which something happened since its page was shown, if it is something that matters. A form that does not say what
/// was seen is none of our pages, and decides as programs do: on what is there.
///
/// # Errors
/// [`domain::Code::CaseChanged`].
pub(crate) async fn require_unchanged<P: Grants>(
    tx: &TenantTx,
    case: &Case,
    (staff, sent): (&Staff<P>, &Fields),
    matters: impl Fn(EventKind) -> bool,
) -> Result<(), Problem> {
    let Some(seen) = sent.get(SEEN) else {
        return Ok(());
    };
    Ok(cases::require_unchanged(tx, case, (seen, staff.member().id), matters).await?)
}

/// What colleagues and the resident did since `reader` saw the event with the id `seen`, newest first. `told` has everything that is known.
pub(super) fn since(
    told: &Told<'_>,
    (seen, reader): (&str, StaffId),
    names: &Names,
    (zone, language): (Tz, Language),
) -> Vec<Line> {
    let events = cases::events_since(told.events.to_vec(), seen, reader);
    let since = Told {
        events: &events,
        notes: &[],
        tasks: &[],
        ..*told
    };
    let mut lines = stream(&since, names, zone, language);
    lines.truncate(TOLD);
    lines
}

/// As [`since`], for a page that knows nothing but what happened.
pub(crate) fn events_since(
    events: &[Event],
    seen: (&str, StaffId),
    names: &Names,
    place: (Tz, Language),
) -> Vec<Line> {
    let told = Told {
        events,
        moments: &[],
        notes: &[],
        tasks: &[],
        teams: &[],
        categories: &[],
    };
    since(&told, seen, names, place)
}
