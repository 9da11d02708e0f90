//! Steps of the first day as pages show them.

use domain::{
    Language,
    bundles::{self, AdoptionStatus},
    first_day::{self, FirstDay, Step, StepItem, StepState},
    forms,
};
use tenants::{Permission, TenantTx, permission::may};

use crate::{extract::Staff, problem::Problem};

/// Most bundles among which one that waits is looked for.
const BUNDLES: u64 = 20;

/// A step of the first day.
pub(crate) struct StepView {
    /// Its name in addresses.
    pub(crate) name: &'static str,
    /// What it is called.
    pub(crate) title: String,
    /// What it is for.
    pub(crate) about: String,
    /// What is done there.
    pub(crate) action: String,
    /// Where it is done.
    pub(crate) path: String,
    /// Name of its picture.
    pub(crate) icon: &'static str,
    /// Colour of where it stands.
    pub(crate) tone: &'static str,
    /// Where it stands.
    pub(crate) state: String,
}

/// What leads to a step beside its own page: the first form, and a bundle that waits.
#[derive(Default)]
pub(super) struct Places {
    pub(super) form: Option<String>,
    pub(super) bundle: Option<String>,
}

impl Places {
    pub(super) async fn read(tx: &TenantTx) -> Result<Self, Problem> {
        let form = forms::list(tx, Some(1)).await?.into_iter().next();
        let held = bundles::adoptions(tx, Some(BUNDLES)).await?;
        let waits = held
            .into_iter()
            .find(|one| one.status == AdoptionStatus::Prepared);
        Ok(Self {
            form: form.map(|form| form.slug),
            bundle: waits.map(|one| one.id.to_string()),
        })
    }

    fn path(&self, step: Step) -> String {
        let path = match step {
            Step::Style => "/beheer/huisstijl",
            Step::Texts => "/beheer/teksten",
            Step::Bundle => match &self.bundle {
                Some(id) => return format!("/beheer/overgenomen/{id}"),
                None => "/beheer/bundels",
            },
            Step::Calendar => "/beheer/kalender",
            Step::Promise => "/beheer/belofte",
            Step::Form => "/beheer/formulieren",
            Step::People => "/beheer/medewerkers",
            Step::Trial => match &self.form {
                Some(slug) => return format!("/formulieren/{slug}"),
                None => "/beheer/formulieren",
            },
        };
        path.to_owned()
    }
}

const fn icon(step: Step) -> &'static str {
    match step {
        Step::Style => "palette",
        Step::Texts => "note",
        Step::Bundle => "copy",
        Step::Calendar => "calendar",
        Step::Promise => "phone",
        Step::Form => "form",
        Step::People => "people",
        Step::Trial => "mail",
    }
}

pub(super) fn step_view(item: StepItem, places: &Places, language: Language) -> StepView {
    let text = |part: &str| language.text(&format!("first-day-{}-{part}", item.step));
    let waits = item.step == Step::Bundle && places.bundle.is_some();
    StepView {
        name: item.step.as_str(),
        title: text("title"),
        about: text(if waits { "waits" } else { "about" }),
        action: text("action"),
        path: places.path(item.step),
        icon: icon(item.step),
        tone: match item.state {
            StepState::Done => "ok",
            StepState::Open => "info",
            StepState::Later => "soon",
            StepState::Dismissed => "calm",
        },
        state: language.term("first-day-state", item.state),
    }
}

/// Where the first day of the municipality stands for who looks.
pub(super) async fn read(
    tx: &TenantTx,
    actor: &Staff<may::OpenMunicipality>,
) -> Result<(FirstDay, Places), Problem> {
    let state = actor.site.tenant.state;
    let day = first_day::first_day(tx, state, actor.member().id).await?;
    Ok((day, Places::read(tx).await?))
}

/// The steps that are left.
pub(crate) fn left(day: &FirstDay, language: Language) -> Vec<StepView> {
    let places = Places::default();
    let view = |item| step_view(item, &places, language);
    day.left().map(view).collect()
}

/// What is left of the first day, for the start page of an administrator; nothing for anybody else.
pub(crate) async fn checklist(actor: &Staff<may::UseAccount>) -> Result<Option<FirstDay>, Problem> {
    let is_municipality = actor.site.tenant.kind == tenants::TenantKind::Municipality;
    if !is_municipality || !actor.may(Permission::OpenMunicipality) {
        return Ok(None);
    }
    let tx = actor.read().await?;
    let day = first_day::first_day(&tx, actor.site.tenant.state, actor.member().id).await?;
    Ok(Some(day))
}
