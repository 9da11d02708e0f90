//! Which variables of the environment are settings.

use std::ffi::OsString;

use super::{SettingError, Settings};

const PREFIX: &str = "GEHOORD_";
/// From this likeness on (0 to 1) a name is taken for a mistyped setting.
const ALIKE: f64 = 0.75;

/// The settings among the variables. A name that looks like a setting and is none is refused: it would otherwise be ignored without a word.
/// Other names with our prefix belong to others, such as `GEHOORD_OWNER_PASSWORD` of `roles.sql`.
pub(super) fn ours(
    variables: impl IntoIterator<Item = (OsString, OsString)>,
) -> Result<config::Map<String, String>, SettingError> {
    let known: Vec<String> = Settings::reference()
        .into_iter()
        .map(|setting| setting.variable)
        .collect();
    let mut found = config::Map::new();
    for (name, value) in variables {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else {
            continue;
        };
        if known.iter().any(|setting| setting == name) {
            let value = value
                .into_string()
                .map_err(|_| SettingError::new(name, "must be text in UTF-8"))?;
            found.insert(name.to_owned(), value);
            continue;
        }
        let alike = |setting: &String| {
            strsim::normalized_damerau_levenshtein(&setting[PREFIX.len()..], &name[PREFIX.len()..])
        };
        let nearest = known
            .iter()
            .map(|setting| (alike(setting), setting))
            .max_by(|(one, _), (other, _)| one.total_cmp(other))
            .filter(|(likeness, _)| *likeness >= ALIKE);
        if let Some((_, meant)) = nearest {
            return Err(SettingError::new(
                name,
                format!("is no setting; did you mean {meant}?"),
            ));
        }
        if name.contains("__") {
            return Err(SettingError::new(
                name,
                "is no setting; `gehoord settings` prints them all",
            ));
        }
    }
    Ok(found)
}
