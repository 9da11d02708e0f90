//! Samples of the pages of formal complaints.

use chrono::{DateTime, NaiveDate, Utc};
use domain::formal_complaint::{
    Channel, Facts, FormalComplaint, Party, Register, Step, StepFacts, StepKind, StepWords,
    progress,
};

use super::{
    address,
    fields::Maker,
    file::{self, FilePage},
    procedure::{ProcedurePage, RecordedPage},
    register::RegisterPage,
    step::StepPage,
};
use crate::{
    desk::samples,
    html::{FormPage, FormState, SampleFrame, Samples},
};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default()
}

fn step(number: i64, kind: StepKind, facts: StepFacts, words: StepWords) -> Step {
    let mailed = facts.channel == Some(Channel::Mail);
    Step {
        id: uuid::Uuid::from_u128(u128::from(number.unsigned_abs())).into(),
        number,
        kind,
        on: day(24),
        sent_on: mailed.then(|| day(24)),
        actor_id: (number > 1).then(samples::reader),
        at: DateTime::<Utc>::UNIX_EPOCH,
        facts,
        words,
    }
}

fn letter(channel: Channel) -> Step {
    let facts = StepFacts {
        channel: Some(channel),
        ..StepFacts::default()
    };
    let words = StepWords {
        recipient: "Inwoner Voorbeeld".to_owned(),
        subject: "Wij hebben uw klacht ontvangen (WD-7K2M)".to_owned(),
        text: "Geachte Inwoner Voorbeeld,\n\nWij hebben uw klacht ontvangen.".to_owned(),
        ..StepWords::default()
    };
    step(3, StepKind::Acknowledge, facts, words)
}

fn complaint() -> FormalComplaint {
    let facts = Facts {
        begun: true,
        missing: Some(Vec::new()),
        acknowledged: true,
        handler: Some(samples::reader()),
        heard: vec![Party::Complainant],
        ..Facts::default()
    };
    let heard = StepFacts {
        party: Some(Party::Complainant),
        ..StepFacts::default()
    };
    let report = StepWords {
        report: "Mevrouw vertelde wat er bij de balie gebeurde.".to_owned(),
        ..StepWords::default()
    };
    let none = (StepFacts::default(), StepWords::default());
    FormalComplaint {
        begun: true,
        received_on: day(23),
        term: NaiveDate::from_ymd_opt(2027, 1, 4),
        over: None,
        steps: vec![
            step(1, StepKind::Begin, none.0.clone(), none.1.clone()),
            step(2, StepKind::Check, none.0, none.1),
            letter(Channel::Post),
            step(4, StepKind::Hear, heard, report),
        ],
        progress: progress(&facts, day(25)),
        facts,
    }
}

fn reference() -> String {
    samples::complaint().reference
}

impl Samples for ProcedurePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |complaint, may_handle| {
            let names = samples::names();
            Self::new(frame.staff(), reference(), complaint, &names, may_handle)
        };
        let facts = Facts::default();
        let empty = FormalComplaint {
            begun: false,
            steps: Vec::new(),
            progress: progress(&facts, day(25)),
            facts,
            ..complaint()
        };
        vec![
            page(empty, true),
            page(complaint(), true),
            page(complaint(), false),
        ]
    }
}

impl Samples for RecordedPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |step| Self::new(frame.staff(), reference(), step, &samples::names(), true);
        let steps = complaint().steps.into_iter();
        let mut pages: Vec<Self> = steps.skip(2).map(page).collect();
        pages.push(page(letter(Channel::Mail)));
        pages
    }
}

impl Samples for StepPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let language = frame.language;
        let page = |kind: StepKind, shown: FormPage| {
            let maker = Maker {
                language,
                form: &shown.form,
                staff: &[],
                reader: samples::reader(),
                advised: true,
            };
            Self {
                reference: reference(),
                address: address(kind),
                title: language.term("formal-step", kind),
                law: language.term("formal-law", kind),
                article: kind.article(),
                fields: maker.of(kind),
                is_letter: kind.is_letter(),
                blocks: Vec::new(),
                changed: Vec::new(),
                form: shown.form,
                notice: shown.notice,
                page: frame.staff(),
            }
        };
        let mut pages: Vec<Self> = (StepKind::ALL.iter())
            .map(|kind| page(*kind, FormPage::default()))
            .collect();
        let written = FormState::empty().with("text", letter(Channel::Mail).words.text);
        let written = FormPage {
            form: written,
            ..FormPage::default()
        };
        pages.push(page(StepKind::Acknowledge, written));
        let refused = FormPage::refused_sample("findings", "required", language);
        pages.push(page(StepKind::Conclude, refused));
        pages
    }
}

impl Samples for FilePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let page = |internal| Self {
            page: frame.staff(),
            reference: reference(),
            title: format!("{} WD-7K2M", frame.language.text("formal-file-title")),
            internal,
            sections: file::steps(&complaint(), &samples::names(), frame.language),
        };
        vec![page(false), page(true)]
    }
}

impl Samples for RegisterPage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        let register = |counts: &[Option<u64>]| Register::sample(2026, counts, frame.language);
        let page = |register: Register| Self::new(frame.staff(), &register, 2026);
        vec![
            page(register(&[])),
            page(register(&[Some(12), None, None, Some(0)])),
        ]
    }
}
