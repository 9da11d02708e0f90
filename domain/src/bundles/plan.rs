//! What adopting a bundle would do here: part by part beside one's own configuration, with what to check first. Nothing is stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenants::{TenantTx, text_enum};
use utoipa::ToSchema;

use super::{
    AdoptedPart, AdoptionId, Answers, CheckedBundle, Conflict, Difference, PartHead, PartKind,
    Pick, Policy,
    adoption::active,
    compare::{self, Merge, differences},
    content::Content,
    inputs,
    own::Own,
};
use crate::{Error, FieldErrors, Language, deadlines::ServiceRule, form_editor};

text_enum! {
    /// What a part does here.
    PartState {
        /// There was nothing like it.
        New = "new",
        /// It changes what is here.
        Changed = "changed",
        /// It is here already.
        Same = "same",
        /// It joins what was changed here with what the bundle changed.
        Merged = "merged",
        /// Both sides changed the same.
        Conflict = "conflict",
    }
}

/// What to adopt, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct AdoptRequest {
    /// Id of the bundle on the exchange.
    #[schema(value_type = super::BundleId)]
    pub bundle: String,
    /// What is filled in, by key of the input; what is left out is as the bundle proposes. Amounts in cents.
    #[schema(value_type = Object)]
    pub answers: Answers,
    /// Keys of parts that are left out.
    pub skip: Vec<String>,
    /// Which text stays where both sides changed the same, by place; one's own when it is left out.
    #[schema(value_type = Object)]
    pub picks: BTreeMap<String, String>,
}

/// A part beside one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PlannedPart {
    /// Its name in the bundle.
    pub key: String,
    /// What it is.
    pub kind: PartKind,
    /// Its name for people.
    pub title: String,
    /// What may be done with it.
    pub policy: Policy,
    /// What it does here.
    pub state: PartState,
    /// Whether it is taken.
    pub taken: bool,
    /// What it touches, in words.
    pub touches: String,
    /// What differs from one's own.
    pub differences: Vec<Difference>,
    /// Where both sides changed the same.
    pub conflicts: Vec<Conflict>,
    /// What the bundle says, with the answers in it.
    #[serde(skip)]
    pub upstream: Value,
    /// What is here now.
    #[serde(skip)]
    pub own: Option<Value>,
    /// What will be here.
    #[serde(skip)]
    pub value: Value,
}

/// Something to know before it is activated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Key of the part.
    pub part: String,
    /// What was found, as a word.
    pub code: &'static str,
    /// In words.
    pub sentence: String,
    /// Whether it has to be solved first.
    pub blocks: bool,
}

/// What adopting would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AdoptionPlan)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// What is filled in, with what is safe to assume.
    #[schema(value_type = Object)]
    pub answers: Answers,
    /// The parts in order.
    pub parts: Vec<PlannedPart>,
    /// What to know first.
    pub checks: Vec<Check>,
    /// The version that holds now and that it takes the place of.
    pub previous: Option<AdoptionId>,
}

impl AdoptRequest {
    /// The bundle that is meant.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what is no id.
    pub fn bundle_id(&self) -> Result<super::BundleId, Error> {
        let id = self.bundle.parse();
        id.map_err(|_| Error::invalid("bundle", "not_an_option"))
    }

    fn picks(&self, errors: &mut FieldErrors) -> BTreeMap<String, Pick> {
        let picks = self.picks.iter().filter_map(|(at, word)| {
            let pick = crate::text::read_choice(errors, &format!("picks.{at}"), word)?;
            Some((at.clone(), pick))
        });
        picks.collect()
    }

    fn check_skip(&self, bundle: &CheckedBundle, errors: &mut FieldErrors) {
        for key in &self.skip {
            match bundle.bundle.head(key) {
                None => errors.add("skip", "not_an_option"),
                Some(head) if head.policy == Policy::Fixed => {
                    errors.add_with("skip", "bundle_fixed", "value", &head.title);
                }
                Some(_) => {}
            }
        }
    }
}

/// Compares a bundle with one's own configuration.
///
/// # Errors
/// [`Error::Invalid`] for answers that cannot be used and parts that have to be taken.
pub async fn plan(
    tx: &TenantTx,
    checked: &CheckedBundle,
    request: &AdoptRequest,
    language: Language,
) -> Result<Plan, Error> {
    let mut errors = FieldErrors::default();
    let bundle = &checked.bundle;
    let answers = inputs::complete(bundle, &request.answers, &mut errors);
    let picks = request.picks(&mut errors);
    request.check_skip(checked, &mut errors);
    errors.into_result()?;
    let previous = active(tx, bundle.manifest.id).await?;
    let installed: Vec<AdoptedPart> = match &previous {
        Some(previous) => previous.parts()?,
        None => Vec::new(),
    };
    let resolved = inputs::resolve(bundle, &answers);
    let mut contents = Vec::new();
    for head in &bundle.manifest.parts {
        let value = resolved
            .get(&head.key)
            .ok_or_else(|| Error::bug("a part is gone"))?;
        let content = Content::parse(head.kind, value)?;
        contents.push((head, content.value()?, content));
    }
    let own = Own::read(tx, contents.iter().map(|(_, _, content)| content)).await?;
    let mut parts = Vec::new();
    for (head, upstream, content) in &contents {
        let before = installed.iter().find(|part| part.key == head.key);
        let here = own.of(content, before)?;
        let mut part = planned(head, upstream, here, before, &picks, language)?;
        part.taken = !request.skip.contains(&head.key);
        parts.push(part);
    }
    let checks = checks(tx, &own, &parts, language).await?;
    Ok(Plan {
        answers,
        parts,
        checks,
        previous: previous.map(|previous| previous.id),
    })
}

