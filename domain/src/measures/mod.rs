//! Measures: what a municipality does differently because of messages, whether it helped, and what residents read of it
//! ("U zei, wij deden").
//!
//! A measure keeps words of its own: when a message is erased, only the link to it goes. Residents read a copy that somebody published; what is
//! changed later waits until it is published again. Whoever a message is about does not see it here either (Awb art. 9:7).

mod entity;
mod publishing;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Permission, StaffId, TenantTx, permission, staff::StaffMember, text_enum, typed_id};
use utoipa::ToSchema;

use self::entity::{
    measure::{self, Column},
    measure_case,
};
pub use self::{
    entity::measure::Model as Measure,
    publishing::{
        Mark, Publication, PublishRequest, PublishedMeasure, publication, publish, published,
        withdraw,
    },
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    cases::{
        self, Case, CaseId, Preference, Viewer, is_trial,
        record::{Columns, Row, part},
    },
    input::{self, Number},
    teams::{self, TeamId},
    text::{clean_line, clean_text, optional, read_choice, read_day},
};

typed_id! {
    /// What is done differently because of messages.
    MeasureId
}
typed_id! {
    /// That a message led to a measure.
    MeasureCaseId
}
text_enum! {
    /// Where a measure stands.
    MeasureState {
        /// Somebody thought of it.
        Idea = "idea",
        /// It is being done.
        Doing = "doing",
        /// It was done.
        Done = "done",
        /// It is not done, for a reason.
        Dropped = "dropped",
    }
}

/// Longest title, in characters.
const TITLE_MAX: usize = 120;
/// Longest other text, in characters.
const TEXT_MAX: usize = 2_000;
/// Most messages of a measure.
const CASES_MAX: usize = 200;
/// Longest time that is compared before and after.
const COMPARED: TimeDelta = TimeDelta::days(182);

/// A measure as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct MeasureRequest {
    /// What it is called.
    #[serde(default)]
    #[schema(example = "Duidelijke brief over belasting", required = true)]
    pub title: String,
    /// What residents said, in the municipality's words and without names.
    #[serde(default)]
    pub said: String,
    /// What changes, in plain words.
    #[serde(default)]
    #[schema(example = "Wij schrijven blad 2 opnieuw.", required = true)]
    pub change: String,
    /// What it did.
    #[serde(default)]
    pub result: String,
    /// Key of the category whose messages it should make fewer.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub category: String,
    /// The colleague who sees to it.
    #[serde(default)]
    #[schema(value_type = Option<StaffId>)]
    pub staff_id: String,
    /// The team that sees to it.
    #[serde(default)]
    #[schema(value_type = Option<TeamId>)]
    pub team_id: String,
    /// The day on which it should be done.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub planned_on: String,
    /// Where it stands; an idea when it is left out.
    #[serde(default)]
    #[schema(value_type = Option<MeasureState>)]
    pub state: String,
    /// Why it was dropped.
    #[serde(default)]
    pub reason: String,
    /// References of the messages it comes of; of a new measure only.
    #[serde(default)]
    #[schema(example = json!(["7K4H-9XTR"]))]
    pub cases: Vec<String>,
    /// The version that was changed; needed for a change only.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub expected_version: Number,
}

/// A message that belongs to a measure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[schema(as = MeasureCaseRequest)]
pub struct LinkRequest {
    /// Its reference.
    #[schema(example = "7K4H-9XTR", required = true)]
    pub reference: String,
}

/// What was typed, checked.
struct Contents {
    title: String,
    said: String,
    change: String,
    result: String,
    category: Option<String>,
    staff: Option<StaffId>,
    team: Option<TeamId>,
    planned_on: Option<NaiveDate>,
    state: MeasureState,
    reason: String,
}

/// A message of a measure, for who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeasureCase {
    /// Its id.
    pub id: CaseId,
    /// The number of the message.
    #[schema(example = "7K4H-9XTR")]
    pub reference: String,
    /// What it is about, in a sentence.
    pub title: String,
    /// When its resident was told, in UTC.
    pub told_at: Option<DateTime<Utc>>,
    /// Whether its resident can be told: wants to hear from us, can be mailed, and was not told yet.
    pub can_be_told: bool,
}

