//! What the list can be narrowed by and changed to, and the names in it.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, sea_query::UnionType};
use tenants::{Permission, Role, TenantTx, permission, staff};
use uuid::Uuid;

use super::{Reader, SavedView, preferences, tags, views};
use crate::{
    Error, Language,
    cases::{self, Category},
    teams,
    workflow::{self, State, WorkflowDraft},
};

/// Something to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its id; of a category its key, of a tag the tag.
    pub value: String,
    /// Its name.
    pub name: String,
    /// Its name in English; empty when it is called the same.
    pub english: String,
    /// Whether it can still be chosen for a case.
    pub active: bool,
    /// Of a category of the second level: key of the one it is below.
    pub parent: Option<String>,
}

impl Named {
    /// Its name in a language.
    #[must_use]
    pub fn label(&self, language: Language) -> &str {
        match language {
            Language::English if !self.english.is_empty() => &self.english,
            _ => &self.name,
        }
    }
}

impl From<&Category> for Named {
    fn from(category: &Category) -> Self {
        Self {
            value: category.key.clone(),
            name: category.label_nl.clone(),
            english: category.label_en.clone(),
            active: category.active,
            parent: category.parent.clone(),
        }
    }
}

/// What the list can be narrowed by and changed to, each by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Who works here.
    pub staff: Vec<Named>,
    /// The ids of those who are away now.
    pub away: Vec<String>,
    /// The teams.
    pub teams: Vec<Named>,
    /// The categories.
    pub categories: Vec<Named>,
    /// The kinds of the municipality's own.
    pub kinds: Vec<Named>,
    /// The states of the workflows that new messages get, each with its workflow.
    pub states: Vec<(String, State)>,
    /// The tags that cases have.
    pub tags: Vec<Named>,
    /// The reader's saved views, and those that all share.
    pub views: Vec<SavedView>,
    /// Whether single keys do something for the reader.
    pub shortcuts: bool,
}

impl Choices {
    /// The state that messages of a kind stand in; of an older version the one of the same code.
    #[must_use]
    pub fn state(&self, kind: &str, code: &str) -> Option<&State> {
        let known = self.states.iter().filter(|(_, state)| state.code == code);
        let own = known.clone().find(|(of, _)| of == kind);
        own.or_else(|| known.clone().next()).map(|(_, state)| state)
    }

    /// The states as choices, each code once.
    #[must_use]
    pub fn state_names(&self) -> Vec<Named> {
        let mut names: Vec<Named> = Vec::new();
        for (_, state) in &self.states {
            if !names.iter().any(|known| known.value == state.code) {
                names.push(Named {
                    value: state.code.clone(),
                    name: state.label.nl.clone(),
                    english: state.label.en.clone(),
                    active: true,
                    parent: None,
                });
            }
        }
        names.sort_by_cached_key(|one| one.name.to_lowercase());
        names
    }

    /// The name of something with this value; the value itself when it is not there.
    #[must_use]
    pub fn name<'a>(list: &'a [Named], value: &'a str, language: Language) -> &'a str {
        let found = list.iter().find(|one| one.value == value);
        found.map_or(value, |one| one.label(language))
    }
}

/// Sorts categories by name, those of the second level below theirs.
fn sort_categories(categories: &mut [Named], below: &HashMap<String, String>) {
    let names: HashMap<String, String> = (categories.iter())
        .map(|one| (one.value.clone(), one.name.to_lowercase()))
        .collect();
    for one in categories.iter_mut() {
        one.parent = below.get(&one.value).cloned();
    }
    categories.sort_by_cached_key(|one| {
        let first = one.parent.as_ref().unwrap_or(&one.value);
        let name = names.get(first).cloned().unwrap_or_default();
        (name, one.parent.is_some(), one.name.to_lowercase())
    });
}

/// What the list can be narrowed by and changed to. One statement.
pub async fn choices(tx: &TenantTx, reader: &Reader) -> Result<Choices, Error> {
    let mut all = staff::named(tx);
    for list in [
        teams::named(tx),
        teams::away_named(tx),
        cases::categories_named(tx),
        cases::category_parents_named(tx),
        tags::named(tx),
        workflow::kinds_named(tx),
        workflow::workflows_named(tx),
        views::named(tx, reader.staff),
        preferences::named(tx, reader.staff),
    ] {
        all.union(UnionType::All, list);
    }
    let mut choices = Choices {
        shortcuts: true,
        ..Choices::default()
    };
    let mut below: HashMap<String, String> = HashMap::new();
    for row in tx.query_all(&all).await? {
        let text = |name: &str| -> Result<String, Error> { Ok(row.try_get("", name)?) };
        let id: Option<Uuid> = row.try_get("", "id")?;
        let mut named = Named {
            value: id.map(|id| id.to_string()).unwrap_or_default(),
            name: text("label")?,
            english: text("other")?,
            active: row.try_get("", "active")?,
            parent: None,
        };
        let word = text("word")?;
        match text("list")?.as_str() {
            "staff" => {
                let roles: Vec<Role> = serde_json::from_str(&word).unwrap_or_default();
                named.active &= permission::allowed(&roles, Permission::HandleCases);
                choices.staff.push(named);
            }
            "away" => choices.away.push(named.value),
            "team" => choices.teams.push(named),
            "category" => {
                named.value = word;
                choices.categories.push(named);
            }
            "below" => below.extend([(word, named.name)]),
            "kind" => {
                named.value = word;
                choices.kinds.push(named);
            }
            "workflow" => {
                let draft: WorkflowDraft = serde_json::from_str(&word).map_err(Error::bug)?;
                let workflow = draft.parse().map_err(Error::bug)?;
                let states = workflow.states().iter().cloned();
                (choices.states).extend(states.map(|state| (named.name.clone(), state)));
            }
            "tag" => {
                named.value.clone_from(&named.name);
                choices.tags.push(named);
            }
            "view" => choices.views.extend(id.and_then(|id| {
                let shared = named.active;
                SavedView::parse(id.into(), named.name, &word, shared)
            })),
            _ => choices.shortcuts = named.active,
        }
    }
    for list in [&mut choices.staff, &mut choices.teams, &mut choices.tags] {
        list.sort_by_cached_key(|one| one.name.to_lowercase());
    }
    sort_categories(&mut choices.categories, &below);
    // One's own first.
    choices
        .views
        .sort_by_cached_key(|view| (view.shared, view.name.to_lowercase()));
    Ok(choices)
}
