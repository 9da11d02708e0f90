//! Bodies with files, read part by part within limits.

use std::{future::Future, sync::Arc};

use actix_web::{
    FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::header::HeaderMap,
    web::Bytes,
};
use domain::{Code, files::FileProblem, forms::FILE_MB_MAX};
use futures_util::{Stream, StreamExt as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Extracting, app_state, authorised, media_type};
use crate::{limits, problem::Problem};

/// A file as it was sent.
pub struct UploadedFile {
    /// Name of the question.
    pub field: String,
    /// Name of the file as it was sent.
    pub name: String,
    /// Its bytes; one more than any file may have, when it has too many.
    pub bytes: Vec<u8>,
    /// What went wrong on the way.
    pub problem: Option<FileProblem>,
}

/// How much of a body is read.
#[derive(Clone, Copy)]
pub(crate) struct UploadLimits {
    /// Most bytes of one file.
    pub file: usize,
    /// Most bytes of the whole body; what is beyond is not read.
    pub all: usize,
}

impl UploadLimits {
    /// What residents' files may have.
    pub(crate) fn of_forms() -> Self {
        Self {
            file: usize::try_from(FILE_MB_MAX)
                .unwrap_or(usize::MAX)
                .saturating_mul(1_048_576),
            all: limits::UPLOAD_READ,
        }
    }
}

/// The memory that one upload takes out of that for all.
pub(crate) struct UploadPermit {
    all: Arc<Semaphore>,
    taken: Option<OwnedSemaphorePermit>,
}

impl UploadPermit {
    pub(crate) fn new(all: &Arc<Semaphore>) -> Self {
        Self {
            all: Arc::clone(all),
            taken: None,
        }
    }

    /// Takes room for some more bytes; only for what has really come, so that nobody can occupy it with an announcement.
    fn take(&mut self, bytes: usize) -> Result<(), Problem> {
        let kib = u32::try_from(bytes.div_ceil(1_024)).unwrap_or(u32::MAX);
        let permit = Arc::clone(&self.all)
            .try_acquire_many_owned(kib)
            .map_err(|_| Problem::code(Code::Unavailable))?;
        match &mut self.taken {
            Some(taken) => taken.merge(permit),
            none => *none = Some(permit),
        }
        Ok(())
    }
}

/// The parts of a body as they come.
pub(crate) struct Parts {
    /// What was typed.
    pub fields: Vec<(String, String)>,
    /// The files.
    pub files: Vec<UploadedFile>,
    /// The memory they take, given back when it is dropped.
    pub permit: UploadPermit,
    /// Whether everything arrived.
    pub is_whole: bool,
    limits: UploadLimits,
    read: usize,
    text: usize,
}

impl Parts {
    /// Reads a body part by part. Of a file that is too large the rest is read and forgotten, so that a page can say so with everything
    /// that was typed; of a broken line what came whole is kept.
    ///
    /// # Errors
    /// [`Code::TooLarge`], [`Code::Timeout`], [`Code::UnreadableBody`], and [`Code::Unavailable`] when too many uploads are on their way.
    pub(crate) async fn read<S>(
        headers: &HeaderMap,
        payload: S,
        permit: UploadPermit,
        limits: UploadLimits,
    ) -> Result<Self, Problem>
    where
        S: Stream<Item = Result<Bytes, PayloadError>> + 'static,
    {
        let mut multipart = actix_multipart::Multipart::new(headers, payload);
        let mut parts = Self {
            fields: Vec::new(),
            files: Vec::new(),
            permit,
            is_whole: false,
            limits,
            read: 0,
            text: 0,
        };
        loop {
            let next = with_timeout(multipart.next()).await?;
            match next {
                None => {
                    parts.is_whole = true;
                    return Ok(parts);
                }
                // What came whole before the line broke is kept.
                Some(Err(_)) if !parts.fields.is_empty() => return Ok(parts),
                Some(Err(_)) => return Err(Problem::code(Code::UnreadableBody)),
                Some(Ok(part)) => {
                    if !parts.take(part).await? {
                        return Ok(parts);
                    }
                }
            }
        }
    }

