//! A case goes to another team or a colleague. Nothing that was promised waits for it.

use sea_orm::{
    ColumnTrait, Condition, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde::Deserialize;
use serde_json::json;
use tenants::{Permission, StaffId, TenantTx, permission, staff::StaffMember};
use utoipa::ToSchema;

use super::actions::{assignee_name, require_open, staff_text};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, Case, CaseId, CaseStatus, EventKind, REASON_MAX, Subject,
        entity::case_file::{self, Column},
        get, refuse_subject, seen_by,
    },
    inbox::{self, NoticeKind, Whom},
    teams::{self, StandIn, TeamId},
    text::{optional, read_choice},
};

/// To whom a case goes.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct HandOnRequest {
    /// The team that it belongs to from now on; it stays with its team when this is left out.
    #[schema(value_type = Option<TeamId>)]
    pub team_id: String,
    /// The colleague who works on it from now on; nobody when this is left out.
    #[schema(value_type = Option<StaffId>)]
    pub staff_id: String,
    /// What they need to know.
    pub note: String,
}

/// A team that can get messages and tasks, or what is wrong with it.
pub(crate) async fn read_team(
    tx: &TenantTx,
    errors: &mut FieldErrors,
    typed: &str,
) -> Result<Option<(TeamId, String)>, Error> {
    if optional(Some(typed)).is_none() {
        return Ok(None);
    }
    let Some(id) = read_choice::<TeamId>(errors, "teamId", typed) else {
        return Ok(None);
    };
    let name = teams::usable(tx, id).await?;
    if name.is_none() {
        errors.add("teamId", "not_an_option");
    }
    Ok(name.map(|name| (id, name)))
}

/// A colleague who may read and handle messages.
async fn handler(tx: &TenantTx, id: StaffId) -> Result<Option<StaffMember>, Error> {
    let found = tenants::staff::get(tx, id).await?;
    Ok(found.filter(|member| {
        member.active && permission::allowed(&member.roles, Permission::HandleCases)
    }))
}

/// Who gets what somebody gives to a colleague.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reached {
    /// The colleague, or their deputy while they are away; nobody when it stays with the team.
    pub(crate) colleague: Option<StaffMember>,
    /// The colleague who is away.
    pub(crate) away: Option<StaffId>,
}

/// A colleague who may read and handle messages, or what is wrong with them; while they are away their first deputy who may, and whom the case is
/// not about. Without one it stays with the team, or is refused when there is none: nothing goes to somebody who is away without a word.
pub(crate) async fn read_colleague(
    tx: &TenantTx,
    errors: &mut FieldErrors,
    (field, typed): (&str, &str),
    team: Option<TeamId>,
    case: Option<CaseId>,
) -> Result<Reached, Error> {
    if optional(Some(typed)).is_none() {
        return Ok(Reached::default());
    }
    let Some(id) = read_choice::<StaffId>(errors, field, typed) else {
        return Ok(Reached::default());
    };
    let Some(found) = handler(tx, id).await? else {
        errors.add(field, "not_an_option");
        return Ok(Reached::default());
    };
    let deputies = match teams::stand_in(tx, id, team).await? {
        StandIn::Themselves => {
            return Ok(Reached {
                colleague: Some(found),
                away: None,
            });
        }
        StandIn::Deputies(deputies) => deputies,
    };
    let mut colleague = None;
    for deputy in deputies {
        let Some(found) = handler(tx, deputy).await? else {
            continue;
        };
        let may_see = match case {
            Some(case) => seen_by(tx, &found, case).await?,
            None => true,
        };
        if may_see {
            colleague = Some(found);
            break;
        }
    }
    if colleague.is_none() && team.is_none() {
        errors.add(field, "colleague_away");
    }
    Ok(Reached {
        colleague,
        away: Some(id),
    })
}

/// To whom cases go: a team, a colleague or both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Receiver {
    /// The team that they belong to from now on; they stay with theirs without one.
    pub(crate) team: Option<(TeamId, String)>,
    /// The colleague who works on them from now on; nobody without one.
    pub(crate) colleague: Option<StaffMember>,
    /// Who was meant and is away.
    pub(crate) away: Option<StaffId>,
}

