//! Suspending, resuming and leaving: by the platform, with a reason, known to both.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{
    Db, PlatformTx, Role, StaffId, TenantId, TenantKind, TenantState, session, staff, tenant,
    text_enum,
};
use utoipa::ToSchema;

use crate::{
    Code, Error, FieldErrors, Language,
    audit::{self, Action},
    input,
    jobs::{self, Persist},
    mail::{self, NewMail},
    text,
};

/// Longest reason, in characters.
const REASON_MAX: usize = 500;

text_enum! {
    /// What the platform does with a municipality.
    StandingStep {
        /// Its staff cannot sign in; residents can send and read on.
        Suspend = "suspend",
        /// It is in use again.
        Resume = "resume",
        /// It stops: its hosts say where residents can go.
        Leave = "leave",
    }
}

impl StandingStep {
    /// The state it leads to, when it can be done in this one.
    const fn from(self, state: TenantState) -> Option<TenantState> {
        match (self, state) {
            (Self::Suspend, TenantState::Active) => Some(TenantState::Suspended),
            (Self::Resume, TenantState::Suspended | TenantState::Left) => Some(TenantState::Active),
            (
                Self::Leave,
                TenantState::Preparing | TenantState::Active | TenantState::Suspended,
            ) => Some(TenantState::Left),
            _ => None,
        }
    }

    /// Whether it can be done in this state.
    #[must_use]
    pub const fn fits(self, state: TenantState) -> bool {
        self.from(state).is_some()
    }

    const fn action(self) -> Action {
        match self {
            Self::Suspend => Action::TenantSuspend,
            Self::Resume => Action::TenantResume,
            Self::Leave => Action::TenantLeave,
        }
    }

    /// Name and text of the mail to the administrators.
    const fn mail(self) -> (&'static str, &'static str) {
        match self {
            Self::Suspend => ("hosting.suspended", "mail-hosting-suspended"),
            Self::Resume => ("hosting.resumed", "mail-hosting-resumed"),
            Self::Leave => ("hosting.left", "mail-hosting-left"),
        }
    }
}

/// Whether a municipality is in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TenantStanding)]
pub struct Standing {
    /// Its short name.
    #[schema(example = "waterdam")]
    pub slug: String,
    /// Its name.
    #[schema(example = "Gemeente Waterdam")]
    pub name: String,
    /// Whether it is in use.
    pub state: TenantState,
    /// Since when, in UTC.
    pub since: DateTime<Utc>,
    /// Why.
    pub reason: Option<String>,
    /// Its id.
    #[serde(skip)]
    pub id: TenantId,
}

/// Why the platform does it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StandingRequest {
    /// The reason, for the staff of the municipality.
    #[serde(default)]
    #[schema(example = "Het contract is afgelopen.")]
    pub reason: String,
}

impl StandingRequest {
    fn parse(&self) -> Result<String, Error> {
        let mut errors = FieldErrors::default();
        let reason = text::clean_text(&self.reason);
        let reason = input::required(reason, REASON_MAX, "reason", &mut errors);
        errors.into_result()?;
        Ok(reason)
    }
}

/// Who decides for the platform.
#[derive(Clone, Copy, Debug)]
pub struct Operator {
    /// The platform's own organisation.
    pub platform: TenantId,
    /// Who it is; nobody at the command line.
    pub staff: Option<StaffId>,
}

/// How a municipality stands.
///
/// # Errors
/// [`Error::NotFound`] when there is none with that short name.
pub async fn standing(tx: &PlatformTx, slug: &str) -> Result<Standing, Error> {
    let tenant = tenant::by_slug(tx, slug).await?;
    let tenant = tenant.filter(|tenant| tenant.kind == TenantKind::Municipality);
    let tenant = tenant.ok_or(Error::NotFound)?;
    Ok(Standing {
        id: tenant.id,
        state: tenant.state,
        since: tenant.state_since,
        reason: tenant.state_reason.clone(),
        slug: tenant.slug,
        name: tenant.name,
    })
}

/// Somebody who is told.
struct Reader {
    email: String,
    name: String,
    language: Language,
}

/// Suspends a municipality, resumes it, or ends it: its staff is signed out, its administrators get a mail from the platform, and both logs know
/// it. Nothing is deleted.
///
/// # Errors
/// When there is no such municipality, no reason, or it does not stand where this can be done.
pub async fn change(
    db: &Db,
    operator: Operator,
    slug: &str,
    step: StandingStep,
    request: &StandingRequest,
) -> Result<Standing, Error> {
    let reason = request.parse()?;
    let tx = db.platform_read().await?;
    let known = standing(&tx, slug).await?;
    drop(tx);

    let tx = db.write(known.id).await?;
    let state = step
        .from(tenant::state_for_change(&tx).await?)
        .ok_or_else(|| Error::refused(Code::TenantNotNow))?;
    tenant::set_state(&tx, state, Some(&reason)).await?;
    if state != TenantState::Active {
        session::end_everybody(&tx).await?;
    }
    let object = ("tenant", Some(known.id.0));
    let details = json!({ "reason": reason });
    audit::record(&tx, None, step.action(), object, details.clone()).await?;
    let since = tx.now();
    let readers: Vec<Reader> = (staff::all(&tx, None).await?.into_iter())
        .filter(|member| member.active && member.roles.contains(&Role::TenantAdmin))
        .map(|member| Reader {
            language: (member.language.as_deref())
                .and_then(|language| language.parse().ok())
                .unwrap_or(Language::Dutch),
            email: member.email,
            name: member.name,
        })
        .collect();
    tx.commit().await?;

    // The platform's log and mails are the platform's own rows: what was done above must be known there as well.
    jobs::retry_database(Persist::Outages, || async {
        let tx = db.write(operator.platform).await?;
        audit::record(&tx, operator.staff, step.action(), object, details.clone()).await?;
        let (kind, text) = step.mail();
        for reader in &readers {
            let values = [
                ("name", reader.name.as_str()),
                ("organisation", known.name.as_str()),
                ("reason", reason.as_str()),
            ];
            let new = NewMail {
                kind,
                recipient: &reader.email,
                about: None,
                language: reader.language,
                text,
                values: &values,
            };
            mail::enqueue(&tx, new).await?;
        }
        Ok(tx.commit().await?)
    })
    .await?;
    Ok(Standing {
        state,
        since,
        reason: Some(reason),
        ..known
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_leads_somewhere_and_none_opens_what_is_being_prepared() {
        use TenantState::{Active, Left, Preparing, Suspended};

        for (step, from, to) in [
            (StandingStep::Suspend, Active, Some(Suspended)),
            (StandingStep::Suspend, Preparing, None),
            (StandingStep::Suspend, Suspended, None),
            (StandingStep::Suspend, Left, None),
            (StandingStep::Resume, Suspended, Some(Active)),
            (StandingStep::Resume, Left, Some(Active)),
            (StandingStep::Resume, Active, None),
            (StandingStep::Resume, Preparing, None),
            (StandingStep::Leave, Preparing, Some(Left)),
            (StandingStep::Leave, Active, Some(Left)),
            (StandingStep::Leave, Suspended, Some(Left)),
            (StandingStep::Leave, Left, None),
        ] {
            assert_eq!(step.from(from), to, "{step} {from}");
        }
    }
}