    /// Takes one part; whether more can follow.
    async fn take(&mut self, mut part: actix_multipart::Field) -> Result<bool, Problem> {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part
            .content_disposition()
            .and_then(|found| found.get_filename().map(str::to_owned));
        let is_file = name.is_some();
        let max = if is_file {
            self.limits.file + 1
        } else {
            limits::BODY.saturating_sub(self.text)
        };
        let mut bytes = Vec::new();
        let mut is_whole = true;
        while let Some(chunk) = with_timeout(part.next()).await? {
            let Ok(chunk) = chunk else {
                is_whole = false;
                break;
            };
            self.read += chunk.len();
            if self.read > self.limits.all {
                return Err(Problem::code(Code::TooLarge));
            }
            let free = max.saturating_sub(bytes.len());
            let kept = chunk.get(..free.min(chunk.len())).unwrap_or_default();
            if is_file && self.files.len() < limits::UPLOAD_FILES {
                self.permit.take(kept.len())?;
                bytes.extend_from_slice(kept);
            } else if !is_file {
                if kept.len() < chunk.len() {
                    return Err(Problem::code(Code::TooLarge));
                }
                bytes.extend_from_slice(kept);
            }
        }
        match name {
            None => {
                if self.fields.len() == limits::FIELDS {
                    return Err(Problem::code(Code::TooLarge));
                }
                self.text += bytes.len();
                if is_whole {
                    let text = String::from_utf8(bytes)
                        .map_err(|_| Problem::code(Code::UnreadableBody))?;
                    self.fields.push((field, text));
                }
            }
            // A browser sends an empty part for a question in which nothing was chosen.
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) => {
                if self.files.len() < limits::UPLOAD_FILES {
                    self.files.push(UploadedFile {
                        field,
                        name,
                        bytes,
                        problem: (!is_whole).then_some(FileProblem::CutOff),
                    });
                }
            }
        }
        Ok(is_whole)
    }
}

async fn with_timeout<T>(next: impl Future<Output = T>) -> Result<T, Problem> {
    tokio::time::timeout(limits::PATIENCE, next)
        .await
        .map_err(|_| Problem::code(Code::Timeout))
}

/// Reads the body of a request that carries files.
pub(crate) async fn parts(
    request: &HttpRequest,
    payload: Payload,
    limits: UploadLimits,
) -> Result<Parts, Problem> {
    authorised(request).await;
    if media_type(request) != "multipart/form-data" {
        return Err(Problem::code(Code::UnsupportedMedia));
    }
    let permit = UploadPermit::new(&app_state(request)?.upload_memory);
    let parts = Parts::read(request.headers(), payload, permit, limits);
    tokio::time::timeout(limits::UPLOAD_PATIENCE, parts)
        .await
        .map_err(|_| Problem::code(Code::Timeout))?
}

/// A file that a program uploads: the question it is for, and the file.
pub struct Uploaded {
    /// Key of the question.
    pub field: String,
    /// The file, if one was sent.
    pub file: Option<UploadedFile>,
    _permit: UploadPermit,
}

impl FromRequest for Uploaded {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let parts = parts(&request, payload, UploadLimits::of_forms()).await?;
            let field = parts.fields.into_iter().find(|(name, _)| name == "field");
            Ok(Self {
                field: field.map(|(_, value)| value).unwrap_or_default(),
                file: parts.files.into_iter().find(|file| file.field == "file"),
                _permit: parts.permit,
            })
        })
    }
}

/// Reads a body as a form of a resident is read, for whoever wants to throw anything at it.
#[doc(hidden)]
pub async fn read_anything(content_type: &str, body: Vec<u8>) -> (usize, usize) {
    let mut headers = HeaderMap::new();
    if let Ok(value) = content_type.parse() {
        headers.insert(actix_web::http::header::CONTENT_TYPE, value);
    }
    let permit = UploadPermit::new(&Arc::new(Semaphore::new(limits::UPLOAD_MEMORY_KIB)));
    let stream = futures_util::stream::once(std::future::ready(Ok(Bytes::from(body))));
    match Parts::read(&headers, stream, permit, UploadLimits::of_forms()).await {
        Ok(parts) => (parts.fields.len(), parts.files.len()),
        Err(_) => (0, 0),
    }
}
