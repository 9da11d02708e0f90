//! Questions about a practice, and their answers.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait as _, EntityTrait as _, QueryFilter, QueryOrder,
    QuerySelect, Update, UpdateMany,
    sea_query::{Expr, ExprTrait as _, Query},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{PlatformTx, Role, Tenant, TenantId, TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    TalkId,
    entity::published_talk::{self, Column, Model as Said},
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

impl Speaker {
    /// Who said something, as `reader` sees it: nobody sees a name without signing in.
    fn of(said: &Said, reader: Option<TenantId>) -> Self {
        Self {
            municipality: said.municipality.clone(),
            role: said.role,
            person: reader.map(|_| said.person.clone()),
            own: reader == Some(said.owner),
        }
    }
}

/// An answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PracticeAnswer)]
pub struct Answer {
    /// Id.
    pub id: TalkId,
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
    pub id: TalkId,
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

/// The questions of a practice, newest first, as `reader` sees them. Two statements.
pub async fn of_practice(
    tx: &PlatformTx,
    practice: &PublishedPractice,
    reader: Option<TenantId>,
    limit: Option<u64>,
) -> Result<Vec<Question>, Error> {
    let questions = tx
        .find::<published_talk::Entity>()
        .filter(Column::Practice.eq(practice.id))
        .filter(Column::QuestionId.is_null())
        .filter(Column::RemovedAt.is_null())
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(Ord::min(limit.unwrap_or(QUESTIONS_MAX), QUESTIONS_MAX))
        .all(tx)
        .await?;
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let given = tx
        .find::<published_talk::Entity>()
        .filter(Column::QuestionId.is_in(questions.iter().map(|one| one.id)))
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::At)
        .order_by_asc(Column::Id)
        .all(tx)
        .await?;
    let mut by_question: HashMap<Option<TalkId>, Vec<Said>> = HashMap::new();
    for answer in given {
        by_question
            .entry(answer.question_id)
            .or_default()
            .push(answer);
    }
    let question = |question: Said| {
        let given = by_question.remove(&Some(question.id)).unwrap_or_default();
        let mut answers: Vec<Answer> = (given.into_iter())
            .map(|answer| Answer {
                id: answer.id,
                by: Speaker::of(&answer, reader),
                accepted: question.accepted_id == Some(answer.id),
                body: answer.body,
                at: answer.at,
            })
            .collect();
        answers.sort_by_key(|answer| !answer.accepted);
        let chooses = |reader| reader == question.owner || reader == practice.owner;
        Question {
            id: question.id,
            may_accept: reader.is_some_and(chooses),
            by: Speaker::of(&question, reader),
            body: question.body,
            at: question.at,
            answers,
        }
    };
    Ok(questions.into_iter().map(question).collect())
}

/// Refuses when a municipality asked, or answered, enough today.
async fn check_day(tx: &TenantTx, asks: bool) -> Result<(), Error> {
    let since = tx.now() - TimeDelta::days(1);
    let question = Expr::col("question_id");
    let mut said = Query::select();
    said.expr_as(Expr::col("id").count(), "count")
        .from("published_talk")
        .and_where(Expr::col("owner").eq(tx.tenant()))
        .and_where(Expr::col("at").gt(since))
        .and_where(if asks {
            question.is_null()
        } else {
            question.is_not_null()
        });
    let count: i64 = match tx.query_one(&said).await? {
        Some(row) => row.try_get("", "count")?,
        None => 0,
    };
    if count >= A_DAY_MAX {
        return Err(Error::refused(Code::TooManyRequests));
    }
    Ok(())
}

/// Says something: a question, or an answer to the question of somebody, who is told.
async fn say(
    tx: &TenantTx,
    (tenant, member): (&Tenant, &StaffMember),
    practice: &PublishedPractice,
    question: Option<(TalkId, TenantId)>,
    request: &AnswerRequest,
) -> Result<TalkId, Error> {
    let body = request.parse(tenant)?;
    check_day(tx, question.is_none()).await?;
    let id: TalkId = tx.new_id();
    let told = question.map_or(practice.owner, |(_, asker)| asker);
    let row = published_talk::ActiveModel {
        id: Set(id),
        owner: Set(tx.tenant()),
        practice: Set(practice.id),
        question_id: Set(question.map(|(id, _)| id)),
        municipality: Set(tenant.name.clone()),
        role: Set(member.roles.first().copied().unwrap_or(Role::Employee)),
        person: Set(member.name.clone()),
        staff_id: Set(member.id),
        body: Set(body),
        at: Set(tx.now()),
        removed_at: Set(None),
        told_at: Set((told == tx.tenant()).then(|| tx.now())),
        accepted_id: Set(None),
    };
    published_talk::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(id)
}

/// Asks a question about a published practice.
///
/// # Errors
/// [`Error::Invalid`] also for a text that is about a person; [`Code::TooManyRequests`].
pub async fn ask(
    tx: &TenantTx,
    by: (&Tenant, &StaffMember),
    practice: &PublishedPractice,
    request: &AnswerRequest,
) -> Result<TalkId, Error> {
    say(tx, by, practice, None, request).await
}

/// Answers a question of anybody about a published practice that the reader could read.
///
/// # Errors
/// As of [`ask`], and [`Error::NotFound`] for a question of another practice.
pub async fn answer(
    tx: &TenantTx,
    by: (&Tenant, &StaffMember),
    practice: &PublishedPractice,
    question: TalkId,
    request: &AnswerRequest,
) -> Result<TalkId, Error> {
    let mut asked = Query::select();
    asked
        .column("owner")
        .from("published_talk")
        .and_where(Expr::col("id").eq(question))
        .and_where(Expr::col("practice").eq(practice.id))
        .and_where(Expr::col("question_id").is_null())
        .and_where(Expr::col("removed_at").is_null())
        // It names who reads, as every statement of a municipality does.
        .and_where(Expr::val(tx.tenant()).is_not_null());
    let row = tx.query_one(&asked).await?.ok_or(Error::NotFound)?;
    let told: TenantId = row.try_get("", "owner")?;
    say(tx, by, practice, Some((question, told)), request).await
}

/// Chooses the answer that helped: by who asked, or by whose practice it is.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not choose, and for an answer to another question.
pub async fn accept(
    tx: &TenantTx,
    practice: &PublishedPractice,
    question: TalkId,
    answer: TalkId,
) -> Result<(), Error> {
    let mut given = Query::select();
    given
        .expr(Expr::val(1))
        .from_as("published_talk", "given")
        .and_where(Expr::col(("given", "id")).eq(answer))
        .and_where(Expr::col(("given", "question_id")).eq(question))
        .and_where(Expr::col(("given", "removed_at")).is_null());
    let mut owned = Query::select();
    owned
        .expr(Expr::val(1))
        .from("published_practice")
        .and_where(Expr::col(("published_practice", "id")).eq(practice.id))
        .and_where(Expr::col(("published_practice", "owner")).eq(tx.tenant()));
    let may = Condition::any()
        .add(Column::Owner.eq(tx.tenant()))
        .add(Expr::exists(owned));
    let chosen = Update::many(published_talk::Entity)
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

/// Of what is taken away the words and the name go.
fn emptied(id: TalkId, now: DateTime<Utc>) -> UpdateMany<published_talk::Entity> {
    Update::many(published_talk::Entity)
        .col_expr(Column::RemovedAt, Expr::value(now))
        .col_expr(Column::Body, Expr::value(""))
        .col_expr(Column::Person, Expr::value(""))
        .filter(Column::Id.eq(id))
        .filter(Column::RemovedAt.is_null())
}

/// Takes an answer, or a question with its answers, of one's own municipality away.
///
/// # Errors
/// [`Error::NotFound`] also for what another municipality said.
pub async fn remove(tx: &TenantTx, actor: &StaffMember, id: TalkId) -> Result<(), Error> {
    let own = emptied(id, tx.now()).filter(Column::Owner.eq(tx.tenant()));
    if own.exec(tx).await?.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    let (object, action) = (("practiceTalk", Some(id.0)), Action::PracticeTalkRemove);
    audit::record(tx, Some(actor.id), action, object, json!({})).await
}

/// Takes what anybody said away, by the operator of the platform.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn take_down(tx: &PlatformTx, id: TalkId) -> Result<(), Error> {
    if emptied(id, tx.now()).exec(tx).await?.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}
