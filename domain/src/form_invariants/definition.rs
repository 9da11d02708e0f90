//! Of documents.

use super::{TODAY, Violation};
use crate::{
    Language,
    form_editor::{apply_table, describe_condition, diff, read_table, write_translations},
    forms::{
        Answers, Definition, Erase, FieldType, Form, Pii, RawAnswers, Role, TextKey, text_keys,
    },
};

/// Reads a document as the import does and asks everything of it. Gives back the form when it can be published.
///
/// # Errors
/// [`Violation`].
pub fn definition(document: &str) -> Result<Option<Form>, Violation> {
    let read = match Definition::parse(document) {
        Ok(read) => read,
        Err(unreadable) => {
            require!(
                !unreadable.to_string().is_empty(),
                "a document is refused without a word"
            );
            return Ok(None);
        }
    };
    comes_back(&read)?;
    for language in [Language::Dutch, Language::English] {
        let changes = diff(&read, &read, language);
        require!(
            changes.is_empty(),
            "a form differs from itself: {changes:?}"
        );
        let blank = Definition::blank(read.key.clone(), "", Vec::new());
        let _ = diff(&blank, &read, language);
        let _ = diff(&read, &blank, language);
    }
    // A draft with issues is shown as well.
    let _ = Form::of_draft(read.clone()).check(&RawAnswers::default(), TODAY);
    match Form::compile(read) {
        Ok(form) => {
            sound(&form)?;
            Ok(Some(form))
        }
        Err(issues) => {
            require!(!issues.is_empty(), "refused without a reason");
            for issue in issues {
                require!(
                    !issue.place.is_empty(),
                    "an issue without a place: {issue:?}"
                );
            }
            Ok(None)
        }
    }
}

/// What is stored and what is exported is read back as the same form, and written as the same bytes.
fn comes_back(form: &Definition) -> Result<(), Violation> {
    for written in [form.canonical(), form.exported()] {
        let again = Definition::parse(&written)
            .map_err(|error| Violation(format!("cannot be read back: {error}: {written}")))?;
        require!(again == *form, "comes back otherwise: {written}");
        let bytes = |form: &Definition| (form.canonical(), form.exported(), form.hash());
        require!(
            bytes(&again) == bytes(form),
            "is written otherwise: {written}"
        );
    }
    Ok(())
}

/// What publishing promises.
fn sound(form: &Form) -> Result<(), Violation> {
    let definition = form.definition();
    let kind = form.with_role(Role::CaseKind);
    let asks = kind.is_some_and(|field| field.r#type == FieldType::Choice);
    require!(asks, "nobody asks for the kind");
    for TextKey { key, prose, .. } in text_keys(definition).iter().filter(|key| key.needed) {
        for language in &definition.languages {
            let is_there = form.text(language, key).is_some();
            require!(is_there, "{key} has no text in {language}");
            let is_read = !prose || form.prose(language, key).is_some();
            require!(is_read, "{key} has no prose in {language}");
        }
    }
    let erasures = form.erasures();
    for (_, field) in form.fields() {
        let key = &field.key;
        require!(
            field.pii >= field.r#type.floor(),
            "{key} is below its floor"
        );
        let mut plans = erasures.iter().filter(|one| one.field == *key).peekable();
        let is_planned = plans.peek().is_some();
        require!(
            is_planned != (field.pii == Pii::None),
            "{key} has no plan to be erased, or one too many"
        );
        let is_yes = field.r#type == FieldType::Consent;
        require!(
            is_yes || plans.all(|one| one.how != Erase::KeepProof),
            "{key} is kept as proof of a yes and is none"
        );
        for (_, condition) in field.conditions() {
            let words = describe_condition(definition, condition, Language::Dutch);
            require!(!words.is_empty(), "{key}: no words");
        }
    }
    let unanswered = form.check(&RawAnswers::default(), TODAY).answers;
    require!(
        unanswered == Answers::default(),
        "something is answered before anybody did"
    );
    let mut translated = definition.clone();
    for round in 0..2 {
        let table = write_translations(&translated);
        let read =
            read_table(table.as_bytes()).and_then(|table| apply_table(&mut translated, &table));
        require!(
            matches!(read, Ok(changed) if round == 0 || changed == 0),
            "a table of texts does not come back: {read:?}"
        );
    }
    Ok(())
}
