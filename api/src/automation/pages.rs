//! Rules as pages: the list, and one rule with its draft, what it would have done, its versions and what it did.

use askama::Template;
use domain::{
    Language,
    automation::{
        self, ActionDraft, ActionKind, ConditionDraft, ConditionKind, Event, Known, PublishRequest,
        RuleDraft, RuleId, RuleRequest, RuleVersion, RuleView, Run, SwitchRequest, Trial,
    },
};
use tenants::{Grants, Permission, permission::may};

use super::{
    api::viewer,
    words::{field_name, told},
};
use crate::{
    csrf::Posted,
    extract::{Id, Staff},
    html::{
        self, Flash, FormPage, FormState, Notice, Page, SampleFrame, Samples,
        values::{Choice, Names, names},
    },
    problem::{HandlerResult, Problem},
};

/// Empty rows for more conditions and actions.
const EMPTY_ROWS: usize = 2;
/// Runs on the page.
const RUNS: u64 = 20;

/// A rule in the list.
struct Listed {
    rule: RuleView,
    told: Vec<String>,
    owner: String,
    tone: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "automation/rules.html")]
pub(super) struct RulesPage {
    page: Page,
    rules: Vec<Listed>,
    form: FormState,
    may_manage: bool,
}

/// A condition in the form.
struct ConditionRow {
    place: String,
    typed: ConditionDraft,
    kinds: Vec<Choice>,
}

/// An action in the form.
struct ActionRow {
    place: String,
    typed: ActionDraft,
    kinds: Vec<Choice>,
    teams: Vec<Choice>,
    staff: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "automation/rule.html")]
pub(super) struct RulePage {
    page: Page,
    listed: Listed,
    form: FormState,
    notice: Option<Notice>,
    events: Vec<Choice>,
    conditions: Vec<ConditionRow>,
    actions: Vec<ActionRow>,
    /// What can be typed as a value.
    values: Vec<String>,
    trial: Option<Trial>,
    versions: Vec<(RuleVersion, String)>,
    runs: Vec<Run>,
    may_manage: bool,
}

fn listed(rule: RuleView, known: &Known, names: &Names, language: Language) -> Listed {
    let (tone, state) = match (rule.version, rule.active) {
        (0, _) => ("soon", "rule-state-draft"),
        (_, true) => ("ok", "rule-state-on"),
        (_, false) => ("quiet", "rule-state-off"),
    };
    Listed {
        told: told(&known.shown(rule.rule.clone(), language), language),
        owner: (rule.owner_id.and_then(|id| names.get(&id).cloned())).unwrap_or_default(),
        state: language.text(state),
        tone,
        rule,
    }
}

async fn show_list<P: Grants>(reader: &Staff<P>, shown: FormPage) -> HandlerResult {
    let tx = reader.read().await?;
    let rules = automation::rules(&tx, None).await?;
    let (known, names) = (automation::known(&tx).await?, names(&tx).await?);
    let page = Page::staff(reader);
    let rules = rules
        .into_iter()
        .map(|rule| listed(rule, &known, &names, page.language));
    let page = RulesPage {
        rules: rules.collect(),
        form: shown.form,
        may_manage: reader.may(Permission::ManageWorkflows),
        page,
    };
    html::render(shown.status, &page)
}

/// Which rules there are.
pub async fn list(reader: Staff<may::ReadWorkflows>) -> HandlerResult {
    show_list(&reader, FormPage::default()).await
}

fn path(id: RuleId) -> String {
    format!("/beheer/regels/{id}")
}

/// Makes a rule.
pub async fn add(actor: Staff<may::ManageWorkflows>, posted: Posted) -> HandlerResult {
    let by = actor.member().id;
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            let made = automation::add(tx, by, fields.read()?).await?;
            Ok(html::redirect_with_flash(Flash::RuleKept, &path(made.id)))
        },
        async |refused| show_list(&actor, refused.on("rule-field")).await,
    )
    .await
}

/// What can be typed as the value of a condition, as people know it.
fn values(known: &Known, language: Language) -> Vec<String> {
    let forms = known.forms.iter().map(|(_, title)| title.clone());
    let kinds = known
        .kinds
        .iter()
        .map(|kind| kind.label(language).to_owned());
    let categories = (known.categories.iter()).map(|one| one.label(language).to_owned());
    let teams = known.teams.iter().map(|team| team.name.clone());
    let mut values: Vec<String> = forms.chain(kinds).chain(categories).chain(teams).collect();
    values.sort();
    values.dedup();
    values
}

