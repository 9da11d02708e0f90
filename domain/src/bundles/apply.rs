//! Putting a part in force and taking it back, by the verbs of the room it is about: nothing here writes another room's rows.

use serde_json::Value;
use tenants::{Permission, TenantTx, staff::StaffMember};

use super::{
    content::{Content, Promise, Routing},
    format::PartKind,
    own::Own,
};
use crate::{
    Error,
    cases::{self, CategoryChange, NewCategory},
    clocks::{self, RuleTerms},
    form_editor, gifts,
    teams::{self, TeamInput},
};

/// What whoever puts a part in force has to be allowed.
pub(super) const fn permission(kind: PartKind) -> Permission {
    match kind {
        PartKind::Form => Permission::EditForms,
        PartKind::Promise => Permission::ManageCalendars,
        PartKind::Routing => Permission::ManageCategories,
        PartKind::GiftRules => Permission::ManageGifts,
        _ => Permission::AdoptBundles,
    }
}

/// Puts a part in force.
pub(super) async fn apply(
    tx: &TenantTx,
    own: &Own,
    content: Content,
    note: &str,
    actor: &StaffMember,
) -> Result<(), Error> {
    match content {
        Content::Form(definition) => {
            let slug = definition.key.clone();
            form_editor::publish(tx, &slug, *definition, note, Some(actor.id)).await?;
        }
        Content::Promise(promise) => {
            let Promise { rule, terms } = *promise;
            clocks::set_rule(tx, &rule, &terms, None, Some(actor.id)).await?;
        }
        Content::GiftRules(proposal) => {
            let (version, _) = own.gifts.as_ref().ok_or(Error::NotFound)?;
            gifts::set_rules(tx, &proposal.rules, *version, actor.id).await?;
        }
        Content::Routing(routing) => route(tx, own, &routing, actor).await?,
        Content::Document(_) => {}
    }
    Ok(())
}

async fn route(
    tx: &TenantTx,
    own: &Own,
    routing: &Routing,
    actor: &StaffMember,
) -> Result<(), Error> {
    let mut made = Vec::new();
    // What others are below comes first.
    let (first, second): (Vec<_>, Vec<_>) =
        (routing.routes.iter()).partition(|route| route.parent.is_empty());
    for route in first.into_iter().chain(second) {
        let known = (own.team(&route.team).into_iter())
            .chain(
                made.iter()
                    .filter(|team: &&teams::Team| team.name == route.team),
            )
            .next()
            .map(|team| team.id);
        let team = match known {
            Some(id) => Some(id),
            None if route.team.is_empty() => None,
            None => {
                let new = TeamInput {
                    name: route.team.clone(),
                    active: true,
                    members: Vec::new(),
                    deputies: Vec::new(),
                };
                let team = teams::add(tx, Some(actor.id), &new).await?;
                let id = team.id;
                made.push(team);
                Some(id)
            }
        };
        let team_id = team.map(|id| id.to_string()).unwrap_or_default();
        if let Some(category) = own.category(&route.category) {
            let change = CategoryChange {
                label_nl: route.label.clone(),
                label_en: route.label_en.clone(),
                parent: route.parent.clone(),
                team_id,
                active: true,
            };
            cases::change_category(tx, actor, category.id, &change).await?;
        } else {
            let new = NewCategory {
                key: route.category.clone(),
                label_nl: route.label.clone(),
                label_en: route.label_en.clone(),
                parent: route.parent.clone(),
                team_id,
            };
            cases::add_category(tx, Some(actor.id), &new).await?;
        }
    }
    Ok(())
}

/// Takes a part back: what was before it holds again, and what was not there before is no longer used.
pub(super) async fn take_back(
    tx: &TenantTx,
    own: &Own,
    content: Content,
    before: Option<&Value>,
    note: &str,
    actor: &StaffMember,
) -> Result<(), Error> {
    match (content, before) {
        (Content::Form(definition), None) => {
            let slug = &definition.key;
            let live = form_editor::versions(tx, slug, None).await?;
            if let Some(live) = live.into_iter().find(|version| version.live) {
                form_editor::withdraw(tx, slug, live.number, note, actor.id).await?;
            }
            Ok(())
        }
        (Content::Promise(promise), None) => {
            if own.promise(&promise).is_none() {
                return Ok(());
            }
            let terms = RuleTerms {
                ended: true,
                ..promise.terms
            };
            clocks::set_rule(tx, &promise.rule, &terms, None, Some(actor.id)).await?;
            Ok(())
        }
        (Content::Routing(routing), before) => {
            let before = before
                .map(|value| Content::parse(PartKind::Routing, value))
                .transpose()?;
            let known = match &before {
                Some(Content::Routing(known)) => known.routes.as_slice(),
                _ => &[],
            };
            let is_known = |key: &str| known.iter().any(|route| route.category == key);
            for made in routing
                .routes
                .iter()
                .filter(|route| !is_known(&route.category))
            {
                if let Some(category) = own.category(&made.category) {
                    let change = CategoryChange {
                        label_nl: category.label_nl.clone(),
                        label_en: category.label_en.clone(),
                        parent: category.parent.clone().unwrap_or_default(),
                        team_id: String::new(),
                        active: false,
                    };
                    cases::change_category(tx, actor, category.id, &change).await?;
                }
            }
            let routes = known.to_vec();
            route(tx, own, &Routing { routes }, actor).await
        }
        (content, Some(before)) => {
            let kind = match content {
                Content::Form(_) => PartKind::Form,
                Content::Promise(_) => PartKind::Promise,
                Content::GiftRules(_) => PartKind::GiftRules,
                Content::Routing(_) | Content::Document(_) => return Ok(()),
            };
            if own.of(&content, None)?.as_ref() == Some(before) {
                return Ok(());
            }
            apply(tx, own, Content::parse(kind, before)?, note, actor).await
        }
        (Content::GiftRules(_) | Content::Document(_), None) => Ok(()),
    }
}
