//! One typed value per type of field: what people write, read as what they mean, or the reason why not.

use chrono::NaiveDate;

use super::{
    answers::{Answer, RawAnswers},
    definition::Field,
    kinds::{FieldType, Today},
};
use crate::{FieldProblem, text};

/// Why the answer to a field cannot be used, with the values that its sentence needs.
pub(super) fn problem<const N: usize>(
    field: &Field,
    code: &str,
    parameters: [(&str, String); N],
) -> FieldProblem {
    FieldProblem {
        field: field.key.clone(),
        code: code.to_owned(),
        parameters: parameters
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
    }
}

/// One answer by the type of its field; nothing when it was left empty.
pub(super) fn read(
    field: &Field,
    raw: &RawAnswers,
    today: NaiveDate,
) -> Result<Option<Answer>, FieldProblem> {
    let typed = raw.first(&field.key);
    let text = |cleaned: String| -> Result<Option<Answer>, FieldProblem> {
        let max = field.max.unwrap_or_else(|| field.r#type.longest());
        let count = cleaned.chars().count();
        if usize::try_from(max).is_ok_and(|max| count > max) {
            let values = [("count", count.to_string()), ("max", max.to_string())];
            return Err(problem(field, "too_long", values));
        }
        Ok((!cleaned.is_empty()).then_some(Answer::Text { value: cleaned }))
    };
    match field.r#type {
        FieldType::Info => Ok(None),
        // Ids of files that are there: whoever fills them in has checked the files, a browser's own words never come here.
        FieldType::Files => {
            let value = raw.all(&field.key).to_vec();
            Ok((!value.is_empty()).then_some(Answer::Files { value }))
        }
        FieldType::Choice | FieldType::Context => {
            let word = text::clean_line(typed);
            if word.is_empty() {
                return Ok(None);
            }
            if field.options.contains(&word) {
                Ok(Some(Answer::Choice { value: word }))
            } else if field.r#type == FieldType::Context {
                Ok(None)
            } else {
                Err(problem(field, "not_an_option", []))
            }
        }
        FieldType::Choices => {
            let words: Vec<String> = raw
                .all(&field.key)
                .iter()
                .map(|word| text::clean_line(word))
                .filter(|word| !word.is_empty())
                .collect();
            if words.iter().any(|word| !field.options.contains(word)) {
                return Err(problem(field, "not_an_option", []));
            }
            let value: Vec<String> = field
                .options
                .iter()
                .filter(|option| words.contains(option))
                .cloned()
                .collect();
            Ok((!value.is_empty()).then_some(Answer::Choices { value }))
        }
        FieldType::Text | FieldType::Name | FieldType::Location => text(text::clean_line(typed)),
        FieldType::Longtext | FieldType::Address => text(text::clean_text(typed)),
        FieldType::Number => number(field, typed),
        FieldType::Date => date(field, typed, today),
        FieldType::Email => email(typed).map_err(|code| problem(field, code, [])),
        FieldType::Phone => {
            phone(typed, field.region.as_deref()).map_err(|code| problem(field, code, []))
        }
        FieldType::Consent => Ok((text::clean_line(typed) == "yes").then_some(Answer::Consent)),
    }
}

/// A number as people write it, exact.
fn number(field: &Field, typed: &str) -> Result<Option<Answer>, FieldProblem> {
    if text::clean_line(typed).is_empty() {
        return Ok(None);
    }
    let written = text::parse_number(typed).map_err(|problem| problem.of_field(&field.key))?;
    let value = decimal(&written.exact()).ok_or_else(|| problem(field, "not_a_number", []))?;
    let beyond = |bound: &Option<String>, is_beyond: fn(&i128, &i128) -> bool| {
        let limit = bound.as_deref().and_then(decimal)?;
        bound.clone().filter(|_| is_beyond(&value, &limit))
    };
    if let Some(min) = beyond(&field.lowest, i128::lt) {
        return Err(problem(field, "number_too_low", [("min", min)]));
    }
    if let Some(max) = beyond(&field.highest, i128::gt) {
        return Err(problem(field, "number_too_high", [("max", max)]));
    }
    Ok(Some(Answer::Text {
        value: exact(value),
    }))
}

/// A day as people write it, within the bounds of its question.
fn date(field: &Field, typed: &str, today: NaiveDate) -> Result<Option<Answer>, FieldProblem> {
    if text::clean_line(typed).is_empty() {
        return Ok(None);
    }
    let value = text::parse_day(typed).map_err(|problem| problem.of_field(&field.key))?;
    if !(1900..2200).contains(&chrono::Datelike::year(&value)) {
        return Err(problem(field, "date_year", []));
    }
    let written = |day: NaiveDate| day.format("%d-%m-%Y").to_string();
    let bound = |end: Today| (field.today == Some(end)).then_some(today);
    let earliest = field.earliest.max(bound(Today::Earliest));
    if let Some(min) = earliest.filter(|min| value < *min) {
        return Err(problem(field, "date_too_early", [("min", written(min))]));
    }
    // Nothing is less than something, so the smaller of two cannot be taken as the larger was.
    let latest = field.latest.into_iter().chain(bound(Today::Latest)).min();
    if let Some(max) = latest.filter(|max| value > *max) {
        return Err(problem(field, "date_too_late", [("max", written(max))]));
    }
    Ok(Some(Answer::Date { value }))
}

