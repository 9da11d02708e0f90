//! Posted forms, and the token against forged ones.
//!
//! Each form carries the signature of its visitor's cookie ([`Visitor`]). [`Posted`] is the only way to a posted form, and it checks the
//! signature first: a page cannot forget it.

mod fields;
mod fields_reader;
mod kept;
mod multipart;

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use domain::Code;

use crate::{
    extract::{self, Visitor},
    limits,
    problem::Problem,
};

pub(crate) use self::kept::KeptForm;
pub use self::{
    fields::Fields,
    multipart::{PostedFile, SubmittedForm, Upload},
};

/// Name of the hidden field with the token.
pub const FIELD: &str = "_csrf";
/// Name of the hidden field with the key of a form that does its work once.
pub const FORM_KEY_FIELD: &str = "_sleutel";

/// A form that was filled in on our own page.
pub struct Posted(pub Fields);

impl FromRequest for Posted {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        extract::keeps_form(&request);
        Box::pin(async move {
            kept::demand(&request, &mut payload).await?;
            if extract::media_type(&request) != "application/x-www-form-urlencoded" {
                return Err(Problem::code(Code::UnsupportedMedia));
            }
            let bytes = extract::body(&request, payload, limits::BODY).await?;
            let fields = Fields::parse(&bytes)?;
            check(&request, fields.text(FIELD))?;
            Ok(Self(fields))
        })
    }
}

/// Whether `token` proves that the form came from a page we gave this visitor.
pub(crate) fn check(request: &HttpRequest, token: &str) -> Result<(), Problem> {
    let app = extract::app_state(request)?;
    let visitor = Visitor::of(request)?;
    // A browser that says where a request came from is believed when it says "from elsewhere".
    let elsewhere = request
        .headers()
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|site| site == "cross-site");
    if elsewhere || visitor.fresh || !visitor.signed(&app, token) {
        return Err(Problem::code(Code::StalePage));
    }
    Ok(())
}
