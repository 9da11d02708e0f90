//! A rule in a sentence, and what the fields of its form are called.

use domain::{
    Language,
    automation::{ActionKind, ConditionKind, RuleDraft},
    dashed,
};

/// A rule in words: when, if, then. Names of teams stand where ids did.
pub(super) fn told(rule: &RuleDraft, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if !rule.event.is_empty() {
        let event = language.term("rule-event", &rule.event);
        lines.push(language.text_with("rule-told-when", &[("event", &event)]));
    }
    for one in &rule.conditions {
        let Ok(kind) = one.what.parse::<ConditionKind>() else {
            continue;
        };
        let key = format!("rule-told-if-{}", dashed(kind.as_str()));
        let values = [("value", one.value.as_str()), ("question", &one.question)];
        lines.push(language.text_with(&key, &values));
    }
    for one in &rule.actions {
        let Ok(kind) = one.what.parse::<ActionKind>() else {
            continue;
        };
        let key = match kind {
            ActionKind::Notice if !one.staff_id.is_empty() => {
                "rule-told-then-notice-colleague".to_owned()
            }
            ActionKind::Notice if one.team_id.is_empty() => {
                "rule-told-then-notice-handler".to_owned()
            }
            kind => format!("rule-told-then-{kind}"),
        };
        let values = [
            ("team", one.team_id.as_str()),
            ("name", &one.staff_id),
            ("text", &one.text),
            ("days", &one.days),
        ];
        lines.push(language.text_with(&key, &values));
    }
    lines
}

/// What a field of a rule is called, with the number of its row.
pub(super) fn field_name(field: &str, language: Language) -> Option<String> {
    let mut parts = field.split('.');
    let (list, number, field) = (parts.next()?, parts.next(), parts.next());
    let (Some(number), Some(field)) = (number, field) else {
        let key = format!("rule-field-{}", dashed(list));
        return language.has(&key).then(|| language.text(&key));
    };
    let number = number.parse::<usize>().ok()? + 1;
    let field = language.text(&format!("rule-field-{}", dashed(field)));
    let row = format!("rule-row-{list}");
    Some(language.text_with(&row, &[("number", &number.to_string()), ("field", &field)]))
}
