//! What editors write.

use super::{super::*, typed};

/// A form whose first step asks what every form asks, and whose second step has these fields.
fn second_step(fields: &str) -> String {
    let mut fields = fields.to_owned();
    for (r#type, pii) in [
        ("text", "freetext"),
        ("number", "none"),
        ("date", "none"),
        ("script", "none"),
    ] {
        fields = fields.replace(
            &format!(r#""type":"{type}""#),
            &format!(r#""type":"{type}","pii":"{pii}""#),
        );
    }
    format!(
        r#"{{"schema":1,"key":"proef","languages":["nl"],
        "privacy":{{"purpose":"proef","basis":"publieke_taak","draft_hours":24,"spam_days":14,"closed_days":365}},
        "steps":[{{"key":"begin","fields":[
         {{"key":"soort","type":"choice","role":"case.kind","options":["klacht","tip","compliment"],"required":{{"because":"x"}},"pii":"none"}},
         {{"key":"kort","type":"text","role":"case.title","required":{{"because":"x"}},"pii":"freetext"}}]}},
         {{"key":"stap","fields":[{fields}]}}],
        "texts":{{"nl":{{"title":"Proef","begin":"Begin","soort":"Soort","soort.klacht":"Klacht","soort.tip":"Tip","soort.compliment":"Compliment",
         "kort":"Kort","stap":"Stap","een":"Een","een.a":"A","een.b":"B","twee":"Twee","drie":"Drie"}}}}}}"#
    )
}

fn flaws(fields: &str) -> Vec<String> {
    let definition = match Definition::parse(&second_step(fields)) {
        Ok(definition) => definition,
        Err(unreadable) => return vec![format!("unreadable {unreadable}")],
    };
    match Form::compile(definition) {
        Ok(_) => Vec::new(),
        Err(flaws) => flaws
            .into_iter()
            .map(|flaw| format!("{} {}", flaw.code, flaw.place))
            .collect(),
    }
}

const CHOICE: &str = r#"{"key":"een","type":"choice","options":["a","b"],"pii":"none"}"#;

#[test]
fn a_sound_form_has_no_flaws() {
    assert_eq!(flaws(CHOICE), Vec::<String>::new());
    let shown = r#"{"key":"twee","type":"text","show_if":{"field":"een","op":"is","value":"a"}}"#;
    assert_eq!(flaws(&format!("{CHOICE},{shown}")), Vec::<String>::new());
}

#[test]
fn numbers_and_days_are_exact_or_refused() {
    let form = Form::compile(
        Definition::parse(&second_step(
            r#"{"key":"een","type":"number"},{"key":"twee","type":"date"}"#,
        ))
        .unwrap(),
    );
    let form = form.unwrap();
    for (number, kept) in [
        ("12", Some("12")),
        ("1,5", Some("1.5")),
        ("-0", Some("0")),
        ("٤٢", Some("42")),
        ("NaN", None),
        ("1e999", None),
        ("12345678901234567890123", None),
        ("0,0000001", None),
    ] {
        let checked = form.check(&typed(&[("een", number)]));
        assert_eq!(
            checked.answers.get("een").map(Answer::as_text).as_deref(),
            kept,
            "{number}"
        );
        assert_eq!(
            checked.errors.iter().any(|error| error.field == "een"),
            kept.is_none(),
            "{number}"
        );
    }
    for (day, kept) in [
        ("24-11-2026", Some("2026-11-24")),
        ("24/11/2026", Some("2026-11-24")),
        ("24.11.2026", Some("2026-11-24")),
        ("2026-11-24", Some("2026-11-24")),
        ("29-02-2028", Some("2028-02-29")),
        ("29-02-2027", None),
        ("31-04-2026", None),
        ("morgen", None),
        ("24-11-0026", None),
    ] {
        let checked = form.check(&typed(&[("twee", day)]));
        assert_eq!(
            checked.answers.get("twee").map(Answer::as_text).as_deref(),
            kept,
            "{day}"
        );
    }
}

#[test]
fn what_an_editor_may_not_write_is_named_with_its_place() {
    let condition =
        |inner: &str| format!(r#"{{"key":"twee","type":"text","show_if":{inner}}},{CHOICE}"#);
    let later =
        |inner: &str| format!(r#"{CHOICE},{{"key":"twee","type":"text","show_if":{inner}}}"#);
    let deep = (0..6).fold(r#"{"field":"een","op":"given"}"#.to_owned(), |inner, _| {
        format!(r#"{{"not":{inner}}}"#)
    });
    let many: Vec<String> = (0..65)
        .map(|at| format!(r#"{{"key":"veld{at}","type":"text"}}"#))
        .collect();
    let cases = [
        (
            "a later field",
            condition(r#"{"field":"een","op":"is","value":"a"}"#),
        ),
        ("itself", later(r#"{"field":"twee","op":"given"}"#)),
        (
            "an unknown field",
            later(r#"{"field":"vier","op":"given"}"#),
        ),
        (
            "an unknown option",
            later(r#"{"field":"een","op":"is","value":"c"}"#),
        ),
        ("nesting", later(&deep)),
        ("sixty-five fields", many.join(",")),
        ("a key twice", format!("{CHOICE},{CHOICE}")),
        (
            "a limit over the type's",
            r#"{"key":"een","type":"text","max":100000}"#.to_owned(),
        ),
        (
            "less protection than the type's floor",
            r#"{"key":"een","type":"email","pii":"none"}"#.to_owned(),
        ),
        (
            "no options",
            r#"{"key":"een","type":"choice","options":[],"pii":"none"}"#.to_owned(),
        ),
        (
            "a pattern",
            r#"{"key":"een","type":"text","pattern":"(a+)+$"}"#.to_owned(),
        ),
        (
            "a duplicate key in the document",
            r#"{"key":"een","key":"twee","type":"text"}"#.to_owned(),
        ),
        (
            "an unknown type",
            r#"{"key":"een","type":"script"}"#.to_owned(),
        ),
        (
            "a text that is missing",
            r#"{"key":"vijf","type":"text"}"#.to_owned(),
        ),
    ];
    let found: Vec<String> = cases
        .iter()
        .map(|(what, fields)| {
            let flaws = flaws(fields);
            assert!(!flaws.is_empty(), "{what} is accepted");
            format!("{what}: {}", flaws.first().cloned().unwrap_or_default())
        })
        .collect();
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn a_document_that_is_a_bomb_is_refused() {
    let nested = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert!(Definition::parse(&nested).is_err());
    let large = second_step(CHOICE).replace("Proef\"", &format!("{}\"", "x".repeat(70_000)));
    assert!(
        Definition::parse(&large).is_err(),
        "64 KiB is enough for a form"
    );
}

#[test]
fn a_definition_says_the_same_after_reading_its_own_writing() {
    let definition = Definition::parse(KLACHT_TIP_COMPLIMENT).unwrap();
    let again = Definition::parse(&definition.canonical()).unwrap();
    assert_eq!(again.canonical(), definition.canonical());
    assert_eq!(again.hash(), definition.hash());
}
