//! Pieces that the pages of the builder share.

use domain::{
    Language,
    forms::{Definition, Flaw, FormDraft, Standing, field_in_words},
};

/// An entry of a list to choose from.
pub struct Pick {
    /// What is sent.
    pub value: String,
    /// What it says.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Pick {
    pub(super) fn new(value: &str, text: String, chosen: bool) -> Self {
        Self {
            value: value.to_owned(),
            text,
            chosen,
        }
    }
}

/// The head of every page about a form.
pub struct Head {
    /// Address of the form.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Number of the draft's text; 0 without a draft.
    pub lock: i64,
    /// Part of the builder this page is.
    pub part: &'static str,
}

impl Head {
    /// Whether this is the page of a part.
    #[must_use]
    pub fn is(&self, part: &str) -> bool {
        self.part == part
    }

    /// Whether a part can be opened: some need a draft.
    #[must_use]
    pub fn shows(&self, part: &str) -> bool {
        self.lock > 0 || !matches!(part, "texts" | "settings" | "publish")
    }

    pub(super) fn new(draft: &FormDraft, part: &'static str, language: Language) -> Self {
        Self {
            slug: draft.slug.clone(),
            title: title(&draft.definition, language),
            lock: draft.lock,
            part,
        }
    }
}

/// The title of a form.
pub(super) fn title(definition: &Definition, language: Language) -> String {
    field_in_words(definition, "title", language)
}

/// A standing as a badge: its tone and its words.
pub(super) fn standing(standing: Standing, language: Language) -> (&'static str, String) {
    let tone = match standing {
        Standing::Open => "safe",
        Standing::NotYet => "warning",
        Standing::Closed | Standing::Over | Standing::Offline => "neutral",
    };
    let word = crate::html::dashed(standing.as_str());
    (tone, language.text(&format!("form-standing-{word}")))
}

/// A flaw as a sentence with a link to the page where it can be mended.
pub struct FlawView {
    /// Where to mend it.
    pub path: String,
    /// What is wrong.
    pub sentence: String,
    /// What it is about.
    pub place: String,
}

pub(super) fn flaw(
    flaw: &Flaw,
    definition: &Definition,
    slug: &str,
    language: Language,
) -> FlawView {
    let base = format!("/beheer/formulieren/{slug}");
    let parts: Vec<&str> = flaw.place.split('/').collect();
    let words = |key: &str| field_in_words(definition, key, language);
    let (path, place) = match parts.as_slice() {
        ["steps", _, "fields", field, rest @ ..] => {
            let anchor = match rest {
                ["show_if", ..] => "#wanneer",
                ["required", ..] => "#verplicht",
                ["advise", ..] => "#advies",
                _ => "",
            };
            (format!("{base}/vraag/{field}{anchor}"), words(field))
        }
        ["steps", step, ..] => (format!("{base}/stap/{step}"), words(step)),
        ["texts", _] => {
            let owner = flaw.value.split('.').next().unwrap_or_default();
            let is_source =
                definition.languages.first().map(String::as_str) == parts.get(1).copied();
            let path = if is_source && definition.field(owner).is_some() {
                format!("{base}/vraag/{owner}")
            } else if is_source && definition.step(owner).is_some() {
                format!("{base}/stap/{owner}")
            } else {
                format!("{base}/teksten#tekst-{}", flaw.value.replace('.', "-"))
            };
            (path, words(owner))
        }
        ["key" | "languages" | "privacy" | "texts", ..] => (
            format!("{base}/instellingen"),
            language.text("form-part-settings"),
        ),
        _ => (base, language.text("form-part-build")),
    };
    // The other place is told by its question, not by its place in the document.
    let other = match flaw.other.rsplit('/').next() {
        Some(key) if flaw.other.starts_with("steps/") => words(key),
        _ => flaw.other.clone(),
    };
    let value = if definition.field(&flaw.value).is_some() || flaw.value.contains('.') {
        words(&flaw.value)
    } else {
        flaw.value.clone()
    };
    let code = flaw.code;
    FlawView {
        sentence: language.text_with(
            &format!("field-{code}"),
            &[("value", &value), ("other", &other)],
        ),
        path,
        place,
    }
}
