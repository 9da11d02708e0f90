//! Staff write down a message that came by telephone, by letter or at the counter: the resident's answers to the live form, and when it
//! really came in. From that instant on its clocks count.

use chrono::{SubsecRound, TimeDelta};
use serde::Deserialize;
use tenants::{Tenant, TenantTx, secret, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    incoming::{IncomingMessage, receive},
    submit::unknown_fields,
};
use crate::{
    Error, FieldErrors, Language,
    cases::{Case, REASON_MAX},
    clocks,
    desk::Filed,
    forms::{self, Published, RawAnswers},
    submissions::Channel,
    text,
};

/// How long ago a message may have come in. What lies further back is a typing error, or a matter for the archive.
const EARLIEST: TimeDelta = TimeDelta::days(366);

/// A message that staff write down.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CaseRequest {
    /// Address of the form that is filled in for the resident.
    #[schema(example = "klacht-tip-compliment")]
    pub form: String,
    /// Answers by the keys of the form's fields. A consent is `yes`; questions for files are left open.
    #[schema(value_type = std::collections::BTreeMap<String, GivenAnswer>)]
    pub answers: RawAnswers,
    /// How it came in: `phone`, `letter` or `counter`.
    #[schema(value_type = Channel, example = "phone")]
    pub channel: String,
    /// When it came in, if not just now; from then on its clocks count.
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub received_at: Option<String>,
    /// Why it is written down on a later day than it came in; needed then.
    #[serde(default)]
    pub reason: String,
    /// Language of the resident: `nl` or `en`; Dutch when left out.
    #[schema(value_type = Option<Language>)]
    pub language: Option<String>,
}

/// An answer: one value, or several for a question with several options.
#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
pub enum GivenAnswer {
    /// One value.
    One(String),
    /// Several.
    Many(Vec<String>),
}

/// The live form with an address. One that is not there is a mistake in a field, not in the address of the operation.
async fn live_form(
    tx: &TenantTx,
    slug: &str,
    errors: &mut FieldErrors,
) -> Result<Option<Published>, Error> {
    let found = Error::optional(forms::live(tx, slug).await)?;
    if found.is_none() {
        errors.add("form", "not_an_option");
    }
    Ok(found)
}

/// Files a message for a resident. Questions for files are left open: paper goes into the archive.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used.
pub async fn file(
    tx: &TenantTx,
    request: &CaseRequest,
    (by, tenant): (&StaffMember, &Tenant),
) -> Result<Case, Error> {
    let mut errors = FieldErrors::default();
    let form = live_form(tx, &request.form, &mut errors).await?;
    let channel = text::read_choice(&mut errors, "channel", &request.channel);
    if channel.is_some_and(|channel| !Channel::STAFF.contains(&channel)) {
        errors.add("channel", "not_an_option");
    }
    let language = text::read_choice(
        &mut errors,
        "language",
        text::optional(request.language.as_deref()).unwrap_or(Language::Dutch.as_str()),
    );
    let received_at = request.received_at.as_deref();
    let received_at = text::read_instant(&mut errors, "receivedAt", received_at, tenant.zone)
        .unwrap_or(tx.now())
        .trunc_subsecs(6);
    let reason = text::clean_text(&request.reason);
    if received_at > tx.now() + TimeDelta::minutes(1) {
        errors.add("receivedAt", "in_future");
    } else if received_at < tx.now() - EARLIEST {
        errors.add("receivedAt", "too_long_ago");
    } else {
        let (day, today) = clocks::local_days(tx, received_at).await?;
        if day < today && reason.is_empty() {
            errors.add("reason", "reason_for_earlier");
        }
    }
    if reason.chars().count() > REASON_MAX {
        errors.add_with("reason", "too_long", "max", REASON_MAX);
    }
    // A letter was written on the day it came, not on the day somebody got round to it.
    let day = received_at.with_timezone(&tenant.zone).date_naive();
    let checked = form
        .as_ref()
        .map(|form| form.form.check(&request.answers, day));
    if let (Some(form), Some(checked)) = (&form, &checked) {
        let mut wrong = unknown_fields(&form.form, &request.answers);
        wrong.extend(checked.errors.iter().cloned().collect());
        errors.extend(wrong.below("answers"));
    }
    let (Some(form), Some(checked), Some(channel), Some(language), true) =
        (form, checked, channel, language, errors.is_empty())
    else {
        return Err(Error::Invalid(errors));
    };
    let incoming = IncomingMessage {
        id: tx.new_id(),
        receipt: secret::new_code()?,
        channel,
        language,
        tenant,
        files: Vec::new(),
        page: None,
        reasons: Vec::new(),
        receipts_exceeded: false,
        received_at: Ord::min(received_at, tx.now()),
        is_trial: false,
        filed: Some(Filed { by: by.id, reason }),
        transcript: None,
    };
    receive(tx, &form, checked.answers, incoming)
        .await?
        .opened()
}
