//! What another team or a colleague is asked about a case: a question with a day, and its answer. The promise to the resident does not wait
//! for it.

pub(crate) mod entity;

use chrono_tz::Tz;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, NullOrdering, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{StaffId, TenantTx, staff::StaffMember, tenant_owned, typed_id};
use utoipa::ToSchema;

use self::entity::Column;
pub use self::entity::Model as Task;
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, CaseId, Viewer,
        entity::case_file,
        record::{Columns, Row, part},
    },
    desk::{read_colleague, read_team},
    inbox::{self, NoticeKind, Whom},
    teams::{self, TeamId},
    text::{clean_text, read_day},
};

typed_id! {
    /// What a team or a colleague was asked about a case.
    TaskId
}

tenant_owned!(entity);

/// Longest question and answer, in characters.
const TEXT_MAX: usize = 2_000;
/// Most tasks in the list of somebody.
const SHOWN: u64 = 200;

/// What to ask, and whom: a team or a colleague.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TaskRequest {
    /// The question.
    #[serde(default)]
    #[schema(example = "Wanneer ligt de tegel weer recht?", required = true)]
    pub question: String,
    /// The team that is asked.
    #[serde(default)]
    #[schema(value_type = Option<TeamId>)]
    pub team_id: String,
    /// The colleague who is asked.
    #[serde(default)]
    #[schema(value_type = Option<StaffId>)]
    pub staff_id: String,
    /// The last day for an answer.
    #[serde(default)]
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub due_on: String,
}

/// An answer to a question.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct AnswerRequest {
    /// The answer.
    #[schema(example = "Donderdag.", required = true)]
    pub answer: String,
}

fn read_text(errors: &mut FieldErrors, field: &str, typed: &str) -> String {
    let text = clean_text(typed);
    if typed.contains('\0') {
        errors.add(field, "unreadable");
    } else if text.is_empty() {
        errors.add(field, "required");
    } else if text.chars().count() > TEXT_MAX {
        errors.add_with(field, "too_long", "max", TEXT_MAX);
    }
    text
}

/// Asks a team or a colleague something about an open case. A rule asks in nobody's name.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::CaseClosed`].
pub async fn ask(
    tx: &TenantTx,
    case: CaseId,
    actor: Option<&StaffMember>,
    request: &TaskRequest,
    zone: Tz,
) -> Result<Task, Error> {
    let actor = actor.map(|actor| actor.id);
    let found = cases::get(tx, case).await?;
    if !found.status.is_open() {
        return Err(Error::refused(Code::CaseClosed));
    }
    let mut errors = FieldErrors::default();
    let question = read_text(&mut errors, "question", &request.question);
    let team = read_team(tx, &mut errors, &request.team_id).await?;
    let typed = ("staffId", request.staff_id.as_str());
    let colleague = read_colleague(tx, &mut errors, typed, None, Some(case))
        .await?
        .colleague;
    if errors.is_empty() && team.is_some() == colleague.is_some() {
        errors.add("teamId", "team_or_one_colleague");
    }
    if let Some(colleague) = &colleague
        && !cases::seen_by(tx, colleague, case).await?
    {
        errors.add("staffId", "about_colleague");
    }
    let due_on = read_day(&mut errors, "dueOn", Some(&request.due_on));
    if due_on.is_some_and(|day| day < tx.now().with_timezone(&zone).date_naive()) {
        errors.add("dueOn", "in_past");
    }
    errors.into_result()?;
    if let Some((team, _)) = &team {
        cases::refuse_subject(tx, case, cases::Subject::Team(*team)).await?;
    }
    let task = tx
        .insert(entity::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            case_id: Set(case),
            asked_by: Set(actor),
            team_id: Set(team.map(|(id, _)| id)),
            staff_id: Set(colleague.map(|colleague| colleague.id)),
            question: Set(question),
            due_on: Set(due_on),
            asked_at: Set(tx.now()),
            answer: Set(String::new()),
            answered_by: Set(None),
            answered_at: Set(None),
        })
        .await?;
    let object = ("case", Some(case.0));
    let details = json!({ "task": task.id, "team": task.team_id, "staff": task.staff_id });
    audit::record(tx, actor, Action::TaskAsk, object, details).await?;
    let whom = (task.staff_id.map(Whom::Staff)).or(task.team_id.map(Whom::Team));
    if let Some(whom) = whom {
        let about = inbox::Subject::Case(&found);
        inbox::notify(tx, whom, NoticeKind::Task, about, actor).await?;
    }
    Ok(task)
}

/// The tasks for somebody: for themselves or one of their teams.
fn for_member(tx: &TenantTx, member: StaffId) -> Condition {
    Condition::any()
        .add(Column::StaffId.eq(member))
        .add(Column::TeamId.in_subquery(teams::ids_of(tx, member)))
}

