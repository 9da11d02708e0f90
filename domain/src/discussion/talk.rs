//! Questions about a practice, and their answers.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait as _, EntityTrait as _, QueryFilter, QueryOrder,
    QuerySelect, Update,
    sea_query::{Expr, ExprTrait as _, Query, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{PlatformTx, Role, Tenant, TenantId, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    AnswerId, QuestionId,
    entity::{published_answer, published_question},
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    input,
    practices::{self, PublishedPractice},
    text::clean_text,
};

/// Longest question or answer, in characters.
const BODY_MAX: usize = 2_000;
/// Most questions, and most answers, of one municipality on a day: enough for a lively talk, too few to flood others.
const A_DAY_MAX: i64 = 30;
/// Most questions of a practice that are read.
const QUESTIONS_MAX: u64 = 100;

/// A question or an answer to write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PracticeTalkRequest)]
pub struct AnswerRequest {
    /// The text. It names nobody.
    #[serde(default)]
    #[schema(required = true, example = "Hoe doet u dat in de vakantie?")]
    pub body: String,
}

impl AnswerRequest {
    fn parse(&self, tenant: &Tenant) -> Result<String, Error> {
        let mut errors = FieldErrors::default();
        let body = input::required(clean_text(&self.body), BODY_MAX, "body", &mut errors);
        if practices::names_somebody(&body, &tenant.name) {
            errors.add("body", "personal_data");
        }
        errors.into_result()?;
        Ok(body)
    }
}

/// Who said something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PracticeSpeaker)]
pub struct Speaker {
    /// Municipality.
    pub municipality: String,
    /// Role there.
    pub role: Role,
    /// Name; only signed-in officials get it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Whether it is the municipality of the reader.
    pub own: bool,
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PracticeAnswer)]
pub struct Answer {
    /// Id.
    pub id: AnswerId,
    /// Who answered.
    #[serde(flatten)]
    pub by: Speaker,
    /// The text.
    pub body: String,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// Whether it is the answer that helped.
    pub accepted: bool,
}

/// A question with its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PracticeQuestion)]
pub struct Question {
    /// Id.
    pub id: QuestionId,
    /// Who asked.
    #[serde(flatten)]
    pub by: Speaker,
    /// The text.
    pub body: String,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// The answers: the accepted one first, then by time.
    pub answers: Vec<Answer>,
    /// Whether the reader may choose the answer that helped: who asked, and whose practice it is.
    pub may_accept: bool,
}

/// The questions of a practice, newest first, as `reader` sees them: nobody sees a name without signing in. Two statements.
pub async fn of_practice(
    tx: &PlatformTx,
    practice: &PublishedPractice,
    reader: Option<TenantId>,
    limit: Option<u64>,
) -> Result<Vec<Question>, Error> {
    use published_question::Column;

    let questions = tx
        .find::<published_question::Entity>()
        .filter(Column::Practice.eq(practice.id))
        .filter(Column::RemovedAt.is_null())
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(Ord::min(limit.unwrap_or(QUESTIONS_MAX), QUESTIONS_MAX))
        .all(tx)
        .await?;
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let answers = tx
        .find::<published_answer::Entity>()
        .filter(published_answer::Column::QuestionId.is_in(questions.iter().map(|one| one.id)))
        .filter(published_answer::Column::RemovedAt.is_null())
        .order_by_asc(published_answer::Column::At)
        .order_by_asc(published_answer::Column::Id)
        .all(tx)
        .await?;
    let mut by_question: HashMap<QuestionId, Vec<published_answer::Model>> = HashMap::new();
    for answer in answers {
        by_question
            .entry(answer.question_id)
            .or_default()
            .push(answer);
    }
    let speaker = |municipality, role, person, owner| Speaker {
        municipality,
        role,
        person: reader.map(|_| person),
        own: reader == Some(owner),
    };
    Ok((questions.into_iter())
        .map(|question| {
            let given = by_question.remove(&question.id).unwrap_or_default();
            let mut answers: Vec<Answer> = (given.into_iter())
                .map(|answer| Answer {
                    accepted: question.accepted_id == Some(answer.id),
                    id: answer.id,
                    by: speaker(
                        answer.municipality,
                        answer.role,
                        answer.person,
                        answer.owner,
                    ),
                    body: answer.body,
                    at: answer.at,
                })
                .collect();
            answers.sort_by_key(|answer| !answer.accepted);
            Question {
                id: question.id,
                may_accept: reader
                    .is_some_and(|reader| reader == question.owner || reader == practice.owner),
                by: speaker(
                    question.municipality,
                    question.role,
                    question.person,
                    question.owner,
                ),
                body: question.body,
                at: question.at,
                answers,
            }
        })
        .collect())
}

