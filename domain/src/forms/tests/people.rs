//! What residents type into the first form of every municipality.

use super::{super::*, TODAY, errors, kept, klacht, resident, typed};
use crate::text;

#[test]
fn text_is_kept_as_the_resident_means_it() {
    for (case, typed, expected) in [
        (
            "case 1 decomposed letters",
            "Cafe\u{301}",
            Some("Caf\u{e9}"),
        ),
        (
            "case 1 every script",
            "İstanbul ısı ÿ 漢字 عربي",
            Some("İstanbul ısı ÿ 漢字 عربي"),
        ),
        (
            "case 1 composed around an invisible sign",
            "Cafe\u{200b}\u{301}",
            Some("Caf\u{e9}"),
        ),
        ("case 2 bidi override", "goed\u{202e}koop", Some("goedkoop")),
        (
            "case 2 bidi isolates and embeddings",
            "a\u{202a}b\u{202b}c\u{202c}d\u{202d}e\u{2066}f\u{2067}g\u{2068}h\u{2069}i",
            Some("abcdefghi"),
        ),
        (
            "case 3 invisible signs in a word",
            "lan\u{ad}taarn\u{200b}paal\u{feff}",
            Some("lantaarnpaal"),
        ),
        (
            "case 3 invisible signs only",
            "\u{200b}\u{feff}\u{ad}\u{2060}",
            None,
        ),
        (
            "case 4 a family",
            "👨\u{200d}👩\u{200d}👧",
            Some("👨\u{200d}👩\u{200d}👧"),
        ),
        (
            "case 4 a word with a non-joiner",
            "می\u{200c}خواهم",
            Some("می\u{200c}خواهم"),
        ),
        ("case 5 NUL", "nul\0byte", Some("nulbyte")),
        (
            "case 5 other controls",
            "a\u{1}b\u{7f}c\u{9b}d",
            Some("abcd"),
        ),
        ("case 13 spaces only", " \u{a0}\t\r\n ", None),
        ("case 13 odd spaces only", "\u{3000}\u{2003}\u{202f}", None),
        (
            "case 34 line ends in a title",
            "een\r\ntwee",
            Some("een twee"),
        ),
        (
            "case 37 markup is text",
            "<script>alert(1)</script><img src=x onerror=alert(1)>javascript:alert(1)",
            Some("<script>alert(1)</script><img src=x onerror=alert(1)>javascript:alert(1)"),
        ),
        (
            "case 38 templates are text",
            "{{7*7}} {% x %} ${jndi:ldap://x} %s",
            Some("{{7*7}} {% x %} ${jndi:ldap://x} %s"),
        ),
        (
            "case 42 a number like a BSN",
            "bsn 999999999",
            Some("bsn 999999999"),
        ),
    ] {
        assert_eq!(kept("kort", typed).as_deref(), expected, "{case}");
    }
}

#[test]
fn case_11_stacked_marks_are_capped_on_every_letter() {
    let zalgo = format!("a{}b{}", "\u{301}".repeat(500), "\u{336}".repeat(500));
    let calm = kept("kort", &zalgo).unwrap();
    assert!(calm.chars().count() <= 2 * 9, "{}", calm.chars().count());
    assert!(calm.contains('b'), "the letters stay");
}

#[test]
fn a_limit_counts_letters_and_cuts_nothing() {
    for (case, signs, fits) in [
        (
            "case 4 seven signs of a family are seven",
            "👨\u{200d}👩\u{200d}👧\u{200d}👦".repeat(714),
            true,
        ),
        ("case 9 emoji", "😀".repeat(5_000), true),
        ("case 10 one too many", "a".repeat(5_001), false),
        ("case 12 a long word", "x".repeat(5_000), true),
    ] {
        let raw = resident("verhaal", &signs);
        let found = errors(&raw);
        assert_eq!(found.is_empty(), fits, "{case}: {found:?}");
        assert_eq!(raw.first("verhaal"), signs, "what was typed stays as it is");
    }
    let problem = klacht()
        .check(&resident("verhaal", &"a".repeat(5_001)), TODAY)
        .errors
        .remove(0);
    assert_eq!(problem.code, "too_long");
    assert_eq!(problem.parameters["count"], "5001");
    assert_eq!(problem.parameters["max"], "5000");
}

