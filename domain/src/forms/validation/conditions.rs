//! Of conditions: they are small, and about earlier fields.

use super::{
    super::{
        condition::{Condition, DEPTH_MAX, LEAVES_MAX, Leaf, Op, Operand},
        kinds::FieldType,
        values,
    },
    Check,
};

impl Check<'_> {
    pub(super) fn condition(&mut self, condition: &Condition, place: &str) {
        if condition.depth() > DEPTH_MAX {
            self.issue("condition-too-deep", place, condition.depth());
        }
        let leaves = condition.leaves();
        if leaves.len() > LEAVES_MAX {
            self.issue("condition-too-wide", place, leaves.len());
        }
        if condition.has_gap() {
            self.issue("condition-empty", place, "");
        }
        for leaf in leaves.into_iter().take(LEAVES_MAX) {
            self.leaf(leaf, place);
        }
    }

    fn leaf(&mut self, leaf: &Leaf, place: &str) {
        let Some(field) = self.seen.get(leaf.field.as_str()).copied() else {
            let later = self.place_of(&leaf.field);
            let code = if later.is_empty() {
                "condition-unknown"
            } else {
                "condition-not-earlier"
            };
            self.issue(code, place, &leaf.field);
            self.set_other(later);
            return;
        };
        let words: &[String] = match &leaf.value {
            None => &[],
            Some(Operand::One(word)) => std::slice::from_ref(word),
            Some(Operand::Many(words)) => words,
        };
        let one = matches!(leaf.value, Some(Operand::One(_)));
        let single = matches!(field.r#type, FieldType::Choice | FieldType::Context);
        let fits = match leaf.op {
            Op::Given => leaf.value.is_none() && field.r#type != FieldType::Info,
            Op::Is => single && one,
            Op::In => single && !one && !words.is_empty(),
            Op::Has => field.r#type == FieldType::Choices && one,
            Op::Lt | Op::Le | Op::Gt | Op::Ge => {
                one && words.iter().all(|word| match field.r#type {
                    FieldType::Number => values::parse_bound(word).is_some(),
                    FieldType::Date => word.parse::<chrono::NaiveDate>().is_ok(),
                    _ => false,
                })
            }
        };
        if !fits {
            self.issue("condition-unfit", place, &leaf.field);
            self.set_other(self.place_of(&leaf.field));
        } else if matches!(leaf.op, Op::Is | Op::In | Op::Has) {
            for word in words.iter().filter(|word| !field.options.contains(word)) {
                let value = format!("{}.{word}", leaf.field);
                self.issue("condition-unknown-option", place, value);
                self.set_other(self.place_of(&leaf.field));
            }
        }
    }

    /// Where a field stands; empty when it stands nowhere.
    pub(super) fn place_of(&self, key: &str) -> String {
        self.definition
            .steps
            .iter()
            .find(|step| step.fields.iter().any(|field| field.key == key))
            .map(|step| format!("steps/{}/fields/{key}", step.key))
            .unwrap_or_default()
    }
}
