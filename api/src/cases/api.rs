//! The desk over the API.

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, Utc};
use domain::{
    Error,
    cases::{self, Case, CaseId, Closing, ContactResult, Filter, Kind, NewContact, Outcome},
    files, scores,
    sla::{self, ClockKind, Why},
};
use serde::{Deserialize, Serialize};
use tenants::permission::may;
use utoipa::{IntoParams, ToSchema};

use super::{decode, encode};
use crate::{
    extract::{Ask, Id, Input, Site, Staff},
    files::api::{FileItem, item as file_item},
    idempotent::{Created, Creating},
    problem::{Problem, ProblemDocument},
    sla::{
        deadlines_api::{LegalItem, legal_item},
        view::explanation,
    },
};

/// Most cases in one answer.
const PAGE_MAX: u64 = 100;

/// Which cases to list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub struct CaseQuery {
    /// `open` (the default) or `closed`.
    state: Option<String>,
    /// `complaint`, `tip` or `compliment`.
    kind: Option<String>,
    /// `me`, `nobody`, or anybody when left out.
    assignee: Option<String>,
    /// Only those whose promise is past due.
    late: Option<bool>,
    /// Words in the title, or a reference.
    text: Option<String>,
    /// Where to go on: `nextCursor` of the answer before.
    cursor: Option<String>,
    /// At most so many, 1 to 100; 25 by default.
    limit: Option<u64>,
}

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
    /// The message in a sentence.
    title: String,
    /// `new`, `inProgress` or `closed`.
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

/// A piece of the queue.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseList {
    /// The cases, what falls due first on top.
    items: Vec<CaseItem>,
    /// Where the next piece begins; none at the end.
    next_cursor: Option<String>,
}

/// A case with everything the desk needs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseDetail {
    /// The case.
    #[serde(flatten)]
    item: CaseItem,
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

/// A contact to log.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ContactMomentRequest {
    /// `noAnswer`, `messageLeft`, `conversation` or `mailSent`.
    #[schema(example = "conversation")]
    result: String,
    /// What was said; needed after a conversation.
    #[serde(default)]
    note: String,
    /// When it was, if not just now.
    at: Option<DateTime<Utc>>,
}

/// How a case ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CloseRequest {
    /// `solvedTogether`, `explained`, `passedOn`, `withdrawn` or `notReached`.
    #[schema(example = "solvedTogether")]
    outcome: String,
    /// What was agreed.
    #[serde(default)]
    note: String,
}

fn item(case: &Case, now: DateTime<Utc>) -> CaseItem {
    CaseItem {
        id: case.id,
        reference: case.reference.clone(),
        kind: case.kind.to_string(),
        title: case.title.clone(),
        status: case.status.to_string(),
        assignee_id: case.assignee_id,
        received_at: case.received_at,
        due_at: case.due_at,
        contacted_at: case.contacted_at,
        closed_at: case.closed_at,
        late: cases::standing(case, now) == cases::Standing::Late,
    }
}

async fn detail(tx: &tenants::TenantTx, case: Case, site: &Site) -> Result<CaseDetail, Error> {
    let language = site.language;
    let files = files::of_submission(tx, case.submission_id).await?;
    let clocks = sla::of_case(tx, case.id).await?;
    let promised = clocks.iter().find_map(|clock| match &clock.why {
        Why::Promise(due, _) if clock.clock.kind == ClockKind::Callback => Some(due),
        _ => None,
    });
    Ok(CaseDetail {
        due_explanation: promised.map_or_else(Vec::new, |due| explanation(due, language)),
        legal: clocks
            .iter()
            .filter_map(|clock| match &clock.why {
                Why::Law(term, dates) => Some(legal_item(*term, dates)),
                Why::Promise(..) => None,
            })
            .collect(),
        files: files
            .iter()
            .map(|file| file_item(file, site.house.scanner.is_some()))
            .collect(),
        item: item(&case, tx.now()),
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
    })
}

fn moment(row: cases::ContactMoment) -> ContactMomentItem {
    ContactMomentItem {
        id: row.id,
        result: row.result.to_string(),
        note: row.note,
        staff_id: row.staff_id,
        at: row.at,
    }
}

fn one_of<T: std::str::FromStr>(field: &str, word: &str) -> Result<T, Error> {
    word.parse()
        .map_err(|_| Error::invalid(field, "not_an_option"))
}

