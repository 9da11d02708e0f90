//! A mail that did not arrive is sent again.

use serde_json::json;
use tenants::{TenantTx, staff::StaffMember};

use super::actions::record;
use crate::{
    Code, Error,
    audit::Action,
    cases::{self, Case, CaseId, EventKind},
    mail::{self, MailId},
};

/// Sends a mail again that was given up, to the address that it was written to.
///
/// # Errors
/// [`Code::RecipientChanged`] when the resident has another address now; [`Code::MailNotRefused`], [`Error::NotFound`].
pub async fn resend_mail(tx: &TenantTx, id: MailId, actor: &StaffMember) -> Result<Case, Error> {
    let mail = mail::get(tx, id).await?;
    let case = case_of_mail(tx, id, actor).await?;
    let is_current = case
        .contact_email
        .as_deref()
        .is_some_and(|current| current.eq_ignore_ascii_case(&mail.recipient));
    if !is_current {
        return Err(Error::refused(Code::RecipientChanged));
    }
    mail::resend(tx, mail.id).await?;
    let what = (EventKind::MailResent, Action::MailResend);
    record(tx, case.id, actor, what, json!({ "mail": mail.id })).await?;
    Ok(case)
}

/// The case that a mail is about.
///
/// # Errors
/// [`Error::NotFound`], also for a mail that is about none, and for a case in which the reader has no part.
pub async fn case_of_mail(tx: &TenantTx, id: MailId, reader: &StaffMember) -> Result<Case, Error> {
    let mail = mail::get(tx, id).await?;
    let case = cases::get(tx, CaseId(mail.about)).await?;
    cases::require_part(tx, case.id, reader).await?;
    Ok(case)
}
