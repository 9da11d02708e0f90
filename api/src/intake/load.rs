//! The form somebody asks for and the draft they carry; the addresses of its pages.

use actix_web::HttpRequest;
use domain::{
    forms::{self, Checked, Published},
    intake::{self, Draft},
};
use tenants::TenantTx;

use super::view;
use crate::{extract::Site, problem::Problem};

/// The address of the whole form on one page. No step can be called this.
pub const ONE_PAGE: &str = "op-een-pagina";

/// Name of the cookie with the code of a draft.
pub fn draft_cookie(slug: &str) -> String {
    format!("gehoord-draft-{slug}")
}

/// The code of a draft that the browser carries.
pub fn draft_code(request: &HttpRequest, slug: &str) -> Option<String> {
    request
        .cookie(&draft_cookie(slug))
        .map(|cookie| cookie.value().to_owned())
}

/// The live version, from memory or from the database.
pub async fn live(site: &Site, slug: &str) -> Result<Published, Problem> {
    if let Some(live) = forms::remembered_live(site.tenant.id, slug) {
        return Ok(live);
    }
    let tx = site.read().await?;
    let live = forms::live(&tx, slug).await?;
    forms::remember_live(site.tenant.id, &live);
    Ok(live)
}

/// The form and, if the browser carries one, the draft on it. A draft stays on the version it was begun on.
pub async fn load(
    request: &HttpRequest,
    tx: &TenantTx,
    slug: &str,
) -> Result<(Published, Option<Draft>), Problem> {
    let live = forms::live(tx, slug).await?;
    let Some(code) = draft_code(request, slug) else {
        return Ok((live, None));
    };
    let Some(mut draft) = intake::resume(tx, &code).await? else {
        return Ok((live, None));
    };
    let form = if draft.version == live.version {
        live
    } else {
        forms::version(tx, draft.version).await?
    };
    intake::with_files(&form.form, &mut draft.answers, &draft.files);
    Ok((form, Some(draft)))
}

/// The address of a step, or of the check behind the last one.
pub fn path(slug: &str, form: &Published, step: usize) -> String {
    match form.form.steps().get(step) {
        Some(_) if step == 0 => format!("/formulieren/{slug}"),
        Some(step) => format!("/formulieren/{slug}/{}", step.key),
        None => format!("/formulieren/{slug}/controle"),
    }
}

/// The address of a step with what is wrong told, for coming back to it.
pub fn step_path(slug: &str, form: &Published, step: usize) -> String {
    match form.form.steps().get(step) {
        Some(step) => format!("/formulieren/{slug}/{}", step.key),
        None => path(slug, form, 0),
    }
}

/// A step in the trail above a page.
pub struct StepLink {
    /// Its title.
    pub title: view::Words,
    /// Whether it is this page.
    pub current: bool,
    /// Where it is, if one can go back to it.
    pub path: Option<String>,
}

/// The trail of steps. `current` is the index of the step, or past the last for the check.
pub fn trail(site: &Site, form: &Published, checked: &Checked, current: usize) -> Vec<StepLink> {
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
            title: view::words(&form.form, site.language, &step.key).unwrap_or_default(),
            current: index == current,
            path: (index < current).then(|| path(&form.slug, form, index)),
        })
        .collect();
    steps.push(StepLink {
        title: view::Words {
            text: site.language.text("intake-step-check"),
            lang: None,
        },
        current: current >= form.form.steps().len(),
        path: None,
    });
    steps
}

/// The title of the form.
pub fn title(site: &Site, form: &Published) -> view::Words {
    view::words(&form.form, site.language, "title").unwrap_or_default()
}