/// How many messages of the category came before it was done and after it, in the same number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    /// Days that are compared.
    pub days: i64,
    /// Messages in the days before.
    pub before: i64,
    /// Messages in the days after.
    pub after: i64,
}

/// A measure with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MeasureDetail {
    /// The measure.
    #[serde(flatten)]
    pub measure: Measure,
    /// The messages it came of that the reader may see.
    pub cases: Vec<MeasureCase>,
    /// What it did, in numbers; nothing as long as it is not done or has no category.
    pub effect: Option<Effect>,
    /// Whether residents read something else than what it says now.
    pub is_outdated: bool,
}

/// A measure on the page of a message it came of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureLine {
    /// Id.
    pub id: MeasureId,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub state: MeasureState,
}

/// Whether somebody may read messages: whoever may not sees none of a measure.
fn reads(member: &StaffMember) -> bool {
    permission::allowed(&member.roles, Permission::ReadCases)
}

/// All measures, what was changed last on top.
pub async fn measures(tx: &TenantTx, limit: Option<u64>) -> Result<Vec<Measure>, Error> {
    Ok(tx
        .find::<measure::Entity>()
        .order_by_desc(Column::ChangedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

async fn get(tx: &TenantTx, id: MeasureId) -> Result<Measure, Error> {
    tx.find::<measure::Entity>()
        .filter(Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// A measure with the messages that the reader may see, and what it did.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn detail(
    tx: &TenantTx,
    reader: &StaffMember,
    id: MeasureId,
) -> Result<MeasureDetail, Error> {
    let measure = get(tx, id).await?;
    Ok(MeasureDetail {
        cases: cases_of(tx, reader, id).await?,
        effect: effect(tx, &measure).await?,
        is_outdated: publishing::is_outdated(&measure),
        measure,
    })
}

/// The measures that came of a case, newest first. The caller may see the case.
pub async fn of_case(
    tx: &TenantTx,
    case: CaseId,
    limit: Option<u64>,
) -> Result<Vec<Measure>, Error> {
    Ok(tx
        .find::<measure::Entity>()
        .filter(Column::Id.in_subquery(ids_of(tx, case)))
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

fn ids_of(tx: &TenantTx, case: CaseId) -> SelectStatement {
    tx.find::<measure_case::Entity>()
        .select_only()
        .column(measure_case::Column::MeasureId)
        .filter(measure_case::Column::CaseId.eq(case))
        .into_query()
}

/// The measures that came of a case, for [`crate::cases::record`].
pub(crate) fn record_part(tx: &TenantTx, case: CaseId) -> SelectStatement {
    let rows = tx
        .find::<measure::Entity>()
        .filter(Column::Id.in_subquery(ids_of(tx, case)));
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        at: Some(Expr::col(Column::MadeAt)),
        word: Some(Expr::col(Column::State)),
        text: Some(Expr::col(Column::Title)),
        ..Columns::default()
    };
    part("measure", rows, columns)
}

/// The measure of a row of [`record_part`].
pub(crate) fn of_row(row: Row) -> Result<MeasureLine, Error> {
    Ok(MeasureLine {
        id: row.id.into(),
        state: row.word.parse().map_err(Error::bug)?,
        title: row.text,
    })
}

/// Whether the resident of a case can be told: with an address that works, and without having asked for no reply.
fn can_be_told(case: &Case) -> bool {
    case.contact_email.is_some()
        && case.email_bounced_at.is_none()
        && case.erased_at.is_none()
        && case.preference != Preference::None
        && !is_trial(&case.reference)
}

/// The messages of a measure with their cases, as far as the reader may see them, the oldest link first.
async fn linked(
    tx: &TenantTx,
    reader: &StaffMember,
    id: MeasureId,
) -> Result<Vec<(MeasureCase, Case)>, Error> {
    if !reads(reader) {
        return Ok(Vec::new());
    }
    let links = tx
        .find::<measure_case::Entity>()
        .filter(measure_case::Column::MeasureId.eq(id))
        .order_by_asc(measure_case::Column::AddedAt)
        .order_by_asc(measure_case::Column::Id)
        .all(tx)
        .await?;
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let ids = links.iter().map(|link| link.case_id);
    let seen = cases::seen_by_ids(tx, Viewer::of(reader), ids).await?;
    let line = |link: measure_case::Model| {
        let case = seen.iter().find(|case| case.id == link.case_id)?;
        let line = MeasureCase {
            id: case.id,
            reference: case.reference.clone(),
            title: case.title.clone(),
            told_at: link.told_at,
            can_be_told: link.told_at.is_none() && can_be_told(case),
        };
        Some((line, case.clone()))
    };
    Ok(links.into_iter().filter_map(line).collect())
}

async fn cases_of(
    tx: &TenantTx,
    reader: &StaffMember,
    id: MeasureId,
) -> Result<Vec<MeasureCase>, Error> {
    let linked = linked(tx, reader, id).await?;
    Ok(linked.into_iter().map(|(line, _)| line).collect())
}

async fn effect(tx: &TenantTx, measure: &Measure) -> Result<Option<Effect>, Error> {
    let (Some(category), Some(done)) = (&measure.category, measure.done_at) else {
        return Ok(None);
    };
    let days = (tx.now() - done).min(COMPARED).num_days();
    if days < 1 {
        return Ok(None);
    }
    let span = TimeDelta::days(days);
    let (before, after) = cases::counts_around(tx, category, done, span).await?;
    Ok(Some(Effect {
        days,
        before,
        after,
    }))
}

/// What was typed. A team that a measure has already may have gone out of use.
async fn check(
    tx: &TenantTx,
    request: &MeasureRequest,
    now: Option<&Measure>,
) -> Result<Contents, Error> {
    let mut errors = FieldErrors::default();
    let title = input::required(clean_line(&request.title), TITLE_MAX, "title", &mut errors);
    let said = input::optional(clean_text(&request.said), TEXT_MAX, "said", &mut errors);
    let change = input::required(clean_text(&request.change), TEXT_MAX, "change", &mut errors);
    let result = input::optional(clean_text(&request.result), TEXT_MAX, "result", &mut errors);
    let planned_on = read_day(&mut errors, "plannedOn", Some(&request.planned_on));
    let state = match optional(Some(&request.state)) {
        None => Some(MeasureState::Idea),
        Some(typed) => read_choice(&mut errors, "state", typed),
    };
    let reason = clean_text(&request.reason);
    let reason = if state == Some(MeasureState::Dropped) {
        input::required(reason, TEXT_MAX, "reason", &mut errors)
    } else {
        input::optional(reason, TEXT_MAX, "reason", &mut errors)
    };
    let category = optional(Some(&request.category)).map(str::to_owned);
    if let Some(key) = &category {
        let known = cases::categories(tx, None).await?;
        if !known.iter().any(|one| one.key == *key) {
            errors.add("category", "not_an_option");
        }
    }
    let mut staff: Option<StaffId> = None;
    if let Some(typed) = optional(Some(&request.staff_id)) {
        staff = read_choice(&mut errors, "staffId", typed);
    }
    if let Some(id) = staff
        && tenants::staff::get(tx, id).await?.is_none()
    {
        errors.add("staffId", "not_an_option");
    }
    let mut team: Option<TeamId> = None;
    if let Some(typed) = optional(Some(&request.team_id)) {
        team = read_choice(&mut errors, "teamId", typed);
    }
    if let Some(id) = team.filter(|id| now.and_then(|measure| measure.team_id) != Some(*id))
        && teams::usable(tx, id).await?.is_none()
    {
        errors.add("teamId", "not_an_option");
    }
    errors.into_result()?;
    Ok(Contents {
        title,
        said,
        change,
        result,
        category,
        staff,
        team,
        planned_on,
        state: state.unwrap_or(MeasureState::Idea),
        reason,
    })
}

/// The cases with these references, when the actor may see them all.
async fn read_cases(
    tx: &TenantTx,
    actor: &StaffMember,
    references: &[String],
    field: &str,
) -> Result<Vec<Case>, Error> {
    if references.is_empty() {
        return Ok(Vec::new());
    }
    if !reads(actor) {
        return Err(Error::refused(Code::NotAllowed));
    }
    if references.len() > CASES_MAX {
        let mut errors = FieldErrors::default();
        errors.add_with(field, "too_many", "max", CASES_MAX);
        errors.into_result()?;
    }
    let found = cases::seen_by_references(tx, Viewer::of(actor), references).await?;
    let known = |reference: &String| {
        let wanted = cases::normalise_reference(reference);
        found.iter().any(|case| case.reference == wanted)
    };
    if !references.iter().all(known) {
        return Err(Error::invalid(field, "unknown_reference"));
    }
    Ok(found)
}

/// Those of the cases with these references or ids that the reader may see, for a new measure.
pub async fn chosen(
    tx: &TenantTx,
    reader: &StaffMember,
    references: &[String],
) -> Result<Vec<Case>, Error> {
    if references.is_empty() || !reads(reader) {
        return Ok(Vec::new());
    }
    let viewer = Viewer::of(reader);
    let ids: Vec<CaseId> = references
        .iter()
        .filter_map(|one| one.parse().ok())
        .collect();
    if ids.is_empty() {
        return cases::seen_by_references(tx, viewer, references).await;
    }
    cases::seen_by_ids(tx, viewer, ids.into_iter()).await
}

fn link_row(
    tx: &TenantTx,
    actor: &StaffMember,
    measure: MeasureId,
    case: CaseId,
) -> measure_case::ActiveModel {
    measure_case::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        measure_id: Set(measure),
        case_id: Set(case),
        added_by: Set(actor.id),
        added_at: Set(tx.now()),
        told_at: Set(None),
    }
}

/// Writes down what is done differently, from messages or by hand.
///
/// # Errors
/// [`Error::Invalid`], also for a message that is not there or that the actor may not see; [`Code::NotAllowed`] for messages of who reads none.
pub async fn add(
    tx: &TenantTx,
    actor: &StaffMember,
    request: &MeasureRequest,
) -> Result<Measure, Error> {
    let contents = check(tx, request, None).await?;
    let cases = read_cases(tx, actor, &request.cases, "cases").await?;
    let done = contents.state == MeasureState::Done;
    let measure = tx
        .insert(measure::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            title: Set(contents.title),
            said: Set(contents.said),
            change: Set(contents.change),
            result: Set(contents.result),
            category: Set(contents.category),
            staff_id: Set(contents.staff),
            team_id: Set(contents.team),
            planned_on: Set(contents.planned_on),
            state: Set(contents.state),
            reason: Set(contents.reason),
            done_at: Set(done.then(|| tx.now())),
            version: Set(1),
            made_by: Set(actor.id),
            made_at: Set(tx.now()),
            changed_at: Set(tx.now()),
            published_at: Set(None),
            published_by: Set(None),
            published: Set(None),
        })
        .await?;
    let rows = cases.iter();
    let rows = rows.map(|case| link_row(tx, actor, measure.id, case.id));
    tx.insert_all(rows.collect()).await?;
    let object = ("measure", Some(measure.id.0));
    let details = json!({ "cases": cases.len() });
    audit::record(tx, Some(actor.id), Action::MeasureAdd, object, details).await?;
    Ok(measure)
}

/// Changes a measure. What residents read stays until it is published again.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`]; [`Code::Changed`] when somebody else changed it since.
pub async fn replace(
    tx: &TenantTx,
    actor: &StaffMember,
    id: MeasureId,
    request: &MeasureRequest,
) -> Result<Measure, Error> {
    let before = get(tx, id).await?;
    let contents = check(tx, request, Some(&before)).await?;
    let mut errors = FieldErrors::default();
    let expected: Option<i64> = (request.expected_version).whole("expectedVersion", &mut errors);
    errors.into_result()?;
    if expected != Some(before.version) {
        return Err(Error::refused(Code::Changed));
    }
    let done = contents.state == MeasureState::Done;
    let after = Measure {
        title: contents.title,
        said: contents.said,
        change: contents.change,
        result: contents.result,
        category: contents.category,
        staff_id: contents.staff,
        team_id: contents.team,
        planned_on: contents.planned_on,
        state: contents.state,
        reason: contents.reason,
        done_at: done.then(|| before.done_at.unwrap_or_else(|| tx.now())),
        version: before.version + 1,
        changed_at: tx.now(),
        ..before
    };
    let changed = tx
        .update::<measure::Entity>()
        .col_expr(Column::Title, Expr::value(after.title.as_str()))
        .col_expr(Column::Said, Expr::value(after.said.as_str()))
        .col_expr(Column::Change, Expr::value(after.change.as_str()))
        .col_expr(Column::Result, Expr::value(after.result.as_str()))
        .col_expr(Column::Category, Expr::value(after.category.clone()))
        .col_expr(Column::StaffId, Expr::value(after.staff_id))
        .col_expr(Column::TeamId, Expr::value(after.team_id))
        .col_expr(Column::PlannedOn, Expr::value(after.planned_on))
        .col_expr(Column::State, Expr::value(after.state))
        .col_expr(Column::Reason, Expr::value(after.reason.as_str()))
        .col_expr(Column::DoneAt, Expr::value(after.done_at))
        .col_expr(Column::Version, Expr::value(after.version))
        .col_expr(Column::ChangedAt, Expr::value(after.changed_at))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(before.version))
        .exec(tx)
        .await?;
    if changed.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let object = ("measure", Some(id.0));
    let details = json!({ "state": after.state });
    audit::record(tx, Some(actor.id), Action::MeasureChange, object, details).await?;
    Ok(after)
}

/// Puts a message to a measure. One that is there already stays there.
///
/// # Errors
/// [`Error::NotFound`] without such a measure; [`Error::Invalid`] for a message that is not there or that the actor may not see.
pub async fn link(
    tx: &TenantTx,
    actor: &StaffMember,
    id: MeasureId,
    request: &LinkRequest,
) -> Result<(), Error> {
    // Of two colleagues at once the second waits.
    let measure = tx
        .find::<measure::Entity>()
        .filter(Column::Id.eq(id))
        .lock_exclusive();
    measure.one(tx).await?.ok_or(Error::NotFound)?;
    let reference = input_reference(request)?;
    let found = read_cases(tx, actor, &[reference], "reference").await?;
    let linked = tx
        .find::<measure_case::Entity>()
        .filter(measure_case::Column::MeasureId.eq(id))
        .all(tx)
        .await?;
    for case in found {
        if linked.iter().any(|link| link.case_id == case.id) {
            continue;
        }
        if linked.len() >= CASES_MAX {
            let mut errors = FieldErrors::default();
            errors.add_with("reference", "too_many", "max", CASES_MAX);
            errors.into_result()?;
        }
        tx.insert_all(vec![link_row(tx, actor, id, case.id)])
            .await?;
        let object = ("case", Some(case.id.0));
        let details = json!({ "measure": id });
        audit::record(tx, Some(actor.id), Action::MeasureLink, object, details).await?;
    }
    Ok(())
}

fn input_reference(request: &LinkRequest) -> Result<String, Error> {
    let mut errors = FieldErrors::default();
    let reference = clean_line(&request.reference);
    let reference = input::required(reference, TITLE_MAX, "reference", &mut errors);
    errors.into_result()?;
    Ok(reference)
}

/// Takes a message from a measure.
///
/// # Errors
/// As [`link`]; [`Error::NotFound`] when the message is not there; [`Error::Invalid`] when its resident was told.
pub async fn unlink(
    tx: &TenantTx,
    actor: &StaffMember,
    id: MeasureId,
    request: &LinkRequest,
) -> Result<(), Error> {
    get(tx, id).await?;
    let reference = input_reference(request)?;
    let found = read_cases(tx, actor, &[reference], "reference").await?;
    let case = found.first().ok_or(Error::NotFound)?.id;
    let link = tx
        .find::<measure_case::Entity>()
        .filter(measure_case::Column::MeasureId.eq(id))
        .filter(measure_case::Column::CaseId.eq(case))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    // Otherwise it could be told a second time.
    if link.told_at.is_some() {
        return Err(Error::invalid("reference", "measure_told"));
    }
    let gone = tx
        .delete::<measure_case::Entity>()
        .filter(measure_case::Column::Id.eq(link.id))
        .filter(measure_case::Column::ToldAt.is_null())
        .exec(tx)
        .await?;
    if gone.rows_affected == 0 {
        return Err(Error::refused(Code::Changed));
    }
    let object = ("case", Some(case.0));
    let details = json!({ "measure": id });
    audit::record(tx, Some(actor.id), Action::MeasureUnlink, object, details).await
}

/// Forgets which measures came of a case that is erased. The measures keep their words.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    tx.delete::<measure_case::Entity>()
        .filter(measure_case::Column::CaseId.eq(case))
        .exec(tx)
        .await?;
    Ok(())
}
