//! What a resident answered: typed, cleaned, with everything that is hidden left out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    clean,
    compile::Form,
    condition::{Condition, Leaf, Op, Operand},
    definition::{Field, FieldType, Role},
};

/// Values as they were typed, per field: what a draft keeps, so that nothing typed is lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawAnswers(pub BTreeMap<String, Vec<String>>);

impl RawAnswers {
    /// The first value of a field.
    #[must_use]
    pub fn first(&self, field: &str) -> &str {
        self.all(field).first().map_or("", String::as_str)
    }

    /// All values of a field.
    #[must_use]
    pub fn all(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// Replaces what was typed in the fields of one step by what was typed now; other steps stay as they were. Values of fields the form
    /// does not have are ignored.
    pub fn replace_step<'a>(
        &mut self,
        form: &Form,
        step: usize,
        typed: impl Iterator<Item = (&'a str, &'a str)>,
    ) {
        let fields = form.steps().get(step).map_or(&[][..], |step| &step.fields);
        for field in fields {
            self.0.remove(&field.key);
        }
        for (name, value) in typed {
            if fields.iter().any(|field| field.key == name) {
                self.0
                    .entry(name.to_owned())
                    .or_default()
                    .push(value.to_owned());
            }
        }
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Answer {
    /// One option.
    Choice {
        /// Its key.
        value: String,
    },
    /// Several options, in the order of the form.
    Choices {
        /// Their keys.
        value: Vec<String>,
    },
    /// Text, number or address as cleaned text.
    Text {
        /// The text.
        value: String,
    },
    /// A day.
    Date {
        /// The day.
        value: NaiveDate,
    },
    /// A telephone number.
    Phone {
        /// As typed.
        value: String,
        /// In E.164, to dial.
        e164: String,
    },
    /// A yes.
    Consent,
}

impl Answer {
    /// The answer as text: the option key, or what was typed. A consent is "yes".
    #[must_use]
    pub fn as_text(&self) -> String {
        match self {
            Self::Choice { value } | Self::Text { value } | Self::Phone { value, .. } => {
                value.clone()
            }
            Self::Choices { value } => value.join(", "),
            Self::Date { value } => value.to_string(),
            Self::Consent => "yes".to_owned(),
        }
    }
}

/// Everything a resident answered, per field key. What is hidden or empty is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

impl Answers {
    /// The answer to a field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Answer> {
        self.0.get(field)
    }

    /// The answer of the field with a role.
    #[must_use]
    pub fn with_role(&self, form: &Form, role: Role) -> Option<&Answer> {
        self.get(&form.with_role(role)?.key)
    }

    fn knows(&self, leaf: &Leaf) -> bool {
        let Some(answer) = self.0.get(&leaf.field) else {
            return false;
        };
        match (leaf.op, &leaf.value, answer) {
            (Op::Given, _, _) => true,
            (Op::Is, Some(Operand::One(word)), Answer::Choice { value }) => value == word,
            (Op::In, Some(Operand::Many(words)), Answer::Choice { value }) => words.contains(value),
            (Op::Has, Some(Operand::One(word)), Answer::Choices { value }) => value.contains(word),
            (op, Some(Operand::One(word)), Answer::Date { value }) => word
                .parse::<NaiveDate>()
                .is_ok_and(|day| compares(op, value.cmp(&day))),
            (op, Some(Operand::One(word)), Answer::Text { value }) => {
                match (decimal(value), decimal(word)) {
                    (Some(left), Some(right)) => compares(op, left.cmp(&right)),
                    _ => false,
                }
            }
            _ => false,
        }
    }

    /// Whether a condition holds, given these answers.
    #[must_use]
    pub fn satisfy(&self, condition: &Condition) -> bool {
        condition.holds(&mut |leaf| self.knows(leaf))
    }
}

fn compares(op: Op, order: std::cmp::Ordering) -> bool {
    match op {
        Op::Lt => order.is_lt(),
        Op::Le => order.is_le(),
        Op::Gt => order.is_gt(),
        Op::Ge => order.is_ge(),
        Op::Is | Op::In | Op::Has | Op::Given => false,
    }
}

/// A decimal number in millionths, exactly; at most 15 digits before and 6 behind the point.
fn decimal(text: &str) -> Option<i128> {
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

/// Why an answer cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldCode {
    /// Nothing was answered.
    Required,
    /// Nothing was chosen.
    RequiredChoice,
    /// More characters than the limit.
    TooLong {
        /// How many there are.
        count: usize,
        /// How many there may be.
        max: u32,
    },
    /// Not among the options.
    NotAnOption,
    /// Not a mail address.
    NotAnEmail,
    /// More than one mail address.
    OneEmail,
    /// Not a telephone number.
    NotAPhone,
    /// Words beside the number.
    PhoneWithWords,
    /// Not a number.
    NotANumber,
    /// Not a day.
    NotADate,
}

impl FieldCode {
    /// The word under which locale files and programs know it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::RequiredChoice => "required_choice",
            Self::TooLong { .. } => "too_long",
            Self::NotAnOption => "not_an_option",
            Self::NotAnEmail => "not_an_email",
            Self::OneEmail => "one_email",
            Self::NotAPhone => "not_a_phone",
            Self::PhoneWithWords => "phone_with_words",
            Self::NotANumber => "not_a_number",
            Self::NotADate => "not_a_date",
        }
    }

    /// The values its sentence needs.
    #[must_use]
    pub fn parameters(&self) -> BTreeMap<String, String> {
        match self {
            Self::TooLong { count, max } => BTreeMap::from([
                ("count".to_owned(), count.to_string()),
                ("max".to_owned(), max.to_string()),
            ]),
            _ => BTreeMap::new(),
        }
    }
}

