//! What a draft would do, and publishing it, as a page.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Error, FieldErrors,
    workflow::{self, Phase, Standing, TrialMove, Trials, Workflow, WorkflowDraft, WorkflowView},
};
use tenants::permission::may;

use super::flow::{self, field_name};
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, values::Choice},
    problem::HandlerResult,
};

/// Messages that stand in a state, and where they go.
pub(super) struct StandingRow {
    place: String,
    label: String,
    standing: Standing,
    targets: Vec<Choice>,
}

/// Moves that were made, in words.
pub(super) struct MadeRow {
    from: String,
    to: String,
    count: i64,
    allowed: bool,
}

#[derive(Template)]
#[template(path = "workflow/publishing.html")]
pub(super) struct PublishingPage {
    page: Page,
    view: WorkflowView,
    title: String,
    form: FormState,
    notice: Option<Notice>,
    /// What would happen; nothing when the draft does not work.
    works: bool,
    open: Vec<StandingRow>,
    month: Vec<StandingRow>,
    moves: Vec<MadeRow>,
}

/// What a field of this page is called.
fn name(field: &str, language: domain::Language) -> Option<String> {
    match field {
        "note" => Some(language.text("workflow-note")),
        field if field.starts_with("mapping") => Some(language.text("workflow-mapping")),
        field => field_name(field, language),
    }
}

impl PublishingPage {
    fn new(
        page: Page,
        view: WorkflowView,
        trial: Option<(&Workflow, Trials)>,
        shown: FormPage,
    ) -> Self {
        let language = page.language;
        let mut made = Self {
            title: view.kind.label(language).to_owned(),
            works: trial.is_some(),
            form: shown.form,
            notice: shown.notice,
            open: Vec::new(),
            month: Vec::new(),
            moves: Vec::new(),
            view,
            page,
        };
        let Some((workflow, trial)) = trial else {
            return made;
        };
        let name = |code: &str| match workflow.state(code) {
            Some(state) => state.label.in_language(language).to_owned(),
            None => code.to_owned(),
        };
        let moves = trial.moves.into_iter().map(|one: TrialMove| MadeRow {
            from: name(&one.from),
            to: name(&one.to),
            count: one.count,
            allowed: one.allowed,
        });
        made.moves = moves.collect();
        let row = |(number, standing): (usize, Standing)| {
            let place = format!("mapping.{number}");
            let typed = made.form.value(&format!("{place}.to"));
            let chosen = match typed {
                "" => standing.to.clone().unwrap_or_default(),
                typed => typed.to_owned(),
            };
            let running = workflow
                .states()
                .iter()
                .filter(|state| !state.phase.is_end());
            StandingRow {
                targets: running
                    .map(|state| {
                        let label = state.label.in_language(language);
                        Choice::new(&state.code, label, state.code == chosen)
                    })
                    .collect(),
                label: match language {
                    domain::Language::Dutch => standing.label_nl.clone(),
                    domain::Language::English => standing.label_en.clone(),
                },
                standing,
                place,
            }
        };
        let rows = |list: Vec<Standing>| list.into_iter().enumerate().map(row).collect::<Vec<_>>();
        let (open, month) = (rows(trial.open), rows(trial.month));
        made.open = open;
        made.month = month;
        made
    }

    fn path(&self) -> String {
        format!("/beheer/werkstromen/{}", self.view.kind.code)
    }

    /// What a state is called to which messages of the last month would go.
    fn target(&self, row: &StandingRow) -> String {
        match &row.standing.to {
            Some(code) => {
                let draft = self
                    .view
                    .workflow
                    .states
                    .iter()
                    .find(|state| state.code == *code);
                draft.map_or(code.clone(), |state| match self.page.language {
                    domain::Language::Dutch => state.label_nl.clone(),
                    domain::Language::English => state.label_en.clone(),
                })
            }
            None => self.page.tr("workflow-nowhere"),
        }
    }
}

async fn show(
    actor: &Staff<may::ManageWorkflows>,
    code: &str,
    shown: Option<FormPage>,
) -> HandlerResult {
    let tx = actor.read().await?;
    let view = workflow::view(&tx, code).await?;
    let language = actor.site.language;
    let (workflow, faults) = match workflow::checked(&tx, &view.workflow).await {
        Ok(workflow) => (Some(workflow), FieldErrors::default()),
        Err(Error::Invalid(faults)) => (None, faults),
        Err(error) => return Err(error.into()),
    };
    let trial = match &workflow {
        Some(workflow) => Some((workflow, workflow::trial(&tx, code, workflow).await?)),
        None => None,
    };
    let shown = shown.unwrap_or_else(|| FormPage {
        form: FormState::refused_as(Fields::default(), &faults, language, |field| {
            name(field, language)
        }),
        status: StatusCode::OK,
        notice: None,
    });
    let status = shown.status;
    let page = PublishingPage::new(Page::staff(actor), view, trial, shown);
    html::render(status, &page)
}

/// What the draft would do.
pub async fn page(actor: Staff<may::ManageWorkflows>, code: PathName) -> HandlerResult {
    show(&actor, &code.0, None).await
}

/// Publishes the draft.
pub async fn publish(
    actor: Staff<may::ManageWorkflows>,
    code: PathName,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member().id;
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            workflow::publish(tx, by, &code.0, &fields.read()?).await?;
            let path = format!("/beheer/werkstromen/{}", code.0);
            Ok(html::redirect_with_flash(Flash::WorkflowPublished, &path))
        },
        async |refused| {
            let language = refused.language();
            let shown = refused.named(|field| name(field, language));
            show(&actor, &code.0, Some(shown)).await
        },
    )
    .await
}

impl Samples for PublishingPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let draft = WorkflowDraft::beginning();
        let workflow = draft.parse().ok();
        let standing = |from: &str, phase, to: Option<&str>| Standing {
            from: from.to_owned(),
            label_nl: "In behandeling".to_owned(),
            label_en: "In handling".to_owned(),
            phase,
            count: 12,
            to: to.map(str::to_owned),
        };
        let made = |to: &str, allowed| TrialMove {
            from: "inHandling".to_owned(),
            to: to.to_owned(),
            count: 41,
            allowed,
        };
        let trial = Trials {
            open: vec![standing(
                "inHandling",
                Phase::InHandling,
                Some("inHandling"),
            )],
            month: vec![
                standing("inHandling", Phase::InHandling, Some("inHandling")),
                standing("formal", Phase::FormalProcedure, None),
            ],
            moves: vec![made("closed", true), made("formal", false)],
        };
        let empty = Trials {
            open: Vec::new(),
            month: Vec::new(),
            moves: Vec::new(),
        };
        let page = |trial: Option<Trials>, shown| {
            let trial = workflow.as_ref().zip(trial);
            Self::new(frame.staff(), flow::sample(draft.clone()), trial, shown)
        };
        let refused = FormPage::refused_sample("note", "required", frame.language);
        vec![
            page(Some(trial), FormPage::default()),
            page(Some(empty), refused),
            page(None, FormPage::default()),
        ]
    }
}
