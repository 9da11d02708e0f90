//! "U zei, wij deden": what residents read of what is done differently.

use askama::Template;
use domain::{
    measures::{self, Measure, MeasureState, PublishedMeasure},
    thinking_along::{self, AnsweredRound},
};

use super::choices::{sample, tone};
use crate::{
    extract::{Guest, Municipality},
    html::{self, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

/// A measure as residents read it.
pub(super) struct Told {
    pub(super) measure: PublishedMeasure,
    pub(super) tone: &'static str,
}

impl Told {
    pub(super) fn of(measure: PublishedMeasure) -> Self {
        Self {
            tone: tone(measure.state),
            measure,
        }
    }

    pub(super) fn sample(measure: &Measure) -> Self {
        let measure = measure.clone();
        Self::of(PublishedMeasure {
            id: measure.id,
            title: measure.title,
            said: measure.said,
            change: measure.change,
            result: measure.result,
            state: measure.state,
            reason: measure.reason,
            messages: (measure.state == MeasureState::Done).then_some(11),
            published_on: measure.made_at.date_naive(),
        })
    }

    /// What was done, or why it is not, and what that did.
    pub(super) fn texts(&self) -> Vec<&str> {
        let measure = &self.measure;
        let first = match measure.state {
            MeasureState::Dropped => &measure.reason,
            _ => &measure.change,
        };
        let texts = [first.as_str(), measure.result.as_str()].into_iter();
        texts.filter(|text| !text.is_empty()).collect()
    }
}

#[derive(Template)]
#[template(path = "measures/public.html")]
pub(super) struct PublicPage {
    page: Page,
    measures: Vec<Told>,
    /// What was decided on proposals.
    rounds: Vec<AnsweredRound>,
}

/// What residents said and what was done.
pub async fn page(_: Municipality, guest: Guest) -> HandlerResult {
    let tx = guest.site.read().await?;
    let published = measures::published(&tx, None).await?;
    html::ok(&PublicPage {
        page: Page::guest(&guest),
        rounds: thinking_along::answered(&tx).await?,
        measures: published.into_iter().map(Told::of).collect(),
    })
}

impl Samples for PublicPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let told = |(number, state): (u128, &MeasureState)| {
            Told::sample(&Measure {
                id: uuid::Uuid::from_u128(number).into(),
                ..sample(*state)
            })
        };
        let all = (5..).zip(MeasureState::ALL).map(told).collect();
        [Vec::new(), all]
            .map(|measures| Self {
                page: frame.resident(),
                rounds: Vec::new(),
                measures,
            })
            .into()
    }
}
