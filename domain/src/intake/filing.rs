//! Staff write down a message that came by telephone, by letter or at the counter: the resident's answers to the live form, and when it
//! really came in. From that instant on its clocks count.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use tenants::{Tenant, TenantTx, secret, staff::StaffMember};

use super::{
    Submitted,
    incoming::{IncomingMessage, receive},
    submit::{problems, unknown_fields},
};
use crate::{
    Error, Language,
    cases::REASON_MAX,
    clocks,
    desk::Filed,
    forms::{Published, RawAnswers},
    submissions::Channel,
    text,
};

/// How long ago a message may have come in. What lies further back is a typing error, or a matter for the archive.
const EARLIEST: TimeDelta = TimeDelta::days(366);

/// A message that staff write down.
#[derive(Clone, Copy, Debug)]
pub struct Filing<'a> {
    /// How it came in.
    pub channel: Channel,
    /// When it came in, if not just now; never in the future. In UTC.
    pub received_at: Option<DateTime<Utc>>,
    /// Why it is written down on a later day than it came in; needed then.
    pub reason: &'a str,
    /// Who writes it down.
    pub by: &'a StaffMember,
    /// Language of the resident.
    pub language: Language,
    /// The municipality.
    pub tenant: &'a Tenant,
}

/// Files a message for a resident. Questions for files are left open: paper goes into the archive.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used.
pub async fn file(
    tx: &TenantTx,
    form: &Published,
    answers: &RawAnswers,
    filing: Filing<'_>,
) -> Result<Submitted, Error> {
    let mut errors = unknown_fields(&form.form, answers);
    let received_at = filing.received_at.unwrap_or(tx.now()).trunc_subsecs(6);
    let reason = text::clean_text(filing.reason);
    if !Channel::STAFF.contains(&filing.channel) {
        errors.add("channel", "not_an_option");
    }
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
    let day = received_at.with_timezone(&filing.tenant.zone).date_naive();
    let checked = form.form.check(answers, day);
    for problem in problems(&checked) {
        errors.push(problem);
    }
    errors.into_result()?;
    let incoming = IncomingMessage {
        id: tx.new_id(),
        receipt: secret::new_code()?,
        channel: filing.channel,
        language: filing.language,
        tenant: filing.tenant,
        files: Vec::new(),
        page: None,
        reasons: Vec::new(),
        received_at: Ord::min(received_at, tx.now()),
        filed: Some(Filed {
            by: filing.by.id,
            reason,
        }),
    };
    receive(tx, form, checked.answers, incoming).await
}
