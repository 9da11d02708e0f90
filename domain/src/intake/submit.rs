//! Handing in, once.

use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};
use serde_json::json;
use tenants::{Tenant, TenantTx, secret};

use super::{
    Channel, SubmissionId,
    draft::{self, Draft},
    entity::submission,
    receipt::promise,
};
use crate::{
    Error, FieldErrors, FieldProblem, Language, audit,
    cases::{self, Case, Kind, NewCase, Preference},
    forms::{Answer, Answers, Checked, Published, RawAnswers, Role},
    mail, sla,
};

/// What handing in gives: the way to the receipt, and the case at the desk.
#[derive(Debug, Clone)]
pub struct Submitted {
    /// Code of the receipt, for the one who handed in.
    pub receipt: String,
    /// The case; none when somebody pressed the button twice and this is the second time.
    pub case: Option<Case>,
}

/// Hands in a draft. Handing it in again gives the same receipt, also when both happen at the same instant.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used; then the draft stays as it is.
pub async fn submit(
    tx: &TenantTx,
    form: &Published,
    mut draft: Draft,
    language: Language,
    tenant: &Tenant,
) -> Result<Submitted, Error> {
    if draft.submission.is_some() {
        return second(draft.receipt);
    }
    let checked = form.form.check(&draft.answers);
    refuse(&checked)?;
    let id: SubmissionId = tx.new_id();
    let receipt = secret::new_code()?;
    draft.answers = RawAnswers::default();
    draft.receipt = Some(receipt.clone());
    if !draft::hand_in(tx, &draft, id).await? {
        return second(draft::again(tx, &draft).await?);
    }
    let arrival = Arrival {
        id,
        receipt,
        channel: Channel::Page,
        language,
    };
    arrive(tx, form, checked.answers, arrival, tenant).await
}

fn second(receipt: Option<String>) -> Result<Submitted, Error> {
    Ok(Submitted {
        receipt: receipt.ok_or_else(|| Error::bug("a draft was handed in without a receipt"))?,
        case: None,
    })
}

/// Hands in answers that come in one piece, from a program.
///
/// # Errors
/// [`Error::Invalid`] with every field that cannot be used.
pub async fn submit_direct(
    tx: &TenantTx,
    form: &Published,
    answers: &RawAnswers,
    language: Language,
    tenant: &Tenant,
) -> Result<Submitted, Error> {
    let mut unknown = FieldErrors::default();
    for key in answers
        .0
        .keys()
        .filter(|key| form.form.field(key).is_none())
    {
        unknown.add(key, "unknown_field");
    }
    let checked = form.form.check(answers);
    for problem in problems(&checked) {
        unknown.push(problem);
    }
    unknown.into_result()?;
    let arrival = Arrival {
        id: tx.new_id(),
        receipt: secret::new_code()?,
        channel: Channel::Api,
        language,
    };
    arrive(tx, form, checked.answers, arrival, tenant).await
}

fn problems(checked: &Checked) -> Vec<FieldProblem> {
    checked
        .errors
        .iter()
        .map(|error| FieldProblem {
            field: error.field.clone(),
            code: error.code.name().to_owned(),
            parameters: error.code.parameters(),
        })
        .collect()
}

fn refuse(checked: &Checked) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    for problem in problems(checked) {
        errors.push(problem);
    }
    errors.into_result()
}

struct Arrival {
    id: SubmissionId,
    receipt: String,
    channel: Channel,
    language: Language,
}

async fn arrive(
    tx: &TenantTx,
    form: &Published,
    answers: Answers,
    arrival: Arrival,
    tenant: &Tenant,
) -> Result<Submitted, Error> {
    let submission = tx
        .insert(submission::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(arrival.id),
            form_version_id: Set(form.version),
            language: Set(arrival.language.as_str().to_owned()),
            channel: Set(arrival.channel),
            answers: Set(serde_json::to_value(&answers).map_err(Error::bug)?),
            receipt_hash: Set(secret::hash(&arrival.receipt)),
            submitted_at: Set(tx.now()),
        })
        .await?;
    let case = cases::open(tx, new_case(form, &answers, &submission, arrival.language)).await?;
    if let Some(recipient) = &case.contact_email {
        let promise = promise(&case, arrival.language, tenant.zone);
        mail::post(
            tx,
            mail::Draft {
                kind: "intake.receipt",
                recipient,
                language: arrival.language,
                text: "mail-receipt",
                values: &[
                    ("municipality", &tenant.name),
                    ("reference", &case.reference),
                    ("promise", &promise),
                ],
            },
        )
        .await?;
        sla::acknowledged(tx, case.id, tx.now()).await?;
    }
    audit::record(
        tx,
        None,
        "intake.submit",
        ("case", Some(case.id.0)),
        json!({ "form": form.slug, "version": form.number, "channel": arrival.channel }),
    )
    .await?;
    Ok(Submitted {
        receipt: arrival.receipt,
        case: Some(case),
    })
}

/// What the desk needs of the answers, by the roles of the fields.
fn new_case(
    published: &Published,
    answers: &Answers,
    submission: &super::Submission,
    language: Language,
) -> NewCase {
    let form = &published.form;
    let text = |role: Role| {
        answers
            .with_role(form, role)
            .map(Answer::as_text)
            .filter(|text| !text.is_empty())
    };
    let story = text(Role::CaseStory).unwrap_or_default();
    let title = text(Role::CaseTitle).unwrap_or_else(|| {
        let line = story.lines().next().unwrap_or_default();
        line.chars().take(200).collect()
    });
    let call_times = match answers.with_role(form, Role::ContactCallTime) {
        Some(Answer::Choices { value }) => value.clone(),
        Some(answer) => vec![answer.as_text()],
        None => Vec::new(),
    };
    NewCase {
        submission: submission.id,
        kind: match text(Role::CaseKind).as_deref() {
            Some("tip") => Kind::Tip,
            Some("compliment") => Kind::Compliment,
            // Somebody who is in doubt has a right to be heard as with a complaint (Awb art. 9:2).
            _ => Kind::Complaint,
        },
        title,
        story,
        place: text(Role::CasePlace),
        preference: match text(Role::ContactPreference).as_deref() {
            Some("mailen") => Preference::Mail,
            Some("geen") => Preference::None,
            _ => Preference::Call,
        },
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
    }
}

/// What was handed in, by the code of its receipt.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_receipt(tx: &TenantTx, code: &str) -> Result<super::Submission, Error> {
    tx.find::<submission::Entity>()
        .filter(submission::Column::ReceiptHash.eq(secret::hash(code)))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}

/// What was handed in, by its id.
pub(super) async fn get(tx: &TenantTx, id: SubmissionId) -> Result<super::Submission, Error> {
    tx.find::<submission::Entity>()
        .filter(submission::Column::Id.eq(id))
        .one(tx)
        .await?
        .ok_or(Error::NotFound)
}
