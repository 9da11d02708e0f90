//! A house style as a form or a program sends it.

use serde::Deserialize;
use utoipa::ToSchema;

use super::image::{self, Picture};
use crate::{
    Error, FieldErrors,
    style::{Colour, HouseStyle},
    text,
};

/// Longest description of a logo, in characters.
const LOGO_TEXT_MAX: usize = 150;
/// Longest name that mails come from, in characters.
const SENDER_MAX: usize = 80;

/// Pictures that came with a house style; none was chosen where there is none.
#[derive(Clone, Debug, Default)]
pub struct Images {
    /// The logo.
    pub logo: Option<Vec<u8>>,
    /// The icon that browsers show beside the title.
    pub icon: Option<Vec<u8>>,
}

/// What a house style is made from. Pictures come beside it, and stay as they are without new ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StyleRequest {
    /// Colour of buttons and header, `#rrggbb`.
    #[serde(default)]
    #[schema(example = "#095c51")]
    pub primary: String,
    /// Colour of links, `#rrggbb`.
    #[serde(default)]
    #[schema(example = "#01558b")]
    pub accent: String,
    /// Colour that greys lean to, `#rrggbb`.
    #[serde(default)]
    #[schema(example = "#5d6d76")]
    pub neutral: String,
    /// Font.
    #[serde(default)]
    #[schema(value_type = crate::style::Font)]
    pub font: String,
    /// Corners.
    #[serde(default)]
    #[schema(value_type = crate::style::Corner)]
    pub corner: String,
    /// What is on the logo, for who cannot see it. Needed when there is a logo.
    #[serde(default)]
    #[schema(example = "Logo van gemeente Waterdam")]
    pub logo_text: String,
    /// Whether the logo is taken away.
    #[serde(default)]
    pub without_logo: bool,
    /// Whether the icon is taken away: then the logo is the icon.
    #[serde(default)]
    pub without_icon: bool,
    /// Name that mails come from; the municipality's when it is empty.
    #[serde(default)]
    #[schema(example = "Gemeente Waterdam, klantenservice")]
    pub sender: String,
}

fn colour(typed: &str, field: &str, errors: &mut FieldErrors) -> String {
    match Colour::read(typed) {
        Some(colour) => colour.hex(),
        None if typed.trim().is_empty() => {
            errors.add(field, "required");
            String::new()
        }
        None => {
            errors.add(field, "colour");
            String::new()
        }
    }
}

impl StyleRequest {
    /// What would be sent to keep a style as it is.
    #[must_use]
    pub fn of(style: &HouseStyle) -> Self {
        Self {
            primary: style.primary.clone(),
            accent: style.accent.clone(),
            neutral: style.neutral.clone(),
            font: style.font.to_string(),
            corner: style.corner.to_string(),
            logo_text: style.logo_text.clone().unwrap_or_default(),
            without_logo: false,
            without_icon: false,
            sender: style.sender.clone().unwrap_or_default(),
        }
    }

    /// The style, based on what it was `before`, and the pictures to keep.
    pub(super) fn parse(
        self,
        before: HouseStyle,
        images: &Images,
    ) -> Result<(HouseStyle, Vec<Picture>), Error> {
        let mut errors = FieldErrors::default();
        let primary = colour(&self.primary, "primary", &mut errors);
        let accent = colour(&self.accent, "accent", &mut errors);
        let neutral = colour(&self.neutral, "neutral", &mut errors);
        let font = text::read_choice(&mut errors, "font", &self.font);
        let corner = text::read_choice(&mut errors, "corner", &self.corner);
        let mut read = |bytes: &Option<Vec<u8>>, field| {
            let bytes = bytes.as_deref()?;
            image::read(bytes, field, &mut errors)
        };
        let new_logo = read(&images.logo, "logo");
        let new_icon = read(&images.icon, "icon");
        let file = |new: &Option<Picture>, kept: Option<String>, without: bool| match new {
            Some(picture) => Some(picture.file.clone()),
            None if without => None,
            None => kept,
        };
        let logo = file(&new_logo, before.logo, self.without_logo);
        let icon = file(&new_icon, before.icon, self.without_icon);
        let logo_text = text::clean_line(&self.logo_text);
        if logo.is_some() && logo_text.is_empty() {
            errors.add("logoText", "required");
        }
        let logo_text = crate::input::optional(logo_text, LOGO_TEXT_MAX, "logoText", &mut errors);
        let sender = text::clean_line(&self.sender);
        let sender = crate::input::optional(sender, SENDER_MAX, "sender", &mut errors);
        errors.into_result()?;
        let filled = |text: String| (!text.is_empty()).then_some(text);
        let style = HouseStyle {
            primary,
            accent,
            neutral,
            font: font.unwrap_or(before.font),
            corner: corner.unwrap_or(before.corner),
            mark: before.mark,
            logo_text: filled(logo_text),
            logo,
            icon,
            sender: filled(sender),
        };
        Ok((style, [new_logo, new_icon].into_iter().flatten().collect()))
    }
}
