//! A message arrives: it becomes a case, or it waits in quarantine. Either way there is a page with its receipt.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::json;
use tenants::{Tenant, TenantTx, secret};

use super::{
    Submitted,
    confirmation::{mail_receipt, receipt_limit},
    quarantine::{self, Reason},
    report,
};
use crate::{
    Error, Language,
    audit::{self, Action},
    cases::{self, Case, CaseId, Kind, Preference},
    desk::{self, Filed, NewCase},
    files::{self, FileId},
    formal_complaint,
    forms::{Answer, Answers, Form, Published, Role},
    submissions::{Channel, Submission, SubmissionId, entity as submission},
};

/// What arrives.
pub(super) struct IncomingMessage<'a> {
    pub id: SubmissionId,
    /// Code of the receipt.
    pub receipt: String,
    pub channel: Channel,
    pub language: Language,
    pub tenant: &'a Tenant,
    /// Files it came with.
    pub files: Vec<FileId>,
    /// Hash of the signed time on the page.
    pub page: Option<String>,
    /// Why it looks as if a program sent it; empty for nearly all.
    pub reasons: Vec<Reason>,
    /// Whether its network address caused more receipts than people do.
    pub receipts_exceeded: bool,
    /// When it came in, in UTC.
    pub received_at: DateTime<Utc>,
    /// Whether staff try the form out.
    pub is_trial: bool,
    /// Who wrote it down, when that was not the resident.
    pub filed: Option<Filed>,
    /// What a colleague heard or read: it counts, whether the form asks for it or not.
    pub transcript: Option<Transcript>,
}

/// What a colleague heard in a conversation or read in a mail.
pub(super) struct Transcript {
    pub kind: Kind,
    /// In a sentence.
    pub title: String,
    pub story: String,
    pub preference: Preference,
    /// Where its writer can be mailed, when that is known from elsewhere than the form.
    pub email: Option<String>,
    /// The case in whose conversation it came up.
    pub origin: Option<CaseId>,
}

impl Transcript {
    /// Answers to the questions of `form` for a kind, a title and a story, and whatever else is known.
    pub(super) fn answers(&self, form: &Form, others: Vec<(Role, Answer)>) -> Answers {
        let kind = match self.kind {
            Kind::Complaint => "klacht",
            Kind::Tip => "tip",
            Kind::Compliment => "compliment",
        };
        let kind = Answer::Choice {
            value: kind.to_owned(),
        };
        let text = |value: &str| Answer::Text {
            value: value.to_owned(),
        };
        let answered = [
            (Role::CaseKind, kind),
            (Role::CaseTitle, text(&self.title)),
            (Role::CaseStory, text(&self.story)),
        ];
        let given = answered.into_iter().chain(others);
        let answers = given
            .filter(|(_, answer)| !answer.as_text().is_empty())
            .filter_map(|(role, answer)| Some((form.with_role(role)?.key.clone(), answer)));
        Answers(answers.collect())
    }

    fn apply(self, new: &mut NewCase) {
        new.kind = self.kind;
        new.kind_word = None;
        new.title = self.title;
        new.story = self.story;
        new.preference = self.preference;
        new.email = self.email.or_else(|| new.email.take());
        new.origin = self.origin;
    }
}

pub(super) async fn receive(
    tx: &TenantTx,
    form: &Published,
    answers: Answers,
    incoming: IncomingMessage<'_>,
) -> Result<Submitted, Error> {
    let known = (incoming.transcript.as_ref()).and_then(|transcript| transcript.email.clone());
    let email = known.or_else(|| text(&form.form, &answers, Role::ContactEmail));
    // What waits in quarantine sends no mail: its address may be a stranger's.
    let email = email.filter(|_| incoming.reasons.is_empty());
    let limit = match &email {
        Some(email) if !incoming.is_trial => {
            receipt_limit(tx, email, incoming.receipts_exceeded).await?
        }
        _ => None,
    };
    let submission = tx
        .insert(submission::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(incoming.id),
            form_version_id: Set(form.version),
            language: Set(incoming.language.as_str().to_owned()),
            channel: Set(incoming.channel),
            answers: Set(serde_json::to_value(&answers).map_err(Error::bug)?),
            receipt_hash: Set(secret::hash(&incoming.receipt)),
            receipt_sealed: Set(cases::seal_code(&incoming.receipt)?),
            link_renewed_at: Set(None),
            link_revoked_at: Set(None),
            submitted_at: Set(incoming.received_at),
            fill_hash: Set(incoming.page),
            mail_held_at: Set(limit.map(|_| tx.now())),
            confirmed_at: Set(None),
        })
        .await?;
    files::attach(tx, &incoming.files, submission.id).await?;
    let mut new = new_case(form, &answers, &submission, incoming.language);
    let actor = incoming.filed.as_ref().map(|filed| filed.by);
    new.filed = incoming.filed;
    if incoming.is_trial {
        new.reference = Some(cases::new_trial_reference()?);
    }
    if let Some(transcript) = incoming.transcript {
        transcript.apply(&mut new);
    }
    let (case, object) = if incoming.reasons.is_empty() {
        let case = open(tx, new).await?;
        if !incoming.is_trial {
            let day = submission.submitted_at.with_timezone(&incoming.tenant.zone);
            report::count(tx, &form.slug, &form.form, &answers, day.date_naive()).await?;
        }
        if let Some(recipient) = &email {
            mail_receipt(tx, incoming.tenant, &case, recipient, limit).await?;
        }
        let object = ("case", Some(case.id.0));
        (Some(case), object)
    } else {
        let days = form.form.definition().privacy.spam_days;
        let held = quarantine::add(tx, &submission, &new, &incoming.reasons, days).await?;
        (None, ("quarantine", Some(held.id.0)))
    };
    let details = json!({ "form": form.slug, "version": form.number, "channel": incoming.channel });
    audit::record(tx, actor, Action::IntakeSubmit, object, details).await?;
    Ok(Submitted {
        receipt: incoming.receipt,
        case,
        submission: Some(submission),
    })
}

