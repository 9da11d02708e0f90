//! Notes of colleagues at a case: for each other, never for the resident. They have a table of their own, so that nothing a resident can get
//! is ever read from it.

pub(crate) mod entity;
mod mentioned;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, SelectStatement},
};
use serde::Deserialize;
use serde_json::json;
use tenants::{TenantTx, staff::StaffMember, tenant_owned, typed_id};
use utoipa::ToSchema;

pub use self::entity::Model as Note;
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
    cases::{
        CaseId, NOTE_MAX,
        record::{Columns, Row, part},
    },
    search,
    text::clean_text,
};

typed_id! {
    /// A note of a colleague.
    NoteId
}

tenant_owned!(entity);

/// A note to write.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct NoteRequest {
    /// What colleagues should know.
    #[schema(example = "Wegen heeft de tegel al besteld.", required = true)]
    pub text: String,
}

/// Writes a note at a case. Whoever works at the desk may, also when a colleague works on the case or it is closed.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn add(
    tx: &TenantTx,
    case: CaseId,
    actor: &StaffMember,
    request: &NoteRequest,
) -> Result<Note, Error> {
    let mut errors = FieldErrors::default();
    let text = clean_text(&request.text);
    if request.text.contains('\0') {
        errors.add("text", "unreadable");
    } else if text.is_empty() {
        errors.add("text", "required");
    } else if text.chars().count() > NOTE_MAX {
        errors.add_with("text", "too_long", "max", NOTE_MAX);
    }
    errors.into_result()?;
    let note = tx
        .insert(entity::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            case_id: Set(case),
            author_id: Set(actor.id),
            body: Set(text),
            at: Set(tx.now()),
        })
        .await?;
    search::index(tx, case, search::Field::Notes, &note.body).await?;
    let object = ("case", Some(case.0));
    audit::record(tx, Some(actor.id), Action::NoteAdd, object, json!({})).await?;
    mentioned::tell(tx, case, actor, &note.body).await?;
    Ok(note)
}

/// The notes at a case, newest first.
pub async fn of_case(tx: &TenantTx, case: CaseId, limit: Option<u64>) -> Result<Vec<Note>, Error> {
    Ok(tx
        .find::<entity::Entity>()
        .filter(entity::Column::CaseId.eq(case))
        .order_by_desc(entity::Column::At)
        .order_by_desc(entity::Column::Id)
        .limit(limit)
        .all(tx)
        .await?)
}

/// The notes at a case, for [`crate::cases::record`].
pub(crate) fn record_part(tx: &TenantTx, case: CaseId) -> SelectStatement {
    use entity::Column;
    let rows = tx.find::<entity::Entity>().filter(Column::CaseId.eq(case));
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        case: Some(Expr::col(Column::CaseId)),
        at: Some(Expr::col(Column::At)),
        staff: Some(Expr::col(Column::AuthorId)),
        text: Some(Expr::col(Column::Body)),
        ..Columns::default()
    };
    part("note", rows, columns)
}

/// The note of a row of [`record_part`].
pub(crate) fn of_row(tx: &TenantTx, row: Row) -> Result<Note, Error> {
    let nobody = || Error::bug("a note of nobody");
    Ok(Note {
        tenant_id: tx.tenant(),
        id: row.id.into(),
        case_id: row.case.ok_or_else(nobody)?,
        author_id: row.staff.ok_or_else(nobody)?,
        body: row.text,
        at: row.at,
    })
}

/// Erases what was noted at a case. That there were notes stays.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    tx.update::<entity::Entity>()
        .col_expr(entity::Column::Body, Expr::value(""))
        .filter(entity::Column::CaseId.eq(case))
        .exec(tx)
        .await?;
    Ok(())
}
