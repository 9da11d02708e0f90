//! Conditions as lists to choose from: earlier questions and their answers only, so that a condition on something else cannot be made.

use domain::{
    FieldErrors, Language,
    form_editor::{describe_condition, label_of},
    forms::{Condition, Definition, FieldType, Leaf, Op, Operand},
};

use super::view::SelectOption;
use crate::csrf::Fields;

/// Rows that stay empty below those that are used.
const EMPTY_ROWS: usize = 2;

/// Statements about one question.
pub struct StatementGroup {
    /// The question.
    pub label: String,
    /// Its statements: what is sent and what it says.
    pub leaves: Vec<(String, String)>,
}

/// A row of a condition.
pub struct ConditionRow {
    /// Number, from 1.
    pub number: usize,
    /// The statement that is chosen.
    pub leaf: String,
    /// What it is compared with.
    pub value: String,
}

/// A condition as the page shows it.
pub struct ConditionView {
    /// Name of its fields: `show`, `required` or `advise`.
    pub prefix: &'static str,
    /// When it holds.
    pub modes: Vec<SelectOption>,
    /// Statements to choose from.
    pub groups: Vec<StatementGroup>,
    /// Its rows.
    pub rows: Vec<ConditionRow>,
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
        match (&leaf.value, leaf.op) {
            (None, op) => rows.push((
                format!("{}|{sign}{}|", leaf.field, op.as_str()),
                String::new(),
            )),
            (Some(Operand::One(word)), op @ (Op::Is | Op::Has)) => {
                rows.push((
                    format!("{}|{sign}{}|{word}", leaf.field, op.as_str()),
                    String::new(),
                ));
            }
            (Some(Operand::One(word)), op) => {
                rows.push((
                    format!("{}|{sign}{}|", leaf.field, op.as_str()),
                    word.clone(),
                ));
            }
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

fn statements(
    definition: &Definition,
    field: &domain::forms::Field,
    language: Language,
) -> Vec<(String, String)> {
    let mut leaves = Vec::new();
    let mut push = |sign: &str, op: Op, word: &str| {
        let leaf = Condition::Leaf(Leaf {
            field: field.key.clone(),
            op,
            value: match op {
                Op::Given => None,
                _ => Some(Operand::One(if word.is_empty() {
                    "…".to_owned()
                } else {
                    word.to_owned()
                })),
            },
        });
        let condition = if sign.is_empty() {
            leaf
        } else {
            Condition::Not {
                not: Box::new(leaf),
            }
        };
        leaves.push((
            format!("{}|{sign}{}|{word}", field.key, op.as_str()),
            describe_condition(definition, &condition, language),
        ));
    };
    let op = match field.r#type {
        FieldType::Choice | FieldType::Context => Some(Op::Is),
        FieldType::Choices => Some(Op::Has),
        _ => None,
    };
    if let Some(op) = op {
        for sign in ["", "not-"] {
            for option in &field.options {
                push(sign, op, option);
            }
        }
    }
    if matches!(field.r#type, FieldType::Number | FieldType::Date) {
        for op in [Op::Lt, Op::Le, Op::Gt, Op::Ge] {
            push("", op, "");
        }
    }
    push("", Op::Given, "");
    push("not-", Op::Given, "");
    leaves
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
    let leaves: Vec<&str> = typed.all(&format!("{prefix}.leaf")).collect();
    let values: Vec<&str> = typed.all(&format!("{prefix}.value")).collect();
    let used = leaves.iter().filter(|leaf| !leaf.is_empty()).count();
    let count = (used + EMPTY_ROWS).clamp(3, 20);
    let mode = typed.text(&format!("{prefix}.mode"));
    let kept = current
        .filter(|condition| as_rows(condition).is_none())
        .map(|condition| describe_condition(definition, condition, language));
    let mut modes: Vec<SelectOption> = ["always", "any", "all"]
        .into_iter()
        .map(|one| {
            let text = language.text(&format!("form-mode-{prefix}-{one}"));
            SelectOption::new(one, text, one == mode)
        })
        .collect();
    if kept.is_some() {
        modes.insert(
            0,
            SelectOption::new("keep", language.text("form-mode-keep"), mode == "keep"),
        );
    }
    ConditionView {
        prefix,
        modes,
        compares: earlier
            .iter()
            .any(|field| matches!(field.r#type, FieldType::Number | FieldType::Date)),
        groups,
        rows: (0..count)
            .map(|at| ConditionRow {
                number: at + 1,
                leaf: leaves.get(at).copied().unwrap_or_default().to_owned(),
                value: values.get(at).copied().unwrap_or_default().to_owned(),
            })
            .collect(),
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
    let values: Vec<&str> = typed.all(&format!("{prefix}.value")).collect();
    let rows: Vec<(String, String)> = typed
        .all(&format!("{prefix}.leaf"))
        .enumerate()
        .filter(|(_, leaf)| !leaf.is_empty())
        .map(|(at, leaf)| {
            (
                leaf.to_owned(),
                values
                    .get(at)
                    .copied()
                    .unwrap_or_default()
                    .trim()
                    .to_owned(),
            )
        })
        .collect();
    if mode == "keep" {
        return current.cloned();
    }
    if !matches!(mode, "all" | "any") {
        return None;
    }
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
                errors.add(&format!("{prefix}.leaf"), "condition_unreadable");
            }
            part
        })
        .collect();
    match (parts.len(), mode) {
        (0, _) => {
            errors.add_with(&format!("{prefix}.leaf"), "condition_empty", "value", "");
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
    let op = [Op::Is, Op::Has, Op::Given, Op::Lt, Op::Le, Op::Gt, Op::Ge]
        .into_iter()
        .find(|one| one.as_str() == op)?;
    let value = match op {
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
    Some(match crate::html::values::typed_day(value) {
        Some(day) => day.to_string(),
        None => value.replace(',', "."),
    })
}
