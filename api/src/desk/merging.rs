//! Taking a message into another one: first what that would do, then doing it.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;
use domain::{
    Code, Error, FieldErrors,
    cases::{self, Case},
    desk::{self, MergePreview},
};
use serde::Deserialize;
use tenants::{TenantTx, permission::may};

use super::view;
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Query, Staff},
    html::{self, Flash, FormState, Notice, Page, dashed},
    problem::Problem,
};

/// With which message.
#[derive(Deserialize)]
pub struct MergeQuery {
    met: Option<String>,
}

/// A clock that would fall due at another time.
struct MoveRow {
    clock: String,
    from: String,
    to: String,
}

struct Side {
    reference: String,
    title: String,
    kind: String,
    resident: String,
    received: String,
    promise: view::Badge,
}

struct PreviewView {
    merged: Side,
    target: Side,
    since: String,
    moves: Vec<MoveRow>,
    doubts: Vec<String>,
}

#[derive(Template)]
#[template(path = "desk/merging.html")]
struct MergingPage {
    page: Page,
    reference: String,
    preview: Option<PreviewView>,
    form: FormState,
    notice: Option<Notice>,
}

fn preview_view(
    preview: &MergePreview,
    staff: &Staff<may::HandleCases>,
    now: chrono::DateTime<chrono::Utc>,
) -> PreviewView {
    let (language, zone) = (staff.site.language, staff.site.tenant.zone);
    let side = |case: &Case| Side {
        reference: case.reference.clone(),
        title: case.title.clone(),
        kind: view::kind(case, language),
        resident: case
            .contact_name
            .clone()
            .unwrap_or_else(|| language.text("merge-no-name")),
        received: language.instant(case.received_at, zone),
        promise: view::promise_badge(case, now, zone, language),
    };
    PreviewView {
        merged: side(&preview.merged),
        target: side(&preview.target),
        since: language.instant(preview.since, zone),
        moves: preview
            .moves
            .iter()
            .map(|moved| MoveRow {
                clock: language.text(&format!("clock-{}", moved.kind.key())),
                from: crate::html::values::moment_or_dash(moved.from, zone, now, language),
                to: crate::html::values::moment_or_dash(moved.to, zone, now, language),
            })
            .collect(),
        doubts: preview
            .doubts
            .iter()
            .map(|doubt| language.text(&format!("merge-doubt-{}", dashed(doubt.as_str()))))
            .collect(),
    }
}

/// The case with a reference that somebody typed.
async fn typed_case(tx: &TenantTx, typed: &str) -> Result<Case, Error> {
    if typed.trim().is_empty() {
        return Err(Error::invalid("met", "required"));
    }
    match cases::by_reference(tx, typed).await {
        Err(Error::NotFound) => Err(Error::invalid("met", "unknown_reference")),
        found => found,
    }
}

async fn show(
    staff: &Staff<may::HandleCases>,
    reference: &str,
    typed: Option<Fields>,
    before: Option<Problem>,
) -> Result<HttpResponse, Problem> {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let case = cases::by_reference(&tx, reference).await?;
    let fields = typed.unwrap_or_default();
    let met = fields.get("met").map(str::to_owned);
    let looked = match &met {
        None => Ok(None),
        Some(met) => match typed_case(&tx, met).await {
            Ok(other) => desk::preview_merge(&tx, case.id, other.id, staff.member())
                .await
                .map(Some),
            Err(error) => Err(error),
        },
    };
    let (preview, problem) = match (looked, before) {
        (Ok(preview), before) => (preview, before),
        (Err(error), _) => (None, Some(error.into())),
    };
    let mut notice = None;
    let mut errors = FieldErrors::default();
    let mut status = StatusCode::OK;
    if let Some(problem) = problem {
        let code = problem.error().code();
        if !(400..500).contains(&code.status()) || code == Code::NotFound {
            return Err(problem);
        }
        status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::CONFLICT);
        let (title, detail) = problem.localize(language);
        match problem.into_field_errors() {
            Ok(found) => {
                errors = found
                    .renamed("into", "met")
                    .renamed("reason", "merge-reason");
            }
            Err(_) => {
                notice = Some(Notice {
                    tone: "error",
                    text: format!("{title}. {detail}"),
                });
            }
        }
    }
    html::render(
        status,
        &MergingPage {
            reference: case.reference,
            preview: preview.map(|preview| preview_view(&preview, staff, tx.now())),
            form: FormState::refused(fields, &errors, language),
            notice,
            page: Page::staff(staff),
        },
    )
}

/// What merging would do.
///
/// # Errors
/// When there is no such case, or the reader may not handle cases; what cannot be merged is told on the page.
pub async fn page(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    query: Query<MergeQuery>,
) -> Result<HttpResponse, Problem> {
    let typed = query.0.met.map(|met| Fields::from_pairs([("met", met)]));
    show(&staff, &reference.0, typed, None).await
}

/// Takes the message into the other one.
pub async fn merge(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> Result<HttpResponse, Problem> {
    let fields = posted.0;
    let done = async {
        let tx = staff.write().await?;
        let case = cases::by_reference(&tx, &reference.0).await?;
        let other = typed_case(&tx, fields.text("met")).await?;
        let why = fields.text("merge-reason");
        desk::merge(&tx, case.id, other.id, staff.member(), why).await?;
        tx.commit().await?;
        Ok::<_, Problem>(other.reference)
    };
    match done.await {
        Ok(survivor) => Ok(html::redirect_with_flash(
            Flash::Merged,
            &format!("/balie/meldingen/{survivor}"),
        )),
        Err(problem) => show(&staff, &reference.0, Some(fields), Some(problem)).await,
    }
}
