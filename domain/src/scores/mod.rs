//! The rapportcijfer: a grade from 1 to 10 and a few words, asked once after a case was closed.
//!
//! Mail scanners follow links, so looking at a link never stores anything. The resident needs no account: the code in the mail opens the
//! page, and so does the code of the receipt, for those without mail.

mod entity;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, QueryFilter,
    sea_query::{Expr, SelectStatement},
};
use serde::Deserialize;
use serde_json::json;
use tenants::{Tenant, TenantTx, secret, typed_id};
use utoipa::ToSchema;

pub use self::entity::score::Model as Score;
use self::entity::{score, score_invitation};
use crate::{
    Code, Error, FieldErrors,
    cases::{
        self, Case, CaseId, EventKind, Preference, Viewer,
        record::{Columns, part},
    },
    input::{self, Number},
    mail::{self, LinkBase},
    text::clean_text,
};

typed_id! {
    /// An invitation to give a score.
    ScoreInvitationId
}
typed_id! {
    /// A score.
    ScoreId
}

/// How long a resident may wait before giving a score.
pub const INVITATION_LIFE: TimeDelta = TimeDelta::days(30);
/// Most words, in characters.
pub const WORDS_MAX: usize = 2_000;

/// Invites the resident of a closed case, by mail when there is an address; the mail also names the day until which a letter about the
/// complaint is still to come, if one is. Residents who asked for no reply are left in peace.
pub(crate) async fn invite(
    tx: &TenantTx,
    case: &Case,
    (tenant, links): (&Tenant, &LinkBase),
    letter_by: Option<String>,
) -> Result<(), Error> {
    if case.preference == Preference::None || cases::is_trial(&case.reference) {
        return Ok(());
    }
    if let Some(asked) = of_case(tx, case.id).await? {
        return extend_invitation(tx, &asked).await;
    }
    let code = secret::new_code()?;
    tx.insert(score_invitation::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        case_id: Set(case.id),
        code_hash: Set(secret::hash(&code)),
        language: Set(case.language.clone()),
        invited_at: Set(tx.now()),
        expires_at: Set(tx.now() + INVITATION_LIFE),
        answered_at: Set(None),
    })
    .await?;
    if let Some(recipient) = &case.contact_email {
        cases::mail_automatically(
            tx,
            case.id,
            mail::NewMail {
                kind: "score.invitation",
                recipient,
                about: Some(case.id.0),
                language: cases::language(case),
                text: if letter_by.is_some() {
                    "mail-score-letter-follows"
                } else {
                    "mail-score"
                },
                values: &[
                    ("municipality", &tenant.name),
                    ("reference", &case.reference),
                    ("link", &links.link(tenant, &format!("/cijfer/{code}"))),
                    ("day", letter_by.as_deref().unwrap_or_default()),
                ],
            },
        )
        .await?;
    }
    Ok(())
}

