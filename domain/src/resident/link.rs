//! The secret link: renewed, revoked, found again.

use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::json;
use tenants::{StaffId, Tenant, TenantTx};
use utoipa::ToSchema;

use crate::{
    Error,
    audit::{self, Action},
    cases::{self, Case, EventKind, record_event},
    intake::quarantine,
    mail::{self, LinkBase, NewMail},
    submissions::{self, Submission},
};

/// The municipality, and where its links lead.
pub type LinkSender<'a> = (&'a Tenant, &'a LinkBase);

/// What the mail with a new link is registered as.
const LINK_MAIL: &str = "case.link";
/// Most links that are mailed to one mailbox in a day on a resident's asking.
const LINKS_A_DAY: u64 = 5;

/// Mails a new link to the known address; the old one works no longer.
///
/// # Errors
/// [`Error::Invalid`] when no address is known.
pub async fn renew_link(
    tx: &TenantTx,
    case: &Case,
    actor: Option<StaffId>,
    (tenant, links): LinkSender<'_>,
) -> Result<(), Error> {
    let Some(recipient) = case.contact_email.as_deref() else {
        return Err(Error::invalid("email", "required"));
    };
    let day = tx.now() - TimeDelta::days(1);
    if actor.is_none()
        && mail::written_since(tx, LINK_MAIL, Some(recipient), day).await? >= LINKS_A_DAY
    {
        return Err(Error::refused(crate::Code::TooManyRequests));
    }
    let code = cases::renew_link(tx, case.submission_id).await?;
    let link = links.link(tenant, &format!("/melding/{code}"));
    let new = NewMail {
        kind: LINK_MAIL,
        recipient,
        about: Some(case.id.0),
        language: cases::language(case),
        text: "mail-link",
        values: &[
            ("municipality", &tenant.name),
            ("reference", &case.reference),
            ("link", &link),
        ],
    };
    mail::enqueue(tx, new).await?;
    record(tx, case, actor, ("linkRenewed", Action::CaseLinkRenew)).await
}

/// Ends the link without a new one, when somebody else got hold of it.
pub async fn revoke_link(tx: &TenantTx, case: &Case, actor: StaffId) -> Result<(), Error> {
    cases::revoke_link(tx, case.submission_id).await?;
    record(
        tx,
        case,
        Some(actor),
        ("linkRevoked", Action::CaseLinkRevoke),
    )
    .await
}

async fn record(
    tx: &TenantTx,
    case: &Case,
    actor: Option<StaffId>,
    (what, action): (&str, Action),
) -> Result<(), Error> {
    record_event(
        tx,
        case.id,
        EventKind::Resident,
        actor,
        json!({ "what": what }),
    )
    .await?;
    audit::record(tx, actor, action, ("case", Some(case.id.0)), json!({})).await
}

/// Somebody who lost the link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct LostLinkRequest {
    /// The number of the message.
    #[schema(example = "7K4H-9XTR")]
    pub reference: String,
    /// The mail address that was left with it.
    pub email: String,
}

/// Mails a new link when the reference and the address belong together. Whether they do shows nowhere.
pub async fn mail_lost_link(
    tx: &TenantTx,
    request: &LostLinkRequest,
    sender: LinkSender<'_>,
) -> Result<(), Error> {
    let typed = request.email.trim().to_lowercase();
    let Some(case) = Error::optional(cases::by_reference(tx, &request.reference).await)? else {
        return Ok(());
    };
    let known = case.contact_email.as_deref().map(str::to_lowercase);
    if typed.is_empty() || known.as_deref() != Some(typed.as_str()) {
        return Ok(());
    }
    match renew_link(tx, &case, None, sender).await {
        Err(Error::Refused(_)) => Ok(()),
        renewed => renewed,
    }
}

async fn by_reference(tx: &TenantTx, reference: &str) -> Result<Option<Submission>, Error> {
    let id = match Error::optional(cases::by_reference(tx, reference).await)? {
        Some(case) => Some(case.submission_id),
        None => quarantine::by_reference(tx, reference).await?,
    };
    match id {
        Some(id) => Ok(Some(submissions::get(tx, id).await?)),
        None => Ok(None),
    }
}

/// The code of the link, for whoever knows the reference and the short code.
///
/// # Errors
/// [`Error::NotFound`], the same for every wrong pair.
pub async fn code_for(tx: &TenantTx, reference: &str, short_code: &str) -> Result<String, Error> {
    let submission = by_reference(tx, reference).await?;
    submission
        .and_then(|submission| cases::code_by_short_code(&submission, short_code))
        .ok_or(Error::NotFound)
}
