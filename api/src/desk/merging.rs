//! Merging a case into another one: first what that would do, then doing it.

use askama::Template;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::{
    Code, Error, Language,
    cases::{self, Case, CaseId},
    clocks::{ClockKind, Moved},
    desk::{self, Doubt, MergePreview, MergeRequest},
};
use serde::Deserialize;
use tenants::{TenantTx, permission::may};

use super::{
    changed::{self, newest, require_unchanged},
    samples,
    timeline::Line,
    view,
};
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Query, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples, dashed},
    problem::{HandlerResult, Problem},
    unsent::SEEN,
};

/// Into which case.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MergeQuery {
    into_id: Option<String>,
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
pub(super) struct MergingPage {
    page: Page,
    reference: String,
    preview: Option<PreviewView>,
    /// The message that can be merged into this one instead.
    other_way: Option<String>,
    /// What happened since the page was shown.
    changed: Vec<Line>,
    form: FormState,
    notice: Option<Notice>,
}

fn preview_view(
    preview: &MergePreview,
    now: DateTime<Utc>,
    zone: Tz,
    language: Language,
) -> PreviewView {
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
                clock: language.term("clock", moved.kind),
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

async fn preview(
    tx: &TenantTx,
    case: CaseId,
    fields: &Fields,
    staff: &Staff<may::HandleCases>,
) -> Result<MergePreview, Problem> {
    let target = fields
        .read::<MergeRequest>()?
        .target(tx, staff.viewer())
        .await?;
    Ok(desk::preview_merge(tx, case, target, staff.member()).await?)
}

/// The reference of the case that can be merged into this one, when that way round is possible.
async fn possible_other_way(
    tx: &TenantTx,
    case: CaseId,
    fields: &Fields,
    staff: &Staff<may::HandleCases>,
) -> Result<Option<String>, Problem> {
    let Ok(other) = fields
        .read::<MergeRequest>()?
        .target(tx, staff.viewer())
        .await
    else {
        return Ok(None);
    };
    match desk::preview_merge(tx, other, case, staff.member()).await {
        Ok(preview) => Ok(Some(preview.merged.reference)),
        Err(Error::Invalid(_) | Error::Refused(_) | Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn show(
    staff: &Staff<may::HandleCases>,
    reference: &str,
    fields: Fields,
    refused: Option<Refused>,
) -> HandlerResult {
    let tx = staff.read().await?;
    let case = cases::seen_by_reference(&tx, staff.viewer(), reference).await?;
    let (mut shown, mut refused, mut other_way) = (None, refused, None);
    if fields.get("intoId").is_some() {
        match preview(&tx, case.id, &fields, staff).await {
            Ok(preview) => {
                let (zone, language) = (staff.site.tenant.zone, staff.site.language);
                shown = Some(preview_view(&preview, tx.now(), zone, language));
            }
            Err(problem) => {
                other_way = possible_other_way(&tx, case.id, &fields, staff).await?;
                refused = Some(Refused::new(problem, fields.clone(), staff.site.language)?);
            }
        }
    }
    let events = cases::events(&tx, case.id).await?;
    let names = view::names(&tx).await?;
    let is_stale = (refused.as_ref()).is_some_and(|refused| refused.code == Code::CaseChanged);
    let since = if is_stale {
        let seen = (fields.text(SEEN), staff.member().id);
        let place = (staff.site.tenant.zone, staff.site.language);
        changed::events_since(&events, seen, &names, place)
    } else {
        Vec::new()
    };
    let state = refused.map_or_else(
        || FormPage {
            form: FormState::filled(fields),
            ..FormPage::default()
        },
        |refused| refused.on("merge"),
    );
    html::render(
        state.status,
        &MergingPage {
            reference: case.reference,
            preview: shown,
            other_way,
            changed: since,
            form: state.form.with(SEEN, newest(&events)),
            notice: state.notice,
            page: Page::staff(staff),
        },
    )
}

/// What merging would do.
pub async fn page(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    query: Query<MergeQuery>,
) -> HandlerResult {
    let target = query.0.into_id.map(|target| ("intoId".to_owned(), target));
    let fields = Fields::of(target.into_iter().collect());
    show(&staff, &reference.0, fields, None).await
}

/// Merges the case into the other one.
pub async fn merge(
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &staff.site,
        posted.0,
        async |tx, fields| {
            let case = cases::seen_by_reference(tx, staff.viewer(), &reference.0).await?;
            let request: MergeRequest = fields.read()?;
            let target = request.target(tx, staff.viewer()).await?;
            require_unchanged(tx, &case, (&staff, fields), |_| true).await?;
            desk::merge(tx, case.id, target, staff.member(), &request.reason).await?;
            let target = cases::seen(tx, staff.viewer(), target).await?;
            let place = format!("/balie/meldingen/{}", target.reference);
            Ok(html::redirect_with_flash(Flash::Merged, &place))
        },
        async |refused| show(&staff, &reference.0, refused.fields.clone(), Some(refused)).await,
    )
    .await
}

impl Samples for MergingPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |preview, form: FormState| Self {
            page: frame.staff(),
            reference: samples::suggestion().reference,
            preview,
            other_way: Some(samples::complaint().reference),
            changed: Vec::new(),
            form,
            notice: None,
        };
        let (merged, target) = (samples::suggestion(), samples::complaint());
        let moved = Moved {
            reference: String::new(),
            case: target.id,
            kind: ClockKind::Callback,
            from: target.due_at,
            to: merged.due_at,
        };
        let preview = MergePreview {
            since: merged.received_at,
            moves: vec![moved],
            doubts: vec![Doubt::OtherResident, Doubt::OtherKind],
            merged,
            target,
        };
        let preview = preview_view(&preview, samples::now(), samples::ZONE, language);
        let refused = |field, code| FormPage::refused_sample(field, code, language).form;
        vec![
            page(None, FormState::empty()),
            page(None, refused("intoId", "unknown_reference")),
            page(Some(preview), refused("reason", "required")),
        ]
    }
}
