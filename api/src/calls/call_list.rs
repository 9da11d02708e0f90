//! "Nu bellen": whom to call now, one button a row.

use askama::Template;
use chrono::{DateTime, Utc};
use domain::{
    Language,
    calls::{self, Call, CallList, Scope},
    cases::{Case, ContactResult},
};
use serde::Deserialize;
use tenants::permission::may;

use crate::{
    desk::{samples, view::Badge},
    extract::{Query, Staff},
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "calls/call_list.html")]
pub(super) struct CallListPage {
    page: Page,
    now: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    /// Whether everybody's calls are shown.
    all: bool,
    first: Vec<Row>,
    later: Vec<Row>,
}

/// Somebody to call.
struct Row {
    case: Case,
    name: String,
    state: Option<Badge>,
    /// When they can be called.
    when: String,
    /// How often was called.
    tried: String,
}

/// Whose calls are shown.
#[derive(Deserialize)]
pub struct CallsQuery {
    #[serde(default)]
    wie: String,
}

fn state(call: &Call, now: DateTime<Utc>, language: Language) -> Option<Badge> {
    let due = call.case.due_at?;
    let hours = (due - now).num_hours();
    let (tone, text) = if call.late && (now - due).num_hours() < 24 {
        let hours = (now - due).num_hours().max(1);
        ("danger", language.count("calls-late-hours", hours))
    } else if call.late {
        (
            "danger",
            language.count("callback-days-late", (now - due).num_days()),
        )
    } else if hours < 8 {
        ("warning", language.count("calls-left-hours", hours.max(1)))
    } else {
        return None;
    };
    Some(Badge { tone, text })
}

fn row(call: Call, now: DateTime<Utc>, zone: chrono_tz::Tz, language: Language) -> Row {
    let windows = calls::call_windows(&call.case);
    let parts: Vec<String> = (windows.iter())
        .map(|part| language.term("day-part", part))
        .collect();
    let when = match (call.next_try_at, call.next_try_part) {
        (None, _) if call.last_result == Some(ContactResult::WrongNumber) => {
            language.text("calls-wrong-number")
        }
        (Some(at), Some(part)) if !call.now => {
            let moment = language.short_instant(at, zone, now);
            let part = language.term("day-part", part);
            let key = if call.asked {
                "calls-asked"
            } else {
                "calls-next"
            };
            language.text_with(key, &[("moment", &moment), ("part", &part)])
        }
        _ if parts.is_empty() => language.text("calls-any-time"),
        _ => language.text_with("calls-suits", &[("when", &parts.join(", "))]),
    };
    let tried = match (call.tries, call.last_try_at) {
        (0, _) | (_, None) => language.text("calls-not-tried"),
        (tries, Some(at)) => {
            let tries = language.count("calls-tried", i64::try_from(tries).unwrap_or(i64::MAX));
            let at = language.short_instant(at, zone, now);
            language.text_with("calls-tried-last", &[("tries", &tries), ("moment", &at)])
        }
    };
    let name = call.case.contact_name.clone();
    Row {
        state: state(&call, now, language),
        name: name.unwrap_or_else(|| language.text("case-the-resident")),
        when,
        tried,
        case: call.case,
    }
}

fn list_page(page: Page, list: CallList, all: bool, now: DateTime<Utc>) -> CallListPage {
    let (zone, language) = (page.zone, page.language);
    let (first, later): (Vec<Call>, Vec<Call>) = list.items.into_iter().partition(|call| call.now);
    let rows = |calls: Vec<Call>| -> Vec<Row> {
        let row = |call| row(call, now, zone, language);
        calls.into_iter().map(row).collect()
    };
    CallListPage {
        now,
        until: list.until,
        all,
        first: rows(first),
        later: rows(later),
        page,
    }
}

/// Whom to call now.
pub async fn page(staff: Staff<may::ReadCases>, query: Query<CallsQuery>) -> HandlerResult {
    let all = query.0.wie == "allen";
    let scope = if all { Scope::All } else { Scope::Mine };
    let tx = staff.read().await?;
    let list = calls::call_list(&tx, staff.member(), scope, None).await?;
    let now = tx.now();
    drop(tx);
    html::ok(&list_page(Page::staff(&staff), list, all, now))
}

impl Samples for CallListPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let call = |case: Case, late, now, tries| Call {
            late,
            now,
            next_try_at: Some(samples::now()),
            next_try_part: Some(calls::DayPart::Morning),
            asked: false,
            tries,
            last_try_at: (tries > 0).then(|| samples::ago(0, 3)),
            last_result: (tries > 0).then_some(ContactResult::NoAnswer),
            case,
        };
        let list = |items| CallList {
            items,
            until: Some(samples::now()),
        };
        let waiting = vec![
            call(samples::suggestion(), true, true, 1),
            call(samples::complaint(), false, true, 0),
            call(samples::complaint(), false, false, 2),
        ];
        [list(Vec::new()), list(waiting)]
            .map(|list| list_page(frame.staff(), list, false, samples::now()))
            .into()
    }
}
