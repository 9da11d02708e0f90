//! A form that somebody filled in half on this computer: the next one who asks for it begins anew, sees that, and can go on or throw it away.

use actix_web::{HttpRequest, http::StatusCode};
use domain::{
    forms::{FormStatus, RawAnswers},
    intake,
    submissions::DraftId,
};

use super::{
    closed,
    form_session::{self, DISCARD, FormSession, of_draft, path},
    step::{FormPart, StepContent, build_page, first_pages},
};
use crate::{
    csrf::Posted,
    extract::{self, Municipality, Site},
    html::{self, SampleFrame},
    problem::HandlerResult,
};

/// A draft that was begun on this computer and not sent.
pub(super) struct HalfFilled {
    /// That it was begun and when, in words.
    pub(super) told: String,
    /// Where it goes on.
    pub(super) go_on: String,
    /// Where it is thrown away.
    pub(super) discard: String,
    /// Its id.
    pub(super) draft: String,
}

impl HalfFilled {
    pub(super) fn samples(frame: &SampleFrame) -> Vec<Self> {
        let one = |key: &str, moment: &str| Self {
            told: frame.language.text_with(key, &[("moment", moment)]),
            go_on: "/formulieren/klacht".to_owned(),
            discard: "/formulieren/klacht/opnieuw-beginnen".to_owned(),
            draft: "id".to_owned(),
        };
        vec![
            one("intake-half-filled", "23 november 2026 10:00"),
            one("intake-half-filled-also", "23 november 2026 09:30"),
        ]
    }
}

/// The empty first page, with what was filled in half on this computer, when there is such a draft.
pub(super) async fn begin(
    request: &HttpRequest,
    site: &Site,
    slug: &str,
    place: FormPart,
    last: Option<DraftId>,
) -> HandlerResult {
    let pages = first_pages(request)?;
    if last.is_none() {
        return pages.answer(site, slug, place).await;
    }
    let tx = site.read().await?;
    let begun = intake::half_filled(&tx, slug, site.visitor.secret()).await?;
    let Some((newest, _)) = begun.first() else {
        return pages.answer(site, slug, place).await;
    };
    let found = form_session::load(site, &tx, slug, Some(*newest)).await?;
    drop(tx);
    let (form, draft) = match found {
        FormSession::Open {
            form,
            draft: Some(draft),
            ..
        } if draft.submission.is_none() => (form, draft),
        FormSession::Closed { availability, kept } => {
            return closed::page(site, &availability, kept.as_ref(), StatusCode::OK);
        }
        FormSession::Open { .. } => return pages.answer(site, slug, place).await,
    };
    let availability = form_session::availability(site, slug).await?;
    let is_open = availability.schedule.status(site.app.db.now()) == FormStatus::Open;
    let go_on = of_draft(&path(slug, &form, 0), Some(draft.id));
    let Some(live) = availability.live.filter(|_| is_open) else {
        // It takes no new messages any more; what was begun can still be sent.
        return Ok(html::see_other(&go_on));
    };
    let nothing = RawAnswers::default();
    let mut page = build_page(site, &StepContent::new(&live, place, &nothing));
    let half_filled = begun.iter().enumerate().map(|(place, (id, at))| {
        let key = if place == 0 {
            "intake-half-filled"
        } else {
            "intake-half-filled-also"
        };
        let moment = site.language.instant(*at, site.tenant.zone);
        HalfFilled {
            told: site.language.text_with(key, &[("moment", &moment)]),
            go_on: of_draft(&path(slug, &form, 0), Some(*id)),
            discard: format!("/formulieren/{slug}/{DISCARD}"),
            draft: id.to_string(),
        }
    });
    page.half_filled = half_filled.collect();
    html::ok(&page)
}

/// Throws away what was filled in half, and begins anew.
pub async fn discard(request: HttpRequest, site: Municipality, posted: Posted) -> HandlerResult {
    let site = site.0;
    let slug = extract::path_segment(&request, "slug")?;
    if let Ok(draft) = posted.0.text("concept").parse() {
        let tx = site.write().await?;
        intake::discard(&tx, draft, site.visitor.secret()).await?;
        tx.commit().await?;
    }
    Ok(html::see_other(&format!("/formulieren/{slug}")))
}
