//! Saved views: a filter with a name, for oneself or for everybody.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tenants::{Permission, StaffId, TenantTx, permission, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    FilterRequest, ViewId,
    entity::saved_view::{self, Column},
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    text,
};

/// Longest name, in characters.
const NAME_MAX: usize = 40;
/// Most views of one person, and most that are shared.
const VIEWS_MAX: usize = 12;

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SavedViewItem)]
pub struct SavedView {
    /// Id.
    pub id: ViewId,
    /// Name.
    #[schema(example = "Gladheid van mijn team")]
    pub name: String,
    /// Whether everybody has it.
    pub shared: bool,
    /// What it shows.
    pub filter: FilterRequest,
}

impl SavedView {
    /// A view of which the filter was read as text; none when it cannot be read.
    pub(super) fn parse(id: ViewId, name: String, filter: &str, shared: bool) -> Option<Self> {
        Some(Self {
            id,
            name,
            shared,
            filter: serde_json::from_str(filter).ok()?,
        })
    }
}

/// A view to keep.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct ViewRequest {
    /// Name.
    #[schema(required = true, example = "Gladheid van mijn team")]
    pub name: String,
    /// Whether everybody has it; only who leads the desk may share one.
    pub shared: bool,
    /// What it shows. What is searched for is not kept: that is about somebody, a view is about work.
    pub filter: FilterRequest,
}

impl ViewRequest {
    fn parse(&self, errors: &mut FieldErrors) -> (String, Value) {
        let name = text::clean_line(&self.name);
        if name.is_empty() {
            errors.add("name", "required");
        } else if name.chars().count() > NAME_MAX {
            errors.add_with("name", "too_long", "max", NAME_MAX);
        }
        self.filter.read(errors);
        let filter = FilterRequest {
            search: String::new(),
            ..self.filter.clone()
        };
        (name, json!(filter))
    }
}

/// The views that somebody has.
fn visible(staff: StaffId) -> Condition {
    Condition::any()
        .add(Column::OwnerId.is_null())
        .add(Column::OwnerId.eq(staff))
}

/// The views that somebody has, as choices ([`tenants::staff::named`]): the word is the filter, and active is what is shared.
pub(super) fn named(tx: &TenantTx, staff: StaffId) -> SelectStatement {
    tx.find::<saved_view::Entity>()
        .select_only()
        .expr_as(Expr::value("view"), "list")
        .column(Column::Id)
        .expr_as(Expr::col(Column::Name), "label")
        .expr_as(Expr::value(""), "other")
        .expr_as(Expr::col(Column::Filter).cast_as("text"), "word")
        .expr_as(Expr::col(Column::OwnerId).is_null(), "active")
        .filter(visible(staff))
        .into_query()
}

/// The views that somebody has, one's own first, by name.
pub async fn views(
    tx: &TenantTx,
    staff: &StaffMember,
    limit: Option<u64>,
) -> Result<Vec<SavedView>, Error> {
    let rows = tx
        .find::<saved_view::Entity>()
        .filter(visible(staff.id))
        .order_by_asc(Expr::col(Column::OwnerId).is_null())
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    rows.into_iter().map(view).collect()
}

fn view(row: saved_view::Model) -> Result<SavedView, Error> {
    Ok(SavedView {
        id: row.id,
        name: row.name,
        shared: row.owner_id.is_none(),
        filter: serde_json::from_value(row.filter).map_err(Error::bug)?,
    })
}

/// Only who leads the desk changes what everybody has.
fn may_share(actor: &StaffMember) -> bool {
    permission::allowed(&actor.roles, Permission::ShareViews)
}

/// Keeps a view.
///
/// # Errors
/// [`Error::Invalid`]; [`Code::NotAllowed`] for a shared one by somebody who does not lead.
pub async fn add_view(
    tx: &TenantTx,
    actor: &StaffMember,
    request: &ViewRequest,
) -> Result<SavedView, Error> {
    if request.shared && !may_share(actor) {
        return Err(Error::refused(Code::NotAllowed));
    }
    let mut errors = FieldErrors::default();
    let (name, filter) = request.parse(&mut errors);
    let known = views(tx, actor, None).await?;
    let alike = known.iter().filter(|view| view.shared == request.shared);
    if alike.clone().count() >= VIEWS_MAX {
        errors.add_with("name", "too_many", "max", VIEWS_MAX);
    }
    if (alike.clone()).any(|view| view.name.to_lowercase() == name.to_lowercase()) {
        errors.add("name", "view_twice");
    }
    errors.into_result()?;
    let row = tx
        .insert(saved_view::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            owner_id: Set((!request.shared).then_some(actor.id)),
            name: Set(name),
            filter: Set(filter),
            created_at: Set(tx.now()),
        })
        .await?;
    if request.shared {
        let object = ("view", Some(row.id.0));
        audit::record(tx, Some(actor.id), Action::ViewShare, object, json!({})).await?;
    }
    view(row)
}

/// The view, when somebody may change it.
async fn own(tx: &TenantTx, actor: &StaffMember, id: ViewId) -> Result<SavedView, Error> {
    let known = views(tx, actor, None).await?;
    let view = known.into_iter().find(|view| view.id == id);
    let view = view.ok_or(Error::NotFound)?;
    if view.shared && !may_share(actor) {
        return Err(Error::refused(Code::NotAllowed));
    }
    Ok(view)
}

/// Gives a view another name or another filter. Whose it is stays.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`]; [`Code::NotAllowed`] for a shared one by somebody who does not lead.
pub async fn replace_view(
    tx: &TenantTx,
    actor: &StaffMember,
    id: ViewId,
    request: &ViewRequest,
) -> Result<SavedView, Error> {
    let before = own(tx, actor, id).await?;
    let mut errors = FieldErrors::default();
    let (name, filter) = request.parse(&mut errors);
    errors.into_result()?;
    tx.update::<saved_view::Entity>()
        .col_expr(Column::Name, Expr::value(name.as_str()))
        .col_expr(Column::Filter, Expr::value(filter.clone()))
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(SavedView {
        name,
        filter: serde_json::from_value(filter).map_err(Error::bug)?,
        ..before
    })
}

/// Removes a view.
///
/// # Errors
/// [`Error::NotFound`]; [`Code::NotAllowed`] for a shared one by somebody who does not lead.
pub async fn remove_view(tx: &TenantTx, actor: &StaffMember, id: ViewId) -> Result<(), Error> {
    own(tx, actor, id).await?;
    tx.delete::<saved_view::Entity>()
        .filter(Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}
