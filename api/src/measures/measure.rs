//! The page of a measure: its form, the messages it came of, and what it did.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    measures::{
        self, Effect, LinkRequest, Measure, MeasureCase, MeasureDetail, MeasureId, MeasureRequest,
        MeasureState,
    },
    text,
};
use serde::Deserialize;
use tenants::{Grants, Permission, TenantTx, permission::may};

use super::choices::{Choices, Known, sample, tone};
use crate::{
    csrf::{Fields, Posted},
    extract::{Id, Query, Staff},
    html::{self, Flash, FormPage, FormState, Notice, Page, Refused, SampleFrame, Samples},
    idempotency::OneTimeForm,
    problem::{HandlerResult, Problem},
};

/// The list.
pub(super) const LIST: &str = "/balie/maatregelen";

/// A message that a new measure comes of.
struct Chosen {
    reference: String,
    title: String,
}

/// A measure that is there.
struct Existing {
    id: String,
    title: String,
    state: MeasureState,
    tone: &'static str,
    cases: Vec<MeasureCase>,
    effect: Option<Effect>,
    published_at: Option<chrono::DateTime<chrono::Utc>>,
    is_outdated: bool,
}

/// What the reader may do.
#[derive(Clone, Copy)]
struct Rights {
    handle: bool,
    publish: bool,
    read_cases: bool,
    link: bool,
}

#[derive(Template)]
#[template(path = "measures/measure.html")]
pub(super) struct MeasurePage {
    page: Page,
    /// The measure; none for a new one.
    existing: Option<Existing>,
    chosen: Vec<Chosen>,
    form: FormState,
    /// What it says now, when somebody else changed it meanwhile.
    now: Option<FormState>,
    notice: Option<Notice>,
    choices: Choices,
    rights: Rights,
}

fn fields_of(measure: &Measure) -> Fields {
    fn text<T: ToString>(value: Option<T>) -> String {
        value.map(|value| value.to_string()).unwrap_or_default()
    }
    Fields::from_pairs([
        ("title", measure.title.clone()),
        ("said", measure.said.clone()),
        ("change", measure.change.clone()),
        ("result", measure.result.clone()),
        ("category", text(measure.category.as_ref())),
        ("staffId", text(measure.staff_id)),
        ("teamId", text(measure.team_id)),
        ("plannedOn", text(measure.planned_on)),
        ("state", measure.state.to_string()),
        ("reason", measure.reason.clone()),
        ("expectedVersion", measure.version.to_string()),
    ])
}

impl MeasurePage {
    fn new(
        page: Page,
        known: &Known,
        (detail, chosen): (Option<MeasureDetail>, Vec<Chosen>),
        shown: FormPage,
        rights: Rights,
    ) -> Self {
        // What was typed in the field of a message is no measure.
        let is_blank = shown.form.fields().get("title").is_none();
        let mut form = shown.form;
        let mut now = None;
        if let Some(detail) = &detail {
            let stored = fields_of(&detail.measure);
            let version = detail.measure.version.to_string();
            if is_blank {
                for (name, value) in stored.iter() {
                    form = form.with(name, value.to_owned());
                }
            } else if shown.status == StatusCode::CONFLICT {
                now = Some(FormState::filled(stored));
            }
            // Who was told that somebody was before them may go on from there.
            form = form.with("expectedVersion", version);
        }
        let existing = detail.map(|detail| Existing {
            id: detail.measure.id.to_string(),
            tone: tone(detail.measure.state),
            state: detail.measure.state,
            title: detail.measure.title,
            cases: detail.cases,
            effect: detail.effect,
            published_at: detail.measure.published_at,
            is_outdated: detail.is_outdated,
        });
        Self {
            choices: known.choices(&form, page.language),
            existing,
            chosen,
            form,
            now,
            notice: shown.notice,
            rights,
            page,
        }
    }

    fn title(&self) -> String {
        match &self.existing {
            Some(measure) => measure.title.clone(),
            None => self.page.tr("measure-new"),
        }
    }

    fn action(&self) -> String {
        match &self.existing {
            Some(measure) => format!("{LIST}/{}", measure.id),
            None => LIST.to_owned(),
        }
    }