/// A part beside one's own: taken as it is where nobody touched it, merged where the municipality changed what it had taken before.
fn planned(
    head: &PartHead,
    upstream: &Value,
    own: Option<Value>,
    before: Option<&AdoptedPart>,
    picks: &BTreeMap<String, Pick>,
    language: Language,
) -> Result<PlannedPart, Error> {
    let base = before.filter(|part| part.taken).map(|part| &part.upstream);
    let (mut value, mut state, mut conflicts) = (upstream.clone(), PartState::New, Vec::new());
    if let Some(own) = &own {
        state = PartState::Changed;
        if let Some(base) = base.filter(|base| *base != own) {
            let mut merge = Merge {
                picks,
                conflicts: Vec::new(),
            };
            value = merge
                .merge(&head.key, Some(base), Some(upstream), Some(own))
                .unwrap_or_else(|| upstream.clone());
            state = PartState::Merged;
            for (at, own, bundle) in merge.conflicts {
                let words = |value: Option<Value>| {
                    value.map(|value| compare::value_words(&at, &value, language))
                };
                let (inside, pick) = (at.split_once('/'), picks.get(&at));
                conflicts.push(Conflict {
                    what: compare::place(inside.map_or("", |(_, inside)| inside), language),
                    own: words(own).unwrap_or_default(),
                    bundle: words(bundle).unwrap_or_default(),
                    pick: pick.copied().unwrap_or(Pick::Own),
                    at,
                });
                state = PartState::Conflict;
            }
            // What was merged has to be readable; otherwise one's own stays.
            if Content::parse(head.kind, &value).is_err() {
                value = own.clone();
            }
        }
        if value == *own && state != PartState::Conflict {
            state = PartState::Same;
        }
    }
    Ok(PlannedPart {
        key: head.key.clone(),
        kind: head.kind,
        title: head.title.clone(),
        policy: head.policy,
        state,
        taken: true,
        touches: language.term("bundle-touches", head.kind),
        differences: differences(head.kind, own.as_ref(), &value, language)?,
        conflicts,
        upstream: upstream.clone(),
        own,
        value,
    })
}

async fn checks(
    tx: &TenantTx,
    own: &Own,
    parts: &[PlannedPart],
    language: Language,
) -> Result<Vec<Check>, Error> {
    let mut checks = Vec::new();
    let mut note = |part: &PlannedPart, code: &'static str, blocks: bool, value: &str| {
        checks.push(Check {
            part: part.key.clone(),
            code,
            sentence: language.text_with(&format!("bundle-check-{code}"), &[("value", value)]),
            blocks,
        });
    };
    let mut coming: Vec<String> = Vec::new();
    for part in parts.iter().filter(|part| part.taken) {
        if let Content::Routing(routing) = Content::parse(part.kind, &part.value)? {
            coming.extend(routing.routes.into_iter().map(|route| route.category));
        }
    }
    let works = |part: &&PlannedPart| part.taken && part.state != PartState::Same;
    for part in parts.iter().filter(works) {
        match Content::parse(part.kind, &part.value)? {
            Content::Form(form) => {
                let issues = form_editor::issues_of(tx, &form.key, &form).await?;
                if let Some(issue) = issues.first() {
                    note(part, "form", true, &issue.place);
                }
            }
            Content::Promise(promise) => {
                if !own.opens {
                    note(part, "closed", true, "");
                }
                let category = promise.terms.applies.category.as_deref();
                let is_known =
                    |key| own.category(key).is_some() || coming.iter().any(|one| one == key);
                if let Some(category) = category.filter(|category| !is_known(category)) {
                    note(part, "category", true, category);
                }
                let is_long = matches!(promise.rule, ServiceRule::WorkingDays { days } if days > 5);
                if is_long {
                    note(part, "long", false, "");
                }
            }
            Content::GiftRules(proposal) => {
                if own.budgets.is_empty() {
                    let cents = proposal.budget_cents.unwrap_or_default();
                    note(part, "budget", false, &language.euros(cents));
                }
            }
            Content::Routing(routing) => {
                for route in &routing.routes {
                    if !route.team.is_empty() && own.team(&route.team).is_none() {
                        note(part, "team", false, &route.team);
                    }
                }
            }
            Content::Document(_) => {}
        }
    }
    Ok(checks)
}