/// Hands cases on that were checked, and tells whoever gets them: however many there are, in the same few statements. Who takes them for
/// themselves claims them.
///
/// # Errors
/// [`Code::Changed`] when one of them was changed meanwhile.
pub(crate) async fn give(
    tx: &TenantTx,
    cases: &[Case],
    actor: &StaffMember,
    to: &Receiver,
    reason: &str,
) -> Result<(), Error> {
    let status = match to.colleague {
        Some(_) => CaseStatus::InProgress,
        None => CaseStatus::New,
    };
    let unchanged = cases.iter().fold(Condition::any(), |any, case| {
        any.add(Column::Id.eq(case.id).and(Column::Version.eq(case.version)))
    });
    let mut update = tx
        .update::<case_file::Entity>()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(
            Column::AssigneeId,
            Expr::value(to.colleague.as_ref().map(|colleague| colleague.id)),
        )
        .col_expr(Column::Status, Expr::value(status))
        .filter(unchanged);
    if let Some((team, _)) = &to.team {
        update = update.col_expr(Column::TeamId, Expr::value(*team));
    }
    let changed = update.exec(tx).await?.rows_affected;
    if usize::try_from(changed).map_err(Error::bug)? < cases.len() {
        return Err(Error::refused(Code::Changed));
    }
    let team = to.team.as_ref().map(|(id, _)| *id);
    let staff = to.colleague.as_ref().map(|colleague| colleague.id);
    let is_claim = team.is_none() && staff == Some(actor.id);
    let (event, action) = if is_claim {
        (EventKind::Claimed, Action::CaseClaim)
    } else {
        (EventKind::HandedOn, Action::CaseHandOn)
    };
    let told = json!({ "team": team, "staff": staff, "away": to.away, "reason": reason });
    let logged = json!({ "team": team, "staff": staff });
    let events = cases.iter().map(|case| (case.id, told.clone()));
    cases::record_events(tx, event, Some(actor.id), events).await?;
    let lines = (cases.iter())
        .map(|case| {
            let object = ("case", Some(case.id.0));
            audit::row(tx, Some(actor.id), action, object, logged.clone())
        })
        .collect();
    tx.insert_together(lines).await?;
    let whom = match (staff, team) {
        (Some(colleague), _) => Some(Whom::Staff(colleague)),
        (None, team) => team.map(Whom::Team),
    };
    if let Some(whom) = whom {
        let kind = NoticeKind::Assigned;
        inbox::notify_of_all(tx, |_| whom, kind, cases, Some(actor.id)).await?;
    }
    Ok(())
}

/// Gives an open case to a team by a rule; who works on it keeps it. The team hears of it when nobody has it.
///
/// # Errors
/// [`Code::CaseClosed`], [`Code::CaseMerged`]; [`Error::NotFound`] for a team that is no longer used; a refusal when the case is about the team.
pub(crate) async fn route(tx: &TenantTx, case: &Case, team: TeamId) -> Result<(), Error> {
    require_open(tx, case).await?;
    if case.team_id == Some(team) {
        return Ok(());
    }
    teams::usable(tx, team).await?.ok_or(Error::NotFound)?;
    refuse_subject(tx, case.id, Subject::Team(team)).await?;
    cases::change(tx, case.id)
        .col_expr(Column::TeamId, Expr::value(team))
        .exec(tx)
        .await?;
    cases::tell_handed_on(tx, case.id);
    if case.assignee_id.is_none() {
        let about = inbox::Subject::Case(case);
        inbox::notify(tx, Whom::Team(team), NoticeKind::Assigned, about, None).await?;
    }
    Ok(())
}

/// Hands a case on to a team, a colleague or both. Whoever works on it may, a lead may, and anybody may with a case that nobody has.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseNotYours`], [`Code::CaseClosed`], [`Code::CaseMerged`], [`Error::NotFound`].
pub async fn hand_on(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    request: &HandOnRequest,
) -> Result<Case, Error> {
    let case = get(tx, id).await?;
    require_open(tx, &case).await?;
    let is_lead = actor.roles.contains(&tenants::Role::Lead);
    if case.assignee_id.is_some_and(|other| other != actor.id) && !is_lead {
        let name = assignee_name(tx, &case).await?;
        return Err(Error::refused_because(Code::CaseNotYours, "name", name));
    }
    let mut errors = FieldErrors::default();
    let team = read_team(tx, &mut errors, &request.team_id).await?;
    let target = team.as_ref().map(|(id, _)| *id);
    let typed = ("staffId", request.staff_id.as_str());
    let own = target.or(case.team_id);
    let reached = read_colleague(tx, &mut errors, typed, own, Some(id)).await?;
    let to = Receiver {
        team: team.or(match (&reached.colleague, reached.away, case.team_id) {
            (None, Some(_), Some(own)) => teams::usable(tx, own).await?.map(|name| (own, name)),
            _ => None,
        }),
        colleague: reached.colleague,
        away: reached.away,
    };
    let reason = staff_text(&mut errors, "note", &request.note, REASON_MAX);
    if errors.is_empty() && to.team.is_none() && to.colleague.is_none() {
        errors.add("teamId", "team_or_colleague");
    }
    if let Some(colleague) = &to.colleague
        && !seen_by(tx, colleague, id).await?
    {
        errors.add("staffId", "about_colleague");
    }
    errors.into_result()?;
    if let Some((team, _)) = &to.team {
        refuse_subject(tx, id, Subject::Team(*team)).await?;
    }
    give(tx, &[case], actor, &to, &reason).await?;
    get(tx, id).await
}
