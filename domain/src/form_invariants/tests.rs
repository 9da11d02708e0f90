//! The invariants on random forms and random answers, and on every input that was kept.

use proptest::prelude::*;

use super as invariants;
use crate::{
    form_editor::Template,
    forms::{Condition, FieldType, Form},
};

fn test_case(result: Result<(), invariants::Violation>) -> Result<(), TestCaseError> {
    result.map_err(|violation| TestCaseError::fail(violation.to_string()))
}

fn random_bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..400)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_random_form_can_be_published_and_comes_back_from_everywhere(bytes in random_bytes()) {
        let definition = invariants::random_definition(&mut invariants::Rng::new(&bytes));
        let issues = Form::compile(definition.clone()).err();
        prop_assert_eq!(issues, None);
        let form = invariants::definition(&definition.exported());
        test_case(form.map(|form| assert!(form.is_some())))?;
    }

    #[test]
    fn whatever_is_typed_into_a_random_form_keeps_the_invariants(
        bytes in random_bytes(),
        throws in random_bytes(),
        words in proptest::collection::vec(any::<String>(), 1..6),
    ) {
        let definition = invariants::random_definition(&mut invariants::Rng::new(&bytes));
        let form = Form::of_draft(definition);
        let raw = invariants::random_answers(&mut invariants::Rng::new(&throws), &form, &words);
        test_case(invariants::answers(&form, &raw))?;
    }

    #[test]
    fn whatever_is_typed_into_a_template_keeps_the_invariants(
        template in 0..4_usize,
        throws in random_bytes(),
        words in proptest::collection::vec(any::<String>(), 1..6),
    ) {
        let definition = Template::ALL[template].definition("proef", "").unwrap();
        let form = Form::of_draft(definition);
        let raw = invariants::random_answers(&mut invariants::Rng::new(&throws), &form, &words);
        test_case(invariants::answers(&form, &raw))?;
    }
}

/// Files of a folder of `fuzz/seeds`, with their names.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("{}/../fuzz/seeds/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut seeds: Vec<(String, Vec<u8>)> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    seeds.sort();
    seeds
}

#[test]
fn every_kept_document_is_refused_or_published_by_the_invariants() {
    let published: Vec<String> = seeds("definition")
        .into_iter()
        .filter_map(|(name, bytes)| {
            let form = invariants::definition(std::str::from_utf8(&bytes).unwrap());
            form.unwrap_or_else(|violation| panic!("{name}: {violation}"))
                .map(|_| name)
        })
        .collect();
    assert_eq!(published, ["every_type.json"]);
    for template in Template::ALL {
        let definition = template.definition("proef", "").unwrap();
        invariants::definition(&definition.exported()).unwrap();
    }
}

#[test]
fn every_kept_message_keeps_the_invariants() {
    for (name, bytes) in seeds("answers") {
        let fixture = invariants::fixture(&bytes)
            .unwrap_or_else(|violation| panic!("{name}: {violation}"))
            .unwrap_or_else(|| panic!("{name} is no fixture"));
        invariants::answers(&fixture.form, &fixture.raw)
            .unwrap_or_else(|violation| panic!("{name}: {violation}"));
    }
}

#[test]
fn every_type_of_field_and_every_operator_stands_among_the_random_forms() {
    let mut kinds = std::collections::BTreeSet::new();
    let mut ops = std::collections::BTreeSet::new();
    let mut state = 7_u32;
    for _ in 0..400 {
        let bytes: Vec<u8> = (0..300)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state.to_be_bytes()[0]
            })
            .collect();
        let definition = invariants::random_definition(&mut invariants::Rng::new(&bytes));
        for field in definition.steps.iter().flat_map(|step| &step.fields) {
            kinds.insert(field.r#type);
            for leaf in field.show_if.iter().flat_map(Condition::leaves) {
                ops.insert(leaf.op.as_str());
            }
        }
    }
    assert_eq!(kinds.len(), FieldType::ALL.len(), "{kinds:?}");
    assert_eq!(ops.len(), 8, "{ops:?}");
}
