//! Amounts as people type them.

use std::collections::BTreeMap;

use crate::{
    FieldErrors, FieldProblem,
    input::Number,
    text::{NumberProblem, parse_number},
};

/// Most that one amount may be, in cents: ten million euros. More is a slip of the finger.
pub const AMOUNT_MAX: i64 = 1_000_000_000;

/// An amount as people type it: "12,50", "€ 12.50", "12", "12,-", "1.250,00". In cents.
///
/// A comma or point with one or two digits behind it begins the cents; with three it groups thousands. Only a single comma with three digits
/// behind it is not read: here that is a slip in the cents ("12,505"), elsewhere twelve thousand.
///
/// # Errors
/// The word of a field error: `not_an_amount`, `amount_ambiguous`, `not_positive` for what is zero or less, `amount_absurd` for more than
/// [`AMOUNT_MAX`].
fn cents(typed: &str) -> Result<i64, &'static str> {
    let typed = crate::text::ascii_digits(typed);
    if a_space_stands_where_cents_begin(&typed) {
        return Err("amount_ambiguous");
    }
    let plain: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
    let (negative, plain) = without_sign(&plain);
    let (negative_inside, plain) = without_sign(without_currency(plain));
    let plain = plain
        .strip_suffix(",-")
        .or_else(|| plain.strip_suffix(".-"))
        .unwrap_or(plain);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = match plain.rfind([',', '.']) {
        // A separator with three digits behind it groups thousands.
        Some(at) if plain.len() - at - 1 == 3 => (plain, ""),
        Some(at) => {
            let (whole, rest) = plain.split_at(at);
            (whole, rest.get(1..).unwrap_or_default())
        }
        None => (plain, ""),
    };
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let grouped = groups.all(|group| group.len() == 3 && digits(group))
        && (first.len() == whole.len() || (1..=3).contains(&first.len()));
    // One sign between groups, and another one before the cents.
    let mut signs = whole.chars().filter(|sign| matches!(sign, ',' | '.'));
    let between = signs.next();
    let alike = signs.all(|sign| Some(sign) == between)
        && (part.is_empty()
            || !plain
                .get(whole.len()..)
                .is_some_and(|end| between.is_some_and(|between| end.starts_with(between))));
    if first.is_empty() || !digits(first) || !grouped || !alike || part.len() > 2 || !digits(part) {
        return Err("not_an_amount");
    }
    if whole.matches(',').count() == 1 && part.is_empty() {
        return Err("amount_ambiguous");
    }
    if negative || negative_inside {
        return Err("not_positive");
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let cents = format!("{whole}{part:0<2}")
        .parse()
        .map_err(|_| "amount_absurd")?;
    check(cents)
}

/// Whether a space stands between digits without grouping thousands: "12 50" may be meant as twelve and a half, or as more than a thousand.
fn a_space_stands_where_cents_begin(typed: &str) -> bool {
    let is_digit = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit());
    let words: Vec<&str> = typed.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let [before, after] = pair else { return false };
        let digits = after.chars().take_while(char::is_ascii_digit).count();
        is_digit(before.chars().last()) && digits > 0 && digits != 3
    })
}

fn without_sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

fn without_currency(text: &str) -> &str {
    let names = ["euro", "eur", "€"];
    let found = |part: Option<&str>| {
        part.is_some_and(|part| names.iter().any(|name| part.eq_ignore_ascii_case(name)))
    };
    for name in names {
        if found(text.get(..name.len())) {
            return text.get(name.len()..).unwrap_or_default();
        }
        let end = text.len().saturating_sub(name.len());
        if found(text.get(end..)) {
            return text.get(..end).unwrap_or_default();
        }
    }
    text
}

/// An amount as it was sent, in cents; zero once an error is noted.
pub fn read(number: &Number, field: &str, errors: &mut FieldErrors) -> i64 {
    let read = match number {
        Number::Whole(cents) => check(*cents),
        Number::Typed(text) if !text.trim().is_empty() => cents(text),
        Number::Typed(_) | Number::Missing => Err("required"),
    };
    read.unwrap_or_else(|code| {
        match (number, code) {
            (Number::Typed(text), "amount_ambiguous") => errors.push(ambiguous(text, field)),
            _ => errors.add(field, code),
        }
        0
    })
}

/// What an amount that can be read in two ways may mean, where both are amounts.
fn ambiguous(typed: &str, field: &str) -> FieldProblem {
    if let Err(problem @ NumberProblem::Ambiguous { .. }) = parse_number(typed) {
        let asked = problem.of_field(field);
        if asked.parameters.values().all(|meant| cents(meant).is_ok()) {
            return asked;
        }
    }
    FieldProblem {
        field: field.to_owned(),
        code: "amount_ambiguous".to_owned(),
        parameters: BTreeMap::new(),
    }
}

