//! Of documents.

use super::{TODAY, Violation, require};
use crate::{
    Language,
    form_editor::{describe_condition, diff, read_translations, write_translations},
    forms::{Answers, Definition, Erase, FieldType, Form, Pii, RawAnswers, Role, text_keys},
};

/// Reads a document as the import does and asks everything of it. Gives back the form when it can be published.
///
/// # Errors
/// [`Violation`].
pub fn definition(document: &str) -> Result<Option<Form>, Violation> {
    let read = match Definition::parse(document) {
        Ok(read) => read,
        Err(unreadable) => {
            require(!unreadable.to_string().is_empty(), || {
                "a document is refused without a word".to_owned()
            })?;
            return Ok(None);
        }
    };
    comes_back(&read)?;
    for language in [Language::Dutch, Language::English] {
        let changes = diff(&read, &read, language);
        require(changes.is_empty(), || {
            format!("a form differs from itself: {changes:?}")
        })?;
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
            require(!issues.is_empty(), || "refused without a reason".to_owned())?;
            for issue in issues {
                require(!issue.place.is_empty(), || {
                    format!("an issue without a place: {issue:?}")
                })?;
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
        require(again == *form, || {
            format!("comes back otherwise: {written}")
        })?;
        require(
            again.canonical() == form.canonical()
                && again.exported() == form.exported()
                && again.hash() == form.hash(),
            || format!("is written otherwise: {written}"),
        )?;
    }
    Ok(())
}

/// What publishing promises.
fn sound(form: &Form) -> Result<(), Violation> {
    let definition = form.definition();
    require(
        form.with_role(Role::CaseKind)
            .is_some_and(|field| field.r#type == FieldType::Choice),
        || "nobody asks for the kind".to_owned(),
    )?;
    for key in text_keys(definition).iter().filter(|key| key.needed) {
        for language in &definition.languages {
            require(form.text(language, &key.key).is_some(), || {
                format!("{} has no text in {language}", key.key)
            })?;
            require(
                !key.prose || form.prose(language, &key.key).is_some(),
                || format!("{} has no prose in {language}", key.key),
            )?;
        }
    }
    for (_, field) in form.fields() {
        let told = form.erasures().iter().any(|one| one.field == field.key);
        let floor = field.r#type.floor();
        require(field.pii >= floor, || {
            format!("{} is below its floor", field.key)
        })?;
        require(told != (field.pii == Pii::None), || {
            format!("{} has no plan to be erased, or one too many", field.key)
        })?;
        let mut plans = form.erasures().iter().filter(|one| one.field == field.key);
        let is_yes = field.r#type == FieldType::Consent;
        require(
            is_yes || plans.all(|one| one.how != Erase::KeepProof),
            || format!("{} is kept as proof of a yes and is none", field.key),
        )?;
        for (_, condition) in field.conditions() {
            let words = describe_condition(definition, condition, Language::Dutch);
            require(!words.is_empty(), || format!("{}: no words", field.key))?;
        }
    }
    let nothing = Answers::default();
    require(
        form.check(&RawAnswers::default(), TODAY).answers == nothing,
        || "something is answered before anybody did".to_owned(),
    )?;
    let mut translated = definition.clone();
    for round in 0..2 {
        let table = write_translations(&translated);
        let read = read_translations(&mut translated, table.as_bytes());
        require(
            matches!(read, Ok(changed) if round == 0 || changed == 0),
            || format!("a table of texts does not come back: {read:?}"),
        )?;
    }
    Ok(())
}
