//! The hosts of a tenant: the first is the one in links.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, ExprTrait as _, QueryFilter, QueryOrder,
    sea_query::{Expr, Query},
};

use crate::{Error, TenantKind, TenantOwned, TenantTx, entity::tenant_host};

/// Each host has one owner.
impl TenantOwned for tenant_host::Entity {
    fn tenant_column() -> tenant_host::Column {
        tenant_host::Column::Owner
    }
}

/// The hosts of this tenant, the one in links first.
///
/// # Errors
/// When the database does not answer.
pub async fn of(tx: &TenantTx) -> Result<Vec<String>, Error> {
    let rows = tx
        .find::<tenant_host::Entity>()
        .order_by_asc(tenant_host::Column::Position)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.host).collect())
}

/// Which of these hosts belong to others, and what they are.
///
/// # Errors
/// When the database does not answer.
pub async fn of_others(
    tx: &TenantTx,
    hosts: &[String],
) -> Result<Vec<(String, TenantKind)>, Error> {
    let query = Query::select()
        .column(("tenant_host", "host"))
        .column(("tenant", "kind"))
        .from("tenant_host")
        .inner_join(
            "tenant",
            Expr::col(("tenant", "id")).equals(("tenant_host", "owner")),
        )
        .and_where(Expr::col(("tenant_host", "host")).is_in(hosts.iter().map(String::as_str)))
        .and_where(Expr::col(("tenant_host", "owner")).ne(tx.tenant()))
        .to_owned();
    let rows = tx.query_all(&query).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "host")?, row.try_get("", "kind")?)))
        .collect()
}

/// Adds a host behind the others.
///
/// # Errors
/// When it belongs to a tenant already; see [`Error::is_duplicate`].
pub async fn add(tx: &TenantTx, host: &str) -> Result<(), Error> {
    let last = tx
        .find::<tenant_host::Entity>()
        .order_by_desc(tenant_host::Column::Position)
        .one(tx)
        .await?;
    tx.insert(tenant_host::ActiveModel {
        host: Set(host.to_owned()),
        owner: Set(tx.tenant()),
        position: Set(last.map_or(0, |last| last.position + 1)),
    })
    .await?;
    Ok(())
}

/// Puts a host before the others: links lead to it from now on.
///
/// # Errors
/// When the database does not answer.
pub async fn put_first(tx: &TenantTx, host: &str) -> Result<(), Error> {
    let first = tx
        .find::<tenant_host::Entity>()
        .order_by_asc(tenant_host::Column::Position)
        .one(tx)
        .await?;
    tx.update::<tenant_host::Entity>()
        .col_expr(
            tenant_host::Column::Position,
            Expr::value(first.map_or(0, |first| first.position - 1)),
        )
        .filter(tenant_host::Column::Host.eq(host))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes a host away.
///
/// # Errors
/// When the database does not answer.
pub async fn remove(tx: &TenantTx, host: &str) -> Result<(), Error> {
    tx.delete::<tenant_host::Entity>()
        .filter(tenant_host::Column::Host.eq(host))
        .exec(tx)
        .await?;
    Ok(())
}
