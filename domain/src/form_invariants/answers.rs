//! Of answers.

use std::collections::BTreeSet;

use super::{TODAY, Violation};
use crate::{
    Language,
    forms::{
        Answer, Answers, Checked, Field, FieldType, Form, RawAnswers, Report, Today, carry_over,
        values,
    },
    intake, text,
};

/// Asks everything of what `form` makes of `raw`.
///
/// # Errors
/// [`Violation`].
pub fn answers(form: &Form, raw: &RawAnswers) -> Result<(), Violation> {
    let checked = form.check(raw, TODAY);
    only_what_is_shown(form, raw, &checked)?;
    for (key, answer) in &checked.answers.0 {
        if let Some(field) = form.field(key) {
            fits(field, answer)?;
        }
    }
    comes_back(form, &checked)?;
    counts(form, &checked)?;
    for language in [Language::Dutch, Language::English] {
        let copy = intake::copy(
            form,
            &checked.answers,
            &checked.visible,
            &[],
            (language, false),
        );
        for line in copy.iter().flat_map(|step| &step.lines) {
            let key = &line.field;
            require!(
                checked.visible.contains(key),
                "{key} was hidden and stands in the receipt"
            );
        }
    }
    let _ = intake::bsn_hints(form, &checked.answers);
    for (key, values) in &carry_over(form, form, raw).0 {
        let is_typed = values.iter().all(|value| raw.all(key).contains(value));
        require!(
            is_typed,
            "{key} is carried over with something nobody typed"
        );
    }
    Ok(())
}

fn only_what_is_shown(form: &Form, raw: &RawAnswers, checked: &Checked) -> Result<(), Violation> {
    let order: Vec<&String> = form.fields().map(|(_, field)| &field.key).collect();
    let mut shown = order.iter().filter(|key| checked.visible.contains(**key));
    require!(
        checked.visible.iter().all(|key| shown.next() == Some(&key)),
        "shown out of order: {:?}",
        checked.visible
    );
    for (index, step) in form.steps().iter().enumerate() {
        let holds = |condition| checked.answers.satisfy(condition);
        let step_shown = step.show_if.as_ref().is_none_or(holds);
        require!(
            checked.visible_steps.contains(&index) == step_shown,
            "{} is shown although its condition says otherwise",
            step.key
        );
        for field in &step.fields {
            let key = &field.key;
            let expected = step_shown && field.show_if.as_ref().is_none_or(holds);
            let visible = checked.visible.contains(key);
            require!(
                visible == expected,
                "{key} is {visible} where its condition says {expected}"
            );
            let answered = checked.answers.get(key).is_some();
            require!(visible || !answered, "{key} was hidden and leaves");
            let errors = checked
                .errors
                .iter()
                .filter(|error| error.field == *key)
                .count();
            let advised = checked.advised.contains(key);
            require!(
                errors + usize::from(answered) + usize::from(advised) <= usize::from(visible),
                "{key} has more than one result"
            );
        }
    }
    // What was typed into hidden fields changes nothing.
    let mut seen = raw.clone();
    seen.0.retain(|key, _| checked.visible.contains(key));
    let again = form.check(&seen, TODAY);
    require!(
        (&again.answers, &again.errors, &again.visible)
            == (&checked.answers, &checked.errors, &checked.visible),
        "a hidden answer has an effect"
    );
    Ok(())
}

