//! The configuration that holds here.

use std::collections::BTreeMap;

use tenants::{Tenant, TenantTx, tenant};

use super::parts::{
    KindWorkflow, OwnBlocks, OwnKind, OwnKinds, OwnPlaces, OwnRules, OwnWords, Section, TeamNames,
};
use crate::{
    Error, automation,
    bundles::{GiftProposal, Promise, Route, Routing},
    cases, clocks, elsewhere, forms, gifts, house_style, routing, teams, text_blocks, workflow,
};

/// Every part that holds now, in the order in which they are applied.
pub(super) async fn sections(tx: &TenantTx, tenant: &Tenant) -> Result<Vec<Section>, Error> {
    let mut found = Vec::new();
    let categories = cases::categories(tx, None).await?;
    let is_used = |key: &String| (categories.iter()).any(|one| one.active && one.key == *key);
    if let Some(office) = Error::optional(clocks::current_office(tx).await)? {
        let today = office.calendar.local_day(tx.now());
        found.push(Section::Calendar(Box::new((*office.definition).clone())));
        let versions = clocks::rules(tx).await?;
        for version in clocks::in_force(&versions, today) {
            // Nothing new gets a category that is out of use, so nothing is promised about it.
            if !version.terms.applies.category.as_ref().is_none_or(is_used) {
                continue;
            }
            found.push(Section::Promise(Box::new(Promise {
                rule: version.rule.clone(),
                terms: version.terms.clone(),
            })));
        }
    }
    let teams = teams::teams(tx, None).await?;
    let used = teams.iter().filter(|team| team.active);
    found.push(Section::Teams(TeamNames {
        names: used.map(|team| team.name.clone()).collect(),
    }));
    let mut routes: Vec<Route> = (categories.iter().filter(|category| category.active))
        .map(|category| {
            let mut used = teams.iter().filter(|team| team.active);
            let team = used.find(|team| Some(team.id) == category.team_id);
            Route {
                category: category.key.clone(),
                label: category.label_nl.clone(),
                label_en: category.label_en.clone(),
                parent: category.parent.clone().unwrap_or_default(),
                team: team.map(|team| team.name.clone()).unwrap_or_default(),
            }
        })
        .collect();
    routes.sort_by(|one, other| one.category.cmp(&other.category));
    found.push(Section::Routing(Routing { routes }));
    let (kinds, workflows) = workflow::in_use(tx).await?;
    let own = kinds.into_iter().filter(|kind| kind.own);
    let mut own: Vec<OwnKind> = own
        .map(|kind| OwnKind {
            code: kind.code,
            label_nl: kind.label_nl,
            label_en: kind.label_en,
            nature: kind.nature,
            formal: kind.formal,
        })
        .collect();
    own.sort_by(|one, other| one.code.cmp(&other.code));
    found.push(Section::CaseKinds(OwnKinds { kinds: own }));
    for (kind, workflow) in workflows {
        let own = KindWorkflow { kind, workflow };
        found.push(Section::Workflow(Box::new(own)));
    }
    for form in forms::list(tx, None).await? {
        let definition = form.form.definition().clone();
        found.push(Section::Form(Box::new(definition)));
    }
    let (_, rules) = gifts::rules(tx).await?;
    found.push(Section::GiftRules(Box::new(GiftProposal {
        rules,
        budget_cents: None,
    })));
    let said = tenant::own_texts(tx).await?;
    let texts = said
        .into_iter()
        .map(|(name, said)| (name, said.into_iter().collect::<BTreeMap<_, _>>()));
    found.push(Section::OwnTexts(OwnWords {
        texts: texts.collect(),
    }));
    let look = house_style::live_look(tx, tenant).await?;
    found.push(Section::HouseStyle(look));
    let rules = automation::in_use(tx).await?;
    found.push(Section::Rules(OwnRules { rules }));
    found.push(Section::RoutingList(routing::in_use(tx).await?));
    let places = elsewhere::in_use(tx).await?;
    found.push(Section::Elsewhere(OwnPlaces { places }));
    let blocks = text_blocks::in_use(tx).await?;
    found.push(Section::TextBlocks(OwnBlocks { blocks }));
    found.sort_by_cached_key(Section::place);
    Ok(found)
}
