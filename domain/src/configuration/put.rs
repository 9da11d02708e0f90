//! Putting a part in force and taking one out of use, by the verbs of the room it is about.

use std::collections::HashMap;

use tenants::{StaffId, Tenant, TenantTx, tenant};

use super::parts::{OwnKind, OwnKinds, OwnWords, Section, TeamNames};
use crate::{
    Error, Language, automation,
    bundles::{Promise, Routing},
    cases::{self, Category, CategoryChange, NewCategory},
    clocks::{self, RuleTerms},
    elsewhere, form_editor, gifts, house_style, routing,
    teams::{self, TeamInput},
    text_blocks,
    texts::{self, TextRequest},
    workflow::{self, CaseKind, KindChange, NewKind},
};

/// What a version that came this way says about itself.
fn note() -> String {
    Language::Dutch.text("configuration-note")
}

/// Puts a part in force.
pub(super) async fn put(
    tx: &TenantTx,
    tenant: &Tenant,
    section: &Section,
    actor: Option<StaffId>,
) -> Result<(), Error> {
    match section {
        Section::Calendar(calendar) => {
            clocks::set_calendar(tx, calendar, None, actor).await?;
        }
        Section::Teams(teams) => put_teams(tx, teams, actor).await?,
        Section::Routing(routing) => put_routing(tx, routing, actor).await?,
        Section::CaseKinds(kinds) => put_kinds(tx, kinds, actor).await?,
        Section::Form(form) => {
            let slug = form.key.clone();
            form_editor::publish(tx, &slug, (**form).clone(), &note(), actor).await?;
        }
        Section::Workflow(own) => {
            let workflow = own.workflow.clone();
            workflow::put_live(tx, actor, &own.kind, workflow, &note()).await?;
        }
        Section::Promise(promise) => {
            let Promise { rule, terms } = promise.as_ref();
            clocks::set_rule(tx, rule, terms, None, actor).await?;
        }
        Section::GiftRules(proposal) => {
            let (version, _) = gifts::rules(tx).await?;
            gifts::set_rules(tx, &proposal.rules, version, actor).await?;
        }
        Section::OwnTexts(words) => put_texts(tx, words, actor).await?,
        Section::HouseStyle(look) => house_style::put_live(tx, tenant, actor, look).await?,
        Section::Rules(own) => {
            automation::put_all(tx, actor, own.rules.clone(), &note()).await?;
        }
        Section::RoutingList(list) => {
            routing::put_all(tx, actor, list.clone(), &note()).await?;
        }
        Section::Elsewhere(own) => elsewhere::put_all(tx, actor, &own.places).await?,
        Section::TextBlocks(own) => text_blocks::put_all(tx, actor, &own.blocks).await?,
    }
    Ok(())
}

/// Takes a part out of use: a form is no longer filled in, a promise no longer made. What was promised stays promised.
pub(super) async fn take(
    tx: &TenantTx,
    section: &Section,
    actor: Option<StaffId>,
) -> Result<(), Error> {
    match section {
        Section::Form(form) => {
            let known = form_editor::versions(tx, &form.key, None).await?;
            if let Some(live) = known.into_iter().find(|version| version.live) {
                form_editor::withdraw(tx, &form.key, live.number, &note(), actor).await?;
            }
        }
        Section::Promise(promise) => {
            let terms = RuleTerms {
                ended: true,
                ..promise.terms.clone()
            };
            clocks::set_rule(tx, &promise.rule, &terms, None, actor).await?;
        }
        _ => {}
    }
    Ok(())
}

async fn put_teams(tx: &TenantTx, wanted: &TeamNames, actor: Option<StaffId>) -> Result<(), Error> {
    let known = teams::teams(tx, None).await?;
    for team in &known {
        let name = team.name.to_lowercase();
        let named = (wanted.names.iter()).find(|wanted| wanted.to_lowercase() == name);
        let (name, active) = (named.unwrap_or(&team.name), named.is_some());
        if *name != team.name || active != team.active {
            teams::set_use(tx, actor, team, (name, active)).await?;
        }
    }
    for name in &wanted.names {
        let lower = name.to_lowercase();
        if known.iter().any(|team| team.name.to_lowercase() == lower) {
            continue;
        }
        let new = TeamInput {
            name: name.clone(),
            active: true,
            members: Vec::new(),
            deputies: Vec::new(),
        };
        teams::add(tx, actor, &new).await?;
    }
    Ok(())
}