#[test]
fn phone_numbers_are_read_as_people_write_them_and_kept_as_typed() {
    for (case, typed, dialled) in [
        ("case 25", "06-12345678", "+31612345678"),
        ("case 25", "06 12 34 56 78", "+31612345678"),
        ("case 25", "+31 (0)6 12345678", "+31612345678"),
        ("case 25", "0031612345678", "+31612345678"),
        ("case 25", "tel:+31612345678", "+31612345678"),
        ("case 25", "06\u{2011}12345678", "+31612345678"),
        (
            "invisible signs",
            "06\u{200c}12\u{200d}34\u{fe0f}5678\u{2060}",
            "+31612345678",
        ),
        ("a direction", "\u{2067}06 12345678\u{2069}", "+31612345678"),
        ("a wide plus", "＋31 6 12345678", "+31612345678"),
        ("capitals", "Tel: 0612345678", "+31612345678"),
        ("case 26", "31612345678", "+31612345678"),
        ("case 27", "0224-210400", "+31224210400"),
        ("case 27", "(0224) 21 04 00", "+31224210400"),
        ("case 27", "088 0123456", "+31880123456"),
        ("case 27", "+32 470 12 34 56", "+32470123456"),
        ("case 27", "+49 (0)30 901820", "+4930901820"),
        ("case 30", "٠٦١٢٣٤٥٦٧٨", "+31612345678"),
        ("case 30", "۰۶۱۲۳۴۵۶۷۸", "+31612345678"),
    ] {
        let checked = klacht().check(&resident("telefoon", typed), TODAY);
        match checked.answers.get("telefoon") {
            Some(Answer::Phone { e164, value }) => {
                assert_eq!(e164, dialled, "{case}: {typed}");
                assert_eq!(*value, text::visible_line(typed), "{case}");
            }
            other => panic!("{case}: {typed}: {other:?} {:?}", checked.errors),
        }
    }
    for (case, typed, code) in [
        ("case 28", "06-1234567", "not_a_phone"),
        ("case 28", "+316123456789", "not_a_phone"),
        ("case 28", "112", "not_a_phone"),
        ("case 29", "0612345678 (na 18u)", "phone_with_words"),
        ("case 29", "geen", "phone_with_words"),
        ("other signs", "06#12345678", "not_a_phone"),
        ("case 13", " \u{a0} ", "required"),
        ("case 3", "\u{200b}", "required"),
    ] {
        assert_eq!(
            errors(&resident("telefoon", typed)),
            [("telefoon".to_owned(), code)],
            "{case}: {typed}"
        );
    }
}

#[test]
fn mail_addresses_are_one_address_and_never_a_header() {
    for (case, typed, result) in [
        (
            "capitals",
            "Inwoner@Voorbeeld.NL",
            Ok("Inwoner@voorbeeld.nl"),
        ),
        ("a plus", " a+b@voorbeeld.nl ", Ok("a+b@voorbeeld.nl")),
        (
            "another script",
            "a@bücher.example",
            Ok("a@xn--bcher-kva.example"),
        ),
        ("case 33", "a@b.nl\r\nBcc: x@y.nl", Err("one_email")),
        ("case 33", "a@b.nl\nBcc:", Err("not_an_email")),
        ("case 33", "a@b.nl\u{2028}Bcc: x", Err("not_an_email")),
        ("case 35", "a@b.nl, c@d.nl", Err("one_email")),
        ("case 35", "a@b.nl; c@d.nl", Err("one_email")),
        ("case 35", "a@b.nl c@d.nl", Err("one_email")),
        (
            "invisible signs",
            "jan\u{200d}@voor\u{200c}beeld\u{2063}.nl\u{fe0f}",
            Ok("jan@voorbeeld.nl"),
        ),
        (
            "the number of a computer",
            "jan@127.0.0.1",
            Err("not_an_email"),
        ),
        (
            "the number of a computer",
            "jan@[127.0.0.1]",
            Err("not_an_email"),
        ),
        (
            "the number of a computer",
            "jan@[IPv6:::1]",
            Err("not_an_email"),
        ),
        (
            "the number of a computer",
            "jan@１２７.0.0.1",
            Err("not_an_email"),
        ),
        ("the number of a computer", "jan@127.1", Err("not_an_email")),
        (
            "the number of a computer",
            "jan@0x7f.0x1",
            Err("not_an_email"),
        ),
        (
            "no name behind the dot",
            "jan@voorbeeld.",
            Err("not_an_email"),
        ),
        ("two dots", "jan@voorbeeld..nl", Err("not_an_email")),
        (
            "a letter behind the dot",
            "jan@voorbeeld.n",
            Err("not_an_email"),
        ),
        (
            "a dash at the begin",
            "jan@-voorbeeld.nl",
            Err("not_an_email"),
        ),
        ("no dot", "a@b", Err("not_an_email")),
        ("no name", "@b.nl", Err("not_an_email")),
        ("no address", "geen", Err("not_an_email")),
    ] {
        let mut raw = resident("email", typed);
        raw.0
            .insert("reactie".to_owned(), vec!["mailen".to_owned()]);
        match result {
            Ok(address) => {
                let checked = klacht().check(&raw, TODAY);
                assert_eq!(
                    checked.answers.get("email").map(Answer::as_text).as_deref(),
                    Some(address),
                    "{case}: {typed:?}: {:?}",
                    checked.errors
                );
            }
            Err(code) => assert_eq!(
                errors(&raw),
                [("email".to_owned(), code)],
                "{case}: {typed:?}"
            ),
        }
    }
}

