//! A mail that somebody wrote without a form becomes a message: its words are the answers to the form's questions for a title, a story, a name
//! and an address, so what holds for other messages holds for it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::json;
use tenants::{Tenant, TenantTx, secret, staff::StaffMember};

use super::{
    confirmation::{mail_receipt, receipt_limit},
    incoming::new_case,
    report,
};
use crate::{
    Error, Language,
    audit::{self, Action},
    cases::{Case, Kind, Preference},
    desk::{self, Filed},
    forms::{self, Answer, Answers, Form, Role},
    submissions::{Channel, entity as submission},
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

/// What the questions of a form are answered with.
fn answers(form: &Form, message: &MailedMessage) -> Answers {
    let word = match message.kind {
        Kind::Complaint => "klacht",
        Kind::Tip => "tip",
        Kind::Compliment => "compliment",
    };
    let kind = Answer::Choice {
        value: word.to_owned(),
    };
    let text = |value: &str| Answer::Text {
        value: value.to_owned(),
    };
    let given = [
        (Role::CaseKind, kind),
        (Role::CaseTitle, text(&message.title)),
        (Role::CaseStory, text(&message.story)),
        (Role::ContactName, text(&message.name)),
        (Role::ContactEmail, text(&message.email)),
    ];
    let answers: BTreeMap<String, Answer> = given
        .into_iter()
        .filter(|(_, answer)| !answer.as_text().is_empty())
        .filter_map(|(role, answer)| Some((form.with_role(role)?.key.clone(), answer)))
        .collect();
    Answers(answers)
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
    let answers = answers(&form.form, &message);
    let language = Language::Dutch;
    let code = secret::new_code()?;
    let submission = tx
        .insert(submission::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            form_version_id: Set(form.version),
            language: Set(language.as_str().to_owned()),
            channel: Set(Channel::Mail),
            answers: Set(serde_json::to_value(&answers).map_err(Error::bug)?),
            receipt_hash: Set(secret::hash(&code)),
            receipt_sealed: Set(crate::cases::seal_code(&code)?),
            link_renewed_at: Set(None),
            link_revoked_at: Set(None),
            submitted_at: Set(message.received_at),
            fill_hash: Set(None),
            mail_held_at: Set(None),
            confirmed_at: Set(None),
        })
        .await?;
    let mut new = new_case(&form, &answers, &submission, language);
    let email = (!message.email.is_empty()).then_some(message.email);
    new.kind = message.kind;
    new.title = message.title;
    new.story = message.story;
    new.preference = if email.is_some() {
        Preference::Mail
    } else {
        Preference::None
    };
    new.email = email;
    new.filed = Some(Filed {
        by: actor.id,
        reason: String::new(),
    });
    let case = desk::open(tx, new).await?;
    let day = message.received_at.with_timezone(&tenant.zone).date_naive();
    report::count(tx, &form.slug, &form.form, &answers, day).await?;
    if let Some(recipient) = &case.contact_email {
        let limit = receipt_limit(tx, recipient, false).await?;
        mail_receipt(tx, tenant, &case, recipient, limit).await?;
    }
    let object = ("case", Some(case.id.0));
    let details = json!({ "form": form.slug, "version": form.number, "channel": Channel::Mail });
    audit::record(tx, Some(actor.id), Action::IntakeSubmit, object, details).await?;
    Ok(case)
}