/// Answers a question, once. Whoever was asked may, by name or in a team; so may whoever asked, who heard it another way, and a lead.
///
/// # Errors
/// [`Error::Invalid`], [`Code::TaskAnswered`], [`Error::NotFound`] also for a task of others.
pub async fn answer(
    tx: &TenantTx,
    id: TaskId,
    actor: &StaffMember,
    request: &AnswerRequest,
) -> Result<Task, Error> {
    let mut found = tx.find::<entity::Entity>().filter(Column::Id.eq(id));
    if !actor.roles.contains(&tenants::Role::Lead) {
        found = found.filter(for_member(tx, actor.id).add(Column::AskedBy.eq(actor.id)));
    }
    let task = found.one(tx).await?.ok_or(Error::NotFound)?;
    if !cases::seen_by(tx, actor, task.case_id).await? {
        return Err(Error::NotFound);
    }
    let mut errors = FieldErrors::default();
    let answer = read_text(&mut errors, "answer", &request.answer);
    errors.into_result()?;
    let answered = tx
        .update::<entity::Entity>()
        .col_expr(Column::Answer, Expr::value(answer.as_str()))
        .col_expr(Column::AnsweredBy, Expr::value(actor.id))
        .col_expr(Column::AnsweredAt, Expr::value(tx.now()))
        .filter(Column::Id.eq(id))
        .filter(Column::AnsweredAt.is_null())
        .exec(tx)
        .await?;
    if answered.rows_affected == 0 {
        return Err(Error::refused(Code::TaskAnswered));
    }
    let object = ("case", Some(task.case_id.0));
    audit::record(
        tx,
        Some(actor.id),
        Action::TaskAnswer,
        object,
        json!({ "task": id }),
    )
    .await?;
    Ok(Task {
        answer,
        answered_by: Some(actor.id),
        answered_at: Some(tx.now()),
        ..task
    })
}

/// The tasks of a case, newest first.
pub async fn of_case(tx: &TenantTx, case: CaseId, limit: Option<u64>) -> Result<Vec<Task>, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(Column::CaseId.eq(case))
        .order_by_desc(Column::AskedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// A task with what its case is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TaskItem)]
pub struct OwnTask {
    /// The task.
    #[serde(flatten)]
    pub task: Task,
    /// The number of its case.
    #[schema(example = "7K4H-9XTR")]
    pub reference: String,
    /// What the case is about, in a sentence.
    pub title: String,
}

/// What somebody is asked and did not answer yet, by name or in a team, and what they asked themselves: what is due first on top.
pub async fn own(
    tx: &TenantTx,
    member: &StaffMember,
    limit: Option<u64>,
) -> Result<Vec<OwnTask>, Error> {
    let seen = tx
        .find::<case_file::Entity>()
        .select_only()
        .column(case_file::Column::Id)
        .filter(Viewer::of(member).may_see(tx))
        .into_query();
    let tasks = tx
        .find::<entity::Entity>()
        .filter(Column::AnsweredAt.is_null())
        .filter(for_member(tx, member.id).add(Column::AskedBy.eq(member.id)))
        .filter(Column::CaseId.in_subquery(seen))
        .order_by_with_nulls(Column::DueOn, sea_orm::Order::Asc, NullOrdering::Last)
        .order_by_asc(Column::AskedAt)
        .limit(limit.unwrap_or(SHOWN).min(SHOWN))
        .all(tx)
        .await?;
    if tasks.is_empty() {
        return Ok(Vec::new());
    }
    let cases = cases::by_ids(tx, tasks.iter().map(|task| task.case_id)).await?;
    Ok(tasks
        .into_iter()
        .filter_map(|task| {
            let case = cases.iter().find(|case| case.id == task.case_id)?;
            Some(OwnTask {
                reference: case.reference.clone(),
                title: case.title.clone(),
                task,
            })
        })
        .collect())
}

/// The tasks of a case, for [`crate::cases::record`].
pub(crate) fn record_part(tx: &TenantTx, case: CaseId) -> SelectStatement {
    let rows = tx.find::<entity::Entity>().filter(Column::CaseId.eq(case));
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        case: Some(Expr::col(Column::CaseId)),
        at: Some(Expr::col(Column::AskedAt)),
        staff: Some(Expr::col(Column::AskedBy)),
        other: Some(Expr::col(Column::StaffId)),
        team: Some(Expr::col(Column::TeamId)),
        text: Some(Expr::col(Column::Question)),
        more: Some(Expr::col(Column::Answer)),
        day: Some(Expr::col(Column::DueOn)),
        end: Some(Expr::col(Column::AnsweredAt)),
        third: Some(Expr::col(Column::AnsweredBy)),
        ..Columns::default()
    };
    part("task", rows, columns)
}

/// The task of a row of [`record_part`].
pub(crate) fn of_row(tx: &TenantTx, row: Row) -> Result<Task, Error> {
    Ok(Task {
        tenant_id: tx.tenant(),
        id: row.id.into(),
        case_id: row.case.ok_or_else(|| Error::bug("a task of no case"))?,
        asked_by: row.staff,
        team_id: row.team,
        staff_id: row.other,
        question: row.text,
        due_on: row.day,
        asked_at: row.at,
        answer: row.more,
        answered_by: row.third,
        answered_at: row.end,
    })
}

/// Erases what was asked and answered about a case.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    tx.update::<entity::Entity>()
        .col_expr(Column::Question, Expr::value(""))
        .col_expr(Column::Answer, Expr::value(""))
        .filter(Column::CaseId.eq(case))
        .exec(tx)
        .await?;
    Ok(())
}
