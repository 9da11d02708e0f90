//! What was typed about a form, a step or a question, on its way into the definition.

use chrono::NaiveDate;
use domain::{
    FieldErrors,
    forms::{self, Prose, Signpost},
    input, text,
};

use crate::csrf::Fields;

/// What was typed, and what is wrong with it.
pub(super) struct Typed<'t> {
    pub fields: &'t Fields,
    pub errors: FieldErrors,
}

impl<'t> Typed<'t> {
    pub fn new(fields: &'t Fields) -> Self {
        Self {
            fields,
            errors: FieldErrors::default(),
        }
    }

    /// A line; nothing when it was left empty.
    pub fn line(&self, name: &str) -> Option<String> {
        Some(text::clean_line(self.fields.text(name))).filter(|text| !text.is_empty())
    }

    /// A whole number from 1, with points between thousands.
    pub fn number(&mut self, name: &str, most: u32) -> Option<u32> {
        let number = self.line(name)?.replace('.', "").parse().ok();
        let number = number.filter(|number| (1..=most).contains(number));
        if number.is_none() {
            self.errors.add_with(name, "out_of_range", "max", most);
        }
        number
    }

    /// A decimal number as the definition writes it, with a point.
    pub fn decimal(&mut self, name: &str) -> Option<String> {
        text::parse_number(&self.line(name)?)
            .map(|number| number.exact())
            .map_err(|problem| self.errors.push(problem.of_field(name)))
            .ok()
    }

    /// A day.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        text::read_day(&mut self.errors, name, Some(self.fields.text(name)))
    }

    /// A text of an editor.
    pub fn text(&mut self, name: &str) -> String {
        let text = text::clean_text(self.fields.text(name));
        input::optional(text, forms::TEXT_MAX, name, &mut self.errors)
    }

    /// A text with a little markup.
    pub fn prose(&mut self, name: &str) -> String {
        let text = self.text(name);
        Prose::check(&text, name, &mut self.errors);
        text
    }

    /// Where an info field or an option sends people; nothing when nothing was filled in. Its texts stand at `place`.
    pub fn signpost(
        &mut self,
        suffix: &str,
        place: &str,
        texts: &mut Vec<(String, String)>,
    ) -> Option<Signpost> {
        let sentence = self.prose(&format!("signpost{suffix}"));
        let words = self.line(&format!("signpost_words{suffix}"));
        let name = format!("signpost_link{suffix}");
        let link = self.line(&name);
        let phone = self.line(&format!("signpost_phone{suffix}"));
        if let Some(link) = link.as_ref().filter(|link| !forms::is_https(link)) {
            self.errors.add_with(&name, "link_refused", "value", link);
        }
        let is_set = link.is_some() || phone.is_some();
        if !sentence.is_empty() && !is_set {
            self.errors.add_with(&name, "signpost_empty", "value", "");
        }
        texts.push((format!("{place}.signpost"), sentence));
        texts.push((format!("{place}.signpost_link"), words.unwrap_or_default()));
        is_set.then_some(Signpost { link, phone })
    }
}
