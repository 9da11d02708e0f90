//! The first day of a municipality: what is to be done before it opens, trying the form out, and opening.
//!
//! Nothing is live before somebody presses "open": until then residents see that the municipality is preparing itself, and what staff send on
//! the form is a trial ([`cases::Trial`]) that goes when the municipality opens.

mod entity;
mod steps;

use serde_json::json;
use tenants::{Role, StaffId, Tenant, TenantState, TenantTx, staff, tenant};

pub use self::steps::{
    DecisionId, FirstDay, Step, StepItem, StepRequest, StepState, decide, first_day,
};
use crate::{
    Code, Error, Language,
    audit::{self, Action},
    cases, files,
    mail::{self, LinkBase, NewMail},
    submissions,
};

/// Removes all trial messages with everything that hangs on them. That one was sent is remembered: nobody is asked for another. Gives back how
/// many there were.
pub async fn remove_trials(tx: &TenantTx, actor: StaffId) -> Result<usize, Error> {
    let trials = cases::trials(tx).await?;
    if trials.is_empty() {
        return Ok(0);
    }
    let submissions: Vec<_> = trials.iter().map(|trial| trial.submission).collect();
    mail::forget(tx, trials.iter().map(|trial| trial.id.0)).await?;
    files::delete(tx, &submissions).await?;
    cases::remove_trials(tx, &trials).await?;
    submissions::delete(tx, &submissions).await?;
    steps::keep(tx, actor, Step::Trial, StepState::Done).await?;
    let details = json!({ "count": trials.len() });
    audit::record(
        tx,
        Some(actor),
        Action::TrialRemove,
        ("case", None),
        details,
    )
    .await?;
    Ok(trials.len())
}

/// Opens a municipality for its residents. Trial messages go first; every administrator is mailed the address and what to put on the website.
///
/// # Errors
/// [`Code::AlreadyOpen`] when it is in use; [`Code::Changed`] in any other state.
pub async fn open(
    tx: &TenantTx,
    municipality: &Tenant,
    actor: StaffId,
    links: &LinkBase,
) -> Result<(), Error> {
    match tenant::state(tx).await? {
        TenantState::Preparing => {}
        TenantState::Active => return Err(Error::refused(Code::AlreadyOpen)),
        _ => return Err(Error::refused(Code::Changed)),
    }
    remove_trials(tx, actor).await?;
    tenant::set_state(tx, TenantState::Active, None).await?;
    let subject = ("municipality", None);
    audit::record(
        tx,
        Some(actor),
        Action::MunicipalityOpen,
        subject,
        json!({}),
    )
    .await?;
    let address = links.link(municipality, "/");
    for member in staff::all(tx, None).await? {
        if !member.active || !member.roles.contains(&Role::TenantAdmin) {
            continue;
        }
        let own = member.language.as_deref().unwrap_or_default();
        let new = NewMail {
            kind: "staff.opened",
            recipient: &member.email,
            about: None,
            language: own.parse().unwrap_or(Language::Dutch),
            text: "mail-opened",
            values: &[
                ("municipality", &municipality.name),
                ("name", &member.name),
                ("link", &address),
            ],
        };
        mail::enqueue(tx, new).await?;
    }
    Ok(())
}
