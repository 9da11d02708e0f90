//! One category goes into another one.

use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde::Deserialize;
use serde_json::json;
use tenants::{TenantTx, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    CaseId, Category, CategoryId, EventKind, categories,
    entity::{
        case_category,
        case_file::{self, Column},
    },
    kinds::CaseStatus,
    record_events,
};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
    text::read_choice,
};

/// Messages that one statement changes.
const BATCH: usize = 500;

/// Into which category another one goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct CategoryMergeRequest {
    /// The one that goes on.
    #[schema(value_type = CategoryId, required = true)]
    pub into_id: String,
}

/// Puts a category into another one: open messages go along, closed ones keep what they were, and new ones no longer get it. What was promised
/// about a message stays.
///
/// # Errors
/// [`Error::Invalid`] for one that is not used or has categories below it; [`Error::NotFound`].
pub async fn merge_category(
    tx: &TenantTx,
    actor: &StaffMember,
    id: CategoryId,
    request: &CategoryMergeRequest,
) -> Result<Category, Error> {
    let known = categories(tx, None).await?;
    let from = (known.iter().find(|category| category.id == id)).ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    let wanted: Option<CategoryId> = read_choice(&mut errors, "intoId", &request.into_id);
    let into = wanted.and_then(|wanted| {
        let mut others = known.iter().filter(|one| one.active && one.id != id);
        others.find(|one| one.id == wanted)
    });
    if wanted.is_some() && into.is_none() {
        errors.add("intoId", "not_an_option");
    } else if known
        .iter()
        .any(|one| one.active && one.parent.as_ref() == Some(&from.key))
    {
        errors.add("intoId", "category_has_others");
    }
    let (Some(into), true) = (into, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    let ids: Vec<CaseId> = tx
        .find::<case_file::Entity>()
        .filter(Column::Category.eq(from.key.as_str()))
        .filter(Column::Status.is_in(CaseStatus::OPEN))
        .lock_exclusive()
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(tx)
        .await?;
    for some in ids.chunks(BATCH) {
        tx.update::<case_file::Entity>()
            .col_expr(Column::Category, Expr::value(into.key.as_str()))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1))
            .filter(Column::Id.is_in(some.iter().copied()))
            .exec(tx)
            .await?;
        let details = json!({ "from": from.key, "to": into.key });
        let events = some.iter().map(|case| (*case, details.clone()));
        record_events(tx, EventKind::Categorised, Some(actor.id), events).await?;
    }
    tx.update::<case_category::Entity>()
        .col_expr(case_category::Column::Active, Expr::value(false))
        .filter(case_category::Column::Id.eq(id))
        .exec(tx)
        .await?;
    let object = ("category", Some(id.0));
    let details = json!({ "key": from.key, "into": into.key, "cases": ids.len() });
    audit::record(tx, Some(actor.id), Action::CategoryMerge, object, details).await?;
    Ok(into.clone())
}