#[test]
fn case_14_an_option_that_only_looks_like_one_is_none() {
    for word in ["kIacht", "klасht", "KLACHT", "klacht,tip"] {
        assert!(
            errors(&resident("soort", word)).contains(&("soort".to_owned(), "not_an_option")),
            "{word}"
        );
    }
}

#[test]
fn case_18_a_key_that_is_sent_twice_is_a_set_for_choices_and_the_first_for_one() {
    let mut raw = resident("wanneer", "middag");
    raw.0.insert(
        "wanneer".to_owned(),
        ["middag", "ochtend", "middag"].map(str::to_owned).to_vec(),
    );
    raw.0.insert(
        "soort".to_owned(),
        ["tip", "klacht"].map(str::to_owned).to_vec(),
    );
    let answers = klacht().check(&raw, TODAY).answers;
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
fn case_18_a_program_that_names_a_field_twice_is_refused_and_may_send_one_text_or_several() {
    let read = |json: &str| serde_json::from_str::<RawAnswers>(json);
    assert_eq!(
        read(r#"{"soort":"tip","wanneer":["ochtend","middag"]}"#).unwrap(),
        typed(&[
            ("soort", "tip"),
            ("wanneer", "ochtend"),
            ("wanneer", "middag")
        ])
    );
    let twice = read(r#"{"soort":"tip","soort":"klacht"}"#).unwrap_err();
    assert!(
        twice.to_string().contains("duplicate key `soort`"),
        "{twice}"
    );
    for wrong in [
        r#"{"soort":1}"#,
        r#"{"soort":null}"#,
        r#"{"soort":{"a":"b"}}"#,
        "[]",
    ] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn case_46_a_hidden_answer_is_no_answer_even_when_it_is_sent() {
    let mut raw = resident("reactie", "geen");
    raw.0
        .insert("wanneer".to_owned(), vec!["ochtend".to_owned()]);
    raw.0.insert("naam".to_owned(), vec!["Ada".to_owned()]);
    let checked = klacht().check(&raw, TODAY);
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
fn case_45_a_chain_of_conditions_hides_in_one_pass() {
    let mut raw = resident("reactie", "geen");
    raw.0.insert("email".to_owned(), vec!["a@b.nl".to_owned()]);
    let checked = klacht().check(&raw, TODAY);
    assert_eq!(checked.answers.get("email"), None);
    assert_eq!(
        checked.errors,
        [],
        "a phone number is asked for only where somebody is called"
    );
    let absent = |condition: &str| {
        checked
            .answers
            .satisfy(&serde_json::from_str(condition).unwrap())
    };
    assert!(!absent(r#"{"field":"email","op":"given"}"#));
    assert!(absent(r#"{"not":{"field":"email","op":"given"}}"#));
}

#[test]
fn fields_that_the_form_does_not_have_are_ignored_and_counted() {
    let form = klacht();
    let mut raw = RawAnswers::default();
    let sent = [
        ("case 17", "soort", "tip"),
        ("case 17", "onbekend", "x"),
        ("case 19", "a[b]", "x"),
        ("case 19", "__proto__", "x"),
        ("case 19", "constructor", "x"),
        ("a field of another step", "telefoon", "0612345678"),
    ];
    let pairs = sent.iter().map(|(_, field, value)| (*field, *value));
    assert_eq!(raw.replace_step(&form, 0, pairs), 5);
    assert_eq!(raw, typed(&[("soort", "tip")]));
}
