//! The list of rules as a page: what holds, and the form that changes the draft.

use actix_web::http::StatusCode;
use askama::Template;
use domain::{
    Code, FieldErrors, Language,
    cases::{self, Category},
    routing::{
        self, AnswerChoice, RoutingChoices, RoutingDraft, RoutingRequest, RoutingVersion,
        RoutingView, RuleDraft,
    },
    teams::{Team, TeamId},
};
use tenants::{Grants, Permission, permission::may};

use crate::{
    csrf::{Fields, Posted},
    extract::Staff,
    html::{
        self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples, dashed,
        values::{Choice, Names, names},
    },
    problem::{HandlerResult, Problem},
};

/// Empty rows for more rules.
const EMPTY_ROWS: usize = 2;
/// Where the list is.
pub(super) const PATH: &str = "/beheer/verdeling";

/// A rule in the form.
pub(super) struct RuleRow {
    /// Beginning of the names of its fields.
    place: String,
    /// Counted from 1.
    number: usize,
    typed: RuleDraft,
    forms: Vec<Choice>,
    kinds: Vec<Choice>,
    categories: Vec<Choice>,
    answers: Vec<Choice>,
    teams: Vec<Choice>,
    to_categories: Vec<Choice>,
    is_new: bool,
}

impl RuleRow {
    fn name(&self, field: &str) -> String {
        format!("{}.{field}", self.place)
    }
}

#[derive(Template)]
#[template(path = "routing/routing.html")]
pub(super) struct RoutingPage {
    page: Page,
    view: RoutingView,
    form: FormState,
    notice: Option<Notice>,
    /// The rules in words: what each asks, and where it sends.
    list: Vec<RuleWords>,
    default_team: String,
    /// Whether the rules in words are those of somebody else, above what was typed.
    is_stale: bool,
    rows: Vec<RuleRow>,
    default_teams: Vec<Choice>,
    versions: Vec<(RoutingVersion, String)>,
    may_manage: bool,
}

/// A rule in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RuleWords {
    /// What it asks.
    pub(super) asks: String,
    /// Where it sends.
    pub(super) goes: String,
}

/// What a field of a list of rules is called, with the number of its row.
pub(super) fn field_name(field: &str, language: Language) -> Option<String> {
    let mut parts = field.split('.');
    let (list, number, field) = (parts.next()?, parts.next(), parts.next());
    let (Some(number), Some(field)) = (number, field) else {
        let key = format!("routing-field-{}", dashed(list));
        return language.has(&key).then(|| language.text(&key));
    };
    let number = number.parse::<usize>().ok()? + 1;
    let field = language.text(&format!("routing-field-{}", dashed(field)));
    let values = [("number", number.to_string()), ("field", field)];
    let values = values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    Some(language.text_with("routing-row", &values))
}

/// The name of a team; one that is no longer used is told by the sentence `aside`.
fn team_name(choices: &RoutingChoices, id: &str, aside: &str, language: Language) -> String {
    let of = |teams: &[Team]| {
        let found = teams.iter().find(|team| team.id.to_string() == id);
        found.map(|team| team.name.clone())
    };
    let told = |name: String| language.text_with(aside, &[("team", &name)]);
    of(&choices.teams)
        .or_else(|| of(&choices.teams_aside).map(told))
        .unwrap_or_else(|| language.text("routing-no-team"))
}

/// The rules in words.
pub(super) fn in_words(
    draft: &RoutingDraft,
    choices: &RoutingChoices,
    language: Language,
) -> Vec<RuleWords> {
    let category = |key: &str| {
        let found = choices
            .categories
            .iter()
            .find(|category| category.key == key);
        found.map_or_else(
            || key.to_owned(),
            |category| category.label(language).to_owned(),
        )
    };
    let form = |slug: &str| {
        let found = choices.forms.iter().find(|(known, _)| known == slug);
        found.map_or_else(|| slug.to_owned(), |(_, title)| title.clone())
    };
    let kind = |code: &str| {
        let found = choices.kinds.iter().find(|kind| kind.code == code);
        found.map_or_else(|| code.to_owned(), |kind| kind.label(language).to_owned())
    };
    let answer = |value: &str| {
        let found = choices.answers.iter().find(|answer| answer.value == value);
        found.map_or_else(|| value.to_owned(), |answer| answer.text.clone())
    };
    let words = |rule: &RuleDraft| {
        let asked = [
            ("form", &rule.form, form(&rule.form)),
            ("kind", &rule.kind, kind(&rule.kind)),
            ("category", &rule.category, category(&rule.category)),
            ("answer", &rule.answer, answer(&rule.answer)),
            ("place", &rule.place, rule.place.clone()),
        ];
        let asked = asked.iter().filter(|(_, word, _)| !word.is_empty());
        let asks: Vec<String> = asked
            .map(|(field, _, text)| {
                let field = language.text(&format!("routing-field-{field}"));
                language.text_with("routing-asks", &[("field", &field), ("value", text)])
            })
            .collect();
        let team = team_name(choices, &rule.team_id, "routing-rule-aside", language);
        let goes = match rule.to_category.as_str() {
            "" => team,
            key => {
                let values = [("team", team.as_str()), ("category", &category(key))];
                language.text_with("routing-goes-with", &values)
            }
        };
        RuleWords {
            asks: asks.join("; "),
            goes,
        }
    };
    draft.rules.iter().map(words).collect()
}

