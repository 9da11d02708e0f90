//! The workflow of a kind as a page: the picture, the list, and the form that changes the draft.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    FieldErrors,
    workflow::{
        self, DraftRequest, MoveDraft, Phase, Requirement, StateDraft, Workflow, WorkflowDraft,
        WorkflowVersion, WorkflowView,
    },
};
use tenants::{Grants, Permission, permission::may, staff};

use super::{
    kinds,
    picture::{Picture, picture},
};
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, dashed,
        values::Choice,
    },
    problem::{HandlerResult, Problem},
};

/// Empty rows for more states and moves.
const EMPTY_ROWS: usize = 2;

/// A state in the form.
pub(super) struct StateRow {
    /// Beginning of the names of its fields.
    place: String,
    typed: StateDraft,
    phases: Vec<Choice>,
    is_new: bool,
}

/// A move in the form.
pub(super) struct MoveRow {
    place: String,
    typed: MoveDraft,
    from: Vec<Choice>,
    to: Vec<Choice>,
    required: Vec<Choice>,
    roles: Vec<Choice>,
    is_new: bool,
}

/// A state in the list.
pub(super) struct ListedState {
    label: String,
    meaning: String,
    ways: Vec<String>,
}

#[derive(Template)]
#[template(path = "workflow/flow.html")]
pub(super) struct FlowPage {
    page: Page,
    view: WorkflowView,
    title: String,
    /// What is wrong with it, at its fields.
    form: FormState,
    notice: Option<Notice>,
    states: Vec<StateRow>,
    moves: Vec<MoveRow>,
    picture: Option<Picture>,
    list: Vec<ListedState>,
    versions: Vec<(WorkflowVersion, String)>,
    may_manage: bool,
}

/// What a field of a workflow is called, with the number of its row.
pub(super) fn field_name(field: &str, language: domain::Language) -> Option<String> {
    let mut parts = field.split('.');
    let (list, number, field) = (parts.next()?, parts.next(), parts.next());
    let (Some(number), Some(field)) = (number, field) else {
        let key = format!("workflow-field-{}", dashed(list));
        return language.has(&key).then(|| language.text(&key));
    };
    let number = number.parse::<usize>().ok()? + 1;
    let field = language.text(&format!("workflow-field-{}", dashed(field)));
    let row = format!("workflow-row-{list}");
    Some(language.text_with(&row, &[("number", &number.to_string()), ("field", &field)]))
}

impl FlowPage {
    fn new(
        page: Page,
        view: WorkflowView,
        versions: Vec<(WorkflowVersion, String)>,
        (shown, may_manage): (Option<FormPage>, bool),
    ) -> Self {
        let language = page.language;
        let parsed = view.workflow.parse();
        let drawn = parsed.as_ref().ok();
        let title = view.kind.label(language).to_owned();
        let list = drawn
            .map(|workflow| listed(workflow, &page))
            .unwrap_or_default();
        let picture = drawn.map(|workflow| picture(workflow, language));
        let faults = parsed.err().unwrap_or_default();
        let shown = shown.unwrap_or_else(|| of_faults(&faults, language));
        let (states, moves) = if may_manage {
            rows(&view.workflow, &page)
        } else {
            (Vec::new(), Vec::new())
        };
        Self {
            page,
            view,
            title,
            form: shown.form,
            notice: shown.notice,
            states,
            moves,
            picture,
            list,
            versions,
            may_manage,
        }
    }

    fn path(&self) -> String {
        format!("/beheer/werkstromen/{}", self.view.kind.code)
    }
}

fn of_faults(faults: &FieldErrors, language: domain::Language) -> FormPage {
    let name = |field: &str| field_name(field, language);
    FormPage {
        form: FormState::refused_as(Fields::default(), faults, language, name),
        ..FormPage::default()
    }
}

fn listed(workflow: &Workflow, page: &Page) -> Vec<ListedState> {
    let language = page.language;
    let way = |one: &domain::workflow::Move| {
        let to = workflow.state(&one.to);
        let to = to.map_or("", |state| state.label.in_language(language));
        language.text_with(
            "workflow-way",
            &[("move", one.label.in_language(language)), ("state", to)],
        )
    };
    (workflow.states().iter())
        .map(|state| ListedState {
            label: state.label.in_language(language).to_owned(),
            meaning: page.term("phase", state.phase),
            ways: workflow.moves_from(&state.code).map(way).collect(),
        })
        .collect()
}

