//! Staff write to the resident.

use serde_json::json;
use tenants::{Role, Tenant, TenantTx, staff::StaffMember};

use super::actions::{assignee_name, log_contact};
use crate::{
    Code, Error,
    audit::{self, Action},
    cases::{self, Case, CaseId, ContactResult, Preference, Viewer, refuse_merged},
    mail::{self, NewMail},
    messages::{self, Direction, Message, MessageChannel, NewMessage},
};

/// Writes to the resident: it stands on the resident's page, and a mail says so to whoever left an address. It keeps the promise to write. A
/// closed case can be answered too; a colleague's case only by a lead.
///
/// # Errors
/// [`Code::CaseNotYours`], [`Code::CaseMerged`], [`Error::NotFound`].
pub async fn write_message(
    tx: &TenantTx,
    id: CaseId,
    actor: &StaffMember,
    text: String,
    tenant: &Tenant,
) -> Result<Message, Error> {
    let case = cases::seen(tx, Viewer::of(actor), id).await?;
    refuse_merged(tx, &case).await?;
    let is_other = case.assignee_id.is_some_and(|handler| handler != actor.id);
    if is_other && !actor.roles.contains(&Role::Lead) {
        let name = assignee_name(tx, &case).await?;
        return Err(Error::refused_because(Code::CaseNotYours, "name", name));
    }
    let mail = tell(tx, &case, &text, tenant).await?;
    let message = NewMessage {
        case: id,
        direction: Direction::Out,
        channel: match mail {
            Some(_) => MessageChannel::Mail,
            None => MessageChannel::Page,
        },
        author: Some(actor.id),
        text,
        at: tx.now(),
        mail,
    };
    let message = messages::append(tx, message).await?;
    let object = ("case", Some(id.0));
    audit::record(tx, Some(actor.id), Action::CaseMessage, object, json!({})).await?;
    let keeps_promise = case.preference == Preference::Mail && mail.is_some();
    if keeps_promise
        && case.contacted_at.is_none()
        && case.assignee_id == Some(actor.id)
        && case.status.is_open()
    {
        let contact = super::NewContact {
            result: ContactResult::MailSent,
            note: String::new(),
            wish: String::new(),
            call_at: None,
            at: None,
            reason: String::new(),
        };
        log_contact(tx, id, actor, contact, tenant).await?;
    }
    Ok(message)
}

/// The mail with an answer; none without an address. Where mails of residents come in, it holds the words and can be answered; elsewhere it
/// says where they stand.
async fn tell(
    tx: &TenantTx,
    case: &Case,
    words: &str,
    tenant: &Tenant,
) -> Result<Option<mail::MailId>, Error> {
    let Some(recipient) = case.contact_email.as_deref() else {
        return Ok(None);
    };
    let new = NewMail {
        kind: "case.message",
        recipient,
        about: Some(case.id.0),
        language: cases::language(case),
        text: if tenant.contact.mail_domain.is_some() {
            "mail-letter"
        } else {
            "mail-message"
        },
        values: &[
            ("text", words),
            ("municipality", &tenant.name),
            ("reference", &case.reference),
        ],
    };
    Ok(Some(mail::enqueue_letter(tx, new).await?))
}

/// Mails the resident what a rule says. It is no answer: no promise is kept by it.
///
/// # Errors
/// [`Error::NotFound`] without an address at which mails arrive; [`Code::TooManyRequests`] when too many mails left today.
pub(crate) async fn mail_by_rule(tx: &TenantTx, case: &Case, words: &str) -> Result<(), Error> {
    let arrives = case.email_bounced_at.is_none() && case.erased_at.is_none();
    let address = case.contact_email.as_deref().filter(|_| arrives);
    let recipient = address.ok_or(Error::NotFound)?;
    refuse_merged(tx, case).await?;
    let municipality = tenants::tenant::name(tx).await?;
    let new = NewMail {
        kind: "rule.mail",
        recipient,
        about: Some(case.id.0),
        language: cases::language(case),
        text: "mail-rule",
        values: &[
            ("text", words),
            ("municipality", &municipality),
            ("reference", &case.reference),
        ],
    };
    if cases::mail_automatically(tx, case.id, new).await? {
        Ok(())
    } else {
        Err(Error::refused(Code::TooManyRequests))
    }
}
