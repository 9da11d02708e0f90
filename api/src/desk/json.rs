//! A case as programs read it.

use chrono::{DateTime, Utc};
use domain::{
    Error,
    cases::{self, Case, CaseId},
    clocks::{self, ClockKind},
    deadlines::Explanation,
    files, scores,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    clocks::{simulator::api::LegalItem, view::explanation},
    extract::Site,
    files::api::{FileItem, item as file_item},
};

/// A case of the desk.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: CaseId,
    /// The number for on the phone.
    #[schema(example = "7K4H-9XTR")]
    reference: String,
    /// `complaint`, `tip` or `compliment`.
    kind: String,
    /// Key of its category, if it has one.
    category: Option<String>,
    /// The message in a sentence.
    title: String,
    /// `new`, `inProgress`, `closed` or `merged`.
    status: String,
    /// Id of who works on it.
    #[schema(value_type = Option<uuid::Uuid>)]
    assignee_id: Option<tenants::StaffId>,
    /// When it came in.
    received_at: DateTime<Utc>,
    /// When the promise falls due; none when no answer was asked for.
    due_at: Option<DateTime<Utc>>,
    /// When the resident was reached.
    contacted_at: Option<DateTime<Utc>>,
    /// When it was closed.
    closed_at: Option<DateTime<Utc>>,
    /// Whether the promise is past due without contact.
    late: bool,
}

/// A case with everything the desk needs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseDetail {
    /// The case.
    #[serde(flatten)]
    item: CaseItem,
    /// The case that it was taken into, and that goes on for both.
    merged_into: Option<OtherCase>,
    /// The cases that were taken into it, what came in first on top.
    absorbed: Vec<OtherCase>,
    /// The story in the resident's words.
    story: String,
    /// Where it is about.
    place: Option<String>,
    /// `call`, `mail` or `none`.
    preference: String,
    /// When a call suits.
    #[schema(value_type = Vec<String>)]
    call_times: serde_json::Value,
    /// Name as typed.
    contact_name: Option<String>,
    /// Telephone number as typed.
    contact_phone: Option<String>,
    /// The same number in E.164.
    contact_phone_e164: Option<String>,
    /// Mail address.
    contact_email: Option<String>,
    /// How it ended.
    outcome: Option<String>,
    /// What was agreed.
    outcome_note: Option<String>,
    /// Calls and tries, newest first.
    contact_moments: Vec<ContactMomentItem>,
    /// What the resident thought of it.
    score: Option<CaseScore>,
    /// Why it falls due when it does, day by day in the language of the caller.
    due_explanation: Vec<String>,
    /// The terms of the law; of a complaint only.
    legal: Vec<LegalItem>,
    /// Files that came with it.
    files: Vec<FileItem>,
    /// When its contents are erased, because the form's time for keeping them is over; planned in the hours after closing.
    erase_at: Option<DateTime<Utc>>,
    /// When they were erased.
    erased_at: Option<DateTime<Utc>>,
}

/// Another case, in short.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OtherCase {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: CaseId,
    /// The number for on the phone.
    #[schema(example = "7K4H-9XTR")]
    reference: String,
    /// When it came in.
    received_at: DateTime<Utc>,
}

/// A call, or a try at one.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContactMomentItem {
    /// Id.
    #[schema(value_type = uuid::Uuid)]
    id: cases::ContactMomentId,
    /// `noAnswer`, `messageLeft`, `conversation` or `mailSent`.
    result: String,
    /// What was said.
    note: String,
    /// Who did it.
    #[schema(value_type = uuid::Uuid)]
    staff_id: tenants::StaffId,
    /// When.
    at: DateTime<Utc>,
}

/// A resident's score.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseScore {
    /// 1 to 10.
    grade: i64,
    /// In the resident's words.
    words: String,
    /// When.
    answered_at: DateTime<Utc>,
}

pub(super) fn other(case: &Case) -> OtherCase {
    OtherCase {
        id: case.id,
        reference: case.reference.clone(),
        received_at: case.received_at,
    }
}

pub(super) fn item(case: &Case, now: DateTime<Utc>) -> CaseItem {
    CaseItem {
        id: case.id,
        reference: case.reference.clone(),
        kind: case.kind.to_string(),
        category: case.category.clone(),
        title: case.title.clone(),
        status: case.status.to_string(),
        assignee_id: case.assignee_id,
        received_at: case.received_at,
        due_at: case.due_at,
        contacted_at: case.contacted_at,
        closed_at: case.closed_at,
        late: cases::callback_status(case, now) == cases::CallbackStatus::Late,
    }
}

pub(crate) async fn detail(
    tx: &tenants::TenantTx,
    case: Case,
    site: &Site,
) -> Result<CaseDetail, Error> {
    let language = site.language;
    let files = files::of_submission(tx, case.submission_id).await?;
    let clocks = clocks::of_case(tx, case.id).await?;
    // The last one: after a reopening the promise to call may have begun anew.
    let promised = clocks.iter().rev().find_map(|clock| match &clock.why {
        Explanation::Promise(due, _) if clock.clock.kind == ClockKind::Callback => Some(due),
        _ => None,
    });
    Ok(CaseDetail {
        due_explanation: promised.map_or_else(Vec::new, |due| explanation(due, language)),
        legal: clocks
            .iter()
            .filter_map(|clock| LegalItem::of_clock(clock, site.tenant.zone, language))
            .collect(),
        files: files
            .iter()
            .map(|file| file_item(file, site.app.scanner.is_some()))
            .collect(),
        item: item(&case, tx.now()),
        merged_into: cases::merged_into(tx, case.id)
            .await?
            .map(|(_, survivor)| other(&survivor)),
        absorbed: cases::absorbed_by(tx, case.id)
            .await?
            .iter()
            .map(other)
            .collect(),
        contact_moments: cases::contact_moments(tx, case.id)
            .await?
            .into_iter()
            .map(moment)
            .collect(),
        score: scores::given(tx, case.id).await?.map(|score| CaseScore {
            grade: score.grade,
            words: score.words,
            answered_at: score.answered_at,
        }),
        story: case.story,
        place: case.place,
        preference: case.preference.to_string(),
        call_times: case.call_times,
        contact_name: case.contact_name,
        contact_phone: case.contact_phone,
        contact_phone_e164: case.contact_phone_e164,
        contact_email: case.contact_email,
        outcome: case.outcome.map(|outcome| outcome.to_string()),
        outcome_note: case.outcome_note,
        erase_at: case.erase_at,
        erased_at: case.erased_at,
    })
}

pub(super) fn moment(row: cases::ContactMoment) -> ContactMomentItem {
    ContactMomentItem {
        id: row.id,
        result: row.result.to_string(),
        note: row.note,
        staff_id: row.staff_id,
        at: row.at,
    }
}

pub(crate) fn one_of<T: std::str::FromStr>(field: &str, word: &str) -> Result<T, Error> {
    word.parse()
        .map_err(|_| Error::invalid(field, "not_an_option"))
}
