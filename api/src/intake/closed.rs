//! A form that cannot be filled in now: what the municipality says about it, the other ways, and what somebody had filled in already.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    forms::{FormAvailability, FormStatus, Prose, ProseBlock, Published},
    intake::{self, CopyStep, Draft},
};

use super::{
    form_session, samples,
    view::{LocalizedProse, LocalizedText},
};
use crate::{
    extract::Site,
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "intake/closed.html")]
pub(super) struct ClosedPage {
    page: Page,
    title: LocalizedText,
    why: String,
    says: Option<LocalizedProse>,
    copy: Vec<CopyStep>,
}

/// The text of the municipality in the reader's language, or in the first it has.
fn says(availability: &FormAvailability, site: &Site) -> Option<LocalizedProse> {
    let texts = &availability.schedule.closed_texts;
    let own = site.language.as_str();
    let (language, text) = texts.get_key_value(own).or_else(|| texts.iter().next())?;
    Some(LocalizedProse {
        prose: Prose::parse(text).unwrap_or_else(|_| Prose::plain(text)),
        lang: (language != own).then(|| language.clone()),
    })
}

/// The page.
pub(super) fn page(
    site: &Site,
    availability: &FormAvailability,
    kept: Option<&(Published, Draft)>,
    status: StatusCode,
) -> HandlerResult {
    let form_status = match &availability.live {
        Some(_) => availability.schedule.status(site.app.db.now()),
        None => FormStatus::Offline,
    };
    let moment = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map(|at| {
            site.language
                .moment(at, site.tenant.zone, site.app.db.now())
        })
        .unwrap_or_default()
    };
    let why = match form_status {
        FormStatus::NotYet => site.language.text_with(
            "closed-not-yet",
            &[("moment", &moment(availability.schedule.opens_at))],
        ),
        FormStatus::Over => site.language.text("closed-over"),
        FormStatus::Open | FormStatus::Closed | FormStatus::Offline => {
            site.language.text("closed-closed")
        }
    };
    let form = kept.map(|(form, _)| form).or(availability.live.as_ref());
    html::render(
        status,
        &ClosedPage {
            title: form.map_or_else(
                || LocalizedText {
                    text: site.language.text("closed-title"),
                    lang: None,
                },
                |form| form_session::title(site, form),
            ),
            why,
            says: says(availability, site),
            copy: kept.map_or_else(Vec::new, |(form, draft)| typed(site, form, draft)),
            page: Page::public(site),
        },
    )
}

/// Everything that was typed, also what could not be used: it is all there is of it.
fn typed(site: &Site, form: &Published, draft: &Draft) -> Vec<CopyStep> {
    let checked = form.form.check(&draft.answers, form_session::today(site));
    let mut copy = intake::copy(
        &form.form,
        &checked.answers,
        &checked.visible,
        &draft.files,
        (site.language, site.has_scanner()),
    );
    for line in copy.iter_mut().flat_map(|step| &mut step.lines) {
        if line.open && !draft.answers.first(&line.field).is_empty() {
            line.value = draft.answers.all(&line.field).join("\n");
            line.own_words = true;
            line.open = false;
        }
    }
    for step in &mut copy {
        step.lines.retain(|line| !line.open);
    }
    copy.retain(|step| !step.lines.is_empty());
    copy
}

impl Samples for ClosedPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |says, copy| Self {
            page: frame.resident(),
            title: samples::words("Klacht of compliment"),
            why: frame.language.text("closed-over"),
            says,
            copy,
        };
        let own_text = LocalizedProse {
            prose: Prose::plain("Bel ons gerust."),
            lang: None,
        };
        vec![
            page(None, Vec::new()),
            page(Some(own_text), crate::desk::samples::copy()),
        ]
    }
}
