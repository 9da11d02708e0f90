//! Everything that is kept of a case, in one statement: rows of several tables in one shape.
//!
//! A room gives its rows as a part: a query of its own with its columns under the names of [`Row`]. What a table lacks is null.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, SelectStatement, UnionType},
};
use tenants::{StaffId, TenantTx, uuid::Uuid};

use super::{
    CaseId, Category, ContactMoment, Event, Subject,
    entity::{case_category, case_event, case_subject, contact_moment},
};
use crate::{
    Error,
    teams::{TeamId, entity::team},
};

/// The columns of a part, each an expression; what is not given is null.
#[derive(Clone, Default)]
pub(crate) struct Columns {
    /// Id.
    pub id: Option<Expr>,
    /// Of which case.
    pub case: Option<Expr>,
    /// When it happened.
    pub at: Option<Expr>,
    /// Who did it.
    pub staff: Option<Expr>,
    /// Another member of staff.
    pub other: Option<Expr>,
    /// A third member of staff.
    pub third: Option<Expr>,
    /// A team.
    pub team: Option<Expr>,
    /// A word of a closed list.
    pub word: Option<Expr>,
    /// A second word.
    pub state: Option<Expr>,
    /// What was written.
    pub text: Option<Expr>,
    /// What else was written.
    pub more: Option<Expr>,
    /// JSON, as text.
    pub json: Option<Expr>,
    /// A number.
    pub number: Option<Expr>,
    /// A second number.
    pub count: Option<Expr>,
    /// A day.
    pub day: Option<Expr>,
    /// A second instant.
    pub due: Option<Expr>,
    /// A third instant.
    pub end: Option<Expr>,
    /// A fourth instant.
    pub late: Option<Expr>,
}

/// A row of any part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Which part it is of.
    pub what: String,
    /// Id.
    pub id: Uuid,
    /// Of which case.
    pub case: Option<CaseId>,
    /// When it happened, in UTC.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub staff: Option<StaffId>,
    /// Another member of staff.
    pub other: Option<StaffId>,
    /// A third member of staff.
    pub third: Option<StaffId>,
    /// A team.
    pub team: Option<TeamId>,
    /// A word of a closed list.
    pub word: String,
    /// A second word.
    pub state: Option<String>,
    /// What was written.
    pub text: String,
    /// What else was written.
    pub more: String,
    /// JSON.
    pub json: serde_json::Value,
    /// A number.
    pub number: Option<i64>,
    /// A second number.
    pub count: Option<i64>,
    /// A day.
    pub day: Option<NaiveDate>,
    /// A second instant.
    pub due: Option<DateTime<Utc>>,
    /// A third instant.
    pub end: Option<DateTime<Utc>>,
    /// A fourth instant.
    pub late: Option<DateTime<Utc>>,
}

/// A part: the rows of a query in the common shape.
pub(crate) fn part<E: EntityTrait>(
    what: &'static str,
    rows: Select<E>,
    columns: Columns,
) -> SelectStatement {
    fn or<T: Into<sea_orm::Value>>(given: Option<Expr>, nothing: T) -> Expr {
        given.unwrap_or_else(|| Expr::val(nothing))
    }
    let (no_id, no_text) = (None::<Uuid>, None::<String>);
    let (no_number, no_instant) = (None::<i64>, None::<DateTime<Utc>>);
    let cells = [
        ("what", Expr::val(what).cast_as("text")),
        ("id", or(columns.id, no_id)),
        ("case_of", or(columns.case, no_id)),
        ("at", or(columns.at, no_instant)),
        ("staff", or(columns.staff, no_id)),
        ("other", or(columns.other, no_id)),
        ("third", or(columns.third, no_id)),
        ("team", or(columns.team, no_id)),
        ("word", or(columns.word, no_text.clone())),
        ("state", or(columns.state, no_text.clone())),
        ("written", or(columns.text, no_text.clone())),
        ("more", or(columns.more, no_text.clone())),
        ("json", or(columns.json, no_text)),
        ("number", or(columns.number, no_number)),
        ("count", or(columns.count, no_number)),
        ("day", or(columns.day, None::<NaiveDate>)),
        ("due", or(columns.due, no_instant)),
        ("ended", or(columns.end, no_instant)),
        ("late", or(columns.late, no_instant)),
    ];
    let mut rows = rows.select_only();
    for (name, cell) in cells {
        rows = rows.expr_as(cell, name);
    }
    rows.into_query()
}

/// Reads parts in one statement, in no order.
pub(crate) async fn read(tx: &TenantTx, parts: Vec<SelectStatement>) -> Result<Vec<Row>, Error> {
    let mut parts = parts.into_iter();
    let Some(mut all) = parts.next() else {
        return Ok(Vec::new());
    };
    for part in parts {
        all.union(UnionType::All, part);
    }
    tx.query_all(&all).await?.iter().map(row).collect()
}

fn row(row: &QueryResult) -> Result<Row, Error> {
    let text = |name: &str| -> Result<String, Error> {
        Ok(row.try_get::<Option<String>>("", name)?.unwrap_or_default())
    };
    let json = row.try_get::<Option<String>>("", "json")?;
    Ok(Row {
        what: text("what")?,
        id: row.try_get("", "id")?,
        case: row.try_get::<Option<Uuid>>("", "case_of")?.map(Into::into),
        at: row.try_get("", "at")?,
        staff: row.try_get::<Option<Uuid>>("", "staff")?.map(Into::into),
        other: row.try_get::<Option<Uuid>>("", "other")?.map(Into::into),
        third: row.try_get::<Option<Uuid>>("", "third")?.map(Into::into),
        team: row.try_get::<Option<Uuid>>("", "team")?.map(Into::into),
        word: text("word")?,
        state: row.try_get("", "state")?,
        text: text("written")?,
        more: text("more")?,
        json: match json {
            Some(json) => serde_json::from_str(&json).map_err(Error::bug)?,
            None => serde_json::Value::Null,
        },
        number: row.try_get("", "number")?,
        count: row.try_get("", "count")?,
        day: row.try_get("", "day")?,
        due: row.try_get("", "due")?,
        end: row.try_get("", "ended")?,
        late: row.try_get("", "late")?,
    })
}

