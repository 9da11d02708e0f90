//! Conditions as lists to choose from: earlier questions and their answers only, so that a condition on something else cannot be made.

use std::iter::repeat;

use domain::{
    FieldErrors, Language,
    form_editor::{describe_condition, label_of},
    forms::{Condition, Definition, Field, FieldType, Leaf, Op, Operand},
    text,
};

use crate::{csrf::Fields, html::values::Choice};

/// Rows that stay empty below those that are used.
const EMPTY_ROWS: usize = 2;

/// Statements about one question.
pub struct StatementGroup {
    /// The question.
    pub label: String,
    /// Its statements: what is sent and what it says.
    pub leaves: Vec<(String, String)>,
}

/// A condition as the page shows it.
pub struct ConditionView {
    /// Name of its fields: `show`, `required` or `advise`.
    pub prefix: &'static str,
    /// When it holds.
    pub modes: Vec<Choice>,
    /// Statements to choose from.
    pub groups: Vec<StatementGroup>,
    /// Its rows: the statement that is chosen, and what it is compared with.
    pub rows: Vec<(String, String)>,
    /// Whether a statement compares a number or a day.
    pub compares: bool,
    /// The condition in words when it is more than rows can say; choosing something else replaces it.
    pub kept: Option<String>,
}

/// A condition as rows: all or any of them, and the statements.
fn as_rows(condition: &Condition) -> Option<(&'static str, Vec<(String, String)>)> {
    let single = std::slice::from_ref(condition);
    let (mode, parts) = match condition {
        Condition::All { all } => ("all", all.as_slice()),
        Condition::Any { any } => ("any", any.as_slice()),
        _ => ("any", single),
    };
    let mut rows = Vec::new();
    for part in parts {
        let (leaf, sign) = match part {
            Condition::Leaf(leaf) => (leaf, ""),
            Condition::Not { not } => match not.as_ref() {
                Condition::Leaf(leaf) => (leaf, "not-"),
                _ => return None,
            },
            _ => return None,
        };
        let statement = |word: &str| format!("{}|{sign}{}|{word}", leaf.field, leaf.op);
        match (&leaf.value, leaf.op) {
            (None, _) => rows.push((statement(""), String::new())),
            (Some(Operand::One(word)), Op::Is | Op::Has) => {
                rows.push((statement(word), String::new()));
            }
            (Some(Operand::One(word)), _) => rows.push((statement(""), word.clone())),
            // One of several options is the same as any of several statements, as long as any is enough.
            (Some(Operand::Many(words)), _) if mode == "any" && sign.is_empty() => {
                for word in words {
                    rows.push((format!("{}|is|{word}", leaf.field), String::new()));
                }
            }
            (Some(Operand::Many(_)), _) => return None,
        }
    }
    Some((mode, rows))
}

/// The fields with which a page about this condition begins.
pub(super) fn fields(prefix: &str, condition: Option<&Condition>) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut push = |name: &str, value: String| fields.push((format!("{prefix}.{name}"), value));
    match condition.map(as_rows) {
        None => push("mode", "always".to_owned()),
        Some(None) => push("mode", "keep".to_owned()),
        Some(Some((mode, rows))) => {
            push("mode", mode.to_owned());
            for (leaf, value) in rows {
                push("leaf", leaf);
                push("value", value);
            }
        }
    }
    fields
}

/// Everything that can be said about a question: what is sent and what it says.
fn statements(definition: &Definition, field: &Field, language: Language) -> Vec<(String, String)> {
    let key = &field.key;
    let mut leaves = Vec::new();
    let by_option = match field.r#type {
        FieldType::Choice | FieldType::Context => Some(Op::Is),
        FieldType::Choices => Some(Op::Has),
        _ => None,
    };
    if let Some(op) = by_option {
        for sign in ["", "not-"] {
            let options = field.options.iter();
            leaves.extend(options.map(|option| format!("{key}|{sign}{op}|{option}")));
        }
    }
    if compares(field) {
        let order = [Op::Lt, Op::Le, Op::Gt, Op::Ge].into_iter();
        leaves.extend(order.map(|op| format!("{key}|{op}|")));
    }
    leaves.extend(["", "not-"].map(|sign| format!("{key}|{sign}{}|", Op::Given)));
    let described = |leaf: String| {
        let text = describe_leaf(definition, &leaf, language);
        (leaf, text)
    };
    leaves.into_iter().map(described).collect()
}

