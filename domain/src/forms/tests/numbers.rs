//! Numbers, days and their bounds.

use super::{super::*, TODAY, editors::second_step, typed};

fn form(fields: &str) -> Form {
    Form::compile(Definition::parse(&second_step(fields)).unwrap()).unwrap()
}

fn read(form: &Form, field: &str, value: &str) -> Result<Option<String>, &'static str> {
    let checked = form.check(&typed(&[(field, value)]), TODAY);
    match checked.errors.iter().find(|error| error.field == field) {
        Some(error) => Err(error.code.clone().leak()),
        None => Ok(checked.answers.get(field).map(Answer::as_text)),
    }
}

#[test]
fn a_number_is_what_people_here_mean_by_it_and_exact() {
    let form = form(r#"{"key":"een","type":"number"}"#);
    for (case, typed, kept) in [
        ("plain", "12", Ok("12")),
        ("a comma", "1,5", Ok("1.5")),
        ("a point", "1.5", Ok("1.5")),
        ("thousands", "1.000", Ok("1000")),
        ("thousands and cents", "12.345,60", Ok("12345.6")),
        ("millions", "1.234.567", Ok("1234567")),
        ("below one", "0.125", Ok("0.125")),
        ("three behind a comma", "1,125", Err("number_ambiguous")),
        ("a thousand or one", "1,000", Err("number_ambiguous")),
        ("a space for a comma", "12 50", Err("number_ambiguous")),
        ("four behind a comma", "1,1250", Ok("1.125")),
        ("nothing before the comma but a zero", "0,125", Ok("0.125")),
        ("thousands as elsewhere", "1,234,567", Ok("1234567")),
        (
            "thousands and cents as elsewhere",
            "12,345.60",
            Ok("12345.6"),
        ),
        ("spaces beside the comma", "12 ,5", Ok("12.5")),
        (
            "a space in no place for thousands",
            "12 5000",
            Err("not_a_number"),
        ),
        ("thousands behind the comma", "1,5.000", Err("not_a_number")),
        ("spaces between", "1 000", Ok("1000")),
        ("less than nothing", "-3,20", Ok("-3.2")),
        ("a long dash", "\u{2212}3", Ok("-3")),
        ("zeros in front", "007", Ok("7")),
        ("nothing behind the comma", "5,", Ok("5")),
        ("Arabic digits", "٤٢", Ok("42")),
        ("case 22 minus nothing", "-0", Ok("0")),
        ("case 22 minus nothing, written out", "-0,00", Ok("0")),
        ("case 22 no number", "NaN", Err("not_a_number")),
        (
            "case 22 too large for anything",
            "1e999",
            Err("not_a_number"),
        ),
        (
            "case 22 too many digits",
            "12345678901234567890123",
            Err("not_a_number"),
        ),
        ("too fine", "0,0000001", Err("not_a_number")),
        ("two commas", "1,2,3", Err("not_a_number")),
        ("groups of two", "1.00.00", Err("not_a_number")),
        ("a plus", "+5", Err("not_a_number")),
        ("two signs", "--5", Err("not_a_number")),
        ("words", "vijf", Err("not_a_number")),
        ("a comma alone", ",", Err("not_a_number")),
    ] {
        let kept = kept.map(|value: &str| Some(value.to_owned()));
        assert_eq!(read(&form, "een", typed), kept, "{case}: {typed}");
    }
    assert_eq!(read(&form, "een", " "), Ok(None), "case 13");
}

#[test]
fn numbers_stay_within_their_bounds_and_are_told_which() {
    let form = form(r#"{"key":"een","type":"number","lowest":"-1.5","highest":"1000"}"#);
    for (typed, result) in [
        ("-1,5", Ok("-1.5")),
        ("-1,500001", Err("number_too_low")),
        ("1.000", Ok("1000")),
        ("1.000,01", Err("number_too_high")),
    ] {
        let result = result.map(|value: &str| Some(value.to_owned()));
        assert_eq!(read(&form, "een", typed), result, "{typed}");
    }
    let error = form
        .check(&typed(&[("een", "2000")]), TODAY)
        .errors
        .pop()
        .unwrap();
    assert_eq!(
        error.parameters.get("max").map(String::as_str),
        Some("1000")
    );
}

#[test]
fn days_are_read_as_people_write_them_within_their_bounds() {
    let free = form(r#"{"key":"twee","type":"date"}"#);
    for (typed, kept) in [
        ("24 november 2026", Some("2026-11-24")),
        ("24 - 11 - 2026", Some("2026-11-24")),
        ("24-11-2026", Some("2026-11-24")),
        ("24/11/2026", Some("2026-11-24")),
        ("24.11.2026", Some("2026-11-24")),
        ("2026-11-24", Some("2026-11-24")),
        ("4-1-2026", Some("2026-01-04")),
        ("29-02-2028", Some("2028-02-29")),
    ] {
        let expected = Ok(kept.map(str::to_owned));
        assert_eq!(read(&free, "twee", typed), expected, "{typed}");
    }
    for (typed, problem) in [
        ("29-02-2027", "date_day"),
        ("31-04-2026", "date_day"),
        ("11-24-2026", "date_month"),
        ("9999-99-99", "date_month"),
        ("morgen", "not_a_date"),
        ("24-11-0026", "date_year"),
        ("24-11-26", "date_short_year"),
        ("24 november", "date_no_year"),
        ("maandag 24 november 2026", "date_weekday"),
    ] {
        assert_eq!(read(&free, "twee", typed), Err(problem), "{typed}");
    }
    let bound =
        form(r#"{"key":"twee","type":"date","earliest":"2026-01-01","latest":"2026-12-31"}"#);
    for (typed, expected) in [
        ("1-1-2026", Ok("2026-01-01")),
        ("31-12-2025", Err("date_too_early")),
        ("31-12-2026", Ok("2026-12-31")),
        ("1-1-2027", Err("date_too_late")),
    ] {
        let expected = expected.map(|day: &str| Some(day.to_owned()));
        assert_eq!(read(&bound, "twee", typed), expected, "{typed}");
    }
}

#[test]
fn a_day_that_must_have_been_or_must_come_is_held_against_the_day_of_answering() {
    let form = form(
        r#"{"key":"een","type":"date","today":"latest","latest":"2027-01-01"},
        {"key":"twee","type":"date","today":"earliest"},
        {"key":"drie","type":"date","today":"earliest","earliest":"2026-12-01"}"#,
    );
    for (field, typed, expected) in [
        ("een", "24-11-2026", Ok("2026-11-24")),
        ("een", "1-1-1950", Ok("1950-01-01")),
        ("een", "25-11-2026", Err("date_too_late")),
        ("twee", "24-11-2026", Ok("2026-11-24")),
        ("twee", "23-11-2026", Err("date_too_early")),
        ("drie", "30-11-2026", Err("date_too_early")),
        ("drie", "1-12-2026", Ok("2026-12-01")),
    ] {
        let expected = expected.map(|day: &str| Some(day.to_owned()));
        assert_eq!(read(&form, field, typed), expected, "{field} {typed}");
    }
    let error = form
        .check(&typed(&[("een", "25-11-2026")]), TODAY)
        .errors
        .pop()
        .unwrap();
    assert_eq!(
        error.parameters.get("max").map(String::as_str),
        Some("24-11-2026"),
        "the nearer of both bounds is told"
    );
}

#[test]
fn comparisons_are_of_numbers_and_days_not_of_letters() {
    let form = form(
        r#"{"key":"een","type":"number"},{"key":"twee","type":"date"},
        {"key":"drie","type":"text","show_if":{"any":[{"field":"een","op":"gt","value":"9"},{"field":"twee","op":"lt","value":"2026-02-01"}]}}"#,
    );
    for (een, twee, shown) in [
        ("10", "", true),
        ("9", "", false),
        ("9,000001", "", true),
        ("", "31-1-2026", true),
        ("", "1-2-2026", false),
        ("", "", false),
    ] {
        let checked = form.check(&typed(&[("een", een), ("twee", twee)]), TODAY);
        let visible = checked.visible.contains(&"drie".to_owned());
        assert_eq!(visible, shown, "{een} {twee}");
    }
}
