//! A municipality's house style: three colours, a font and a corner, turned into one stylesheet.
//!
//! What is stored is the input; the stylesheet is derived. Every value is printed from what was parsed, never echoed, so a style cannot
//! smuggle anything into the page.

mod colour;
mod readings;
mod tokens;

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use ring::digest;
use serde::{Deserialize, Serialize};
use tenants::text_enum;
use utoipa::ToSchema;

pub use self::{
    colour::Colour,
    readings::{Lifted, Reading},
};
use self::{
    colour::STEPS,
    tokens::{COLOURS, FIXED, Scale},
};

text_enum! {
    /// Fonts we host ourselves, so that no visitor is told to a third party.
    Font {
        /// Source Sans 3 (OFL-1.1).
        SourceSans3 = "sourceSans3",
        /// Noto Sans (OFL-1.1).
        NotoSans = "notoSans",
        /// Noto Serif (OFL-1.1).
        NotoSerif = "notoSerif",
    }
}

text_enum! {
    /// How round corners are.
    Corner {
        /// Not.
        Square = "square",
        /// A little.
        Soft = "soft",
        /// Clearly.
        Round = "round",
    }
}

text_enum! {
    /// The mark in the header.
    Mark {
        /// A shield with water.
        Waves = "waves",
        /// Hills with a sun.
        Hills = "hills",
        /// An ear: the platform's own.
        Ear = "ear",
        /// None: the name alone.
        None = "none",
    }
}

/// A house style as an administrator sets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct HouseStyle {
    /// Colour of buttons and header, `#rrggbb`.
    pub primary: String,
    /// Colour of links, `#rrggbb`.
    pub accent: String,
    /// Colour that greys lean to, `#rrggbb`.
    pub neutral: String,
    /// Font.
    pub font: Font,
    /// Corners.
    pub corner: Corner,
    /// Mark in the header, when there is no logo.
    pub mark: Mark,
    /// Name of the file with the logo: its hash and what kind of picture it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// What is on the logo, for who cannot see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_text: Option<String>,
    /// Name of the file with the icon that browsers show beside the title; the logo is shown without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Name that mails come from; the municipality's without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
}

/// A derived stylesheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stylesheet {
    /// The text.
    pub css: String,
    /// First 16 digits of its SHA-256, for its address.
    pub hash: String,
}

/// Colours of a mail, which knows no stylesheet, as `#rrggbb`. Each text has enough contrast with its ground (WCAG 2.2 AA).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailColours {
    /// Behind the name, which is white.
    pub band: String,
    /// Around the text.
    pub ground: String,
    /// Of the text.
    pub text: String,
    /// Of what matters less.
    pub quiet: String,
    /// Between text and footer.
    pub line: String,
    /// Of links.
    pub link: String,
}

/// Why a style cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleProblem {
    /// Which setting.
    pub setting: &'static str,
    /// What it holds.
    pub value: String,
}

impl HouseStyle {
    /// The platform's own style.
    #[must_use]
    pub fn platform() -> Self {
        Self {
            primary: "#3b3a8f".to_owned(),
            accent: "#01558b".to_owned(),
            neutral: "#56566b".to_owned(),
            font: Font::SourceSans3,
            corner: Corner::Soft,
            mark: Mark::Ear,
            logo: None,
            logo_text: None,
            icon: None,
            sender: None,
        }
    }

    /// What a municipality begins with: nothing of anybody else's.
    #[must_use]
    pub fn beginning() -> Self {
        Self {
            primary: "#2f4858".to_owned(),
            neutral: "#59636b".to_owned(),
            mark: Mark::None,
            ..Self::platform()
        }
    }

    /// The style that a municipality wears. One that cannot be read becomes the one everybody begins with.
    #[must_use]
    pub fn of(tenant: &tenants::Tenant) -> Self {
        serde_json::from_value(tenant.style.clone()).unwrap_or_else(|_| Self::beginning())
    }

    /// The colours of its mails; none when a colour cannot be read.
    #[must_use]
    pub fn mail_colours(&self) -> Option<MailColours> {
        let primary = Colour::parse(&self.primary)?;
        let accent = Colour::parse(&self.accent)?;
        let neutral = Colour::parse(&self.neutral)?;
        let step = |seed: Colour, wanted: u16| {
            let (_, contrast, share) = STEPS.iter().find(|(step, ..)| *step == wanted)?;
            Some(seed.step(*contrast, *share).hex())
        };
        Some(MailColours {
            band: step(primary, 500)?,
            ground: step(neutral, 50)?,
            text: step(neutral, 700)?,
            quiet: step(neutral, 500)?,
            line: step(neutral, 300)?,
            link: step(accent, 500)?,
        })
    }

