//! What people type and what editors write, the nasty things first.

use proptest::prelude::*;

use super::*;

fn klacht() -> Form {
    Form::compile(Definition::parse(KLACHT_TIP_COMPLIMENT).unwrap()).unwrap()
}

fn typed(pairs: &[(&str, &str)]) -> RawAnswers {
    let mut raw = RawAnswers::default();
    for (key, value) in pairs {
        raw.0
            .entry((*key).to_owned())
            .or_default()
            .push((*value).to_owned());
    }
    raw
}

/// A resident who wants to be called, with something else in one field.
fn resident(field: &str, value: &str) -> RawAnswers {
    let mut raw = typed(&[
        ("soort", "klacht"),
        ("kort", "De lantaarn doet het niet"),
        ("reactie", "bellen"),
        ("telefoon", "06 12 34 56 78"),
    ]);
    raw.0.insert(field.to_owned(), vec![value.to_owned()]);
    raw
}

fn errors(raw: &RawAnswers) -> Vec<(String, &'static str)> {
    klacht()
        .check(raw)
        .errors
        .into_iter()
        .map(|error| (error.field, error.code.name()))
        .collect()
}

fn kept(field: &str, value: &str) -> Option<String> {
    klacht()
        .check(&resident(field, value))
        .answers
        .get(field)
        .map(Answer::as_text)
}

#[test]
fn a_resident_who_wants_a_call_can_send() {
    let form = klacht();
    let checked = form.check(&resident("verhaal", "Al drie weken."));
    assert_eq!(checked.errors, []);
    assert_eq!(checked.visible_steps, [0, 1, 2]);
    assert_eq!(
        checked.advised,
        ["naam"],
        "a complaint without a name is possible, and better with one"
    );
    assert_eq!(
        checked
            .answers
            .with_role(&form, Role::CaseStory)
            .map(Answer::as_text),
        Some("Al drie weken.".to_owned())
    );
}

#[test]
fn everything_that_is_missing_is_told_at_once_and_in_order() {
    assert_eq!(
        errors(&RawAnswers::default()),
        [
            ("soort".to_owned(), "required_choice"),
            ("kort".to_owned(), "required"),
            ("reactie".to_owned(), "required_choice"),
        ]
    );
}

#[test]
fn text_is_kept_as_the_resident_means_it() {
    for (typed, expected, why) in [
        ("Cafe\u{301}", Some("Caf\u{e9}"), "decomposed letters"),
        (
            "İstanbul ÿ 漢字 عربي",
            Some("İstanbul ÿ 漢字 عربي"),
            "every script",
        ),
        ("goed\u{202e}koop", Some("goedkoop"), "bidi override"),
        ("\u{200b}\u{feff}\u{ad}", None, "invisible signs only"),
        (" \u{a0}\t ", None, "spaces only"),
        (
            "👨\u{200d}👩\u{200d}👧",
            Some("👨\u{200d}👩\u{200d}👧"),
            "a family",
        ),
        ("nul\0byte", Some("nulbyte"), "NUL"),
        ("een\r\ntwee", Some("een twee"), "line ends in a line"),
        (
            "<script>alert(1)</script>",
            Some("<script>alert(1)</script>"),
            "markup is text",
        ),
        (
            "{{7*7}} ${jndi:ldap://x} %s",
            Some("{{7*7}} ${jndi:ldap://x} %s"),
            "templates are text",
        ),
        (
            "bsn 999999999",
            Some("bsn 999999999"),
            "a number like a BSN",
        ),
    ] {
        assert_eq!(kept("kort", typed).as_deref(), expected, "{why}");
    }
    let zalgo = format!("a{}", "\u{301}".repeat(500));
    assert!(
        kept("kort", &zalgo).unwrap().chars().count() <= 9,
        "stacked marks are capped"
    );
}

#[test]
fn a_limit_counts_letters_and_cuts_nothing() {
    for (signs, fits) in [("😀".repeat(5_000), true), ("a".repeat(5_001), false)] {
        let raw = resident("verhaal", &signs);
        let found = errors(&raw);
        assert_eq!(found.is_empty(), fits, "{found:?}");
        assert_eq!(raw.first("verhaal"), signs, "what was typed stays as it is");
    }
    let code = klacht()
        .check(&resident("verhaal", &"a".repeat(5_001)))
        .errors
        .remove(0)
        .code;
    assert_eq!(
        code,
        FieldCode::TooLong {
            count: 5_001,
            max: 5_000
        }
    );
}

#[test]
fn phone_numbers_are_read_as_people_write_them() {
    for (typed, dialled) in [
        ("06-12345678", "+31612345678"),
        ("06 12 34 56 78", "+31612345678"),
        ("+31 (0)6 12345678", "+31612345678"),
        ("0031612345678", "+31612345678"),
        ("tel:+31612345678", "+31612345678"),
        ("06\u{2011}12345678", "+31612345678"),
        ("31612345678", "+31612345678"),
        ("0224-210400", "+31224210400"),
        ("(0224) 21 04 00", "+31224210400"),
        ("088 0123456", "+31880123456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+49 (0)30 901820", "+4930901820"),
        ("٠٦١٢٣٤٥٦٧٨", "+31612345678"),
    ] {
        let checked = klacht().check(&resident("telefoon", typed));
        match checked.answers.get("telefoon") {
            Some(Answer::Phone { e164, .. }) => assert_eq!(e164, dialled, "{typed}"),
            other => panic!("{typed}: {other:?} {:?}", checked.errors),
        }
    }
    for (typed, code) in [
        ("06-1234567", "not_a_phone"),
        ("+316123456789", "not_a_phone"),
        ("112", "not_a_phone"),
        ("0612345678 (na 18u)", "phone_with_words"),
        ("geen", "phone_with_words"),
        ("06#12345678", "not_a_phone"),
        ("", "required"),
    ] {
        assert_eq!(
            errors(&resident("telefoon", typed)),
            [("telefoon".to_owned(), code)],
            "{typed}"
        );
    }
}