impl RulePage {
    fn new(
        page: Page,
        listed: Listed,
        known: &Known,
        (shown, may_manage): (FormPage, bool),
    ) -> Self {
        let language = page.language;
        let draft = known.shown(listed.rule.rule.clone(), language);
        let blank = std::iter::repeat_n(ConditionDraft::default(), EMPTY_ROWS);
        let conditions = draft.conditions.into_iter().chain(blank).enumerate();
        let conditions = conditions.map(|(number, typed)| ConditionRow {
            place: format!("conditions.{number}"),
            kinds: Choice::all(ConditionKind::ALL, "rule-condition", language, |word| {
                word == typed.what
            }),
            typed,
        });
        let blank = std::iter::repeat_n(ActionDraft::default(), EMPTY_ROWS);
        let kept = listed.rule.rule.actions.iter().cloned();
        let actions = kept
            .chain(blank)
            .enumerate()
            .map(|(number, typed)| ActionRow {
                place: format!("actions.{number}"),
                kinds: Choice::all(ActionKind::ALL, "rule-action", language, |word| {
                    word == typed.what
                }),
                teams: (known.teams.iter())
                    .map(|team| Choice::new(team.id.to_string(), &team.name, typed.is_for(team.id)))
                    .collect(),
                staff: (known.staff.iter())
                    .map(|one| Choice::new(one.id.to_string(), &one.name, typed.tells(one.id)))
                    .collect(),
                typed,
            });
        let event = listed.rule.rule.event.as_str();
        Self {
            events: Choice::all(Event::ALL, "rule-event", language, |word| word == event),
            conditions: conditions.collect(),
            actions: actions.collect(),
            values: values(known, language),
            form: shown.form,
            notice: shown.notice,
            trial: None,
            versions: Vec::new(),
            runs: Vec::new(),
            may_manage,
            listed,
            page,
        }
    }

    fn path(&self) -> String {
        path(self.listed.rule.id)
    }

    fn trial_path(&self) -> String {
        format!("{}/proef", self.path())
    }

    fn touched(&self, trial: &Trial) -> String {
        let number = i64::try_from(trial.touched).unwrap_or(i64::MAX);
        self.page.language.count("rule-trial-touched", number)
    }
}

/// What is shown beside a rule: what was typed when it could not be kept, and what it would have done.
#[derive(Default)]
struct Beside {
    typed: Option<RuleDraft>,
    shown: FormPage,
    trial: Option<Trial>,
}

async fn show<P: Grants>(reader: &Staff<P>, id: RuleId, beside: Beside) -> HandlerResult {
    let tx = reader.read().await?;
    let mut rule = automation::rule(&tx, id).await?;
    if let Some(typed) = beside.typed {
        rule.rule = typed;
    }
    let (known, names) = (automation::known(&tx).await?, names(&tx).await?);
    let page = Page::staff(reader);
    let status = beside.shown.status;
    let listed = listed(rule, &known, &names, page.language);
    let may_manage = reader.may(Permission::ManageWorkflows);
    let mut page = RulePage::new(page, listed, &known, (beside.shown, may_manage));
    page.trial = beside.trial;
    let versions = automation::versions(&tx, id, None).await?.into_iter();
    let author = |version: &RuleVersion| version.author.and_then(|id| names.get(&id).cloned());
    page.versions = versions
        .map(|version| (version.clone(), author(&version).unwrap_or_default()))
        .collect();
    page.runs = automation::runs(&tx, viewer(reader), id, Some(RUNS)).await?;
    html::render(status, &page)
}

/// One rule.
pub async fn page(reader: Staff<may::ReadWorkflows>, id: Id<RuleId>) -> HandlerResult {
    show(&reader, id.0, Beside::default()).await
}

/// What a rule would have done. Nothing is stored.
pub async fn try_out(reader: Staff<may::ReadWorkflows>, id: Id<RuleId>) -> HandlerResult {
    let tx = reader.read().await?;
    let rule = automation::rule(&tx, id.0).await?;
    let tried = match automation::checked(&tx, &rule.rule).await {
        Ok(checked) => automation::trial(&tx, &checked, viewer(&reader)).await,
        Err(error) => Err(error),
    };
    drop(tx);
    let language = reader.site.language;
    let beside = match tried {
        Ok(trial) => Beside {
            trial: Some(trial),
            ..Beside::default()
        },
        Err(error) => {
            let fields = crate::csrf::Fields::default();
            let refused = html::Refused::new(Problem::from(error), fields, language)?;
            Beside {
                shown: refused.named(|field| field_name(field, language)),
                ..Beside::default()
            }
        }
    };
    show(&reader, id.0, beside).await
}

