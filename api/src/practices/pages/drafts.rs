//! The practices an organisation works on.

use actix_web::http::StatusCode;
use askama::Template;
use domain::practices::{self, BatchKind, CoOwnership, PracticeId, Source};
use serde::Deserialize;
use tenants::{Permission, permission::may};

use super::tone;
use crate::{
    blocking,
    csrf::{Posted, Upload},
    extract::{Id, Query, Staff},
    html::{self, Flash, Page, pagination::After},
    practices::PAGE,
    problem::{HandlerResult, field_sentence},
};

pub(super) struct DraftRow {
    pub id: PracticeId,
    pub title: String,
    pub stage: String,
    pub tone: &'static str,
    pub number: i64,
    pub at: String,
}

#[derive(Template)]
#[template(path = "practices/drafts.html")]
pub(crate) struct DraftsPage {
    pub(super) page: Page,
    pub(super) rows: Vec<DraftRow>,
    pub(super) owned: Vec<CoOwnership>,
    pub(super) next: Option<String>,
    pub(super) may_edit: bool,
    pub(super) may_review: bool,
    pub(super) errors: Vec<(String, String)>,
}

pub(super) async fn drafts_page(
    staff: &Staff<impl tenants::Grants>,
    before: Option<PracticeId>,
    errors: Vec<(String, String)>,
    status: StatusCode,
) -> HandlerResult {
    let language = staff.site.language;
    let tx = staff.read().await?;
    let now = tx.now();
    let drafts = practices::list(&tx, before, PAGE.to_read()).await?;
    let (drafts, next) = PAGE.split(drafts, |last| {
        format!("/beheer/praktijkvoorbeelden?na={}", last.id)
    });
    let ids: Vec<PracticeId> = drafts.iter().map(|practice| practice.id).collect();
    let mut standings = practices::standings(&tx, &ids).await?;
    drop(tx);
    let shared = staff.site.read_shared().await?;
    let owned = practices::co_ownerships(&shared, staff.site.tenant.id, None).await?;
    let rows = drafts.into_iter().map(|practice| {
        let stage = standings
            .remove(&practice.id)
            .unwrap_or_default()
            .stage(&practice, now);
        DraftRow {
            id: practice.id,
            stage: language.term("stage", stage),
            tone: tone(stage),
            number: practice.number,
            at: language.short_instant(practice.created_at, staff.site.tenant.zone, now),
            title: if practice.title.is_empty() {
                language.text("practice-untitled")
            } else {
                practice.title
            },
        }
    });
    html::render(
        status,
        &DraftsPage {
            rows: rows.collect(),
            owned,
            next,
            may_edit: staff.may(Permission::EditPractices),
            may_review: staff.may(Permission::ReviewPractices),
            errors,
            page: Page::staff(staff),
        },
    )
}

/// The practices this organisation works on.
pub async fn drafts(staff: Staff<may::ReadPractices>, after: Query<After>) -> HandlerResult {
    drafts_page(&staff, after.0.id(), Vec::new(), StatusCode::OK).await
}

/// Imports a text file.
pub async fn import(staff: Staff<may::EditPractices>, upload: Upload) -> HandlerResult {
    let kind = BatchKind::of_name(&upload.name);
    let only_tries = upload.fields.text("dryRun") == "true";
    if only_tries || kind != BatchKind::Text {
        return super::imported::import(&staff, upload, kind, only_tries).await;
    }
    let source = blocking::run(move || Source::read(upload.bytes)).await?;
    html::form_page(
        &staff.site,
        upload.fields,
        async |tx, _| {
            let actor = Some(staff.member().id);
            let imported = practices::import(tx, &upload.name, source?, actor).await?;
            let id = imported.practice.id;
            Ok(html::see_other(&format!(
                "/beheer/praktijkvoorbeelden/{id}"
            )))
        },
        async |refused| {
            // Whatever is wrong, it is wrong with the one field there is.
            let errors = (refused.errors.problems().iter())
                .map(|problem| field_sentence(problem, staff.site.language))
                .map(|sentence| ("file".to_owned(), sentence))
                .collect();
            drafts_page(&staff, None, errors, refused.status).await
        },
    )
    .await
}

/// The answer of a municipality that was named as an owner.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    /// Whether it agrees.
    pub agrees: bool,
}

/// Agrees that this organisation owns a practice as well, or does not.
pub async fn co_own(
    staff: Staff<may::EditPractices>,
    id: Id<PracticeId>,
    posted: Posted,
) -> HandlerResult {
    let answer: Answer = posted.0.read()?;
    let tx = staff.write().await?;
    practices::answer_co_ownership(&tx, id.0, staff.member().id, answer.agrees).await?;
    tx.commit().await?;
    Ok(html::redirect_with_flash(
        Flash::Saved,
        "/beheer/praktijkvoorbeelden",
    ))
}
