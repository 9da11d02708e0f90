//! What is done with a case from its page. A refusal is shown on the page, with everything that was typed.

use domain::{
    Code, Error,
    cases::{self, Case, Viewer},
    clocks::{self, AgreementRequest, ClockId, FinishRequest},
    desk::{
        self, CaseCategoryRequest, CloseRequest, ContactMomentRequest, ConvertRequest,
        HandOnRequest, MoveRequest, PraiseRequest, ReopenRequest, UnmergeRequest,
    },
    notes::{self, NoteRequest},
    tasks::{self, TaskRequest},
    unsent,
};
use tenants::{StaffId, TenantTx, permission::may};

use super::{case_forms::FormOutcome, case_page::show, changed::require_unchanged};
use crate::{
    csrf::{Fields, Posted},
    extract::{PathName, Staff},
    html::{Flash, FormState, Refused},
    idempotency::OneTimeForm,
    problem::{HandlerResult, Problem},
    unsent::SEEN,
};

/// What a form on the page of a case does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Takes it.
    Claim,
    /// Puts it back.
    Release,
    /// Logs a call, a try or a mail.
    LogContact,
    /// Writes a note for colleagues.
    Note,
    /// Hands it on to a team or a colleague.
    HandOn,
    /// Asks a team or a colleague something.
    Ask,
    /// Keeps what was agreed with the resident.
    Agree,
    /// Says that what was agreed was done.
    Keep,
    /// Passes a compliment on to whom it is for.
    Praise,
    /// Closes it.
    Close,
    /// Reopens it.
    Reopen,
    /// Makes it another kind.
    Convert,
    /// Says what it is about.
    Categorise,
    /// Moves it to another state of its workflow.
    Move,
    /// Undoes a merge.
    Unmerge,
}

impl Action {
    /// The name of its form, and what the page says when it is done.
    fn form(self) -> (&'static str, Flash) {
        match self {
            Self::Claim => ("claim", Flash::Claimed),
            Self::Release => ("release", Flash::Released),
            Self::LogContact => ("contact", Flash::Contacted),
            Self::Note => ("note", Flash::Noted),
            Self::HandOn => ("hand-on", Flash::HandedOn),
            Self::Ask => ("task", Flash::Asked),
            Self::Agree => ("agreement", Flash::Agreed),
            Self::Keep => ("kept", Flash::AgreementKept),
            Self::Praise => ("praise", Flash::Praised),
            Self::Close => ("close", Flash::Closed),
            Self::Reopen => ("reopen", Flash::Reopened),
            Self::Convert => ("convert", Flash::Converted),
            Self::Categorise => ("categorise", Flash::Categorised),
            Self::Move => ("move", Flash::StateMoved),
            Self::Unmerge => ("unmerge", Flash::Unmerged),
        }
    }

    /// Whether it is decided on what the page showed. What happened in a call happened, a note is added, and of two who claim the second is told.
    fn decides(self) -> bool {
        !matches!(
            self,
            Self::Claim | Self::Release | Self::LogContact | Self::Note
        )
    }

    /// Does it. What the page says when something else happened than was asked.
    async fn run(
        self,
        tx: &TenantTx,
        found: &Case,
        staff: &Staff<may::HandleCases>,
        sent: &Fields,
    ) -> Result<Option<Flash>, Problem> {
        let (case, actor, zone) = (found.id, staff.member(), staff.site.tenant.zone);
        match self {
            Self::Claim => drop(desk::claim(tx, case, actor).await?),
            Self::Release => drop(desk::release(tx, case, actor).await?),
            Self::LogContact => {
                let request: ContactMomentRequest = sent.read()?;
                let contact = request.parse(zone)?;
                desk::log_contact(tx, case, actor, contact, &staff.site.tenant).await?;
            }
            Self::Note => drop(notes::add(tx, case, actor, &sent.read::<NoteRequest>()?).await?),
            Self::HandOn => {
                desk::hand_on(tx, case, actor, &sent.read::<HandOnRequest>()?).await?;
            }
            Self::Ask => {
                let request: TaskRequest = sent.read()?;
                let task = tasks::ask(tx, case, Some(actor), &request, zone).await?;
                let is_other = |asked: StaffId| asked.to_string() != request.staff_id.trim();
                return Ok(task
                    .staff_id
                    .is_some_and(is_other)
                    .then_some(Flash::AskedDeputy));
            }
            Self::Agree => {
                desk::agree(tx, case, actor, &sent.read::<AgreementRequest>()?).await?;
            }
            Self::Keep => {
                let id: ClockId = sent.text("clock").parse().map_err(|_| Error::NotFound)?;
                let request = FinishRequest {
                    reason: sent.text("reason").to_owned(),
                    ..FinishRequest::default()
                };
                clocks::mark_done(tx, id, actor, &request).await?;
            }
            Self::Praise => {
                desk::praise(tx, case, actor, &sent.read::<PraiseRequest>()?).await?;
            }
            Self::Close => {
                let closing = sent.read::<CloseRequest>()?.parse()?;
                desk::close(tx, case, actor, closing, staff.site.links()).await?;
            }
            Self::Reopen => {
                let reopening = sent.read::<ReopenRequest>()?.parse()?;
                desk::reopen(tx, case, actor, reopening).await?;
            }
            Self::Convert => {
                let conversion = sent.read::<ConvertRequest>()?.parse()?;
                desk::convert(tx, case, actor, conversion).await?;
            }
            Self::Categorise => {
                let request: CaseCategoryRequest = sent.read()?;
                desk::categorise(tx, case, actor, request.parse()).await?;
            }
            Self::Move => {
                desk::move_state(tx, case, actor, &sent.read::<MoveRequest>()?).await?;
            }
            Self::Unmerge => {
                let request: UnmergeRequest = sent.read()?;
                desk::unmerge(tx, case, actor, &request.reason).await?;
            }
        }
        Ok(None)
    }
}

/// Does something with a case, once, and goes back to its page, which says that it was done. A refusal is shown at the form it belongs to.
pub async fn act(
    action: Action,
    staff: Staff<may::HandleCases>,
    reference: PathName,
    posted: Posted,
) -> HandlerResult {
    let (form, flash) = action.form();
    let fields = posted.0;
    let once = OneTimeForm::of(&staff, &format!("{form} {}", reference.0), &fields);
    let done = once.execute(&staff, async |tx| {
        let viewer = Viewer::of(staff.member());
        let case = cases::seen_by_reference(tx, viewer, &reference.0).await?;
        if action.decides() {
            require_unchanged(tx, &case, (&staff, &fields), |_| true).await?;
        }
        let otherwise = action.run(tx, &case, &staff, &fields).await?;
        if let Ok(typed) = form.parse() {
            unsent::forget(tx, case.id, staff.member().id, typed).await?;
        }
        Ok(otherwise
            .unwrap_or(flash)
            .at(&format!("/balie/meldingen/{}", case.reference)))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let refused = Refused::new(problem, fields, staff.site.language)?;
            again(&staff, &reference.0, form, refused).await
        }
    }
}

/// Shows the page again with what went wrong.
async fn again(
    staff: &Staff<may::HandleCases>,
    reference: &str,
    form: &'static str,
    refused: Refused,
) -> HandlerResult {
    let language = staff.site.language;
    let is_stale = refused.code == Code::CaseChanged;
    let outcome = FormOutcome {
        form,
        seen: is_stale.then(|| refused.fields.text(SEEN).to_owned()),
        state: FormState::refused_on(form, refused.fields, &refused.errors, language),
        notice: refused.notice,
    };
    show(staff, reference, outcome, refused.status).await
}