    /// Name of the mark, for the page frame.
    #[must_use]
    pub fn mark(&self) -> &'static str {
        self.mark.as_str()
    }

    /// File of the font, to be fetched early.
    #[must_use]
    pub fn font_file(&self) -> &'static str {
        match self.font {
            Font::SourceSans3 => "source-sans-3",
            Font::NotoSans => "noto-sans",
            Font::NotoSerif => "noto-serif",
        }
    }

    /// The colour that a scale is made from; none when it cannot be read.
    fn seed(&self, scale: Scale) -> Option<Colour> {
        Colour::parse(match scale {
            Scale::Neutral => &self.neutral,
            Scale::Primary => &self.primary,
            Scale::Accent => &self.accent,
            Scale::Info => "#01558b",
            Scale::Positive => "#016020",
            Scale::Warning => "#7f4303",
            Scale::Negative => "#a4111d",
            Scale::Highlight => "#684f07",
        })
    }

    /// Derives the stylesheet.
    ///
    /// # Errors
    /// Every colour that is not `#rrggbb`.
    pub fn stylesheet(&self) -> Result<Stylesheet, Vec<StyleProblem>> {
        let problems: Vec<StyleProblem> = [
            ("primary", &self.primary),
            ("accent", &self.accent),
            ("neutral", &self.neutral),
        ]
        .into_iter()
        .filter(|(_, value)| Colour::parse(value).is_none())
        .map(|(setting, value)| StyleProblem {
            setting,
            value: value.clone(),
        })
        .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut css = String::from("@layer tenant{:root{color-scheme:light;");
        for (name, scale, step) in COLOURS {
            let known = STEPS.iter().find(|(known, ..)| known == step);
            let seed = self.seed(*scale);
            if let Some(((_, contrast, share), seed)) = known.zip(seed) {
                let value = seed.step(*contrast, *share).hex();
                let _ = write!(css, "--basis-color-{name}:{value};");
            }
        }
        for (name, value) in FIXED {
            let _ = write!(css, "--basis-{name}:{value};");
        }
        let family = match self.font {
            Font::SourceSans3 => "'Source Sans 3',system-ui,sans-serif",
            Font::NotoSans => "'Noto Sans',system-ui,sans-serif",
            Font::NotoSerif => "'Noto Serif',Georgia,serif",
        };
        let (small, medium) = match self.corner {
            Corner::Square => ("0", "0"),
            Corner::Soft => ("4px", "4px"),
            Corner::Round => ("8px", "14px"),
        };
        let _ = write!(
            css,
            "--basis-heading-font-family:{family};--basis-text-font-family-default:{family};\
             --basis-border-radius-sm:{small};--basis-border-radius-md:{medium};--basis-form-control-border-radius:{small};}}}}"
        );
        let hash = HEXLOWER.encode(digest::digest(&digest::SHA256, css.as_bytes()).as_ref());
        Ok(Stylesheet {
            css,
            hash: hash.get(..16).unwrap_or_default().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step(seed: Colour, wanted: u16) -> Colour {
        let (_, contrast, share) = *STEPS.iter().find(|(step, ..)| *step == wanted).unwrap();
        seed.step(contrast, share)
    }

    #[test]
    fn a_seed_gives_the_measured_scale() {
        let teal = Colour::parse("#095c51").unwrap();
        for (wanted, contrast) in STEPS.map(|(step, contrast, _)| (step, contrast)) {
            let found = step(teal, wanted).contrast(Colour::WHITE);
            assert!(
                (found - contrast).abs() / contrast < 0.02,
                "{wanted}: {found} for {contrast}"
            );
        }
    }

    #[test]
    fn a_style_sets_every_token_once_and_nothing_else() {
        let sheet = HouseStyle::platform().stylesheet().unwrap();
        let declared: Vec<&str> = sheet
            .css
            .split(['{', ';'])
            .filter_map(|part| part.trim().split_once(':'))
            .map(|(name, _)| name)
            .filter(|name| name.starts_with("--"))
            .collect();
        let mut unique = declared.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), declared.len());
        assert_eq!(declared.len(), COLOURS.len() + FIXED.len() + 5);
        assert!(!sheet.css.contains("url("));
    }

    #[test]
    fn a_colour_that_is_not_one_is_named() {
        for value in ["red", "#12345", "#12345g", "#fff;}body{display:none", ""] {
            let style = HouseStyle {
                accent: value.to_owned(),
                ..HouseStyle::platform()
            };
            let problems = style.stylesheet().unwrap_err();
            assert_eq!(
                problems,
                [StyleProblem {
                    setting: "accent",
                    value: value.to_owned()
                }]
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn every_seed_is_readable(red: u8, green: u8, blue: u8) {
            let seed = Colour { red, green, blue };
            let at = |wanted| step(seed, wanted);
            for (text, ground) in [(700, 50), (700, 100), (600, 100), (500, 100), (500, 200), (500, 50), (400, 50)] {
                let contrast = at(text).contrast(at(ground));
                prop_assert!(contrast >= 4.5, "{text} on {ground}: {contrast}");
            }
            for (text, ground) in [(400, "#ffffff"), (500, "#ffffff"), (600, "#ffffff")] {
                let contrast = at(text).contrast(Colour::parse(ground).unwrap());
                prop_assert!(contrast >= 4.5, "{text} on {ground}: {contrast}");
            }
            prop_assert!(at(400).contrast(Colour::WHITE) >= 3.0);
        }
    }
}
