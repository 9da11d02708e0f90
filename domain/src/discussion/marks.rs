//! What somebody follows or keeps. Nobody else sees it.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait as _, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};
use serde::Deserialize;
use tenants::{TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    Mark, MarkId, MarkKind,
    entity::practice_mark::{self, Column},
};
use crate::{
    Error, FieldErrors, input,
    practices::{Municipality, Theme},
    text::{clean_line, read_choice},
};

/// Most marks of one person.
pub const MARKS_MAX: u64 = 200;
const TARGET_MAX: usize = 100;

/// Something to follow or to keep.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PracticeMarkRequest)]
pub struct MarkRequest {
    /// In which way.
    #[serde(default)]
    #[schema(value_type = MarkKind, required = true)]
    pub kind: String,
    /// Slug of a practice, word of a theme, or code of a municipality.
    #[serde(default)]
    #[schema(required = true)]
    pub target: String,
    /// What a practice is called, for one's own list.
    #[serde(default)]
    pub label: String,
}

/// What somebody marked, newest first.
pub async fn marks(
    tx: &TenantTx,
    reader: &StaffMember,
    limit: Option<u64>,
) -> Result<Vec<Mark>, Error> {
    Ok(tx
        .find::<practice_mark::Entity>()
        .filter(Column::StaffId.eq(reader.id))
        .order_by_desc(Column::Id)
        .limit(limit.unwrap_or(MARKS_MAX).min(MARKS_MAX))
        .all(tx)
        .await?)
}

/// Marks something; twice is once.
///
/// # Errors
/// [`Error::Invalid`], also for a theme or a municipality that does not exist, and for more than [`MARKS_MAX`].
pub async fn mark(
    tx: &TenantTx,
    reader: &StaffMember,
    request: &MarkRequest,
) -> Result<Mark, Error> {
    let mut errors = FieldErrors::default();
    let kind: Option<MarkKind> = read_choice(&mut errors, "kind", &request.kind);
    let target = clean_line(&request.target);
    let target = input::required(target, TARGET_MAX, "target", &mut errors);
    let mut label = input::optional(clean_line(&request.label), 200, "label", &mut errors);
    match kind {
        Some(MarkKind::Theme) if target.parse::<Theme>().is_err() => {
            errors.add("target", "not_an_option");
        }
        Some(MarkKind::Municipality) => match Municipality::all().find(|one| one.code == target) {
            Some(place) => place.name.clone_into(&mut label),
            None => errors.add("target", "not_an_option"),
        },
        _ => {}
    }
    let known = marks(tx, reader, None).await?;
    if u64::try_from(known.len()).is_ok_and(|count| count >= MARKS_MAX) {
        errors.add_with("target", "too_many", "max", MARKS_MAX);
    }
    errors.into_result()?;
    let Some(kind) = kind else {
        return Err(Error::bug("a kind that was checked"));
    };
    let same = |mark: &Mark| mark.kind == kind && mark.target == target;
    if let Some(mark) = known.into_iter().find(same) {
        return Ok(mark);
    }
    let mark = Mark {
        tenant_id: tx.tenant(),
        id: tx.new_id(),
        staff_id: reader.id,
        kind,
        target,
        label,
        created_at: tx.now(),
        told_at: tx.now(),
    };
    let row = practice_mark::ActiveModel {
        tenant_id: Set(mark.tenant_id),
        id: Set(mark.id),
        staff_id: Set(mark.staff_id),
        kind: Set(mark.kind),
        target: Set(mark.target.clone()),
        label: Set(mark.label.clone()),
        created_at: Set(mark.created_at),
        told_at: Set(mark.told_at),
    };
    let twice = [
        Column::TenantId,
        Column::StaffId,
        Column::Kind,
        Column::Target,
    ];
    practice_mark::Entity::insert(row)
        .on_conflict(OnConflict::columns(twice).do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok(mark)
}

/// Takes one's own mark away.
///
/// # Errors
/// [`Error::NotFound`] also for the mark of a colleague.
pub async fn unmark(tx: &TenantTx, reader: &StaffMember, id: MarkId) -> Result<(), Error> {
    let removed = tx
        .delete::<practice_mark::Entity>()
        .filter(Column::Id.eq(id))
        .filter(Column::StaffId.eq(reader.id))
        .exec(tx)
        .await?;
    if removed.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}
