//! Staff write down a message over the API.

use actix_web::{HttpResponse, post};
use chrono::{DateTime, Utc};
use domain::{
    Error, Language,
    forms::{self, RawAnswers},
    intake::{self, Filing},
    submissions::Channel,
};
use serde::Deserialize;
use tenants::permission::may;
use utoipa::ToSchema;

use crate::{
    desk::json::{CaseDetail, detail, one_of},
    extract::Staff,
    idempotency::{Created, IdempotentJson},
    problem::Problem,
};

/// A message that staff write down.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct CaseRequest {
    /// Address of the form that is filled in for the resident.
    #[schema(example = "klacht-tip-compliment")]
    form: String,
    /// Answers by the keys of the form's fields. A consent is `yes`; questions for files are left open.
    #[schema(value_type = std::collections::BTreeMap<String, crate::intake::api::GivenAnswer>)]
    answers: RawAnswers,
    /// How it came in: `phone`, `letter` or `counter`.
    #[schema(example = "phone")]
    channel: String,
    /// When it came in, if not just now; from then on its clocks count.
    received_at: Option<DateTime<Utc>>,
    /// Why it is written down on a later day than it came in; needed then.
    #[serde(default)]
    reason: String,
    /// Language of the resident: `nl` or `en`; Dutch when left out.
    language: Option<String>,
}

/// Write down a message for a resident
///
/// What came by telephone, by letter or at the counter becomes a case whose clocks count from when it really came in.
#[utoipa::path(tag = "cases", operation_id = "createCase", params(
    ("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer for a day"),
), request_body = CaseRequest, security(("bearer" = [])), responses((status = 201, description = "The case", body = CaseDetail)))]
#[post("/cases")]
pub async fn create(
    staff: Staff<may::HandleCases>,
    creating: IdempotentJson<CaseRequest>,
) -> Result<HttpResponse, Problem> {
    let actor = staff.member();
    creating
        .once(
            &staff.site,
            Some(actor.id),
            async |tx, request: CaseRequest| {
                let language = request.language.as_deref().unwrap_or("nl");
                let language = one_of::<Language>("language", language)?;
                let channel = one_of::<Channel>("channel", &request.channel)?;
                let form = forms::live(tx, &request.form).await.map_err(unknown_form)?;
                let filing = Filing {
                    channel,
                    received_at: request.received_at,
                    reason: &request.reason,
                    by: actor,
                    language,
                    tenant: &staff.site.tenant,
                };
                let filed = intake::file(tx, &form, &request.answers, filing).await?;
                let case = filed
                    .case
                    .ok_or_else(|| Error::bug("what staff file is a case"))?;
                Ok(Created {
                    location: Some(format!("/api/v1/cases/{}", case.id)),
                    body: detail(tx, case, &staff.site).await?,
                })
            },
        )
        .await
}

/// A form that is not there is a mistake in a field, not in the address.
fn unknown_form(error: Error) -> Error {
    match error {
        Error::NotFound => Error::invalid("form", "not_an_option"),
        error => error,
    }
}
