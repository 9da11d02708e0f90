//! Samples of the page of a case.

use chrono::{DateTime, Utc};
use domain::{
    Language,
    cases::{Case, CaseStatus, ContactMoment, ContactResult, Event, EventKind},
    clocks::CaseClock,
};
use serde_json::{Value, json};

use super::{Alert, CasePage, CaseView, Facts, Rights, ScoreView};
use crate::{
    clocks::{case_clocks::sample_clocks, clock_view},
    desk::{
        case_forms::{FormOutcome, GiftForm, GiftRow, GiftSection},
        samples,
        timeline::timeline,
    },
    gifts::gift_form::GiftFormOptions,
    html::{
        FormPage, FormState, SampleFrame, Samples,
        values::{Badge, Choice},
    },
};

/// In what the samples differ.
struct Shown {
    case: Case,
    outcome: FormOutcome,
    /// Cases that were merged into it.
    merged: Vec<Case>,
    clocks: Vec<CaseClock>,
    /// What happened to it, newest first.
    events: Vec<Event>,
    moments: Vec<ContactMoment>,
    gifts: GiftSection,
    score: Option<ScoreView>,
}

impl Shown {
    fn page(self, frame: &SampleFrame) -> CasePage {
        let language = frame.language;
        let (now, zone) = (samples::now(), samples::ZONE);
        let (names, categories) = (samples::names(), samples::categories());
        let view = CaseView {
            case: &self.case,
            names: &names,
            categories: &categories,
            outcome: &self.outcome,
            rights: Rights {
                handles: true,
                gives: true,
                is_assignee: self.case.assignee_id == Some(samples::reader()),
                is_lead: false,
            },
            now,
            zone,
            language,
        };
        let clocks = self.clocks.into_iter();
        let lists = (&names, categories.as_slice());
        CasePage {
            page: frame.staff(),
            header: view.header(None, None),
            alert: Alert {
                notice: None,
                errors: self.outcome.errors(),
            },
            forms: view.forms(false, true, &[]),
            message: view.message(Vec::new(), crate::desk::samples::copy()),
            score: self.score,
            gifts: self.gifts,
            timeline: timeline(&self.events, &self.moments, lists, zone, language),
            facts: Facts {
                resident: view.resident("'s ochtends".to_owned()),
                progress: view.progress(&self.merged),
                category: view.category(),
                merged: self.merged.clone(),
                clocks: clocks
                    .map(|clock| clock_view::clock(clock, now, &names, zone, language))
                    .collect(),
            },
        }
    }
}

fn event(kind: EventKind, at: DateTime<Utc>, details: Value) -> Event {
    let by_resident = matches!(kind, EventKind::Received | EventKind::Score);
    Event {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::nil().into(),
        case_id: uuid::Uuid::nil().into(),
        kind,
        actor_id: (!by_resident).then(samples::reader),
        details,
        at,
    }
}

/// A contact moment, and its event in the timeline.
fn contact(
    number: u128,
    result: ContactResult,
    at: DateTime<Utc>,
    note: &str,
) -> (Event, ContactMoment) {
    let moment = ContactMoment {
        tenant_id: uuid::Uuid::nil().into(),
        id: uuid::Uuid::from_u128(number).into(),
        case_id: uuid::Uuid::nil().into(),
        staff_id: samples::reader(),
        result,
        note: note.to_owned(),
        at,
    };
    let details = json!({ "result": result.as_str(), "moment": moment.id.to_string() });
    (event(EventKind::Contact, at, details), moment)
}

/// No gifts, and the form to give one.
fn gift_form(language: Language) -> GiftSection {
    GiftSection {
        gifts: Vec::new(),
        hints: Vec::new(),
        form: Some(GiftForm {
            state: FormState::empty(),
            is_open: false,
            notice: None,
            seen: String::new(),
            options: GiftFormOptions {
                budgets: vec![Choice::new("1", "Balie 2026", true)],
                kinds: ["flowers", "card"]
                    .map(|kind| {
                        Choice::new(kind, language.text(&format!("gift-kind-{kind}")), false)
                    })
                    .into(),
                nothing: String::new(),
                hint: language.text_with(
                    "gift-amount-hint-alone",
                    &[
                        ("alone", &language.euros(2_500)),
                        ("cap", &language.euros(2_500)),
                    ],
                ),
                warning: None,
            },
        }),
    }
}

