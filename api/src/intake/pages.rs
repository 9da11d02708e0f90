//! The form, page by page. Nothing is stored before the first answer is sent, and nothing typed is lost afterwards.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
use askama::Template;
use domain::{
    Code, Error,
    forms::{self, Checked, Published, RawAnswers},
    intake::{self, CopyStep, Draft},
};
use tenants::TenantTx;

use super::view::{self, FieldView, Shape};
use crate::{
    csrf::{self, Posted, Typed},
    extract::{self, Municipality, Site},
    html::{self, Notice, Shell},
    problem::Problem,
};

struct StepLink {
    title: String,
    current: bool,
    path: Option<String>,
}

#[derive(Template)]
#[template(path = "intake/step.html")]
struct StepPage {
    shell: Shell,
    title: String,
    step_title: String,
    steps: Vec<StepLink>,
    action: String,
    first: bool,
    fields: Vec<FieldView>,
    errors: Vec<(String, String)>,
    notice: Option<Notice>,
}

#[derive(Template)]
#[template(path = "intake/check.html")]
struct CheckPage {
    shell: Shell,
    title: String,
    steps: Vec<StepLink>,
    copy: Vec<(CopyStep, String)>,
    action: String,
    back: String,
}

fn draft_cookie(slug: &str) -> String {
    format!("gehoord-draft-{slug}")
}

/// The form and, if the browser carries one, the draft on it. A draft stays on the version it was begun on.
async fn load(
    request: &HttpRequest,
    site: &Site,
    tx: &TenantTx,
    slug: &str,
) -> Result<(Published, Option<Draft>), Problem> {
    let live = forms::live(tx, slug).await?;
    let code = request
        .cookie(&draft_cookie(slug))
        .map(|cookie| cookie.value().to_owned());
    let Some(code) = code else {
        return Ok((live, None));
    };
    let Some(draft) = intake::resume(tx, &code).await? else {
        return Ok((live, None));
    };
    let form = if draft.version == live.version {
        live
    } else {
        forms::version(tx, draft.version).await?
    };
    tracing::trace!(tenant = site.tenant.slug, "draft resumed");
    Ok((form, Some(draft)))
}

fn path(slug: &str, form: &Published, step: usize) -> String {
    match form.form.steps().get(step) {
        Some(_) if step == 0 => format!("/formulieren/{slug}"),
        Some(step) => format!("/formulieren/{slug}/{}", step.key),
        None => format!("/formulieren/{slug}/controle"),
    }
}

/// The trail of steps. `current` is the index of the step, or past the last for the check.
fn trail(site: &Site, form: &Published, checked: &Checked, current: usize) -> Vec<StepLink> {
    let mut steps: Vec<StepLink> = form
        .form
        .steps()
        .iter()
        .enumerate()
        // A step that is hidden by what was answered so far may still come: it is in the trail until it is certain that it does not.
        .filter(|(index, _)| {
            checked.visible_steps.contains(index) || *index > current || current == 0
        })
        .map(|(index, step)| StepLink {
            title: view::words(&form.form, site.language, &step.key)
                .unwrap_or_default()
                .text,
            current: index == current,
            path: (index < current).then(|| path(&form.slug, form, index)),
        })
        .collect();
    steps.push(StepLink {
        title: site.language.text("intake-step-check"),
        current: current >= form.form.steps().len(),
        path: None,
    });
    steps
}

pub(super) fn title(site: &Site, form: &Published) -> String {
    view::words(&form.form, site.language, "title")
        .unwrap_or_default()
        .text
}

struct Shown<'a> {
    form: &'a Published,
    step: usize,
    raw: &'a RawAnswers,
    /// Whether what is wrong is told.
    telling: bool,
    notice: Option<Notice>,
    status: StatusCode,
}