/// Whether answers of a question come before and after others.
fn compares(field: &Field) -> bool {
    matches!(field.r#type, FieldType::Number | FieldType::Date)
}

/// A condition about what stands before `key`, as the page shows it.
pub(super) fn view(
    prefix: &'static str,
    definition: &Definition,
    key: &str,
    current: Option<&Condition>,
    typed: &Fields,
    language: Language,
) -> ConditionView {
    let earlier = definition.before(key);
    let groups: Vec<StatementGroup> = earlier
        .iter()
        .filter(|field| field.r#type != FieldType::Info)
        .map(|field| StatementGroup {
            label: label_of(definition, &field.key, language),
            leaves: statements(definition, field, language),
        })
        .collect();
    let sent = |name: &str| {
        typed
            .all(&format!("{prefix}.{name}"))
            .map(str::to_owned)
            .collect()
    };
    let (leaves, values): (Vec<String>, Vec<String>) = (sent("leaf"), sent("value"));
    let used = leaves.iter().filter(|leaf| !leaf.is_empty()).count();
    let count = (used + EMPTY_ROWS).clamp(3, 20);
    let or_empty = |sent: Vec<String>| sent.into_iter().chain(repeat(String::new()));
    let (leaves, values) = (or_empty(leaves), or_empty(values));
    let mode = typed.text(&format!("{prefix}.mode"));
    let kept = current
        .filter(|condition| as_rows(condition).is_none())
        .map(|condition| describe_condition(definition, condition, language));
    let choice = |one: &str, key: &str| Choice::new(one, language.text(key), one == mode);
    let keep = (kept.iter()).map(|_| choice("keep", "form-mode-keep"));
    let others = ["always", "any", "all"];
    let others = others.map(|one| choice(one, &format!("form-mode-{prefix}-{one}")));
    ConditionView {
        prefix,
        modes: keep.chain(others).collect(),
        compares: earlier.iter().any(|field| compares(field)),
        groups,
        rows: leaves.zip(values).take(count).collect(),
        kept,
    }
}

/// The condition that was put together; the one that stands when nothing about it was changed.
pub(super) fn read(
    prefix: &str,
    typed: &Fields,
    current: Option<&Condition>,
    errors: &mut FieldErrors,
) -> Option<Condition> {
    let mode = typed.text(&format!("{prefix}.mode"));
    if mode == "keep" {
        return current.cloned();
    }
    if !matches!(mode, "all" | "any") {
        return None;
    }
    let (leaf_name, value_name) = (format!("{prefix}.leaf"), format!("{prefix}.value"));
    let values = typed.all(&value_name).chain(repeat(""));
    let rows: Vec<(String, String)> = (typed.all(&leaf_name).zip(values))
        .filter(|(leaf, _)| !leaf.is_empty())
        .map(|(leaf, value)| (leaf.to_owned(), value.trim().to_owned()))
        .collect();
    if let Some(current) = current
        && let Some((was, known)) = as_rows(current)
        && known == rows
        && (was == mode || rows.len() == 1)
    {
        return Some(current.clone());
    }
    let mut parts: Vec<Condition> = rows
        .iter()
        .filter_map(|(leaf, value)| {
            let part = statement(leaf, value);
            if part.is_none() {
                errors.add(&leaf_name, "condition_unreadable");
            }
            part
        })
        .collect();
    match (parts.len(), mode) {
        (0, _) => {
            errors.add_with(&leaf_name, "condition_empty", "value", "");
            None
        }
        (1, _) => parts.pop(),
        (_, "all") => Some(Condition::All { all: parts }),
        _ => Some(Condition::Any { any: parts }),
    }
}

fn statement(leaf: &str, value: &str) -> Option<Condition> {
    let mut parts = leaf.splitn(3, '|');
    let (field, op, word) = (parts.next()?, parts.next()?, parts.next()?);
    let (negated, op) = op.strip_prefix("not-").map_or((false, op), |op| (true, op));
    let op = op.parse::<Op>().ok()?;
    let value = match op {
        // The page has a statement for each option.
        Op::In => return None,
        Op::Given => None,
        Op::Is | Op::Has => Some(Operand::One(word.to_owned())),
        _ => Some(Operand::One(parse_operand(value)?)),
    };
    let leaf = Condition::Leaf(Leaf {
        field: field.to_owned(),
        op,
        value,
    });
    Some(if negated {
        Condition::Not {
            not: Box::new(leaf),
        }
    } else {
        leaf
    })
}

/// A statement that was chosen, in words; as it was sent when it is none.
pub(super) fn describe_leaf(definition: &Definition, leaf: &str, language: Language) -> String {
    statement(leaf, "…").map_or_else(
        || leaf.to_owned(),
        |condition| describe_condition(definition, &condition, language),
    )
}

/// A number or a day as people type it, as the definition writes it.
fn parse_operand(value: &str) -> Option<String> {
    if value.is_empty() {
        return None;
    }
    let has_parts = value.contains(|sign: char| !sign.is_ascii_digit());
    if let Some(day) = text::parse_day(value).ok().filter(|_| has_parts) {
        return Some(day.to_string());
    }
    // What can be read in two ways stays as it is, and is refused with the condition.
    Some(text::parse_number(value).map_or_else(|_| value.to_owned(), |number| number.exact()))
}
