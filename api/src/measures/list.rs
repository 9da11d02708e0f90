//! The list of what is done differently.

use askama::Template;
use chrono::NaiveDate;
use domain::measures::{self, Measure, MeasureState};
use tenants::{Permission, permission::may};

use super::choices::{Known, sample, tone};
use crate::{
    extract::Staff,
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

struct Row {
    id: String,
    title: String,
    owner: String,
    planned_on: Option<NaiveDate>,
    state: MeasureState,
    tone: &'static str,
    is_published: bool,
}

#[derive(Template)]
#[template(path = "measures/list.html")]
pub(super) struct MeasuresPage {
    page: Page,
    rows: Vec<Row>,
    may_handle: bool,
}

impl MeasuresPage {
    fn new(page: Page, measures: Vec<Measure>, known: &Known, may_handle: bool) -> Self {
        let row = |measure: Measure| Row {
            id: measure.id.to_string(),
            owner: known.owner(measure.staff_id, measure.team_id),
            title: measure.title,
            planned_on: measure.planned_on,
            tone: tone(measure.state),
            state: measure.state,
            is_published: measure.published_at.is_some(),
        };
        Self {
            page,
            rows: measures.into_iter().map(row).collect(),
            may_handle,
        }
    }
}

/// What is done differently.
pub async fn page(reader: Staff<may::ReadMeasures>) -> HandlerResult {
    let tx = reader.read().await?;
    let measures = measures::measures(&tx, None).await?;
    let known = Known::read(&tx).await?;
    let may_handle = reader.may(Permission::HandleMeasures);
    html::ok(&MeasuresPage::new(
        Page::staff(&reader),
        measures,
        &known,
        may_handle,
    ))
}

impl Samples for MeasuresPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let all = MeasureState::ALL
            .iter()
            .map(|state| sample(*state))
            .collect();
        let known = Known::default();
        vec![
            Self::new(frame.staff(), Vec::new(), &known, true),
            Self::new(frame.staff(), all, &known, false),
        ]
    }
}
