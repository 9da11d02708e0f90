//! Values that the samples of several pages show.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::{
    cases::{Case, CaseStatus, Category, Kind, Outcome, Preference},
    intake::{CopyLine, CopyStep},
};
use serde_json::json;
use tenants::StaffId;

use super::view::Names;
use crate::clocks::calendar_year::sample_now;

/// Where the municipality is.
pub(crate) const ZONE: Tz = chrono_tz::Europe::Amsterdam;

/// The moment at which the pages are read: the day on which the complaint falls due.
pub(crate) fn now() -> DateTime<Utc> {
    sample_now() + TimeDelta::days(2)
}

/// A moment before [`now`].
pub(crate) fn ago(days: i64, hours: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(days) - TimeDelta::hours(hours)
}

/// The reader of the pages.
pub(crate) fn reader() -> StaffId {
    uuid::Uuid::from_u128(1).into()
}

/// Who works at the desk.
pub(crate) fn names() -> Names {
    [(reader(), "Sanne de Boer".to_owned())].into()
}

/// A category that is used, and one that is no longer used.
pub(crate) fn categories() -> Vec<Category> {
    let category = |number, key: &str, dutch: &str, english: &str| Category {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(number).into(),
        key: key.to_owned(),
        label_nl: dutch.to_owned(),
        label_en: english.to_owned(),
        parent: None,
        team_id: None,
        active: true,
        created_at: DateTime::UNIX_EPOCH,
    };
    vec![
        category(1, "wegen_paden", "Wegen en paden", "Roads and paths"),
        Category {
            active: false,
            ..category(2, "markt", "Markt", "")
        },
    ]
}

/// A complaint that the reader works on; its resident was not reached yet.
pub(crate) fn complaint() -> Case {
    Case {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(1).into(),
        reference: "WD-7K2M".to_owned(),
        submission_id: uuid::Uuid::nil().into(),
        kind: Kind::Complaint,
        kind_code: None,
        workflow_version_id: None,
        state: None,
        category: Some("wegen_paden".to_owned()),
        title: "Losse stoeptegel".to_owned(),
        story: "Voor de bakker ligt al weken een tegel los.\nGisteren viel er iemand.".to_owned(),
        place: Some("Voorbeeldstraat 1".to_owned()),
        preference: Preference::Call,
        call_times: json!(["ochtend"]),
        contact_name: Some("Inwoner Voorbeeld".to_owned()),
        contact_phone: Some("06 00000000".to_owned()),
        contact_phone_e164: Some("+31600000000".to_owned()),
        contact_email: Some("inwoner@example.com".to_owned()),
        email_bounced_at: None,
        language: "nl".to_owned(),
        status: CaseStatus::InProgress,
        team_id: None,
        assignee_id: Some(reader()),
        origin_id: None,
        outcome: None,
        outcome_note: None,
        received_at: ago(2, 0),
        due_at: Some(now() + TimeDelta::hours(7)),
        contacted_at: None,
        closed_at: None,
        version: 1,
        erase_at: None,
        erased_at: None,
    }
}

/// An idea about the same thing that nobody works on, without a name; the call is late.
pub(crate) fn suggestion() -> Case {
    Case {
        id: uuid::Uuid::from_u128(2).into(),
        reference: "WD-4H9X".to_owned(),
        kind: Kind::Tip,
        category: None,
        title: "Leg de stoep bij de bakker opnieuw".to_owned(),
        story: String::new(),
        place: None,
        call_times: json!([]),
        contact_name: None,
        contact_email: None,
        status: CaseStatus::New,
        team_id: None,
        assignee_id: None,
        received_at: ago(5, 0),
        due_at: Some(now() - TimeDelta::days(2) + TimeDelta::hours(7)),
        ..complaint()
    }
}

/// A complaint that was closed after a conversation.
pub(crate) fn closed() -> Case {
    Case {
        id: uuid::Uuid::from_u128(3).into(),
        reference: "WD-5T3N".to_owned(),
        status: CaseStatus::Closed,
        outcome: Some(Outcome::SolvedTogether),
        outcome_note: Some("De tegel is teruggelegd.".to_owned()),
        received_at: ago(16, 0),
        due_at: Some(ago(14, 17)),
        contacted_at: Some(ago(15, 0)),
        closed_at: Some(ago(13, 0)),
        erase_at: Some(now() + TimeDelta::days(352)),
        ..complaint()
    }
}

/// What was answered.
pub(crate) fn copy() -> Vec<CopyStep> {
    let line = |field: &str, label: &str, value: &str| CopyLine {
        field: field.to_owned(),
        label: label.to_owned(),
        lang: None,
        value: value.to_owned(),
        own_words: true,
        files: Vec::new(),
        open: value.is_empty(),
    };
    vec![CopyStep {
        key: "melding".to_owned(),
        title: "Uw melding".to_owned(),
        lines: vec![
            line("titel", "Waar gaat het over?", "Losse stoeptegel"),
            line("plaats", "Waar is het?", ""),
        ],
    }]
}

/// A work instruction, as pages of a message show some.
pub(crate) fn instruction() -> domain::bundles::WorkInstruction {
    let passage = |title: &str, line: &str| domain::bundles::Passage {
        title: title.to_owned(),
        lines: vec![line.to_owned()],
    };
    domain::bundles::WorkInstruction {
        title: "Werkinstructie terugbellen".to_owned(),
        kind: domain::bundles::PartKind::WorkInstruction,
        bundle: "Klantenservice die belt".to_owned(),
        version: "1.0.0".to_owned(),
        adoption_id: uuid::Uuid::from_u128(9).into(),
        passages: vec![
            passage("Stap 1: Medewerker", "Lees het hele bericht."),
            passage("Stap 2: Medewerker", "Bel binnen de beloofde tijd."),
        ],
    }
}