/// Refuses when a municipality said enough today.
async fn check_day(tx: &TenantTx, table: &'static str) -> Result<(), Error> {
    let since = tx.now() - TimeDelta::days(1);
    let mut said = Query::select();
    said.expr_as(Expr::col("id").count(), "count")
        .from(table)
        .and_where(Expr::col("owner").eq(tx.tenant()))
        .and_where(Expr::col("at").gt(since));
    let count: i64 = match tx.query_one(&said).await? {
        Some(row) => row.try_get("", "count")?,
        None => 0,
    };
    if count >= A_DAY_MAX {
        return Err(Error::refused(Code::TooManyRequests));
    }
    Ok(())
}

fn role(member: &StaffMember) -> Role {
    member.roles.first().copied().unwrap_or(Role::Employee)
}

/// Asks a question about a published practice.
///
/// # Errors
/// [`Error::Invalid`] also for a text that is about a person; [`Code::TooManyRequests`].
pub async fn ask(
    tx: &TenantTx,
    (tenant, member): (&Tenant, &StaffMember),
    practice: &PublishedPractice,
    request: &AnswerRequest,
) -> Result<QuestionId, Error> {
    let body = request.parse(tenant)?;
    check_day(tx, "published_question").await?;
    let id: QuestionId = tx.new_id();
    let row = published_question::ActiveModel {
        id: Set(id),
        owner: Set(tx.tenant()),
        practice: Set(practice.id),
        municipality: Set(tenant.name.clone()),
        role: Set(role(member)),
        person: Set(member.name.clone()),
        staff_id: Set(member.id),
        body: Set(body),
        at: Set(tx.now()),
        removed_at: Set(None),
        told_at: Set((practice.owner == tx.tenant()).then(|| tx.now())),
        accepted_id: Set(None),
    };
    published_question::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(id)
}

/// Answers a question of anybody about a published practice that the reader could read.
///
/// # Errors
/// As of [`ask`], and [`Error::NotFound`] for a question of another practice.
pub async fn answer(
    tx: &TenantTx,
    (tenant, member): (&Tenant, &StaffMember),
    practice: &PublishedPractice,
    question: QuestionId,
    request: &AnswerRequest,
) -> Result<AnswerId, Error> {
    let body = request.parse(tenant)?;
    check_day(tx, "published_answer").await?;
    let mut asked = question_of(tx, practice, question);
    asked.column("owner");
    let row = tx.query_one(&asked).await?.ok_or(Error::NotFound)?;
    let by: TenantId = row.try_get("", "owner")?;
    let id: AnswerId = tx.new_id();
    let row = published_answer::ActiveModel {
        id: Set(id),
        owner: Set(tx.tenant()),
        practice: Set(practice.id),
        question_id: Set(question),
        municipality: Set(tenant.name.clone()),
        role: Set(role(member)),
        person: Set(member.name.clone()),
        staff_id: Set(member.id),
        body: Set(body),
        at: Set(tx.now()),
        removed_at: Set(None),
        told_at: Set((by == tx.tenant()).then(|| tx.now())),
    };
    published_answer::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(id)
}

/// A question that still stands at a practice. It names who reads, as every statement of a municipality does.
fn question_of(
    tx: &TenantTx,
    practice: &PublishedPractice,
    question: QuestionId,
) -> SelectStatement {
    let mut found = Query::select();
    found
        .from("published_question")
        .and_where(Expr::col("id").eq(question))
        .and_where(Expr::col("practice").eq(practice.id))
        .and_where(Expr::col("removed_at").is_null())
        .and_where(Expr::val(tx.tenant()).is_not_null());
    found
}

