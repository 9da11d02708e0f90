//! Values that the samples of several pages show.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    cases::{Case, CaseStatus, CaseView, Kind, Preference},
    queue::{Choices, Cursor, FilterRequest, Named, Page, Row, SavedView},
    search::Field,
};
use serde_json::json;

/// When the samples are read: 24 November 2026, 12.00 UTC.
const NOW: DateTime<Utc> = match DateTime::from_timestamp(1_795_521_600, 0) {
    Some(now) => now,
    None => DateTime::UNIX_EPOCH,
};

/// A complaint that nobody has, due in a while.
fn case(number: u128, title: &str, due_in_hours: i64) -> Case {
    Case {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(number).into(),
        reference: format!("WD-4H9{number}"),
        submission_id: uuid::Uuid::nil().into(),
        kind: Kind::Complaint,
        kind_code: None,
        workflow_version_id: None,
        state: None,
        category: Some("wegen_paden".to_owned()),
        title: title.to_owned(),
        story: String::new(),
        place: None,
        preference: Preference::Call,
        call_times: json!([]),
        contact_name: Some("Inwoner Voorbeeld".to_owned()),
        contact_phone: None,
        contact_phone_e164: None,
        contact_email: None,
        language: "nl".to_owned(),
        status: CaseStatus::New,
        team_id: None,
        assignee_id: None,
        outcome: None,
        outcome_note: None,
        received_at: NOW - TimeDelta::days(3),
        due_at: Some(NOW + TimeDelta::hours(due_in_hours)),
        contacted_at: None,
        closed_at: None,
        version: 1,
        erase_at: None,
        erased_at: None,
        email_bounced_at: None,
        origin_id: None,
    }
}

fn row(case: Case, tags: &[&str], found_in: &[Field]) -> Row {
    Row {
        cursor: Cursor {
            rank: 0,
            at: case.due_at,
            id: case.id,
        },
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        found_in: found_in.to_vec(),
        law_due_at: None,
        case: CaseView::at(case, NOW),
    }
}

/// Somebody, by a number.
fn named(number: u128, name: &str) -> Named {
    Named {
        value: uuid::Uuid::from_u128(number).to_string(),
        name: name.to_owned(),
        english: String::new(),
        active: true,
        parent: None,
    }
}

/// Cases of every kind: late, today, later, and without a promise.
pub fn rows() -> Vec<Row> {
    let staff = uuid::Uuid::from_u128(1);
    let team = uuid::Uuid::from_u128(2);
    let late = case(2, "De brief over de belasting is niet te begrijpen", -48);
    let today = Case {
        assignee_id: Some(staff.into()),
        team_id: Some(team.into()),
        status: CaseStatus::InProgress,
        ..case(3, "Het fietspad ligt vol bladeren", 5)
    };
    let tip = Case {
        kind: Kind::Tip,
        category: None,
        contact_name: None,
        ..case(4, "Vraag kinderen om mee te denken over de speeltuin", 48)
    };
    let glad = Case {
        kind: Kind::Compliment,
        preference: Preference::None,
        due_at: None,
        ..case(5, "Mooi dat u mij terugbelde", 0)
    };
    vec![
        row(late, &["brief"], &[]),
        row(today, &["gladheid", "herhaling", "weg"], &[]),
        row(tip, &[], &[]),
        row(glad, &[], &[]),
    ]
}

/// What a search finds: an open case and a closed one.
pub fn found() -> Page {
    let open = case(2, "De lift is stuk", -48);
    let closed = Case {
        status: CaseStatus::Closed,
        closed_at: Some(NOW - TimeDelta::days(20)),
        contacted_at: Some(NOW - TimeDelta::days(22)),
        due_at: Some(NOW - TimeDelta::days(21)),
        ..case(3, "De lantaarn brandt niet", 0)
    };
    Page {
        rows: vec![
            row(open, &[], &[Field::Person]),
            row(closed, &[], &[Field::Notes, Field::Person]),
        ],
        more_after: false,
        more_before: false,
    }
}

/// Colleagues, teams, categories, tags and views.
pub fn choices() -> Choices {
    let key = |key: &str, name: &str| Named {
        value: key.to_owned(),
        ..named(0, name)
    };
    Choices {
        staff: vec![named(1, "Sanne de Boer")],
        away: Vec::new(),
        teams: vec![named(2, "Wegen en groen")],
        categories: vec![key("wegen_paden", "Wegen en paden")],
        kinds: Vec::new(),
        states: Vec::new(),
        tags: vec![key("gladheid", "gladheid")],
        views: vec![SavedView {
            id: uuid::Uuid::from_u128(9).into(),
            name: "Gladheid".to_owned(),
            shared: true,
            filter: FilterRequest {
                tag: "gladheid".to_owned(),
                ..FilterRequest::default()
            },
        }],
        shortcuts: true,
    }
}