fn step_page(site: &Site, shown: Shown<'_>) -> Result<HttpResponse, Problem> {
    let Shown {
        form,
        step,
        raw,
        telling,
        notice,
        status,
    } = shown;
    let checked = form.form.check(raw);
    let fields = view::fields(
        &form.form,
        step,
        raw,
        telling.then_some(&checked),
        site.language,
    );
    let errors = fields
        .iter()
        .filter_map(|field| {
            // A group has no control of its own with its key: the link goes to its first option.
            let anchor = match (field.shape, field.options.first()) {
                (Shape::Radios | Shape::Checkboxes, Some(option)) => {
                    format!("{}-{}", field.key, option.key)
                }
                _ => field.key.clone(),
            };
            field.error.clone().map(|error| (anchor, error))
        })
        .collect();
    let key = form
        .form
        .steps()
        .get(step)
        .map_or("", |step| step.key.as_str());
    html::page(
        status,
        &StepPage {
            title: title(site, form),
            step_title: view::words(&form.form, site.language, key)
                .unwrap_or_default()
                .text,
            steps: trail(site, form, &checked, step),
            action: format!("/formulieren/{}/{key}", form.slug),
            first: step == 0,
            fields,
            errors,
            notice,
            shell: Shell::public(site),
        },
    )
}

async fn show(
    request: HttpRequest,
    site: Site,
    step: Option<&str>,
) -> Result<HttpResponse, Problem> {
    let slug = extract::word(&request, "slug")?;
    let tx = site.read().await?;
    let (form, draft) = load(&request, &site, &tx, &slug).await?;
    let draft = draft.filter(|draft| draft.submission.is_none());
    let (index, visited) = match step {
        None => (0, false),
        Some(key) => (form.form.step(key).ok_or(Error::NotFound)?.0, true),
    };
    let Some(draft) = draft else {
        if index > 0 {
            return Ok(html::see_other(&path(&slug, &form, 0)));
        }
        let nothing = RawAnswers::default();
        return step_page(
            &site,
            Shown {
                form: &form,
                step: 0,
                raw: &nothing,
                telling: false,
                notice: None,
                status: StatusCode::OK,
            },
        );
    };
    let checked = form.form.check(&draft.answers);
    if !checked.visible_steps.contains(&index) {
        return Ok(html::see_other(&path(&slug, &form, 0)));
    }
    // Wrong answers are told when somebody comes back to them, not on a step that was never filled in.
    let telling = visited
        && form.form.steps().get(index).is_some_and(|step| {
            step.fields
                .iter()
                .any(|field| !draft.answers.all(&field.key).is_empty())
        });
    step_page(
        &site,
        Shown {
            form: &form,
            step: index,
            raw: &draft.answers,
            telling,
            notice: None,
            status: StatusCode::OK,
        },
    )
}

/// The first step.
///
/// # Errors
/// When there is no such form.
pub async fn start(request: HttpRequest, site: Municipality) -> Result<HttpResponse, Problem> {
    show(request, site.0, None).await
}

/// A later step.
///
/// # Errors
/// When there is no such form or step.
pub async fn step(request: HttpRequest, site: Municipality) -> Result<HttpResponse, Problem> {
    let key = extract::word(&request, "step")?;
    show(request, site.0, Some(&key)).await
}

