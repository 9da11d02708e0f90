//! Creating over the API: one effect per `Idempotency-Key`.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::{StatusCode, header},
};
use domain::{
    Error, FieldErrors,
    idempotency::{Answer, Keyed},
};
use serde::{Serialize, de::DeserializeOwned};
use tenants::{StaffId, TenantTx};

use crate::{
    extract::{self, Site},
    limits,
    problem::Problem,
};

const HEADER: &str = "idempotency-key";
/// Longest key.
const KEY_MAX: usize = 255;

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

impl<T: DeserializeOwned + 'static> FromRequest for IdempotentJson<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            if extract::media_type(&request) != "application/json" {
                return Err(Problem::code(domain::Code::UnsupportedMedia));
            }
            let key = key(&request)?;
            let bytes = extract::body(&request, payload, limits::BODY).await?;
            Ok(Self {
                input: extract::parse_json(&bytes)?,
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
    /// What the work answers; [`domain::Code::KeyReused`] when the key came with another body.
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
        let keyed = self.keyed.map(|mut keyed| {
            if let Some(actor) = actor {
                keyed.operation = format!("{} {actor}", keyed.operation);
            }
            keyed
        });
        let Some(keyed) = keyed else {
            let tx = site.write().await?;
            let created = work(&tx, self.input).await?;
            tx.commit().await?;
            return Ok(answer(&stored(&created)?));
        };
        let tx = site.write().await?;
        if let Some(known) = keyed.known(&tx).await? {
            return Ok(answer(&known));
        }
        let taken = match keyed.take(&tx).await {
            Ok(taken) => taken,
            Err(error) if error.is_duplicate() => {
                drop(tx);
                let tx = site.read().await?;
                let known = keyed.known(&tx).await?;
                return known
                    .map(|known| answer(&known))
                    .ok_or_else(|| Problem::code(domain::Code::Unavailable));
            }
            Err(error) => return Err(error.into()),
        };
        let created = work(&tx, self.input).await?;
        let made = stored(&created)?;
        keyed.keep(&tx, taken, &made).await?;
        tx.commit().await?;
        Ok(answer(&made))
    }
}

fn stored<R: Serialize>(created: &Created<R>) -> Result<Answer, Problem> {
    Ok(Answer {
        status: StatusCode::CREATED.as_u16(),
        body: serde_json::to_string(&created.body).map_err(Error::bug)?,
        location: created.location.clone(),
    })
}

fn answer(stored: &Answer) -> HttpResponse {
    let status = StatusCode::from_u16(stored.status).unwrap_or(StatusCode::CREATED);
    let mut response = HttpResponse::build(status);
    response.content_type("application/json");
    if let Some(location) = &stored.location {
        response.insert_header((header::LOCATION, location.as_str()));
    }
    response.body(stored.body.clone())
}
