//! Bodies with files, read part by part within limits.

use std::{future::Future, sync::Arc, time::Duration};

use actix_web::{
    FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::header::HeaderMap,
    web::Bytes,
};
use domain::{
    Code, Error,
    files::FileProblem,
    forms::{FILE_MB_MAX, FILES_TOTAL_MB_MAX},
};
use futures_util::{Stream, StreamExt as _};
use tokio::{
    io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _},
    sync::OwnedSemaphorePermit,
    task::spawn_blocking,
    time::Instant,
};

use super::{Extracting, Site, authorised, media_type};
use crate::{
    limits,
    problem::Problem,
    upload_shares::{Full, UploadShare, UploadShares},
};

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
    /// Most bytes of all that was typed.
    pub text: usize,
}

impl UploadLimits {
    /// What residents' files may have.
    pub(crate) fn of_forms() -> Self {
        Self {
            file: usize::try_from(FILE_MB_MAX)
                .unwrap_or(usize::MAX)
                .saturating_mul(1_048_576),
            all: limits::UPLOAD_READ,
            text: limits::BODY,
        }
    }
}

/// The parts of a body that has come.
#[derive(Default)]
pub(crate) struct Parts {
    /// What was typed.
    pub fields: Vec<(String, String)>,
    /// The files.
    pub files: Vec<UploadedFile>,
    /// The memory they take, given back when it is dropped.
    pub memory: Option<OwnedSemaphorePermit>,
    /// Whether everything arrived.
    pub is_whole: bool,
}

/// The parts of a body while they arrive: files go to the disk, so that a slow connection holds no memory.
struct Arrival {
    parts: Parts,
    /// The files on the disk, in the order of `parts.files`.
    spooled: Vec<Spooled>,
    share: UploadShare,
    limits: UploadLimits,
    read: usize,
    text: usize,
    began: Instant,
}

/// A file on the disk without a name there: it is gone when it is closed.
#[derive(Default)]
struct Spooled {
    file: Option<tokio::fs::File>,
    size: usize,
}

impl Spooled {
    /// Written on another thread: a slow disk must not hold up other requests.
    async fn write(&mut self, shares: &UploadShares, bytes: &[u8]) -> std::io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => {
                let folder = shares.folder().to_owned();
                let made = spawn_blocking(move || tempfile::tempfile_in(folder)).await??;
                none.insert(tokio::fs::File::from_std(made))
            }
        };
        file.write_all(bytes).await?;
        self.size += bytes.len();
        Ok(())
    }

    async fn read(self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.size);
        if let Some(mut file) = self.file {
            file.flush().await?;
            file.rewind().await?;
            file.read_to_end(&mut bytes).await?;
        }
        Ok(bytes)
    }
}

impl Parts {
    /// Reads a body part by part. Of a file that is too large, or for which there is no room, the rest is read and forgotten, so that a page can
    /// say so with everything that was typed; of a connection that breaks or is too slow what came whole is kept.
    ///
    /// # Errors
    /// [`Code::TooLarge`], [`Code::Timeout`] and [`Code::UnreadableBody`].
    async fn read<S>(
        headers: &HeaderMap,
        payload: S,
        share: UploadShare,
        limits: UploadLimits,
    ) -> Result<Self, Problem>
    where
        S: Stream<Item = Result<Bytes, PayloadError>> + 'static,
    {
        let mut multipart = actix_multipart::Multipart::new(headers, payload);
        let mut arrival = Arrival {
            parts: Self::default(),
            spooled: Vec::new(),
            share,
            limits,
            read: 0,
            text: 0,
            began: Instant::now(),
        };
        loop {
            let next = match with_timeout(multipart.next()).await {
                // What came whole before the connection stalled is kept.
                Err(_) if !arrival.parts.fields.is_empty() => return arrival.into_memory().await,
                next => next?,
            };
            match next {
                None => {
                    arrival.parts.is_whole = true;
                    return arrival.into_memory().await;
                }
                // What came whole before the connection broke is kept.
                Some(Err(_)) if !arrival.parts.fields.is_empty() => {
                    return arrival.into_memory().await;
                }
                Some(Err(_)) => return Err(Problem::code(Code::UnreadableBody)),
                Some(Ok(part)) => {
                    if !arrival.take(part).await? {
                        return arrival.into_memory().await;
                    }
                }
            }
        }
    }
}

impl Arrival {
    /// Takes one part; whether more can follow.
    async fn take(&mut self, mut part: actix_multipart::Field) -> Result<bool, Problem> {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part
            .content_disposition()
            .and_then(|found| found.get_filename().map(str::to_owned));
        let Some(name) = name else {
            return self.take_text(field, part).await;
        };
        let takes = self.parts.files.len() < limits::UPLOAD_FILES;
        let mut spooled = Spooled::default();
        let mut problem = None;
        while let Some(chunk) = self.next_chunk(&mut part).await? {
            let Some(chunk) = chunk else {
                problem = problem.or(Some(FileProblem::CutOff));
                break;
            };
            let free = (self.limits.file + 1).saturating_sub(spooled.size);
            let kept = chunk.get(..free.min(chunk.len())).unwrap_or_default();
            if kept.is_empty() || !takes || problem.is_some() {
                continue;
            }
            problem = match self.share.take(kept.len()) {
                Ok(()) => {
                    let written = spooled.write(self.share.shares(), kept).await;
                    written.err().map(|error| {
                        tracing::error!(%error, "a file could not be kept while it arrived");
                        FileProblem::NotKept
                    })
                }
                Err(Full::Busy) => Some(FileProblem::Busy),
                Err(Full::Disk) => Some(FileProblem::NotKept),
            };
        }
        let is_whole = problem != Some(FileProblem::CutOff);
        // A browser sends an empty part for a question in which nothing was chosen.
        if takes && !(name.is_empty() && spooled.size == 0) {
            self.spooled.push(spooled);
            self.parts.files.push(UploadedFile {
                field,
                name,
                bytes: Vec::new(),
                problem,
            });
        }
        Ok(is_whole)
    }