/// A field whose answer cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Which field.
    pub field: String,
    /// Why.
    pub code: FieldCode,
}

/// The result of looking at what was typed.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What can be used.
    pub answers: Answers,
    /// What cannot, all of it, in document order.
    pub errors: Vec<FieldError>,
    /// Fields that were shown, in document order.
    pub visible: Vec<String>,
    /// Fields left empty that are better answered.
    pub advised: Vec<String>,
    /// Steps that were shown, by index.
    pub visible_steps: Vec<usize>,
}

impl Checked {
    /// Whether a step has an error.
    #[must_use]
    pub fn fails_in(&self, form: &Form, step: usize) -> bool {
        form.fields()
            .filter(|(index, _)| *index == step)
            .any(|(_, field)| self.errors.iter().any(|error| error.field == field.key))
    }

    /// The first shown step with an error.
    #[must_use]
    pub fn first_incomplete(&self, form: &Form) -> Option<usize> {
        self.visible_steps
            .iter()
            .copied()
            .find(|step| self.fails_in(form, *step))
    }
}

impl Form {
    /// Looks at everything that was typed, in document order, in one pass: what is hidden is dropped, what is wrong is told, all at once.
    #[must_use]
    pub fn check(&self, raw: &RawAnswers) -> Checked {
        let mut checked = Checked::default();
        for (index, step) in self.steps().iter().enumerate() {
            let shown = step
                .show_if
                .as_ref()
                .is_none_or(|condition| checked.answers.satisfy(condition));
            if !shown {
                continue;
            }
            checked.visible_steps.push(index);
            for field in &step.fields {
                check_field(field, raw, &mut checked);
            }
        }
        checked
    }
}