fn rows(draft: &WorkflowDraft, page: &Page) -> (Vec<StateRow>, Vec<MoveRow>) {
    let language = page.language;
    let blank_states = std::iter::repeat_n(StateDraft::default(), EMPTY_ROWS);
    let states = draft.states.iter().cloned().chain(blank_states).enumerate();
    let states = states.map(|(number, typed)| StateRow {
        place: format!("states.{number}"),
        phases: Choice::all(Phase::ALL, "phase", language, |phase| phase == typed.phase),
        is_new: typed == StateDraft::default(),
        typed,
    });
    let known = |chosen: &str| -> Vec<Choice> {
        (draft.states.iter())
            .map(|state| Choice::new(&state.code, &state.label_nl, state.code == chosen))
            .collect()
    };
    let handling = Permission::HandleCases.roles();
    let blank_moves = std::iter::repeat_n(MoveDraft::default(), EMPTY_ROWS);
    let moves = draft.moves.iter().cloned().chain(blank_moves).enumerate();
    let moves = moves.map(|(number, typed)| MoveRow {
        place: format!("moves.{number}"),
        from: known(&typed.from),
        to: known(&typed.to),
        required: Choice::all(Requirement::ALL, "requirement", language, |word| {
            typed.required.iter().any(|required| required == word)
        }),
        roles: Choice::all(handling, "role", language, |word| {
            typed.roles.iter().any(|role| role == word)
        }),
        is_new: typed == MoveDraft::default(),
        typed,
    });
    (states.collect(), moves.collect())
}

/// What is worked on, or what was typed when that could not be kept.
async fn show<P: Grants>(
    reader: &Staff<P>,
    code: &str,
    typed: Option<WorkflowDraft>,
    shown: Option<FormPage>,
) -> HandlerResult {
    let tx = reader.read().await?;
    let mut view = workflow::view(&tx, code).await?;
    if let Some(typed) = typed {
        view.workflow = typed;
    }
    let names = staff::all(&tx, None).await?;
    let versions = workflow::versions(&tx, code, None).await?.into_iter();
    let author = |id| {
        let found = names.iter().find(|member| Some(member.id) == id);
        found.map(|member| member.name.clone()).unwrap_or_default()
    };
    let versions = versions.map(|version| {
        let author = author(version.author);
        (version, author)
    });
    let status = shown.as_ref().map_or(StatusCode::OK, |shown| shown.status);
    let may_manage = reader.may(Permission::ManageWorkflows);
    let page = FlowPage::new(
        Page::staff(reader),
        view,
        versions.collect(),
        (shown, may_manage),
    );
    html::render(status, &page)
}

/// The workflow of a kind.
pub async fn page(reader: Staff<may::ReadWorkflows>, code: PathName) -> HandlerResult {
    show(&reader, &code.0, None, None).await
}

/// Keeps the draft.
pub async fn save(
    actor: Staff<may::ManageWorkflows>,
    code: PathName,
    posted: Posted,
) -> HandlerResult {
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            workflow::save_draft(tx, &code.0, fields.read()?).await?;
            let path = format!("/beheer/werkstromen/{}", code.0);
            Ok(html::redirect_with_flash(Flash::WorkflowKept, &path))
        },
        async |mut refused| {
            let typed: Result<DraftRequest, Problem> = refused.fields.read();
            let typed = typed.ok().map(|typed| {
                let typed = WorkflowDraft {
                    states: typed.states,
                    moves: typed.moves,
                };
                typed.tidy()
            });
            if typed.is_some() {
                // What was taken away moves what follows, so that nothing stands under the name it was sent with.
                refused.fields = Fields::default();
            }
            let language = refused.language();
            let shown = refused.named(|field| field_name(field, language));
            show(&actor, &code.0, typed, Some(shown)).await
        },
    )
    .await
}

/// A workflow that is worked on, for samples.
pub(super) fn sample(workflow: WorkflowDraft) -> WorkflowView {
    WorkflowView {
        kind: kinds::sample(true),
        workflow,
        revision: 3,
        live: Some(1),
    }
}

impl Samples for FlowPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let versions = || {
            let version = WorkflowVersion {
                id: uuid::Uuid::from_u128(1).into(),
                number: 1,
                note: "Wachten op inwoner erbij".to_owned(),
                author: None,
                published_at: chrono::DateTime::UNIX_EPOCH,
                workflow: WorkflowDraft::beginning(),
            };
            vec![(version, "Ruben Postma".to_owned())]
        };
        let page = |draft, may_manage| {
            Self::new(frame.staff(), sample(draft), versions(), (None, may_manage))
        };
        let mut broken = WorkflowDraft::beginning();
        broken.moves.remove(1);
        if let Some(state) = broken.states.first_mut() {
            state.label_en.clear();
        }
        vec![
            page(WorkflowDraft::beginning(), false),
            page(WorkflowDraft::beginning(), true),
            page(broken, true),
        ]
    }
}
