//! What people type and what editors write, the nasty things first.

mod editors;
mod life;

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
