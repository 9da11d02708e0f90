//! Two versions of a part side by side, and three of them merged. Lists whose items have a stable name are compared by that name, not by
//! their place.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tenants::text_enum;
use utoipa::ToSchema;

use super::{check::escaped, content::Content, format::PartKind};
use crate::{Error, Language, clocks::words, form_editor, language::dashed};

text_enum! {
    /// Which of two texts stays, where both sides changed the same.
    Pick {
        /// The municipality's own.
        Own = "own",
        /// That of the bundle.
        Bundle = "bundle",
    }
}

/// A difference, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// What it is about.
    pub what: String,
    /// How it is now; empty when it is new.
    pub before: String,
    /// How it will be; empty when it goes.
    pub after: String,
}

/// A place that both sides changed, each in its own way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    /// Part and pointer in it, to choose with.
    pub at: String,
    /// What it is about, in words.
    pub what: String,
    /// How the municipality has it.
    pub own: String,
    /// How the bundle has it.
    pub bundle: String,
    /// Which stays.
    pub pick: Pick,
}

/// The stable name of an item.
fn name(item: &Value) -> Option<&str> {
    ["id", "key", "category", "code", "name"]
        .into_iter()
        .find_map(|field| item.get(field)?.as_str())
}

/// A list as its names, when every item has one of its own.
fn named(list: &Value) -> Option<Vec<(&str, &Value)>> {
    let mut seen = BTreeSet::new();
    let items = list.as_array()?.iter();
    items
        .map(|item| Some((name(item)?, item)))
        .map(|item| item.filter(|(name, _)| seen.insert((*name).to_owned())))
        .collect()
}

/// Merges what the bundle changed since `base` into what the municipality made of it.
pub(super) struct Merge<'p> {
    /// What was chosen, by place.
    pub picks: &'p BTreeMap<String, Pick>,
    /// Where both sides changed the same: the place, the municipality's and the bundle's.
    pub conflicts: Vec<(String, Option<Value>, Option<Value>)>,
}

impl Merge<'_> {
    /// The merged value; nothing when it goes.
    pub fn merge(
        &mut self,
        at: &str,
        base: Option<&Value>,
        theirs: Option<&Value>,
        own: Option<&Value>,
    ) -> Option<Value> {
        if theirs == own || theirs == base {
            return own.cloned();
        }
        if own == base {
            return theirs.cloned();
        }
        if let (Some(Value::Object(theirs)), Some(Value::Object(own))) = (theirs, own) {
            let empty = Map::new();
            let base = base.and_then(Value::as_object).unwrap_or(&empty);
            let keys: BTreeSet<&String> = theirs.keys().chain(own.keys()).collect();
            let merged = keys.into_iter().filter_map(|key| {
                let at = format!("{at}/{}", escaped(key));
                let value = self.merge(&at, base.get(key), theirs.get(key), own.get(key))?;
                Some((key.clone(), value))
            });
            return Some(Value::Object(merged.collect()));
        }
        if let (Some(theirs), Some(own)) = (theirs.and_then(named), own.and_then(named)) {
            let base = base.and_then(named).unwrap_or_default();
            return Some(self.lists(at, &base, &theirs, &own));
        }
        let pick = self.picks.get(at).copied().unwrap_or(Pick::Own);
        self.conflicts
            .push((at.to_owned(), own.cloned(), theirs.cloned()));
        match pick {
            Pick::Own => own.cloned(),
            Pick::Bundle => theirs.cloned(),
        }
    }

    /// Lists by the names of their items: in the municipality's order, with what is new behind what it stood behind.
    fn lists(
        &mut self,
        at: &str,
        base: &[(&str, &Value)],
        theirs: &[(&str, &Value)],
        own: &[(&str, &Value)],
    ) -> Value {
        let get = |list: &[(&str, &Value)], name: &str| {
            let found = list.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).clone())
        };
        let mut order: Vec<&str> = own.iter().map(|(name, _)| *name).collect();
        let mut before: Option<&str> = None;
        for (name, _) in theirs {
            if !order.contains(name) {
                let place = before.and_then(|before| order.iter().position(|one| *one == before));
                order.insert(place.map_or(0, |place| place + 1), name);
            }
            before = Some(name);
        }
        let items = order.into_iter().filter_map(|name| {
            let (base, theirs, own) = (get(base, name), get(theirs, name), get(own, name));
            let at = format!("{at}/{}", escaped(name));
            self.merge(&at, base.as_ref(), theirs.as_ref(), own.as_ref())
        });
        Value::Array(items.collect())
    }
}

