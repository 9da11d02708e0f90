//! A message turns out to be another kind than it was taken for.
//!
//! What becomes a complaint is one from the day it came in: the terms of Awb chapter 9 count from the first receipt. What stops being a
//! complaint does so because the resident wants that, never because it suits us: it is for the resident to say whether there is a complaint
//! (Awb art. 9:1), so the consent is kept with its day and place, and that is what stops the law's clocks.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use tenants::{TenantTx, staff::StaffMember};

use super::{
    actions::{check_text, require_owner_or_lead, required_reason},
    merge::first_receipt,
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, Case, CaseId, CaseStatus, EventKind, Kind, REASON_MAX, change,
        entity::case_file::Column, events, get, record_event,
    },
    clocks,
    workflow::{self, Chosen, Phase},
};

/// The resident's word that this is no complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// When the resident said so.
    pub agreed_on: NaiveDate,
    /// Where that is kept, so that it can be shown.
    pub kept_at: String,
}

/// Another kind for a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// Code of the kind it is.
    pub to: String,
    /// Why.
    pub reason: String,
    /// Needed for what stops being a complaint.
    pub consent: Option<Consent>,
}

/// Whether this very conversion was the last one: the button was pressed twice.
async fn is_done(
    tx: &TenantTx,
    case: &Case,
    actor: &StaffMember,
    why: &str,
) -> Result<bool, Error> {
    let events = events(tx, case.id).await?;
    let last = events
        .iter()
        .find(|event| event.kind == EventKind::Converted);
    Ok(last.is_some_and(|event| {
        let said = |key: &str| event.details.get(key).and_then(|value| value.as_str());
        event.actor_id == Some(actor.id)
            && said("to") == Some(workflow::code_of_case(case))
            && said("reason") == Some(why)
    }))
}

/// Where a case stands in the workflow of the kind it becomes: in the state that means the same, or else where it begins.
async fn state_after(tx: &TenantTx, case: &Case, chosen: &Chosen) -> Result<Option<String>, Error> {
    let now = workflow::version_of(tx, case).await?;
    let stands = |code: &String| now.as_ref()?.state(code).map(|state| state.phase);
    let phase = case.state.as_ref().and_then(stands).or(match case.status {
        CaseStatus::InProgress => Some(Phase::InHandling),
        _ => None,
    });
    let then = Case {
        workflow_version_id: chosen.workflow,
        ..case.clone()
    };
    let then = workflow::version_of(tx, &then).await?;
    let like = then.and_then(|then| Some(then.first_in(phase?)?.code.clone()));
    Ok(like.or_else(|| chosen.state.clone()))
}

/// Makes a case another kind: its handler may, or a lead. Doing the same again changes nothing.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseNotYours`], [`Code::CaseClosed`], [`Code::CaseMerged`]; [`Code::Changed`] when a colleague was first;
/// [`Error::NotFound`].
pub async fn convert(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    conversion: Conversion,
) -> Result<Case, Error> {
    let case = require_owner_or_lead(tx, id, actor).await?;
    cases::refuse_trial(&case)?;
    let mut errors = FieldErrors::default();
    let why = required_reason(&mut errors, "reason", &conversion.reason);
    let before = workflow::code_of_case(&case).to_owned();
    let chosen = match workflow::chosen_kind(tx, &conversion.to).await {
        Ok(chosen) => chosen,
        Err(Error::Invalid(unknown)) => {
            errors.extend(unknown);
            return Err(Error::Invalid(errors));
        }
        Err(error) => return Err(error),
    };
    if chosen.key() == before {
        if is_done(tx, &case, actor, &why).await? {
            return Ok(case);
        }
        errors.add("kind", "nothing_changes");
    }
    let leaves = case.kind == Kind::Complaint && chosen.kind != Kind::Complaint;
    let consent = conversion.consent.filter(|_| leaves);
    if leaves {
        match &consent {
            None => {
                errors.add("agreedOn", "required");
                errors.add("keptAt", "required");
            }
            Some(consent) => {
                let (first, today) = clocks::local_days(tx, case.received_at).await?;
                if consent.agreed_on > today {
                    errors.add("agreedOn", "in_future");
                } else if consent.agreed_on < first {
                    errors.add("agreedOn", "before_receipt");
                }
                if consent.kept_at.trim().is_empty() {
                    errors.add("keptAt", "required");
                }
                check_text(&mut errors, "keptAt", &consent.kept_at, REASON_MAX);
            }
        }
    }
    errors.into_result()?;
    let state = state_after(tx, &case, &chosen).await?;
    let converted = change(tx, id)
        .col_expr(Column::Kind, Expr::value(chosen.kind))
        .col_expr(Column::KindCode, Expr::value(chosen.code.as_deref()))
        .col_expr(Column::WorkflowVersionId, Expr::value(chosen.workflow))
        .col_expr(Column::State, Expr::value(state))
        .filter(Column::Version.eq(case.version))
        .filter(Column::Status.is_in(CaseStatus::OPEN))
        .exec(tx)
        .await?;
    if converted.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let converted = get(tx, id).await?;
    if let Some(consent) = &consent {
        let kept_at = consent.kept_at.trim();
        clocks::stop_legal_clocks(tx, id, actor.id, consent.agreed_on, kept_at).await?;
    } else if chosen.kind == Kind::Complaint && case.kind != Kind::Complaint {
        let received = first_receipt(tx, &converted).await?;
        clocks::start_legal_clocks(tx, id, received).await?;
    }
    clocks::reassess_promises(tx, &converted, actor.id).await?;
    let details = json!({
        "from": before,
        "to": chosen.key(),
        "reason": why,
        "agreedOn": consent.as_ref().map(|consent| consent.agreed_on),
        "keptAt": consent.as_ref().map(|consent| consent.kept_at.trim()),
    });
    record_event(tx, id, EventKind::Converted, Some(actor.id), details).await?;
    let object = ("case", Some(id.0));
    let details = json!({ "from": before, "to": chosen.key() });
    audit::record(tx, Some(actor.id), Action::CaseConvert, object, details).await?;
    get(tx, id).await
}
