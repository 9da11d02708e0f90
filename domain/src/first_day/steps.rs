//! What is still to be done before a municipality opens. What was done is seen from what is there, so nobody is asked twice.

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, QueryFilter,
    sea_query::{Expr, Query},
};
use serde::{Deserialize, Serialize};
use tenants::{StaffId, TenantState, TenantTx, staff, text_enum, typed_id};
use utoipa::ToSchema;

use super::entity::decision::{self, Column};
use crate::{Error, FieldErrors, bundles, cases, clocks, forms, house_style, text, texts};

typed_id! {
    /// That a step was put off or set aside.
    DecisionId
}

text_enum! {
    /// A step of the first day.
    Step {
        /// The house style.
        Style = "style",
        /// The texts that residents meet.
        Texts = "texts",
        /// Working configuration of another municipality.
        Bundle = "bundle",
        /// Opening hours and closing days.
        Calendar = "calendar",
        /// How soon residents hear.
        Promise = "promise",
        /// What residents are asked.
        Form = "form",
        /// Colleagues.
        People = "people",
        /// Sending a message to see what becomes of it.
        Trial = "trial",
    }
}

text_enum! {
    /// Where a step stands.
    StepState {
        /// It is still to be done.
        Open = "open",
        /// It was put off.
        Later = "later",
        /// It is not needed here.
        Dismissed = "dismissed",
        /// It was done.
        Done = "done",
    }
}

impl StepState {
    /// Whether it still is to be done some day.
    #[must_use]
    pub const fn is_left(self) -> bool {
        matches!(self, Self::Open | Self::Later)
    }
}

/// A step and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FirstDayStep)]
pub struct StepItem {
    /// Its name.
    pub step: Step,
    /// Where it stands.
    pub state: StepState,
}

/// The first day of a municipality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FirstDay {
    /// `preparing` until somebody opens it.
    pub state: TenantState,
    /// The steps in their order.
    pub steps: Vec<StepItem>,
}

impl FirstDay {
    /// The step to do now: the first that was neither done nor put off.
    #[must_use]
    pub fn next(&self) -> Option<Step> {
        let open = |item: &&StepItem| item.state == StepState::Open;
        self.steps.iter().find(open).map(|item| item.step)
    }

    /// What is left to do, also when it was put off.
    pub fn left(&self) -> impl Iterator<Item = StepItem> {
        let steps = self.steps.iter().copied();
        steps.filter(|item| item.state.is_left())
    }

    /// How many steps were done or set aside.
    #[must_use]
    pub fn finished(&self) -> usize {
        self.steps.len() - self.left().count()
    }
}

/// What is decided about a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schema(as = FirstDayStepRequest)]
pub struct StepRequest {
    /// `later`, `dismissed`, or `open` to do it after all.
    #[serde(default)]
    #[schema(example = "later")]
    pub state: String,
}

/// Where all steps stand, for somebody who looks. Two statements.
pub async fn first_day(
    tx: &TenantTx,
    state: TenantState,
    viewer: StaffId,
) -> Result<FirstDay, Error> {
    let mut query = Query::select();
    for step in Step::ALL {
        let shows = match step {
            Step::Style => house_style::any_own(tx),
            Step::Texts => texts::any_own(tx),
            Step::Bundle => bundles::any_activated(tx),
            Step::Calendar => clocks::any_calendar_set(tx),
            Step::Promise => clocks::any_rule_set(tx),
            Step::Form => forms::any_published(tx),
            Step::People => staff::others(tx, viewer),
            Step::Trial => cases::any_trial(tx),
        };
        query.expr_as(Expr::exists(shows), step.as_str());
    }
    let found = tx.query_one(&query).await?.ok_or(Error::NotFound)?;
    let decisions = tx.find::<decision::Entity>().all(tx).await?;
    let decided = |step: Step| decisions.iter().find(|row| row.step == step);
    let mut steps = Vec::new();
    for step in Step::ALL.iter().copied() {
        let is_done: bool = found.try_get("", step.as_str())?;
        let state = match decided(step) {
            _ if is_done => StepState::Done,
            Some(row) => row.state,
            None => StepState::Open,
        };
        steps.push(StepItem { step, state });
    }
    Ok(FirstDay { state, steps })
}

/// Puts a step off, sets it aside, or takes it up again.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn decide(
    tx: &TenantTx,
    actor: StaffId,
    step: Step,
    request: &StepRequest,
) -> Result<(), Error> {
    let mut errors = FieldErrors::default();
    let state = text::read_choice::<StepState>(&mut errors, "state", &request.state);
    if state == Some(StepState::Done) {
        // Whether it was done is seen from what is there.
        errors.add("state", "not_an_option");
    }
    errors.into_result()?;
    keep(tx, actor, step, state.unwrap_or(StepState::Open)).await
}

/// Keeps where a step stands from now on.
pub(super) async fn keep(
    tx: &TenantTx,
    actor: StaffId,
    step: Step,
    state: StepState,
) -> Result<(), Error> {
    tx.delete::<decision::Entity>()
        .filter(Column::Step.eq(step))
        .exec(tx)
        .await?;
    if state == StepState::Open {
        return Ok(());
    }
    tx.insert(decision::ActiveModel {
        tenant_id: Set(tx.tenant()),
        id: Set(tx.new_id()),
        step: Set(step),
        state: Set(state),
        author_id: Set(actor),
        decided_at: Set(tx.now()),
    })
    .await?;
    Ok(())
}
