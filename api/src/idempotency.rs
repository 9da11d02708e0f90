//! One effect per key: whoever sends again after a broken line, presses twice, goes back or reloads gets the first answer again.
//!
//! A program sends its key in the header `Idempotency-Key`, a form of ours carries a random one in a hidden field. The key is taken in the
//! transaction that does the work; what was refused leaves the key free.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::{StatusCode, header},
};
use domain::{
    Code, Error, FieldErrors,
    idempotency::{Answer, Keyed},
};
use serde::{Serialize, de::DeserializeOwned};
use tenants::{Grants, StaffId, TenantTx};
use utoipa::ToSchema;

use crate::{
    csrf::{FORM_KEY_FIELD, Fields},
    extract::{self, Site, Staff},
    html,
    problem::Problem,
};

const HEADER: &str = "idempotency-key";
/// Longest key of a program.
const KEY_MAX: usize = 255;
/// Longest key of a form; ours have 43 characters.
const FORM_KEY_MAX: usize = 100;

/// Does the work in one transaction, once. Without a key it is simply done.
async fn once(
    site: &Site,
    keyed: Option<&Keyed>,
    work: impl AsyncFnOnce(&TenantTx) -> Result<Answer, Problem>,
) -> Result<Answer, Problem> {
    let tx = site.write().await?;
    let Some(keyed) = keyed else {
        let answer = work(&tx).await?;
        tx.commit().await?;
        return Ok(answer);
    };
    if let Some(answer) = keyed.known(&tx).await? {
        return Ok(answer);
    }
    let taken = match keyed.take(&tx).await {
        Ok(taken) => taken,
        Err(error) if error.is_duplicate() => {
            drop(tx);
            let tx = site.read().await?;
            let answer = keyed.known(&tx).await?;
            return answer.ok_or_else(|| Problem::code(Code::Unavailable));
        }
        Err(error) => return Err(error.into()),
    };
    let answer = work(&tx).await?;
    keyed.keep(&tx, taken, &answer).await?;
    tx.commit().await?;
    Ok(answer)
}

/// A body that makes something, with the key it came under.
pub struct IdempotentJson<T> {
    /// The body.
    pub input: T,
    keyed: Option<Keyed>,
}

/// What was made.
pub struct Created<T> {
    /// The answer.
    pub body: T,
    /// Where it is now.
    pub location: Option<String>,
}

impl<T: DeserializeOwned + ToSchema + Send + 'static> FromRequest for IdempotentJson<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let bytes = extract::json_body(&request, payload).await?;
            let key = key(&request)?;
            Ok(Self {
                input: extract::parse_json(bytes.clone()).await?,
                keyed: key.map(|key| Keyed {
                    operation: format!("{} {}", request.method(), request.path()),
                    key,
                    body: bytes.to_vec(),
                }),
            })
        })
    }
}

fn key(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(value) = request.headers().get(HEADER) else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default().trim();
    if key.is_empty() || key.len() > KEY_MAX {
        let mut errors = FieldErrors::default();
        errors.add_with("Idempotency-Key", "key_unusable", "max", KEY_MAX);
        return Err(Error::Invalid(errors).into());
    }
    Ok(Some(key.to_owned()))
}

impl<T> IdempotentJson<T> {
    /// Does the work in one transaction, once: a second request with the same key and body gets the first answer.
    ///
    /// # Errors
    /// What the work answers; [`Code::KeyReused`] when the key came with another body.
    pub async fn once<R, F>(
        self,
        site: &Site,
        actor: Option<StaffId>,
        work: F,
    ) -> Result<HttpResponse, Problem>
    where
        R: Serialize,
        F: AsyncFnOnce(&TenantTx, T) -> Result<Created<R>, Problem>,
    {
        let Self { input, mut keyed } = self;
        if let (Some(keyed), Some(actor)) = (&mut keyed, actor) {
            keyed.operation = format!("{} {actor}", keyed.operation);
        }
        let answer = once(site, keyed.as_ref(), async |tx| {
            let created = work(tx, input).await?;
            Ok(Answer {
                status: StatusCode::CREATED.as_u16(),
                body: serde_json::to_string(&created.body).map_err(Error::bug)?,
                location: created.location,
            })
        });
        let answer = answer.await?;
        let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::CREATED);
        let mut response = HttpResponse::build(status);
        response.content_type("application/json");
        if let Some(location) = answer.location {
            response.insert_header((header::LOCATION, location));
        }
        Ok(response.body(answer.body))
    }
}

