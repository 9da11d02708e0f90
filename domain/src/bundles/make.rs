//! Making a bundle of one's own configuration: for the exchange, or as a proposal to the publisher of what was adopted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tenants::{PlatformTx, StaffId, Tenant, TenantTx};
use utoipa::ToSchema;

use super::{
    AdoptionId, AdoptionStatus, Bundle, BundleLine, CheckedBundle, ExchangeBundle, Input, Manifest,
    PartHead, PartKind, Policy, Selector, Trust,
    adoption::{adoptions, get},
    compare::{form_title, place},
    content::{Content, GiftProposal, Promise, Routing},
    exchange,
    format::{ChangeKind, ChangeLine, FORMAT, Module, Origin},
    inputs::Target,
    own::Own,
    parse,
};
use crate::{
    Error, FieldErrors, Language,
    audit::{self, Action},
    clocks, forms, gifts, input,
    practices::PracticeId,
    teams, text,
};

/// Longest name, in characters.
const LINE_MAX: usize = 200;

/// A bundle to make of one's own configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
pub struct MakeRequest {
    /// Its name.
    pub title: String,
    /// What it is for.
    pub summary: String,
    /// Semantic version, such as `1.0.0`.
    pub version: String,
    /// What this version changed, in plain Dutch, one change a line.
    pub changes: String,
    /// Code of the municipality, such as `GM0441`.
    pub publisher: String,
    /// The bundle it is a new version of; a new one when it is left out.
    #[schema(value_type = Option<BundleLine>)]
    pub line: String,
    /// The practice it belongs to.
    #[schema(value_type = Option<PracticeId>)]
    pub practice_id: String,
    /// Keys of the parts that are in it, as [`suggestions`] names them.
    pub parts: Vec<String>,
    /// Inputs that who adopts it fills in, as [`suggestions`] names them.
    pub inputs: Vec<String>,
}

/// A part of one's own configuration that could be in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// Its key.
    pub key: String,
    /// What it is.
    pub kind: PartKind,
    /// Its name for people.
    pub title: String,
    /// What could be asked of who adopts it: name and question.
    pub inputs: Vec<(String, String)>,
    /// What it says.
    #[serde(skip)]
    pub value: Value,
    /// The bundle it was adopted from.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

pub(crate) fn word(text: &str) -> String {
    let mut word = String::new();
    for sign in text.to_lowercase().chars() {
        if sign.is_ascii_alphanumeric() {
            word.push(sign);
        } else if !word.is_empty() && !word.ends_with('-') {
            word.push('-');
        }
    }
    word.truncate(50);
    word.trim_end_matches('-').to_owned()
}

/// Everything of one's own configuration that could be in a bundle.
pub async fn suggestions(tx: &TenantTx, language: Language) -> Result<Vec<Suggestion>, Error> {
    let mut found: Vec<Suggestion> = Vec::new();
    let mut add = |key: String, kind, title: String, value: Value, origin| {
        let double = found.iter().filter(|one| one.key.starts_with(&key)).count();
        let key = if double == 0 {
            key
        } else {
            format!("{key}-{double}")
        };
        found.push(Suggestion {
            inputs: numbers(&key, &value, language),
            key,
            kind,
            title,
            value,
            origin,
        });
    };
    for form in forms::list(tx, None).await? {
        if let Some(live) = forms::availability(tx, &form.slug).await?.live {
            let value = json!(live.form.definition());
            let title = form_title(&value).unwrap_or_else(|| form.slug.clone());
            add(
                format!("form-{}", form.slug),
                PartKind::Form,
                title,
                value,
                None,
            );
        }
    }
    let mut own = Own::default();
    own.read_promises(tx).await?;
    if let Some((versions, today)) = &own.promises {
        for version in clocks::in_force(versions, *today) {
            let promise = Promise {
                rule: version.rule.clone(),
                terms: version.terms.clone(),
            };
            let title = clocks::words::promise_text(&promise.rule, &promise.terms, language);
            let key = format!("promise-{}", word(promise.terms.clock.as_str()));
            add(key, PartKind::Promise, title, json!(promise), None);
        }
    }
    own.categories = crate::cases::categories(tx, None).await?;
    own.teams = teams::teams(tx, None).await?;
    let used = own.categories.iter().filter(|category| category.active);
    let routes: Vec<_> = used.map(|category| own.route(category)).collect();
    if !routes.is_empty() {
        let title = language.term("bundle-part", PartKind::Routing);
        add(
            "routing".to_owned(),
            PartKind::Routing,
            title,
            json!(Routing { routes }),
            None,
        );
    }
    let (_, rules) = gifts::rules(tx).await?;
    let proposal = GiftProposal {
        rules,
        budget_cents: None,
    };
    let title = language.term("bundle-part", PartKind::GiftRules);
    add(
        "gift-rules".to_owned(),
        PartKind::GiftRules,
        title,
        json!(proposal),
        None,
    );
    for adoption in adoptions(tx, None).await? {
        if adoption.status != AdoptionStatus::Active {
            continue;
        }
        let origin = Origin {
            id: adoption.line,
            version: adoption.version.parse().map_err(Error::bug)?,
        };
        for part in adoption.parts()? {
            if part.taken && part.kind.is_document() {
                let key = format!("doc-{}", word(&part.key));
                add(key, part.kind, part.title, part.value, Some(origin.clone()));
            }
        }
    }
    Ok(found)
}