#[test]
fn mail_addresses_are_one_address_and_never_a_header() {
    for (typed, result) in [
        ("Inwoner@Voorbeeld.NL", Ok("Inwoner@voorbeeld.nl")),
        (" a+b@voorbeeld.nl ", Ok("a+b@voorbeeld.nl")),
        ("a@b.nl\r\nBcc: x@y.nl", Err("one_email")),
        ("a@b.nl\r\nBcc:", Err("not_an_email")),
        ("a@b.nl, c@d.nl", Err("one_email")),
        ("a@b", Err("not_an_email")),
        ("@b.nl", Err("not_an_email")),
        ("geen", Err("not_an_email")),
    ] {
        let mut raw = resident("email", typed);
        raw.0
            .insert("reactie".to_owned(), vec!["mailen".to_owned()]);
        match result {
            Ok(address) => {
                let checked = klacht().check(&raw);
                assert_eq!(
                    checked.answers.get("email").map(Answer::as_text).as_deref(),
                    Some(address),
                    "{typed:?}: {:?}",
                    checked.errors
                );
            }
            Err(code) => assert_eq!(errors(&raw), [("email".to_owned(), code)], "{typed:?}"),
        }
    }
}

#[test]
fn an_option_that_only_looks_like_one_is_none() {
    for word in ["kIacht", "klасht", "KLACHT", "klacht,tip"] {
        assert!(
            errors(&resident("soort", word)).contains(&("soort".to_owned(), "not_an_option")),
            "{word}"
        );
    }
}

#[test]
fn a_key_that_is_sent_twice_is_a_set_for_choices_and_the_first_for_one() {
    let mut raw = resident("wanneer", "middag");
    raw.0.insert(
        "wanneer".to_owned(),
        ["middag", "ochtend", "middag"].map(str::to_owned).to_vec(),
    );
    raw.0.insert(
        "soort".to_owned(),
        ["tip", "klacht"].map(str::to_owned).to_vec(),
    );
    let answers = klacht().check(&raw).answers;
    assert_eq!(
        answers.get("soort").map(Answer::as_text),
        Some("tip".to_owned())
    );
    assert_eq!(
        answers.get("wanneer"),
        Some(&Answer::Choices {
            value: vec!["ochtend".to_owned(), "middag".to_owned()]
        })
    );
}

#[test]
fn a_hidden_answer_is_no_answer_even_when_it_is_sent() {
    let mut raw = resident("reactie", "geen");
    raw.0
        .insert("wanneer".to_owned(), vec!["ochtend".to_owned()]);
    raw.0.insert("naam".to_owned(), vec!["Ada".to_owned()]);
    let checked = klacht().check(&raw);
    assert_eq!(checked.errors, []);
    assert_eq!(
        checked.visible_steps,
        [0, 1],
        "the step with details is hidden"
    );
    for hidden in ["wanneer", "telefoon", "naam"] {
        assert_eq!(checked.answers.get(hidden), None, "{hidden}");
        assert!(!checked.visible.contains(&hidden.to_owned()), "{hidden}");
    }
}

#[test]
fn fields_that_the_form_does_not_have_are_ignored() {
    let form = klacht();
    let mut raw = RawAnswers::default();
    let sent = [
        ("soort", "tip"),
        ("a[b]", "x"),
        ("__proto__", "x"),
        ("constructor", "x"),
        ("telefoon", "0612345678"),
    ];
    raw.replace_step(&form, 0, sent.into_iter());
    assert_eq!(
        raw,
        typed(&[("soort", "tip")]),
        "and so are those of another step"
    );
}

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

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing_more(text in any::<String>()) {
        let once = clean_text(&text);
        prop_assert_eq!(clean_text(&once), once.clone());
        prop_assert!(!once.contains('\0'));
        let line = clean_line(&text);
        prop_assert_eq!(clean_line(&line), line.clone());
        prop_assert!(!line.contains('\n'));
    }

    #[test]
    fn whatever_is_typed_only_shown_fields_are_answered(
        values in proptest::collection::vec(any::<String>(), 11),
        options in proptest::collection::vec(0..4_usize, 3),
    ) {
        let form = klacht();
        let mut raw = RawAnswers::default();
        for ((_, field), value) in form.fields().zip(values) {
            raw.0.insert(field.key.clone(), vec![value]);
        }
        for (key, at) in ["soort", "reactie", "wanneer"].iter().zip(options) {
            if let Some(word) = form.field(key).and_then(|field| field.options.get(at)) {
                raw.0.insert((*key).to_owned(), vec![word.clone()]);
            }
        }
        let checked = form.check(&raw);
        for key in checked.answers.0.keys() {
            prop_assert!(checked.visible.contains(key), "{} was hidden", key);
        }
        for error in &checked.errors {
            prop_assert!(checked.visible.contains(&error.field));
            prop_assert!(checked.answers.get(&error.field).is_none());
        }
    }
}
