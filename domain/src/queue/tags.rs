//! Tags: free words by which staff find cases again. They go with the contents of a case.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, SelectStatement},
};
use serde::Deserialize;
use serde_json::json;
use tenants::{TenantTx, staff::StaffMember};
use utoipa::ToSchema;
use uuid::Uuid;

use super::entity::case_tag::{self, Column};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
    cases::{CaseId, EventKind, entity::case_file, record_event},
    text,
};

/// Most tags of a case: more tell nobody anything.
pub const TAGS_MAX: usize = 8;
/// Longest tag, in characters.
const TAG_MAX: usize = 30;
/// What stands between tags that are read together; no tag holds it.
const BETWEEN: &str = "\n";

/// A tag as it is kept: one line in small letters.
pub(super) fn clean(typed: &str) -> String {
    text::clean_line(typed).to_lowercase()
}

/// A tag, checked; what is wrong with it is noted.
pub(super) fn read(errors: &mut FieldErrors, field: &str, typed: &str) -> String {
    let tag = clean(typed);
    if tag.is_empty() {
        errors.add(field, "required");
    } else if tag.chars().count() > TAG_MAX {
        errors.add_with(field, "too_long", "max", TAG_MAX);
    }
    tag
}

/// The ids of cases with a tag.
pub(super) fn cases(tx: &TenantTx, tag: &str) -> SelectStatement {
    tx.find::<case_tag::Entity>()
        .select_only()
        .column(Column::CaseId)
        .filter(Column::Tag.eq(tag))
        .into_query()
}

/// The tags as choices ([`tenants::staff::named`]).
pub(super) fn named(tx: &TenantTx) -> SelectStatement {
    tx.find::<case_tag::Entity>()
        .select_only()
        .distinct()
        .expr_as(Expr::value("tag"), "list")
        .expr_as(Expr::value(Option::<Uuid>::None), "id")
        .expr_as(Expr::col(Column::Tag), "label")
        .expr_as(Expr::value(""), "other")
        .expr_as(Expr::value(""), "word")
        .expr_as(Expr::value(true), "active")
        .into_query()
}

/// The tags of a row of `case_file`, in one text.
pub(super) fn joined(tx: &TenantTx) -> Expr {
    let all = Func::cust("string_agg")
        .arg(Expr::col((case_tag::Entity, Column::Tag)))
        .arg(Expr::value(BETWEEN));
    let tags = tx
        .find::<case_tag::Entity>()
        .select_only()
        .expr(Expr::from(all))
        .filter(
            Expr::col((case_tag::Entity, Column::CaseId))
                .equals((case_file::Entity, case_file::Column::Id)),
        )
        .into_query();
    Expr::SubQuery(None, Box::new(tags.into()))
}

/// The tags of [`joined`], by the alphabet.
pub(super) fn split(joined: Option<&str>) -> Vec<String> {
    let mut tags: Vec<String> = joined
        .map(|joined| joined.split(BETWEEN).map(str::to_owned).collect())
        .unwrap_or_default();
    tags.sort_unstable();
    tags
}

/// The tags of a case, by the alphabet.
pub async fn tags_of(tx: &TenantTx, case: CaseId) -> Result<Vec<String>, Error> {
    let rows = tx
        .find::<case_tag::Entity>()
        .filter(Column::CaseId.eq(case))
        .order_by_asc(Column::Tag)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.tag).collect())
}

/// The tags of cases.
pub(crate) async fn tags_of_all(
    tx: &TenantTx,
    cases: impl Iterator<Item = CaseId>,
) -> Result<Vec<(CaseId, String)>, Error> {
    let rows = tx
        .find::<case_tag::Entity>()
        .filter(Column::CaseId.is_in(cases))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.case_id, row.tag)).collect())
}

/// Puts a tag on cases that do not have it.
pub(super) async fn add(tx: &TenantTx, cases: &[CaseId], tag: &str) -> Result<(), Error> {
    let rows = (cases.iter())
        .map(|case| case_tag::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            case_id: Set(*case),
            tag: Set(tag.to_owned()),
        })
        .collect();
    Ok(tx.insert_all(rows).await?)
}

/// Puts a tag on one case by a rule.
///
/// # Errors
/// [`Error::Invalid`] when the case has as many tags as one can have.
pub(crate) async fn add_tag(tx: &TenantTx, case: CaseId, tag: &str) -> Result<(), Error> {
    let held = tags_of(tx, case).await?;
    if held.iter().any(|held| held == tag) {
        return Ok(());
    }
    if held.len() >= TAGS_MAX {
        let mut errors = FieldErrors::default();
        errors.add_with("tags", "too_many", "max", TAGS_MAX);
        errors.into_result()?;
    }
    add(tx, &[case], tag).await
}

/// Takes a tag from cases.
pub(super) async fn remove(tx: &TenantTx, cases: &[CaseId], tag: &str) -> Result<(), Error> {
    tx.delete::<case_tag::Entity>()
        .filter(Column::CaseId.is_in(cases.iter().copied()))
        .filter(Column::Tag.eq(tag))
        .exec(tx)
        .await?;
    Ok(())
}

/// All tags of a case.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TagsRequest {
    /// Each at most 30 characters; at most 8.
    #[schema(example = json!(["gladheid", "weg"]))]
    pub tags: Vec<String>,
}

/// Gives a case these tags and no others.
///
/// # Errors
/// [`Error::Invalid`] for a tag that cannot be used, and for too many.
pub async fn replace(
    tx: &TenantTx,
    case: CaseId,
    actor: &StaffMember,
    request: &TagsRequest,
) -> Result<Vec<String>, Error> {
    let mut errors = FieldErrors::default();
    let wanted: BTreeSet<String> = (request.tags.iter())
        .filter(|tag| !tag.trim().is_empty())
        .map(|tag| read(&mut errors, "tags", tag))
        .collect();
    if wanted.len() > TAGS_MAX {
        errors.add_with("tags", "too_many", "max", TAGS_MAX);
    }
    errors.into_result()?;
    let wanted: Vec<String> = wanted.into_iter().collect();
    if tags_of(tx, case).await? == wanted {
        return Ok(wanted);
    }
    erase(tx, case).await?;
    let rows = (wanted.iter())
        .map(|tag| case_tag::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            case_id: Set(case),
            tag: Set(tag.clone()),
        })
        .collect();
    tx.insert_all(rows).await?;
    record_event(tx, case, EventKind::Tagged, Some(actor.id), json!({})).await?;
    let object = ("case", Some(case.0));
    audit::record(tx, Some(actor.id), Action::CaseTag, object, json!({})).await?;
    Ok(wanted)
}

/// Takes all tags from a case.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    tx.delete::<case_tag::Entity>()
        .filter(Column::CaseId.eq(case))
        .exec(tx)
        .await?;
    Ok(())
}
