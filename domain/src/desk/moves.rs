//! A case goes from one state of its workflow to another.
//!
//! The verbs of the desk carry the state with them; between them staff move a case by hand. Every move is checked here, whoever asks for it: that
//! the workflow has it, that it is open to the actor's roles, and that the case has what it needs. No move touches a clock: waiting for the
//! resident or for somebody else ends or suspends no term of the law by itself (Awb art. 9:11).

use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use serde::Deserialize;
use serde_json::{Value, json};
use tenants::{Role, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::actions::{record_apart, require_owner_or_lead, staff_text};
use crate::{
    Code, Error, FieldErrors,
    audit::Action,
    cases::{Case, CaseId, EventKind, NOTE_MAX, Outcome, change, entity::case_file::Column, get},
    clocks, text,
    workflow::{self, Move, Phase, Requirement, Workflow},
};

/// A move to another state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = MoveCaseRequest)]
pub struct MoveRequest {
    /// Code of the state to go to.
    #[serde(default)]
    #[schema(required = true, example = "waitingResident")]
    pub to: String,
    /// A note for colleagues; some moves need one.
    #[serde(default)]
    pub note: String,
    /// The lines of the checklist that were done, each as `<code of the state>.<number>`, counted from 0.
    #[serde(default)]
    pub checked: Vec<String>,
}

/// Moves a case to another state: its handler may, or a lead. Closing is not done this way but by [`super::close`].
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseNotYours`], [`Code::CaseClosed`], [`Code::CaseMerged`]; [`Code::Changed`] when a colleague was first;
/// [`Error::NotFound`].
pub async fn move_state(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    request: &MoveRequest,
) -> Result<Case, Error> {
    let case = require_owner_or_lead(tx, id, actor).await?;
    let mut errors = FieldErrors::default();
    let note = staff_text(&mut errors, "note", &request.note, NOTE_MAX);
    let Some(workflow) = workflow::version_of(tx, &case).await? else {
        return Err(Error::invalid("to", "no_workflow"));
    };
    let from = case.state.as_deref().unwrap_or_default();
    if text::optional(Some(&request.to)).is_none() {
        return Err(Error::invalid("to", "required_choice"));
    }
    if from == request.to {
        // The button was pressed twice.
        return Ok(case);
    }
    let Some(made) = workflow.move_between(from, &request.to) else {
        return Err(Error::invalid("to", "move_not_allowed"));
    };
    if workflow.closes(made) {
        return Err(Error::invalid("to", "move_closes"));
    }
    let given = Given {
        note: &note,
        checked: &request.checked,
    };
    check(tx, &case, (made, &actor.roles), &given, &mut errors).await?;
    errors.into_result()?;
    let moved = change(tx, id)
        .col_expr(Column::State, Expr::value(made.to.as_str()))
        .filter(Column::State.eq(from))
        .filter(Column::Status.eq(case.status))
        .exec(tx)
        .await?;
    if moved.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let logged = json!({ "from": from, "to": made.to });
    let mut told = told(&workflow, from, &made.to);
    if let (Value::Object(told), false) = (&mut told, note.is_empty()) {
        told.insert("reason".to_owned(), note.into());
    }
    let what = (EventKind::StateMoved, Action::CaseMove);
    record_apart(tx, id, actor, what, (told, logged)).await?;
    get(tx, id).await
}

/// What the timeline keeps of a move: the codes, and what the state was called.
fn told(workflow: &Workflow, from: &str, to: &str) -> Value {
    let label = workflow.state(to).map(|state| &state.label);
    json!({
        "from": from,
        "to": to,
        "nl": label.map(|label| &label.nl),
        "en": label.map(|label| &label.en),
    })
}

/// What was said with a move.
pub(super) struct Given<'a> {
    pub note: &'a str,
    pub checked: &'a [String],
}

/// Notes everything that keeps an actor from a move.
async fn check(
    tx: &TenantTx,
    case: &Case,
    (made, roles): (&Move, &[Role]),
    given: &Given<'_>,
    errors: &mut FieldErrors,
) -> Result<(), Error> {
    if !made.may(roles) {
        errors.add("to", "move_not_your_role");
    }
    for required in &made.required {
        let lacks = match required {
            Requirement::Category => case.category.is_none(),
            Requirement::Team => case.team_id.is_none(),
            Requirement::Story => case.story.trim().is_empty(),
            Requirement::Agreement => !clocks::has_agreement(tx, case.id).await?,
            Requirement::Note => {
                if given.note.is_empty() {
                    errors.add("note", "required");
                }
                false
            }
            // Closing asks for it anyway.
            Requirement::Outcome => false,
        };
        if lacks {
            errors.add("to", &format!("move_needs_{required}"));
        }
    }
    let is_done = |number: usize| given.checked.contains(&format!("{}.{number}", made.to));
    if !(0..made.checklist.len()).all(is_done) {
        errors.add("checked", "checklist_open");
    }
    Ok(())
}

/// The state in which a case is closed, which the workflow has to lead to: the one that was asked for, or else the one that fits the outcome. None
/// in the usual way.
pub(super) async fn ending(
    tx: &TenantTx,
    (case, actor): (&Case, &StaffMember),
    (asked, outcome): (&str, Outcome),
    given: &Given<'_>,
    errors: &mut FieldErrors,
) -> Result<Option<String>, Error> {
    let Some(workflow) = workflow::version_of(tx, case).await? else {
        return Ok(None);
    };
    let from = case.state.as_deref().unwrap_or_default();
    // Who took it back need not wait for a move.
    if outcome == Outcome::Withdrawn {
        return Ok(Some(workflow.after_withdrawal(from).to_owned()));
    }
    let ends: Vec<&Move> = workflow
        .moves_from(from)
        .filter(|one| workflow.closes(one))
        .collect();
    let fits = |one: &&&Move| {
        let phase = workflow.state(&one.to).map(|state| state.phase);
        (phase == Some(Phase::ReferredElsewhere)) == (outcome == Outcome::PassedOn)
    };
    let made = match text::optional(Some(asked)) {
        Some(asked) => ends.iter().find(|one| one.to == asked),
        None => (ends.iter().find(|one| fits(one) && one.may(&actor.roles)))
            .or_else(|| ends.iter().find(|one| one.may(&actor.roles)))
            .or_else(|| ends.first()),
    };
    let Some(made) = made else {
        errors.add("to", "no_end_from_here");
        return Ok(None);
    };
    check(tx, case, (made, &actor.roles), given, errors).await?;
    Ok(Some(made.to.clone()))
}

/// The state of a case after a verb that carries it along; the same when the workflow has none for it.
pub(crate) async fn carried(
    tx: &TenantTx,
    case: &Case,
    next: impl Fn(&Workflow, &str) -> Option<String>,
) -> Result<Option<String>, Error> {
    let Some(workflow) = workflow::version_of(tx, case).await? else {
        return Ok(None);
    };
    let now = case.state.as_deref().unwrap_or_default();
    Ok(next(&workflow, now).or_else(|| case.state.clone()))
}