fn of_faults(faults: &FieldErrors, language: Language) -> FormPage {
    let name = |field: &str| field_name(field, language);
    FormPage {
        form: FormState::refused_as(Fields::default(), faults, language, name),
        ..FormPage::default()
    }
}

/// The categories to choose from, those of the second level below theirs.
fn categories(known: &[Category], chosen: &str, language: Language) -> Vec<Choice> {
    let choice = |category: &&Category| {
        let label = category.label(language);
        let text = match category.parent {
            Some(_) => format!("– {label}"),
            None => label.to_owned(),
        };
        Choice::new(&category.key, text, category.key == chosen)
    };
    cases::as_tree(known).iter().map(choice).collect()
}

fn teams(known: &[Team], chosen: &str) -> Vec<Choice> {
    let ids = known.iter().map(|team| (team.id.to_string(), &team.name));
    ids.map(|(id, name)| Choice::new(&id, name, id == chosen))
        .collect()
}

fn rows(draft: &RoutingDraft, choices: &RoutingChoices, language: Language) -> Vec<RuleRow> {
    let blank = std::iter::repeat_n(RuleDraft::default(), EMPTY_ROWS);
    let all = draft.rules.iter().cloned().chain(blank).enumerate();
    let mut answers: Vec<&AnswerChoice> = Vec::new();
    for answer in &choices.answers {
        if !answers.iter().any(|known| known.value == answer.value) {
            answers.push(answer);
        }
    }
    let row = |(number, typed): (usize, RuleDraft)| RuleRow {
        place: format!("rules.{number}"),
        number: number + 1,
        forms: (choices.forms.iter())
            .map(|(slug, title)| Choice::new(slug, title, *slug == typed.form))
            .collect(),
        kinds: (choices.kinds.iter())
            .map(|kind| Choice::new(&kind.code, kind.label(language), kind.code == typed.kind))
            .collect(),
        categories: categories(&choices.categories, &typed.category, language),
        answers: (answers.iter())
            .map(|one| Choice::new(&one.value, &one.text, one.value == typed.answer))
            .collect(),
        teams: teams(&choices.teams, &typed.team_id),
        to_categories: categories(&choices.categories, &typed.to_category, language),
        is_new: typed == RuleDraft::default(),
        typed,
    };
    all.map(row).collect()
}

impl RoutingPage {
    fn new(
        page: Page,
        (view, stored, choices): (RoutingView, Option<RoutingDraft>, &RoutingChoices),
        versions: Vec<(RoutingVersion, String)>,
        (shown, may_manage): (Option<FormPage>, bool),
    ) -> Self {
        let language = page.language;
        let listed = stored.as_ref().unwrap_or(&view.routing);
        let faults = view.routing.parse().err().unwrap_or_default();
        let shown = shown.unwrap_or_else(|| of_faults(&faults, language));
        Self {
            list: in_words(listed, choices, language),
            default_team: team_name(
                choices,
                &listed.default_team_id,
                "routing-team-aside",
                language,
            ),
            is_stale: stored.is_some(),
            rows: if may_manage {
                rows(&view.routing, choices, language)
            } else {
                Vec::new()
            },
            default_teams: teams(&choices.teams, &view.routing.default_team_id),
            page,
            view,
            form: shown.form,
            notice: shown.notice,
            versions,
            may_manage,
        }
    }
}

