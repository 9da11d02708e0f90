//! A file of design tokens, as the themes of NL Design System are published: JSON in which each token has a `value` (Style Dictionary) or a
//! `$value` (Design Tokens Format Module, W3C Community Group). The few tokens that make a house style here are read; the others are named.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    Error,
    style::{Colour, Corner, Font},
};

/// Most tokens of a file; the largest published themes have some 3,000.
const TOKENS_MAX: usize = 20_000;
/// Most tokens that are named because they were not used.
const UNUSED_MAX: usize = 100;
/// Longest chain of references.
const REFERENCES_MAX: usize = 16;

/// The tokens that a setting is read from, the first one that is there.
const SOURCES: &[(&str, &[&str])] = &[
    (
        "primary",
        &[
            "basis-color-accent-1-inverse-bg-default",
            "basis-color-action-1-inverse-bg-default",
            "basis-color-accent-1-color-default",
            "basis-color-action-1-color-default",
            "utrecht-button-primary-action-background-color",
            "nl-button-primary-background-color",
        ],
    ),
    (
        "accent",
        &[
            "basis-color-action-2-color-default",
            "nl-link-color",
            "utrecht-link-color",
        ],
    ),
    (
        "neutral",
        &[
            "basis-color-default-color-subtle",
            "basis-color-default-color-default",
            "basis-color-default-color-document",
            "utrecht-document-color",
        ],
    ),
    (
        "font",
        &[
            "basis-text-font-family-default",
            "utrecht-document-font-family",
        ],
    ),
    (
        "corner",
        &[
            "basis-border-radius-md",
            "basis-form-control-border-radius",
            "utrecht-button-border-radius",
        ],
    ),
];

/// A token that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UsedToken {
    /// For which setting.
    pub setting: &'static str,
    /// Its name.
    #[schema(example = "basis-color-action-2-color-default")]
    pub token: String,
    /// Its value, with references followed.
    pub value: String,
}

/// What a file of design tokens says about a house style.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TokenReading {
    /// Colour of buttons and header, if it is there.
    pub primary: Option<String>,
    /// Colour of links, if it is there.
    pub accent: Option<String>,
    /// Colour of greys, if it is there.
    pub neutral: Option<String>,
    /// Font, if it is one that we have.
    pub font: Option<Font>,
    /// Corners, if they are there.
    pub corner: Option<Corner>,
    /// What was used.
    pub used: Vec<UsedToken>,
    /// What was not used, at most a hundred of them.
    pub unused: Vec<String>,
    /// How many were not used.
    pub unused_count: usize,
}