/// A form that was sent, with its key.
pub struct OneTimeForm {
    keyed: Option<Keyed>,
}

impl OneTimeForm {
    /// The form `fields`, sent to `action` by `staff`. A form without a key is simply done.
    #[must_use]
    pub fn of<P: Grants>(staff: &Staff<P>, action: &str, fields: &Fields) -> Self {
        Self::keyed(format!("FORM {action} {}", staff.member().id), fields)
    }

    /// The same of somebody without an account: the key is theirs, nobody else has it.
    #[must_use]
    pub fn of_visitor(action: &str, fields: &Fields) -> Self {
        Self::keyed(format!("FORM {action}"), fields)
    }

    fn keyed(operation: String, fields: &Fields) -> Self {
        let key = fields.text(FORM_KEY_FIELD);
        let keyed = (!key.is_empty() && key.len() <= FORM_KEY_MAX).then(|| Keyed {
            operation,
            key: key.to_owned(),
            body: fields
                .iter()
                .flat_map(|(name, value)| format!("{name}={}:{value}\n", value.len()).into_bytes())
                .collect(),
        });
        Self { keyed }
    }

    /// Where the form led when it was sent before.
    ///
    /// # Errors
    /// [`Code::FormSent`] when it was sent with other answers.
    pub async fn replayed(&self, tx: &TenantTx) -> Result<Option<HttpResponse>, Problem> {
        let Some(keyed) = &self.keyed else {
            return Ok(None);
        };
        let known = keyed.known(tx).await.map_err(|error| sent(error.into()))?;
        Ok(known.map(lead_on))
    }

    /// Does the work in one transaction, once, and leads on to the address that it answers.
    ///
    /// # Errors
    /// What the work answers; as [`OneTimeForm::replayed`].
    pub async fn execute<P, F>(self, staff: &Staff<P>, work: F) -> Result<HttpResponse, Problem>
    where
        P: Grants,
        F: AsyncFnOnce(&TenantTx) -> Result<String, Problem>,
    {
        self.execute_at(&staff.site, work).await
    }

    /// As [`OneTimeForm::execute`], of somebody without an account.
    ///
    /// # Errors
    /// As [`OneTimeForm::execute`].
    pub async fn execute_at<F>(self, site: &Site, work: F) -> Result<HttpResponse, Problem>
    where
        F: AsyncFnOnce(&TenantTx) -> Result<String, Problem>,
    {
        let answer = once(site, self.keyed.as_ref(), async |tx| {
            Ok(Answer {
                status: StatusCode::SEE_OTHER.as_u16(),
                body: String::new(),
                location: Some(work(tx).await?),
            })
        });
        answer.await.map(lead_on).map_err(sent)
    }

    /// After a refusal: where the form led, if the same form was done while this one was on its way; else the refusal.
    ///
    /// # Errors
    /// The refusal.
    pub async fn replayed_or<P: Grants>(
        &self,
        staff: &Staff<P>,
        refusal: Problem,
    ) -> Result<HttpResponse, Problem> {
        let tx = staff.read().await?;
        self.replayed(&tx).await?.ok_or(refusal)
    }
}

fn lead_on(answer: Answer) -> HttpResponse {
    html::see_other(answer.location.as_deref().unwrap_or("/"))
}

/// A key that came with other answers is, to a person, a form that was sent already.
fn sent(problem: Problem) -> Problem {
    if problem.error().code() == Code::KeyReused {
        return Problem::code(Code::FormSent);
    }
    problem
}