/// A gift that was given and whose receipt is in, and the form to give another one.
fn given(language: Language) -> GiftSection {
    GiftSection {
        gifts: vec![GiftRow {
            id: uuid::Uuid::nil().to_string(),
            badge: Badge {
                tone: "safe",
                text: language.text("gift-status-settled"),
            },
            description: "Bos bloemen".to_owned(),
            reason: "Zij hielp de gevallen buurman overeind.".to_owned(),
            amount: language.euros(1_250),
            who: "Sanne de Boer".to_owned(),
            at: language.instant(samples::ago(14, 0), samples::ZONE),
        }],
        hints: vec![language.text("gift-closed-too")],
        ..gift_form(language)
    }
}

/// An idea that nobody works on yet.
fn waiting(language: Language) -> Shown {
    let case = samples::suggestion();
    Shown {
        outcome: FormOutcome::default(),
        merged: Vec::new(),
        clocks: Vec::new(),
        events: vec![event(EventKind::Received, case.received_at, json!({}))],
        moments: Vec::new(),
        gifts: gift_form(language),
        score: None,
        case,
    }
}

/// A complaint that the reader works on, and could not close.
fn open(language: Language) -> Shown {
    let case = samples::complaint();
    let merged = Case {
        status: CaseStatus::Merged,
        ..samples::suggestion()
    };
    let about_merged = json!({ "reference": merged.reference, "reason": "Zelfde stoep." });
    let (no_answer, first) = contact(1, ContactResult::NoAnswer, samples::ago(1, 3), "");
    let note = "Gevraagd om terug te bellen.";
    let (message_left, second) = contact(2, ContactResult::MessageLeft, samples::ago(0, 1), note);
    Shown {
        outcome: FormOutcome {
            form: "close",
            state: FormPage::refused_sample("outcome", "required_choice", language).form,
            ..FormOutcome::default()
        },
        merged: vec![merged],
        clocks: sample_clocks(),
        events: vec![
            message_left,
            event(EventKind::OtherMerged, samples::ago(0, 2), about_merged),
            no_answer,
            event(EventKind::Claimed, samples::ago(1, 4), json!({})),
            event(EventKind::Received, case.received_at, json!({})),
        ],
        moments: vec![first, second],
        gifts: gift_form(language),
        score: None,
        case,
    }
}

/// A complaint that was closed, with a gift and a score.
fn closed(language: Language) -> Shown {
    let case = samples::closed();
    let note = "Wij leggen de tegel deze week terug.";
    let (conversation, moment) = contact(1, ContactResult::Conversation, samples::ago(15, 0), note);
    let gift = json!({ "cents": 1_250, "description": "Bos bloemen" });
    let outcome = json!({ "outcome": "solvedTogether" });
    Shown {
        outcome: FormOutcome::default(),
        merged: Vec::new(),
        clocks: Vec::new(),
        events: vec![
            event(EventKind::Score, samples::ago(12, 0), json!({ "grade": 9 })),
            event(EventKind::Closed, samples::ago(13, 0), outcome),
            event(EventKind::Gift, samples::ago(14, 0), gift),
            conversation,
            event(EventKind::Claimed, samples::ago(15, 1), json!({})),
            event(EventKind::Received, case.received_at, json!({})),
        ],
        moments: vec![moment],
        gifts: given(language),
        score: Some(ScoreView {
            grade: 9,
            words: "Snel gebeld en netjes opgelost.".to_owned(),
            at: language.instant(samples::ago(12, 0), samples::ZONE),
        }),
        case,
    }
}

impl Samples for CasePage {
    fn samples(frame: &SampleFrame) -> Vec<Self> {
        [waiting, open, closed]
            .map(|shown| shown(frame.language).page(frame))
            .into()
    }
}
