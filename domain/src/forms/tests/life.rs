//! Random forms and random answers: what holds for every form that somebody can make.

use std::collections::HashMap;

use proptest::prelude::*;

use super::{super::*, TODAY};
use crate::form_editor::*;
use crate::{Language, text::clean_text};

/// What an editor does, one press after another.
#[derive(Clone, Debug)]
enum Press {
    Step(String),
    Field(usize, usize, String),
    Option(usize, String),
    MoveField(usize, bool),
    MoveStep(usize, bool),
    CopyStep(usize),
    CopyField(usize),
    Remove(usize),
    Depend(usize, usize),
    Text(usize, String),
}

fn press() -> impl Strategy<Value = Press> {
    let at = 0..20_usize;
    prop_oneof![
        "[A-Za-z é]{1,20}".prop_map(Press::Step),
        (at.clone(), 0..15_usize, "[A-Za-z é]{1,20}").prop_map(|(a, b, c)| Press::Field(a, b, c)),
        (at.clone(), "[A-Za-z é]{1,12}").prop_map(|(a, b)| Press::Option(a, b)),
        (at.clone(), any::<bool>()).prop_map(|(a, b)| Press::MoveField(a, b)),
        (at.clone(), any::<bool>()).prop_map(|(a, b)| Press::MoveStep(a, b)),
        at.clone().prop_map(Press::CopyStep),
        at.clone().prop_map(Press::CopyField),
        at.clone().prop_map(Press::Remove),
        (at.clone(), at.clone()).prop_map(|(a, b)| Press::Depend(a, b)),
        (at, any::<String>()).prop_map(|(a, b)| Press::Text(a, b)),
    ]
}

fn keys(definition: &Definition) -> Vec<String> {
    definition
        .steps
        .iter()
        .flat_map(|step| step.fields.iter().map(|field| field.key.clone()))
        .collect()
}