async fn put_routing(
    tx: &TenantTx,
    routing: &Routing,
    actor: Option<StaffId>,
) -> Result<(), Error> {
    let teams = teams::teams(tx, None).await?;
    let known = cases::categories(tx, None).await?;
    // Those below another one go first and come last. What is called or placed otherwise goes as well, so that its name and place are free.
    let stays = |category: &&Category| {
        routing.routes.iter().any(|route| {
            (&route.category, &route.label, &route.label_en)
                == (&category.key, &category.label_nl, &category.label_en)
                && route.parent == category.parent.as_deref().unwrap_or_default()
        })
    };
    let (below, above): (Vec<_>, Vec<_>) = (known.iter())
        .filter(|category| category.active && !stays(category))
        .partition(|category| category.parent.is_some());
    for gone in below.into_iter().chain(above) {
        let change = CategoryChange {
            label_nl: gone.label_nl.clone(),
            label_en: gone.label_en.clone(),
            parent: gone.parent.clone().unwrap_or_default(),
            team_id: String::new(),
            active: false,
        };
        cases::set_category(tx, actor, gone.id, &change).await?;
    }
    let (first, second): (Vec<_>, Vec<_>) = (routing.routes.iter())
        .enumerate()
        .partition(|(_, route)| route.parent.is_empty());
    for (number, route) in first.into_iter().chain(second) {
        let mut used = teams.iter().filter(|team| team.active);
        let team = used.find(|team| team.name == route.team);
        if team.is_none() && !route.team.is_empty() {
            let at = format!("routes.{number}.team");
            return Err(Error::invalid(&at, "not_an_option"));
        }
        let team_id = team.map(|team| team.id.to_string()).unwrap_or_default();
        let (label_nl, label_en) = (route.label.clone(), route.label_en.clone());
        let category = known.iter().find(|known| known.key == route.category);
        if let Some(category) = category {
            let change = CategoryChange {
                label_nl,
                label_en,
                parent: route.parent.clone(),
                team_id,
                active: true,
            };
            cases::set_category(tx, actor, category.id, &change).await?;
        } else {
            let new = NewCategory {
                key: route.category.clone(),
                label_nl,
                label_en,
                parent: route.parent.clone(),
                team_id,
            };
            cases::add_category(tx, actor, &new).await?;
        }
    }
    Ok(())
}

async fn put_kinds(tx: &TenantTx, wanted: &OwnKinds, actor: Option<StaffId>) -> Result<(), Error> {
    let known = workflow::kinds(tx, None).await?;
    let is_as = |kind: &OwnKind, held: &CaseKind| {
        (&kind.code, &kind.label_nl, &kind.label_en) == (&held.code, &held.label_nl, &held.label_en)
            && kind.formal == held.formal
    };
    // What is called otherwise goes as well, so that its name is free.
    let stays = |held: &&CaseKind| wanted.kinds.iter().any(|kind| is_as(kind, held));
    let used = known.iter().filter(|kind| kind.own && kind.active);
    for gone in used.filter(|kind| !stays(kind)) {
        let change = KindChange {
            label_nl: gone.label_nl.clone(),
            label_en: gone.label_en.clone(),
            formal: gone.formal,
            active: false,
        };
        workflow::change_kind(tx, actor, &gone.code, &change).await?;
    }
    for (number, kind) in wanted.kinds.iter().enumerate() {
        let (label_nl, label_en) = (kind.label_nl.clone(), kind.label_en.clone());
        match known.iter().find(|known| known.code == kind.code) {
            Some(held) if held.nature != kind.nature || !held.own => {
                let at = format!("kinds.{number}.nature");
                return Err(Error::invalid(&at, "not_an_option"));
            }
            Some(held) if held.active && is_as(kind, held) => {}
            Some(_) => {
                let change = KindChange {
                    label_nl,
                    label_en,
                    formal: kind.formal,
                    active: true,
                };
                workflow::change_kind(tx, actor, &kind.code, &change).await?;
            }
            None => {
                let new = NewKind {
                    code: kind.code.clone(),
                    label_nl,
                    label_en,
                    nature: kind.nature.to_string(),
                    formal: kind.formal,
                };
                workflow::add_kind(tx, actor, &new).await?;
            }
        }
    }
    Ok(())
}

async fn put_texts(tx: &TenantTx, wanted: &OwnWords, actor: Option<StaffId>) -> Result<(), Error> {
    let held = tenant::own_texts(tx).await?;
    let none = HashMap::new();
    for entry in texts::ENTRIES {
        let now = held.get(entry.name).unwrap_or(&none);
        let then = wanted.texts.get(entry.name);
        let words: HashMap<String, Option<String>> = (Language::ALL.iter())
            .map(ToString::to_string)
            .filter_map(|language| {
                let word = then.and_then(|said| said.get(&language)).cloned();
                (now.get(&language) != word.as_ref()).then_some((language, word))
            })
            .collect();
        if !words.is_empty() {
            let request = TextRequest { words };
            match texts::change(tx, actor, entry.name, request).await {
                Err(Error::Invalid(errors)) => {
                    return Err(Error::Invalid(
                        errors.below(&format!("texts.{}", entry.name)),
                    ));
                }
                changed => changed?,
            };
        }
    }
    Ok(())
}
