//! What was typed about a question, on its way into the definition.

use chrono::NaiveDate;
use domain::{
    Error, FieldErrors,
    forms::{
        self, Advise, Definition, FieldType, FileKind, Pii, Report, Required, Role, Signpost, Today,
    },
    text,
};

use super::conditions;
use crate::csrf::Fields;

/// What was typed, on its way into the definition.
struct Typed<'t> {
    fields: &'t Fields,
    errors: FieldErrors,
}

impl Typed<'_> {
    fn line(&self, name: &str) -> Option<String> {
        Some(text::clean_line(self.fields.text(name))).filter(|text| !text.is_empty())
    }

    fn number(&mut self, name: &str, most: u32) -> Option<u32> {
        let text = self.line(name)?;
        let number = text
            .replace('.', "")
            .parse()
            .ok()
            .filter(|number| (1..=most).contains(number));
        if number.is_none() {
            self.errors.add_with(name, "out_of_range", "max", most);
        }
        number
    }

    fn decimal(&mut self, name: &str) -> Option<String> {
        let text = self.line(name)?.replace(',', ".");
        let fits = text
            .strip_prefix('-')
            .unwrap_or(&text)
            .chars()
            .all(|sign| sign.is_ascii_digit() || sign == '.');
        if !fits {
            self.errors.add(name, "not_a_number");
        }
        Some(text).filter(|_| fits)
    }

    fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let text = self.line(name)?;
        let day = crate::html::values::typed_day(&text);
        if day.is_none() {
            self.errors.add(name, "not_a_date");
        }
        day
    }

    fn text(&mut self, name: &str) -> String {
        let text = text::clean_text(self.fields.text(name));
        if text.chars().count() > forms::TEXT_MAX {
            self.errors
                .add_with(name, "too_long", "max", forms::TEXT_MAX);
        }
        text
    }

    /// A text with a little markup.
    fn prose(&mut self, name: &str) -> String {
        let text = self.text(name);
        if let Err(refused) = forms::Prose::parse(&text) {
            self.errors
                .add_with(name, "markup_refused_here", "other", refused.value);
        }
        text
    }
}

/// Puts what was typed into a question. Everything that cannot be used is told at once.
pub(super) fn apply(definition: &mut Definition, key: &str, fields: &Fields) -> Result<(), Error> {
    // Of two answers with one key, one tick takes one away.
    for option in fields.all("option_remove") {
        definition.remove_option(key, option);
    }
    let field = definition.field(key).cloned().ok_or(Error::NotFound)?;
    let mut typed = Typed {
        fields,
        errors: FieldErrors::default(),
    };
    let kind = field.r#type;
    let mut changed = field.clone();
    let label = if kind == FieldType::Info {
        typed.prose("label")
    } else {
        text::clean_line(&typed.text("label"))
    };
    if label.is_empty() && kind != FieldType::Context {
        typed.errors.add("label", "required");
    }
    let mut texts = vec![
        (key.to_owned(), label),
        (format!("{key}.hint"), typed.prose("hint")),
        (format!("{key}.advise"), typed.text("advise_text")),
    ];
    changed.max = typed.number("max", kind.longest());
    changed.lowest = typed.decimal("lowest");
    changed.highest = typed.decimal("highest");
    changed.earliest = typed.day("earliest");
    changed.latest = typed.day("latest");
    changed.today = match fields.get("today") {
        Some(word) => Today::from_word(word),
        None => field.today,
    };
    changed.max_files = typed.number("max_files", forms::FILES_MAX);
    changed.max_mb = typed.number("max_mb", forms::FILE_MB_MAX);
    changed.region = typed.line("region").map(|region| region.to_uppercase());
    changed.role = Role::from_word(fields.text("role"));
    changed.pii = Pii::from_word(fields.text("pii"))
        .or(Some(field.pii))
        .filter(|pii| kind.may_be(*pii))
        .unwrap_or(kind.floor());
    // What the page does not ask, stays.
    changed.report = match fields.get("report") {
        Some(word) => Report::from_word(word),
        None => field.report,
    };
    changed.accept = fields
        .all("accept")
        .filter_map(FileKind::from_word)
        .collect();
    changed.show_if = conditions::read("show", fields, field.show_if.as_ref(), &mut typed.errors);
    changed.required = fields.get("required").map(|_| Required {
        because: text::clean_line(fields.text("because")),
        r#if: conditions::read("required", fields, field.required_if(), &mut typed.errors),
    });
    if changed
        .required
        .as_ref()
        .is_some_and(|required| required.because.is_empty())
    {
        typed
            .errors
            .add_with("because", "reason_missing", "value", "");
    }
    changed.advise = fields.get("advise").map(|_| Advise {
        r#if: conditions::read("advise", fields, field.advise_if(), &mut typed.errors),
    });
    if kind == FieldType::Info {
        changed.signpost = signpost(&mut typed, "", key, &mut texts);
    }
    changed.signposts.0.clear();
    for option in &changed.options {
        let name = format!("option.{option}");
        let words = text::clean_line(&typed.text(&name));
        if words.is_empty() && kind != FieldType::Context {
            typed.errors.add(&name, "required");
        }
        let place = format!("{key}.{option}");
        texts.push((place.clone(), words));
        if let Some(signpost) = signpost(&mut typed, &format!(".{option}"), &place, &mut texts) {
            changed.signposts.0.insert(option.clone(), signpost);
        }
    }
    typed.errors.into_result()?;
    if let Some(known) = definition.field_mut(key) {
        *known = changed;
    }
    for (name, text) in texts {
        definition.set_source_text(&name, &text);
    }
    for words in fields
        .all("option_new")
        .map(text::clean_line)
        .filter(|words| !words.is_empty())
    {
        definition.add_option(key, &words);
    }
    Ok(())
}

/// Where an info field or an option sends people; nothing when nothing was filled in.
fn signpost(
    typed: &mut Typed<'_>,
    suffix: &str,
    place: &str,
    texts: &mut Vec<(String, String)>,
) -> Option<Signpost> {
    let sentence = typed.prose(&format!("signpost{suffix}"));
    let words = typed
        .line(&format!("signpost_words{suffix}"))
        .unwrap_or_default();
    let link = typed.line(&format!("signpost_link{suffix}"));
    let phone = typed.line(&format!("signpost_phone{suffix}"));
    if let Some(link) = &link
        && !forms::is_https(link)
    {
        let name = format!("signpost_link{suffix}");
        typed.errors.add_with(&name, "link_refused", "value", link);
    }
    let is_set = link.is_some() || phone.is_some();
    if !sentence.is_empty() && !is_set {
        let name = format!("signpost_link{suffix}");
        typed.errors.add_with(&name, "signpost_empty", "value", "");
    }
    texts.push((format!("{place}.signpost"), sentence));
    texts.push((format!("{place}.signpost_link"), words));
    is_set.then_some(Signpost { link, phone })
}
