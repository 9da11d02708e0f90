//! Values as pages show them, and as people type them.

use std::{collections::HashMap, fmt, str::FromStr};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::Language;
use tenants::{StaffId, TenantTx};

/// Names of colleagues by id.
pub type Names = HashMap<StaffId, String>;

/// Names of everybody who works here.
pub async fn names(tx: &TenantTx) -> Result<Names, domain::Error> {
    Ok(tenants::staff::all(tx, None)
        .await?
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect())
}

/// A coloured word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    /// `neutral`, `warning`, `danger`, `safe` or `inactive`.
    pub tone: &'static str,
    /// The word; colour never speaks alone.
    pub text: String,
}

impl Badge {
    /// How the component `state` shows it.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match self.tone {
            "danger" => "late",
            "warning" => "soon",
            "safe" => "ok",
            "neutral" => "info",
            _ => "quiet",
        }
    }
}

/// Something to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub text: String,
    /// Whether it is chosen now.
    pub chosen: bool,
}

impl Choice {
    /// An option.
    pub fn new(value: impl Into<String>, text: impl Into<String>, chosen: bool) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
            chosen,
        }
    }

    /// The values of a closed list, with texts under `key`.
    pub fn all<T: ToString>(
        values: &[T],
        key: &str,
        language: Language,
        is_chosen: impl Fn(&str) -> bool,
    ) -> Vec<Self> {
        let values = values.iter().map(T::to_string);
        values
            .map(|value| {
                let text = language.text(&format!("{key}-{}", super::dashed(&value)));
                let chosen = is_chosen(&value);
                Self::new(value, text, chosen)
            })
            .collect()
    }
}

/// A stored word of a closed list in words: `clocks.recount` by the key `job-clocks-recount`. One of an older version stays as it was stored.
pub fn stored_term<T: FromStr + fmt::Display>(
    list: &str,
    stored: &str,
    language: Language,
) -> String {
    match stored.parse::<T>() {
        Ok(known) => language.term(list, known.to_string().replace('.', "-")),
        Err(_) => stored.to_owned(),
    }
}

/// A moment that may not be known yet; its year is shown when it is another one than that of `near`.
pub fn moment_or_dash(
    at: Option<DateTime<Utc>>,
    zone: Tz,
    near: DateTime<Utc>,
    language: Language,
) -> String {
    at.map_or_else(
        || language.text("moment-unknown"),
        |at| language.moment(at, zone, near),
    )
}

/// A size as people read it: "640 kB", "2,4 MB".
pub fn size(bytes: i64, language: Language) -> String {
    let tenths = (bytes.saturating_mul(10) + 524_288) / 1_048_576;
    if bytes < 1_048_576 {
        return format!("{} kB", (bytes + 1_023) / 1_024);
    }
    let point = match language {
        Language::Dutch => ',',
        Language::English => '.',
    };
    format!("{}{point}{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_as_people_read_them() {
        for (bytes, dutch, english) in [
            (1, "1 kB", "1 kB"),
            (655_360, "640 kB", "640 kB"),
            (1_048_576, "1,0 MB", "1.0 MB"),
            (2_516_582, "2,4 MB", "2.4 MB"),
            (10_485_760, "10,0 MB", "10.0 MB"),
        ] {
            assert_eq!(size(bytes, Language::Dutch), dutch);
            assert_eq!(size(bytes, Language::English), english);
        }
    }
}