/// Opens a case. One of a kind that is dealt with as a formal complaint begins its procedure on the day on which it came in (Awb art. 9:11).
pub(super) async fn open(tx: &TenantTx, new: NewCase) -> Result<Case, Error> {
    let (case, is_formal) = desk::open(tx, new).await?;
    if is_formal {
        formal_complaint::begin_at_receipt(tx, &case).await?;
    }
    Ok(case)
}

/// The answer with a role, as text; nothing when it was left open.
pub(super) fn text(form: &Form, answers: &Answers, role: Role) -> Option<String> {
    answers
        .with_role(form, role)
        .map(Answer::as_text)
        .filter(|text| !text.is_empty())
}

/// Whether it is a complaint.
#[must_use]
pub fn is_complaint(form: &Form, answers: &Answers) -> bool {
    kind(form, answers) == Kind::Complaint
}

/// What forms call the usual kinds.
const USUAL_WORDS: [&str; 3] = ["klacht", "tip", "compliment"];

/// What kind of message it is.
fn kind(form: &Form, answers: &Answers) -> Kind {
    match text(form, answers, Role::CaseKind).as_deref() {
        Some("tip") => Kind::Tip,
        Some("compliment") => Kind::Compliment,
        // Somebody who is in doubt has a right to be heard as with a complaint (Awb art. 9:2).
        _ => Kind::Complaint,
    }
}

/// How the resident hears from us: as was asked, by a way that was given. Without a telephone number nobody is promised a call, and without an
/// address nobody a mail.
#[must_use]
pub fn preference(form: &Form, answers: &Answers) -> Preference {
    let given = |role| answers.with_role(form, role).is_some();
    let (phone, mail) = (given(Role::ContactPhone), given(Role::ContactEmail));
    let by_phone = || {
        if phone {
            Preference::Call
        } else {
            Preference::None
        }
    };
    let by_mail = || {
        if mail {
            Preference::Mail
        } else {
            Preference::None
        }
    };
    match text(form, answers, Role::ContactPreference).as_deref() {
        Some("geen") => Preference::None,
        Some("mailen") if mail => Preference::Mail,
        Some("mailen") => by_phone(),
        _ if phone => Preference::Call,
        _ => by_mail(),
    }
}

/// What the desk needs of the answers, by the roles of the fields.
pub(super) fn new_case(
    published: &Published,
    answers: &Answers,
    submission: &Submission,
    language: Language,
) -> NewCase {
    let form = &published.form;
    let text = |role: Role| text(form, answers, role);
    let story = text(Role::CaseStory).unwrap_or_default();
    // Whoever wrote nothing sent the form: then that is what the case is called.
    let title = text(Role::CaseTitle).unwrap_or_else(|| {
        let line: String = story
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(200)
            .collect();
        let of_form = form
            .text(language.as_str(), "title")
            .map_or("", |(text, _)| text);
        if line.is_empty() {
            of_form.to_owned()
        } else {
            line
        }
    });
    let call_times = match answers.with_role(form, Role::ContactCallTime) {
        Some(Answer::Choices { value }) => value.clone(),
        Some(answer) => vec![answer.as_text()],
        None => Vec::new(),
    };
    NewCase {
        reference: None,
        submission: submission.id,
        kind: kind(form, answers),
        kind_word: text(Role::CaseKind).filter(|word| !USUAL_WORDS.contains(&word.as_str())),
        category: text(Role::CaseCategory),
        options: answers.options(),
        title,
        story,
        place: text(Role::CasePlace),
        preference: preference(form, answers),
        call_times,
        name: text(Role::ContactName),
        phone: match answers.with_role(form, Role::ContactPhone) {
            Some(Answer::Phone { value, e164 }) => Some((value.clone(), e164.clone())),
            _ => None,
        },
        email: text(Role::ContactEmail),
        language,
        form: published.slug.clone(),
        channel: submission.channel,
        received_at: submission.submitted_at,
        filed: None,
        origin: None,
    }
}
