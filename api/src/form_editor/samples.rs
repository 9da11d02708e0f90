//! The form that samples of pages are about.

use chrono::{DateTime, Utc};
use domain::{
    Language,
    form_editor::{FormDraft, Template},
    forms::{Definition, Issue},
};

use super::view::{self, FormHeader, IssueView};
use crate::html::{FormPage, FormState, SampleFrame};

/// A draft.
pub(super) fn draft() -> FormDraft {
    let slug = "klacht-tip-compliment".to_owned();
    let definition = Template::Complaint
        .definition(&slug, "")
        .unwrap_or_else(|_| Definition::blank(slug.clone(), "Klacht", vec!["nl".to_owned()]));
    FormDraft {
        form: uuid::Uuid::from_u128(1).into(),
        slug,
        definition,
        lock: 3,
        author: None,
        updated_at: DateTime::<Utc>::UNIX_EPOCH,
    }
}

/// The head of a page about it.
pub(super) fn header(part: &'static str, frame: &SampleFrame) -> FormHeader {
    FormHeader::new(&draft(), part, frame.language)
}

/// Why it cannot be published yet.
pub(super) fn issue() -> Issue {
    Issue {
        code: "text-missing",
        place: "texts/nl".to_owned(),
        value: "kort".to_owned(),
        other: String::new(),
    }
}

/// The same as a page shows it.
pub(super) fn issue_view(language: Language) -> IssueView {
    let draft = draft();
    view::issue(&issue(), &draft.definition, &draft.slug, language)
}

/// An empty form, and one that was refused for a field.
pub(super) fn forms(field: &str, language: Language) -> [FormState; 2] {
    [
        FormState::empty(),
        FormPage::refused_sample(field, "required", language).form,
    ]
}
