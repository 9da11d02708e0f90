//! What somebody typed at a case and did not send yet: their own, found again after a time-out or on another computer, gone once it is sent.

mod entity;
mod kept;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use tenants::{StaffId, TenantTx, tenant_owned, text_enum, typed_id};

use self::entity::Column;
pub use self::kept::{KEPT_MAX, KeptPost, KeptPostId, forget_post, has_post, keep_post, kept_post};
use crate::{
    Error,
    cases::{
        CaseId,
        record::{Columns, Row, part},
    },
    text::clean_text,
};

typed_id! {
    /// What somebody typed in a form and did not send yet.
    UnsentId
}
text_enum! {
    /// A form at a case in which people write.
    UnsentForm {
        /// A call, a try or a mail.
        Contact = "contact",
        /// A note for colleagues.
        Note = "note",
        /// Handing it on.
        HandOn = "hand-on",
        /// A question to a team or a colleague.
        Task = "task",
        /// What was agreed with the resident.
        Agreement = "agreement",
        /// Closing it.
        Close = "close",
        /// A message to the resident.
        Message = "message",
        /// A conversation with everything that it brings.
        Conversation = "conversation",
    }
}

tenant_owned!(entity);

/// Longest content of a form that is kept, in characters: more than any form takes.
pub const CONTENT_MAX: usize = 40_000;
/// Most fields of a form that are kept.
const FIELDS_MAX: usize = 60;
/// Most that is kept of one person; the oldest goes first.
const OF_ONE_PERSON: usize = 50;
/// How long it is kept.
const KEPT: TimeDelta = TimeDelta::days(14);

/// What somebody typed in a form and did not send yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// In which form.
    pub form: UnsentForm,
    /// Names of fields and what they hold; a name stands there as often as it was sent.
    pub fields: Vec<(String, String)>,
    /// When, in UTC.
    pub saved_at: DateTime<Utc>,
}

/// Keeps what somebody typed, in place of what was kept of the same form. A form in which nothing is written is forgotten.
///
/// # Errors
/// [`Error::Invalid`] for more than [`CONTENT_MAX`].
pub async fn keep(
    tx: &TenantTx,
    case: CaseId,
    staff: StaffId,
    form: UnsentForm,
    fields: impl Iterator<Item = (String, String)>,
) -> Result<(), Error> {
    let fields: Vec<(String, String)> = fields
        .map(|(name, typed)| (name, clean_text(&typed)))
        .filter(|(_, typed)| !typed.is_empty())
        .collect();
    let size: usize = (fields.iter())
        .map(|(name, typed)| name.chars().count() + typed.chars().count())
        .sum();
    if size > CONTENT_MAX || fields.len() > FIELDS_MAX {
        let mut errors = crate::FieldErrors::default();
        errors.add_with("fields", "too_long", "max", CONTENT_MAX);
        return Err(Error::Invalid(errors));
    }
    forget(tx, case, staff, form).await?;
    if fields.is_empty() {
        return Ok(());
    }
    make_room(tx, staff).await?;
    let row = entity::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        case_id: Set(case),
        staff_id: Set(staff),
        form: Set(form),
        fields: Set(serde_json::to_value(&fields).map_err(Error::bug)?),
        saved_at: Set(tx.now()),
    };
    Ok(tx.insert_all(vec![row]).await?)
}

/// Removes the oldest of somebody who has as much as is kept.
async fn make_room(tx: &TenantTx, staff: StaffId) -> Result<(), Error> {
    let newest = tx
        .find::<entity::Entity>()
        .filter(Column::StaffId.eq(staff))
        .order_by_desc(Column::SavedAt)
        .order_by_desc(Column::Id)
        .all(tx)
        .await?;
    let too_many: Vec<UnsentId> = (newest.into_iter())
        .skip(OF_ONE_PERSON - 1)
        .map(|row| row.id)
        .collect();
    if !too_many.is_empty() {
        tx.delete::<entity::Entity>()
            .filter(Column::Id.is_in(too_many))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Forgets what somebody typed in a form: it was sent, or is not wanted any more.
pub async fn forget(
    tx: &TenantTx,
    case: CaseId,
    staff: StaffId,
    form: UnsentForm,
) -> Result<(), Error> {
    tx.delete::<entity::Entity>()
        .filter(own(case, staff, form))
        .exec(tx)
        .await?;
    Ok(())
}

fn own(case: CaseId, staff: StaffId, form: UnsentForm) -> Condition {
    Condition::all()
        .add(Column::CaseId.eq(case))
        .add(Column::StaffId.eq(staff))
        .add(Column::Form.eq(form))
}

/// What somebody typed in a form at a case.
pub async fn find(
    tx: &TenantTx,
    case: CaseId,
    staff: StaffId,
    form: UnsentForm,
) -> Result<Option<Unsent>, Error> {
    let row = tx
        .find::<entity::Entity>()
        .filter(own(case, staff, form))
        .one(tx)
        .await?;
    row.map(|row| read(row.form, row.fields, row.saved_at))
        .transpose()
}

fn read(
    form: UnsentForm,
    fields: serde_json::Value,
    saved_at: DateTime<Utc>,
) -> Result<Unsent, Error> {
    Ok(Unsent {
        form,
        fields: serde_json::from_value(fields).map_err(Error::bug)?,
        saved_at,
    })
}

/// What somebody typed at a case, for [`crate::cases::record`].
pub(crate) fn record_part(tx: &TenantTx, case: CaseId, staff: StaffId) -> SelectStatement {
    let rows = tx
        .find::<entity::Entity>()
        .filter(Column::CaseId.eq(case))
        .filter(Column::StaffId.eq(staff));
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        at: Some(Expr::col(Column::SavedAt)),
        word: Some(Expr::col(Column::Form)),
        json: Some(Expr::col(Column::Fields).cast_as("text")),
        ..Columns::default()
    };
    part("unsent", rows, columns)
}

/// What was typed, of a row of [`record_part`].
pub(crate) fn of_row(row: Row) -> Result<Unsent, Error> {
    read(row.word.parse().map_err(Error::bug)?, row.json, row.at)
}

/// Forgets what anybody typed at a case.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    let gone = Column::CaseId.eq(case);
    tx.delete::<entity::Entity>().filter(gone).exec(tx).await?;
    Ok(())
}

/// Forgets what nobody came back to.
pub(crate) async fn delete_old(tx: &TenantTx) -> Result<(), Error> {
    kept::delete_old(tx).await?;
    tx.delete::<entity::Entity>()
        .filter(Column::SavedAt.lt(tx.now() - KEPT))
        .exec(tx)
        .await?;
    Ok(())
}