    /// What it did, in a sentence.
    fn effect(&self) -> Option<String> {
        let effect = self.existing.as_ref()?.effect?;
        let values = [
            ("days", effect.days.to_string()),
            ("before", effect.before.to_string()),
            ("after", effect.after.to_string()),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        Some(self.page.language.text_with("measure-effect", &values))
    }
}

fn rights<P: Grants>(reader: &Staff<P>) -> Rights {
    Rights {
        handle: reader.may(Permission::HandleMeasures),
        publish: reader.may(Permission::PublishMeasures),
        read_cases: reader.may(Permission::ReadCases),
        link: reader.may(Permission::HandleCases),
    }
}

async fn show<P: Grants>(reader: &Staff<P>, id: MeasureId, shown: FormPage) -> HandlerResult {
    let tx = reader.read().await?;
    let detail = measures::detail(&tx, reader.member(), id).await?;
    let known = Known::read(&tx).await?;
    let status = shown.status;
    let what = (Some(detail), Vec::new());
    let page = MeasurePage::new(Page::staff(reader), &known, what, shown, rights(reader));
    html::render(status, &page)
}

/// The form for a new measure that comes of these messages.
async fn show_new<P: Grants>(
    reader: &Staff<P>,
    references: &[String],
    mut shown: FormPage,
) -> HandlerResult {
    let tx = reader.read().await?;
    let chosen = measures::chosen(&tx, reader.member(), references).await?;
    let known = Known::read(&tx).await?;
    if shown.form.fields().get("category").is_none() {
        let category = chosen.iter().find_map(|case| case.category.clone());
        shown.form = shown.form.with("category", category.unwrap_or_default());
    }
    let chosen = chosen.into_iter().map(|case| Chosen {
        reference: case.reference,
        title: case.title,
    });
    let status = shown.status;
    let what = (None, chosen.collect());
    let page = MeasurePage::new(Page::staff(reader), &known, what, shown, rights(reader));
    html::render(status, &page)
}

/// The message that a new measure comes of.
#[derive(Deserialize)]
pub struct NewQuery {
    melding: Option<String>,
}

/// The form for a new measure.
pub async fn blank(actor: Staff<may::HandleMeasures>, query: Query<NewQuery>) -> HandlerResult {
    let references: Vec<String> = query.0.melding.into_iter().collect();
    show_new(&actor, &references, FormPage::default()).await
}

/// The form for a new measure that comes of the messages that were chosen in a list. Nothing is kept.
pub async fn from_queue(actor: Staff<may::HandleMeasures>, posted: Posted) -> HandlerResult {
    let chosen: Vec<String> = posted.0.all("kies").map(str::to_owned).collect();
    show_new(&actor, &chosen, FormPage::default()).await
}

/// Writes a measure down, once.
pub async fn add(actor: Staff<may::HandleMeasures>, posted: Posted) -> HandlerResult {
    let fields = posted.0;
    let once = OneTimeForm::of(&actor, LIST, &fields);
    let done = once.execute(&actor, async |tx| {
        let request: MeasureRequest = fields.read()?;
        let measure = measures::add(tx, actor.member(), &request).await?;
        Ok(Flash::MeasureKept.at(&format!("{LIST}/{}", measure.id)))
    });
    match done.await {
        Ok(answer) => Ok(answer),
        Err(problem) => {
            let references: Vec<String> = fields.all("cases").map(str::to_owned).collect();
            let refused = Refused::new(problem, fields, actor.site.language)?;
            show_new(&actor, &references, refused.on("measure")).await
        }
    }
}

/// A measure.
pub async fn page(reader: Staff<may::ReadMeasures>, id: Id<MeasureId>) -> HandlerResult {
    show(&reader, id.0, FormPage::default()).await
}

async fn act<P: Grants>(
    actor: &Staff<P>,
    id: MeasureId,
    posted: Posted,
    work: impl AsyncFnOnce(&TenantTx, &Fields) -> Result<(), Problem>,
) -> HandlerResult {
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            work(tx, fields).await?;
            let place = format!("{LIST}/{id}");
            Ok(html::redirect_with_flash(Flash::MeasureKept, &place))
        },
        async |refused| show(actor, id, refused.on("measure")).await,
    )
    .await
}

/// Changes a measure.
pub async fn replace(
    actor: Staff<may::HandleMeasures>,
    id: Id<MeasureId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member();
    act(&actor, id.0, posted, async |tx, fields| {
        measures::replace(tx, by, id.0, &fields.read()?).await?;
        Ok(())
    })
    .await
}

/// Puts a message to a measure.
pub async fn link(
    actor: Staff<may::HandleCases>,
    id: Id<MeasureId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member();
    act(&actor, id.0, posted, async |tx, fields| {
        Ok(measures::link(tx, by, id.0, &fields.read::<LinkRequest>()?).await?)
    })
    .await
}

/// Takes a message from a measure.
pub async fn unlink(
    actor: Staff<may::HandleCases>,
    id: Id<MeasureId>,
    posted: Posted,
) -> HandlerResult {
    let by = actor.member();
    act(&actor, id.0, posted, async |tx, fields| {
        Ok(measures::unlink(tx, by, id.0, &fields.read::<LinkRequest>()?).await?)
    })
    .await
}

impl Samples for MeasurePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let known = Known::default();
        let rights = Rights {
            handle: true,
            publish: true,
            read_cases: true,
            link: true,
        };
        let case = |number: u128, told_at, can_be_told| MeasureCase {
            id: uuid::Uuid::from_u128(number).into(),
            reference: format!("7K4H-9XT{number}"),
            title: "Ik begrijp de brief niet".to_owned(),
            told_at,
            can_be_told,
        };
        let detail = |state| {
            let measure = sample(state);
            MeasureDetail {
                cases: vec![case(2, Some(measure.made_at), false), case(3, None, true)],
                effect: (state == MeasureState::Done).then_some(Effect {
                    days: 30,
                    before: 12,
                    after: 4,
                }),
                is_outdated: state == MeasureState::Done,
                measure,
            }
        };
        let page = |detail, chosen, shown, rights| {
            Self::new(frame.staff(), &known, (detail, chosen), shown, rights)
        };
        let chosen = vec![Chosen {
            reference: "7K4H-9XT2".to_owned(),
            title: text::clean_line("Ik begrijp de brief niet"),
        }];
        let refused = FormPage::refused_sample("title", "required", frame.language);
        let reads = Rights {
            handle: false,
            publish: false,
            link: false,
            ..rights
        };
        vec![
            page(None, chosen, FormPage::default(), rights),
            page(None, Vec::new(), refused, rights),
            page(
                Some(detail(MeasureState::Done)),
                Vec::new(),
                FormPage::default(),
                rights,
            ),
            page(
                Some(detail(MeasureState::Dropped)),
                Vec::new(),
                FormPage::default(),
                reads,
            ),
        ]
    }
}
