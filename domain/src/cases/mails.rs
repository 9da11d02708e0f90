//! Mails about a case, and what becomes of its address when they do not arrive.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use tenants::TenantTx;

use super::{Case, CaseId, EventKind, Preference, change, entity::case_file::Column, record_event};
use crate::{
    Error,
    mail::{self, NewMail},
};

/// Mails something about a case that nobody typed. When too many such mails left today it is not written, and the case says so.
/// Whether it was written.
pub(crate) async fn mail_automatically(
    tx: &TenantTx,
    case: CaseId,
    new: NewMail<'_>,
) -> Result<bool, Error> {
    if let Some(cap) = mail::cap(tx, case.0, new.recipient).await? {
        let details = json!({ "limit": cap, "mail": new.kind });
        record_event(tx, case, EventKind::MailHeld, None, details).await?;
        return Ok(false);
    }
    mail::enqueue(tx, new).await?;
    Ok(true)
}

/// Notes that mails to the address of a case do not arrive. Whoever wanted a mail and left a number is called from now on: the promise is to
/// be reached, and a bounce must not end it. Whether that was changed.
pub(crate) async fn address_bounced(
    tx: &TenantTx,
    case: &Case,
    address: &str,
) -> Result<bool, Error> {
    let is_current = case
        .contact_email
        .as_deref()
        .is_some_and(|current| current.eq_ignore_ascii_case(address));
    if !is_current {
        return Ok(false);
    }
    let calls = case.preference == Preference::Mail && case.contact_phone.is_some();
    let mut update = change(tx, case.id).col_expr(
        Column::EmailBouncedAt,
        Expr::col(Column::EmailBouncedAt).if_null(Expr::value(tx.now())),
    );
    if calls {
        update = update.col_expr(Column::Preference, Expr::value(Preference::Call));
    }
    update.filter(Column::ErasedAt.is_null()).exec(tx).await?;
    Ok(calls)
}

/// Notes that a mail to the address of a case arrived: somebody answered it.
pub(crate) async fn address_works(tx: &TenantTx, case: &Case) -> Result<(), Error> {
    if case.email_bounced_at.is_none() {
        return Ok(());
    }
    change(tx, case.id)
        .col_expr(Column::EmailBouncedAt, Expr::value(None::<DateTime<Utc>>))
        .exec(tx)
        .await?;
    Ok(())
}
