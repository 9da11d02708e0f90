//! What a draft would have done, and publishing it, as a page.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Error, FieldErrors, Language,
    routing::{self, RoutingChoices, RoutingTrial, RoutingView, TeamCount},
};
use tenants::permission::may;

use super::pages::{self, PATH, RuleWords};
use crate::{
    csrf::{Fields, Posted},
    extract::Staff,
    html::{self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples},
    problem::HandlerResult,
};

/// A rule with how many messages it would have decided about.
pub(super) struct HitRow {
    words: RuleWords,
    hits: usize,
}

#[derive(Template)]
#[template(path = "routing/publishing.html")]
pub(super) struct PublishingPage {
    page: Page,
    view: RoutingView,
    form: FormState,
    notice: Option<Notice>,
    /// What would have happened; nothing when the draft does not work.
    trial: Option<RoutingTrial>,
    /// That in one sentence.
    sum: String,
    rows: Vec<HitRow>,
}

/// What a field of this page is called.
fn name(field: &str, language: Language) -> Option<String> {
    match field {
        "note" => Some(language.text("workflow-note")),
        field => pages::field_name(field, language),
    }
}

/// "41 meldingen: 12 naar Afval, 3 naar niemand."
fn sum(trial: &RoutingTrial, language: Language) -> String {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let team = |team: &TeamCount| {
        let number = team.count.to_string();
        language.text_with(
            "routing-sum-team",
            &[("count", &number), ("team", &team.name)],
        )
    };
    let mut parts: Vec<String> = trial.teams.iter().map(team).collect();
    if trial.nobody > 0 || parts.is_empty() {
        let number = trial.nobody.to_string();
        parts.push(language.text_with("routing-sum-nobody", &[("count", &number)]));
    }
    let messages = language.count("routing-sum", count(trial.messages));
    format!("{messages} {}.", parts.join(", "))
}

impl PublishingPage {
    fn new(
        page: Page,
        (view, choices): (RoutingView, &RoutingChoices),
        trial: Option<RoutingTrial>,
        shown: FormPage,
    ) -> Self {
        let language = page.language;
        let hits = trial.as_ref().map(|trial| trial.rules.clone());
        let words = pages::in_words(&view.routing, choices, language);
        Self {
            sum: (trial.as_ref()).map_or_else(String::new, |trial| sum(trial, language)),
            rows: (words.into_iter())
                .zip(hits.unwrap_or_default())
                .map(|(words, hits)| HitRow { words, hits })
                .collect(),
            page,
            view,
            form: shown.form,
            notice: shown.notice,
            trial,
        }
    }
}

async fn show(actor: &Staff<may::ManageWorkflows>, shown: Option<FormPage>) -> HandlerResult {
    let tx = actor.read().await?;
    let language = actor.site.language;
    let view = routing::view(&tx).await?;
    let choices = routing::choices(&tx, language).await?;
    let (trial, faults) = match routing::checked(&tx, &view.routing).await {
        Ok(table) => (
            Some(routing::trial(&tx, &table).await?),
            FieldErrors::default(),
        ),
        Err(Error::Invalid(faults)) => (None, faults),
        Err(error) => return Err(error.into()),
    };
    let shown = shown.unwrap_or_else(|| FormPage {
        form: FormState::refused_as(Fields::default(), &faults, language, |field| {
            name(field, language)
        }),
        status: StatusCode::OK,
        notice: None,
    });
    let status = shown.status;
    let page = PublishingPage::new(Page::staff(actor), (view, &choices), trial, shown);
    html::render(status, &page)
}

/// What the draft would have done.
pub async fn page(actor: Staff<may::ManageWorkflows>) -> HandlerResult {
    show(&actor, None).await
}

/// Publishes the draft.
pub async fn publish(actor: Staff<may::ManageWorkflows>, posted: Posted) -> HandlerResult {
    let by = actor.member().id;
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            routing::publish(tx, by, &fields.read()?).await?;
            Ok(html::redirect_with_flash(Flash::RoutingPublished, PATH))
        },
        async |refused| {
            let language = refused.language();
            let shown = refused.named(|field| name(field, language));
            show(&actor, Some(shown)).await
        },
    )
    .await
}

impl Samples for PublishingPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let team = |number, name: &str, count| TeamCount {
            team_id: uuid::Uuid::from_u128(number).into(),
            name: name.to_owned(),
            count,
        };
        let trial = RoutingTrial {
            messages: 41,
            rules: vec![12, 0],
            by_category: 20,
            by_default: 6,
            nobody: 3,
            teams: vec![team(2, "Groen", 26), team(1, "Afval", 12)],
        };
        let page = |trial, shown| {
            let (view, choices) = pages::sample();
            Self::new(frame.staff(), (view, &choices), trial, shown)
        };
        let refused = FormPage::refused_sample("note", "required", frame.language);
        vec![
            page(Some(trial.clone()), FormPage::default()),
            page(Some(RoutingTrial::default()), refused),
            page(None, FormPage::default()),
        ]
    }
}
