//! A case as programs read it.

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use domain::{
    Error,
    cases::{self, Case, CaseId, CaseView, ContactMoment},
    clocks::{self, ClockKind, LegalDeadline, words},
    deadlines::Explanation,
    files::FileDetail,
    intake::{self, AnswerItem, AnsweredForm},
    scores::{self, Score},
    submissions::Channel,
};
use serde::Serialize;
use tenants::{TenantTx, permission::may};
use utoipa::ToSchema;

use crate::{
    extract::{Site, Staff},
    problem::HandlerResult,
};

/// A case with everything the desk needs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CaseDetail {
    /// The case.
    #[serde(flatten)]
    case: CaseView,
    /// How it came in.
    channel: Channel,
    /// The form that was filled in.
    form: AnsweredForm,
    /// What is still kept of what the resident answered, in the order of the form. What was left open is not there.
    answers: Vec<AnswerItem>,
    /// The case that it was merged into, and that goes on for both.
    merged_into: Option<OtherCase>,
    /// The cases that were merged into it, what came in first on top.
    merged: Vec<OtherCase>,
    /// Calls and tries, newest first.
    contact_moments: Vec<ContactMoment>,
    /// What the resident thought of it.
    score: Option<Score>,
    /// Why it falls due when it does, day by day in the language of the caller.
    due_explanation: Vec<String>,
    /// The terms of the law; of a complaint only.
    legal: Vec<LegalDeadline>,
    /// Files that came with it.
    files: Vec<FileDetail>,
}

/// Another case, in short.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OtherCase {
    /// Id.
    id: CaseId,
    /// The number for on the phone.
    #[schema(example = "7K4H-9XTR")]
    reference: String,
    /// When it came in.
    received_at: DateTime<Utc>,
}

pub(super) fn other(case: &Case) -> OtherCase {
    OtherCase {
        id: case.id,
        reference: case.reference.clone(),
        received_at: case.received_at,
    }
}

pub(crate) async fn detail(tx: &TenantTx, case: Case, site: &Site) -> Result<CaseDetail, Error> {
    let language = site.language;
    let receipt = intake::of_case(tx, &case).await?;
    let clocks = clocks::of_case(tx, case.id).await?;
    // The last one: after a reopening the promise to call may have begun anew.
    let promised = clocks.iter().rev().find_map(|clock| match &clock.why {
        Explanation::Promise(due, _) if clock.clock.kind == ClockKind::Callback => Some(due),
        _ => None,
    });
    Ok(CaseDetail {
        channel: receipt.submission.channel,
        form: receipt.answered_form(language),
        answers: receipt.answers(language)?,
        due_explanation: promised
            .map_or_else(Vec::new, |due| words::due_explanation(due, language)),
        legal: (clocks.into_iter())
            // Those of merged cases stand with the clocks, each with its reference.
            .filter(|clock| clock.merged.is_none())
            .filter_map(|clock| clock.detail(tx.now(), site.tenant.zone, language).legal)
            .collect(),
        files: (receipt.files)
            .iter()
            .map(|file| file.detail(site.has_scanner()))
            .collect(),
        merged_into: cases::merged_into(tx, case.id)
            .await?
            .map(|(_, target)| other(&target)),
        merged: cases::merged_cases(tx, case.id)
            .await?
            .iter()
            .map(other)
            .collect(),
        contact_moments: cases::contact_moments(tx, case.id).await?,
        score: scores::given(tx, case.id).await?,
        case: CaseView::at(case, tx.now()),
    })
}

/// Does something with a case in one transaction, and answers with the case.
pub(super) async fn answer(
    staff: &Staff<may::HandleCases>,
    work: impl AsyncFnOnce(&TenantTx) -> Result<Case, Error>,
) -> HandlerResult {
    let tx = staff.write().await?;
    let case = work(&tx).await?;
    let body = detail(&tx, case, &staff.site).await?;
    tx.commit().await?;
    Ok(HttpResponse::Ok().json(body))
}
