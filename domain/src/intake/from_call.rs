//! What else a resident told in a conversation: each question becomes a message of its own, of the same person.

use std::collections::BTreeMap;

use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenants::{Tenant, TenantTx, secret, staff::StaffMember};
use utoipa::ToSchema;

use super::{
    confirmation::{mail_receipt, receipt_limit},
    incoming::new_case,
    report,
};
use crate::{
    Error, FieldErrors,
    audit::{self, Action},
    cases::{Case, EventKind, Kind, language, record_event},
    desk::{self, Filed},
    forms::{self, Answer, Answers, Role},
    submissions::{self, Channel, entity as submission},
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
    let person: BTreeMap<String, Answer> = (PERSON.iter())
        .filter_map(|role| {
            let field = form.with_role(*role)?;
            Some((field.key.clone(), known.get(&field.key)?.clone()))
        })
        .collect();
    let mut opened = Vec::new();
    for question in questions {
        let mut answers = Answers(person.clone());
        let kind = match question.kind {
            Kind::Complaint => "klacht",
            Kind::Tip => "tip",
            Kind::Compliment => "compliment",
        };
        let told = [
            (
                Role::CaseKind,
                Answer::Choice {
                    value: kind.to_owned(),
                },
            ),
            (
                Role::CaseTitle,
                Answer::Text {
                    value: question.title.clone(),
                },
            ),
            (
                Role::CaseStory,
                Answer::Text {
                    value: question.story.clone(),
                },
            ),
        ];
        for (role, answer) in told {
            if let Some(field) = form.with_role(role)
                && !answer.as_text().is_empty()
            {
                answers.0.insert(field.key.clone(), answer);
            }
        }
        let code = secret::new_code()?;
        let submission = tx
            .insert(submission::ActiveModel {
                tenant_id: Set(tx.tenant()),
                id: Set(tx.new_id()),
                form_version_id: Set(before.form_version_id),
                language: Set(before.language.clone()),
                channel: Set(Channel::Phone),
                answers: Set(serde_json::to_value(&answers).map_err(Error::bug)?),
                receipt_hash: Set(secret::hash(&code)),
                receipt_sealed: Set(crate::cases::seal_code(&code)?),
                link_renewed_at: Set(None),
                link_revoked_at: Set(None),
                submitted_at: Set(tx.now()),
                fill_hash: Set(None),
                mail_held_at: Set(None),
                confirmed_at: Set(None),
            })
            .await?;
        let mut new = new_case(&published, &answers, &submission, language(origin));
        // The form may not ask for these: what was said in the conversation counts.
        new.kind = question.kind;
        new.title = question.title;
        new.story = question.story;
        new.preference = origin.preference;
        new.origin = Some(origin.id);
        new.filed = Some(Filed {
            by: by.id,
            reason: String::new(),
        });
        let case = desk::open(tx, new).await?;
        let day = tx.now().with_timezone(&tenant.zone).date_naive();
        report::count(tx, &published.slug, form, &answers, day).await?;
        if let Some(recipient) = &case.contact_email {
            let limit = receipt_limit(tx, recipient, false).await?;
            mail_receipt(tx, tenant, &case, recipient, limit).await?;
        }
        for (one, kind, other) in [
            (case.id, EventKind::CameUp, &origin.reference),
            (origin.id, EventKind::OtherCameUp, &case.reference),
        ] {
            let details = json!({ "reference": other });
            record_event(tx, one, kind, Some(by.id), details).await?;
        }
        let details = json!({ "form": published.slug, "version": published.number, "channel": Channel::Phone });
        let object = ("case", Some(case.id.0));
        audit::record(tx, Some(by.id), Action::IntakeSubmit, object, details).await?;
        opened.push(case);
    }
    Ok(opened)
}
