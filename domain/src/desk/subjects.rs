//! Whom a message is about: that colleague or team has no part in it (Awb art. 9:7), until a lead lifts that with a reason.

use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde::Deserialize;
use serde_json::json;
use tenants::{Role, StaffId, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::actions::required_reason;
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, CaseId, CaseStatus, CaseSubject, EventKind, Subject, SubjectId, Viewer, change,
        entity::case_file::Column, record_event,
    },
    teams,
};

/// Whom a message is about: a colleague or a team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct SubjectRequest {
    /// `staff:` or `team:` with an id.
    #[schema(example = "team:0190a1b2-0000-7000-8000-000000000000", required = true)]
    pub subject: String,
}

impl SubjectRequest {
    /// The colleague or team, when it works here.
    async fn parse(&self, tx: &TenantTx) -> Result<Subject, Error> {
        let unknown = || Error::invalid("subject", "not_an_option");
        let subject = match self.subject.trim().split_once(':') {
            Some(("staff", id)) => Subject::Colleague(id.parse().map_err(|_| unknown())?),
            Some(("team", id)) => Subject::Team(id.parse().map_err(|_| unknown())?),
            _ if self.subject.trim().is_empty() => {
                return Err(Error::invalid("subject", "required_choice"));
            }
            _ => return Err(unknown()),
        };
        let is_known = match subject {
            Subject::Colleague(id) => tenants::staff::get(tx, id).await?.is_some(),
            Subject::Team(id) => teams::usable(tx, id).await?.is_some(),
        };
        if is_known {
            Ok(subject)
        } else {
            Err(unknown())
        }
    }
}

/// Says whom a message is about. Whoever it is about loses it at once: it is nobody's, and belongs to no such team. Saying it twice is fine.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`].
pub async fn name_subject(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    request: &SubjectRequest,
) -> Result<CaseSubject, Error> {
    let case = cases::seen(tx, Viewer::of(actor), id).await?;
    let subject = request.parse(tx).await?;
    let same = |row: &CaseSubject| {
        let is = match subject {
            Subject::Colleague(staff) => row.staff_id == Some(staff),
            Subject::Team(team) => row.team_id == Some(team),
        };
        is && row.lifted_at.is_none()
    };
    if let Some(known) = cases::subjects(tx, id).await?.into_iter().find(same) {
        return Ok(known);
    }
    let added = cases::add_subject(tx, id, Some(actor.id), subject).await?;
    let is_handlers = match (subject, case.assignee_id) {
        (_, None) => false,
        (Subject::Colleague(staff), Some(handler)) => staff == handler,
        (Subject::Team(team), Some(handler)) => (teams::teams(tx, None).await?.iter())
            .any(|known| known.id == team && known.members.contains(&handler)),
    };
    if is_handlers && case.status == CaseStatus::InProgress {
        change(tx, id)
            .col_expr(Column::AssigneeId, Expr::value(None::<StaffId>))
            .col_expr(Column::Status, Expr::value(CaseStatus::New))
            .filter(Column::Status.eq(CaseStatus::InProgress))
            .exec(tx)
            .await?;
    }
    if let (Subject::Team(team), Some(own)) = (subject, case.team_id)
        && team == own
    {
        change(tx, id)
            .col_expr(Column::TeamId, Expr::value(None::<teams::TeamId>))
            .exec(tx)
            .await?;
    }
    note(tx, id, actor, ("named", Action::CaseSubjectName), "").await?;
    Ok(added)
}

/// Lets whom a message is about see it all the same. Only a lead may, with a reason, and never for oneself or one's own team.
///
/// # Errors
/// [`Error::Invalid`], [`Code::NotAllowed`], [`Code::Changed`], [`Error::NotFound`].
pub async fn lift_subject(
    tx: &TenantTx,
    id: SubjectId,
    actor: &StaffMember,
    reason: &str,
) -> Result<CaseId, Error> {
    let subject = cases::subject(tx, id).await?;
    cases::seen(tx, Viewer::of(actor), subject.case_id).await?;
    if !actor.roles.contains(&Role::Lead) {
        return Err(Error::refused(Code::NotAllowed));
    }
    let own_team = match subject.team_id {
        Some(team) => (teams::teams(tx, None).await?.iter())
            .any(|known| known.id == team && known.members.contains(&actor.id)),
        None => false,
    };
    if subject.staff_id == Some(actor.id) || own_team {
        return Err(Error::refused(Code::NotAllowed));
    }
    let mut errors = FieldErrors::default();
    let reason = required_reason(&mut errors, "liftReason", reason);
    errors.into_result()?;
    if !cases::lift(tx, id, actor.id, &reason).await? {
        return Err(Error::refused(Code::Changed));
    }
    let what = ("lifted", Action::CaseSubjectLift);
    note(tx, subject.case_id, actor, what, &reason).await?;
    Ok(subject.case_id)
}

async fn note(
    tx: &TenantTx,
    case: CaseId,
    actor: &StaffMember,
    (what, action): (&str, Action),
    reason: &str,
) -> Result<(), Error> {
    let details = json!({ "what": what, "reason": reason });
    record_event(tx, case, EventKind::Subject, Some(actor.id), details).await?;
    let object = ("case", Some(case.0));
    audit::record(tx, Some(actor.id), action, object, json!({})).await
}