/// What is worked on, or what was typed when that could not be kept: below what somebody else kept meanwhile, when `is_stale`.
async fn show<P: Grants>(
    reader: &Staff<P>,
    typed: Option<RoutingDraft>,
    (shown, is_stale): (Option<FormPage>, bool),
) -> HandlerResult {
    let tx = reader.read().await?;
    let mut view = routing::view(&tx).await?;
    let mut stored = None;
    if let Some(typed) = typed {
        let before = std::mem::replace(&mut view.routing, typed);
        stored = is_stale.then_some(before);
    }
    let choices = routing::choices(&tx, reader.site.language).await?;
    let people: Names = names(&tx).await?;
    let versions = routing::versions(&tx, None).await?.into_iter();
    let versions = versions.map(|version| {
        let author = version.author.and_then(|author| people.get(&author));
        (version, author.cloned().unwrap_or_default())
    });
    let status = shown.as_ref().map_or(StatusCode::OK, |shown| shown.status);
    let may_manage = reader.may(Permission::ManageWorkflows);
    let page = RoutingPage::new(
        Page::staff(reader),
        (view, stored, &choices),
        versions.collect(),
        (shown, may_manage),
    );
    html::render(status, &page)
}

/// To which team messages go.
pub async fn page(reader: Staff<may::ReadWorkflows>) -> HandlerResult {
    show(&reader, None, (None, false)).await
}

/// Keeps the draft.
pub async fn save(actor: Staff<may::ManageWorkflows>, posted: Posted) -> HandlerResult {
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            routing::save_draft(tx, fields.read()?).await?;
            Ok(html::redirect_with_flash(Flash::RoutingKept, PATH))
        },
        async |mut refused| {
            let typed: Result<RoutingRequest, Problem> = refused.fields.read();
            let typed = typed.ok().map(RoutingRequest::draft);
            if typed.is_some() {
                // The rules stand where they were moved to, and no longer under the names that were sent.
                refused.fields = Fields::default();
            }
            let (language, is_stale) = (refused.language(), refused.code == Code::Changed);
            let shown = refused.named(|field| field_name(field, language));
            show(&actor, typed, (Some(shown), is_stale)).await
        },
    )
    .await
}

/// A list that is worked on, with what it can name, for samples.
pub(super) fn sample() -> (RoutingView, RoutingChoices) {
    let team = |number, name: &str| Team {
        id: TeamId::from(uuid::Uuid::from_u128(number)),
        name: name.to_owned(),
        active: true,
        members: Vec::new(),
        deputies: Vec::new(),
    };
    let choices = RoutingChoices {
        forms: vec![("melding".to_owned(), "Melding openbare ruimte".to_owned())],
        answers: vec![AnswerChoice {
            value: "waar:park".to_owned(),
            form: "melding".to_owned(),
            text: "Waar is het? In een park".to_owned(),
        }],
        teams: vec![team(1, "Afval"), team(2, "Groen")],
        ..RoutingChoices::default()
    };
    let rule = |answer: &str, place: &str, number| RuleDraft {
        form: "melding".to_owned(),
        answer: answer.to_owned(),
        place: place.to_owned(),
        team_id: uuid::Uuid::from_u128(number).to_string(),
        ..RuleDraft::default()
    };
    let view = RoutingView {
        routing: RoutingDraft {
            rules: vec![rule("waar:park", "", 2), rule("", "1741, Haven", 1)],
            default_team_id: uuid::Uuid::from_u128(2).to_string(),
        },
        revision: 3,
        has_draft: true,
        live: Some(1),
    };
    (view, choices)
}

impl Samples for RoutingPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let (view, choices) = sample();
        let versions = || {
            let version = RoutingVersion {
                number: 1,
                note: "Groen apart".to_owned(),
                author: None,
                published_at: chrono::DateTime::UNIX_EPOCH,
                routing: RoutingDraft::default(),
            };
            vec![(version, "Ruben Postma".to_owned())]
        };
        let page = |view: RoutingView, versions, may_manage| {
            Self::new(
                frame.staff(),
                (view, None, &choices),
                versions,
                (None, may_manage),
            )
        };
        let none = RoutingView {
            routing: RoutingDraft::default(),
            revision: 0,
            has_draft: false,
            live: None,
        };
        let mut never = view.clone();
        never
            .routing
            .rules
            .extend(view.routing.rules.first().cloned());
        vec![
            page(none, Vec::new(), true),
            page(view, versions(), false),
            page(never, versions(), true),
        ]
    }
}
