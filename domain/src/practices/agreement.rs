//! The first gate: a colleague reads a practice as everybody will read it, and decides of each doubtful passage whether it stays.

use sea_orm::{
    ActiveValue::Set,
    EntityTrait,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde::Deserialize;
use serde_json::json;
use tenants::{StaffId, Tenant, TenantTx, text_enum};
use utoipa::ToSchema;

use super::{
    Practice, PracticeId, PracticeStatus, ReviewState,
    doubts::doubtful,
    entity::{
        practice::Column,
        practice_review::{self, Column as Review},
    },
    get,
    lifecycle::advance,
    masking::MASK,
};
use crate::{
    Code, Error, FieldErrors,
    audit::{self, Action},
    text::read_choice,
};

text_enum! {
    /// What becomes of a passage that may be about a person.
    PassageChoice {
        /// It is about nobody, and stays.
        Keep = "keep",
        /// It is made unreadable.
        Mask = "mask",
    }
}

/// What a colleague decided of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct DecidedPassage {
    /// Its text.
    #[serde(default)]
    pub text: String,
    /// Whether it stays.
    #[serde(default)]
    #[schema(value_type = PassageChoice, required = true)]
    pub choice: String,
}

/// That a colleague read the text as everybody will read it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = PracticeAgreement)]
pub struct AgreementRequest {
    /// That it names nobody: without it nothing happens.
    #[serde(default)]
    pub confirmed: bool,
    /// What becomes of each passage that may be about a person.
    #[serde(default)]
    pub passages: Vec<DecidedPassage>,
}

impl AgreementRequest {
    /// Nothing in these passages is about a person.
    #[must_use]
    pub fn keeping(passages: Vec<String>) -> Self {
        let keep = |text| DecidedPassage {
            text,
            choice: PassageChoice::Keep.to_string(),
        };
        Self {
            confirmed: true,
            passages: passages.into_iter().map(keep).collect(),
        }
    }

    /// The passages that are made unreadable.
    fn decide<'d>(&self, doubts: &'d [String]) -> Result<Vec<&'d str>, Error> {
        let mut errors = FieldErrors::default();
        let mut masked = Vec::new();
        for (number, doubt) in doubts.iter().enumerate() {
            let decided = self.passages.iter().find(|one| one.text == *doubt);
            let choice = decided.map_or("", |one| one.choice.as_str());
            let field = format!("passages.{number}.choice");
            if read_choice(&mut errors, &field, choice) == Some(PassageChoice::Mask) {
                masked.push(doubt.as_str());
            }
        }
        if !self.confirmed {
            errors.add("confirmed", "not_confirmed");
        }
        errors.into_result()?;
        Ok(masked)
    }
}

/// A colleague, another one than who submitted, agrees: the text as everybody will read it goes to the exchange, in the owner's own name and
/// without the person to ask. This person read it so, and decided of each passage that may be about a person whether it stays.
///
/// # Errors
/// [`Error::Invalid`] for a passage of which nothing was decided; [`Code::PracticeFourEyes`]; [`Code::PracticeNotNow`].
pub async fn approve(
    tx: &TenantTx,
    owner: &Tenant,
    id: PracticeId,
    actor: StaffId,
    agreement: &AgreementRequest,
) -> Result<Practice, Error> {
    let mut practice = get(tx, id).await?;
    if practice.status != PracticeStatus::Submitted {
        return Err(Error::refused(Code::PracticeNotNow));
    }
    if practice.submitted_by == Some(actor) {
        return Err(Error::refused(Code::PracticeFourEyes));
    }
    let doubts = doubtful(&practice.article(owner)?);
    let masked = agreement.decide(&doubts)?;
    let content = practice.content()?.with_texts(&|text| {
        (masked.iter()).fold(text.to_owned(), |text, passage| text.replace(passage, MASK))
    });
    practice.title.clone_from(&content.title);
    practice.content = serde_json::to_value(content).map_err(Error::bug)?;
    let article = practice.article(owner)?;
    let private = practice.private(owner)?;
    let row = practice_review::ActiveModel {
        id: Set(id),
        owner: Set(tx.tenant()),
        municipality: Set(owner.name.clone()),
        number: Set(practice.number),
        title: Set(article.title.clone()),
        changes: Set(private.hide(&practice.changes)),
        body: Set(serde_json::to_value(&article).map_err(Error::bug)?),
        sharing: Set(practice.sharing.clone()),
        state: Set(ReviewState::Waiting),
        questions: Set(String::new()),
        submitted_at: Set(tx.now()),
        decided_at: Set(None),
        told_at: Set(None),
    };
    let again = OnConflict::column(Review::Id)
        .update_columns([
            Review::Municipality,
            Review::Number,
            Review::Title,
            Review::Changes,
            Review::Body,
            Review::Sharing,
            Review::State,
            Review::Questions,
            Review::SubmittedAt,
            Review::DecidedAt,
            Review::ToldAt,
        ])
        .action_and_where(Expr::col((practice_review::Entity, Review::Owner)).eq(tx.tenant()))
        .to_owned();
    practice_review::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    let by = [
        (Column::Title, practice.title.clone().into()),
        (Column::Content, practice.content.clone().into()),
        (Column::ApprovedBy, Some(actor.0).into()),
        (Column::PublishedAt, Some(tx.now()).into()),
    ];
    let practice = advance(tx, &practice, PracticeStatus::Approved, &by).await?;
    let object = ("practice", Some(id.0));
    let details = json!({ "number": practice.number });
    audit::record(tx, Some(actor), Action::PracticeApprove, object, details).await?;
    Ok(practice)
}