/// The numbers of a part that could be asked: name and question.
fn numbers(key: &str, value: &Value, language: Language) -> Vec<(String, String)> {
    const ASKED: [&str; 7] = [
        "/rule/days",
        "/rule/minutes",
        "/terms/tries",
        "/rules/capCents",
        "/rules/personYearCents",
        "/rules/fourEyesAboveCents",
        "/rules/receiptDays",
    ];
    ASKED
        .into_iter()
        .filter(|at| value.pointer(at).is_some_and(Value::is_number))
        .map(|at| (format!("{key}{at}"), place(at, language)))
        .collect()
}

/// Makes a bundle of what was chosen. It is checked as a stranger's would be.
///
/// # Errors
/// [`Error::Invalid`] for every field that cannot be used, and every place in one's own configuration that may not travel.
pub async fn make(tx: &TenantTx, request: &MakeRequest) -> Result<CheckedBundle, Error> {
    let mut errors = FieldErrors::default();
    let title = text::clean_line(&request.title);
    let title = input::required(title, LINE_MAX, "title", &mut errors);
    let version = request.version.trim().parse::<semver::Version>();
    if version.is_err() {
        errors.add("version", "bundle_semver");
    }
    let line = match request.line.trim() {
        "" => tx.new_id(),
        typed => text::read_choice(&mut errors, "line", typed).unwrap_or(tx.new_id()),
    };
    let known = suggestions(tx, Language::Dutch).await?;
    let chosen: Vec<&Suggestion> = (known.iter())
        .filter(|one| request.parts.contains(&one.key))
        .collect();
    if chosen.len() < request.parts.len() || chosen.is_empty() {
        errors.add("parts", "required_choice");
    }
    errors.into_result()?;
    let bundle = assemble(line, &chosen, &request.inputs);
    let changes = request.changes.lines().map(text::clean_line);
    let changes = changes
        .filter(|line| !line.is_empty())
        .map(|line| ChangeLine {
            kind: ChangeKind::Changed,
            part: None,
            line,
            weight: None,
        });
    let bundle = Bundle {
        manifest: Manifest {
            slug: word(&title),
            title,
            summary: text::clean_line(&request.summary),
            version: version.map_err(Error::bug)?,
            changes: changes.collect(),
            publisher: text::clean_line(&request.publisher),
            ..bundle.manifest
        },
        ..bundle
    };
    parse(bundle.sealed()?.document()?.as_bytes(), Trust::Unsigned)
}