/// What happened to a case.
pub(crate) fn event_part(tx: &TenantTx, case: CaseId) -> SelectStatement {
    use case_event::Column;
    let rows = tx
        .find::<case_event::Entity>()
        .filter(Column::CaseId.eq(case));
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        case: Some(Expr::col(Column::CaseId)),
        at: Some(Expr::col(Column::At)),
        staff: Some(Expr::col(Column::ActorId)),
        word: Some(Expr::col(Column::Kind)),
        json: Some(Expr::col(Column::Details).cast_as("text")),
        ..Columns::default()
    };
    part("event", rows, columns)
}

/// The event of a row of [`event_part`].
pub(crate) fn event(tx: &TenantTx, row: Row) -> Result<Event, Error> {
    Ok(Event {
        tenant_id: tx.tenant(),
        id: row.id.into(),
        case_id: row.case.ok_or_else(|| Error::bug("an event of no case"))?,
        kind: row.word.parse().map_err(Error::bug)?,
        actor_id: row.staff,
        details: row.json,
        at: row.at,
    })
}

/// The calls about a case, and the tries.
pub(crate) fn moment_part(tx: &TenantTx, case: CaseId) -> SelectStatement {
    use contact_moment::Column;
    let rows = tx
        .find::<contact_moment::Entity>()
        .filter(Column::CaseId.eq(case));
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        case: Some(Expr::col(Column::CaseId)),
        at: Some(Expr::col(Column::At)),
        staff: Some(Expr::col(Column::StaffId)),
        word: Some(Expr::col(Column::Result)),
        text: Some(Expr::col(Column::Note)),
        more: Some(Expr::col(Column::Wish)),
        due: Some(Expr::col(Column::CallAt)),
        ..Columns::default()
    };
    part("moment", rows, columns)
}

/// The contact moment of a row of [`moment_part`].
pub(crate) fn moment(tx: &TenantTx, row: Row) -> Result<ContactMoment, Error> {
    let nobody = || Error::bug("a call of nobody");
    Ok(ContactMoment {
        tenant_id: tx.tenant(),
        id: row.id.into(),
        case_id: row.case.ok_or_else(nobody)?,
        staff_id: row.staff.ok_or_else(nobody)?,
        result: row.word.parse().map_err(Error::bug)?,
        note: row.text,
        wish: row.more,
        call_at: row.due,
        at: row.at,
    })
}

/// Whom a message is about: for a compliment, whom it is for.
pub(crate) fn subject_part(tx: &TenantTx, case: CaseId) -> SelectStatement {
    use case_subject::Column;
    let rows = tx
        .find::<case_subject::Entity>()
        .filter(Column::CaseId.eq(case));
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        case: Some(Expr::col(Column::CaseId)),
        at: Some(Expr::col(Column::AddedAt)),
        staff: Some(Expr::col(Column::StaffId)),
        team: Some(Expr::col(Column::TeamId)),
        ..Columns::default()
    };
    part("subject", rows, columns)
}

/// The subject of a row of [`subject_part`].
pub(crate) fn subject(row: &Row) -> Option<Subject> {
    let colleague = row.staff.map(Subject::Colleague);
    colleague.or(row.team.map(Subject::Team))
}

/// The teams and the categories of the municipality, which words of a case name.
pub(crate) fn label_parts(tx: &TenantTx) -> [SelectStatement; 2] {
    use case_category::Column;

    let teams = Columns {
        id: Some(Expr::col(team::Column::Id)),
        at: Some(Expr::col(team::Column::CreatedAt)),
        text: Some(Expr::col(team::Column::Name)),
        number: Some(active(team::Column::Active)),
        ..Columns::default()
    };
    let categories = Columns {
        id: Some(Expr::col(Column::Id)),
        at: Some(Expr::col(Column::CreatedAt)),
        word: Some(Expr::col(Column::Key)),
        text: Some(Expr::col(Column::LabelNl)),
        more: Some(Expr::col(Column::LabelEn)),
        state: Some(Expr::col(Column::Parent)),
        team: Some(Expr::col(Column::TeamId)),
        number: Some(active(Column::Active)),
        ..Columns::default()
    };
    [
        part("team", tx.find::<team::Entity>(), teams),
        part("category", tx.find::<case_category::Entity>(), categories),
    ]
}

/// A truth value as a number: databases keep it in their own ways.
fn active(column: impl ColumnTrait) -> Expr {
    Expr::case(column.eq(true), Expr::val(1_i64))
        .finally(0_i64)
        .into()
}

/// The category of a row of [`label_parts`].
pub(crate) fn category(tx: &TenantTx, row: Row) -> Category {
    Category {
        tenant_id: tx.tenant(),
        id: row.id.into(),
        key: row.word,
        label_nl: row.text,
        label_en: row.more,
        parent: row.state,
        team_id: row.team,
        active: row.number == Some(1),
        created_at: row.at,
    }
}
