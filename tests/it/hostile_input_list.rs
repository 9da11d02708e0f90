//! The list of hostile inputs. Each has a test: a row or a test that names its number.

use std::collections::BTreeSet;

/// Every case of the list.
///
/// Text: 1 decomposed letters and every script, 2 letters that turn direction, 3 invisible signs, 4 joined emoji, 5 NUL, 6 bytes that are no
/// text, 9 five thousand emoji, 10 a letter too many, 11 floods of marks, 12 a word without end, 13 only spaces, 14 letters that look alike.
/// Fields: 17 unknown, 18 twice, 19 names of programs' insides, 20 nested documents, 21 duplicate keys, 22 numbers that are none.
/// Telephones: 25 mobile, 26 without a plus, 27 others, 28 wrong length, 29 with words, 30 other digits. Mail: 33 headers, 34 line ends in
/// subjects, 35 two addresses, 36 a stranger's mailbox. Code: 37 markup, 38 templates, 41 markup of editors, 42 a number like a BSN.
/// Conditions: 43 circles, 44 later and unknown fields, 45 hidden fields, 46 hidden answers that are sent, 49 bombs and doubles, 50 patterns.
/// Time: 51 republished or closed, 52 two editors, 53 sent twice, 54 steps out of order. Files: 57 disguised, 58 active, 59 archives,
/// 60 pixels and halves, 61 places in photos, 62 empty, large and many, 65 viruses, 66 cut off, full and twice. Programs: 67 traps and haste,
/// 68 password managers. Languages: 69 missing and unknown. Addresses: 70 parameters.
const CASES: [u32; 54] = [
    1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 17, 18, 19, 20, 21, 22, 25, 26, 27, 28, 29, 30, 33,
    34, 35, 36, 37, 38, 41, 42, 43, 44, 45, 46, 49, 50, 51, 52, 53, 54, 57, 58, 59, 60, 61, 62, 65,
    66, 67, 68, 69, 70,
];

/// Where cases are answered.
const SOURCES: [&str; 14] = [
    include_str!("../../domain/src/text/mod.rs"),
    include_str!("../../domain/src/forms/tests/editors.rs"),
    include_str!("../../domain/src/forms/tests/life.rs"),
    include_str!("../../domain/src/forms/tests/numbers.rs"),
    include_str!("../../domain/src/forms/tests/people.rs"),
    include_str!("files.rs"),
    include_str!("files_refused.rs"),
    include_str!("filling.rs"),
    include_str!("filling_programs.rs"),
    include_str!("hostile_input.rs"),
    include_str!("quarantine.rs"),
    include_str!("scanner.rs"),
    include_str!("versions.rs"),
    include_str!("what_was_typed.rs"),
];

/// The numbers behind `case ` in a row and behind `case_` in the name of a test.
fn named(source: &str) -> impl Iterator<Item = u32> + '_ {
    ["case ", "case_"].into_iter().flat_map(|word| {
        source.split(word).skip(1).filter_map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
    })
}

#[test]
fn every_case_of_the_list_has_its_test_and_no_test_invents_one() {
    let listed: BTreeSet<u32> = CASES.into_iter().collect();
    let tested: BTreeSet<u32> = SOURCES.into_iter().flat_map(named).collect();
    assert_eq!(tested, listed);
}