fn assemble(line: BundleLine, chosen: &[&Suggestion], asked: &[String]) -> Bundle {
    let heads = chosen.iter().map(|one| PartHead {
        key: one.key.clone(),
        kind: one.kind,
        title: one.title.clone(),
        policy: Policy::Adaptable,
        sha256: String::new(),
    });
    let mut derived_from: Vec<Origin> = Vec::new();
    for origin in chosen.iter().filter_map(|one| one.origin.as_ref()) {
        if !derived_from.contains(origin) {
            derived_from.push(origin.clone());
        }
    }
    let inputs = chosen.iter().flat_map(|one| {
        let wanted = one.inputs.iter().filter(|(name, _)| asked.contains(name));
        wanted.map(|(name, label)| {
            let at = name.trim_start_matches(one.key.as_str());
            Input {
                key: word(name).replace('-', "_").chars().take(40).collect(),
                label: label.clone(),
                help: one.title.clone(),
                selector: if at.ends_with("Cents") {
                    Selector::Money
                } else {
                    Selector::Number
                },
                default: one.value.pointer(at).cloned(),
                min: Some(1),
                max: None,
                required: true,
                sets: vec![Target {
                    part: one.key.clone(),
                    at: at.to_owned(),
                }],
            }
        })
    });
    let modules = |kind: PartKind| match kind {
        PartKind::Form => Some(Module::Forms),
        PartKind::Promise => Some(Module::Promises),
        PartKind::Routing => Some(Module::Teams),
        PartKind::GiftRules => Some(Module::Gifts),
        _ => None,
    };
    let mut needed: Vec<Module> = chosen.iter().filter_map(|one| modules(one.kind)).collect();
    needed.sort_unstable();
    needed.dedup();
    Bundle {
        manifest: Manifest {
            format: FORMAT,
            id: line,
            slug: String::new(),
            version: semver::Version::new(0, 1, 0),
            title: String::new(),
            summary: String::new(),
            changes: Vec::new(),
            min_app_version: semver::Version::new(0, 1, 0),
            modules: needed,
            parts: heads.collect(),
            inputs: inputs.collect(),
            licence: "CC-BY-4.0".to_owned(),
            publisher: String::new(),
            derived_from,
            digest: String::new(),
            signature: None,
        },
        parts: chosen
            .iter()
            .map(|one| (one.key.clone(), one.value.clone()))
            .collect(),
    }
}

/// Proposes to the publisher of an adopted bundle what was changed here: a bundle of one's own parts that names the
/// original.
///
/// # Errors
/// [`Error::Invalid`] when nothing was changed here, and for every place that may not travel; [`Error::NotFound`].
pub async fn propose(
    tx: &TenantTx,
    shared: &PlatformTx,
    tenant: &Tenant,
    id: AdoptionId,
    actor: StaffId,
) -> Result<ExchangeBundle, Error> {
    let adoption = get(tx, id).await?;
    if adoption.status != AdoptionStatus::Active {
        return Err(Error::NotFound);
    }
    let versions = exchange::versions_of(shared, vec![adoption.line]).await?;
    let publisher = versions
        .first()
        .map(|(_, item)| item.owner)
        .ok_or(Error::NotFound)?;
    let installed = adoption.parts()?;
    let mut bundle = adoption.bundle()?;
    let mut contents = Vec::new();
    for part in installed.iter().filter(|part| part.taken) {
        contents.push((part, Content::parse(part.kind, &part.value)?));
    }
    let own = Own::read(tx, contents.iter().map(|(_, content)| content)).await?;
    let mut changed: BTreeMap<String, Value> = BTreeMap::new();
    for (part, content) in &contents {
        if let Some(here) = own.of(content, Some(part))?
            && here != part.upstream
        {
            changed.insert(part.key.clone(), here);
        }
    }
    if changed.is_empty() {
        return Err(Error::invalid("parts", "bundle_nothing_changed"));
    }
    bundle.manifest.derived_from = vec![Origin {
        id: adoption.line,
        version: bundle.manifest.version.clone(),
    }];
    bundle.manifest.id = tx.new_id();
    bundle.manifest.version.patch += 1;
    bundle.manifest.changes.clear();
    // What is filled in here is part of the proposal; its inputs stay where they set what was not changed.
    for input in &mut bundle.manifest.inputs {
        input
            .sets
            .retain(|target| !changed.contains_key(&target.part));
    }
    bundle.parts.extend(changed);
    let checked = parse(bundle.sealed()?.document()?.as_bytes(), Trust::Unsigned)?;
    let item = exchange::store(tx, tenant, &checked.bundle, None, Some(publisher)).await?;
    let object = ("bundle", Some(item.id.0));
    let details = json!({ "digest": item.digest });
    audit::record(tx, Some(actor), Action::BundlePropose, object, details).await?;
    Ok(item)
}
