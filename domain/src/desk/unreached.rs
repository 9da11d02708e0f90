//! A resident who could not be reached by telephone hears that, so that they can let us know how to.

use sea_orm::ActiveValue::Set;
use serde_json::json;
use tenants::{StaffId, Tenant, TenantTx};

use crate::{
    Error,
    cases::{
        self, Case, ContactResult, EventKind, Preference, entity::contact_moment, events,
        record_event,
    },
    clocks,
    mail::{self, NewMail},
};

/// After the last of the tries that the promise says, and when the number is somebody else's: mails the resident, which is a message that was
/// left. Without an address the case says that they do not know. Once for a case.
pub(super) async fn tell(
    tx: &TenantTx,
    case: &Case,
    actor: StaffId,
    result: ContactResult,
    tenant: &Tenant,
) -> Result<(), Error> {
    let waits = case.preference == Preference::Call && case.contacted_at.is_none();
    let is_over = match result {
        ContactResult::WrongNumber => true,
        ContactResult::NoAnswer | ContactResult::MessageLeft => {
            waits && clocks::tries_made(tx, case).await?
        }
        _ => false,
    };
    if !waits || !is_over {
        return Ok(());
    }
    let told = (events(tx, case.id).await?.iter()).any(|event| {
        let is_first = case.contact_email.is_none() && event.kind == EventKind::Unreachable;
        is_first || event.kind == EventKind::Unreached
    });
    if told {
        return Ok(());
    }
    let Some(recipient) = case.contact_email.as_deref() else {
        return record_event(tx, case.id, EventKind::Unreachable, None, json!({})).await;
    };
    let new = NewMail {
        kind: "desk.unreached",
        recipient,
        about: Some(case.id.0),
        language: cases::language(case),
        text: "mail-unreached",
        values: &[
            ("municipality", &tenant.name),
            ("reference", &case.reference),
        ],
    };
    mail::enqueue(tx, new).await?;
    tx.insert(contact_moment::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        case_id: Set(case.id),
        staff_id: Set(actor),
        result: Set(ContactResult::MailSent),
        note: Set(String::new()),
        wish: Set(String::new()),
        call_at: Set(None),
        at: Set(tx.now()),
    })
    .await?;
    record_event(tx, case.id, EventKind::Unreached, None, json!({})).await?;
    let what = (ContactResult::MailSent, tx.now(), None);
    clocks::apply_contact(tx, case, actor, what).await
}
