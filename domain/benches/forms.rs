//! How long the engine of forms takes. `cargo bench -p domain --bench forms`; results stand in `domain/benches/README.md`.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::{
    form_editor::{KLACHT_TIP_COMPLIMENT, UsedKeys},
    forms::{Definition, FieldType, Form, RawAnswers},
};

fn answers(pairs: &[(&str, &str)]) -> RawAnswers {
    let mut raw = RawAnswers::default();
    for (key, value) in pairs {
        raw.0
            .entry((*key).to_owned())
            .or_default()
            .push((*value).to_owned());
    }
    raw
}

/// The day on which everything is answered.
fn day() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default()
}

/// Ten steps with 64 questions, and answers of about ten kilobytes, accents included.
fn large() -> (Definition, RawAnswers) {
    let mut definition = Definition::parse(KLACHT_TIP_COMPLIMENT)
        .unwrap_or_else(|_| Definition::blank("proef".to_owned(), "Proef", vec!["nl".to_owned()]));
    let mut raw = answers(&[
        ("soort", "klacht"),
        ("kort", "De lantaarn doet het niet"),
        ("reactie", "bellen"),
        ("telefoon", "06 12 34 56 78"),
    ]);
    let used_keys = UsedKeys::new();
    let story = "Het is al weken donker, en één café is dicht. ".repeat(5);
    let step = definition.add_step("Meer", &used_keys);
    let count: usize = definition.steps.iter().map(|step| step.fields.len()).sum();
    for _ in count..64 {
        if let Some(key) = definition.add_field(&step, FieldType::Longtext, "Vraag", &used_keys) {
            raw.0.insert(key, vec![story.clone()]);
        }
    }
    (definition, raw)
}

/// The largest form: as many questions, answers and conditions as fit into 64 KiB.
fn largest() -> Definition {
    let (mut definition, _) = large();
    let keys: Vec<String> = definition
        .steps
        .iter()
        .flat_map(|step| step.fields.iter().map(|field| field.key.clone()))
        .collect();
    for key in keys.iter().rev() {
        let condition = r#"{"any":[{"field":"soort","op":"is","value":"klacht"},{"field":"soort","op":"in","value":["tip","compliment"]},{"not":{"field":"kort","op":"given"}}]}"#;
        if !["soort", "kort"].contains(&key.as_str())
            && let Some(field) = definition.field_mut(key)
        {
            field.show_if = serde_json::from_str(condition).ok();
        }
    }
    let mut number = 0;
    while definition.canonical().len() < 63 * 1024 {
        number += 1;
        let key = keys.get(number % keys.len()).cloned().unwrap_or_default();
        definition.set_source_text(
            &format!("{key}.hint"),
            &"Uitleg met **vet** en [een link](https://waterdam.example). ".repeat(number / 64 + 1),
        );
    }
    definition
}

fn forms(criterion: &mut Criterion) {
    let Ok(definition) = Definition::parse(KLACHT_TIP_COMPLIMENT) else {
        return;
    };
    let Ok(worked) = Form::compile(definition) else {
        return;
    };
    let raw = answers(&[
        ("soort", "klacht"),
        (
            "kort",
            "De lift in het gemeentehuis is stuk, en dat is vervelend",
        ),
        (
            "verhaal",
            &"Ik kon niet naar één afspraak. Ik ben teleurgesteld. ".repeat(10),
        ),
        ("plek", "Gemeentehuis"),
        ("reactie", "bellen"),
        ("wanneer", "middag"),
        ("naam", "Zoë van den Łęcki"),
        ("telefoon", "06-12345678"),
        ("email", "zoe@voorbeeld.nl"),
    ]);
    criterion.bench_function("worked example, validate", |bencher| {
        bencher.iter(|| worked.check(black_box(&raw), day()));
    });
    let (definition, raw) = large();
    let form = Form::of_draft(definition);
    criterion.bench_function("64 fields and 10 KB, validate", |bencher| {
        bencher.iter(|| form.check(black_box(&raw), day()));
    });
    let document = largest().canonical();
    criterion.bench_function("largest form, read and compile", |bencher| {
        bencher.iter(|| Definition::parse(black_box(&document)).map(Form::compile));
    });
}

criterion_group!(benches, forms);
criterion_main!(benches);
