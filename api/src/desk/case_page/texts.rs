//! Texts of the page of a case that are put together.

use domain::{
    Language,
    cases::Case,
    forms::{Form, Role as FieldRole},
    intake::{self, Receipt},
};

use crate::problem::Problem;

/// Signs of a story that are shown at once.
const STORY_SHOWN: usize = 700;

/// A text in two parts at the end of a word: what is shown at once, and the rest of a long one.
pub(super) fn shortened(text: &str) -> (String, String) {
    if text.chars().count() <= STORY_SHOWN {
        return (text.to_owned(), String::new());
    }
    let end = text
        .char_indices()
        .nth(STORY_SHOWN)
        .map_or(text.len(), |(at, _)| at);
    let (head, _) = text.split_at(end);
    let at = head.rfind(char::is_whitespace).unwrap_or(end);
    let (head, rest) = text.split_at(at);
    (
        format!("{} …", head.trim_end()),
        rest.trim_start().to_owned(),
    )
}

/// When a call suits, in the words of the form.
pub(crate) fn call_times(case: &Case, form: &Form, language: Language) -> String {
    let question = form
        .with_role(FieldRole::ContactCallTime)
        .map_or("", |field| field.key.as_str());
    let call_times: Vec<&str> = (case.call_times.as_array())
        .into_iter()
        .flatten()
        .filter_map(|key| key.as_str())
        .map(|key| {
            form.text(language.as_str(), &format!("{question}.{key}"))
                .map_or(key, |(text, _)| text)
        })
        .collect();
    call_times.join(", ")
}

/// Sentences about answers in which a burgerservicenummer may stand.
pub(crate) fn bsn_hints(receipt: &Receipt, language: Language) -> Result<Vec<String>, Problem> {
    let form = &receipt.form.form;
    Ok(intake::bsn_hints(form, &receipt.submission.answers()?)
        .iter()
        .map(|hint| {
            let question = form
                .text(language.as_str(), &hint.field)
                .map_or("", |(text, _)| text);
            language.text_with(
                "case-bsn-hint",
                &[("question", question), ("number", &hint.masked)],
            )
        })
        .collect())
}
