//! Everything once more, and sending it.

use actix_web::{HttpRequest, http::StatusCode};
use askama::Template;
use domain::{
    Code,
    intake::{self, CopyStep},
};

use super::{
    closed,
    form_session::{self, DRAFT, FormSession, StepLink, of_draft, path, step_path},
    preview::Preview,
    samples, spam,
    view::LocalizedText,
};
use crate::{
    csrf::Posted,
    extract::{self, Municipality},
    html::{self, Page, SampleFrame, Samples},
    problem::{HandlerResult, Problem},
};

#[derive(Template)]
#[template(path = "intake/check.html")]
pub(super) struct CheckPage {
    pub(super) page: Page,
    pub(super) title: LocalizedText,
    pub(super) steps: Vec<StepLink>,
    pub(super) copy: Vec<(CopyStep, String)>,
    pub(super) action: String,
    pub(super) back: String,
    /// The draft that is sent; when an editor looks at a draft of the form, what was answered: there it is kept nowhere else.
    pub(super) carried: Vec<(String, String)>,
    pub(super) preview: Option<Preview>,
}

/// Everything once more before it is sent.
pub async fn check(request: HttpRequest, site: Municipality) -> HandlerResult {
    let site = site.0;
    let slug = extract::path_segment(&request, "slug")?;
    let tx = site.read().await?;
    let named = form_session::named_draft(&request);
    let named = named.or_else(|| form_session::last_draft(&request, &site, &slug));
    let (form, draft) = match form_session::load(&site, &tx, &slug, named).await? {
        FormSession::Open { form, draft, .. } => (form, draft),
        FormSession::Closed { availability, kept } => {
            return closed::page(&site, &availability, kept.as_ref(), StatusCode::OK);
        }
    };
    let Some(draft) = draft else {
        return Ok(html::see_other(&path(&slug, &form, 0)));
    };
    if let Some(receipt) = draft.receipt {
        return Ok(html::see_other(&format!("/melding/{receipt}")));
    }
    let checked = form.form.check(&draft.answers, form_session::today(&site));
    if let Some(step) = checked.first_incomplete(&form.form) {
        let path = step_path(&slug, &form, step);
        return Ok(html::see_other(&of_draft(&path, Some(draft.id))));
    }
    let copy = intake::copy(
        &form.form,
        &checked.answers,
        &checked.visible,
        &draft.files,
        (site.language, site.has_scanner()),
    )
    .into_iter()
    .map(|step| {
        let path = form
            .form
            .step(&step.key)
            .map_or_else(String::new, |(index, _)| {
                of_draft(&step_path(&slug, &form, index), Some(draft.id))
            });
        (step, path)
    })
    .collect();
    let last = checked.visible_steps.last().copied().unwrap_or(0);
    html::ok(&CheckPage {
        title: form_session::title(&site, &form),
        steps: form_session::step_links(&site, &form, &checked, usize::MAX, Some(draft.id)),
        copy,
        action: format!("/formulieren/{slug}/controle"),
        back: of_draft(&step_path(&slug, &form, last), Some(draft.id)),
        carried: vec![(DRAFT.to_owned(), draft.id.to_string())],
        preview: None,
        page: Page::public(&site),
    })
}

/// Sends it. Pressing twice gives the same receipt.
///
/// # Errors
/// When the draft is no longer kept, or the database does not answer.
pub async fn send(request: HttpRequest, site: Municipality, posted: Posted) -> HandlerResult {
    let site = site.0;
    let slug = extract::path_segment(&request, "slug")?;
    let tester = spam::tester(&request, &site).await?;
    let tx = site.write().await?;
    let named = posted.0.text(DRAFT).parse().ok();
    let named = named.or_else(|| form_session::last_draft(&request, &site, &slug));
    let (form, draft) = match form_session::load(&site, &tx, &slug, named).await? {
        FormSession::Open { form, draft, .. } => (form, draft),
        FormSession::Closed { availability, kept } => {
            return closed::page(&site, &availability, kept.as_ref(), StatusCode::CONFLICT);
        }
    };
    let draft = draft.ok_or_else(|| Problem::code(Code::DraftGone))?;
    let incomplete = form
        .form
        .check(&draft.answers, form_session::today(&site))
        .first_incomplete(&form.form);
    if let Some(step) = incomplete.filter(|_| draft.submission.is_none()) {
        let path = step_path(&slug, &form, step);
        return Ok(html::see_other(&of_draft(&path, Some(draft.id))));
    }
    let around = spam::submission_context(&site, &slug, tester.as_ref());
    let submitted = intake::submit(&tx, &form, draft, around).await?;
    tx.commit().await?;
    Ok(html::see_other(&format!("/melding/{}", submitted.receipt)))
}

impl Samples for CheckPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let copy = crate::desk::samples::copy().into_iter();
        vec![Self {
            page: frame.resident(),
            title: samples::words("Klacht of compliment"),
            steps: samples::steps(),
            copy: copy
                .map(|step| (step, "/formulieren/klacht/melding".to_owned()))
                .collect(),
            action: "/formulieren/klacht/controle".to_owned(),
            back: "/formulieren/klacht/contact".to_owned(),
            carried: Vec::new(),
            preview: None,
        }]
    }
}