fn check_field(field: &Field, raw: &RawAnswers, checked: &mut Checked) {
    let holds = |condition: Option<&Condition>, answers: &Answers| {
        condition.is_none_or(|condition| answers.satisfy(condition))
    };
    if !holds(field.show_if.as_ref(), &checked.answers) {
        return;
    }
    checked.visible.push(field.key.clone());
    match read(field, raw) {
        Ok(Some(answer)) => {
            checked.answers.0.insert(field.key.clone(), answer);
        }
        Ok(None) => {
            let required = field
                .required
                .as_ref()
                .is_some_and(|required| holds(required.r#if.as_ref(), &checked.answers));
            let advised = field
                .advise
                .as_ref()
                .is_some_and(|advise| holds(advise.r#if.as_ref(), &checked.answers));
            if required {
                let code = if matches!(field.r#type, FieldType::Choice | FieldType::Choices) {
                    FieldCode::RequiredChoice
                } else {
                    FieldCode::Required
                };
                checked.errors.push(FieldError {
                    field: field.key.clone(),
                    code,
                });
            } else if advised {
                checked.advised.push(field.key.clone());
            }
        }
        Err(code) => checked.errors.push(FieldError {
            field: field.key.clone(),
            code,
        }),
    }
}

/// One answer by the type of its field; nothing when it was left empty.
fn read(field: &Field, raw: &RawAnswers) -> Result<Option<Answer>, FieldCode> {
    let typed = raw.first(&field.key);
    let text = |cleaned: String| -> Result<Option<Answer>, FieldCode> {
        let max = field.max.unwrap_or_else(|| field.r#type.longest());
        let count = cleaned.chars().count();
        if usize::try_from(max).is_ok_and(|max| count > max) {
            return Err(FieldCode::TooLong { count, max });
        }
        Ok((!cleaned.is_empty()).then_some(Answer::Text { value: cleaned }))
    };
    match field.r#type {
        FieldType::Info | FieldType::Files => Ok(None),
        FieldType::Choice | FieldType::Context => {
            let word = clean::line(typed);
            if word.is_empty() {
                return Ok(None);
            }
            if field.options.contains(&word) {
                Ok(Some(Answer::Choice { value: word }))
            } else if field.r#type == FieldType::Context {
                Ok(None)
            } else {
                Err(FieldCode::NotAnOption)
            }
        }
        FieldType::Choices => {
            let words: Vec<String> = raw
                .all(&field.key)
                .iter()
                .map(|word| clean::line(word))
                .filter(|word| !word.is_empty())
                .collect();
            if words.iter().any(|word| !field.options.contains(word)) {
                return Err(FieldCode::NotAnOption);
            }
            let value: Vec<String> = field
                .options
                .iter()
                .filter(|option| words.contains(option))
                .cloned()
                .collect();
            Ok((!value.is_empty()).then_some(Answer::Choices { value }))
        }
        FieldType::Text | FieldType::Name | FieldType::Location => text(clean::line(typed)),
        FieldType::Longtext | FieldType::Address => text(clean::text(typed)),
        FieldType::Number => {
            let number = clean::digits(typed).replace(',', ".");
            if number.is_empty() {
                return Ok(None);
            }
            let value = decimal(&number).ok_or(FieldCode::NotANumber)?;
            let value = if value == 0 { "0".to_owned() } else { number };
            Ok(Some(Answer::Text { value }))
        }
        FieldType::Date => day(&clean::digits(typed)),
        FieldType::Email => email(&clean::line(typed)),
        FieldType::Phone => phone(typed, field.region.as_deref()),
        FieldType::Consent => Ok((clean::line(typed) == "yes").then_some(Answer::Consent)),
    }
}

/// A day as people write it: 24-11-2026, 24/11/2026, 24.11.2026 or 2026-11-24.
fn day(typed: &str) -> Result<Option<Answer>, FieldCode> {
    if typed.is_empty() {
        return Ok(None);
    }
    let unified = typed.replace(['/', '.', ' '], "-");
    let day = ["%Y-%m-%d", "%d-%m-%Y"]
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(&unified, format).ok())
        .filter(|day| (1900..2200).contains(&chrono::Datelike::year(day)));
    day.map(|value| Some(Answer::Date { value }))
        .ok_or(FieldCode::NotADate)
}

fn email(typed: &str) -> Result<Option<Answer>, FieldCode> {
    if typed.is_empty() {
        return Ok(None);
    }
    if typed.matches('@').count() > 1 && typed.contains([',', ';', ' ']) {
        return Err(FieldCode::OneEmail);
    }
    let Some((name, host)) = typed.rsplit_once('@') else {
        return Err(FieldCode::NotAnEmail);
    };
    let value = format!("{name}@{}", host.to_lowercase());
    let fits = value.len() <= 254
        && host.contains('.')
        && !value.contains(char::is_whitespace)
        && value.parse::<lettre::Address>().is_ok();
    if fits {
        Ok(Some(Answer::Text { value }))
    } else {
        Err(FieldCode::NotAnEmail)
    }
}

fn phone(typed: &str, region: Option<&str>) -> Result<Option<Answer>, FieldCode> {
    let shown = clean::line(typed);
    if shown.is_empty() {
        return Ok(None);
    }
    let digits = clean::digits(&shown);
    let number = digits.strip_prefix("tel:").unwrap_or(&digits);
    // The number library reads letters as the keys of an old telephone, so words are kept away from it.
    if number.chars().any(char::is_alphabetic) {
        return Err(FieldCode::PhoneWithWords);
    }
    if number
        .chars()
        .any(|sign| !(sign.is_ascii_digit() || "+-()./ ".contains(sign)))
    {
        return Err(FieldCode::NotAPhone);
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
        .ok_or(FieldCode::NotAPhone)
}
