//! A mail that somebody wrote without a form becomes a message: its words are the answers to the form's questions for a title, a story, a name
//! and an address, so what holds for other messages holds for it.

use chrono::{DateTime, Utc};
use tenants::{Tenant, TenantTx, secret, staff::StaffMember};

use super::incoming::{IncomingMessage, Transcript, receive};
use crate::{
    Error, Language,
    cases::{Case, Kind, Preference},
    desk::Filed,
    forms::{self, Answer, Role},
    submissions::Channel,
};

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailedMessage {
    /// What it is, as a colleague judged.
    pub kind: Kind,
    /// In a sentence.
    pub title: String,
    /// Its words.
    pub story: String,
    /// Who wrote it, as the mail says; may be empty.
    pub name: String,
    /// The address that it came from; may be empty.
    pub email: String,
    /// When it came in, in UTC.
    pub received_at: DateTime<Utc>,
}

/// Opens a case for what a mail says, by the first open form that asks for a story, and mails its receipt. Its sender hears by mail.
///
/// # Errors
/// [`Code::FormClosed`](crate::Code::FormClosed) when no form is open that asks for a story.
pub async fn open_from_mail(
    tx: &TenantTx,
    message: MailedMessage,
    (actor, tenant): (&StaffMember, &Tenant),
) -> Result<Case, Error> {
    let forms = forms::list(tx, None).await?;
    let slug = (forms.into_iter())
        .find(|form| form.form.with_role(Role::CaseStory).is_some())
        .map(|form| form.slug)
        .ok_or_else(|| Error::refused(crate::Code::FormClosed))?;
    let form = forms::live(tx, &slug).await?;
    let email = (!message.email.is_empty()).then_some(message.email);
    let text = |value: &str| Answer::Text {
        value: value.to_owned(),
    };
    let person = vec![
        (Role::ContactName, text(&message.name)),
        (
            Role::ContactEmail,
            text(email.as_deref().unwrap_or_default()),
        ),
    ];
    let transcript = Transcript {
        kind: message.kind,
        title: message.title,
        story: message.story,
        preference: if email.is_some() {
            Preference::Mail
        } else {
            Preference::None
        },
        email,
        origin: None,
    };
    let answers = transcript.answers(&form.form, person);
    let incoming = IncomingMessage {
        id: tx.new_id(),
        receipt: secret::new_code()?,
        channel: Channel::Mail,
        language: Language::Dutch,
        tenant,
        files: Vec::new(),
        page: None,
        reasons: Vec::new(),
        receipts_exceeded: false,
        received_at: message.received_at,
        is_trial: false,
        filed: Some(Filed {
            by: actor.id,
            reason: String::new(),
        }),
        transcript: Some(transcript),
    };
    receive(tx, &form, answers, incoming).await?.opened()
}
