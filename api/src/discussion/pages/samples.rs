//! Samples of the pages about practices, and of what stands of them on the page of a practice.

use domain::{
    discussion::{self, Adoption, AdoptionState, Mark, MarkKind, News, Question},
    practices::SizeClass,
};

use super::{MarksPage, TalkPage, TalkSummary, states};
use crate::html::{FormPage, FormState, SampleFrame, Samples};

impl TalkSummary {
    /// A question with two answers, and two municipalities.
    pub(crate) fn sample(is_staff: bool) -> Self {
        let (questions, adoptions) = sample();
        Self {
            is_staff,
            questions,
            adoptions,
        }
    }
}

impl Samples for TalkPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |questions: Vec<Question>, adoptions, form, notice| {
            let page = frame.staff();
            Self {
                states: states(&page, "stopped"),
                practice: crate::practices::sample(),
                reason: "Wij hadden op vrijdag niemand aan de telefoon.".to_owned(),
                named: true,
                may_adopt: true,
                answered: None,
                questions,
                adoptions,
                form,
                notice,
                page,
            }
        };
        let (questions, adoptions) = sample();
        let refused = FormPage::refused_sample("body", "personal_data", frame.language);
        vec![
            page(Vec::new(), Vec::new(), FormState::empty(), None),
            page(
                questions.clone(),
                adoptions.clone(),
                FormState::empty(),
                None,
            ),
            page(questions, adoptions, refused.form, refused.notice),
        ]
    }
}

/// A question with two answers, and two municipalities.
fn sample() -> (Vec<Question>, Vec<Adoption>) {
    let id = uuid::Uuid::from_u128;
    let at = "2026-11-23T09:00:00Z".parse().unwrap_or_default();
    let by = |municipality: &str, own| discussion::Speaker {
        municipality: municipality.to_owned(),
        role: tenants::Role::Lead,
        person: Some("Sanne de Boer".to_owned()),
        own,
    };
    let answer = |number, municipality, body: &str, accepted| discussion::Answer {
        id: id(number).into(),
        by: by(municipality, false),
        body: body.to_owned(),
        at,
        accepted,
    };
    let question = Question {
        id: id(1).into(),
        by: by("Gemeente Heuvelrode", true),
        body: "Hoe doet u dat in de vakantie?".to_owned(),
        at,
        answers: vec![
            answer(
                2,
                "Gemeente Waterdam",
                "Dan bellen twee teams voor elkaar.",
                true,
            ),
            answer(3, "Gemeente Lindemeer", "Wij laten het dan los.", false),
        ],
        may_accept: true,
    };
    let adoption = |municipality: Option<&str>, state, reason: &str| Adoption {
        municipality: municipality.map(str::to_owned),
        size_class: Some(SizeClass::To50k),
        state,
        reason: reason.to_owned(),
        since: at,
    };
    let adoptions = vec![
        adoption(Some("Gemeente Lindemeer"), AdoptionState::Active, ""),
        adoption(
            None,
            AdoptionState::Stopped,
            "Wij hadden op vrijdag niemand aan de telefoon.",
        ),
    ];
    (vec![question], adoptions)
}

impl Samples for MarksPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let at = "2026-11-23T09:00:00Z".parse().unwrap_or_default();
        let mark = |number, kind, target: &str, label: &str| Mark {
            tenant_id: uuid::Uuid::nil().into(),
            id: uuid::Uuid::from_u128(number).into(),
            staff_id: uuid::Uuid::nil().into(),
            kind,
            target: target.to_owned(),
            label: label.to_owned(),
            created_at: at,
            told_at: at,
        };
        let marks = vec![
            mark(
                1,
                MarkKind::Saved,
                "bellen-1",
                "Bellen in plaats van schrijven",
            ),
            mark(2, MarkKind::Theme, "complaints", ""),
            mark(3, MarkKind::Municipality, "GM0441", "Schagen"),
        ];
        let news = vec![News {
            slug: "bellen-1".to_owned(),
            title: "Bellen in plaats van schrijven".to_owned(),
            municipality: "Schagen".to_owned(),
            at,
        }];
        vec![
            Self::new(frame.staff(), Vec::new(), Vec::new()),
            Self::new(frame.staff(), marks, news),
        ]
    }
}