    /// Takes what was typed; whether more can follow.
    async fn take_text(
        &mut self,
        field: String,
        mut part: actix_multipart::Field,
    ) -> Result<bool, Problem> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.next_chunk(&mut part).await? {
            let Some(chunk) = chunk else {
                return Ok(false);
            };
            self.text += chunk.len();
            if self.text > self.limits.text {
                return Err(Problem::code(Code::TooLarge));
            }
            bytes.extend_from_slice(&chunk);
        }
        if self.parts.fields.len() == limits::FIELDS {
            return Err(Problem::code(Code::TooLarge));
        }
        let text = String::from_utf8(bytes).map_err(|_| Problem::code(Code::UnreadableBody))?;
        self.parts.fields.push((field, text));
        Ok(true)
    }

    /// The next bytes of a part: nothing at its end, `Some(None)` when the connection broke or is too slow.
    async fn next_chunk(
        &mut self,
        part: &mut actix_multipart::Field,
    ) -> Result<Option<Option<Bytes>>, Problem> {
        let Ok(chunk) = tokio::time::timeout(limits::PATIENCE, part.next()).await else {
            return if self.parts.fields.is_empty() {
                Err(Problem::code(Code::Timeout))
            } else {
                Ok(Some(None))
            };
        };
        let Some(chunk) = chunk else { return Ok(None) };
        let Ok(chunk) = chunk else {
            return Ok(Some(None));
        };
        self.read += chunk.len();
        if self.read > self.limits.all {
            return Err(Problem::code(Code::TooLarge));
        }
        let too_slow = is_too_slow(self.read, self.began.elapsed());
        Ok(Some((!too_slow).then_some(chunk)))
    }

    /// Everything came: the files are read into memory, as far as a message may have them and as soon as there is room.
    async fn into_memory(mut self) -> Result<Parts, Problem> {
        let most = usize::try_from(FILES_TOTAL_MB_MAX)
            .unwrap_or(usize::MAX)
            .saturating_mul(1_048_576)
            .saturating_add(self.limits.file);
        let mut total = 0;
        for (file, spooled) in self.parts.files.iter_mut().zip(&mut self.spooled) {
            if file.problem.is_none() && total + spooled.size > most {
                file.problem = Some(FileProblem::TotalTooLarge {
                    max: FILES_TOTAL_MB_MAX,
                });
            }
            if file.problem.is_some() {
                *spooled = Spooled::default();
            }
            total += spooled.size;
        }
        if total == 0 {
            return Ok(self.parts);
        }
        self.parts.memory = self.share.shares().memory(total).await;
        if self.parts.memory.is_none() {
            return Ok(busy(self.parts));
        }
        for (file, spooled) in self.parts.files.iter_mut().zip(self.spooled) {
            file.bytes = spooled.read().await.map_err(Error::bug)?;
        }
        Ok(self.parts)
    }
}

/// What was typed, without the files: there is no room for them now.
fn busy(mut parts: Parts) -> Parts {
    for file in &mut parts.files {
        file.problem = file.problem.take().or(Some(FileProblem::Busy));
    }
    parts
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
    read_parts(request, payload, limits).await
}

/// As [`parts`], also of a request that is nobody's.
pub(crate) async fn read_parts(
    request: &HttpRequest,
    payload: Payload,
    limits: UploadLimits,
) -> Result<Parts, Problem> {
    if media_type(request) != "multipart/form-data" {
        return Err(Problem::code(Code::UnsupportedMedia));
    }
    let site = Site::of(request).await?;
    let share = UploadShare::new(
        Arc::clone(&site.app.uploads),
        Some(site.tenant.id),
        site.address,
    );
    let parts = Parts::read(request.headers(), payload, share, limits);
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
    _memory: Option<OwnedSemaphorePermit>,
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
                _memory: parts.memory,
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
    let shares = UploadShares::new(std::env::temp_dir());
    let share = UploadShare::new(Arc::new(shares), None, None);
    let stream = futures_util::stream::once(std::future::ready(Ok(Bytes::from(body))));
    match Parts::read(&headers, stream, share, UploadLimits::of_forms()).await {
        Ok(parts) => (parts.fields.len(), parts.files.len()),
        Err(_) => (0, 0),
    }
}

/// Whether an upload of which `read` bytes came in `elapsed` keeps its place too long.
fn is_too_slow(read: usize, elapsed: Duration) -> bool {
    let waited = elapsed.saturating_sub(limits::UPLOAD_START).as_secs();
    let read = u64::try_from(read).unwrap_or(u64::MAX);
    read < waited.saturating_mul(limits::UPLOAD_SPEED_MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_connection_is_accepted_and_one_below_the_least_speed_is_not() {
        for (kilobytes, seconds, too_slow) in [
            (0, 20, false),
            (4, 21, true),
            (9, 21, false),
            (5_000, 300, false),
            (1_000, 300, true),
        ] {
            let elapsed = Duration::from_secs(seconds);
            assert_eq!(
                is_too_slow(kilobytes * 1_024, elapsed),
                too_slow,
                "{kilobytes} KB in {seconds} s"
            );
        }
    }
}