/// Nobody is asked twice: of a case that is closed once more the first link works on, as long as no score was given.
async fn extend_invitation(tx: &TenantTx, asked: &score_invitation::Model) -> Result<(), Error> {
    tx.update::<score_invitation::Entity>()
        .col_expr(
            score_invitation::Column::ExpiresAt,
            Expr::value(tx.now() + INVITATION_LIFE),
        )
        .filter(score_invitation::Column::Id.eq(asked.id))
        .filter(score_invitation::Column::AnsweredAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// What the page behind a link shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: ScoreInvitationId,
    /// The case it asks about.
    pub case: Case,
    /// The score that was given before, if one was.
    pub given: Option<Score>,
    /// Whether the time for it is over.
    pub expired: bool,
}

/// The invitation behind a code: the one in the mail, or the one on the receipt.
pub async fn invitation(tx: &TenantTx, code: &str) -> Result<Invitation, Error> {
    let by_code = tx
        .find::<score_invitation::Entity>()
        .filter(score_invitation::Column::CodeHash.eq(secret::hash(code)))
        .one(tx)
        .await?;
    let row = if let Some(row) = by_code {
        row
    } else {
        let (_, case) = cases::by_code(tx, code).await?;
        let case = case.ok_or(Error::NotFound)?;
        of_case(tx, case.id).await?.ok_or(Error::NotFound)?
    };
    Ok(Invitation {
        id: row.id,
        case: cases::get(tx, row.case_id).await?,
        given: given(tx, row.case_id).await?,
        expired: row.expires_at < tx.now(),
    })
}

async fn of_case(tx: &TenantTx, case: CaseId) -> Result<Option<score_invitation::Model>, Error> {
    Ok(tx
        .find::<score_invitation::Entity>()
        .filter(score_invitation::Column::CaseId.eq(case))
        .one(tx)
        .await?)
}

/// Whether the resident of a case was asked for a score and may still give it.
pub async fn is_awaited(tx: &TenantTx, case: CaseId) -> Result<bool, Error> {
    Ok(of_case(tx, case).await?.is_some_and(|invitation| {
        invitation.answered_at.is_none() && invitation.expires_at >= tx.now()
    }))
}

/// The score given in a case, if one was.
pub async fn given(tx: &TenantTx, case: CaseId) -> Result<Option<Score>, Error> {
    Ok(tx
        .find::<score::Entity>()
        .filter(score::Column::CaseId.eq(case))
        .one(tx)
        .await?)
}

/// The score of a case, for [`crate::cases::record`].
pub(crate) fn record_part(tx: &TenantTx, case: CaseId) -> SelectStatement {
    use score::Column;
    let columns = Columns {
        id: Some(Expr::col(Column::Id)),
        case: Some(Expr::col(Column::CaseId)),
        at: Some(Expr::col(Column::AnsweredAt)),
        number: Some(Expr::col(Column::Grade)),
        text: Some(Expr::col(Column::Words)),
        ..Columns::default()
    };
    let rows = tx.find::<score::Entity>().filter(Column::CaseId.eq(case));
    part("score", rows, columns)
}

/// The sum and the number of the scores given in `cases`, or in all others, from one instant until before another: reports tell scores with a
/// gift before them apart.
pub(crate) async fn sum(
    tx: &TenantTx,
    viewer: Option<Viewer>,
    (cases, within): (sea_orm::sea_query::SelectStatement, bool),
    (since, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(i64, i64), Error> {
    use sea_orm::{QuerySelect as _, sea_query::ExprTrait as _};

    let chosen = if within {
        score::Column::CaseId.in_subquery(cases)
    } else {
        score::Column::CaseId.not_in_subquery(cases)
    };
    let found: Option<(Option<i64>, i64)> = tx
        .find::<score::Entity>()
        .select_only()
        .expr(Expr::col(score::Column::Grade).sum().cast_as("bigint"))
        .expr(Expr::col(score::Column::Id).count())
        .filter(chosen)
        .filter(
            Condition::all()
                .add_option(viewer.map(|viewer| viewer.takes_part(tx, score::Column::CaseId))),
        )
        .filter(score::Column::AnsweredAt.gte(since))
        .filter(score::Column::AnsweredAt.lt(until))
        .into_tuple()
        .one(tx)
        .await?;
    Ok(found.map_or((0, 0), |(sum, count)| (sum.unwrap_or_default(), count)))
}

/// Of those who were invited from one instant until before another, in no case of `except`: how many there were, and how many gave each grade
/// from 1 to 10.
pub(crate) async fn grades(
    tx: &TenantTx,
    except: sea_orm::sea_query::SelectStatement,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(u32, [u32; 10]), Error> {
    use sea_orm::{QuerySelect as _, QueryTrait as _, sea_query::ExprTrait as _};

    let invited = || {
        tx.find::<score_invitation::Entity>()
            .select_only()
            .filter(score_invitation::Column::InvitedAt.gte(since))
            .filter(score_invitation::Column::InvitedAt.lt(until))
            .filter(score_invitation::Column::CaseId.not_in_subquery(except.clone()))
    };
    let asked: Option<i64> = invited()
        .expr(Expr::col(score_invitation::Column::Id).count())
        .into_tuple()
        .one(tx)
        .await?;
    let invitations = invited().column(score_invitation::Column::Id).into_query();
    let given: Vec<(i64, i64)> = tx
        .find::<score::Entity>()
        .select_only()
        .column(score::Column::Grade)
        .expr(Expr::col(score::Column::Id).count())
        .filter(score::Column::InvitationId.in_subquery(invitations))
        .group_by(score::Column::Grade)
        .into_tuple()
        .all(tx)
        .await?;
    let mut grades = [0; 10];
    for (grade, count) in given {
        let place = usize::try_from(grade - 1).unwrap_or(usize::MAX);
        if let Some(place) = grades.get_mut(place) {
            *place = u32::try_from(count).unwrap_or_default();
        }
    }
    let asked = asked.and_then(|asked| u32::try_from(asked).ok());
    Ok((asked.unwrap_or_default(), grades))
}

/// A score to give.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ScoreRequest {
    /// 1 to 10.
    #[schema(value_type = i64, required = true, example = 8)]
    #[serde(default)]
    pub grade: Number,
    /// A few words.
    #[serde(default)]
    pub words: String,
}

impl ScoreRequest {
    fn parse(self) -> Result<(i64, String), Error> {
        let mut errors = FieldErrors::default();
        let grade = if self.grade.is_missing() {
            errors.add("grade", "not_a_grade");
            None
        } else {
            self.grade.whole("grade", &mut errors)
        };
        if grade.is_some_and(|grade: i64| !(1..=10).contains(&grade)) {
            errors.add("grade", "not_a_grade");
        }
        let words = clean_text(&self.words);
        let words = input::optional(words, WORDS_MAX, "words", &mut errors);
        errors.into_result()?;
        Ok((grade.unwrap_or_default(), words))
    }
}

/// Gives a score, once.
///
/// # Errors
/// [`Error::Invalid`], [`Code::ScoreGiven`], [`Code::LinkExpired`], [`Error::NotFound`].
pub async fn give(tx: &TenantTx, code: &str, request: ScoreRequest) -> Result<Score, Error> {
    let invitation = self::invitation(tx, code).await?;
    if invitation.given.is_some() {
        return Err(Error::refused(Code::ScoreGiven));
    }
    if invitation.expired {
        return Err(Error::refused(Code::LinkExpired));
    }
    let (grade, words) = request.parse()?;
    let answered = tx
        .update::<score_invitation::Entity>()
        .col_expr(score_invitation::Column::AnsweredAt, Expr::value(tx.now()))
        .filter(score_invitation::Column::Id.eq(invitation.id))
        .filter(score_invitation::Column::AnsweredAt.is_null())
        .exec(tx)
        .await?;
    if answered.rows_affected == 0 {
        return Err(Error::refused(Code::ScoreGiven));
    }
    let score = tx
        .insert(score::ActiveModel {
            tenant_id: Set(tx.tenant()),
            id: Set(tx.new_id()),
            invitation_id: Set(invitation.id),
            case_id: Set(invitation.case.id),
            grade: Set(grade),
            words: Set(words),
            answered_at: Set(tx.now()),
        })
        .await?;
    cases::record_event(
        tx,
        invitation.case.id,
        EventKind::Score,
        None,
        json!({ "grade": score.grade }),
    )
    .await?;
    Ok(score)
}

/// Removes the words that came with scores of a case, which may tell who gave them; the grade stays. Whoever did not answer yet cannot any more.
pub(crate) async fn erase(tx: &TenantTx, case: CaseId) -> Result<(), Error> {
    tx.update::<score::Entity>()
        .col_expr(score::Column::Words, Expr::value(""))
        .filter(score::Column::CaseId.eq(case))
        .exec(tx)
        .await?;
    tx.update::<score_invitation::Entity>()
        .col_expr(score_invitation::Column::ExpiresAt, Expr::value(tx.now()))
        .filter(score_invitation::Column::CaseId.eq(case))
        .filter(score_invitation::Column::AnsweredAt.is_null())
        .filter(score_invitation::Column::ExpiresAt.gt(tx.now()))
        .exec(tx)
        .await?;
    Ok(())
}
