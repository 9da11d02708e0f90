//! Publishing a measure: how residents read it, what may be about a person, and who is told.

use askama::Template;
use domain::{
    measures::{self, Mark, MeasureCase, MeasureId, MeasureState, Publication, PublishRequest},
    practices::passages,
};
use tenants::permission::may;

use super::{choices::sample, measure::LIST, public::Told};
use crate::{
    csrf::Posted,
    extract::{Id, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples},
    idempotency::OneTimeForm,
    problem::HandlerResult,
};

#[derive(Template)]
#[template(path = "measures/publishing.html")]
pub(super) struct PublishingPage {
    page: Page,
    id: String,
    version: i64,
    title: String,
    told: Told,
    marks: Vec<Mark>,
    cases: Vec<MeasureCase>,
    /// Whether the form was sent before.
    is_refused: bool,
    form: FormState,
    notice: Option<Notice>,
}

impl PublishingPage {
    fn new(page: Page, what: Publication, shown: FormPage) -> Self {
        let measure = what.measure;
        Self {
            id: measure.id.to_string(),
            version: measure.version,
            title: measure.title,
            told: Told::of(what.copy),
            marks: what.marks,
            cases: what.cases,
            is_refused: !shown.form.errors().is_empty(),
            form: shown.form,
            notice: shown.notice,
            page,
        }
    }

    /// Whether the resident of a message is to be told: as it was chosen, and everybody to begin with.
    fn is_told(&self, case: &MeasureCase) -> bool {
        let chosen = self.form.chose("tell", &case.id.to_string());
        case.can_be_told && (chosen || !self.is_refused)
    }
}

async fn show(
    actor: &Staff<may::PublishMeasures>,
    id: MeasureId,
    shown: FormPage,
) -> HandlerResult {
    let tx = actor.read().await?;
    let zone = actor.site.tenant.zone;
    let what = measures::publication(&tx, actor.member(), id, zone).await?;
    let status = shown.status;
    html::render(
        status,
        &PublishingPage::new(Page::staff(actor), what, shown),
    )
}

/// What is looked at before a measure is published.
pub async fn page(actor: Staff<may::PublishMeasures>, id: Id<MeasureId>) -> HandlerResult {
    show(&actor, id.0, FormPage::default()).await
}

/// Publishes a measure and tells who was chosen.
pub async fn publish(
    actor: Staff<may::PublishMeasures>,
    id: Id<MeasureId>,
    posted: Posted,
) -> HandlerResult {
    let fields = posted.0;
    let place = format!("{LIST}/{}", id.0);
    let once = OneTimeForm::of(&actor, &format!("{place}/publiceren"), &fields);
    let done = once.execute(&actor, async |tx| {
        let request: PublishRequest = fields.read()?;
        measures::publish(tx, actor.member(), id.0, &request, actor.site.links()).await?;
        Ok(Flash::MeasurePublished.at(&place))
    });
    let answer = match done.await {
        Ok(answer) => answer,
        Err(problem) => {
            let refused = Refused::new(problem, fields, actor.site.language)?;
            show(&actor, id.0, refused.on("measure")).await?
        }
    };
    actor.site.forget_tenant().await;
    Ok(answer)
}

/// Takes a measure off the page of residents.
pub async fn withdraw(
    actor: Staff<may::PublishMeasures>,
    id: Id<MeasureId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member();
    let answer = html::form_page(
        &actor.site,
        posted.0,
        async |tx, _| {
            measures::withdraw(tx, by, id.0).await?;
            let place = format!("{LIST}/{}", id.0);
            Ok(html::redirect_with_flash(Flash::MeasureWithdrawn, &place))
        },
        async |refused| show(&actor, id.0, refused.on("measure")).await,
    )
    .await?;
    actor.site.forget_tenant().await;
    Ok(answer)
}

impl Samples for PublishingPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let case = |number: u128, can_be_told| MeasureCase {
            id: uuid::Uuid::from_u128(number).into(),
            reference: format!("7K4H-9XT{number}"),
            title: "Ik begrijp de brief niet".to_owned(),
            told_at: None,
            can_be_told,
        };
        let page = |state: MeasureState, marks, cases, shown| {
            let measure = sample(state);
            let what = Publication {
                copy: Told::sample(&measure).measure,
                measure,
                marks,
                cases,
            };
            Self::new(frame.staff(), what, shown)
        };
        let mark = Mark {
            field: "change",
            passages: passages("Wij belden Jan de Vries en dat hielp."),
        };
        let refused = FormPage::refused_sample("confirmed", "measure_about_person", frame.language);
        vec![
            page(
                MeasureState::Doing,
                Vec::new(),
                vec![case(2, true), case(3, false)],
                FormPage::default(),
            ),
            page(MeasureState::Dropped, vec![mark], Vec::new(), refused),
        ]
    }
}
