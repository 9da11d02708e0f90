//! A photo or PDF of a receipt with what was typed beside it, read part by part: of a file that is too large the rest is read and forgotten,
//! so that the page can say so with everything that was typed.

use std::{future::Future, pin::Pin};

use actix_multipart::{Field, Multipart};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use domain::{Code, gifts::RECEIPT_MAX};
use futures_util::StreamExt as _;

use crate::{
    csrf::{self, Fields},
    extract, limits,
    problem::Problem,
};

/// What somebody hands in on a page of ours.
pub struct HandedIn {
    /// What was typed.
    pub fields: Fields,
    /// Name of the file; empty when none was chosen.
    pub name: String,
    /// Its bytes; nothing when there are more than a receipt may have.
    pub file: Option<Vec<u8>>,
}

impl FromRequest for HandedIn {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            if extract::media_type(&request) != "multipart/form-data" {
                return Err(Problem::code(Code::UnsupportedMedia));
            }
            let parts = Multipart::new(request.headers(), payload);
            let handed = tokio::time::timeout(limits::UPLOAD_PATIENCE, read(parts))
                .await
                .map_err(|_| Problem::code(Code::Timeout))??;
            csrf::check(&request, handed.fields.text(csrf::FIELD))?;
            Ok(handed)
        })
    }
}

async fn read(mut parts: Multipart) -> Result<HandedIn, Problem> {
    let mut typed = Vec::new();
    let (mut name, mut file) = (String::new(), Some(Vec::new()));
    let (mut text_left, mut all_left) = (limits::BODY, limits::UPLOAD_READ);
    while let Some(part) = patiently(parts.next()).await? {
        let mut part = part.map_err(|_| Problem::code(Code::UnreadableBody))?;
        let field = part.name().unwrap_or_default().to_owned();
        if field == "file" {
            name = part
                .content_disposition()
                .and_then(|found| found.get_filename())
                .unwrap_or_default()
                .to_owned();
            file = bytes(&mut part, RECEIPT_MAX, &mut all_left).await?;
            continue;
        }
        let text = bytes(&mut part, text_left, &mut all_left).await?;
        let text = text
            .filter(|_| typed.len() < limits::FIELDS)
            .ok_or_else(|| Problem::code(Code::TooLarge))?;
        text_left -= text.len();
        let text = String::from_utf8(text).map_err(|_| Problem::code(Code::UnreadableBody))?;
        typed.push((field, text));
    }
    Ok(HandedIn {
        fields: Fields::of(typed),
        name,
        file,
    })
}

/// The bytes of a part; nothing when there are more than `most`. A body of more than `left` is read no further.
async fn bytes(
    part: &mut Field,
    most: usize,
    left: &mut usize,
) -> Result<Option<Vec<u8>>, Problem> {
    let mut kept = Some(Vec::new());
    while let Some(chunk) = patiently(part.next()).await? {
        let chunk = chunk.map_err(|_| Problem::code(Code::UnreadableBody))?;
        *left = left
            .checked_sub(chunk.len())
            .ok_or_else(|| Problem::code(Code::TooLarge))?;
        kept = kept.filter(|kept| kept.len() + chunk.len() <= most);
        if let Some(kept) = &mut kept {
            kept.extend_from_slice(&chunk);
        }
    }
    Ok(kept)
}

async fn patiently<T>(next: impl Future<Output = T>) -> Result<T, Problem> {
    tokio::time::timeout(limits::PATIENCE, next)
        .await
        .map_err(|_| Problem::code(Code::Timeout))
}