fn act(definition: &mut Definition, press: Press) {
    let used_keys = UsedKeys::new();
    let fields = keys(definition);
    let field = |at: usize| {
        fields
            .get(at % fields.len().max(1))
            .cloned()
            .unwrap_or_default()
    };
    let steps: Vec<String> = definition
        .steps
        .iter()
        .map(|step| step.key.clone())
        .collect();
    let step = |at: usize| {
        steps
            .get(at % steps.len().max(1))
            .cloned()
            .unwrap_or_default()
    };
    let way = |up: bool| if up { Direction::Up } else { Direction::Down };
    match press {
        Press::Step(title) => {
            definition.add_step(&title, &used_keys);
        }
        Press::Field(at, kind, label) => {
            definition.add_field(&step(at), FieldType::ALL[kind], &label, &used_keys);
        }
        Press::Option(at, label) => {
            let key = field(at);
            if definition
                .field(&key)
                .is_some_and(|field| field.r#type.has_options())
            {
                definition.add_option(&key, &label);
            }
        }
        Press::MoveField(at, up) => {
            definition.move_field(&field(at), way(up));
        }
        Press::MoveStep(at, up) => {
            definition.move_step(&step(at), way(up));
        }
        Press::CopyStep(at) => {
            definition.copy_step(&step(at), &used_keys);
        }
        Press::CopyField(at) => {
            definition.copy_field(&field(at), &used_keys);
        }
        Press::Remove(at) => {
            definition.remove_field(&field(at));
        }
        Press::Depend(at, on) => {
            let (key, other) = (field(at), field(on));
            if let Some(field) = definition.field_mut(&key) {
                field.show_if = Some(Condition::Leaf(Leaf {
                    field: other,
                    op: Op::Given,
                    value: None,
                }));
            }
        }
        Press::Text(at, text) => {
            definition.set_text("en", &field(at), &clean_text(&text));
        }
    }
}

/// A form to begin with, after some presses.
fn form() -> impl Strategy<Value = Definition> {
    proptest::collection::vec(press(), 0..25).prop_map(|presses| {
        let mut definition = Template::Contact.definition("proef", "Proef").unwrap();
        for press in presses {
            act(&mut definition, press);
        }
        definition
    })
}

#[test]
fn every_template_can_be_published_and_has_all_its_translations() {
    for template in Template::ALL.iter().filter(|one| **one != Template::Blank) {
        let definition = template.definition("proef", "").unwrap();
        for text in text_keys(&definition) {
            let has = |language| definition.exact_text(language, &text.key).is_some();
            assert_eq!(has("nl"), has("en"), "{template}: {}", text.key);
        }
        assert!(Form::compile(definition).is_ok(), "{template}");
    }
}

#[test]
fn case_49_a_question_that_changes_its_type_under_the_same_key_is_refused() {
    let before = Template::Contact.definition("proef", "").unwrap();
    let kinds: HashMap<String, FieldType> = before
        .steps
        .iter()
        .flat_map(|step| {
            step.fields
                .iter()
                .map(|field| (field.key.clone(), field.r#type))
        })
        .collect();
    let mut after = before.clone();
    after.field_mut("naam").unwrap().r#type = FieldType::Text;
    let issues = changed_types(&kinds, &after);
    assert_eq!(
        issues
            .iter()
            .map(|issue| (issue.code, issue.place.as_str()))
            .collect::<Vec<_>>(),
        [("type-changed", "steps/contact/fields/naam")]
    );
    assert_eq!(changed_types(&kinds, &before), []);
}

#[test]
fn answers_go_along_by_key_and_type_and_leave_what_no_longer_fits() {
    let before = Template::Contact.definition("proef", "").unwrap();
    let mut after = before.clone();
    after.remove_option("soort", "compliment");
    after.remove_field("telefoon");
    let (from, to) = (Form::of_draft(before), Form::of_draft(after));
    let raw = super::typed(&[
        ("soort", "compliment"),
        ("reactie", "bellen"),
        ("telefoon", "0612345678"),
        ("naam", "Truus"),
    ]);
    let carried = carry_over(&from, &to, &raw);
    assert_eq!(
        carried,
        super::typed(&[("reactie", "bellen"), ("naam", "Truus")])
    );
}

#[test]
fn a_difference_is_told_in_the_words_of_the_form_in_both_languages() {
    let before = Template::Contact.definition("proef", "").unwrap();
    let mut after = before.clone();
    after.set_text("nl", "naam", "Hoe heet u?");
    after.field_mut("email").unwrap().show_if = Some(Condition::Leaf(Leaf {
        field: "reactie".to_owned(),
        op: Op::Is,
        value: Some(Operand::One("mailen".to_owned())),
    }));
    let told = |language| -> Vec<String> {
        diff(&before, &after, language)
            .into_iter()
            .map(|change| change.sentence)
            .collect()
    };
    assert_eq!(
        told(Language::Dutch),
        [
            "“Uw e-mailadres”: Wanneer zichtbaar was niets en wordt “Hoe wilt u antwoord?” is “Stuur mij een e-mail”.",
            "“Hoe heet u?”, de tekst (nl): “Uw naam” wordt “Hoe heet u?”.",
        ]
    );
    assert!(told(Language::English)[0].contains("When shown was nothing and becomes"));
}

fn put_translations(definition: &mut Definition, table: &[u8]) -> Result<usize, Vec<BadRow>> {
    read_table(table).and_then(|table| apply_table(definition, &table))
}

#[test]
fn a_table_of_texts_is_safe_in_a_spreadsheet_and_comes_back_as_it_left() {
    let mut definition = Template::Contact.definition("proef", "").unwrap();
    for text in [
        "=1+1", "+31", "-1", "@cmd", "'=1", "''x", "a;b\"c", "|x", "%x",
    ] {
        definition.set_text("en", "naam", text);
        let table = write_translations(&definition);
        let runs = text != "''x" && table.contains(&format!(";{text}\r"));
        assert!(!runs, "{text} runs");
        let mut again = definition.clone();
        assert_eq!(
            put_translations(&mut again, table.as_bytes()),
            Ok(0),
            "{text}"
        );
        assert_eq!(again, definition, "{text}");
    }
    let bad =
        "key;nl;en\nnaam;Naam;Name\nbestaat_niet;a;b\nnaam;x;y\nemail;te weinig\nsoort;;kind\n";
    let mut again = definition.clone();
    let rows = put_translations(&mut again, bad.as_bytes()).unwrap_err();
    assert_eq!(
        rows.iter()
            .map(|row| (row.line, row.code))
            .collect::<Vec<_>>(),
        [
            (3, "table-key"),
            (4, "table-key-twice"),
            (5, "table-columns"),
            (6, "text-missing")
        ]
    );
    assert_eq!(again, definition, "nothing is changed");
    for (table, code) in [
        ("", "table-header"),
        ("sleutel;nl\n", "table-header"),
        ("key;fr\n", "table-language"),
    ] {
        let rows = put_translations(&mut again, table.as_bytes()).unwrap_err();
        assert_eq!(rows[0].code, code, "{table}");
    }
    assert_eq!(
        put_translations(&mut again, b"key;nl\nnaam;\xc3\xa9\xff\n").unwrap_err()[0].line,
        2
    );
}

#[test]
fn case_44_conditions_that_cannot_be_are_named_with_both_places() {
    let mut definition = Template::Contact.definition("proef", "").unwrap();
    definition.field_mut("soort").unwrap().show_if = Some(Condition::Leaf(Leaf {
        field: "naam".to_owned(),
        op: Op::Given,
        value: None,
    }));
    let issues = Form::compile(definition).unwrap_err();
    assert_eq!(
        (
            issues[0].code,
            issues[0].place.as_str(),
            issues[0].other.as_str()
        ),
        (
            "condition-not-earlier",
            "steps/vooraf/fields/soort/show_if",
            "steps/contact/fields/naam"
        )
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_an_editor_makes_can_be_looked_at_exported_and_read_again(definition in form()) {
        let exported = definition.exported();
        if exported.len() <= 64 * 1024 {
            let again = Definition::parse(&exported).unwrap();
            prop_assert_eq!(&again, &definition);
            prop_assert_eq!(again.exported(), exported);
        }
        prop_assert_eq!(diff(&definition, &definition, Language::Dutch), []);
        let keys = keys(&definition);
        let unique: std::collections::BTreeSet<&String> = keys.iter().collect();
        prop_assert_eq!(unique.len(), keys.len(), "no key is given twice");
        let _ = Form::compile(definition);
    }

    #[test]
    fn whatever_is_answered_hidden_answers_never_leave(
        definition in form(),
        values in proptest::collection::vec(any::<String>(), 0..40),
    ) {
        let form = Form::of_draft(definition);
        let mut raw = RawAnswers::default();
        for ((_, field), value) in form.fields().zip(values) {
            let value = field.options.first().cloned().unwrap_or(value);
            raw.0.insert(field.key.clone(), vec![value]);
        }
        let checked = form.check(&raw, TODAY);
        for key in checked.answers.0.keys() {
            prop_assert!(checked.visible.contains(key));
            let shown = form.field(key).and_then(|field| field.show_if.as_ref());
            if let Some(Condition::Leaf(leaf)) = shown {
                prop_assert!(checked.answers.get(&leaf.field).is_some() || leaf.field == *key);
            }
        }
    }

    #[test]
    fn two_forms_differ_in_something_or_are_equal(one in form(), other in form()) {
        let changes = diff(&one, &other, Language::English);
        prop_assert_eq!(changes.is_empty(), one == other, "{:?}", changes);
    }
}

#[test]
fn of_two_questions_with_one_key_one_goes_and_the_other_keeps_the_texts() {
    let mut definition = Definition::parse(crate::form_editor::KLACHT_TIP_COMPLIMENT).unwrap();
    let whole = definition.clone();
    let step = definition.steps.first_mut().unwrap();
    let twin = step.fields.first().unwrap().clone();
    let key = twin.key.clone();
    step.fields.push(twin);
    assert!(definition.remove_field(&key));
    let left = definition.steps.first().unwrap();
    assert_eq!(left.fields.len(), whole.steps.first().unwrap().fields.len());
    assert_eq!(definition.texts, whole.texts);
    assert!(definition.remove_field(&key));
    assert_ne!(definition.texts, whole.texts);
    assert!(!definition.remove_field(&key));
}
