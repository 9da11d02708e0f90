//! A municipality's own configuration, in the shape of the parts of a bundle.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;
use tenants::TenantTx;

use super::{
    AdoptedPart,
    content::{Content, GiftProposal, Promise, Route, Routing},
};
use crate::{
    Error,
    cases::{self, Category},
    clocks::{self, RuleVersion},
    forms::{self, Definition},
    gift_ledger::{self, Budget},
    gifts::{self, GiftRules},
    teams::{self, Team},
};

/// What is read of it: only what the parts are about.
#[derive(Default)]
pub(super) struct Own {
    /// Live forms, by address.
    pub forms: BTreeMap<String, Definition>,
    /// Every promise, and the local day of today; nothing without a calendar.
    pub promises: Option<(Vec<RuleVersion>, NaiveDate)>,
    /// Whether it is open on any day at all.
    pub opens: bool,
    /// Rules of gifts, with the number of their version.
    pub gifts: Option<(i64, GiftRules)>,
    /// Budgets that are open.
    pub budgets: Vec<Budget>,
    /// Categories.
    pub categories: Vec<Category>,
    /// Teams.
    pub teams: Vec<Team>,
}

fn json(value: &impl serde::Serialize) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(Error::bug)
}

impl Own {
    /// Reads what these parts are about.
    pub async fn read<'c>(
        tx: &TenantTx,
        contents: impl Iterator<Item = &'c Content>,
    ) -> Result<Self, Error> {
        let mut own = Self::default();
        let (mut asks_promises, mut asks_gifts, mut asks_routing) = (false, false, false);
        for content in contents {
            match content {
                Content::Form(definition) => {
                    let found = Error::optional(forms::availability(tx, &definition.key).await)?;
                    if let Some(live) = found.and_then(|found| found.live) {
                        let definition = live.form.definition().clone();
                        own.forms.insert(definition.key.clone(), definition);
                    }
                }
                Content::Promise(_) => asks_promises = true,
                Content::GiftRules(_) => asks_gifts = true,
                Content::Routing(_) => asks_routing = true,
                Content::Document(_) => {}
            }
        }
        if asks_promises {
            own.read_promises(tx).await?;
        }
        if asks_gifts {
            own.gifts = Some(gifts::rules(tx).await?);
            own.budgets = gift_ledger::budgets(tx).await?;
            own.budgets.retain(|budget| budget.closed_at.is_none());
        }
        if asks_routing || asks_promises {
            own.categories = cases::categories(tx, None).await?;
        }
        if asks_routing {
            own.teams = teams::teams(tx, None).await?;
        }
        Ok(own)
    }

    /// Reads the promises, with the day they are asked for.
    pub async fn read_promises(&mut self, tx: &TenantTx) -> Result<(), Error> {
        if let Some(office) = Error::optional(clocks::current_office(tx).await)? {
            let today = office.calendar.local_day(tx.now());
            self.opens = office.calendar.next_open_day(today).is_some();
            self.promises = Some((clocks::rules(tx).await?, today));
        }
        Ok(())
    }

    /// What it has in the place of a part; nothing when the part is new to it.
    pub fn of(
        &self,
        content: &Content,
        installed: Option<&AdoptedPart>,
    ) -> Result<Option<Value>, Error> {
        match content {
            Content::Form(definition) => self.forms.get(&definition.key).map(json).transpose(),
            Content::Promise(promise) => self.promise(promise).as_ref().map(json).transpose(),
            Content::GiftRules(proposal) => {
                let rules = self.gifts.as_ref().map(|(_, rules)| GiftProposal {
                    rules: rules.clone(),
                    budget_cents: proposal.budget_cents,
                });
                rules.as_ref().map(json).transpose()
            }
            Content::Routing(routing) => {
                let routes: Vec<Route> = (routing.routes.iter())
                    .filter_map(|route| self.category(&route.category))
                    .map(|category| self.route(category))
                    .collect();
                let known = (!routes.is_empty()).then_some(Routing { routes });
                known.as_ref().map(json).transpose()
            }
            Content::Document(_) => Ok(installed
                .filter(|part| part.taken)
                .map(|part| part.value.clone())),
        }
    }

    /// The promise for the same messages that holds today.
    pub fn promise(&self, like: &Promise) -> Option<Promise> {
        let (versions, today) = self.promises.as_ref()?;
        let held = clocks::in_force(versions, *today);
        let same = held.into_iter().find(|version| {
            version.terms.clock == like.terms.clock && version.terms.applies == like.terms.applies
        })?;
        Some(Promise {
            rule: same.rule.clone(),
            terms: same.terms.clone(),
        })
    }

    /// A category by its key.
    pub fn category(&self, key: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.key == key)
    }

    /// A team by its name, however it is written.
    pub fn team(&self, name: &str) -> Option<&Team> {
        let name = name.to_lowercase();
        self.teams
            .iter()
            .find(|team| team.name.to_lowercase() == name)
    }

    /// A category as a bundle names it.
    pub fn route(&self, category: &Category) -> Route {
        let team = self
            .teams
            .iter()
            .find(|team| Some(team.id) == category.team_id);
        // A category that is no longer used does not travel.
        let parent = (self.categories.iter())
            .find(|one| one.active && Some(&one.key) == category.parent.as_ref());
        Route {
            category: category.key.clone(),
            label: category.label_nl.clone(),
            label_en: category.label_en.clone(),
            parent: parent.map(|parent| parent.key.clone()).unwrap_or_default(),
            team: team.map(|team| team.name.clone()).unwrap_or_default(),
        }
    }
}
