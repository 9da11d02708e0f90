//! Whether everything can be read: the contrast of what stands beside each other, measured from the tokens that pages really use.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    HouseStyle,
    colour::{Colour, STEPS},
    tokens::{COLOURS, FIXED},
};

/// Least contrast of text (WCAG 2.2, 1.4.3 AA).
const TEXT: f64 = 4.5;
/// Least contrast of edges of fields (WCAG 2.2, 1.4.11 AA).
const EDGE: f64 = 3.0;

/// Where something is read: the name of the place, what stands there, on what, and the least contrast.
const PLACES: &[(&str, &str, &str, f64)] = &[
    (
        "text",
        "default-color-document",
        "default-bg-document",
        TEXT,
    ),
    (
        "button",
        "accent-1-inverse-color-default",
        "accent-1-inverse-bg-default",
        TEXT,
    ),
    (
        "link",
        "action-2-color-default",
        "default-bg-document",
        TEXT,
    ),
    (
        "footer-link",
        "action-2-color-default",
        "accent-1-bg-default",
        TEXT,
    ),
    (
        "field-edge",
        "default-border-default",
        "default-bg-document",
        EDGE,
    ),
];

/// The contrast at one place of the pages.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// Where.
    #[schema(example = "button")]
    pub place: &'static str,
    /// Contrast, 1 to 21, to one decimal.
    pub measured: f64,
    /// Least contrast there (WCAG 2.2 AA).
    pub needed: f64,
}

/// A colour that was too light to read, and what is used instead of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Lifted {
    /// Which setting: `primary` or `accent`.
    pub setting: &'static str,
    /// Its contrast with white as it was chosen, to one decimal.
    pub was: f64,
    /// That of the colour which is used.
    pub became: f64,
}

/// Cut, never rounded up: 4.46 is no 4.5.
fn one_decimal(contrast: f64) -> f64 {
    (contrast * 10.0).floor() / 10.0
}

impl HouseStyle {
    /// The value of a token behind `--basis-color-`.
    fn token(&self, name: &str) -> Option<Colour> {
        if let Some((_, scale, step)) = COLOURS.iter().find(|(known, ..)| *known == name) {
            let (_, contrast, share) = STEPS.iter().find(|(known, ..)| known == step)?;
            return Some(self.seed(*scale)?.step(*contrast, *share));
        }
        let fixed = FIXED
            .iter()
            .find(|(known, _)| (known.strip_prefix("color-")).is_some_and(|known| known == name));
        Colour::parse(fixed?.1)
    }

    /// Contrast at each place. Nothing for colours that cannot be read.
    #[must_use]
    pub fn readings(&self) -> Vec<Reading> {
        let reading = |(place, front, ground, needed): &(&'static str, &str, &str, f64)| {
            let contrast = self.token(front)?.contrast(self.token(ground)?);
            Some(Reading {
                place,
                measured: one_decimal(contrast),
                needed: *needed,
            })
        };
        PLACES.iter().filter_map(reading).collect()
    }

    /// The colours that were too light for white text, or as text on white, and were made darker.
    #[must_use]
    pub fn lifted(&self) -> Vec<Lifted> {
        [
            ("primary", &self.primary, "accent-1-inverse-bg-default"),
            ("accent", &self.accent, "action-2-color-default"),
        ]
        .into_iter()
        .filter_map(|(setting, value, token)| {
            let was = Colour::parse(value)?.contrast(Colour::WHITE);
            let became = self.token(token)?.contrast(Colour::WHITE);
            (was < TEXT).then(|| Lifted {
                setting,
                was: one_decimal(was),
                became: one_decimal(became),
            })
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_measured_and_readable_and_a_light_colour_is_told() {
        let light = HouseStyle {
            primary: "#ffdd00".to_owned(),
            ..HouseStyle::platform()
        };
        let readings = light.readings();
        assert_eq!(readings.len(), PLACES.len());
        assert!(readings.iter().all(|one| one.measured >= one.needed));
        let lifted = light.lifted();
        assert_eq!(lifted.len(), 1, "{lifted:?}");
        assert_eq!(lifted[0].setting, "primary");
        assert!(lifted[0].was < 1.5 && lifted[0].became > 7.0, "{lifted:?}");
        assert!(HouseStyle::platform().lifted().is_empty());
    }

    #[test]
    fn a_colour_is_read_as_people_write_it() {
        for (typed, read) in [
            ("#095c51", Some("#095c51")),
            (" 095C51 ", Some("#095c51")),
            ("#fff", Some("#ffffff")),
            ("#gg0000", None),
            ("rood", None),
            ("+1+1+1", None),
            ("", None),
            ("ééé", None),
        ] {
            let colour = Colour::read(typed).map(Colour::hex);
            assert_eq!(colour.as_deref(), read, "{typed}");
        }
    }
}