async fn change(
    actor: &Staff<may::ManageWorkflows>,
    id: RuleId,
    posted: Posted,
    (flash, keeps): (Flash, bool),
    work: impl AsyncFnOnce(&tenants::TenantTx, &crate::csrf::Fields) -> Result<RuleView, Problem>,
) -> HandlerResult {
    html::form_page(
        &actor.site,
        posted.0,
        async |tx, fields| {
            work(tx, fields).await?;
            Ok(html::redirect_with_flash(flash, &path(id)))
        },
        async |refused| {
            let typed: Result<RuleRequest, Problem> = refused.fields.read();
            let typed = typed.ok().filter(|_| keeps).map(RuleRequest::draft);
            let language = refused.language();
            let shown = refused.named(|field| field_name(field, language));
            let beside = Beside {
                typed,
                shown,
                trial: None,
            };
            show(actor, id, beside).await
        },
    )
    .await
}

/// Keeps the draft.
pub async fn save(
    actor: Staff<may::ManageWorkflows>,
    id: Id<RuleId>,
    posted: Posted,
) -> HandlerResult {
    let how = (Flash::RuleKept, true);
    change(&actor, id.0, posted, how, async |tx, fields| {
        Ok(automation::save(tx, id.0, fields.read()?).await?)
    })
    .await
}

/// Publishes the draft.
pub async fn publish(
    actor: Staff<may::ManageWorkflows>,
    id: Id<RuleId>,
    posted: Posted,
) -> HandlerResult {
    let (by, how) = (actor.member().id, (Flash::RulePublished, false));
    change(&actor, id.0, posted, how, async |tx, fields| {
        let request: PublishRequest = fields.read()?;
        Ok(automation::publish(tx, by, id.0, &request).await?)
    })
    .await
}

/// Switches a rule on or off.
pub async fn switch(
    actor: Staff<may::ManageWorkflows>,
    id: Id<RuleId>,
    posted: Posted,
) -> HandlerResult {
    let (by, how) = (actor.member().id, (Flash::RuleSwitched, false));
    change(&actor, id.0, posted, how, async |tx, fields| {
        let request: SwitchRequest = fields.read()?;
        Ok(automation::switch(tx, by, id.0, request).await?)
    })
    .await
}

fn sample(version: i64, active: bool) -> RuleView {
    let condition = |what: ConditionKind, value: &str| ConditionDraft {
        what: what.to_string(),
        value: value.to_owned(),
        ..ConditionDraft::default()
    };
    RuleView {
        id: uuid::Uuid::from_u128(1).into(),
        name: "Spoed".to_owned(),
        owner_id: None,
        active,
        version,
        has_draft: version == 0,
        rule: RuleDraft {
            name: "Spoed".to_owned(),
            event: Event::Accepted.to_string(),
            conditions: vec![
                condition(ConditionKind::Category, "afval"),
                condition(ConditionKind::HasPhone, ""),
            ],
            actions: vec![ActionDraft {
                what: ActionKind::Tag.to_string(),
                text: "spoed".to_owned(),
                ..ActionDraft::default()
            }],
        },
        revision: 2,
    }
}

impl Samples for RulesPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let one = |version, active| {
            let rule = sample(version, active);
            listed(rule, &Known::default(), &Names::new(), language)
        };
        let page = |rules, form, may_manage| Self {
            page: frame.staff(),
            rules,
            form,
            may_manage,
        };
        let refused = FormPage::refused_sample("name", "required", language);
        vec![
            page(Vec::new(), FormState::empty(), true),
            page(vec![one(1, true), one(2, false)], FormState::empty(), false),
            page(vec![one(0, true)], refused.form, true),
        ]
    }
}

impl Samples for RulePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |rule: RuleView, shown, may_manage| {
            let listed = listed(rule, &Known::default(), &Names::new(), language);
            Self::new(
                frame.staff(),
                listed,
                &Known::default(),
                (shown, may_manage),
            )
        };
        let mut running = page(sample(2, true), FormPage::default(), true);
        running.trial = Some(Trial {
            looked_at: 120,
            touched: 41,
            references: vec!["WD4K7M2Q".to_owned()],
        });
        let version = RuleVersion {
            number: 2,
            note: "Ook zonder telefoon".to_owned(),
            author: None,
            published_at: chrono::DateTime::UNIX_EPOCH,
            rule: sample(2, true).rule,
        };
        running.versions = vec![(version, "Ruben Postma".to_owned())];
        let run = |failed, reference: Option<&str>| Run {
            at: chrono::DateTime::UNIX_EPOCH,
            event: Event::Accepted,
            version: 2,
            failed,
            reference: reference.map(str::to_owned),
        };
        running.runs = vec![run(false, Some("WD4K7M2Q")), run(true, None)];
        let refused = FormPage::refused_sample("actions.0.teamId", "rule_feeds_itself", language);
        vec![
            page(sample(0, true), FormPage::default(), false),
            running,
            page(sample(0, true), refused, true),
            page(sample(1, false), FormPage::default(), true),
        ]
    }
}
