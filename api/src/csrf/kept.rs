//! A form that comes when the session is over: kept for whoever typed it, who finds it again after signing in.

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header};
use domain::unsent::{self, KEPT_MAX, KeptPost, KeptPostId};

use super::{FIELD, Fields, check};
use crate::{
    extract::{self, Site, Visitor},
    problem::Problem,
};

/// Set on a request whose form was kept.
#[derive(Clone, Copy)]
pub(crate) struct KeptForm(pub(crate) KeptPostId);

/// Keeps the form of a request that is nobody's. It comes from a page of ours that this browser was given while somebody was signed in, it is sent
/// by a person, and it is no secret; of anything else nothing is kept, and nothing is read of a browser that had no page of ours.
pub(super) async fn keep(request: &HttpRequest, payload: Payload) {
    match kept(request, payload).await {
        Ok(Some(id)) => drop(request.extensions_mut().insert(KeptForm(id))),
        Ok(None) => {}
        Err(problem) => tracing::warn!(cause = %problem, "a form was not kept"),
    }
}

async fn kept(request: &HttpRequest, payload: Payload) -> Result<Option<KeptPostId>, Problem> {
    let visitor = Visitor::of(request)?;
    if visitor.fresh || !is_sent_by_person(request) || !is_small_form(request) {
        return Ok(None);
    }
    let fields = Fields::parse(&extract::read_body(request, payload, KEPT_MAX).await?)?;
    let token = fields.text(FIELD);
    check(request, token)?;
    let Some(owner) = Visitor::owner(token).filter(|_| is_worth_keeping(&fields)) else {
        return Ok(None);
    };
    let post = KeptPost {
        action: request.path().to_owned(),
        fields: fields.into_pairs_without(FIELD),
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

fn is_small_form(request: &HttpRequest) -> bool {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    extract::media_type(request) == "application/x-www-form-urlencoded"
        && length.is_some_and(|length| length <= KEPT_MAX)
}

/// Whether something was typed, and nothing of it is a secret.
fn is_worth_keeping(fields: &Fields) -> bool {
    let is_secret = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["password", "secret"]
            .iter()
            .any(|word| name.contains(word))
            || ["current", "again"].contains(&name.as_str())
    };
    fields.iter().any(|(_, typed)| !typed.trim().is_empty())
        && !fields.iter().any(|(name, _)| is_secret(name))
}
