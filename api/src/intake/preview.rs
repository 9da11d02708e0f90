//! A draft as residents will see it: the real pages, with a line above them that says that nothing is kept. What was answered travels along in
//! the page.

use actix_web::http::StatusCode;
use domain::{
    Error, Language, clocks,
    files::File,
    forms::{Published, RawAnswers},
    intake,
};

use super::{
    check::CheckPage,
    form_session,
    receipt::ReceiptPage,
    step::{self as step_page, FormPart, StepContent},
};
use crate::{
    extract::Site,
    html::{self, Page},
    problem::HandlerResult,
};

/// What an editor who looks at a draft sees above the page: nothing is kept.
#[derive(Clone)]
pub(crate) struct Preview {
    /// Where the pages of this preview are.
    pub(crate) base: String,
    /// Where the builder is.
    pub(crate) back: String,
    /// Key of the step, or the word for the check or the receipt.
    pub(crate) step: String,
    /// The other language, and what it is called.
    pub(crate) other: (String, String),
}

/// The word for the check in an address; no step can have it.
pub(crate) const CHECK: &str = "controle";
/// The word for the receipt; no step can have it.
pub(crate) const RECEIPT: &str = "klaar";
/// Field of a file that somebody would have sent: `<question>:<name>`.
pub(crate) const FILE: &str = "_bestand";
/// A reference that no message has: it holds signs that references leave out.
const REFERENCE: &str = "VOOR-BEELD";

impl Preview {
    fn path(&self, page: &str, language: Language) -> String {
        format!("{}/{page}?taal={language}", self.base)
    }
}

/// What was filled in so far.
pub(crate) struct PreviewInput<'a> {
    /// The answers.
    pub(crate) raw: &'a RawAnswers,
    /// Files that would have been sent.
    pub(crate) files: &'a [File],
    /// Whether what is wrong is told.
    pub(crate) show_errors: bool,
}

/// Everything that is not asked on this page, as hidden fields.
fn carried(
    form: &Published,
    input: &PreviewInput<'_>,
    except: Option<usize>,
) -> Vec<(String, String)> {
    form.form
        .fields()
        .filter(|(index, _)| Some(*index) != except)
        .filter(|(_, field)| !input.files.iter().any(|file| file.field == field.key))
        .flat_map(|(_, field)| {
            input
                .raw
                .all(&field.key)
                .iter()
                .map(|value| (field.key.clone(), value.clone()))
        })
        .chain(
            input
                .files
                .iter()
                .map(|file| (FILE.to_owned(), format!("{}:{}", file.field, file.name))),
        )
        .collect()
}

/// A step.
pub(crate) fn step(
    site: &Site,
    form: &Published,
    step: usize,
    input: &PreviewInput<'_>,
    preview: Preview,
) -> HandlerResult {
    let mut page = step_page::build_page(
        site,
        &StepContent {
            files: input.files,
            show_errors: input.show_errors,
            ..StepContent::new(form, FormPart::Step(step), input.raw)
        },
    );
    // No bytes are sent: a browser then sends the name of a file, which is all that is shown of it.
    page.questions.with_files = false;
    page.other_way = None;
    page.questions.action = preview.path(&preview.step, site.language);
    page.header.steps = step_links(site, form, step, &preview);
    page.questions.contexts = carried(form, input, Some(step));
    page.preview = Some(preview);
    html::render(StatusCode::OK, &page)
}

/// The list of steps with a link to every page.
fn step_links(
    site: &Site,
    form: &Published,
    current: usize,
    preview: &Preview,
) -> Vec<form_session::StepLink> {
    let steps = form.form.steps();
    let keys = steps
        .iter()
        .map(|step| step.key.as_str())
        .chain([CHECK, RECEIPT]);
    keys.enumerate()
        .map(|(index, key)| form_session::StepLink {
            title: match steps.get(index) {
                Some(step) => {
                    super::view::words(&form.form, site.language, &step.key).unwrap_or_default()
                }
                None => super::view::LocalizedText {
                    text: site.language.text(if key == CHECK {
                        "intake-step-check"
                    } else {
                        "preview-receipt"
                    }),
                    lang: None,
                },
            },
            current: index == current,
            path: Some(preview.path(key, site.language)),
        })
        .collect()
}

/// Everything once more before it is sent.
pub(crate) fn check(
    site: &Site,
    form: &Published,
    input: &PreviewInput<'_>,
    preview: Preview,
) -> HandlerResult {
    let checked = form.form.check(input.raw, form_session::today(site));
    let copy = intake::copy(
        &form.form,
        &checked.answers,
        &checked.visible,
        input.files,
        (site.language, site.has_scanner()),
    );
    let last = checked.visible_steps.last().copied().unwrap_or(0);
    let last = form.form.steps().get(last);
    html::ok(&CheckPage {
        title: form_session::title(site, form),
        steps: step_links(site, form, form.form.steps().len(), &preview),
        copy: copy
            .into_iter()
            .map(|step| {
                let path = preview.path(&step.key, site.language);
                (step, path)
            })
            .collect(),
        action: preview.path(RECEIPT, site.language),
        back: preview.path(
            last.map_or("begin", |step| step.key.as_str()),
            site.language,
        ),
        carried: carried(form, input, None),
        preview: Some(preview),
        page: Page::public(site),
    })
}

/// The receipt, with the promise that would be made now.
pub(crate) async fn receipt(
    site: &Site,
    form: &Published,
    input: &PreviewInput<'_>,
    preview: Preview,
) -> HandlerResult {
    let tx = site.read().await?;
    let due = match clocks::current(&tx).await {
        Ok(current) => current
            .rule
            .due(&current.calendar, tx.now())
            .map(|due| due.at),
        Err(Error::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let zone = site.tenant.zone;
    let now = tx.now();
    let received = site.language.instant(now, zone);
    drop(tx);
    let checked = form.form.check(input.raw, form_session::today(site));
    let answered: Vec<String> = checked.answers.0.keys().cloned().collect();
    let email = checked
        .answers
        .with_role(&form.form, domain::forms::Role::ContactEmail)
        .map(domain::forms::Answer::as_text);
    html::ok(&ReceiptPage {
        title: form_session::title(site, form),
        reference: REFERENCE.to_owned(),
        is_trial: false,
        promise: intake::promise_sentence(
            intake::preference(&form.form, &checked.answers),
            (now, due),
            site.language,
            zone,
        ),
        is_complaint: intake::is_complaint(&form.form, &checked.answers),
        received,
        copy: intake::copy(
            &form.form,
            &checked.answers,
            &answered,
            input.files,
            (site.language, site.has_scanner()),
        ),
        files_base: String::new(),
        mailed: email,
        mail_held: false,
        score_path: None,
        short_code: None,
        life: None,
        erased: None,
        preview: Some(preview),
        page: Page::public(site),
    })
}