/// Everything that differs between two versions of a part, in words.
pub(crate) fn differences(
    kind: PartKind,
    before: Option<&Value>,
    after: &Value,
    language: Language,
) -> Result<Vec<Difference>, Error> {
    if before == Some(after) {
        return Ok(Vec::new());
    }
    if let (PartKind::Form, Some(before)) = (kind, before) {
        let (Content::Form(old), Content::Form(new)) =
            (Content::parse(kind, before)?, Content::parse(kind, after)?)
        else {
            return Err(Error::bug("a form that is no form"));
        };
        let changes = form_editor::diff(&old, &new, language);
        let in_words = changes.into_iter().map(|change| Difference {
            what: change.sentence,
            before: String::new(),
            after: String::new(),
        });
        return Ok(in_words.collect());
    }
    let mut found = Vec::new();
    if kind == PartKind::Promise {
        let sentence = |value: &Value| match Content::parse(kind, value)? {
            Content::Promise(promise) => {
                Ok(words::promise_text(&promise.rule, &promise.terms, language))
            }
            _ => Err(Error::bug("a promise that is no promise")),
        };
        let (before, after) = (before.map(sentence).transpose()?, sentence(after)?);
        if before.as_ref() != Some(&after) {
            found.push(Difference {
                what: language.term("bundle-part", kind),
                before: before.unwrap_or_default(),
                after,
            });
        }
    }
    if kind == PartKind::Form {
        let title = form_title(after).unwrap_or_default();
        found.push(Difference {
            what: language.term("bundle-part", kind),
            before: String::new(),
            after: title,
        });
        return Ok(found);
    }
    let is_ordered = kind == PartKind::RoutingList;
    let by_number = |value: &Value| is_ordered.then(|| numbered(value));
    let numbers = (before.and_then(by_number), by_number(after));
    let (old, new) = (numbers.0.as_ref().or(before), numbers.1.as_ref());
    let mut leaves = Vec::new();
    walk("", old, new.or(Some(after)), &mut leaves);
    for (at, before, after) in leaves {
        let is_told = kind == PartKind::Promise && at.starts_with("/rule");
        // A stable name is no text that people read.
        let is_name = !is_ordered && (at.ends_with("/id") || at.ends_with("/category"));
        let words = |value: Option<&Value>| {
            let value = value.map(|value| value_words(&at, value, language));
            value.unwrap_or_default()
        };
        let (before, after) = (words(before), words(after));
        if is_told || is_name || (before.is_empty() && after.is_empty()) {
            continue;
        }
        found.push(Difference {
            what: place(&at, language),
            before,
            after,
        });
    }
    Ok(found)
}

/// A list in which the order decides, by number.
fn numbered(list: &Value) -> Value {
    let mut list = list.clone();
    if let Some(rules) = list.get_mut("rules") {
        let items = rules.as_array().into_iter().flatten().cloned();
        let items: Map<String, Value> = (1..)
            .zip(items)
            .map(|(number, rule)| (format!("{number:02}"), rule))
            .collect();
        *rules = Value::Object(items);
    }
    list
}

/// The title of a form in its source language.
pub(crate) fn form_title(definition: &Value) -> Option<String> {
    let language = definition.pointer("/languages/0")?.as_str()?;
    let texts = definition.get("texts")?.get(language)?;
    Some(texts.get("title")?.as_str()?.to_owned())
}

type Leaf<'v> = (String, Option<&'v Value>, Option<&'v Value>);

fn walk<'v>(
    at: &str,
    before: Option<&'v Value>,
    after: Option<&'v Value>,
    leaves: &mut Vec<Leaf<'v>>,
) {
    if before == after {
        return;
    }
    let objects = |value: Option<&'v Value>| match value {
        None => Some(BTreeMap::new()),
        Some(Value::Object(map)) => Some(
            map.iter()
                .map(|(key, value)| (key.as_str(), value))
                .collect(),
        ),
        Some(list) => named(list).map(|items| items.into_iter().collect::<BTreeMap<_, _>>()),
    };
    if let (Some(old), Some(new)) = (objects(before), objects(after)) {
        // What stands first in the list is told first.
        let ordered = [after, before]
            .into_iter()
            .flatten()
            .flat_map(|value| match value {
                Value::Object(map) => map.keys().map(String::as_str).collect(),
                list => named(list)
                    .into_iter()
                    .flatten()
                    .map(|(name, _)| name)
                    .collect::<Vec<_>>(),
            });
        let mut seen = BTreeSet::new();
        for key in ordered.filter(|key| seen.insert(*key)) {
            let at = format!("{at}/{}", escaped(key));
            walk(&at, old.get(key).copied(), new.get(key).copied(), leaves);
        }
        return;
    }
    leaves.push((at.to_owned(), before, after));
}

/// A place in words: the words that are known, and the names as they are.
pub(super) fn place(at: &str, language: Language) -> String {
    let words = at.split('/').filter(|part| !part.is_empty()).map(|part| {
        let key = format!("bundle-place-{}", dashed(part));
        if language.has(&key) {
            language.text(&key)
        } else {
            part.replace("~1", "/").replace("~0", "~")
        }
    });
    words
        .filter(|word| word != "-")
        .collect::<Vec<_>>()
        .join(" · ")
}

/// A value in words.
pub(super) fn value_words(at: &str, value: &Value, language: Language) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => language.text(if *yes { "bundle-yes" } else { "bundle-no" }),
        Value::Number(number) => match number.as_i64() {
            Some(cents) if at.ends_with("Cents") => language.euros(cents),
            _ => number.to_string(),
        },
        Value::String(text) => {
            let key = format!("bundle-word-{}", dashed(text));
            let is_word = text.len() < 30 && text.bytes().all(|sign| sign.is_ascii_alphabetic());
            if is_word && language.has(&key) {
                language.text(&key)
            } else {
                text.clone()
            }
        }
        Value::Array(items) => {
            let items = items.iter().map(|item| value_words(at, item, language));
            items.collect::<Vec<_>>().join(", ")
        }
        Value::Object(items) => {
            let items = items.iter().map(|(key, item)| {
                let words = value_words(key, item, language);
                format!("{}: {words}", place(key, language))
            });
            items.collect::<Vec<_>>().join("; ")
        }
    }
}
