//! The reference of all settings, read from the documentation of the structs that hold them.

use std::fmt;

use serde_json::Value;
use utoipa::{
    PartialSchema,
    openapi::{RefOr, Schema},
};

use super::{Database, Dns, Files, Http, Intake, Mail, Settings};

/// One setting: its name in the environment, what it means, and its default.
#[derive(Debug)]
pub struct SettingReference {
    /// Such as `GEHOORD_HTTP__BIND`.
    pub variable: String,
    /// What it means.
    pub meaning: String,
    /// Its default; none when it has none, and for secrets.
    pub default: Option<String>,
}

impl fmt::Display for SettingReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let default = self.default.as_deref().unwrap_or("none");
        let (variable, meaning) = (&self.variable, &self.meaning);
        writeln!(
            formatter,
            "{variable}\n    {meaning}\n    Default: {default}."
        )
    }
}

impl Settings {
    /// Every setting, by section.
    #[must_use]
    pub fn reference() -> Vec<SettingReference> {
        let defaults = serde_json::to_value(Self::default()).unwrap_or_default();
        [
            ("", Self::schema()),
            ("http", Http::schema()),
            ("database", Database::schema()),
            ("mail", Mail::schema()),
            ("dns", Dns::schema()),
            ("files", Files::schema()),
            ("intake", Intake::schema()),
        ]
        .into_iter()
        .flat_map(|(section, schema)| section_reference(section, schema, &defaults))
        .collect()
    }
}

fn section_reference(
    section: &str,
    schema: RefOr<Schema>,
    defaults: &Value,
) -> Vec<SettingReference> {
    let RefOr::T(Schema::Object(object)) = schema else {
        return Vec::new();
    };
    let (prefix, defaults) = if section.is_empty() {
        (String::new(), Some(defaults))
    } else {
        (
            format!("{}__", section.to_uppercase()),
            defaults.get(section),
        )
    };
    object
        .properties
        .into_iter()
        .filter_map(|(key, property)| {
            // A reference is a section with a struct of its own.
            let RefOr::T(Schema::Object(property)) = property else {
                return None;
            };
            Some(SettingReference {
                variable: format!("GEHOORD_{prefix}{}", key.to_uppercase()),
                meaning: property.description.unwrap_or_default().replace('\n', " "),
                default: match defaults?.get(&key) {
                    None | Some(Value::Null) => None,
                    Some(Value::String(text)) => Some(text.clone()),
                    Some(other) => Some(other.to_string()),
                },
            })
        })
        .collect()
}
