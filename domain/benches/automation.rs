//! How long judging rules takes. `cargo bench -p domain --bench automation`; results stand in `domain/benches/README.md`.

use std::{collections::BTreeSet, hint::black_box};

use criterion::{Criterion, criterion_group, criterion_main};
use domain::{
    automation::{ActionDraft, ActionKind, ConditionDraft, ConditionKind, Facts, Rule, RuleDraft},
    submissions::Channel,
};

fn condition(what: ConditionKind, value: &str) -> ConditionDraft {
    ConditionDraft {
        what: what.to_string(),
        value: value.to_owned(),
        question: "soort".to_owned(),
    }
}

/// Rules of which every condition holds but the last, so that all of them are looked at.
fn rules(count: usize) -> Vec<Rule> {
    let rule = |number: usize| RuleDraft {
        name: format!("Regel {number}"),
        event: "accepted".to_owned(),
        conditions: vec![
            condition(ConditionKind::Form, "klacht-tip-compliment"),
            condition(ConditionKind::Kind, "complaint"),
            condition(ConditionKind::Category, "afval"),
            condition(ConditionKind::Answer, "klacht"),
            condition(ConditionKind::Channel, "page"),
            condition(ConditionKind::HasMail, ""),
            condition(ConditionKind::HasPhone, ""),
            condition(ConditionKind::Tag, "weg"),
            condition(ConditionKind::AgeAtLeast, "0"),
            condition(ConditionKind::Tag, &format!("label {number}")),
        ],
        actions: vec![ActionDraft {
            what: ActionKind::Tag.to_string(),
            text: "spoed".to_owned(),
            ..ActionDraft::default()
        }],
    };
    (0..count)
        .filter_map(|number| rule(number).parse().ok())
        .collect()
}

fn facts() -> Facts {
    let answer = vec!["klacht".to_owned()];
    let tags = ["gladheid", "weg"].map(str::to_owned);
    Facts {
        kind: "complaint".to_owned(),
        category: Some("afval".to_owned()),
        has_mail: true,
        has_phone: true,
        came: Some(("klacht-tip-compliment".to_owned(), Channel::Page)),
        answers: Some([("soort".to_owned(), answer)].into()),
        tags: Some(BTreeSet::from(tags)),
        ..Facts::default()
    }
}

fn automation(criterion: &mut Criterion) {
    let (rules, facts) = (rules(200), facts());
    criterion.bench_function("200 rules with ten conditions, judge", |bencher| {
        bencher.iter(|| {
            let judged = rules.iter().map(|rule| rule.judge(black_box(&facts)));
            judged.filter(|holds| *holds == Some(true)).count()
        });
    });
}

criterion_group!(benches, automation);
criterion_main!(benches);
