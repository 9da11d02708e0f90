//! Posted forms, and the proof that they were filled in on our own page.
//!
//! Each form carries the signature of its visitor's cookie ([`Visitor`]). [`Posted`] is the only way to a posted form, and it checks the signature first: a page cannot forget it.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use domain::Code;

use crate::{
    extract::{self, Visitor},
    limits,
    problem::Problem,
};

/// Name of the hidden field with the proof.
pub const FIELD: &str = "_csrf";
/// Name of the hidden field with the key of a form that does its work once.
pub const FORM_KEY_FIELD: &str = "_sleutel";

/// The fields of a form, as they were sent, in order.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`, strictly: a broken escape or broken UTF-8 is refused instead of becoming a "�".
    ///
    /// # Errors
    /// [`Code::UnreadableBody`], or [`Code::TooLarge`] for too many fields.
    pub fn parse(bytes: &[u8]) -> Result<Self, Problem> {
        let mut fields = Vec::new();
        for pair in bytes
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
        {
            if fields.len() == limits::FIELDS {
                return Err(Problem::code(Code::TooLarge));
            }
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let mut half = || unescape(halves.next().unwrap_or_default());
            fields.push((half()?, half()?));
        }
        Ok(Self(fields))
    }

    /// Fields that came another way than in a body.
    pub fn from_pairs<const N: usize>(pairs: [(&str, String); N]) -> Self {
        Self(
            pairs
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// Fields that came one by one, or that a page begins with.
    #[must_use]
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// All values of a field, in the order they were sent.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a field, or nothing in it.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// The first value of a field, if it was sent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    /// All fields but our own, in the order they were sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter(|(name, _)| !name.starts_with('_'))
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

fn unescape(bytes: &[u8]) -> Result<String, Problem> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        plain.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit =
                    |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
                let value = digit(rest.next())
                    .zip(digit(rest.next()))
                    .and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
                value.ok_or_else(|| Problem::code(Code::UnreadableBody))?
            }
            other => *other,
        });
    }
    String::from_utf8(plain).map_err(|_| Problem::code(Code::UnreadableBody))
}

/// A form that was filled in on our own page.
pub struct Posted(pub Fields);

impl FromRequest for Posted {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
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

/// A form with one file of at most `MOST` bytes, filled in on our own page.
pub struct Upload<const MOST: usize = { limits::IMPORT }> {
    /// The other fields of the form.
    pub fields: Fields,
    /// Name of the file; empty when none was chosen.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl<const MOST: usize> FromRequest for Upload<MOST> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            if extract::media_type(&request) != "multipart/form-data" {
                return Err(Problem::code(Code::UnsupportedMedia));
            }
            // Room for the frame around the file.
            let bytes = extract::body(&request, payload, MOST + 16 * 1024).await?;
            let (token, upload) = parts(&request, bytes).await?;
            check(&request, &token)?;
            Ok(upload)
        })
    }
}

async fn parts<const MOST: usize>(
    request: &HttpRequest,
    bytes: actix_web::web::Bytes,
) -> Result<(String, Upload<MOST>), Problem> {
    use futures_util::{StreamExt as _, stream};

    let unreadable = |_| Problem::code(Code::UnreadableBody);
    let body = stream::once(std::future::ready(Ok(bytes)));
    let mut multipart = actix_multipart::Multipart::new(request.headers(), body);
    let mut token = String::new();
    let mut upload = Upload {
        fields: Fields::default(),
        name: String::new(),
        bytes: Vec::new(),
    };
    while let Some(part) = multipart.next().await {
        let mut part = part.map_err(unreadable)?;
        let field = part.name().unwrap_or_default().to_owned();
        let name = part
            .content_disposition()
            .and_then(|found| found.get_filename().map(str::to_owned));
        let mut content = Vec::new();
        while let Some(chunk) = part.next().await {
            content.extend_from_slice(&chunk.map_err(unreadable)?);
        }
        if field == FIELD {
            token = String::from_utf8(content).map_err(|_| Problem::code(Code::UnreadableBody))?;
        } else if field == "file" {
            upload.name = name.unwrap_or_default();
            upload.bytes = content;
        } else if upload.fields.0.len() < limits::FIELDS {
            let text =
                String::from_utf8(content).map_err(|_| Problem::code(Code::UnreadableBody))?;
            upload.fields.0.push((field, text));
        }
    }
    Ok((token, upload))
}

/// Whether `token` proves that the form came from a page we gave this visitor.
pub(crate) fn check(request: &HttpRequest, token: &str) -> Result<(), Problem> {
    let app = extract::app_state(request)?;
    let visitor = Visitor::of(request)?;
    // A browser that tells where a request came from is believed when it says "from elsewhere".
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_sent() {
        let fields = Fields::parse(b"naam=Zo%C3%AB+de+Wit&soort=a&soort=b&leeg=&_csrf=x").unwrap();
        assert_eq!(fields.text("naam"), "Zoë de Wit");
        assert_eq!(fields.text("soort"), "a");
        assert_eq!(fields.iter().count(), 4);
        assert_eq!(fields.get("weg"), None);
    }

    #[test]
    fn what_is_not_text_is_refused_whole() {
        for broken in [b"a=%ff".as_slice(), b"a=%C3", b"a=%zz", b"a=%2", b"%ff=a"] {
            assert!(Fields::parse(broken).is_err(), "{broken:?}");
        }
    }

    #[test]
    fn too_many_fields_are_refused() {
        let many = "a=1&".repeat(limits::FIELDS + 1);
        assert!(Fields::parse(many.as_bytes()).is_err());
    }
}