/// A mail address as somebody typed it, in the form in which it is stored; nothing when mail cannot go there.
#[must_use]
pub fn mail_address(typed: &str) -> Option<String> {
    match email(typed) {
        Ok(Some(Answer::Text { value })) => Some(value),
        _ => None,
    }
}

/// A mail address that staff typed elsewhere than in a form, as it is stored; nothing when nothing was typed. The error is its code.
pub(crate) fn staff_typed_mail(typed: &str) -> Result<Option<String>, &'static str> {
    match email(typed)? {
        Some(Answer::Text { value }) => Ok(Some(value)),
        _ => Ok(None),
    }
}

/// A telephone number that staff typed elsewhere than in a form, in E.164; nothing when nothing was typed. The error is its code.
pub(crate) fn staff_typed_phone(typed: &str) -> Result<Option<String>, &'static str> {
    match phone(typed, None)? {
        Some(Answer::Phone { e164, .. }) => Ok(Some(e164)),
        _ => Ok(None),
    }
}

fn email(typed: &str) -> Result<Option<Answer>, &'static str> {
    let typed = text::visible_line(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    if typed.matches('@').count() > 1 && typed.contains([',', ';', ' ']) {
        return Err("one_email");
    }
    let Some((name, host)) = typed.rsplit_once('@') else {
        return Err("not_an_email");
    };
    // A host of other scripts is kept as the name that mail servers know it by (RFC 5891). A name of other scripts or between quotation
    // marks may exist, but few servers take mail for it: better refused now than a promised mail that never arrives.
    let host = idna::domain_to_ascii(host).unwrap_or_default();
    let value = format!("{name}@{host}");
    let fits = value.len() <= 254
        && name.is_ascii()
        && !name.contains(['"', '\\'])
        && is_mail_host(&host)
        && !value.contains(char::is_whitespace)
        && value.parse::<lettre::Address>().is_ok();
    if fits {
        Ok(Some(Answer::Text { value }))
    } else {
        Err("not_an_email")
    }
}

/// Whether a host is a name in the system of names (RFC 1123), and not the number of a computer: behind the last dot stand letters.
fn is_mail_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && (label.bytes()).all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let last = host.rsplit_once('.').map_or("", |(_, last)| last);
    last.len() >= 2
        && last.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && host.split('.').all(is_label)
}

fn phone(typed: &str, region: Option<&str>) -> Result<Option<Answer>, &'static str> {
    let shown = text::visible_line(typed);
    if shown.is_empty() {
        return Ok(None);
    }
    let digits = text::ascii_digits(&shown);
    let is_link = (digits.get(..4)).is_some_and(|start| start.eq_ignore_ascii_case("tel:"));
    let number = digits.get(4..).filter(|_| is_link);
    let number = number.map_or(digits.as_str(), str::trim_start);
    // The number library reads letters as the keys of an old telephone, so words are kept away from it.
    if number.chars().any(char::is_alphabetic) {
        return Err("phone_with_words");
    }
    if number
        .chars()
        .any(|sign| !(sign.is_ascii_digit() || "+-()./ ".contains(sign)))
    {
        return Err("not_a_phone");
    }
    let country = region
        .and_then(|region| region.parse::<phonenumber::country::Id>().ok())
        .unwrap_or(phonenumber::country::NL);
    let plain: String = number.chars().filter(char::is_ascii_digit).collect();
    let with_plus = number.trim_start().starts_with('+');
    // "+31 (0)6 …": the zero between brackets is for callers inside the country.
    let number = if with_plus || number.starts_with("00") {
        number.replace("(0)", "")
    } else {
        number.to_owned()
    };
    let candidates = [
        number.clone(),
        plain
            .strip_prefix("00")
            .map(|rest| format!("+{rest}"))
            .unwrap_or_default(),
        if with_plus || plain.starts_with('0') {
            String::new()
        } else {
            format!("+{plain}")
        },
    ];
    candidates
        .iter()
        .filter(|candidate| !candidate.is_empty())
        .filter_map(|candidate| phonenumber::parse(Some(country), candidate).ok())
        .find(phonenumber::is_valid)
        .map(|number| {
            Some(Answer::Phone {
                value: shown,
                e164: number.format().mode(phonenumber::Mode::E164).to_string(),
            })
        })
        .ok_or("not_a_phone")
}

/// The one way to write a number in millionths: no zeros that say nothing, and a zero without a sign.
fn exact(value: i128) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest) = (value.abs() / 1_000_000, value.abs() % 1_000_000);
    let text = format!("{sign}{whole}.{rest:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number as an editor may write it in a definition: exact, with a point and digits behind it or without both, and no `-0`.
pub(crate) fn parse_bound(text: &str) -> Option<i128> {
    let value = decimal(text)?;
    let odd = text.ends_with('.') || (value == 0 && text.starts_with('-'));
    (!odd).then_some(value)
}

/// A decimal number in millionths, exactly; at most 15 digits before and 6 behind the point.
pub(super) fn decimal(text: &str) -> Option<i128> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || rest.len() > 6 || !plain(whole) || !plain(rest) {
        return None;
    }
    format!("{whole}{rest:0<6}")
        .parse::<i128>()
        .ok()
        .map(|value| sign * value)
}