/// The same bounds for an amount that came as a number.
const fn check(cents: i64) -> Result<i64, &'static str> {
    match cents {
        ..=0 => Err("not_positive"),
        1..=AMOUNT_MAX => Ok(cents),
        _ => Err("amount_absurd"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    proptest! {
        /// Whatever is typed gets an answer, and what we write ourselves is read back.
        #[test]
        fn nothing_typed_breaks_it_and_what_we_write_is_read_back(typed in ".{0,40}", whole in 0_i64..10_000_000, part in 0_i64..100) {
            if let Ok(read) = cents(&typed) {
                prop_assert!((1..=AMOUNT_MAX).contains(&read));
            }
            prop_assume!(whole + part > 0);
            prop_assert_eq!(cents(&format!("€ {whole},{part:02}")), Ok(whole * 100 + part));
        }
    }

    #[test]
    fn an_amount_that_may_be_another_one_is_asked_about_with_both() {
        for (typed, code, meant) in [
            ("1,250", "number_ambiguous", ["1,25", "1250"].as_slice()),
            ("12 50", "number_ambiguous", &["12,5", "1250"]),
            ("12,505", "amount_ambiguous", &[]),
        ] {
            let mut errors = FieldErrors::default();
            assert_eq!(
                read(&Number::Typed(typed.to_owned()), "amountCents", &mut errors),
                0
            );
            let problem = &errors.problems()[0];
            assert_eq!(problem.code, code, "{typed}");
            assert!(
                problem.parameters.values().eq(meant),
                "{typed}: {problem:?}"
            );
        }
    }

    #[test]
    fn an_amount_is_read_however_it_is_typed() {
        for (typed, expected) in [
            ("12,50", Ok(1_250)),
            ("12.50", Ok(1_250)),
            ("12.5", Ok(1_250)),
            ("€ 12,5", Ok(1_250)),
            ("EUR 12,50", Ok(1_250)),
            ("eur12,50", Ok(1_250)),
            ("12,50 €", Ok(1_250)),
            ("12,50 euro", Ok(1_250)),
            ("12 Euro", Ok(1_200)),
            ("12", Ok(1_200)),
            (" 12 ", Ok(1_200)),
            ("\u{a0}12\u{202f}", Ok(1_200)),
            ("12,-", Ok(1_200)),
            ("€ 12,–", Ok(1_200)),
            ("12.-", Ok(1_200)),
            ("12,", Ok(1_200)),
            ("€ 1.250,00", Ok(125_000)),
            ("1,250.00", Ok(125_000)),
            ("1 250,00", Ok(125_000)),
            ("1 250 000", Ok(125_000_000)),
            ("€ 12", Ok(1_200)),
            ("12 ,50", Ok(1_250)),
            ("12 50", Err("amount_ambiguous")),
            ("1 25", Err("amount_ambiguous")),
            ("12 5000", Err("amount_ambiguous")),
            ("1.250", Ok(125_000)),
            ("1.250.000", Ok(125_000_000)),
            ("1,250,000", Ok(125_000_000)),
            ("0012", Ok(1_200)),
            ("0,01", Ok(1)),
            ("0,1", Ok(10)),
            ("٣", Ok(300)),
            ("١٢", Ok(1_200)),
            ("１２，50", Err("not_an_amount")),
            ("", Err("not_an_amount")),
            ("   ", Err("not_an_amount")),
            ("€", Err("not_an_amount")),
            ("-", Err("not_an_amount")),
            ("--5", Err("not_positive")),
            ("---5", Err("not_an_amount")),
            ("+5", Err("not_an_amount")),
            (",50", Err("not_an_amount")),
            ("12,505", Err("amount_ambiguous")),
            ("1,250", Err("amount_ambiguous")),
            ("12,555,1x", Err("not_an_amount")),
            ("1.2.3,00", Err("not_an_amount")),
            ("1.250.00", Err("not_an_amount")),
            ("1,250.000,00", Err("not_an_amount")),
            ("12,50,", Err("not_an_amount")),
            ("12..50", Err("not_an_amount")),
            ("tien", Err("not_an_amount")),
            ("12,5050", Err("not_an_amount")),
            ("1250.0000", Err("not_an_amount")),
            ("1e3", Err("not_an_amount")),
            ("0x10", Err("not_an_amount")),
            ("NaN", Err("not_an_amount")),
            ("½", Err("not_an_amount")),
            ("12\u{0}50", Ok(125_000)),
            ("$12", Err("not_an_amount")),
            ("12,50; drop table gift", Err("not_an_amount")),
            ("-5", Err("not_positive")),
            ("−5", Err("not_positive")),
            ("€ -5,00", Err("not_positive")),
            ("0", Err("not_positive")),
            ("0,00", Err("not_positive")),
            ("-0", Err("not_positive")),
            ("10000000", Ok(1_000_000_000)),
            ("10000000,01", Err("amount_absurd")),
            ("999999999999", Err("amount_absurd")),
            ("99999999999999999999", Err("amount_absurd")),
        ] {
            assert_eq!(cents(typed), expected, "{typed:?}");
        }
    }
}