/// The queue
#[utoipa::path(tag = "cases", operation_id = "listCases", params(CaseQuery), security(("bearer" = [])), responses((status = 200, description = "A piece of the queue", body = CaseList)))]
#[get("/cases")]
pub async fn list(
    staff: Staff<may::ReadCases>,
    query: Ask<CaseQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.0;
    let mut errors = domain::FieldErrors::default();
    let limit = query.limit.unwrap_or(25);
    if !(1..=PAGE_MAX).contains(&limit) {
        errors.add_with("limit", "out_of_range", "max", PAGE_MAX);
    }
    let kind = query.kind.as_deref().map(str::parse::<Kind>).transpose();
    if kind.is_err() {
        errors.add("kind", "not_an_option");
    }
    if !matches!(query.state.as_deref(), None | Some("open" | "closed")) {
        errors.add("state", "not_an_option");
    }
    if !matches!(query.assignee.as_deref(), None | Some("me" | "nobody")) {
        errors.add("assignee", "not_an_option");
    }
    let after = query.cursor.as_deref().map(decode).transpose();
    if after.is_err() {
        errors.add("cursor", "cursor_unusable");
    }
    errors.into_result()?;
    let tx = staff.read().await?;
    let filter = Filter {
        closed: query.state.as_deref() == Some("closed"),
        kind: kind.unwrap_or_default(),
        assignee: (query.assignee.as_deref() == Some("me")).then_some(staff.member().id),
        unassigned: query.assignee.as_deref() == Some("nobody"),
        late_at: query.late.unwrap_or_default().then_some(tx.now()),
        text: query.text,
    };
    let page = cases::list(&tx, &filter, after.unwrap_or_default().as_ref(), limit).await?;
    Ok(HttpResponse::Ok().json(CaseList {
        items: page.cases.iter().map(|case| item(case, tx.now())).collect(),
        next_cursor: page.next.as_ref().map(encode),
    }))
}

/// A case
#[utoipa::path(tag = "cases", operation_id = "getCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses((status = 200, description = "The case", body = CaseDetail)))]
#[get("/cases/{id}")]
pub async fn get(staff: Staff<may::ReadCases>, id: Id<CaseId>) -> Result<HttpResponse, Problem> {
    let tx = staff.read().await?;
    let case = cases::get(&tx, id.0).await?;
    Ok(HttpResponse::Ok().json(detail(&tx, case, &staff.site).await?))
}

/// Claim a case
///
/// Of two who claim at once one wins; the other gets `case-claimed` with the name of the colleague.
#[utoipa::path(tag = "cases", operation_id = "claimCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses(
    (status = 200, description = "It is yours", body = CaseDetail),
    (status = 409, description = "A colleague was first, or it is closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_claim")]
pub async fn claim(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let case = cases::claim(&tx, id.0, staff.member()).await?;
    let body = detail(&tx, case, &staff.site).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// Put a case back
#[utoipa::path(tag = "cases", operation_id = "releaseCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), security(("bearer" = [])), responses(
    (status = 200, description = "It is nobody's again", body = CaseDetail),
    (status = 409, description = "It is a colleague's, or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_release")]
pub async fn release(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
) -> Result<HttpResponse, Problem> {
    let tx = staff.write().await?;
    let case = cases::release(&tx, id.0, staff.member()).await?;
    let body = detail(&tx, case, &staff.site).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}

/// Log a call, a try or a mail
///
/// The callback clock stops at the first contact that reaches the resident.
#[utoipa::path(tag = "cases", operation_id = "createContactMoment", params(
    ("id" = uuid::Uuid, Path, description = "Id of the case"),
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = ContactMomentRequest, security(("bearer" = [])), responses(
    (status = 201, description = "Logged", body = ContactMomentItem),
    (status = 409, description = "It is a colleague's, or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/contact-moments")]
pub async fn log_contact(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    creating: Creating<ContactMomentRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, request: ContactMomentRequest| {
                let contact = NewContact {
                    result: one_of::<ContactResult>("result", &request.result)?,
                    note: request.note,
                    at: request.at,
                };
                let logged = cases::log_contact(tx, id.0, actor, contact).await?;
                let row = cases::contact_moments(tx, id.0)
                    .await?
                    .into_iter()
                    .find(|row| row.id == logged)
                    .ok_or_else(|| Error::bug("a contact moment is gone"))?;
                Ok(Created {
                    body: moment(row),
                    location: Some(format!("/api/v1/cases/{}", id.0)),
                })
            },
        )
        .await
}

/// Close a case
///
/// The resident is invited to give a score.
#[utoipa::path(tag = "cases", operation_id = "closeCase", params(("id" = uuid::Uuid, Path, description = "Id of the case")), request_body = CloseRequest, security(("bearer" = [])), responses(
    (status = 200, description = "Closed", body = CaseDetail),
    (status = 409, description = "Nobody spoke with the resident yet, it is a colleague's, or closed", body = ProblemDocument, content_type = "application/problem+json"),
))]
#[post("/cases/{id}/_close")]
pub async fn close(
    staff: Staff<may::HandleCases>,
    id: Id<CaseId>,
    request: Input<CloseRequest>,
) -> Result<HttpResponse, Problem> {
    let closing = Closing {
        outcome: one_of::<Outcome>("outcome", &request.0.outcome)?,
        note: request.0.note,
    };
    let tx = staff.write().await?;
    let case = cases::close(&tx, id.0, staff.member(), closing, staff.site.links()).await?;
    let body = detail(&tx, case, &staff.site).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}
