//! A text with its values: the municipality's own words, or else ours.

use tenants::OwnTexts;

use super::catalogue::{Entry, Placeholder, entry};
use crate::{FieldErrors, FieldProblem, Language, forms::Prose, text};

/// A municipality's own words for a text, if it has any.
pub(super) fn own<'a>(texts: &'a OwnTexts, language: Language, name: &str) -> Option<&'a str> {
    texts.get(name)?.get(language.as_str()).map(String::as_str)
}

/// The text `name` for residents, with its values: the municipality's own words, or else ours.
#[must_use]
pub fn say(texts: &OwnTexts, language: Language, name: &str, values: &[(&str, &str)]) -> String {
    let said = own(texts, language, name).zip(entry(name));
    let Some((words, entry)) = said else {
        return if values.is_empty() {
            language.text(name)
        } else {
            language.text_with(name, values)
        };
    };
    filled(words, |placeholder| {
        let known = entry.placeholders.iter();
        let variable = known
            .filter(|one| one.name == placeholder)
            .map(|one| one.variable)
            .next()?;
        let value = values.iter().find(|(name, _)| *name == variable);
        value.map(|(_, value)| (*value).to_owned())
    })
}

/// The usual text, with the names of its placeholders between braces. Empty for a page that is only there when it was written.
#[must_use]
pub fn usual(entry: &Entry, language: Language) -> String {
    if entry.shape.is_prose() {
        return String::new();
    }
    let named: Vec<(&str, String)> = (entry.placeholders.iter())
        .map(|one| (one.variable, format!("{{{}}}", one.name)))
        .collect();
    let values: Vec<(&str, &str)> = (named.iter())
        .map(|(variable, name)| (*variable, name.as_str()))
        .collect();
    language.text_with(entry.name, &values)
}

/// A text as residents would read it, with invented values.
#[must_use]
pub fn example(words: &str, municipality: &str, language: Language) -> String {
    filled(words, |placeholder| {
        Some(match placeholder {
            "gemeente" => municipality.to_owned(),
            "kenmerk" => "7K4H-9XTR".to_owned(),
            "belofte" => language.text("texts-example-promise"),
            "link" => "https://…/…".to_owned(),
            "dag" => language.text("texts-example-day"),
            "eerder" => language.text("texts-example-before"),
            "bericht" => language.text("texts-example-letter"),
            "adres" => "inwoner@example.nl".to_owned(),
            "postadres" => "Postbus 10, 1234 AB Voorbeeld".to_owned(),
            _ => return None,
        })
    })
}

/// A text with its placeholders replaced. What was put in is not read again.
pub(crate) fn filled(words: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        let unknown = || format!("{{{name}}}");
        text.push_str(&value(name.trim()).unwrap_or_else(unknown));
        rest = behind;
    }
    text.push_str(rest);
    text
}

fn listed(placeholders: &[Placeholder]) -> String {
    let names: Vec<String> = (placeholders.iter())
        .map(|one| format!("{{{}}}", one.name))
        .collect();
    names.join(", ")
}

/// The names of the placeholders in a text; one that is unknown, or a brace that stands alone, is noted at `field`. Nothing when one stands alone.
pub(crate) fn check_placeholders<'a>(
    words: &'a str,
    known: &[Placeholder],
    field: &str,
    errors: &mut FieldErrors,
) -> Option<Vec<&'a str>> {
    let mut found = Vec::new();
    let mut pieces = words.split('{');
    let mut open = pieces.next().is_some_and(|before| before.contains('}'));
    for piece in pieces {
        match piece.split_once('}') {
            Some((name, behind)) if !behind.contains('}') => found.push(name.trim()),
            _ => open = true,
        }
    }
    if open {
        errors.add(field, "placeholder_open");
        return None;
    }
    let is_known = |name: &str| known.iter().any(|one| one.name == name);
    if let Some(unknown) = found.iter().find(|name| !is_known(name)) {
        let code = if known.is_empty() {
            "placeholder_none"
        } else {
            "placeholder_unknown"
        };
        errors.push(FieldProblem {
            field: field.to_owned(),
            code: code.to_owned(),
            parameters: [
                ("placeholder".to_owned(), format!("{{{unknown}}}")),
                ("known".to_owned(), listed(known)),
            ]
            .into(),
        });
    }
    Some(found)
}

/// What was typed, in normal form; what is wrong with it is noted at `field`.
pub(super) fn checked(entry: &Entry, typed: &str, field: &str, errors: &mut FieldErrors) -> String {
    let words = if entry.shape.is_line() {
        text::clean_line(typed)
    } else {
        text::clean_text(typed)
    };
    let words = crate::input::required(words, entry.shape.max(), field, errors);
    if entry.shape.is_prose() {
        Prose::check(&words, field, errors);
        return words;
    }
    let Some(found) = check_placeholders(&words, entry.placeholders, field, errors) else {
        return words;
    };
    let missing: Vec<Placeholder> = (entry.placeholders.iter())
        .filter(|one| one.needed && !found.contains(&one.name))
        .copied()
        .collect();
    if !words.is_empty() && !missing.is_empty() {
        errors.add_with(
            field,
            "placeholder_missing",
            "placeholder",
            listed(&missing),
        );
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::ENTRIES;

    fn problem(name: &str, typed: &str) -> Option<String> {
        let mut errors = FieldErrors::default();
        checked(entry(name).unwrap(), typed, "words.nl", &mut errors);
        errors
            .problems()
            .first()
            .map(|problem| problem.code.clone())
    }

    #[test]
    fn own_words_are_said_with_their_values_and_others_stay_ours() {
        let own = OwnTexts::from([(
            "mail-receipt".to_owned(),
            [("nl".to_owned(), "Gelukt: {kenmerk} {kenmerk}".to_owned())].into(),
        )]);
        let values = [("reference", "{link}")];
        let said = |language| say(&own, language, "mail-receipt", &values);
        assert_eq!(said(Language::Dutch), "Gelukt: {link} {link}");
        assert_eq!(
            said(Language::English),
            Language::English.text_with("mail-receipt", &values)
        );
    }

    #[test]
    fn every_usual_text_can_be_typed_over_and_holds_what_it_needs() {
        for entry in ENTRIES.iter().filter(|entry| !entry.shape.is_prose()) {
            for language in Language::ALL {
                let usual = usual(entry, *language);
                assert_eq!(problem(entry.name, &usual), None, "{}: {usual}", entry.name);
            }
        }
    }

    #[test]
    fn a_placeholder_that_is_unknown_missing_or_open_is_refused() {
        for (name, typed, code) in [
            ("mail-receipt", "Uw {nummer}", "placeholder_unknown"),
            ("home-title", "Dag {naam}", "placeholder_none"),
            ("mail-receipt", "Uw {kenmerk", "placeholder_open"),
            ("mail-receipt", "Uw kenmerk}", "placeholder_open"),
            ("mail-score-body", "Geef een cijfer.", "placeholder_missing"),
            ("home-title", " ", "required"),
            ("privacy-page", "<script>x</script>", "markup_refused_here"),
        ] {
            assert_eq!(problem(name, typed).as_deref(), Some(code), "{typed}");
        }
    }
}