/// An answer is of the type of its field and within its limits.
fn fits(field: &Field, answer: &Answer) -> Result<(), Violation> {
    let plain = |text: &str| !text::deceives(text) && text::clean_text(text) == *text;
    let holds = match (field.r#type, answer) {
        (FieldType::Choice | FieldType::Context, Answer::Choice { value }) => {
            field.options.contains(value)
        }
        (FieldType::Choices, Answer::Choices { value }) => {
            let mut options = field.options.iter();
            !value.is_empty() && value.iter().all(|one| options.any(|option| option == one))
        }
        (FieldType::Date, Answer::Date { value }) => {
            field.earliest.is_none_or(|earliest| *value >= earliest)
                && field.latest.is_none_or(|latest| *value <= latest)
                && (field.today != Some(Today::Earliest) || *value >= TODAY)
                && (field.today != Some(Today::Latest) || *value <= TODAY)
        }
        (FieldType::Phone, Answer::Phone { value, e164 }) => {
            let digits = e164.strip_prefix('+').unwrap_or_default();
            plain(value)
                && (4..=15).contains(&digits.len())
                && digits.bytes().all(|digit| digit.is_ascii_digit())
        }
        (FieldType::Files, Answer::Files { value }) => !value.is_empty(),
        (FieldType::Consent, Answer::Consent) => true,
        (FieldType::Number, Answer::Text { value }) => values::parse_bound(value).is_some(),
        (FieldType::Email, Answer::Text { value }) => {
            value.is_ascii()
                && value.matches('@').count() == 1
                && !value.contains(['\r', '\n', ' ', ','])
        }
        (kind, Answer::Text { value }) if kind.is_written() => {
            let most = field.max.unwrap_or_else(|| kind.longest());
            let lines = matches!(kind, FieldType::Longtext | FieldType::Address);
            plain(value)
                && !value.is_empty()
                && usize::try_from(most).is_ok_and(|most| value.chars().count() <= most)
                && (lines || !value.contains('\n'))
        }
        _ => false,
    };
    require!(holds, "{}: {answer:?}", field.key);
    Ok(())
}

/// The answers are kept as they are, and typed once more they are the same.
fn comes_back(form: &Form, checked: &Checked) -> Result<(), Violation> {
    let kept = serde_json::to_value(&checked.answers)
        .and_then(serde_json::from_value::<Answers>)
        .map_err(|error| Violation(error.to_string()))?;
    require!(kept == checked.answers, "kept otherwise: {kept:?}");
    let mut raw = RawAnswers::default();
    for (key, answer) in &checked.answers.0 {
        raw.0.insert(key.clone(), typed(form.field(key), answer));
    }
    let again = form.check(&raw, TODAY);
    let answers = &checked.answers;
    require!(
        again.answers == *answers,
        "{answers:?} is read again as {:?}",
        again.answers
    );
    require!(
        again.visible == checked.visible,
        "{:?} was {:?}",
        again.visible,
        checked.visible
    );
    let is_right = !checked.errors.is_empty() || again.errors.is_empty();
    require!(is_right, "was right and is wrong: {:?}", again.errors);
    Ok(())
}

/// An answer as somebody would type it.
fn typed(field: Option<&Field>, answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Choices { value } | Answer::Files { value } => value.clone(),
        // A point would stand between thousands here.
        Answer::Text { value } if field.is_some_and(|field| field.r#type == FieldType::Number) => {
            vec![value.replace('.', ",")]
        }
        other => vec![other.as_text()],
    }
}

/// Reports count closed values of what was asked.
fn counts(form: &Form, checked: &Checked) -> Result<(), Violation> {
    const WORDS: [&str; 8] = ["none", "given", "short", "medium", "long", "yes", "no", "0"];
    let mut asked = BTreeSet::new();
    for (field, report, value) in intake::report::counted(form, &checked.answers) {
        asked.insert(&field.key);
        let closed = WORDS.contains(&value.as_str())
            || match report {
                Report::Dimension => field.options.contains(&value),
                Report::Count => value.parse::<u32>().is_ok(),
                Report::Value => value
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'.'),
                Report::Answered | Report::Area | Report::Flag => false,
            };
        let key = &field.key;
        require!(closed, "{key}: {value} is counted");
        require!(
            checked.visible.contains(key),
            "{key} was hidden and is counted"
        );
    }
    for (_, field) in form.fields().filter(|(_, field)| field.report.is_some()) {
        let counted = asked.contains(&field.key) || field.report == Some(Report::Value);
        require!(
            counted || !checked.visible.contains(&field.key),
            "{} was asked and is not counted",
            field.key
        );
    }
    Ok(())
}