fn collect(value: &Value, path: &mut Vec<String>, found: &mut BTreeMap<String, String>) {
    let Value::Object(fields) = value else { return };
    let own = fields.get("$value").or_else(|| fields.get("value"));
    if let Some(own) = own.filter(|own| !own.is_object()) {
        if found.len() < TOKENS_MAX {
            found.insert(path.join("-").to_lowercase(), as_text(own));
        }
        return;
    }
    for (name, inner) in fields {
        path.push(name.trim_matches('-').replace('.', "-"));
        match inner {
            // Without a frame around the value: `"basis-color-…": "#095c51"`.
            Value::String(_) | Value::Number(_) if !name.starts_with('$') => {
                if found.len() < TOKENS_MAX {
                    found.insert(path.join("-").to_lowercase(), as_text(inner));
                }
            }
            inner => collect(inner, path, found),
        }
        path.pop();
    }
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Array(parts) => parts.iter().map(as_text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// The value behind a reference such as `{basis.color.accent-1.color-default}`.
fn resolve(tokens: &BTreeMap<String, String>, value: &str) -> String {
    let mut value = value.to_owned();
    for _ in 0..REFERENCES_MAX {
        let inside = value
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        let Some(name) = inside else { break };
        let name = name.trim().trim_end_matches(".value").replace('.', "-");
        match tokens.get(&name.to_lowercase()) {
            Some(next) => value.clone_from(next),
            None => break,
        }
    }
    value
}

fn font(value: &str) -> Option<Font> {
    let family = value.to_lowercase();
    let holds = |name: &str| family.contains(name);
    if holds("source sans") {
        Some(Font::SourceSans3)
    } else if holds("noto sans") {
        Some(Font::NotoSans)
    } else if holds("noto serif") {
        Some(Font::NotoSerif)
    } else {
        None
    }
}

fn corner(value: &str) -> Option<Corner> {
    let digits: String = (value.chars())
        .take_while(|sign| sign.is_ascii_digit() || *sign == '.')
        .collect();
    let number: f64 = digits.parse().ok()?;
    let pixels = if value.ends_with("rem") || value.ends_with("em") {
        number * 16.0
    } else {
        number
    };
    Some(if pixels < 1.0 {
        Corner::Square
    } else if pixels <= 6.0 {
        Corner::Soft
    } else {
        Corner::Round
    })
}

/// Reads a file of design tokens.
///
/// # Errors
/// [`Error::Invalid`] at `file` for what is no JSON, and for JSON without a token that we use.
pub fn read_tokens(bytes: &[u8]) -> Result<TokenReading, Error> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let document: Value =
        serde_json::from_slice(bytes).map_err(|_| Error::invalid("file", "tokens_unreadable"))?;
    let mut tokens = BTreeMap::new();
    collect(&document, &mut Vec::new(), &mut tokens);
    let mut reading = TokenReading::default();
    for (setting, names) in SOURCES {
        let found = names.iter().find_map(|name| {
            let value = resolve(&tokens, tokens.get(*name)?);
            let usable = match *setting {
                "font" => font(&value).is_some(),
                "corner" => corner(&value).is_some(),
                _ => Colour::read(&value).is_some(),
            };
            usable.then_some((*name, value))
        });
        let Some((token, value)) = found else {
            continue;
        };
        let colour = || Colour::read(&value).map(Colour::hex);
        match *setting {
            "primary" => reading.primary = colour(),
            "accent" => reading.accent = colour(),
            "neutral" => reading.neutral = colour(),
            "font" => reading.font = font(&value),
            _ => reading.corner = corner(&value),
        }
        reading.used.push(UsedToken {
            setting,
            token: token.to_owned(),
            value,
        });
    }
    if reading.used.is_empty() {
        return Err(Error::invalid("file", "tokens_none"));
    }
    let is_used = |name: &&String| reading.used.iter().any(|used| used.token == **name);
    let unused: Vec<&String> = tokens.keys().filter(|name| !is_used(name)).collect();
    reading.unused_count = unused.len();
    reading.unused = unused.into_iter().take(UNUSED_MAX).cloned().collect();
    Ok(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_token_files_are_read_with_their_references() {
        let reading = read_tokens(
            br##"{ "brand": { "groen": { "$value": "#095C51", "$type": "color" } },
                 "basis": { "color": { "accent-1": { "inverse": { "bg-default": { "$value": "{brand.groen}" } } },
                                       "action-2": { "color-default": { "value": "{basis.color.link.value}" } },
                                       "link": { "value": "#15b" } },
                            "text": { "font-family": { "default": { "value": ["Noto Sans", "sans-serif"] } } },
                            "border-radius": { "md": { "value": "0.5rem" } } } }"##,
        )
        .unwrap();
        assert_eq!(reading.primary.as_deref(), Some("#095c51"));
        assert_eq!(reading.accent.as_deref(), Some("#1155bb"));
        assert_eq!(reading.neutral, None);
        assert_eq!(reading.font, Some(Font::NotoSans));
        assert_eq!(reading.corner, Some(Corner::Round));
        assert_eq!(reading.unused, ["basis-color-link", "brand-groen"]);
        let flat = read_tokens(br##"{ "--utrecht-link-color": "#0055bb" }"##).unwrap();
        assert_eq!(flat.accent.as_deref(), Some("#0055bb"));
    }

    #[test]
    fn nonsense_is_refused_with_the_reason() {
        for (bytes, code) in [
            (&b"PK\x03\x04"[..], "tokens_unreadable"),
            (b"", "tokens_unreadable"),
            (b"[]", "tokens_none"),
            (b"{ \"a\": { \"value\": 1 } }", "tokens_none"),
            (
                b"{ \"utrecht\": { \"link\": { \"color\": { \"value\": \"{utrecht.link.color}\" } } } }",
                "tokens_none",
            ),
        ] {
            let Err(Error::Invalid(errors)) = read_tokens(bytes) else {
                panic!("accepted");
            };
            assert_eq!(errors.problems()[0].code, code);
        }
    }
}
