//! A form that comes when the session is over: kept for whoever typed it, who finds it again after signing in.

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header};
use domain::{
    Code,
    unsent::{self, KEPT_MAX, KeptPost, KeptPostId},
};

use super::{FIELD, Fields, check};
use crate::{
    extract::{self, Site, UploadLimits, Visitor},
    limits,
    problem::Problem,
};

/// Set on a request whose form was kept.
#[derive(Clone, Copy)]
pub(crate) struct KeptForm(pub(crate) KeptPostId);

/// Lets a form through when somebody is signed in, or when its handler does not ask for that; keeps it otherwise.
///
/// # Errors
/// [`Code::NotSignedIn`].
pub(super) async fn demand(request: &HttpRequest, payload: &mut Payload) -> Result<(), Problem> {
    if !extract::turned_away(request).await {
        return Ok(());
    }
    keep(request, payload.take()).await;
    extract::form_is_kept(request);
    Err(Problem::code(Code::NotSignedIn))
}

/// Keeps the form of a request that is nobody's. It comes from a page of ours that this browser was given while somebody was signed in, it is sent
/// by a person, and it is no secret; of anything else nothing is kept, and nothing is read of a browser that had no page of ours.
async fn keep(request: &HttpRequest, payload: Payload) {
    match kept(request, payload).await {
        Ok(Some(id)) => drop(request.extensions_mut().insert(KeptForm(id))),
        Ok(None) => {}
        Err(problem) => tracing::warn!(cause = %problem, "a form was not kept"),
    }
}

async fn kept(request: &HttpRequest, payload: Payload) -> Result<Option<KeptPostId>, Problem> {
    let visitor = Visitor::of(request)?;
    if visitor.fresh || !is_sent_by_person(request) {
        return Ok(None);
    }
    let Some((fields, files)) = sent(request, payload).await? else {
        return Ok(None);
    };
    let token = fields.text(FIELD);
    check(request, token)?;
    let Some(owner) = Visitor::owner(token).filter(|_| is_worth_keeping(&fields, &files)) else {
        return Ok(None);
    };
    let post = KeptPost {
        action: request.path().to_owned(),
        fields: fields.into_pairs_without(FIELD),
        with_files: is_with_files(request),
        files,
    };
    let site = Site::extract(request).await?;
    let tx = site.write().await?;
    let id = unsent::keep_post(&tx, owner, visitor.secret(), &post).await?;
    tx.commit().await?;
    Ok(id)
}

/// Whether a person pressed a button. Scripts keep what is typed elsewhere; old browsers do not say.
fn is_sent_by_person(request: &HttpRequest) -> bool {
    let aim = request.headers().get("sec-fetch-dest");
    aim.is_none_or(|aim| aim == "document")
}

fn is_with_files(request: &HttpRequest) -> bool {
    extract::media_type(request) == "multipart/form-data"
}

fn is_small_form(request: &HttpRequest) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    extract::media_type(request) == "application/x-www-form-urlencoded"
        && length.is_some_and(|length| length <= KEPT_MAX)
}

/// Fields in which a file was chosen, each with the name of the file.
type ChosenFiles = Vec<(String, String)>;

/// What was typed, and which files were chosen; of the files themselves nothing stays. Nothing of a form that is too long or did not come whole.
async fn sent(
    request: &HttpRequest,
    payload: Payload,
) -> Result<Option<(Fields, ChosenFiles)>, Problem> {
    if is_small_form(request) {
        let bytes = extract::read_body(request, payload, KEPT_MAX).await?;
        return Ok(Some((Fields::parse(&bytes)?, Vec::new())));
    }
    if !is_with_files(request) {
        return Ok(None);
    }
    let most = UploadLimits {
        file: 0,
        all: limits::UPLOAD_READ,
        text: KEPT_MAX,
    };
    let parts = extract::read_parts(request, payload, most).await?;
    let files = (parts.files.into_iter()).map(|file| (file.field, file.name));
    let sent = (Fields::of(parts.fields), files.collect());
    Ok(parts.is_whole.then_some(sent))
}

/// Whether something was typed or chosen, and nothing of it is a secret.
fn is_worth_keeping(fields: &Fields, files: &[(String, String)]) -> bool {
    let is_secret = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["password", "secret"]
            .iter()
            .any(|word| name.contains(word))
            || ["current", "again"].contains(&name.as_str())
    };
    (!files.is_empty() || fields.iter().any(|(_, typed)| !typed.trim().is_empty()))
        && !fields.iter().any(|(name, _)| is_secret(name))
}
