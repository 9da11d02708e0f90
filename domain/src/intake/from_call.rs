//! What else a resident told in a conversation: each question becomes a message of its own, of the same person.

use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Tenant, TenantTx, secret, staff::StaffMember};
use utoipa::ToSchema;

use super::incoming::{IncomingMessage, Transcript, receive};
use crate::{
    Error, FieldErrors,
    cases::{Case, EventKind, Kind, is_trial, language, record_event},
    desk::Filed,
    forms::{self, Role},
    submissions::{self, Channel},
    text::{clean_line, clean_text, read_choice},
};

/// Longest title, in characters.
const TITLE_MAX: usize = 200;
/// Longest story, in characters.
const STORY_MAX: usize = 5_000;

/// Another question from a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct QuestionRequest {
    /// `complaint`, `tip` or `compliment`.
    #[schema(value_type = Kind, example = "tip", required = true)]
    pub kind: String,
    /// In a sentence.
    #[schema(example = "Zet er een bank neer.", required = true)]
    pub title: String,
    /// The story.
    pub story: String,
}

/// Another question, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    kind: Kind,
    title: String,
    story: String,
}

impl QuestionRequest {
    /// Whether nothing was filled in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.title.trim().is_empty() && self.story.trim().is_empty()
    }

    /// The question; what is wrong with it is noted at fields whose names begin with `at`.
    pub fn parse(&self, errors: &mut FieldErrors, at: &str) -> Option<Question> {
        let kind = read_choice(errors, &format!("{at}kind"), &self.kind);
        let (title, story) = (clean_line(&self.title), clean_text(&self.story));
        if title.is_empty() {
            errors.add(&format!("{at}title"), "required");
        }
        for (field, sent, cleaned, max) in [
            ("title", &self.title, &title, TITLE_MAX),
            ("story", &self.story, &story, STORY_MAX),
        ] {
            if sent.contains('\0') {
                errors.add(&format!("{at}{field}"), "unreadable");
            } else if cleaned.chars().count() > max {
                errors.add_with(&format!("{at}{field}"), "too_long", "max", max);
            }
        }
        kind.map(|kind| Question { kind, title, story })
    }
}

/// Roles of the questions that tell who somebody is and how they are reached.
const PERSON: [Role; 5] = [
    Role::ContactName,
    Role::ContactPhone,
    Role::ContactEmail,
    Role::ContactPreference,
    Role::ContactCallTime,
];

/// Opens a case for each question, of the person of `origin`: answered on the same version of the form, by telephone.
pub async fn open_related(
    tx: &TenantTx,
    origin: &Case,
    questions: Vec<Question>,
    (by, tenant): (&StaffMember, &Tenant),
) -> Result<Vec<Case>, Error> {
    if questions.is_empty() {
        return Ok(Vec::new());
    }
    let before = submissions::get(tx, origin.submission_id).await?;
    let published = forms::version(tx, before.form_version_id).await?;
    let form = &published.form;
    let known = before.answers()?;
    let mut opened = Vec::new();
    for question in questions {
        let transcript = Transcript {
            kind: question.kind,
            title: question.title,
            story: question.story,
            preference: origin.preference,
            email: None,
            origin: Some(origin.id),
        };
        let person = (PERSON.into_iter())
            .filter_map(|role| Some((role, known.with_role(form, role)?.clone())))
            .collect();
        let answers = transcript.answers(form, person);
        let incoming = IncomingMessage {
            id: tx.new_id(),
            receipt: secret::new_code()?,
            channel: Channel::Phone,
            language: language(origin),
            tenant,
            files: Vec::new(),
            page: None,
            reasons: Vec::new(),
            receipts_exceeded: false,
            received_at: tx.now(),
            is_trial: is_trial(&origin.reference),
            filed: Some(Filed {
                by: by.id,
                reason: String::new(),
            }),
            transcript: Some(transcript),
        };
        let case = receive(tx, &published, answers, incoming).await?.opened()?;
        for (one, kind, other) in [
            (case.id, EventKind::CameUp, &origin.reference),
            (origin.id, EventKind::OtherCameUp, &case.reference),
        ] {
            let details = json!({ "reference": other });
            record_event(tx, one, kind, Some(by.id), details).await?;
        }
        opened.push(case);
    }
    Ok(opened)
}
