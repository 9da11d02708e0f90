//! What a resident sends with a page of the form: fields, and files when the page asks for them.

use std::{future::Future, pin::Pin, sync::Arc};

use actix_web::{FromRequest, HttpRequest, dev::Payload, error::PayloadError, web::Bytes};
use domain::{Code, files::FileProblem, forms::FILE_MB_MAX};
use futures_util::{Stream, StreamExt as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    csrf::{self, Fields},
    extract, limits,
    problem::Problem,
};

/// A file as it was sent.
pub struct Sent {
    /// Name of the question.
    pub field: String,
    /// Name of the file as it was sent.
    pub name: String,
    /// Its bytes; one more than any file may have, when it has too many.
    pub bytes: Vec<u8>,
    /// What went wrong on the way.
    pub problem: Option<FileProblem>,
}

/// What a resident typed and chose, and whether it came from a page we gave them: a story is never thrown away over an old page.
pub struct Typed {
    /// The fields.
    pub fields: Fields,
    /// The files.
    pub files: Vec<Sent>,
    /// Whether the page was ours and fresh; if not, the form is shown again with everything in it.
    pub proven: bool,
    /// The memory it takes, given back when it is done.
    _room: Room,
}

/// Most bytes of a file that are kept in memory.
fn file_max() -> usize {
    usize::try_from(FILE_MB_MAX)
        .unwrap_or(usize::MAX)
        .saturating_mul(1_048_576)
}

impl FromRequest for Typed {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let app = extract::app_state(&request)?;
            let mut typed = match extract::media_type(&request).as_str() {
                "application/x-www-form-urlencoded" => {
                    let bytes = extract::body(&request, payload, limits::BODY).await?;
                    Self {
                        fields: Fields::parse(&bytes)?,
                        files: Vec::new(),
                        proven: false,
                        _room: Room::new(&app.upload_room),
                    }
                }
                "multipart/form-data" => {
                    let room = Room::new(&app.upload_room);
                    let parts = Parts::read(request.headers(), payload, room);
                    tokio::time::timeout(limits::UPLOAD_PATIENCE, parts)
                        .await
                        .map_err(|_| Problem::code(Code::Timeout))??
                        .into_typed()
                }
                _ => return Err(Problem::code(Code::UnsupportedMedia)),
            };
            typed.proven = csrf::check(&request, typed.fields.text(csrf::FIELD)).is_ok();
            Ok(typed)
        })
    }
}

/// The memory that one upload takes out of that for all.
struct Room {
    all: Arc<Semaphore>,
    taken: Option<OwnedSemaphorePermit>,
}

impl Room {
    fn new(all: &Arc<Semaphore>) -> Self {
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
pub(super) struct Parts {
    fields: Vec<(String, String)>,
    files: Vec<Sent>,
    room: Room,
    read: usize,
    text: usize,
}

impl Parts {
    async fn read<S>(
        headers: &actix_web::http::header::HeaderMap,
        payload: S,
        room: Room,
    ) -> Result<Self, Problem>
    where
        S: Stream<Item = Result<Bytes, PayloadError>> + 'static,
    {
        let mut multipart = actix_multipart::Multipart::new(headers, payload);
        let mut parts = Self {
            fields: Vec::new(),
            files: Vec::new(),
            room,
            read: 0,
            text: 0,
        };
        loop {
            let next = patiently(multipart.next()).await?;
            match next {
                None => return Ok(parts),
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
            file_max() + 1
        } else {
            limits::BODY.saturating_sub(self.text)
        };
        let mut bytes = Vec::new();
        let mut is_whole = true;
        while let Some(chunk) = patiently(part.next()).await? {
            let Ok(chunk) = chunk else {
                is_whole = false;
                break;
            };
            self.read += chunk.len();
            if self.read > limits::UPLOAD_READ {
                return Err(Problem::code(Code::TooLarge));
            }
            let free = max.saturating_sub(bytes.len());
            let kept = chunk.get(..free.min(chunk.len())).unwrap_or_default();
            if is_file && self.files.len() < limits::UPLOAD_FILES {
                self.room.take(kept.len())?;
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
                    self.files.push(Sent {
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

    fn into_typed(self) -> Typed {
        Typed {
            fields: Fields::of(self.fields),
            files: self.files,
            proven: false,
            _room: self.room,
        }
    }
}

async fn patiently<T>(next: impl Future<Output = T>) -> Result<T, Problem> {
    tokio::time::timeout(limits::PATIENCE, next)
        .await
        .map_err(|_| Problem::code(Code::Timeout))
}

/// A file that a program uploads: the question it is for, and the file.
pub struct Uploaded {
    /// Key of the question.
    pub field: String,
    /// The file, if one was sent.
    pub file: Option<Sent>,
    _room: Room,
}

impl FromRequest for Uploaded {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            if extract::media_type(&request) != "multipart/form-data" {
                return Err(Problem::code(Code::UnsupportedMedia));
            }
            let room = Room::new(&extract::app_state(&request)?.upload_room);
            let parts = Parts::read(request.headers(), payload, room);
            let parts = tokio::time::timeout(limits::UPLOAD_PATIENCE, parts)
                .await
                .map_err(|_| Problem::code(Code::Timeout))??;
            Ok(Self {
                field: parts
                    .fields
                    .iter()
                    .find(|(name, _)| name == "field")
                    .map(|(_, value)| value.clone())
                    .unwrap_or_default(),
                file: parts.files.into_iter().find(|file| file.field == "file"),
                _room: parts.room,
            })
        })
    }
}

/// Reads a body as [`Typed`] would, for whoever wants to throw anything at it.
#[doc(hidden)]
pub async fn read_anything(content_type: &str, body: Vec<u8>) -> (usize, usize) {
    let mut headers = actix_web::http::header::HeaderMap::new();
    if let Ok(value) = content_type.parse() {
        headers.insert(actix_web::http::header::CONTENT_TYPE, value);
    }
    let room = Room::new(&Arc::new(Semaphore::new(limits::UPLOAD_ROOM_KIB)));
    let stream = futures_util::stream::once(std::future::ready(Ok(Bytes::from(body))));
    match Parts::read(&headers, stream, room).await {
        Ok(parts) => (parts.fields.len(), parts.files.len()),
        Err(_) => (0, 0),
    }
}
