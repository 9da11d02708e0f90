//! Posted forms that may carry files.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use domain::Code;
use tokio::sync::OwnedSemaphorePermit;

use super::{FIELD, Fields, check, kept};
use crate::{
    extract::{self, UploadLimits, UploadedFile},
    limits,
    problem::Problem,
};

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

/// What a resident sent with a page of a form, and whether it came from a page we gave them: what somebody wrote is never deleted over
/// an old page.
pub struct SubmittedForm {
    /// The fields.
    pub fields: Fields,
    /// The files.
    pub files: Vec<UploadedFile>,
    /// Whether the page was ours and fresh; if not, the form is shown again with everything in it.
    pub proven: bool,
    /// The memory the files take, given back when they are done with.
    _memory: Option<OwnedSemaphorePermit>,
}

impl FromRequest for SubmittedForm {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        extract::keeps_form(&request);
        Box::pin(async move {
            kept::demand(&request, &mut payload).await?;
            let (fields, files, memory) =
                if extract::media_type(&request) == "application/x-www-form-urlencoded" {
                    let bytes = extract::body(&request, payload, limits::BODY).await?;
                    (Fields::parse(&bytes)?, Vec::new(), None)
                } else {
                    let parts = extract::parts(&request, payload, UploadLimits::of_forms()).await?;
                    (Fields::of(parts.fields), parts.files, parts.memory)
                };
            Ok(Self {
                proven: check(&request, fields.text(FIELD)).is_ok(),
                fields,
                files,
                _memory: memory,
            })
        })
    }
}

/// A form with one file of at most `MAX` bytes and at most `TEXT` bytes in its other fields, filled in on our own page.
pub struct PostedFile<const MAX: usize, const TEXT: usize = { limits::BODY }> {
    /// The other fields of the form.
    pub fields: Fields,
    /// Name of the file; empty when none was chosen.
    pub name: String,
    /// Its bytes; nothing when there are more than `MAX`.
    pub file: Option<Vec<u8>>,
    /// The memory they take, given back when they are done with.
    pub memory: Option<OwnedSemaphorePermit>,
}

impl<const MAX: usize, const TEXT: usize> FromRequest for PostedFile<MAX, TEXT> {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        extract::keeps_form(&request);
        Box::pin(async move {
            kept::demand(&request, &mut payload).await?;
            let all = UploadLimits {
                file: MAX,
                all: limits::UPLOAD_READ,
                text: TEXT,
            };
            posted_file(&request, payload, all).await
        })
    }
}

async fn posted_file<const MAX: usize, const TEXT: usize>(
    request: &HttpRequest,
    payload: Payload,
    limits: UploadLimits,
) -> Result<PostedFile<MAX, TEXT>, Problem> {
    let parts = extract::parts(request, payload, limits).await?;
    if !parts.is_whole {
        return Err(Problem::code(Code::UnreadableBody));
    }
    let fields = Fields::of(parts.fields);
    check(request, fields.text(FIELD))?;
    let file = parts.files.into_iter().find(|file| file.field == "file");
    if file.as_ref().is_some_and(|file| file.problem.is_some()) {
        return Err(Problem::code(Code::Unavailable));
    }
    let (name, bytes) = file.map(|file| (file.name, file.bytes)).unwrap_or_default();
    Ok(PostedFile {
        fields,
        name,
        file: (bytes.len() <= MAX).then_some(bytes),
        memory: parts.memory,
    })
}

/// A form with one file to import, filled in on our own page. A larger file is refused.
pub struct Upload {
    /// The other fields of the form.
    pub fields: Fields,
    /// Name of the file; empty when none was chosen.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    _memory: Option<OwnedSemaphorePermit>,
}

impl FromRequest for Upload {
    type Error = Problem;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        extract::keeps_form(&request);
        Box::pin(async move {
            kept::demand(&request, &mut payload).await?;
            let limits = UploadLimits {
                file: limits::IMPORT,
                // The text may also have been typed, and there is a frame around the file.
                all: limits::IMPORT + limits::BODY,
                text: limits::BODY,
            };
            let posted: PostedFile<{ limits::IMPORT }> =
                posted_file(&request, payload, limits).await?;
            Ok(Self {
                fields: posted.fields,
                name: posted.name,
                bytes: posted.file.ok_or_else(|| Problem::code(Code::TooLarge))?,
                _memory: posted.memory,
            })
        })
    }
}
