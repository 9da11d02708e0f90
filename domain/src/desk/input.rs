//! What a form of the desk or a program sends, as it was sent. Each verb has one input; its `parse` has all checks that need no case.

use chrono_tz::Tz;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Closing, Consent, Conversion, NewContact, Reopening};
use crate::{
    Error, FieldErrors,
    cases::{self, CaseId, Outcome},
    clocks::{self, LegalEnd, read_legal_ending},
    text::{optional, read_choice, read_day, read_instant},
};

/// A contact to log.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct ContactMomentRequest {
    /// `noAnswer`, `messageLeft`, `conversation`, `mailSent`, `wrongNumber` or `callLater`.
    #[schema(value_type = cases::ContactResult, example = "conversation", required = true)]
    pub result: String,
    /// What was said; needed after a conversation.
    pub note: String,
    /// What the resident wants.
    pub wish: String,
    /// When the resident wants to be called; needed with `callLater`.
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub call_at: Option<String>,
    /// When it was, if not just now.
    #[schema(value_type = Option<DateTime<Utc>>)]
    pub at: Option<String>,
    /// Why it is written down only now; needed when it was in time and the promise is late by now.
    pub reason: String,
}

impl ContactMomentRequest {
    /// The contact. A time without a zone is local time.
    pub fn parse(self, zone: Tz) -> Result<NewContact, Error> {
        let mut errors = FieldErrors::default();
        let result = read_choice(&mut errors, "result", &self.result);
        let at = read_instant(&mut errors, "at", self.at.as_deref(), zone);
        let call_at = read_instant(&mut errors, "callAt", self.call_at.as_deref(), zone);
        match result {
            Some(result) if errors.is_empty() => Ok(NewContact {
                result,
                note: self.note,
                wish: self.wish,
                call_at,
                at,
                reason: self.reason,
            }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// How a case ends.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CloseRequest {
    /// `solvedTogether`, `explained`, `passedOn`, `withdrawn` or `notReached`.
    #[schema(value_type = cases::Outcome, example = "solvedTogether", required = true)]
    #[serde(default)]
    pub outcome: String,
    /// What was agreed.
    #[serde(default)]
    pub note: String,
    /// Of a complaint: what ends the term of the law to deal with it: `satisfied` (Awb art. 9:5), `letter` (9:12), `withdrawn` or
    /// `notDealtWith` (9:8). Without it the term goes on.
    #[schema(value_type = Option<clocks::LegalEnd>)]
    #[serde(default)]
    pub law: String,
    /// The day of the letter, or of the resident's word; needed with `law`.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    #[serde(default)]
    pub law_on: String,
    /// Where that is kept, so that it can be shown; needed with `law`.
    #[serde(default)]
    pub kept_at: String,
    /// Code of the state in which it ends, when its workflow has several ends.
    #[serde(default)]
    pub to: String,
    /// The lines of the checklist that were done, each as `<code of the state>.<number>`, counted from 0.
    #[serde(default)]
    pub checked: Vec<String>,
    /// That the residents of the merged messages who want to be called were called as well; needed when there are any.
    #[serde(default)]
    pub others_told: bool,
}

impl CloseRequest {
    /// How it ends.
    pub fn parse(self) -> Result<Closing, Error> {
        let mut errors = FieldErrors::default();
        let outcome = read_choice(&mut errors, "outcome", &self.outcome);
        let law = read_legal_ending(&mut errors, &self.law, &self.law_on, &self.kept_at);
        // The resident is satisfied with what was solved, and only the resident takes a complaint back.
        let fits = |how| match how {
            LegalEnd::Satisfied => outcome == Some(Outcome::SolvedTogether),
            LegalEnd::Withdrawn => outcome == Some(Outcome::Withdrawn),
            LegalEnd::Letter | LegalEnd::NotDealtWith => true,
        };
        if outcome.is_some() && law.as_ref().is_some_and(|law| !fits(law.how)) {
            errors.add("law", "law_unfit");
        }
        match outcome {
            Some(outcome) if errors.is_empty() => Ok(Closing {
                outcome,
                note: self.note,
                to: self.to,
                checked: self.checked,
                law,
                others_told: self.others_told,
            }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// Why a case is reopened.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct ReopenRequest {
    /// Why.
    #[schema(example = "De inwoner belde: de lift is weer stuk.")]
    pub reason: String,
    /// Of a complaint only, and needed then: `countsOn` when it was not settled after all (Awb art. 9:5), `staysEnded` when it was dealt
    /// with by a letter with findings (Awb art. 9:12).
    #[schema(value_type = Option<super::LawAfter>)]
    pub law: Option<String>,
}

impl ReopenRequest {
    /// How it is reopened.
    pub fn parse(self) -> Result<Reopening, Error> {
        let mut errors = FieldErrors::default();
        let law =
            optional(self.law.as_deref()).and_then(|law| read_choice(&mut errors, "law", law));
        errors.into_result()?;
        Ok(Reopening {
            reason: self.reason,
            law,
        })
    }
}

/// Another kind for a case.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct ConvertRequest {
    /// `complaint`, `tip` or `compliment`, or the code of a kind of the municipality's own.
    #[schema(example = "complaint", required = true)]
    pub kind: String,
    /// Why.
    pub reason: String,
    /// When the resident said that this is no complaint; needed for what stops being one.
    #[schema(value_type = Option<chrono::NaiveDate>)]
    pub agreed_on: Option<String>,
    /// Where that is kept; needed for what stops being a complaint.
    pub kept_at: String,
}

impl ConvertRequest {
    /// The conversion.
    pub fn parse(self) -> Result<Conversion, Error> {
        let mut errors = FieldErrors::default();
        let to = optional(Some(&self.kind)).map(str::to_owned);
        if to.is_none() {
            errors.add("kind", "required_choice");
        }
        let agreed_on = read_day(&mut errors, "agreedOn", self.agreed_on.as_deref());
        match to {
            Some(to) if errors.is_empty() => Ok(Conversion {
                to,
                reason: self.reason,
                consent: agreed_on.map(|agreed_on| Consent {
                    agreed_on,
                    kept_at: self.kept_at,
                }),
            }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// A category for a case.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CaseCategoryRequest {
    /// Key of a category that is used; `null` takes it away.
    #[serde(deserialize_with = "crate::input::nullable")]
    #[schema(required = true, example = "wegen_paden")]
    pub category: Option<String>,
}

impl CaseCategoryRequest {
    /// The key.
    #[must_use]
    pub fn parse(&self) -> Option<&str> {
        optional(self.category.as_deref())
    }
}

/// A case to merge this one into.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct MergeRequest {
    /// Id or reference of the case that goes on for both.
    #[schema(required = true, example = "7K4H-9XTR")]
    pub into_id: String,
    /// Why they are one.
    pub reason: String,
}

impl MergeRequest {
    /// The case that goes on for both.
    ///
    /// # Errors
    /// [`Error::Invalid`] when nothing was sent, or a reference that no case has.
    pub async fn target(
        &self,
        tx: &tenants::TenantTx,
        viewer: cases::Viewer,
    ) -> Result<CaseId, Error> {
        let text = self.into_id.trim();
        if text.is_empty() {
            return Err(Error::invalid("intoId", "required"));
        }
        if let Ok(id) = text.parse() {
            return Ok(id);
        }
        match cases::seen_by_reference(tx, viewer, text).await {
            Ok(case) => Ok(case.id),
            Err(Error::NotFound) => Err(Error::invalid("intoId", "unknown_reference")),
            Err(error) => Err(error),
        }
    }
}

/// Why a case goes on by itself again.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct UnmergeRequest {
    /// Why.
    pub reason: String,
}