/// Keeps what was typed in a step and goes on, or back.
///
/// # Errors
/// When there is no such form or step.
pub async fn answer(
    request: HttpRequest,
    site: Municipality,
    typed: Typed,
) -> Result<HttpResponse, Problem> {
    let site = site.0;
    let slug = extract::word(&request, "slug")?;
    let key = extract::word(&request, "step")?;
    let tx = site.write().await?;
    let (mut form, draft) = load(&request, &site, &tx, &slug).await?;
    let draft = draft.filter(|draft| draft.submission.is_none());
    if draft.is_none() {
        form = forms::live(&tx, &slug).await?;
    }
    let (index, _) = form.form.step(&key).ok_or(Error::NotFound)?;
    let mut raw = draft
        .as_ref()
        .map(|draft| draft.answers.clone())
        .unwrap_or_default();
    raw.replace_step(&form.form, index, typed.fields.iter());
    if !typed.proven {
        let notice = Notice {
            tone: "warning",
            text: site.language.text("intake-page-stale"),
        };
        return step_page(
            &site,
            Shown {
                form: &form,
                step: index,
                raw: &raw,
                telling: false,
                notice: Some(notice),
                status: StatusCode::FORBIDDEN,
            },
        );
    }
    let mut cookie = None;
    if let Some(mut draft) = draft {
        draft.answers = raw.clone();
        intake::keep(&tx, &draft).await?;
    } else {
        let (_, code) = intake::begin(&tx, &form, raw.clone()).await?;
        cookie = Some(csrf::cookie(&site.house.settings, draft_cookie(&slug), code).into_owned());
    }
    tx.commit().await?;
    let checked = form.form.check(&raw);
    let mut response = if typed.fields.text("_naar") == "terug" {
        let before = checked
            .visible_steps
            .iter()
            .rev()
            .find(|step| **step < index)
            .copied()
            .unwrap_or(0);
        html::see_other(&path(&slug, &form, before))
    } else if checked.fails_in(&form.form, index) {
        step_page(
            &site,
            Shown {
                form: &form,
                step: index,
                raw: &raw,
                telling: true,
                notice: None,
                status: StatusCode::BAD_REQUEST,
            },
        )?
    } else {
        let next = checked
            .visible_steps
            .iter()
            .find(|step| **step > index)
            .copied();
        html::see_other(&path(&slug, &form, next.unwrap_or(usize::MAX)))
    };
    if let Some(cookie) = cookie
        && let Ok(value) = header::HeaderValue::from_str(&cookie.encoded().to_string())
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// Everything once more before it is sent.
///
/// # Errors
/// When there is no such form.
pub async fn check(request: HttpRequest, site: Municipality) -> Result<HttpResponse, Problem> {
    let site = site.0;
    let slug = extract::word(&request, "slug")?;
    let tx = site.read().await?;
    let (form, draft) = load(&request, &site, &tx, &slug).await?;
    let Some(draft) = draft else {
        return Ok(html::see_other(&path(&slug, &form, 0)));
    };
    if let Some(receipt) = draft.receipt {
        return Ok(html::see_other(&format!("/melding/{receipt}")));
    }
    let checked = form.form.check(&draft.answers);
    if let Some(step) = checked.first_incomplete(&form.form) {
        return Ok(html::see_other(&step_path(&slug, &form, step)));
    }
    let copy = intake::copy(
        &form.form,
        &checked.answers,
        &checked.visible,
        site.language,
    )
    .into_iter()
    .map(|step| {
        let path = form
            .form
            .step(&step.key)
            .map_or_else(String::new, |(index, _)| step_path(&slug, &form, index));
        (step, path)
    })
    .collect();
    let last = checked.visible_steps.last().copied().unwrap_or(0);
    html::ok(&CheckPage {
        title: title(&site, &form),
        steps: trail(&site, &form, &checked, usize::MAX),
        copy,
        action: format!("/formulieren/{slug}/controle"),
        back: step_path(&slug, &form, last),
        shell: Shell::public(&site),
    })
}

/// The address of a step with what is wrong told, for coming back to it.
fn step_path(slug: &str, form: &Published, step: usize) -> String {
    match form.form.steps().get(step) {
        Some(step) => format!("/formulieren/{slug}/{}", step.key),
        None => path(slug, form, 0),
    }
}

/// Sends it. Pressing twice gives the same receipt.
///
/// # Errors
/// When the draft is no longer kept, or the database does not answer.
pub async fn send(
    request: HttpRequest,
    site: Municipality,
    _: Posted,
) -> Result<HttpResponse, Problem> {
    let site = site.0;
    let slug = extract::word(&request, "slug")?;
    let tx = site.write().await?;
    let (form, draft) = load(&request, &site, &tx, &slug).await?;
    let draft = draft.ok_or_else(|| Problem::code(Code::DraftGone))?;
    let incomplete = form.form.check(&draft.answers).first_incomplete(&form.form);
    if let Some(step) = incomplete.filter(|_| draft.submission.is_none()) {
        return Ok(html::see_other(&step_path(&slug, &form, step)));
    }
    let submitted = intake::submit(&tx, &form, draft, site.language, &site.tenant).await?;
    tx.commit().await?;
    Ok(html::see_other(&format!("/melding/{}", submitted.receipt)))
}
