//! Whatever a bundle says, nothing stops the program.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("\\PC{0,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{number}"), found);
            }
        }
        Value::Object(items) => {
            for (key, item) in items {
                places(item, &format!("{at}/{key}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_a_bundle_says_stops_the_program(put in any_json(), place: prop::sample::Index) {
        let mut document = shipped();
        let mut found = Vec::new();
        places(&document, "", &mut found);
        let at = place.get(&found).clone();
        if let Some(target) = document.pointer_mut(&at) {
            *target = put;
        }
        for bytes in [document.to_string().into_bytes(), resealed(&document)] {
            if let Ok(checked) = parse(&bytes, Trust::Unsigned) {
                let mut errors = crate::FieldErrors::default();
                let answers = inputs::complete(&checked.bundle, &Answers::new(), &mut errors);
                inputs::resolve(&checked.bundle, &answers);
            }
        }
    }

    #[test]
    fn any_bytes_are_refused_and_any_three_values_merge(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        base in any_json(),
        theirs in any_json(),
        own in any_json(),
    ) {
        prop_assert!(parse(&bytes, Trust::Unsigned).is_err());
        let picks = BTreeMap::new();
        let mut merge = compare::Merge { picks: &picks, conflicts: Vec::new() };
        merge.merge("", Some(&base), Some(&theirs), Some(&own));
        compare::differences(PartKind::Text, Some(&base), &own, Language::Dutch).unwrap();
    }
}