/// Chooses the answer that helped: by who asked, or by whose practice it is. The same one again takes the choice back.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not choose, and for an answer to another question.
pub async fn accept(
    tx: &TenantTx,
    practice: &PublishedPractice,
    question: QuestionId,
    answer: AnswerId,
) -> Result<(), Error> {
    use published_question::Column;

    let mut given = Query::select();
    given
        .expr(Expr::val(1))
        .from("published_answer")
        .and_where(Expr::col("id").eq(answer))
        .and_where(Expr::col("question_id").eq(question))
        .and_where(Expr::col("removed_at").is_null());
    let mut owned = Query::select();
    owned
        .expr(Expr::val(1))
        .from("published_practice")
        .and_where(Expr::col(("published_practice", "id")).eq(practice.id))
        .and_where(Expr::col(("published_practice", "owner")).eq(tx.tenant()));
    let may = Condition::any()
        .add(Column::Owner.eq(tx.tenant()))
        .add(Expr::exists(owned));
    let chosen = Update::many(published_question::Entity)
        .col_expr(Column::AcceptedId, Expr::value(answer))
        .filter(Column::Id.eq(question))
        .filter(Column::Practice.eq(practice.id))
        .filter(Column::RemovedAt.is_null())
        .filter(may)
        .filter(Expr::exists(given))
        .exec(tx)
        .await?;
    if chosen.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}

/// Takes a question of one's own municipality away, with its answers.
///
/// # Errors
/// [`Error::NotFound`] also for the question of another municipality.
pub async fn remove_question(
    tx: &TenantTx,
    actor: &StaffMember,
    question: QuestionId,
) -> Result<(), Error> {
    use published_question::Column;

    let removed = Update::many(published_question::Entity)
        .col_expr(Column::RemovedAt, Expr::value(tx.now()))
        .col_expr(Column::Body, Expr::value(""))
        .col_expr(Column::Person, Expr::value(""))
        .filter(Column::Id.eq(question))
        .filter(Column::Owner.eq(tx.tenant()))
        .filter(Column::RemovedAt.is_null())
        .exec(tx)
        .await?;
    noted(
        tx,
        actor,
        removed.rows_affected,
        ("practiceQuestion", question.0),
    )
    .await
}

/// Takes an answer of one's own municipality away.
///
/// # Errors
/// [`Error::NotFound`] also for the answer of another municipality.
pub async fn remove_answer(
    tx: &TenantTx,
    actor: &StaffMember,
    answer: AnswerId,
) -> Result<(), Error> {
    use published_answer::Column;

    let removed = Update::many(published_answer::Entity)
        .col_expr(Column::RemovedAt, Expr::value(tx.now()))
        .col_expr(Column::Body, Expr::value(""))
        .col_expr(Column::Person, Expr::value(""))
        .filter(Column::Id.eq(answer))
        .filter(Column::Owner.eq(tx.tenant()))
        .filter(Column::RemovedAt.is_null())
        .exec(tx)
        .await?;
    noted(
        tx,
        actor,
        removed.rows_affected,
        ("practiceAnswer", answer.0),
    )
    .await
}

async fn noted(
    tx: &TenantTx,
    actor: &StaffMember,
    removed: u64,
    (kind, id): (&str, uuid::Uuid),
) -> Result<(), Error> {
    if removed == 0 {
        return Err(Error::NotFound);
    }
    let object = (kind, Some(id));
    audit::record(
        tx,
        Some(actor.id),
        Action::PracticeTalkRemove,
        object,
        json!({}),
    )
    .await
}

/// Takes a question or an answer of anybody away, by the operator of the platform.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn take_down(tx: &PlatformTx, id: uuid::Uuid) -> Result<(), Error> {
    use published_question::Column;

    let question = tx
        .update::<published_question::Entity>()
        .col_expr(Column::RemovedAt, Expr::value(tx.now()))
        .col_expr(Column::Body, Expr::value(""))
        .col_expr(Column::Person, Expr::value(""))
        .filter(Column::Id.eq(QuestionId(id)))
        .filter(Column::RemovedAt.is_null())
        .exec(tx)
        .await?;
    let answer = tx
        .update::<published_answer::Entity>()
        .col_expr(published_answer::Column::RemovedAt, Expr::value(tx.now()))
        .col_expr(published_answer::Column::Body, Expr::value(""))
        .col_expr(published_answer::Column::Person, Expr::value(""))
        .filter(published_answer::Column::Id.eq(AnswerId(id)))
        .filter(published_answer::Column::RemovedAt.is_null())
        .exec(tx)
        .await?;
    if question.rows_affected + answer.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}
